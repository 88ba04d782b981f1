/*
 * A review to the worklist of a store.
 */
#include "api/worklist.h"

#include "api/session.h"
#include "report/evidence.h"
#include "store/staged.h"
#include "store/worklist.h"

#include <string.h>

/* --- a run to rows of the store --- */

/* Spells that begin with the same row have one key: together they are one line. */
static bool is_of_line(const tdm__stored_prompt *line, const tdm__run_spell *spell)
{
    return tdm__str_equal(line->key, tdm__str(spell->key));
}

static tdm__stored_prompt new_line(const tdm__effective_indicator *in_force, const tdm__run_spell *spell)
{
    return (tdm__stored_prompt){.key = tdm__str(spell->key),
                                .indicator = in_force->indicator->id,
                                .answer = TDM__PROMPT_POSSIBLE,
                                .severity = (uint32_t)in_force->severity,
                                .first_met = TDM_DAY_NONE,
                                .group = in_force->indicator->group};
}

static void widen(tdm__stored_prompt *line, const tdm__run_spell *spell)
{
    line->current = line->current || spell->current;
    if (spell->answer == TDM_MET)
        line->answer = TDM__PROMPT_MET;
    if (spell->first_met != TDM_DAY_NONE &&
        (line->first_met == TDM_DAY_NONE || spell->first_met < line->first_met))
        line->first_met = spell->first_met;
}

/* The spell that the prompt's sentence tells, as the script's result has chosen it: of the surest the one
 * that goes on, else the last. */
static const tdm__run_spell *told_spell(const tdm__prompt *prompt)
{
    const tdm__run_spell *told = &prompt->spells[0];
    for (size_t s = 1; s < prompt->spell_count; s++) {
        const tdm__run_spell *spell = &prompt->spells[s];
        bool surer = spell->answer == TDM_MET && told->answer != TDM_MET;
        bool as_sure = (spell->answer == TDM_MET) == (told->answer == TDM_MET);
        if (surer ||
            (as_sure && (spell->to > told->to || (spell->to == told->to && spell->from >= told->from))))
            told = spell;
    }
    return told;
}

/* A line has the prompt's sentence only where it is told of it: above other rows it would be wrong. */
static tdm_status put_sentence(tdm__stored_prompt *line, tdm__arena *arena, const tdm__prompt *prompt)
{
    tdm__text text;
    char day[TDM_DATE_TEXT_SIZE];
    tdm_day from = TDM_DAY_NONE, to = TDM_DAY_NONE;
    line->sentence = prompt->sentence;
    if (is_of_line(line, told_spell(prompt)))
        return TDM_OK;
    for (size_t s = 0; s < prompt->spell_count; s++) {
        const tdm__run_spell *spell = &prompt->spells[s];
        if (!is_of_line(line, spell))
            continue;
        from = from == TDM_DAY_NONE || spell->from < from ? spell->from : from;
        to = to == TDM_DAY_NONE || spell->to > to ? spell->to : to;
    }
    tdm__text_init(&text, arena->allocator);
    tdm_date_words(day, (tdm_date){from, from, 0});
    tdm__text_printf(&text, "Another time of the same: %s", day);
    tdm_date_words(day, (tdm_date){to, to, 0});
    if (to != from)
        tdm__text_printf(&text, " to %s", day);
    tdm__text_char(&text, '.');
    line->sentence = tdm__arena_copy(arena, tdm__text_str(&text));
    bool failed = text.failed || !line->sentence.data;
    tdm__text_free(&text);
    return failed ? TDM_NO_MEMORY : TDM_OK;
}

/* The spells of a line as JSON, one behind the other: the inside of an array. */
static tdm_status put_evidence(tdm__stored_prompt *line, tdm__arena *arena, const tdm_run *run,
                               const tdm__prompt *prompt)
{
    tdm__text text;
    tdm_status status = TDM_OK;
    tdm__text_init(&text, &run->allocator);
    for (size_t s = 0; status == TDM_OK && s < prompt->spell_count; s++) {
        tdm__json_writer json;
        if (!is_of_line(line, &prompt->spells[s]))
            continue;
        widen(line, &prompt->spells[s]);
        if (text.length > 0)
            tdm__text_char(&text, ',');
        tdm__json_writer_init(&json, &run->allocator, tdm__text_sink(&text), 0);
        tdm__spell_json(&json, run, &prompt->spells[s]);
        status = tdm__json_writer_end(&json);
    }
    line->evidence = tdm__arena_copy(arena, tdm__text_str(&text));
    bool failed = text.failed || !line->evidence.data;
    tdm__text_free(&text);
    return status == TDM_OK && !failed ? TDM_OK : TDM_NO_MEMORY;
}

static bool has_line(const tdm__stored_prompt *lines, size_t from, size_t count, const tdm__run_spell *spell)
{
    for (size_t i = from; i < count; i++)
        if (is_of_line(&lines[i], spell))
            return true;
    return false;
}

/* What people do, they do with a spell, and a new spell is a new line. */
static tdm_status rows_of(tdm__stored_prompt **out, size_t *count, tdm__arena *arena, const tdm_run *run,
                          const tdm__child_result *child)
{
    size_t spells = 0;
    tdm_status status = TDM_OK;
    for (size_t p = 0; p < child->prompt_count; p++)
        spells += child->prompts[p].spell_count;
    *count = 0;
    *out = tdm__arena_array(arena, spells, sizeof **out);
    if (!*out)
        return TDM_NO_MEMORY;
    for (size_t p = 0; p < child->prompt_count; p++) {
        const tdm__prompt *prompt = &child->prompts[p];
        size_t first = *count;
        for (size_t s = 0; status == TDM_OK && s < prompt->spell_count; s++) {
            if (has_line(*out, first, *count, &prompt->spells[s]))
                continue;
            tdm__stored_prompt *line = &(*out)[(*count)++];
            *line = new_line(&run->indicators[prompt->indicator], &prompt->spells[s]);
            status = put_sentence(line, arena, prompt);
            if (status == TDM_OK)
                status = put_evidence(line, arena, run, prompt);
        }
    }
    return status;
}

static tdm_status put_child(tdm__work *work, const tdm_run *run, const tdm__child_result *child,
                            int64_t number, int64_t now, tdm_error *error)
{
    size_t count;
    tdm__arena arena;
    tdm__stored_prompt *rows;
    tdm__arena_init(&arena, &run->allocator);
    tdm_status status = rows_of(&rows, &count, &arena, run, child);
    if (status == TDM_OK)
        status = tdm__work_put_prompts(work, number, tdm_chronology_child_id(run->chronology, child->child),
                                       rows, count, now, NULL, error);
    tdm__arena_free(&arena);
    return status == TDM_NO_MEMORY ? tdm__no_memory(error) : status;
}

static tdm_status put_children(tdm__work *work, const tdm_run *run, int64_t number, int64_t now,
                               tdm_error *error)
{
    tdm_status status = TDM_OK;
    for (size_t i = 0; status == TDM_OK && i < run->child_count; i++)
        status = put_child(work, run, &run->children[i], number, now, error);
    return status;
}

/* --- the review --- */

typedef tdm_status (*run_fn)(tdm__serving *serving, const tdm_run *run, void *payload, tdm_error *error);

/* A review as of the call's day, over what the serving shows. */
static tdm_status with_review(tdm__serving *serving, run_fn use, void *payload, tdm_error *error)
{
    tdm__session session;
    tdm_request *request;
    tdm_run *run = NULL;
    char today[TDM_DATE_TEXT_SIZE];
    tdm_date_format(today, (tdm_date){serving->call->today, serving->call->today, 0});
    tdm_status status = tdm_request_new(&request, serving->context, "review");
    if (status == TDM_OK)
        status = tdm_request_option(request, "today", today);
    if (status != TDM_OK) {
        tdm_request_free(request);
        return status;
    }
    request->serving = serving;
    status = tdm__session_open(&session, request, error);
    if (status == TDM_OK)
        status = tdm__session_run(&run, &session, error);
    if (status == TDM_OK)
        status = use(serving, run, payload, error);
    tdm__run_free(run);
    tdm__session_free(&session);
    tdm_request_free(request);
    return status;
}

static tdm_status start_run(tdm__stored_run *out, tdm__serving *serving, tdm__work *work, const tdm_run *run,
                            tdm_error *error)
{
    *out = (tdm__stored_run){.as_of = run->as_of,
                             .policy_hash = tdm__str(run->policy_hash),
                             .started = serving->call->now,
                             .indicators = (int64_t)run->indicator_count};
    return tdm__work_start_run(work, out, error);
}

/* --- one child --- */

static bool is_of_today(const tdm__stored_run *last, const tdm_run *run)
{
    return last->as_of == run->as_of && tdm__str_equal(last->policy_hash, tdm__str(run->policy_hash));
}

/* Into the last run where that is of the same day and rules, so that it stays whole; else into one of its
 * own, which does not count as finished. */
static tdm_status put_household(tdm__serving *serving, const tdm_run *run, void *payload, tdm_error *error)
{
    tdm__stored_run stored;
    (void)payload;
    tdm_status status = tdm__work_latest_run(&stored, serving->work, serving->arena, error);
    if (status == TDM_NOT_FOUND || (status == TDM_OK && !is_of_today(&stored, run))) {
        tdm__error_clear(error);
        status = start_run(&stored, serving, serving->work, run, error);
    }
    return status == TDM_OK ? put_children(serving->work, run, stored.number, serving->call->now, error)
                            : status;
}

tdm_status tdm__worklist_renew_child(tdm__serving *serving, tdm_error *error)
{
    tdm__serving household = *serving;
    household.shows_household = true;
    /* What a prompt rests on is one thing, whom it is shown another: the record as a whole is asked. */
    tdm__work_see_as(serving->work, NULL);
    tdm_status status = with_review(&household, put_household, NULL, error);
    tdm__serving_look(serving, serving->work);
    return status;
}

/* --- all --- */

static tdm_status put_all(tdm__serving *serving, const tdm_run *run, void *payload, tdm_error *error)
{
    int64_t *number = payload;
    tdm__work *work;
    tdm__stored_run stored;
    tdm_status status = tdm__live_write(&work, serving->service->live, serving->context, error);
    if (status == TDM_OK)
        status = start_run(&stored, serving, work, run, error);
    if (status == TDM_OK)
        status = put_children(work, run, stored.number, serving->call->now, error);
    if (status == TDM_OK)
        status = tdm__work_finish_run(work, stored.number, serving->call->now, (int64_t)run->child_count,
                                      error);
    if (status == TDM_OK)
        status = tdm__work_commit(work, error);
    tdm__work_end(work);
    if (status == TDM_OK && number)
        *number = stored.number;
    return status;
}

tdm_status tdm__worklist_renew_all(tdm__serving *serving, int64_t *run, tdm_error *error)
{
    tdm__serving whole = *serving;
    whole.child = (tdm_str){"", 0};
    whole.shows_all = true;
    tdm_status status = tdm__live_read(&whole.work, serving->service->live, serving->context, error);
    if (status == TDM_OK)
        status = with_review(&whole, put_all, run, error);
    tdm__work_end(whole.work);
    return status;
}

tdm_status tdm__worklist_is_old(bool *out, tdm__serving *serving, tdm_error *error)
{
    tdm__work *work;
    bool grown = false;
    tdm__stored_run last;
    *out = false;
    tdm_status status = tdm__live_read(&work, serving->service->live, serving->context, error);
    if (status == TDM_OK)
        status = tdm__work_latest_run(&last, work, serving->arena, error);
    if (status == TDM_OK)
        status = tdm__work_confirmed_since(&grown, work, last.started, error);
    tdm__work_end(work);
    if (status == TDM_NOT_FOUND) {
        tdm__error_clear(error);
        *out = true;
        return TDM_OK;
    }
    *out = status == TDM_OK && (grown || last.as_of != serving->call->today ||
                                !tdm__str_equal(last.policy_hash, tdm__str(serving->rules->policy->hash)));
    return status;
}

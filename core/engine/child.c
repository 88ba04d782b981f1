/*
 * One child: history, needs, scripts, prompts. What a prompt is made of; nothing here knows threads.
 */
#include "engine/composites.h"
#include "engine/engine.h"
#include "engine/kept.h"
#include "engine/needs.h"
#include "engine/one_incident.h"

#include <string.h>

typedef struct reason_words {
    const char *code;
    const char *words;
} reason_words;

/* Reasons that the engine or the scripts give; the words stand in reports. */
static const reason_words reasons[] = {
    {"no-data", "no source could hold the entries that this needs"},
    {"not-covered", "no agency declares that its return covers enough of the time"},
    {"in-part", "nothing on record meets the definition, but no source could hold all that could show it"},
    {"script-error", "the script failed"},
    {"budget", "the script took more steps than it may"},
    {"memory", "the script asked for more memory than it may"},
    {"unknown-period", "it needs working days outside the period for which bank holidays are known"},
    {"no-calendar", "it needs a calendar of working days, and there is none"},
    {"siblings-not-in-stream", "it needs the siblings, and the stream does not hold them"},
    {"not-comparable", "the assessments on record cannot be compared with each other"},
    {"too-short", "the record does not reach back far enough"},
    {"none-found", "nothing on record meets the definition"},
    {"part-not-assessed", "an indicator that it is made of was not assessed"},
};

tdm_str tdm__no_prompt_words(const char *reason)
{
    for (size_t i = 0; i < sizeof reasons / sizeof *reasons; i++)
        if (strcmp(reasons[i].code, reason) == 0)
            return tdm__str(reasons[i].words);
    return tdm__str(reason);
}

static tdm_status add_no_prompt(tdm__child_result *out, uint32_t indicator, const tdm__result *result,
                                tdm__arena *arena)
{
    tdm__no_prompt *entry = &out->no_prompts[out->no_prompt_count++];
    *entry = (tdm__no_prompt){indicator,
                              result->answer,
                              result->reason ? result->reason : "none-found",
                              {"", 0},
                              tdm__arena_copy(arena, result->file),
                              result->line};
    entry->words = tdm__no_prompt_words(entry->reason);
    return entry->file.data ? TDM_OK : TDM_NO_MEMORY;
}

/* hash(child, indicator, major version, id of the earliest row): a spell that grows keeps its key. */
static void make_key(char out[TDM_HEX64_SIZE], tdm_str child, const tdm__indicator *indicator,
                     uint64_t earliest_id)
{
    tdm_str version = indicator->version;
    tdm_str major = tdm__str_split(&version, '.');
    uint64_t hash = tdm__hash64(child, earliest_id);
    hash = tdm__hash64(indicator->id, hash);
    tdm__hex64(out, tdm__hash64(major, hash));
}

/* Ascending: rows of siblings come after the child's own in a spell, wherever the table has them. */
static void insert_event(uint32_t *events, uint32_t count, uint32_t event)
{
    for (; count > 0 && events[count - 1] > event; count--)
        events[count] = events[count - 1];
    events[count] = event;
}

static tdm_status make_spell(tdm__run_spell *out, const tdm__asker *a, const tdm_history *h,
                             const tdm__indicator *indicator, const tdm__spell *spell, tdm__arena *arena)
{
    uint32_t *events = tdm__arena_array(arena, spell->row_count, sizeof *events);
    if (!events)
        return TDM_NO_MEMORY;
    for (uint32_t i = 0; i < spell->row_count; i++)
        insert_event(events, i, h->rows[spell->rows[i]].event);
    *out = (tdm__run_spell){.answer = spell->answer,
                            .from = spell->from,
                            .to = spell->to,
                            .first_met = spell->first_met,
                            .current = spell->open || spell->to > h->as_of - a->policy->current_days,
                            .events = events,
                            .event_count = spell->row_count};
    uint64_t earliest = 0;
    if (spell->row_count > 0)
        earliest = tdm__history_event(h, spell->rows[0]).id;
    make_key(out->key, tdm_chronology_child_id(a->chronology, h->child), indicator, earliest);
    return TDM_OK;
}

static tdm_status add_prompt(tdm__child_result *out, const tdm__asker *a, const tdm_history *h,
                             uint32_t indicator, const tdm__result *result, tdm__arena *arena)
{
    tdm__prompt *prompt = &out->prompts[out->prompt_count++];
    *prompt = (tdm__prompt){.indicator = indicator,
                            .answer = result->answer,
                            .first_met = TDM_DAY_NONE,
                            .sentence = tdm__arena_copy(arena, result->sentence),
                            .spells = tdm__arena_array(arena, result->spell_count, sizeof *prompt->spells)};
    if (!prompt->sentence.data || !prompt->spells)
        return TDM_NO_MEMORY;
    for (size_t i = 0; i < result->spell_count; i++) {
        tdm__run_spell *spell = &prompt->spells[prompt->spell_count++];
        tdm_status status = make_spell(spell, a, h, a->policy->indicators[indicator].indicator,
                                       &result->spells[i], arena);
        if (status != TDM_OK)
            return status;
        prompt->current = prompt->current || spell->current;
        if (prompt->answer == TDM_MET && spell->first_met != TDM_DAY_NONE &&
            (prompt->first_met == TDM_DAY_NONE || spell->first_met < prompt->first_met))
            prompt->first_met = spell->first_met;
    }
    return TDM_OK;
}

static tdm_status ask_worker(tdm__result *out, const tdm__asker *a, const tdm_history *h, uint32_t indicator)
{
    size_t before = h->arena->used_bytes;
    if (a->kept && tdm__kept_find(out, a->kept, indicator) && (!a->whole || out->answer < TDM_POSSIBLE))
        return TDM_OK;
    tdm_status status = tdm__worker_evaluate(out, a->worker, indicator, h, &a->scores,
                                             a->policy->values[indicator]);
    if (status == TDM_OK && a->kept)
        tdm__kept_put(a->kept, indicator, out, h, h->arena->used_bytes - before);
    return status;
}

static tdm_status ask_script(tdm__result *out, const tdm__asker *a, const tdm_history *h,
                             const tdm__at_hand *at_hand, uint32_t indicator)
{
    const tdm__indicator *definition = tdm__catalogue_at(a->policy->catalogue, indicator);
    *out = (tdm__result){.answer = TDM_NOT_ASSESSED, .file = {"", 0}};
    const tdm__param_value *params = a->policy->values[indicator];
    tdm_status status = TDM_OK;
    out->reason = tdm__missing_need(a, at_hand, h->child, &definition->needs);
    if (out->reason)
        return TDM_OK;
    if (tdm__may_be_met(at_hand, &definition->needs) &&
        tdm__may_be_enough(at_hand, &definition->needs, params))
        status = ask_worker(out, a, h, indicator);
    else
        out->answer = TDM_NOT_MET;
    if (status == TDM_OK && out->answer == TDM_NOT_MET &&
        !tdm__may_be_denied(at_hand, &definition->needs, params)) {
        out->answer = TDM_NOT_ASSESSED;
        out->reason = "in-part";
    }
    return status;
}

tdm_status tdm__ask_indicator(tdm__result *out, const tdm__asker *a, const tdm_history *h,
                              const tdm__at_hand *at_hand, uint32_t indicator)
{
    size_t scripts = tdm__catalogue_count(a->policy->catalogue);
    if (indicator >= scripts) {
        tdm__asker whole = *a;
        whole.whole = true;
        return tdm__ask_composite(out, &whole, h, at_hand, &a->policy->composites[indicator - scripts]);
    }
    tdm__asked *kept = a->asked ? &a->asked[indicator] : NULL;
    if (kept && kept->known) {
        *out = kept->result;
        return TDM_OK;
    }
    tdm_status status = ask_script(out, a, h, at_hand, indicator);
    /* What was kept from a day before has lost its spells. */
    if (status == TDM_OK && kept && (out->answer < TDM_POSSIBLE || out->spell_count > 0))
        *kept = (tdm__asked){true, *out};
    return status;
}

static tdm_status ask_indicator(tdm__child_result *out, const tdm__asker *a, const tdm_history *h,
                                const tdm__at_hand *at_hand, uint32_t indicator, tdm__arena *arena)
{
    tdm__result result;
    tdm_status status = tdm__ask_indicator(&result, a, h, at_hand, indicator);
    if (status != TDM_OK)
        return status;
    if (result.answer == TDM_MET || result.answer == TDM_POSSIBLE)
        return add_prompt(out, a, h, indicator, &result, arena);
    if (result.answer == TDM_NOT_MET && !a->options->explain_all)
        return TDM_OK;
    return add_no_prompt(out, indicator, &result, arena);
}

/* Not assessed first, then not met, each in the order of the indicators. */
static tdm_status order_no_prompts(tdm__child_result *out, tdm__arena *arena)
{
    size_t at = 0;
    tdm__no_prompt *ordered = tdm__arena_array(arena, out->no_prompt_count, sizeof *ordered);
    if (!ordered)
        return TDM_NO_MEMORY;
    for (int answer = TDM_NOT_ASSESSED; answer <= TDM_NOT_MET; answer++)
        for (size_t i = 0; i < out->no_prompt_count; i++)
            if (out->no_prompts[i].answer == answer)
                ordered[at++] = out->no_prompts[i];
    out->no_prompts = ordered;
    return TDM_OK;
}

static tdm_status copy_history(tdm__child_result *out, const tdm_history *h, tdm__arena *arena)
{
    tdm__level_step *levels;
    size_t count;
    tdm_status status = tdm__history_levels(&levels, &count, h);
    if (status != TDM_OK)
        return status;
    out->levels = tdm__arena_array(arena, count, sizeof *out->levels);
    out->episodes = tdm__arena_array(arena, h->episode_count, sizeof *out->episodes);
    out->undated = tdm__arena_array(arena, h->undated_rows, sizeof *out->undated);
    if (!out->levels || !out->episodes || !out->undated)
        return TDM_NO_MEMORY;
    if (count > 0)
        memcpy(out->levels, levels, count * sizeof *levels);
    if (h->episode_count > 0)
        memcpy(out->episodes, h->episodes, h->episode_count * sizeof *h->episodes);
    for (uint32_t row = 0; row < h->row_count; row++)
        if (!h->rows[row].dated)
            out->undated[out->undated_count++] = h->rows[row].event;
    /* From here on an episode names events of the chronology, not rows of a history that is gone. */
    for (uint32_t i = 0; i < h->episode_count; i++) {
        tdm__episode *episode = &out->episodes[i];
        episode->start_row = h->rows[episode->start_row].event;
        if (episode->end_row != TDM_NO_INDEX)
            episode->end_row = h->rows[episode->end_row].event;
    }
    out->level_count = count;
    out->episode_count = h->episode_count;
    out->later_rows = h->later_rows;
    return TDM_OK;
}

static tdm_status add_scores(tdm__child_result *out, const tdm__asker *a, uint32_t child, tdm__arena *arena)
{
    size_t first, end;
    tdm__scores_of_child(&first, &end, a->scores.items, a->scores.count,
                         tdm_chronology_child_id(a->chronology, child));
    out->scores = tdm__arena_array(arena, end - first, sizeof *out->scores);
    if (!out->scores)
        return TDM_NO_MEMORY;
    for (size_t i = first; i < end; i++)
        if (tdm__score_visible(a->scores.items[i], a->options->as_of))
            out->scores[out->score_count++] = a->scores.items[i];
    return TDM_OK;
}

tdm_status tdm__asker_begin(tdm__asker *asker)
{
    asker->asked = NULL;
    if (asker->policy->composite_count == 0)
        return TDM_OK;
    asker->asked = tdm__arena_array(asker->scratch, tdm__catalogue_count(asker->policy->catalogue),
                                    sizeof *asker->asked);
    return asker->asked ? TDM_OK : TDM_NO_MEMORY;
}

tdm_status tdm__ask_child(tdm__child_result *out, const tdm__asker *all, uint32_t child, tdm__arena *arena,
                          tdm__diagnostics *diagnostics)
{
    tdm_history *h;
    tdm__at_hand at_hand;
    tdm__asker asker = *all, *a = &asker;
    size_t indicators = a->policy->indicator_count;
    tdm__arena_reset(a->scratch);
    *out =
        (tdm__child_result){.child = child,
                            .prompts = tdm__arena_array(arena, indicators, sizeof *out->prompts),
                            .no_prompts = tdm__arena_array(a->scratch, indicators, sizeof *out->no_prompts)};
    if (!out->prompts || !out->no_prompts)
        return TDM_NO_MEMORY;
    tdm_status status = tdm__history_new(&h, a->scratch, a->chronology, child, a->options->as_of,
                                         diagnostics);
    /* What is looked at matters to answers that are kept, and to nobody else. */
    if (status == TDM_OK && !a->kept)
        h->looked = NULL;
    if (status == TDM_OK)
        status = tdm__history_know_levels(h);
    if (status == TDM_OK)
        status = tdm__asker_begin(a);
    if (status == TDM_OK)
        status = tdm__at_hand_of(&at_hand, a, h);
    for (uint32_t i = 0; status == TDM_OK && i < indicators; i++)
        if (a->policy->indicators[i].on)
            status = ask_indicator(out, a, h, &at_hand, i, arena);
    if (status == TDM_OK)
        status = order_no_prompts(out, arena);
    if (status == TDM_OK)
        status = copy_history(out, h, arena);
    if (status == TDM_OK)
        status = tdm__keep_incidents(out, h, arena);
    if (status == TDM_OK)
        status = add_scores(out, a, child, arena);
    if (status == TDM_OK && a->checks)
        status = tdm__check_child(&out->checks, a->checks, h, out->levels, out->level_count, arena);
    return status;
}

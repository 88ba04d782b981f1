/*
 * prompts: the worklist of those whose children they are. Each stands with its sentence, its definition and
 * its rows, and with what people did about it; no state takes one away.
 */
#include "api/answer.h"
#include "api/service_operations.h"
#include "api/worklist.h"

#include "report/csv_cell.h"
#include "store/worklist.h"

#include <stdio.h>
#include <string.h>

/* --- what is shown --- */

static const tdm__effective_indicator *indicator_of(const tdm__serving *serving, tdm_str id)
{
    const tdm__review_policy *policy = serving->rules->policy;
    for (size_t i = 0; i < policy->indicator_count; i++)
        if (tdm__str_equal(policy->indicators[i].indicator->id, id))
            return &policy->indicators[i];
    return NULL;
}

/* Of an indicator that is gone from the rules its id is what is left. */
static tdm_str title_of(const tdm__serving *serving, tdm_str id)
{
    const tdm__effective_indicator *in_force = indicator_of(serving, id);
    return in_force ? in_force->indicator->title : id;
}

static void put_code(tdm__json_writer *json, const char *name, const tdm__codes *codes, uint32_t number)
{
    tdm__answer_member(json, name, tdm__str(tdm__code_of(codes, number)));
}

static void put_number(tdm__json_writer *json, const char *name, int64_t number)
{
    tdm__json_put_name(json, name);
    tdm__json_put_int(json, number);
}

static void put_flag(tdm__json_writer *json, const char *name, bool value)
{
    tdm__json_put_name(json, name);
    tdm__json_put_bool(json, value);
}

void tdm__put_prompt(tdm__json_writer *json, const tdm__serving *serving, const tdm__stored_prompt *prompt,
                     tdm_str child)
{
    tdm__answer_member(json, "key", prompt->key);
    tdm__answer_member(json, "child", child);
    tdm__answer_member(json, "indicator", prompt->indicator);
    tdm__answer_member(json, "title", title_of(serving, prompt->indicator));
    tdm__answer_member(json, "group", prompt->group);
    put_code(json, "severity", &tdm__prompt_severities, prompt->severity);
    put_code(json, "answer", &tdm__prompt_answers, prompt->answer);
    put_flag(json, "current", prompt->current);
    tdm__put_day(json, "first_met", prompt->first_met);
    put_number(json, "first_seen", prompt->first_seen);
    tdm__answer_member(json, "sentence", prompt->sentence);
    put_flag(json, "gone", prompt->gone != 0);
}

static void put_state(tdm__json_writer *json, const tdm__stored_prompt *prompt)
{
    put_code(json, "state", &tdm__prompt_states, prompt->state);
    tdm__answer_member(json, "by", prompt->state_by);
    put_number(json, "at", prompt->state_at);
    tdm__answer_member(json, "reason", prompt->state_reason);
    put_number(json, "version", prompt->state_version);
}

/* --- the list --- */

static tdm_status choose_state(tdm__prompt_filter *filter, const tdm_request *request, tdm_error *error)
{
    const char *state = tdm__request_value(request, "state");
    filter->state = TDM_ANY;
    if (!state || strcmp(state, "all") == 0 || strcmp(state, "open") == 0)
        return TDM_OK;
    return tdm__code_find(&filter->state, &tdm__prompt_states, tdm__str(state))
               ? TDM_OK
               : tdm__fail(error, TDM_INVALID_ARG,
                           "state: expected new, seen, acted-on, dismissed, open or all");
}

tdm_status tdm__prompt_filter_of(tdm__prompt_filter *out, const tdm_request *request, tdm_error *error)
{
    const char *severity = tdm__request_value(request, "severity");
    *out = (tdm__prompt_filter){.answer = TDM_ANY,
                                .indicator = tdm__str(tdm__request_value(request, "indicator")),
                                .child = tdm__str(tdm__request_value(request, "of_child")),
                                .seen_since = tdm__request_number(request, "since", 0),
                                .current_only = tdm__request_flag(request, "current"),
                                .with_gone = tdm__request_flag(request, "gone")};
    if (severity && !tdm__code_find(&out->severity, &tdm__prompt_severities, tdm__str(severity)))
        return tdm__fail(error, TDM_INVALID_ARG, "severity: expected information, review or soon");
    return choose_state(out, request, error);
}

/* "open", which is the default: nobody has acted on it or dismissed it. */
static bool is_wanted(const tdm_request *request, const tdm__stored_prompt *prompt)
{
    const char *state = tdm__request_value(request, "state");
    bool is_open = prompt->state == TDM__PROMPT_NEW || prompt->state == TDM__PROMPT_SEEN;
    return (state && strcmp(state, "open") != 0) || is_open;
}

tdm_status tdm__prompts_withheld(int64_t *out, const tdm_request *request, const tdm__prompt_filter *filter,
                                 tdm_error *error)
{
    int64_t more = 0;
    tdm__prompt_filter of = *filter;
    const char *state = tdm__request_value(request, "state");
    tdm__work *work = request->serving->work;
    if (filter->state != TDM_ANY || (state && strcmp(state, "all") == 0))
        return tdm__work_prompts_withheld(out, work, filter, error);
    of.state = TDM__PROMPT_NEW;
    tdm_status status = tdm__work_prompts_withheld(out, work, &of, error);
    of.state = TDM__PROMPT_SEEN;
    if (status == TDM_OK)
        status = tdm__work_prompts_withheld(&more, work, &of, error);
    *out += status == TDM_OK ? more : 0;
    return status;
}

void tdm__close_prompts(tdm__json_writer *json, tdm_str next, int64_t withheld)
{
    tdm__put_next(json, next);
    if (withheld > 0) {
        tdm__json_put_name(json, "withheld");
        tdm__json_open_object(json);
        put_number(json, "prompts", withheld);
        tdm__json_close_object(json);
    }
    tdm__json_close_object(json);
}

static void put_list_json(tdm__answer *answer, const tdm_request *request, const tdm__stored_prompts *prompts,
                          int64_t withheld)
{
    tdm__json_writer *json = &answer->json;
    tdm__open_items(json);
    for (size_t i = 0; i < prompts->count; i++) {
        if (!is_wanted(request, &prompts->items[i]))
            continue;
        tdm__json_open_object(json);
        tdm__put_prompt(json, request->serving, &prompts->items[i], prompts->items[i].child);
        put_state(json, &prompts->items[i]);
        tdm__json_close_object(json);
    }
    tdm__close_prompts(json, prompts->next, withheld);
}

static void put_list_csv(tdm__text *text, const tdm_request *request, const tdm__stored_prompts *prompts)
{
    for (size_t i = 0; i < prompts->count; i++) {
        const tdm__stored_prompt *p = &prompts->items[i];
        if (!is_wanted(request, p))
            continue;
        tdm__put_csv_cell(text, p->key, ",");
        tdm__put_csv_cell(text, p->child, ",");
        tdm__put_csv_cell(text, p->indicator, ",");
        tdm__put_csv_cell(text, tdm__str(tdm__code_of(&tdm__prompt_severities, p->severity)), ",");
        tdm__put_csv_cell(text, tdm__str(tdm__code_of(&tdm__prompt_answers, p->answer)), ",");
        tdm__put_csv_cell(text, p->current ? TDM_LIT("yes") : TDM_LIT("no"), ",");
        tdm__put_csv_cell(text, p->sentence, ",");
        tdm__put_csv_cell(text, tdm__str(tdm__code_of(&tdm__prompt_states, p->state)), ",");
        tdm__put_csv_cell(text, p->state_by, ",");
        tdm__put_csv_cell(text, p->state_reason, "\r\n");
    }
}

/* The last row of a file that is made without some. */
static tdm_status put_withheld_csv(tdm__text *text, int64_t withheld, tdm_sink sink)
{
    if (withheld > 0)
        tdm__text_printf(text,
                         "%lld more rest on entries that are limited to other agencies; this is made without "
                         "them.,,,,,,,,,\r\n",
                         (long long)withheld);
    return text->failed ? TDM_NO_MEMORY : tdm__sink_write(sink, tdm__text_str(text));
}

/* All of them, a page at a time: a file has no next page. */
static tdm_status write_csv(const tdm_request *request, const tdm__prompt_filter *filter, int64_t withheld,
                            tdm_sink sink, tdm_error *error)
{
    tdm__text text;
    tdm__arena arena;
    char after[TDM_HEX64_SIZE] = "";
    tdm__stored_prompts prompts;
    tdm_status status = TDM_OK;
    tdm__text_init(&text, &request->context->allocator);
    tdm__arena_init(&arena, &request->context->allocator);
    tdm__text_puts(&text, "Key,Child,Indicator,Severity,Answer,Current,Prompt,State,By,Reason\r\n");
    do {
        tdm__paging page = {.after = tdm__str(after), .limit = TDM_PAGE_MOST};
        status = tdm__work_prompts(&prompts, request->serving->work, &arena, filter, page, error);
        if (status != TDM_OK)
            break;
        put_list_csv(&text, request, &prompts);
        snprintf(after, sizeof after, "%.*s", TDM_STR_ARGS(prompts.next));
        status = text.failed ? TDM_NO_MEMORY : tdm__sink_write(sink, tdm__text_str(&text));
        text.length = 0;
        tdm__arena_reset(&arena);
    } while (status == TDM_OK && after[0]);
    if (status == TDM_OK)
        status = put_withheld_csv(&text, withheld, sink);
    tdm__text_free(&text);
    tdm__arena_free(&arena);
    return status;
}

tdm_status tdm__op_prompts_list(const tdm_request *request, tdm_outcome *outcome, tdm_sink sink,
                                tdm_error *error)
{
    tdm__answer answer;
    tdm__paging page;
    tdm__prompt_filter filter;
    tdm__stored_prompts prompts = {0};
    const tdm__serving *serving = request->serving;
    const char *format = tdm__request_value(request, "format");
    int64_t withheld = 0;
    (void)outcome;
    tdm_status status = tdm__page_of(&page, request, error);
    if (status == TDM_OK)
        status = tdm__prompt_filter_of(&filter, request, error);
    /* Whoever may see nobody is given an empty list: all of `allowed` is empty then. */
    if (status == TDM_OK)
        tdm__actor_allowed(&filter.allowed, serving, TDM__SCOPE_CASE);
    if (status == TDM_OK)
        status = tdm__prompts_withheld(&withheld, request, &filter, error);
    if (status == TDM_OK && format && strcmp(format, "csv") == 0)
        return write_csv(request, &filter, withheld, sink, error);
    if (status == TDM_OK)
        status = tdm__work_prompts(&prompts, serving->work, serving->arena, &filter, page, error);
    if (status != TDM_OK)
        return status;
    tdm__answer_begin(&answer, request, sink);
    put_list_json(&answer, request, &prompts, withheld);
    return tdm__answer_end(&answer, TDM_OK);
}

/* --- one prompt --- */

tdm_status tdm__child_of_prompt(tdm_str *out, const tdm_request *request, tdm__serving *serving,
                                tdm__work *work, tdm_error *error)
{
    tdm__stored_prompt prompt;
    const char *key = tdm__request_value(request, "key");
    *out = (tdm_str){"", 0};
    if (!key)
        return tdm__fail(error, TDM_INVALID_ARG, "key: name the prompt");
    tdm_status status = tdm__work_prompt(&prompt, work, serving->arena, tdm__str(key), error);
    if (status == TDM_NOT_FOUND || status == TDM_INVALID_ARG)
        return tdm__fail(error, TDM_NOT_FOUND, "there is no such prompt");
    if (status == TDM_OK)
        *out = prompt.child;
    return status;
}

static void put_history(tdm__json_writer *json, const tdm__prompt_step *steps, size_t count)
{
    tdm__json_put_name(json, "history");
    tdm__json_open_array(json);
    for (size_t i = 0; i < count; i++) {
        tdm__json_open_object(json);
        put_code(json, "state", &tdm__prompt_states, steps[i].state);
        tdm__answer_member(json, "by", steps[i].by);
        put_number(json, "at", steps[i].at);
        tdm__answer_member(json, "reason", steps[i].reason);
        tdm__json_close_object(json);
    }
    tdm__json_close_array(json);
}

/* What the indicator asks, as the rules in force have it, and what it rests on. */
static void put_rule(tdm__json_writer *json, const tdm__effective_indicator *in_force)
{
    tdm__answer_member(json, "question", in_force->indicator->question);
    tdm__answer_member(json, "definition", in_force->definition);
    tdm__answer_member(json, "source", in_force->indicator->source);
    tdm__json_put_name(json, "standing");
    tdm__json_open_array(json);
    for (size_t i = 0; i < in_force->indicator->standing_count; i++)
        tdm__json_put_string(json, in_force->indicator->standings[i].code);
    tdm__json_close_array(json);
}

static tdm_status put_whole(const tdm_request *request, const tdm__stored_prompt *prompt, tdm_sink sink,
                            tdm_error *error)
{
    size_t count;
    tdm__prompt_step *steps;
    tdm__answer answer;
    tdm__serving *serving = request->serving;
    const tdm__effective_indicator *in_force = indicator_of(serving, prompt->indicator);
    tdm_status status = tdm__work_prompt_history(&steps, &count, serving->work, serving->arena, prompt->key,
                                                 error);
    if (status != TDM_OK)
        return status;
    tdm__answer_begin(&answer, request, sink);
    tdm__json_open_object(&answer.json);
    tdm__put_prompt(&answer.json, serving, prompt, prompt->child);
    put_state(&answer.json, prompt);
    if (in_force)
        put_rule(&answer.json, in_force);
    tdm__json_put_name(&answer.json, "spells");
    tdm__json_open_array(&answer.json);
    tdm__json_put_raw(&answer.json, prompt->evidence);
    tdm__json_close_array(&answer.json);
    put_history(&answer.json, steps, count);
    tdm__json_close_object(&answer.json);
    tdm__serving_etag(serving, prompt->state_version);
    return tdm__answer_end(&answer, TDM_OK);
}

tdm_status tdm__op_prompts_show(const tdm_request *request, tdm_outcome *outcome, tdm_sink sink,
                                tdm_error *error)
{
    tdm__stored_prompt prompt;
    const tdm__serving *serving = request->serving;
    (void)outcome;
    tdm_status status = tdm__work_prompt(&prompt, serving->work, serving->arena,
                                         tdm__str(tdm__request_value(request, "key")), error);
    return status == TDM_OK ? put_whole(request, &prompt, sink, error) : status;
}

static tdm_status read_state(uint32_t *state, tdm_str *reason, tdm__serving *serving, tdm_error *error)
{
    const tdm__json_value *to, *why;
    const tdm__json_field fields[] = {{"state", TDM__JSON_STRING, true, false, &to},
                                      {"reason", TDM__JSON_STRING, false, false, &why}};
    tdm_status status = tdm__serving_body(serving, "what was done", fields, 2, error);
    if (status != TDM_OK)
        return status;
    *reason = tdm__json_string(why);
    if (!tdm__code_find(state, &tdm__prompt_states, tdm__json_string(to)))
        return tdm__fail(error, TDM_INVALID_INPUT, "state: expected new, seen, acted-on or dismissed");
    bool needs_reason = *state == TDM__PROMPT_ACTED_ON || *state == TDM__PROMPT_DISMISSED;
    return needs_reason && !tdm__reason_counts(*reason)
               ? tdm__fail(error, TDM_INVALID_INPUT, "reason: say in a sentence what was done, or why not")
               : TDM_OK;
}

/* The reason stays with the prompt, in the record; the trail says that there was one. */
tdm_status tdm__op_prompts_act(const tdm_request *request, tdm_outcome *outcome, tdm_sink sink,
                               tdm_error *error)
{
    uint32_t state;
    int64_t version;
    tdm_str reason;
    tdm__stored_prompt prompt;
    tdm__serving *serving = request->serving;
    tdm_str key = tdm__str(tdm__request_value(request, "key"));
    (void)outcome;
    tdm_status status = read_state(&state, &reason, serving, error);
    if (status == TDM_OK && !tdm__serving_version(&version, serving))
        status = TDM_INTERNAL;
    if (status == TDM_OK)
        status = tdm__work_set_prompt_state(serving->work, key, version, state, reason, serving->actor.name,
                                            serving->call->now, error);
    if (status == TDM_OK)
        status = tdm__work_prompt(&prompt, serving->work, serving->arena, key, error);
    if (status != TDM_OK)
        return status;
    serving->note.details = tdm__str(tdm__code_of(&tdm__prompt_states, state));
    return put_whole(request, &prompt, sink, error);
}

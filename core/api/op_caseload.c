/*
 * caseload: how many children have which prompt, with each number's definition, and prompts by pseudonym for
 * those who see no names; reviews: the runs that found them. A count is of children, and says who was asked
 * about.
 */
#include "api/answer.h"
#include "api/service_operations.h"
#include "api/session.h"
#include "api/worklist.h"

#include "report/report.h"
#include "store/worklist.h"

#include <stdio.h>
#include <string.h>

#define WEEK_SECONDS (7 * 86400)

static void put_number(tdm__json_writer *json, const char *name, int64_t number)
{
    tdm__json_put_name(json, name);
    tdm__json_put_int(json, number);
}

/* --- counts --- */

typedef struct counting {
    const tdm__serving *serving;
    tdm__allowed allowed;
    tdm__indicator_count *counts;
    size_t count;
} counting;

static tdm__indicator_count count_of(const counting *c, tdm_str indicator)
{
    for (size_t i = 0; i < c->count; i++)
        if (tdm__str_equal(c->counts[i].indicator, indicator))
            return c->counts[i];
    return (tdm__indicator_count){.indicator = indicator};
}

static tdm_status put_months(tdm__json_writer *json, const counting *c, tdm_str indicator, tdm_error *error)
{
    size_t count;
    tdm__month_count *months;
    const tdm__serving *serving = c->serving;
    tdm_status status = tdm__work_prompt_months(&months, &count, serving->work, serving->arena, indicator,
                                                &c->allowed, error);
    tdm__json_put_name(json, "months");
    tdm__json_open_array(json);
    for (size_t i = 0; status == TDM_OK && i < count; i++) {
        char month[24] = "";
        tdm__json_open_object(json);
        if (months[i].year != 0)
            snprintf(month, sizeof month, "%04d-%02d", (int)months[i].year, (int)months[i].month);
        tdm__answer_member(json, "month", tdm__str(month));
        put_number(json, "met", months[i].met);
        put_number(json, "possible", months[i].possible);
        tdm__json_close_object(json);
    }
    tdm__json_close_array(json);
    return status;
}

static tdm_status put_indicator(tdm__json_writer *json, const counting *c,
                                const tdm__effective_indicator *in_force, tdm_error *error)
{
    const tdm__indicator *indicator = in_force->indicator;
    tdm__indicator_count count = count_of(c, indicator->id);
    tdm__json_open_object(json);
    tdm__answer_member(json, "id", indicator->id);
    tdm__answer_member(json, "title", indicator->title);
    tdm__answer_member(json, "group", indicator->group);
    tdm__answer_member(json, "question", indicator->question);
    tdm__answer_member(json, "definition", in_force->definition);
    put_number(json, "met", count.met);
    put_number(json, "possible", count.possible);
    put_number(json, "new_7_days", count.added);
    tdm_status status = put_months(json, c, indicator->id, error);
    tdm__json_close_object(json);
    return status;
}

static tdm_status put_counts(tdm__json_writer *json, const counting *c, const tdm__stored_run *run,
                             tdm_error *error)
{
    tdm_status status = TDM_OK;
    const tdm__review_policy *policy = c->serving->rules->policy;
    tdm__json_open_object(json);
    tdm__put_day(json, "as_of", run->number > 0 ? run->as_of : TDM_DAY_NONE);
    put_number(json, "run", run->number);
    put_number(json, "children", run->children);
    tdm__answer_member(json, "counted",
                       c->allowed.all ? TDM_LIT("all children of the store")
                                      : TDM_LIT("children allocated to the team or opened to the account"));
    tdm__answer_member(json, "unit", TDM_LIT("children with a current prompt of the indicator"));
    tdm__json_put_name(json, "indicators");
    tdm__json_open_array(json);
    for (size_t i = 0; status == TDM_OK && i < policy->indicator_count; i++)
        if (policy->indicators[i].on)
            status = put_indicator(json, c, &policy->indicators[i], error);
    tdm__json_close_array(json);
    tdm__json_close_object(json);
    return status;
}

tdm_status tdm__op_caseload_show(const tdm_request *request, tdm_outcome *outcome, tdm_sink sink,
                                 tdm_error *error)
{
    tdm__answer answer;
    tdm__stored_run run = {0};
    const tdm__serving *serving = request->serving;
    counting c = {.serving = serving};
    (void)outcome;
    tdm_status status = tdm__work_latest_run(&run, serving->work, serving->arena, error);
    if (status == TDM_NOT_FOUND) {
        tdm__error_clear(error);
        run = (tdm__stored_run){0};
        status = TDM_OK;
    }
    if (status == TDM_OK && tdm__actor_allowed(&c.allowed, serving, TDM__SCOPE_CASELOAD))
        status = tdm__work_count_prompts(&c.counts, &c.count, serving->work, serving->arena,
                                         serving->call->now - WEEK_SECONDS, &c.allowed, error);
    if (status != TDM_OK)
        return status;
    tdm__answer_begin(&answer, request, sink);
    return tdm__answer_end(&answer, put_counts(&answer.json, &c, &run, error));
}

/* --- prompts by pseudonym --- */

tdm_status tdm__op_caseload_prompts(const tdm_request *request, tdm_outcome *outcome, tdm_sink sink,
                                    tdm_error *error)
{
    tdm__answer answer;
    tdm__paging page;
    tdm__prompt_filter filter;
    tdm__stored_prompts prompts = {0};
    int64_t withheld = 0;
    const tdm__serving *serving = request->serving;
    (void)outcome;
    tdm_status status = tdm__page_of(&page, request, error);
    if (status == TDM_OK)
        status = tdm__prompt_filter_of(&filter, request, error);
    /* Else a name that is tried out would tell whose code it is. */
    if (status == TDM_OK && filter.child.length > 0)
        status = tdm__fail(error, TDM_INVALID_ARG, "of_child: here children have codes");
    if (status == TDM_OK && tdm__actor_allowed(&filter.allowed, serving, TDM__SCOPE_CASELOAD))
        status = tdm__work_prompts(&prompts, serving->work, serving->arena, &filter, page, error);
    if (status == TDM_OK && prompts.items)
        status = tdm__work_prompts_withheld(&withheld, serving->work, &filter, error);
    if (status != TDM_OK)
        return status;
    tdm__list_begin(&answer, request, sink);
    for (size_t i = 0; i < prompts.count; i++) {
        char code[TDM__CODE_SIZE];
        tdm__child_code(code, serving->service, prompts.items[i].child);
        tdm__json_open_object(&answer.json);
        tdm__put_prompt(&answer.json, serving, &prompts.items[i], tdm__str(code));
        tdm__json_close_object(&answer.json);
    }
    tdm__close_prompts(&answer.json, prompts.next, withheld);
    return tdm__answer_end(&answer, TDM_OK);
}

/* --- runs --- */

void tdm__put_run_members(tdm__json_writer *json, const tdm__stored_run *run)
{
    put_number(json, "run", run->number);
    tdm__put_day(json, "as_of", run->as_of);
    tdm__answer_member(json, "policy_hash", run->policy_hash);
    put_number(json, "started", run->started);
    put_number(json, "finished", run->finished);
    put_number(json, "children", run->children);
    put_number(json, "indicators", run->indicators);
}

static void put_run(tdm__json_writer *json, const tdm__stored_run *run)
{
    tdm__json_open_object(json);
    tdm__put_run_members(json, run);
    tdm__json_close_object(json);
}

tdm_status tdm__op_reviews_list(const tdm_request *request, tdm_outcome *outcome, tdm_sink sink,
                                tdm_error *error)
{
    tdm__answer answer;
    tdm__paging page;
    char next[24] = "";
    int64_t after = 0;
    tdm__stored_runs runs = {0};
    const tdm__serving *serving = request->serving;
    (void)outcome;
    tdm_status status = tdm__page_of(&page, request, error);
    if (status == TDM_OK && page.after.length > 0 && !tdm__str_to_int64(&after, page.after))
        return tdm__fail(error, TDM_INVALID_ARG, "cursor: expected what a list gave as next");
    if (status == TDM_OK)
        status = tdm__work_runs(&runs, serving->work, serving->arena, after, page.limit, error);
    if (status != TDM_OK)
        return status;
    tdm__list_begin(&answer, request, sink);
    for (size_t i = 0; i < runs.count; i++)
        put_run(&answer.json, &runs.items[i]);
    if (runs.next > 0)
        snprintf(next, sizeof next, "%lld", (long long)runs.next);
    return tdm__list_end(&answer, tdm__str(next), TDM_OK);
}

tdm_status tdm__op_reviews_show(const tdm_request *request, tdm_outcome *outcome, tdm_sink sink,
                                tdm_error *error)
{
    tdm__answer answer;
    tdm__stored_run run;
    const tdm__serving *serving = request->serving;
    (void)outcome;
    tdm_status status = tdm__work_run(&run, serving->work, serving->arena,
                                      tdm__request_number(request, "id", 0), error);
    if (status != TDM_OK)
        return status;
    tdm__answer_begin(&answer, request, sink);
    put_run(&answer.json, &run);
    return tdm__answer_end(&answer, TDM_OK);
}

tdm_status tdm__op_reviews_run(const tdm_request *request, tdm_outcome *outcome, tdm_sink sink,
                               tdm_error *error)
{
    int64_t number;
    tdm__answer answer;
    tdm__work *work;
    tdm__stored_run run;
    tdm__serving *serving = request->serving;
    (void)outcome;
    tdm_status status = tdm__worklist_renew_all(serving, &number, error);
    if (status != TDM_OK)
        return status;
    status = tdm__live_read(&work, serving->service->live, serving->context, error);
    if (status == TDM_OK)
        status = tdm__work_run(&run, work, serving->arena, number, error);
    tdm__work_end(work);
    if (status != TDM_OK)
        return status;
    serving->reply->created = true;
    tdm__answer_begin(&answer, request, sink);
    put_run(&answer.json, &run);
    return tdm__answer_end(&answer, TDM_OK);
}

/* --- how the records are kept --- */

tdm_status tdm__op_quality_show(const tdm_request *request, tdm_outcome *outcome, tdm_sink sink,
                                tdm_error *error)
{
    tdm__session session;
    tdm_run *run = NULL;
    tdm__report_options options = {.width = 0};
    (void)outcome;
    tdm_status status = tdm__session_open(&session, request, error);
    if (status == TDM_OK)
        status = tdm__session_run(&run, &session, error);
    if (status == TDM_OK)
        status = tdm__report_quality_json(run, &options, sink, error);
    tdm__run_free(run);
    tdm__session_free(&session);
    return status;
}

/* --- regularly --- */

tdm_status tdm_service_tend(tdm_service *service, tdm_context *context, int64_t now, tdm_day today)
{
    bool is_old;
    tdm__arena arena;
    tdm__work *work;
    tdm__context_clear(context);
    tdm_reply reply = {.struct_size = sizeof reply};
    tdm_call call = {.struct_size = sizeof call, .now = now, .today = today};
    tdm__arena_init(&arena, &context->allocator);
    tdm__rules_state *rules = tdm__rules_acquire(service->rules);
    tdm__serving serving = {.service = service,
                            .context = context,
                            .call = &call,
                            .reply = &reply,
                            .rules = tdm__rules_data(rules),
                            .arena = &arena};
    tdm_error *error = &context->error;
    tdm_status status = tdm__live_write(&work, service->live, context, error);
    if (status == TDM_OK)
        status = tdm__work_prune_replies(work, now - 86400, error);
    if (status == TDM_OK)
        status = tdm__work_prune_tokens(work, now - 30 * 86400, error);
    if (status == TDM_OK)
        status = tdm__work_commit(work, error);
    tdm__work_end(work);
    if (status == TDM_OK)
        status = tdm__worklist_is_old(&is_old, &serving, error);
    if (status == TDM_OK && is_old)
        status = tdm__worklist_renew_all(&serving, NULL, error);
    tdm__rules_release(service->rules, rules);
    tdm__arena_free(&arena);
    tdm__head_keep(service, context, now);
    return status;
}

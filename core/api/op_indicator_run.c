/*
 * indicators run: one indicator over inputs, be it switched off: who is met, where its script fails in its
 * own words, why one child is answered as it is, what it takes.
 */
#include "api/rules_of.h"
#include "api/run_params.h"
#include "api/session.h"
#include "report/trial.h"

#include <string.h>

#define FAILURES_MAX 20

/* Only the indicator that is asked for, with the numbers that were typed. */
static tdm_status keep_one(tdm__session *session, tdm_error *error)
{
    size_t place;
    tdm__review_policy *policy = session->data.policy;
    const char *typed = tdm__request_value(session->request, "params");
    tdm_status status = tdm__request_indicator(&place, session->request, &session->data, error);
    if (status != TDM_OK)
        return status;
    for (size_t i = 0; i < policy->indicator_count; i++)
        policy->indicators[i].on = i == place;
    if (!typed)
        return TDM_OK;
    if (place >= tdm__catalogue_count(policy->catalogue))
        return tdm__fail(error, TDM_INVALID_ARG, "params: a composite has none");
    return tdm__run_params_set(policy, place, tdm__str(typed), error);
}

typedef struct trying {
    const tdm__session *session;
    tdm__arena arena; /* scratch: what is shown lives here */
    tdm__run_options options;
    tdm__asker asker;
    tdm__trial why;
    tdm__cost cost;
    tdm__trial_failure failures[FAILURES_MAX];
    tdm__trial_report report;
} trying;

static tdm__trial_failure *failure_at(trying *t, const tdm__no_prompt *none)
{
    for (size_t i = 0; i < t->report.failure_count; i++) {
        tdm__trial_failure *f = &t->failures[i];
        if (f->line == none->line && strcmp(f->reason, none->reason) == 0 &&
            tdm__str_equal(f->file, none->file))
            return f;
    }
    return NULL;
}

/* A run keeps where a script failed; what it said is asked for once a place. */
static tdm_status add_failure(trying *t, uint32_t child, const tdm__no_prompt *none)
{
    tdm__trial trial;
    tdm__trial_failure *f = failure_at(t, none);
    if (f)
        f->children++;
    if (f || t->report.failure_count == FAILURES_MAX)
        return TDM_OK;
    tdm_status status = tdm__try_child(&trial, &t->asker, child, t->report.indicator);
    if (status == TDM_OK)
        t->failures[t->report.failure_count++] =
            (tdm__trial_failure){none->file, trial.result.message, none->line, none->reason, child, 1};
    return status;
}

static tdm_status add_failures(trying *t)
{
    const tdm_run *run = t->report.run;
    tdm_status status = TDM_OK;
    for (size_t i = 0; status == TDM_OK && i < run->child_count; i++) {
        const tdm__no_prompt *none = tdm__no_prompt_of(&run->children[i], t->report.indicator);
        if (none && none->line > 0)
            status = add_failure(t, run->children[i].child, none);
    }
    return status;
}

static tdm_status ask_why(trying *t, const char *id, tdm_error *error)
{
    const tdm_chronology *chronology = t->report.run->chronology;
    for (uint32_t child = 0; child < tdm_chronology_child_count(chronology); child++) {
        if (!tdm__str_equal(tdm_chronology_child_id(chronology, child), tdm__str(id)))
            continue;
        t->report.why = &t->why;
        return tdm__try_child(&t->why, &t->asker, child, t->report.indicator);
    }
    return tdm__fail(error, TDM_NOT_FOUND, "why: the inputs hold no such child");
}

/* Composites have no script: they are not tried, only their parts. */
static tdm_status try_script(trying *t, const tdm_request *request, tdm_error *error)
{
    const char *child = tdm__request_value(request, "why");
    bool script = t->report.indicator < tdm__catalogue_count(t->session->data.catalogue);
    tdm__arena cost_arena;
    if (!script && child)
        return tdm__fail(error, TDM_INVALID_ARG, "why: a composite asks nothing itself; ask about its parts");
    tdm_status status = script ? add_failures(t) : TDM_OK;
    if (status == TDM_OK && child)
        status = ask_why(t, child, error);
    if (status != TDM_OK || !tdm__request_flag(request, "cost"))
        return status;
    tdm__arena_init(&cost_arena, &request->context->allocator);
    tdm__asker asker = t->asker;
    asker.scratch = &cost_arena;
    /* One that has served nobody: what it took before would show. */
    status = tdm__worker_new(&asker.worker, t->session->data.catalogue, error);
    if (status == TDM_OK)
        status = tdm__measure_cost(&t->cost, request->context, &asker, t->report.indicator, error);
    tdm__worker_free(asker.worker);
    tdm__arena_free(&cost_arena);
    t->report.cost = &t->cost;
    return status;
}

static tdm_status write_report(const trying *t, const tdm_request *request, tdm_sink sink, tdm_error *error)
{
    const char *format = tdm__request_value(request, "format");
    tdm__report_options options = {.width = (int32_t)tdm__request_number(request, "width", 0),
                                   .colour = tdm__request_flag(request, "colour")};
    return format && strcmp(format, "json") == 0 ? tdm__report_trial_json(&t->report, &options, sink, error)
                                                 : tdm__report_trial_text(&t->report, &options, sink, error);
}

static tdm_status show(tdm__session *session, const tdm_run *run, tdm_sink sink, tdm_error *error)
{
    size_t place;
    const tdm_request *request = session->request;
    trying *t = tdm__arena_array(&session->data.arena, 1, sizeof *t);
    if (!t)
        return TDM_NO_MEMORY;
    *t = (trying){.session = session};
    tdm__arena_init(&t->arena, &request->context->allocator);
    tdm_status status = tdm__request_indicator(&place, request, &session->data, error);
    t->report = (tdm__trial_report){.run = run, .indicator = (uint32_t)place, .failures = t->failures};
    if (status == TDM_OK)
        status = tdm__asker_of_run(&t->asker, &t->options, &t->arena, run, session->data.policy);
    t->asker.scratch = &t->arena;
    if (status == TDM_OK)
        status = tdm__worker_new(&t->asker.worker, session->data.catalogue, error);
    if (status == TDM_OK)
        status = try_script(t, request, error);
    if (status == TDM_OK)
        status = write_report(t, request, sink, error);
    tdm__worker_free(t->asker.worker);
    tdm__arena_free(&t->arena);
    return status == TDM_NO_MEMORY ? tdm__no_memory(error) : status;
}

tdm_status tdm__op_indicators_run(const tdm_request *request, tdm_outcome *outcome, tdm_sink sink,
                                  tdm_error *error)
{
    tdm__session session;
    tdm_run *run = NULL;
    tdm_status status = tdm__session_open_adjusted(&session, request, keep_one, error);
    if (status == TDM_OK)
        status = tdm__session_run(&run, &session, error);
    if (status == TDM_OK) {
        outcome->trouble = tdm__session_trouble(&session);
        for (size_t i = 0; i < run->child_count; i++)
            for (size_t n = 0; n < run->children[i].no_prompt_count; n++)
                outcome->trouble = outcome->trouble || run->children[i].no_prompts[n].line > 0;
        status = show(&session, run, sink, error);
    }
    tdm__run_free(run);
    return tdm__session_end(&session, status, error);
}

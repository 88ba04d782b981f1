/*
 * review: the main job from inputs to prompts.
 */
#include "api/session.h"
#include "report/report.h"

#include <string.h>

static tdm_status choose_as_of(tdm__run_options *options, const tdm__session *session, tdm_error *error)
{
    const char *given = tdm__request_value(session->request, "as_of");
    const char *today = tdm__request_value(session->request, "today");
    options->as_of = session->collection.as_of;
    options->as_of_from = TDM_LIT("case folder");
    if (given) {
        tdm_day_parse_iso(&options->as_of, tdm__str(given));
        options->as_of_from = TDM_LIT("option");
    } else if (options->as_of == TDM_DAY_NONE && today) {
        tdm_day_parse_iso(&options->as_of, tdm__str(today));
        options->as_of_from = TDM_LIT("today");
    }
    if (options->as_of == TDM_DAY_NONE)
        return tdm__fail(error, TDM_INVALID_ARG,
                         "as_of: neither the request nor a case folder names the day");
    return TDM_OK;
}

static bool prompt_reaches(const tdm__prompt *prompt, const char *fail_on)
{
    if (strcmp(fail_on, "current") == 0)
        return prompt->current;
    if (strcmp(fail_on, "met") == 0)
        return prompt->answer == TDM_MET;
    return strcmp(fail_on, "possible") == 0;
}

static void look_at_outcome(tdm_outcome *outcome, const tdm_run *run, const tdm__session *session)
{
    const char *fail_on = tdm__request_value(session->request, "fail_on");
    outcome->trouble = tdm__session_trouble(session);
    for (size_t i = 0; i < run->child_count; i++) {
        const tdm__child_result *child = &run->children[i];
        for (size_t p = 0; fail_on && p < child->prompt_count; p++)
            outcome->fail_on_reached = outcome->fail_on_reached ||
                                       prompt_reaches(&child->prompts[p], fail_on);
        for (size_t n = 0; n < child->no_prompt_count; n++)
            outcome->trouble = outcome->trouble || child->no_prompts[n].line > 0;
    }
}

static tdm_status write_report(const tdm_run *run, const tdm_request *request, tdm_sink sink,
                               tdm_error *error)
{
    const char *format = tdm__request_value(request, "format");
    tdm__report_options options = {
        .with_events = tdm__request_flag(request, "with_events"),
        .current_only = tdm__request_flag(request, "current"),
        .width = (int32_t)tdm__request_number(request, "width", 0),
        .colour = tdm__request_flag(request, "colour"),
    };
    if (format && strcmp(format, "html") == 0)
        return tdm__report_html(run, &options, sink, error);
    if (format && strcmp(format, "json") == 0)
        return tdm__report_json(run, &options, sink, error);
    return tdm__report_text(run, &options, sink, error);
}

static tdm_status run_options(tdm__run_options *options, const tdm__session *session, tdm_error *error)
{
    int64_t jobs = tdm__request_number(session->request, "jobs", 1);
    int64_t width = tdm__request_number(session->request, "width", 80);
    *options = (tdm__run_options){.case_id = session->collection.case_id,
                                  .explain_all = tdm__request_flag(session->request, "explain_all")};
    if (jobs < 1 || jobs > 64)
        return tdm__fail(error, TDM_INVALID_ARG, "jobs: expected 1 to 64");
    if (width != 0 && (width < 40 || width > 400))
        return tdm__fail(error, TDM_INVALID_ARG, "width: expected 40 to 400");
    options->jobs = (int32_t)jobs;
    return choose_as_of(options, session, error);
}

static tdm_status review(tdm__session *session, tdm_outcome *outcome, tdm_sink sink, tdm_error *error)
{
    tdm__run_options options;
    tdm_run *run = NULL;
    tdm__collection *c = &session->collection;
    tdm__data_request rules = tdm__session_rules(session);
    tdm_status status = tdm__data_read_rules(&session->data, &rules, error);
    if (status == TDM_OK)
        status = tdm__data_read_instruments(&session->data, &rules, error);
    if (status == TDM_OK) {
        c->dates = session->data.policy->dates;
        status = tdm__session_read(session, error);
    }
    if (status == TDM_OK)
        status = run_options(&options, session, error);
    if (status == TDM_OK)
        status = tdm__session_score(session, false, error);
    if (status == TDM_OK)
        status = tdm__engine_run(&run, session->request->context, session->chronology, session->data.policy,
                                 (const tdm_score *const *)session->scores, session->score_count, &options,
                                 &c->diagnostics, c->accounts, c->account_count, error);
    if (status == TDM_OK) {
        look_at_outcome(outcome, run, session);
        status = write_report(run, session->request, sink, error);
    }
    tdm__run_free(run);
    return status;
}

tdm_status tdm__op_review(const tdm_request *request, tdm_outcome *outcome, tdm_sink sink, tdm_error *error)
{
    tdm__session session;
    tdm_status status = tdm__session_open(&session, request, error);
    if (status == TDM_OK)
        status = review(&session, outcome, sink, error);
    tdm__session_free(&session);
    return status;
}

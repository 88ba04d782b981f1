/*
 * review: the main job from inputs to prompts. The operations that show another side of the same run
 * (check, chronology, timeline, knew, sources) differ in their writers only: a row of a table each.
 */
#include "api/assessed.h"
#include "api/streamed.h"
#include "api/third_parties.h"
#include "report/findings.h"

#include <string.h>

static bool prompt_reaches(const tdm__prompt *prompt, const char *fail_on)
{
    if (strcmp(fail_on, "current") == 0)
        return prompt->current;
    if (strcmp(fail_on, "met") == 0)
        return prompt->answer == TDM_MET;
    return strcmp(fail_on, "possible") == 0;
}

/* A severity, and all that is graver. */
static bool check_reaches(const tdm_run *run, const tdm__check_finding *finding, const char *fail_on)
{
    tdm__severity severity = run->checks[finding->check].severity;
    for (int i = TDM__INFORMATION; i <= (int)severity; i++)
        if (strcmp(fail_on, tdm__severity_code((tdm__severity)i)) == 0)
            return true;
    return false;
}

void tdm__review_outcome(tdm_outcome *outcome, const tdm_run *run, const tdm__session *session)
{
    const char *fail_on = tdm__request_value(session->request, "fail_on");
    outcome->trouble = outcome->trouble || tdm__session_trouble(session);
    for (size_t i = 0; i < run->child_count; i++) {
        const tdm__child_result *child = &run->children[i];
        for (size_t p = 0; fail_on && p < child->prompt_count; p++)
            outcome->fail_on_reached = outcome->fail_on_reached ||
                                       prompt_reaches(&child->prompts[p], fail_on);
        for (size_t f = 0; fail_on && f < child->checks.finding_count; f++)
            outcome->fail_on_reached = outcome->fail_on_reached ||
                                       check_reaches(run, &child->checks.findings[f], fail_on);
        for (size_t n = 0; n < child->no_prompt_count; n++)
            outcome->trouble = outcome->trouble || child->no_prompts[n].line > 0;
    }
}

typedef tdm_status (*report_writer)(const tdm_run *run, const tdm__report_options *options, tdm_sink sink,
                                    tdm_error *error);

/* A format and its writer. The first row is what is written when the request names none; NULL behind the
 * last. */
typedef struct report_row {
    const char *format;
    report_writer write;
    bool layered; /* can leave out rows that are not significant, and say so */
} report_row;

static const report_row review_rows[] = {{"text", tdm__report_text, false},
                                         {"json", tdm__report_json, false},
                                         {"html", tdm__report_html, false},
                                         {"ndjson", tdm__report_findings, false},
                                         {NULL, NULL, false}};

static tdm_status write_report(const tdm_run *run, const tdm_request *request, const report_row *rows,
                               tdm_sink sink, tdm_error *error)
{
    const char *format = tdm__request_value(request, "format");
    tdm__report_options options = {
        .with_events = tdm__request_flag(request, "with_events"),
        .cumulative = tdm__request_flag(request, "cumulative"),
        .current_only = tdm__request_flag(request, "current"),
        .width = (int32_t)tdm__request_number(request, "width", 0),
        .colour = tdm__request_flag(request, "colour"),
        .significant = tdm__request_flag(request, "significant"),
        .child = tdm__str(tdm__request_value(request, "child")),
    };
    const report_row *row = rows;
    while (format && row->format && strcmp(row->format, format) != 0)
        row++;
    if (!row->format)
        return TDM_INTERNAL;
    if (options.significant && !row->layered)
        return tdm__fail(error, TDM_INVALID_ARG, "significant: the form %s holds every row", row->format);
    return row->write(run, &options, sink, error);
}

static tdm_status review(tdm__session *session, const report_row *rows, tdm_outcome *outcome, tdm_sink sink,
                         tdm_error *error)
{
    tdm_run *run;
    tdm_status status = tdm__session_run(&run, session, error);
    if (status == TDM_OK) {
        const char *format = tdm__request_value(session->request, "format");
        run->in_parts = format && strcmp(format, "ndjson") == 0;
        tdm__review_outcome(outcome, run, session);
        status = write_report(run, session->request, rows, sink, error);
    }
    tdm__run_free(run);
    return status;
}

static tdm_status report_with(const report_row *rows, const tdm_request *request, tdm_outcome *outcome,
                              tdm_sink sink, tdm_error *error)
{
    tdm__session session;
    tdm_status status = tdm__session_open(&session, request, error);
    if (status == TDM_OK)
        status = review(&session, rows, outcome, sink, error);
    return tdm__session_end(&session, status, error);
}

static const report_row chronology_rows[] = {{"text", tdm__report_chronology_text, false},
                                             {"csv", tdm__report_chronology_csv, false},
                                             {"json", tdm__report_chronology_json, false},
                                             {"html", tdm__report_chronology_html, true},
                                             {"docx", tdm__report_chronology_docx, true},
                                             {"xlsx", tdm__report_chronology_xlsx, true},
                                             {NULL, NULL, false}};

static const report_row timeline_rows[] = {{"svg", tdm__report_timeline, true}, {NULL, NULL, false}};

static const report_row check_rows[] = {{"text", tdm__report_checks_text, false},
                                        {"json", tdm__report_checks_json, false},
                                        {"csv", tdm__report_checks_csv, false},
                                        {"html", tdm__report_checks_html, false},
                                        {NULL, NULL, false}};

static const report_row sources_rows[] = {{"text", tdm__report_sources_text, false},
                                          {"csv", tdm__report_sources_csv, false},
                                          {"json", tdm__report_sources_json, false},
                                          {NULL, NULL, false}};

tdm_status tdm__op_review(const tdm_request *request, tdm_outcome *outcome, tdm_sink sink, tdm_error *error)
{
    if (tdm__request_flag(request, "grouped"))
        return tdm__review_grouped(request, outcome, sink, error);
    if (tdm__request_value(request, "part") || tdm__request_value(request, "accounting") ||
        tdm__request_flag(request, "no_header") || tdm__request_flag(request, "by_household"))
        return tdm__fail(error, TDM_INVALID_ARG,
                         "part, accounting, no_header, by_household: only with grouped");
    return report_with(review_rows, request, outcome, sink, error);
}

tdm_status tdm__op_chronology(const tdm_request *request, tdm_outcome *outcome, tdm_sink sink,
                              tdm_error *error)
{
    if (tdm__request_value(request, "person"))
        return tdm__held_on_person(request, outcome, sink, error);
    if (tdm__request_value(request, "names"))
        return tdm__fail(error, TDM_INVALID_ARG, "names: only with person");
    return report_with(chronology_rows, request, outcome, sink, error);
}

tdm_status tdm__op_timeline(const tdm_request *request, tdm_outcome *outcome, tdm_sink sink, tdm_error *error)
{
    return report_with(timeline_rows, request, outcome, sink, error);
}

tdm_status tdm__op_check(const tdm_request *request, tdm_outcome *outcome, tdm_sink sink, tdm_error *error)
{
    return report_with(check_rows, request, outcome, sink, error);
}

tdm_status tdm__op_sources(const tdm_request *request, tdm_outcome *outcome, tdm_sink sink, tdm_error *error)
{
    if (tdm__request_flag(request, "merge"))
        return tdm__merge_totals(request, sink, error);
    return report_with(sources_rows, request, outcome, sink, error);
}

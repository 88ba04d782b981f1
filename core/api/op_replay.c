/*
 * replay and knew: what could have been known on each day, and which agency recorded what when. Both stand
 * on the run of a review.
 */
#include "api/session.h"
#include "report/knew.h"
#include "report/replay.h"

#include <string.h>

static tdm__report_options report_options(const tdm_request *request)
{
    return (tdm__report_options){.width = (int32_t)tdm__request_number(request, "width", 0),
                                 .colour = tdm__request_flag(request, "colour")};
}

static tdm_day day_option(const tdm_request *request, const char *name)
{
    tdm_day day = TDM_DAY_NONE;
    const char *given = tdm__request_value(request, name);
    if (given)
        tdm_day_parse_iso(&day, tdm__str(given));
    return day;
}

static bool is_format(const tdm_request *request, const char *name)
{
    const char *format = tdm__request_value(request, "format");
    return format && strcmp(format, name) == 0;
}

static tdm_status write_replay(const tdm__replay *replay, const tdm_request *request, tdm_sink sink,
                               tdm_error *error)
{
    tdm__report_options options = report_options(request);
    if (is_format(request, "json"))
        return tdm__report_replay_json(replay, &options, sink, error);
    if (is_format(request, "html"))
        return tdm__report_replay_html(replay, &options, sink, error);
    return tdm__report_replay_text(replay, &options, sink, error);
}

static tdm_status replay(tdm__session *session, const tdm_run *run, tdm_sink sink, tdm_error *error)
{
    const tdm_request *request = session->request;
    tdm__replay *replay;
    tdm__replay_options options = {.from = day_option(request, "from"),
                                   .to = day_option(request, "to"),
                                   .jobs = (int32_t)tdm__request_number(request, "jobs", 1)};
    tdm_status status = tdm__engine_replay(&replay, request->context, run, session->data.policy, &options,
                                           error);
    if (status == TDM_OK)
        status = write_replay(replay, request, sink, error);
    tdm__replay_free(replay);
    return status;
}

static tdm_status write_knew(const tdm__knew *knew, const tdm_request *request, tdm_sink sink,
                             tdm_error *error)
{
    tdm__report_options options = report_options(request);
    if (is_format(request, "json"))
        return tdm__report_knew_json(knew, &options, sink, error);
    if (is_format(request, "csv"))
        return tdm__report_knew_csv(knew, &options, sink, error);
    if (is_format(request, "html"))
        return tdm__report_knew_html(knew, &options, sink, error);
    return tdm__report_knew_text(knew, &options, sink, error);
}

static tdm_status knew(tdm__session *session, const tdm_run *run, tdm_sink sink, tdm_error *error)
{
    tdm__knew *knew;
    tdm_status status = tdm__engine_knew(&knew, run, error);
    if (status == TDM_OK)
        status = write_knew(knew, session->request, sink, error);
    tdm__knew_free(knew);
    return status;
}

static tdm_status with_run(tdm_status (*show)(tdm__session *, const tdm_run *, tdm_sink, tdm_error *),
                           const tdm_request *request, tdm_outcome *outcome, tdm_sink sink, tdm_error *error)
{
    tdm__session session;
    tdm_run *run = NULL;
    tdm_status status = tdm__session_open(&session, request, error);
    if (status == TDM_OK)
        status = tdm__session_run(&run, &session, error);
    if (status == TDM_OK) {
        outcome->trouble = tdm__session_trouble(&session);
        status = show(&session, run, sink, error);
    }
    tdm__run_free(run);
    return tdm__session_end(&session, status, error);
}

tdm_status tdm__op_replay(const tdm_request *request, tdm_outcome *outcome, tdm_sink sink, tdm_error *error)
{
    return with_run(replay, request, outcome, sink, error);
}

tdm_status tdm__op_knew(const tdm_request *request, tdm_outcome *outcome, tdm_sink sink, tdm_error *error)
{
    return with_run(knew, request, outcome, sink, error);
}

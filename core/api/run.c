/*
 * From inputs to a run: what every operation that shows a side of a review begins with.
 */
#include "api/assessed.h"
#include "api/serving.h"

static tdm_status choose_as_of(tdm__run_options *options, const tdm__session *session, tdm_error *error)
{
    const char *given = tdm__request_value(session->request, "as_of");
    const char *today = tdm__request_value(session->request, "today");
    bool served = session->request->serving != NULL;
    options->as_of = served ? TDM_DAY_NONE : session->collection.as_of;
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

tdm_status tdm__session_run_options(tdm__run_options *options, const tdm__session *session, tdm_error *error)
{
    int64_t jobs = tdm__request_number(session->request, "jobs", 1);
    int64_t width = tdm__request_number(session->request, "width", 80);
    *options = (tdm__run_options){.case_id = session->collection.case_id,
                                  .explain_all = tdm__request_flag(session->request, "explain_all"),
                                  .holidays = session->data.holidays,
                                  .glossary = &session->collection.glossary};
    if (jobs < 1 || jobs > 64)
        return tdm__fail(error, TDM_INVALID_ARG, "jobs: expected 1 to 64");
    if (width != 0 && (width < 40 || width > 400))
        return tdm__fail(error, TDM_INVALID_ARG, "width: expected 40 to 400");
    options->jobs = (int32_t)jobs;
    return choose_as_of(options, session, error);
}

tdm_status tdm__session_run(tdm_run **out, tdm__session *session, tdm_error *error)
{
    tdm__run_options options;
    tdm__collection *c = &session->collection;
    tdm__data_request rules = tdm__session_rules(session);
    *out = NULL;
    tdm_status status = tdm__data_read_rules(&session->data, &rules, error);
    if (status == TDM_OK)
        status = tdm__data_read_instruments(&session->data, &rules, error);
    if (status == TDM_OK && session->adjust)
        status = session->adjust(session, error);
    if (status == TDM_OK) {
        c->dates = session->data.policy->dates;
        session->with_assessed_rows = true;
        status = tdm__session_read(session, TDM__TELL_DIAGNOSTICS, error);
    }
    if (status == TDM_OK)
        status = tdm__session_run_options(&options, session, error);
    if (status == TDM_OK)
        status = tdm__assessed_score(session, TDM__TELL_DIAGNOSTICS, error);
    if (status == TDM_OK)
        status = tdm__engine_run(out, session->request->context, session->chronology, session->data.policy,
                                 (const tdm_score *const *)session->scores, session->score_count, &options,
                                 &c->diagnostics, c->accounts, c->account_count, error);
    if (status == TDM_OK && session->request->serving)
        tdm__run_keep(*out, tdm__serving_shows, session->request->serving);
    return status;
}

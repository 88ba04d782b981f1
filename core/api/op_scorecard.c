/*
 * scorecard: the command's side of it. How it is made stands in card_making.c.
 */
#include "api/card_making.h"

static tdm_status make(tdm__card_making *m, tdm_outcome *outcome, tdm_sink sink, tdm_error *error)
{
    const tdm_request *request = m->session.request;
    tdm__card_writer write = tdm__card_writer_of(request, tdm__request_value(request, "list") != NULL);
    tdm__report_options options = {.width = (int32_t)tdm__request_number(request, "width", 0),
                                   .colour = tdm__request_flag(request, "colour")};
    if (!write)
        return tdm__fail(error, TDM_INVALID_ARG,
                         "list: the children behind a figure are given as text, json or csv");
    tdm_status status = tdm__card_make(m, error);
    if (status != TDM_OK)
        return status;
    outcome->trouble = tdm__session_trouble(&m->session) || tdm__card_has_failed(m->card);
    return write(m->card, &options, sink, error);
}

tdm_status tdm__op_scorecard(const tdm_request *request, tdm_outcome *outcome, tdm_sink sink,
                             tdm_error *error)
{
    tdm__card_making m;
    tdm_status status = tdm__card_making_open(&m, request, error);
    if (status == TDM_OK)
        status = make(&m, outcome, sink, error);
    return tdm__card_making_end(&m, status, error);
}

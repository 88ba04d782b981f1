/*
 * indicators doc: the page on one indicator, or on all, for whoever has to know what a prompt means.
 */
#include "api/rules_of.h"
#include "report/doc.h"

#include <string.h>

tdm_status tdm__op_indicators_doc(const tdm_request *request, tdm_outcome *outcome, tdm_sink sink,
                                  tdm_error *error)
{
    tdm__data data;
    tdm__doc doc = {.first = 0};
    const tdm_allocator *allocator = &request->context->allocator;
    const char *format = tdm__request_value(request, "format");
    tdm__data_request rules = tdm__rules_request(request);
    bool one = tdm__request_value(request, "id") != NULL;
    (void)outcome;
    tdm_status status = tdm__data_open(&data, request->context, error);
    if (status == TDM_OK)
        status = tdm__data_read_rules(&data, &rules, error);
    if (status == TDM_OK && one)
        status = tdm__request_indicator(&doc.first, request, &data, error);
    if (status == TDM_OK) {
        doc.indicators = data.policy->indicators;
        doc.policy_title = data.policy->title;
        doc.policy_hash = data.policy->hash;
        doc.catalogue = data.catalogue;
        doc.vocabulary = data.vocabulary;
        doc.count = one ? 1 : data.policy->indicator_count;
        status = format && strcmp(format, "html") == 0 ? tdm__report_doc_html(&doc, allocator, sink, error)
                                                       : tdm__report_doc_text(&doc, allocator, sink, error);
    }
    tdm__data_free(&data);
    return status;
}

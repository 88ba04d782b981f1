/*
 * The first half of every operation on rules alone: the data folder, the script files that the request names,
 * the policy. Internal to the layer.
 */
#ifndef TDM_API_RULES_OF_H
#define TDM_API_RULES_OF_H

#include "api/answer.h"
#include "script/lint.h"

typedef tdm_status (*tdm__rules_fn)(tdm__data *data, tdm__answer *answer, const tdm_request *request,
                                    tdm_outcome *outcome, tdm_error *error);

/* Reads the rules and lets `say` put its answer together. With inputs, which are script files, these are all
 * there is, and there is no policy. */
tdm_status tdm__with_rules(const tdm_request *request, tdm_outcome *outcome, tdm_sink sink, tdm_error *error,
                           tdm__rules_fn say);
/* Opens data for rules: of a service those in force, unless the request brings a policy. */
tdm_status tdm__rules_data_open(tdm__data *data, const tdm_request *request, tdm_error *error);
/* What the request adds to the data folder, by its options. */
tdm__data_request tdm__rules_request(const tdm_request *request);
/* The indicator that the option `id` names, composites too: its place in the policy. TDM_INVALID_ARG without
 * one; TDM_NOT_FOUND. */
tdm_status tdm__request_indicator(size_t *out, const tdm_request *request, const tdm__data *data,
                                  tdm_error *error);
/* Runs the examples of an indicator and says what came of each. reached: what they came to; NULL: not wanted.
 */
tdm_status tdm__say_examples(tdm__data *data, tdm__answer *answer, tdm_outcome *outcome, tdm__worker *worker,
                             size_t i, tdm__reached *reached);

#endif

/*
 * The table of operations and what one is given to work with. Internal to the layer.
 */
#ifndef TDM_API_OPERATIONS_H
#define TDM_API_OPERATIONS_H

#include "api/data.h"
#include "guard/seal.h"

#include <tidemark/api.h>

#define TDM__OPTIONS_MAX 24

struct tdm_request {
    tdm_context *context;
    tdm__arena arena;
    size_t operation;
    const char *values[TDM__OPTIONS_MAX]; /* of the operation's options, NULL: not given */
    tdm__input *inputs;
    size_t input_count, input_capacity;
    tdm__secret passphrase;       /* wiped with the request; empty when none */
    tdm_str policy_json;          /* inline policy of a JSON request; "" when none */
    struct tdm__serving *serving; /* what a service adds; NULL: the command, or one call alone */
};

/* Value of an option; NULL when it was not given or the operation has none of that name. */
const char *tdm__request_value(const tdm_request *request, const char *name);
/* Whether the operation has such an option. */
bool tdm__request_has(const tdm_request *request, const char *name);
bool tdm__request_flag(const tdm_request *request, const char *name);
/* A number option; `fallback` when not given. */
int64_t tdm__request_number(const tdm_request *request, const char *name, int64_t fallback);

/* The instrument that the option `id` names. TDM_INVALID_ARG without one; TDM_NOT_FOUND. */
tdm_status tdm__request_instrument(const tdm_instrument **out, const tdm_request *request,
                                   const tdm__data *data, tdm_error *error);

typedef tdm_status (*tdm__operation_fn)(const tdm_request *request, tdm_outcome *outcome, tdm_sink sink,
                                        tdm_error *error);

typedef struct tdm__operation {
    tdm_operation_view view;
    const tdm_option_view *options;
    tdm__operation_fn run;
} tdm__operation;

const tdm__operation *tdm__operation_row(size_t index); /* NULL: none */

/* The rows that keep a store, behind the others of the command. */
size_t tdm__care_row_count(void);
const tdm__operation *tdm__care_row(size_t index);

/* The operations, each in its file. */
tdm_status tdm__op_review(const tdm_request *request, tdm_outcome *outcome, tdm_sink sink, tdm_error *error);
tdm_status tdm__op_chronology(const tdm_request *request, tdm_outcome *outcome, tdm_sink sink,
                              tdm_error *error);
tdm_status tdm__op_timeline(const tdm_request *request, tdm_outcome *outcome, tdm_sink sink,
                            tdm_error *error);
tdm_status tdm__op_check(const tdm_request *request, tdm_outcome *outcome, tdm_sink sink, tdm_error *error);
tdm_status tdm__op_sources(const tdm_request *request, tdm_outcome *outcome, tdm_sink sink, tdm_error *error);
tdm_status tdm__op_knew(const tdm_request *request, tdm_outcome *outcome, tdm_sink sink, tdm_error *error);
tdm_status tdm__op_replay(const tdm_request *request, tdm_outcome *outcome, tdm_sink sink, tdm_error *error);
tdm_status tdm__op_diff(const tdm_request *request, tdm_outcome *outcome, tdm_sink sink, tdm_error *error);
tdm_status tdm__op_score(const tdm_request *request, tdm_outcome *outcome, tdm_sink sink, tdm_error *error);
tdm_status tdm__op_compare(const tdm_request *request, tdm_outcome *outcome, tdm_sink sink, tdm_error *error);
tdm_status tdm__op_agreement(const tdm_request *request, tdm_outcome *outcome, tdm_sink sink,
                             tdm_error *error);
tdm_status tdm__op_import(const tdm_request *request, tdm_outcome *outcome, tdm_sink sink, tdm_error *error);
tdm_status tdm__op_export(const tdm_request *request, tdm_outcome *outcome, tdm_sink sink, tdm_error *error);
tdm_status tdm__op_pseudonymise(const tdm_request *request, tdm_outcome *outcome, tdm_sink sink,
                                tdm_error *error);
tdm_status tdm__op_indicators_list(const tdm_request *request, tdm_outcome *outcome, tdm_sink sink,
                                   tdm_error *error);
tdm_status tdm__op_indicators_explain(const tdm_request *request, tdm_outcome *outcome, tdm_sink sink,
                                      tdm_error *error);
tdm_status tdm__op_indicators_new(const tdm_request *request, tdm_outcome *outcome, tdm_sink sink,
                                  tdm_error *error);
tdm_status tdm__op_indicators_check(const tdm_request *request, tdm_outcome *outcome, tdm_sink sink,
                                    tdm_error *error);
tdm_status tdm__op_indicators_test(const tdm_request *request, tdm_outcome *outcome, tdm_sink sink,
                                   tdm_error *error);
tdm_status tdm__op_indicators_doc(const tdm_request *request, tdm_outcome *outcome, tdm_sink sink,
                                  tdm_error *error);
tdm_status tdm__op_indicators_run(const tdm_request *request, tdm_outcome *outcome, tdm_sink sink,
                                  tdm_error *error);
tdm_status tdm__op_indicators_backtest(const tdm_request *request, tdm_outcome *outcome, tdm_sink sink,
                                       tdm_error *error);
tdm_status tdm__op_policy_check(const tdm_request *request, tdm_outcome *outcome, tdm_sink sink,
                                tdm_error *error);
tdm_status tdm__op_policy_diff(const tdm_request *request, tdm_outcome *outcome, tdm_sink sink,
                               tdm_error *error);
tdm_status tdm__op_policy_effective(const tdm_request *request, tdm_outcome *outcome, tdm_sink sink,
                                    tdm_error *error);
tdm_status tdm__op_instruments_list(const tdm_request *request, tdm_outcome *outcome, tdm_sink sink,
                                    tdm_error *error);
tdm_status tdm__op_instruments_show(const tdm_request *request, tdm_outcome *outcome, tdm_sink sink,
                                    tdm_error *error);
tdm_status tdm__op_instruments_check(const tdm_request *request, tdm_outcome *outcome, tdm_sink sink,
                                     tdm_error *error);
tdm_status tdm__op_instruments_blank(const tdm_request *request, tdm_outcome *outcome, tdm_sink sink,
                                     tdm_error *error);
tdm_status tdm__op_instruments_export(const tdm_request *request, tdm_outcome *outcome, tdm_sink sink,
                                      tdm_error *error);
tdm_status tdm__op_assessment_export(const tdm_request *request, tdm_outcome *outcome, tdm_sink sink,
                                     tdm_error *error);
tdm_status tdm__op_map_suggest(const tdm_request *request, tdm_outcome *outcome, tdm_sink sink,
                               tdm_error *error);
tdm_status tdm__op_map_check(const tdm_request *request, tdm_outcome *outcome, tdm_sink sink,
                             tdm_error *error);
tdm_status tdm__op_scorecard(const tdm_request *request, tdm_outcome *outcome, tdm_sink sink,
                             tdm_error *error);
tdm_status tdm__op_measures_list(const tdm_request *request, tdm_outcome *outcome, tdm_sink sink,
                                 tdm_error *error);
tdm_status tdm__op_measures_show(const tdm_request *request, tdm_outcome *outcome, tdm_sink sink,
                                 tdm_error *error);
tdm_status tdm__op_measures_test(const tdm_request *request, tdm_outcome *outcome, tdm_sink sink,
                                 tdm_error *error);
tdm_status tdm__op_measures_doc(const tdm_request *request, tdm_outcome *outcome, tdm_sink sink,
                                tdm_error *error);

#endif

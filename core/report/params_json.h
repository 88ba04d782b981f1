/*
 * Parameters in force as JSON, in the form in which a policy file sets them, each with who set it.
 */
#ifndef TDM_REPORT_PARAMS_JSON_H
#define TDM_REPORT_PARAMS_JSON_H

#include "engine/run.h"
#include "json/json.h"

/* The member "params" of an open object. */
void tdm__params_json(tdm__json_writer *json, const tdm__effective_param *params, size_t count);
/* A whole number of thousandths or tenths as a decimal: 1500 of 1000 gives 1.5. */
void tdm__json_put_decimal(tdm__json_writer *json, int64_t number, int64_t unit);
/* {"months": 3} */
void tdm__json_put_span(tdm__json_writer *json, tdm_span span);

#endif

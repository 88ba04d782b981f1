/*
 * Values of parameters, each by its type.
 */
#include "report/params_json.h"

#include "report/json_members.h"

void tdm__json_put_decimal(tdm__json_writer *json, int64_t number, int64_t unit)
{
    if (number % unit == 0)
        tdm__json_put_int(json, number / unit);
    else
        tdm__json_put_double(json, (double)number / (double)unit);
}

void tdm__json_put_span(tdm__json_writer *json, tdm_span span)
{
    static const char *const units[] = {
        [TDM_SPAN_DAYS] = "days", [TDM_SPAN_MONTHS] = "months", [TDM_SPAN_WORKING_DAYS] = "working_days"};
    tdm__json_open_object(json);
    tdm__json_int_member(json, units[span.unit], span.count);
    tdm__json_close_object(json);
}

static void put_param_list(tdm__json_writer *json, const tdm__param_value *value)
{
    tdm__json_open_array(json);
    for (size_t i = 0; i < value->item_count; i++) {
        if (value->spans)
            tdm__json_put_span(json, value->spans[i]);
        else
            tdm__json_put_string(json, value->codes[i]);
    }
    tdm__json_close_array(json);
}

/* In the form in which a policy file sets it. */
static void put_param_value(tdm__json_writer *json, const tdm__param_value *value)
{
    switch (value->type) {
    case TDM__PARAM_COUNT:
        tdm__json_put_int(json, value->number);
        break;
    case TDM__PARAM_SPAN:
        tdm__json_put_span(json, value->span);
        break;
    case TDM__PARAM_RATIO:
        tdm__json_put_decimal(json, value->number, 1000);
        break;
    case TDM__PARAM_PERCENT:
        tdm__json_put_decimal(json, value->number, 10);
        break;
    case TDM__PARAM_CHOICE:
        tdm__json_put_string(json, value->choice);
        break;
    case TDM__PARAM_FLAG:
        tdm__json_put_bool(json, value->number != 0);
        break;
    case TDM__PARAM_LIST:
        put_param_list(json, value);
        break;
    }
}

void tdm__params_json(tdm__json_writer *json, const tdm__effective_param *params, size_t count)
{
    tdm__json_put_name(json, "params");
    tdm__json_open_object(json);
    for (size_t i = 0; i < count; i++) {
        tdm__json_put_name_str(json, params[i].param->name);
        tdm__json_open_object(json);
        tdm__json_put_name(json, "value");
        put_param_value(json, &params[i].value);
        tdm__json_text_member(json, "from", params[i].from);
        tdm__json_close_object(json);
    }
    tdm__json_close_object(json);
}

/*
 * Typed parameters: text to a value of its parameter. Whether it is within bounds is the script layer's say.
 */
#include "api/run_params.h"

#include <string.h>

static bool read_flag(tdm__param_value *out, tdm_str text)
{
    bool yes = tdm__str_equal(text, TDM_LIT("yes")) || tdm__str_equal(text, TDM_LIT("true"));
    out->number = yes;
    return yes || tdm__str_equal(text, TDM_LIT("no")) || tdm__str_equal(text, TDM_LIT("false"));
}

/* Decimal with at most as many places as `factor` (1, 10, 1000) holds. */
static bool read_scaled(int64_t *out, tdm_str text, int64_t factor)
{
    int64_t whole, part = 0;
    tdm_str rest = text, before = tdm__str_split(&rest, '.');
    if (!tdm__str_to_int64(&whole, before) || whole < 0 || whole > 1000000)
        return false;
    bool has_part = before.length < text.length;
    if (has_part &&
        (rest.length == 0 || rest.length > 3 || rest.data[0] < '0' || !tdm__str_to_int64(&part, rest)))
        return false;
    for (size_t places = rest.length; has_part && places < 3; places++)
        part *= 10;
    *out = whole * factor + part * factor / 1000;
    return part * factor % 1000 == 0;
}

static const struct {
    const char *name;
    int32_t unit;
} units[] = {
    {"day", TDM_SPAN_DAYS},
    {"days", TDM_SPAN_DAYS},
    {"month", TDM_SPAN_MONTHS},
    {"months", TDM_SPAN_MONTHS},
    {"working day", TDM_SPAN_WORKING_DAYS},
    {"working days", TDM_SPAN_WORKING_DAYS},
};

static bool read_span(tdm_span *out, tdm_str text)
{
    int64_t count;
    *out = (tdm_span){TDM_SPAN_DAYS, 0};
    if (tdm__str_equal(text, TDM_LIT("any time")))
        return true;
    tdm_str rest = text, number = tdm__str_split(&rest, ' ');
    if (!tdm__str_to_int64(&count, number) || count < 0 || count > 36600)
        return false;
    rest = tdm__str_trimmed(rest);
    for (size_t i = 0; i < sizeof units / sizeof *units; i++)
        if (tdm__str_equal(rest, tdm__str(units[i].name))) {
            *out = (tdm_span){units[i].unit, (int32_t)count};
            return true;
        }
    return false;
}

static bool read_value(tdm__param_value *out, const tdm__param *param, tdm_str text)
{
    *out = (tdm__param_value){.type = param->type, .choice = {"", 0}};
    if (param->type == TDM__PARAM_PERCENT && text.length > 0 && text.data[text.length - 1] == '%')
        text = tdm__str_trimmed((tdm_str){text.data, text.length - 1});
    switch (param->type) {
    case TDM__PARAM_COUNT:
        return read_scaled(&out->number, text, 1);
    case TDM__PARAM_RATIO:
        return read_scaled(&out->number, text, 1000);
    case TDM__PARAM_PERCENT:
        return read_scaled(&out->number, text, 10);
    case TDM__PARAM_FLAG:
        return read_flag(out, text);
    case TDM__PARAM_SPAN:
        return read_span(&out->span, text);
    case TDM__PARAM_CHOICE:
        out->choice = text;
        return true;
    default:
        return false;
    }
}

static tdm_status set_one(tdm__review_policy *policy, size_t place, tdm_str name, tdm_str text,
                          tdm_error *error)
{
    tdm__param_value value;
    tdm__effective_indicator *e = &policy->indicators[place];
    size_t i = 0;
    while (i < e->indicator->param_count && !tdm__str_equal(e->params[i].param->name, name))
        i++;
    if (i == e->indicator->param_count)
        return tdm__fail(error, TDM_INVALID_ARG, "params: the indicator has no parameter '%.*s'",
                         TDM_STR_ARGS(name));
    const tdm__param *param = e->params[i].param;
    if (param->type == TDM__PARAM_LIST)
        return tdm__fail(error, TDM_INVALID_ARG, "params: '%.*s' is a list: set it in a policy",
                         TDM_STR_ARGS(name));
    if (!read_value(&value, param, text) || tdm__param_check(param, &value, NULL) != TDM_OK)
        return tdm__fail(error, TDM_INVALID_ARG,
                         "params: '%.*s': expected a value such as %.*s, within the bounds of the parameter",
                         TDM_STR_ARGS(name), TDM_STR_ARGS(e->params[i].words));
    value.choice = tdm__arena_copy(&policy->arena, value.choice);
    e->params[i].value = policy->values[place][i] = value;
    e->params[i].from = TDM_LIT("--params");
    return value.choice.data ? tdm__param_words(&e->params[i].words, &policy->arena, &value) : TDM_NO_MEMORY;
}

tdm_status tdm__run_params_set(tdm__review_policy *policy, size_t place, tdm_str typed, tdm_error *error)
{
    tdm_status status = TDM_OK;
    tdm__effective_indicator *e = &policy->indicators[place];
    while (status == TDM_OK && typed.length > 0) {
        tdm_str value = tdm__str_split(&typed, ',');
        tdm_str name = tdm__str_split(&value, '=');
        status = set_one(policy, place, tdm__str_trimmed(name), tdm__str_trimmed(value), error);
    }
    if (status == TDM_OK)
        status = tdm__indicator_definition(&e->definition, &policy->arena, e->indicator,
                                           policy->values[place]);
    return status == TDM_NO_MEMORY ? tdm__no_memory(error) : status;
}

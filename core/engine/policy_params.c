/*
 * An indicator's entry in a policy: switched, its severity, its numbers; and the numbers of a measure. How a
 * value is checked against its parameter is the script layer's business (tdm__param_check); how JSON becomes
 * one is here.
 */
#include "engine/policy_read.h"

#include <string.h>

static const struct {
    const char *name;
    int32_t unit;
} span_units[] = {
    {"days", TDM_SPAN_DAYS}, {"months", TDM_SPAN_MONTHS}, {"working_days", TDM_SPAN_WORKING_DAYS}};

bool tdm__policy_span(tdm_span *out, const tdm__json_value *value)
{
    const tdm__json_value *member = tdm__json_first(value);
    int64_t count;
    if (tdm__json_type_of(value) != TDM__JSON_OBJECT || tdm__json_count(value) != 1 ||
        !tdm__json_int64(&count, member) || count < 0 || count > 36600)
        return false;
    for (size_t i = 0; i < sizeof span_units / sizeof *span_units; i++)
        if (tdm__str_equal(tdm__json_name(member), tdm__str(span_units[i].name))) {
            *out = (tdm_span){span_units[i].unit, (int32_t)count};
            return true;
        }
    return false;
}

/* A number with at most the places that `factor` (1, 10 or 1000) holds. */
static bool read_scaled(int64_t *out, const tdm__json_value *value, int32_t factor)
{
    double number = tdm__json_number(value) * factor;
    if (tdm__json_type_of(value) != TDM__JSON_NUMBER || number > 9e15 || number < -9e15)
        return false;
    *out = (int64_t)(number < 0 ? number - 0.5 : number + 0.5);
    double off = number - (double)*out;
    return off <= 1e-6 && off >= -1e-6;
}

static tdm_status read_list(bool *fits, tdm__param_value *out, const tdm__policy_reading *r,
                            const tdm__json_value *value, bool of_spans)
{
    size_t count = tdm__json_count(value), at = 0;
    tdm_str *codes = tdm__arena_array(&r->policy->arena, count, sizeof *codes);
    tdm_span *spans = tdm__arena_array(&r->policy->arena, count, sizeof *spans);
    if (!codes || !spans)
        return TDM_NO_MEMORY;
    *fits = tdm__json_type_of(value) == TDM__JSON_ARRAY;
    for (const tdm__json_value *item = tdm__json_first(value); *fits && item;
         item = tdm__json_next(item), at++) {
        if (of_spans)
            *fits = tdm__policy_span(&spans[at], item);
        else
            *fits = tdm__json_type_of(item) == TDM__JSON_STRING;
        codes[at] = tdm__json_string(item);
    }
    out->codes = of_spans ? NULL : codes;
    out->spans = of_spans ? spans : NULL;
    out->item_count = count;
    return TDM_OK;
}

/* A value of the parameter's type; *fits is false when the JSON is of another. */
static tdm_status read_value(bool *fits, tdm__param_value *out, const tdm__policy_reading *r,
                             const tdm__param *param, const tdm__json_value *value)
{
    tdm__json_type type = tdm__json_type_of(value);
    *out = (tdm__param_value){.type = param->type};
    switch (param->type) {
    case TDM__PARAM_COUNT:
        *fits = read_scaled(&out->number, value, 1);
        break;
    case TDM__PARAM_RATIO:
        *fits = read_scaled(&out->number, value, 1000);
        break;
    case TDM__PARAM_PERCENT:
        *fits = read_scaled(&out->number, value, 10);
        break;
    case TDM__PARAM_SPAN:
        *fits = tdm__policy_span(&out->span, value);
        break;
    case TDM__PARAM_FLAG:
        *fits = type == TDM__JSON_BOOL;
        out->number = tdm__json_bool(value);
        break;
    case TDM__PARAM_CHOICE:
        *fits = type == TDM__JSON_STRING;
        out->choice = tdm__json_string(value);
        break;
    case TDM__PARAM_LIST:
        return read_list(fits, out, r, value, param->fallback.spans != NULL);
    }
    return TDM_OK;
}

static const char *const type_words[] = {
    "a whole number",
    "a span such as {\"days\": 90}",
    "a number with at most three decimal places",
    "a percentage with at most one decimal place",
    "one of the choices as text",
    "true or false",
    "a list",
};

tdm__effective_param *tdm__policy_params_default(tdm__review_policy *policy, const tdm__param *params,
                                                 size_t count, tdm_str file)
{
    tdm__effective_param *made = tdm__arena_array(&policy->arena, count, sizeof *made);
    for (size_t i = 0; made && i < count; i++)
        made[i] = (tdm__effective_param){&params[i], params[i].fallback, {"", 0}, file};
    return made;
}

tdm_status tdm__policy_params_words(tdm__param_value **values, tdm__review_policy *policy,
                                    tdm__effective_param *params, size_t count)
{
    tdm_status status = TDM_OK;
    tdm__param_value *made = *values = tdm__arena_array(&policy->arena, count, sizeof *made);
    if (!made)
        return TDM_NO_MEMORY;
    for (size_t i = 0; status == TDM_OK && i < count; i++) {
        made[i] = params[i].value;
        status = tdm__param_words(&params[i].words, &policy->arena, &params[i].value);
    }
    return status;
}

tdm_status tdm__policy_param(const tdm__policy_reading *r, const tdm__policy_owner *owner,
                             const tdm__json_value *value)
{
    tdm_str name = tdm__json_name(value);
    tdm_error inner = {0};
    bool fits = false;
    size_t i = 0;
    while (i < owner->param_count && !tdm__str_equal(owner->params[i].param->name, name))
        i++;
    if (i == owner->param_count)
        return tdm__json_fail(r->document, value, r->error, "the %s %.*s has no such parameter", owner->what,
                              TDM_STR_ARGS(owner->id));
    tdm__effective_param *effective = &owner->params[i];
    tdm_status status = read_value(&fits, &effective->value, r, effective->param, value);
    if (status != TDM_OK)
        return status;
    if (!fits)
        return tdm__json_fail(r->document, value, r->error, "expected %s for %.*s of %.*s",
                              type_words[effective->param->type], TDM_STR_ARGS(effective->param->name),
                              TDM_STR_ARGS(owner->id));
    status = tdm__param_check(effective->param, &effective->value, &inner);
    if (status == TDM_NO_MEMORY)
        return TDM_NO_MEMORY;
    if (status != TDM_OK)
        return tdm__json_fail(r->document, value, r->error, "%.*s of %.*s: %s",
                              TDM_STR_ARGS(effective->param->name), TDM_STR_ARGS(owner->id), inner.message);
    return tdm__policy_place(&effective->from, r, value);
}

tdm_status tdm__policy_severity(const tdm__policy_reading *r, tdm__effective_indicator *out,
                                const tdm__json_value *value)
{
    for (int i = TDM__PROMPT_INFORMATION; value && i <= TDM__PROMPT_SOON; i++)
        if (tdm__str_equal(tdm__json_string(value),
                           tdm__str(tdm__prompt_severity_code((tdm__prompt_severity)i)))) {
            out->severity = (tdm__prompt_severity)i;
            return tdm__policy_place(&out->severity_from, r, value);
        }
    return value ? tdm__json_fail(r->document, value, r->error, "expected information, review or soon")
                 : TDM_OK;
}

tdm_status tdm__policy_read_indicator(const tdm__policy_reading *r, const tdm__json_value *entry)
{
    const tdm__json_value *on, *params, *severity, *replace;
    const tdm__json_field fields[] = {
        {"on", TDM__JSON_BOOL, false, false, &on},
        {"params", TDM__JSON_OBJECT, false, false, &params},
        {"severity", TDM__JSON_STRING, false, false, &severity},
        {"replace", TDM__JSON_STRING, false, false, &replace}, /* see tdm__policy_replaced */
    };
    uint32_t index = tdm__catalogue_find(r->policy->catalogue, tdm__json_name(entry));
    if (index == TDM_NO_INDEX)
        return tdm__policy_told(r, tdm__json_fail(r->document, entry, r->error,
                                                  "the policy names an indicator that no script has"));
    tdm__policy_object(r, entry, "an indicator's entry", fields, 4);
    tdm__effective_indicator *indicator = &r->policy->indicators[index];
    tdm_status status = TDM_OK;
    if (on) {
        indicator->on = tdm__json_bool(on);
        status = tdm__policy_place(&indicator->on_from, r, on);
    }
    if (status == TDM_OK)
        status = tdm__policy_told(r, tdm__policy_severity(r, indicator, severity));
    tdm__policy_owner owner = {"indicator", indicator->indicator->id, indicator->params,
                               indicator->indicator->param_count};
    for (const tdm__json_value *p = tdm__json_first(params); status == TDM_OK && p; p = tdm__json_next(p))
        status = tdm__policy_told(r, tdm__policy_param(r, &owner, p));
    return status;
}

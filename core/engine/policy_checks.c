/*
 * The member `checks` of a policy: which checks are on, how severe, and their numbers, over the
 * defaults of the table of checks.
 */
#include "engine/policy_read.h"

tdm_status tdm__policy_checks_default(tdm__review_policy *policy)
{
    size_t count = tdm__check_count();
    policy->checks = tdm__arena_array(&policy->arena, count, sizeof *policy->checks);
    if (!policy->checks)
        return TDM_NO_MEMORY;
    for (size_t i = 0; i < count; i++) {
        const tdm__check *check = tdm__check_at(i);
        tdm__effective_check *effective = &policy->checks[i];
        *effective = (tdm__effective_check){.check = check, .on = true, .severity = check->severity};
        for (size_t p = 0; p < TDM__CHECK_PARAMS; p++) {
            effective->values[p] = check->params[p].fallback;
            effective->from[p] = TDM_LIT("the check's default");
        }
    }
    return TDM_OK;
}

static tdm_status set_number(const tdm__policy_reading *r, tdm__effective_check *check,
                             const tdm__json_value *value)
{
    for (size_t i = 0; i < TDM__CHECK_PARAMS && check->check->params[i].name; i++) {
        const tdm__check_param *param = &check->check->params[i];
        if (tdm__str_equal(tdm__json_name(value), tdm__str(param->name)))
            return tdm__policy_number(r, &check->values[i], &check->from[i], value, param->min, param->max);
    }
    return tdm__json_fail(r->document, value, r->error, "the check %s has no such parameter",
                          check->check->id);
}

static tdm_status set_severity(const tdm__policy_reading *r, tdm__effective_check *check,
                               const tdm__json_value *value)
{
    for (int i = TDM__INFORMATION; value && i <= TDM__ERROR; i++)
        if (tdm__str_equal(tdm__json_string(value), tdm__str(tdm__severity_code((tdm__severity)i)))) {
            check->severity = (tdm__severity)i;
            return tdm__policy_place(&check->severity_from, r, value);
        }
    return value ? tdm__json_fail(r->document, value, r->error, "expected information, warning or error")
                 : TDM_OK;
}

static tdm_status read_entry(const tdm__policy_reading *r, const tdm__json_value *entry)
{
    const tdm__json_value *on, *severity, *params;
    const tdm__json_field fields[] = {{"on", TDM__JSON_BOOL, false, false, &on},
                                      {"severity", TDM__JSON_STRING, false, false, &severity},
                                      {"params", TDM__JSON_OBJECT, false, false, &params}};
    uint32_t index = tdm__check_find(tdm__json_name(entry));
    if (index == TDM_NO_INDEX)
        return tdm__policy_told(r,
                                tdm__json_fail(r->document, entry, r->error, "there is no check of that id"));
    tdm__policy_object(r, entry, "a check's entry", fields, 3);
    tdm__effective_check *check = &r->policy->checks[index];
    tdm_status status = TDM_OK;
    if (on) {
        check->on = tdm__json_bool(on);
        status = tdm__policy_place(&check->on_from, r, on);
    }
    if (status == TDM_OK)
        status = tdm__policy_told(r, set_severity(r, check, severity));
    for (const tdm__json_value *p = tdm__json_first(params); status == TDM_OK && p; p = tdm__json_next(p))
        status = tdm__policy_told(r, set_number(r, check, p));
    return status;
}

tdm_status tdm__policy_read_checks(const tdm__policy_reading *r, const tdm__json_value *checks)
{
    tdm_status status = TDM_OK;
    for (const tdm__json_value *e = tdm__json_first(checks); status == TDM_OK && e; e = tdm__json_next(e))
        status = read_entry(r, e);
    return status;
}

/* The number that stands for "{name}" at the start of the text, and how long that is; false: none does. */
static bool param_at(int32_t *out, size_t *length, const tdm__effective_check *effective, const char *text)
{
    tdm_str rest = tdm__str(text + 1);
    tdm_str name = tdm__str_split(&rest, '}');
    for (size_t i = 0; i < TDM__CHECK_PARAMS && effective->check->params[i].name; i++)
        if (tdm__str_equal(name, tdm__str(effective->check->params[i].name))) {
            *out = effective->values[i];
            *length = name.length + 2;
            return true;
        }
    return false;
}

static tdm_status fill_definition(tdm__review_policy *policy, tdm__effective_check *effective)
{
    tdm__text text;
    tdm__text_init(&text, &policy->allocator);
    for (const char *at = effective->check->definition; *at;) {
        int32_t value;
        size_t length = 1;
        if (*at == '{' && param_at(&value, &length, effective, at))
            tdm__text_int(&text, value);
        else
            tdm__text_char(&text, *at);
        at += length;
    }
    effective->definition = tdm__arena_copy(&policy->arena, tdm__text_str(&text));
    bool failed = text.failed || !effective->definition.data;
    tdm__text_free(&text);
    return failed ? TDM_NO_MEMORY : TDM_OK;
}

tdm_status tdm__policy_checks_words(tdm__review_policy *policy)
{
    tdm_status status = TDM_OK;
    for (size_t i = 0; status == TDM_OK && i < tdm__check_count(); i++)
        status = fill_definition(policy, &policy->checks[i]);
    return status;
}

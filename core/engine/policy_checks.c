/*
 * The member `checks` of a policy: which checks are on, how severe, and their numbers, over the
 * defaults of the table of checks.
 */
#include "engine/policy_checks.h"

static tdm_status place_of(tdm_str *out, tdm__review_policy *policy, const tdm__json *document,
                           const tdm__json_value *value)
{
    tdm__text text;
    tdm__text_init(&text, &policy->allocator);
    tdm__text_printf(&text, "%.*s:%d", TDM_STR_ARGS(tdm__json_file(document)), (int)tdm__json_line(value));
    *out = tdm__arena_copy(&policy->arena, tdm__text_str(&text));
    bool failed = text.failed || !out->data;
    tdm__text_free(&text);
    return failed ? TDM_NO_MEMORY : TDM_OK;
}

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

/* What a reading needs, and the check whose entry it is. */
typedef struct entry_reading {
    tdm__review_policy *policy;
    const tdm__json *document;
    tdm__effective_check *check;
    tdm_error *error;
} entry_reading;

static tdm_status set_number(const entry_reading *r, const tdm__json_value *value)
{
    for (size_t i = 0; i < TDM__CHECK_PARAMS && r->check->check->params[i].name; i++) {
        const tdm__check_param *param = &r->check->check->params[i];
        int64_t number;
        if (!tdm__str_equal(tdm__json_name(value), tdm__str(param->name)))
            continue;
        if (!tdm__json_int64(&number, value) || number < param->min || number > param->max)
            return tdm__json_fail(r->document, value, r->error, "expected a whole number from %d to %d",
                                  (int)param->min, (int)param->max);
        r->check->values[i] = (int32_t)number;
        return place_of(&r->check->from[i], r->policy, r->document, value);
    }
    return tdm__json_fail(r->document, value, r->error, "the check %s has no such parameter",
                          r->check->check->id);
}

static tdm_status set_severity(const entry_reading *r, const tdm__json_value *value)
{
    for (int i = TDM__INFORMATION; value && i <= TDM__ERROR; i++)
        if (tdm__str_equal(tdm__json_string(value), tdm__str(tdm__severity_code((tdm__severity)i)))) {
            r->check->severity = (tdm__severity)i;
            return place_of(&r->check->severity_from, r->policy, r->document, value);
        }
    return value ? tdm__json_fail(r->document, value, r->error, "expected information, warning or error")
                 : TDM_OK;
}

static tdm_status read_entry(entry_reading *r, const tdm__json_value *entry)
{
    const tdm__json_value *on, *severity, *params;
    const tdm__json_field fields[] = {{"on", TDM__JSON_BOOL, false, false, &on},
                                      {"severity", TDM__JSON_STRING, false, false, &severity},
                                      {"params", TDM__JSON_OBJECT, false, false, &params}};
    uint32_t index = tdm__check_find(tdm__json_name(entry));
    if (index == TDM_NO_INDEX)
        return tdm__json_fail(r->document, entry, r->error, "there is no check of that id");
    tdm_status status = tdm__json_read(r->document, entry, "a check's entry", fields, 3, r->error);
    r->check = &r->policy->checks[index];
    if (status == TDM_OK && on) {
        r->check->on = tdm__json_bool(on);
        status = place_of(&r->check->on_from, r->policy, r->document, on);
    }
    if (status == TDM_OK)
        status = set_severity(r, severity);
    for (const tdm__json_value *p = tdm__json_first(params); status == TDM_OK && p; p = tdm__json_next(p))
        status = set_number(r, p);
    return status;
}

tdm_status tdm__policy_checks_read(tdm__review_policy *policy, const tdm__json *document,
                                   const tdm__json_value *checks, tdm_error *error)
{
    entry_reading r = {policy, document, NULL, error};
    tdm_status status = TDM_OK;
    for (const tdm__json_value *e = tdm__json_first(checks); status == TDM_OK && e; e = tdm__json_next(e))
        status = read_entry(&r, e);
    return status == TDM_NO_MEMORY ? tdm__no_memory(error) : status;
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

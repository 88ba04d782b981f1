/*
 * The member `measures` of a policy: which measures of the scorecard are on, and their numbers, over the
 * defaults of their files.
 */
#include "engine/policy_read.h"
#include "script/measures.h"

tdm_status tdm__policy_measures_default(tdm__review_policy *policy, const tdm__measures *measures)
{
    size_t count = measures ? tdm__measures_count(measures) : 0;
    policy->measures_of = measures;
    policy->measures = tdm__arena_array(&policy->arena, count, sizeof *policy->measures);
    if (!policy->measures)
        return TDM_NO_MEMORY;
    for (size_t i = 0; i < count; i++) {
        const tdm__measure *measure = tdm__measures_at(measures, i);
        tdm__effective_param *params = tdm__policy_params_default(policy, measure->params,
                                                                  measure->param_count, measure->file);
        if (!params)
            return TDM_NO_MEMORY;
        policy->measures[policy->measure_count++] =
            (tdm__effective_measure){measure, true, {"", 0}, params, NULL};
    }
    return TDM_OK;
}

tdm_status tdm__policy_measures_words(tdm__review_policy *policy)
{
    tdm_status status = TDM_OK;
    for (size_t i = 0; status == TDM_OK && i < policy->measure_count; i++) {
        tdm__effective_measure *effective = &policy->measures[i];
        status = tdm__policy_params_words(&effective->values, policy, effective->params,
                                          effective->measure->param_count);
    }
    return status;
}

tdm_status tdm__policy_read_measure(const tdm__policy_reading *r, const tdm__json_value *entry)
{
    const tdm__json_value *on, *params;
    const tdm__json_field fields[] = {{"on", TDM__JSON_BOOL, false, false, &on},
                                      {"params", TDM__JSON_OBJECT, false, false, &params}};
    const tdm__measures *measures = r->policy->measures_of;
    uint32_t index = measures ? tdm__measures_find(measures, tdm__json_name(entry)) : TDM_NO_INDEX;
    if (index == TDM_NO_INDEX)
        return tdm__policy_told(
            r, tdm__json_fail(r->document, entry, r->error, "the policy names a measure that no script has"));
    tdm__policy_object(r, entry, "a measure's entry", fields, 2);
    tdm__effective_measure *effective = &r->policy->measures[index];
    tdm__policy_owner owner = {"measure", effective->measure->id, effective->params,
                               effective->measure->param_count};
    tdm_status status = TDM_OK;
    if (on) {
        effective->on = tdm__json_bool(on);
        status = tdm__policy_place(&effective->on_from, r, on);
    }
    for (const tdm__json_value *p = tdm__json_first(params); status == TDM_OK && p; p = tdm__json_next(p))
        status = tdm__policy_told(r, tdm__policy_param(r, &owner, p));
    return status;
}

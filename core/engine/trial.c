/*
 * Asking as child.c does, and keeping at which step the answer was known.
 */
#include "engine/trial.h"

static tdm_status missing_kinds(tdm__trial *out, tdm__arena *arena, const tdm__at_hand *at_hand)
{
    const tdm__needs *needs = &out->indicator->needs;
    uint32_t *kinds = tdm__arena_array(arena, needs->any_count + needs->all_count, sizeof *kinds);
    if (!kinds)
        return TDM_NO_MEMORY;
    for (size_t i = 0; i < needs->any_count; i++)
        if (!tdm__carried_kind(&at_hand->carried, needs->any[i]))
            kinds[out->kind_count++] = needs->any[i];
    /* One of `any` is enough: those that are missing beside it explain nothing. */
    if (out->kind_count < needs->any_count)
        out->kind_count = 0;
    for (size_t i = 0; i < needs->all_count; i++)
        if (!tdm__carried_kind(&at_hand->carried, needs->all[i]))
            kinds[out->kind_count++] = needs->all[i];
    out->kinds = kinds;
    return TDM_OK;
}

/* Every part that could show it and that no source could hold in full. */
static tdm_status missing_parts(tdm__trial *out, tdm__arena *arena, const tdm__at_hand *at_hand)
{
    const tdm__needs *needs = &out->indicator->needs;
    size_t most = 0;
    for (size_t i = 0; i < needs->deny_count; i++)
        most += needs->deny[i].any_count;
    tdm__need_part *parts = tdm__arena_array(arena, most, sizeof *parts);
    if (!parts)
        return TDM_NO_MEMORY;
    for (size_t i = 0; i < needs->deny_count; i++) {
        size_t before = out->part_count;
        const tdm__need *need = &needs->deny[i];
        for (size_t k = 0; k < need->any_count; k++)
            if (!tdm__carried_in_full(&at_hand->carried, need->any[k].kind, need->any[k].fact))
                parts[out->part_count++] = need->any[k];
        if (out->part_count - before < need->any_count)
            out->part_count = before;
    }
    out->parts = parts;
    return TDM_OK;
}

static tdm_status ask_script(tdm__trial *out, const tdm__asker *a, const tdm_history *h,
                             const tdm__at_hand *at_hand, uint32_t indicator)
{
    const tdm__param_value *params = a->policy->values[indicator];
    const tdm__needs *needs = &out->indicator->needs;
    tdm_status status = TDM_OK;
    out->end = TDM__TRIAL_SCRIPT;
    if (tdm__may_be_met(at_hand, needs)) {
        status = tdm__worker_trace(&out->trace, &out->result, a->worker, indicator, h, &a->scores, params);
        if (out->result.line > 0)
            out->end = TDM__TRIAL_FAILED;
    } else {
        out->end = TDM__TRIAL_NO_ROW;
        out->result.answer = TDM_NOT_MET;
        out->kinds = needs->held;
        out->kind_count = needs->held_count;
    }
    if (status != TDM_OK || out->result.answer != TDM_NOT_MET || tdm__may_be_denied(at_hand, needs, params))
        return status;
    out->end = TDM__TRIAL_IN_PART;
    out->result.answer = TDM_NOT_ASSESSED;
    out->result.reason = "in-part";
    return missing_parts(out, a->scratch, at_hand);
}

tdm_status tdm__try_child(tdm__trial *out, const tdm__asker *a, uint32_t child, uint32_t indicator)
{
    tdm_history *h;
    tdm__at_hand at_hand;
    *out = (tdm__trial){.indicator = tdm__catalogue_at(a->policy->catalogue, indicator)};
    out->result = (tdm__result){.answer = TDM_NOT_ASSESSED, .outcome = TDM_NO_INDEX, .sentence = {"", 0}};
    tdm_status status = tdm__history_new(&h, a->scratch, a->chronology, child, a->options->as_of, NULL);
    if (status == TDM_OK)
        status = tdm__at_hand_of(&at_hand, a, h);
    if (status != TDM_OK)
        return status;
    out->history = h;
    out->result.reason = tdm__missing_need(a, &at_hand, child, &out->indicator->needs);
    if (!out->result.reason)
        return ask_script(out, a, h, &at_hand, indicator);
    out->end = TDM__TRIAL_NO_SOURCE;
    return missing_kinds(out, a->scratch, &at_hand);
}

tdm_status tdm__asker_of_run(tdm__asker *out, tdm__run_options *options, tdm__arena *arena,
                             const tdm_run *run, const tdm__review_policy *policy)
{
    *options = (tdm__run_options){.as_of = run->as_of};
    *out = (tdm__asker){.chronology = run->chronology, .policy = policy, .options = options};
    return tdm__run_scores(&out->scores, arena, run);
}

static tdm_status cost_of_child(tdm__cost *out, tdm__asker *a, uint32_t child, uint32_t indicator)
{
    tdm_history *h;
    tdm__at_hand at_hand;
    tdm__result result = {.steps = 0};
    tdm__arena_reset(a->scratch);
    tdm_status status = tdm__history_new(&h, a->scratch, a->chronology, child, a->options->as_of, NULL);
    if (status == TDM_OK)
        status = tdm__asker_begin(a);
    if (status == TDM_OK)
        status = tdm__at_hand_of(&at_hand, a, h);
    if (status == TDM_OK)
        status = tdm__ask_indicator(&result, a, h, &at_hand, indicator);
    if (status != TDM_OK)
        return status;
    out->asked += result.steps > 0;
    out->steps += result.steps;
    if (result.steps > out->most_steps) {
        out->most_steps = result.steps;
        out->most_child = child;
    }
    return TDM_OK;
}

tdm_status tdm__measure_cost(tdm__cost *out, const tdm_context *context, const tdm__asker *asker,
                             uint32_t indicator, tdm_error *error)
{
    tdm__asker own = *asker;
    tdm_status status = TDM_OK;
    size_t count = tdm_chronology_child_count(asker->chronology);
    *out = (tdm__cost){.asked = 0};
    for (uint32_t child = 0; status == TDM_OK && child < count; child++) {
        status = tdm__context_poll(context, error);
        if (status == TDM_OK)
            status = cost_of_child(out, &own, child, indicator);
    }
    out->memory_bytes = tdm__worker_peak_bytes(asker->worker);
    return status == TDM_NO_MEMORY ? tdm__no_memory(error) : status;
}

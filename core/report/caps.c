/*
 * Which prompts of a group come first, and how many are left.
 */
#include "report/caps.h"

#include "report/view.h"

static tdm_str group_of(const tdm_run *run, const tdm__prompt *prompt)
{
    return run->indicators[prompt->indicator].indicator->group;
}

static const tdm__group_cap *cap_of(const tdm_run *run, tdm_str group)
{
    for (size_t i = 0; i < run->cap_count; i++)
        if (tdm__str_equal(run->caps[i].group, group))
            return &run->caps[i];
    return NULL;
}

/* Whether the first of two prompts of a group, which comes later in the run, is shown before the second. */
static bool comes_first(const tdm_run *run, const tdm__prompt *later, const tdm__prompt *earlier)
{
    tdm__prompt_severity a = run->indicators[later->indicator].severity;
    tdm__prompt_severity b = run->indicators[earlier->indicator].severity;
    if (a != b)
        return a > b;
    if (later->current != earlier->current)
        return later->current;
    return later->answer == TDM_MET && earlier->answer != TDM_MET;
}

bool tdm__prompt_over_cap(const tdm_run *run, const tdm__child_result *child, size_t prompt,
                          const tdm__report_options *options)
{
    const tdm__prompt *one = &child->prompts[prompt];
    const tdm__group_cap *cap = cap_of(run, group_of(run, one));
    int32_t before = 0;
    if (!cap || !tdm__prompt_shown(one, options))
        return false;
    for (size_t i = 0; i < child->prompt_count; i++) {
        const tdm__prompt *other = &child->prompts[i];
        if (i == prompt || !tdm__prompt_shown(other, options) ||
            !tdm__str_equal(group_of(run, other), cap->group))
            continue;
        before += i > prompt ? comes_first(run, other, one) : !comes_first(run, one, other);
    }
    return before >= cap->prompts_shown;
}

size_t tdm__count_over_cap(const tdm_run *run, const tdm__child_result *child, const tdm__group_cap *cap,
                           const tdm__report_options *options)
{
    size_t count = 0;
    for (size_t i = 0; i < child->prompt_count; i++)
        if (tdm__str_equal(group_of(run, &child->prompts[i]), cap->group))
            count += tdm__prompt_over_cap(run, child, i, options);
    return count;
}

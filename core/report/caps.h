/*
 * Caps of the policy on what is shown of a child at a glance. Nothing is dropped from what a run holds: JSON
 * has every prompt, and what is not shown is counted where it would stand.
 */
#ifndef TDM_REPORT_CAPS_H
#define TDM_REPORT_CAPS_H

#include "report/report.h"

/*
 * Whether the child's prompt of that number stands behind as many of its group as the policy shows. Those are
 * counted that the options leave in: the severest first, then current ones, then those that are met, then in
 * the order of the run.
 */
bool tdm__prompt_over_cap(const tdm_run *run, const tdm__child_result *child, size_t prompt,
                          const tdm__report_options *options);
/* How many prompts of the child are over that cap of the run. */
size_t tdm__count_over_cap(const tdm_run *run, const tdm__child_result *child, const tdm__group_cap *cap,
                           const tdm__report_options *options);

#endif

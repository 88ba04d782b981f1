/*
 * Writers of a policy: every value in force (engine/policy_values.h), what differs between two, and what was
 * found when one was checked. As report.h.
 */
#ifndef TDM_REPORT_POLICY_H
#define TDM_REPORT_POLICY_H

#include "engine/policy_values.h"
#include "report/report.h"

tdm_status tdm__report_policy_text(const tdm__policy_values *values, const tdm__report_options *options,
                                   tdm_sink sink, tdm_error *error);
/* policy.schema.json */
tdm_status tdm__report_policy_json(const tdm__policy_values *values, const tdm__report_options *options,
                                   tdm_sink sink, tdm_error *error);
tdm_status tdm__report_policy_csv(const tdm__policy_values *values, const tdm__report_options *options,
                                  tdm_sink sink, tdm_error *error);

typedef struct tdm__policy_diff_report {
    const tdm__policy_values *a, *b;
    const tdm__policy_difference *items;
    size_t count;
} tdm__policy_diff_report;

tdm_status tdm__report_policy_diff_text(const tdm__policy_diff_report *report,
                                        const tdm__report_options *options, tdm_sink sink, tdm_error *error);
/* policy-diff.schema.json */
tdm_status tdm__report_policy_diff_json(const tdm__policy_diff_report *report,
                                        const tdm__report_options *options, tdm_sink sink, tdm_error *error);

/* Something that is no mistake and still may not be meant. */
typedef struct tdm__policy_remark {
    const char *code; /* static: "says-nothing-new", "switched-off" */
    const tdm__policy_value *value;
} tdm__policy_remark;

/* A policy without a mistake. */
typedef struct tdm__policy_checked {
    tdm_str name;
    size_t file_count;
    size_t set; /* values that its own file sets */
    const tdm__policy_remark *remarks;
    size_t remark_count;
} tdm__policy_checked;

tdm_status tdm__report_policy_checked_text(const tdm__policy_checked *items, size_t count,
                                           const tdm_allocator *allocator, const tdm__report_options *options,
                                           tdm_sink sink, tdm_error *error);
/* policy-check.schema.json */
tdm_status tdm__report_policy_checked_json(const tdm__policy_checked *items, size_t count,
                                           const tdm_allocator *allocator, const tdm__report_options *options,
                                           tdm_sink sink, tdm_error *error);

#endif

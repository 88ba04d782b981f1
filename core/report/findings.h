/*
 * Findings as NDJSON, for caseloads longer than memory: a line that says what was asked, a line a child as in
 * review JSON, and a line of totals at the end. A file without that last line is not whole. Totals of
 * processes that shared the children add up to those of one that had them all.
 */
#ifndef TDM_REPORT_FINDINGS_H
#define TDM_REPORT_FINDINGS_H

#include "report/report.h"

/* Of each code of diagnostics so many are given with their place; all are counted. */
#define TDM__TOLD_SHOWN 20

/* How many children were not assessed by an indicator or check, for that reason. */
typedef struct tdm__tally {
    tdm_str id, reason;
    int64_t children;
} tdm__tally;

typedef struct tdm__tallies {
    tdm__tally *items; /* by id, then reason, in bytes */
    size_t count, capacity;
} tdm__tallies;

typedef struct tdm__told_place {
    tdm_str file;
    int32_t row;
    tdm_str column, message;
} tdm__told_place;

typedef struct tdm__told {
    tdm_str code, severity;
    int64_t count;
    tdm__told_place first[TDM__TOLD_SHOWN]; /* in the order of the stream */
    size_t first_count;
} tdm__told;

/* What is said of all children together. Strings live in the arena. */
typedef struct tdm__totals {
    tdm__arena arena;
    tdm_str as_of, policy_hash; /* "" before the first run */
    int64_t children, with_prompts, met, possible;
    tdm__tallies indicators, checks;
    tdm__account *accounts; /* as they came */
    size_t account_count, account_capacity;
    tdm__told *told; /* by code, in bytes */
    size_t told_count, told_capacity;
} tdm__totals;

void tdm__totals_init(tdm__totals *totals, const tdm_allocator *allocator);
void tdm__totals_free(tdm__totals *totals);
/* Adds a run over some of the children. `options` as the children were written. TDM_NO_MEMORY. */
tdm_status tdm__totals_add(tdm__totals *totals, const tdm_run *run, const tdm__report_options *options);
/* Adds a line of totals. TDM_INVALID_INPUT: it is none; TDM_CONFLICT: of another day or policy. */
tdm_status tdm__totals_read(tdm__totals *totals, tdm_str json, tdm_str name, tdm_error *error);

/* The lines, each with its line end. What the sink says; TDM_NO_MEMORY. */
tdm_status tdm__findings_head(const tdm_run *run, tdm_sink sink, tdm_error *error);
tdm_status tdm__findings_child(const tdm_run *run, const tdm__child_result *child,
                               const tdm__report_options *options, tdm_sink sink, tdm_error *error);
tdm_status tdm__findings_totals(const tdm__totals *totals, tdm_sink sink, tdm_error *error);

/* All three for a run over all children, as the writers of report.h. */
tdm_status tdm__report_findings(const tdm_run *run, const tdm__report_options *options, tdm_sink sink,
                                tdm_error *error);

#endif

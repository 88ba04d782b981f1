/*
 * Writers of what changed between two versions of a chronology (chronology/diff.h) and of the assessments
 * beside it. As report.h; a cell of CSV that a spreadsheet could take for a formula has an apostrophe before
 * it.
 */
#ifndef TDM_REPORT_DIFF_H
#define TDM_REPORT_DIFF_H

#include "chronology/diff.h"
#include "report/report.h"

typedef struct tdm__assessment_difference {
    tdm__row_change change; /* never perhaps */
    tdm_str child, instrument, id;
    tdm_day date;
} tdm__assessment_difference;

typedef struct tdm__diff_report {
    const tdm_allocator *allocator;
    const tdm__chronology_diff *rows;
    const tdm__assessment_difference *assessments; /* by child, instrument, id */
    size_t assessment_count;
} tdm__diff_report;

/* How many differences of each change, over all children; children's own fields count as changed. */
typedef struct tdm__diff_counts {
    size_t of[TDM__ROW_PERHAPS_CHANGED + 1];
    size_t same;
    size_t children; /* that are in one of the two only, or differ in fields of their own */
} tdm__diff_counts;
tdm__diff_counts tdm__diff_count(const tdm__diff_report *report);
/* Whether the two differ in anything. */
bool tdm__diff_any(const tdm__diff_report *report);

tdm_status tdm__report_diff_text(const tdm__diff_report *report, const tdm__report_options *options,
                                 tdm_sink sink, tdm_error *error);
/* diff.schema.json */
tdm_status tdm__report_diff_json(const tdm__diff_report *report, const tdm__report_options *options,
                                 tdm_sink sink, tdm_error *error);
/* A line for each field that changed, one for each row added or removed. */
tdm_status tdm__report_diff_csv(const tdm__diff_report *report, const tdm__report_options *options,
                                tdm_sink sink, tdm_error *error);

#endif

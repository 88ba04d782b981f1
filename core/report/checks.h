/*
 * Checks on the record, as every form of output tells them. What was found is in the run; how the
 * record is kept is counted for the quality report when it is written.
 */
#ifndef TDM_REPORT_CHECKS_H
#define TDM_REPORT_CHECKS_H

#include "report/html.h"
#include "report/terminal.h"

struct tdm__json_writer;

/* Of a review: the members "checks", "checks_left_out" and "checks_not_assessed" of a child, the member
 * "checks" of the whole, and counts in place of each child's list where there are many children. */
void tdm__put_child_checks(struct tdm__json_writer *json, const tdm_run *run, const tdm__child_result *child);
void tdm__put_check_definitions(struct tdm__json_writer *json, const tdm_run *run);
void tdm__put_check_gap_counts(struct tdm__json_writer *json, const tdm_run *run);
void tdm__say_child_checks(tdm__terminal *terminal, const tdm_run *run, const tdm__child_result *child);
void tdm__html_child_checks(tdm__page *page, size_t position);
void tdm__html_check_definitions(tdm__page *page);

/* What stands behind the title of a finding: "error, national rule 8841". */
#define TDM__CHECK_MARKS_SIZE 96
void tdm__check_marks(char out[TDM__CHECK_MARKS_SIZE], const tdm_run *run, const tdm__check_finding *finding);

/* How many findings of all children there are of each check that could not be made, and why. */
typedef struct tdm__check_gap_count {
    uint32_t check, reason;
    int64_t children;
} tdm__check_gap_count;
/* By check, then reason. *out lives in the arena. TDM_OK or TDM_NO_MEMORY. */
tdm_status tdm__count_check_gaps(tdm__check_gap_count **out, size_t *count, const tdm_run *run,
                                 tdm__arena *arena);
int64_t tdm__count_check_findings(const tdm_run *run);

/* A line of the quality report: what was counted, the numbers in words, and what they mean. */
typedef struct tdm__quality_line {
    const char *code;       /* "concerns-with-action" */
    const char *title;      /* "Concerns with an action recorded" */
    const char *definition; /* what is counted, and of what */
    int64_t part, whole;    /* -1, -1 where the words are not a share */
    tdm_str words;          /* "12 of 30 (40.0 %)" */
} tdm__quality_line;
/* In the arena. TDM_OK or TDM_NO_MEMORY. */
tdm_status tdm__quality_lines(tdm__quality_line **out, size_t *count, const tdm__quality *quality,
                              tdm__arena *arena);

#endif

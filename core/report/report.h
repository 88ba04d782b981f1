/*
 * The writers: each a function of a run only. They open nothing, ask nobody for the date and give
 * the same bytes for the same run. A run's findings are prompts for review; no writer adds a score
 * of risk, and none leaves out what was not assessed.
 */
#ifndef TDM_REPORT_REPORT_H
#define TDM_REPORT_REPORT_H

#include "base/status.h"
#include "engine/run.h"

/* Over so many children, what was not assessed is given as counts by indicator and reason, unless
 * the run explains all. */
#define TDM__NOT_ASSESSED_CHILDREN 1000

/* Zero is the default of each. */
typedef struct tdm__report_options {
    bool with_events;  /* JSON: every row of each child */
    bool current_only; /* prompts that are not current are counted, not shown */
    int32_t width;     /* text: columns of the terminal, 40 to 400; 0: 80 */
    bool colour;       /* text: never the only sign of anything */
} tdm__report_options;

/*
 * Review JSON (interfaces.md, review.schema.json), text for a terminal, one self-contained HTML file.
 *
 * options  NULL: the defaults
 * error    may be NULL
 *
 * TDM_OK; TDM_NO_MEMORY; the sink's own status. Reads the run only: any number of threads.
 */
tdm_status tdm__report_json(const tdm_run *run, const tdm__report_options *options, tdm_sink sink,
                            tdm_error *error);
tdm_status tdm__report_text(const tdm_run *run, const tdm__report_options *options, tdm_sink sink,
                            tdm_error *error);
tdm_status tdm__report_html(const tdm_run *run, const tdm__report_options *options, tdm_sink sink,
                            tdm_error *error);

/* An assessment as it came: JSON of one object. */
typedef struct tdm__export_assessment {
    tdm_str file;
    tdm_str json;
} tdm__export_assessment;

/*
 * A chronology as NDJSON, one object a line: sources, children, people, coverage, events,
 * assessments. What was not recorded has no member. Read again it gives the same rows and ids.
 *
 * TDM_OK; TDM_INVALID_INPUT when an assessment is no JSON object; TDM_NO_MEMORY; the sink's status.
 */
tdm_status tdm__report_ndjson(const tdm_chronology *chronology, const tdm__export_assessment *assessments,
                              size_t assessment_count, const tdm_allocator *allocator, tdm_sink sink,
                              tdm_error *error);

#endif

/*
 * The writers: each a function of a run only. They open nothing, ask nobody for the date and give
 * the same bytes for the same run. A run's findings are prompts for review; no writer adds a score
 * of risk, and none leaves out what was not assessed.
 */
#ifndef TDM_REPORT_REPORT_H
#define TDM_REPORT_REPORT_H

#include "base/status.h"
#include "engine/run.h"
#include "instrument/kept.h"

/* Over so many children, what was not assessed is given as counts by indicator and reason, unless
 * the run explains all. */
#define TDM__NOT_ASSESSED_CHILDREN 1000

/* Zero is the default of each. */
typedef struct tdm__report_options {
    bool with_events;  /* JSON: every row of each child */
    bool cumulative;   /* JSON: how much was recorded of each child, period by period; text: also of many */
    bool current_only; /* prompts that are not current are counted, not shown */
    int32_t width;     /* text: columns of the terminal, 40 to 400; 0: 80 */
    bool colour;       /* text: never the only sign of anything */
    bool significant; /* chronology on paper and picture: only rows that tdm__event_is_significant, the others
                         counted */
    tdm_str child;    /* timeline: of this child; "" where there is only one */
    bool counts_only; /* backtest: no child is listed */
    bool for_page;    /* scorecard, JSON: figures in words too, and the charts of each measure as elements */
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

/*
 * Other sides of the same run: the merged chronology as a table, and what was read of each input. A cell of
 * CSV that a spreadsheet could take for a formula has an apostrophe before it. As above.
 */
tdm_status tdm__report_chronology_text(const tdm_run *run, const tdm__report_options *options, tdm_sink sink,
                                       tdm_error *error);
tdm_status tdm__report_chronology_csv(const tdm_run *run, const tdm__report_options *options, tdm_sink sink,
                                      tdm_error *error);
tdm_status tdm__report_chronology_json(const tdm_run *run, const tdm__report_options *options, tdm_sink sink,
                                       tdm_error *error);
/*
 * The same rows on paper: one table a child, undated rows in a table of their own, the inputs at the end.
 * What has no column of its own stands under the text of its row. Word and Excel are written here, without a
 * file on the way: the same run gives the same bytes.
 */
tdm_status tdm__report_chronology_html(const tdm_run *run, const tdm__report_options *options, tdm_sink sink,
                                       tdm_error *error);
tdm_status tdm__report_chronology_docx(const tdm_run *run, const tdm__report_options *options, tdm_sink sink,
                                       tdm_error *error);
/* Every column, in one sheet; inputs and diagnostics in a second one. TDM_TOO_LARGE: more rows than a sheet
 * has. */
tdm_status tdm__report_chronology_xlsx(const tdm_run *run, const tdm__report_options *options, tdm_sink sink,
                                       tdm_error *error);
/*
 * The picture of one child as a file of its own.
 *
 * TDM_INVALID_ARG where there are several children and the options name none; TDM_NOT_FOUND.
 */
tdm_status tdm__report_timeline(const tdm_run *run, const tdm__report_options *options, tdm_sink sink,
                                tdm_error *error);

/* Checks on the record and how it is kept. */
tdm_status tdm__report_checks_text(const tdm_run *run, const tdm__report_options *options, tdm_sink sink,
                                   tdm_error *error);
/* How the records are kept, as counts over all children of the run, none of them named. */
tdm_status tdm__report_quality_json(const tdm_run *run, const tdm__report_options *options, tdm_sink sink,
                                    tdm_error *error);
tdm_status tdm__report_checks_csv(const tdm_run *run, const tdm__report_options *options, tdm_sink sink,
                                  tdm_error *error);
tdm_status tdm__report_checks_json(const tdm_run *run, const tdm__report_options *options, tdm_sink sink,
                                   tdm_error *error);
tdm_status tdm__report_checks_html(const tdm_run *run, const tdm__report_options *options, tdm_sink sink,
                                   tdm_error *error);
tdm_status tdm__report_sources_text(const tdm_run *run, const tdm__report_options *options, tdm_sink sink,
                                    tdm_error *error);
tdm_status tdm__report_sources_json(const tdm_run *run, const tdm__report_options *options, tdm_sink sink,
                                    tdm_error *error);
tdm_status tdm__report_sources_csv(const tdm_run *run, const tdm__report_options *options, tdm_sink sink,
                                   tdm_error *error);

/*
 * A chronology as NDJSON, one object a line: sources, children, people, coverage, events,
 * assessments. What was not recorded has no member. Read again it gives the same rows and ids.
 *
 * TDM_OK; TDM_INVALID_INPUT when an assessment is no JSON object; TDM_NO_MEMORY; the sink's status.
 */
tdm_status tdm__report_ndjson(const tdm_chronology *chronology, const tdm__kept_assessment *assessments,
                              size_t assessment_count, const tdm_allocator *allocator, tdm_sink sink,
                              tdm_error *error);

#endif

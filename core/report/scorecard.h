/*
 * The writers of a scorecard: each a function of a scorecard only (engine/scorecard.h). What is not shown,
 * because it is small or would give a small one away, stands in none of them; nor does any of them judge a
 * child, a family or an area: figures are prompts for questions.
 */
#ifndef TDM_REPORT_SCORECARD_H
#define TDM_REPORT_SCORECARD_H

#include "engine/scorecard.h"
#include "report/report.h"

/*
 * Text for a terminal; JSON (scorecard.schema.json); CSV with one value a row; one self-contained HTML page;
 * an Excel file with a sheet a group of measures.
 *
 * options  NULL: the defaults; text takes width and colour from them
 * error    may be NULL
 *
 * TDM_OK; TDM_NO_MEMORY; the sink's own status. Reads the scorecard only: any number of threads.
 */
tdm_status tdm__report_scorecard_text(const tdm_scorecard *card, const tdm__report_options *options,
                                      tdm_sink sink, tdm_error *error);
tdm_status tdm__report_scorecard_json(const tdm_scorecard *card, const tdm__report_options *options,
                                      tdm_sink sink, tdm_error *error);
tdm_status tdm__report_scorecard_csv(const tdm_scorecard *card, const tdm__report_options *options,
                                     tdm_sink sink, tdm_error *error);
tdm_status tdm__report_scorecard_html(const tdm_scorecard *card, const tdm__report_options *options,
                                      tdm_sink sink, tdm_error *error);
tdm_status tdm__report_scorecard_xlsx(const tdm_scorecard *card, const tdm__report_options *options,
                                      tdm_sink sink, tdm_error *error);

/*
 * The units behind the measures that have any (`--list`), for those who may see children: nothing is hidden
 * here, and nothing else stands here. JSON: scorecard-units.schema.json. As above.
 */
tdm_status tdm__report_units_text(const tdm_scorecard *card, const tdm__report_options *options,
                                  tdm_sink sink, tdm_error *error);
tdm_status tdm__report_units_json(const tdm_scorecard *card, const tdm__report_options *options,
                                  tdm_sink sink, tdm_error *error);
tdm_status tdm__report_units_csv(const tdm_scorecard *card, const tdm__report_options *options, tdm_sink sink,
                                 tdm_error *error);

#endif

/*
 * The parts of a scorecard as JSON.
 */
#ifndef TDM_REPORT_SCORECARD_JSON_H
#define TDM_REPORT_SCORECARD_JSON_H

#include "report/json_members.h"
#include "report/scorecard_view.h"

/* Members of an open object: schema, program, period, as-of day. */
void tdm__card_json_head(tdm__json_writer *json, const tdm_scorecard *card);
/* An object. for_page: as in tdm__report_options. */
void tdm__card_json_measure(tdm__json_writer *json, const tdm_scorecard *card,
                            const tdm__card_measure *measure, bool for_page);
/* A list of strings. */
void tdm__json_texts(tdm__json_writer *json, const char *name, const tdm_str *texts, size_t count);

#endif

/*
 * The parts of review JSON that stand alone in a stream of findings too: what holds for all children, and
 * one child. The members are those of review.schema.json, the bytes those of json.c.
 */
#ifndef TDM_REPORT_REVIEW_JSON_H
#define TDM_REPORT_REVIEW_JSON_H

#include "report/report.h"
#include "json/json.h"

/* Members of an open object: version, day, policy, indicators and checks in force. */
void tdm__review_json_head(tdm__json_writer *json, const tdm_run *run);
/* One child as an object. `options` with their defaults filled in. */
void tdm__review_json_child(tdm__json_writer *json, const tdm_run *run, const tdm__child_result *child,
                            const tdm__report_options *options);

#endif

/*
 * Rows that a prompt or a check rests on, for terminals and as JSON.
 */
#ifndef TDM_REPORT_EVIDENCE_H
#define TDM_REPORT_EVIDENCE_H

#include "report/terminal.h"
#include "report/view.h"
#include "json/json.h"

/* A table of date, agency, kind and place. */
void tdm__say_evidence(tdm__terminal *terminal, const tdm_run *run, const uint32_t *events, size_t count,
                       int indent);
/* One row as an object. */
void tdm__evidence_json(tdm__json_writer *json, const tdm_run *run, uint32_t event);
/* A spell of a prompt with its rows, as in review JSON. */
void tdm__spell_json(tdm__json_writer *json, const tdm_run *run, const tdm__run_spell *spell);

#endif

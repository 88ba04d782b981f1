/*
 * Rows that tell one incident, as every writer names them: "incident 1" where the returns say so, "perhaps
 * incident 2" where kinds and dates fit and nobody says so. Numbers are those of a child, from 1.
 */
#ifndef TDM_REPORT_INCIDENTS_H
#define TDM_REPORT_INCIDENTS_H

#include "report/view.h"
#include "json/json.h"

/* What the marks mean. */
extern const char *const tdm__incident_legend;

/* Appends the marks of a row; nothing where it stands alone. */
void tdm__put_incident_marks(tdm__text *out, const tdm_run *run, const tdm__event *event);
/* The same where there is little room: " (1)", " (2?)", " (1, 2?)". */
void tdm__put_incident_signs(tdm__text *out, const tdm_run *run, const tdm__event *event);
/* Appends an incident in words: its mark, its rows, each contradiction. `number` from 1. */
void tdm__put_incident(tdm__text *out, const tdm_run *run, const tdm__one_incident *incident, size_t number);

/* Where a row stands: "school.csv (Sheet 1), row 30". */
void tdm__put_place(tdm__text *out, const tdm_run *run, const tdm__event *event);

/* The member "incidents" of a child. */
void tdm__incidents_json(tdm__json_writer *json, const tdm_run *run, const tdm__child_result *child);
/* The members "incident_number" and "perhaps_incident_number" of a row, where it has them. */
void tdm__incident_marks_json(tdm__json_writer *json, const tdm_run *run, const tdm__event *event);

#endif

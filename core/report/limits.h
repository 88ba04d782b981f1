/*
 * Rows that are limited to named agencies: how that stands at a row, and how an answer says that it is made
 * without some. How many is said, never which or what.
 */
#ifndef TDM_REPORT_LIMITS_H
#define TDM_REPORT_LIMITS_H

#include "report/terminal.h"
#include "report/view.h"
#include "json/json.h"

/* "limited to: Police, Housing; basis: public-task"; nothing for a row that is for all. */
void tdm__put_limits(tdm__text *out, const tdm_run *run, const tdm__event *event);

/* "3 entries are limited to other agencies; this is made without them."; nothing where none is missing. */
void tdm__put_missing(tdm__text *out, const tdm_chronology *chronology);
/* Member `withheld` of the open object; none where none is missing. */
void tdm__missing_json(tdm__json_writer *json, const tdm_chronology *chronology);
/* A paragraph, a line, a row of CSV with so many cells. */
void tdm__missing_html(tdm__output *out, const tdm_chronology *chronology);
void tdm__say_missing(tdm__terminal *terminal, const tdm_chronology *chronology);
void tdm__missing_csv(tdm__text *out, const tdm_chronology *chronology, size_t cells);

#endif

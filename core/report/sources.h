/*
 * What was read, input by input, and what of it was doubtful: shared by the writers of a review and by those
 * that show nothing else.
 */
#ifndef TDM_REPORT_SOURCES_H
#define TDM_REPORT_SOURCES_H

#include "report/terminal.h"
#include "report/view.h"
#include "json/json.h"

/* The members "diagnostics" and "accounting" of an open object. */
void tdm__put_sources(tdm__json_writer *json, const tdm_run *run);
/* The same for a terminal; nothing where there is nothing. */
void tdm__say_sources(tdm__terminal *terminal, const tdm_run *run);

#endif

/*
 * Writers of who knew what when (engine/knew.h). As report.h; a cell of CSV that a spreadsheet could take for
 * a formula has an apostrophe before it.
 */
#ifndef TDM_REPORT_KNEW_H
#define TDM_REPORT_KNEW_H

#include "engine/knew.h"
#include "report/report.h"
#include "json/json.h"

tdm_status tdm__report_knew_text(const tdm__knew *knew, const tdm__report_options *options, tdm_sink sink,
                                 tdm_error *error);
/* knew.schema.json */
tdm_status tdm__report_knew_json(const tdm__knew *knew, const tdm__report_options *options, tdm_sink sink,
                                 tdm_error *error);
/* The items of a matter's "agencies", into an open array. */
void tdm__knew_agencies_json(tdm__json_writer *json, const tdm__child_knew *child, const tdm__matter *matter);
/* A line for each matter and agency. */
tdm_status tdm__report_knew_csv(const tdm__knew *knew, const tdm__report_options *options, tdm_sink sink,
                                tdm_error *error);
/* A table a child: a row a matter, a column an agency. */
tdm_status tdm__report_knew_html(const tdm__knew *knew, const tdm__report_options *options, tdm_sink sink,
                                 tdm_error *error);

#endif

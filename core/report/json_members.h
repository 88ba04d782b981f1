/*
 * Members of an open JSON object, each with its name, and the end of a document, as the writers of this
 * layer need them.
 */
#ifndef TDM_REPORT_JSON_MEMBERS_H
#define TDM_REPORT_JSON_MEMBERS_H

#include "base/status.h"
#include "chronology/selection.h"
#include "json/json.h"

void tdm__json_int_member(tdm__json_writer *json, const char *name, int64_t number);
void tdm__json_bool_member(tdm__json_writer *json, const char *name, bool value);
/* Also where it is empty. */
void tdm__json_text_member(tdm__json_writer *json, const char *name, tdm_str text);
void tdm__json_code_member(tdm__json_writer *json, const char *name, const char *code);
void tdm__json_bounds_member(tdm__json_writer *json, const char *name, tdm_bounds bounds);
void tdm__json_open_list(tdm__json_writer *json, const char *name);

/* Ends the document and its last line. `what` could not be written: "the replay". */
tdm_status tdm__json_report_end(tdm__json_writer *json, tdm_sink sink, const char *what, tdm_error *error);

#endif

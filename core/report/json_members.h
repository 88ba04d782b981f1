/*
 * Members of an open JSON object, each with its name, as the writers of this layer need them.
 */
#ifndef TDM_REPORT_JSON_MEMBERS_H
#define TDM_REPORT_JSON_MEMBERS_H

#include "json/json.h"

void tdm__json_int_member(tdm__json_writer *json, const char *name, int64_t number);
void tdm__json_bool_member(tdm__json_writer *json, const char *name, bool value);
/* Also where it is empty. */
void tdm__json_text_member(tdm__json_writer *json, const char *name, tdm_str text);

#endif

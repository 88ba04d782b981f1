/*
 * A name and its value.
 */
#include "report/json_members.h"

void tdm__json_int_member(tdm__json_writer *json, const char *name, int64_t number)
{
    tdm__json_put_name(json, name);
    tdm__json_put_int(json, number);
}

void tdm__json_bool_member(tdm__json_writer *json, const char *name, bool value)
{
    tdm__json_put_name(json, name);
    tdm__json_put_bool(json, value);
}

void tdm__json_text_member(tdm__json_writer *json, const char *name, tdm_str text)
{
    tdm__json_put_name(json, name);
    tdm__json_put_string(json, text);
}

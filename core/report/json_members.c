/*
 * A name and its value; the end of a document.
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

void tdm__json_code_member(tdm__json_writer *json, const char *name, const char *code)
{
    tdm__json_text_member(json, name, tdm__str(code));
}

void tdm__json_bounds_member(tdm__json_writer *json, const char *name, tdm_bounds bounds)
{
    tdm__json_put_name(json, name);
    tdm__json_open_object(json);
    tdm__json_int_member(json, "certain", bounds.certain);
    tdm__json_int_member(json, "possible", bounds.possible);
    tdm__json_close_object(json);
}

void tdm__json_open_list(tdm__json_writer *json, const char *name)
{
    tdm__json_put_name(json, name);
    tdm__json_open_array(json);
}

tdm_status tdm__json_report_end(tdm__json_writer *json, tdm_sink sink, const char *what, tdm_error *error)
{
    tdm_status status = tdm__json_writer_end(json);
    if (status == TDM_OK)
        status = tdm__sink_write(sink, TDM_LIT("\n"));
    return status == TDM_OK
               ? TDM_OK
               : tdm__fail(error, status, "%s could not be written: %s", what, tdm_status_text(status));
}

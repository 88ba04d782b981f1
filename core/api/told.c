/*
 * See told.h.
 */
#include "api/told.h"

#include "report/json_members.h"

void tdm__put_account(tdm__json_writer *json, const tdm__account *account)
{
    tdm__json_open_object(json);
    tdm__json_text_member(json, "file", account->file);
    tdm__json_text_member(json, "sheet", account->sheet);
    tdm__json_int_member(json, "rows", account->rows);
    tdm__json_int_member(json, "read", account->read);
    tdm__json_int_member(json, "set_aside", account->set_aside);
    tdm__json_close_object(json);
}

void tdm__put_diagnostic(tdm__json_writer *json, const tdm__diagnostic *d)
{
    tdm__json_open_object(json);
    tdm__json_text_member(json, "file", d->file);
    tdm__json_int_member(json, "row", d->row);
    tdm__json_text_member(json, "column", d->column);
    tdm__json_code_member(json, "code", d->code);
    tdm__json_code_member(json, "severity", tdm__severity_code(d->severity));
    tdm__json_text_member(json, "message", d->message);
    tdm__json_close_object(json);
}

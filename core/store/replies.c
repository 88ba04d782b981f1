/*
 * See replies.h.
 */
#include "store/replies.h"

#include "store/rows.h"

#include <stddef.h>

static const char a_reply[] = "an answer to that request";

static const tdm__row_column columns[] = {
    {TDM__ROW_TEXT, offsetof(tdm__stored_reply, account), NULL},
    {TDM__ROW_TEXT, offsetof(tdm__stored_reply, key), NULL},
    {TDM__ROW_TEXT, offsetof(tdm__stored_reply, operation), NULL},
    {TDM__ROW_TEXT, offsetof(tdm__stored_reply, request_hash), NULL},
    {TDM__ROW_NUMBER, offsetof(tdm__stored_reply, status), NULL},
    {TDM__ROW_TEXT, offsetof(tdm__stored_reply, body), NULL},
    {TDM__ROW_NUMBER, offsetof(tdm__stored_reply, at), NULL},
};
static const tdm__row_shape shape = TDM__ROW_SHAPE(columns, tdm__stored_reply);

#define NAMES "account, key, operation, request_hash, status, body, at"

tdm_status tdm__work_reply(bool *found, tdm__stored_reply *out, tdm__work *work, tdm__arena *arena,
                           tdm_str account, tdm_str key, tdm_error *error)
{
    const tdm__cell cells[] = {tdm__cell_text(account), tdm__cell_text(key)};
    tdm_status status = tdm__rows_one(out, work, arena, &shape,
                                      "SELECT " NAMES " FROM reply WHERE account = ?1 AND key = ?2", cells, 2,
                                      a_reply, error);
    *found = status == TDM_OK;
    if (status != TDM_NOT_FOUND)
        return status;
    tdm__error_clear(error);
    return TDM_OK;
}

tdm_status tdm__work_keep_reply(tdm__work *work, const tdm__stored_reply *reply, tdm_error *error)
{
    tdm__cell cells[TDM__ROW_COLUMNS_MOST];
    tdm__rows_cells(cells, &shape, reply);
    return tdm__rows_change(NULL, work, "INSERT INTO reply (" NAMES ") VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
                            cells, shape.count, a_reply, error);
}

tdm_status tdm__work_prune_replies(tdm__work *work, int64_t before, tdm_error *error)
{
    const tdm__cell cell = tdm__cell_number(before);
    return tdm__rows_change(NULL, work, "DELETE FROM reply WHERE at < ?1", &cell, 1, a_reply, error);
}

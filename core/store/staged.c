/*
 * See staged.h.
 */
#include "store/staged.h"

#include "store/rows.h"

#include <stddef.h>

static const char *const states[] = {"waiting", "confirmed", "discarded"};
const tdm__codes tdm__staged_states = {states, 3};

static const char an_import[] = "an import";

static const tdm__row_column columns[] = {
    {TDM__ROW_NUMBER, offsetof(tdm__stored_import, number), NULL},
    {TDM__ROW_CODE, offsetof(tdm__stored_import, state), &tdm__staged_states},
    {TDM__ROW_NUMBER, offsetof(tdm__stored_import, version), NULL},
    {TDM__ROW_DAY, offsetof(tdm__stored_import, received), NULL},
    {TDM__ROW_TEXT, offsetof(tdm__stored_import, by), NULL},
    {TDM__ROW_TEXT, offsetof(tdm__stored_import, agency), NULL},
    {TDM__ROW_TEXT, offsetof(tdm__stored_import, map), NULL},
    {TDM__ROW_TEXT, offsetof(tdm__stored_import, format), NULL},
    {TDM__ROW_NUMBER, offsetof(tdm__stored_import, content_bytes), NULL},
    {TDM__ROW_TEXT, offsetof(tdm__stored_import, preview), NULL},
    {TDM__ROW_NUMBER, offsetof(tdm__stored_import, at), NULL},
    {TDM__ROW_BYTES, offsetof(tdm__stored_import, content), NULL},
};
static const tdm__row_shape shape = TDM__ROW_SHAPE(columns, tdm__stored_import);
/* Content stands last in a row, so that a list need not read it. */
static const tdm__row_shape list_shape = {columns, sizeof columns / sizeof *columns - 1,
                                          sizeof(tdm__stored_import)};

#define STAGED_NAMES "number, state, version, received, by, agency, map, format, content_bytes, preview, at"

tdm_status tdm__work_stage(tdm__work *work, tdm__stored_import *import, tdm_error *error)
{
    tdm__cell cells[TDM__ROW_COLUMNS_MOST];
    import->number = 0;
    import->state = TDM__STAGED_WAITING;
    import->version = 1;
    import->content_bytes = (int64_t)import->content.length;
    tdm__rows_cells(cells, &shape, import);
    tdm_status status = tdm__rows_change(
        NULL, work,
        "INSERT INTO staged (state, version, received, by, agency, map, format, content_bytes, preview, at,"
        " content) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)",
        &cells[1], shape.count - 1, an_import, error);
    if (status == TDM_OK)
        import->number = sqlite3_last_insert_rowid(work->store.db);
    return status;
}

tdm_status tdm__work_staged(tdm__stored_import *out, tdm__work *work, tdm__arena *arena, int64_t number,
                            tdm_error *error)
{
    const tdm__cell key = tdm__cell_number(number);
    return tdm__rows_one(out, work, arena, &shape,
                         "SELECT " STAGED_NAMES ", content FROM staged WHERE number = ?1", &key, 1, an_import,
                         error);
}

tdm_status tdm__work_staged_list(tdm__stored_imports *out, tdm__work *work, tdm__arena *arena, tdm_str by,
                                 uint32_t state, int64_t after, size_t limit, tdm_error *error)
{
    const tdm__cell cells[] = {tdm__cell_number(after), tdm__cell_number((int64_t)tdm__page_limit(limit) + 1),
                               tdm__cell_text(by),
                               tdm__cell_text(tdm__str(tdm__code_of(&tdm__staged_states, state)))};
    void *items;
    *out = (tdm__stored_imports){NULL, 0, 0};
    tdm_status status = tdm__rows_list(&items, &out->count, work, arena, &list_shape,
                                       "SELECT " STAGED_NAMES " FROM staged WHERE number > ?1"
                                       " AND (?3 = '' OR by = ?3) AND (?4 = '' OR state = ?4)"
                                       " ORDER BY number LIMIT ?2",
                                       cells, 4, error);
    out->items = items;
    if (tdm__page_cut(&out->count, limit))
        out->next = out->items[out->count - 1].number;
    return status;
}

tdm_status tdm__work_confirmed_since(bool *out, tdm__work *work, int64_t at, tdm_error *error)
{
    int64_t found = 0;
    const tdm__cell since = tdm__cell_number(at);
    tdm_status status =
        tdm__rows_number(&found, work, "SELECT 1 FROM staged WHERE state = 'confirmed' AND at >= ?1 LIMIT 1",
                         &since, 1, error);
    *out = found != 0;
    return status;
}

/* A change of one that waits, over the version that was read. cells: number, version, ... */
static tdm_status change_waiting(tdm__work *work, const char *sql, const tdm__cell *cells, size_t count,
                                 tdm_error *error)
{
    int64_t changed, ended = 0;
    tdm_status status = tdm__rows_change(&changed, work, sql, cells, count, an_import, error);
    if (status == TDM_OK && changed == 0)
        status = tdm__rows_number(
            &ended, work, "SELECT 1 FROM staged WHERE number = ?1 AND version = ?2 AND state <> 'waiting'",
            cells, 2, error);
    if (status != TDM_OK)
        return status;
    if (ended)
        return tdm__fail(error, TDM_CONFLICT, "%s has been confirmed or discarded", an_import);
    return tdm__rows_came_first(work, changed, "SELECT 1 FROM staged WHERE number = ?1", cells, an_import,
                                error);
}

tdm_status tdm__work_change_staged(tdm__work *work, const tdm__stored_import *import, tdm_error *error)
{
    const tdm__cell cells[] = {tdm__cell_number(import->number),   tdm__cell_number(import->version),
                               tdm__cell_number(import->received), tdm__cell_text(import->agency),
                               tdm__cell_text(import->map),        tdm__cell_text(import->format),
                               tdm__cell_text(import->preview),    tdm__cell_number(import->at)};
    return change_waiting(work,
                          "UPDATE staged SET received = ?3, agency = ?4, map = ?5, format = ?6, preview = ?7,"
                          " at = ?8, version = version + 1"
                          " WHERE number = ?1 AND version = ?2 AND state = 'waiting'",
                          cells, 8, error);
}

tdm_status tdm__work_end_staged(tdm__work *work, int64_t number, int64_t version, uint32_t state, int64_t at,
                                tdm_error *error)
{
    const tdm__cell cells[] = {tdm__cell_number(number), tdm__cell_number(version),
                               tdm__cell_text(tdm__str(tdm__code_of(&tdm__staged_states, state))),
                               tdm__cell_number(at)};
    if (state != TDM__STAGED_CONFIRMED && state != TDM__STAGED_DISCARDED)
        return tdm__fail(error, TDM_INVALID_ARG, "expected an import to be confirmed or discarded");
    return change_waiting(work,
                          "UPDATE staged SET state = ?3, at = ?4, version = version + 1, content = x'',"
                          " preview = iif(?3 = 'discarded', '', preview)"
                          " WHERE number = ?1 AND version = ?2 AND state = 'waiting'",
                          cells, 4, error);
}

/*
 * Runs. See worklist.h.
 */
#include "store/rows.h"
#include "store/worklist.h"

#include <stddef.h>

static const char a_run[] = "a run";

static const tdm__row_column columns[] = {
    {TDM__ROW_NUMBER, offsetof(tdm__stored_run, number), NULL},
    {TDM__ROW_DAY, offsetof(tdm__stored_run, as_of), NULL},
    {TDM__ROW_TEXT, offsetof(tdm__stored_run, policy_hash), NULL},
    {TDM__ROW_NUMBER, offsetof(tdm__stored_run, started), NULL},
    {TDM__ROW_NUMBER, offsetof(tdm__stored_run, finished), NULL},
    {TDM__ROW_NUMBER, offsetof(tdm__stored_run, children), NULL},
    {TDM__ROW_NUMBER, offsetof(tdm__stored_run, indicators), NULL},
};
static const tdm__row_shape shape = TDM__ROW_SHAPE(columns, tdm__stored_run);

#define RUN "SELECT number, as_of, policy_hash, started, finished, children, indicators FROM run"

tdm_status tdm__work_start_run(tdm__work *work, tdm__stored_run *run, tdm_error *error)
{
    const tdm__cell cells[] = {tdm__cell_number(run->as_of), tdm__cell_text(run->policy_hash),
                               tdm__cell_number(run->started), tdm__cell_number(run->indicators)};
    run->number = run->finished = run->children = 0;
    tdm_status status =
        tdm__rows_change(NULL, work,
                         "INSERT INTO run (as_of, policy_hash, started, finished, children, indicators)"
                         " VALUES (?1, ?2, ?3, 0, 0, ?4)",
                         cells, 4, a_run, error);
    if (status == TDM_OK)
        run->number = sqlite3_last_insert_rowid(work->store.db);
    return status;
}

tdm_status tdm__work_finish_run(tdm__work *work, int64_t number, int64_t finished, int64_t children,
                                tdm_error *error)
{
    const tdm__cell cells[] = {tdm__cell_number(number), tdm__cell_number(finished),
                               tdm__cell_number(children)};
    int64_t changed;
    tdm_status status = tdm__rows_change(
        &changed, work, "UPDATE run SET finished = ?2, children = ?3 WHERE number = ?1 AND finished = 0",
        cells, 3, a_run, error);
    if (status != TDM_OK)
        return status;
    return tdm__rows_came_first(work, changed, "SELECT 1 FROM run WHERE number = ?1", cells, a_run, error);
}

tdm_status tdm__work_latest_run(tdm__stored_run *out, tdm__work *work, tdm__arena *arena, tdm_error *error)
{
    return tdm__rows_one(out, work, arena, &shape, RUN " WHERE finished > 0 ORDER BY number DESC LIMIT 1",
                         NULL, 0, a_run, error);
}

tdm_status tdm__work_run(tdm__stored_run *out, tdm__work *work, tdm__arena *arena, int64_t number,
                         tdm_error *error)
{
    const tdm__cell key = tdm__cell_number(number);
    return tdm__rows_one(out, work, arena, &shape, RUN " WHERE number = ?1", &key, 1, a_run, error);
}

tdm_status tdm__work_runs(tdm__stored_runs *out, tdm__work *work, tdm__arena *arena, int64_t after,
                          size_t limit, tdm_error *error)
{
    const tdm__cell cells[] = {tdm__cell_number(after),
                               tdm__cell_number((int64_t)tdm__page_limit(limit) + 1)};
    void *items;
    *out = (tdm__stored_runs){NULL, 0, 0};
    tdm_status status = tdm__rows_list(&items, &out->count, work, arena, &shape,
                                       RUN " WHERE number > ?1 ORDER BY number LIMIT ?2", cells, 2, error);
    out->items = items;
    if (tdm__page_cut(&out->count, limit))
        out->next = out->items[out->count - 1].number;
    return status;
}

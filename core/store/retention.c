/*
 * See retention.h.
 */
#include "store/retention.h"

#include "calendar/calendar.h"
#include "store/rows.h"

#include <stddef.h>

static const tdm__row_column columns[] = {
    {TDM__ROW_TEXT, offsetof(tdm__stored_retention, child), NULL},
    {TDM__ROW_DAY, offsetof(tdm__stored_retention, until), NULL},
    {TDM__ROW_TEXT, offsetof(tdm__stored_retention, reason), NULL},
    {TDM__ROW_TEXT, offsetof(tdm__stored_retention, ground), NULL},
    {TDM__ROW_TEXT, offsetof(tdm__stored_retention, hold), NULL},
    {TDM__ROW_TEXT, offsetof(tdm__stored_retention, by), NULL},
    {TDM__ROW_NUMBER, offsetof(tdm__stored_retention, at), NULL},
};
static const tdm__row_shape shape = TDM__ROW_SHAPE(columns, tdm__stored_retention);

#define NAMES "child_id, until, reason, ground, hold, by, at"

tdm_status tdm__work_retain(tdm__work *work, const tdm__stored_retention *retention, tdm_error *error)
{
    tdm__cell cells[TDM__ROW_COLUMNS_MOST];
    tdm__rows_cells(cells, &shape, retention);
    return tdm__rows_change(
        NULL, work, "INSERT OR REPLACE INTO retention (" NAMES ") VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)", cells,
        shape.count, "a date of deletion", error);
}

tdm_status tdm__work_retention(tdm__stored_retention *out, tdm__work *work, tdm__arena *arena, tdm_str child,
                               tdm_error *error)
{
    const tdm__cell key = tdm__cell_text(child);
    return tdm__rows_one(out, work, arena, &shape, "SELECT " NAMES " FROM retention WHERE child_id = ?1",
                         &key, 1, "a date of deletion", error);
}

tdm_status tdm__work_has_child(bool *out, tdm__work *work, tdm_str child, tdm_error *error)
{
    const tdm__cell key = tdm__cell_text(child);
    int64_t there;
    tdm_status status = tdm__rows_number(&there, work, "SELECT count(*) FROM child WHERE id = ?1", &key, 1,
                                         error);
    *out = there > 0;
    return status;
}

/* --- whose day has come --- */

static const tdm__row_column due_columns[] = {
    {TDM__ROW_TEXT, offsetof(tdm__stored_due, retention.child), NULL},
    {TDM__ROW_DAY, offsetof(tdm__stored_due, retention.until), NULL},
    {TDM__ROW_TEXT, offsetof(tdm__stored_due, retention.reason), NULL},
    {TDM__ROW_TEXT, offsetof(tdm__stored_due, retention.ground), NULL},
    {TDM__ROW_TEXT, offsetof(tdm__stored_due, retention.hold), NULL},
    {TDM__ROW_TEXT, offsetof(tdm__stored_due, retention.by), NULL},
    {TDM__ROW_NUMBER, offsetof(tdm__stored_due, retention.at), NULL},
    {TDM__ROW_NUMBER, offsetof(tdm__stored_due, entries), NULL},
    {TDM__ROW_NUMBER, offsetof(tdm__stored_due, assessments), NULL},
    {TDM__ROW_NUMBER, offsetof(tdm__stored_due, open_drafts), NULL},
    {TDM__ROW_NUMBER, offsetof(tdm__stored_due, open_prompts), NULL},
    {TDM__ROW_NUMBER, offsetof(tdm__stored_due, allocations), NULL},
    {TDM__ROW_NUMBER, offsetof(tdm__stored_due, openings), NULL},
    {TDM__ROW_NUMBER, offsetof(tdm__stored_due, siblings), NULL},
    {TDM__ROW_NUMBER, offsetof(tdm__stored_due, returns), NULL},
};
static const tdm__row_shape due_shape = TDM__ROW_SHAPE(due_columns, tdm__stored_due);

/* ?1 the day, ?2 the time, ?3 no date. */
#define OF_CHILD " AS x WHERE x.child_id = r.child_id"
#define HAS_COME "until <= ?1 AND until <> ?3"
static const char due[] =
    "SELECT " NAMES ", (SELECT count(*) FROM event" OF_CHILD
    "), (SELECT count(*) FROM assessment_child" OF_CHILD "), (SELECT count(*) FROM draft" OF_CHILD
    " AND state = 'draft'"
    " AND version = (SELECT max(version) FROM draft AS y WHERE y.id = x.id))"
    ", (SELECT count(*) FROM prompt" OF_CHILD " AND gone = 0 AND (SELECT state FROM prompt_state AS s"
    " WHERE s.key = x.key ORDER BY version DESC LIMIT 1) IN ('new', 'seen'))"
    ", (SELECT count(*) FROM allocation" OF_CHILD " AND since <= ?1 AND x.until >= ?1)"
    ", (SELECT count(*) FROM opening" OF_CHILD " AND from_time <= ?2 AND until_time > ?2)"
    ", (SELECT count(*) FROM child AS s JOIN child AS c ON c.household = s.household"
    " WHERE c.id = r.child_id AND s.id <> c.id"
    " AND s.id NOT IN (SELECT child_id FROM retention WHERE " HAS_COME " AND hold = ''))"
    ", (SELECT count(*) FROM staged WHERE state = 'waiting'"
    " AND instr(content, CAST(r.child_id AS BLOB)) > 0)"
    " FROM retention AS r WHERE " HAS_COME " ORDER BY until, child_id";

static tdm_status count_others(tdm__stored_dues *out, tdm__work *work, tdm_error *error)
{
    const tdm__cell none = tdm__cell_number(TDM_DAY_NONE);
    tdm_status status = tdm__rows_number(&out->children, work, "SELECT count(*) FROM child", NULL, 0, error);
    if (status == TDM_OK)
        status = tdm__rows_number(&out->undated, work,
                                  "SELECT count(*) FROM child WHERE id NOT IN"
                                  " (SELECT child_id FROM retention WHERE until <> ?1)",
                                  &none, 1, error);
    if (status == TDM_OK)
        status = tdm__rows_number(&out->held, work, "SELECT count(*) FROM retention WHERE hold <> ''", NULL,
                                  0, error);
    if (status == TDM_OK)
        status = tdm__rows_number(&out->waiting, work, "SELECT count(*) FROM staged WHERE state = 'waiting'",
                                  NULL, 0, error);
    return status;
}

tdm_status tdm__work_dues(tdm__stored_dues *out, tdm__work *work, tdm__arena *arena, tdm_day day, int64_t now,
                          tdm_error *error)
{
    const tdm__cell cells[] = {tdm__cell_number(day), tdm__cell_number(now), tdm__cell_number(TDM_DAY_NONE)};
    void *items;
    *out = (tdm__stored_dues){.items = NULL};
    tdm_status status = tdm__rows_list(&items, &out->count, work, arena, &due_shape, due, cells, 3, error);
    out->items = items;
    return status == TDM_OK ? count_others(out, work, error) : status;
}

/*
 * See allocations.h. Lists of children by what is allowed are children.c's.
 */
#include "store/eyes.h"

#include <stddef.h>

static const char *const kinds[] = {"review", "challenged"};
const tdm__codes tdm__opening_kinds = {kinds, 2};

static const char an_allocation[] = "an allocation", an_opening[] = "an opening of a case";

static const tdm__row_column allocation_columns[] = {
    {TDM__ROW_NUMBER, offsetof(tdm__stored_allocation, number), NULL},
    {TDM__ROW_TEXT, offsetof(tdm__stored_allocation, child), NULL},
    {TDM__ROW_OPTIONAL_TEXT, offsetof(tdm__stored_allocation, account), NULL},
    {TDM__ROW_OPTIONAL_TEXT, offsetof(tdm__stored_allocation, team), NULL},
    {TDM__ROW_DAY, offsetof(tdm__stored_allocation, since), NULL},
    {TDM__ROW_DAY, offsetof(tdm__stored_allocation, until), NULL},
    {TDM__ROW_TEXT, offsetof(tdm__stored_allocation, by), NULL},
};
static const tdm__row_shape allocation_shape = TDM__ROW_SHAPE(allocation_columns, tdm__stored_allocation);

tdm_status tdm__work_allocate(tdm__work *work, tdm__stored_allocation *allocation, tdm_error *error)
{
    tdm__cell cells[TDM__ROW_COLUMNS_MOST];
    allocation->number = 0;
    if ((allocation->account.length > 0) == (allocation->team.length > 0))
        return tdm__fail(error, TDM_INVALID_ARG, "expected an account or a team to allocate to");
    if (allocation->since > allocation->until)
        return tdm__fail(error, TDM_INVALID_ARG, "expected an allocation to end after it begins");
    tdm__rows_cells(cells, &allocation_shape, allocation);
    tdm_status status = tdm__rows_change(NULL, work,
                                         "INSERT INTO allocation (child_id, account, team, since, until, by)"
                                         " VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
                                         &cells[1], allocation_shape.count - 1, an_allocation, error);
    if (status == TDM_OK)
        allocation->number = sqlite3_last_insert_rowid(work->store.db);
    return status;
}

tdm_status tdm__work_end_allocation(tdm__work *work, int64_t number, tdm_day until, tdm_str by,
                                    tdm_error *error)
{
    const tdm__cell cells[] = {tdm__cell_number(number), tdm__cell_number(until), tdm__cell_text(by),
                               tdm__cell_number(TDM_DAY_AFTER_ALL)};
    int64_t changed;
    tdm_status status = tdm__rows_change(&changed, work,
                                         "UPDATE allocation SET until = ?2, by = ?3 WHERE number = ?1"
                                         " AND (until = ?4 OR until = ?2)",
                                         cells, 4, an_allocation, error);
    if (status != TDM_OK)
        return status;
    return tdm__rows_came_first(work, changed, "SELECT 1 FROM allocation WHERE number = ?1", cells,
                                an_allocation, error);
}

tdm_status tdm__work_allocations(tdm__stored_allocations *out, tdm__work *work, tdm__arena *arena,
                                 tdm_str child, tdm_str account, tdm_str team, int64_t after, size_t limit,
                                 tdm_error *error)
{
    const tdm__cell cells[] = {tdm__cell_number(after), tdm__cell_number((int64_t)tdm__page_limit(limit) + 1),
                               tdm__cell_text(child), tdm__cell_text(account), tdm__cell_text(team)};
    void *items;
    *out = (tdm__stored_allocations){NULL, 0, 0};
    tdm_status status = tdm__rows_list(
        &items, &out->count, work, arena, &allocation_shape,
        "SELECT number, child_id, account, team, since, until, by FROM allocation WHERE number > ?1"
        " AND (?3 = '' OR child_id = ?3) AND (?4 = '' OR account = ?4) AND (?5 = '' OR team = ?5)"
        " ORDER BY number LIMIT ?2",
        cells, 5, error);
    out->items = items;
    if (tdm__page_cut(&out->count, limit))
        out->next = out->items[out->count - 1].number;
    return status;
}

/* --- cases opened for a time --- */

static const tdm__row_column opening_columns[] = {
    {TDM__ROW_NUMBER, offsetof(tdm__stored_opening, number), NULL},
    {TDM__ROW_TEXT, offsetof(tdm__stored_opening, child), NULL},
    {TDM__ROW_TEXT, offsetof(tdm__stored_opening, account), NULL},
    {TDM__ROW_CODE, offsetof(tdm__stored_opening, kind), &tdm__opening_kinds},
    {TDM__ROW_NUMBER, offsetof(tdm__stored_opening, from), NULL},
    {TDM__ROW_NUMBER, offsetof(tdm__stored_opening, until), NULL},
    {TDM__ROW_TEXT, offsetof(tdm__stored_opening, reason), NULL},
    {TDM__ROW_TEXT, offsetof(tdm__stored_opening, by), NULL},
    {TDM__ROW_OPTIONAL_TEXT, offsetof(tdm__stored_opening, limited_as), NULL},
};
static const tdm__row_shape opening_shape = TDM__ROW_SHAPE(opening_columns, tdm__stored_opening);

tdm_status tdm__work_open_case(tdm__work *work, tdm__stored_opening *opening, tdm_error *error)
{
    tdm__cell cells[TDM__ROW_COLUMNS_MOST];
    opening->number = 0;
    if (opening->reason.length == 0)
        return tdm__fail(error, TDM_INVALID_ARG, "expected a reason for opening a case");
    if (opening->from > opening->until)
        return tdm__fail(error, TDM_INVALID_ARG, "expected a case to be opened until after it is opened");
    tdm__rows_cells(cells, &opening_shape, opening);
    tdm_status status =
        tdm__rows_change(NULL, work,
                         "INSERT INTO opening (child_id, account, kind, from_time, until_time, reason, by,"
                         " limited_as) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
                         &cells[1], opening_shape.count - 1, an_opening, error);
    if (status == TDM_OK)
        opening->number = sqlite3_last_insert_rowid(work->store.db);
    return status;
}

tdm_status tdm__work_close_case(tdm__work *work, int64_t number, int64_t at, tdm_error *error)
{
    const tdm__cell cells[] = {tdm__cell_number(number), tdm__cell_number(at)};
    int64_t changed;
    tdm_status status = tdm__rows_change(
        &changed, work,
        "UPDATE opening SET until_time = max(from_time, min(until_time, ?2)) WHERE number = ?1", cells, 2,
        an_opening, error);
    if (status == TDM_OK && changed == 0)
        status = tdm__fail(error, TDM_NOT_FOUND, "%s is not there", an_opening);
    return status;
}

tdm_status tdm__work_openings(tdm__stored_openings *out, tdm__work *work, tdm__arena *arena, tdm_str child,
                              tdm_str account, tdm_str team, tdm_day day, uint32_t kind, int64_t after,
                              size_t limit, tdm_error *error)
{
    const tdm__cell cells[] = {tdm__cell_number(after),
                               tdm__cell_number((int64_t)tdm__page_limit(limit) + 1),
                               tdm__cell_text(child),
                               tdm__cell_text(account),
                               tdm__cell_text(team),
                               tdm__cell_number(day),
                               tdm__cell_text(tdm__str(tdm__code_of(&tdm__opening_kinds, kind)))};
    void *items;
    *out = (tdm__stored_openings){NULL, 0, 0};
    tdm_status status = tdm__rows_list(
        &items, &out->count, work, arena, &opening_shape,
        "SELECT number, child_id, account, kind, from_time, until_time, reason, by, limited_as FROM opening"
        " WHERE number > ?1 AND (?3 = '' OR child_id = ?3) AND (?4 = '' OR account = ?4)"
        " AND (?5 = '' OR child_id IN (SELECT child_id FROM allocation WHERE team = ?5 AND since <= ?6"
        " AND until >= ?6)) AND (?7 = '' OR kind = ?7) ORDER BY number LIMIT ?2",
        cells, 7, error);
    out->items = items;
    if (tdm__page_cut(&out->count, limit))
        out->next = out->items[out->count - 1].number;
    return status;
}

/*
 * Children by who may see them. See allocations.h.
 */
#include "store/eyes.h"

#include "calendar/calendar.h"

#include <stddef.h>

void tdm__eyes_cells(tdm__cell *out, const tdm__allowed *allowed)
{
    out[0] = tdm__cell_text(allowed->account);
    out[1] = tdm__cell_text(allowed->team);
    out[2] = tdm__cell_number(allowed->day);
    out[3] = tdm__cell_number(allowed->now);
}

typedef struct access_row {
    bool exists, to_account, to_team;
    int64_t opened_until;
} access_row;

static const tdm__row_column access_columns[] = {
    {TDM__ROW_FLAG, offsetof(access_row, exists), NULL},
    {TDM__ROW_FLAG, offsetof(access_row, to_account), NULL},
    {TDM__ROW_FLAG, offsetof(access_row, to_team), NULL},
    {TDM__ROW_NUMBER, offsetof(access_row, opened_until), NULL},
};
static const tdm__row_shape access_shape = TDM__ROW_SHAPE(access_columns, access_row);

#define ALLOCATED_TO(what)                                                                                   \
    "EXISTS (SELECT 1 FROM allocation WHERE child_id = ?5 AND " what " AND since <= ?3 AND until >= ?3)"
#define OPENED_NOW                                                                                           \
    " FROM opening WHERE child_id = ?5 AND account = ?1 AND from_time <= ?4 AND until_time > ?4"

tdm_status tdm__work_access(tdm__child_access *out, tdm__work *work, tdm_str child,
                            const tdm__allowed *allowed, tdm_error *error)
{
    static const char ask[] = "SELECT EXISTS (SELECT 1 FROM child WHERE id = ?5), " ALLOCATED_TO(
        "account = ?1") ", " ALLOCATED_TO("team = ?2") ", coalesce((SELECT max(until_time)" OPENED_NOW
                                                       "), 0)";
    static const char ask_kind[] = "SELECT kind = 'challenged'" OPENED_NOW
                                   " ORDER BY until_time DESC LIMIT 1";
    tdm__cell cells[TDM__EYES_CELLS + 1];
    access_row row;
    int64_t challenged = 0;
    *out = (tdm__child_access){.exists = false};
    tdm__eyes_cells(cells, allowed);
    cells[TDM__EYES_CELLS] = tdm__cell_text(child);
    /* No text comes out of it, so that no arena is needed. */
    tdm_status status = tdm__rows_one(&row, work, NULL, &access_shape, ask, cells, TDM__EYES_CELLS + 1,
                                      "a child", error);
    if (status == TDM_OK && row.opened_until > 0)
        status = tdm__rows_number(&challenged, work, ask_kind, cells, TDM__EYES_CELLS + 1, error);
    if (status != TDM_OK)
        return status;
    *out = (tdm__child_access){.exists = row.exists,
                               .to_account = row.to_account,
                               .to_team = row.to_team,
                               .opened = row.opened_until > 0,
                               .opened_kind = challenged ? TDM__OPENING_CHALLENGED : TDM__OPENING_REVIEW,
                               .opened_until = row.opened_until};
    return TDM_OK;
}

static const tdm__row_column child_columns[] = {
    {TDM__ROW_TEXT, offsetof(tdm__stored_child, id), NULL},
    {TDM__ROW_OPTIONAL_TEXT, offsetof(tdm__stored_child, household), NULL},
    {TDM__ROW_OPTIONAL_TEXT, offsetof(tdm__stored_child, area), NULL},
    {TDM__ROW_NUMBER, offsetof(tdm__stored_child, events), NULL},
    {TDM__ROW_DAY, offsetof(tdm__stored_child, born_from), NULL},
    {TDM__ROW_DAY, offsetof(tdm__stored_child, born_to), NULL},
    {TDM__ROW_NUMBER, offsetof(tdm__stored_child, born_flags), NULL},
    {TDM__ROW_DAY, offsetof(tdm__stored_child, latest_event), NULL},
    {TDM__ROW_NUMBER, offsetof(tdm__stored_child, new_prompts), NULL},
    {TDM__ROW_NUMBER, offsetof(tdm__stored_child, seen_prompts), NULL},
    {TDM__ROW_OPTIONAL_TEXT, offsetof(tdm__stored_child, accounts), NULL},
    {TDM__ROW_OPTIONAL_TEXT, offsetof(tdm__stored_child, teams), NULL},
};
static const tdm__row_shape child_shape = TDM__ROW_SHAPE(child_columns, tdm__stored_child);

#define PROMPTS_IN(state)                                                                                    \
    "(SELECT count(*) FROM prompt AS p JOIN prompt_state AS s ON s.key = p.key AND s.version ="              \
    " (SELECT max(version) FROM prompt_state AS x WHERE x.key = p.key)"                                      \
    " WHERE p.child_id = child.id AND p.gone = 0 AND p.current = 1 AND s.state = '" state "')"
#define ALLOCATED(column)                                                                                    \
    "(SELECT group_concat(" column ", ' ') FROM (SELECT DISTINCT " column " FROM allocation AS a"            \
    " WHERE a.child_id = child.id AND a.since <= ?3 AND a.until >= ?3 AND " column                           \
    " IS NOT NULL ORDER BY 1))"
/* ?8: a row without a date sorts behind all. */
#define CHILD_LINE                                                                                           \
    "SELECT id, household, area, (SELECT count(*) FROM event AS e WHERE e.child_id = child.id),"             \
    " born_from, born_to, born_flags, coalesce((SELECT max(sort_day) FROM event AS e"                        \
    " WHERE e.child_id = child.id AND e.sort_day < ?8), ?7), " PROMPTS_IN("new") ", " PROMPTS_IN(            \
        "seen") ", " ALLOCATED("account") ", " ALLOCATED("team") " FROM child WHERE id > ?5"                 \
                                                                 " AND substr(id, 1, length(?9)) = ?9"

tdm_status tdm__work_children(tdm__stored_children *out, tdm__work *work, tdm__arena *arena,
                              const tdm__allowed *allowed, tdm_str begins, tdm__paging page, tdm_error *error)
{
    static const char all[] = CHILD_LINE " ORDER BY id LIMIT ?6";
    static const char some[] = CHILD_LINE " AND id IN " TDM__CHILDREN_ALLOWED " ORDER BY id LIMIT ?6";
    tdm__cell cells[TDM__EYES_CELLS + 5];
    void *items;
    *out = (tdm__stored_children){NULL, 0, {"", 0}};
    tdm__eyes_cells(cells, allowed);
    cells[TDM__EYES_CELLS] = tdm__cell_text(page.after);
    cells[TDM__EYES_CELLS + 1] = tdm__cell_number((int64_t)tdm__page_limit(page.limit) + 1);
    cells[TDM__EYES_CELLS + 2] = tdm__cell_number(TDM_DAY_NONE);
    cells[TDM__EYES_CELLS + 3] = tdm__cell_number(TDM_DAY_AFTER_ALL);
    cells[TDM__EYES_CELLS + 4] = tdm__cell_text(begins);
    tdm_status status = tdm__rows_list(&items, &out->count, work, arena, &child_shape,
                                       allowed->all ? all : some, cells, TDM__EYES_CELLS + 5, error);
    out->items = items;
    if (tdm__page_cut(&out->count, page.limit))
        out->next = out->items[out->count - 1].id;
    return status;
}

/*
 * Children by who may see them. See allocations.h.
 */
#include "store/eyes.h"
#include "store/limits.h"

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

/* --- without what is withheld --- */

/* ?1 is the child, ?2 the day behind all, ?3 the day of none. */
#define HERE "f.child_id = ?1"
static const char rows_withheld[] = "SELECT count(*) FROM " TDM__WITHHELD_ROWS(HERE);
static const char entries_withheld[] = "SELECT count(DISTINCT entry) FROM " TDM__WITHHELD_ROWS(HERE);
static const char latest_seen[] =
    "SELECT coalesce(max(e.sort_day), ?3) FROM event AS e WHERE e.child_id = ?1 AND e.sort_day < ?2"
    " AND (e.sort_day, e.seq) NOT IN (SELECT sort_day, seq FROM " TDM__WITHHELD_ROWS(HERE) ")";
#define OPEN_PROMPTS(and)                                                                                    \
    "SELECT count(*) FROM prompt AS p JOIN prompt_state AS s ON s.key = p.key AND s.version ="               \
    " (SELECT max(version) FROM prompt_state AS x WHERE x.key = p.key) WHERE p.child_id = ?1"                \
    " AND p.gone = 0 AND p.current = 1 AND " and

static tdm_status take_off(tdm__stored_child *child, tdm__work *work, tdm_error *error)
{
    static const char new_prompts[] = OPEN_PROMPTS("s.state = 'new' AND " TDM__PROMPT_FOR_EYES);
    static const char seen_prompts[] = OPEN_PROMPTS("s.state = 'seen' AND " TDM__PROMPT_FOR_EYES);
    static const char no_prompts[] = OPEN_PROMPTS("s.state IN ('new', 'seen') AND NOT " TDM__PROMPT_FOR_EYES);
    const tdm__cell cells[] = {tdm__cell_text(child->id), tdm__cell_number(TDM_DAY_AFTER_ALL),
                               tdm__cell_number(TDM_DAY_NONE)};
    int64_t rows = 0, latest = TDM_DAY_NONE;
    const struct {
        int64_t *to;
        const char *sql;
        size_t cells;
    } numbers[] = {{&rows, rows_withheld, 1},
                   {&child->withheld, entries_withheld, 1},
                   {&latest, latest_seen, 3},
                   {&child->new_prompts, new_prompts, 1},
                   {&child->seen_prompts, seen_prompts, 1},
                   {&child->withheld_prompts, no_prompts, 1}};
    tdm_status status = TDM_OK;
    for (size_t i = 0; status == TDM_OK && i < sizeof numbers / sizeof *numbers; i++)
        status = tdm__rows_number(numbers[i].to, work, numbers[i].sql, cells, numbers[i].cells, error);
    child->events -= rows;
    child->latest_event = (tdm_day)latest;
    return status;
}

static tdm_status through_eyes(tdm__stored_children *list, tdm__work *work, tdm_error *error)
{
    static const char any[] = "SELECT count(*) FROM " TDM__NOT_FOR_EYES("1");
    int64_t limited = 0;
    tdm_status status = work->store.eyes ? tdm__rows_number(&limited, work, any, NULL, 0, error) : TDM_OK;
    for (size_t i = 0; status == TDM_OK && limited > 0 && i < list->count; i++)
        status = take_off(&list->items[i], work, error);
    return status;
}

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
    return status == TDM_OK ? through_eyes(out, work, error) : status;
}

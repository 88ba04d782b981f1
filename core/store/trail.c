/*
 * See trail.h. Entries lie in the order of their positions, which is that of their numbers unless somebody
 * moved them.
 */
#include "store/trail.h"

#include "store/rows.h"

#include <stddef.h>
#include <string.h>

static const char an_entry[] = "an entry of the audit trail";

typedef struct entry_row {
    tdm__chain_entry entry;
    tdm_str mac;
} entry_row;

static const tdm__row_column columns[] = {
    {TDM__ROW_NUMBER, offsetof(entry_row, entry.number), NULL},
    {TDM__ROW_NUMBER, offsetof(entry_row, entry.time), NULL},
    {TDM__ROW_TEXT, offsetof(entry_row, entry.actor), NULL},
    {TDM__ROW_TEXT, offsetof(entry_row, entry.role), NULL},
    {TDM__ROW_TEXT, offsetof(entry_row, entry.what), NULL},
    {TDM__ROW_TEXT, offsetof(entry_row, entry.object_kind), NULL},
    {TDM__ROW_TEXT, offsetof(entry_row, entry.object_id), NULL},
    {TDM__ROW_TEXT, offsetof(entry_row, entry.reason), NULL},
    {TDM__ROW_TEXT, offsetof(entry_row, entry.details), NULL},
    {TDM__ROW_BYTES, offsetof(entry_row, mac), NULL},
};
static const tdm__row_shape shape = TDM__ROW_SHAPE(columns, entry_row);

#define ENTRY_NAMES "number, time, actor, role, action, object_kind, object, reason, details, mac"

static tdm_status digest_of(tdm__digest *out, tdm__work *work, tdm_str mac, tdm_error *error)
{
    if (mac.length != TDM__DIGEST_BYTES)
        return tdm__store_damaged(&work->store, error);
    memcpy(out->bytes, mac.data, TDM__DIGEST_BYTES);
    return TDM_OK;
}

tdm_status tdm__work_trail_head(tdm__chain_head *out, tdm__work *work, tdm_error *error)
{
    tdm__arena arena;
    entry_row last;
    memset(out, 0, sizeof *out);
    tdm__arena_init(&arena, &work->store.context->allocator);
    tdm_status status = tdm__rows_one(&last, work, &arena, &shape,
                                      "SELECT " ENTRY_NAMES " FROM audit ORDER BY number DESC LIMIT 1", NULL,
                                      0, an_entry, error);
    if (status == TDM_OK)
        status = digest_of(&out->mac, work, last.mac, error);
    if (status == TDM_OK)
        out->count = last.entry.number;
    tdm__arena_free(&arena);
    if (status == TDM_NOT_FOUND) {
        tdm__error_clear(error);
        status = TDM_OK;
    }
    return status;
}

tdm_status tdm__work_trail(tdm__work *work, const tdm__digest *key, const tdm__chain_entry *entry,
                           tdm__chain_head *head, tdm_error *error)
{
    tdm__chain_head next;
    tdm__cell cells[TDM__ROW_COLUMNS_MOST];
    entry_row row = {*entry, {NULL, 0}};
    tdm_status status = tdm__work_trail_head(&next, work, error);
    if (status != TDM_OK)
        return status;
    row.entry.number = next.count + 1;
    status = tdm__chain_append(&next, key, &row.entry);
    if (status != TDM_OK)
        return tdm__work_fail(work, status, tdm_status_text(status), error);
    row.mac = (tdm_str){(const char *)next.mac.bytes, TDM__DIGEST_BYTES};
    tdm__rows_cells(cells, &shape, &row);
    status = tdm__rows_change(
        NULL, work, "INSERT INTO audit (" ENTRY_NAMES ") VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)",
        cells, shape.count, an_entry, error);
    if (status == TDM_OK && head)
        *head = next;
    return status;
}

/* --- lists --- */

static tdm_status take_entries(tdm__stored_entries *out, const entry_row *rows, size_t count, bool more,
                               tdm__work *work, tdm__arena *arena, tdm_error *error)
{
    tdm_status status = TDM_OK;
    out->items = tdm__arena_array(arena, count, sizeof *out->items);
    if (!out->items)
        return tdm__no_memory(error);
    for (size_t i = 0; status == TDM_OK && i < count; i++) {
        out->items[i].entry = rows[i].entry;
        status = digest_of(&out->items[i].mac, work, rows[i].mac, error);
    }
    out->count = status == TDM_OK ? count : 0;
    out->next = more ? rows[count - 1].entry.number : 0;
    return status;
}

tdm_status tdm__work_trail_list(tdm__stored_entries *out, tdm__work *work, tdm__arena *arena,
                                const tdm__trail_filter *filter, int64_t after, size_t limit,
                                tdm_error *error)
{
#define FILTERED                                                                                             \
    " AND (?3 = '' OR actor = ?3) AND (?4 = '' OR action = ?4) AND (?5 = '' OR object_kind = ?5)"            \
    " AND (?6 = '' OR object = ?6) AND time >= ?7 AND (?8 = 0 OR time < ?8) ORDER BY number"
    static const char oldest[] = "SELECT " ENTRY_NAMES " FROM audit WHERE number > ?1" FILTERED " LIMIT ?2";
    static const char newest[] = "SELECT " ENTRY_NAMES " FROM audit WHERE number < ?1" FILTERED
                                 " DESC LIMIT ?2";
#undef FILTERED
    bool is_first = filter->newest_first && after == 0;
    const tdm__cell cells[] = {tdm__cell_number(is_first ? INT64_MAX : after),
                               tdm__cell_number((int64_t)tdm__page_limit(limit) + 1),
                               tdm__cell_text(filter->actor),
                               tdm__cell_text(filter->what),
                               tdm__cell_text(filter->object_kind),
                               tdm__cell_text(filter->object_id),
                               tdm__cell_number(filter->from),
                               tdm__cell_number(filter->until)};
    void *items;
    size_t count;
    *out = (tdm__stored_entries){NULL, 0, 0};
    tdm_status status = tdm__rows_list(&items, &count, work, arena, &shape,
                                       filter->newest_first ? newest : oldest, cells, 8, error);
    if (status != TDM_OK)
        return status;
    bool more = tdm__page_cut(&count, limit);
    return take_entries(out, items, count, more, work, arena, error);
}

/* --- the walk --- */

static tdm_status keep_finding(tdm__chain_finding finding, void *payload)
{
    tdm__trail_verdict *verdict = payload;
    if (verdict->count < TDM_TRAIL_FINDINGS_MOST)
        verdict->findings[verdict->count++] = finding;
    else
        verdict->left_out++;
    return TDM_OK;
}

/* As much of the trail as is read at a time. */
static tdm_status walk_page(int64_t *position, size_t *count, tdm__chain_walk *walk, tdm__work *work,
                            tdm__arena *arena, tdm_error *error)
{
    static const char page[] = "SELECT " ENTRY_NAMES
                               " FROM audit WHERE position > ?1 ORDER BY position LIMIT ?2";
    static const char last[] = "SELECT max(position) FROM (SELECT position FROM audit WHERE position > ?1"
                               " ORDER BY position LIMIT ?2)";
    const tdm__cell cells[] = {tdm__cell_number(*position), tdm__cell_number(TDM_PAGE_MOST)};
    void *items;
    tdm_status status = tdm__rows_list(&items, count, work, arena, &shape, page, cells, 2, error);
    const entry_row *rows = items;
    for (size_t i = 0; status == TDM_OK && i < *count; i++) {
        tdm__digest mac;
        status = digest_of(&mac, work, rows[i].mac, error);
        if (status == TDM_OK)
            status = tdm__chain_walk_entry(walk, &rows[i].entry, &mac);
    }
    if (status == TDM_OK && *count > 0)
        status = tdm__rows_number(position, work, last, cells, 2, error);
    return status;
}

tdm_status tdm__work_trail_verify(tdm__trail_verdict *out, tdm__work *work, tdm__arena *arena,
                                  const tdm__digest *key, const tdm__chain_head *head, tdm_error *error)
{
    tdm__arena page;
    tdm__chain_walk walk;
    int64_t position = INT64_MIN;
    size_t count = 1;
    *out = (tdm__trail_verdict){.count = 0};
    out->findings = tdm__arena_array(arena, TDM_TRAIL_FINDINGS_MOST, sizeof *out->findings);
    if (!out->findings)
        return tdm__no_memory(error);
    tdm_status status = TDM_OK;
    tdm__arena_init(&page, &work->store.context->allocator);
    tdm__chain_walk_begin(&walk, key, head, keep_finding, out);
    while (status == TDM_OK && count > 0) {
        tdm__arena_reset(&page);
        status = walk_page(&position, &count, &walk, work, &page, error);
    }
    tdm_status ended = tdm__chain_walk_end(&out->head, &walk);
    out->is_whole = walk.is_whole;
    out->verified = walk.verified;
    tdm__arena_free(&page);
    return status == TDM_OK ? ended : status;
}

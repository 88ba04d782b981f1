/*
 * Pairing the rows of two versions, in rounds from the surest sign that two rows are one to the weakest. In
 * which fields a pair differs is in diff_fields.c.
 */
#include "chronology/diff.h"

#include "chronology/diff_fields.h"
#include "chronology/table.h"

#include <stdlib.h>

static const char *const change_codes[] = {"added", "removed", "changed", "perhaps-changed"};

const char *tdm__row_change_code(tdm__row_change change)
{
    return change_codes[change];
}

/* A row of either version. */
typedef struct entry {
    uint32_t event;
    bool after; /* of the second version */
    uint64_t id;
    tdm_str agency, reference, kind;
    tdm_day from, to;
    uint32_t partner; /* event of the other version */
    bool perhaps;
} entry;

/* A sign that two rows are one. */
typedef struct row_sign {
    int (*compare)(const void *a, const void *b); /* of pointers to entries: the sign alone */
    int (*order)(const void *a, const void *b);   /* and then their place */
    bool needs_reference;
    bool only_if_one; /* of each version */
    bool perhaps;
} row_sign;

static const entry *entry_at(const void *pointer)
{
    return *(entry *const *)pointer;
}

static int by_id(const void *a, const void *b)
{
    uint64_t x = entry_at(a)->id, y = entry_at(b)->id;
    return (x > y) - (x < y);
}

static int by_reference(const void *a, const void *b)
{
    int order = tdm__str_compare(entry_at(a)->agency, entry_at(b)->agency);
    return order != 0 ? order : tdm__str_compare(entry_at(a)->reference, entry_at(b)->reference);
}

/* A start and its end carry one reference. */
static int by_reference_and_kind(const void *a, const void *b)
{
    int order = by_reference(a, b);
    return order != 0 ? order : tdm__str_compare(entry_at(a)->kind, entry_at(b)->kind);
}

static int by_day_and_kind(const void *a, const void *b)
{
    const entry *x = entry_at(a), *y = entry_at(b);
    int order = tdm__str_compare(x->agency, y->agency);
    if (order == 0)
        order = tdm__str_compare(x->kind, y->kind);
    if (order == 0)
        order = (x->from > y->from) - (x->from < y->from);
    return order != 0 ? order : (x->to > y->to) - (x->to < y->to);
}

/* Those of the first version first, each in the order of its table: with a sign before it, a total order. */
static int by_place(const void *a, const void *b)
{
    const entry *x = entry_at(a), *y = entry_at(b);
    if (x->after != y->after)
        return x->after ? 1 : -1;
    return (x->event > y->event) - (x->event < y->event);
}

/* A sign, and its total order: rows of one sign by their place. */
#define ORDERED(sign)                                                                                        \
    static int sign##_in_order(const void *a, const void *b)                                                 \
    {                                                                                                        \
        int order = sign(a, b);                                                                              \
        return order != 0 ? order : by_place(a, b);                                                          \
    }
ORDERED(by_id)
ORDERED(by_reference)
ORDERED(by_reference_and_kind)
ORDERED(by_day_and_kind)

static const row_sign signs[] = {
    {by_id, by_id_in_order, false, false, false},
    {by_reference_and_kind, by_reference_and_kind_in_order, true, false, false},
    {by_reference, by_reference_in_order, true, true, false},
    {by_day_and_kind, by_day_and_kind_in_order, false, false, true},
};

/* --- the rows of one child --- */

typedef struct child_rows {
    const tdm__chronology_diff *diff;
    tdm__arena *arena;
    entry *entries; /* of both versions */
    size_t count;
    entry **open; /* those without a partner, while a sign is looked for */
} child_rows;

static void add_entries(child_rows *rows, const tdm_chronology *c, uint32_t child, bool after)
{
    uint32_t first, end;
    if (child == TDM_NO_INDEX)
        return;
    tdm__chronology_child_events(c, child, &first, &end);
    for (uint32_t at = first; at < end; at++) {
        tdm__event event = tdm__chronology_event(c, at);
        if (tdm__chronology_replaced(c, at, TDM_DAY_AFTER_ALL - 1))
            continue;
        rows->entries[rows->count++] = (entry){.event = at,
                                               .after = after,
                                               .id = event.id,
                                               .agency = tdm__chronology_agency(c, event.agency),
                                               .reference = tdm__chronology_string(c, at, TDM__REFERENCE),
                                               .kind = tdm__chronology_vocabulary(c)->kinds[event.kind].code,
                                               .from = event.occurred.from,
                                               .to = event.occurred.to,
                                               .partner = TDM_NO_INDEX};
    }
}

/* Pairs those of a run with one sign, in their order. */
static void pair_run(entry **run, size_t count, const row_sign *sign)
{
    size_t before = 0;
    while (before < count && !run[before]->after)
        before++;
    if (sign->only_if_one && (before != 1 || count != 2))
        return;
    for (size_t i = 0; i < before && before + i < count; i++) {
        run[i]->partner = run[before + i]->event;
        run[before + i]->partner = run[i]->event;
        run[i]->perhaps = run[before + i]->perhaps = sign->perhaps;
    }
}

static void look_for(child_rows *rows, const row_sign *sign)
{
    size_t count = 0;
    for (size_t i = 0; i < rows->count; i++)
        if (rows->entries[i].partner == TDM_NO_INDEX &&
            (!sign->needs_reference || rows->entries[i].reference.length > 0))
            rows->open[count++] = &rows->entries[i];
    if (count > 1)
        qsort(rows->open, count, sizeof *rows->open, sign->order);
    for (size_t start = 0, end; start < count; start = end) {
        for (end = start + 1; end < count && sign->compare(&rows->open[start], &rows->open[end]) == 0;)
            end++;
        pair_run(rows->open + start, end - start, sign);
    }
}

/* --- differences --- */

static tdm_status add_difference(tdm__child_difference *out, tdm__row_difference *list,
                                 const child_rows *rows, const entry *one)
{
    tdm__row_difference *row = &list[out->row_count];
    *row = (tdm__row_difference){.change = one->after ? TDM__ROW_ADDED : TDM__ROW_REMOVED,
                                 .before = one->after ? TDM_NO_INDEX : one->event,
                                 .after = one->after ? one->event : TDM_NO_INDEX};
    if (one->partner == TDM_NO_INDEX) {
        out->row_count++;
        return TDM_OK;
    }
    if (one->after)
        return TDM_OK;
    row->after = one->partner;
    row->change = one->perhaps ? TDM__ROW_PERHAPS_CHANGED : TDM__ROW_CHANGED;
    tdm_status status = tdm__diff_row_fields(&row->fields, &row->field_count, rows->diff, row->before,
                                             row->after, rows->arena);
    if (row->field_count > 0)
        out->row_count++;
    else
        out->same++;
    return status;
}

/* By the day of the row as it was, or is where it was not there; those without a day last. */
static int by_day(const void *a, const void *b)
{
    const entry *x = entry_at(a), *y = entry_at(b);
    tdm_day day_x = x->from == TDM_DAY_BEFORE_ALL ? x->to : x->from;
    tdm_day day_y = y->from == TDM_DAY_BEFORE_ALL ? y->to : y->from;
    return day_x != day_y ? (day_x < day_y ? -1 : 1) : by_place(a, b);
}

static tdm_status list_differences(tdm__child_difference *out, child_rows *rows)
{
    tdm_status status = TDM_OK;
    tdm__row_difference *list = tdm__arena_array(rows->arena, rows->count, sizeof *list);
    if (!list)
        return TDM_NO_MEMORY;
    for (size_t i = 0; i < rows->count; i++)
        rows->open[i] = &rows->entries[i];
    if (rows->count > 1)
        qsort(rows->open, rows->count, sizeof *rows->open, by_day);
    for (size_t i = 0; status == TDM_OK && i < rows->count; i++)
        status = add_difference(out, list, rows, rows->open[i]);
    out->rows = list;
    return status;
}

static uint32_t events_of(const tdm_chronology *c, uint32_t child)
{
    uint32_t first = 0, end = 0;
    if (child != TDM_NO_INDEX)
        tdm__chronology_child_events(c, child, &first, &end);
    return end - first;
}

static tdm_status compare_child(tdm__child_difference *out, const tdm__chronology_diff *diff, tdm_str id,
                                tdm__arena *arena)
{
    uint32_t before = tdm__chronology_find_child(diff->before, id);
    uint32_t after = tdm__chronology_find_child(diff->after, id);
    size_t room = (size_t)events_of(diff->before, before) + events_of(diff->after, after);
    child_rows rows = {.diff = diff, .arena = arena};
    tdm_status status = TDM_OK;
    *out =
        (tdm__child_difference){.id = id, .before = before != TDM_NO_INDEX, .after = after != TDM_NO_INDEX};
    rows.entries = tdm__alloc_zeroed(arena->allocator, room + 1, sizeof *rows.entries);
    rows.open = tdm__alloc_zeroed(arena->allocator, room + 1, sizeof *rows.open);
    if (!rows.entries || !rows.open)
        status = TDM_NO_MEMORY;
    if (status == TDM_OK) {
        add_entries(&rows, diff->before, before, false);
        add_entries(&rows, diff->after, after, true);
        for (size_t number = 0; number < sizeof signs / sizeof *signs; number++)
            look_for(&rows, &signs[number]);
        status = list_differences(out, &rows);
    }
    if (status == TDM_OK && out->before && out->after)
        status = tdm__diff_child_fields(&out->fields, &out->field_count,
                                        tdm__chronology_child(diff->before, before),
                                        tdm__chronology_child(diff->after, after), arena);
    tdm__free(arena->allocator, rows.entries);
    tdm__free(arena->allocator, rows.open);
    return status;
}

/* The child that comes next in the order of ids, of either version. */
static tdm_str next_child(const tdm__chronology_diff *diff, size_t *before, size_t *after)
{
    bool more_before = *before < tdm_chronology_child_count(diff->before);
    bool more_after = *after < tdm_chronology_child_count(diff->after);
    tdm_str one = tdm_chronology_child_id(diff->before, *before);
    tdm_str other = tdm_chronology_child_id(diff->after, *after);
    int order = !more_after ? -1 : !more_before ? 1 : tdm__str_compare(one, other);
    *before += order <= 0;
    *after += order >= 0;
    return order <= 0 ? one : other;
}

tdm_status tdm__chronology_compare(tdm__chronology_diff *out, const tdm_chronology *before,
                                   const tdm_chronology *after, tdm__arena *arena)
{
    size_t before_count = tdm_chronology_child_count(before), after_count = tdm_chronology_child_count(after);
    tdm_status status = TDM_OK;
    *out = (tdm__chronology_diff){.before = before, .after = after};
    tdm__child_difference *children = tdm__arena_array(arena, before_count + after_count, sizeof *children);
    if (!children)
        return TDM_NO_MEMORY;
    out->children = children;
    for (size_t b = 0, a = 0; status == TDM_OK && (b < before_count || a < after_count);) {
        tdm_str id = next_child(out, &b, &a);
        status = compare_child(&children[out->child_count++], out, id, arena);
    }
    return status;
}

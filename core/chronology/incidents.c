/*
 * Which rows tell one incident: those that state the same `incident`, and those that quote the same
 * reference in the returns of two agencies.
 *
 * A reference ties no rows that open or close an episode (a start and its end carry the same one),
 * and a short running number ("12") is an agency's own counting, so it ties nothing.
 */
#include "chronology/incidents.h"

#include "chronology/groups.h"

#include <stdlib.h>
#include <string.h>

#define REFERENCE_LENGTH_MIN 5

typedef struct told {
    tdm_str word; /* the incident or reference */
    uint32_t event;
    bool reference, replaced;
} told;

static int compare_told(const void *a, const void *b)
{
    const told *x = a, *y = b;
    if (x->reference != y->reference)
        return x->reference ? 1 : -1;
    int order = tdm__str_compare(x->word, y->word);
    if (order != 0)
        return order;
    return (x->event > y->event) - (x->event < y->event);
}

static bool may_tie(const tdm_chronology *c, const told *item)
{
    const tdm__kind *kind = &c->vocabulary->kinds[c->columns.kind[item->event]];
    if (!item->reference)
        return true;
    return item->word.length >= REFERENCE_LENGTH_MIN && kind->opens == TDM_NO_EPISODE &&
           kind->closes == TDM_NO_EPISODE;
}

/* Rows of [first, end) that carry the field, appended. */
static size_t gather(told *out, const tdm_chronology *c, tdm__string_field field, uint32_t first,
                     uint32_t end)
{
    const tdm__sparse *sparse = &c->strings[field];
    size_t count = 0;
    for (size_t at = tdm__sparse_lower_bound(sparse, first);
         at < sparse->count && tdm__sparse_event(sparse, at) < end; at++) {
        uint32_t event = tdm__sparse_event(sparse, at);
        told item = {tdm__chronology_string(c, event, field), event, field == TDM__REFERENCE,
                     tdm__chronology_replaced(c, event, TDM_DAY_AFTER_ALL - 1)};
        if (may_tie(c, &item))
            out[count++] = item;
    }
    return count;
}

static bool agencies_differ(const tdm_chronology *c, const told *items, size_t count)
{
    for (size_t i = 1; i < count; i++)
        if (c->columns.agency[items[i].event] != c->columns.agency[items[0].event])
            return true;
    return false;
}

/* Versions that were replaced tell the incident of those that stand, but they tie none of these together:
 * each joins once. */
static void unite_run(const told *items, size_t count, uint32_t first, uint32_t *parent, uint32_t *joined)
{
    size_t to = 0;
    while (to < count - 1 && items[to].replaced)
        to++;
    for (size_t i = 0; i < count; i++) {
        uint32_t row = items[i].event - first;
        if (i != to && (!items[i].replaced || joined[row]++ == 0))
            tdm__group_join(parent, items[to].event - first, row);
    }
}

/* Unites the rows of each run of equal words. */
static void unite_runs(const tdm_chronology *c, const told *items, size_t count, uint32_t first,
                       uint32_t *parent, uint32_t *joined)
{
    for (size_t start = 0, end; start < count; start = end) {
        for (end = start + 1; end < count && items[end].reference == items[start].reference &&
                              tdm__str_equal(items[end].word, items[start].word);)
            end++;
        if (items[start].reference && !agencies_differ(c, items + start, end - start))
            continue;
        unite_run(items + start, end - start, first, parent, joined);
    }
}

/* Numbers the groups of two rows or more in the order of their first row. `size` counts rows by root. */
static void number_groups(tdm_chronology *c, uint32_t first, uint32_t count, uint32_t *parent, uint32_t *size)
{
    uint32_t next = 1;
    memset(size, 0, count * sizeof *size);
    for (uint32_t i = 0; i < count; i++)
        size[tdm__group_of(parent, i)]++;
    for (uint32_t i = 0; i < count; i++) {
        uint32_t root = tdm__group_of(parent, i);
        if (size[root] < 2)
            continue;
        if (root == i)
            c->columns.incident[first + i] = next++;
        else
            c->columns.incident[first + i] = c->columns.incident[first + root];
    }
}

static bool carries(const tdm__sparse *sparse, uint32_t first, uint32_t end)
{
    size_t at = tdm__sparse_lower_bound(sparse, first);
    return at < sparse->count && tdm__sparse_event(sparse, at) < end;
}

static tdm_status link_child(tdm_chronology *c, uint32_t first, uint32_t end)
{
    uint32_t count = end - first;
    if (!c->columns.incident)
        c->columns.incident = tdm__alloc_zeroed(&c->allocator, c->event_count, sizeof *c->columns.incident);
    if (!c->columns.incident)
        return TDM_NO_MEMORY;
    told *items = tdm__alloc_zeroed(&c->allocator, (size_t)count * 2, sizeof *items);
    uint32_t *parent = tdm__alloc_zeroed(&c->allocator, (size_t)count * 2, sizeof *parent);
    if (items && parent) {
        size_t found = gather(items, c, TDM__INCIDENT, first, end);
        found += gather(items + found, c, TDM__REFERENCE, first, end);
        for (uint32_t i = 0; i < count; i++)
            parent[i] = i;
        if (found > 0)
            qsort(items, found, sizeof *items, compare_told);
        unite_runs(c, items, found, first, parent, parent + count);
        number_groups(c, first, count, parent, parent + count);
    }
    tdm_status status = items && parent ? TDM_OK : TDM_NO_MEMORY;
    tdm__free(&c->allocator, items);
    tdm__free(&c->allocator, parent);
    return status;
}

tdm_status tdm__link_incidents(tdm_chronology *c)
{
    tdm_status status = TDM_OK;
    for (size_t child = 0; status == TDM_OK && child < c->child_count; child++) {
        uint32_t first = c->child_first[child], end = c->child_first[child + 1];
        if (end - first > 1 && (carries(&c->strings[TDM__INCIDENT], first, end) ||
                                carries(&c->strings[TDM__REFERENCE], first, end)))
            status = link_child(c, first, end);
    }
    return status;
}

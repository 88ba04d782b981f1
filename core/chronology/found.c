/*
 * Which incidents of a history may be one, though nobody says so. What that means for a count is the
 * business of units and measures; nothing here changes a row, a date or an incident.
 *
 * Two incidents fit when no agency tells both (two entries of one agency are two by its own count), a
 * kind of each stands in the same incident group, and their days lie no further apart than the
 * larger of the two tolerances. A group holds only incidents of which every two fit, so that nothing chains:
 * five call-outs on five days running never become one. The closest are joined first, entries of one kind
 * before entries of two, the earlier ones before the later, so that a call-out and the school's note
 * of the same evening are not torn apart by another one the day before. The order of the files decides only
 * between entries that are alike in all of that.
 */
#include "chronology/found.h"

#include "chronology/table.h"

#include <stdlib.h>

#define AGENCY_BITS 64
#define SEVERAL     (TDM_NO_INDEX - 1) /* kinds of one incident differ */

typedef struct node {
    tdm_day from, to;
    tdm_day reached; /* latest day of the nodes up to this one, in its incident group */
    uint32_t incident;
    uint32_t incident_group;
    uint32_t kind;
    int32_t tolerance_days;
    uint64_t agencies; /* of the whole set, where it is the first of one */
    uint32_t next;     /* of its set; TDM_NO_INDEX: the last */
    uint32_t tail;     /* of its set, where it is the first */
    bool joined;       /* to a set whose first it is not */
} node;

typedef struct finder {
    tdm_history *history;
    node *nodes; /* by incident group, from, to, incident */
    uint32_t count;
    uint32_t *node_of; /* by incident: node + 1 */
    uint16_t agencies[AGENCY_BITS];
    uint32_t agency_count;
} finder;

/* How close two incidents must be to be joined in this round. */
typedef struct closeness {
    int32_t days;
    bool same_kind;
    bool overlap; /* doubtful dates that may lie so close, rather than surely do */
} closeness;

static const tdm__kind *kind_of(const tdm_history *h, uint32_t row)
{
    return &h->chronology->vocabulary->kinds[h->chronology->columns.kind[h->rows[row].event]];
}

static bool may_group(const tdm_history *h, uint32_t row)
{
    return h->rows[row].dated && kind_of(h, row)->incident_group != TDM_NO_INDEX;
}

/* Beyond 64 agencies of one child the last bit is shared: those are never joined. */
static uint64_t agency_bit(finder *f, uint16_t agency)
{
    uint32_t at = 0;
    while (at < f->agency_count && f->agencies[at] != agency)
        at++;
    if (at == AGENCY_BITS)
        at--;
    else if (at == f->agency_count)
        f->agencies[f->agency_count++] = agency;
    return (uint64_t)1 << at;
}

/* An incident is of the group of its first row that has one. */
static void add_row(finder *f, uint32_t row)
{
    const tdm_history *h = f->history;
    const tdm__kind *kind = kind_of(h, row);
    uint32_t incident = h->rows[row].incident, index = h->chronology->columns.kind[h->rows[row].event];
    if (f->node_of[incident] == 0) {
        f->nodes[f->count] = (node){.from = h->incidents[incident].from,
                                    .to = h->incidents[incident].to,
                                    .incident = incident,
                                    .incident_group = kind->incident_group,
                                    .kind = index,
                                    .tolerance_days = kind->tolerance_days,
                                    .next = TDM_NO_INDEX};
        f->node_of[incident] = ++f->count;
        return;
    }
    node *of = &f->nodes[f->node_of[incident] - 1];
    of->kind = of->kind == index ? index : SEVERAL;
    if (kind->incident_group == of->incident_group && kind->tolerance_days > of->tolerance_days)
        of->tolerance_days = kind->tolerance_days;
}

static int compare_nodes(const void *a, const void *b)
{
    const node *x = a, *y = b;
    if (x->incident_group != y->incident_group)
        return x->incident_group < y->incident_group ? -1 : 1;
    if (x->from != y->from)
        return x->from < y->from ? -1 : 1;
    if (x->to != y->to)
        return x->to < y->to ? -1 : 1;
    return (x->incident > y->incident) - (x->incident < y->incident);
}

static void gather(finder *f)
{
    const tdm_history *h = f->history;
    for (uint32_t row = 0; row < h->row_count; row++)
        if (may_group(h, row))
            add_row(f, row);
    for (uint32_t row = 0; row < h->row_count; row++)
        if (f->node_of[h->rows[row].incident] != 0)
            f->nodes[f->node_of[h->rows[row].incident] - 1].agencies |=
                agency_bit(f, h->chronology->columns.agency[h->rows[row].event]);
    qsort(f->nodes, f->count, sizeof *f->nodes, compare_nodes);
    for (uint32_t i = 0; i < f->count; i++) {
        node *at = &f->nodes[i];
        at->tail = i;
        at->reached = at->to;
        if (i > 0 && at[-1].incident_group == at->incident_group && at[-1].reached > at->to)
            at->reached = at[-1].reached;
    }
}

static int32_t apart(tdm_day a, tdm_day b)
{
    return a < b ? b - a : a - b;
}

static bool close_enough(const node *a, const node *b, const closeness *wanted)
{
    int32_t tolerance = a->tolerance_days > b->tolerance_days ? a->tolerance_days : b->tolerance_days;
    if (wanted->same_kind && (a->kind != b->kind || a->kind == SEVERAL))
        return false;
    if (wanted->overlap)
        return a->from <= b->to + tolerance && b->from <= a->to + tolerance;
    return wanted->days <= tolerance && apart(a->from, b->from) <= wanted->days &&
           apart(a->to, b->to) <= wanted->days;
}

/* Every one of the one set with every one of the other. */
static bool sets_fit(const finder *f, uint32_t first, uint32_t second, const closeness *wanted)
{
    if (f->nodes[first].agencies & f->nodes[second].agencies)
        return false;
    for (uint32_t a = first; a != TDM_NO_INDEX; a = f->nodes[a].next)
        for (uint32_t b = second; b != TDM_NO_INDEX; b = f->nodes[b].next)
            if (!close_enough(&f->nodes[a], &f->nodes[b], wanted))
                return false;
    return true;
}

/* Whether no node before `earlier` can be close to the `later` one. */
static bool out_of_reach(const node *earlier, const node *later, const closeness *wanted)
{
    return earlier->incident_group != later->incident_group ||
           (wanted->overlap ? earlier->reached + TDM_TOLERANCE_DAYS_MAX < later->from
                            : later->from - earlier->from > wanted->days);
}

/* Joins each set to the earliest one before it that fits. A set that has grown fits no more than before, so
 * once through is enough. */
static void join_close(finder *f, const closeness *wanted)
{
    for (uint32_t i = 1; i < f->count; i++) {
        uint32_t found = TDM_NO_INDEX;
        if (f->nodes[i].joined)
            continue;
        for (uint32_t k = i; k-- > 0 && !out_of_reach(&f->nodes[k], &f->nodes[i], wanted);)
            if (!f->nodes[k].joined && sets_fit(f, k, i, wanted))
                found = k;
        if (found == TDM_NO_INDEX)
            continue;
        node *first = &f->nodes[found];
        f->nodes[first->tail].next = i;
        first->tail = f->nodes[i].tail;
        first->agencies |= f->nodes[i].agencies;
        f->nodes[i].joined = true;
    }
}

static void join_all(finder *f)
{
    int32_t widest = 0;
    bool doubtful = false;
    for (uint32_t i = 0; i < f->count; i++) {
        widest = f->nodes[i].tolerance_days > widest ? f->nodes[i].tolerance_days : widest;
        doubtful = doubtful || f->nodes[i].from < f->nodes[i].to;
    }
    for (int32_t days = 0; days <= widest; days++)
        for (int kinds = 1; kinds <= 2; kinds++)
            join_close(f, &(closeness){.days = days, .same_kind = kinds == 1});
    for (int kinds = 1; kinds <= 2 && doubtful; kinds++)
        join_close(f, &(closeness){.same_kind = kinds == 1, .overlap = true});
}

/* From here on `tail` of a joined node is the first of its set, and `node_of` follows the sorted order. */
static void point_at_firsts(finder *f)
{
    for (uint32_t i = 0; i < f->count; i++)
        f->node_of[f->nodes[i].incident] = i + 1;
    for (uint32_t i = 0; i < f->count; i++)
        for (uint32_t k = f->nodes[i].joined ? TDM_NO_INDEX : f->nodes[i].next; k != TDM_NO_INDEX;
             k = f->nodes[k].next)
            f->nodes[k].tail = i;
}

/* Numbers the sets of two incidents or more by their first row. */
static uint32_t number_groups(finder *f)
{
    tdm_history *h = f->history;
    uint32_t groups = 0;
    for (uint32_t row = 0; row < h->row_count; row++) {
        uint32_t at = f->node_of[h->rows[row].incident];
        if (at == 0 || h->incidents[h->rows[row].incident].found != TDM_NO_INDEX)
            continue;
        uint32_t first = f->nodes[at - 1].joined ? f->nodes[at - 1].tail : at - 1;
        if (f->nodes[first].next == TDM_NO_INDEX)
            continue;
        for (uint32_t i = first; i != TDM_NO_INDEX; i = f->nodes[i].next)
            h->incidents[f->nodes[i].incident].found = groups;
        groups++;
    }
    return groups;
}

static bool dates_differ(const tdm_history *h, const uint32_t *rows, uint32_t count)
{
    tdm_day latest_from = TDM_DAY_BEFORE_ALL, earliest_to = TDM_DAY_AFTER_ALL;
    for (uint32_t i = 0; i < count; i++) {
        const tdm__row *row = &h->rows[rows[i]];
        latest_from = row->from > latest_from ? row->from : latest_from;
        earliest_to = row->to < earliest_to ? row->to : earliest_to;
    }
    return latest_from > earliest_to;
}

static tdm_status list_rows(tdm_history *h, uint32_t groups)
{
    tdm__found_group *found = tdm__arena_array(h->arena, groups, sizeof *found);
    uint32_t **rows = tdm__arena_array(h->arena, groups, sizeof *rows);
    if (!found || !rows)
        return TDM_NO_MEMORY;
    for (uint32_t row = 0; row < h->row_count; row++)
        if (h->rows[row].dated && h->incidents[h->rows[row].incident].found != TDM_NO_INDEX)
            found[h->incidents[h->rows[row].incident].found].row_count++;
    for (uint32_t i = 0; i < groups; i++) {
        found[i].rows = rows[i] = tdm__arena_array(h->arena, found[i].row_count, sizeof **rows);
        if (!rows[i])
            return TDM_NO_MEMORY;
        found[i].row_count = 0;
    }
    for (uint32_t row = 0; row < h->row_count; row++) {
        uint32_t at = h->incidents[h->rows[row].incident].found;
        if (h->rows[row].dated && at != TDM_NO_INDEX)
            rows[at][found[at].row_count++] = row;
    }
    for (uint32_t i = 0; i < groups; i++)
        found[i].dates_differ = dates_differ(h, rows[i], found[i].row_count);
    h->found_groups = found;
    h->found_group_count = groups;
    return TDM_OK;
}

/* How many rows may be grouped; 0 where no two of them come near each other, as in most short histories. */
static tdm_status count_candidates(uint32_t *out, const tdm_history *h)
{
    size_t groups = h->chronology->vocabulary->incident_groups.count;
    tdm_day *reached = tdm__arena_array(h->arena, groups, sizeof *reached);
    bool any_near = false;
    uint32_t count = 0;
    *out = 0;
    if (!reached)
        return TDM_NO_MEMORY;
    for (size_t i = 0; i < groups; i++)
        reached[i] = TDM_DAY_BEFORE_ALL;
    for (uint32_t row = 0; row < h->row_count; row++) {
        if (!may_group(h, row))
            continue;
        tdm_day *last = &reached[kind_of(h, row)->incident_group];
        count++;
        any_near = any_near || h->rows[row].from <= *last + TDM_TOLERANCE_DAYS_MAX;
        *last = h->rows[row].to > *last ? h->rows[row].to : *last;
    }
    *out = any_near ? count : 0;
    return TDM_OK;
}

tdm_status tdm__find_groups(tdm_history *h)
{
    finder f = {.history = h};
    uint32_t candidates;
    for (uint32_t i = 0; i < h->incident_count; i++)
        h->incidents[i].found = TDM_NO_INDEX;
    tdm_status status = count_candidates(&candidates, h);
    if (status != TDM_OK || candidates == 0)
        return status;
    f.nodes = tdm__arena_array(h->arena, candidates, sizeof *f.nodes);
    f.node_of = tdm__arena_array(h->arena, h->incident_count, sizeof *f.node_of);
    if (!f.nodes || !f.node_of)
        return TDM_NO_MEMORY;
    gather(&f);
    join_all(&f);
    point_at_firsts(&f);
    uint32_t groups = number_groups(&f);
    return groups > 0 ? list_rows(h, groups) : TDM_OK;
}

const tdm__found_group *tdm__history_found_groups(const tdm_history *h, uint32_t *count)
{
    *count = h->found_group_count;
    return h->found_groups;
}

/*
 * From a builder to a frozen table: children by id, events by child, sort day and order of coming,
 * versions of one entry settled, sparse columns brought into the new order, sources tied to children.
 */
#include "chronology/builder.h"

#include "chronology/deal.h"
#include "chronology/households.h"
#include "chronology/incidents.h"
#include "chronology/versions.h"

#include <stdlib.h>
#include <string.h>

/* The sort day of an event: its earliest day; the latest where the start is open; undated ones last. */
static tdm_day sort_day(const tdm__columns *columns, size_t event)
{
    return columns->day_from[event] == TDM_DAY_BEFORE_ALL ? tdm__column_day_to(columns, event)
                                                          : columns->day_from[event];
}

typedef struct ranked_child {
    uint64_t start; /* the first eight bytes of the id: most ids differ there */
    uint32_t number;
} ranked_child;

static uint64_t start_of(tdm_str id)
{
    uint64_t start = 0;
    for (size_t i = 0; i < 8; i++)
        start = start << 8 | (i < id.length ? (unsigned char)id.data[i] : 0);
    return start;
}

/* One byte of the starts, whatever order the items had staying among equals; false: all have the same. */
static bool part_by_byte(ranked_child *to, const ranked_child *from, size_t count, unsigned shift)
{
    uint32_t next[256] = {0}, before = 0;
    for (size_t i = 0; i < count; i++)
        next[from[i].start >> shift & 0xFF]++;
    if (next[from[0].start >> shift & 0xFF] == count)
        return false;
    for (size_t i = 0; i < 256; i++) {
        uint32_t here = next[i];
        next[i] = before;
        before += here;
    }
    for (size_t i = 0; i < count; i++)
        to[next[from[i].start >> shift & 0xFF]++] = from[i];
    return true;
}

/* From the last byte of the starts to the first. *order and *room may change places. */
static void sort_by_start(ranked_child **order, ranked_child **room, size_t count)
{
    for (unsigned shift = 0; count > 1 && shift < 64; shift += 8) {
        if (!part_by_byte(*room, *order, count, shift))
            continue;
        ranked_child *sorted = *room;
        *room = *order;
        *order = sorted;
    }
}

typedef struct named_child {
    tdm_str id;
    uint32_t number;
} named_child;

static int compare_named(const void *a, const void *b)
{
    const named_child *x = a, *y = b;
    return tdm__str_compare(x->id, y->id);
}

/* Puts children in order whose ids start alike. */
static tdm_status sort_alike(ranked_child *order, size_t count, const tdm_chronology *c)
{
    named_child *named = tdm__alloc_zeroed(&c->allocator, count, sizeof *named);
    if (!named)
        return TDM_NO_MEMORY;
    for (size_t i = 0; i < count; i++)
        named[i] = (named_child){c->children[order[i].number].id, order[i].number};
    qsort(named, count, sizeof *named, compare_named);
    for (size_t i = 0; i < count; i++)
        order[i].number = named[i].number;
    tdm__free(&c->allocator, named);
    return TDM_OK;
}

static tdm_status sort_all_alike(ranked_child *order, const tdm_chronology *c)
{
    tdm_status status = TDM_OK;
    for (size_t first = 0, end; first < c->child_count && status == TDM_OK; first = end) {
        for (end = first + 1; end < c->child_count && order[end].start == order[first].start;)
            end++;
        if (end - first > 1)
            status = sort_alike(order + first, end - first, c);
    }
    return status;
}

/* order[place].number = child as they came. *order and *room may change places. */
static tdm_status order_children(ranked_child **order, ranked_child **room, const tdm_chronology *c)
{
    for (size_t i = 0; i < c->child_count; i++)
        (*order)[i] = (ranked_child){start_of(c->children[i].id), (uint32_t)i};
    sort_by_start(order, room, c->child_count);
    return sort_all_alike(*order, c);
}

/* The dictionary goes with the builder: ids become the chronology's own. rank[number as they came] = place.
 */
static tdm_status place_children(tdm__child *sorted, uint32_t *rank, tdm_chronology *c,
                                 const ranked_child *order)
{
    for (size_t i = 0; i < c->child_count; i++) {
        sorted[i] = c->children[order[i].number];
        rank[order[i].number] = (uint32_t)i;
        sorted[i].id = tdm__arena_copy(&c->arena, sorted[i].id);
        if (!sorted[i].id.data)
            return TDM_NO_MEMORY;
    }
    return TDM_OK;
}

/* Sorts the children by id. */
static tdm_status sort_children(tdm__builder *builder, uint32_t *rank)
{
    tdm_chronology *c = builder->chronology;
    ranked_child *order = tdm__alloc_zeroed(&c->allocator, c->child_count + 1, sizeof *order);
    ranked_child *room = tdm__alloc_zeroed(&c->allocator, c->child_count + 1, sizeof *room);
    tdm__child *sorted = tdm__alloc_zeroed(&c->allocator, c->child_count + 1, sizeof *sorted);
    tdm_status status = order && room && sorted ? order_children(&order, &room, c) : TDM_NO_MEMORY;
    if (status == TDM_OK)
        status = place_children(sorted, rank, c, order);
    if (status == TDM_OK) {
        tdm__child *as_they_came = c->children;
        c->children = sorted;
        builder->child_capacity = c->child_count + 1;
        sorted = as_they_came;
    }
    tdm__free(&c->allocator, order);
    tdm__free(&c->allocator, room);
    tdm__free(&c->allocator, sorted);
    return status;
}

/* An event in its child's stretch of the order. */
typedef struct dated_event {
    tdm_day day;
    uint32_t event; /* ascends as they came */
} dated_event;

static int compare_dated(const void *a, const void *b)
{
    const dated_event *x = a, *y = b;
    if (x->day != y->day)
        return x->day < y->day ? -1 : 1;
    return (x->event > y->event) - (x->event < y->event);
}

#define FEW_EVENTS 64 /* up to here each is put into its place one by one */

static void sort_child(dated_event *events, size_t count)
{
    if (count > FEW_EVENTS) {
        qsort(events, count, sizeof *events, compare_dated);
        return;
    }
    for (size_t i = 1; i < count; i++) {
        dated_event event = events[i];
        size_t at = i;
        for (; at > 0 && events[at - 1].day > event.day; at--)
            events[at] = events[at - 1];
        events[at] = event;
    }
}

/* Every event into its child's stretch, as they came; `next` is used up. */
static void part_by_child(dated_event *events, uint32_t *next, const tdm__builder *builder,
                          const uint32_t *rank)
{
    const tdm_chronology *c = builder->chronology;
    for (size_t i = 0; i < c->event_count; i++)
        events[next[rank[builder->event_child[i]]]++] = (dated_event){sort_day(&c->columns, i), (uint32_t)i};
}

/* order[place] = event, stable by child rank and sort day. *order is allocated; child_offsets come first. */
static tdm_status sorted_order(uint32_t **order, const tdm__builder *builder, const uint32_t *rank)
{
    const tdm_chronology *c = builder->chronology;
    size_t count = c->event_count;
    dated_event *events = tdm__alloc(&c->allocator, (count + 1) * sizeof *events);
    uint32_t *next = tdm__alloc(&c->allocator, (c->child_count + 1) * sizeof *next);
    tdm_status status = events && next ? TDM_OK : TDM_NO_MEMORY;
    if (status == TDM_OK) {
        memcpy(next, c->child_first, (c->child_count + 1) * sizeof *next);
        part_by_child(events, next, builder, rank);
        for (size_t i = 0; i < c->child_count; i++)
            sort_child(events + c->child_first[i], c->child_first[i + 1] - c->child_first[i]);
    }
    tdm__free(&c->allocator, next);
    *order = status == TDM_OK ? tdm__alloc(&c->allocator, (count + 1) * sizeof **order) : NULL;
    for (size_t i = 0; *order && i < count; i++)
        (*order)[i] = events[i].event;
    tdm__free(&c->allocator, events);
    return *order ? TDM_OK : TDM_NO_MEMORY;
}

/* Offsets of each child's events in `order`. */
static tdm_status child_offsets(tdm__builder *builder, const uint32_t *rank)
{
    tdm_chronology *c = builder->chronology;
    c->child_first = tdm__alloc_zeroed(&c->allocator, c->child_count + 1, sizeof *c->child_first);
    if (!c->child_first)
        return TDM_NO_MEMORY;
    for (size_t i = 0; i < c->event_count; i++)
        c->child_first[rank[builder->event_child[i]] + 1]++;
    for (size_t i = 0; i < c->child_count; i++)
        c->child_first[i + 1] += c->child_first[i];
    return TDM_OK;
}

/* Takes out of the order what is said again, and closes the gaps. */
static void close_gaps(tdm_chronology *c, uint32_t *order)
{
    size_t place = 0, kept = 0;
    for (size_t i = 0; i < c->child_count; i++) {
        for (; place < c->child_first[i + 1]; place++)
            if (order[place] != TDM_NO_INDEX)
                order[kept++] = order[place];
        c->child_first[i + 1] = (uint32_t)kept;
    }
    c->event_count = kept;
}

/* Whether two of a child's few events have one id. */
static bool may_repeat(const tdm_chronology *c, const uint32_t *order, size_t first, size_t end)
{
    uint64_t ids[FEW_EVENTS];
    size_t count = end - first;
    if (count > FEW_EVENTS)
        return true;
    for (size_t i = 0; i < count; i++) {
        ids[i] = c->columns.id[order[first + i]];
        for (size_t k = 0; k < i; k++)
            if (ids[k] == ids[i])
                return true;
    }
    return false;
}

static tdm_status settle_children(tdm__settling *settling, const tdm_chronology *c)
{
    size_t largest = 0;
    tdm_status status = TDM_OK;
    for (size_t i = 0; i < c->child_count; i++)
        if (c->child_first[i + 1] - c->child_first[i] > largest)
            largest = c->child_first[i + 1] - c->child_first[i];
    tdm__claim *room = tdm__alloc_zeroed(&c->allocator, largest + 1, sizeof *room);
    if (!room)
        return TDM_NO_MEMORY;
    for (size_t i = 0; status == TDM_OK && i < c->child_count; i++)
        if (c->replacement_count > 0 ||
            may_repeat(c, settling->order, c->child_first[i], c->child_first[i + 1]))
            status = tdm__settle_child(settling, c->child_first[i], c->child_first[i + 1], room);
    tdm__free(&c->allocator, room);
    return status;
}

/* Drops repeated events from the order and notes what corrects or withdraws what. */
static tdm_status settle_versions(tdm_chronology *c, uint32_t *order, tdm__diagnostics *diagnostics)
{
    tdm__settling settling;
    tdm_status status = tdm__settling_new(&settling, c, order);
    if (status == TDM_OK)
        status = settle_children(&settling, c);
    if (status == TDM_OK && settling.repeats > 0) {
        close_gaps(c, order);
        status = tdm__diagnose(diagnostics, TDM__INFORMATION, "rows-repeated", TDM_LIT(""), 0, TDM_LIT(""),
                               "%zu entries stand in more than one input, or twice in one, and are counted "
                               "once",
                               settling.repeats);
        if (status == TDM_OK)
            tdm__diagnosed_times(diagnostics, (int64_t)settling.repeats);
    }
    if (status == TDM_OK)
        status = tdm__settling_report(&settling, diagnostics);
    tdm__settling_free(&settling);
    return status;
}

/* Items in their new order; one loop for each size that columns have. */
static void gather(char *to, const char *from, size_t item_size, const uint32_t *order, size_t count)
{
    for (size_t i = 0; item_size == 2 && i < count; i++)
        memcpy(to + i * 2, from + (size_t)order[i] * 2, 2);
    for (size_t i = 0; item_size == 4 && i < count; i++)
        memcpy(to + i * 4, from + (size_t)order[i] * 4, 4);
    for (size_t i = 0; item_size == 8 && i < count; i++)
        memcpy(to + i * 8, from + (size_t)order[i] * 8, 8);
}

typedef struct new_order {
    const uint32_t *order;
    size_t count;
} new_order;

static void gather_items(char *to, const char *from, size_t item_size, const void *payload)
{
    const new_order *new = payload;
    gather(to, from, item_size, new->order, new->count);
}

/* capacity: of each column as it is. */
static tdm_status permute_columns(tdm_chronology *c, const uint32_t *order, size_t capacity)
{
    tdm__columns *k = &c->columns;
    const tdm__column_ref columns[] = {TDM__COLUMN_MAP(TDM__COLUMN_REF)};
    new_order new = {order, c->event_count};
    tdm__moving moving = {&c->allocator, capacity, c->event_count, gather_items, &new};
    return tdm__move_columns(columns, sizeof columns / sizeof *columns, &moving);
}

typedef struct sparse_entry {
    uint32_t event; /* new place */
    uint32_t at;    /* old entry */
} sparse_entry;

static int compare_entries(const void *a, const void *b)
{
    const sparse_entry *x = a, *y = b;
    if (x->event != y->event)
        return x->event < y->event ? -1 : 1;
    return (x->at > y->at) - (x->at < y->at);
}

/* Where many events have a value, a walk over the places is faster than sorting what comes. */
#define WALK_FROM_ONE_IN 16

/* Values by the new places of their events, those of dropped events left out; the last one given for an event
 * stands. `values` has room for all. */
static tdm_status place_by_walk(char *values, const tdm_chronology *c, tdm__sparse *sparse, size_t item_size,
                                const uint32_t *place_of)
{
    const char *from = sparse->values;
    uint32_t *last = tdm__alloc_zeroed(&c->allocator, c->event_count + 1, sizeof *last);
    if (!last)
        return TDM_NO_MEMORY;
    for (size_t i = 0; i < sparse->count; i++)
        if (place_of[tdm__sparse_event(sparse, i)] != TDM_NO_INDEX)
            last[place_of[tdm__sparse_event(sparse, i)]] = (uint32_t)i + 1;
    sparse->count = 0;
    for (uint32_t place = 0; place < c->event_count; place++) {
        if (last[place] == 0)
            continue;
        memcpy(values + sparse->count * item_size, from + (size_t)(last[place] - 1) * item_size, item_size);
        if (sparse->events)
            sparse->events[sparse->count] = place;
        sparse->count++;
    }
    tdm__free(&c->allocator, last);
    return TDM_OK;
}

/* The same by sorting. */
static tdm_status place_by_sort(char *values, const tdm_chronology *c, tdm__sparse *sparse, size_t item_size,
                                const uint32_t *place_of)
{
    const char *from = sparse->values;
    size_t kept = 0;
    sparse_entry *entries = tdm__alloc(&c->allocator, sparse->count * sizeof *entries);
    if (!entries)
        return TDM_NO_MEMORY;
    for (size_t i = 0; i < sparse->count; i++)
        if (place_of[tdm__sparse_event(sparse, i)] != TDM_NO_INDEX)
            entries[kept++] = (sparse_entry){place_of[tdm__sparse_event(sparse, i)], (uint32_t)i};
    if (kept > 1)
        qsort(entries, kept, sizeof *entries, compare_entries);
    sparse->count = 0;
    for (size_t i = 0; i < kept; i++) {
        bool again = i > 0 && entries[i - 1].event == entries[i].event;
        size_t at = again ? sparse->count - 1 : sparse->count++;
        sparse->events[at] = entries[i].event;
        memcpy(values + at * item_size, from + (size_t)entries[i].at * item_size, item_size);
    }
    tdm__free(&c->allocator, entries);
    return TDM_OK;
}

static tdm_status renumber(tdm_chronology *c, tdm__sparse *sparse, size_t item_size, const uint32_t *place_of,
                           size_t events_before)
{
    if (sparse->count == 0)
        return TDM_OK;
    /* Unlisted events stay so only where all have a value. */
    if (sparse->count < events_before && tdm__sparse_list_events(&c->allocator, sparse) != TDM_OK)
        return TDM_NO_MEMORY;
    char *values = tdm__alloc(&c->allocator, sparse->count * item_size);
    if (!values)
        return TDM_NO_MEMORY;
    bool walk = !sparse->events || sparse->count >= c->event_count / WALK_FROM_ONE_IN;
    tdm_status status = walk ? place_by_walk(values, c, sparse, item_size, place_of)
                             : place_by_sort(values, c, sparse, item_size, place_of);
    tdm__free(&c->allocator, status == TDM_OK ? sparse->values : values);
    if (status == TDM_OK)
        sparse->values = values;
    return status;
}

static tdm_status renumber_all(tdm_chronology *c, const uint32_t *order, size_t events_before)
{
    uint32_t *place_of = tdm__alloc(&c->allocator, (events_before + 1) * sizeof *place_of);
    if (!place_of)
        return TDM_NO_MEMORY;
    memset(place_of, 0xFF, (events_before + 1) * sizeof *place_of);
    for (size_t i = 0; i < c->event_count; i++)
        place_of[order[i]] = (uint32_t)i;
    tdm__versions_renumber(c, place_of);
    tdm_status status = renumber(c, &c->ended, sizeof(tdm__period), place_of, events_before);
    for (int field = 0; status == TDM_OK && field < TDM__STRING_FIELDS; field++)
        status = renumber(c, &c->strings[field], sizeof(tdm__text_ref), place_of, events_before);
    for (size_t key = 0; status == TDM_OK && key < c->fact_column_count; key++)
        status = renumber(c, &c->facts[key], sizeof(tdm__fact_cell), place_of, events_before);
    tdm__free(&c->allocator, place_of);
    return status;
}

/* Ids of the children a source is about become numbers; ids that no child has are left out. */
static tdm_status resolve_source_children(tdm__builder *builder, const uint32_t *rank)
{
    tdm_chronology *c = builder->chronology;
    for (size_t i = 0; i < c->source_count; i++) {
        tdm__source *source = &c->sources[i];
        uint32_t *numbers = tdm__arena_array(&c->arena, source->child_count, sizeof *numbers);
        size_t known = 0;
        if (!numbers)
            return TDM_NO_MEMORY;
        for (size_t k = 0; k < source->child_count; k++) {
            uint32_t number = tdm__dictionary_find(&builder->child_ids, builder->source_children[i][k]);
            if (number != TDM_NO_INDEX)
                numbers[known++] = rank[number];
        }
        source->any_child = source->child_count == 0;
        source->children = numbers;
        source->child_count = known;
    }
    return TDM_OK;
}

tdm_status tdm__builder_freeze(tdm_chronology **out, tdm__builder *builder, tdm__diagnostics *diagnostics)
{
    tdm_chronology *c = builder->chronology;
    size_t events_before = c->event_count;
    uint32_t *order = NULL, *rank = tdm__alloc_zeroed(&c->allocator, c->child_count + 1, sizeof *rank);
    *out = NULL;
    tdm_status status = rank ? sort_children(builder, rank) : TDM_NO_MEMORY;
    if (status == TDM_OK)
        status = tdm__deal_out(builder, rank);
    if (status == TDM_OK)
        status = child_offsets(builder, rank);
    if (status == TDM_OK)
        status = sorted_order(&order, builder, rank);
    /* From here on the offsets say whose an event is. */
    tdm__free(&c->allocator, builder->event_child);
    builder->event_child = NULL;
    if (status == TDM_OK)
        status = settle_versions(c, order, diagnostics);
    if (status == TDM_OK)
        status = permute_columns(c, order, builder->event_capacity);
    if (status == TDM_OK)
        status = renumber_all(c, order, events_before);
    if (status == TDM_OK)
        status = resolve_source_children(builder, rank);
    if (status == TDM_OK)
        status = tdm__link_incidents(c);
    if (status == TDM_OK)
        status = tdm__index_households(c);
    tdm__free(&c->allocator, order);
    tdm__free(&c->allocator, rank);
    if (status != TDM_OK)
        return status;
    tdm_allocator allocator = c->allocator;
    tdm__dictionary_free(&builder->child_ids);
    tdm__dictionary_free(&builder->source_ids);
    tdm__free(&allocator, builder->source_children);
    builder->source_children = NULL;
    /* What stays behind is an empty table, so that the builder can be freed as any other. */
    builder->chronology = tdm__alloc_zeroed(&allocator, 1, sizeof *builder->chronology);
    if (!builder->chronology) {
        builder->chronology = c;
        return TDM_NO_MEMORY;
    }
    builder->chronology->allocator = allocator;
    *out = c;
    return TDM_OK;
}

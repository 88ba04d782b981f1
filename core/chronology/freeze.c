/*
 * From a builder to a frozen table: children by id, events by child, sort day and order of coming,
 * repeated events dropped, sparse columns brought into the new order, sources tied to children.
 */
#include "chronology/builder.h"

#include "chronology/incidents.h"

#include <stdlib.h>
#include <string.h>

/* The sort day of an event: its earliest day; the latest where the start is open; undated ones last. */
static tdm_day sort_day(const tdm__columns *columns, size_t event)
{
    return columns->day_from[event] == TDM_DAY_BEFORE_ALL ? columns->day_to[event] : columns->day_from[event];
}

typedef struct ranked_child {
    tdm_str id;
    uint32_t number;
} ranked_child;

static int compare_children(const void *a, const void *b)
{
    return tdm__str_compare(((const ranked_child *)a)->id, ((const ranked_child *)b)->id);
}

/* Sorts the children by id; rank[number as they came] = place. */
static tdm_status sort_children(tdm__builder *builder, uint32_t *rank)
{
    tdm_chronology *c = builder->chronology;
    ranked_child *order = tdm__alloc_zeroed(&c->allocator, c->child_count + 1, sizeof *order);
    tdm__child *sorted = tdm__alloc_zeroed(&c->allocator, c->child_count + 1, sizeof *sorted);
    tdm_status status = order && sorted ? TDM_OK : TDM_NO_MEMORY;
    for (size_t i = 0; status == TDM_OK && i < c->child_count; i++)
        order[i] = (ranked_child){c->children[i].id, (uint32_t)i};
    if (status == TDM_OK && c->child_count > 0)
        qsort(order, c->child_count, sizeof *order, compare_children);
    for (size_t i = 0; status == TDM_OK && i < c->child_count; i++) {
        sorted[i] = c->children[order[i].number];
        rank[order[i].number] = (uint32_t)i;
        /* The dictionary goes with the builder: the id becomes the chronology's own. */
        sorted[i].id = tdm__arena_copy(&c->arena, sorted[i].id);
        if (!sorted[i].id.data)
            status = TDM_NO_MEMORY;
    }
    if (status == TDM_OK && c->child_count > 0)
        memcpy(c->children, sorted, c->child_count * sizeof *sorted);
    tdm__free(&c->allocator, order);
    tdm__free(&c->allocator, sorted);
    return status;
}

#define RADIX_BITS 16
#define RADIX_SIZE ((size_t)1 << RADIX_BITS)

/* One stable pass over 16 bits of the keys; false when all events share them and nothing moved. */
static bool radix_pass(const uint64_t *keys, const uint32_t *from, uint32_t *to, size_t count, int shift,
                       uint32_t *starts)
{
    memset(starts, 0, RADIX_SIZE * sizeof *starts);
    for (size_t i = 0; i < count; i++)
        starts[keys[i] >> shift & (RADIX_SIZE - 1)]++;
    if (starts[keys[0] >> shift & (RADIX_SIZE - 1)] == count)
        return false;
    uint32_t at = 0;
    for (size_t i = 0; i < RADIX_SIZE; i++) {
        uint32_t size = starts[i];
        starts[i] = at;
        at += size;
    }
    for (size_t i = 0; i < count; i++)
        to[starts[keys[from[i]] >> shift & (RADIX_SIZE - 1)]++] = from[i];
    return true;
}

/* order[place] = event, stable by child rank and sort day. *order is allocated. */
static tdm_status sorted_order(uint32_t **order, const tdm__builder *builder, const uint32_t *rank)
{
    const tdm_chronology *c = builder->chronology;
    size_t count = c->event_count;
    uint64_t *keys = tdm__alloc_zeroed(&c->allocator, count + 1, sizeof *keys);
    uint32_t *from = tdm__alloc_zeroed(&c->allocator, count + 1, sizeof *from);
    uint32_t *to = tdm__alloc_zeroed(&c->allocator, count + 1, sizeof *to);
    uint32_t *starts = tdm__alloc_zeroed(&c->allocator, RADIX_SIZE, sizeof *starts);
    tdm_status status = keys && from && to && starts ? TDM_OK : TDM_NO_MEMORY;
    for (size_t i = 0; status == TDM_OK && i < count; i++) {
        uint32_t day = (uint32_t)sort_day(&c->columns, i) ^ 0x80000000u; /* signed order as unsigned */
        keys[i] = (uint64_t)rank[builder->event_child[i]] << 32 | day;
        from[i] = (uint32_t)i;
    }
    for (int shift = 0; status == TDM_OK && count > 0 && shift < 64; shift += RADIX_BITS) {
        if (radix_pass(keys, from, to, count, shift, starts)) {
            uint32_t *swap = from;
            from = to;
            to = swap;
        }
    }
    tdm__free(&c->allocator, keys);
    tdm__free(&c->allocator, to);
    tdm__free(&c->allocator, starts);
    if (status != TDM_OK) {
        tdm__free(&c->allocator, from);
        from = NULL;
    }
    *order = from;
    return status;
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

typedef struct identified {
    uint64_t id;
    uint32_t place; /* in the order */
} identified;

static int compare_identified(const void *a, const void *b)
{
    const identified *x = a, *y = b;
    if (x->id != y->id)
        return x->id < y->id ? -1 : 1;
    return (x->place > y->place) - (x->place < y->place);
}

/* Marks later events of a child that have the id of an earlier one; gives how many. */
static size_t mark_repeats(const tdm_chronology *c, uint32_t *order, size_t first, size_t end,
                           identified *room)
{
    size_t count = end - first, repeats = 0;
    for (size_t i = 0; i < count; i++)
        room[i] = (identified){c->columns.id[order[first + i]], (uint32_t)(first + i)};
    qsort(room, count, sizeof *room, compare_identified);
    for (size_t i = 1; i < count; i++)
        if (room[i].id == room[i - 1].id) {
            order[room[i].place] = TDM_NO_INDEX;
            repeats++;
        }
    return repeats;
}

/* Takes repeated events out of the order and closes the gaps. */
static tdm_status drop_repeats(tdm_chronology *c, uint32_t *order, tdm__diagnostics *diagnostics)
{
    size_t largest = 0, kept = 0, repeats = 0;
    for (size_t i = 0; i < c->child_count; i++)
        if (c->child_first[i + 1] - c->child_first[i] > largest)
            largest = c->child_first[i + 1] - c->child_first[i];
    identified *room = tdm__alloc_zeroed(&c->allocator, largest + 1, sizeof *room);
    if (!room)
        return TDM_NO_MEMORY;
    for (size_t i = 0; i < c->child_count; i++)
        if (c->child_first[i + 1] - c->child_first[i] > 1)
            repeats += mark_repeats(c, order, c->child_first[i], c->child_first[i + 1], room);
    tdm__free(&c->allocator, room);
    if (repeats == 0)
        return TDM_OK;
    size_t place = 0;
    for (size_t i = 0; i < c->child_count; i++) {
        for (; place < c->child_first[i + 1]; place++)
            if (order[place] != TDM_NO_INDEX)
                order[kept++] = order[place];
        c->child_first[i + 1] = (uint32_t)kept;
    }
    c->event_count = kept;
    return tdm__diagnose(diagnostics, TDM__INFORMATION, "rows-repeated", TDM_LIT(""), 0, TDM_LIT(""),
                         "%zu entries stand in more than one input, or twice in one, and are counted once",
                         repeats);
}

static tdm_status permute(const tdm_allocator *allocator, void *column, size_t item_size,
                          const uint32_t *order, size_t count)
{
    char *items, *sorted = tdm__alloc_zeroed(allocator, count + 1, item_size);
    if (!sorted)
        return TDM_NO_MEMORY;
    memcpy(&items, column, sizeof items);
    for (size_t i = 0; i < count; i++)
        memcpy(sorted + i * item_size, items + (size_t)order[i] * item_size, item_size);
    tdm__free(allocator, items);
    memcpy(column, &sorted, sizeof sorted);
    return TDM_OK;
}

static tdm_status permute_columns(tdm_chronology *c, const uint32_t *order)
{
    tdm__columns *k = &c->columns;
    const tdm__column_ref columns[] = {TDM__COLUMN_MAP(TDM__COLUMN_REF)};
    tdm_status status = TDM_OK;
    for (size_t i = 0; status == TDM_OK && i < sizeof columns / sizeof *columns; i++)
        status = permute(&c->allocator, columns[i].column, columns[i].item_size, order, c->event_count);
    return status;
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

/* The entries of events that were kept, by their new places and, for one event, as they came; a walk keeps
 * the last of each event only. */
static tdm_status place_entries(sparse_entry *entries, size_t *kept, const tdm_chronology *c,
                                const tdm__sparse *sparse, const uint32_t *place_of)
{
    bool walk = sparse->count >= c->event_count / WALK_FROM_ONE_IN;
    uint32_t *last = walk ? tdm__alloc_zeroed(&c->allocator, c->event_count + 1, sizeof *last) : NULL;
    *kept = 0;
    if (walk && !last)
        return TDM_NO_MEMORY;
    for (size_t i = 0; i < sparse->count; i++) {
        uint32_t place = place_of[sparse->events[i]];
        if (place != TDM_NO_INDEX && walk)
            last[place] = (uint32_t)i + 1;
        else if (place != TDM_NO_INDEX)
            entries[(*kept)++] = (sparse_entry){place, (uint32_t)i};
    }
    for (uint32_t place = 0; walk && place < c->event_count; place++)
        if (last[place] != 0)
            entries[(*kept)++] = (sparse_entry){place, last[place] - 1};
    if (!walk && *kept > 0)
        qsort(entries, *kept, sizeof *entries, compare_entries);
    tdm__free(&c->allocator, last);
    return TDM_OK;
}

/* Gives each entry its event's new place, drops those of dropped events, sorts. The last value given for one
 * event and key stands. */
static tdm_status renumber(tdm_chronology *c, tdm__sparse *sparse, size_t item_size, const uint32_t *place_of)
{
    size_t kept = 0;
    if (sparse->count == 0)
        return TDM_OK;
    sparse_entry *entries = tdm__alloc_zeroed(&c->allocator, sparse->count, sizeof *entries);
    char *values = tdm__alloc_zeroed(&c->allocator, sparse->count, item_size);
    if (!entries || !values || place_entries(entries, &kept, c, sparse, place_of) != TDM_OK) {
        tdm__free(&c->allocator, entries);
        tdm__free(&c->allocator, values);
        return TDM_NO_MEMORY;
    }
    sparse->count = 0;
    for (size_t i = 0; i < kept; i++) {
        size_t at = sparse->count;
        if (at > 0 && sparse->events[at - 1] == entries[i].event)
            at--;
        else
            sparse->count++;
        sparse->events[at] = entries[i].event;
        memcpy(values + at * item_size, (char *)sparse->values + (size_t)entries[i].at * item_size,
               item_size);
    }
    tdm__free(&c->allocator, sparse->values);
    tdm__free(&c->allocator, entries);
    sparse->values = values;
    return TDM_OK;
}

static tdm_status renumber_all(tdm_chronology *c, const uint32_t *order, size_t events_before)
{
    uint32_t *place_of = tdm__alloc_zeroed(&c->allocator, events_before + 1, sizeof *place_of);
    if (!place_of)
        return TDM_NO_MEMORY;
    memset(place_of, 0xFF, (events_before + 1) * sizeof *place_of);
    for (size_t i = 0; i < c->event_count; i++)
        place_of[order[i]] = (uint32_t)i;
    tdm_status status = renumber(c, &c->ended, sizeof(tdm__period), place_of);
    for (int field = 0; status == TDM_OK && field < TDM__STRING_FIELDS; field++)
        status = renumber(c, &c->strings[field], sizeof(tdm__text_ref), place_of);
    for (size_t key = 0; status == TDM_OK && key < c->fact_column_count; key++)
        status = renumber(c, &c->facts[key], sizeof(tdm__fact_cell), place_of);
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
        status = child_offsets(builder, rank);
    if (status == TDM_OK)
        status = sorted_order(&order, builder, rank);
    if (status == TDM_OK)
        status = drop_repeats(c, order, diagnostics);
    if (status == TDM_OK)
        status = permute_columns(c, order);
    if (status == TDM_OK)
        status = renumber_all(c, order, events_before);
    if (status == TDM_OK)
        status = resolve_source_children(builder, rank);
    if (status == TDM_OK)
        status = tdm__link_incidents(c);
    tdm__free(&c->allocator, order);
    tdm__free(&c->allocator, rank);
    if (status != TDM_OK)
        return status;
    tdm_allocator allocator = c->allocator;
    tdm__dictionary_free(&builder->child_ids);
    tdm__dictionary_free(&builder->source_ids);
    tdm__free(&allocator, builder->event_child);
    tdm__free(&allocator, builder->source_children);
    builder->event_child = NULL;
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

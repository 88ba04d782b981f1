/*
 * Dealing events out to stretches of children (see deal.h): one pass over each column, which it reads from
 * end to end and writes at as many places at once as there are stretches. Sorting is freeze.c's.
 */
#include "chronology/deal.h"

#include <string.h>

#define STRETCHES 256 /* so few that each has a line of the cache */

typedef struct dealing {
    tdm__builder *builder;
    const uint32_t *rank;
    unsigned shift;     /* from a child's place to its stretch */
    uint32_t *place_of; /* by event */
} dealing;

static uint32_t stretch_of(const dealing *d, size_t event)
{
    return d->rank[d->builder->event_child[event]] >> d->shift;
}

/* From how many items each stretch has to where it begins. */
static void add_up(uint32_t starts[STRETCHES])
{
    uint32_t before = 0;
    for (size_t i = 0; i < STRETCHES; i++) {
        uint32_t count = starts[i];
        starts[i] = before;
        before += count;
    }
}

static void find_places(dealing *d)
{
    uint32_t next[STRETCHES] = {0};
    size_t count = d->builder->chronology->event_count;
    for (size_t i = 0; i < count; i++)
        next[stretch_of(d, i)]++;
    add_up(next);
    for (size_t i = 0; i < count; i++)
        d->place_of[i] = next[stretch_of(d, i)]++;
}

/* Items to their places; one loop for each size that columns have. */
static void scatter(char *to, const char *from, size_t item_size, const uint32_t *place_of, size_t count)
{
    for (size_t i = 0; item_size == 2 && i < count; i++)
        memcpy(to + (size_t)place_of[i] * 2, from + i * 2, 2);
    for (size_t i = 0; item_size == 4 && i < count; i++)
        memcpy(to + (size_t)place_of[i] * 4, from + i * 4, 4);
    for (size_t i = 0; item_size == 8 && i < count; i++)
        memcpy(to + (size_t)place_of[i] * 8, from + i * 8, 8);
}

/* The block that a column has left, for the next one: memory in use need not be asked for. */
typedef struct spare_block {
    char *block; /* NULL: none */
    size_t bytes;
} spare_block;

static tdm_status move_column(const tdm__column_ref *column, const tdm__moving *moving, spare_block *spare)
{
    char *from;
    size_t bytes = (moving->count > 0 ? moving->count : 1) * column->item_size;
    memcpy(&from, column->column, sizeof from);
    if (!from)
        return TDM_OK;
    if (spare->bytes < bytes) {
        tdm__free(moving->allocator, spare->block);
        *spare = (spare_block){NULL, 0};
    }
    char *to = moving->allocator->reallocate(spare->block, bytes, moving->allocator->payload);
    if (!to)
        return TDM_NO_MEMORY;
    moving->fill(to, from, column->item_size, moving->payload);
    *spare = (spare_block){from, moving->capacity * column->item_size};
    memcpy(column->column, &to, sizeof to);
    return TDM_OK;
}

tdm_status tdm__move_columns(const tdm__column_ref *columns, size_t column_count, const tdm__moving *moving)
{
    static const size_t sizes[] = {8, 4, 2};
    spare_block spare = {NULL, 0};
    tdm_status status = TDM_OK;
    for (size_t s = 0; s < sizeof sizes / sizeof *sizes; s++)
        for (size_t i = 0; i < column_count && status == TDM_OK; i++)
            if (columns[i].item_size == sizes[s])
                status = move_column(&columns[i], moving, &spare);
    tdm__free(moving->allocator, spare.block);
    return status;
}

static void deal_items(char *to, const char *from, size_t item_size, const void *payload)
{
    const dealing *d = payload;
    scatter(to, from, item_size, d->place_of, d->builder->chronology->event_count);
}

static tdm_status deal_columns(const dealing *d)
{
    tdm_chronology *c = d->builder->chronology;
    tdm__columns *k = &c->columns;
    const tdm__column_ref columns[] = {
        TDM__COLUMN_MAP(TDM__COLUMN_REF){&d->builder->event_child, sizeof *d->builder->event_child}};
    tdm__moving moving = {&c->allocator, d->builder->event_capacity, c->event_count, deal_items, d};
    d->builder->event_capacity = c->event_count;
    return tdm__move_columns(columns, sizeof columns / sizeof *columns, &moving);
}

/* Every event has a value. */
static tdm_status deal_values(const dealing *d, tdm__sparse *sparse, size_t item_size)
{
    const tdm_allocator *allocator = &d->builder->chronology->allocator;
    char *values = tdm__alloc(allocator, sparse->count * item_size);
    if (!values)
        return TDM_NO_MEMORY;
    scatter(values, sparse->values, item_size, d->place_of, sparse->count);
    tdm__free(allocator, sparse->values);
    sparse->values = values;
    sparse->value_capacity = sparse->count;
    return TDM_OK;
}

/* Entries ascend by event, and still do in their new order. */
static tdm_status deal_sparse(const dealing *d, tdm__sparse *sparse, size_t item_size)
{
    const tdm_allocator *allocator = &d->builder->chronology->allocator;
    uint32_t next[STRETCHES] = {0};
    if (sparse->count == 0)
        return TDM_OK;
    if (!sparse->events && sparse->count == d->builder->chronology->event_count)
        return deal_values(d, sparse, item_size);
    if (tdm__sparse_list_events(allocator, sparse) != TDM_OK)
        return TDM_NO_MEMORY;
    uint32_t *events = tdm__alloc(allocator, sparse->count * sizeof *events);
    char *values = tdm__alloc(allocator, sparse->count * item_size), *from = sparse->values;
    if (!events || !values) {
        tdm__free(allocator, events);
        tdm__free(allocator, values);
        return TDM_NO_MEMORY;
    }
    for (size_t i = 0; i < sparse->count; i++)
        next[stretch_of(d, sparse->events[i])]++;
    add_up(next);
    for (size_t i = 0; i < sparse->count; i++) {
        size_t place = next[stretch_of(d, sparse->events[i])]++;
        events[place] = d->place_of[sparse->events[i]];
        memcpy(values + place * item_size, from + i * item_size, item_size);
    }
    tdm__free(allocator, sparse->events);
    tdm__free(allocator, sparse->values);
    *sparse = (tdm__sparse){events, values, sparse->count, sparse->count, sparse->count};
    return TDM_OK;
}

static tdm_status deal_all(const dealing *d)
{
    tdm_chronology *c = d->builder->chronology;
    tdm_status status = deal_sparse(d, &c->ended, sizeof(tdm__period));
    for (int field = 0; status == TDM_OK && field < TDM__STRING_FIELDS; field++)
        status = deal_sparse(d, &c->strings[field], sizeof(tdm__text_ref));
    for (size_t key = 0; status == TDM_OK && key < c->fact_column_count; key++)
        status = deal_sparse(d, &c->facts[key], sizeof(tdm__fact_cell));
    return status == TDM_OK ? deal_columns(d) : status;
}

tdm_status tdm__deal_out(tdm__builder *builder, const uint32_t *rank)
{
    const tdm_chronology *c = builder->chronology;
    dealing d = {.builder = builder, .rank = rank};
    if (c->event_count < TDM__DEAL_FROM)
        return TDM_OK;
    while (c->child_count > (size_t)STRETCHES << d.shift)
        d.shift++;
    d.place_of = tdm__alloc(&c->allocator, c->event_count * sizeof *d.place_of);
    if (!d.place_of)
        return TDM_NO_MEMORY;
    find_places(&d);
    tdm_status status = deal_all(&d);
    tdm__free(&c->allocator, d.place_of);
    return status;
}

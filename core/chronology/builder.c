/*
 * Taking sources, children, people and events in any order. Sorting and linking is freeze.c's.
 */
#include "chronology/builder.h"

#include <string.h>

tdm_status tdm__builder_new(tdm__builder **out, const tdm_allocator *allocator,
                            const tdm_vocabulary *vocabulary)
{
    *out = NULL;
    tdm__builder *builder = tdm__alloc_zeroed(allocator, 1, sizeof *builder);
    tdm_chronology *chronology = tdm__alloc_zeroed(allocator, 1, sizeof *chronology);
    if (!builder || !chronology) {
        tdm__free(allocator, builder);
        tdm__free(allocator, chronology);
        return TDM_NO_MEMORY;
    }
    builder->chronology = chronology;
    chronology->allocator = *allocator;
    chronology->vocabulary = vocabulary;
    const tdm_allocator *own = &chronology->allocator;
    tdm__arena_init(&chronology->arena, own);
    tdm__dictionary_init(&chronology->agencies, own);
    tdm__dictionary_init(&chronology->fact_keys, own);
    for (int numbered = 0; numbered < TDM__NUMBERED; numbered++)
        tdm__dictionary_init(&chronology->fact_values[numbered].texts, own);
    tdm__text_init(&chronology->blob, own);
    tdm__dictionary_init(&builder->child_ids, own);
    tdm__dictionary_init(&builder->source_ids, own);
    chronology->text_failure = tdm__arena_alloc(&chronology->arena, sizeof *chronology->text_failure);
    if (!chronology->text_failure) {
        tdm__builder_free(builder);
        return TDM_NO_MEMORY;
    }
    atomic_init(chronology->text_failure, TDM_OK);
    for (size_t i = 0; i < vocabulary->fact_count; i++) {
        uint32_t index;
        tdm_status status = tdm__dictionary_add(&index, &chronology->fact_keys, vocabulary->facts[i].key);
        if (status != TDM_OK) {
            tdm__builder_free(builder);
            return status;
        }
    }
    *out = builder;
    return TDM_OK;
}

void tdm__builder_free(tdm__builder *builder)
{
    if (!builder)
        return;
    tdm_chronology *chronology = builder->chronology;
    tdm_allocator allocator = chronology->allocator;
    tdm__dictionary_free(&builder->child_ids);
    tdm__dictionary_free(&builder->source_ids);
    tdm__free(&allocator, builder->event_child);
    tdm__free(&allocator, builder->source_children);
    tdm_chronology_free(chronology);
    tdm__free(&allocator, builder);
}

static tdm_status copied(tdm_str *out, tdm__builder *builder, tdm_str text)
{
    *out = tdm__arena_copy(&builder->chronology->arena, text);
    return out->data ? TDM_OK : TDM_NO_MEMORY;
}

/* Copies each of `count` strings; pairs of destination and source. */
typedef struct string_copy {
    tdm_str *to;
    tdm_str from;
} string_copy;

static tdm_status copy_strings(tdm__builder *builder, const string_copy *copies, size_t count)
{
    tdm_status status = TDM_OK;
    for (size_t i = 0; status == TDM_OK && i < count; i++)
        status = copied(copies[i].to, builder, copies[i].from);
    return status;
}

static tdm_status copy_periods(const tdm__period **out, tdm__builder *builder, const tdm__period *periods,
                               size_t count)
{
    tdm__period *copy = tdm__arena_array(&builder->chronology->arena, count, sizeof *copy);
    if (!copy)
        return TDM_NO_MEMORY;
    if (count > 0)
        memcpy(copy, periods, count * sizeof *copy);
    *out = copy;
    return TDM_OK;
}

static size_t carry_words(const tdm__builder *builder)
{
    return (builder->chronology->vocabulary->kind_count + 63) / 64;
}

static void set_carries(tdm__source *source, const tdm__builder *builder, const uint32_t *kinds,
                        const uint64_t *facts, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        source->carries[kinds[i] / 64] |= (uint64_t)1 << (kinds[i] % 64);
        if (facts)
            source->carries_facts[kinds[i]] |= facts[i] &
                                               builder->chronology->vocabulary->kinds[kinds[i]].facts;
    }
}

static tdm_status fill_carries(tdm__source *source, tdm__builder *builder, const tdm__source_input *input)
{
    tdm__arena *arena = &builder->chronology->arena;
    size_t words = carry_words(builder), kinds = builder->chronology->vocabulary->kind_count;
    source->carries_all = input->carries_all;
    source->carries = tdm__arena_array(arena, words, sizeof *source->carries);
    source->in_part = tdm__arena_array(arena, words, sizeof *source->in_part);
    source->carries_facts = tdm__arena_array(arena, kinds, sizeof *source->carries_facts);
    if (!source->carries || !source->in_part || !source->carries_facts)
        return TDM_NO_MEMORY;
    set_carries(source, builder, input->carries, input->carries_facts, input->carry_count);
    for (size_t i = 0; i < input->in_part_count; i++)
        source->in_part[input->in_part[i] / 64] |= (uint64_t)1 << (input->in_part[i] % 64);
    return TDM_OK;
}

static tdm_status copy_source_children(tdm__builder *builder, const tdm__source_input *input)
{
    tdm_chronology *c = builder->chronology;
    tdm_str **grown = tdm__grown(&c->allocator, builder->source_children, &builder->source_children_capacity,
                                 c->source_count + 1, sizeof *grown);
    if (!grown)
        return TDM_NO_MEMORY;
    builder->source_children = grown;
    tdm_str *ids = tdm__arena_array(&c->arena, input->child_count, sizeof *ids);
    if (!ids)
        return TDM_NO_MEMORY;
    tdm_status status = TDM_OK;
    for (size_t i = 0; status == TDM_OK && i < input->child_count; i++)
        status = copied(&ids[i], builder, input->children[i]);
    builder->source_children[c->source_count] = ids;
    return status;
}

/* The id of a source that came without one: from its name, sheet and agency. */
static tdm_str made_source_id(char room[TDM_HEX64_SIZE], const tdm__source_input *input)
{
    uint64_t hash = tdm__hash64(input->name, 1);
    hash = tdm__hash64(input->sheet, hash);
    hash = tdm__hash64(input->agency, hash);
    tdm__hex64(room, hash);
    return (tdm_str){room, TDM_HEX64_SIZE - 1};
}

static tdm_status fill_source(tdm__source *source, tdm__builder *builder, const tdm__source_input *input,
                              tdm_str id)
{
    const string_copy copies[] = {
        {&source->id, id},
        {&source->name, input->name},
        {&source->sheet, input->sheet},
        {&source->agency, input->agency},
        {&source->map, input->map},
        {&source->format, input->format},
        {&source->hash, input->hash},
    };
    tdm_status status = copy_strings(builder, copies, sizeof copies / sizeof *copies);
    if (status == TDM_OK)
        status = copy_periods(&source->covers, builder, input->covers, input->cover_count);
    if (status == TDM_OK)
        status = copy_periods(&source->no_contact, builder, input->no_contact, input->no_contact_count);
    if (status != TDM_OK)
        return status;
    source->cover_count = input->cover_count;
    source->no_contact_count = input->no_contact_count;
    source->received = input->received;
    source->child_count = input->child_count;
    return fill_carries(source, builder, input);
}

tdm_status tdm__builder_source(uint32_t *out, tdm__builder *builder, const tdm__source_input *input)
{
    char room[TDM_HEX64_SIZE];
    tdm_chronology *c = builder->chronology;
    tdm_str id = input->id.length > 0 ? input->id : made_source_id(room, input);
    *out = TDM_NO_INDEX;
    tdm__source *grown = tdm__grown(&c->allocator, c->sources, &builder->source_capacity, c->source_count + 1,
                                    sizeof *grown);
    if (!grown)
        return TDM_NO_MEMORY;
    c->sources = grown;
    tdm__source *source = &c->sources[c->source_count];
    *source = (tdm__source){0};
    tdm_status status = fill_source(source, builder, input, id);
    if (status == TDM_OK)
        status = copy_source_children(builder, input);
    if (status != TDM_OK)
        return status;
    source->bytes = input->bytes;
    source->owned_bytes = input->owned_bytes;
    source->file = input->file;
    *out = (uint32_t)c->source_count++;
    return TDM_OK;
}

tdm_status tdm__builder_source_carries(tdm__builder *builder, uint32_t source, const uint32_t *kinds,
                                       const uint64_t *facts, size_t count)
{
    set_carries(&builder->chronology->sources[source], builder, kinds, facts, count);
    return TDM_OK;
}

tdm_status tdm__builder_source_hash(tdm__builder *builder, uint32_t source, tdm_str hash)
{
    return copied(&builder->chronology->sources[source].hash, builder, hash);
}

size_t tdm__builder_source_count(const tdm__builder *builder)
{
    return builder->chronology->source_count;
}

void tdm__builder_source_window(tdm__builder *builder, uint32_t source, tdm_str bytes, uint64_t at)
{
    builder->chronology->sources[source].bytes = bytes;
    builder->chronology->sources[source].bytes_at = at;
}

tdm_status tdm__builder_source_replaces(tdm__builder *builder, uint32_t source, uint32_t replaced)
{
    tdm_chronology *c = builder->chronology;
    if (source >= c->source_count || replaced >= source)
        return TDM_INVALID_ARG;
    tdm__replacement *grown = tdm__grown(&c->allocator, c->replacements, &builder->replacement_capacity,
                                         c->replacement_count + 1, sizeof *grown);
    if (!grown)
        return TDM_NO_MEMORY;
    c->replacements = grown;
    c->replacements[c->replacement_count++] = (tdm__replacement){source, replaced};
    return TDM_OK;
}

tdm_status tdm__builder_child_number(uint32_t *out, tdm__builder *builder, tdm_str id)
{
    tdm_chronology *c = builder->chronology;
    tdm_status status = tdm__dictionary_add(out, &builder->child_ids, id);
    if (status != TDM_OK || *out < c->child_count)
        return status;
    tdm__child *grown = tdm__grown(&c->allocator, c->children, &builder->child_capacity, c->child_count + 1,
                                   sizeof *grown);
    if (!grown)
        return TDM_NO_MEMORY;
    static const tdm_date not_known = {TDM_DAY_BEFORE_ALL, TDM_DAY_AFTER_ALL, 0};
    c->children = grown;
    c->children[c->child_count++] = (tdm__child){tdm__dictionary_at(&builder->child_ids, *out),
                                                 not_known,
                                                 not_known,
                                                 not_known,
                                                 TDM_LIT(""),
                                                 TDM_LIT(""),
                                                 TDM_LIT("")};
    return TDM_OK;
}

void tdm__builder_expect_children(const tdm__builder *builder, const tdm_str *ids, size_t count)
{
    uint32_t numbers[64];
    for (size_t at = 0; at < count; at += 64)
        tdm__dictionary_find_each(numbers, &builder->child_ids, ids + at, 1,
                                  count - at < 64 ? count - at : 64);
}

static bool date_known(tdm_date date)
{
    return date.from != TDM_DAY_BEFORE_ALL || date.to != TDM_DAY_AFTER_ALL;
}

/* Fills an unknown date; false when two known ones differ. */
static bool merge_date(tdm_date *held, tdm_date given)
{
    if (!date_known(given))
        return true;
    if (!date_known(*held)) {
        *held = given;
        return true;
    }
    return held->from == given.from && held->to == given.to;
}

static tdm_status merge_string(tdm_str *held, tdm__builder *builder, tdm_str given)
{
    if (given.length == 0 || tdm__str_equal(*held, given))
        return TDM_OK;
    return held->length == 0 ? copied(held, builder, given) : TDM_CONFLICT;
}

tdm_status tdm__builder_child(tdm__builder *builder, const tdm__child_input *input)
{
    uint32_t number;
    tdm_status status = tdm__builder_child_number(&number, builder, input->id);
    if (status != TDM_OK)
        return status;
    tdm__child *child = &builder->chronology->children[number];
    bool conflict = !merge_date(&child->born, input->born);
    conflict = !merge_date(&child->expected, input->expected) || conflict;
    conflict = !merge_date(&child->died, input->died) || conflict;
    const string_copy strings[] = {
        {&child->sex, input->sex}, {&child->area, input->area}, {&child->household, input->household}};
    for (size_t i = 0; i < 3; i++) {
        status = merge_string(strings[i].to, builder, strings[i].from);
        if (status == TDM_NO_MEMORY)
            return status;
        conflict = conflict || status == TDM_CONFLICT;
    }
    return conflict ? TDM_CONFLICT : TDM_OK;
}

tdm_status tdm__builder_person(tdm__builder *builder, const tdm__person_input *input)
{
    tdm_chronology *c = builder->chronology;
    tdm__person *grown = tdm__grown(&c->allocator, c->people, &builder->person_capacity, c->person_count + 1,
                                    sizeof *grown);
    if (!grown)
        return TDM_NO_MEMORY;
    c->people = grown;
    tdm__person person = {0};
    const string_copy copies[] = {
        {&person.id, input->id}, {&person.role, input->role}, {&person.household, input->household}};
    tdm_status status = copy_strings(builder, copies, 3);
    if (status == TDM_OK)
        c->people[c->person_count++] = person;
    return status;
}

/* Makes one column hold `capacity` items. */
static bool grow_column(const tdm_allocator *allocator, void *column, size_t capacity, size_t item_size)
{
    void *items;
    size_t bytes;
    memcpy(&items, column, sizeof items);
    if (!tdm__multiply_size(&bytes, capacity, item_size))
        return false;
    void *grown = allocator->reallocate(items, bytes, allocator->payload);
    if (!grown)
        return false;
    memcpy(column, &grown, sizeof grown);
    return true;
}

static bool is_there(const tdm__column_ref *column)
{
    void *items;
    memcpy(&items, column->column, sizeof items);
    return items != NULL;
}

tdm_status tdm__room_for_events(tdm__builder *builder, size_t count)
{
    tdm_chronology *c = builder->chronology;
    tdm__columns *k = &c->columns;
    size_t needed = c->event_count + count;
    if (needed <= builder->event_capacity)
        return TDM_OK;
    if (count > INT32_MAX || needed > INT32_MAX)
        return TDM_TOO_LARGE;
    size_t capacity = builder->event_capacity + builder->event_capacity / 2;
    if (capacity < needed)
        capacity = needed < 64 ? 64 : needed;
    const tdm__column_ref always[] = {
        TDM__COLUMN_MAP_ALWAYS(TDM__COLUMN_REF){&builder->event_child, sizeof *builder->event_child}};
    const tdm__column_ref optional[] = {TDM__COLUMN_MAP_OPTIONAL(TDM__COLUMN_REF)};
    bool grown = true;
    for (size_t i = 0; grown && i < sizeof always / sizeof *always; i++)
        grown = grow_column(&c->allocator, always[i].column, capacity, always[i].item_size);
    for (size_t i = 0; grown && i < sizeof optional / sizeof *optional; i++)
        grown = !is_there(&optional[i]) ||
                grow_column(&c->allocator, optional[i].column, capacity, optional[i].item_size);
    if (!grown)
        return TDM_NO_MEMORY;
    builder->event_capacity = capacity;
    return TDM_OK;
}

/* --- events --- */

static uint32_t packed_fields(const tdm__event_input *input)
{
    return (input->themes & 0xFFFFu) | input->polarity << TDM__PACK_POLARITY |
           input->significance << TDM__PACK_SIGNIFICANCE | input->child_seen << TDM__PACK_SEEN |
           input->seen_alone << TDM__PACK_ALONE | input->voice << TDM__PACK_VOICE |
           (input->occurred.flags & 7u) << TDM__PACK_DATE_FLAGS;
}

static uint64_t made_event_id(const tdm__event_input *input)
{
    uint64_t hash = tdm__hash64(input->agency, input->row_key);
    hash = tdm__hash64(input->child, hash + input->part);
    return hash == 0 ? 1 : hash; /* 0 means "not given" */
}

/* An optional column, from its first value on that is not the usual one of all events before. */
static tdm_status add_column(tdm__builder *builder, void *column, size_t item_size, const void *usual)
{
    tdm_chronology *c = builder->chronology;
    size_t bytes;
    char *items = tdm__multiply_size(&bytes, builder->event_capacity, item_size)
                      ? tdm__alloc(&c->allocator, bytes)
                      : NULL;
    if (!items)
        return TDM_NO_MEMORY;
    for (size_t i = 0; i < c->event_count; i++)
        memcpy(items + i * item_size, usual, item_size);
    memcpy(column, &items, sizeof items);
    return TDM_OK;
}

static tdm_status add_day_to(tdm__builder *builder)
{
    tdm__columns *k = &builder->chronology->columns;
    tdm_status status = add_column(builder, &k->day_to, sizeof *k->day_to, &(tdm_day){0});
    for (size_t i = 0; status == TDM_OK && i < builder->chronology->event_count; i++)
        k->day_to[i] = k->day_from[i];
    return status;
}

#define PUT_OPTIONAL(name, type, given, usual)                                                               \
    if (status == TDM_OK && !k->name && (type)(given) != (type)(usual))                                      \
        status = add_column(builder, &k->name, sizeof *k->name, &(type){(type)(usual)});                     \
    if (status == TDM_OK && k->name)                                                                         \
        k->name[event] = (type)(given);

tdm_status tdm__put_optional_columns(tdm__builder *builder, uint32_t event, const tdm__event_input *input)
{
    tdm__columns *k = &builder->chronology->columns;
    tdm_status status = TDM_OK;
    if (!k->day_to && input->occurred.from != input->occurred.to)
        status = add_day_to(builder);
    if (status == TDM_OK && k->day_to)
        k->day_to[event] = input->occurred.to;
    PUT_OPTIONAL(recorded, tdm_day, input->recorded, TDM_DAY_NONE)
    PUT_OPTIONAL(minute, int16_t, input->minute, -1)
    PUT_OPTIONAL(source, uint32_t, input->source, 0)
    PUT_OPTIONAL(packed, uint32_t, packed_fields(input), 0)
    return status;
}
#undef PUT_OPTIONAL

static tdm_status put_columns(tdm__builder *builder, uint32_t event, const tdm__event_input *input,
                              uint32_t agency)
{
    tdm__columns *k = &builder->chronology->columns;
    k->day_from[event] = input->occurred.from;
    k->kind[event] = (uint16_t)input->kind;
    k->agency[event] = (uint16_t)agency;
    k->row[event] = input->row;
    k->id[event] = input->id ? input->id : made_event_id(input);
    return tdm__put_optional_columns(builder, event, input);
}

tdm_status tdm__builder_event(tdm__builder *builder, const tdm__event_input *input)
{
    tdm_chronology *c = builder->chronology;
    uint32_t child, agency, event = (uint32_t)c->event_count;
    if (input->source >= c->source_count || input->kind >= c->vocabulary->kind_count || input->minute < -1 ||
        input->minute >= 24 * 60 || input->occurred.from > input->occurred.to)
        return TDM_INVALID_ARG;
    tdm_status status = tdm__builder_child_number(&child, builder, input->child);
    if (status == TDM_OK)
        status = tdm__dictionary_add(&agency, &c->agencies, input->agency);
    if (status == TDM_OK && agency > UINT16_MAX)
        status = TDM_TOO_LARGE;
    if (status == TDM_OK)
        status = tdm__room_for_events(builder, 1);
    if (status != TDM_OK)
        return status;
    status = put_columns(builder, event, input, agency);
    builder->event_child[event] = child;
    if (status == TDM_OK)
        status = tdm__put_strings(builder, event, input);
    if (status == TDM_OK && date_known(input->ended)) {
        tdm__period ended = {input->ended.from, input->ended.to};
        status = tdm__put_sparse(c, &c->ended, event, &ended, sizeof ended);
    }
    for (size_t i = 0; status == TDM_OK && i < input->fact_count; i++)
        status = tdm__put_fact(builder, event, &input->facts[i]);
    if (status == TDM_OK)
        c->event_count++;
    return status;
}

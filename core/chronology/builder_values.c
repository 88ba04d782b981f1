/*
 * What a builder keeps of an event beside its columns: strings where they lie, facts as cells of their
 * column.
 */
#include "chronology/builder.h"

#include <string.h>

/* --- strings --- */

static bool stands_in(tdm_str bytes, tdm_str text)
{
    uintptr_t at = (uintptr_t)text.data, first = (uintptr_t)bytes.data;
    return bytes.data && at >= first && at + text.length <= first + bytes.length;
}

static tdm__text_ref *repeated_place(tdm__builder *builder, tdm_str text)
{
    return &builder->repeated[tdm__hash64(text, 0) % TDM__REPEATED_TEXTS];
}

static bool is_the_text(const tdm_chronology *c, tdm__text_ref ref, tdm_str text)
{
    size_t offset = (size_t)(ref >> TDM__TEXT_LENGTH_BITS & TDM__TEXT_OFFSET_MAX);
    return (ref & TDM__TEXT_LENGTH_MAX) == text.length &&
           memcmp(c->blob.data + offset, text.data, text.length) == 0;
}

#define REPEATED_LENGTH_MAX 64 /* words as a return has them; what is longer hardly comes again */

/* Copies a text to the blob, where it does not lie there yet. */
static tdm_status put_in_blob(tdm__text_ref *out, tdm__builder *builder, tdm_str text)
{
    tdm_chronology *c = builder->chronology;
    uint64_t length = text.length;
    tdm__text_ref *repeated = length <= REPEATED_LENGTH_MAX ? repeated_place(builder, text) : NULL;
    if (repeated && is_the_text(c, *repeated, text)) {
        *out = *repeated;
        return TDM_OK;
    }
    if (length >= TDM__TEXT_LENGTH_MAX) {
        tdm__text_bytes(&c->blob, (const char *)&length, sizeof length);
        length = TDM__TEXT_LENGTH_MAX;
    }
    uint64_t offset = c->blob.length;
    tdm__text_add(&c->blob, text);
    if (c->blob.failed)
        return TDM_NO_MEMORY;
    if (offset > TDM__TEXT_OFFSET_MAX)
        return TDM_TOO_LARGE;
    *out = TDM__IN_BLOB | offset << TDM__TEXT_LENGTH_BITS | length;
    if (repeated)
        *repeated = *out;
    return TDM_OK;
}

/* Whether a string stays where it stands: of a file only what is long, and shown rather than compared. */
static bool is_left(const tdm__source *source, tdm__string_field field, tdm_str text)
{
    bool is_long = field == TDM__TEXT || field == TDM__ANALYSIS || field == TDM__ACTION ||
                   field == TDM__OUTCOME;
    return (is_long || !source->file) && text.length < TDM__TEXT_LENGTH_MAX && stands_in(source->bytes, text);
}

/* Where the bytes of a string are: in its source when they may stay there, else copied to the blob. */
tdm_status tdm__put_text(tdm__text_ref *out, tdm__builder *builder, uint32_t source_number,
                         tdm__string_field field, tdm_str text)
{
    const tdm__source *source = &builder->chronology->sources[source_number];
    *out = 0;
    if (text.length == 0)
        return TDM_OK;
    if (!is_left(source, field, text))
        return put_in_blob(out, builder, text);
    uint64_t offset = source->bytes_at + (uint64_t)(text.data - source->bytes.data);
    if (offset > TDM__TEXT_OFFSET_MAX)
        return put_in_blob(out, builder, text);
    *out = offset << TDM__TEXT_LENGTH_BITS | text.length;
    return TDM_OK;
}

/* Which event the next value is of; the events are listed from the first one on that does not follow the one
 * before. */
static tdm_status put_sparse_event(tdm_chronology *c, tdm__sparse *sparse, uint32_t event)
{
    if (!sparse->events && event == sparse->count)
        return TDM_OK;
    if (tdm__sparse_list_events(&c->allocator, sparse) != TDM_OK)
        return TDM_NO_MEMORY;
    uint32_t *events = tdm__grown(&c->allocator, sparse->events, &sparse->event_capacity, sparse->count + 1,
                                  sizeof *events);
    if (!events)
        return TDM_NO_MEMORY;
    sparse->events = events;
    sparse->events[sparse->count] = event;
    return TDM_OK;
}

tdm_status tdm__put_sparse(tdm_chronology *c, tdm__sparse *sparse, uint32_t event, const void *value,
                           size_t size)
{
    char *values = tdm__grown(&c->allocator, sparse->values, &sparse->value_capacity, sparse->count + 1,
                              size);
    if (!values)
        return TDM_NO_MEMORY;
    sparse->values = values;
    tdm_status status = put_sparse_event(c, sparse, event);
    if (status != TDM_OK)
        return status;
    memcpy(values + sparse->count * size, value, size);
    sparse->count++;
    return TDM_OK;
}

tdm_status tdm__put_strings(tdm__builder *builder, uint32_t event, const tdm__event_input *input)
{
    tdm_chronology *c = builder->chronology;
    tdm__text_ref ref;
    tdm_status status = tdm__put_text(&c->columns.text[event], builder, input->source, TDM__TEXT,
                                      input->strings[TDM__TEXT]);
    for (int field = TDM__TEXT + 1; status == TDM_OK && field < TDM__STRING_FIELDS; field++) {
        if (input->strings[field].length == 0)
            continue;
        status = tdm__put_text(&ref, builder, input->source, (tdm__string_field)field, input->strings[field]);
        if (status == TDM_OK)
            status = tdm__put_sparse(c, &c->strings[field], event, &ref, sizeof ref);
    }
    return status;
}

/* --- facts --- */

/* The number behind a fact's canonical text; 0 where it has none. */
static int64_t number_of(tdm__numbered numbered, tdm_str text)
{
    int64_t number = 0, minute = 0;
    tdm_day day;
    switch (numbered) {
    case TDM__NUMBERED_YES_NO:
        return tdm__str_equal(text, TDM_LIT("yes"));
    case TDM__NUMBERED_COUNT:
        return tdm__str_to_int64(&number, text) ? number : 0;
    case TDM__NUMBERED_DATE:
        return tdm_day_parse_iso(&day, text) ? day : TDM_DAY_NONE;
    case TDM__NUMBERED_TIME:
        if (text.length == 5 && tdm__str_to_int64(&number, (tdm_str){text.data, 2}) &&
            tdm__str_to_int64(&minute, (tdm_str){text.data + 3, 2}))
            return number * 60 + minute;
        return 0;
    case TDM__NUMBERED_NOT:
    case TDM__NUMBERED:
        break;
    }
    return 0;
}

static tdm_status put_fact_value(tdm__fact_cell *out, tdm_chronology *c, tdm__numbered numbered, tdm_str text)
{
    tdm__fact_values *values = &c->fact_values[numbered];
    tdm_status status = tdm__dictionary_add(out, &values->texts, text);
    if (status != TDM_OK || numbered == TDM__NUMBERED_NOT || *out < values->number_count)
        return status;
    int64_t *numbers = tdm__grown(&c->allocator, values->numbers, &values->number_capacity, (size_t)*out + 1,
                                  sizeof *numbers);
    if (!numbers)
        return TDM_NO_MEMORY;
    values->numbers = numbers;
    for (; values->number_count <= *out; values->number_count++)
        numbers[values->number_count] =
            number_of(numbered, tdm__dictionary_at(&values->texts, (uint32_t)values->number_count));
    return TDM_OK;
}

static tdm_status room_for_fact_column(tdm__builder *builder, uint32_t key)
{
    tdm_chronology *c = builder->chronology;
    tdm__sparse *grown = tdm__grown(&c->allocator, c->facts, &builder->fact_column_capacity, (size_t)key + 1,
                                    sizeof *grown);
    if (!grown)
        return TDM_NO_MEMORY;
    c->facts = grown;
    for (; c->fact_column_count <= key; c->fact_column_count++)
        c->facts[c->fact_column_count] = (tdm__sparse){0};
    return TDM_OK;
}

static tdm_status fact_key(uint32_t *out, tdm__builder *builder, tdm_str key)
{
    tdm__dictionary *keys = &builder->chronology->fact_keys;
    *out = builder->fact_key_guess;
    if (*out < keys->count && tdm__str_equal(keys->strings[*out], key))
        return TDM_OK;
    tdm_status status = tdm__dictionary_add(out, keys, key);
    builder->fact_key_guess = *out;
    return status;
}

tdm_status tdm__number_fact(uint32_t *key, tdm__fact_cell *value, tdm__builder *builder,
                            const tdm__fact_input *fact)
{
    tdm_chronology *c = builder->chronology;
    tdm_status status = fact_key(key, builder, fact->key);
    if (status == TDM_OK)
        status = put_fact_value(value, c, tdm__fact_numbered(c, *key), fact->value);
    return status == TDM_OK ? room_for_fact_column(builder, *key) : status;
}

tdm_status tdm__put_fact(tdm__builder *builder, uint32_t event, const tdm__fact_input *fact)
{
    tdm_chronology *c = builder->chronology;
    tdm__fact_cell cell;
    uint32_t key;
    tdm_status status = tdm__number_fact(&key, &cell, builder, fact);
    return status == TDM_OK ? tdm__put_sparse(c, &c->facts[key], event, &cell, sizeof cell) : status;
}

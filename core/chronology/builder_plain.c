/*
 * Taking many plain events at once, column by column (see plain_events.h). What an event may hold besides is
 * builder.c's.
 */
#include "chronology/plain_events.h"

#include "chronology/builder.h"

#include <string.h>

tdm_status tdm__builder_agency(uint32_t *out, tdm__builder *builder, tdm_str code)
{
    tdm_status status = tdm__dictionary_add(out, &builder->chronology->agencies, code);
    return status == TDM_OK && *out > UINT16_MAX ? TDM_TOO_LARGE : status;
}

tdm_status tdm__builder_fact(uint32_t *key, uint32_t *value, tdm__builder *builder,
                             const tdm__fact_input *fact)
{
    return tdm__number_fact(key, value, builder, fact);
}

static tdm_status put_children(tdm__builder *builder, uint32_t first, const tdm__plain_strings *ids,
                               size_t count)
{
    uint32_t *children = builder->event_child + first;
    tdm_status status = TDM_OK;
    tdm__dictionary_find_each(children, &builder->child_ids, ids->first, ids->stride, count);
    for (size_t i = 0; i < count && status == TDM_OK; i++)
        if (children[i] == TDM_NO_INDEX)
            status = tdm__builder_child_number(&children[i], builder, ids->first[i * ids->stride]);
    return status;
}

/* As made_event_id of builder.c: these are part 0 of their rows. */
static void put_ids(tdm__builder *builder, uint32_t first, const tdm__plain_events *added)
{
    const tdm_chronology *c = builder->chronology;
    uint64_t *ids = c->columns.id + first;
    tdm_str agencies[TDM__PLAIN_EVENTS_MAX];
    for (size_t i = 0; i < added->count; i++) {
        ids[i] = added->events[i].row_key;
        agencies[i] = tdm__dictionary_at(&c->agencies, added->events[i].agency);
    }
    tdm__hash64_each(ids, agencies, 1, added->count);
    tdm__hash64_each(ids, added->children.first, added->children.stride, added->count);
    for (size_t i = 0; i < added->count; i++)
        ids[i] += ids[i] == 0; /* 0 means "not given" */
}

static tdm_status put_columns(tdm__builder *builder, uint32_t first, const tdm__plain_events *added)
{
    tdm__columns *k = &builder->chronology->columns;
    tdm_status status = TDM_OK;
    for (size_t i = 0; i < added->count; i++) {
        const tdm__plain_event *event = &added->events[i];
        k->day_from[first + i] = event->day;
        k->kind[first + i] = (uint16_t)event->kind;
        k->agency[first + i] = (uint16_t)event->agency;
        k->row[first + i] = event->row;
        k->text[first + i] = 0;
    }
    put_ids(builder, first, added);
    if (!k->day_to && !k->recorded && !k->minute && !k->source && !k->packed && added->source == 0)
        return TDM_OK;
    for (size_t i = 0; i < added->count && status == TDM_OK; i++) {
        tdm_day day = added->events[i].day;
        tdm__event_input usual = {
            .occurred = {day, day, 0}, .minute = -1, .recorded = TDM_DAY_NONE, .source = added->source};
        status = tdm__put_optional_columns(builder, first + (uint32_t)i, &usual);
    }
    return status;
}

static tdm_status put_strings(tdm__builder *builder, uint32_t first, uint32_t source,
                              const tdm__plain_strings *strings, size_t count)
{
    tdm_chronology *c = builder->chronology;
    tdm__text_ref ref;
    tdm_status status = TDM_OK;
    for (size_t i = 0; i < count && status == TDM_OK; i++) {
        tdm_str text = strings->first[i * strings->stride];
        if (text.length == 0)
            continue;
        status = tdm__put_text(&ref, builder, source, strings->field, text);
        if (strings->field == TDM__TEXT)
            c->columns.text[first + i] = ref;
        else if (status == TDM_OK)
            status = tdm__put_sparse(c, &c->strings[strings->field], first + (uint32_t)i, &ref, sizeof ref);
    }
    return status;
}

static bool all_have_one(const tdm__plain_facts *facts, size_t count)
{
    bool all = true;
    for (size_t i = 0; i < count; i++)
        all &= facts->values[i] != TDM_NO_INDEX;
    return all;
}

static tdm_status put_facts(tdm__builder *builder, uint32_t first, const tdm__plain_facts *facts,
                            size_t count)
{
    tdm_chronology *c = builder->chronology;
    tdm_status status = TDM_OK;
    if (facts->key >= c->fact_column_count)
        return TDM_OK; /* no event has had a value so far */
    tdm__sparse *column = &c->facts[facts->key];
    if (!column->events && column->count == first && all_have_one(facts, count)) {
        tdm__fact_cell *cells = tdm__grown(&c->allocator, column->values, &column->value_capacity,
                                           column->count + count, sizeof *cells);
        if (!cells)
            return TDM_NO_MEMORY;
        column->values = cells;
        memcpy(cells + column->count, facts->values, count * sizeof *cells);
        column->count += count;
        return TDM_OK;
    }
    for (size_t i = 0; i < count && status == TDM_OK; i++)
        if (facts->values[i] != TDM_NO_INDEX)
            status = tdm__put_sparse(c, column, first + (uint32_t)i, &facts->values[i],
                                     sizeof(tdm__fact_cell));
    return status;
}

tdm_status tdm__builder_plain_events(tdm__builder *builder, const tdm__plain_events *added)
{
    tdm_chronology *c = builder->chronology;
    uint32_t first = (uint32_t)c->event_count;
    if (added->source >= c->source_count || added->count > TDM__PLAIN_EVENTS_MAX)
        return TDM_INVALID_ARG;
    tdm_status status = tdm__room_for_events(builder, added->count);
    if (status == TDM_OK)
        status = put_children(builder, first, &added->children, added->count);
    if (status == TDM_OK)
        status = put_columns(builder, first, added);
    for (size_t i = 0; i < added->string_count && status == TDM_OK; i++)
        status = put_strings(builder, first, added->source, &added->strings[i], added->count);
    for (size_t i = 0; i < added->fact_count && status == TDM_OK; i++)
        status = put_facts(builder, first, &added->facts[i], added->count);
    if (status == TDM_OK)
        c->event_count += added->count;
    return status;
}

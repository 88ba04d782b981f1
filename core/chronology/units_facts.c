/*
 * Facts of many rows (see units_facts.h).
 */
#include "chronology/units_facts.h"

#include "chronology/population_columns.h"
#include "chronology/table.h"

#define VALUES_KEPT   65536 /* verdicts on facts that say something else in each row are not worth the room */
#define STEPS_AT_MOST 8     /* beside the rows; beyond them the place is looked up */

enum { NOT_ASKED, FITS, DOES_NOT };

static const tdm__fact_values *values_of(const tdm_chronology *c, uint32_t key)
{
    return &c->fact_values[tdm__fact_numbered(c, key)];
}

tdm_status tdm__fact_walks_new(tdm__fact_walks *out, const tdm__units_ground *ground,
                               const tdm__fact_filter *filters, size_t count)
{
    const tdm_chronology *c = ground->population->chronology;
    *out = (tdm__fact_walks){.chronology = c, .count = count};
    out->walks = tdm__arena_array(ground->arena, count, sizeof *out->walks);
    if (!out->walks)
        return TDM_NO_MEMORY;
    for (size_t i = 0; i < count; i++) {
        out->walks[i].filter = &filters[i];
        if (filters[i].key >= c->fact_column_count)
            continue;
        size_t values = values_of(c, filters[i].key)->texts.count;
        if (values > VALUES_KEPT)
            continue;
        out->walks[i].verdicts = tdm__arena_array(ground->arena, values, sizeof(uint8_t));
        if (!out->walks[i].verdicts)
            return TDM_NO_MEMORY;
    }
    return TDM_OK;
}

/* Where the event stands or would stand. */
static size_t place_of(const tdm__sparse *column, size_t at, uint32_t event)
{
    if (at >= column->count || tdm__sparse_event(column, at) > event)
        return tdm__sparse_lower_bound(column, event);
    for (size_t steps = 0; at < column->count && tdm__sparse_event(column, at) < event; at++)
        if (++steps > STEPS_AT_MOST)
            return tdm__sparse_lower_bound(column, event);
    return at;
}

static bool walk_fits(tdm__fact_walk *walk, const tdm_chronology *c, uint32_t event)
{
    uint32_t key = walk->filter->key;
    if (key >= c->fact_column_count)
        return false;
    const tdm__sparse *column = &c->facts[key];
    walk->at = place_of(column, walk->at, event);
    if (walk->at == column->count || tdm__sparse_event(column, walk->at) != event)
        return false;
    tdm__fact_cell cell = ((const tdm__fact_cell *)column->values)[walk->at];
    if (!walk->verdicts)
        return tdm__fact_cell_fits(c, cell, walk->filter);
    if (walk->verdicts[cell] == NOT_ASKED)
        walk->verdicts[cell] = tdm__fact_cell_fits(c, cell, walk->filter) ? FITS : DOES_NOT;
    return walk->verdicts[cell] == FITS;
}

bool tdm__fact_walks_fit(tdm__fact_walks *walks, uint32_t event)
{
    for (size_t i = 0; i < walks->count; i++)
        if (!walk_fits(&walks->walks[i], walks->chronology, event))
            return false;
    return true;
}

/*
 * Weights of units, and factors of fading.
 */
#include "chronology/weights.h"

#include "chronology/kin.h"
#include "chronology/table.h"

#include <math.h>

#define WEIGHT_MAX 1000000
#define FACTOR_ONE 1099511627776.0 /* 2^40 */

static int64_t cut_weight(int64_t number)
{
    return number < 0 ? 0 : number < WEIGHT_MAX ? number : WEIGHT_MAX;
}

static int64_t row_weight(const tdm_history *h, uint32_t row, uint32_t key)
{
    tdm__fact_value value;
    return tdm__chronology_fact(&value, h->chronology, h->rows[row].event, key) ? cut_weight(value.number)
                                                                                : 0;
}

static uint32_t weight_key(const tdm_history *h)
{
    return tdm__vocabulary_fact(tdm__chronology_vocabulary(h->chronology), TDM_LIT("weight"));
}

/* One step through the column of the fact beside the members, whose events ascend but for those of kin. */
static void weigh_members(int64_t *weights, const tdm_selection *selection, uint32_t key)
{
    const tdm_history *h = selection->history;
    const tdm__sparse *column = &h->chronology->facts[key];
    const tdm__fact_values *values = &h->chronology->fact_values[tdm__fact_numbered(h->chronology, key)];
    const tdm__fact_cell *cells = column->values;
    size_t at = selection->count > 0
                    ? tdm__sparse_lower_bound(column, h->rows[selection->members[0].row].event)
                    : 0;
    for (uint32_t i = 0; i < selection->count; i++) {
        uint32_t event = h->rows[selection->members[i].row].event;
        if (at > 0 && tdm__sparse_event(column, at - 1) >= event)
            at = tdm__sparse_lower_bound(column, event);
        while (at < column->count && tdm__sparse_event(column, at) < event)
            at++;
        bool there = at < column->count && tdm__sparse_event(column, at) == event;
        weights[i] = there ? cut_weight(tdm__fact_number(values, cells[at])) : 0;
    }
}

tdm_status tdm__plain_weights(const int64_t **out, const tdm_selection *selection, bool weighted,
                              tdm_budget *budget)
{
    const tdm_history *h = selection->history;
    uint32_t key = weighted ? weight_key(h) : 0;
    size_t bytes = selection->count * sizeof(int64_t);
    int64_t *weights = tdm__arena_alloc(h->arena, bytes);
    *out = weights;
    if (!weights)
        return TDM_NO_MEMORY;
    if (!tdm__charge(budget, 1 + selection->count))
        return TDM_BUDGET;
    if (weighted && key < h->chronology->fact_column_count) {
        weigh_members(weights, selection, key);
        return TDM_OK;
    }
    for (uint32_t i = 0; i < selection->count; i++)
        weights[i] = weighted ? 0 : 1;
    return TDM_OK;
}

/* The heaviest row of each incident that several rows tell, in one pass over the rows. */
static tdm_status weigh_incidents(int64_t **out, const tdm_history *h, uint32_t key)
{
    uint32_t rows = tdm__rows_with_kin(h);
    int64_t *heaviest = tdm__arena_array(h->arena, rows, sizeof *heaviest);
    *out = heaviest;
    for (uint32_t row = 0; heaviest && row < rows; row++) {
        uint32_t incident = h->rows[row].incident;
        if (h->incidents[incident].row_count < 2)
            continue;
        int64_t weight = row_weight(h, row, key);
        heaviest[incident] = weight > heaviest[incident] ? weight : heaviest[incident];
    }
    return heaviest ? TDM_OK : TDM_NO_MEMORY;
}

static bool told_by_several(const tdm_history *h, const tdm__unit *unit)
{
    return unit->row == TDM_NO_INDEX && h->incidents[unit->incident].row_count > 1;
}

tdm_status tdm__unit_weights(const int64_t **out, const tdm__world_units *units, bool weighted,
                             tdm_budget *budget)
{
    const tdm_history *h = units->history;
    uint32_t key = weight_key(h);
    int64_t *weights = tdm__arena_array(h->arena, units->count, sizeof *weights), *by_incident = NULL;
    *out = weights;
    if (!weights)
        return TDM_NO_MEMORY;
    if (!tdm__charge(budget, 1 + units->count + (weighted ? tdm__rows_with_kin(h) / 4 : 0)))
        return TDM_BUDGET;
    for (uint32_t i = 0; i < units->count; i++) {
        const tdm__unit *unit = &units->items[i];
        if (!weighted) {
            weights[i] = 1;
        } else if (!told_by_several(h, unit)) {
            weights[i] = row_weight(h, unit->member, key);
        } else {
            tdm_status status = by_incident ? TDM_OK : weigh_incidents(&by_incident, h, key);
            if (status != TDM_OK)
                return status;
            weights[i] = by_incident[unit->incident];
        }
    }
    return TDM_OK;
}

double tdm__fading_factor(int32_t half_life_days, int64_t days)
{
    if (half_life_days == 0 || days <= 0)
        return 1;
    return floor(exp2(-(double)days / half_life_days) * FACTOR_ONE + 0.5) / FACTOR_ONE;
}

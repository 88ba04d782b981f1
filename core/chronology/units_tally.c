/*
 * Tallies by group: see units_tally.h. And the two results that need nothing else: how many, and how many of
 * how many.
 */
#include "chronology/units_tally.h"

#include "chronology/population_columns.h"

static bool in_list(const tdm__measuring *measuring, tdm_str area)
{
    size_t low = 0, high = measuring->area_count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        int order = tdm__str_compare(measuring->areas[middle], area);
        if (order == 0)
            return true;
        if (order < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return false;
}

/* Nobody's area is not in a list because it was not recorded. */
static tdm_status look_up_areas(tdm__unit_tally *tally, const tdm__units_ground *ground)
{
    const tdm__groups *areas = &tally->population->groups[TDM__BY_AREA];
    if (!tally->measuring->areas)
        return TDM_OK;
    uint8_t *listed = tdm__arena_array(ground->arena, areas->count, sizeof *listed);
    if (!listed)
        return TDM_NO_MEMORY;
    for (size_t i = 0; i < areas->count; i++)
        listed[i] = areas->names[i].length == 0 || in_list(tally->measuring, areas->names[i]);
    tally->listed = listed;
    return TDM_OK;
}

tdm_status tdm__unit_tally_new(tdm__unit_tally *out, tdm__units_ground *ground,
                               const tdm__measuring *measuring, tdm__measured_form form, const tdm_str *lines,
                               size_t line_count, size_t unit_room)
{
    size_t count = ground->population->groups[measuring->by].count, cells;
    *out = (tdm__unit_tally){.population = ground->population, .measuring = measuring};
    if (!tdm__multiply_size(&cells, count, line_count))
        return TDM_NO_MEMORY;
    out->groups = tdm__arena_array(ground->arena, count, sizeof *out->groups);
    out->lines = tdm__arena_array(ground->arena, cells, sizeof *out->lines);
    if (measuring->list_units)
        out->units = tdm__arena_array(ground->arena, unit_room, sizeof *out->units);
    if (!out->groups || !out->lines || (measuring->list_units && !out->units))
        return TDM_NO_MEMORY;
    for (size_t i = 0; i < count; i++)
        out->groups[i].lines = out->lines + i * line_count;
    out->measured = (tdm__measured){.form = form,
                                    .within = -1,
                                    .lines = lines,
                                    .line_count = line_count,
                                    .groups = out->groups,
                                    .group_count = count,
                                    .units = out->units};
    return look_up_areas(out, ground);
}

uint32_t tdm__unit_tally_group(uint8_t *reason, const tdm__unit_tally *tally, const tdm__units *units,
                               size_t at, uint8_t given)
{
    const tdm__population *p = tally->population;
    bool began = units->start_from[at] != TDM_DAY_BEFORE_ALL || !units->end_from ||
                 units->end_from[at] == TDM_DAY_NONE;
    *reason = given;
    if (given == TDM__COUNTED && tally->listed && !tally->listed[p->area_group[units->child[at]]])
        *reason = TDM__UNCOUNTED_AREA_NOT_IN_LIST;
    return tdm__population_group(p, tally->measuring->by, units->child[at], units->event[at],
                                 began ? units->start_from[at] : units->end_from[at]);
}

void tdm__unit_tally_add(tdm__unit_tally *tally, const tdm__units *units, size_t at, tdm__measured_unit unit)
{
    if (unit.reason != TDM__COUNTED)
        tally->groups[unit.group].left_out[unit.reason]++;
    if (!tally->units)
        return;
    unit.child = units->child[at];
    unit.event = units->event[at];
    tally->units[tally->measured.unit_count++] = unit;
}

int64_t *tdm__unit_tally_line(tdm__unit_tally *tally, uint32_t group, uint32_t line)
{
    return &tally->lines[group * tally->measured.line_count + line];
}

tdm_status tdm__measured_count(tdm__measured *out, tdm__units_ground *ground, const tdm__measuring *measuring,
                               const tdm__units *units)
{
    tdm__unit_tally tally;
    *out = (tdm__measured){0};
    tdm_status status = tdm__units_are_of(ground, units);
    if (status == TDM_OK)
        status = tdm__unit_tally_new(&tally, ground, measuring, TDM__MEASURED_COUNT, NULL, 0, units->count);
    if (status != TDM_OK)
        return status;
    ground->looked_at += (int64_t)units->count;
    for (size_t i = 0; i < units->count; i++) {
        tdm__measured_unit unit = {.line = TDM_NO_INDEX};
        unit.group = tdm__unit_tally_group(&unit.reason, &tally, units, i, tdm__unit_reason(units, i));
        unit.in_numerator = unit.reason == TDM__COUNTED;
        tally.groups[unit.group].numerator += unit.in_numerator;
        tdm__unit_tally_add(&tally, units, i, unit);
    }
    for (size_t i = 0; i < tally.measured.group_count; i++)
        tally.groups[i].denominator = -1;
    *out = tally.measured;
    return TDM_OK;
}

/* One of a share: whether it is below the line, and above it. */
static void add_to_share(tdm__unit_tally *tally, const tdm__units *units, size_t at, uint8_t given,
                         bool below, bool above)
{
    tdm__measured_unit unit = {.line = TDM_NO_INDEX};
    unit.group = tdm__unit_tally_group(&unit.reason, tally, units, at, given);
    bool counted = unit.reason == TDM__COUNTED && below;
    unit.in_numerator = counted && above;
    tally->groups[unit.group].denominator += counted;
    tally->groups[unit.group].numerator += unit.in_numerator;
    tdm__unit_tally_add(tally, units, at, unit);
}

tdm_status tdm__measured_share(tdm__measured *out, tdm__units_ground *ground, const tdm__measuring *measuring,
                               const tdm__units *units, const tdm__units *among)
{
    tdm__unit_tally tally;
    *out = (tdm__measured){0};
    tdm_status status = tdm__units_are_of(ground, units);
    if (status == TDM_OK)
        status = tdm__units_are_of(ground, among);
    if (status == TDM_OK)
        status = tdm__unit_tally_new(&tally, ground, measuring, TDM__MEASURED_SHARE, NULL, 0,
                                     units->count + among->count);
    if (status != TDM_OK)
        return status;
    ground->looked_at += (int64_t)units->count + (int64_t)among->count;
    for (size_t i = 0, k = 0; i < units->count || k < among->count;) {
        int order = i == units->count ? 1 : k == among->count ? -1 : tdm__units_order(units, i, among, k);
        if (order < 0) { /* above the line alone */
            uint8_t reason = tdm__unit_reason(units, i);
            add_to_share(&tally, units, i,
                         reason == TDM__COUNTED ? TDM__UNCOUNTED_NOT_IN_DENOMINATOR : reason, false, true);
        } else {
            uint8_t reason = tdm__unit_reason(among, k);
            if (reason == TDM__COUNTED && order == 0)
                reason = tdm__unit_reason(units, i);
            add_to_share(&tally, among, k, reason, true, order == 0);
        }
        i += order <= 0;
        k += order >= 0;
    }
    *out = tally.measured;
    return TDM_OK;
}

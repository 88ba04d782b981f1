/*
 * Counting lengths, and units by how long they took.
 */
#include "chronology/units_lengths.h"

tdm_status tdm__stretch_columns_new(tdm__stretch_columns *out, tdm__arena *arena, size_t count)
{
    tdm_day **const days[] = {&out->from, &out->to, &out->far_from, &out->far_to};
    for (size_t i = 0; i < sizeof days / sizeof *days; i++)
        if (!(*days[i] = tdm__arena_alloc(arena, count * sizeof **days[i])))
            return TDM_NO_MEMORY;
    out->censored = tdm__arena_array(arena, count, sizeof *out->censored);
    return out->censored ? TDM_OK : TDM_NO_MEMORY;
}

tdm_status tdm__stretches_judged(tdm__stretches *out, tdm__units_ground *ground, const tdm__units *units,
                                 const uint8_t *verdicts, const tdm__stretch_columns *columns)
{
    tdm__stretches made = {0};
    tdm__stretch_columns kept;
    size_t at = 0;
    *out = (tdm__stretches){.units = {.population = ground->population}};
    tdm_status status = tdm__units_judged(&made.units, ground, units, verdicts);
    if (status == TDM_OK)
        status = tdm__stretch_columns_new(&kept, ground->arena, made.units.count);
    if (status != TDM_OK)
        return status;
    for (size_t i = 0; i < units->count; i++) {
        if (verdicts[i] == TDM__OUT)
            continue;
        bool measured = made.units.reason[at] == TDM__COUNTED;
        kept.from[at] = measured ? columns->from[i] : TDM_DAY_NONE;
        kept.to[at] = measured ? columns->to[i] : TDM_DAY_NONE;
        kept.far_from[at] = columns->far_from[i];
        kept.far_to[at] = columns->far_to[i];
        kept.censored[at++] = measured && columns->censored[i];
    }
    made.from = kept.from;
    made.to = kept.to;
    made.far_from = kept.far_from;
    made.far_to = kept.far_to;
    made.censored = kept.censored;
    *out = made;
    return TDM_OK;
}

bool tdm__length_of(int32_t *out, tdm_day from, tdm_day to, tdm__counting counting,
                    const tdm_holidays *holidays)
{
    *out = to - from;
    return counting != TDM__IN_WORKING_DAYS || tdm_working_days_between(out, from, to, holidays) == TDM_OK;
}

bool tdm__length_within(tdm_day from, tdm_day to, int32_t limit, tdm__counting counting,
                        const tdm_holidays *holidays)
{
    int32_t length;
    if (counting == TDM__IN_MONTHS)
        return to <= tdm_day_add_months(from, limit);
    return tdm__length_of(&length, from, to, counting, holidays) && length <= limit;
}

bool tdm__length_fits(tdm_day from, tdm_day to, int32_t length, const tdm__edge *edge)
{
    if (edge->open)
        return true;
    if (edge->same_day)
        return from == to;
    int32_t to_edge = edge->to.count - length;
    if (edge->to.unit == TDM_SPAN_MONTHS)
        to_edge = tdm_day_add_months(from, edge->to.count) - to;
    return edge->below ? to_edge > 0 : to_edge >= 0;
}

/* --- which of them --- */

/* Those of the stretches that are not out. */
static tdm_status keep(tdm__stretches *out, tdm__units_ground *ground, const tdm__stretches *stretches,
                       const uint8_t *verdicts)
{
    tdm__stretch_columns columns;
    size_t count = stretches->units.count;
    tdm_status status = tdm__stretch_columns_new(&columns, ground->arena, count);
    if (status != TDM_OK)
        return status;
    for (size_t i = 0; i < count; i++) {
        columns.from[i] = stretches->from[i];
        columns.to[i] = stretches->to[i];
        columns.far_from[i] = stretches->far_from[i];
        columns.far_to[i] = stretches->far_to[i];
        columns.censored[i] = tdm__is_censored(stretches, i);
    }
    return tdm__stretches_judged(out, ground, &stretches->units, verdicts, &columns);
}

tdm_status tdm__stretches_done(tdm__stretches *out, tdm__units_ground *ground,
                               const tdm__stretches *stretches)
{
    return tdm__stretches_ending(out, ground, stretches, TDM_DAY_BEFORE_ALL, TDM_DAY_AFTER_ALL);
}

tdm_status tdm__stretches_ending(tdm__stretches *out, tdm__units_ground *ground,
                                 const tdm__stretches *stretches, tdm_day from, tdm_day to)
{
    const tdm__units *units = &stretches->units;
    uint8_t *verdicts;
    *out = (tdm__stretches){0};
    tdm_status status = tdm__judging_new(&verdicts, &out->units, ground, units);
    if (status != TDM_OK)
        return status;
    for (size_t i = 0; i < units->count; i++)
        if (!tdm__is_censored(stretches, i))
            verdicts[i] = tdm__days_in(stretches->far_from[i], stretches->far_to[i], from, to);
    return keep(out, ground, stretches, verdicts);
}

/* Those that are no longer than the limit and have ended; or that are longer, ended or not. */
static tdm_status by_length(tdm__units *out, tdm__units_ground *ground, const tdm__stretches *stretches,
                            int32_t limit, tdm__counting counting, bool longer)
{
    const tdm__units *units = &stretches->units;
    uint8_t *verdicts;
    tdm_status status = tdm__judging_new(&verdicts, out, ground, units);
    for (size_t i = 0; status == TDM_OK && i < units->count; i++) {
        tdm_day from = stretches->from[i], to = stretches->to[i];
        int32_t length;
        verdicts[i] = tdm__unit_reason(units, i);
        if (verdicts[i] != TDM__COUNTED)
            continue;
        if (!tdm__length_of(&length, from, to, counting, ground->holidays))
            verdicts[i] = TDM__UNCOUNTED_NO_CALENDAR;
        else if (tdm__length_within(from, to, limit, counting, ground->holidays) == longer ||
                 (!longer && tdm__is_censored(stretches, i)))
            verdicts[i] = TDM__OUT;
    }
    return status == TDM_OK ? tdm__units_judged(out, ground, units, verdicts) : status;
}

tdm_status tdm__stretches_within(tdm__units *out, tdm__units_ground *ground, const tdm__stretches *stretches,
                                 int32_t limit, tdm__counting counting)
{
    return by_length(out, ground, stretches, limit, counting, false);
}

tdm_status tdm__stretches_longer_than(tdm__units *out, tdm__units_ground *ground,
                                      const tdm__stretches *stretches, tdm_span span)
{
    static const tdm__counting countings[] = {
        [TDM_SPAN_DAYS] = TDM__IN_DAYS,
        [TDM_SPAN_MONTHS] = TDM__IN_MONTHS,
        [TDM_SPAN_WORKING_DAYS] = TDM__IN_WORKING_DAYS,
    };
    return by_length(out, ground, stretches, span.count, countings[span.unit], true);
}

/*
 * How long units took, in bins and as lengths for statistics; and how long until something came, with those
 * who still wait.
 */
#include "chronology/population_columns.h"
#include "chronology/units_lengths.h"
#include "chronology/units_tally.h"

#include <stdlib.h>

static int compare_lengths(const void *a, const void *b)
{
    const tdm__length *x = a, *y = b;
    if (x->length != y->length)
        return x->length < y->length ? -1 : 1;
    return (x->censored > y->censored) - (x->censored < y->censored);
}

/* The lengths of each group, side by side: first counted, then filled in. */
typedef struct group_lengths {
    tdm__length *lengths;
    size_t *next; /* by group */
} group_lengths;

/* A stretch as it is tallied. */
typedef struct measured_stretch {
    tdm__measured_unit unit;
    bool ended;
} measured_stretch;

static measured_stretch measure(const tdm__unit_tally *tally, const tdm__units_ground *ground,
                                const tdm__stretches *stretches, size_t at, tdm__counting counting)
{
    measured_stretch s = {.unit = {.line = TDM_NO_INDEX}};
    uint8_t given = tdm__unit_reason(&stretches->units, at);
    if (given == TDM__COUNTED &&
        !tdm__length_of(&s.unit.length, stretches->from[at], stretches->to[at], counting, ground->holidays))
        given = TDM__UNCOUNTED_NO_CALENDAR;
    s.unit.group = tdm__unit_tally_group(&s.unit.reason, tally, &stretches->units, at, given);
    s.ended = s.unit.reason == TDM__COUNTED && !tdm__is_censored(stretches, at);
    return s;
}

static tdm_status lengths_new(group_lengths *out, tdm__unit_tally *tally, const tdm__units_ground *ground,
                              const tdm__stretches *stretches, tdm__counting counting)
{
    size_t groups = tally->measured.group_count, first = 0;
    out->lengths = tdm__arena_alloc(ground->arena, stretches->units.count * sizeof *out->lengths);
    out->next = tdm__arena_array(ground->arena, groups, sizeof *out->next);
    if (!out->lengths || !out->next)
        return TDM_NO_MEMORY;
    for (size_t i = 0; i < stretches->units.count; i++) {
        measured_stretch s = measure(tally, ground, stretches, i, counting);
        tally->groups[s.unit.group].length_count += s.unit.reason == TDM__COUNTED;
    }
    for (size_t i = 0; i < groups; i++) {
        tally->groups[i].lengths = out->lengths + first;
        out->next[i] = first;
        first += tally->groups[i].length_count;
    }
    return TDM_OK;
}

static void sort_lengths(const tdm__unit_tally *tally, const group_lengths *l)
{
    for (size_t i = 0; i < tally->measured.group_count; i++) {
        size_t count = tally->groups[i].length_count;
        if (count > 1)
            qsort(l->lengths + (l->next[i] - count), count, sizeof *l->lengths, compare_lengths);
    }
}

static void keep_length(group_lengths *l, const measured_stretch *s)
{
    l->lengths[l->next[s->unit.group]++] = (tdm__length){s->unit.length, !s->ended};
}

/* --- in bins --- */

static uint32_t line_of(const tdm__timing *timing, tdm_day from, tdm_day to, int32_t length)
{
    for (size_t i = 0; i < timing->edge_count; i++)
        if (tdm__length_fits(from, to, length, &timing->edges[i]))
            return (uint32_t)i;
    return TDM_NO_INDEX;
}

static void add_ended(tdm__unit_tally *tally, const tdm__units_ground *ground,
                      const tdm__stretches *stretches, size_t at, const tdm__timing *timing,
                      tdm__measured_unit *unit)
{
    tdm_day from = stretches->from[at], to = stretches->to[at];
    unit->line = line_of(timing, from, to, unit->length);
    unit->in_numerator = timing->within >= 0 &&
                         tdm__length_within(from, to, timing->within, timing->counting, ground->holidays);
    tally->groups[unit->group].denominator++;
    tally->groups[unit->group].numerator += unit->in_numerator;
    if (unit->line != TDM_NO_INDEX)
        ++*tdm__unit_tally_line(tally, unit->group, unit->line);
}

static tdm_status edge_names(tdm_str **out, tdm__arena *arena, const tdm__timing *timing)
{
    *out = tdm__arena_array(arena, timing->edge_count, sizeof **out);
    for (size_t i = 0; *out && i < timing->edge_count; i++) {
        (*out)[i] = tdm__arena_copy(arena, timing->edges[i].name);
        if (!(*out)[i].data)
            return TDM_NO_MEMORY;
    }
    return *out ? TDM_OK : TDM_NO_MEMORY;
}

tdm_status tdm__measured_times(tdm__measured *out, tdm__units_ground *ground, const tdm__measuring *measuring,
                               const tdm__stretches *stretches, const tdm__timing *timing)
{
    const tdm__units *units = &stretches->units;
    tdm__unit_tally tally;
    group_lengths lengths;
    tdm_str *names;
    *out = (tdm__measured){0};
    tdm_status status = tdm__units_are_of(ground, units);
    if (status == TDM_OK)
        status = edge_names(&names, ground->arena, timing);
    if (status == TDM_OK)
        status = tdm__unit_tally_new(&tally, ground, measuring, TDM__MEASURED_TIMES, names,
                                     timing->edge_count, units->count);
    if (status == TDM_OK)
        status = lengths_new(&lengths, &tally, ground, stretches, timing->counting);
    if (status != TDM_OK)
        return status;
    ground->looked_at += 2 * (int64_t)units->count;
    for (size_t i = 0; i < units->count; i++) {
        measured_stretch s = measure(&tally, ground, stretches, i, timing->counting);
        if (s.unit.reason == TDM__COUNTED)
            keep_length(&lengths, &s);
        if (s.ended)
            add_ended(&tally, ground, stretches, i, timing, &s.unit);
        tdm__unit_tally_add(&tally, units, i, s.unit);
    }
    sort_lengths(&tally, &lengths);
    for (size_t i = 0; timing->within < 0 && i < tally.measured.group_count; i++)
        tally.groups[i].numerator = -1;
    tally.measured.counting = timing->counting;
    tally.measured.within = timing->within < 0 ? -1 : timing->within;
    *out = tally.measured;
    return TDM_OK;
}

/* --- until something came --- */

tdm_status tdm__measured_survival(tdm__measured *out, tdm__units_ground *ground,
                                  const tdm__measuring *measuring, const tdm__stretches *stretches,
                                  const tdm_span *at, size_t at_count)
{
    const tdm__units *units = &stretches->units;
    tdm__unit_tally tally;
    group_lengths lengths;
    *out = (tdm__measured){0};
    tdm_span *spans = tdm__arena_array(ground->arena, at_count, sizeof *spans);
    if (!spans)
        return TDM_NO_MEMORY;
    for (size_t i = 0; i < at_count; i++)
        spans[i] = at[i];
    tdm_status status = tdm__units_are_of(ground, units);
    if (status == TDM_OK)
        status = tdm__unit_tally_new(&tally, ground, measuring, TDM__MEASURED_SURVIVAL, NULL, 0,
                                     units->count);
    if (status == TDM_OK)
        status = lengths_new(&lengths, &tally, ground, stretches, TDM__IN_DAYS);
    if (status != TDM_OK)
        return status;
    ground->looked_at += 2 * (int64_t)units->count;
    for (size_t i = 0; i < units->count; i++) {
        measured_stretch s = measure(&tally, ground, stretches, i, TDM__IN_DAYS);
        if (s.unit.reason == TDM__COUNTED)
            keep_length(&lengths, &s);
        s.unit.in_numerator = s.ended;
        tally.groups[s.unit.group].numerator += s.ended;
        tally.groups[s.unit.group].denominator += s.unit.reason == TDM__COUNTED;
        tdm__unit_tally_add(&tally, units, i, s.unit);
    }
    sort_lengths(&tally, &lengths);
    tally.measured.counting = TDM__IN_DAYS;
    tally.measured.at = spans;
    tally.measured.at_count = at_count;
    *out = tally.measured;
    return TDM_OK;
}

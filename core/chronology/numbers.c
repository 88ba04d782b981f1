/*
 * Measures that give a number: counts, windows, gaps, spans, loads. Each exact in one world; over
 * doubtful dates as bounds.
 */
#include "chronology/plain.h"
#include "chronology/weights.h"
#include "chronology/windows.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* Incidents that there are in every world. */
static int32_t certain_count(const tdm__world_units *units)
{
    int32_t certain = 0;
    tdm__once_start(units, 0);
    for (uint32_t i = 0; i < units->count; i++)
        certain += !units->items[i].optional && tdm__once_counts(units, 0, &units->items[i]);
    return certain;
}

tdm_bounds tdm_selection_count(const tdm_selection *selection)
{
    tdm__world_units *units;
    const tdm_day *plain;
    tdm_bounds count = {0, (int32_t)selection->count};
    if (tdm__plain_days(&plain, selection, NULL) == TDM_OK && plain)
        return (tdm_bounds){count.possible, count.possible};
    if (tdm__world_units_new(&units, selection, NULL, NULL) != TDM_OK)
        return count; /* certain 0, possible all rows: the widest bounds there are */
    return (tdm_bounds){certain_count(units), (int32_t)units->count};
}

/* Most units that can lie in one window: each counts when its interval meets the window. */
static tdm_status most_possible(int32_t *out, const tdm__world_units *units, tdm_span span,
                                const tdm_holidays *holidays, tdm_budget *budget)
{
    *out = 0;
    for (uint32_t i = 0; i < units->count; i++) {
        tdm_day first = units->items[i].to, last;
        int32_t inside = 0;
        tdm_status status = tdm__window_last(&last, first, span, holidays);
        if (status != TDM_OK)
            return status;
        uint32_t k = 0;
        for (; k < units->count && units->items[k].from <= last; k++)
            inside += units->items[k].to >= first;
        if (!tdm__charge(budget, 1 + k / 8))
            return TDM_BUDGET;
        *out = inside > *out ? inside : *out;
    }
    return TDM_OK;
}

/* Found groups by how many of their units a window holds; NULL: each unit is counted. */
static int32_t enters(uint32_t *inside, const tdm__unit *unit)
{
    return !inside || unit->found == TDM_NO_INDEX || inside[unit->found]++ == 0;
}

static int32_t leaves(uint32_t *inside, const tdm__unit *unit)
{
    return !inside || unit->found == TDM_NO_INDEX || --inside[unit->found] == 0;
}

/* Most units of known date in one window, those of a found group `once`: a window cannot be emptier than
 * that. */
static tdm_status most_exact(int32_t *out, const tdm__world_units *units, bool once, tdm_span span,
                             const tdm_holidays *holidays, tdm_budget *budget)
{
    const tdm__unit **exact = tdm__arena_array(units->history->arena, units->count, sizeof *exact);
    uint32_t *inside = NULL;
    uint32_t count = 0, end = 0;
    int32_t here = 0;
    *out = 0;
    if (once && units->found_count > 0 &&
        !(inside = tdm__arena_array(units->history->arena, units->found_count, sizeof *inside)))
        return TDM_NO_MEMORY;
    if (!exact)
        return TDM_NO_MEMORY;
    if (!tdm__charge(budget, 1 + units->count))
        return TDM_BUDGET;
    for (uint32_t i = 0; i < units->count; i++)
        if (!units->items[i].optional && units->items[i].from == units->items[i].to)
            exact[count++] = &units->items[i];
    for (uint32_t i = 0; i < count; i++) {
        tdm_day last;
        tdm_status status = tdm__window_last(&last, exact[i]->from, span, holidays);
        if (status != TDM_OK)
            return status;
        while (end < count && exact[end]->from <= last)
            here += enters(inside, exact[end++]);
        *out = here > *out ? here : *out;
        here -= leaves(inside, exact[i]);
    }
    return TDM_OK;
}

/* Most of the days in one window. */
static tdm_status most_plain(tdm_bounds *out, const tdm_day *days, uint32_t count, tdm_span span,
                             const tdm_holidays *holidays, tdm_budget *budget)
{
    uint32_t most = 0, end = 0;
    if (!tdm__charge(budget, 1 + count))
        return TDM_BUDGET;
    for (uint32_t i = 0; i < count; i++) {
        tdm_day last;
        tdm_status status = tdm__window_last(&last, days[i], span, holidays);
        if (status != TDM_OK)
            return status;
        while (end < count && days[end] <= last)
            end++;
        most = end - i > most ? end - i : most;
    }
    *out = (tdm_bounds){(int32_t)most, (int32_t)most};
    return TDM_OK;
}

tdm_status tdm__selection_max_in(tdm_bounds *out, const tdm_selection *selection, tdm_span span,
                                 const tdm_holidays *holidays, tdm_budget *budget)
{
    tdm__world_units *units;
    const tdm_day *plain;
    const bool *one_each;
    *out = (tdm_bounds){0, 0};
    tdm_status status = tdm__plain_days(&plain, selection, budget);
    if (status == TDM_OK && plain)
        return most_plain(out, plain, selection->count, span, holidays, budget);
    if (status == TDM_OK)
        status = tdm__world_units_new(&units, selection, NULL, budget);
    if (status == TDM_OK)
        status = most_exact(&out->certain, units, true, span, holidays, budget);
    if (status != TDM_OK)
        return status;
    if (units->doubtful == 0) {
        out->possible = out->certain;
        return units->found_count == 0 ? TDM_OK
                                       : most_exact(&out->possible, units, false, span, holidays, budget);
    }
    status = tdm__world_units_one_each(&one_each, units, NULL);
    if (status == TDM_OK)
        status = most_possible(&out->possible, units, span, holidays, budget);
    /* What fits with so many a window fits with more: halve what lies between. */
    for (int32_t fitting = out->possible; status == TDM_OK && out->certain < fitting;) {
        bool fits;
        int32_t middle = out->certain + (fitting - out->certain) / 2;
        status = tdm__windows_can_hold_at_most(&fits, units, one_each, (uint32_t)middle, span, holidays,
                                               budget);
        if (fits)
            fitting = middle;
        else
            out->certain = middle + 1;
    }
    return status;
}

tdm_status tdm_selection_max_in_window(tdm_bounds *out, const tdm_selection *selection, int32_t window_days,
                                       tdm_budget *budget)
{
    *out = (tdm_bounds){0, 0};
    if (window_days < 1 || window_days > 36600)
        return TDM_INVALID_ARG;
    return tdm__selection_max_in(out, selection, (tdm_span){TDM_SPAN_DAYS, window_days}, NULL, budget);
}

/* The first or last day of a plain selection that has one. */
static bool plain_end(tdm_date *out, const tdm_selection *selection, bool last)
{
    const tdm_day *plain;
    if (selection->count == 0 || tdm__plain_days(&plain, selection, NULL) != TDM_OK || !plain)
        return false;
    tdm_day day = plain[last ? selection->count - 1 : 0];
    *out = (tdm_date){day, day, 0};
    return true;
}

bool tdm__selection_first(tdm_date *out, const tdm_selection *selection)
{
    tdm__world_units *units;
    bool certain = false;
    *out = (tdm_date){TDM_DAY_BEFORE_ALL, TDM_DAY_AFTER_ALL, 0};
    if (plain_end(out, selection, false))
        return true;
    if (tdm__world_units_new(&units, selection, NULL, NULL) != TDM_OK)
        return false;
    for (uint32_t i = 0; i < units->count; i++) {
        const tdm__unit *unit = &units->items[i];
        if (out->from == TDM_DAY_BEFORE_ALL || unit->from < out->from)
            out->from = unit->from;
        if (!unit->optional) {
            out->to = unit->to < out->to ? unit->to : out->to;
            certain = true;
        }
    }
    return certain;
}

bool tdm__selection_last(tdm_date *out, const tdm_selection *selection)
{
    tdm__world_units *units;
    bool certain = false;
    *out = (tdm_date){TDM_DAY_BEFORE_ALL, TDM_DAY_AFTER_ALL, 0};
    if (plain_end(out, selection, true))
        return true;
    if (tdm__world_units_new(&units, selection, NULL, NULL) != TDM_OK)
        return false;
    for (uint32_t i = 0; i < units->count; i++) {
        const tdm__unit *unit = &units->items[i];
        if (out->to == TDM_DAY_AFTER_ALL || unit->to > out->to)
            out->to = unit->to;
        if (!unit->optional) {
            out->from = unit->from > out->from ? unit->from : out->from;
            certain = true;
        }
    }
    return certain;
}

/* A day of a world and whose it is: a unit, a found group where that is counted once, or several of them. */
typedef struct place {
    tdm_day day;
    uint32_t whose;
} place;
#define SEVERAL (TDM_NO_INDEX - 1)

static int compare_places(const void *a, const void *b)
{
    const place *x = a, *y = b;
    if (x->day != y->day)
        return x->day < y->day ? -1 : 1;
    return (x->whose > y->whose) - (x->whose < y->whose);
}

typedef struct gaps {
    const tdm__world_units *units;
    place *room;
    bool once; /* found groups */
} gaps;

/* The days of a world on which something counts, in order. */
static uint32_t sorted_places(const gaps *g, const tdm_day *days, uint32_t count)
{
    uint32_t present = 0, kept = 0;
    for (uint32_t i = 0; i < count; i++) {
        uint32_t found = g->once ? g->units->items[i].found : TDM_NO_INDEX;
        if (days[i] != TDM_DAY_NONE)
            g->room[present++] = (place){days[i], found == TDM_NO_INDEX ? i : g->units->count + found};
    }
    if (present > 1)
        qsort(g->room, present, sizeof *g->room, compare_places);
    for (uint32_t i = 0; i < present; i++) {
        if (kept == 0 || g->room[kept - 1].day != g->room[i].day)
            g->room[kept++] = g->room[i];
        else if (g->room[kept - 1].whose != g->room[i].whose)
            g->room[kept - 1].whose = SEVERAL;
    }
    return kept;
}

/* From one day to the next, unless one incident is all that either holds. */
static int32_t gap_in_world(const tdm_day *days, uint32_t count, void *payload)
{
    const gaps *g = payload;
    uint32_t present = sorted_places(g, days, count);
    int32_t longest = 0;
    for (uint32_t i = 1; i < present; i++) {
        const place *at = &g->room[i];
        bool one_incident = at->whose == at[-1].whose && at->whose != SEVERAL;
        if (!one_incident && at->day - at[-1].day > longest)
            longest = at->day - at[-1].day;
    }
    return longest;
}

/* Longest stretch that no interval reaches into, between certain units: no world has a shorter longest gap. A
 * found group may lie on both sides of a short one. */
static int32_t uncovered_stretch(const tdm__world_units *units)
{
    int32_t longest = 0, shortest = units->found_count > 0 ? TDM_TOLERANCE_DAYS_MAX : 0;
    tdm_day reached = TDM_DAY_BEFORE_ALL;
    bool certain_before = false;
    for (uint32_t i = 0; i < units->count; i++) {
        const tdm__unit *unit = &units->items[i];
        if (certain_before && unit->from > reached && unit->from - reached > longest &&
            unit->from - reached > shortest) {
            bool certain_after = false;
            for (uint32_t k = i; k < units->count && !certain_after; k++)
                certain_after = !units->items[k].optional;
            longest = certain_after ? unit->from - reached : longest;
        }
        reached = unit->to > reached ? unit->to : reached;
        certain_before = certain_before || !unit->optional;
    }
    return longest;
}

/* The longest stretch from one unit to another: some world has that span, and none a longer one or a longer
 * gap. */
static int32_t widest_span(const tdm__world_units *units)
{
    tdm_day last = TDM_DAY_BEFORE_ALL; /* of all but the unit that can be first */
    for (uint32_t i = 1; i < units->count; i++)
        last = units->items[i].to > last ? units->items[i].to : last;
    if (units->count < 2)
        return 0;
    /* That unit may as well be the last one, after the next. */
    int32_t from_first = last - units->items[0].from, to_first = units->items[0].to - units->items[1].from;
    return from_first > to_first ? from_first : to_first;
}

/* Each found group once for the smallest, each unit for the largest. */
static tdm_status gap_over_worlds(tdm_bounds *out, const tdm__world_units *units, tdm_budget *budget)
{
    gaps g = {units, tdm__arena_array(units->history->arena, (size_t)units->count + 1, sizeof(place)), true};
    tdm_bounds apart = *out;
    int64_t limit = tdm__worlds_limit((int64_t)units->count * 8);
    if (!g.room)
        return TDM_NO_MEMORY;
    tdm_status status = tdm__worlds_range(&out->certain, &out->possible, units, gap_in_world, &g, limit,
                                          budget);
    if (status != TDM_OK || units->found_count == 0)
        return status;
    g.once = false;
    status = tdm__worlds_range(&apart.certain, &apart.possible, units, gap_in_world, &g, limit, budget);
    out->possible = apart.possible;
    return status;
}

static int32_t longest_between(const tdm_day *days, uint32_t count)
{
    int32_t longest = 0;
    for (uint32_t i = 1; i < count; i++)
        longest = days[i] - days[i - 1] > longest ? days[i] - days[i - 1] : longest;
    return longest;
}

tdm_status tdm__selection_longest_gap(tdm_bounds *out, const tdm_selection *selection, tdm_budget *budget)
{
    tdm__world_units *units;
    const tdm_day *plain;
    *out = (tdm_bounds){0, 0};
    tdm_status status = tdm__plain_days(&plain, selection, budget);
    if (status == TDM_OK && plain) {
        int32_t longest = longest_between(plain, selection->count);
        *out = (tdm_bounds){longest, longest};
        return tdm__charge(budget, selection->count / 4) ? TDM_OK : TDM_BUDGET;
    }
    if (status == TDM_OK)
        status = tdm__world_units_new(&units, selection, NULL, budget);
    if (status != TDM_OK)
        return status;
    *out = (tdm_bounds){uncovered_stretch(units), widest_span(units)};
    return gap_over_worlds(out, units, budget);
}

tdm_status tdm__selection_span_days(tdm_bounds *out, const tdm_selection *selection, tdm_budget *budget)
{
    tdm_date first, last;
    tdm__world_units *units;
    *out = (tdm_bounds){0, 0};
    tdm_status status = tdm__world_units_new(&units, selection, NULL, budget);
    if (status != TDM_OK)
        return status;
    out->possible = widest_span(units);
    if (certain_count(units) < 2)
        return TDM_OK;
    if (tdm__selection_first(&first, selection) && tdm__selection_last(&last, selection) &&
        last.from > first.to)
        out->certain = last.from - first.to;
    return TDM_OK;
}

#define MICRO 1000000

/* 0.5^(days / half life) in millionths, rounded half up; a fixed integer so that sums are the same
 * everywhere. */
static int64_t decay_micro(int64_t days, int32_t half_life_days)
{
    if (half_life_days == 0 || days <= 0)
        return MICRO;
    return (int64_t)floor(exp2(-(double)days / half_life_days) * MICRO + 0.5);
}

static int32_t saturated(int64_t number)
{
    return number > INT32_MAX ? INT32_MAX : (int32_t)number;
}

/* On one day. `heaviest`: by found group, of the heaviest so far. */
static tdm_bounds load_on(const tdm__world_units *units, const int64_t *weights, int64_t *heaviest,
                          tdm_day day, int32_t half_life_days)
{
    int64_t certain = 0, possible = 0;
    if (units->found_count > 0)
        memset(heaviest, 0, units->found_count * sizeof *heaviest);
    for (uint32_t i = 0; i < units->count; i++) {
        const tdm__unit *unit = &units->items[i];
        if (unit->from > day)
            continue;
        int64_t weight = weights[i];
        tdm_day latest = unit->to < day ? unit->to : day;
        possible += weight * decay_micro(day - latest, half_life_days);
        if (unit->optional || unit->to > day)
            continue;
        int64_t load = weight * decay_micro(day - unit->from, half_life_days);
        int64_t *counted = unit->found == TDM_NO_INDEX ? NULL : &heaviest[unit->found];
        certain += counted && *counted >= load ? 0 : load - (counted ? *counted : 0);
        if (counted && load > *counted)
            *counted = load;
    }
    return (tdm_bounds){saturated(certain), saturated(possible)};
}

tdm_status tdm__selection_decayed_on(tdm_bounds *out, const tdm_selection *selection, const tdm_day *days,
                                     size_t count, int32_t half_life_days, bool weighted, tdm_budget *budget)
{
    tdm__world_units *units;
    for (size_t i = 0; i < count; i++)
        out[i] = (tdm_bounds){0, 0};
    tdm_status status = tdm__world_units_new(&units, selection, NULL, budget);
    if (status != TDM_OK)
        return status;
    int64_t *heaviest = tdm__arena_array(units->history->arena, units->found_count, sizeof *heaviest);
    if (!heaviest)
        return TDM_NO_MEMORY;
    const int64_t *weights;
    status = tdm__unit_weights(&weights, units, weighted, budget);
    for (size_t i = 0; status == TDM_OK && i < count; i++) {
        if (i > 0 && !tdm__charge(budget, 1 + (int64_t)units->count))
            return TDM_BUDGET;
        out[i] = load_on(units, weights, heaviest, days[i], half_life_days);
    }
    return status;
}

tdm_status tdm__selection_decayed(tdm_bounds *out, const tdm_selection *selection, tdm_day day,
                                  int32_t half_life_days, bool weighted, tdm_budget *budget)
{
    return tdm__selection_decayed_on(out, selection, &day, 1, half_life_days, weighted, budget);
}

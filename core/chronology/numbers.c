/*
 * Measures that give a number: counts, windows, gaps, spans, loads. Each exact in one world; over
 * doubtful dates as bounds.
 */
#include "chronology/windows.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

tdm_bounds tdm_selection_count(const tdm_selection *selection)
{
    tdm__units *units;
    tdm_bounds count = {0, (int32_t)selection->count};
    if (tdm__units_new(&units, selection, NULL, NULL) != TDM_OK)
        return count; /* certain 0, possible all rows: the widest bounds there are */
    count.possible = (int32_t)units->count;
    for (uint32_t i = 0; i < units->count; i++)
        count.certain += !units->items[i].optional;
    return count;
}

/* Most units that can lie in one window: each counts when its interval meets the window. */
static tdm_status most_possible(int32_t *out, const tdm__units *units, tdm_span span,
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

/* Most units of known date in one window: a window cannot be emptier than that. */
static tdm_status most_exact(int32_t *out, const tdm__units *units, tdm_span span,
                             const tdm_holidays *holidays, tdm_budget *budget)
{
    tdm_day *days = tdm__arena_array(units->history->arena, units->count, sizeof *days);
    uint32_t count = 0, end = 0;
    *out = 0;
    if (!days)
        return TDM_NO_MEMORY;
    if (!tdm__charge(budget, 1 + units->count))
        return TDM_BUDGET;
    for (uint32_t i = 0; i < units->count; i++)
        if (!units->items[i].optional && units->items[i].from == units->items[i].to)
            days[count++] = units->items[i].from;
    for (uint32_t i = 0; i < count; i++) {
        tdm_day last;
        tdm_status status = tdm__window_last(&last, days[i], span, holidays);
        if (status != TDM_OK)
            return status;
        while (end < count && days[end] <= last)
            end++;
        *out = (int32_t)(end - i) > *out ? (int32_t)(end - i) : *out;
    }
    return TDM_OK;
}

tdm_status tdm__selection_max_in(tdm_bounds *out, const tdm_selection *selection, tdm_span span,
                                 const tdm_holidays *holidays, tdm_budget *budget)
{
    tdm__units *units;
    *out = (tdm_bounds){0, 0};
    tdm_status status = tdm__units_new(&units, selection, NULL, budget);
    if (status == TDM_OK)
        status = most_exact(&out->certain, units, span, holidays, budget);
    if (status != TDM_OK)
        return status;
    if (units->doubtful == 0) {
        out->possible = out->certain;
        return TDM_OK;
    }
    status = most_possible(&out->possible, units, span, holidays, budget);
    /* What fits with so many a window fits with more: halve what lies between. */
    for (int32_t fitting = out->possible; status == TDM_OK && out->certain < fitting;) {
        bool fits;
        int32_t middle = out->certain + (fitting - out->certain) / 2;
        status = tdm__windows_can_hold_at_most(&fits, units, NULL, (uint32_t)middle, span, holidays, budget);
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

bool tdm__selection_first(tdm_date *out, const tdm_selection *selection)
{
    tdm__units *units;
    bool certain = false;
    *out = (tdm_date){TDM_DAY_BEFORE_ALL, TDM_DAY_AFTER_ALL, 0};
    if (tdm__units_new(&units, selection, NULL, NULL) != TDM_OK)
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
    tdm__units *units;
    bool certain = false;
    *out = (tdm_date){TDM_DAY_BEFORE_ALL, TDM_DAY_AFTER_ALL, 0};
    if (tdm__units_new(&units, selection, NULL, NULL) != TDM_OK)
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

static int compare_days(const void *a, const void *b)
{
    tdm_day x = *(const tdm_day *)a, y = *(const tdm_day *)b;
    return (x > y) - (x < y);
}

/* The days of a world that count, sorted into `room`. */
static uint32_t sorted_days(tdm_day *room, const tdm_day *days, uint32_t count)
{
    uint32_t present = 0;
    for (uint32_t i = 0; i < count; i++)
        if (days[i] != TDM_DAY_NONE)
            room[present++] = days[i];
    if (present > 1)
        qsort(room, present, sizeof *room, compare_days);
    return present;
}

static int32_t gap_in_world(const tdm_day *days, uint32_t count, void *payload)
{
    tdm_day *room = payload;
    uint32_t present = sorted_days(room, days, count);
    int32_t longest = 0;
    for (uint32_t i = 1; i < present; i++)
        if (room[i] - room[i - 1] > longest)
            longest = room[i] - room[i - 1];
    return longest;
}

/* Longest stretch that no interval reaches into, between certain units: no world has a shorter longest gap.
 */
static int32_t uncovered_stretch(const tdm__units *units)
{
    int32_t longest = 0;
    tdm_day reached = TDM_DAY_BEFORE_ALL;
    bool certain_before = false;
    for (uint32_t i = 0; i < units->count; i++) {
        const tdm__unit *unit = &units->items[i];
        if (certain_before && unit->from > reached && unit->from - reached > longest) {
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
static int32_t widest_span(const tdm__units *units)
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

static tdm_status number_over_worlds(tdm_bounds *out, const tdm__units *units, tdm__world_number_fn number,
                                     tdm_budget *budget)
{
    tdm_day *room = tdm__arena_array(units->history->arena, (size_t)units->count + 1, sizeof *room);
    if (!room)
        return TDM_NO_MEMORY;
    return tdm__worlds_range(&out->certain, &out->possible, units, number, room,
                             tdm__worlds_limit((int64_t)units->count * 8), budget);
}

tdm_status tdm__selection_longest_gap(tdm_bounds *out, const tdm_selection *selection, tdm_budget *budget)
{
    tdm__units *units;
    *out = (tdm_bounds){0, 0};
    tdm_status status = tdm__units_new(&units, selection, NULL, budget);
    if (status != TDM_OK)
        return status;
    *out = (tdm_bounds){uncovered_stretch(units), widest_span(units)};
    return number_over_worlds(out, units, gap_in_world, budget);
}

tdm_status tdm__selection_span_days(tdm_bounds *out, const tdm_selection *selection, tdm_budget *budget)
{
    tdm_date first, last;
    tdm__units *units;
    *out = (tdm_bounds){0, 0};
    tdm_status status = tdm__units_new(&units, selection, NULL, budget);
    if (status != TDM_OK)
        return status;
    out->possible = widest_span(units);
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

/* A row's fact `weight`, 0 without; at most a million. */
static int64_t row_weight(const tdm_history *h, uint32_t row, uint32_t key)
{
    tdm__fact_value value;
    if (!tdm__chronology_fact(&value, h->chronology, h->rows[row].event, key) || value.number < 0)
        return 0;
    return value.number < 1000000 ? value.number : 1000000;
}

/* The heaviest of all rows that tell it, those left out of the selection too. */
static int64_t unit_weight(const tdm__units *units, const tdm__unit *unit, uint32_t key)
{
    const tdm_history *h = units->history;
    int64_t heaviest = 0;
    if (unit->row != TDM_NO_INDEX || h->incidents[unit->incident].row_count == 1)
        return row_weight(h, unit->member, key);
    for (uint32_t row = 0; row < h->row_count; row++) {
        int64_t weight = h->rows[row].incident == unit->incident ? row_weight(h, row, key) : 0;
        heaviest = weight > heaviest ? weight : heaviest;
    }
    return heaviest;
}

static int32_t saturated(int64_t number)
{
    return number > INT32_MAX ? INT32_MAX : (int32_t)number;
}

tdm_status tdm__selection_decayed(tdm_bounds *out, const tdm_selection *selection, tdm_day day,
                                  int32_t half_life_days, bool weighted, tdm_budget *budget)
{
    tdm__units *units;
    int64_t certain = 0, possible = 0;
    *out = (tdm_bounds){0, 0};
    tdm_status status = tdm__units_new(&units, selection, NULL, budget);
    if (status != TDM_OK)
        return status;
    uint32_t key = tdm__vocabulary_fact(tdm__chronology_vocabulary(selection->history->chronology),
                                        TDM_LIT("weight"));
    for (uint32_t i = 0; i < units->count; i++) {
        const tdm__unit *unit = &units->items[i];
        if (!tdm__charge(budget, weighted ? 1 + units->history->row_count / 4 : 1))
            return TDM_BUDGET;
        if (unit->from > day)
            continue;
        int64_t weight = weighted ? unit_weight(units, unit, key) : 1;
        tdm_day latest = unit->to < day ? unit->to : day;
        possible += weight * decay_micro(day - latest, half_life_days);
        if (!unit->optional && unit->to <= day)
            certain += weight * decay_micro(day - unit->from, half_life_days);
    }
    *out = (tdm_bounds){saturated(certain), saturated(possible)};
    return TDM_OK;
}

/*
 * The highest load over time, in one walk over the days on which it can change.
 */
#include "chronology/load.h"

#include "chronology/plain.h"
#include "chronology/weights.h"
#include "chronology/worlds.h"

#include <math.h>
#include <stdlib.h>

#define MICRO      1000000.0
#define TABLE_DAYS 8192

tdm_status tdm__fading_table(tdm__fading *out, tdm__arena *arena, int32_t half_life_days)
{
    *out = (tdm__fading){.half_life_days = half_life_days};
    double *factors = tdm__arena_array(arena, TABLE_DAYS, sizeof *factors);
    if (!factors)
        return TDM_NO_MEMORY;
    do {
        factors[out->days_known] = tdm__fading_factor(half_life_days, out->days_known);
    } while (factors[out->days_known++] > 0 && out->days_known < TABLE_DAYS);
    out->factors = factors;
    return TDM_OK;
}

static double faded(const tdm__fading *fading, tdm_day days)
{
    if (days >= 0 && (uint32_t)days < fading->days_known)
        return fading->factors[days];
    return tdm__fading_factor(fading->half_life_days, days);
}

/* Something happens to the load on a day. */
typedef struct change {
    tdm_day day;
    uint32_t unit;
    bool ends; /* the unit may come no later: it begins to fade */
} change;

static int compare_changes(const void *a, const void *b)
{
    const change *x = a, *y = b;
    if (x->day != y->day)
        return x->day < y->day ? -1 : 1;
    if (x->ends != y->ends)
        return x->ends ? 1 : -1;
    return (x->unit > y->unit) - (x->unit < y->unit);
}

/* The heaviest of a found group so far, as it was on a day. */
typedef struct heaviest {
    double load;
    tdm_day day;
} heaviest;

typedef struct walk {
    const tdm__world_units *units;
    const int64_t *weights; /* by unit */
    const tdm__fading *fading;
    change *changes;
    uint32_t change_count;
    heaviest *groups; /* by found group */
} walk;

/* --- at most: each unit counts in full from its first day to its last, and fades from there --- */

static void list_changes(walk *w)
{
    w->change_count = 0;
    for (uint32_t i = 0; i < w->units->count; i++) {
        w->changes[w->change_count++] = (change){w->units->items[i].from, i, false};
        w->changes[w->change_count++] = (change){w->units->items[i].to, i, true};
    }
    if (w->change_count > 1)
        qsort(w->changes, w->change_count, sizeof *w->changes, compare_changes);
}

/* Tells of each day with a change the most that the load may be on it, and the day up to which that may last.
 */
typedef void (*tell_day)(double load, tdm_day day, tdm_day until, void *payload);

static void walk_most(const walk *w, tell_day tell, void *payload)
{
    int64_t standing = 0, standing_units = 0;
    double fading = 0;
    for (uint32_t i = 0; i < w->change_count;) {
        tdm_day day = w->changes[i].day;
        int64_t over = 0;
        if (i > 0)
            fading *= faded(w->fading, day - w->changes[i - 1].day);
        for (; i < w->change_count && w->changes[i].day == day; i++) {
            int64_t weight = w->weights[w->changes[i].unit];
            standing += w->changes[i].ends ? 0 : weight;
            standing_units += w->changes[i].ends ? -1 : 1;
            over += w->changes[i].ends ? weight : 0;
        }
        bool lasts = standing_units > 0 && i < w->change_count;
        tell((double)standing + fading, day, lasts ? w->changes[i].day : day, payload);
        standing -= over;
        fading += (double)over;
    }
}

typedef struct highest {
    double load;
    tdm_day first;    /* on which it is reached first */
    double floor;     /* of `from` and `to` */
    tdm_day from, to; /* days on which the load may be `floor` or more */
} highest;

static void note_highest(double load, tdm_day day, tdm_day until, void *payload)
{
    highest *h = payload;
    if (load > h->load) {
        h->load = load;
        h->first = day;
    }
    if (load < h->floor)
        return;
    h->from = h->from == TDM_DAY_NONE ? day : h->from;
    h->to = until;
}

/* --- at least: a unit counts from its last day on, faded since its first; a found group once --- */

static double added_by(walk *w, const tdm__unit *unit, double load, tdm_day day)
{
    if (unit->found == TDM_NO_INDEX)
        return load;
    heaviest *group = &w->groups[unit->found];
    double there = group->load * (group->load > 0 ? faded(w->fading, day - group->day) : 1);
    if (there >= load)
        return 0;
    *group = (heaviest){load, day};
    return load - there;
}

/* Over the units on their days in a world, or, without `days`, over those that there are in all. */
static double walk_least(walk *w, const tdm_day *days)
{
    double load = 0, top = 0;
    tdm_day before = 0;
    w->change_count = 0;
    for (uint32_t i = 0; i < w->units->found_count; i++)
        w->groups[i] = (heaviest){0, 0};
    for (uint32_t i = 0; i < w->units->count; i++) {
        const tdm__unit *unit = &w->units->items[i];
        if (days ? days[i] != TDM_DAY_NONE : !unit->optional)
            w->changes[w->change_count++] = (change){days ? days[i] : unit->to, i, true};
    }
    if (w->change_count > 1)
        qsort(w->changes, w->change_count, sizeof *w->changes, compare_changes);
    for (uint32_t i = 0; i < w->change_count; i++) {
        const tdm__unit *unit = &w->units->items[w->changes[i].unit];
        tdm_day day = w->changes[i].day;
        double own = (double)w->weights[w->changes[i].unit] * faded(w->fading, days ? 0 : day - unit->from);
        load = load * (i > 0 ? faded(w->fading, day - before) : 1) + added_by(w, unit, own, day);
        before = day;
        /* Within a day the load only grows, so the last of it is its highest. */
        top = load > top ? load : top;
    }
    return top;
}

static int32_t micro(double load)
{
    double rounded = floor(load * MICRO + 0.5);
    return rounded > INT32_MAX ? INT32_MAX : (int32_t)rounded;
}

static int32_t load_in_world(const tdm_day *days, uint32_t count, void *payload)
{
    (void)count;
    return micro(walk_least(payload, days));
}

static tdm_status new_walk(walk *w, bool weighted, tdm_budget *budget)
{
    tdm__arena *arena = w->units->history->arena;
    w->changes = tdm__arena_array(arena, 2 * (size_t)w->units->count, sizeof *w->changes);
    w->groups = tdm__arena_array(arena, w->units->found_count, sizeof *w->groups);
    if (!w->changes || !w->groups)
        return TDM_NO_MEMORY;
    return tdm__unit_weights(&w->weights, w->units, weighted, budget);
}

/* What walk_most does where each unit stands on one day. */
static void walk_plain(tdm__peak *out, const tdm_day *days, const int64_t *weights, uint32_t count,
                       const tdm__fading *fading)
{
    double fades = 0, top = 0;
    for (uint32_t i = 0; i < count;) {
        tdm_day day = days[i];
        int64_t here = 0;
        if (i > 0)
            fades *= faded(fading, day - days[i - 1]);
        for (; i < count && days[i] == day; i++)
            here += weights[i];
        if ((double)here + fades > top) {
            top = (double)here + fades;
            out->reached = (tdm_date){day, day, 0};
        }
        fades += (double)here;
    }
    out->highest = (tdm_bounds){micro(top), micro(top)};
}

/* *done: the selection was plain, and that is the answer. */
static tdm_status load_of_plain(tdm__peak *out, bool *done, const tdm_selection *selection,
                                const tdm__fading *fading, bool weighted, tdm_budget *budget)
{
    const tdm_day *days;
    const int64_t *weights;
    tdm_status status = tdm__plain_days(&days, selection, budget);
    *done = status == TDM_OK && days;
    if (!*done)
        return status;
    status = tdm__plain_weights(&weights, selection, weighted, budget);
    if (status == TDM_OK)
        walk_plain(out, days, weights, selection->count, fading);
    return status;
}

tdm_status tdm__selection_load(tdm__peak *out, const tdm_selection *selection, const tdm__fading *fading,
                               bool weighted, tdm_budget *budget)
{
    tdm__world_units *units;
    *out = (tdm__peak){{0, 0}, {TDM_DAY_BEFORE_ALL, TDM_DAY_AFTER_ALL, 0}};
    if (fading->half_life_days < 0 || fading->half_life_days > TDM__HALF_LIFE_MAX)
        return TDM_INVALID_ARG;
    bool done;
    tdm_status status = load_of_plain(out, &done, selection, fading, weighted, budget);
    if (status != TDM_OK || done)
        return status;
    status = tdm__world_units_new(&units, selection, NULL, budget);
    walk w = {.units = units, .fading = fading};
    if (status == TDM_OK)
        status = new_walk(&w, weighted, budget);
    if (status != TDM_OK || units->count == 0)
        return status;
    if (!tdm__charge(budget, 1 + 2 * (int64_t)units->count))
        return TDM_BUDGET;
    highest most = {0, TDM_DAY_NONE, INFINITY, TDM_DAY_NONE, TDM_DAY_NONE};
    list_changes(&w);
    walk_most(&w, note_highest, &most);
    out->highest.possible = micro(most.load);
    bool exact = units->doubtful == 0 && units->found_count == 0;
    int32_t least = exact ? out->highest.possible : micro(walk_least(&w, NULL)), unused = 0;
    if (!exact)
        status = tdm__worlds_range(&least, &unused, units, load_in_world, &w,
                                   tdm__worlds_limit((int64_t)units->count * 8), budget);
    out->highest.certain = least;
    if (status != TDM_OK || most.first == TDM_DAY_NONE)
        return status;
    most.floor = exact ? INFINITY : (least - 1) / MICRO;
    most.from = most.to = TDM_DAY_NONE;
    list_changes(&w);
    walk_most(&w, note_highest, &most);
    out->reached = exact ? (tdm_date){most.first, most.first, 0} : (tdm_date){most.from, most.to, 0};
    return TDM_OK;
}

/*
 * An incident in most of several successive periods, up to some day, on every day on which the answer may
 * become better.
 *
 * A rule that holds on any day holds on one on which something just came into a period, or on which the
 * level or what must not be there just ceased to stand against it: those days are looked at. Two bounds on
 * each, as in rise.c; where no day is sure and some day is possible, the worlds are gone through.
 */
#include "chronology/patterns.h"

#include "calendar/calendar.h"
#include "chronology/day_spells.h"
#include "chronology/days.h"
#include "chronology/looked.h"
#include "chronology/worlds.h"

#include <string.h>

/* Days or months that all periods together may have. */
#define SPAN_MAX       36600
#define SHORTEST_MONTH 28

typedef struct question {
    const tdm__world_units *units; /* in[0]: the selection; in[1]: what must not be there */
    const tdm__in_periods *rule;
    tdm_budget *budget;
    tdm__days days;
    tdm_day *start; /* of each day: the day before its earliest period */
    uint32_t *near; /* and the first unit that may reach into a period; those before it end earlier */
    const tdm__level_step *levels;
    size_t level_count;
    size_t first_day, end_day; /* of `days` that are looked at */
} question;

/* The day `back` periods before `day`: the last day of the period so far back. */
static tdm_day back_from(const question *q, tdm_day day, int32_t back)
{
    return tdm__days_before(day, (tdm_span){q->rule->of.unit, q->rule->of.count * back});
}

/* The first day from which the day `back` periods before is not before `day`. */
static tdm_day reaches(const question *q, tdm_day day, int32_t back)
{
    if (back == 0 || q->rule->of.unit != TDM_SPAN_MONTHS)
        return day + q->rule->of.count * back;
    tdm_day base = tdm_day_add_months(day, q->rule->of.count * back);
    return back_from(q, base, back) >= day ? base : base + 1;
}

/* The level on a day: 0 before anything is on record. */
static tdm_bounds level_on(const question *q, tdm_day day)
{
    size_t low = 0, high = q->level_count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (q->levels[middle].to < day)
            low = middle + 1;
        else
            high = middle;
    }
    bool found = low < q->level_count && q->levels[low].from <= day;
    return found ? q->levels[low].level : (tdm_bounds){0, 0};
}

static tdm_answer level_answer(const question *q, size_t at)
{
    if (!q->rule->level_not_above)
        return TDM_MET;
    tdm_bounds before = level_on(q, q->start[at] + 1), now = level_on(q, q->days.items[at]);
    if (now.possible <= before.certain)
        return TDM_MET;
    return now.certain <= before.possible ? TDM_POSSIBLE : TDM_NOT_MET;
}

/* Which periods of one day hold an incident. */
typedef struct tally {
    bool surely[TDM__PERIODS_MAX], perhaps[TDM__PERIODS_MAX];
    bool hindered, perhaps_hindered;
    tdm_bounds held;
} tally;

/* The period that holds a day which lies in one of them, counted back from 0. */
static int32_t period_of(const tdm_day *ends, int32_t periods, tdm_day day)
{
    int32_t period = 0;
    while (period < periods - 1 && day <= ends[period + 1])
        period++;
    return period;
}

static void count_unit(tally *t, const question *q, uint32_t index, const tdm_day *ends, tdm_day from,
                       tdm_day to, bool known)
{
    const tdm__unit *unit = &q->units->items[index];
    int32_t periods = q->rule->periods;
    bool inside = from > ends[periods] && to <= ends[0];
    bool surely = inside && (known || !unit->optional);
    if (unit->in[1]) {
        t->perhaps_hindered = true;
        t->hindered = t->hindered || (surely && unit->sure[1]);
    }
    if (!unit->in[0])
        return;
    int32_t latest = to > ends[0] ? 0 : period_of(ends, periods, to);
    int32_t earliest = from <= ends[periods] ? periods - 1 : period_of(ends, periods, from);
    for (int32_t i = latest; i <= earliest; i++)
        t->perhaps[i] = true;
    if (surely && unit->sure[0] && latest == earliest)
        t->surely[latest] = true;
}

/* Counts by the units' intervals, or, with `days`, by their days in one world. */
static void count_day(tally *t, const question *q, size_t at, const tdm_day *days)
{
    tdm_day ends[TDM__PERIODS_MAX + 1];
    memset(t, 0, sizeof *t);
    for (int32_t i = 0; i <= q->rule->periods; i++)
        ends[i] = back_from(q, q->days.items[at], i);
    for (uint32_t i = q->near[at]; i < q->units->count && q->units->items[i].from <= ends[0]; i++) {
        tdm_day from = days ? days[i] : q->units->items[i].from, to = days ? days[i] : q->units->items[i].to;
        if (from != TDM_DAY_NONE && from <= ends[0] && to > ends[q->rule->periods])
            count_unit(t, q, i, ends, from, to, days != NULL);
    }
    for (int32_t i = 0; i < q->rule->periods; i++) {
        t->held.certain += t->surely[i];
        t->held.possible += t->perhaps[i];
    }
}

/* Whether there are units enough near a day to be worth counting. */
static bool enough_near(const question *q, size_t at)
{
    uint32_t last = q->near[at] + (uint32_t)q->rule->n - 1;
    return last < q->units->count && q->units->items[last].from <= q->days.items[at];
}

static tdm_answer day_answer(tdm_bounds *held, const question *q, size_t at, const tdm_day *days)
{
    tally t;
    *held = (tdm_bounds){0, 0};
    if (!enough_near(q, at))
        return TDM_NOT_MET;
    count_day(&t, q, at, days);
    *held = t.held;
    if (t.held.possible < q->rule->n || t.hindered)
        return TDM_NOT_MET;
    tdm_answer level = level_answer(q, at);
    bool surely = t.held.certain >= q->rule->n && !t.perhaps_hindered;
    return surely || level == TDM_NOT_MET ? level : TDM_POSSIBLE;
}

static tdm_status holds_in_world(tdm_answer *answer, const tdm_day *days, void *payload)
{
    const question *q = payload;
    tdm_bounds held;
    *answer = TDM_NOT_MET;
    for (size_t at = q->first_day; at < q->end_day && *answer != TDM_MET; at++) {
        tdm_answer here = day_answer(&held, q, at, days);
        *answer = here > *answer ? here : *answer;
    }
    return tdm__charge(q->budget, (int64_t)(q->end_day - q->first_day)) ? TDM_OK : TDM_BUDGET;
}

static void add_day(question *q, tdm_day day, const tdm__unit *unit)
{
    for (int32_t back = 0; unit->in[0] && back < q->rule->periods; back++)
        tdm__days_add(&q->days, reaches(q, day, back));
    if (unit->in[1]) /* it has left the earliest period, or has not come yet */
        tdm__days_add(&q->days, reaches(q, day, q->rule->periods));
}

/* Where the worlds will be gone through, each day of an interval is one. */
static tdm_status find_days(question *q)
{
    const tdm_history *h = q->units->history;
    tdm__level_step *levels = NULL;
    bool every_day = tdm__worlds_fit(q->units, TDM__WORLDS_MAX);
    size_t changes = 0;
    if (q->rule->level_not_above) {
        tdm_status status = tdm__history_levels(&levels, &q->level_count, h);
        if (status != TDM_OK)
            return status;
        q->levels = levels;
    }
    for (uint32_t i = 0; i < q->units->count; i++)
        changes += 2 + (every_day ? (size_t)(q->units->items[i].to - q->units->items[i].from) : 0);
    if (!tdm__charge(q->budget, (int64_t)changes * q->rule->periods + 2 * (int64_t)q->level_count))
        return TDM_BUDGET;
    q->days.items = tdm__arena_array(h->arena, changes * ((size_t)q->rule->periods + 1) + 2 * q->level_count,
                                     sizeof(tdm_day));
    if (!q->days.items)
        return TDM_NO_MEMORY;
    for (uint32_t i = 0; i < q->units->count; i++) {
        const tdm__unit *unit = &q->units->items[i];
        add_day(q, unit->from, unit);
        for (tdm_day day = unit->from + 1; every_day && day < unit->to; day++)
            add_day(q, day, unit);
        if (unit->to != unit->from)
            add_day(q, unit->to, unit);
    }
    for (size_t i = 0; i < q->level_count; i++) {
        tdm__days_add(&q->days, levels[i].from);
        tdm__days_add(&q->days, reaches(q, levels[i].from - 1, q->rule->periods));
    }
    /* The level of the next day is not among the steps yet. */
    if (q->rule->level_not_above)
        tdm__look_at_day(h);
    tdm__look_until(h, tdm__days_next(&q->days, h->as_of) - 1);
    tdm__days_sort(&q->days, TDM_DAY_BEFORE_ALL, h->as_of);
    return TDM_OK;
}

static tdm_status look_at_days(question *q)
{
    uint32_t near = 0;
    tdm__arena *arena = q->units->history->arena;
    q->start = tdm__arena_array(arena, q->days.count + 1, sizeof *q->start);
    q->near = tdm__arena_array(arena, q->days.count + 1, sizeof *q->near);
    if (!q->start || !q->near)
        return TDM_NO_MEMORY;
    for (size_t at = 0; at < q->days.count; at++) {
        q->start[at] = back_from(q, q->days.items[at], q->rule->periods);
        while (near < q->units->count && q->units->items[near].to <= q->start[at])
            near++;
        q->near[at] = near;
    }
    return TDM_OK;
}

/* The worlds, for the days [first, end). */
static tdm_status decide(tdm_answer *answer, void *payload, size_t first, size_t end)
{
    bool complete;
    question *q = payload;
    q->first_day = first;
    q->end_day = end;
    int64_t steps = (int64_t)(end - first) * ((int64_t)q->units->count + q->rule->periods);
    return tdm__worlds_decide(answer, &complete, q->units, holds_in_world, q, tdm__worlds_limit(steps),
                              q->budget);
}

/* Units of the selection that may lie in the periods of one of the days [first, end) on which it may hold,
 * and the count of the best such day. */
static void mark_held(bool *use, tdm_bounds *count, const question *q, size_t first, size_t end,
                      const tdm_answer *answers)
{
    *count = (tdm_bounds){0, 0};
    for (size_t at = first; at < end; at++) {
        tdm_bounds held;
        if (answers[at] == TDM_NOT_MET)
            continue;
        day_answer(&held, q, at, NULL);
        count->certain = held.certain > count->certain ? held.certain : count->certain;
        count->possible = held.possible > count->possible ? held.possible : count->possible;
        for (uint32_t i = q->near[at]; i < q->units->count; i++) {
            const tdm__unit *unit = &q->units->items[i];
            if (unit->from > q->days.items[at])
                break;
            use[i] = use[i] || (unit->in[0] && unit->to > q->start[at]);
        }
    }
}

static tdm_status make_spell(tdm__spell_list *list, void *payload, size_t first, size_t end,
                             const tdm_answer *answers)
{
    question *q = payload;
    bool *use = tdm__arena_array(q->units->history->arena, (size_t)q->units->count + 1, sizeof *use);
    tdm_day first_met = tdm__first_day_met(&q->days, answers, first, end);
    tdm_answer answer = first_met != TDM_DAY_NONE ? TDM_MET : TDM_POSSIBLE;
    tdm_bounds count;
    if (!use)
        return TDM_NO_MEMORY;
    if (answer != TDM_MET) {
        tdm_status status = decide(&answer, q, first, end);
        if (status != TDM_OK || answer == TDM_NOT_MET)
            return status;
    }
    if (!tdm__charge(q->budget, (int64_t)(end - first) * (1 + (int64_t)q->units->count / 4)))
        return TDM_BUDGET;
    mark_held(use, &count, q, first, end, answers);
    tdm__spell *spell = tdm__spell_add(list);
    tdm_status status = spell ? tdm__spell_fill(spell, q->units, use) : TDM_NO_MEMORY;
    if (status != TDM_OK)
        return status;
    spell->answer = answer;
    spell->count = count;
    if (answer == TDM_MET && count.certain < q->rule->n)
        spell->count.certain = q->rule->n;
    spell->first_met = answer == TDM_MET && first_met == TDM_DAY_NONE ? q->days.items[end - 1] : first_met;
    return TDM_OK;
}

/* The end of the days from `first` on whose periods overlap those of one before on which it may hold. */
static size_t end_of_touching(const void *payload, const tdm_answer *answers, size_t first)
{
    const question *q = payload;
    size_t end = first + 1;
    for (size_t at = end; at < q->days.count && q->start[at] < q->days.items[end - 1]; at++)
        if (answers[at] != TDM_NOT_MET)
            end = at + 1;
    return end;
}

static bool in_range(const tdm__in_periods *rule)
{
    return rule->of.unit != TDM_SPAN_WORKING_DAYS && rule->of.count >= 1 && rule->periods >= 1 &&
           rule->periods <= TDM__PERIODS_MAX && rule->of.count <= SPAN_MAX / rule->periods && rule->n >= 1 &&
           rule->n <= rule->periods;
}

/* Each period needs a row of its own, and n of them a time from the first row to the last. */
static bool may_be_enough(const tdm_selection *selection, const tdm__in_periods *rule)
{
    int32_t shortest = rule->of.count * (rule->of.unit == TDM_SPAN_MONTHS ? SHORTEST_MONTH : 1);
    tdm_day first = TDM_DAY_AFTER_ALL, last = TDM_DAY_BEFORE_ALL;
    if (selection->count < (uint32_t)rule->n)
        return false;
    for (uint32_t i = 0; i < selection->count; i++) {
        const tdm__row *row = &selection->history->rows[selection->members[i].row];
        first = row->from < first ? row->from : first;
        last = row->to > last ? row->to : last;
    }
    return rule->n < 2 || (int64_t)last - first > (int64_t)(rule->n - 2) * shortest;
}

tdm_status tdm__selection_in_periods(tdm__verdict *out, const tdm_selection *selection,
                                     const tdm__in_periods *rule, const tdm_holidays *holidays,
                                     tdm_budget *budget)
{
    question q = {.rule = rule, .budget = budget};
    tdm__spell_list list = {.history = selection->history};
    tdm__world_units *units;
    tdm_bounds held;
    (void)holidays;
    *out = (tdm__verdict){TDM_NOT_MET, NULL, 0};
    if (!in_range(rule))
        return TDM_INVALID_ARG;
    if (!may_be_enough(selection, rule))
        return TDM_OK;
    tdm_status status = tdm__world_units_new(&units, selection, rule->without, budget);
    if (status != TDM_OK)
        return status;
    q.units = units;
    status = find_days(&q);
    if (status == TDM_OK)
        status = look_at_days(&q);
    if (status != TDM_OK)
        return status;
    tdm_answer *answers = tdm__arena_array(selection->history->arena, q.days.count + 1, sizeof *answers);
    if (!answers)
        return TDM_NO_MEMORY;
    for (size_t at = 0; at < q.days.count; at++) {
        if (!tdm__charge(budget, 1 + (int64_t)units->count / 4 + rule->periods))
            return TDM_BUDGET;
        answers[at] = day_answer(&held, &q, at, NULL);
    }
    tdm__day_spells days = {q.days.count, answers, end_of_touching, decide, make_spell, &q};
    status = tdm__day_spells_make(&list, &days);
    if (status == TDM_OK)
        tdm__verdict_finish(out, &list, TDM_NOT_MET);
    return status;
}

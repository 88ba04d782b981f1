/*
 * Rising concern while the level of response stays: a period against the one of the same length
 * before it, for every day on which either can change.
 *
 * Two bounds are taken on each day: what lies in its period wherever the dates fall, and what may.
 * Where no day is sure and some day is possible, the worlds are gone through, if there are few.
 * Units of a found group are at least one incident in each period that holds some of them, and at most as
 * many as they are. One agency tells a group once at most, so its own counts stay what they are.
 */
#include "calendar/calendar.h"
#include "chronology/day_spells.h"
#include "chronology/days.h"
#include "chronology/looked.h"
#include "chronology/table.h"
#include "chronology/worlds.h"

#include <string.h>

typedef struct question {
    const tdm__world_units *units;
    const tdm__rise *rule;
    tdm_budget *budget;
    tdm__days days;           /* on which the answer may change */
    tdm_bounds *level;        /* on each of them */
    tdm_bounds *level_before; /* and a period earlier */
    uint64_t declaring;       /* agencies that declare coverage at all */
    uint64_t *left_out;       /* of them those whose coverage misses a window of that day */
    tdm_day *period;          /* first day of the period, and of the one before it, for each day */
    tdm_day *earlier_period;
    uint32_t *near; /* first unit that may reach into either period; those before it end earlier */
    const tdm__level_step *levels;
    size_t level_count;
    const bool *use;           /* NULL: all units */
    size_t first_day, end_day; /* of `days` that are looked at */
} question;

typedef struct tally {
    tdm_bounds recent, before;
    tdm_bounds recent_by[64], before_by[64];
} tally;

static uint32_t lowest_bit(uint64_t bits)
{
    uint32_t at = 0;
    while (!(bits >> at & 1))
        at++;
    return at;
}

/* `which`: the counting of found groups that goes with this sum. */
static void add(tdm_bounds *sum, tdm_bounds *by_agency, const tdm__world_units *units, int which,
                const tdm__unit *unit, uint64_t agencies, tdm_bounds here)
{
    sum->certain += here.certain && tdm__once_counts(units, which, unit);
    sum->possible += here.possible;
    for (uint64_t rest = agencies; rest != 0; rest &= rest - 1) {
        uint32_t agency = lowest_bit(rest);
        by_agency[agency].certain += here.certain && (unit->sure_agencies >> agency & 1);
        by_agency[agency].possible += here.possible;
    }
}

/* Certain and possible presence of [from, to] in [first, last]. */
static tdm_bounds presence(tdm_day from, tdm_day to, bool optional, tdm_day first, tdm_day last)
{
    return (tdm_bounds){!optional && from >= first && to <= last, from <= last && to >= first};
}

/* Counts by the units' intervals, or, with `days`, by their days in one world. */
static void count_day(tally *t, const question *q, size_t at, const tdm_day *days)
{
    tdm_day day = q->days.items[at], recent = q->period[at], before = q->earlier_period[at];
    t->recent = t->before = (tdm_bounds){0, 0};
    tdm__once_start(q->units, 0);
    tdm__once_start(q->units, 1);
    memset(t->recent_by, 0, q->units->agency_count * sizeof *t->recent_by);
    memset(t->before_by, 0, q->units->agency_count * sizeof *t->before_by);
    for (uint32_t i = q->near[at]; i < q->units->count && q->units->items[i].from <= day; i++) {
        const tdm__unit *unit = &q->units->items[i];
        uint64_t agencies = unit->agencies & ~q->left_out[at];
        tdm_day from = days ? days[i] : unit->from, to = days ? days[i] : unit->to;
        if ((q->use && !q->use[i]) || agencies == 0 || from == TDM_DAY_NONE || to < before)
            continue;
        bool surely = (days || !unit->optional) && (unit->sure_agencies & agencies) != 0;
        add(&t->recent, t->recent_by, q->units, 0, unit, agencies, presence(from, to, !surely, recent, day));
        add(&t->before, t->before_by, q->units, 1, unit, agencies,
            presence(from, to, !surely, before, recent - 1));
    }
}

static int32_t agencies_rising(const tally *t, const question *q, bool surely)
{
    int32_t rising = 0;
    for (uint32_t i = 0; i < q->units->agency_count; i++)
        rising += surely ? t->recent_by[i].certain > t->before_by[i].possible
                         : t->recent_by[i].possible > t->before_by[i].certain;
    return rising;
}

static bool enough(int32_t recent, int32_t before, int32_t rising, const tdm__rise *rule)
{
    return recent >= rule->n &&
           (int64_t)recent * rule->ratio_denominator >= (int64_t)before * rule->ratio_numerator &&
           rising >= rule->agencies;
}

static tdm_answer level_answer(const question *q, size_t at)
{
    if (!q->rule->level_not_above || q->level[at].possible <= q->level_before[at].certain)
        return TDM_MET;
    return q->level[at].certain <= q->level_before[at].possible ? TDM_POSSIBLE : TDM_NOT_MET;
}

static tdm_answer day_answer(const question *q, size_t at, const tdm_day *days)
{
    tally t;
    tdm_answer level = level_answer(q, at);
    if (level == TDM_NOT_MET)
        return TDM_NOT_MET;
    count_day(&t, q, at, days);
    if (enough(t.recent.certain, t.before.possible, agencies_rising(&t, q, true), q->rule))
        return level;
    return enough(t.recent.possible, t.before.certain, agencies_rising(&t, q, false), q->rule) ? TDM_POSSIBLE
                                                                                               : TDM_NOT_MET;
}

static tdm_status holds_in_world(tdm_answer *answer, const tdm_day *days, void *payload)
{
    const question *q = payload;
    *answer = TDM_NOT_MET;
    for (size_t at = q->first_day; at < q->end_day && *answer != TDM_MET; at++) {
        tdm_answer here = day_answer(q, at, days);
        *answer = here > *answer ? here : *answer;
    }
    return tdm__charge(q->budget, (int64_t)(q->end_day - q->first_day)) ? TDM_OK : TDM_BUDGET;
}

/* Agencies that declare coverage and whose coverage misses one of the two windows. */
static uint64_t agencies_left_out(const question *q, size_t at)
{
    uint64_t bits = 0;
    for (uint64_t rest = q->declaring; rest != 0; rest &= rest - 1) {
        uint32_t i = lowest_bit(rest);
        tdm__covered covered = tdm__history_covered(q->units->history, q->units->agencies[i],
                                                    q->earlier_period[at], q->days.items[at]);
        if (covered == TDM__COVERED_NO || covered == TDM__COVERED_PART)
            bits |= (uint64_t)1 << i;
    }
    return bits;
}

static uint64_t agencies_declaring(const tdm__world_units *units)
{
    uint64_t bits = 0;
    tdm_day day = units->history->as_of;
    for (uint32_t i = 0; i < units->agency_count; i++)
        if (tdm__history_covered(units->history, units->agencies[i], day, day) != TDM__COVERED_NOT_DECLARED)
            bits |= (uint64_t)1 << i;
    return bits;
}

static void add_change(question *q, tdm_day day)
{
    tdm__days *days = &q->days;
    size_t first = days->count;
    tdm__days_add(days, day);
    tdm__days_add_after(days, day, q->rule->over);
    size_t second = days->count;
    for (size_t i = first + 1; i < second; i++)
        tdm__days_add_after(days, days->items[i], q->rule->over);
}

/* An agency comes in and is left out where its declared periods begin and end. */
static void add_period(question *q, const tdm__period *period)
{
    if (tdm__day_is_real(period->from)) {
        add_change(q, period->from - 1);
        add_change(q, period->from);
    }
    if (tdm__day_is_real(period->to)) {
        add_change(q, period->to);
        add_change(q, period->to + 1);
    }
}

static void add_unit(question *q, const tdm__unit *unit, bool every_day)
{
    add_change(q, unit->from);
    for (tdm_day day = unit->from + 1; every_day && day < unit->to; day++)
        add_change(q, day);
    if (unit->to != unit->from) {
        add_change(q, unit->to);
        add_change(q, unit->to + 1);
    }
}

/* How many days may be changes. Where the worlds will be gone through, each day of an interval is one. */
static size_t count_changes(const question *q, size_t level_count, bool every_day)
{
    const tdm_chronology *c = q->units->history->chronology;
    size_t changes = 3 * (size_t)q->units->count + level_count + 1;
    for (uint32_t i = 0; every_day && i < q->units->count; i++)
        changes += (size_t)(q->units->items[i].to - q->units->items[i].from);
    for (size_t i = 0; i < c->source_count; i++)
        changes += 4 * (c->sources[i].cover_count + c->sources[i].no_contact_count);
    return changes;
}

static tdm_status find_days(question *q)
{
    const tdm_history *h = q->units->history;
    const tdm_chronology *c = h->chronology;
    tdm__level_step *levels;
    size_t a_change = 1 + TDM__DAYS_ADDED_AFTER * (1 + TDM__DAYS_ADDED_AFTER);
    bool every_day = tdm__worlds_fit(q->units, TDM__WORLDS_MAX);
    tdm_status status = tdm__history_levels(&levels, &q->level_count, h);
    if (status != TDM_OK)
        return status;
    q->levels = levels;
    q->days.items = tdm__arena_array(h->arena, count_changes(q, q->level_count, every_day) * a_change,
                                     sizeof(tdm_day));
    if (!q->days.items)
        return TDM_NO_MEMORY;
    for (uint32_t i = 0; i < q->units->count; i++)
        add_unit(q, &q->units->items[i], every_day);
    for (size_t i = 0; i < c->source_count; i++) {
        for (size_t k = 0; k < c->sources[i].cover_count; k++)
            add_period(q, &c->sources[i].covers[k]);
        for (size_t k = 0; k < c->sources[i].no_contact_count; k++)
            add_period(q, &c->sources[i].no_contact[k]);
    }
    for (size_t i = 0; q->rule->level_not_above && i < q->level_count; i++)
        add_change(q, levels[i].from);
    tdm__look_at_day(h);
    tdm__days_add(&q->days, h->as_of);
    tdm__days_sort(&q->days, TDM_DAY_BEFORE_ALL, h->as_of);
    return TDM_OK;
}

/* The level on a day not before those asked for last: *step is where that one was found. */
static tdm_bounds level_on(size_t *step, const question *q, tdm_day day)
{
    while (*step < q->level_count && q->levels[*step].to < day)
        ++*step;
    bool found = *step < q->level_count && q->levels[*step].from <= day;
    return found ? q->levels[*step].level : (tdm_bounds){0, 0}; /* nothing is on record by then */
}

/* Moves on to the first unit that may end on `day` or later; `day` is not before those asked for last. */
static uint32_t first_near(uint32_t near, const question *q, tdm_day day)
{
    while (near < q->units->count && q->units->items[near].to < day)
        near++;
    return near;
}

static tdm_status look_at_days(question *q)
{
    size_t step = 0, step_before = 0;
    uint32_t near = 0;
    const tdm_history *h = q->units->history;
    size_t count = q->days.count + 1;
    q->level = tdm__arena_array(h->arena, count, sizeof *q->level);
    q->level_before = tdm__arena_array(h->arena, count, sizeof *q->level_before);
    q->left_out = tdm__arena_array(h->arena, count, sizeof *q->left_out);
    q->period = tdm__arena_array(h->arena, count, sizeof *q->period);
    q->earlier_period = tdm__arena_array(h->arena, count, sizeof *q->earlier_period);
    q->near = tdm__arena_array(h->arena, count, sizeof *q->near);
    if (!q->level || !q->level_before || !q->left_out || !q->period || !q->earlier_period || !q->near)
        return TDM_NO_MEMORY;
    q->declaring = agencies_declaring(q->units);
    for (size_t at = 0; at < q->days.count; at++) {
        tdm_day earlier = tdm__days_before(q->days.items[at], q->rule->over);
        if (!tdm__charge(q->budget, 4 + h->row_count / 4))
            return TDM_BUDGET;
        q->period[at] = earlier + 1;
        q->earlier_period[at] = tdm__days_before(earlier, q->rule->over) + 1;
        q->left_out[at] = agencies_left_out(q, at);
        q->near[at] = near = first_near(near, q, q->earlier_period[at]);
        if (q->rule->level_not_above) {
            q->level[at] = level_on(&step, q, q->days.items[at]);
            q->level_before[at] = level_on(&step_before, q, earlier);
        }
    }
    return TDM_OK;
}

/* Units that may lie in the period of one of the days [first, end). */
static void mark_recent(bool *use, const question *q, size_t first, size_t end, const tdm_answer *answers)
{
    for (size_t at = first; at < end; at++)
        for (uint32_t i = 0; answers[at] != TDM_NOT_MET && i < q->units->count; i++) {
            const tdm__unit *unit = &q->units->items[i];
            if ((unit->agencies & ~q->left_out[at]) && unit->from <= q->days.items[at] &&
                unit->to >= q->period[at])
                use[i] = true;
        }
}

/* The worlds, for the days [first, end). */
static tdm_status decide(tdm_answer *answer, void *payload, size_t first, size_t end)
{
    bool complete;
    question *q = payload;
    q->first_day = first;
    q->end_day = end;
    return tdm__worlds_decide(answer, &complete, q->units, holds_in_world, q,
                              tdm__worlds_limit((int64_t)q->units->count * (int64_t)(end - first)),
                              q->budget);
}

static tdm_status make_spell(tdm__spell_list *list, void *payload, size_t first, size_t end,
                             const tdm_answer *answers)
{
    question *q = payload;
    bool *use = tdm__arena_array(q->units->history->arena, (size_t)q->units->count + 1, sizeof *use);
    tdm_day first_met = tdm__first_day_met(&q->days, answers, first, end);
    tdm_answer answer = first_met != TDM_DAY_NONE ? TDM_MET : TDM_POSSIBLE;
    if (!use)
        return TDM_NO_MEMORY;
    if (answer != TDM_MET) {
        tdm_status status = decide(&answer, q, first, end);
        if (status != TDM_OK || answer == TDM_NOT_MET)
            return status;
    }
    mark_recent(use, q, first, end, answers);
    tdm__spell *spell = tdm__spell_add(list);
    tdm_status status = spell ? tdm__spell_fill(spell, q->units, use) : TDM_NO_MEMORY;
    if (status != TDM_OK)
        return status;
    spell->answer = answer;
    spell->count = tdm__world_units_count(q->units, use);
    spell->first_met = answer == TDM_MET && first_met == TDM_DAY_NONE ? q->days.items[end - 1] : first_met;
    spell->open = end == q->days.count;
    return TDM_OK;
}

/* A run of days on which it holds, and those whose periods overlap, are one spell. */
static size_t end_of_touching(const void *payload, const tdm_answer *answers, size_t first)
{
    const question *q = payload;
    size_t end = first + 1;
    while (end < q->days.count && answers[end] != TDM_NOT_MET)
        end++;
    for (size_t at = end; at < q->days.count && q->period[at] <= q->days.items[end - 1]; at++)
        if (answers[at] != TDM_NOT_MET)
            end = at + 1;
    return end;
}

tdm_status tdm__selection_rise(tdm__verdict *out, const tdm_selection *selection, const tdm__rise *rule,
                               const tdm_holidays *holidays, tdm_budget *budget)
{
    question q = {.rule = rule, .budget = budget};
    tdm__spell_list list = {.history = selection->history};
    tdm__world_units *units;
    (void)holidays;
    *out = (tdm__verdict){TDM_NOT_MET, NULL, 0};
    if (rule->over.unit == TDM_SPAN_WORKING_DAYS || rule->over.count < 1 || rule->ratio_numerator < 1 ||
        rule->ratio_denominator < 1)
        return TDM_INVALID_ARG;
    tdm_status status = tdm__world_units_new(&units, selection, NULL, budget);
    if (status != TDM_OK || units->count < (uint32_t)(rule->n > 0 ? rule->n : 1))
        return status;
    q.units = units;
    if (!tdm__world_units_may_gather(units, rule->n, rule->over))
        return TDM_OK;
    status = find_days(&q);
    if (status == TDM_OK)
        status = look_at_days(&q);
    if (status != TDM_OK)
        return status;
    tdm_answer *answers = tdm__arena_array(selection->history->arena, q.days.count + 1, sizeof *answers);
    if (!answers)
        return TDM_NO_MEMORY;
    for (size_t at = 0; at < q.days.count; at++) {
        if (!tdm__charge(budget, 1 + units->count))
            return TDM_BUDGET;
        answers[at] = day_answer(&q, at, NULL);
    }
    tdm__day_spells days = {q.days.count, answers, end_of_touching, decide, make_spell, &q};
    status = tdm__day_spells_make(&list, &days);
    if (status == TDM_OK)
        tdm__verdict_finish(out, &list, TDM_NOT_MET);
    return status;
}

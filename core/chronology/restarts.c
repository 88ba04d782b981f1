/*
 * Starting again: several starts within a span, each after a trigger that is new since the start
 * before it, with a level of response no higher than before.
 *
 * By days: a trigger counts for a start when it lies after the day of the start before and not after
 * the day of this one, so the order within one day plays no part. Another start in between can undo
 * the rule as well as make it, so there are no simple bounds: the worlds are gone through, and where
 * they are too many the answer is possible. Starts on one day are one start: two returns tell the same one.
 * Starts of a found group are one start, on the first of their days, or several: all but the first may not
 * count.
 */
#include "chronology/worlds.h"

#include <stdlib.h>

typedef struct place {
    tdm_day day;
    uint32_t unit;
} place;

/* The starts of one day. */
typedef struct beginning {
    tdm_day day;
    uint32_t first, end; /* places [first, end) */
    uint32_t trigger;    /* the unit that it follows, TDM_NO_INDEX */
} beginning;

typedef struct question {
    const tdm__world_units *units; /* in[0]: starts; in[1]: triggers */
    const tdm__restarts *rule;
    const tdm_holidays *holidays;
    tdm_budget *budget;
    place *places;     /* of the starts in the world, sorted */
    beginning *starts; /* by day */
    uint32_t *group;   /* units that belong together in some world */
    bool *in_some;
    tdm_day *
        met; /* by unit: day by which the run that starts with it was complete, in the world looked at last */
} question;

static int compare_places(const void *a, const void *b)
{
    const place *x = a, *y = b;
    if (x->day != y->day)
        return x->day < y->day ? -1 : 1;
    return (x->unit > y->unit) - (x->unit < y->unit);
}

static uint32_t sort_places(const question *q, const tdm_day *days)
{
    uint32_t count = 0;
    for (uint32_t i = 0; i < q->units->count; i++)
        if (q->units->items[i].in[0] && days[i] != TDM_DAY_NONE)
            q->places[count++] = (place){days[i], i};
    if (count > 1)
        qsort(q->places, count, sizeof *q->places, compare_places);
    return count;
}

/* The latest trigger after the day `after` and not after the day `until`. */
static uint32_t trigger_between(const question *q, const tdm_day *days, tdm_day after, tdm_day until)
{
    uint32_t found = TDM_NO_INDEX;
    for (uint32_t i = 0; i < q->units->count; i++)
        if (q->units->items[i].in[1] && days[i] != TDM_DAY_NONE && days[i] > after && days[i] <= until &&
            (found == TDM_NO_INDEX || days[i] >= days[found]))
            found = i;
    return found;
}

/* The starts of the world, each with its trigger; returns how many. */
static uint32_t find_starts(const question *q, const tdm_day *days)
{
    uint32_t places = sort_places(q, days), count = 0;
    for (uint32_t i = 0; i < places; i++) {
        tdm_day before = count > 0 ? q->starts[count - 1].day : TDM_DAY_NONE, day = q->places[i].day;
        if (count == 0 || day != before)
            q->starts[count++] = (beginning){day, i, i, trigger_between(q, days, before, day)};
        q->starts[count - 1].end = i + 1;
    }
    return count;
}

/* Whether the level at the later start is not above that at the earlier one. */
static tdm_answer not_higher(const question *q, tdm_day earlier, tdm_day later)
{
    tdm_bounds before = tdm__history_level(q->units->history, earlier, q->rule->without_episodes);
    tdm_bounds now = tdm__history_level(q->units->history, later, q->rule->without_episodes);
    if (now.possible <= before.certain)
        return TDM_MET;
    return now.certain <= before.possible ? TDM_POSSIBLE : TDM_NOT_MET;
}

/* Answer for the starts first .. first + n - 1. */
static tdm_status run_of_starts(tdm_answer *answer, const question *q, uint32_t first)
{
    tdm_day last;
    uint32_t end = first + (uint32_t)q->rule->n;
    *answer = TDM_MET;
    tdm_status status = tdm__window_last(&last, q->starts[first].day, q->rule->within, q->holidays);
    if (status != TDM_OK)
        return status;
    if (q->starts[end - 1].day > last)
        *answer = TDM_NOT_MET;
    for (uint32_t i = first; i < end && *answer != TDM_NOT_MET; i++) {
        tdm_answer level = i > first ? not_higher(q, q->starts[i - 1].day, q->starts[i].day) : TDM_MET;
        if (q->starts[i].trigger == TDM_NO_INDEX)
            level = TDM_NOT_MET;
        *answer = level < *answer ? level : *answer;
    }
    return TDM_OK;
}

static void join_unit(question *q, uint32_t head, uint32_t unit)
{
    q->in_some[unit] = true;
    tdm__group_join(q->group, head, unit);
}

static void join_run(question *q, uint32_t first)
{
    uint32_t head = q->places[q->starts[first].first].unit;
    for (uint32_t i = first; i < first + (uint32_t)q->rule->n; i++) {
        for (uint32_t k = q->starts[i].first; k < q->starts[i].end; k++)
            join_unit(q, head, q->places[k].unit);
        join_unit(q, head, q->starts[i].trigger);
    }
}

static tdm_status holds_in_world(tdm_answer *answer, const tdm_day *days, void *payload)
{
    question *q = payload;
    uint32_t count = find_starts(q, days);
    *answer = TDM_NOT_MET;
    for (uint32_t i = 0; i < q->units->count; i++)
        q->met[i] = TDM_DAY_NONE;
    if (!tdm__charge(q->budget, 1 + (int64_t)count * (2 + q->units->history->row_count / 8)))
        return TDM_BUDGET;
    for (uint32_t i = 0; i + (uint32_t)q->rule->n <= count; i++) {
        tdm_answer run;
        tdm_status status = run_of_starts(&run, q, i);
        if (status != TDM_OK)
            return status;
        if (run == TDM_NOT_MET)
            continue;
        join_run(q, i);
        if (run == TDM_MET)
            q->met[q->places[q->starts[i].first].unit] = q->starts[i + (uint32_t)q->rule->n - 1].day;
        *answer = run > *answer ? run : *answer;
    }
    return TDM_OK;
}

/* Too many worlds: everything that could play a part is shown as one possible spell. */
static void join_all(question *q)
{
    for (uint32_t i = 0; i < q->units->count; i++) {
        q->in_some[i] = true;
        tdm__group_join(q->group, 0, i);
    }
}

/* Met in every world, by one run or another: one spell. */
static void join_runs(const question *q)
{
    uint32_t head = 0;
    while (head < q->units->count && !q->in_some[head])
        head++;
    for (uint32_t i = head; i < q->units->count; i++)
        if (q->in_some[i])
            tdm__group_join(q->group, head, i);
}

/* Most starts that the units of `use` can be: those known to be of one day are one. Units stand in the order
 * of their days, known ones of a day before others. */
static int32_t most_starts(const tdm__world_units *units, const bool *use)
{
    tdm_day last = TDM_DAY_NONE;
    int32_t count = 0;
    for (uint32_t i = 0; i < units->count; i++) {
        const tdm__unit *unit = &units->items[i];
        if (!use[i] || !unit->in[0] || (unit->from == unit->to && unit->from == last))
            continue;
        count++;
        last = unit->from == unit->to ? unit->from : last;
    }
    return count;
}

static tdm_status make_spells(tdm__spell_list *list, const question *q, tdm_answer overall)
{
    const tdm__world_units *units = q->units;
    bool *use = tdm__arena_array(units->history->arena, (size_t)units->count + 1, sizeof *use);
    tdm_status status = use ? TDM_OK : TDM_NO_MEMORY;
    bool exact = units->doubtful == 0;
    if (!exact && overall == TDM_MET)
        join_runs(q);
    for (uint32_t head = 0; status == TDM_OK && head < units->count; head++) {
        if (!q->in_some[head] || tdm__group_of(q->group, head) != head)
            continue;
        tdm_bounds count = {0, 0};
        tdm_day first_met = TDM_DAY_NONE;
        for (uint32_t i = 0; i < units->count; i++) {
            use[i] = q->in_some[i] && tdm__group_of(q->group, i) == head;
            if (use[i] && q->met[i] != TDM_DAY_NONE && (first_met == TDM_DAY_NONE || q->met[i] < first_met))
                first_met = q->met[i];
        }
        tdm__spell *spell = tdm__spell_add(list);
        status = spell ? tdm__spell_fill(spell, units, use) : TDM_NO_MEMORY;
        if (status != TDM_OK)
            return status;
        count.possible = most_starts(units, use);
        count.certain = exact ? count.possible : 0;
        spell->count = count;
        spell->answer = exact && first_met == TDM_DAY_NONE ? TDM_POSSIBLE : overall;
        spell->first_met = overall != TDM_MET ? TDM_DAY_NONE : exact ? first_met : spell->to;
    }
    return status;
}

/* Whether some incident counts for certain while its place among starts or triggers is in doubt. */
static bool any_ambiguous(const tdm__world_units *units)
{
    for (uint32_t i = 0; i < units->count; i++)
        for (int which = 0; which < TDM__UNIT_SELECTIONS; which++)
            if (units->items[i].in[which] && !units->items[i].sure[which])
                return true;
    return false;
}

/* Makes a start optional where one before it in the order may be the same: the first day of theirs is one
 * that the first of them may have. False where such a start is a trigger too and would be lost as one. */
static bool settle_found_starts(tdm__world_units *units)
{
    tdm__once_start(units, 0);
    for (uint32_t i = 0; i < units->count; i++) {
        tdm__unit *unit = &units->items[i];
        if (!unit->in[0] || tdm__once_counts(units, 0, unit))
            continue;
        if (unit->in[1])
            return false;
        units->doubtful += !unit->optional;
        unit->optional = true;
    }
    return true;
}

static tdm_status new_question(question *q, tdm__arena *arena)
{
    size_t room = (size_t)q->units->count + 1;
    q->places = tdm__arena_array(arena, room, sizeof *q->places);
    q->starts = tdm__arena_array(arena, room, sizeof *q->starts);
    q->group = tdm__arena_array(arena, room, sizeof *q->group);
    q->in_some = tdm__arena_array(arena, room, sizeof *q->in_some);
    q->met = tdm__arena_array(arena, room, sizeof *q->met);
    if (!q->places || !q->starts || !q->group || !q->in_some || !q->met)
        return TDM_NO_MEMORY;
    for (uint32_t i = 0; i < q->units->count; i++)
        q->group[i] = i;
    return TDM_OK;
}

tdm_status tdm__selection_restarts(tdm__verdict *out, const tdm_selection *selection,
                                   const tdm__restarts *rule, const tdm_holidays *holidays,
                                   tdm_budget *budget)
{
    question q = {.rule = rule, .holidays = holidays, .budget = budget};
    tdm__spell_list list = {.history = selection->history};
    tdm__world_units *units;
    tdm_answer overall;
    bool complete;
    *out = (tdm__verdict){TDM_NOT_MET, NULL, 0};
    if (rule->n < 1 || rule->n > 1000)
        return TDM_INVALID_ARG;
    tdm_status status = tdm__world_units_new(&units, selection, rule->triggers, budget);
    if (status != TDM_OK || selection->count < (uint32_t)rule->n || rule->triggers->count == 0)
        return status;
    q.units = units;
    status = new_question(&q, selection->history->arena);
    if (status != TDM_OK)
        return status;
    int64_t steps = (int64_t)units->count * (units->count + selection->history->row_count);
    bool settled = settle_found_starts(units) && !any_ambiguous(units);
    int64_t limit = settled ? tdm__worlds_limit(steps) : 0;
    status = tdm__worlds_decide(&overall, &complete, units, holds_in_world, &q, limit, budget);
    if (status != TDM_OK || overall == TDM_NOT_MET)
        return status;
    if (!complete)
        join_all(&q);
    status = make_spells(&list, &q, overall);
    if (status == TDM_OK)
        tdm__verdict_finish(out, &list, overall);
    return status;
}

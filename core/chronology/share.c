/*
 * One fact as a share of another, over school years or over spans that end on a row.
 *
 * A row is worth what it adds above the threshold: of * 100,000 - percent_milli * by. The share is reached
 * where these sum to 0 or more, so that of the rows which may lie in a stretch of time the ones worth more
 * than nothing make the one bound and the others make the other. Which of the rows are there decides the
 * rates likewise.
 *
 * A row is of the stretch in which its first day lies. What it sums over a period is only known on the last
 * day of that: until then nothing was reached with it.
 */
#include "chronology/days.h"
#include "chronology/load.h"
#include "chronology/worlds.h"

#include <stdlib.h>

#define FACT_MAX     1000000
#define WHOLE_MILLI  100000 /* 100 per cent */
#define WHOLE_TENTHS 1000

/* What a row that counts carries. */
typedef struct part {
    int64_t of, by;
    uint32_t unit;
    tdm_date end; /* of the period that it sums, as far as it had come; without one, the row's own day */
} part;

/* Rows of `inner` surely lie in it, those that meet `outer` may. */
typedef struct stretch {
    tdm__period inner, outer;
    uint32_t
        anchor; /* the part on whose day it ends: it is in it where it counts at all; TDM_NO_INDEX: none */
    tdm_answer answer;
} stretch;

typedef struct question {
    const tdm__world_units *units;
    const tdm__share *rule;
    tdm_budget *budget;
    part *parts; /* by unit */
    uint32_t part_count;
    stretch *stretches; /* by outer.from, then outer.to */
    uint32_t stretch_count;
    part *loose; /* room for as many as there are parts */
} question;

/* --- rows that count --- */

static bool read_part(part *out, const tdm_history *h, const tdm__share *rule, uint32_t row)
{
    tdm__fact_value of, by;
    uint32_t event = h->rows[row].event;
    if (!tdm__chronology_fact(&of, h->chronology, event, rule->of) ||
        !tdm__chronology_fact(&by, h->chronology, event, rule->by) || of.number < 0 || by.number < 1)
        return false;
    out->of = of.number < FACT_MAX ? of.number : FACT_MAX;
    out->by = by.number < FACT_MAX ? by.number : FACT_MAX;
    return true;
}

/* A period that goes on behind the day on which the row was recorded was not over then. */
static tdm_date end_of(const tdm_history *h, const tdm__unit *unit)
{
    tdm__event event = tdm__chronology_event(h->chronology, h->rows[unit->row].event);
    tdm_date end = {event.ended_from, event.ended_to, 0};
    tdm_day known = event.recorded == TDM_DAY_NONE || event.recorded > h->as_of ? h->as_of : event.recorded;
    if (end.to == TDM_DAY_NONE || end.to < unit->to || known < unit->to)
        return (tdm_date){unit->from, unit->to, 0};
    end.to = end.to < known ? end.to : known;
    end.from = end.from < end.to ? end.from : end.to;
    return end;
}

static tdm_status find_parts(question *q, const tdm_selection *selection)
{
    const tdm_history *h = selection->history;
    tdm_selection counted = {h, tdm__arena_array(h->arena, selection->count, sizeof(tdm__member)), 0, true};
    part ignored;
    tdm__world_units *units;
    if (!counted.members)
        return TDM_NO_MEMORY;
    for (uint32_t i = 0; i < selection->count; i++)
        if (read_part(&ignored, h, q->rule, selection->members[i].row))
            counted.members[counted.count++] = selection->members[i];
    tdm_status status = tdm__world_units_new(&units, &counted, NULL, q->budget);
    if (status != TDM_OK)
        return status;
    q->units = units;
    q->parts = tdm__arena_array(h->arena, units->count, sizeof *q->parts);
    q->loose = tdm__arena_array(h->arena, units->count, sizeof *q->loose);
    if (!q->parts || !q->loose)
        return TDM_NO_MEMORY;
    for (uint32_t i = 0; i < units->count; i++) {
        read_part(&q->parts[i], h, q->rule, units->items[i].row);
        q->parts[i].unit = i;
        q->parts[i].end = end_of(h, &units->items[i]);
    }
    q->part_count = units->count;
    return TDM_OK;
}

/* --- stretches of time --- */

/* 1 September on or before the day. */
static tdm_day school_year_start(tdm_day day)
{
    int32_t year, month, of_month;
    tdm_day start = day;
    tdm_day_to_civil(day, &year, &month, &of_month);
    if (!tdm_day_from_civil(&start, month >= 9 ? year : year - 1, 9, 1))
        start = day; /* before the first day that there is */
    return start;
}

static int compare_stretches(const void *a, const void *b)
{
    const stretch *x = a, *y = b;
    if (x->outer.from != y->outer.from)
        return x->outer.from < y->outer.from ? -1 : 1;
    if (x->outer.to != y->outer.to)
        return x->outer.to < y->outer.to ? -1 : 1;
    return (x->anchor > y->anchor) - (x->anchor < y->anchor);
}

/* The years that a row may lie in, unless they are there: rows come in the order of their first day. */
static tdm_status add_years(question *q, const tdm__unit *unit, size_t room)
{
    for (tdm_day start = school_year_start(unit->from); start <= unit->to;
         start = tdm_day_add_months(start, 12)) {
        stretch *last = q->stretch_count > 0 ? &q->stretches[q->stretch_count - 1] : NULL;
        tdm__period year = {start, tdm_day_add_months(start, 12) - 1};
        if (last && last->outer.from >= start)
            continue;
        if (q->stretch_count == room)
            return TDM_INTERNAL;
        q->stretches[q->stretch_count++] = (stretch){year, year, TDM_NO_INDEX, TDM_NOT_MET};
    }
    return TDM_OK;
}

static stretch span_that_ends_on(const question *q, uint32_t at)
{
    const tdm__unit *unit = &q->units->items[at];
    tdm_span over = q->rule->over;
    tdm__period inner = {tdm__days_before(unit->to, over) + 1, unit->from};
    tdm__period outer = {tdm__days_before(unit->from, over) + 1, unit->to};
    return (stretch){inner, outer, at, TDM_NOT_MET};
}

static tdm_status find_stretches(question *q)
{
    tdm_status status = TDM_OK;
    size_t room = q->part_count;
    for (uint32_t i = 0; q->rule->over.count == 0 && i < q->part_count; i++)
        room += (size_t)(q->units->items[i].to - q->units->items[i].from) / 365 + 1;
    if (!tdm__charge(q->budget, 1 + (int64_t)room))
        return TDM_BUDGET;
    q->stretches = tdm__arena_array(q->units->history->arena, room, sizeof *q->stretches);
    if (!q->stretches)
        return TDM_NO_MEMORY;
    for (uint32_t i = 0; status == TDM_OK && i < q->part_count; i++) {
        if (q->rule->over.count == 0)
            status = add_years(q, &q->units->items[i], room);
        else
            q->stretches[q->stretch_count++] = span_that_ends_on(q, i);
    }
    if (q->stretch_count > 1)
        qsort(q->stretches, q->stretch_count, sizeof *q->stretches, compare_stretches);
    return status;
}

/* --- sums --- */

typedef struct sums {
    int64_t of, by; /* of the rows that surely are in it */
    int64_t worth, worth_added, worth_taken;
    uint32_t sure, may;
    bool some_worth; /* a row that may be in it is worth nothing less than the threshold */
} sums;

static int64_t worth_of(const question *q, const part *p)
{
    return p->of * WHOLE_MILLI - (int64_t)q->rule->percent_milli * p->by;
}

static bool within(tdm_day from, tdm_day to, tdm__period period)
{
    return from >= period.from && to <= period.to;
}

/* Sums over the rows of a stretch; those that only may be in it are left in q->loose. */
static sums sum_up(question *q, const stretch *s)
{
    sums sum = {0};
    for (uint32_t i = 0; i < q->part_count && q->units->items[i].from <= s->outer.to; i++) {
        const tdm__unit *unit = &q->units->items[i];
        const part *p = &q->parts[i];
        int64_t worth = worth_of(q, p);
        if (unit->to < s->outer.from)
            continue;
        if (i == s->anchor || (!unit->optional && within(unit->from, unit->to, s->inner))) {
            sum.of += p->of;
            sum.by += p->by;
            sum.worth += worth;
            sum.sure++;
            continue;
        }
        q->loose[sum.may++] = *p;
        *(worth < 0 ? &sum.worth_taken : &sum.worth_added) += worth;
        sum.some_worth = sum.some_worth || worth >= 0;
    }
    return sum;
}

static tdm_answer answer_of(const question *q, const stretch *s, const sums *sum)
{
    bool there = s->anchor == TDM_NO_INDEX || !q->units->items[s->anchor].optional;
    if (sum->sure > 0 && there && sum->worth + sum->worth_taken >= 0)
        return TDM_MET;
    return sum->worth + sum->worth_added >= 0 && (sum->sure > 0 || sum->some_worth) ? TDM_POSSIBLE
                                                                                    : TDM_NOT_MET;
}

static tdm_status ask_stretches(question *q)
{
    for (uint32_t i = 0; i < q->stretch_count; i++) {
        if (!tdm__charge(q->budget, 1 + q->part_count / 4))
            return TDM_BUDGET;
        sums sum = sum_up(q, &q->stretches[i]);
        q->stretches[i].answer = answer_of(q, &q->stretches[i], &sum);
    }
    return TDM_OK;
}

/* --- worlds --- */

static bool reached_in_world(const question *q, const tdm_day *days, tdm__period period)
{
    int64_t worth = 0;
    bool any = false;
    for (uint32_t i = 0; i < q->part_count; i++) {
        if (days[i] == TDM_DAY_NONE || days[i] < period.from || days[i] > period.to)
            continue;
        worth += worth_of(q, &q->parts[i]);
        any = true;
    }
    return any && worth >= 0;
}

static tdm_status holds_in_world(tdm_answer *answer, const tdm_day *days, void *payload)
{
    const question *q = payload;
    bool years = q->rule->over.count == 0;
    uint32_t count = years ? q->stretch_count : q->part_count;
    bool holds = false;
    for (uint32_t i = 0; i < count && !holds; i++) {
        if (!tdm__charge(q->budget, 1 + q->part_count / 4))
            return TDM_BUDGET;
        if (years)
            holds = reached_in_world(q, days, q->stretches[i].outer);
        else if (days[i] != TDM_DAY_NONE)
            holds = reached_in_world(q, days,
                                     (tdm__period){tdm__days_before(days[i], q->rule->over) + 1, days[i]});
    }
    *answer = holds ? TDM_MET : TDM_NOT_MET;
    return TDM_OK;
}

/* --- rates --- */

/* In tenths of a per cent, half up. */
static int32_t tenths(int64_t of, int64_t by)
{
    return by == 0 ? 0 : (int32_t)((2 * of * WHOLE_TENTHS + by) / (2 * by));
}

static int compare_rates(const void *a, const void *b)
{
    const part *x = a, *y = b;
    int64_t difference = x->of * y->by - y->of * x->by;
    if (difference != 0)
        return difference < 0 ? -1 : 1;
    return (x->unit > y->unit) - (x->unit < y->unit);
}

/* Smallest and largest rate: rows that may be there are taken in while they pull the rate further. */
static tdm_bounds rates(question *q, const sums *sum)
{
    int64_t of = sum->of, by = sum->by;
    tdm_bounds rate;
    if (sum->may > 1)
        qsort(q->loose, sum->may, sizeof *q->loose, compare_rates);
    for (uint32_t i = 0; i < sum->may && (by == 0 || q->loose[i].of * by < of * q->loose[i].by); i++) {
        of += q->loose[i].of;
        by += q->loose[i].by;
    }
    rate.certain = tenths(of, by);
    of = sum->of;
    by = sum->by;
    for (uint32_t i = sum->may; i > 0 && (by == 0 || q->loose[i - 1].of * by > of * q->loose[i - 1].by);
         i--) {
        of += q->loose[i - 1].of;
        by += q->loose[i - 1].by;
    }
    rate.possible = tenths(of, by);
    return rate;
}

/* --- spells --- */

static int compare_ends(const void *a, const void *b)
{
    const part *x = a, *y = b;
    if (x->end.to != y->end.to)
        return x->end.to < y->end.to ? -1 : 1;
    return (x->unit > y->unit) - (x->unit < y->unit);
}

/* The day by which the share was reached first, all days known. */
static tdm_day day_reached(question *q, tdm__period period)
{
    int64_t worth = 0;
    uint32_t count = 0;
    for (uint32_t i = 0; i < q->part_count; i++)
        if (within(q->units->items[i].from, q->units->items[i].from, period))
            q->loose[count++] = q->parts[i];
    if (count > 1)
        qsort(q->loose, count, sizeof *q->loose, compare_ends);
    for (uint32_t i = 0; i < count; i++) {
        worth += worth_of(q, &q->loose[i]);
        bool last_of_day = i + 1 == count || q->loose[i + 1].end.to != q->loose[i].end.to;
        if (last_of_day && worth >= 0)
            return q->loose[i].end.to;
    }
    return period.to;
}

/* Reached together by the stretches [first, end). */
static tdm_status make_spell(tdm__spell_list *list, question *q, uint32_t first, uint32_t end,
                             tdm_answer answer)
{
    bool *use = tdm__arena_array(q->units->history->arena, (size_t)q->part_count + 1, sizeof *use);
    tdm__spell *spell = tdm__spell_add(list);
    tdm_bounds rate = {INT32_MAX, 0};
    if (!use || !spell)
        return TDM_NO_MEMORY;
    for (uint32_t k = first; k < end; k++) {
        stretch *s = &q->stretches[k];
        if (s->answer == TDM_NOT_MET)
            continue;
        if (!tdm__charge(q->budget, 1 + q->part_count / 4))
            return TDM_BUDGET;
        sums sum = sum_up(q, s);
        tdm_bounds here = rates(q, &sum);
        rate.certain = here.certain < rate.certain ? here.certain : rate.certain;
        rate.possible = here.possible > rate.possible ? here.possible : rate.possible;
        for (uint32_t i = 0; i < q->part_count; i++)
            use[i] = use[i] ||
                     (q->units->items[i].to >= s->outer.from && q->units->items[i].from <= s->outer.to);
        tdm_day reached = q->units->doubtful > 0 ? TDM_DAY_NONE : day_reached(q, s->outer);
        if (s->answer == TDM_MET && reached != TDM_DAY_NONE &&
            (spell->first_met == TDM_DAY_NONE || reached < spell->first_met))
            spell->first_met = reached;
        spell->open = spell->open || s->outer.to >= q->units->history->as_of;
    }
    tdm_status status = tdm__spell_fill(spell, q->units, use);
    for (uint32_t i = 0; i < q->part_count; i++)
        if (use[i] && q->parts[i].end.to > spell->to) {
            spell->last = q->parts[i].end;
            spell->to = spell->last.to;
        }
    spell->answer = answer;
    spell->count = tdm__world_units_count(q->units, use);
    spell->share_tenths = rate;
    if (answer == TDM_MET && spell->first_met == TDM_DAY_NONE)
        spell->first_met = spell->to;
    return status;
}

/* The end of the stretches that are one spell with `first`: a school year alone, spans as long as they touch.
 */
static uint32_t end_of_spell(const question *q, uint32_t first, tdm_answer *answer)
{
    uint32_t end = first + 1;
    tdm_day last = q->stretches[first].outer.to;
    *answer = q->stretches[first].answer;
    if (q->rule->over.count == 0)
        return end;
    for (uint32_t k = end; k < q->stretch_count && q->stretches[k].outer.from <= last; k++) {
        if (q->stretches[k].answer == TDM_NOT_MET)
            continue;
        *answer = q->stretches[k].answer > *answer ? q->stretches[k].answer : *answer;
        last = q->stretches[k].outer.to > last ? q->stretches[k].outer.to : last;
        end = k + 1;
    }
    return end;
}

/* Where none is reached surely, one or another may be in every world: then they are one spell. */
static tdm_status make_spells(tdm__spell_list *list, question *q)
{
    tdm_status status = TDM_OK;
    tdm_answer answer, overall = TDM_NOT_MET;
    bool complete;
    uint32_t from = q->stretch_count, to = 0;
    for (uint32_t first = 0, end; status == TDM_OK && first < q->stretch_count; first = end) {
        end = first + 1;
        if (q->stretches[first].answer == TDM_NOT_MET)
            continue;
        end = end_of_spell(q, first, &answer);
        from = from < first ? from : first;
        to = end;
        overall = answer > overall ? answer : overall;
        status = make_spell(list, q, first, end, answer);
    }
    if (status != TDM_OK || overall != TDM_POSSIBLE)
        return status;
    int64_t steps = (int64_t)(q->rule->over.count == 0 ? q->stretch_count : q->part_count) * q->part_count;
    status = tdm__worlds_decide(&answer, &complete, q->units, holds_in_world, q, tdm__worlds_limit(steps),
                                q->budget);
    if (status != TDM_OK || answer == TDM_POSSIBLE)
        return status;
    list->count = 0;
    return answer == TDM_MET ? make_spell(list, q, from, to, TDM_MET) : TDM_OK;
}

tdm_status tdm__selection_share(tdm__verdict *out, const tdm_selection *selection, const tdm__share *rule,
                                tdm_budget *budget)
{
    question q = {.rule = rule, .budget = budget};
    tdm__spell_list list = {.history = selection->history};
    *out = (tdm__verdict){TDM_NOT_ASSESSED, NULL, 0};
    if (rule->over.unit == TDM_SPAN_WORKING_DAYS || rule->over.count < 0 || rule->over.count > 36600 ||
        rule->percent_milli < 1 || rule->percent_milli > WHOLE_MILLI)
        return TDM_INVALID_ARG;
    tdm_status status = find_parts(&q, selection);
    if (status != TDM_OK || q.part_count == 0)
        return status;
    status = find_stretches(&q);
    if (status == TDM_OK)
        status = ask_stretches(&q);
    if (status == TDM_OK)
        status = make_spells(&list, &q);
    if (status == TDM_OK)
        tdm__verdict_finish(out, &list, TDM_NOT_MET);
    return status;
}

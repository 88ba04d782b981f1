/*
 * A sustained rise against the child's own baseline: cumulative sums over incidents a period.
 *
 * Two sums are reckoned over the same periods: one that takes what surely lies in each stretch of them
 * against the fullest baseline that may have been, one that takes what may lie there against the emptiest.
 * Where they disagree the worlds are gone through. All numbers are whole: thousandths of an incident, times
 * the periods of the baseline, so that no mean is ever divided out.
 */
#include "calendar/calendar.h"
#include "chronology/days.h"
#include "chronology/load.h"
#include "chronology/looked.h"
#include "chronology/worlds.h"

#include <string.h>

#define MILLI          1000
#define DAYS_MAX       36600 /* how far back periods go */
#define VALUE_MAX      10000000
#define SHORTEST_MONTH 28

typedef struct bounds64 {
    int64_t least, most;
} bounds64;

/* The periods in which a unit may lie; last TDM_NO_INDEX: in none. */
typedef struct reach {
    uint32_t first, last;
    bool sure; /* it lies in one of them in every world */
} reach;

typedef struct question {
    const tdm__world_units *units;
    const tdm__cusum *rule;
    tdm_budget *budget;
    const tdm_day *starts; /* of the periods, and of the one after the last */
    uint32_t periods;
    tdm_bounds *incidents; /* by period */
    bounds64 *sums;        /* by period, as at its end */
    uint32_t *placed;      /* by unit: the period in which it surely lies, TDM_NO_INDEX */
    uint32_t *before;      /* by unit: the one before it in its found group, TDM_NO_INDEX */
    uint32_t first, end;   /* periods that are asked for, in holds_in_world */
    reach *reaches;        /* by unit; NULL: nothing is doubtful, or there are too many stretches */
    uint32_t *may;         /* room for a number a period */
} question;

/* --- periods --- */

static tdm_day start_of(tdm_day first, tdm_span of, uint32_t period)
{
    int32_t steps = of.count * (int32_t)period;
    return of.unit == TDM_SPAN_MONTHS ? tdm_day_add_months(first, steps) : first + steps;
}

/* Where a walk through the months stands: the day of the first start, the first day of the month at hand. */
typedef struct months {
    int32_t year, month, day;
    tdm_day first_day;
} months;

/* Of no day that is real: year 0. */
static months months_from(tdm_day day)
{
    months at = {0};
    tdm_day_to_civil(day, &at.year, &at.month, &at.day);
    if (at.day > 0)
        at.first_day = day - (at.day - 1);
    return at;
}

/* What start_of says of the next period: to walk there is cheaper than to reckon from the first. */
static tdm_day start_after(months *at, int32_t steps)
{
    for (int32_t i = 0; i < steps && at->year < 10000; i++) {
        at->first_day += tdm__month_length(at->year, at->month);
        at->year += at->month == 12;
        at->month = at->month == 12 ? 1 : at->month + 1;
    }
    int32_t length = tdm__month_length(at->year, at->month);
    return tdm__day_clamped((int64_t)at->first_day + (at->day < length ? at->day : length) - 1);
}

/* Not the earliest day that a doubtful date allows: before the record begins nothing is usual. */
static tdm_day first_day(const tdm_history *h)
{
    tdm_day first = TDM_DAY_AFTER_ALL;
    for (uint32_t i = 0; i < h->row_count; i++)
        if (h->rows[i].dated && h->rows[i].to < first)
            first = h->rows[i].to;
    return first < h->as_of - DAYS_MAX ? h->as_of - DAYS_MAX : first;
}

static tdm_status find_periods(question *q)
{
    const tdm_history *h = q->units->history;
    tdm_day first = first_day(h);
    tdm__look_at_all(h);
    tdm__look_at_day(h);
    size_t room = first > h->as_of ? 0 : (size_t)(h->as_of - first) / (size_t)q->rule->of.count + 1;
    if (!tdm__charge(q->budget, 1 + h->row_count / 8 + (int64_t)room / 8))
        return TDM_BUDGET;
    if (q->rule->of.unit == TDM_SPAN_MONTHS && room > 0)
        room = (size_t)(h->as_of - first) / ((size_t)q->rule->of.count * SHORTEST_MONTH) + 1;
    tdm_day *starts = tdm__arena_array(h->arena, room + 1, sizeof *starts);
    q->incidents = tdm__arena_array(h->arena, room + 1, sizeof *q->incidents);
    q->sums = tdm__arena_array(h->arena, room, sizeof *q->sums);
    if (!starts || !q->incidents || !q->sums)
        return TDM_NO_MEMORY;
    months at = months_from(first);
    bool walks = q->rule->of.unit == TDM_SPAN_MONTHS && at.year > 0;
    while (first <= h->as_of) {
        starts[q->periods++] = first;
        tdm_day next = walks ? start_after(&at, q->rule->of.count)
                             : start_of(starts[0], q->rule->of, q->periods);
        first = next > first ? next : h->as_of + 1; /* the calendar ends */
    }
    starts[q->periods] = first;
    q->starts = starts;
    return TDM_OK;
}

/* Ties each unit of a found group to the one before it. */
static tdm_status tie_groups(question *q)
{
    tdm__arena *arena = q->units->history->arena;
    uint32_t *last = tdm__arena_array(arena, q->units->found_count,
                                      sizeof *last); /* of each group: unit + 1 */
    q->placed = tdm__arena_array(arena, q->units->count, sizeof *q->placed);
    q->before = tdm__arena_array(arena, q->units->count, sizeof *q->before);
    if (!last || !q->placed || !q->before)
        return TDM_NO_MEMORY;
    for (uint32_t i = 0; i < q->units->count; i++) {
        uint32_t found = q->units->items[i].found;
        q->before[i] = found == TDM_NO_INDEX || last[found] == 0 ? TDM_NO_INDEX : last[found] - 1;
        if (found != TDM_NO_INDEX)
            last[found] = i + 1;
    }
    return TDM_OK;
}

/* The period of a day not before the first. */
static uint32_t period_of(const question *q, tdm_day day)
{
    uint32_t low = 0, high = q->periods;
    while (low + 1 < high) {
        uint32_t middle = low + (high - low) / 2;
        if (q->starts[middle] <= day)
            low = middle;
        else
            high = middle;
    }
    return low;
}

/* --- counting --- */

typedef struct counting {
    int64_t baseline_least, baseline_most;
} counting;

/* Whether another of its found group surely lies in the period and was counted there. A group holds one entry
 * an agency, so there are few. */
static bool counted_there(const question *q, uint32_t unit, uint32_t period)
{
    for (uint32_t i = q->before[unit]; i != TDM_NO_INDEX; i = q->before[i])
        if (q->placed[i] == period)
            return true;
    return false;
}

static void count_unit(question *q, counting *c, uint32_t unit, tdm__period when, bool optional)
{
    uint32_t baseline = (uint32_t)q->rule->baseline;
    if (when.to < q->starts[0])
        return;
    bool early = when.from < q->starts[0];
    uint32_t last = period_of(q, when.to), first = early ? 0 : period_of(q, when.from);
    if (first == last && !early && !optional) {
        q->incidents[first].certain += !counted_there(q, unit, first);
        q->placed[unit] = first;
    }
    q->incidents[first].possible++; /* a difference: summed up once all are counted */
    q->incidents[last + 1].possible--;
    c->baseline_most += first < baseline;
    c->baseline_least += !early && last < baseline && !optional &&
                         tdm__once_counts(q->units, 0, &q->units->items[unit]);
}

/* Counts by the units' intervals, or, with `days`, by their days in one world. */
static counting count_all(question *q, const tdm_day *days)
{
    counting c = {0, 0};
    memset(q->incidents, 0, ((size_t)q->periods + 1) * sizeof *q->incidents);
    tdm__once_start(q->units, 0);
    for (uint32_t i = 0; i < q->units->count; i++) {
        const tdm__unit *unit = &q->units->items[i];
        q->placed[i] = TDM_NO_INDEX;
        if (!days)
            count_unit(q, &c, i, (tdm__period){unit->from, unit->to}, unit->optional);
        else if (days[i] != TDM_DAY_NONE)
            count_unit(q, &c, i, (tdm__period){days[i], days[i]}, false);
    }
    for (uint32_t k = 1; k < q->periods; k++)
        q->incidents[k].possible += q->incidents[k - 1].possible;
    return c;
}

/* What a period adds. */
static int64_t step_of(const question *q, int64_t incidents, int64_t baseline)
{
    const tdm__cusum *rule = q->rule;
    return (incidents * MILLI - rule->allowance_milli) * rule->baseline - baseline * MILLI;
}

static int64_t next_sum(const question *q, int64_t sum, int64_t incidents, int64_t baseline)
{
    sum += step_of(q, incidents, baseline);
    return sum > 0 ? sum : 0;
}

static reach *find_reaches(const question *q)
{
    reach *out = tdm__arena_array(q->units->history->arena, q->units->count, sizeof *out);
    for (uint32_t i = 0; out && i < q->units->count; i++) {
        const tdm__unit *unit = &q->units->items[i];
        bool early = unit->from < q->starts[0];
        out[i] = (reach){.first = early ? 0 : period_of(q, unit->from),
                         .last = unit->to < q->starts[0] ? TDM_NO_INDEX : period_of(q, unit->to),
                         .sure = !early && !unit->optional};
    }
    return out;
}

/*
 * C at the end of a period is the most that any stretch of periods up to it has of incidents, less mean and
 * allowance for each. A date that runs over several periods counts once in a stretch, so this is closer than
 * what sums from one period to the next would give.
 */
static bounds64 sum_at(const question *q, uint32_t period, counting all)
{
    const reach *reaches = q->reaches;
    bounds64 top = {0, 0}, sum = {0, 0};
    int64_t before_least = 0, before_most = 0, least = 0, most = 0;
    uint32_t unit = q->units->count;
    memset(q->may, 0, ((size_t)period + 1) * sizeof *q->may);
    for (uint32_t i = 0; i < q->units->count; i++)
        if (reaches[i].last != TDM_NO_INDEX && reaches[i].first <= period)
            q->may[reaches[i].last < period ? reaches[i].last : period]++;
    tdm__once_start(q->units, 0);
    for (uint32_t k = period + 1; k-- > (uint32_t)q->rule->baseline;) {
        most += q->may[k];
        for (; unit > 0 && reaches[unit - 1].first >= k; unit--)
            least += reaches[unit - 1].sure && reaches[unit - 1].last <= period &&
                     tdm__once_counts(q->units, 0, &q->units->items[unit - 1]);
        sum.least += step_of(q, least - before_least, all.baseline_most);
        sum.most += step_of(q, most - before_most, all.baseline_least);
        before_least = least;
        before_most = most;
        top.least = sum.least > top.least ? sum.least : top.least;
        top.most = sum.most > top.most ? sum.most : top.most;
    }
    return top;
}

static void reckon(question *q, const tdm_day *days)
{
    counting c = count_all(q, days);
    bounds64 sum = {0, 0};
    for (uint32_t k = 0; k < q->periods; k++) {
        if (!days && q->reaches)
            sum = sum_at(q, k, c);
        else if (k >= (uint32_t)q->rule->baseline) {
            sum.least = next_sum(q, sum.least, q->incidents[k].certain, c.baseline_most);
            sum.most = next_sum(q, sum.most, q->incidents[k].possible, c.baseline_least);
        }
        q->sums[k] = sum;
    }
}

static bool above(const question *q, int64_t sum)
{
    return sum > (int64_t)q->rule->threshold_milli * q->rule->baseline;
}

static tdm_status holds_in_world(tdm_answer *answer, const tdm_day *days, void *payload)
{
    question *q = payload;
    *answer = TDM_NOT_MET;
    if (!tdm__charge(q->budget, 1 + q->units->count + q->periods / 4))
        return TDM_BUDGET;
    reckon(q, days);
    for (uint32_t k = q->first; k < q->end && *answer != TDM_MET; k++) {
        if (above(q, q->sums[k].least))
            *answer = TDM_MET;
        else if (above(q, q->sums[k].most))
            *answer = TDM_POSSIBLE;
    }
    return TDM_OK;
}

/* Sums from one period to the next have all that stretches of periods have, and are reckoned in no time:
 * where they stay below the threshold, the others do too. */
static void reckon_if_above(question *q)
{
    reach *reaches = q->reaches;
    bool any = !reaches;
    q->reaches = NULL;
    reckon(q, NULL);
    for (uint32_t k = 0; k < q->periods && !any; k++)
        any = above(q, q->sums[k].most);
    q->reaches = reaches;
    if (any && reaches)
        reckon(q, NULL);
}

/* --- spells --- */

static int64_t stretch_steps(const question *q)
{
    return (int64_t)q->periods * (q->periods + 2 * (int64_t)q->units->count);
}

static tdm_status decide(tdm_answer *answer, question *q, uint32_t first, uint32_t end)
{
    bool complete;
    int64_t steps = (int64_t)q->units->count + q->periods;
    q->first = first;
    q->end = end;
    tdm_status status = tdm__worlds_decide(answer, &complete, q->units, holds_in_world, q,
                                           tdm__worlds_limit(steps), q->budget);
    if (status == TDM_OK && q->reaches && !tdm__charge(q->budget, stretch_steps(q) / 8))
        return TDM_BUDGET;
    reckon(q, NULL); /* what the worlds left behind is not what is known of all */
    return status;
}

/* The day of the incident with which the sum came above the threshold, all days known. */
static tdm_day crossing_day(const question *q, uint32_t period)
{
    int64_t baseline = 0, incidents = 0;
    for (int32_t k = 0; k < q->rule->baseline; k++)
        baseline += q->incidents[k].possible;
    int64_t before = period > 0 ? q->sums[period - 1].most : 0;
    for (uint32_t i = 0; i < q->units->count; i++) {
        tdm_day day = q->units->items[i].from;
        if (day >= q->starts[period] && above(q, next_sum(q, before, ++incidents, baseline)))
            return day;
    }
    return q->starts[period];
}

static tdm_day first_met(const question *q, uint32_t first, uint32_t end)
{
    bool exact = q->units->doubtful == 0 && q->units->found_count == 0;
    for (uint32_t k = first; k < end; k++) {
        tdm_day last = q->starts[k + 1] - 1, as_of = q->units->history->as_of;
        if (above(q, q->sums[k].least))
            return exact ? crossing_day(q, k) : last < as_of ? last : as_of;
    }
    return TDM_DAY_NONE;
}

static bool goes_on(const question *q, uint32_t end)
{
    bool running = q->starts[q->periods] > q->units->history->as_of + 1;
    return end == q->periods || (running && end + 1 == q->periods && q->sums[end].most > 0);
}

/* A spell of the periods [first, end); nothing when no world has it. */
static tdm_status make_spell(tdm__spell_list *list, question *q, uint32_t first, uint32_t end)
{
    tdm_answer answer = TDM_MET;
    tdm_day met = first_met(q, first, end);
    tdm_status status = met == TDM_DAY_NONE ? decide(&answer, q, first, end) : TDM_OK;
    if (status != TDM_OK || answer == TDM_NOT_MET)
        return status;
    bool *use = tdm__arena_array(q->units->history->arena, (size_t)q->units->count + 1, sizeof *use);
    if (!use)
        return TDM_NO_MEMORY;
    for (uint32_t i = 0; i < q->units->count; i++)
        use[i] = q->units->items[i].to >= q->starts[first] && q->units->items[i].from < q->starts[end];
    tdm__spell *spell = tdm__spell_add(list);
    status = spell ? tdm__spell_fill(spell, q->units, use) : TDM_NO_MEMORY;
    if (status != TDM_OK)
        return status;
    spell->answer = answer;
    spell->count = tdm__world_units_count(q->units, use);
    spell->first_met = answer != TDM_MET ? TDM_DAY_NONE : met != TDM_DAY_NONE ? met : spell->to;
    spell->open = goes_on(q, end);
    return TDM_OK;
}

/* One spell for each rise in which it may hold. Where none holds surely they may do so together: then they
 * are one. */
static tdm_status make_spells(tdm__spell_list *list, question *q)
{
    tdm_status status = TDM_OK;
    tdm_answer answer = TDM_NOT_MET;
    uint32_t from = q->periods, to = 0;
    for (uint32_t k = (uint32_t)q->rule->baseline; status == TDM_OK && k < q->periods; k++) {
        uint32_t first = k, end = 0;
        for (; k < q->periods && q->sums[k].most > 0; k++)
            end = above(q, q->sums[k].most) ? k + 1 : end;
        if (end == 0)
            continue;
        from = from < first ? from : first;
        to = end;
        status = make_spell(list, q, first, end);
    }
    for (uint32_t i = 0; i < list->count; i++)
        if (list->items[i].answer == TDM_MET)
            return status;
    if (status == TDM_OK && list->count > 1)
        status = decide(&answer, q, from, to);
    if (status != TDM_OK || answer != TDM_MET)
        return status;
    list->count = 0;
    return make_spell(list, q, from, to);
}

static bool valid(const tdm__cusum *rule)
{
    return rule->of.unit != TDM_SPAN_WORKING_DAYS && rule->of.count >= 1 && rule->of.count <= 36600 &&
           rule->baseline >= 1 && rule->baseline <= 1000 && rule->allowance_milli >= 0 &&
           rule->allowance_milli <= VALUE_MAX && rule->threshold_milli >= 0 &&
           rule->threshold_milli <= VALUE_MAX;
}

/* Units and periods; the sums are still to be reckoned, and have none where the baseline is all there is. */
static tdm_status ask(question *q, const tdm_selection *selection)
{
    tdm__world_units *units;
    if (!valid(q->rule))
        return TDM_INVALID_ARG;
    tdm_status status = tdm__world_units_new(&units, selection, NULL, q->budget);
    if (status != TDM_OK)
        return status;
    q->units = units;
    status = find_periods(q);
    if (status == TDM_OK)
        status = tie_groups(q);
    if (status != TDM_OK || q->periods <= (uint32_t)q->rule->baseline)
        return status;
    if (!tdm__charge(q->budget, 1 + units->count + q->periods / 4))
        return TDM_BUDGET;
    if ((units->doubtful == 0 && units->found_count == 0) || stretch_steps(q) > TDM__WORLD_STEPS_MAX)
        return TDM_OK;
    q->may = tdm__arena_array(units->history->arena, q->periods, sizeof *q->may);
    q->reaches = find_reaches(q);
    if (!q->may || !q->reaches)
        return TDM_NO_MEMORY;
    return tdm__charge(q->budget, stretch_steps(q) / 8) ? TDM_OK : TDM_BUDGET;
}

tdm_status tdm__selection_cusum(tdm__verdict *out, const tdm_selection *selection, const tdm__cusum *rule,
                                tdm_budget *budget)
{
    question q = {.rule = rule, .budget = budget};
    tdm__spell_list list = {.history = selection->history};
    *out = (tdm__verdict){TDM_NOT_ASSESSED, NULL, 0};
    tdm_status status = ask(&q, selection);
    if (status != TDM_OK || q.periods <= (uint32_t)rule->baseline)
        return status;
    reckon_if_above(&q);
    status = make_spells(&list, &q);
    if (status == TDM_OK)
        tdm__verdict_finish(out, &list, TDM_NOT_MET);
    return status;
}

/* --- the periods themselves, for those who draw them --- */

/* Thousandths of an incident, half up. */
static int32_t milli_of(const question *q, int64_t sum)
{
    int64_t milli = (2 * sum + q->rule->baseline) / (2 * (int64_t)q->rule->baseline);
    return milli > INT32_MAX ? INT32_MAX : (int32_t)milli;
}

tdm_status tdm__selection_cusum_series(tdm__cusum_series *out, const tdm_selection *selection,
                                       const tdm__cusum *rule, tdm_budget *budget)
{
    question q = {.rule = rule, .budget = budget};
    *out = (tdm__cusum_series){0};
    tdm_status status = ask(&q, selection);
    if (status != TDM_OK || q.periods <= (uint32_t)rule->baseline)
        return status;
    tdm__cusum_period *items = tdm__arena_array(selection->history->arena, q.periods, sizeof *items);
    if (!items)
        return TDM_NO_MEMORY;
    reckon(&q, NULL);
    for (uint32_t k = 0; k < q.periods; k++) {
        bounds64 sum = q.sums[k];
        tdm_day last = q.starts[k + 1] - 1, as_of = selection->history->as_of;
        items[k] = (tdm__cusum_period){.from = q.starts[k],
                                       .to = last < as_of ? last : as_of,
                                       .incidents = q.incidents[k],
                                       .sum_milli = {milli_of(&q, sum.least), milli_of(&q, sum.most)},
                                       .above = above(&q, sum.least)  ? TDM_MET
                                                : above(&q, sum.most) ? TDM_POSSIBLE
                                                                      : TDM_NOT_MET};
    }
    *out = (tdm__cusum_series){items, q.periods};
    return TDM_OK;
}

tdm_status tdm__selection_by_period(tdm_bounds **out, const tdm_selection *selection, const tdm_day *starts,
                                    uint32_t periods, tdm_budget *budget)
{
    static const tdm__cusum unused = {.baseline = 1};
    question q = {.rule = &unused, .budget = budget, .starts = starts, .periods = periods};
    tdm__world_units *units;
    *out = NULL;
    tdm_status status = tdm__world_units_new(&units, selection, NULL, budget);
    if (status != TDM_OK)
        return status;
    q.units = units;
    q.incidents = tdm__arena_array(selection->history->arena, (size_t)periods + 1, sizeof *q.incidents);
    status = q.incidents ? tie_groups(&q) : TDM_NO_MEMORY;
    if (status != TDM_OK)
        return status;
    if (!tdm__charge(budget, 1 + units->count + periods / 4))
        return TDM_BUDGET;
    if (periods > 0)
        count_all(&q, NULL);
    *out = q.incidents;
    return TDM_OK;
}

/*
 * Which units have another of the same child before them, after them, around them or inside. How long it
 * takes from one to the other is in units_stretches.c.
 *
 * Where dates are doubtful: a unit is in where one of the others alone is right wherever both dates fall, out
 * where none is anywhere, else in doubt. That several doubtful ones together may make it certain is not
 * looked into.
 */
#include "chronology/units_marks.h"

/* A question of each unit. */
typedef struct question {
    const tdm__units *units;
    const tdm__watch *watch;
    const tdm_holidays *holidays;
    tdm_span within;
    bool same_day;
    bool to_last; /* the day of an end belongs to the episode */
    uint8_t *verdicts;
} question;

static tdm_status ask(tdm__units *out, tdm__units_ground *ground, question *q, tdm__watch *watch,
                      tdm__judge_fn judge)
{
    *out = (tdm__units){.population = ground->population};
    q->watch = watch;
    q->holidays = ground->holidays;
    q->verdicts = tdm__verdicts_new(ground, q->units);
    if (!q->verdicts)
        return TDM_NO_MEMORY;
    tdm_status status = tdm__watch_children(ground, q->units, watch, 1, judge, q);
    return status == TDM_OK ? tdm__units_judged(out, ground, q->units, q->verdicts) : status;
}

static uint8_t sure_or_doubt(bool sure)
{
    return sure ? TDM__COUNTED : TDM__UNCOUNTED_DATE_IN_DOUBT;
}

static tdm_day earlier(tdm_day a, tdm_day b)
{
    return a < b ? a : b;
}

/* --- before --- */

static void judge_after(void *payload, size_t unit)
{
    const question *q = payload;
    tdm_day from = q->units->start_from[unit], to = q->units->start_to[unit];
    tdm_day latest, since, sure_latest, sure_since;
    uint32_t self = q->units->event[unit];
    if (q->within.count == 0 || !tdm__marks_up_to(&latest, &q->watch->may_marks, to - 1, self))
        return;
    if (!tdm__span_before(&since, from, q->within, q->holidays) ||
        !tdm__span_before(&sure_since, to, q->within, q->holidays)) {
        q->verdicts[unit] = TDM__UNCOUNTED_NO_CALENDAR;
        return;
    }
    if (earlier(latest, to - 1) < since)
        return;
    bool sure = tdm__marks_up_to(&sure_latest, &q->watch->sure_marks, from - 1, self) &&
                sure_latest >= sure_since;
    q->verdicts[unit] = sure_or_doubt(sure);
}

tdm_status tdm__units_after(tdm__units *out, tdm__units_ground *ground, const tdm__units *units,
                            const tdm__units *others, tdm_span within, bool by_end)
{
    tdm__watch watch = {
        .others = others,
        .may = {by_end ? tdm__mark_end : tdm__mark_start, false},
        .surely = {by_end ? tdm__mark_sure_end_by_last : tdm__mark_sure_start_by_last, false}};
    question q = {.units = units, .within = within};
    return ask(out, ground, &q, &watch, judge_after);
}

/* --- before, by the end of the latest --- */

typedef struct latest_question {
    question asked;      /* first, so that one pointer serves both */
    tdm_day *latest_yet; /* by other: the latest day on which it, or one of the child before it, may start */
} latest_question;

/* The last of the child's others that starts before the day; TDM_NO_INDEX where that is in doubt, or there is
 * none. Of several on one day the last in order. */
static size_t latest_before(const latest_question *q, tdm_day day)
{
    const tdm__watch *watch = q->asked.watch;
    const tdm__units *others = watch->others;
    tdm__mark mark;
    size_t low = watch->first, high = watch->at;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (others->start_from[middle] < day)
            low = middle + 1;
        else
            high = middle;
    }
    if (low == watch->first)
        return TDM_NO_INDEX;
    size_t last = low - 1;
    bool known = tdm__mark_sure_start(&mark, others, last) && mark.value < day &&
                 (last == watch->first || q->latest_yet[last - 1] <= mark.key);
    return known ? last : TDM_NO_INDEX;
}

static void judge_after_latest(void *payload, size_t unit)
{
    latest_question *q = payload;
    const tdm__units *units = q->asked.units, *others = q->asked.watch->others;
    tdm_day day = units->start_to[unit], since;
    judge_after(&q->asked, unit);
    if (q->asked.verdicts[unit] == TDM__OUT || q->asked.verdicts[unit] == TDM__UNCOUNTED_NO_CALENDAR)
        return;
    size_t last = units->start_from[unit] == day ? latest_before(q, day) : TDM_NO_INDEX;
    q->asked.verdicts[unit] = TDM__UNCOUNTED_DATE_IN_DOUBT;
    if (last == TDM_NO_INDEX || tdm__unit_reason(others, last) == TDM__UNCOUNTED_END_BEFORE_START)
        return;
    if (!others->end_from || others->end_from[last] == TDM_DAY_NONE)
        q->asked.verdicts[unit] = TDM__OUT;
    else if (tdm__span_before(&since, day, q->asked.within, q->asked.holidays))
        q->asked.verdicts[unit] = tdm__days_in(others->end_from[last], others->end_to[last], since, day - 1);
}

tdm_status tdm__units_after_latest(tdm__units *out, tdm__units_ground *ground, const tdm__units *units,
                                   const tdm__units *others, tdm_span within)
{
    tdm__watch watch = {
        .others = others, .may = {tdm__mark_end, false}, .surely = {tdm__mark_sure_end_by_last, false}};
    latest_question q = {.asked = {.units = units, .within = within}};
    *out = (tdm__units){.population = ground->population};
    q.latest_yet = tdm__arena_alloc(ground->arena, others->count * sizeof *q.latest_yet);
    if (!q.latest_yet)
        return TDM_NO_MEMORY;
    for (size_t i = 0; i < others->count; i++) {
        bool same_child = i > 0 && others->child[i] == others->child[i - 1];
        q.latest_yet[i] = others->start_to[i];
        if (same_child && q.latest_yet[i - 1] > q.latest_yet[i])
            q.latest_yet[i] = q.latest_yet[i - 1];
    }
    return ask(out, ground, &q.asked, &watch, judge_after_latest);
}

/* --- after --- */

static tdm_day next_day(tdm_day day)
{
    return day == TDM_DAY_AFTER_ALL ? day : day + 1;
}

static void judge_followed(void *payload, size_t unit)
{
    const question *q = payload;
    tdm_day from = q->units->start_from[unit], to = q->units->start_to[unit];
    tdm_day latest, until, sure_earliest, sure_until;
    uint32_t self = q->units->event[unit];
    tdm_day first = q->same_day ? from : next_day(from);
    if (!q->same_day && q->within.count == 0)
        return;
    if (!tdm__marks_up_to(&latest, &q->watch->may_marks, TDM_DAY_AFTER_ALL, self) || latest < first)
        return;
    if (!tdm__span_after(&until, to, q->within, q->holidays) ||
        !tdm__span_after(&sure_until, from, q->within, q->holidays)) {
        q->verdicts[unit] = TDM__UNCOUNTED_NO_CALENDAR;
        return;
    }
    if (!tdm__marks_up_to(&latest, &q->watch->may_marks, until, self) || latest < first)
        return;
    bool sure = tdm__marks_from(&sure_earliest, &q->watch->sure_marks, q->same_day ? to : next_day(to),
                                self) &&
                sure_earliest <= sure_until;
    q->verdicts[unit] = sure_or_doubt(sure);
}

tdm_status tdm__units_followed(tdm__units *out, tdm__units_ground *ground, const tdm__units *units,
                               const tdm__units *others, tdm_span within, bool same_day)
{
    tdm__watch watch = {
        .others = others, .may = {tdm__mark_start, false}, .surely = {tdm__mark_sure_start, true}};
    question q = {.units = units, .within = within, .same_day = same_day};
    return ask(out, ground, &q, &watch, judge_followed);
}

/* --- around and inside --- */

static void judge_during(void *payload, size_t unit)
{
    const question *q = payload;
    tdm_day from = q->units->start_from[unit], to = q->units->start_to[unit], end;
    if (!tdm__marks_up_to(&end, &q->watch->may_marks, to, TDM_NO_INDEX) || end <= from)
        return;
    bool sure = tdm__marks_up_to(&end, &q->watch->sure_marks, from, TDM_NO_INDEX) && end > to;
    q->verdicts[unit] = sure_or_doubt(sure);
}

static tdm_status ask_during(tdm__units *out, tdm__units_ground *ground, const tdm__units *units,
                             const tdm__units *episodes, tdm__mark_fn may, tdm__mark_fn surely)
{
    tdm__watch watch = {.others = episodes, .may = {may, false}, .surely = {surely, false}};
    question q = {.units = units};
    return ask(out, ground, &q, &watch, judge_during);
}

tdm_status tdm__units_during(tdm__units *out, tdm__units_ground *ground, const tdm__units *units,
                             const tdm__units *episodes)
{
    return ask_during(out, ground, units, episodes, tdm__mark_stay, tdm__mark_sure_stay);
}

tdm_status tdm__units_during_to_last(tdm__units *out, tdm__units_ground *ground, const tdm__units *units,
                                     const tdm__units *episodes)
{
    return ask_during(out, ground, units, episodes, tdm__mark_stay_to_last, tdm__mark_sure_stay_to_last);
}

static void judge_containing(void *payload, size_t unit)
{
    const question *q = payload;
    const tdm__units *units = q->units;
    bool ends = units->end_from && units->end_from[unit] != TDM_DAY_NONE &&
                tdm__unit_reason(units, unit) != TDM__UNCOUNTED_END_BEFORE_START;
    tdm_day last = ends ? units->end_to[unit] : TDM_DAY_AFTER_ALL;
    tdm_day sure_last = ends ? units->end_from[unit] : TDM_DAY_AFTER_ALL, day;
    last -= last != TDM_DAY_AFTER_ALL && !q->to_last;
    sure_last -= sure_last != TDM_DAY_AFTER_ALL && !q->to_last;
    if (last < units->start_from[unit] || !tdm__marks_up_to(&day, &q->watch->may_marks, last, TDM_NO_INDEX) ||
        day < units->start_from[unit])
        return;
    bool sure = tdm__marks_from(&day, &q->watch->sure_marks, units->start_to[unit], TDM_NO_INDEX) &&
                day <= sure_last;
    q->verdicts[unit] = sure_or_doubt(sure);
}

static tdm_status ask_containing(tdm__units *out, tdm__units_ground *ground, const tdm__units *units,
                                 const tdm__units *others, bool to_last)
{
    tdm__watch watch = {
        .others = others, .may = {tdm__mark_start, false}, .surely = {tdm__mark_sure_start, true}};
    question q = {.units = units, .to_last = to_last};
    return ask(out, ground, &q, &watch, judge_containing);
}

tdm_status tdm__units_containing(tdm__units *out, tdm__units_ground *ground, const tdm__units *units,
                                 const tdm__units *others)
{
    return ask_containing(out, ground, units, others, false);
}

tdm_status tdm__units_containing_to_last(tdm__units *out, tdm__units_ground *ground, const tdm__units *units,
                                         const tdm__units *others)
{
    return ask_containing(out, ground, units, others, true);
}

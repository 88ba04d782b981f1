/*
 * Whether something came as often as it has to, all through an episode: reviews, visits.
 *
 * What came on known days decides where it is enough; where it is not, and something came on a day in doubt
 * that may lie inside, it is in doubt.
 */
#include "chronology/units_lengths.h"
#include "chronology/units_marks.h"

typedef struct keeping_question {
    const tdm__units *units;
    const tdm__watch *watch;
    const tdm_holidays *holidays;
    const tdm__keeping *keeping;
    uint8_t *verdicts;
    uint32_t child;    /* whose gaps are known */
    uint32_t *broken;  /* by mark: gaps too long among those up to it */
    uint32_t *unknown; /* gaps that no calendar tells */
} keeping_question;

static bool exact_start(tdm__mark *out, const tdm__units *units, size_t at)
{
    return tdm__mark_sure_start(out, units, at) && out->key == out->value;
}

static bool doubtful_start(tdm__mark *out, const tdm__units *units, size_t at)
{
    return !exact_start(out, units, at);
}

/* Whether a day lies within the span of an earlier one. */
static uint8_t in_time(tdm_day from, tdm_day to, tdm_span span, const tdm_holidays *holidays)
{
    int32_t length = to - from;
    if (span.unit == TDM_SPAN_MONTHS)
        return to <= tdm_day_add_months(from, span.count) ? TDM__COUNTED : TDM__OUT;
    /* So many days are no more working days. */
    if (length > span.count && span.unit == TDM_SPAN_WORKING_DAYS &&
        !tdm__length_of(&length, from, to, TDM__IN_WORKING_DAYS, holidays))
        return TDM__UNCOUNTED_NO_CALENDAR;
    return length <= span.count ? TDM__COUNTED : TDM__OUT;
}

static void count_gaps(keeping_question *q)
{
    const tdm__marks *marks = &q->watch->sure_marks;
    for (size_t i = 0; i < marks->count; i++) {
        uint8_t kept = i == 0 ? TDM__COUNTED
                              : in_time(marks->items[i - 1].key, marks->items[i].key, q->keeping->every,
                                        q->holidays);
        q->broken[i] = (i == 0 ? 0 : q->broken[i - 1]) + (kept == TDM__OUT);
        q->unknown[i] = (i == 0 ? 0 : q->unknown[i - 1]) + (kept == TDM__UNCOUNTED_NO_CALENDAR);
    }
}

/* One gap too long is one too many, whatever is not known of others. */
static uint8_t worse(uint8_t a, uint8_t b)
{
    if (a == TDM__OUT || b == TDM__OUT)
        return TDM__OUT;
    return a != TDM__COUNTED ? a : b;
}

static uint8_t kept_by_known(const keeping_question *q, tdm_day start, tdm_day until)
{
    const tdm__marks *marks = &q->watch->sure_marks;
    const tdm__keeping *k = q->keeping;
    size_t first = tdm__marks_count_up_to(marks, start - k->same_day);
    size_t end = tdm__marks_count_up_to(marks, until);
    if (first >= end)
        return in_time(start, until, k->first, q->holidays);
    uint8_t between = q->broken[end - 1] != q->broken[first]     ? TDM__OUT
                      : q->unknown[end - 1] != q->unknown[first] ? TDM__UNCOUNTED_NO_CALENDAR
                                                                 : TDM__COUNTED;
    uint8_t outside = worse(in_time(start, marks->items[first].key, k->first, q->holidays),
                            in_time(marks->items[end - 1].key, until, k->every, q->holidays));
    return worse(between, outside);
}

static void judge_kept_up(void *payload, size_t unit)
{
    keeping_question *q = payload;
    const tdm__units *units = q->units;
    tdm_day start = units->start_from[unit], until = q->keeping->on, latest;
    tdm_day end = units->end_from ? units->end_from[unit] : TDM_DAY_NONE;
    bool known = start == units->start_to[unit] && tdm__unit_reason(units, unit) == TDM__COUNTED;
    if (q->child != units->child[unit]) {
        q->child = units->child[unit];
        count_gaps(q);
    }
    if (start > until)
        return;
    q->verdicts[unit] = TDM__UNCOUNTED_DATE_IN_DOUBT;
    if (end != TDM_DAY_NONE && end <= until) {
        known = known && end == units->end_to[unit];
        until = end;
    }
    if (!known)
        return;
    uint8_t kept = kept_by_known(q, start, until);
    bool doubtful = tdm__marks_up_to(&latest, &q->watch->may_marks, until, TDM_NO_INDEX) && latest >= start;
    if (kept == TDM__COUNTED || !doubtful)
        q->verdicts[unit] = kept;
}

tdm_status tdm__units_kept_up(tdm__units *out, tdm__units_ground *ground, const tdm__units *units,
                              const tdm__units *others, const tdm__keeping *keeping)
{
    tdm__watch watch = {.others = others, .may = {doubtful_start, false}, .surely = {exact_start, false}};
    keeping_question q = {.units = units,
                          .watch = &watch,
                          .holidays = ground->holidays,
                          .keeping = keeping,
                          .child = TDM_NO_INDEX};
    *out = (tdm__units){.population = ground->population};
    q.verdicts = tdm__verdicts_new(ground, units);
    q.broken = tdm__arena_alloc(ground->arena, others->count * sizeof *q.broken);
    q.unknown = tdm__arena_alloc(ground->arena, others->count * sizeof *q.unknown);
    if (!q.verdicts || !q.broken || !q.unknown)
        return TDM_NO_MEMORY;
    tdm_status status = tdm__watch_children(ground, units, &watch, 1, judge_kept_up, &q);
    return status == TDM_OK ? tdm__units_judged(out, ground, units, q.verdicts) : status;
}

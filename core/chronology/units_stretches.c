/*
 * How long: from a unit's start to its end, to another unit of the same child, from one, to a day. Both ends
 * of a length are days that are known; where one is not, the unit says why. Counting lengths:
 * units_lengths.c.
 */
#include "chronology/population_columns.h"
#include "chronology/table.h"
#include "chronology/units_lengths.h"
#include "chronology/units_marks.h"

/* Lengths in the making, one a unit. */
typedef struct measuring {
    tdm__units_ground *ground;
    const tdm__units *units;
    const tdm__watch *watches;
    const tdm__looking *looking;
    uint8_t *verdicts;
    tdm__stretch_columns columns;
} measuring;

static tdm_status begin(measuring *m, tdm__stretches *out, tdm__units_ground *ground, const tdm__units *units)
{
    *out = (tdm__stretches){.units = {.population = ground->population}};
    m->ground = ground;
    m->units = units;
    if (tdm__units_are_of(ground, units) != TDM_OK)
        return TDM_INVALID_ARG;
    m->verdicts = tdm__verdicts_new(ground, units);
    return m->verdicts ? tdm__stretch_columns_new(&m->columns, ground->arena, units->count) : TDM_NO_MEMORY;
}

static tdm_status finish(tdm__stretches *out, const measuring *m)
{
    return tdm__stretches_judged(out, m->ground, m->units, m->verdicts, &m->columns);
}

/* Its far end lies some day within. */
static void doubt(measuring *m, size_t unit, uint8_t reason, tdm_day far_from, tdm_day far_to)
{
    m->verdicts[unit] = reason;
    m->columns.from[unit] = m->columns.to[unit] = TDM_DAY_NONE;
    m->columns.far_from[unit] = far_from;
    m->columns.far_to[unit] = far_to;
}

static void last(measuring *m, size_t unit, tdm_day from, tdm_day to, bool censored)
{
    if (to < from) {
        doubt(m, unit, TDM__UNCOUNTED_END_BEFORE_START, to, to);
        return;
    }
    m->verdicts[unit] = TDM__COUNTED;
    m->columns.from[unit] = from;
    m->columns.to[unit] = to;
    m->columns.far_from[unit] = m->columns.far_to[unit] = to;
    m->columns.censored[unit] = censored;
}

/* Whether the start is a known day up to `latest`; else the unit is out or in doubt. */
static bool start_is_known(measuring *m, size_t unit, tdm_day latest)
{
    const tdm__units *units = m->units;
    if (units->start_from[unit] > latest)
        return false;
    if (units->start_from[unit] == units->start_to[unit] && tdm__unit_reason(units, unit) == TDM__COUNTED)
        return true;
    doubt(m, unit, TDM__UNCOUNTED_DATE_IN_DOUBT, units->start_from[unit], TDM_DAY_AFTER_ALL);
    return false;
}

/* --- its own days --- */

static void last_till_end(measuring *m, size_t unit)
{
    const tdm__units *units = m->units;
    tdm_day start = units->start_from[unit], until = m->ground->to;
    tdm_day from = units->end_from ? units->end_from[unit] : TDM_DAY_NONE;
    bool known = start_is_known(m, unit, until);
    if (start > until)
        return;
    if (known && (from == TDM_DAY_NONE || from > until))
        last(m, unit, start, until, true);
    else if (known && from == units->end_to[unit])
        last(m, unit, start, from, false);
    else if (from != TDM_DAY_NONE)
        doubt(m, unit, TDM__UNCOUNTED_DATE_IN_DOUBT, from, units->end_to[unit]);
}

tdm_status tdm__units_lasting(tdm__stretches *out, tdm__units_ground *ground, const tdm__units *units)
{
    measuring m;
    tdm_status status = begin(&m, out, ground, units);
    for (size_t i = 0; status == TDM_OK && i < units->count; i++)
        last_till_end(&m, i);
    return status == TDM_OK ? finish(out, &m) : status;
}

tdm_status tdm__units_open_for(tdm__stretches *out, tdm__units_ground *ground, const tdm__units *units,
                               tdm_day day)
{
    measuring m;
    tdm_status status = begin(&m, out, ground, units);
    for (size_t i = 0; status == TDM_OK && i < units->count; i++)
        if (start_is_known(&m, i, day))
            last(&m, i, units->start_from[i], day, false);
    return status == TDM_OK ? finish(out, &m) : status;
}

tdm_status tdm__units_recorded(tdm__stretches *out, tdm__units_ground *ground, const tdm__units *units)
{
    const tdm__columns *columns = &ground->population->chronology->columns;
    measuring m;
    tdm_status status = begin(&m, out, ground, units);
    for (size_t i = 0; status == TDM_OK && i < units->count; i++) {
        tdm_day recorded = units->event[i] == TDM_NO_INDEX ? TDM_DAY_NONE
                                                           : tdm__column_recorded(columns, units->event[i]);
        if (!start_is_known(&m, i, TDM_DAY_AFTER_ALL))
            continue;
        if (recorded == TDM_DAY_NONE)
            doubt(&m, i, TDM__UNCOUNTED_NO_DATE, units->start_from[i], TDM_DAY_AFTER_ALL);
        else
            last(&m, i, units->start_from[i], recorded, false);
    }
    return status == TDM_OK ? finish(out, &m) : status;
}

/* --- to the first of others --- */

/* When something came first, some day within; TDM_DAY_AFTER_ALL: it may not have come. */
typedef struct coming {
    tdm_day earliest, latest;
} coming;

static bool came(const coming *c)
{
    return c->earliest != TDM_DAY_AFTER_ALL && c->earliest == c->latest;
}

/* The first start on or after a day. */
static coming first_from(const tdm__watch *watch, tdm_day day, uint32_t self)
{
    coming first;
    tdm__marks_from(&first.earliest, &watch->may_marks, day, self);
    tdm__marks_from(&first.latest, &watch->sure_marks, day, self);
    if (first.earliest < day)
        first.earliest = day;
    return first;
}

static void last_till_first(void *payload, size_t unit)
{
    measuring *m = payload;
    tdm_day until = m->ground->to, start = m->units->start_from[unit];
    uint32_t self = m->units->event[unit];
    if (!start_is_known(m, unit, until))
        return;
    coming end = first_from(&m->watches[0], start + !m->looking->same_day, self);
    coming stop = {TDM_DAY_AFTER_ALL, TDM_DAY_AFTER_ALL};
    if (m->looking->before)
        stop = first_from(&m->watches[1], start, self);
    if (came(&end) && end.earliest <= until && end.earliest <= stop.earliest)
        last(m, unit, start, end.earliest, false);
    else if (end.earliest > until && stop.earliest >= until)
        last(m, unit, start, until, true);
    else if (came(&stop) && stop.earliest <= until && stop.earliest < end.earliest)
        last(m, unit, start, stop.earliest, true);
    else
        doubt(m, unit, TDM__UNCOUNTED_DATE_IN_DOUBT, end.earliest, end.latest);
}

tdm_status tdm__units_until(tdm__stretches *out, tdm__units_ground *ground, const tdm__units *units,
                            const tdm__units *others, const tdm__looking *looking)
{
    tdm__marking may = {tdm__mark_start_by_last, true}, surely = {tdm__mark_sure_start, true};
    tdm__watch watches[] = {{.others = others, .may = may, .surely = surely},
                            {.others = looking->before, .may = may, .surely = surely}};
    measuring m = {.watches = watches, .looking = looking};
    tdm_status status = begin(&m, out, ground, units);
    if (status == TDM_OK)
        status = tdm__watch_children(ground, units, watches, looking->before ? 2 : 1, last_till_first, &m);
    return status == TDM_OK ? finish(out, &m) : status;
}

/* --- from others --- */

/* The day from which on others count, for a unit whose start is `day`: TDM__COUNTED; TDM__OUT where none may
 * count, or a reason. */
static uint8_t since_day(tdm_day *since, const measuring *m, tdm_day day, uint32_t self)
{
    const tdm__looking *looking = m->looking;
    tdm_day latest, sure, margin;
    if (!tdm__span_before(since, day, looking->within, m->ground->holidays))
        return TDM__UNCOUNTED_NO_CALENDAR;
    if (!looking->not_before)
        return TDM__COUNTED;
    if (!tdm__marks_up_to(&latest, &m->watches[1].may_marks, day, self))
        return TDM__OUT;
    latest = latest < day ? latest : day;
    if (!tdm__marks_up_to(&sure, &m->watches[1].sure_marks, day, self) || sure != latest)
        return TDM__UNCOUNTED_DATE_IN_DOUBT;
    if (!tdm__span_before(&margin, latest, looking->margin, m->ground->holidays))
        return TDM__UNCOUNTED_NO_CALENDAR;
    *since = margin > *since ? margin : *since;
    return TDM__COUNTED;
}

/* Whether any may lie on or before the day at all. */
static bool any_up_to(const tdm__marks *marks, tdm_day day, uint32_t self)
{
    tdm_day found;
    if (marks->lowest)
        return tdm__marks_from(&found, marks, TDM_DAY_BEFORE_ALL, self) && found <= day;
    return tdm__marks_up_to(&found, marks, day, self);
}

static void last_from(measuring *m, size_t unit, tdm_day from, bool sure)
{
    tdm_day start = m->units->start_from[unit];
    if (sure)
        last(m, unit, from, start, false);
    else
        doubt(m, unit, TDM__UNCOUNTED_DATE_IN_DOUBT, start, start);
}

static void last_since(void *payload, size_t unit)
{
    measuring *m = payload;
    const tdm__watch *watch = &m->watches[0];
    bool first = watch->may_marks.lowest;
    tdm_day start = m->units->start_from[unit], since, found, sure;
    tdm_day own = !m->looking->same_day, until = start - own;
    uint32_t self = m->units->event[unit];
    if (!any_up_to(&watch->may_marks, m->units->start_to[unit] - own, self) ||
        !start_is_known(m, unit, TDM_DAY_AFTER_ALL))
        return;
    uint8_t known = since_day(&since, m, start, self);
    if (known != TDM__COUNTED) {
        doubt(m, unit, known, start, start);
        return;
    }
    bool any = first ? tdm__marks_from(&found, &watch->may_marks, since, self) && found <= until
                     : tdm__marks_up_to(&found, &watch->may_marks, until, self) && found >= since;
    if (!any)
        return;
    if (first)
        found = found > since ? found : since;
    else
        found = found < until ? found : until;
    bool is_sure = first ? tdm__marks_from(&sure, &watch->sure_marks, since, self)
                         : tdm__marks_up_to(&sure, &watch->sure_marks, until, self);
    last_from(m, unit, found, is_sure && sure == found);
}

tdm_status tdm__units_since(tdm__stretches *out, tdm__units_ground *ground, const tdm__units *units,
                            const tdm__units *others, bool first, const tdm__looking *looking)
{
    tdm__marking last_may = {tdm__mark_start, false}, last_sure = {tdm__mark_sure_start_by_last, false};
    tdm__marking first_may = {tdm__mark_start_by_last, true}, first_sure = {tdm__mark_sure_start, true};
    tdm__watch watches[] = {
        {.others = others, .may = first ? first_may : last_may, .surely = first ? first_sure : last_sure},
        {.others = looking->not_before, .may = last_may, .surely = last_sure}};
    measuring m = {.watches = watches, .looking = looking};
    tdm_status status = begin(&m, out, ground, units);
    if (status == TDM_OK)
        status = tdm__watch_children(ground, units, watches, looking->not_before ? 2 : 1, last_since, &m);
    return status == TDM_OK ? finish(out, &m) : status;
}

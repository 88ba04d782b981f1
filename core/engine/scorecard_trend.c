/*
 * The trend of a measure: its quarters over everything, limits from the latest change of definition on, and
 * which figures moved beyond them. Of rare events the days from one to the next stand in place of quarters.
 */
#include "engine/scorecard_parts.h"

#include <stdlib.h>

/* --- points --- */

/* Percent of a share, the median of lengths, else the number. False: there is none. */
static bool value_of(double *out, tdm__carding *making, const tdm__card_work *work, const tdm__tally *t,
                     tdm_status *status)
{
    *out = 0;
    if (t->reason || t->shown_numerator < 0)
        return false;
    if (work->out->form == TDM__MEASURED_TIMES && work->out->within < 0) {
        int32_t *ended = tdm__arena_array(&making->scratch, t->length_count, sizeof *ended);
        size_t count = 0;
        if (!ended) {
            *status = TDM_NO_MEMORY;
            return false;
        }
        for (size_t i = 0; i < t->length_count; i++)
            if (!t->lengths[i].censored)
                ended[count++] = t->lengths[i].length;
        *out = count > 0 ? (double)tdm__quantile_doubled(ended, count, 500) / 2 : 0;
        return count > 0;
    }
    if (t->denominator < 0) {
        *out = (double)t->numerator;
        return true;
    }
    if (t->shown_denominator <= 0)
        return false;
    *out = 100.0 * (double)t->numerator / (double)t->denominator;
    return true;
}

/* A new definition from the first day on breaks between the point and the one before. */
static bool breaks_in(const tdm__measure *measure, tdm_day from, tdm_day to)
{
    for (size_t i = 0; i < measure->break_count; i++)
        if (measure->breaks[i].from >= from && measure->breaks[i].from <= to)
            return true;
    return false;
}

static tdm_status make_points(tdm__card_point **out, tdm__carding *making, tdm__card_work *work)
{
    tdm_status status = TDM_OK;
    tdm__card_point *points = *out = tdm__arena_array(&making->card->arena, making->quarter_count,
                                                      sizeof *points);
    for (size_t q = 0; points && q < making->quarter_count; q++) {
        const tdm__tally *t = &work->quarters[q];
        points[q] = (tdm__card_point){.from = making->quarters[q].from,
                                      .to = making->quarters[q].to,
                                      .numerator = -1,
                                      .denominator = -1};
        points[q].given = value_of(&points[q].value, making, work, t, &status);
        points[q].definition_breaks = breaks_in(work->measure, points[q].from, points[q].to);
        if (points[q].given) {
            points[q].numerator = t->numerator;
            points[q].denominator = t->denominator;
        }
    }
    return points ? status : TDM_NO_MEMORY;
}

/* --- rare events --- */

static int compare_days(const void *a, const void *b)
{
    const tdm_day *left = a, *right = b;
    return (*left > *right) - (*left < *right);
}

static tdm_status find_days(tdm_day **out, size_t *count, tdm__carding *making, const tdm__measured *measured)
{
    *count = 0;
    *out = tdm__arena_array(&making->scratch, measured->unit_count, sizeof **out);
    if (!*out)
        return TDM_NO_MEMORY;
    for (size_t i = 0; i < measured->unit_count; i++) {
        const tdm__measured_unit *unit = &measured->units[i];
        if (!unit->in_numerator || unit->reason != TDM__COUNTED || unit->event == TDM_NO_INDEX)
            continue;
        tdm_date day = tdm__chronology_event(making->chronology, unit->event).occurred;
        if (day.from == day.to)
            (*out)[(*count)++] = day.from;
    }
    if (*count > 1)
        qsort(*out, *count, sizeof **out, compare_days);
    return TDM_OK;
}

static tdm_status make_waits(tdm__card_point **out, size_t *count, tdm__carding *making, tdm__card_work *work,
                             const tdm__measured *measured)
{
    tdm_day *days;
    size_t day_count;
    tdm_status status = find_days(&days, &day_count, making, measured);
    *count = 0;
    if (status != TDM_OK)
        return status;
    tdm__card_point *points = *out = tdm__arena_array(&making->card->arena, day_count, sizeof *points);
    for (size_t i = 1; points && i < day_count; i++)
        points[(*count)++] =
            (tdm__card_point){.from = days[i - 1],
                              .to = days[i],
                              .given = true,
                              .numerator = -1,
                              .denominator = -1,
                              .value = (double)(days[i] - days[i - 1]),
                              .definition_breaks = breaks_in(work->measure, days[i - 1] + 1, days[i])};
    return points ? TDM_OK : TDM_NO_MEMORY;
}

/* --- limits --- */

/* The first point that lies wholly in the definition in force at the end. */
static size_t after_breaks(const tdm__measure *measure, const tdm__card_trend *trend)
{
    tdm_day latest = TDM_DAY_BEFORE_ALL;
    size_t first = 0;
    for (size_t i = 0; i < measure->break_count; i++)
        if (trend->point_count > 0 && measure->breaks[i].from <= trend->points[trend->point_count - 1].to)
            latest = measure->breaks[i].from;
    while (first < trend->point_count && trend->points[first].from < latest)
        first++;
    return first;
}

/* The chart of the points that are given, from the first on. TDM_NOT_FOUND: they are too few. */
static tdm_status chart_of(tdm__card_trend *trend, tdm__carding *making)
{
    size_t count = 0;
    double *values = tdm__arena_array(&making->scratch, trend->point_count, sizeof *values);
    int32_t *waits = tdm__arena_array(&making->scratch, trend->point_count, sizeof *waits);
    if (!values || !waits)
        return TDM_NO_MEMORY;
    for (size_t i = trend->limits_from; i < trend->point_count; i++)
        if (trend->points[i].given) {
            waits[count] = (int32_t)trend->points[i].value;
            values[count++] = trend->points[i].value;
        }
    return trend->kind == TDM__CHART_G ? tdm__g_chart(&trend->chart, &making->card->arena, waits, count)
                                       : tdm__xmr(&trend->chart, &making->card->arena, values, count);
}

static tdm_status set_limits(tdm__card_trend *trend, tdm__card_point *points, tdm__carding *making,
                             const tdm__measure *measure)
{
    size_t at = 0;
    trend->limits_from = after_breaks(measure, trend);
    tdm_status status = chart_of(trend, making);
    if (status == TDM_NOT_FOUND)
        return TDM_OK;
    trend->limited = status == TDM_OK;
    for (size_t i = trend->limits_from; trend->limited && i < trend->point_count; i++)
        if (points[i].given)
            points[i].signals = trend->chart.signals[at++];
    return status;
}

/* Everything in a period moved where a point that lies in it is beyond a limit. */
static void mark_moved(const tdm_scorecard *card, tdm__card_work *work)
{
    const tdm__card_trend *trend = &work->out->trend;
    for (size_t i = 0; i < work->out->figure_count; i++) {
        tdm__card_figure *figure = &work->figures[i];
        const tdm__card_period *period = &card->periods[figure->period];
        for (size_t k = 0; k < trend->point_count && figure->group == 0 && figure->line == TDM_NO_INDEX; k++)
            if ((trend->points[k].signals >> TDM__RULE_BEYOND & 1) && trend->points[k].from >= period->from &&
                trend->points[k].to <= period->to)
                figure->moved = true;
    }
}

tdm_status tdm__card_make_trend(tdm__carding *making, tdm__card_work *work)
{
    tdm__card_trend *trend = &work->out->trend;
    tdm__card_point *points = NULL;
    size_t events = making->card->period_count + making->quarter_count;
    bool rare = work->measure->chart == TDM__CHART_G;
    if (work->measure->chart == TDM__CHART_NONE || making->quarter_count == 0)
        return TDM_OK;
    trend->kind = rare && !work->events ? TDM__CHART_NONE : work->measure->chart;
    trend->point_count = making->quarter_count;
    tdm_status status = rare && work->events && !work->answers[events].reason
                            ? make_waits(&points, &trend->point_count, making, work,
                                         &work->answers[events].measured)
                            : make_points(&points, making, work);
    trend->points = points;
    if (status == TDM_OK && trend->kind != TDM__CHART_NONE)
        status = set_limits(trend, points, making, work->measure);
    if (status == TDM_OK && rare && !work->events)
        status = tdm__card_note(making, work,
                                "The chart of rare events shows single ones: it is drawn where small numbers "
                                "are shown.");
    if (status == TDM_OK)
        mark_moved(making->card, work);
    return status;
}

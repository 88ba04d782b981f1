/*
 * Control charts: limits that a process sets itself, and the points that are signals by one of the rules.
 */
#include "engine/statistics.h"

#include <math.h>

#define POINTS_MIN       8
#define XMR_LIMIT        2.66  /* 3 / 1.128, d2 of ranges of two */
#define XMR_RANGE        3.268 /* D4 of ranges of two */
#define RUN_LENGTH       8
#define NEAR_WINDOW      4
#define NEAR_WANTED      3
#define GEOMETRIC_MIDDLE 0.6931471805599453 /* ln 2: the median of an exponential wait, in means */

static const char *const rule_codes[TDM__RULE_COUNT] = {
#define CODE(name, code, words) code,
    TDM__CHART_RULE_MAP(CODE)
#undef CODE
};
static const char *const rule_words[TDM__RULE_COUNT] = {
#define WORDS(name, code, words) words,
    TDM__CHART_RULE_MAP(WORDS)
#undef WORDS
};

const char *tdm__chart_rule_code(tdm__chart_rule rule)
{
    return (unsigned)rule < TDM__RULE_COUNT ? rule_codes[rule] : "";
}

const char *tdm__chart_rule_words(tdm__chart_rule rule)
{
    return (unsigned)rule < TDM__RULE_COUNT ? rule_words[rule] : "";
}

/* Points as numbers, however they are kept, and how much rounding may have moved one of them. */
typedef struct series {
    const double *points;
    size_t count;
    double slack;
    const tdm__control_chart *chart;
} series;

/* From the first one on: equal points give exactly that, and no rounding makes a signal of one. */
static double mean_of(const double *points, size_t count)
{
    double apart = 0;
    for (size_t i = 0; i < count; i++)
        apart += points[i] - points[0];
    return points[0] + apart / (double)count;
}

static double slack_of(const double *points, size_t count)
{
    double largest = 0;
    for (size_t i = 0; i < count; i++)
        largest = fmax(largest, fabs(points[i]));
    return largest * 1e-12;
}

/* 1 above the line, -1 below it, 0 on it. */
static int side_of(const series *s, size_t i, double line)
{
    const double apart = s->points[i] - line;
    return apart > s->slack ? 1 : apart < -s->slack ? -1 : 0;
}

static void mark_beyond(const series *s)
{
    for (size_t i = 0; i < s->count; i++)
        if (side_of(s, i, s->chart->high) > 0 || side_of(s, i, s->chart->low) < 0)
            s->chart->signals[i] |= 1U << TDM__RULE_BEYOND;
}

/* All points of a run are marked, not only those from the eighth on. */
static void mark_runs(const series *s)
{
    for (size_t from = 0, to; from < s->count; from = to) {
        const int side = side_of(s, from, s->chart->middle);
        for (to = from + 1; to < s->count && side_of(s, to, s->chart->middle) == side;)
            to++;
        for (size_t i = from; side != 0 && to - from >= RUN_LENGTH && i < to; i++)
            s->chart->signals[i] |= 1U << TDM__RULE_RUN;
    }
}

/* 1 or -1: nearer to the high or low limit than to the centre, or beyond it; 0: neither. */
static int near_limit(const series *s, size_t i)
{
    if (side_of(s, i, (s->chart->centre + s->chart->high) / 2) > 0)
        return 1;
    return side_of(s, i, (s->chart->centre + s->chart->low) / 2) < 0 ? -1 : 0;
}

static void mark_near(const series *s)
{
    for (size_t from = 0; from + NEAR_WINDOW <= s->count; from++)
        for (int side = -1; side <= 1; side += 2) {
            size_t found = 0;
            for (size_t i = from; i < from + NEAR_WINDOW; i++)
                found += near_limit(s, i) == side ? 1 : 0;
            for (size_t i = from; found >= NEAR_WANTED && i < from + NEAR_WINDOW; i++)
                if (near_limit(s, i) == side)
                    s->chart->signals[i] |= 1U << TDM__RULE_NEAR;
        }
}

tdm_status tdm__xmr(tdm__control_chart *out, tdm__arena *arena, const double *points, size_t count)
{
    *out = (tdm__control_chart){0};
    if (count < POINTS_MIN)
        return TDM_NOT_FOUND;
    tdm__control_chart made = {.signals = tdm__arena_array(arena, count, sizeof *made.signals)};
    if (!made.signals)
        return TDM_NO_MEMORY;
    double ranges = 0;
    for (size_t i = 1; i < count; i++)
        ranges += fabs(points[i] - points[i - 1]);
    made.centre = mean_of(points, count);
    made.middle = made.centre;
    made.range_mean = ranges / (double)(count - 1);
    made.low = made.centre - XMR_LIMIT * made.range_mean;
    made.high = made.centre + XMR_LIMIT * made.range_mean;
    made.range_high = XMR_RANGE * made.range_mean;
    const series all = {points, count, slack_of(points, count), &made};
    mark_beyond(&all);
    mark_runs(&all);
    mark_near(&all);
    *out = made;
    return TDM_OK;
}

tdm_status tdm__g_chart(tdm__control_chart *out, tdm__arena *arena, const int32_t *between, size_t count)
{
    *out = (tdm__control_chart){0};
    if (count < POINTS_MIN)
        return TDM_NOT_FOUND;
    tdm__control_chart made = {.signals = tdm__arena_array(arena, count, sizeof *made.signals)};
    double *points = tdm__arena_array(arena, count, sizeof *points);
    if (!made.signals || !points)
        return TDM_NO_MEMORY;
    int64_t sum = 0;
    for (size_t i = 0; i < count; i++) {
        points[i] = between[i];
        sum += between[i];
    }
    made.centre = (double)sum / (double)count;
    made.middle = GEOMETRIC_MIDDLE * made.centre;
    made.high = made.centre + 3 * sqrt(made.centre * (made.centre + 1));
    const series all = {points, count, slack_of(points, count), &made};
    mark_beyond(&all);
    mark_runs(&all);
    *out = made;
    return TDM_OK;
}

/*
 * The arithmetic of a scorecard: rates as the national statistics print them, quantiles, survival with
 * limits, control limits. Pure functions of numbers; they know no child, no measure, no file.
 *
 * Each names its definition; tests hold each against R or a published table.
 */
#ifndef TDM_ENGINE_STATISTICS_H
#define TDM_ENGINE_STATISTICS_H

#include "chronology/units.h"

/*
 * Percent in tenths, half up, from integers: the Department for Education's published percentages are so (all
 * 41 exact ties of 26,546 round up). 0 <= numerator (it may be the larger), 1 <= denominator; exact for all
 * of these, INT64_MAX where the rate is larger than that. -1 for any other argument.
 */
int64_t tdm__percent_tenths(int64_t numerator, int64_t denominator);
/* The same for a rate of `per` (10,000), in tenths. 1 <= per <= INT64_MAX / 10. */
int64_t tdm__rate_tenths(int64_t numerator, int64_t denominator, int64_t per);
/* Mean of whole numbers in tenths: half up, below zero half down (away from zero). -1 for a count below 1. */
int64_t tdm__mean_tenths(int64_t sum, int64_t count);

/* A quantile of ascending values as doubled whole numbers (the mean of two neighbours is a half): type 2 of
 * Hyndman and Fan (1996), the inverse of the distribution with averaging where it is flat; R: quantile(type =
 * 2). per_mille 0 to 1000. -1 where there is no value or no such quantile. */
int64_t tdm__quantile_doubled(const int32_t *ascending, size_t count, int32_t per_mille);

/* The Kaplan-Meier estimate; limits by Greenwood's variance on the log-log scale, 95 % (R: survfit,
 * conf.type = "log-log"). Lengths ascending; of one length the ended and the waiting in any order: who waits
 * at a length was at risk of ending at it. */
typedef struct tdm__survival_step {
    int32_t length;
    int64_t at_risk, ended, waiting; /* just before it; at it; still waiting at it */
    double share;                    /* not yet ended after it, 0 to 1 */
    double low, high;                /* NAN where they cannot be given (before the first end, at 0) */
} tdm__survival_step;
/* steps: one for each different length, in the arena. */
tdm_status tdm__survival(tdm__survival_step **steps, size_t *step_count, tdm__arena *arena,
                         const tdm__length *lengths, size_t count);
/* The first length after which at most half are left; false: never reached. Where exactly half are left for a
 * while, the middle of that while (its beginning, where nobody ends after it). Its limits are where the lower
 * and the upper limit come to a half in the same way (Brookmeyer and Crowley 1982; R: summary of survfit). */
typedef struct tdm__survival_median {
    bool reached, low_reached, high_reached;
    double median, low, high; /* a half between two lengths where the share is exactly a half between them */
} tdm__survival_median;
tdm__survival_median tdm__survival_median_of(const tdm__survival_step *steps, size_t step_count);

/* Limits of a funnel plot for a share: where a share with the target rate and this denominator would lie in
 * 95 % and 99.8 % of cases; exact binomial, interpolated between counts (Spiegelhalter 2005, appendix A.1.1):
 * with r the smallest count for which P(R <= r) >= p, (r - (P(R <= r) - p) / P(R = r)) / denominator, kept
 * within 0 and 1. NAN for a target outside 0 to 1 or a denominator outside 1 to 10^9. */
typedef struct tdm__limits {
    double low, high;
} tdm__limits;
tdm__limits tdm__funnel_limits(double target, int64_t denominator, double outside); /* 0.05, 0.002 */

/*
 * XmR chart (Shewhart; Wheeler 2000): centre the mean, natural process limits centre +- 2.66 times the mean
 * moving range, upper range limit 3.268 times it. The low limit may lie below 0, where a writer need not draw
 * it. The rules by which a point is a signal, each with its name; a point on the centre ends a run, and the
 * three near ones lie near the same limit, or beyond it. All points of a run and all near ones are marked.
 */
#define TDM__CHART_RULE_MAP(X)                                                                               \
    X(BEYOND, "beyond-limits", "a point beyond a limit")                                                     \
    X(RUN, "run-of-eight", "eight points in a row on one side of the centre")                                \
    X(NEAR, "three-of-four", "three of four points nearer to a limit than to the centre")
#define TDM__CHART_RULE_ENUM(name, code, words) TDM__RULE_##name,
typedef enum tdm__chart_rule { TDM__CHART_RULE_MAP(TDM__CHART_RULE_ENUM) TDM__RULE_COUNT } tdm__chart_rule;
#undef TDM__CHART_RULE_ENUM
const char *tdm__chart_rule_code(tdm__chart_rule rule);
const char *tdm__chart_rule_words(tdm__chart_rule rule);

typedef struct tdm__control_chart {
    double centre, low, high; /* of xmr and g */
    double middle;            /* the line whose sides make a run: the centre; of g the median */
    double range_mean, range_high;
    uint32_t *signals; /* one a point: bits 1 << rule; in the arena */
} tdm__control_chart;
/* Fewer than 8 points: TDM_NOT_FOUND, no limits are given. Missing points are not passed. */
tdm_status tdm__xmr(tdm__control_chart *out, tdm__arena *arena, const double *points, size_t count);
/* g chart: numbers of days or cases between rare events, geometric (Benneyan 2001): centre the mean, high
 * mean + 3 sqrt(mean (mean + 1)), low 0 (less than that would always be below it). Waits are skewed: only
 * beyond-limits and run-of-eight are looked for, and a run is one beside 0.693 times the mean, the median
 * (Provost and Murray 2011). A point above is good news, the event comes less often. Fewer than 8: as above.
 */
tdm_status tdm__g_chart(tdm__control_chart *out, tdm__arena *arena, const int32_t *between, size_t count);

#endif

/*
 * Measures that weigh what they count: the highest load, a rise against the child's own baseline, a share of
 * two facts; and a rule of the caller's own, asked of every possible world.
 */
#ifndef TDM_CHRONOLOGY_LOAD_H
#define TDM_CHRONOLOGY_LOAD_H

#include "chronology/selection.h"

/* Factors of fading for one half life, in a table by whole days; longer times are reckoned. Without a table
 * (days_known 0) all are: the answers are the same. */
typedef struct tdm__fading {
    int32_t half_life_days;
    const double *factors;
    uint32_t days_known;
} tdm__fading;
/* A table in `arena` as far as the factors are above 0, 8,192 days at most. TDM_NO_MEMORY. */
tdm_status tdm__fading_table(tdm__fading *out, tdm__arena *arena, int32_t half_life_days);

/*
 * The highest load that there has been up to the as-of day, and when. The load of a day is that of
 * tdm__selection_decayed: each incident up to then counts weight * 0.5^(days since / half_life_days), weight
 * 1 or the fact `weight`; half_life_days 0: no fading. Of a found group that is one incident, the heaviest on
 * that day counts.
 *
 * One walk over the days: what has gathered is faded from one to the next by a factor rounded to a 2^40th,
 * summed in double, and rounded to micro-units once. A sum of shares that are rounded one by one, as
 * `decayed` has it, may differ in the last digits.
 *
 * highest   certain: in every world it was as high once. possible: exact. certain is exact where the dates
 * known allow 4,096 worlds at most, else it may be wider. reached   days between which it was reached, the
 * first one where no date is doubtful; earlier than all to later than all without a load
 *
 * TDM_INVALID_ARG: a half life below 0 or above 36600 days.
 */
typedef struct tdm__peak {
    tdm_bounds highest;
    tdm_date reached;
} tdm__peak;
tdm_status tdm__selection_load(tdm__peak *out, const tdm_selection *selection, const tdm__fading *fading,
                               bool weighted, tdm_budget *budget);

/*
 * A sustained rise against the child's own baseline: the one-sided cumulative sum of E. S. Page ("Continuous
 * Inspection Schemes", Biometrika 41, 1954) over incidents a period. Periods of the length `of` run on from
 * the first day by which something of the child, of the selection or not, lies on record wherever the
 * doubtful dates fall; the last one may still run. The mean is
 * that of the first `baseline` periods. From then on C = max(0, C + incidents - mean - allowance) from one
 * period to the next, and the rule holds at a period where C is above `threshold`. Allowance and threshold
 * are in thousandths of an incident, not in standard deviations: where incidents are few there is no
 * deviation worth the name.
 *
 * Standing: a product setting. The method is that of quality control; no study of children's records fixes
 * its numbers.
 *
 * A spell runs from the first period of its rise, the one in which C leaves 0, to the last in which the rule
 * holds before C is 0 again; its count is that of the incidents in them. TDM_NOT_ASSESSED without a period
 * after the baseline. C grows with what comes later and falls with what lies in the baseline, so the two
 * bounds take the fewest of one and the most of the other, which no one world may have: where they disagree
 * the worlds decide. Met may come out as possible beyond 4,096 of them, and where found groups lie in the
 * periods.
 *
 * TDM_INVALID_ARG: a span other than of days or months, or values out of range.
 */
typedef struct tdm__cusum {
    tdm_span of;                              /* length of a period */
    int32_t baseline;                         /* periods, 1 to 1000 */
    int32_t allowance_milli, threshold_milli; /* 0 to 10,000,000 */
} tdm__cusum;
tdm_status tdm__selection_cusum(tdm__verdict *out, const tdm_selection *selection, const tdm__cusum *rule,
                                tdm_budget *budget);

/* The periods of that rule with what lies in each and the sum as at its end. May be wider: no world is gone
 * through. Without a period after the baseline there is none. */
typedef struct tdm__cusum_period {
    tdm_day from, to; /* both included; cut at the as-of day */
    tdm_bounds incidents;
    tdm_bounds sum_milli; /* 0 in the baseline */
    tdm_answer above;     /* met, possible, not met */
} tdm__cusum_period;
typedef struct tdm__cusum_series {
    const tdm__cusum_period *items;
    uint32_t count;
} tdm__cusum_series;
tdm_status tdm__selection_cusum_series(tdm__cusum_series *out, const tdm_selection *selection,
                                       const tdm__cusum *rule, tdm_budget *budget);

/* Incidents in periods that follow each other: `starts`, ascending, has one more, the day after the last,
 * which reaches to the as-of day. Certain is what surely lies in a period, possible what may. What may lie
 * before the first may lie in it too, unless it surely does not. *out lives in the history's arena. */
tdm_status tdm__selection_by_period(tdm_bounds **out, const tdm_selection *selection, const tdm_day *starts,
                                    uint32_t periods, tdm_budget *budget);

/*
 * One fact as a share of another: sum(of) * 100 >= percent * sum(by), over the rows of a school year (1
 * September to 31 August), or over those of the span that ends on the day of a row (over.count > 0; days or
 * months). The exact sums are compared, not the rounded rate. Rows are counted one by one; one that does not
 * carry both facts, or whose `by` is 0, is left out, because a number that is missing must not lower the
 * share.
 *
 * Persistent absence is 10 per cent or more of a pupil's own possible sessions, severe 50 (Department for
 * Education, "Pupil absence in schools in England", methodology); the rates of a spell are in tenths of a per
 * cent, half up, as these statistics print them.
 *
 * A spell is a school year, or spans of which the rule may hold that touch each other; its count is that of
 * the rows. A row is of the year of its first day; what it sums over a period (`ended`) is told on the last
 * day of that, or on the day it was recorded where that came first: by it the spell ends, and not before it
 * was the share reached. TDM_NOT_ASSESSED when no row carries both. Exact for a school year; a doubtful date
 * between two years goes through the worlds. Over a span it may be wider.
 */
typedef struct tdm__share {
    uint32_t of, by;       /* keys of facts */
    tdm_span over;         /* count 0: school years */
    int32_t percent_milli; /* 1 to 100,000 thousandths of a per cent */
} tdm__share;
tdm_status tdm__selection_share(tdm__verdict *out, const tdm_selection *selection, const tdm__share *rule,
                                tdm_budget *budget);

#define TDM__NAMED_MAX 8

/*
 * A rule of the caller's own over one world, asked of all of them: met in all, possible in some. `holds`
 * gets, for each selection, the days on which its incidents (or rows) lie in that world, ascending, and
 * answers. A found group is told in all its days, and then once on each one of them alone.
 *
 * Worlds are told apart by what is doubtful in any of the selections. More than 4,096 of them, or more than
 * 4,000,000 days told in all: possible, and `holds` is not asked. Without any row: not met. The one spell
 * holds all the rows.
 */
typedef struct tdm__named_days {
    const tdm_day *items;
    uint32_t count;
} tdm__named_days;
typedef tdm_status (*tdm__named_world_fn)(bool *holds, const tdm__named_days *days, void *payload);
tdm_status tdm__selections_in_worlds(tdm__verdict *out, const tdm_selection *const *selections, size_t count,
                                     tdm__named_world_fn holds, void *payload, tdm_budget *budget);

#endif

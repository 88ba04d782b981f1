/*
 * Measures of a shape in time: alternation, a row in most of several successive periods, gaps that
 * close, different values on record. Like those of selection.h, over possible worlds.
 *
 * Two rows of one day stand in either order: each is a world.
 */
#ifndef TDM_CHRONOLOGY_PATTERNS_H
#define TDM_CHRONOLOGY_PATTERNS_H

#include "chronology/selection.h"

/*
 * Alternation of S (the selection) and B (`back`): some window of `within` holds n turns.
 *
 * A turn is an S, a later B and a later S; the last S of one turn is the first of the next. Counting method
 * "greedy from the first S": from an S on, take the next B, then the next S, and so on, whatever
 * else lies between; no other way to choose gives more turns. The S and the B of a run are different
 * incidents, but one that is in both selections answers itself: it stands for an S and for a B that follows
 * at once, with nothing between. A referral that ends in no further action is such a one.
 *
 * A spell holds what lies from its first to its last S. Its count is that of the most turns in a window.
 * Exact, but met may come out as possible where an incident has rows in both selections of which some are
 * doubtful, or where incidents of a found group take part; possible beyond the world limit. There, not met is
 * still told where no placement of the dates one by one can alternate so often, and met where rows do whose
 * days keep their order.
 */
typedef struct tdm__turns {
    const tdm_selection *back;
    int32_t n;       /* 1 to 1000 */
    tdm_span within; /* count 0: any time */
} tdm__turns;
tdm_status tdm__selection_turns(tdm__verdict *out, const tdm_selection *selection, const tdm__turns *rule,
                                const tdm_holidays *holidays, tdm_budget *budget);

/*
 * Closing gaps: `gaps` + 1 successive incidents, each gap in days shorter than the one before, and, with
 * to_percent, the last one at most that percentage of the first. Successive: no other incident of the
 * selection lies between. Two on one day have a gap of 0.
 *
 * Of a found group that is one incident, the first day counts. A spell's count is the longest run of
 * closing gaps. Exact for known dates; where dates are doubtful, possible beyond the world limit, and
 * may be wider where doubtful rows lie in found groups.
 */
typedef struct tdm__closing {
    int32_t gaps;       /* 2 to 1000 */
    int32_t to_percent; /* 1 to 100; 0: no condition */
} tdm__closing;
tdm_status tdm__selection_closing(tdm__verdict *out, const tdm_selection *selection, const tdm__closing *rule,
                                  const tdm_holidays *holidays, tdm_budget *budget);

/*
 * An incident in most of several successive periods: on some day D, of the periods (D - of, D],
 * (D - 2 of, D - of] and so on, `periods` of them, at least n hold one; none of them holds a row of
 * `without`; and, where `level_not_above`, the level of response on D is not above that on the first day
 * of the earliest of them. Months are counted back from D itself, each time clamped at the end of a month.
 *
 * An incident of a found group is in each period that holds a row of it. A spell's count is that of the
 * periods that hold one, on the best day. May be wider where the level is doubtful, where an incident's rows
 * are doubtful in both selections, or beyond the world limit.
 */
#define TDM__PERIODS_MAX 60
typedef struct tdm__in_periods {
    tdm_span of; /* days or months */
    int32_t periods;
    int32_t n; /* 1 to periods */
    bool level_not_above;
    const tdm_selection *without; /* NULL: no condition */
} tdm__in_periods;
tdm_status tdm__selection_in_periods(tdm__verdict *out, const tdm_selection *selection,
                                     const tdm__in_periods *rule, const tdm_holidays *holidays,
                                     tdm_budget *budget);

/*
 * How many different values of a trait the rows carry, and one row of each: the earliest that carries it
 * for certain, or, where none does, the earliest. Of a fact that is a list each code is a value. Exact: a
 * value is certain when some row that counts in every world carries it. The rule of the same words is
 * tdm__at_least with `different`.
 */
tdm_status tdm__selection_different(tdm_bounds *out, tdm_selection **rows, const tdm_selection *selection,
                                    tdm__trait trait, tdm_budget *budget);

#endif

/*
 * Measures of what did not come: incidents that nothing answered in time, and stretches without what
 * should have been there. Promises as in selection.h: bounds over the possible worlds.
 */
#ifndef TDM_CHRONOLOGY_ABSENCE_H
#define TDM_CHRONOLOGY_ABSENCE_H

#include "chronology/selection.h"

/*
 * Incidents of the selection without an answer. One of day X (day 0) is unanswered when no row of `by`
 * lies from `before` before X (count 0: from X itself) up to `within` after it, first and last day in, and
 * that time is over: its last day lies before the as-of day. A row of both answers itself. Met when at
 * least n incidents are unanswered in every world.
 *
 * A found group is counted once, for certain, where any of its incidents is unanswered; as answers, its
 * rows stay on their days. Each incident by itself is judged exactly; so is the whole while the worlds of
 * doubtful dates that several share are no more than 4,096 (met may come out as possible beyond), and where
 * no incident is certain in one selection and doubtful in the other.
 *
 * Spells: one an incident, or a found group of them; one for all where only the worlds together are met.
 * `count` is how many are unanswered in all, `first` the day of the first of the spell, `last` that of the
 * answer that came late, or as-of; `late` how long after the last day it came, or has not come as of the
 * day. Rows: the incident, what may have answered it, and what did so late. `first_met`: the day after the
 * last day, of the n-th of them.
 */
typedef struct tdm__unanswered {
    const tdm_selection *by;
    tdm_span within; /* count from 0 */
    tdm_span before; /* count 0: none */
    int32_t n;       /* 1 to 10000 */
} tdm__unanswered;
/* TDM_UNKNOWN_PERIOD where working days of an incident lie outside the known bank holidays. */
tdm_status tdm__selection_unanswered(tdm__verdict *out, const tdm_selection *selection,
                                     const tdm__unanswered *rule, const tdm_holidays *holidays,
                                     tdm_budget *budget);

/*
 * A stretch without a row of the selection. Its day 0 is X, its last day lies `over` after X and before the
 * as-of day: no row of the selection on a later day than X up to the last; one of the episodes `during` is
 * open on all days from X to the last, so that the start of an episode is day 0 of the first stretch;
 * `others`, counted after X up to the last day, are n or more; the level of response on all those days is at
 * least and at most what is given; X is not before `from`. Without `during` the day after X is at the
 * earliest that of the first row of the selection or of `others`. `covered`: those days are covered by the
 * declared returns of one agency that has rows in the selection, or of any agency where it has none.
 *
 * What the others record counts once, for certain, where several may have told one incident. Exact for known
 * dates. Doubtful rows of the selection and of `others` are placed in their worlds while these are no more
 * than 4,096; met may come out as possible beyond that, and where the episodes or the level are doubtful;
 * possible in place of not met where their doubts hang together.
 *
 * Spells: stretches that overlap, as far as the absence is known to go. `first`: the last row before, or the
 * episode's start or `from` where that is later; `last`: the last day, as-of when it goes on. `count`: the
 * others inside; `late`: how long it went on after the last day of the first stretch. Rows: the last row
 * before, doubtful ones inside, start and end of the episode, the others inside. `first_met`: the day after
 * the last day of the first stretch.
 */
typedef struct tdm__absent {
    tdm_span over;               /* count from 1 */
    const tdm__episodes *during; /* NULL: no condition */
    const tdm_selection *others; /* NULL: no condition */
    int32_t n;                   /* of the others, 1 to 10000 */
    int32_t level_at_least;      /* 0: any */
    int32_t level_at_most;       /* TDM_LADDER_MAX: any */
    bool covered;
    const tdm_day *from; /* NULL: no condition */
} tdm__absent;
/* TDM_UNKNOWN_PERIOD where a stretch of working days lies outside the known bank holidays. */
tdm_status tdm__selection_absent(tdm__verdict *out, const tdm_selection *selection, const tdm__absent *rule,
                                 const tdm_holidays *holidays, tdm_budget *budget);

#endif

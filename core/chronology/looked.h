/*
 * What was looked at on the way to an answer: which rows, and how long an answer that was read from the
 * as-of day stays as it is. So an answer can be kept while neither has changed (engine/kept.h).
 *
 * Noted by whatever makes selections and episodes, reads the level of response, or reads the as-of day.
 * Noting too much costs time; noting too little makes wrong answers: who is not sure notes all, or the as-of
 * day.
 */
#ifndef TDM_CHRONOLOGY_LOOKED_H
#define TDM_CHRONOLOGY_LOOKED_H

#include "chronology/selection.h"

/* Rows are noted by what they have in common: they, as they are and as they may come. */
struct tdm__looked {
    uint64_t kinds[TDM_KINDS_MAX / 64];
    uint32_t themes;
    bool concerns, all, episodes;
    /* The last as-of day for which the answer stays, as long as no row that was looked at changes;
     * TDM_DAY_AFTER_ALL: it does not hang on the day. What the answer tells may go on changing: how long a
     * spell lasts, how late something is. */
    tdm_day until;
};

/* Forgets what was noted. The history stays as it is, its notes do not. */
void tdm__looked_start(const tdm_history *history);
/* The rows that a filter may admit, now or later. */
void tdm__look_at_filter(const tdm_history *history, const tdm__filter *filter);
/* The rows that open, close or end episodes, or stand on the ladder of response. */
void tdm__look_at_episodes(const tdm_history *history);
void tdm__look_at_all(const tdm_history *history);
/* The as-of day was read; the answer stays up to and with `until`. */
void tdm__look_until(const tdm_history *history, tdm_day until);
/* The as-of day was read: the answer is that of the day. */
void tdm__look_at_day(const tdm_history *history);
/* What sources declare was read: it is another once one of them is replaced. */
void tdm__look_at_sources(const tdm_history *history);

/* Whether an event is among what was looked at. */
bool tdm__looked_at(const tdm__looked *looked, const tdm_chronology *chronology, uint32_t event);

#endif

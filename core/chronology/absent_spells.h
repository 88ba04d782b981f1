/*
 * What the judging of an absence (absent.c) and the telling of it (absent_spells.c) share. Internal.
 */
#ifndef TDM_CHRONOLOGY_ABSENT_SPELLS_H
#define TDM_CHRONOLOGY_ABSENT_SPELLS_H

#include "chronology/absence.h"
#include "chronology/days.h"
#include "chronology/worlds.h"

/* Where a unit lies: anywhere in its interval, or on one day of a world. */
typedef struct tdm__absent_place {
    tdm_day from, to;
    bool maybe; /* it may not count */
    bool gone;  /* it does not */
} tdm__absent_place;

/* A question about an absence, and what is worked out once for it. */
typedef struct tdm__absent_question {
    const tdm_history *history;
    const tdm__absent *rule;
    const tdm_holidays *holidays;
    tdm_budget *budget;
    const tdm__world_units *units;
    int own, others;           /* selections of the units; others -1: none */
    tdm__absent_place *places; /* by unit */
    bool *keep;                /* units placed in worlds */
    tdm_day earliest, latest;  /* days 0 that can be */
    tdm__level_step *steps;    /* of the level where it is asked for */
    size_t step_count;
    tdm_str *agencies; /* whose coverage counts; NULL: not asked */
    size_t agency_count;
    tdm__days days; /* to ask on */
} tdm__absent_question;

/* The last day of the stretch of a day 0. */
tdm_status tdm__absent_last(tdm_day *out, const tdm__absent_question *q, tdm_day day);
/* The episode that is open from day 0 to the last day; of several one that surely is. NULL: none is. */
const tdm__episode *tdm__absent_episode(tdm_answer *answer, const tdm__absent_question *q, tdm_day day,
                                        tdm_day last);

/* The spells of the days asked on, whose answers these are. `joint`: only the worlds together are met, by one
 * stretch or another; then all are one spell. */
tdm_status tdm__absent_spells(tdm__spell_list *list, const tdm__absent_question *q, const tdm_answer *answers,
                              bool joint);

/* Counts the agencies among all rows of a spell: those of the second selection too. */
tdm_status tdm__spell_agencies(tdm__spell *spell, const tdm_history *history);

#endif

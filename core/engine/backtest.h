/*
 * A backtest: one indicator over past data. Whom it would have named and from which day, which other
 * indicators name the same children, which later steps up of the response it came before, and what another
 * policy would change.
 */
#ifndef TDM_ENGINE_BACKTEST_H
#define TDM_ENGINE_BACKTEST_H

#include "engine/replay.h"

typedef struct tdm__backtest_child {
    uint32_t child;       /* of the chronology */
    tdm_answer answer;    /* under the policy */
    tdm_answer against;   /* under the other; the same where there is none */
    tdm_day first_met;    /* by the days things occurred; TDM_DAY_NONE: not met */
    tdm_day knowable;     /* by the days things were recorded; TDM_DAY_NONE: not met, or not asked for */
    tdm__step_up step_up; /* after the day on which it could have been known, else first_met */
    int32_t days_before;  /* it; 0: none came */
} tdm__backtest_child;

/* Another indicator that is on. */
typedef struct tdm__backtest_overlap {
    uint32_t indicator; /* in the run's indicators */
    size_t children;    /* with a prompt of it */
    size_t both;
} tdm__backtest_overlap;

typedef struct tdm__backtest {
    const tdm_run *run; /* borrowed */
    uint32_t indicator; /* in the run's indicators */
    bool has_against, has_knowable;
    tdm_str against_title; /* of the other policy */
    tdm_str against_definition;
    tdm__backtest_child *children; /* with a prompt under either policy, in the order of the run */
    size_t child_count;
    tdm__backtest_overlap *overlaps;
    size_t overlap_count;
    size_t gained, lost;        /* children with a prompt under the other policy only, under this one only */
    size_t stepped_up;          /* children whose response rose later */
    int32_t median_days_before; /* of those; the lower of the two in the middle */
} tdm__backtest;

/*
 * out      in the arena
 * run      under the policy, every indicator that is on
 * against  over the same children under another policy; NULL: none. Indicators in the same order
 * replay   of a run over the same children with this indicator alone; NULL: not asked for
 *
 * TDM_OK; TDM_NO_MEMORY.
 */
tdm_status tdm__backtest_make(tdm__backtest *out, tdm__arena *arena, const tdm_run *run, uint32_t indicator,
                              const tdm_run *against, uint32_t against_indicator, const tdm__replay *replay);

#endif

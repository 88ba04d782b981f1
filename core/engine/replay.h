/*
 * Replay: what was knowable on each day. Each indicator is asked as of every day of a period, with what had
 * been recorded by then, until it is met: first days, and how long before the step-up that came.
 *
 * A row counts from the day on which it was recorded, one without such a day from the day on which it
 * (perhaps) occurred, as everywhere: a history as of a day is the plain one (chronology/history.h).
 */
#ifndef TDM_ENGINE_REPLAY_H
#define TDM_ENGINE_REPLAY_H

#include "engine/run.h"

/* Days that are asked where the period's first is left to the record: a mistyped year makes no millennium. */
#define TDM__REPLAY_DAYS_MAX 14610 /* 40 years */

typedef struct tdm__replay_options {
    tdm_day from; /* TDM_DAY_NONE: for each child the first day on which something of it was recorded */
    tdm_day to;   /* TDM_DAY_NONE: the as-of day of the run; never after it */
    int32_t jobs; /* threads; 1 to 64 */
    bool
        ask_all; /* keep no answer from one day to the next: the plain way, which the other is held against */
} tdm__replay_options;

/* The first day after another by which the level of response has risen for certain: to a level that lies
 * above the highest that an earlier day since then may have had. By all that the run knows. */
typedef struct tdm__step_up {
    tdm_day day;      /* TDM_DAY_NONE: none came */
    int32_t from, to; /* levels */
} tdm__step_up;

tdm__step_up tdm__step_up_after(const tdm__child_result *child, tdm_day day);

/* One indicator and child. */
typedef struct tdm__replayed {
    uint32_t indicator;  /* in the run's indicators */
    tdm_day possible_on; /* first day on which it was possible at least; TDM_DAY_NONE: none */
    tdm_day met_on;      /* first day on which it was met */
    bool
        possible_before; /* it was so on the first day asked, which is not the first of the record: perhaps */
    bool met_before;     /* earlier */
    uint32_t days_not_assessed; /* of those asked */
    const char *reason;         /* of the last such day; NULL: there was none */
    tdm_str reason_words;
    tdm_answer answer;    /* as of the run's day */
    tdm_day first_met;    /* likewise, by the days things occurred; TDM_DAY_NONE: not met */
    tdm__step_up step_up; /* after met_on, else after possible_on */
} tdm__replayed;

typedef struct tdm__replayed_child {
    uint32_t child;
    tdm_day from;         /* first day asked; TDM_DAY_NONE: nothing was recorded by the last */
    bool starts_late;     /* something of it was recorded before `from` */
    tdm__replayed *items; /* one for each indicator that is on, in their order */
    size_t count;
    uint32_t rows;             /* that count on the last day */
    uint32_t without_recorded; /* of them: no day on which they were recorded */
} tdm__replayed_child;

typedef struct tdm__replay {
    tdm_allocator allocator;
    tdm__arena arena;
    const tdm_run *run; /* borrowed: outlives the replay */
    tdm_day to;
    bool from_given;
    tdm__replayed_child *children; /* one for each of the run, in its order */
    size_t child_count;
} tdm__replay;

struct tdm__review_policy;

/*
 * Replays a run.
 *
 * out      set to NULL first; freed with tdm__replay_free before the run
 * policy   that of the run
 * options  `from` after `to`, or `to` after the run's day: TDM_INVALID_ARG
 *
 * TDM_OK also when scripts failed. TDM_NO_MEMORY; TDM_STOPPED and TDM_CANCELLED from the context's
 * interrupt, asked once a day.
 */
tdm_status tdm__engine_replay(tdm__replay **out, const tdm_context *context, const tdm_run *run,
                              const struct tdm__review_policy *policy, const tdm__replay_options *options,
                              tdm_error *error);
void tdm__replay_free(tdm__replay *replay); /* accepts NULL */

#endif

/*
 * Answers and spells of a measure that looks for runs of units in time: what is common to `turns` and
 * `closing`. Internal.
 *
 * The measure tells which units may be in a run at all (candidates, joined to groups), and finds the runs
 * of one world. The rest is done here: each group by its own worlds, runs that share units as one spell,
 * and spells that only hold together as one.
 */
#ifndef TDM_CHRONOLOGY_RUNS_H
#define TDM_CHRONOLOGY_RUNS_H

#include "chronology/worlds.h"

/* A unit in a world. */
typedef struct tdm__place {
    tdm_day day;
    uint32_t unit;
} tdm__place;

/* What one world holds. */
typedef struct tdm__world_runs {
    tdm_answer answer;
    tdm_bounds count; /* of the best run */
    tdm_day met;      /* day by which it held; TDM_DAY_NONE */
} tdm__world_runs;

typedef struct tdm__runs tdm__runs;

/* Finds the runs of units of `use` and, while `marking`, tells them with tdm__runs_mark. The places are those
 * of the units of `keep`, by day and unit. */
typedef tdm_status (*tdm__runs_world_fn)(tdm__world_runs *out, tdm__runs *runs, uint32_t place_count);
/* Earliest day by which a run of units of `use` surely is there; TDM_DAY_NONE: none that is sure. */
typedef tdm_status (*tdm__runs_sure_fn)(tdm_day *out, tdm__runs *runs);

struct tdm__runs {
    const tdm__world_units *units;
    tdm__runs_world_fn world;
    tdm__runs_sure_fn sure; /* NULL: none but by worlds */
    const void *question;   /* of the measure */
    tdm_budget *budget;
    int32_t wanted; /* count at which the rule holds */
    /* set by tdm__runs_new */
    uint32_t *candidate_group, *group;
    bool *candidate, *marked;
    bool *use, *keep;
    tdm__place *places;
    tdm__unit *part; /* the units that are kept, and which they are */
    uint32_t *kept;
    uint32_t kept_count;
    tdm_day *days;
    bool marking;
    bool joint;       /* those of several groups of candidates are kept: other units may lie between */
    bool known;       /* the units kept have one world */
    tdm_bounds count; /* over the worlds looked at */
    tdm_day met;      /* of the world looked at last */
};

tdm_status tdm__runs_new(tdm__runs *runs);
/* Makes [first, end) of `members` candidates of one group. */
void tdm__runs_candidates(tdm__runs *runs, const uint32_t *members, uint32_t count);
/* Those of places [first, end) that are used are in a run. */
void tdm__runs_mark(tdm__runs *runs, uint32_t first, uint32_t end);
/* The worlds of the units of `keep`; no others are there. */
tdm_status tdm__runs_decide(tdm_answer *answer, bool *complete, tdm__runs *runs);
tdm_status tdm__runs_verdict(tdm__verdict *out, tdm__runs *runs);

#endif

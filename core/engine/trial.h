/*
 * A trial: one indicator asked about one child, with each step on the way to its answer, for whoever writes
 * the indicator and asks why. The answer is that of a run.
 */
#ifndef TDM_ENGINE_TRIAL_H
#define TDM_ENGINE_TRIAL_H

#include "engine/needs.h"
#include "script/trace.h"

/* What decided the answer. */
typedef enum tdm__trial_end {
    TDM__TRIAL_NO_SOURCE, /* not asked: no source could hold what it needs, or declares that it covers enough
                           */
    TDM__TRIAL_NO_ROW,    /* not asked: no row without which it cannot be met */
    TDM__TRIAL_SCRIPT,    /* the script's own answer */
    TDM__TRIAL_FAILED,    /* the script failed */
    TDM__TRIAL_IN_PART    /* the script found nothing, but no source could hold all that could show it */
} tdm__trial_end;

typedef struct tdm__trial {
    tdm__trial_end end;
    tdm__result result;
    tdm__trace trace; /* of the script; empty where it was not asked */
    const tdm_history *history;
    const tdm__indicator *indicator;
    const uint32_t
        *kinds; /* of TDM__TRIAL_NO_SOURCE those that no source could hold; of NO_ROW those looked for */
    size_t kind_count;
    const tdm__need_part *parts; /* of TDM__TRIAL_IN_PART: what no source could hold */
    size_t part_count;
} tdm__trial;

/*
 * An asker over what a run was made of.
 *
 * arena    for the scores; its scratch arena and worker are the caller's to set
 * options  filled; the asker points to it
 */
tdm_status tdm__asker_of_run(tdm__asker *out, tdm__run_options *options, tdm__arena *arena,
                             const tdm_run *run, const tdm__review_policy *policy);

/* What an indicator took over all children of a run, asked one after another by one worker. */
typedef struct tdm__cost {
    size_t asked;        /* children about whom the script was asked */
    int64_t steps;       /* over all */
    int64_t most_steps;  /* of one child */
    uint32_t most_child; /* of the chronology; the first of those */
    size_t memory_bytes; /* the most that all scripts of the worker held at once */
} tdm__cost;
/* TDM_OK; TDM_NO_MEMORY; TDM_STOPPED and TDM_CANCELLED from the context's interrupt. */
tdm_status tdm__measure_cost(tdm__cost *out, const tdm_context *context, const tdm__asker *asker,
                             uint32_t indicator, tdm_error *error);

/*
 * Asks an indicator of the catalogue; composites ask nothing themselves.
 *
 * asker  with a worker; its scratch is not reset, everything lives in it
 *
 * TDM_OK also when the script failed; TDM_NO_MEMORY.
 */
tdm_status tdm__try_child(tdm__trial *out, const tdm__asker *asker, uint32_t child, uint32_t indicator);

#endif

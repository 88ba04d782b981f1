/*
 * The engine: asks every indicator that is on about every child and keeps what they say.
 *
 * Children are independent, so they are shared out to threads in fixed pieces; what each piece found
 * is put together in the order of the children, and the number of threads never shows.
 */
#ifndef TDM_ENGINE_ENGINE_H
#define TDM_ENGINE_ENGINE_H

#include "base/account.h"
#include "base/context.h"
#include "chronology/glossary.h"
#include "engine/policy.h"

typedef struct tdm__run_options {
    tdm_day as_of;
    tdm_str as_of_from;            /* where the day came from, in words; copied */
    tdm_str case_id;               /* copied */
    int32_t jobs;                  /* threads; 1 to 64 */
    bool explain_all;              /* keep what was not met, with why */
    const tdm_holidays *holidays;  /* of the checks; NULL: working days are not known */
    const tdm__glossary *glossary; /* abbreviations that are explained; borrowed by the run; NULL: none */
    bool quiet;                    /* how far the work has come is told by the caller */
} tdm__run_options;

/*
 * Runs the policy's indicators over a frozen chronology.
 *
 * out          set to NULL first; freed with tdm__run_free before what it borrows
 * chronology, policy, scores, accounts   borrowed, must outlive the run; scores in any order
 * diagnostics  what the run found is added; borrowed by the run
 *
 * TDM_OK also when scripts failed (those are not assessed). TDM_NO_MEMORY; TDM_STOPPED and
 * TDM_CANCELLED from the context's interrupt.
 */
tdm_status tdm__engine_run(tdm_run **out, const tdm_context *context, const tdm_chronology *chronology,
                           const tdm__review_policy *policy, const tdm_score *const *scores,
                           size_t score_count, const tdm__run_options *options, tdm__diagnostics *diagnostics,
                           const tdm__account *accounts, size_t account_count, tdm_error *error);
void tdm__run_free(tdm_run *run);
/* Leaves only the children that are asked for in a run: the others were there to be siblings. */
typedef bool (*tdm__keeps_child_fn)(tdm_str id, const void *payload);
void tdm__run_keep(tdm_run *run, tdm__keeps_child_fn keeps, const void *payload);

/* What an indicator of the catalogue said of the history being asked. */
typedef struct tdm__asked {
    bool known;
    tdm__result result;
} tdm__asked;

typedef struct tdm__kept tdm__kept;

/* What one child's history says: the inside of the run, also used alone. Results live in `arena`. */
typedef struct tdm__asker {
    const tdm_chronology *chronology;
    const tdm__review_policy *policy;
    tdm__known_scores scores;
    const tdm__run_options *options;
    tdm__worker *worker;
    tdm__arena *scratch; /* reset for each child */
    tdm__asked *asked;   /* by indicator, so that composites ask nothing twice; NULL: nothing is kept */
    tdm__kept *kept;     /* answers of days before (kept.h), which come without spells; NULL: all is asked */
    bool whole;          /* spells are wanted: an answer that has some is asked anew */
    const tdm__check_ground *checks; /* NULL: no checks are made */
} tdm__asker;
/* All scores that a run shows, as scripts see them. In the arena. TDM_OK or TDM_NO_MEMORY. */
tdm_status tdm__run_scores(tdm__known_scores *out, tdm__arena *arena, const tdm_run *run);
/* Why something was not assessed or not met, in words; the code itself where there are none. */
tdm_str tdm__no_prompt_words(const char *reason);
/* One indicator about a history: whether the data that could tell is there, then the script. The result lives
 * in the history's arena; at_hand is of the same history (needs.h). */
typedef struct tdm__at_hand tdm__at_hand;
tdm_status tdm__ask_indicator(tdm__result *out, const tdm__asker *asker, const tdm_history *history,
                              const tdm__at_hand *at_hand, uint32_t indicator);
/* Makes room for what is kept of one history, in `scratch`; call it once that was reset. TDM_OK or
 * TDM_NO_MEMORY. */
tdm_status tdm__asker_begin(tdm__asker *asker);
tdm_status tdm__ask_child(tdm__child_result *out, const tdm__asker *asker, uint32_t child, tdm__arena *arena,
                          tdm__diagnostics *diagnostics);

#endif

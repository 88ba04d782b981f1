/*
 * Writers for one indicator over inputs: how many children of which answer, its prompts with evidence, where
 * the script failed in its own words, and why one child was answered as it was. As report.h.
 */
#ifndef TDM_REPORT_TRIAL_H
#define TDM_REPORT_TRIAL_H

#include "engine/trial.h"
#include "report/report.h"

/* A place of the script that failed, with what it said of the first child there. */
typedef struct tdm__trial_failure {
    tdm_str file, message;
    int32_t line;
    const char *reason;
    uint32_t child; /* of the chronology */
    size_t children;
} tdm__trial_failure;

typedef struct tdm__trial_report {
    const tdm_run *run;
    uint32_t indicator; /* in the run's indicators */
    const tdm__trial_failure *failures;
    size_t failure_count;
    const tdm__trial *why; /* NULL: nobody asked */
    const tdm__cost *cost; /* NULL: likewise */
} tdm__trial_report;

/* How many children have which answer. */
typedef struct tdm__answer_counts {
    size_t of[TDM_MET + 1];
} tdm__answer_counts;
tdm__answer_counts tdm__count_answers(const tdm_run *run, uint32_t indicator);
/* The prompt or what stands for it; NULL: not met, or none. */
const tdm__prompt *tdm__prompt_of(const tdm__child_result *child, uint32_t indicator);
const tdm__no_prompt *tdm__no_prompt_of(const tdm__child_result *child, uint32_t indicator);
/* Where the answer of a trial was decided, as a sentence. */
const char *tdm__trial_end_words(const tdm__trial *trial);
const char *tdm__trial_end_code(tdm__trial_end end);
/* Whether a row of the trial's history has a doubtful date and a selection of the script held it. */
bool tdm__trial_row_in_doubt(const tdm__trial *trial, uint32_t row);

tdm_status tdm__report_trial_text(const tdm__trial_report *report, const tdm__report_options *options,
                                  tdm_sink sink, tdm_error *error);
tdm_status tdm__report_trial_json(const tdm__trial_report *report, const tdm__report_options *options,
                                  tdm_sink sink, tdm_error *error);

#endif

/*
 * Questions about a run that more than one writer asks: which row counts, what is a concern, how a
 * code reads in words. No writing here.
 */
#ifndef TDM_REPORT_VIEW_H
#define TDM_REPORT_VIEW_H

#include "report/report.h"

/* Room for any date or period in words. */
#define TDM__WORDS_SIZE 160

/* "born 20 August 2018, aged 6 years 1 month", "born ..., died ..., aged 20 months", "date of birth not
 * recorded".
 */
#define TDM__CHILD_WORDS_SIZE (2 * TDM_DATE_TEXT_SIZE + 160)
void tdm__child_words(char out[TDM__CHILD_WORDS_SIZE], const tdm_run *run, const tdm__child *child);

extern const char *const tdm__level_words[TDM_LADDER_MAX + 1];

/* "Met", "Possible": how an answer reads. */
const char *tdm__answer_words(tdm_answer answer);
/* A standing in words: "national definition". The code itself when it is not a known one. */
tdm_str tdm__standing_words(tdm_str code);
/* Whether a standing holds on the run's as-of day. */
bool tdm__standing_holds(const tdm_run *run, const tdm__standing *standing);
const char *tdm__prompt_severity_words(tdm__prompt_severity severity);

/* A day as "5 March 2024"; "not known" for TDM_DAY_NONE. */
void tdm__day_words(char out[TDM__WORDS_SIZE], tdm_day day);
/* A day as "2024-03-05"; "" for TDM_DAY_NONE and the open ends. */
void tdm__day_iso(char out[TDM_DATE_TEXT_SIZE], tdm_day day);
/* "5 March 2024 to 6 April 2024", one day once. */
void tdm__period_words(char out[TDM__WORDS_SIZE], tdm_day from, tdm_day to);

const tdm__kind *tdm__event_kind(const tdm_run *run, const tdm__event *event);
/* Title of a kind without what its table says in brackets. */
tdm_str tdm__kind_title(const tdm__kind *kind);
/* "graded-care" as "Graded care". */
void tdm__code_as_words(char out[TDM__WORDS_SIZE], tdm_str code);
/* "cp-plan" as "Child protection plan": from the title of the kind that opens it, else its code. */
void tdm__episode_words(char out[TDM__WORDS_SIZE], const tdm_run *run, uint32_t name);
/* Polarity says so; without polarity, the kind does. */
bool tdm__event_is_concern(const tdm_run *run, const tdm__event *event);
/* Occurred, recorded or received as a correction after the as-of day: shown, but fed no indicator. */
bool tdm__event_is_later(const tdm_run *run, const tdm__event *event);
bool tdm__event_is_undated(const tdm__event *event);

/* A prompt that the options leave in. */
bool tdm__prompt_shown(const tdm__prompt *prompt, const tdm__report_options *options);
/* Whether an event is evidence of a prompt. */
bool tdm__prompt_has_event(const tdm__prompt *prompt, uint32_t event);

/* How many prompts of a child there are, and of which sort. */
typedef struct tdm__prompt_counts {
    int all, current, past, possible, hidden;
} tdm__prompt_counts;
tdm__prompt_counts tdm__count_prompts(const tdm__child_result *child, const tdm__report_options *options);
size_t tdm__count_no_prompts(const tdm__child_result *child, tdm_answer answer);
/* Not assessed as counts rather than child by child. */
bool tdm__not_assessed_counted(const tdm_run *run);

/* One line of "not assessed" over all children: `children` of them, for one indicator and reason. */
typedef struct tdm__reason_count {
    uint32_t indicator;
    tdm_str reason;
    tdm_str words;
    int64_t children;
} tdm__reason_count;
/* By indicator, then reason. *out lives in the arena. TDM_OK or TDM_NO_MEMORY. */
tdm_status tdm__count_reasons(tdm__reason_count **out, size_t *count, const tdm_run *run, tdm__arena *arena);

/* What was put together, in the arena; the text begins anew. *status: TDM_NO_MEMORY where there was none, and
 * then it is empty. */
tdm_str tdm__settled(tdm__text *text, tdm__arena *arena, tdm_status *status);

/* The options, defaults filled in. */
tdm__report_options tdm__report_options_of(const tdm__report_options *options);

#endif

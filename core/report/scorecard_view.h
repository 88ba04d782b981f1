/*
 * What several writers ask of a scorecard: which figure is where, what of it may be shown, how it reads. A
 * writer takes numbers from here and not from the structs, so that what is hidden in one is hidden in all.
 */
#ifndef TDM_REPORT_SCORECARD_VIEW_H
#define TDM_REPORT_SCORECARD_VIEW_H

#include "report/scorecard.h"
#include "report/view.h"

/* The figure of a line (TDM_NO_INDEX: itself). NULL: there is none. */
const tdm__card_figure *tdm__card_figure_of(const tdm__card_measure *measure, uint32_t period, uint32_t group,
                                            uint32_t line);
bool tdm__card_given(const tdm__card_figure *figure); /* accepts NULL */
/* "given", "none", "suppressed", "not-assessed". Both ways of not being shown have one code: which of two
 * hidden figures is the small one would be a clue to it. */
const char *tdm__card_status(const tdm__card_figure *figure);
/* Lengths, where they and their figure are shown. NULL: they are not. */
const tdm__card_times *tdm__card_times_of(const tdm__card_measure *measure, uint32_t period, uint32_t group);
/* What stands in place of lengths that are not shown, of a figure that is given: "none" or "c". */
const char *tdm__card_without_lengths(const tdm__card_figure *figure);
/* Whether the numbers of a group of the scorecard among the peers may be shown. */
bool tdm__card_peer_given(const tdm__card_measure *measure, const tdm__card_peer *peer);
/* What was left out of a figure for a reason: 0 where none was or that is nobody's to know. *hidden: some
 * were, but not how many. */
int64_t tdm__card_left_out(bool *hidden, const tdm_scorecard *card, const tdm__card_figure *figure,
                           int reason);
/* Moved beyond its limits, may be seen, and nobody has said why. */
bool tdm__card_wants_words(const tdm__card_figure *figure);

/* --- how it reads --- */
/* "12.3", always with one decimal; a negative number with its sign. */
void tdm__put_tenths(tdm__text *out, int64_t tenths);
/* Half of a number: "12", "12.5". */
void tdm__put_half(tdm__text *out, int64_t doubled);
/* "1,234,567"; "c" for a number that is not shown. */
void tdm__put_thousands(tdm__text *out, int64_t number);
/* A share or other value with one decimal, half up. */
int64_t tdm__tenths_of(double value);
/* "1-10" as "1 to 10", "61-more" as "61 or more", "not-recorded" as "Not recorded". */
void tdm__put_line_words(tdm__text *out, tdm_str line);
void tdm__put_group_words(tdm__text *out, const tdm_scorecard *card, uint32_t group);
void tdm__put_peer_words(tdm__text *out, const tdm__card_peer *peer);
/* "days", "working days". */
const char *tdm__counting_words(tdm__counting counting);
const char *tdm__counting_code(tdm__counting counting);
const char *tdm__form_code(tdm__measured_form form);
const char *tdm__by_code(tdm__group_by by);
const char *tdm__beyond_code(tdm__beyond beyond);
const char *tdm__beyond_words(tdm__beyond beyond);
const char *tdm__chart_kind_code(tdm__chart_kind kind);
/* "percent", "count", "days", "between" (days from event to event): what the points of a trend are. */
const char *tdm__trend_unit(const tdm__card_measure *measure);
/* The one number of a figure, in words: "45.3 %", "1,234", "none", "c", "not assessed". */
void tdm__put_headline(tdm__text *out, const tdm__card_measure *measure, uint32_t period, uint32_t group);
/* What that number is: "within 45 working days, 154 of 340". */
void tdm__put_headline_words(tdm__text *out, const tdm__card_measure *measure, uint32_t period,
                             uint32_t group);
/* "c with a date in doubt; 12 without a date"; nothing where none was left out. */
void tdm__put_left_out_words(tdm__text *out, const tdm_scorecard *card, const tdm__card_figure *figure);
/* The change of definition behind one day and up to another; NULL: there is none. */
const tdm__measure_break *tdm__break_within(const tdm__card_measure *measure, tdm_day after, tdm_day until);
/* The day by which half have ended, with its limits: "34 (12 to 50)", "not reached". */
void tdm__put_middle(tdm__text *out, const tdm__survival_median *middle);
/* A sentence that says what "c" stands for; "" where all is shown. */
void tdm__put_legend(tdm__text *out, const tdm_scorecard *card);

/* How to read a scorecard; NULL behind the last. */
extern const char *const tdm__card_stance[];

/* The account and diagnostics as the parts of the layer that write them take them. */
tdm_run tdm__card_sources(const tdm_scorecard *card);

/* Diagnostics of one code, counted. */
typedef struct tdm__diagnosed {
    const char *code;
    tdm__severity severity;
    int64_t times;
    tdm_str example; /* the message of the first */
} tdm__diagnosed;
tdm_status tdm__card_diagnosed(tdm__diagnosed **out, size_t *count, tdm__arena *arena,
                               const tdm_scorecard *card);

#endif

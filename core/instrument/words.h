/*
 * Words for what a score says in codes, shared by every output that people read: reasons, flags, the day
 * of the next assessment. Also lists of codes for messages.
 */
#ifndef TDM_INSTRUMENT_WORDS_H
#define TDM_INSTRUMENT_WORDS_H

#include "instrument/score.h"

/* Why a part is not assessed, as the end of a sentence: "nothing in it applies"; "" for none. */
const char *tdm__reason_words(tdm__reason reason);

/* One flag without what it is called: "A2a mattress and bedding is 3: Mattress and bedding missing." */
void tdm__flag_words(tdm__text *out, const tdm_score *score, const tdm__raised_flag *flag);

/* When the next one follows, "56 days"; "" where the instrument gives no time. */
void tdm__review_after_words(tdm__text *out, const tdm_instrument *instrument);

/* "30 June 2024 (56 days after)"; without a day that is known "20 working days after"; "" where the
 * instrument gives no time. */
void tdm__next_due_words(tdm__text *out, const tdm_score *score);

/* The score in a few lines: areas, total, flags, what decided, when the next one is due. */
void tdm__score_text(tdm__text *out, const tdm_score *score);

/* Codes one after the other; a list that would be too long for a message ends with "...". */
typedef char tdm__code_list[200];
void tdm__code_list_add(tdm__code_list list, tdm_str code);

#endif

/*
 * The entries of a form on the items of its instrument, and all that does not fit. Internal to scoring.
 */
#ifndef TDM_INSTRUMENT_SCORE_ENTRIES_H
#define TDM_INSTRUMENT_SCORE_ENTRIES_H

#include "instrument/problems.h"
#include "instrument/score.h"

/* No score of that form raises more flags. */
size_t tdm__score_flags_most(const tdm_instrument *instrument, const tdm_assessment *assessment);
/* part and text must live as long as the score. */
void tdm__score_raise(tdm_score *score, const char *code, tdm_str part, tdm_str text);
/*
 * Fills states and values of a score whose arrays are there. What does not fit is told, left out and flagged.
 *
 * TDM_OK, whatever was told; TDM_NO_MEMORY.
 */
tdm_status tdm__score_place(tdm_score *score, const tdm_assessment *assessment, tdm__problems *problems);

#endif

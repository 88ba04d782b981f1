/*
 * Words of a text, and what makes two of them the same: letters and digits, folded, with marks that nobody
 * sees (soft hyphens, zero-width and turning characters) left out. What a word means is not said here.
 */
#ifndef TDM_GUARD_WORDS_H
#define TDM_GUARD_WORDS_H

#include "base/text.h"

typedef struct tdm__word {
    size_t start, end; /* bytes of the text */
} tdm__word;

/* The first word that starts at or behind *at, which is moved to its end; false when there is none. The text
 * is valid UTF-8, and *at stands between two of its characters. */
bool tdm__word_next(tdm__word *out, tdm_str text, size_t *at);
/* Appends it folded. TDM_NO_MEMORY. */
tdm_status tdm__word_fold(tdm__text *out, tdm_str text, tdm__word word);
bool tdm__has_word(tdm_str text);
/* Appends all words, folded, with `between` (0: nothing) between two; *count says how many. */
tdm_status tdm__words_fold(tdm__text *out, size_t *count, tdm_str text, char between);
/* Whether the words of `phrase` stand in `text` side by side. */
tdm_status tdm__words_hold(bool *out, const tdm_allocator *allocator, tdm_str text, tdm_str phrase);

#endif

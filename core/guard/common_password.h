/*
 * Whether a password is one that is guessed first: made of words that many people take, rows of keys, and
 * what belongs to the account. Which words those are is given; nothing is asked of which characters it holds.
 */
#ifndef TDM_GUARD_COMMON_PASSWORD_H
#define TDM_GUARD_COMMON_PASSWORD_H

#include "base/text.h"

#define TDM__COMMON_LISTS 2

typedef struct tdm__common_words {
    tdm_str
        lists[TDM__COMMON_LISTS]; /* a word a line in small letters, three at least; "#" begins a remark */
    tdm_str account, title, team; /* whose words, of three letters and more, count for nothing */
} tdm__common_words;

/*
 * Small letters and capitals are the same, and 0 o, 1 i l, 3 e, 4 a, 5 s, 7 t, @ a, $ s, ! i. Digits, spaces
 * and marks, runs of one character, four or more neighbours of a row of keys or of the alphabet, a word that
 * stood there before, and the account's words make a password no better. What is left of a common one is two
 * words of the lists at most, and two letters beside them. Three words that many people take are let through:
 * so is a text of more than 128 bytes.
 */
bool tdm__password_is_common(tdm_str password, const tdm__common_words *words);

#endif

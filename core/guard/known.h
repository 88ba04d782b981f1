/*
 * What is known to identify somebody, in every way of writing it that is looked for: names and ids as
 * words, birth dates as people write them, numbers and postcodes whatever stands between their digits. Each
 * leads to a label. Nothing here is guessed: what was not added is not found.
 */
#ifndef TDM_GUARD_KNOWN_H
#define TDM_GUARD_KNOWN_H

#include "base/hash.h"
#include "guard/words.h"

#include <tidemark/calendar.h>

typedef struct tdm__known {
    tdm__dictionary firsts; /* folded first words: most words of a text are none */
    tdm__dictionary forms;  /* folded words with single spaces; numbers and postcodes compact */
    uint32_t *form_labels;
    size_t form_capacity;
    tdm__dictionary labels;
    size_t longest; /* words of the longest form */
    tdm__text wanted;
} tdm__known;

void tdm__known_init(tdm__known *known, const tdm_allocator *allocator);
void tdm__known_free(tdm__known *known);
/* A form that is there already keeps its first label. TDM_NO_MEMORY. */
tdm_status tdm__known_add(tdm__known *known, tdm_str original, tdm_str label);
tdm_status tdm__known_add_birth(tdm__known *known, tdm_day born, tdm_str label);

/*
 * The longest form that begins with the word at `at`.
 *
 * end    byte behind it; 0 when there is none
 * label  lives as long as `known`
 */
tdm_status tdm__known_match(size_t *end, tdm_str *label, tdm__known *known, tdm_str text, size_t at);
/* By compact form; false when it is not there. */
bool tdm__known_compact(tdm_str *label, const tdm__known *known, tdm_str compact);

/* Whether an id is told from an ordinary word or number, so that it can be looked for in text: five digits,
 * or letters with digits. */
bool tdm__is_telling_id(tdm_str id);
/* Whether there is anything but digits and signs in it. */
bool tdm__has_letter(tdm_str id);

#endif

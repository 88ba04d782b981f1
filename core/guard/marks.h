/*
 * One free text to one with marks, and back again to the byte. A mark stands in brackets: "[Child 1]", and
 * "[Child 1/2]" where the same is written in a second way. Brackets that a text has of its own are kept in
 * the key, so that no mark can be taken for them.
 */
#ifndef TDM_GUARD_MARKS_H
#define TDM_GUARD_MARKS_H

#include "guard/key.h"
#include "guard/known.h"
#include "guard/leaks.h"

typedef struct tdm__marking {
    tdm__key *key;
    tdm__known *known;
    tdm__leaks *leaks;
    tdm__leak place; /* of the text at hand; its kind is not read */
    tdm__text fold;
} tdm__marking;

/* Keeps the brackets of a text in the key: done for every text before the first is marked. */
tdm_status tdm__marks_reserve(tdm__key *key, tdm_str text);
/* Appends the text with marks; what is left of names and numbers goes to the leaks. */
tdm_status tdm__marks_put(tdm__text *out, tdm__marking *marking, tdm_str text);
/* Appends the text as it was; *unknown is raised by marks that the key does not have. */
tdm_status tdm__marks_back(tdm__text *out, size_t *unknown, tdm__key *key, tdm_str text);

#endif

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

/* What tells in a text: a leak, or something known under its label. */
typedef struct tdm__mention {
    bool known;
    tdm__leak_kind kind; /* of a leak */
    tdm_str label;       /* of what is known; lives as long as it */
    size_t from, end;    /* bytes of the text, the last not included */
} tdm__mention;

typedef struct tdm__marking {
    tdm__key *key;
    tdm__known *known;
    tdm__leaks *leaks;
    tdm__leak place; /* of the text at hand; its kind is not read */
    tdm__text fold;
    tdm_status (*mention)(const tdm__mention *mention, void *payload); /* only found, no key and no leaks */
    void *payload;
} tdm__marking;

/* Keeps the brackets of a text in the key: done for every text before the first is marked. */
tdm_status tdm__marks_reserve(tdm__key *key, tdm_str text);
/* Appends the text with marks; what is left of names and numbers goes to the leaks. */
tdm_status tdm__marks_put(tdm__text *out, tdm__marking *marking, tdm_str text);
/*
 * Says what the same walk finds in a text, and marks nothing: for a person who decides what is taken out.
 *
 * mention  called for each in the order of the text; what is not TDM_OK ends the walk
 *
 * TDM_OK; TDM_NO_MEMORY; the status of `mention`.
 */
tdm_status tdm__mentions_find(tdm__known *known, tdm_str text,
                              tdm_status (*mention)(const tdm__mention *mention, void *payload),
                              void *payload);
/* Appends the text as it was; *unknown is raised by marks that the key does not have. */
tdm_status tdm__marks_back(tdm__text *out, size_t *unknown, tdm__key *key, tdm_str text);

#endif

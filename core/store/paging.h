/*
 * What all lists of a live store share: codes of small choices, and pages.
 *
 * A list is in the order of its key. A page holds up to `limit` rows (1 to TDM_PAGE_MOST; other numbers are
 * moved into that range) behind the key `after`; "" or 0 begins. `next` is the `after` of the next page;
 * "" or 0 says that this was the last. Items and strings live in the arena given.
 */
#ifndef TDM_STORE_PAGING_H
#define TDM_STORE_PAGING_H

#include "base/text.h"

#define TDM_PAGE_MOST 1000

typedef struct tdm__paging {
    tdm_str after;
    size_t limit;
} tdm__paging;

/* The codes of a choice, by its number. */
typedef struct tdm__codes {
    const char *const *codes;
    uint32_t count;
} tdm__codes;

/* "" for a number outside. Static. */
const char *tdm__code_of(const tdm__codes *codes, uint32_t number);
/* false when the text is none of them. */
bool tdm__code_find(uint32_t *out, const tdm__codes *codes, tdm_str text);

/* A filter by choice takes this for "any". */
#define TDM_ANY UINT32_MAX

#endif

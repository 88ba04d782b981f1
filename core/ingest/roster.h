/*
 * The children of a case folder: who they are, under which number each agency knows them, and whom a
 * row about "the household" reaches.
 */
#ifndef TDM_INGEST_ROSTER_H
#define TDM_INGEST_ROSTER_H

#include "chronology/chronology.h"

typedef struct tdm__roster {
    const tdm_allocator *allocator;
    tdm__child_input *children;
    tdm_str *ids; /* of the children, in the same order */
    size_t count, capacity;
    tdm__dictionary numbers; /* agency, line end, number as that agency has it */
    uint32_t *number_child;  /* child of each number */
    size_t number_capacity;
} tdm__roster;

void tdm__roster_init(tdm__roster *roster, const tdm_allocator *allocator);
void tdm__roster_free(tdm__roster *roster);
/* Strings are borrowed. TDM_CONFLICT: there is a child of that id already. */
tdm_status tdm__roster_add(tdm__roster *roster, const tdm__child_input *child);
/* TDM_CONFLICT: another child has this number with this agency. agency "": the canonical id. */
tdm_status tdm__roster_number(tdm__roster *roster, uint32_t child, tdm_str agency, tdm_str number);
/* By the agency's own numbers first, then by canonical id; TDM_NO_INDEX. */
uint32_t tdm__roster_find(const tdm__roster *roster, tdm_str agency, tdm_str number);
/* Whether the child was alive, or expected (within 280 days before its birth), on some day of the date. */
bool tdm__roster_lived_on(const tdm__child_input *child, tdm_date date);

#endif

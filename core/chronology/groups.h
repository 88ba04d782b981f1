/*
 * Sets of numbered things that belong together: parent[i] == i at first.
 */
#ifndef TDM_CHRONOLOGY_GROUPS_H
#define TDM_CHRONOLOGY_GROUPS_H

#include <stdint.h>

/* The smallest member of the item's set. */
uint32_t tdm__group_of(uint32_t *parent, uint32_t item);
void tdm__group_join(uint32_t *parent, uint32_t a, uint32_t b);

#endif

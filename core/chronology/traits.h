/*
 * What rows carry, counted by its different values: a fact, themes, kinds. Internal.
 */
#ifndef TDM_CHRONOLOGY_TRAITS_H
#define TDM_CHRONOLOGY_TRAITS_H

#include "chronology/worlds.h"

/* How surely a value is there: in every world, in every world in which its unit counts, in some. */
typedef enum tdm__presence { TDM__IN_SOME, TDM__WITH_UNIT, TDM__FOR_CERTAIN } tdm__presence;

typedef struct tdm__trait_cell {
    uint32_t value; /* numbered from 0 */
    tdm__presence presence;
} tdm__trait_cell;

/* Values by unit, and which have been counted since the last start. */
typedef struct tdm__unit_traits {
    const uint32_t *first; /* cells of unit i: [first[i], first[i + 1]) */
    const tdm__trait_cell *cells;
    uint32_t value_count;
    uint32_t *seen; /* by value: the round */
    uint32_t round;
} tdm__unit_traits;

/* The rows that carry a value. */
tdm_status tdm__selection_with_trait(tdm_selection **out, const tdm_selection *selection, tdm__trait trait,
                                     tdm_budget *budget);
/* units: made from `selection`, or from it and another one. */
tdm_status tdm__unit_traits_new(tdm__unit_traits **out, const tdm__world_units *units,
                                const tdm_selection *selection, tdm__trait trait, tdm_budget *budget);

/* Counting different values: start, then add units. Gives how many of a unit's values are new. */
void tdm__unit_traits_start(tdm__unit_traits *traits);
int32_t tdm__unit_traits_add(tdm__unit_traits *traits, uint32_t unit, tdm__presence least);

#endif

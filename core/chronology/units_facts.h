/*
 * Facts of many rows held against the same filters: each value is compared once, and a column of facts is
 * walked beside the rows.
 */
#ifndef TDM_CHRONOLOGY_UNITS_FACTS_H
#define TDM_CHRONOLOGY_UNITS_FACTS_H

#include "chronology/units.h"

typedef struct tdm__fact_walk {
    const tdm__fact_filter *filter;
    size_t at;         /* where in the column the row before stood */
    uint8_t *verdicts; /* by value of the fact; NULL: too many to be kept */
} tdm__fact_walk;

typedef struct tdm__fact_walks {
    const tdm_chronology *chronology;
    tdm__fact_walk *walks;
    size_t count;
} tdm__fact_walks;

/* In the arena of the ground. TDM_NO_MEMORY. */
tdm_status tdm__fact_walks_new(tdm__fact_walks *out, const tdm__units_ground *ground,
                               const tdm__fact_filter *filters, size_t count);
/* What tdm__event_has_facts says of them. Quick where events are asked for in ascending order. */
bool tdm__fact_walks_fit(tdm__fact_walks *walks, uint32_t event);

#endif

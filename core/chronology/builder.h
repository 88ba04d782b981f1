/*
 * The inside of a builder, shared by builder.c and freeze.c.
 */
#ifndef TDM_CHRONOLOGY_BUILDER_H
#define TDM_CHRONOLOGY_BUILDER_H

#include "chronology/table.h"

struct tdm__builder {
    tdm_chronology *chronology; /* being filled */
    tdm__dictionary child_ids;
    tdm__dictionary source_ids;
    uint32_t *event_child; /* number in child_ids, a column beside the table's */
    size_t event_capacity; /* of every column */
    size_t child_capacity, source_capacity, person_capacity, fact_column_capacity, replacement_capacity;
    uint32_t fact_key_guess;   /* the key that the last fact had: most rows of a return carry the same */
    tdm_str **source_children; /* per source: ids as given, resolved by freezing */
    size_t source_children_capacity;
};

#endif

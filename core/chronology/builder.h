/*
 * The inside of a builder, shared by builder.c and freeze.c.
 */
#ifndef TDM_CHRONOLOGY_BUILDER_H
#define TDM_CHRONOLOGY_BUILDER_H

#include "chronology/table.h"

#define TDM__REPEATED_TEXTS 256

struct tdm__builder {
    tdm_chronology *chronology; /* being filled */
    tdm__dictionary child_ids;
    tdm__dictionary source_ids;
    uint32_t *event_child; /* number in child_ids, a column beside the table's */
    size_t event_capacity; /* of every column */
    size_t child_capacity, source_capacity, person_capacity, fact_column_capacity, replacement_capacity;
    tdm__text_ref repeated[TDM__REPEATED_TEXTS]; /* short texts of the blob, by their hash: many come again */
    uint32_t fact_key_guess;   /* the key that the last fact had: most rows of a return carry the same */
    tdm_str **source_children; /* per source: ids as given, resolved by freezing */
    size_t source_children_capacity;
};

/* Appends the value of an event, whose number is none below that of the entry before. TDM_NO_MEMORY. */
tdm_status tdm__put_sparse(tdm_chronology *c, tdm__sparse *sparse, uint32_t event, const void *value,
                           size_t size);
/* The strings and one fact of an event. TDM_NO_MEMORY, TDM_TOO_LARGE. */
tdm_status tdm__put_strings(tdm__builder *builder, uint32_t event, const tdm__event_input *input);
tdm_status tdm__put_fact(tdm__builder *builder, uint32_t event, const tdm__fact_input *fact);

#endif

/*
 * The inside of a builder, shared by the files that fill it and freeze.c.
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

/* Number of a child, made when it is new. TDM_NO_MEMORY, TDM_TOO_LARGE. */
tdm_status tdm__builder_child_number(uint32_t *out, tdm__builder *builder, tdm_str id);
/* Makes every column hold so many events more. TDM_NO_MEMORY, TDM_TOO_LARGE. */
tdm_status tdm__room_for_events(tdm__builder *builder, size_t count);
/* What of an event stands in columns that are there only where some event says more than the usual. */
tdm_status tdm__put_optional_columns(tdm__builder *builder, uint32_t event, const tdm__event_input *input);
/* Appends the value of an event, whose number is none below that of the entry before. TDM_NO_MEMORY. */
tdm_status tdm__put_sparse(tdm_chronology *c, tdm__sparse *sparse, uint32_t event, const void *value,
                           size_t size);
/* The strings and one fact of an event. TDM_NO_MEMORY, TDM_TOO_LARGE. */
tdm_status tdm__put_strings(tdm__builder *builder, uint32_t event, const tdm__event_input *input);
tdm_status tdm__put_fact(tdm__builder *builder, uint32_t event, const tdm__fact_input *fact);
/* Where a string of a source will be read from, which may be where it lies now; 0: none. */
tdm_status tdm__put_text(tdm__text_ref *out, tdm__builder *builder, uint32_t source, tdm__string_field field,
                         tdm_str text);
/* Number of a fact's key, and of its value among those of facts like it; its column is there. */
tdm_status tdm__number_fact(uint32_t *key, tdm__fact_cell *value, tdm__builder *builder,
                            const tdm__fact_input *fact);

#endif

/*
 * The crosswalk: which child each agency's own number is, as a person confirmed it. A CSV of agency, local_id
 * and child. Nothing here guesses: a number that it does not list is a child of its own.
 */
#ifndef TDM_INGEST_CROSSWALK_H
#define TDM_INGEST_CROSSWALK_H

#include "chronology/vocabulary.h"

#define TDM__CROSSWALK_BYTES_MAX (16u * 1024u * 1024u)

typedef struct tdm__crosswalk_entry {
    tdm_str agency, local_id, child;
    int32_t line;
} tdm__crosswalk_entry;

typedef struct tdm__crosswalk {
    const tdm_allocator *allocator;
    tdm__dictionary
        keys; /* agency, line end, local id: of the entries, then of numbers that none of them lists */
    tdm__dictionary children;
    tdm__dictionary numbers; /* local ids alone */
    tdm_str *number_child;   /* of each; no data: the agencies give it to different children */
    size_t number_capacity;
    tdm__crosswalk_entry *entries;
    size_t count, capacity;
    tdm_str *own_ids; /* of the numbers that are not listed */
    size_t own_capacity;
    tdm__arena arena;
    tdm__text key; /* kept, so that a row allocates nothing */
} tdm__crosswalk;

/*
 * Reads the file. `file` names it in errors. TDM_INVALID_INPUT with file and line: a column missing, an
 * agency that is not in agencies.csv, an empty cell, one number of one agency for two children; TDM_ENCODING;
 * TDM_NO_MEMORY. After a failure there is nothing to free.
 */
tdm_status tdm__crosswalk_read(tdm__crosswalk *out, const tdm_allocator *allocator,
                               const tdm_vocabulary *vocabulary, tdm_str file, tdm_str text,
                               tdm_error *error);
void tdm__crosswalk_free(tdm__crosswalk *crosswalk); /* accepts a zeroed one */
/*
 * The child of a number: as listed; itself, where it is the name of a child of the crosswalk; else
 * "agency:number", so that equal numbers of two agencies stay two children. TDM_NO_MEMORY.
 */
tdm_status tdm__crosswalk_child(tdm_str *out, tdm__crosswalk *crosswalk, tdm_str agency, tdm_str number);
/* The same without making any: a number that is not listed is itself. Our own files, whose children have ids.
 */
tdm_status tdm__crosswalk_listed(tdm_str *out, tdm__crosswalk *crosswalk, tdm_str agency, tdm_str number);
/* Of a line that names no agency. No data: the agencies give the number to different children. */
tdm_str tdm__crosswalk_of_any(const tdm__crosswalk *crosswalk, tdm_str number);

#endif

/*
 * The inside of the chronology: its columns. Builder and freeze write it, table.c reads it; nothing
 * else includes this file.
 */
#ifndef TDM_CHRONOLOGY_TABLE_H
#define TDM_CHRONOLOGY_TABLE_H

#include "chronology/chronology.h"

/* Bytes of an event's string: in its source's bytes, or in the side blob when the top bit is set. */
#define TDM__IN_BLOB ((uint64_t)1 << 63)
typedef struct tdm__text_ref {
    uint64_t offset;
    uint32_t length;
} tdm__text_ref;

/* A sparse column: few events have a value. Sorted by event once frozen. */
typedef struct tdm__sparse {
    uint32_t *events;
    void *values; /* tdm__text_ref or tdm__fact_cell or tdm__period */
    size_t count;
    size_t event_capacity;
    size_t value_capacity;
} tdm__sparse;

typedef struct tdm__fact_cell {
    int64_t number;
    uint32_t text; /* in fact_texts */
} tdm__fact_cell;

/* The four small fields, the date's flags and the themes in one word. */
#define TDM__PACK_THEMES_BITS 16
enum {
    TDM__PACK_POLARITY = 16,
    TDM__PACK_SIGNIFICANCE = 18,
    TDM__PACK_SEEN = 20,
    TDM__PACK_ALONE = 22,
    TDM__PACK_VOICE = 24,
    TDM__PACK_DATE_FLAGS = 26
};

/* 54 bytes an event. */
typedef struct tdm__columns {
    tdm_day *day_from;
    tdm_day *day_to;
    tdm_day *recorded;
    int16_t *minute;
    uint16_t *kind;
    uint16_t *agency;
    uint32_t *source;
    uint32_t *row;
    uint32_t *packed;
    uint32_t *incident;
    uint32_t *text_length;
    uint64_t *text_offset;
    uint64_t *id;
} tdm__columns;

/* Every column once, for what is done to all of them: adding one is one word here and one line above. */
#define TDM__COLUMN_MAP(X)                                                                                   \
    X(day_from)                                                                                              \
    X(day_to)                                                                                                \
    X(recorded)                                                                                              \
    X(minute)                                                                                                \
    X(kind)                                                                                                  \
    X(agency)                                                                                                \
    X(source)                                                                                                \
    X(row)                                                                                                   \
    X(packed)                                                                                                \
    X(incident)                                                                                              \
    X(text_length)                                                                                           \
    X(text_offset)                                                                                           \
    X(id)

/* A column as something that can be moved: the address of its pointer, and the size of an item. */
typedef struct tdm__column_ref {
    void *column;
    size_t item_size;
} tdm__column_ref;
#define TDM__COLUMN_REF(name) {&k->name, sizeof *k->name},

struct tdm_chronology {
    tdm_allocator allocator;
    const tdm_vocabulary *vocabulary;
    tdm__arena arena; /* sources, children, people and their strings */
    tdm__dictionary agencies;
    tdm__dictionary fact_keys; /* those of the vocabulary first */
    tdm__dictionary fact_texts;
    tdm__columns columns;
    size_t event_count;
    tdm__text blob;
    tdm__sparse strings[TDM__STRING_FIELDS]; /* [TDM__TEXT] stays empty: a dense column */
    tdm__sparse ended;
    tdm__version *versions; /* by event; few, mostly none */
    size_t version_count;
    tdm__replacement *replacements; /* by `by`, then `replaced` */
    size_t replacement_count;
    tdm__sparse *facts; /* one a key */
    size_t fact_column_count;
    tdm__child *children; /* by id */
    uint32_t *households; /* children who have one, by household, then id */
    size_t household_count;
    bool by_child;         /* a stream that parts the children of a household */
    uint32_t *child_first; /* child_count + 1 offsets into the events */
    size_t child_count;
    tdm__source *sources;
    size_t source_count;
    tdm__person *people;
    size_t person_count;
};

/* Position of the first entry of a sparse column with an event >= `event`. */
size_t tdm__sparse_lower_bound(const tdm__sparse *sparse, uint32_t event);

#endif

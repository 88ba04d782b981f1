/*
 * The inside of the chronology: its columns. Builder and freeze write it, table.c reads it; nothing
 * else includes this file.
 */
#ifndef TDM_CHRONOLOGY_TABLE_H
#define TDM_CHRONOLOGY_TABLE_H

#include "chronology/chronology.h"

#include <stdatomic.h>

/*
 * Where an event's string lies, in one word: from the top whether in the side blob or in its source's text,
 * 39 bits of offset, 24 of length. A string as long as the length can say, or longer, lies in the blob with
 * its true length in the eight bytes before it. 0: no string.
 */
typedef uint64_t tdm__text_ref;
#define TDM__IN_BLOB          ((uint64_t)1 << 63)
#define TDM__TEXT_LENGTH_BITS 24
#define TDM__TEXT_LENGTH_MAX  (((uint64_t)1 << TDM__TEXT_LENGTH_BITS) - 1)
#define TDM__TEXT_OFFSET_MAX  (((uint64_t)1 << (63 - TDM__TEXT_LENGTH_BITS)) - 1)

/* A sparse column: not every event has a value. Sorted by event once frozen. */
typedef struct tdm__sparse {
    uint32_t *events; /* NULL: the events from 0 on have one each */
    void *values;     /* tdm__text_ref or tdm__fact_cell or tdm__period */
    size_t count;
    size_t event_capacity;
    size_t value_capacity;
} tdm__sparse;

static inline uint32_t tdm__sparse_event(const tdm__sparse *sparse, size_t at)
{
    return sparse->events ? sparse->events[at] : (uint32_t)at;
}

/* How the text of a fact stands for a number; columns of one kind share their values. */
typedef enum tdm__numbered {
    TDM__NUMBERED_NOT,
    TDM__NUMBERED_YES_NO,
    TDM__NUMBERED_COUNT, /* also of keys that the vocabulary does not know */
    TDM__NUMBERED_DATE,
    TDM__NUMBERED_TIME,
    TDM__NUMBERED
} tdm__numbered;

/* The values of facts, each once. */
typedef struct tdm__fact_values {
    tdm__dictionary texts;
    int64_t *numbers; /* one a text; NULL: all 0 */
    size_t number_count, number_capacity;
} tdm__fact_values;

typedef uint32_t tdm__fact_cell; /* in the fact values of its column */

static inline int64_t tdm__fact_number(const tdm__fact_values *values, tdm__fact_cell cell)
{
    return values->numbers ? values->numbers[cell] : 0;
}

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

/* 28 bytes an event, and 22 more where all of the columns are there that need not be: those are NULL as long
 * as they would say the same of every event, and are read through the functions below. */
typedef struct tdm__columns {
    tdm_day *day_from;
    uint16_t *kind;
    uint16_t *agency;
    uint32_t *row;
    tdm__text_ref *text;
    uint64_t *id;
    tdm_day *day_to;   /* NULL: that of day_from */
    tdm_day *recorded; /* NULL: TDM_DAY_NONE */
    int16_t *minute;   /* NULL: -1 */
    uint32_t *source;  /* NULL: 0, as are the next two */
    uint32_t *packed;
    uint32_t *incident;
} tdm__columns;

static inline tdm_day tdm__column_day_to(const tdm__columns *k, size_t event)
{
    return k->day_to ? k->day_to[event] : k->day_from[event];
}

static inline tdm_day tdm__column_recorded(const tdm__columns *k, size_t event)
{
    return k->recorded ? k->recorded[event] : TDM_DAY_NONE;
}

static inline int16_t tdm__column_minute(const tdm__columns *k, size_t event)
{
    return k->minute ? k->minute[event] : -1;
}

static inline uint32_t tdm__column_source(const tdm__columns *k, size_t event)
{
    return k->source ? k->source[event] : 0;
}

static inline uint32_t tdm__column_packed(const tdm__columns *k, size_t event)
{
    return k->packed ? k->packed[event] : 0;
}

static inline uint32_t tdm__column_incident(const tdm__columns *k, size_t event)
{
    return k->incident ? k->incident[event] : 0;
}

/* Every column once, for what is done to all of them: adding one is one word here and one line above. */
#define TDM__COLUMN_MAP(X)                                                                                   \
    TDM__COLUMN_MAP_ALWAYS(X)                                                                                \
    TDM__COLUMN_MAP_OPTIONAL(X)
#define TDM__COLUMN_MAP_ALWAYS(X)                                                                            \
    X(day_from)                                                                                              \
    X(kind)                                                                                                  \
    X(agency)                                                                                                \
    X(row)                                                                                                   \
    X(text)                                                                                                  \
    X(id)
#define TDM__COLUMN_MAP_OPTIONAL(X)                                                                          \
    X(day_to)                                                                                                \
    X(recorded)                                                                                              \
    X(minute)                                                                                                \
    X(source)                                                                                                \
    X(packed)                                                                                                \
    X(incident)

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
    tdm__fact_values fact_values[TDM__NUMBERED];
    tdm__columns columns;
    size_t event_count;
    tdm__text blob;
    atomic_int *text_failure; /* the first tdm_status that reading text out of a file gave; in the arena */
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
    tdm__missing missing;
};

/* Which of the fact values the cells of a fact's column stand for. */
tdm__numbered tdm__fact_numbered(const tdm_chronology *chronology, uint32_t key);
/* Lists the events of a sparse column that has none listed. TDM_NO_MEMORY. */
tdm_status tdm__sparse_list_events(const tdm_allocator *allocator, tdm__sparse *sparse);
/* Position of the first entry of a sparse column with an event >= `event`. */
size_t tdm__sparse_lower_bound(const tdm__sparse *sparse, uint32_t event);
/* The value of an event in a sparse column; NULL when it has none. */
const void *tdm__sparse_value(const tdm__sparse *sparse, uint32_t event, size_t item_size);

#endif

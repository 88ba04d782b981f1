/*
 * Two versions of a chronology: which rows were added, removed or changed.
 *
 * A row is the same when its id is, or its agency and that agency's own reference. Of what is left, rows
 * of one agency, day and kind are taken for one that perhaps changed; the rest was added or removed.
 * Where a row stands in which file says nothing about it and is no difference.
 */
#ifndef TDM_CHRONOLOGY_DIFF_H
#define TDM_CHRONOLOGY_DIFF_H

#include "chronology/chronology.h"

typedef enum tdm__row_change {
    TDM__ROW_ADDED,
    TDM__ROW_REMOVED,
    TDM__ROW_CHANGED,
    TDM__ROW_PERHAPS_CHANGED /* two rows without a common id or reference */
} tdm__row_change;

/* "added", "removed", "changed", "perhaps-changed". */
const char *tdm__row_change_code(tdm__row_change change);

/* One field that differs: its name as in NDJSON ("recorded", "facts.category"), and both values as they
 * stand there; "" is not recorded. */
typedef struct tdm__field_change {
    tdm_str name, before, after;
} tdm__field_change;

typedef struct tdm__row_difference {
    tdm__row_change change;
    uint32_t before, after; /* events; TDM_NO_INDEX: not there */
    const tdm__field_change *fields;
    size_t field_count;
} tdm__row_difference;

typedef struct tdm__child_difference {
    tdm_str id;
    bool before, after;              /* whether it is in the first and in the second */
    const tdm__field_change *fields; /* of the child itself: "born", "sex" */
    size_t field_count;
    const tdm__row_difference *rows; /* by sort day, those of the first before those of the second */
    size_t row_count;
    size_t same; /* rows without any difference */
} tdm__child_difference;

typedef struct tdm__chronology_diff {
    const tdm_chronology *before, *after;
    const tdm__child_difference *children; /* by id; those without a difference too */
    size_t child_count;
} tdm__chronology_diff;

/* Compares. Everything lives in the arena and points into both. TDM_OK or TDM_NO_MEMORY. */
tdm_status tdm__chronology_compare(tdm__chronology_diff *out, const tdm_chronology *before,
                                   const tdm_chronology *after, tdm__arena *arena);

#endif

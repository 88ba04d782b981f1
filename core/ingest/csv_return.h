/*
 * A CSV return while it is read, shared by the two files that read it: csv_return.c (the file, its
 * heading, its rows) and csv_row.c (one row to events).
 */
#ifndef TDM_INGEST_CSV_RETURN_H
#define TDM_INGEST_CSV_RETURN_H

#include "base/csv.h"
#include "ingest/map.h"

#define TDM__NO_COLUMN SIZE_MAX

/* Where a heading of the map stands in the file, and how the dates below it are read. */
typedef struct tdm__column {
    size_t at; /* TDM__NO_COLUMN: not in the file */
    tdm_date_rules rules;
} tdm__column;

/* A binding with what its values gave so far, so that a value is folded once. */
typedef struct tdm__bound {
    const tdm__binding *binding;
    const tdm__column *column;
    tdm__how how; /* with the rules of the column */
    tdm__dictionary seen;
    tdm_str *meaning; /* of each value seen; NULL data: the map does not name it */
    size_t meaning_capacity;
} tdm__bound;

typedef struct tdm__csv_return {
    tdm__return *file;
    tdm__map *map;
    tdm_str map_name;
    tdm_str agency; /* of rows that name none */
    tdm__csv csv;
    tdm__column *columns;       /* one a heading of the map */
    const uint32_t *hash_order; /* mapped headings by their folded text */
    size_t hash_order_count;
    tdm__bound *bounds;         /* one a binding */
    uint32_t reference_heading; /* TDM_NO_INDEX: none */
    uint32_t child_heading;
    tdm__arena scratch; /* of one event */
    tdm__text folded;
    tdm__draft draft;
    uint32_t source;
    uint64_t *kinds_seen; /* bit per kind */
} tdm__csv_return;

/* Sets up what rows need, once the heading has been read. Memory in the file's arena. */
tdm_status tdm__csv_rows_prepare(tdm__csv_return *reading);
void tdm__csv_rows_free(tdm__csv_return *reading);
/* The cell of a heading in the record at hand, trimmed; empty when there is none. */
tdm_str tdm__csv_cell(const tdm__csv_return *reading, uint32_t heading);
/* Makes the events of the record at hand. */
tdm_status tdm__csv_row(bool *landed, tdm__csv_return *reading);

#endif

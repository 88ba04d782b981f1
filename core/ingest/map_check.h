/*
 * A column map held against a file: which headings it misses or leaves, which cells it does not read, and
 * what the reader makes of the rows. Rows and counts only: nothing here shows what stands in a cell.
 */
#ifndef TDM_INGEST_MAP_CHECK_H
#define TDM_INGEST_MAP_CHECK_H

#include "ingest/map.h"
#include "ingest/map_tables.h"

#define TDM__CHECK_VALUES 200 /* distinct values without a meaning that are told apart in a column */

/* A value that the map gives no meaning, by where it stands. */
typedef struct tdm__check_value {
    int32_t first_row;
    int64_t rows;
} tdm__check_value;

/* One column of the map: what became of its cells in all tables of the file. */
typedef struct tdm__check_column {
    tdm_str heading;
    tdm_str field;    /* as a map writes it */
    bool found;       /* it stands in a table of the file */
    int64_t filled;   /* cells */
    int64_t not_read; /* dates, times and numbers that cannot be */
    int32_t first_not_read;
    int64_t not_mapped; /* cells whose value is no code of ours and has none in the map */
    tdm__dictionary seen;
    tdm__check_value *values;
    size_t value_count, value_capacity;
    bool values_passed; /* there are more than are told apart */
} tdm__check_column;

typedef struct tdm__map_check {
    const tdm_allocator *allocator;
    tdm__arena arena;
    const tdm__map *map;
    tdm__check_column *columns; /* one a binding of the map */
    size_t column_count;
    tdm_str *left; /* headings that the map neither uses nor ignores */
    size_t left_count, left_capacity;
    size_t tables; /* that the map is for */
} tdm__map_check;

/*
 * Checks a map that has been parsed. The accounts and diagnostics of reading the file go to the collection.
 *
 * out       freed with tdm__map_check_free whatever happens; `map` is borrowed
 * map_json  the map as it was parsed
 *
 * TDM_OK; TDM_INVALID_INPUT: the map is for no table of the file; what reading the file gives.
 */
tdm_status tdm__map_check_file(tdm__map_check *out, tdm__collection *collection, const tdm__map *map,
                               tdm_str map_json, const tdm__mapped_file *file, tdm_error *error);
void tdm__map_check_free(tdm__map_check *check);

#endif

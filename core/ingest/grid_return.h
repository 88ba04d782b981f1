/*
 * The sheets or tables of one file under one column map: which of them it is for, and the account of
 * each.
 */
#ifndef TDM_INGEST_GRID_RETURN_H
#define TDM_INGEST_GRID_RETURN_H

#include "ingest/table_return.h"

typedef struct tdm__grids {
    tdm__return *file;
    const tdm__map *map;
    tdm_str map_name;
    bool is_only; /* the file holds one: any heading of the map will do */
    bool has_author_notes;
    size_t read_count;
    uint64_t named_count; /* of the sheets that the map names, those found */
} tdm__grids;

/*
 * Reads a grid, or sets its rows aside when the map is not for it: it names other sheets, or no row
 * among the first holds half of its headings. The account either way.
 */
tdm_status tdm__grids_read(tdm__grids *grids, const tdm__grid *grid, tdm_error *error);
/* Sets all rows of a grid aside, saying why. */
tdm_status tdm__grid_set_aside(tdm__return *file, const tdm__grid *grid, tdm__severity severity,
                               const char *code, const char *words);
/* After the last one. TDM_INVALID_INPUT when the map was for none. */
tdm_status tdm__grids_end(const tdm__grids *grids, const char *what, tdm_error *error);

#endif

/*
 * A grid of cells: what a worksheet or a table of a Word document is read into. Only cells that hold
 * something are kept, so that a million empty ones cost nothing.
 */
#ifndef TDM_INGEST_GRID_H
#define TDM_INGEST_GRID_H

#include "base/text.h"

#define TDM__GRID_COLUMNS_MAX 16384u           /* as many as Excel has */
#define TDM__GRID_CELL_BYTES  (1024u * 1024u)  /* as a field of a CSV file */
#define TDM__GRID_ROWS_MAX    (INT32_MAX - 1u) /* of one file */

enum {
    TDM__CELL_ERROR = 1u,  /* #N/A and its like; the text is empty */
    TDM__CELL_NESTED = 2u, /* held a table or text box, which was not read */
    TDM__CELL_BROKEN = 8u, /* points to a text that the file does not have */
    TDM__CELL_MERGED = 4u  /* the text stands in the cell above, with which it is merged */
};

typedef struct tdm__grid_cell {
    tdm_str text; /* trimmed */
    uint32_t column;
    uint32_t flags;
} tdm__grid_cell;

typedef struct tdm__grid_row {
    int32_t row; /* from 1 */
    uint32_t count;
    size_t first; /* in the cells of the grid */
    bool deleted; /* as a tracked change */
} tdm__grid_row;

/* A column's cells merged from one row down to another. */
typedef struct tdm__grid_span {
    uint32_t column;
    int32_t first_row, last_row;
} tdm__grid_span;

typedef struct tdm__grid {
    const tdm_allocator *allocator;
    tdm_str name;         /* of the sheet; borrowed */
    uint64_t *bytes_left; /* that the file may still grow to; each text is charged where it is used */
    tdm__grid_row *rows;
    size_t row_count, row_capacity;
    tdm__grid_cell *cells;
    size_t cell_count, cell_capacity;
    tdm__grid_span *spans; /* by first row, once ended */
    size_t span_count, span_capacity;
    uint32_t width; /* columns up to the last cell that holds something */
    tdm__arena texts;
} tdm__grid;

void tdm__grid_init(tdm__grid *grid, const tdm_allocator *allocator, tdm_str name, uint64_t *bytes_left);
void tdm__grid_free(tdm__grid *grid);
/* A row without cells is no row: the next one takes its place. */
tdm_status tdm__grid_open_row(tdm__grid *grid, int32_t row);
/*
 * Adds a cell to the row opened last, unless it is blank and has no flag. `text` is borrowed for as long
 * as the grid lives (tdm__grid_copy makes one that does).
 *
 * TDM_OK; TDM_TOO_LARGE for a column or text beyond the limits, or when the file has grown too far;
 * TDM_NO_MEMORY.
 */
tdm_status tdm__grid_put(tdm__grid *grid, uint32_t column, tdm_str text, uint32_t flags);
tdm_str tdm__grid_copy(tdm__grid *grid, tdm_str text);
tdm_status tdm__grid_span_down(tdm__grid *grid, tdm__grid_span span);
/* Drops a last row without cells and orders the spans: nothing is added afterwards. */
void tdm__grid_end(tdm__grid *grid);
bool tdm__grid_charge(const tdm__grid *grid, size_t bytes);

#endif

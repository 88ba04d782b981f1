/*
 * A table as rows meet it: records of cells under headings, one after the other, whatever held them:
 * the lines of a CSV text or file, or a grid that a worksheet or a Word table was read into.
 */
#ifndef TDM_INGEST_TABLE_H
#define TDM_INGEST_TABLE_H

#include "base/csv.h"
#include "ingest/grid.h"
#include "ingest/text_window.h"

/* Merged cells of several columns that run on at once; a form has a handful. */
#define TDM__SPANS_OPEN_MAX 64

typedef struct tdm__open_span {
    const tdm__grid_span *span;
    tdm_str text;
} tdm__open_span;

typedef struct tdm__table {
    const tdm_allocator *allocator;
    tdm__csv csv;             /* used where there is no grid */
    tdm__text_window *window; /* NULL: the text of the CSV is in memory as a whole */
    bool stay;                /* the window must not be moved: rows of it are in use */
    bool held_up;             /* it would have to be; there is no record at hand */
    const tdm__grid *grid;    /* NULL: CSV */
    size_t at;                /* next row of the grid */
    size_t span_at;           /* next span of the grid */
    tdm__open_span open[TDM__SPANS_OPEN_MAX];
    size_t open_count;
    tdm_str *cells; /* one a column of the grid; only those of the record at hand are set */
    /* The record at hand. */
    int32_t row; /* line or row, from 1 */
    const tdm_str *fields;
    size_t field_count;
    size_t filled;     /* cells up to the last that is not blank; 0: a blank record */
    bool is_merged;    /* some of it stands in merged cells above */
    bool spans_passed; /* more merged cells ran on at once than are followed */
} tdm__table;

void tdm__table_of_csv(tdm__table *table, const tdm_allocator *allocator, tdm_str text, char delimiter);
/* CSV that is left in its file and read from the byte `at` on, in stretches; see tdm__text_window_init. Freed
 * also where there was no memory. */
tdm_status tdm__table_of_file(tdm__table *table, const tdm_allocator *allocator, const tdm__held_file *file,
                              uint64_t at, char delimiter, size_t buffer_count);
tdm_status tdm__table_of_grid(tdm__table *table, const tdm_allocator *allocator, const tdm__grid *grid);
void tdm__table_free(tdm__table *table);
/* A second walk from where the first one stands; freed on its own. buffer_count: of its window. */
tdm_status tdm__table_ahead(tdm__table *out, const tdm__table *from, size_t buffer_count);
/*
 * Moves to the next record. *more is false at the end.
 *
 * Of CSV what tdm__csv_next gives, and TDM_IO of a file; of a grid TDM_OK, or TDM_TOO_LARGE when merged cells
 * would make the file grow beyond its limit.
 */
tdm_status tdm__table_next(tdm__table *table, bool *more, tdm_error *error);
/* Whether a status says no more than that one record could not be read. */
bool tdm__table_record_failed(tdm_status status);
/* Where in the whole text of CSV the next record begins, and how long that text is. */
uint64_t tdm__table_at(const tdm__table *table);
uint64_t tdm__table_length(const tdm__table *table);
/* The row of the grid at hand; NULL: CSV. */
const tdm__grid_row *tdm__table_grid_row(const tdm__table *table);

#endif

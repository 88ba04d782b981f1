/*
 * Filling a grid of cells (see grid.h).
 */
#include "ingest/grid.h"

#include <stdlib.h>

void tdm__grid_init(tdm__grid *grid, const tdm_allocator *allocator, tdm_str name, uint64_t *bytes_left)
{
    *grid = (tdm__grid){.allocator = allocator, .name = name, .bytes_left = bytes_left};
    tdm__arena_init(&grid->texts, allocator);
}

void tdm__grid_free(tdm__grid *grid)
{
    if (!grid->allocator)
        return;
    tdm__free(grid->allocator, grid->rows);
    tdm__free(grid->allocator, grid->cells);
    tdm__free(grid->allocator, grid->spans);
    tdm__arena_free(&grid->texts);
    *grid = (tdm__grid){0};
}

static void drop_empty_row(tdm__grid *grid)
{
    if (grid->row_count > 0 && grid->rows[grid->row_count - 1].count == 0)
        grid->row_count--;
}

tdm_status tdm__grid_open_row(tdm__grid *grid, int32_t row)
{
    drop_empty_row(grid);
    tdm__grid_row *grown = tdm__grown(grid->allocator, grid->rows, &grid->row_capacity, grid->row_count + 1,
                                      sizeof *grown);
    if (!grown)
        return TDM_NO_MEMORY;
    grid->rows = grown;
    grid->rows[grid->row_count++] = (tdm__grid_row){.row = row, .first = grid->cell_count};
    return TDM_OK;
}

bool tdm__grid_charge(const tdm__grid *grid, size_t bytes)
{
    if (bytes > *grid->bytes_left)
        return false;
    *grid->bytes_left -= bytes;
    return true;
}

tdm_status tdm__grid_put(tdm__grid *grid, uint32_t column, tdm_str text, uint32_t flags)
{
    text = tdm__str_trimmed(text);
    if (text.length == 0 && flags == 0)
        return TDM_OK;
    if (column >= TDM__GRID_COLUMNS_MAX || text.length > TDM__GRID_CELL_BYTES ||
        !tdm__grid_charge(grid, text.length))
        return TDM_TOO_LARGE;
    tdm__grid_cell *grown = tdm__grown(grid->allocator, grid->cells, &grid->cell_capacity,
                                       grid->cell_count + 1, sizeof *grown);
    if (!grown)
        return TDM_NO_MEMORY;
    grid->cells = grown;
    grid->cells[grid->cell_count++] = (tdm__grid_cell){text, column, flags};
    grid->rows[grid->row_count - 1].count++;
    if (column >= grid->width)
        grid->width = column + 1;
    return TDM_OK;
}

tdm_str tdm__grid_copy(tdm__grid *grid, tdm_str text)
{
    return tdm__arena_copy(&grid->texts, text);
}

tdm_status tdm__grid_span_down(tdm__grid *grid, tdm__grid_span span)
{
    tdm__grid_span *grown = tdm__grown(grid->allocator, grid->spans, &grid->span_capacity,
                                       grid->span_count + 1, sizeof *grown);
    if (!grown)
        return TDM_NO_MEMORY;
    grid->spans = grown;
    grid->spans[grid->span_count++] = span;
    return TDM_OK;
}

/* A total order: spans that compare equal are equal. */
static int compare_spans(const void *left, const void *right)
{
    const tdm__grid_span *a = left, *b = right;
    if (a->first_row != b->first_row)
        return a->first_row < b->first_row ? -1 : 1;
    if (a->column != b->column)
        return a->column < b->column ? -1 : 1;
    return (a->last_row > b->last_row) - (a->last_row < b->last_row);
}

void tdm__grid_end(tdm__grid *grid)
{
    drop_empty_row(grid);
    if (grid->span_count > 1)
        qsort(grid->spans, grid->span_count, sizeof *grid->spans, compare_spans);
}

/*
 * Walking over the records of a table (see table.h). What a record means is not its business.
 */
#include "ingest/table.h"

void tdm__table_of_csv(tdm__table *table, const tdm_allocator *allocator, tdm_str text, char delimiter)
{
    *table = (tdm__table){.allocator = allocator};
    tdm__csv_init(&table->csv, allocator, text, delimiter);
}

tdm_status tdm__table_of_file(tdm__table *table, const tdm_allocator *allocator, const tdm__held_file *file,
                              uint64_t at, char delimiter, size_t buffer_count)
{
    tdm__table_of_csv(table, allocator, TDM_LIT(""), delimiter);
    table->window = tdm__alloc(allocator, sizeof *table->window);
    if (!table->window)
        return TDM_NO_MEMORY;
    tdm__text_window_init(table->window, allocator, file, at, buffer_count);
    return TDM_OK;
}

tdm_status tdm__table_of_grid(tdm__table *table, const tdm_allocator *allocator, const tdm__grid *grid)
{
    *table = (tdm__table){.allocator = allocator, .grid = grid};
    table->cells = tdm__alloc_zeroed(allocator, (size_t)grid->width + 1, sizeof *table->cells);
    return table->cells ? TDM_OK : TDM_NO_MEMORY;
}

void tdm__table_free(tdm__table *table)
{
    if (!table->allocator)
        return;
    tdm__csv_free(&table->csv);
    if (table->window)
        tdm__text_window_free(table->window);
    tdm__free(table->allocator, table->window);
    tdm__free(table->allocator, table->cells);
    *table = (tdm__table){0};
}

const tdm__grid_row *tdm__table_grid_row(const tdm__table *table)
{
    return table->grid && table->at > 0 ? &table->grid->rows[table->at - 1] : NULL;
}

static void set_cells(tdm__table *table, const tdm__grid_row *row)
{
    table->is_merged = false;
    for (size_t i = row->first; i < row->first + row->count; i++) {
        const tdm__grid_cell *cell = &table->grid->cells[i];
        table->cells[cell->column] = cell->text;
        table->is_merged |= (cell->flags & TDM__CELL_MERGED) != 0;
        if (cell->text.length > 0 && cell->column >= table->filled)
            table->filled = (size_t)cell->column + 1;
    }
}

static void clear_cells(tdm__table *table)
{
    const tdm__grid_row *row = tdm__table_grid_row(table);
    for (size_t i = row ? row->first : 0; row && i < row->first + row->count; i++)
        table->cells[table->grid->cells[i].column] = (tdm_str){NULL, 0};
    for (size_t i = 0; i < table->open_count; i++)
        table->cells[table->open[i].span->column] = (tdm_str){NULL, 0};
    table->filled = 0;
}

/* Spans that start at or above this row: what stands in their first cell runs on below it. */
static void open_spans(tdm__table *table, int32_t row)
{
    const tdm__grid *grid = table->grid;
    for (; table->span_at < grid->span_count; table->span_at++) {
        const tdm__grid_span *span = &grid->spans[table->span_at];
        if (span->first_row > row)
            return;
        if (span->first_row < row || span->column >= grid->width)
            continue; /* its first row holds nothing */
        if (table->open_count == TDM__SPANS_OPEN_MAX) {
            table->spans_passed = true;
            continue;
        }
        table->open[table->open_count++] = (tdm__open_span){span, table->cells[span->column]};
    }
}

static tdm_status fill_down(tdm__table *table, int32_t row, tdm_error *error)
{
    for (size_t i = 0; i < table->open_count; i++) {
        const tdm__open_span *open = &table->open[i];
        if (open->span->last_row < row) {
            table->open[i--] = table->open[--table->open_count];
            continue;
        }
        if (open->text.length == 0 || table->cells[open->span->column].length > 0)
            continue;
        if (!tdm__grid_charge(table->grid, open->text.length))
            return tdm__fail(error, TDM_TOO_LARGE, "merged cells make the file grow beyond its limit");
        table->cells[open->span->column] = open->text;
        table->is_merged = true;
        if (open->span->column >= table->filled)
            table->filled = (size_t)open->span->column + 1;
    }
    return TDM_OK;
}

static tdm_status next_of_grid(tdm__table *table, bool *more, tdm_error *error)
{
    clear_cells(table);
    *more = table->at < table->grid->row_count;
    if (!*more)
        return TDM_OK;
    const tdm__grid_row *row = &table->grid->rows[table->at++];
    table->row = row->row;
    table->fields = table->cells;
    table->field_count = table->grid->width;
    set_cells(table, row);
    tdm_status status = fill_down(table, row->row, error);
    open_spans(table, row->row);
    return status;
}

static size_t filled_of(const tdm__csv *csv)
{
    size_t filled = csv->field_count;
    while (filled > 0 && !tdm__str_has_plain_ends(csv->fields[filled - 1]) &&
           tdm__str_trimmed(csv->fields[filled - 1]).length == 0)
        filled--;
    return filled;
}

bool tdm__table_record_failed(tdm_status status)
{
    return status == TDM_INVALID_INPUT || status == TDM_TOO_LARGE;
}

/* How many bytes behind the end of a record say that it could not have ended elsewhere: a line end of two
 * bytes; of one that could not be read as far as its closing quote might stand. */
static size_t bytes_behind(const tdm__csv *csv, tdm_status status)
{
    return status == TDM_OK ? 2 : (size_t)csv->field_limit_bytes * 2 + 16;
}

/* The next record of a window that may end within it: then the window is moved, and it is read again. */
static tdm_status next_of_window(tdm__table *table, bool *more, tdm_error *error)
{
    tdm__csv *csv = &table->csv;
    tdm__text_window *window = table->window;
    table->held_up = false;
    for (;;) {
        size_t at = csv->at, length = window->length;
        int32_t line = csv->next_line;
        tdm_status status = tdm__csv_next(csv, more, error);
        size_t needed = csv->record_end + bytes_behind(csv, status);
        if (status == TDM_NO_MEMORY || tdm__text_window_ends_file(window) ||
            ((*more || status != TDM_OK) && needed <= length))
            return status;
        tdm__csv_move(csv, csv->text, at, line);
        if (table->stay) {
            *more = table->held_up = true;
            return TDM_OK;
        }
        /* A record that fills the window needs a longer one. */
        size_t least = at > 0 ? needed - at : length * 2;
        status = tdm__text_window_move(window, at, least > needed - at ? least : needed - at, error);
        if (status != TDM_OK)
            return status;
        tdm__csv_move(csv, tdm__text_window_text(window), 0, line);
    }
}

tdm_status tdm__table_next(tdm__table *table, bool *more, tdm_error *error)
{
    if (table->grid)
        return next_of_grid(table, more, error);
    tdm_status status = table->window ? next_of_window(table, more, error)
                                      : tdm__csv_next(&table->csv, more, error);
    table->row = table->csv.line;
    table->fields = table->csv.fields;
    table->field_count = table->csv.field_count;
    if (status == TDM_OK && *more)
        table->filled = filled_of(&table->csv);
    return status;
}

uint64_t tdm__table_at(const tdm__table *table)
{
    return table->csv.at + (table->window ? table->window->at : 0);
}

uint64_t tdm__table_length(const tdm__table *table)
{
    return table->window ? table->window->file->size : table->csv.text.length;
}

tdm_status tdm__table_ahead(tdm__table *out, const tdm__table *from, size_t buffer_count)
{
    if (from->window) {
        tdm_status status = tdm__table_of_file(out, from->allocator, from->window->file, tdm__table_at(from),
                                               from->csv.delimiter, buffer_count);
        out->csv.next_line = from->csv.next_line;
        return status;
    }
    if (!from->grid) {
        tdm__table_of_csv(out, from->allocator, from->csv.text, from->csv.delimiter);
        out->csv.at = from->csv.at;
        out->csv.next_line = from->csv.next_line;
        return TDM_OK;
    }
    tdm_status status = tdm__table_of_grid(out, from->allocator, from->grid);
    out->at = from->at;
    return status;
}

/*
 * What is told of a row of a worksheet or Word table beside its values, and which rows are none of the
 * return: tracked deletions, the heading again, authors' notes.
 */
#include "ingest/table_return.h"

/* With these an author starts a row that is a note of the author's own, in documents of Chronolator. */
static const char *const author_marks[] = {"#", "^", "~", "\xc2\xac"};

static tdm_status note_row(const tdm__table_return *reading, const char *code, const char *words)
{
    return tdm__note(reading->file, TDM__INFORMATION, code, reading->table.row, TDM_LIT(""), "%s", words);
}

static bool is_author_note(const tdm__table_return *reading)
{
    const tdm__table *table = &reading->table;
    size_t first = 0;
    while (first < table->filled && table->fields[first].length == 0)
        first++;
    for (size_t i = 0; first < table->filled && i < sizeof author_marks / sizeof *author_marks; i++)
        if (tdm__str_starts(table->fields[first], tdm__str(author_marks[i])))
            return true;
    return false;
}

/* A table that runs over pages may have its heading on each. */
static tdm_status repeats_heading(bool *out, tdm__table_return *reading)
{
    const tdm__map *map = reading->map;
    *out = true;
    for (uint32_t h = 0; h < map->folded.count && *out; h++) {
        if (!map->headings[h].mapped || reading->columns[h].at == TDM__NO_COLUMN)
            continue;
        tdm__text_clear(&reading->folded);
        if (tdm__fold(&reading->folded, tdm__table_cell(reading, h)) != TDM_OK)
            return TDM_NO_MEMORY;
        *out = tdm__str_equal(tdm__text_str(&reading->folded), map->headings[h].folded);
    }
    return TDM_OK;
}

static tdm_status note_cell(tdm__table_return *reading, const tdm__grid_cell *cell)
{
    uint32_t heading = reading->heading_over[cell->column];
    int32_t row = reading->table.row;
    if (heading == TDM__NO_HEADING)
        return tdm__note_once(reading->file, TDM__WARNING, "column-without-heading", row, TDM_LIT(""),
                              reading->sheet, "cells stand in a column without a heading; they are not read");
    if (heading == TDM_NO_INDEX)
        return TDM_OK;
    tdm_str written = reading->map->headings[heading].written;
    if (cell->flags & TDM__CELL_ERROR)
        return tdm__note_once(reading->file, TDM__WARNING, "cell-error", row, written, reading->sheet,
                              "cells of this column hold an error such as #N/A; they are taken as empty");
    if (cell->flags & TDM__CELL_BROKEN)
        return tdm__note(reading->file, TDM__ERROR, "cell-broken", row, written,
                         "the cell points to a text that the file does not have; it is taken as empty");
    if (cell->flags & TDM__CELL_NESTED)
        return tdm__note(reading->file, TDM__WARNING, "table-in-cell", row, written,
                         "the cell holds a table or a text box, which is not read; its own text is");
    return TDM_OK;
}

static tdm_status note_merged(tdm__table_return *reading)
{
    tdm_status status = TDM_OK;
    if (reading->table.is_merged)
        status = tdm__note_once(reading->file, TDM__INFORMATION, "cells-merged", reading->table.row,
                                TDM_LIT(""), reading->sheet,
                                "cells are merged over several rows: what stands in them is taken for each");
    if (status == TDM_OK && reading->table.spans_passed)
        status = tdm__note_once(
            reading->file, TDM__WARNING, "cells-merged-passed", reading->table.row, TDM_LIT(""),
            reading->sheet, "more cells are merged over several rows than are followed; some rows have gaps");
    return status;
}

tdm_status tdm__table_look_at_row(bool *taken, tdm__table_return *reading)
{
    bool repeated;
    const tdm__grid_row *row = tdm__table_grid_row(&reading->table);
    *taken = false;
    if (row->deleted)
        return note_row(reading, "row-deleted", "a tracked change deletes this row; it is set aside");
    if (reading->has_author_notes && is_author_note(reading))
        return note_row(reading, "author-note",
                        "the row starts with the mark of an author's note; it is set aside");
    if (repeats_heading(&repeated, reading) != TDM_OK)
        return TDM_NO_MEMORY;
    if (repeated)
        return note_row(reading, "heading-repeated", "the heading stands here again; the row is set aside");
    *taken = true;
    tdm_status status = note_merged(reading);
    for (size_t i = row->first; i < row->first + row->count && status == TDM_OK; i++)
        status = note_cell(reading, &reading->table.grid->cells[i]);
    return status;
}

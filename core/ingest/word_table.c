/*
 * Tables of a Word document, streamed (see word_table.h). A cell's paragraphs are joined by line
 * breaks. Tracked deletions are left out and insertions kept; a cell merged with the one above has its
 * text; tables and text boxes within a cell are not read, and told.
 */
#include "ingest/word_table.h"

#include <stdio.h>
#include <string.h>

#define TABLES_MAX 16384

typedef struct word_reading {
    tdm__return *file;
    tdm__package *package;
    tdm__table_taker take;
    void *payload;
    tdm__grid grid; /* of the table at hand */
    char name[32];
    int32_t table_count;
    bool in_table, in_cell, in_row_properties, in_run, in_text;
    int32_t row;
    uint32_t column, span;
    uint32_t flags; /* of the cell at hand */
    bool continues; /* merged with the cell above */
    size_t above;   /* index in the row above from which its cells are looked for */
    size_t paragraphs;
    tdm__text text; /* of the cell, or of a paragraph outside tables */
    int64_t outside_count;
} word_reading;

static void check(tdm__markup *markup, tdm_status status)
{
    if (status == TDM_TOO_LARGE)
        tdm__markup_fail(markup, status, "a cell is too long, or a table too wide or too large");
    else
        tdm__markup_keep(markup, status);
}

static uint32_t count_of(const char *const *attributes)
{
    int64_t count;
    if (!tdm__str_to_int64(&count, tdm__markup_attribute(attributes, "val")) || count < 0)
        return 1;
    return count > TDM__GRID_COLUMNS_MAX ? TDM__GRID_COLUMNS_MAX : (uint32_t)count;
}

static void move_on(word_reading *reading, uint32_t columns)
{
    reading->column += columns;
    if (reading->column > TDM__GRID_COLUMNS_MAX)
        reading->column = TDM__GRID_COLUMNS_MAX;
}

/* --- what starts --- */

static void start_table(tdm__markup *markup, const char *const *attributes)
{
    word_reading *reading = markup->payload;
    (void)attributes;
    if (reading->in_table) {
        reading->flags |= TDM__CELL_NESTED;
        tdm__markup_skip(markup);
        return;
    }
    if (reading->table_count == TABLES_MAX) {
        tdm__markup_fail(markup, TDM_TOO_LARGE, "more tables than any return has");
        return;
    }
    reading->in_table = true;
    reading->row = 0;
    snprintf(reading->name, sizeof reading->name, "Table %d", (int)++reading->table_count);
    tdm__grid_init(&reading->grid, reading->file->allocator, tdm__str(reading->name),
                   tdm__package_bytes_left(reading->package));
}

static void start_row(tdm__markup *markup, const char *const *attributes)
{
    word_reading *reading = markup->payload;
    (void)attributes;
    if (!reading->in_table || reading->in_cell)
        return;
    if (reading->row == TDM__GRID_ROWS_MAX) {
        check(markup, TDM_TOO_LARGE);
        return;
    }
    reading->column = 0;
    reading->above = 0;
    check(markup, tdm__grid_open_row(&reading->grid, ++reading->row));
}

static void start_cell(tdm__markup *markup, const char *const *attributes)
{
    word_reading *reading = markup->payload;
    (void)attributes;
    if (!reading->in_table || reading->row == 0)
        return;
    reading->in_cell = true;
    reading->span = 1;
    reading->flags = 0;
    reading->continues = false;
    reading->paragraphs = 0;
    tdm__text_clear(&reading->text);
}

static void start_paragraph(tdm__markup *markup, const char *const *attributes)
{
    word_reading *reading = markup->payload;
    (void)attributes;
    if (!reading->in_table)
        tdm__text_clear(&reading->text);
    else if (reading->paragraphs++ > 0)
        tdm__text_char(&reading->text, '\n');
}

static void start_grid_before(tdm__markup *markup, const char *const *attributes)
{
    word_reading *reading = markup->payload;
    if (reading->in_table && !reading->in_cell)
        move_on(reading, count_of(attributes));
}

static void start_grid_span(tdm__markup *markup, const char *const *attributes)
{
    word_reading *reading = markup->payload;
    reading->span = count_of(attributes);
}

static void start_merge(tdm__markup *markup, const char *const *attributes)
{
    word_reading *reading = markup->payload;
    reading->continues = !tdm__str_equal(tdm__markup_attribute(attributes, "val"), TDM_LIT("restart"));
}

static void note_tracked(tdm__markup *markup)
{
    word_reading *reading = markup->payload;
    tdm__markup_keep(markup,
                     tdm__note_once(reading->file, TDM__INFORMATION, "tracked-changes", 0, TDM_LIT(""),
                                    TDM_LIT(""),
                                    "the document holds tracked changes: what they delete is left out, what "
                                    "they insert is read"));
}

static void start_deletion(tdm__markup *markup, const char *const *attributes)
{
    word_reading *reading = markup->payload;
    (void)attributes;
    note_tracked(markup);
    if (reading->in_row_properties && reading->grid.row_count > 0)
        reading->grid.rows[reading->grid.row_count - 1].deleted = true;
    else
        tdm__markup_skip(markup);
}

static void start_insertion(tdm__markup *markup, const char *const *attributes)
{
    (void)attributes;
    note_tracked(markup);
}

static void start_box(tdm__markup *markup, const char *const *attributes)
{
    word_reading *reading = markup->payload;
    (void)attributes;
    reading->flags |= TDM__CELL_NESTED;
    reading->outside_count += !reading->in_table;
    tdm__markup_skip(markup);
}

static void start_skipped(tdm__markup *markup, const char *const *attributes)
{
    (void)attributes;
    tdm__markup_skip(markup);
}

static void put_in_run(tdm__markup *markup, char c)
{
    word_reading *reading = markup->payload;
    if (reading->in_run)
        tdm__text_char(&reading->text, c);
}

static void start_tab(tdm__markup *markup, const char *const *attributes)
{
    (void)attributes;
    put_in_run(markup, ' ');
}

static void start_break(tdm__markup *markup, const char *const *attributes)
{
    (void)attributes;
    put_in_run(markup, '\n');
}

static void start_hyphen(tdm__markup *markup, const char *const *attributes)
{
    (void)attributes;
    put_in_run(markup, '-');
}

static void set_flag(tdm__markup *markup, const char *name, bool value)
{
    word_reading *reading = markup->payload;
    if (strcmp(name, "r") == 0)
        reading->in_run = value;
    else if (strcmp(name, "t") == 0)
        reading->in_text = value;
    else if (strcmp(name, "trPr") == 0)
        reading->in_row_properties = value;
}

typedef struct element_row {
    const char *name;
    void (*start)(tdm__markup *markup, const char *const *attributes);
} element_row;

static const element_row elements[] = {
    {"tbl", start_table},
    {"tr", start_row},
    {"tc", start_cell},
    {"p", start_paragraph},
    {"gridBefore", start_grid_before},
    {"gridSpan", start_grid_span},
    {"vMerge", start_merge},
    {"tab", start_tab},
    {"br", start_break},
    {"cr", start_break},
    {"noBreakHyphen", start_hyphen},
    {"del", start_deletion},
    {"moveFrom", start_deletion},
    {"ins", start_insertion},
    {"moveTo", start_insertion},
    {"txbxContent", start_box},
    {"rt", start_skipped},    /* how a word is spoken */
    {"sdtPr", start_skipped}, /* of a form field: not its content */
};

static void on_start(tdm__markup *markup, const char *name, const char *const *attributes)
{
    set_flag(markup, name, true);
    for (size_t i = 0; i < sizeof elements / sizeof *elements; i++)
        if (strcmp(name, elements[i].name) == 0) {
            elements[i].start(markup, attributes);
            return;
        }
}

static void on_text(tdm__markup *markup, tdm_str text)
{
    word_reading *reading = markup->payload;
    if (!reading->in_text || (reading->in_table && !reading->in_cell))
        return;
    if (reading->text.length + text.length > TDM__GRID_CELL_BYTES)
        check(markup, TDM_TOO_LARGE);
    else
        tdm__text_add(&reading->text, text);
}

/* --- what ends --- */

/* The text of the cell that this one continues: in the row right above, columns ascend in both. */
static tdm_str text_above(word_reading *reading)
{
    const tdm__grid *grid = &reading->grid;
    size_t here = grid->row_count - 1;
    if (here == 0 || grid->rows[here - 1].row != grid->rows[here].row - 1)
        return (tdm_str){NULL, 0};
    const tdm__grid_row *row = &grid->rows[here - 1];
    while (reading->above < row->count && grid->cells[row->first + reading->above].column < reading->column)
        reading->above++;
    bool is_there = reading->above < row->count &&
                    grid->cells[row->first + reading->above].column == reading->column;
    return is_there ? grid->cells[row->first + reading->above].text : (tdm_str){NULL, 0};
}

static tdm_status put_cell(word_reading *reading)
{
    tdm_str text = tdm__str_trimmed(tdm__text_str(&reading->text));
    if (reading->text.failed)
        return TDM_NO_MEMORY;
    if (reading->continues) {
        text = text_above(reading);
        return tdm__grid_put(&reading->grid, reading->column, text, text.length > 0 ? TDM__CELL_MERGED : 0);
    }
    if (text.length > 0) {
        text = tdm__grid_copy(&reading->grid, text);
        if (!text.data)
            return TDM_NO_MEMORY;
    }
    return tdm__grid_put(&reading->grid, reading->column, text, reading->flags);
}

static void end_table(tdm__markup *markup)
{
    word_reading *reading = markup->payload;
    reading->in_table = false;
    tdm__grid_end(&reading->grid);
    tdm__markup_keep(markup, reading->take(&reading->grid, reading->payload, markup->error));
    tdm__grid_free(&reading->grid);
}

static void end_cell(tdm__markup *markup)
{
    word_reading *reading = markup->payload;
    reading->in_cell = false;
    check(markup, put_cell(reading));
    move_on(reading, reading->span);
}

static void on_end(tdm__markup *markup, const char *name)
{
    word_reading *reading = markup->payload;
    set_flag(markup, name, false);
    if (strcmp(name, "tc") == 0 && reading->in_cell)
        end_cell(markup);
    else if (strcmp(name, "tbl") == 0 && reading->in_table)
        end_table(markup);
    else if (strcmp(name, "p") == 0 && !reading->in_table)
        reading->outside_count += tdm__str_trimmed(tdm__text_str(&reading->text)).length > 0;
}

static tdm_status note_outside(const word_reading *reading)
{
    if (reading->outside_count == 0)
        return TDM_OK;
    return tdm__note(reading->file, TDM__INFORMATION, "text-outside-tables", 0, TDM_LIT(""),
                     "only tables are read: %lld paragraphs stand outside them",
                     (long long)reading->outside_count);
}

tdm_status tdm__word_tables(tdm__package *package, const char *part, tdm__table_taker take, void *payload,
                            tdm_error *error)
{
    static const tdm__markup_handlers handlers = {on_start, on_end, on_text};
    tdm__return *file = tdm__package_file(package);
    word_reading reading = {.file = file, .package = package, .take = take, .payload = payload};
    tdm__text_init(&reading.text, file->allocator);
    tdm_status status = tdm__markup_read(package, part, "the document", &handlers, &reading, error);
    if (status == TDM_OK)
        status = note_outside(&reading);
    tdm__grid_free(&reading.grid);
    tdm__text_free(&reading.text);
    return status;
}

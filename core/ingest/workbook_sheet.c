/*
 * One worksheet to a grid: rows and cells with the numbers they give themselves, or those that follow
 * where they give none; what each cell says as text; cells merged downwards.
 */
#include "ingest/workbook.h"

#include <string.h>

#define ROWS_MAX 1048576 /* of Excel */

/* Where the text that comes belongs. */
typedef enum text_place { TEXT_NOWHERE, TEXT_OF_CELL } text_place;

typedef struct sheet_reading {
    tdm__workbook *book;
    tdm__grid *grid;
    int32_t row;     /* at hand; 0: none yet */
    uint32_t column; /* of the cell at hand */
    uint32_t next;   /* column of a cell that does not say where it stands */
    char type;       /* of the cell: as in the attribute t; 'n' number, 'i' inlineStr, 'f' str */
    uint8_t form;    /* tdm__cell_form of its style */
    text_place place;
} sheet_reading;

static void check(tdm__markup *markup, tdm_status status)
{
    if (status == TDM_TOO_LARGE)
        tdm__markup_fail(markup, status,
                         "a cell is too long, lies too far out, or the texts of the sheet are too many");
    else
        tdm__markup_keep(markup, status);
}

/* "AB12" to column 27 and row 12; false when it is no such place. */
static bool read_place(uint32_t *column, int64_t *row, tdm_str place)
{
    size_t at = 0;
    uint32_t number = 0;
    for (; at < place.length && at < 4 && place.data[at] >= 'A' && place.data[at] <= 'Z'; at++)
        number = number * 26 + (uint32_t)(place.data[at] - 'A') + 1;
    *column = number - 1;
    return number > 0 && number <= TDM__GRID_COLUMNS_MAX &&
           tdm__str_to_int64(row, (tdm_str){place.data + at, place.length - at}) && *row >= 1 &&
           *row <= ROWS_MAX;
}

static void open_row(tdm__markup *markup, const char *const *attributes)
{
    sheet_reading *reading = markup->payload;
    tdm_str given = tdm__markup_attribute(attributes, "r");
    int64_t row = reading->row + 1;
    if (given.data && (!tdm__str_to_int64(&row, given) || row < 1)) {
        tdm__markup_fail(markup, TDM_INVALID_INPUT, "a row has no number that Excel knows");
        return;
    }
    if (row > ROWS_MAX) {
        tdm__markup_fail(markup, TDM_TOO_LARGE, "more rows than Excel has");
        return;
    }
    reading->row = (int32_t)row;
    reading->next = 0;
    check(markup, tdm__grid_open_row(reading->grid, reading->row));
}

static char type_of(tdm_str type)
{
    if (tdm__str_equal(type, TDM_LIT("inlineStr")))
        return 'i';
    if (tdm__str_equal(type, TDM_LIT("str")))
        return 'f';
    return type.length == 1 ? type.data[0] : 'n';
}

static uint8_t form_of(const tdm__workbook *book, tdm_str style)
{
    int64_t number;
    if (!tdm__str_to_int64(&number, style) || number < 0 || (uint64_t)number >= book->form_count)
        return TDM__SHOWN_NUMBER;
    return book->forms[number];
}

static void open_cell(tdm__markup *markup, const char *const *attributes)
{
    sheet_reading *reading = markup->payload;
    int64_t row;
    tdm_str place = tdm__markup_attribute(attributes, "r");
    if (reading->row == 0) {
        tdm__markup_fail(markup, TDM_INVALID_INPUT, "a cell stands outside a row");
        return;
    }
    reading->column = reading->next;
    if (place.data && !read_place(&reading->column, &row, place)) {
        tdm__markup_fail(markup, TDM_INVALID_INPUT, "a cell has no place that Excel knows");
        return;
    }
    reading->next = reading->column + 1;
    reading->type = type_of(tdm__markup_attribute(attributes, "t"));
    reading->form = form_of(reading->book, tdm__markup_attribute(attributes, "s"));
    tdm__text_clear(&reading->book->text);
}

/* "A2:A5" in one column or several: what stands in the first cell runs down the first column. */
static void note_merged(tdm__markup *markup, tdm_str range)
{
    sheet_reading *reading = markup->payload;
    uint32_t column, last_column;
    int64_t first, last;
    tdm_str rest = range, start = tdm__str_split(&rest, ':');
    if (!read_place(&column, &first, start) || !read_place(&last_column, &last, rest) || last <= first)
        return;
    check(markup,
          tdm__grid_span_down(reading->grid, (tdm__grid_span){column, (int32_t)first, (int32_t)last}));
}

static void on_start(tdm__markup *markup, const char *name, const char *const *attributes)
{
    sheet_reading *reading = markup->payload;
    reading->place = TEXT_NOWHERE;
    if (strcmp(name, "row") == 0)
        open_row(markup, attributes);
    else if (strcmp(name, "c") == 0)
        open_cell(markup, attributes);
    else if (strcmp(name, "v") == 0 || strcmp(name, "t") == 0)
        reading->place = TEXT_OF_CELL;
    else if (strcmp(name, "mergeCell") == 0)
        note_merged(markup, tdm__markup_attribute(attributes, "ref"));
    else if (strcmp(name, "extLst") == 0 || strcmp(name, "rPh") == 0 || strcmp(name, "f") == 0)
        tdm__markup_skip(markup);
}

static void on_text(tdm__markup *markup, tdm_str text)
{
    sheet_reading *reading = markup->payload;
    tdm__text *whole = &reading->book->text;
    if (reading->place != TEXT_OF_CELL)
        return;
    if (whole->length + text.length > TDM__GRID_CELL_BYTES)
        check(markup, TDM_TOO_LARGE);
    else
        tdm__text_add(whole, text);
}

/* --- what a cell says --- */

static tdm_status put(sheet_reading *reading, tdm_str text)
{
    if (tdm__cell_is_error(text))
        return tdm__grid_put(reading->grid, reading->column, TDM_LIT(""), TDM__CELL_ERROR);
    return tdm__grid_put(reading->grid, reading->column, text, 0);
}

static tdm_status put_copy(sheet_reading *reading, tdm_str text)
{
    if (text.length == 0)
        return TDM_OK;
    tdm_str copy = tdm__grid_copy(reading->grid, text);
    return copy.data ? put(reading, copy) : TDM_NO_MEMORY;
}

static tdm_status put_shared(sheet_reading *reading, tdm_str number)
{
    int64_t index;
    const tdm__workbook *book = reading->book;
    if (number.length == 0)
        return TDM_OK;
    if (!tdm__str_to_int64(&index, number) || index < 0 || (uint64_t)index >= book->shared_count)
        return tdm__grid_put(reading->grid, reading->column, TDM_LIT(""), TDM__CELL_BROKEN);
    return put(reading, book->shared[index]);
}

static tdm_status put_escaped(sheet_reading *reading, tdm_str text)
{
    tdm__text plain;
    tdm__text_init(&plain, reading->book->file->allocator);
    tdm__cell_put_text(&plain, text);
    tdm_status status = plain.failed ? TDM_NO_MEMORY : put_copy(reading, tdm__text_str(&plain));
    tdm__text_free(&plain);
    return status;
}

static tdm_status put_cell(sheet_reading *reading)
{
    char text[TDM__CELL_TEXT_SIZE];
    tdm_str written = tdm__text_str(&reading->book->text);
    switch (reading->type) {
    case 's':
        return put_shared(reading, tdm__str_trimmed(written));
    case 'i':
    case 'f':
        return put_escaped(reading, written);
    case 'e':
        return tdm__grid_put(reading->grid, reading->column, TDM_LIT(""), TDM__CELL_ERROR);
    case 'b':
        if (written.length == 0)
            return TDM_OK;
        return put(reading, tdm__str_equal(tdm__str_trimmed(written), TDM_LIT("0")) ? TDM_LIT("FALSE")
                                                                                    : TDM_LIT("TRUE"));
    case 'd':
        return put_copy(reading, tdm__cell_iso_text(text, written) ? tdm__str(text) : written);
    default:
        break;
    }
    bool made = tdm__cell_number_text(text, written, (tdm__cell_form)reading->form, reading->book->from_1904);
    return put_copy(reading, made ? tdm__str(text) : tdm__str_trimmed(written));
}

static void on_end(tdm__markup *markup, const char *name)
{
    sheet_reading *reading = markup->payload;
    reading->place = TEXT_NOWHERE;
    if (strcmp(name, "c") == 0 && reading->row > 0)
        check(markup, reading->book->text.failed ? TDM_NO_MEMORY : put_cell(reading));
}

tdm_status tdm__workbook_sheet(tdm__grid *grid, tdm__workbook *book, const char *part, tdm_error *error)
{
    static const tdm__markup_handlers handlers = {on_start, on_end, on_text};
    sheet_reading reading = {.book = book, .grid = grid};
    tdm_status status = tdm__markup_read(book->package, part, "a sheet", &handlers, &reading, error);
    tdm__grid_end(grid);
    return status;
}

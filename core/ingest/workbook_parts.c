/*
 * What the sheets of a workbook share: their list and the date system, the strings, the styles.
 */
#include "ingest/workbook.h"

#include <string.h>

/* --- workbook.xml --- */

static void add_sheet(tdm__markup *markup, const char *const *attributes)
{
    tdm__workbook *book = markup->payload;
    tdm_str name = tdm__markup_attribute(attributes, "name");
    if (book->sheet_count == TDM__SHEETS_MAX || name.length > TDM__SHEET_NAME_BYTES_MAX) {
        tdm__markup_fail(markup, TDM_TOO_LARGE, "more sheets than any return has, or a longer name");
        return;
    }
    tdm__sheet *grown = tdm__grown(book->file->allocator, book->sheets, &book->sheet_capacity,
                                   book->sheet_count + 1, sizeof *grown);
    if (!grown) {
        tdm__markup_keep(markup, TDM_NO_MEMORY);
        return;
    }
    book->sheets = grown;
    tdm__sheet *sheet = &book->sheets[book->sheet_count++];
    sheet->name = tdm__arena_copy(&book->arena, name);
    sheet->relation = tdm__arena_copy(&book->arena, tdm__markup_attribute(attributes, "id"));
    if (!sheet->name.data || !sheet->relation.data)
        tdm__markup_keep(markup, TDM_NO_MEMORY);
}

static void workbook_start(tdm__markup *markup, const char *name, const char *const *attributes)
{
    tdm__workbook *book = markup->payload;
    if (strcmp(name, "sheet") == 0)
        add_sheet(markup, attributes);
    if (strcmp(name, "workbookPr") == 0) {
        tdm_str value = tdm__markup_attribute(attributes, "date1904");
        book->from_1904 = tdm__str_equal(value, TDM_LIT("1")) || tdm__str_equal(value, TDM_LIT("true"));
    }
}

tdm_status tdm__workbook_sheets(tdm__workbook *book, const char *part, tdm_error *error)
{
    static const tdm__markup_handlers handlers = {.start = workbook_start};
    return tdm__markup_read(book->package, part, "the list of sheets", &handlers, book, error);
}

/* --- sharedStrings.xml --- */

typedef struct strings_reading {
    tdm__workbook *book;
    bool in_text;
} strings_reading;

static void string_start(tdm__markup *markup, const char *name, const char *const *attributes)
{
    strings_reading *reading = markup->payload;
    (void)attributes;
    if (strcmp(name, "si") == 0)
        tdm__text_clear(&reading->book->text);
    else if (strcmp(name, "rPh") == 0)
        tdm__markup_skip(markup); /* how the text is spoken, in Japanese workbooks */
    reading->in_text = strcmp(name, "t") == 0;
}

static void string_text(tdm__markup *markup, tdm_str text)
{
    strings_reading *reading = markup->payload;
    if (reading->in_text)
        tdm__text_add(&reading->book->text, text);
}

static void keep_string(tdm__markup *markup, tdm__workbook *book)
{
    tdm__text plain;
    tdm_str *grown = tdm__grown(book->file->allocator, book->shared, &book->shared_capacity,
                                book->shared_count + 1, sizeof *grown);
    if (!grown || book->text.failed) {
        tdm__markup_keep(markup, TDM_NO_MEMORY);
        return;
    }
    book->shared = grown;
    tdm__text_init(&plain, book->file->allocator);
    tdm__cell_put_text(&plain, tdm__text_str(&book->text));
    tdm_str copy = TDM_LIT("");
    if (plain.failed || plain.length > 0)
        copy = plain.failed ? (tdm_str){NULL, 0} : tdm__arena_copy(&book->arena, tdm__text_str(&plain));
    tdm__text_free(&plain);
    if (copy.data)
        book->shared[book->shared_count++] = copy;
    else
        tdm__markup_keep(markup, TDM_NO_MEMORY);
}

static void string_end(tdm__markup *markup, const char *name)
{
    strings_reading *reading = markup->payload;
    reading->in_text = false;
    if (strcmp(name, "si") == 0)
        keep_string(markup, reading->book);
}

tdm_status tdm__workbook_strings(tdm__workbook *book, const char *part, tdm_error *error)
{
    static const tdm__markup_handlers handlers = {string_start, string_end, string_text};
    strings_reading reading = {.book = book};
    return tdm__markup_read(book->package, part, "the list of shared texts", &handlers, &reading, error);
}

/* --- styles.xml --- */

#define FORMAT_IDS 65536 /* Excel's own limit is lower */

typedef struct styles_reading {
    tdm__workbook *book;
    uint8_t *declared; /* 1 + form of each number format that the file declares; 0: it does not */
    bool in_formats, in_styles;
} styles_reading;

static int64_t number_of(const char *const *attributes, const char *name)
{
    int64_t number;
    return tdm__str_to_int64(&number, tdm__markup_attribute(attributes, name)) ? number : -1;
}

static void add_style(tdm__markup *markup, const char *const *attributes)
{
    styles_reading *reading = markup->payload;
    tdm__workbook *book = reading->book;
    int64_t id = number_of(attributes, "numFmtId");
    uint8_t *grown = tdm__grown(book->file->allocator, book->forms, &book->form_capacity,
                                book->form_count + 1, sizeof *grown);
    if (!grown) {
        tdm__markup_keep(markup, TDM_NO_MEMORY);
        return;
    }
    book->forms = grown;
    bool is_declared = id >= 0 && id < FORMAT_IDS && reading->declared[id] > 0;
    book->forms[book->form_count++] = is_declared ? (uint8_t)(reading->declared[id] - 1)
                                                  : (uint8_t)tdm__cell_form_built_in(id);
}

static void styles_start(tdm__markup *markup, const char *name, const char *const *attributes)
{
    styles_reading *reading = markup->payload;
    if (strcmp(name, "numFmts") == 0)
        reading->in_formats = true;
    else if (strcmp(name, "cellXfs") == 0)
        reading->in_styles = true;
    else if (reading->in_styles && strcmp(name, "xf") == 0)
        add_style(markup, attributes);
    if (!reading->in_formats || strcmp(name, "numFmt") != 0)
        return;
    int64_t id = number_of(attributes, "numFmtId");
    if (id >= 0 && id < FORMAT_IDS)
        reading->declared[id] =
            (uint8_t)(1 + tdm__cell_form_of_code(tdm__markup_attribute(attributes, "formatCode")));
}

static void styles_end(tdm__markup *markup, const char *name)
{
    styles_reading *reading = markup->payload;
    if (strcmp(name, "numFmts") == 0)
        reading->in_formats = false;
    else if (strcmp(name, "cellXfs") == 0)
        reading->in_styles = false;
}

tdm_status tdm__workbook_styles(tdm__workbook *book, const char *part, tdm_error *error)
{
    static const tdm__markup_handlers handlers = {.start = styles_start, .end = styles_end};
    styles_reading reading = {.book = book};
    reading.declared = tdm__alloc_zeroed(book->file->allocator, FORMAT_IDS, sizeof *reading.declared);
    if (!reading.declared)
        return tdm__no_memory(error);
    tdm_status status = tdm__markup_read(book->package, part, "the list of styles", &handlers, &reading,
                                         error);
    tdm__free(book->file->allocator, reading.declared);
    return status;
}

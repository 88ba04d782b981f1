/*
 * A sheet back from a spreadsheet: the rows above the table, and what holds for the whole. Problems are
 * told with row and heading, in the order of the rows; what stands in a cell is not shown.
 */
#include "instrument/sheet.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "instrument/sheet_reader.h"

/* --- what both parts share --- */

void tdm__sheet_problem(tdm__sheet_reader *r, int64_t field, bool ends, const char *format, ...)
{
    char message[sizeof r->problems.first.message];
    va_list values;
    if (r->has_no_memory)
        return;
    va_start(values, format);
    vsnprintf(message, sizeof message, format, values);
    va_end(values);
    tdm__problem(&r->problems, ends, (tdm_place){r->assessment->file, r->row, (int32_t)field + 1}, "%s",
                 message);
    if (!ends && tdm__assessment_leave_out(r->assessment, r->item, r->row) != TDM_OK)
        tdm__sheet_no_memory(r);
}

void tdm__sheet_no_memory(tdm__sheet_reader *r)
{
    r->has_no_memory = true;
}

bool tdm__sheet_keep(tdm_str *out, tdm__sheet_reader *r, tdm_str text)
{
    *out = tdm__arena_copy(&r->assessment->arena, text);
    if (!out->data)
        tdm__sheet_no_memory(r);
    return out->data != NULL;
}

void *tdm__sheet_room(tdm__sheet_reader *r, void *items, size_t count, size_t item_size)
{
    enum { SMALLEST = 8 };
    if (count > 0 && (count < SMALLEST || (count & (count - 1)) != 0))
        return items;
    void *room = tdm__arena_array(&r->assessment->arena, count > 0 ? 2 * count : SMALLEST, item_size);
    if (!room)
        tdm__sheet_no_memory(r);
    else if (count > 0)
        memcpy(room, items, count * item_size);
    return room;
}

tdm_str tdm__sheet_field(const tdm__sheet_reader *r, size_t field)
{
    return field < r->csv.field_count ? r->csv.fields[field] : (tdm_str){"", 0};
}

/* --- above the table --- */

static bool is_empty(tdm_str cell)
{
    return tdm__str_trimmed(cell).length == 0;
}

/* Problems with what every form must have end the reading. */
static void tell_row(tdm__sheet_reader *r, const tdm__sheet_row *row, const char *expected)
{
    tdm__sheet_problem(r, 1, row->required, "\"%s\": expected %s", row->name, expected);
}

/* What a text must be, where it is not; else "". */
static const char *misfit(const tdm__sheet_row *row, tdm_str text)
{
    if (row->required && text.length == 0)
        return "a text that is not empty";
    if (row->which == TDM__FORM_AGENCY && !tdm__code_shaped(text))
        return "the code of an agency";
    if (row->which == TDM__FORM_AGE_BAND && !tdm__instrument_code_valid(text))
        return "the code of an age band";
    return "";
}

static void read_text(tdm__sheet_reader *r, const tdm__sheet_row *row, tdm_str cell)
{
    tdm_str text;
    if (!tdm__sheet_text(&text, cell))
        return;
    const char *expected = misfit(row, text);
    if (row->choices && !tdm__sheet_choice(&text, text, row->choices))
        tdm__sheet_problem(r, 1, row->required, "\"%s\": expected one of: %s", row->name, row->choices);
    else if (*expected)
        tell_row(r, row, expected);
    else
        tdm__sheet_keep(&r->assessment->texts[row->which], r, text);
}

static void read_date(tdm__sheet_reader *r, const tdm__sheet_row *row, tdm_str cell)
{
    tdm_assessment *assessment = r->assessment;
    tdm_day *const days[TDM__SHEET_DAY_COUNT] = {
        [TDM__SHEET_DATED] = &assessment->date,
        [TDM__SHEET_RECORDED] = &assessment->recorded,
        [TDM__SHEET_WINDOW_FROM] = &assessment->window_from,
        [TDM__SHEET_WINDOW_TO] = &assessment->window_to,
    };
    if (!tdm__sheet_day_read(days[row->which], cell, &r->dates))
        tell_row(r, row, "a day that exists, as 14/05/2024 or 2024-05-14");
}

static void read_condition(tdm__sheet_reader *r, tdm_str cell)
{
    tdm_assessment *assessment = r->assessment;
    tdm__condition condition = {.line = r->row};
    tdm_str name;
    tdm__condition *conditions = tdm__sheet_room(r, assessment->conditions, assessment->condition_count,
                                                 sizeof condition);
    if (!conditions || !tdm__sheet_text(&name, cell) || !tdm__sheet_keep(&condition.name, r, name))
        return;
    assessment->conditions = conditions;
    assessment->conditions[assessment->condition_count++] = condition;
}

static void read_named_row(tdm__sheet_reader *r, const tdm__sheet_row *row)
{
    tdm_str cell = tdm__sheet_field(r, 1);
    int32_t *row_of = &r->row_of[row - tdm__sheet_rows];
    /* The third column is ours, and tells what is expected. */
    for (size_t i = 3; i < r->csv.field_count; i++)
        if (!is_empty(r->csv.fields[i]))
            tdm__sheet_problem(r, (int64_t)i, false, "\"%s\": expected nothing behind the third column",
                               row->name);
    if (row->kind == TDM__SHEET_TOLD || is_empty(cell))
        return;
    if (row->kind != TDM__SHEET_CONDITION && *row_of > 0) {
        tell_row(r, row, "this in one row alone");
        return;
    }
    *row_of = r->row;
    if (row->kind == TDM__SHEET_CONDITION)
        read_condition(r, cell);
    else if (row->kind == TDM__SHEET_DATE)
        read_date(r, row, cell);
    else
        read_text(r, row, cell);
}

static void read_row(tdm__sheet_reader *r)
{
    const tdm__sheet_row *row = tdm__sheet_row_named(tdm__sheet_field(r, 0));
    if (row)
        read_named_row(r, row);
    else if (tdm__sheet_is_headings(r))
        tdm__sheet_read_headings(r);
    else
        tdm__sheet_problem(
            r, 0, false,
            "expected the name of a row as the blank sheet has it, or the headings of the table");
}

/* --- the whole --- */

static const tdm__sheet_row *row_of_text(int text)
{
    const tdm__sheet_row *row = tdm__sheet_rows;
    while (row->kind != TDM__SHEET_TEXT || row->which != text)
        row++;
    return row;
}

static const tdm__sheet_row *row_of_day(int day)
{
    const tdm__sheet_row *row = tdm__sheet_rows;
    while (row->kind != TDM__SHEET_DATE || row->which != day)
        row++;
    return row;
}

static int32_t place_of(const tdm__sheet_reader *r, const tdm__sheet_row *row)
{
    return r->row_of[row - tdm__sheet_rows];
}

/* What must stand beside something else; told at the row that is there. */
static void check_subject(tdm__sheet_reader *r)
{
    tdm_str *texts = r->assessment->texts;
    const tdm__sheet_row *type = row_of_text(TDM__FORM_SUBJECT_TYPE), *id = row_of_text(TDM__FORM_SUBJECT_ID);
    if ((place_of(r, type) == 0) == (place_of(r, id) == 0)) {
        if (!texts[TDM__FORM_SUBJECT_TYPE].data)
            texts[TDM__FORM_SUBJECT_ID] = (tdm_str){NULL, 0};
        return;
    }
    const tdm__sheet_row *given = place_of(r, type) > 0 ? type : id;
    r->row = place_of(r, given);
    tell_row(r, given, "\"subject type\" and \"subject id\" both, or neither");
    texts[TDM__FORM_SUBJECT_TYPE] = texts[TDM__FORM_SUBJECT_ID] = (tdm_str){NULL, 0};
}

static void check_window(tdm__sheet_reader *r)
{
    tdm_assessment *a = r->assessment;
    const tdm__sheet_row *from = row_of_day(TDM__SHEET_WINDOW_FROM), *to = row_of_day(TDM__SHEET_WINDOW_TO);
    bool is_read = a->window_from != TDM_DAY_NONE && a->window_to != TDM_DAY_NONE;
    r->row = place_of(r, to) > 0 ? place_of(r, to) : place_of(r, from);
    if ((place_of(r, from) == 0) != (place_of(r, to) == 0)) {
        tell_row(r, place_of(r, to) > 0 ? to : from, "\"window from\" and \"window to\" both, or neither");
    } else if (is_read && a->window_to < a->window_from) {
        tell_row(r, to, "a last day that is not before the first");
    } else if (is_read) {
        return;
    }
    a->window_from = a->window_to = TDM_DAY_NONE;
}

static void check_whole(tdm__sheet_reader *r)
{
    check_subject(r);
    check_window(r);
    r->row = 1;
    for (size_t i = 0; i < tdm__sheet_row_count; i++)
        if (tdm__sheet_rows[i].required && r->row_of[i] == 0)
            tell_row(r, &tdm__sheet_rows[i], "a row of this name that is filled in");
    if (!r->in_table)
        tdm__sheet_problem(r, -1, true, "expected a table with the headings \"item\" and \"grade\"");
    r->assessment->instrument_line = place_of(r, row_of_text(TDM__FORM_INSTRUMENT));
    r->assessment->version_line = place_of(r, row_of_text(TDM__FORM_VERSION));
    r->assessment->age_band_line = place_of(r, row_of_text(TDM__FORM_AGE_BAND));
}

/* Moves to the next row with anything in it; false at the end, and where there is no memory. */
static bool next_row(tdm__sheet_reader *r)
{
    bool more = true, is_blank = true;
    while (more && is_blank && !r->has_no_memory) {
        tdm_error error = {.status = TDM_OK};
        tdm_status status = tdm__csv_next(&r->csv, &more, &error);
        r->row = r->csv.line - r->inner_lines;
        r->inner_lines += r->csv.next_line - r->csv.line - (more ? 1 : 0);
        if (status == TDM_NO_MEMORY)
            tdm__sheet_no_memory(r);
        else if (status != TDM_OK)
            tdm__sheet_problem(r, (int64_t)error.column - 1, false, "%s", error.message);
        for (size_t i = 0; i < r->csv.field_count; i++)
            is_blank = is_blank && is_empty(r->csv.fields[i]);
    }
    return more && !r->has_no_memory;
}

/* Day and month change places in a program that is set up for the United States. */
static void find_date_order(tdm__sheet_reader *r)
{
    tdm_day told, turned;
    tdm_day_from_civil(&turned, 2001, 3, 2);
    if (tdm__sheet_day_read(&told, tdm__sheet_field(r, 2), &r->dates) && told == turned)
        r->dates.order = TDM_MONTH_FIRST;
}

static bool read_marker(tdm__sheet_reader *r)
{
    int32_t form = 0;
    bool is_there = next_row(r);
    find_date_order(r);
    if (is_there && tdm__sheet_number(&form, tdm__sheet_field(r, 1)) && form == 1)
        return true;
    tdm__sheet_problem(r, 1, true, "expected form 1 of the sheet behind its mark");
    return false;
}

static void read_sheet(tdm__sheet_reader *r)
{
    if (!read_marker(r))
        return;
    while (next_row(r))
        (r->in_table ? tdm__sheet_read_item : read_row)(r);
    if (r->has_no_memory)
        return;
    tdm__sheet_end_table(r);
    check_whole(r);
}

/* Without a byte order mark, lines before the first with anything in it, and the quote around its first cell.
 */
static tdm_str first_cell(tdm_str *content)
{
    if (tdm__str_starts(*content, TDM_LIT("\xEF\xBB\xBF")))
        *content = (tdm_str){content->data + 3, content->length - 3};
    tdm_str head = *content;
    while (head.length > 0 && (head.data[0] == '\r' || head.data[0] == '\n'))
        head = (tdm_str){head.data + 1, head.length - 1};
    if (head.length > 0 && head.data[0] == '"')
        head = (tdm_str){head.data + 1, head.length - 1};
    size_t length = 0;
    while (length < head.length && length < 64 && !memchr(",;\t|\r\n\"", head.data[length], 7))
        length++;
    return (tdm_str){head.data, length};
}

bool tdm__sheet_recognised(tdm_str content)
{
    return tdm__sheet_is_marker(first_cell(&content));
}

/* What stands behind the mark. */
static char delimiter_of(tdm_str content)
{
    tdm_str cell = first_cell(&content);
    const char *end = cell.data + cell.length;
    if (end < content.data + content.length && *end == '"')
        end++;
    return end < content.data + content.length && memchr(";\t|", *end, 3) ? *end : ',';
}

static void read_content(tdm__sheet_reader *r, tdm_str content)
{
    size_t bad_at;
    char delimiter = delimiter_of(content);
    r->row = 1;
    if (!tdm__sheet_recognised(content)) {
        tdm__sheet_problem(r, 0, true, "expected \"" TDM__SHEET_MARKER "\" in the first cell");
        return;
    }
    first_cell(&content);
    if (!tdm__utf8_valid(content, &bad_at) || memchr(content.data, '\0', content.length)) {
        tdm_error problem = {.status = TDM_OK};
        tdm__fail_at(&problem, TDM_ENCODING, (tdm_place){r->assessment->file, 0, 0}, "expected UTF-8 text");
        tdm__problems_add(&r->problems, true, &problem);
        return;
    }
    tdm__csv_init(&r->csv, &r->assessment->allocator, content, delimiter);
    read_sheet(r);
    tdm__csv_free(&r->csv);
}

static void new_assessment(tdm__sheet_reader *r, const tdm_allocator *allocator, tdm_str file)
{
    tdm_assessment *a = tdm__alloc_zeroed(allocator, 1, sizeof *a);
    r->assessment = a;
    r->has_no_memory = !a;
    if (!a)
        return;
    a->allocator = *allocator;
    tdm__arena_init(&a->arena, &a->allocator);
    a->line = 1;
    a->date = a->recorded = a->window_from = a->window_to = TDM_DAY_NONE;
    tdm__sheet_keep(&a->file, r, file);
}

tdm_status tdm__sheet_read(tdm_assessment **out, const tdm_allocator *allocator, tdm_str content,
                           tdm_str file, const tdm__sheet_known *known, const tdm_assessment_options *options,
                           tdm_error *error)
{
    tdm__sheet_reader r = {.known = known, .dates = tdm_date_rules_default(), .item = TDM_LIT("")};
    *out = NULL;
    if (options && options->struct_size != sizeof *options)
        return tdm__fail(error, TDM_INVALID_ARG, "tdm_assessment_options: struct_size of no known version");
    tdm__problems_init(&r.problems, options && options->lenient, options ? options->problem : NULL,
                       options ? options->payload : NULL);
    for (int i = 0; i < TDM__ONCE_COUNT; i++)
        tdm__dictionary_init(&r.once[i], allocator);
    new_assessment(&r, allocator, file);
    if (!r.has_no_memory)
        read_content(&r, content);
    for (int i = 0; i < TDM__ONCE_COUNT; i++)
        tdm__dictionary_free(&r.once[i]);
    tdm_status status = r.has_no_memory ? tdm__no_memory(error) : tdm__problems_end(&r.problems, error);
    if (status == TDM_OK)
        *out = r.assessment;
    else
        tdm_assessment_free(r.assessment);
    return status;
}

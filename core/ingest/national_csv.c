/*
 * Rows of a national form's CSV file under headings that are known (see national.h). What a row means
 * is its reader's business.
 */
#include "ingest/national.h"

#include "base/csv.h"

#define ROWS_BETWEEN_POLLS 1024
#define HEADING_BYTES_MAX  128
#define HEADING_LINE_MAX   8192 /* no national form has as many headings */

typedef struct walking {
    tdm__return *file;
    const tdm__national_rows *rows;
    tdm__csv csv;
    size_t *at; /* column of each name; SIZE_MAX: not in the file */
    tdm_str *values;
    size_t width; /* of the heading */
    bool *dated;  /* names whose column is still taken as day first */
} walking;

static size_t filled_of(const tdm__csv *csv)
{
    size_t filled = csv->field_count;
    while (filled > 0 && tdm__str_trimmed(csv->fields[filled - 1]).length == 0)
        filled--;
    return filled;
}

static tdm_status note_heading(walking *w, tdm_str written, bool twice)
{
    if (twice)
        return tdm__note(w->file, TDM__WARNING, "heading-twice", w->csv.line, written,
                         "this heading stands twice; the first column of it is read");
    return tdm__note_once(w->file, TDM__WARNING, "column-unknown", w->csv.line, written, written,
                          "the form has no column of this name; it is not read");
}

static tdm_status match_heading(walking *w, tdm__text *folded, size_t column)
{
    bool known = false, twice = false;
    tdm_str written = tdm__str_trimmed(w->csv.fields[column]);
    tdm__text_clear(folded);
    if (written.length <= HEADING_BYTES_MAX && tdm__fold(folded, written) != TDM_OK)
        return TDM_NO_MEMORY;
    for (size_t i = 0; i < w->rows->name_count; i++) {
        if (!tdm__str_equal(tdm__text_str(folded), tdm__str(w->rows->name(w->rows->payload, i))))
            continue;
        known = true;
        twice = w->at[i] != SIZE_MAX;
        if (!twice)
            w->at[i] = column;
    }
    if (written.length == 0 || (known && !twice) || w->rows->headings_open)
        return TDM_OK;
    return note_heading(w, written, twice);
}

static tdm_status read_heading(walking *w, tdm_error *error)
{
    bool more;
    tdm__text folded;
    tdm_status status = tdm__csv_next(&w->csv, &more, NULL);
    if (status == TDM_NO_MEMORY)
        return status;
    if (status != TDM_OK || !more)
        return tdm__fail_at(error, TDM_INVALID_INPUT, (tdm_place){w->file->name, w->csv.line, 0},
                            "the heading cannot be read");
    w->width = filled_of(&w->csv);
    for (size_t i = 0; i < w->rows->name_count; i++)
        w->at[i] = SIZE_MAX;
    tdm__text_init(&folded, w->file->allocator);
    for (size_t column = 0; column < w->csv.field_count && status == TDM_OK; column++)
        status = match_heading(w, &folded, column);
    tdm__text_free(&folded);
    return status;
}

/* --- the order of day and month --- */

static bool is_month_first_only(tdm_str value, const tdm_date_rules *rules)
{
    tdm_date date;
    tdm_day day;
    tdm_date_rules other = *rules;
    if (value.length == 0 || rules->order != TDM_DAY_FIRST ||
        tdm_day_parse_iso(&day, (tdm_str){value.data, value.length < 10 ? value.length : 10}) ||
        tdm_date_parse(&date, NULL, value, rules) == TDM_OK)
        return false;
    other.order = TDM_MONTH_FIRST;
    return tdm_date_parse(&date, NULL, value, &other) == TDM_OK;
}

static tdm_status look_at_dates(walking *w, const tdm__csv *ahead)
{
    tdm_status status = TDM_OK;
    for (size_t i = 0; i < w->rows->name_count && status == TDM_OK; i++) {
        if (!w->dated[i] || w->at[i] >= ahead->field_count ||
            !is_month_first_only(tdm__str_trimmed(ahead->fields[w->at[i]]), w->rows->rules))
            continue;
        w->rows->doubtful[i] = true;
        w->dated[i] = false;
        status =
            tdm__note(w->file, TDM__WARNING, "date-order-doubtful", ahead->line,
                      tdm__str(w->rows->name(w->rows->payload, i)),
                      "this row can only be read month first: dates of this column that can be read both "
                      "ways become the stretch between the two readings");
    }
    return status;
}

/* A first walk: one date that is month first casts doubt on those above it too. */
static tdm_status find_doubtful_orders(walking *w)
{
    tdm__csv ahead;
    bool more = true;
    tdm_status status = TDM_OK;
    if (!w->rows->holds_dates)
        return TDM_OK;
    for (size_t i = 0; i < w->rows->name_count; i++)
        w->dated[i] = w->rows->holds_dates(w->rows->payload, i);
    tdm__csv_init(&ahead, w->file->allocator, w->csv.text, w->csv.delimiter);
    ahead.at = w->csv.at;
    ahead.next_line = w->csv.next_line;
    while (more && status == TDM_OK) {
        status = tdm__csv_next(&ahead, &more, NULL);
        if (status == TDM_OK && more)
            status = look_at_dates(w, &ahead);
        else if (status != TDM_NO_MEMORY)
            status = TDM_OK; /* told when the rows are read */
    }
    tdm__csv_free(&ahead);
    return status;
}

/* --- rows --- */

static tdm_status read_row(walking *w)
{
    bool landed = false;
    tdm_status status = TDM_OK;
    size_t filled = filled_of(&w->csv);
    if (filled == 0)
        return TDM_OK;
    if (filled > w->width)
        status = tdm__note(w->file, TDM__WARNING, "row-too-long", w->csv.line, TDM_LIT(""),
                           "the row has more cells than the heading; those behind it are not read");
    for (size_t i = 0; i < w->rows->name_count; i++)
        w->values[i] = w->at[i] < w->csv.field_count ? tdm__str_trimmed(w->csv.fields[w->at[i]])
                                                     : (tdm_str){NULL, 0};
    if (status == TDM_OK)
        status = w->rows->row(&landed, w->rows->payload, w->values, w->csv.line);
    if (status != TDM_OK)
        return status;
    w->file->rows++;
    w->file->read += landed;
    w->file->set_aside += !landed;
    return TDM_OK;
}

static tdm_status read_rows(walking *w, tdm_error *error)
{
    tdm_error why;
    bool more = true;
    tdm_status status = TDM_OK;
    for (int64_t walked = 1; more && status == TDM_OK; walked++) {
        status = tdm__csv_next(&w->csv, &more, &why);
        if (status == TDM_INVALID_INPUT || status == TDM_TOO_LARGE) {
            w->file->rows++;
            w->file->set_aside++;
            status = tdm__note(w->file, TDM__ERROR, "row-not-read", why.line, TDM_LIT(""), "%s", why.message);
        } else if (status == TDM_OK && more) {
            status = read_row(w);
        }
        if (status == TDM_OK && walked % ROWS_BETWEEN_POLLS == 0)
            status = tdm__context_poll(w->file->collection->context, error);
    }
    return status;
}

tdm_status tdm__national_walk(tdm__return *file, const tdm__national_rows *rows, tdm_error *error)
{
    walking w = {.file = file, .rows = rows};
    w.at = tdm__arena_array(&file->arena, rows->name_count + 1, sizeof *w.at);
    w.values = tdm__arena_array(&file->arena, rows->name_count + 1, sizeof *w.values);
    w.dated = tdm__arena_array(&file->arena, rows->name_count + 1, sizeof *w.dated);
    if (!w.at || !w.values || !w.dated)
        return TDM_NO_MEMORY;
    tdm__csv_init(&w.csv, file->allocator, file->content, tdm__csv_guess_delimiter(file->content));
    tdm_status status = read_heading(&w, error);
    if (status == TDM_OK)
        status = find_doubtful_orders(&w);
    if (status == TDM_OK)
        status = read_rows(&w, error);
    tdm__csv_free(&w.csv);
    return status;
}

/* --- looking at a heading --- */

static char delimiter_of(tdm_str line)
{
    char best = ',';
    size_t most = 0;
    for (const char *c = ",;\t|"; *c; c++) {
        size_t count = 0;
        for (size_t i = 0; i < line.length; i++)
            count += line.data[i] == *c;
        if (count > most) {
            most = count;
            best = *c;
        }
    }
    return best;
}

/* Headings of national forms are bare words: no quote, line break or white space stands in one. */
static tdm_str bare_cell(tdm_str cell)
{
    cell = tdm__str_trimmed(cell);
    if (cell.length >= 2 && cell.data[0] == '"' && cell.data[cell.length - 1] == '"')
        cell = (tdm_str){cell.data + 1, cell.length - 2};
    return cell;
}

size_t tdm__national_headings(size_t *cells, tdm_str content,
                              bool (*known)(tdm_str heading, const void *payload), const void *payload)
{
    size_t count = 0;
    *cells = 0;
    if (tdm__str_starts(content, TDM_LIT("\xef\xbb\xbf")))
        content = (tdm_str){content.data + 3, content.length - 3};
    if (content.length > HEADING_LINE_MAX)
        content.length = HEADING_LINE_MAX;
    tdm_str line = {NULL, 0};
    while (content.length > 0 && line.length == 0)
        line = tdm__str_trimmed(tdm__str_split(&content, '\n'));
    tdm_str carriage = tdm__str_split(&line, '\r');
    char delimiter = delimiter_of(carriage);
    while (carriage.length > 0) {
        tdm_str cell = bare_cell(tdm__str_split(&carriage, delimiter));
        *cells += cell.length > 0;
        count += cell.length > 0 && known(cell, payload);
    }
    return count;
}

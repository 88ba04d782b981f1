/*
 * Records of a delimited file (see csv.h). Fields are slices of the text; only one that holds a
 * doubled quote is copied. A line without a quote is split without looking at each byte.
 */
#include "base/csv.h"

#include <string.h>

#define FIELD_LIMIT_DEFAULT (1024u * 1024u)
#define FIELDS_MAX          16384u

#define EVERY_BYTE(byte) (UINT64_C(0x0101010101010101) * (unsigned char)(byte))
#define LOW_SEVEN        UINT64_C(0x7F7F7F7F7F7F7F7F)

void tdm__csv_init(tdm__csv *csv, const tdm_allocator *allocator, tdm_str text, char delimiter)
{
    memset(csv, 0, sizeof *csv);
    csv->allocator = allocator;
    csv->text = text;
    csv->delimiter = delimiter;
    csv->line = 1;
    csv->next_line = 1;
    csv->field_limit_bytes = FIELD_LIMIT_DEFAULT;
    csv->fields_wanted = SIZE_MAX;
    tdm__text_init(&csv->unquoted, allocator);
}

void tdm__csv_free(tdm__csv *csv)
{
    if (!csv->allocator)
        return;
    tdm__free(csv->allocator, csv->fields);
    tdm__text_free(&csv->unquoted);
    csv->fields = NULL;
    csv->field_count = 0;
    csv->field_capacity = 0;
}

void tdm__csv_move(tdm__csv *csv, tdm_str text, size_t at, int32_t next_line)
{
    static const tdm__csv_mark unknown = {0, false};
    csv->text = text;
    csv->at = at;
    csv->next_line = next_line;
    csv->line_feed = csv->carriage_return = csv->quote = unknown;
    csv->field_count = 0;
}

/* High bit set in exactly the bytes of `word` that are zero. */
static uint64_t zero_bytes(uint64_t word)
{
    return ~(((word & LOW_SEVEN) + LOW_SEVEN) | word | LOW_SEVEN);
}

/* Offset of the first delimiter or line end from `at` on, or the length of the text. */
static size_t plain_end(const tdm__csv *csv, size_t at)
{
    const char *data = csv->text.data;
    const uint64_t delimiters = EVERY_BYTE(csv->delimiter);
    while (csv->text.length - at >= 8) {
        uint64_t word;
        memcpy(&word, data + at, 8);
        if (zero_bytes(word ^ delimiters) | zero_bytes(word ^ EVERY_BYTE('\n')) |
            zero_bytes(word ^ EVERY_BYTE('\r')))
            break;
        at += 8;
    }
    while (at < csv->text.length && data[at] != csv->delimiter && data[at] != '\n' && data[at] != '\r')
        at++;
    return at;
}

/* Where `byte` stands next, from `from` on; the length of the text when nowhere. */
static size_t next_place(const tdm__csv *csv, tdm__csv_mark *mark, char byte, size_t from)
{
    if (mark->known && mark->at >= from)
        return mark->at;
    const char *found = from < csv->text.length ? memchr(csv->text.data + from, byte, csv->text.length - from)
                                                : NULL;
    *mark = (tdm__csv_mark){found ? (size_t)(found - csv->text.data) : csv->text.length, true};
    return mark->at;
}

/* Number of the byte whose high bit is the lowest one set. */
static size_t first_byte(uint64_t high_bits)
{
    uint64_t below = ((high_bits & (0 - high_bits)) >> 7) - 1;
    return (size_t)((below & EVERY_BYTE(1)) * EVERY_BYTE(1) >> 56);
}

static size_t line_end(const tdm__csv *csv, size_t at)
{
    while (at < csv->text.length && csv->text.data[at] != '\n' && csv->text.data[at] != '\r')
        at++;
    return at;
}

/* Behind the line end at `at`, which is LF, CRLF or CR; `at` itself at the end of the text. */
static size_t behind_line_end(const tdm__csv *csv, size_t at)
{
    if (at >= csv->text.length)
        return at;
    bool two = csv->text.data[at] == '\r' && at + 1 < csv->text.length && csv->text.data[at + 1] == '\n';
    return at + (two ? 2 : 1);
}

/* Line breaks in a field; a CRLF is one. */
static int32_t lines_within(const char *bytes, size_t length)
{
    int32_t lines = 0;
    if (!memchr(bytes, '\r', length)) {
        const char *end = bytes + length;
        for (const char *at = bytes; (at = memchr(at, '\n', (size_t)(end - at))) != NULL; at++)
            lines++;
        return lines;
    }
    for (size_t i = 0; i < length; i++)
        if (bytes[i] == '\n' || (bytes[i] == '\r' && (i + 1 == length || bytes[i + 1] != '\n')))
            lines++;
    return lines;
}

/* Goes on behind the line that holds `at`, after an error there. */
static tdm_status give_up(tdm__csv *csv, size_t at, int32_t line, tdm_status status, const char *message,
                          tdm_error *error)
{
    int32_t column = (int32_t)csv->field_count + 1;
    csv->record_end = line_end(csv, at);
    csv->at = behind_line_end(csv, csv->record_end);
    csv->next_line = line + 1;
    csv->field_count = 0;
    return tdm__fail_at(error, status, (tdm_place){{NULL, 0}, line, column}, "%s", message);
}

static tdm_status add_field(tdm__csv *csv, tdm_str field, tdm_error *error)
{
    if (csv->field_count >= csv->field_capacity) {
        tdm_str *grown = tdm__grown(csv->allocator, csv->fields, &csv->field_capacity, csv->field_count + 1,
                                    sizeof *csv->fields);
        if (!grown)
            return tdm__no_memory(error);
        csv->fields = grown;
    }
    csv->fields[csv->field_count++] = field;
    return TDM_OK;
}

/* What lies between the quotes of a field, and where the reading stands behind the closing one. */
typedef struct quoted {
    size_t start;
    size_t end; /* the closing quote */
    bool doubled;
} quoted;

/* `at` is the opening quote. False: no closing quote within the limit. */
static bool find_closing_quote(quoted *out, const tdm__csv *csv, size_t at)
{
    const char *data = csv->text.data;
    size_t limit = csv->text.length - at - 1;
    *out = (quoted){at + 1, at + 1, false};
    /* A doubled quote counts twice here: a field of quotes alone may be half as long as the limit. */
    if (limit > (size_t)csv->field_limit_bytes * 2 + 2)
        limit = (size_t)csv->field_limit_bytes * 2 + 2;
    size_t stop = at + 1 + limit;
    for (;;) {
        const char *quote = out->end < stop ? memchr(data + out->end, '"', stop - out->end) : NULL;
        if (!quote)
            return false;
        out->end = (size_t)(quote - data);
        if (out->end + 1 >= csv->text.length || data[out->end + 1] != '"')
            return true;
        out->doubled = true;
        out->end += 2;
    }
}

/* A field whose data is NULL stands in `unquoted` until the record is whole: the buffer may still move. */
static tdm_status keep_unquoted(tdm_str *field, tdm__csv *csv, const quoted *between, tdm_error *error)
{
    const char *data = csv->text.data;
    size_t before = csv->unquoted.length, at = between->start;
    while (at < between->end) {
        const char *quote = memchr(data + at, '"', between->end - at);
        size_t until = quote ? (size_t)(quote - data) + 1 : between->end;
        tdm__text_bytes(&csv->unquoted, data + at, until - at);
        at = quote ? until + 1 : until;
    }
    if (csv->unquoted.failed)
        return tdm__no_memory(error);
    *field = (tdm_str){NULL, csv->unquoted.length - before};
    return TDM_OK;
}

/* `*at` is the opening quote; moved behind the closing one. *line follows the breaks inside. */
static tdm_status read_quoted(tdm__csv *csv, size_t *at, int32_t *line, tdm_error *error)
{
    quoted between;
    size_t opening = *at;
    bool closed = find_closing_quote(&between, csv, opening);
    if (!closed && csv->text.length - opening > csv->field_limit_bytes)
        return give_up(csv, opening, *line, TDM_TOO_LARGE, "a quoted field is longer than the limit", error);
    if (!closed)
        return give_up(csv, opening, *line, TDM_INVALID_INPUT, "a quote is opened here and never closed",
                       error);
    tdm_str field = {csv->text.data + between.start, between.end - between.start};
    int32_t breaks = lines_within(field.data, field.length);
    tdm_status status = between.doubled ? keep_unquoted(&field, csv, &between, error) : TDM_OK;
    if (status != TDM_OK)
        return status;
    if (field.length > csv->field_limit_bytes)
        return give_up(csv, opening, *line, TDM_TOO_LARGE, "a quoted field is longer than the limit", error);
    *line += breaks;
    *at = between.end + 1;
    if (*at < csv->text.length && plain_end(csv, *at) != *at)
        return give_up(csv, *at, *line, TDM_INVALID_INPUT,
                       "text behind a closing quote; expected the delimiter or the end of the line", error);
    return add_field(csv, field, error);
}

static tdm_status read_field(tdm__csv *csv, size_t *at, int32_t *line, tdm_error *error)
{
    size_t start = *at;
    if (start < csv->text.length && csv->text.data[start] == '"')
        return read_quoted(csv, at, line, error);
    *at = plain_end(csv, start);
    if (*at - start > csv->field_limit_bytes)
        return give_up(csv, start, *line, TDM_TOO_LARGE, "a field is longer than the limit", error);
    return add_field(csv, (tdm_str){csv->text.data + start, *at - start}, error);
}

/* Where the delimiter stands next in [at, end); `end` when nowhere. Most fields are short: a search is
 * started only for the others. */
static size_t next_delimiter(const tdm__csv *csv, size_t at, size_t end)
{
    const char *data = csv->text.data;
    for (int words = 0; words < 2 && end - at >= 8; words++, at += 8) {
        uint64_t hits = zero_bytes(tdm__load64(data + at) ^ EVERY_BYTE(csv->delimiter));
        if (hits != 0)
            return at + first_byte(hits);
    }
    const char *found = at < end ? memchr(data + at, csv->delimiter, end - at) : NULL;
    return found ? (size_t)(found - data) : end;
}

/* The fields of a line without quotes, [at, end). */
static tdm_status split_line(tdm__csv *csv, size_t at, size_t end, tdm_error *error)
{
    tdm_status status;
    for (;; at++) {
        size_t start = at;
        at = csv->field_count < csv->fields_wanted ? next_delimiter(csv, at, end) : end;
        status = add_field(csv, (tdm_str){csv->text.data + start, at - start}, error);
        if (at == end || status != TDM_OK)
            return status;
    }
}

/* Whether the line at `at` is so plain that it can be split without looking at each byte's meaning. */
static bool line_is_plain(size_t *end, tdm__csv *csv, size_t at)
{
    size_t line_feed = next_place(csv, &csv->line_feed, '\n', at);
    size_t carriage_return = next_place(csv, &csv->carriage_return, '\r', at);
    *end = line_feed < carriage_return ? line_feed : carriage_return;
    return next_place(csv, &csv->quote, '"', at) >= *end && *end - at < FIELDS_MAX &&
           *end - at <= csv->field_limit_bytes;
}

static void skip_empty_lines(tdm__csv *csv)
{
    while (csv->at < csv->text.length &&
           (csv->text.data[csv->at] == '\n' || csv->text.data[csv->at] == '\r')) {
        csv->at = behind_line_end(csv, csv->at);
        csv->next_line++;
    }
}

/* Fields that were unquoted lie in the buffer one behind the other. */
static void place_unquoted(tdm__csv *csv)
{
    const char *next = csv->unquoted.data;
    for (size_t i = 0; i < csv->field_count && csv->unquoted.length > 0; i++) {
        if (csv->fields[i].data)
            continue;
        csv->fields[i].data = next;
        next += csv->fields[i].length;
    }
}

static tdm_status end_record(tdm__csv *csv, size_t at, int32_t line)
{
    csv->record_end = at;
    csv->at = behind_line_end(csv, at);
    csv->next_line = line + 1;
    return TDM_OK;
}

tdm_status tdm__csv_next(tdm__csv *csv, bool *more, tdm_error *error)
{
    size_t end;
    skip_empty_lines(csv);
    *more = csv->at < csv->text.length;
    csv->line = csv->next_line;
    csv->record_start = csv->record_end = csv->at;
    csv->field_count = 0;
    tdm__text_clear(&csv->unquoted);
    if (!*more)
        return TDM_OK;
    size_t at = csv->at;
    int32_t line = csv->line;
    if (line_is_plain(&end, csv, at)) {
        tdm_status status = split_line(csv, at, end, error);
        return status == TDM_OK ? end_record(csv, end, line) : status;
    }
    for (;;) {
        if (csv->field_count >= FIELDS_MAX)
            return give_up(csv, at, line, TDM_TOO_LARGE, "more than 16384 fields in a record", error);
        tdm_status status = read_field(csv, &at, &line, error);
        if (status != TDM_OK)
            return status;
        if (at >= csv->text.length || csv->text.data[at] != csv->delimiter)
            break;
        at++;
    }
    place_unquoted(csv);
    return end_record(csv, at, line);
}

static const char candidates[] = {',', ';', '\t', '|'};
enum { CANDIDATE_COUNT = sizeof candidates };

#define GUESS_BYTES (64u * 1024u)
#define GUESS_LINES 20

/* How often each candidate stands outside quotes up to the line end; *at moved behind that. */
static void count_candidates(int32_t counts[CANDIDATE_COUNT], tdm_str text, size_t *at)
{
    bool in_quotes = false;
    memset(counts, 0, CANDIDATE_COUNT * sizeof *counts);
    for (; *at < text.length; ++*at) {
        char c = text.data[*at];
        if (c == '"')
            in_quotes = !in_quotes;
        const char *found = in_quotes ? NULL : memchr(candidates, c, CANDIDATE_COUNT);
        if (found)
            counts[found - candidates]++;
        if (!in_quotes && (c == '\n' || c == '\r'))
            break;
    }
    while (*at < text.length && (text.data[*at] == '\n' || text.data[*at] == '\r'))
        ++*at;
}

char tdm__csv_guess_delimiter(tdm_str text)
{
    int32_t first[CANDIDATE_COUNT], counts[CANDIDATE_COUNT], agreeing[CANDIDATE_COUNT] = {0};
    size_t at = 0, best = 0;
    if (text.length > GUESS_BYTES)
        text.length = GUESS_BYTES;
    while (at < text.length && (text.data[at] == '\n' || text.data[at] == '\r'))
        at++;
    count_candidates(first, text, &at);
    for (int line = 1; line < GUESS_LINES && at < text.length; line++) {
        count_candidates(counts, text, &at);
        for (size_t i = 0; i < CANDIDATE_COUNT; i++)
            agreeing[i] += counts[i] == first[i];
    }
    /* The heading decides what may be the delimiter at all; then the rows that have as many of it. */
    for (size_t i = 1; i < CANDIDATE_COUNT; i++) {
        bool better = first[best] == 0 || agreeing[i] > agreeing[best] ||
                      (agreeing[i] == agreeing[best] && first[i] > first[best]);
        if (first[i] > 0 && better)
            best = i;
    }
    return candidates[best];
}

static void put_quoted(tdm__text *out, const char *before, tdm_str field)
{
    tdm__text_char(out, '"');
    tdm__text_puts(out, before);
    for (size_t i = 0; i < field.length; i++) {
        if (field.data[i] == '"')
            tdm__text_char(out, '"');
        tdm__text_char(out, field.data[i]);
    }
    tdm__text_char(out, '"');
}

void tdm__csv_put_field(tdm__text *out, tdm_str field, char delimiter)
{
    bool quote = false;
    for (size_t i = 0; i < field.length && !quote; i++)
        quote = field.data[i] == delimiter || memchr("\"\r\n", field.data[i], 3) != NULL;
    if (quote)
        put_quoted(out, "", field);
    else
        tdm__text_add(out, field);
}

void tdm__csv_put_text(tdm__text *out, tdm_str field, char delimiter)
{
    if (field.length > 0 && memchr("=+-@\t\r", field.data[0], 6))
        put_quoted(out, "'", field);
    else
        tdm__csv_put_field(out, field, delimiter);
}

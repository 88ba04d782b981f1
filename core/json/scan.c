/*
 * The strict scanner (see scan.h): one pass with an explicit stack of at most 64 open containers.
 * Messages say what was expected and never show the text. What strings and numbers say is scan_values.c's.
 */
#include "json/scan.h"

#include <math.h>
#include <string.h>

#define LARGEST_EXACT 9007199254740992.0 /* 2^53 */
#define NONE          SIZE_MAX

typedef struct scanner {
    const tdm_allocator *allocator;
    char *text; /* read so far: written over */
    size_t length;
    size_t at;
    int32_t line;
    size_t line_start;       /* offset of its first byte */
    size_t inside_character; /* bytes of the line up to `at` that do not begin a character */
    tdm__json_values *values;
    size_t first;                      /* of the values of this text */
    size_t beyond;                     /* the first number that is none we take; NONE */
    tdm_str name;                      /* of the value that comes next */
    size_t open[TDM_JSON_DEPTH_MAX];   /* indexes of the open containers, outermost first */
    size_t latest[TDM_JSON_DEPTH_MAX]; /* value in each of them */
    int32_t depth;
    tdm_str file;
    tdm_error *error;
} scanner;

#define NO_BYTE (-1)

static int byte_at(const scanner *s, size_t at)
{
    return at < s->length ? (unsigned char)s->text[at] : NO_BYTE;
}

/* Columns count characters, as editors do. `at` stands in the current line, no character of more
 * than one byte between it and s->at. */
static int32_t column_of(const scanner *s, size_t at)
{
    return (int32_t)(at - s->line_start - s->inside_character) + 1;
}

static void start_line(scanner *s, size_t at)
{
    s->line++;
    s->line_start = at;
    s->inside_character = 0;
}

static tdm_status refuse(const scanner *s, tdm_status status, size_t at, const char *message)
{
    tdm_place place = {s->file, s->line, column_of(s, at)};
    return tdm__fail_at(s->error, status, place, "%s", message);
}

static tdm_status expected(const scanner *s, const char *what)
{
    tdm_place place = {s->file, s->line, column_of(s, s->at)};
    if (s->at >= s->length)
        return tdm__fail_at(s->error, TDM_INVALID_INPUT, place, "the text ends where %s was expected", what);
    return tdm__fail_at(s->error, TDM_INVALID_INPUT, place, "expected %s", what);
}

static void skip_space(scanner *s)
{
    for (; s->at < s->length; s->at++) {
        char c = s->text[s->at];
        if (c == '\n')
            start_line(s, s->at + 1);
        else if (c != ' ' && c != '\t' && c != '\r')
            return;
    }
}

static bool is_digit(int c)
{
    return c >= '0' && c <= '9';
}

static void skip_digits(scanner *s)
{
    while (is_digit(byte_at(s, s->at)))
        s->at++;
}

static int hex_digit(int c)
{
    if (is_digit(c))
        return c - '0';
    if (c >= 'a' && c <= 'f')
        return c - 'a' + 10;
    return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

/* Four hex digits at `at`; -1 when they are not there. */
static int32_t four_hex(const scanner *s, size_t at)
{
    int32_t unit = 0;
    for (size_t i = 0; i < 4; i++) {
        int digit = hex_digit(byte_at(s, at + i));
        if (digit < 0)
            return -1;
        unit = unit * 16 + digit;
    }
    return unit;
}

/* s->at stands on the "u" of an escape; moved behind the escape, or behind both of a pair. */
static tdm_status scan_unicode_escape(scanner *s)
{
    int32_t unit = four_hex(s, s->at + 1);
    if (unit < 0)
        return expected(s, "four hex digits behind \\u");
    if (unit == 0)
        return refuse(s, TDM_INVALID_INPUT, s->at, "\\u0000 cannot stand in a string");
    if (unit >= 0xDC00 && unit <= 0xDFFF)
        return refuse(s, TDM_INVALID_INPUT, s->at, "half of a surrogate pair without the other");
    if (unit >= 0xD800 && unit <= 0xDBFF) {
        int32_t low = byte_at(s, s->at + 5) == '\\' && byte_at(s, s->at + 6) == 'u' ? four_hex(s, s->at + 7)
                                                                                    : -1;
        if (low < 0xDC00 || low > 0xDFFF)
            return refuse(s, TDM_INVALID_INPUT, s->at, "half of a surrogate pair without the other");
        s->at += 6;
    }
    s->at += 5;
    return TDM_OK;
}

static tdm_status scan_escape(scanner *s)
{
    int c = byte_at(s, ++s->at);
    if (c == 'u')
        return scan_unicode_escape(s);
    if (c == NO_BYTE || c == 0 || !strchr("\"\\/bfnrt", c))
        return expected(s, "one of \" \\ / b f n r t u behind a backslash");
    s->at++;
    return TDM_OK;
}

/* Bytes that stand in a string for themselves: ASCII without control characters, quote and backslash. */
static bool is_plain(unsigned char c)
{
    return c >= 0x20 && c < 0x80 && c != '"' && c != '\\';
}

static void skip_plain(scanner *s)
{
    size_t at = s->at;
    while (at < s->length && is_plain((unsigned char)s->text[at]))
        at++;
    s->at = at;
}

/* s->at stands on the opening quote; moved behind the closing one. *escapes: there are some. */
static tdm_status scan_string_bytes(scanner *s, bool *escapes)
{
    s->at++;
    *escapes = false;
    for (;;) {
        skip_plain(s);
        int c = byte_at(s, s->at);
        if (c == '"')
            break;
        if (c == NO_BYTE)
            return expected(s, "the closing quote of a string");
        if (c < 0x20)
            return refuse(s, TDM_INVALID_INPUT, s->at,
                          "a raw control character in a string; expected it as an escape such as \\n or \\t");
        if (c != '\\') {
            s->inside_character += (c & 0xC0) == 0x80;
            s->at++;
            continue;
        }
        tdm_status status = scan_escape(s);
        if (status != TDM_OK)
            return status;
        *escapes = true;
    }
    s->at++;
    return TDM_OK;
}

/* What it says stays where it was written, and is ended by a zero byte. */
static tdm_status scan_string(scanner *s, tdm_str *out)
{
    bool escapes;
    char *start = s->text + s->at + 1;
    tdm_status status = scan_string_bytes(s, &escapes);
    if (status != TDM_OK)
        return status;
    size_t length = (size_t)(s->text + s->at - 1 - start);
    if (escapes)
        length = tdm__json_unescape(start, length);
    start[length] = '\0';
    *out = (tdm_str){start, length};
    return TDM_OK;
}

/* Digits without a sign; a text with fewer digits is below 2^53. */
static bool beyond_2_53(const char *digits, size_t length)
{
    static const char limit[] = "9007199254740992";
    if (length != sizeof limit - 1)
        return length > sizeof limit - 1;
    return memcmp(digits, limit, length) > 0;
}

static tdm_status scan_fraction_and_exponent(scanner *s)
{
    if (byte_at(s, s->at) == '.') {
        s->at++;
        if (!is_digit(byte_at(s, s->at)))
            return expected(s, "a digit behind the decimal point");
        skip_digits(s);
    }
    if (byte_at(s, s->at) == 'e' || byte_at(s, s->at) == 'E') {
        s->at++;
        if (byte_at(s, s->at) == '+' || byte_at(s, s->at) == '-')
            s->at++;
        if (!is_digit(byte_at(s, s->at)))
            return expected(s, "a digit in the exponent");
        skip_digits(s);
    }
    return TDM_OK;
}

static tdm_status scan_number(scanner *s, double *out)
{
    size_t start = s->at, digits;
    if (byte_at(s, s->at) == '-')
        s->at++;
    digits = s->at;
    if (!is_digit(byte_at(s, s->at)))
        return expected(s, "a digit");
    skip_digits(s);
    size_t whole_end = s->at;
    if (s->text[digits] == '0' && whole_end - digits > 1)
        return refuse(s, TDM_INVALID_INPUT, digits,
                      "a number cannot start with a zero; a code belongs in quotes");
    tdm_status status = scan_fraction_and_exponent(s);
    if (status != TDM_OK)
        return status;
    if (s->at - start > TDM_JSON_NUMBER_BYTES_MAX)
        return refuse(s, TDM_INVALID_INPUT, start, "a number of more than 63 characters");
    if (s->at == whole_end && beyond_2_53(s->text + digits, whole_end - digits))
        return refuse(s, TDM_INVALID_INPUT, start,
                      "a number beyond 2^53 loses digits; expected it in quotes");
    tdm_str number = {s->text + start, s->at - start};
    return tdm__json_number_of(out, number, s->at == whole_end) ? TDM_OK : tdm__no_memory(s->error);
}

/* Numbers in another form than plain digits are only known now; over 2^53 none is exact any more. What else
 * is wrong with the text is told first. */
static void note_beyond(scanner *s, double number)
{
    if (s->beyond == NONE && !(isfinite(number) && fabs(number) <= LARGEST_EXACT))
        s->beyond = s->values->count;
}

static tdm_status scan_word(scanner *s, const char *word)
{
    size_t length = strlen(word);
    if (s->length - s->at < length || memcmp(s->text + s->at, word, length) != 0)
        return expected(s, "a value");
    s->at += length;
    return TDM_OK;
}

/* The last of its siblings as long as no other comes. */
static void count_in_container(scanner *s)
{
    tdm__json_value *items = s->values->items;
    if (s->depth == 0)
        return;
    if (items[s->open[s->depth - 1]].count++ > 0)
        items[s->latest[s->depth - 1]].last = false;
    s->latest[s->depth - 1] = s->values->count;
}

static tdm_status add_value(scanner *s, tdm__json_value value)
{
    tdm__json_values *values = s->values;
    if (values->count - s->first >= TDM_JSON_VALUES_MAX)
        return refuse(s, TDM_TOO_LARGE, s->at, "more than 8000000 values");
    if (values->count == values->capacity) {
        tdm__json_value *grown = tdm__grown(s->allocator, values->items, &values->capacity, values->count + 1,
                                            sizeof *values->items);
        if (!grown)
            return tdm__no_memory(s->error);
        values->items = grown;
    }
    value.name = s->name;
    value.subtree = 1;
    value.line = s->line;
    value.last = true;
    values->items[values->count] = value;
    s->name = (tdm_str){"", 0};
    count_in_container(s);
    values->count++;
    return TDM_OK;
}

static tdm_status open_container(scanner *s, tdm__json_type type)
{
    if (s->depth == TDM_JSON_DEPTH_MAX)
        return refuse(s, TDM_TOO_LARGE, s->at, "more than 64 levels of arrays and objects");
    tdm_status status = add_value(
        s, (tdm__json_value){.string = {"", 0}, .column = column_of(s, s->at), .type = (uint8_t)type});
    if (status != TDM_OK)
        return status;
    s->open[s->depth++] = s->values->count - 1;
    s->at++;
    return TDM_OK;
}

static void close_container(scanner *s)
{
    size_t index = s->open[--s->depth];
    s->values->items[index].subtree = (uint32_t)(s->values->count - index);
    s->at++;
}

static tdm_status scan_scalar(scanner *s)
{
    int c = byte_at(s, s->at);
    tdm__json_value value = {.string = {"", 0}, .column = column_of(s, s->at), .type = TDM__JSON_NULL};
    tdm_status status;
    if (c == '"') {
        value.type = TDM__JSON_STRING;
        status = scan_string(s, &value.string);
    } else if (c == '-' || is_digit(c)) {
        value.type = TDM__JSON_NUMBER;
        status = scan_number(s, &value.number);
        note_beyond(s, value.number);
    } else if (c == 't' || c == 'f') {
        value.type = TDM__JSON_BOOL;
        value.number = c == 't' ? 1 : 0;
        status = scan_word(s, c == 't' ? "true" : "false");
    } else {
        status = scan_word(s, "null");
    }
    return status != TDM_OK ? status : add_value(s, value);
}

/* A name and its colon; the value is next. */
static tdm_status scan_name(scanner *s)
{
    if (byte_at(s, s->at) != '"')
        return expected(s, "a name in double quotes");
    tdm_status status = scan_string(s, &s->name);
    if (status != TDM_OK)
        return status;
    skip_space(s);
    if (byte_at(s, s->at) != ':')
        return expected(s, "':' behind a name");
    s->at++;
    skip_space(s);
    return TDM_OK;
}

static bool in_object(const scanner *s)
{
    return s->depth > 0 && s->values->items[s->open[s->depth - 1]].type == TDM__JSON_OBJECT;
}

/* Behind a value: closes what ends here. *more says that another value of the innermost one follows. */
static tdm_status after_value(scanner *s, bool *more)
{
    *more = false;
    while (s->depth > 0) {
        skip_space(s);
        int c = byte_at(s, s->at);
        if (c == ',') {
            s->at++;
            skip_space(s);
            *more = true;
            return in_object(s) ? scan_name(s) : TDM_OK;
        }
        if (c != (in_object(s) ? '}' : ']'))
            return expected(s, in_object(s) ? "',' or '}'" : "',' or ']'");
        close_container(s);
    }
    return TDM_OK;
}

/* One value, or the opening of a container. *open: its first value is next. */
static tdm_status scan_value(scanner *s, bool *open)
{
    int c = byte_at(s, s->at);
    *open = false;
    if (c != '{' && c != '[')
        return scan_scalar(s);
    tdm_status status = open_container(s, c == '{' ? TDM__JSON_OBJECT : TDM__JSON_ARRAY);
    if (status != TDM_OK)
        return status;
    skip_space(s);
    if (byte_at(s, s->at) == (c == '{' ? '}' : ']')) {
        close_container(s);
        return TDM_OK;
    }
    *open = true;
    return c == '{' ? scan_name(s) : TDM_OK;
}

static tdm_status scan_document(scanner *s)
{
    bool more = true;
    skip_space(s);
    while (more) {
        bool open;
        tdm_status status = scan_value(s, &open);
        if (status == TDM_OK && !open)
            status = after_value(s, &more);
        if (status != TDM_OK)
            return status;
    }
    skip_space(s);
    return s->at < s->length ? expected(s, "nothing behind the value") : TDM_OK;
}

static tdm_status check_encoding(scanner *s)
{
    size_t bad_at;
    if (tdm__utf8_valid((tdm_str){s->text, s->length}, &bad_at))
        return TDM_OK;
    for (size_t i = 0; i < bad_at; i++) {
        s->inside_character += ((unsigned char)s->text[i] & 0xC0) == 0x80;
        if (s->text[i] == '\n')
            start_line(s, i + 1);
    }
    return refuse(s, TDM_ENCODING, bad_at, "not valid UTF-8; expected JSON in UTF-8");
}

static tdm_status check_numbers(const scanner *s)
{
    if (s->beyond == NONE)
        return TDM_OK;
    const tdm__json_value *number = &s->values->items[s->beyond];
    return tdm__fail_at(s->error, TDM_INVALID_INPUT, (tdm_place){s->file, number->line, number->column},
                        "expected a number within 2^53 of zero");
}

tdm_status tdm__json_scan(tdm__json_values *values, const tdm_allocator *allocator, char *text, size_t length,
                          tdm_str file, tdm_error *error)
{
    scanner s = {.allocator = allocator,
                 .text = text,
                 .length = length,
                 .line = 1,
                 .values = values,
                 .first = values->count,
                 .beyond = NONE,
                 .name = {"", 0},
                 .file = file,
                 .error = error};
    if (length > TDM_JSON_TEXT_BYTES_MAX)
        return refuse(&s, TDM_TOO_LARGE, 0, "more than 64 MiB of JSON");
    tdm_status status = check_encoding(&s);
    if (status == TDM_OK)
        status = scan_document(&s);
    if (status == TDM_OK)
        status = check_numbers(&s);
    if (status != TDM_OK)
        values->count = s.first;
    return status;
}

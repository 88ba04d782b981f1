/*
 * The strict scanner (see scan.h): one pass with an explicit stack of at most 64 open containers.
 * Messages say what was expected and never show the text.
 */
#include "json/scan.h"

#include <string.h>

typedef struct scanner {
    const tdm_allocator *allocator;
    tdm_str text;
    size_t at;
    int32_t line;
    size_t line_start;       /* offset of its first byte */
    size_t inside_character; /* bytes of the line up to `at` that do not begin a character */
    tdm__json_values values;
    uint32_t open[TDM_JSON_DEPTH_MAX]; /* indexes of the open containers, outermost first */
    int32_t depth;
    tdm_str file;
    tdm_error *error;
} scanner;

#define NO_BYTE (-1)

static int byte_at(const scanner *s, size_t at)
{
    return at < s->text.length ? (unsigned char)s->text.data[at] : NO_BYTE;
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
    if (s->at >= s->text.length)
        return tdm__fail_at(s->error, TDM_INVALID_INPUT, place, "the text ends where %s was expected", what);
    return tdm__fail_at(s->error, TDM_INVALID_INPUT, place, "expected %s", what);
}

static void skip_space(scanner *s)
{
    for (; s->at < s->text.length; s->at++) {
        char c = s->text.data[s->at];
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

/* s->at stands on the opening quote; moved behind the closing one. */
static tdm_status scan_string(scanner *s)
{
    s->at++;
    for (;;) {
        int c = byte_at(s, s->at);
        tdm_status status = TDM_OK;
        if (c == '"')
            break;
        if (c == NO_BYTE)
            return expected(s, "the closing quote of a string");
        if (c < 0x20)
            return refuse(s, TDM_INVALID_INPUT, s->at,
                          "a raw control character in a string; expected it as an escape such as \\n or \\t");
        if (c == '\\') {
            status = scan_escape(s);
        } else {
            s->inside_character += (c & 0xC0) == 0x80;
            s->at++;
        }
        if (status != TDM_OK)
            return status;
    }
    s->at++;
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

static tdm_status scan_number(scanner *s)
{
    size_t start = s->at, digits;
    if (byte_at(s, s->at) == '-')
        s->at++;
    digits = s->at;
    if (!is_digit(byte_at(s, s->at)))
        return expected(s, "a digit");
    skip_digits(s);
    size_t whole_end = s->at;
    if (s->text.data[digits] == '0' && whole_end - digits > 1)
        return refuse(s, TDM_INVALID_INPUT, digits,
                      "a number cannot start with a zero; a code belongs in quotes");
    tdm_status status = scan_fraction_and_exponent(s);
    if (status != TDM_OK)
        return status;
    if (s->at - start > TDM_JSON_NUMBER_BYTES_MAX)
        return refuse(s, TDM_INVALID_INPUT, start, "a number of more than 63 characters");
    if (s->at == whole_end && beyond_2_53(s->text.data + digits, whole_end - digits))
        return refuse(s, TDM_INVALID_INPUT, start,
                      "a number beyond 2^53 loses digits; expected it in quotes");
    return TDM_OK;
}

static tdm_status scan_word(scanner *s, const char *word)
{
    size_t length = strlen(word);
    if (s->text.length - s->at < length || memcmp(s->text.data + s->at, word, length) != 0)
        return expected(s, "a value");
    s->at += length;
    return TDM_OK;
}

static tdm_status add_value(scanner *s, tdm__json_type type, int32_t column)
{
    tdm__json_values *values = &s->values;
    if (values->count >= TDM_JSON_VALUES_MAX)
        return refuse(s, TDM_TOO_LARGE, s->at, "more than 8000000 values");
    tdm__json_value *grown = tdm__grown(s->allocator, values->items, &values->capacity, values->count + 1,
                                        sizeof *values->items);
    if (!grown)
        return tdm__no_memory(s->error);
    values->items = grown;
    grown[values->count] = (tdm__json_value){.name = {"", 0},
                                             .string = {"", 0},
                                             .subtree = 1,
                                             .line = s->line,
                                             .column = column,
                                             .type = (uint8_t)type};
    if (s->depth > 0)
        grown[s->open[s->depth - 1]].count++;
    values->count++;
    return TDM_OK;
}

static tdm_status open_container(scanner *s, tdm__json_type type)
{
    if (s->depth == TDM_JSON_DEPTH_MAX)
        return refuse(s, TDM_TOO_LARGE, s->at, "more than 64 levels of arrays and objects");
    tdm_status status = add_value(s, type, column_of(s, s->at));
    if (status != TDM_OK)
        return status;
    s->open[s->depth++] = (uint32_t)(s->values.count - 1);
    s->at++;
    return TDM_OK;
}

static void close_container(scanner *s)
{
    uint32_t index = s->open[--s->depth];
    s->values.items[index].subtree = (uint32_t)(s->values.count - index);
    s->at++;
}

static tdm_status scan_scalar(scanner *s)
{
    int32_t column = column_of(s, s->at);
    int c = byte_at(s, s->at);
    tdm__json_type type = TDM__JSON_NULL;
    tdm_status status;
    if (c == '"') {
        type = TDM__JSON_STRING;
        status = scan_string(s);
    } else if (c == '-' || is_digit(c)) {
        type = TDM__JSON_NUMBER;
        status = scan_number(s);
    } else if (c == 't' || c == 'f') {
        type = TDM__JSON_BOOL;
        status = scan_word(s, c == 't' ? "true" : "false");
    } else {
        status = scan_word(s, "null");
    }
    return status != TDM_OK ? status : add_value(s, type, column);
}

/* A name and its colon; the value is next. */
static tdm_status scan_name(scanner *s)
{
    if (byte_at(s, s->at) != '"')
        return expected(s, "a name in double quotes");
    tdm_status status = scan_string(s);
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
    return s->depth > 0 && s->values.items[s->open[s->depth - 1]].type == TDM__JSON_OBJECT;
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
    return s->at < s->text.length ? expected(s, "nothing behind the value") : TDM_OK;
}

/* Which values have no sibling behind them: the last of each container, found from its subtrees. */
static void mark_last(tdm__json_values *values)
{
    for (size_t i = 0; i < values->count; i++) {
        if (i == 0)
            values->items[i].last = true;
        size_t child = i + 1;
        for (uint32_t left = values->items[i].count; left > 0; left--) {
            values->items[child].last = left == 1;
            child += values->items[child].subtree;
        }
    }
}

static tdm_status check_encoding(scanner *s)
{
    size_t bad_at;
    if (tdm__utf8_valid(s->text, &bad_at))
        return TDM_OK;
    for (size_t i = 0; i < bad_at; i++) {
        s->inside_character += ((unsigned char)s->text.data[i] & 0xC0) == 0x80;
        if (s->text.data[i] == '\n')
            start_line(s, i + 1);
    }
    return refuse(s, TDM_ENCODING, bad_at, "not valid UTF-8; expected JSON in UTF-8");
}

tdm_status tdm__json_scan(tdm__json_values *out, const tdm_allocator *allocator, tdm_str text, tdm_str file,
                          tdm_error *error)
{
    scanner s = {.allocator = allocator, .text = text, .line = 1, .file = file, .error = error};
    *out = (tdm__json_values){NULL, 0, 0};
    if (text.length > TDM_JSON_TEXT_BYTES_MAX)
        return refuse(&s, TDM_TOO_LARGE, 0, "more than 64 MiB of JSON");
    tdm_status status = check_encoding(&s);
    if (status == TDM_OK)
        status = scan_document(&s);
    if (status != TDM_OK) {
        tdm__free(allocator, s.values.items);
        return status;
    }
    mark_last(&s.values);
    *out = s.values;
    return TDM_OK;
}

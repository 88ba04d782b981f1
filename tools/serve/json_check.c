/*
 * Whether a body is one JSON value and nothing else: RFC 8259's grammar, without recursion. What the
 * value says, whether names repeat and whether it is UTF-8 is found out by who reads it.
 */
#include "json_check.h"

#include <string.h>

typedef struct scan {
    const char *at, *end;
    uint64_t objects; /* a bit a level: 1 for an object, 0 for an array */
    int depth;
} scan;

static void skip_space(scan *s)
{
    while (s->at < s->end && (*s->at == ' ' || *s->at == '\t' || *s->at == '\n' || *s->at == '\r'))
        s->at++;
}

static bool take(scan *s, char wanted)
{
    if (s->at == s->end || *s->at != wanted)
        return false;
    s->at++;
    return true;
}

static bool take_word(scan *s, const char *word)
{
    size_t length = strlen(word);
    if ((size_t)(s->end - s->at) < length || memcmp(s->at, word, length) != 0)
        return false;
    s->at += length;
    return true;
}

static bool is_digit(const scan *s)
{
    return s->at < s->end && *s->at >= '0' && *s->at <= '9';
}

static bool take_digits(scan *s)
{
    if (!is_digit(s))
        return false;
    while (is_digit(s))
        s->at++;
    return true;
}

static bool take_number(scan *s)
{
    (void)take(s, '-');
    if (!take(s, '0') && !take_digits(s))
        return false;
    if (take(s, '.') && !take_digits(s))
        return false;
    if (take(s, 'e') || take(s, 'E')) {
        if (!take(s, '+'))
            (void)take(s, '-');
        return take_digits(s);
    }
    return true;
}

static bool take_escape(scan *s)
{
    if (s->at == s->end)
        return false;
    char kind = *s->at++;
    if (kind != 'u')
        return kind != '\0' && strchr("\"\\/bfnrt", kind) != NULL;
    for (int i = 0; i < 4; i++, s->at++)
        if (s->at == s->end || *s->at == '\0' || !strchr("0123456789abcdefABCDEF", *s->at))
            return false;
    return true;
}

static bool take_string(scan *s)
{
    if (!take(s, '"'))
        return false;
    while (s->at < s->end) {
        if (take(s, '"'))
            return true;
        if (take(s, '\\')) {
            if (!take_escape(s))
                return false;
        } else if ((unsigned char)*s->at < 0x20) {
            return false;
        } else {
            s->at++;
        }
    }
    return false;
}

static bool is_in_object(const scan *s)
{
    return (s->objects >> (s->depth - 1) & 1) != 0;
}

static bool take_name(scan *s)
{
    skip_space(s);
    if (!take_string(s))
        return false;
    skip_space(s);
    return take(s, ':');
}

static bool open_level(scan *s, bool object)
{
    if (s->depth == JSON_DEPTH_MOST)
        return false;
    uint64_t bit = (uint64_t)1 << s->depth++;
    s->objects = object ? s->objects | bit : s->objects & ~bit;
    return true;
}

/* A value's beginning: a scalar whole, or an opening bracket. *opened: something is to come inside it. */
static bool take_beginning(scan *s, bool *opened)
{
    *opened = false;
    skip_space(s);
    if (s->at == s->end)
        return false;
    char first = *s->at;
    if (first == '{' || first == '[') {
        s->at++;
        if (!open_level(s, first == '{'))
            return false;
        skip_space(s);
        *opened = s->at == s->end || *s->at != (first == '{' ? '}' : ']');
        return !*opened || first == '[' || take_name(s);
    }
    if (first == '"')
        return take_string(s);
    if (first == 't' || first == 'f' || first == 'n')
        return take_word(s, "true") || take_word(s, "false") || take_word(s, "null");
    return take_number(s);
}

/* What stands behind a value: closing brackets, then a comma before the next one, or the end. */
static bool take_ending(scan *s, bool *more)
{
    *more = false;
    for (;;) {
        skip_space(s);
        if (s->depth == 0)
            return true;
        if (take(s, is_in_object(s) ? '}' : ']'))
            s->depth--;
        else
            break;
    }
    *more = true;
    return take(s, ',') && (!is_in_object(s) || take_name(s));
}

static void place_of(const scan *s, const char *bytes, int32_t *row, int32_t *column)
{
    *row = *column = 1;
    for (const char *c = bytes; c < s->at; c++) {
        *column = *c == '\n' ? 1 : *column + 1;
        *row += *c == '\n';
    }
}

bool json_is_one_value(const char *bytes, size_t length, int32_t *row, int32_t *column)
{
    scan s = {.at = bytes, .end = bytes + length};
    bool fine = true, opened = false, more = true;
    while (fine && more) {
        fine = take_beginning(&s, &opened);
        if (fine && !opened)
            fine = take_ending(&s, &more);
    }
    if (fine && s.at == s.end)
        return true;
    place_of(&s, bytes, row, column);
    return false;
}

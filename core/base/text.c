/*
 * Strings and the growing buffer. UTF-8 is in utf8.c.
 */
#include "base/text.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

tdm_str tdm__str(const char *zero_ended)
{
    return zero_ended ? (tdm_str){zero_ended, strlen(zero_ended)} : (tdm_str){"", 0};
}

bool tdm__str_equal(tdm_str a, tdm_str b)
{
    return a.length == b.length && (a.length == 0 || memcmp(a.data, b.data, a.length) == 0);
}

int tdm__str_compare(tdm_str a, tdm_str b)
{
    size_t shorter = a.length < b.length ? a.length : b.length;
    int order = shorter > 0 ? memcmp(a.data, b.data, shorter) : 0;
    if (order != 0)
        return order;
    return (a.length > b.length) - (a.length < b.length);
}

bool tdm__str_starts(tdm_str text, tdm_str prefix)
{
    return text.length >= prefix.length &&
           (prefix.length == 0 || memcmp(text.data, prefix.data, prefix.length) == 0);
}

/* Space, tab, line feed, vertical tab, form feed, carriage return. */
static bool is_space(char c)
{
    return c == ' ' || (c >= '\t' && c <= '\r');
}

/* Bytes of the white space at the start of `text`: 0, 1, or 2 for U+00A0. */
static size_t space_at_start(tdm_str text)
{
    if (text.length == 0)
        return 0;
    if (is_space(text.data[0]))
        return 1;
    return text.length >= 2 && memcmp(text.data, "\xC2\xA0", 2) == 0 ? 2 : 0;
}

static size_t space_at_end(tdm_str text)
{
    if (text.length == 0)
        return 0;
    if (is_space(text.data[text.length - 1]))
        return 1;
    return text.length >= 2 && memcmp(text.data + text.length - 2, "\xC2\xA0", 2) == 0 ? 2 : 0;
}

tdm_str tdm__str_trimmed(tdm_str text)
{
    if (text.length == 0 || tdm__str_has_plain_ends(text))
        return text;
    for (size_t n; (n = space_at_start(text)) > 0;)
        text = (tdm_str){text.data + n, text.length - n};
    for (size_t n; (n = space_at_end(text)) > 0;)
        text.length -= n;
    return text;
}

tdm_str tdm__str_split(tdm_str *rest, char separator)
{
    const char *found = rest->length > 0 ? memchr(rest->data, separator, rest->length) : NULL;
    if (!found) {
        tdm_str all = *rest;
        *rest = (tdm_str){rest->data ? rest->data + rest->length : NULL, 0};
        return all;
    }
    tdm_str part = {rest->data, (size_t)(found - rest->data)};
    *rest = (tdm_str){found + 1, rest->length - part.length - 1};
    return part;
}

bool tdm__str_to_int64(int64_t *out, tdm_str text)
{
    size_t at = text.length > 0 && (text.data[0] == '-' || text.data[0] == '+') ? 1 : 0;
    bool negative = at == 1 && text.data[0] == '-';
    int64_t value = 0; /* kept negative: the range below zero is one wider */
    *out = 0;
    if (at == text.length)
        return false;
    for (; at < text.length; at++) {
        int digit = text.data[at] - '0';
        if (digit < 0 || digit > 9 || value < (INT64_MIN + digit) / 10)
            return false;
        value = value * 10 - digit;
    }
    if (!negative && value == INT64_MIN)
        return false;
    *out = negative ? value : -value;
    return true;
}

void tdm__text_init(tdm__text *text, const tdm_allocator *allocator)
{
    *text = (tdm__text){allocator, NULL, 0, 0, false};
}

void tdm__text_free(tdm__text *text)
{
    if (text->allocator)
        tdm__free(text->allocator, text->data);
    *text = (tdm__text){text->allocator, NULL, 0, 0, false};
}

void tdm__text_clear(tdm__text *text)
{
    text->length = 0;
    text->failed = false;
    if (text->data)
        text->data[0] = '\0';
}

char *tdm__text_room(tdm__text *text, size_t length)
{
    size_t needed;
    if (text->failed)
        return NULL;
    char *grown = tdm__add_size(&needed, text->length, length) && tdm__add_size(&needed, needed, 1)
                      ? tdm__grown(text->allocator, text->data, &text->capacity, needed, 1)
                      : NULL;
    if (!grown) {
        text->failed = true;
        return NULL;
    }
    char *room = grown + text->length;
    text->data = grown;
    text->length += length;
    text->data[text->length] = '\0';
    return room;
}

void tdm__text_bytes(tdm__text *text, const char *bytes, size_t length)
{
    char *room = tdm__text_room(text, length);
    if (room && length > 0)
        memcpy(room, bytes, length);
}

void tdm__text_add(tdm__text *text, tdm_str bytes)
{
    tdm__text_bytes(text, bytes.data, bytes.length);
}

void tdm__text_puts(tdm__text *text, const char *zero_ended)
{
    tdm__text_bytes(text, zero_ended, strlen(zero_ended));
}

void tdm__text_char(tdm__text *text, char c)
{
    tdm__text_bytes(text, &c, 1);
}

void tdm__text_int(tdm__text *text, int64_t number)
{
    char digits[24];
    char *at = digits + sizeof digits;
    uint64_t rest = number < 0 ? 0 - (uint64_t)number : (uint64_t)number;
    do {
        *--at = (char)('0' + rest % 10);
        rest /= 10;
    } while (rest > 0);
    if (number < 0)
        *--at = '-';
    tdm__text_bytes(text, at, (size_t)(digits + sizeof digits - at));
}

/* Whether a format holds nothing but %s, %d, %.*s and %%: sentences are made of these, and the C library's
 * printf took a third of the time of scoring. */
static bool is_plain_format(const char *format)
{
    for (const char *at = strchr(format, '%'); at; at = strchr(at, '%')) {
        if (at[1] == 's' || at[1] == 'd' || at[1] == '%')
            at += 2;
        else if (at[1] == '.' && at[2] == '*' && at[3] == 's')
            at += 4;
        else
            return false;
    }
    return true;
}

/* %.*s: at most so many bytes, and none behind a zero byte, as printf has it. */
static void put_bounded(tdm__text *text, int limit, const char *bytes)
{
    const char *end = limit > 0 ? memchr(bytes, '\0', (size_t)limit) : NULL;
    if (limit < 0)
        tdm__text_puts(text, bytes);
    else
        tdm__text_bytes(text, bytes, end ? (size_t)(end - bytes) : (size_t)limit);
}

static void print_plain(tdm__text *text, const char *format, va_list *values)
{
    while (*format) {
        size_t plain = strcspn(format, "%");
        tdm__text_bytes(text, format, plain);
        format += plain;
        if (*format == '\0')
            return;
        if (format[1] == 's')
            tdm__text_puts(text, va_arg(*values, const char *));
        else if (format[1] == 'd')
            tdm__text_int(text, va_arg(*values, int));
        else if (format[1] == '%')
            tdm__text_char(text, '%');
        else {
            int limit = va_arg(*values, int);
            put_bounded(text, limit, va_arg(*values, const char *));
        }
        format += format[1] == '.' ? 4 : 2;
    }
}

void tdm__text_printf(tdm__text *text, const char *format, ...)
{
    char small[512];
    va_list values, again;
    va_start(values, format);
    if (is_plain_format(format)) {
        print_plain(text, format, &values);
        va_end(values);
        return;
    }
    va_copy(again, values);
    int length = vsnprintf(small, sizeof small, format, values);
    va_end(values);
    if (length >= 0 && (size_t)length < sizeof small) {
        tdm__text_bytes(text, small, (size_t)length);
    } else if (length >= 0) {
        char *large = tdm__alloc(text->allocator, (size_t)length + 1);
        if (large) {
            vsnprintf(large, (size_t)length + 1, format, again);
            tdm__text_bytes(text, large, (size_t)length);
            tdm__free(text->allocator, large);
        } else {
            text->failed = true;
        }
    } else {
        text->failed = true;
    }
    va_end(again);
}

tdm_str tdm__text_str(const tdm__text *text)
{
    return text->data ? (tdm_str){text->data, text->length} : (tdm_str){"", 0};
}

static tdm_status append_to_text(const char *bytes, size_t length, void *payload)
{
    tdm__text *text = payload;
    tdm__text_bytes(text, bytes, length);
    return text->failed ? TDM_NO_MEMORY : TDM_OK;
}

tdm_sink tdm__text_sink(tdm__text *text)
{
    return (tdm_sink){append_to_text, text};
}

tdm_status tdm__sink_write(tdm_sink sink, tdm_str bytes)
{
    return bytes.length == 0 ? TDM_OK : sink.write(bytes.data, bytes.length, sink.payload);
}

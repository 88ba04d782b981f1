/*
 * The streaming writer: commas, escapes, indentation, numbers without a locale. What is written is
 * the caller's business.
 */
#include "base/acting.h"
#include "json/scan.h"

#include <assert.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define PIECE_BYTES (64u * 1024u)

void tdm__json_writer_init(tdm__json_writer *writer, const tdm_allocator *allocator, tdm_sink sink,
                           int32_t indent)
{
    memset(writer, 0, sizeof *writer);
    tdm__text_init(&writer->buffer, allocator);
    writer->sink = sink;
    writer->indent = indent;
}

static void flush(tdm__json_writer *writer)
{
    if (writer->status == TDM_OK && writer->buffer.failed)
        writer->status = TDM_NO_MEMORY;
    if (writer->status == TDM_OK)
        writer->status = tdm__sink_write(writer->sink, tdm__text_str(&writer->buffer));
    tdm__text_clear(&writer->buffer);
}

static void put_bytes(tdm__json_writer *writer, const char *bytes, size_t length)
{
    tdm__text *buffer = &writer->buffer;
    if (length < buffer->capacity - buffer->length) { /* strictly: a zero byte stands behind */
        memcpy(buffer->data + buffer->length, bytes, length);
        buffer->length += length;
        buffer->data[buffer->length] = '\0';
    } else {
        tdm__text_bytes(buffer, bytes, length);
    }
    if (buffer->length >= PIECE_BYTES || buffer->failed)
        flush(writer);
}

tdm_status tdm__json_writer_end(tdm__json_writer *writer)
{
    assert(writer->status != TDM_OK || writer->depth == 0);
    flush(writer);
    tdm__text_free(&writer->buffer);
    return writer->status;
}

static void put_line(tdm__json_writer *writer)
{
    static const char spaces[] = "                ";
    if (writer->indent == 0)
        return;
    put_bytes(writer, "\n", 1);
    for (int64_t left = (int64_t)writer->indent * writer->depth; left > 0; left -= (int64_t)sizeof spaces - 1)
        put_bytes(writer, spaces, left < (int64_t)sizeof spaces - 1 ? (size_t)left : sizeof spaces - 1);
}

/* Before an item of an array or a name in an object. */
static void separate(tdm__json_writer *writer)
{
    if (writer->has_items[writer->depth])
        put_bytes(writer, ",", 1);
    writer->has_items[writer->depth] = true;
    if (writer->depth > 0)
        put_line(writer);
}

static void before_value(tdm__json_writer *writer)
{
    if (writer->after_name) {
        writer->after_name = false;
        return;
    }
    assert(!writer->in_object[writer->depth] && "a value in an object needs a name");
    assert((writer->depth > 0 || !writer->has_items[0]) && "a second root");
    separate(writer);
}

static void open_container(tdm__json_writer *writer, bool object)
{
    before_value(writer);
    assert((writer->depth < TDM_JSON_DEPTH_MAX || writer->status != TDM_OK) && "more than 64 levels");
    if (writer->depth == TDM_JSON_DEPTH_MAX) {
        writer->status = writer->status != TDM_OK ? writer->status : TDM_INTERNAL;
        return;
    }
    writer->depth++;
    writer->has_items[writer->depth] = false;
    writer->in_object[writer->depth] = object;
    put_bytes(writer, object ? "{" : "[", 1);
}

static void close_container(tdm__json_writer *writer, bool object)
{
    assert((writer->depth > 0 || writer->status != TDM_OK) && "nothing is open");
    assert((writer->in_object[writer->depth] == object || writer->status != TDM_OK) &&
           "the other kind is open");
    assert(!writer->after_name && "a name without its value");
    if (writer->depth == 0)
        return;
    bool had_items = writer->has_items[writer->depth];
    writer->depth--;
    if (had_items)
        put_line(writer);
    put_bytes(writer, object ? "}" : "]", 1);
}

void tdm__json_open_object(tdm__json_writer *writer)
{
    open_container(writer, true);
}

void tdm__json_close_object(tdm__json_writer *writer)
{
    close_container(writer, true);
}

void tdm__json_open_array(tdm__json_writer *writer)
{
    open_container(writer, false);
}

void tdm__json_close_array(tdm__json_writer *writer)
{
    close_container(writer, false);
}

static void put_escape(tdm__json_writer *writer, unsigned char c)
{
    static const char hex[] = "0123456789abcdef";
    static const char short_forms[256] = {
        ['"'] = '"', ['\\'] = '\\', ['\b'] = 'b', ['\f'] = 'f', ['\n'] = 'n', ['\r'] = 'r', ['\t'] = 't'};
    char escape[6] = {'\\', 'u', '0', '0', hex[c >> 4], hex[c & 15]};
    if (short_forms[c] == 0) {
        put_bytes(writer, escape, 6);
        return;
    }
    escape[1] = short_forms[c];
    put_bytes(writer, escape, 2);
}

#define EVERY_BYTE(byte) (UINT64_C(0x0101010101010101) * (unsigned char)(byte))

/* High bits set where a byte of `word` is below `limit` (up to 0x80), and perhaps in bytes above such a one.
 */
static uint64_t bytes_below(uint64_t word, unsigned char limit)
{
    return (word - EVERY_BYTE(limit)) & ~word & EVERY_BYTE(0x80);
}

/* Characters that JSON lets stand and that act on a terminal or turn a line: DEL, C1 controls, direction
 * marks, line separators. As escapes they read back the same. 0: none of them begins with the byte at `at`.
 */
static uint32_t acting_at(tdm_str text, size_t at, size_t *end)
{
    unsigned char c = (unsigned char)text.data[at];
    *end = at + 1;
    if (c < 0x7F)
        return 0;
    *end = at;
    uint32_t point = tdm__utf8_next(text, end);
    return point <= 0xFFFF && tdm__acts(point) ? point : 0;
}

static void put_unicode_escape(tdm__json_writer *writer, uint32_t point)
{
    static const char hex[] = "0123456789abcdef";
    char escape[6] = {'\\',           'u', hex[point >> 12 & 15], hex[point >> 8 & 15], hex[point >> 4 & 15],
                      hex[point & 15]};
    put_bytes(writer, escape, 6);
}

/* Offset of the first byte from `at` on that must be escaped, or the length. */
static size_t plain_end(tdm_str text, size_t at)
{
    for (; text.length - at >= 8; at += 8) {
        uint64_t word;
        memcpy(&word, text.data + at, 8);
        if ((word & EVERY_BYTE(0x80)) | bytes_below(word ^ EVERY_BYTE(0x7F), 1) | bytes_below(word, 0x20) |
            bytes_below(word ^ EVERY_BYTE('"'), 1) | bytes_below(word ^ EVERY_BYTE('\\'), 1))
            break;
    }
    while (at < text.length) {
        size_t next;
        unsigned char c = (unsigned char)text.data[at];
        if (c < 0x20 || c == '"' || c == '\\' || acting_at(text, at, &next) != 0)
            break;
        at = next;
    }
    return at;
}

/* Text that is valid UTF-8. */
static void put_valid(tdm__json_writer *writer, tdm_str text)
{
    size_t at = 0;
    while (at < text.length) {
        size_t end = plain_end(text, at);
        if (end > at)
            put_bytes(writer, text.data + at, end - at);
        at = end;
        uint32_t acting = end < text.length ? acting_at(text, end, &at) : 0;
        if (acting != 0)
            put_unicode_escape(writer, acting);
        else if (end < text.length)
            put_escape(writer, (unsigned char)text.data[end]);
    }
}

static void put_quoted(tdm__json_writer *writer, tdm_str text)
{
    size_t bad_at;
    put_bytes(writer, "\"", 1);
    while (!tdm__utf8_valid(text, &bad_at)) {
        put_valid(writer, (tdm_str){text.data, bad_at});
        put_bytes(writer, "\xEF\xBF\xBD", 3);
        text = (tdm_str){text.data + bad_at + 1, text.length - bad_at - 1};
    }
    put_valid(writer, text);
    put_bytes(writer, "\"", 1);
}

void tdm__json_put_name_str(tdm__json_writer *writer, tdm_str name)
{
    assert((writer->in_object[writer->depth] || writer->status != TDM_OK) && "a name outside an object");
    assert(!writer->after_name && "a name without its value");
    separate(writer);
    put_quoted(writer, name);
    put_bytes(writer, ": ", writer->indent == 0 ? 1 : 2);
    writer->after_name = true;
}

void tdm__json_put_name(tdm__json_writer *writer, const char *name)
{
    tdm__json_put_name_str(writer, tdm__str(name));
}

void tdm__json_put_string(tdm__json_writer *writer, tdm_str text)
{
    before_value(writer);
    put_quoted(writer, text);
}

void tdm__json_put_text(tdm__json_writer *writer, const char *zero_ended)
{
    tdm__json_put_string(writer, tdm__str(zero_ended));
}

void tdm__json_put_int(tdm__json_writer *writer, int64_t number)
{
    before_value(writer);
    tdm__text_int(&writer->buffer, number);
    put_bytes(writer, "", 0);
}

/* The least digits that read back to the same double. Fifteen always suffice to find the shortest
 * form of a normal number; below that range fewer may do. */
static void shortest(char *out, size_t size, double number)
{
    for (int digits = isnormal(number) ? 15 : 1; digits <= 17; digits++) {
        snprintf(out, size, "%.*g", digits, number);
        if (strtod(out, NULL) == number)
            return;
    }
}

void tdm__json_put_double(tdm__json_writer *writer, double number)
{
    char text[64], plain[64];
    size_t length = 0;
    if (!isfinite(number)) {
        tdm__json_put_null(writer);
        return;
    }
    if (trunc(number) == number && fabs(number) <= 9007199254740992.0 && !(number == 0 && signbit(number))) {
        tdm__json_put_int(writer, (int64_t)number);
        return;
    }
    shortest(text, sizeof text, number);
    /* Whatever the process's locale takes for a decimal point, one byte or several, becomes ".". */
    for (const char *c = text; *c; c++) {
        if (strchr("0123456789+-e", *c))
            plain[length++] = *c;
        else if (length > 0 && plain[length - 1] != '.')
            plain[length++] = '.';
    }
    before_value(writer);
    put_bytes(writer, plain, length);
}

void tdm__json_put_bool(tdm__json_writer *writer, bool value)
{
    tdm__json_put_raw(writer, value ? TDM_LIT("true") : TDM_LIT("false"));
}

void tdm__json_put_null(tdm__json_writer *writer)
{
    tdm__json_put_raw(writer, TDM_LIT("null"));
}

void tdm__json_put_raw(tdm__json_writer *writer, tdm_str json)
{
    before_value(writer);
    put_bytes(writer, json.data, json.length);
}

static void put_scalar(tdm__json_writer *writer, const tdm__json_value *value)
{
    switch (tdm__json_type_of(value)) {
    case TDM__JSON_STRING:
        tdm__json_put_string(writer, value->string);
        break;
    case TDM__JSON_NUMBER:
        tdm__json_put_double(writer, value->number);
        break;
    case TDM__JSON_BOOL:
        tdm__json_put_bool(writer, tdm__json_bool(value));
        break;
    default:
        tdm__json_put_null(writer);
    }
}

void tdm__json_put_value(tdm__json_writer *writer, const tdm__json_value *value)
{
    const tdm__json_value *ends[TDM_JSON_DEPTH_MAX + 1]; /* where each open container ends */
    bool object[TDM_JSON_DEPTH_MAX + 1];
    size_t depth = 0;
    if (!value) {
        tdm__json_put_null(writer);
        return;
    }
    for (const tdm__json_value *at = value; at < value + value->subtree; at++) {
        if (depth > 0 && object[depth - 1])
            tdm__json_put_name_str(writer, at->name);
        if (at->type == TDM__JSON_OBJECT || at->type == TDM__JSON_ARRAY) {
            object[depth] = at->type == TDM__JSON_OBJECT;
            open_container(writer, object[depth]);
            ends[depth++] = at + at->subtree;
        } else {
            put_scalar(writer, at);
        }
        while (depth > 0 && at + 1 == ends[depth - 1])
            close_container(writer, object[--depth]);
    }
}

/*
 * Bytes that grow, and JSON texts written into them.
 */
#include "buffer.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void buffer_free(buffer *b)
{
    free(b->bytes);
    *b = (buffer){0};
}

bool buffer_reserve(buffer *b, size_t more)
{
    if (b->failed || more > SIZE_MAX / 4 || b->used > SIZE_MAX / 4) {
        b->failed = true;
        return false;
    }
    if (b->room - b->used >= more)
        return true;
    size_t room = b->used + more;
    /* Twice as much where it grows in small steps. */
    if (room < b->room * 2)
        room = b->room * 2;
    char *bytes = realloc(b->bytes, room < 256 ? 256 : room);
    b->failed = !bytes;
    if (bytes) {
        b->bytes = bytes;
        b->room = room < 256 ? 256 : room;
    }
    return !b->failed;
}

void buffer_add(buffer *b, const char *bytes, size_t length)
{
    if (length == 0 || !buffer_reserve(b, length))
        return;
    memcpy(b->bytes + b->used, bytes, length);
    b->used += length;
}

void buffer_text(buffer *b, const char *text)
{
    buffer_add(b, text, strlen(text));
}

void buffer_number(buffer *b, int64_t number)
{
    char text[24];
    snprintf(text, sizeof text, "%lld", (long long)number);
    buffer_text(b, text);
}

void buffer_json(buffer *b, const char *bytes, size_t length)
{
    char code[8];
    buffer_text(b, "\"");
    for (size_t i = 0, from = 0; i <= length; i++) {
        unsigned char c = i < length ? (unsigned char)bytes[i] : '"';
        if (c >= 0x20 && c != '"' && c != '\\')
            continue;
        buffer_add(b, bytes + from, i - from);
        from = i + 1;
        if (i == length)
            break;
        snprintf(code, sizeof code, c >= 0x20 ? "\\%c" : "\\u%04x", c);
        buffer_text(b, code);
    }
    buffer_text(b, "\"");
}

static void put_name(buffer *b, const char *name)
{
    buffer_text(b, ",\"");
    buffer_text(b, name);
    buffer_text(b, "\":");
}

void buffer_member(buffer *b, const char *name, const char *text)
{
    if (!text || !text[0])
        return;
    put_name(b, name);
    buffer_json(b, text, strlen(text));
}

void buffer_member_number(buffer *b, const char *name, int64_t number)
{
    if (number == 0)
        return;
    put_name(b, name);
    buffer_number(b, number);
}

void buffer_base64(buffer *b, const unsigned char *bytes, size_t length)
{
    static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    if (!buffer_reserve(b, (length / 3 + 1) * 4))
        return;
    for (size_t i = 0; i < length; i += 3) {
        size_t left = length - i;
        uint32_t group = (uint32_t)bytes[i] << 16;
        if (left > 1)
            group |= (uint32_t)bytes[i + 1] << 8;
        if (left > 2)
            group |= bytes[i + 2];
        b->bytes[b->used++] = digits[group >> 18];
        b->bytes[b->used++] = digits[group >> 12 & 63];
        b->bytes[b->used++] = left > 1 ? digits[group >> 6 & 63] : '=';
        b->bytes[b->used++] = left > 2 ? digits[group & 63] : '=';
    }
}

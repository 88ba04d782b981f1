/*
 * Bytes that grow, and JSON texts written into them. A failed request for memory is remembered and
 * asked about once, at the end.
 */
#ifndef TIDEMARK_SERVE_BUFFER_H
#define TIDEMARK_SERVE_BUFFER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef struct buffer {
    char *bytes; /* malloc's */
    size_t used;
    size_t room;
    bool failed;
} buffer;

void buffer_free(buffer *b);
/* Room for `more` bytes behind what is there. */
bool buffer_reserve(buffer *b, size_t more);
void buffer_add(buffer *b, const char *bytes, size_t length);
void buffer_text(buffer *b, const char *text);
void buffer_number(buffer *b, int64_t number);
/* As a JSON string with its quotes. */
void buffer_json(buffer *b, const char *bytes, size_t length);
/* `,"name":"text"`; nothing for an empty text. */
void buffer_member(buffer *b, const char *name, const char *text);
/* `,"name":number`; nothing for 0. */
void buffer_member_number(buffer *b, const char *name, int64_t number);
/* Base64 of three bytes at a time: only the last piece may have a length that is no multiple of three. */
void buffer_base64(buffer *b, const unsigned char *bytes, size_t length);

#endif

/*
 * Whether a body is one JSON value and nothing else. It is put into the envelope of a call as it came,
 * so this is what keeps it from writing members of the envelope beside itself.
 */
#ifndef TIDEMARK_SERVE_JSON_CHECK_H
#define TIDEMARK_SERVE_JSON_CHECK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { JSON_DEPTH_MOST = 64 };

/* False: *row and *column, from 1, say where it stops being JSON. */
bool json_is_one_value(const char *bytes, size_t length, int32_t *row, int32_t *column);

#endif

/*
 * The error object: filled where something fails, handed up unchanged. A message names what was
 * expected; it never holds a child's text.
 */
#ifndef TDM_BASE_STATUS_H
#define TDM_BASE_STATUS_H

#include <tidemark/base.h>

/* Where something is wrong. `file` as the user named it; line and column from 1, 0: not known. */
typedef struct tdm_place {
    tdm_str file;
    int32_t line;
    int32_t column;
} tdm_place;

/* Fills `error` (which may be NULL) and returns `status`, so that a caller can `return` it. */
tdm_status tdm__fail_at(tdm_error *error, tdm_status status, tdm_place place, const char *format, ...)
    TDM_PRINTF(4, 5);

/* The same without a place. */
#define tdm__fail(error, status, ...) tdm__fail_at(error, status, (tdm_place){{NULL, 0}, 0, 0}, __VA_ARGS__)

tdm_status tdm__no_memory(tdm_error *error);
void tdm__error_clear(tdm_error *error);

#endif

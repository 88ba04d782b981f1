/*
 * Diagnostics: what was doubtful or could not be used, with its place. A list is filled by ingest
 * and chronology and shown whole by every report; messages hold no child's text.
 */
#ifndef TDM_BASE_DIAGNOSTIC_H
#define TDM_BASE_DIAGNOSTIC_H

#include "base/text.h"

typedef enum tdm__severity { TDM__INFORMATION, TDM__WARNING, TDM__ERROR } tdm__severity;

/* "information", "warning", "error". */
const char *tdm__severity_code(tdm__severity severity);

typedef struct tdm__diagnostic {
    tdm_str file;     /* as the source is named; "" when it is about no file */
    int32_t row;      /* line or row in it, from 1; 0: the whole file */
    tdm_str column;   /* heading or element; "" when it does not apply */
    const char *code; /* like "date-not-read" */
    tdm__severity severity;
    tdm_str message;
    int64_t times; /* how many such things it tells of */
} tdm__diagnostic;

typedef struct tdm__diagnostics {
    tdm__arena arena;
    tdm__diagnostic *items;
    size_t count;
    size_t capacity;
} tdm__diagnostics;

void tdm__diagnostics_init(tdm__diagnostics *list, const tdm_allocator *allocator);
void tdm__diagnostics_free(tdm__diagnostics *list);
/* Copies code, file, column and the message it makes. TDM_OK or TDM_NO_MEMORY. */
tdm_status tdm__diagnose(tdm__diagnostics *list, tdm__severity severity, const char *code, tdm_str file,
                         int32_t row, tdm_str column, const char *format, ...) TDM_PRINTF(7, 8);
/* The last one tells of so many things; one until then. */
void tdm__diagnosed_times(tdm__diagnostics *list, int64_t times);

#endif

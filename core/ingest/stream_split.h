/*
 * A stream cut into records: lines of NDJSON, or records of CSV that may hold line breaks. Of each only the
 * child is looked at; what it says is read later, by the readers.
 */
#ifndef TDM_INGEST_STREAM_SPLIT_H
#define TDM_INGEST_STREAM_SPLIT_H

#include "base/csv.h"
#include "base/status.h"

/* A record must have so many bytes before it in the window, or the end of the input, so that it is cut where
 * it would be with all of the input at hand: the longest quoted field, doubled quotes counted twice. */
#define TDM__STREAM_AHEAD_BYTES ((size_t)2 * 1024 * 1024 + 64 * 1024)

typedef struct tdm__splitter {
    const tdm_allocator *allocator;
    bool is_csv;
    char delimiter;
    bool is_windows_1252; /* ids are shown in UTF-8 */
    size_t child_column;
    tdm__csv csv; /* over `text` */
    tdm_str text;
    tdm__text key, household;
} tdm__splitter;

typedef struct tdm__record {
    size_t end;        /* behind its line end */
    int32_t next_line; /* that starts there */
    tdm_str key;       /* id of the child; "": none; until the next record */
    tdm_str household; /* NDJSON: of the child that the line is about; "": it names none; likewise */
    bool describes;    /* NDJSON: sources and coverage, not a child */
    bool names_children;
} tdm__record;

void tdm__splitter_init(tdm__splitter *splitter, const tdm_allocator *allocator);
void tdm__splitter_free(tdm__splitter *splitter);
/* The record at `at`, which is line `line`, of a text that may have grown or moved since. TDM_NO_MEMORY. */
tdm_status tdm__splitter_next(tdm__record *out, tdm__splitter *splitter, tdm_str text, size_t at,
                              int32_t line);

#endif

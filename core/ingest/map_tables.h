/*
 * The tables of a file before any map says what they mean: the records of a CSV file, the sheets of a
 * workbook, the tables of a document. For those who make or check a column map.
 */
#ifndef TDM_INGEST_MAP_TABLES_H
#define TDM_INGEST_MAP_TABLES_H

#include "ingest/reader.h"
#include "ingest/table.h"

/* A file that a map is for. The caller fills the first part; reading fills the rest. */
typedef struct tdm__mapped_file {
    tdm_str name, content; /* borrowed */
    tdm_str format;        /* csv, xlsx or docx; "": look */
    tdm_str encoding;      /* as tdm__decode takes it */
    char delimiter;        /* 0: guess */
    bool is_grid;          /* a workbook or document */
    char delimiter_seen;
    const char *encoding_seen; /* "utf-8" or "windows-1252" */
} tdm__mapped_file;

/* Takes a table, standing before its first record; it is freed when this returns. */
typedef tdm_status (*tdm__mapped_taker)(tdm__table *table, tdm_str sheet, void *payload, tdm_error *error);

/*
 * Hands the tables over one by one. What is told meanwhile goes to the collection's diagnostics.
 *
 * TDM_OK; TDM_UNSUPPORTED: no table, or a form that a reader knows without a map; what reading such a file
 * and `take` give.
 */
tdm_status tdm__mapped_tables(tdm__mapped_file *mapped, tdm__collection *collection, tdm__mapped_taker take,
                              void *payload, tdm_error *error);

#endif

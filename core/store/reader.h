/*
 * What the files that read rows share. Opening and the transaction are read.c's.
 */
#ifndef TDM_STORE_READER_H
#define TDM_STORE_READER_H

#include "store/connection.h"
#include "store/store.h"

/* A source of the store and its number in the builder. */
typedef struct tdm__store_source {
    int64_t number;
    uint32_t source;
} tdm__store_source;

typedef struct tdm__store_reader {
    tdm__store *store;
    /* ids of the children to read as a JSON array, for ?1 of a statement (TDM__CHILDREN_GIVEN); NULL: all */
    const tdm__cell *given;
    tdm__builder *builder;
    const tdm_vocabulary *vocabulary;
    tdm__diagnostics *diagnostics;
    tdm__arena *arena;          /* what is handed out */
    tdm__arena scratch;         /* what one source or event needs */
    tdm__dictionary told;       /* codes that a diagnostic has named */
    tdm__store_source *sources; /* by number */
    size_t source_count;
} tdm__store_reader;

/* A store of this version, in a transaction that reads. Statuses as tdm__store_read; closed unless TDM_OK. */
tdm_status tdm__store_open_to_read(tdm__store *store, const tdm_context *context, const char *path,
                                   tdm_error *error);

#define TDM__CHILDREN_GIVEN "(SELECT value FROM json_each(?1))"

typedef tdm_status (*tdm__store_row)(tdm__store_reader *reader, const tdm__cell *cells, void *payload,
                                     tdm_error *error);
/* Asks a query and gives each of its rows to `take`. `key` is bound to ?1; NULL: nothing to bind. */
tdm_status tdm__reader_each(tdm__store_reader *reader, const char *sql, const tdm__cell *key, size_t columns,
                            tdm__store_row take, void *payload, tdm_error *error);
/* A number within bounds; TDM_STORE when the cell holds anything else. */
tdm_status tdm__reader_number(int64_t *out, tdm__store_reader *reader, const tdm__cell *cell, int64_t least,
                              int64_t most, tdm_error *error);
/* A day or a sentinel. */
tdm_status tdm__reader_day(tdm_day *out, tdm__store_reader *reader, const tdm__cell *cell, tdm_error *error);
/* Three cells: from, to, flags. */
tdm_status tdm__reader_date(tdm_date *out, tdm__store_reader *reader, const tdm__cell *cells,
                            tdm_error *error);
/* Index of a kind, TDM_NO_INDEX with a diagnostic (one a code) when this vocabulary has none of that code. */
tdm_status tdm__reader_kind(uint32_t *out, tdm__store_reader *reader, tdm_str code);
/* A failure of a lower layer, told of the store. */
tdm_status tdm__reader_told(tdm__store_reader *reader, tdm_status status, tdm_error *error);
/* Notes a code that is not known, once. */
tdm_status tdm__reader_unknown(tdm__store_reader *reader, const char *what, tdm_str code);

/* A source by its number in the store, once they are read; TDM_STORE where there is none. */
tdm_status tdm__reader_source(uint32_t *out, tdm__store_reader *reader, const tdm__cell *cell,
                              tdm_error *error);
tdm_status tdm__store_read_sources(tdm__store_reader *reader, tdm_error *error);
tdm_status tdm__store_read_events(tdm__store_reader *reader, tdm_error *error);

/* Reads all that the reader asks for. `reader` has its store, `given`, builder, vocabulary, diagnostics and
 * arena; the rest is made and freed here. */
tdm_status tdm__store_read_content(tdm__store_reader *reader, tdm__store_content *out, tdm_error *error);

#endif

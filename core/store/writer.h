/*
 * What the files that write rows share: the statements, prepared once, and the counts. The
 * transaction round them is write.c's.
 */
#ifndef TDM_STORE_WRITER_H
#define TDM_STORE_WRITER_H

#include "store/connection.h"
#include "store/store.h"

typedef enum tdm__store_statement {
    TDM__PUT_CASE,
    TDM__MOVE_CASE,
    TDM__PUT_CHILD,
    TDM__FIND_CHILD,
    TDM__FILL_CHILD,
    TDM__PUT_PERSON,
    TDM__PUT_ACCOUNT,
    TDM__PUT_DIAGNOSTIC,
    TDM__PUT_SOURCE,
    TDM__FIND_SOURCE,
    TDM__WIDEN_SOURCE,
    TDM__PUT_SOURCE_KIND,
    TDM__PUT_SOURCE_FACT,
    TDM__PUT_SOURCE_PART,
    TDM__PUT_SOURCE_CHILD,
    TDM__PUT_SOURCE_PERIOD,
    TDM__PUT_SOURCE_REPLACES,
    TDM__FIND_REPLACED,
    TDM__LAST_SEQ,
    TDM__PUT_EVENT,
    TDM__FIND_EVENT,
    TDM__PUT_VERSION,
    TDM__FIND_VERSION,
    TDM__PUT_FACT,
    TDM__FIND_FACT,
    TDM__COUNT_FACTS,
    TDM__STORE_STATEMENTS
} tdm__store_statement;

typedef struct tdm__store_writer {
    tdm__store *store;
    const tdm__store_content *content;
    bool fresh; /* the store was made for this: no row can be there yet */
    sqlite3_stmt *statements[TDM__STORE_STATEMENTS];
    int64_t *source_numbers;             /* in the store, one a source of the chronology */
    tdm__text rooms[TDM__STRING_FIELDS]; /* for texts of the event at hand */
    tdm__store_counts counts;
} tdm__store_writer;

/* Writes all of the content. The caller has begun a transaction, and ends it by the status. */
tdm_status tdm__store_write_rows(tdm__store_writer *writer, tdm_error *error);
void tdm__store_writer_free(tdm__store_writer *writer);

/* All events, children and sources being there. */
tdm_status tdm__store_write_events(tdm__store_writer *writer, tdm_error *error);

/* Runs a statement that changes rows; *changed when it changed one. */
tdm_status tdm__writer_put(bool *changed, tdm__store_writer *writer, tdm__store_statement which,
                           const tdm__cell *cells, size_t count, tdm_error *error);
/*
 * Runs a query for one row. When *row is true `out` has its cells, whose texts live until
 * tdm__writer_done is called with the same statement.
 */
tdm_status tdm__writer_find(bool *row, tdm__store_writer *writer, tdm__store_statement which,
                            const tdm__cell *cells, size_t count, tdm__cell *out, size_t out_count,
                            tdm_error *error);
void tdm__writer_done(tdm__store_writer *writer, tdm__store_statement which);

#endif

/*
 * Prepared statements: kept from one use to the next on a connection that lives long, prepared for each use
 * on another.
 */
#ifndef TDM_STORE_STATEMENTS_H
#define TDM_STORE_STATEMENTS_H

#include "store/connection.h"

typedef struct tdm__kept_statement {
    const char *sql; /* a text that never goes away: it is known by its address */
    sqlite3_stmt *statement;
    bool taken;
} tdm__kept_statement;

typedef struct tdm__kept_statements {
    const tdm_allocator *allocator;
    tdm__kept_statement *items;
    size_t count, capacity;
} tdm__kept_statements;

void tdm__statements_free(tdm__kept_statements *kept);

/*
 * A statement to bind and step; NULL after a failure. Given back with tdm__statement_give. On a connection
 * that keeps statements a transaction must be going on: where SQLite has ended it after a failure, nothing
 * more is done (TDM_STORE), so that no part of a piece of work is kept by itself.
 */
tdm_status tdm__statement_take(sqlite3_stmt **out, tdm__store *store, const char *sql, tdm_error *error);
void tdm__statement_give(tdm__store *store, sqlite3_stmt *statement); /* accepts NULL */

#endif

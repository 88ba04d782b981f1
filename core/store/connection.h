/*
 * A connection to a store: how it is opened and kept in bounds, how SQLite's codes become statuses.
 * Its messages never hold SQLite's own text, which can quote data.
 */
#ifndef TDM_STORE_CONNECTION_H
#define TDM_STORE_CONNECTION_H

#include "base/context.h"
#include "base/text.h"

#include <sqlite3.h>

typedef enum tdm__store_mode {
    TDM__STORE_LOOK,   /* the file as it lies there: no lock is taken, no file comes up beside it */
    TDM__STORE_READ,   /* no change to the data */
    TDM__STORE_CHANGE, /* the file must exist */
    TDM__STORE_MAKE    /* the same; an empty one is closed where the context has a vault */
} tdm__store_mode;

struct tdm__kept_statements;

typedef struct tdm__store {
    sqlite3 *db;
    const tdm_context *context;
    const char *path;   /* as given */
    tdm_status stopped; /* what the interrupt said, TDM_OK: nothing */
    /* of a connection that lives long (statements.h); NULL: statements are prepared for each use */
    struct tdm__kept_statements *kept;
    const struct tdm__eyes *eyes; /* of live.h; NULL: sees all */
} tdm__store;

/* *store is closed (db NULL) after a failure. */
tdm_status tdm__store_open(tdm__store *store, const tdm_context *context, const char *path,
                           tdm__store_mode mode, tdm_error *error);
/* Whether what the file holds is all there is: no changes wait beside it. */
bool tdm__store_lies_still(const tdm_context *context, const char *path);
/* Whether it is closed and changes wait beside it: then its first page may be half-written, and only SQLite,
 * opening both, can say what is in it. Of no store that this process has open. */
bool tdm__store_may_be_torn(const tdm_context *context, const char *path);
void tdm__store_close(tdm__store *store); /* accepts a closed one */

/* A store that cannot use a write-ahead log, because of where it lies, works without. */
void tdm__store_use_log(const tdm_context *context, const char *path);

/* The status of a result code of SQLite, with a message that names the path. TDM_OK for a good one. */
tdm_status tdm__store_result(tdm__store *store, int code, tdm_error *error);
/* A failure of our own about the store's path. */
tdm_status tdm__store_fail(const tdm__store *store, tdm_status status, const char *message, tdm_error *error);
/* A value in the store that we never write. */
tdm_status tdm__store_damaged(const tdm__store *store, tdm_error *error);

/*
 * Copies a store as `from` sees it into an empty file, and looks whether the copy is sound. For one state,
 * whoever writes meanwhile, `from` stands in a transaction.
 *
 * vault  NULL: the copy is not closed
 */
tdm_status tdm__store_copy(const char *temporary, tdm__store *from, struct tdm__vault *vault,
                           tdm_error *error);

/* Pages, indexes, references. TDM_STORE: damaged. */
tdm_status tdm__store_check_whole(tdm__store *store, tdm_error *error);

tdm_status tdm__store_run(tdm__store *store, const char *sql, tdm_error *error);
/* The first number that a query gives; 0 when it gives none. */
tdm_status tdm__store_number(int64_t *out, tdm__store *store, const char *sql, tdm_error *error);
/* *out is NULL after a failure; sqlite3_finalize it. */
tdm_status tdm__store_prepare(sqlite3_stmt **out, tdm__store *store, const char *sql, tdm_error *error);
/* *row is false at the end. */
tdm_status tdm__store_step(bool *row, tdm__store *store, sqlite3_stmt *statement, tdm_error *error);

/* One value of a row. An empty text is stored as NULL where the column allows it; bytes stand in `text`. */
typedef struct tdm__cell {
    enum { TDM__CELL_NULL, TDM__CELL_NUMBER, TDM__CELL_TEXT, TDM__CELL_BYTES } type;
    int64_t number;
    tdm_str text;
} tdm__cell;

tdm__cell tdm__cell_number(int64_t number);
tdm__cell tdm__cell_text(tdm_str text);          /* "" stays "" */
tdm__cell tdm__cell_optional_text(tdm_str text); /* "" becomes NULL */
tdm__cell tdm__cell_bytes(tdm_str bytes);
bool tdm__cell_equal(const tdm__cell *a, const tdm__cell *b);
/* Binds the cells to ?1, ?2, ...; texts must live until the statement is reset. */
tdm_status tdm__store_bind(tdm__store *store, sqlite3_stmt *statement, const tdm__cell *cells, size_t count,
                           tdm_error *error);
/* The columns of the row at hand; texts live until the next step. TDM_STORE for blobs, fractions and text
 * that is not UTF-8. */
tdm_status tdm__store_cells(tdm__cell *out, size_t count, tdm__store *store, sqlite3_stmt *statement,
                            tdm_error *error);
/* The same where some column holds bytes. */
tdm_status tdm__store_cells_or_bytes(tdm__cell *out, size_t count, tdm__store *store, sqlite3_stmt *statement,
                                     tdm_error *error);

#endif

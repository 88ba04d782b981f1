/*
 * Opening and bounding a connection, codes to statuses, cells in and out. What is in the tables is
 * write.c's and read.c's business.
 */
#include "store/connection.h"

#include "store/limits.h"

#include "base/file.h"
#include "store/live.h"
#include "store/vault.h"

#include <string.h>

#define BUSY_MILLISECONDS         2000
#define STEPS_BETWEEN_POLLS       20000
#define LARGEST_VALUE_BYTES       (256 * 1024 * 1024)
#define STATEMENT_BYTES           20000
#define COLUMNS_AND_VARIABLES_MAX 64

static const char in_use[] = "the store is in use by another program; try again when that has ended";

typedef struct code_row {
    int code;
    tdm_status status;
    const char *message;
} code_row;

static const code_row code_rows[] = {
    {SQLITE_IOERR_AUTH, TDM_STORE, "the store is encrypted with a key that the key file does not hold"},
    {SQLITE_IOERR_DATA, TDM_STORE, "the store is damaged: a page of it cannot be opened"},
    {SQLITE_BUSY, TDM_STORE, in_use},
    {SQLITE_LOCKED, TDM_STORE, in_use},
    {SQLITE_NOTADB, TDM_STORE, "not a Tidemark store: the file is no database"},
    {SQLITE_CORRUPT, TDM_STORE, "the store is damaged"},
    {SQLITE_CANTOPEN, TDM_IO, "the store cannot be opened"},
    {SQLITE_PERM, TDM_IO, "no permission for the store"},
    {SQLITE_AUTH, TDM_IO, "no permission for the store"},
    {SQLITE_READONLY, TDM_IO, "the store can only be read, not written"},
    {SQLITE_FULL, TDM_IO, "no space is left where the store is"},
    {SQLITE_IOERR, TDM_IO, "the store could not be read or written to its end"},
    {SQLITE_TOOBIG, TDM_TOO_LARGE, "a value is larger than a store takes"},
    {SQLITE_CONSTRAINT, TDM_STORE, "the store refuses a row: it breaks a rule of its tables"},
};

tdm_status tdm__store_fail(const tdm__store *store, tdm_status status, const char *message, tdm_error *error)
{
    return tdm__fail_at(error, status, (tdm_place){tdm__str(store->path), 0, 0}, "%s", message);
}

tdm_status tdm__store_damaged(const tdm__store *store, tdm_error *error)
{
    return tdm__store_fail(store, TDM_STORE, "the store is damaged: it holds a value that is never written",
                           error);
}

bool tdm__store_is_in_use(const tdm_error *error)
{
    return error->status == TDM_STORE && strcmp(error->message, in_use) == 0;
}

tdm_status tdm__store_result(tdm__store *store, int code, tdm_error *error)
{
    int primary = code & 0xFF;
    if (primary == SQLITE_OK || primary == SQLITE_ROW || primary == SQLITE_DONE)
        return TDM_OK;
    if (primary == SQLITE_NOMEM || code == SQLITE_IOERR_NOMEM)
        return tdm__no_memory(error);
    if (primary == SQLITE_INTERRUPT && store->stopped != TDM_OK)
        return tdm__store_fail(store, store->stopped, tdm_status_text(store->stopped), error);
    if (primary == SQLITE_NOTADB && tdm__vault_closed_at(store->context, store->path))
        return tdm__store_fail(store, TDM_STORE, "the store is encrypted: name its key file (--key)", error);
    for (size_t i = 0; i < sizeof code_rows / sizeof *code_rows; i++)
        if (code_rows[i].code == code || code_rows[i].code == primary)
            return tdm__store_fail(store, code_rows[i].status, code_rows[i].message, error);
    return tdm__fail_at(error, TDM_STORE, (tdm_place){tdm__str(store->path), 0, 0},
                        "the store could not be used (SQLite code %d)", primary);
}

static int poll_interrupt(void *payload)
{
    tdm__store *store = payload;
    store->stopped = tdm__context_poll(store->context, NULL);
    return store->stopped != TDM_OK;
}

/* Characters that mean something in a URI. */
static bool needs_escape(char c)
{
    return c == '%' || c == '?' || c == '#';
}

/*
 * The name to give to SQLite. "./" before a relative one, so that no name is special; for a look a
 * URI, the only way to say that nothing but the file itself is to be touched.
 */
static tdm_status name_for_sqlite(tdm__text *out, const char *path, tdm__store_mode mode)
{
    static const char digits[] = "0123456789ABCDEF";
    bool look = mode == TDM__STORE_LOOK, as_uri = look || mode == TDM__STORE_MAKE;
    tdm__text_puts(out, as_uri ? "file:" : "");
    tdm__text_puts(out, path[0] == '/' ? "" : "./");
    for (const char *at = path; *at; at++) {
        if (!as_uri || !needs_escape(*at)) {
            tdm__text_char(out, *at);
            continue;
        }
        tdm__text_char(out, '%');
        tdm__text_char(out, digits[(unsigned char)*at >> 4]);
        tdm__text_char(out, digits[(unsigned char)*at & 15]);
    }
    tdm__text_puts(out, look ? "?immutable=1" : as_uri ? "?closed=1" : "");
    return out->failed ? TDM_NO_MEMORY : TDM_OK;
}

/* What a file from a stranger may make SQLite do: nothing but answer our statements. */
static void keep_in_bounds(tdm__store *store)
{
    static const struct {
        int option, value;
    } options[] = {
        {SQLITE_DBCONFIG_DEFENSIVE, 1},      {SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0},
        {SQLITE_DBCONFIG_DQS_DML, 0},        {SQLITE_DBCONFIG_DQS_DDL, 0},
        {SQLITE_DBCONFIG_ENABLE_FKEY, 1},    {SQLITE_DBCONFIG_ENABLE_LOAD_EXTENSION, 0},
        {SQLITE_DBCONFIG_ENABLE_TRIGGER, 0}, {SQLITE_DBCONFIG_ENABLE_VIEW, 0},
    };
    static const struct {
        int limit, value;
    } limits[] = {
        {SQLITE_LIMIT_LENGTH, LARGEST_VALUE_BYTES},
        {SQLITE_LIMIT_SQL_LENGTH, STATEMENT_BYTES},
        {SQLITE_LIMIT_COLUMN, COLUMNS_AND_VARIABLES_MAX},
        {SQLITE_LIMIT_VARIABLE_NUMBER, COLUMNS_AND_VARIABLES_MAX},
        {SQLITE_LIMIT_EXPR_DEPTH, 64},
        {SQLITE_LIMIT_COMPOUND_SELECT, 4},
        {SQLITE_LIMIT_VDBE_OP, 25000},
        {SQLITE_LIMIT_FUNCTION_ARG, 8},
        {SQLITE_LIMIT_ATTACHED, 0},
        {SQLITE_LIMIT_LIKE_PATTERN_LENGTH, 64},
        {SQLITE_LIMIT_TRIGGER_DEPTH, 1},
        {SQLITE_LIMIT_WORKER_THREADS, 0},
    };
    for (size_t i = 0; i < sizeof options / sizeof *options; i++)
        sqlite3_db_config(store->db, options[i].option, options[i].value, (int *)NULL);
    for (size_t i = 0; i < sizeof limits / sizeof *limits; i++)
        sqlite3_limit(store->db, limits[i].limit, limits[i].value);
    sqlite3_extended_result_codes(store->db, 1);
    sqlite3_busy_timeout(store->db, BUSY_MILLISECONDS);
    sqlite3_progress_handler(store->db, STEPS_BETWEEN_POLLS, poll_interrupt, store);
}

bool tdm__store_lies_still(const tdm_context *context, const char *path)
{
    tdm__text beside;
    tdm__text_init(&beside, &context->allocator);
    tdm__text_puts(&beside, path);
    tdm__text_puts(&beside, "-wal");
    bool still = !beside.failed && tdm__file_look(NULL, beside.data) == TDM__FILE_NONE;
    tdm__text_free(&beside);
    return still;
}

bool tdm__store_may_be_torn(const tdm_context *context, const char *path)
{
    return context->vault && !tdm__store_lies_still(context, path) && tdm__vault_closed_at(context, path);
}

/*
 * Where changes wait beside it, the file by itself may be half-way between two states: its first page can
 * name more pages than there are yet, which SQLite takes for damage unless the schema is writable. Nothing is
 * written by a look.
 */
static void look_past_missing_pages(tdm__store *store)
{
    sqlite3_db_config(store->db, SQLITE_DBCONFIG_DEFENSIVE, 0, (int *)NULL);
    sqlite3_db_config(store->db, SQLITE_DBCONFIG_WRITABLE_SCHEMA, 1, (int *)NULL);
}

tdm_status tdm__store_open(tdm__store *store, const tdm_context *context, const char *path,
                           tdm__store_mode mode, tdm_error *error)
{
    static const int flags[] = {
        [TDM__STORE_LOOK] = SQLITE_OPEN_READONLY | SQLITE_OPEN_URI,
        /* A reader that may not write leaves its -wal and -shm files behind when it goes. */
        [TDM__STORE_READ] = SQLITE_OPEN_READWRITE,
        [TDM__STORE_CHANGE] = SQLITE_OPEN_READWRITE,
        [TDM__STORE_MAKE] = SQLITE_OPEN_READWRITE | SQLITE_OPEN_URI,
    };
    tdm__text name;
    *store = (tdm__store){.context = context, .path = path, .stopped = TDM_OK};
    if (path[0] == '\0')
        return tdm__fail(error, TDM_INVALID_ARG, "expected the name of a store");
    tdm__text_init(&name, &context->allocator);
    tdm_status status = name_for_sqlite(&name, path, mode);
    if (status != TDM_OK) {
        tdm__text_free(&name);
        return tdm__no_memory(error);
    }
    int code = sqlite3_open_v2(name.data, &store->db,
                               flags[mode] | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE,
                               context->vault ? tdm__vault_name(context->vault) : NULL);
    tdm__text_free(&name);
    status = tdm__store_result(store, code, error);
    if (status == TDM_OK) {
        keep_in_bounds(store);
        if (mode == TDM__STORE_LOOK && !tdm__store_lies_still(context, path))
            look_past_missing_pages(store);
        /* What SQLite sorts and sets aside would stand open in a file. */
        status = tdm__store_run(store,
                                context->vault ? "PRAGMA cell_size_check = ON; PRAGMA temp_store = MEMORY"
                                               : "PRAGMA cell_size_check = ON",
                                error);
    }
    if (status == TDM_OK && mode == TDM__STORE_READ)
        status = tdm__store_run(store, "PRAGMA query_only = ON", error);
    if (status != TDM_OK)
        tdm__store_close(store);
    return status;
}

void tdm__store_close(tdm__store *store)
{
    sqlite3_close(store->db);
    store->db = NULL;
}

void tdm__store_use_log(const tdm_context *context, const char *path)
{
    tdm__store store;
    if (tdm__store_open(&store, context, path, TDM__STORE_CHANGE, NULL) != TDM_OK)
        return;
    /* A log is opened with the first look, and goes with whoever opened it: also an empty one of before. */
    tdm__store_run(&store, "PRAGMA journal_mode = WAL; SELECT count(*) FROM sqlite_schema", NULL);
    tdm__store_close(&store);
}

tdm_status tdm__store_run(tdm__store *store, const char *sql, tdm_error *error)
{
    return tdm__store_result(store, sqlite3_exec(store->db, sql, NULL, NULL, NULL), error);
}

tdm_status tdm__store_prepare(sqlite3_stmt **out, tdm__store *store, const char *sql, tdm_error *error)
{
    *out = NULL;
    return tdm__store_result(
        store, sqlite3_prepare_v3(store->db, sql, -1, SQLITE_PREPARE_PERSISTENT, out, NULL), error);
}

tdm_status tdm__store_step(bool *row, tdm__store *store, sqlite3_stmt *statement, tdm_error *error)
{
    int code = sqlite3_step(statement);
    *row = code == SQLITE_ROW;
    return tdm__store_result(store, code, error);
}

tdm_status tdm__store_number(int64_t *out, tdm__store *store, const char *sql, tdm_error *error)
{
    sqlite3_stmt *statement;
    bool row = false;
    *out = 0;
    tdm_status status = tdm__store_prepare(&statement, store, sql, error);
    if (status == TDM_OK)
        status = tdm__store_step(&row, store, statement, error);
    if (row)
        *out = sqlite3_column_int64(statement, 0);
    sqlite3_finalize(statement);
    return status;
}

tdm__cell tdm__cell_number(int64_t number)
{
    return (tdm__cell){TDM__CELL_NUMBER, number, {NULL, 0}};
}

tdm__cell tdm__cell_text(tdm_str text)
{
    return (tdm__cell){TDM__CELL_TEXT, 0, text.data ? text : (tdm_str){"", 0}};
}

tdm__cell tdm__cell_optional_text(tdm_str text)
{
    return text.length > 0 ? tdm__cell_text(text) : (tdm__cell){TDM__CELL_NULL, 0, {NULL, 0}};
}

tdm__cell tdm__cell_bytes(tdm_str bytes)
{
    return (tdm__cell){TDM__CELL_BYTES, 0, bytes.data ? bytes : (tdm_str){"", 0}};
}

bool tdm__cell_equal(const tdm__cell *a, const tdm__cell *b)
{
    return a->type == b->type && a->number == b->number && tdm__str_equal(a->text, b->text);
}

/* No agency is called so: who has none sees no row that is limited. */
#define NO_AGENCY "-"

static int bind_text(sqlite3_stmt *statement, int at, tdm_str text)
{
    return sqlite3_bind_text64(statement, at, text.data, text.length, SQLITE_STATIC, SQLITE_UTF8);
}

/* Without eyes all three are NULL. */
static int bind_eyes(const tdm__store *store, sqlite3_stmt *statement)
{
    const tdm__eyes *eyes = store->eyes;
    if (!eyes || sqlite3_bind_parameter_count(statement) < TDM__EYES_FIRST)
        return SQLITE_OK;
    int code = bind_text(statement, TDM__EYES_FIRST, eyes->agency.length ? eyes->agency : TDM_LIT(NO_AGENCY));
    if (code == SQLITE_OK && sqlite3_bind_parameter_count(statement) > TDM__EYES_FIRST)
        code = bind_text(statement, TDM__EYES_FIRST + 1, eyes->account);
    if (code == SQLITE_OK && sqlite3_bind_parameter_count(statement) > TDM__EYES_FIRST + 1)
        code = sqlite3_bind_int64(statement, TDM__EYES_FIRST + 2, eyes->now);
    return code;
}

tdm_status tdm__store_bind(tdm__store *store, sqlite3_stmt *statement, const tdm__cell *cells, size_t count,
                           tdm_error *error)
{
    int code = bind_eyes(store, statement);
    for (size_t i = 0; code == SQLITE_OK && i < count; i++) {
        int at = (int)i + 1;
        if (cells[i].type == TDM__CELL_NUMBER)
            code = sqlite3_bind_int64(statement, at, cells[i].number);
        else if (cells[i].type == TDM__CELL_TEXT)
            code = sqlite3_bind_text64(statement, at, cells[i].text.data, cells[i].text.length, SQLITE_STATIC,
                                       SQLITE_UTF8);
        else if (cells[i].type == TDM__CELL_BYTES)
            code = sqlite3_bind_blob64(statement, at, cells[i].text.data, cells[i].text.length,
                                       SQLITE_STATIC);
        else
            code = sqlite3_bind_null(statement, at);
    }
    return tdm__store_result(store, code, error);
}

static tdm_status text_cell(tdm__cell *out, tdm__store *store, sqlite3_stmt *statement, int column,
                            tdm_error *error)
{
    size_t bad_at;
    const void *bytes = sqlite3_column_text(statement, column);
    if (!bytes)
        return tdm__no_memory(error);
    *out = tdm__cell_text((tdm_str){bytes, (size_t)sqlite3_column_bytes(statement, column)});
    return tdm__utf8_valid(out->text, &bad_at) ? TDM_OK : tdm__store_damaged(store, error);
}

/* An empty one has no place of its own. */
static tdm_status bytes_cell(tdm__cell *out, sqlite3_stmt *statement, int column, tdm_error *error)
{
    const void *bytes = sqlite3_column_blob(statement, column);
    size_t length = (size_t)sqlite3_column_bytes(statement, column);
    *out = tdm__cell_bytes((tdm_str){bytes, length});
    return !bytes && length > 0 ? tdm__no_memory(error) : TDM_OK;
}

static tdm_status read_cells(tdm__cell *out, size_t count, tdm__store *store, sqlite3_stmt *statement,
                             bool bytes_allowed, tdm_error *error)
{
    tdm_status status = TDM_OK;
    for (int column = 0; status == TDM_OK && column < (int)count; column++) {
        int type = sqlite3_column_type(statement, column);
        if (type == SQLITE_NULL)
            out[column] = (tdm__cell){TDM__CELL_NULL, 0, {NULL, 0}};
        else if (type == SQLITE_INTEGER)
            out[column] = tdm__cell_number(sqlite3_column_int64(statement, column));
        else if (type == SQLITE_TEXT)
            status = text_cell(&out[column], store, statement, column, error);
        else if (type == SQLITE_BLOB && bytes_allowed)
            status = bytes_cell(&out[column], statement, column, error);
        else
            status = tdm__store_damaged(store, error);
    }
    return status;
}

tdm_status tdm__store_cells(tdm__cell *out, size_t count, tdm__store *store, sqlite3_stmt *statement,
                            tdm_error *error)
{
    return read_cells(out, count, store, statement, false, error);
}

tdm_status tdm__store_cells_or_bytes(tdm__cell *out, size_t count, tdm__store *store, sqlite3_stmt *statement,
                                     tdm_error *error)
{
    return read_cells(out, count, store, statement, true, error);
}

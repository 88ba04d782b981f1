/*
 * See statements.h. A connection has about a hundred statements at most, so that a walk finds one.
 */
#include "store/statements.h"

void tdm__statements_free(tdm__kept_statements *kept)
{
    for (size_t i = 0; i < kept->count; i++)
        sqlite3_finalize(kept->items[i].statement);
    tdm__free(kept->allocator, kept->items);
    kept->items = NULL;
    kept->count = kept->capacity = 0;
}

static tdm__kept_statement *find(tdm__kept_statements *kept, const char *sql)
{
    for (size_t i = 0; i < kept->count; i++)
        if (kept->items[i].sql == sql)
            return &kept->items[i];
    return NULL;
}

static tdm_status keep(sqlite3_stmt **out, tdm__store *store, const char *sql, tdm_error *error)
{
    tdm__kept_statements *kept = store->kept;
    tdm__kept_statement *grown = tdm__grown(kept->allocator, kept->items, &kept->capacity, kept->count + 1,
                                            sizeof *grown);
    if (!grown)
        return tdm__no_memory(error);
    kept->items = grown;
    tdm_status status = tdm__store_prepare(out, store, sql, error);
    if (status == TDM_OK)
        kept->items[kept->count++] = (tdm__kept_statement){sql, *out, true};
    return status;
}

tdm_status tdm__statement_take(sqlite3_stmt **out, tdm__store *store, const char *sql, tdm_error *error)
{
    *out = NULL;
    if (!store->kept)
        return tdm__store_prepare(out, store, sql, error);
    if (sqlite3_get_autocommit(store->db))
        return tdm__store_fail(store, TDM_STORE, "the transaction has ended after a failure", error);
    tdm__kept_statement *held = find(store->kept, sql);
    if (!held)
        return keep(out, store, sql, error);
    /* In use further up: this one is for this use alone. */
    if (held->taken)
        return tdm__store_prepare(out, store, sql, error);
    held->taken = true;
    *out = held->statement;
    return TDM_OK;
}

void tdm__statement_give(tdm__store *store, sqlite3_stmt *statement)
{
    for (size_t i = 0; statement && store->kept && i < store->kept->count; i++) {
        tdm__kept_statement *held = &store->kept->items[i];
        if (held->statement != statement)
            continue;
        held->taken = false;
        sqlite3_reset(statement);
        sqlite3_clear_bindings(statement);
        return;
    }
    sqlite3_finalize(statement);
}

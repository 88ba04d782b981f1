/*
 * Where a store is written: a new one beside its place and renamed, an existing one in a single
 * transaction. What is written is the business of write_rows.c and write_events.c.
 */
#include "store/migrations.h"
#include "store/vault.h"
#include "store/writer.h"

#include "base/file.h"

#include <stdio.h>

/* Rows into an open store, within one transaction. `version` 0: it has no tables yet. */
static tdm_status write_transaction(tdm__store *store, const tdm__store_content *content, int32_t version,
                                    tdm__store_counts *counts, tdm_error *error)
{
    tdm__store_writer writer = {.store = store, .content = content, .fresh = version == 0};
    tdm_status status = tdm__store_run(store, "BEGIN IMMEDIATE", error);
    if (status != TDM_OK)
        return status;
    status = tdm__store_bring_up(store, version, error);
    if (status == TDM_OK)
        status = tdm__store_write_rows(&writer, error);
    tdm__store_writer_free(&writer);
    if (status == TDM_OK)
        status = tdm__store_run(store, "COMMIT", error);
    if (status == TDM_OK)
        *counts = writer.counts;
    else
        tdm__store_run(store, "ROLLBACK", NULL);
    return status;
}

/* --- a new store --- */

static tdm_status fill_new(const tdm_context *context, const char *temporary, const char *path,
                           const tdm__store_content *content, tdm__store_counts *counts, tdm_error *error)
{
    char sql[160];
    tdm__store store;
    /* The journal is for a file that holds something; if this one fails it is removed. */
    snprintf(sql, sizeof sql,
             "PRAGMA encoding = 'UTF-8'; PRAGMA journal_mode = MEMORY; PRAGMA synchronous = FULL;"
             "PRAGMA cache_size = -65536; PRAGMA application_id = %d",
             TDM__APPLICATION_ID);
    tdm_status status = tdm__store_open(&store, context, temporary, TDM__STORE_MAKE, NULL);
    /* Whatever is wrong is told of the path that was asked for. */
    store.path = path;
    if (status != TDM_OK)
        return tdm__store_fail(&store, status, tdm_status_text(status), error);
    status = tdm__store_run(&store, sql, error);
    if (status == TDM_OK)
        status = write_transaction(&store, content, 0, counts, error);
    /* Later could be too late: a closed store has no journal to switch with. */
    if (status == TDM_OK && tdm__vault_holds(store.db))
        status = tdm__store_run(&store, "PRAGMA journal_mode = WAL", error);
    tdm__store_close(&store);
    return status;
}

static tdm_status write_new(const tdm_context *context, const char *path, const tdm__store_content *content,
                            tdm__store_counts *counts, tdm_error *error)
{
    char *temporary;
    tdm_status status = tdm__file_make_beside(&temporary, &context->allocator, path, error);
    if (status != TDM_OK)
        return status;
    status = fill_new(context, temporary, path, content, counts, error);
    if (status == TDM_OK)
        status = tdm__file_take_name(temporary, path, error);
    if (status != TDM_OK)
        tdm__file_remove(temporary);
    else
        tdm__store_use_log(context, path);
    tdm__free(&context->allocator, temporary);
    return status;
}

/* --- an existing store --- */

static tdm_status write_existing(const tdm_context *context, const char *path,
                                 const tdm__store_content *content, tdm__store_counts *counts,
                                 tdm_error *error)
{
    int32_t version;
    tdm__store store;
    tdm_status status = tdm__store_look(&version, context, path, error);
    if (status == TDM_OK)
        status = tdm__store_open(&store, context, path, TDM__STORE_CHANGE, error);
    if (status != TDM_OK)
        return status;
    status = write_transaction(&store, content, version, counts, error);
    tdm__store_close(&store);
    return status;
}

/* Why nothing is written where something else than a store stands. */
static tdm_status refuse(const char *path, const char *message, tdm_error *error)
{
    return tdm__fail_at(error, TDM_IO, (tdm_place){tdm__str(path), 0, 0}, "%s", message);
}

tdm_status tdm__store_write(const tdm_context *context, const char *path, const tdm__store_content *content,
                            tdm__store_counts *counts, tdm_error *error)
{
    tdm__store_counts own = {0};
    tdm_status status = TDM_INTERNAL;
    if (counts)
        *counts = own;
    if (path[0] == '\0')
        return tdm__fail(error, TDM_INVALID_ARG, "expected the name of a store");
    switch (tdm__file_look_itself(path)) {
    case TDM__FILE_NONE:
        status = write_new(context, path, content, &own, error);
        break;
    case TDM__FILE_REGULAR:
        status = write_existing(context, path, content, &own, error);
        break;
    case TDM__FILE_LINK:
        return refuse(path, "a link where a store was expected; name the store itself", error);
    case TDM__FILE_FOLDER:
    case TDM__FILE_OTHER:
        return refuse(path, "a folder or a device where a store was expected", error);
    }
    if (counts && status == TDM_OK)
        *counts = own;
    return status;
}

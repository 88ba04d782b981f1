/*
 * The file of a live store as a whole: a copy while it is used, a walk through it, its log folded in.
 */
#include "store/vault.h"
#include "store/work.h"

#include "base/file.h"

#include <string.h>

#define PAGES_AT_A_TIME 512

static tdm_status copy_pages(tdm__store *to, tdm__store *from, tdm_error *error)
{
    sqlite3_backup *backup = sqlite3_backup_init(to->db, "main", from->db, "main");
    if (!backup)
        return tdm__store_result(to, sqlite3_extended_errcode(to->db), error);
    tdm_status status = TDM_OK;
    int code = SQLITE_OK;
    while (status == TDM_OK && code == SQLITE_OK) {
        code = sqlite3_backup_step(backup, PAGES_AT_A_TIME);
        status = tdm__context_poll(from->context, error);
    }
    int finished = sqlite3_backup_finish(backup);
    if (status == TDM_OK && code != SQLITE_DONE)
        status = tdm__store_result(to, code, error);
    return status == TDM_OK ? tdm__store_result(to, finished, error) : status;
}

/* One row "ok" and no row of the other. */
static tdm_status check(tdm__store *store, const char *sql, bool wants_ok, tdm_error *error)
{
    sqlite3_stmt *statement;
    bool row = false, good = !wants_ok;
    tdm_status status = tdm__store_prepare(&statement, store, sql, error);
    if (status == TDM_OK)
        status = tdm__store_step(&row, store, statement, error);
    if (status == TDM_OK && row) {
        const char *said = (const char *)sqlite3_column_text(statement, 0);
        good = wants_ok && said && strcmp(said, "ok") == 0;
    }
    sqlite3_finalize(statement);
    if (status == TDM_OK && !good && tdm__vault_ran_out(store->db))
        return tdm__no_memory(error);
    if (status == TDM_OK && !good)
        status = tdm__store_fail(store, TDM_STORE, "the store is damaged", error);
    return status;
}

/*
 * So that the copy is one file, and all of it on the disk. A closed one has no journal and stays with its
 * log, which goes when it is closed; the last thing to be read of it is the switch, which says whether it was
 * made.
 */
static tdm_status settle_copy(tdm__store *copy, bool closes, tdm_error *error)
{
    return tdm__store_run(copy, closes ? "PRAGMA journal_mode = WAL" : "PRAGMA journal_mode = DELETE", error);
}

tdm_status tdm__store_copy(const char *temporary, tdm__store *from, tdm__vault *vault, tdm_error *error)
{
    tdm__store copy;
    tdm_context context = {.allocator = from->context->allocator, .vault = vault};
    tdm_status status = tdm__store_open(&copy, &context, temporary,
                                        vault ? TDM__STORE_MAKE : TDM__STORE_CHANGE, NULL);
    copy.path = from->path;
    if (status != TDM_OK)
        return tdm__store_fail(&copy, status, tdm_status_text(status), error);
    status = tdm__store_run(&copy, "PRAGMA journal_mode = MEMORY; PRAGMA synchronous = FULL", error);
    if (status == TDM_OK)
        status = copy_pages(&copy, from, error);
    if (status == TDM_OK)
        status = settle_copy(&copy, vault != NULL, error);
    if (status == TDM_OK)
        status = check(&copy, "PRAGMA quick_check(1)", true, error);
    tdm__store_close(&copy);
    return status;
}

tdm_status tdm__live_backup(tdm__live *live, const tdm_context *context, const char *path, tdm_error *error)
{
    tdm__work *work;
    char *temporary = NULL;
    if (path[0] == '\0')
        return tdm__fail(error, TDM_INVALID_ARG, "expected the name of a copy");
    if (tdm__file_look_itself(path) != TDM__FILE_NONE)
        return tdm__fail_at(error, TDM_CONFLICT, (tdm_place){tdm__str(path), 0, 0},
                            "something of that name is there already");
    tdm_status status = tdm__live_read(&work, live, context, error);
    if (status == TDM_OK)
        status = tdm__file_make_beside(&temporary, &context->allocator, path, error);
    if (status == TDM_OK)
        status = tdm__store_copy(temporary, &work->store,
                                 tdm__vault_holds(work->store.db) ? work->idle->vault : NULL, error);
    if (status == TDM_OK)
        status = tdm__file_take_name(temporary, path, error);
    if (status != TDM_OK && temporary)
        tdm__file_remove(temporary);
    tdm__free(&context->allocator, temporary);
    tdm__work_end(work);
    return status;
}

tdm_status tdm__store_check_whole(tdm__store *store, tdm_error *error)
{
    tdm_status status = check(store, "PRAGMA integrity_check(1)", true, error);
    return status == TDM_OK ? check(store, "PRAGMA foreign_key_check", false, error) : status;
}

tdm_status tdm__live_check(tdm__live *live, const tdm_context *context, tdm_error *error)
{
    tdm__work *work;
    tdm_status status = tdm__live_read(&work, live, context, error);
    if (status == TDM_OK)
        status = tdm__store_check_whole(&work->store, error);
    tdm__work_end(work);
    return status;
}

tdm_status tdm__live_settle(tdm__live *live, const tdm_context *context, tdm_error *error)
{
    tdm__work *work;
    int64_t in_use = 0;
    tdm_status status = tdm__live_take(&work, live, context, true, error);
    if (status == TDM_OK)
        status = tdm__store_number(&in_use, &work->store, "PRAGMA wal_checkpoint(TRUNCATE)", error);
    if (status == TDM_OK && in_use != 0)
        status = tdm__store_result(&work->store, SQLITE_BUSY, error);
    tdm__work_end(work);
    return status;
}

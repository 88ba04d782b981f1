/*
 * See held.h. What is written and what takes whose place is for closing.c and restoring.c.
 */
#include "store/held.h"

#include "base/file.h"

#define MADE_SUFFIX ".new"

const char *tdm__held_beside(tdm__held_store *held, const char *path, const char *suffix)
{
    tdm__text name;
    tdm__text_init(&name, held->arena.allocator);
    tdm__text_puts(&name, path);
    tdm__text_puts(&name, suffix);
    tdm_str kept = name.failed ? (tdm_str){NULL, 0} : tdm__arena_copy(&held->arena, tdm__text_str(&name));
    tdm__text_free(&name);
    return kept.data;
}

tdm_status tdm__held_begin(tdm__held_store *held, const tdm_context *context, const char *path,
                           tdm_error *error)
{
    *held = (tdm__held_store){.context = context, .path = path};
    tdm__arena_init(&held->arena, &context->allocator);
    held->made = tdm__held_beside(held, path, MADE_SUFFIX);
    held->aside = tdm__held_beside(held, path, TDM__STORE_ASIDE_SUFFIX);
    held->replaced = tdm__held_beside(held, path, TDM__STORE_REPLACED_SUFFIX);
    return held->made && held->aside && held->replaced ? TDM_OK : tdm__no_memory(error);
}

void tdm__held_end(tdm__held_store *held)
{
    tdm__store_close(&held->from);
    tdm__arena_free(&held->arena);
}

/* --- holding --- */

/* Stopped between giving a store a second name and putting another in its place. */
static void drop_second_names(const tdm__held_store *held)
{
    const char *const names[] = {held->aside, held->replaced};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (tdm__file_is_one(names[i], held->path))
            tdm__file_remove(names[i]);
}

/* What SQLite has opened and holds alone needs none any more: one that never became whole may hold pages in
 * the open, and beside a closed store it would be taken for part of it. */
static tdm_status shred_journal(tdm__held_store *held, tdm_error *error)
{
    const char *journal = tdm__held_beside(held, held->path, "-journal");
    return journal ? tdm__file_shred(journal, error) : tdm__no_memory(error);
}

tdm_status tdm__held_take(tdm__held_store *held, tdm_error *error)
{
    int64_t in_use = 0;
    int keeps = 1;
    tdm__store *from = &held->from;
    tdm_status status = tdm__store_open(from, held->context, held->path, TDM__STORE_CHANGE, error);
    if (status != TDM_OK)
        return status;
    sqlite3_file_control(from->db, "main", SQLITE_FCNTL_PERSIST_WAL, &keeps);
    status = tdm__store_run(from, "PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE; COMMIT", error);
    if (status == TDM_OK)
        status = tdm__store_number(&in_use, from, "PRAGMA wal_checkpoint(TRUNCATE)", error);
    if (status == TDM_OK && in_use != 0)
        status = tdm__store_result(from, SQLITE_BUSY, error);
    if (status == TDM_OK)
        status = shred_journal(held, error);
    if (status == TDM_OK)
        drop_second_names(held);
    return status;
}

/* SQLite's own locks, taken by hand: it gives none on what is no database to it. */
tdm_status tdm__held_take_damaged(tdm__held_store *held, tdm_error *error)
{
    sqlite3_file *file = NULL;
    tdm__store *from = &held->from;
    tdm__store_close(from);
    tdm_status status = tdm__store_open(from, held->context, held->path, TDM__STORE_CHANGE, error);
    if (status != TDM_OK)
        return status;
    int code = sqlite3_file_control(from->db, "main", SQLITE_FCNTL_FILE_POINTER, &file);
    if (code == SQLITE_OK && file && file->pMethods)
        code = file->pMethods->xLock(file, SQLITE_LOCK_SHARED);
    if (code == SQLITE_OK && file && file->pMethods)
        code = file->pMethods->xLock(file, SQLITE_LOCK_EXCLUSIVE);
    status = tdm__store_result(from, code, error);
    if (status == TDM_OK)
        drop_second_names(held);
    return status;
}

/* --- what is made beside it --- */

tdm_status tdm__held_clear_made(tdm__held_store *held, tdm_error *error)
{
    static const char *const suffixes[] = {"", "-wal", "-shm"};
    tdm_status status = TDM_OK;
    for (size_t i = 0; status == TDM_OK && i < sizeof suffixes / sizeof *suffixes; i++) {
        const char *name = tdm__held_beside(held, held->made, suffixes[i]);
        if (name)
            tdm__file_remove(name);
        else
            status = tdm__no_memory(error);
    }
    return status;
}

tdm_status tdm__held_make(tdm__held_store *held, tdm_error *error)
{
    tdm_status status = tdm__held_clear_made(held, error);
    return status == TDM_OK ? tdm__file_make_empty(held->made, error) : status;
}

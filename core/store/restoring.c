/*
 * See restoring.h. Whether the copy is one that somebody wants there is not decided here.
 */
#include "store/restoring.h"

#include "store/migrations.h"
#include "store/rows.h"
#include "store/trail.h"
#include "store/vault.h"

#include "base/file.h"

/* --- what stands at the place --- */

static tdm_status refuse(const char *path, tdm_status status, const char *message, tdm_error *error)
{
    return tdm__fail_at(error, status, (tdm_place){tdm__str(path), 0, 0}, "%s", message);
}

static tdm_status look_at_place(tdm__restoring *r, bool replaces, tdm_error *error)
{
    const char *path = r->held.path;
    switch (tdm__file_look_itself(path)) {
    case TDM__FILE_NONE:
        return TDM_OK;
    case TDM__FILE_REGULAR:
        r->was_there = true;
        return replaces ? TDM_OK
                        : refuse(path, TDM_CONFLICT,
                                 "a store is there already: --replace puts the copy in its place and keeps "
                                 "it under another name",
                                 error);
    case TDM__FILE_LINK:
        return refuse(path, TDM_IO, "a link where a store was expected; name the store itself", error);
    case TDM__FILE_FOLDER:
    case TDM__FILE_OTHER:
        break;
    }
    return refuse(path, TDM_IO, "a folder or a device where a store was expected", error);
}

/* Where what was there ends: what the copy lacks of it is given up. */
static tdm_status read_end(tdm__restoring *r, tdm_error *error)
{
    int32_t version;
    int64_t tables = 0;
    tdm__work work = {.store = r->held.from};
    tdm__store *from = &work.store;
    tdm_status status = tdm__store_version(&version, from, &tdm__store_migrations, error);
    if (status == TDM_OK)
        status = tdm__store_check_tables(from, &tdm__store_migrations, version, error);
    if (status == TDM_OK)
        status = tdm__store_number(
            &tables, from, "SELECT count(*) FROM sqlite_schema WHERE name IN ('audit', 'deletion')", error);
    r->had_trail = tables == 2;
    return status == TDM_OK && r->had_trail ? tdm__work_trail_head(&r->end, &work, error) : status;
}

tdm_status tdm__restoring_has_deleted(bool *out, tdm__restoring *r, tdm_str code, int64_t after,
                                      tdm_error *error)
{
    tdm__work work = {.store = r->held.from};
    const tdm__cell cells[] = {tdm__cell_text(code), tdm__cell_number(after)};
    int64_t lines = 0;
    tdm_status status = TDM_OK;
    if (r->was_read && r->had_trail)
        status = tdm__rows_number(&lines, &work,
                                  "SELECT count(*) FROM deletion WHERE pseudonym = ?1 AND number > ?2", cells,
                                  2, error);
    *out = lines > 0;
    return status;
}

/* What is damaged is replaced too; what somebody uses is not. */
static tdm_status hold(tdm__restoring *r, tdm_error *error)
{
    tdm_status status = tdm__held_take(&r->held, error);
    r->was_held = status == TDM_OK;
    if (r->was_held) {
        status = read_end(r, error);
        r->was_read = status == TDM_OK;
        return status == TDM_STORE || status == TDM_NEWER ? TDM_OK : status;
    }
    if (status == TDM_STORE && tdm__store_is_in_use(error))
        return status;
    return status == TDM_STORE || status == TDM_IO ? tdm__held_take_damaged(&r->held, error) : status;
}

static tdm_status check_names(const tdm__restoring *r, tdm_error *error)
{
    if (tdm__file_look_itself(r->kept) != TDM__FILE_NONE)
        return refuse(r->kept, TDM_CONFLICT, "something of that name is there already", error);
    if (tdm__file_look_itself(r->held.replaced) != TDM__FILE_NONE)
        return refuse(r->held.replaced, TDM_CONFLICT,
                      "an earlier restore was stopped and left the store of before under this name: give it "
                      "another one first",
                      error);
    return TDM_OK;
}

tdm_status tdm__restoring_begin(tdm__restoring *r, const tdm_context *context, const char *place,
                                const char *kept, bool replaces, tdm_error *error)
{
    *r = (tdm__restoring){.kept = kept};
    tdm_error own; /* what is wrong with the store is looked at */
    tdm__error_clear(&own);
    tdm_status status = tdm__held_begin(&r->held, context, place, error);
    if (status == TDM_OK)
        status = look_at_place(r, replaces, error);
    /* Before it is held: opening and closing the file would drop the locks on it. */
    if (status == TDM_OK && r->was_there)
        r->was_closed = tdm__vault_closed_at(context, place);
    if (status == TDM_OK && r->was_there) {
        status = hold(r, &own);
        if (status != TDM_OK)
            return refuse(place, status, own.message, error);
    }
    return status == TDM_OK ? check_names(r, error) : status;
}

/* --- the copy --- */

static tdm_status look_at_copy(const tdm__restoring *r, const char *copy, tdm_error *error)
{
    if (tdm__file_is_one(copy, r->held.path))
        return refuse(copy, TDM_CONFLICT, "the copy is the store itself", error);
    switch (tdm__file_look(NULL, copy)) {
    case TDM__FILE_REGULAR:
        return TDM_OK;
    case TDM__FILE_NONE:
        return refuse(copy, TDM_NOT_FOUND, "no such file or folder", error);
    default:
        return refuse(copy, TDM_IO, "a folder or a device where a copy of a store was expected", error);
    }
}

/* Nothing is folded into it: it stays the copy that it was. A log that lies beside it is read. */
static tdm_status open_copy(tdm__store *from, tdm__restoring *r, const char *copy, tdm_error *error)
{
    int32_t version;
    int keeps = 1;
    const char *journal = tdm__held_beside(&r->held, copy, "-journal");
    if (!journal)
        return tdm__no_memory(error);
    bool still = tdm__store_lies_still(r->held.context, copy) &&
                 tdm__file_look_itself(journal) == TDM__FILE_NONE;
    tdm_status status = tdm__store_look(&version, r->held.context, copy, error);
    if (status == TDM_OK)
        status = tdm__store_open(from, r->held.context, copy, still ? TDM__STORE_LOOK : TDM__STORE_READ,
                                 error);
    if (status != TDM_OK)
        return status;
    sqlite3_file_control(from->db, "main", SQLITE_FCNTL_PERSIST_WAL, &keeps);
    sqlite3_db_config(from->db, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, (int *)NULL);
    return tdm__store_run(from, "BEGIN", error);
}

static tdm_status check_copy(tdm__store *from, tdm_error *error)
{
    int32_t version;
    tdm_status status = tdm__store_version(&version, from, &tdm__store_migrations, error);
    if (status == TDM_OK)
        status = tdm__store_check_tables(from, &tdm__store_migrations, version, error);
    return status == TDM_OK ? tdm__store_check_whole(from, error) : status;
}

tdm_status tdm__restoring_copy(tdm__restoring *r, const char *copy, tdm_error *error)
{
    tdm__store from = {.db = NULL};
    tdm_status status = look_at_copy(r, copy, error);
    if (status == TDM_OK)
        status = open_copy(&from, r, copy, error);
    if (status == TDM_OK)
        status = check_copy(&from, error);
    if (status == TDM_OK)
        status = tdm__held_make(&r->held, error);
    r->is_closed = status == TDM_OK && tdm__vault_holds(from.db);
    if (status == TDM_OK)
        status = tdm__store_copy(r->held.made, &from, r->is_closed ? r->held.context->vault : NULL, error);
    tdm__store_close(&from);
    return status;
}

/* --- one in the place of the other --- */

/*
 * What SQLite would take for changes to the store that comes: they are of the one that was there, which could
 * not be read. An empty log is nobody's, or that of whoever opens the store the moment it stands there.
 */
static tdm_status move_changes(tdm__restoring *r, tdm_error *error)
{
    static const char *const suffixes[] = {"-wal", "-journal"};
    tdm_status status = TDM_OK;
    if (r->was_held)
        return TDM_OK;
    for (size_t i = 0; status == TDM_OK && i < sizeof suffixes / sizeof *suffixes; i++) {
        const char *from = tdm__held_beside(&r->held, r->held.path, suffixes[i]);
        const char *to = tdm__held_beside(&r->held, r->kept, suffixes[i]);
        status = from && to ? tdm__file_move(from, to, error) : tdm__no_memory(error);
    }
    return status;
}

tdm_status tdm__restoring_finish(tdm__restoring *r, tdm_error *error)
{
    const tdm__held_store *held = &r->held;
    const char *log = tdm__held_beside(&r->held, held->made, "-wal");
    if (!log)
        return tdm__no_memory(error);
    if (tdm__file_look_itself(log) != TDM__FILE_NONE)
        return refuse(held->made, TDM_IO, "what was written beside the store is still in use", error);
    tdm_status status = move_changes(r, error);
    if (status == TDM_OK && !r->was_there)
        status = tdm__file_take_name(held->made, held->path, error);
    if (status == TDM_OK && r->was_there)
        status = tdm__file_swap(held->made, held->path, held->replaced, error);
    if (status == TDM_OK && r->was_there)
        status = tdm__file_move(held->replaced, r->kept, error);
    return status;
}

void tdm__restoring_end(tdm__restoring *r)
{
    if (r->held.made)
        (void)tdm__held_clear_made(&r->held, NULL);
    tdm__held_end(&r->held);
}

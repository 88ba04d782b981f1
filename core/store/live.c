/*
 * Opening a store for a long time, and pieces of work from their beginning to their end. What they read and
 * write is the business of other files.
 */
#include "store/migrations.h"
#include "store/vault.h"
#include "store/work.h"

#include "base/file.h"

#include <string.h>

#define READERS_DEFAULT 4
#define READERS_MOST    64
#define WAITING_DEFAULT 1000

struct tdm__live {
    tdm_context idle; /* its allocator; without an interrupt */
    char *path;
    int32_t busy_milliseconds; /* 0: as every connection */
    tdm__work *slots;          /* the one that writes, then the readers */
    size_t slot_count;
    tdm__pool writer, readers;
    bool has_writer, has_readers;
};

/* --- opening --- */

static tdm_status look_at_place(const char *path, tdm_error *error)
{
    tdm_place place = {tdm__str(path), 0, 0};
    if (path[0] == '\0')
        return tdm__fail(error, TDM_INVALID_ARG, "expected the name of a store");
    switch (tdm__file_look_itself(path)) {
    case TDM__FILE_REGULAR:
        return TDM_OK;
    case TDM__FILE_NONE:
        return tdm__fail_at(error, TDM_NOT_FOUND, place, "no such file or folder");
    case TDM__FILE_LINK:
        return tdm__fail_at(error, TDM_IO, place, "a link where a store was expected; name the store itself");
    case TDM__FILE_FOLDER:
    case TDM__FILE_OTHER:
        break;
    }
    return tdm__fail_at(error, TDM_IO, place, "a folder or a device where a store was expected");
}

static tdm_status open_slot(tdm__work *slot, tdm__live *live, tdm__store_mode mode, tdm_error *error)
{
    tdm_status status = tdm__store_open(&slot->store, &live->idle, live->path, mode, error);
    if (status != TDM_OK)
        return status;
    slot->kept.allocator = &live->idle.allocator;
    slot->store.kept = &slot->kept;
    slot->idle = &live->idle;
    slot->is_writing = mode == TDM__STORE_CHANGE;
    if (live->busy_milliseconds > 0)
        sqlite3_busy_timeout(slot->store.db, live->busy_milliseconds);
    return TDM_OK;
}

static tdm_status bring_up(tdm__store *store, int32_t version, tdm_error *error)
{
    tdm_status status = tdm__store_run(store, "BEGIN IMMEDIATE", error);
    if (status != TDM_OK)
        return status;
    status = tdm__store_bring_up(store, version, error);
    if (status == TDM_OK)
        status = tdm__store_run(store, "COMMIT", error);
    if (status != TDM_OK)
        tdm__store_run(store, "ROLLBACK", NULL);
    return status;
}

/* With the log readers and the writer need not wait for each other; without it nothing here would hold. */
static tdm_status switch_log_on(tdm__store *store, tdm_error *error)
{
    sqlite3_stmt *statement;
    bool row = false, on = false;
    tdm_status status = tdm__store_prepare(&statement, store, "PRAGMA journal_mode = WAL", error);
    if (status == TDM_OK)
        status = tdm__store_step(&row, store, statement, error);
    if (status == TDM_OK && row)
        on = strcmp((const char *)sqlite3_column_text(statement, 0), "wal") == 0;
    sqlite3_finalize(statement);
    if (status == TDM_OK && !on)
        status = tdm__store_fail(store, TDM_IO, "the store cannot keep a log beside it where it lies", error);
    return status;
}

static tdm_status open_writer(tdm__live *live, tdm_error *error)
{
    int32_t version;
    tdm__store *store = &live->slots[0].store;
    tdm_status status = tdm__store_look(&version, &live->idle, live->path, error);
    if (status == TDM_OK)
        status = open_slot(&live->slots[0], live, TDM__STORE_CHANGE, error);
    if (status == TDM_OK)
        status = tdm__store_run(store, "PRAGMA synchronous = FULL; PRAGMA secure_delete = ON", error);
    if (status == TDM_OK)
        status = bring_up(store, version, error);
    if (status == TDM_OK)
        status = switch_log_on(store, error);
    return status;
}

static tdm_status open_all(tdm__live *live, size_t waiting_most, tdm_error *error)
{
    tdm_status status = open_writer(live, error);
    for (size_t i = 1; status == TDM_OK && i < live->slot_count; i++)
        status = open_slot(&live->slots[i], live, TDM__STORE_READ, error);
    if (status != TDM_OK)
        return status;
    live->has_writer = tdm__pool_init(&live->writer, live->slots, 1, waiting_most);
    live->has_readers = tdm__pool_init(&live->readers, live->slots + 1, live->slot_count - 1, waiting_most);
    if (!live->has_writer || !live->has_readers)
        return tdm__no_memory(error);
    live->slots[0].pool = &live->writer;
    for (size_t i = 1; i < live->slot_count; i++)
        live->slots[i].pool = &live->readers;
    return TDM_OK;
}

static char *copy_of(const tdm_allocator *allocator, const char *text)
{
    size_t size = strlen(text) + 1;
    char *copy = tdm__alloc(allocator, size);
    if (copy)
        memcpy(copy, text, size);
    return copy;
}

tdm_status tdm__live_open(tdm__live **out, const tdm_context *context, const char *path,
                          const tdm__live_options *options, tdm_error *error)
{
    static const tdm__live_options defaults = {0, 0, 0};
    const tdm__live_options *o = options ? options : &defaults;
    *out = NULL;
    tdm_status status = look_at_place(path, error);
    if (status != TDM_OK)
        return status;
    if (o->reader_count > READERS_MOST || o->busy_milliseconds < 0)
        return tdm__fail(error, TDM_INVALID_ARG, "expected 1 to %d connections that read", READERS_MOST);
    tdm__live *live = tdm__alloc_zeroed(&context->allocator, 1, sizeof *live);
    if (!live)
        return tdm__no_memory(error);
    live->idle.allocator = context->allocator;
    live->idle.vault = context->vault;
    live->busy_milliseconds = o->busy_milliseconds;
    live->slot_count = 1 + (o->reader_count > 0 ? o->reader_count : READERS_DEFAULT);
    live->path = copy_of(&context->allocator, path);
    live->slots = tdm__alloc_zeroed(&context->allocator, live->slot_count, sizeof *live->slots);
    status = live->path && live->slots
                 ? open_all(live, o->waiting_most > 0 ? o->waiting_most : WAITING_DEFAULT, error)
                 : tdm__no_memory(error);
    if (status == TDM_OK)
        *out = live;
    else
        tdm__live_close(live);
    return status;
}

bool tdm__live_is_closed(const tdm__live *live)
{
    return tdm__vault_holds(live->slots[0].store.db);
}

void tdm__live_close(tdm__live *live)
{
    if (!live)
        return;
    const tdm_allocator allocator = live->idle.allocator;
    for (size_t i = live->slots ? live->slot_count : 0; i > 0; i--) {
        tdm__work *slot = &live->slots[i - 1];
        if (slot->kept.allocator)
            tdm__statements_free(&slot->kept);
        tdm__store_close(&slot->store);
    }
    if (live->has_writer)
        tdm__pool_free(&live->writer);
    if (live->has_readers)
        tdm__pool_free(&live->readers);
    tdm__free(&allocator, live->slots);
    tdm__free(&allocator, live->path);
    tdm__free(&allocator, live);
}

/* --- pieces of work --- */

tdm_status tdm__live_take(tdm__work **out, tdm__live *live, const tdm_context *context, bool writes,
                          tdm_error *error)
{
    *out = NULL;
    tdm__work *work = tdm__pool_take(writes ? &live->writer : &live->readers);
    if (!work)
        return tdm__fail_at(error, TDM_BUSY, (tdm_place){tdm__str(live->path), 0, 0},
                            "too many wait for the store; try again in a moment");
    work->store.context = context;
    work->store.stopped = TDM_OK;
    work->store.eyes = NULL;
    work->is_spoiled = false;
    tdm_status status = tdm__context_poll(context, error);
    if (status == TDM_OK)
        *out = work;
    else
        tdm__work_end(work);
    return status;
}

static tdm_status begin(tdm__work **out, tdm__live *live, const tdm_context *context, bool writes,
                        tdm_error *error)
{
    static const char look[] = "SELECT count(*) FROM sqlite_schema WHERE rowid = 1";
    sqlite3_stmt *statement = NULL;
    bool row;
    tdm_status status = tdm__live_take(out, live, context, writes, error);
    if (status != TDM_OK)
        return status;
    tdm__store *store = &(*out)->store;
    status = tdm__store_run(store, writes ? "BEGIN IMMEDIATE" : "BEGIN", error);
    /* A transaction that reads begins with its first look. */
    if (status == TDM_OK && !writes)
        status = tdm__statement_take(&statement, store, look, error);
    if (status == TDM_OK && !writes)
        status = tdm__store_step(&row, store, statement, error);
    tdm__statement_give(store, statement);
    if (status == TDM_OK)
        return TDM_OK;
    tdm__work_end(*out);
    *out = NULL;
    return status;
}

tdm_status tdm__live_read(tdm__work **out, tdm__live *live, const tdm_context *context, tdm_error *error)
{
    return begin(out, live, context, false, error);
}

tdm_status tdm__live_write(tdm__work **out, tdm__live *live, const tdm_context *context, tdm_error *error)
{
    return begin(out, live, context, true, error);
}

void tdm__work_see_as(tdm__work *work, const tdm__eyes *eyes)
{
    work->store.eyes = eyes;
}

tdm_status tdm__work_commit(tdm__work *work, tdm_error *error)
{
    if (work->is_spoiled || sqlite3_get_autocommit(work->store.db))
        return tdm__store_fail(&work->store, TDM_STORE, "nothing is kept of a change that failed half-way",
                               error);
    return tdm__store_run(&work->store, "COMMIT", error);
}

void tdm__work_end(tdm__work *work)
{
    if (!work)
        return;
    /* What is taken back is not stopped half-way. */
    work->store.context = work->idle;
    work->store.stopped = TDM_OK;
    if (!sqlite3_get_autocommit(work->store.db))
        tdm__store_run(&work->store, "ROLLBACK", NULL);
    tdm__pool_give(work);
}

/*
 * See closing.h. The store is held alone from before the copy until it has been replaced, so that nothing is
 * written to what is copied already. How bytes are closed is the vault's business.
 */
#include "store/closing.h"

#include "store/connection.h"
#include "store/migrations.h"

#include "base/file.h"

#define MADE_SUFFIX ".new"

/* Names beside the store. */
typedef struct closing {
    const tdm_context *context;
    const char *path;
    tdm__arena arena;
    const char *made, *aside;
    tdm__store from;
    tdm_error *error;
} closing;

/* NULL: no memory. */
static const char *beside(tdm__arena *arena, const char *path, const char *suffix)
{
    tdm__text name;
    tdm__text_init(&name, arena->allocator);
    tdm__text_puts(&name, path);
    tdm__text_puts(&name, suffix);
    tdm_str kept = name.failed ? (tdm_str){NULL, 0} : tdm__arena_copy(arena, tdm__text_str(&name));
    tdm__text_free(&name);
    return kept.data;
}

static tdm_status begin(closing *c)
{
    tdm__arena_init(&c->arena, &c->context->allocator);
    c->made = beside(&c->arena, c->path, MADE_SUFFIX);
    c->aside = beside(&c->arena, c->path, TDM__STORE_ASIDE_SUFFIX);
    return c->made && c->aside ? TDM_OK : tdm__no_memory(c->error);
}

/* --- what an earlier closing left --- */

bool tdm__store_has_aside(const tdm_context *context, const char *path)
{
    closing c = {.context = context, .path = path};
    bool has = begin(&c) == TDM_OK && tdm__file_look_itself(c.aside) != TDM__FILE_NONE;
    tdm__arena_free(&c.arena);
    return has;
}

tdm_status tdm__store_clear_aside(const tdm_context *context, const char *path, tdm_error *error)
{
    closing c = {.context = context, .path = path, .error = error};
    tdm_status status = begin(&c);
    if (status == TDM_OK)
        status = tdm__file_shred(c.aside, error);
    tdm__arena_free(&c.arena);
    return status;
}

/* Only whoever holds the store makes one. */
static tdm_status clear_made(const closing *c, tdm_error *error)
{
    static const char *const suffixes[] = {"", "-wal", "-shm"};
    tdm__arena arena;
    tdm_status status = TDM_OK;
    tdm__arena_init(&arena, &c->context->allocator);
    for (size_t i = 0; status == TDM_OK && i < sizeof suffixes / sizeof *suffixes; i++) {
        const char *name = beside(&arena, c->made, suffixes[i]);
        if (name)
            tdm__file_remove(name);
        else
            status = tdm__no_memory(error);
    }
    tdm__arena_free(&arena);
    return status;
}

/* --- the store itself --- */

/*
 * Nobody else has it open, nor can open it. Its log is folded in and stays, empty: whoever opens what takes
 * its place may use the log before this connection goes, which would otherwise take it away.
 */
static tdm_status hold(closing *c)
{
    int64_t in_use = 0;
    int keeps = 1;
    tdm_error *error = c->error;
    tdm__store *from = &c->from;
    tdm_status status = tdm__store_open(from, c->context, c->path, TDM__STORE_CHANGE, error);
    if (status != TDM_OK)
        return status;
    sqlite3_file_control(from->db, "main", SQLITE_FCNTL_PERSIST_WAL, &keeps);
    status = tdm__store_run(from, "PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE; COMMIT", error);
    if (status == TDM_OK)
        status = tdm__store_number(&in_use, from, "PRAGMA wal_checkpoint(TRUNCATE)", error);
    if (status == TDM_OK && in_use != 0)
        status = tdm__store_result(from, SQLITE_BUSY, error);
    return status;
}

static tdm_status check_form(closing *c)
{
    int32_t version;
    int64_t page_bytes = 0;
    tdm_status status = tdm__store_version(&version, &c->from, &tdm__store_migrations, c->error);
    if (status == TDM_OK)
        status = tdm__store_check_tables(&c->from, &tdm__store_migrations, version, c->error);
    if (status == TDM_OK)
        status = tdm__store_number(&page_bytes, &c->from, "PRAGMA page_size", c->error);
    if (status == TDM_OK && page_bytes != TDM__VAULT_PAGE_BYTES)
        status = tdm__store_fail(&c->from, TDM_STORE, "the store has pages that Tidemark does not make",
                                 c->error);
    return status;
}

/* Under its one name from the start, so that whoever comes after a kill finds what it left. */
static tdm_status make(closing *c)
{
    tdm_status status = clear_made(c, c->error);
    if (status == TDM_OK)
        status = tdm__file_make_empty(c->made, c->error);
    if (status == TDM_OK)
        status = tdm__store_copy(c->made, &c->from, c->context->vault, c->error);
    return status;
}

/* What is not whole never takes a store's place. */
static tdm_status check_made(closing *c, int64_t *pages)
{
    tdm__vault_verdict verdict;
    tdm_status status = tdm__vault_walk(&verdict, c->context->vault, c->context, c->made, c->error);
    if (status == TDM_OK && (verdict.opened != verdict.pages || verdict.key_count != 1))
        status = tdm__store_fail(&c->from, TDM_IO, "what was written beside the store does not open again",
                                 c->error);
    *pages = verdict.pages;
    return status;
}

static tdm_status replace(closing *c, int64_t *pages)
{
    tdm_status status = hold(c);
    if (status == TDM_OK)
        status = check_form(c);
    /* Left by a closing that was stopped; while the store is held nobody else is at it. */
    if (status == TDM_OK)
        status = tdm__file_shred(c->aside, c->error);
    if (status == TDM_OK)
        status = make(c);
    if (status == TDM_OK)
        status = check_made(c, pages);
    if (status == TDM_OK)
        status = tdm__file_swap(c->made, c->path, c->aside, c->error);
    if (status != TDM_OK) {
        (void)clear_made(c, NULL);
        return status;
    }
    return tdm__file_shred(c->aside, c->error);
}

tdm_status tdm__store_close_anew(const tdm_context *context, const char *path, int64_t *pages,
                                 tdm_error *error)
{
    closing c = {.context = context, .path = path, .error = error};
    *pages = 0;
    if (!context->vault)
        return tdm__fail(error, TDM_INVALID_ARG, "expected the keys to close a store with");
    tdm_status status = begin(&c);
    if (status == TDM_OK)
        status = replace(&c, pages);
    tdm__store_close(&c.from);
    tdm__arena_free(&c.arena);
    return status;
}

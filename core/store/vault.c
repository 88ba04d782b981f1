/*
 * A vault as SQLite's file system, and the walk that opens every page. How a file's bytes are closed is
 * vault_file.c's business.
 */
#include "store/vault_file.h"

#include "base/file.h"

#include <stdio.h>
#include <string.h>

#define LOOKS_AT_A_PAGE     5 /* it may just be being written */
#define MICROSECONDS_BEFORE 20000
#define PAGES_BETWEEN_POLLS 256

/* --- SQLite's file system --- */

static const tdm__vault *vault_of(sqlite3_vfs *files)
{
    return files->pAppData;
}

/*
 * The log goes with its main file. A journal is not closed, so that of a closed store there is none (it has
 * a log, always), and what SQLite would put into files for the time being stays in memory.
 */
static int choose_kind(tdm__vault_file *file, const char *name, int flags)
{
    if (flags & SQLITE_OPEN_MAIN_DB)
        return tdm__vault_begin(file, name && sqlite3_uri_boolean(name, "closed", 0));
    const tdm__vault_file *main_file = (tdm__vault_file *)sqlite3_database_file_object(name);
    if (main_file->kind == TDM__VAULT_PLAIN)
        return SQLITE_OK;
    file->kind = TDM__VAULT_LOG;
    memcpy(file->id, main_file->id, sizeof file->id);
    return flags & SQLITE_OPEN_WAL ? SQLITE_OK : SQLITE_CANTOPEN;
}

static int open_file(sqlite3_vfs *files, const char *name, sqlite3_file *base, int flags, int *flags_out)
{
    tdm__vault_file *file = (tdm__vault_file *)base;
    const tdm__vault *vault = vault_of(files);
    *file = (tdm__vault_file){.vault = vault, .inner = (sqlite3_file *)(file + 1)};
    file->inner->pMethods = NULL;
    if (!name || !(flags & (SQLITE_OPEN_MAIN_DB | SQLITE_OPEN_WAL | SQLITE_OPEN_MAIN_JOURNAL)))
        return SQLITE_CANTOPEN;
    int code = vault->system->xOpen(vault->system, name, file->inner, flags, flags_out);
    if (code == SQLITE_OK)
        code = choose_kind(file, name, flags);
    if (code == SQLITE_OK)
        file->base.pMethods = &tdm__vault_methods;
    else if (file->inner->pMethods)
        file->inner->pMethods->xClose(file->inner);
    return code;
}

static int delete_file(sqlite3_vfs *files, const char *name, int sync_folder)
{
    sqlite3_vfs *system = vault_of(files)->system;
    return system->xDelete(system, name, sync_folder);
}

static int look_for_file(sqlite3_vfs *files, const char *name, int flags, int *out)
{
    sqlite3_vfs *system = vault_of(files)->system;
    return system->xAccess(system, name, flags, out);
}

static int full_name(sqlite3_vfs *files, const char *name, int room, char *out)
{
    sqlite3_vfs *system = vault_of(files)->system;
    return system->xFullPathname(system, name, room, out);
}

static int random_bytes(sqlite3_vfs *files, int count, char *out)
{
    sqlite3_vfs *system = vault_of(files)->system;
    return system->xRandomness(system, count, out);
}

static int wait_for(sqlite3_vfs *files, int microseconds)
{
    sqlite3_vfs *system = vault_of(files)->system;
    return system->xSleep(system, microseconds);
}

static int time_now(sqlite3_vfs *files, double *out)
{
    sqlite3_vfs *system = vault_of(files)->system;
    return system->xCurrentTime(system, out);
}

static int last_error(sqlite3_vfs *files, int room, char *out)
{
    sqlite3_vfs *system = vault_of(files)->system;
    return system->xGetLastError(system, room, out);
}

tdm_status tdm__vault_new(tdm__vault **out, const tdm_allocator *allocator, const tdm__ring *ring,
                          tdm_error *error)
{
    *out = NULL;
    sqlite3_vfs *system = sqlite3_vfs_find(NULL);
    if (!system)
        return tdm__fail(error, TDM_INTERNAL, "SQLite could not be started");
    if (tdm__ring_count(ring) == 0)
        return tdm__fail(error, TDM_INVALID_ARG, "the key file holds no key");
    tdm__vault *vault = tdm__alloc_zeroed(allocator, 1, sizeof *vault);
    if (!vault)
        return tdm__no_memory(error);
    vault->system = system;
    vault->allocator = *allocator;
    vault->ring = ring;
    /* No other has its address as long as it is there. */
    snprintf(vault->name, sizeof vault->name, "tidemark-%p", (void *)vault);
    vault->files = (sqlite3_vfs){.iVersion = 1,
                                 .szOsFile = (int)sizeof(tdm__vault_file) + system->szOsFile,
                                 .mxPathname = system->mxPathname,
                                 .zName = vault->name,
                                 .pAppData = vault,
                                 .xOpen = open_file,
                                 .xDelete = delete_file,
                                 .xAccess = look_for_file,
                                 .xFullPathname = full_name,
                                 .xRandomness = random_bytes,
                                 .xSleep = wait_for,
                                 .xCurrentTime = time_now,
                                 .xGetLastError = last_error};
    if (sqlite3_vfs_register(&vault->files, 0) != SQLITE_OK) {
        tdm__free(allocator, vault);
        return tdm__no_memory(error);
    }
    *out = vault;
    return TDM_OK;
}

void tdm__vault_free(tdm__vault *vault)
{
    if (!vault)
        return;
    const tdm_allocator allocator = vault->allocator;
    sqlite3_vfs_unregister(&vault->files);
    tdm__free(&allocator, vault);
}

const char *tdm__vault_name(const tdm__vault *vault)
{
    return vault->name;
}

/* The main file of a connection, where it is closed; else NULL. */
static tdm__vault_file *closed_file(sqlite3 *db)
{
    sqlite3_file *file = NULL;
    bool is_ours = sqlite3_file_control(db, "main", SQLITE_FCNTL_FILE_POINTER, &file) == SQLITE_OK && file &&
                   file->pMethods == &tdm__vault_methods &&
                   ((tdm__vault_file *)file)->kind == TDM__VAULT_MAIN;
    return is_ours ? (tdm__vault_file *)file : NULL;
}

bool tdm__vault_holds(sqlite3 *db)
{
    return closed_file(db) != NULL;
}

bool tdm__vault_ran_out(sqlite3 *db)
{
    sqlite3_file *log = NULL;
    tdm__vault_file *file = closed_file(db);
    if (!file)
        return false;
    bool ran_out = file->ran_out;
    file->ran_out = false;
    if (sqlite3_file_control(db, "main", SQLITE_FCNTL_JOURNAL_POINTER, &log) == SQLITE_OK && log &&
        log->pMethods == &tdm__vault_methods) {
        ran_out = ran_out || ((tdm__vault_file *)log)->ran_out;
        ((tdm__vault_file *)log)->ran_out = false;
    }
    return ran_out;
}

bool tdm__vault_closed_at(const tdm_context *context, const char *path)
{
    char first[sizeof TDM__VAULT_MAGIC - 1];
    size_t got = 0;
    tdm__file_reader reader;
    if (tdm__file_look(NULL, path) != TDM__FILE_REGULAR ||
        tdm__file_reader_open(&reader, context, path, NULL) != TDM_OK)
        return false;
    tdm_status status = tdm__file_reader_next(&reader, first, sizeof first, &got, NULL);
    tdm__file_reader_close(&reader);
    return status == TDM_OK && got == sizeof first && memcmp(first, TDM__VAULT_MAGIC, sizeof first) == 0;
}

/* --- the walk --- */

static const struct {
    const char *code, *one, *several;
} fault_rows[] = {
#define ROW(name, code, one, several) {code, one, several},
    TDM__VAULT_FAULT_MAP(ROW)
#undef ROW
};

const char *tdm__vault_fault_code(tdm__vault_fault fault)
{
    return fault_rows[fault].code;
}

void tdm__vault_put_finding(tdm__text *out, tdm__vault_finding finding)
{
    bool one = finding.first == finding.last, second = false;
    const char *at = one ? fault_rows[finding.fault].one : fault_rows[finding.fault].several;
    for (; *at; at++) {
        if (*at != '%') {
            tdm__text_char(out, *at);
            continue;
        }
        tdm__text_int(out, second ? finding.last : finding.first);
        second = true;
    }
}

static tdm__vault_fault fault_of(const tdm__vault_look *look)
{
    switch (look->status) {
    case TDM_NOT_FOUND:
        return TDM__VAULT_NO_KEY;
    case TDM_CONFLICT:
        return TDM__VAULT_OTHER_KEY;
    default:
        return look->is_whole ? TDM__VAULT_MOVED : TDM__VAULT_DAMAGED;
    }
}

static void note_fault(tdm__vault_verdict *out, tdm__vault_fault fault, int64_t page)
{
    tdm__vault_finding *last = out->finding_count > 0 ? &out->findings[out->finding_count - 1] : NULL;
    out->faults[fault]++;
    if (last && last->fault == fault && last->last == page - 1)
        last->last = page;
    else if (out->finding_count < TDM__VAULT_FINDINGS_MOST)
        out->findings[out->finding_count++] = (tdm__vault_finding){fault, page, page};
    else
        out->has_more = true;
}

/* By number. The ring holds no more keys than there is room for. */
static void note_opened(tdm__vault_verdict *out, uint32_t key)
{
    size_t at = 0;
    while (at < out->key_count && out->by_key[at].key < key)
        at++;
    if (at == out->key_count || out->by_key[at].key != key) {
        for (size_t i = out->key_count++; i > at; i--)
            out->by_key[i] = out->by_key[i - 1];
        out->by_key[at].key = key;
        out->by_key[at].pages = 0;
    }
    out->by_key[at].pages++;
    out->opened++;
}

static tdm_status walk_page(tdm__vault_verdict *out, const tdm__vault_file *file, int64_t page,
                            tdm_error *error)
{
    tdm__secret open;
    tdm__vault_look look;
    sqlite3_vfs *system = file->vault->system;
    tdm__vault_piece piece = tdm__vault_piece_at(file, (page - 1) * TDM__VAULT_PAGE_BYTES);
    int code = SQLITE_IOERR_DATA;
    for (int looks = 0; code == SQLITE_IOERR_DATA && looks < LOOKS_AT_A_PAGE; looks++) {
        if (looks > 0)
            system->xSleep(system, MICROSECONDS_BEFORE);
        code = tdm__vault_open_piece(&open, &look, file, &piece);
        tdm__secret_free(&open);
    }
    if (code == SQLITE_IOERR_NOMEM)
        return tdm__no_memory(error);
    if (code == SQLITE_OK)
        note_opened(out, look.key);
    else
        note_fault(out, fault_of(&look), page);
    return TDM_OK;
}

/* A page that is cut off at the end counts as one. */
static tdm_status walk_pages(tdm__vault_verdict *out, const tdm__vault_file *file, const tdm_context *context,
                             tdm_error *error)
{
    sqlite3_int64 size = 0;
    const int64_t closed = TDM__VAULT_CLOSED(TDM__VAULT_PAGE_BYTES);
    tdm_status status = TDM_OK;
    if (file->inner->pMethods->xFileSize(file->inner, &size) != SQLITE_OK)
        return tdm__fail(error, TDM_IO, "the store could not be read");
    out->pages = (size - TDM__VAULT_HEADER_BYTES + closed - 1) / closed;
    for (int64_t page = 1; status == TDM_OK && page <= out->pages; page++) {
        status = walk_page(out, file, page, error);
        if (status == TDM_OK && page % PAGES_BETWEEN_POLLS == 0)
            status = tdm__context_poll(context, error);
    }
    return status;
}

static tdm_status walk_named(tdm__vault_verdict *out, tdm__vault_file *file, const tdm_context *context,
                             const char *name, tdm_error *error)
{
    int flags = 0;
    sqlite3_vfs *system = file->vault->system;
    file->inner = (sqlite3_file *)(file + 1);
    int code = system->xOpen(system, name, file->inner, SQLITE_OPEN_READONLY | SQLITE_OPEN_MAIN_DB, &flags);
    if (code != SQLITE_OK)
        return tdm__fail(error, TDM_IO, "the store could not be opened");
    tdm_status status = TDM_OK;
    if (tdm__vault_begin(file, false) != SQLITE_OK)
        status = tdm__fail(error, TDM_IO, "the store could not be read");
    else if (file->kind == TDM__VAULT_PLAIN)
        status = tdm__fail(error, TDM_UNSUPPORTED, "the store is not encrypted");
    if (status == TDM_OK)
        status = walk_pages(out, file, context, error);
    file->inner->pMethods->xClose(file->inner);
    return status;
}

tdm_status tdm__vault_walk(tdm__vault_verdict *out, const tdm__vault *vault, const tdm_context *context,
                           const char *path, tdm_error *error)
{
    memset(out, 0, sizeof *out);
    if (tdm__file_look(NULL, path) != TDM__FILE_REGULAR)
        return tdm__fail_at(error, TDM_NOT_FOUND, (tdm_place){tdm__str(path), 0, 0}, "no such store");
    char *name = (char *)(uintptr_t)sqlite3_create_filename(path, "", "", 0, NULL);
    tdm__vault_file *file = tdm__alloc_zeroed(&context->allocator, 1, (size_t)vault->files.szOsFile);
    tdm_status status = name && file ? TDM_OK : tdm__no_memory(error);
    if (status == TDM_OK) {
        file->vault = vault;
        status = walk_named(out, file, context, name, error);
    }
    tdm__free(&context->allocator, file);
    sqlite3_free_filename(name);
    return status;
}

/*
 * A store that stays open for a long time: a pool of connections that read, one that writes behind a
 * queue, and pieces of work, each of which is one transaction. What is read and written is the business
 * of the headers that take a `tdm__work`.
 */
#ifndef TDM_STORE_LIVE_H
#define TDM_STORE_LIVE_H

#include "store/store.h"

typedef struct tdm__live tdm__live; /* any number of threads at once */
typedef struct tdm__work tdm__work; /* one thread at a time */

typedef struct tdm__live_options {
    size_t reader_count;       /* 1 to 64; 0: 4 */
    size_t waiting_most;       /* pieces of work that may wait for a connection; 0: 1000 */
    int32_t busy_milliseconds; /* waiting for another program; 0: 2000 */
} tdm__live_options;

/*
 * Opens a store that is there. One of an older version is brought up to date. A new one comes from
 * tdm__store_write.
 *
 * out      set to NULL first; closed with tdm__live_close
 * context  for the opening only; its allocator and its vault must outlive the store
 * path     as in tdm__store_write
 * options  NULL: the defaults
 *
 * TDM_OK; TDM_NOT_FOUND; TDM_STORE; TDM_NEWER; TDM_IO; TDM_INVALID_ARG; TDM_NO_MEMORY.
 */
tdm_status tdm__live_open(tdm__live **out, const tdm_context *context, const char *path,
                          const tdm__live_options *options, tdm_error *error);
/* Whether its file is encrypted. */
bool tdm__live_is_closed(const tdm__live *live);
/* No work may be going on. Accepts NULL. */
void tdm__live_close(tdm__live *live);

/*
 * Begins a piece of work that reads: all it sees is one state of the store, whatever is written meanwhile.
 * Waits for a connection in the order of asking.
 *
 * out      set to NULL first; ended with tdm__work_end, always
 * context  its interrupt is asked while the work goes on, its allocator gives what the work needs; must
 *          outlive the work
 *
 * TDM_OK; TDM_BUSY when too many wait already; TDM_STORE; TDM_IO; TDM_NO_MEMORY; what the interrupt said.
 */
tdm_status tdm__live_read(tdm__work **out, tdm__live *live, const tdm_context *context, tdm_error *error);
/* The same to write. One such work goes on at a time; the others wait in the order of asking. TDM_STORE
 * "in use" when another program writes for longer than the time to wait. */
tdm_status tdm__live_write(tdm__work **out, tdm__live *live, const tdm_context *context, tdm_error *error);
/* Through whose eyes rows that are limited to agencies are seen. */
typedef struct tdm__eyes {
    tdm_str agency;
    tdm_str account; /* to which cases may have been opened with the eyes of another agency too */
    int64_t now;
} tdm__eyes;
/*
 * From now on the work reads through these eyes: without the rows that are limited to agencies which they are
 * not of, and without the prompts that rest on such rows. Counts over a caseload stay what they are. Borrowed
 * until the work ends; NULL: it reads all, as it does from its beginning.
 */
void tdm__work_see_as(tdm__work *work, const tdm__eyes *eyes);
/* Whether an error says that another program holds the store: what is refused so may be asked again. */
bool tdm__store_is_in_use(const tdm_error *error);
/* Keeps what was written: on the disk when it returns TDM_OK. After it the work is only to be ended. */
tdm_status tdm__work_commit(tdm__work *work, tdm_error *error);
/* Gives the connection back; what was not committed is as if it had never been. Accepts NULL. */
void tdm__work_end(tdm__work *work);

/*
 * A copy of the store as it is now, made while others go on reading and writing. Appears at `path`, mode
 * 0600, whole or not at all.
 *
 * TDM_OK; TDM_CONFLICT when something stands there; TDM_IO; TDM_NO_MEMORY; what the interrupt said.
 */
tdm_status tdm__live_backup(tdm__live *live, const tdm_context *context, const char *path, tdm_error *error);
/* Walks the whole file: pages, indexes, references. TDM_OK; TDM_STORE: damaged; as tdm__live_read. */
tdm_status tdm__live_check(tdm__live *live, const tdm_context *context, tdm_error *error);
/*
 * Moves what was written into the main file and empties the log beside it. After a deletion, so that the log
 * does not keep what was deleted. TDM_STORE "in use" when somebody reads an older state.
 */
tdm_status tdm__live_settle(tdm__live *live, const tdm_context *context, tdm_error *error);

/* --- the record --- */

/*
 * As tdm__store_read, of the children named alone: they, their events, the people of their households, the
 * assessments about them, and the sources that concern them or replace such a source.
 *
 * ids  NULL: all children, and also the accounts and diagnostics. An id that is not there gives nothing.
 *
 * Other children are in no list: where their siblings are not read too, tdm__builder_by_child says so.
 */
tdm_status tdm__work_read(tdm__work *work, tdm__builder *builder, const tdm_vocabulary *vocabulary,
                          tdm__diagnostics *diagnostics, tdm__arena *arena, const tdm_str *ids,
                          size_t id_count, tdm__store_content *out, tdm_error *error);
/* The child and every other one of its household, in the order of their bytes. Lists and strings live in
 * the arena. TDM_NOT_FOUND. */
tdm_status tdm__work_household(tdm__work *work, tdm_str child, tdm__arena *arena, tdm_str **ids,
                               size_t *count, tdm_error *error);
/* Entries of which a version is withheld from the work's eyes, of all children, as 16 hex digits. In the
 * arena. */
tdm_status tdm__work_withheld(tdm_str **out, size_t *count, tdm__work *work, tdm__arena *arena,
                              tdm_error *error);
/* The assessments of the record about a child as JSON, in the order of coming. In the arena. */
tdm_status tdm__work_assessments(tdm_str **out, size_t *count, tdm__work *work, tdm_str child,
                                 tdm__arena *arena, tdm_error *error);
/* As tdm__store_write, into the work's transaction. `counts` may be NULL. */
tdm_status tdm__work_write(tdm__work *work, const tdm__store_content *content, tdm__store_counts *counts,
                           tdm_error *error);

#endif

/*
 * A store whose files are closed: the main file and the log beside it stand on the disk as pages that only
 * the keys of a ring open. SQLite sees them open, through a file system of its own (an sqlite3_vfs), so that
 * no table, index, freed page or log entry can be forgotten. Which files are closed the files say: a
 * connection with a vault opens plain stores too.
 */
#ifndef TDM_STORE_VAULT_H
#define TDM_STORE_VAULT_H

#include "base/context.h"
#include "guard/ring.h"

#include <sqlite3.h>

/* Of the open pages. Every store has it: it is what SQLite begins with, and nothing here sets another. */
#define TDM__VAULT_PAGE_BYTES 4096

typedef struct tdm__vault tdm__vault; /* any number of threads at once */

/*
 * out        set to NULL first; tdm__vault_free
 * allocator  copied; must outlive the vault, and be good for any number of threads
 * ring       borrowed; at least one key. Keys may be added while nothing is read or written
 *
 * TDM_OK; TDM_INVALID_ARG; TDM_NO_MEMORY; TDM_INTERNAL.
 */
tdm_status tdm__vault_new(tdm__vault **out, const tdm_allocator *allocator, const tdm__ring *ring,
                          tdm_error *error);
/* Nothing that was opened with it may be open. Accepts NULL. */
void tdm__vault_free(tdm__vault *vault);

/* By which name SQLite knows it. */
const char *tdm__vault_name(const tdm__vault *vault);
/* Whether the main file of a connection is closed. */
bool tdm__vault_holds(sqlite3 *db);
/* Whether there was no memory for a page since this was asked last: SQLite's own checks take that for damage.
 */
bool tdm__vault_ran_out(sqlite3 *db);
/*
 * Whether a file begins as a closed store does. Opens and closes it, which drops the locks of this process
 * on it: not of a store that is open.
 */
bool tdm__vault_closed_at(const tdm_context *context, const char *path);

/* What a walk finds of a page. X(NAME, code, one, several): sentences; % stands for a number. */
#define TDM__VAULT_FAULT_MAP(X)                                                                              \
    X(DAMAGED, "damaged", "page % is damaged or cut off", "pages % to % are damaged or cut off")             \
    X(MOVED, "moved", "page % is whole but does not belong there",                                           \
      "pages % to % are whole but do not belong there")                                                      \
    X(NO_KEY, "no-key", "page % was closed with a key that is not in the ring",                              \
      "pages % to % were closed with a key that is not in the ring")                                         \
    X(OTHER_KEY, "other-key", "page % was closed with another key of that number",                           \
      "pages % to % were closed with another key of that number")

#define TDM__VAULT_FAULT_ENUM(name, code, one, several) TDM__VAULT_##name,
typedef enum tdm__vault_fault {
    TDM__VAULT_FAULT_MAP(TDM__VAULT_FAULT_ENUM) TDM__VAULT_FAULTS
} tdm__vault_fault;
#undef TDM__VAULT_FAULT_ENUM

#define TDM__VAULT_FINDINGS_MOST 100

/* Pages of one kind that stand behind each other; numbers from 1. */
typedef struct tdm__vault_finding {
    tdm__vault_fault fault;
    int64_t first, last;
} tdm__vault_finding;

typedef struct tdm__vault_verdict {
    int64_t pages;
    int64_t opened;
    struct {
        uint32_t key;
        int64_t pages; /* that it opened */
    } by_key[TDM__RING_KEYS_MAX];
    size_t key_count;
    int64_t faults[TDM__VAULT_FAULTS]; /* pages, by kind */
    tdm__vault_finding findings[TDM__VAULT_FINDINGS_MOST];
    size_t finding_count;
    bool has_more; /* findings */
} tdm__vault_verdict;

/* "damaged". Static. */
const char *tdm__vault_fault_code(tdm__vault_fault fault);
/* The sentence, without a full stop. */
void tdm__vault_put_finding(tdm__text *out, tdm__vault_finding finding);

/*
 * Opens every page of a closed main file, whoever uses it meanwhile; the log beside it is SQLite's to read.
 *
 * TDM_OK, whatever was found; TDM_UNSUPPORTED: the file is not closed; TDM_NOT_FOUND; TDM_IO; TDM_NO_MEMORY;
 * what the interrupt said.
 */
tdm_status tdm__vault_walk(tdm__vault_verdict *out, const tdm__vault *vault, const tdm_context *context,
                           const char *path, tdm_error *error);

#endif

/*
 * The store: a chronology, the assessments as they came, the accounts of what was read and what was
 * said of it, kept in one SQLite file. Rows come in, and come out into a builder; what they mean is
 * not its business.
 *
 * A store only grows: a row that is there already changes nothing, and nothing is taken out.
 */
#ifndef TDM_STORE_STORE_H
#define TDM_STORE_STORE_H

#include "base/account.h"
#include "base/context.h"
#include "base/diagnostic.h"
#include "chronology/chronology.h"
#include "instrument/kept.h"

/* Entries of a child that are limited to agencies which the reading eyes are not of (live.h). */
typedef struct tdm__withheld {
    tdm_str child;
    int64_t entries;
} tdm__withheld;

/* What goes in beside the events, or came out. */
typedef struct tdm__store_content {
    const tdm_chronology *chronology; /* in: what to write; out: NULL, the builder has it */
    const tdm__kept_assessment *assessments;
    size_t assessment_count;
    const tdm__account *accounts;
    size_t account_count;
    /* in: what reading the inputs said, borrowed, NULL: nothing; out: NULL, the caller's list has it */
    const tdm__diagnostics *diagnostics;
    tdm_str case_id;         /* out: of the first case that was imported; "" */
    tdm_day as_of;           /* of that case, the latest given; TDM_DAY_NONE */
    tdm__withheld *withheld; /* out: by child; a child without such entries is not in it */
    size_t withheld_count;
} tdm__store_content;

typedef struct tdm__store_count {
    int64_t added;
    int64_t known;    /* there already */
    int64_t differs;  /* of those: with other content; what the store held stands */
    int64_t versions; /* events, of those added: another version of an entry, of another source */
} tdm__store_count;

typedef struct tdm__store_counts {
    tdm__store_count
        events; /* the same entry: same child and id, of the same source or with the same content */
    tdm__store_count children; /* a value that the store had not is filled in and is no difference */
    tdm__store_count people;
    tdm__store_count sources;     /* the same source: same id and hash */
    tdm__store_count assessments; /* the same: same members in the same order, however they are spaced */
    tdm__store_count accounts;
    tdm__store_count diagnostics;
} tdm__store_counts;

/*
 * Writes a chronology to a store.
 *
 * Where there is no file yet a new store is made beside the place under a temporary name, mode 0600,
 * and appears whole or not at all. An existing one gets everything in one transaction or stays as it
 * was; one of an older version is brought up to date in the same transaction.
 *
 * context  its allocator, and its interrupt, which is asked now and then
 * path     a file name and nothing else: ":memory:" and "file:x" are names of files
 * counts   zeroed first; may be NULL; meant only when the call returns TDM_OK
 * error    may be NULL; names the path as given
 *
 * TDM_OK; TDM_INVALID_ARG for an empty path; TDM_STORE (not ours, damaged, in use); TDM_NEWER;
 * TDM_IO (no permission, no space, a link or a folder at that place); TDM_NOT_FOUND (no such folder);
 * TDM_CONFLICT (a file of that name has come up meanwhile); TDM_INVALID_INPUT (an assessment that is
 * no JSON object); TDM_TOO_LARGE; TDM_NO_MEMORY; what the interrupt said.
 */
tdm_status tdm__store_write(const tdm_context *context, const char *path, const tdm__store_content *content,
                            tdm__store_counts *counts, tdm_error *error);

/*
 * Reads a whole store into a builder, which may hold other things already. The store is not changed.
 *
 * builder      sources with their declarations, children, people and events are added; the events of
 *              a child come in the order of the store's key, so that freezing gives the same table
 * vocabulary   the builder's
 * diagnostics  gets those of the store in the order of coming, then what the vocabulary does not
 *              know; an event of such a kind becomes "other"
 * arena        where the strings and lists of *out live
 * out          emptied first
 *
 * TDM_OK; TDM_NOT_FOUND; TDM_STORE (not ours, damaged, in use, of an older version); TDM_NEWER;
 * TDM_IO; TDM_TOO_LARGE; TDM_NO_MEMORY; what the interrupt said. After a failure the builder is only
 * to be freed.
 */
tdm_status tdm__store_read(const tdm_context *context, const char *path, tdm__builder *builder,
                           const tdm_vocabulary *vocabulary, tdm__diagnostics *diagnostics, tdm__arena *arena,
                           tdm__store_content *out, tdm_error *error);

/* Whether the file is an SQLite database, ours or not: then tdm__store_read has the better message. */
bool tdm__store_is_one(const tdm_context *context, const char *path);

#endif

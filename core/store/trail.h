/*
 * The audit trail in the store: entries numbered from 1, each with the MAC of the guard's chain, written in
 * the transaction of the change they tell of. What a chain shows and what it cannot is said in guard/chain.h.
 *
 * Entries outlive the record: a child is named by its page or pseudonym, never by its id or name.
 */
#ifndef TDM_STORE_TRAIL_H
#define TDM_STORE_TRAIL_H

#include "guard/chain.h"
#include "store/live.h"
#include "store/paging.h"

typedef struct tdm__stored_entry {
    tdm__chain_entry entry; /* strings in the arena of the list */
    tdm__digest mac;
} tdm__stored_entry;

typedef struct tdm__stored_entries {
    tdm__stored_entry *items;
    size_t count;
    int64_t next;
} tdm__stored_entries;

/*
 * Adds an entry. Only in a work that writes; the number is the store's, the entry's own is not looked at.
 *
 * head  filled with the new one, which is for a second place once the work is committed; may be NULL
 */
tdm_status tdm__work_trail(tdm__work *work, const tdm__digest *key, const tdm__chain_entry *entry,
                           tdm__chain_head *head, tdm_error *error);
/* Where the trail ends; all zero without an entry. */
tdm_status tdm__work_trail_head(tdm__chain_head *out, tdm__work *work, tdm_error *error);

typedef struct tdm__trail_filter {
    tdm_str actor, what, object_kind, object_id; /* "" any */
    int64_t from, until;                         /* seconds; from included, until not; 0: open */
    bool newest_first;
} tdm__trail_filter;
/* In the order of the numbers; the other way round, `after` is the number of the last one shown too. */
tdm_status tdm__work_trail_list(tdm__stored_entries *out, tdm__work *work, tdm__arena *arena,
                                const tdm__trail_filter *filter, int64_t after, size_t limit,
                                tdm_error *error);

typedef struct tdm__trail_verdict {
    tdm__chain_finding *findings; /* in the order in which they were told */
    size_t count;                 /* at most TDM_TRAIL_FINDINGS_MOST */
    size_t left_out;              /* told beyond that */
    bool is_whole;
    int64_t verified;     /* entries */
    tdm__chain_head head; /* as it stands */
} tdm__trail_verdict;

#define TDM_TRAIL_FINDINGS_MOST 100

/*
 * Walks the whole trail in the order in which its entries lie.
 *
 * head  as it was written down at some time; NULL: none. Entries that came after it are fine.
 *
 * TDM_OK whatever was found; TDM_NO_MEMORY; TDM_STORE; what the interrupt said.
 */
tdm_status tdm__work_trail_verify(tdm__trail_verdict *out, tdm__work *work, tdm__arena *arena,
                                  const tdm__digest *key, const tdm__chain_head *head, tdm_error *error);

#endif

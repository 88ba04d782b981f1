/*
 * The audit chain: each entry's MAC covers the entry and the MAC before it, so that a changed, removed or
 * moved entry is found and named. Entries are kept by the store, in the transaction of what they tell of.
 *
 * A chain protects against those who can write to the store but do not have the key. It does not protect
 * against who has both, against what was never entered, nor, without a head kept elsewhere, against entries
 * cut off at its end.
 */
#ifndef TDM_GUARD_CHAIN_H
#define TDM_GUARD_CHAIN_H

#include "guard/digest.h"

/* One entry. Texts are UTF-8, borrowed, "" where there is nothing; names and texts of children stand in none.
 */
typedef struct tdm__chain_entry {
    int64_t number; /* from 1, without gaps */
    int64_t time;   /* seconds since 1970 UTC */
    tdm_str actor, role, what, object_kind, object_id, reason, details;
} tdm__chain_entry;

/* Where a chain ends. All zero: no entry yet. */
typedef struct tdm__chain_head {
    int64_t count;
    tdm__digest mac; /* of the last entry; zero bytes when there is none */
} tdm__chain_head;

/* BLAKE2b-256, keyed, over the parts "tidemark audit 1", previous MAC, number, time, and the seven texts in
 * the order of the struct (tdm__digest_parts). Before the first entry stand 32 zero bytes. */
void tdm__chain_mac(tdm__digest *out, const tdm__digest *key, const tdm__digest *previous,
                    const tdm__chain_entry *entry);
/* Adds an entry: the head moves, and its MAC is what is stored with the entry. TDM_INVALID_ARG unless the
 * entry's number is the head's count + 1. */
tdm_status tdm__chain_append(tdm__chain_head *head, const tdm__digest *key, const tdm__chain_entry *entry);

/* "42:9f86..." and back: what is kept in a second place and given to `audit verify --head`. */
#define TDM__CHAIN_HEAD_SIZE 85
void tdm__chain_head_write(char out[TDM__CHAIN_HEAD_SIZE], const tdm__chain_head *head);
/* Exactly what is written: no sign, no leading zero, 64 lower-case hex digits, all 0 when the count is 0.
 * Else false, and out is zeroed. */
bool tdm__chain_head_read(tdm__chain_head *out, tdm_str text);

/* What can be wrong. X(NAME, code, one, several): sentences; % stands for a number. */
#define TDM__CHAIN_FAULT_MAP(X)                                                                              \
    X(CHANGED, "changed", "entry % was changed", "entries % to % were changed")                              \
    X(UNSURE, "unsure", "entry % cannot be checked: what stood before it is changed or missing",             \
      "entries % to % cannot be checked: what stood before them is changed or missing")                      \
    X(MISSING, "missing", "entry % is missing", "entries % to % are missing")                                \
    X(MOVED, "moved", "entry % does not stand in its place", "entries % to % do not stand in their place")   \
    X(TWICE, "twice", "entry % is there twice", "entries % to % are there twice")                            \
    X(CUT_OFF, "cut-off", "entry % is missing at the end: the head was taken after it",                      \
      "entries % to % are missing at the end: the head was taken after them")                                \
    X(OTHER_HEAD, "other-head", "entry % is not the one that the head was taken of",                         \
      "entries % to % are not those that the head was taken of")                                             \
    X(KEY, "key", "no entry can be verified: the key is another one, or entry % was changed",                \
      "no entry can be verified: the key is another one, or all of % to % were changed")

#define TDM__CHAIN_FAULT_ENUM(name, code, one, several) TDM__CHAIN_##name,
typedef enum tdm__chain_fault {
    TDM__CHAIN_FAULT_MAP(TDM__CHAIN_FAULT_ENUM) TDM__CHAIN_FAULTS
} tdm__chain_fault;
#undef TDM__CHAIN_FAULT_ENUM

/* first <= last, both of the range. */
typedef struct tdm__chain_finding {
    tdm__chain_fault fault;
    int64_t first, last;
} tdm__chain_finding;

/* "changed". Static. */
const char *tdm__chain_fault_code(tdm__chain_fault fault);
/* The sentence, without a full stop. */
void tdm__chain_put_finding(tdm__text *out, tdm__chain_finding finding);

/* Told of each finding once, not always in the order of the numbers. Another status than TDM_OK ends the
 * walk. */
typedef tdm_status (*tdm__chain_tell_fn)(tdm__chain_finding finding, void *payload);

/* Gaps that are remembered at once, in case what is missing comes later; beyond that the oldest is told. */
#define TDM__CHAIN_GAPS_MAX 16

typedef struct tdm__chain_range {
    int64_t first, last;
} tdm__chain_range;

/* A walk over a chain. On the stack; its members are the verifier's own. */
typedef struct tdm__chain_walk {
    tdm__digest key;
    tdm__chain_head expected; /* count 0: none given */
    tdm__chain_tell_fn tell;
    void *payload;
    int64_t last;         /* highest number so far */
    int64_t entries;      /* all that came */
    int64_t verified;     /* entries that are whole */
    tdm__digest stored;   /* MAC of `last` as it was stored ... */
    tdm__digest computed; /* ... and as it should be */
    tdm__chain_finding held[2];
    size_t held_count;
    tdm__chain_range gaps[TDM__CHAIN_GAPS_MAX];
    size_t gap_count;
    bool forgot_gaps;
    bool is_whole; /* nothing was found */
} tdm__chain_walk;

/* expected: a head kept elsewhere, NULL: none. An older head than the chain's end is right too. */
void tdm__chain_walk_begin(tdm__chain_walk *walk, const tdm__digest *key, const tdm__chain_head *expected,
                           tdm__chain_tell_fn tell, void *payload);
/* One entry after another as they are stored, with the MAC that is stored. TDM_OK, or what tell gave. */
tdm_status tdm__chain_walk_entry(tdm__chain_walk *walk, const tdm__chain_entry *entry,
                                 const tdm__digest *stored);
/*
 * What only the end tells: what is missing, the head, the key.
 *
 * out  zeroed first; the chain's head as stored, with the highest number that came
 *
 * Then is_whole and verified may be read. Wipes the key. To be called once, after a failure of
 * tdm__chain_walk_entry too. TDM_OK, or what tell gave.
 */
tdm_status tdm__chain_walk_end(tdm__chain_head *out, tdm__chain_walk *walk);

#endif

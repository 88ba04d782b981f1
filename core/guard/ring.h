/*
 * The ring of keys that a store is encrypted with: numbered from 1, the newest closes, the older ones open
 * what they closed. Keys for each use follow from them. Its file is a text of one key a line, bare (mode
 * 0600, or a credential of the service manager) or under a passphrase; reading and writing files is the
 * caller's.
 *
 *     tidemark-keys 1 2                        (version of the form, keys that follow)
 *     1 1700000000 <64 hex> <16 hex>           (number, when it was made, the key, its fingerprint)
 *     2 1730000000 <64 hex> <16 hex>
 *
 * To rotate: tdm__ring_grow, write the ring's file, close every page anew, then tdm__ring_drop the old one
 * (or keep it, for backups). Of a key that an audit chain was begun with, tdm__ring_reduce leaves what
 * follows from it for its uses: its line has that for INDEX and AUDIT in the place of the key, and the form
 * of the ring is version 2, which says so to programs that know only keys.
 */
#ifndef TDM_GUARD_RING_H
#define TDM_GUARD_RING_H

#include "guard/digest.h"
#include "guard/seal.h"

#define TDM__RING_KEYS_MAX     64
#define TDM__RING_NUMBER_MAX   1000000
#define TDM__FINGERPRINT_BYTES 8

typedef struct tdm__ring tdm__ring;

/* What may be shown of a key. */
typedef struct tdm__ring_key {
    uint32_t number;
    int64_t made_at; /* seconds since 1970 UTC */
    unsigned char fingerprint[TDM__FINGERPRINT_BYTES];
    bool is_reduced; /* for its uses alone: it opens no page */
} tdm__ring_key;

/* What keys are for; the numbers are never given anew. X(NAME, number, what) */
#define TDM__RING_USE_MAP(X)                                                                                 \
    X(INDEX, 1, "index") /* the blind index */                                                               \
    X(AUDIT, 2, "audit") /* the audit chain: the store notes by which number it was begun, and that key      \
                            stays in the ring as long as the chain is to be verified */

#define TDM__RING_USE_ENUM(name, number, what) TDM__RING_##name = number,
typedef enum tdm__ring_use { TDM__RING_USE_MAP(TDM__RING_USE_ENUM) } tdm__ring_use;
#undef TDM__RING_USE_ENUM

/* An empty ring. out: set to NULL first; tdm__ring_free. TDM_NO_MEMORY. */
tdm_status tdm__ring_new(tdm__ring **out, const tdm_allocator *allocator);
/* Wipes. Accepts NULL. */
void tdm__ring_free(tdm__ring *ring);

/*
 * Adds a new random key; its number is one more than the highest.
 *
 * made_at  seconds since 1970 UTC, 0 or more
 *
 * TDM_OK; TDM_INVALID_ARG; TDM_TOO_LARGE (64 keys are there, or the number is too high); TDM_INTERNAL.
 */
tdm_status tdm__ring_grow(tdm__ring *ring, int64_t made_at, tdm_error *error);
/* Takes a key out and wipes it: what only it opens is gone for ever. TDM_NOT_FOUND; TDM_CONFLICT: the newest
 * stays. */
tdm_status tdm__ring_drop(tdm__ring *ring, uint32_t number, tdm_error *error);

/* Leaves of a key what follows from it for its uses, and wipes it: what only it opens is gone for ever, and
 * the chain that was begun with it goes on. TDM_NOT_FOUND; TDM_CONFLICT: the newest stays. */
tdm_status tdm__ring_reduce(tdm__ring *ring, uint32_t number, tdm_error *error);

size_t tdm__ring_count(const tdm__ring *ring);
/* By number, the lowest first; index below the count. */
tdm__ring_key tdm__ring_at(const tdm__ring *ring, size_t index);
/* Number of the key that closes; 0 when the ring is empty. */
uint32_t tdm__ring_newest(const tdm__ring *ring);
/* A key that opens pages. False where the ring has no such key; out is zeroed then. */
bool tdm__ring_find(tdm__ring_key *out, const tdm__ring *ring, uint32_t number);

/* Both: out is zeroed first and wiped by the caller (tdm__wipe). TDM_NOT_FOUND: no key of this number, or for
 * a page one that is reduced. */
/* The key for a use. */
tdm_status tdm__ring_key_for(tdm__digest *out, const tdm__ring *ring, uint32_t number, tdm__ring_use use);
/* The key of pages of one name (tdm__page_place): BLAKE2b-256 keyed by the ring's key over number and page.
 */
tdm_status tdm__ring_page_key(tdm__digest *out, const tdm__ring *ring, uint32_t number, tdm_str page);

/* The ring's text. out: freed with tdm__secret_free, which wipes it. TDM_NO_MEMORY. */
tdm_status tdm__ring_write(tdm__secret *out, const tdm__ring *ring, const tdm_allocator *allocator);
/* The same under a passphrase; statuses of tdm__seal. */
tdm_status tdm__ring_seal(tdm__text *out, const tdm__ring *ring, tdm_str passphrase, tdm__seal_cost cost,
                          tdm_error *error);
/*
 * Reads a ring, bare or sealed.
 *
 * out         set to NULL first; tdm__ring_free
 * bytes       of the file; a sealed one is known by its beginning
 * passphrase  of a sealed one; of no account for a bare one
 * file        name for errors
 *
 * TDM_OK; TDM_INVALID_INPUT (no ring, a line that is wrong or damaged, with its number); TDM_NEWER;
 * TDM_CONFLICT (not this passphrase); TDM_NO_MEMORY; TDM_INTERNAL.
 */
tdm_status tdm__ring_read(tdm__ring **out, const tdm_allocator *allocator, tdm_str bytes, tdm_str passphrase,
                          tdm_str file, tdm_error *error);

#endif

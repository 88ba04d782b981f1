/*
 * Encryption at rest: a page (bytes that stand together) closed and opened, and the blind index by which an
 * identifier is looked up without being stored clear. What stands in a page and where it lies is the store's.
 */
#ifndef TDM_GUARD_CIPHER_H
#define TDM_GUARD_CIPHER_H

#include "guard/ring.h"

/* What is closed is filled up to a multiple of this many bytes (one at least), so that lengths tell little.
 */
#define TDM__PAGE_PADDING_BYTES 256
#define TDM__PAGE_MAX_BYTES     (64u << 20)
/* What a closed page has beyond the filled-up bytes. */
#define TDM__PAGE_FRAME_BYTES 69

/* Where a page belongs. It is authenticated with the page, so that none opens in another's place. */
typedef struct tdm__page_place {
    tdm_str table;
    tdm_str page; /* by which its key is made: text or bytes that name nobody */
    int64_t
        version; /* which of those of that name it is, a number or a version; 0 where there is one alone */
} tdm__page_place;

/*
 * Closes with the newest key of the ring (XChaCha20-Poly1305, a new random nonce).
 *
 * out    emptied first; owned by the caller (tdm__text_free)
 * plain  any bytes, none at all too; at most TDM__PAGE_MAX_BYTES
 *
 * TDM_OK; TDM_INVALID_ARG (the ring is empty); TDM_TOO_LARGE; TDM_NO_MEMORY; TDM_INTERNAL. The ring is only
 * read: any number of threads.
 */
tdm_status tdm__page_close(tdm__text *out, const tdm__ring *ring, tdm__page_place place, tdm_str plain,
                           tdm_error *error);

/*
 * Opens.
 *
 * out  zeroed first; freed with tdm__secret_free, which wipes it
 *
 * TDM_OK; TDM_NOT_FOUND (closed with a key whose number is not in the ring); TDM_CONFLICT (the ring's key of
 * that number is another one); TDM_INVALID_INPUT (damaged or cut off, or it was moved here from another place
 * or version: the message says which); TDM_NEWER; TDM_NO_MEMORY; TDM_INTERNAL. What tells these apart can be
 * forged; that a page opened cannot.
 */
tdm_status tdm__page_open(tdm__secret *out, const tdm_allocator *allocator, const tdm__ring *ring,
                          tdm__page_place place, tdm_str closed, tdm_error *error);

/* The number of the key that a page says it was closed with, for rotation and verify; 0: it is no page. */
uint32_t tdm__page_key_number(tdm_str closed);
/* Whether its checksum says that it is as it was written: what does not open then was moved, or is another
 * key's. As easily forged as all that tells without opening. */
bool tdm__page_is_whole(tdm_str closed);

#define TDM__BLIND_BYTES          16
#define TDM__IDENTIFIER_BYTES_MAX 256
typedef struct tdm__blind {
    unsigned char bytes[TDM__BLIND_BYTES];
} tdm__blind;

/*
 * The blind index of an identifier: keyed BLAKE2b-128 over its kind and its letters, without spaces (the
 * no-break space too) and with A-Z as a-z. Equal identifiers of a kind give equal bytes; without the key
 * nobody can try out which identifier it is.
 *
 * out         zeroed first
 * key         tdm__ring_key_for(TDM__RING_INDEX): of one number in all rows that are compared
 * kind        "nhs-number": the same letters are another index under another kind
 *
 * False, and nothing to store, where no letter is left (two empty ones are not equal) or more than 256 bytes.
 */
bool tdm__blind_index(tdm__blind *out, const tdm__digest *key, tdm_str kind, tdm_str identifier);

#endif

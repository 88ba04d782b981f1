/*
 * Bytes closed under a passphrase: Argon2id makes the key, XChaCha20-Poly1305 closes, and a checksum over
 * it all tells a damaged file from a wrong passphrase. The only part that sees libsodium. What the bytes
 * mean is not its business.
 */
#ifndef TDM_GUARD_SEAL_H
#define TDM_GUARD_SEAL_H

#include "base/text.h"

/* Fewer bytes are no passphrase for a new seal. */
#define TDM__PASSPHRASE_MIN 8
#define TDM__PASSPHRASE_MAX 1024

/* What guessing one passphrase costs. It stands in the sealed bytes. */
typedef struct tdm__seal_cost {
    uint64_t passes;
    uint64_t memory_bytes;
} tdm__seal_cost;
/* libsodium's MODERATE: 3 passes over 256 MiB, about half a second. Nothing dearer is opened. */
tdm__seal_cost tdm__seal_cost_default(void);
/* The least that is opened; for tests. */
tdm__seal_cost tdm__seal_cost_least(void);

/* Bytes that are wiped when they are freed. */
typedef struct tdm__secret {
    const tdm_allocator *allocator;
    char *data; /* ended by a zero byte that is not counted */
    size_t length;
} tdm__secret;
tdm_status tdm__secret_copy(tdm__secret *out, const tdm_allocator *allocator, tdm_str bytes);
void tdm__secret_free(tdm__secret *secret); /* accepts one that is empty */
tdm_str tdm__secret_str(const tdm__secret *secret);
/* Overwrites in a way that no compiler leaves out. */
void tdm__wipe(void *bytes, size_t length);

/* Whether the bytes begin as sealed ones do. */
bool tdm__looks_sealed(tdm_str bytes);

/*
 * Closes.
 *
 * out         emptied first; owned by the caller (tdm__text_free)
 * passphrase  TDM__PASSPHRASE_MIN to TDM__PASSPHRASE_MAX bytes
 *
 * The same bytes closed twice differ: salt and nonce are new each time.
 * TDM_OK; TDM_INVALID_ARG; TDM_NO_MEMORY; TDM_INTERNAL where libsodium cannot start.
 */
tdm_status tdm__seal(tdm__text *out, tdm_str plain, tdm_str passphrase, tdm__seal_cost cost,
                     tdm_error *error);

/*
 * Opens.
 *
 * out   emptied first; freed with tdm__secret_free
 * file  name for errors
 *
 * TDM_OK; TDM_UNSUPPORTED (not sealed at all); TDM_NEWER; TDM_INVALID_INPUT (damaged or cut off);
 * TDM_CONFLICT (whole, but not closed with this passphrase); TDM_NO_MEMORY; TDM_INTERNAL.
 */
tdm_status tdm__unseal(tdm__secret *out, const tdm_allocator *allocator, tdm_str sealed, tdm_str passphrase,
                       tdm_str file, tdm_error *error);

#endif

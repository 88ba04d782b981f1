/*
 * The ground that tokens, pages and the audit chain stand on: keyed BLAKE2b over parts, random bytes,
 * comparison in constant time, bytes as letters. What the bytes mean is not its business.
 */
#ifndef TDM_GUARD_DIGEST_H
#define TDM_GUARD_DIGEST_H

#include "base/text.h"

#define TDM__DIGEST_BYTES 32

/* A digest, or a key: both are 32 bytes. A key is wiped by whoever holds it (tdm__wipe, guard/seal.h). */
typedef struct tdm__digest {
    unsigned char bytes[TDM__DIGEST_BYTES];
} tdm__digest;

/*
 * BLAKE2b over all parts, each as its length (8 bytes, lowest first) and its bytes, so that no two lists of
 * parts are the same to it. The first part says what the digest is for.
 *
 * length  of the digest: 16 to 32 bytes; it is part of what is hashed, none is the beginning of another
 * key     NULL: without one
 */
void tdm__digest_parts(unsigned char *out, size_t length, const tdm__digest *key, const tdm_str *parts,
                       size_t count);

/* In a time that depends on the length alone. */
bool tdm__same_bytes(const void *a, const void *b, size_t length);
bool tdm__digest_equal(const tdm__digest *a, const tdm__digest *b);

/* From the system's source. TDM_OK; TDM_INTERNAL where libsodium cannot start, and then all bytes are 0. */
tdm_status tdm__random_bytes(void *out, size_t length);

/* The number as 8 bytes, lowest first: a part of a digest. The bytes stay where they are. */
tdm_str tdm__number_part(unsigned char bytes[8], int64_t number);

/* Lower-case hex and a zero byte: 2 * length + 1 characters. In a time that does not depend on the bytes. */
void tdm__hex(char *out, const unsigned char *bytes, size_t length);
/* Exactly `length` bytes of lower-case hex; else false and all bytes 0. */
bool tdm__unhex(unsigned char *out, size_t length, tdm_str text);

/* base64url (RFC 4648, section 5) without padding, of 32 bytes: 43 letters. */
#define TDM__BASE64_LETTERS 43
void tdm__base64(char out[TDM__BASE64_LETTERS + 1], const unsigned char bytes[TDM__DIGEST_BYTES]);
/* Exactly what tdm__base64 writes; else false and all bytes 0. */
bool tdm__unbase64(unsigned char out[TDM__DIGEST_BYTES], tdm_str text);

#endif

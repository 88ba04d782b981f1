/*
 * What the tests of secrets share. Values worked out elsewhere come from Python: hashlib.blake2b, Argon2id
 * and ChaCha20-Poly1305 of the package cryptography (OpenSSL's), HChaCha20 written out after
 * draft-irtf-cfrg-xchacha-03. With
 *     def parts(list, key=b"", size=32):
 *         message = b"".join(struct.pack("<Q", len(part)) + part for part in list)
 *         return hashlib.blake2b(message, key=key, digest_size=size)
 * and numbers as struct.pack("<q", number); each value stands beside the list it was made of.
 */
#ifndef TDM_TESTS_GUARD_VECTORS_H
#define TDM_TESTS_GUARD_VECTORS_H

#include "support.h"
#include <string.h>

#include "guard/ring.h"

/* bytes(range(first, first + 32)) */
static inline tdm__digest counted_bytes(int first)
{
    tdm__digest out;
    for (int i = 0; i < TDM__DIGEST_BYTES; i++)
        out.bytes[i] = (unsigned char)(first + i);
    return out;
}

static inline void assert_hex(const void *bytes, size_t length, const char *expected)
{
    char hex[2 * 64 + 1];
    ck_assert_uint_le(length, 64);
    tdm__hex(hex, bytes, length);
    ck_assert_str_eq(hex, expected);
}

/* Key 3 is bytes(range(32)); its fingerprint is the first 8 bytes of
 * parts([b"tidemark fingerprint 1", 3, b""], key). */
#define FINGERPRINT_3 "0c5f86fe9a234275"
#define RING_3                                                                                               \
    "tidemark-keys 1 1\n"                                                                                    \
    "3 1700000000 000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f " FINGERPRINT_3 "\n"

static inline tdm__ring *ring_of_text(const char *text)
{
    tdm__ring *ring;
    tdm_error error = {0};
    ck_assert_int_eq(
        tdm__ring_read(&ring, &tdm__malloc_allocator, tdm__str(text), TDM_LIT(""), TDM_LIT("ring"), &error),
        TDM_OK);
    return ring;
}

#endif

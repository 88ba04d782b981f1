/*
 * Hashes and the dictionary of strings. hash64 names rows and keys (fast, the same on every
 * machine, not for secrets); SHA-256 names whole files, so that anyone can check one with sha256sum.
 */
#ifndef TDM_BASE_HASH_H
#define TDM_BASE_HASH_H

#include "base/text.h"

uint64_t tdm__hash64(tdm_str bytes, uint64_t seed);
/* The same of `count` strings, each `stride` strings behind the one before: hashes[i] is the seed of the i-th
 * and becomes its hash. No step of one waits for that of another. */
void tdm__hash64_each(uint64_t *hashes, const tdm_str *strings, size_t stride, size_t count);

#define TDM_SHA256_HEX_SIZE 65
/* 64 lower-case hex digits and a zero byte. */
void tdm__sha256_hex(char out[TDM_SHA256_HEX_SIZE], tdm_str bytes);

/* The same of bytes that come one after another. NULL: no memory. `end` frees it; `out` NULL: it is given up.
 */
typedef struct tdm__sha256 tdm__sha256;
tdm__sha256 *tdm__sha256_new(const tdm_allocator *allocator);
void tdm__sha256_add(tdm__sha256 *hash, tdm_str bytes);
void tdm__sha256_end(char out[TDM_SHA256_HEX_SIZE], tdm__sha256 *hash);

/* 16 lower-case hex digits and a zero byte. */
#define TDM_HEX64_SIZE 17
void tdm__hex64(char out[TDM_HEX64_SIZE], uint64_t number);

/* Strings numbered from 0 in the order in which they came. Lookups do not allocate. */
typedef struct tdm__dictionary {
    const tdm_allocator *allocator;
    tdm__arena bytes;
    tdm_str *strings;
    size_t count;
    size_t capacity;
    uint64_t *slots;   /* half of the hash and index + 1; 0: empty */
    size_t slot_count; /* a power of two */
} tdm__dictionary;

#define TDM_NO_INDEX UINT32_MAX

void tdm__dictionary_init(tdm__dictionary *dictionary, const tdm_allocator *allocator);
void tdm__dictionary_free(tdm__dictionary *dictionary);
/* The number of the string, added when it is new. TDM_NO_MEMORY, TDM_TOO_LARGE at 2^31 strings. */
tdm_status tdm__dictionary_add(uint32_t *out, tdm__dictionary *dictionary, tdm_str string);
/* TDM_NO_INDEX when it is not there. */
uint32_t tdm__dictionary_find(const tdm__dictionary *dictionary, tdm_str string);
/* The same of `count` strings, each `stride` strings behind the one before: what is read for all of them is
 * asked for at once, so that none waits for the memory of another. */
void tdm__dictionary_find_each(uint32_t *out, const tdm__dictionary *dictionary, const tdm_str *strings,
                               size_t stride, size_t count);
tdm_str tdm__dictionary_at(const tdm__dictionary *dictionary, uint32_t index);

#endif

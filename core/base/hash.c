/*
 * hash64, SHA-256 (OpenSSL's libcrypto) and the dictionary.
 */
/* Its plain functions: they take no memory and cannot fail, which those that replace them may. */
#define OPENSSL_API_COMPAT 10100

#include "base/hash.h"

#include <openssl/sha.h>
#include <string.h>

static inline uint64_t mixed(uint64_t x)
{
    x ^= x >> 32;
    x *= 0xD6E8FEB86659FD93u;
    x ^= x >> 32;
    x *= 0xD6E8FEB86659FD93u;
    x ^= x >> 32;
    return x;
}

/* The last `count` bytes, 1 to 7, of a string of `length`. */
static inline uint64_t load_rest(const char *bytes, size_t count, size_t length)
{
    if (length >= 8)
        return tdm__load64(bytes + count - 8) >> (64 - 8 * count);
    if (count >= 4)
        return tdm__load32(bytes) | tdm__load32(bytes + count - 4) << (8 * (count - 4));
    const unsigned char *b = (const unsigned char *)bytes;
    return (uint64_t)b[0] | (uint64_t)b[count / 2] << (8 * (count / 2)) |
           (uint64_t)b[count - 1] << (8 * (count - 1));
}

static inline uint64_t hash_word(uint64_t hash, uint64_t word)
{
    return mixed(hash ^ word) * 0x9E3779B97F4A7C15u;
}

static inline uint64_t hash_of(tdm_str bytes, uint64_t seed)
{
    uint64_t hash = mixed(seed ^ (0x9E3779B97F4A7C15u + bytes.length));
    const char *at = bytes.data;
    size_t left = bytes.length; /* 0: there may be no data */
    for (; left >= 8; at += 8, left -= 8)
        hash = hash_word(hash, tdm__load64(at));
    if (left > 0)
        hash = hash_word(hash, load_rest(at, left, bytes.length));
    return mixed(hash);
}

uint64_t tdm__hash64(tdm_str bytes, uint64_t seed)
{
    return hash_of(bytes, seed);
}

void tdm__hash64_each(uint64_t *hashes, const tdm_str *strings, size_t stride, size_t count)
{
    for (size_t i = 0; i < count; i++)
        hashes[i] = hash_of(strings[i * stride], hashes[i]);
}

static void put_digest(char out[TDM_SHA256_HEX_SIZE], SHA256_CTX *state)
{
    unsigned char digest[SHA256_DIGEST_LENGTH];
    SHA256_Final(digest, state);
    for (size_t i = 0; i < sizeof digest; i++) {
        out[2 * i] = "0123456789abcdef"[digest[i] >> 4];
        out[2 * i + 1] = "0123456789abcdef"[digest[i] & 15];
    }
    out[TDM_SHA256_HEX_SIZE - 1] = '\0';
}

void tdm__sha256_hex(char out[TDM_SHA256_HEX_SIZE], tdm_str bytes)
{
    SHA256_CTX state;
    SHA256_Init(&state);
    SHA256_Update(&state, bytes.data, bytes.length);
    put_digest(out, &state);
}

struct tdm__sha256 {
    tdm_allocator allocator;
    SHA256_CTX state;
};

tdm__sha256 *tdm__sha256_new(const tdm_allocator *allocator)
{
    tdm__sha256 *hash = tdm__alloc(allocator, sizeof *hash);
    if (!hash)
        return NULL;
    hash->allocator = *allocator;
    SHA256_Init(&hash->state);
    return hash;
}

void tdm__sha256_add(tdm__sha256 *hash, tdm_str bytes)
{
    SHA256_Update(&hash->state, bytes.data, bytes.length);
}

void tdm__sha256_end(char out[TDM_SHA256_HEX_SIZE], tdm__sha256 *hash)
{
    if (!hash)
        return;
    tdm_allocator allocator = hash->allocator;
    if (out)
        put_digest(out, &hash->state);
    tdm__free(&allocator, hash);
}

void tdm__hex64(char out[TDM_HEX64_SIZE], uint64_t number)
{
    for (int i = 0; i < 16; i++)
        out[i] = "0123456789abcdef"[number >> (60 - 4 * i) & 15];
    out[16] = '\0';
}

void tdm__dictionary_init(tdm__dictionary *dictionary, const tdm_allocator *allocator)
{
    memset(dictionary, 0, sizeof *dictionary);
    dictionary->allocator = allocator;
    tdm__arena_init(&dictionary->bytes, allocator);
}

void tdm__dictionary_free(tdm__dictionary *dictionary)
{
    if (!dictionary->allocator)
        return;
    tdm__arena_free(&dictionary->bytes);
    tdm__free(dictionary->allocator, dictionary->strings);
    tdm__free(dictionary->allocator, dictionary->slots);
    tdm__dictionary_init(dictionary, dictionary->allocator);
}

/* As tdm__str_equal; most strings here are words, which need no call. */
static inline bool same_string(tdm_str a, tdm_str b)
{
    uint64_t x[2], y[2];
    if (a.length != b.length)
        return false;
    if (a.length > TDM__ENDS_SAY_ALL)
        return memcmp(a.data, b.data, a.length) == 0;
    tdm__str_ends(x, a);
    tdm__str_ends(y, b);
    return ((x[0] ^ y[0]) | (x[1] ^ y[1])) == 0;
}

/* Only for the slots of one dictionary, so that it may change: two multiplications side by side for a word.
 */
static uint64_t slot_hash(tdm_str string)
{
    uint64_t ends[2];
    tdm__str_ends(ends, string);
    uint64_t last = (ends[1] + string.length) * 0xBF58476D1CE4E5B9u;
    uint64_t hash = ends[0] * 0xD6E8FEB86659FD93u ^ (last << 32 | last >> 32);
    for (size_t at = 8; at + 8 < string.length; at += 8) {
        hash = (hash ^ hash >> 32 ^ tdm__load64(string.data + at)) * 0xD6E8FEB86659FD93u;
    }
    hash = (hash ^ hash >> 32) * 0x9E3779B97F4A7C15u;
    return hash ^ hash >> 32;
}

#define HASH_HALF UINT64_C(0xFFFFFFFF00000000) /* of a slot: the upper half of the hash */

/* The slot that holds the string or the empty one where it would go. */
static size_t slot_of(const tdm__dictionary *dictionary, tdm_str string, uint64_t hash)
{
    size_t mask = dictionary->slot_count - 1;
    size_t slot = (size_t)hash & mask;
    for (uint64_t held; (held = dictionary->slots[slot]) != 0; slot = (slot + 1) & mask)
        if ((held & HASH_HALF) == (hash & HASH_HALF) &&
            same_string(dictionary->strings[(uint32_t)held - 1], string))
            break;
    return slot;
}

static tdm_status grow_slots(tdm__dictionary *dictionary)
{
    size_t wanted = dictionary->slot_count > 0 ? dictionary->slot_count * 2 : 64;
    uint64_t *old = dictionary->slots;
    uint64_t *slots = tdm__alloc_zeroed(dictionary->allocator, wanted, sizeof *slots);
    if (!slots)
        return TDM_NO_MEMORY;
    dictionary->slots = slots;
    dictionary->slot_count = wanted;
    for (size_t i = 0; i < dictionary->count; i++) {
        uint64_t hash = slot_hash(dictionary->strings[i]);
        slots[slot_of(dictionary, dictionary->strings[i], hash)] = (hash & HASH_HALF) | (i + 1);
    }
    tdm__free(dictionary->allocator, old);
    return TDM_OK;
}

static uint32_t found(const tdm__dictionary *dictionary, tdm_str string, uint64_t hash)
{
    if (dictionary->slot_count == 0)
        return TDM_NO_INDEX;
    uint64_t held = dictionary->slots[slot_of(dictionary, string, hash)];
    return held == 0 ? TDM_NO_INDEX : (uint32_t)held - 1;
}

tdm_status tdm__dictionary_add(uint32_t *out, tdm__dictionary *dictionary, tdm_str string)
{
    uint64_t hash = slot_hash(string);
    *out = found(dictionary, string, hash);
    if (*out != TDM_NO_INDEX)
        return TDM_OK;
    if (dictionary->count >= INT32_MAX)
        return TDM_TOO_LARGE;
    tdm_str *grown = tdm__grown(dictionary->allocator, dictionary->strings, &dictionary->capacity,
                                dictionary->count + 1, sizeof *grown);
    if (!grown)
        return TDM_NO_MEMORY;
    dictionary->strings = grown;
    if (dictionary->count * 4 >= dictionary->slot_count * 3) {
        tdm_status status = grow_slots(dictionary);
        if (status != TDM_OK)
            return status;
    }
    tdm_str copy = tdm__arena_copy(&dictionary->bytes, string);
    if (!copy.data)
        return TDM_NO_MEMORY;
    *out = (uint32_t)dictionary->count;
    dictionary->strings[dictionary->count++] = copy;
    dictionary->slots[slot_of(dictionary, copy, hash)] = (hash & HASH_HALF) | dictionary->count;
    return TDM_OK;
}

uint32_t tdm__dictionary_find(const tdm__dictionary *dictionary, tdm_str string)
{
    return found(dictionary, string, slot_hash(string));
}

#define FOUND_AT_ONCE 32

/* One step of the way for all of them, then the next: slot, string, its bytes. */
static void find_some(uint32_t *out, const tdm__dictionary *dictionary, const tdm_str *strings, size_t stride,
                      size_t count)
{
    uint64_t hashes[FOUND_AT_ONCE];
    const tdm_str *held[FOUND_AT_ONCE] = {NULL};
    size_t mask = dictionary->slot_count - 1;
    for (size_t i = 0; i < count; i++) {
        hashes[i] = slot_hash(strings[i * stride]);
        TDM_EXPECT_READ(&dictionary->slots[(size_t)hashes[i] & mask]);
    }
    for (size_t i = 0; i < count; i++) {
        size_t slot = (size_t)hashes[i] & mask;
        while (dictionary->slots[slot] != 0 &&
               (dictionary->slots[slot] & HASH_HALF) != (hashes[i] & HASH_HALF))
            slot = (slot + 1) & mask;
        if (dictionary->slots[slot] == 0)
            continue;
        held[i] = &dictionary->strings[(uint32_t)dictionary->slots[slot] - 1];
        TDM_EXPECT_READ(held[i]);
    }
    for (size_t i = 0; i < count; i++)
        if (held[i])
            TDM_EXPECT_READ(held[i]->data);
    for (size_t i = 0; i < count; i++)
        out[i] = !held[i] ? TDM_NO_INDEX
                 : same_string(*held[i], strings[i * stride])
                     ? (uint32_t)(held[i] - dictionary->strings)
                     : found(dictionary, strings[i * stride], hashes[i]);
}

void tdm__dictionary_find_each(uint32_t *out, const tdm__dictionary *dictionary, const tdm_str *strings,
                               size_t stride, size_t count)
{
    for (size_t at = 0; at < count; at += FOUND_AT_ONCE) {
        size_t some = count - at < FOUND_AT_ONCE ? count - at : FOUND_AT_ONCE;
        if (dictionary->slot_count > 0)
            find_some(out + at, dictionary, strings + at * stride, stride, some);
        for (size_t i = at; dictionary->slot_count == 0 && i < at + some; i++)
            out[i] = TDM_NO_INDEX;
    }
}

tdm_str tdm__dictionary_at(const tdm__dictionary *dictionary, uint32_t index)
{
    return index < dictionary->count ? dictionary->strings[index] : (tdm_str){"", 0};
}

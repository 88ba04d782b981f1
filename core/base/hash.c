/*
 * hash64, SHA-256 (OpenSSL's libcrypto) and the dictionary.
 */
/* Its plain functions: they take no memory and cannot fail, which those that replace them may. */
#define OPENSSL_API_COMPAT 10100

#include "base/hash.h"

#include <openssl/sha.h>
#include <string.h>

static uint64_t mixed(uint64_t x)
{
    x ^= x >> 32;
    x *= 0xD6E8FEB86659FD93u;
    x ^= x >> 32;
    x *= 0xD6E8FEB86659FD93u;
    x ^= x >> 32;
    return x;
}

/* Eight bytes, little-endian, so that the same bytes give the same number on every machine. */
static uint64_t load64(const unsigned char *bytes)
{
    return (uint64_t)bytes[0] | (uint64_t)bytes[1] << 8 | (uint64_t)bytes[2] << 16 |
           (uint64_t)bytes[3] << 24 | (uint64_t)bytes[4] << 32 | (uint64_t)bytes[5] << 40 |
           (uint64_t)bytes[6] << 48 | (uint64_t)bytes[7] << 56;
}

/* The last `count` bytes, 1 to 7, of a string of `length`. */
static uint64_t load_rest(const unsigned char *bytes, size_t count, size_t length)
{
    uint64_t word = 0;
    if (length >= 8)
        return load64(bytes + count - 8) >> (64 - 8 * count);
    for (size_t i = 0; i < count; i++)
        word |= (uint64_t)bytes[i] << (8 * i);
    return word;
}

static uint64_t hash_start(tdm_str bytes, uint64_t seed)
{
    return mixed(seed ^ (0x9E3779B97F4A7C15u + bytes.length));
}

static uint64_t hash_word(uint64_t hash, uint64_t word)
{
    return mixed(hash ^ word) * 0x9E3779B97F4A7C15u;
}

/* From the byte `from` on, a multiple of eight. */
static uint64_t hash_end(uint64_t hash, tdm_str bytes, size_t from)
{
    const unsigned char *at = (const unsigned char *)bytes.data + from;
    size_t left = bytes.length - from;
    for (; left >= 8; at += 8, left -= 8)
        hash = hash_word(hash, load64(at));
    if (left > 0)
        hash = hash_word(hash, load_rest(at, left, bytes.length));
    return mixed(hash);
}

uint64_t tdm__hash64(tdm_str bytes, uint64_t seed)
{
    if (bytes.length == 0) /* may have no data */
        return mixed(hash_start(bytes, seed));
    return hash_end(hash_start(bytes, seed), bytes, 0);
}

void tdm__hash64_beside(uint64_t hashes[TDM__HASHES_BESIDE], const tdm_str bytes[TDM__HASHES_BESIDE],
                        const uint64_t seeds[TDM__HASHES_BESIDE])
{
    size_t shared = SIZE_MAX, at = 0;
    for (size_t i = 0; i < TDM__HASHES_BESIDE; i++) {
        hashes[i] = hash_start(bytes[i], seeds[i]);
        shared = bytes[i].length < shared ? bytes[i].length : shared;
    }
    for (; at + 8 <= shared; at += 8)
        for (size_t i = 0; i < TDM__HASHES_BESIDE; i++)
            hashes[i] = hash_word(hashes[i], load64((const unsigned char *)bytes[i].data + at));
    for (size_t i = 0; i < TDM__HASHES_BESIDE; i++)
        hashes[i] = bytes[i].length == 0 ? mixed(hashes[i]) : hash_end(hashes[i], bytes[i], at);
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

static uint64_t load32(const unsigned char *at)
{
    return (uint64_t)at[0] | (uint64_t)at[1] << 8 | (uint64_t)at[2] << 16 | (uint64_t)at[3] << 24;
}

/* The first and the last bytes of a short string, which may be the same ones. */
static inline void load_ends(uint64_t ends[2], tdm_str string)
{
    const unsigned char *at = (const unsigned char *)string.data;
    size_t length = string.length;
    ends[0] = ends[1] = 0;
    if (length >= 8) {
        ends[0] = load64(at);
        ends[1] = load64(at + length - 8);
    } else if (length >= 4) {
        ends[0] = load32(at);
        ends[1] = load32(at + length - 4);
    } else if (length > 0) {
        ends[0] = (uint64_t)at[0] | (uint64_t)at[length / 2] << 8 | (uint64_t)at[length - 1] << 16;
    }
}

/* As tdm__str_equal; most strings here are words, which need no call. */
static bool same_string(tdm_str a, tdm_str b)
{
    const unsigned char *x = (const unsigned char *)a.data, *y = (const unsigned char *)b.data;
    size_t length = a.length;
    if (length != b.length)
        return false;
    if (length < 8 || length > 16)
        return length == 0 || memcmp(x, y, length) == 0;
    return ((load64(x) ^ load64(y)) | (load64(x + length - 8) ^ load64(y + length - 8))) == 0;
}

/* Only for the slots of one dictionary, so that it may change: two multiplications side by side for a word.
 */
static uint64_t slot_hash(tdm_str string)
{
    uint64_t ends[2];
    load_ends(ends, string);
    uint64_t last = (ends[1] + string.length) * 0xBF58476D1CE4E5B9u;
    uint64_t hash = ends[0] * 0xD6E8FEB86659FD93u ^ (last << 32 | last >> 32);
    for (size_t at = 8; at + 8 < string.length; at += 8) {
        hash = (hash ^ hash >> 32 ^ load64((const unsigned char *)string.data + at)) * 0xD6E8FEB86659FD93u;
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

#define EXPECTED_AT_ONCE 32

/* One step of the way for all of them, then the next: slot, string, its bytes. */
static void expect_some(const tdm__dictionary *dictionary, const tdm_str *strings, size_t count)
{
    uint64_t hashes[EXPECTED_AT_ONCE];
    const tdm_str *held[EXPECTED_AT_ONCE] = {NULL};
    size_t mask = dictionary->slot_count - 1;
    for (size_t i = 0; i < count; i++) {
        hashes[i] = slot_hash(strings[i]);
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
}

void tdm__dictionary_expect(const tdm__dictionary *dictionary, const tdm_str *strings, size_t count)
{
    for (size_t at = 0; dictionary->slot_count > 0 && at < count; at += EXPECTED_AT_ONCE)
        expect_some(dictionary, strings + at, count - at < EXPECTED_AT_ONCE ? count - at : EXPECTED_AT_ONCE);
}

tdm_str tdm__dictionary_at(const tdm__dictionary *dictionary, uint32_t index)
{
    return index < dictionary->count ? dictionary->strings[index] : (tdm_str){"", 0};
}

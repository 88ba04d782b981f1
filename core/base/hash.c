/*
 * hash64, SHA-256 (libmd) and the dictionary.
 */
#include "base/hash.h"

#include <sha2.h>
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

/* Little-endian, so that the same bytes give the same number on every machine. */
static uint64_t load64(const unsigned char *bytes, size_t count)
{
    uint64_t word = 0;
    for (size_t i = 0; i < count; i++)
        word |= (uint64_t)bytes[i] << (8 * i);
    return word;
}

uint64_t tdm__hash64(tdm_str bytes, uint64_t seed)
{
    const unsigned char *at = (const unsigned char *)bytes.data;
    size_t left = bytes.length;
    uint64_t hash = mixed(seed ^ (0x9E3779B97F4A7C15u + bytes.length));
    for (; left >= 8; at += 8, left -= 8)
        hash = mixed(hash ^ load64(at, 8)) * 0x9E3779B97F4A7C15u;
    if (left > 0)
        hash = mixed(hash ^ load64(at, left)) * 0x9E3779B97F4A7C15u;
    return mixed(hash);
}

void tdm__sha256_hex(char out[TDM_SHA256_HEX_SIZE], tdm_str bytes)
{
    SHA2_CTX state;
    SHA256Init(&state);
    SHA256Update(&state, (const uint8_t *)bytes.data, bytes.length);
    SHA256End(&state, out);
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

/* The slot that holds the string or the empty one where it would go. */
static size_t slot_of(const tdm__dictionary *dictionary, tdm_str string)
{
    size_t mask = dictionary->slot_count - 1;
    size_t slot = (size_t)tdm__hash64(string, 0) & mask;
    while (dictionary->slots[slot] != 0 &&
           !tdm__str_equal(dictionary->strings[dictionary->slots[slot] - 1], string))
        slot = (slot + 1) & mask;
    return slot;
}

static tdm_status grow_slots(tdm__dictionary *dictionary)
{
    size_t wanted = dictionary->slot_count > 0 ? dictionary->slot_count * 2 : 64;
    uint32_t *old = dictionary->slots;
    uint32_t *slots = tdm__alloc_zeroed(dictionary->allocator, wanted, sizeof *slots);
    if (!slots)
        return TDM_NO_MEMORY;
    dictionary->slots = slots;
    dictionary->slot_count = wanted;
    for (size_t i = 0; i < dictionary->count; i++)
        slots[slot_of(dictionary, dictionary->strings[i])] = (uint32_t)i + 1;
    tdm__free(dictionary->allocator, old);
    return TDM_OK;
}

tdm_status tdm__dictionary_add(uint32_t *out, tdm__dictionary *dictionary, tdm_str string)
{
    *out = tdm__dictionary_find(dictionary, string);
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
    dictionary->slots[slot_of(dictionary, copy)] = *out + 1;
    return TDM_OK;
}

uint32_t tdm__dictionary_find(const tdm__dictionary *dictionary, tdm_str string)
{
    if (dictionary->slot_count == 0)
        return TDM_NO_INDEX;
    uint32_t held = dictionary->slots[slot_of(dictionary, string)];
    return held == 0 ? TDM_NO_INDEX : held - 1;
}

tdm_str tdm__dictionary_at(const tdm__dictionary *dictionary, uint32_t index)
{
    return index < dictionary->count ? dictionary->strings[index] : (tdm_str){"", 0};
}

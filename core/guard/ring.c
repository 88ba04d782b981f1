/*
 * Keys in the order of their numbers, in one block that never moves, so that wiping it wipes them all; what
 * follows from a key; and the ring's text.
 */
#include "guard/ring.h"

#include <stdio.h>
#include <string.h>

typedef struct ring_entry {
    tdm__ring_key shown;
    tdm__digest key;          /* zeros where it is reduced */
    tdm__digest audit, index; /* where it is */
} ring_entry;

struct tdm__ring {
    const tdm_allocator *allocator;
    ring_entry entries[TDM__RING_KEYS_MAX];
    size_t count;
};

enum {
    RING_VERSION = 1,
    RING_VERSION_REDUCED = 2, /* some key is */
    KEY_HEX = 2 * TDM__DIGEST_BYTES,
    FINGERPRINT_HEX = 2 * TDM__FINGERPRINT_BYTES,
    /* A line: two numbers of at most 20 letters, one key or two, fingerprint, spaces and line end. */
    LINE_MAX = 20 + 1 + 20 + 1 + KEY_HEX + 1 + KEY_HEX + 1 + FINGERPRINT_HEX + 1
};

static const char magic[] = "tidemark-keys";

tdm_status tdm__ring_new(tdm__ring **out, const tdm_allocator *allocator)
{
    *out = tdm__alloc_zeroed(allocator, 1, sizeof **out);
    if (!*out)
        return TDM_NO_MEMORY;
    (*out)->allocator = allocator;
    return TDM_OK;
}

void tdm__ring_free(tdm__ring *ring)
{
    if (!ring)
        return;
    const tdm_allocator *allocator = ring->allocator;
    tdm__wipe(ring, sizeof *ring);
    tdm__free(allocator, ring);
}

size_t tdm__ring_count(const tdm__ring *ring)
{
    return ring->count;
}

tdm__ring_key tdm__ring_at(const tdm__ring *ring, size_t index)
{
    return ring->entries[index].shown;
}

uint32_t tdm__ring_newest(const tdm__ring *ring)
{
    return ring->count > 0 ? ring->entries[ring->count - 1].shown.number : 0;
}

static const ring_entry *entry_of(const tdm__ring *ring, uint32_t number)
{
    for (size_t i = 0; i < ring->count; i++)
        if (ring->entries[i].shown.number == number)
            return &ring->entries[i];
    return NULL;
}

bool tdm__ring_find(tdm__ring_key *out, const tdm__ring *ring, uint32_t number)
{
    const ring_entry *entry = entry_of(ring, number);
    bool opens = entry && !entry->shown.is_reduced;
    *out = opens ? entry->shown : (tdm__ring_key){0};
    return opens;
}

/* --- what follows from a key --- */

static void derive(tdm__digest *out, const ring_entry *entry, const tdm__digest *key, tdm_str label,
                   tdm_str what)
{
    unsigned char number[8];
    const tdm_str parts[] = {label, tdm__number_part(number, entry->shown.number), what};
    tdm__digest_parts(out->bytes, sizeof out->bytes, key, parts, 3);
}

static void set_fingerprint(ring_entry *entry)
{
    tdm__digest digest;
    if (entry->shown.is_reduced)
        derive(&digest, entry, &entry->audit, TDM_LIT("tidemark fingerprint 2"),
               (tdm_str){(const char *)entry->index.bytes, sizeof entry->index.bytes});
    else
        derive(&digest, entry, &entry->key, TDM_LIT("tidemark fingerprint 1"), TDM_LIT(""));
    memcpy(entry->shown.fingerprint, digest.bytes, TDM__FINGERPRINT_BYTES);
}

#define USE_WORD(name, number, what)                                                                         \
    case TDM__RING_##name:                                                                                   \
        return what;
static const char *use_word(tdm__ring_use use)
{
    switch (use) {
        TDM__RING_USE_MAP(USE_WORD)
    }
    return "";
}
#undef USE_WORD

tdm_status tdm__ring_key_for(tdm__digest *out, const tdm__ring *ring, uint32_t number, tdm__ring_use use)
{
    const ring_entry *entry = entry_of(ring, number);
    *out = (tdm__digest){{0}};
    if (!entry)
        return TDM_NOT_FOUND;
    if (entry->shown.is_reduced)
        *out = use == TDM__RING_AUDIT ? entry->audit : entry->index;
    else
        derive(out, entry, &entry->key, TDM_LIT("tidemark use key 1"), tdm__str(use_word(use)));
    return TDM_OK;
}

tdm_status tdm__ring_page_key(tdm__digest *out, const tdm__ring *ring, uint32_t number, tdm_str page)
{
    const ring_entry *entry = entry_of(ring, number);
    *out = (tdm__digest){{0}};
    if (!entry || entry->shown.is_reduced)
        return TDM_NOT_FOUND;
    derive(out, entry, &entry->key, TDM_LIT("tidemark page key 1"), page);
    return TDM_OK;
}

/* --- more and fewer keys --- */

tdm_status tdm__ring_grow(tdm__ring *ring, int64_t made_at, tdm_error *error)
{
    ring_entry *entry = &ring->entries[ring->count];
    if (made_at < 0)
        return tdm__fail(error, TDM_INVALID_ARG, "the time of a key is out of its range");
    if (ring->count == TDM__RING_KEYS_MAX || tdm__ring_newest(ring) == TDM__RING_NUMBER_MAX)
        return tdm__fail(error, TDM_TOO_LARGE, "a ring holds at most %d keys: drop one that closes nothing",
                         TDM__RING_KEYS_MAX);
    *entry = (ring_entry){.shown = {.number = tdm__ring_newest(ring) + 1, .made_at = made_at}};
    if (tdm__random_bytes(entry->key.bytes, sizeof entry->key.bytes) != TDM_OK)
        return tdm__fail(error, TDM_INTERNAL, "libsodium could not be started");
    set_fingerprint(entry);
    ring->count++;
    return TDM_OK;
}

/* One that may go. */
static tdm_status find_older(size_t *out, const tdm__ring *ring, uint32_t number, tdm_error *error)
{
    const ring_entry *entry = entry_of(ring, number);
    *out = 0;
    if (!entry)
        return tdm__fail(error, TDM_NOT_FOUND, "the ring has no key %u", (unsigned)number);
    if (number == tdm__ring_newest(ring))
        return tdm__fail(error, TDM_CONFLICT, "key %u closes what is new: it cannot be dropped",
                         (unsigned)number);
    *out = (size_t)(entry - ring->entries);
    return TDM_OK;
}

tdm_status tdm__ring_drop(tdm__ring *ring, uint32_t number, tdm_error *error)
{
    size_t at;
    tdm_status status = find_older(&at, ring, number, error);
    if (status != TDM_OK)
        return status;
    memmove(&ring->entries[at], &ring->entries[at + 1], (ring->count - at - 1) * sizeof *ring->entries);
    ring->count--;
    tdm__wipe(&ring->entries[ring->count], sizeof *ring->entries);
    return TDM_OK;
}

tdm_status tdm__ring_reduce(tdm__ring *ring, uint32_t number, tdm_error *error)
{
    size_t at;
    tdm_status status = find_older(&at, ring, number, error);
    ring_entry *entry = &ring->entries[at];
    if (status != TDM_OK || entry->shown.is_reduced)
        return status;
    (void)tdm__ring_key_for(&entry->audit, ring, number, TDM__RING_AUDIT);
    (void)tdm__ring_key_for(&entry->index, ring, number, TDM__RING_INDEX);
    tdm__wipe(&entry->key, sizeof entry->key);
    entry->shown.is_reduced = true;
    set_fingerprint(entry);
    return TDM_OK;
}

/* --- out --- */

static char *write_key(char *at, const tdm__digest *key)
{
    tdm__hex(at, key->bytes, TDM__DIGEST_BYTES);
    at += KEY_HEX;
    *at++ = ' ';
    return at;
}

static size_t write_line(char *line, const ring_entry *entry)
{
    int length = snprintf(line, LINE_MAX, "%lu %lld ", (unsigned long)entry->shown.number,
                          (long long)entry->shown.made_at);
    char *at = line + length;
    at = write_key(at, entry->shown.is_reduced ? &entry->audit : &entry->key);
    if (entry->shown.is_reduced)
        at = write_key(at, &entry->index);
    tdm__hex(at, entry->shown.fingerprint, TDM__FINGERPRINT_BYTES);
    at += FINGERPRINT_HEX;
    *at++ = '\n';
    return (size_t)(at - line);
}

static int version_of(const tdm__ring *ring)
{
    for (size_t i = 0; i < ring->count; i++)
        if (ring->entries[i].shown.is_reduced)
            return RING_VERSION_REDUCED;
    return RING_VERSION;
}

tdm_status tdm__ring_write(tdm__secret *out, const tdm__ring *ring, const tdm_allocator *allocator)
{
    /* On the stack and in one copy: a text that grows would leave keys behind it. */
    char text[(TDM__RING_KEYS_MAX + 1) * LINE_MAX];
    size_t length = (size_t)snprintf(text, LINE_MAX, "%s %d %lu\n", magic, version_of(ring),
                                     (unsigned long)ring->count);
    for (size_t i = 0; i < ring->count; i++)
        length += write_line(text + length, &ring->entries[i]);
    tdm_status status = tdm__secret_copy(out, allocator, (tdm_str){text, length});
    tdm__wipe(text, sizeof text);
    return status;
}

tdm_status tdm__ring_seal(tdm__text *out, const tdm__ring *ring, tdm_str passphrase, tdm__seal_cost cost,
                          tdm_error *error)
{
    tdm__secret plain;
    tdm__text_clear(out);
    if (tdm__ring_write(&plain, ring, out->allocator) != TDM_OK)
        return tdm__no_memory(error);
    tdm_status status = tdm__seal(out, tdm__secret_str(&plain), passphrase, cost, error);
    tdm__secret_free(&plain);
    return status;
}

/* --- in --- */

/* A number as it is written: no sign, no zero in front. */
static bool read_number(int64_t *out, tdm_str text, int64_t highest)
{
    *out = 0;
    return text.length > 0 && text.data[0] >= '0' && text.data[0] <= '9' &&
           (text.data[0] != '0' || text.length == 1) && tdm__str_to_int64(out, text) && *out <= highest;
}

/* The key, or what is left of one, and the fingerprint. */
static bool read_key(ring_entry *entry, unsigned char fingerprint[TDM__FINGERPRINT_BYTES], tdm_str line)
{
    tdm_str key = tdm__str_split(&line, ' ');
    entry->shown.is_reduced = line.length > FINGERPRINT_HEX;
    tdm_str index = entry->shown.is_reduced ? tdm__str_split(&line, ' ') : key;
    tdm__digest *first = entry->shown.is_reduced ? &entry->audit : &entry->key;
    return tdm__unhex(first->bytes, TDM__DIGEST_BYTES, key) &&
           (!entry->shown.is_reduced || tdm__unhex(entry->index.bytes, TDM__DIGEST_BYTES, index)) &&
           tdm__unhex(fingerprint, TDM__FINGERPRINT_BYTES, line);
}

/* What is wrong with a line; NULL: nothing, and the key is added. */
static const char *read_line(tdm__ring *ring, tdm_str line, int64_t version)
{
    ring_entry *entry = &ring->entries[ring->count];
    int64_t number, made_at;
    unsigned char fingerprint[TDM__FINGERPRINT_BYTES];
    tdm_str number_text = tdm__str_split(&line, ' '), made_text = tdm__str_split(&line, ' ');
    *entry = (ring_entry){0};
    if (!read_number(&number, number_text, TDM__RING_NUMBER_MAX) ||
        !read_number(&made_at, made_text, INT64_MAX) || !read_key(entry, fingerprint, line) ||
        (entry->shown.is_reduced && version < RING_VERSION_REDUCED))
        return "expected number, time, key and fingerprint of a key";
    if (number <= tdm__ring_newest(ring))
        return "expected keys in the order of their numbers, from 1";
    entry->shown.number = (uint32_t)number;
    entry->shown.made_at = made_at;
    set_fingerprint(entry);
    if (memcmp(fingerprint, entry->shown.fingerprint, sizeof fingerprint) != 0)
        return "the key is damaged: it does not have the fingerprint beside it";
    ring->count++;
    return NULL;
}

static tdm_status read_heading(int64_t *count, int64_t *of_version, tdm_str line, tdm_place place,
                               tdm_error *error)
{
    int64_t version;
    tdm_str word = tdm__str_split(&line, ' '), version_text = tdm__str_split(&line, ' ');
    *count = *of_version = 0;
    if (!tdm__str_equal(word, tdm__str(magic)) || !read_number(&version, version_text, INT64_MAX) ||
        version < 1)
        return tdm__fail_at(error, TDM_INVALID_INPUT, place, "expected a ring of keys of Tidemark");
    *of_version = version;
    if (version > RING_VERSION_REDUCED)
        return tdm__fail_at(error, TDM_NEWER, place, "the ring of keys was made by a newer version");
    if (!read_number(count, line, TDM__RING_KEYS_MAX))
        return tdm__fail_at(error, TDM_INVALID_INPUT, place, "expected how many keys follow, at most %d",
                            TDM__RING_KEYS_MAX);
    return TDM_OK;
}

static bool next_line(tdm_str *line, tdm_str *rest)
{
    const char *end = rest->length > 0 ? memchr(rest->data, '\n', rest->length) : NULL;
    *line = (tdm_str){NULL, 0};
    if (end)
        *line = tdm__str_split(rest, '\n');
    return end != NULL;
}

static tdm_status read_text(tdm__ring *ring, tdm_str text, tdm_str file, tdm_error *error)
{
    tdm_place place = {file, 1, 0};
    tdm_str line;
    int64_t count, version;
    (void)next_line(&line, &text);
    tdm_status status = read_heading(&count, &version, line, place, error);
    for (int64_t i = 0; i < count && status == TDM_OK; i++) {
        place.line++;
        const char *wrong = next_line(&line, &text) ? read_line(ring, line, version)
                                                    : "the ring of keys is cut off";
        if (wrong)
            status = tdm__fail_at(error, TDM_INVALID_INPUT, place, "%s", wrong);
    }
    if (status == TDM_OK && ring->count > 0 && ring->entries[ring->count - 1].shown.is_reduced)
        status = tdm__fail_at(error, TDM_INVALID_INPUT, place, "expected that the newest key is a whole one");
    if (status == TDM_OK && text.length > 0)
        status = tdm__fail_at(error, TDM_INVALID_INPUT, (tdm_place){file, place.line + 1, 0},
                              "expected no more keys than the first line says");
    return status;
}

tdm_status tdm__ring_read(tdm__ring **out, const tdm_allocator *allocator, tdm_str bytes, tdm_str passphrase,
                          tdm_str file, tdm_error *error)
{
    tdm__secret plain = {allocator, NULL, 0};
    tdm_status status = TDM_OK;
    *out = NULL;
    if (tdm__looks_sealed(bytes)) {
        status = tdm__unseal(&plain, allocator, bytes, passphrase, file, error);
        bytes = tdm__secret_str(&plain);
    }
    if (status == TDM_OK && tdm__ring_new(out, allocator) != TDM_OK)
        status = tdm__no_memory(error);
    if (status == TDM_OK)
        status = read_text(*out, bytes, file, error);
    tdm__secret_free(&plain);
    if (status != TDM_OK) {
        tdm__ring_free(*out);
        *out = NULL;
    }
    return status;
}

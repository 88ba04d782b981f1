/*
 * The table in memory: entries in the order in which they came, found by code and by original.
 */
#include "guard/key.h"

#include <string.h>

struct tdm__key {
    tdm_allocator allocator;
    tdm__arena arena;
    tdm__key_entry *entries;
    size_t count, capacity;
    /* Both number as `entries` do: each entry has one string in each. */
    tdm__dictionary codes, originals;
    tdm__dictionary bases;
    uint32_t *numbers; /* last one given, of each base */
    size_t number_capacity;
    tdm__text wanted; /* the string looked for */
    bool failed;      /* it could not be put together */
};

tdm_status tdm__key_new(tdm__key **out, const tdm_allocator *allocator)
{
    *out = tdm__alloc_zeroed(allocator, 1, sizeof **out);
    if (!*out)
        return TDM_NO_MEMORY;
    tdm__key *key = *out;
    key->allocator = *allocator;
    tdm__arena_init(&key->arena, &key->allocator);
    tdm__dictionary_init(&key->codes, &key->allocator);
    tdm__dictionary_init(&key->originals, &key->allocator);
    tdm__dictionary_init(&key->bases, &key->allocator);
    tdm__text_init(&key->wanted, &key->allocator);
    return TDM_OK;
}

void tdm__key_free(tdm__key *key)
{
    if (!key)
        return;
    tdm_allocator allocator = key->allocator;
    tdm__free(&allocator, key->entries);
    tdm__free(&allocator, key->numbers);
    tdm__dictionary_free(&key->codes);
    tdm__dictionary_free(&key->originals);
    tdm__dictionary_free(&key->bases);
    tdm__text_free(&key->wanted);
    tdm__arena_free(&key->arena);
    tdm__free(&allocator, key);
}

const tdm_allocator *tdm__key_allocator(const tdm__key *key)
{
    return &key->allocator;
}

size_t tdm__key_count(const tdm__key *key)
{
    return key->count;
}

const tdm__key_entry *tdm__key_at(const tdm__key *key, size_t index)
{
    return &key->entries[index];
}

bool tdm__key_failed(const tdm__key *key)
{
    return key->failed;
}

/* Groups are below 32, so that the first byte cannot be part of a UTF-8 letter. */
static tdm_str within(tdm__key *key, tdm__group group, tdm_str text)
{
    tdm__text_clear(&key->wanted);
    tdm__text_char(&key->wanted, (char)(1 + (int)group));
    tdm__text_add(&key->wanted, text);
    key->failed = key->failed || key->wanted.failed;
    return tdm__text_str(&key->wanted);
}

static const tdm__key_entry *find(tdm__key *key, const tdm__dictionary *dictionary, tdm__group group,
                                  tdm_str text)
{
    tdm_str wanted = within(key, group, text);
    uint32_t at = key->wanted.failed ? TDM_NO_INDEX : tdm__dictionary_find(dictionary, wanted);
    return at == TDM_NO_INDEX ? NULL : &key->entries[at];
}

const tdm__key_entry *tdm__key_by_original(tdm__key *key, tdm__group group, tdm_str original)
{
    return find(key, &key->originals, group, original);
}

const tdm__key_entry *tdm__key_by_code(tdm__key *key, tdm__group group, tdm_str code)
{
    return find(key, &key->codes, group, code);
}

/* Several names may have one code: there the original stands for itself on both sides. */
static bool shares_codes(tdm__group group)
{
    return group == TDM__GROUP_NAME || group == TDM__GROUP_NUMBER;
}

static tdm_status put_entry(tdm__key *key, tdm__key_entry entry)
{
    uint32_t at;
    tdm_status status = tdm__dictionary_add(
        &at, &key->codes, within(key, entry.group, shares_codes(entry.group) ? entry.original : entry.code));
    if (status == TDM_OK && !key->failed)
        status = tdm__dictionary_add(
            &at, &key->originals,
            within(key, entry.group, entry.group == TDM__GROUP_BIRTH ? entry.code : entry.original));
    key->entries[key->count++] = entry;
    /* Where one of the two could not be added, nothing is found by number any more. */
    key->failed = key->failed || status != TDM_OK;
    return key->failed ? TDM_NO_MEMORY : TDM_OK;
}

static tdm_status change_birth(tdm__key *key, tdm_str code, tdm_str original)
{
    uint32_t at = tdm__dictionary_find(&key->codes, within(key, TDM__GROUP_BIRTH, code));
    tdm_str copy = tdm__arena_copy(&key->arena, original);
    if (!copy.data || at == TDM_NO_INDEX)
        return TDM_NO_MEMORY;
    key->entries[at].original = copy;
    return TDM_OK;
}

tdm_status tdm__key_add(tdm__key *key, tdm__group group, tdm_str code, tdm_str original)
{
    if (group == TDM__GROUP_BIRTH && tdm__key_by_code(key, group, code))
        return change_birth(key, code, original);
    bool there = !shares_codes(group) && tdm__key_by_code(key, group, code);
    if (there || (group != TDM__GROUP_BIRTH && tdm__key_by_original(key, group, original)))
        return TDM_CONFLICT;
    tdm__key_entry entry = {group, tdm__arena_copy(&key->arena, code),
                            tdm__arena_copy(&key->arena, original)};
    tdm__key_entry *grown = tdm__grown(&key->allocator, key->entries, &key->capacity, key->count + 1,
                                       sizeof *grown);
    if (grown)
        key->entries = grown;
    if (!grown || !entry.code.data || !entry.original.data || key->failed)
        return TDM_NO_MEMORY;
    return put_entry(key, entry);
}

tdm_status tdm__key_number(uint32_t *out, tdm__key *key, tdm_str base)
{
    uint32_t at;
    size_t before = key->bases.count;
    *out = 0;
    uint32_t *grown = tdm__grown(&key->allocator, key->numbers, &key->number_capacity, before + 1,
                                 sizeof *grown);
    if (!grown)
        return TDM_NO_MEMORY;
    key->numbers = grown;
    tdm_status status = tdm__dictionary_add(&at, &key->bases, base);
    if (status != TDM_OK)
        return status;
    if (key->bases.count > before)
        key->numbers[at] = 0;
    *out = ++key->numbers[at];
    return TDM_OK;
}

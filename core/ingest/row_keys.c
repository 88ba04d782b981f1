/*
 * Row keys and the table of hashes seen (see row_keys.h).
 */
#include "ingest/row_keys.h"

#define COUNT_BITS 20
#define COUNT_MASK ((UINT64_C(1) << COUNT_BITS) - 1)

#define SEED_REFERENCE UINT64_C(0x7265666572656e63)
#define SEED_ORDINAL   UINT64_C(0x6f7264696e616c00)
#define SEED_VERSION   UINT64_C(0x76657273696f6e00)

void tdm__row_keys_init(tdm__row_keys *keys, const tdm_allocator *allocator)
{
    *keys = (tdm__row_keys){.allocator = allocator};
}

void tdm__row_keys_free(tdm__row_keys *keys)
{
    if (keys->allocator)
        tdm__free(keys->allocator, keys->slots);
    keys->slots = NULL;
    keys->slot_count = keys->used = 0;
}

static uint64_t *slot_of(uint64_t *slots, size_t slot_count, uint64_t hash)
{
    size_t at = (size_t)(hash >> COUNT_BITS) & (slot_count - 1);
    while (slots[at] != 0 && (slots[at] & ~COUNT_MASK) != (hash & ~COUNT_MASK))
        at = (at + 1) & (slot_count - 1);
    return &slots[at];
}

static tdm_status grow(tdm__row_keys *keys)
{
    size_t slot_count = keys->slot_count ? keys->slot_count * 2 : 256;
    uint64_t *slots = tdm__alloc_zeroed(keys->allocator, slot_count, sizeof *slots);
    if (!slots)
        return TDM_NO_MEMORY;
    for (size_t i = 0; i < keys->slot_count; i++)
        if (keys->slots[i] != 0)
            *slot_of(slots, slot_count, keys->slots[i]) = keys->slots[i];
    tdm__free(keys->allocator, keys->slots);
    keys->slots = slots;
    keys->slot_count = slot_count;
    return TDM_OK;
}

/* *before: how often the hash was counted before. Saturates at 2^20 - 1. */
static tdm_status count_one(uint64_t *before, tdm__row_keys *keys, uint64_t hash)
{
    *before = 0;
    if (keys->used + 1 > keys->slot_count / 4 * 3 && grow(keys) != TDM_OK)
        return TDM_NO_MEMORY;
    uint64_t *slot = slot_of(keys->slots, keys->slot_count, hash);
    *before = *slot & COUNT_MASK;
    if (*slot == 0)
        keys->used++;
    if (*before < COUNT_MASK)
        *slot = (hash & ~COUNT_MASK) | (*before + 1);
    return TDM_OK;
}

/* The length goes in first: ("ab", "c") and ("a", "bc") are different rows. */
static uint64_t cell_seed(uint64_t before, tdm_str cell)
{
    return before * UINT64_C(0x9e3779b97f4a7c15) + cell.length + 1;
}

uint64_t tdm__cells_hash(uint64_t before, tdm_str cell)
{
    return tdm__hash64(cell, cell_seed(before, cell));
}

void tdm__cells_hash_each(uint64_t *hashes, const tdm_str *cells, size_t stride, size_t count)
{
    for (size_t i = 0; i < count; i++)
        hashes[i] = cell_seed(hashes[i], cells[i * stride]);
    tdm__hash64_each(hashes, cells, stride, count);
}

static uint64_t hash_number(uint64_t number, uint64_t seed)
{
    char bytes[8];
    for (int i = 0; i < 8; i++)
        bytes[i] = (char)(unsigned char)(number >> (8 * i) & 0xff);
    return tdm__hash64((tdm_str){bytes, sizeof bytes}, seed);
}

tdm_status tdm__row_key_of_cells(uint64_t *out, tdm__row_keys *keys, uint64_t cells)
{
    uint64_t ordinal;
    *out = 0;
    tdm_status status = count_one(&ordinal, keys, cells);
    if (status == TDM_OK)
        *out = ordinal == 0 ? cells : hash_number(ordinal, cells ^ SEED_ORDINAL);
    return status;
}

static bool is_seen(const tdm__row_keys *keys, uint64_t hash)
{
    return keys->slot_count > 0 && *slot_of(keys->slots, keys->slot_count, hash) != 0;
}

void tdm__row_key_expect(const tdm__row_keys *keys, const tdm__row_identity *row)
{
    uint64_t hash = row->cells;
    if (row->reference.length > 0)
        hash = tdm__cells_hash(tdm__hash64(row->reference, SEED_REFERENCE), row->child);
    if (keys->slot_count > 0)
        TDM_EXPECT_READ(&keys->slots[(size_t)(hash >> COUNT_BITS) & (keys->slot_count - 1)]);
}

tdm_status tdm__row_key(uint64_t *out, tdm__row_keys *keys, const tdm__row_identity *row)
{
    uint64_t before, none_before;
    *out = 0;
    if (row->reference.length == 0)
        return tdm__row_key_of_cells(out, keys, row->cells);
    uint64_t reference = tdm__hash64(row->reference, SEED_REFERENCE);
    uint64_t version = hash_number(row->cells, reference ^ SEED_VERSION);
    tdm_status status = count_one(&before, keys, tdm__cells_hash(reference, row->child));
    if (status != TDM_OK)
        return status;
    /* The cells of the first row of a reference are remembered, so that it is known when told again. */
    if (before == 0)
        status = count_one(&none_before, keys, version);
    *out = before == 0 || is_seen(keys, version) ? reference : version;
    return status;
}

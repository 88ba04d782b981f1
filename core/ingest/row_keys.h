/*
 * Row keys: what names a row for ever, wherever it stands in which file. The hash of the return's own
 * reference; else of its mapped cells as written and its ordinal among equal rows of the file.
 */
#ifndef TDM_INGEST_ROW_KEYS_H
#define TDM_INGEST_ROW_KEYS_H

#include "base/hash.h"

/*
 * Counts how often a hash was seen. A slot holds 44 bits of the hash and 20 of the count, so that ten
 * million rows take 128 MiB; two different rows that share 44 bits only give one of them a later ordinal.
 */
typedef struct tdm__row_keys {
    const tdm_allocator *allocator;
    uint64_t *slots; /* 0: empty */
    size_t slot_count, used;
} tdm__row_keys;

void tdm__row_keys_init(tdm__row_keys *keys, const tdm_allocator *allocator);
void tdm__row_keys_free(tdm__row_keys *keys);

/* What a row says of itself: `reference` "" when it has none; `cells` hashes its mapped cells and child. */
typedef struct tdm__row_identity {
    tdm_str reference;
    tdm_str child; /* as written: one number may stand for siblings */
    uint64_t cells;
} tdm__row_identity;

/* The key of the next row. Rows with one reference and the same cells are one row told twice and get the
 * same key; with other cells, a later one is another entry under that number and gets a key of its own. */
tdm_status tdm__row_key(uint64_t *out, tdm__row_keys *keys, const tdm__row_identity *row);

/* Asks for the memory that tdm__row_key will look at first, so that it need not wait for it. */
void tdm__row_key_expect(const tdm__row_keys *keys, const tdm__row_identity *row);

/* Key of a thing that is told by its own cells alone: their hash and its ordinal. */
tdm_status tdm__row_key_of_cells(uint64_t *out, tdm__row_keys *keys, uint64_t cells);

/* Chains a cell to the hash of those before it; a cell boundary counts. */
uint64_t tdm__cells_hash(uint64_t before, tdm_str cell);
/* The same for a cell of each of `count` rows, each `stride` cells behind the one before. */
void tdm__cells_hash_each(uint64_t *hashes, const tdm_str *cells, size_t stride, size_t count);

#endif

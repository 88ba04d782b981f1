/*
 * Room for the many small blocks that Lua asks for and gives back: taken from one region in steps of 16
 * bytes, kept by size when given back. How much a script may have is none of its business (sandbox.c).
 */
#ifndef TDM_SCRIPT_SMALL_BLOCKS_H
#define TDM_SCRIPT_SMALL_BLOCKS_H

#include "base/memory.h"

#include <string.h>

#define TDM__SMALL_BLOCK_BYTES 256u
#define TDM__SMALL_STEP_BYTES  16u

typedef struct tdm__small_blocks {
    char *region;      /* NULL: there is none, and each block is the allocator's own */
    size_t size, used; /* of the region */
    void *free[TDM__SMALL_BLOCK_BYTES / TDM__SMALL_STEP_BYTES]; /* each holds the address of the next */
} tdm__small_blocks;

/* TDM_OK, TDM_NO_MEMORY. */
tdm_status tdm__small_blocks_open(tdm__small_blocks *blocks, const tdm_allocator *allocator, size_t size);
void tdm__small_blocks_close(tdm__small_blocks *blocks, const tdm_allocator *allocator);

static inline size_t tdm__small_list_of(size_t size)
{
    return (size - 1) / TDM__SMALL_STEP_BYTES;
}

/* NULL: too large, or the region is full; then the allocator has to give it. */
static inline void *tdm__small_block_take(tdm__small_blocks *blocks, size_t size)
{
    if (size - 1 >= TDM__SMALL_BLOCK_BYTES)
        return NULL;
    size_t list = tdm__small_list_of(size), bytes = (list + 1) * TDM__SMALL_STEP_BYTES;
    void *block = blocks->free[list];
    if (block) {
        memcpy(&blocks->free[list], block, sizeof block);
        return block;
    }
    if (blocks->size - blocks->used < bytes)
        return NULL;
    block = blocks->region + blocks->used;
    blocks->used += bytes;
    return block;
}

static inline bool tdm__small_block_is(const tdm__small_blocks *blocks, const void *block)
{
    return (uintptr_t)block - (uintptr_t)blocks->region < blocks->size;
}

/* False: the block is not of the region. `size` is at most what it was taken for. */
static inline bool tdm__small_block_give_back(tdm__small_blocks *blocks, void *block, size_t size)
{
    if (!tdm__small_block_is(blocks, block))
        return false;
    memcpy(block, &blocks->free[tdm__small_list_of(size)], sizeof block);
    blocks->free[tdm__small_list_of(size)] = block;
    return true;
}

#endif

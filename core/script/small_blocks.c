/*
 * The region of small blocks (see small_blocks.h, where taking and giving back are: they are called for every
 * string and table of a script).
 */
#include "script/small_blocks.h"

tdm_status tdm__small_blocks_open(tdm__small_blocks *blocks, const tdm_allocator *allocator, size_t size)
{
    *blocks = (tdm__small_blocks){.size = 0};
#ifndef TDM_ARENA_MALLOC /* there each block is a real allocation, so that tools see it */
    blocks->region = tdm__alloc(allocator, size);
    if (!blocks->region)
        return TDM_NO_MEMORY;
    blocks->size = size;
#else
    (void)allocator;
    (void)size;
#endif
    return TDM_OK;
}

void tdm__small_blocks_close(tdm__small_blocks *blocks, const tdm_allocator *allocator)
{
    tdm__free(allocator, blocks->region);
    *blocks = (tdm__small_blocks){.size = 0};
}

/*
 * Allocator calls, checked sizes, growing arrays and arenas. Not here: who owns what.
 */
#include "base/memory.h"

#include <stdlib.h>
#include <string.h>

static void *reallocate_with_malloc(void *block, size_t size, void *payload)
{
    (void)payload;
    if (size == 0) {
        free(block);
        return NULL;
    }
    return realloc(block, size);
}

const tdm_allocator tdm__malloc_allocator = {reallocate_with_malloc, NULL};

void *tdm__alloc(const tdm_allocator *allocator, size_t size)
{
    return size == 0 ? NULL : allocator->reallocate(NULL, size, allocator->payload);
}

void *tdm__alloc_zeroed(const tdm_allocator *allocator, size_t count, size_t size)
{
    size_t bytes;
    if (!tdm__multiply_size(&bytes, count, size))
        return NULL;
    void *block = tdm__alloc(allocator, bytes);
    if (block)
        memset(block, 0, bytes);
    return block;
}

void tdm__free(const tdm_allocator *allocator, void *block)
{
    if (block)
        allocator->reallocate(block, 0, allocator->payload);
}

bool tdm__add_size(size_t *out, size_t a, size_t b)
{
    *out = 0;
    if (b > SIZE_MAX - a)
        return false;
    *out = a + b;
    return true;
}

bool tdm__multiply_size(size_t *out, size_t a, size_t b)
{
    *out = 0;
    if (b != 0 && a > SIZE_MAX / b)
        return false;
    *out = a * b;
    return true;
}

void *tdm__grown(const tdm_allocator *allocator, void *items, size_t *capacity, size_t needed,
                 size_t item_size)
{
    size_t bytes, wanted;
    if (items && needed <= *capacity)
        return items;
    if (!tdm__add_size(&wanted, *capacity, *capacity / 2))
        wanted = needed;
    if (wanted < needed)
        wanted = needed;
    if (wanted < 8)
        wanted = 8;
    if (!tdm__multiply_size(&bytes, wanted, item_size))
        return NULL;
    void *grown = allocator->reallocate(items, bytes, allocator->payload);
    if (grown)
        *capacity = wanted;
    return grown;
}

#define ARENA_ALIGN       16u
#define ARENA_BLOCK_BYTES (64u * 1024u)

struct tdm__arena_block {
    tdm__arena_block *older;
    size_t size; /* usable bytes behind this header */
    size_t used;
    size_t padding; /* keeps what follows aligned */
};

void tdm__arena_init(tdm__arena *arena, const tdm_allocator *allocator)
{
    *arena = (tdm__arena){allocator, NULL, 0};
}

static void free_blocks(const tdm__arena *arena, tdm__arena_block *block)
{
    while (block) {
        tdm__arena_block *older = block->older;
        tdm__free(arena->allocator, block);
        block = older;
    }
}

void tdm__arena_free(tdm__arena *arena)
{
    if (!arena->allocator)
        return;
    free_blocks(arena, arena->blocks);
    arena->blocks = NULL;
    arena->used_bytes = 0;
}

void tdm__arena_reset(tdm__arena *arena)
{
#ifdef TDM_ARENA_MALLOC
    tdm__arena_free(arena);
#else
    if (arena->blocks) {
        free_blocks(arena, arena->blocks->older);
        arena->blocks->older = NULL;
        arena->blocks->used = 0;
    }
    arena->used_bytes = 0;
#endif
}

static tdm__arena_block *add_block(tdm__arena *arena, size_t at_least)
{
    size_t size = at_least, bytes;
#ifndef TDM_ARENA_MALLOC
    if (size < ARENA_BLOCK_BYTES)
        size = ARENA_BLOCK_BYTES;
#endif
    if (!tdm__add_size(&bytes, size, sizeof(tdm__arena_block)))
        return NULL;
    tdm__arena_block *block = tdm__alloc(arena->allocator, bytes);
    if (!block)
        return NULL;
    *block = (tdm__arena_block){arena->blocks, size, 0, 0};
    arena->blocks = block;
    return block;
}

void *tdm__arena_alloc(tdm__arena *arena, size_t size)
{
    size_t rounded;
    if (!tdm__add_size(&rounded, size, ARENA_ALIGN - 1))
        return NULL;
    rounded &= ~(size_t)(ARENA_ALIGN - 1);
    size_t taken = rounded;
    tdm__arena_block *block = arena->blocks;
#ifdef TDM_ARENA_MALLOC
    /* One real block an item; the exact size, so that one byte too far is seen. What is counted stays the
     * same. */
    block = add_block(arena, size);
    taken = size;
#else
    if (!block || block->size - block->used < rounded)
        block = add_block(arena, rounded);
#endif
    if (!block)
        return NULL;
    void *item = (char *)(block + 1) + block->used;
    block->used += taken;
    arena->used_bytes += rounded;
    return item;
}

void *tdm__arena_array(tdm__arena *arena, size_t count, size_t size)
{
    size_t bytes;
    if (!tdm__multiply_size(&bytes, count, size))
        return NULL;
    void *items = tdm__arena_alloc(arena, bytes);
    if (items && bytes > 0)
        memset(items, 0, bytes);
    return items;
}

tdm_str tdm__arena_copy(tdm__arena *arena, tdm_str bytes)
{
    size_t size;
    if (!tdm__add_size(&size, bytes.length, 1))
        return (tdm_str){NULL, 0};
    char *copy = tdm__arena_alloc(arena, size);
    if (!copy)
        return (tdm_str){NULL, 0};
    if (bytes.length > 0)
        memcpy(copy, bytes.data, bytes.length);
    copy[bytes.length] = '\0';
    return (tdm_str){copy, bytes.length};
}

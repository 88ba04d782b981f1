/*
 * Memory: the allocator calls, sizes that cannot wrap, growing arrays, arenas.
 *
 * An arena hands out memory that is freed all at once. In debug and sanitizer builds
 * (TDM_ARENA_MALLOC) every item is a real allocation, so that tools see each overrun.
 */
#ifndef TDM_BASE_MEMORY_H
#define TDM_BASE_MEMORY_H

#include "base/status.h"

/* malloc and free behind the one-function allocator. */
extern const tdm_allocator tdm__malloc_allocator;

void *tdm__alloc(const tdm_allocator *allocator, size_t size); /* NULL for size 0 too */
void *tdm__alloc_zeroed(const tdm_allocator *allocator, size_t count, size_t size);
void tdm__free(const tdm_allocator *allocator, void *block); /* accepts NULL */

/* false when the result does not fit; *out is 0 then. */
bool tdm__add_size(size_t *out, size_t a, size_t b);
bool tdm__multiply_size(size_t *out, size_t a, size_t b);

/*
 * Room for at least `needed` items: the array, moved if it had to grow, or NULL (and then nothing
 * has changed). *capacity is in items and grows by half.
 */
void *tdm__grown(const tdm_allocator *allocator, void *items, size_t *capacity, size_t needed,
                 size_t item_size);

/* Asks for memory that is about to be read, so that the reading need not wait. Nothing hangs on it but time:
 * a compiler that has no such thing leaves it out. */
#ifdef __GNUC__
#define TDM_EXPECT_READ(address) __builtin_prefetch(address)
#else
#define TDM_EXPECT_READ(address) ((void)(address))
#endif

typedef struct tdm__arena_block tdm__arena_block;
typedef struct tdm__arena {
    const tdm_allocator *allocator;
    tdm__arena_block *blocks; /* newest first */
    size_t used_bytes;        /* handed out since the last reset */
} tdm__arena;

void tdm__arena_init(tdm__arena *arena, const tdm_allocator *allocator);
void tdm__arena_free(tdm__arena *arena);
/* Forgets all items but keeps the newest block for the next round. */
void tdm__arena_reset(tdm__arena *arena);
/* Aligned for any type; not zeroed. NULL: no memory. A size of 0 gives a pointer that is not NULL. */
void *tdm__arena_alloc(tdm__arena *arena, size_t size);
/* count * size bytes, zeroed, the product checked. */
void *tdm__arena_array(tdm__arena *arena, size_t count, size_t size);
/* A copy of the bytes with a zero byte behind them; data is NULL when there is no memory. */
tdm_str tdm__arena_copy(tdm__arena *arena, tdm_str bytes);

#endif

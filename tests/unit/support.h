/*
 * What the unit tests of all layers share: an allocator that fails on request and counts its blocks.
 */
#ifndef TDM_TESTS_SUPPORT_H
#define TDM_TESTS_SUPPORT_H

#include <check.h>
#include <stdlib.h>

#include <tidemark/base.h>

/* Fails from the allocation number `fail_from` on (1: the first; 0: never). */
typedef struct test_memory {
    long fail_from;
    long calls;
    long blocks; /* held now: 0 at the end of a clean test */
} test_memory;

static inline void *test_reallocate(void *block, size_t size, void *payload)
{
    test_memory *memory = payload;
    if (size == 0) {
        memory->blocks -= block ? 1 : 0;
        free(block);
        return NULL;
    }
    memory->calls++;
    if (memory->fail_from > 0 && memory->calls >= memory->fail_from)
        return NULL;
    void *moved = realloc(block, size);
    if (moved && !block)
        memory->blocks++;
    return moved;
}

static inline tdm_allocator test_allocator(test_memory *memory)
{
    return (tdm_allocator){test_reallocate, memory};
}

/*
 * Runs `body` with an allocator that fails at the 1st, 2nd, 3rd... call until a run succeeds. Each
 * failing run must give TDM_NO_MEMORY and leave no block behind.
 */
#define TEST_EVERY_ALLOCATION(body)                                                                          \
    do {                                                                                                     \
        for (long fail_at = 1;; fail_at++) {                                                                 \
            test_memory memory = {.fail_from = fail_at};                                                     \
            tdm_allocator allocator = test_allocator(&memory);                                               \
            tdm_status outcome = body(&allocator);                                                           \
            ck_assert_msg(memory.blocks == 0, "allocation %ld: %ld blocks left", fail_at, memory.blocks);    \
            if (outcome == TDM_OK)                                                                           \
                break;                                                                                       \
            ck_assert_msg(outcome == TDM_NO_MEMORY, "allocation %ld: %s", fail_at,                           \
                          tdm_status_name(outcome));                                                         \
            ck_assert(fail_at < 200000);                                                                     \
        }                                                                                                    \
    } while (0)

#endif

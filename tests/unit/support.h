/*
 * What the unit tests of all layers share: an allocator that fails on request and counts its blocks, and
 * how many rounds a long test takes.
 */
#ifndef TDM_TESTS_SUPPORT_H
#define TDM_TESTS_SUPPORT_H

#include <check.h>
#include <stdlib.h>

#include <tidemark/base.h>

/* Check writes each assertion that holds to a file, so as to name the last one before a signal: with
 * millions of them that took longer than the tests. A sanitizer or a core names the place itself. */
#define _mark_point(file, line) ((void)0)

/* A sanitizer finds in few rounds what it can find, and each takes it many times as long: of a long test it
 * does a tenth, and of refused allocations each of the first 100, then every seventh. The plain build does
 * all of them. */
#if defined __SANITIZE_ADDRESS__ || defined __SANITIZE_THREAD__
#define TEST_SANITIZED true
#elif defined __has_feature
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer)
#define TEST_SANITIZED true
#endif
#endif
#ifndef TEST_SANITIZED
#define TEST_SANITIZED false
#endif

static inline int test_rounds(int rounds)
{
    return TEST_SANITIZED ? (rounds + 9) / 10 : rounds;
}

static inline long test_step(long step)
{
    return TEST_SANITIZED ? 7 * step : step;
}

static inline long test_next_refused(long at)
{
    return at + (at < 100 ? 1 : test_step(1));
}

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
        for (long fail_at = 1;; fail_at = test_next_refused(fail_at)) {                                      \
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

/*
 * Checked sizes, growing arrays and arenas.
 */
#include <string.h>

#include "base/memory.h"
#include "base/suites.h"
#include "support.h"

static const struct {
    size_t a, b;
    bool adds, multiplies;
} sizes[] = {
    {0, 0, true, true},
    {3, 4, true, true},
    {SIZE_MAX, 0, true, true},
    {0, SIZE_MAX, true, true},
    {SIZE_MAX, 1, false, true},
    {1, SIZE_MAX, false, true},
    {SIZE_MAX - 1, 1, true, true},
    {SIZE_MAX / 2, 2, true, true},
    {SIZE_MAX / 2 + 1, 2, true, false},
    {2, SIZE_MAX / 2 + 1, true, false},
    {(size_t)1 << 32, (size_t)1 << 32, true, false},
    {SIZE_MAX, SIZE_MAX, false, false},
};

START_TEST(sizes_do_not_wrap)
{
    size_t out = 7;
    ck_assert(tdm__add_size(&out, sizes[_i].a, sizes[_i].b) == sizes[_i].adds);
    ck_assert_uint_eq(out, sizes[_i].adds ? sizes[_i].a + sizes[_i].b : 0);
    out = 7;
    ck_assert(tdm__multiply_size(&out, sizes[_i].a, sizes[_i].b) == sizes[_i].multiplies);
    ck_assert_uint_eq(out, sizes[_i].multiplies ? sizes[_i].a * sizes[_i].b : 0);
}
END_TEST

START_TEST(blocks_are_zeroed_and_checked)
{
    test_memory memory = {0};
    tdm_allocator allocator = test_allocator(&memory);
    unsigned char *block = tdm__alloc_zeroed(&allocator, 100, 3);
    for (int i = 0; i < 300; i++)
        ck_assert_int_eq(block[i], 0);
    tdm__free(&allocator, block);
    tdm__free(&allocator, NULL);
    ck_assert_ptr_null(tdm__alloc(&allocator, 0));
    ck_assert_ptr_null(tdm__alloc_zeroed(&allocator, 0, 8));
    ck_assert_int_eq(memory.calls, 1);
    ck_assert_ptr_null(tdm__alloc_zeroed(&allocator, SIZE_MAX / 2 + 1, 2));
    ck_assert_int_eq(memory.calls, 1);
    ck_assert_int_eq(memory.blocks, 0);
}
END_TEST

START_TEST(arrays_grow_and_keep_their_items)
{
    test_memory memory = {0};
    tdm_allocator allocator = test_allocator(&memory);
    size_t capacity = 0;
    uint32_t *items = NULL;
    for (uint32_t i = 0; i < 10000; i++) {
        items = tdm__grown(&allocator, items, &capacity, i + 1, sizeof *items);
        ck_assert_ptr_nonnull(items);
        ck_assert(capacity > i);
        items[i] = i * 3;
    }
    for (uint32_t i = 0; i < 10000; i++)
        ck_assert_uint_eq(items[i], i * 3);
    ck_assert_msg(memory.calls < 30, "%ld calls: the array does not grow by a share", memory.calls);
    tdm__free(&allocator, items);
}
END_TEST

START_TEST(a_failed_growth_changes_nothing)
{
    test_memory memory = {0};
    tdm_allocator allocator = test_allocator(&memory);
    size_t capacity = 0;
    char *items = tdm__grown(&allocator, NULL, &capacity, 4, 1);
    size_t held = capacity;
    memcpy(items, "abc", 4);
    ck_assert_ptr_null(tdm__grown(&allocator, items, &capacity, SIZE_MAX, 2));
    ck_assert_uint_eq(capacity, held);
    memory.fail_from = memory.calls + 1;
    ck_assert_ptr_null(tdm__grown(&allocator, items, &capacity, held + 1, 1));
    ck_assert_uint_eq(capacity, held);
    ck_assert_str_eq(items, "abc");
    ck_assert_ptr_eq(tdm__grown(&allocator, items, &capacity, held, 1), items);
    tdm__free(&allocator, items);
    ck_assert_int_eq(memory.blocks, 0);
}
END_TEST

START_TEST(arena_items_are_aligned_and_apart)
{
    test_memory memory = {0};
    tdm_allocator allocator = test_allocator(&memory);
    tdm__arena arena;
    unsigned char *items[200];
    tdm__arena_init(&arena, &allocator);
    for (size_t i = 0; i < 200; i++) {
        size_t size = i == 100 ? 200000 : i * 7 + 1;
        items[i] = tdm__arena_alloc(&arena, size);
        ck_assert_ptr_nonnull(items[i]);
        ck_assert_uint_eq((uintptr_t)items[i] % 16, 0);
        memset(items[i], (int)i, size);
    }
    for (size_t i = 0; i < 200; i++)
        for (size_t at = 0; at < i * 7 + 1; at++)
            ck_assert_uint_eq(items[i][at], i);
    ck_assert_ptr_nonnull(tdm__arena_alloc(&arena, 0));
    ck_assert_uint_ge(arena.used_bytes, 200000);
    tdm__arena_free(&arena);
    ck_assert_int_eq(memory.blocks, 0);
    ck_assert_uint_eq(arena.used_bytes, 0);
    tdm__arena_free(&arena);
}
END_TEST

START_TEST(arena_starts_again)
{
    test_memory memory = {0};
    tdm_allocator allocator = test_allocator(&memory);
    tdm__arena arena;
    tdm__arena_init(&arena, &allocator);
    tdm__arena_reset(&arena);
    for (int round = 0; round < 50; round++) {
        for (int i = 0; i < 100; i++) {
            char *item = tdm__arena_alloc(&arena, 1000);
            ck_assert_ptr_nonnull(item);
            memset(item, round, 1000);
        }
        tdm__arena_reset(&arena);
        ck_assert_uint_eq(arena.used_bytes, 0);
        ck_assert_int_le(memory.blocks, 1);
    }
    tdm__arena_free(&arena);
    ck_assert_int_eq(memory.blocks, 0);
}
END_TEST

START_TEST(arena_copies_and_arrays)
{
    test_memory memory = {0};
    tdm_allocator allocator = test_allocator(&memory);
    tdm__arena arena;
    tdm__arena_init(&arena, &allocator);
    tdm_str copy = tdm__arena_copy(&arena, (tdm_str){"a\0b", 3});
    ck_assert_uint_eq(copy.length, 3);
    ck_assert(memcmp(copy.data, "a\0b", 4) == 0);
    copy = tdm__arena_copy(&arena, (tdm_str){NULL, 0});
    ck_assert_str_eq(copy.data, "");
    const int64_t *numbers = tdm__arena_array(&arena, 1000, sizeof *numbers);
    for (int i = 0; i < 1000; i++)
        ck_assert_int_eq(numbers[i], 0);
    ck_assert_ptr_null(tdm__arena_array(&arena, SIZE_MAX / 4, 8));
    ck_assert_ptr_null(tdm__arena_alloc(&arena, SIZE_MAX));
    ck_assert_ptr_null(tdm__arena_alloc(&arena, SIZE_MAX - 20));
    memory.fail_from = memory.calls + 1;
    ck_assert_ptr_null(tdm__arena_alloc(&arena, 100000));
    tdm__arena_free(&arena);
    ck_assert_int_eq(memory.blocks, 0);
}
END_TEST

Suite *memory_suite(void)
{
    Suite *suite = suite_create("memory");
    TCase *cases = tcase_create("memory");
    tcase_add_loop_test(cases, sizes_do_not_wrap, 0, (int)(sizeof sizes / sizeof *sizes));
    tcase_add_test(cases, blocks_are_zeroed_and_checked);
    tcase_add_test(cases, arrays_grow_and_keep_their_items);
    tcase_add_test(cases, a_failed_growth_changes_nothing);
    tcase_add_test(cases, arena_items_are_aligned_and_apart);
    tcase_add_test(cases, arena_starts_again);
    tcase_add_test(cases, arena_copies_and_arrays);
    suite_add_tcase(suite, cases);
    return suite;
}

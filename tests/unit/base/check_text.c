/*
 * Borrowed strings and the growing buffer.
 */
#include <stdio.h>
#include <string.h>

#include "base/suites.h"
#include "base/text.h"
#include "support.h"

static const struct {
    const char *a;
    const char *b;
    int order; /* -1, 0, 1 */
} pairs[] = {
    {"", "", 0},   {"a", "a", 0},  {"a", "b", -1},       {"ab", "a", 1},
    {"", "a", -1}, {"Z", "a", -1}, {"\xC3\xA9", "z", 1},
};

static int sign(int number)
{
    return (number > 0) - (number < 0);
}

START_TEST(strings_compare_by_bytes)
{
    tdm_str a = tdm__str(pairs[_i].a), b = tdm__str(pairs[_i].b);
    ck_assert_int_eq(sign(tdm__str_compare(a, b)), pairs[_i].order);
    ck_assert_int_eq(sign(tdm__str_compare(b, a)), -pairs[_i].order);
    ck_assert(tdm__str_equal(a, b) == (pairs[_i].order == 0));
}
END_TEST

START_TEST(strings_without_data)
{
    const tdm_str none = {NULL, 0};
    tdm_str rest = none;
    ck_assert_uint_eq(tdm__str(NULL).length, 0);
    ck_assert(tdm__str_equal(none, TDM_LIT("")));
    ck_assert_int_eq(tdm__str_compare(none, none), 0);
    ck_assert(tdm__str_starts(none, TDM_LIT("")));
    ck_assert(tdm__str_starts(TDM_LIT("a"), none));
    ck_assert(!tdm__str_starts(none, TDM_LIT("a")));
    ck_assert_uint_eq(tdm__str_trimmed(none).length, 0);
    ck_assert_uint_eq(tdm__str_split(&rest, ',').length, 0);
}
END_TEST

static const struct {
    const char *text;
    const char *trimmed;
} trims[] = {
    {"", ""},
    {"a", "a"},
    {" a ", "a"},
    {"\t\r\na b\v\f", "a b"},
    {"   ", ""},
    {"\xC2\xA0x\xC2\xA0", "x"},
    {" \xC2\xA0 ", ""},
    {"\xC3\xA0", "\xC3\xA0"},
    {"x\xC3\xA0", "x\xC3\xA0"},
    {"\xA0", "\xA0"},
};

START_TEST(white_space_is_trimmed)
{
    ck_assert(tdm__str_equal(tdm__str_trimmed(tdm__str(trims[_i].text)), tdm__str(trims[_i].trimmed)));
}
END_TEST

START_TEST(strings_split)
{
    tdm_str rest = TDM_LIT("a,,b");
    ck_assert(tdm__str_equal(tdm__str_split(&rest, ','), TDM_LIT("a")));
    ck_assert(tdm__str_equal(tdm__str_split(&rest, ','), TDM_LIT("")));
    ck_assert_uint_eq(rest.length, 1);
    ck_assert(tdm__str_equal(tdm__str_split(&rest, ','), TDM_LIT("b")));
    ck_assert_uint_eq(rest.length, 0);
    ck_assert(tdm__str_equal(tdm__str_split(&rest, ','), TDM_LIT("")));
    rest = TDM_LIT("a,");
    ck_assert(tdm__str_equal(tdm__str_split(&rest, ','), TDM_LIT("a")));
    ck_assert_uint_eq(rest.length, 0);
}
END_TEST

static const struct {
    const char *text;
    bool whole;
    int64_t number;
} numbers[] = {
    {"0", true, 0},
    {"42", true, 42},
    {"-42", true, -42},
    {"+7", true, 7},
    {"007", true, 7},
    {"-0", true, 0},
    {"9223372036854775807", true, INT64_MAX},
    {"-9223372036854775808", true, INT64_MIN},
    {"9223372036854775808", false, 0},
    {"-9223372036854775809", false, 0},
    {"99999999999999999999", false, 0},
    {"", false, 0},
    {"-", false, 0},
    {"+", false, 0},
    {"1.0", false, 0},
    {"1e3", false, 0},
    {" 1", false, 0},
    {"1 ", false, 0},
    {"--1", false, 0},
    {"0x10", false, 0},
};

START_TEST(whole_numbers)
{
    int64_t number = 5;
    ck_assert(tdm__str_to_int64(&number, tdm__str(numbers[_i].text)) == numbers[_i].whole);
    ck_assert(number == numbers[_i].number);
}
END_TEST

START_TEST(buffers_grow)
{
    test_memory memory = {0};
    tdm_allocator allocator = test_allocator(&memory);
    tdm__text text;
    tdm__text_init(&text, &allocator);
    ck_assert_str_eq(tdm__text_str(&text).data, "");
    tdm__text_puts(&text, "a");
    tdm__text_char(&text, 'b');
    tdm__text_add(&text, TDM_LIT("cd"));
    tdm__text_add(&text, (tdm_str){NULL, 0});
    tdm__text_int(&text, INT64_MIN);
    tdm__text_int(&text, INT64_MAX);
    tdm__text_int(&text, 0);
    tdm__text_printf(&text, "<%s %d>", "x", 5);
    ck_assert_str_eq(text.data, "abcd-922337203685477580892233720368547758070<x 5>");
    ck_assert_uint_eq(text.length, strlen(text.data));
    tdm__text_clear(&text);
    ck_assert_str_eq(text.data, "");
    for (int i = 0; i < 300; i++)
        tdm__text_printf(&text, "%0600d", i); /* longer than the room on the stack */
    ck_assert_uint_eq(text.length, 300 * 600);
    ck_assert(memcmp(text.data + 299 * 600 + 597, "299", 4) == 0);
    tdm__text_free(&text);
    ck_assert_int_eq(memory.blocks, 0);
}
END_TEST

/* The short forms are ours: they give what the C library's printf gives. */
#define SAME_AS_PRINTF(...)                                                                                  \
    do {                                                                                                     \
        char expected[200];                                                                                  \
        tdm__text_clear(&text);                                                                              \
        tdm__text_printf(&text, __VA_ARGS__);                                                                \
        snprintf(expected, sizeof expected, __VA_ARGS__);                                                    \
        ck_assert_str_eq(tdm__text_str(&text).data, expected);                                               \
    } while (0)

START_TEST(printing_is_as_in_c)
{
    tdm__text text;
    tdm__text_init(&text, &tdm__malloc_allocator);
    SAME_AS_PRINTF("%s", "");
    SAME_AS_PRINTF("a %s b %s", "x", "yz");
    SAME_AS_PRINTF("%d|%d|%d|%d", 0, -1, INT32_MAX, INT32_MIN);
    SAME_AS_PRINTF("100 %% of %d%%", 7);
    SAME_AS_PRINTF("<%.*s>", 2, "abc");
    SAME_AS_PRINTF("<%.*s>", 9, "abc");
    SAME_AS_PRINTF("<%.*s>", 0, "abc");
    SAME_AS_PRINTF("<%.*s>", -1, "abc");
    SAME_AS_PRINTF("<%.*s>", 5, "a\0bcd");
    SAME_AS_PRINTF("%s %5d|%-4s|%02d", "mixed", 12, "ab", 3);
    SAME_AS_PRINTF("%.*s %.1f %s", 2, "xyz", 1.25, "end");
    tdm__text_free(&text);
}
END_TEST

START_TEST(a_failure_sticks)
{
    test_memory memory = {0};
    tdm_allocator allocator = test_allocator(&memory);
    tdm__text text;
    tdm__text_init(&text, &allocator);
    tdm__text_puts(&text, "abc");
    memory.fail_from = memory.calls + 1;
    tdm__text_printf(&text, "%0600d", 1);
    ck_assert(text.failed);
    memory.fail_from = 0;
    tdm__text_puts(&text, "def");
    ck_assert_str_eq(text.data, "abc");
    tdm__text_bytes(&text, "x", SIZE_MAX);
    ck_assert_str_eq(text.data, "abc");
    tdm__text_clear(&text);
    ck_assert(!text.failed);
    tdm__text_bytes(&text, "x", SIZE_MAX);
    ck_assert(text.failed);
    tdm__text_free(&text);
    ck_assert_int_eq(memory.blocks, 0);
}
END_TEST

static tdm_status stop_at_once(const char *bytes, size_t length, void *payload)
{
    *(size_t *)payload += length;
    return bytes[0] == 'x' ? TDM_CANCELLED : TDM_OK;
}

START_TEST(sinks_are_asked_only_for_bytes)
{
    size_t seen = 0;
    tdm_sink sink = {stop_at_once, &seen};
    ck_assert_int_eq(tdm__sink_write(sink, TDM_LIT("abc")), TDM_OK);
    ck_assert_int_eq(tdm__sink_write(sink, TDM_LIT("x")), TDM_CANCELLED);
    ck_assert_int_eq(tdm__sink_write(sink, (tdm_str){NULL, 0}), TDM_OK);
    ck_assert_uint_eq(seen, 4);
}
END_TEST

#define COUNT(table) (int)(sizeof table / sizeof *table)

Suite *text_suite(void)
{
    Suite *suite = suite_create("text");
    TCase *cases = tcase_create("text");
    tcase_add_loop_test(cases, strings_compare_by_bytes, 0, COUNT(pairs));
    tcase_add_test(cases, strings_without_data);
    tcase_add_loop_test(cases, white_space_is_trimmed, 0, COUNT(trims));
    tcase_add_test(cases, strings_split);
    tcase_add_loop_test(cases, whole_numbers, 0, COUNT(numbers));
    tcase_add_test(cases, buffers_grow);
    tcase_add_test(cases, printing_is_as_in_c);
    tcase_add_test(cases, a_failure_sticks);
    tcase_add_test(cases, sinks_are_asked_only_for_bytes);
    suite_add_tcase(suite, cases);
    return suite;
}

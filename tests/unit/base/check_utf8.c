/*
 * UTF-8 against every code point written out by the definition, Windows-1252, and folding.
 */
#include <string.h>

#include "base/suites.h"
#include "base/text.h"
#include "support.h"

/* The definition's table, as a second method to the library's. */
static size_t encoded(char out[4], uint32_t c)
{
    if (c < 0x80) {
        out[0] = (char)c;
        return 1;
    }
    if (c < 0x800) {
        out[0] = (char)(0xC0 | c >> 6);
        out[1] = (char)(0x80 | (c & 63));
        return 2;
    }
    size_t length = c < 0x10000 ? 3 : 4;
    out[0] = (char)(length == 3 ? 0xE0 | c >> 12 : 0xF0 | c >> 18);
    for (size_t i = 1; i < length; i++)
        out[i] = (char)(0x80 | (c >> (6 * (length - 1 - i)) & 63));
    return length;
}

START_TEST(every_code_point)
{
    tdm__text put;
    tdm__text_init(&put, &tdm__malloc_allocator);
    for (uint32_t c = 0; c < 0x110400; c++) {
        char bytes[4];
        size_t length = encoded(bytes, c), bad_at = 99, at = 0;
        bool valid = tdm__utf8_valid((tdm_str){bytes, length}, &bad_at);
        bool expected = c < 0x110000 && (c < 0xD800 || c > 0xDFFF);
        if (valid != expected || bad_at != (expected ? length : 0))
            ck_abort_msg("U+%04X", c);
        if (!expected)
            continue;
        if (tdm__utf8_next((tdm_str){bytes, length}, &at) != c || at != length)
            ck_abort_msg("U+%04X", c);
        tdm__text_clear(&put);
        tdm__utf8_put(&put, c);
        if (!tdm__str_equal(tdm__text_str(&put), (tdm_str){bytes, length}))
            ck_abort_msg("U+%04X", c);
    }
    tdm__text_free(&put);
}
END_TEST

static const struct {
    const char *text;
    size_t bad_at;
} broken[] = {
    {"\x80", 0},
    {"\xC0\x80", 0},
    {"\xC1\xBF", 0},
    {"\xC3", 0},
    {"a\xC3", 1},
    {"\xE0\x80\x80", 0},
    {"\xE2\x82", 0},
    {"\xE2\x82(", 0},
    {"\xED\xA0\x80", 0},
    {"\xF0\x80\x80\x80", 0},
    {"\xF4\x90\x80\x80", 0},
    {"\xF5\x80\x80\x80", 0},
    {"\xFF", 0},
    {"\xFE", 0},
    {"abcdefgh\xE9t", 8},
    {"abcdefghijkl\xE9", 12},
    {"\xC3\xA9\xC3", 2},
    {"\xF0\x9F\x98", 0},
    {"1234567\xC3", 7},
};

START_TEST(broken_bytes_are_found)
{
    size_t bad_at = 99;
    /* At every offset to the eight bytes that are looked at together. */
    for (size_t before = 0; before < 9; before++) {
        char text[64] = "xxxxxxxxxxxxxxxxxxxxxxxxx";
        strcpy(text + before, broken[_i].text);
        ck_assert(!tdm__utf8_valid(tdm__str(text), &bad_at));
        ck_assert_uint_eq(bad_at, before + broken[_i].bad_at);
    }
}
END_TEST

START_TEST(empty_text_is_valid)
{
    size_t bad_at = 99;
    ck_assert(tdm__utf8_valid((tdm_str){NULL, 0}, &bad_at));
    ck_assert_uint_eq(bad_at, 0);
}
END_TEST

/* From the published table of code page 1252. */
static const struct {
    unsigned char byte;
    const char *text; /* NULL: no meaning there */
} windows[] = {
    {'a', "a"},
    {0x7F, "\x7F"},
    {0x80, "\xE2\x82\xAC"},
    {0x81, NULL},
    {0x82, "\xE2\x80\x9A"},
    {0x85, "\xE2\x80\xA6"},
    {0x8A, "\xC5\xA0"},
    {0x8C, "\xC5\x92"},
    {0x8D, NULL},
    {0x8E, "\xC5\xBD"},
    {0x8F, NULL},
    {0x90, NULL},
    {0x91, "\xE2\x80\x98"},
    {0x92, "\xE2\x80\x99"},
    {0x93, "\xE2\x80\x9C"},
    {0x94, "\xE2\x80\x9D"},
    {0x96, "\xE2\x80\x93"},
    {0x97, "\xE2\x80\x94"},
    {0x99, "\xE2\x84\xA2"},
    {0x9C, "\xC5\x93"},
    {0x9D, NULL},
    {0x9F, "\xC5\xB8"},
    {0xA0, "\xC2\xA0"},
    {0xA3, "\xC2\xA3"},
    {0xE9, "\xC3\xA9"},
    {0xFF, "\xC3\xBF"},
};

START_TEST(windows_1252)
{
    tdm__text out;
    size_t bad_at = 99;
    char bytes[3] = {'x', (char)windows[_i].byte, 'y'};
    tdm__text_init(&out, &tdm__malloc_allocator);
    bool read = tdm__windows_1252_to_utf8(&out, (tdm_str){bytes, 3}, &bad_at);
    ck_assert(read == (windows[_i].text != NULL));
    if (read) {
        ck_assert_uint_eq(out.length, strlen(windows[_i].text) + 2);
        ck_assert(memcmp(out.data + 1, windows[_i].text, out.length - 2) == 0);
    }
    ck_assert_uint_eq(bad_at, read ? 3 : 1);
    tdm__text_free(&out);
}
END_TEST

static const struct {
    const char *text;
    const char *folded;
} folds[] = {
    {"", ""},
    {"  School  Nurse\t", "school nurse"},
    {"A\r\nB", "a b"},
    {"\xC2\xA0"
     "Caf\xC3\x89\xC2\xA0\xC2\xA0X",
     "caf\xC3\xA9 x"},
    {"cafe\xCC\x81", "caf\xC3\xA9"},
    {"Stra\xC3\x9F"
     "e",
     "strasse"},
    {"\xCE\xA3\xCE\x91\xCE\xA3", "\xCF\x83\xCE\xB1\xCF\x83"},
    {"I", "i"},
};

START_TEST(words_fold)
{
    tdm__text out;
    tdm__text_init(&out, &tdm__malloc_allocator);
    ck_assert_int_eq(tdm__fold(&out, tdm__str(folds[_i].text)), TDM_OK);
    ck_assert(tdm__str_equal(tdm__text_str(&out), tdm__str(folds[_i].folded)));
    tdm__text_free(&out);
}
END_TEST

START_TEST(broken_words_do_not_fold)
{
    tdm__text out;
    tdm__text_init(&out, &tdm__malloc_allocator);
    ck_assert_int_eq(tdm__fold(&out, TDM_LIT("caf\xE9")), TDM_ENCODING);
    ck_assert_uint_eq(out.length, 0);
    tdm__text_free(&out);
}
END_TEST

static tdm_status fold_and_free(const tdm_allocator *allocator)
{
    tdm__text out;
    tdm__text_init(&out, allocator);
    tdm_status status = tdm__fold(&out, TDM_LIT("  Caf\xC3\x89 and Stra\xC3\x9F"
                                                "e  "));
    if (status == TDM_OK)
        ck_assert_str_eq(out.data, "caf\xC3\xA9 and strasse");
    tdm__text_free(&out);
    return status;
}

START_TEST(every_allocation_may_fail)
{
    TEST_EVERY_ALLOCATION(fold_and_free);
}
END_TEST

#define COUNT(table) (int)(sizeof table / sizeof *table)

Suite *utf8_suite(void)
{
    Suite *suite = suite_create("utf8");
    TCase *cases = tcase_create("utf8");
    tcase_set_timeout(cases, 60);
    tcase_add_test(cases, every_code_point);
    tcase_add_loop_test(cases, broken_bytes_are_found, 0, COUNT(broken));
    tcase_add_test(cases, empty_text_is_valid);
    tcase_add_loop_test(cases, windows_1252, 0, COUNT(windows));
    tcase_add_loop_test(cases, words_fold, 0, COUNT(folds));
    tcase_add_test(cases, broken_words_do_not_fold);
    tcase_add_test(cases, every_allocation_may_fail);
    suite_add_tcase(suite, cases);
    return suite;
}

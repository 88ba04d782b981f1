/*
 * The zip file, read back by libzip.
 */
#include <string.h>

#include "report/fixture.h"
#include "report/office.h"
#include "report/suites.h"
#include "report/zip.h"

/* Bytes without a pattern that packing could use: a part that is longer than every buffer. */
static tdm__text noise(size_t length)
{
    tdm__text text;
    uint32_t state = 1;
    tdm__text_init(&text, &tdm__malloc_allocator);
    for (size_t i = 0; i < length; i++) {
        state = state * 1664525u + 1013904223u;
        tdm__text_char(&text, (char)(unsigned char)(state >> 24));
    }
    return text;
}

static tdm_status write_zip(const tdm_allocator *allocator, tdm_sink sink, tdm_str content)
{
    tdm__zip *zip;
    tdm_status status = tdm__zip_new(&zip, allocator, sink);
    if (status != TDM_OK)
        return status;
    tdm__sink_write(tdm__zip_part(zip, "a/long.bin"), content);
    tdm__zip_part(zip, "empty.txt");
    tdm_sink part = tdm__zip_part(zip, "short.txt");
    tdm__sink_write(part, TDM_LIT("one "));
    tdm__sink_write(part, TDM_LIT("two"));
    status = tdm__zip_end(zip);
    tdm__zip_free(zip);
    return status;
}

static tdm__text written(tdm_str content)
{
    tdm__text file;
    tdm__text_init(&file, &tdm__malloc_allocator);
    ck_assert_int_eq(write_zip(&tdm__malloc_allocator, report_text_sink(&file), content), TDM_OK);
    return file;
}

START_TEST(another_program_reads_what_was_written)
{
    tdm__text content = noise(300000), file = written(tdm__text_str(&content));
    tdm_str bytes = tdm__text_str(&file);
    tdm__text first = office_part(bytes, "a/long.bin"), last = office_part(bytes, "short.txt"),
              empty = office_part(bytes, "empty.txt");
    ck_assert_int_eq(office_part_count(bytes), 3);
    ck_assert(tdm__str_equal(tdm__text_str(&first), tdm__text_str(&content)));
    ck_assert(tdm__str_equal(tdm__text_str(&last), TDM_LIT("one two")));
    ck_assert_uint_eq(empty.length, 0);
    tdm__text_free(&first);
    tdm__text_free(&last);
    tdm__text_free(&empty);
    tdm__text_free(&content);
    tdm__text_free(&file);
}
END_TEST

START_TEST(the_same_parts_give_the_same_bytes)
{
    tdm__text content = noise(5000), one = written(tdm__text_str(&content)),
              other = written(tdm__text_str(&content));
    ck_assert(tdm__str_equal(tdm__text_str(&one), tdm__text_str(&other)));
    /* Time and day of the first local header: midnight, 1 January 1980. */
    ck_assert_mem_eq(one.data + 10, "\0\0\x21\0", 4);
    tdm__text_free(&content);
    tdm__text_free(&one);
    tdm__text_free(&other);
}
END_TEST

static tdm_status refuse(const char *bytes, size_t length, void *payload)
{
    long *left = payload;
    (void)bytes;
    (void)length;
    return --*left < 0 ? TDM_IO : TDM_OK;
}

START_TEST(a_sink_that_fails_is_heard_of_at_the_end)
{
    for (long calls = 0; calls < 80; calls += 7) {
        long left = calls;
        tdm_status status = write_zip(&tdm__malloc_allocator, (tdm_sink){refuse, &left}, TDM_LIT("abc"));
        ck_assert_msg(status == TDM_IO, "%ld: %s", calls, tdm_status_name(status));
    }
}
END_TEST

START_TEST(there_are_only_so_many_parts)
{
    static const char *const names[TDM__ZIP_PARTS + 1] = {"a", "b", "c", "d", "e", "f", "g", "h", "i",
                                                          "j", "k", "l", "m", "n", "o", "p", "q"};
    tdm__text file;
    tdm__zip *zip;
    tdm__text_init(&file, &tdm__malloc_allocator);
    ck_assert_int_eq(tdm__zip_new(&zip, &tdm__malloc_allocator, report_text_sink(&file)), TDM_OK);
    for (size_t i = 0; i < TDM__ZIP_PARTS; i++)
        ck_assert_int_eq(tdm__sink_write(tdm__zip_part(zip, names[i]), TDM_LIT("x")), TDM_OK);
    ck_assert_int_eq(tdm__sink_write(tdm__zip_part(zip, names[TDM__ZIP_PARTS]), TDM_LIT("x")), TDM_INTERNAL);
    ck_assert_int_eq(tdm__zip_end(zip), TDM_INTERNAL);
    tdm__zip_free(zip);
    tdm__text_free(&file);
}
END_TEST

static tdm_status discard(const char *bytes, size_t length, void *payload)
{
    (void)bytes;
    (void)length;
    (void)payload;
    return TDM_OK;
}

static tdm_status write_with(const tdm_allocator *allocator)
{
    return write_zip(allocator, (tdm_sink){discard, NULL}, TDM_LIT("abc"));
}

START_TEST(it_survives_any_failed_allocation)
{
    TEST_EVERY_ALLOCATION(write_with);
}
END_TEST

Suite *chronology_zip_suite(void)
{
    Suite *suite = suite_create("zip");
    TCase *tests = tcase_create("zip");
    tcase_add_test(tests, another_program_reads_what_was_written);
    tcase_add_test(tests, the_same_parts_give_the_same_bytes);
    tcase_add_test(tests, a_sink_that_fails_is_heard_of_at_the_end);
    tcase_add_test(tests, there_are_only_so_many_parts);
    tcase_add_test(tests, it_survives_any_failed_allocation);
    suite_add_tcase(suite, tests);
    return suite;
}

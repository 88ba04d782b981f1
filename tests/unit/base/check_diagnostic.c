/*
 * The list of diagnostics: what it keeps, how long it keeps it, and that a long message is cut, not lost.
 */
#include <string.h>

#include "base/diagnostic.h"
#include "base/suites.h"
#include "support.h"

START_TEST(severities_have_codes)
{
    ck_assert_str_eq(tdm__severity_code(TDM__INFORMATION), "information");
    ck_assert_str_eq(tdm__severity_code(TDM__WARNING), "warning");
    ck_assert_str_eq(tdm__severity_code(TDM__ERROR), "error");
}
END_TEST

START_TEST(keeps_copies_in_order)
{
    tdm__diagnostics list;
    char file[] = "a.csv", column[] = "Date", code[] = "date-not-read";
    tdm__diagnostics_init(&list, &tdm__malloc_allocator);
    ck_assert_int_eq(tdm__diagnose(&list, TDM__WARNING, code, tdm__str(file), 7, tdm__str(column),
                                   "expected a date, column %d", 3),
                     TDM_OK);
    ck_assert_int_eq(
        tdm__diagnose(&list, TDM__ERROR, "file-empty", TDM_LIT("b.csv"), 0, TDM_LIT(""), "no rows"), TDM_OK);
    memset(file, 'x', sizeof file - 1);
    memset(column, 'x', sizeof column - 1);
    memset(code, 'x', sizeof code - 1);
    ck_assert_uint_eq(list.count, 2);
    ck_assert(tdm__str_equal(list.items[0].file, TDM_LIT("a.csv")));
    ck_assert(tdm__str_equal(list.items[0].column, TDM_LIT("Date")));
    ck_assert(tdm__str_equal(list.items[0].message, TDM_LIT("expected a date, column 3")));
    ck_assert_str_eq(list.items[0].code, "date-not-read");
    ck_assert_int_eq(list.items[0].row, 7);
    ck_assert_int_eq(list.items[0].severity, TDM__WARNING);
    ck_assert_int_eq(list.items[1].severity, TDM__ERROR);
    ck_assert_uint_eq(list.items[1].column.length, 0);
    tdm__diagnostics_free(&list);
    ck_assert_uint_eq(list.count, 0);
    tdm__diagnostics_free(&list); /* twice is fine */
}
END_TEST

/* Items move when the list grows; what they say does not. */
START_TEST(many_keep_their_messages)
{
    tdm__diagnostics list;
    tdm__diagnostics_init(&list, &tdm__malloc_allocator);
    for (int32_t i = 0; i < 1000; i++)
        ck_assert_int_eq(
            tdm__diagnose(&list, TDM__INFORMATION, "n", TDM_LIT("f"), i, TDM_LIT(""), "%d", (int)i), TDM_OK);
    for (int32_t i = 0; i < 1000; i++) {
        int64_t number;
        ck_assert(tdm__str_to_int64(&number, list.items[i].message));
        ck_assert_int_eq(number, i);
        ck_assert_int_eq(list.items[i].row, i);
    }
    tdm__diagnostics_free(&list);
}
END_TEST

START_TEST(a_long_message_is_cut)
{
    static char text[2000];
    tdm__diagnostics list;
    memset(text, 'm', sizeof text - 1);
    tdm__diagnostics_init(&list, &tdm__malloc_allocator);
    ck_assert_int_eq(tdm__diagnose(&list, TDM__WARNING, "long", TDM_LIT(""), 0, TDM_LIT(""), "%s", text),
                     TDM_OK);
    ck_assert_uint_gt(list.items[0].message.length, 100);
    ck_assert_uint_lt(list.items[0].message.length, sizeof text);
    ck_assert_uint_eq(strspn(list.items[0].message.data, "m"), list.items[0].message.length);
    tdm__diagnostics_free(&list);
}
END_TEST

static tdm_status diagnose_with(const tdm_allocator *allocator)
{
    tdm__diagnostics list;
    tdm_status status = TDM_OK;
    tdm__diagnostics_init(&list, allocator);
    for (size_t i = 0; status == TDM_OK && i < 20; i++) {
        status = tdm__diagnose(&list, TDM__WARNING, "c", TDM_LIT("f"), 1, TDM_LIT("col"), "message");
        ck_assert_uint_eq(list.count, i + (status == TDM_OK)); /* whole or not at all */
    }
    tdm__diagnostics_free(&list);
    return status;
}

START_TEST(survives_no_memory)
{
    TEST_EVERY_ALLOCATION(diagnose_with);
}
END_TEST

Suite *diagnostic_suite(void)
{
    Suite *suite = suite_create("diagnostic");
    TCase *tests = tcase_create("diagnostic");
    tcase_add_test(tests, severities_have_codes);
    tcase_add_test(tests, keeps_copies_in_order);
    tcase_add_test(tests, many_keep_their_messages);
    tcase_add_test(tests, a_long_message_is_cut);
    tcase_add_test(tests, survives_no_memory);
    suite_add_tcase(suite, tests);
    return suite;
}

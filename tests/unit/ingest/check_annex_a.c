/*
 * Lists of Annex A, as a workbook and as CSV. Expectations were written out by hand from
 * tests/data/ingest/tables/make.py; 45292 is 1 January 2024.
 */
#include "ingest/gathered.h"
#include "ingest/suites.h"
#include "support.h"

#include <string.h>

#define ANNEX "tests/data/ingest/tables/annex-a.xlsx"
#define CSC   "childrens-social-care"

static const char annex_events[] =
    "501 2024-01-09 contact " CSC " 2 referral_source=6\n"
    "501 2024-01-11 early-help-start early-help 2 organisation=Locality 1\n"
    "501 2024-02-02 assessment-start " CSC " 2 +seen:yes +outcome:Yes assessment_type=child-and-family\n"
    "501 2024-02-03 cin-plan-start " CSC " 2\n"
    "501 2024-02-08 early-help-end early-help 2\n"
    "501 2024-03-29 assessment-end " CSC " 2\n"
    "501 2024-04-01 s47-start " CSC " 2\n"
    "501 2024-04-15 icpc " CSC " 2 outcome=plan not_required=no\n"
    "501 2024-04-15 cp-plan-start " CSC " 2 category=neglect previous_plans=1\n"
    "501 2024-04-18 visit " CSC " 2\n"
    "501 2024-04-23 visit " CSC " 2 +alone:yes\n"
    "502 2024-02-01 referral " CSC " 2 referral_source=2A no_further_action=no\n"
    "502 2024-02-04 cin-plan-start " CSC " 3\n"
    "502 2024-04-02 s47-start " CSC " 3\n"
    "502 2024-04-08 cin-plan-end " CSC " 3\n"
    "502 2024-04-08 case-closure " CSC " 3 closure_reason=RC8\n"
    "503 2023-03-15 looked-after-start " CSC " 2 legal_status=C2: FCO\n"
    "503 2023-06-13 visit " CSC " 2\n"
    "503 2023-06-23 looked-after-end " CSC " 2 reason=E11\n";

START_TEST(the_lists_need_no_map)
{
    static const char *const accounts[] = {"1 1 0", "1 1 0", "1 1 0", "1 1 0", "2 2 0",
                                           "2 2 0", "1 1 0", "1 1 0", "2 0 2", "1 0 1"};
    gathered g;
    ck_assert_int_eq(gathered_init(&g, NULL), TDM_OK);
    tdm_status status = gathered_path(&g, ANNEX, "");
    ck_assert_msg(status == TDM_OK, "%s", g.error.message);
    ck_assert_str_eq(gathered_diagnostics(&g, NULL),
                     "2 date-not-read Date of Birth\n0 list-not-read \n0 sheet-not-known \n");
    for (size_t i = 0; i < sizeof accounts / sizeof *accounts; i++)
        ck_assert_str_eq(gathered_account(&g, i), accounts[i]);
    ck_assert_str_eq(gathered_events(&g), annex_events);
    gathered_free(&g);
}
END_TEST

static void check_born(gathered *g, uint32_t child, const char *id, tdm_day born)
{
    const tdm__child *view = tdm__chronology_child(g->chronology, child);
    ck_assert(tdm__str_equal(view->id, tdm__str(id)));
    ck_assert_int_eq(view->born.from, born);
}

START_TEST(dates_of_birth_go_to_the_children)
{
    gathered g;
    tdm_day day;
    ck_assert(tdm_day_from_civil(&day, 2015, 2, 3));
    ck_assert_int_eq(gathered_init(&g, NULL), TDM_OK);
    ck_assert_int_eq(gathered_path(&g, ANNEX, ""), TDM_OK);
    ck_assert_int_eq(gathered_freeze(&g), TDM_OK);
    check_born(&g, 0, "501", day);
    check_born(&g, 1, "502", TDM_DAY_BEFORE_ALL);
    gathered_free(&g);
}
END_TEST

START_TEST(a_list_may_come_as_csv)
{
    static const char csv[] =
        "Child Unique ID,Gender,Ethnicity,Date of Birth,Age,Date of Referral,Referral Source,Referral NFA?\n"
        "501,b) Female,a) WBRI,03/02/2015,9,09/01/2024,q) 6: Police,a) Yes\n"
        "502,b) Female,a) WBRI,\"03/02\"x,9,,,\n"
        "503,b) Female,a) WBRI,?,9,10/01/2024,,No\n";
    gathered g;
    tdm_day day;
    ck_assert(tdm_day_from_civil(&day, 2015, 2, 3));
    ck_assert_int_eq(gathered_init(&g, NULL), TDM_OK);
    ck_assert_int_eq(gathered_content(&g, "list3.csv", csv, ""), TDM_OK);
    ck_assert_str_eq(gathered_diagnostics(&g, NULL), "3 row-not-read \n4 date-not-read Date of Birth\n");
    ck_assert_str_eq(gathered_account(&g, 0), "3 2 1");
    ck_assert_str_eq(gathered_events(&g),
                     "501 2024-01-09 referral " CSC
                     " 2 +occurred_as_written:09/01/2024 referral_source=6 no_further_action=yes\n"
                     "503 2024-01-10 referral " CSC
                     " 4 +occurred_as_written:10/01/2024 no_further_action=no\n");
    check_born(&g, 0, "501", day);
    gathered_free(&g);
}
END_TEST

START_TEST(another_csv_still_needs_its_map)
{
    gathered g;
    ck_assert_int_eq(gathered_init(&g, NULL), TDM_OK);
    ck_assert_int_eq(gathered_content(&g, "r.csv", "Child,Date\n1,2024-01-01\n", ""), TDM_INVALID_INPUT);
    ck_assert_ptr_nonnull(strstr(g.error.message, "column map"));
    gathered_free(&g);
}
END_TEST

static tdm_status read_lists(const tdm_allocator *allocator)
{
    gathered g;
    tdm_status status = gathered_init(&g, allocator);
    if (status == TDM_OK)
        status = gathered_path(&g, ANNEX, "");
    gathered_free(&g);
    return status;
}

static tdm_status read_csv_list(const tdm_allocator *allocator)
{
    gathered g;
    tdm_status status = gathered_init(&g, allocator);
    if (status == TDM_OK)
        status = gathered_content(
            &g, "list1.csv", "Child Unique ID,Date of Birth,Date of Contact\n1,2015-02-03,2024-01-09\n", "");
    gathered_free(&g);
    return status;
}

START_TEST(lists_survive_every_failed_allocation)
{
    TEST_EVERY_ALLOCATION(read_csv_list);
    TEST_EVERY_ALLOCATION(read_lists);
}
END_TEST

Suite *annex_a_suite(void)
{
    Suite *suite = suite_create("ingest annex a");
    TCase *all = tcase_create("annex a");
    tcase_set_timeout(all, 60);
    tcase_add_test(all, the_lists_need_no_map);
    tcase_add_test(all, dates_of_birth_go_to_the_children);
    tcase_add_test(all, a_list_may_come_as_csv);
    tcase_add_test(all, another_csv_still_needs_its_map);
    tcase_add_test(all, lists_survive_every_failed_allocation);
    suite_add_tcase(suite, all);
    return suite;
}

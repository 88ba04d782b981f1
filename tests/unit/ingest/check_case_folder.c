/*
 * Case folders: whose row is whose, whom a household row reaches, paths that lead out. The cases
 * stand in tests/data/ingest.
 */
#include "ingest/gathered.h"
#include "ingest/roster.h"
#include "ingest/suites.h"
#include "support.h"

#include <string.h>

/*
 * P77 is the older child to the police. On 1 August 2022 the younger one, born 20 May 2023, was
 * neither alive nor expected (280 days before is 13 August 2022); on 1 September it was expected.
 */
static const char family_events[] = "cousin 2024-01-05 domestic-abuse-incident police 5\n"
                                    "older 2022-08-01 domestic-abuse-incident police 3\n"
                                    "older 2022-09-01 domestic-abuse-incident police 4\n"
                                    "older 2023-02-01 domestic-abuse-incident police 2\n"
                                    "older 2024-01-05 domestic-abuse-incident police 5\n"
                                    "older 2024-02-01 missing-start police 8\n"
                                    "older 2024-03-01 hunger-concern school 2 +text:arrived hungry\n"
                                    "younger 2022-09-01 domestic-abuse-incident police 4\n"
                                    "younger 2024-01-05 domestic-abuse-incident police 5\n";

START_TEST(a_family_is_read)
{
    gathered g;
    tdm_day as_of;
    ck_assert_int_eq(gathered_init(&g, NULL), TDM_OK);
    tdm_status status = gathered_path(&g, "tests/data/ingest/family", "");
    ck_assert_msg(status == TDM_OK, "%s (%s:%d)", g.error.message, g.error.file, (int)g.error.line);
    ck_assert_str_eq(gathered_diagnostics(&g, NULL), "6 child-unknown child\n7 household-unknown child\n");
    ck_assert_str_eq(gathered_account(&g, 0), "7 5 2");
    ck_assert_str_eq(gathered_account(&g, 1), "1 1 0");
    ck_assert(tdm__str_equal(g.collection.case_id, TDM_LIT("test-family")));
    ck_assert(tdm_day_from_civil(&as_of, 2024, 6, 30));
    ck_assert_int_eq(g.collection.as_of, as_of);
    ck_assert_uint_eq(g.collection.assessment_count, 1);
    ck_assert(tdm__str_equal(g.collection.assessments[0].file, TDM_LIT("assessments/first.json")));
    ck_assert_str_eq(gathered_events(&g), family_events);
    const tdm__source *police = tdm__chronology_source(g.chronology, 0);
    ck_assert(tdm__str_equal(police->name, TDM_LIT("returns/police.csv")));
    ck_assert(tdm__str_equal(police->map, TDM_LIT("maps/police.json")));
    ck_assert_uint_eq(police->cover_count, 1);
    ck_assert_uint_eq(police->no_contact_count, 1);
    ck_assert_uint_eq(police->child_count, 3);
    gathered_free(&g);
}
END_TEST

START_TEST(assessments_may_come_in_any_form)
{
    static const tdm__written forms[] = {TDM__WRITTEN_SHEET, TDM__WRITTEN_JSON,
                                         TDM__WRITTEN_FHIR_QUESTIONNAIRE, TDM__WRITTEN_FHIR};
    gathered g;
    ck_assert_int_eq(gathered_init(&g, NULL), TDM_OK);
    ck_assert_int_eq(gathered_path(&g, "tests/data/ingest/forms", ""), TDM_OK);
    ck_assert_uint_eq(g.collection.assessment_count, 4);
    for (size_t i = 0; i < 4; i++) {
        ck_assert_int_eq(g.collection.assessments[i].form, forms[i]);
        ck_assert_str_eq(gathered_account(&g, i), "1 1 0");
    }
    ck_assert_str_eq(g.collection.assessments[0].file.data, "assessments/sheet.csv");
    ck_assert_str_eq(gathered_diagnostics(&g, NULL), "");
    gathered_free(&g);
}
END_TEST

START_TEST(one_row_about_several_children_is_one_incident)
{
    gathered g;
    ck_assert_int_eq(gathered_init(&g, NULL), TDM_OK);
    ck_assert_int_eq(gathered_path(&g, "tests/data/ingest/family", ""), TDM_OK);
    ck_assert_int_eq(gathered_freeze(&g), TDM_OK);
    /* In the order of family_events: row 5 for cousin, older, younger; row 3 reached one child. */
    tdm_str cousin = tdm__chronology_string(g.chronology, 0, TDM__INCIDENT);
    ck_assert_uint_eq(cousin.length, 16);
    ck_assert(tdm__str_equal(cousin, tdm__chronology_string(g.chronology, 4, TDM__INCIDENT)));
    ck_assert(tdm__str_equal(cousin, tdm__chronology_string(g.chronology, 8, TDM__INCIDENT)));
    ck_assert_uint_eq(tdm__chronology_string(g.chronology, 1, TDM__INCIDENT).length, 0);
    gathered_free(&g);
}
END_TEST

START_TEST(a_folder_that_links_outside_is_refused)
{
    gathered g;
    ck_assert_int_eq(gathered_init(&g, NULL), TDM_OK);
    ck_assert_int_eq(gathered_path(&g, "tests/data/ingest/outside", ""), TDM_INVALID_INPUT);
    ck_assert_str_eq(g.error.file, "../family/returns/school.csv");
    ck_assert_int_eq(gathered_path(&g, "tests/data", ""), TDM_NOT_FOUND);
    gathered_free(&g);
}
END_TEST

typedef struct life {
    const char *born, *expected, *died, *day;
    bool lived;
} life;

static const life lives[] = {
    {"2023-05-20", "", "", "2022-08-12", false}, /* 281 days before birth */
    {"2023-05-20", "", "", "2022-08-13", true},  /* 280 */
    {"", "2023-06-01", "", "2022-08-24", false}, /* 281 days before the expected day */
    {"", "2023-06-01", "", "2022-08-25", true},
    {"2015-01-01", "", "2020-02-02", "2020-02-02", true},
    {"2015-01-01", "", "2020-02-02", "2020-02-03", false},
    {"2015-01-01", "", "2020-02", "2020-02-20", true}, /* died some day in February */
    {"2023-05-20", "", "", "[2022-01-01..2022-12-31]", true},
    {"", "", "", "1990-01-01", true},
    {"2023-05-20", "", "2023-06-01", "", true}, /* undated: nobody is left out by doubt */
};

START_TEST(who_lived_on_a_day)
{
    const life *l = &lives[_i];
    tdm__child_input child = {0};
    tdm_date day;
    ck_assert_int_eq(tdm_date_parse(&child.born, NULL, tdm__str(l->born), NULL), TDM_OK);
    ck_assert_int_eq(tdm_date_parse(&child.expected, NULL, tdm__str(l->expected), NULL), TDM_OK);
    ck_assert_int_eq(tdm_date_parse(&child.died, NULL, tdm__str(l->died), NULL), TDM_OK);
    ck_assert_int_eq(tdm_date_parse(&day, NULL, tdm__str(l->day), NULL), TDM_OK);
    ck_assert_msg(tdm__roster_lived_on(&child, day) == l->lived, "case %d", _i);
}
END_TEST

static tdm_status read_family(const tdm_allocator *allocator)
{
    gathered g;
    tdm_status status = gathered_init(&g, allocator);
    if (status == TDM_OK)
        status = gathered_path(&g, "tests/data/ingest/family", "");
    gathered_free(&g);
    return status;
}

START_TEST(case_folders_survive_every_failed_allocation)
{
    TEST_EVERY_ALLOCATION(read_family);
}
END_TEST

Suite *case_folder_suite(void)
{
    Suite *suite = suite_create("ingest case folder");
    TCase *tests = tcase_create("case folder");
    tcase_add_test(tests, a_family_is_read);
    tcase_add_test(tests, assessments_may_come_in_any_form);
    tcase_add_test(tests, one_row_about_several_children_is_one_incident);
    tcase_add_test(tests, a_folder_that_links_outside_is_refused);
    tcase_add_loop_test(tests, who_lived_on_a_day, 0, sizeof lives / sizeof lives[0]);
    tcase_add_test(tests, case_folders_survive_every_failed_allocation);
    suite_add_tcase(suite, tests);
    return suite;
}

/*
 * What is held on one person, and rows that tell one incident: what the writers say, harmless in each form,
 * with any allocation that fails.
 */
#include "report/fixture.h"
#include "report/incidents.h"
#include "report/person.h"
#include "report/suites.h"

static report_fixture *fixture;
static tdm__person mother;
static const tdm__person *people[] = {&mother};
static const tdm__held_row rows[] = {{0, 1u << TDM__HELD_OWN},
                                     {6, 1u << TDM__HELD_NAMED | 1u << TDM__HELD_HOUSEHOLD}};
static tdm__third_party parties[2];
static tdm__person_report report;

typedef tdm_status (*person_writer)(const tdm__person_report *, const tdm__report_options *, tdm_sink,
                                    tdm_error *);
static const person_writer writers[] = {tdm__report_person_text, tdm__report_person_json,
                                        tdm__report_person_html, tdm__report_person_csv};
#define WRITERS ((int)(sizeof writers / sizeof *writers))

static void set_up(void)
{
    fixture = report_fixture_new();
    mother = (tdm__person){TDM_LIT("C1"), TDM_LIT(HOSTILE), TDM_LIT("H")};
    parties[0] = (tdm__third_party){0,           TDM_LIT("text"),         "phone", "a telephone number",
                                    TDM_LIT(""), TDM_LIT("01632 960 123")};
    parties[1] = (tdm__third_party){
        1, TDM_LIT("child"), "child", "another child of the inputs", TDM_LIT("child C2"), TDM_LIT(HOSTILE)};
    report = (tdm__person_report){.run = &fixture->run,
                                  .id = TDM_LIT("C1"),
                                  .child = 0,
                                  .people = people,
                                  .person_count = 1,
                                  .rows = rows,
                                  .row_count = 2,
                                  .third_parties = parties,
                                  .third_party_count = 2};
}

static void tear_down(void)
{
    report_fixture_free(fixture);
}

static tdm__text written(person_writer write)
{
    tdm__text text;
    tdm_error error = {0};
    tdm__text_init(&text, &tdm__malloc_allocator);
    ck_assert_msg(write(&report, NULL, report_text_sink(&text), &error) == TDM_OK, "%s", error.message);
    return text;
}

START_TEST(each_form_says_why_a_row_is_here_and_who_else)
{
    static const char *const expected[][4] = {
        {"Row 2: names this person; about a child of", "Row 1, text: \"01632 960 123\": a telephone number",
         "another child of the inputs: child C2", "2 rows, 2 mentions"},
        {"\"named\"", "\"household\"", "\"words\": \"01632 960 123\"", "\"who\": \"child C2\""},
        {"names this person; about a child of this person&#39;s household", "href=\"#held-2\"",
         "<td>01632 960 123</td>", "schedule 2"},
        {"1,", "text,phone,,01632 960 123,\r\n", "child,child,child C2,", "decision\r\n"},
    };
    tdm__text text = written(writers[_i]);
    for (int i = 0; i < 4; i++)
        ck_assert_msg(report_count(tdm__text_str(&text), expected[_i][i]) > 0, "%s lacks %s", text.data,
                      expected[_i][i]);
    tdm__text_free(&text);
}
END_TEST

START_TEST(no_form_lets_anything_act)
{
    tdm__text text = written(writers[_i]);
    ck_assert_int_eq(report_count(tdm__text_str(&text), "\x1b"), 0);
    ck_assert_int_eq(report_count(tdm__text_str(&text), "\xE2\x80\xAE"), 0);
    if (writers[_i] == tdm__report_person_html)
        ck_assert_int_eq(report_count(tdm__text_str(&text), "<script"), 0);
    tdm__text_free(&text);
}
END_TEST

static person_writer chosen;

static tdm_status discard(const char *bytes, size_t length, void *payload)
{
    (void)bytes;
    (void)length;
    (void)payload;
    return TDM_OK;
}

static tdm_status write_with(const tdm_allocator *allocator)
{
    tdm_run run = fixture->run;
    tdm__person_report with = report;
    run.allocator = *allocator;
    with.run = &run;
    return chosen(&with, NULL, (tdm_sink){discard, NULL}, NULL);
}

START_TEST(each_form_survives_any_failed_allocation)
{
    chosen = writers[_i];
    TEST_EVERY_ALLOCATION(write_with);
}
END_TEST

/* --- one incident --- */

/* Rows 0 and 1 are incident 1; rows 1 and 2 are perhaps incident 2; row 3 stands alone. */
START_TEST(a_row_has_the_marks_of_its_incidents)
{
    static const char *const marks[] = {"incident 1", "incident 1; perhaps incident 2", "perhaps incident 2",
                                        ""};
    static const char *const signs[] = {" (1)", " (1, 2?)", " (2?)", ""};
    tdm__text text;
    tdm__text_init(&text, &tdm__malloc_allocator);
    for (uint32_t row = 0; row < 4; row++) {
        tdm__event event = tdm__chronology_event(fixture->chronology, row);
        tdm__text_clear(&text);
        tdm__put_incident_marks(&text, &fixture->run, &event);
        ck_assert_str_eq(text.length > 0 ? text.data : "", marks[row]);
        tdm__text_clear(&text);
        tdm__put_incident_signs(&text, &fixture->run, &event);
        ck_assert_str_eq(text.length > 0 ? text.data : "", signs[row]);
    }
    tdm__text_free(&text);
}
END_TEST

START_TEST(an_incident_names_its_rows_and_contradictions)
{
    tdm__text text;
    tdm__text_init(&text, &tdm__malloc_allocator);
    tdm__put_incident(&text, &fixture->run, &fixture->incidents[0], 1);
    ck_assert_str_eq(
        text.data, "Incident 1, as the returns say: 4/11/23, Police, Domestic abuse incident (police<&>.csv, "
                   "row 2); 2023-11-06, School or college, School concern (school.csv (List 1), row 3). "
                   "Contradiction, days that exclude each other: 4/11/23 (police<&>.csv, row 2) and "
                   "2023-11-06 (school.csv (List 1), row 3).");
    tdm__text_free(&text);
}
END_TEST

START_TEST(every_writer_of_a_review_shows_them)
{
    static const report_writer reviews[] = {tdm__report_text, tdm__report_html, tdm__report_chronology_html,
                                            tdm__report_chronology_csv, tdm__report_json};
    static const char *const shown[] = {"Perhaps incident 2, by kinds", "Perhaps incident 2, by kinds",
                                        "Perhaps incident 2, by kinds", "incident 1; perhaps incident 2",
                                        "\"contradictions\": [\n"};
    tdm__text text = report_written(reviews[_i], &fixture->run, NULL);
    ck_assert_msg(report_count(tdm__text_str(&text), shown[_i]) > 0, "%s", text.data);
    tdm__text_free(&text);
}
END_TEST

Suite *person_suite(void)
{
    Suite *suite = suite_create("person");
    TCase *tests = tcase_create("forms"), *incidents = tcase_create("one incident");
    tcase_set_timeout(tests, 60);
    tcase_add_checked_fixture(tests, set_up, tear_down);
    tcase_add_loop_test(tests, each_form_says_why_a_row_is_here_and_who_else, 0, WRITERS);
    tcase_add_loop_test(tests, no_form_lets_anything_act, 0, WRITERS);
    tcase_add_loop_test(tests, each_form_survives_any_failed_allocation, 0, WRITERS);
    tcase_add_checked_fixture(incidents, set_up, tear_down);
    tcase_add_test(incidents, a_row_has_the_marks_of_its_incidents);
    tcase_add_test(incidents, an_incident_names_its_rows_and_contradictions);
    tcase_add_loop_test(incidents, every_writer_of_a_review_shows_them, 0, 5);
    suite_add_tcase(suite, tests);
    suite_add_tcase(suite, incidents);
    return suite;
}

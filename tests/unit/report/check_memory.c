/*
 * Every writer with an allocator that fails at each call in turn, and with a sink that fails.
 */
#include "report/fixture.h"
#include "report/suites.h"

static report_fixture *fixture;

static void set_up(void)
{
    fixture = report_fixture_new();
}

static void tear_down(void)
{
    report_fixture_free(fixture);
}

static const report_writer writers[] = {tdm__report_json,
                                        tdm__report_text,
                                        tdm__report_html,
                                        tdm__report_chronology_html,
                                        tdm__report_chronology_docx,
                                        tdm__report_chronology_xlsx,
                                        tdm__report_timeline};
#define WRITERS ((int)(sizeof writers / sizeof *writers))
/* The layer, so that what is left out is said too. */
static const tdm__report_options options = {
    .with_events = true, .cumulative = true, .significant = true, .child = {"C1", 2}};
static report_writer chosen;

static tdm_status write_with(const tdm_allocator *allocator)
{
    tdm_run run = fixture->run;
    run.allocator = *allocator;
    return chosen(&run, &options, report_no_sink(), NULL);
}

static tdm_status export_with(const tdm_allocator *allocator)
{
    tdm__kept_assessment one = {TDM_LIT("a.json"), 1, TDM_LIT("{\"items\": {\"A1\": 3}}")};
    return tdm__report_ndjson(fixture->chronology, &one, 1, allocator, report_no_sink(), NULL);
}

START_TEST(each_writer_survives_any_failed_allocation)
{
    chosen = writers[_i];
    TEST_EVERY_ALLOCATION(write_with);
}
END_TEST

START_TEST(the_export_survives_any_failed_allocation)
{
    TEST_EVERY_ALLOCATION(export_with);
}
END_TEST

START_TEST(a_sink_that_fails_ends_the_writing)
{
    tdm_error error = {0};
    ck_assert_int_eq(writers[_i](&fixture->run, &options, report_failing_sink(), &error), TDM_IO);
    ck_assert_int_eq(error.status, TDM_IO);
}
END_TEST

Suite *memory_suite(void)
{
    Suite *suite = suite_create("memory");
    TCase *tests = tcase_create("failures");
    tcase_set_timeout(tests, 60);
    tcase_add_checked_fixture(tests, set_up, tear_down);
    tcase_add_loop_test(tests, each_writer_survives_any_failed_allocation, 0, WRITERS);
    tcase_add_test(tests, the_export_survives_any_failed_allocation);
    tcase_add_loop_test(tests, a_sink_that_fails_ends_the_writing, 0, WRITERS);
    suite_add_tcase(suite, tests);
    return suite;
}

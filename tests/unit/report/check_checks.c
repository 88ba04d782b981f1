/*
 * Checks as every form of output tells them, over a run whose findings were put together by hand: one that
 * is met and breaks a national rule, one that is only possible and quotes the record, more than are listed,
 * and a check that could not be made.
 */
#include "report/checks.h"
#include "report/fixture.h"
#include "report/suites.h"

#include <string.h>

static report_fixture *fixture;
static tdm__effective_check in_force[64];
static tdm__check_finding findings[2];
static tdm__check_rest rest;
static tdm__check_gap gap;
static tdm_run run;

static uint32_t check(const char *id)
{
    uint32_t index = tdm__check_find(tdm__str(id));
    ck_assert_msg(index != TDM_NO_INDEX, "%s", id);
    return index;
}

/* Reason number of a code. */
static uint32_t reason(const char *code)
{
    for (uint32_t i = 0; i < tdm__check_reason_count(); i++)
        if (strcmp(tdm__check_reason_code(i), code) == 0)
            return i;
    ck_abort_msg("%s", code);
    return 0;
}

static void set_up(void)
{
    fixture = report_fixture_new();
    ck_assert(tdm__check_count() <= sizeof in_force / sizeof *in_force);
    for (size_t i = 0; i < tdm__check_count(); i++)
        in_force[i] = (tdm__effective_check){.check = tdm__check_at(i),
                                             .on = i != check("undated"),
                                             .on_from = i == check("undated") ? TDM_LIT("policy/t.json:7")
                                                                              : TDM_LIT(""),
                                             .severity = tdm__check_at(i)->severity,
                                             .values = {tdm__check_at(i)->params[0].fallback, 0},
                                             .from = {TDM_LIT("policy/t.json:9"), TDM_LIT("")},
                                             .definition = TDM_LIT("what is looked for")};
    findings[0] = (tdm__check_finding){.check = check("review-before-plan"),
                                       .answer = TDM_MET,
                                       .rule = "8841",
                                       .doubt = "",
                                       .sentence = TDM_LIT("The review is too early."),
                                       .events = fixture->evidence,
                                       .event_count = 2};
    findings[1] = (tdm__check_finding){.check = check("abbreviation-unexplained"),
                                       .answer = TDM_POSSIBLE,
                                       .rule = "",
                                       .doubt = "for a reason",
                                       .sentence = TDM_LIT(HOSTILE),
                                       .events = fixture->evidence,
                                       .event_count = 1,
                                       .more_events = 4};
    rest = (tdm__check_rest){check("abbreviation-unexplained"), 3};
    gap = (tdm__check_gap){check("recorded-late"), reason("no-recorded-day")};
    fixture->children[0].checks = (tdm__child_checks){findings, 2, &rest, 1, &gap, 1};
    run = fixture->run;
    run.checks = in_force;
    run.check_count = tdm__check_count();
}

static void tear_down(void)
{
    report_fixture_free(fixture);
}

static tdm__text written(report_writer write)
{
    return report_written(write, &run, &(tdm__report_options){.width = 400});
}

/* `harm`: what must not come out as it stands in the record; NULL: the form knows none. */
static void check_parts(report_writer write, const char *harm, const char *const *parts, size_t count)
{
    tdm__text text = written(write);
    for (size_t i = 0; i < count; i++)
        ck_assert_msg(report_count(tdm__text_str(&text), parts[i]) >= 1, "%s\nin\n%s", parts[i], text.data);
    ck_assert(!harm || report_count(tdm__text_str(&text), harm) == 0);
    tdm__text_free(&text);
}

#define CHECK_PARTS(write, harm, ...)                                                                        \
    do {                                                                                                     \
        static const char *const parts_[] = {__VA_ARGS__};                                                   \
        check_parts(write, harm, parts_, sizeof parts_ / sizeof *parts_);                                    \
    } while (0)

START_TEST(text_says_rule_doubt_rest_and_gap)
{
    CHECK_PARTS(tdm__report_checks_text, "\x1b", "[error, national rule 8841] (review-before-plan)",
                "The review is too early.", "[information, possible] (abbreviation-unexplained)",
                "Only possible: for a reason.", "and 4 more rows",
                "3 more of abbreviation-unexplained are not listed.",
                "recorded-late: no entry says when it was recorded", "(no-recorded-day), 1 child",
                "undated: switched off by policy/t.json:7", "How the record is kept");
    CHECK_PARTS(tdm__report_text, "\x1b", "Checks on this chronology", "The review is too early.",
                "Not assessed: recorded-late: no entry says when it was recorded (no-recorded-day)");
}
END_TEST

START_TEST(html_says_the_same)
{
    CHECK_PARTS(tdm__report_checks_html, "<script>", "error, national rule 8841",
                "Only possible: for a reason.", "and 4 more rows", "are not listed",
                "no entry says when it was recorded (no-recorded-day)", "Switched off by policy/t.json:7",
                "What the checks look for");
    CHECK_PARTS(tdm__report_html, "<script>", "Checks on this chronology", "The review is too early.",
                "id=\"check-1\"");
}
END_TEST

/* A line for each of the three rows, the rest and the gap, and the heading; each of 14 cells. */
START_TEST(csv_has_a_line_a_row)
{
    tdm__text text = written(tdm__report_checks_csv);
    CHECK_PARTS(
        tdm__report_checks_csv, NULL, "C1,review-before-plan,error,met,8841,The review is too early.,,",
        "C1,recorded-late,,not-assessed,,no entry says when it was recorded,no-recorded-day,,,,,,,\r\n",
        "C1,abbreviation-unexplained,,,,3 more findings are not listed,,,,,,,,\r\n");
    ck_assert_int_eq(report_count(tdm__text_str(&text), "\r\n"), 1 + 3 + 1 + 1);
    tdm__text_free(&text);
}
END_TEST

START_TEST(json_has_them_in_both_documents)
{
    CHECK_PARTS(tdm__report_checks_json, "\x1b", "\"national_rule\": \"8841\"", "\"doubt\": \"for a reason\"",
                "\"more_rows\": 4", "\"reason\": \"no-recorded-day\"", "\"findings\": 3",
                "\"recording-lag\": {", "\"denominator\": ");
    CHECK_PARTS(tdm__report_json, "\x1b", "\"national_rule\": \"8841\"", "\"checks_left_out\": [",
                "\"checks_not_assessed\": [");
}
END_TEST

START_TEST(nothing_found_takes_one_line)
{
    fixture->children[0].checks.finding_count = 0;
    in_force[check("undated")].on = true;
    tdm__text text = written(tdm__report_checks_text);
    ck_assert_int_eq(report_count(tdm__text_str(&text), "\n"), 1);
    ck_assert_int_eq(report_count(tdm__text_str(&text), "No check found anything to look at in "), 1);
    ck_assert_int_eq(report_count(tdm__text_str(&text), "; not assessed: recorded-late (no-recorded-day)."),
                     1);
    tdm__text_free(&text);
}
END_TEST

static const report_writer writers[] = {tdm__report_checks_text, tdm__report_checks_csv,
                                        tdm__report_checks_json, tdm__report_checks_html};
static report_writer chosen;

static tdm_status discard(const char *bytes, size_t length, void *payload)
{
    (void)bytes;
    (void)length;
    return payload ? TDM_IO : TDM_OK;
}

static tdm_status write_with(const tdm_allocator *allocator)
{
    tdm_run other = run;
    other.allocator = *allocator;
    return chosen(&other, NULL, (tdm_sink){discard, NULL}, NULL);
}

START_TEST(each_form_survives_what_fails)
{
    tdm_error error = {0};
    chosen = writers[_i];
    TEST_EVERY_ALLOCATION(write_with);
    ck_assert_int_eq(chosen(&run, NULL, (tdm_sink){discard, &error}, &error), TDM_IO);
    ck_assert_int_eq(error.status, TDM_IO);
}
END_TEST

Suite *checks_suite(void)
{
    Suite *suite = suite_create("checks");
    TCase *tests = tcase_create("checks");
    tcase_set_timeout(tests, 60);
    tcase_add_checked_fixture(tests, set_up, tear_down);
    tcase_add_test(tests, text_says_rule_doubt_rest_and_gap);
    tcase_add_test(tests, html_says_the_same);
    tcase_add_test(tests, csv_has_a_line_a_row);
    tcase_add_test(tests, json_has_them_in_both_documents);
    tcase_add_test(tests, nothing_found_takes_one_line);
    tcase_add_loop_test(tests, each_form_survives_what_fails, 0, 4);
    suite_add_tcase(suite, tests);
    return suite;
}

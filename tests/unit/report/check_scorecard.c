/*
 * A scorecard as text, JSON, CSV and workbook, and what all of its writers have in common: nothing that is
 * hidden is in any of them, nothing in them acts, the same scorecard gives the same bytes.
 */
#include <stdio.h>
#include <string.h>

#include "base/csv.h"
#include "report/office.h"
#include "report/scorecard_view.h"
#include "report/scorecard_world.h"
#include "report/suites.h"
#include "json/json.h"

static scorecard_world *world, *parted;
static tdm__measured_unit units[3];

static void set_up(void)
{
    world = scorecard_world_new(false);
    parted = scorecard_world_new(true);
    units[0] =
        (tdm__measured_unit){.event = 0, .line = TDM_NO_INDEX, .in_numerator = 1, .reason = TDM__COUNTED};
    units[1] = (tdm__measured_unit){.event = 1, .line = TDM_NO_INDEX, .reason = TDM__COUNTED};
    units[2] = (tdm__measured_unit){
        .child = 1, .event = TDM_NO_INDEX, .line = TDM_NO_INDEX, .reason = TDM__UNCOUNTED_NO_DATE};
}

static void tear_down(void)
{
    scorecard_world_free(world);
    scorecard_world_free(parted);
}

static const scorecard_writer writers[] = {tdm__report_scorecard_text, tdm__report_scorecard_json,
                                           tdm__report_scorecard_csv, tdm__report_scorecard_html,
                                           tdm__report_scorecard_xlsx};
static const scorecard_writer unit_writers[] = {tdm__report_units_text, tdm__report_units_json,
                                                tdm__report_units_csv};
#define WRITERS      ((int)(sizeof writers / sizeof *writers))
#define UNIT_WRITERS ((int)(sizeof unit_writers / sizeof *unit_writers))
#define XLSX         4

/* Everything readable of a file: of a workbook its sheets. */
static tdm__text readable(int writer, const tdm_scorecard *card)
{
    tdm__text file = scorecard_written(writers[writer], card), all;
    if (writer != XLSX)
        return file;
    tdm__text_init(&all, &tdm__malloc_allocator);
    for (int sheet = 1; sheet <= office_part_count(tdm__text_str(&file)) - 7; sheet++) {
        char name[40];
        snprintf(name, sizeof name, "xl/worksheets/sheet%d.xml", sheet);
        tdm__text part = office_part(tdm__text_str(&file), name);
        tdm__text_add(&all, tdm__text_str(&part));
        tdm__text_free(&part);
    }
    tdm__text_free(&file);
    return all;
}

/* As it is, in tenths, in halves, with its comma. */
static void check_not_there(tdm_str text, int64_t number)
{
    char forms[4][32];
    snprintf(forms[0], sizeof forms[0], "%d", (int)number);
    snprintf(forms[1], sizeof forms[1], "%d.%d", (int)number / 10, (int)number % 10);
    snprintf(forms[2], sizeof forms[2], "%d%s", (int)number / 2, number % 2 ? ".5" : "");
    snprintf(forms[3], sizeof forms[3], "%d,%03d", (int)number / 1000, (int)number % 1000);
    for (int form = 0; form < 4; form++)
        ck_assert_msg(report_count(text, forms[form]) == 0, "%s", forms[form]);
}

START_TEST(nothing_hidden_is_written)
{
    for (int at = 0; at < 2; at++) {
        tdm__text text = readable(_i, at == 0 ? &world->card : &parted->card);
        ck_assert_uint_gt(text.length, 4000);
        for (int64_t number = CANARY; number < CANARY + 15; number++)
            check_not_there(tdm__text_str(&text), number);
        tdm__text_free(&text);
    }
}
END_TEST

START_TEST(nothing_in_it_acts)
{
    tdm__text text = readable(_i, &parted->card);
    ck_assert_ptr_null(strchr(text.data, '\x1b'));
    ck_assert_ptr_null(strstr(text.data, "\xE2\x80\xAE"));
    ck_assert_int_gt(report_count(tdm__text_str(&text), "red"), 1); /* the hostile text is there */
    tdm__text_free(&text);
}
END_TEST

START_TEST(the_same_scorecard_gives_the_same_bytes)
{
    tdm__text first = scorecard_written(writers[_i], &parted->card),
              again = scorecard_written(writers[_i], &parted->card);
    ck_assert(tdm__str_equal(tdm__text_str(&first), tdm__text_str(&again)));
    tdm__text_free(&again);
    /* Nor do units change anything: they are for the lists alone. */
    parted->measures[WORLD_CONTACTS].units = units;
    parted->measures[WORLD_CONTACTS].unit_count = 3;
    again = scorecard_written(writers[_i], &parted->card);
    ck_assert(tdm__str_equal(tdm__text_str(&first), tdm__text_str(&again)));
    tdm__text_free(&again);
    tdm__text_free(&first);
}
END_TEST

/* --- words --- */

START_TEST(numbers_read_as_they_should)
{
    static const struct {
        void (*put)(tdm__text *out, int64_t number);
        int64_t number;
        const char *words;
    } cases[] = {
        {tdm__put_tenths, 123, "12.3"},
        {tdm__put_tenths, 0, "0.0"},
        {tdm__put_tenths, -5, "-0.5"},
        {tdm__put_tenths, -10, "-1.0"},
        {tdm__put_tenths, -19, "-1.9"},
        {tdm__put_tenths, INT64_MIN, "-922337203685477580.8"},
        {tdm__put_half, 25, "12.5"},
        {tdm__put_half, 24, "12"},
        {tdm__put_half, -1, "-0.5"},
        {tdm__put_half, -3, "-1.5"},
        {tdm__put_thousands, 999, "999"},
        {tdm__put_thousands, 1000, "1,000"},
        {tdm__put_thousands, -1000, "-1,000"},
        {tdm__put_thousands, -100, "-100"},
        {tdm__put_thousands, 1234567, "1,234,567"},
        {tdm__put_thousands, TDM__NOT_SHOWN, "c"},
    };
    tdm__text text;
    tdm__text_init(&text, &tdm__malloc_allocator);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        tdm__text_clear(&text);
        cases[i].put(&text, cases[i].number);
        ck_assert_str_eq(text.data, cases[i].words);
    }
    tdm__text_free(&text);
    ck_assert_int_eq(tdm__tenths_of(12.25), 123);
    ck_assert_int_eq(tdm__tenths_of(-0.25), -2); /* half up */
    ck_assert_int_eq(tdm__tenths_of(1e300), 0);
}
END_TEST

START_TEST(lines_read_as_they_should)
{
    static const char *const cases[][2] = {
        {"1-10", "1 to 10"},
        {"61-more", "61 or more"},
        {"same-day", "Same day"},
        {"not-recorded", "Not recorded"},
        {"3-months-or-less", "3 months or less"},
        {"-", " "},
        {"more-than-6", "More than 6"},
    };
    tdm__text text;
    tdm__text_init(&text, &tdm__malloc_allocator);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        tdm__text_clear(&text);
        tdm__put_line_words(&text, tdm__str(cases[i][0]));
        ck_assert_str_eq(text.data, cases[i][1]);
    }
    tdm__text_free(&text);
}
END_TEST

/* --- text --- */

static const char *const said[] = {
    "Contacts: 12,345\n  contacts; 543.2 per 10,000 children\n",
    "Referrals within 12 months of another: 24.1 %\n  154 of 640\n",
    "    61 or more      28    5.4 %\n",
    "    Housing                  c         \n",
    "Visits in time: not assessed\n  No source holds visits. (visits: no-data)\n",
    "Days from a concern to a graded assessment: 25.5\n  days, the median of 40\n",
    "From a plan to care: 34\n  days until half had ended, of 60 (95 %: 21.5 to not reached)\n",
    "29.3 % (19.4 to 42.9)",
    "definition changed: contacts of <one> household count once\n",
    "Left out, counted nowhere above: c with a date in doubt; 12 without a date.\n",
    "moved beyond its limits, and nothing is said of it.\n",
    "parameter:  within = 12 months, set by policy/default.json:12\n",
    "c: not shown, because it is under 6 (1 to 5)",
};

START_TEST(the_text_says_what_it_should)
{
    tdm__report_options options = {.width = 100};
    tdm__text text;
    tdm__text_init(&text, &tdm__malloc_allocator);
    ck_assert_int_eq(tdm__report_scorecard_text(&world->card, &options, report_text_sink(&text), NULL),
                     TDM_OK);
    ck_assert_msg(strstr(text.data, said[_i]) != NULL, "%s", said[_i]);
    tdm_str rest = tdm__text_str(&text);
    while (rest.length > 0)
        ck_assert_uint_le(tdm__str_split(&rest, '\n').length, 100);
    tdm__text_free(&text);
}
END_TEST

START_TEST(all_is_shown_without_a_threshold)
{
    parted->card.threshold = 0;
    tdm__text text = scorecard_written(tdm__report_scorecard_json, &parted->card);
    ck_assert_int_eq(report_count(tdm__text_str(&text), "\"date-in-doubt\": 3"), 9);
    ck_assert_int_eq(report_count(tdm__text_str(&text), "\"at_risk\": 58"), 6);
    tdm__text_free(&text);
    text = scorecard_written(tdm__report_scorecard_text, &parted->card);
    ck_assert_ptr_nonnull(strstr(text.data, "Small numbers are shown: this is not for publication."));
    tdm__text_free(&text);
}
END_TEST

/* --- JSON --- */

static const tdm__json_value *item(const tdm__json_value *list, size_t at)
{
    const tdm__json_value *value = tdm__json_first(list);
    for (; at > 0; at--)
        value = tdm__json_next(value);
    return value;
}

static const tdm__json_value *figure_of(const tdm__json *document, size_t measure, size_t at)
{
    const tdm__json_value *measures = tdm__json_member(tdm__json_root(document), "measures");
    return item(tdm__json_member(item(measures, measure), "figures"), at);
}

static void check_member(const tdm__json_value *figure, const char *name, double number)
{
    const tdm__json_value *value = tdm__json_member(figure, name);
    ck_assert_msg(tdm__json_type_of(value) == TDM__JSON_NUMBER, "%s", name);
    ck_assert_double_eq_tol(tdm__json_number(value), number, 1e-12);
}

START_TEST(the_json_holds_exact_numbers)
{
    tdm__json *document;
    tdm__text text = scorecard_written(tdm__report_scorecard_json, &parted->card);
    ck_assert_int_eq(
        tdm__json_parse(&document, &tdm__malloc_allocator, tdm__text_str(&text), TDM_LIT("card"), NULL),
        TDM_OK);
    const tdm__json_value *figure = figure_of(document, WORLD_RE_REFERRED, 0);
    check_member(figure, "numerator", 154);
    check_member(figure, "denominator", 640);
    check_member(figure, "percent", 24.1);
    const tdm__json_value *lengths = tdm__json_member(figure_of(document, WORLD_DURATION, 0), "lengths");
    check_member(lengths, "median", 25.5);
    check_member(lengths, "upper_quartile", 40);
    check_member(lengths, "mean", 28.3);
    /* The third: the second area, the whole period. */
    figure = figure_of(document, WORLD_RE_REFERRED, 2);
    ck_assert(tdm__str_equal(tdm__json_string(tdm__json_member(figure, "status")), TDM_LIT("suppressed")));
    ck_assert_uint_eq(tdm__json_count(figure), 3); /* period, group, status */
    figure = figure_of(document, WORLD_SECOND, 1);
    ck_assert(tdm__str_equal(tdm__json_string(tdm__json_member(figure, "status")), TDM_LIT("none")));
    ck_assert_ptr_null(tdm__json_member(figure, "percent"));
    ck_assert_ptr_null(tdm__json_member(figure_of(document, WORLD_TO_CARE, 2), "lengths"));
    tdm__json_free(document);
    tdm__text_free(&text);
}
END_TEST

/* --- CSV --- */

START_TEST(the_csv_has_one_value_a_row)
{
    tdm__csv csv;
    bool more;
    tdm__text text = scorecard_written(tdm__report_scorecard_csv, &parted->card);
    tdm__csv_init(&csv, &tdm__malloc_allocator, tdm__text_str(&text), ',');
    int rows = 0;
    for (; tdm__csv_next(&csv, &more, NULL) == TDM_OK && more; rows++) {
        ck_assert_uint_eq(csv.field_count, 13);
        for (size_t i = 0; i < csv.field_count; i++)
            ck_assert_msg(csv.fields[i].length == 0 || !strchr("=+@", csv.fields[i].data[0]), "%.*s",
                          TDM_STR_ARGS(csv.fields[i]));
        bool empty = csv.fields[8].length == 0, given = tdm__str_equal(csv.fields[9], TDM_LIT("given"));
        bool words = tdm__str_equal(csv.fields[7], TDM_LIT("commentary"));
        ck_assert_msg(rows == 0 || words || empty != given, "%d", rows);
    }
    ck_assert_int_gt(rows, 300);
    tdm__csv_free(&csv);
    tdm__text_free(&text);
}
END_TEST

static const char *const csv_rows[] = {
    "contacts,Contacts,,All,2022-04-01,2024-03-31,,rate_per_10000,543.2,given,,,contacts@1.2.0\r\n",
    "contacts,Contacts,,All,2022-04-01,2024-03-31,,left_out,,suppressed,,date-in-doubt,contacts@1.2.0\r\n",
    "re-referrals,Referrals within 12 months of "
    "another,A2,Lower,2022-04-01,2024-03-31,,numerator,,suppressed,"
    ",,re-referrals@1.2.0\r\n",
    "visits,Visits in time,,All,2022-04-01,2024-03-31,,numerator,,not-assessed,not-covered,No return covers "
    "this period.,visits@1.2.0\r\n",
    "sources,Who refers,,All,2022-04-01,2024-03-31,\"'=cmd|' /C calc'!A0\",numerator,,suppressed,,,",
    "second-plans,Second or subsequent plans,A2,Lower,2022-04-01,2024-03-31,,percent,20.0,given,,,",
    "plan-to-care,From a plan to "
    "care,,All,2022-04-01,2024-03-31,,percent_ended_within_low,19.4,given,,within 3 "
    "months,",
    "plan-to-care,From a plan to care,,All,2022-04-01,2024-03-31,,percent_ended_within,,not-given,,within 6 "
    "months,",
    "contacts,Contacts,,All,2022-04-01,2022-06-30,,trend_count,760.0,given,,the definition changed before "
    "this,",
    "re-referrals,Referrals within 12 months of another,E3,Chalk,,,,peer_percent,50.0,given,,\"2024, above "
    "the "
    "99.8 % limit\",",
    "re-referrals,Referrals within 12 months of another,A2,Lower,,,,peer_percent,,suppressed,,2024,",
};

START_TEST(the_csv_says_what_it_should)
{
    tdm__text text = scorecard_written(tdm__report_scorecard_csv, &parted->card);
    ck_assert_msg(report_count(tdm__text_str(&text), csv_rows[_i]) == 1, "%s: %d", csv_rows[_i],
                  report_count(tdm__text_str(&text), csv_rows[_i]));
    tdm__text_free(&text);
}
END_TEST

/* --- the workbook --- */

START_TEST(the_workbook_has_a_sheet_a_group)
{
    tdm__text file = scorecard_written(tdm__report_scorecard_xlsx, &world->card);
    office_check_xml(tdm__text_str(&file));
    /* Five groups and the definitions; types, two lists of relations, core, app, workbook, styles. */
    ck_assert_int_eq(office_part_count(tdm__text_str(&file)), 5 + 1 + 7);
    tdm__text part = office_part(tdm__text_str(&file), "xl/workbook.xml");
    ck_assert_int_eq(report_count(tdm__text_str(&part), "<sheet name=\"Child protection\" sheetId=\"3\""), 1);
    ck_assert_int_eq(report_count(tdm__text_str(&part), "<sheet name=\"Definitions\" sheetId=\"6\""), 1);
    tdm__text_free(&part);
    part = office_part(tdm__text_str(&file), "xl/worksheets/sheet1.xml");
    ck_assert_int_eq(report_count(tdm__text_str(&part), "<f"), 0);
    ck_assert_int_eq(report_count(tdm__text_str(&part), "><v>24.1</v></c>"),
                     2); /* the figure, and its peer */
    ck_assert_int_eq(report_count(tdm__text_str(&part), "><v>12345</v></c>"), 1);
    ck_assert_int_eq(report_count(tdm__text_str(&part), ">=cmd|&#39; /C calc&#39;!A0</t>"), 1);
    tdm__text_free(&part);
    part = office_part(tdm__text_str(&file), "docProps/core.xml");
    ck_assert_int_eq(report_count(tdm__text_str(&part), "<dc:title>Scorecard</dc:title>"), 1);
    tdm__text_free(&part);
    tdm__text_free(&file);
}
END_TEST

/* --- units --- */

START_TEST(units_are_listed)
{
    static const char *const parts[UNIT_WRITERS][3] = {
        {"Contacts, 1 April 2022 to 31 March 2024: 3 units\n", "in the denominator only", "no-date"},
        {"\"reason\": \"no-date\"", "\"in_numerator\": true", "\"file\": \"police<&>.csv\""},
        {"contacts,C2,,,,no-date,,\r\n", ",in the numerator,,", ",in the denominator only,,"}};
    for (int m = 0; m < 2; m++) { /* the second measure was asked for, and has none */
        world->measures[m].units = units;
        world->measures[m].unit_count = m == 0 ? 3 : 0;
    }
    tdm__text text = scorecard_written(unit_writers[_i], &world->card);
    for (int part = 0; part < 3; part++)
        ck_assert_msg(report_count(tdm__text_str(&text), parts[_i][part]) > 0, "%s", parts[_i][part]);
    ck_assert_int_gt(report_count(tdm__text_str(&text), "C1"), 1);
    tdm__text_free(&text);
}
END_TEST

/* --- failures --- */

static scorecard_writer chosen;

static tdm_status write_with(const tdm_allocator *allocator)
{
    tdm_scorecard card = parted->card;
    card.allocator = *allocator;
    return chosen(&card, NULL, report_no_sink(), NULL);
}

static scorecard_writer any_writer(int at)
{
    world->measures[WORLD_CONTACTS].units = parted->measures[WORLD_CONTACTS].units = units;
    world->measures[WORLD_CONTACTS].unit_count = parted->measures[WORLD_CONTACTS].unit_count = 3;
    return at < WRITERS ? writers[at] : unit_writers[at - WRITERS];
}

START_TEST(each_writer_survives_any_failed_allocation)
{
    chosen = any_writer(_i);
    /* One period: enough for every table and chart. */
    parted->card.period_count = 1;
    for (int m = 0; m < WORLD_MEASURES; m++)
        parted->measures[m].figure_count /= 3;
    TEST_EVERY_ALLOCATION(write_with);
}
END_TEST

START_TEST(a_sink_that_fails_ends_the_writing)
{
    tdm_error error = {0};
    ck_assert_int_eq(any_writer(_i)(&world->card, NULL, report_failing_sink(), &error), TDM_IO);
    ck_assert_int_eq(error.status, TDM_IO);
}
END_TEST

Suite *scorecard_suite(void)
{
    Suite *suite = suite_create("scorecard");
    TCase *tests = tcase_create("writers");
    tcase_set_timeout(tests, 120);
    tcase_add_checked_fixture(tests, set_up, tear_down);
    tcase_add_loop_test(tests, nothing_hidden_is_written, 0, WRITERS);
    tcase_add_loop_test(tests, nothing_in_it_acts, 0, WRITERS);
    tcase_add_loop_test(tests, the_same_scorecard_gives_the_same_bytes, 0, WRITERS);
    tcase_add_test(tests, numbers_read_as_they_should);
    tcase_add_test(tests, lines_read_as_they_should);
    tcase_add_loop_test(tests, the_text_says_what_it_should, 0, (int)(sizeof said / sizeof *said));
    tcase_add_test(tests, all_is_shown_without_a_threshold);
    tcase_add_test(tests, the_json_holds_exact_numbers);
    tcase_add_test(tests, the_csv_has_one_value_a_row);
    tcase_add_loop_test(tests, the_csv_says_what_it_should, 0, (int)(sizeof csv_rows / sizeof *csv_rows));
    tcase_add_test(tests, the_workbook_has_a_sheet_a_group);
    tcase_add_loop_test(tests, units_are_listed, 0, UNIT_WRITERS);
    tcase_add_loop_test(tests, each_writer_survives_any_failed_allocation, 0, WRITERS + UNIT_WRITERS);
    tcase_add_loop_test(tests, a_sink_that_fails_ends_the_writing, 0, WRITERS + UNIT_WRITERS);
    suite_add_tcase(suite, tests);
    return suite;
}

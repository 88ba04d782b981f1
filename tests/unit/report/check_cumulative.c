/*
 * How much was recorded, in each form of a review: the numbers, the caution beside them, and nothing where it
 * was not asked for.
 */
#include "report/cumulative.h"
#include "report/fixture.h"
#include "report/suites.h"
#include "json/json.h"

#include <string.h>

static report_fixture *fixture;

static void set_up(void)
{
    fixture = report_fixture_new();
}

static void tear_down(void)
{
    report_fixture_free(fixture);
}

static const struct {
    tdm_bounds milli;
    const char *tenths, *whole;
} bounds[] = {
    {{0, 0}, "0.0", "0"},
    {{6351, 6351}, "6.4", "6"},
    {{6349, 6351}, "6.3 to 6.4", "6"},
    {{3000, 5000}, "3.0 to 5.0", "3 to 5"},
    {{49, 50}, "0.0 to 0.1", "0"},
    {{2147483, 2147483}, "2147.5", "2147"},
};

START_TEST(loads_in_words)
{
    char words[TDM__BOUNDS_WORDS_SIZE];
    tdm__milli_bounds_words(words, bounds[_i].milli);
    ck_assert_str_eq(words, bounds[_i].tenths);
    tdm__load_words(words, bounds[_i].milli);
    ck_assert_str_eq(words, bounds[_i].whole);
}
END_TEST

static const struct {
    int32_t milli;
    const char *words;
} decimals[] = {{0, "0"}, {500, "0.5"}, {3000, "3"}, {1250, "1.250"}, {1005, "1.005"}};

START_TEST(numbers_of_the_rule_in_words)
{
    char words[TDM__BOUNDS_WORDS_SIZE];
    tdm__milli_words(words, decimals[_i].milli);
    ck_assert_str_eq(words, decimals[_i].words);
}
END_TEST

/* A spell that is met is told before one that may be; of those that are met, the last. */
START_TEST(which_rise_is_told)
{
    tdm__spell spells[] = {
        {.answer = TDM_MET, .from = 19000, .to = 19100, .first_met = 19030}, /* 7 February 2022 */
        {.answer = TDM_MET, .from = 19400, .to = 19500, .first_met = 19430, .open = true}, /* 14 March 2023 */
        {.answer = TDM_POSSIBLE, .from = 19600, .to = 19650, .first_met = TDM_DAY_NONE},
    };
    tdm__cumulative c = {.rises = {TDM_MET, spells, 3}};
    char words[TDM__RISE_WORDS_SIZE];
    tdm__rise_words(words, &c);
    ck_assert_str_eq(words,
                     "Sustained rise against the child's own baseline: since 14 March 2023, and it goes on");
    c.rises.spells = &spells[2];
    c.rises.spell_count = 1;
    tdm__rise_words(words, &c);
    ck_assert_ptr_nonnull(strstr(words, "Possibly a sustained rise"));
    c.rises = (tdm__verdict){TDM_NOT_ASSESSED, NULL, 0};
    tdm__rise_words(words, &c);
    ck_assert_ptr_nonnull(strstr(words, "not assessed"));
    c.rises.answer = TDM_NOT_MET;
    tdm__rise_words(words, &c);
    ck_assert_ptr_nonnull(strstr(words, "a high baseline would hide one"));
}
END_TEST

/* One incident told twice and one in February 2024; the others have no date, or come later. */
START_TEST(the_text_has_two_lines)
{
    tdm__report_options options = {.width = 400};
    tdm__text text = report_written(tdm__report_text, &fixture->run, &options);
    tdm_str written = tdm__text_str(&text);
    ck_assert_int_eq(
        report_count(written, "Incidents of concern so far: 2. With fading (half life 180 days): "), 1);
    ck_assert_int_eq(report_count(written, "The record is shorter than a year."), 1);
    ck_assert_int_eq(report_count(written, "own baseline: not assessed"), 1);
    ck_assert_int_eq(report_count(written, tdm__cumulative_caution), 1);
    tdm__text_free(&text);
}
END_TEST

START_TEST(the_page_has_a_figure_a_table_and_what_they_mean)
{
    tdm__text text = report_written(tdm__report_html, &fixture->run, NULL);
    tdm_str written = tdm__text_str(&text);
    ck_assert_int_eq(report_count(written, "<title id=\"t-sum-"),
                     TDM__SHAPES); /* of the child with dated rows */
    ck_assert_int_eq(report_count(written, "<pattern id=\"sum-narrow-1-l\""), 1);
    ck_assert_int_eq(report_count(written, "Incidents of concern so far: 2;"), TDM__SHAPES);
    ck_assert_int_eq(report_count(written, "and may have been about any: 2."), 1);
    ck_assert_int_eq(report_count(written, "not assessed: too short a record"), TDM__SHAPES);
    ck_assert_int_eq(report_count(written, "<h2 id=\"cumulative\">"), 1);
    ck_assert_int_eq(report_count(written, tdm__cumulative_caution),
                     2); /* of the child, and among what is meant */
    ck_assert_int_eq(report_count(written, "<tr><th scope=\"row\">2023</th><td class=\"number\">1</td>"), 1);
    ck_assert_int_eq(report_count(written, "1 entry of concern without a date is in none of these numbers."),
                     1);
    tdm__text_free(&text);
}
END_TEST

static const tdm__json_value *member(const tdm__json_value *of, const char *name)
{
    const tdm__json_value *value = tdm__json_member(of, name);
    ck_assert_msg(value != NULL, "%s", name);
    return value;
}

static const tdm__json_value *item(const tdm__json_value *list, size_t index)
{
    const tdm__json_value *at = tdm__json_first(list);
    for (; index > 0; index--)
        at = tdm__json_next(at);
    return at;
}

static tdm__json *parsed(const tdm__report_options *options)
{
    tdm__json *document = NULL;
    tdm__text text = report_written(tdm__report_json, &fixture->run, options);
    ck_assert_int_eq(
        tdm__json_parse(&document, &tdm__malloc_allocator, tdm__text_str(&text), TDM_LIT("report"), NULL),
        TDM_OK);
    tdm__text_free(&text);
    return document;
}

START_TEST(json_has_it_on_request)
{
    tdm__json *document = parsed(&(tdm__report_options){.cumulative = true});
    const tdm__json_value *root = tdm__json_root(document);
    int64_t number;
    ck_assert(tdm__json_int64(&number, member(member(root, "cumulative"), "half_life_days")));
    ck_assert_int_eq(number, 180);
    ck_assert_uint_eq(tdm__json_count(member(member(root, "cumulative"), "definitions")), 6);
    const tdm__json_value *child = item(member(root, "children"), 0);
    const tdm__json_value *lines = member(member(child, "cumulative"), "lines");
    ck_assert_uint_eq(tdm__json_count(lines), TDM__CUMULATIVE_LINES);
    const tdm__json_value *periods = member(item(lines, 0), "periods");
    const tdm__json_value *last = item(periods, tdm__json_count(periods) - 1);
    ck_assert(tdm__json_int64(&number, member(member(last, "load_milli"), "certain")));
    ck_assert_int_eq(number, 2000);
    ck_assert(tdm__json_int64(&number, member(member(child, "cumulative"), "undated")));
    ck_assert_int_eq(number, 1);
    child = item(member(root, "children"), 1); /* nothing dated */
    ck_assert_uint_eq(tdm__json_count(member(member(child, "cumulative"), "lines")), 0);
    tdm__json_free(document);
    document = parsed(NULL);
    ck_assert_ptr_null(tdm__json_member(tdm__json_root(document), "cumulative"));
    tdm__json_free(document);
}
END_TEST

Suite *cumulative_suite(void)
{
    Suite *suite = suite_create("cumulative");
    TCase *tests = tcase_create("cumulative");
    tcase_add_checked_fixture(tests, set_up, tear_down);
    tcase_add_loop_test(tests, loads_in_words, 0, (int)(sizeof bounds / sizeof *bounds));
    tcase_add_loop_test(tests, numbers_of_the_rule_in_words, 0, (int)(sizeof decimals / sizeof *decimals));
    tcase_add_test(tests, which_rise_is_told);
    tcase_add_test(tests, the_text_has_two_lines);
    tcase_add_test(tests, the_page_has_a_figure_a_table_and_what_they_mean);
    tcase_add_test(tests, json_has_it_on_request);
    suite_add_tcase(suite, tests);
    return suite;
}

/*
 * The page of a scorecard and its charts: well-formed, closed in itself, whole; scales and places worked out
 * by hand.
 */
#include <math.h>
#include <string.h>

#include "report/chart.h"
#include "report/markup.h"
#include "report/scorecard_world.h"
#include "report/suites.h"

static scorecard_world *world;

static tdm__text page_of(bool parted)
{
    world = scorecard_world_new(parted);
    return scorecard_written(tdm__report_scorecard_html, &world->card);
}

static void end(tdm__text *text)
{
    tdm__text_free(text);
    scorecard_world_free(world);
}

START_TEST(it_is_well_formed_and_leads_nowhere_else)
{
    tdm__text text = page_of(_i == 1);
    markup_check(tdm__text_str(&text));
    ck_assert_int_eq(report_count(tdm__text_str(&text), "http"),
                     report_count(tdm__text_str(&text), "xmlns=\"http://www.w3.org/2000/svg\"") + 1);
    end(&text);
}
END_TEST

/* Each chart twice: lines over time of three measures, bars of two, a curve, a funnel; parted, bars of the
 * groups of three too. */
START_TEST(every_chart_is_there)
{
    tdm__text text = page_of(_i == 1);
    ck_assert_int_eq(report_count(tdm__text_str(&text), "<svg "), _i == 1 ? 20 : 14);
    ck_assert_int_eq(report_count(tdm__text_str(&text), "role=\"group\" aria-labelledby"), _i == 1 ? 20 : 14);
    ck_assert_int_eq(report_count(tdm__text_str(&text), ">change 1</text>"), 1);
    end(&text);
}
END_TEST

/* Every measure's number leads to its definition, here and at a glance. */
START_TEST(each_number_leads_to_its_definition)
{
    tdm__text text = page_of(false);
    for (int m = 0; m < WORLD_MEASURES; m++) {
        tdm__text link;
        tdm__text_init(&link, &tdm__malloc_allocator);
        tdm__text_printf(&link, "<a href=\"#definition-%.*s\">", TDM_STR_ARGS(world->files[m].id));
        int least = m == WORLD_VISITS ? 2 : 3; /* without a table there is no caption that leads there */
        ck_assert_msg(report_count(tdm__text_str(&text), link.data) >= least, "%s", link.data);
        tdm__text_free(&link);
    }
    end(&text);
}
END_TEST

static const struct {
    const char *part;
    int alone, parted; /* how often; -1: some */
} holds[] = {
    {"<html lang=\"en-GB\">", 1, 1},
    {"<h1>Scorecard, 1 April 2022 to 31 March 2024</h1>", 1, 1},
    {"They judge no child, no family and no worker", 1, 1},
    {"without a commentary:</strong> <a href=\"#measure-contacts\">Contacts</a> (1)</p>", 1, 1},
    {"moved beyond its limits, and nothing is said of it.", 1, 1},
    {"<div class=\"ruled\">", 7, 7}, /* of nine measures, one is not assessed and one has its commentary */
    {"Two teams began to record in another way.", 1, 1},
    {"<td class=\"number\"><span>12,345</span></td>", 1, 3},
    {"Change 1</strong> of the definition, 1 April 2022: contacts of &lt;one&gt; household count once", 1, 1},
    {"<strong>A</strong> signal: a point beyond a limit", 1, 1},
    {"<strong>B</strong> signal: eight points in a row on one side of the centre", 1, 1},
    {"The axis does not start at 0.", 2, 2},
    {"<span>29.3 %</span> <span>(19.4 to 42.9)</span>", 1, 6},
    {"&lt;Amber&gt; &amp; Vale: 20.0 %, 300 of 1,500, within the limits", 2, 2},
    {"<tr><th scope=\"row\">within</th><td>12 months</td><td>length of the window</td><td "
     "class=\"place\">policy/default.json:12</td></tr>",
     1, 1},
    {"<dd>national definition</dd>", 9, 9},
    {"local choice", 0, 0}, /* its time is over */
    {"--list contacts", 1, 1},
    {"tidemark scorecard --list visits", 0, 0}, /* there is nothing behind it */
    {"<dt>Rounding</dt>", 8, 8},
    {"No source holds visits.", -1, -1},
    {"<span>not assessed</span> <span>(not-covered)</span>", 0, 1},
    {"(cut short)", 0, -1},
    {"Area not recorded", 0, 0},
    {"risk", 0, 0},
};

START_TEST(it_is_whole)
{
    for (int parted = 0; parted < 2; parted++) {
        tdm__text text = page_of(parted == 1);
        int expected = parted ? holds[_i].parted : holds[_i].alone;
        int count = report_count(tdm__text_str(&text), holds[_i].part);
        ck_assert_msg(expected < 0 ? count > 0 : count == expected, "%s: %d", holds[_i].part, count);
        end(&text);
    }
}
END_TEST

/* --- charts --- */

START_TEST(a_scale_has_round_ends)
{
    static const struct {
        double low, high;
        bool from_zero;
        double first, last, step;
    } cases[] = {
        {745, 1180, false, 700, 1200, 100}, /* 435 in steps of 100 */
        {20.5, 25.7, false, 20, 26, 1},
        {0, 97.5, true, 0, 100, 20},
        {3, 9, false, 0, 10, 2},  /* below half of the highest: from 0 */
        {5, 5, false, 5, 6, 0.2}, /* one value */
        {0, 0.4, true, 0, 0.4, 0.1},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        tdm__chart_scale scale = tdm__chart_scale_of(cases[i].low, cases[i].high, cases[i].from_zero);
        ck_assert_double_eq_tol(scale.low, cases[i].first, 1e-9);
        ck_assert_double_eq_tol(scale.high, cases[i].last, 1e-9);
        ck_assert_double_eq_tol(scale.step, cases[i].step, 1e-9);
    }
}
END_TEST

START_TEST(a_value_has_its_place)
{
    tdm__chart_plot plot = {.top = 100, .height = 1000, .scale = {0, 50, 10}};
    ck_assert_int_eq(tdm__chart_y(&plot, 0), 1100);
    ck_assert_int_eq(tdm__chart_y(&plot, 25), 600);
    ck_assert_int_eq(tdm__chart_y(&plot, 50), 100);
    ck_assert_int_eq(tdm__chart_y(&plot, 80), 100); /* held inside */
    ck_assert_int_eq(tdm__chart_y(&plot, -3), 1100);
}
END_TEST

START_TEST(denominators_of_a_funnel_go_by_the_logarithm)
{
    ck_assert_int_eq(tdm__funnel_denominator(10, 1000, 0, 3), 10);
    ck_assert_int_eq(tdm__funnel_denominator(10, 1000, 1, 3), 100);
    ck_assert_int_eq(tdm__funnel_denominator(10, 1000, 2, 3), 1000);
}
END_TEST

static tdm__text line_chart(const tdm__line_point *points, size_t count, const char *unit)
{
    tdm__text text;
    tdm__output out;
    tdm__text_init(&text, &tdm__malloc_allocator);
    tdm__output_init(&out, &tdm__malloc_allocator, report_text_sink(&text));
    tdm__line_chart chart = {
        .head = {"x", TDM_LIT("T"), TDM_LIT("D"), unit}, .points = points, .count = count};
    tdm__chart_line(&out, &chart);
    ck_assert_int_eq(tdm__output_end(&out, NULL), TDM_OK);
    return text;
}

/* Of four points the third is not given: one piece of line. Of four given ones with a change: two pieces. */
START_TEST(a_line_has_gaps)
{
    tdm__line_point points[4];
    for (int i = 0; i < 4; i++)
        points[i] = (tdm__line_point){TDM_LIT("Q"), TDM_LIT("quarter"), true, 10.0 + i, TDM_LIT(""), 0, 0};
    points[2].given = false;
    points[2].value = 99; /* of one that is not given: nowhere */
    tdm__text text = line_chart(points, 4, "");
    ck_assert_int_eq(report_count(tdm__text_str(&text), "<circle "), 2 * 3);
    ck_assert_int_eq(report_count(tdm__text_str(&text), ": not given</title>"), 2);
    ck_assert_int_eq(report_count(tdm__text_str(&text), ": 99<"), 0);
    markup_check(tdm__text_str(&text));
    const char *line = strstr(text.data, "stroke-width=\"2.2\" d=\"");
    ck_assert_ptr_nonnull(line);
    ck_assert_int_eq(report_count((tdm_str){line, strcspn(line, "/")}, "L"), 1);
    tdm__text_free(&text);
    points[2].given = true;
    points[2].value = 12;
    points[1].change = 1;
    text = line_chart(points, 4, "");
    line = strstr(text.data, "stroke-width=\"2.2\" d=\"");
    ck_assert_int_eq(report_count((tdm_str){line, strcspn(line, "/")}, "L"), 2);
    tdm__text_free(&text);
}
END_TEST

/* Of shares that are all 100 the axis has 0 to 100: each stands on its upper end, 330 tenths below the
 * picture's. */
START_TEST(shares_that_are_all_have_an_axis)
{
    tdm__line_point points[3];
    for (int i = 0; i < 3; i++)
        points[i] = (tdm__line_point){TDM_LIT("Q"), TDM_LIT("quarter"), true, 100, TDM_LIT(""), 0, 0};
    tdm__text text = line_chart(points, 3, " %");
    ck_assert_int_eq(report_count(tdm__text_str(&text), " cy=\"33\""), 2 * 3);
    ck_assert_int_ge(report_count(tdm__text_str(&text), ">0 %</text>"), 2);
    markup_check(tdm__text_str(&text));
    tdm__text_free(&text);
}
END_TEST

Suite *scorecard_page_suite(void)
{
    Suite *suite = suite_create("page of a scorecard");
    TCase *tests = tcase_create("page");
    tcase_add_loop_test(tests, it_is_well_formed_and_leads_nowhere_else, 0, 2);
    tcase_add_loop_test(tests, every_chart_is_there, 0, 2);
    tcase_add_test(tests, each_number_leads_to_its_definition);
    tcase_add_loop_test(tests, it_is_whole, 0, (int)(sizeof holds / sizeof *holds));
    tcase_add_test(tests, a_scale_has_round_ends);
    tcase_add_test(tests, a_value_has_its_place);
    tcase_add_test(tests, denominators_of_a_funnel_go_by_the_logarithm);
    tcase_add_test(tests, a_line_has_gaps);
    tcase_add_test(tests, shares_that_are_all_have_an_axis);
    suite_add_tcase(suite, tests);
    return suite;
}

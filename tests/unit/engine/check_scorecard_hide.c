/*
 * What a scorecard does not show, from what was measured to the figures: suppress.h has tests of its own,
 * here is what counts as a cell and what adds up.
 */
#include "engine/card.h"

#include <string.h>

static void open_groups_of(card *c, const world_case *what, const char *by_period)
{
    static const char *const names[] = {"A", "B", "C"};
    card_prepare(c, what);
    c->options.by = TDM__BY_TEAM;
    c->options.by_period = tdm__str(by_period);
    c->options.threshold = 6;
    for (size_t i = 0; i < 3; i++)
        c->names[i] = tdm__str(names[i]);
    c->groups.count = 3;
}

static void open_groups(card *c, const char *by_period)
{
    open_groups_of(c, NULL, by_period);
}

/* One group, everything under 6 hidden. */
static void begin(card *c)
{
    card_prepare(c, NULL);
    c->options.threshold = 6;
    ck_assert_int_eq(card_begin(c, NULL), TDM_OK);
}

static void expect(const card *c, size_t period, const int64_t numerators[4], const char *statuses)
{
    static const char codes[] = {[TDM__FIGURE_GIVEN] = 'g',
                                 [TDM__FIGURE_NONE] = 'n',
                                 [TDM__FIGURE_SMALL] = 's',
                                 [TDM__FIGURE_BESIDE_SMALL] = 'b',
                                 [TDM__FIGURE_NOT_ASSESSED] = '-'};
    for (size_t g = 0; g < 4; g++) {
        const tdm__card_figure *figure = card_figure(c, period, g, -1);
        ck_assert_msg(codes[figure->status] == statuses[g], "period %zu, group %zu: %c", period, g,
                      codes[figure->status]);
        ck_assert_int_eq(figure->numerator, numerators[g]);
    }
}

#define HIDDEN TDM__NOT_SHOWN

START_TEST(a_small_number_takes_another_with_it)
{
    card c;
    open_groups(&c, "");
    ck_assert_int_eq(card_begin(&c, NULL), TDM_OK);
    card_answer_counts(&c, 0, (const int64_t[]){10, 3, 20}, 3);
    ck_assert_int_eq(card_finish(&c), TDM_OK);
    expect(&c, 0, (const int64_t[]){33, HIDDEN, HIDDEN, 20}, "gbsg");
    card_close(&c);
}
END_TEST

START_TEST(nothing_is_hidden_without_a_threshold_nor_are_zeros)
{
    for (int32_t threshold = 0; threshold <= 6; threshold += 6) {
        card c;
        open_groups(&c, "");
        c.options.threshold = threshold;
        int64_t small = threshold == 0 ? 3 : 0;
        ck_assert_int_eq(card_begin(&c, NULL), TDM_OK);
        card_answer_counts(&c, 0, (const int64_t[]){10, small, 20}, 3);
        ck_assert_int_eq(card_finish(&c), TDM_OK);
        expect(&c, 0, (const int64_t[]){30 + small, 10, small, 20}, "gggg");
        card_close(&c);
    }
}
END_TEST

/* 48 of 50: the two others could be worked out. The denominator may stand. */
START_TEST(a_share_that_leaves_a_few_is_hidden)
{
    card c;
    begin(&c);
    card_answer(&c, 0, TDM__MEASURED_SHARE, &(card_group){.numerator = 48, .denominator = 50, .in_doubt = 2},
                1, NULL, 0);
    ck_assert_int_eq(card_finish(&c), TDM_OK);
    const tdm__card_figure *figure = card_figure(&c, 0, 0, -1);
    ck_assert_int_eq(figure->status, TDM__FIGURE_BESIDE_SMALL);
    ck_assert_int_eq(figure->numerator, HIDDEN);
    ck_assert_int_eq(figure->denominator, 50);
    ck_assert_int_eq(figure->percent_tenths, -1);
    ck_assert_int_eq(figure->left_out[TDM__UNCOUNTED_DATE_IN_DOUBT], HIDDEN);
    ck_assert_int_eq(figure->left_out[TDM__UNCOUNTED_NO_DATE], 0);
    card_close(&c);
}
END_TEST

/* All 50 of 50 leave nobody. */
START_TEST(a_whole_share_is_shown)
{
    card c;
    begin(&c);
    card_answer_share(&c, 0, 50, 50);
    ck_assert_int_eq(card_finish(&c), TDM_OK);
    ck_assert_int_eq(card_figure(&c, 0, 0, -1)->percent_tenths, 1000);
    card_close(&c);
}
END_TEST

/* A whole of two years and the years, each of three groups. */
static const struct {
    int64_t counts[3][3], shown[3][4];
    const char *statuses[3];
} two_years[] = {
    /* A's 3 in the first year takes B's 9 with it, the smallest beside it; both could be worked out from what
     * the whole and the second year show, so that year loses the same two. */
    {{{13, 20, 30}, {3, 9, 14}, {10, 11, 16}},
     {{63, 13, 20, 30}, {26, HIDDEN, HIDDEN, 14}, {37, HIDDEN, HIDDEN, 16}},
     {"gggg", "gsbg", "gbbg"}},
    /* What is counted on the last day says the same of the whole and of its last year: so do the marks. */
    {{{3, 9, 8}, {8, 7, 9}, {3, 9, 8}},
     {{20, HIDDEN, 9, HIDDEN}, {24, 8, 7, 9}, {20, HIDDEN, 9, HIDDEN}},
     {"gsgb", "gggg", "gsgb"}},
};

START_TEST(periods_give_nothing_of_each_other_away)
{
    card c;
    open_groups(&c, "year");
    c.options.to = c.options.as_of = world_day("2025-03-31");
    ck_assert_int_eq(card_begin(&c, NULL), TDM_OK);
    for (size_t p = 0; p < 3; p++)
        card_answer_counts(&c, p, two_years[_i].counts[p], 3);
    ck_assert_int_eq(card_finish(&c), TDM_OK);
    for (size_t p = 0; p < 3; p++)
        expect(&c, p, two_years[_i].shown[p], two_years[_i].statuses[p]);
    card_close(&c);
}
END_TEST

START_TEST(lines_are_hidden_with_another)
{
    card c;
    begin(&c);
    card_answer(&c, 0, TDM__MEASURED_BREAKDOWN, &(card_group){.denominator = 40, .lines = {20, 2, 0, 18}}, 1,
                (const char *const[]){"gp", "police", "school", "not-recorded"}, 4);
    ck_assert_int_eq(card_finish(&c), TDM_OK);
    static const int64_t numbers[] = {20, HIDDEN, 0, HIDDEN};
    for (int l = 0; l < 4; l++) {
        ck_assert_int_eq(card_figure(&c, 0, 0, l)->numerator, numbers[l]);
        ck_assert_int_eq(card_figure(&c, 0, 0, l)->denominator, 40);
        ck_assert_int_eq(card_figure(&c, 0, 0, l)->percent_tenths, l == 0 ? 500 : l == 2 ? 0 : -1);
    }
    ck_assert_int_eq(card_figure(&c, 0, 0, -1)->numerator, 40);
    card_close(&c);
}
END_TEST

/* Within 5 days are those of the first two bins: 30 of 38 leave 8, yet the bin of 2 could be worked out from
 * the 30 and the 28 of the other. */
START_TEST(the_limit_and_its_bins_are_one_sum)
{
    card c;
    begin(&c);
    card_answer(&c, 0, TDM__MEASURED_TIMES,
                &(card_group){.numerator = 30, .denominator = 38, .lines = {28, 2, 8}}, 1,
                (const char *const[]){"0-2", "3-5", "6-more"}, 3);
    c.work.answers[0].measured.within = 5;
    ck_assert_int_eq(card_finish(&c), TDM_OK);
    ck_assert_int_eq(card_figure(&c, 0, 0, 1)->status, TDM__FIGURE_SMALL);
    bool limit = card_figure(&c, 0, 0, -1)->numerator >= 0, first = card_figure(&c, 0, 0, 0)->numerator >= 0,
         last = card_figure(&c, 0, 0, 2)->numerator >= 0;
    ck_assert(!(limit && first)); /* 30 - 28 */
    ck_assert(!(first && last));  /* 38 - 28 - 8 */
    card_close(&c);
}
END_TEST

static const world_source declared = {
    .agency = "police", .covers_from = "2023-04-01", .covers_to = "2024-03-31"};

/* Without a return that declares any nothing is known of it. */
START_TEST(days_of_coverage_are_not_hidden)
{
    for (int declares = 0; declares < 2; declares++) {
        card c;
        card_prepare(&c, declares ? &(world_case){.sources = &declared, .source_count = 1} : NULL);
        c.options.threshold = 6;
        ck_assert_int_eq(card_begin(&c, NULL), TDM_OK);
        card_answer(&c, 0, TDM__MEASURED_BREAKDOWN, &(card_group){.denominator = 366, .lines = {3, 366}}, 1,
                    (const char *const[]){"police", "school"}, 2);
        c.work.answers[0].measured.of_time = true;
        ck_assert_int_eq(card_finish(&c), TDM_OK);
        if (declares) {
            ck_assert_int_eq(card_figure(&c, 0, 0, 0)->numerator, 3);
            ck_assert_int_eq(card_figure(&c, 0, 0, 1)->percent_tenths, 1000);
        } else {
            ck_assert_str_eq(c.out.reason, "not-covered");
            ck_assert_int_eq(card_figure(&c, 0, 0, -1)->status, TDM__FIGURE_NOT_ASSESSED);
        }
        card_close(&c);
    }
}
END_TEST

/* The days of the period are those of every group, so they do not add up. */
START_TEST(coverage_of_all_has_the_days_of_the_period)
{
    card c;
    open_groups_of(&c, &(world_case){.sources = &declared, .source_count = 1}, "");
    ck_assert_int_eq(card_begin(&c, NULL), TDM_OK);
    card_answer(&c, 0, TDM__MEASURED_BREAKDOWN,
                (card_group[]){{.denominator = 366, .lines = {3, 0}},
                               {.denominator = 366, .lines = {0, 366}},
                               {.denominator = 366, .lines = {0, 0}}},
                3, (const char *const[]){"police", "school"}, 2);
    c.work.answers[0].measured.of_time = true;
    ck_assert_int_eq(card_finish(&c), TDM_OK);
    ck_assert_int_eq(card_figure(&c, 0, 0, -1)->numerator, 366);
    ck_assert_int_eq(card_figure(&c, 0, 0, 1)->percent_tenths, 1000);
    ck_assert_int_eq(card_figure(&c, 0, 2, 1)->numerator, 366);
    card_close(&c);
}
END_TEST

/* Four quarters make up the year: 24 = 3 + 7 + 6 + 8. The 3 takes the 6 with it. */
START_TEST(quarters_of_a_trend_are_cells_too)
{
    static const int64_t numbers[] = {3, 7, 6, 8};
    card c;
    card_prepare(&c, NULL);
    c.options.threshold = 6;
    c.options.trend_quarters = 4;
    c.measure.chart = TDM__CHART_XMR;
    ck_assert_int_eq(card_begin(&c, NULL), TDM_OK);
    card_answer_counts(&c, 0, (const int64_t[]){24}, 1);
    for (size_t q = 0; q < 4; q++)
        card_answer(&c, 1 + q, TDM__MEASURED_COUNT, &(card_group){.numerator = numbers[q], .denominator = -1},
                    1, NULL, 0);
    ck_assert_int_eq(card_finish(&c), TDM_OK);
    ck_assert_uint_eq(c.out.trend.point_count, 4);
    for (size_t q = 0; q < 4; q++) {
        bool shown = q == 1 || q == 3;
        ck_assert_int_eq(c.out.trend.points[q].given, shown);
        ck_assert_int_eq(c.out.trend.points[q].numerator, shown ? numbers[q] : -1);
    }
    ck_assert_int_eq(card_figure(&c, 0, 0, -1)->numerator, 24);
    card_close(&c);
}
END_TEST

START_TEST(lengths_of_a_few_are_hidden)
{
    card c;
    begin(&c);
    card_answer(&c, 0, TDM__MEASURED_TIMES,
                &(card_group){.numerator = -1, .denominator = 4, .lengths = {1, 2, 3, 4}, .length_count = 4},
                1, NULL, 0);
    ck_assert_int_eq(card_finish(&c), TDM_OK);
    ck_assert(!c.out.times[0].shown);
    ck_assert_int_eq(c.out.times[0].mean_tenths, -1);
    ck_assert_int_eq(c.out.times[0].count, HIDDEN);
    ck_assert_int_eq(card_figure(&c, 0, 0, -1)->status, TDM__FIGURE_SMALL);
    card_close(&c);
}
END_TEST

/* Steps of a survival curve under a threshold of 3. */
static const struct {
    int32_t lengths[16];
    size_t count;
    struct {
        int32_t length;
        int64_t at_risk, ended, waiting;
    } steps[4];
    size_t step_count;
    bool at_10, at_20, at_30;
} curves[] = {
    /* 20 and 30 go together: a share on day 20 would tell of the one. */
    {{10, 10, 10, 20, 30, 30, -40, -40, -40},
     9,
     {{10, 9, 3, 0}, {30, 6, 3, 0}, {40, 3, 0, 3}},
     3,
     true,
     false,
     true},
    /* What is left over at the end goes with what stands before it. */
    {{10, 10, 10, 20, -25, -25, -25, -25}, 8, {{25, 8, 4, 4}}, 1, false, false, false},
    {{10, 10, 10, 10, 20, 20, 20, 30}, 8, {{10, 8, 4, 0}, {30, 4, 4, 0}}, 2, true, false, true},
};

START_TEST(steps_of_a_few_are_put_together)
{
    static const tdm_span at[] = {{TDM_SPAN_DAYS, 10}, {TDM_SPAN_DAYS, 20}, {TDM_SPAN_DAYS, 30}};
    card c;
    card_group group = {.numerator = 0, .denominator = (int64_t)curves[_i].count};
    card_prepare(&c, NULL);
    c.options.threshold = 3;
    ck_assert_int_eq(card_begin(&c, NULL), TDM_OK);
    group.length_count = curves[_i].count;
    for (size_t i = 0; i < curves[_i].count; i++) {
        group.lengths[i] = curves[_i].lengths[i];
        group.numerator += curves[_i].lengths[i] > 0;
    }
    card_answer(&c, 0, TDM__MEASURED_SURVIVAL, &group, 1, NULL, 0);
    c.work.answers[0].measured.at = at;
    c.work.answers[0].measured.at_count = 3;
    ck_assert_int_eq(card_finish(&c), TDM_OK);
    const tdm__card_times *times = &c.out.times[0];
    ck_assert(times->shown);
    ck_assert_uint_eq(times->step_count, curves[_i].step_count);
    for (size_t i = 0; i < times->step_count; i++) {
        ck_assert_int_eq(times->steps[i].length, curves[_i].steps[i].length);
        ck_assert_int_eq(times->steps[i].at_risk, curves[_i].steps[i].at_risk);
        ck_assert_int_eq(times->steps[i].ended, curves[_i].steps[i].ended);
        ck_assert_int_eq(times->steps[i].waiting, curves[_i].steps[i].waiting);
    }
    ck_assert_int_eq(times->at[0].given, curves[_i].at_10);
    ck_assert_int_eq(times->at[1].given, curves[_i].at_20);
    ck_assert_int_eq(times->at[2].given, curves[_i].at_30);
    card_close(&c);
}
END_TEST

Suite *scorecard_hide_suite(void)
{
    Suite *suite = suite_create("scorecard_hide");
    TCase *tests = tcase_create("hide");
    tcase_add_test(tests, a_small_number_takes_another_with_it);
    tcase_add_test(tests, nothing_is_hidden_without_a_threshold_nor_are_zeros);
    tcase_add_test(tests, a_share_that_leaves_a_few_is_hidden);
    tcase_add_test(tests, a_whole_share_is_shown);
    tcase_add_loop_test(tests, periods_give_nothing_of_each_other_away, 0, (int)ROWS(two_years));
    tcase_add_test(tests, lines_are_hidden_with_another);
    tcase_add_test(tests, the_limit_and_its_bins_are_one_sum);
    tcase_add_test(tests, days_of_coverage_are_not_hidden);
    tcase_add_test(tests, coverage_of_all_has_the_days_of_the_period);
    tcase_add_test(tests, quarters_of_a_trend_are_cells_too);
    tcase_add_test(tests, lengths_of_a_few_are_hidden);
    tcase_add_loop_test(tests, steps_of_a_few_are_put_together, 0, (int)ROWS(curves));
    suite_add_tcase(suite, tests);
    return suite;
}

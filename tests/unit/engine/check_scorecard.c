/*
 * Periods, groups, figures and lengths of a scorecard from what was measured, by hand.
 */
#include "engine/card.h"

#include <math.h>
#include <string.h>

START_TEST(periods_are_counted_from_the_first_day)
{
    static const struct {
        const char *from, *to, *by;
        size_t count;
        const char *last;
        bool cut;
    } rows[] = {
        {"2023-04-01", "2024-03-31", "", 1, "2023-04-01 to 2024-03-31", false},
        {"2022-04-01", "2024-03-31", "year", 3, "2023-04-01 to 2024-03-31", false},
        {"2022-04-01", "2024-04-01", "year", 4, "2024-04-01 to 2024-04-01", true},
        {"2023-04-01", "2024-03-31", "quarter", 5, "2024-01-01 to 2024-03-31", false},
        /* Months from the 31st end on the day before the 31st, or before the month's last day. */
        {"2023-08-31", "2024-05-30", "quarter", 4, "2024-02-29 to 2024-05-30", false},
        {"2023-08-31", "2024-02-28", "quarter", 3, "2023-11-30 to 2024-02-28", false},
    };
    for (size_t i = 0; i < ROWS(rows); i++) {
        card c;
        card_prepare(&c, NULL);
        c.options.from = world_day(rows[i].from);
        c.options.to = world_day(rows[i].to);
        c.options.by_period = tdm__str(rows[i].by);
        ck_assert_int_eq(card_begin(&c, NULL), TDM_OK);
        const tdm_scorecard *made = c.making.card;
        ck_assert_uint_eq(made->period_count, rows[i].count);
        card_same(made->periods[made->period_count - 1].name, rows[i].last);
        ck_assert_int_eq(made->periods[made->period_count - 1].cut, rows[i].cut);
        ck_assert(!made->periods[0].cut);
        card_close(&c);
    }
}
END_TEST

START_TEST(quarters_of_the_trend_go_back_from_the_last_day)
{
    card c;
    card_prepare(&c, NULL);
    c.options.trend_quarters = 3;
    c.options.to = c.options.as_of = world_day("2024-02-29");
    ck_assert_int_eq(card_begin(&c, NULL), TDM_OK);
    ck_assert_uint_eq(c.making.quarter_count, 3);
    card_same(c.making.quarters[2].name, "2023-12-01 to 2024-02-29");
    card_same(c.making.quarters[1].name, "2023-09-01 to 2023-11-30");
    card_same(c.making.quarters[0].name, "2023-06-01 to 2023-08-31");
    card_close(&c);
}
END_TEST

START_TEST(a_period_that_cannot_be_is_refused)
{
    static const struct {
        const char *from, *to, *by;
        int32_t trend;
        const char *words;
    } rows[] = {
        {"2024-03-31", "2024-03-30", "", 0, "ends before it starts"},
        {"2023-04-01", "2024-03-31", "month", 0, "years or quarters"},
        {"1023-04-01", "2024-03-31", "quarter", 0, "more than 400"},
        {"2023-04-01", "2024-03-31", "", 401, "0 to 400"},
        {"2023-04-01", "2024-03-31", "", -1, "0 to 400"},
    };
    for (size_t i = 0; i < ROWS(rows); i++) {
        card c;
        card_prepare(&c, NULL);
        c.options.from = world_day(rows[i].from);
        c.options.to = world_day(rows[i].to);
        c.options.by_period = tdm__str(rows[i].by);
        c.options.trend_quarters = rows[i].trend;
        ck_assert_int_eq(card_begin(&c, NULL), TDM_INVALID_ARG);
        ck_assert_msg(strstr(c.w.error.message, rows[i].words) != NULL, "%s", c.w.error.message);
        card_close(&c);
    }
}
END_TEST

/* Areas of the list in its order, the one without an area last; what is named elsewhere is no group. */
START_TEST(areas_are_those_of_the_list)
{
    static const tdm__area areas[] = {{{"E1", 2}, {"North", 5}, 100}, {{"E2", 2}, {"", 0}, 300}};
    card c;
    card_prepare(&c, NULL);
    c.options.by = TDM__BY_AREA;
    c.options.areas = areas;
    c.options.area_count = 2;
    c.names[0] = TDM_LIT("E2");
    c.names[1] = TDM_LIT("X9");
    c.names[2] = TDM_LIT("");
    c.groups.count = 3;
    c.measure.per = 10000;
    ck_assert_int_eq(card_begin(&c, NULL), TDM_OK);
    const tdm_scorecard *made = c.making.card;
    ck_assert_uint_eq(made->group_count, 4);
    card_same(made->groups[1].name, "North");
    card_same(made->groups[2].name, "E2");
    card_same(made->groups[3].code, "");
    card_same(made->groups[3].name, "not recorded");
    ck_assert_int_eq(made->groups[0].population, 400);
    card_answer(&c, 0, TDM__MEASURED_COUNT,
                (card_group[]){{.numerator = 7, .denominator = -1},
                               {.numerator = 0, .denominator = -1, .in_doubt = 2},
                               {.numerator = 4, .denominator = -1}},
                3, NULL, 0);
    ck_assert_int_eq(card_finish(&c), TDM_OK);
    ck_assert_int_eq(card_figure(&c, 0, 0, -1)->numerator, 11);
    ck_assert_int_eq(card_figure(&c, 0, 0, -1)->left_out[TDM__UNCOUNTED_DATE_IN_DOUBT], 2);
    ck_assert_int_eq(card_figure(&c, 0, 0, -1)->rate_tenths, 2750); /* 11 of 400 */
    ck_assert_int_eq(card_figure(&c, 0, 1, -1)->numerator, 0);
    ck_assert_int_eq(card_figure(&c, 0, 1, -1)->rate_tenths, 0);
    ck_assert_int_eq(card_figure(&c, 0, 2, -1)->numerator, 7);
    ck_assert_int_eq(card_figure(&c, 0, 2, -1)->rate_tenths, 2333); /* 7 of 300: 233.33 */
    ck_assert_int_eq(card_figure(&c, 0, 3, -1)->rate_tenths, -1);
    ck_assert_int_eq(card_figure(&c, 0, 3, -1)->denominator, -1);
    card_close(&c);
}
END_TEST

START_TEST(an_agency_has_its_title)
{
    card c;
    card_prepare(&c, NULL);
    c.options.by = TDM__BY_AGENCY;
    c.names[0] = TDM_LIT("early-help");
    c.names[1] = TDM_LIT("unheard-of");
    c.groups.count = 2;
    ck_assert_int_eq(card_begin(&c, NULL), TDM_OK);
    card_same(c.making.card->groups[1].name, "Early help");
    card_same(c.making.card->groups[2].name, "unheard-of");
    ck_assert_int_eq(c.making.card->groups[0].population, -1);
    card_close(&c);
}
END_TEST

START_TEST(shares_are_rounded_half_up_and_nothing_of_nothing_is_none)
{
    card c;
    card_prepare(&c, NULL);
    c.options.by = TDM__BY_TEAM;
    c.names[0] = TDM_LIT("A");
    c.names[1] = TDM_LIT("B");
    c.groups.count = 2;
    ck_assert_int_eq(card_begin(&c, NULL), TDM_OK);
    card_answer(&c, 0, TDM__MEASURED_SHARE,
                (card_group[]){{.numerator = 1, .denominator = 16}, {.numerator = 0, .denominator = 0}}, 2,
                NULL, 0);
    ck_assert_int_eq(card_finish(&c), TDM_OK);
    ck_assert_int_eq(card_figure(&c, 0, 0, -1)->percent_tenths, 63); /* 6.25 */
    ck_assert_int_eq(card_figure(&c, 0, 1, -1)->status, TDM__FIGURE_GIVEN);
    ck_assert_int_eq(card_figure(&c, 0, 2, -1)->status, TDM__FIGURE_NONE);
    ck_assert_int_eq(card_figure(&c, 0, 2, -1)->percent_tenths, -1);
    ck_assert_int_eq(card_figure(&c, 0, 2, -1)->denominator, 0);
    card_close(&c);
}
END_TEST

/* The second part knows a line that the whole has in another place; what is not recorded stands last. */
START_TEST(lines_are_joined_by_name)
{
    card c;
    card_prepare(&c, NULL);
    c.options.by_period = TDM_LIT("year");
    ck_assert_int_eq(card_begin(&c, NULL), TDM_OK);
    card_answer(&c, 0, TDM__MEASURED_BREAKDOWN, &(card_group){.denominator = 10, .lines = {4, 1, 5}}, 1,
                (const char *const[]){"gp", "not-recorded", "police"}, 3);
    card_answer(&c, 1, TDM__MEASURED_BREAKDOWN, &(card_group){.denominator = 6, .lines = {2, 3, 1}}, 1,
                (const char *const[]){"police", "school", "not-recorded"}, 3);
    ck_assert_int_eq(card_finish(&c), TDM_OK);
    ck_assert_uint_eq(c.out.line_count, 4);
    static const char *const names[] = {"gp", "police", "school", "not-recorded"};
    static const int64_t numbers[2][4] = {{4, 5, 0, 1}, {0, 2, 3, 1}};
    static const int64_t percents[2][4] = {{400, 500, 0, 100}, {0, 333, 500, 167}};
    for (size_t p = 0; p < 2; p++)
        for (int l = 0; l < 4; l++) {
            card_same(c.out.lines[l], names[l]);
            ck_assert_int_eq(card_figure(&c, p, 0, l)->numerator, numbers[p][l]);
            ck_assert_int_eq(card_figure(&c, p, 0, l)->percent_tenths, percents[p][l]);
        }
    ck_assert_int_eq(card_figure(&c, 1, 0, -1)->numerator, 6);
    ck_assert_int_eq(card_figure(&c, 1, 0, -1)->denominator, -1);
    card_close(&c);
}
END_TEST

/* Ended after 1, 2, 4, 9 days; two still wait. Of two groups the lengths of everything are in order. */
START_TEST(times_are_of_those_that_have_ended)
{
    card c;
    card_prepare(&c, NULL);
    c.options.by = TDM__BY_TEAM;
    c.names[0] = TDM_LIT("A");
    c.names[1] = TDM_LIT("B");
    c.groups.count = 2;
    ck_assert_int_eq(card_begin(&c, NULL), TDM_OK);
    card_answer(
        &c, 0, TDM__MEASURED_TIMES,
        (card_group[]){
            {.numerator = 1, .denominator = 2, .lines = {1, 1}, .lengths = {1, -3, 9}, .length_count = 3},
            {.numerator = 2, .denominator = 2, .lines = {2, 0}, .lengths = {2, 4, -4}, .length_count = 3}},
        2, (const char *const[]){"0-5", "6-more"}, 2);
    c.work.answers[0].measured.within = 5;
    ck_assert_int_eq(card_finish(&c), TDM_OK);
    const tdm__card_times *times = &c.out.times[0];
    ck_assert(times->shown);
    ck_assert_int_eq(times->count, 4);
    ck_assert_int_eq(times->waiting, 2);
    ck_assert_int_eq(times->mean_tenths, 40);
    ck_assert_int_eq(times->median_doubled, 6); /* between 2 and 4 */
    ck_assert_int_eq(times->lower_doubled, 3);  /* between 1 and 2 */
    ck_assert_int_eq(times->upper_doubled, 13); /* between 4 and 9 */
    ck_assert_int_eq(card_figure(&c, 0, 0, -1)->percent_tenths, 750);
    ck_assert_int_eq(card_figure(&c, 0, 0, 0)->numerator, 3);
    ck_assert_int_eq(card_figure(&c, 0, 0, 0)->denominator, 4);
    ck_assert_int_eq(c.out.times[1].median_doubled, 10);
    ck_assert_int_eq(c.out.within, 5);
    card_close(&c);
}
END_TEST

START_TEST(no_lengths_are_none)
{
    for (int64_t within = -1; within < 10; within += 10) {
        card c;
        card_prepare(&c, NULL);
        ck_assert_int_eq(card_begin(&c, NULL), TDM_OK);
        card_answer(
            &c, 0, TDM__MEASURED_TIMES,
            &(card_group){
                .numerator = within < 0 ? -1 : 0, .denominator = 0, .lengths = {-3}, .length_count = 1},
            1, (const char *const[]){"0-5"}, 1);
        c.work.answers[0].measured.within = within;
        ck_assert_int_eq(card_finish(&c), TDM_OK);
        ck_assert_int_eq(card_figure(&c, 0, 0, -1)->status, TDM__FIGURE_NONE);
        ck_assert_int_eq(card_figure(&c, 0, 0, 0)->status, TDM__FIGURE_NONE);
        ck_assert_int_eq(c.out.times[0].waiting, 1);
        ck_assert_int_eq(c.out.times[0].median_doubled, -1);
        card_close(&c);
    }
}
END_TEST

/*
 * Ended on days 30, 91 and 200, still waiting after 100 and 300: shares 4/5 after 30, 3/5 after 91, and of
 * the two that are then left one ends: 3/10 after 200.
 */
START_TEST(survival_has_its_shares_at_spans)
{
    static const tdm_span at[] = {{TDM_SPAN_DAYS, 29},
                                  {TDM_SPAN_MONTHS, 3}, /* 91.3 days */
                                  {TDM_SPAN_MONTHS, 6}, /* 182.6 */
                                  {TDM_SPAN_DAYS, 300},
                                  {TDM_SPAN_MONTHS, 12}};
    static const double shares[] = {1, 0.6, 0.6, 0.3};
    static const int32_t days[] = {29, 91, 183, 300, 365};
    card c;
    card_prepare(&c, NULL);
    ck_assert_int_eq(card_begin(&c, NULL), TDM_OK);
    card_answer(
        &c, 0, TDM__MEASURED_SURVIVAL,
        &(card_group){
            .numerator = 3, .denominator = 5, .lengths = {30, 91, -100, 200, -300}, .length_count = 5},
        1, NULL, 0);
    c.work.answers[0].measured.at = at;
    c.work.answers[0].measured.at_count = 5;
    ck_assert_int_eq(card_finish(&c), TDM_OK);
    const tdm__card_times *times = &c.out.times[0];
    ck_assert_uint_eq(times->step_count, 5);
    ck_assert_int_eq(times->count, 3);
    ck_assert_int_eq(times->waiting, 2);
    for (size_t i = 0; i < 4; i++) {
        ck_assert(times->at[i].given);
        ck_assert_int_eq(times->at[i].day, days[i]);
        ck_assert_double_eq_tol(times->at[i].share, shares[i], 1e-9);
    }
    ck_assert(isnan(times->at[0].low));
    ck_assert(!times->at[4].given);
    ck_assert_int_eq(times->at[4].day, days[4]);
    ck_assert(times->middle.reached);
    ck_assert_double_eq_tol(times->middle.median, 200, 1e-9);
    card_close(&c);
}
END_TEST

START_TEST(a_failed_script_is_not_assessed)
{
    card c;
    card_prepare(&c, NULL);
    c.options.by_period = TDM_LIT("year");
    ck_assert_int_eq(card_begin(&c, NULL), TDM_OK);
    for (size_t i = 0; i < 2; i++) {
        c.work.answers[i].reason = "budget";
        c.work.answers[i].file = TDM_LIT("measures/front-door/probe.lua");
        c.work.answers[i].line = 7;
    }
    ck_assert_int_eq(card_finish(&c), TDM_OK);
    ck_assert_str_eq(c.out.reason, "budget");
    card_same(c.out.words, "the script took more steps than it may");
    card_same(c.out.file, "measures/front-door/probe.lua");
    ck_assert_int_eq(c.out.line, 7);
    ck_assert_int_eq(card_figure(&c, 1, 0, -1)->status, TDM__FIGURE_NOT_ASSESSED);
    ck_assert_int_eq(card_figure(&c, 1, 0, -1)->numerator, -1);
    ck_assert_uint_eq(c.out.figure_count, 2);
    card_close(&c);
}
END_TEST

static card counted;
static tdm_status make_card(const tdm_allocator *allocator)
{
    tdm_status status = card_begin(&counted, allocator);
    if (status == TDM_OK) {
        tdm__arena *arena = &counted.making.card->arena;
        tdm__measured_group *group = tdm__arena_array(arena, 1, sizeof *group);
        tdm__length *lengths = tdm__arena_array(arena, 2, sizeof *lengths);
        status = group && lengths ? TDM_OK : TDM_NO_MEMORY;
        for (size_t i = 0; status == TDM_OK && i < 9; i++) {
            lengths[0].length = lengths[1].length = 3;
            *group = (tdm__measured_group){
                .numerator = 1, .denominator = 2, .lengths = lengths, .length_count = 2};
            counted.work.answers[i].measured = (tdm__measured){
                .form = TDM__MEASURED_SURVIVAL, .within = -1, .groups = group, .group_count = 1};
        }
    }
    if (status == TDM_OK)
        status = card_finish(&counted);
    tdm__arena_free(&counted.making.scratch);
    tdm__scorecard_free(counted.making.card);
    return status;
}

START_TEST(every_failed_allocation_is_survived)
{
    static const tdm__peer_figure peers[] = {{{"n", 1}, {"E1", 2}, {"North", 5}, 2024, 5, 10, 2},
                                             {{"n", 1}, {"E2", 2}, {"South", 5}, 2024, 11, 10, 3}};
    static const tdm__card_comment comments[] = {{{"probe", 5}, {"", 0}, {"", 0}, {"Said.", 5}}};
    card_prepare(&counted, NULL);
    counted.measure.chart = TDM__CHART_XMR;
    counted.measure.national = TDM_LIT("n");
    counted.options.trend_quarters = 8;
    counted.options.threshold = 6;
    counted.options.peers = peers;
    counted.options.peer_count = 2;
    counted.options.comments = comments;
    counted.options.comment_count = 1;
    TEST_EVERY_ALLOCATION(make_card);
    world_close(&counted.w);
}
END_TEST

Suite *scorecard_suite(void)
{
    Suite *suite = suite_create("scorecard");
    TCase *tests = tcase_create("figures");
    tcase_add_test(tests, periods_are_counted_from_the_first_day);
    tcase_add_test(tests, quarters_of_the_trend_go_back_from_the_last_day);
    tcase_add_test(tests, a_period_that_cannot_be_is_refused);
    tcase_add_test(tests, areas_are_those_of_the_list);
    tcase_add_test(tests, an_agency_has_its_title);
    tcase_add_test(tests, shares_are_rounded_half_up_and_nothing_of_nothing_is_none);
    tcase_add_test(tests, lines_are_joined_by_name);
    tcase_add_test(tests, times_are_of_those_that_have_ended);
    tcase_add_test(tests, no_lengths_are_none);
    tcase_add_test(tests, survival_has_its_shares_at_spans);
    tcase_add_test(tests, a_failed_script_is_not_assessed);
    tcase_add_test(tests, every_failed_allocation_is_survived);
    suite_add_tcase(suite, tests);
    return suite;
}

/*
 * The trend of a measure with its limits, what lies beside it in a comparison file, and what was written
 * about its figures.
 */
#include "engine/card.h"

#include <math.h>
#include <string.h>

/* A count of the year beside those of the quarters that end with it. */
static void trend_card(card *c, const int64_t *numbers, size_t count)
{
    c->options.trend_quarters = (int32_t)count;
    c->measure.chart = TDM__CHART_XMR;
    ck_assert_int_eq(card_begin(c, NULL), TDM_OK);
    card_answer_counts(c, 0, (const int64_t[]){74}, 1);
    for (size_t q = 0; q < count; q++)
        card_answer(c, 1 + q, TDM__MEASURED_COUNT, &(card_group){.numerator = numbers[q], .denominator = -1},
                    1, NULL, 0);
}

/* Mean 116 / 8 = 14.5; ranges 2, 2, 2, 2, 2, 2, 30: mean 6; limits 14.5 -+ 15.96. */
static const int64_t jump[] = {10, 12, 10, 12, 10, 12, 10, 40};

START_TEST(a_point_beyond_its_limits_is_a_figure_that_moved)
{
    static const tdm__card_comment comments[] = {
        {{"probe", 5}, {"", 0}, {"", 0}, {"A new front door.", 17}},
        {{"other", 5}, {"", 0}, {"", 0}, {"Of nothing.", 11}},
        {{"probe", 5}, {"X", 1}, {"", 0}, {"Of nobody.", 10}},
        {{"probe", 5}, {"", 0}, {"2022", 4}, {"Of no time.", 11}},
    };
    for (size_t said = 0; said <= ROWS(comments); said++) {
        card c;
        card_prepare(&c, NULL);
        c.options.comments = comments;
        c.options.comment_count = said;
        trend_card(&c, jump, ROWS(jump));
        ck_assert_int_eq(card_finish(&c), TDM_OK);
        const tdm__card_trend *trend = &c.out.trend;
        ck_assert(trend->limited);
        ck_assert_double_eq_tol(trend->chart.centre, 14.5, 1e-9);
        ck_assert_double_eq_tol(trend->chart.high, 30.46, 1e-9);
        for (size_t i = 0; i < trend->point_count; i++)
            ck_assert_int_eq(trend->points[i].signals >> TDM__RULE_BEYOND & 1, i == 7);
        ck_assert(card_figure(&c, 0, 0, -1)->moved);
        ck_assert_uint_eq(c.making.card->without_commentary, said == 0);
        card_same(card_figure(&c, 0, 0, -1)->commentary, said > 0 ? "A new front door." : "");
        ck_assert_uint_eq(c.making.card->note_count, said > 1);
        if (said == 2)
            card_same(c.making.card->notes[0],
                      "1 comment of the commentary file is on no figure that is here.");
        if (said == 4)
            card_same(c.making.card->notes[0],
                      "3 comments of the commentary file are on no figure that is here.");
        card_close(&c);
    }
}
END_TEST

/* The same point two years before is none of this year's. */
START_TEST(what_moved_before_the_period_is_not_its_own)
{
    static const int64_t before[] = {40, 10, 12, 10, 12, 10, 12, 10};
    card c;
    card_prepare(&c, NULL);
    trend_card(&c, before, ROWS(before));
    ck_assert_int_eq(card_finish(&c), TDM_OK);
    ck_assert_uint_eq(c.out.trend.points[0].signals >> TDM__RULE_BEYOND & 1, 1);
    ck_assert(!card_figure(&c, 0, 0, -1)->moved);
    card_close(&c);
}
END_TEST

/* Twelve quarters from 1 April 2021 on; the fifth is from 1 April to 30 June 2022. */
START_TEST(limits_begin_after_the_latest_break)
{
    static const struct {
        const char *breaks[2];
        size_t count, from;
        bool limited;
        size_t broken; /* point at which the definition breaks; 12: none */
    } rows[] = {
        {{NULL}, 0, 0, true, 12},         {{"2022-04-01"}, 1, 4, true, 4},
        {{"2022-04-02"}, 1, 5, false, 4}, {{"2021-07-01", "2022-04-01"}, 2, 4, true, 4},
        {{"2024-04-01"}, 1, 0, true, 12}, {{"2020-04-01"}, 1, 0, true, 12},
    };
    static const int64_t numbers[] = {10, 12, 10, 12, 10, 12, 10, 12, 10, 12, 10, 12};
    for (size_t i = 0; i < ROWS(rows); i++) {
        tdm__measure_break breaks[2];
        card c;
        card_prepare(&c, NULL);
        for (size_t k = 0; k < rows[i].count; k++)
            breaks[k] = (tdm__measure_break){world_day(rows[i].breaks[k]), TDM_LIT("told otherwise")};
        c.measure.breaks = breaks;
        c.measure.break_count = rows[i].count;
        trend_card(&c, numbers, ROWS(numbers));
        ck_assert_int_eq(card_finish(&c), TDM_OK);
        ck_assert_uint_eq(c.out.trend.limits_from, rows[i].from);
        ck_assert_int_eq(c.out.trend.limited, rows[i].limited);
        for (size_t q = 0; q < 12; q++)
            if (rows[i].count < 2)
                ck_assert_int_eq(c.out.trend.points[q].definition_breaks, q == rows[i].broken);
        card_close(&c);
    }
}
END_TEST

START_TEST(seven_points_have_no_limits)
{
    card c;
    card_prepare(&c, NULL);
    trend_card(&c, jump + 1, 7);
    ck_assert_int_eq(card_finish(&c), TDM_OK);
    ck_assert(!c.out.trend.limited);
    ck_assert_uint_eq(c.out.trend.point_count, 7);
    ck_assert_double_eq_tol(c.out.trend.points[6].value, 40, 1e-9);
    ck_assert(!card_figure(&c, 0, 0, -1)->moved);
    card_close(&c);
}
END_TEST

/* A share is a percentage, of which an empty quarter has none; lengths have their median. */
START_TEST(points_are_percentages_or_medians)
{
    card c;
    card_prepare(&c, NULL);
    c.options.trend_quarters = 2;
    c.measure.chart = TDM__CHART_XMR;
    ck_assert_int_eq(card_begin(&c, NULL), TDM_OK);
    card_answer_share(&c, 0, 3, 8);
    card_answer_share(&c, 1, 0, 0);
    card_answer_share(&c, 2, 3, 8);
    ck_assert_int_eq(card_finish(&c), TDM_OK);
    ck_assert(!c.out.trend.points[0].given);
    ck_assert_double_eq_tol(c.out.trend.points[1].value, 37.5, 1e-9);
    card_close(&c);
    card_prepare(&c, NULL);
    c.options.trend_quarters = 1;
    c.measure.chart = TDM__CHART_XMR;
    ck_assert_int_eq(card_begin(&c, NULL), TDM_OK);
    for (size_t i = 0; i < 2; i++)
        card_answer(
            &c, i, TDM__MEASURED_TIMES,
            &(card_group){.numerator = -1, .denominator = 2, .lengths = {4, -5, 9}, .length_count = 3}, 1,
            NULL, 0);
    ck_assert_int_eq(card_finish(&c), TDM_OK);
    ck_assert_double_eq_tol(c.out.trend.points[0].value, 6.5, 1e-9);
    card_close(&c);
}
END_TEST

/* --- rare events --- */

static const world_row events[] = {
    {"2022-05-01", NULL, NULL, NULL, 0}, {"2022-05-11", NULL, NULL, NULL, 0},
    {"2022-05-11", NULL, NULL, NULL, 0}, {"2022-06-10", NULL, NULL, NULL, 0},
    {"2022-07-10", NULL, NULL, NULL, 0},
};

START_TEST(rare_events_are_told_by_the_days_between)
{
    static const double waits[] = {10, 0, 60};
    tdm__measured_unit units[ROWS(events)];
    card c;
    card_prepare(&c, &(world_case){.rows = events, .row_count = ROWS(events)});
    c.options.trend_quarters = 8;
    c.measure.chart = TDM__CHART_G;
    ck_assert_int_eq(card_begin(&c, NULL), TDM_OK);
    ck_assert(c.work.events);
    for (size_t i = 0; i < 10; i++)
        card_answer_counts(&c, i, (const int64_t[]){1}, 1);
    /* Out of order; one is not counted, one is of no number. */
    for (uint32_t i = 0; i < ROWS(events); i++)
        units[i] = (tdm__measured_unit){
            .event = ROWS(events) - 1 - i, .in_numerator = i != 1, .reason = TDM__COUNTED};
    c.work.answers[9].measured.units = units;
    c.work.answers[9].measured.unit_count = ROWS(units);
    ck_assert_int_eq(card_finish(&c), TDM_OK);
    ck_assert_int_eq(c.out.trend.kind, TDM__CHART_G);
    ck_assert_uint_eq(c.out.trend.point_count, 3);
    for (size_t i = 0; i < 3; i++)
        ck_assert_double_eq_tol(c.out.trend.points[i].value, waits[i], 1e-9);
    ck_assert_int_eq(c.out.trend.points[2].from, world_day("2022-05-11"));
    ck_assert_int_eq(c.out.trend.points[2].to, world_day("2022-07-10"));
    ck_assert(!c.out.trend.limited);
    card_close(&c);
}
END_TEST

START_TEST(rare_events_are_not_drawn_where_small_numbers_are_hidden)
{
    card c;
    card_prepare(&c, NULL);
    c.options.threshold = 6;
    c.options.trend_quarters = 2;
    c.measure.chart = TDM__CHART_G;
    ck_assert_int_eq(card_begin(&c, NULL), TDM_OK);
    ck_assert(!c.work.events);
    for (size_t i = 0; i < 3; i++)
        card_answer_counts(&c, i, (const int64_t[]){i == 1}, 1);
    ck_assert_int_eq(card_finish(&c), TDM_OK);
    ck_assert_int_eq(c.out.trend.kind, TDM__CHART_NONE);
    ck_assert(!c.out.trend.points[0].given);
    ck_assert(c.out.trend.points[1].given);
    ck_assert(card_notes(
        &c, "The chart of rare events shows single ones: it is drawn where small numbers are shown."));
    card_close(&c);
}
END_TEST

/* --- peers --- */

#define AREA(code, name)                                                                                     \
    {"re-referral", 11}, {code, sizeof(code) - 1},                                                           \
    {                                                                                                        \
        name, sizeof(name) - 1                                                                               \
    }

/* Of 2024: 25 of 100 and 75 of 300 are 25 % together. */
static const tdm__peer_figure peers[] = {
    {AREA("E1", "North"), 2024, 25, 100, 2}, {AREA("E2", "South"), 2024, 75, 300, 3},
    {AREA("E3", "East"), 2024, 12, 11, 4},   {AREA("E4", "West"), 2024, 0, 0, 5},
    {AREA("E1", "North"), 2023, 90, 100, 6}, {AREA("E1", "North"), 2024, 26, 100, 7},
    {AREA("E5", "Mid"), 2025, 7, 6, 8},      {{"other", 5}, {"E1", 2}, {"North", 5}, 2026, 1, 2, 9},
};

static void peer_card(card *c, int32_t threshold)
{
    static const tdm__area areas[] = {{{"E2", 2}, {"South", 5}, -1}, {{"E9", 2}, {"Isle", 4}, -1}};
    card_prepare(c, NULL);
    c->measure.national = TDM_LIT("re-referral");
    c->options.by = TDM__BY_AREA;
    c->options.areas = areas;
    c->options.area_count = 2;
    c->options.peers = peers;
    c->options.peer_count = ROWS(peers);
    c->options.threshold = threshold;
    c->names[0] = TDM_LIT("E2");
    c->names[1] = TDM_LIT("E9");
    c->groups.count = 2;
    ck_assert_int_eq(card_begin(c, NULL), TDM_OK);
}

START_TEST(peers_are_those_of_the_latest_year)
{
    card c;
    peer_card(&c, 0);
    card_answer(&c, 0, TDM__MEASURED_SHARE,
                (card_group[]){{.numerator = 50, .denominator = 100}, {.numerator = 3, .denominator = 20}}, 2,
                NULL, 0);
    ck_assert_int_eq(card_finish(&c), TDM_OK);
    ck_assert_double_eq_tol(c.out.target, 0.25, 1e-12);
    static const struct {
        const char *code, *name;
        int64_t percent;
        tdm__beyond beyond;
        bool own;
    } rows[] = {
        {"E1", "North", 250, TDM__WITHIN, false},
        {"E2", "South", 250, TDM__WITHIN, false},
        /* 53 of 120: 30 are expected, and one standard deviation is 4.7. */
        {"", "", 442, TDM__ABOVE_998, true},
        {"E2", "South", 500, TDM__ABOVE_998, true},
        {"E9", "Isle", 150, TDM__WITHIN, true},
    };
    ck_assert_uint_eq(c.out.peer_count, ROWS(rows));
    for (size_t i = 0; i < ROWS(rows); i++) {
        card_same(c.out.peers[i].code, rows[i].code);
        card_same(c.out.peers[i].name, rows[i].name);
        ck_assert_int_eq(c.out.peers[i].percent_tenths, rows[i].percent);
        ck_assert_int_eq(c.out.peers[i].beyond, rows[i].beyond);
        ck_assert_int_eq(c.out.peers[i].own, rows[i].own);
        ck_assert_int_eq(c.out.peers[i].year, 2024);
        ck_assert_uint_eq(c.out.peers[i].group, i < 2 ? 0 : i - 2);
    }
    ck_assert(card_figure(&c, 0, 1, -1)->moved);
    ck_assert(!card_figure(&c, 0, 2, -1)->moved);
    ck_assert_uint_eq(c.making.card->without_commentary, 2);
    ck_assert_uint_eq(c.out.note_count, 4);
    ck_assert(card_notes(&c, "2 rows of the comparison file are left out, their numerators being larger than "
                             "their denominators: lines 4 and 8."));
    ck_assert(card_notes(&c, "1 row of the comparison file is left out, having no denominator: line 5."));
    ck_assert(card_notes(&c, "1 row of the comparison file is left out, its area and year having been given "
                             "before: line 7."));
    card_close(&c);
}
END_TEST

/* England holds both areas: counted in, the share together would be a third. By itself it is what there is.
 */
START_TEST(a_country_is_beside_the_areas_and_not_among_them)
{
    static const tdm__peer_figure given[] = {
        {AREA("E92000001", "England"), 2024, 400, 1000, 2},
        {AREA("E12000007", "London"), 2024, 100, 400, 3},
        {AREA("E06000001", "North"), 2024, 25, 100, 4},
        {AREA("E08000002", "South"), 2024, 75, 300, 5},
    };
    for (size_t count = 2; count <= ROWS(given); count += 2) {
        card c;
        card_prepare(&c, NULL);
        c.measure.national = TDM_LIT("re-referral");
        c.options.peers = given;
        c.options.peer_count = count;
        ck_assert_int_eq(card_begin(&c, NULL), TDM_OK);
        card_answer_share(&c, 0, 40, 100);
        ck_assert_int_eq(card_finish(&c), TDM_OK);
        ck_assert_double_eq_tol(c.out.target, count == 2 ? 0.4 : 0.25, 1e-12);
        ck_assert_uint_eq(c.out.peer_count, count + 1);
        for (size_t i = 0; i < c.out.peer_count; i++) {
            bool wider = c.out.peers[i].code.length == 9 && c.out.peers[i].denominator >= 400;
            ck_assert_int_eq(c.out.peers[i].beyond == TDM__WIDER, wider);
        }
        /* 25 of 100 are expected: 40 are 3.5 standard deviations more. */
        ck_assert_int_eq(c.out.peers[count].beyond, count == 2 ? TDM__WITHIN : TDM__ABOVE_998);
        card_close(&c);
    }
}
END_TEST

/* Neither a team nor an unknown area is compared with areas. */
START_TEST(only_areas_stand_beside_areas)
{
    for (int areas = 0; areas < 2; areas++) {
        card c;
        card_prepare(&c, NULL);
        c.measure.national = TDM_LIT("re-referral");
        c.options.by = areas ? TDM__BY_AREA : TDM__BY_TEAM;
        c.options.peers = peers;
        c.options.peer_count = ROWS(peers);
        c.names[0] = TDM_LIT("E2");
        c.groups.count = 2; /* the second without a name */
        ck_assert_int_eq(card_begin(&c, NULL), TDM_OK);
        card_answer(
            &c, 0, TDM__MEASURED_SHARE,
            (card_group[]){{.numerator = 25, .denominator = 100}, {.numerator = 5, .denominator = 20}}, 2,
            NULL, 0);
        ck_assert_int_eq(card_finish(&c), TDM_OK);
        ck_assert_uint_eq(c.out.peer_count, areas ? 4 : 3);
        ck_assert_uint_eq(c.out.peers[2].group, 0);
        card_close(&c);
    }
}
END_TEST

START_TEST(what_is_hidden_stands_beside_no_peer)
{
    card c;
    peer_card(&c, 6);
    card_answer(&c, 0, TDM__MEASURED_SHARE,
                (card_group[]){{.numerator = 50, .denominator = 100}, {.numerator = 3, .denominator = 20}}, 2,
                NULL, 0);
    ck_assert_int_eq(card_finish(&c), TDM_OK);
    ck_assert_uint_eq(c.out.peer_count, 3);
    ck_assert(c.out.peers[2].own);
    card_same(c.out.peers[2].code, "");
    card_close(&c);
}
END_TEST

START_TEST(without_a_sound_row_there_is_no_target)
{
    card c;
    card_prepare(&c, NULL);
    c.measure.national = TDM_LIT("re-referral");
    c.options.peers = peers + 2;
    c.options.peer_count = 2;
    ck_assert_int_eq(card_begin(&c, NULL), TDM_OK);
    card_answer_share(&c, 0, 5, 10);
    ck_assert_int_eq(card_finish(&c), TDM_OK);
    ck_assert(isnan(c.out.target));
    ck_assert_uint_eq(c.out.peer_count, 0);
    card_close(&c);
}
END_TEST

Suite *scorecard_trend_suite(void)
{
    Suite *suite = suite_create("scorecard_trend");
    TCase *tests = tcase_create("trend");
    tcase_add_test(tests, a_point_beyond_its_limits_is_a_figure_that_moved);
    tcase_add_test(tests, what_moved_before_the_period_is_not_its_own);
    tcase_add_test(tests, limits_begin_after_the_latest_break);
    tcase_add_test(tests, seven_points_have_no_limits);
    tcase_add_test(tests, points_are_percentages_or_medians);
    tcase_add_test(tests, rare_events_are_told_by_the_days_between);
    tcase_add_test(tests, rare_events_are_not_drawn_where_small_numbers_are_hidden);
    tcase_add_test(tests, peers_are_those_of_the_latest_year);
    tcase_add_test(tests, a_country_is_beside_the_areas_and_not_among_them);
    tcase_add_test(tests, only_areas_stand_beside_areas);
    tcase_add_test(tests, what_is_hidden_stands_beside_no_peer);
    tcase_add_test(tests, without_a_sound_row_there_is_no_target);
    suite_add_tcase(suite, tests);
    return suite;
}

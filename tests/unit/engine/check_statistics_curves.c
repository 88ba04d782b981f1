/*
 * Survival and funnel limits against R, control charts against tables by hand (tests/data/statistics).
 */
#include "engine/vectors.h"

#include <math.h>
#include <string.h>

#include "engine/world.h"

/* The case that is at hand. */
static struct {
    const char *name;
    const tdm__survival_step *steps;
    size_t step_count, at;
} current;

static int by_length(const void *a, const void *b)
{
    const tdm__length *one = a, *other = b;
    if (one->length != other->length)
        return one->length < other->length ? -1 : 1;
    return one->censored - other->censored;
}

/* "5 7+ 9", sorted. */
static size_t read_lengths(tdm__length *lengths, const char *text)
{
    size_t count = 0;
    for (char *end; *text; text = *end == ' ' ? end + 1 : end) {
        ck_assert_uint_lt(count, VECTOR_NUMBERS_MAX);
        lengths[count].length = (int32_t)strtol(text, &end, 10);
        lengths[count].censored = *end == '+';
        ck_assert_ptr_ne(end, text);
        end += lengths[count++].censored;
    }
    qsort(lengths, count, sizeof *lengths, by_length);
    return count;
}

/* Rows of survival.csv; those of other cases are passed over. */
static void step_of_r(char **fields)
{
    if (strcmp(fields[0], current.name) != 0)
        return;
    ck_assert_uint_lt(current.at, current.step_count);
    const tdm__survival_step *step = &current.steps[current.at++];
    ck_assert_int_eq(step->length, strtoll(fields[1], NULL, 10));
    ck_assert_int_eq(step->at_risk, strtoll(fields[2], NULL, 10));
    ck_assert_int_eq(step->ended, strtoll(fields[3], NULL, 10));
    ck_assert_int_eq(step->waiting, strtoll(fields[4], NULL, 10));
    ck_vector_near(step->share, vector_number(fields[5]), fields[0]);
    ck_vector_near(step->low, vector_number(fields[6]), fields[0]);
    ck_vector_near(step->high, vector_number(fields[7]), fields[0]);
}

static void case_of_r(char **fields)
{
    tdm__length lengths[VECTOR_NUMBERS_MAX];
    tdm__survival_step *steps;
    tdm__arena arena;
    tdm__arena_init(&arena, &tdm__malloc_allocator);
    const size_t count = read_lengths(lengths, fields[1]);
    ck_assert_int_eq(tdm__survival(&steps, &current.step_count, &arena, lengths, count), TDM_OK);
    const tdm__survival_median got = tdm__survival_median_of(steps, current.step_count);
    ck_vector_near(got.reached ? got.median : (double)NAN, vector_number(fields[2]), fields[0]);
    ck_vector_near(got.low_reached ? got.low : (double)NAN, vector_number(fields[3]), fields[0]);
    ck_vector_near(got.high_reached ? got.high : (double)NAN, vector_number(fields[4]), fields[0]);
    current.name = fields[0];
    current.steps = steps;
    current.at = 0;
    vectors_read("statistics/survival.csv", 8, 800, step_of_r);
    ck_assert_uint_eq(current.at, current.step_count);
    tdm__arena_free(&arena);
}

START_TEST(survival_and_median_agree_with_r)
{
    vectors_read("statistics/medians.csv", 5, 18, case_of_r);
}
END_TEST

START_TEST(survival_of_nobody)
{
    tdm__survival_step *steps;
    size_t step_count;
    tdm__arena arena;
    tdm__arena_init(&arena, &tdm__malloc_allocator);
    ck_assert_int_eq(tdm__survival(&steps, &step_count, &arena, NULL, 0), TDM_OK);
    ck_assert_uint_eq(step_count, 0);
    const tdm__survival_median got = tdm__survival_median_of(steps, step_count);
    ck_assert(!got.reached && !got.low_reached && !got.high_reached);
    tdm__arena_free(&arena);
}
END_TEST

/* Of 4 two end at 3 and one waits there: the one that waits was at risk, whichever stands first. */
START_TEST(order_within_a_length_is_nothing)
{
    static const tdm__length orders[2][4] = {{{3, 0}, {3, 0}, {3, 1}, {5, 0}},
                                             {{3, 1}, {3, 0}, {3, 0}, {5, 0}}};
    for (size_t i = 0; i < 2; i++) {
        tdm__survival_step *steps;
        size_t step_count;
        tdm__arena arena;
        tdm__arena_init(&arena, &tdm__malloc_allocator);
        ck_assert_int_eq(tdm__survival(&steps, &step_count, &arena, orders[i], 4), TDM_OK);
        ck_assert_uint_eq(step_count, 2);
        ck_assert_double_eq(steps[0].share, 0.5);
        ck_assert_int_eq(steps[0].waiting, 1);
        ck_assert_double_eq(steps[1].share, 0);
        tdm__arena_free(&arena);
    }
}
END_TEST

static void limits_of_r(char **fields)
{
    const tdm__limits got = tdm__funnel_limits(strtod(fields[0], NULL), strtoll(fields[1], NULL, 10),
                                               strtod(fields[2], NULL));
    ck_vector_near(got.low, strtod(fields[3], NULL), fields[1]);
    ck_vector_near(got.high, strtod(fields[4], NULL), fields[1]);
}

START_TEST(funnel_limits_agree_with_r)
{
    vectors_read("statistics/funnel.csv", 5, 140, limits_of_r);
}
END_TEST

/* Of one child: nothing with 0.8, one with 0.2. 0.025 lies in the first 0.8, 0.975 lies 0.025 below the end
 * of the second step of 0.2: (1 - 0.125) / 1. */
START_TEST(funnel_limits_by_hand)
{
    const tdm__limits got = tdm__funnel_limits(0.2, 1, 0.05);
    ck_assert_double_eq(got.low, 0);
    ck_vector_near(got.high, 0.875, "one child");
    const tdm__limits never = tdm__funnel_limits(0, 50, 0.05), always = tdm__funnel_limits(1, 50, 0.002);
    ck_assert(never.low == 0 && never.high == 0 && always.low == 1 && always.high == 1);
}
END_TEST

START_TEST(no_funnel_limits_of_nothing)
{
    static const struct {
        double target;
        int64_t denominator;
        double outside;
    } wrong[] = {{-0.1, 5, 0.05}, {1.1, 5, 0.05}, {0.5, 0, 0.05},        {0.5, 1000000001, 0.05},
                 {0.5, 5, 0},     {0.5, 5, 1},    {(double)NAN, 5, 0.05}};
    for (size_t i = 0; i < ROWS(wrong); i++) {
        const tdm__limits got = tdm__funnel_limits(wrong[i].target, wrong[i].denominator, wrong[i].outside);
        ck_assert(isnan(got.low) && isnan(got.high));
    }
}
END_TEST

/* The normal limits of a large denominator: 0.3 +- 1.96 sqrt(0.21 / 10^9). */
START_TEST(the_largest_denominator)
{
    const tdm__limits got = tdm__funnel_limits(0.3, 1000000000, 0.05);
    const double half = 1.959963984540054 * sqrt(0.3 * 0.7 / 1e9);
    ck_vector_near(got.low, 0.3 - half, "low");
    ck_vector_near(got.high, 0.3 + half, "high");
}
END_TEST

static tdm_status chart_of(tdm__control_chart *chart, tdm__arena *arena, bool g, const double *points,
                           size_t count)
{
    int32_t between[VECTOR_NUMBERS_MAX];
    for (size_t i = 0; i < count; i++)
        between[i] = (int32_t)points[i];
    return g ? tdm__g_chart(chart, arena, between, count) : tdm__xmr(chart, arena, points, count);
}

static uint32_t signals_of(const char *letters)
{
    uint32_t signals = 0;
    for (; *letters && *letters != ' '; letters++)
        signals |= *letters == 'B'   ? 1U << TDM__RULE_BEYOND
                   : *letters == 'R' ? 1U << TDM__RULE_RUN
                   : *letters == 'N' ? 1U << TDM__RULE_NEAR
                                     : 0;
    return signals;
}

static void chart_by_hand(char **fields)
{
    double points[VECTOR_NUMBERS_MAX];
    tdm__control_chart chart;
    tdm__arena arena;
    tdm__arena_init(&arena, &tdm__malloc_allocator);
    const size_t count = vector_numbers(points, fields[2]);
    const bool g = strcmp(fields[1], "g") == 0;
    ck_assert_int_eq(chart_of(&chart, &arena, g, points, count), TDM_OK);
    ck_vector_near(chart.centre, vector_number(fields[3]), fields[0]);
    ck_vector_near(chart.low, vector_number(fields[4]), fields[0]);
    ck_vector_near(chart.high, vector_number(fields[5]), fields[0]);
    ck_vector_near(chart.range_mean, vector_number(fields[6]), fields[0]);
    ck_vector_near(chart.range_high, vector_number(fields[7]), fields[0]);
    ck_vector_near(chart.middle, g ? chart.centre * log(2) : chart.centre, fields[0]);
    const char *signals = fields[8];
    for (size_t i = 0; i < count; i++) {
        ck_assert_ptr_nonnull(signals);
        ck_assert_msg(chart.signals[i] == signals_of(signals), "%s: point %zu: %u", fields[0], i,
                      chart.signals[i]);
        signals = strchr(signals, ' ') ? strchr(signals, ' ') + 1 : NULL;
    }
    ck_assert_ptr_null(signals);
    tdm__arena_free(&arena);
}

START_TEST(charts_by_hand)
{
    vectors_read("statistics/charts.csv", 9, 10, chart_by_hand);
}
END_TEST

START_TEST(seven_points_have_no_limits)
{
    static const double points[7] = {1, 2, 3, 4, 5, 6, 7};
    for (int g = 0; g < 2; g++) {
        tdm__control_chart chart = {.centre = 1};
        tdm__arena arena;
        tdm__arena_init(&arena, &tdm__malloc_allocator);
        ck_assert_int_eq(chart_of(&chart, &arena, g, points, 7), TDM_NOT_FOUND);
        ck_assert_ptr_null(chart.signals);
        ck_assert_double_eq(chart.centre, 0);
        tdm__arena_free(&arena);
    }
}
END_TEST

START_TEST(rules_have_names)
{
    ck_assert_str_eq(tdm__chart_rule_code(TDM__RULE_NEAR), "three-of-four");
    ck_assert_str_eq(tdm__chart_rule_words(TDM__RULE_RUN), "eight points in a row on one side of the centre");
    ck_assert_str_eq(tdm__chart_rule_code(TDM__RULE_COUNT), "");
    ck_assert_str_eq(tdm__chart_rule_words(TDM__RULE_COUNT), "");
}
END_TEST

static tdm_status all_in_an_arena(const tdm_allocator *allocator)
{
    static const double points[8] = {1, 2, 3, 4, 5, 6, 7, 8};
    static const tdm__length few[2] = {{3, 0}, {4, 1}};
    tdm__control_chart chart;
    tdm__survival_step *steps;
    size_t step_count;
    tdm__arena arena;
    tdm__arena_init(&arena, allocator);
    tdm_status status = tdm__survival(&steps, &step_count, &arena, few, 2);
    for (int g = 0; g < 2 && status == TDM_OK; g++)
        status = chart_of(&chart, &arena, g, points, 8);
    tdm__arena_free(&arena);
    return status;
}

START_TEST(no_memory)
{
    TEST_EVERY_ALLOCATION(all_in_an_arena);
}
END_TEST

Suite *statistics_curves_suite(void)
{
    Suite *suite = suite_create("statistics_curves");
    TCase *tests = tcase_create("statistics_curves");
    tcase_add_test(tests, survival_and_median_agree_with_r);
    tcase_add_test(tests, survival_of_nobody);
    tcase_add_test(tests, order_within_a_length_is_nothing);
    tcase_add_test(tests, funnel_limits_agree_with_r);
    tcase_add_test(tests, funnel_limits_by_hand);
    tcase_add_test(tests, no_funnel_limits_of_nothing);
    tcase_add_test(tests, the_largest_denominator);
    tcase_add_test(tests, charts_by_hand);
    tcase_add_test(tests, seven_points_have_no_limits);
    tcase_add_test(tests, rules_have_names);
    tcase_add_test(tests, no_memory);
    suite_add_tcase(suite, tests);
    return suite;
}

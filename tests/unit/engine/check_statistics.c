/*
 * Rates, means and quantiles: every published rate to the digit, ties, the bins of Luton, quantiles of R and
 * the largest numbers that can be asked for.
 */
#include "engine/vectors.h"

#include "engine/world.h"

/* "24.7" as 247. */
static int64_t tenths_of(const char *published)
{
    char *end;
    const int64_t whole = strtoll(published, &end, 10);
    ck_assert_msg(*end == '\0' || (*end == '.' && end[1] >= '0' && end[1] <= '9' && end[2] == '\0'), "%s",
                  published);
    return whole * 10 + (*end == '.' ? end[1] - '0' : 0);
}

static void published_rate(char **fields)
{
    const int64_t numerator = strtoll(fields[4], NULL, 10), denominator = strtoll(fields[5], NULL, 10);
    const int64_t got = tdm__percent_tenths(numerator, denominator);
    ck_assert_msg(got == tenths_of(fields[6]), "%s %s %s: %lld, not %s", fields[0], fields[1], fields[2],
                  (long long)got, fields[6]);
}

START_TEST(published_rates_to_the_digit)
{
    vectors_read("official/dfe_rates.csv", 7, 1360, published_rate);
}
END_TEST

typedef struct share {
    int64_t numerator, denominator, tenths;
} share;

static void check_shares(const share *table, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        const int64_t got = tdm__percent_tenths(table[i].numerator, table[i].denominator);
        ck_assert_msg(got == table[i].tenths, "%lld of %lld: %lld", (long long)table[i].numerator,
                      (long long)table[i].denominator, (long long)got);
    }
}

/* Published percentages of which the exact value ends in 5: all were rounded up. */
START_TEST(ties_go_up)
{
    static const share ties[] = {{182, 1120, 163}, {1874, 4000, 469}, {115, 368, 313}, {7, 112, 63},
                                 {104, 128, 813},  {146, 160, 913},   {154, 160, 963}};
    check_shares(ties, ROWS(ties));
}
END_TEST

/* Luton, children in need statistics: counts by bin, how many of the first bins are in time, and their share.
 */
typedef struct binned {
    int64_t bins[9], total;
    size_t within;
    share in_time;
} binned;

START_TEST(luton_bins_and_shares)
{
    static const binned years[] = {
        {{23, 344, 988, 879, 594, 168, 158, 119, 139}, 3412, 6, {2996, 3412, 878}},
        {{71, 280, 699, 745, 540, 303, 220, 179, 164}, 3201, 6, {2638, 3201, 824}},
        {{31, 271, 553, 636, 515, 236, 159, 175, 137}, 2713, 6, {2242, 2713, 826}},
        {{36, 403, 42, 70}, 551, 2, {439, 551, 797}},
        {{74, 288, 22, 46}, 430, 2, {362, 430, 842}},
        {{26, 325, 28, 36}, 415, 2, {351, 415, 846}},
    };
    for (size_t y = 0; y < ROWS(years); y++) {
        int64_t total = 0, within = 0;
        for (size_t bin = 0; bin < 9; bin++) {
            total += years[y].bins[bin];
            within += bin < years[y].within ? years[y].bins[bin] : 0;
        }
        ck_assert_int_eq(total, years[y].total);
        ck_assert_int_eq(within, years[y].in_time.numerator);
        check_shares(&years[y].in_time, 1);
    }
}
END_TEST

START_TEST(luton_plans_by_duration)
{
    static const share shares[] = {
        {76, 231, 329},   {68, 231, 294},   {61, 231, 264},  {26, 231, 113},
        {0, 231, 0}, /* open, 2024 */
        {69, 466, 148},   {61, 466, 131},   {204, 466, 438}, {124, 466, 266},
        {8, 466, 17},                                                           /* ended, 2022 */
        {652, 3130, 208}, {575, 2802, 205}, {109, 3130, 35}, {1221, 3130, 390}, /* referrals, 2024 */
        {82, 387, 212},   {135, 155, 871},  {90, 311, 289},  {103, 140, 736},
        {164, 311, 527}, /* plans */
    };
    check_shares(shares, ROWS(shares));
}
END_TEST

START_TEST(rates_of_a_population)
{
    ck_assert_int_eq(tdm__rate_tenths(1, 3, 10000), 33333);
    ck_assert_int_eq(tdm__rate_tenths(2, 3, 10000), 66667);
    ck_assert_int_eq(tdm__rate_tenths(231, 57643, 10000), 401); /* 40.0742 */
    ck_assert_int_eq(tdm__rate_tenths(1, 200000, 10000), 1);    /* 0.05 */
    ck_assert_int_eq(tdm__rate_tenths(1, 200001, 10000), 0);
    ck_assert_int_eq(tdm__rate_tenths(5, 2, 1), 25);
    ck_assert_int_eq(tdm__percent_tenths(3, 2), 1500); /* more events than children */
}
END_TEST

/* 2^63 - 1 = 9223372036854775807. */
START_TEST(the_largest_numbers)
{
    ck_assert_int_eq(tdm__percent_tenths(INT64_MAX, INT64_MAX), 1000);
    ck_assert_int_eq(tdm__percent_tenths(INT64_MAX - 1, INT64_MAX), 1000);
    ck_assert_int_eq(tdm__percent_tenths(INT64_MAX / 2, INT64_MAX), 500);
    ck_assert_int_eq(tdm__percent_tenths(INT64_MAX / 2 + 1, INT64_MAX), 500);
    ck_assert_int_eq(tdm__percent_tenths(1, INT64_MAX), 0);
    ck_assert_int_eq(tdm__percent_tenths(INT64_MAX, INT64_MAX / 3), 3000);
    ck_assert_int_eq(tdm__percent_tenths(INT64_MAX / 1000, 1), INT64_MAX / 1000 * 1000);
    ck_assert_int_eq(tdm__percent_tenths(INT64_MAX / 1000 + 1, 1), INT64_MAX); /* held */
    ck_assert_int_eq(tdm__percent_tenths(INT64_MAX, 2), INT64_MAX);
    ck_assert_int_eq(tdm__rate_tenths(INT64_MAX - 1, INT64_MAX, INT64_MAX / 10), INT64_MAX / 10 * 10 - 1);
    ck_assert_int_eq(tdm__mean_tenths(INT64_MIN, 1), -INT64_MAX);
    ck_assert_int_eq(tdm__mean_tenths(INT64_MIN, INT64_MAX), -10);
}
END_TEST

START_TEST(no_rate_of_nothing)
{
    static const int64_t wrong[][3] = {
        {1, 0, 100}, {-1, 2, 100}, {1, -2, 100}, {1, 2, 0}, {1, 2, INT64_MAX / 10 + 1}};
    for (size_t i = 0; i < ROWS(wrong); i++)
        ck_assert_int_eq(tdm__rate_tenths(wrong[i][0], wrong[i][1], wrong[i][2]), -1);
    ck_assert_int_eq(tdm__percent_tenths(1, 0), -1);
    ck_assert_int_eq(tdm__mean_tenths(-7, 0), -1);
    ck_assert_int_eq(tdm__mean_tenths(7, 0), -1);
}
END_TEST

/* Sums and counts; 0.25 is 0.3 and -0.25 is -0.3. */
START_TEST(means_in_tenths)
{
    static const int64_t means[][3] = {{0, 5, 0},   {7, 2, 35},  {1, 4, 3},   {1, 3, 3},    {2, 3, 7},
                                       {-1, 4, -3}, {-2, 3, -7}, {-1, 3, -3}, {-7, 2, -35}, {41, 20, 21}};
    for (size_t i = 0; i < ROWS(means); i++)
        ck_assert_int_eq(tdm__mean_tenths(means[i][0], means[i][1]), means[i][2]);
}
END_TEST

static void quantiles_of_r(char **fields)
{
    static const int32_t per_mille[] = {0, 1, 100, 125, 250, 333, 500, 667, 750, 900, 999, 1000};
    static double numbers[VECTOR_NUMBERS_MAX];
    static int32_t values[VECTOR_NUMBERS_MAX];
    const size_t count = vector_numbers(numbers, fields[1]);
    for (size_t i = 0; i < count; i++)
        values[i] = (int32_t)numbers[i];
    for (size_t q = 0; q < ROWS(per_mille); q++) {
        const int64_t got = tdm__quantile_doubled(values, count, per_mille[q]);
        ck_assert_msg(got == strtoll(fields[2 + q], NULL, 10), "%s at %d: %lld, not %s", fields[0],
                      per_mille[q], (long long)got, fields[2 + q]);
    }
}

START_TEST(quantiles_agree_with_r)
{
    vectors_read("statistics/quantiles.csv", 14, 8, quantiles_of_r);
}
END_TEST

START_TEST(no_quantile_of_nothing)
{
    const int32_t value = 3;
    ck_assert_int_eq(tdm__quantile_doubled(NULL, 0, 500), -1);
    ck_assert_int_eq(tdm__quantile_doubled(&value, 1, -1), -1);
    ck_assert_int_eq(tdm__quantile_doubled(&value, 1, 1001), -1);
}
END_TEST

Suite *statistics_suite(void)
{
    Suite *suite = suite_create("statistics");
    TCase *tests = tcase_create("statistics");
    tcase_add_test(tests, published_rates_to_the_digit);
    tcase_add_test(tests, ties_go_up);
    tcase_add_test(tests, luton_bins_and_shares);
    tcase_add_test(tests, luton_plans_by_duration);
    tcase_add_test(tests, rates_of_a_population);
    tcase_add_test(tests, the_largest_numbers);
    tcase_add_test(tests, no_rate_of_nothing);
    tcase_add_test(tests, means_in_tenths);
    tcase_add_test(tests, quantiles_agree_with_r);
    tcase_add_test(tests, no_quantile_of_nothing);
    suite_add_tcase(suite, tests);
    return suite;
}

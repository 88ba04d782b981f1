/*
 * Day numbers, months and ages, against walking the calendar day by day and cases by hand.
 */
#include "calendar/age.h"
#include "calendar/calendar.h"
#include "calendar/days.h"
#include "calendar/suites.h"

static bool leap(int32_t year)
{
    return (year % 400 == 0) || (year % 100 != 0 && year % 4 == 0);
}

static int32_t length_of(int32_t year, int32_t month)
{
    if (month == 2)
        return leap(year) ? 29 : 28;
    return month == 4 || month == 6 || month == 9 || month == 11 ? 30 : 31;
}

START_TEST(every_day_round_trips)
{
    /* The second method counts days up, one after the other; 0001-01-01 was a Monday. */
    tdm_day expected = -719162, day;
    int32_t weekday = 0, y, m, d;
    for (int32_t year = 1; year <= 9999; year++)
        for (int32_t month = 1; month <= 12; month++) {
            if (tdm_day_from_civil(&day, year, month, length_of(year, month) + 1))
                ck_abort_msg("%d-%d is too long", year, month);
            for (int32_t number = 1; number <= length_of(year, month); number++, expected++) {
                bool real = tdm_day_from_civil(&day, year, month, number);
                tdm_day_to_civil(expected, &y, &m, &d);
                if (!real || day != expected || y != year || m != month || d != number ||
                    tdm__weekday(expected) != weekday)
                    ck_abort_msg("%d-%d-%d: %d, expected %d", year, month, number, day, expected);
                weekday = (weekday + 1) % 7;
            }
        }
    ck_assert_int_eq(expected, 2932897);
    ck_assert_int_eq(day_of("1970-01-01"), 0);
}
END_TEST

static const struct {
    int32_t year, month, day;
} no_days[] = {
    {2024, 2, 30},     {2023, 2, 29},     {1900, 2, 29},        {2024, 4, 31},
    {2024, 13, 1},     {2024, 0, 1},      {2024, 1, 0},         {2024, 1, 32},
    {0, 1, 1},         {10000, 1, 1},     {-1, 1, 1},           {2024, -3, 5},
    {INT32_MAX, 1, 1}, {INT32_MIN, 1, 1}, {2024, INT32_MIN, 1}, {2024, 1, INT32_MAX},
};

START_TEST(days_that_do_not_exist)
{
    tdm_day day = 5;
    ck_assert(!tdm_day_from_civil(&day, no_days[_i].year, no_days[_i].month, no_days[_i].day));
    ck_assert_int_eq(day, TDM_DAY_NONE);
}
END_TEST

START_TEST(sentinels_have_no_civil_date)
{
    const tdm_day sentinels[] = {TDM_DAY_NONE, TDM_DAY_BEFORE_ALL, TDM_DAY_AFTER_ALL, -719163, 2932897};
    for (size_t i = 0; i < 5; i++) {
        int32_t year = 1, month = 1, day = 1;
        tdm_day_to_civil(sentinels[i], &year, &month, &day);
        ck_assert(year == 0 && month == 0 && day == 0);
        ck_assert_int_eq(tdm_day_add_months(sentinels[i], 5), sentinels[i]);
    }
}
END_TEST

static const struct {
    const char *from;
    int32_t months;
    const char *to;
} moves[] = {
    {"2023-01-31", 1, "2023-02-28"},         {"2024-01-31", 1, "2024-02-29"},
    {"2020-02-29", -12, "2019-02-28"},       {"2020-02-29", 48, "2024-02-29"},
    {"2024-03-31", -1, "2024-02-29"},        {"2024-05-31", 1, "2024-06-30"},
    {"2024-12-15", 1, "2025-01-15"},         {"2024-01-15", -1, "2023-12-15"},
    {"2024-01-15", -13, "2022-12-15"},       {"2024-08-31", 6, "2025-02-28"},
    {"2024-08-31", 18, "2026-02-28"},        {"2024-06-10", 0, "2024-06-10"},
    {"0001-03-05", -2, "0001-01-05"},        {"0001-03-05", -3, "0001-01-01"},
    {"9999-10-05", 2, "9999-12-05"},         {"9999-10-05", 3, "9999-12-31"},
    {"2024-06-10", INT32_MAX, "9999-12-31"}, {"2024-06-10", INT32_MIN, "0001-01-01"},
    {"2100-01-30", 1, "2100-02-28"},
};

START_TEST(months_move_and_clamp)
{
    ck_assert_int_eq(tdm_day_add_months(day_of(moves[_i].from), moves[_i].months), day_of(moves[_i].to));
}
END_TEST

START_TEST(months_against_counting_one_by_one)
{
    uint64_t state = 11;
    for (int round = 0; round < 2000; round++) {
        int32_t year = 1900 + random_below(&state, 200), month = 1 + random_below(&state, 12);
        int32_t number = 1 + random_below(&state, length_of(year, month));
        int32_t count = random_below(&state, 400) - 200;
        tdm_day start, expected;
        ck_assert(tdm_day_from_civil(&start, year, month, number));
        for (int32_t left = count; left != 0; left += left > 0 ? -1 : 1) {
            month += left > 0 ? 1 : -1;
            year += month == 13 ? 1 : month == 0 ? -1 : 0;
            month = month == 13 ? 1 : month == 0 ? 12 : month;
        }
        int32_t length = length_of(year, month);
        ck_assert(tdm_day_from_civil(&expected, year, month, number < length ? number : length));
        ck_assert_int_eq(tdm_day_add_months(start, count), expected);
    }
}
END_TEST

static const struct {
    const char *born;
    const char *day;
    int32_t years;
} ages[] = {
    {"2010-06-15", "2024-06-14", 13}, {"2010-06-15", "2024-06-15", 14}, {"2010-06-15", "2010-06-15", 0},
    {"2010-06-15", "2010-06-14", -1}, {"2012-02-29", "2013-02-28", 0},  {"2012-02-29", "2013-03-01", 1},
    {"2012-02-29", "2016-02-28", 3},  {"2012-02-29", "2016-02-29", 4},  {"2006-12-31", "2024-12-30", 17},
    {"2006-12-31", "2024-12-31", 18}, {"2023-12-31", "2024-01-01", 0},
};

START_TEST(ages_in_completed_years)
{
    ck_assert_int_eq(tdm_age_years(day_of(ages[_i].born), day_of(ages[_i].day)), ages[_i].years);
}
END_TEST

START_TEST(ages_without_a_day)
{
    ck_assert_int_eq(tdm_age_years(TDM_DAY_NONE, 0), -1);
    ck_assert_int_eq(tdm_age_years(0, TDM_DAY_AFTER_ALL), -1);
    ck_assert_int_eq(tdm_age_years(TDM_DAY_BEFORE_ALL, 0), -1);
}
END_TEST

static const struct {
    const char *born, *day;
    tdm__age age;
} exact_ages[] = {
    {"2018-08-20", "2024-09-30", {6, 1, 10}},  {"2018-08-20", "2018-08-20", {0, 0, 0}},
    {"2018-08-20", "2019-08-19", {0, 11, 30}}, {"2018-08-20", "2019-08-20", {1, 0, 0}},
    {"2018-08-20", "2018-09-19", {0, 0, 30}},  {"2018-08-20", "2018-09-20", {0, 1, 0}},
    {"2012-02-29", "2013-02-28", {0, 11, 30}}, {"2012-02-29", "2013-03-01", {1, 0, 0}},
    {"2012-02-29", "2013-03-29", {1, 1, 0}},   {"2012-02-29", "2016-02-29", {4, 0, 0}},
    {"2023-01-31", "2023-02-28", {0, 0, 28}},  {"2023-01-31", "2023-03-01", {0, 1, 0}},
    {"2023-01-31", "2023-03-30", {0, 1, 29}},  {"2023-01-31", "2023-03-31", {0, 2, 0}},
    {"2023-12-31", "2024-01-01", {0, 0, 1}},   {"2022-11-08", "2023-01-07", {0, 1, 30}},
};

START_TEST(ages_in_years_months_and_days)
{
    tdm__age age;
    ck_assert(tdm__age_at(&age, day_of(exact_ages[_i].born), day_of(exact_ages[_i].day)));
    ck_assert_int_eq(age.years, exact_ages[_i].age.years);
    ck_assert_int_eq(age.months, exact_ages[_i].age.months);
    ck_assert_int_eq(age.days, exact_ages[_i].age.days);
}
END_TEST

/* The day on which so many months are complete: counted on, one month after the other. */
static tdm_day months_complete(int32_t year, int32_t month, int32_t number, int32_t months)
{
    tdm_day day;
    for (; months > 0; months--) {
        year += month == 12 ? 1 : 0;
        month = month == 12 ? 1 : month + 1;
    }
    bool too_short = number > length_of(year, month);
    ck_assert(tdm_day_from_civil(&day, year, month, too_short ? length_of(year, month) : number));
    return day + (too_short ? 1 : 0);
}

START_TEST(ages_against_counting_months)
{
    uint64_t state = 7;
    for (int round = 0; round < 2000; round++) {
        int32_t year = 1990 + random_below(&state, 40), month = 1 + random_below(&state, 12);
        int32_t number = 1 + random_below(&state, length_of(year, month)), months = 0;
        tdm_day born = months_complete(year, month, number, 0), day = born + random_below(&state, 2000);
        tdm__age age;
        while (months_complete(year, month, number, months + 1) <= day)
            months++;
        ck_assert(tdm__age_at(&age, born, day));
        ck_assert_int_eq(age.years * 12 + age.months, months);
        ck_assert_int_eq(age.days, day - months_complete(year, month, number, months));
    }
}
END_TEST

START_TEST(no_age_before_birth_or_without_a_day)
{
    static const tdm_day pairs[][2] = {
        {100, 99}, {TDM_DAY_NONE, 0}, {0, TDM_DAY_AFTER_ALL}, {TDM_DAY_BEFORE_ALL, 0}, {0, TDM_DAY_NONE}};
    for (size_t i = 0; i < sizeof pairs / sizeof pairs[0]; i++) {
        tdm__age age = {1, 1, 1};
        ck_assert(!tdm__age_at(&age, pairs[i][0], pairs[i][1]));
        ck_assert(age.years == 0 && age.months == 0 && age.days == 0);
    }
}
END_TEST

static const char *const no_iso[] = {
    "",           "2024-03-5",  "2024-3-05",  "24-03-05",   "2024/03/05", "2024-03-05 ", " 2024-03-05",
    "2024-02-30", "2024-13-01", "0000-01-01", "2024-03-0x", "20240305",   "2024-03--5",  "+024-03-05",
};

START_TEST(iso_days_and_nothing_else)
{
    tdm_day day = 5;
    ck_assert_msg(!tdm_day_parse_iso(&day, tdm__str(no_iso[_i])), "%s", no_iso[_i]);
    ck_assert_int_eq(day, TDM_DAY_NONE);
    ck_assert(tdm_day_parse_iso(&day, TDM_LIT("2024-03-05")));
    ck_assert_int_eq(day, 19787); /* 54 years of 365, 13 leap days to 2023, 31 + 29 + 4 */
}
END_TEST

#define COUNT(table) (int)(sizeof table / sizeof *table)

Suite *civil_suite(void)
{
    Suite *suite = suite_create("civil");
    TCase *cases = tcase_create("civil");
    tcase_set_timeout(cases, 60);
    tcase_add_test(cases, every_day_round_trips);
    tcase_add_loop_test(cases, days_that_do_not_exist, 0, COUNT(no_days));
    tcase_add_test(cases, sentinels_have_no_civil_date);
    tcase_add_loop_test(cases, months_move_and_clamp, 0, COUNT(moves));
    tcase_add_test(cases, months_against_counting_one_by_one);
    tcase_add_loop_test(cases, ages_in_completed_years, 0, COUNT(ages));
    tcase_add_test(cases, ages_without_a_day);
    tcase_add_loop_test(cases, ages_in_years_months_and_days, 0, COUNT(exact_ages));
    tcase_add_test(cases, ages_against_counting_months);
    tcase_add_test(cases, no_age_before_birth_or_without_a_day);
    tcase_add_loop_test(cases, iso_days_and_nothing_else, 0, COUNT(no_iso));
    suite_add_tcase(suite, cases);
    return suite;
}

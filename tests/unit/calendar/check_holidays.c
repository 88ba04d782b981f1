/*
 * The file of England's bank holidays against the rules worked out a second way and against the
 * published list; holiday files that are wrong.
 */
#include "calendar/days.h"
#include "calendar/suites.h"

/* 0 Monday to 6 Sunday, by the table of month shifts. */
static int32_t weekday_of(int32_t year, int32_t month, int32_t day)
{
    static const int32_t shifts[12] = {0, 3, 2, 5, 0, 3, 5, 1, 4, 6, 2, 4};
    if (month < 3)
        year--;
    return (year + year / 4 - year / 100 + year / 400 + shifts[month - 1] + day + 6) % 7;
}

/* The Sunday behind the paschal full moon, by the golden-number table for 1900 to 2199. */
static tdm_day easter_sunday(int32_t year)
{
    /* Days of March; 32 is 1 April. */
    static const int32_t full_moons[19] = {45, 34, 23, 42, 31, 49, 39, 28, 47, 36,
                                           25, 44, 33, 22, 41, 30, 48, 38, 27};
    int32_t day = full_moons[year % 19];
    do
        day++;
    while (weekday_of(year, day > 31 ? 4 : 3, day > 31 ? day - 31 : day) != 6);
    tdm_day easter;
    ck_assert(tdm_day_from_civil(&easter, year, day > 31 ? 4 : 3, day > 31 ? day - 31 : day));
    return easter;
}

static const char *const moved_away[] = {"2012-05-28", "2020-05-04", "2022-05-30"};
static const char *const proclaimed[] = {"2011-04-29", "2012-06-04", "2012-06-05", "2020-05-08",
                                         "2022-06-02", "2022-06-03", "2022-09-19", "2023-05-08"};

static bool stands_in(const char *const *list, size_t count, tdm_day day)
{
    for (size_t i = 0; i < count; i++)
        if (day_of(list[i]) == day)
            return true;
    return false;
}

/* Mondays to Fridays in the month up to this day, from day `first` on. */
static int weekdays_since(int32_t year, int32_t month, int32_t first, int32_t day)
{
    int count = 0;
    for (int32_t at = first; at <= day; at++)
        count += weekday_of(year, month, at) < 5;
    return count;
}

static bool holiday_by_rule(int32_t year, int32_t month, int32_t day)
{
    int32_t weekday = weekday_of(year, month, day);
    tdm_day number;
    ck_assert(tdm_day_from_civil(&number, year, month, day));
    if (weekday > 4 || stands_in(moved_away, 3, number))
        return false;
    if (stands_in(proclaimed, 8, number))
        return true;
    /* With substitutes: the first weekday of the year, the first two from Christmas on. */
    if (month == 1 && weekdays_since(year, 1, 1, day) == 1)
        return true;
    if (month == 12 && day >= 25 && weekdays_since(year, 12, 25, day) <= 2)
        return true;
    if (weekday == 0 && ((month == 5 && (day <= 7 || day >= 25)) || (month == 8 && day >= 25)))
        return true;
    tdm_day easter = easter_sunday(year);
    return number == easter - 2 || number == easter + 1;
}

START_TEST(england_by_the_rules)
{
    tdm_holidays *holidays = england();
    tdm_day last = day_of("2027-12-31");
    int count = 0;
    for (tdm_day day = day_of("2010-01-01"); day <= last; day++) {
        int32_t year, month, number;
        bool working;
        tdm_day_to_civil(day, &year, &month, &number);
        bool rule = holiday_by_rule(year, month, number);
        ck_assert_int_eq(tdm_is_working_day(&working, day, holidays), TDM_OK);
        ck_assert_msg(working == (weekday_of(year, month, number) < 5 && !rule), "%d-%d-%d", year, month,
                      number);
        count += rule;
    }
    ck_assert_int_eq(count, 18 * 8 + 5); /* one more in 2011, 2012 and 2023, two more in 2022 */
    tdm_holidays_free(holidays);
}
END_TEST

START_TEST(england_as_published)
{
    size_t length, shared_length;
    char *published = file_text("tests/data/official/bank_holidays_england.csv", &length);
    char *ours = file_text("scripts/calendar/england.csv", &shared_length);
    tdm_str rest = {published, length}, lines = {ours, shared_length};
    tdm_str line = tdm__str_split(&lines, '\n');
    ck_assert(tdm__str_equal(tdm__str_trimmed(tdm__str_split(&rest, '\n')), TDM_LIT("date")));
    while (lines.length > 0 && !tdm__str_starts(line, TDM_LIT("2022")))
        line = tdm__str_split(&lines, '\n');
    int count = 0;
    for (; rest.length > 0; count++) {
        tdm_str date = tdm__str_trimmed(tdm__str_split(&rest, '\n'));
        ck_assert_msg(tdm__str_starts(line, date), "%.*s", TDM_STR_ARGS(date));
        line = tdm__str_split(&lines, '\n');
    }
    ck_assert_int_eq(count, 51);
    ck_assert_int_eq(line.length, 0);
    free(published);
    free(ours);
}
END_TEST

START_TEST(known_period_is_kept)
{
    tdm_holidays *holidays = england();
    bool working = true;
    ck_assert_int_eq(tdm_is_working_day(&working, day_of("2009-12-31"), holidays), TDM_UNKNOWN_PERIOD);
    ck_assert(!working);
    ck_assert_int_eq(tdm_is_working_day(&working, day_of("2028-01-03"), holidays), TDM_UNKNOWN_PERIOD);
    ck_assert_int_eq(tdm_is_working_day(&working, TDM_DAY_NONE, holidays), TDM_UNKNOWN_PERIOD);
    ck_assert_int_eq(tdm_is_working_day(&working, TDM_DAY_AFTER_ALL, holidays), TDM_UNKNOWN_PERIOD);
    ck_assert_int_eq(tdm_is_working_day(&working, 0, NULL), TDM_INVALID_ARG);
    tdm_holidays_free(holidays);
    tdm_holidays_free(NULL);
}
END_TEST

#define HEAD "# nation: x\n# known-from: 2024-01-01\n# known-until: 2024-12-31\n"

static const struct {
    const char *text;
    int32_t line; /* 0: it is read */
} files[] = {
    {HEAD "date,name\n2024-03-29,Good Friday\n", 0},
    {HEAD "date,name\n2024-03-29,Good Friday", 0},
    {HEAD "date,name\n", 0},
    {"\xEF\xBB\xBF" HEAD "# anything: else\n\ndate,name\r\n2024-03-29,Good Friday\r\n\r\n", 0},
    {HEAD "date,name\n2024-03-30,A Saturday\n2024-03-31,A Sunday\n", 0},
    {"", 0x7FFF},
    {HEAD, 3},
    {"date,name\n", 1},
    {"# nation: x\n# known-from: 2024-01-01\ndate,name\n", 3},
    {"# known-from: 2024-01-01\n# known-until: 2024-12-31\ndate,name\n", 3},
    {"# nation:\n" HEAD "date,name\n", 1},
    {"# nation: x\n# known-from: 2024-01-32\n", 2},
    {"# nation: x\n# known-from: 2025-01-01\n# known-until: 2024-12-31\ndate,name\n", 4},
    {HEAD "date;name\n", 4},
    {HEAD "2024-03-29,Good Friday\n", 4},
    {HEAD "date,name\n2024-02-30,None\n", 5},
    {HEAD "date,name\n29/03/2024,Good Friday\n", 5},
    {HEAD "date,name\n2024-03-29\n", 5},
    {HEAD "date,name\n2024-03-29,\n", 5},
    {HEAD "date,name\n2024-03-29,A\n2024-03-29,B\n", 6},
    {HEAD "date,name\n2024-03-29,A\n2024-03-28,B\n", 6},
    {HEAD "date,name\n2025-01-01,A\n", 5},
    {HEAD "date,name\n2023-12-31,A\n", 5},
};

START_TEST(holiday_files)
{
    tdm_holidays *holidays = (tdm_holidays *)&holidays;
    tdm_error error;
    test_memory memory = {0};
    tdm_allocator allocator = test_allocator(&memory);
    tdm_status status = tdm_holidays_parse(&holidays, &allocator, tdm__str(files[_i].text), TDM_LIT("a.csv"),
                                           &error);
    if (files[_i].line == 0) {
        ck_assert_msg(status == TDM_OK, "%d: %s", _i, error.message);
        tdm_holidays_free(holidays);
    } else {
        ck_assert_int_eq(status, TDM_INVALID_INPUT);
        ck_assert_int_eq(error.status, TDM_INVALID_INPUT);
        ck_assert_ptr_null(holidays);
        ck_assert_str_eq(error.file, "a.csv");
        ck_assert_int_eq(error.line, files[_i].line == 0x7FFF ? 0 : files[_i].line);
        ck_assert(error.message[0] != '\0');
        ck_assert_int_eq(
            tdm_holidays_parse(&holidays, &allocator, tdm__str(files[_i].text), TDM_LIT("a.csv"), NULL),
            TDM_INVALID_INPUT);
    }
    ck_assert_int_eq(memory.blocks, 0);
}
END_TEST

START_TEST(weekend_holidays_are_counted_once)
{
    const char *text = HEAD "date,name\n2024-03-29,Friday\n2024-03-30,Saturday\n2024-03-31,Sunday\n";
    tdm_holidays *holidays;
    int32_t days;
    ck_assert_int_eq(
        tdm_holidays_parse(&holidays, &tdm__malloc_allocator, tdm__str(text), TDM_LIT("a"), NULL), TDM_OK);
    ck_assert_int_eq(tdm_working_days_between(&days, day_of("2024-03-28"), day_of("2024-04-01"), holidays),
                     TDM_OK);
    ck_assert_int_eq(days, 1);
    tdm_holidays_free(holidays);
}
END_TEST

static tdm_status parse_and_free(const tdm_allocator *allocator)
{
    tdm_holidays *holidays;
    size_t length;
    char *text = file_text("scripts/calendar/england.csv", &length);
    tdm_status status = tdm_holidays_parse(&holidays, allocator, (tdm_str){text, length}, TDM_LIT("e"), NULL);
    ck_assert((status == TDM_OK) == (holidays != NULL));
    tdm_holidays_free(holidays);
    free(text);
    return status;
}

START_TEST(every_allocation_may_fail)
{
    TEST_EVERY_ALLOCATION(parse_and_free);
}
END_TEST

Suite *holidays_suite(void)
{
    Suite *suite = suite_create("holidays");
    TCase *cases = tcase_create("holidays");
    tcase_set_timeout(cases, 60);
    tcase_add_test(cases, england_by_the_rules);
    tcase_add_test(cases, england_as_published);
    tcase_add_test(cases, known_period_is_kept);
    tcase_add_loop_test(cases, holiday_files, 0, (int)(sizeof files / sizeof *files));
    tcase_add_test(cases, weekend_holidays_are_counted_once);
    tcase_add_test(cases, every_allocation_may_fail);
    suite_add_tcase(suite, cases);
    return suite;
}

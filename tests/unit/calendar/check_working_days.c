/*
 * Working days and spans: by hand, against walking day by day, and against the published cases of
 * the national validation rules.
 */
#include "calendar/days.h"
#include "calendar/suites.h"

static const struct {
    const char *from;
    const char *to;
    int32_t days;
} between[] = {
    {"2024-03-04", "2024-03-04", 0},                                   /* a Monday and itself */
    {"2024-03-04", "2024-03-05", 1},  {"2024-03-01", "2024-03-04", 1}, /* Friday to Monday */
    {"2024-03-02", "2024-03-03", 0},                                   /* Saturday to Sunday */
    {"2024-03-02", "2024-03-04", 1},  {"2024-03-04", "2024-03-11", 5},
    {"2024-03-28", "2024-04-02", 1}, /* over Easter */
    {"2024-12-24", "2025-01-02", 4}, /* 27, 30, 31 December, 2 January */
    {"2024-03-05", "2024-03-04", -1}, {"2024-03-11", "2024-03-04", -5},
    {"2009-12-31", "2010-01-04", 1}, /* day 0 before the known period; 1 January is a holiday */
};

START_TEST(counts_by_hand)
{
    tdm_holidays *holidays = england();
    int32_t days = 99;
    ck_assert_int_eq(
        tdm_working_days_between(&days, day_of(between[_i].from), day_of(between[_i].to), holidays), TDM_OK);
    ck_assert_int_eq(days, between[_i].days);
    tdm_holidays_free(holidays);
}
END_TEST

/* Called millions of times, so without an assertion unless it fails: Check writes down each one. */
static bool works(tdm_day day, const tdm_holidays *holidays)
{
    bool working;
    if (tdm_is_working_day(&working, day, holidays) != TDM_OK)
        ck_abort_msg("day %d is not known", day);
    return working;
}

START_TEST(counts_by_walking)
{
    tdm_holidays *holidays = england();
    tdm_day first = day_of("2010-01-01"), last = day_of("2027-12-31");
    uint64_t state = 7;
    for (int round = 0; round < 3000; round++) {
        tdm_day from = first + random_below(&state, last - first);
        tdm_day to = from + random_below(&state, round % 8 ? 40 : last - from + 1);
        to = to > last ? last : to;
        int32_t walked = 0, counted, turned;
        for (tdm_day day = from + 1; day <= to; day++)
            walked += works(day, holidays);
        ck_assert_int_eq(tdm_working_days_between(&counted, from, to, holidays), TDM_OK);
        ck_assert_int_eq(tdm_working_days_between(&turned, to, from, holidays), TDM_OK);
        ck_assert_int_eq(counted, walked);
        ck_assert_int_eq(turned, -walked);
    }
    tdm_holidays_free(holidays);
}
END_TEST

/* The `count`-th working day from `from`, walking; TDM_DAY_NONE when the known period ends first. */
static tdm_day walked_to(tdm_day from, int32_t count, const tdm_holidays *holidays)
{
    tdm_day first = day_of("2010-01-01"), last = day_of("2027-12-31"), day = from;
    while (count != 0) {
        day += count > 0 ? 1 : -1;
        if (day < first || day > last)
            return TDM_DAY_NONE;
        if (works(day, holidays))
            count += count > 0 ? -1 : 1;
    }
    return day;
}

START_TEST(adding_by_walking)
{
    tdm_holidays *holidays = england();
    tdm_day first = day_of("2009-12-31"), last = day_of("2028-01-01");
    uint64_t state = 9;
    for (int round = 0; round < 4000; round++) {
        tdm_day from = first + random_below(&state, last - first + 1), reached;
        int32_t count = random_below(&state, round % 16 ? 100 : 10000) - (round % 16 ? 50 : 5000);
        tdm_status status = tdm_add_working_days(&reached, from, count, holidays);
        tdm_day expected = walked_to(from, count, holidays);
        ck_assert_msg(reached == expected, "%d + %d: %d, expected %d", from, count, reached, expected);
        ck_assert_int_eq(status, expected == TDM_DAY_NONE ? TDM_UNKNOWN_PERIOD : TDM_OK);
    }
    tdm_holidays_free(holidays);
}
END_TEST

START_TEST(outside_the_known_period)
{
    tdm_holidays *holidays = england();
    int32_t days = 5;
    tdm_day day = 5, inside = day_of("2024-03-05");
    ck_assert_int_eq(tdm_working_days_between(&days, inside, day_of("2028-01-01"), holidays),
                     TDM_UNKNOWN_PERIOD);
    ck_assert_int_eq(days, 0);
    ck_assert_int_eq(tdm_working_days_between(&days, day_of("2009-12-30"), inside, holidays),
                     TDM_UNKNOWN_PERIOD);
    ck_assert_int_eq(tdm_working_days_between(&days, TDM_DAY_BEFORE_ALL, inside, holidays),
                     TDM_UNKNOWN_PERIOD);
    ck_assert_int_eq(tdm_working_days_between(&days, inside, TDM_DAY_AFTER_ALL, holidays),
                     TDM_UNKNOWN_PERIOD);
    ck_assert_int_eq(tdm_working_days_between(&days, inside, inside, NULL), TDM_INVALID_ARG);
    ck_assert_int_eq(tdm_add_working_days(&day, day_of("2028-01-01"), -1, holidays), TDM_OK);
    ck_assert_int_eq(day, day_of("2027-12-31")); /* day 0 behind the known period */
    ck_assert_int_eq(tdm_add_working_days(&day, day_of("2028-01-02"), -1, holidays), TDM_UNKNOWN_PERIOD);
    ck_assert_int_eq(tdm_add_working_days(&day, day_of("2009-12-30"), 1, holidays), TDM_UNKNOWN_PERIOD);
    ck_assert_int_eq(tdm_add_working_days(&day, day_of("2027-12-30"), 5, holidays), TDM_UNKNOWN_PERIOD);
    ck_assert_int_eq(day, TDM_DAY_NONE);
    ck_assert_int_eq(tdm_add_working_days(&day, TDM_DAY_AFTER_ALL, -1, holidays), TDM_UNKNOWN_PERIOD);
    ck_assert_int_eq(tdm_add_working_days(&day, 0, 26001, holidays), TDM_INVALID_ARG);
    ck_assert_int_eq(tdm_add_working_days(&day, 0, INT32_MIN, holidays), TDM_INVALID_ARG);
    ck_assert_int_eq(tdm_add_working_days(&day, inside, 1, NULL), TDM_INVALID_ARG);
    tdm_holidays_free(holidays);
}
END_TEST

static const struct {
    const char *from;
    tdm_span span;
    const char *end;
} ends[] = {
    {"2024-03-05", {TDM_SPAN_DAYS, 0}, "2024-03-05"},
    {"2024-03-05", {TDM_SPAN_DAYS, 90}, "2024-06-03"},
    {"2024-02-29", {TDM_SPAN_MONTHS, 12}, "2025-02-28"},
    {"2024-01-31", {TDM_SPAN_MONTHS, 1}, "2024-02-29"},
    {"2024-03-28", {TDM_SPAN_WORKING_DAYS, 1}, "2024-04-02"},
    {"2024-03-04", {TDM_SPAN_WORKING_DAYS, 15}, "2024-03-25"},
    {"2024-03-02", {TDM_SPAN_WORKING_DAYS, 0}, "2024-03-02"},
    {"2024-03-02", {TDM_SPAN_WORKING_DAYS, 10}, "2024-03-15"},
    {"2009-12-31", {TDM_SPAN_WORKING_DAYS, 1}, "2010-01-04"}, /* day 0 before the known period */
    {"9999-12-01", {TDM_SPAN_DAYS, 36600}, "9999-12-31"},
};

START_TEST(ends_of_spans)
{
    tdm_holidays *holidays = england();
    tdm_day end;
    ck_assert_int_eq(tdm_span_end(&end, day_of(ends[_i].from), ends[_i].span, holidays), TDM_OK);
    ck_assert_int_eq(end, day_of(ends[_i].end));
    tdm_holidays_free(holidays);
}
END_TEST

START_TEST(spans_out_of_range)
{
    static const tdm_span wrong[] = {
        {TDM_SPAN_DAYS, -1},
        {TDM_SPAN_DAYS, 36601},
        {TDM_SPAN_MONTHS, 1201},
        {TDM_SPAN_WORKING_DAYS, 26001},
        {3, 1},
        {-1, 1},
        {TDM_SPAN_WORKING_DAYS, 1} /* without holidays */,
    };
    tdm_day end = 5;
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        ck_assert_int_eq(tdm_span_end(&end, 0, wrong[i], NULL), TDM_INVALID_ARG);
        ck_assert_int_eq(end, TDM_DAY_NONE);
    }
    ck_assert_int_eq(tdm_span_end(&end, TDM_DAY_AFTER_ALL, (tdm_span){TDM_SPAN_DAYS, 5}, NULL), TDM_OK);
    ck_assert_int_eq(end, TDM_DAY_AFTER_ALL);
}
END_TEST

/*
 * A national rule looks at a window of 45 or 15 working days whose last is the reference day, counted
 * as day 1; what started before the window opened is flagged, unless it ended or needs no end.
 */
static bool flagged(tdm_str rule, tdm_day reference, tdm_day start, tdm_str other,
                    const tdm_holidays *holidays)
{
    bool assessment = tdm__str_equal(rule, TDM_LIT("assessment-open-over-45-working-days"));
    tdm_day opens;
    ck_assert(assessment || tdm__str_equal(rule, TDM_LIT("s47-without-icpc-over-15-working-days")));
    ck_assert_int_eq(tdm_add_working_days(&opens, reference, assessment ? -44 : -14, holidays), TDM_OK);
    if (tdm__str_equal(other, TDM_LIT("authorised")) ||
        tdm__str_equal(other, TDM_LIT("icpc-not-required=true")))
        return false;
    return start < opens;
}

START_TEST(published_validation_cases)
{
    tdm_holidays *holidays = england();
    size_t length;
    char *text = file_text("tests/data/official/working_days.csv", &length);
    tdm_str rest = {text, length};
    int count = 0;
    tdm__str_split(&rest, '\n');
    for (; rest.length > 0; count++) {
        tdm_str line = tdm__str_split(&rest, '\n'), rule = tdm__str_split(&line, ',');
        tdm_day reference, start;
        ck_assert(tdm_day_parse_iso(&reference, tdm__str_split(&line, ',')));
        ck_assert(tdm_day_parse_iso(&start, tdm__str_split(&line, ',')));
        tdm_str other = tdm__str_split(&line, ','), expected = tdm__str_split(&line, ',');
        ck_assert_msg(flagged(rule, reference, start, other, holidays) ==
                          tdm__str_equal(expected, TDM_LIT("flagged")),
                      "case %d", count + 1);
    }
    ck_assert_int_eq(count, 7);
    free(text);
    tdm_holidays_free(holidays);
}
END_TEST

#define COUNT(table) (int)(sizeof table / sizeof *table)

Suite *working_days_suite(void)
{
    Suite *suite = suite_create("working-days");
    TCase *cases = tcase_create("working-days");
    tcase_set_timeout(cases, 60);
    tcase_add_loop_test(cases, counts_by_hand, 0, COUNT(between));
    tcase_add_test(cases, counts_by_walking);
    tcase_add_test(cases, adding_by_walking);
    tcase_add_test(cases, outside_the_known_period);
    tcase_add_loop_test(cases, ends_of_spans, 0, COUNT(ends));
    tcase_add_test(cases, spans_out_of_range);
    tcase_add_test(cases, published_validation_cases);
    suite_add_tcase(suite, cases);
    return suite;
}

/*
 * Every way of writing a date that is read, with the interval worked out by hand, and what must not
 * be read.
 */
#include "calendar/days.h"
#include "calendar/suites.h"

#define U TDM_DATE_UNCERTAIN
#define A TDM_DATE_APPROXIMATE
#define B TDM_DATE_BOTH_ORDERS

/* from and to as ISO days; "" is an open end. No time: minute -1. */
typedef struct reading {
    const char *text;
    const char *from;
    const char *to;
    uint32_t flags;
    int32_t minute;
} reading;

static const reading iso_and_edtf[] = {
    {"2024-03-05", "2024-03-05", "2024-03-05", 0, -1},
    {"  2024-03-05\t", "2024-03-05", "2024-03-05", 0, -1},
    {"\xC2\xA0"
     "2024-03-05\xC2\xA0",
     "2024-03-05", "2024-03-05", 0, -1},
    {"2024-03", "2024-03-01", "2024-03-31", 0, -1},
    {"2023-02", "2023-02-01", "2023-02-28", 0, -1},
    {"2024", "2024-01-01", "2024-12-31", 0, -1},
    {"2024-XX", "2024-01-01", "2024-12-31", 0, -1},
    {"2024-xx", "2024-01-01", "2024-12-31", 0, -1},
    {"2024-03-XX", "2024-03-01", "2024-03-31", 0, -1},
    {"2024-XX-XX", "2024-01-01", "2024-12-31", 0, -1},
    {"2024-XX-05", "2024-01-05", "2024-12-05", 0, -1},
    {"2024-XX-31", "2024-01-31", "2024-12-31", 0, -1},
    {"2024-XX-30", "2024-01-30", "2024-12-30", 0, -1},
    {"2024-03-1X", "2024-03-10", "2024-03-19", 0, -1},
    {"2024-03-3X", "2024-03-30", "2024-03-31", 0, -1},
    {"2024-03-0X", "2024-03-01", "2024-03-09", 0, -1},
    {"2024-1X", "2024-10-01", "2024-12-31", 0, -1},
    {"2024-X2", "2024-02-01", "2024-12-31", 0, -1},
    {"201X", "2010-01-01", "2019-12-31", 0, -1},
    {"20XX", "2000-01-01", "2099-12-31", 0, -1},
    {"202X-02-29", "2020-02-29", "2028-02-29", 0, -1},
    {"2024-03-05?", "2024-03-05", "2024-03-05", U, -1},
    {"2024-03?", "2024-03-01", "2024-03-31", U, -1},
    {"2024-03-05~", "2024-02-27", "2024-03-12", A, -1},
    {"2024-03-05%", "2024-02-27", "2024-03-12", U | A, -1},
    {"2024-03~", "2024-02-01", "2024-04-30", A, -1},
    {"2024-01~", "2023-12-01", "2024-02-29", A, -1},
    {"2019~", "2018-01-01", "2020-12-31", A, -1},
    {"2019%", "2018-01-01", "2020-12-31", U | A, -1},
    {"2019?~", "2018-01-01", "2020-12-31", U | A, -1},
    {"9999~", "9998-01-01", "9999-12-31", A, -1},
    {"0001-01-03~", "0001-01-01", "0001-01-10", A, -1},
    {"[2024-03-05..2024-03-09]", "2024-03-05", "2024-03-09", 0, -1},
    {"[2024-03-05 .. 2024-03-09]", "2024-03-05", "2024-03-09", 0, -1},
    {"[2024-03-05..2024-03-09]?", "2024-03-05", "2024-03-09", U, -1},
    {"[2024-03-05..2024-03-09]~", "2024-02-27", "2024-03-16", A, -1},
    {"[2024-03-05?..2024-03-09]", "2024-03-05", "2024-03-09", U, -1},
    {"[2024-03-05..2024-03~]", "2024-03-05", "2024-04-30", A, -1},
    {"[2023..2024-03]", "2023-01-01", "2024-03-31", 0, -1},
    {"[..2024-03-05]", "", "2024-03-05", 0, -1},
    {"[..2024-03]", "", "2024-03-31", 0, -1},
    {"[2024-03-05..]", "2024-03-05", "", 0, -1},
    {"[2024-03-05..]?", "2024-03-05", "", U, -1},
    {"[5/3/24..9/3/24]", "2024-03-05", "2024-03-09", 0, -1},
    {"[05.03.2024..09.03.2024]", "2024-03-05", "2024-03-09", 0, -1},
    {"2024-03-05/2024-03-09", "2024-03-05", "2024-03-09", 0, -1},
    {"2023/2024", "2023-01-01", "2024-12-31", 0, -1},
    {"2024-03/2024-04", "2024-03-01", "2024-04-30", 0, -1},
    {"../2024-03-05", "", "2024-03-05", 0, -1},
    {"2024-03-05/..", "2024-03-05", "", 0, -1},
    {"2024-03-05/2024-03~", "2024-03-05", "2024-04-30", A, -1},
    {"5 March 2024/9 March 2024", "2024-03-05", "2024-03-09", 0, -1},
};

static const reading uk_ways[] = {
    {"5/3/24", "2024-03-05", "2024-03-05", 0, -1},
    {"05/03/2024", "2024-03-05", "2024-03-05", 0, -1},
    {"5/3/69", "2069-03-05", "2069-03-05", 0, -1},
    {"5/3/70", "1970-03-05", "1970-03-05", 0, -1},
    {"05.03.2024", "2024-03-05", "2024-03-05", 0, -1},
    {"5.3.24", "2024-03-05", "2024-03-05", 0, -1},
    {"5-3-2024", "2024-03-05", "2024-03-05", 0, -1},
    {"5\xE2\x80\x93"
     "3\xE2\x80\x93"
     "2024",
     "2024-03-05", "2024-03-05", 0, -1},
    {"24-03-05", "2005-03-24", "2005-03-24", 0, -1},
    {"2024/03/05", "2024-03-05", "2024-03-05", 0, -1},
    {"2024-3-5", "2024-03-05", "2024-03-05", 0, -1},
    {"3/2024", "2024-03-01", "2024-03-31", 0, -1},
    {"03.2024", "2024-03-01", "2024-03-31", 0, -1},
    {"5 March 2024", "2024-03-05", "2024-03-05", 0, -1},
    {"5\xC2\xA0March\xC2\xA0"
     "2024",
     "2024-03-05", "2024-03-05", 0, -1},
    {"5th March 2024", "2024-03-05", "2024-03-05", 0, -1},
    {"the 5th of March, 2024", "2024-03-05", "2024-03-05", 0, -1},
    {"1st Jan 2024", "2024-01-01", "2024-01-01", 0, -1},
    {"22nd Sept. 2023", "2023-09-22", "2023-09-22", 0, -1},
    {"3RD FEB 24", "2024-02-03", "2024-02-03", 0, -1},
    {"March 5 2024", "2024-03-05", "2024-03-05", 0, -1},
    {"March 5th, 2024", "2024-03-05", "2024-03-05", 0, -1},
    {"Mar. 5, 24", "2024-03-05", "2024-03-05", 0, -1},
    {"2024 March 5", "2024-03-05", "2024-03-05", 0, -1},
    {"5-Mar-24", "2024-03-05", "2024-03-05", 0, -1},
    {"05-Mar-2024", "2024-03-05", "2024-03-05", 0, -1},
    {"5Mar2024", "2024-03-05", "2024-03-05", 0, -1},
    {"5 Mar '24", "2024-03-05", "2024-03-05", 0, -1},
    {"Tues 5 March 2024", "2024-03-05", "2024-03-05", 0, -1},
    {"Tuesday, 5th March 2024", "2024-03-05", "2024-03-05", 0, -1},
    {"Tue 05/03/2024", "2024-03-05", "2024-03-05", 0, -1},
    {"Monday 5 March 2024", "2024-03-05", "2024-03-05", U, -1},
    {"Mar 2024", "2024-03-01", "2024-03-31", 0, -1},
    {"march 2024", "2024-03-01", "2024-03-31", 0, -1},
    {"2024 Mar", "2024-03-01", "2024-03-31", 0, -1},
    {"in March 2024", "2024-03-01", "2024-03-31", 0, -1},
    {"Mar-24", "2024-03-01", "2024-03-31", 0, -1},
    {"Mar '24", "2024-03-01", "2024-03-31", 0, -1},
    {"?22 May 2016", "2016-05-22", "2016-05-22", U, -1},
    {"? 22 May 2016", "2016-05-22", "2016-05-22", U, -1},
    {"22 May 2016?", "2016-05-22", "2016-05-22", U, -1},
    {"22 May 2016 (?)", "2016-05-22", "2016-05-22", U, -1},
    {"5/3/24?", "2024-03-05", "2024-03-05", U, -1},
    {"perhaps 5 March 2024", "2024-03-05", "2024-03-05", U, -1},
    {"c. 2019", "2018-01-01", "2020-12-31", A, -1},
    {"c2019", "2018-01-01", "2020-12-31", A, -1},
    {"circa 2019", "2018-01-01", "2020-12-31", A, -1},
    {"Circa March 2019", "2019-02-01", "2019-04-30", A, -1},
    {"about 5 March 2024", "2024-02-27", "2024-03-12", A, -1},
    {"approx 5/3/24", "2024-02-27", "2024-03-12", A, -1},
    {"approx. 2019", "2018-01-01", "2020-12-31", A, -1},
    {"approximately May 2022", "2022-04-01", "2022-06-30", A, -1},
    {"May 2022 (approx)", "2022-04-01", "2022-06-30", A, -1},
    {"?c. 2019", "2018-01-01", "2020-12-31", U | A, -1},
    {"early 2023", "2023-01-01", "2023-04-30", 0, -1},
    {"Mid 2023", "2023-05-01", "2023-08-31", 0, -1},
    {"mid-2023", "2023-05-01", "2023-08-31", 0, -1},
    {"late 2023", "2023-09-01", "2023-12-31", 0, -1},
    {"early in 2023", "2023-01-01", "2023-04-30", 0, -1},
    {"early March 2024", "2024-03-01", "2024-03-10", 0, -1},
    {"mid-March 2024", "2024-03-11", "2024-03-20", 0, -1},
    {"late March 2024", "2024-03-21", "2024-03-31", 0, -1},
    {"late Feb 2023", "2023-02-21", "2023-02-28", 0, -1},
    {"late February 2024", "2024-02-21", "2024-02-29", 0, -1},
    {"c. early 2023", "2022-12-01", "2023-05-31", A, -1},
    {"spring 2022", "2022-03-01", "2022-05-31", 0, -1},
    {"Summer 2022", "2022-06-01", "2022-08-31", 0, -1},
    {"autumn of 2022", "2022-09-01", "2022-11-30", 0, -1},
    {"winter 2022", "2022-12-01", "2023-02-28", 0, -1},
    {"winter 2023/24", "2023-12-01", "2024-02-29", 0, -1},
    {"Winter 2023-2024", "2023-12-01", "2024-02-29", 0, -1},
};

static const reading with_times[] = {
    {"2024-03-05T14:30", "2024-03-05", "2024-03-05", 0, 870},
    {"2024-03-05T14:30:59", "2024-03-05", "2024-03-05", 0, 870},
    {"2024-03-05T14:30:59Z", "2024-03-05", "2024-03-05", 0, 870},
    {"2024-03-05T14:30:59.123Z", "2024-03-05", "2024-03-05", 0, 870},
    {"2024-03-05T14:30:00+01:00", "2024-03-05", "2024-03-05", 0, 870},
    {"2024-03-05T14:30:00+0100", "2024-03-05", "2024-03-05", 0, 870},
    {"2024-03-05 14:30", "2024-03-05", "2024-03-05", 0, 870},
    {"2024-03-05T00:00:00", "2024-03-05", "2024-03-05", 0, 0},
    {"2024-03-05 23:59", "2024-03-05", "2024-03-05", 0, 1439},
    {"05/03/2024 14:30", "2024-03-05", "2024-03-05", 0, 870},
    {"05/03/2024 2.30pm", "2024-03-05", "2024-03-05", 0, 870},
    {"05/03/2024, 2:30 PM", "2024-03-05", "2024-03-05", 0, 870},
    {"5/3/24 at 2.30 p.m.", "2024-03-05", "2024-03-05", 0, 870},
    {"5/3/24 @ 2pm", "2024-03-05", "2024-03-05", 0, 840},
    {"5.3.24 14.30", "2024-03-05", "2024-03-05", 0, 870},
    {"5 March 2024 9am", "2024-03-05", "2024-03-05", 0, 540},
    {"5 March 24 14:30", "2024-03-05", "2024-03-05", 0, 870},
    {"5th March 2024, 14:30 hrs", "2024-03-05", "2024-03-05", 0, 870},
    {"5th March 2024 1430hrs", "2024-03-05", "2024-03-05", 0, 870},
    {"5/3/24 12am", "2024-03-05", "2024-03-05", 0, 0},
    {"5/3/24 12.15 pm", "2024-03-05", "2024-03-05", 0, 735},
    {"2024-03-05 14:30?", "2024-03-05", "2024-03-05", U, 870},
};

static const char *const no_dates[] = {
    "unknown",
    "n/k",
    "?",
    "~",
    "-",
    "/",
    "[",
    "]",
    "[]",
    "[..]",
    "..",
    "../..",
    "2024-02-30",
    "2023-02-29",
    "31/02/2024",
    "31 February 2024",
    "0/3/24",
    "5/0/24",
    "5/13/24",
    "3/25/2024",
    "March 25",
    "5 March",
    "Mar 24",
    "24",
    "5/3",
    "5/3/2",
    "5/3/024",
    "5/3/20244",
    "5/3.24",
    "5 3 2024",
    "20240305",
    "2024-13",
    "2024-00",
    "2024-21",
    "2023-24",
    "2024-25",
    "2024-13-45",
    "XXXX",
    "2XXX",
    "2X24",
    "20X4",
    "0000",
    "0000-05",
    "2024-3X-XX",
    "2024-03-4X",
    "2024-02-3X",
    "202X-21",
    "20XX-02-30",
    "[2024-03-09..2024-03-05]",
    "[2024-03-05..2024-03-09",
    "2024-03-05..2024-03-09",
    "[2024-03-05..abc]",
    "2024-03-09/2024-03-05",
    "2024-03-05/",
    "/2024-03-05",
    "2024-03-05/2024-03-06/2024-03-07",
    "2023/24",
    "12/2024/",
    "early",
    "early next year",
    "early 24",
    "late 5 March 2024",
    "spring",
    "spring 22",
    "winter 2022/24",
    "Q1 2024",
    "2024-03-05T",
    "2024-03-05T24:00",
    "2024-03-05T14:60",
    "2024-03-05T14:30:60",
    "2024-03-05T1430",
    "2024-03-05 14",
    "2024-03-05 1430",
    "2024-03-05 13pm",
    "2024-03-05 0am",
    "2024-03-05 2.3pm",
    "2024-03-05T14:30+15:00",
    "2024-03-05 14:30 x",
    "2024-03 14:30",
    "March 2024 14:30",
    "14:30",
    "2024-03-05 2024-03-06",
    "Marchy 2024",
    "5 Marc 2024",
    "cat 2019",
    "5st of 2024",
    "5 March 5 March",
    "2024-03-05\x01",
    "2024-03-05\xFF",
    "5 M\xC3\xA4rz 2024",
    "2024\xE2\x80",
    "''24",
    "March '024",
    "+2024-03-05",
    "2024--03-05",
    "1e3",
    "(2024)",
    "approx approx approx approx approx approx approx approx approx approx approx approx approx approx "
    "approx approx "
    "approx approx approx 2019",
};

static tdm_day end_of(const char *text, tdm_day open)
{
    return *text ? day_of(text) : open;
}

static void check(const reading *expected, const tdm_date_rules *rules)
{
    tdm_date date = {1, 2, 3};
    int32_t minute = 7;
    tdm_status status = tdm_date_parse(&date, &minute, tdm__str(expected->text), rules);
    ck_assert_msg(status == TDM_OK, "\"%s\" was not read", expected->text);
    ck_assert_msg(date.from == end_of(expected->from, TDM_DAY_BEFORE_ALL), "\"%s\": from %d", expected->text,
                  date.from);
    ck_assert_msg(date.to == end_of(expected->to, TDM_DAY_AFTER_ALL), "\"%s\": to %d", expected->text,
                  date.to);
    ck_assert_msg(date.flags == expected->flags, "\"%s\": flags %u", expected->text, date.flags);
    ck_assert_msg(minute == expected->minute, "\"%s\": minute %d", expected->text, minute);
    ck_assert_int_eq(tdm_date_parse(&date, NULL, tdm__str(expected->text), rules), TDM_OK);
}

START_TEST(iso_and_edtf_are_read)
{
    check(&iso_and_edtf[_i], NULL);
}
END_TEST

START_TEST(uk_ways_are_read)
{
    check(&uk_ways[_i], NULL);
}
END_TEST

START_TEST(times_are_read)
{
    check(&with_times[_i], NULL);
}
END_TEST

static void check_refused(const char *text, const tdm_date_rules *rules)
{
    tdm_date date = {1, 2, 3};
    int32_t minute = 7;
    ck_assert_msg(tdm_date_parse(&date, &minute, tdm__str(text), rules) == TDM_INVALID_INPUT,
                  "\"%s\" was read", text);
    ck_assert(date.from == TDM_DAY_BEFORE_ALL && date.to == TDM_DAY_AFTER_ALL && date.flags == 0);
    ck_assert_int_eq(minute, -1);
}

START_TEST(no_dates_are_refused)
{
    check_refused(no_dates[_i], NULL);
}
END_TEST

START_TEST(a_zero_byte_is_no_end)
{
    tdm_date date;
    ck_assert_int_eq(tdm_date_parse(&date, NULL, (tdm_str){"2024-03-05\0x", 12}, NULL), TDM_INVALID_INPUT);
    ck_assert_int_eq(tdm_date_parse(&date, NULL, (tdm_str){"2024\0", 5}, NULL), TDM_INVALID_INPUT);
}
END_TEST

START_TEST(nothing_is_undated)
{
    const tdm_str empty[] = {{NULL, 0}, TDM_LIT(""), TDM_LIT("  \t\r\n"), TDM_LIT("\xC2\xA0")};
    for (size_t i = 0; i < 4; i++) {
        tdm_date date = {1, 2, 3};
        int32_t minute = 7;
        ck_assert_int_eq(tdm_date_parse(&date, &minute, empty[i], NULL), TDM_OK);
        ck_assert(date.from == TDM_DAY_BEFORE_ALL && date.to == TDM_DAY_AFTER_ALL && date.flags == 0);
        ck_assert_int_eq(minute, -1);
    }
}
END_TEST

static const reading month_first[] = {
    {"3/5/24", "2024-03-05", "2024-03-05", 0, -1},
    {"03.25.2024", "2024-03-25", "2024-03-25", 0, -1},
    {"5 March 2024", "2024-03-05", "2024-03-05", 0, -1},
    {"2024-03-05", "2024-03-05", "2024-03-05", 0, -1},
};

static const reading order_unknown[] = {
    {"5/3/2024", "2024-03-05", "2024-05-03", B, -1},
    {"3/5/2024", "2024-03-05", "2024-05-03", B, -1},
    {"5/5/2024", "2024-05-05", "2024-05-05", 0, -1},
    {"25/3/2024", "2024-03-25", "2024-03-25", 0, -1},
    {"3/25/2024", "2024-03-25", "2024-03-25", 0, -1},
    {"5.3.24 14:30", "2024-03-05", "2024-05-03", B, 870},
    {"5/3/2024?", "2024-03-05", "2024-05-03", B | U, -1},
    {"5 March 2024", "2024-03-05", "2024-03-05", 0, -1},
    {"2024-03-05", "2024-03-05", "2024-03-05", 0, -1},
};

START_TEST(the_order_is_obeyed)
{
    tdm_date_rules rules = tdm_date_rules_default();
    rules.order = TDM_MONTH_FIRST;
    for (size_t i = 0; i < sizeof month_first / sizeof *month_first; i++)
        check(&month_first[i], &rules);
    check_refused("25/3/2024", &rules);
    rules.order = TDM_ORDER_UNKNOWN;
    for (size_t i = 0; i < sizeof order_unknown / sizeof *order_unknown; i++)
        check(&order_unknown[i], &rules);
    check_refused("30/2/2024", &rules);
    check_refused("2/30/2024", &rules);
}
END_TEST

static const reading widened[] = {
    {"2024-03-05~", "2024-03-02", "2024-03-08", A, -1}, {"2024-03~", "2024-01-01", "2024-05-31", A, -1},
    {"2019~", "2016-01-01", "2022-12-31", A, -1},       {"5/3/20", "1920-03-05", "1920-03-05", 0, -1},
    {"5/3/19", "2019-03-05", "2019-03-05", 0, -1},
};

START_TEST(policy_widens_and_pivots)
{
    tdm_date_rules rules = tdm_date_rules_default();
    rules.approximate_days = 3;
    rules.approximate_months = 2;
    rules.approximate_years = 3;
    rules.pivot = 19;
    for (size_t i = 0; i < sizeof widened / sizeof *widened; i++)
        check(&widened[i], &rules);
}
END_TEST

START_TEST(rules_out_of_range_are_refused)
{
    tdm_date_rules rules[8];
    tdm_date date;
    for (size_t i = 0; i < 8; i++)
        rules[i] = tdm_date_rules_default();
    rules[0].struct_size = 0;
    rules[1].order = 3;
    rules[2].order = -1;
    rules[3].pivot = 100;
    rules[4].approximate_days = -1;
    rules[5].approximate_months = 1201;
    rules[6].approximate_years = 101;
    for (size_t i = 0; i < 7; i++)
        ck_assert_int_eq(tdm_date_parse(&date, NULL, TDM_LIT("2024-03-05"), &rules[i]), TDM_INVALID_ARG);
    ck_assert_int_eq(tdm_date_parse(&date, NULL, TDM_LIT("2024-03-05"), &rules[7]), TDM_OK);
}
END_TEST

START_TEST(any_bytes_end_well)
{
    /* Pieces of dates in any order: no reading may leave its text or give an interval turned round. */
    static const char *const pieces[] = {"2024", "-",  "03", "05", "/",  ".",      "..",    "[",
                                         "]",    "?",  "~",  "%",  "c.", " ",      "x",     "t",
                                         ":",    "14", "pm", "th", "of", "'",      "early", "mar",
                                         "may",  "22", "z",  "+",  "5",  "winter", "mon",   "\xC2\xA0"};
    uint64_t state = 5;
    tdm_date_rules rules = tdm_date_rules_default();
    for (int round = 0; round < 200000; round++) {
        char text[160] = "";
        int32_t count = 1 + random_below(&state, 12);
        for (int32_t i = 0; i < count; i++)
            strcat(text, pieces[random_below(&state, (int32_t)(sizeof pieces / sizeof *pieces))]);
        tdm_date date;
        int32_t minute;
        rules.order = random_below(&state, 3);
        /* A copy of exactly its length, so that the sanitizer sees one byte too far. */
        size_t length = strlen(text);
        char *exact = malloc(length);
        memcpy(exact, text, length);
        tdm_status status = tdm_date_parse(&date, &minute, (tdm_str){exact, length}, &rules);
        free(exact);
        bool sound = date.from <= date.to && minute >= -1 && minute < 1440;
        if ((status != TDM_OK && status != TDM_INVALID_INPUT) || !sound)
            ck_abort_msg("%s", text);
    }
}
END_TEST

#define COUNT(table) (int)(sizeof table / sizeof *table)

Suite *dates_suite(void)
{
    Suite *suite = suite_create("dates");
    TCase *cases = tcase_create("dates");
    tcase_set_timeout(cases, 60);
    tcase_add_loop_test(cases, iso_and_edtf_are_read, 0, COUNT(iso_and_edtf));
    tcase_add_loop_test(cases, uk_ways_are_read, 0, COUNT(uk_ways));
    tcase_add_loop_test(cases, times_are_read, 0, COUNT(with_times));
    tcase_add_loop_test(cases, no_dates_are_refused, 0, COUNT(no_dates));
    tcase_add_test(cases, a_zero_byte_is_no_end);
    tcase_add_test(cases, nothing_is_undated);
    tcase_add_test(cases, the_order_is_obeyed);
    tcase_add_test(cases, policy_widens_and_pivots);
    tcase_add_test(cases, rules_out_of_range_are_refused);
    tcase_add_test(cases, any_bytes_end_well);
    suite_add_tcase(suite, cases);
    return suite;
}

/*
 * Canonical text and words, by hand; and canonical text read back gives the same date.
 */
#include "calendar/days.h"
#include "calendar/suites.h"

static const struct {
    const char *written;
    const char *canonical;
    const char *words;
} texts[] = {
    {"", "", "no date"},
    {"5/3/24", "2024-03-05", "5 March 2024"},
    {"?5/3/24", "2024-03-05?", "perhaps 5 March 2024"},
    {"March 2024", "2024-03", "March 2024"},
    {"Feb 2024", "2024-02", "February 2024"},
    {"2024-02-01/2024-02-28", "[2024-02-01..2024-02-28]", "between 1 and 28 February 2024"},
    {"2023-02-01/2023-02-28", "2023-02", "February 2023"},
    {"2024", "2024", "2024"},
    {"2024?", "2024?", "perhaps 2024"},
    {"2024-XX", "2024", "2024"},
    {"[2024-03-05..2024-03-09]", "[2024-03-05..2024-03-09]", "between 5 and 9 March 2024"},
    {"2024-03-05/2024-04-09", "[2024-03-05..2024-04-09]", "between 5 March and 9 April 2024"},
    {"2023-12-28/2024-01-03", "[2023-12-28..2024-01-03]", "between 28 December 2023 and 3 January 2024"},
    {"[2023-09-28..2024-09-30]?", "[2023-09-28..2024-09-30]?",
     "perhaps between 28 September 2023 and 30 September 2024"},
    {"spring 2022", "[2022-03-01..2022-05-31]", "between March and May 2022"},
    {"winter 2023", "[2023-12-01..2024-02-29]", "between December 2023 and February 2024"},
    {"c. 2019", "[2018-01-01..2020-12-31]", "between 2018 and 2020"},
    {"early 2023", "[2023-01-01..2023-04-30]", "between January and April 2023"},
    {"late March 2024", "[2024-03-21..2024-03-31]", "between 21 and 31 March 2024"},
    {"[..2024-03-05]", "[..2024-03-05]", "on or before 5 March 2024"},
    {"[..2024-03]", "[..2024-03-31]", "in or before March 2024"},
    {"[..2024]", "[..2024-12-31]", "in or before 2024"},
    {"[2024-03-05..]", "[2024-03-05..]", "on or after 5 March 2024"},
    {"[2024-03..]?", "[2024-03-01..]?", "perhaps in or after March 2024"},
    {"2024/..", "[2024-01-01..]", "in or after 2024"},
    {"0024-03-05", "0024-03-05", "5 March 24"},
    {"0001", "0001", "1"},
};

START_TEST(dates_as_text)
{
    tdm_date date;
    char text[TDM_DATE_TEXT_SIZE];
    ck_assert_int_eq(tdm_date_parse(&date, NULL, tdm__str(texts[_i].written), NULL), TDM_OK);
    memset(text, 'x', sizeof text);
    tdm_date_format(text, date);
    ck_assert_str_eq(text, texts[_i].canonical);
    memset(text, 'x', sizeof text);
    tdm_date_words(text, date);
    ck_assert_str_eq(text, texts[_i].words);
}
END_TEST

START_TEST(damaged_dates_are_no_date)
{
    const tdm_date damaged[] = {
        {TDM_DAY_NONE, TDM_DAY_NONE, 0},
        {5, 4, 0},
        {0, 2932897, 0},
        {-719163, 0, 0},
        {TDM_DAY_NONE, 5, 1},
        {TDM_DAY_AFTER_ALL, TDM_DAY_AFTER_ALL, 0},
        {TDM_DAY_BEFORE_ALL, TDM_DAY_BEFORE_ALL, 0},
    };
    char text[TDM_DATE_TEXT_SIZE];
    for (size_t i = 0; i < sizeof damaged / sizeof *damaged; i++) {
        tdm_date_format(text, damaged[i]);
        ck_assert_str_eq(text, "");
        tdm_date_words(text, damaged[i]);
        ck_assert_str_eq(text, "no date");
    }
}
END_TEST

static tdm_date random_date(uint64_t *state)
{
    tdm_date date = {random_below(state, 3652059) - 719162, 0, 0};
    static const int32_t lengths[] = {1, 40, 800, 100000};
    date.to = date.from + random_below(state, lengths[random_below(state, 4)]);
    date.to = date.to > 2932896 ? 2932896 : date.to;
    date.flags = random_below(state, 2) ? TDM_DATE_UNCERTAIN : 0;
    int32_t open = random_below(state, 8);
    if (open == 0)
        date.from = TDM_DAY_BEFORE_ALL;
    else if (open == 1)
        date.to = TDM_DAY_AFTER_ALL;
    return date;
}

static void check_read_back(tdm_date date)
{
    char text[TDM_DATE_TEXT_SIZE], words[TDM_DATE_TEXT_SIZE];
    tdm_date again;
    tdm_date_format(text, date);
    tdm_date_words(words, date);
    if (tdm_date_parse(&again, NULL, tdm__str(text), NULL) != TDM_OK || again.from != date.from ||
        again.to != date.to || again.flags != date.flags)
        ck_abort_msg("%s", text);
    if (strlen(words) == 0 || strlen(words) >= TDM_DATE_TEXT_SIZE - 1)
        ck_abort_msg("%s: %s", text, words);
}

START_TEST(canonical_text_is_read_back)
{
    uint64_t state = 3;
    for (int round = 0; round < 100000; round++)
        check_read_back(random_date(&state));
    for (int32_t year = 1; year <= 9999; year += 7)
        for (int32_t month = 1; month <= 12; month++) {
            tdm_date date = {0, 0, 0};
            ck_assert(tdm_day_from_civil(&date.from, year, month, 1));
            date.to = tdm_day_add_months(date.from, month == 12 && year == 9999 ? 0 : 1) - 1;
            if (date.from <= date.to)
                check_read_back(date);
        }
}
END_TEST

Suite *format_suite(void)
{
    Suite *suite = suite_create("format");
    TCase *cases = tcase_create("format");
    tcase_set_timeout(cases, 60);
    tcase_add_loop_test(cases, dates_as_text, 0, (int)(sizeof texts / sizeof *texts));
    tcase_add_test(cases, damaged_dates_are_no_date);
    tcase_add_test(cases, canonical_text_is_read_back);
    suite_add_tcase(suite, cases);
    return suite;
}

/*
 * The review for a terminal: what it says first, its width, colour, hostile text.
 */
#include <string.h>

#include "report/fixture.h"
#include "report/suites.h"
#include "report/terminal.h"
#include "report/view.h"

static report_fixture *fixture;

static void set_up(void)
{
    fixture = report_fixture_new();
}

static void tear_down(void)
{
    report_fixture_free(fixture);
}

START_TEST(it_says_first_what_it_is)
{
    tdm__text text = report_written(tdm__report_text, &fixture->run, NULL);
    ck_assert(tdm__str_starts(tdm__text_str(&text), TDM_LIT("Prompts for review, not a measure of risk\n")));
    tdm__text_free(&text);
}
END_TEST

/* Each of these stands in the report at a width on which none is broken. */
static const char *const said[] = {
    "As of:    30 September 2024 (from: option)",
    "policy/default.json",
    "Child C1, born 14 March 2016, aged 8 years 6 months",
    "Child C2, date of birth not recorded",
    "2 prompts: 1 current, 1 past; 1 only possible.",
    "1. Many small <concerns> [met, current, for review]",
    "2. Domestic abuse & again [possible, past, for review]",
    "Three concerns; a <b>sentence</b>.",
    "first met on 29 February 2024",
    "holds in some of the cases that the record leaves open",
    "Definition: three within 12 months",
    "Standing:   research (A source)",
    "within = 12 months, set by policy/default.json:12",
    "4 November 2023 to 29 February 2024 (met, current), from:",
    "police<&>.csv:2",
    "school.csv (List 1):3",
    "0 universal, possibly 3 assessment or child in need",
    "No prompts. That is no finding that all is well",
    "many-small: no source could hold it (no-data)",
    "repeat-domestic-abuse: the script failed (script-error, indicators/x.lua:17)",
    "Rows without any date: counted in nothing",
    "1 row is after the as-of day",
    "switched-off, by policy/local.json:3",
    "warning: expected a date (date-not-read)",
    "set aside",
};

START_TEST(it_says_everything)
{
    tdm__report_options options = {.width = 200};
    tdm__text text = report_written(tdm__report_text, &fixture->run, &options);
    ck_assert_msg(strstr(text.data, said[_i]) != NULL, "not said: %s", said[_i]);
    tdm__text_free(&text);
}
END_TEST

START_TEST(no_line_is_wider_than_the_terminal)
{
    static const int widths[] = {40, 57, 80, 132};
    tdm__report_options options = {.width = widths[_i]};
    tdm__text text = report_written(tdm__report_text, &fixture->run, &options);
    tdm_str rest = tdm__text_str(&text);
    while (rest.length > 0)
        ck_assert_int_le(tdm__display_width(tdm__str_split(&rest, '\n')), widths[_i]);
    tdm__text_free(&text);
}
END_TEST

START_TEST(hostile_text_stays_text)
{
    tdm__report_options options = {.width = 400};
    tdm__text text = report_written(tdm__report_text, &fixture->run, &options);
    for (size_t i = 0; i < text.length; i++)
        ck_assert((unsigned char)text.data[i] >= 0x20 || text.data[i] == '\n');
    ck_assert_ptr_nonnull(strstr(text.data, "\\x1b[31mred <U+202E>olleh"));
    tdm__text_free(&text);
}
END_TEST

/* Without the escapes the bytes are the same: colour says nothing that words do not. */
START_TEST(colour_is_never_the_only_sign)
{
    tdm__report_options options = {.colour = true};
    tdm__text plain = report_written(tdm__report_text, &fixture->run, NULL);
    tdm__text coloured = report_written(tdm__report_text, &fixture->run, &options);
    tdm__text stripped;
    tdm__text_init(&stripped, &tdm__malloc_allocator);
    ck_assert_int_gt(report_count(tdm__text_str(&coloured), "\033["), 0);
    for (size_t i = 0; i < coloured.length; i++) {
        if (coloured.data[i] == '\033')
            while (coloured.data[i] != 'm')
                i++;
        else
            tdm__text_char(&stripped, coloured.data[i]);
    }
    ck_assert_str_eq(stripped.data, plain.data);
    tdm__text_free(&plain);
    tdm__text_free(&coloured);
    tdm__text_free(&stripped);
}
END_TEST

START_TEST(past_prompts_left_out_are_counted)
{
    tdm__report_options options = {.width = 200, .current_only = true};
    tdm__text text = report_written(tdm__report_text, &fixture->run, &options);
    ck_assert_ptr_null(strstr(text.data, "2. Domestic abuse"));
    ck_assert_ptr_nonnull(strstr(text.data, "1 that is not current is left out on request."));
    tdm__text_free(&text);
}
END_TEST

/* As of 30 September 2024; "" is not recorded. */
static const struct {
    const char *born, *expected, *died, *words;
} lives[] = {
    {"2016-03-14", "", "", "born 14 March 2016, aged 8 years 6 months"},
    {"2016", "", "", "born 2016, aged 7 to 8 years"},
    {"[..2016-03-14]", "", "", "born on or before 14 March 2016, aged 8 years 6 months or more"},
    {"[2016-03-14..]", "", "", "born on or after 14 March 2016"},
    {"2024-09-10", "", "", "born 10 September 2024, aged 20 days"},
    {"2025-01-01", "", "", "born 1 January 2025"},
    {"2024", "", "", "born 2024"},
    {"", "", "", "date of birth not recorded"},
    {"", "2025-01-01", "", "date of birth not recorded, expected 1 January 2025"},
    {"", "", "2024-03-01", "date of birth not recorded, died 1 March 2024"},
    {"2016-03-14", "2016-03-20", "2024-03-13",
     "born 14 March 2016, died 13 March 2024, aged 7 years 11 months"},
    {"2016-03-14", "", "2024-10-01", "born 14 March 2016, aged 8 years 6 months"},
    {"2016-03-14", "", "2024", "born 14 March 2016, died 2024, aged 7 to 8 years"},
    {"2016-03-14", "", "[2024-05-02..]",
     "born 14 March 2016, died on or after 2 May 2024, aged 8 years 1 month or more"},
};

START_TEST(a_birth_and_a_death_are_told_as_far_as_they_are_known)
{
    char words[TDM__CHILD_WORDS_SIZE];
    tdm__child child = {0};
    fixture->run.as_of = report_day(2024, 9, 30);
    ck_assert_int_eq(tdm_date_parse(&child.born, NULL, tdm__str(lives[_i].born), NULL), TDM_OK);
    ck_assert_int_eq(tdm_date_parse(&child.expected, NULL, tdm__str(lives[_i].expected), NULL), TDM_OK);
    ck_assert_int_eq(tdm_date_parse(&child.died, NULL, tdm__str(lives[_i].died), NULL), TDM_OK);
    tdm__child_words(words, &fixture->run, &child);
    ck_assert_str_eq(words, lives[_i].words);
}
END_TEST

Suite *text_suite(void)
{
    Suite *suite = suite_create("text");
    TCase *tests = tcase_create("terminal");
    tcase_add_checked_fixture(tests, set_up, tear_down);
    tcase_add_test(tests, it_says_first_what_it_is);
    tcase_add_loop_test(tests, it_says_everything, 0, sizeof said / sizeof said[0]);
    tcase_add_loop_test(tests, no_line_is_wider_than_the_terminal, 0, 4);
    tcase_add_test(tests, hostile_text_stays_text);
    tcase_add_test(tests, colour_is_never_the_only_sign);
    tcase_add_test(tests, past_prompts_left_out_are_counted);
    tcase_add_loop_test(tests, a_birth_and_a_death_are_told_as_far_as_they_are_known, 0,
                        sizeof lives / sizeof lives[0]);
    suite_add_tcase(suite, tests);
    return suite;
}

/*
 * The chronology on paper: what stands in a cell, colours, the significant-only layer; the page and the
 * picture.
 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "report/fixture.h"
#include "report/markup.h"
#include "report/printed.h"
#include "report/suites.h"

static report_fixture *fixture;

static void set_up(void)
{
    fixture = report_fixture_new();
}

static void tear_down(void)
{
    report_fixture_free(fixture);
}

/* Of the sixth, which has no date, and of those in the order of their dates: fixture.c. */
static tdm__text cell(uint32_t event, tdm__cell_role role, size_t *widest)
{
    tdm__printed printed;
    tdm__text text;
    tdm__event one = tdm__chronology_event(fixture->chronology, event);
    tdm__printed_columns(&printed);
    size_t column = widest ? printed.text : 0;
    while (!widest && printed.columns[column]->role != role)
        column++;
    tdm__text_init(&text, &tdm__malloc_allocator);
    tdm__printed_cell(&text, &fixture->run, &one, &printed, column);
    return text;
}

START_TEST(a_date_is_in_words_and_as_written_where_it_is_doubtful)
{
    static const struct {
        uint32_t event;
        const char *text;
    } cases[] = {
        {0, "4 November 2023\nchild aged 7 years 7 months"},
        {1, "6 November 2023\nchild aged 7 years 7 months"},
        {2, "February 2024\nas written: " HOSTILE "\nchild aged 7 years 10 months to 7 years 11 months"},
        {4, "1 December 2024\nchild aged 8 years 8 months\nafter the as-of day"},
        {5, "no date"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        tdm__text text = cell(cases[i].event, TDM__CELL_DATE, NULL);
        ck_assert_str_eq(text.data, cases[i].text);
        tdm__text_free(&text);
    }
}
END_TEST

START_TEST(line_ends_of_every_kind_are_one)
{
    tdm__text text;
    tdm__text_init(&text, &tdm__malloc_allocator);
    tdm__put_own_lines(&text, TDM_LIT("a\r\nb\rc\nd\r"));
    ck_assert_str_eq(text.data, "a\nb\nc\nd\n");
    tdm__text_free(&text);
}
END_TEST

START_TEST(the_widest_column_is_that_of_the_text)
{
    size_t widest;
    tdm__printed printed;
    tdm__text text = cell(1, TDM__CELL_PLAIN, &widest);
    int32_t shares = 0;
    tdm__printed_columns(&printed);
    ck_assert_str_eq(printed.columns[printed.text]->heading, "What happened");
    ck_assert_str_eq(text.data, "tired\nSame incident: incident 1; perhaps incident 2");
    for (size_t i = 0; i < printed.count; i++)
        shares += printed.columns[i]->share;
    ck_assert_int_eq(shares, printed.shares);
    tdm__text_free(&text);
}
END_TEST

/* Relative luminance of a part of a colour, as WCAG 2.2 defines it. */
static double linear(long part)
{
    double share = (double)part / 255.0;
    return share <= 0.04045 ? share / 12.92 : pow((share + 0.055) / 1.055, 2.4);
}

static double luminance(const char *colour)
{
    long number = strtol(colour, NULL, 16);
    return 0.2126 * linear(number >> 16 & 255) + 0.7152 * linear(number >> 8 & 255) +
           0.0722 * linear(number & 255);
}

START_TEST(letters_stand_out_from_every_ground)
{
    static const char *const letters[] = {"1D1D1B", "4A4F55"};
    for (size_t i = 0; i < TDM__TINTS; i++)
        for (size_t l = 0; l < 2; l++) {
            ck_assert_uint_eq(strlen(tdm__tints[i]), 6);
            double contrast = (luminance(tdm__tints[i]) + 0.05) / (luminance(letters[l]) + 0.05);
            ck_assert_msg(contrast >= (l == 0 ? 12.0 : 4.5), "%s under %s: %.2f", tdm__tints[i], letters[l],
                          contrast);
        }
    ck_assert_uint_ne(tdm__agency_tint(&fixture->run, 0), tdm__agency_tint(&fixture->run, 1));
}
END_TEST

START_TEST(rows_are_counted)
{
    tdm__report_options options = {0};
    tdm__text text;
    tdm__row_counts counts = tdm__count_rows(&fixture->run, 0, &options);
    tdm__text_init(&text, &tdm__malloc_allocator);
    tdm__put_row_counts(&text, &counts);
    ck_assert_str_eq(text.data, "6 rows: 5 with a date, 1 of them doubtful; 1 without any date; 1 after the "
                                "as-of day.");
    tdm__text_clear(&text);
    tdm__put_left_out(&text, &fixture->run, 0, &options);
    ck_assert_uint_eq(text.length, 0);
    tdm__text_free(&text);
}
END_TEST

/* C1 has concerns and a strength rated medium; the one row of C2 is a note rated low. */
START_TEST(what_is_left_out_is_said)
{
    static const char layer[] =
        "Significant rows only: those of a concern, and others rated high or medium. ";
    tdm__report_options options = {.significant = true};
    tdm__text text;
    tdm__text_init(&text, &tdm__malloc_allocator);
    tdm__put_left_out(&text, &fixture->run, 0, &options);
    ck_assert_int_eq(report_count(tdm__text_str(&text), layer), 1);
    ck_assert_int_eq(report_count(tdm__text_str(&text), "Left out: 0 of 6 rows."), 1);
    tdm__text_clear(&text);
    tdm__put_left_out(&text, &fixture->run, 1, &options);
    ck_assert_int_eq(report_count(tdm__text_str(&text), layer), 1);
    ck_assert_int_eq(report_count(tdm__text_str(&text),
                                  "Left out: 1 of 1 rows (School or college 1). The full "
                                  "chronology holds them."),
                     1);
    tdm__text_free(&text);
}
END_TEST

START_TEST(the_page_is_well_formed_and_whole)
{
    static const char *const holds[] = {
        "<h2 id=\"child-1\">Child C1, born 14 March 2016, aged 8 years 6 months</h2>",
        "<h3>Rows without any date</h3>",
        "after the as-of day",
        "&lt;script&gt;alert(&quot;x&quot;)&lt;/script&gt; &#39; ]]&gt; &amp; ",
        "\\x1b[31mred &lt;U+202E&gt;olleh",
        "size:A4 landscape",
        "<td class=\"concern\">concern</td>",
        "police&lt;&amp;&gt;.csv, row 2",
    };
    tdm__text text = report_written(tdm__report_chronology_html, &fixture->run, NULL);
    markup_check(tdm__text_str(&text));
    for (size_t i = 0; i < sizeof holds / sizeof holds[0]; i++)
        ck_assert_msg(strstr(text.data, holds[i]) != NULL, "%s", holds[i]);
    ck_assert_int_eq(report_count(tdm__text_str(&text), "<tr id=\"row-"), 7);
    ck_assert_int_eq(report_count(tdm__text_str(&text), "<tr id=\"row-") -
                         report_count(tdm__text_str(&text), "class=\"after\""),
                     5);
    tdm__text_free(&text);
}
END_TEST

START_TEST(the_page_of_the_layer_says_what_is_not_on_it)
{
    tdm__report_options options = {.significant = true};
    tdm__text text = report_written(tdm__report_chronology_html, &fixture->run, &options);
    ck_assert_int_eq(report_count(tdm__text_str(&text), "<tr id=\"row-"), 6);
    ck_assert_int_eq(report_count(tdm__text_str(&text), "Left out: 1 of 1 rows"), 1);
    tdm__text_free(&text);
}
END_TEST

/* --- the picture --- */

START_TEST(the_picture_is_of_one_child)
{
    static const struct {
        const char *child;
        tdm_status status;
    } cases[] = {{"", TDM_INVALID_ARG}, {"C3", TDM_NOT_FOUND}, {"C1", TDM_OK}, {"C2", TDM_OK}};
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        tdm__report_options options = {.child = tdm__str(cases[i].child)};
        tdm_error error = {0};
        tdm__text text;
        tdm__text_init(&text, &tdm__malloc_allocator);
        ck_assert_int_eq(tdm__report_timeline(&fixture->run, &options, report_text_sink(&text), &error),
                         cases[i].status);
        ck_assert_int_eq(error.status, cases[i].status);
        ck_assert((text.length > 0) == (cases[i].status == TDM_OK));
        tdm__text_free(&text);
    }
    fixture->run.child_count = 1;
    tdm__text only = report_written(tdm__report_timeline, &fixture->run, NULL);
    ck_assert_int_eq(report_count(tdm__text_str(&only), ">Time line of child C1</title>"), 2);
    tdm__text_free(&only);
}
END_TEST

START_TEST(the_picture_stands_alone)
{
    static const char declaration[] = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n";
    tdm__report_options options = {.child = TDM_LIT("C1"), .significant = true};
    tdm__text text = report_written(tdm__report_timeline, &fixture->run, &options);
    tdm_str file = tdm__text_str(&text);
    ck_assert(tdm__str_starts(file, tdm__str(declaration)));
    markup_check((tdm_str){file.data + strlen(declaration), file.length - strlen(declaration)});
    ck_assert_int_eq(report_count(file, "href"), 0);
    /* Two namespaces and nothing else that looks like an address. */
    ck_assert_int_eq(report_count(file, "http"), 2);
    /* One word, which no end of a line divides. */
    ck_assert_int_eq(report_count(file, "Significant"), 1);
    ck_assert_int_eq(report_count(file, "Prompt 1: Many small &lt;concerns&gt;"), 2);
    tdm__text_free(&text);
}
END_TEST

START_TEST(the_picture_of_the_layer_has_fewer_signs)
{
    /* The only row of C2 is drawn once it was recorded, and not in the layer. */
    tdm__report_options all = {.child = TDM_LIT("C2")}, layer = {.child = TDM_LIT("C2"), .significant = true};
    fixture->run.as_of = report_day(2024, 12, 31);
    tdm__text whole = report_written(tdm__report_timeline, &fixture->run, &all),
              part = report_written(tdm__report_timeline, &fixture->run, &layer);
    ck_assert_int_eq(report_count(tdm__text_str(&whole), "1 dated entries"), 1);
    ck_assert_int_eq(report_count(tdm__text_str(&part), "0 dated entries"), 1);
    tdm__text_free(&whole);
    tdm__text_free(&part);
}
END_TEST

Suite *chronology_printed_suite(void)
{
    Suite *suite = suite_create("chronology on paper");
    TCase *tests = tcase_create("cells"), *pages = tcase_create("pages");
    tcase_add_checked_fixture(tests, set_up, tear_down);
    tcase_add_test(tests, a_date_is_in_words_and_as_written_where_it_is_doubtful);
    tcase_add_test(tests, line_ends_of_every_kind_are_one);
    tcase_add_test(tests, the_widest_column_is_that_of_the_text);
    tcase_add_test(tests, letters_stand_out_from_every_ground);
    tcase_add_test(tests, rows_are_counted);
    tcase_add_test(tests, what_is_left_out_is_said);
    suite_add_tcase(suite, tests);
    tcase_add_checked_fixture(pages, set_up, tear_down);
    tcase_add_test(pages, the_page_is_well_formed_and_whole);
    tcase_add_test(pages, the_page_of_the_layer_says_what_is_not_on_it);
    tcase_add_test(pages, the_picture_is_of_one_child);
    tcase_add_test(pages, the_picture_stands_alone);
    tcase_add_test(pages, the_picture_of_the_layer_has_fewer_signs);
    suite_add_tcase(suite, pages);
    return suite;
}

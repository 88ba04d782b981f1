/*
 * The HTML report: well-formed, closed in itself, whole, harmless.
 */
#include <stdio.h>
#include <string.h>

#include "report/fixture.h"
#include "report/markup.h"
#include "report/picture.h"
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

START_TEST(it_is_well_formed_and_leads_nowhere_else)
{
    tdm__report_options options = {.current_only = _i == 1};
    fixture->run.explain_all = _i == 2;
    tdm__text text = report_written(tdm__report_html, &fixture->run, &options);
    markup_check(tdm__text_str(&text));
    ck_assert_ptr_null(strstr(text.data, "<script"));
    /* The namespace of the pictures is the one address in it, and nothing is fetched from there. */
    ck_assert_int_eq(report_count(tdm__text_str(&text), "http"),
                     report_count(tdm__text_str(&text), "xmlns=\"http://www.w3.org/2000/svg\"") + 1);
    ck_assert_int_eq(report_count(tdm__text_str(&text), "http-equiv"), 1);
    tdm__text_free(&text);
}
END_TEST

static const char *const holds[] = {
    "<html lang=\"en-GB\">",
    "default-src 'none'; style-src 'unsafe-inline'",
    "<th scope=\"col\">Date as written</th>",
    "Three concerns; a &lt;b&gt;sentence&lt;/b&gt;.",
    "Domestic abuse &amp; again",
    "No measure of how risky",
    "first met on 29 February 2024",
    "<h3>Rows without any date</h3>",
    "after the as-of day",
    "police&lt;&amp;&gt;.csv, row 2",
    "time covered not stated",
    "School or college: no return covers this, 1 May 2024 to 30 September 2024",
    "School or college: declared that it had no contact, 1 April 2024 to 30 April 2024",
    "One incident, told 2 times",
    "set by policy/default.json:12",
    "Switched off",
    "school.csv, row 7",
    "2024-02-29",
};

START_TEST(it_is_whole)
{
    tdm__text text = report_written(tdm__report_html, &fixture->run, NULL);
    /* The last is the day in words, never a day that was only assumed. */
    bool there = strstr(text.data, holds[_i]) != NULL;
    bool assumed = strcmp(holds[_i], "2024-02-29") == 0;
    ck_assert_msg(there != assumed, "%s", holds[_i]);
    tdm__text_free(&text);
}
END_TEST

START_TEST(hostile_text_is_shown_as_text)
{
    tdm__text text = report_written(tdm__report_html, &fixture->run, NULL);
    ck_assert_ptr_nonnull(strstr(text.data,
                                 "&lt;script&gt;alert(&quot;x&quot;)&lt;/script&gt; &#39; ]]&gt; &amp; "
                                 "\\x1b[31mred &lt;U+202E&gt;olleh"));
    ck_assert_ptr_null(strstr(text.data, "\xE2\x80\xAE"));
    ck_assert_ptr_null(strchr(text.data, '\x1b'));
    tdm__text_free(&text);
}
END_TEST

/* Every row is in the tables once, and every drawn sign leads to one; both episodes start at the first. */
START_TEST(rows_can_be_reached)
{
    tdm__text text = report_written(tdm__report_html, &fixture->run, NULL);
    for (uint32_t event = 0; event < 7; event++) {
        char id[TDM_HEX64_SIZE], anchor[64], link[64];
        tdm__chronology_event_id(id, fixture->chronology, event);
        snprintf(anchor, sizeof anchor, "id=\"row-%s\"", id);
        snprintf(link, sizeof link, "<a href=\"#row-%s\"><title>", id);
        bool drawn = event < 4; /* then: later, undated, recorded later */
        ck_assert_int_eq(report_count(tdm__text_str(&text), anchor), 1);
        ck_assert_int_eq(report_count(tdm__text_str(&text), link),
                         drawn ? (event == 0 ? 3 : 1) * TDM__SHAPES : 0);
    }
    tdm__text_free(&text);
}
END_TEST

START_TEST(a_child_without_rows_has_a_picture_too)
{
    tdm__text text;
    tdm__arena arena;
    tdm__output out;
    tdm__report_options options = {0};
    fixture->run.as_of = report_day(2000, 1, 1); /* before every row */
    fixture->run.child_count = 1;
    fixture->children[0] = (tdm__child_result){.child = 0};
    tdm__text_init(&text, &tdm__malloc_allocator);
    for (size_t i = 0; i < TDM__SHAPES; i++) {
        tdm__arena_init(&arena, &tdm__malloc_allocator);
        tdm__output_init(&out, &tdm__malloc_allocator, report_text_sink(&text));
        ck_assert_int_eq(tdm__picture_svg(&out, &fixture->run, 0, &tdm__shapes[i], &options, &arena), TDM_OK);
        ck_assert_int_eq(tdm__output_end(&out, NULL), TDM_OK);
        tdm__arena_free(&arena);
        markup_check(tdm__text_str(&text));
        tdm__text_clear(&text);
    }
    tdm__text_free(&text);
}
END_TEST

/* Half a year before the first day and a quarter after the last one there are no dates. */
START_TEST(the_axis_ends_with_the_calendar)
{
    static const struct {
        int year, month, day;
        const char *says;
    } ends[] = {{1, 1, 1, "Time runs from 1 January 1 to 1 January 1."},
                {1, 6, 1, "Time runs from 1 January 1 to 1 June 1."},
                {9999, 12, 31, " to 31 December 9999."}};
    fixture->run.as_of = report_day(ends[_i].year, ends[_i].month, ends[_i].day);
    tdm__text text = report_written(tdm__report_html, &fixture->run, NULL);
    ck_assert(report_count(tdm__text_str(&text), ends[_i].says) > 0);
    markup_check(tdm__text_str(&text));
    tdm__text_free(&text);
}
END_TEST

START_TEST(quarters_of_the_axis)
{
    tdm__axis axis = {report_day(9999, 7, 1), report_day(9999, 12, 31), 0, 1000};
    ck_assert_uint_eq(tdm__axis_quarters(&axis), 2);
    axis = (tdm__axis){report_day(2023, 11, 30), report_day(2024, 4, 1), 0, 1000};
    ck_assert_uint_eq(tdm__axis_quarters(&axis), 3);
}
END_TEST

/* C1 has two concerns of one incident in 2023's last quarter and one in 2024's first: 1 and 1. */
START_TEST(an_incident_counts_once_in_the_bars)
{
    tdm__text text = report_written(tdm__report_html, &fixture->run, NULL);
    ck_assert_int_eq(report_count(tdm__text_str(&text), "1 October 2023 to 31 December 2023: 1<"),
                     TDM__SHAPES);
    ck_assert_int_eq(report_count(tdm__text_str(&text), "1 January 2024 to 31 March 2024: 1<"), TDM__SHAPES);
    tdm__text_free(&text);
}
END_TEST

Suite *html_suite(void)
{
    Suite *suite = suite_create("html");
    TCase *tests = tcase_create("page");
    tcase_add_checked_fixture(tests, set_up, tear_down);
    tcase_add_loop_test(tests, it_is_well_formed_and_leads_nowhere_else, 0, 3);
    tcase_add_loop_test(tests, it_is_whole, 0, sizeof holds / sizeof holds[0]);
    tcase_add_test(tests, hostile_text_is_shown_as_text);
    tcase_add_test(tests, rows_can_be_reached);
    tcase_add_test(tests, a_child_without_rows_has_a_picture_too);
    tcase_add_loop_test(tests, the_axis_ends_with_the_calendar, 0, 3);
    tcase_add_test(tests, quarters_of_the_axis);
    tcase_add_test(tests, an_incident_counts_once_in_the_bars);
    suite_add_tcase(suite, tests);
    return suite;
}

/*
 * The Word and the Excel file of a chronology, taken apart again: whole, harmless, the same bytes.
 */
#include <string.h>

#include "report/fixture.h"
#include "report/office.h"
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

static const report_writer writers[] = {tdm__report_chronology_docx, tdm__report_chronology_xlsx};
static const int part_counts[] = {9, 9};

/* HOSTILE as text of an element; no control character and no override is left. */
#define HARMLESS                                                                                             \
    "&lt;script&gt;alert(&quot;x&quot;)&lt;/script&gt; &#39; ]]&gt; &amp; \\x1b[31mred &lt;U+202E&gt;"       \
    "olleh =SUM(A1)"

START_TEST(every_part_is_markup)
{
    tdm__text file = report_written(writers[_i], &fixture->run, NULL);
    ck_assert_int_eq(office_part_count(tdm__text_str(&file)), part_counts[_i]);
    office_check_xml(tdm__text_str(&file));
    tdm__text_free(&file);
}
END_TEST

START_TEST(it_says_nothing_of_who_and_when)
{
    tdm__text file = report_written(writers[_i], &fixture->run, NULL),
              again = report_written(writers[_i], &fixture->run, NULL);
    ck_assert(tdm__str_equal(tdm__text_str(&file), tdm__text_str(&again)));
    tdm__text core = office_part(tdm__text_str(&file), "docProps/core.xml");
    ck_assert_int_eq(report_count(tdm__text_str(&core), "creator"), 0);
    ck_assert_int_eq(report_count(tdm__text_str(&core), "odified"), 0);
    ck_assert_int_eq(report_count(tdm__text_str(&core), "created"), 0);
    ck_assert_int_eq(report_count(tdm__text_str(&core), "C1"), 0);
    ck_assert_int_eq(report_count(tdm__text_str(&core), "<dc:title>Merged chronology</dc:title>"), 1);
    tdm__text_free(&core);
    tdm__text_free(&again);
    tdm__text_free(&file);
}
END_TEST

static tdm__text part_of(report_writer write, const tdm__report_options *options, const char *name)
{
    tdm__text file = report_written(write, &fixture->run, options);
    tdm__text part = office_part(tdm__text_str(&file), name);
    tdm__text_free(&file);
    return part;
}

START_TEST(the_word_file_is_whole)
{
    static const struct {
        const char *part;
        int count;
    } cases[] = {
        {"<w:tbl>", 5}, /* C1 with dates and without, C2, sources, diagnostics */
        {"<w:tblHeader/>", 5},
        {HARMLESS, 4}, /* a text, a date as written, there and in an incident, a column of a diagnostic */
        {"<w:instrText", 0},
        {"<w:hyperlink", 0},
        {"<w:t xml:space=\"preserve\">Child C1, born 14 March 2016, aged 8 years 6 months</w:t>", 1},
        {"<w:t xml:space=\"preserve\">after the as-of day</w:t>", 2},
        {"<w:rPr><w:b/></w:rPr><w:t xml:space=\"preserve\">Police</w:t>", 1},
        {"<w:t xml:space=\"preserve\">Rows without any date</w:t>", 1},
        {"w:orient=\"landscape\"", 1},
        {"Significant rows only", 0},
    };
    tdm__text text = part_of(tdm__report_chronology_docx, NULL, "word/document.xml");
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++)
        ck_assert_msg(report_count(tdm__text_str(&text), cases[i].part) == cases[i].count, "%s: %d",
                      cases[i].part, report_count(tdm__text_str(&text), cases[i].part));
    /* Headings of five tables, seven rows, one input, and the diagnostics. */
    ck_assert_int_eq(report_count(tdm__text_str(&text), "<w:tr>"),
                     5 + 7 + 1 + (int)fixture->diagnostics.count);
    tdm__text_free(&text);
}
END_TEST

START_TEST(the_word_file_of_the_layer_says_what_is_not_in_it)
{
    tdm__report_options options = {.significant = true};
    tdm__text text = part_of(tdm__report_chronology_docx, &options, "word/document.xml");
    ck_assert_int_eq(report_count(tdm__text_str(&text), "Significant rows only"), 2);
    ck_assert_int_eq(report_count(tdm__text_str(&text), "Left out: 1 of 1 rows (School or college 1)"), 1);
    ck_assert_int_eq(report_count(tdm__text_str(&text), "all quiet"), 0);
    tdm__text_free(&text);
}
END_TEST

START_TEST(the_footer_counts_pages)
{
    tdm__text text = part_of(tdm__report_chronology_docx, NULL, "word/footer1.xml");
    ck_assert_int_eq(report_count(tdm__text_str(&text), "w:instr=\" PAGE \""), 1);
    ck_assert_int_eq(report_count(tdm__text_str(&text), "w:instr=\" NUMPAGES \""), 1);
    ck_assert_int_eq(report_count(tdm__text_str(&text), "Case case-1, as of 30 September 2024"), 1);
    tdm__text_free(&text);
}
END_TEST

START_TEST(a_cell_of_the_workbook_is_text)
{
    tdm__text text = part_of(tdm__report_chronology_xlsx, NULL, "xl/worksheets/sheet1.xml");
    tdm_str sheet = tdm__text_str(&text);
    ck_assert_int_eq(report_count(sheet, "<f"), 0);
    ck_assert_int_eq(report_count(sheet, "<v>"), 0);
    ck_assert_int_eq(report_count(sheet, "<hyperlink"), 0);
    ck_assert_int_eq(report_count(sheet, "<row "), 8);
    ck_assert_int_eq(report_count(sheet, "<c r="), 8 * 26);
    ck_assert_int_eq(report_count(sheet, HARMLESS), 2);
    ck_assert_int_eq(report_count(sheet, "<autoFilter ref=\"A1:Z8\"/>"), 1);
    ck_assert_int_eq(report_count(sheet, "state=\"frozen\""), 1);
    tdm__text_free(&text);
}
END_TEST

START_TEST(the_second_sheet_accounts)
{
    tdm__report_options options = {.significant = true};
    tdm__text text = part_of(tdm__report_chronology_xlsx, &options, "xl/worksheets/sheet2.xml");
    tdm_str sheet = tdm__text_str(&text);
    ck_assert_int_eq(report_count(sheet, "<f"), 0);
    ck_assert_int_eq(report_count(sheet, "<v>6</v></c>"), 1);
    ck_assert_int_eq(report_count(sheet, "<v>5</v></c>"), 1);
    ck_assert_int_eq(report_count(sheet, "Child C2. Significant rows only"), 1);
    ck_assert_int_eq(report_count(sheet, "date-not-read"), 1);
    tdm__text_free(&text);
}
END_TEST

/* Runs over a name of the input instead of a child's text, which nothing here can change. */
static tdm__text second_sheet_with(tdm_str file)
{
    fixture->account.file = file;
    return part_of(tdm__report_chronology_xlsx, NULL, "xl/worksheets/sheet2.xml");
}

START_TEST(what_looks_like_a_code_of_excel_stays_as_it_is)
{
    tdm__text text = second_sheet_with(TDM_LIT("_x001B_ _x00_ __x000A_ _xGGGG_"));
    ck_assert_int_eq(report_count(tdm__text_str(&text), ">_x005F_x001B_ _x00_ __x005F_x000A_ _xGGGG_<"), 1);
    tdm__text_free(&text);
}
END_TEST

START_TEST(a_text_too_long_for_a_cell_is_cut_and_that_is_said)
{
    tdm__text name;
    tdm__text_init(&name, &tdm__malloc_allocator);
    /* 31,999 letters, then one of two bytes across the limit. */
    for (int i = 0; i < 31999; i++)
        tdm__text_char(&name, 'a');
    tdm__text_puts(&name, "\xC3\xA9zzz");
    tdm__text text = second_sheet_with(tdm__text_str(&name));
    ck_assert_int_eq(report_count(tdm__text_str(&text), "aaa [cut here: a cell holds no more"), 1);
    ck_assert_int_eq(report_count(tdm__text_str(&text), "zzz"), 0);
    ck_assert_int_eq(report_count(tdm__text_str(&text), "\xC3"), 0);
    tdm__text_free(&text);
    tdm__text_free(&name);
}
END_TEST

Suite *chronology_office_suite(void)
{
    Suite *suite = suite_create("chronology for office programs");
    TCase *tests = tcase_create("parts");
    tcase_add_checked_fixture(tests, set_up, tear_down);
    tcase_add_loop_test(tests, every_part_is_markup, 0, 2);
    tcase_add_loop_test(tests, it_says_nothing_of_who_and_when, 0, 2);
    tcase_add_test(tests, the_word_file_is_whole);
    tcase_add_test(tests, the_word_file_of_the_layer_says_what_is_not_in_it);
    tcase_add_test(tests, the_footer_counts_pages);
    tcase_add_test(tests, a_cell_of_the_workbook_is_text);
    tcase_add_test(tests, the_second_sheet_accounts);
    tcase_add_test(tests, what_looks_like_a_code_of_excel_stays_as_it_is);
    tcase_add_test(tests, a_text_too_long_for_a_cell_is_cut_and_that_is_said);
    suite_add_tcase(suite, tests);
    return suite;
}

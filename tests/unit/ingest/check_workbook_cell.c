/*
 * What the raw content of cells says. Serial numbers were turned into dates by hand: 45292 is
 * 1 January 2024, and Excel's 1900 has a 29 February.
 */
#include "ingest/suites.h"
#include "ingest/workbook_cell.h"

typedef struct number_case {
    const char *number;
    tdm__cell_form form;
    bool from_1904;
    const char *text; /* NULL: stands for itself */
} number_case;

static const number_case numbers[] = {
    {"12", TDM__SHOWN_NUMBER, false, NULL},
    {"007", TDM__SHOWN_NUMBER, false, NULL},
    {"9434765919", TDM__SHOWN_NUMBER, false, NULL},
    {"12345678901234567", TDM__SHOWN_NUMBER, false, NULL},
    {"12.0", TDM__SHOWN_NUMBER, false, "12"},
    {"-0.0", TDM__SHOWN_NUMBER, false, "0"},
    {"0.30000000000000004", TDM__SHOWN_NUMBER, false, "0.3"},
    {"5.7987679671457908", TDM__SHOWN_NUMBER, false, "5.79876796714579"},
    {"0.99999999999999989", TDM__SHOWN_NUMBER, false, "1"},
    {"1.2E3", TDM__SHOWN_NUMBER, false, "1200"},
    {"1.2e-3", TDM__SHOWN_NUMBER, false, "0.0012"},
    {"-12.50", TDM__SHOWN_NUMBER, false, "-12.5"},
    {".5", TDM__SHOWN_NUMBER, false, "0.5"},
    {"1E300", TDM__SHOWN_NUMBER, false, NULL},
    {"1E", TDM__SHOWN_NUMBER, false, NULL},
    {"1E99999999999", TDM__SHOWN_NUMBER, false, NULL},
    {"abc", TDM__SHOWN_NUMBER, false, NULL},
    {"1.2.3", TDM__SHOWN_NUMBER, false, NULL},
    {"-", TDM__SHOWN_NUMBER, false, NULL},
    {"", TDM__SHOWN_DATE, false, NULL},
    {"45292", TDM__SHOWN_DATE, false, "2024-01-01"},
    {"45292.5", TDM__SHOWN_DATE, false, "2024-01-01 12:00"},
    {"45292.000011574074", TDM__SHOWN_DATE, false, "2024-01-01 00:00:01"},
    {"45292.9999999", TDM__SHOWN_DATE, false, "2024-01-02"},
    {"1", TDM__SHOWN_DATE, false, "1900-01-01"},
    {"59", TDM__SHOWN_DATE, false, "1900-02-28"},
    {"60", TDM__SHOWN_DATE, false, "1900-02-29"},
    {"61", TDM__SHOWN_DATE, false, "1900-03-01"},
    {"0", TDM__SHOWN_DATE, false, NULL},
    {"0.5", TDM__SHOWN_DATE, false, "12:00"},
    {"-3", TDM__SHOWN_DATE, false, NULL},
    {"-3.5", TDM__SHOWN_DATE, false, "-3.5"},
    {"2958465", TDM__SHOWN_DATE, false, "9999-12-31"},
    {"2958466", TDM__SHOWN_DATE, false, NULL},
    {"123456789012", TDM__SHOWN_DATE, false, NULL},
    {"0", TDM__SHOWN_DATE, true, "1904-01-01"},
    {"43830", TDM__SHOWN_DATE, true, "2024-01-01"},
    {"2957003", TDM__SHOWN_DATE, true, "9999-12-31"},
    {"2957004", TDM__SHOWN_DATE, true, NULL},
    {"0.25", TDM__SHOWN_TIME, false, "06:00"},
    {"0", TDM__SHOWN_TIME, false, "00:00"},
    {"0.604861111111111", TDM__SHOWN_TIME, false, "14:31"},
    {"45292.25", TDM__SHOWN_TIME, false, "2024-01-01 06:00"},
    {"45292", TDM__SHOWN_TIME, false, "2024-01-01 00:00"},
    {"1.5", TDM__SHOWN_SPAN, false, "36:00"},
    {"0.0034722222222222", TDM__SHOWN_SPAN, false, "0:05"},
};

START_TEST(numbers_as_text)
{
    const number_case *n = &numbers[_i];
    char text[TDM__CELL_TEXT_SIZE];
    bool made = tdm__cell_number_text(text, tdm__str(n->number), n->form, n->from_1904);
    ck_assert_msg(made == (n->text != NULL), "%s: %s", n->number, made ? text : "stands for itself");
    ck_assert_str_eq(text, n->text ? n->text : "");
}
END_TEST

typedef struct code_case {
    const char *code;
    tdm__cell_form form;
} code_case;

static const code_case codes[] = {
    {"General", TDM__SHOWN_NUMBER},
    {"0.00E+00", TDM__SHOWN_NUMBER},
    {"@", TDM__SHOWN_NUMBER},
    {"#,##0.00 \"days\"", TDM__SHOWN_NUMBER},
    {"0\\d", TDM__SHOWN_NUMBER},
    {"_d0_)", TDM__SHOWN_NUMBER},
    {"*y0", TDM__SHOWN_NUMBER},
    {"[Red]0;[Magenta]0", TDM__SHOWN_NUMBER},
    {"[Magenta]0", TDM__SHOWN_NUMBER},
    {"0;dd/mm/yyyy", TDM__SHOWN_NUMBER},
    {"\"unclosed yyyy", TDM__SHOWN_NUMBER},
    {"[unclosed yyyy", TDM__SHOWN_NUMBER},
    {"dd/mm/yyyy;@", TDM__SHOWN_DATE},
    {"[$-809]d mmmm yyyy", TDM__SHOWN_DATE},
    {"mmm", TDM__SHOWN_DATE},
    {"D.M.YY", TDM__SHOWN_DATE},
    {"yyyy-mm-dd\\ hh:mm", TDM__SHOWN_DATE},
    {"h:mm AM/PM", TDM__SHOWN_TIME},
    {"mm:ss.0", TDM__SHOWN_TIME},
    {"[h]:mm", TDM__SHOWN_SPAN},
    {"[mm]:ss", TDM__SHOWN_SPAN},
    {"\\", TDM__SHOWN_NUMBER},
    {"", TDM__SHOWN_NUMBER},
};

START_TEST(format_codes)
{
    ck_assert_msg(tdm__cell_form_of_code(tdm__str(codes[_i].code)) == codes[_i].form, "%s", codes[_i].code);
}
END_TEST

/* Ids of built-in formats on both sides of each border. */
static const struct {
    int64_t id;
    tdm__cell_form form;
} ids[] = {
    {-1, TDM__SHOWN_NUMBER}, {0, TDM__SHOWN_NUMBER},  {13, TDM__SHOWN_NUMBER},  {14, TDM__SHOWN_DATE},
    {17, TDM__SHOWN_DATE},   {18, TDM__SHOWN_TIME},   {21, TDM__SHOWN_TIME},    {22, TDM__SHOWN_DATE},
    {23, TDM__SHOWN_NUMBER}, {26, TDM__SHOWN_NUMBER}, {27, TDM__SHOWN_DATE},    {36, TDM__SHOWN_DATE},
    {37, TDM__SHOWN_NUMBER}, {44, TDM__SHOWN_NUMBER}, {45, TDM__SHOWN_TIME},    {46, TDM__SHOWN_SPAN},
    {47, TDM__SHOWN_TIME},   {48, TDM__SHOWN_NUMBER}, {49, TDM__SHOWN_NUMBER},  {50, TDM__SHOWN_DATE},
    {58, TDM__SHOWN_DATE},   {59, TDM__SHOWN_NUMBER}, {164, TDM__SHOWN_NUMBER},
};

START_TEST(built_in_formats)
{
    ck_assert_int_eq(tdm__cell_form_built_in(ids[_i].id), ids[_i].form);
}
END_TEST

static const struct {
    const char *written, *text;
} escapes[] = {
    {"plain", "plain"},           {"a_b", "a_b"},
    {"_x000D_\n", "\n"},          {"_x0041_", "A"},
    {"_x005F_x0041_", "_x0041_"}, {"_x20AC_", "\xe2\x82\xac"},
    {"_xD800_", "_xD800_"},       {"_x00", "_x00"},
    {"_x00ZZ_", "_x00ZZ_"},       {"_x0000_", ""},
    {"__x0041_", "_A"},
};

START_TEST(escapes_as_characters)
{
    tdm__text out;
    tdm__text_init(&out, &tdm__malloc_allocator);
    tdm__cell_put_text(&out, tdm__str(escapes[_i].written));
    ck_assert_str_eq(out.data ? out.data : "", escapes[_i].text);
    tdm__text_free(&out);
}
END_TEST

START_TEST(iso_dates_as_text)
{
    char text[TDM__CELL_TEXT_SIZE];
    ck_assert(tdm__cell_iso_text(text, TDM_LIT("2024-03-05T00:00:00.000")));
    ck_assert_str_eq(text, "2024-03-05");
    ck_assert(tdm__cell_iso_text(text, TDM_LIT("2024-03-05T14:30:00")));
    ck_assert_str_eq(text, "2024-03-05 14:30:00");
    ck_assert(!tdm__cell_iso_text(text, TDM_LIT("T14:30")));
}
END_TEST

START_TEST(names_of_errors)
{
    ck_assert(tdm__cell_is_error(TDM_LIT("#N/A")));
    ck_assert(tdm__cell_is_error(TDM_LIT("#DIV/0!")));
    ck_assert(!tdm__cell_is_error(TDM_LIT("#N/A?")));
    ck_assert(!tdm__cell_is_error(TDM_LIT("")));
}
END_TEST

#define COUNT(table) (int)(sizeof(table) / sizeof *(table))

Suite *workbook_cell_suite(void)
{
    Suite *suite = suite_create("ingest workbook cells");
    TCase *all = tcase_create("cells");
    tcase_add_loop_test(all, numbers_as_text, 0, COUNT(numbers));
    tcase_add_loop_test(all, format_codes, 0, COUNT(codes));
    tcase_add_loop_test(all, built_in_formats, 0, COUNT(ids));
    tcase_add_loop_test(all, escapes_as_characters, 0, COUNT(escapes));
    tcase_add_test(all, iso_dates_as_text);
    tcase_add_test(all, names_of_errors);
    suite_add_tcase(suite, all);
    return suite;
}

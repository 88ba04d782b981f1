/*
 * Strict reading: every row of what bare cJSON takes and we refuse, the rest of RFC 8259, the lines
 * of values, the caps.
 */
#include <locale.h>
#include <string.h>

#include "support.h"
#include "json/json.h"
#include "json/suites.h"

/* For tables: TDM_LIT is no constant expression. Keeps zero bytes. */
#define BYTES(text)                                                                                          \
    {                                                                                                        \
        "" text, sizeof(text) - 1                                                                            \
    }
#define ROWS(table) (int)(sizeof(table) / sizeof *(table))

typedef struct refusal {
    tdm_str text;
    const char *status;
    int line;
    int column;
} refusal;

static const refusal refusals[] = {
    /* what bare cJSON 1.7.15 takes, or takes wrongly */
    {BYTES("9007199254740993"), "invalid-input", 1, 1},
    {BYTES("{\"id\":\n -9007199254740993}"), "invalid-input", 2, 2},
    {BYTES("100000000000000000000"), "invalid-input", 1, 1},
    {BYTES("[1e17]"), "invalid-input", 1, 2},
    {BYTES("1e400"), "invalid-input", 1, 1},
    {BYTES("-1e400"), "invalid-input", 1, 1},
    {BYTES("01"), "invalid-input", 1, 1},
    {BYTES("-01"), "invalid-input", 1, 2},
    {BYTES("1."), "invalid-input", 1, 3},
    {BYTES("1 x"), "invalid-input", 1, 3},
    {BYTES("1e"), "invalid-input", 1, 3},
    {BYTES("1e+"), "invalid-input", 1, 4},
    {BYTES("\"a\xFF\""), "encoding", 1, 3},
    {BYTES("\"\xC3\xA9\n"), "invalid-input", 1, 3},
    {BYTES("[1,\n\"\xED\xA0\x80\"]"), "encoding", 2, 2},
    {BYTES("{\"a\":1,\n\"a\":2}"), "invalid-input", 2, 5},
    {BYTES("{\"a\":1,\"\\u0061\":2}"), "invalid-input", 1, 17},
    {BYTES("\"a\\u0000b\""), "invalid-input", 1, 4},
    {BYTES("{\"a\\u0000b\":1}"), "invalid-input", 1, 5},
    {BYTES("\"a\tb\""), "invalid-input", 1, 3},
    {BYTES("\"a\0b\""), "invalid-input", 1, 3},
    {BYTES("1\0"), "invalid-input", 1, 2},
    /* the rest of the grammar */
    {BYTES(""), "invalid-input", 1, 1},
    {BYTES(" \n "), "invalid-input", 2, 2},
    {BYTES("\xEF\xBB\xBF"), "invalid-input", 1, 1},
    {BYTES("\xEF\xBB\xBF\xEF\xBB\xBF"
           "1"),
     "invalid-input", 1, 1},
    {BYTES("nul"), "invalid-input", 1, 1},
    {BYTES("True"), "invalid-input", 1, 1},
    {BYTES("NaN"), "invalid-input", 1, 1},
    {BYTES("+1"), "invalid-input", 1, 1},
    {BYTES(".5"), "invalid-input", 1, 1},
    {BYTES("-"), "invalid-input", 1, 2},
    {BYTES("0x10"), "invalid-input", 1, 2},
    {BYTES("'a'"), "invalid-input", 1, 1},
    {BYTES("\"a"), "invalid-input", 1, 3},
    {BYTES("\"a\\"), "invalid-input", 1, 4},
    {BYTES("\"\\x\""), "invalid-input", 1, 3},
    {BYTES("\"\\u12g4\""), "invalid-input", 1, 3},
    {BYTES("\"\\u12\""), "invalid-input", 1, 3},
    {BYTES("\"\\ud800\""), "invalid-input", 1, 3},
    {BYTES("\"\\ud800\\u0041\""), "invalid-input", 1, 3},
    {BYTES("\"\\udc00\""), "invalid-input", 1, 3},
    {BYTES("[1,]"), "invalid-input", 1, 4},
    {BYTES("[,1]"), "invalid-input", 1, 2},
    {BYTES("[1 2]"), "invalid-input", 1, 4},
    {BYTES("[1"), "invalid-input", 1, 3},
    {BYTES("[1}"), "invalid-input", 1, 3},
    {BYTES("[1]]"), "invalid-input", 1, 4},
    {BYTES("{\"a\":1]"), "invalid-input", 1, 7},
    {BYTES("{\"a\":1,}"), "invalid-input", 1, 8},
    {BYTES("{a:1}"), "invalid-input", 1, 2},
    {BYTES("{\"a\" 1}"), "invalid-input", 1, 6},
    {BYTES("{\"a\":}"), "invalid-input", 1, 6},
    {BYTES("{\"a\"}"), "invalid-input", 1, 5},
    {BYTES("{1:2}"), "invalid-input", 1, 2},
    {BYTES("/* c */ 1"), "invalid-input", 1, 1},
    {BYTES("1\f"), "invalid-input", 1, 2},
    {BYTES("\xC2\xA0"
           "1"),
     "invalid-input", 1, 1},
    {BYTES("0.1234567890123456789012345678901234567890123456789012345678901234"), "invalid-input", 1, 1},
};

START_TEST(refuses)
{
    const refusal *row = &refusals[_i];
    tdm_error error = {0};
    tdm__json *document = (tdm__json *)&error;
    tdm_status status = tdm__json_parse(&document, &tdm__malloc_allocator, row->text, TDM_LIT("a.json"),
                                        &error);
    ck_assert_str_eq(tdm_status_name(status), row->status);
    ck_assert_int_eq(error.status, status);
    ck_assert_ptr_null(document);
    ck_assert_int_eq(error.line, row->line);
    ck_assert_int_eq(error.column, row->column);
    ck_assert_str_eq(error.file, "a.json");
    ck_assert(error.message[0] != '\0');
}
END_TEST

static tdm__json *parse(tdm_str text)
{
    tdm__json *document;
    tdm_error error = {0};
    tdm_status status = tdm__json_parse(&document, &tdm__malloc_allocator, text, TDM_LIT("a.json"), &error);
    ck_assert_msg(status == TDM_OK, "%s at %d:%d", error.message, (int)error.line, (int)error.column);
    return document;
}

typedef struct number_case {
    const char *text;
    double number;
    bool whole;
    int64_t integer;
} number_case;

static const number_case numbers[] = {
    {"0", 0, true, 0},
    {"-0", 0, true, 0},
    {"7", 7, true, 7},
    {"-12", -12, true, -12},
    {"9007199254740992", 9007199254740992.0, true, 9007199254740992},
    {"-9007199254740992", -9007199254740992.0, true, -9007199254740992},
    {"1.0", 1, true, 1},
    {"12e1", 120, true, 120},
    {"1200E-2", 12, true, 12},
    {"2.5", 2.5, false, 0},
    {"1e-400", 0, true, 0},
    {"0.1", 0.1, false, 0},
    {"0.12345678901234567890123456789012345678901234567890123456789", 0.12345678901234568, false, 0},
};

START_TEST(reads_numbers)
{
    int64_t integer;
    tdm__json *document = parse(tdm__str(numbers[_i].text));
    const tdm__json_value *root = tdm__json_root(document);
    ck_assert_int_eq(tdm__json_type_of(root), TDM__JSON_NUMBER);
    ck_assert_double_eq(tdm__json_number(root), numbers[_i].number);
    ck_assert_int_eq(tdm__json_int64(&integer, root), numbers[_i].whole);
    ck_assert_int_eq(integer, numbers[_i].integer);
    tdm__json_free(document);
}
END_TEST

START_TEST(reads_strings)
{
    tdm__json *document = parse(TDM_LIT(
        "[\"\", \"a\\\"\\\\\\/\\b\\f\\n\\r\\tz\", \"\\u00e9\\u20AC\", \"\\ud83d\\ude00\", \"\xC3\xA9/\"]"));
    static const char *const expected[] = {"", "a\"\\/\b\f\n\r\tz", "\xC3\xA9\xE2\x82\xAC",
                                           "\xF0\x9F\x98\x80", "\xC3\xA9/"};
    size_t i = 0;
    for (const tdm__json_value *v = tdm__json_first(tdm__json_root(document)); v; v = tdm__json_next(v))
        ck_assert_str_eq(tdm__json_string(v).data, expected[i++]);
    ck_assert_uint_eq(i, 5);
    tdm__json_free(document);
}
END_TEST

/* Every value as PATH-free text: type letter, line, name; containers with their count. */
static void outline(tdm__text *out, const tdm__json_value *value)
{
    static const char letters[] = "0bnsao";
    tdm__text_char(out, letters[tdm__json_type_of(value)]);
    tdm__text_int(out, tdm__json_line(value));
    if (tdm__json_name(value).length > 0) {
        tdm__text_char(out, '=');
        tdm__text_add(out, tdm__json_name(value));
    }
    if (tdm__json_first(value) || tdm__json_count(value) > 0) {
        tdm__text_char(out, '(');
        for (const tdm__json_value *v = tdm__json_first(value); v; v = tdm__json_next(v))
            outline(out, v);
        tdm__text_char(out, ')');
    }
}

START_TEST(keeps_order_and_lines)
{
    tdm__text out;
    tdm__json *document = parse(
        TDM_LIT("\xEF\xBB\xBF\r\n{ \"b\": [1, [ ], {}\r\n,2],\n\"a\":{\"c\"\n:\n\"x\\ny\",\"B\":null},\n"
                "\"d\":true}\n"));
    tdm__text_init(&out, &tdm__malloc_allocator);
    outline(&out, tdm__json_root(document));
    ck_assert_str_eq(out.data, "o2(a2=b(n2a2o2n3)o4=a(s6=c06=B)b7=d)");
    ck_assert_uint_eq(tdm__json_count(tdm__json_root(document)), 3);
    ck_assert(tdm__str_equal(tdm__json_file(document), TDM_LIT("a.json")));
    tdm__text_free(&out);
    tdm__json_free(document);
}
END_TEST

START_TEST(finds_members_by_exact_name)
{
    tdm__json *document = parse(TDM_LIT("{\"Name\":1,\"name\":{\"x\":2},\"\":3}"));
    const tdm__json_value *root = tdm__json_root(document);
    ck_assert_double_eq(tdm__json_number(tdm__json_member(root, "Name")), 1);
    ck_assert_double_eq(tdm__json_number(tdm__json_member(tdm__json_member(root, "name"), "x")), 2);
    ck_assert_double_eq(tdm__json_number(tdm__json_member(root, "")), 3);
    ck_assert_ptr_null(tdm__json_member(root, "NAME"));
    ck_assert_ptr_null(tdm__json_member(root, "x"));
    tdm__json_free(document);
}
END_TEST

START_TEST(getters_take_a_missing_value)
{
    int64_t integer;
    ck_assert_int_eq(tdm__json_type_of(NULL), TDM__JSON_NULL);
    ck_assert_int_eq(tdm__json_line(NULL), 0);
    ck_assert(!tdm__json_bool(NULL));
    ck_assert_double_eq(tdm__json_number(NULL), 0);
    ck_assert(!tdm__json_int64(&integer, NULL));
    ck_assert_uint_eq(tdm__json_string(NULL).length, 0);
    ck_assert_uint_eq(tdm__json_count(NULL), 0);
    ck_assert_ptr_null(tdm__json_first(NULL));
    ck_assert_ptr_null(tdm__json_next(NULL));
    ck_assert_uint_eq(tdm__json_name(NULL).length, 0);
    ck_assert_ptr_null(tdm__json_member(NULL, "a"));
}
END_TEST

/* `levels` nested arrays or objects. */
static void nest(tdm__text *out, int levels, bool objects)
{
    tdm__text_init(out, &tdm__malloc_allocator);
    for (int i = 0; i < levels; i++)
        tdm__text_puts(out, objects ? "{\"a\":" : "[");
    tdm__text_puts(out, "1");
    for (int i = 0; i < levels; i++)
        tdm__text_puts(out, objects ? "}" : "]");
}

typedef struct nesting {
    int levels;
    const char *status;
} nesting;
static const nesting nestings[] = {
    {63, "ok"}, {64, "ok"}, {65, "too-large"}, {999, "too-large"}, {10000, "too-large"}};

START_TEST(caps_the_depth)
{
    for (int objects = 0; objects < 2; objects++) {
        tdm__text text;
        tdm__json *document;
        nest(&text, nestings[_i].levels, objects);
        tdm_status status = tdm__json_parse(&document, &tdm__malloc_allocator, tdm__text_str(&text),
                                            TDM_LIT("deep"), NULL);
        ck_assert_str_eq(tdm_status_name(status), nestings[_i].status);
        tdm__json_free(document);
        tdm__text_free(&text);
    }
}
END_TEST

START_TEST(caps_text_and_values)
{
    tdm__text text;
    tdm__json *document;
    tdm__text_init(&text, &tdm__malloc_allocator);
    tdm__text_char(&text, '[');
    for (int i = 0; i < 8000000; i++)
        tdm__text_puts(&text, "1,");
    tdm__text_puts(&text, "1]");
    ck_assert_int_eq(
        tdm__json_parse(&document, &tdm__malloc_allocator, tdm__text_str(&text), TDM_LIT("wide"), NULL),
        TDM_TOO_LARGE);
    tdm__text_free(&text);
    tdm__text_init(&text, &tdm__malloc_allocator);
    for (int i = 0; i < 64 * 1024 * 1024 / 16; i++)
        tdm__text_puts(&text, "                ");
    tdm__text_char(&text, '1');
    ck_assert_int_eq(
        tdm__json_parse(&document, &tdm__malloc_allocator, tdm__text_str(&text), TDM_LIT("long"), NULL),
        TDM_TOO_LARGE);
    ck_assert_int_eq(tdm__json_parse(&document, &tdm__malloc_allocator,
                                     (tdm_str){text.data + 1, text.length - 1}, TDM_LIT("long"), NULL),
                     TDM_OK);
    tdm__json_free(document);
    tdm__text_free(&text);
}
END_TEST

/* 60,000 names, the first again at the end: a search name by name would compare 1.8 billion pairs. */
START_TEST(finds_a_duplicate_among_many)
{
    tdm__text text;
    tdm__json *document;
    tdm_error error;
    tdm__text_init(&text, &tdm__malloc_allocator);
    tdm__text_puts(&text, "{\n");
    for (int i = 0; i < 60000; i++)
        tdm__text_printf(&text, "\"n%d\":0,\n", i);
    tdm__text_puts(&text, "\"n0\":0}");
    ck_assert_int_eq(
        tdm__json_parse(&document, &tdm__malloc_allocator, tdm__text_str(&text), TDM_LIT("many"), &error),
        TDM_INVALID_INPUT);
    ck_assert_int_eq(error.line, 60002);
    tdm__text_free(&text);
}
END_TEST

/* A comma as decimal point, where the machine has such a locale: nothing may change. */
START_TEST(reads_the_same_under_another_locale)
{
    if (!setlocale(LC_NUMERIC, "de_DE.UTF-8") && !setlocale(LC_NUMERIC, "fr_FR.UTF-8"))
        return;
    tdm__json *document = parse(TDM_LIT("[2.5]"));
    ck_assert_double_eq(tdm__json_number(tdm__json_first(tdm__json_root(document))), 2.5);
    tdm__json_free(document);
    setlocale(LC_NUMERIC, "C");
}
END_TEST

START_TEST(reads_many_texts_into_one_room)
{
    char first[] = "{\"a\":\"\\u00e9\",\"b\":[1,2]}", wrong[] = "[1,{\"a\":1,\"a\":2}]", last[] = "[\"x\"]";
    size_t roots[3];
    tdm__json_values values = {NULL, 0, 0};
    const tdm_allocator *allocator = &tdm__malloc_allocator;
    ck_assert_int_eq(
        tdm__json_values_read(&roots[0], &values, allocator, first, sizeof first - 1, TDM_LIT("f"), NULL),
        TDM_OK);
    ck_assert_int_eq(
        tdm__json_values_read(&roots[1], &values, allocator, wrong, sizeof wrong - 1, TDM_LIT("f"), NULL),
        TDM_INVALID_INPUT);
    ck_assert_ptr_null(tdm__json_values_at(&values, roots[1]));
    ck_assert_int_eq(
        tdm__json_values_read(&roots[2], &values, allocator, last, sizeof last - 1, TDM_LIT("f"), NULL),
        TDM_OK);
    const tdm__json_value *object = tdm__json_values_at(&values, roots[0]);
    const tdm__json_value *b = tdm__json_member(object, "b");
    ck_assert(tdm__str_equal(tdm__json_string(tdm__json_member(object, "a")), TDM_LIT("\xC3\xA9")));
    ck_assert_uint_eq(tdm__json_count(b), 2);
    ck_assert_ptr_eq(tdm__json_at(object, tdm__json_place(object, b)), b);
    ck_assert_ptr_null(tdm__json_next(b));
    const tdm__json_value *list = tdm__json_values_at(&values, roots[2]);
    ck_assert(tdm__str_equal(tdm__json_string(tdm__json_first(list)), TDM_LIT("x")));
    tdm__free(allocator, values.items);
}
END_TEST

static tdm_status parse_with(const tdm_allocator *allocator)
{
    tdm__json *document;
    tdm_error error = {0};
    tdm_status status = tdm__json_parse(
        &document, allocator, TDM_LIT("{\"a\":[1,2,3,\"x\"],\"b\":{\"c\":null,\"d\":true},\"e\":1,\"f\":1}"),
        TDM_LIT("a.json"), &error);
    ck_assert_int_eq(error.status, status);
    tdm__json_free(document);
    return status;
}

START_TEST(survives_every_failed_allocation)
{
    TEST_EVERY_ALLOCATION(parse_with);
}
END_TEST

Suite *read_suite(void)
{
    Suite *suite = suite_create("json reading");
    TCase *strict = tcase_create("strict");
    tcase_add_loop_test(strict, refuses, 0, ROWS(refusals));
    tcase_add_loop_test(strict, caps_the_depth, 0, ROWS(nestings));
    tcase_add_test(strict, caps_text_and_values);
    tcase_add_test(strict, finds_a_duplicate_among_many);
    tcase_set_timeout(strict, 60);
    suite_add_tcase(suite, strict);
    TCase *values = tcase_create("values");
    tcase_add_loop_test(values, reads_numbers, 0, ROWS(numbers));
    tcase_add_test(values, reads_strings);
    tcase_add_test(values, keeps_order_and_lines);
    tcase_add_test(values, finds_members_by_exact_name);
    tcase_add_test(values, getters_take_a_missing_value);
    tcase_add_test(values, reads_the_same_under_another_locale);
    tcase_add_test(values, reads_many_texts_into_one_room);
    tcase_add_test(values, survives_every_failed_allocation);
    suite_add_tcase(suite, values);
    return suite;
}

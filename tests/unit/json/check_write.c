/*
 * The streaming writer: commas, indentation, escapes, doubles that read back, failures that stick.
 */
#include <locale.h>
#include <math.h>
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

static tdm_status append(const char *bytes, size_t length, void *payload)
{
    tdm__text_bytes(payload, bytes, length);
    return TDM_OK;
}

static void open_writer(tdm__json_writer *writer, tdm__text *out, int32_t indent)
{
    tdm__text_init(out, &tdm__malloc_allocator);
    tdm__json_writer_init(writer, &tdm__malloc_allocator, (tdm_sink){append, out}, indent);
}

static void put_sample(tdm__json_writer *writer)
{
    tdm__json_open_object(writer);
    tdm__json_put_name(writer, "a");
    tdm__json_put_int(writer, INT64_MIN);
    tdm__json_put_name_str(writer, TDM_LIT("b\"c"));
    tdm__json_open_array(writer);
    tdm__json_put_bool(writer, true);
    tdm__json_put_null(writer);
    tdm__json_open_object(writer);
    tdm__json_close_object(writer);
    tdm__json_put_text(writer, "x");
    tdm__json_close_array(writer);
    tdm__json_put_name(writer, "d");
    tdm__json_open_array(writer);
    tdm__json_close_array(writer);
    tdm__json_put_name(writer, "e");
    tdm__json_put_raw(writer, TDM_LIT("[1]"));
    tdm__json_close_object(writer);
}

START_TEST(writes_one_line)
{
    tdm__json_writer writer;
    tdm__text out;
    open_writer(&writer, &out, 0);
    put_sample(&writer);
    ck_assert_int_eq(tdm__json_writer_end(&writer), TDM_OK);
    ck_assert_str_eq(out.data,
                     "{\"a\":-9223372036854775808,\"b\\\"c\":[true,null,{},\"x\"],\"d\":[],\"e\":[1]}");
    tdm__text_free(&out);
}
END_TEST

START_TEST(writes_indented)
{
    tdm__json_writer writer;
    tdm__text out;
    open_writer(&writer, &out, 2);
    put_sample(&writer);
    ck_assert_int_eq(tdm__json_writer_end(&writer), TDM_OK);
    ck_assert_str_eq(out.data,
                     "{\n  \"a\": -9223372036854775808,\n  \"b\\\"c\": [\n    true,\n    null,\n    {},\n"
                     "    \"x\"\n  ],\n  \"d\": [],\n  \"e\": [1]\n}");
    tdm__text_free(&out);
}
END_TEST

typedef struct string_case {
    tdm_str text;
    const char *expected;
} string_case;

static const string_case strings[] = {
    {BYTES(""), "\"\""},
    {BYTES("a\"b\\c/d"), "\"a\\\"b\\\\c/d\""},
    {BYTES("\b\f\n\r\t"), "\"\\b\\f\\n\\r\\t\""},
    {BYTES("\0\x01\x1F\x7F"), "\"\\u0000\\u0001\\u001f\\u007f\""},
    {BYTES("\xC3\xA9\xE2\x82\xAC\xF0\x9F\x98\x80"), "\"\xC3\xA9\xE2\x82\xAC\xF0\x9F\x98\x80\""},
    {BYTES("a\xFF\xC3"), "\"a\xEF\xBF\xBD\xEF\xBF\xBD\""},
    {BYTES("caf\xC3\xA9 \xC2\x9B"
           "31m \xE2\x80\xAE"
           "abc\xE2\x80\xA8\xD8\x9C\xEF\xBB\xBF"),
     "\"caf\xC3\xA9 \\u009b31m \\u202eabc\\u2028\\u061c\\ufeff\""},
    {BYTES("\xE2\x82\xAC\xC2\xA0\xE2\x80\x8D"), "\"\xE2\x82\xAC\xC2\xA0\xE2\x80\x8D\""},
    {BYTES("\xED\xA0\x80z"), "\"\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBDz\""},
};

/* Each byte that is escaped, at each place of a step of eight, between bytes that are next to it in value. */
START_TEST(escapes_at_every_place)
{
    for (int c = 0; c < 128; c++) {
        for (size_t place = 0; place < 17; place++) {
            char text[] = "!#[]~ }!#[]~ }!#[", expected[64];
            tdm__json_writer writer;
            tdm__text out;
            bool escaped = c < 0x20 || c == '"' || c == '\\' || c == 0x7F;
            text[place] = (char)c;
            open_writer(&writer, &out, 0);
            tdm__json_put_string(&writer, (tdm_str){text, 17});
            ck_assert_int_eq(tdm__json_writer_end(&writer), TDM_OK);
            expected[0] = '"';
            memcpy(expected + 1, text, place);
            ck_assert(memcmp(out.data, expected, place + 1) == 0);
            ck_assert_int_eq(out.data[place + 1], escaped ? '\\' : c);
            ck_assert(memcmp(out.data + out.length - (17 - place), text + place + 1, 16 - place) == 0);
            ck_assert_int_eq(out.data[out.length - 1], '"');
            tdm__text_free(&out);
        }
    }
}
END_TEST

START_TEST(writes_strings)
{
    tdm__json_writer writer;
    tdm__text out;
    open_writer(&writer, &out, 0);
    tdm__json_put_string(&writer, strings[_i].text);
    ck_assert_int_eq(tdm__json_writer_end(&writer), TDM_OK);
    ck_assert_str_eq(out.data, strings[_i].expected);
    tdm__text_free(&out);
}
END_TEST

typedef struct double_case {
    double number;
    const char *expected;
} double_case;

static const double_case doubles[] = {
    {0, "0"},
    {-0.0, "-0"},
    {3, "3"},
    {-17, "-17"},
    {1e15, "1000000000000000"},
    {9007199254740992.0, "9007199254740992"},
    {0.1, "0.1"},
    {2.5, "2.5"},
    {1.0 / 3, "0.3333333333333333"},
    {0.1 + 0.2, "0.30000000000000004"},
    {1e-7, "1e-07"},
    {1e300, "1e+300"},
    {5e-324, "5e-324"},
    {1.7976931348623157e308, "1.7976931348623157e+308"},
    {INFINITY, "null"},
    {NAN, "null"},
};

static void check_double(const double_case *row)
{
    tdm__json_writer writer;
    tdm__text out;
    open_writer(&writer, &out, 0);
    tdm__json_put_double(&writer, row->number);
    ck_assert_int_eq(tdm__json_writer_end(&writer), TDM_OK);
    ck_assert_str_eq(out.data, row->expected);
    tdm__text_free(&out);
}

START_TEST(writes_doubles)
{
    check_double(&doubles[_i]);
}
END_TEST

START_TEST(writes_doubles_under_another_locale)
{
    if (!setlocale(LC_NUMERIC, "de_DE.UTF-8") && !setlocale(LC_NUMERIC, "fr_FR.UTF-8"))
        return;
    for (int i = 0; i < ROWS(doubles); i++)
        check_double(&doubles[i]);
    setlocale(LC_NUMERIC, "C");
}
END_TEST

START_TEST(doubles_read_back)
{
    uint64_t state = 7;
    for (int i = 0; i < 20000; i++) {
        double number;
        tdm__json_writer writer;
        tdm__text out;
        state = state * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
        uint64_t bits = state ^ state >> 29;
        memcpy(&number, &bits, sizeof number);
        if (!isfinite(number))
            continue;
        open_writer(&writer, &out, 0);
        tdm__json_put_double(&writer, number);
        ck_assert_int_eq(tdm__json_writer_end(&writer), TDM_OK);
        ck_assert(strtod(out.data, NULL) == number);
        tdm__text_free(&out);
    }
}
END_TEST

/* One-line text that a parsed document must give again. */
static const char *const same_again[] = {
    "1",
    "\"x\"",
    "null",
    "[]",
    "{}",
    "[[],[[]],{}]",
    "{\"b\":[1,{\"c\":[]},\"x\"],\"a\":{\"z\":{}},\"d\":false}",
};

START_TEST(writes_a_parsed_value_again)
{
    tdm__json *document;
    tdm__json_writer writer;
    tdm__text out;
    ck_assert_int_eq(
        tdm__json_parse(&document, &tdm__malloc_allocator, tdm__str(same_again[_i]), TDM_LIT(""), NULL),
        TDM_OK);
    open_writer(&writer, &out, 0);
    tdm__json_put_value(&writer, tdm__json_root(document));
    ck_assert_int_eq(tdm__json_writer_end(&writer), TDM_OK);
    ck_assert_str_eq(out.data, same_again[_i]);
    tdm__text_free(&out);
    tdm__json_free(document);
}
END_TEST

START_TEST(writes_an_inner_value_alone)
{
    tdm__json *document;
    tdm__json_writer writer;
    tdm__text out;
    ck_assert_int_eq(tdm__json_parse(&document, &tdm__malloc_allocator,
                                     TDM_LIT("{\"a\":[{\"b\":[1]},2],\"c\":3}"), TDM_LIT(""), NULL),
                     TDM_OK);
    open_writer(&writer, &out, 0);
    tdm__json_open_array(&writer);
    tdm__json_put_value(&writer, tdm__json_first(tdm__json_member(tdm__json_root(document), "a")));
    tdm__json_put_value(&writer, NULL);
    tdm__json_close_array(&writer);
    ck_assert_int_eq(tdm__json_writer_end(&writer), TDM_OK);
    ck_assert_str_eq(out.data, "[{\"b\":[1]},null]");
    tdm__text_free(&out);
    tdm__json_free(document);
}
END_TEST

typedef struct counting_sink {
    int calls;
    int fail_at;
    size_t longest;
} counting_sink;

static tdm_status count_call(const char *bytes, size_t length, void *payload)
{
    counting_sink *sink = payload;
    (void)bytes;
    sink->calls++;
    if (length > sink->longest)
        sink->longest = length;
    return sink->calls == sink->fail_at ? TDM_IO : TDM_OK;
}

START_TEST(sends_pieces_and_keeps_the_first_failure)
{
    for (int fail_at = 0; fail_at < 3; fail_at++) {
        counting_sink sink = {.fail_at = fail_at};
        tdm__json_writer writer;
        tdm__json_writer_init(&writer, &tdm__malloc_allocator, (tdm_sink){count_call, &sink}, 0);
        tdm__json_open_array(&writer);
        for (int i = 0; i < 100000; i++)
            tdm__json_put_text(&writer, "0123456789");
        tdm__json_close_array(&writer);
        ck_assert_int_eq(tdm__json_writer_end(&writer), fail_at == 0 ? TDM_OK : TDM_IO);
        ck_assert_int_eq(sink.calls, fail_at == 0 ? 20 : fail_at); /* 1,300,001 bytes */
        ck_assert_uint_lt(sink.longest, 66000);
    }
}
END_TEST

static tdm_status write_with(const tdm_allocator *allocator)
{
    counting_sink sink = {0};
    tdm__json_writer writer;
    tdm__json_writer_init(&writer, allocator, (tdm_sink){count_call, &sink}, 2);
    put_sample(&writer);
    return tdm__json_writer_end(&writer);
}

START_TEST(survives_every_failed_allocation)
{
    TEST_EVERY_ALLOCATION(write_with);
}
END_TEST

Suite *write_suite(void)
{
    Suite *suite = suite_create("json writing");
    TCase *all = tcase_create("writing");
    tcase_add_test(all, writes_one_line);
    tcase_add_test(all, writes_indented);
    tcase_add_test(all, escapes_at_every_place);
    tcase_add_loop_test(all, writes_strings, 0, ROWS(strings));
    tcase_add_loop_test(all, writes_doubles, 0, ROWS(doubles));
    tcase_add_test(all, writes_doubles_under_another_locale);
    tcase_add_test(all, doubles_read_back);
    tcase_add_loop_test(all, writes_a_parsed_value_again, 0, ROWS(same_again));
    tcase_add_test(all, writes_an_inner_value_alone);
    tcase_add_test(all, sends_pieces_and_keeps_the_first_failure);
    tcase_add_test(all, survives_every_failed_allocation);
    suite_add_tcase(suite, all);
    return suite;
}

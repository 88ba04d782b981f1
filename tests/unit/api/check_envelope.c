/*
 * The JSON envelope: its mistakes with their place, the shape of errors, results byte for byte, and a
 * sink that fails.
 */
#include "api/fixture.h"

#include <string.h>

#define REVIEW(more) "{\"operation\": \"review\"" more "}"

/* In a context without files. `line` 0: the mistake has no place. */
static const struct {
    const char *request, *code, *message;
    int line;
} mistakes[] = {
    {"", "invalid-input", "", 1},
    {"{", "invalid-input", "", 1},
    {"[]", "invalid-input", "a request", 1},
    {"{}", "invalid-input", "operation", 1},
    {"{\"operation\": 7}", "invalid-input", "operation", 1},
    {"{\"operation\": \"rewiev\"}", "not-found", "no such operation", 0},
    {REVIEW(",\n\"actor\": \"me\""), "invalid-input", "unknown member", 2},
    {REVIEW(",\n\"operation\": \"score\""), "invalid-input", "", 2},
    {REVIEW(",\n\"inputs\": {}"), "invalid-input", "inputs", 2},
    {REVIEW(",\n\"as_of\": 20240930"), "invalid-input", "as_of", 2},
    {REVIEW(",\n\"as_of\": \"2024-13-45\""), "invalid-argument", "as_of", 2},
    {REVIEW(",\n\"policy\": 7"), "invalid-input", "policy", 2},
    {REVIEW(",\n\"policy\": \"mine.json\""), "invalid-argument", "files", 2},
    {REVIEW(",\n\"options\": []"), "invalid-input", "options", 2},
    {REVIEW(",\n\"options\": {\n\"no_such\": 1}"), "invalid-argument", "no such option", 3},
    {REVIEW(",\n\"options\": {\n\"jobs\": 1.5}"), "invalid-input", "whole number", 3},
    {REVIEW(",\n\"options\": {\n\"jobs\": \"many\"}"), "invalid-argument", "whole number", 3},
    {REVIEW(",\n\"options\": {\n\"jobs\": true}"), "invalid-argument", "whole number", 3},
    {REVIEW(",\n\"options\": {\n\"jobs\": null}"), "invalid-input", "expected text", 3},
    {REVIEW(",\n\"options\": {\n\"jobs\": [1]}"), "invalid-input", "expected text", 3},
    {REVIEW(",\n\"options\": {\n\"explain_all\": 1}"), "invalid-argument", "true or false", 3},
    {REVIEW(",\n\"options\": {\n\"format\": \"pdf\"}"), "invalid-argument", "text|json|html", 3},
    {REVIEW(",\n\"options\": {\n\"scripts\": \"mine\"}"), "invalid-argument", "files", 3},
    {REVIEW(",\n\"inputs\": [\n7]"), "invalid-input", "an input", 3},
    {REVIEW(",\n\"inputs\": [\n{\"path\": \"fixtures/quiet\"}]"), "invalid-argument", "path", 3},
    {REVIEW(",\n\"inputs\": [\n{\"path\": \"-\"}]"), "invalid-argument", "path", 3},
    {REVIEW(",\n\"inputs\": [\n{\"name\": \"n\"}]"), "invalid-input", "exactly one", 3},
    {REVIEW(",\n\"inputs\": [\n{\"content\": \"x\"}]"), "invalid-input", "needs a name", 3},
    {REVIEW(",\n\"inputs\": [\n{\"name\": \"n\", \"content\": \"\", \"content_base64\": \"\"}]"),
     "invalid-input", "exactly one", 3},
    {REVIEW(",\n\"inputs\": [\n{\"name\": \"n\", \"content\": \"x\", \"path\": \"p\"}]"), "invalid-input",
     "exactly one", 3},
    {REVIEW(",\n\"inputs\": [\n{\"name\": \"n\", \"content\": \"x\", \"sheet\": 1}]"), "invalid-input",
     "unknown member", 3},
    {REVIEW(",\n\"inputs\": [{\"name\": \"n\",\n\"content_base64\": \"x\"}]"), "invalid-input", "base64", 3},
    {REVIEW(",\n\"inputs\": [{\"name\": \"n\",\n\"content\": \"a\\u0000b\"}]"), "invalid-input", "", 3},
    {REVIEW(",\n\"inputs\": [{\"name\": \"n\", \"content\": \"x\",\n\"map\": 7}]"), "invalid-input",
     "column map", 3},
    {"{\"operation\": \"import\",\n\"policy\": {\"policy\": 1}}", "invalid-input", "no policy", 2},
    {"{\"operation\": \"import\",\n\"as_of\": \"2024-09-30\"}", "invalid-argument", "no such option", 2},
    {"{\"operation\": \"import\",\n\"options\": {\"into\": \"x.db\"}}", "invalid-argument", "files", 2},
    {"{\"operation\": \"indicators.list\",\n\"inputs\": [{\"name\": \"n\", \"content\": \"x\"}]}",
     "invalid-argument", "no input", 2},
    {"{\"operation\": \"indicators.check\", \"inputs\": [{\"name\": \"n\", \"content\": \"return {}\"}]}",
     "invalid-argument", "never from a request", 0},
    {REVIEW(", \"inputs\": [" INPUT_TWO_REFERRALS "]"), "invalid-argument", "as_of", 0},
    {REVIEW(""), "invalid-argument", "input", 0},
};

START_TEST(each_mistake_has_its_place)
{
    answer a;
    tdm_context *context = open_context(false);
    answer_open(&a);
    ask(&a, context, mistakes[_i].request);
    ck_assert_int_ne(a.status, TDM_OK);
    ck_assert_str_eq(tdm_status_name(a.status), mistakes[_i].code);
    tdm__json *response = answer_json(&a);
    const tdm__json_value *root = tdm__json_root(response);
    ck_assert_uint_eq(tdm__json_count(root), 2);
    ck_assert_int_eq(tdm__json_type_of(tdm__json_member(root, "ok")), TDM__JSON_BOOL);
    ck_assert(!tdm__json_bool(tdm__json_member(root, "ok")));
    ck_assert_uint_eq(tdm__json_count(tdm__json_member(root, "error")), 5);
    ck_assert(tdm__str_equal(error_text(response, "code"), tdm__str(mistakes[_i].code)));
    ck_assert_msg(strstr(error_text(response, "message").data, mistakes[_i].message) != NULL, "%s: %s",
                  mistakes[_i].request, error_text(response, "message").data);
    ck_assert_int_ge(error_number(response, "column"), 0);
    ck_assert_msg(error_number(response, "row") == mistakes[_i].line, "%s: row %d", mistakes[_i].request,
                  (int)error_number(response, "row"));
    ck_assert(tdm__str_equal(error_text(response, "file"), tdm__str(mistakes[_i].line > 0 ? "request" : "")));
    tdm__json_free(response);
    answer_close(&a);
    tdm_context_free(context);
}
END_TEST

START_TEST(ten_thousand_levels_are_refused)
{
    answer a;
    tdm__text request;
    tdm_context *context = open_context(false);
    tdm__text_init(&request, &tdm__malloc_allocator);
    tdm__text_puts(&request, "{\"operation\": \"review\", \"policy\": ");
    for (int i = 0; i < 10000; i++)
        tdm__text_puts(&request, "{\"a\":");
    answer_open(&a);
    a.status = tdm_api_call(context, tdm__text_str(&request), NULL, answer_sink(&a));
    ck_assert_int_eq(a.status, TDM_TOO_LARGE);
    ck_assert(answer_holds(&a, "{\"ok\":false"));
    answer_close(&a);
    tdm__text_free(&request);
    tdm_context_free(context);
}
END_TEST

/* The same review by calls, in one format. */
static void run_by_calls(answer *a, tdm_context *context, const char *format)
{
    tdm_request *request;
    tdm_request_input input = {
        .struct_size = sizeof input, .name = "two.ndjson", .content = TDM_LIT(TWO_REFERRALS)};
    ck_assert_int_eq(tdm_request_new(&request, context, "review"), TDM_OK);
    ck_assert_int_eq(tdm_request_add_input(request, &input), TDM_OK);
    ck_assert_int_eq(tdm_request_option(request, "as_of", "2024-09-30"), TDM_OK);
    ck_assert_int_eq(tdm_request_option(request, "format", format), TDM_OK);
    a->status = tdm_request_run(request, &a->outcome, answer_sink(a));
    ck_assert_int_eq(a->status, TDM_OK);
    tdm_request_free(request);
}

#define REVIEW_TWO(options)                                                                                  \
    REVIEW(", \"as_of\": \"2024-09-30\", \"inputs\": [" INPUT_TWO_REFERRALS "], \"options\": {" options "}")

START_TEST(a_json_result_is_the_commands_bytes)
{
    static const char before[] = "{\"ok\": true, \"result\": ", after[] = "}\n";
    answer called, asked;
    tdm_context *context = open_context(false);
    answer_open(&called);
    answer_open(&asked);
    run_by_calls(&called, context, "json");
    ask(&asked, context, _i == 0 ? REVIEW_TWO("") : REVIEW_TWO("\"format\": \"json\""));
    ck_assert_int_eq(asked.status, TDM_OK);
    size_t length = called.text.length - 1; /* its last line end is not part of the value */
    ck_assert_int_eq(called.text.data[length], '\n');
    ck_assert_uint_eq(asked.text.length, strlen(before) + length + strlen(after));
    ck_assert(strncmp(asked.text.data, before, strlen(before)) == 0);
    ck_assert(memcmp(asked.text.data + strlen(before), called.text.data, length) == 0);
    ck_assert_str_eq(asked.text.data + strlen(before) + length, after);
    tdm__json_free(answer_json(&asked));
    answer_close(&called);
    answer_close(&asked);
    tdm_context_free(context);
}
END_TEST

START_TEST(another_format_is_a_string)
{
    static const char *const formats[] = {"text", "html"};
    answer called, asked;
    tdm_context *context = open_context(false);
    answer_open(&called);
    answer_open(&asked);
    run_by_calls(&called, context, formats[_i]);
    ask(&asked, context, _i == 0 ? REVIEW_TWO("\"format\": \"text\"") : REVIEW_TWO("\"format\": \"html\""));
    tdm__json *response = answer_json(&asked);
    tdm_str result = tdm__json_string(tdm__json_member(tdm__json_root(response), "result"));
    ck_assert(tdm__str_equal(result, tdm__text_str(&called.text)));
    tdm__json_free(response);
    answer_close(&called);
    answer_close(&asked);
    tdm_context_free(context);
}
END_TEST

/* 20,000 letters of two and three bytes in each text: pieces of the output must not cut one in two. */
START_TEST(long_results_keep_their_letters)
{
    answer a;
    tdm__text request;
    tdm_context *context = open_context(false);
    tdm__text_init(&request, &tdm__malloc_allocator);
    tdm__text_puts(&request,
                   "{\"operation\": \"export\", \"inputs\": [{\"name\": \"n.ndjson\", \"content\": \"");
    for (int line = 0; line < 12; line++) {
        tdm__text_printf(
            &request,
            "{\\\"type\\\":\\\"event\\\",\\\"child\\\":\\\"C1\\\",\\\"occurred\\\":\\\"2024-01-%02d\\\","
            "\\\"agency\\\":\\\"school\\\",\\\"kind\\\":\\\"other\\\",\\\"text\\\":\\\"",
            line + 1);
        for (int i = 0; i < 4000; i++)
            tdm__text_puts(&request, (i + line) % 3 == 0 ? "\xC3\xA9" : "\xE2\x82\xAC");
        tdm__text_puts(&request, "\\\"}\\n");
    }
    tdm__text_puts(&request, "\"}]}");
    answer_open(&a);
    a.status = tdm_api_call(context, tdm__text_str(&request), NULL, answer_sink(&a));
    ck_assert_msg(a.status == TDM_OK, "%s", tdm_context_error(context)->message);
    ck_assert(!answer_holds(&a, "\xEF\xBF\xBD"));
    size_t euros = 0;
    for (const char *at = a.text.data; (at = strstr(at, "\xE2\x82\xAC")); at += 3)
        euros++;
    /* 4000 * 2/3 a line: over any three lines 8000 of 12000. */
    ck_assert_uint_eq(euros, 32000);
    tdm__json_free(answer_json(&a));
    answer_close(&a);
    tdm__text_free(&request);
    tdm_context_free(context);
}
END_TEST

/* The writer sends pieces of about 64 KiB. A title that grows by one letter moves the cut by one, through
 * at least one whole line of the output, so that it falls on a line end too. */
START_TEST(large_results_come_whole_wherever_they_are_cut)
{
    tdm__text entries, whole;
    answer asked;
    tdm_context *context = open_context(false);
    tdm__text_init(&entries, &tdm__malloc_allocator);
    for (int i = 0; i < 160; i++)
        tdm__text_printf(&entries,
                         "{\\\"type\\\":\\\"event\\\",\\\"child\\\":\\\"C%d\\\",\\\"occurred\\\":"
                         "\\\"2024-01-10\\\",\\\"agency\\\":\\\"school\\\",\\\"kind\\\":\\\"other\\\"}\\n",
                         i);
    tdm__text_init(&whole, &tdm__malloc_allocator);
    tdm__text_printf(&whole,
                     "{\"operation\": \"review\", \"as_of\": \"2024-09-30\", \"policy\": {\"policy\": 1, "
                     "\"title\": \"%0*d\"}, \"inputs\": "
                     "[{\"name\": \"n.ndjson\", \"content\": \"%s\"}]}",
                     _i + 1, 0, entries.data);
    answer_open(&asked);
    ask(&asked, context, whole.data);
    ck_assert_int_eq(asked.status, TDM_OK);
    ck_assert_uint_gt(asked.text.length, 70000);
    /* Every line of it begins with the indentation of the one before it, one level more or one less. */
    int depth = 0;
    for (const char *at = strchr(asked.text.data, '\n'); at && at[1]; at = strchr(at + 1, '\n')) {
        int spaces = (int)strspn(at + 1, " ");
        ck_assert_msg(spaces % 2 == 0 && spaces - depth <= 2 && depth - spaces <= 2, "%.80s", at + 1);
        depth = spaces;
    }
    answer_close(&asked);
    tdm__text_free(&whole);
    tdm__text_free(&entries);
    tdm_context_free(context);
}
END_TEST

START_TEST(a_sink_that_fails_is_handed_back_and_left_alone)
{
    static const char *const requests[] = {REVIEW_TWO(""), REVIEW_TWO("\"format\": \"html\""),
                                           "{\"operation\": \"indicators.list\"}"};
    for (int fail_at = 1; fail_at <= 3; fail_at++) {
        answer a;
        tdm_context *context = open_context(false);
        answer_open(&a);
        a.fail_at = fail_at;
        ask(&a, context, requests[_i]);
        ck_assert_int_eq(a.status, TDM_IO);
        ck_assert_int_eq(tdm_context_error(context)->status, TDM_IO);
        ck_assert_int_eq(a.writes_after_failure, 0);
        ck_assert(!answer_holds(&a, "\"ok\":false"));
        answer_close(&a);
        tdm_context_free(context);
    }
}
END_TEST

Suite *envelope_suite(void)
{
    Suite *suite = suite_create("envelope");
    TCase *tests = tcase_create("envelope");
    tcase_add_loop_test(tests, each_mistake_has_its_place, 0, (int)ROWS(mistakes));
    tcase_add_test(tests, ten_thousand_levels_are_refused);
    tcase_add_loop_test(tests, a_json_result_is_the_commands_bytes, 0, 2);
    tcase_add_loop_test(tests, another_format_is_a_string, 0, 2);
    tcase_add_test(tests, long_results_keep_their_letters);
    tcase_add_loop_test(tests, large_results_come_whole_wherever_they_are_cut, 0, 80);
    tcase_add_loop_test(tests, a_sink_that_fails_is_handed_back_and_left_alone, 0, 3);
    suite_add_tcase(suite, tests);
    return suite;
}

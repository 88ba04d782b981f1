/*
 * Requests made by calls: what is refused before anything runs, and what a context without files keeps out.
 */
#include "api/fixture.h"

#include <string.h>

static tdm_request *new_request(tdm_context *context, const char *operation)
{
    tdm_request *request;
    ck_assert_int_eq(tdm_request_new(&request, context, operation), TDM_OK);
    return request;
}

static const struct {
    const char *option, *value;
    bool right;
} values[] = {
    {"as_of", "2024-09-30", true},
    {"as_of", "2024-13-45", false},
    {"as_of", "2023-02-29", false},
    {"as_of", "30/09/2024", false},
    {"as_of", "2024-09", false},
    {"as_of", "", false},
    {"as_of", "2024-09-30 ", false},
    {"jobs", "8", true},
    {"jobs", "eight", false},
    {"jobs", "8.0", false},
    {"jobs", "", false},
    {"jobs", "99999999999999999999", false},
    {"explain_all", "true", true},
    {"explain_all", "false", true},
    {"explain_all", "yes", false},
    {"explain_all", "", false},
    {"format", "json", true},
    {"format", "html", true},
    {"format", "JSON", false},
    {"format", "", false},
    {"format", "text|json", false},
    {"format", "tex", false},
    {"fail_on", "met", true},
    {"fail_on", "always", false},
    {"no_such", "1", false},
    {"as-of", "2024-09-30", false},
    {"", "1", false},
    {"policy", "mine.json", true},
    {"into", "x.db", false},
};

START_TEST(values_are_checked_against_the_table)
{
    tdm_context *context = open_context(true);
    tdm_request *request = new_request(context, "review");
    tdm_status status = tdm_request_option(request, values[_i].option, values[_i].value);
    ck_assert_msg(status == (values[_i].right ? TDM_OK : TDM_INVALID_ARG), "%s=%s: %s", values[_i].option,
                  values[_i].value, tdm_status_name(status));
    ck_assert_int_eq(tdm_context_error(context)->status, status);
    if (values[_i].right)
        ck_assert_str_eq(tdm__request_value(request, values[_i].option), values[_i].value);
    tdm_request_free(request);
    tdm_context_free(context);
}
END_TEST

START_TEST(no_path_without_files)
{
    tdm_operation_view row;
    tdm_option_view option;
    tdm_context *context = open_context(false);
    size_t refused = 0;
    for (size_t i = 0; tdm_operation_at(&row, i); i++) {
        tdm_request *request = new_request(context, row.name);
        for (size_t k = 0; tdm_operation_option(&option, i, k); k++)
            if (option.is_path) {
                ck_assert_int_eq(tdm_request_option(request, option.name, "x"), TDM_INVALID_ARG);
                ck_assert_ptr_null(tdm__request_value(request, option.name));
                refused++;
            }
        tdm_request_input input = {.struct_size = sizeof input, .path = "fixtures/quiet"};
        ck_assert_int_eq(tdm_request_add_input(request, &input), TDM_INVALID_ARG);
        input.path = "-";
        ck_assert_int_eq(tdm_request_add_input(request, &input), TDM_INVALID_ARG);
        ck_assert_uint_eq(request->input_count, 0);
        tdm_request_free(request);
    }
    ck_assert_uint_gt(refused, 0);
    tdm_str text;
    ck_assert_int_eq(tdm_file_read(&text, context, TDM_SOURCE_DIR "/LICENSE"), TDM_INVALID_ARG);
    ck_assert_ptr_null(text.data);
    tdm_context_free(context);
}
END_TEST

START_TEST(inputs_must_be_whole)
{
    tdm_context *context = open_context(true);
    tdm_request *request = new_request(context, "review"), *list = new_request(context, "indicators.list");
    tdm_request_input none = {.struct_size = sizeof none}, old = {.struct_size = 8, .path = "x"};
    tdm_request_input one = {.struct_size = sizeof one, .name = "n", .content = TDM_LIT("x")};
    ck_assert_int_eq(tdm_request_add_input(request, &none), TDM_INVALID_ARG);
    ck_assert_int_eq(tdm_request_add_input(request, &old), TDM_INVALID_ARG);
    ck_assert_int_eq(tdm_request_add_input(request, &one), TDM_OK);
    ck_assert_int_eq(tdm_request_add_input(list, &one), TDM_INVALID_ARG);
    tdm_request_free(request);
    tdm_request_free(list);
    tdm_request_free(NULL);
    tdm_context_free(context);
}
END_TEST

START_TEST(an_unknown_operation_makes_no_request)
{
    tdm_context *context = open_context(false);
    tdm_request *request = (tdm_request *)context;
    ck_assert_int_eq(tdm_request_new(&request, context, "rewiev"), TDM_NOT_FOUND);
    ck_assert_ptr_null(request);
    ck_assert_int_eq(tdm_context_error(context)->status, TDM_NOT_FOUND);
    tdm_context_free(context);
}
END_TEST

static const struct {
    const char *operation, *option, *value, *message;
    tdm_status status;
} failing[] = {
    {"review", NULL, NULL, "input", TDM_INVALID_ARG},
    {"import", NULL, NULL, "into", TDM_INVALID_ARG},
    {"export", NULL, NULL, "input", TDM_INVALID_ARG},
    {"score", NULL, NULL, "input", TDM_INVALID_ARG},
    {"indicators.explain", NULL, NULL, "id", TDM_INVALID_ARG},
    {"indicators.explain", "id", "no-such", "no indicator", TDM_NOT_FOUND},
    {"indicators.list", "scripts", "no-such-folder", "folder", TDM_NOT_FOUND},
    {"indicators.list", "policy", "no-such-policy.json", "policy", TDM_NOT_FOUND},
    {"instruments.list", "scripts", "no-such-folder", "folder", TDM_NOT_FOUND},
};

START_TEST(a_failing_operation_writes_nothing)
{
    answer a;
    tdm_context *context = open_context(true);
    tdm_request *request = new_request(context, failing[_i].operation);
    if (failing[_i].option)
        ck_assert_int_eq(tdm_request_option(request, failing[_i].option, failing[_i].value), TDM_OK);
    answer_open(&a);
    a.outcome = (tdm_outcome){true, true};
    ck_assert_int_eq(tdm_request_run(request, &a.outcome, answer_sink(&a)), failing[_i].status);
    ck_assert_int_eq(a.writes, 0);
    ck_assert(!a.outcome.fail_on_reached && !a.outcome.trouble);
    ck_assert_msg(strstr(tdm_context_error(context)->message, failing[_i].message) != NULL, "%s",
                  tdm_context_error(context)->message);
    answer_close(&a);
    tdm_request_free(request);
    tdm_context_free(context);
}
END_TEST

static void run_two(answer *a, tdm_context *context, const char *option, const char *value)
{
    tdm_request *request = new_request(context, "review");
    tdm_request_input input = {
        .struct_size = sizeof input, .name = "two.ndjson", .content = TDM_LIT(TWO_REFERRALS)};
    ck_assert_int_eq(tdm_request_add_input(request, &input), TDM_OK);
    ck_assert_int_eq(tdm_request_option(request, "as_of", "2024-09-30"), TDM_OK);
    if (option)
        ck_assert_int_eq(tdm_request_option(request, option, value), TDM_OK);
    a->status = tdm_request_run(request, &a->outcome, answer_sink(a));
    tdm_request_free(request);
}

/* The one prompt, repeat-referral, is met and current: from January to June, read at the end of September. */
static const struct {
    const char *value;
    bool reached;
} fail_on[] = {{"never", false}, {"possible", true}, {"met", true}, {"current", true}};

START_TEST(fail_on_says_whether_it_is_reached)
{
    answer a;
    tdm_context *context = open_context(false);
    answer_open(&a);
    run_two(&a, context, "fail_on", fail_on[_i].value);
    ck_assert_int_eq(a.status, TDM_OK);
    ck_assert_int_eq(a.outcome.fail_on_reached, fail_on[_i].reached);
    ck_assert(!a.outcome.trouble);
    answer_close(&a);
    tdm_context_free(context);
}
END_TEST

static const struct {
    const char *option, *value;
} out_of_range[] = {{"jobs", "0"}, {"jobs", "65"}, {"jobs", "-1"}, {"width", "39"}, {"width", "401"}};

START_TEST(numbers_out_of_range_are_refused)
{
    answer a;
    tdm_context *context = open_context(false);
    answer_open(&a);
    run_two(&a, context, out_of_range[_i].option, out_of_range[_i].value);
    ck_assert_int_eq(a.status, TDM_INVALID_ARG);
    ck_assert_int_eq(a.writes, 0);
    answer_close(&a);
    tdm_context_free(context);
}
END_TEST

Suite *requests_suite(void)
{
    Suite *suite = suite_create("requests");
    TCase *tests = tcase_create("requests");
    tcase_add_loop_test(tests, values_are_checked_against_the_table, 0, (int)ROWS(values));
    tcase_add_test(tests, no_path_without_files);
    tcase_add_test(tests, inputs_must_be_whole);
    tcase_add_test(tests, an_unknown_operation_makes_no_request);
    tcase_add_loop_test(tests, a_failing_operation_writes_nothing, 0, (int)ROWS(failing));
    tcase_add_loop_test(tests, fail_on_says_whether_it_is_reached, 0, (int)ROWS(fail_on));
    tcase_add_loop_test(tests, numbers_out_of_range_are_refused, 0, (int)ROWS(out_of_range));
    suite_add_tcase(suite, tests);
    return suite;
}

/*
 * Policies in requests: inside one, from files with what they include, in order and up to a depth.
 */
#include "api/fixture.h"

#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static char folder[64];

static void make_folder(void)
{
    snprintf(folder, sizeof folder, "/tmp/tidemark-policies-XXXXXX");
    ck_assert_ptr_nonnull(mkdtemp(folder));
}

static void path_of(char out[128], const char *name)
{
    snprintf(out, 128, "%s/%s", folder, name);
}

static void write_file(const char *name, const char *text)
{
    char path[128];
    path_of(path, name);
    FILE *file = fopen(path, "w");
    ck_assert_ptr_nonnull(file);
    fputs(text, file);
    ck_assert_int_eq(fclose(file), 0);
}

/* p1.json to p12.json, a.json, b.json: all that a test here writes. */
static void remove_folder(void)
{
    char path[128], name[24];
    for (int i = 0; i <= 12; i++) {
        snprintf(name, sizeof name, "p%d.json", i);
        path_of(path, name);
        unlink(path);
    }
    path_of(path, "a.json");
    unlink(path);
    path_of(path, "b.json");
    unlink(path);
    ck_assert_int_eq(rmdir(folder), 0);
}

static void explain(answer *a, tdm_context *context, const char *policy)
{
    char request[1024];
    snprintf(
        request, sizeof request,
        "{\"operation\": \"indicators.explain\", \"policy\": %s, \"options\": {\"id\": \"agency-silence\"}}",
        policy);
    ask(a, context, request);
}

START_TEST(a_policy_inside_the_request)
{
    answer a;
    tdm_context *context = open_context(false);
    answer_open(&a);
    explain(&a, context,
            "{\"policy\": 1, \"include\": [\"default.json\"], \"indicators\": {\"agency-silence\": "
            "{\"params\": {\"others\": 7}}}}");
    ck_assert_msg(a.status == TDM_OK, "%s", tdm_context_error(context)->message);
    ck_assert(answer_holds(&a, "\"value\": \"7\""));
    ck_assert(answer_holds(&a, "\"from\": \"policy:"));
    ck_assert(answer_holds(&a, "\"on_from\": \"policy/default.json:"));
    answer_close(&a);
    tdm_context_free(context);
}
END_TEST

static const struct {
    const char *policy;
    tdm_status status;
} refused[] = {
    {"{\"policy\": 1, \"include\": [\"../vocabulary/kinds.csv\"]}", TDM_INVALID_INPUT},
    {"{\"policy\": 1, \"include\": [\"/etc/passwd\"]}", TDM_NOT_FOUND},
    {"{\"policy\": 1, \"include\": [\"no-such.json\"]}", TDM_NOT_FOUND},
    {"{\"policy\": 1, \"include\": [\"\"]}", TDM_IO},
    {"{\"policy\": 1, \"indicators\": {\"no-such\": {}}}", TDM_INVALID_INPUT},
    {"{\"policy\": 1, \"surprise\": true}", TDM_INVALID_INPUT},
};

START_TEST(a_policy_in_a_request_reaches_shipped_ones_only)
{
    answer a;
    tdm_context *context = open_context(false);
    answer_open(&a);
    explain(&a, context, refused[_i].policy);
    ck_assert_msg(a.status == refused[_i].status, "%s: %s", refused[_i].policy, tdm_status_name(a.status));
    ck_assert(!answer_holds(&a, "root:"));
    tdm__json *response = answer_json(&a);
    ck_assert(tdm__str_starts(error_text(response, "file"), TDM_LIT("policy")));
    tdm__json_free(response);
    answer_close(&a);
    tdm_context_free(context);
}
END_TEST

START_TEST(what_is_included_stands_before_what_includes_it)
{
    answer a;
    char path[160];
    tdm_context *context = open_context(true);
    make_folder();
    write_file("a.json", "{\"policy\": 1, \"indicators\": {\"agency-silence\": {\"params\": {\"others\": 5,\n"
                         "\"over\": {\"days\": 20}}}}}");
    write_file("b.json",
               "{\"policy\": 1, \"indicators\": {\"agency-silence\": {\"params\": {\"others\": 6}}}}");
    write_file("p0.json", "{\"policy\": 1, \"include\": [\"a.json\", \"b.json\"]}");
    snprintf(path, sizeof path, "\"%s/p0.json\"", folder);
    answer_open(&a);
    explain(&a, context, path);
    ck_assert_msg(a.status == TDM_OK, "%s", tdm_context_error(context)->message);
    ck_assert(answer_holds(&a, "\"value\": \"6\""));
    ck_assert(answer_holds(&a, "\"from\": \"b.json:1\""));
    ck_assert(answer_holds(&a, "\"value\": \"20 days\""));
    ck_assert(answer_holds(&a, "\"from\": \"a.json:2\""));
    answer_close(&a);
    remove_folder();
    tdm_context_free(context);
}
END_TEST

/* p0 includes p1 and so on; the last includes nothing. Eight levels below the first are taken. */
START_TEST(includes_go_eight_deep)
{
    answer a;
    char path[160], name[24], text[96];
    int levels = _i == 0 ? 8 : 9;
    tdm_context *context = open_context(true);
    make_folder();
    for (int i = 0; i <= levels; i++) {
        snprintf(name, sizeof name, "p%d.json", i);
        snprintf(text, sizeof text,
                 i < levels ? "{\"policy\": 1, \"include\": [\"p%d.json\"]}" : "{\"policy\": 1}", i + 1);
        write_file(name, text);
    }
    snprintf(path, sizeof path, "\"%s/p0.json\"", folder);
    answer_open(&a);
    explain(&a, context, path);
    ck_assert_int_eq(a.status, _i == 0 ? TDM_OK : TDM_INVALID_INPUT);
    ck_assert(_i == 0 || strcmp(tdm_context_error(context)->file, "p8.json") == 0);
    answer_close(&a);
    remove_folder();
    tdm_context_free(context);
}
END_TEST

START_TEST(a_policy_that_includes_itself_ends)
{
    answer a;
    char path[160];
    tdm_context *context = open_context(true);
    make_folder();
    write_file("a.json", "{\"policy\": 1, \"include\": [\"a.json\", \"a.json\"]}");
    snprintf(path, sizeof path, "\"%s/a.json\"", folder);
    answer_open(&a);
    explain(&a, context, path);
    ck_assert_int_eq(a.status, TDM_INVALID_INPUT);
    answer_close(&a);
    remove_folder();
    tdm_context_free(context);
}
END_TEST

Suite *policies_suite(void)
{
    Suite *suite = suite_create("policies");
    TCase *tests = tcase_create("policies");
    tcase_add_test(tests, a_policy_inside_the_request);
    tcase_add_loop_test(tests, a_policy_in_a_request_reaches_shipped_ones_only, 0, (int)ROWS(refused));
    tcase_add_test(tests, what_is_included_stands_before_what_includes_it);
    tcase_add_loop_test(tests, includes_go_eight_deep, 0, 2);
    tcase_add_test(tests, a_policy_that_includes_itself_ends);
    suite_add_tcase(suite, tests);
    return suite;
}

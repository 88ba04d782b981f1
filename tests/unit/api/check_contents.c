/*
 * Inputs that a request brings along: plain, in base64, with a column map; no file of the machine is
 * reached, and memory may run out.
 */
#include "api/base64.h"
#include "api/fixture.h"

#include <stdio.h>
#include <string.h>

/* The vectors of RFC 4648, section 10, and what is no base64. NULL: refused. */
static const struct {
    const char *coded, *plain;
} vectors[] = {
    {"", ""},
    {"Zg==", "f"},
    {"Zm8=", "fo"},
    {"Zm9v", "foo"},
    {"Zm9vYg==", "foob"},
    {"Zm9vYmE=", "fooba"},
    {"Zm9vYmFy", "foobar"},
    {"+/+/", "\xFB\xFF\xBF"},
    {"Zg", NULL},
    {"Zg=", NULL},
    {"Zm9", NULL},
    {"Z", NULL},
    {"====", NULL},
    {"Z===", NULL},
    {"=Zg=", NULL},
    {"Zm=v", NULL},
    {"Zg==Zg==", NULL},
    {"Zm9v\n", NULL},
    {"Zm 9v", NULL},
    {"Zm-_", NULL},
    {"Zm\xC3\xA9", NULL},
    {"Zm8=Zm9v", NULL},
};

START_TEST(base64_as_the_standard_has_it)
{
    tdm__arena arena;
    tdm_str out;
    tdm__arena_init(&arena, &tdm__malloc_allocator);
    tdm_status status = tdm__base64_decode(&out, &arena, tdm__str(vectors[_i].coded));
    ck_assert_msg(status == (vectors[_i].plain ? TDM_OK : TDM_INVALID_INPUT), "%s: %s", vectors[_i].coded,
                  tdm_status_name(status));
    if (vectors[_i].plain) {
        tdm__text coded;
        tdm__text_init(&coded, &tdm__malloc_allocator);
        tdm__base64_put(&coded, out);
        ck_assert(tdm__str_equal(out, tdm__str(vectors[_i].plain)));
        ck_assert(tdm__str_equal(tdm__text_str(&coded), tdm__str(vectors[_i].coded)));
        tdm__text_free(&coded);
    } else
        ck_assert_ptr_null(out.data);
    tdm__arena_free(&arena);
}
END_TEST

START_TEST(every_byte_survives_base64)
{
    tdm__arena arena;
    tdm_str out;
    /* 0x00 to 0x0B and 0xF4 to 0xFF, from `printf ... | base64`. */
    tdm__arena_init(&arena, &tdm__malloc_allocator);
    ck_assert_int_eq(tdm__base64_decode(&out, &arena, TDM_LIT("AAECAwQFBgcICQoL9PX29/j5+vv8/f7/")), TDM_OK);
    ck_assert_uint_eq(out.length, 24);
    for (size_t i = 0; i < 24; i++)
        ck_assert_int_eq((unsigned char)out.data[i], i < 12 ? i : 0xF4 + i - 12);
    tdm__arena_free(&arena);
}
END_TEST

#define CSV_MAP                                                                                              \
    "{\"map\": 1, \"agency\": \"childrens-social-care\", \"columns\": {\"When\": {\"to\": \"occurred\"}, "   \
    "\"What\": {\"to\": \"kind\", \"values\": {\"Referred\": \"referral\"}}, \"Who\": {\"to\": \"child\"}}}"
#define CSV_REQUEST(content, map)                                                                            \
    "{\"operation\": \"review\", \"as_of\": \"2024-09-30\", \"inputs\": [{\"name\": "                        \
    "\"social.csv\", " content ", "                                                                          \
    "\"map\": " map "}]}"
#define CSV_PLAIN "\"content\": \"When,What,Who\\n10/01/2024,Referred,C1\\n10/06/2024,Referred,C1\\n\""
/* base64 of the same */
#define CSV_CODED                                                                                            \
    "\"content_base64\": "                                                                                   \
    "\"V2hlbixXaGF0LFdobwoxMC8wMS8yMDI0LFJlZmVycmVkLEMxCjEwLzA2LzIwMjQsUmVmZXJyZWQsQzEK\""

START_TEST(a_csv_with_its_map_inside_the_request)
{
    answer plain, coded;
    tdm_context *context = open_context(false);
    answer_open(&plain);
    answer_open(&coded);
    ask(&plain, context, CSV_REQUEST(CSV_PLAIN, CSV_MAP));
    ck_assert_msg(plain.status == TDM_OK, "%s:%d %s", tdm_context_error(context)->file,
                  (int)tdm_context_error(context)->line, tdm_context_error(context)->message);
    ck_assert(answer_holds(&plain, "repeat-referral"));
    ck_assert(answer_holds(&plain, "10 June 2024 after 10 January 2024"));
    ck_assert(answer_holds(&plain, "social.csv"));
    ask(&coded, context, CSV_REQUEST(CSV_CODED, CSV_MAP));
    ck_assert(tdm__str_equal(tdm__text_str(&plain.text), tdm__text_str(&coded.text)));
    answer_close(&plain);
    answer_close(&coded);
    tdm_context_free(context);
}
END_TEST

/* Each would read a file of the machine, or another than its place, were it taken as a path. */
static const char *const outside[] = {"\"/etc/passwd\"", "\"../../../../etc/passwd\"",
                                      "\"fixtures/quiet/maps/gp.json\"", "\"../policy/default\"",
                                      "\"no-such-map\""};

START_TEST(a_map_is_never_a_path_without_files)
{
    answer a;
    char request[1024];
    tdm_context *context = open_context(false);
    answer_open(&a);
    snprintf(request, sizeof request, CSV_REQUEST(CSV_PLAIN, "%s"), outside[_i]);
    ask(&a, context, request);
    ck_assert_int_ne(a.status, TDM_OK);
    ck_assert(answer_holds(&a, "\"ok\":false"));
    ck_assert(!answer_holds(&a, "root:"));
    answer_close(&a);
    tdm_context_free(context);
}
END_TEST

static const struct {
    const char *input;
    tdm_status status;
} contents[] = {
    {"{\"name\": \"e.csv\", \"content\": \"\"}", TDM_INVALID_INPUT},
    {"{\"name\": \"e.csv\", \"content_base64\": \"\"}", TDM_INVALID_INPUT},
    {"{\"name\": \"n.csv\", \"content\": \"a,b\\n1,2\\n\"}", TDM_INVALID_INPUT}, /* no map */
    {"{\"name\": \"n\", \"content_base64\": \"AAAAAAAA\"}", TDM_ENCODING},
    {"{\"name\": \"s.db\", \"content_base64\": \"U1FMaXRlIGZvcm1hdCAzAAAA\"}", TDM_UNSUPPORTED},
    {"{\"name\": \"n\", \"content\": \"x\", \"format\": \"no-such\"}", TDM_INVALID_ARG},
};

START_TEST(contents_that_cannot_be_read_are_named)
{
    answer a;
    char request[512];
    tdm_context *context = open_context(false);
    answer_open(&a);
    snprintf(request, sizeof request,
             "{\"operation\": \"review\", \"as_of\": \"2024-09-30\", \"inputs\": [%s]}", contents[_i].input);
    ask(&a, context, request);
    ck_assert_msg(a.status == contents[_i].status, "%s: %s", contents[_i].input, tdm_status_name(a.status));
    tdm__json *response = answer_json(&a);
    ck_assert_uint_gt(error_text(response, "file").length, 0);
    ck_assert_int_eq(contents[_i].input[10], error_text(response, "file").data[0]);
    tdm__json_free(response);
    answer_close(&a);
    tdm_context_free(context);
}
END_TEST

START_TEST(a_child_known_by_an_assessment_alone_is_in_the_review)
{
    answer a;
    tdm_context *context = open_context(false);
    answer_open(&a);
    ask(&a, context,
        "{\"operation\": \"review\", \"as_of\": \"2024-09-30\", \"inputs\": [{\"name\": \"form.json\", "
        "\"content\": "
        "\"{\\\"type\\\": \\\"assessment\\\", \\\"instrument\\\": \\\"home-conditions\\\", \\\"version\\\": "
        "\\\"1.0.0\\\", \\\"id\\\": \\\"F-7\\\", \\\"child\\\": \\\"K-9\\\", \\\"date\\\": "
        "\\\"2024-05-08\\\", "
        "\\\"items\\\": {\\\"H1\\\": 1}}\"}]}");
    ck_assert_msg(a.status == TDM_OK, "%s", tdm_context_error(context)->message);
    ck_assert(answer_holds(&a, "\"child\": \"K-9\""));
    ck_assert(answer_holds(&a, "\"assessment\": \"F-7\""));
    answer_close(&a);
    tdm_context_free(context);
}
END_TEST

/* A call asks for memory many thousand times: the first 60 one by one, then steps of a prime. */
START_TEST(memory_may_run_out_anywhere)
{
    static const char request[] = CSV_REQUEST(CSV_PLAIN, CSV_MAP);
    for (long fail_at = 1;; fail_at += fail_at < 60 ? 1 : test_step(211)) {
        answer a;
        test_memory memory = {.fail_from = fail_at};
        tdm_allocator allocator = test_allocator(&memory);
        tdm_context *context = open_context_with(&allocator, false);
        answer_open(&a);
        a.status = TDM_NO_MEMORY;
        if (context)
            ask(&a, context, request);
        ck_assert_msg(a.status == TDM_OK || a.status == TDM_NO_MEMORY, "allocation %ld: %s", fail_at,
                      tdm_status_name(a.status));
        ck_assert(a.status == TDM_OK || !answer_holds(&a, "}\n") || answer_holds(&a, "\"ok\":false"));
        tdm_context_free(context);
        ck_assert_msg(memory.blocks == 0, "allocation %ld: %ld blocks left", fail_at, memory.blocks);
        answer_close(&a);
        if (a.status == TDM_OK)
            break;
    }
}
END_TEST

Suite *contents_suite(void)
{
    Suite *suite = suite_create("contents");
    TCase *tests = tcase_create("contents");
    tcase_set_timeout(tests, 120);
    tcase_add_loop_test(tests, base64_as_the_standard_has_it, 0, (int)ROWS(vectors));
    tcase_add_test(tests, every_byte_survives_base64);
    tcase_add_test(tests, a_csv_with_its_map_inside_the_request);
    tcase_add_loop_test(tests, a_map_is_never_a_path_without_files, 0, (int)ROWS(outside));
    tcase_add_loop_test(tests, contents_that_cannot_be_read_are_named, 0, (int)ROWS(contents));
    tcase_add_test(tests, a_child_known_by_an_assessment_alone_is_in_the_review);
    tcase_add_test(tests, memory_may_run_out_anywhere);
    suite_add_tcase(suite, tests);
    return suite;
}

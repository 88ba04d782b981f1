/*
 * What a run found, as NDJSON by pseudonym: the same prompts as the lists have, whole with its last line, of
 * the latest run alone, and in pages that memory that runs out does not harm.
 */
#include "api/served.h"

#include <stdio.h>
#include <string.h>

#define FINDINGS "{\"operation\": \"reviews.findings\", \"options\": {\"id\": \"1\"}}"

static served s;

static void setup(void)
{
    served_open(&s);
    ck_assert_int_eq(tdm_service_tend(s.service, s.caller, SERVED_NOW, s.call.today), TDM_OK);
}

static void teardown(void)
{
    served_close(&s);
}

static size_t count_of(const char *text, const char *part)
{
    size_t count = 0;
    for (const char *at = text; (at = strstr(at, part)) != NULL; at += strlen(part))
        count++;
    return count;
}

/* Items of a list that fits one page. */
static size_t listed(const char *account, const char *request)
{
    served_as(&s, account);
    served_expect(&s, request, TDM_OK);
    tdm__json *document = served_json(&s);
    size_t count = tdm__json_count(tdm__json_member(tdm__json_root(document), "items"));
    tdm__json_free(document);
    return count;
}

/* Lines of the answer, each of which is JSON of its own. */
static size_t check_lines(void)
{
    size_t count = 0;
    tdm_str rest = {s.answer.text.data, s.answer.text.length};
    ck_assert_uint_gt(rest.length, 0);
    ck_assert_int_eq(rest.data[rest.length - 1], '\n');
    while (rest.length > 0) {
        tdm__json *document;
        tdm_str line = tdm__str_split(&rest, '\n');
        ck_assert_int_eq(tdm__json_parse(&document, &s.caller->allocator, line, TDM_LIT("line"), NULL),
                         TDM_OK);
        tdm__json_free(document);
        count++;
    }
    return count;
}

START_TEST(a_line_for_each_prompt_between_the_run_and_its_totals)
{
    char wanted[48];
    size_t all = listed("ida", "{\"operation\": \"caseload.prompts\", \"options\": {\"limit\": 200}}");
    ck_assert_uint_gt(all, 10);
    served_expect(&s, FINDINGS, TDM_OK);
    ck_assert_str_eq(s.reply.media_type, "application/x-ndjson");
    ck_assert_uint_eq(check_lines(), all + 2);
    const char *text = s.answer.text.data;
    ck_assert_int_eq(strncmp(text, "{\"type\":\"run\",\"run\":1,", 22), 0);
    ck_assert_uint_eq(count_of(text, "{\"type\":\"prompt\""), all);
    snprintf(wanted, sizeof wanted, "{\"type\":\"totals\",\"prompts\":%d,", (int)all);
    ck_assert_uint_eq(count_of(text, wanted), 1);
    ck_assert_uint_eq(count_of(text, "\"LN-"), 0);
    ck_assert_uint_eq(count_of(text, "\"reason\""), 0);
}
END_TEST

/* A manager's are the team's. */
START_TEST(a_manager_is_given_the_team_s)
{
    size_t own =
        listed("mo", "{\"operation\": \"prompts.list\", \"options\": {\"state\": \"all\", \"limit\": 200}}");
    served_expect(&s, FINDINGS, TDM_OK);
    ck_assert_uint_eq(check_lines(), own + 2);
    served_as(&s, "sue");
    served_expect(&s, FINDINGS, TDM_OK);
    ck_assert_uint_eq(check_lines(), 2);
}
END_TEST

START_TEST(only_the_latest_run_s_are_there)
{
    served_as(&s, "mo");
    served_expect(&s, "{\"operation\": \"reviews.run\"}", TDM_OK);
    served_expect(&s, FINDINGS, TDM_CONFLICT);
    ck_assert_uint_eq(s.answer.text.length, 0);
    served_expect(&s, "{\"operation\": \"reviews.findings\", \"options\": {\"id\": \"2\"}}", TDM_OK);
    served_expect(&s, "{\"operation\": \"reviews.findings\", \"options\": {\"id\": \"3\"}}", TDM_NOT_FOUND);
    served_expect(&s, "{\"operation\": \"reviews.findings\", \"options\": {\"id\": \"x\"}}", TDM_NOT_FOUND);
    served_expect(&s, "{\"operation\": \"reviews.findings\"}", TDM_NOT_FOUND);
}
END_TEST

/* Of calls that list and stream; what was asked for is noted each time, and nothing else changes. */
static const struct {
    const char *account, *request;
} calls[] = {
    {"ida", FINDINGS},
    {"mo", "{\"operation\": \"openings.list\", \"child\": \"" SERVED_CHILD "\"}"},
    {"mo", "{\"operation\": \"children.trail\", \"child\": \"" SERVED_CHILD
           "\", \"options\": {\"newest\": true, \"limit\": 1}}"},
    {"mo", "{\"operation\": \"prompts.list\", \"options\": {\"limit\": 1}}"},
};
static size_t call_at;

static tdm_status ask_with(const tdm_allocator *allocator)
{
    tdm_context *caller = s.caller;
    s.caller = open_context_with(allocator, false);
    tdm_status status = s.caller ? served_ask(&s, calls[call_at].request) : TDM_NO_MEMORY;
    tdm_context_free(s.caller);
    s.caller = caller;
    return status;
}

START_TEST(memory_that_runs_out_is_survived)
{
    call_at = (size_t)_i;
    served_as(&s, calls[_i].account);
    TEST_EVERY_ALLOCATION(ask_with);
    ck_assert_uint_gt(s.answer.text.length, 0);
}
END_TEST

Suite *findings_suite(void)
{
    Suite *suite = suite_create("findings");
    TCase *lines = tcase_create("lines");
    tcase_add_checked_fixture(lines, setup, teardown);
    tcase_set_timeout(lines, 120);
    tcase_add_test(lines, a_line_for_each_prompt_between_the_run_and_its_totals);
    tcase_add_test(lines, a_manager_is_given_the_team_s);
    tcase_add_loop_test(lines, memory_that_runs_out_is_survived, 0, ROWS(calls));
    tcase_add_test(lines, only_the_latest_run_s_are_there);
    suite_add_tcase(suite, lines);
    return suite;
}

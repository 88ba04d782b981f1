/*
 * Returns that are sent in: looked at with a map that was guessed or given, then kept or thrown away; nothing
 * of one that cannot be read.
 */
#include "api/shown.h"

#include "store/staged.h"
#include "store/worklist.h"

#include <stdio.h>
#include <string.h>

/* Of a child that the store has and one that it has not; the third row names none, the fourth no date. */
#define RETURN                                                                                               \
    "Child,Date,Type of entry,Details\\n"                                                                    \
    "LN-1,2024-09-02,Concern,Late again\\n"                                                                  \
    "N-9,2024-09-03,Concern,Hungry\\n"                                                                       \
    ",2024-09-04,Concern,Nobody\\n"                                                                          \
    "LN-1,soon,Concern,Some day\\n"
#define RECEIVE(options, content)                                                                            \
    "{\"operation\": \"imports.receive\", \"options\": {" options                                            \
    "}, \"inputs\": [{\"name\": \"Jamie Doe.csv\", \"content\": \"" content "\"}]}"
#define MAP                                                                                                  \
    "{\"map\": 1, \"agency\": \"school\", \"columns\": {\"Child\": {\"to\": \"child\"}, \"Date\": {\"to\": " \
    "\"occurred\"}, \"Type of entry\": {\"to\": \"kind\", \"values\": {\"Concern\": \"school-concern\"}}, "  \
    "\"Details\": {\"to\": \"text\"}}}"

static served s;
static char id[32];

static void setup(void)
{
    served_open(&s);
}

static void teardown(void)
{
    served_close(&s);
}

static tdm_status ask_of(const char *operation, const char *body)
{
    char request[1024];
    snprintf(request, sizeof request, "{\"operation\": \"imports.%s\", \"options\": {\"id\": \"%s\"}%s%s}",
             operation, id, body[0] ? ", \"body\": " : "", body);
    return served_ask(&s, request);
}

static void receive(const char *request)
{
    ck_assert_msg(served_ask(&s, request) == TDM_OK, "%s", tdm_context_error(s.caller)->message);
    tdm__json *shown = served_json(&s);
    tdm_str text = tdm__json_string(tdm__json_member(tdm__json_root(shown), "id"));
    snprintf(id, sizeof id, "%.*s", (int)text.length, text.data);
    tdm__json_free(shown);
}

static const tdm__json_value *under(const tdm__json_value *object, const char *one, const char *two)
{
    return tdm__json_member(tdm__json_member(object, one), two);
}

static int64_t number(const tdm__json_value *value)
{
    int64_t out = -1;
    ck_assert(tdm__json_int64(&out, value));
    return out;
}

/* added and known entries of the last answer. */
static void check_entries(int64_t added, int64_t known)
{
    tdm__json *shown = served_json(&s);
    const tdm__json_value *entries = under(tdm__json_root(shown), "counts", "entries");
    ck_assert_int_eq(number(tdm__json_member(entries, "added")), added);
    ck_assert_int_eq(number(tdm__json_member(entries, "known")), known);
    tdm__json_free(shown);
}

static size_t waiting(void)
{
    ck_assert_int_eq(served_ask(&s, "{\"operation\": \"imports.list\"}"), TDM_OK);
    tdm__json *shown = served_json(&s);
    size_t count = tdm__json_count(tdm__json_member(tdm__json_root(shown), "items"));
    tdm__json_free(shown);
    return count;
}

START_TEST(a_return_is_looked_at_before_it_is_kept)
{
    served_as(&s, "mo");
    receive(RECEIVE("\"agency\": \"school\", \"received\": \"2024-09-30\"", RETURN));
    ck_assert(s.reply.created);
    ck_assert_str_eq(s.reply.location, "/v1/imports/1");
    ck_assert(!answer_holds(&s.answer, "Jamie"));
    tdm__json *shown = served_json(&s);
    const tdm__json_value *import = tdm__json_root(shown);
    const tdm__json_value *account = tdm__json_first(tdm__json_member(import, "accounts"));
    const tdm__json_value *row = tdm__json_first(under(import, "sample", "rows"));
    ck_assert_int_eq(tdm__json_type_of(tdm__json_member(import, "map")), TDM__JSON_OBJECT);
    ck_assert_uint_eq(tdm__json_count(tdm__json_member(import, "headings")), 4);
    ck_assert_uint_eq(tdm__json_count(tdm__json_member(import, "guesses")), 4);
    ck_assert_uint_eq(tdm__json_count(under(import, "sample", "rows")), 4);
    ck_assert(tdm__str_equal(tdm__json_string(tdm__json_first(row)), TDM_LIT("LN-1")));
    ck_assert_int_eq(number(tdm__json_member(account, "rows")), 4);
    ck_assert_int_eq(number(tdm__json_member(account, "set_aside")), 1);
    ck_assert_int_eq(number(under(import, "children", "known")), 1);
    ck_assert_int_eq(number(under(import, "children", "new")), 1);
    ck_assert_int_eq(tdm__json_type_of(tdm__json_member(import, "counts")), TDM__JSON_NULL);
    ck_assert_uint_ge(tdm__json_count(tdm__json_member(import, "diagnostics")), 2);
    tdm__json_free(shown);
    ck_assert_int_eq(ask_of("show", ""), TDM_OK);
    ck_assert_uint_eq(waiting(), 1);
}
END_TEST

START_TEST(what_is_told_of_rows_holds_no_cell)
{
    served_as(&s, "mo");
    receive(RECEIVE("\"agency\": \"school\"", RETURN));
    tdm__json *shown = served_json(&s);
    const tdm__json_value *d = tdm__json_first(tdm__json_member(tdm__json_root(shown), "diagnostics"));
    for (; d; d = tdm__json_next(d)) {
        tdm_str message = tdm__json_string(tdm__json_member(d, "message"));
        for (size_t i = 0; i + 4 <= message.length; i++)
            ck_assert(memcmp(message.data + i, "soon", 4) != 0 && memcmp(message.data + i, "LN-1", 4) != 0);
    }
    tdm__json_free(shown);
}
END_TEST

START_TEST(another_map_is_another_reading)
{
    served_as(&s, "mo");
    receive(RECEIVE("\"agency\": \"school\"", RETURN));
    ck_assert_msg(ask_of("map", MAP) == TDM_OK, "%s", tdm_context_error(s.caller)->message);
    ck_assert(answer_holds(&s.answer, "school-concern"));
    ck_assert_int_eq(ask_of("map", "{\"map\": 1, \"columns\": {\"Date\": {\"to\": \"no-such\"}}}"),
                     TDM_INVALID_INPUT);
    ck_assert_int_eq(ask_of("map", "[]"), TDM_INVALID_INPUT);
    ck_assert_int_eq(ask_of("map", "\"police\""), TDM_INVALID_INPUT);
    ck_assert_int_eq(ask_of("show", ""), TDM_OK);
    ck_assert(answer_holds(&s.answer, "school-concern"));
}
END_TEST

START_TEST(what_is_confirmed_is_in_the_record_once)
{
    served_as(&s, "mo");
    receive(RECEIVE("\"agency\": \"school\"", RETURN));
    ck_assert_int_eq(ask_of("map", MAP), TDM_OK);
    ck_assert_msg(ask_of("confirm", "") == TDM_OK, "%s", tdm_context_error(s.caller)->message);
    check_entries(3, 0);
    ck_assert(!answer_holds(&s.answer, "Hungry"));
    ck_assert_int_eq(ask_of("confirm", ""), TDM_CONFLICT);
    ck_assert_int_eq(ask_of("map", MAP), TDM_CONFLICT);
    ck_assert_int_eq(ask_of("discard", ""), TDM_CONFLICT);
    ck_assert_int_eq(served_ask(&s, "{\"operation\": \"review\", \"child\": \"" SERVED_CHILD
                                    "\", \"options\": {\"with_events\": true}}"),
                     TDM_OK);
    ck_assert(answer_holds(&s.answer, "Late again"));
    ck_assert(answer_holds(&s.answer, "import-1"));
    ck_assert(!answer_holds(&s.answer, "Jamie"));
    /* The same file once more. */
    receive(RECEIVE("\"agency\": \"school\"", RETURN));
    ck_assert_int_eq(ask_of("map", MAP), TDM_OK);
    ck_assert_int_eq(ask_of("confirm", ""), TDM_OK);
    check_entries(0, 3);
}
END_TEST

START_TEST(its_cells_are_kept_no_longer_than_it_waits)
{
    tdm__work *work;
    tdm__arena arena;
    tdm__stored_import import;
    served_as(&s, "mo");
    receive(RECEIVE("\"agency\": \"school\"", RETURN));
    ck_assert_int_eq(ask_of("confirm", ""), TDM_OK);
    tdm__arena_init(&arena, &tdm__malloc_allocator);
    ck_assert_int_eq(tdm__live_read(&work, s.service->live, s.opener, NULL), TDM_OK);
    ck_assert_int_eq(tdm__work_staged(&import, work, &arena, 1, NULL), TDM_OK);
    ck_assert_uint_eq(import.content.length, 0);
    ck_assert_uint_gt(import.preview.length, 0);
    const char *preview = tdm__arena_copy(&arena, import.preview).data;
    ck_assert_ptr_null(strstr(preview, "Hungry"));
    tdm__work_end(work);
    tdm__arena_free(&arena);
}
END_TEST

START_TEST(what_is_discarded_leaves_nothing)
{
    served_as(&s, "mo");
    receive(RECEIVE("\"agency\": \"school\"", RETURN));
    ck_assert_int_eq(ask_of("discard", ""), TDM_OK);
    ck_assert_str_eq(s.reply.media_type, "");
    ck_assert_int_eq(ask_of("show", ""), TDM_OK);
    ck_assert(answer_holds(&s.answer, "\"discarded\""));
    ck_assert(!answer_holds(&s.answer, "Hungry"));
    ck_assert_int_eq(ask_of("confirm", ""), TDM_CONFLICT);
    ck_assert_int_eq(served_ask(&s, "{\"operation\": \"review\", \"child\": \"" SERVED_CHILD
                                    "\", \"options\": {\"with_events\": true}}"),
                     TDM_OK);
    ck_assert(!answer_holds(&s.answer, "Late again"));
}
END_TEST

static const struct {
    const char *request;
    tdm_status status;
} bad[] = {
    {RECEIVE("", ""), TDM_INVALID_INPUT},
    {RECEIVE("", RETURN), TDM_INVALID_INPUT}, /* whose it is, nothing says */
    {RECEIVE("", "<?xml version='1.0'?><Message><Header>"), TDM_INVALID_INPUT},
    {RECEIVE("", "<html></html>"), TDM_UNSUPPORTED},
    {RECEIVE("\"agency\": \"no-such\"", RETURN), TDM_INVALID_INPUT},
    {RECEIVE("\"received\": \"2024-10-02\"", RETURN), TDM_INVALID_INPUT},
    {RECEIVE("\"received\": \"October\"", RETURN), TDM_INVALID_ARG},
    {RECEIVE("\"input_format\": \"no-such\"", RETURN), TDM_INVALID_ARG},
    {"{\"operation\": \"imports.receive\"}", TDM_INVALID_ARG},
};

START_TEST(what_cannot_be_read_is_not_kept)
{
    served_as(&s, "mo");
    tdm_status status = served_ask(&s, bad[_i].request);
    ck_assert_msg(status == bad[_i].status, "%s: %s", tdm_status_name(status),
                  tdm_context_error(s.caller)->message);
    ck_assert_uint_eq(s.answer.text.length, 0);
    ck_assert_uint_eq(waiting(), 0);
}
END_TEST

START_TEST(a_form_that_is_known_needs_no_map)
{
    served_as(&s, "mo");
    receive(RECEIVE(
        "", "{\\\"type\\\":\\\"event\\\",\\\"child\\\":\\\"LN-1\\\",\\\"occurred\\\":\\\"2024-09-10\\\","
            "\\\"agency\\\":\\\"school\\\",\\\"kind\\\":\\\"note\\\"}\\n"));
    ck_assert(answer_holds(&s.answer, "\"format\": \"ndjson\""));
    ck_assert(answer_holds(&s.answer, "\"map\": null"));
    ck_assert_int_eq(ask_of("confirm", ""), TDM_OK);
    check_entries(1, 0);
}
END_TEST

START_TEST(it_is_its_senders)
{
    served_as(&s, "mo");
    receive(RECEIVE("\"agency\": \"school\"", RETURN));
    served_as(&s, "sue");
    ck_assert_int_eq(ask_of("show", ""), TDM_NOT_FOUND);
    ck_assert_int_eq(ask_of("map", MAP), TDM_NOT_FOUND);
    ck_assert_int_eq(ask_of("confirm", ""), TDM_NOT_FOUND);
    ck_assert_int_eq(ask_of("discard", ""), TDM_NOT_FOUND);
    ck_assert_uint_eq(waiting(), 0);
    served_as(&s, "mo");
    s.call.if_match = TDM_LIT("\"1\"");
    ck_assert_int_eq(ask_of("confirm", ""), TDM_STALE);
    s.call.if_match = TDM_LIT("\"2\"");
    ck_assert_int_eq(ask_of("confirm", ""), TDM_OK);
}
END_TEST

START_TEST(prompts_are_found_anew_afterwards)
{
    tdm__work *work;
    tdm__arena arena;
    tdm__stored_run before, after;
    ck_assert_int_eq(tdm_service_tend(s.service, s.opener, s.call.now, s.call.today), TDM_OK);
    served_as(&s, "mo");
    s.call.now += 60;
    receive(RECEIVE("\"agency\": \"school\"", RETURN));
    tdm__arena_init(&arena, &tdm__malloc_allocator);
    ck_assert_int_eq(tdm__live_read(&work, s.service->live, s.opener, NULL), TDM_OK);
    ck_assert_int_eq(tdm__work_latest_run(&before, work, &arena, NULL), TDM_OK);
    tdm__work_end(work);
    ck_assert_int_eq(ask_of("confirm", ""), TDM_OK);
    ck_assert_int_eq(tdm_service_tend(s.service, s.opener, s.call.now + 60, s.call.today), TDM_OK);
    ck_assert_int_eq(tdm__live_read(&work, s.service->live, s.opener, NULL), TDM_OK);
    ck_assert_int_eq(tdm__work_latest_run(&after, work, &arena, NULL), TDM_OK);
    ck_assert_int_gt(after.number, before.number);
    ck_assert_int_eq(after.children, before.children + 1); /* N-9 is new */
    tdm__work_end(work);
    /* And not again while nothing comes. */
    ck_assert_int_eq(tdm_service_tend(s.service, s.opener, s.call.now + 120, s.call.today), TDM_OK);
    ck_assert_int_eq(tdm__live_read(&work, s.service->live, s.opener, NULL), TDM_OK);
    ck_assert_int_eq(tdm__work_latest_run(&before, work, &arena, NULL), TDM_OK);
    ck_assert_int_eq(before.number, after.number);
    tdm__work_end(work);
    tdm__arena_free(&arena);
}
END_TEST

START_TEST(only_managers_send)
{
    static const char *const others[] = {"ann", "pat", "ida", "rex", "eve"};
    for (size_t i = 0; i < ROWS(others); i++) {
        served_as(&s, others[i]);
        ck_assert_int_eq(served_ask(&s, RECEIVE("\"agency\": \"school\"", RETURN)), TDM_FORBIDDEN);
        ck_assert_int_eq(served_ask(&s, "{\"operation\": \"imports.list\"}"), TDM_FORBIDDEN);
    }
    served_as(&s, "sue");
    ck_assert_int_eq(served_ask(&s, RECEIVE("\"agency\": \"school\"", RETURN)), TDM_OK);
}
END_TEST

START_TEST(without_memory_nothing_is_kept)
{
    served_as(&s, "mo");
    ck_assert_int_ge(starve(&s, RECEIVE("\"agency\": \"school\"", RETURN)), 10);
    ck_assert_uint_eq(waiting(), 1);
    snprintf(id, sizeof id, "1");
    ck_assert_int_ge(starve(&s, "{\"operation\": \"imports.confirm\", \"options\": {\"id\": \"1\"}}"), 10);
    ck_assert_int_eq(ask_of("show", ""), TDM_OK);
    check_entries(3, 0);
}
END_TEST

Suite *served_imports_suite(void)
{
    Suite *suite = suite_create("returns that are sent in");
    TCase *sent = tcase_create("sent");
    tcase_add_checked_fixture(sent, setup, teardown);
    tcase_set_timeout(sent, 60);
    tcase_add_test(sent, a_return_is_looked_at_before_it_is_kept);
    tcase_add_test(sent, what_is_told_of_rows_holds_no_cell);
    tcase_add_test(sent, another_map_is_another_reading);
    tcase_add_test(sent, what_is_confirmed_is_in_the_record_once);
    tcase_add_test(sent, its_cells_are_kept_no_longer_than_it_waits);
    tcase_add_test(sent, what_is_discarded_leaves_nothing);
    tcase_add_loop_test(sent, what_cannot_be_read_is_not_kept, 0, ROWS(bad));
    tcase_add_test(sent, a_form_that_is_known_needs_no_map);
    tcase_add_test(sent, it_is_its_senders);
    tcase_add_test(sent, prompts_are_found_anew_afterwards);
    tcase_add_test(sent, only_managers_send);
    tcase_add_test(sent, without_memory_nothing_is_kept);
    suite_add_tcase(suite, sent);
    return suite;
}

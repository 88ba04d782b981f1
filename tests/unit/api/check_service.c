/*
 * A service: signing in, whose case a child is, that a command's operation runs on the store, and what is
 * written down. The table of roles and operations has a file of its own.
 */
#include "api/served.h"

#include "store/trail.h"

#include <stdio.h>
#include <string.h>

#define SHOW "{\"operation\": \"children.show\", \"child\": \"" SERVED_CHILD "\"}"

static served s;

static void setup(void)
{
    served_open(&s);
}

static void teardown(void)
{
    served_close(&s);
}

START_TEST(nobody_gets_nothing)
{
    ck_assert_int_eq(served_ask(&s, SHOW), TDM_UNAUTHENTICATED);
    ck_assert_uint_eq(s.answer.text.length, 0);
    s.call.token = TDM_LIT("tdms_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA");
    s.call.by_cookie = true;
    ck_assert_int_eq(served_ask(&s, SHOW), TDM_UNAUTHENTICATED);
}
END_TEST

static const struct {
    const char *account;
    tdm_status status;
    const char *problem;
} askers[] = {
    {"ann", TDM_OK, ""},
    {"mo", TDM_OK, ""},
    {"pat", TDM_FORBIDDEN, "reason-needed"},
    {"sue", TDM_FORBIDDEN, "reason-needed"},
    {"ida", TDM_FORBIDDEN, "pseudonyms-only"},
    {"rex", TDM_NOT_FOUND, ""},
    {"eve", TDM_FORBIDDEN, "no-cases"},
};

START_TEST(who_sees_the_child)
{
    served_as(&s, askers[_i].account);
    tdm_status status = served_ask(&s, SHOW);
    ck_assert_msg(status == askers[_i].status, "%s: %s, %s", askers[_i].account, tdm_status_name(status),
                  tdm_context_error(s.caller)->message);
    ck_assert_str_eq(s.reply.problem, askers[_i].problem);
    ck_assert_int_eq(answer_holds(&s.answer, "\"household\""), status == TDM_OK);
}
END_TEST

START_TEST(a_review_of_the_store_is_the_review_of_the_folder)
{
    answer folder;
    answer_open(&folder);
    ask(&folder, s.opener,
        "{\"operation\": \"review\", \"as_of\": \"2024-09-30\", \"inputs\": [{\"path\": \"" TDM_SOURCE_DIR
        "/fixtures/long-neglect\"}]}");
    ck_assert_int_eq(folder.status, TDM_OK);
    served_as(&s, "ann");
    ck_assert_int_eq(served_ask(&s, "{\"operation\": \"review\", \"child\": \"" SERVED_CHILD
                                    "\", \"as_of\": \"2024-09-30\"}"),
                     TDM_OK);
    ck_assert_str_eq(s.reply.media_type, "application/json");
    tdm__json *one = served_json(&s), *other = answer_json(&folder);
    const tdm__json_value *stored = tdm__json_member(tdm__json_root(one), "children");
    const tdm__json_value *read = tdm__json_member(tdm__json_member(tdm__json_root(other), "result"),
                                                   "children");
    ck_assert_uint_eq(tdm__json_count(stored), 1);
    read = tdm__json_first(read);
    while (!tdm__str_equal(tdm__json_string(tdm__json_member(read, "child")), TDM_LIT(SERVED_CHILD)))
        read = tdm__json_next(read);
    const tdm__json_value *a = tdm__json_first(tdm__json_member(tdm__json_first(stored), "prompts"));
    const tdm__json_value *b = tdm__json_first(tdm__json_member(read, "prompts"));
    ck_assert_ptr_nonnull(a);
    for (; a && b; a = tdm__json_next(a), b = tdm__json_next(b))
        ck_assert(tdm__str_equal(tdm__json_string(tdm__json_member(a, "sentence")),
                                 tdm__json_string(tdm__json_member(b, "sentence"))));
    ck_assert(!a && !b);
    tdm__json_free(one);
    tdm__json_free(other);
    answer_close(&folder);
}
END_TEST

START_TEST(a_change_needs_what_the_page_was_given)
{
    served_as(&s, "ann");
    s.call.csrf = TDM_LIT("");
    ck_assert_int_eq(served_ask(&s, "{\"operation\": \"sessions.close\"}"), TDM_FORBIDDEN);
    ck_assert_str_eq(s.reply.problem, "csrf");
    s.call.csrf = tdm__str(s.csrf);
    ck_assert_int_eq(served_ask(&s, "{\"operation\": \"sessions.close\"}"), TDM_OK);
    ck_assert(s.reply.session_ended);
    ck_assert_int_eq(served_ask(&s, "{\"operation\": \"sessions.show\"}"), TDM_UNAUTHENTICATED);
}
END_TEST

START_TEST(a_session_that_nobody_uses_ends)
{
    served_as(&s, "ann");
    s.call.now += TDM__SESSION_IDLE_SECONDS - 1;
    ck_assert_int_eq(served_ask(&s, "{\"operation\": \"sessions.show\"}"), TDM_OK);
    s.call.now += TDM__SESSION_IDLE_SECONDS - 1;
    ck_assert_int_eq(served_ask(&s, "{\"operation\": \"sessions.show\"}"), TDM_OK);
    s.call.now += TDM__SESSION_IDLE_SECONDS;
    ck_assert_int_eq(served_ask(&s, "{\"operation\": \"sessions.show\"}"), TDM_UNAUTHENTICATED);
}
END_TEST

/* Of the words in the data folder, of the account and of its team. */
START_TEST(a_password_that_is_tried_first_is_refused)
{
    static const struct {
        const char *password;
        tdm_status status;
    } rows[] = {
        {"safeguarding2024!", TDM_INVALID_INPUT},
        {"Council Password 1", TDM_INVALID_INPUT},
        {"qwertyuiop1234", TDM_INVALID_INPUT},
        {"ann-ann-north-99", TDM_INVALID_INPUT},
        {"short", TDM_INVALID_INPUT},
        {"an old grey heron", TDM_OK},
    };
    for (size_t i = 0; i < ROWS(rows); i++) {
        char request[256];
        served_as(&s, "ann");
        snprintf(request, sizeof request,
                 "{\"operation\": \"sessions.password\", \"body\": {\"old\": \"the password of ann\", "
                 "\"new\": \"%s\"}}",
                 rows[i].password);
        ck_assert_msg(served_ask(&s, request) == rows[i].status, "%s: %s", rows[i].password,
                      tdm_context_error(s.caller)->message);
        ck_assert_ptr_null(strstr(tdm_context_error(s.caller)->message, rows[i].password));
    }
}
END_TEST

START_TEST(wrong_passwords_shut_the_door_for_a_while)
{
    static const char guess[] = "{\"operation\": \"sessions.open\", \"body\": {\"account\": \"ann\", "
                                "\"password\": \"the password of mo!\"}}";
    static const char right[] = "{\"operation\": \"sessions.open\", \"body\": {\"account\": \"ann\", "
                                "\"password\": \"the password of ann\"}}";
    for (int i = 0; i < 5; i++)
        ck_assert_int_eq(served_ask(&s, guess), TDM_UNAUTHENTICATED);
    ck_assert_int_eq(served_ask(&s, right), TDM_BUSY);
    ck_assert_int_ge(s.reply.retry_after, 1);
    s.call.now += s.reply.retry_after;
    ck_assert_int_eq(served_ask(&s, right), TDM_OK);
    ck_assert_int_eq(served_ask(&s, guess), TDM_UNAUTHENTICATED);
}
END_TEST

START_TEST(what_was_read_is_written_down_by_code)
{
    char code[TDM__CODE_SIZE];
    tdm__arena arena;
    tdm__work *work;
    tdm__stored_entries entries;
    tdm__trail_filter filter = {.what = TDM_LIT("children.show")};
    tdm__trail_verdict verdict;
    served_as(&s, "ann");
    ck_assert_int_eq(served_ask(&s, SHOW), TDM_OK);
    uint64_t number = s.reply.audit_number;
    tdm__arena_init(&arena, &tdm__malloc_allocator);
    ck_assert_int_eq(tdm__live_read(&work, s.service->live, s.opener, NULL), TDM_OK);
    ck_assert_int_eq(tdm__work_trail_list(&entries, work, &arena, &filter, 0, 10, NULL), TDM_OK);
    tdm__child_code(code, s.service, TDM_LIT(SERVED_CHILD));
    ck_assert_uint_eq(entries.count, 1);
    ck_assert_uint_eq((uint64_t)entries.items[0].entry.number, number);
    ck_assert(tdm__str_equal(entries.items[0].entry.actor, TDM_LIT("ann")));
    ck_assert(tdm__str_equal(entries.items[0].entry.object_id, tdm__str(code)));
    ck_assert_int_eq(tdm__work_trail_verify(&verdict, work, &arena, &s.service->audit_key, NULL, NULL),
                     TDM_OK);
    ck_assert(verdict.is_whole);
    tdm__work_end(work);
    tdm__arena_free(&arena);
}
END_TEST

START_TEST(what_the_command_alone_offers_is_not_there)
{
    static const char *const operations[] = {"export",      "import",         "pseudonymise", "diff",
                                             "map.suggest", "indicators.new", "no.such"};
    char request[96];
    served_as(&s, "eve");
    for (size_t i = 0; i < ROWS(operations); i++) {
        snprintf(request, sizeof request, "{\"operation\": \"%s\"}", operations[i]);
        ck_assert_int_eq(served_ask(&s, request), TDM_NOT_FOUND);
    }
}
END_TEST

Suite *service_suite(void)
{
    Suite *suite = suite_create("service");
    TCase *calls = tcase_create("calls");
    tcase_add_checked_fixture(calls, setup, teardown);
    tcase_set_timeout(calls, 60);
    tcase_add_test(calls, nobody_gets_nothing);
    tcase_add_loop_test(calls, who_sees_the_child, 0, ROWS(askers));
    tcase_add_test(calls, a_review_of_the_store_is_the_review_of_the_folder);
    tcase_add_test(calls, a_change_needs_what_the_page_was_given);
    tcase_add_test(calls, a_session_that_nobody_uses_ends);
    tcase_add_test(calls, a_password_that_is_tried_first_is_refused);
    tcase_add_test(calls, wrong_passwords_shut_the_door_for_a_while);
    tcase_add_test(calls, what_was_read_is_written_down_by_code);
    tcase_add_test(calls, what_the_command_alone_offers_is_not_there);
    suite_add_tcase(suite, calls);
    return suite;
}

/*
 * The audit trail of a service: who sees it, what stands in it, that what was done to it behind its back is
 * found, and where its end is written down beside the store.
 */
#include "api/served.h"

#include "store/rows.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

#define SHOW   "{\"operation\": \"children.show\", \"child\": \"" SERVED_CHILD "\"}"
#define LIST   "{\"operation\": \"audit.list\"}"
#define VERIFY "{\"operation\": \"audit.verify\"}"

static served s;

static void setup(void)
{
    served_open(&s);
}

static void teardown(void)
{
    served_close(&s);
}

/* The trail's end, as the store has it. */
static void stored_head(char out[TDM__CHAIN_HEAD_SIZE])
{
    tdm__work *work;
    tdm__chain_head head;
    ck_assert_int_eq(tdm__live_read(&work, s.service->live, s.opener, NULL), TDM_OK);
    ck_assert_int_eq(tdm__work_trail_head(&head, work, NULL), TDM_OK);
    tdm__work_end(work);
    tdm__chain_head_write(out, &head);
}

static void written_head(char out[TDM__CHAIN_HEAD_SIZE])
{
    char path[128];
    snprintf(path, sizeof path, "%s.head", s.store);
    FILE *file = fopen(path, "rb");
    ck_assert_ptr_nonnull(file);
    size_t length = fread(out, 1, TDM__CHAIN_HEAD_SIZE - 1, file);
    fclose(file);
    while (length > 0 && out[length - 1] == '\n')
        length--;
    out[length] = '\0';
}

static void reopen(void)
{
    tdm_service_free(s.service);
    ck_assert_msg(tdm_service_open(&s.service, s.opener, s.store, NULL) == TDM_OK, "%s",
                  tdm_context_error(s.opener)->message);
}

/* What somebody does who can write to the file but knows no key. */
static void tamper(const char *sql)
{
    tdm__work *work;
    ck_assert_int_eq(tdm__live_write(&work, s.service->live, s.opener, NULL), TDM_OK);
    ck_assert_int_eq(tdm__rows_change(NULL, work, sql, NULL, 0, "a test", NULL), TDM_OK);
    ck_assert_int_eq(tdm__work_commit(work, NULL), TDM_OK);
    tdm__work_end(work);
}

START_TEST(an_administrator_sees_codes_and_no_names)
{
    char code[TDM__CODE_SIZE];
    served_as(&s, "ann");
    served_expect(&s, SHOW, TDM_OK);
    served_as(&s, "eve");
    served_expect(&s, LIST, TDM_OK);
    tdm__child_code(code, s.service, TDM_LIT(SERVED_CHILD));
    ck_assert(answer_holds(&s.answer, code));
    ck_assert(answer_holds(&s.answer, "\"children.show\""));
    ck_assert(!answer_holds(&s.answer, SERVED_CHILD));
    served_expect(&s, "{\"operation\": \"audit.list\", \"options\": {\"account\": \"mo\"}}", TDM_OK);
    ck_assert(!answer_holds(&s.answer, code));
    served_expect(&s, "{\"operation\": \"audit.list\", \"options\": {\"since\": \"2024-10-02\"}}", TDM_OK);
    ck_assert(!answer_holds(&s.answer, code));
}
END_TEST

/* Ann looks at her case on three days, two seconds before each midnight. */
static void look_on_three_days(void)
{
    s.call.now = 1727740800 + 86398;
    for (int day = 0; day < 3; day++) {
        served_as(&s, "ann");
        served_expect(&s, SHOW, TDM_OK);
        s.call.now += 86400;
    }
    s.call.now -= 86400;
}

static size_t count_entries(const char *account, const char *operation, const char *of_child,
                            const char *options)
{
    char request[256];
    served_as(&s, account);
    snprintf(request, sizeof request,
             "{\"operation\": \"%s\"%s, \"options\": {\"operation\": \"children.show\", \"limit\": 200%s}}",
             operation, of_child, options);
    served_expect(&s, request, TDM_OK);
    tdm__json *document = served_json(&s);
    size_t count = tdm__json_count(tdm__json_member(tdm__json_root(document), "items"));
    tdm__json_free(document);
    return count;
}

static const struct {
    const char *options;
    size_t count;
} choices[] = {
    {"", 3},
    {", \"since\": \"2024-10-02\"", 2},
    {", \"until\": \"2024-10-02\"", 2},
    {", \"since\": \"2024-10-02\", \"until\": \"2024-10-02\"", 1},
    {", \"until\": \"2024-09-30\"", 0},
    {", \"since\": \"2024-10-04\"", 0},
    {", \"account\": \"ann\"", 3},
    {", \"account\": \"mo\"", 0},
    {", \"newest\": true", 3},
};

START_TEST(entries_are_chosen_by_day_and_account)
{
    look_on_three_days();
    for (size_t i = 0; i < ROWS(choices); i++) {
        ck_assert_msg(count_entries("eve", "audit.list", "", choices[i].options) == choices[i].count, "%s",
                      choices[i].options);
        ck_assert_msg(count_entries("mo", "children.trail", ", \"child\": \"" SERVED_CHILD "\"",
                                    choices[i].options) == choices[i].count,
                      "of the child: %s", choices[i].options);
    }
    ck_assert_uint_eq(count_entries("eve", "audit.list", "", ", \"kind\": \"child\""), 3);
    ck_assert_uint_eq(count_entries("eve", "audit.list", "", ", \"kind\": \"account\""), 0);
}
END_TEST

/* The other way round it is the same entries, and goes on behind a cursor. */
START_TEST(the_latest_entry_comes_first_where_that_is_asked)
{
    int64_t numbers[3] = {0}, next = 0;
    look_on_three_days();
    served_as(&s, "eve");
    for (size_t i = 0; i < 3; i++) {
        char request[256], cursor[64] = "";
        if (next > 0)
            snprintf(cursor, sizeof cursor, ", \"cursor\": \"%d\"", (int)next);
        snprintf(request, sizeof request,
                 "{\"operation\": \"audit.list\", \"options\": {\"operation\": \"children.show\", "
                 "\"newest\": true, \"limit\": 1%s}}",
                 cursor);
        served_expect(&s, request, TDM_OK);
        tdm__json *document = served_json(&s);
        const tdm__json_value *root = tdm__json_root(document);
        const tdm__json_value *item = tdm__json_first(tdm__json_member(root, "items"));
        ck_assert(tdm__json_int64(&numbers[i], tdm__json_member(item, "number")));
        if (!tdm__str_to_int64(&next, tdm__json_string(tdm__json_member(root, "next"))))
            next = 0;
        tdm__json_free(document);
    }
    ck_assert_int_gt(numbers[0], numbers[1]);
    ck_assert_int_gt(numbers[1], numbers[2]);
    ck_assert_int_gt(numbers[2], 0);
    ck_assert_int_eq(next, 0);
}
END_TEST

/* Whose record it is stands in no entry; a manager asks by the case, and is shown no other's. */
START_TEST(a_manager_sees_who_looked_at_a_case)
{
    char code[TDM__CODE_SIZE];
    served_as(&s, "ann");
    served_expect(&s, SHOW, TDM_OK);
    served_as(&s, "mo");
    served_expect(&s, "{\"operation\": \"children.trail\", \"child\": \"" SERVED_CHILD "\"}", TDM_OK);
    tdm__child_code(code, s.service, TDM_LIT(SERVED_CHILD));
    ck_assert(answer_holds(&s.answer, code));
    ck_assert(answer_holds(&s.answer, "\"ann\""));
    ck_assert(!answer_holds(&s.answer, "sessions.open"));
    ck_assert(!answer_holds(&s.answer, "audit.list"));
}
END_TEST

/* Every entry once, page by page. */
START_TEST(a_list_goes_on_where_it_ended)
{
    int64_t numbers = 0, next = 0, pages = 0;
    char request[128] = "{\"operation\": \"audit.list\", \"options\": {\"limit\": 2}}";
    served_as(&s, "ann");
    for (int i = 0; i < 3; i++)
        served_expect(&s, SHOW, TDM_OK);
    served_as(&s, "eve");
    do {
        served_expect(&s, request, TDM_OK);
        tdm__json *document = served_json(&s);
        const tdm__json_value *root = tdm__json_root(document);
        const tdm__json_value *item = tdm__json_first(tdm__json_member(root, "items"));
        ck_assert_uint_le(tdm__json_count(tdm__json_member(root, "items")), 2);
        for (; item; item = tdm__json_next(item)) {
            int64_t number = 0;
            ck_assert(tdm__json_int64(&number, tdm__json_member(item, "number")));
            ck_assert_int_eq(number, ++numbers);
        }
        if (!tdm__str_to_int64(&next, tdm__json_string(tdm__json_member(root, "next"))))
            next = 0;
        tdm__json_free(document);
        snprintf(request, sizeof request,
                 "{\"operation\": \"audit.list\", \"options\": {\"limit\": 2, \"cursor\": \"%d\"}}",
                 (int)next);
    } while (next > 0 && ++pages < 20);
    /* Two log-ins, three readings, and each page that was asked for stands in it too. */
    ck_assert_int_ge(numbers, 6);
    ck_assert_int_lt(pages, 20);
}
END_TEST

START_TEST(the_end_is_written_down_once_a_second)
{
    char stored[TDM__CHAIN_HEAD_SIZE], written[TDM__CHAIN_HEAD_SIZE], before[TDM__CHAIN_HEAD_SIZE];
    served_as(&s, "ann");
    stored_head(before);
    written_head(written);
    ck_assert_str_eq(written, before);
    served_expect(&s, SHOW, TDM_OK);
    written_head(written);
    ck_assert_str_eq(written, before);
    s.call.now++;
    served_expect(&s, SHOW, TDM_OK);
    stored_head(stored);
    written_head(written);
    ck_assert_str_eq(written, stored);
    served_expect(&s, SHOW, TDM_OK);
    stored_head(stored);
    ck_assert_str_ne(written, stored);
    ck_assert_int_eq(tdm_service_tend(s.service, s.caller, s.call.now + 60, s.call.today), TDM_OK);
    written_head(written);
    ck_assert_str_eq(written, stored);
    s.call.now++;
    served_expect(&s, SHOW, TDM_OK);
    served_expect(&s, SHOW, TDM_OK);
    stored_head(stored);
    written_head(written);
    ck_assert_str_ne(written, stored);
    reopen();
    written_head(written);
    ck_assert_str_eq(written, stored);
}
END_TEST

static const struct {
    const char *sql, *code;
} tampering[] = {
    {"UPDATE audit SET reason = 'none' WHERE number = 2", "\"changed\""},
    {"UPDATE audit SET actor = 'mo' WHERE number = 3", "\"changed\""},
    {"DELETE FROM audit WHERE number = 2", "\"missing\""},
    {"UPDATE audit SET number = number + 100 WHERE number = 2", "\"m"},
    /* The look itself is an entry, in the place of the one that was cut off. */
    {"DELETE FROM audit WHERE number = (SELECT max(number) FROM audit)", "\"other-head\""},
    {"DELETE FROM audit WHERE number > 1", "\"cut-off\""},
};

START_TEST(what_was_done_behind_its_back_is_found)
{
    served_as(&s, "ann");
    for (int i = 0; i < 4; i++) {
        s.call.now++;
        served_expect(&s, SHOW, TDM_OK);
    }
    served_as(&s, "eve");
    served_expect(&s, VERIFY, TDM_OK);
    ck_assert(answer_holds(&s.answer, "\"sound\": true"));
    s.call.now++;
    served_expect(&s, VERIFY, TDM_OK);
    tamper(tampering[_i].sql);
    for (int again = 0; again < 2; again++) {
        s.call.now++;
        served_expect(&s, VERIFY, TDM_OK);
        ck_assert(answer_holds(&s.answer, "\"sound\": false"));
    }
    if (strcmp(tampering[_i].code, "\"cut-off\"") != 0)
        ck_assert_msg(answer_holds(&s.answer, tampering[_i].code), "%.*s", (int)s.answer.text.length,
                      s.answer.text.data);
}
END_TEST

START_TEST(a_trail_without_its_keys_is_not_begun_anew)
{
    char path[128], away[128];
    served_as(&s, "ann");
    tdm_service_free(s.service);
    snprintf(path, sizeof path, "%s.keys", s.store);
    snprintf(away, sizeof away, "%s.away", s.store);
    ck_assert_int_eq(rename(path, away), 0);
    ck_assert_int_eq(tdm_service_open(&s.service, s.opener, s.store, NULL), TDM_NOT_FOUND);
    ck_assert_ptr_null(s.service);
    ck_assert_int_ne(access(path, F_OK), 0);
    ck_assert_int_eq(rename(away, path), 0);
    ck_assert_int_eq(tdm_service_open(&s.service, s.opener, s.store, NULL), TDM_OK);
    served_as(&s, "eve");
    served_expect(&s, VERIFY, TDM_OK);
    ck_assert(answer_holds(&s.answer, "\"sound\": true"));
}
END_TEST

START_TEST(what_is_no_head_is_told)
{
    char path[128];
    snprintf(path, sizeof path, "%s.head", s.store);
    served_as(&s, "eve");
    FILE *file = fopen(path, "wb");
    ck_assert_ptr_nonnull(file);
    ck_assert_int_ge(fputs("12:abc\n", file), 0);
    fclose(file);
    served_expect(&s, VERIFY, TDM_INVALID_INPUT);
    ck_assert_str_eq(tdm_context_error(s.caller)->file, "cases.db.head");
}
END_TEST

START_TEST(a_head_that_was_kept_elsewhere_is_compared)
{
    char head[TDM__CHAIN_HEAD_SIZE], request[192];
    served_as(&s, "eve");
    served_expect(&s, "{\"operation\": \"audit.head\"}", TDM_OK);
    stored_head(head);
    ck_assert(answer_holds(&s.answer, head));
    snprintf(request, sizeof request, "{\"operation\": \"audit.verify\", \"options\": {\"head\": \"%s\"}}",
             head);
    served_expect(&s, request, TDM_OK);
    ck_assert(answer_holds(&s.answer, "\"sound\": true"));
    char *digit = &head[strlen(head) - 1];
    *digit = *digit == '0' ? '1' : '0';
    snprintf(request, sizeof request, "{\"operation\": \"audit.verify\", \"options\": {\"head\": \"%s\"}}",
             head);
    served_expect(&s, request, TDM_OK);
    ck_assert(answer_holds(&s.answer, "\"other-head\""));
    served_expect(&s, "{\"operation\": \"audit.verify\", \"options\": {\"head\": \"7\"}}", TDM_INVALID_ARG);
}
END_TEST

/* --- memory that runs out under the command --- */

static const struct {
    const char *operation, *name, *value; /* an option; NULL: none */
} commands[] = {
    {"audit.list", NULL, NULL},  {"audit.verify", "format", "json"}, {"audit.export", NULL, NULL},
    {"audit.head", NULL, NULL},  {"user.list", NULL, NULL},          {"user.link", "id", "ann"},
    {"store.check", NULL, NULL}, {"store.deletions", NULL, NULL},    {"store.allocate", "team", "south"},
};
static size_t command;

static tdm_status run_command(const tdm_allocator *allocator)
{
    return served_command(&s, allocator, commands[command].operation, commands[command].name,
                          commands[command].value);
}

START_TEST(memory_that_runs_out_is_survived)
{
    served_as(&s, "ann");
    tdm_service_free(s.service);
    s.service = NULL;
    command = (size_t)_i;
    TEST_EVERY_ALLOCATION(run_command);
}
END_TEST

Suite *audit_suite(void)
{
    Suite *suite = suite_create("audit");
    TCase *trail = tcase_create("trail");
    tcase_add_checked_fixture(trail, setup, teardown);
    tcase_set_timeout(trail, 60);
    tcase_add_test(trail, an_administrator_sees_codes_and_no_names);
    tcase_add_test(trail, entries_are_chosen_by_day_and_account);
    tcase_add_test(trail, the_latest_entry_comes_first_where_that_is_asked);
    tcase_add_test(trail, a_manager_sees_who_looked_at_a_case);
    tcase_add_test(trail, a_list_goes_on_where_it_ended);
    tcase_add_test(trail, the_end_is_written_down_once_a_second);
    tcase_add_loop_test(trail, what_was_done_behind_its_back_is_found, 0, ROWS(tampering));
    tcase_add_test(trail, a_trail_without_its_keys_is_not_begun_anew);
    tcase_add_test(trail, what_is_no_head_is_told);
    tcase_add_test(trail, a_head_that_was_kept_elsewhere_is_compared);
    tcase_add_loop_test(trail, memory_that_runs_out_is_survived, 0, ROWS(commands));
    suite_add_tcase(suite, trail);
    return suite;
}

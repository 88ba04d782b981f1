/*
 * Every function of the views over the most rows that an example may have: half of the steps that one call
 * takes end it inside its C code, and asked without end it ends at that line. What scripts do by themselves:
 * tests/sandbox.
 */
#include <stdio.h>
#include <string.h>

#include "script/suites.h"
#include "script/world.h"

#define ROWS_MOST     990
#define MEMORY_PLENTY (1024L * 1024 * 1024)
#define STEPS_PLENTY  (400L * 1000 * 1000)

/* On the first line of evaluate; what is called stands alone on the second. */
#define BEFORE                                                                                               \
    "local S, T = child:select {}, child:select { kind = 'referral' } "                                      \
    "local E, kin = child:episodes {}, child:siblings() local K = kin[1]:select {}\n"

static const char *const calls[] = {
    "S:unanswered { by = T, within = { days = 20 }, before = { days = 2 }, outcome = 'yes' }",
    "T:absent { over = { days = 30 }, others = S, during = E, level_at_most = 6, outcome = 'yes' }",
    "S:turns { back = T, n = 3, within = { months = 6 }, outcome = 'yes' }",
    "S:in_periods { of = { months = 1 }, periods = 60, n = 60, level = 'not-above', outcome = 'yes' }",
    "S:closing { gaps = 9, to = 10, outcome = 'yes' }",
    "S:different('worker')",
    "S:at_least { n = 900, within = { months = 12 }, different = 'worker', outcome = 'yes' }",
    "S:load { half_life = 180, weight = true }",
    "S:cusum { baseline = 3, of = { days = 1 }, allowance = 1, threshold = 900, outcome = 'yes' }",
    "S:share { of = 'sessions_missed', by = 'sessions_possible', over = { days = 9 }, percent = 99 }",
    "S:facts('worker')",
    "S:minus(T)",
    "S:incidents { 1, 2, 3 }",
    "E:each()",
    "E:rows()",
    "child:could_hold('visit')",
    "child:siblings()",
    "child:beside(K)",
    "child:beside { K, K, K }",
    "child:in_worlds { rows = { s = S, t = T }, rule = function(w) return #w.s == 0 end, outcome = 'yes' }",
};

/* Every kind of row that the calls look for; one in a hundred with a doubtful date. */
static tdm__text most_rows(void)
{
    static const char *const entries[] = {
        "'concern', 'school', { worker = 'w%d', weight = 2 }",
        "'referral', 'police', { weight = 3 }",
        "'attendance-summary', 'school', { sessions_missed = 1, sessions_possible = %d }",
        "'s47-start', 'childrens-social-care'",
        "'s47-end', 'childrens-social-care'",
    };
    tdm__text text;
    tdm__text_init(&text, &tdm__malloc_allocator);
    for (int i = 0; i < ROWS_MOST; i++) {
        char row[160];
        int written = snprintf(row, sizeof row, "{ '%d-%02d-%02d%s', ", 2017 + i / 140, 1 + i / 12 % 12,
                               1 + i % 28, i % 100 == 0 ? "?" : "");
        /* The one number of an entry, where it has one. */
        const char *entry = entries[i % 5], *number = strstr(entry, "%d");
        if (number)
            snprintf(row + written, sizeof row - (size_t)written, "%.*s%d%s }, ", (int)(number - entry),
                     entry, 10 + i % 50, number + 2);
        else
            snprintf(row + written, sizeof row - (size_t)written, "%s }, ", entry);
        tdm__text_puts(&text, row);
        if (i % 8 == 7)
            tdm__text_puts(&text, "\n");
    }
    tdm__text_puts(&text, "}, siblings = { { events = { { '2020-01-02', 'concern', 'school' },"
                          " { '2021-01', 'visit', 'school' } } }");
    ck_assert(!text.failed);
    return text;
}

static world_answer ask(const char *second_line, int64_t steps, size_t memory_bytes)
{
    char body[1024];
    tdm__text rows = most_rows();
    tdm__script_limits limits = {steps, memory_bytes};
    snprintf(body, sizeof body, BEFORE "%s", second_line);
    world_answer answer = world_evaluate_within(body, rows.data, &limits);
    tdm__text_free(&rows);
    return answer;
}

START_TEST(a_call_can_end_in_its_middle)
{
    char line[512];
    snprintf(line, sizeof line, "local _ = %s", calls[_i]);
    world_answer before = ask("", STEPS_PLENTY, MEMORY_PLENTY);
    world_answer whole = ask(line, STEPS_PLENTY, MEMORY_PLENTY);
    ck_assert_str_eq(before.reason, "");
    ck_assert_msg(whole.answer == TDM_NOT_MET, "%s: %s %s", calls[_i], whole.reason, whole.message);
    int64_t taken = whole.steps - before.steps;
    world_answer half = ask(line, before.steps + taken / 2, MEMORY_PLENTY);
    ck_assert_msg(strcmp(half.reason, "budget") == 0 && half.line == 2, "%s: %s in line %d", calls[_i],
                  half.reason, (int)half.line);
    world_answer enough = ask(line, whole.steps + 1, MEMORY_PLENTY);
    ck_assert_msg(enough.answer == TDM_NOT_MET, "%s: %s", calls[_i], enough.reason);
}
END_TEST

/* What a call lays aside counts like Lua's own memory, so that it may be that which ends it. */
START_TEST(a_call_without_end_ends)
{
    char line[512];
    snprintf(line, sizeof line, "while true do local _ = %s end", calls[_i]);
    world_answer ended = ask(line, 3 * 1000 * 1000, 8 * 1024 * 1024);
    ck_assert_msg(strcmp(ended.reason, "budget") == 0 || strcmp(ended.reason, "memory") == 0, "%s: %s",
                  calls[_i], ended.reason);
    ck_assert_msg(ended.line == 2, "%s: line %d", calls[_i], (int)ended.line);
}
END_TEST

Suite *stalls_suite(void)
{
    Suite *suite = suite_create("stalls");
    TCase *tcase = tcase_create("calls");
    tcase_set_timeout(tcase, 120);
    tcase_add_loop_test(tcase, a_call_can_end_in_its_middle, 0, sizeof calls / sizeof *calls);
    tcase_add_loop_test(tcase, a_call_without_end_ends, 0, sizeof calls / sizeof *calls);
    suite_add_tcase(suite, tcase);
    return suite;
}

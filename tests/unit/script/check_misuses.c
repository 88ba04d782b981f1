/*
 * Functions of the views called wrongly: each is the script's error, at its line, with words that say what
 * was expected. What a script does over several lines to escape: tests/sandbox.
 */
#include <string.h>

#include "script/suites.h"
#include "script/world.h"

/* Two concerns of the child, one of a sibling. */
static const char events[] = "{ '2024-01-01', 'concern', 'school', { weight = 2 } },\n"
                             "{ '2024-02-01', 'concern', 'police' } },\n"
                             "siblings = { { events = { { '2024-01-05', 'concern', 'school' } } }";

#define BEFORE                                                                                               \
    "local S, E, kin = child:select {}, child:episodes {}, child:siblings() "                                \
    "local K, KE = kin[1]:select {}, kin[1]:episodes {}\n"

static const struct {
    const char *call, *message;
} misuses[] = {
    {"S:unanswered { within = { days = 1 } }", "option 'by' is missing"},
    {"S:unanswered { by = S }", "option 'within' is missing"},
    {"S:unanswered { by = K, within = { days = 1 } }", "option 'by': rows of the same child"},
    {"S:unanswered { by = E, within = { days = 1 } }", "selection expected"},
    {"S:unanswered { by = S, within = 5 }", "a span such as"},
    {"S:unanswered { by = S, within = { days = 1, months = 1 } }", "a span has one of"},
    {"S:unanswered { by = S, within = { days = 1 }, n = 0 }", "option 'n': a whole number from 1"},
    {"S:unanswered { by = S, within = { days = 1 }, days = 'working' }", "\"school\" expected"},
    {"S:unanswered { by = S, within = { days = 1 }, days = {} }", "days"},
    {"calendar.add(1, { days = 1 }, 'bank')", "\"school\" expected"},
    {"S:unanswered(S)", "table expected"},
    {"E:unanswered { by = S, within = { days = 1 } }", "unanswered"},
    {"S:absent { over = { days = 0 } }", "a span of at least 1"},
    {"S:absent { over = { days = 9 }, during = KE }", "episodes of the same child"},
    {"S:absent { over = { days = 9 }, others = K }", "option 'others': rows of the same child"},
    {"S:absent { over = { days = 9 }, level_at_most = 99 }", "option 'level_at_most'"},
    {"S:absent { over = { days = 9 }, from = '2024-01-01' }", "option 'from'"},
    {"S:absent { over = { days = 9 }, covered = 1 }", "option 'covered': true or false"},
    {"S:turns { n = 3 }", "option 'back' is missing"},
    {"S:turns { back = K, n = 3 }", "option 'back': rows of the same child"},
    {"S:turns { back = S, n = 1.5 }", "option 'n': a whole number"},
    {"S:in_periods { of = { working_days = 5 }, periods = 6, n = 4 }", "a span of days or months"},
    {"S:in_periods { of = { months = 1 }, periods = 61, n = 4 }", "option 'periods'"},
    {"S:in_periods { of = { months = 1 }, periods = 6, n = 7 }", "option 'n': a whole number from 1 to 6"},
    {"S:in_periods { of = { months = 1 }, periods = 6, n = 4, level = 'above' }", "level"},
    {"S:in_periods { of = { months = 1 }, periods = 6, n = 4, without = K }", "option 'without'"},
    {"S:in_periods { of = { months = 1200 }, periods = 60, n = 4 }", "in_periods"},
    {"S:closing { gaps = 1 }", "option 'gaps'"},
    {"S:closing { gaps = 3, to = 101 }", "option 'to'"},
    {"S:closing { gaps = 3, by = 2 }", "there is no option 'by'"},
    {"S:different('colour')", "colour"},
    {"S:different({})", "a string expected"},
    {"S:at_least { n = 2, different = 'colour' }", "colour"},
    {"S:load { weight = true }", "option 'half_life' is missing"},
    {"S:load { half_life = true }", "option 'half_life'"},
    {"S:load { half_life = 36601 }", "option 'half_life'"},
    {"S:cusum { of = { months = 1 }, allowance = 0, threshold = 1 }", "option 'baseline' is missing"},
    {"S:cusum { baseline = { days = 9 }, of = { months = 1 }, allowance = 0, threshold = 1 }", "baseline"},
    {"S:cusum { baseline = 3, of = { months = 1 }, allowance = 0 / 0, threshold = 1 }", "allowance"},
    {"S:cusum { baseline = 3, of = { months = 1 }, allowance = 0.0001, threshold = 1 }", "three decimals"},
    {"S:share { of = 'weight', by = 'weight', percent = 9 }", "either year"},
    {"S:share { of = 'weight', by = 'weight', year = 'school', over = { days = 9 }, percent = 9 }",
     "either year"},
    {"S:share { of = 'weight', by = 'weight', year = 'calendar', percent = 9 }", "school"},
    {"S:share { of = 'colour', by = 'weight', year = 'school', percent = 9 }", "colour"},
    {"S:facts()", "a string expected"},
    {"S:facts('colour')", "colour"},
    {"S:incidents { -1 }", "numbers of incidents"},
    {"S:incidents { 'one' }", "numbers of incidents"},
    {"S:incidents(S)", "table expected"},
    {"S:minus(K)", "of the same child"},
    {"S:minus(E)", "selection expected"},
    {"S:minus({})", "selection expected"},
    {"S:during(KE)", "of the same child"},
    {"S:each()", "each"},
    {"S.each(S)", "each"},
    {"E.each(S)", "episodes expected"},
    {"E.rows(child)", "episodes expected"},
    {"child:could_hold()", "a string expected"},
    {"child:could_hold('visit.colour')", "colour"},
    {"child:could_hold('.')", "no such kind"},
    {"child.siblings(S)", "child expected"},
    {"child:beside(kin[1]:siblings()[1]:select {})", "a selection of a sibling"},
    {"child:beside { K, kin[1]:siblings()[1]:select {} }", "a selection of a sibling"},
    {"child:beside { { K } }", "selection expected"},
    {"child:beside(S)", "a selection of a sibling"},
    {"child:beside { K, S }", "a selection of a sibling"},
    {"child:beside(child:beside(K))", "a selection of a sibling"},
    {"child:beside(child)", "selection expected"},
    {"child:beside()", "selection expected"},
    {"local l = {} l[1] = l child:beside(l)", "selection expected"},
    {"child:in_worlds { rule = function() return true end }", "rows = {"},
    {"child:in_worlds { rows = {}, rule = function() return true end }", "rows = {"},
    {"child:in_worlds { rows = S, rule = function() return true end }", "rows = {"},
    {"child:in_worlds { rows = { S }, rule = function() return true end }", "rows = {"},
    {"child:in_worlds { rows = { [S] = S }, rule = function() return true end }", "rows = {"},
    {"child:in_worlds { rows = { ['a\\0b'] = S }, rule = function() return true end }", "rows = {"},
    {"child:in_worlds { rows = { a = E }, rule = function() return true end }", "selection expected"},
    {"child:in_worlds { rows = { a = K }, rule = function() return true end }", "of the child itself"},
    {"child:in_worlds { rows = { a = S } }", "rule = function"},
    {"child:in_worlds { rows = { a = S }, rule = 'true' }", "rule = function"},
    {"child:in_worlds { rows = { a = S }, rule = function() return 1 end }", "must return true or false"},
    {"child:in_worlds { rows = { a = S }, rule = function() end }", "must return true or false"},
    {"child:in_worlds { rows = { a = S }, rule = function() error('mine') end }", "mine"},
    {"child:in_worlds { rows = { a = S }, rule = assert, outcome = 'yes' }", "must return true or false"},
    {"child:in_worlds { rows = { a = S }, rule = function() return true end, outcome = 'colour' }", "colour"},
    {"child:in_worlds { rows = { a = S, b = S, c = S, d = S, e = S, f = S, g = S, h = S, i = S }, "
     "rule = function() return true end }",
     "at most 8"},
};

START_TEST(a_misuse_is_an_error_at_its_line)
{
    tdm__text body;
    tdm__text_init(&body, &tdm__malloc_allocator);
    tdm__text_puts(&body, BEFORE);
    tdm__text_puts(&body, misuses[_i].call);
    world_answer answer = world_evaluate(body.data, events);
    tdm__text_free(&body);
    ck_assert_msg(strcmp(answer.reason, "script-error") == 0 && answer.line == 2, "%s: %s in line %d (%s)",
                  misuses[_i].call, answer.reason, (int)answer.line, answer.message);
    ck_assert_msg(strstr(answer.message, misuses[_i].message) != NULL, "%s: %s", misuses[_i].call,
                  answer.message);
}
END_TEST

Suite *misuses_suite(void)
{
    Suite *suite = suite_create("misuses");
    TCase *tcase = tcase_create("calls");
    tcase_add_loop_test(tcase, a_misuse_is_an_error_at_its_line, 0, sizeof misuses / sizeof *misuses);
    suite_add_tcase(suite, tcase);
    return suite;
}

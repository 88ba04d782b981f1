/*
 * Every operation through Lua over the small world of measure_world.c, with the numbers worked out by hand;
 * what is wrong in a call; and what an example says of a figure that is another than it expects.
 */
#include <stdio.h>
#include <string.h>

#include "script/measure_world.h"
#include "script/suites.h"

#define REFERRALS "local R = m:rows { kind = 'referral' }:starting()\n"
#define PLANS     "local P = m:episodes { name = 'cp-plan' }\n"
#define NO_START  ", left_out = { ['no-start'] = 1 }"
#define EVE       ", left_out = { ['date-in-doubt'] = 1 }"

/* Anna's plan ended on 1 August. */
#define ENDED "local E = m:rows { kind = 'cp-plan-end' }:starting(m.from + 200, m.to)\n"
/* Of Anna's plan, 1 February to 1 August, the referral of 1 June; Ben's has none, and is due on 1 August. */
#define KEPT_UP                                                                                              \
    PLANS "return m:count { of = P:where { ended = true, facts = { category = true } }:union(P:where { "     \
          "ended = false }):kept_up(m:rows { kind = 'referral' }, { first = { months = 4 }, "
#define SINCE                                                                                                \
    PLANS "return m:times { of = P:since_first(m:rows { kind = 'referral' }, { within = { months = 12 }, "

#define PROMPTS                                                                                              \
    "prompts = { { 'Anna', 'repeat-plan', 'new', '2024-03-01' }, { 'Ben', 'clocks', 'new', '2024-03-01' }, " \
    "{ 'Ben', 'repeat-plan', 'seen', '2024-03-01', '2024-03-04' } }, "

typedef struct question {
    const char *body, *more, *expect;
} question;

static const question questions[] = {
    /* base selections */
    {REFERRALS "return m:count { of = R }", "", "numerator = 4" EVE},
    {"return m:count { of = m:rows { kind = 'referral', facts = { referral_source = 'school' } }:starting() "
     "}",
     "", "numerator = 2"},
    {"return m:count { of = m:rows { facts = { referral_source = true } } }", "", "numerator = 3"},
    {"return m:count { of = m:rows { facts = { referral_source = { 'police', 'school' } } } }", "",
     "numerator = 3"},
    {"return m:count { of = m:rows { kind = { 'contact', 'referral' }, agency = 'police' } }", "",
     "numerator = 1"},
    {"return m:count { of = m:rows { agency = 'hospital' } }", "", "numerator = 0"},
    {"return m:count { of = m:children() }", "", "numerator = 4" EVE},
    {"return m:count { of = m:children() }", "as_of = '2024-05-11', ", "numerator = 3" EVE},
    {PLANS "return m:count { of = P:starting() }", "", "numerator = 2" NO_START},
    {"return m:count { of = m:episodes { name = 'cp-plan', facts = { category = 'neglect' } } }", "",
     "numerator = 1"},
    /* which of them */
    {PLANS "return m:count { of = P:ending() }", "", "numerator = 1" NO_START},
    {PLANS "return m:count { of = P:ending(m.from, m.from + 30) }", "", "numerator = 0"},
    {PLANS "return m:count { of = P:open_on() }", "", "numerator = 1"},
    {PLANS "return m:count { of = P:open_on(m.from) }", "", "numerator = 0" NO_START},
    {PLANS "return m:count { of = P:where { ended = true } }", "", "numerator = 1" NO_START},
    {PLANS "return m:count { of = P:where { ended = false } }", "", "numerator = 1"},
    {PLANS "return m:count { of = P:where { facts = { category = 'neglect' } } }", "", "numerator = 1"},
    {PLANS "return m:count { of = P:where { end_facts = { reason = true } } }", "", "numerator = 0"},
    {REFERRALS
     "return m:share { of = R:after(m:rows { kind = 'referral' }, { within = { months = 12 } }), among = R }",
     "", "numerator = 2, denominator = 4" EVE},
    {REFERRALS
     "return m:share { of = R:after(m:rows { kind = 'referral' }, { within = { days = 76 } }), among = R }",
     "", "numerator = 1, denominator = 4" EVE},
    {REFERRALS
     "return m:share { of = R:after(m:rows { kind = 'referral' }, { within = { days = 75 } }), among = R }",
     "", "numerator = 0, denominator = 4" EVE},
    {REFERRALS PLANS "return m:count { of = R:followed(P, { within = { working_days = 30 } }) }", "",
     "numerator = 2"},
    {REFERRALS PLANS "return m:count { of = R:followed(P, { within = { days = 22 } }) }", "",
     "numerator = 1"},
    {REFERRALS PLANS "return m:count { of = R:followed(P, { within = { days = 21 } }) }", "",
     "numerator = 0"},
    /* nothing follows itself */
    {PLANS "return m:count { of = P:starting():followed(P) }", "", "numerator = 0"},
    {PLANS "return m:count { of = P:starting():minus(P:ending()):followed(P, { same_day = false }) }", "",
     "numerator = 0"},
    {REFERRALS PLANS "return m:count { of = R:after(P, { of = 'end' }) }", "", "numerator = 0"},
    {REFERRALS PLANS "return m:count { of = R:after(P) }", "", "numerator = 1"},
    {REFERRALS PLANS "return m:count { of = R:during(P) }", "", "numerator = 1"},
    {REFERRALS PLANS "return m:count { of = P:containing(R) }", "", "numerator = 1"},
    {REFERRALS "return m:count { of = R:first_of_child() }", "", "numerator = 3" EVE},
    {REFERRALS "return m:count { of = R:last_of_child():where { facts = { referral_source = 'police' } } }",
     "", "numerator = 1"},
    {REFERRALS "return m:count { of = R:minus(R:where { facts = { referral_source = 'school' } }) }", "",
     "numerator = 2" EVE},
    {REFERRALS
     "return m:count { of = R:where { facts = { referral_source = 'school' } }:union(R:where { facts = { "
     "referral_source = 'police' } }) }",
     "", "numerator = 3"},
    {REFERRALS "return m:count { of = R:both(R:where { facts = { referral_source = 'school' } }) }", "",
     "numerator = 2"},
    {PLANS "return m:count { of = P:where { end_kind = 'cp-plan-end' } }", "", "numerator = 1" NO_START},
    {PLANS "return m:count { of = P:where { end_kind = { 'case-closure', 'icpc' } } }", "", "numerator = 0"},
    {REFERRALS PLANS "return m:count { of = R:after(P, { of = 'end', latest = true }) }", "",
     "numerator = 0"},
    {ENDED PLANS "return m:count { of = E:during(P) }", "", "numerator = 0"},
    {ENDED PLANS "return m:count { of = E:during(P, { last_day = true }) }", "", "numerator = 1"},
    {ENDED PLANS "return m:count { of = P:containing(E) }", "", "numerator = 0"},
    {ENDED PLANS "return m:count { of = P:containing(E, { last_day = true }) }", "", "numerator = 1"},
    {KEPT_UP "every = { months = 2 } }) }", "", "numerator = 1"},
    {KEPT_UP "every = { days = 60 } }) }", "", "numerator = 0"},
    {KEPT_UP "every = { days = 60 }, on = m.from + 212 }) }", "", "numerator = 2"},
    {KEPT_UP "every = { days = 60 }, on = m.from + 213 }) }", "", "numerator = 1"},
    {KEPT_UP "every = { days = 60 }, on = m.from + 214 }) }", "", "numerator = 0"},
    /* how long */
    {PLANS "return m:times { of = P:lasting(), count = 'days', within = 182, edges = { { name = 'half', to = "
           "{ months "
           "= 6 } }, { name = 'more' } } }",
     "",
     "numerator = 1, denominator = 1, n = 2, lengths = { 182 }, waiting = { 274 }, lines = { half = 1 "
     "}" NO_START},
    {PLANS
     "return m:times { of = P:lasting(), count = 'days', within = 181, edges = { { name = 'less', below = { "
     "months = 6 } }, { name = 'more' } } }",
     "", "numerator = 0, lines = { more = 1 }" NO_START},
    {PLANS "return m:times { of = P:lasting():done(), count = 'months' }", "",
     "denominator = 1, lengths = { 182 }, waiting = {}" NO_START},
    {REFERRALS PLANS "return m:times { of = R:until_first(P), count = 'days' }", "",
     "lengths = { 22, 27 }, waiting = { 213 }, left_out = { ['date-in-doubt'] = 2 }"},
    {REFERRALS PLANS
     "return m:times { of = R:until_first(P, { before = m:rows { kind = 'cp-plan-end' } }), count = 'days' }",
     "", "lengths = { 22, 27 }, waiting = { 61 }, left_out = { ['date-in-doubt'] = 2 }"},
    {PLANS "return m:times { of = P:since_last(m:rows { kind = 'referral' }), count = 'days' }", "",
     "lengths = { 22, 27 }"},
    {PLANS "return m:times { of = P:since_first(m:rows { kind = 'referral' }, { within = { months = 12 } }), "
           "count = "
           "'days' }",
     "", "lengths = { 22, 103 }"},
    {SINCE "not_before = m:rows { kind = 'referral' } }), count = 'days' }", "", "lengths = { 22, 27 }"},
    {SINCE "not_before = m:rows { kind = 'referral' }, margin = { days = 76 } }), count = 'days' }", "",
     "lengths = { 22, 103 }"},
    {SINCE "not_before = m:rows { kind = 'referral' }, margin = { days = 75 } }), count = 'days' }", "",
     "lengths = { 22, 27 }"},
    /* a length that is not exact stays in doubt: Eve's, and from May on Cara's */
    {REFERRALS PLANS "return m:times { of = R:until_first(P):ending(m.from, m.from + 40), count = 'days' }",
     "", "lengths = { 22 }, waiting = {}" EVE},
    {REFERRALS PLANS "return m:times { of = R:until_first(P):ending(), count = 'days' }", "",
     "lengths = { 22, 27 }, waiting = {}, left_out = { ['date-in-doubt'] = 2 }"},
    {PLANS "return m:times { of = P:open_on():open_for(m.to), count = 'days' }", "", "lengths = { 274 }"},
    {"return m:times { of = m:rows { kind = 'contact' }:recorded(), count = 'days', edges = { { name = "
     "'same', same_day "
     "= true }, { name = '1-2', to = 2 }, { name = 'more' } } }",
     "", "lengths = { 2 }, lines = { ['1-2'] = 1 }"},
    {PLANS "return m:times { of = P:since_last(m:rows { kind = 'referral' }), count = 'working-days' }", "",
     "lengths = { 16, 17 }"},
    {PLANS "return m:count { of = P:lasting():within(182, 'days') }", "", "numerator = 1" NO_START},
    {PLANS "return m:count { of = P:lasting():longer_than { months = 6 } }", "", "numerator = 1" NO_START},
    {PLANS "return m:count { of = P:lasting():units() }", "", "numerator = 2" NO_START},
    /* what it comes to */
    {PLANS "return m:survival { of = P:lasting(), at = { { months = 3 }, { months = 6 } } }", "",
     "numerator = 1, denominator = 2, lengths = { 182 }, waiting = { 274 }" NO_START},
    {PLANS "return m:breakdown { of = P:starting(), by = 'category', codes = { 'physical', 'neglect' } }", "",
     "denominator = 2, lines = { neglect = 1, emotional = 1 }" NO_START},
    {REFERRALS "return m:breakdown { of = R, by = 'referral_source' }", "",
     "denominator = 4, lines = { school = 2, police = 1, ['not-recorded'] = 1 }" EVE},
    {"return m:breakdown { of = m:rows { kind = { 'contact', 'cp-plan-end' } }, by = 'kind' }", "",
     "denominator = 3, lines = { contact = 1, ['cp-plan-end'] = 2 }"},
    {"return m:breakdown { of = m:rows { kind = { 'contact', 'cp-plan-end' } }, by = 'agency' }", "",
     "denominator = 3, lines = { police = 1, ['childrens-social-care'] = 2 }"},
    {"return m:coverage { agency = 'police' }", "covers = { police = { { '2024-01-01', '2024-01-31' } } }, ",
     "denominator = 366, lines = { police = 31 }"},
    {"return m:coverage()", "covers = { police = { { '2023-12-01', '2024-01-02' } } }, ",
     "lines = { police = 2 }"},
    {"return m:count { of = m:prompts { indicator = 'repeat-plan', state = 'new' }:starting() }", PROMPTS,
     "numerator = 1"},
    {"return m:breakdown { of = m:prompts(), by = 'indicator' }", PROMPTS,
     "denominator = 3, lines = { clocks = 1, ['repeat-plan'] = 2 }"},
    {"return m:count { of = m:prompts {} }", "", "reason = 'no-prompts'"},
    {"return m:count { of = m:prompts {} }", "prompts = {}, ", "numerator = 0"},
    /* groups */
    {"return m:count { of = m:rows { kind = { 'contact', 'cp-plan-end' } } }", "by = 'agency', ",
     "numerator = 3, group = { police = { numerator = 1 }, ['childrens-social-care'] = { numerator = 2 } }"},
    {REFERRALS "return m:count { of = R }", "by = 'area', ",
     "numerator = 4, left_out = { ['date-in-doubt'] = 1 }, group = { N = { numerator = 2 }, S = { numerator "
     "= 1 }, "
     "[''] = { numerator = 1, left_out = { ['date-in-doubt'] = 1 } } }"},
    {REFERRALS "return m:count { of = R }", "by = 'area', areas = { 'N' }, ",
     "numerator = 3, left_out = { ['date-in-doubt'] = 1, ['area-not-in-list'] = 1 }"},
    /* the period and the parameters */
    {"return m:count { of = m:rows { kind = 'referral' }:starting(m.to - p.number, m.as_of) }", "",
     "numerator = 0"},
    {"local three = use('shared').three\nassert(p.number == three and m.to - m.from == 365 and m.as_of == "
     "m.to)\n"
     "assert(m.population == nil and m.rows ~= nil and m[1] == nil)\nreturn m:count { of = m:rows() }",
     "", "numerator = 11"},
    {"assert(p.number == 5)\nreturn m:count { of = m:rows() }", "params = { number = 5 }, ",
     "numerator = 11"},
};

START_TEST(figures_are_those_by_hand)
{
    const question *row = &questions[_i];
    measure_told told = measure_run(row->body, row->more, row->expect);
    ck_assert_msg(told.text[0] == '\0', "%s\n%s", row->body, told.text);
}
END_TEST

/* What an example tells that does not come out. */
static const question differing[] = {
    {REFERRALS "return m:count { of = R }", "numerator = 5" EVE, "numerator: expected 5, got 4; "},
    {REFERRALS "return m:count { of = R }", "numerator = 4", "date-in-doubt: expected 0, got 1; "},
    {REFERRALS "return m:count { of = R }", "denominator = 4" EVE, "denominator: expected 4, got -1; "},
    {REFERRALS "return m:breakdown { of = R, by = 'referral_source' }",
     "lines = { school = 2, police = 1 }" EVE, "not-recorded: expected 0, got 1; "},
    {REFERRALS "return m:breakdown { of = R, by = 'referral_source' }",
     "lines = { school = 2, police = 1, health = 0, ['not-recorded'] = 1 }" EVE,
     "there is no line 'health'; "},
    {PLANS "return m:times { of = P:lasting(), count = 'days' }", "lengths = { 181 }" NO_START,
     "lengths: expected 181, got 182; waiting: expected, got 274; "},
    {PLANS "return m:times { of = P:lasting(), count = 'days' }", "n = 1" NO_START, "n: expected 1, got 2; "},
    {"return m:count { of = m:rows {} }", "reason = 'no-prompts'",
     "it was answered; expected not assessed: no-prompts"},
    {"return m:count { of = m:prompts {} }", "numerator = 0", "not assessed: no-prompts"},
};

START_TEST(what_differs_is_told)
{
    const question *row = &differing[_i];
    measure_told told = measure_run(row->body, "", row->more);
    ck_assert_str_eq(told.text, row->expect);
}
END_TEST

/* The line is the first; the words say what was expected. */
static const struct {
    const char *body, *message;
} misuses[] = {
    {"return nil", "measure must return what"},
    {"return {}", "measure must return what"},
    {"return m:rows {}", "measured expected, got units"},
    {"return m", "measured expected, got measure"},
    {"m.from = 1", "a view is read-only"},
    {"m:rows({}).count = 1", "a view is read-only"},
    {"m.rows(1)", "measure expected, got number"},
    {"m.rows(m:rows {})", "measure expected, got units"},
    {"m:rows { kind = 'referal' }", "there is no kind 'referal'"},
    {"m:rows { agency = 'polis' }", "there is no agency 'polis'"},
    {"m:rows { facts = { sauce = 1 } }", "there is no fact 'sauce'"},
    {"m:rows { facts = { category = false } }", "true (it is there)"},
    {"m:rows { facts = 'permanent' }", "facts: a table expected"},
    {"m:rows { from = m.from }", "there is no option 'from'"},
    {"m:rows { rated = true }", "there is no option 'rated'"},
    {"m:rows { once = true }", "'once': a string expected"},
    {"m:rows { once = 'day' }", "once: \"incident\" expected"},
    {"m:episodes { name = 'plan' }", "there is no episode 'plan'"},
    {"m:prompts { state = 'old' }", "state: new, seen, acted-on or dismissed"},
    {"m:rows({}):starting('2024-01-01')", "number expected, got string"},
    {"m:rows({}):open_on(1e9)", "not a day"},
    {"m:rows({}):where()", "table expected"},
    {"m:rows({}):where { ended = 1 }", "option 'ended': true or false"},
    {"m:rows({}):where { end_facts = { sauce = 1 } }", "there is no fact 'sauce'"},
    {"m:rows({}):after(m)", "units expected, got measure"},
    {"m:rows({}):after(m:rows {}, { within = 5 })", "a span such as"},
    {"m:rows({}):after(m:rows {}, { of = 'middle' })", "of: \"start\" or \"end\" expected"},
    {"m:rows({}):followed(m:rows {}, { same_day = 'no' })", "option 'same_day': true or false"},
    {"m:rows({}):after(m:rows {}, { latest = true })", "latest: with of = \"end\" only"},
    {"m:rows({}):during(m:rows {}, { last_day = 1 })", "option 'last_day': true or false"},
    {"m:rows({}):kept_up(m:rows {})", "table expected"},
    {"m:rows({}):kept_up(m:rows {}, { first = { days = 5 } })", "option 'every': a span of one day"},
    {"m:rows({}):since_last(m:rows {}, { not_before = m })", "units expected, got measure"},
    {"m:rows({}):since_last(m:rows {}, { margin = { working_days = 5 } })",
     "margin: a span of days or months"},
    {"m:rows({}):where { end_kind = 'cp-plan' }", "there is no kind 'cp-plan'"},
    {"m:rows({}):minus()", "units expected, got no value"},
    {"m:rows({}):until_first(m:rows {}, { before = {} })", "units expected, got table"},
    {"m:rows({}):lasting():within(5)", "string expected"},
    {"m:rows({}):lasting():within(5, 'weeks')", "invalid option 'weeks'"},
    {"m:rows({}):lasting():within(-1, 'days')", "0 to 36600"},
    {"m:rows({}):lasting():longer_than(5)", "a span such as"},
    {"m:count {}", "option 'of' is missing"},
    {"m:count { of = m:rows({}):lasting() }", "units expected, got stretches"},
    {"m:share { of = m:rows {} }", "option 'among' is missing"},
    {"m:breakdown { of = m:rows {} }", "option 'by' is missing"},
    {"m:breakdown { of = m:rows {}, by = 'sauce' }", "there is no fact 'sauce'"},
    {"m:breakdown { of = m:rows {}, by = 'kind', codes = {} }", "option 'codes'"},
    {"m:breakdown { of = m:rows {}, by = 'kind', at = 'noon' }", "at: \"start\" or \"end\""},
    {"m:times { of = m:rows {}, count = 'days' }", "stretches expected, got units"},
    {"m:times { of = m:rows({}):lasting() }", "option 'count' is missing"},
    {"m:times { of = m:rows({}):lasting(), count = 'years' }", "count: \"days\""},
    {"m:times { of = m:rows({}):lasting(), count = 'days', within = { days = 5 } }", "option 'within'"},
    {"m:times { of = m:rows({}):lasting(), count = 'days', edges = {} }", "option 'edges'"},
    {"m:times { of = m:rows({}):lasting(), count = 'days', edges = { {} } }", "edges: each has a name"},
    {"m:times { of = m:rows({}):lasting(), count = 'days', edges = { { name = 'a' }, { name = 'b' } } }",
     "edges: only the last has no limit"},
    {"m:times { of = m:rows({}):lasting(), count = 'days', edges = { { name = 'a', to = 1, below = 1 } } }",
     "edges: one of 'to', 'below' and 'same_day'"},
    {"m:survival { of = m:rows({}):lasting(), at = { 5 } }", "a span such as"},
    {"m:coverage { agency = 'polis' }", "there is no agency 'polis'"},
    {"any_of { m:rows {} }", "a list of answers of measures expected"},
    {"any_of { { answer = 'met', outcome = 'x', spells = m } }", "spells expected, got measure"},
    {"error('no')", "no"},
};

START_TEST(misuse_is_the_scripts_error)
{
    char detail[512];
    measure_told told = measure_run(misuses[_i].body, "", "numerator = 0");
    snprintf(detail, sizeof detail, "not assessed: script-error at measures/drift/probe.lua:1: ");
    ck_assert_msg(strncmp(told.text, detail, strlen(detail)) == 0 && strstr(told.text, misuses[_i].message),
                  "%s\n%s", misuses[_i].body, told.text);
}
END_TEST

Suite *measure_asks_suite(void)
{
    Suite *suite = suite_create("operations of measures");
    TCase *tcase = tcase_create("figures");
    tcase_add_loop_test(tcase, figures_are_those_by_hand, 0, (int)(sizeof questions / sizeof *questions));
    tcase_add_loop_test(tcase, what_differs_is_told, 0, (int)(sizeof differing / sizeof *differing));
    tcase_add_loop_test(tcase, misuse_is_the_scripts_error, 0, (int)(sizeof misuses / sizeof *misuses));
    suite_add_tcase(suite, tcase);
    return suite;
}

/*
 * What scripts see of a child, asked in Lua: each row is a body of evaluate that asserts, over one
 * small chronology; and sentences, word for word.
 */
#include <string.h>

#include "script/suites.h"
#include "script/world.h"

/*
 * 1 school 10 Jan (low), 2 police 1 Feb, 3 plan from 15 Feb, 4 dental missed 1 March, 5 dental missed some
 * day in April, 6 school 20 Dec. As of 31 December 2024. 10 January 2024 is day 19732.
 */
static const char events[] =
    "{ '2024-01-10', 'concern', 'school', significance = 'low', child_seen = 'yes', theme = 'physical' },\n"
    "{ '2024-02-01', 'police-incident', 'police', child_seen = 'no' },\n"
    "{ '2024-02-15', 'cp-plan-start', 'childrens-social-care', { category = 'neglect', previous_plans = 2 } "
    "},\n"
    "{ '2024-03-01', 'was-not-brought', 'dental', { service = 'dental' } },\n"
    "{ '2024-04', 'was-not-brought', 'hospital', { service = 'paediatric' } },\n"
    "{ '2024-12-20', 'strength', 'school', polarity = 'strength', voice = 'yes' },\n";

static const char *const bodies[] = {
    "assert(child.id == 'example' and child.born == nil and child.died == nil and child.expected == nil)",
    "assert(child.as_of == 20088 and calendar.text(child.as_of) == '2024-12-31')",
    "assert(calendar.text(calendar.add(19732, { months = 1 })) == '2024-02-10')",
    "assert(calendar.add(19732, { days = 3 }) == 19735)",
    /* Thursday 28 March 2024 to Tuesday 2 April: Good Friday and Easter Monday lie between */
    "local thursday = calendar.add(19732, { days = 78 })\n"
    "assert(calendar.text(thursday) == '2024-03-28')\n"
    "assert(calendar.working_days(thursday, thursday + 5) == 1)\n"
    "assert(calendar.text(calendar.add(thursday, { working_days = 1 })) == '2024-04-02')",
    "local found = child:agencies()\n"
    "assert(table.concat(found, ' ') == 'childrens-social-care dental hospital police school')",
    "local before, after = child:level_at(19732), child:level_at(19800)\n"
    "assert(before.certain == 0 and before.possible == 0 and after.certain == 5 and after.possible == 5)",
    "assert(#child:siblings() == 0)",
    "assert(child:covered('school', 19732, 19800) == 'not-declared')",
    /* selections */
    "local function n(s) local c = s:count() assert(c.certain == c.possible) return c.certain end\n"
    "assert(n(child:select {}) == 6 and n(child:select()) == 6)\n"
    "assert(n(child:select { kind = 'was-not-brought' }) == 2)\n"
    "assert(n(child:select { kind = { 'was-not-brought', 'concern' } }) == 3)\n"
    "assert(n(child:select { agency = 'school' }) == 2 and n(child:select { agency = 'gp' }) == 0)\n"
    "assert(n(child:select { concern = true }) == 4)\n"
    "assert(n(child:select { polarity = 'strength' }) == 1)\n"
    "assert(n(child:select { theme = 'physical' }) == 1)\n"
    "assert(n(child:select { child_seen = true }) == 1 and n(child:select { child_seen = 'no' }) == 1)\n"
    "assert(n(child:select { child_seen = 'not-recorded' }) == 4 and n(child:select { voice = 'yes' }) == "
    "1)\n"
    "assert(n(child:select { facts = { service = 'dental' } }) == 1)\n"
    "assert(n(child:select { facts = { service = { 'dental', 'paediatric' } } }) == 2)\n"
    "assert(n(child:select { facts = { previous_plans = { min = 1, max = 2 } } }) == 1)\n"
    "assert(n(child:select { facts = { previous_plans = { min = 3 } } }) == 0)\n"
    "assert(n(child:select { facts = { previous_plans = 2 } }) == 1)\n"
    "assert(n(child:select { from = 19732, to = 19732 }) == 1)\n"
    "assert(n(child:select { count = 'rows' }) == 6)",
    /* an entry that was not rated is in as doubtful */
    "local low = child:select({ concern = true, significance = 'low' }):count()\n"
    "assert(low.certain == 1 and low.possible == 4)\n"
    "low = child:select({ concern = true, significance = 'low', rated = true }):count()\n"
    "assert(low.certain == 1 and low.possible == 1)\n"
    "assert(child:select({ significance = 'high', rated = true }):count().possible == 0)",
    /* numbers: 1 March to 1 April is 31 days, to 30 April 60; 10 January to 20 December is 345 */
    "local missed = child:select { kind = 'was-not-brought' }\n"
    "local gap, span = missed:gaps(), child:select({}):spans()\n"
    "assert(gap.certain == 31 and gap.possible == 60 and span.certain == 345 and span.possible == 345)\n"
    "local most = missed:max_in { days = 32 }\n"
    "assert(most.certain == 1 and most.possible == 2)",
    "local first, last = child:select({}):first(), child:select({ kind = 'was-not-brought' }):last()\n"
    "assert(first.from == 19732 and first.to == 19732)\n"
    "assert(calendar.text(last.from) == '2024-04-01' and calendar.text(last.to) == '2024-04-30')\n"
    "assert(child:select({ kind = 'injury' }):first() == nil)",
    "local load = child:select({ kind = 'concern' }):decayed(0)\n"
    "assert(load.certain == 1000000 and load.possible == 1000000)",
    "local c = child:select({ kind = 'was-not-brought' }):columns()\n"
    "assert(#c.from == 2 and c.to[2] - c.from[2] == 29 and c.kind[1] == 'was-not-brought')\n"
    "assert(c.agency[1] == 'dental' and c.agency[2] == 'hospital' and c.doubtful[1] == false)\n"
    "assert(c.polarity[1] == '' and c.significance[1] == '')\n"
    "assert(c.uncertain[1] == false and c.uncertain[2] == false)\n"
    "assert(c.recorded[1] == false and c.recorded[2] == false)",
    /* the columns that are named and no other */
    "local c = child:select({ kind = 'was-not-brought' }):columns('agency', 'to')\n"
    "assert(c.agency[1] == 'dental' and c.agency[2] == 'hospital' and #c.to == 2)\n"
    "assert(c.from == nil and c.kind == nil and c.recorded == nil)\n"
    "assert(#child:select({ kind = 'injury' }):columns('kind').kind == 0)",
    /* some incidents: of two, the second; a number that is of no row of the selection; none */
    "local missed = child:select { kind = 'was-not-brought' }\n"
    "local number = missed:columns().incident[2]\n"
    "assert(missed:incidents({ number }):columns().agency[1] == 'hospital')\n"
    "assert(missed:incidents({ number }):count().certain == 1)\n"
    "assert(missed:incidents({}):count().possible == 0 and missed:incidents({ 999999 }):count().possible == "
    "0)\n"
    "assert(child:select({ kind = 'injury' }):incidents({ number }):count().possible == 0)",
    /* selections from selections */
    "local by = child:select({}):by 'agency'\n"
    "assert(#by == 5 and by[1].agency == 'childrens-social-care' and by[5].agency == 'school')\n"
    "assert(by[5].selection:count().certain == 2)",
    "local by = child:select({}):by 'service'\n"
    "assert(#by == 2 and by[1].service == 'dental' and by[2].service == 'paediatric')",
    "local a, b = child:select { agency = 'school' }, child:select { agency = { 'school', 'police' } }\n"
    "assert(a:union(b):count().certain == 3)",
    "local plans = child:episodes { name = 'cp-plan', facts = { category = 'neglect' } }\n"
    "assert(plans:count() == 1 and child:episodes({}):count() == 1)\n"
    "assert(child:episodes({ name = 'cp-plan', facts = { category = 'physical' } }):count() == 0)\n"
    "assert(child:select({ kind = 'was-not-brought' }):during(plans):count().certain == 2)\n"
    "assert(child:select({ kind = 'concern' }):during(plans):count().possible == 0)",
    /* the plan is open from its first day on */
    "local plans, day = child:episodes { name = 'cp-plan' }, 19732 + 36\n"
    "assert(calendar.text(day) == '2024-02-15')\n"
    "assert(plans:open_on(day - 1).possible == 0 and plans:open_on(day).certain == 1)\n"
    "assert(plans:open_on(child.as_of).certain == 1)",
    "local after = child:select({}):after(child:select { kind = 'police-incident' }, { days = 30 })\n"
    "assert(after:count().certain == 2)",
    /* answers */
    "local s = child:select { kind = 'was-not-brought' }\n"
    "assert(s:at_least({ n = 2, within = { days = 70 } }).answer == 'met')\n"
    "assert(s:at_least({ n = 2, within = { days = 40 } }).answer == 'possible')\n"
    "assert(s:at_least({ n = 3 }).answer == 'not-met')\n"
    "assert(s:at_least({ n = 2, agencies = 2 }).answer == 'met')\n"
    "assert(s:at_least({ n = 2, agencies = 3 }).answer == 'not-met')\n"
    "assert(s:at_least({ n = 2, level_at_most = 4 }).answer == 'not-met')\n"
    "assert(s:at_least({ n = 1, outcome = 'yes' }).outcome == 'yes')",
    "local yes = child:select({}):at_least { n = 1, outcome = 'yes' }\n"
    "local no = child:select({}):at_least { n = 99 }\n"
    "local perhaps = child:select({ kind = 'was-not-brought' }):at_least { n = 2, within = { days = 40 } }\n"
    "local unknown = { answer = 'not-assessed', spells = no.spells }\n"
    "assert(any_of({ no, perhaps, yes }).answer == 'met' and any_of({ no, yes }).outcome == 'yes')\n"
    "assert(all_of({ no, perhaps, yes }).answer == 'not-met' and all_of({ yes, perhaps }).answer == "
    "'possible')\n"
    "assert(any_of({ no, no }).answer == 'not-met' and any_of({ unknown, no }).answer == 'not-assessed')\n"
    "assert(all_of({ unknown, yes }).answer == 'not-assessed' and all_of({ unknown, no }).answer == "
    "'not-met')",
    /* shapes in time: 22 days from 10 January to 1 February, 14 to 15 February, then 15, then at least 31 */
    "local s, back = child:select { agency = 'school' }, child:select { agency = 'police' }\n"
    "assert(s:turns({ back = back, n = 1 }).answer == 'met')\n"
    "assert(s:turns({ back = back, n = 1, within = { days = 30 } }).answer == 'not-met')\n"
    "assert(s:turns({ back = back, n = 2 }).answer == 'not-met' and back:turns({ back = s, n = 1 }).answer "
    "== "
    "'not-met')",
    "local all = child:select {}\n"
    "assert(all:closing({ gaps = 2 }).answer == 'met' and all:closing({ gaps = 3 }).answer == 'not-met')\n"
    "assert(all:closing({ gaps = 2, to = 64 }).answer == 'met')\n"
    "assert(all:closing({ gaps = 2, to = 63 }).answer == 'not-met')",
    /* 10 January, 1 February and 1 March lie in three months that end on 15 March */
    "local all, rule = child:select {}, { of = { months = 1 }, periods = 3, n = 3 }\n"
    "assert(all:in_periods(rule).answer == 'met')\n"
    "rule.level = 'not-above' assert(all:in_periods(rule).answer == 'not-met')\n"
    "rule.level, rule.without = nil, child:select { kind = 'cp-plan-start' }\n"
    "assert(all:in_periods(rule).answer == 'not-met')",
    "local all = child:select {}\n"
    "local kinds, services = all:different 'kind', all:different 'service'\n"
    "assert(kinds.certain == 5 and kinds.possible == 5 and kinds.evidence:count().certain == 5)\n"
    "assert(services.certain == 2 and services.evidence:count().certain == 2)\n"
    "assert(all:different('theme').possible == 1)\n"
    "assert(all:at_least({ n = 2, different = 'service' }).answer == 'met')\n"
    "assert(all:at_least({ n = 2, different = 'service', within = { days = 40 } }).answer == 'possible')\n"
    "assert(all:at_least({ n = 3, different = 'service' }).answer == 'not-met')\n"
    "assert(all:at_least({ n = 5, different = 'kind' }).answer == 'met')",
    "assert(child:select({}):follows({ after = child:select { kind = 'concern' } }).answer == 'met')\n"
    "assert(child:select({}):silent({ agency = 'gp', over = { days = 90 }, others = 1 }).answer == "
    "'not-met')",
    /* 22 days lie between the two */
    "local police, school = child:select { agency = 'police' }, child:select { kind = 'concern' }\n"
    "local function left(days)\n"
    "return police:unanswered({ by = school, within = { days = 0 }, before = { days = days } }).answer end\n"
    "assert(left(22) == 'not-met' and left(21) == 'met')\n"
    "assert(police:unanswered({ by = school, within = { days = 0 }, n = 2 }).answer == 'not-met')\n"
    "assert(police:unanswered({ by = school, within = { months = 11 } }).answer == 'not-met')",
    "local plans, missed = child:episodes { name = 'cp-plan' }, child:select { kind = 'was-not-brought' }\n"
    "local function absent(rule) return child:select({ kind = 'visit' }):absent(rule).answer end\n"
    "local over = { months = 2 }\n"
    "assert(absent { over = over } == 'not-met' and absent { over = over, during = plans } == 'met')\n"
    "assert(absent { over = over, others = missed } == 'met')\n"
    "assert(absent { over = { days = 40 }, others = missed, n = 2 } == 'possible')\n"
    "assert(absent { over = over, others = missed, n = 3 } == 'not-met')\n"
    "assert(absent { over = over, during = plans, level_at_most = 4 } == 'not-met')\n"
    "assert(absent { over = over, during = plans, level_at_least = 5 } == 'met')\n"
    "assert(absent { over = over, during = plans, covered = true } == 'not-met')\n"
    "assert(absent { over = { months = 11 }, during = plans } == 'not-met')",
};

START_TEST(a_child_is_seen_as_it_is)
{
    world_answer answer = world_evaluate(bodies[_i], events);
    ck_assert_msg(answer.answer == TDM_NOT_MET, "%s\n%s at line %d: %s", bodies[_i], answer.reason,
                  (int)answer.line, answer.message);
}
END_TEST

typedef struct telling {
    const char *body;
    const char *sentence;
} telling;

static const telling tellings[] = {
    {"return child:select({ concern = true }):at_least { n = 3, outcome = 'yes' }",
     "4 of 3 from 10 January 2024 to April 2024."},
    {"local a = child:select({ agency = 'school' }):at_least { n = 2, outcome = 'yes' }\n"
     "a.values = { number = 7 } return a",
     "2 of 7 from 10 January 2024 to 20 December 2024."},
    {"return child:select({ kind = 'was-not-brought' }):at_least { n = 2, within = { days = 40 }, outcome = "
     "'yes' }",
     "2 of 3 from 1 March 2024 to April 2024 (the dates of some entries are doubtful, so this may not "
     "hold)."},
    {"return { answer = 'possible', outcome = 'yes', evidence = child:select { agency = 'school' } }",
     "2 of 3 from 10 January 2024 to 20 December 2024 (what is recorded leaves this open, so it may not "
     "hold)."},
    {"return { answer = 'met', outcome = 'said', values = { said = 'police' }, evidence = child:select {} }",
     "Said Police."},
    {"return { answer = 'met', outcome = 'said', values = { said = 'speech-language' }, evidence = "
     "child:select {} }",
     "Said speech language."},
    {"return { answer = 'met', outcome = 'said', values = { said = { days = 5 } }, evidence = child:select "
     "{} }",
     "Said 5 days."},
    {"return { answer = 'met', outcome = 'said', values = { said = { from = 19732, to = 19732 } },\n"
     "evidence = child:select {} }",
     "Said 10 January 2024."},
    {"return { answer = 'met', outcome = 'said', values = { said = { certain = 2, possible = 4 } },\n"
     "evidence = child:select {} }",
     "Said 2 to 4."},
    {"return { answer = 'met', outcome = 'said', values = { said = { certain = 0, possible = 4 } },\n"
     "evidence = child:select {} }",
     "Said up to 4."},
    /* due on Thursday 8 February, answered on Thursday the 15th */
    {"return child:select({ kind = 'police-incident' }):unanswered { within = { working_days = 5 },\n"
     "by = child:select { kind = 'cp-plan-start' }, outcome = 'late' }",
     "1 February 2024, 5 working days."},
    /* due on 14 April; it came some day of that month */
    {"return child:select({ kind = 'police-incident' }):unanswered { within = { days = 73 },\n"
     "by = child:select { agency = 'hospital' }, outcome = 'late' }",
     "1 February 2024, up to 16 days (the dates of some entries are doubtful, so this may not hold)."},
    /* ten months after 15 February are over on 15 December */
    {"return child:select({ kind = 'visit' }):absent { over = { months = 10 }, outcome = 'late',\n"
     "during = child:episodes { name = 'cp-plan' } }",
     "15 February 2024, 16 days."},
    /* of two spells of one answer the later is told */
    {"return { answer = 'met', outcome = 'yes', spells = { { evidence = child:select { kind = "
     "'police-incident' } },\n"
     "{ evidence = child:select { kind = 'concern' } } } }",
     "1 of 3 from 1 February 2024 to 1 February 2024."},
    /* but not one that the script lowered to possible */
    {"local lowered = child:select({ kind = 'police-incident' }):at_least { n = 1, outcome = 'yes' }\n"
     "lowered.answer = 'possible'\n"
     "return any_of { child:select({ kind = 'concern' }):at_least { n = 1, outcome = 'yes' }, lowered }",
     "1 of 3 from 10 January 2024 to 10 January 2024."},
};

START_TEST(sentences_are_filled)
{
    world_answer answer = world_evaluate(tellings[_i].body, events);
    ck_assert_msg(answer.answer >= TDM_POSSIBLE, "%s: %s", tellings[_i].body, answer.message);
    ck_assert_str_eq(answer.sentence, tellings[_i].sentence);
}
END_TEST

START_TEST(spells_that_begin_alike_are_one)
{
    world_answer answer = world_evaluate(
        "local all = child:select { concern = true }\n"
        "return any_of { all:at_least { n = 3, outcome = 'yes' }, all:at_least { n = 4, outcome = 'yes' } }",
        events);
    ck_assert_int_eq(answer.answer, TDM_MET);
    ck_assert_uint_eq(answer.spells, 1);
}
END_TEST

/* Entries of one day that two agencies may have told of one incident; and a date with a question mark; a plan
 * that began some day in February and ended on 1 May. */
static const char doubtful_events[] =
    "{ '2024-01-08', 'housing-concern', 'housing' }, { '2024-01-09', 'housing-concern', 'school' },\n"
    "{ '2024-01-20?', 'concern', 'school' }, { '2024-02', 'cp-plan-start', 'childrens-social-care' },\n"
    "{ '2024-05-01', 'cp-plan-end', 'childrens-social-care' },\n";

START_TEST(what_is_not_sure_shows)
{
    world_answer answer = world_evaluate(
        "local c = child:select({ concern = true }):columns()\n"
        "assert(c.found[1] and c.found[1] == c.found[2] and c.found[3] == false)\n"
        "assert(c.uncertain[1] == false and c.uncertain[3] == true)\n"
        "local plans, first = child:episodes { name = 'cp-plan' }, c.from[1] + 24\n"
        "assert(calendar.text(first) == '2024-02-01' and plans:open_on(first - 1).possible == 0)\n"
        "assert(plans:open_on(first).certain == 0 and plans:open_on(first).possible == 1)\n"
        "assert(plans:open_on(first + 28).certain == 1 and plans:open_on(first + 89).certain == 1)\n"
        "assert(calendar.text(first + 90) == '2024-05-01' and plans:open_on(first + 90).possible == 0)",
        doubtful_events);
    ck_assert_msg(answer.answer == TDM_NOT_MET, "line %d: %s", (int)answer.line, answer.message);
}
END_TEST

START_TEST(not_assessed_gives_its_reason)
{
    world_answer answer = world_evaluate("return { answer = 'not-assessed', reason = 'no-data' }", events);
    ck_assert_int_eq(answer.answer, TDM_NOT_ASSESSED);
    ck_assert_str_eq(answer.reason, "no-data");
    ck_assert_str_eq(answer.file, "");
}
END_TEST

Suite *views_suite(void)
{
    Suite *suite = suite_create("views");
    TCase *tcase = tcase_create("child");
    tcase_add_loop_test(tcase, a_child_is_seen_as_it_is, 0, sizeof bodies / sizeof *bodies);
    tcase_add_loop_test(tcase, sentences_are_filled, 0, sizeof tellings / sizeof *tellings);
    tcase_add_test(tcase, spells_that_begin_alike_are_one);
    tcase_add_test(tcase, what_is_not_sure_shows);
    tcase_add_test(tcase, not_assessed_gives_its_reason);
    suite_add_tcase(suite, tcase);
    return suite;
}

/*
 * The siblings of an example: who they are, where their events stand among the positions of its evidence, and
 * which shapes are refused.
 */
#include <string.h>

#include "script/suites.h"
#include "script/world.h"

/* Two own events, then three of two siblings: positions 3 and 4 are the first's, 5 the second's. */
#define OWN                                                                                                  \
    "{ '2024-01-10', 'concern', 'school' }, { '2024-02-05', 'injury', 'hospital' } }, "                      \
    "covers = { police = { { '2024-01-01', '2024-06-30' } } }, "
#define TWO                                                                                                  \
    "siblings = { { born = '2020-03-01', events = { { '2024-03-04', 'police-incident', 'police' },\n"        \
    "{ '2024-01-02', 'concern', 'school' } } }, { events = { { '2024-04-09', 'injury', 'hospital' } } }"

typedef struct told {
    const char *example; /* from the events on; the probe closes the last brace */
    const char *body;
    bool passes;
} told;

#define BESIDE                                                                                               \
    "local theirs = {}\n"                                                                                    \
    "for _, s in ipairs(child:siblings()) do table.insert(theirs, s:select {}) end\n"                        \
    "return child:beside(theirs):at_least { n = 3, outcome = 'yes' }"

static const told table[] = {
    {OWN TWO,
     "local all = child:siblings()\n"
     "assert(child.household_known and #all == 2 and all[1].id ~= all[2].id)\n"
     "assert(calendar.text(all[1].born) == '2020-03-01' and all[2].born == nil and child.born == nil)\n"
     "assert(all[1]:select({}):count().certain == 2 and all[2]:select({}):count().certain == 1)\n"
     "assert(child:select({}):count().certain == 2)",
     true},
    /* an agency's returns are about all of them */
    {OWN TWO,
     "local first = child:siblings()[1]:select({ kind = 'police-incident' }):columns().from[1]\n"
     "assert(child:siblings()[1]:covered('police', first, first) == 'yes')\n"
     "assert(child:covered('police', first, first) == 'yes')",
     true},
    {OWN "expect = 'met', evidence = { 3, 4, 5 }, " TWO, BESIDE, true},
    {OWN "expect = 'met', evidence = { 3, 4 }, " TWO, BESIDE, false},
    {OWN "expect = 'met', evidence = { 1, 2, 5 }, " TWO, BESIDE, false},
    /* assessments come last of all */
    {OWN
     "expect = 'met', evidence = { 6 }, assessments = { { '2024-05-02', 'graded-care', grade = 3 } }, " TWO,
     "return child:evidence(child:assessments()):at_least { n = 1, outcome = 'yes' }", true},
    {OWN "siblings = {", "assert(child.household_known and #child:siblings() == 0)", true},
    {"}, as_of = '2024-06-30', covers = {",
     "assert(child.household_known == false and #child:siblings() == 0)", true},
    {"}, expected = '2024-07-01', siblings = { { born = '2020-03-01', events = {} }",
     "assert(calendar.text(child.expected) == '2024-07-01' and child:siblings()[1].expected == nil)", true},
};

static tdm_status run(tdm__example_outcome *out, tdm__arena *arena, const told *row)
{
    tdm__catalogue *catalogue;
    tdm__worker *worker;
    tdm_error error = {0};
    tdm__text text = world_probe("", row->body, row->example);
    tdm_status status = world_catalogue(&catalogue, &tdm__malloc_allocator, tdm__text_str(&text), NULL,
                                        &error);
    ck_assert_msg(status == TDM_OK, "%s:%d %s", error.file, (int)error.line, error.message);
    ck_assert_int_eq(tdm__worker_new(&worker, catalogue, &error), TDM_OK);
    status = tdm__worker_example(out, worker, arena, 0, 0);
    tdm__worker_free(worker);
    tdm__catalogue_free(catalogue);
    tdm__text_free(&text);
    return status;
}

START_TEST(siblings_stand_beside_the_child)
{
    const told *row = &table[_i];
    tdm__arena arena;
    tdm__example_outcome outcome;
    tdm__arena_init(&arena, &tdm__malloc_allocator);
    ck_assert_int_eq(run(&outcome, &arena, row), TDM_OK);
    ck_assert_msg(outcome.passed == row->passes, "%s\n%.*s", row->example, TDM_STR_ARGS(outcome.detail));
    tdm__arena_free(&arena);
}
END_TEST

typedef struct breach {
    const char *example, *message;
} breach;

static const breach breaches[] = {
    {"}, siblings = { 3", "a sibling is {born, events}"},
    {"}, siblings = { {}", "missing"},
    {"}, siblings = { { events = {}, name = 'x' }", "name"},
    {"}, siblings = { { events = {}, born = 'soon' }", "'soon' is no date"},
    {"}, siblings = { { events = { { '2024-01-01', 'telegram', 'school' } } }",
     "there is no kind 'telegram'"},
    {"}, siblings = 3, params = {", "table expected"},
    {"}, siblings = { { events = {} }, "
     "{events={}},{events={}},{events={}},{events={}},{events={}},{events={}},"
     "{events={}},{events={}},{events={}},{events={}},{events={}},{events={}},{events={}},{events={}},"
     "{events={}},{events={}},{events={}},{events={}},{events={}},{events={}}",
     "at most 20 siblings"},
    {"}, expected = 'soon', params = {", "'soon' is no date"},
    {"{ '2024-01-10', 'concern', 'school' } }, expect = 'met', evidence = { 3 }, siblings = { { events = {\n"
     "{ '2024-01-10', 'concern', 'school' } } }",
     "numbers of events, then of siblings' events"},
};

START_TEST(a_wrong_sibling_is_refused)
{
    const breach *row = &breaches[_i];
    tdm__catalogue *catalogue;
    tdm_error error = {0};
    tdm__text text = world_probe("", "", row->example);
    tdm_status status = world_catalogue(&catalogue, &tdm__malloc_allocator, tdm__text_str(&text), NULL,
                                        &error);
    ck_assert_msg(status == TDM_SCRIPT, "%s: %s", row->example, tdm_status_name(status));
    ck_assert_msg(strstr(error.message, "field 'examples") != NULL && strstr(error.message, row->message),
                  "%s: %s", row->example, error.message);
    ck_assert_int_gt(error.line, 0);
    tdm__text_free(&text);
}
END_TEST

Suite *siblings_suite(void)
{
    Suite *suite = suite_create("siblings of examples");
    TCase *tcase = tcase_create("told");
    tcase_add_loop_test(tcase, siblings_stand_beside_the_child, 0, sizeof table / sizeof *table);
    tcase_add_loop_test(tcase, a_wrong_sibling_is_refused, 0, sizeof breaches / sizeof *breaches);
    suite_add_tcase(suite, tcase);
    return suite;
}

/*
 * What scripts see of assessments, asked in Lua of one small example: which there are, what each part was
 * graded, what changed, which rows show them; what is refused; and that neither a view nor an endless script
 * gets away.
 */
#include <stdio.h>
#include <string.h>

#include "script/suites.h"
#include "script/views.h"
#include "script/worker.h"
#include "script/world.h"

/*
 * Rows 1 and 2 are told by agencies, 3 to 9 are the assessments. As of 31 December 2024 the last three are
 * not seen: a draft, one recorded later, one made later. 10 January 2024 is day 19732, 15 May 19858.
 */
static const char rows[] =
    "{ '2024-01-10', 'concern', 'school' },\n"
    "{ '2024-03-01', 'graded-care-completed', 'health-visiting', { instrument = 'graded-care' } } },\n"
    "assessments = {\n"
    /* M: nutrition of concern, hygiene not seen; then nutrition a two, health a grade worse, hygiene seen */
    "{ '2024-05-15', 'graded-care', grade = 2, items = { A5a = 3, A5b = 3, A5c = 3, A5d = 3 }, carer = 'M' "
    "},\n"
    "{ '2024-01-10', 'graded-care', grade = 2, items = { A1a = 4, A4 = 'not-seen' }, carer = 'M' },\n"
    "{ '2024-01-10', 'graded-care', grade = 4, carer = 'F', assessor = 'one' },\n"
    "{ '2024-01-10', 'graded-care', grade = 5, carer = 'F', assessor = 'other', agency = 'school' },\n"
    "{ '2024-02-01', 'gcp2-style', grade = 3, items = { P1 = 5 }, window = false },\n"
    "{ '2024-06-01', 'graded-care', grade = 1, carer = 'M', status = 'draft' },\n"
    "{ '2024-06-02', 'graded-care', grade = 1, carer = 'M', recorded = '2025-01-01' },\n"
    "{ '2025-01-01', 'graded-care', grade = 1, carer = 'M' },\n";

#define ALL     "local all = child:assessments('graded-care')\n"
#define FATHERS ALL "local one, other = all[2], all[3]\n"
#define MOTHERS ALL "local before, now = all[1], all[4]\n"

static const char *const bodies[] = {
    /* by day and id: of 10 January 2, 3 and 4 as they were told, then 1 */
    ALL
    "assert(#all == 4 and all[1].day == 19732 and all[4].day == 19858)\n"
    "assert(all[1].carer == 'M' and all[2].carer == 'F' and all[3].carer == 'F' and all[4].carer == 'M')\n"
    "assert(all[1].instrument == 'graded-care' and all[1].version == '1.0.0')",
    /* day 19754 is 1 February: between the four of graded care */
    "local all = child:assessments()\n"
    "assert(#all == 5 and all[4].instrument == 'gcp2-style' and all[4].day == 19754 and all[4].carer == '')\n"
    "assert(#child:assessments('gcp2-style') == 1 and #child:assessments('nothing') == 0)\n"
    "assert(all[1].nothing == nil)",
    /* a four decides its sub-area and its area; what was not seen is no grade */
    MOTHERS "assert(before:grade('A1a') == 4 and before:grade('A1b') == 2)\n"
            "assert(before:grade('A1') == 4 and before:grade('A') == 4 and before:grade('B') == 2)\n"
            "assert(before:grade('A4') == nil and now:grade('A4') == 2)",
    MOTHERS "assert(table.concat(before:concerns(), ' ') == 'A1' and #now:concerns() == 0)\n"
            "assert(#all[2]:concerns() == 13)\n"
            "assert(child:assessments('gcp2-style')[1]:concerns()[1] == 'P1')",
    /* thirteen sub-areas: nutrition better, health worse, hygiene new, ten alike */
    MOTHERS "local c = before:compare(now)\n"
            "assert(c.better == 1 and c.worse == 1 and c.not_clear == 10 and c.not_comparable == 1)\n"
            "assert(c.comparable == 12 and c.index == nil and c.reason == nil)\n"
            "assert(c.sub_areas.A1 == 'better' and c.sub_areas.A5 == 'worse')\n"
            "assert(c.sub_areas.A4 == 'not-comparable' and c.sub_areas.B1 == 'no-clear-change')",
    /* the other way round the periods seen are not in order */
    MOTHERS "local c = now:compare(before)\n"
            "assert(c.not_comparable == 13 and c.comparable == 0 and c.reason == 'window-overlap')",
    ALL "local c = all[1]:compare(all[2])\n"
        "assert(c.comparable == 0 and c.reason == 'other-child-or-carer')",
    ALL "local c = all[1]:compare(child:assessments('gcp2-style')[1])\n"
        "assert(c.comparable == 0 and c.reason == 'other-instrument')",
    FATHERS "assert(one:same_visit(other) and other:same_visit(one) and not one:same_visit(one))\n"
            "assert(not one:same_visit(all[1]))",
    /* each its own row, though three are of one day and instrument */
    ALL "local function row(a) return child:evidence({ a }):columns() end\n"
        "assert(#row(all[1]).from == 1 and row(all[1]).agency[1] == 'other')\n"
        "assert(#row(all[3]).from == 1 and row(all[3]).agency[1] == 'school')\n"
        "assert(row(all[3]).kind[1] == 'graded-care-completed' and row(all[3]).from[1] == 19732)",
    ALL "assert(child:evidence(all):count().certain == 4)\n"
        "assert(child:evidence({ all[1], all[1], all[4] }):count().certain == 2)\n"
        "assert(child:evidence({}):count().possible == 0)",
    /* what agencies told themselves is a row like these */
    "local told = child:select { facts = { instrument = 'graded-care' }, count = 'rows' }\n"
    "assert(told:count().certain == 5)\n"
    "assert(told:columns().agency[4] == 'health-visiting')",
};

static tdm_status ask(tdm__example_outcome *out, tdm__arena *arena, const char *body,
                      const tdm__script_limits *limits)
{
    tdm__catalogue *catalogue;
    tdm__worker *worker;
    tdm_error error = {0};
    tdm__text text = world_probe("", body, rows);
    tdm_status status = world_catalogue(&catalogue, &tdm__malloc_allocator, tdm__text_str(&text), limits,
                                        &error);
    ck_assert_msg(status == TDM_OK, "%s:%d %s", error.file, (int)error.line, error.message);
    ck_assert_int_eq(tdm__worker_new(&worker, catalogue, &error), TDM_OK);
    status = tdm__worker_example(out, worker, arena, 0, 0);
    tdm__worker_free(worker);
    tdm__catalogue_free(catalogue);
    tdm__text_free(&text);
    return status;
}

START_TEST(assessments_are_seen_as_they_are)
{
    tdm__arena arena;
    tdm__example_outcome outcome;
    tdm__arena_init(&arena, &tdm__malloc_allocator);
    ck_assert_int_eq(ask(&outcome, &arena, bodies[_i], NULL), TDM_OK);
    ck_assert_msg(outcome.passed, "%s\n%.*s", bodies[_i], TDM_STR_ARGS(outcome.detail));
    tdm__arena_free(&arena);
}
END_TEST

typedef struct refusal {
    const char *body, *message;
} refusal;

static const refusal refusals[] = {
    {"child:assessments(3)", "'instrument': a string expected"},
    {"child:assessments('graded-care')[1]:grade('Z9')", "the instrument has no part of that code"},
    {"child:assessments('graded-care')[1]:grade(1)", "'grade': a string expected"},
    {"child:assessments('graded-care')[1]:compare()", "assessment expected"},
    {"child:assessments('graded-care')[1]:compare(child)", "assessment expected"},
    {"child:assessments('graded-care')[1]:same_visit({})", "assessment expected"},
    {"child:assessments('graded-care')[1].day = 3", "a view is read-only"},
    {"child:evidence()", "table expected"},
    {"child:evidence({ child })", "assessment expected"},
    {"child:evidence({ 1 })", "assessment expected"},
    {"child.assessments({})", "child expected"},
};

START_TEST(wrong_use_is_refused)
{
    char detail[512];
    tdm__arena arena;
    tdm__example_outcome outcome;
    tdm__arena_init(&arena, &tdm__malloc_allocator);
    ck_assert_int_eq(ask(&outcome, &arena, refusals[_i].body, NULL), TDM_OK);
    snprintf(detail, sizeof detail, "%.*s", TDM_STR_ARGS(outcome.detail));
    ck_assert_msg(outcome.got == TDM_NOT_ASSESSED && strstr(detail, "script-error at ") != NULL &&
                      strstr(detail, refusals[_i].message) != NULL,
                  "%s: %s", refusals[_i].body, detail);
    tdm__arena_free(&arena);
}
END_TEST

static const char *const endless[] = {
    ALL "while true do all[1]:compare(all[4]) end",
    ALL "while true do child:evidence(all) end",
    "while true do child:assessments() end",
    ALL "while true do all[1]:concerns() end",
};

START_TEST(an_endless_script_spends_its_budget)
{
    char detail[512];
    tdm__arena arena;
    tdm__example_outcome outcome;
    tdm__script_limits limits = {20 * 1000, 8 * 1024 * 1024};
    tdm__arena_init(&arena, &tdm__malloc_allocator);
    ck_assert_int_eq(ask(&outcome, &arena, endless[_i], &limits), TDM_OK);
    snprintf(detail, sizeof detail, "%.*s", TDM_STR_ARGS(outcome.detail));
    ck_assert_msg(strstr(detail, "budget at ") != NULL, "%s: %s", endless[_i], detail);
    tdm__arena_free(&arena);
}
END_TEST

static int keep_view(lua_State *lua)
{
    tdm__view_push(lua, TDM__VIEW_ASSESSMENT, lua_touserdata(lua, 1));
    lua_setfield(lua, LUA_REGISTRYINDEX, "kept");
    return 0;
}

static int use_view(lua_State *lua)
{
    lua_getfield(lua, LUA_REGISTRYINDEX, "kept");
    lua_getfield(lua, -1, "day");
    return 0;
}

/* The view is never looked into: its call is over before. */
START_TEST(an_assessment_ends_with_its_call)
{
    tdm_history history = {.as_of = 20000};
    tdm__arena arena;
    tdm__arena_init(&arena, &tdm__malloc_allocator);
    history.arena = &arena;
    tdm__sandbox sandbox = {.vocabulary = world_vocabulary()};
    ck_assert_int_eq(tdm__sandbox_open(&sandbox, &tdm__malloc_allocator, 1 << 22), TDM_OK);
    sandbox.history = &history;
    sandbox.generation = 7;
    ck_assert_int_eq(tdm__sandbox_run(&sandbox, keep_view, &history, 1000), TDM_OK);
    sandbox.generation = 8;
    ck_assert_int_eq(tdm__sandbox_run(&sandbox, use_view, NULL, 1000), TDM_SCRIPT);
    ck_assert_str_eq(sandbox.message, "a view was kept after its call");
    tdm__sandbox_close(&sandbox);
    tdm__arena_free(&arena);
}
END_TEST

/* --- the form that an example tells --- */

typedef struct form_breach {
    const char *form, *message;
} form_breach;

static const form_breach form_breaches[] = {
    {"3", "an assessment is {day, instrument"},
    {"{ '2024-01-10' }", "an assessment is {day, instrument"},
    {"{ '2024-01', 'graded-care' }", "a day such as"},
    {"{ '2024-01-10', 'unheard-of' }", "there is no instrument 'unheard-of'"},
    {"{ '2024-01-10', 'graded-care', colour = 1 }", "a field that is not known"},
    {"{ '2024-01-10', 'graded-care', 3 }", "a field that is not known"},
    {"{ '2024-01-10', 'graded-care', grade = 2.5 }", "a whole number"},
    {"{ '2024-01-10', 'graded-care', grade = 'two' }", "number expected, got string"},
    {"{ '2024-01-10', 'graded-care', grade = 9 }", "assessment 1: "},
    {"{ '2024-01-10', 'graded-care', items = { Z9 = 1 } }", "assessment 1: "},
    {"{ '2024-01-10', 'graded-care', items = { A1a = true } }", "a whole number"},
    {"{ '2024-01-10', 'graded-care', items = { A1a = 'gone' } }", "assessment 1: "},
    {"{ '2024-01-10', 'graded-care', recorded = 'soon' }", "a day such as"},
    {"{ '2024-01-10', 'graded-care', window = 3 }", "{day, day} or false expected"},
    {"{ '2024-01-10', 'graded-care', window = { '2024-01-10' } }", "an assessment is {day, instrument"},
    {"{ '2024-01-10', 'graded-care', status = 'lost' }", "assessment 1: "},
};

START_TEST(a_wrong_form_is_refused)
{
    const form_breach *row = &form_breaches[_i];
    char events[256];
    tdm__catalogue *catalogue;
    tdm_error error = {0};
    snprintf(events, sizeof events, "}, assessments = { %s", row->form);
    tdm__text text = world_probe("", "", events);
    tdm_status status = world_catalogue(&catalogue, &tdm__malloc_allocator, tdm__text_str(&text), NULL,
                                        &error);
    ck_assert_msg(status == TDM_SCRIPT, "%s: %s", row->form, tdm_status_name(status));
    ck_assert_msg(strstr(error.message, "field 'examples") != NULL && strstr(error.message, row->message),
                  "%s: %s", row->form, error.message);
    ck_assert_int_gt(error.line, 0);
    tdm__text_free(&text);
}
END_TEST

Suite *assessments_suite(void)
{
    Suite *suite = suite_create("assessments");
    TCase *tcase = tcase_create("seen");
    tcase_add_loop_test(tcase, assessments_are_seen_as_they_are, 0, sizeof bodies / sizeof *bodies);
    tcase_add_loop_test(tcase, wrong_use_is_refused, 0, sizeof refusals / sizeof *refusals);
    tcase_add_loop_test(tcase, an_endless_script_spends_its_budget, 0, sizeof endless / sizeof *endless);
    tcase_add_test(tcase, an_assessment_ends_with_its_call);
    tcase_add_loop_test(tcase, a_wrong_form_is_refused, 0, sizeof form_breaches / sizeof *form_breaches);
    suite_add_tcase(suite, tcase);
    return suite;
}

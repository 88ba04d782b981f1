/*
 * What an indicator needs before it is asked, and before what it did not find is not met: kinds and facts
 * that some source could hold, rows that are there, coverage.
 */
#include "engine/world.h"

#include <stdio.h>
#include <string.h>

#define CSC    "childrens-social-care"
#define PERIOD "2024-04-04", "2024-09-30" /* 27 + 31 + 30 + 31 + 31 + 30 = 180 days */

/* As of 30 September 2024. `reason` "none-found": the script was asked and found nothing. */
static const struct {
    const char *needs;
    world_source sources[3];
    size_t source_count;
    const char *reason;
} rows[] = {
    {"", {{CSC, "concern", NULL, NULL}}, 1, "none-found"},
    {"any = { 'referral' }", {{CSC, "referral", NULL, NULL}}, 1, "none-found"},
    {"any = { 'referral' }", {{CSC, "concern", NULL, NULL}}, 1, "no-data"},
    {"any = { 'referral', 'concern' }", {{CSC, "concern", NULL, NULL}}, 1, "none-found"},
    {"all = { 'referral', 'concern' }", {{CSC, "concern", NULL, NULL}}, 1, "no-data"},
    {"all = { 'referral', 'concern' }",
     {{CSC, "concern", NULL, NULL}, {"police", "referral", NULL, NULL}},
     2,
     "none-found"},
    {"any = { 'referral' }, all = { 'concern' }", {{CSC, "referral", NULL, NULL}}, 1, "no-data"},
    {"coverage = { days = 180, agencies = 1 }", {{CSC, NULL, NULL, NULL}}, 1, "not-covered"},
    {"coverage = { days = 180, agencies = 1 }", {{CSC, NULL, PERIOD}}, 1, "none-found"},
    {"coverage = { days = 181, agencies = 1 }", {{CSC, NULL, PERIOD}}, 1, "not-covered"},
    /* Days after the as-of day cover nothing. */
    {"coverage = { days = 180, agencies = 1 }", {{CSC, NULL, "2024-04-05", "2025-04-04"}}, 1, "not-covered"},
    {"coverage = { days = 180, agencies = 1 }", {{CSC, NULL, "2024-04-04", "2025-04-04"}}, 1, "none-found"},
    {"coverage = { days = 180, agencies = 1 }", {{CSC, NULL, "2025-01-01", "2025-12-31"}}, 1, "not-covered"},
    /* Two returns of one agency are one agency. */
    {"coverage = { days = 180, agencies = 2 }", {{CSC, NULL, PERIOD}, {CSC, NULL, PERIOD}}, 2, "not-covered"},
    {"coverage = { days = 180, agencies = 2 }",
     {{CSC, NULL, PERIOD}, {"police", NULL, PERIOD}},
     2,
     "none-found"},
    {"coverage = { days = 180, agencies = 2 }",
     {{CSC, NULL, PERIOD}, {"police", NULL, "2024-09-01", "2024-09-30"}, {"school", NULL, NULL, NULL}},
     3,
     "not-covered"},
};

START_TEST(the_data_that_could_tell_must_be_there)
{
    world w;
    world_script script = {.id = "probe", .needs = rows[_i].needs};
    world_row entry = {"2024-05-01", NULL, "other", NULL, 0};
    world_open(&w, &(world_case){.scripts = &script,
                                 .script_count = 1,
                                 .sources = rows[_i].sources,
                                 .source_count = rows[_i].source_count,
                                 .rows = &entry,
                                 .row_count = 1,
                                 .explain_all = true});
    ck_assert_uint_eq(w.run->child_count, 1);
    const tdm__child_result *child = &w.run->children[0];
    ck_assert_uint_eq(child->prompt_count, 0);
    ck_assert_uint_eq(child->no_prompt_count, 1);
    ck_assert_msg(strcmp(child->no_prompts[0].reason, rows[_i].reason) == 0, "%s: %s", rows[_i].needs,
                  child->no_prompts[0].reason);
    bool asked = strcmp(rows[_i].reason, "none-found") == 0;
    ck_assert_int_eq(child->no_prompts[0].answer, asked ? TDM_NOT_MET : TDM_NOT_ASSESSED);
    ck_assert(child->no_prompts[0].words.length > strlen(rows[_i].reason));
    world_close(&w);
}
END_TEST

/* The first return could hold referrals and covers a year; the one in its place could hold visits and covers
 * nothing. */
START_TEST(a_replaced_return_is_no_data)
{
    static const struct {
        const char *needs, *reason; /* when it is replaced; else nothing was found */
    } told[] = {{"any = { 'referral' }", "no-data"},
                {"all = { 'referral', 'visit' }", "no-data"},
                {"coverage = { days = 300, agencies = 1 }", "not-covered"},
                {"any = { 'visit' }, deny = { 'referral' }", "in-part"},
                {"any = { 'visit' }, deny = { 'visit' }", "none-found"}};
    static const char *const carried[][3] = {{"referral"}, {"visit"}};
    static const world_source sources[] = {
        {.agency = "school", .covers_from = "2023-09-01", .covers_to = "2024-08-31"}, {.agency = "school"}};
    world_script script = {.id = "probe", .needs = told[_i].needs};
    world_row entry = {"2024-05-01", NULL, "other", NULL, 0};
    for (int replaced = 0; replaced < 2; replaced++) {
        world w;
        world_open(&w, &(world_case){.scripts = &script,
                                     .script_count = 1,
                                     .sources = sources,
                                     .source_count = 2,
                                     .carried = carried,
                                     .replaced = replaced != 0,
                                     .rows = &entry,
                                     .row_count = 1,
                                     .explain_all = true});
        const tdm__child_result *child = &w.run->children[0];
        ck_assert_uint_eq(child->no_prompt_count, 1);
        ck_assert_str_eq(child->no_prompts[0].reason, replaced ? told[_i].reason : "none-found");
        world_close(&w);
    }
}
END_TEST

/* --- what is not met, and what is left open --- */

#define CLOSURES            "deny = { { any = { 'case-closure' }, when = { from = { 'closure' } } } }"
#define DECLARED            "deny = { 'cp-plan-start.previous_plans' }"
#define TRIGGERS            "deny = { 'referral', 'allocation' }"
#define EITHER              "deny = { { any = { 'referral.no_further_action', 'referral-outcome.outcome' } } }"
#define FLAG                "deny = { { any = { 'allocation' }, when = { strict = true } } }"
#define LISTED              "deny = { { any = { 'allocation' }, when = { clocks = { 'b', 'd' } } } }"
#define FOUND               "return child:select { kind = 'referral' }:at_least { n = 1, outcome = 'yes' }"
#define COULD(what, answer) "assert(child:could_hold('" what "') == '" answer "')"
#define MAY_BE              "return { answer = 'possible', outcome = 'yes', spells = { { evidence = child:select {} } } }"

/* One entry, a visit unless `kind` says otherwise, on 1 May 2024. `reason` NULL: a prompt. */
static const struct {
    const char *needs, *body, *kind, *policy;
    const char *carried[2][3]; /* of each source; the first NULL: anything */
    size_t source_count;
    const char *reason;
} denied[] = {
    {DECLARED, NULL, NULL, NULL, {{NULL}}, 1, "none-found"},
    {DECLARED, NULL, NULL, NULL, {{"cp-plan-start.previous_plans"}}, 1, "none-found"},
    {DECLARED, NULL, NULL, NULL, {{"cp-plan-start.category"}}, 1, "in-part"},
    {DECLARED, NULL, NULL, NULL, {{"visit"}}, 1, "in-part"},
    /* Another source may hold what this one lacks, each entry by itself. */
    {TRIGGERS, NULL, NULL, NULL, {{"referral"}}, 1, "in-part"},
    {TRIGGERS, NULL, NULL, NULL, {{"referral"}, {"allocation"}}, 2, "none-found"},
    /* The latest alone is not all there are; a second source that holds them all heals it. */
    {TRIGGERS, NULL, NULL, NULL, {{"referral", "~allocation"}}, 1, "in-part"},
    {TRIGGERS, NULL, NULL, NULL, {{"referral", "~allocation"}, {"allocation"}}, 2, "none-found"},
    {EITHER, NULL, NULL, NULL, {{"referral"}}, 1, "in-part"},
    {EITHER, NULL, NULL, NULL, {{"referral.no_further_action"}}, 1, "none-found"},
    {EITHER, NULL, NULL, NULL, {{"referral", "referral-outcome.outcome"}}, 1, "none-found"},
    /* A fact of one kind is none of another. */
    {DECLARED, NULL, NULL, NULL, {{"cp-plan-start", "cp-plan-end.category"}}, 1, "in-part"},
    /* The parameter decides. */
    {CLOSURES, NULL, NULL, NULL, {{"referral"}}, 1, "none-found"},
    {CLOSURES, NULL, NULL, "'from': 'closure'", {{"referral"}}, 1, "in-part"},
    {CLOSURES, NULL, NULL, "'from': 'closure'", {{"case-closure"}}, 1, "none-found"},
    {FLAG, NULL, NULL, NULL, {{"referral"}}, 1, "none-found"},
    {FLAG, NULL, NULL, "'strict': true", {{"referral"}}, 1, "in-part"},
    /* Of a list: one of the choices is in it. */
    {LISTED, NULL, NULL, NULL, {{"referral"}}, 1, "in-part"},
    {LISTED, NULL, NULL, NULL, {{"allocation"}}, 1, "none-found"},
    {LISTED, NULL, NULL, "'clocks': ['a', 'c']", {{"referral"}}, 1, "none-found"},
    {LISTED, NULL, NULL, "'clocks': []", {{"referral"}}, 1, "none-found"},
    /* What a script is told of it: an evaluate that fails shows that it was told otherwise. */
    {"", COULD("referral", "yes"), NULL, NULL, {{"referral"}}, 1, "none-found"},
    {"", COULD("referral", "part"), NULL, NULL, {{"~referral"}}, 1, "none-found"},
    {"", COULD("referral", "yes"), NULL, NULL, {{"~referral"}, {"referral"}}, 2, "none-found"},
    {"", COULD("referral", "no"), NULL, NULL, {{"visit"}}, 1, "none-found"},
    {"", COULD("allocation.worker", "yes"), NULL, NULL, {{"allocation.worker"}}, 1, "none-found"},
    {"", COULD("allocation.worker", "part"), NULL, NULL, {{"allocation.team"}}, 1, "none-found"},
    {"", COULD("allocation.worker", "yes"), NULL, NULL, {{NULL}}, 1, "none-found"},
    {"", "assert(child:has('referral', 'visit'))", NULL, NULL, {{NULL}}, 1, "none-found"},
    {"", "assert(not child:has('referral', 'injury'))", NULL, NULL, {{NULL}}, 1, "none-found"},
    {"", "child:has('no-such-kind')", NULL, NULL, {{NULL}}, 1, "script-error"},
    {"", "child:has()", NULL, NULL, {{NULL}}, 1, "script-error"},
    {"", "child:could_hold('allocation.stage')", NULL, NULL, {{NULL}}, 1, "script-error"},
    {"", "child:could_hold('no-such-kind')", NULL, NULL, {{NULL}}, 1, "script-error"},
    /* What is met or possible stays; what was not asked stays so. */
    {TRIGGERS, FOUND, "referral", NULL, {{"referral"}}, 1, NULL},
    {TRIGGERS, MAY_BE, NULL, NULL, {{"referral"}}, 1, NULL},
    {TRIGGERS,
     "return { answer = 'not-assessed', reason = 'no-data' }",
     NULL,
     NULL,
     {{"referral"}},
     1,
     "no-data"},
    {"any = { 'referral' }, " TRIGGERS, NULL, NULL, NULL, {{"visit"}}, 1, "no-data"},
    /* Not asked without a row: an evaluate that fails shows whether it was. */
    {"held = { 'referral' }", "error('asked')", NULL, NULL, {{NULL}}, 1, "none-found"},
    {"held = { 'referral' }", "error('asked')", "referral", NULL, {{NULL}}, 1, "script-error"},
    {"held = { 'referral', 'visit' }", "error('asked')", NULL, NULL, {{NULL}}, 1, "script-error"},
    {"held = { concern = true }", "error('asked')", NULL, NULL, {{NULL}}, 1, "none-found"},
    {"held = { concern = true }", "error('asked')", "hunger-concern", NULL, {{NULL}}, 1, "script-error"},
    {"held = { 'referral', concern = true }",
     "error('asked')",
     "referral",
     NULL,
     {{NULL}},
     1,
     "script-error"},
    /* Fewer rows than the least of some parameters says. */
    {"held = { 'visit', n = { 'few' } }", "error('asked')", NULL, NULL, {{NULL}}, 1, "none-found"},
    {"held = { 'visit', n = { 'few' } }", "error('asked')", NULL, "'few': 1", {{NULL}}, 1, "script-error"},
    {"held = { 'visit', n = { 'more', 'few' } }",
     "error('asked')",
     NULL,
     "'few': 1",
     {{NULL}},
     1,
     "script-error"},
    {"held = { 'visit', n = { 'few', 'more' } }",
     "error('asked')",
     NULL,
     "'few': 2, 'more': 2",
     {{NULL}},
     1,
     "none-found"},
    {"held = { concern = true, n = { 'few' } }",
     "error('asked')",
     "hunger-concern",
     "'few': 1",
     {{NULL}},
     1,
     "script-error"},
    /* A concern that nobody rated is not rated high. */
    {"held = { concern = 'high' }", "error('asked')", "hunger-concern", NULL, {{NULL}}, 1, "none-found"},
    {"held = { 'visit', concern = 'high' }", "error('asked')", NULL, NULL, {{NULL}}, 1, "script-error"},
    {"held = { 'referral' }, " TRIGGERS, "error('asked')", NULL, NULL, {{"referral"}}, 1, "in-part"},
    {"held = { 'referral' }, all = { 'contact' }",
     "error('asked')",
     NULL,
     NULL,
     {{"referral"}},
     1,
     "no-data"},
};

/* The policy of a row as JSON. */
static void policy_of(char *out, size_t size, const char *params)
{
    snprintf(out, size, "{\"policy\": 1, \"indicators\": {\"probe\": {\"params\": {%s}}}}", params);
    for (char *c = out; *c; c++)
        if (*c == '\'')
            *c = '"';
}

START_TEST(not_met_needs_all_that_could_show_it)
{
    world w;
    char policy[200];
    world_source sources[2] = {{.agency = CSC}, {.agency = CSC}};
    world_script script = {.id = "probe",
                           .needs = denied[_i].needs,
                           .body = denied[_i].body,
                           .params = "from = { type = 'choice', default = 'referral', choices = { "
                                     "'referral', 'closure' }, doc = 'D' },"
                                     "strict = { type = 'flag', default = false, doc = 'D' },"
                                     "few = { type = 'count', default = 2, min = 1, max = 9, doc = 'D' },"
                                     "more = { type = 'count', default = 3, min = 1, max = 9, doc = 'D' },"
                                     "clocks = { type = 'list', default = { 'a', 'b' }, choices = { 'a', "
                                     "'b', 'c', 'd' }, doc = 'D' },"};
    world_row entry = {"2024-05-01", NULL, denied[_i].kind ? denied[_i].kind : "visit", NULL, 0};
    if (denied[_i].policy)
        policy_of(policy, sizeof policy, denied[_i].policy);
    world_open(&w, &(world_case){.scripts = &script,
                                 .script_count = 1,
                                 .policy = denied[_i].policy ? policy : NULL,
                                 .sources = sources,
                                 .source_count = denied[_i].source_count,
                                 .carried = denied[_i].carried,
                                 .rows = &entry,
                                 .row_count = 1,
                                 .explain_all = true});
    const tdm__child_result *child = &w.run->children[0];
    ck_assert_uint_eq(child->prompt_count, denied[_i].reason == NULL);
    ck_assert_uint_eq(child->no_prompt_count, denied[_i].reason != NULL);
    if (denied[_i].reason) {
        const tdm__no_prompt *found = &child->no_prompts[0];
        ck_assert_msg(strcmp(found->reason, denied[_i].reason) == 0, "%s: %s", denied[_i].needs,
                      found->reason);
        ck_assert_int_eq(found->answer,
                         strcmp(found->reason, "none-found") == 0 ? TDM_NOT_MET : TDM_NOT_ASSESSED);
        ck_assert(found->words.length > strlen(found->reason));
    }
    world_close(&w);
}
END_TEST

Suite *needs_suite(void)
{
    Suite *suite = suite_create("needs");
    TCase *tests = tcase_create("needs");
    tcase_add_loop_test(tests, the_data_that_could_tell_must_be_there, 0, (int)ROWS(rows));
    tcase_add_loop_test(tests, a_replaced_return_is_no_data, 0, 5);
    tcase_add_loop_test(tests, not_met_needs_all_that_could_show_it, 0, (int)ROWS(denied));
    suite_add_tcase(suite, tests);
    return suite;
}

/*
 * Measures that weigh, rules of the script's own and siblings, asked in Lua: each row is a body of evaluate
 * that asserts, or one whose answer is told.
 */
#include <stdio.h>
#include <string.h>

#include "script/suites.h"
#include "script/world.h"

/*
 * Attendance of a school year and of the next one's first term; concerns on two days of February and some day
 * in April; a plan from May to June. 1 September 2023 is day 19601.
 */
static const char events[] =
    "{ '2023-09-04', 'attendance-summary', 'school', { sessions_missed = 20, sessions_possible = 140 } },\n"
    "{ '2024-02-05', 'concern', 'school', { weight = 2 } },\n"
    "{ '2024-02-15', 'concern', 'police', { weight = 4 } },\n"
    "{ '2024-04', 'injury', 'hospital' },\n"
    "{ '2024-05-01', 'cp-plan-start', 'childrens-social-care', { category = 'neglect' } },\n"
    "{ '2024-06-01', 'cp-plan-end', 'childrens-social-care' },\n"
    "{ '2024-09-04', 'attendance-summary', 'school', { sessions_missed = 3, sessions_possible = 60 } },\n";

static const char *const bodies[] = {
    /* half a load of 2 is left after ten days: 1 + 4 */
    "local load, reached = child:select({ kind = 'concern' }):load { half_life = 10, weight = true }\n"
    "assert(load.certain == 5000000 and load.possible == 5000000)\n"
    "assert(reached.from == reached.to and calendar.text(reached.from) == '2024-02-15')",
    "local load = child:select({ kind = 'concern' }):load { half_life = false }\n"
    "assert(load.certain == 2000000 and load.possible == 2000000)",
    "local load, reached = child:select({ kind = 'referral' }):load { half_life = false }\n"
    "assert(load.possible == 0 and reached == nil)",
    "local _, reached = child:select({ kind = 'injury' }):load { half_life = 30 }\n"
    "assert(calendar.text(reached.from) == '2024-04-01' and calendar.text(reached.to) == '2024-04-30')",
    /* two in the sixth month from 4 September, none before: mean 0 + 1 */
    "local s = child:select { kind = 'concern' }\n"
    "local function rise(baseline, threshold)\n"
    "return s:cusum { baseline = baseline, of = { months = 1 }, allowance = 0.5, threshold = threshold } "
    "end\n"
    "assert(rise({ months = 3 }, 1.4).answer == 'met' and rise(3, 1.5).answer == 'not-met')\n"
    "local short = rise(100, 1)\n"
    "assert(short.answer == 'not-assessed' and short.reason == 'too-short')\n"
    "assert(any_of({ rise(3, 9), short }).reason == 'too-short' and all_of({ rise(3, 1), short }).reason == "
    "'too-short')\n"
    "assert(any_of({ rise(3, 1), short }).reason == nil)",
    /* 20 of 140 is 14.3 per cent; 3 of 60 is 5 */
    "local function share(percent, over) return child:select({}):share { of = 'sessions_missed',\n"
    "by = 'sessions_possible', year = not over and 'school' or nil, over = over, percent = percent }.answer "
    "end\n"
    "assert(share(10) == 'met' and share(14.285) == 'met' and share(14.286) == 'not-met')\n"
    "assert(share(12, { months = 13 }) == 'met' and share(15, { months = 13 }) == 'not-met')",
    "local none = child:select({ kind = 'concern' }):share { of = 'sessions_missed', by = "
    "'sessions_possible',\n"
    "year = 'school', percent = 10 }\n"
    "assert(none.answer == 'not-assessed' and none.reason == 'no-data')",
    /* parts */
    "local days = child:select({ kind = 'attendance-summary' }):facts 'sessions_missed'\n"
    "assert(#days == 2 and days[1] == 20 and days[2] == 3)\n"
    "local weights = child:select({ kind = { 'concern', 'injury' } }):facts 'weight'\n"
    "assert(#weights == 3 and weights[2] == 4 and weights[3] == false)\n"
    "assert(child:select({ kind = 'cp-plan-start' }):facts('category')[1] == 'neglect')",
    "local plans = child:episodes { name = 'cp-plan' }\n"
    "local each, rows = plans:each(), plans:rows()\n"
    "assert(#each == 1 and each[1]:count() == 1 and rows:count().certain == 2)\n"
    "assert(table.concat(rows:columns().kind, ' ') == 'cp-plan-start cp-plan-end')\n"
    "assert(each[1]:rows():count().certain == 2 and #child:episodes({ name = 'looked-after' }):each() == 0)",
    /* no household is on record */
    "assert(child.household_known == false and #child:siblings() == 0)\n"
    "assert(child:beside({}):count().possible == 0)",
    /* a rule of its own: ten days between the concerns, and an injury that may come by the 20th or later */
    "local rows = { c = child:select { kind = 'concern' }, i = child:select { kind = 'injury' } }\n"
    "local function ask(most) return child:in_worlds { rows = rows, rule = function(w)\n"
    "return w.c[2] - w.c[1] == 10 and w.i[1] - w.c[2] <= most end }.answer end\n"
    "assert(ask(75) == 'met' and ask(74) == 'possible' and ask(46) == 'possible' and ask(45) == 'not-met')",
    "local seen = 0\n"
    "child:in_worlds { rows = { i = child:select { kind = 'injury' } }, rule = function()\n"
    "seen = seen + 1 return true end }\n"
    "assert(seen == 30)",
};

START_TEST(loads_and_parts_are_told)
{
    world_answer answer = world_evaluate(bodies[_i], events);
    ck_assert_msg(answer.answer == TDM_NOT_MET, "%s\n%s at line %d: %s", bodies[_i], answer.reason,
                  (int)answer.line, answer.message);
}
END_TEST

static const struct {
    const char *body, *message;
} failing[] = {
    {"child:select({}):load {}", "option 'half_life' is missing"},
    {"child:select({}):load { half_life = 0 }",
     "option 'half_life': a whole number from 1 to 36600 expected"},
    {"child:select({}):cusum { of = { days = 7 }, baseline = { days = 10 }, allowance = 1, threshold = 1 }",
     "baseline: a number of periods, or a span that holds a whole number of them, expected"},
    {"child:select({}):share { of = 'weight', by = 'weight', percent = 10 }",
     "share: either year = \"school\" or over = SPAN expected"},
    {"child:in_worlds { rows = {}, rule = function() return true end }",
     "in_worlds: rows = { NAME = SELECTION } expected"},
    {"child:in_worlds { rows = { a = child:select {} }, rule = function() return 1 end }",
     "in_worlds: the rule must return true or false"},
    {"child:in_worlds { rows = { a = child:select {} } }", "in_worlds: rule = function(world) expected"},
};

START_TEST(what_is_not_right_is_said)
{
    world_answer answer = world_evaluate(failing[_i].body, events);
    ck_assert_int_eq(answer.answer, TDM_NOT_ASSESSED);
    ck_assert_str_eq(answer.reason, "script-error");
    ck_assert_str_eq(answer.message, failing[_i].message);
}
END_TEST

/* 20 of 140: 14.28 per cent, which national statistics print as 14.3. */
START_TEST(a_share_is_told_with_one_decimal)
{
    world_answer answer = world_evaluate(
        "return child:select({}):share { of = 'sessions_missed', by = 'sessions_possible', year = 'school',\n"
        "percent = 10, outcome = 'rate' }",
        events);
    ck_assert_int_eq(answer.answer, TDM_MET);
    ck_assert_str_eq(answer.sentence, "1 at 14.3 per cent.");
}
END_TEST

START_TEST(a_rule_that_never_ends_spends_the_budget)
{
    world_answer answer = world_evaluate(
        "return child:in_worlds { rows = { a = child:select {} }, rule = function() while true do end end }",
        events);
    ck_assert_str_eq(answer.reason, "budget");
}
END_TEST

/* --- siblings --- */

static tdm_status add_child(tdm__builder *builder, const char *id, const char *household)
{
    const tdm_date unknown = {TDM_DAY_BEFORE_ALL, TDM_DAY_AFTER_ALL, 0};
    tdm__child_input child = {.id = tdm__str(id),
                              .born = unknown,
                              .expected = unknown,
                              .died = unknown,
                              .household = tdm__str(household)};
    return tdm__builder_child(builder, &child);
}

/* "b" asks: "a" and "c" of the household have an assessment on days 19732 and 19832, "b" a concern on 19800.
 */
static tdm_chronology *family(bool by_child)
{
    static const struct {
        const char *child, *kind;
        tdm_day day;
    } rows[] = {{"a", "assessment-start", 19732}, {"b", "concern", 19800}, {"c", "assessment-start", 19832}};
    tdm__builder *builder;
    tdm_chronology *chronology;
    uint32_t source;
    tdm__source_input input = {.name = TDM_LIT("family.csv"), .received = TDM_DAY_NONE, .carries_all = true};
    ck_assert_int_eq(tdm__builder_new(&builder, &tdm__malloc_allocator, world_vocabulary()), TDM_OK);
    ck_assert_int_eq(tdm__builder_source(&source, builder, &input), TDM_OK);
    for (size_t i = 0; i < 3; i++) {
        tdm__event_input event = {.child = tdm__str(rows[i].child),
                                  .occurred = {rows[i].day, rows[i].day, 0},
                                  .minute = -1,
                                  .recorded = TDM_DAY_NONE,
                                  .ended = {TDM_DAY_BEFORE_ALL, TDM_DAY_AFTER_ALL, 0},
                                  .agency = TDM_LIT("school"),
                                  .source = source,
                                  .row = (uint32_t)i + 1,
                                  .row_key = i + 1,
                                  .kind = tdm__vocabulary_kind(world_vocabulary(), tdm__str(rows[i].kind))};
        ck_assert_int_eq(add_child(builder, rows[i].child, "h"), TDM_OK);
        ck_assert_int_eq(tdm__builder_event(builder, &event), TDM_OK);
    }
    if (by_child)
        tdm__builder_by_child(builder);
    ck_assert_int_eq(tdm__builder_freeze(&chronology, builder, NULL), TDM_OK);
    tdm__builder_free(builder);
    return chronology;
}

typedef struct family_answer {
    tdm_answer answer;
    char reason[32], message[128];
    uint32_t events[8];
    uint32_t event_count;
    int64_t steps[2]; /* of two calls about one history */
} family_answer;

static void ask_family(family_answer *out, const char *body, bool by_child)
{
    tdm__catalogue *catalogue;
    tdm__worker *worker;
    tdm__arena arena;
    tdm_history *history;
    tdm_error error;
    tdm__result result = {.answer = TDM_NOT_ASSESSED};
    tdm__text text = world_probe("", body, events);
    tdm_chronology *chronology = family(by_child);
    memset(out, 0, sizeof *out);
    tdm__arena_init(&arena, &tdm__malloc_allocator);
    ck_assert_int_eq(world_catalogue(&catalogue, &tdm__malloc_allocator, tdm__text_str(&text), NULL, &error),
                     TDM_OK);
    ck_assert_int_eq(tdm__worker_new(&worker, catalogue, &error), TDM_OK);
    ck_assert_int_eq(tdm__history_new(&history, &arena, chronology, 1, 20088, NULL), TDM_OK);
    for (int call = 0; call < 2; call++) {
        ck_assert_int_eq(tdm__worker_evaluate(&result, worker, 0, history, NULL,
                                              &tdm__catalogue_at(catalogue, 0)->params[0].fallback),
                         TDM_OK);
        out->steps[call] = result.steps;
    }
    out->answer = result.answer;
    snprintf(out->reason, sizeof out->reason, "%s", result.reason ? result.reason : "");
    snprintf(out->message, sizeof out->message, "%.*s", TDM_STR_ARGS(result.message));
    for (size_t s = 0; s < result.spell_count; s++)
        for (uint32_t i = 0; i < result.spells[s].row_count; i++)
            out->events[out->event_count++] =
                tdm__chronology_event(chronology, history->rows[result.spells[s].rows[i]].event).row;
    tdm__worker_free(worker);
    tdm__catalogue_free(catalogue);
    tdm__text_free(&text);
    tdm__arena_free(&arena);
    tdm_chronology_free(chronology);
}

static const char theirs[] =
    "local theirs = {}\n"
    "for i, s in ipairs(child:siblings()) do theirs[i] = s:select { kind = 'assessment-start' } end\n";

START_TEST(siblings_stand_beside)
{
    char body[1024];
    family_answer got;
    /* the concern of b lies 68 days after the assessment of a and 32 before that of c */
    snprintf(body, sizeof body,
             "%s local all = child:beside(theirs)\n"
             "assert(#theirs == 2 and all:count().certain == 2 and child:select({}):count().certain == 1)\n"
             "assert(child.household_known and child:siblings()[1].id == 'a' and child:siblings()[1].as_of "
             "== 20088)\n"
             "return all:unanswered { by = child:select { kind = 'concern' }, within = { days = 60 },\n"
             "before = { days = 60 }, outcome = 'yes' }",
             theirs);
    ask_family(&got, body, false);
    ck_assert_msg(got.answer == TDM_MET, "%s %s", got.reason, got.message);
    ck_assert_uint_eq(got.event_count, 2);
    ck_assert_uint_eq(got.events[0], 2); /* what came late is shown beside it */
    ck_assert_uint_eq(got.events[1], 1); /* of a; that of c has 32 days, within 60 */
}
END_TEST

START_TEST(siblings_that_the_stream_does_not_hold)
{
    family_answer got;
    ask_family(&got, "return child:siblings()[1]", true);
    ck_assert_int_eq(got.answer, TDM_NOT_ASSESSED);
    ck_assert_str_eq(got.reason, "siblings-not-in-stream");
    ck_assert_str_eq(got.message, "");
}
END_TEST

START_TEST(a_sibling_s_rows_are_no_evidence_by_themselves)
{
    char body[512];
    family_answer got;
    snprintf(body, sizeof body, "%s return { answer = 'met', outcome = 'yes', evidence = theirs[1] }",
             theirs);
    ask_family(&got, body, false);
    ck_assert_str_eq(got.message, "evidence must be of the child itself");
    snprintf(body, sizeof body,
             "%s return { answer = 'met', outcome = 'yes', evidence = child:beside(theirs[2]) }", theirs);
    ask_family(&got, body, false);
    ck_assert_msg(got.answer == TDM_MET, "%s", got.message);
    ck_assert_uint_eq(got.events[0], 3);
}
END_TEST

START_TEST(a_sibling_s_rows_are_no_option)
{
    static const char *const measures[][2] = {
        {"follows { after = theirs[1] }", "option 'after'"},
        {"restarts { n = 2, triggers = theirs[1] }", "option 'triggers'"},
        {"at_least { n = 1, without = theirs[1] }", "option 'without'"},
        {"unanswered { by = theirs[1], within = { days = 1 } }", "option 'by'"},
        {"absent { over = { days = 1 }, others = theirs[1] }", "option 'others'"},
        {"turns { back = theirs[1], n = 1, within = { days = 1 } }", "option 'back'"},
        {"in_periods { of = { months = 1 }, periods = 1, n = 1, without = theirs[1] }", "option 'without'"},
    };
    char body[512], expected[128];
    family_answer got;
    snprintf(body, sizeof body, "%s return child:select({}):%s", theirs, measures[_i][0]);
    snprintf(expected, sizeof expected, "%s: rows of the same child expected", measures[_i][1]);
    ask_family(&got, body, false);
    ck_assert_msg(strstr(got.message, expected), "%s", got.message);
}
END_TEST

Suite *loads_suite(void)
{
    Suite *suite = suite_create("loads");
    TCase *tcase = tcase_create("loads");
    tcase_add_loop_test(tcase, loads_and_parts_are_told, 0, sizeof bodies / sizeof *bodies);
    tcase_add_loop_test(tcase, what_is_not_right_is_said, 0, sizeof failing / sizeof *failing);
    tcase_add_test(tcase, a_share_is_told_with_one_decimal);
    tcase_add_test(tcase, a_rule_that_never_ends_spends_the_budget);
    tcase_add_test(tcase, siblings_stand_beside);
    tcase_add_loop_test(tcase, a_sibling_s_rows_are_no_option, 0, 7);
    tcase_add_test(tcase, siblings_that_the_stream_does_not_hold);
    tcase_add_test(tcase, a_sibling_s_rows_are_no_evidence_by_themselves);
    suite_add_tcase(suite, tcase);
    return suite;
}

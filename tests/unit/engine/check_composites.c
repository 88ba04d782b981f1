/*
 * Composites: when this and that within a period is met, possible, not met or not assessed; their spells,
 * evidence and keys; a replay of one. Days are counted by hand.
 */
#include "engine/replay.h"
#include "engine/world.h"

#include <stdio.h>
#include <string.h>

/* Two entries of a kind within a month. */
#define PAIR(kind)                                                                                           \
    "return child:select { kind = '" kind "' }:at_least { n = 2, within = { months = 1 }, outcome = 'yes' }"

static const world_script scripts[] = {
    {.id = "a", .body = PAIR("referral")},
    {.id = "b", .body = PAIR("concern")},
    {.id = "c", .needs = "any = { 'contact' }", .body = PAIR("contact")},
};
enum { COMPOSITE = 3 };

#define POLICY(of, rest)                                                                                     \
    "{\"policy\": 1, \"composites\": {\"both\": {\"title\": \"Both\", \"of\": [" of "], " rest "}}}"
#define AB(rest) POLICY("\"a\", \"b\"", rest)

static const tdm__prompt *composite_prompt(const world *w)
{
    const tdm__child_result *child = &w->run->children[0];
    for (size_t i = 0; i < child->prompt_count; i++)
        if (child->prompts[i].indicator == COMPOSITE)
            return &child->prompts[i];
    return NULL;
}

static const tdm__no_prompt *composite_gap(const world *w)
{
    const tdm__child_result *child = &w->run->children[0];
    for (size_t i = 0; i < child->no_prompt_count; i++)
        if (child->no_prompts[i].indicator == COMPOSITE)
            return &child->no_prompts[i];
    return NULL;
}

static void open(world *w, const char *policy, const world_row *rows, size_t count)
{
    world_open(w, &(world_case){.scripts = scripts,
                                .script_count = ROWS(scripts),
                                .policy = policy,
                                .rows = rows,
                                .row_count = count,
                                .explain_all = true});
}

/* A from 1 to 10 January, B from 1 to 5 March. From 10 January, the 22nd day is 31 January, the 51st 29
 * February, the 52nd 1 March. */
static const world_row apart[] = {
    {.occurred = "2024-01-01"},
    {.occurred = "2024-01-10"},
    {.occurred = "2024-03-01", .kind = "concern"},
    {.occurred = "2024-03-05", .kind = "concern"},
};

static const struct {
    const char *policy;
    tdm_answer answer;
} lengths[] = {
    {AB("\"within\": {\"days\": 52}"), TDM_MET},
    {AB("\"within\": {\"days\": 51}"), TDM_NOT_MET},
    {AB("\"within\": {\"months\": 2}"), TDM_MET},
    {AB("\"within\": {\"months\": 1}"), TDM_NOT_MET},
    {AB("\"within\": {\"days\": 1}"), TDM_NOT_MET},
    /* The order in which they are named is no order in time. */
    {POLICY("\"b\", \"a\"", "\"within\": {\"days\": 52}"), TDM_MET},
    {POLICY("\"b\", \"a\"", "\"within\": {\"days\": 51}"), TDM_NOT_MET},
    /* C is not there: all three are asked for, or two of them. */
    {POLICY("\"a\", \"b\", \"c\"", "\"within\": {\"days\": 52}"), TDM_NOT_MET},
    {POLICY("\"a\", \"b\", \"c\"", "\"within\": {\"days\": 52}, \"at_least\": 2"), TDM_MET},
    {POLICY("\"a\", \"c\"", "\"within\": {\"days\": 52}"), TDM_NOT_MET},
};

START_TEST(a_window_must_touch_a_spell_of_each)
{
    world w;
    open(&w, lengths[_i].policy, apart, ROWS(apart));
    const tdm__prompt *prompt = composite_prompt(&w);
    if (lengths[_i].answer == TDM_MET) {
        ck_assert_msg(prompt != NULL, "%s", lengths[_i].policy);
        ck_assert_int_eq(prompt->answer, TDM_MET);
    } else {
        ck_assert_msg(prompt == NULL, "%s", lengths[_i].policy);
        ck_assert_int_eq(composite_gap(&w)->answer, TDM_NOT_MET);
        ck_assert_str_eq(composite_gap(&w)->reason, "none-found");
    }
    world_close(&w);
}
END_TEST

START_TEST(its_prompt_is_one_like_the_others)
{
    world w;
    char key[TDM_HEX64_SIZE];
    open(&w, AB("\"sentence\": \"Look at both.\", \"within\": {\"months\": 2}, \"severity\": \"soon\""),
         apart, ROWS(apart));
    const tdm__prompt *prompt = composite_prompt(&w);
    ck_assert_ptr_nonnull(prompt);
    ck_assert_uint_eq(w.run->indicator_count, 4);
    const tdm__effective_indicator *shown = &w.run->indicators[COMPOSITE];
    ck_assert_str_eq(shown->indicator->id.data, "composite/both");
    ck_assert_str_eq(shown->indicator->group.data, "composite");
    ck_assert_str_eq(shown->indicator->standings[0].code.data, "local");
    ck_assert_int_eq(shown->severity, TDM__PROMPT_SOON);
    ck_assert_str_eq(shown->definition.data,
                     "at least 2 of a and b are met within 2 months of each other: one "
                     "window of that length is touched by a spell of each");
    ck_assert_str_eq(prompt->sentence.data, "Look at both. Within 2 months of each other: T and T.");
    ck_assert_uint_eq(prompt->spell_count, 1);
    const tdm__run_spell *spell = &prompt->spells[0];
    ck_assert_int_eq(spell->from, world_day("2024-01-01"));
    ck_assert_int_eq(spell->to, world_day("2024-03-05"));
    /* A was met on 10 January, B on 5 March: the second of two. */
    ck_assert_int_eq(spell->first_met, world_day("2024-03-05"));
    ck_assert_int_eq(prompt->first_met, world_day("2024-03-05"));
    ck_assert_uint_eq(spell->event_count, 4);
    for (uint32_t i = 0; i < 4; i++)
        ck_assert_uint_eq(spell->events[i], i);
    /* 5 March lies more than 180 days before 30 September. */
    ck_assert(!prompt->current);
    uint64_t hash = tdm__hash64(TDM_LIT("C1"), tdm__chronology_event(w.chronology, 0).id);
    hash = tdm__hash64(TDM_LIT("1"), tdm__hash64(TDM_LIT("composite/both"), hash));
    tdm__hex64(key, hash);
    ck_assert_str_eq(spell->key, key);
    world_close(&w);
}
END_TEST

/* B is met wherever its first entry lies: on 15 March at the latest, on 25 February at the earliest. From 10
 * January, 25 February is the 47th day and 15 March the 66th. */
static const world_row doubtful[] = {
    {.occurred = "2024-01-01"},
    {.occurred = "2024-01-10"},
    {.occurred = "[2024-02-25..2024-03-20]", .kind = "concern"},
    {.occurred = "2024-03-15", .kind = "concern"},
};
static const struct {
    int days;
    tdm_answer answer;
} doubts[] = {{46, TDM_NOT_MET}, {47, TDM_POSSIBLE}, {65, TDM_POSSIBLE}, {66, TDM_MET}};

START_TEST(a_doubtful_date_makes_it_possible_where_it_decides)
{
    world w;
    char policy[200];
    snprintf(policy, sizeof policy, AB("\"within\": {\"days\": %d}"), doubts[_i].days);
    open(&w, policy, doubtful, ROWS(doubtful));
    const tdm__prompt *prompt = composite_prompt(&w);
    ck_assert_msg((prompt ? prompt->answer : TDM_NOT_MET) == doubts[_i].answer, "%d days", doubts[_i].days);
    if (doubts[_i].answer == TDM_POSSIBLE)
        ck_assert_int_eq(prompt->first_met, TDM_DAY_NONE);
    world_close(&w);
}
END_TEST

/* B is only possible itself: a month from 1 March on holds 1 April and not the 2nd. */
START_TEST(a_spell_that_is_only_possible_makes_no_more)
{
    static const world_row rows[] = {
        {.occurred = "2024-03-01"},
        {.occurred = "2024-03-02"},
        {.occurred = "2024-03-01", .kind = "concern"},
        {.occurred = "2024-04", .kind = "concern"},
    };
    world w;
    open(&w, AB("\"within\": {\"months\": 6}"), rows, ROWS(rows));
    ck_assert_ptr_nonnull(composite_prompt(&w));
    ck_assert_int_eq(composite_prompt(&w)->answer, TDM_POSSIBLE);
    world_close(&w);
}
END_TEST

START_TEST(times_apart_are_spells_of_their_own)
{
    static const world_row rows[] = {
        {.occurred = "2022-01-01"},
        {.occurred = "2022-01-05"},
        {.occurred = "2022-01-10", .kind = "concern"},
        {.occurred = "2022-01-12", .kind = "concern"},
        /* Between them, A alone. */
        {.occurred = "2023-01-01"},
        {.occurred = "2023-01-02"},
        {.occurred = "2024-06-01", .kind = "concern"},
        {.occurred = "2024-06-02", .kind = "concern"},
        {.occurred = "2024-06-20"},
        {.occurred = "2024-06-21"},
    };
    world w;
    open(&w, AB("\"within\": {\"days\": 30}"), rows, ROWS(rows));
    const tdm__prompt *prompt = composite_prompt(&w);
    ck_assert_ptr_nonnull(prompt);
    ck_assert_uint_eq(prompt->spell_count, 2);
    ck_assert_int_eq(prompt->spells[0].from, world_day("2022-01-01"));
    ck_assert_int_eq(prompt->spells[0].to, world_day("2022-01-12"));
    ck_assert_uint_eq(prompt->spells[0].event_count, 4);
    ck_assert_int_eq(prompt->spells[1].from, world_day("2024-06-01"));
    ck_assert_int_eq(prompt->spells[1].to, world_day("2024-06-21"));
    ck_assert_str_ne(prompt->spells[0].key, prompt->spells[1].key);
    ck_assert_int_eq(prompt->first_met, world_day("2022-01-12"));
    /* 21 June lies in the last 180 days. */
    ck_assert(prompt->current && !prompt->spells[0].current && prompt->spells[1].current);
    world_close(&w);
}
END_TEST

/* A chain: each touches the next, no window touches the first and the last alone. */
START_TEST(windows_that_share_a_spell_are_one)
{
    static const world_row rows[] = {
        {.occurred = "2024-01-01"},
        {.occurred = "2024-01-02"},
        {.occurred = "2024-01-20", .kind = "concern"},
        {.occurred = "2024-01-25", .kind = "concern"},
        {.occurred = "2024-02-20"},
        {.occurred = "2024-02-21"},
    };
    world w;
    /* A's two spells: 2 January and 20 February are more than a month apart. */
    open(&w, AB("\"within\": {\"days\": 30}"), rows, ROWS(rows));
    const tdm__prompt *prompt = composite_prompt(&w);
    ck_assert_ptr_nonnull(prompt);
    ck_assert_uint_eq(prompt->spell_count, 1);
    ck_assert_uint_eq(prompt->spells[0].event_count, 6);
    ck_assert_int_eq(prompt->spells[0].first_met, world_day("2024-01-25"));
    world_close(&w);
}
END_TEST

/* No source could hold a contact: C is not assessed. */
static const world_source without_contacts[] = {{.agency = "childrens-social-care", .carries = "referral"},
                                                {.agency = "school", .carries = "concern"}};
static const struct {
    const char *policy;
    tdm_answer answer;
} unknown[] = {
    {POLICY("\"a\", \"c\"", "\"within\": {\"days\": 52}"), TDM_NOT_ASSESSED},
    /* A and B are 51 days apart: with C in between two of three would be no question, all three may be. */
    {POLICY("\"a\", \"b\", \"c\"", "\"within\": {\"days\": 52}"), TDM_NOT_ASSESSED},
    {POLICY("\"a\", \"b\", \"c\"", "\"within\": {\"days\": 51}"), TDM_NOT_MET},
    {POLICY("\"a\", \"b\", \"c\"", "\"within\": {\"days\": 51}, \"at_least\": 2"), TDM_NOT_ASSESSED},
    {POLICY("\"a\", \"b\", \"c\"", "\"within\": {\"days\": 52}, \"at_least\": 2"), TDM_MET},
};

START_TEST(what_was_not_assessed_might_have_made_it)
{
    world w;
    world_open(&w, &(world_case){.scripts = scripts,
                                 .script_count = ROWS(scripts),
                                 .policy = unknown[_i].policy,
                                 .sources = without_contacts,
                                 .source_count = ROWS(without_contacts),
                                 .rows = apart,
                                 .row_count = ROWS(apart),
                                 .explain_all = true});
    const tdm__prompt *prompt = composite_prompt(&w);
    tdm_answer got = prompt ? prompt->answer : composite_gap(&w)->answer;
    ck_assert_msg(got == unknown[_i].answer, "%s: %d", unknown[_i].policy, (int)got);
    if (got == TDM_NOT_ASSESSED) {
        ck_assert_str_eq(composite_gap(&w)->reason, "part-not-assessed");
        ck_assert_str_eq(composite_gap(&w)->words.data, "an indicator that it is made of was not assessed");
    }
    world_close(&w);
}
END_TEST

START_TEST(one_that_is_off_is_not_asked)
{
    world w;
    open(&w, AB("\"within\": {\"months\": 6}, \"on\": false"), apart, ROWS(apart));
    ck_assert(composite_prompt(&w) == NULL && composite_gap(&w) == NULL);
    ck_assert(!w.run->indicators[COMPOSITE].on);
    world_close(&w);
}
END_TEST

/* An entry counts in a replay from the day it was recorded: the last of the four on 20 March. */
START_TEST(a_replay_asks_it_too)
{
    static const world_row rows[] = {
        {.occurred = "2024-01-01", .recorded = "2024-01-02"},
        {.occurred = "2024-01-10", .recorded = "2024-01-10"},
        {.occurred = "2024-03-01", .kind = "concern", .recorded = "2024-03-20"},
        {.occurred = "2024-03-05", .kind = "concern", .recorded = "2024-03-06"},
    };
    world w;
    tdm__replay *replay;
    tdm__replay_options options = {.from = TDM_DAY_NONE, .to = TDM_DAY_NONE, .jobs = 1};
    open(&w, AB("\"within\": {\"months\": 2}"), rows, ROWS(rows));
    ck_assert_int_eq(tdm__engine_replay(&replay, w.context, w.run, w.policy, &options, &w.error), TDM_OK);
    ck_assert_uint_eq(replay->children[0].count, 4);
    const tdm__replayed *item = &replay->children[0].items[COMPOSITE];
    ck_assert_int_eq(item->met_on, world_day("2024-03-20"));
    ck_assert_int_eq(item->first_met, world_day("2024-03-05"));
    tdm__replay_free(replay);
    world_close(&w);
}
END_TEST

static world held;

static tdm_status run_with(const tdm_allocator *allocator)
{
    tdm_run *run;
    tdm_context *context;
    tdm_error error;
    tdm__diagnostics diagnostics;
    tdm_context_options options = {.struct_size = sizeof options, .allocator = *allocator};
    tdm__run_options asked = {.as_of = world_day("2024-09-30"), .jobs = 1};
    tdm_status status = tdm_context_new(&context, &options);
    if (status != TDM_OK)
        return status;
    tdm__diagnostics_init(&diagnostics, allocator);
    status = tdm__engine_run(&run, context, held.chronology, held.policy, NULL, 0, &asked, &diagnostics, NULL,
                             0, &error);
    tdm__run_free(run);
    tdm__diagnostics_free(&diagnostics);
    tdm_context_free(context);
    return status;
}

START_TEST(memory_may_run_out_anywhere)
{
    open(&held, AB("\"within\": {\"months\": 2}"), apart, ROWS(apart));
    TEST_EVERY_ALLOCATION(run_with);
    world_close(&held);
}
END_TEST

Suite *composites_suite(void)
{
    Suite *suite = suite_create("composites");
    TCase *tests = tcase_create("composites");
    tcase_add_loop_test(tests, a_window_must_touch_a_spell_of_each, 0, (int)ROWS(lengths));
    tcase_add_test(tests, its_prompt_is_one_like_the_others);
    tcase_add_loop_test(tests, a_doubtful_date_makes_it_possible_where_it_decides, 0, (int)ROWS(doubts));
    tcase_add_test(tests, a_spell_that_is_only_possible_makes_no_more);
    tcase_add_test(tests, times_apart_are_spells_of_their_own);
    tcase_add_test(tests, windows_that_share_a_spell_are_one);
    tcase_add_loop_test(tests, what_was_not_assessed_might_have_made_it, 0, (int)ROWS(unknown));
    tcase_add_test(tests, one_that_is_off_is_not_asked);
    tcase_add_test(tests, a_replay_asks_it_too);
    tcase_add_test(tests, memory_may_run_out_anywhere);
    tcase_set_timeout(tests, 60);
    suite_add_tcase(suite, tests);
    return suite;
}

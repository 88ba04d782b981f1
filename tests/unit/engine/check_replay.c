/*
 * Replay: against a plain run as of each day, and by hand for an entry that was written down late.
 */
#include "engine/replay.h"

#include "engine/world.h"

#include <string.h>

/* Fires on every 23rd day that has a referral: on days on which nothing new was recorded. */
#define EVERY_23_DAYS                                                                                        \
    "local all = child:select { kind = 'referral' }\n"                                                       \
    "if all:count().certain == 0 or child.as_of % 23 ~= 0 then return nil end\n"                             \
    "return { answer = 'met', outcome = 'yes', evidence = all, "                                             \
    "values = { count = 1, from = '1', to = '2' } }"

static const world_script scripts[] = {
    {.id = "again", .group = "repeat", .body = REFERRALS_AGAIN},
    {.id = "some-days", .group = "drift", .body = EVERY_23_DAYS},
    {.id = "seen",
     .group = "response",
     .needs = "coverage = { days = 30, agencies = 1 }",
     .body = REFERRALS_AGAIN},
    {.id = "none", .group = "drift"},
    {.id = "off", .group = "drift", .body = REFERRALS_AGAIN},
};
static const world_source sources[] = {{"childrens-social-care", NULL, "2024-01-20", "2024-12-31"}};

static const world_row rows[] = {
    {.occurred = "2024-01-10", .recorded = "2024-01-10"},
    {.occurred = "2024-02-01", .recorded = "2024-03-15"},
    {.occurred = "2024-02-20"},
    {.occurred = "2024-04-10", .kind = "cp-plan-start"},
    {.occurred = "2024-02", .child = "C2"},
    {.occurred = "2024-02-14", .child = "C2"},
    {.occurred = "[2024-02-10..2024-05-01]", .child = "C2", .recorded = "2024-05-02"},
    {.occurred = "", .child = "C2", .recorded = "2024-01-05"},
    {.occurred = "2024-07-01", .child = "C2", .recorded = "2024-07-03"},
    {.occurred = "2025-01-01", .child = "C3"},
};

static const world_case record = {.scripts = scripts,
                                  .script_count = ROWS(scripts),
                                  .policy = "{\"policy\": 1, \"indicators\": {\"off\": {\"on\": false}}}",
                                  .sources = sources,
                                  .source_count = ROWS(sources),
                                  .rows = rows,
                                  .row_count = ROWS(rows),
                                  .as_of = "2024-07-10"};

static tdm__replay *replayed(world *w, const char *from, const char *to, int32_t jobs)
{
    tdm__replay *replay;
    tdm__replay_options options = {
        .from = from ? world_day(from) : TDM_DAY_NONE, .to = to ? world_day(to) : TDM_DAY_NONE, .jobs = jobs};
    tdm_status status = tdm__engine_replay(&replay, w->context, w->run, w->policy, &options, &w->error);
    ck_assert_msg(status == TDM_OK, "%s", w->error.message);
    return replay;
}

static const tdm__replayed *item_of(const tdm__replay *replay, size_t child, const char *id)
{
    for (size_t i = 0; i < replay->children[child].count; i++) {
        const tdm__replayed *item = &replay->children[child].items[i];
        if (tdm__str_equal(replay->run->indicators[item->indicator].indicator->id, tdm__str(id)))
            return item;
    }
    return NULL;
}

/* --- against plain runs --- */

typedef struct firsts {
    tdm_day possible, met;
    uint32_t not_assessed; /* days, until it was met */
} firsts;

static void look(firsts *out, const tdm_run *run, size_t child, uint32_t indicator)
{
    const tdm__child_result *result = &run->children[child];
    if (out->met != TDM_DAY_NONE)
        return;
    for (size_t i = 0; i < result->prompt_count; i++) {
        if (result->prompts[i].indicator != indicator)
            continue;
        if (out->possible == TDM_DAY_NONE)
            out->possible = run->as_of;
        if (result->prompts[i].answer == TDM_MET)
            out->met = run->as_of;
    }
    for (size_t i = 0; i < result->no_prompt_count; i++)
        out->not_assessed += result->no_prompts[i].indicator == indicator;
}

static firsts firsts_of(const world *w, size_t child, uint32_t indicator, tdm_day from, tdm_day to)
{
    firsts found = {TDM_DAY_NONE, TDM_DAY_NONE, 0};
    for (tdm_day day = from; day <= to; day++) {
        tdm_run *run;
        tdm_error error = {0};
        tdm__diagnostics diagnostics;
        tdm__run_options options = {.as_of = day, .jobs = 1};
        tdm__diagnostics_init(&diagnostics, &tdm__malloc_allocator);
        ck_assert_int_eq(tdm__engine_run(&run, w->context, w->chronology, w->policy, NULL, 0, &options,
                                         &diagnostics, NULL, 0, &error),
                         TDM_OK);
        look(&found, run, child, indicator);
        tdm__run_free(run);
        tdm__diagnostics_free(&diagnostics);
    }
    return found;
}

START_TEST(it_says_what_a_run_of_each_day_says)
{
    world w;
    world_open(&w, &record);
    tdm__replay *replay = replayed(&w, NULL, NULL, 1);
    size_t compared = 0, fired = 0;
    ck_assert_uint_eq(replay->child_count, 3);
    for (size_t c = 0; c < 2; c++) {
        const tdm__replayed_child *child = &replay->children[c];
        ck_assert_uint_eq(child->count, ROWS(scripts) - 1);
        for (size_t i = 0; i < child->count; i++) {
            const tdm__replayed *item = &child->items[i];
            firsts expected = firsts_of(&w, c, item->indicator, child->from, replay->to);
            ck_assert_int_eq(item->possible_on, expected.possible);
            ck_assert_int_eq(item->met_on, expected.met);
            ck_assert_uint_eq(item->days_not_assessed, expected.not_assessed);
            compared++;
            fired += expected.met != TDM_DAY_NONE;
        }
    }
    ck_assert_uint_eq(compared, 8);
    /* Both methods could agree on nothing at all. */
    ck_assert_uint_ge(fired, 4);
    ck_assert_int_eq(item_of(replay, 0, "some-days")->met_on % 23, 0);
    tdm__replay_free(replay);
    world_close(&w);
}
END_TEST

/* --- by hand --- */

/* Three referrals: the second was written down on 15 March, the third carries no such day. As things happened
 * there were three on 20 February; on 15 March it could be known, 24 days later. A plan begins 26 days after
 * that; until then the level was 1, as a referral opens a case at the front door. */
START_TEST(an_entry_that_was_written_down_late)
{
    world w;
    world_open(&w, &record);
    tdm__replay *replay = replayed(&w, NULL, NULL, 1);
    const tdm__replayed_child *child = &replay->children[0];
    const tdm__replayed *item = item_of(replay, 0, "again");
    ck_assert_int_eq(child->from, world_day("2024-01-10"));
    ck_assert(!child->starts_late);
    ck_assert_uint_eq(child->rows, 4);
    ck_assert_uint_eq(child->without_recorded, 2);
    ck_assert_int_eq(item->possible_on, world_day("2024-03-15"));
    ck_assert_int_eq(item->met_on, world_day("2024-03-15"));
    ck_assert(!item->met_before && !item->possible_before);
    ck_assert_int_eq(item->first_met, world_day("2024-02-20"));
    ck_assert_int_eq(item->answer, TDM_MET);
    ck_assert_int_eq(item->step_up.day, world_day("2024-04-10"));
    ck_assert_int_eq(item->step_up.from, 1);
    ck_assert_int_eq(item->step_up.to, 5);
    /* Its coverage begins on 20 January and is 30 days long on 18 February. */
    ck_assert_uint_eq(item_of(replay, 0, "seen")->days_not_assessed, 39);
    ck_assert_str_eq(item_of(replay, 0, "seen")->reason, "not-covered");
    ck_assert_ptr_null(item_of(replay, 0, "off"));
    tdm__replay_free(replay);
    world_close(&w);
}
END_TEST

static const struct {
    const char *from, *to, *possible, *met;
    bool before;
} periods[] = {
    {NULL, "2024-03-14", NULL, NULL, false},
    {NULL, "2024-03-15", "2024-03-15", "2024-03-15", false},
    {"2024-03-15", NULL, "2024-03-15", "2024-03-15", true},
    {"2024-04-01", "2024-04-02", "2024-04-01", "2024-04-01", true},
    {"2023-12-01", NULL, "2024-03-15", "2024-03-15", false},
};

START_TEST(only_the_days_of_the_period_are_asked)
{
    world w;
    world_open(&w, &record);
    tdm__replay *replay = replayed(&w, periods[_i].from, periods[_i].to, 1);
    const tdm__replayed *item = item_of(replay, 0, "again");
    ck_assert_int_eq(item->met_on, periods[_i].met ? world_day(periods[_i].met) : TDM_DAY_NONE);
    ck_assert_int_eq(item->possible_on,
                     periods[_i].possible ? world_day(periods[_i].possible) : TDM_DAY_NONE);
    ck_assert_int_eq(item->met_before, periods[_i].before);
    ck_assert_int_eq(item->possible_before, periods[_i].before);
    tdm__replay_free(replay);
    world_close(&w);
}
END_TEST

START_TEST(days_that_cannot_be_asked_are_refused)
{
    static const char *const wrong[][2] = {
        {NULL, "2024-07-11"}, {"2024-07-11", NULL}, {"2024-03-02", "2024-03-01"}};
    world w;
    tdm__replay *replay;
    tdm__replay_options options = {.from = wrong[_i][0] ? world_day(wrong[_i][0]) : TDM_DAY_NONE,
                                   .to = wrong[_i][1] ? world_day(wrong[_i][1]) : TDM_DAY_NONE,
                                   .jobs = 1};
    world_open(&w, &record);
    ck_assert_int_eq(tdm__engine_replay(&replay, w.context, w.run, w.policy, &options, &w.error),
                     TDM_INVALID_ARG);
    ck_assert_ptr_null(replay);
    ck_assert_int_eq(w.error.status, TDM_INVALID_ARG);
    world_close(&w);
}
END_TEST

/* Only what lies after the as-of day: nothing is known, so no day is asked. */
START_TEST(a_child_of_whom_nothing_is_known_yet)
{
    world w;
    world_open(&w, &record);
    tdm__replay *replay = replayed(&w, NULL, NULL, 1);
    ck_assert_int_eq(replay->children[2].from, TDM_DAY_NONE);
    ck_assert_uint_eq(replay->children[2].rows, 0);
    ck_assert_int_eq(item_of(replay, 2, "again")->possible_on, TDM_DAY_NONE);
    ck_assert_uint_eq(item_of(replay, 2, "seen")->days_not_assessed, 0);
    tdm__replay_free(replay);
    world_close(&w);
}
END_TEST

START_TEST(a_mistyped_year_makes_no_millennium)
{
    world w;
    world_row typed[] = {{.occurred = "1024-01-10"}, {.occurred = "2024-02-01"}};
    world_case what = record;
    what.scripts = &scripts[3];
    what.script_count = 1;
    what.policy = NULL;
    what.rows = typed;
    what.row_count = 2;
    world_open(&w, &what);
    tdm__replay *replay = replayed(&w, NULL, NULL, 1);
    ck_assert_int_eq(replay->children[0].from, world_day("2024-07-10") - TDM__REPLAY_DAYS_MAX + 1);
    ck_assert(replay->children[0].starts_late);
    tdm__replay_free(replay);
    world_close(&w);
}
END_TEST

/* --- a step-up that came on a doubtful day --- */

/* The plan began on some day of March. On 31 March it had begun for certain; that is a rise above what was
 * possible before March began, and no single day of March is one above its eve. */
START_TEST(a_doubtful_step_up_is_told_on_the_day_by_which_it_is_certain)
{
    world w;
    world_row doubtful[] = {{.occurred = "2024-01-10"},
                            {.occurred = "2024-01-11"},
                            {.occurred = "2024-01-12"},
                            {.occurred = "2024-03", .kind = "cp-plan-start"}};
    world_case what = record;
    what.rows = doubtful;
    what.row_count = ROWS(doubtful);
    world_open(&w, &what);
    tdm__replay *replay = replayed(&w, NULL, NULL, 1);
    const tdm__replayed *item = item_of(replay, 0, "again");
    ck_assert_int_eq(item->met_on, world_day("2024-01-12"));
    ck_assert_int_eq(item->step_up.day, world_day("2024-03-31"));
    ck_assert_int_eq(item->step_up.to, 5);
    tdm__replay_free(replay);
    world_close(&w);
}
END_TEST

/* --- threads, interrupt, memory --- */

START_TEST(threads_do_not_show)
{
    world w;
    world_open(&w, &record);
    tdm__replay *one = replayed(&w, NULL, NULL, 1), *many = replayed(&w, NULL, NULL, 8);
    for (size_t c = 0; c < one->child_count; c++)
        for (size_t i = 0; i < one->children[c].count; i++) {
            const tdm__replayed *x = &one->children[c].items[i], *y = &many->children[c].items[i];
            ck_assert_int_eq(x->possible_on, y->possible_on);
            ck_assert_int_eq(x->met_on, y->met_on);
            ck_assert_uint_eq(x->days_not_assessed, y->days_not_assessed);
            ck_assert_int_eq(x->step_up.day, y->step_up.day);
        }
    tdm__replay_free(one);
    tdm__replay_free(many);
    world_close(&w);
}
END_TEST

typedef struct stopper {
    int asked, after;
} stopper;

static tdm_status stop(void *payload)
{
    stopper *s = payload;
    return ++s->asked >= s->after ? TDM_STOPPED : TDM_OK;
}

START_TEST(the_interrupt_ends_it_between_two_days)
{
    static const int afters[] = {1, 2, 100};
    world w;
    tdm__replay *replay;
    tdm_context *context;
    stopper stopping = {.after = afters[_i]};
    tdm__replay_options options = {.from = TDM_DAY_NONE, .to = TDM_DAY_NONE, .jobs = 1};
    tdm_context_options interrupted = {.struct_size = sizeof interrupted,
                                       .allocator = tdm__malloc_allocator,
                                       .interrupt = stop,
                                       .interrupt_payload = &stopping};
    world_open(&w, &record);
    ck_assert_int_eq(tdm_context_new(&context, &interrupted), TDM_OK);
    ck_assert_int_eq(tdm__engine_replay(&replay, context, w.run, w.policy, &options, &w.error), TDM_STOPPED);
    ck_assert_ptr_null(replay);
    ck_assert_int_eq(w.error.status, TDM_STOPPED);
    ck_assert_int_eq(stopping.asked, afters[_i]);
    tdm_context_free(context);
    world_close(&w);
}
END_TEST

static world held;

/* What scripts allocate comes from their catalogue: here the replay's own calls fail, each one. */
static tdm_status replay_with(const tdm_allocator *allocator)
{
    tdm__replay *replay;
    tdm_context *context;
    tdm_error error = {0};
    tdm_context_options options = {.struct_size = sizeof options, .allocator = *allocator};
    tdm__replay_options period = {.from = world_day("2024-03-14"), .to = world_day("2024-03-16"), .jobs = 1};
    tdm_status status = tdm_context_new(&context, &options);
    if (status != TDM_OK)
        return status;
    status = tdm__engine_replay(&replay, context, held.run, held.policy, &period, &error);
    ck_assert((status == TDM_OK) == (replay != NULL));
    ck_assert(status == TDM_OK || error.status == status);
    tdm__replay_free(replay);
    tdm_context_free(context);
    return status;
}

START_TEST(each_allocation_may_fail)
{
    world_open(&held, &record);
    TEST_EVERY_ALLOCATION(replay_with);
    world_close(&held);
}
END_TEST

Suite *replay_suite(void)
{
    Suite *suite = suite_create("replay");
    TCase *tests = tcase_create("replay");
    tcase_set_timeout(tests, 120);
    tcase_add_test(tests, it_says_what_a_run_of_each_day_says);
    tcase_add_test(tests, an_entry_that_was_written_down_late);
    tcase_add_loop_test(tests, only_the_days_of_the_period_are_asked, 0, (int)ROWS(periods));
    tcase_add_loop_test(tests, days_that_cannot_be_asked_are_refused, 0, 3);
    tcase_add_test(tests, a_child_of_whom_nothing_is_known_yet);
    tcase_add_test(tests, a_mistyped_year_makes_no_millennium);
    tcase_add_test(tests, a_doubtful_step_up_is_told_on_the_day_by_which_it_is_certain);
    tcase_add_test(tests, threads_do_not_show);
    tcase_add_loop_test(tests, the_interrupt_ends_it_between_two_days, 0, 3);
    tcase_add_test(tests, each_allocation_may_fail);
    suite_add_tcase(suite, tests);
    return suite;
}

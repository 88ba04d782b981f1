/*
 * Whole runs: failing scripts, the interrupt, threads, rows after the as-of day, memory that runs out.
 */
#include "engine/world.h"

#include <stdatomic.h>
#include <stdio.h>
#include <string.h>

#define CHILDREN 300

static const world_script again = {.id = "again", .group = "repeat", .body = REFERRALS_AGAIN};

/* Child n has n % 4 referrals in one spring and one entry more, so that every child is there. */
static size_t many_children(world_row *rows, char names[CHILDREN][8])
{
    static const char *const days[] = {"2024-03-01", "2024-03-20", "2024-04-02"};
    size_t count = 0;
    for (int n = 0; n < CHILDREN; n++) {
        /* 7 and 300 have no common factor: the children come in another order than their ids. */
        int number = n * 7 % CHILDREN;
        snprintf(names[n], sizeof names[n], "C%03d", number);
        rows[count++] = (world_row){"2024-01-05", names[n], "other", NULL, 0};
        for (int i = 0; i < number % 4; i++)
            rows[count++] = (world_row){days[i], names[n], NULL, NULL, 0};
    }
    return count;
}

static world_case everybody(void)
{
    static world_row rows[CHILDREN * 4];
    static char names[CHILDREN][8];
    size_t count = many_children(rows, names);
    return (world_case){.scripts = &again, .script_count = 1, .rows = rows, .row_count = count};
}

START_TEST(threads_do_not_show)
{
    static const int32_t jobs[] = {2, 8, 64};
    world_case what = everybody();
    world one;
    what.explain_all = true;
    world_open(&one, &what);
    tdm__text expected = world_told(one.run);
    ck_assert_uint_eq(one.run->child_count, CHILDREN + 1);
    /* C1 is the child that the world always has; "C1" sorts behind "C0.." and before "C100". */
    for (size_t i = 0; i < one.run->child_count; i++) {
        tdm_str id = tdm_chronology_child_id(one.chronology, i);
        if (id.length == 2)
            continue;
        int number = atoi(id.data + 1);
        ck_assert_msg((one.run->children[i].prompt_count == 1) == (number % 4 == 3), "%d", number);
    }
    for (size_t j = 0; j < ROWS(jobs); j++) {
        world other;
        what.jobs = jobs[j];
        world_open(&other, &what);
        tdm__text told = world_told(other.run);
        ck_assert_msg(tdm__str_equal(tdm__text_str(&told), tdm__text_str(&expected)), "%d jobs",
                      (int)jobs[j]);
        tdm__text_free(&told);
        world_close(&other);
    }
    tdm__text_free(&expected);
    world_close(&one);
}
END_TEST

static size_t out_of_budget(const tdm_run *run)
{
    size_t count = 0;
    for (size_t i = 0; i < run->child_count; i++)
        for (size_t n = 0; n < run->children[i].no_prompt_count; n++) {
            const tdm__no_prompt *without = &run->children[i].no_prompts[n];
            count += without->answer == TDM_NOT_ASSESSED && strcmp(without->reason, "budget") == 0;
        }
    return count;
}

static size_t out_of_budget_with(const world_case *what)
{
    world w;
    world_open(&w, what);
    size_t count = out_of_budget(w.run);
    world_close(&w);
    return count;
}

/* The fewest steps with which every child is answered. */
static int64_t just_enough(world_case what)
{
    int64_t too_few = 1, enough = 65536;
    while (enough - too_few > 1) {
        what.steps = too_few + (enough - too_few) / 2;
        if (out_of_budget_with(&what) > 0)
            too_few = what.steps;
        else
            enough = what.steps;
    }
    return enough;
}

/* With one step less than enough the children with most rows are not answered, whichever worker asks, and
 * whatever it was asked before. */
START_TEST(a_borderline_script_ends_alike_with_any_threads)
{
    static const int32_t jobs[] = {1, 2, 8};
    world_case what = everybody();
    world_script script = {.id = "border", .group = "repeat"};
    script.body = "local rows, sum = child:select({}):count().certain, 0\n"
                  "for i = 1, rows * 200 do sum = sum + i end\n" REFERRALS_AGAIN;
    what.scripts = &script;
    what.explain_all = true;
    int64_t enough = just_enough(what);
    what.steps = enough;
    ck_assert_uint_eq(out_of_budget_with(&what), 0);
    what.steps = enough - 1;
    tdm__text expected = {0};
    for (size_t j = 0; j < ROWS(jobs); j++) {
        world w;
        what.jobs = jobs[j];
        world_open(&w, &what);
        /* One child in four has three referrals; the one that the world always has has no row. */
        ck_assert_uint_eq(out_of_budget(w.run), CHILDREN / 4);
        tdm__text told = world_told(w.run);
        if (j == 0)
            expected = told;
        ck_assert_msg(tdm__str_equal(tdm__text_str(&told), tdm__text_str(&expected)), "%d jobs",
                      (int)jobs[j]);
        if (j > 0)
            tdm__text_free(&told);
        world_close(&w);
    }
    tdm__text_free(&expected);
}
END_TEST

static const struct {
    const char *body, *reason;
    bool has_line;
} failures[] = {
    {"if child.id == 'C2' then error('x') end\n" REFERRALS_AGAIN, "script-error", true},
    {"if child.id == 'C2' then return { answer = 'maybe' } end\n" REFERRALS_AGAIN, "script-error", false},
    {"if child.id == 'C2' then\nwhile true do end end\n" REFERRALS_AGAIN, "budget", true},
};

START_TEST(a_script_that_fails_for_one_child_leaves_the_others)
{
    world w;
    world_script script = again;
    world_row rows[9];
    static const char *const children[] = {"C1", "C2", "C3"};
    for (size_t i = 0; i < 9; i++)
        rows[i] = (world_row){"2024-03-01", children[i / 3], NULL, NULL, 0};
    script.body = failures[_i].body;
    world_open(&w, &(world_case){
                       .scripts = &script, .script_count = 1, .rows = rows, .row_count = 9, .steps = 50000});
    for (size_t i = 0; i < 3; i++)
        ck_assert_uint_eq(w.run->children[i].prompt_count, i == 1 ? 0 : 1);
    ck_assert_uint_eq(w.run->children[1].no_prompt_count, 1);
    const tdm__no_prompt *failed = &w.run->children[1].no_prompts[0];
    ck_assert_int_eq(failed->answer, TDM_NOT_ASSESSED);
    ck_assert_str_eq(failed->reason, failures[_i].reason);
    ck_assert(tdm__str_equal(failed->file, TDM_LIT("indicators/repeat/again.lua")));
    ck_assert(!failures[_i].has_line || failed->line > 0);
    world_close(&w);
}
END_TEST

typedef struct stopper {
    atomic_int asked;
    int after;
    tdm_status status;
} stopper;

static tdm_status stop(void *payload)
{
    stopper *s = payload;
    return atomic_fetch_add(&s->asked, 1) + 1 >= s->after ? s->status : TDM_OK;
}

START_TEST(the_interrupt_ends_the_whole_run)
{
    static const tdm_status statuses[] = {TDM_STOPPED, TDM_CANCELLED};
    static const int afters[] = {1, 2, 65, 250};
    for (size_t s = 0; s < 2; s++)
        for (size_t a = 0; a < ROWS(afters); a++) {
            world w;
            world_case what = everybody();
            stopper stopping = {.after = afters[a], .status = statuses[s]};
            what.jobs = _i == 0 ? 1 : 4;
            what.interrupt = stop;
            what.interrupt_payload = &stopping;
            ck_assert_int_eq(world_try(&w, &tdm__malloc_allocator, &what), statuses[s]);
            ck_assert_ptr_null(w.run);
            ck_assert_int_eq(w.error.status, statuses[s]);
            ck_assert(w.error.message[0] != '\0');
            world_close(&w);
        }
}
END_TEST

START_TEST(rows_after_the_day_are_counted_once)
{
    world w;
    size_t found = 0;
    world_row rows[] = {
        {.occurred = "2024-09-30", .recorded = "2024-09-30"},
        {.occurred = "2024-10-01"},
        {.occurred = "2024-09-30", .recorded = "2024-10-01"},
        {.occurred = "2024-10-01", .child = "C2"},
        {.occurred = "2024-09", .child = "C2"}, /* may have been before */
    };
    world_open(&w,
               &(world_case){.scripts = &again, .script_count = 1, .rows = rows, .row_count = ROWS(rows)});
    ck_assert_uint_eq(w.run->children[0].later_rows, 2);
    ck_assert_uint_eq(w.run->children[1].later_rows, 1);
    for (size_t i = 0; i < w.diagnostics.count; i++)
        if (strcmp(w.diagnostics.items[i].code, "rows-after-as-of") == 0) {
            ck_assert(
                tdm__str_starts(w.diagnostics.items[i].message,
                                TDM_LIT("rows that occurred or were recorded after the as-of day: 3;")));
            found++;
        }
    ck_assert_uint_eq(found, 1);
    world_close(&w);
}
END_TEST

START_TEST(a_record_without_children_gives_an_empty_run)
{
    world w;
    world_case what = {.scripts = &again, .script_count = 1, .jobs = 8};
    world_open(&w, &what);
    ck_assert_uint_eq(w.run->child_count, 1);
    ck_assert_uint_eq(w.run->children[0].level_count, 0);
    ck_assert_uint_eq(w.diagnostics.count, 0);
    ck_assert(tdm__str_equal(w.run->case_id, TDM_LIT("case")));
    ck_assert(tdm__str_equal(w.run->as_of_from, TDM_LIT("option")));
    world_close(&w);
}
END_TEST

static world_row few[] = {{.occurred = "2024-03-01"},
                          {.occurred = "2024-04-01"},
                          {.occurred = "2024-05"},
                          {.occurred = "", .child = "C2"},
                          {.occurred = "2024-10-05", .child = "C2"}};
static const world_case small = {.scripts = &again,
                                 .script_count = 1,
                                 .policy = "{\"policy\": 1}",
                                 .rows = few,
                                 .row_count = ROWS(few),
                                 .explain_all = true};

/* Lua asks for memory thousands of times when a state is made, so not each time is tried: the step has
 * no common factor with anything that repeats. */
START_TEST(memory_may_run_out_anywhere)
{
    for (long fail_at = 1;; fail_at += fail_at < 200 ? 1 : test_step(37)) {
        world w;
        test_memory memory = {.fail_from = fail_at};
        tdm_allocator allocator = test_allocator(&memory);
        tdm_status status = world_try(&w, &allocator, &small);
        ck_assert((status == TDM_OK) == (w.run != NULL));
        world_close(&w);
        ck_assert_msg(memory.blocks == 0, "allocation %ld: %ld blocks left", fail_at, memory.blocks);
        if (status == TDM_OK)
            break;
        ck_assert_msg(status == TDM_NO_MEMORY, "allocation %ld: %s", fail_at, tdm_status_name(status));
    }
}
END_TEST

/* What scripts allocate comes from their catalogue, so that here only the engine's own calls fail: each one.
 */
static tdm_status run_with(const tdm_allocator *allocator)
{
    world w;
    tdm_run *run;
    tdm_context *context;
    tdm__diagnostics diagnostics;
    tdm_context_options options = {.struct_size = sizeof options, .allocator = *allocator};
    tdm__run_options asked = {.as_of = world_day("2024-09-30"), .jobs = 2, .explain_all = true};
    tdm_status status = tdm_context_new(&context, &options);
    if (status != TDM_OK)
        return status;
    world_open(&w, &small);
    tdm__diagnostics_init(&diagnostics, allocator);
    status = tdm__engine_run(&run, context, w.chronology, w.policy, NULL, 0, &asked, &diagnostics, NULL, 0,
                             &w.error);
    ck_assert((status == TDM_OK) == (run != NULL));
    ck_assert(status == TDM_OK || w.error.status == status);
    tdm__run_free(run);
    tdm__diagnostics_free(&diagnostics);
    tdm_context_free(context);
    world_close(&w);
    return status;
}

START_TEST(each_allocation_of_the_engine_may_fail)
{
    TEST_EVERY_ALLOCATION(run_with);
}
END_TEST

Suite *run_suite(void)
{
    Suite *suite = suite_create("run");
    TCase *tests = tcase_create("run");
    tcase_set_timeout(tests, 120);
    tcase_add_test(tests, threads_do_not_show);
    tcase_add_test(tests, a_borderline_script_ends_alike_with_any_threads);
    tcase_add_loop_test(tests, a_script_that_fails_for_one_child_leaves_the_others, 0, (int)ROWS(failures));
    tcase_add_loop_test(tests, the_interrupt_ends_the_whole_run, 0, 2);
    tcase_add_test(tests, rows_after_the_day_are_counted_once);
    tcase_add_test(tests, a_record_without_children_gives_an_empty_run);
    tcase_add_test(tests, memory_may_run_out_anywhere);
    tcase_add_test(tests, each_allocation_of_the_engine_may_fail);
    suite_add_tcase(suite, tests);
    return suite;
}

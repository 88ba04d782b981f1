/*
 * Rows without which an indicator is not asked: how many, how close together, of what sort. The script of
 * each row fails where it is asked.
 */
#include "engine/world.h"

#include <stdio.h>
#include <string.h>

#define ROWS(table) (sizeof(table) / sizeof *(table))
#define ENTRIES_MAX 4

#define CLOSE  "held = { 'visit', n = { 'number' }, within = 'span' }"
#define MONTHS "held = { 'visit', n = { 'number' }, within = 'long' }"
#define SOME   "held = { concern = true, n = { 'number' }, of = { 'listed' } }"
#define BOTH   "held = { 'visit', also = { 'referral', 'contact' } }"
#define THINGS                                                                                               \
    "held = { 'injury', { 'visit', 'contact' }, 'allocation.worker', n = { 'number' }, different = true }"
#define PART_OF "held = { concern = true, n = { 'number' }, of = { 'listed' }, within = 'span' }"

typedef struct held_row {
    const char *needs;
    bool asked;
    world_row entries[ENTRIES_MAX];
} held_row;

/* `number` is 3, `span` 30 days, `long` two months, `listed` hunger-concern. */
static const held_row rows[] = {
    /* Three visits on the first, the eleventh and the thirty-first day: thirty days apart. */
    {CLOSE,
     true,
     {{"2024-01-01", NULL, "visit", NULL, 0},
      {"2024-01-11", NULL, "visit", NULL, 0},
      {"2024-01-31", NULL, "visit", NULL, 0}}},
    {CLOSE,
     false,
     {{"2024-01-01", NULL, "visit", NULL, 0},
      {"2024-01-11", NULL, "visit", NULL, 0},
      {"2024-02-05", NULL, "visit", NULL, 0}}},
    {CLOSE, false, {{"2024-01-01", NULL, "visit", NULL, 0}, {"2024-01-11", NULL, "visit", NULL, 0}}},
    /* What else happens between them is none of them. */
    {CLOSE,
     false,
     {{"2024-01-01", NULL, "visit", NULL, 0},
      {"2024-01-05", NULL, "referral", NULL, 0},
      {"2024-01-11", NULL, "visit", NULL, 0},
      {"2024-03-05", NULL, "visit", NULL, 0}}},
    {CLOSE,
     true,
     {{"2023-01-01", NULL, "visit", NULL, 0},
      {"2024-01-01", NULL, "visit", NULL, 0},
      {"2024-01-11", NULL, "visit", NULL, 0},
      {"2024-01-20", NULL, "visit", NULL, 0}}},
    /* Some day in January may lie close to both; some day in May to neither. */
    {CLOSE,
     true,
     {{"2024-01", NULL, "visit", NULL, 0},
      {"2024-02-01", NULL, "visit", NULL, 0},
      {"2024-02-20", NULL, "visit", NULL, 0}}},
    {CLOSE,
     false,
     {{"2024-01-01", NULL, "visit", NULL, 0},
      {"2024-01-20", NULL, "visit", NULL, 0},
      {"2024-05", NULL, "visit", NULL, 0}}},
    {MONTHS,
     true,
     {{"2024-01-01", NULL, "visit", NULL, 0},
      {"2024-02-11", NULL, "visit", NULL, 0},
      {"2024-03-01", NULL, "visit", NULL, 0}}},
    {MONTHS,
     false,
     {{"2024-01-01", NULL, "visit", NULL, 0},
      {"2024-02-11", NULL, "visit", NULL, 0},
      {"2024-03-15", NULL, "visit", NULL, 0}}},
    /* Concerns of another kind do not count. */
    {SOME,
     true,
     {{"2024-01-01", NULL, "hunger-concern", NULL, 0},
      {"2024-02-01", NULL, "hunger-concern", NULL, 0},
      {"2024-08-01", NULL, "hunger-concern", NULL, 0}}},
    {SOME,
     false,
     {{"2024-01-01", NULL, "hunger-concern", NULL, 0},
      {"2024-02-01", NULL, "hunger-concern", NULL, 0},
      {"2024-08-01", NULL, "injury", NULL, 0}}},
    {PART_OF,
     true,
     {{"2024-01-01", NULL, "hunger-concern", NULL, 0},
      {"2024-01-05", NULL, "hunger-concern", NULL, 0},
      {"2024-01-09", NULL, "hunger-concern", NULL, 0},
      {"2024-08-01", NULL, "injury", NULL, 0}}},
    {PART_OF,
     false,
     {{"2024-01-01", NULL, "hunger-concern", NULL, 0},
      {"2024-01-05", NULL, "injury", NULL, 0},
      {"2024-01-09", NULL, "hunger-concern", NULL, 0},
      {"2024-08-01", NULL, "hunger-concern", NULL, 0}}},
    {BOTH, true, {{"2024-01-01", NULL, "visit", NULL, 0}, {"2024-02-01", NULL, "contact", NULL, 0}}},
    {BOTH, false, {{"2024-01-01", NULL, "visit", NULL, 0}, {"2024-02-01", NULL, "injury", NULL, 0}}},
    {BOTH, false, {{"2024-01-01", NULL, "contact", NULL, 0}, {"2024-02-01", NULL, "injury", NULL, 0}}},
    /* An injury is one thing, a visit and a contact are another, an allocation without its worker is none. */
    {THINGS,
     false,
     {{"2024-01-01", NULL, "injury", NULL, 0},
      {"2024-01-02", NULL, "visit", NULL, 0},
      {"2024-01-03", NULL, "contact", NULL, 0},
      {"2024-01-04", NULL, "allocation", NULL, 0}}},
};

static void ask(world *w, const held_row *row, const char *policy)
{
    world_script script = {.id = "probe",
                           .needs = row->needs,
                           .body = "error('asked')",
                           .params =
                               "number = { type = 'count', default = 3, min = 1, max = 9, doc = 'D' },"
                               "span = { type = 'span', default = { days = 30 }, min = { days = 1 }, max = { "
                               "days = 99 }, doc = 'D' },"
                               "long = { type = 'span', default = { months = 2 }, min = { days = 1 }, max = "
                               "{ months = 9 }, doc = 'D' },"
                               "listed = { type = 'list', default = { 'hunger-concern' }, doc = 'D' },"};
    size_t count = 0;
    while (count < ENTRIES_MAX && row->entries[count].occurred)
        count++;
    world_open(w, &(world_case){.scripts = &script,
                                .script_count = 1,
                                .policy = policy,
                                .rows = row->entries,
                                .row_count = count,
                                .explain_all = true});
    ck_assert_uint_eq(w->run->child_count, 1);
    ck_assert_uint_eq(w->run->children[0].no_prompt_count, 1);
}

START_TEST(only_rows_that_may_do_are_asked_about)
{
    world w;
    ask(&w, &rows[_i], NULL);
    ck_assert_msg(
        strcmp(w.run->children[0].no_prompts[0].reason, rows[_i].asked ? "script-error" : "none-found") == 0,
        "row %d: %s", _i, w.run->children[0].no_prompts[0].reason);
    world_close(&w);
}
END_TEST

/* The last row of the table has two things. */
START_TEST(things_are_counted_against_the_policy)
{
    for (int number = 1; number < 4; number++) {
        world w;
        char policy[120];
        snprintf(policy, sizeof policy,
                 "{\"policy\": 1, \"indicators\": {\"probe\": {\"params\": {\"number\": %d}}}}", number);
        ask(&w, &rows[ROWS(rows) - 1], policy);
        ck_assert_str_eq(w.run->children[0].no_prompts[0].reason, number < 3 ? "script-error" : "none-found");
        world_close(&w);
    }
}
END_TEST

Suite *held_suite(void)
{
    Suite *suite = suite_create("held");
    TCase *tests = tcase_create("held");
    tcase_add_loop_test(tests, only_rows_that_may_do_are_asked_about, 0, (int)ROWS(rows));
    tcase_add_test(tests, things_are_counted_against_the_policy);
    suite_add_tcase(suite, tests);
    return suite;
}

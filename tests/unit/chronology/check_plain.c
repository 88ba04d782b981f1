/*
 * Which selections are plain: one doubt about one row is enough for them not to be. That measures give
 * the same answer either way is compared where they are (check_numbers.c, check_load.c).
 */
#include "chronology/plain.h"
#include "chronology/weights.h"

#include "chronology/fixture.h"
#include "chronology/suites.h"

#define DAY(n) ((tdm_day)19000 + (n))

typedef struct plain_case {
    story_row rows[3];
    bool by_incidents, by_rows;
} plain_case;

static const plain_case cases[] = {
    {{{.from = DAY(0), .kind = "concern", .agency = "school"},
      {.from = DAY(40), .kind = "concern", .agency = "school"},
      {.from = DAY(40), .kind = "injury", .agency = "school"}},
     true,
     true},
    /* some day of two */
    {{{.from = DAY(0), .kind = "concern", .agency = "school"},
      {.from = DAY(40), .to = DAY(41), .kind = "concern", .agency = "school"},
      {.from = DAY(80), .kind = "injury", .agency = "school"}},
     false,
     false},
    /* a date with "?" */
    {{{.from = DAY(0), .kind = "concern", .agency = "school"},
      {.from = DAY(40), .kind = "concern", .agency = "school"},
      {.from = DAY(80), .kind = "injury", .agency = "school", .uncertain = true}},
     false,
     false},
    /* two rows that are stated to tell one incident */
    {{{.from = DAY(0), .kind = "concern", .agency = "school", .incident = "I1"},
      {.from = DAY(0), .kind = "injury", .agency = "police", .incident = "I1"},
      {.from = DAY(80), .kind = "injury", .agency = "school"}},
     false,
     true},
    /* two that may be one */
    {{{.from = DAY(0), .kind = "police-incident", .agency = "police"},
      {.from = DAY(0), .kind = "police-incident", .agency = "school"},
      {.from = DAY(80), .kind = "injury", .agency = "school"}},
     false,
     true},
};

static const tdm_day *days_of(const story *s, uint32_t significances, bool by_rows)
{
    const tdm_day *days;
    tdm_selection *all;
    ck_assert_int_eq(story_try_select(&all, s, NULL, significances, by_rows), TDM_OK);
    ck_assert_int_eq(tdm__plain_days(&days, all, NULL), TDM_OK);
    return days;
}

START_TEST(one_doubt_is_enough)
{
    const plain_case *c = &cases[_i];
    story s;
    story_open(&s, c->rows, 3, DAY(300));
    const tdm_day *by_incidents = days_of(&s, 0, false), *by_rows = days_of(&s, 0, true);
    ck_assert_int_eq(by_incidents != NULL, c->by_incidents);
    ck_assert_int_eq(by_rows != NULL, c->by_rows);
    for (uint32_t i = 0; by_rows && i < 3; i++)
        ck_assert_int_eq(by_rows[i], c->rows[i].from);
    story_close(&s);
}
END_TEST

/* Not rated: in "high" as doubtful. */
START_TEST(a_doubtful_member_is_a_doubt)
{
    story s;
    story_open(&s, cases[0].rows, 3, DAY(300));
    ck_assert_ptr_nonnull(days_of(&s, 0, true));
    ck_assert_ptr_null(days_of(&s, UINT32_C(1) << TDM__HIGH, true));
    story_close(&s);
}
END_TEST

START_TEST(the_walk_is_charged)
{
    const tdm_day *days;
    tdm_selection *all;
    tdm_budget none = {0};
    story s;
    story_open(&s, cases[0].rows, 3, DAY(300));
    ck_assert_int_eq(story_try_select(&all, &s, NULL, 0, true), TDM_OK);
    ck_assert_int_eq(tdm__plain_days(&days, all, &none), TDM_BUDGET);
    ck_assert_ptr_null(days);
    story_close(&s);
}
END_TEST

/* Rows of kin stand behind the child's own, though their events may come before. */
START_TEST(weights_follow_the_members)
{
    static const story_row rows[] = {
        {.from = DAY(0), .kind = "concern", .agency = "school", .fact = "weight", .value = "2"},
        {.from = DAY(0), .kind = "concern", .agency = "school"},
        {.from = DAY(0), .kind = "concern", .agency = "school", .fact = "weight", .value = "5"},
    };
    static const uint32_t orders[][3] = {{0, 1, 2}, {2, 1, 0}, {1, 2, 0}};
    static const int64_t expected[][3] = {{2, 0, 5}, {5, 0, 2}, {0, 5, 2}};
    const int64_t *weights;
    tdm_selection *all;
    story s;
    story_open(&s, rows, 3, DAY(300));
    ck_assert_int_eq(story_try_select(&all, &s, NULL, 0, true), TDM_OK);
    for (uint32_t i = 0; i < 3; i++)
        all->members[i].row = orders[_i][i];
    ck_assert_int_eq(tdm__plain_weights(&weights, all, true, NULL), TDM_OK);
    for (uint32_t i = 0; i < 3; i++)
        ck_assert_int_eq(weights[i], expected[_i][i]);
    ck_assert_int_eq(tdm__plain_weights(&weights, all, false, NULL), TDM_OK);
    ck_assert(weights[0] == 1 && weights[1] == 1 && weights[2] == 1);
    story_close(&s);
}
END_TEST

/* --- what follows itself --- */

enum { ROWS_MAX = 18, STORIES = 400 };

static uint32_t below(uint32_t *state, uint32_t limit)
{
    *state = *state * 1664525u + 1013904223u;
    return (*state >> 8) % limit;
}

static void same_spell(const tdm__spell *a, const tdm__spell *b)
{
    ck_assert_int_eq(a->answer, b->answer);
    ck_assert_int_eq(a->from, b->from);
    ck_assert_int_eq(a->to, b->to);
    ck_assert_int_eq(a->first_met, b->first_met);
    ck_assert_int_eq(a->count.certain, b->count.certain);
    ck_assert_int_eq(a->count.possible, b->count.possible);
    ck_assert_int_eq(a->first.from, b->first.from);
    ck_assert_int_eq(a->first.to, b->first.to);
    ck_assert_int_eq(a->last.from, b->last.from);
    ck_assert_int_eq(a->last.to, b->last.to);
    ck_assert_uint_eq(a->agency, b->agency);
    ck_assert_uint_eq(a->agencies, b->agencies);
    ck_assert_int_eq(a->may_be_fewer, b->may_be_fewer);
    ck_assert_uint_eq(a->row_count, b->row_count);
    for (uint32_t i = 0; i < a->row_count; i++)
        ck_assert_uint_eq(a->rows[i], b->rows[i]);
}

static uint32_t compare_ways(const story *s, tdm_span within, bool by_rows)
{
    tdm__verdict itself, like;
    tdm_selection *all, *again;
    ck_assert_int_eq(story_try_select(&all, s, NULL, 0, by_rows), TDM_OK);
    ck_assert_int_eq(story_try_select(&again, s, NULL, 0, by_rows), TDM_OK);
    tdm__follows rule = {all, within};
    ck_assert_int_eq(tdm__selection_follows(&itself, all, &rule, NULL, NULL), TDM_OK);
    rule.earlier = again; /* another selection of the same rows goes the general way */
    ck_assert_int_eq(tdm__selection_follows(&like, all, &rule, NULL, NULL), TDM_OK);
    ck_assert_int_eq(itself.answer, like.answer);
    ck_assert_uint_eq(itself.spell_count, like.spell_count);
    for (uint32_t i = 0; i < itself.spell_count; i++)
        same_spell(&itself.spells[i], &like.spells[i]);
    return itself.spell_count;
}

START_TEST(what_follows_itself_follows_its_like)
{
    static const char *const agencies[] = {"school", "police", "gp"};
    static const tdm_span spans[] = {
        {TDM_SPAN_DAYS, 0}, {TDM_SPAN_DAYS, 1}, {TDM_SPAN_DAYS, 9}, {TDM_SPAN_MONTHS, 1}};
    uint32_t state = 5, spells = 0;
    for (int round = 0; round < STORIES; round++) {
        story s;
        story_row rows[ROWS_MAX] = {{0}};
        uint32_t count = 1 + below(&state, ROWS_MAX), days = 10 + below(&state, 300);
        for (uint32_t i = 0; i < count; i++)
            rows[i] = (story_row){.from = DAY((tdm_day)below(&state, days)),
                                  .kind = "concern",
                                  .agency = agencies[below(&state, 3)],
                                  .incident = below(&state, 12) == 0 ? "I1" : NULL};
        story_open(&s, rows, (int)count, DAY(400));
        spells += compare_ways(&s, spans[round % 4], round % 3 != 0);
        story_close(&s);
    }
    ck_assert_uint_gt(spells, STORIES / 2);
}
END_TEST

Suite *plain_suite(void)
{
    Suite *suite = suite_create("plain");
    TCase *tests = tcase_create("plain");
    tcase_add_loop_test(tests, one_doubt_is_enough, 0, (int)(sizeof cases / sizeof *cases));
    tcase_add_test(tests, a_doubtful_member_is_a_doubt);
    tcase_add_test(tests, the_walk_is_charged);
    tcase_add_loop_test(tests, weights_follow_the_members, 0, 3);
    tcase_add_test(tests, what_follows_itself_follows_its_like);
    suite_add_tcase(suite, tests);
    return suite;
}

/*
 * The numbers of the quality report, counted by hand.
 */
#include "engine/quality.h"
#include "engine/record.h"

/* Ten days of recording: 0, 1, 1, 2, 3, 5, 8, 13, 21 and 40 days after. */
static const record_row rows[] = {
    {"2023-03-10", "school-concern", "recorded=2023-03-10; action=none; polarity=concern"},
    {"2023-03-10", "hunger-concern", "recorded=2023-03-11; seen=yes; heard=yes"},
    {"2023-03-10", "note", "recorded=2023-03-11; seen=no; polarity=neutral"},
    {"2023-03-10", "note", "recorded=2023-03-12; polarity=strength"},
    {"2023-03-10", "note", "recorded=2023-03-13"},
    {"2023-03-10", "note", "recorded=2023-03-15"},
    {"2023-03-10", "note", "recorded=2023-03-18"},
    {"2023-03-10", "note", "recorded=2023-03-23"},
    {"2023-03-10", "note", "recorded=2023-03-31"},
    {"2023-03-10", "note", "recorded=2023-04-19"},
    {"2023-05", "note", "recorded=2023-06-01"},       /* no exact day: no lag */
    {"2023-06-02", "note", "recorded=2023-06-01"},    /* recorded before it occurred: no lag */
    {"[2023-12-31..2024-01-01]", "note", "source=3"}, /* in one year or the other */
    {"", "school-concern", NULL},
    {"2024-02-01", "note", "recorded=2024-10-01"}, /* recorded after the as-of day: not looked at */
    {NULL, NULL, NULL},
};

static void quality_of(tdm__quality *out, world *w, tdm__arena *arena, const record *what)
{
    record_open(w, what);
    tdm__arena_init(arena, &tdm__malloc_allocator);
    ck_assert_int_eq(tdm__quality_of(out, arena, w->run, 0, 1), TDM_OK);
}

START_TEST(counts_by_hand)
{
    tdm__quality q;
    tdm__arena arena;
    world w;
    quality_of(&q, &w, &arena,
               &(record){.child = "born=2022-01-15", .covers = "2023-02-10..2023-06-30", .rows = rows});
    ck_assert_int_eq(q.children, 1);
    ck_assert_int_eq(q.rows, 14);
    ck_assert_int_eq(q.start_months, 13); /* 15 January 2022 to 10 March 2023 */
    ck_assert_int_eq(q.starts_later, 1);
    ck_assert_int_eq(q.concerns, 3);
    ck_assert_int_eq(q.concerns_with_action, 1);
    ck_assert_int_eq(q.seen_yes, 1);
    ck_assert_int_eq(q.seen_no, 1);
    ck_assert_int_eq(q.heard_yes, 1);
    ck_assert_int_eq(q.heard_no, 0);
    ck_assert_int_eq(q.with_source, 13);
    ck_assert_int_eq(q.lag_rows, 10);
    ck_assert_int_eq(q.lag_median, 3); /* the fifth of ten */
    ck_assert_int_eq(q.lag_p90, 21);   /* the ninth */
    ck_assert_int_eq(q.concern, 1);
    ck_assert_int_eq(q.neutral, 1);
    ck_assert_int_eq(q.strength, 1);
    ck_assert_int_eq(q.not_stated, 11);
    ck_assert_int_eq(q.undated, 1);
    ck_assert_uint_eq(q.year_count, 1);
    ck_assert_int_eq(q.years[0].year, 2023);
    ck_assert_int_eq(q.years[0].rows, 12);
    /* March to June are covered whole; in April no entry lies, in May one may. */
    ck_assert_uint_eq(q.silence_count, 1);
    ck_assert_int_eq(q.silences[0].covered, 4);
    ck_assert_int_eq(q.silences[0].silent, 1);
    tdm__arena_free(&arena);
    world_close(&w);
}
END_TEST

static const struct {
    const char *child, *first;
    int32_t months;
    int64_t before, year, later, unknown;
} starts[] = {
    {"born=2020-03-15", "2020-03-15", 0, 0, 1, 0, 0},  {"born=2020-03-15", "2021-03-14", 11, 0, 1, 0, 0},
    {"born=2020-03-15", "2021-03-15", 12, 0, 0, 1, 0}, {"born=2020-03-15", "2020-03-14", -1, 1, 0, 0, 0},
    {"born=2020-03-15", "2020-01-15", -3, 1, 0, 0, 0}, /* two months before */
    {NULL, "2020-01-15", INT32_MIN, 0, 0, 0, 1},       {"born=2020-03-15", "", INT32_MIN, 0, 0, 0, 1},
};

START_TEST(the_start_in_months)
{
    tdm__quality q;
    tdm__arena arena;
    world w;
    const record_row one[] = {{starts[_i].first, "note", NULL}, {NULL, NULL, NULL}};
    quality_of(&q, &w, &arena, &(record){.child = starts[_i].child, .rows = one});
    ck_assert_int_eq(q.start_months, starts[_i].months);
    ck_assert_int_eq(q.starts_before_birth, starts[_i].before);
    ck_assert_int_eq(q.starts_first_year, starts[_i].year);
    ck_assert_int_eq(q.starts_later, starts[_i].later);
    ck_assert_int_eq(q.starts_unknown, starts[_i].unknown);
    ck_assert_int_eq(q.lag_median, -1);
    ck_assert_uint_eq(q.silence_count, 0);
    tdm__arena_free(&arena);
    world_close(&w);
}
END_TEST

static const record *counted;

static tdm_status with_allocator(const tdm_allocator *allocator)
{
    tdm__quality q;
    tdm__arena arena;
    world w;
    record_open(&w, counted);
    tdm__arena_init(&arena, allocator);
    tdm_status status = tdm__quality_of(&q, &arena, w.run, 0, 1);
    tdm__arena_free(&arena);
    world_close(&w);
    return status;
}

START_TEST(survives_every_failed_allocation)
{
    const record what = {.covers = "2023-02-10..2023-06-30", .rows = rows};
    counted = &what;
    TEST_EVERY_ALLOCATION(with_allocator);
}
END_TEST

Suite *quality_suite(void)
{
    Suite *suite = suite_create("quality");
    TCase *tests = tcase_create("quality");
    tcase_set_timeout(tests, 60);
    tcase_add_test(tests, counts_by_hand);
    tcase_add_loop_test(tests, the_start_in_months, 0, (int)ROWS(starts));
    tcase_add_test(tests, survives_every_failed_allocation);
    suite_add_tcase(suite, tests);
    return suite;
}

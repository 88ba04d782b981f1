/*
 * The cumulative picture of a child, counted by hand; and what holds for any record: periods add up.
 */
#include "engine/cumulative.h"
#include "engine/record.h"

#include <stdio.h>

/* Days before 30 September 2024: 381, 264 (twice, one incident), 180, 121 or 122, 0. */
static const record_row rows[] = {
    {"2023-09-15", "domestic-abuse-incident", "themes=domestic-abuse"},
    {"2024-01-10", "school-concern", "incident=I; themes=physical"},
    {"2024-01-10", "hunger-concern", "incident=I"}, /* the incident states a theme, this row does not */
    {"2024-04-03", "school-concern", "themes=physical"},
    {"[2024-05-31..2024-06-01]", "concern", NULL},
    {"2024-09-30", "concern", "themes=physical medical"},
    {"2024-09-10", "referral", NULL}, /* passes on what was noticed */
    {"2024-09-10", "note", "themes=emotional"},
    {"", "concern", NULL},
    {NULL, NULL, NULL},
};

typedef struct counted {
    world w;
    tdm__arena arena;
    tdm__cumulative it;
} counted;

static void count(counted *c, const record *what)
{
    record_open(&c->w, what);
    tdm__arena_init(&c->arena, &tdm__malloc_allocator);
    ck_assert_int_eq(tdm__cumulative_of(&c->it, &c->arena, c->w.run, c->w.run->children[0].child), TDM_OK);
}

static void forget(counted *c)
{
    tdm__arena_free(&c->arena);
    world_close(&c->w);
}

static void ck_bounds_are(tdm_bounds bounds, int32_t certain, int32_t possible)
{
    ck_assert_int_eq(bounds.certain, certain);
    ck_assert_int_eq(bounds.possible, possible);
}

START_TEST(lines_by_hand)
{
    /* all, the six of neglect, other, not stated */
    static const int32_t totals[TDM__CUMULATIVE_LINES] = {5, 3, 0, 0, 1, 0, 0, 1, 1};
    static const char *const codes[TDM__CUMULATIVE_LINES] = {"all",           "physical", "educational",
                                                             "emotional",     "medical",  "supervisory",
                                                             "environmental", "other",    "not-stated"};
    counted c;
    count(&c, &(record){.rows = rows});
    for (size_t line = 0; line < TDM__CUMULATIVE_LINES; line++) {
        ck_assert_str_eq(tdm__cumulative_code(line), codes[line]);
        ck_bounds_are(c.it.lines[line].total, totals[line], totals[line]);
    }
    ck_assert_uint_eq(c.it.undated, 1);
    forget(&c);
}
END_TEST

/* 0.5^(381/180) = 0.231, 0.5^(264/180) = 0.362, 0.5^(122/180) = 0.625, 0.5^(121/180) = 0.628; 15 days: 0.944.
 */
START_TEST(loads_by_hand)
{
    counted c;
    count(&c, &(record){.rows = rows});
    const tdm__cumulative_line *all = &c.it.lines[TDM__CUMULATIVE_ALL];
    ck_assert_int_eq(c.it.period_months, 1);
    ck_assert_uint_eq(c.it.period_count, 13); /* September 2023 to September 2024 */
    ck_assert_int_eq(all->periods[0].from, world_day("2023-09-01"));
    ck_assert_int_eq(all->periods[12].to, world_day("2024-09-30"));
    ck_bounds_are(all->periods[0].faded_milli, 944, 944);
    ck_bounds_are(all->periods[12].load_milli, 5000, 5000);
    ck_bounds_are(all->periods[12].faded_milli, 2718, 2720);
    ck_bounds_are(c.it.lines[TDM__CUMULATIVE_FIRST_THEME].periods[12].faded_milli, 1862, 1862);
    ck_assert(c.it.has_year_ago);
    ck_bounds_are(c.it.year_ago_load_milli, 1000, 1000);
    ck_bounds_are(c.it.year_ago_faded_milli, 944, 944);
    forget(&c);
}
END_TEST

START_TEST(a_day_between_two_months_is_possible_in_both)
{
    counted c;
    count(&c, &(record){.rows = rows});
    const tdm__cumulative_line *all = &c.it.lines[TDM__CUMULATIVE_ALL];
    ck_bounds_are(all->periods[8].incidents, 0, 1); /* May */
    ck_bounds_are(all->periods[8].load_milli, 3000, 4000);
    ck_bounds_are(all->periods[9].incidents, 0, 1);
    ck_bounds_are(all->periods[9].load_milli, 4000, 4000);
    ck_assert_uint_eq(c.it.quarter_count, 5);
    ck_bounds_are(all->quarters[3], 2, 2); /* April to June */
    ck_assert_uint_eq(c.it.year_count, 2);
    ck_bounds_are(all->years[0], 1, 1);
    ck_bounds_are(all->years[1], 4, 4);
    forget(&c);
}
END_TEST

/* A year with one concern, then six in a month: 6 - 1/12 - 1/2 = 5.417, above 5. */
START_TEST(a_sustained_rise)
{
    counted c;
    count(&c, &(record){.as_of = "2024-03-31",
                        .told = "2023-01-10 school-concern | 2024-01-12 concern | 2024-01-16 concern | "
                                "2024-01-19 concern | 2024-01-24 concern | 2024-01-30 concern | "
                                "2024-02-05 concern"});
    const tdm__cusum_series *rise = &c.it.lines[TDM__CUMULATIVE_ALL].rise;
    ck_assert_int_eq(c.it.rises.answer, TDM_MET);
    ck_assert_int_eq(c.it.rises.spells[0].first_met, world_day("2024-02-05"));
    ck_assert_uint_eq(rise->count, 15); /* from the 10th of a month to the 9th of the next */
    ck_bounds_are(rise->items[12].sum_milli, 5417, 5417);
    ck_assert_int_eq(rise->items[12].above, TDM_MET);
    ck_assert_int_eq(rise->items[13].above, TDM_NOT_MET); /* 5.417 - 0.583 = 4.833 */
    ck_bounds_are(rise->items[13].sum_milli, 4833, 4833);
    forget(&c);
}
END_TEST

/* Nothing to count is no finding: no period at all, and not assessed. */
START_TEST(no_dated_row)
{
    counted c;
    count(&c, &(record){.told = "- concern | - concern"});
    ck_assert_uint_eq(c.it.period_count, 0);
    ck_assert_uint_eq(c.it.undated, 2);
    ck_assert_int_eq(c.it.rises.answer, TDM_NOT_ASSESSED);
    forget(&c);
}
END_TEST

/* --- what holds for any record --- */

static void ck_sums(const counted *c, size_t index)
{
    const tdm__cumulative_line *line = &c->it.lines[index];
    int32_t periods = 0, quarters = 0, years = 0;
    for (uint32_t i = 0; i < c->it.period_count; i++) {
        periods += line->periods[i].incidents.certain;
        ck_bounds_are(line->periods[i].load_milli, periods * 1000, periods * 1000);
        ck_assert_int_le(line->periods[i].faded_milli.possible, periods * 1000);
        if (i > 0)
            ck_assert_int_eq(line->periods[i].from, line->periods[i - 1].to + 1);
    }
    for (uint32_t i = 0; i < c->it.quarter_count; i++)
        quarters += line->quarters[i].possible;
    for (uint32_t i = 0; i < c->it.year_count; i++)
        years += line->years[i].possible;
    ck_bounds_are(line->total, periods, quarters);
    ck_assert_int_eq(years, periods);
}

static const struct {
    const char *as_of;
    int32_t first_year, years, months;
} lengths[] = {{"2024-02-29", 2019, 5, 1},
               {"2024-01-01", 2014, 10, 1},
               {"2024-01-02", 2014, 10, 3},
               {"2024-08-31", 2007, 17, 3}};

/* Days that are known: what lies in the periods is what there is in all. */
START_TEST(periods_add_up)
{
    static const char *const mores[] = {NULL, "themes=physical", "themes=emotional substance",
                                        "agency=school"};
    record_row many[41] = {{NULL, NULL, NULL}};
    char days[40][16];
    counted c;
    uint32_t state = 7;
    for (int i = 0; i < 40; i++) {
        state = state * 1103515245u + 12345u;
        snprintf(days[i], sizeof days[i], "%d-%02u-%02u",
                 (int)(lengths[_i].first_year + (i == 0 ? 0 : (int32_t)(state >> 16) % lengths[_i].years)),
                 i == 0 ? 1u : (state >> 8) % 12 + 1, i == 0 ? 1u : (state >> 20) % 28 + 1);
        many[i] = (record_row){days[i], "concern", mores[i % 4]};
    }
    count(&c, &(record){.as_of = lengths[_i].as_of, .rows = many});
    ck_assert_int_eq(c.it.period_months, lengths[_i].months);
    for (size_t line = 0; line < TDM__CUMULATIVE_LINES; line++)
        ck_sums(&c, line);
    ck_assert_int_eq(c.it.lines[TDM__CUMULATIVE_ALL].total.certain, 40);
    ck_assert_int_eq(c.it.lines[TDM__CUMULATIVE_NOT_STATED].total.certain, 20);
    forget(&c);
}
END_TEST

/* --- the numbers in force --- */

START_TEST(numbers_come_from_the_indicator_and_the_policy)
{
    static const world_script script = {
        .id = "cumulative-load",
        .group = "accumulation",
        .params = "half_life = { type = 'span', default = { days = 90 }, max = { days = 900 }, doc = 'D' },"
                  "of = { type = 'span', default = { months = 2 }, max = { months = 6 }, doc = 'D' },"
                  "baseline = { type = 'count', default = 6, min = 2, max = 60, doc = 'D' },"
                  "threshold = { type = 'ratio', default = 2.5, min = 0, max = 9, doc = 'D' },"};
    static const world_row one = {.occurred = "2024-01-01"};
    world w;
    world_open(&w, &(world_case){.scripts = &script,
                                 .script_count = 1,
                                 .policy = "{\"policy\": 1, \"indicators\": {\"cumulative-load\":\n"
                                           " {\"params\": {\"baseline\": 8}}}}",
                                 .rows = &one,
                                 .row_count = 1});
    tdm__cumulative_settings s = tdm__cumulative_settings_of(w.run);
    ck_assert_int_eq(s.half_life_days, 90);
    ck_assert_int_eq(s.rise.of.count, 2);
    ck_assert_int_eq(s.rise.baseline, 8);
    ck_assert_int_eq(s.rise.threshold_milli, 2500);
    ck_assert_int_eq(s.rise.allowance_milli, 500); /* the script has no such number */
    ck_assert(tdm__str_equal(s.numbers[TDM__CUMULATIVE_RISE_BASELINE].from, TDM_LIT("policy/test.json:2")));
    ck_assert(tdm__str_equal(s.numbers[TDM__CUMULATIVE_RISE_ALLOWANCE].from, TDM_LIT("product default")));
    ck_assert(tdm__str_equal(s.numbers[TDM__CUMULATIVE_HALF_LIFE].from,
                             TDM_LIT("indicators/accumulation/cumulative-load.lua")));
    world_close(&w);
}
END_TEST

static tdm_status with_allocator(const tdm_allocator *allocator)
{
    tdm__cumulative it;
    tdm__arena arena;
    world w;
    record_open(&w, &(record){.rows = rows});
    tdm__arena_init(&arena, allocator);
    tdm_status status = tdm__cumulative_of(&it, &arena, w.run, w.run->children[0].child);
    tdm__arena_free(&arena);
    world_close(&w);
    return status;
}

START_TEST(survives_every_failed_allocation)
{
    TEST_EVERY_ALLOCATION(with_allocator);
}
END_TEST

Suite *cumulative_suite(void)
{
    Suite *suite = suite_create("cumulative");
    TCase *tests = tcase_create("cumulative");
    tcase_set_timeout(tests, 60);
    tcase_add_test(tests, lines_by_hand);
    tcase_add_test(tests, loads_by_hand);
    tcase_add_test(tests, a_day_between_two_months_is_possible_in_both);
    tcase_add_test(tests, a_sustained_rise);
    tcase_add_test(tests, no_dated_row);
    tcase_add_loop_test(tests, periods_add_up, 0, (int)ROWS(lengths));
    tcase_add_test(tests, numbers_come_from_the_indicator_and_the_policy);
    tcase_add_test(tests, survives_every_failed_allocation);
    suite_add_tcase(suite, tests);
    return suite;
}

/*
 * Measures that give a number, against full enumeration and against naive counting.
 */
#include "chronology/brute.h"
#include "chronology/suites.h"

#define SEEDS 2500

static const tdm_span windows[] = {
    {TDM_SPAN_DAYS, 1}, {TDM_SPAN_DAYS, 2},   {TDM_SPAN_DAYS, 3},
    {TDM_SPAN_DAYS, 6}, {TDM_SPAN_MONTHS, 1}, {TDM_SPAN_DAYS, 0},
};
#define WINDOWS (int)(sizeof windows / sizeof *windows)

static int32_t most_in(world *w, const void *rule)
{
    int32_t most = 0;
    for (tdm_day first = BRUTE_FIRST; first <= BRUTE_AS_OF; first++) {
        int32_t here = brute_count(w, 0, first, brute_window_last(first, *(const tdm_span *)rule));
        most = here > most ? here : most;
    }
    return most;
}

static int32_t all_of(world *w, const void *rule)
{
    (void)rule;
    return brute_count(w, 0, BRUTE_FIRST, BRUTE_AS_OF);
}

static int32_t longest_gap(world *w, const void *rule)
{
    int32_t longest = 0;
    tdm_day last = TDM_DAY_NONE;
    (void)rule;
    for (tdm_day day = BRUTE_FIRST; day <= BRUTE_AS_OF; day++) {
        if (brute_count(w, 0, day, day) == 0)
            continue;
        /* one incident on both days alone: nothing lies between it and itself */
        bool between = last != TDM_DAY_NONE && (w->by_rows || brute_count(w, 0, last, day) > 1);
        longest = between && day - last > longest ? day - last : longest;
        last = day;
    }
    return longest;
}

static int32_t whole_span(world *w, const void *rule)
{
    tdm_day days[BRUTE_ROWS];
    int32_t count = brute_days(days, w, 0);
    (void)rule;
    return count > 0 && brute_count(w, 0, BRUTE_FIRST, BRUTE_AS_OF) > 1 ? days[count - 1] - days[0] : 0;
}

typedef struct seen {
    story story;
    random_story random;
    tdm_selection *selection;
    bool exact;         /* the header's claim reaches this case */
    bool once_in_doubt; /* found groups in it, and doubtful dates */
} seen;

/* A random story and its low-rated rows, as incidents or as rows. */
static void see(seen *out, uint64_t seed)
{
    uint64_t state = seed;
    bool by_rows = random_below(&state, 4) == 0, known = seed % 3 == 0;
    random_rows(&out->random, &state, 5, "concern injury", known ? 0 : 60, 40);
    story_open(&out->story, out->random.rows, out->random.count, BRUTE_AS_OF);
    tdm_status status = story_try_select(&out->selection, &out->story,
                                         random_below(&state, 2) ? "concern" : "concern injury",
                                         !known && random_below(&state, 2) ? 1u << TDM__LOW : 0, by_rows);
    ck_assert_int_eq(status, TDM_OK);
    out->exact = !by_rows || !shares_incident(&out->random);
    out->once_in_doubt = may_count_once(&out->story, out->selection) && !known;
}

START_TEST(most_in_a_window)
{
    for (uint64_t seed = 0; seed < SEEDS; seed++) {
        seen s;
        tdm_bounds bounds;
        see(&s, seed);
        tdm_span span = windows[seed % WINDOWS];
        brute_result expected = brute(&s.story, s.random.rows, s.selection, NULL, NULL, most_in, &span);
        ck_assert_int_eq(tdm__selection_max_in(&bounds, s.selection, span, NULL, NULL), TDM_OK);
        if (expected.worlds > 0)
            ck_bounds(bounds, &expected, s.exact && !s.once_in_doubt, seed);
        story_close(&s.story);
    }
}
END_TEST

START_TEST(counts_gaps_and_spans)
{
    for (uint64_t seed = 0; seed < SEEDS; seed++) {
        seen s;
        tdm_bounds gap, span;
        see(&s, seed);
        ck_assert_int_eq(tdm__selection_longest_gap(&gap, s.selection, NULL), TDM_OK);
        ck_assert_int_eq(tdm__selection_span_days(&span, s.selection, NULL), TDM_OK);
        brute_result all = brute(&s.story, s.random.rows, s.selection, NULL, NULL, all_of, NULL);
        if (all.worlds > 0) {
            ck_bounds(tdm_selection_count(s.selection), &all, true, seed);
            all = brute(&s.story, s.random.rows, s.selection, NULL, NULL, longest_gap, NULL);
            ck_bounds(gap, &all, s.exact && all.worlds <= 4096, seed);
            all = brute(&s.story, s.random.rows, s.selection, NULL, NULL, whole_span, NULL);
            ck_bounds(span, &all, s.exact, seed);
        }
        story_close(&s.story);
    }
}
END_TEST

/* Days of the first and of the last, or 0 when there is none in this world. */
static int32_t first_day(world *w, const void *rule)
{
    tdm_day days[BRUTE_ROWS];
    int32_t count = brute_days(days, w, 0);
    return count == 0 ? 0 : *(const bool *)rule ? days[count - 1] : days[0];
}

START_TEST(first_and_last)
{
    for (uint64_t seed = 0; seed < SEEDS; seed++) {
        seen s;
        see(&s, seed);
        for (int last = 0; last < 2; last++) {
            tdm_date date;
            bool which = last == 1;
            brute_result expected = brute(&s.story, s.random.rows, s.selection, NULL, NULL, first_day,
                                          &which);
            bool certain = last ? tdm__selection_last(&date, s.selection)
                                : tdm__selection_first(&date, s.selection);
            if (expected.worlds == 0)
                continue;
            ck_assert_msg(certain == (expected.low > 0), "seed %llu", (unsigned long long)seed);
            if (certain)
                ck_bounds((tdm_bounds){date.from, date.to}, &expected, s.exact, seed);
        }
        story_close(&s.story);
    }
}
END_TEST

/* Many rows, all dates known: every pair of a first day and a row. */
START_TEST(many_exact_rows)
{
    for (uint64_t seed = 0; seed < 60; seed++) {
        story_row rows[200] = {{0}};
        story s;
        uint64_t state = seed + 1000;
        size_t count = (size_t)(50 + random_below(&state, 151));
        tdm_bounds bounds;
        tdm_span span = {seed % 2 ? TDM_SPAN_MONTHS : TDM_SPAN_DAYS, 1 + random_below(&state, 30)};
        int32_t most = 0;
        for (size_t i = 0; i < count; i++)
            rows[i].from = BRUTE_BASE + random_below(&state, 1500);
        for (size_t i = 0; i < count; i++) {
            int32_t here = 0;
            for (size_t k = 0; k < count; k++)
                here += rows[k].from >= rows[i].from && rows[k].from <= brute_window_last(rows[i].from, span);
            most = here > most ? here : most;
        }
        story_open(&s, rows, count, BRUTE_BASE + 2000);
        ck_assert_int_eq(tdm__selection_max_in(&bounds, story_select(&s, NULL), span, NULL, NULL), TDM_OK);
        ck_assert_int_eq(bounds.certain, most);
        ck_assert_int_eq(bounds.possible, most);
        story_close(&s);
    }
}
END_TEST

/* By hand, half life 10 days: 1 + 0.5 + 0.25 on day 20 for rows on days 20, 10 and 0. */
START_TEST(load_fades)
{
    static const story_row rows[] = {
        {.from = BRUTE_BASE},
        {.from = BRUTE_BASE + 10, .fact = "weight", .value = "3"},
        {.from = BRUTE_BASE + 20},
        {.from = BRUTE_BASE + 21},
    };
    story s;
    tdm_bounds load;
    story_open(&s, rows, 4, BRUTE_AS_OF);
    tdm_selection *all = story_select(&s, NULL);
    ck_assert_int_eq(tdm__selection_decayed(&load, all, BRUTE_BASE + 20, 10, false, NULL), TDM_OK);
    ck_assert_int_eq(load.certain, 1750000);
    ck_assert_int_eq(load.possible, 1750000);
    ck_assert_int_eq(tdm__selection_decayed(&load, all, BRUTE_BASE + 20, 10, true, NULL), TDM_OK);
    ck_assert_int_eq(load.certain, 1500000); /* a row without a weight weighs nothing */
    ck_assert_int_eq(tdm__selection_decayed(&load, all, BRUTE_BASE + 30, 0, false, NULL), TDM_OK);
    ck_assert_int_eq(load.certain, 4000000);
    story_close(&s);
}
END_TEST

/* [0, 10] on day 10 with half life 10: at least half, at most one; "?" counts as possible only. */
START_TEST(doubtful_load)
{
    static const story_row rows[] = {
        {.from = BRUTE_BASE, .to = BRUTE_BASE + 10},
        {.from = BRUTE_BASE, .uncertain = true},
        {.from = BRUTE_BASE + 9, .to = BRUTE_BASE + 12},
    };
    story s;
    tdm_bounds load;
    story_open(&s, rows, 3, BRUTE_AS_OF);
    ck_assert_int_eq(tdm__selection_decayed(&load, story_select(&s, NULL), BRUTE_BASE + 10, 10, false, NULL),
                     TDM_OK);
    ck_assert_int_eq(load.certain, 500000);
    ck_assert_int_eq(load.possible, 2500000);
    story_close(&s);
}
END_TEST

START_TEST(window_of_days_is_checked)
{
    static const story_row rows[] = {{.from = BRUTE_BASE}, {.from = BRUTE_BASE + 2}};
    static const struct {
        int32_t days;
        tdm_status status;
        int32_t most;
    } cases[] = {
        {0, TDM_INVALID_ARG, 0}, {1, TDM_OK, 1},     {2, TDM_OK, 1},
        {3, TDM_OK, 2},          {36600, TDM_OK, 2}, {36601, TDM_INVALID_ARG, 0},
    };
    story s;
    story_open(&s, rows, 2, BRUTE_AS_OF);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        tdm_bounds most = {9, 9};
        ck_assert_int_eq(tdm_selection_max_in_window(&most, story_select(&s, NULL), cases[i].days, NULL),
                         cases[i].status);
        ck_assert_int_eq(most.certain, cases[i].most);
        ck_assert_int_eq(most.possible, cases[i].most);
    }
    story_close(&s);
}
END_TEST

/* Of a low, a high and an unrated concern less the low ones, the high one stays, and the unrated one, which
 * may be low, as doubtful. */
START_TEST(rows_less_rows)
{
    static const story_row rows[] = {
        {.from = BRUTE_BASE, .kind = "concern", .significance = TDM__LOW},
        {.from = BRUTE_BASE + 1, .kind = "concern", .significance = TDM__HIGH},
        {.from = BRUTE_BASE + 2, .kind = "concern"},
    };
    story s;
    tdm_selection *low, *rest;
    story_open(&s, rows, 3, BRUTE_AS_OF);
    ck_assert_int_eq(story_try_select(&low, &s, "concern", 1u << TDM__LOW, false), TDM_OK);
    ck_assert_int_eq(tdm__selection_minus(&rest, story_select(&s, "concern"), low), TDM_OK);
    ck_assert_uint_eq(rest->count, 2);
    ck_assert_uint_eq(rest->members[0].row, 1);
    ck_assert(!rest->members[0].doubtful);
    ck_assert_uint_eq(rest->members[1].row, 2);
    ck_assert(rest->members[1].doubtful);
    story_close(&s);
}
END_TEST

Suite *numbers_suite(void)
{
    Suite *suite = suite_create("numbers");
    TCase *tests = tcase_create("numbers");
    tcase_set_timeout(tests, 120);
    tcase_add_test(tests, most_in_a_window);
    tcase_add_test(tests, counts_gaps_and_spans);
    tcase_add_test(tests, first_and_last);
    tcase_add_test(tests, many_exact_rows);
    tcase_add_test(tests, load_fades);
    tcase_add_test(tests, doubtful_load);
    tcase_add_test(tests, window_of_days_is_checked);
    tcase_add_test(tests, rows_less_rows);
    suite_add_tcase(suite, tests);
    return suite;
}

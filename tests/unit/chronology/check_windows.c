/*
 * Whether dates can be spread so that no window holds too many: against a search through placements, since
 * the method claims to be exact.
 */
#include "chronology/fixture.h"
#include "chronology/suites.h"
#include "chronology/windows.h"

#define BASE  ((tdm_day)19004) /* 2022-01-12: windows of a month run over the short February */
#define UNITS 10

typedef struct search {
    story_row rows[UNITS];
    size_t count;
    uint32_t most;
    tdm_span span;
    tdm_day day[UNITS];
    long steps;
} search;

static tdm_day window_last(tdm_day first, tdm_span span)
{
    return span.unit == TDM_SPAN_MONTHS ? tdm_day_add_months(first, span.count) : first + span.count - 1;
}

/* Whether some window that starts with one of the first `count` rows holds too many of them. */
static bool too_many(const search *s, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        tdm_day last = window_last(s->day[i], s->span);
        uint32_t inside = 0;
        for (size_t k = 0; k < count; k++)
            inside += s->day[k] >= s->day[i] && s->day[k] <= last;
        if (inside > s->most)
            return true;
    }
    return false;
}

/* Depth first, the next row on each of its days; 1 found, 0 none, -1 given up. */
static int place_from(search *s, size_t at)
{
    if (at == s->count)
        return 1;
    for (s->day[at] = s->rows[at].from; s->day[at] <= s->rows[at].to; s->day[at]++) {
        if (++s->steps > 60000)
            return -1;
        int found = too_many(s, at + 1) ? 0 : place_from(s, at + 1);
        if (found != 0)
            return found;
    }
    return 0;
}

static void random_search(search *s, uint64_t seed)
{
    static const int32_t spreads[] = {6, 12, 20, 45, 90};
    uint64_t state = seed;
    int32_t spread = spreads[random_below(&state, 5)], widest = 1 + random_below(&state, 11);
    *s = (search){.count = (size_t)(5 + random_below(&state, 6)),
                  .most = (uint32_t)(1 + random_below(&state, 4))};
    s->span = random_below(&state, 3) == 0 ? (tdm_span){TDM_SPAN_MONTHS, 1}
                                           : (tdm_span){TDM_SPAN_DAYS, 1 + random_below(&state, 14)};
    for (size_t i = 0; i < s->count; i++) {
        s->rows[i].from = BASE + random_below(&state, spread);
        s->rows[i].to = s->rows[i].from + random_below(&state, widest);
    }
}

START_TEST(spreading_is_exact)
{
    long found = 0, impossible = 0;
    for (uint64_t seed = 0; seed < 3000; seed++) {
        search s;
        story told;
        tdm__world_units *units;
        bool can;
        random_search(&s, seed);
        int right = place_from(&s, 0);
        if (right < 0)
            continue;
        story_open(&told, s.rows, s.count, BASE + 200);
        ck_assert_int_eq(tdm__world_units_new(&units, story_select(&told, NULL), NULL, NULL), TDM_OK);
        ck_assert_int_eq(tdm__windows_can_hold_at_most(&can, units, NULL, s.most, s.span, NULL, NULL),
                         TDM_OK);
        ck_assert_msg(can == (right == 1), "seed %llu: %d rows, most %u", (unsigned long long)seed,
                      (int)s.count, s.most);
        found += right == 1;
        impossible += right == 0;
        story_close(&told);
    }
    ck_assert_int_gt(found, 500);
    ck_assert_int_gt(impossible, 500);
}
END_TEST

/* The same by one bound less: what cannot be spread to n - 1 a window has n in one wherever the dates fall.
 */
START_TEST(most_in_a_window_agrees)
{
    for (uint64_t seed = 0; seed < 1000; seed++) {
        search s;
        story told;
        tdm_bounds most;
        random_search(&s, seed + 500000);
        story_open(&told, s.rows, s.count, BASE + 200);
        ck_assert_int_eq(tdm__selection_max_in(&most, story_select(&told, NULL), s.span, NULL, NULL), TDM_OK);
        for (int32_t below = 0; below < 2; below++) {
            s.most = (uint32_t)(most.certain - below);
            s.steps = 0;
            int right = s.most == 0 ? 0 : place_from(&s, 0);
            ck_assert_msg(right < 0 || right == 1 - below, "seed %llu: %d certain", (unsigned long long)seed,
                          (int)most.certain);
        }
        story_close(&told);
    }
}
END_TEST

Suite *windows_suite(void)
{
    Suite *suite = suite_create("windows");
    TCase *tests = tcase_create("windows");
    tcase_set_timeout(tests, 120);
    tcase_add_test(tests, spreading_is_exact);
    tcase_add_test(tests, most_in_a_window_agrees);
    suite_add_tcase(suite, tests);
    return suite;
}

/*
 * Incidents and the cumulative sum period by period, against full enumeration, and by hand.
 */
#include "chronology/brute.h"
#include "chronology/load.h"
#include "chronology/suites.h"

#define SEEDS 1500

/* What is asked of a world: the incidents of a period, or the sum at its end, in thousandths. */
typedef struct question {
    tdm__cusum rule;
    tdm_day first;
    int32_t period;
    bool sum;
} question;

static int32_t of_period(world *w, const void *payload)
{
    const question *q = payload;
    int64_t of_baseline = 0, sum = 0, periods = q->rule.baseline, here = 0;
    for (int32_t k = 0; k <= q->period; k++) {
        tdm_day start = q->first + k * q->rule.of.count, end = start + q->rule.of.count - 1;
        here = brute_count(w, 0, start, end < BRUTE_AS_OF ? end : BRUTE_AS_OF);
        if (k < periods) {
            of_baseline += here;
            continue;
        }
        sum += 1000 * here * periods - 1000 * of_baseline - q->rule.allowance_milli * periods;
        sum = sum > 0 ? sum : 0;
    }
    return (int32_t)(q->sum ? (2 * sum + periods) / (2 * periods) : here);
}

static tdm_day earliest(const tdm_history *h)
{
    tdm_day first = h->rows[0].to;
    for (uint32_t i = 1; i < h->row_count; i++)
        first = h->rows[i].to < first ? h->rows[i].to : first;
    return first;
}

static void ck_period(const tdm__cusum_period *period, story *s, const random_story *r,
                      const tdm_selection *some, question *asked, uint64_t seed)
{
    bool known = seed % 4 == 0 && !may_count_once(s, some);
    asked->sum = false;
    brute_result incidents = brute(s, r->rows, some, NULL, NULL, of_period, asked);
    asked->sum = true;
    brute_result sum = brute(s, r->rows, some, NULL, NULL, of_period, asked);
    if (incidents.worlds == 0)
        return;
    ck_assert_msg(period->incidents.certain <= incidents.low && period->incidents.possible >= incidents.high,
                  "seed %llu: incidents of period %d", (unsigned long long)seed, (int)asked->period);
    ck_assert_msg(period->sum_milli.certain <= sum.low && period->sum_milli.possible >= sum.high,
                  "seed %llu: sum at period %d is %d to %d, but it is %d to %d", (unsigned long long)seed,
                  (int)asked->period, (int)period->sum_milli.certain, (int)period->sum_milli.possible,
                  (int)sum.low, (int)sum.high);
    if (known && !shares_incident(r)) {
        ck_assert_int_eq(period->incidents.certain, incidents.low);
        ck_assert_int_eq(period->incidents.possible, incidents.high);
        ck_assert_int_eq(period->sum_milli.certain, sum.low);
        ck_assert_int_eq(period->sum_milli.possible, sum.high);
    }
}

START_TEST(no_world_lies_outside)
{
    int seen = 0;
    for (uint64_t seed = 0; seed < SEEDS; seed++) {
        uint64_t state = seed + 29;
        random_story r;
        story s;
        tdm_selection *some;
        tdm__cusum_series series;
        random_rows(&r, &state, 6, "concern injury", seed % 4 == 0 ? 0 : 45, 30);
        question asked = {.rule = {{TDM_SPAN_DAYS, 1 + random_below(&state, 4)},
                                   1 + random_below(&state, 3),
                                   250 * random_below(&state, 4),
                                   500 * random_below(&state, 4)}};
        story_open(&s, r.rows, r.count, BRUTE_AS_OF);
        ck_assert_int_eq(story_try_select(&some, &s, seed % 3 ? NULL : "injury", 0, false), TDM_OK);
        ck_assert_int_eq(tdm__selection_cusum_series(&series, some, &asked.rule, NULL), TDM_OK);
        asked.first = earliest(s.history);
        bool whole = true; /* enumeration knows only rows that begin with the periods */
        for (uint32_t i = 0; i < s.history->row_count; i++)
            whole = whole && s.history->rows[i].from >= asked.first;
        for (uint32_t k = 0; whole && k < series.count; k++) {
            asked.period = (int32_t)k;
            ck_assert_int_eq(series.items[k].from, asked.first + asked.period * asked.rule.of.count);
            ck_period(&series.items[k], &s, &r, some, &asked, seed);
            seen++;
        }
        story_close(&s);
    }
    ck_assert_int_gt(seen, 1000);
}
END_TEST

/* 1, 0, 1 in the baseline, mean 2/3; then 2, 2, 0 with an allowance of a half: 5/6, 5/3, 5/3 - 7/6 = 1/2. */
START_TEST(a_sum_by_hand)
{
    static const char *const days[] = {"2022-01-10", "2022-03-20", "2022-04-12",
                                       "2022-05-01", "2022-05-10", "2022-06-09"};
    static const int32_t sums[] = {0, 0, 0, 833, 1667, 500};
    story_row rows[6] = {{0}};
    story s;
    tdm__cusum_series series;
    tdm__cusum rule = {{TDM_SPAN_MONTHS, 1}, 3, 500, 1500};
    tdm_day as_of;
    for (size_t i = 0; i < 6; i++)
        ck_assert(tdm_day_parse_iso(&rows[i].from, tdm__str(days[i])));
    ck_assert(tdm_day_parse_iso(&as_of, TDM_LIT("2022-06-30")));
    story_open(&s, rows, 6, as_of);
    ck_assert_int_eq(tdm__selection_cusum_series(&series, story_select(&s, NULL), &rule, NULL), TDM_OK);
    ck_assert_uint_eq(series.count, 6);
    for (uint32_t k = 0; k < 6; k++) {
        ck_assert_int_eq(series.items[k].sum_milli.certain, sums[k]);
        ck_assert_int_eq(series.items[k].sum_milli.possible, sums[k]);
        ck_assert_int_eq(series.items[k].above, sums[k] > 1500 ? TDM_MET : TDM_NOT_MET);
    }
    ck_assert_int_eq(series.items[5].to, as_of);
    rule.baseline = 6;
    ck_assert_int_eq(tdm__selection_cusum_series(&series, story_select(&s, NULL), &rule, NULL), TDM_OK);
    ck_assert_uint_eq(series.count, 0);
    story_close(&s);
}
END_TEST

/* Two entries, each on one day of ten that lie in two periods: no sum holds either twice. They surely lie in
 * both together. */
START_TEST(a_long_date_counts_once_in_a_sum)
{
    static const int32_t least[] = {0, 0, 2000}, most[] = {0, 2000, 2000};
    const story_row rows[] = {{.from = 100, .kind = "note"},
                              {.from = 110, .to = 129, .kind = "concern"},
                              {.from = 110, .to = 129, .kind = "concern"}};
    story s;
    tdm__cusum_series series;
    const tdm__cusum rule = {{TDM_SPAN_DAYS, 10}, 1, 0, 1500};
    story_open(&s, rows, 3, 129);
    ck_assert_int_eq(tdm__selection_cusum_series(&series, story_select(&s, "concern"), &rule, NULL), TDM_OK);
    ck_assert_uint_eq(series.count, 3);
    for (uint32_t k = 0; k < 3; k++) {
        ck_assert_int_eq(series.items[k].sum_milli.certain, least[k]);
        ck_assert_int_eq(series.items[k].sum_milli.possible, most[k]);
    }
    ck_assert_int_eq(series.items[1].above, TDM_POSSIBLE);
    ck_assert_int_eq(series.items[2].above, TDM_MET);
    story_close(&s);
}
END_TEST

/* Of three entries one lies in the first period, one in one or the other, one before or in the first. */
START_TEST(periods_by_hand)
{
    static const tdm_day starts[] = {100, 110, 120};
    const story_row rows[] = {{.from = 95, .to = 104}, {.from = 105}, {.from = 108, .to = 112}};
    story s;
    tdm_bounds *incidents;
    story_open(&s, rows, 3, 119);
    ck_assert_int_eq(tdm__selection_by_period(&incidents, story_select(&s, NULL), starts, 2, NULL), TDM_OK);
    ck_assert_int_eq(incidents[0].certain, 1);
    ck_assert_int_eq(incidents[0].possible, 3);
    ck_assert_int_eq(incidents[1].certain, 0);
    ck_assert_int_eq(incidents[1].possible, 1);
    ck_assert_int_eq(tdm__selection_by_period(&incidents, story_select(&s, NULL), starts, 0, NULL), TDM_OK);
    story_close(&s);
}
END_TEST

static tdm_status all_of_it(const tdm_allocator *allocator)
{
    static const story_row rows[] = {{.from = 100}, {.from = 105, .to = 117}, {.from = 118}};
    static const tdm_day starts[] = {100, 110, 120}, days[] = {104, 119};
    static const tdm__cusum rule = {{TDM_SPAN_DAYS, 5}, 1, 0, 1500};
    story s;
    tdm_selection *all;
    tdm__cusum_series series;
    tdm_bounds *incidents, loads[2];
    tdm_status status = story_try(&s, allocator, rows, 3, NULL, 119);
    if (status == TDM_OK)
        status = story_try_select(&all, &s, NULL, 0, false);
    if (status == TDM_OK)
        status = tdm__selection_cusum_series(&series, all, &rule, NULL);
    if (status == TDM_OK)
        status = tdm__selection_by_period(&incidents, all, starts, 2, NULL);
    if (status == TDM_OK)
        status = tdm__selection_decayed_on(loads, all, days, 2, 10, false, NULL);
    story_close(&s);
    return status;
}

START_TEST(every_failed_allocation_is_survived)
{
    TEST_EVERY_ALLOCATION(all_of_it);
}
END_TEST

Suite *series_suite(void)
{
    Suite *suite = suite_create("series");
    TCase *tests = tcase_create("series");
    tcase_set_timeout(tests, 120);
    tcase_add_test(tests, no_world_lies_outside);
    tcase_add_test(tests, a_sum_by_hand);
    tcase_add_test(tests, a_long_date_counts_once_in_a_sum);
    tcase_add_test(tests, periods_by_hand);
    tcase_add_test(tests, every_failed_allocation_is_survived);
    suite_add_tcase(suite, tests);
    return suite;
}

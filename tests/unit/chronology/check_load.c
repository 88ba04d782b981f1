/*
 * The measures that weigh, against full enumeration: the highest load, a rise against the baseline, a share
 * of two facts, a rule of the caller's own; and what enumeration does not show, by hand.
 */
#include "chronology/brute.h"
#include "chronology/load.h"
#include "chronology/suites.h"

#include <math.h>

#define SEEDS 2500

static const char *const numbers[] = {"0", "1", "2", "3", "7", "12"};

/* --- load --- */

typedef struct load_rule {
    int32_t half_life_days;
    bool weighted;
    enum { HIGHEST, FIRST_DAY, LAST_DAY } give;
} load_rule;

/* The heaviest of all rows that tell the incident. */
static double weight_of(const world *w, uint32_t row, const load_rule *rule)
{
    double heaviest = 0;
    if (!rule->weighted)
        return 1;
    for (uint32_t i = 0; i < w->count; i++) {
        bool same = w->by_rows ? i == row : w->unit[i] == w->unit[row];
        double weight = same && w->rows[i].fact ? atof(w->rows[i].value) : 0;
        heaviest = weight > heaviest ? weight : heaviest;
    }
    return heaviest;
}

static double load_on(const world *w, tdm_day day, const load_rule *rule)
{
    double of_group[BRUTE_ROWS] = {0}, sum = 0;
    for (uint32_t i = 0; i < w->count; i++) {
        if (!w->in[0][i] || w->day[i] > day)
            continue;
        double faded = rule->half_life_days == 0 ? 1
                                                 : pow(0.5, (double)(day - w->day[i]) / rule->half_life_days);
        double load = weight_of(w, i, rule) * faded;
        uint32_t group = w->by_rows ? i : w->group[i];
        of_group[group] = load > of_group[group] ? load : of_group[group];
    }
    for (uint32_t i = 0; i < BRUTE_ROWS; i++)
        sum += of_group[i];
    return sum;
}

static int32_t highest_load(world *w, const void *payload)
{
    const load_rule *rule = payload;
    double highest = 0;
    tdm_day first = BRUTE_FIRST, last = BRUTE_FIRST;
    for (tdm_day day = BRUTE_FIRST; day <= BRUTE_AS_OF; day++) {
        double load = load_on(w, day, rule);
        if (load > highest + 1e-9)
            first = day;
        if (load > highest - 1e-9)
            last = rule->half_life_days == 0 && load < highest + 1e-9 ? last : day;
        highest = load > highest ? load : highest;
    }
    if (rule->give != HIGHEST)
        return rule->give == FIRST_DAY ? first : last;
    return (int32_t)floor(highest * 1e6 + 0.5);
}

/* Both round: the measure once, here once. */
static bool close(int32_t a, int32_t b)
{
    return a - b <= 1 && b - a <= 1;
}

static void random_weights(random_story *r, uint64_t *state)
{
    for (size_t i = 0; i < r->count; i++)
        if (random_below(state, 4) > 0) {
            r->rows[i].fact = "weight";
            r->rows[i].value = numbers[random_below(state, 6)];
        }
}

START_TEST(the_highest_load_is_exact)
{
    for (uint64_t seed = 0; seed < SEEDS; seed++) {
        uint64_t state = seed + 3;
        random_story r;
        story s;
        tdm_selection *some;
        tdm__peak peak;
        bool known = seed % 4 == 0, by_rows = random_below(&state, 5) == 0;
        random_rows(&r, &state, 5, "concern injury", known ? 0 : 60, 30);
        random_weights(&r, &state);
        load_rule rule = {(int32_t[]){0, 1, 3, 10, 180}[random_below(&state, 5)], seed % 3 == 0, HIGHEST};
        tdm__fading fading = {.half_life_days = rule.half_life_days};
        story_open(&s, r.rows, r.count, BRUTE_AS_OF);
        if (seed % 2 == 0)
            ck_assert_int_eq(tdm__fading_table(&fading, &s.arena, rule.half_life_days), TDM_OK);
        ck_assert_int_eq(story_try_select(&some, &s, seed % 3 ? NULL : "injury", seed % 7 ? 2 : 0, by_rows),
                         TDM_OK);
        ck_assert_int_eq(tdm__selection_load(&peak, some, &fading, rule.weighted, NULL), TDM_OK);
        brute_result expected = brute(&s, r.rows, some, NULL, NULL, highest_load, &rule);
        bool exact = expected.worlds > 0 && expected.worlds <= 4096 && !shares_incident(&r);
        if (expected.worlds > 0)
            ck_assert_msg(peak.highest.certain <= expected.low + 1 &&
                              peak.highest.possible >= expected.high - 1,
                          "seed %llu", (unsigned long long)seed);
        if (exact)
            ck_assert_msg(
                close(peak.highest.certain, expected.low) && close(peak.highest.possible, expected.high),
                "seed %llu: %d to %d, but it is %d to %d", (unsigned long long)seed,
                (int)peak.highest.certain, (int)peak.highest.possible, (int)expected.low, (int)expected.high);
        if (expected.worlds > 0 && expected.low > 0) {
            rule.give = FIRST_DAY;
            brute_result first = brute(&s, r.rows, some, NULL, NULL, highest_load, &rule);
            ck_assert_msg(peak.reached.from <= first.low && peak.reached.to >= first.high,
                          "seed %llu: reached", (unsigned long long)seed);
            if (known && !may_count_once(&s, some) && !shares_incident(&r))
                ck_assert_msg(peak.reached.from == first.low && peak.reached.to == first.low,
                              "seed %llu: first", (unsigned long long)seed);
        }
        story_close(&s);
    }
}
END_TEST

/* By hand, half life 10: 1, then 0.5 + 1, then (1.5) / 2 + 1 = 1.75 on day 20, 1.75 * 2^-0.1 + 1 on day 21.
 */
START_TEST(a_load_by_hand)
{
    static const story_row rows[] = {{.from = BRUTE_BASE},
                                     {.from = BRUTE_BASE + 10},
                                     {.from = BRUTE_BASE + 20},
                                     {.from = BRUTE_BASE + 21}};
    static const tdm__fading bad[] = {{-1, NULL, 0}, {36601, NULL, 0}};
    story s;
    tdm__peak peak;
    tdm__fading fading = {.half_life_days = 10};
    story_open(&s, rows, 4, BRUTE_AS_OF);
    tdm_selection *all = story_select(&s, NULL);
    ck_assert_int_eq(tdm__selection_load(&peak, all, &fading, false, NULL), TDM_OK);
    ck_assert_int_eq(peak.highest.certain, 2632808); /* 1 + 1.75 * 0.9330330 */
    ck_assert_int_eq(peak.highest.possible, 2632808);
    ck_assert_int_eq(peak.reached.from, BRUTE_BASE + 21);
    ck_assert_int_eq(peak.reached.to, BRUTE_BASE + 21);
    ck_assert_int_eq(tdm__selection_load(&peak, all, &fading, true, NULL), TDM_OK);
    ck_assert_int_eq(peak.highest.possible, 0); /* no row carries a weight */
    for (size_t i = 0; i < 2; i++)
        ck_assert_int_eq(tdm__selection_load(&peak, all, &bad[i], false, NULL), TDM_INVALID_ARG);
    story_close(&s);
}
END_TEST

/* --- cusum --- */

typedef struct cusum_rule {
    tdm__cusum rule;
    tdm_day first, until;
} cusum_rule;

static tdm_day period_start(const cusum_rule *r, int32_t period)
{
    return r->rule.of.unit == TDM_SPAN_MONTHS ? tdm_day_add_months(r->first, period * r->rule.of.count)
                                              : r->first + period * r->rule.of.count;
}

static void mark(world *w, tdm_day first, tdm_day last)
{
    for (uint32_t i = 0; i < w->count; i++)
        if (w->in[0][i] && w->day[i] >= first && w->day[i] <= last)
            w->part[i] = true;
}

static bool rises(world *w, const void *payload)
{
    const cusum_rule *r = payload;
    int64_t of_baseline = 0, sum = 0, periods = r->rule.baseline;
    bool any = false;
    tdm_day began = r->first;
    for (int32_t k = 0; period_start(r, k) <= r->until; k++) {
        tdm_day start = period_start(r, k), end = period_start(r, k + 1) - 1;
        int64_t here = brute_count(w, 0, start, end < r->until ? end : r->until);
        if (k < periods) {
            of_baseline += here;
            continue;
        }
        began = sum > 0 ? began : start;
        /* times the periods of the baseline, whose mean is of_baseline / periods */
        sum += 1000 * here * periods - 1000 * of_baseline - r->rule.allowance_milli * periods;
        sum = sum > 0 ? sum : 0;
        if (sum > r->rule.threshold_milli * periods) {
            any = true;
            mark(w, began, end);
        }
    }
    return any;
}

/* Rows of one incident share a date, which the history has. */
static tdm_day earliest(const tdm_history *h)
{
    tdm_day first = h->rows[0].to;
    for (uint32_t i = 1; i < h->row_count; i++)
        first = h->rows[i].to < first ? h->rows[i].to : first;
    return first;
}

/* Rows of spells are those that enumeration marked, where all is known. */
static void ck_parts(const tdm__verdict *verdict, const brute_result *expected, uint32_t count, uint64_t seed)
{
    bool shown[BRUTE_ROWS] = {false};
    for (uint32_t i = 0; i < verdict->spell_count; i++)
        for (uint32_t k = 0; k < verdict->spells[i].row_count; k++)
            shown[verdict->spells[i].rows[k]] = true;
    for (uint32_t i = 0; i < count; i++)
        ck_assert_msg(shown[i] == expected->part[i], "seed %llu: row %u", (unsigned long long)seed,
                      (unsigned)i);
}

static tdm_day earliest_met(const tdm__verdict *verdict)
{
    tdm_day day = TDM_DAY_AFTER_ALL;
    for (uint32_t i = 0; i < verdict->spell_count; i++)
        if (verdict->spells[i].first_met != TDM_DAY_NONE && verdict->spells[i].first_met < day)
            day = verdict->spells[i].first_met;
    return day;
}

START_TEST(a_rise_against_the_baseline_is_exact)
{
    int met = 0, possible = 0;
    for (uint64_t seed = 0; seed < SEEDS; seed++) {
        uint64_t state = seed + 11;
        random_story r;
        story s;
        tdm_selection *some;
        tdm__verdict verdict;
        bool known = seed % 4 == 0, by_rows = random_below(&state, 6) == 0;
        random_rows(&r, &state, 7, "concern injury", known ? 0 : 45, 30);
        cusum_rule asked = {.rule = {{TDM_SPAN_DAYS, 1 + random_below(&state, 4)},
                                     1 + random_below(&state, 3),
                                     250 * random_below(&state, 4),
                                     500 * random_below(&state, 4)},
                            .until = BRUTE_AS_OF};
        story_open(&s, r.rows, r.count, BRUTE_AS_OF);
        ck_assert_int_eq(story_try_select(&some, &s, seed % 3 ? NULL : "injury", seed % 7 ? 2 : 0, by_rows),
                         TDM_OK);
        ck_assert_int_eq(tdm__selection_cusum(&verdict, some, &asked.rule, NULL), TDM_OK);
        asked.first = earliest(s.history);
        brute_result expected = brute(&s, r.rows, some, NULL, rises, NULL, &asked);
        bool exact = expected.worlds <= 2048 && !shares_incident(&r) && !may_count_once(&s, some);
        if (expected.worlds > 0)
            ck_answer(verdict.answer, &expected, exact, seed);
        met += verdict.answer == TDM_MET;
        possible += verdict.answer == TDM_POSSIBLE;
        if (known && exact && expected.worlds > 0) {
            ck_parts(&verdict, &expected, s.history->row_count, seed);
            for (asked.until = asked.first; asked.until < BRUTE_AS_OF; asked.until++)
                ck_assert_msg(brute(&s, r.rows, some, NULL, rises, NULL, &asked).all ==
                                  (earliest_met(&verdict) <= asked.until),
                              "seed %llu: first met", (unsigned long long)seed);
        }
        story_close(&s);
    }
    ck_assert_int_gt(met, 100);
    ck_assert_int_gt(possible, 100);
}
END_TEST

/* Months by hand. From 10 January: 1, 0, 1 in the three months of the baseline, mean 2/3; then 2, 2. With an
 * allowance of a half: 2 - 2/3 - 1/2 = 5/6, then 5/3, which is above 1.5 with the second entry of the second
 * month. */
START_TEST(a_rise_by_hand)
{
    static const char *const days[] = {"2022-01-10", "2022-03-20", "2022-04-12",
                                       "2022-05-01", "2022-05-10", "2022-06-09"};
    story_row rows[6] = {{0}};
    story s;
    tdm__verdict verdict;
    tdm__cusum rule = {{TDM_SPAN_MONTHS, 1}, 3, 500, 1500};
    tdm_day as_of;
    for (size_t i = 0; i < 6; i++)
        ck_assert(tdm_day_parse_iso(&rows[i].from, tdm__str(days[i])));
    ck_assert(tdm_day_parse_iso(&as_of, TDM_LIT("2022-06-30")));
    story_open(&s, rows, 6, as_of);
    ck_assert_int_eq(tdm__selection_cusum(&verdict, story_select(&s, NULL), &rule, NULL), TDM_OK);
    ck_assert_int_eq(verdict.answer, TDM_MET);
    ck_assert_uint_eq(verdict.spell_count, 1);
    ck_assert_uint_eq(verdict.spells[0].row_count, 4);
    ck_assert_int_eq(verdict.spells[0].count.certain, 4);
    ck_assert_int_eq(verdict.spells[0].first_met, rows[5].from);
    ck_assert(verdict.spells[0].open);
    rule.threshold_milli = 1667; /* 5/3 is less */
    ck_assert_int_eq(tdm__selection_cusum(&verdict, story_select(&s, NULL), &rule, NULL), TDM_OK);
    ck_assert_int_eq(verdict.answer, TDM_NOT_MET);
    rule.baseline = 6; /* there are six periods, so none is left to judge */
    ck_assert_int_eq(tdm__selection_cusum(&verdict, story_select(&s, NULL), &rule, NULL), TDM_OK);
    ck_assert_int_eq(verdict.answer, TDM_NOT_ASSESSED);
    story_close(&s);
}
END_TEST

START_TEST(values_out_of_range)
{
    static const tdm__cusum bad[] = {{{TDM_SPAN_WORKING_DAYS, 5}, 3, 0, 0},
                                     {{TDM_SPAN_DAYS, 0}, 3, 0, 0},
                                     {{TDM_SPAN_DAYS, 5}, 0, 0, 0},
                                     {{TDM_SPAN_DAYS, 5}, 3, -1, 0},
                                     {{TDM_SPAN_DAYS, 5}, 3, 0, 10000001}};
    static const tdm__share bad_shares[] = {{0, 1, {TDM_SPAN_WORKING_DAYS, 5}, 10000},
                                            {0, 1, {TDM_SPAN_DAYS, 0}, 0},
                                            {0, 1, {TDM_SPAN_DAYS, 0}, 100001}};
    static const story_row rows[] = {{.from = BRUTE_BASE}};
    story s;
    tdm__verdict verdict;
    story_open(&s, rows, 1, BRUTE_AS_OF);
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        ck_assert_int_eq(tdm__selection_cusum(&verdict, story_select(&s, NULL), &bad[i], NULL),
                         TDM_INVALID_ARG);
    for (size_t i = 0; i < sizeof bad_shares / sizeof *bad_shares; i++)
        ck_assert_int_eq(tdm__selection_share(&verdict, story_select(&s, NULL), &bad_shares[i], NULL),
                         TDM_INVALID_ARG);
    story_close(&s);
}
END_TEST

/* --- share --- */

typedef struct share_rule {
    tdm_span over; /* count 0: years that begin on `edge` */
    tdm_day edge, until;
    int64_t percent_milli;
} share_rule;

static bool reached_in(world *w, tdm_day first, tdm_day last, const share_rule *rule)
{
    int64_t of = 0, by = 0;
    for (uint32_t i = 0; i < w->count; i++) {
        const story_row *row = &w->rows[i];
        if (!w->in[0][i] || w->day[i] < first || w->day[i] > last || w->day[i] > rule->until ||
            !row->second_fact || atoi(row->second_value) == 0)
            continue;
        of += atoi(row->value);
        by += atoi(row->second_value);
    }
    bool reached = by > 0 && of * 100000 >= rule->percent_milli * by;
    for (uint32_t i = 0; reached && i < w->count; i++)
        w->part[i] = w->part[i] || (w->in[0][i] && w->day[i] >= first && w->day[i] <= last &&
                                    w->rows[i].second_fact && atoi(w->rows[i].second_value) > 0);
    return reached;
}

static bool share_reached(world *w, const void *payload)
{
    const share_rule *rule = payload;
    bool any = false;
    if (rule->over.count == 0) {
        any = reached_in(w, rule->edge - 365, rule->edge - 1, rule);
        return reached_in(w, rule->edge, rule->edge + 364, rule) || any;
    }
    for (uint32_t i = 0; i < w->count; i++) {
        bool counts = w->in[0][i] && w->rows[i].second_fact && atoi(w->rows[i].second_value) > 0;
        if (counts && w->day[i] <= rule->until)
            any = reached_in(w, w->day[i] - rule->over.count + 1, w->day[i], rule) || any;
    }
    return any;
}

#define TO_SEPTEMBER (232 - 6) /* 1 September 2022 is BRUTE_BASE + 232 */

static void random_sessions(random_story *r, uint64_t *state)
{
    for (size_t i = 0; i < r->count; i++) {
        story_row *row = &r->rows[i];
        row->from += TO_SEPTEMBER;
        row->to = row->to ? row->to + TO_SEPTEMBER : 0;
        row->fact = "sessions_missed";
        row->value = numbers[random_below(state, 4)];
        row->second_fact = random_below(state, 6) > 0 ? "sessions_possible" : NULL;
        row->second_value = numbers[random_below(state, 6)];
    }
}

START_TEST(a_share_is_exact)
{
    int met = 0, possible = 0;
    for (uint64_t seed = 0; seed < SEEDS; seed++) {
        uint64_t state = seed + 23;
        random_story r;
        story s;
        tdm_selection *some;
        tdm__verdict verdict;
        bool known = seed % 4 == 0, years = seed % 3 > 0;
        random_rows(&r, &state, 6, "concern injury", known ? 0 : 50, 0);
        random_sessions(&r, &state);
        share_rule asked = {.over = {TDM_SPAN_DAYS, years ? 0 : 1 + random_below(&state, 8)},
                            .edge = BRUTE_BASE + 232,
                            .until = TDM_DAY_AFTER_ALL,
                            .percent_milli = 1000 * (int64_t)(1 + random_below(&state, 99))};
        story_open(&s, r.rows, r.count, BRUTE_AS_OF + TO_SEPTEMBER);
        tdm__share rule = {.of = tdm__vocabulary_fact(vocabulary(), TDM_LIT("sessions_missed")),
                           .by = tdm__vocabulary_fact(vocabulary(), TDM_LIT("sessions_possible")),
                           .over = asked.over,
                           .percent_milli = (int32_t)asked.percent_milli};
        ck_assert_int_eq(story_try_select(&some, &s, seed % 5 ? NULL : "injury", seed % 7 ? 2 : 0, true),
                         TDM_OK);
        ck_assert_int_eq(tdm__selection_share(&verdict, some, &rule, NULL), TDM_OK);
        brute_result expected = brute(&s, r.rows, some, NULL, share_reached, NULL, &asked);
        if (verdict.answer == TDM_NOT_ASSESSED) {
            ck_assert(!expected.some);
        } else if (expected.worlds > 0) {
            ck_answer(verdict.answer, &expected, expected.worlds <= 4096, seed);
            met += verdict.answer == TDM_MET;
            possible += verdict.answer == TDM_POSSIBLE;
        }
        if (known && expected.worlds > 0) {
            ck_parts(&verdict, &expected, s.history->row_count, seed);
            tdm_day first = earliest_met(&verdict);
            for (asked.until = BRUTE_BASE; !years && asked.until < BRUTE_AS_OF + TO_SEPTEMBER; asked.until++)
                ck_assert_msg(brute(&s, r.rows, some, NULL, share_reached, NULL, &asked).all ==
                                  (first <= asked.until),
                              "seed %llu: first met", (unsigned long long)seed);
        }
        story_close(&s);
    }
    ck_assert_int_gt(met, 100);
    ck_assert_int_gt(possible, 100);
}
END_TEST

/* --- a rule of the caller's own --- */

typedef struct own_rule {
    int32_t within, at_most;
} own_rule;

/* Some day of the first list has one of the second within so many days after it, and the second has few. */
static bool holds_for(const tdm_day *a, int32_t a_count, const tdm_day *b, int32_t b_count,
                      const own_rule *rule)
{
    for (int32_t i = 0; i < a_count && b_count <= rule->at_most; i++)
        for (int32_t k = 0; k < b_count; k++)
            if (b[k] > a[i] && b[k] <= a[i] + rule->within)
                return true;
    return false;
}

static bool own_in_world(world *w, const void *payload)
{
    tdm_day a[BRUTE_ROWS], b[BRUTE_ROWS];
    int32_t a_count = brute_days(a, w, 0), b_count = brute_days(b, w, 1);
    return holds_for(a, a_count, b, b_count, payload);
}

static tdm_status own_asked(bool *holds, const tdm__named_days *days, void *payload)
{
    for (int i = 0; i < 2; i++)
        for (uint32_t k = 1; k < days[i].count; k++)
            ck_assert_int_le(days[i].items[k - 1], days[i].items[k]);
    *holds = holds_for(days[0].items, (int32_t)days[0].count, days[1].items, (int32_t)days[1].count, payload);
    return TDM_OK;
}

START_TEST(an_own_rule_is_exact)
{
    int met = 0, possible = 0;
    for (uint64_t seed = 0; seed < SEEDS; seed++) {
        uint64_t state = seed + 31;
        random_story r;
        story s;
        tdm_selection *some[2];
        tdm__verdict verdict;
        bool by_rows = random_below(&state, 6) == 0;
        random_rows(&r, &state, 5, "concern injury", seed % 4 == 0 ? 0 : 60, 40);
        story_open(&s, r.rows, r.count, BRUTE_AS_OF);
        ck_assert_int_eq(story_try_select(&some[0], &s, "concern", seed % 3 ? 2 : 0, by_rows), TDM_OK);
        ck_assert_int_eq(
            story_try_select(&some[1], &s, seed % 2 ? "injury" : NULL, seed % 7 ? 2 : 0, by_rows), TDM_OK);
        own_rule rule = {1 + random_below(&state, 6), 1 + random_below(&state, 4)};
        ck_assert_int_eq(tdm__selections_in_worlds(&verdict, (const tdm_selection *[]){some[0], some[1]}, 2,
                                                   own_asked, &rule, NULL),
                         TDM_OK);
        brute_result expected = brute(&s, r.rows, some[0], some[1], own_in_world, NULL, &rule);
        if (expected.worlds > 0 && (by_rows ? !shares_incident(&r) : !may_share_incident(&s)))
            ck_answer(verdict.answer, &expected, expected.worlds <= 4096, seed);
        met += verdict.answer == TDM_MET;
        possible += verdict.answer == TDM_POSSIBLE;
        story_close(&s);
    }
    ck_assert_int_gt(met, 100);
    ck_assert_int_gt(possible, 100);
}
END_TEST

static tdm_status two_or_more(bool *holds, const tdm__named_days *days, void *payload)
{
    (void)payload;
    *holds = days[0].count >= 2;
    return TDM_OK;
}

/* Two agencies' entries of one kind and day may tell one injury; years of doubt are more worlds than are
 * tried. */
START_TEST(a_guess_and_too_many_worlds_are_possible)
{
    static const story_row rows[] = {{.from = BRUTE_BASE, .kind = "injury", .agency = "school"},
                                     {.from = BRUTE_BASE, .kind = "injury", .agency = "gp"},
                                     {.from = BRUTE_BASE - 4000, .to = BRUTE_BASE, .kind = "concern"},
                                     {.from = BRUTE_BASE - 4000, .to = BRUTE_BASE, .kind = "concern"}};
    static const char *const kinds[] = {"injury", "concern", "referral"};
    static const tdm_answer answers[] = {TDM_POSSIBLE, TDM_POSSIBLE, TDM_NOT_MET};
    story s;
    story_open(&s, rows, 4, BRUTE_AS_OF);
    for (size_t i = 0; i < 3; i++) {
        const tdm_selection *some = story_select(&s, kinds[i]);
        tdm__verdict verdict;
        ck_assert_int_eq(tdm__selections_in_worlds(&verdict, &some, 1, two_or_more, NULL, NULL), TDM_OK);
        ck_assert_msg(verdict.answer == answers[i], "%s", kinds[i]);
        ck_assert_uint_eq(verdict.spell_count, verdict.answer == TDM_NOT_MET ? 0 : 1);
        if (verdict.spell_count > 0)
            ck_assert_uint_eq(verdict.spells[0].row_count, 2);
    }
    story_close(&s);
}
END_TEST

Suite *load_suite(void)
{
    Suite *suite = suite_create("load");
    TCase *tests = tcase_create("load");
    tcase_set_timeout(tests, 120);
    tcase_add_test(tests, the_highest_load_is_exact);
    tcase_add_test(tests, a_load_by_hand);
    tcase_add_test(tests, a_rise_against_the_baseline_is_exact);
    tcase_add_test(tests, a_rise_by_hand);
    tcase_add_test(tests, values_out_of_range);
    tcase_add_test(tests, a_share_is_exact);
    tcase_add_test(tests, an_own_rule_is_exact);
    tcase_add_test(tests, a_guess_and_too_many_worlds_are_possible);
    suite_add_tcase(suite, tests);
    return suite;
}

/*
 * Shapes in time against full enumeration: alternation, gaps that close, successive periods, different
 * values. Each definition is written from its words, of one world and, where it matters, of one
 * order of the rows of a day.
 */
#include "chronology/patterns.h"

#include "chronology/brute.h"
#include "chronology/suites.h"

#define SEEDS 2500

/* One question to one random story. */
typedef struct trial {
    story s;
    random_story r;
    tdm_selection *first, *second;
    tdm__verdict verdict;
    uint64_t seed, state;
    bool known;
    bool may_show_more; /* rows that may lie in a spell's time, whatever else must hold for them to */
} trial;

static void open_trial(trial *t, uint64_t seed, uint64_t offset, int32_t rows, const char *kinds,
                       int32_t doubt)
{
    *t = (trial){.seed = seed, .state = seed + offset, .known = seed % 3 == 0};
    random_rows(&t->r, &t->state, rows, kinds, t->known ? 0 : doubt, 30);
}

static void pick(tdm_selection **out, trial *t, const char *kinds, bool by_rows)
{
    uint32_t significances = t->seed % 4 ? 0 : 1u << TDM__LOW;
    ck_assert_int_eq(story_try_select(out, &t->s, kinds, significances, by_rows), TDM_OK);
}

static tdm_day earliest_met(const tdm__verdict *verdict)
{
    tdm_day day = TDM_DAY_NONE;
    for (uint32_t i = 0; i < verdict->spell_count; i++) {
        tdm_day met = verdict->spells[i].first_met;
        if (met != TDM_DAY_NONE && (day == TDM_DAY_NONE || met < day))
            day = met;
    }
    return day;
}

/* Answer, spells, rows that show it, and for known dates the day by which it held. `certain` is asked for
 * what holds in a world however its days are ordered, `perhaps` for what holds in some order. */
static void ck_trial(const trial *t, judge certain, judge perhaps, const void *rule, tdm_day *until,
                     bool exact)
{
    tdm_answer highest = TDM_NOT_MET;
    brute_result expected = brute(&t->s, t->r.rows, t->first, t->second, perhaps, NULL, rule);
    if (perhaps != certain && expected.some)
        expected.all = brute(&t->s, t->r.rows, t->first, t->second, certain, NULL, rule).all;
    bool shares = shares_incident(&t->r);
    if (expected.worlds > 0)
        ck_answer(t->verdict.answer, &expected, exact && !shares && expected.worlds <= 4096, t->seed);
    for (uint32_t i = 0; i < t->verdict.spell_count; i++) {
        const tdm__spell *spell = &t->verdict.spells[i];
        highest = spell->answer > highest ? spell->answer : highest;
        ck_assert_uint_gt(spell->row_count, 0);
        ck_assert_int_le(spell->count.certain, spell->count.possible);
        ck_assert_msg((spell->answer == TDM_MET) == (spell->first_met != TDM_DAY_NONE), "seed %llu",
                      (unsigned long long)t->seed);
        bool rows_too = exact && !shares && expected.worlds > 0 && (t->known || !t->may_show_more);
        for (uint32_t k = 0; k < spell->row_count && rows_too; k++)
            ck_assert_msg(expected.part[spell->rows[k]], "seed %llu: row %u", (unsigned long long)t->seed,
                          spell->rows[k]);
    }
    ck_assert_int_eq(highest, t->verdict.answer);
    for (tdm_day day = BRUTE_BASE; t->known && exact && expected.all && !shares && day < BRUTE_AS_OF; day++) {
        *until = day;
        ck_assert_msg(brute(&t->s, t->r.rows, t->first, t->second, certain, NULL, rule).all ==
                          (earliest_met(&t->verdict) <= day),
                      "seed %llu day %d", (unsigned long long)t->seed, (int)(day - BRUTE_BASE));
    }
}

/* --- turns --- */

typedef struct turns_rule {
    int32_t n;
    tdm_span within;
    tdm_day until;
} turns_rule;

typedef struct order {
    world *w;
    const turns_rule *rule;
    uint32_t rows[BRUTE_ROWS];
    uint32_t count;
    bool any;
} order;

/* What is counted once: a row or an incident. */
static uint32_t name_of(const world *w, uint32_t row)
{
    return w->by_rows ? row : w->group[row];
}

static bool answers_itself(const world *w, uint32_t row)
{
    bool in[2] = {false, false};
    for (uint32_t i = 0; i < w->count; i++)
        for (int which = 0; which < 2; which++)
            in[which] = in[which] || (name_of(w, i) == name_of(w, row) && w->in[which][i]);
    return in[0] && in[1];
}

/* Every way to go on with a run of `letters` letters that started on `first`, from place `at` of the order
 * on; no incident twice, but for the B that one of both is right after its S. */
static void go_on(order *o, uint32_t at, int32_t letters, tdm_day first, uint32_t used)
{
    world *w = o->w;
    for (; at < o->count; at++) {
        uint32_t row = o->rows[at];
        if (!w->in[letters % 2][row] || (used >> name_of(w, row) & 1))
            continue;
        tdm_day start = letters == 0 ? w->day[row] : first, last = brute_window_last(start, o->rule->within);
        if (w->day[row] > last || w->day[row] > o->rule->until)
            continue;
        if (letters % 2 == 0 && letters >= 2 * o->rule->n) {
            o->any = true;
            for (uint32_t i = 0; i < w->count; i++)
                w->part[i] = w->part[i] ||
                             ((w->in[0][i] || w->in[1][i]) && w->day[i] >= start && w->day[i] <= w->day[row]);
        }
        go_on(o, at + 1, letters + 1, start, used | 1u << name_of(w, row));
        if (letters % 2 == 0 && answers_itself(w, row))
            go_on(o, at + 1, letters + 2, start, used | 1u << name_of(w, row));
    }
}

/* All orders of the rows that keep to their days. */
static void each_order(order *o, uint32_t placed, bool *all, bool *some)
{
    if (placed == o->count) {
        o->any = false;
        go_on(o, 0, 0, 0, 0);
        *all = *all && o->any;
        *some = *some || o->any;
        return;
    }
    for (uint32_t i = placed; i < o->count; i++) {
        uint32_t row = o->rows[i];
        bool first = true;
        for (uint32_t k = placed; k < o->count; k++)
            first = first && o->w->day[o->rows[k]] >= o->w->day[row];
        if (!first)
            continue;
        o->rows[i] = o->rows[placed];
        o->rows[placed] = row;
        each_order(o, placed + 1, all, some);
        o->rows[placed] = o->rows[i];
        o->rows[i] = row;
    }
}

static bool turns(world *w, const turns_rule *rule, bool in_all)
{
    bool all = true, some = false;
    order o = {.w = w, .rule = rule};
    for (uint32_t i = 0; i < w->count; i++)
        if (w->in[0][i] || w->in[1][i])
            o.rows[o.count++] = i;
    each_order(&o, 0, &all, &some);
    return in_all ? all : some;
}

static bool turns_in_all(world *w, const void *rule)
{
    return turns(w, rule, true);
}

static bool turns_in_some(world *w, const void *rule)
{
    return turns(w, rule, false);
}

START_TEST(turns_keep_to_their_side)
{
    static const tdm_span within[] = {
        {TDM_SPAN_DAYS, 2}, {TDM_SPAN_DAYS, 5}, {TDM_SPAN_DAYS, 8}, {TDM_SPAN_DAYS, 0}, {TDM_SPAN_MONTHS, 1}};
    long answers[4] = {0};
    for (uint64_t seed = 0; seed < 2 * SEEDS; seed++) {
        trial t;
        bool both = seed % 4 == 2, guess = seed % 5 == 4;
        const char *kinds = guess  ? "injury injury referral"
                            : both ? "concern referral referral strength"
                                   : "concern referral";
        open_trial(&t, seed, 1000, seed % 2 ? 5 : 6, kinds, 40);
        if (seed % 2) /* more days with both */
            for (size_t i = 0; i < t.r.count; i++) {
                t.r.rows[i].from -= (t.r.rows[i].from - BRUTE_BASE) / 2;
                t.r.rows[i].to = t.r.rows[i].to ? t.r.rows[i].to - 2 : 0;
                if (t.r.rows[i].to < t.r.rows[i].from)
                    t.r.rows[i].to = 0;
            }
        story_open(&t.s, t.r.rows, t.r.count, BRUTE_AS_OF);
        pick(&t.first, &t, guess ? "injury" : both ? "concern referral" : "concern", seed % 9 == 0);
        pick(&t.second, &t,
             both && guess          ? NULL
             : both && seed % 8 > 3 ? "referral"
             : both                 ? "referral strength"
                                    : "referral",
             seed % 9 == 0);
        turns_rule asked = {1 + random_below(&t.state, 2), within[random_below(&t.state, 5)],
                            TDM_DAY_AFTER_ALL};
        tdm__turns rule = {t.second, asked.n, asked.within};
        ck_assert_int_eq(tdm__selection_turns(&t.verdict, t.first, &rule, NULL, NULL), TDM_OK);
        answers[t.verdict.answer]++;
        ck_trial(&t, turns_in_all, turns_in_some, &asked, &asked.until, !may_share_incident(&t.s));
        story_close(&t.s);
    }
    ck_assert_int_gt(answers[TDM_MET], 50);
    ck_assert_int_gt(answers[TDM_POSSIBLE], 200);
    ck_assert_int_gt(answers[TDM_NOT_MET], 1000);
}
END_TEST

/* The orders of what a day holds, as words: an S, a B, and an X, which is S and B at once. */
static const char *const day_orders[8][6] = {
    {"", NULL},   {"S", NULL},          {"B", NULL},          {"SB", "BS", NULL},
    {"SB", NULL}, {"SSB", "SBS", NULL}, {"BSB", "SBB", NULL}, {"SBSB", "SSBB", "BSSB", "BSBS", "SBBS", NULL},
};

static int orders_of(int what)
{
    int count = 0;
    while (count < 6 && day_orders[what][count])
        count++;
    return count;
}

/* Whether some window of `length` days holds n turns, counted in letters. */
static bool holds_turns(const char *const *words, int days, int32_t length, int32_t n)
{
    for (int first = 0; first < days; first++) {
        int letters = 0;
        for (int i = first; i < days && i < first + length; i++)
            for (const char *at = words[i]; *at; at++)
                letters += *at == (letters % 2 ? 'B' : 'S');
        if (letters > 2 * n)
            return true;
    }
    return false;
}

static void try_orders(bool *all, bool *some, const int *what, int days, int32_t length, int32_t n)
{
    int at[16] = {0}, day = 0;
    const char *words[16];
    *all = true;
    *some = false;
    while (day < days) {
        for (int i = 0; i < days; i++)
            words[i] = day_orders[what[i]][at[i]];
        bool here = holds_turns(words, days, length, n);
        *all = *all && here;
        *some = *some || here;
        for (day = 0; day < days && ++at[day] == orders_of(what[day]); day++)
            at[day] = 0;
    }
}

/* Known days with S, B, one that is both, or several of them: all orders of each day against the answer. */
START_TEST(orders_of_many_days)
{
    static const char *const kinds[] = {"concern", "referral", "injury"};
    long answers[4] = {0};
    for (uint64_t seed = 0; seed < 800; seed++) {
        story_row rows[48] = {{0}};
        int what[16]; /* bits: S, B, X */
        size_t count = 0;
        story s;
        tdm__verdict verdict;
        bool all, some;
        uint64_t state = seed + 3000;
        int days = 6 + random_below(&state, seed % 2 ? 3 : 6);
        for (int i = 0; i < days; i++) {
            what[i] = 1 + random_below(&state, seed % 2 ? 7 : 3);
            for (int k = 0; k < 3; k++)
                if (what[i] >> k & 1)
                    rows[count++] = (story_row){.from = BRUTE_BASE + i, .kind = kinds[k]};
        }
        int32_t n = 1 + random_below(&state, seed % 2 ? 6 : 3), length = 4 + random_below(&state, 6);
        try_orders(&all, &some, what, days, length, n);
        story_open(&s, rows, count, BRUTE_AS_OF);
        tdm__turns rule = {story_select(&s, "referral injury"), n, {TDM_SPAN_DAYS, length}};
        ck_assert_int_eq(
            tdm__selection_turns(&verdict, story_select(&s, "concern injury"), &rule, NULL, NULL), TDM_OK);
        tdm_answer right = all ? TDM_MET : some ? TDM_POSSIBLE : TDM_NOT_MET;
        ck_assert_msg(verdict.answer == right, "seed %llu: %s, but it is %s", (unsigned long long)seed,
                      tdm_answer_code(verdict.answer), tdm_answer_code(right));
        answers[right]++;
        story_close(&s);
    }
    ck_assert_int_gt(answers[TDM_MET], 50);
    ck_assert_int_gt(answers[TDM_POSSIBLE], 50);
    ck_assert_int_gt(answers[TDM_NOT_MET], 30);
}
END_TEST

/* --- closing --- */

typedef struct closing_rule {
    tdm__closing rule;
    tdm_day until;
} closing_rule;

static bool closing(world *w, const void *payload)
{
    const closing_rule *asked = payload;
    tdm_day days[BRUTE_ROWS];
    uint32_t who[BRUTE_ROWS], count = 0;
    bool any = false;
    for (uint32_t i = 0; i < w->count; i++) { /* each incident on the first of its days, in order */
        uint32_t name = name_of(w, i), at = 0;
        bool fresh = w->in[0][i] && w->day[i] <= asked->until;
        for (uint32_t k = 0; k < w->count && fresh; k++)
            fresh = !(k != i && !w->by_rows && w->in[0][k] && w->group[k] == name &&
                      (w->day[k] < w->day[i] || (w->day[k] == w->day[i] && k < i)));
        if (!fresh)
            continue;
        while (at < count && days[at] <= w->day[i])
            at++;
        for (uint32_t k = count++; k > at; k--) {
            days[k] = days[k - 1];
            who[k] = who[k - 1];
        }
        days[at] = w->day[i];
        who[at] = name;
    }
    for (uint32_t first = 0; first + (uint32_t)asked->rule.gaps < count; first++) {
        uint32_t last = first + (uint32_t)asked->rule.gaps;
        bool shorter = true;
        for (uint32_t i = first + 1; i < last; i++)
            shorter = shorter && days[i + 1] - days[i] < days[i] - days[i - 1];
        if (!shorter ||
            (asked->rule.to_percent > 0 &&
             (days[last] - days[last - 1]) * 100 > (days[first + 1] - days[first]) * asked->rule.to_percent))
            continue;
        any = true;
        for (uint32_t i = first; i <= last; i++)
            for (uint32_t k = 0; k < w->count; k++)
                w->part[k] = w->part[k] || name_of(w, k) == who[i];
        /* two of one day may stand for one another */
        for (uint32_t k = 0; k < w->count; k++)
            w->part[k] = w->part[k] || (w->in[0][k] && (w->day[k] == days[first] || w->day[k] == days[last]));
    }
    return any;
}

START_TEST(closing_keeps_to_its_side)
{
    long answers[4] = {0};
    for (uint64_t seed = 0; seed < 2 * SEEDS; seed++) {
        trial t;
        bool guess = seed % 4 == 1;
        open_trial(&t, seed, 5000, 6, guess ? "injury injury concern" : "concern", 45);
        story_open(&t.s, t.r.rows, t.r.count, BRUTE_AS_OF);
        pick(&t.first, &t, seed % 3 ? NULL : "concern injury", seed % 9 == 0);
        closing_rule asked = {{2 + random_below(&t.state, 2), 0}, TDM_DAY_AFTER_ALL};
        asked.rule.to_percent = random_below(&t.state, 2) ? 1 + random_below(&t.state, 100) : 0;
        ck_assert_int_eq(tdm__selection_closing(&t.verdict, t.first, &asked.rule, NULL, NULL), TDM_OK);
        answers[t.verdict.answer]++;
        bool exact = t.known || !may_count_once(&t.s, t.first);
        t.known = t.known && !may_count_once(&t.s, t.first);
        ck_trial(&t, closing, closing, &asked, &asked.until, exact);
        story_close(&t.s);
    }
    ck_assert_int_gt(answers[TDM_MET], 300);
    ck_assert_int_gt(answers[TDM_POSSIBLE], 300);
    ck_assert_int_gt(answers[TDM_NOT_MET], 500);
}
END_TEST

/* --- in periods --- */

typedef struct periods_rule {
    tdm__in_periods rule;
    tdm_day until;
} periods_rule;

static tdm_day back(tdm_day day, tdm_span span, int32_t times)
{
    return span.unit == TDM_SPAN_MONTHS ? tdm_day_add_months(day, -span.count * times)
                                        : day - span.count * times;
}

static bool periods_up_to(const world *w, const tdm__in_periods *rule, tdm_day day)
{
    int32_t holding = 0;
    tdm_day start = back(day, rule->of, rule->periods);
    for (int32_t i = 0; i < rule->periods; i++)
        holding += brute_count(w, 0, back(day, rule->of, i + 1) + 1, back(day, rule->of, i)) > 0;
    return holding >= rule->n && (!rule->without || brute_count(w, 1, start + 1, day) == 0) &&
           (!rule->level_not_above || brute_level(w, day, 0) <= brute_level(w, start + 1, 0));
}

static bool in_periods(world *w, const void *payload)
{
    const periods_rule *asked = payload;
    bool any = false;
    for (tdm_day day = BRUTE_BASE - 1; day <= asked->until; day++) {
        if (!periods_up_to(w, &asked->rule, day))
            continue;
        any = true;
        for (uint32_t i = 0; i < w->count; i++)
            w->part[i] = w->part[i] || (w->in[0][i] && w->day[i] <= day &&
                                        w->day[i] > back(day, asked->rule.of, asked->rule.periods));
    }
    return any;
}

START_TEST(periods_keep_to_their_side)
{
    static const tdm_span of[] = {
        {TDM_SPAN_DAYS, 1}, {TDM_SPAN_DAYS, 2}, {TDM_SPAN_DAYS, 3}, {TDM_SPAN_DAYS, 5}, {TDM_SPAN_MONTHS, 1}};
    long answers[4] = {0};
    for (uint64_t seed = 0; seed < SEEDS; seed++) {
        trial t;
        open_trial(&t, seed, 7000, 5, "concern concern injury strength core-group cp-plan-start cp-plan-end",
                   60);
        story_open(&t.s, t.r.rows, t.r.count, BRUTE_AS_OF);
        pick(&t.first, &t, "concern injury", seed % 9 == 0);
        pick(&t.second, &t, "strength", seed % 9 == 0);
        periods_rule asked = {.until = BRUTE_AS_OF};
        asked.rule = (tdm__in_periods){of[random_below(&t.state, 5)], 1 + random_below(&t.state, 6), 1,
                                       random_below(&t.state, 3) == 0,
                                       random_below(&t.state, 2) ? t.second : NULL};
        asked.rule.n = 1 + random_below(&t.state, asked.rule.periods < 4 ? asked.rule.periods : 4);
        if (!asked.rule.without)
            t.second = NULL;
        ck_assert_int_eq(tdm__selection_in_periods(&t.verdict, t.first, &asked.rule, NULL, NULL), TDM_OK);
        answers[t.verdict.answer]++;
        t.may_show_more = true;
        ck_trial(&t, in_periods, in_periods, &asked, &asked.until, t.known || !asked.rule.level_not_above);
        story_close(&t.s);
    }
    ck_assert_int_gt(answers[TDM_MET], 300);
    ck_assert_int_gt(answers[TDM_POSSIBLE], 120);
    ck_assert_int_gt(answers[TDM_NOT_MET], 500);
}
END_TEST

static bool in_two_months(const story_row *rows, tdm_day end)
{
    tdm_day middle = tdm_day_add_months(end, -1), start = tdm_day_add_months(end, -2);
    return rows[0].from > start && rows[0].from <= middle && rows[1].from > middle && rows[1].from <= end;
}

/* Months at their end: each day around a leap February, and days some four weeks later, in two months. */
START_TEST(periods_at_the_end_of_months)
{
    long answers[4] = {0};
    for (tdm_day day = 19722; day < 19722 + 65; day++) { /* 31 December 2023 on */
        for (tdm_day apart = 26; apart < 33; apart++) {
            story_row rows[] = {{.from = day}, {.from = day + apart}};
            story s;
            tdm__verdict verdict;
            bool some = false;
            for (tdm_day end = day; end <= day + 100; end++)
                some = some || in_two_months(rows, end);
            tdm__in_periods rule = {{TDM_SPAN_MONTHS, 1}, 2, 2, false, NULL};
            story_open(&s, rows, 2, day + 100);
            ck_assert_int_eq(tdm__selection_in_periods(&verdict, story_select(&s, NULL), &rule, NULL, NULL),
                             TDM_OK);
            ck_assert_msg(verdict.answer == (some ? TDM_MET : TDM_NOT_MET), "day %d and %d later",
                          (int)(day - 19722), (int)apart);
            answers[verdict.answer]++;
            story_close(&s);
        }
    }
    ck_assert_int_gt(answers[TDM_MET], 0);
}
END_TEST

/* --- different values --- */

typedef struct different_rule {
    int32_t n;
    tdm_span within;
    bool without;
    tdm__trait trait;
    tdm_day until;
} different_rule;

static const char *const workers[] = {"w1", "w2", "w3"};
static const char *const factor_lists[] = {"1A", "1A 2B", "2B 3C", "3C"};

/* Whether a row carries the value: number `value` of the trait's. */
static bool carries(const world *w, uint32_t row, tdm__trait trait, int value)
{
    static const char *const kinds[] = {"concern", "injury", "referral"};
    static const char *const factors[] = {"1A", "2B", "3C"};
    const story_row *r = &w->rows[row];
    if (trait.what == TDM__TRAIT_KIND)
        return strcmp(r->kind, kinds[value]) == 0;
    if (!r->fact)
        return false;
    return strcmp(r->fact, "factors") == 0 ? strstr(r->value, factors[value]) != NULL
                                           : strcmp(r->value, workers[value]) == 0;
}

static int32_t values_between(const world *w, tdm__trait trait, tdm_day first, tdm_day last)
{
    int32_t count = 0;
    for (int value = 0; value < 3; value++) {
        bool there = false;
        for (uint32_t i = 0; i < w->count; i++)
            there = there ||
                    (w->in[0][i] && w->day[i] >= first && w->day[i] <= last && carries(w, i, trait, value));
        count += there;
    }
    return count;
}

static bool different(world *w, const void *payload)
{
    const different_rule *rule = payload;
    bool any = false;
    for (tdm_day first = BRUTE_BASE; first < BRUTE_BASE + 20; first++)
        for (tdm_day last = first;
             last < BRUTE_BASE + 20 && last <= brute_window_last(first, rule->within) && last <= rule->until;
             last++) {
            bool hindered = values_between(w, rule->trait, first, first) == 0 ||
                            values_between(w, rule->trait, last, last) == 0;
            for (uint32_t i = 0; i < w->count; i++)
                hindered = hindered || (w->in[1][i] && w->day[i] >= first && w->day[i] <= last);
            if (hindered || values_between(w, rule->trait, first, last) < rule->n)
                continue;
            any = true;
            for (uint32_t i = 0; i < w->count; i++)
                for (int value = 0; value < 3; value++)
                    w->part[i] = w->part[i] || (w->in[0][i] && w->day[i] >= first && w->day[i] <= last &&
                                                carries(w, i, rule->trait, value));
        }
    return any;
}

static int32_t values_in_world(world *w, const void *payload)
{
    const different_rule *rule = payload;
    return values_between(w, rule->trait, BRUTE_FIRST, BRUTE_AS_OF);
}

static void give_facts(trial *t, bool lists)
{
    for (size_t i = 0; i < t->r.count; i++)
        if (random_below(&t->state, 5) > 0) {
            t->r.rows[i].fact = lists ? "factors" : "worker";
            t->r.rows[i].value = lists ? factor_lists[random_below(&t->state, 4)]
                                       : workers[random_below(&t->state, 3)];
        }
}

static void ck_number(const trial *t, const different_rule *asked)
{
    tdm_bounds bounds;
    tdm_selection *rows;
    ck_assert_int_eq(tdm__selection_different(&bounds, &rows, t->first, asked->trait, NULL), TDM_OK);
    brute_result expected = brute(&t->s, t->r.rows, t->first, NULL, NULL, values_in_world, asked);
    if (expected.worlds > 0)
        ck_bounds(bounds, &expected, true, t->seed);
    ck_assert_int_le(rows->count, bounds.possible);
    ck_assert_int_le(tdm_selection_count(rows).certain, bounds.possible);
    for (uint32_t i = 1; i < rows->count; i++)
        ck_assert_uint_lt(rows->members[i - 1].row, rows->members[i].row);
}

START_TEST(different_values_keep_to_their_side)
{
    static const tdm_span within[] = {
        {TDM_SPAN_DAYS, 1}, {TDM_SPAN_DAYS, 3}, {TDM_SPAN_DAYS, 6}, {TDM_SPAN_DAYS, 0}};
    long answers[4] = {0};
    for (uint64_t seed = 0; seed < SEEDS; seed++) {
        trial t;
        open_trial(&t, seed, 9000, 5, "concern injury injury referral", 50);
        give_facts(&t, seed % 2);
        story_open(&t.s, t.r.rows, t.r.count, BRUTE_AS_OF);
        pick(&t.first, &t, "concern injury", seed % 8 == 0);
        pick(&t.second, &t, "referral", seed % 8 == 0);
        different_rule asked = {1 + random_below(&t.state, 3),
                                within[random_below(&t.state, 4)],
                                random_below(&t.state, 3) == 0,
                                {TDM__TRAIT_FACT, 0},
                                TDM_DAY_AFTER_ALL};
        asked.trait.key = tdm__vocabulary_fact(vocabulary(), tdm__str(seed % 2 ? "factors" : "worker"));
        if (seed % 5 == 0)
            asked.trait.what = TDM__TRAIT_KIND;
        if (!asked.without)
            t.second = NULL;
        tdm__at_least rule = {.n = asked.n,
                              .within = asked.within,
                              .agencies = 1,
                              .without = t.second,
                              .level_at_most = TDM_LADDER_MAX,
                              .different = asked.trait};
        ck_assert_int_eq(tdm__selection_at_least(&t.verdict, t.first, &rule, NULL, NULL), TDM_OK);
        answers[t.verdict.answer]++;
        ck_trial(&t, different, different, &asked, &asked.until, true);
        ck_number(&t, &asked);
        story_close(&t.s);
    }
    ck_assert_int_gt(answers[TDM_MET], 300);
    ck_assert_int_gt(answers[TDM_POSSIBLE], 100);
    ck_assert_int_gt(answers[TDM_NOT_MET], 500);
}
END_TEST

Suite *patterns_suite(void)
{
    Suite *suite = suite_create("patterns");
    TCase *tests = tcase_create("patterns");
    tcase_set_timeout(tests, 240);
    tcase_add_test(tests, turns_keep_to_their_side);
    tcase_add_test(tests, orders_of_many_days);
    tcase_add_test(tests, closing_keeps_to_its_side);
    tcase_add_test(tests, periods_keep_to_their_side);
    tcase_add_test(tests, periods_at_the_end_of_months);
    tcase_add_test(tests, different_values_keep_to_their_side);
    suite_add_tcase(suite, tests);
    return suite;
}

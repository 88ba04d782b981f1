/*
 * "n or more within a span" against full enumeration, plain and with conditions; large exact cases
 * against looking at every pair of days.
 */
#include "chronology/brute.h"
#include "chronology/patterns.h"
#include "chronology/suites.h"

#define SEEDS 2500

typedef struct asked {
    int32_t n, agencies, level;
    tdm_span within;
    bool without;
    tdm_day until; /* rows after it are not known yet */
} asked;

static int32_t agencies_between(const world *w, tdm_day first, tdm_day last)
{
    int32_t count = 0;
    for (uint32_t i = 0; i < w->count; i++) {
        bool fresh = w->in[0][i] && w->day[i] >= first && w->day[i] <= last;
        for (uint32_t k = 0; k < i && fresh; k++)
            fresh = !(w->in[0][k] && w->day[k] >= first && w->day[k] <= last &&
                      strcmp(w->rows[k].agency, w->rows[i].agency) == 0);
        count += fresh;
    }
    return count;
}

static bool stretch_holds(const world *w, const asked *rule, tdm_day first, tdm_day last)
{
    if (brute_count(w, 0, first, first) == 0 || brute_count(w, 0, last, last) == 0 ||
        brute_count(w, 0, first, last) < rule->n || agencies_between(w, first, last) < rule->agencies)
        return false;
    for (uint32_t i = 0; i < w->count; i++)
        if (w->in[1][i] && w->day[i] >= first && w->day[i] <= last)
            return false;
    for (tdm_day day = first; day <= last && rule->level < TDM_LADDER_MAX; day++)
        if (brute_level(w, day, 0) > rule->level)
            return false;
    return true;
}

/* By the definition: some first and some last of them. */
static bool holds(world *w, const void *payload)
{
    const asked *rule = payload;
    bool any = false;
    for (tdm_day first = BRUTE_BASE; first < BRUTE_BASE + 20; first++)
        for (tdm_day last = first;
             last < BRUTE_BASE + 20 && last <= brute_window_last(first, rule->within) && last <= rule->until;
             last++) {
            if (!stretch_holds(w, rule, first, last))
                continue;
            any = true;
            for (uint32_t i = 0; i < w->count; i++)
                w->part[i] = w->part[i] || (w->in[0][i] && w->day[i] >= first && w->day[i] <= last);
        }
    return any;
}

typedef struct seen {
    story story;
    random_story random;
    tdm_selection *selection, *without;
    asked rule;
    tdm__verdict verdict;
} seen;

/* Whether any of the spell's rows of that incident plays a part in some world. */
static bool plays_a_part(const seen *s, uint32_t row, const bool *part)
{
    const tdm_history *h = s->story.history;
    for (uint32_t i = 0; i < h->row_count; i++)
        if (part[i] && h->rows[i].incident == h->rows[row].incident)
            return true;
    return false;
}

static void look(seen *s, uint64_t seed, int32_t doubt, bool conditions)
{
    static const tdm_span within[] = {{TDM_SPAN_DAYS, 1}, {TDM_SPAN_DAYS, 2}, {TDM_SPAN_DAYS, 3},
                                      {TDM_SPAN_DAYS, 5}, {TDM_SPAN_DAYS, 9}, {TDM_SPAN_DAYS, 0}};
    uint64_t state = seed;
    random_rows(&s->random, &state, 5,
                conditions ? "concern injury concern referral core-group cp-plan-start cp-plan-end"
                           : "concern injury injury",
                doubt, 40);
    story_open(&s->story, s->random.rows, s->random.count, BRUTE_AS_OF);
    bool by_rows = random_below(&state, 5) == 0;
    uint32_t significances = random_below(&state, 2) ? 1u << TDM__LOW : 0;
    ck_assert_int_eq(story_try_select(&s->selection, &s->story, "concern injury", significances, by_rows),
                     TDM_OK);
    ck_assert_int_eq(story_try_select(&s->without, &s->story, "injury referral", significances,
                                      by_rows && random_below(&state, 2)),
                     TDM_OK);
    s->rule = (asked){.n = 1 + random_below(&state, 3),
                      .agencies = conditions ? random_below(&state, 4) : 1,
                      .level = conditions && random_below(&state, 2) ? random_below(&state, 5)
                                                                     : TDM_LADDER_MAX,
                      .within = within[random_below(&state, 6)],
                      .without = conditions && random_below(&state, 2),
                      .until = TDM_DAY_AFTER_ALL};
    tdm__at_least rule = {.n = s->rule.n,
                          .within = s->rule.within,
                          .agencies = s->rule.agencies,
                          .without = s->rule.without ? s->without : NULL,
                          .level_at_most = s->rule.level};
    ck_assert_int_eq(tdm__selection_at_least(&s->verdict, s->selection, &rule, NULL, NULL), TDM_OK);
}

static brute_result expect(const seen *s)
{
    return brute(&s->story, s->random.rows, s->selection, s->rule.without ? s->without : NULL, holds, NULL,
                 &s->rule);
}

static void ck_spells(const seen *s, const brute_result *expected, uint64_t seed)
{
    tdm_answer highest = TDM_NOT_MET;
    for (uint32_t i = 0; i < s->verdict.spell_count; i++) {
        const tdm__spell *spell = &s->verdict.spells[i];
        highest = spell->answer > highest ? spell->answer : highest;
        ck_assert_uint_gt(spell->row_count, 0);
        for (uint32_t k = 0; k < spell->row_count; k++)
            ck_assert_msg(plays_a_part(s, spell->rows[k], expected->part), "seed %llu: row %u",
                          (unsigned long long)seed, spell->rows[k]);
        ck_assert_msg((spell->answer == TDM_MET) == (spell->first_met != TDM_DAY_NONE), "seed %llu",
                      (unsigned long long)seed);
    }
    ck_assert_int_eq(highest, s->verdict.answer);
}

START_TEST(plain_is_exact)
{
    for (uint64_t seed = 0; seed < SEEDS; seed++) {
        seen s;
        bool known = seed % 4 == 0;
        look(&s, seed, known ? 0 : 60, false);
        brute_result expected = expect(&s);
        if (expected.worlds > 0) {
            ck_answer(s.verdict.answer, &expected,
                      (!s.selection->count_rows || !shares_incident(&s.random)) &&
                          (known || !may_count_once(&s.story, s.selection)),
                      seed);
            ck_spells(&s, &expected, seed);
        }
        story_close(&s.story);
    }
}
END_TEST

/* With conditions: exact where the dates are known and nothing is doubtful, else never the wrong side. */
START_TEST(conditions_keep_to_their_side)
{
    for (uint64_t seed = 0; seed < SEEDS; seed++) {
        seen s;
        bool known = seed % 4 == 0;
        look(&s, seed + 50000, known ? 0 : 60, true);
        brute_result expected = expect(&s);
        if (expected.worlds > 0) {
            bool own_level = s.rule.level < TDM_LADDER_MAX;
            bool exact = known || (!own_level && !shares_incident(&s.random) && !s.rule.without);
            ck_answer(s.verdict.answer, &expected, exact && !(known && shares_incident(&s.random)), seed);
            if (known && !shares_incident(&s.random))
                ck_spells(&s, &expected, seed);
        }
        story_close(&s.story);
    }
}
END_TEST

/* What comes of "without" in doubt, alone and single rows only: exact, too. */
START_TEST(doubtful_without_is_exact)
{
    long compared = 0;
    for (uint64_t seed = 0; seed < SEEDS; seed++) {
        seen s;
        look(&s, seed + 90000, 50, true);
        brute_result expected = expect(&s);
        if (expected.worlds > 0 && expected.worlds <= 4096 && s.rule.without &&
            s.rule.level == TDM_LADDER_MAX && !shares_incident(&s.random)) {
            ck_answer(s.verdict.answer, &expected, true, seed);
            compared++;
        }
        story_close(&s.story);
    }
    ck_assert_int_gt(compared, 200);
}
END_TEST

/* The first day by which the rule held, for known dates: tried with every last day. */
START_TEST(first_met_of_known_dates)
{
    long met = 0;
    for (uint64_t seed = 0; seed < SEEDS; seed++) {
        seen s;
        look(&s, seed + 130000, 0, seed % 2 == 0);
        tdm_day first_met = TDM_DAY_NONE;
        for (uint32_t i = 0; i < s.verdict.spell_count; i++)
            if (s.verdict.spells[i].answer == TDM_MET &&
                (first_met == TDM_DAY_NONE || s.verdict.spells[i].first_met < first_met))
                first_met = s.verdict.spells[i].first_met;
        brute_result expected = expect(&s);
        for (tdm_day day = BRUTE_BASE; expected.all && day < BRUTE_AS_OF && !shares_incident(&s.random);
             day++) {
            s.rule.until = day;
            brute_result then = expect(&s);
            ck_assert_msg(then.all == (first_met <= day), "seed %llu: first met on %d, on day %d it %s",
                          (unsigned long long)seed, (int)(first_met - BRUTE_BASE), (int)(day - BRUTE_BASE),
                          then.all ? "holds" : "does not hold");
            met++;
        }
        story_close(&s.story);
    }
    ck_assert_int_gt(met, 500);
}
END_TEST

/* Spells of many known dates: a row is in one exactly when some window that starts with a row and
 * holds enough holds it; rows of one window are in one spell. */
START_TEST(many_exact_rows)
{
    for (uint64_t seed = 0; seed < 60; seed++) {
        story_row rows[200] = {{0}};
        bool part[200] = {false}, in_spell[200] = {false};
        story s;
        tdm__verdict verdict;
        uint64_t state = seed + 700;
        size_t count = (size_t)(50 + random_below(&state, 151));
        tdm__at_least rule = {.n = 2 + random_below(&state, 6),
                              .within = {TDM_SPAN_DAYS, 5 + random_below(&state, 40)},
                              .agencies = 1,
                              .level_at_most = TDM_LADDER_MAX};
        for (size_t i = 0; i < count; i++)
            rows[i].from = BRUTE_BASE + random_below(&state, 1500);
        for (size_t i = 0; i < count; i++) {
            tdm_day last = brute_window_last(rows[i].from, rule.within);
            int32_t inside = 0;
            for (size_t k = 0; k < count; k++)
                inside += rows[k].from >= rows[i].from && rows[k].from <= last;
            for (size_t k = 0; k < count && inside >= rule.n; k++)
                part[k] = part[k] || (rows[k].from >= rows[i].from && rows[k].from <= last);
        }
        story_open(&s, rows, count, BRUTE_BASE + 2000);
        ck_assert_int_eq(tdm__selection_at_least(&verdict, story_select(&s, NULL), &rule, NULL, NULL),
                         TDM_OK);
        for (uint32_t i = 0; i < verdict.spell_count; i++) {
            ck_assert_int_eq(verdict.spells[i].answer, TDM_MET);
            ck_assert(i == 0 || verdict.spells[i - 1].to < verdict.spells[i].from);
            for (uint32_t k = 0; k < verdict.spells[i].row_count; k++)
                in_spell[story_row_of(&s, verdict.spells[i].rows[k])] = true;
        }
        for (size_t i = 0; i < count; i++)
            ck_assert_msg(part[i] == in_spell[i], "seed %llu: row %zu", (unsigned long long)seed, i);
        story_close(&s);
    }
}
END_TEST

/* Five workers among ninety rows, one after the other; the first row of each is told. */
START_TEST(values_of_many_rows)
{
    static const char *const names[] = {"a", "b", "c", "d", "e"};
    story_row rows[90] = {{0}};
    story s;
    tdm_bounds bounds;
    tdm_selection *earliest;
    tdm__verdict verdict;
    for (size_t i = 0; i < 90; i++) /* eighteen rows each, one worker after the other, 180 days each */
        rows[i] = (story_row){.from = BRUTE_BASE + (tdm_day)i * 10,
                              .kind = "allocation",
                              .fact = "worker",
                              .value = names[i / 18]};
    story_open(&s, rows, 90, BRUTE_BASE + 2000);
    tdm__trait trait = {TDM__TRAIT_FACT, tdm__vocabulary_fact(vocabulary(), TDM_LIT("worker"))};
    ck_assert_int_eq(tdm__selection_different(&bounds, &earliest, story_select(&s, NULL), trait, NULL),
                     TDM_OK);
    ck_assert_int_eq(bounds.certain, 5);
    ck_assert_int_eq(bounds.possible, 5);
    ck_assert_uint_eq(earliest->count, 5);
    for (uint32_t i = 0; i < 5; i++)
        ck_assert_uint_eq(story_row_of(&s, earliest->members[i].row), 18 * i);
    static const struct {
        int32_t n, days;
        tdm_answer answer;
    } cases[] = {{3, 192, TDM_MET},     {3, 191, TDM_MET}, {3, 190, TDM_NOT_MET}, {4, 371, TDM_MET},
                 {4, 370, TDM_NOT_MET}, {5, 551, TDM_MET}, {6, 900, TDM_NOT_MET}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        tdm__at_least rule = {.n = cases[i].n,
                              .within = {TDM_SPAN_DAYS, cases[i].days},
                              .agencies = 1,
                              .level_at_most = TDM_LADDER_MAX,
                              .different = trait};
        ck_assert_int_eq(tdm__selection_at_least(&verdict, story_select(&s, NULL), &rule, NULL, NULL),
                         TDM_OK);
        ck_assert_msg(verdict.answer == cases[i].answer, "case %zu", i);
    }
    story_close(&s);
}
END_TEST

START_TEST(wrong_numbers_are_refused)
{
    static const story_row rows[] = {{.from = BRUTE_BASE}};
    static const struct {
        int32_t n, agencies;
        tdm_status status;
    } cases[] = {{0, 1, TDM_INVALID_ARG},
                 {1, 1, TDM_OK},
                 {10000, 1, TDM_OK},
                 {10001, 1, TDM_INVALID_ARG},
                 {1, -1, TDM_INVALID_ARG}};
    story s;
    story_open(&s, rows, 1, BRUTE_AS_OF);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        tdm__verdict verdict;
        tdm__at_least rule = {
            .n = cases[i].n, .agencies = cases[i].agencies, .level_at_most = TDM_LADDER_MAX};
        ck_assert_int_eq(tdm__selection_at_least(&verdict, story_select(&s, NULL), &rule, NULL, NULL),
                         cases[i].status);
    }
    story_close(&s);
}
END_TEST

Suite *at_least_suite(void)
{
    Suite *suite = suite_create("at_least");
    TCase *tests = tcase_create("at_least");
    tcase_set_timeout(tests, 120);
    tcase_add_test(tests, plain_is_exact);
    tcase_add_test(tests, conditions_keep_to_their_side);
    tcase_add_test(tests, doubtful_without_is_exact);
    tcase_add_test(tests, first_met_of_known_dates);
    tcase_add_test(tests, many_exact_rows);
    tcase_add_test(tests, values_of_many_rows);
    tcase_add_test(tests, wrong_numbers_are_refused);
    suite_add_tcase(suite, tests);
    return suite;
}

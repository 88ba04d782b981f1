/*
 * The level of response and what lies during episodes or after other rows, against full enumeration and
 * by hand.
 */
#include "chronology/brute.h"
#include "chronology/suites.h"

#define SEEDS 1800
#define KINDS "cp-plan-start cp-plan-end cin-plan-start cin-plan-end core-group police-protection concern"

static int32_t level_on(world *w, const void *day)
{
    return brute_level(w, *(const tdm_day *)day, 0);
}

START_TEST(level_on_every_day)
{
    for (uint64_t seed = 0; seed < SEEDS / 3; seed++) {
        uint64_t state = seed;
        random_story r;
        story s;
        random_rows(&r, &state, 4, KINDS, 60, 20);
        story_open(&s, r.rows, r.count, BRUTE_AS_OF);
        for (tdm_day day = BRUTE_BASE - 1; day < BRUTE_BASE + 18; day++) {
            brute_result expected = brute(&s, r.rows, NULL, NULL, NULL, level_on, &day);
            if (expected.worlds > 0)
                ck_bounds(tdm__history_level(s.history, day, 0), &expected, !shares_incident(&r), seed);
        }
        story_close(&s);
    }
}
END_TEST

START_TEST(steps_have_no_gaps)
{
    for (uint64_t seed = 0; seed < SEEDS; seed++) {
        uint64_t state = seed + 99;
        random_story r;
        story s;
        tdm__level_step *steps;
        size_t count, at = 0;
        tdm_day first = TDM_DAY_AFTER_ALL;
        random_rows(&r, &state, 6, KINDS, 50, 20);
        story_open(&s, r.rows, r.count, BRUTE_AS_OF);
        for (uint32_t i = 0; i < s.history->row_count; i++)
            first = s.history->rows[i].from < first ? s.history->rows[i].from : first;
        ck_assert_int_eq(tdm__history_levels(&steps, &count, s.history), TDM_OK);
        ck_assert_uint_gt(count, 0);
        ck_assert_int_eq(steps[0].from, first);
        ck_assert_int_eq(steps[count - 1].to, BRUTE_AS_OF);
        for (tdm_day day = first; day <= BRUTE_AS_OF; day++) {
            at += day > steps[at].to;
            tdm_bounds level = tdm__history_level(s.history, day, 0);
            ck_assert(at < count && steps[at].from <= day && day <= steps[at].to);
            ck_assert_msg(level.certain == steps[at].level.certain &&
                              level.possible == steps[at].level.possible,
                          "seed %llu day %d", (unsigned long long)seed, (int)(day - BRUTE_BASE));
        }
        story_close(&s);
    }
}
END_TEST

/* By hand, from the ladder: days 0 to 9; the plan ends on day 6, so the level falls that day. */
START_TEST(levels_by_hand)
{
    static const story_row rows[] = {
        {.from = BRUTE_BASE, .kind = "contact"},
        {.from = BRUTE_BASE + 1, .kind = "referral"},
        {.from = BRUTE_BASE + 2, .kind = "cp-plan-start"},
        {.from = BRUTE_BASE + 3, .kind = "step-down"},
        {.from = BRUTE_BASE + 4, .kind = "police-protection"},
        {.from = BRUTE_BASE + 6, .kind = "cp-plan-end"},
        {.from = BRUTE_BASE + 7, .kind = "strategy-discussion"},
        {.from = BRUTE_BASE + 9, .kind = "case-closure"},
    };
    static const int32_t expected[] = {0, 1, 5, 5, 5, 5, 1, 4, 1, 0};
    story s;
    story_open(&s, rows, 8, BRUTE_BASE + 9);
    for (tdm_day day = 0; day < 10; day++) {
        tdm_bounds level = tdm__history_level(s.history, BRUTE_BASE + day, 0);
        ck_assert_msg(level.certain == expected[day] && level.possible == expected[day], "day %d: %d",
                      (int)day, (int)level.certain);
    }
    uint64_t without = (uint64_t)1 << tdm__vocabulary_episode(vocabulary(), TDM_LIT("cp-plan"));
    ck_assert_int_eq(tdm__history_level(s.history, BRUTE_BASE + 3, without).certain, 1);
    story_close(&s);
}
END_TEST

/* --- during and after --- */

typedef struct relation {
    uint32_t row;
    tdm_span within;
} relation;

static bool during(world *w, const void *payload)
{
    const relation *asked = payload;
    const tdm_history *h = w->story->history;
    tdm_day day = w->day[asked->row];
    for (uint32_t i = 0; i < h->episode_count; i++) {
        const tdm__episode *e = &h->episodes[i];
        bool closed = e->end_row != TDM_NO_INDEX;
        tdm_day start = w->day[e->start_row];
        if (w->present[asked->row] && w->present[e->start_row] && (!closed || w->present[e->end_row]) &&
            (day == start || (day > start && (!closed || day < w->day[e->end_row]))))
            return true;
    }
    return false;
}

static bool after(world *w, const void *payload)
{
    const relation *asked = payload;
    for (uint32_t i = 0; i < w->count; i++) {
        tdm_day day = w->day[asked->row];
        if (w->present[asked->row] && w->in[1][i] && day > w->day[i] && w->group[i] != w->group[asked->row] &&
            (asked->within.count == 0 || day <= w->day[i] + asked->within.count))
            return true;
    }
    return false;
}

/* Every row against the selection made: 0 not in it, 1 in doubt, 2 in it. An uncertain row is in doubt in
 * every world anyway, so it may be in without further doubt. */
static int member(const tdm_selection *selection, uint32_t row)
{
    for (uint32_t i = 0; i < selection->count; i++)
        if (selection->members[i].row == row)
            return selection->members[i].doubtful ? 1 : 2;
    return 0;
}

static void ck_member(int how, const brute_result *expected, bool exact, uint64_t seed)
{
    int right = expected->all ? 2 : expected->some ? 1 : 0;
    ck_assert_msg(how == right || (how == 1 && !exact), "seed %llu: %d, but it is %d",
                  (unsigned long long)seed, how, right);
}

START_TEST(during_episodes)
{
    for (uint64_t seed = 0; seed < SEEDS; seed++) {
        uint64_t state = seed + 12;
        random_story r;
        story s;
        tdm__episodes *episodes;
        tdm_selection *selected;
        random_rows(&r, &state, 4, "concern cp-plan-start cp-plan-end injury", seed % 4 ? 60 : 0, 20);
        story_open(&s, r.rows, r.count, BRUTE_AS_OF);
        ck_assert_int_eq(tdm__episodes_new(&episodes, s.history, TDM_NO_INDEX, NULL, 0, NULL), TDM_OK);
        ck_assert_int_eq(tdm__selection_during(&selected, story_select(&s, NULL), episodes, NULL), TDM_OK);
        for (uint32_t row = 0; row < s.history->row_count; row++) {
            relation asked = {row, {0, 0}};
            brute_result expected = brute(&s, r.rows, NULL, NULL, during, NULL, &asked);
            if (expected.worlds > 0 && !s.history->rows[row].uncertain)
                ck_member(member(selected, row), &expected, seed % 4 == 0 && !shares_incident(&r), seed);
        }
        story_close(&s);
    }
}
END_TEST

START_TEST(after_other_rows)
{
    for (uint64_t seed = 0; seed < SEEDS; seed++) {
        uint64_t state = seed + 44;
        random_story r;
        story s;
        tdm_selection *selected, *earlier;
        random_rows(&r, &state, 4, "concern injury", seed % 4 ? 60 : 0, 20);
        story_open(&s, r.rows, r.count, BRUTE_AS_OF);
        ck_assert_int_eq(story_try_select(&earlier, &s, "injury", seed % 3 ? 0 : 2, false), TDM_OK);
        relation asked = {0, {TDM_SPAN_DAYS, random_below(&state, 6)}};
        ck_assert_int_eq(
            tdm__selection_after(&selected, story_select(&s, NULL), earlier, asked.within, NULL, NULL),
            TDM_OK);
        for (asked.row = 0; asked.row < s.history->row_count; asked.row++) {
            brute_result expected = brute(&s, r.rows, NULL, earlier, after, NULL, &asked);
            if (expected.worlds > 0 && !s.history->rows[asked.row].uncertain)
                ck_member(member(selected, asked.row), &expected, seed % 4 == 0 && !shares_incident(&r),
                          seed);
        }
        story_close(&s);
    }
}
END_TEST

Suite *levels_suite(void)
{
    Suite *suite = suite_create("levels");
    TCase *tests = tcase_create("levels");
    tcase_set_timeout(tests, 120);
    tcase_add_test(tests, level_on_every_day);
    tcase_add_test(tests, steps_have_no_gaps);
    tcase_add_test(tests, levels_by_hand);
    tcase_add_test(tests, during_episodes);
    tcase_add_test(tests, after_other_rows);
    suite_add_tcase(suite, tests);
    return suite;
}

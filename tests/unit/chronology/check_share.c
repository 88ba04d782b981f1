/*
 * One fact as a share of another, worked out by hand: rounding, the edge of a school year, periods. The rule
 * itself is held against all worlds in check_load.c.
 */
#include "chronology/brute.h"
#include "chronology/load.h"
#include "chronology/suites.h"

static tdm__verdict share_of(story *s, const story_row *rows, size_t count, int32_t percent_milli)
{
    tdm__verdict verdict;
    tdm__share rule = {.of = tdm__vocabulary_fact(vocabulary(), TDM_LIT("sessions_missed")),
                       .by = tdm__vocabulary_fact(vocabulary(), TDM_LIT("sessions_possible")),
                       .percent_milli = percent_milli};
    story_open(s, rows, count, BRUTE_BASE + 300);
    ck_assert_int_eq(tdm__selection_share(&verdict, story_select(s, NULL), &rule, NULL), TDM_OK);
    return verdict;
}

/* 19 of 190 is 10 per cent to the session; 19 of 191 is 9.947..., printed 9.9 and below. The half is rounded
 * up: 1 of 80 is 1.25, printed 1.3. */
START_TEST(the_exact_share_is_compared_and_the_rate_is_rounded)
{
    static const struct {
        const char *missed, *possible;
        int32_t percent_milli;
        tdm_answer answer;
        int32_t tenths;
    } cases[] = {{"19", "190", 10000, TDM_MET, 100},
                 {"19", "191", 10000, TDM_NOT_MET, 0},
                 {"19", "191", 9900, TDM_MET, 99},
                 {"1", "80", 1250, TDM_MET, 13},
                 {"1", "80", 1251, TDM_NOT_MET, 0}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        story s;
        const story_row row = {.from = BRUTE_BASE,
                               .fact = "sessions_missed",
                               .value = cases[i].missed,
                               .second_fact = "sessions_possible",
                               .second_value = cases[i].possible};
        tdm__verdict verdict = share_of(&s, &row, 1, cases[i].percent_milli);
        ck_assert_int_eq(verdict.answer, cases[i].answer);
        if (verdict.answer == TDM_MET) {
            ck_assert_int_eq(verdict.spells[0].share_tenths.certain, cases[i].tenths);
            ck_assert_int_eq(verdict.spells[0].share_tenths.possible, cases[i].tenths);
        }
        story_close(&s);
    }
}
END_TEST

#define SESSIONS(missed, possible)                                                                           \
    .fact = "sessions_missed", .value = (missed), .second_fact = "sessions_possible",                        \
    .second_value = (possible)

/* 10 of 100 for certain, and 30 of 50 some day in August or September: 10.0 to (40 of 150 =) 26.7 in each
 * year. */
START_TEST(a_row_on_the_edge_of_the_year_gives_two_rates)
{
    static const story_row rows[] = {
        {.from = BRUTE_BASE, SESSIONS("10", "100")},
        {.from = BRUTE_BASE + 230, .to = BRUTE_BASE + 233, SESSIONS("30", "50")}};
    story s;
    tdm__verdict verdict = share_of(&s, rows, 2, 20000);
    ck_assert_int_eq(verdict.answer, TDM_MET); /* 40 of 150, or 30 of 50 in the next year */
    ck_assert_uint_eq(verdict.spell_count, 1);
    ck_assert_uint_eq(verdict.spells[0].row_count, 2);
    story_close(&s);
    verdict = share_of(&s, rows, 2, 50000);
    ck_assert_int_eq(verdict.answer, TDM_POSSIBLE);
    ck_assert_int_eq(verdict.spells[0].share_tenths.possible, 600);
    story_close(&s);
    verdict = share_of(&s, rows, 2, 10000);
    ck_assert_int_eq(verdict.answer, TDM_MET);
    ck_assert_int_eq(verdict.spells[0].share_tenths.certain, 100);
    ck_assert_int_eq(verdict.spells[0].share_tenths.possible, 267);
    story_close(&s);
}
END_TEST

/* Sums of a period are known when it is over: as of BASE + 300. */
START_TEST(a_period_is_told_on_its_last_day)
{
    static const struct {
        story_row rows[2];
        size_t count;
        tdm_day first_met, to; /* from BASE */
    } cases[] = {
        /* 16 of 140 are more than a tenth; 46 of 340 likewise. */
        {{{.from = BRUTE_BASE, .ended = BRUTE_BASE + 60, SESSIONS("16", "140")},
          {.from = BRUTE_BASE + 70, .ended = BRUTE_BASE + 180, SESSIONS("30", "200")}},
         2,
         60,
         180},
        /* The one that begins first ends last: 2 of 100 until then, 32 of 200 with it. */
        {{{.from = BRUTE_BASE, .ended = BRUTE_BASE + 150, SESSIONS("30", "100")},
          {.from = BRUTE_BASE + 10, .ended = BRUTE_BASE + 40, SESSIONS("2", "100")}},
         2,
         150,
         150},
        {{{.from = BRUTE_BASE, SESSIONS("30", "100")},
          {.from = BRUTE_BASE + 10, .ended = BRUTE_BASE + 40, SESSIONS("2", "100")}},
         2,
         0,
         40},
        /* Recorded before it was over: what it sums ends there; of a day that has not come no more is known.
         */
        {{{.from = BRUTE_BASE, .ended = BRUTE_BASE + 60, .recorded = BRUTE_BASE + 20, SESSIONS("16", "140")}},
         1,
         20,
         20},
        {{{.from = BRUTE_BASE, .ended = BRUTE_BASE + 400, SESSIONS("16", "140")}}, 1, 300, 300},
        {{{.from = BRUTE_BASE, SESSIONS("16", "140")}}, 1, 0, 0},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        story s;
        tdm__verdict verdict = share_of(&s, cases[i].rows, cases[i].count, 10000);
        ck_assert_int_eq(verdict.answer, TDM_MET);
        ck_assert_int_eq(verdict.spells[0].from, BRUTE_BASE);
        ck_assert_int_eq(verdict.spells[0].first_met - BRUTE_BASE, cases[i].first_met);
        ck_assert_int_eq(verdict.spells[0].to - BRUTE_BASE, cases[i].to);
        ck_assert_int_eq(verdict.spells[0].last.to - BRUTE_BASE, cases[i].to);
        story_close(&s);
    }
}
END_TEST

Suite *share_suite(void)
{
    Suite *suite = suite_create("share");
    TCase *tests = tcase_create("share");
    tcase_add_test(tests, the_exact_share_is_compared_and_the_rate_is_rounded);
    tcase_add_test(tests, a_row_on_the_edge_of_the_year_gives_two_rates);
    tcase_add_test(tests, a_period_is_told_on_its_last_day);
    suite_add_tcase(suite, tests);
    return suite;
}

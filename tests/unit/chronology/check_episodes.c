/*
 * Pairing starts and ends; what does not pair is a diagnostic and closes nothing.
 */
#include "chronology/fixture.h"
#include "chronology/suites.h"

#define D   ((tdm_day)19000)
#define CSC "childrens-social-care"

#define PAIR_ROWS 6

typedef struct pair_case {
    const char *name;
    story_row rows[PAIR_ROWS];
    const char *episodes;   /* "start-end" by row numbers of the story, "-" alone: open; by start */
    const char *diagnostic; /* expected once; NULL: none at all */
} pair_case;

#define CARE(day, what, ...)                                                                                 \
    {                                                                                                        \
        .from = D + (day), .kind = what, .agency = CSC, __VA_ARGS__                                          \
    }
#define START(day, ...) CARE(day, "cp-plan-start", __VA_ARGS__)
#define END(day, ...)   CARE(day, "cp-plan-end", __VA_ARGS__)
#define NO_ACTION       .fact = "no_further_action", .value = "yes"

static const pair_case pair_cases[] = {
    {"a start and an end", {START(0, .uncertain = false), END(9, .uncertain = false)}, "0-1 ", NULL},
    {"open", {START(0, .uncertain = false)}, "0- ", NULL},
    {"one after the other",
     {START(0, .uncertain = false), END(5, .uncertain = false), START(5, .uncertain = false),
      END(9, .uncertain = false)},
     "0-1 2-3 ",
     NULL},
    {"the end tells its start",
     {START(0, .episode = "p1"), START(1, .episode = "p2"), END(5, .episode = "p1")},
     "0-2 1- ",
     NULL},
    {"stated, end before start",
     {START(5, .episode = "p1"), END(2, .episode = "p1")},
     "0-1 ",
     "episode-ends-before-start"},
    {"stated twice is one",
     {START(0, .episode = "p1"), START(3, .episode = "p1"), END(9, .episode = "p1")},
     "0-2 ",
     "episode-started-twice"},
    {"an end without a start", {END(3, .uncertain = false)}, "", "episode-end-without-start"},
    {"an end of another agency",
     {START(0, .uncertain = false), {.from = D + 3, .kind = "cp-plan-end", .agency = "police"}},
     "0- ",
     "episode-end-without-start"},
    {"a stated end does not close an unstated start",
     {START(0, .uncertain = false), END(3, .episode = "p1")},
     "0- ",
     "episode-end-without-start"},
    {"two starts",
     {START(0, .uncertain = false), START(3, .uncertain = false)},
     "0- 1- ",
     "episode-started-twice"},
    {"ends of another name",
     {START(0, .uncertain = false), {.from = D + 3, .kind = "cin-plan-end", .agency = CSC}},
     "0- ",
     "episode-end-without-start"},
    {"no further action opens no case",
     {{.from = D, .kind = "referral", .agency = CSC, .fact = "no_further_action", .value = "yes"}},
     "",
     NULL},
    {"a referral opens a case",
     {{.from = D, .kind = "referral", .agency = CSC, .fact = "no_further_action", .value = "no"},
      {.from = D + 9, .kind = "case-closure", .agency = CSC}},
     "0-1 ",
     NULL},
    {"a referral while one is open joins it",
     {{.from = D, .kind = "referral", .agency = CSC},
      {.from = D + 2, .kind = "referral", .agency = CSC},
      {.from = D + 9, .kind = "case-closure", .agency = CSC},
      {.from = D + 20, .kind = "referral", .agency = CSC}},
     "0-2 3- ",
     NULL},
    {"a conference ends the enquiry",
     {{.from = D, .kind = "s47-start", .agency = CSC}, {.from = D + 9, .kind = "icpc", .agency = CSC}},
     "0-1 ",
     NULL},
    {"a conference that may lie before its enquiry ends none",
     {{.from = D + 3, .to = D + 9, .kind = "s47-start", .agency = CSC},
      {.from = D + 5, .kind = "icpc", .agency = CSC}},
     "0- ",
     NULL},
    {"a closure ends an assessment",
     {{.from = D, .kind = "referral", .agency = CSC},
      {.from = D + 1, .kind = "assessment-start", .agency = CSC},
      {.from = D + 9, .kind = "case-closure", .agency = CSC}},
     "0-2 1-2 ",
     NULL},
    {"what ends by name is not ended again",
     {{.from = D, .kind = "s47-start", .agency = CSC},
      {.from = D + 5, .kind = "s47-end", .agency = CSC},
      {.from = D + 9, .kind = "icpc", .agency = CSC}},
     "0-1 ",
     NULL},

    /* A closure ends what is open of its own case. */
    {"no further action, closed: no case, nothing to say",
     {CARE(0, "referral", .episode = "b", NO_ACTION), CARE(0, "case-closure", .episode = "b")},
     "",
     NULL},
    {"no further action, closed while another case is open",
     {CARE(0, "referral", .episode = "a"), CARE(9, "cin-plan-start", .episode = "p"),
      CARE(50, "referral", .episode = "b", NO_ACTION), CARE(50, "case-closure", .episode = "b")},
     "0- 1- ",
     NULL},
    {"no further action, closed later, told by name",
     {CARE(0, "referral", .episode = "a"), CARE(9, "cin-plan-start", .episode = "p"),
      CARE(50, "referral", .episode = "b", NO_ACTION), CARE(57, "case-closure", .episode = "b")},
     "0- 1- ",
     NULL},
    {"no further action, closed, told by one reference",
     {CARE(0, "referral", .reference = "R-1"), CARE(9, "cin-plan-start", .reference = "P-1"),
      CARE(50, "referral", .reference = "R-2", NO_ACTION), CARE(50, "case-closure", .reference = "R-2")},
     "0- 1- ",
     NULL},
    {"one name of which another return says that a case was opened",
     {CARE(0, "referral", .episode = "a", NO_ACTION), CARE(0, "referral", .episode = "a"),
      CARE(9, "case-closure", .episode = "a")},
     "1-2 ",
     NULL},
    {"no further action, closed on the day, nothing else open",
     {CARE(0, "cin-plan-start", .episode = "p"), CARE(50, "referral", NO_ACTION),
      CARE(50, "case-closure", .uncertain = false)},
     "0- ",
     NULL},
    {"no further action, something closed later: nothing says what",
     {CARE(0, "cin-plan-start", .episode = "p"), CARE(50, "referral", NO_ACTION),
      CARE(60, "case-closure", .uncertain = false)},
     "0-2 ",
     "episode-end-without-start"},
    {"a plan of the other case stays, and ends with that",
     {CARE(0, "referral", .episode = "a"), CARE(9, "cin-plan-start", .episode = "p"),
      CARE(20, "referral", .episode = "b"), CARE(30, "case-closure", .episode = "b"),
      CARE(40, "case-closure", .episode = "a")},
     "0-4 1-4 2-3 ",
     NULL},
    {"a plan of its own case ends, though another has been opened since",
     {CARE(0, "referral", .episode = "a"), CARE(9, "cin-plan-start", .episode = "p"),
      CARE(20, "referral", .episode = "b"), CARE(30, "case-closure", .episode = "a")},
     "0-3 1-3 2- ",
     NULL},
    {"a plan of one case or the other ends with the last",
     {CARE(0, "referral", .episode = "a"), CARE(5, "referral", .episode = "b"),
      CARE(9, "cin-plan-start", .episode = "p"), CARE(30, "case-closure", .episode = "a"),
      CARE(40, "case-closure", .episode = "b")},
     "0-3 1-4 2-4 ",
     NULL},
    {"a plan of one case or the other, closed on one day",
     {CARE(0, "referral", .episode = "a"), CARE(5, "referral", .episode = "b"),
      CARE(9, "cin-plan-start", .episode = "p"), CARE(30, "case-closure", .episode = "a"),
      CARE(30, "case-closure", .episode = "b")},
     "0-3 1-4 2-4 ",
     NULL},
    {"closures whose order is in doubt: the one that may be later",
     {CARE(0, "referral", .episode = "a"), CARE(5, "referral", .episode = "b"),
      CARE(9, "cin-plan-start", .episode = "p"), CARE(30, "case-closure", .to = D + 40, .episode = "a"),
      CARE(35, "case-closure", .episode = "b")},
     "0-3 1-4 2-3 ",
     NULL},
    {"the other case may have been open when the plan began",
     {CARE(0, "referral", .episode = "a"), CARE(5, "referral", .to = D + 12, .episode = "b"),
      CARE(9, "cin-plan-start", .episode = "p"), CARE(30, "case-closure", .episode = "a")},
     "0-3 1- 2- ",
     NULL},
    {"the other case was over before the plan began",
     {CARE(0, "referral", .episode = "a"), CARE(5, "case-closure", .episode = "a"),
      CARE(6, "referral", .episode = "b"), CARE(9, "cin-plan-start", .episode = "p"),
      CARE(30, "case-closure", .episode = "b")},
     "0-1 2-4 3-4 ",
     NULL},
    {"the closure of a case that nobody told, while another is open",
     {CARE(0, "referral", .episode = "a"), CARE(9, "cin-plan-start", .episode = "p"),
      CARE(30, "case-closure", .episode = "b")},
     "0- 1- ",
     "episode-end-without-start"},
    {"a closure told twice ends nothing of another case",
     {CARE(0, "referral", .episode = "b"), CARE(4, "case-closure", .episode = "b"),
      CARE(6, "referral", .episode = "a"), CARE(9, "cin-plan-start", .episode = "p"),
      CARE(12, "case-closure", .episode = "b")},
     "0-1 2- 3- ",
     "episode-end-without-start"},
    {"a closure without a tie, the case told by name",
     {CARE(0, "referral", .episode = "a"), CARE(9, "cin-plan-start", .episode = "p"),
      CARE(30, "case-closure", .uncertain = false)},
     "0- 1-2 ",
     "episode-end-without-start"},
    {"a case of another agency is no other case",
     {{.from = D, .kind = "referral", .agency = "police"},
      CARE(0, "referral", .episode = "a"),
      CARE(9, "cin-plan-start", .episode = "p"),
      CARE(30, "case-closure", .episode = "a")},
     "0- 1-3 2-3 ",
     NULL},
};

START_TEST(starts_and_ends)
{
    const pair_case *row = &pair_cases[_i];
    tdm__text found;
    story s;
    size_t count = 0;
    while (count < PAIR_ROWS && row->rows[count].from != 0)
        count++;
    story_open(&s, row->rows, count, D + 100);
    tdm__text_init(&found, &tdm__malloc_allocator);
    tdm__text_puts(&found, "");
    for (uint32_t i = 0; i < s.history->episode_count; i++) {
        const tdm__episode *e = &s.history->episodes[i];
        tdm__text_printf(&found, "%d-", (int)story_row_of(&s, e->start_row));
        if (e->end_row != TDM_NO_INDEX)
            tdm__text_printf(&found, "%d", (int)story_row_of(&s, e->end_row));
        else
            ck_assert(e->end_from == TDM_DAY_NONE && e->end_to == TDM_DAY_NONE);
        tdm__text_char(&found, ' ');
    }
    ck_assert_msg(strcmp(found.data, row->episodes) == 0, "%s: %s", row->name, found.data);
    ck_assert_msg(s.diagnostics.count == (row->diagnostic != NULL), "%s: %zu diagnostics", row->name,
                  s.diagnostics.count);
    if (row->diagnostic) {
        ck_assert_str_eq(s.diagnostics.items[0].code, row->diagnostic);
        ck_assert(tdm__str_equal(s.diagnostics.items[0].file, TDM_LIT("story.csv")));
        ck_assert_int_gt(s.diagnostics.items[0].row, 0);
    }
    tdm__text_free(&found);
    story_close(&s);
}
END_TEST

/* Two starts of one agency and one end: nothing is closed, both are said. */
START_TEST(an_ambiguous_end_closes_nothing)
{
    static const story_row rows[] = {START(0, .uncertain = false), START(3, .uncertain = false),
                                     END(9, .uncertain = false)};
    story s;
    story_open(&s, rows, 3, D + 100);
    ck_assert_uint_eq(s.history->episode_count, 2);
    for (uint32_t i = 0; i < 2; i++)
        ck_assert_uint_eq(s.history->episodes[i].end_row, TDM_NO_INDEX);
    ck_assert_uint_eq(diagnosed(&s.diagnostics, "episode-started-twice"), 1);
    ck_assert_uint_eq(diagnosed(&s.diagnostics, "episode-end-ambiguous"), 1);
    ck_assert_int_eq(tdm__history_level(s.history, D + 50, 0).certain, 5);
    story_close(&s);
}
END_TEST

/* An end that is not known yet leaves the episode open; an uncertain end makes all of it uncertain. */
START_TEST(ends_not_yet_known_and_uncertain)
{
    static const story_row rows[] = {START(0, .uncertain = false), END(9, .recorded = D + 30)};
    static const story_row doubtful[] = {START(0, .uncertain = false), END(9, .uncertain = true)};
    story s;
    story_open(&s, rows, 2, D + 20);
    ck_assert_uint_eq(s.history->episodes[0].end_row, TDM_NO_INDEX);
    ck_assert_int_eq(tdm__history_level(s.history, D + 20, 0).certain, 5);
    story_close(&s);
    story_open(&s, rows, 2, D + 30);
    ck_assert_int_eq(s.history->episodes[0].end_from, D + 9);
    story_close(&s);
    story_open(&s, doubtful, 2, D + 30);
    ck_assert(s.history->episodes[0].uncertain);
    ck_assert_int_eq(tdm__history_level(s.history, D + 3, 0).certain, 0);
    ck_assert_int_eq(tdm__history_level(s.history, D + 3, 0).possible, 5);
    story_close(&s);
}
END_TEST

/* Episodes by the facts of their start. */
START_TEST(episodes_by_fact)
{
    static const story_row rows[] = {START(0, .episode = "1", .fact = "category", .value = "neglect"),
                                     START(3, .episode = "2", .fact = "category", .value = "emotional"),
                                     START(5, .episode = "3"),
                                     {.from = D, .kind = "cin-plan-start", .agency = CSC}};
    tdm_str neglect = TDM_LIT("neglect");
    tdm__fact_filter filter = {tdm__vocabulary_fact(vocabulary(), TDM_LIT("category")), &neglect, 1, 0, 0};
    uint32_t plan = tdm__vocabulary_episode(vocabulary(), TDM_LIT("cp-plan"));
    tdm__episodes *episodes;
    story s;
    story_open(&s, rows, 4, D + 100);
    ck_assert_int_eq(tdm__episodes_new(&episodes, s.history, plan, &filter, 1, NULL), TDM_OK);
    ck_assert_uint_eq(episodes->count, 1);
    ck_assert_uint_eq(story_row_of(&s, episodes->items[0]->start_row), 0);
    ck_assert_int_eq(tdm__episodes_new(&episodes, s.history, plan, NULL, 0, NULL), TDM_OK);
    ck_assert_uint_eq(episodes->count, 3);
    ck_assert_int_eq(tdm__episodes_new(&episodes, s.history, TDM_NO_INDEX, NULL, 0, NULL), TDM_OK);
    ck_assert_uint_eq(episodes->count, 4);
    story_close(&s);
}
END_TEST

Suite *episodes_suite(void)
{
    Suite *suite = suite_create("episodes");
    TCase *tests = tcase_create("episodes");
    tcase_add_loop_test(tests, starts_and_ends, 0, (int)(sizeof pair_cases / sizeof *pair_cases));
    tcase_add_test(tests, an_ambiguous_end_closes_nothing);
    tcase_add_test(tests, ends_not_yet_known_and_uncertain);
    tcase_add_test(tests, episodes_by_fact);
    suite_add_tcase(suite, tests);
    return suite;
}

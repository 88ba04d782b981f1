/*
 * Which rows tell one incident, and the date they share.
 */
#include "chronology/fixture.h"
#include "chronology/suites.h"

#define D ((tdm_day)19000)

typedef struct tie_case {
    const char *name;
    story_row rows[4];
    const char *expected; /* one letter a row: the same letter for rows of one incident */
} tie_case;

static const tie_case tie_cases[] = {
    {"stated",
     {{.from = D, .incident = "i1"},
      {.from = D, .incident = "i1"},
      {.from = D, .incident = "i2"},
      {.from = D}},
     "aabc"},
    {"stated within one agency, days apart",
     {{.from = D, .incident = "x"}, {.from = D + 9}, {.from = D + 9, .incident = "x"}, {.from = D + 9}},
     "abac"},
    {"quoted by two agencies",
     {{.from = D, .reference = "CR/1234"},
      {.from = D, .reference = "CR/1234", .agency = "school"},
      {.from = D},
      {.from = D}},
     "aabc"},
    {"own numbering ties nothing",
     {{.from = D, .reference = "CR/1234"}, {.from = D + 1, .reference = "CR/1234"}, {.from = D}, {.from = D}},
     "abcd"},
    {"two of one agency and one of another",
     {{.from = D, .reference = "CR/1234"},
      {.from = D, .reference = "CR/1234"},
      {.from = D, .reference = "CR/1234", .agency = "gp"},
      {.from = D}},
     "aaab"},
    {"short numbers",
     {{.from = D, .reference = "1234"},
      {.from = D, .reference = "1234", .agency = "gp"},
      {.from = D},
      {.from = D}},
     "abcd"},
    {"starts and ends carry the same number",
     {{.from = D, .kind = "cp-plan-start", .reference = "CR/1234"},
      {.from = D, .kind = "cp-plan-end", .reference = "CR/1234", .agency = "gp"},
      {.from = D, .kind = "missing-start", .reference = "CR/1234", .agency = "school"},
      {.from = D, .reference = "CR/1234"}},
     "abcd"},
    {"a reference is no incident",
     {{.from = D, .reference = "CR/1234"},
      {.from = D, .incident = "CR/1234", .agency = "gp"},
      {.from = D},
      {.from = D}},
     "abcd"},
    {"tied by one and by the other",
     {{.from = D, .incident = "i"},
      {.from = D, .incident = "i", .reference = "CR/1234"},
      {.from = D, .reference = "CR/1234", .agency = "gp"},
      {.from = D}},
     "aaab"},
};

START_TEST(rows_of_one_incident)
{
    const tie_case *row = &tie_cases[_i];
    story s;
    story_open(&s, row->rows, 4, D + 100);
    for (uint32_t i = 0; i < 4; i++) {
        size_t at = story_row_of(&s, i);
        char letter = row->expected[at];
        for (uint32_t k = 0; k < 4; k++)
            ck_assert_msg((s.history->rows[i].incident == s.history->rows[k].incident) ==
                              (letter == row->expected[story_row_of(&s, k)]),
                          "%s: rows %zu and %zu", row->name, at, story_row_of(&s, k));
    }
    story_close(&s);
}
END_TEST

typedef struct date_case {
    story_row rows[3]; /* all of one incident */
    size_t count;
    tdm_day from, to;
    bool contradicts;
} date_case;

static const date_case date_cases[] = {
    {{{.from = D, .to = D + 9, .incident = "i"}, {.from = D + 5, .to = D + 20, .incident = "i"}},
     2,
     D + 5,
     D + 9,
     false},
    {{{.from = D, .to = D + 9, .incident = "i"}, {.from = D + 5, .incident = "i"}}, 2, D + 5, D + 5, false},
    {{{.from = D, .incident = "i"}, {.from = D + 5, .to = D + 7, .incident = "i"}}, 2, D, D + 7, true},
    {{{.from = D, .incident = "i"}, {.from = D, .incident = "i"}, {.from = D + 5, .incident = "i"}},
     3,
     D,
     D + 5,
     true},
    {{{.from = D, .to = D + 3, .incident = "i"},
      {.from = D + 2, .to = D + 5, .incident = "i"},
      {.from = D + 5, .to = D + 8, .incident = "i"}},
     3,
     D,
     D + 8,
     true},
    {{{.from = TDM_DAY_BEFORE_ALL, .to = TDM_DAY_AFTER_ALL, .incident = "i"},
      {.from = D + 5, .incident = "i"}},
     2,
     D + 5,
     D + 5,
     false},
    {{{.from = TDM_DAY_BEFORE_ALL, .to = TDM_DAY_AFTER_ALL, .incident = "i"},
      {.from = D + 5, .incident = "i"},
      {.from = D + 7, .incident = "i"}},
     3,
     D + 5,
     D + 7,
     true},
};

START_TEST(the_date_they_share)
{
    const date_case *row = &date_cases[_i];
    story s;
    story_open(&s, row->rows, row->count, D + 100);
    ck_assert_uint_eq(s.history->incident_count, 1);
    ck_assert_int_eq(s.history->incidents[0].from, row->from);
    ck_assert_int_eq(s.history->incidents[0].to, row->to);
    ck_assert(s.history->incidents[0].contradicts == row->contradicts);
    ck_assert_uint_eq(diagnosed(&s.diagnostics, "incident-dates-contradict"), row->contradicts);
    for (uint32_t i = 0; i < row->count; i++)
        if (s.history->rows[i].dated) {
            ck_assert_int_eq(s.history->rows[i].from, row->from);
            ck_assert_int_eq(s.history->rows[i].to, row->to);
        }
    story_close(&s);
}
END_TEST

Suite *incidents_suite(void)
{
    Suite *suite = suite_create("incidents");
    TCase *tests = tcase_create("incidents");
    tcase_add_loop_test(tests, rows_of_one_incident, 0, (int)(sizeof tie_cases / sizeof *tie_cases));
    tcase_add_loop_test(tests, the_date_they_share, 0, (int)(sizeof date_cases / sizeof *date_cases));
    suite_add_tcase(suite, tests);
    return suite;
}

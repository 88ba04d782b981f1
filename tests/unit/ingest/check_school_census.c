/*
 * The school census: our own fixtures with every oddity at its line, codes by year, and the public
 * samples where they are at hand.
 */
#include "ingest/gathered.h"
#include "ingest/school_census.h"
#include "ingest/suites.h"
#include "support.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define TERM "[2023-09-01..2023-12-31] attendance-summary school"
#define TEXT " +text:sessions by code of the register: "
#define NAME " +occurred_as_written:autumn term 2023"

START_TEST(sessions_become_summaries)
{
    gathered g;
    ck_assert_int_eq(gathered_init(&g, NULL), TDM_OK);
    ck_assert_int_eq(gathered_path(&g, "fixtures/school-census/2023_autumn_sessions.csv", ""), TDM_OK);
    ck_assert_str_eq(gathered_account(&g, 0), "13 12 1");
    ck_assert_str_eq(gathered_diagnostics(&g, NULL), "0 term-from-name \n"
                                                     "6 sessions-missing sessions\n"
                                                     "7 code-of-other-years attendancereason\n"
                                                     "9 code-unknown attendancereason\n"
                                                     "10 fact-not-read sessions\n"
                                                     "11 child-missing pupilonrolltableid\n"
                                                     "13 code-missing attendancereason\n"
                                                     "8 more-missed-than-possible sessions\n"
                                                     "12 possible-differs termlysessionspossible\n");
    ck_assert_str_eq(gathered_events(&g),
                     "P-1 " TERM " 2" TEXT "I 12, O 4, X 9" NAME " sessions_missed=16 sessions_possible=140\n"
                     "P-1 " TERM " 14" TEXT "U 2" NAME " sessions_missed=2 sessions_possible=60\n"
                     "P-2 " TERM " 3" TEXT "O 6, G not given" NAME "\n"
                     "P-3 " TERM " 7" TEXT "Y1 20" NAME " sessions_possible=130\n"
                     "P-4 " TERM " 8" TEXT "H 150" NAME " sessions_missed=150 sessions_possible=140\n"
                     "P-5 " TERM " 9" TEXT "QQ 5" NAME " sessions_possible=140\n"
                     "P-6 " TERM " 10" TEXT "I not given" NAME " sessions_possible=140\n"
                     "P-7 " TERM " 12" TEXT "I 3, no code 3" NAME "\n");
    gathered_free(&g);
}
END_TEST

START_TEST(exclusions_become_events)
{
    gathered g;
    ck_assert_int_eq(gathered_init(&g, NULL), TDM_OK);
    ck_assert_int_eq(gathered_path(&g, "fixtures/school-census/exclusions.csv", ""), TDM_OK);
    ck_assert_str_eq(gathered_account(&g, 0), "5 4 1");
    ck_assert_str_eq(gathered_diagnostics(&g, NULL), "4 code-unknown reason1\n4 date-not-read startdate\n"
                                                     "5 code-unknown category\n5 fact-not-read category\n"
                                                     "6 child-missing \n");
    ck_assert_str_eq(
        gathered_events(&g),
        "P-1 2023-11-06 exclusion school 2 +text:physical assault against a pupil; persistent or general "
        "disruption +occurred_as_written:2023-Nov-06 00:00:00 +reference:x1 sessions=10 permanent=no\n"
        "P-1 2023-12-01 exclusion school 3 +text:theft +occurred_as_written:2023-Dec-01 00:00:00 "
        "+reference:x2 sessions=10 permanent=yes\n"
        "P-2 2023-10-04 exclusion school 5 +text:other +occurred_as_written:04/10/2023 +reference:x4\n"
        "P-2 undated exclusion school 4 +text:ZZ +occurred_as_written:2023-Sep-31 00:00:00 +reference:x3 "
        "sessions=1 permanent=no\n");
    gathered_free(&g);
}
END_TEST

#define ONE_ROW "pupilonrolltableid,sessions,attendancereason\nP,5,I\n"

typedef struct term_case {
    const char *name;
    const char *event;
} term_case;

static const term_case term_cases[] = {
    {"2024_autumn_termlysessiondetailsonroll.csv", "P [2024-09-01..2024-12-31] attendance-summary"},
    {"folder 2019/Sessions-Spring-2025.csv", "P [2025-01-01..2025-04-30] attendance-summary"},
    {"summer2023.csv", "P [2023-04-01..2023-08-31] attendance-summary"},
    {"20230401_summer.csv", "P undated attendance-summary"}, /* eight digits are no year */
    {"2023.csv", "P undated attendance-summary"},
    {"autumn.csv", "P undated attendance-summary"},
};

START_TEST(the_name_gives_the_term)
{
    gathered g;
    const term_case *t = &term_cases[_i];
    ck_assert_int_eq(gathered_init(&g, NULL), TDM_OK);
    ck_assert_int_eq(gathered_content(&g, t->name, ONE_ROW, ""), TDM_OK);
    ck_assert_str_eq(gathered_diagnostics(&g, NULL),
                     strstr(t->event, "undated") ? "0 date-missing \n" : "0 term-from-name \n");
    ck_assert_ptr_nonnull(strstr(gathered_events(&g), t->event));
    gathered_free(&g);
}
END_TEST

START_TEST(a_declared_period_goes_over_the_name)
{
    gathered g;
    ck_assert_int_eq(gathered_init(&g, NULL), TDM_OK);
    ck_assert_int_eq(gathered_path(&g, "fixtures/school-census", ""), TDM_OK);
    /* Six rows are of pupils that the case does not know, and one of nobody. */
    ck_assert_str_eq(gathered_account(&g, 0), "13 6 7");
    ck_assert_str_eq(gathered_account(&g, 1), "5 4 1");
    ck_assert_str_eq(gathered_diagnostics(&g, "term-from-name"), "");
    ck_assert_ptr_nonnull(strstr(gathered_events(&g),
                                 "P-1 [2023-09-04..2023-12-20] attendance-summary school 2" TEXT
                                 "I 12, O 4, X 9 sessions_missed=16 sessions_possible=140\n"));
    gathered_free(&g);
}
END_TEST

START_TEST(more_than_a_term_holds_is_told)
{
    gathered g;
    ck_assert_int_eq(gathered_init(&g, NULL), TDM_OK);
    /* 1 September to 31 December is 122 days, so 18 weeks are touched: 180 half days. */
    ck_assert_int_eq(gathered_content(&g, "2024_autumn.csv",
                                      "pupilonrolltableid,sessions,attendancereason\nP,180,I\nQ,181,I\n", ""),
                     TDM_OK);
    ck_assert_str_eq(gathered_diagnostics(&g, "more-missed-than-possible"),
                     "3 more-missed-than-possible sessions\n");
    gathered_free(&g);
}
END_TEST

typedef struct code_case {
    const char *code;
    int32_t school_year;
    tdm__attendance means;
    bool of_other_years;
} code_case;

static const code_case code_cases[] = {
    {"I", 2016, TDM__ATTENDANCE_ABSENT, false},     {"H", 2023, TDM__ATTENDANCE_ABSENT, false},
    {"H", 2024, TDM__ATTENDANCE_ABSENT, true},      {"C1", 2023, TDM__ATTENDANCE_ABSENT, true},
    {"C1", 2024, TDM__ATTENDANCE_ABSENT, false},    {"Y", 2023, TDM__ATTENDANCE_NOT_ABSENT, false},
    {"Y", 2024, TDM__ATTENDANCE_NOT_ABSENT, true},  {"Y7", 2024, TDM__ATTENDANCE_NOT_ABSENT, false},
    {"J", 2023, TDM__ATTENDANCE_NOT_ABSENT, false}, {"J1", 2024, TDM__ATTENDANCE_ABSENT, false},
    {"X", 2024, TDM__ATTENDANCE_NOT_ABSENT, false}, {"Z", 2016, TDM__ATTENDANCE_NOT_ABSENT, false},
    {"#", 2024, TDM__ATTENDANCE_NOT_ABSENT, false}, {"U", 2024, TDM__ATTENDANCE_ABSENT, false},
    {"L", 2024, TDM__ATTENDANCE_NOT_ABSENT, false}, {"i", 2024, TDM__ATTENDANCE_UNKNOWN, false},
    {"", 2024, TDM__ATTENDANCE_UNKNOWN, false},     {"H", TDM__NO_SCHOOL_YEAR, TDM__ATTENDANCE_ABSENT, false},
};

START_TEST(codes_mean_what_their_year_says)
{
    bool of_other_years;
    const code_case *c = &code_cases[_i];
    ck_assert_int_eq(tdm__attendance_of(&of_other_years, tdm__str(c->code), c->school_year), c->means);
    ck_assert_int_eq(of_other_years, c->of_other_years);
}
END_TEST

static tdm_status read_fixtures(const tdm_allocator *allocator)
{
    gathered g;
    tdm_status status = gathered_init(&g, allocator);
    if (status == TDM_OK)
        status = gathered_path(&g, "fixtures/school-census/2023_autumn_sessions.csv", "");
    if (status == TDM_OK)
        status = gathered_path(&g, "fixtures/school-census/exclusions.csv", "");
    gathered_free(&g);
    return status;
}

START_TEST(the_school_census_survives_every_failed_allocation)
{
    TEST_EVERY_ALLOCATION(read_fixtures);
}
END_TEST

typedef struct sample {
    const char *name;
    const char *account;
    size_t events;
    size_t numbers; /* events with the fact below */
    const char *fact;
} sample;

/*
 * Counted by a second program in the public files: rows, pupils at a school, and those of them whose
 * rows of absence (one at least) all have a number.
 */
static const sample samples[] = {
    {"2024_autumn_termlyexclusionsonroll.csv", "2537 2537 0", 2537, 986, "permanent=yes"},
    {"2024_autumn_termlysessiondetailsonroll.csv", "8181 8181 0", 1886, 1804, "sessions_missed="},
};

static size_t count_of(const char *text, const char *word)
{
    size_t count = 0;
    for (const char *at = text; (at = strstr(at, word)) != NULL; at++)
        count++;
    return count;
}

START_TEST(the_public_samples_are_read)
{
    char path[1024];
    gathered g;
    const char *folder = getenv("TIDEMARK_SAMPLES");
    if (!folder) {
        puts("skipped: needs TIDEMARK_SAMPLES");
        return;
    }
    snprintf(path, sizeof path, "%s/school_census/%s", folder, samples[_i].name);
    ck_assert_int_eq(gathered_init(&g, NULL), TDM_OK);
    ck_assert_int_eq(gathered_path(&g, path, ""), TDM_OK);
    ck_assert_str_eq(gathered_account(&g, 0), samples[_i].account);
    ck_assert_int_eq(gathered_freeze(&g), TDM_OK);
    ck_assert_uint_eq(tdm_chronology_event_count(g.chronology), samples[_i].events);
    const char *events = gathered_events(&g);
    ck_assert_uint_eq(count_of(events, samples[_i].fact), samples[_i].numbers);
    ck_assert_uint_eq(count_of(events, "sessions_possible="), 0);
    gathered_free(&g);
}
END_TEST

Suite *school_census_suite(void)
{
    Suite *suite = suite_create("ingest school census");
    TCase *tests = tcase_create("school census");
    tcase_add_test(tests, sessions_become_summaries);
    tcase_add_test(tests, exclusions_become_events);
    tcase_add_loop_test(tests, the_name_gives_the_term, 0, sizeof term_cases / sizeof term_cases[0]);
    tcase_add_test(tests, a_declared_period_goes_over_the_name);
    tcase_add_test(tests, more_than_a_term_holds_is_told);
    tcase_add_loop_test(tests, codes_mean_what_their_year_says, 0, sizeof code_cases / sizeof code_cases[0]);
    tcase_add_test(tests, the_school_census_survives_every_failed_allocation);
    tcase_add_loop_test(tests, the_public_samples_are_read, 0, 2);
    suite_add_tcase(suite, tests);
    return suite;
}

/*
 * School terms: a year counted by hand, with the bank holiday in the middle of a term, and files that are
 * wrong.
 */
#include "calendar/days.h"
#include "calendar/suites.h"

#define HEAD "# area: x\n# known-from: 2023-09-01\n# known-until: 2024-08-31\n"
/* 35 + 38 + 25 + 29 + 30 + 37 Mondays to Fridays; 6 May 2024 is a bank holiday. */
#define YEAR                                                                                                 \
    HEAD "from,to,name\n2023-09-04,2023-10-20,Autumn 1\n2023-10-30,2023-12-20,Autumn 2\n"                    \
         "2024-01-08,2024-02-09,Spring 1\n2024-02-19,2024-03-28,Spring 2\n"                                  \
         "2024-04-15,2024-05-24,Summer 1\n2024-06-03,2024-07-23,Summer 2\n"
#define SCHOOL_DAYS 193

static tdm_status add(tdm_holidays *holidays, const char *text, tdm_error *error)
{
    return tdm_holidays_add_terms(holidays, tdm__str(text), TDM_LIT("terms.csv"), error);
}

static const struct {
    const char *from, *next; /* NULL: not known */
} nexts[] = {
    {"2023-09-01", "2023-09-04"}, {"2023-10-19", "2023-10-20"}, {"2023-10-20", "2023-10-30"},
    {"2023-12-20", "2024-01-08"}, {"2024-03-28", "2024-04-15"}, {"2024-05-03", "2024-05-07"},
    {"2024-05-24", "2024-06-03"}, {"2024-07-22", "2024-07-23"}, {"2023-08-31", "2023-09-04"},
    {"2024-07-23", NULL},         {"2023-08-30", NULL},         {"2025-01-01", NULL},
};

START_TEST(the_next_school_day)
{
    tdm_day end;
    tdm_holidays *holidays = england();
    ck_assert_int_eq(add(holidays, YEAR, NULL), TDM_OK);
    const tdm_holidays *school = tdm_school_days(holidays);
    tdm_status status = tdm_add_working_days(&end, day_of(nexts[_i].from), 1, school);
    ck_assert_int_eq(status, nexts[_i].next ? TDM_OK : TDM_UNKNOWN_PERIOD);
    ck_assert_int_eq(end, nexts[_i].next ? day_of(nexts[_i].next) : TDM_DAY_NONE);
    tdm_holidays_free(holidays);
}
END_TEST

START_TEST(a_year_of_school_days)
{
    tdm_holidays *holidays = england();
    int32_t days;
    ck_assert_ptr_null(tdm_school_days(holidays));
    ck_assert_ptr_null(tdm_school_days(NULL));
    /* A second file takes the place of the first. */
    ck_assert_int_eq(add(holidays, HEAD "from,to,name\n2023-09-04,2023-09-05,Two days\n", NULL), TDM_OK);
    ck_assert_int_eq(add(holidays, YEAR, NULL), TDM_OK);
    ck_assert_int_eq(tdm_working_days_between(&days, day_of("2023-08-31"), day_of("2024-08-31"),
                                              tdm_school_days(holidays)),
                     TDM_OK);
    ck_assert_int_eq(days, SCHOOL_DAYS);
    /* Working days are what they were: 15 April 2024 is the tenth behind 28 March. */
    ck_assert_int_eq(tdm_working_days_between(&days, day_of("2024-03-28"), day_of("2024-04-15"), holidays),
                     TDM_OK);
    ck_assert_int_eq(days, 10);
    tdm_holidays_free(holidays);
}
END_TEST

static const struct {
    const char *text;
    int32_t line;
} faulty[] = {
    {"", 0},
    {HEAD, 3},
    {HEAD "from,to,name\n", 4},
    {HEAD "date,name\n", 4},
    {"# nation: x\n# known-from: 2023-09-01\n# known-until: 2024-08-31\nfrom,to,name\n", 4},
    {"# area:\n", 1},
    {"# area: x\n# known-from: 2009-09-01\n# known-until: 2024-08-31\nfrom,to,name\n", 4},
    {"# area: x\n# known-from: 2023-09-01\n# known-until: 2028-08-31\nfrom,to,name\n", 4},
    {HEAD "from,to,name\n2023-09-04,2023-10-20\n", 5},
    {HEAD "from,to,name\n2023-09-04,2023-10-20,\n", 5},
    {HEAD "from,to,name\n2023-09-04,20/10/2023,Autumn\n", 5},
    {HEAD "from,to,name\n2023-09-04,2023-09-03,Autumn\n", 5},
    {HEAD "from,to,name\n2023-08-31,2023-10-20,Autumn\n", 5},
    {HEAD "from,to,name\n2024-06-03,2024-09-01,Summer\n", 5},
    {HEAD "from,to,name\n2023-09-04,2023-10-20,A\n2023-10-20,2023-12-20,B\n", 6},
    {HEAD "from,to,name\n2023-10-30,2023-12-20,B\n2023-09-04,2023-10-20,A\n", 6},
};

START_TEST(faulty_files_leave_what_was)
{
    tdm_error error;
    bool school;
    tdm_holidays *holidays = england();
    ck_assert_int_eq(add(holidays, YEAR, NULL), TDM_OK);
    ck_assert_int_eq(add(holidays, faulty[_i].text, &error), TDM_INVALID_INPUT);
    ck_assert_str_eq(error.file, "terms.csv");
    ck_assert_int_eq(error.line, faulty[_i].line);
    ck_assert_int_eq(tdm_is_working_day(&school, day_of("2023-09-04"), tdm_school_days(holidays)), TDM_OK);
    ck_assert(school);
    ck_assert_int_eq(tdm_is_working_day(&school, day_of("2023-10-23"), tdm_school_days(holidays)), TDM_OK);
    ck_assert(!school);
    tdm_holidays_free(holidays);
}
END_TEST

static tdm_status add_and_free(const tdm_allocator *allocator)
{
    tdm_holidays *holidays;
    size_t length;
    char *text = file_text("scripts/calendar/england.csv", &length);
    tdm_status status = tdm_holidays_parse(&holidays, allocator, (tdm_str){text, length}, TDM_LIT("e"), NULL);
    if (status == TDM_OK)
        status = add(holidays, YEAR, NULL);
    ck_assert(status == TDM_OK || !tdm_school_days(holidays));
    tdm_holidays_free(holidays);
    free(text);
    return status;
}

START_TEST(every_allocation_may_fail)
{
    TEST_EVERY_ALLOCATION(add_and_free);
}
END_TEST

Suite *terms_suite(void)
{
    Suite *suite = suite_create("terms");
    TCase *cases = tcase_create("terms");
    tcase_add_loop_test(cases, the_next_school_day, 0, (int)(sizeof nexts / sizeof *nexts));
    tcase_add_test(cases, a_year_of_school_days);
    tcase_add_loop_test(cases, faulty_files_leave_what_was, 0, (int)(sizeof faulty / sizeof *faulty));
    tcase_add_test(cases, every_allocation_may_fail);
    suite_add_tcase(suite, cases);
    return suite;
}

/*
 * Units by hand: which of them, what they have to do with each other, and how long they took, on the days
 * where definitions part.
 */
#include "chronology/caseload.h"
#include "chronology/selection.h"
#include "chronology/suites.h"
#include "chronology/units_facts.h"

#define CSC "childrens-social-care"

/* Days as text, "2024-02" for some day of the month and "2024-02-01..2024-02-09" for some day within. */
typedef struct told_row {
    const char *child, *kind, *day, *fact, *value;
} told_row;

#define TOLD_ROWS 8

static tdm_date date_of(const char *text)
{
    tdm_date date;
    char edtf[64];
    snprintf(edtf, sizeof edtf, strstr(text, "..") ? "[%s]" : "%s", text);
    ck_assert_msg(tdm_date_parse(&date, NULL, tdm__str(edtf), NULL) == TDM_OK, "%s", text);
    return date;
}

static void tell_cases(caseload *c, const told_row told[TOLD_ROWS], const char *from, const char *to)
{
    case_row rows[TOLD_ROWS];
    size_t count = 0;
    for (; count < TOLD_ROWS && told[count].child; count++) {
        tdm_date date = date_of(told[count].day);
        rows[count] = (case_row){told[count].child,
                                 {.from = date.from,
                                  .to = date.to,
                                  .kind = told[count].kind,
                                  .agency = CSC,
                                  .uncertain = (date.flags & TDM_DATE_UNCERTAIN) != 0,
                                  .fact = told[count].fact,
                                  .value = told[count].value}};
    }
    caseload_open(c, rows, count, day_of(from), day_of(to));
}

static tdm_span months(int32_t count)
{
    return (tdm_span){TDM_SPAN_MONTHS, count};
}

static tdm_span days(int32_t count)
{
    return (tdm_span){TDM_SPAN_DAYS, count};
}

static tdm_span working_days(int32_t count)
{
    return (tdm_span){TDM_SPAN_WORKING_DAYS, count};
}

/* --- their own days --- */

START_TEST(check_starting)
{
    static const told_row told[TOLD_ROWS] = {
        {"A", "visit", "2024-03-31", 0, 0}, {"A", "visit", "2024-04-01", 0, 0},
        {"A", "visit", "2024-04", 0, 0},    {"A", "visit", "2024-03-30..2024-04-02", 0, 0},
        {"A", "visit", "2025-03-31", 0, 0}, {"A", "visit", "2025-04-01", 0, 0},
        {"A", "visit", "2024-06-01?", 0, 0}};
    caseload c;
    tdm__units found, later;
    tell_cases(&c, told, "2024-04-01", "2025-12-31");
    tdm__units all = units_of_kind(&c, "visit");
    ck_assert_int_eq(tdm__units_starting(&found, &c.ground, &all, day_of("2024-04-01"), day_of("2025-03-31")),
                     TDM_OK);
    ck_units(&c, &found, "4(date-in-doubt) 2 3 7(date-in-doubt) 5", "a year");
    ck_assert_int_eq(
        tdm__units_starting(&later, &c.ground, &found, day_of("2025-01-01"), day_of("2025-12-31")), TDM_OK);
    ck_units(&c, &later, "5", "of these, a later one");
    ck_assert_int_eq(tdm__units_ending(&found, &c.ground, &all, day_of("2024-04-01"), day_of("2025-03-31")),
                     TDM_OK);
    ck_units(&c, &found, "", "visits have no end");
    caseload_close(&c);
}
END_TEST

static const told_row plans[TOLD_ROWS] = {
    {"A", "cp-plan-start", "2024-01-10", "category", "neglect"},
    {"A", "cp-plan-end", "2024-05-10", "reason", "moved"},
    {"B", "cp-plan-start", "2024-02", "category", "neglect"},
    {"B", "cp-plan-end", "2024-05", 0, 0},
    {"C", "cp-plan-start", "2024-05-10", "category", "physical"},
    {"D", "cp-plan-end", "2024-05-10", 0, 0},
    {"E", "cp-plan-start", "2024-05-10", "category", "neglect"},
    {"E", "cp-plan-end", "2024-05-10", 0, 0},
};

typedef struct open_case {
    const char *day, *expected;
} open_case;

static const open_case open_cases[] = {
    {"2024-01-09", "6(no-start)"},
    {"2024-01-10", "1 6(no-start)"},
    {"2024-02-15", "1 3(date-in-doubt) 6(no-start)"},
    {"2024-03-01", "1 3 6(no-start)"},
    {"2024-05-09", "1 3(date-in-doubt) 6(no-start)"},
    {"2024-05-10", "3(date-in-doubt) 5"},
    {"2024-05-31", "5"},
};

START_TEST(check_open_on)
{
    caseload c;
    tdm__units found;
    tell_cases(&c, plans, "2024-01-01", "2024-12-31");
    tdm__units all = units_of_episode(&c, "cp-plan");
    ck_assert_int_eq(tdm__units_open_on(&found, &c.ground, &all, day_of(open_cases[_i].day)), TDM_OK);
    ck_units(&c, &found, open_cases[_i].expected, open_cases[_i].day);
    caseload_close(&c);
}
END_TEST

START_TEST(check_ending)
{
    caseload c;
    tdm__units found;
    tell_cases(&c, plans, "2024-01-01", "2024-12-31");
    tdm__units all = units_of_episode(&c, "cp-plan");
    ck_assert_int_eq(tdm__units_ending(&found, &c.ground, &all, day_of("2024-05-10"), day_of("2024-12-31")),
                     TDM_OK);
    ck_units(&c, &found, "1 3(date-in-doubt) 6(no-start) 7", "from 10 May");
    ck_assert_int_eq(tdm__units_ending(&found, &c.ground, &all, day_of("2024-04-01"), day_of("2024-05-09")),
                     TDM_OK);
    ck_units(&c, &found, "3(date-in-doubt)", "to 9 May");
    ck_assert_int_eq(tdm__units_starting(&found, &c.ground, &all, day_of("2024-05-01"), day_of("2024-05-31")),
                     TDM_OK);
    ck_units(&c, &found, "5 6(no-start) 7", "begun in May");
    ck_assert_int_eq(tdm__units_starting(&found, &c.ground, &all, day_of("2024-06-01"), day_of("2024-06-30")),
                     TDM_OK);
    ck_units(&c, &found, "", "what ended before has not begun after");
    caseload_close(&c);
}
END_TEST

/* Facts walked beside the rows against each looked up for itself, in ascending order and in any. */
START_TEST(check_facts_of_many)
{
    enum { ROWS = 60 };
    static const char *const categories[] = {"neglect", "emotional-abuse", NULL, "sexual-abuse"};
    case_row rows[ROWS];
    uint64_t seed = 7;
    const uint32_t category = tdm__vocabulary_fact(vocabulary(), TDM_LIT("category"));
    const tdm__fact_filter filters[] = {
        {.key = category, .values = &TDM_LIT("neglect"), .value_count = 1},
        {.key = category, .min = INT64_MIN, .max = INT64_MAX},
        {.key = 60000, .min = INT64_MIN, .max = INT64_MAX},
    };
    caseload c;
    for (size_t i = 0; i < ROWS; i++) {
        const char *value = i > 20 && i < 45 ? NULL : categories[random_below(&seed, 4)];
        rows[i] = (case_row){i < 40 ? "A" : "B",
                             {.from = day_of("2024-02-27") + (tdm_day)i,
                              .kind = "cp-plan-start",
                              .agency = CSC,
                              .fact = value ? "category" : NULL,
                              .value = value}};
    }
    caseload_open(&c, rows, ROWS, day_of("2024-01-01"), day_of("2024-12-31"));
    int32_t fits = 0;
    for (size_t f = 0; f < 3; f++) {
        tdm__fact_walks walks;
        ck_assert_int_eq(tdm__fact_walks_new(&walks, &c.ground, &filters[f], 1), TDM_OK);
        for (uint32_t i = 0; i < 3 * ROWS; i++) {
            uint32_t event = i < ROWS ? i : (uint32_t)random_below(&seed, ROWS);
            bool fit = tdm__event_has_facts(c.chronology, event, &filters[f], 1);
            ck_assert_int_eq(tdm__fact_walks_fit(&walks, event), fit);
            fits += fit;
        }
    }
    ck_assert_int_gt(fits, 20);
    caseload_close(&c);
}
END_TEST

START_TEST(check_such)
{
    tdm__fact_filter neglect = {.key = tdm__vocabulary_fact(vocabulary(), TDM_LIT("category")),
                                .values = &TDM_LIT("neglect"),
                                .value_count = 1};
    tdm__fact_filter any_reason = {
        .key = tdm__vocabulary_fact(vocabulary(), TDM_LIT("reason")), .min = INT64_MIN, .max = INT64_MAX};
    tdm__units_where where = {.filter = tdm__filter_all(), .ended = TDM__ANY};
    caseload c;
    tdm__units found;
    tell_cases(&c, plans, "2024-01-01", "2024-12-31");
    tdm__units all = units_of_episode(&c, "cp-plan");
    ck_assert_int_eq(tdm__units_such(&found, &c.ground, &all, &where), TDM_OK);
    ck_units(&c, &found, "1 3 5 6(no-start) 7", "anything");
    where.filter.facts = &neglect;
    where.filter.fact_count = 1;
    ck_assert_int_eq(tdm__units_such(&found, &c.ground, &all, &where), TDM_OK);
    ck_units(&c, &found, "1 3 7", "by the fact of the start");
    where.ended = TDM__NO;
    ck_assert_int_eq(tdm__units_such(&found, &c.ground, &all, &where), TDM_OK);
    ck_units(&c, &found, "", "neglect, open");
    where.filter.fact_count = 0;
    ck_assert_int_eq(tdm__units_such(&found, &c.ground, &all, &where), TDM_OK);
    ck_units(&c, &found, "5", "open");
    where.ended = TDM__YES;
    where.end_facts = &any_reason;
    where.end_fact_count = 1;
    ck_assert_int_eq(tdm__units_such(&found, &c.ground, &all, &where), TDM_OK);
    ck_units(&c, &found, "1", "ended, with a reason");
    ck_assert_int_eq(tdm__units_episodes(&found, &c.ground,
                                         tdm__vocabulary_episode(vocabulary(), TDM_LIT("cp-plan")), &neglect,
                                         1),
                     TDM_OK);
    ck_units(&c, &found, "1 3 7", "episodes by their fact");
    caseload_close(&c);
}
END_TEST

START_TEST(check_children)
{
    static const told_row told[TOLD_ROWS] = {
        {"A", "visit", "2024-03-31", 0, 0}, {"A", "visit", "2024-04-01", 0, 0},
        {"B", "visit", "2024-03-31", 0, 0}, {"C", "visit", "2024-03..2024-04", 0, 0},
        {"D", "visit", "", 0, 0},           {"E", "visit", "2024-04-03?", 0, 0},
        {"E", "visit", "2024-04-03", 0, 0}, {"D", "visit", "2024-03-31", 0, 0}};
    caseload c;
    tdm__units found;
    tell_cases(&c, told, "2024-04-01", "2024-04-30");
    ck_assert_int_eq(tdm__units_children(&found, &c.ground), TDM_OK);
    ck_units(&c, &found, "A C(date-in-doubt) D(no-date) E", "in April");
    caseload_close(&c);
}
END_TEST

/* Two rows of one stated incident count once, the first of those that fit. */
START_TEST(check_once)
{
    static const case_row rows[] = {
        {"A", {.from = 19000, .kind = "police-incident", .incident = "i"}},
        {"A", {.from = 19000, .kind = "concern", .agency = "school", .incident = "i"}},
        {"A", {.from = 19000, .kind = "concern", .agency = "school"}},
        {"B", {.from = 19000, .kind = "concern", .agency = "school", .incident = "i"}},
        {"B", {.from = 19000, .kind = "concern", .agency = "gp", .incident = "i"}},
    };
    tdm__filter filter = tdm__filter_all();
    uint32_t concern = kind_index("concern");
    tdm__units found;
    caseload c;
    caseload_open(&c, rows, 5, 18000, 19100);
    ck_assert_int_eq(tdm__units_rows(&found, &c.ground, &filter), TDM_OK);
    ck_units(&c, &found, "1 3 4", "all");
    filter.kinds = &concern;
    filter.kind_count = 1;
    ck_assert_int_eq(tdm__units_rows(&found, &c.ground, &filter), TDM_OK);
    ck_units(&c, &found, "2 3 4", "concerns");
    caseload_close(&c);
}
END_TEST

START_TEST(check_first_and_last)
{
    static const told_row told[TOLD_ROWS] = {
        {"A", "visit", "2024-01-01?", 0, 0}, {"A", "visit", "2024-02-01", 0, 0},
        {"A", "visit", "2024-03-01", 0, 0},  {"A", "visit", "2024-04-01?", 0, 0},
        {"B", "visit", "2024-01-01?", 0, 0}, {"B", "visit", "2024-02-01?", 0, 0}};
    caseload c;
    tdm__units found;
    tell_cases(&c, told, "2024-01-01", "2024-12-31");
    tdm__units all = units_of_kind(&c, "visit");
    ck_assert_int_eq(tdm__units_first_of_child(&found, &c.ground, &all), TDM_OK);
    ck_units(&c, &found, "2 5(date-in-doubt)", "first");
    ck_assert_int_eq(tdm__units_last_of_child(&found, &c.ground, &all), TDM_OK);
    ck_units(&c, &found, "3 6(date-in-doubt)", "last");
    caseload_close(&c);
}
END_TEST

/* Row 3 is in doubt in April to June, row 4 in July to September. */
START_TEST(check_sets)
{
    static const told_row told[TOLD_ROWS] = {{"A", "visit", "2024-04-02", 0, 0},
                                             {"A", "visit", "2024-05-02", 0, 0},
                                             {"A", "visit", "2024-06..2024-07", 0, 0},
                                             {"B", "visit", "2024-07-01", 0, 0}};
    caseload c;
    tdm__units spring, summer, may, found;
    tell_cases(&c, told, "2024-01-01", "2024-12-31");
    tdm__units all = units_of_kind(&c, "visit");
    ck_assert_int_eq(
        tdm__units_starting(&spring, &c.ground, &all, day_of("2024-04-01"), day_of("2024-06-30")), TDM_OK);
    ck_assert_int_eq(
        tdm__units_starting(&summer, &c.ground, &all, day_of("2024-07-01"), day_of("2024-09-30")), TDM_OK);
    ck_assert_int_eq(tdm__units_starting(&may, &c.ground, &all, day_of("2024-05-01"), day_of("2024-05-31")),
                     TDM_OK);
    ck_units(&c, &spring, "1 2 3(date-in-doubt)", "spring");
    ck_assert_int_eq(tdm__units_minus(&found, &c.ground, &all, &spring), TDM_OK);
    ck_units(&c, &found, "3(date-in-doubt) 4", "all but spring");
    ck_assert_int_eq(tdm__units_minus(&found, &c.ground, &spring, &may), TDM_OK);
    ck_units(&c, &found, "1 3(date-in-doubt)", "spring but May");
    ck_assert_int_eq(tdm__units_both(&found, &c.ground, &all, &spring), TDM_OK);
    ck_units(&c, &found, "1 2 3(date-in-doubt)", "both");
    ck_assert_int_eq(tdm__units_union(&found, &c.ground, &may, &summer), TDM_OK);
    ck_units(&c, &found, "2 3(date-in-doubt) 4", "May and summer");
    ck_assert_int_eq(tdm__units_union(&found, &c.ground, &summer, &all), TDM_OK);
    ck_units(&c, &found, "1 2 3 4", "one that is sure in one of them is sure");
    caseload_close(&c);
}
END_TEST

/* --- one after another --- */

typedef struct pair_case {
    const char *earlier, *later;
    tdm_span span;
    const char *after,
        *followed; /* the second: whether the earlier is followed by the later within the span */
} pair_case;

#define DAYS(n)                                                                                              \
    {                                                                                                        \
        TDM_SPAN_DAYS, n                                                                                     \
    }
#define MONTHS(n)                                                                                            \
    {                                                                                                        \
        TDM_SPAN_MONTHS, n                                                                                   \
    }
#define WORKING(n)                                                                                           \
    {                                                                                                        \
        TDM_SPAN_WORKING_DAYS, n                                                                             \
    }

/* Counted back from the later date, and on from the earlier one: where a month is clamped they differ. 29
 * March 2024 is Good Friday, 1 April Easter Monday. */
static const pair_case pair_cases[] = {
    {"2023-03-10", "2024-03-10", MONTHS(12), "2", "1"},
    {"2023-03-09", "2024-03-10", MONTHS(12), "", ""},
    {"2023-02-28", "2024-02-29", MONTHS(12), "2", ""}, /* 28 February + 12 months is 28 February */
    {"2023-02-27", "2024-02-29", MONTHS(12), "", ""},
    {"2024-02-29", "2025-02-28", MONTHS(12), "2",
     "1"}, /* back: 28 February 2024, which lies before 29 February */
    {"2024-02-29", "2025-03-01", MONTHS(12), "", ""},
    {"2024-01-31", "2024-02-29", MONTHS(1), "2", "1"}, /* 31 January + 1 month is 29 February */
    {"2024-01-31", "2024-03-01", MONTHS(1), "", ""},   /* a month back from 1 March is 1 February */
    {"2024-01-31", "2024-03-01", MONTHS(2), "2", "1"},
    {"2024-02-29", "2024-03-31", MONTHS(1), "2", ""}, /* a month back from 31 March is 29 February */
    {"2024-03-10", "2024-03-10", DAYS(5), "", "1"},   /* two on one day are no repeat */
    {"2024-03-05", "2024-03-10", DAYS(5), "2", "1"},
    {"2024-03-04", "2024-03-10", DAYS(5), "", ""},
    {"2024-03-28", "2024-04-02", WORKING(1), "2", "1"},
    {"2024-03-27", "2024-04-02", WORKING(1), "", ""},
    {"2024-03-30", "2024-04-02", WORKING(1), "2", "1"},
    {"2024-03-28", "2024-04-03", WORKING(1), "", ""},
    {"2030-03-01", "2030-03-04", WORKING(1), "2(no-calendar)", "1(no-calendar)"},
    {"2001-01-01", "2024-03-10", DAYS(-1), "2", "1"},
    {"2024-03-01..2024-03-08", "2024-03-10", DAYS(9), "2", "1"},
    {"2024-02-29..2024-03-08", "2024-03-10", DAYS(9), "2(date-in-doubt)", "1(date-in-doubt)"},
    {"2024-03-01..2024-03-10", "2024-03-10", DAYS(9), "2(date-in-doubt)", "1"},
    {"2024-03-01", "2024-03-02..2024-03-10", DAYS(9), "2", "1"},
    {"2024-03-01", "2024-03-02..2024-03-11", DAYS(9), "2(date-in-doubt)", "1(date-in-doubt)"},
    {"2024-03-02..2024-03-10", "2024-03-02..2024-03-09", DAYS(9), "2(date-in-doubt)", "1(date-in-doubt)"},
    {"2024-03-01?", "2024-03-05", DAYS(9), "2(date-in-doubt)", "1(date-in-doubt)"},
    {"", "2024-03-05", DAYS(9), "2(date-in-doubt)", "1(no-date)"},
};

START_TEST(check_pairs)
{
    const pair_case *p = &pair_cases[_i];
    told_row told[TOLD_ROWS] = {{"A", "contact", p->earlier, 0, 0},
                                {"A", "referral", p->later, 0, 0},
                                {"B", "contact", "2024-03-09", 0, 0},
                                {"B", "referral", "2024-03-09", 0, 0}};
    caseload c;
    tdm__units found;
    char name[128];
    told[2].child = NULL;
    snprintf(name, sizeof name, "%s, %s", p->earlier, p->later);
    tell_cases(&c, told, "2001-01-01", "2031-12-31");
    tdm__units contacts = units_of_kind(&c, "contact"), referrals = units_of_kind(&c, "referral");
    ck_assert_int_eq(tdm__units_after(&found, &c.ground, &referrals, &contacts, p->span, false), TDM_OK);
    ck_units(&c, &found, p->after, name);
    ck_assert_int_eq(tdm__units_followed(&found, &c.ground, &contacts, &referrals, p->span, true), TDM_OK);
    ck_units(&c, &found, p->followed, name);
    caseload_close(&c);
}
END_TEST

/* Held against themselves, and against another child's. */
START_TEST(check_against_themselves)
{
    static const told_row told[TOLD_ROWS] = {
        {"A", "referral", "2024-01", 0, 0},    {"A", "referral", "2024-03-01", 0, 0},
        {"B", "referral", "2024-03-01", 0, 0}, {"C", "contact", "2024-02-01", 0, 0},
        {"D", "referral", "2024-03-01", 0, 0}, {"D", "referral", "2024-03-01", 0, 0}};
    caseload c;
    tdm__units found;
    tell_cases(&c, told, "2024-01-01", "2024-12-31");
    tdm__units all = units_of_kind(&c, "referral");
    ck_assert_int_eq(tdm__units_after(&found, &c.ground, &all, &all, months(12), false), TDM_OK);
    ck_units(&c, &found, "2", "after");
    ck_assert_int_eq(tdm__units_followed(&found, &c.ground, &all, &all, months(12), true), TDM_OK);
    ck_units(&c, &found, "1 5 6", "followed");
    ck_assert_int_eq(tdm__units_followed(&found, &c.ground, &all, &all, months(12), false), TDM_OK);
    ck_units(&c, &found, "1", "followed on a later day");
    ck_assert_int_eq(tdm__units_followed(&found, &c.ground, &all, &all, days(0), true), TDM_OK);
    ck_units(&c, &found, "5 6", "followed on its day");
    ck_assert_int_eq(tdm__units_followed(&found, &c.ground, &all, &all, days(0), false), TDM_OK);
    ck_units(&c, &found, "", "in no time at all");
    caseload_close(&c);
}
END_TEST

/* A re-registration: the plan's end counts, its day too late does not; an end without a start is an end. */
START_TEST(check_after_ends)
{
    static const told_row told[TOLD_ROWS] = {
        {"A", "cp-plan-start", "2020-01-10", 0, 0}, {"A", "cp-plan-end", "2022-03-01", 0, 0},
        {"A", "cp-plan-start", "2024-03-01", 0, 0}, {"B", "cp-plan-end", "2024-02-01", 0, 0},
        {"B", "cp-plan-start", "2024-03-01", 0, 0}, {"C", "cp-plan-start", "2024-03-01", 0, 0}};
    caseload c;
    tdm__units found;
    tell_cases(&c, told, "2020-01-01", "2024-12-31");
    tdm__units all = units_of_episode(&c, "cp-plan");
    ck_assert_int_eq(tdm__units_after(&found, &c.ground, &all, &all, months(24), true), TDM_OK);
    ck_units(&c, &found, "3 5", "ended within two years");
    ck_assert_int_eq(tdm__units_after(&found, &c.ground, &all, &all, months(23), true), TDM_OK);
    ck_units(&c, &found, "5", "within 23 months");
    ck_assert_int_eq(tdm__units_after(&found, &c.ground, &all, &all, TDM__ANY_TIME, false), TDM_OK);
    ck_units(&c, &found, "3 5(date-in-doubt)", "begun before");
    caseload_close(&c);
}
END_TEST

START_TEST(check_during)
{
    static const told_row told[TOLD_ROWS] = {{"A", "cp-plan-start", "2024-01-10", 0, 0},
                                             {"A", "cp-plan-end", "2024-01-20", 0, 0},
                                             {"A", "visit", "2024-01-09", 0, 0},
                                             {"A", "visit", "2024-01-10", 0, 0},
                                             {"A", "visit", "2024-01-19", 0, 0},
                                             {"A", "visit", "2024-01-20", 0, 0},
                                             {"A", "visit", "2024-01-05..2024-01-12", 0, 0},
                                             {"A", "visit", "2024-01-12..2024-01-19", 0, 0}};
    caseload c;
    tdm__units found;
    tell_cases(&c, told, "2024-01-01", "2024-12-31");
    tdm__units visits = units_of_kind(&c, "visit"), open = units_of_episode(&c, "cp-plan"), one;
    ck_assert_int_eq(tdm__units_during(&found, &c.ground, &visits, &open), TDM_OK);
    ck_units(&c, &found, "7(date-in-doubt) 4 8 5", "during");
    ck_assert_int_eq(tdm__units_containing(&found, &c.ground, &open, &visits), TDM_OK);
    ck_units(&c, &found, "1", "containing");
    ck_assert_int_eq(
        tdm__units_starting(&one, &c.ground, &visits, day_of("2024-01-20"), day_of("2024-01-20")), TDM_OK);
    ck_assert_int_eq(tdm__units_containing(&found, &c.ground, &open, &one), TDM_OK);
    ck_units(&c, &found, "", "containing one on the day of its end");
    ck_assert_int_eq(
        tdm__units_starting(&one, &c.ground, &visits, day_of("2024-01-05"), day_of("2024-01-09")), TDM_OK);
    ck_units(&c, &one, "7(date-in-doubt) 3", "perhaps before");
    ck_assert_int_eq(tdm__units_containing(&found, &c.ground, &open, &one), TDM_OK);
    ck_units(&c, &found, "1(date-in-doubt)", "containing one that may be inside");
    caseload_close(&c);
}
END_TEST

/* --- how long --- */

START_TEST(check_lasting)
{
    caseload c;
    tdm__stretches stretches, done;
    tdm__units found;
    tell_cases(&c, plans, "2024-01-01", "2024-12-31");
    tdm__units all = units_of_episode(&c, "cp-plan");
    ck_assert_int_eq(tdm__units_lasting(&stretches, &c.ground, &all), TDM_OK);
    /* 10 January to 10 May 2024: 121 days; 10 May to 31 December: 235 */
    ck_stretches(&c, &stretches, "1:121 3(date-in-doubt) 5:235+ 6(no-start) 7:0", "lasting");
    ck_assert_int_eq(tdm__stretches_done(&done, &c.ground, &stretches), TDM_OK);
    ck_stretches(&c, &done, "1:121 3(date-in-doubt) 6(no-start) 7:0", "done");
    ck_assert_int_eq(tdm__stretches_within(&found, &c.ground, &stretches, 121, TDM__IN_DAYS), TDM_OK);
    ck_units(&c, &found, "1 3(date-in-doubt) 6(no-start) 7", "within 121 days");
    ck_assert_int_eq(tdm__stretches_within(&found, &c.ground, &stretches, 120, TDM__IN_DAYS), TDM_OK);
    ck_units(&c, &found, "3(date-in-doubt) 6(no-start) 7", "within 120 days");
    ck_assert_int_eq(tdm__stretches_longer_than(&found, &c.ground, &stretches, months(4)), TDM_OK);
    ck_units(&c, &found, "3(date-in-doubt) 5 6(no-start)", "longer than four months");
    ck_assert_int_eq(tdm__stretches_longer_than(&found, &c.ground, &stretches, days(120)), TDM_OK);
    ck_units(&c, &found, "1 3(date-in-doubt) 5 6(no-start)", "longer than 120 days");
    c.ground.to = day_of("2024-04-30");
    ck_assert_int_eq(tdm__units_lasting(&stretches, &c.ground, &all), TDM_OK);
    ck_stretches(&c, &stretches, "1:111+ 3(date-in-doubt) 6(no-start)", "at the end of April");
    ck_assert_int_eq(tdm__units_open_for(&stretches, &c.ground, &all, day_of("2024-04-10")), TDM_OK);
    ck_stretches(&c, &stretches, "1:91 3(date-in-doubt) 6(no-start)", "for how long on 10 April");
    caseload_close(&c);
}
END_TEST

static tdm_status until_first(tdm__stretches *out, caseload *c, const tdm__units *units,
                              const tdm__units *others, const tdm__units *before)
{
    tdm__looking looking = {.same_day = true, .before = before, .within = TDM__ANY_TIME};
    return tdm__units_until(out, &c->ground, units, others, &looking);
}

static tdm_status since(tdm__stretches *out, caseload *c, const tdm__units *units, const tdm__units *others,
                        bool first, tdm_span within)
{
    tdm__looking looking = {.same_day = true, .within = within};
    return tdm__units_since(out, &c->ground, units, others, first, &looking);
}

/* Of A's visits the first stands on a day that is known, whatever the second's is; B's may be on either side.
 */
START_TEST(check_until_first)
{
    static const told_row told[TOLD_ROWS] = {
        {"A", "referral", "2024-01-10", 0, 0},          {"A", "visit", "2024-01-12", 0, 0},
        {"A", "visit", "2024-01-12..2024-01-20", 0, 0}, {"B", "referral", "2024-01-10", 0, 0},
        {"B", "visit", "2024-01-08..2024-01-12", 0, 0}, {"C", "referral", "2024-01-10", 0, 0},
        {"C", "case-closure", "2024-01-15", 0, 0},      {"C", "visit", "2024-01-15", 0, 0}};
    caseload c;
    tdm__stretches stretches;
    tell_cases(&c, told, "2024-01-01", "2024-01-31");
    tdm__units referrals = units_of_kind(&c, "referral"), visits = units_of_kind(&c, "visit"),
               closures = units_of_kind(&c, "case-closure");
    ck_assert_int_eq(until_first(&stretches, &c, &referrals, &visits, NULL), TDM_OK);
    ck_stretches(&c, &stretches, "1:2 4(date-in-doubt) 6:5", "to the first visit");
    ck_assert_int_eq(until_first(&stretches, &c, &referrals, &visits, &closures), TDM_OK);
    ck_stretches(&c, &stretches, "1:2 4(date-in-doubt) 6:5", "a closure on the same day stops nothing");
    ck_assert_int_eq(until_first(&stretches, &c, &referrals, &closures, &visits), TDM_OK);
    ck_stretches(&c, &stretches, "1:2+ 4(date-in-doubt) 6:5", "to the closure, or the first visit");
    c.ground.to = day_of("2024-01-14");
    ck_assert_int_eq(until_first(&stretches, &c, &referrals, &visits, NULL), TDM_OK);
    ck_stretches(&c, &stretches, "1:2 4(date-in-doubt) 6:4+", "at the end of 14 January");
    caseload_close(&c);
}
END_TEST

START_TEST(check_since)
{
    static const told_row told[TOLD_ROWS] = {{"A", "contact", "2024-01-01", 0, 0},
                                             {"A", "contact", "2024-01-05", 0, 0},
                                             {"A", "referral", "2024-01-10", 0, 0},
                                             {"A", "contact", "2024-01-11", 0, 0},
                                             {"B", "contact", "2024-01-11", 0, 0},
                                             {"B", "referral", "2024-01-10", 0, 0},
                                             {"C", "contact", "2024-01-02..2024-01-05", 0, 0},
                                             {"C", "referral", "2024-01-10", 0, 0}};
    caseload c;
    tdm__stretches stretches;
    tell_cases(&c, told, "2024-01-01", "2024-01-31");
    tdm__units referrals = units_of_kind(&c, "referral"), contacts = units_of_kind(&c, "contact");
    ck_assert_int_eq(since(&stretches, &c, &referrals, &contacts, false, TDM__ANY_TIME), TDM_OK);
    ck_stretches(&c, &stretches, "3:5 8(date-in-doubt)", "since the last");
    ck_assert_int_eq(since(&stretches, &c, &referrals, &contacts, true, TDM__ANY_TIME), TDM_OK);
    ck_stretches(&c, &stretches, "3:9 8(date-in-doubt)", "since the first");
    ck_assert_int_eq(since(&stretches, &c, &referrals, &contacts, true, days(9)), TDM_OK);
    ck_stretches(&c, &stretches, "3:9 8(date-in-doubt)", "since the first within nine days");
    ck_assert_int_eq(since(&stretches, &c, &referrals, &contacts, true, days(4)), TDM_OK);
    ck_stretches(&c, &stretches, "", "since the first within four days");
    ck_assert_int_eq(since(&stretches, &c, &referrals, &contacts, true, working_days(3)), TDM_OK);
    ck_stretches(&c, &stretches, "3:5 8(date-in-doubt)", "since the first within three working days");
    ck_assert_int_eq(since(&stretches, &c, &contacts, &contacts, false, TDM__ANY_TIME), TDM_OK);
    ck_stretches(&c, &stretches, "2:4 4:6", "from one to the next");
    caseload_close(&c);
}
END_TEST

START_TEST(check_recorded)
{
    static const case_row rows[] = {
        {"A", {.from = 19000, .kind = "visit", .recorded = 19003}},
        {"A", {.from = 19001, .kind = "visit"}},
        {"A", {.from = 19002, .kind = "visit", .recorded = 19001}},
        {"A", {.from = 19003, .to = 19004, .kind = "visit", .recorded = 19009}},
    };
    tdm__stretches stretches;
    caseload c;
    caseload_open(&c, rows, 4, 18000, 19100);
    tdm__units visits = units_of_kind(&c, "visit");
    ck_assert_int_eq(tdm__units_recorded(&stretches, &c.ground, &visits), TDM_OK);
    ck_stretches(&c, &stretches, "1:3 2(no-date) 3(end-before-start) 4(date-in-doubt)", "recorded");
    caseload_close(&c);
}
END_TEST

START_TEST(check_another_population)
{
    caseload c, other;
    tdm__units found;
    tell_cases(&c, plans, "2024-01-01", "2024-12-31");
    tell_cases(&other, plans, "2024-01-01", "2024-12-31");
    tdm__units theirs = units_of_kind(&other, NULL), ours = units_of_kind(&c, NULL);
    ck_assert_int_eq(tdm__units_starting(&found, &c.ground, &theirs, 0, 1), TDM_INVALID_ARG);
    ck_assert_int_eq(tdm__units_both(&found, &c.ground, &ours, &theirs), TDM_INVALID_ARG);
    ck_assert_int_eq(tdm__units_after(&found, &c.ground, &ours, &theirs, days(1), false), TDM_INVALID_ARG);
    ck_assert_uint_eq(found.count, 0);
    caseload_close(&c);
    caseload_close(&other);
}
END_TEST

Suite *units_suite(void)
{
    Suite *suite = suite_create("units");
    TCase *cases = tcase_create("units");
    tcase_add_test(cases, check_facts_of_many);
    tcase_add_test(cases, check_starting);
    tcase_add_loop_test(cases, check_open_on, 0, sizeof open_cases / sizeof *open_cases);
    tcase_add_test(cases, check_ending);
    tcase_add_test(cases, check_such);
    tcase_add_test(cases, check_children);
    tcase_add_test(cases, check_once);
    tcase_add_test(cases, check_first_and_last);
    tcase_add_test(cases, check_sets);
    tcase_add_loop_test(cases, check_pairs, 0, sizeof pair_cases / sizeof *pair_cases);
    tcase_add_test(cases, check_against_themselves);
    tcase_add_test(cases, check_after_ends);
    tcase_add_test(cases, check_during);
    tcase_add_test(cases, check_lasting);
    tcase_add_test(cases, check_until_first);
    tcase_add_test(cases, check_since);
    tcase_add_test(cases, check_recorded);
    tcase_add_test(cases, check_another_population);
    suite_add_tcase(suite, cases);
    return suite;
}

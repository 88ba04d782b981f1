/*
 * What units come to: counts, shares, breakdowns, times, survival and coverage, by hand; what is left out and
 * why; and that every operation survives having no memory.
 */
#include "chronology/caseload.h"
#include "chronology/suites.h"

#define CSC "childrens-social-care"

static const case_area areas[] = {{"A", "E1"}, {"B", "E2"}, {"C", "E1"}, {"D", ""}, {NULL, NULL}};
static const tdm__measuring everything = {.by = TDM__BY_NOTHING};

/* Days as text are read here: the table cannot call day_of. */
typedef struct told_plan {
    const char *child, *kind, *day, *fact, *value;
} told_plan;

static const told_plan told[] = {
    {"A", "cp-plan-start", "2024-01-31", "category", "neglect"},
    {"A", "cp-plan-end", "2024-04-30", 0, 0}, /* three months: 31 January + 3 is 30 April */
    {"B", "cp-plan-start", "2024-01-31", "category", "physical"},
    {"B", "cp-plan-end", "2024-05-01", 0, 0}, /* three months and a day */
    {"C", "cp-plan-start", "2024-02-29", "category", "neglect"},
    {"C", "cp-plan-end", "2024-08-29", 0, 0}, /* six months */
    {"D", "cp-plan-start", "2024-06-03", 0, 0},
    {"E", "cp-plan-start", "2024-06-03", "category", "neglect"},
    {"E", "cp-plan-end", "2024-06-03", 0, 0},
    {"F", "cp-plan-end", "2024-06-03", 0, 0},
    {"G", "cp-plan-start", "2024-06", "category", "emotional"},
    {"G", "cp-plan-end", "2024-08-01", 0, 0},
};
#define TOLD (sizeof told / sizeof *told)

static void plans_open(caseload *c)
{
    case_row rows[TOLD];
    for (size_t i = 0; i < TOLD; i++) {
        tdm_date date;
        ck_assert_int_eq(tdm_date_parse(&date, NULL, tdm__str(told[i].day), NULL), TDM_OK);
        rows[i] = (case_row){told[i].child,
                             {.from = date.from,
                              .to = date.to,
                              .kind = told[i].kind,
                              .agency = i == 6 ? "police" : CSC,
                              .fact = told[i].fact,
                              .value = told[i].value}};
    }
    ck_assert_int_eq(
        caseload_try(c, &tdm__malloc_allocator, rows, TOLD, areas, NULL, day_of("2024-12-31"), 1), TDM_OK);
    c->ground.from = day_of("2024-01-01");
}

static void ck_group(const tdm__measured *m, size_t group, int64_t numerator, int64_t denominator)
{
    ck_assert_uint_lt(group, m->group_count);
    ck_assert_msg(m->groups[group].numerator == numerator && m->groups[group].denominator == denominator,
                  "group %zu: %lld of %lld", group, (long long)m->groups[group].numerator,
                  (long long)m->groups[group].denominator);
}

static void ck_left_out(const tdm__measured *m, size_t group, tdm__uncounted reason, int64_t count)
{
    ck_assert_int_eq(m->groups[group].left_out[reason], count);
}

/* The lines as "neglect=2 not-recorded=1". */
static void ck_lines(const tdm__measured *m, size_t group, const char *expected)
{
    char text[512] = "";
    size_t length = 0;
    for (size_t i = 0; i < m->line_count; i++)
        length += (size_t)snprintf(text + length, sizeof text - length, "%s%.*s=%lld", i ? " " : "",
                                   TDM_STR_ARGS(m->lines[i]), (long long)m->groups[group].lines[i]);
    ck_assert_str_eq(text, expected);
}

static void ck_lengths(const tdm__measured *m, size_t group, const char *expected)
{
    char text[512] = "";
    size_t length = 0;
    for (size_t i = 0; i < m->groups[group].length_count; i++)
        length += (size_t)snprintf(text + length, sizeof text - length, "%s%d%s", i ? " " : "",
                                   m->groups[group].lengths[i].length,
                                   m->groups[group].lengths[i].censored ? "+" : "");
    ck_assert_str_eq(text, expected);
}

START_TEST(check_count)
{
    static const tdm_str listed[] = {{"E1", 2}, {"E3", 2}};
    caseload c;
    plans_open(&c);
    tdm__measured m;
    tdm__units plans = units_of_episode(&c, "cp-plan");
    ck_assert_int_eq(tdm__measured_count(&m, &c.ground, &everything, &plans), TDM_OK);
    ck_assert_uint_eq(m.group_count, 1);
    ck_group(&m, 0, 6, -1);
    ck_left_out(&m, 0, TDM__UNCOUNTED_NO_START, 1);
    tdm__measuring by_area = {.by = TDM__BY_AREA, .areas = listed, .area_count = 2};
    ck_assert_int_eq(tdm__measured_count(&m, &c.ground, &by_area, &plans), TDM_OK);
    ck_assert_uint_eq(m.group_count, 3); /* E1, E2, not recorded */
    ck_group(&m, 0, 2, -1);
    ck_group(&m, 1, 0, -1);
    ck_left_out(&m, 1, TDM__UNCOUNTED_AREA_NOT_IN_LIST, 1);
    ck_group(&m, 2, 3, -1);
    ck_left_out(&m, 2, TDM__UNCOUNTED_NO_START, 1);
    tdm__measuring by_agency = {.by = TDM__BY_AGENCY, .list_units = true};
    ck_assert_int_eq(tdm__measured_count(&m, &c.ground, &by_agency, &plans), TDM_OK);
    ck_group(&m, 0, 5, -1);
    ck_group(&m, 1, 1, -1);
    ck_assert_uint_eq(m.unit_count, 7);
    ck_assert_uint_eq(m.units[3].group, 1);
    ck_assert_uint_eq(m.units[5].reason, TDM__UNCOUNTED_NO_START);
    ck_assert(!m.units[5].in_numerator);
    caseload_close(&c);
}
END_TEST

/* Of the plans open on 1 May or begun by then: those ended in April or May; and one that is not among them.
 */
START_TEST(check_share)
{
    caseload c;
    plans_open(&c);
    tdm__units ended, begun;
    tdm__measured m;
    tdm__units plans = units_of_episode(&c, "cp-plan");
    ck_assert_int_eq(tdm__units_ending(&ended, &c.ground, &plans, day_of("2024-04-01"), day_of("2024-06-30")),
                     TDM_OK);
    ck_assert_int_eq(
        tdm__units_starting(&begun, &c.ground, &plans, day_of("2024-01-01"), day_of("2024-06-02")), TDM_OK);
    ck_units(&c, &ended, "1 3 8 10(no-start)", "ended");
    ck_units(&c, &begun, "1 3 5 10(no-start) 11(date-in-doubt)", "begun");
    tdm__measuring listing = {.list_units = true};
    ck_assert_int_eq(tdm__measured_share(&m, &c.ground, &listing, &ended, &begun), TDM_OK);
    ck_group(&m, 0, 2, 3);
    ck_left_out(&m, 0, TDM__UNCOUNTED_NOT_IN_DENOMINATOR, 1);
    ck_left_out(&m, 0, TDM__UNCOUNTED_NO_START, 1);
    ck_left_out(&m, 0, TDM__UNCOUNTED_DATE_IN_DOUBT, 1);
    ck_assert_uint_eq(m.unit_count, 6);
    caseload_close(&c);
}
END_TEST

START_TEST(check_breakdown)
{
    static const tdm_str codes[] = {{"sexual", 6}, {"neglect", 7}};
    tdm__breaking by = {.by = TDM__BROKEN_BY_FACT,
                        .key = tdm__vocabulary_fact(vocabulary(), TDM_LIT("category")),
                        .codes = codes,
                        .code_count = 2};
    caseload c;
    plans_open(&c);
    tdm__measured m;
    tdm__units plans = units_of_episode(&c, "cp-plan");
    ck_assert_int_eq(tdm__measured_breakdown(&m, &c.ground, &everything, &plans, &by), TDM_OK);
    ck_lines(&m, 0, "sexual=0 neglect=3 emotional=1 physical=1 not-recorded=1");
    ck_group(&m, 0, 5, 6);
    by.at_end = true;
    by.code_count = 0;
    by.by = TDM__BROKEN_BY_KIND;
    ck_assert_int_eq(tdm__measured_breakdown(&m, &c.ground, &everything, &plans, &by), TDM_OK);
    ck_lines(&m, 0, "cp-plan-end=5 not-recorded=1");
    by = (tdm__breaking){.by = TDM__BROKEN_BY_AGENCY};
    ck_assert_int_eq(tdm__measured_breakdown(&m, &c.ground, &everything, &plans, &by), TDM_OK);
    ck_lines(&m, 0, CSC "=5 police=1 not-recorded=0");
    caseload_close(&c);
}
END_TEST

/* Each code of a list is a line, once a unit; an indicator is the value of a prompt. */
START_TEST(check_lists)
{
    static const case_row rows[] = {
        {"A", {.from = 19000, .kind = "assessment-end", .fact = "factors", .value = "3A 18B 3A"}},
        {"B", {.from = 19000, .kind = "assessment-end", .fact = "factors", .value = "18B"}},
        {"B", {.from = 19001, .kind = "assessment-end"}},
    };
    static const tdm__prompt_record records[] = {{{"B", 1}, {"drift", 5}, {"new", 3}, 19000, TDM_DAY_NONE},
                                                 {{"Z", 1}, {"none", 4}, {"new", 3}, 19000, TDM_DAY_NONE},
                                                 {{"A", 1}, {"visits", 6}, {"new", 3}, 19005, TDM_DAY_NONE},
                                                 {{"A", 1}, {"drift", 5}, {"new", 3}, 19003, TDM_DAY_NONE}};
    tdm__breaking by = {.by = TDM__BROKEN_BY_FACT,
                        .key = tdm__vocabulary_fact(vocabulary(), TDM_LIT("factors"))};
    tdm__measured m;
    tdm__units prompts;
    caseload c;
    caseload_open(&c, rows, 3, 18000, 19100);
    tdm__units all = units_of_kind(&c, NULL);
    ck_assert_int_eq(tdm__measured_breakdown(&m, &c.ground, &everything, &all, &by), TDM_OK);
    ck_lines(&m, 0, "18B=2 3A=1 not-recorded=1");
    ck_group(&m, 0, 2, 3);
    by.by = TDM__BROKEN_BY_INDICATOR;
    ck_assert_int_eq(tdm__population_prompts(c.population, records, 4), TDM_OK);
    ck_assert_int_eq(tdm__units_prompts(&prompts, &c.ground, TDM_LIT(""), TDM_LIT("")), TDM_OK);
    ck_assert_int_eq(tdm__measured_breakdown(&m, &c.ground, &everything, &prompts, &by), TDM_OK);
    ck_lines(&m, 0, "drift=2 visits=1 not-recorded=0");
    ck_assert_int_eq(tdm__measured_breakdown(&m, &c.ground, &everything, &all, &by), TDM_OK);
    ck_lines(&m, 0, "not-recorded=3");
    caseload_close(&c);
}
END_TEST

/* National bins of a plan's length: up to three months, more than three to six, more than six. */
START_TEST(check_months)
{
    static const tdm__edge edges[] = {{.name = {"same-day", 8}, .same_day = true},
                                      {.name = {"to-3", 4}, .to = {TDM_SPAN_MONTHS, 3}},
                                      {.name = {"below-6", 7}, .to = {TDM_SPAN_MONTHS, 6}, .below = true},
                                      {.name = {"6-more", 6}, .open = true}};
    tdm__timing timing = {TDM__IN_MONTHS, edges, 4, 3};
    caseload c;
    plans_open(&c);
    tdm__stretches stretches;
    tdm__measured m;
    tdm__units plans = units_of_episode(&c, "cp-plan");
    ck_assert_int_eq(tdm__units_lasting(&stretches, &c.ground, &plans), TDM_OK);
    ck_assert_int_eq(tdm__measured_times(&m, &c.ground, &everything, &stretches, &timing), TDM_OK);
    ck_lines(&m, 0, "same-day=1 to-3=1 below-6=1 6-more=1");
    ck_group(&m, 0, 2, 4);
    ck_lengths(&m, 0, "0 90 91 182 211+");
    ck_left_out(&m, 0, TDM__UNCOUNTED_NO_START, 1);
    ck_left_out(&m, 0, TDM__UNCOUNTED_DATE_IN_DOUBT, 1);
    ck_assert_int_eq(m.within, 3);
    timing.within = -1;
    ck_assert_int_eq(tdm__measured_times(&m, &c.ground, &everything, &stretches, &timing), TDM_OK);
    ck_group(&m, 0, -1, 4);
    caseload_close(&c);
}
END_TEST

/* One and two years to the day and a day over; a leap day has its year on 28 February. */
START_TEST(check_years)
{
    static const char *const pairs[][2] = {{"2022-03-10", "2023-03-10"}, {"2022-03-10", "2023-03-09"},
                                           {"2022-03-10", "2024-03-10"}, {"2022-03-10", "2024-03-09"},
                                           {"2020-02-29", "2021-02-28"}, {"2020-02-29", "2021-02-27"}};
    static const char names[][2] = {"A", "B", "C", "D", "E", "F"};
    static const tdm__edge edges[] = {{.name = {"below-1", 7}, .to = {TDM_SPAN_MONTHS, 12}, .below = true},
                                      {.name = {"below-2", 7}, .to = {TDM_SPAN_MONTHS, 24}, .below = true},
                                      {.name = {"2-more", 6}, .open = true}};
    tdm__timing timing = {TDM__IN_MONTHS, edges, 3, -1};
    case_row rows[12];
    caseload c;
    tdm__stretches stretches;
    tdm__measured m;
    for (size_t i = 0; i < 6; i++) {
        rows[2 * i] = (case_row){names[i],
                                 {.from = day_of(pairs[i][0]), .kind = "cp-plan-start", .agency = CSC}};
        rows[2 * i + 1] = (case_row){names[i],
                                     {.from = day_of(pairs[i][1]), .kind = "cp-plan-end", .agency = CSC}};
    }
    caseload_open(&c, rows, 12, day_of("2020-01-01"), day_of("2024-12-31"));
    tdm__units plans = units_of_episode(&c, "cp-plan");
    ck_assert_int_eq(tdm__units_lasting(&stretches, &c.ground, &plans), TDM_OK);
    ck_assert_int_eq(tdm__measured_times(&m, &c.ground, &everything, &stretches, &timing), TDM_OK);
    ck_lines(&m, 0, "below-1=2 below-2=3 2-more=1"); /* B F, A D E, C */
    caseload_close(&c);
}
END_TEST

/* Good Friday 29 March 2024 and Easter Monday are no working days; 2031 is not known. Saturday to Sunday is
 * 0. */
START_TEST(check_working_days)
{
    static const case_row rows[] = {
        {"A", {.from = 19810, .kind = "referral"}}, /* Thursday 28 March 2024 */
        {"A", {.from = 19815, .kind = "visit"}},    /* Tuesday 2 April: one working day */
        {"B", {.from = 19812, .kind = "referral"}}, /* Saturday */
        {"B", {.from = 19813, .kind = "visit"}},    {"C", {.from = 22300, .kind = "referral"}}, /* 2031 */
        {"C", {.from = 22303, .kind = "visit"}},
    };
    static const tdm__edge edges[] = {{.name = {"same-day", 8}, .same_day = true},
                                      {.name = {"0", 1}, .to = {TDM_SPAN_DAYS, 0}},
                                      {.name = {"1", 1}, .to = {TDM_SPAN_DAYS, 1}}};
    tdm__timing timing = {TDM__IN_WORKING_DAYS, edges, 3, 0};
    tdm__looking looking = {.same_day = true, .within = TDM__ANY_TIME};
    tdm__stretches stretches;
    tdm__measured m;
    tdm__units in_time;
    caseload c;
    caseload_open(&c, rows, 6, 19000, 22400);
    tdm__units referrals = units_of_kind(&c, "referral"), visits = units_of_kind(&c, "visit");
    ck_assert_int_eq(tdm__units_until(&stretches, &c.ground, &referrals, &visits, &looking), TDM_OK);
    ck_assert_int_eq(tdm__measured_times(&m, &c.ground, &everything, &stretches, &timing), TDM_OK);
    ck_lines(&m, 0, "same-day=0 0=1 1=1");
    ck_group(&m, 0, 1, 2);
    ck_left_out(&m, 0, TDM__UNCOUNTED_NO_CALENDAR, 1);
    ck_assert_int_eq(tdm__stretches_within(&in_time, &c.ground, &stretches, 0, TDM__IN_WORKING_DAYS), TDM_OK);
    ck_units(&c, &in_time, "3 5(no-calendar)", "within none");
    caseload_close(&c);
}
END_TEST

START_TEST(check_survival)
{
    static const tdm_span at[] = {{TDM_SPAN_MONTHS, 3}, {TDM_SPAN_MONTHS, 6}};
    tdm__measuring by_agency = {.by = TDM__BY_AGENCY};
    caseload c;
    plans_open(&c);
    tdm__stretches stretches;
    tdm__measured m;
    tdm__units plans = units_of_episode(&c, "cp-plan");
    ck_assert_int_eq(tdm__units_lasting(&stretches, &c.ground, &plans), TDM_OK);
    ck_assert_int_eq(tdm__measured_survival(&m, &c.ground, &everything, &stretches, at, 2), TDM_OK);
    ck_group(&m, 0, 4, 5);
    ck_lengths(&m, 0, "0 90 91 182 211+");
    ck_assert_uint_eq(m.at_count, 2);
    ck_assert_int_eq(m.at[1].count, 6);
    ck_assert_int_eq(tdm__measured_survival(&m, &c.ground, &by_agency, &stretches, at, 2), TDM_OK);
    ck_lengths(&m, 0, "0 90 91 182");
    ck_lengths(&m, 1, "211+");
    caseload_close(&c);
}
END_TEST

/* --- what came often enough, and the end of the latest --- */

typedef struct kept_case {
    const char *days[4]; /* of visits; NULL ends */
    tdm_span first, every;
    bool same_day;
    const char *expected;
} kept_case;

/* A plan from 31 January 2024 to 31 October, looked at on 30 September. */
static const kept_case kept_cases[] = {
    {{"2024-04-30", "2024-09-30"}, {TDM_SPAN_MONTHS, 3}, {TDM_SPAN_MONTHS, 6}, false, "1"},
    {{"2024-05-01", "2024-09-30"}, {TDM_SPAN_MONTHS, 3}, {TDM_SPAN_MONTHS, 6}, false, ""},
    {{"2024-03-29", "2024-09-29"}, {TDM_SPAN_MONTHS, 3}, {TDM_SPAN_MONTHS, 6}, false, "1"},
    {{"2024-03-29"}, {TDM_SPAN_MONTHS, 3}, {TDM_SPAN_MONTHS, 6}, false, ""},
    {{"2024-03-30"}, {TDM_SPAN_MONTHS, 3}, {TDM_SPAN_MONTHS, 6}, false, "1"},
    {{NULL}, {TDM_SPAN_MONTHS, 8}, {TDM_SPAN_MONTHS, 6}, false, "1"},
    {{NULL}, {TDM_SPAN_MONTHS, 7}, {TDM_SPAN_MONTHS, 6}, false, ""},
    {{"2024-01-31"}, {TDM_SPAN_MONTHS, 3}, {TDM_SPAN_MONTHS, 9}, false, ""},
    {{"2024-01-31"}, {TDM_SPAN_MONTHS, 3}, {TDM_SPAN_MONTHS, 9}, true, "1"},
    {{"2024-01-30", "2024-10-01"}, {TDM_SPAN_MONTHS, 3}, {TDM_SPAN_MONTHS, 9}, true, ""},
    {{"2024-04"}, {TDM_SPAN_MONTHS, 3}, {TDM_SPAN_MONTHS, 9}, false, "1(date-in-doubt)"},
    {{"2024-04", "2024-04-15"}, {TDM_SPAN_MONTHS, 3}, {TDM_SPAN_MONTHS, 9}, false, "1"},
    {{"2024-02-14", "2024-09-16"}, {TDM_SPAN_WORKING_DAYS, 10}, {TDM_SPAN_WORKING_DAYS, 200}, false, "1"},
    {{"2024-02-15", "2024-09-16"}, {TDM_SPAN_WORKING_DAYS, 10}, {TDM_SPAN_WORKING_DAYS, 200}, false, ""},
};

START_TEST(check_kept_up)
{
    const kept_case *k = &kept_cases[_i];
    case_row rows[6] = {{"A", {.from = day_of("2024-01-31"), .kind = "cp-plan-start", .agency = CSC}},
                        {"A", {.from = day_of("2024-10-31"), .kind = "cp-plan-end", .agency = CSC}}};
    tdm__keeping keeping = {k->first, k->every, day_of("2024-09-30"), k->same_day};
    size_t count = 2;
    tdm__units found;
    caseload c;
    for (size_t i = 0; i < 4 && k->days[i]; i++) {
        tdm_date date;
        ck_assert_int_eq(tdm_date_parse(&date, NULL, tdm__str(k->days[i]), NULL), TDM_OK);
        rows[count++] = (case_row){"A", {.from = date.from, .to = date.to, .kind = "visit", .agency = CSC}};
    }
    caseload_open(&c, rows, count, day_of("2024-01-01"), day_of("2024-12-31"));
    tdm__units plans = units_of_episode(&c, "cp-plan"), visits = units_of_kind(&c, "visit");
    ck_assert_int_eq(tdm__units_kept_up(&found, &c.ground, &plans, &visits, &keeping), TDM_OK);
    ck_units(&c, &found, k->expected, k->days[0] ? k->days[0] : "never");
    caseload_close(&c);
}
END_TEST

typedef struct latest_case {
    const char *days[4]; /* of a plan, its end, another, its end; "": not there */
    const char *expected;
} latest_case;

/* Of a plan begun on 10 June 2024: whether the one before it ended in the year before. */
static const latest_case latest_cases[] = {
    {{"2022-01-10", "2023-06-10", "", ""}, "5"},
    {{"2022-01-10", "2023-06-09", "", ""}, ""},
    {{"2022-01-10", "2024-06-10", "", ""}, ""},                     /* ended on the day itself */
    {{"2020-01-10", "2024-01-10", "2021-01-10", "2022-01-10"}, ""}, /* the latest ended long before */
    {{"2020-01-10", "2021-01-10", "2022-01-10", "2024-01-10"}, "5"},
    {{"2022-01-10", "2024-01", "", ""}, "5"},
    {{"2022-01-10", "2023-06", "", ""}, "5(date-in-doubt)"},
    {{"2020-01-10", "2024-01-10", "2020", "2022-01-10"}, "5(date-in-doubt)"}, /* which of them began last */
    {{"", "", "2022-01-10", ""}, ""},
};

START_TEST(check_after_latest)
{
    static const char *const episodes[] = {"p", "q", "r"};
    const latest_case *l = &latest_cases[_i];
    case_row rows[5];
    caseload c;
    tdm__units found, last;
    for (size_t i = 0; i < 5; i++) {
        tdm_date date = {0};
        const char *day = i == 4 ? "2024-06-10" : l->days[i];
        bool there = day[0] != '\0';
        ck_assert_int_eq(tdm_date_parse(&date, NULL, tdm__str(day), NULL), TDM_OK);
        rows[i] = (case_row){"A",
                             {.from = there ? date.from : day_of("2001-01-01"),
                              .to = there ? date.to : day_of("2001-01-01"),
                              .kind = !there  ? "note"
                                      : i % 2 ? "cp-plan-end"
                                              : "cp-plan-start",
                              .agency = CSC,
                              .episode = episodes[i / 2]}};
    }
    caseload_open(&c, rows, 5, day_of("2024-01-01"), day_of("2024-12-31"));
    tdm__units plans = units_of_episode(&c, "cp-plan");
    for (size_t i = 0; i < plans.count; i++)
        ((uint8_t *)plans.reason)[i] = TDM__COUNTED; /* that they overlap is another question */
    ck_assert_int_eq(
        tdm__units_starting(&last, &c.ground, &plans, day_of("2024-06-10"), day_of("2024-06-10")), TDM_OK);
    ck_assert_int_eq(
        tdm__units_after_latest(&found, &c.ground, &last, &plans, (tdm_span){TDM_SPAN_MONTHS, 12}), TDM_OK);
    ck_units(&c, &found, l->expected, l->days[0]);
    caseload_close(&c);
}
END_TEST

/* --- how the ends of episodes and stretches are asked --- */

START_TEST(check_ends)
{
    uint32_t ended_by = kind_index("cp-plan-end"), another = kind_index("case-closure");
    tdm__units_where where = {
        .filter = tdm__filter_all(), .ended = TDM__ANY, .end_kinds = &ended_by, .end_kind_count = 1};
    caseload c;
    plans_open(&c);
    tdm__stretches stretches, ending;
    tdm__units found;
    tdm__units plans = units_of_episode(&c, "cp-plan"), ends = units_of_kind(&c, "cp-plan-end");
    ck_assert_int_eq(tdm__units_such(&found, &c.ground, &plans, &where), TDM_OK);
    ck_units(&c, &found, "1 3 5 8 10(no-start) 11", "ended by their own end");
    where.end_kinds = &another;
    ck_assert_int_eq(tdm__units_such(&found, &c.ground, &plans, &where), TDM_OK);
    ck_units(&c, &found, "", "ended by the case's");
    ck_assert_int_eq(tdm__units_lasting(&stretches, &c.ground, &plans), TDM_OK);
    ck_assert_int_eq(
        tdm__stretches_ending(&ending, &c.ground, &stretches, day_of("2024-05-01"), day_of("2024-06-03")),
        TDM_OK);
    ck_stretches(&c, &ending, "3:91 8:0 10(no-start)", "ended by 3 June");
    ck_assert_int_eq(
        tdm__stretches_ending(&ending, &c.ground, &stretches, day_of("2024-08-01"), day_of("2024-08-28")),
        TDM_OK);
    ck_stretches(&c, &ending, "11(date-in-doubt)", "ended in August");
    ck_assert_int_eq(tdm__units_during(&found, &c.ground, &ends, &plans), TDM_OK);
    ck_units(&c, &found, "", "no end lies in its own plan");
    ck_assert_int_eq(tdm__units_during_to_last(&found, &c.ground, &ends, &plans), TDM_OK);
    ck_units(&c, &found, "2 4 6 9 10(date-in-doubt) 12", "but for its last day");
    ck_assert_int_eq(tdm__units_containing_to_last(&found, &c.ground, &plans, &ends), TDM_OK);
    ck_units(&c, &found, "1 3 5 8 10(no-start) 11", "containing it");
    caseload_close(&c);
}
END_TEST

/* --- coverage --- */

START_TEST(check_coverage)
{
    static const case_row rows[] = {{"A", {.from = 19000, .kind = "visit", .agency = "police"}}};
    static const story_coverage declared[] = {{"police", {18990, 19004}, {0, 0}},
                                              {"police", {19003, 19005}, {19001, 19001}},
                                              {"gp", {19002, 19100}, {0, 0}},
                                              {"school", {0, 0}, {0, 0}},
                                              {NULL, {0, 0}, {0, 0}}};
    tdm__measuring by_agency = {.by = TDM__BY_AGENCY};
    static const tdm_str police = {"police", 6};
    tdm__measured m;
    caseload c;
    ck_assert_int_eq(caseload_try(&c, &tdm__malloc_allocator, rows, 1, NULL, declared, 19100, 1), TDM_OK);
    c.ground.from = 19000;
    c.ground.to = 19009;
    /* The police: days 0 to 5 but 1; the GP: 2 to 9; both: 2 to 5. */
    ck_assert_int_eq(tdm__measured_coverage(&m, &c.ground, &everything, NULL, 0), TDM_OK);
    ck_assert(m.of_time);
    ck_lines(&m, 0, "gp=8 police=5");
    ck_group(&m, 0, 4, 10);
    ck_assert_int_eq(tdm__measured_coverage(&m, &c.ground, &by_agency, NULL, 0), TDM_OK);
    ck_lines(&m, 0, "gp=0 police=5");
    ck_group(&m, 0, 5, 10);
    ck_lines(&m, 1, "gp=8 police=0"); /* there is no row of the GP */
    ck_assert_int_eq(tdm__measured_coverage(&m, &c.ground, &everything, &police, 1), TDM_OK);
    ck_lines(&m, 0, "police=5");
    ck_group(&m, 0, 5, 10);
    caseload_close(&c);
}
END_TEST

/* --- without memory --- */

static tdm_status ask_sets(caseload *c, const tdm__units *plans)
{
    static const tdm_span span = {TDM_SPAN_MONTHS, 12};
    tdm__keeping keeping = {span, span, c->ground.to, true};
    tdm__units a, b, d;
    tdm_status status = tdm__units_starting(&a, &c->ground, plans, c->ground.from, c->ground.to);
    if (status == TDM_OK)
        status = tdm__units_after(&b, &c->ground, &a, plans, span, true);
    if (status == TDM_OK)
        status = tdm__units_after_latest(&d, &c->ground, &a, plans, span);
    if (status == TDM_OK)
        status = tdm__units_followed(&d, &c->ground, &a, plans, span, true);
    if (status == TDM_OK)
        status = tdm__units_kept_up(&d, &c->ground, &a, plans, &keeping);
    if (status == TDM_OK)
        status = tdm__units_union(&d, &c->ground, &a, &b);
    if (status == TDM_OK)
        status = tdm__units_minus(&d, &c->ground, &a, &b);
    if (status == TDM_OK)
        status = tdm__units_last_of_child(&d, &c->ground, &a);
    if (status == TDM_OK)
        status = tdm__units_children(&d, &c->ground);
    return status;
}

static tdm_status ask_results(caseload *c, const tdm__units *plans)
{
    static const tdm__edge edges[] = {{.name = {"all", 3}, .open = true}};
    static const tdm_span at = {TDM_SPAN_MONTHS, 3};
    tdm__measuring measuring = {
        .by = TDM__BY_AREA, .areas = &TDM_LIT("E1"), .area_count = 1, .list_units = true};
    tdm__timing timing = {TDM__IN_WORKING_DAYS, edges, 1, 15};
    tdm__breaking breaking = {.by = TDM__BROKEN_BY_FACT,
                              .key = tdm__vocabulary_fact(vocabulary(), TDM_LIT("category"))};
    tdm__looking looking = {.before = plans, .not_before = plans, .within = TDM__ANY_TIME};
    tdm__stretches stretches, other;
    tdm__units some;
    tdm__measured m;
    tdm_status status = tdm__units_lasting(&stretches, &c->ground, plans);
    if (status == TDM_OK)
        status = tdm__units_until(&other, &c->ground, plans, plans, &looking);
    if (status == TDM_OK)
        status = tdm__units_since(&other, &c->ground, plans, plans, true, &looking);
    if (status == TDM_OK)
        status = tdm__stretches_done(&other, &c->ground, &stretches);
    if (status == TDM_OK)
        status = tdm__stretches_within(&some, &c->ground, &stretches, 15, TDM__IN_DAYS);
    if (status == TDM_OK)
        status = tdm__measured_count(&m, &c->ground, &measuring, plans);
    if (status == TDM_OK)
        status = tdm__measured_share(&m, &c->ground, &measuring, &some, plans);
    if (status == TDM_OK)
        status = tdm__measured_breakdown(&m, &c->ground, &measuring, plans, &breaking);
    if (status == TDM_OK)
        status = tdm__measured_times(&m, &c->ground, &measuring, &stretches, &timing);
    if (status == TDM_OK)
        status = tdm__measured_survival(&m, &c->ground, &measuring, &stretches, &at, 1);
    if (status == TDM_OK)
        status = tdm__measured_coverage(&m, &c->ground, &measuring, NULL, 0);
    return status;
}

/* The caseload is made with memory, the operations are asked without. */
static caseload *held;

static tdm_status ask_without_memory(const tdm_allocator *allocator)
{
    tdm__arena arena;
    tdm__units plans;
    tdm__filter filter = tdm__filter_all();
    tdm__arena_init(&arena, allocator);
    held->ground.arena = &arena;
    tdm_status status = tdm__units_rows(&plans, &held->ground, &filter);
    if (status == TDM_OK)
        status = tdm__units_episodes(&plans, &held->ground, TDM_NO_INDEX, NULL, 0);
    if (status == TDM_OK)
        status = ask_sets(held, &plans);
    if (status == TDM_OK)
        status = ask_results(held, &plans);
    tdm__arena_free(&arena);
    return status;
}

START_TEST(check_memory)
{
    caseload c;
    plans_open(&c);
    held = &c;
    TEST_EVERY_ALLOCATION(ask_without_memory);
    caseload_close(&c);
}
END_TEST

/* What an operation looked at hangs on how much there is, and on nothing else. */
START_TEST(check_cost)
{
    caseload c;
    plans_open(&c);
    tdm__units found;
    tdm__units plans = units_of_episode(&c, "cp-plan");
    int64_t before = c.ground.looked_at;
    ck_assert_int_eq(tdm__units_starting(&found, &c.ground, &plans, 0, 1), TDM_OK);
    ck_assert_int_eq(c.ground.looked_at - before, 7);
    before = c.ground.looked_at;
    ck_assert_int_eq(tdm__units_after(&found, &c.ground, &plans, &plans, TDM__ANY_TIME, false), TDM_OK);
    ck_assert_int_eq(c.ground.looked_at - before, 14);
    caseload_close(&c);
}
END_TEST

Suite *units_results_suite(void)
{
    Suite *suite = suite_create("units_results");
    TCase *cases = tcase_create("units_results");
    tcase_add_test(cases, check_count);
    tcase_add_test(cases, check_share);
    tcase_add_test(cases, check_breakdown);
    tcase_add_test(cases, check_lists);
    tcase_add_test(cases, check_months);
    tcase_add_test(cases, check_years);
    tcase_add_test(cases, check_working_days);
    tcase_add_test(cases, check_survival);
    tcase_add_loop_test(cases, check_kept_up, 0, sizeof kept_cases / sizeof *kept_cases);
    tcase_add_loop_test(cases, check_after_latest, 0, sizeof latest_cases / sizeof *latest_cases);
    tcase_add_test(cases, check_ends);
    tcase_add_test(cases, check_coverage);
    tcase_add_test(cases, check_memory);
    tcase_add_test(cases, check_cost);
    suite_add_tcase(suite, cases);
    return suite;
}

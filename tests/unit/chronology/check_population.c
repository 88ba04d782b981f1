/*
 * A population: which rows and episodes it holds, by which groups they are parted, and that threads change
 * nothing.
 */
#include "chronology/caseload.h"
#include "chronology/population_columns.h"
#include "chronology/suites.h"

#define D   ((tdm_day)19000)
#define CSC "childrens-social-care"

static void population_open(caseload *c, const case_row *rows, size_t count, const case_area *areas,
                            tdm_day as_of)
{
    ck_assert_int_eq(caseload_try(c, &tdm__malloc_allocator, rows, count, areas, NULL, as_of, 1), TDM_OK);
}

/* Row 2 is later than the as-of day, 3 was recorded after it; 5 may be a day before 4. */
START_TEST(check_rows)
{
    static const case_row rows[] = {
        {"B", {.from = D + 9, .kind = "visit"}},
        {"A", {.from = D + 31, .kind = "visit"}},
        {"A", {.from = D + 5, .kind = "visit", .recorded = D + 40}},
        {"A", {.from = D + 8, .kind = "visit"}},
        {"A", {.from = D + 7, .to = D + 29, .kind = "visit", .recorded = D + 12}},
        {"A", {.from = TDM_DAY_BEFORE_ALL, .to = TDM_DAY_AFTER_ALL, .kind = "visit"}},
        {"B", {.from = D + 2, .kind = "visit", .uncertain = true}},
        {"C", {.from = D + 50, .kind = "visit"}},
    };
    caseload c;
    population_open(&c, rows, sizeof rows / sizeof *rows, NULL, D + 30);
    tdm__units units = units_of_kind(&c, NULL);
    ck_units(&c, &units, "6(no-date) 5 4 7(date-in-doubt) 1", "all");
    ck_assert_int_eq(units.start_from[1], D + 7);
    ck_assert_int_eq(units.start_to[1], D + 12);
    caseload_close(&c);
}
END_TEST

#define START(number, day, ...)                                                                              \
    {                                                                                                        \
        number,                                                                                              \
        {                                                                                                    \
            .from = D + (day), .kind = "cp-plan-start", .agency = CSC, __VA_ARGS__                           \
        }                                                                                                    \
    }
#define END(number, day, ...)                                                                                \
    {                                                                                                        \
        number,                                                                                              \
        {                                                                                                    \
            .from = D + (day), .kind = "cp-plan-end", .agency = CSC, __VA_ARGS__                             \
        }                                                                                                    \
    }

typedef struct fault_case {
    const char *name;
    case_row rows[5];
    const char *expected;
} fault_case;

static const fault_case fault_cases[] = {
    {"one after the other, on one day",
     {START("A", 0, .to = 0), END("A", 9, .to = 0), START("A", 9, .to = 0), END("A", 12, .to = 0)},
     "1 3"},
    {"an end without a start", {END("A", 9, .to = 0), START("A", 12, .to = 0)}, "1(no-start) 2"},
    {"an end before the start",
     {START("A", 5, .episode = "p"), END("A", 2, .episode = "p")},
     "1(end-before-start)"},
    {"two starts that nothing tells apart",
     {START("A", 0, .to = 0), START("A", 3, .to = 0)},
     "1 2(overlapping)"},
    {"two plans by their own numbers",
     {START("A", 0, .episode = "p"), START("A", 3, .episode = "q"), END("A", 9, .episode = "p"),
      END("A", 12, .episode = "q")},
     "1 2(overlapping)"},
    {"the second by number begins where the first ends",
     {START("A", 0, .episode = "p"), START("A", 9, .episode = "q"), END("A", 9, .episode = "p")},
     "1 2"},
    {"the second may begin after the end",
     {START("A", 0, .episode = "p"), START("A", 8, .to = D + 10, .episode = "q"),
      END("A", 9, .episode = "p")},
     "1 2"},
    {"of two children", {START("A", 0, .to = 0), START("B", 3, .to = 0)}, "1 2"},
    {"a doubtful end", {START("A", 0, .to = 0), END("A", 3, .uncertain = true)}, "1(date-in-doubt)"},
};

START_TEST(check_faults)
{
    const fault_case *f = &fault_cases[_i];
    caseload c;
    size_t count = 0;
    while (count < 5 && f->rows[count].child)
        count++;
    population_open(&c, f->rows, count, NULL, D + 100);
    tdm__units units = units_of_episode(&c, "cp-plan");
    ck_units(&c, &units, f->expected, f->name);
    caseload_close(&c);
}
END_TEST

/* Escalations may run side by side, so may those of two agencies of anything. */
START_TEST(check_side_by_side)
{
    static const case_row rows[] = {
        {"A", {.from = D, .kind = "escalation-raised", .agency = CSC, .episode = "e1"}},
        {"A", {.from = D + 2, .kind = "escalation-raised", .agency = CSC, .episode = "e2"}},
        {"A", {.from = D, .kind = "missing-start", .agency = CSC}},
        {"A", {.from = D + 1, .kind = "missing-start", .agency = "police"}},
    };
    caseload c;
    population_open(&c, rows, 4, NULL, D + 100);
    tdm__units escalations = units_of_episode(&c, "escalation"), missing = units_of_episode(&c, "missing");
    ck_units(&c, &escalations, "1 2", "escalations");
    ck_units(&c, &missing, "3 4", "missing");
    caseload_close(&c);
}
END_TEST

/* What a conference or a closure has ended is not open when the next one begins, though neither names its
 * own. */
START_TEST(check_ended_by_another)
{
    static const case_row rows[] = {
        {"A", {.from = D, .kind = "s47-start", .agency = CSC}},
        {"A", {.from = D + 10, .kind = "icpc", .agency = CSC}},
        {"A", {.from = D + 11, .kind = "s47-start", .agency = CSC}},
        {"A", {.from = D + 12, .kind = "s47-start", .agency = CSC}},
        {"B", {.from = D, .kind = "s47-start", .agency = CSC}},
        {"B", {.from = D + 8, .to = D + 10, .kind = "icpc", .agency = CSC}},
        {"B", {.from = D + 9, .kind = "s47-start", .agency = CSC}},
    };
    caseload c;
    population_open(&c, rows, sizeof rows / sizeof *rows, NULL, D + 100);
    tdm__units units = units_of_episode(&c, "s47");
    ck_units(&c, &units, "1 3 4(overlapping) 5 7(overlapping)", "enquiries");
    caseload_close(&c);
}
END_TEST

/* Nothing says which of two ends on day 9: each may be open from then on, neither is closed. */
START_TEST(check_ambiguous_end)
{
    static const case_row rows[] = {START("A", 0, .to = 0), START("A", 3, .to = 0), END("A", 9, .to = 0)};
    caseload c;
    population_open(&c, rows, 3, NULL, D + 100);
    tdm__units units = units_of_episode(&c, "cp-plan"), open;
    ck_assert_int_eq(tdm__units_open_on(&open, &c.ground, &units, D + 8), TDM_OK);
    ck_units(&c, &open, "1 2(overlapping)", "before");
    ck_assert_int_eq(tdm__units_open_on(&open, &c.ground, &units, D + 9), TDM_OK);
    ck_units(&c, &open, "1(date-in-doubt) 2(overlapping)", "after");
    ck_assert_uint_eq(units.end_event[0], TDM_NO_INDEX);
    caseload_close(&c);
}
END_TEST

static const case_area areas[] = {{"A", "E2"}, {"B", "E1"}, {"C", ""}, {NULL, NULL}};

/* A is with North from day 5 on and with South from day 20 on; B never is, but its row 5 says East. */
static const case_row grouped[] = {
    {"A", {.from = D, .kind = "visit", .agency = "police"}},
    {"A", {.from = D + 5, .kind = "allocation", .agency = CSC, .fact = "team", .value = "North"}},
    {"A", {.from = D + 5, .kind = "visit", .agency = CSC}},
    {"A", {.from = D + 20, .kind = "allocation", .agency = CSC, .fact = "team", .value = "South"}},
    {"B", {.from = D, .kind = "allocation", .agency = CSC, .fact = "worker", .value = "w1"}},
    {"B", {.from = D + 60, .kind = "allocation", .agency = "gp", .fact = "team", .value = "Later"}},
    {"C", {.from = D + 30, .kind = "visit", .agency = "police"}},
    {"A", {.from = D + 30, .kind = "visit", .agency = "police", .fact = "team", .value = "Own"}},
    {"C", {.from = D + 31, .kind = "visit", .agency = "police", .fact = "team", .value = "Own"}},
};

static const char *groups_text(char out[256], const caseload *c, tdm__group_by by)
{
    tdm__groups groups = tdm__population_groups(c->population, by);
    size_t length = 0;
    out[0] = '\0';
    for (size_t i = 0; i < groups.count; i++)
        length += (size_t)snprintf(out + length, 256 - length, "%.*s|", TDM_STR_ARGS(groups.names[i]));
    return out;
}

static const char *group_of(const caseload *c, tdm__group_by by, uint32_t row)
{
    static char out[64];
    tdm__groups groups = tdm__population_groups(c->population, by);
    for (size_t i = 0; i < c->population->row_count; i++) {
        const tdm__population_row *r = &c->population->rows[i];
        if (tdm__chronology_event(c->chronology, r->event).row != row)
            continue;
        uint32_t group = tdm__population_group(c->population, by, r->child, r->event, r->from);
        snprintf(out, sizeof out, "%.*s", TDM_STR_ARGS(groups.names[group]));
        return out;
    }
    return "not visible";
}

START_TEST(check_groups)
{
    char text[256];
    caseload c;
    population_open(&c, grouped, sizeof grouped / sizeof *grouped, areas, D + 50);
    ck_assert_str_eq(groups_text(text, &c, TDM__BY_NOTHING), "|");
    ck_assert_str_eq(groups_text(text, &c, TDM__BY_AGENCY), CSC "|police||");
    ck_assert_str_eq(groups_text(text, &c, TDM__BY_AREA), "E1|E2||");
    ck_assert_str_eq(groups_text(text, &c, TDM__BY_TEAM), "North|Own|South||");
    ck_assert_str_eq(group_of(&c, TDM__BY_AGENCY, 1), "police");
    ck_assert_str_eq(group_of(&c, TDM__BY_AREA, 1), "E2");
    ck_assert_str_eq(group_of(&c, TDM__BY_AREA, 5), "E1");
    ck_assert_str_eq(group_of(&c, TDM__BY_AREA, 7), "");
    ck_assert_str_eq(group_of(&c, TDM__BY_TEAM, 1), "");
    ck_assert_str_eq(group_of(&c, TDM__BY_TEAM, 3), "North");
    ck_assert_str_eq(group_of(&c, TDM__BY_TEAM, 8), "South");
    ck_assert_str_eq(group_of(&c, TDM__BY_TEAM, 7), "");
    ck_assert_str_eq(group_of(&c, TDM__BY_TEAM, 9), "Own");
    ck_assert_str_eq(group_of(&c, TDM__BY_TEAM, 5), "");
    caseload_close(&c);
}
END_TEST

START_TEST(check_prompts)
{
    static const tdm__prompt_record records[] = {
        {{"B", 1}, {"drift", 5}, {"seen", 4}, D + 3, D + 5},
        {{"A", 1}, {"drift", 5}, {"new", 3}, D + 9, TDM_DAY_NONE},
        {{"Z", 1}, {"drift", 5}, {"new", 3}, D + 9, TDM_DAY_NONE},
        {{"A", 1}, {"other", 5}, {"new", 3}, D + 4, TDM_DAY_NONE},
        {{"A", 1}, {"other", 5}, {"new", 3}, D + 51, TDM_DAY_NONE},
    };
    tdm__units units;
    caseload c;
    population_open(&c, grouped, sizeof grouped / sizeof *grouped, areas, D + 50);
    ck_assert(!tdm__population_has_prompts(c.population));
    ck_assert_int_eq(tdm__units_prompts(&units, &c.ground, TDM_LIT(""), TDM_LIT("")), TDM_INVALID_ARG);
    ck_assert_int_eq(tdm__population_prompts(c.population, records, 5), TDM_OK);
    ck_assert(tdm__population_has_prompts(c.population));
    ck_assert_int_eq(tdm__units_prompts(&units, &c.ground, TDM_LIT(""), TDM_LIT("")), TDM_OK);
    ck_units(&c, &units, "A A B", "all");
    ck_assert_int_eq(units.start_from[0], D + 4);
    ck_assert_int_eq(units.end_from[2], D + 5);
    ck_assert_int_eq(tdm__units_prompts(&units, &c.ground, TDM_LIT("drift"), TDM_LIT("new")), TDM_OK);
    ck_units(&c, &units, "A", "new ones of one indicator");
    caseload_close(&c);
}
END_TEST

/* --- threads, and the history as a second method --- */

#define MANY_ROWS 4000

static void random_cases(case_row *rows, char (*names)[8], uint64_t seed)
{
    static const char *const kinds[] = {"visit",       "referral",         "case-closure", "cp-plan-start",
                                        "cp-plan-end", "assessment-start", "icpc",         "s47-start"};
    for (size_t i = 0; i < MANY_ROWS; i++) {
        tdm_day from = D + random_below(&seed, 300);
        snprintf(names[i], sizeof names[i], "c%d", random_below(&seed, 700));
        rows[i] = (case_row){names[i],
                             {.from = from,
                              .to = random_below(&seed, 5) ? 0 : from + random_below(&seed, 20),
                              .kind = kinds[random_below(&seed, 8)],
                              .agency = random_below(&seed, 5) ? CSC : "police",
                              .uncertain = random_below(&seed, 20) == 0,
                              .episode = random_below(&seed, 4) ? NULL : "e",
                              .incident = random_below(&seed, 10) ? NULL : "i"}};
    }
}

static bool same_row(const tdm__population_row *a, const tdm__population_row *b)
{
    return a->event == b->event && a->child == b->child && a->from == b->from && a->to == b->to &&
           a->reason == b->reason;
}

static bool same_episode(const tdm__population_episode *a, const tdm__population_episode *b)
{
    return a->name == b->name && a->event == b->event && a->child == b->child &&
           a->end_event == b->end_event && a->start_from == b->start_from && a->start_to == b->start_to &&
           a->end_from == b->end_from && a->end_to == b->end_to && a->reason == b->reason;
}

START_TEST(check_jobs)
{
    static case_row rows[MANY_ROWS];
    static char names[MANY_ROWS][8];
    caseload one, three;
    random_cases(rows, names, 7);
    population_open(&one, rows, MANY_ROWS, NULL, D + 250);
    ck_assert_int_eq(caseload_try(&three, &tdm__malloc_allocator, rows, MANY_ROWS, NULL, NULL, D + 250, 3),
                     TDM_OK);
    const tdm__population *a = one.population, *b = three.population;
    ck_assert_uint_eq(a->row_count, b->row_count);
    ck_assert_uint_eq(a->episode_count, b->episode_count);
    ck_assert_uint_gt(a->row_count, 3000);
    for (size_t i = 0; i < a->row_count; i++)
        ck_assert_msg(same_row(&a->rows[i], &b->rows[i]), "row %zu", i);
    for (size_t i = 0; i < a->episode_count; i++)
        ck_assert_msg(same_episode(&a->episodes[i], &b->episodes[i]), "episode %zu", i);
    caseload_close(&one);
    caseload_close(&three);
}
END_TEST

/* What the child's own history says of one of its episodes. */
static void ck_episode(const tdm__population_episode *unit, const tdm_history *h)
{
    for (uint32_t i = 0; i < h->episode_count; i++) {
        const tdm__episode *e = &h->episodes[i];
        if (h->rows[e->start_row].event != unit->event)
            continue;
        ck_assert_uint_eq(unit->name, e->name);
        ck_assert_int_eq(unit->start_from, e->start_from);
        ck_assert_int_eq(unit->start_to, e->start_to);
        if (e->end_row != TDM_NO_INDEX) {
            ck_assert_uint_eq(unit->end_event, h->rows[e->end_row].event);
            ck_assert_int_eq(unit->end_from, e->end_from);
            ck_assert_int_eq(unit->end_to, e->end_to);
        } else {
            ck_assert_uint_eq(unit->end_event, TDM_NO_INDEX);
        }
        return;
    }
    ck_assert_int_eq(unit->reason, TDM__UNCOUNTED_NO_START);
}

START_TEST(check_against_histories)
{
    static case_row rows[MANY_ROWS];
    static char names[MANY_ROWS][8];
    caseload c;
    random_cases(rows, names, 11);
    population_open(&c, rows, MANY_ROWS, NULL, D + 250);
    const tdm__population *p = c.population;
    size_t row = 0, episode = 0, loose = 0;
    for (uint32_t child = 0; child < c.chronology->child_count; child++) {
        tdm_history *h;
        size_t paired = 0;
        ck_assert_int_eq(tdm__history_new(&h, &c.arena, c.chronology, child, D + 250, NULL), TDM_OK);
        size_t first = row;
        for (; row < p->row_count && p->rows[row].child == child; row++)
            ck_assert(
                row == first || p->rows[row - 1].from < p->rows[row].from ||
                (p->rows[row - 1].from == p->rows[row].from && p->rows[row - 1].event < p->rows[row].event));
        ck_assert_uint_eq(row - first, h->row_count);
        for (uint32_t i = 0; i < h->row_count; i++) {
            size_t at = first;
            while (p->rows[at].event != h->rows[i].event)
                ck_assert_uint_lt(++at, row);
            ck_assert_int_eq(p->rows[at].from, h->rows[i].from);
            ck_assert_int_eq(p->rows[at].to, h->rows[i].to);
        }
        for (; episode < p->episode_count && p->episodes[episode].child == child; episode++) {
            ck_episode(&p->episodes[episode], h);
            paired += p->episodes[episode].reason != TDM__UNCOUNTED_NO_START;
            loose += p->episodes[episode].reason == TDM__UNCOUNTED_NO_START;
        }
        ck_assert_uint_eq(paired, h->episode_count);
    }
    ck_assert_uint_eq(row, p->row_count);
    ck_assert_uint_eq(episode, p->episode_count);
    ck_assert_uint_gt(loose, 10);
    caseload_close(&c);
}
END_TEST

static tdm_status try_population(const tdm_allocator *allocator)
{
    static const tdm__prompt_record record = {{"A", 1}, {"drift", 5}, {"new", 3}, D, TDM_DAY_NONE};
    caseload c;
    tdm_status status = caseload_try(&c, allocator, grouped, sizeof grouped / sizeof *grouped, areas, NULL,
                                     D + 50, 1);
    if (status == TDM_OK)
        status = tdm__population_prompts(c.population, &record, 1);
    caseload_close(&c);
    return status;
}

START_TEST(check_memory)
{
    TEST_EVERY_ALLOCATION(try_population);
}
END_TEST

static tdm_status stop(void *payload)
{
    (void)payload;
    return TDM_STOPPED;
}

START_TEST(check_interrupt)
{
    tdm_context context = {.allocator = tdm__malloc_allocator, .interrupt = stop};
    tdm__population *population;
    tdm_error error = {0};
    caseload c;
    population_open(&c, grouped, sizeof grouped / sizeof *grouped, areas, D + 50);
    ck_assert_int_eq(tdm__population_new(&population, &context, c.chronology, D + 50, 2, &error),
                     TDM_STOPPED);
    ck_assert_ptr_null(population);
    caseload_close(&c);
}
END_TEST

START_TEST(check_empty)
{
    caseload c;
    population_open(&c, NULL, 0, NULL, D);
    tdm__units rows = units_of_kind(&c, NULL), episodes = units_of_episode(&c, "cp-plan");
    ck_assert_uint_eq(rows.count + episodes.count, 0);
    ck_assert_uint_eq(tdm__population_groups(c.population, TDM__BY_AREA).count, 1);
    caseload_close(&c);
}
END_TEST

Suite *population_suite(void)
{
    Suite *suite = suite_create("population");
    TCase *cases = tcase_create("population");
    tcase_add_test(cases, check_rows);
    tcase_add_loop_test(cases, check_faults, 0, sizeof fault_cases / sizeof *fault_cases);
    tcase_add_test(cases, check_side_by_side);
    tcase_add_test(cases, check_ended_by_another);
    tcase_add_test(cases, check_ambiguous_end);
    tcase_add_test(cases, check_groups);
    tcase_add_test(cases, check_prompts);
    tcase_add_test(cases, check_jobs);
    tcase_add_test(cases, check_against_histories);
    tcase_add_test(cases, check_memory);
    tcase_add_test(cases, check_interrupt);
    tcase_add_test(cases, check_empty);
    suite_add_tcase(suite, cases);
    return suite;
}

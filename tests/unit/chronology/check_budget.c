/*
 * Budgets and hostile sizes: a spent budget ends a measure, twice the rows take at most about four times the
 * steps, and no memory makes a measure give up cleanly.
 */
#include "chronology/absence.h"
#include "chronology/fixture.h"
#include "chronology/load.h"
#include "chronology/patterns.h"
#include "chronology/suites.h"

#define BASE ((tdm_day)17000)

typedef tdm_status (*ask_fn)(const story *s, tdm_budget *budget);

static tdm_status pick(tdm_selection **out, const story *s, const char *kinds)
{
    return story_try_select(out, s, kinds, 0, false);
}

static tdm_status ask_max_in(const story *s, tdm_budget *budget)
{
    tdm_selection *all;
    tdm_bounds most;
    tdm_status status = pick(&all, s, NULL);
    return status ? status : tdm__selection_max_in(&most, all, (tdm_span){TDM_SPAN_DAYS, 90}, NULL, budget);
}

static tdm_status ask_gap(const story *s, tdm_budget *budget)
{
    tdm_selection *all;
    tdm_bounds gap;
    tdm_status status = pick(&all, s, NULL);
    return status ? status : tdm__selection_longest_gap(&gap, all, budget);
}

static tdm_status ask_load(const story *s, tdm_budget *budget)
{
    tdm_selection *all;
    tdm_bounds load;
    tdm_status status = pick(&all, s, NULL);
    return status ? status : tdm__selection_decayed(&load, all, BASE + 400, 180, true, budget);
}

static tdm_status ask_rule(const story *s, tdm__at_least rule, tdm_budget *budget)
{
    tdm_selection *concerns;
    tdm__verdict verdict;
    tdm_status status = pick(&concerns, s, "concern injury");
    return status ? status : tdm__selection_at_least(&verdict, concerns, &rule, NULL, budget);
}

static tdm_status ask_plain(const story *s, tdm_budget *budget)
{
    tdm__at_least rule = {
        .n = 5, .within = {TDM_SPAN_DAYS, 90}, .agencies = 1, .level_at_most = TDM_LADDER_MAX};
    return ask_rule(s, rule, budget);
}

static tdm_status ask_conditions(const story *s, tdm_budget *budget)
{
    tdm_selection *referrals;
    tdm_status status = pick(&referrals, s, "referral");
    tdm__at_least rule = {
        .n = 6, .within = {TDM_SPAN_DAYS, 90}, .agencies = 3, .without = referrals, .level_at_most = 2};
    return status ? status : ask_rule(s, rule, budget);
}

static tdm_status ask_follows(const story *s, tdm_budget *budget)
{
    tdm_selection *all;
    tdm__verdict verdict;
    tdm_status status = pick(&all, s, NULL);
    tdm__follows rule = {all, {TDM_SPAN_MONTHS, 12}};
    return status ? status : tdm__selection_follows(&verdict, all, &rule, NULL, budget);
}

static tdm_status ask_rise(const story *s, tdm_budget *budget)
{
    tdm_selection *all;
    tdm__verdict verdict;
    tdm__rise rule = {{TDM_SPAN_DAYS, 180}, 3, 2, 4, 2, true};
    tdm_status status = pick(&all, s, NULL);
    return status ? status : tdm__selection_rise(&verdict, all, &rule, NULL, budget);
}

static tdm_status ask_silent(const story *s, tdm_budget *budget)
{
    tdm_selection *all;
    tdm__verdict verdict;
    tdm__silent rule = {TDM_NO_INDEX, {TDM_SPAN_DAYS, 90}, 3, 365};
    tdm_status status = pick(&all, s, NULL);
    return status ? status : tdm__selection_silent(&verdict, all, &rule, NULL, budget);
}

static tdm_status ask_open_past(const story *s, tdm_budget *budget)
{
    static const tdm_span spans[] = {{TDM_SPAN_MONTHS, 9}, {TDM_SPAN_MONTHS, 12}};
    tdm__episodes *episodes;
    tdm__verdict verdict;
    tdm_status status = tdm__episodes_new(&episodes, s->history, TDM_NO_INDEX, NULL, 0, budget);
    return status ? status : tdm__episodes_open_past(&verdict, episodes, spans, 2, NULL, budget);
}

static tdm_status ask_restarts(const story *s, tdm_budget *budget)
{
    tdm_selection *starts, *triggers;
    tdm__verdict verdict;
    tdm_status status = pick(&starts, s, "assessment-start cp-plan-start");
    if (status == TDM_OK)
        status = pick(&triggers, s, "referral concern");
    if (status != TDM_OK)
        return status;
    tdm__restarts rule = {2, {TDM_SPAN_MONTHS, 24}, triggers, 0};
    return tdm__selection_restarts(&verdict, starts, &rule, NULL, budget);
}

static tdm_status ask_unanswered(const story *s, tdm_budget *budget)
{
    tdm_selection *concerns, *answers = NULL;
    tdm__verdict verdict;
    tdm_status status = pick(&concerns, s, "concern injury");
    if (status == TDM_OK)
        status = pick(&answers, s, "referral core-group");
    tdm__unanswered rule = {answers, {TDM_SPAN_DAYS, 20}, {TDM_SPAN_DAYS, 3}, 2};
    return status ? status : tdm__selection_unanswered(&verdict, concerns, &rule, NULL, budget);
}

/* With every condition, and without. */
static tdm_status ask_absence(const story *s, tdm_budget *budget, bool conditions)
{
    tdm_selection *absent, *others = NULL;
    tdm__episodes *episodes = NULL;
    tdm__verdict verdict;
    tdm_status status = pick(&absent, s, conditions ? "referral" : "concern core-group");
    if (status == TDM_OK)
        status = pick(&others, s, "concern injury");
    if (status == TDM_OK)
        status = tdm__episodes_new(&episodes, s->history, TDM_NO_INDEX, NULL, 0, budget);
    tdm__absent plain = {.over = {TDM_SPAN_DAYS, 20}, .level_at_most = TDM_LADDER_MAX};
    tdm__absent rule = {{TDM_SPAN_MONTHS, 1}, episodes, others, 2, 1, 6, true, NULL};
    return status ? status
                  : tdm__selection_absent(&verdict, absent, conditions ? &rule : &plain, NULL, budget);
}

static tdm_status ask_absent(const story *s, tdm_budget *budget)
{
    return ask_absence(s, budget, false);
}

static tdm_status ask_absent_conditions(const story *s, tdm_budget *budget)
{
    return ask_absence(s, budget, true);
}

static tdm_status ask_during(const story *s, tdm_budget *budget)
{
    tdm_selection *all, *selected;
    tdm__episodes *episodes;
    tdm_status status = pick(&all, s, NULL);
    if (status == TDM_OK)
        status = tdm__episodes_new(&episodes, s->history, TDM_NO_INDEX, NULL, 0, budget);
    return status ? status : tdm__selection_during(&selected, all, episodes, budget);
}

static tdm_status ask_after(const story *s, tdm_budget *budget)
{
    tdm_selection *all, *selected;
    tdm_status status = pick(&all, s, NULL);
    return status ? status
                  : tdm__selection_after(&selected, all, all, (tdm_span){TDM_SPAN_DAYS, 30}, NULL, budget);
}

static tdm_status ask_values(const story *s, tdm_budget *budget)
{
    tdm__at_least rule = {.n = 2,
                          .within = {TDM_SPAN_DAYS, 90},
                          .agencies = 1,
                          .level_at_most = TDM_LADDER_MAX,
                          .different = {TDM__TRAIT_FACT, 0}};
    rule.different.key = tdm__vocabulary_fact(vocabulary(), TDM_LIT("worker"));
    tdm_selection *all;
    tdm__verdict verdict;
    tdm_status status = pick(&all, s, NULL);
    return status ? status : tdm__selection_at_least(&verdict, all, &rule, NULL, budget);
}

static tdm_status ask_different(const story *s, tdm_budget *budget)
{
    tdm_selection *all, *rows;
    tdm_bounds values;
    tdm__trait trait = {TDM__TRAIT_FACT, tdm__vocabulary_fact(vocabulary(), TDM_LIT("worker"))};
    tdm_status status = pick(&all, s, NULL);
    return status ? status : tdm__selection_different(&values, &rows, all, trait, budget);
}

static tdm_status ask_turns(const story *s, tdm_budget *budget)
{
    tdm_selection *on, *back;
    tdm__verdict verdict;
    tdm_status status = pick(&on, s, "concern");
    if (status == TDM_OK)
        status = pick(&back, s, "referral injury assessment-start");
    if (status != TDM_OK)
        return status;
    tdm__turns rule = {back, 2, {TDM_SPAN_DAYS, 400}};
    return tdm__selection_turns(&verdict, on, &rule, NULL, budget);
}

static tdm_status ask_closing(const story *s, tdm_budget *budget)
{
    tdm_selection *all;
    tdm__verdict verdict;
    tdm__closing rule = {3, 90};
    tdm_status status = pick(&all, s, NULL);
    return status ? status : tdm__selection_closing(&verdict, all, &rule, NULL, budget);
}

static tdm_status ask_in_periods(const story *s, tdm_budget *budget)
{
    tdm_selection *concerns, *better;
    tdm__verdict verdict;
    tdm_status status = pick(&concerns, s, "concern injury");
    if (status == TDM_OK)
        status = pick(&better, s, "core-group");
    if (status != TDM_OK)
        return status;
    tdm__in_periods rule = {{TDM_SPAN_MONTHS, 1}, 4, 3, true, better};
    return tdm__selection_in_periods(&verdict, concerns, &rule, NULL, budget);
}

static tdm_status ask_peak(const story *s, tdm_budget *budget)
{
    tdm_selection *all;
    tdm__peak peak;
    tdm__fading fading = {.half_life_days = 180};
    tdm_status status = pick(&all, s, NULL);
    return status ? status : tdm__selection_load(&peak, all, &fading, true, budget);
}

static tdm_status ask_cusum(const story *s, tdm_budget *budget)
{
    tdm_selection *all;
    tdm__verdict verdict;
    tdm__cusum rule = {{TDM_SPAN_DAYS, 10}, 3, 250, 500};
    tdm_status status = pick(&all, s, NULL);
    return status ? status : tdm__selection_cusum(&verdict, all, &rule, budget);
}

static tdm_status ask_parts(const story *s, tdm_span over, tdm_budget *budget)
{
    tdm_selection *all;
    tdm__verdict verdict;
    uint32_t sessions = tdm__vocabulary_fact(vocabulary(), TDM_LIT("sessions_possible"));
    tdm__share rule = {sessions, sessions, over, 100000};
    tdm_status status = pick(&all, s, NULL);
    return status ? status : tdm__selection_share(&verdict, all, &rule, budget);
}

static tdm_status ask_share(const story *s, tdm_budget *budget)
{
    return ask_parts(s, (tdm_span){TDM_SPAN_DAYS, 0}, budget);
}

static tdm_status ask_share_over(const story *s, tdm_budget *budget)
{
    return ask_parts(s, (tdm_span){TDM_SPAN_MONTHS, 2}, budget);
}

static tdm_status three_days(bool *holds, const tdm__named_days *days, void *payload)
{
    (void)payload;
    *holds = days[0].count > 2 && days[1].count > 0;
    return TDM_OK;
}

static tdm_status ask_own(const story *s, tdm_budget *budget)
{
    tdm_selection *concerns, *all;
    tdm__verdict verdict;
    tdm_status status = pick(&concerns, s, "concern");
    if (status == TDM_OK)
        status = pick(&all, s, NULL);
    return status ? status
                  : tdm__selections_in_worlds(&verdict, (const tdm_selection *[]){concerns, all}, 2,
                                              three_days, NULL, budget);
}

static const struct {
    const char *name;
    ask_fn ask;
} measures[] = {
    {"load", ask_peak},
    {"cusum", ask_cusum},
    {"share", ask_share},
    {"share over", ask_share_over},
    {"in_worlds", ask_own},
    {"max_in", ask_max_in},
    {"longest_gap", ask_gap},
    {"decayed", ask_load},
    {"at_least", ask_plain},
    {"conditions", ask_conditions},
    {"follows", ask_follows},
    {"rise", ask_rise},
    {"silent", ask_silent},
    {"open_past", ask_open_past},
    {"restarts", ask_restarts},
    {"unanswered", ask_unanswered},
    {"absent", ask_absent},
    {"absent with conditions", ask_absent_conditions},
    {"during", ask_during},
    {"after", ask_after},
    {"values", ask_values},
    {"different", ask_different},
    {"turns", ask_turns},
    {"closing", ask_closing},
    {"in_periods", ask_in_periods},
};
#define MEASURES (int)(sizeof measures / sizeof *measures)

/* A few rows of each kind, so that every measure has something to do. */
static const story_row mixed[] = {
    {.from = BASE,
     .to = BASE + 2,
     .agency = "police",
     .second_fact = "sessions_possible",
     .second_value = "3"},
    {.from = BASE + 1,
     .agency = "school",
     .incident = "one",
     .second_fact = "sessions_possible",
     .second_value = "5"},
    {.from = BASE + 1, .to = BASE + 3, .agency = "gp", .incident = "one"},
    {.from = BASE + 4, .kind = "referral", .agency = "childrens-social-care"},
    {.from = BASE + 5, .kind = "assessment-start", .agency = "childrens-social-care", .uncertain = true},
    {.from = BASE + 20, .kind = "cp-plan-start", .agency = "childrens-social-care"},
    {.from = BASE + 60, .agency = "school", .fact = "worker", .value = "a"},
    {.from = BASE + 90, .to = BASE + 91, .agency = "gp", .fact = "worker", .value = "b"},
    {.from = BASE + 95, .agency = "gp"},
    {.from = BASE + 99, .agency = "school"},
    {.from = BASE + 120, .kind = "referral", .agency = "school"},
    {.from = BASE + 121, .to = BASE + 123, .kind = "assessment-start", .agency = "childrens-social-care"},
    /* perhaps one incident, and one start */
    {.from = BASE + 130, .kind = "injury", .agency = "school"},
    {.from = BASE + 131, .to = BASE + 132, .kind = "injury", .agency = "gp"},
    {.from = BASE + 132, .kind = "injury", .agency = "police"},
    {.from = BASE + 140, .kind = "cp-plan-start", .agency = "childrens-social-care"},
    {.from = BASE + 141, .kind = "cp-plan-start", .agency = "school"},
};
#define MIXED (sizeof mixed / sizeof *mixed)
static const story_coverage mixed_coverage[] = {{"police", {BASE - 10, BASE + 500}, {0, 0}},
                                                {NULL, {0, 0}, {0, 0}}};

START_TEST(a_spent_budget_ends_it)
{
    story s;
    tdm_budget whole = {1000000};
    story_open_covered(&s, mixed, MIXED, mixed_coverage, BASE + 500);
    ck_assert_int_eq(measures[_i].ask(&s, &whole), TDM_OK);
    int64_t used = 1000000 - whole.steps_left;
    ck_assert_msg(used > 0, "%s", measures[_i].name);
    for (int64_t less = 1; less <= used; less += used / 50 + 1) {
        tdm_budget budget = {used - less};
        ck_assert_msg(measures[_i].ask(&s, &budget) == TDM_BUDGET, "%s with %lld of %lld", measures[_i].name,
                      (long long)(used - less), (long long)used);
    }
    tdm_budget just = {used};
    ck_assert_int_eq(measures[_i].ask(&s, &just), TDM_OK);
    story_close(&s);
}
END_TEST

static ask_fn asked_now;

static tdm_status ask_with(const tdm_allocator *allocator)
{
    story s;
    tdm_status status = story_try(&s, allocator, mixed, MIXED, mixed_coverage, BASE + 500);
    if (status == TDM_OK)
        status = asked_now(&s, NULL);
    story_close(&s);
    return status;
}

START_TEST(survives_no_memory)
{
    vocabulary();
    asked_now = measures[_i].ask;
    TEST_EVERY_ALLOCATION(ask_with);
}
END_TEST

/* --- hostile shapes --- */

typedef void (*shape_fn)(story_row *rows, size_t count);

static void one_day(story_row *rows, size_t count)
{
    for (size_t i = 0; i < count; i++)
        rows[i].from = BASE;
}

static void wide(story_row *rows, size_t count)
{
    for (size_t i = 0; i < count; i++)
        rows[i] = (story_row){.from = BASE + (tdm_day)(i % 7), .to = BASE + 365 + (tdm_day)(i % 5)};
}

static void alternating(story_row *rows, size_t count)
{
    for (size_t i = 0; i < count; i++)
        rows[i] = (story_row){.from = BASE + (tdm_day)i, .to = i % 2 ? BASE + (tdm_day)i + 30 : 0};
}

static void spread(story_row *rows, size_t count)
{
    for (size_t i = 0; i < count; i++)
        rows[i] = (story_row){.from = BASE + (tdm_day)(i * 40)};
}

static void months(story_row *rows, size_t count)
{
    for (size_t i = 0; i < count; i++)
        rows[i] = (story_row){.from = BASE + (tdm_day)(i / 4 * 30), .to = BASE + (tdm_day)(i / 4 * 30) + 29};
}

/* Entries of three agencies that may tell one incident, on many days and on one. */
static void groups(story_row *rows, size_t count)
{
    for (size_t i = 0; i < count; i++)
        rows[i] = (story_row){.from = BASE + (i < count / 2 ? (tdm_day)(i / 4) : 0), .kind = "injury"};
}

/* Nested: the earliest start has the latest end. */
static void nested(story_row *rows, size_t count)
{
    for (size_t i = 0; i < count; i++)
        rows[i] = (story_row){.from = BASE + (tdm_day)i, .to = BASE + (tdm_day)(3 * count - i)};
}

static const struct {
    const char *name;
    shape_fn shape;
} shapes[] = {{"one day", one_day}, {"year-wide", wide}, {"alternating", alternating},
              {"spread", spread},   {"months", months},  {"nested", nested},
              {"groups", groups}};
#define SHAPES (int)(sizeof shapes / sizeof *shapes)

static int64_t steps_for(shape_fn shape, ask_fn ask, size_t count, const char *what)
{
    static const char *const agencies[] = {"police", "school", "gp"};
    static const char *const kinds[] = {"concern", "concern",     "concern",   "assessment-start",
                                        "concern", "referral",    "concern",   "cp-plan-start",
                                        "concern", "cp-plan-end", "core-group"};
    static const char *const workers[] = {"a", "b", "c", "d", "e"};
    static story_row rows[4000];
    story s;
    tdm_budget budget = {INT64_C(1) << 40};
    memset(rows, 0, sizeof rows);
    shape(rows, count);
    for (size_t i = 0; i < count; i++) {
        rows[i].agency = agencies[i % 3];
        rows[i].second_fact = "sessions_possible";
        rows[i].second_value = "7";
        rows[i].kind = rows[i].kind ? rows[i].kind : kinds[i % 11];
        rows[i].fact = i % 2 ? "worker" : NULL;
        rows[i].value = i % 2 ? workers[i % 5] : NULL;
    }
    story_open(&s, rows, count, BASE + 100000);
    ck_assert_msg(ask(&s, &budget) == TDM_OK, "%s", what);
    story_close(&s);
    return (INT64_C(1) << 40) - budget.steps_left;
}

START_TEST(twice_the_rows_take_four_times_the_steps)
{
    ask_fn ask = measures[_i / SHAPES].ask;
    shape_fn shape = shapes[_i % SHAPES].shape;
    char what[64];
    snprintf(what, sizeof what, "%s, %s", measures[_i / SHAPES].name, shapes[_i % SHAPES].name);
    size_t count = shape == nested ? 500 : 2000; /* nested intervals are the dearest */
    if (TEST_SANITIZED)
        count /= 2; /* with fewer the groups are over before months can be told apart */
    int64_t once = steps_for(shape, ask, count, what), twice = steps_for(shape, ask, 2 * count, what);
    ck_assert_msg(2 * twice <= 9 * once, "%s: %lld steps, then %lld", what, (long long)once,
                  (long long)twice);
}
END_TEST

Suite *budget_suite(void)
{
    Suite *suite = suite_create("budget");
    TCase *tests = tcase_create("budget");
    tcase_set_timeout(tests, 120);
    tcase_add_loop_test(tests, a_spent_budget_ends_it, 0, MEASURES);
    tcase_add_loop_test(tests, survives_no_memory, 0, MEASURES);
    tcase_add_loop_test(tests, twice_the_rows_take_four_times_the_steps, 0, MEASURES * SHAPES);
    suite_add_tcase(suite, tests);
    return suite;
}

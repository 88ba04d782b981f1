/*
 * Series and visits: what belongs together whatever the order it came in, the spread that other assessors
 * give, and what became of targets.
 */
#include <stdio.h>
#include <string.h>

#include "instrument/fixture.h"
#include "instrument/series.h"

enum { FORMS = 7 };

/* Day, carer, assessor, grade of every item; the second visit to Ann's care has two assessors. */
static const struct {
    const char *day, *carer, *assessor;
    int grade;
} forms[FORMS] = {
    {"2024-03-05", "Ann", "HV1", 2}, {"2024-06-05", "Ann", "HV1", 3}, {"2024-06-05", "Ann", "SW2", 5},
    {"2024-09-05", "Ann", "HV1", 4}, {"2024-03-05", "Bob", "HV1", 2}, {"2024-03-05", "Bob", "", 2},
    {"2024-04-05", "Cyd", "HV1", 1},
};

static tdm_score *scored(const tdm_instrument *instrument, const char *items, const char *more)
{
    char json[1024];
    tdm_assessment *assessment;
    tdm_score *score;
    tdm_error error = {0};
    snprintf(json, sizeof json,
             "{\"instrument\": \"grades\", \"version\": \"1.0.0\", \"child\": \"c\", \"items\": {%s}%s}",
             items, more);
    ck_assert_msg(tdm_assessment_read(&assessment, &tdm__malloc_allocator, tdm__str(json), TDM_LIT("f"), 1,
                                      NULL, &error) == TDM_OK,
                  "%s", error.message);
    ck_assert_int_eq(tdm_score_make(&score, &tdm__malloc_allocator, assessment, instrument, NULL, &error),
                     TDM_OK);
    tdm_assessment_free(assessment);
    return score;
}

static tdm_score *form_score(const tdm_instrument *instrument, size_t number)
{
    char more[256], items[128];
    int grade = forms[number].grade;
    snprintf(more, sizeof more,
             ", \"id\": \"F%zu\", \"date\": \"%s\", \"window\": [\"%s\", \"%s\"], \"carer\": \"%s\"%s%s%s",
             number, forms[number].day, forms[number].day, forms[number].day, forms[number].carer,
             forms[number].assessor[0] ? ", \"assessor\": \"" : "", forms[number].assessor,
             forms[number].assessor[0] ? "\"" : "");
    snprintf(items, sizeof items, "\"X1a\":%d,\"X1b\":%d,\"X1c\":%d,\"X2\":%d,\"Y1a\":%d,\"Y1b\":%d", grade,
             grade, grade, grade, grade, grade);
    return scored(instrument, items, more);
}

static tdm_instrument *instrument;
static tdm_score *scores[FORMS];

static void set_up(void)
{
    ck_assert_int_eq(fixture_grades(&instrument, &tdm__malloc_allocator, "worst", "none"), TDM_OK);
    for (size_t i = 0; i < FORMS; i++)
        scores[i] = form_score(instrument, i);
}

static void tear_down(void)
{
    for (size_t i = 0; i < FORMS; i++)
        tdm_score_free(scores[i]);
    tdm_instrument_free(instrument);
}

static void expect_visit(const tdm__visit *visit, size_t count, const char *first)
{
    ck_assert_uint_eq(visit->count, count);
    ck_assert(tdm__str_equal(tdm_score_assessment(visit->scores[0]), tdm__str(first)));
}

/* Round `_i`: the same scores, begun at another place, so that no order they come in matters. */
START_TEST(what_belongs_together_stands_together)
{
    const tdm_score *turned[FORMS];
    tdm__series_list *list;
    for (size_t i = 0; i < FORMS; i++)
        turned[i] = scores[(i + (size_t)_i) % FORMS];
    ck_assert_int_eq(tdm__series_list_make(&list, &tdm__malloc_allocator, turned, FORMS), TDM_OK);
    ck_assert_uint_eq(list->count, 3);
    ck_assert_uint_eq(list->items[0].visit_count, 3);
    expect_visit(&list->items[0].visits[0], 1, "F0");
    expect_visit(&list->items[0].visits[1], 2, "F1");
    expect_visit(&list->items[0].visits[2], 1, "F3");
    /* A form without an assessor is nobody else's: a visit of its own, though on the same day. */
    ck_assert_uint_eq(list->items[1].visit_count, 2);
    expect_visit(&list->items[1].visits[0], 1, "F4");
    ck_assert_uint_eq(list->items[2].visit_count, 1);
    tdm__series_list_free(list);
}
END_TEST

START_TEST(each_visit_is_compared_with_the_next)
{
    tdm__series_list *list;
    ck_assert_int_eq(
        tdm__series_list_make(&list, &tdm__malloc_allocator, (const tdm_score *const *)scores, FORMS),
        TDM_OK);
    for (size_t i = 0; i < list->count; i++)
        ck_assert_int_eq(tdm__series_compare(&list->items[i], &tdm__malloc_allocator, (tdm__reliability){0}),
                         TDM_OK);
    for (size_t i = 0; i < 2; i++) {
        const tdm__comparison *c = list->items[0].comparisons[i];
        /* 3 and 5 on one visit: one grade is less than they stood apart. */
        ck_assert(c->areas[0].has_spread);
        ck_assert_int_eq(c->areas[0].spread, 2);
        ck_assert_str_eq(tdm__change_reason_code(c->areas[0].reason), "within-spread");
    }
    ck_assert_str_eq(tdm__change_reason_code(list->items[1].comparisons[0]->reason), "window-overlap");
    tdm__series_forget(&list->items[0], &tdm__malloc_allocator);
    ck_assert_ptr_null(list->items[0].comparisons);
    tdm__series_list_free(list);
}
END_TEST

START_TEST(one_person_stands_on_one_side)
{
    tdm__visit_pair one = tdm__visit_pair_of(scores[1], scores[2]),
                    other = tdm__visit_pair_of(scores[2], scores[1]);
    ck_assert_ptr_eq(one.one, scores[1]);
    ck_assert_ptr_eq(other.one, scores[1]);
    ck_assert_ptr_eq(other.other, scores[2]);
}
END_TEST

static tdm_status group_and_compare(const tdm_allocator *allocator)
{
    tdm__series_list *list;
    tdm_status status = tdm__series_list_make(&list, allocator, (const tdm_score *const *)scores, FORMS);
    if (status == TDM_OK)
        status = tdm__series_compare(&list->items[0], allocator, (tdm__reliability){0});
    tdm__series_list_free(list);
    return status;
}

START_TEST(any_failed_allocation_is_survived)
{
    TEST_EVERY_ALLOCATION(group_and_compare);
}
END_TEST

START_TEST(none_is_no_series)
{
    tdm__series_list *list;
    ck_assert_int_eq(tdm__series_list_make(&list, &tdm__malloc_allocator, NULL, 0), TDM_OK);
    ck_assert_uint_eq(list->count, 0);
    tdm__series_list_free(list);
    tdm__series_list_free(NULL);
}
END_TEST

/* --- targets --- */

#define EARLIER ", \"id\": \"a\", \"date\": \"2024-03-05\", \"window\": [\"2024-03-01\", \"2024-03-05\"]"
#define LATER   ", \"id\": \"b\", \"date\": \"2024-09-05\", \"window\": [\"2024-09-01\", \"2024-09-05\"]"

static const struct {
    const char *target, *now; /* members of the target; items of the later form */
    const char *outcome;
    int grade; /* now; 0: not known */
} targets[] = {
    {"\"item\": \"X1a\", \"target\": 2", "\"X1a\":2", "reached", 2},
    {"\"item\": \"X1a\", \"target\": 2", "\"X1a\":1", "reached", 1},
    {"\"item\": \"X1a\", \"target\": 2", "\"X1a\":3", "not-reached", 3},
    {"\"item\": \"X1a\", \"target\": 2, \"by\": \"2024-09-05\"", "\"X1a\":3", "not-reached", 3},
    {"\"item\": \"X1a\", \"target\": 2, \"by\": \"2024-09-06\"", "\"X1a\":3", "not-yet", 3},
    {"\"item\": \"X1a\", \"target\": 2, \"by\": \"2024-09-06\"", "\"X1a\":2", "reached", 2},
    {"\"item\": \"X1a\", \"target\": 2", "\"X1a\":\"not-seen\"", "not-assessed", 0},
    {"\"item\": \"X1a\"", "\"X1a\":2", "not-set", 2},
    {"\"item\": \"X1\", \"target\": 2", "\"X1a\":2,\"X1b\":4,\"X1c\":2", "not-reached", 4},
    {"\"item\": \"Y\", \"target\": 3", "\"Y1a\":3,\"Y1b\":3", "reached", 3},
    {"\"item\": \"Y\", \"target\": 3", "\"X1a\":3", "not-assessed", 0},
};

static tdm__comparison *compared(const tdm_score *before, const tdm_score *now)
{
    tdm__comparison *comparison;
    tdm__comparison_input input = {.before = before, .now = now};
    ck_assert_int_eq(tdm__comparison_make(&comparison, &tdm__malloc_allocator, &input), TDM_OK);
    return comparison;
}

START_TEST(a_target_is_followed)
{
    char more[256];
    snprintf(more, sizeof more, EARLIER ", \"targets\": [{%s}]", targets[_i].target);
    tdm_score *before = scored(instrument, "\"X1a\":4", more);
    tdm_score *now = scored(instrument, targets[_i].now, LATER);
    tdm__comparison *c = compared(before, now);
    ck_assert_uint_eq(c->target_count, 1);
    ck_assert_str_eq(tdm__target_outcome_code(c->targets[0].outcome), targets[_i].outcome);
    ck_assert_int_eq(c->targets[0].has_now ? c->targets[0].now : 0, targets[_i].grade);
    tdm__comparison_free(c);
    tdm_score_free(before);
    tdm_score_free(now);
}
END_TEST

START_TEST(what_cannot_be_compared_has_reached_nothing)
{
    tdm_score *before = scored(
        instrument, "\"X1a\":4",
        ", \"id\": \"a\", \"date\": \"2024-03-05\", \"targets\": [{\"item\": \"X1a\", \"target\": 2}]");
    tdm_score *now = scored(instrument, "\"X1a\":1", LATER);
    tdm__comparison *c = compared(before, now);
    ck_assert_str_eq(tdm__target_outcome_code(c->targets[0].outcome), "not-comparable");
    ck_assert(!c->targets[0].has_now);
    tdm__comparison_free(c);
    tdm_score_free(before);
    tdm_score_free(now);
}
END_TEST

Suite *series_suite(void)
{
    Suite *suite = suite_create("series");
    TCase *tests = tcase_create("series");
    tcase_add_checked_fixture(tests, set_up, tear_down);
    tcase_add_loop_test(tests, what_belongs_together_stands_together, 0, FORMS);
    tcase_add_test(tests, each_visit_is_compared_with_the_next);
    tcase_add_test(tests, one_person_stands_on_one_side);
    tcase_add_test(tests, any_failed_allocation_is_survived);
    tcase_add_test(tests, none_is_no_series);
    tcase_add_loop_test(tests, a_target_is_followed, 0, ROWS(targets));
    tcase_add_test(tests, what_cannot_be_compared_has_reached_nothing);
    suite_add_tcase(suite, tests);
    return suite;
}

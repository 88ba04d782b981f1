/*
 * Agreement against tables that R worked out (tests/data/agreement), tables by hand, those in which
 * kappa is undefined, and pairs of scores to areas.
 */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "instrument/agreement.h"
#include "instrument/fixture.h"

#define PAIRS_MAX 1000

static tdm__grade_pair room[PAIRS_MAX];

/* Counts row by row, separated by spaces, to pairs of grades from 1. */
static size_t read_table(const char *counts, int size)
{
    size_t taken = 0;
    char *next = (char *)counts;
    for (int cell = 0; cell < size * size; cell++)
        for (long left = strtol(next, &next, 10); left > 0; left--) {
            ck_assert_uint_lt(taken, PAIRS_MAX);
            room[taken++] = (tdm__grade_pair){cell / size + 1, cell % size + 1};
        }
    return taken;
}

/* The interval is cut off at 1, which only perfect agreement goes beyond. */
static void check_kappa(const tdm__kappa *kappa, double value, double error, const char *name)
{
    ck_assert_msg(fabs(kappa->value - value) < 1e-9, "%s: %.17g, not %.17g", name, kappa->value, value);
    ck_assert_msg(fabs(kappa->standard_error - error) < 1e-9, "%s: error %.17g, not %.17g", name,
                  kappa->standard_error, error);
    ck_assert_double_eq_tol(kappa->low, fmax(-1, value - 1.9599639845400545 * error), 1e-9);
    ck_assert_double_eq_tol(kappa->high, fmin(1, value + 1.9599639845400545 * error), 1e-9);
}

static void check_vector(const char *line)
{
    char name[64], counts[512];
    int size;
    double percent, linear, linear_error, quadratic, quadratic_error;
    tdm__agreement got;
    int read = sscanf(line, "%63[^,],%d,%511[^,],%lf,%lf,%lf,%lf,%lf", name, &size, counts, &percent, &linear,
                      &linear_error, &quadratic, &quadratic_error);
    ck_assert_msg(read == 8, "%s", line);
    size_t pairs = read_table(counts, size);
    ck_assert_int_eq(tdm__agreement_of(&got, &tdm__malloc_allocator, room, pairs), TDM_OK);
    ck_assert_int_eq(got.reason, TDM__AGREED);
    ck_assert_double_eq_tol(100.0 * (double)got.equal / (double)got.pairs, percent, 1e-9);
    check_kappa(&got.linear, linear, linear_error, name);
    check_kappa(&got.quadratic, quadratic, quadratic_error, name);
}

START_TEST(agrees_with_r)
{
    char line[1024];
    int vectors = 0;
    FILE *file = fopen(TDM_SOURCE_DIR "/tests/data/agreement/vectors.csv", "r");
    ck_assert_ptr_nonnull(file);
    ck_assert_ptr_nonnull(fgets(line, sizeof line, file));
    for (; fgets(line, sizeof line, file); vectors++)
        check_vector(line);
    fclose(file);
    ck_assert_int_ge(vectors, 30);
}
END_TEST

/* 20 5 / 10 15: 35 of 50 are equal, 25 * 30 + 25 * 20 of 2500 by chance: (0.7 - 0.5) / (1 - 0.5) = 0.4. */
START_TEST(a_table_by_hand)
{
    tdm__agreement got;
    size_t pairs = read_table("20 5 10 15", 2);
    ck_assert_int_eq(tdm__agreement_of(&got, &tdm__malloc_allocator, room, pairs), TDM_OK);
    ck_assert_uint_eq(got.equal, 35);
    ck_assert_double_eq_tol(got.linear.value, 0.4, 1e-12);
    ck_assert_double_eq_tol(got.quadratic.value, 0.4, 1e-12);
}
END_TEST

typedef struct odd_case {
    const char *counts;
    int size;
    tdm__agreement_reason reason;
    bool has_kappa, has_error;
    double value, error;
} odd_case;

static const odd_case odd_cases[] = {
    {"0 0 0 0", 2, TDM__TOO_FEW_PAIRS, false, false, 0, 0},
    {"0 1 0 0", 2, TDM__TOO_FEW_PAIRS, false, false, 0, 0},
    {"0 0 0 9", 2, TDM__ONE_GRADE, false, false, 0, 0},
    {"4 3 0 0", 2, TDM__ONE_ASSESSOR_FLAT, true, false, 0, 0},
    {"4 0 3 0", 2, TDM__ONE_ASSESSOR_FLAT, true, false, 0, 0},
    {"0 5 0 0", 2, TDM__ONE_ASSESSOR_FLAT, true, false, 0, 0},
    {"4 0 0 3", 2, TDM__AGREED, true, true, 1, 0},
    {"0 3 3 0", 2, TDM__AGREED, true, true, -1, 0},
};

START_TEST(says_where_kappa_is_undefined)
{
    const odd_case *row = &odd_cases[_i];
    tdm__agreement got;
    size_t pairs = read_table(row->counts, row->size);
    ck_assert_int_eq(tdm__agreement_of(&got, &tdm__malloc_allocator, room, pairs), TDM_OK);
    ck_assert_str_eq(tdm__agreement_reason_code(got.reason), tdm__agreement_reason_code(row->reason));
    ck_assert_int_eq(got.has_kappa, row->has_kappa);
    ck_assert_int_eq(got.has_error, row->has_error);
    ck_assert_double_eq_tol(got.linear.value, row->value, 1e-12);
    ck_assert_double_eq_tol(got.quadratic.standard_error, row->error, 1e-9);
}
END_TEST

START_TEST(the_widest_that_kappa_is_given_for)
{
    tdm__agreement got;
    tdm__grade_pair pairs[] = {{0, 0}, {1000, 1000}, {5, 5}};
    ck_assert_int_eq(tdm__agreement_of(&got, &tdm__malloc_allocator, pairs, 3), TDM_OK);
    ck_assert_int_eq(got.reason, TDM__AGREED);
    ck_assert_double_eq_tol(got.linear.value, 1, 1e-12);
    pairs[1] = (tdm__grade_pair){1001, 1001};
    ck_assert_int_eq(tdm__agreement_of(&got, &tdm__malloc_allocator, pairs, 3), TDM_OK);
    ck_assert_int_eq(got.reason, TDM__TOO_WIDE);
    pairs[0] = (tdm__grade_pair){INT32_MIN, INT32_MAX};
    ck_assert_int_eq(tdm__agreement_of(&got, &tdm__malloc_allocator, pairs, 3), TDM_OK);
    ck_assert_int_eq(got.reason, TDM__TOO_WIDE);
    ck_assert_uint_eq(got.equal, 2);
}
END_TEST

/* Visit by visit X is 2 and 2, 3 and 3, 4 and 3; Y is 2 and 2, 2 and 2, and once not assessed by one. */
static const char *const visits[][2] = {
    {"\"X1a\":2,\"X1b\":2,\"X1c\":2,\"X2\":2,\"Y1a\":2,\"Y1b\":2",
     "\"X1a\":2,\"X1b\":2,\"X1c\":2,\"X2\":1,\"Y1a\":2,\"Y1b\":2"},
    {"\"X1a\":3,\"X1b\":2,\"X1c\":2,\"X2\":2,\"Y1a\":2,\"Y1b\":2",
     "\"X1a\":2,\"X1b\":2,\"X1c\":3,\"X2\":1,\"Y1a\":2,\"Y1b\":1"},
    {"\"X1a\":4,\"X1b\":2,\"X1c\":2,\"X2\":2,\"Y1a\":2,\"Y1b\":2", "\"X1a\":3,\"X1b\":2,\"X1c\":2,\"X2\":1"},
};

static tdm_instrument *shared_instrument;
static tdm__visit_pair shared_pairs[ROWS(visits)];

static void score_visits(void)
{
    ck_assert_int_eq(fixture_grades(&shared_instrument, &tdm__malloc_allocator, "worst", "none"), TDM_OK);
    for (int i = 0; i < ROWS(visits); i++)
        shared_pairs[i] = (tdm__visit_pair){fixture_score(shared_instrument, visits[i][0], ""),
                                            fixture_score(shared_instrument, visits[i][1], "")};
}

static void free_visits(void)
{
    for (int i = 0; i < ROWS(visits); i++) {
        tdm_score_free((tdm_score *)shared_pairs[i].one);
        tdm_score_free((tdm_score *)shared_pairs[i].other);
    }
    tdm_instrument_free(shared_instrument);
}

/* X: seen is 1 step in 3 visits; by chance, of the rows 2, 3, 4 against the columns 2, 3, 3, it is 0 + 1 + 1,
 * 1 + 0 + 0 and 2 + 1 + 1, so 7 in 9. 1 - (1/3) / (7/9) = 4/7. */
START_TEST(takes_the_pairs_of_each_area)
{
    tdm__agreement_report *report;
    tdm__text text;
    score_visits();
    ck_assert_int_eq(
        tdm__agreement_report_make(&report, &tdm__malloc_allocator, shared_pairs, ROWS(visits), 0), TDM_OK);
    ck_assert_uint_eq(report->areas[0].agreement.pairs, 3);
    ck_assert_uint_eq(report->areas[0].agreement.equal, 2);
    ck_assert_double_eq_tol(report->areas[0].agreement.linear.value, 4.0 / 7.0, 1e-12);
    ck_assert_uint_eq(report->areas[1].left_out, 1);
    ck_assert_int_eq(report->areas[1].agreement.reason, TDM__ONE_GRADE);
    ck_assert(!report->has_total);
    tdm__text_init(&text, &tdm__malloc_allocator);
    tdm__agreement_text(&text, report);
    ck_assert_ptr_nonnull(strstr(text.data, "grades  3 visits scored by two assessors.\n"
                                            "  First (X): the same in 2 of 3 visits; weighted kappa: linear "
                                            "0.571 (95% from "));
    ck_assert_ptr_nonnull(strstr(text.data, "  Second (Y): the same in 2 of 2 visits; both gave one grade "
                                            "throughout, so that kappa is undefined; left out, since one did "
                                            "not assess it: 1.\n"));
    tdm__text_free(&text);
    tdm__agreement_report_free(report);
    free_visits();
}
END_TEST

/* A visit counts once: what a third assessor gave is left out, and that is said. */
START_TEST(says_how_many_are_left_out)
{
    static const char *const sentences[] = {"3 visits scored by two assessors.",
                                            "3 visits scored by two assessors; left out, since a visit "
                                            "counts once, with its first two: 1 further "
                                            "assessment.",
                                            "3 visits scored by two assessors; left out, since a visit "
                                            "counts once, with its first two: 2 further "
                                            "assessments."};
    score_visits();
    for (size_t further = 0; further < 3; further++) {
        tdm__agreement_report *report;
        tdm__text text;
        tdm__json_writer writer;
        ck_assert_int_eq(
            tdm__agreement_report_make(&report, &tdm__malloc_allocator, shared_pairs, ROWS(visits), further),
            TDM_OK);
        ck_assert_str_eq(report->sentence.data, sentences[further]);
        tdm__text_init(&text, &tdm__malloc_allocator);
        tdm__json_writer_init(&writer, &tdm__malloc_allocator, tdm__text_sink(&text), 0);
        tdm__agreement_put(&writer, report);
        ck_assert_int_eq(tdm__json_writer_end(&writer), TDM_OK);
        const char *member = strstr(text.data, "\"visits\":3,\"further\":");
        ck_assert_ptr_nonnull(member);
        ck_assert_int_eq(member[strlen("\"visits\":3,\"further\":")], '0' + (int)further);
        tdm__text_free(&text);
        tdm__agreement_report_free(report);
    }
    free_visits();
}
END_TEST

static tdm_status agree_and_write(const tdm_allocator *allocator)
{
    tdm__agreement_report *report;
    tdm__text out;
    tdm__json_writer writer;
    tdm_status status = tdm__agreement_report_make(&report, allocator, shared_pairs, ROWS(visits), 2);
    if (status != TDM_OK)
        return status;
    tdm__text_init(&out, allocator);
    tdm__json_writer_init(&writer, allocator, tdm__text_sink(&out), 2);
    tdm__agreement_put(&writer, report);
    status = tdm__json_writer_end(&writer);
    tdm__agreement_text(&out, report);
    if (out.failed)
        status = TDM_NO_MEMORY;
    tdm__text_free(&out);
    tdm__agreement_report_free(report);
    return status;
}

START_TEST(survives_every_failed_allocation)
{
    score_visits();
    TEST_EVERY_ALLOCATION(agree_and_write);
    free_visits();
}
END_TEST

Suite *agreement_suite(void)
{
    Suite *suite = suite_create("agreement");
    TCase *all = tcase_create("agreement");
    tcase_add_test(all, agrees_with_r);
    tcase_add_test(all, a_table_by_hand);
    tcase_add_loop_test(all, says_where_kappa_is_undefined, 0, ROWS(odd_cases));
    tcase_add_test(all, the_widest_that_kappa_is_given_for);
    tcase_add_test(all, takes_the_pairs_of_each_area);
    tcase_add_test(all, says_how_many_are_left_out);
    tcase_add_test(all, survives_every_failed_allocation);
    suite_add_tcase(suite, all);
    return suite;
}

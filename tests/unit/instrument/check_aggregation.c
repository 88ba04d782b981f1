/*
 * Each policy on profiles worked out by hand, on a scale of 1 to 5 with concerns from 4 on.
 */
#include "instrument/fixture.h"

typedef struct policy_case {
    const char *policy;
    const char *grades; /* a digit each */
    int32_t value;
    bool override;
    bool majority_not_clear;
} policy_case;

static const policy_case cases[] = {
    {"worst", "1", 1, false, false},
    {"worst", "2151", 5, false, false},
    {"majority", "1123", 1, false, true},
    {"majority", "11123", 1, false, false},
    {"majority", "1133", 3, false, true},
    {"majority", "2255533", 5, false, true},
    {"majority", "22553", 5, false, true},
    {"majority", "111445", 1, false, true},
    {"majority-with-override", "123", 3, false, true},
    {"majority-with-override", "223", 2, false, false}, /* one grade worse than 1,2,3, and yet better */
    {"majority-with-override", "1133", 3, false, true},
    {"majority-with-override", "1111114", 4, true, false},
    {"majority-with-override", "44445", 5, true, false},
    {"majority-with-override", "3", 3, false, false},
    {"median-to-worse", "1", 1, false, false},
    {"median-to-worse", "12", 2, false, false},
    {"median-to-worse", "531", 3, false, false},
    {"median-to-worse", "1123", 2, false, false},
    {"median-to-worse", "5115", 5, false, false},
    {"median-to-worse", "11155", 1, false, false},
    {"median-to-worse-with-override", "1123", 2, false, false},
    {"median-to-worse-with-override", "11115", 5, true, false},
    {"sum", "12345", 15, false, false},
    {"sum", "5", 5, false, false},
    {"weighted-sum", "1251", 9, false, false}, /* weights are put on before */
    {"count", "12345", 2, false, false},
    {"count", "123", 0, false, false},
    {"share", "4455", 4, false, false},
};

static tdm__grade apply(const policy_case *row, bool higher_is_worse)
{
    int32_t values[16];
    size_t count = 0;
    tdm__grade out = {0};
    for (const char *c = row->grades; *c; c++)
        values[count++] = higher_is_worse ? *c - '0' : '6' - *c;
    tdm__grades grades = {values, count, higher_is_worse, true, higher_is_worse ? 4 : 2};
    tdm__aggregation_named(tdm__str(row->policy))->apply(&out, &grades);
    return out;
}

START_TEST(gives_what_was_worked_out)
{
    const policy_case *row = &cases[_i];
    tdm__grade got = apply(row, true);
    ck_assert_int_eq(got.value, row->value);
    ck_assert_int_eq(got.override, row->override);
    ck_assert_int_eq(got.majority_not_clear, row->majority_not_clear);
}
END_TEST

/* The same profiles on a scale turned round: 1 for 5, and so the results. */
START_TEST(follows_the_direction_of_the_scale)
{
    const policy_case *row = &cases[_i];
    tdm__grade got = apply(row, false);
    tdm__aggregation_kind kind = tdm__aggregation_named(tdm__str(row->policy))->kind;
    if (kind == TDM__POLICY_GRADE)
        ck_assert_int_eq(got.value, 6 - row->value);
    else if (kind == TDM__POLICY_COUNT || kind == TDM__POLICY_SHARE)
        ck_assert_int_eq(got.value, row->value);
    ck_assert_int_eq(got.override, row->override);
}
END_TEST

START_TEST(policies_are_found_by_name)
{
    size_t count = 0;
    tdm_str names = tdm__str(tdm__aggregation_names());
    for (const tdm__aggregation *policy; (policy = tdm__aggregation_at(count)) != NULL; count++) {
        ck_assert_ptr_eq(tdm__aggregation_named(tdm__str(policy->name)), policy);
        tdm_str name = tdm__str_trimmed(tdm__str_split(&names, ','));
        ck_assert(tdm__str_equal(name, tdm__str(policy->name)));
    }
    ck_assert_uint_eq(count, 10);
    ck_assert_uint_eq(names.length, 0);
    ck_assert_ptr_null(tdm__aggregation_named(TDM_LIT("Worst")));
    ck_assert_ptr_null(tdm__aggregation_named(TDM_LIT("")));
}
END_TEST

Suite *policy_suite(void)
{
    Suite *suite = suite_create("policies");
    TCase *all = tcase_create("policies");
    tcase_add_loop_test(all, gives_what_was_worked_out, 0, ROWS(cases));
    tcase_add_loop_test(all, follows_the_direction_of_the_scale, 0, ROWS(cases));
    tcase_add_test(all, policies_are_found_by_name);
    suite_add_tcase(suite, all);
    return suite;
}

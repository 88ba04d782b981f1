/*
 * Properties of the policies on 100,000 random profiles each, and whole scores against a second way
 * of computing them.
 */
#include <string.h>

#include "instrument/fixture.h"

#define PROFILES 100000

/* A fixed sequence, the same on every machine. */
static uint32_t next_random(uint64_t *state)
{
    *state = *state * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
    return (uint32_t)(*state >> 33);
}

typedef struct property_row {
    const char *policy;
    bool overrides; /* 4 or more exactly when some input is */
    bool monotone;  /* never better when one grade gets worse */
} property_row;

static const property_row rows[] = {
    {"worst", true, true},
    {"majority-with-override", true, false},
    {"majority", false, false},
    {"median-to-worse", false, true},
    {"median-to-worse-with-override", true, true},
    {"sum", false, true},
    {"weighted-sum", false, true},
};

static tdm__grade apply(const tdm__aggregation *policy, const int32_t *values, size_t count)
{
    tdm__grade out = {0};
    tdm__grades grades = {values, count, true, true, 4};
    policy->apply(&out, &grades);
    return out;
}

static void check_profile(const property_row *row, const tdm__aggregation *policy, int32_t *values,
                          size_t count, uint64_t *state)
{
    int32_t best = values[0], worst = values[0], sum = 0, same[13];
    for (size_t i = 0; i < count; i++) {
        best = values[i] < best ? values[i] : best;
        worst = values[i] > worst ? values[i] : worst;
        sum += values[i];
        same[i] = values[0];
    }
    tdm__grade got = apply(policy, values, count);
    bool is_sum = policy->kind == TDM__POLICY_SUM;
    ck_assert_int_ge(got.value, is_sum ? sum : best);
    ck_assert_int_le(got.value, is_sum ? sum : worst);
    ck_assert_int_eq(apply(policy, same, count).value, is_sum ? values[0] * (int32_t)count : values[0]);
    if (row->overrides)
        ck_assert_int_eq(got.value >= 4, worst >= 4);
    size_t changed = next_random(state) % count;
    if (row->monotone && values[changed] < 5) {
        values[changed]++;
        ck_assert_int_ge(apply(policy, values, count).value, got.value);
    }
}

START_TEST(policies_keep_their_properties)
{
    const property_row *row = &rows[_i];
    const tdm__aggregation *policy = tdm__aggregation_named(tdm__str(row->policy));
    uint64_t state = 1;
    for (int profile = 0; profile < test_rounds(PROFILES); profile++) {
        int32_t values[13];
        size_t count = 1 + next_random(&state) % 13;
        for (size_t i = 0; i < count; i++)
            values[i] = 1 + (int32_t)(next_random(&state) % (profile % 2 ? 5 : 3));
        check_profile(row, policy, values, count, &state);
    }
}
END_TEST

/* The rule again, from a histogram: the highest of 4 and 5; else the most frequent, the worse of equals. */
static int32_t histogram_grade(const int32_t counts[6])
{
    int32_t grade = 0;
    for (int32_t g = 5; g >= 4; g--)
        if (counts[g] > 0)
            return g;
    for (int32_t g = 3; g >= 1; g--)
        if (counts[g] > 0 && (grade == 0 || counts[g] > counts[grade]))
            grade = g;
    return grade;
}

static const char *const codes[] = {"X1a", "X1b", "X1c", "X2", "Y1a", "Y1b"};
static const int sub_area_of[] = {0, 0, 0, 1, 2, 2};

/* Grades of X1, X2, Y1, X, Y; 0: not assessed. Half of what applies must be graded at each level,
 * unless something that is graded is a 4 or 5. */
static void second_way(int32_t out[5], const tdm__entry *entries)
{
    int32_t counts[3][6] = {{0}}, applies[3] = {0}, graded[3] = {0}, above[2][6] = {{0}};
    int32_t above_applies[2] = {0}, above_graded[2] = {0};
    memset(out, 0, 5 * sizeof *out);
    for (int i = 0; i < 6; i++) {
        int s = sub_area_of[i];
        applies[s] += entries[i].state != TDM__ENTRY_NOT_APPLICABLE;
        graded[s] += entries[i].state == TDM__ENTRY_SCORED;
        if (entries[i].state == TDM__ENTRY_SCORED)
            counts[s][entries[i].value]++;
    }
    for (int s = 0; s < 3; s++) {
        int a = s < 2 ? 0 : 1;
        above_applies[a] += applies[s] > 0;
        bool concern = counts[s][4] + counts[s][5] > 0;
        if (graded[s] == 0 || (graded[s] * 2 < applies[s] && !concern))
            continue;
        out[s] = histogram_grade(counts[s]);
        above_graded[a]++;
        above[a][out[s]]++;
    }
    for (int a = 0; a < 2; a++)
        if (above_graded[a] > 0 && above_graded[a] * 2 >= above_applies[a])
            out[3 + a] = histogram_grade(above[a]);
}

static void check_score(const tdm_instrument *instrument, const tdm_assessment *assessment)
{
    tdm_score *score;
    tdm_score_view views[5];
    int32_t expected[5];
    second_way(expected, assessment->entries);
    ck_assert_int_eq(tdm_score_make(&score, &tdm__malloc_allocator, assessment, instrument, NULL, NULL),
                     TDM_OK);
    tdm_score_sub_area(&views[0], score, 0, 0);
    tdm_score_sub_area(&views[1], score, 0, 1);
    tdm_score_sub_area(&views[2], score, 1, 0);
    tdm_score_area(&views[3], score, 0);
    tdm_score_area(&views[4], score, 1);
    for (int i = 0; i < 5; i++)
        ck_assert_int_eq(views[i].assessed ? views[i].grade : 0, expected[i]);
    tdm_score_free(score);
}

START_TEST(scores_agree_with_a_second_computation)
{
    tdm_instrument *instrument;
    tdm__entry entries[6];
    tdm_assessment assessment = {.entries = entries, .entry_count = 6};
    uint64_t state = 2;
    ck_assert_int_eq(fixture_grades(&instrument, &tdm__malloc_allocator, "majority-with-override", "none"),
                     TDM_OK);
    assessment.texts[TDM__FORM_INSTRUMENT] = TDM_LIT("grades");
    assessment.texts[TDM__FORM_VERSION] = TDM_LIT("1.0.0");
    for (int profile = 0; profile < test_rounds(PROFILES); profile++) {
        for (int i = 0; i < 6; i++) {
            uint32_t draw = next_random(&state) % 8;
            static const tdm__entry_state states[] = {TDM__ENTRY_NOT_RECORDED, TDM__ENTRY_NOT_SEEN,
                                                      TDM__ENTRY_NOT_APPLICABLE};
            entries[i] = (tdm__entry){tdm__str(codes[i]), draw < 3 ? states[draw] : TDM__ENTRY_SCORED,
                                      draw < 3 ? 1 : (int32_t)draw - 2, 1};
        }
        check_score(instrument, &assessment);
    }
    tdm_instrument_free(instrument);
}
END_TEST

/* Items of `fixture_mixed`, in its order, and the ages that they are asked at: 1 under 5, 2 from 5 on. */
static const char *const mixed_codes[] = {"A1a", "A1b", "A1c", "A2", "T1", "T2", "T3"};
static const int mixed_ages[] = {3, 3, 2, 1, 3, 3, 2};

/* What area A, area T and their sum come to; -1: not assessed. */
static void mixed_second_way(int32_t out[3], const tdm__entry *entries, int age)
{
    int32_t counts[2][6] = {{0}}, applies[2] = {0}, graded[2] = {0}, above[6] = {0}, ticks = 0;
    int asked = 0, known = 0, areas = 0, assessed = 0;
    for (int i = 0; i < 7; i++) {
        bool there = (mixed_ages[i] & age) && entries[i].state != TDM__ENTRY_NOT_APPLICABLE;
        bool scored = there && entries[i].state == TDM__ENTRY_SCORED;
        int sub_area = i < 3 ? 0 : 1;
        if (i >= 4) {
            asked += there;
            known += scored;
            ticks += scored && entries[i].value == 1;
            continue;
        }
        applies[sub_area] += there;
        graded[sub_area] += scored;
        if (scored)
            counts[sub_area][entries[i].value]++;
    }
    out[0] = out[1] = out[2] = -1;
    for (int s = 0; s < 2; s++) {
        bool concern = counts[s][4] + counts[s][5] > 0;
        areas += applies[s] > 0;
        if (graded[s] == 0 || (graded[s] * 2 < applies[s] && !concern))
            continue;
        assessed++;
        above[histogram_grade(counts[s])]++;
    }
    if (assessed > 0 && assessed * 2 >= areas)
        out[0] = histogram_grade(above);
    if (asked > 0 && known == asked)
        out[1] = ticks;
    /* An area in which nothing applies is left out of the sum; one that is not complete leaves no sum. */
    bool a_applies = areas > 0, t_applies = asked > 0;
    if ((a_applies || t_applies) && (!a_applies || out[0] >= 0) && (!t_applies || out[1] >= 0))
        out[2] = (a_applies ? out[0] : 0) + (t_applies ? out[1] : 0);
}

static void draw_mixed(tdm__entry *entries, int age, uint64_t *state)
{
    static const tdm__entry_state states[] = {TDM__ENTRY_NOT_RECORDED, TDM__ENTRY_NOT_SEEN,
                                              TDM__ENTRY_NOT_APPLICABLE};
    for (int i = 0; i < 7; i++) {
        uint32_t draw = next_random(state) % 24;
        int32_t grade = (int32_t)(next_random(state) % 5) + 1, tick = (int32_t)(next_random(state) % 2);
        bool asked = (mixed_ages[i] & age) != 0;
        tdm__entry_state missing = states[draw % 3];
        if (!asked && missing == TDM__ENTRY_NOT_SEEN)
            missing = TDM__ENTRY_NOT_RECORDED; /* an entry for it would be refused */
        entries[i] = (tdm__entry){tdm__str(mixed_codes[i]), asked && draw >= 6 ? TDM__ENTRY_SCORED : missing,
                                  i < 4 ? grade : tick, 1};
    }
}

START_TEST(several_scales_agree_with_a_second_computation)
{
    tdm_instrument *instrument;
    tdm__entry entries[7];
    tdm_assessment assessment = {.entries = entries, .entry_count = 7};
    uint64_t state = 3;
    ck_assert_int_eq(fixture_mixed(&instrument, &tdm__malloc_allocator, (mixed){"sum", ""}, NULL), TDM_OK);
    assessment.texts[TDM__FORM_INSTRUMENT] = TDM_LIT("mixed");
    assessment.texts[TDM__FORM_VERSION] = TDM_LIT("1.0.0");
    for (int profile = 0; profile < test_rounds(PROFILES); profile++) {
        int32_t expected[3];
        tdm_score *score;
        tdm_score_view views[3];
        int age = 1 + profile % 2;
        draw_mixed(entries, age, &state);
        assessment.texts[TDM__FORM_AGE_BAND] = age == 1 ? TDM_LIT("under-5") : TDM_LIT("over-5");
        mixed_second_way(expected, entries, age);
        ck_assert_int_eq(tdm_score_make(&score, &tdm__malloc_allocator, &assessment, instrument, NULL, NULL),
                         TDM_OK);
        ck_assert(tdm_score_area(&views[0], score, 0) && tdm_score_area(&views[1], score, 1) &&
                  tdm_score_total(&views[2], score));
        for (int i = 0; i < 3; i++) {
            ck_assert_int_eq(views[i].assessed ? views[i].grade : -1, expected[i]);
            ck_assert(views[i].low <= views[i].high && views[i].high <= views[i].max);
            ck_assert(!views[i].assessed || (views[i].low <= expected[i] && expected[i] <= views[i].high));
        }
        tdm_score_free(score);
    }
    tdm_instrument_free(instrument);
}
END_TEST

Suite *properties_suite(void)
{
    Suite *suite = suite_create("properties");
    TCase *all = tcase_create("properties");
    tcase_set_timeout(all, 120);
    tcase_add_loop_test(all, policies_keep_their_properties, 0, ROWS(rows));
    tcase_add_test(all, scores_agree_with_a_second_computation);
    tcase_add_test(all, several_scales_agree_with_a_second_computation);
    suite_add_tcase(suite, all);
    return suite;
}

/*
 * The aggregation policies (see policy.h). None allocates: counts are taken by comparing, since a
 * level has a few dozen entries at most.
 */
#include "instrument/aggregation.h"

bool tdm__grade_worse(const tdm__grades *scale, int32_t a, int32_t b)
{
    return scale->higher_is_worse ? a > b : a < b;
}

bool tdm__grade_concern(const tdm__grades *scale, int32_t grade)
{
    return scale->has_concern && !tdm__grade_worse(scale, scale->concern_from, grade);
}

static size_t count_of(const tdm__grades *grades, int32_t value)
{
    size_t count = 0;
    for (size_t i = 0; i < grades->count; i++)
        count += grades->values[i] == value;
    return count;
}

static void worst(tdm__grade *out, const tdm__grades *grades)
{
    out->value = grades->values[0];
    for (size_t i = 1; i < grades->count; i++)
        if (tdm__grade_worse(grades, grades->values[i], out->value))
            out->value = grades->values[i];
}

/* The grade that most have; of several as frequent the worst, so that a tie never hides a concern. */
static void majority(tdm__grade *out, const tdm__grades *grades)
{
    size_t most = 0;
    for (size_t i = 0; i < grades->count; i++) {
        int32_t value = grades->values[i];
        size_t count = count_of(grades, value);
        if (count > most || (count == most && tdm__grade_worse(grades, value, out->value))) {
            most = count;
            out->value = value;
        }
    }
    out->majority_not_clear = most * 2 <= grades->count;
}

/* How many grades are better than `value`. */
static size_t better_than(const tdm__grades *grades, int32_t value)
{
    size_t count = 0;
    for (size_t i = 0; i < grades->count; i++)
        count += tdm__grade_worse(grades, value, grades->values[i]);
    return count;
}

/* The middle one from best to worst; of two middle ones the worse. */
static void median_to_worse(tdm__grade *out, const tdm__grades *grades)
{
    size_t middle = grades->count / 2; /* place from 0; with an even number the second of the two */
    for (size_t i = 0; i < grades->count; i++) {
        size_t before = better_than(grades, grades->values[i]);
        if (before <= middle && middle < before + count_of(grades, grades->values[i])) {
            out->value = grades->values[i];
            return;
        }
    }
}

static bool overridden(tdm__grade *out, const tdm__grades *grades)
{
    worst(out, grades);
    out->override = tdm__grade_concern(grades, out->value);
    return out->override;
}

static void majority_with_override(tdm__grade *out, const tdm__grades *grades)
{
    if (!overridden(out, grades))
        majority(out, grades);
}

static void median_to_worse_with_override(tdm__grade *out, const tdm__grades *grades)
{
    if (!overridden(out, grades))
        median_to_worse(out, grades);
}

static void sum(tdm__grade *out, const tdm__grades *grades)
{
    for (size_t i = 0; i < grades->count; i++)
        out->value += grades->values[i];
}

static void count(tdm__grade *out, const tdm__grades *grades)
{
    for (size_t i = 0; i < grades->count; i++)
        out->value += tdm__grade_concern(grades, grades->values[i]);
}

static void nothing(tdm__grade *out, const tdm__grades *grades)
{
    (void)out;
    (void)grades;
}

/* Each row fills an outcome that is zeroed before. */
static const tdm__aggregation policies[] = {
    {"worst", TDM__POLICY_GRADE, worst, false, true, false},
    {"majority-with-override", TDM__POLICY_GRADE, majority_with_override, true, true, false},
    {"majority", TDM__POLICY_GRADE, majority, false, false, false},
    {"median-to-worse", TDM__POLICY_GRADE, median_to_worse, false, false, false},
    {"median-to-worse-with-override", TDM__POLICY_GRADE, median_to_worse_with_override, true, true, false},
    {"sum", TDM__POLICY_SUM, sum, false, false, false},
    {"weighted-sum", TDM__POLICY_SUM, sum, false, false, true},
    {"count", TDM__POLICY_COUNT, count, true, false, false},
    {"share", TDM__POLICY_SHARE, count, true, false, false},
    {"none", TDM__POLICY_NOTHING, nothing, false, false, false},
};
enum { POLICY_COUNT = sizeof policies / sizeof *policies };

const char *tdm__aggregation_names(void)
{
    return "worst, majority-with-override, majority, median-to-worse, median-to-worse-with-override, sum, "
           "weighted-sum, count, share, none";
}

const tdm__aggregation *tdm__aggregation_named(tdm_str name)
{
    for (size_t i = 0; i < POLICY_COUNT; i++)
        if (tdm__str_equal(tdm__str(policies[i].name), name))
            return &policies[i];
    return NULL;
}

const tdm__aggregation *tdm__aggregation_at(size_t index)
{
    return index < POLICY_COUNT ? &policies[index] : NULL;
}

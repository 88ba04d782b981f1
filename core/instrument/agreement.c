/*
 * Agreement between two assessors: pairs of grades to percent agreement and weighted kappa, and the
 * pairs of an instrument's areas out of pairs of scores.
 */
#include "instrument/agreement.h"

#include <math.h>

#define NORMAL_97_5 1.959963984540054 /* 97.5% of a standard normal lie below */

const char *tdm__agreement_reason_code(tdm__agreement_reason reason)
{
    static const char *const codes[] = {
        [TDM__AGREED] = "",
        [TDM__TOO_FEW_PAIRS] = "too-few-pairs",
        [TDM__ONE_GRADE] = "one-grade",
        [TDM__TOO_WIDE] = "too-wide",
        [TDM__ONE_ASSESSOR_FLAT] = "one-assessor-flat",
    };
    return codes[reason];
}

/* The table of pairs by its margins; places count from the lowest grade that either gave. */
typedef struct margins {
    const tdm__grade_pair *pairs;
    size_t count;
    int32_t lowest;
    size_t places;
    double *one, *other;           /* share of pairs at each place */
    double *one_mean, *other_mean; /* mean weight of a place against the other's share */
    bool quadratic;
} margins;

static double weight(const margins *m, size_t a, size_t b)
{
    double apart = (a > b ? (double)(a - b) : (double)(b - a)) / (double)(m->places - 1);
    return 1.0 - (m->quadratic ? apart * apart : apart);
}

static size_t place_of(const margins *m, int32_t grade)
{
    return (size_t)((int64_t)grade - m->lowest);
}

static void take_means(margins *m)
{
    for (size_t a = 0; a < m->places; a++) {
        m->one_mean[a] = m->other_mean[a] = 0;
        for (size_t b = 0; b < m->places; b++) {
            m->one_mean[a] += weight(m, a, b) * m->other[b];
            m->other_mean[a] += weight(m, a, b) * m->one[b];
        }
    }
}

/* What the variance is the mean square of, less its mean: one pair's share in kappa. */
static double influence(const margins *m, const tdm__grade_pair *pair, double observed, double expected)
{
    size_t a = place_of(m, pair->one), b = place_of(m, pair->other);
    return weight(m, a, b) * (1 - expected) - (m->one_mean[a] + m->other_mean[b]) * (1 - observed);
}

static void take_kappa(tdm__kappa *out, margins *m)
{
    double n = (double)m->count, observed = 0, expected = 0, squares = 0;
    take_means(m);
    for (size_t i = 0; i < m->count; i++)
        observed += weight(m, place_of(m, m->pairs[i].one), place_of(m, m->pairs[i].other)) / n;
    for (size_t a = 0; a < m->places; a++)
        expected += m->one[a] * m->one_mean[a];
    double mean = observed * expected - 2 * expected + observed;
    for (size_t i = 0; i < m->count; i++) {
        double off = influence(m, &m->pairs[i], observed, expected) - mean;
        squares += off * off / n;
    }
    out->value = (observed - expected) / (1 - expected);
    out->standard_error = sqrt(squares / n) / ((1 - expected) * (1 - expected));
    out->low = fmax(-1, out->value - NORMAL_97_5 * out->standard_error);
    out->high = fmin(1, out->value + NORMAL_97_5 * out->standard_error);
}

static void take_shares(margins *m)
{
    double n = (double)m->count;
    for (size_t i = 0; i < m->count; i++) {
        m->one[place_of(m, m->pairs[i].one)] += 1 / n;
        m->other[place_of(m, m->pairs[i].other)] += 1 / n;
    }
}

/* Fills what the table is like; TDM__AGREED when kappa can be worked out with its error. */
static tdm__agreement_reason look_at(margins *m, tdm__agreement *out)
{
    if (m->count == 0)
        return TDM__TOO_FEW_PAIRS;
    int64_t lowest = m->pairs[0].one, highest = lowest;
    bool flat_one = true, flat_other = true;
    for (size_t i = 0; i < m->count; i++) {
        int32_t a = m->pairs[i].one, b = m->pairs[i].other;
        int64_t low = a < b ? a : b, high = a < b ? b : a;
        lowest = low < lowest ? low : lowest;
        highest = high > highest ? high : highest;
        flat_one = flat_one && a == m->pairs[0].one;
        flat_other = flat_other && b == m->pairs[0].other;
        out->equal += a == b;
    }
    m->lowest = (int32_t)lowest;
    m->places = (size_t)(highest - lowest) + 1;
    if (m->count < 2)
        return TDM__TOO_FEW_PAIRS;
    if (lowest == highest)
        return TDM__ONE_GRADE;
    if (highest - lowest > TDM_AGREEMENT_STEPS_MAX)
        return TDM__TOO_WIDE;
    return flat_one || flat_other ? TDM__ONE_ASSESSOR_FLAT : TDM__AGREED;
}

tdm_status tdm__agreement_of(tdm__agreement *out, const tdm_allocator *allocator,
                             const tdm__grade_pair *pairs, size_t count)
{
    margins m = {.pairs = pairs, .count = count};
    *out = (tdm__agreement){.pairs = count};
    out->reason = look_at(&m, out);
    out->has_error = out->reason == TDM__AGREED;
    out->has_kappa = out->has_error || out->reason == TDM__ONE_ASSESSOR_FLAT;
    /* Exactly 0 then, which rounding would blur: what is seen is what chance would give. */
    if (!out->has_error)
        return TDM_OK;
    double *room = tdm__alloc_zeroed(allocator, m.places * 4, sizeof *room);
    if (!room)
        return TDM_NO_MEMORY;
    m.one = room;
    m.other = room + m.places;
    m.one_mean = room + m.places * 2;
    m.other_mean = room + m.places * 3;
    take_shares(&m);
    take_kappa(&out->linear, &m);
    m.quadratic = true;
    take_kappa(&out->quadratic, &m);
    tdm__free(allocator, room);
    return TDM_OK;
}

/* NULL: the total. */
static const tdm__part_result *result_of(const tdm_score *score, const tdm__part *area)
{
    return area ? &score->areas[area - score->instrument->areas.items] : &score->total;
}

/* Grades count as places on their scale, so that a scale of 0, 5, 10 has even steps. */
static int32_t step_of(const tdm_score *score, const tdm__part *area)
{
    const tdm_instrument *instrument = score->instrument;
    int32_t grade = result_of(score, area)->grade;
    uint32_t index = area ? (uint32_t)(area - instrument->areas.items) : 0;
    const tdm__scale *scale = area ? tdm__instrument_area_scale(instrument, index)
                                   : tdm__instrument_total_scale(instrument);
    tdm__level level = area ? TDM__LEVEL_SUB_AREAS : TDM__LEVEL_AREAS;
    if (!scale || tdm__score_policy(score, level, index)->kind != TDM__POLICY_GRADE)
        return grade;
    const tdm__scale_value *value = tdm__scale_find(scale, grade);
    return value ? (int32_t)(value - scale->values) : grade;
}

static tdm_status agree_on(tdm__agreed_part *out, tdm__agreement_report *report, const tdm__visit_pair *pairs,
                           size_t count, tdm__grade_pair *room)
{
    size_t taken = 0;
    for (size_t i = 0; i < count; i++) {
        const tdm_score *one = pairs[i].one, *other = pairs[i].other;
        if (result_of(one, out->part)->reason == TDM__REASON_NONE &&
            result_of(other, out->part)->reason == TDM__REASON_NONE)
            room[taken++] = (tdm__grade_pair){step_of(one, out->part), step_of(other, out->part)};
    }
    out->left_out = count - taken;
    return tdm__agreement_of(&out->agreement, &report->allocator, room, taken);
}

static tdm_status fill(tdm__agreement_report *report, const tdm__visit_pair *pairs, size_t count)
{
    const tdm__parts *areas = &report->instrument->areas;
    tdm_score_view total;
    tdm__grade_pair *room = tdm__arena_array(&report->arena, count, sizeof *room);
    report->areas = tdm__arena_array(&report->arena, areas->count, sizeof *report->areas);
    tdm_status status = room && report->areas ? TDM_OK : TDM_NO_MEMORY;
    for (size_t i = 0; status == TDM_OK && i < areas->count; i++) {
        report->areas[i].part = &areas->items[i];
        status = agree_on(&report->areas[i], report, pairs, count, room);
    }
    report->has_total = tdm_score_total(&total, pairs[0].one);
    if (status == TDM_OK && report->has_total)
        status = agree_on(&report->total, report, pairs, count, room);
    return status == TDM_OK ? tdm__agreement_explain(report) : status;
}

tdm_status tdm__agreement_report_make(tdm__agreement_report **out, const tdm_allocator *allocator,
                                      const tdm__visit_pair *pairs, size_t count, size_t further)
{
    *out = NULL;
    tdm__agreement_report *report = tdm__alloc_zeroed(allocator, 1, sizeof *report);
    if (!report)
        return TDM_NO_MEMORY;
    report->allocator = *allocator;
    report->instrument = pairs[0].one->instrument;
    report->visits = count;
    report->further = further;
    tdm__arena_init(&report->arena, &report->allocator);
    tdm_status status = fill(report, pairs, count);
    if (status != TDM_OK) {
        tdm__agreement_report_free(report);
        return status;
    }
    *out = report;
    return TDM_OK;
}

void tdm__agreement_report_free(tdm__agreement_report *report)
{
    if (!report)
        return;
    tdm_allocator allocator = report->allocator;
    tdm__arena_free(&report->arena);
    tdm__free(&allocator, report);
}

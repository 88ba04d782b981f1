/*
 * The Kaplan-Meier estimate of how many still wait, and its median. Sums are taken in the order of the
 * lengths, so that every compiler gives the same bits; log, exp and sqrt are the C library's.
 */
#include "engine/statistics.h"

#include <math.h>

#define NORMAL_975 1.959963984540054 /* the normal distribution's 97.5 % point */
/* survfit takes a share this near to a half for a half: products of fractions are not exact. */
#define HALF_NEAR 1.4901161193847656e-08

typedef struct going {
    double share;
    double greenwood; /* sum of ended / (at risk * left): the variance of the share's logarithm */
} going;

static void set_limits(tdm__survival_step *step, const going *now)
{
    step->low = NAN;
    step->high = NAN;
    if (now->share <= 0 || now->share >= 1)
        return;
    const double shift = NORMAL_975 * sqrt(now->greenwood) / log(now->share);
    const double middle = log(-log(now->share));
    step->low = exp(-exp(middle - shift));
    step->high = exp(-exp(middle + shift));
}

static void take_step(tdm__survival_step *step, going *now)
{
    const double at_risk = (double)step->at_risk, ended = (double)step->ended;
    if (step->ended == step->at_risk) {
        now->share = 0;
    } else if (step->ended > 0) {
        now->share = now->share * (1 - ended / at_risk);
        now->greenwood += ended / (at_risk * (at_risk - ended));
    }
    step->share = now->share;
    set_limits(step, now);
}

static size_t count_lengths(const tdm__length *lengths, size_t count)
{
    size_t different = 0;
    for (size_t i = 0; i < count; i++)
        different += i == 0 || lengths[i].length != lengths[i - 1].length ? 1 : 0;
    return different;
}

tdm_status tdm__survival(tdm__survival_step **steps, size_t *step_count, tdm__arena *arena,
                         const tdm__length *lengths, size_t count)
{
    *steps = NULL;
    *step_count = 0;
    const size_t different = count_lengths(lengths, count);
    tdm__survival_step *made = tdm__arena_array(arena, different, sizeof *made);
    if (!made)
        return TDM_NO_MEMORY;
    going now = {.share = 1};
    size_t at = 0;
    for (size_t i = 0; i < different; i++) {
        made[i].length = lengths[at].length;
        made[i].at_risk = (int64_t)(count - at);
        for (; at < count && lengths[at].length == made[i].length; at++) {
            made[i].waiting += lengths[at].censored ? 1 : 0;
            made[i].ended += lengths[at].censored ? 0 : 1;
        }
        take_step(&made[i], &now);
    }
    *steps = made;
    *step_count = different;
    return TDM_OK;
}

static double share_of(const tdm__survival_step *step)
{
    return step->share;
}

static double low_of(const tdm__survival_step *step)
{
    return step->low;
}

static double high_of(const tdm__survival_step *step)
{
    return step->high;
}

/* The first length at which a curve is at a half or less; where it lies flat at a half, the middle between
 * there and where it falls on. A limit that cannot be given is passed over. */
static bool half_of(double *out, double (*curve)(const tdm__survival_step *), const tdm__survival_step *steps,
                    size_t step_count)
{
    size_t first = 0;
    while (first < step_count && !(curve(&steps[first]) < 0.5 + HALF_NEAR))
        first++;
    if (first == step_count)
        return false;
    *out = steps[first].length;
    const double there = curve(&steps[first]);
    if (fabs(there - 0.5) >= HALF_NEAR)
        return true;
    for (size_t i = first + 1; i < step_count; i++)
        if (curve(&steps[i]) < there) {
            *out = ((double)steps[first].length + (double)steps[i].length) / 2;
            break;
        }
    return true;
}

tdm__survival_median tdm__survival_median_of(const tdm__survival_step *steps, size_t step_count)
{
    tdm__survival_median out = {0};
    out.reached = half_of(&out.median, share_of, steps, step_count);
    out.low_reached = half_of(&out.low, low_of, steps, step_count);
    out.high_reached = half_of(&out.high, high_of, steps, step_count);
    return out;
}

/*
 * Limits of a funnel plot. The binomial distribution is built up from its mode by the ratio of neighbours, so
 * that it needs nothing of the C library and no number is too large.
 */
#include "engine/statistics.h"

#include <math.h>

/* Below this share of the mode a count adds nothing to a sum of doubles, were there 10^9 of them. */
#define NOTHING         1e-40
#define DENOMINATOR_MAX 1000000000

/* Counts first to last matter; weights are relative to the one at the mode. */
typedef struct binomial {
    double target;
    int64_t denominator;
    int64_t first;
    double first_weight;
    double whole; /* all weights together */
} binomial;

/* What the weight of count k is multiplied by to come to k + 1. */
static double step_up(const binomial *b, int64_t k)
{
    return (double)(b->denominator - k) / (double)(k + 1) * (b->target / (1 - b->target));
}

static void build(binomial *b)
{
    const double place = ((double)b->denominator + 1) * b->target;
    const int64_t mode = place >= (double)b->denominator ? b->denominator : (int64_t)place;
    double weight = 1, below = 0, above = 0;
    int64_t k = mode;
    for (; k > 0 && weight > NOTHING; k--) {
        weight /= step_up(b, k - 1);
        below += weight;
    }
    b->first = k;
    b->first_weight = weight;
    weight = 1;
    for (k = mode; k < b->denominator && weight > NOTHING; k++) {
        weight *= step_up(b, k);
        above += weight;
    }
    b->whole = below + 1 + above;
}

/* The smallest count r with P(R <= r) >= p, less the part of its own step that lies above p, as a share. */
static double limit_at(const binomial *b, double p)
{
    const double wanted = p * b->whole;
    double weight = b->first_weight, reached = weight;
    int64_t r = b->first;
    while (reached < wanted && r < b->denominator) {
        weight *= step_up(b, r);
        reached += weight;
        r++;
    }
    const double limit = ((double)r - (reached - wanted) / weight) / (double)b->denominator;
    return limit < 0 ? 0 : limit > 1 ? 1 : limit;
}

tdm__limits tdm__funnel_limits(double target, int64_t denominator, double outside)
{
    if (!(target >= 0 && target <= 1) || denominator < 1 || denominator > DENOMINATOR_MAX ||
        !(outside > 0 && outside < 1))
        return (tdm__limits){NAN, NAN};
    if (target <= 0 || target >= 1)
        return (tdm__limits){target, target};
    binomial b = {.target = target, .denominator = denominator};
    build(&b);
    return (tdm__limits){limit_at(&b, outside / 2), limit_at(&b, 1 - outside / 2)};
}

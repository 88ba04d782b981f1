/*
 * Rates, means and quantiles of whole numbers, without floating point: nothing can round a figure twice.
 * What is drawn around them stands in the other statistics files.
 */
#include "engine/statistics.h"

/* whole * factor + added, or INT64_MAX where that is more. None is negative. */
static int64_t scaled(int64_t whole, int64_t factor, int64_t added)
{
    if (whole > 0 && factor > (INT64_MAX - added) / whole)
        return INT64_MAX;
    return whole * factor + added;
}

/* Takes `whole` off *rest where it holds it: how often it did, 0 or 1. */
static uint64_t take_whole(uint64_t *rest, uint64_t whole)
{
    if (*rest < whole)
        return 0;
    *rest -= whole;
    return 1;
}

/* part * factor / whole, half up, for 0 <= part < whole <= INT64_MAX: one bit of the factor after the other,
 * so that no product is ever larger than 64 bits. */
static int64_t part_scaled(uint64_t part, uint64_t whole, uint64_t factor)
{
    uint64_t quotient = 0, rest = 0;
    for (uint64_t bit = UINT64_C(1) << 62; bit > 0; bit >>= 1) {
        rest *= 2;
        quotient = quotient * 2 + take_whole(&rest, whole);
        rest += factor & bit ? part : 0;
        quotient += take_whole(&rest, whole);
    }
    return (int64_t)(quotient + (rest >= whole - rest ? 1 : 0));
}

int64_t tdm__rate_tenths(int64_t numerator, int64_t denominator, int64_t per)
{
    if (numerator < 0 || denominator < 1 || per < 1 || per > INT64_MAX / 10)
        return -1;
    const int64_t factor = per * 10;
    const int64_t part = part_scaled((uint64_t)(numerator % denominator), (uint64_t)denominator,
                                     (uint64_t)factor);
    return scaled(numerator / denominator, factor, part);
}

int64_t tdm__percent_tenths(int64_t numerator, int64_t denominator)
{
    return tdm__rate_tenths(numerator, denominator, 100);
}

int64_t tdm__mean_tenths(int64_t sum, int64_t count)
{
    if (sum >= 0)
        return tdm__rate_tenths(sum, count, 1);
    const int64_t size = tdm__rate_tenths(sum == INT64_MIN ? INT64_MAX : -sum, count, 1);
    return count < 1 ? -1 : -size;
}

int64_t tdm__quantile_doubled(const int32_t *ascending, size_t count, int32_t per_mille)
{
    if (count == 0 || per_mille < 0 || per_mille > 1000)
        return -1;
    /* count * per_mille / 1000, in parts that cannot overflow */
    const size_t thousandths = count % 1000 * (size_t)per_mille;
    const size_t below = count / 1000 * (size_t)per_mille + thousandths / 1000;
    const size_t upper = below < count ? below : count - 1;
    const size_t lower = thousandths % 1000 == 0 && below > 0 ? below - 1 : upper;
    return (int64_t)ascending[lower] + ascending[upper];
}

/*
 * A funnel: shares over how many they are of, between the limits in which chance alone would put them. The
 * axis goes by the logarithm, because areas differ in size by hundreds.
 */
#include "report/chart.h"

#include <math.h>

enum { PEER = 36, OWN = 62 };

typedef struct drawing {
    tdm__chart_plot plot;
    const tdm__funnel_chart *chart;
    double first, last; /* logarithms of the ends */
} drawing;

int64_t tdm__funnel_denominator(int64_t smallest, int64_t largest, size_t at, size_t count)
{
    double low = log((double)smallest), high = log((double)largest);
    if (count < 2 || at == 0)
        return smallest;
    if (at + 1 >= count)
        return largest;
    return (int64_t)floor(exp(low + (high - low) * (double)at / (double)(count - 1)) + 0.5);
}

static int x_of(const drawing *d, int64_t denominator)
{
    double place = (log((double)denominator) - d->first) / (d->last - d->first);
    return d->plot.left + (int)floor(place * d->plot.width + 0.5);
}

static void put_limit(const drawing *d, int which, const char *dashes)
{
    const tdm__funnel_chart *chart = d->chart;
    if (chart->limit_count == 0)
        return;
    tdm__put(d->plot.out, "<path fill=\"none\" stroke=\"" TDM__CHART_FAINT "\" stroke-width=\"1.2\"%r d=\"",
             dashes);
    bool inside = false;
    for (size_t i = 0; i < chart->limit_count; i++) {
        const tdm__funnel_limit *limit = &chart->limits[i];
        double values[] = {limit->low_95, limit->high_95, limit->low_998, limit->high_998};
        bool seen = values[which] >= d->plot.scale.low && values[which] <= d->plot.scale.high;
        if (seen)
            tdm__put(d->plot.out, "%r%t %t", inside ? "L" : "M", x_of(d, limit->denominator),
                     tdm__chart_y(&d->plot, values[which]));
        inside = seen;
    }
    tdm__put(d->plot.out, "\"/>\n");
}

static void put_point(const drawing *d, const tdm__funnel_point *point)
{
    int x = x_of(d, point->denominator), y = tdm__chart_y(&d->plot, point->percent);
    tdm__put(d->plot.out, "<g><title>%g: %g</title>", point->name, point->words);
    if (point->own)
        tdm__put(d->plot.out, "<path d=\"M%t %tL%t %tL%t %tL%t %tZ\" fill=\"" TDM__CHART_INK "\"/>", x,
                 y - OWN, x + OWN, y, x, y + OWN, x - OWN, y);
    else
        tdm__put(d->plot.out,
                 "<circle cx=\"%t\" cy=\"%t\" r=\"%t\" fill=\"#fff\" stroke=\"" TDM__CHART_LINE
                 "\" stroke-width=\"1.6\"/>",
                 x, y, PEER);
    tdm__put(d->plot.out, "</g>\n");
}

/* 1, 2 and 5 times powers of ten, or every one where sizes are near to each other; where there is room. */
static void put_sizes(const drawing *d)
{
    static const int64_t few[] = {1, 2, 5, 0}, many[] = {1, 2, 3, 4, 5, 6, 7, 8, 9, 0};
    const int64_t *steps = d->last - d->first < log(12.0) ? many : few;
    int font = d->plot.shape->font - 5, used = -10000;
    for (int64_t ten = 1; ten <= 1000000000; ten *= 10) {
        for (size_t i = 0; steps[i] > 0; i++) {
            int64_t size = steps[i] * ten;
            if (log((double)size) < d->first || log((double)size) > d->last)
                continue;
            int x = x_of(d, size);
            if (x - used < 420)
                continue;
            used = x;
            tdm__put(d->plot.out, "<path d=\"M%t %tv4\" stroke=\"" TDM__CHART_INK "\" stroke-width=\"1\"/>",
                     x, d->plot.top + d->plot.height);
            tdm__chart_text(d->plot.out, x, d->plot.top + d->plot.height + 170, font, "middle");
            tdm__put(d->plot.out, "%d</text>\n", (int)size);
        }
    }
}

static void put_target(const drawing *d)
{
    int y = tdm__chart_y(&d->plot, d->chart->target);
    bool narrow = tdm__chart_is_narrow(d->plot.shape);
    tdm__put(d->plot.out, "<path d=\"M%t %tH%t\" stroke=\"" TDM__CHART_FAINT "\" stroke-width=\"1.4\"/>\n",
             d->plot.left, y, d->plot.left + d->plot.width);
    tdm__chart_text(d->plot.out, d->plot.left + d->plot.width + 50, y + 40, d->plot.shape->font - 10,
                    "start");
    tdm__put(d->plot.out, "%r", narrow ? "" : "all together ");
    tdm__chart_number(d->plot.out, d->chart->target, narrow ? "" : " %");
    tdm__put(d->plot.out, "</text>\n");
}

static tdm__chart_scale scale_of(const tdm__funnel_chart *chart)
{
    double low = chart->target, high = chart->target;
    for (size_t i = 0; i < chart->count; i++) {
        low = fmin(low, chart->points[i].percent);
        high = fmax(high, chart->points[i].percent);
    }
    /* The limits of the smallest areas are cut off where no point lies. */
    double room = fmax(high - low, 5.0) * 0.4;
    tdm__chart_scale scale = tdm__chart_scale_of(fmax(low - room, 0.0), fmin(high + room, 100.0), false);
    scale.high = fmin(scale.high, 100.0);
    return scale;
}

static void put_shape(tdm__output *out, const tdm__funnel_chart *chart, const tdm__profile_shape *shape)
{
    bool narrow = tdm__chart_is_narrow(shape);
    int left = narrow ? 480 : 620, right = narrow ? 420 : 1500, top = 120, height = narrow ? 1900 : 2700;
    drawing d = {{out, shape, left, top, shape->width - left - right, height, scale_of(chart), " %"},
                 chart,
                 log((double)chart->limits[0].denominator),
                 log((double)chart->limits[chart->limit_count - 1].denominator)};
    if (!(d.last > d.first))
        d.last = d.first + 1.0;
    tdm__chart_open(out, &chart->head, shape, top + height + 240);
    tdm__chart_grid(&d.plot);
    put_sizes(&d);
    put_limit(&d, 0, "");
    put_limit(&d, 1, "");
    put_limit(&d, 2, " stroke-dasharray=\"7 4\"");
    put_limit(&d, 3, " stroke-dasharray=\"7 4\"");
    put_target(&d);
    for (size_t i = 0; i < chart->count; i++)
        put_point(&d, &chart->points[i]);
    tdm__put(out, "</svg>\n");
}

void tdm__chart_funnel(tdm__output *out, const tdm__funnel_chart *chart)
{
    for (size_t i = 0; i < TDM__PROFILE_SHAPES && chart->count > 0 && chart->limit_count > 1; i++)
        put_shape(out, chart, &tdm__profile_shapes[i]);
}

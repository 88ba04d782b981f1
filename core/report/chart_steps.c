/*
 * A curve in steps with its limits as a ground behind it: a share that has come about by a day.
 */
#include "report/chart.h"

#include <math.h>

typedef struct drawing {
    tdm__chart_plot plot;
    const tdm__step_chart *chart;
    tdm__chart_scale along;
} drawing;

static int x_of(const drawing *d, double length)
{
    return d->plot.left + (int)floor(length / d->along.high * d->plot.width + 0.5);
}

static bool has_limits(const tdm__step_point *point)
{
    return isfinite(point->low) && isfinite(point->high);
}

static int32_t end_of(const drawing *d, size_t at)
{
    return at + 1 < d->chart->count ? d->chart->points[at + 1].length : d->chart->points[at].length;
}

/* One box a step, so that a step without limits leaves a gap. */
static void put_limits(const drawing *d)
{
    for (size_t i = 0; i + 1 < d->chart->count; i++) {
        const tdm__step_point *point = &d->chart->points[i];
        if (!has_limits(point))
            continue;
        int x = x_of(d, point->length), top = tdm__chart_y(&d->plot, point->high);
        tdm__put(d->plot.out, "<path d=\"M%t %tH%tV%tH%tZ\" fill=\"#e3e8ee\"/>\n", x, top,
                 x_of(d, end_of(d, i)), tdm__chart_y(&d->plot, point->low), x);
    }
}

static void put_edges(const drawing *d, bool upper)
{
    bool open = false;
    for (size_t i = 0; i < d->chart->count; i++) {
        const tdm__step_point *point = &d->chart->points[i];
        if (!has_limits(point) || i + 1 == d->chart->count)
            continue;
        tdm__put(d->plot.out, "%rM%t %tH%t",
                 open ? ""
                      : "<path fill=\"none\" stroke=\"" TDM__CHART_FAINT
                        "\" stroke-width=\"0.9\" stroke-dasharray=\"4 3\" d=\"",
                 x_of(d, point->length), tdm__chart_y(&d->plot, upper ? point->high : point->low),
                 x_of(d, end_of(d, i)));
        open = true;
    }
    if (open)
        tdm__put(d->plot.out, "\"/>\n");
}

static void put_curve(const drawing *d)
{
    tdm__put(d->plot.out,
             "<path fill=\"none\" stroke=\"" TDM__CHART_LINE "\" stroke-width=\"2.4\" d=\"M%t %t",
             d->plot.left, tdm__chart_y(&d->plot, 0.0));
    for (size_t i = 0; i < d->chart->count; i++)
        tdm__put(d->plot.out, "H%tV%t", x_of(d, d->chart->points[i].length),
                 tdm__chart_y(&d->plot, d->chart->points[i].percent));
    tdm__put(d->plot.out, "\"/>\n");
}

static void put_lengths(const drawing *d)
{
    int lines = (int)floor(d->along.high / d->along.step + 0.5), font = d->plot.shape->font - 5;
    for (int i = 0; i <= lines; i++) {
        double length = i * d->along.step;
        if (tdm__chart_is_narrow(d->plot.shape) && i % 2 != 0)
            continue;
        tdm__put(d->plot.out, "<path d=\"M%t %tv4\" stroke=\"" TDM__CHART_INK "\" stroke-width=\"1\"/>",
                 x_of(d, length), d->plot.top + d->plot.height);
        tdm__chart_text(d->plot.out, x_of(d, length), d->plot.top + d->plot.height + 170, font, "middle");
        tdm__chart_number(d->plot.out, length, i == lines ? d->chart->head.unit : "");
        tdm__put(d->plot.out, "</text>\n");
    }
}

static void put_shape(tdm__output *out, const tdm__step_chart *chart, const tdm__profile_shape *shape)
{
    bool narrow = tdm__chart_is_narrow(shape);
    int left = narrow ? 480 : 620, right = 420, top = 120, height = narrow ? 1700 : 2300;
    double most = 0, longest = 1;
    for (size_t i = 0; i < chart->count; i++) {
        double high = has_limits(&chart->points[i]) ? chart->points[i].high : chart->points[i].percent;
        most = fmax(most, high);
        longest = fmax(longest, chart->points[i].length);
    }
    drawing d = {{out, shape, left, top, shape->width - left - right, height,
                  tdm__chart_scale_of(0.0, fmax(most, 10.0), true), " %"},
                 chart,
                 tdm__chart_scale_of(0.0, longest, true)};
    tdm__chart_open(out, &chart->head, shape, top + height + 240);
    tdm__chart_grid(&d.plot);
    put_limits(&d);
    put_edges(&d, true);
    put_edges(&d, false);
    put_curve(&d);
    put_lengths(&d);
    tdm__put(out, "</svg>\n");
}

void tdm__chart_steps(tdm__output *out, const tdm__step_chart *chart)
{
    for (size_t i = 0; i < TDM__PROFILE_SHAPES && chart->count > 0; i++)
        put_shape(out, chart, &tdm__profile_shapes[i]);
}

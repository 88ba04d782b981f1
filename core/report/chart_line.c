/*
 * A line over time: its points, the limits that were worked out of some of them, signals by letter, changes
 * of definition as a gap with a number.
 */
#include "report/chart.h"

#include "report/picture.h"

#include <math.h>

enum { POINT = 36, SIGNAL = 62, LABEL_GAP = 120 };

typedef struct drawing {
    tdm__chart_plot plot;
    const tdm__line_chart *chart;
} drawing;

static int x_of(const drawing *d, size_t at)
{
    int count = (int)d->chart->count;
    return d->plot.left + d->plot.width * (2 * (int)at + 1) / (2 * count);
}

static tdm__chart_scale scale_of(const tdm__line_chart *chart)
{
    double low = INFINITY, high = -INFINITY;
    for (size_t i = 0; i < chart->count; i++) {
        if (!chart->points[i].given)
            continue;
        low = fmin(low, chart->points[i].value);
        high = fmax(high, chart->points[i].value);
    }
    if (chart->limited) {
        low = fmin(low, fmax(chart->low, 0.0));
        high = fmax(high, chart->high);
    }
    if (!(high >= low))
        return tdm__chart_scale_of(0.0, 1.0, true);
    /* No share is above all; where each is all, the axis has the whole below it. */
    bool shares = chart->head.unit[0] == ' ' && chart->head.unit[1] == '%';
    tdm__chart_scale scale = tdm__chart_scale_of(shares && low >= 100.0 ? 0.0 : low, high, false);
    if (shares && scale.high > 100.0)
        scale.high = 100.0;
    return scale;
}

bool tdm__chart_line_from_zero(const tdm__line_chart *chart)
{
    return scale_of(chart).low <= 0.0;
}

static void put_limit(const drawing *d, double value, const char *dashes)
{
    tdm__put(d->plot.out,
             "<path d=\"M%t %tH%t\" fill=\"none\" stroke=\"" TDM__CHART_FAINT "\" stroke-width=\"1.4\"%r/>\n",
             x_of(d, d->chart->limits_from) - d->plot.width / (2 * (int)d->chart->count),
             tdm__chart_y(&d->plot, value), d->plot.left + d->plot.width, dashes);
}

static void put_limit_words(const drawing *d, int y, const char *words, double value)
{
    bool narrow = tdm__chart_is_narrow(d->plot.shape);
    tdm__chart_text(d->plot.out, d->plot.left + d->plot.width + 50, y + 40, d->plot.shape->font - 10,
                    "start");
    tdm__put(d->plot.out, "%r", narrow ? "" : words);
    tdm__chart_number(d->plot.out, value, narrow ? "" : d->chart->head.unit);
    tdm__put(d->plot.out, "</text>\n");
}

/* Limits that no number can pass (below 0, over 100 percent) are not drawn. */
static void put_limits(const drawing *d)
{
    const tdm__line_chart *chart = d->chart;
    if (!chart->limited)
        return;
    bool has_low = chart->low > d->plot.scale.low, has_high = chart->high <= d->plot.scale.high;
    int centre = tdm__chart_y(&d->plot, chart->centre), high = tdm__chart_y(&d->plot, chart->high),
        low = tdm__chart_y(&d->plot, chart->low);
    put_limit(d, chart->centre, "");
    put_limit_words(d, centre, "centre ", chart->centre);
    if (has_high) {
        put_limit(d, chart->high, " stroke-dasharray=\"7 4\"");
        put_limit_words(d, high < centre - LABEL_GAP ? high : centre - LABEL_GAP, "upper limit ",
                        chart->high);
    }
    if (has_low) {
        put_limit(d, chart->low, " stroke-dasharray=\"7 4\"");
        put_limit_words(d, low > centre + LABEL_GAP ? low : centre + LABEL_GAP, "lower limit ", chart->low);
    }
}

/* A line between neighbours that are both given and of one definition. */
static void put_line(const drawing *d)
{
    bool open = false;
    for (size_t i = 1; i < d->chart->count; i++) {
        const tdm__line_point *before = &d->chart->points[i - 1], *point = &d->chart->points[i];
        if (!before->given || !point->given || point->change > 0)
            continue;
        tdm__put(d->plot.out, "%rM%t %tL%t %t",
                 open ? "" : "<path fill=\"none\" stroke=\"" TDM__CHART_LINE "\" stroke-width=\"2.2\" d=\"",
                 x_of(d, i - 1), tdm__chart_y(&d->plot, before->value), x_of(d, i),
                 tdm__chart_y(&d->plot, point->value));
        open = true;
    }
    if (open)
        tdm__put(d->plot.out, "\"/>\n");
}

static void put_change(const drawing *d, size_t at)
{
    int x = x_of(d, at) - d->plot.width / (2 * (int)d->chart->count);
    tdm__put(d->plot.out,
             "<path d=\"M%t %tV%t\" stroke=\"" TDM__CHART_INK "\" stroke-width=\"1.6\" "
             "stroke-dasharray=\"2 3\"/><text x=\"%t\" y=\"%t\" font-size=\"%t\" text-anchor=\"middle\" "
             "font-weight=\"700\">%r%d</text>\n",
             x, d->plot.top - 170, d->plot.top + d->plot.height, x, d->plot.top - 200,
             d->plot.shape->font - 5, tdm__chart_is_narrow(d->plot.shape) ? "" : "change ",
             d->chart->points[at].change);
}

static void put_signal(const drawing *d, int x, int y, char letter)
{
    char word[2] = {letter, '\0'};
    tdm__put(d->plot.out,
             "<path d=\"M%t %tL%t %tL%t %tL%t %tZ\" fill=\"#fff\" stroke=\"" TDM__CHART_INK
             "\" stroke-width=\"2.4\"/><text x=\"%t\" y=\"%t\" text-anchor=\"middle\" "
             "font-weight=\"700\">%r</text>",
             x, y - SIGNAL, x + SIGNAL, y, x, y + SIGNAL, x - SIGNAL, y, x, y - 100, word);
}

static void put_point(const drawing *d, size_t at)
{
    const tdm__line_point *point = &d->chart->points[at];
    tdm__output *out = d->plot.out;
    int x = x_of(d, at);
    tdm__put(out, "<g><title>%g: ", point->name);
    if (!point->given) {
        tdm__put(out, "not given</title>");
        tdm__chart_text(out, x, d->plot.top + d->plot.height - 40, d->plot.shape->font, "middle");
        tdm__put(out, "?</text></g>\n");
        return;
    }
    int y = tdm__chart_y(&d->plot, point->value);
    tdm__chart_number(out, point->value, d->chart->head.unit);
    tdm__put(out, "%r%g</title>", point->signals.length > 0 ? "; " : "", point->signals);
    if (point->letter)
        put_signal(d, x, y, point->letter);
    else
        tdm__put(out, "<circle cx=\"%t\" cy=\"%t\" r=\"%t\" fill=\"" TDM__CHART_LINE "\"/>", x, y, POINT);
    tdm__put(out, "</g>\n");
}

/* As many labels as have room, the last one always among them. */
static void put_labels(const drawing *d)
{
    int font = d->plot.shape->font - 10, step = d->plot.width / (int)d->chart->count, widest = 1;
    for (size_t i = 0; i < d->chart->count; i++) {
        int width = tdm__text_width(d->chart->points[i].label, font) + 100;
        widest = width > widest ? width : widest;
    }
    size_t every = (size_t)(step > 0 ? (widest + step - 1) / step : widest);
    for (size_t i = 0; i < d->chart->count; i++) {
        if ((d->chart->count - 1 - i) % every != 0)
            continue;
        bool first = x_of(d, i) - widest / 2 < 0;
        bool last = x_of(d, i) + widest / 2 > d->plot.shape->width;
        tdm__chart_text(d->plot.out,
                        first  ? 10
                        : last ? d->plot.shape->width - 10
                               : x_of(d, i),
                        d->plot.top + d->plot.height + 160, font,
                        first  ? "start"
                        : last ? "end"
                               : "middle");
        tdm__put(d->plot.out, "%g</text>\n", d->chart->points[i].label);
    }
}

static void put_shape(tdm__output *out, const tdm__line_chart *chart, const tdm__profile_shape *shape)
{
    bool narrow = tdm__chart_is_narrow(shape);
    int left = narrow ? 480 : 620, right = narrow ? 420 : 1500, top = 330, height = narrow ? 1700 : 2300;
    drawing d = {
        {out, shape, left, top, shape->width - left - right, height, scale_of(chart), chart->head.unit},
        chart};
    tdm__chart_open(out, &chart->head, shape, top + height + 230);
    tdm__chart_grid(&d.plot);
    put_limits(&d);
    for (size_t i = 0; i < chart->count; i++)
        if (chart->points[i].change > 0)
            put_change(&d, i);
    put_line(&d);
    for (size_t i = 0; i < chart->count; i++)
        put_point(&d, i);
    put_labels(&d);
    tdm__put(out, "</svg>\n");
}

void tdm__chart_line(tdm__output *out, const tdm__line_chart *chart)
{
    for (size_t i = 0; i < TDM__PROFILE_SHAPES && chart->count > 0; i++)
        put_shape(out, chart, &tdm__profile_shapes[i]);
}

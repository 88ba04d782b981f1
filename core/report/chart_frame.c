/*
 * Scales, grids and the outside of a chart.
 */
#include "report/chart.h"

#include <math.h>
#include <string.h>

bool tdm__chart_is_narrow(const tdm__profile_shape *shape)
{
    return shape->titles_above;
}

/* 1, 2 or 5 times a power of ten, so that there are four to eight of them. */
static double round_step(double span)
{
    double step = 0.1;
    static const double factors[] = {2.0, 2.5, 2.0};
    for (size_t i = 0; span / step > 6.0 && i < 60; i++)
        step *= factors[i % 3];
    return step;
}

tdm__chart_scale tdm__chart_scale_of(double low, double high, bool from_zero)
{
    if (!(high > low))
        high = low + 1.0;
    if (from_zero || low < 0.5 * high)
        low = low < 0.0 ? low : 0.0;
    double step = round_step(high - low);
    tdm__chart_scale scale = {floor(low / step) * step, ceil(high / step) * step, step};
    if (!(scale.high > scale.low))
        scale.high = scale.low + step;
    return scale;
}

int tdm__chart_y(const tdm__chart_plot *plot, double value)
{
    double low = plot->scale.low, high = plot->scale.high;
    double inside = value < low ? low : value > high ? high : value;
    return plot->top + plot->height - (int)floor((inside - low) / (high - low) * plot->height + 0.5);
}

void tdm__chart_open(tdm__output *out, const tdm__chart_head *head, const tdm__profile_shape *shape,
                     int height)
{
    tdm__put(
        out,
        "<svg xmlns=\"http://www.w3.org/2000/svg\" class=\"chart %r\" viewBox=\"0 0 %t %t\" width=\"%t\" "
        "height=\"%t\" role=\"group\" aria-labelledby=\"t-%r-%r\" aria-describedby=\"d-%r-%r\" "
        "font-family=\"Arial, 'Liberation Sans', 'DejaVu Sans', sans-serif\" font-size=\"%t\" "
        "fill=\"" TDM__CHART_INK "\">\n<title id=\"t-%r-%r\">%g</title><desc id=\"d-%r-%r\">%g",
        shape->name, shape->width, height, shape->width, height, head->id, shape->name, head->id, shape->name,
        shape->font, head->id, shape->name, head->title, head->id, shape->name, head->words);
    tdm__profile_opened(out, shape, height);
}

void tdm__chart_number(tdm__output *out, double value, const char *unit)
{
    double tenths = floor(fabs(value) * 10.0 + 0.5);
    int whole = tenths < 2e9 ? (int)tenths : 2000000000;
    tdm__put(out, "%t%r", value < 0 ? -whole : whole, unit);
}

void tdm__chart_text(tdm__output *out, int x, int y, int font, const char *anchor)
{
    tdm__put(out, "<text x=\"%t\" y=\"%t\" font-size=\"%t\"%r%r%r fill=\"" TDM__CHART_FAINT "\">", x, y, font,
             anchor[0] == 's' ? "" : " text-anchor=\"", anchor[0] == 's' ? "" : anchor,
             anchor[0] == 's' ? "" : "\"");
}

void tdm__chart_grid(const tdm__chart_plot *plot)
{
    int font = plot->shape->font - 5;
    int lines = (int)floor((plot->scale.high - plot->scale.low) / plot->scale.step + 0.5);
    for (int i = 0; i <= lines; i++) {
        double value = plot->scale.low + i * plot->scale.step;
        int y = tdm__chart_y(plot, value);
        tdm__put(plot->out, "<path d=\"M%t %tH%t\" stroke=\"%r\" stroke-width=\"%r\"/>", plot->left, y,
                 plot->left + plot->width, i == 0 ? TDM__CHART_INK : TDM__CHART_RULE, i == 0 ? "1" : "0.8");
        tdm__chart_text(plot->out, plot->left - 60, y + 40, font, "end");
        tdm__chart_number(plot->out, value, strcmp(plot->unit, " %") == 0 ? " %" : "");
        tdm__put(plot->out, "</text>\n");
    }
}

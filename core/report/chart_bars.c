/*
 * Bars, one below the other: the label at the left (above it where there is little room), the number behind.
 */
#include "report/chart.h"

#include "report/picture.h"

enum { ROW = 260, NARROW_ROW = 370, BAR = 150, TOP = 40 };

typedef struct columns {
    int left, width; /* of the longest bar */
} columns;

static columns columns_of(const tdm__bar_chart *chart, const tdm__profile_shape *shape)
{
    int label = 0, words = 0;
    for (size_t i = 0; i < chart->count; i++) {
        int own = tdm__text_width(chart->bars[i].label, shape->font);
        int behind = tdm__text_width(chart->bars[i].words, shape->font);
        label = own > label ? own : label;
        words = behind > words ? behind : words;
    }
    int most = shape->width * 2 / 5;
    int left = tdm__chart_is_narrow(shape) ? 40 : (label < most ? label : most) + 150;
    int width = shape->width - left - (words < most ? words : most) - 150;
    return (columns){left, width};
}

static void put_bar(tdm__output *out, const tdm__bar *bar, const tdm__profile_shape *shape, columns at,
                    double most, int top)
{
    bool narrow = tdm__chart_is_narrow(shape);
    int y = top + (narrow ? 170 : (ROW - BAR) / 2), width = 0;
    if (bar->given && most > 0)
        width = (int)(bar->value / most * at.width + 0.5);
    tdm__put(out, "<g><title>%g: %g</title>", bar->label, bar->words);
    tdm__put_lines(out, bar->label, narrow ? at.left : at.left - 90, narrow ? top + 130 : top + ROW / 2 + 42,
                   150, shape->font, narrow ? shape->width - 80 : at.left - 130, 1,
                   narrow ? "" : "text-anchor=\"end\"");
    tdm__put(out, "<path d=\"M%t %tv%t\" stroke=\"" TDM__CHART_INK "\" stroke-width=\"1\"/>", at.left, y - 20,
             BAR + 40);
    if (width > 0)
        tdm__put(out,
                 "<rect x=\"%t\" y=\"%t\" width=\"%t\" height=\"%t\" fill=\"#bfcad6\" "
                 "stroke=\"" TDM__CHART_INK "\" stroke-width=\"0.8\"/>",
                 at.left, y, width, BAR);
    tdm__put(out, "<text x=\"%t\" y=\"%t\">%g</text></g>\n", at.left + width + 70, y + BAR / 2 + 42,
             bar->words);
}

static void put_shape(tdm__output *out, const tdm__bar_chart *chart, const tdm__profile_shape *shape)
{
    int row = tdm__chart_is_narrow(shape) ? NARROW_ROW : ROW;
    columns at = columns_of(chart, shape);
    double most = 0;
    for (size_t i = 0; i < chart->count; i++)
        if (chart->bars[i].given && chart->bars[i].value > most)
            most = chart->bars[i].value;
    tdm__chart_open(out, &chart->head, shape, TOP + row * (int)chart->count + 60);
    for (size_t i = 0; i < chart->count; i++)
        put_bar(out, &chart->bars[i], shape, at, most, TOP + row * (int)i);
    tdm__put(out, "</svg>\n");
}

void tdm__chart_bars(tdm__output *out, const tdm__bar_chart *chart)
{
    for (size_t i = 0; i < TDM__PROFILE_SHAPES && chart->count > 0; i++)
        put_shape(out, chart, &tdm__profile_shapes[i]);
}

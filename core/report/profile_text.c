/*
 * Text in charts: lines no wider than their column, and the frame around a chart.
 */
#include "report/picture.h"
#include "report/profile.h"

const tdm__profile_shape tdm__profile_shapes[TDM__PROFILE_SHAPES] = {
    {"broad", 7600, 1900, 1640, 125, false, 4},
    {"narrow", 3600, 40, 40, 110, true, 2},
};

size_t tdm__line_end(tdm_str text, int font, int width)
{
    size_t fits = tdm__text_fit(text, font, width), cut = fits;
    if (fits == text.length)
        return fits;
    while (cut > 0 && text.data[cut] != ' ')
        cut--;
    if (cut > 0)
        return cut;
    if (fits == 0)
        tdm__utf8_next(text, &fits);
    return fits;
}

static tdm_str behind_line(tdm_str text, size_t end)
{
    while (end < text.length && text.data[end] == ' ')
        end++;
    return (tdm_str){text.data + end, text.length - end};
}

int tdm__line_count(tdm_str text, int font, int width, int most)
{
    int lines = 0;
    for (; text.length > 0 && lines < most; lines++)
        text = behind_line(text, tdm__line_end(text, font, width));
    return lines;
}

void tdm__put_lines(tdm__output *out, tdm_str text, int x, int y, int step, int font, int width, int most,
                    const char *attributes)
{
    for (int line = 0; text.length > 0 && line < most; line++) {
        size_t end = tdm__line_end(text, font, width);
        tdm_str rest = behind_line(text, end);
        bool cut = rest.length > 0 && line + 1 == most;
        if (cut)
            end = tdm__text_fit(text, font, width - font);
        tdm__put(out, "<text x=\"%t\" y=\"%t\" font-size=\"%t\"%r%r>%g%r</text>", x, y + line * step, font,
                 attributes[0] ? " " : "", attributes, (tdm_str){text.data, end}, cut ? "\xE2\x80\xA6" : "");
        text = rest;
    }
}

void tdm__profile_open(tdm__output *out, const tdm__profile_shape *shape, int height, const char *id,
                       const char *title)
{
    tdm__put(
        out,
        "<svg xmlns=\"http://www.w3.org/2000/svg\" class=\"chart %r\" viewBox=\"0 0 %t %t\" width=\"%t\" "
        "height=\"%t\" role=\"group\" aria-labelledby=\"t-%r-%r\" aria-describedby=\"d-%r-%r\" "
        "font-family=\"Arial, 'Liberation Sans', 'DejaVu Sans', sans-serif\" font-size=\"%t\" "
        "fill=\"#1d1d1b\">\n<title id=\"t-%r-%r\">%z</title><desc id=\"d-%r-%r\">",
        shape->name, shape->width, height, shape->width, height, id, shape->name, id, shape->name,
        shape->font, id, shape->name, title, id, shape->name);
}

void tdm__profile_opened(tdm__output *out, const tdm__profile_shape *shape, int height)
{
    tdm__put(out, "</desc>\n<rect width=\"%t\" height=\"%t\" fill=\"#fff\"/>\n", shape->width, height);
}

/*
 * Drawing the strip. Lengths are whole tenths of a pixel, as in the picture of a child. Nothing is told by
 * colour alone: what is only possible is a dashed frame, what is met is filled, each sign has its own shape.
 */
#include "report/replay_strip.h"

#define INK   "#1d1d1b"
#define FAINT "#4a4f55"

enum {
    WIDTH = TDM__STRIP_WIDTH,
    LEFT = TDM__STRIP_LEFT,
    TOP = 320,
    ROW = 240,
    BAR = 120,
    LEGEND = 420,
    LEGEND_LEFT = 1300,
    FONT = 130
};

typedef struct strip {
    tdm__output *out;
    const tdm__replay *replay;
    const tdm__replayed_child *child;
    tdm__axis axis;
    int number;
    int rows, bottom; /* lower edge of the rows */
} strip;

static void draw_years(const strip *s)
{
    int32_t first, last, month, day;
    tdm_day_to_civil(s->axis.first, &first, &month, &day);
    tdm_day_to_civil(s->axis.last, &last, &month, &day);
    int32_t step = 1;
    while ((last - first) / step > 18)
        step *= 2;
    for (int32_t year = first; year <= last; year++) {
        tdm_day start;
        tdm_day_from_civil(&start, year, 1, 1);
        int x = tdm__axis_x(&s->axis, start);
        if ((year - first) % step != 0)
            continue;
        tdm__put(s->out, "<path d=\"M%t %tV%t\" stroke=\"#c9cdd1\" stroke-width=\"1\"/>", x, TOP - 60,
                 s->bottom);
        /* The last label would run out of the picture. */
        if (x + 400 < WIDTH)
            tdm__put(s->out, "<text x=\"%t\" y=\"%t\" fill=\"" FAINT "\">%d</text>", x + 20, TOP - 100,
                     (int)year);
    }
}

static void put_title(const strip *s, int y, tdm_str title)
{
    size_t fits = tdm__text_fit(title, FONT, LEFT - 160 - FONT);
    tdm__put(s->out, "<text x=\"%t\" y=\"%t\" text-anchor=\"end\" fill=\"" INK "\">%g%r</text>", LEFT - 80, y,
             (tdm_str){title.data, fits}, fits < title.length ? "\xE2\x80\xA6" : "");
}

static void draw_diamond(const strip *s, int x, int y)
{
    tdm__put(s->out,
             "<path d=\"M%t %tl6 6l-6 6l-6 -6z\" fill=\"#fff\" stroke=\"" INK "\" stroke-width=\"1.5\"/>", x,
             y - 60);
}

static void draw_step_up(const strip *s, int x, int y, int level)
{
    tdm__put(s->out, "<path d=\"M%t %tl7 12h-14z\" fill=\"" INK "\"/>", x, y - 60);
    if (level >= 0)
        tdm__put(s->out,
                 "<text x=\"%t\" y=\"%t\" font-weight=\"700\" fill=\"" INK
                 "\" stroke=\"#fff\" stroke-width=\"3\" paint-order=\"stroke\">%d</text>",
                 x + 90, y + 50, level);
}

static void draw_span(const strip *s, tdm_day from, int end, int y, bool met)
{
    int x = tdm__axis_x(&s->axis, from);
    int width = end - x > 20 ? end - x : 20;
    tdm__put(s->out, "<rect x=\"%t\" y=\"%t\" width=\"%t\" height=\"%t\" %r/>", x, y - BAR / 2, width, BAR,
             met ? "fill=\"#8f84bf\" stroke=\"#4b3b8f\""
                 : "fill=\"#fff\" stroke=\"#4b3b8f\" stroke-width=\"1.5\" stroke-dasharray=\"4 3\"");
}

static void draw_item(const strip *s, const tdm__replayed *item, int row)
{
    int y = TOP + row * ROW + ROW / 2, end = tdm__axis_x(&s->axis, s->replay->to + 1);
    bool met = item->met_on != TDM_DAY_NONE;
    put_title(s, y + 45, s->replay->run->indicators[item->indicator].indicator->title);
    tdm__put(s->out, "<path d=\"M%t %tH%t\" stroke=\"#c9cdd1\" stroke-width=\"0.5\"/>", LEFT, y,
             s->axis.left + s->axis.width);
    if (!met || item->possible_on < item->met_on)
        draw_span(s, item->possible_on, met ? tdm__axis_x(&s->axis, item->met_on) : end, y, false);
    if (met)
        draw_span(s, item->met_on, end, y, true);
    if (item->first_met != TDM_DAY_NONE && item->first_met >= s->axis.first &&
        item->first_met <= s->axis.last)
        draw_diamond(s, tdm__axis_x(&s->axis, item->first_met), y);
    if (item->step_up.day != TDM_DAY_NONE && item->step_up.day <= s->axis.last)
        draw_step_up(s, tdm__axis_x(&s->axis, item->step_up.day), y, (int)item->step_up.to);
}

static void draw_legend(const strip *s)
{
    int y = s->bottom + LEGEND / 2, x = LEGEND_LEFT;
    tdm__axis kept = {.first = 0, .last = 1, .left = x, .width = 1};
    strip legend = {.out = s->out, .axis = kept};
    static const char *const words[] = {"possible", "met, as could be known",
                                        "met, by the days of the events", "step-up, and its level",
                                        "not asked"};
    static const int widths[] = {1150, 2150, 2700, 2100, 0};
    for (int i = 0; i < 5; i++) {
        legend.axis.left = x;
        if (i < 2)
            draw_span(&legend, 0, x + 300, y, i == 1);
        else if (i == 2)
            draw_diamond(&legend, x + 200, y);
        else if (i == 3)
            draw_step_up(&legend, x + 200, y, -1);
        else
            tdm__put(s->out, "<rect x=\"%t\" y=\"%t\" width=\"%t\" height=\"%t\" fill=\"#eceef0\"/>", x,
                     y - BAR / 2, 300, BAR);
        tdm__put(s->out, "<text x=\"%t\" y=\"%t\" fill=\"" INK "\">%z</text>", x + 380, y + 45, words[i]);
        x += widths[i];
    }
}

static void put_description(const strip *s)
{
    char period[TDM__REPLAY_WORDS_SIZE];
    tdm__replay_child_words(period, s->replay, s->child);
    tdm__put(s->out, "<title id=\"replay-t-%d\">What could have been known of child %g</title>", s->number,
             tdm_chronology_child_id(s->replay->run->chronology, s->child->child));
    tdm__put(s->out, "<desc id=\"replay-d-%d\">%z The table below says the same in words.</desc>\n",
             s->number, period);
}

static void draw_not_asked(const strip *s, tdm_day first, tdm_day last)
{
    int x = tdm__axis_x(&s->axis, first), end = tdm__axis_x(&s->axis, last + 1);
    if (end > x)
        tdm__put(s->out, "<rect x=\"%t\" y=\"%t\" width=\"%t\" height=\"%t\" fill=\"#eceef0\"/>", x, TOP - 60,
                 end - x, s->bottom - TOP + 60);
}

void tdm__replay_strip(tdm__output *out, const tdm__replay *replay, size_t number, tdm_day first,
                       tdm_day last)
{
    strip s = {.out = out, .replay = replay, .child = &replay->children[number - 1], .number = (int)number};
    int row = 0;
    s.axis = (tdm__axis){first, last, LEFT, WIDTH - LEFT - TDM__STRIP_RIGHT};
    for (size_t i = 0; i < s.child->count; i++)
        s.rows += tdm__replay_fired(&s.child->items[i]) ? 1 : 0;
    s.bottom = TOP + s.rows * ROW;
    int height = s.bottom + LEGEND;
    tdm__put(out,
             "<svg xmlns=\"http://www.w3.org/2000/svg\" class=\"strip\" viewBox=\"0 0 %t %t\" width=\"%t\" "
             "height=\"%t\" role=\"img\" aria-labelledby=\"replay-t-%d\" aria-describedby=\"replay-d-%d\" "
             "font-family=\"Arial, 'Liberation Sans', 'DejaVu Sans', sans-serif\" font-size=\"%t\">\n",
             WIDTH, height, WIDTH, height, s.number, s.number, FONT);
    put_description(&s);
    tdm__put(out, "<rect width=\"%t\" height=\"%t\" fill=\"#fff\"/>\n", WIDTH, height);
    draw_not_asked(&s, first, s.child->from - 1);
    draw_not_asked(&s, replay->to + 1, last);
    draw_years(&s);
    for (size_t i = 0; i < s.child->count; i++)
        if (tdm__replay_fired(&s.child->items[i]))
            draw_item(&s, &s.child->items[i], row++);
    draw_legend(&s);
    tdm__put(out, "</svg>\n");
}

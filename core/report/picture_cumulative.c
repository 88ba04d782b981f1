/*
 * Drawing the cumulative picture: a row of bars a theme, then how much has built up without and with fading,
 * the sum that shows a sustained rise, and under them the level of response, so that it is seen where one
 * grows and the other does not. Lengths are whole tenths of a pixel. Nothing is told by colour alone: what is
 * certain is filled or a line, what is only possible is hatched, each of the others has its own pattern.
 */
#include "report/cumulative.h"

#include <stdio.h>

#define INK   "#1d1d1b"
#define FAINT "#4a4f55"
#define LINE  "#8f2f14"

enum {
    THEME_ROW = 290,
    THEME_BARS = 220,
    PANEL = 620,
    GAP = 140,
    ABOVE_STRIP = 90, /* under the panel of the rise: where it is above its threshold */
    LABEL_APART = 125
};

typedef struct drawing {
    tdm__picture picture; /* its axis, shape and level are those of the figure */
    const char *css_class;
    const tdm__cumulative *cumulative;
    int themes_top, load_top, faded_top, rise_top; /* with the strip for a title */
    int theme_max;
} drawing;

static int strip(const drawing *d)
{
    return tdm__title_strip(&d->picture);
}

static int right_edge(const drawing *d)
{
    return d->picture.axis.left + d->picture.axis.width;
}

/* Just behind the last day of something. */
static int end_x(const drawing *d, tdm_day to)
{
    return tdm__axis_x(&d->picture.axis, to + 1);
}

/* Lines of a theme; one that no concern states has no row, and the page says so. */
static bool has_row(const drawing *d, size_t line)
{
    return line >= TDM__CUMULATIVE_FIRST_THEME && d->cumulative->lines[line].total.possible > 0;
}

static void place(drawing *d)
{
    tdm__picture *picture = &d->picture;
    int rows = 0;
    for (size_t line = 0; line < TDM__CUMULATIVE_LINES; line++) {
        rows += has_row(d, line) ? 1 : 0;
        for (uint32_t i = 0; has_row(d, line) && i < d->cumulative->quarter_count; i++) {
            int most = d->cumulative->lines[line].quarters[i].possible;
            d->theme_max = most > d->theme_max ? most : d->theme_max;
        }
    }
    d->themes_top = TDM__AXIS_HEIGHT + 60;
    d->load_top = d->themes_top + rows * (THEME_ROW + strip(d)) + GAP;
    d->faded_top = d->load_top + strip(d) + PANEL + GAP;
    d->rise_top = d->faded_top + strip(d) + PANEL + GAP;
    picture->level_top = d->rise_top + strip(d) + PANEL + ABOVE_STRIP + GAP;
    picture->level_bottom = picture->level_top + strip(d) + (TDM_LADDER_MAX + 1) * TDM__LEVEL_STEP;
    picture->legend_top = picture->level_bottom + GAP;
}

static void draw_base(const drawing *d, int y)
{
    tdm__put(d->picture.out, "<path d=\"M%t %tH%t\" stroke=\"" INK "\" stroke-width=\"1\"/>",
             d->picture.axis.left, y, right_edge(d));
}

static void draw_scale(const drawing *d, int y, const char *words)
{
    tdm__put(d->picture.out, "<text x=\"%t\" y=\"%t\" fill=\"" INK "\">%z</text>", right_edge(d) + 60, y + 40,
             words);
}

/* --- a row of bars a theme --- */

static void draw_rect(const drawing *d, int x, int y, int width, int height, bool certain)
{
    if (height <= 0)
        return;
    tdm__put(d->picture.out, "<rect x=\"%t\" y=\"%t\" width=\"%t\" height=\"%t\"", x, y, width, height);
    if (certain)
        tdm__put(d->picture.out, " fill=\"#b5654d\"/>");
    else
        tdm__put(d->picture.out, " fill=\"url(#%r-%d-l)\" stroke=\"" LINE "\" stroke-width=\"0.8\"/>",
                 d->picture.shape->name, (int)d->picture.position + 1);
}

static void draw_bars(const drawing *d, const tdm__cumulative_line *line, int base)
{
    const tdm__cumulative *c = d->cumulative;
    for (uint32_t i = 0; i < c->quarter_count; i++) {
        int x1 = tdm__axis_x(&d->picture.axis, c->quarter_starts[i]),
            x2 = end_x(d, c->quarter_starts[i + 1] - 1);
        int gap = x2 - x1 > 40 ? 8 : 0;
        int certain = THEME_BARS * line->quarters[i].certain / d->theme_max;
        int all = THEME_BARS * line->quarters[i].possible / d->theme_max;
        draw_rect(d, x1 + gap, base - certain, x2 - x1 - 2 * gap, certain, true);
        draw_rect(d, x1 + gap, base - all, x2 - x1 - 2 * gap, all - certain, false);
    }
}

static void draw_theme_scale(const drawing *d, int base)
{
    char most[16];
    snprintf(most, sizeof most, "%d", d->theme_max);
    tdm__put(d->picture.out,
             "<path d=\"M%t %tH%t\" stroke=\"#a3a8ad\" stroke-width=\"0.8\" stroke-dasharray=\"1 3\"/>",
             d->picture.axis.left, base - THEME_BARS, right_edge(d));
    draw_scale(d, base - THEME_BARS, most);
    draw_scale(d, base, "0");
}

static void draw_themes(const drawing *d)
{
    int top = d->themes_top;
    for (size_t index = 0; index < TDM__CUMULATIVE_LINES; index++) {
        int height = strip(d) + THEME_ROW, base = top + height - 30;
        char words[TDM__BOUNDS_WORDS_SIZE];
        if (!has_row(d, index))
            continue;
        tdm__bounds_words(words, d->cumulative->lines[index].total);
        tdm__draw_title(&d->picture, top, height, tdm__str(tdm__cumulative_title(index)), words);
        draw_base(d, base);
        if (d->theme_max > 0)
            draw_bars(d, &d->cumulative->lines[index], base);
        if (top == d->themes_top && d->theme_max > 0)
            draw_theme_scale(d, base);
        top += height;
    }
}

/* --- a panel with a line --- */

/* A number as at the end of a day. */
typedef struct point {
    tdm_day end;
    tdm_bounds value;
} point;

typedef struct panel {
    int top, base; /* of the plot */
    int64_t max;
    const point *points;
    size_t count;
    tdm_day from; /* where the line leaves 0 */
} panel;

static int value_y(const panel *p, int64_t value)
{
    return p->base - (int)((p->base - p->top) * value / (p->max > 0 ? p->max : 1));
}

static void put_path(const drawing *d, const panel *p, bool possible)
{
    tdm__put(d->picture.out, "M%t %t", tdm__axis_x(&d->picture.axis, p->from), p->base);
    for (size_t i = 0; i < p->count; i++)
        tdm__put(d->picture.out, "L%t %t", end_x(d, p->points[i].end),
                 value_y(p, possible ? p->points[i].value.possible : p->points[i].value.certain));
}

static void draw_line(const drawing *d, const panel *p)
{
    bool doubtful = false;
    for (size_t i = 0; i < p->count; i++)
        doubtful = doubtful || p->points[i].value.certain != p->points[i].value.possible;
    if (doubtful) {
        tdm__put(d->picture.out, "<path fill=\"url(#%r-%d-l)\" stroke=\"" LINE "\" stroke-width=\"0.7\" d=\"",
                 d->picture.shape->name, (int)d->picture.position + 1);
        put_path(d, p, true);
        for (size_t i = p->count; i > 0; i--)
            tdm__put(d->picture.out, "L%t %t", end_x(d, p->points[i - 1].end),
                     value_y(p, p->points[i - 1].value.certain));
        tdm__put(d->picture.out, "Z\"/>\n");
    }
    tdm__put(d->picture.out, "<path fill=\"none\" stroke=\"" LINE "\" stroke-width=\"2.2\" d=\"");
    put_path(d, p, false);
    tdm__put(d->picture.out, "\"/>\n");
}

static void draw_grid(const drawing *d, const panel *p, const char *most)
{
    draw_base(d, p->base);
    tdm__put(d->picture.out, "<path d=\"M%t %tH%tM%t %tH%t\" stroke=\"#c9cdd1\" stroke-width=\"0.8\"/>",
             d->picture.axis.left, p->top, right_edge(d), d->picture.axis.left, (p->top + p->base) / 2,
             right_edge(d));
    draw_scale(d, p->top, most);
    draw_scale(d, p->base, "0");
}

/* The number at the end of the line, where there is room between those of the scale. */
static void draw_now(const drawing *d, const panel *p, const char *words, int taken)
{
    int y = p->count > 0 ? value_y(p, p->points[p->count - 1].value.certain) : p->base;
    if (y - p->top < LABEL_APART || p->base - y < LABEL_APART ||
        (y - taken < LABEL_APART && taken - y < LABEL_APART))
        return;
    tdm__put(d->picture.out, "<text x=\"%t\" y=\"%t\" font-weight=\"700\" fill=\"" LINE "\">now %z</text>",
             right_edge(d) + 60, y + 40, words);
}

static tdm_status draw_load(const drawing *d, int top, bool faded)
{
    const tdm__cumulative *c = d->cumulative;
    const tdm__cumulative_line *line = &c->lines[TDM__CUMULATIVE_ALL];
    char most[TDM__BOUNDS_WORDS_SIZE], now[TDM__BOUNDS_WORDS_SIZE], note[TDM__WORDS_SIZE];
    point *points = tdm__arena_array(d->picture.arena, c->period_count, sizeof *points);
    panel p = {.top = top + strip(d), .points = points, .count = c->period_count};
    if (!points)
        return TDM_NO_MEMORY;
    p.base = p.top + PANEL;
    p.from = line->periods[0].from;
    for (uint32_t i = 0; i < c->period_count; i++) {
        const tdm__cumulative_period *period = &line->periods[i];
        points[i] = (point){period->to, faded ? period->faded_milli : period->load_milli};
        p.max = points[i].value.possible > p.max ? points[i].value.possible : p.max;
    }
    tdm_bounds top_value = {(int32_t)p.max, (int32_t)p.max}, last = points[p.count - 1].value;
    snprintf(note, sizeof note, "half life %d days", (int)c->settings.half_life_days);
    (faded ? tdm__milli_bounds_words : tdm__load_words)(most, top_value);
    (faded ? tdm__milli_bounds_words : tdm__load_words)(now, (tdm_bounds){last.certain, last.certain});
    tdm__draw_title(&d->picture, top, strip(d) + PANEL,
                    faded ? TDM_LIT("Load with fading") : TDM_LIT("Load without fading"),
                    faded ? note : "concerns so far");
    draw_grid(d, &p, most);
    draw_line(d, &p);
    draw_now(d, &p, now, p.top);
    return TDM_OK;
}

/* --- the rise --- */

static void draw_baseline(const drawing *d, const panel *p)
{
    const tdm__cusum_series *rise = &d->cumulative->lines[TDM__CUMULATIVE_ALL].rise;
    int x1 = tdm__axis_x(&d->picture.axis, rise->items[0].from), x2 = tdm__axis_x(&d->picture.axis, p->from);
    tdm__put(d->picture.out, "<rect x=\"%t\" y=\"%t\" width=\"%t\" height=\"%t\" fill=\"#e6e8eb\"/>", x1,
             p->top, x2 - x1, p->base - p->top);
    if (x2 - x1 > tdm__text_width(TDM_LIT("baseline"), d->picture.shape->font) + 60)
        tdm__put(d->picture.out, "<text x=\"%t\" y=\"%t\" fill=\"" FAINT "\">baseline</text>", x1 + 30,
                 p->base - 50);
}

static void draw_threshold(const drawing *d, const panel *p, int y)
{
    char words[TDM__BOUNDS_WORDS_SIZE], label[TDM__BOUNDS_WORDS_SIZE + 16];
    tdm__milli_words(words, d->cumulative->settings.rise.threshold_milli);
    snprintf(label, sizeof label, "threshold %s", words);
    tdm__put(d->picture.out,
             "<path d=\"M%t %tH%t\" stroke=\"" INK "\" stroke-width=\"1.4\" stroke-dasharray=\"7 4\"/>",
             tdm__axis_x(&d->picture.axis, p->from), y, right_edge(d));
    draw_scale(d, y, label);
}

/* Under the panel, a bar for each stretch of time in which it is above. */
static void draw_above(const drawing *d, const panel *p)
{
    const tdm__cusum_series *rise = &d->cumulative->lines[TDM__CUMULATIVE_ALL].rise;
    for (uint32_t i = 0, next; i < rise->count; i = next) {
        next = i + 1;
        while (next < rise->count && rise->items[next].above == rise->items[i].above)
            next++;
        int x1 = tdm__axis_x(&d->picture.axis, rise->items[i].from), x2 = end_x(d, rise->items[next - 1].to);
        if (rise->items[i].above == TDM_NOT_MET)
            continue;
        tdm__put(d->picture.out, "<rect x=\"%t\" y=\"%t\" width=\"%t\" height=\"5.5\"", x1, p->base + 25,
                 x2 - x1);
        if (rise->items[i].above == TDM_MET)
            tdm__put(d->picture.out, " fill=\"" INK "\"/>");
        else
            tdm__put(d->picture.out, " fill=\"url(#%r-%d-u)\" stroke=\"" INK "\" stroke-width=\"0.8\"/>",
                     d->picture.shape->name, (int)d->picture.position + 1);
    }
}

/* The numbers beside the panel, as far as there is room between that of the threshold and the edges. */
static void draw_rise_scale(const drawing *d, const panel *p, int threshold_y)
{
    char most[TDM__BOUNDS_WORDS_SIZE], now[TDM__BOUNDS_WORDS_SIZE];
    int32_t last = p->points[p->count - 1].value.certain;
    tdm__milli_bounds_words(most, (tdm_bounds){(int32_t)p->max, (int32_t)p->max});
    tdm__milli_bounds_words(now, (tdm_bounds){last, last});
    if (p->base - threshold_y >= LABEL_APART)
        draw_scale(d, p->base, "0");
    if (threshold_y - p->top >= LABEL_APART)
        draw_scale(d, p->top, most);
    draw_now(d, p, now, threshold_y);
}

static tdm_status draw_rise(const drawing *d)
{
    const tdm__cusum_series *rise = &d->cumulative->lines[TDM__CUMULATIVE_ALL].rise;
    uint32_t baseline = (uint32_t)d->cumulative->settings.rise.baseline;
    int64_t threshold = d->cumulative->settings.rise.threshold_milli;
    panel p = {.top = d->rise_top + strip(d), .max = threshold + threshold / 4};
    p.base = p.top + PANEL;
    tdm__draw_title(&d->picture, d->rise_top, strip(d) + PANEL, TDM_LIT("Sustained rise"), "CUSUM");
    if (rise->count <= baseline) {
        draw_base(d, p.base);
        tdm__put(d->picture.out,
                 "<text x=\"%t\" y=\"%t\" fill=\"" INK "\">not assessed: too short a record</text>",
                 d->picture.axis.left + 60, p.base - 60);
        return TDM_OK;
    }
    point *points = tdm__arena_array(d->picture.arena, rise->count, sizeof *points);
    if (!points)
        return TDM_NO_MEMORY;
    for (uint32_t i = baseline; i < rise->count; i++) {
        points[p.count++] = (point){rise->items[i].to, rise->items[i].sum_milli};
        p.max = rise->items[i].sum_milli.possible > p.max ? rise->items[i].sum_milli.possible : p.max;
    }
    p.points = points;
    p.from = rise->items[baseline].from;
    draw_baseline(d, &p);
    draw_base(d, p.base);
    draw_line(d, &p);
    draw_threshold(d, &p, value_y(&p, threshold));
    draw_rise_scale(d, &p, value_y(&p, threshold));
    draw_above(d, &p);
    return TDM_OK;
}

/* --- legend --- */

static const struct {
    const char *words;
    char drawn; /* b bar, l line, d dashes, g ground, a above, s step, or a pattern */
} legend[] = {
    {"incidents of concern", 'b'},
    {"as at the end of a period", 'l'},
    {"possible", 'L'},
    {"threshold of the rise", 'd'},
    {"baseline", 'g'},
    {"above the threshold", 'a'},
    {"possibly above", 'U'},
    {"level of response", 's'},
    {"level possible", 'P'},
};

static void draw_legend_sign(const drawing *d, char drawn, int x, int y)
{
    static const struct {
        char drawn;
        const char *shape;
    } signs[] = {
        {'b', "<path d=\"M%t %tv-5h9v5z\" fill=\"#b5654d\" stroke=\"#b5654d\" stroke-width=\"1\"/>"},
        {'l', "<path d=\"M%t %tl11 -4l10 -3\" fill=\"none\" stroke=\"" LINE "\" stroke-width=\"2.2\"/>"},
        {'d',
         "<path d=\"M%t %tm0 -3.5h21\" stroke=\"" INK "\" stroke-width=\"1.4\" stroke-dasharray=\"7 4\"/>"},
        {'g', "<path d=\"M%t %tm0 2.5v-12h20v12z\" fill=\"#e6e8eb\"/>"},
        {'a', "<path d=\"M%t %tv-5.5h20v5.5z\" fill=\"" INK "\"/>"},
        {'s', "<path d=\"M%t %th10v-6h10\" fill=\"none\" stroke=\"#3b2a7a\" stroke-width=\"2.4\"/>"},
    };
    for (size_t i = 0; i < sizeof signs / sizeof *signs; i++)
        if (signs[i].drawn == drawn) {
            tdm__put(d->picture.out, signs[i].shape, x, y + 35);
            return;
        }
    tdm__put(d->picture.out,
             "<rect x=\"%t\" y=\"%t\" width=\"20\" height=\"11\" fill=\"url(#%r-%d-%r)\" stroke=\"#6b7075\" "
             "stroke-width=\"0.8\"/>",
             x, y - 55, d->picture.shape->name, (int)d->picture.position + 1,
             (char[2]){(char)(drawn - 'A' + 'a'), '\0'});
}

/* Writes the legend, or only measures it: its height. */
static int draw_legend(const drawing *d, bool measure_only)
{
    int left = d->picture.shape->titles_above ? d->picture.shape->left + 20 : 80;
    int x = left, y = d->picture.legend_top + TDM__LEGEND_ROW / 2;
    for (size_t i = 0; i < sizeof legend / sizeof *legend; i++) {
        int width = 270 + tdm__text_width(tdm__str(legend[i].words), d->picture.shape->font);
        if (x > left && x + width > d->picture.shape->width - 40) {
            x = left;
            y += TDM__LEGEND_ROW;
        }
        if (!measure_only) {
            draw_legend_sign(d, legend[i].drawn, x, y);
            tdm__put(d->picture.out, "<text x=\"%t\" y=\"%t\" fill=\"" FAINT "\">%z</text>", x + 270, y + 40,
                     legend[i].words);
        }
        x += width + 180;
    }
    return y + TDM__LEGEND_ROW / 2 - d->picture.legend_top;
}

/* --- the whole --- */

static void put_description(const drawing *d)
{
    const tdm__cumulative *c = d->cumulative;
    char words[TDM__BOUNDS_WORDS_SIZE], rise[TDM__RISE_WORDS_SIZE];
    tdm__load_words(words, tdm__cumulative_now(c, false));
    tdm__put(d->picture.out, "Incidents of concern so far: %z; with fading: ", words);
    tdm__milli_bounds_words(words, tdm__cumulative_now(c, true));
    tdm__put(d->picture.out, "%z. By theme:", words);
    for (size_t line = TDM__CUMULATIVE_FIRST_THEME; line < TDM__CUMULATIVE_LINES; line++) {
        tdm__bounds_words(words, c->lines[line].total);
        tdm__put(d->picture.out, "%r %z %z", line == TDM__CUMULATIVE_FIRST_THEME ? "" : ",",
                 tdm__cumulative_title(line), words);
    }
    tdm__rise_words(rise, c);
    tdm__put(d->picture.out, ". %z. The table below has these numbers and the level of response by year.",
             rise);
}

static void open_svg(const drawing *d)
{
    const tdm__shape *shape = d->picture.shape;
    int child = (int)d->picture.position + 1;
    tdm__put(
        d->picture.out,
        "<svg xmlns=\"http://www.w3.org/2000/svg\" class=\"picture %r\" viewBox=\"0 0 %t %t\" width=\"%t\" "
        "height=\"%t\" role=\"img\" aria-labelledby=\"t-%r-%d\" aria-describedby=\"d-%r-%d\" "
        "font-family=\"Arial, 'Liberation Sans', 'DejaVu Sans', sans-serif\" font-size=\"%t\">\n",
        d->css_class, shape->width, d->picture.height, shape->width, d->picture.height, shape->name, child,
        shape->name, child, shape->font);
    tdm__put(d->picture.out, "<title id=\"t-%r-%d\">How much was recorded of child %g</title>", shape->name,
             child, tdm_chronology_child_id(d->picture.run->chronology, d->picture.child->child));
    tdm__put(d->picture.out, "<desc id=\"d-%r-%d\">", shape->name, child);
    put_description(d);
    tdm__put(d->picture.out, "</desc>\n");
    tdm__draw_patterns(&d->picture);
    tdm__put(d->picture.out, "<rect width=\"%t\" height=\"%t\" fill=\"#fff\"/>\n", shape->width,
             d->picture.height);
}

static tdm_status draw(drawing *d)
{
    place(d);
    d->picture.height = d->picture.legend_top + draw_legend(d, true) + 20;
    open_svg(d);
    tdm__draw_axis(&d->picture);
    draw_themes(d);
    tdm_status status = draw_load(d, d->load_top, false);
    if (status == TDM_OK)
        status = draw_load(d, d->faded_top, true);
    if (status == TDM_OK)
        status = draw_rise(d);
    tdm__draw_levels(&d->picture);
    draw_legend(d, false);
    tdm__put(d->picture.out, "</svg>\n");
    return status;
}

tdm_status tdm__picture_cumulative(tdm__page *page, size_t position, const tdm__cumulative *cumulative,
                                   const tdm__shape *shape)
{
    char name[TDM__WORDS_SIZE];
    tdm__arena arena;
    tdm__shape own = *shape;
    drawing d = {.css_class = shape->name, .cumulative = cumulative};
    snprintf(name, sizeof name, "sum-%s", shape->name);
    own.name = name;
    tdm__arena_init(&arena, &page->run->allocator);
    d.picture = (tdm__picture){.out = &page->out,
                               .run = page->run,
                               .child = &page->run->children[position],
                               .position = position,
                               .shape = &own,
                               .options = &page->options,
                               .arena = &arena};
    tdm__picture_axis(&d.picture);
    d.picture.quarter_count = tdm__axis_quarters(&d.picture.axis);
    tdm_status status = draw(&d);
    tdm__arena_free(&arena);
    return status;
}

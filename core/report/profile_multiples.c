/*
 * Small multiples: a panel an area and one for the total, time from left to right as long as it was,
 * the best at the top. Only assessments that can be compared are joined.
 */
#include "report/picture.h"
#include "report/profile.h"
#include "report/view.h"

#define INK   "#1d1d1b"
#define FAINT "#4a4f55"
#define NOW   "#1c2e45"

enum {
    TITLE_STEP = 140,
    TITLE_LINES = 2,
    PLOT_HEIGHT = 800,
    AXIS_HEIGHT = 400, /* the missing ones, then the days */
    LEFT = 580,        /* of the panel, for the ends of the scale */
    RIGHT = 90,
    PANEL_GAP = 160,
    GRIDS_MAX = 12, /* values that have a line each */
    DOT = 42,
    LEGEND_STEP = 190
};

typedef struct panels {
    tdm__output *out;
    const tdm__profile_shape *shape;
    const tdm__series *series;
    const tdm_score *last;
    const char *id;
    tdm__axis axis; /* its left is that of the panel in hand */
    tdm__text title;
    int width; /* of a panel */
    int title_lines;
} panels;

/* One panel: an area, or the total. */
typedef struct panel {
    const tdm__part *part; /* NULL: the total */
    tdm__level level;
    const tdm__scale *scale;
    bool on_scale, more_is_worse;
    int32_t max; /* of an amount, over all visits */
    int left, top;
} panel;

/* --- what is in a panel --- */

/* The result of a score in a panel, by the code of its part; NULL where that version has no such part. */
static const tdm__part_result *result_of(const tdm_score *score, const panel *p)
{
    if (!p->part)
        return &score->total;
    uint32_t area = tdm__instrument_find_part(&score->instrument->areas, p->part->code);
    return area == TDM__NO_PART ? NULL : &score->areas[area];
}

static int32_t largest(const panels *s, const panel *p)
{
    int32_t max = 1;
    for (size_t i = 0; i < s->series->visit_count; i++) {
        const tdm__part_result *result = result_of(s->series->visits[i].scores[0], p);
        if (result && result->max > max)
            max = result->max;
    }
    return max;
}

/* Areas, then the total. False behind the last, and where the last visit has no result of that kind. */
static bool panel_at(panel *out, const panels *s, size_t number)
{
    tdm__profile_row row;
    size_t found = 0;
    for (size_t i = 0; tdm__profile_row_at(&row, s->last, NULL, i); i++) {
        if (row.level == TDM__LEVEL_ITEMS || found++ != number)
            continue;
        *out = (panel){.part = row.part,
                       .level = row.level,
                       .scale = row.scale,
                       .on_scale = row.on_scale,
                       .more_is_worse = row.more_is_worse};
        out->max = largest(s, out);
        return true;
    }
    return false;
}

static bool assessed(const panel *p, const tdm__part_result *result)
{
    return result && result->reason == TDM__REASON_NONE &&
           (!p->on_scale || tdm__profile_place(p->scale, result->grade) >= 0);
}

static int amount_y(const panel *p, int32_t amount)
{
    int64_t held = amount < 0 ? 0 : amount > p->max ? p->max : amount;
    int down = (int)(held * PLOT_HEIGHT / p->max);
    return p->top + (p->more_is_worse ? down : PLOT_HEIGHT - down);
}

static int place_y(const panel *p, int place)
{
    int steps = (int)p->scale->value_count - 1;
    return p->top + (steps > 0 ? PLOT_HEIGHT * place / steps : PLOT_HEIGHT / 2);
}

static int result_y(const panel *p, const tdm__part_result *result)
{
    return p->on_scale ? place_y(p, tdm__profile_place(p->scale, result->grade)) : amount_y(p, result->grade);
}

static int day_x(const panels *s, const panel *p, tdm_day day)
{
    tdm__axis axis = s->axis;
    axis.left = p->left + LEFT;
    return axis.first == axis.last ? axis.left + axis.width / 2 : tdm__axis_x(&axis, day);
}

/* --- drawing one panel --- */

static void put_end(const panels *s, const panel *p, int y, int value, const char *word)
{
    tdm__put(s->out, "<text x=\"%t\" y=\"%t\" text-anchor=\"end\" font-size=\"%t\">%d %z</text>",
             p->left + LEFT - 60, y + 36, s->shape->font - 15, value, word);
}

static void draw_grid(const panels *s, const panel *p)
{
    int left = p->left + LEFT, right = left + s->axis.width;
    int count = p->on_scale ? (int)p->scale->value_count : 2;
    tdm__put(s->out, "<path d=\"");
    for (int i = 0; i < count; i++)
        if (count <= GRIDS_MAX || i == 0 || i == count - 1)
            tdm__put(s->out, "M%t %tH%t", left - 30, p->on_scale ? place_y(p, i) : p->top + i * PLOT_HEIGHT,
                     right + 30);
    tdm__put(s->out, "\" stroke=\"#d4d8dc\" stroke-width=\"0.8\"/>\n");
    if (p->on_scale) {
        put_end(s, p, p->top, (int)tdm__profile_value(p->scale, 0)->value, "best");
        put_end(s, p, p->top + PLOT_HEIGHT, (int)tdm__profile_value(p->scale, count - 1)->value, "worst");
    } else {
        put_end(s, p, amount_y(p, 0), 0, p->more_is_worse ? "best" : "worst");
        put_end(s, p, amount_y(p, p->max), (int)p->max, p->more_is_worse ? "worst" : "best");
    }
}

/* The start of each year within the time shown. */
static void draw_years(const panels *s, const panel *p)
{
    int32_t year, last, month, day;
    tdm_day start;
    tdm_day_to_civil(s->axis.first, &year, &month, &day);
    tdm_day_to_civil(s->axis.last, &last, &month, &day);
    if (last - year > 40)
        return;
    for (year++; year <= last; year++)
        if (tdm_day_from_civil(&start, year, 1, 1))
            tdm__put(
                s->out,
                "<path d=\"M%t %tv%t\" stroke=\"#a3a8ad\" stroke-width=\"0.8\" stroke-dasharray=\"1 3\"/>",
                day_x(s, p, start), p->top, PLOT_HEIGHT);
}

static void put_month(const panels *s, int x, int y, tdm_day day, const char *anchor)
{
    static const char *const months[] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                         "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
    int32_t year, month, of_month;
    tdm_day_to_civil(day, &year, &month, &of_month);
    tdm__put(s->out,
             "<text x=\"%t\" y=\"%t\" text-anchor=\"%r\" font-size=\"%t\" fill=\"" FAINT "\">%z %d</text>\n",
             x, y, anchor, s->shape->font - 15, months[month - 1], (int)year);
}

static void draw_days(const panels *s, const panel *p)
{
    int y = p->top + PLOT_HEIGHT + AXIS_HEIGHT - 60;
    if (s->axis.first == s->axis.last) {
        put_month(s, p->left + LEFT + s->axis.width / 2, y, s->axis.first, "middle");
        return;
    }
    put_month(s, p->left + LEFT - 60, y, s->axis.first, "start");
    put_month(s, p->left + LEFT + s->axis.width + 60, y, s->axis.last, "end");
}

static void draw_window(const panels *s, const panel *p, const tdm_score *score)
{
    if (score->window_from == TDM_DAY_NONE || score->window_to == TDM_DAY_NONE)
        return;
    int from = day_x(s, p, score->window_from), to = day_x(s, p, score->window_to);
    tdm__put(s->out, "<rect x=\"%t\" y=\"%t\" width=\"%t\" height=\"%t\" fill=\"#e3e8ee\"/>", from - 10,
             p->top - 30, to - from + 20, PLOT_HEIGHT + 60);
}

/* Whether this visit's result may be joined with the next one's. */
static bool comparable(const panels *s, const panel *p, size_t visit)
{
    const tdm__comparison *change = s->series->comparisons ? s->series->comparisons[visit] : NULL;
    const tdm__compared_part *part = tdm__profile_change(change, p->level, p->part);
    return part && part->change != TDM__CHANGE_NOT_COMPARABLE;
}

static void draw_joint(const panels *s, const panel *p, size_t visit)
{
    const tdm_score *one = s->series->visits[visit].scores[0], *next = s->series->visits[visit + 1].scores[0];
    const tdm__part_result *a = result_of(one, p), *b = result_of(next, p);
    if (!assessed(p, a) || !assessed(p, b))
        return;
    int x1 = day_x(s, p, one->date), x2 = day_x(s, p, next->date), y1 = result_y(p, a), y2 = result_y(p, b);
    if (comparable(s, p, visit))
        tdm__put(s->out, "<path d=\"M%t %tL%t %t\" stroke=\"" INK "\" stroke-width=\"1.2\"/>", x1, y1, x2,
                 y2);
    else
        tdm__put(s->out, "<path d=\"M%t %tl5 -11M%t %tl5 -11\" stroke=\"" INK "\" stroke-width=\"1.2\"/>",
                 (x1 + x2) / 2 - 45, (y1 + y2) / 2 + 55, (x1 + x2) / 2 - 5, (y1 + y2) / 2 + 55);
}

/* Below the plot, so that it is taken for no grade; with the bounds of an amount above it. */
static void draw_missing(const panels *s, const panel *p, const tdm__part_result *result, int x)
{
    int y = p->top + PLOT_HEIGHT + 120;
    if (result && !p->on_scale && result->high > result->low)
        tdm__put(s->out,
                 "<path d=\"M%t %tV%t\" stroke=\"" INK "\" stroke-width=\"2\" stroke-dasharray=\"3 2\"/>", x,
                 amount_y(p, result->low), amount_y(p, result->high));
    tdm__put(
        s->out,
        "<rect x=\"%t\" y=\"%t\" width=\"12\" height=\"13\" fill=\"#fff\" stroke=\"" INK
        "\" stroke-width=\"0.9\" stroke-dasharray=\"2 2\"/><text x=\"%t\" y=\"%t\" text-anchor=\"middle\" "
        "font-size=\"10.5\" font-weight=\"700\">?</text>\n",
        x - 60, y - 65, x, y + 38);
}

static void draw_visit(const panels *s, const panel *p, const tdm__visit *visit)
{
    for (size_t i = visit->count; i-- > 0;) {
        const tdm_score *score = visit->scores[i];
        const tdm__part_result *result = result_of(score, p);
        int x = day_x(s, p, score->date);
        if (!assessed(p, result)) {
            if (i == 0)
                draw_missing(s, p, result, x);
        } else if (i == 0) {
            tdm__put(s->out, "<circle cx=\"%t\" cy=\"%t\" r=\"%t\" fill=\"" NOW "\"/>\n", x,
                     result_y(p, result), DOT);
        } else {
            tdm__put(s->out,
                     "<path d=\"M%t %tl7 7l-7 7l-7 -7z\" fill=\"#fff\" stroke=\"" INK
                     "\" stroke-width=\"1.2\"/>\n",
                     x, result_y(p, result) - 70);
        }
    }
}

static void put_sentence(const panels *s, const panel *p)
{
    tdm__put(s->out, "%g: ", tdm__text_str(&s->title));
    for (size_t i = 0; i < s->series->visit_count; i++) {
        const tdm_score *score = s->series->visits[i].scores[0];
        const tdm__part_result *result = result_of(score, p);
        char day[TDM__WORDS_SIZE];
        tdm__day_words(day, score->date);
        tdm__put(s->out, "%r%z ", i == 0 ? "" : "; ", day);
        if (assessed(p, result))
            tdm__put(s->out, "%d", (int)result->grade);
        else
            tdm__put(s->out, "not assessed");
        if (i > 0 && !comparable(s, p, i - 1))
            tdm__put(s->out, ", not to be compared with the one before");
    }
}

static void take_title(panels *s, const panel *p)
{
    tdm__profile_title(&s->title, p->part);
    if (s->title.failed && s->out->status == TDM_OK)
        s->out->status = TDM_NO_MEMORY;
}

static void draw_panel(panels *s, panel *p, int left, int top)
{
    const tdm__series *series = s->series;
    p->left = left;
    p->top = top + s->title_lines * TITLE_STEP + 120;
    take_title(s, p);
    tdm__put(s->out, "<g><title>");
    put_sentence(s, p);
    tdm__put(s->out, "</title>\n");
    tdm__put_lines(s->out, tdm__text_str(&s->title), left, top + 120, TITLE_STEP, s->shape->font, s->width,
                   TITLE_LINES, "font-weight=\"700\"");
    for (size_t i = 0; i < series->visit_count; i++)
        draw_window(s, p, series->visits[i].scores[0]);
    draw_grid(s, p);
    draw_years(s, p);
    for (size_t i = 0; i + 1 < series->visit_count; i++)
        draw_joint(s, p, i);
    for (size_t i = 0; i < series->visit_count; i++)
        draw_visit(s, p, &series->visits[i]);
    draw_days(s, p);
    tdm__put(s->out, "</g>\n");
}

/* --- all of them --- */

static void find_axis(panels *s)
{
    s->axis = (tdm__axis){TDM_DAY_AFTER_ALL, TDM_DAY_BEFORE_ALL, 0, s->width - LEFT - RIGHT};
    for (size_t i = 0; i < s->series->visit_count; i++) {
        const tdm_score *score = s->series->visits[i].scores[0];
        tdm_day first = score->window_from != TDM_DAY_NONE && score->window_from < score->date
                            ? score->window_from
                            : score->date;
        tdm_day last = score->window_to != TDM_DAY_NONE && score->window_to > score->date ? score->window_to
                                                                                          : score->date;
        s->axis.first = first < s->axis.first ? first : s->axis.first;
        s->axis.last = last > s->axis.last ? last : s->axis.last;
    }
}

/* Lines that the longest title takes. */
static void find_title_lines(panels *s)
{
    panel p;
    s->title_lines = 1;
    for (size_t i = 0; panel_at(&p, s, i); i++) {
        take_title(s, &p);
        int lines = tdm__line_count(tdm__text_str(&s->title), s->shape->font, s->width, TITLE_LINES);
        s->title_lines = lines > s->title_lines ? lines : s->title_lines;
    }
}

static int panel_height(const panels *s)
{
    return s->title_lines * TITLE_STEP + 120 + PLOT_HEIGHT + AXIS_HEIGHT + 60;
}

/* A line of the legend, where there is something that it explains. */
typedef struct legend_line {
    const char *words;
    bool (*needed)(const panels *);
} legend_line;

static bool several_assessors(const panels *s)
{
    for (size_t i = 0; i < s->series->visit_count; i++)
        if (s->series->visits[i].count > 1)
            return true;
    return false;
}

static bool any_amount(const panels *s)
{
    panel p;
    for (size_t i = 0; panel_at(&p, s, i); i++)
        if (!p.on_scale)
            return true;
    return false;
}

static const legend_line legend[] = {
    {"Joined: can be compared. Broken (//): cannot.", NULL},
    {"Grey: the days that it is about. ?: not assessed.", NULL},
    {"Dashed and ?: not complete, from the least to the most it can be.", any_amount},
    {"Hollow: another assessor of the visit.", several_assessors},
};

/* Writes the legend below `top`, or only measures it: its height. */
static int put_legend(const panels *s, int top, bool measure_only)
{
    int y = top + 120;
    for (size_t i = 0; i < sizeof legend / sizeof *legend; i++) {
        if (legend[i].needed && !legend[i].needed(s))
            continue;
        if (!measure_only)
            tdm__put(s->out, "<text x=\"0\" y=\"%t\" font-size=\"%t\" fill=\"" FAINT "\">%z</text>\n", y,
                     s->shape->font - 10, legend[i].words);
        y += LEGEND_STEP;
    }
    return y - 80 - top;
}

static void put_shape(panels *s, const tdm__profile_shape *shape, size_t count)
{
    int across = (int)count < shape->panels ? (int)count : shape->panels;
    panel p;
    s->shape = shape;
    s->width = (shape->width - (shape->panels - 1) * PANEL_GAP) / shape->panels;
    find_title_lines(s);
    find_axis(s);
    int rows = ((int)count + across - 1) / across * panel_height(s);
    int height = rows + put_legend(s, rows, true);
    tdm__profile_open(s->out, shape, height, s->id, "Over time");
    for (size_t i = 0; panel_at(&p, s, i); i++) {
        take_title(s, &p);
        put_sentence(s, &p);
        tdm__put(s->out, ". ");
    }
    tdm__profile_opened(s->out, shape, height);
    for (size_t i = 0; panel_at(&p, s, i); i++)
        draw_panel(s, &p, (int)i % across * (s->width + PANEL_GAP), (int)i / across * panel_height(s));
    put_legend(s, rows, false);
    tdm__put(s->out, "</svg>\n");
}

void tdm__small_multiples(tdm__output *out, const tdm__series *series, const char *id)
{
    panels s = {
        .out = out, .series = series, .last = series->visits[series->visit_count - 1].scores[0], .id = id};
    size_t count = 0;
    for (panel p; panel_at(&p, &s, count);)
        count++;
    if (count == 0) {
        tdm__put(out, "<p>Nothing in this instrument comes to a grade or a sum for an area, so there is "
                      "nothing to draw "
                      "over time.</p>\n");
        return;
    }
    tdm__text_init(&s.title, out->text.allocator);
    tdm__put(out,
             "<figure class=\"profile\">\n<figcaption>Over time. Nearer together means less time between "
             "them.</figcaption>\n");
    for (size_t i = 0; i < TDM__PROFILE_SHAPES; i++)
        put_shape(&s, &tdm__profile_shapes[i], count);
    tdm__put(out, "</figure>\n");
    tdm__text_free(&s.title);
}

/*
 * The marks of one row of the profile, and the signs that explain them: shape and filling say what is
 * what, so that they read in grey.
 */
#include "report/profile.h"

#define INK    "#1d1d1b"
#define FAINT  "#4a4f55"
#define NOW    "#1c2e45"
#define RANGE  "#bfcad6"
#define GROUND "#f1f1ef"

enum { AREA_HALF = 90, DOT = 58, RING = 62, HEAD = 55, BAR = 60, AMOUNT_WORDS = 1080 };

int tdm__profile_column(const tdm__profile_plot *plot, const tdm__scale *scale, int place)
{
    return plot->left + (int)((int64_t)plot->width * (2 * place + 1) / (2 * (int)scale->value_count));
}

/* Left edge of the columns that are a concern; the right end of the plot when none is. */
static int concern_edge(const tdm__profile_plot *plot, const tdm__scale *scale)
{
    int place = 0;
    while (place < (int)scale->value_count &&
           !tdm__profile_is_concern(scale, tdm__profile_value(scale, place)->value))
        place++;
    return plot->left + (int)((int64_t)plot->width * place / (int)scale->value_count);
}

void tdm__profile_ground(const tdm__profile_plot *plot, const tdm__scale *scale, int top, int height)
{
    int edge = concern_edge(plot, scale), right = plot->left + plot->width;
    if (edge < right)
        tdm__put(plot->out, "<rect x=\"%t\" y=\"%t\" width=\"%t\" height=\"%t\" fill=\"" GROUND "\"/>", edge,
                 top, right - edge, height);
    tdm__put(plot->out, "<path d=\"");
    for (int place = 0; place < (int)scale->value_count; place++)
        tdm__put(plot->out, "M%t %tv%t", tdm__profile_column(plot, scale, place), top, height);
    tdm__put(plot->out, "\" stroke=\"#d4d8dc\" stroke-width=\"0.8\"/>\n");
}

/* --- one sign --- */

static void put_square(tdm__output *out, int x, int y, int half, bool filled)
{
    tdm__put(out,
             "<rect x=\"%t\" y=\"%t\" width=\"%t\" height=\"%t\" rx=\"2\" fill=\"%r\" stroke=\"" INK
             "\" stroke-width=\"1.4\"/>",
             x - half, y - half, 2 * half, 2 * half, filled ? INK : "#fff");
}

static void put_dot(tdm__output *out, int x, int y)
{
    tdm__put(out, "<circle cx=\"%t\" cy=\"%t\" r=\"%t\" fill=\"" NOW "\"/>", x, y, DOT);
}

static void put_ring(tdm__output *out, int x, int y, int radius)
{
    tdm__put(out,
             "<circle cx=\"%t\" cy=\"%t\" r=\"%t\" fill=\"#fff\" stroke=\"" INK "\" stroke-width=\"1.6\"/>",
             x, y, radius);
}

/* From the earlier mark's edge to the later one's; a head where the change is clear. */
static void put_way(tdm__output *out, int from, int to, int y, bool clear)
{
    int toward = to > from ? 1 : -1;
    tdm__put(out, "<path d=\"M%t %tH%t\" stroke=\"" INK "\" stroke-width=\"1.6\"%r/>", from, y,
             clear ? to - toward * HEAD : to, clear ? "" : " stroke-dasharray=\"3 3\"");
    if (clear)
        tdm__put(out, "<path d=\"M%t %tL%t %tL%t %tz\" fill=\"" INK "\"/>", to, y, to - toward * HEAD, y - 38,
                 to - toward * HEAD, y + 38);
}

static void put_spread(tdm__output *out, int from, int to, int y)
{
    tdm__put(out, "<path d=\"M%t %tv3.5M%t %tv3.5M%t %tH%t\" stroke=\"" FAINT "\" stroke-width=\"1.1\"/>",
             from, y, to, y, from, y + 35, to);
}

static void put_box(tdm__output *out, int x, int y, int width, int half)
{
    tdm__put(out,
             "<rect x=\"%t\" y=\"%t\" width=\"%t\" height=\"%t\" fill=\"#fff\" stroke=\"" FAINT
             "\" stroke-width=\"1\" stroke-dasharray=\"3 2\"/>",
             x, y - half, width, 2 * half);
}

static void put_range(tdm__output *out, int from, int to, int y)
{
    int left = from < to ? from : to, right = from < to ? to : from;
    tdm__put(out, "<rect x=\"%t\" y=\"%t\" width=\"%t\" height=\"9\" rx=\"4.5\" fill=\"" RANGE "\"/>",
             left - 45, y - 45, right - left + 90);
}

/* --- on the scale --- */

static bool has_range(const tdm__profile_row *row)
{
    const tdm__item_counts *items = &row->now->items;
    return row->level == TDM__LEVEL_ITEMS && items->has_worst && items->best != items->worst &&
           row->now->takes == TDM__NO_PART;
}

static void draw_range(const tdm__profile_plot *plot, const tdm__profile_row *row, const tdm__scale *scale,
                       int y)
{
    int best = tdm__profile_place(scale, row->now->items.best);
    int worst = tdm__profile_place(scale, row->now->items.worst);
    if (has_range(row) && best >= 0 && worst >= 0)
        put_range(plot->out, tdm__profile_column(plot, scale, best), tdm__profile_column(plot, scale, worst),
                  y);
}

/* As far as the scale goes on either side of the grade. */
static void draw_spread(const tdm__profile_plot *plot, const tdm__profile_row *row, const tdm__scale *scale,
                        int place, int y)
{
    if (!row->change || !row->change->has_spread || row->change->spread == 0)
        return;
    int from = place - (int)row->change->spread, to = place + (int)row->change->spread;
    put_spread(
        plot->out, tdm__profile_column(plot, scale, from < 0 ? 0 : from),
        tdm__profile_column(plot, scale, to < (int)scale->value_count ? to : (int)scale->value_count - 1), y);
}

static void put_number(tdm__output *out, int x, int y, int32_t number, const char *colour)
{
    tdm__put(out,
             "<text x=\"%t\" y=\"%t\" text-anchor=\"middle\" font-size=\"12\" font-weight=\"700\" "
             "fill=\"%r\">%d</text>",
             x, y + 42, colour, (int)number);
}

static void draw_before(const tdm__profile_plot *plot, const tdm__profile_row *row, int x, int y, bool same)
{
    if (row->level == TDM__LEVEL_ITEMS) {
        put_ring(plot->out, x, y, same ? RING + 38 : RING);
        return;
    }
    put_square(plot->out, x, y, same ? AREA_HALF + 35 : AREA_HALF, false);
    if (!same)
        put_number(plot->out, x, y, row->before, INK);
}

static void draw_now(const tdm__profile_plot *plot, const tdm__profile_row *row, int x, int y)
{
    if (row->level == TDM__LEVEL_ITEMS) {
        put_dot(plot->out, x, y);
        return;
    }
    put_square(plot->out, x, y, AREA_HALF, true);
    put_number(plot->out, x, y, row->now->grade, "#fff");
}

static bool joined(const tdm__profile_row *row)
{
    return row->has_before && row->assessed && row->change->change != TDM__CHANGE_NOT_COMPARABLE;
}

static bool clear_change(const tdm__profile_row *row)
{
    return row->change->change == TDM__CHANGE_BETTER || row->change->change == TDM__CHANGE_WORSE;
}

static const char *missing_words(const tdm__profile_row *row)
{
    return row->now->reason == TDM__REASON_NOT_APPLICABLE ? "does not apply" : "not assessed";
}

/* The words stand on the half that the earlier mark leaves free. */
static void draw_missing(const tdm__profile_plot *plot, const tdm__profile_row *row, int before_x, int y)
{
    int x = plot->left, width = plot->width;
    if (row->has_before) {
        width = width / 2 - 100;
        x += before_x < plot->left + plot->width / 2 ? plot->width / 2 + 100 : 0;
    }
    put_box(plot->out, x + 20, y, width - 40, 80);
    tdm__put(plot->out,
             "<text x=\"%t\" y=\"%t\" text-anchor=\"middle\" font-size=\"%t\" fill=\"" FAINT "\">%z</text>",
             x + width / 2, y + 38, plot->shape->font - 10, missing_words(row));
}

static void draw_grade(const tdm__profile_plot *plot, const tdm__profile_row *row, const tdm__scale *scale,
                       int y)
{
    int before = row->has_before ? tdm__profile_place(scale, row->before) : 0;
    int before_x = tdm__profile_column(plot, scale, before);
    int edge = row->level == TDM__LEVEL_ITEMS ? DOT : AREA_HALF;
    draw_range(plot, row, scale, y);
    if (!row->assessed) {
        if (row->has_before)
            draw_before(plot, row, before_x, y, false);
        draw_missing(plot, row, before_x, y);
        return;
    }
    int place = tdm__profile_place(scale, row->now->grade), x = tdm__profile_column(plot, scale, place);
    draw_spread(plot, row, scale, place, y + edge - 12);
    if (row->has_before)
        draw_before(plot, row, before_x, y, before == place);
    if (joined(row) && before != place) {
        int toward = x > before_x ? 1 : -1;
        put_way(plot->out, before_x + toward * edge, x - toward * (edge + 8), y, clear_change(row));
    }
    draw_now(plot, row, x, y);
}

/* --- amounts --- */

static int amount_x(const tdm__profile_plot *plot, const tdm__profile_row *row, int32_t amount)
{
    int32_t max = row->now->max > 0 ? row->now->max : 1;
    int64_t held = amount < 0 ? 0 : amount > max ? max : amount;
    return plot->left + (int)(held * (plot->width - AMOUNT_WORDS) / max);
}

static void put_bar(tdm__output *out, int from, int to, int y, const char *paint)
{
    if (to > from)
        tdm__put(out, "<rect x=\"%t\" y=\"%t\" width=\"%t\" height=\"%t\" %r/>", from, y - BAR, to - from,
                 2 * BAR, paint);
}

#define FILLED_BAR "fill=\"#4f6580\""
#define OPEN_BAR   "fill=\"#fff\" stroke=\"#1d1d1b\" stroke-width=\"1\" stroke-dasharray=\"3 2\""

static void draw_amount(const tdm__profile_plot *plot, const tdm__profile_row *row, int y)
{
    const tdm__part_result *now = row->now;
    int low = amount_x(plot, row, now->low), high = amount_x(plot, row, now->high);
    int right = plot->left + plot->width - AMOUNT_WORDS;
    put_bar(plot->out, plot->left, right, y, "fill=\"" GROUND "\" stroke=\"#a3a8ad\" stroke-width=\"0.8\"");
    put_bar(plot->out, plot->left, low, y, FILLED_BAR);
    put_bar(plot->out, low, high, y, OPEN_BAR);
    if (row->has_before)
        put_ring(plot->out, amount_x(plot, row, row->before), y, RING - 15);
    tdm__put(plot->out, "<text x=\"%t\" y=\"%t\" font-size=\"%t\"%r>", right + 120, y + 40,
             plot->shape->font - 10, row->level == TDM__LEVEL_ITEMS ? "" : " font-weight=\"700\"");
    if (now->low != now->high)
        tdm__put(plot->out, "%d to ", (int)now->low);
    tdm__put(plot->out, "%d of %d</text>", (int)now->high, (int)now->max);
}

void tdm__profile_marks(const tdm__profile_plot *plot, const tdm__profile_row *row, int y)
{
    if (row->on_scale)
        draw_grade(plot, row, row->scale, y);
    else if (row->now->reason == TDM__REASON_NOT_APPLICABLE)
        draw_missing(plot, row, plot->left, y);
    else
        draw_amount(plot, row, y);
}

/* --- the legend --- */

const tdm__profile_sign tdm__profile_signs[] = {
    {'a', 240, "an area, now"},
    {'s', 190, "a part of it, now"},
    {'b', 190, "before"},
    {'r', 420, "from its best to its worst item"},
    {'c', 460, "a clear change"},
    {'d', 400, "no clear change"},
    {'p', 400, "how far two assessors of one visit stood apart"},
    {'g', 360, "grades that are a concern"},
    {'n', 360, "not assessed, or does not apply"},
    {'f', 360, "counted"},
    {'o', 360, "not known: may have to be added"},
    {0, 0, NULL},
};

void tdm__profile_draw_sign(tdm__output *out, char drawn, int x, int y, int width)
{
    int right = x + width - 70;
    switch (drawn) {
    case 'a':
        put_square(out, x + AREA_HALF, y, AREA_HALF - 20, true);
        break;
    case 's':
        put_dot(out, x + DOT, y);
        break;
    case 'b':
        put_ring(out, x + RING, y, RING - 8);
        break;
    case 'r':
        put_range(out, x + 45, right - 45, y);
        break;
    case 'c':
    case 'd':
        put_way(out, x, right, y, drawn == 'c');
        break;
    case 'p':
        put_spread(out, x, right, y - 25);
        break;
    case 'n':
        put_box(out, x, y, width - 70, BAR - 10);
        break;
    case 'g':
        put_bar(out, x, right, y, "fill=\"" GROUND "\" stroke=\"#d4d8dc\" stroke-width=\"0.8\"");
        break;
    default:
        put_bar(out, x, right, y, drawn == 'f' ? FILLED_BAR : OPEN_BAR);
        break;
    }
}

static bool shows_way(const tdm__profile_row *row, bool clear)
{
    return row->on_scale && joined(row) && row->before != row->now->grade && clear_change(row) == clear;
}

bool tdm__profile_shows(const tdm__profile_row *row, char drawn)
{
    bool missing = row->now->reason == TDM__REASON_NOT_APPLICABLE;
    switch (drawn) {
    case 'a':
        return row->on_scale && row->assessed && row->level != TDM__LEVEL_ITEMS;
    case 's':
        return row->on_scale && row->assessed && row->level == TDM__LEVEL_ITEMS;
    case 'b':
        return row->has_before;
    case 'r':
        return row->on_scale && has_range(row);
    case 'c':
    case 'd':
        return shows_way(row, drawn == 'c');
    case 'p':
        return row->on_scale && row->assessed && row->change && row->change->has_spread &&
               row->change->spread > 0;
    case 'g':
        return row->on_scale && row->scale->has_concern;
    case 'n':
        return missing || (row->on_scale && !row->assessed);
    case 'f':
        return !row->on_scale && !missing && row->now->low > 0;
    default:
        return !row->on_scale && !missing && row->now->low != row->now->high;
    }
}

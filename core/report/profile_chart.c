/*
 * The profile: a row an area and a row each of its parts, from the best grade at the left to the worst
 * at the right, with the assessment before where there is one.
 */
#include "report/picture.h"
#include "report/profile.h"
#include "report/view.h"

#define INK   "#1d1d1b"
#define FAINT "#4a4f55"

enum {
    TITLE_STEP = 150,
    TITLE_LINES = 3,
    LABEL_STEP = 118,
    LABEL_LINES = 4,
    ROW_MIN = 260,
    AREA_ROW_MIN = 320,
    MARKS_HEIGHT = 240,
    NUMBERED_MAX = 12, /* columns that have a number each */
    LEGEND_STEP = 190,
    GAP = 60
};

typedef struct chart {
    tdm__profile_plot plot;
    const tdm_score *now;
    const tdm__comparison *change;
    const char *id;
    tdm__text title, words; /* of the row in hand */
} chart;

/* --- one row --- */

void tdm__profile_words(tdm__text *out, const tdm__profile_row *row, const tdm__comparison *change)
{
    tdm__text_clear(out);
    if (row->now->reason == TDM__REASON_INCOMPLETE)
        tdm__text_puts(out, "not complete");
    else if (row->now->reason == TDM__REASON_NOT_APPLICABLE)
        tdm__text_puts(out, row->has_before ? "does not apply now" : "");
    else if (row->change)
        tdm__comparison_words(out, change, row->change, row->level);
    else if (!row->assessed)
        tdm__text_puts(out, "not assessed");
}

void tdm__profile_sentence(tdm__output *out, const tdm__profile_row *row, tdm_str title, tdm_str words)
{
    const tdm__part_result *now = row->now;
    tdm__put(out, "%g: ", title);
    if (row->assessed && row->on_scale)
        tdm__put(out, "%d", (int)now->grade);
    else if (row->assessed)
        tdm__put(out, "%d of %d", (int)now->grade, (int)now->max);
    else if (now->reason == TDM__REASON_NOT_APPLICABLE)
        tdm__put(out, "does not apply");
    else if (row->on_scale)
        tdm__put(out, "not assessed");
    else
        tdm__put(out, "not complete, %d to %d of %d", (int)now->low, (int)now->high, (int)now->max);
    if (row->has_before)
        tdm__put(out, ", was %d", (int)row->before);
    if (row->change)
        tdm__put(out, ", %g", words);
    if (row->level == TDM__LEVEL_ITEMS && row->on_scale && now->items.has_worst &&
        now->items.best != now->items.worst)
        tdm__put(out, ", its items from %d to %d", (int)now->items.best, (int)now->items.worst);
    if (row->assessed && now->majority_not_clear)
        tdm__put(out, ", the grades in it are mixed");
}

static void take_row(chart *c, const tdm__profile_row *row)
{
    tdm__profile_title(&c->title, row->part);
    tdm__profile_words(&c->words, row, c->change);
    if ((c->title.failed || c->words.failed) && c->plot.out->status == TDM_OK)
        c->plot.out->status = TDM_NO_MEMORY;
}

static int words_width(const chart *c)
{
    return tdm__text_width(tdm__text_str(&c->words), c->plot.shape->font);
}

/* Room of the title: the gutter, or what the words leave of the line. */
static int title_room(const chart *c)
{
    const tdm__profile_shape *shape = c->plot.shape;
    if (!shape->titles_above)
        return shape->left - 150;
    return shape->width - shape->left - shape->right - words_width(c) - 120;
}

static int title_lines(const chart *c)
{
    int lines = tdm__line_count(tdm__text_str(&c->title), c->plot.shape->font, title_room(c), TITLE_LINES);
    return lines > 0 ? lines : 1;
}

static int row_height(const chart *c, const tdm__profile_row *row)
{
    bool area = row->level != TDM__LEVEL_ITEMS;
    if (c->plot.shape->titles_above)
        return title_lines(c) * TITLE_STEP + MARKS_HEIGHT + (area ? 60 : 20);
    int least = area ? AREA_ROW_MIN : ROW_MIN, needed = title_lines(c) * TITLE_STEP + 80;
    return needed > least ? needed : least;
}

static void put_title(const chart *c, const tdm__profile_row *row, int y)
{
    const tdm__profile_shape *shape = c->plot.shape;
    bool area = row->level != TDM__LEVEL_ITEMS;
    tdm__put_lines(c->plot.out, tdm__text_str(&c->title), shape->titles_above || area ? 40 : 140, y,
                   TITLE_STEP, shape->font, title_room(c), TITLE_LINES, area ? "font-weight=\"700\"" : "");
}

static void put_words(const chart *c, const tdm__profile_row *row, int y)
{
    const tdm__profile_shape *shape = c->plot.shape;
    bool strong = row->change && row->change->reason == TDM__CHANGED;
    if (shape->titles_above)
        tdm__put_lines(c->plot.out, tdm__text_str(&c->words), shape->width - shape->right, y, TITLE_STEP,
                       shape->font, shape->width, 1,
                       strong ? "text-anchor=\"end\" font-weight=\"700\"" : "text-anchor=\"end\"");
    else
        tdm__put_lines(c->plot.out, tdm__text_str(&c->words), shape->width - shape->right + 110, y,
                       TITLE_STEP, shape->font, shape->right - 110, 2, strong ? "font-weight=\"700\"" : "");
}

/* First base line of `lines` lines around a middle. */
static int first_line_y(int middle, int lines)
{
    return middle + 42 - (lines - 1) * TITLE_STEP / 2;
}

static void draw_row(const chart *c, const tdm__profile_row *row, int top, int height)
{
    tdm__output *out = c->plot.out;
    bool area = row->level != TDM__LEVEL_ITEMS, above = c->plot.shape->titles_above;
    int y = above ? top + height - MARKS_HEIGHT / 2 : top + height / 2;
    int words = tdm__line_count(tdm__text_str(&c->words), c->plot.shape->font, c->plot.shape->right - 110, 2);
    tdm__put(out, "<g><title>");
    tdm__profile_sentence(out, row, tdm__text_str(&c->title), tdm__text_str(&c->words));
    tdm__put(out, "</title>\n");
    if (area)
        tdm__put(out, "<path d=\"M0 %tH%t\" stroke=\"#a3a8ad\" stroke-width=\"0.8\"/>", top,
                 c->plot.shape->width);
    if (row->on_scale)
        tdm__profile_ground(&c->plot, row->scale, above ? y - MARKS_HEIGHT / 2 : top + 4,
                            above ? MARKS_HEIGHT : height - 4);
    put_title(c, row, above ? top + (area ? 160 : 130) : first_line_y(y, title_lines(c)));
    put_words(c, row, above ? top + (area ? 160 : 130) : first_line_y(y, words));
    tdm__profile_marks(&c->plot, row, y);
    tdm__put(out, "</g>\n");
}

/* --- the heading of the columns --- */

static bool numbered(const tdm__scale *scale, int place)
{
    return (int)scale->value_count <= NUMBERED_MAX || place == 0 || place == (int)scale->value_count - 1;
}

static int column_room(const chart *c, const tdm__scale *scale)
{
    return c->plot.width / (int)scale->value_count - 30;
}

static int label_font(const chart *c)
{
    return c->plot.shape->font - 20;
}

/* Whether every label stands whole below its number: no word wider than the column, no more lines than there
 * are. */
static bool labels_fit(const chart *c, const tdm__scale *scale)
{
    int room = column_room(c, scale), font = label_font(c);
    for (int i = 0; i < (int)scale->value_count; i++) {
        tdm_str rest = scale->values[i].label;
        if (tdm__line_count(rest, font, room, LABEL_LINES + 1) > LABEL_LINES)
            return false;
        while (rest.length > 0)
            if (tdm__text_width(tdm__str_split(&rest, ' '), font) > room)
                return false;
    }
    return true;
}

static int heading_height(const chart *c, const tdm__scale *scale)
{
    int lines = 0;
    for (int i = 0; i < (int)scale->value_count && labels_fit(c, scale); i++) {
        int own = tdm__line_count(scale->values[i].label, label_font(c), column_room(c, scale), LABEL_LINES);
        lines = own > lines ? own : lines;
    }
    return 330 + lines * LABEL_STEP;
}

static void draw_heading(const chart *c, const tdm__scale *scale, int top)
{
    tdm__output *out = c->plot.out;
    bool labels = labels_fit(c, scale);
    int font = label_font(c);
    tdm__put(out,
             "<text x=\"%t\" y=\"%t\" font-size=\"%t\" fill=\"" FAINT "\">best</text>"
             "<text x=\"%t\" y=\"%t\" font-size=\"%t\" fill=\"" FAINT "\" text-anchor=\"end\">worst</text>\n",
             c->plot.left, top + 120, font, c->plot.left + c->plot.width, top + 120, font);
    for (int place = 0; place < (int)scale->value_count; place++) {
        const tdm__scale_value *value = tdm__profile_value(scale, place);
        int x = tdm__profile_column(&c->plot, scale, place);
        if (numbered(scale, place))
            tdm__put(out, "<text x=\"%t\" y=\"%t\" text-anchor=\"middle\" font-weight=\"700\">%d</text>", x,
                     top + 260, (int)value->value);
        if (labels)
            tdm__put_lines(out, value->label, x, top + 260 + LABEL_STEP + 10, LABEL_STEP, font,
                           column_room(c, scale), LABEL_LINES, "text-anchor=\"middle\" fill=\"" FAINT "\"");
    }
    tdm__put(out, "\n");
}

/* --- the legend --- */

static bool any_shows(const chart *c, char drawn)
{
    tdm__profile_row row;
    for (size_t i = 0; tdm__profile_row_at(&row, c->now, c->change, i); i++) {
        if (tdm__profile_shows(&row, drawn))
            return true;
    }
    return false;
}

/* Writes the legend, or only measures it: its height. */
static int put_legend(const chart *c, int top, bool measure_only)
{
    const tdm__profile_shape *shape = c->plot.shape;
    int x = 40, y = top + LEGEND_STEP / 2, font = label_font(c);
    for (const tdm__profile_sign *sign = tdm__profile_signs; sign->drawn; sign++) {
        int width = sign->width + tdm__text_width(tdm__str(sign->words), font);
        if (!any_shows(c, sign->drawn))
            continue;
        if (x > 40 && x + width > shape->width) {
            x = 40;
            y += LEGEND_STEP;
        }
        if (!measure_only) {
            tdm__profile_draw_sign(c->plot.out, sign->drawn, x, y, sign->width);
            tdm__put(c->plot.out, "<text x=\"%t\" y=\"%t\" font-size=\"%t\" fill=\"" FAINT "\">%z</text>\n",
                     x + sign->width, y + 36, font, sign->words);
        }
        x += width + 150;
    }
    return y + LEGEND_STEP / 2 + 20 - top;
}

/* --- the whole --- */

/* On the scale itself, or an area that is not but whose parts are. */
static bool needs_heading(const chart *c, const tdm__profile_row *row, size_t number)
{
    tdm__profile_row next;
    if (row->on_scale || row->level != TDM__LEVEL_SUB_AREAS)
        return row->on_scale;
    return tdm__profile_row_at(&next, c->now, NULL, number + 1) && next.level == TDM__LEVEL_ITEMS &&
           next.on_scale;
}

/* Draws all rows, or only measures them: where they end. */
static int put_rows(chart *c, bool measure_only)
{
    const tdm__scale_value *headed = NULL;
    tdm__profile_row row;
    int top = 0;
    for (size_t i = 0; tdm__profile_row_at(&row, c->now, c->change, i); i++) {
        take_row(c, &row);
        if (needs_heading(c, &row, i) && row.scale->values != headed) {
            if (!measure_only)
                draw_heading(c, row.scale, top);
            top += heading_height(c, row.scale);
            headed = row.scale->values;
        }
        int height = row_height(c, &row);
        if (!measure_only)
            draw_row(c, &row, top, height);
        top += height;
    }
    return top;
}

static void put_description(chart *c)
{
    tdm__profile_row row;
    char day[TDM__WORDS_SIZE];
    tdm__day_words(day, c->now->date);
    tdm__put(c->plot.out, "Profile of %z.", day);
    if (c->change) {
        tdm__day_words(day, c->change->before->date);
        tdm__put(c->plot.out, " Before: %z.", day);
    }
    for (size_t i = 0; tdm__profile_row_at(&row, c->now, c->change, i); i++) {
        take_row(c, &row);
        tdm__put(c->plot.out, " ");
        tdm__profile_sentence(c->plot.out, &row, tdm__text_str(&c->title), tdm__text_str(&c->words));
        tdm__put(c->plot.out, ".");
    }
}

static void put_shape(chart *c, const tdm__profile_shape *shape)
{
    c->plot.shape = shape;
    c->plot.left = shape->left;
    c->plot.width = shape->width - shape->left - shape->right;
    int rows = put_rows(c, true);
    int height = rows + GAP + put_legend(c, rows + GAP, true);
    tdm__profile_open(c->plot.out, shape, height, c->id, "Profile");
    put_description(c);
    tdm__profile_opened(c->plot.out, shape, height);
    put_rows(c, false);
    put_legend(c, rows + GAP, false);
    tdm__put(c->plot.out, "</svg>\n");
}

/* What the grades mean, where a chart has no room for it. */
static void put_key(chart *c)
{
    const tdm__scale_value *said = NULL;
    tdm__profile_row row;
    for (size_t i = 0; tdm__profile_row_at(&row, c->now, c->change, i); i++) {
        int labels = 0;
        if (!row.on_scale || row.scale->values == said || labels_fit(c, row.scale))
            continue;
        said = row.scale->values;
        for (int place = 0; place < (int)row.scale->value_count; place++) {
            const tdm__scale_value *value = tdm__profile_value(row.scale, place);
            if (value->label.length > 0)
                tdm__put(c->plot.out, "%r%d %h", labels++ == 0 ? "<p class=\"note\">Grades: " : "; ",
                         (int)value->value, value->label);
        }
        tdm__put(c->plot.out, "%r", labels > 0 ? ".</p>\n" : "");
    }
}

static void put_caption(const chart *c)
{
    char day[TDM__WORDS_SIZE];
    tdm__day_words(day, c->now->date);
    tdm__put(c->plot.out, "<figcaption>The profile of %z%r", day, c->change ? "" : ".");
    if (c->change) {
        tdm__day_words(day, c->change->before->date);
        tdm__put(c->plot.out, ", filled; that of %z, hollow.", day);
    }
    bool bars_said = false;
    tdm__profile_row row;
    for (size_t i = 0; !bars_said && tdm__profile_row_at(&row, c->now, c->change, i); i++) {
        bars_said = !row.on_scale;
        if (bars_said)
            tdm__put(c->plot.out, " A longer bar is %r.", row.more_is_worse ? "worse" : "better");
    }
    tdm__put(c->plot.out, "%r</figcaption>\n",
             any_shows(c, 'a') || any_shows(c, 's') ? " The best grade is at the left." : "");
}

void tdm__profile_chart(tdm__output *out, const tdm_score *now, const tdm__comparison *change, const char *id)
{
    chart c = {.plot = {.out = out}, .now = now, .change = change, .id = id};
    if (!tdm__profile_drawn(now)) {
        tdm__put(out,
                 "<p>Nothing in this instrument is graded or counted, so there is no chart: read what was "
                 "written.</p>\n");
        return;
    }
    tdm__text_init(&c.title, out->text.allocator);
    tdm__text_init(&c.words, out->text.allocator);
    tdm__put(out, "<figure class=\"profile\">\n");
    put_caption(&c);
    for (size_t i = 0; i < TDM__PROFILE_SHAPES; i++)
        put_shape(&c, &tdm__profile_shapes[i]);
    put_key(&c); /* of the last shape, the narrow one */
    tdm__put(out, "</figure>\n");
    tdm__text_free(&c.title);
    tdm__text_free(&c.words);
}

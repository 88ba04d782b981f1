/*
 * The lower part of the picture: episodes, grades, concerns a quarter, level of response, legend.
 */
#include "report/picture.h"

#include <stdio.h>

#define INK   "#1d1d1b"
#define FAINT "#4a4f55"

/* --- episodes --- */

static int row_height(const tdm__picture *picture, const tdm__episode_row *row)
{
    return tdm__title_strip(picture) + (int)row->rows * TDM__EPISODE_ROW;
}

static int row_top(const tdm__picture *picture, size_t index)
{
    int top = picture->episodes_top;
    for (size_t i = 0; i < index; i++)
        top += row_height(picture, &picture->episode_rows[i]);
    return top;
}

static void put_episode_words(const tdm__picture *picture, const tdm__episode *episode)
{
    char start[TDM_DATE_TEXT_SIZE], end[TDM_DATE_TEXT_SIZE], words[TDM__WORDS_SIZE];
    tdm_date_words(start, (tdm_date){episode->start_from, episode->start_to, 0});
    tdm_date_words(end, (tdm_date){episode->end_from, episode->end_to, 0});
    tdm__episode_words(words, picture->run, episode->name);
    tdm__put(picture->out, "%z, from %z, ", words, start);
    if (episode->end_from == TDM_DAY_NONE)
        tdm__put(picture->out, "still open");
    else
        tdm__put(picture->out, "to %z", end);
}

/* Solid where it was open for certain, dotted where it may have been. */
static void draw_episode(const tdm__picture *picture, const tdm__episode *episode, int y)
{
    const tdm__axis *axis = &picture->axis;
    bool open = episode->end_from == TDM_DAY_NONE;
    int x1 = tdm__axis_x(axis, episode->start_from), x2 = tdm__axis_x(axis, episode->start_to);
    int x3 = open ? axis->left + axis->width : tdm__axis_x(axis, episode->end_from);
    int x4 = open ? x3 : tdm__axis_x(axis, episode->end_to);
    if (x3 - x2 < 30)
        x3 = x2 + 30 < axis->left + axis->width ? x2 + 30 : x3;
    tdm__open_row_link(picture, episode->start_row);
    tdm__put(picture->out, "<title>");
    put_episode_words(picture, episode);
    tdm__put(picture->out, "</title>");
    if (x2 > x1 || x4 > x3)
        tdm__put(picture->out,
                 "<path d=\"M%t %tH%t\" stroke=\"#4b3b8f\" stroke-width=\"3\" stroke-dasharray=\"1.5 2.5\"/>",
                 x1, y, x4 > x3 ? x4 : x3);
    if (x3 > x2)
        tdm__put(picture->out,
                 "<rect x=\"%t\" y=\"%t\" width=\"%t\" height=\"10\" fill=\"#cdc6e6\" stroke=\"#4b3b8f\" "
                 "stroke-width=\"1\"/>",
                 x2, y - 50, x3 - x2);
    if (open)
        tdm__put(picture->out, "<path d=\"M%t %tl6 5l-6 5z\" fill=\"#4b3b8f\"/>", x3, y - 50);
    tdm__close_link(picture);
}

void tdm__draw_episodes(const tdm__picture *picture)
{
    for (size_t i = 0; i < picture->episode_row_count; i++) {
        const tdm__episode_row *row = &picture->episode_rows[i];
        int top = row_top(picture, i);
        char words[TDM__WORDS_SIZE];
        tdm__episode_words(words, picture->run, row->name);
        tdm__draw_title(picture, top, row_height(picture, row), tdm__str(words), "");
        for (size_t e = 0; e < picture->child->episode_count; e++) {
            const tdm__episode *episode = &picture->child->episodes[e];
            if (episode->name == row->name)
                draw_episode(picture, episode,
                             top + tdm__title_strip(picture) +
                                 (int)picture->episode_places[e] * TDM__EPISODE_ROW + TDM__EPISODE_ROW / 2);
        }
    }
}

/* --- grades --- */

/* Darker is worse; only where the number is a grade of 1 to 5. */
static const struct {
    const char *fill, *ink;
} shades[] = {{"#fff", INK},    {"#fff", INK},       {"#e3e8ee", INK},
              {"#bfcad6", INK}, {"#4f6580", "#fff"}, {"#1c2e45", "#fff"}};

static void draw_grade(const tdm__picture *picture, const tdm_score *score, const tdm__grade_row *row, int y,
                       int *end)
{
    tdm_score_view view;
    bool there = row->total ? tdm_score_total(&view, score) : tdm_score_area(&view, score, row->area);
    if (!there || tdm_score_date(score) == TDM_DAY_NONE)
        return;
    int x = tdm__axis_x(&picture->axis, tdm_score_date(score)) - 70;
    int edge = picture->axis.left + picture->axis.width;
    int width = row->total ? 200 : 140;
    x = x < *end ? *end : x;
    x = x + width > edge + 70 ? edge + 70 - width : x;
    *end = x + width + 10;
    size_t shade = !row->total && view.assessed && view.grade >= 1 && view.grade <= 5 ? (size_t)view.grade
                                                                                      : 0;
    char day[TDM__WORDS_SIZE], grade[16];
    tdm__day_words(day, tdm_score_date(score));
    snprintf(grade, sizeof grade, "%d", (int)view.grade);
    tdm__put(picture->out, "<g><title>%z, %g, %g%r%g: ", day, row->instrument, row->code,
             row->code.length > 0 ? " " : "", row->title);
    if (view.assessed)
        tdm__put(picture->out, "%d</title>", (int)view.grade);
    else
        tdm__put(picture->out, "not assessed, %g</title>", view.reason);
    tdm__put(picture->out,
             "<rect x=\"%t\" y=\"%t\" width=\"%t\" height=\"14\" fill=\"%r\" stroke=\"" INK
             "\" stroke-width=\"0.9\"%r/>",
             x, y - 70, width, shades[shade].fill, view.assessed ? "" : " stroke-dasharray=\"2 2\"");
    tdm__put(picture->out,
             "<text x=\"%t\" y=\"%t\" text-anchor=\"middle\" font-size=\"11\" font-weight=\"700\" "
             "fill=\"%r\">%z</text></g>\n",
             x + width / 2, y + 40, shades[shade].ink, view.assessed ? grade : "?");
}

static void put_grade_title(const tdm__picture *picture, const tdm__grade_row *row, int top, int height)
{
    char instrument[TDM__WORDS_SIZE], title[TDM__WORDS_SIZE];
    tdm__code_as_words(instrument, row->instrument);
    if (row->heading || row->total)
        snprintf(title, sizeof title, "%s", instrument);
    else
        snprintf(title, sizeof title, "%.*s %.*s", TDM_STR_ARGS(row->code), TDM_STR_ARGS(row->title));
    tdm__draw_title(picture, top, height, tdm__str(title), "");
}

void tdm__draw_grades(const tdm__picture *picture)
{
    int height = TDM__GRADE_ROW + tdm__title_strip(picture);
    for (size_t i = 0; i < picture->grade_row_count; i++) {
        const tdm__grade_row *row = &picture->grade_rows[i];
        int top = picture->grades_top + (int)i * height, end = 0;
        put_grade_title(picture, row, top, height);
        for (size_t s = 0; !row->heading && s < picture->child->score_count; s++) {
            const tdm_score *score = picture->child->scores[s];
            if (tdm__str_equal(tdm_score_instrument(score), row->instrument))
                draw_grade(picture, score, row, top + height - TDM__GRADE_ROW / 2, &end);
        }
    }
}

/* --- concerns a quarter --- */

static void draw_bar(const tdm__picture *picture, size_t quarter, tdm_day start, int base)
{
    const tdm__quarter_load *load = &picture->load[quarter];
    if (load->certain + load->possible == 0)
        return;
    tdm_day next = tdm__quarter_next(start);
    int x1 = tdm__axis_x(&picture->axis, start), x2 = tdm__axis_x(&picture->axis, next);
    int width = x2 - x1 > 40 ? x2 - x1 - 16 : x2 - x1;
    int certain = TDM__LOAD_HEIGHT * load->certain / picture->load_max;
    int possible = TDM__LOAD_HEIGHT * load->possible / picture->load_max;
    char period[TDM__WORDS_SIZE];
    tdm__period_words(period, start, next - 1);
    tdm__put(picture->out, "<g><title>%z: %d", period, load->certain);
    if (load->possible > 0)
        tdm__put(picture->out, ", and %d that may have been then or in another quarter", load->possible);
    tdm__put(picture->out, "</title>");
    if (certain > 0)
        tdm__put(picture->out, "<rect x=\"%t\" y=\"%t\" width=\"%t\" height=\"%t\" fill=\"#b5654d\"/>",
                 x1 + 8, base - certain, width, certain);
    if (possible > 0)
        tdm__put(
            picture->out,
            "<rect x=\"%t\" y=\"%t\" width=\"%t\" height=\"%t\" fill=\"url(#%r-%d-l)\" stroke=\"#8f2f14\" "
            "stroke-width=\"0.8\"/>",
            x1 + 8, base - certain - possible, width, possible, picture->shape->name,
            (int)picture->position + 1);
    tdm__put(picture->out, "</g>\n");
}

void tdm__draw_load(const tdm__picture *picture)
{
    int right = picture->axis.left + picture->axis.width;
    int strip = tdm__title_strip(picture);
    int top = picture->load_top + strip, base = top + TDM__LOAD_HEIGHT;
    tdm__draw_title(picture, picture->load_top, TDM__LOAD_HEIGHT + strip, TDM_LIT("Concerns a quarter"), "");
    tdm__put(picture->out, "<path d=\"M%t %tH%t\" stroke=\"" INK "\" stroke-width=\"1\"/>",
             picture->axis.left, base, right);
    if (picture->load_max > 0) {
        tdm__put(picture->out,
                 "<path d=\"M%t %tH%t\" stroke=\"#c9cdd1\" stroke-width=\"0.8\"/><text x=\"%t\" y=\"%t\" "
                 "fill=\"" INK "\">%d</text>",
                 picture->axis.left, top, right, right + 60, top + 40, picture->load_max);
        tdm__put(picture->out, "<text x=\"%t\" y=\"%t\" fill=\"" INK "\">0</text>", right + 60, base + 30);
    }
    tdm_day start = tdm__quarter_start(picture->axis.first);
    for (size_t quarter = 0; quarter < picture->quarter_count; quarter++) {
        draw_bar(picture, quarter, start, base);
        start = tdm__quarter_next(start);
    }
}

/* --- level of response --- */

static int level_y(const tdm__picture *picture, int level)
{
    return picture->level_bottom - 60 - level * TDM__LEVEL_STEP;
}

static void draw_level_band(const tdm__picture *picture, const tdm__level_step *step)
{
    int x1 = tdm__axis_x(&picture->axis, step->from), x2 = tdm__axis_x(&picture->axis, step->to + 1);
    int low = level_y(picture, step->level.certain), high = level_y(picture, step->level.possible);
    char period[TDM__WORDS_SIZE];
    tdm__period_words(period, step->from, step->to);
    if (step->level.certain == step->level.possible)
        return;
    tdm__put(picture->out,
             "<rect x=\"%t\" y=\"%t\" width=\"%t\" height=\"%t\" fill=\"url(#%r-%d-p)\" stroke=\"#4b3b8f\" "
             "stroke-width=\"0.6\"><title>%z: at least %z, possibly %z</title></rect>\n",
             x1, high, x2 - x1 > 10 ? x2 - x1 : 10, low - high, picture->shape->name,
             (int)picture->position + 1, period, tdm__level_words[step->level.certain],
             tdm__level_words[step->level.possible]);
}

static void draw_level_line(const tdm__picture *picture)
{
    const tdm__child_result *child = picture->child;
    if (child->level_count == 0)
        return;
    tdm__put(picture->out, "<path fill=\"none\" stroke=\"#3b2a7a\" stroke-width=\"2.4\" d=\"");
    for (size_t i = 0; i < child->level_count; i++) {
        const tdm__level_step *step = &child->levels[i];
        int x1 = tdm__axis_x(&picture->axis, step->from), y = level_y(picture, step->level.certain);
        if (i == 0)
            tdm__put(picture->out, "M%t %t", x1, y);
        else
            tdm__put(picture->out, "H%tV%t", x1, y);
        tdm__put(picture->out, "H%t", tdm__axis_x(&picture->axis, step->to + 1));
    }
    tdm__put(picture->out, "\"/>\n");
}

/* The scale's words where room is short; the rest of the report has them in full. */
static const char *scale_word(int level)
{
    return level == 3 ? "in need" : tdm__level_words[level];
}

void tdm__draw_levels(const tdm__picture *picture)
{
    int right = picture->axis.left + picture->axis.width;
    tdm__draw_title(picture, picture->level_top, picture->level_bottom - picture->level_top,
                    TDM_LIT("Level of response"), "");
    for (int level = 0; level <= TDM_LADDER_MAX; level++) {
        int y = level_y(picture, level);
        tdm__put(picture->out, "<path d=\"M%t %tH%t\" stroke=\"#d4d8dc\" stroke-width=\"0.8\"/>",
                 picture->axis.left, y, right);
        tdm__put(picture->out, "<text x=\"%t\" y=\"%t\" font-size=\"%t\" fill=\"" INK "\">%d %z</text>",
                 right + 60, y + 36, picture->shape->font - 10, level, scale_word(level));
    }
    for (size_t i = 0; i < picture->child->level_count; i++)
        draw_level_band(picture, &picture->child->levels[i]);
    draw_level_line(picture);
}

/* --- legend --- */

typedef struct legend_item {
    const char *words;
    int width; /* of the sign */
    tdm__mark mark;
    char drawn; /* m mark, f flag, h hollow flag, t tie, u n p l patterns, s step, b bar, g grades */
} legend_item;

static const legend_item legend[] = {
    {"concern", 160, {.radius = 44, .symbol = TDM__SYMBOL_CONCERN, .rated = true, .count = 1}, 'm'},
    {"strength", 160, {.radius = 44, .symbol = TDM__SYMBOL_STRENGTH, .rated = true, .count = 1}, 'm'},
    {"other entry", 160, {.radius = 44, .symbol = TDM__SYMBOL_OTHER, .rated = true, .count = 1}, 'm'},
    {"low", 140, {.radius = 32, .rated = true, .count = 1}, 'm'},
    {"medium", 140, {.radius = 44, .rated = true, .count = 1}, 'm'},
    {"high significance", 160, {.radius = 60, .rated = true, .count = 1}, 'm'},
    {"not rated", 140, {.radius = 38, .count = 1}, 'm'},
    {"led to a prompt", 180, {.radius = 44, .rated = true, .evidence = true, .count = 1}, 'm'},
    {"day not known", 300, {.radius = 44, .rated = true, .doubtful = true, .count = 1}, 'm'},
    {"several entries", 200, {.radius = 44, .count = 4}, 'm'},
    {"one incident, told by several agencies", 140, {0}, 't'},
    {"prompt first met", 160, {0}, 'f'},
    {"prompt possible", 160, {0}, 'h'},
    {"no return covers this", 260, {0}, 'u'},
    {"declared no contact", 260, {0}, 'n'},
    {"day could be in another quarter", 200, {0}, 'l'},
    {"level of response", 260, {0}, 's'},
    {"level possible", 200, {0}, 'p'},
    {"grades, 1 best to 5 worst", 300, {0}, 'g'},
};

static void draw_pattern_sample(const tdm__picture *picture, char name, int x, int y, int width)
{
    tdm__put(picture->out,
             "<rect x=\"%t\" y=\"%t\" width=\"%t\" height=\"11\" fill=\"url(#%r-%d-%r)\" stroke=\"#6b7075\" "
             "stroke-width=\"0.8\"/>",
             x, y - 55, width - 60, picture->shape->name, (int)picture->position + 1, (char[2]){name, '\0'});
}

static void draw_grade_samples(const tdm__picture *picture, int x, int y)
{
    static const size_t shown[] = {1, 5};
    for (size_t i = 0; i < 2; i++) {
        int left = x + (int)i * 130;
        tdm__put(picture->out,
                 "<rect x=\"%t\" y=\"%t\" width=\"11\" height=\"12\" fill=\"%r\" stroke=\"" INK
                 "\" stroke-width=\"0.8\"/>",
                 left, y - 60, shades[shown[i]].fill);
        tdm__put(picture->out,
                 "<text x=\"%t\" y=\"%t\" text-anchor=\"middle\" font-size=\"9.5\" font-weight=\"700\" "
                 "fill=\"%r\">%d</text>",
                 left + 55, y + 34, shades[shown[i]].ink, (int)shown[i]);
    }
}

static void draw_legend_sign(const tdm__picture *picture, const legend_item *item, int x, int y)
{
    tdm__mark mark = item->mark;
    switch (item->drawn) {
    case 'm':
        mark.x = x + (item->width - 60) / 2;
        mark.x1 = x;
        mark.x2 = x + item->width - 60;
        tdm__draw_symbol(picture->out, &mark, y);
        break;
    case 'f':
    case 'h':
        tdm__draw_flag_sign(picture->out, x, y, item->drawn == 'f');
        break;
    case 't':
        tdm__put(picture->out, "<path d=\"M%t %tv13\" stroke=\"" INK "\" stroke-width=\"1.3\"/>", x + 40,
                 y - 65);
        break;
    case 's':
        tdm__put(picture->out,
                 "<path d=\"M%t %th10v-6h10\" fill=\"none\" stroke=\"#3b2a7a\" stroke-width=\"2.4\"/>", x,
                 y + 35);
        break;
    case 'g':
        draw_grade_samples(picture, x, y);
        break;
    default:
        draw_pattern_sample(picture, item->drawn, x, y, item->width);
        break;
    }
}

int tdm__draw_legend(const tdm__picture *picture, bool measure_only)
{
    int left = picture->shape->titles_above ? picture->shape->left + 20 : 80;
    int x = left, y = picture->legend_top + TDM__LEGEND_ROW / 2;
    for (size_t i = 0; i < sizeof legend / sizeof legend[0]; i++) {
        const legend_item *item = &legend[i];
        int words = tdm__text_width(tdm__str(item->words), picture->shape->font);
        if (x > left && x + item->width + words > picture->shape->width - 40) {
            x = left;
            y += TDM__LEGEND_ROW;
        }
        if (!measure_only) {
            draw_legend_sign(picture, item, x, y);
            tdm__put(picture->out, "<text x=\"%t\" y=\"%t\" fill=\"" FAINT "\">%z</text>", x + item->width,
                     y + 40, item->words);
        }
        x += item->width + words + 180;
    }
    return y + TDM__LEGEND_ROW / 2 - picture->legend_top;
}

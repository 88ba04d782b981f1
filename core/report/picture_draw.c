/*
 * The upper part of the picture: time, flags, lanes with their signs, ties of one incident.
 */
#include "report/picture.h"

#include "report/age.h"

#include <stdio.h>
#include <stdlib.h>

#define INK   "#1d1d1b"
#define FAINT "#4a4f55"

static int right_edge(const tdm__picture *picture)
{
    return picture->axis.left + picture->axis.width;
}

enum { TITLE_LINE = 140 };

/* Room for a title at the left of the plot. */
static int title_room(const tdm__picture *picture)
{
    return picture->shape->left - 90;
}

/* Bytes of the first line of a title that is too long for the gutter, broken at a space; all of them
 * when it need not or cannot be broken. */
static size_t first_line(const tdm__picture *picture, tdm_str title)
{
    size_t fits = tdm__text_fit(title, picture->shape->font, title_room(picture));
    size_t cut = fits;
    while (fits < title.length && cut > 0 && title.data[cut] != ' ')
        cut--;
    return fits < title.length && cut > 0 ? cut : title.length;
}

/* Text cut to a width, with a sign that it was. */
static void put_cut(const tdm__picture *picture, tdm_str text, int room)
{
    int font = picture->shape->font;
    bool cut = tdm__text_width(text, font) > room;
    if (cut)
        text.length = tdm__text_fit(text, font, room - font);
    tdm__put(picture->out, "%g%r", text, cut ? "\xE2\x80\xA6" : "");
}

static void put_title_line(const tdm__picture *picture, int y, tdm_str text)
{
    tdm__put(picture->out, "<tspan x=\"%t\" y=\"%t\">", picture->shape->left - 80, y);
    put_cut(picture, text, title_room(picture));
    tdm__put(picture->out, "</tspan>");
}

static void draw_title_above(const tdm__picture *picture, int top, tdm_str title, const char *note)
{
    const tdm__shape *shape = picture->shape;
    tdm__put(picture->out, "<text x=\"%t\" y=\"%t\" font-weight=\"700\" fill=\"" INK "\">", shape->left,
             top + 115);
    put_cut(picture, title, picture->axis.width - (note[0] ? 1300 : 0));
    if (note[0])
        tdm__put(picture->out, "<tspan font-weight=\"400\" font-size=\"%t\" fill=\"" FAINT "\"> (%z)</tspan>",
                 shape->font - 15, note);
    tdm__put(picture->out, "</text>");
}

void tdm__draw_title(const tdm__picture *picture, int top, int height, tdm_str title, const char *note)
{
    if (picture->shape->titles_above) {
        draw_title_above(picture, top, title, note);
        return;
    }
    size_t cut = first_line(picture, title);
    bool two = cut < title.length && height >= 2 * TITLE_LINE;
    int lines = (two ? 2 : 1) + (note[0] ? 1 : 0);
    int y = top + height / 2 - (lines - 1) * TITLE_LINE / 2 + 40;
    tdm__put(picture->out, "<text text-anchor=\"end\" fill=\"" INK "\">");
    put_title_line(picture, y, (tdm_str){title.data, two ? cut : title.length});
    if (two)
        put_title_line(picture, y + TITLE_LINE, (tdm_str){title.data + cut + 1, title.length - cut - 1});
    if (note[0])
        tdm__put(picture->out, "<tspan x=\"%t\" y=\"%t\" font-size=\"%t\" fill=\"" FAINT "\">%z</tspan>",
                 picture->shape->left - 80, y + (two ? 2 : 1) * TITLE_LINE, picture->shape->font - 15, note);
    tdm__put(picture->out, "</text>");
}

/* Years between two labels, so that they do not touch. */
static int32_t label_step(const tdm__picture *picture)
{
    int64_t days = (int64_t)picture->axis.last - picture->axis.first + 1;
    int64_t year_width = (int64_t)picture->axis.width * 365 / days;
    int64_t wanted = tdm__text_width(TDM_LIT("2024"), picture->shape->font) + 60;
    if (year_width >= wanted)
        return 1;
    if (year_width * 2 >= wanted)
        return 2;
    /* One mistyped year makes an axis of centuries. */
    int32_t step = 5;
    while (step < 5000 && (int64_t)picture->axis.width * 365 * step < wanted * days)
        step *= 10;
    return step;
}

static void draw_year(const tdm__picture *picture, int32_t year, int bottom, bool labelled)
{
    const tdm__axis *axis = &picture->axis;
    tdm_day start, next;
    tdm_day_from_civil(&start, year, 1, 1);
    tdm_day_from_civil(&next, year + 1, 1, 1);
    int x1 = tdm__axis_x(axis, start), x2 = tdm__axis_x(axis, next);
    int width = tdm__text_width(TDM_LIT("2024"), picture->shape->font);
    if (start >= axis->first)
        tdm__put(picture->out, "<path d=\"M%t 0V%t\" stroke=\"#a3a8ad\" stroke-width=\"1\"/>", x1, bottom);
    if (!labelled || (x2 - x1 < width && start < axis->first))
        return;
    if (x1 + 40 + width > right_edge(picture))
        return;
    tdm__put(picture->out, "<text x=\"%t\" y=\"%t\" fill=\"" INK "\" font-weight=\"700\">%d</text>", x1 + 40,
             TDM__AXIS_HEIGHT - 60, (int)year);
}

static void draw_quarters(const tdm__picture *picture, int bottom)
{
    const tdm__axis *axis = &picture->axis;
    if (picture->quarter_count == 0 || axis->width / (int)picture->quarter_count < 100)
        return;
    for (tdm_day at = tdm__quarter_start(axis->first); at <= axis->last; at = tdm__quarter_next(at))
        tdm__put(picture->out, "<path d=\"M%t %tV%t\" stroke=\"#e2e5e8\" stroke-width=\"1\"/>",
                 tdm__axis_x(axis, at), TDM__AXIS_HEIGHT, bottom);
}

void tdm__draw_axis(const tdm__picture *picture)
{
    const tdm__axis *axis = &picture->axis;
    int32_t first_year, last_year, month, day;
    tdm_day_to_civil(axis->first, &first_year, &month, &day);
    tdm_day_to_civil(axis->last, &last_year, &month, &day);
    draw_quarters(picture, picture->level_bottom);
    int32_t step = label_step(picture);
    for (int32_t year = first_year; year <= last_year; year++)
        draw_year(picture, year, picture->level_bottom, year % step == 0 || step == 1);
    tdm__put(picture->out, "<path d=\"M%t 0V%t\" stroke=\"" INK "\" stroke-width=\"1\"/>",
             right_edge(picture), picture->level_bottom);
}

/* --- flags --- */

static int label_y(const tdm__picture *picture, size_t flag)
{
    return picture->flags_top + picture->labels[flag].row * TDM__LABEL_ROW + TDM__LABEL_ROW / 2;
}

void tdm__draw_poles(const tdm__picture *picture)
{
    for (size_t i = 0; i < picture->flag_count; i++)
        tdm__put(picture->out,
                 "<path d=\"M%t %tV%t\" stroke=\"#5c6166\" stroke-width=\"0.9\" stroke-dasharray=\"3 3\"/>",
                 picture->labels[i].x, label_y(picture, i), picture->level_bottom);
}

/* Number and title, cut to the label's width with a sign that it was. */
static void put_label_words(const tdm__picture *picture, size_t index, int x, int y)
{
    const tdm__picture_flag *flag = &picture->flags[index];
    tdm_str title = picture->run->indicators[flag->prompt->indicator].indicator->title;
    char number[16];
    snprintf(number, sizeof number, "%d ", flag->number);
    int room = picture->labels[index].width - 110 - tdm__text_width(tdm__str(number), picture->shape->font);
    bool cut = tdm__text_width(title, picture->shape->font) > room;
    if (cut)
        title.length = tdm__text_fit(title, picture->shape->font, room - picture->shape->font);
    tdm__put(picture->out,
             "<text x=\"%t\" y=\"%t\" fill=\"" INK "\"><tspan font-weight=\"700\">%z</tspan>%g%r</text>", x,
             y, number, title, cut ? "\xE2\x80\xA6" : "");
}

static void draw_flag(const tdm__picture *picture, size_t index)
{
    const tdm__picture_flag *flag = &picture->flags[index];
    const tdm__label *label = &picture->labels[index];
    tdm_str title = picture->run->indicators[flag->prompt->indicator].indicator->title;
    int y = label_y(picture, index);
    bool met = flag->prompt->first_met != TDM_DAY_NONE;
    bool words_left = label->start < label->x - 20;
    char day[TDM__WORDS_SIZE];
    tdm__day_words(day, flag->day);
    if (picture->shape->alone)
        tdm__put(picture->out, "<g>");
    else
        tdm__put(picture->out, "<a href=\"#prompt-%d-%d\">", (int)picture->position + 1, flag->number);
    tdm__put(picture->out, "<title>Prompt %d: %g, %r %z</title>", flag->number, title,
             met ? "first met on" : "possible; rows up to", day);
    tdm__put(picture->out, "<rect x=\"%t\" y=\"%t\" width=\"%t\" height=\"%t\" fill=\"#fff\"/>",
             words_left ? label->start : label->x, y - 72, label->width, TDM__LABEL_ROW - 26);
    tdm__draw_flag_sign(picture->out, label->x, y, met);
    put_label_words(picture, index, words_left ? label->start : label->x + 110, y + 40);
    tdm__close_link(picture);
}

void tdm__draw_flags(const tdm__picture *picture)
{
    int height = picture->lanes_top - picture->flags_top - TDM__SECTION_GAP;
    int strip = tdm__title_strip(picture);
    if (picture->flag_count == 0)
        tdm__draw_title(picture, picture->flags_top - strip, height + strip, TDM_LIT("Prompts"), "none");
    else
        tdm__draw_title(picture, picture->flags_top - strip, height + strip, TDM_LIT("Prompts"), "");
    for (size_t i = 0; i < picture->flag_count; i++)
        draw_flag(picture, i);
}

/* --- lanes --- */

int tdm__title_strip(const tdm__picture *picture)
{
    return picture->shape->titles_above ? TDM__TITLE_STRIP : 0;
}

/* Height that the title of a lane takes at its left. */
static int lane_title_height(const tdm__picture *picture, const tdm__lane *lane)
{
    tdm_str title = tdm__chronology_agency_title(picture->run->chronology, lane->agency);
    int lines = 1 + (first_line(picture, title) < title.length ? 1 : 0) + (lane->declared ? 0 : 1);
    return picture->shape->titles_above ? 0 : lines * TITLE_LINE + 40;
}

int tdm__lane_height(const tdm__picture *picture, const tdm__lane *lane)
{
    int height = tdm__title_strip(picture) + lane->rows * TDM__STACK_ROW + TDM__LANE_PADDING;
    int least = lane_title_height(picture, lane);
    least = picture->shape->titles_above || least > 300 ? least : 300;
    return height > least ? height : least;
}

int tdm__lane_top(const tdm__picture *picture, size_t lane)
{
    int top = picture->lanes_top;
    for (size_t i = 0; i < lane; i++)
        top += tdm__lane_height(picture, &picture->lanes[i]);
    return top;
}

int tdm__mark_y(const tdm__picture *picture, const tdm__mark *mark)
{
    const tdm__lane *lane = &picture->lanes[mark->lane];
    int bottom = tdm__lane_top(picture, mark->lane) + tdm__lane_height(picture, lane);
    int spare = tdm__lane_height(picture, lane) - tdm__title_strip(picture) - lane->rows * TDM__STACK_ROW;
    return bottom - spare / 2 - mark->row * TDM__STACK_ROW - TDM__STACK_ROW / 2;
}

static void draw_period(const tdm__picture *picture, const tdm__lane *lane, size_t index, tdm__period period,
                        bool no_contact)
{
    const tdm__axis *axis = &picture->axis;
    tdm_day from = period.from > axis->first ? period.from : axis->first;
    tdm_day to = period.to < axis->last ? period.to : axis->last;
    int x1 = tdm__axis_x(axis, from), x2 = tdm__axis_x(axis, to + 1);
    int top = tdm__lane_top(picture, index) + tdm__title_strip(picture);
    int height = tdm__lane_height(picture, lane) - tdm__title_strip(picture);
    char words[TDM__WORDS_SIZE];
    tdm__period_words(words, from, to);
    tdm__put(picture->out,
             "<rect x=\"%t\" y=\"%t\" width=\"%t\" height=\"%t\" fill=\"url(#%r-%d-%r)\" stroke=\"#b9bec3\" "
             "stroke-width=\"0.6\"><title>%g: %r, %z</title></rect>",
             x1, top + 15, x2 - x1, height - 30, picture->shape->name, (int)picture->position + 1,
             no_contact ? "n" : "u", tdm__chronology_agency_title(picture->run->chronology, lane->agency),
             no_contact ? "declared that it had no contact" : "no return covers this", words);
}

static void draw_lane_ground(const tdm__picture *picture, size_t index)
{
    const tdm__lane *lane = &picture->lanes[index];
    int top = tdm__lane_top(picture, index), height = tdm__lane_height(picture, lane);
    tdm__put(picture->out, "<path d=\"M%t %tH%t\" stroke=\"#c9cdd1\" stroke-width=\"0.8\"/>",
             picture->shape->titles_above ? picture->shape->left : 80, top, right_edge(picture));
    for (size_t i = 0; i < lane->gap_count; i++)
        draw_period(picture, lane, index, lane->gaps[i], false);
    for (size_t i = 0; i < lane->no_contact_count; i++)
        draw_period(picture, lane, index, lane->no_contact[i], true);
    tdm__draw_title(picture, top, height,
                    tdm__chronology_agency_title(picture->run->chronology, lane->agency),
                    lane->declared ? "" : "time covered not stated");
}

void tdm__draw_grounds(const tdm__picture *picture)
{
    for (size_t i = 0; i < picture->lane_count; i++)
        draw_lane_ground(picture, i);
}

static void put_event_words(const tdm__picture *picture, uint32_t index)
{
    const tdm_run *run = picture->run;
    char date[TDM_DATE_TEXT_SIZE], age[TDM__AGE_WORDS_SIZE];
    tdm__event event = tdm__chronology_event(run->chronology, index);
    const char *significance = tdm__significance_code(event.significance);
    tdm_date_words(date, event.occurred);
    tdm__age_line(age, run->chronology, &event);
    tdm__put(picture->out, "%z, %g, %g (%z%r)", date,
             tdm__chronology_agency_title(run->chronology, event.agency),
             tdm__kind_title(tdm__event_kind(run, &event)), significance[0] ? significance : "not rated",
             significance[0] ? " significance" : "");
    if (age[0])
        tdm__put(picture->out, ", %z", age);
}

static void draw_mark(const tdm__picture *picture, size_t index)
{
    const tdm__mark *mark = &picture->marks[index];
    const tdm__lane *lane = &picture->lanes[mark->lane];
    if (mark->count == 0)
        return;
    tdm__open_row_link(picture, mark->event);
    tdm__put(picture->out, "<title>");
    if (mark->count > 1)
        tdm__put(picture->out, "%d entries: ", mark->count);
    put_event_words(picture, mark->event);
    for (size_t i = lane->first; mark->count > 1 && i < lane->end; i++) {
        if (picture->marks[i].count == 0 && picture->marks[i].stands_in == index) {
            tdm__put(picture->out, "; ");
            put_event_words(picture, picture->marks[i].event);
        }
    }
    tdm__put(picture->out, "</title>");
    tdm__draw_symbol(picture->out, mark, tdm__mark_y(picture, mark));
    tdm__close_link(picture);
}

void tdm__draw_marks(const tdm__picture *picture)
{
    for (size_t i = 0; i < picture->mark_count; i++)
        draw_mark(picture, i);
}

/* --- one incident told by several agencies --- */

typedef struct telling {
    uint32_t incident;
    uint32_t lane;
    int x, y;
} telling;

static int by_incident_and_lane(const void *a, const void *b)
{
    const telling *one = a, *other = b;
    if (one->incident != other->incident)
        return one->incident < other->incident ? -1 : 1;
    if (one->lane != other->lane)
        return one->lane < other->lane ? -1 : 1;
    if (one->x != other->x)
        return one->x < other->x ? -1 : 1;
    return (one->y > other->y) - (one->y < other->y);
}

static void draw_tie(const tdm__picture *picture, const telling *tellings, size_t count)
{
    if (count < 2 || tellings[0].lane == tellings[count - 1].lane)
        return;
    tdm__put(picture->out, "<path d=\"M%t %t", tellings[0].x, tellings[0].y);
    for (size_t i = 1; i < count; i++)
        tdm__put(picture->out, "L%t %t", tellings[i].x, tellings[i].y);
    tdm__put(picture->out,
             "\" fill=\"none\" stroke=\"" INK
             "\" stroke-width=\"1.3\"><title>One incident, told %d times</title>"
             "</path>\n",
             (int)count);
}

tdm_status tdm__draw_incidents(const tdm__picture *picture)
{
    telling *tellings = tdm__arena_array(picture->arena, picture->mark_count + 1, sizeof *tellings);
    size_t count = 0;
    if (!tellings)
        return TDM_NO_MEMORY;
    for (size_t i = 0; i < picture->mark_count; i++) {
        const tdm__mark *mark = &picture->marks[i];
        tdm__event event = tdm__chronology_event(picture->run->chronology, mark->event);
        const tdm__mark *shown = mark->count > 0 ? mark : &picture->marks[mark->stands_in];
        if (event.incident != 0)
            tellings[count++] = (telling){event.incident, mark->lane, shown->x, tdm__mark_y(picture, shown)};
    }
    qsort(tellings, count, sizeof *tellings, by_incident_and_lane);
    for (size_t at = 0, next; at < count; at = next) {
        for (next = at + 1; next < count && tellings[next].incident == tellings[at].incident;)
            next++;
        draw_tie(picture, tellings + at, next - at);
    }
    return TDM_OK;
}

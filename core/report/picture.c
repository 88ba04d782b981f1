/*
 * Puts the picture of a child together: places first, then the drawing in layers, then the text
 * that says the same to those who do not see it.
 */
#include "report/picture.h"

#include <stdio.h>

const tdm__shape tdm__shapes[TDM__SHAPES] = {
    {"wide", 11800, 1900, 1320, 120, false, 6, false},
    {"middle", 7000, 1380, 1130, 105, false, 6, false},
    {"narrow", 3600, 20, 950, 100, true, 8, false},
};

/* What a flag and its words may take: the plot and the margin at its right. */
static int labels_right(const tdm__picture *picture)
{
    return picture->shape->width - 20;
}

/* The larger side of the flag, so that its words need not run across it. */
static int label_room(const tdm__picture *picture, int x)
{
    int right = labels_right(picture) - x, left = x - picture->axis.left;
    return right > left ? right : left;
}

static tdm_status place_labels(tdm__picture *picture)
{
    picture->labels = tdm__arena_array(picture->arena, picture->flag_count + 1, sizeof *picture->labels);
    if (!picture->labels)
        return TDM_NO_MEMORY;
    for (size_t i = 0; i < picture->flag_count; i++) {
        const tdm__picture_flag *flag = &picture->flags[i];
        char number[16];
        snprintf(number, sizeof number, "%d ", flag->number);
        int width = 170 + tdm__text_width(tdm__str(number), picture->shape->font) +
                    tdm__text_width(picture->run->indicators[flag->prompt->indicator].indicator->title,
                                    picture->shape->font);
        int x = tdm__axis_x(&picture->axis, flag->day);
        int most = label_room(picture, x);
        picture->labels[i].x = x;
        picture->labels[i].width = width < most ? width : most;
    }
    picture->label_rows = tdm__labels_place(picture->labels, picture->flag_count, picture->axis.left,
                                            labels_right(picture));
    return TDM_OK;
}

static void place_sections(tdm__picture *picture)
{
    int strip = tdm__title_strip(picture);
    int label_rows = picture->label_rows > 0 ? picture->label_rows : 1;
    size_t episode_rows = 0;
    for (size_t i = 0; i < picture->episode_row_count; i++)
        episode_rows += picture->episode_rows[i].rows;
    /* Where titles stand above, that of the flags stands under the years. */
    picture->flags_top = TDM__AXIS_HEIGHT + 20 + strip;
    picture->lanes_top = picture->flags_top + label_rows * TDM__LABEL_ROW + TDM__SECTION_GAP;
    picture->episodes_top = tdm__lane_top(picture, picture->lane_count) + TDM__SECTION_GAP;
    picture->grades_top = picture->episodes_top + (int)episode_rows * TDM__EPISODE_ROW +
                          (int)picture->episode_row_count * strip + TDM__SECTION_GAP;
    picture->load_top = picture->grades_top + (int)picture->grade_row_count * (TDM__GRADE_ROW + strip) +
                        TDM__SECTION_GAP;
    picture->level_top = picture->load_top + strip + TDM__LOAD_HEIGHT + TDM__SECTION_GAP;
    picture->level_bottom = picture->level_top + strip + (TDM_LADDER_MAX + 1) * TDM__LEVEL_STEP;
    picture->legend_top = picture->level_bottom + TDM__SECTION_GAP;
    picture->height = picture->legend_top + tdm__draw_legend(picture, true) + 20;
}

/* --- the same in words --- */

static void put_lane_counts(const tdm__picture *picture)
{
    for (size_t i = 0; i < picture->lane_count; i++)
        tdm__put(picture->out, "%r%g %d", i == 0 ? "" : ", ",
                 tdm__chronology_agency_title(picture->run->chronology, picture->lanes[i].agency),
                 (int)(picture->lanes[i].end - picture->lanes[i].first));
}

static void put_years_of_load(const tdm__picture *picture)
{
    tdm_day start = tdm__quarter_start(picture->axis.first);
    int certain = 0, possible = 0;
    tdm__put(picture->out, " Concerns by year:");
    for (size_t quarter = 0; quarter < picture->quarter_count; quarter++) {
        int32_t year, next_year, month, day;
        tdm_day_to_civil(start, &year, &month, &day);
        start = tdm__quarter_next(start);
        tdm_day_to_civil(start, &next_year, &month, &day);
        certain += picture->load[quarter].certain;
        possible += picture->load[quarter].possible > 0 ? 1 : 0;
        if (next_year == year && quarter + 1 < picture->quarter_count)
            continue;
        tdm__put(picture->out, " %d: %d%r%r", (int)year, certain, possible > 0 ? " or more" : "",
                 quarter + 1 < picture->quarter_count ? "," : ".");
        certain = possible = 0;
    }
}

static void put_description(const tdm__picture *picture)
{
    char first[TDM__WORDS_SIZE], last[TDM__WORDS_SIZE];
    tdm__day_words(first, picture->axis.first);
    tdm__day_words(last, picture->axis.last);
    tdm__put(picture->out, "Time runs from %z to %z. %d dated entries: ", first, last,
             (int)picture->mark_count);
    put_lane_counts(picture);
    tdm__put(picture->out, ".");
    put_years_of_load(picture);
    if (picture->child->level_count > 0) {
        const tdm__level_step *step = &picture->child->levels[picture->child->level_count - 1];
        tdm__put(picture->out, " Level of response at the end: %d %z.", (int)step->level.certain,
                 tdm__level_words[step->level.certain]);
    }
    for (size_t i = 0; i < picture->flag_count; i++) {
        char day[TDM__WORDS_SIZE];
        tdm__day_words(day, picture->flags[i].day);
        tdm__put(picture->out, " Prompt %d: %g, %r %z.", picture->flags[i].number,
                 picture->run->indicators[picture->flags[i].prompt->indicator].indicator->title,
                 picture->flags[i].prompt->first_met != TDM_DAY_NONE ? "first met on"
                                                                     : "possible, rows up to",
                 day);
    }
}

static void open_svg(const tdm__picture *picture)
{
    const tdm__shape *shape = picture->shape;
    int child = (int)picture->position + 1;
    tdm__put(
        picture->out,
        "<svg xmlns=\"http://www.w3.org/2000/svg\" class=\"picture %r\" viewBox=\"0 0 %t %t\" width=\"%t\" "
        "height=\"%t\" role=\"group\" aria-labelledby=\"t-%r-%d\" aria-describedby=\"d-%r-%d\" "
        "font-family=\"Arial, 'Liberation Sans', 'DejaVu Sans', sans-serif\" font-size=\"%t\">\n",
        shape->name, shape->width, picture->height, shape->width, picture->height, shape->name, child,
        shape->name, child, shape->font);
    tdm__put(picture->out, "<title id=\"t-%r-%d\">Time line of child %g</title>", shape->name, child,
             tdm_chronology_child_id(picture->run->chronology, picture->child->child));
    tdm__put(picture->out, "<desc id=\"d-%r-%d\">", shape->name, child);
    put_description(picture);
    tdm__put(picture->out, "</desc>\n");
    tdm__draw_patterns(picture);
    tdm__put(picture->out, "<rect width=\"%t\" height=\"%t\" fill=\"#fff\"/>\n", shape->width,
             picture->height);
}

tdm_status tdm__picture_draw(const tdm__picture *picture)
{
    open_svg(picture);
    tdm__draw_axis(picture);
    tdm__draw_grounds(picture);
    tdm__draw_load(picture);
    tdm__draw_levels(picture);
    tdm__draw_poles(picture);
    tdm_status status = tdm__draw_incidents(picture);
    tdm__draw_marks(picture);
    tdm__draw_episodes(picture);
    tdm__draw_grades(picture);
    tdm__draw_flags(picture);
    tdm__draw_legend(picture, false);
    tdm__put(picture->out, "</svg>\n");
    return status;
}

tdm_status tdm__picture_prepare(tdm__picture *picture)
{
    tdm_status status = tdm__picture_model(picture);
    if (status == TDM_OK)
        status = place_labels(picture);
    if (status == TDM_OK)
        place_sections(picture);
    return status;
}

tdm_status tdm__picture_svg(tdm__output *out, const tdm_run *run, size_t position, const tdm__shape *shape,
                            const tdm__report_options *options, tdm__arena *arena)
{
    tdm__picture picture = {.out = out,
                            .run = run,
                            .child = &run->children[position],
                            .position = position,
                            .shape = shape,
                            .options = options,
                            .arena = arena};
    tdm_status status = tdm__picture_prepare(&picture);
    return status == TDM_OK ? tdm__picture_draw(&picture) : status;
}

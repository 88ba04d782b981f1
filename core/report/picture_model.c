/*
 * What the picture of a child shows, read from the run.
 */
#include "report/picture.h"

#include <string.h>

#include "report/printed.h"
#include "report/replaced.h"

#define DAYS_BEFORE_FIRST_ROW 183 /* a birth so long before the first row starts the axis */
#define AXIS_DAYS_MIN         180

/* Radii by significance, in tenths; the first for one that was not rated. */
static const int radius_of[] = {
    [TDM__SIGNIFICANCE_NOT_RATED] = 38, [TDM__LOW] = 32, [TDM__MEDIUM] = 44, [TDM__HIGH] = 55};

static bool is_drawn(const tdm__picture *picture, const tdm__event *event)
{
    return !tdm__event_is_undated(event) && !tdm__event_is_later(picture->run, event) &&
           !tdm__event_is_replaced(picture->run, event) &&
           tdm__event_shown(picture->run, event, picture->options);
}

/* The last day on which it can have been, as the run cuts it; open starts stay open. */
static tdm_day last_day(const tdm_run *run, const tdm__event *event)
{
    tdm_day end = event->occurred.to < run->as_of ? event->occurred.to : run->as_of;
    if (event->recorded != TDM_DAY_NONE && event->recorded < end && event->recorded >= event->occurred.from)
        end = event->recorded;
    return end;
}

/* The first day that a row certainly needs on the axis. */
static tdm_day first_day(const tdm_run *run, const tdm__event *event)
{
    return event->occurred.from == TDM_DAY_BEFORE_ALL ? last_day(run, event) : event->occurred.from;
}

static void find_axis(tdm__picture *picture, uint32_t first, uint32_t end)
{
    const tdm_run *run = picture->run;
    const tdm__child *about = tdm__chronology_child(run->chronology, picture->child->child);
    tdm_day start = TDM_DAY_AFTER_ALL;
    for (uint32_t at = first; at < end; at++) {
        tdm__event event = tdm__chronology_event(run->chronology, at);
        if (is_drawn(picture, &event) && first_day(run, &event) < start)
            start = first_day(run, &event);
    }
    picture->empty = start == TDM_DAY_AFTER_ALL;
    if (picture->empty)
        start = run->as_of;
    if (about->born.from == about->born.to && about->born.from < start &&
        start - about->born.from <= DAYS_BEFORE_FIRST_ROW)
        start = about->born.from;
    if (start > run->as_of - AXIS_DAYS_MIN)
        start = run->as_of - AXIS_DAYS_MIN;
    tdm_day earliest;
    tdm_day_from_civil(&earliest, 1, 1, 1);
    if (start < earliest)
        start = earliest;
    const tdm__shape *shape = picture->shape;
    picture->axis = (tdm__axis){tdm__quarter_start(start), run->as_of, shape->left,
                                shape->width - shape->left - shape->right};
}

void tdm__picture_axis(tdm__picture *picture)
{
    uint32_t first, end;
    tdm__chronology_child_events(picture->run->chronology, picture->child->child, &first, &end);
    find_axis(picture, first, end);
}

static tdm__symbol symbol_of(const tdm_run *run, const tdm__event *event)
{
    bool stated = event->polarity != TDM__POLARITY_NOT_STATED;
    if (stated ? event->polarity == TDM__STRENGTH : tdm__event_kind(run, event)->strength)
        return TDM__SYMBOL_STRENGTH;
    return tdm__event_is_concern(run, event) ? TDM__SYMBOL_CONCERN : TDM__SYMBOL_OTHER;
}

static bool is_evidence(const tdm__picture *picture, uint32_t event)
{
    for (size_t i = 0; i < picture->flag_count; i++)
        if (tdm__prompt_has_event(picture->flags[i].prompt, event))
            return true;
    return false;
}

static tdm__mark mark_of(const tdm__picture *picture, const tdm__event *event)
{
    const tdm__axis *axis = &picture->axis;
    tdm_day to = last_day(picture->run, event);
    tdm__mark mark = {.event = event->index, .count = 1};
    mark.x1 = tdm__axis_x(axis, event->occurred.from);
    mark.x2 = tdm__axis_x(axis, to + 1);
    mark.x = mark.x1 + (mark.x2 - mark.x1) / 2;
    mark.symbol = symbol_of(picture->run, event);
    mark.rated = event->significance != TDM__SIGNIFICANCE_NOT_RATED;
    mark.radius = radius_of[event->significance];
    if (mark.symbol == TDM__SYMBOL_OTHER && mark.radius > radius_of[TDM__MEDIUM])
        mark.radius = radius_of[TDM__MEDIUM];
    mark.doubtful = event->occurred.from != to || (event->occurred.flags & TDM_DATE_UNCERTAIN) != 0;
    mark.evidence = is_evidence(picture, event->index);
    if (mark.doubtful && mark.x2 - mark.x1 < 2 * mark.radius + 80) {
        /* A dotted bar that its own sign would hide says nothing. */
        mark.x1 = mark.x - mark.radius - 40;
        mark.x2 = mark.x + mark.radius + 40;
    }
    return mark;
}

/* Order in which lanes come: that of the vocabulary, agencies it does not know last. */
static uint32_t lane_rank(const tdm_run *run, uint32_t agency)
{
    uint32_t rank = tdm__vocabulary_agency(tdm__chronology_vocabulary(run->chronology),
                                           tdm__chronology_agency(run->chronology, agency));
    return rank == TDM_NO_INDEX ? TDM_NO_INDEX - 1 : rank;
}

static bool lane_before(const tdm_run *run, uint32_t a, uint32_t b)
{
    uint32_t rank_a = lane_rank(run, a), rank_b = lane_rank(run, b);
    return rank_a != rank_b ? rank_a < rank_b : a < b;
}

/* The lanes with `counts[agency]` marks each, in order; their ranges in the array of marks. */
static tdm_status make_lanes(tdm__picture *picture, const size_t *counts, size_t agencies)
{
    picture->lanes = tdm__arena_array(picture->arena, agencies + 1, sizeof *picture->lanes);
    if (!picture->lanes)
        return TDM_NO_MEMORY;
    for (uint32_t agency = 0; agency < agencies; agency++) {
        if (counts[agency] == 0)
            continue;
        size_t at = picture->lane_count++;
        for (; at > 0 && lane_before(picture->run, agency, picture->lanes[at - 1].agency); at--)
            picture->lanes[at] = picture->lanes[at - 1];
        picture->lanes[at] = (tdm__lane){.agency = agency};
    }
    size_t first = 0;
    for (size_t i = 0; i < picture->lane_count; i++) {
        picture->lanes[i].first = picture->lanes[i].end = first;
        first += counts[picture->lanes[i].agency];
    }
    return TDM_OK;
}

static void put_in_order(tdm__mark *marks, size_t first, size_t *end, const tdm__mark *mark)
{
    size_t at = (*end)++;
    for (; at > first && tdm__mark_left(&marks[at - 1]) > tdm__mark_left(mark); at--)
        marks[at] = marks[at - 1];
    marks[at] = *mark;
}

static tdm_status make_marks(tdm__picture *picture, uint32_t first, uint32_t end)
{
    const tdm_run *run = picture->run;
    size_t agencies = tdm__chronology_agency_count(run->chronology);
    size_t *counts = tdm__arena_array(picture->arena, agencies + 1, sizeof *counts);
    uint32_t *lane_of = tdm__arena_array(picture->arena, agencies + 1, sizeof *lane_of);
    picture->marks = tdm__arena_array(picture->arena, (size_t)(end - first) + 1, sizeof *picture->marks);
    if (!counts || !lane_of || !picture->marks)
        return TDM_NO_MEMORY;
    for (uint32_t at = first; at < end; at++) {
        tdm__event event = tdm__chronology_event(run->chronology, at);
        counts[event.agency] += is_drawn(picture, &event) ? 1 : 0;
    }
    tdm_status status = make_lanes(picture, counts, agencies);
    if (status != TDM_OK)
        return status;
    for (uint32_t i = 0; i < picture->lane_count; i++)
        lane_of[picture->lanes[i].agency] = i;
    for (uint32_t at = first; at < end; at++) {
        tdm__event event = tdm__chronology_event(run->chronology, at);
        if (!is_drawn(picture, &event))
            continue;
        tdm__mark mark = mark_of(picture, &event);
        mark.lane = lane_of[event.agency];
        tdm__lane *lane = &picture->lanes[mark.lane];
        put_in_order(picture->marks, lane->first, &lane->end, &mark);
        picture->mark_count++;
    }
    for (size_t i = 0; i < picture->lane_count; i++) {
        tdm__lane *lane = &picture->lanes[i];
        lane->rows = tdm__marks_stack(picture->marks, lane->first, lane->end, picture->shape->stack_max);
    }
    return TDM_OK;
}

/* --- what returns say they cover --- */

static bool concerns_child(const tdm__source *source, uint32_t child)
{
    for (size_t i = 0; i < source->child_count; i++)
        if (source->children[i] == child)
            return true;
    return source->child_count == 0;
}

/* Takes [from, to] out of the gaps; there is room for one gap more. */
static void cover(tdm__period *gaps, size_t *count, tdm_day from, tdm_day to)
{
    size_t before = *count, kept = 0;
    tdm__period split = {0, -1};
    for (size_t i = 0; i < before; i++) {
        tdm__period gap = gaps[i];
        if (to < gap.from || from > gap.to) {
            gaps[kept++] = gap;
            continue;
        }
        if (gap.from < from && gap.to > to)
            split = (tdm__period){to + 1, gap.to};
        if (gap.from < from)
            gaps[kept++] = (tdm__period){gap.from, from - 1};
        else if (gap.to > to)
            gaps[kept++] = (tdm__period){to + 1, gap.to};
    }
    if (split.from <= split.to)
        gaps[kept++] = split;
    *count = kept;
}

static size_t count_periods(const tdm__picture *picture, const tdm__lane *lane)
{
    const tdm_chronology *chronology = picture->run->chronology;
    size_t count = 0;
    for (uint32_t i = 0; i < tdm__chronology_source_count(chronology); i++) {
        const tdm__source *source = tdm__chronology_source(chronology, i);
        if (tdm__str_equal(source->agency, tdm__chronology_agency(chronology, lane->agency)))
            count += source->cover_count + source->no_contact_count;
    }
    return count;
}

static void add_source(tdm__picture *picture, tdm__lane *lane, const tdm__source *source)
{
    for (size_t i = 0; i < source->cover_count; i++) {
        lane->declared = true;
        cover(lane->gaps, &lane->gap_count, source->covers[i].from, source->covers[i].to);
    }
    for (size_t i = 0; i < source->no_contact_count; i++) {
        tdm__period period = source->no_contact[i];
        if (period.to < picture->axis.first || period.from > picture->axis.last)
            continue;
        lane->no_contact[lane->no_contact_count++] = period;
        cover(lane->gaps, &lane->gap_count, period.from, period.to);
    }
}

static tdm_status make_coverage(tdm__picture *picture, tdm__lane *lane)
{
    const tdm_chronology *chronology = picture->run->chronology;
    size_t periods = count_periods(picture, lane);
    lane->gaps = tdm__arena_array(picture->arena, periods + 2, sizeof *lane->gaps);
    lane->no_contact = tdm__arena_array(picture->arena, periods + 2, sizeof *lane->no_contact);
    if (!lane->gaps || !lane->no_contact)
        return TDM_NO_MEMORY;
    lane->gaps[0] = (tdm__period){picture->axis.first, picture->axis.last};
    lane->gap_count = 1;
    for (uint32_t i = 0; i < tdm__chronology_source_count(chronology); i++) {
        const tdm__source *source = tdm__chronology_source(chronology, i);
        if (tdm__str_equal(source->agency, tdm__chronology_agency(chronology, lane->agency)) &&
            concerns_child(source, picture->child->child))
            add_source(picture, lane, source);
    }
    if (!lane->declared)
        lane->gap_count = 0; /* nothing was said: the lane's note says so instead */
    return TDM_OK;
}

/* --- prompts, episodes, grades --- */

static tdm_day flag_day(const tdm_run *run, const tdm__prompt *prompt)
{
    tdm_day day = prompt->first_met;
    if (day == TDM_DAY_NONE)
        day = prompt->spell_count > 0 ? prompt->spells[0].to : run->as_of;
    return day < run->as_of ? day : run->as_of;
}

static tdm_status make_flags(tdm__picture *picture)
{
    const tdm__child_result *child = picture->child;
    picture->flags = tdm__arena_array(picture->arena, child->prompt_count + 1, sizeof *picture->flags);
    if (!picture->flags)
        return TDM_NO_MEMORY;
    int number = 0;
    for (size_t i = 0; i < child->prompt_count; i++) {
        if (!tdm__prompt_shown(&child->prompts[i], picture->options))
            continue;
        tdm__picture_flag flag = {&child->prompts[i], ++number, flag_day(picture->run, &child->prompts[i])};
        size_t at = picture->flag_count++;
        for (; at > 0 && picture->flags[at - 1].day > flag.day; at--)
            picture->flags[at] = picture->flags[at - 1];
        picture->flags[at] = flag;
    }
    return TDM_OK;
}

static tdm__episode_row *episode_row(tdm__picture *picture, const tdm__episode *episode)
{
    for (size_t i = 0; i < picture->episode_row_count; i++)
        if (picture->episode_rows[i].name == episode->name)
            return &picture->episode_rows[i];
    size_t at = picture->episode_row_count++;
    for (; at > 0 && picture->episode_rows[at - 1].ladder > episode->ladder; at--)
        picture->episode_rows[at] = picture->episode_rows[at - 1];
    picture->episode_rows[at] = (tdm__episode_row){episode->name, episode->ladder, 0, 1};
    return &picture->episode_rows[at];
}

/* The row of an episode among those of its name: the first in which no earlier one is still open. */
static size_t episode_place(const tdm__picture *picture, size_t index)
{
    const tdm__episode *episodes = picture->child->episodes;
    for (size_t row = 0;; row++) {
        bool is_free = true;
        for (size_t i = 0; i < index && is_free; i++)
            is_free = episodes[i].name != episodes[index].name || picture->episode_places[i] != row ||
                      (episodes[i].end_to != TDM_DAY_NONE &&
                       episodes[i].end_to <= episodes[index].start_from);
        if (is_free)
            return row;
    }
}

static tdm_status make_episodes(tdm__picture *picture)
{
    size_t count = picture->child->episode_count;
    picture->episode_rows = tdm__arena_array(picture->arena, count + 1, sizeof *picture->episode_rows);
    picture->episode_places = tdm__arena_array(picture->arena, count + 1, sizeof *picture->episode_places);
    if (!picture->episode_rows || !picture->episode_places)
        return TDM_NO_MEMORY;
    for (size_t i = 0; i < count; i++) {
        tdm__episode_row *row = episode_row(picture, &picture->child->episodes[i]);
        picture->episode_places[i] = episode_place(picture, i);
        if (row->rows <= picture->episode_places[i])
            row->rows = picture->episode_places[i] + 1;
    }
    size_t at = 0;
    for (size_t i = 0; i < picture->episode_row_count; i++) {
        picture->episode_rows[i].row = at;
        at += picture->episode_rows[i].rows;
    }
    return TDM_OK;
}

static bool instrument_is_there(const tdm__picture *picture, tdm_str instrument)
{
    for (size_t i = 0; i < picture->grade_row_count; i++)
        if (tdm__str_equal(picture->grade_rows[i].instrument, instrument))
            return true;
    return false;
}

static size_t area_count(const tdm_score *score)
{
    tdm_score_view view;
    size_t count = 0;
    if (tdm_score_total(&view, score))
        return 1;
    while (tdm_score_area(&view, score, count))
        count++;
    return count;
}

static tdm_status make_grades(tdm__picture *picture)
{
    size_t room = 1;
    for (size_t i = 0; i < picture->child->score_count; i++)
        room += area_count(picture->child->scores[i]) + 1;
    picture->grade_rows = tdm__arena_array(picture->arena, room, sizeof *picture->grade_rows);
    if (!picture->grade_rows)
        return TDM_NO_MEMORY;
    for (size_t i = 0; i < picture->child->score_count; i++) {
        const tdm_score *score = picture->child->scores[i];
        tdm_score_view view;
        if (instrument_is_there(picture, tdm_score_instrument(score)))
            continue;
        bool total = tdm_score_total(&view, score);
        size_t areas = area_count(score);
        if (!total)
            picture->grade_rows[picture->grade_row_count++] =
                (tdm__grade_row){.instrument = tdm_score_instrument(score), .heading = true};
        for (size_t area = 0; area < areas; area++) {
            if (!total)
                tdm_score_area(&view, score, area);
            picture->grade_rows[picture->grade_row_count++] =
                (tdm__grade_row){tdm_score_instrument(score), view.code, view.title, area, total, false};
        }
    }
    return TDM_OK;
}

tdm_status tdm__picture_model(tdm__picture *picture)
{
    uint32_t first, end;
    tdm__chronology_child_events(picture->run->chronology, picture->child->child, &first, &end);
    find_axis(picture, first, end);
    tdm_status status = make_flags(picture);
    if (status == TDM_OK)
        status = make_marks(picture, first, end);
    for (size_t i = 0; i < picture->lane_count && status == TDM_OK; i++)
        status = make_coverage(picture, &picture->lanes[i]);
    if (status == TDM_OK)
        status = make_episodes(picture);
    if (status == TDM_OK)
        status = make_grades(picture);
    return status == TDM_OK ? tdm__picture_load(picture) : status;
}

/*
 * The level of response on a day and over time, as bounds where dates are doubtful.
 */
#include "chronology/looked.h"

#include <stdlib.h>

static void raise_level(int32_t *level, int32_t ladder)
{
    if (ladder > *level)
        *level = ladder;
}

static void add_episode(tdm_bounds *level, const tdm__episode *episode, tdm_day day)
{
    bool closed = episode->end_row != TDM_NO_INDEX;
    bool starts_today = episode->start_from == day && episode->start_to == day;
    bool may_start_today = episode->start_from <= day && day <= episode->start_to;
    bool surely = episode->start_to <= day && (!closed || episode->end_from > day || starts_today);
    bool perhaps = episode->start_from <= day && (!closed || episode->end_to > day || may_start_today);
    if (surely && !episode->uncertain)
        raise_level(&level->certain, episode->ladder);
    if (perhaps)
        raise_level(&level->possible, episode->ladder);
}

static void add_row(tdm_bounds *level, const tdm__row *row, tdm_day day)
{
    if (row->own_level == TDM_NO_LADDER || row->from > day || row->to < day)
        return;
    if (row->from == row->to && !row->uncertain)
        raise_level(&level->certain, row->own_level);
    raise_level(&level->possible, row->own_level);
}

static tdm_bounds level_of_episodes(const tdm_history *h, tdm_day day, uint64_t without_episodes)
{
    tdm_bounds level = {0, 0};
    for (uint32_t i = 0; i < h->episode_count; i++)
        if (h->episodes[i].ladder != TDM_NO_LADDER && !(without_episodes >> h->episodes[i].name & 1))
            add_episode(&level, &h->episodes[i], day);
    return level;
}

tdm_bounds tdm__history_level(const tdm_history *h, tdm_day day, uint64_t without_episodes)
{
    tdm_bounds level = level_of_episodes(h, day, without_episodes);
    tdm__look_at_episodes(h);
    for (uint32_t i = 0; i < h->row_count; i++)
        add_row(&level, &h->rows[i], day);
    return level;
}

static int compare_days(const void *a, const void *b)
{
    tdm_day x = *(const tdm_day *)a, y = *(const tdm_day *)b;
    return (x > y) - (x < y);
}

/* Days on which the level may change. */
static size_t breakpoints(tdm_day *out, const tdm_history *h)
{
    size_t count = 0;
    for (uint32_t i = 0; i < h->episode_count; i++) {
        const tdm__episode *e = &h->episodes[i];
        if (e->ladder == TDM_NO_LADDER)
            continue;
        out[count++] = e->start_from;
        out[count++] = e->start_to;
        out[count++] = e->start_to + 1;
        if (e->end_row != TDM_NO_INDEX) {
            out[count++] = e->end_from;
            out[count++] = e->end_to;
        }
    }
    for (uint32_t i = 0; i < h->row_count; i++)
        if (h->rows[i].own_level != TDM_NO_LADDER) {
            out[count++] = h->rows[i].from;
            out[count++] = h->rows[i].to + 1;
        }
    return count;
}

static tdm_day first_dated_day(const tdm_history *h)
{
    tdm_day first = TDM_DAY_AFTER_ALL;
    for (uint32_t i = 0; i < h->row_count; i++)
        if (h->rows[i].dated && h->rows[i].from < first)
            first = h->rows[i].from;
    return first;
}

/* The rows that stand on the ladder by themselves: few of most histories. */
static tdm_status rows_with_level(const tdm__row ***out, size_t *count, const tdm_history *h)
{
    *count = 0;
    for (uint32_t i = 0; i < h->row_count; i++)
        *count += h->rows[i].own_level != TDM_NO_LADDER;
    *out = tdm__arena_array(h->arena, *count, sizeof **out);
    if (!*out)
        return TDM_NO_MEMORY;
    for (uint32_t i = 0, at = 0; i < h->row_count; i++)
        if (h->rows[i].own_level != TDM_NO_LADDER)
            (*out)[at++] = &h->rows[i];
    return TDM_OK;
}

tdm_status tdm__history_levels(tdm__level_step **out, size_t *count, const tdm_history *h)
{
    size_t room = (size_t)h->episode_count * 5 + (size_t)h->row_count * 2 + 1, points = 0;
    const tdm__row **own;
    size_t own_count;
    *count = h->level_count;
    *out = h->levels;
    tdm__look_at_episodes(h);
    if (h->levels)
        return TDM_OK;
    *out = tdm__arena_alloc(h->arena, room * sizeof **out);
    tdm_day *days = tdm__arena_alloc(h->arena, room * sizeof *days);
    if (!*out || !days)
        return TDM_NO_MEMORY;
    tdm_day first = first_dated_day(h);
    if (first == TDM_DAY_AFTER_ALL)
        return TDM_OK;
    tdm_status status = rows_with_level(&own, &own_count, h);
    if (status != TDM_OK)
        return status;
    points = breakpoints(days, h);
    days[points++] = first;
    qsort(days, points, sizeof *days, compare_days);
    for (size_t i = 0; i < points && days[i] <= h->as_of; i++) {
        if (days[i] < first || (i > 0 && days[i] == days[i - 1]))
            continue;
        tdm_bounds level = level_of_episodes(h, days[i], 0);
        for (size_t k = 0; k < own_count; k++)
            add_row(&level, own[k], days[i]);
        tdm__level_step *last = *count > 0 ? &(*out)[*count - 1] : NULL;
        if (last && last->level.certain == level.certain && last->level.possible == level.possible)
            continue;
        if (last)
            last->to = days[i] - 1;
        (*out)[(*count)++] = (tdm__level_step){days[i], h->as_of, level};
    }
    return TDM_OK;
}

tdm_status tdm__history_know_levels(tdm_history *h)
{
    tdm__level_step *levels;
    size_t count;
    tdm_status status = tdm__history_levels(&levels, &count, h);
    if (status != TDM_OK)
        return status;
    h->levels = levels;
    h->level_count = count;
    return TDM_OK;
}

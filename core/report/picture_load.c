/*
 * Concerns a quarter: one incident once, at the day its rows share; where that day could lie in more
 * than one quarter it counts in each as possible.
 */
#include "report/picture.h"
#include "report/replaced.h"

#include <stdlib.h>

#define WIDE_DAYS 366 /* a date wider than this is in no bar */

typedef struct concern {
    uint32_t incident; /* 0: alone */
    uint32_t event;
    tdm_day from, to;
} concern;

static int by_incident(const void *a, const void *b)
{
    const concern *one = a, *other = b;
    if (one->incident != other->incident)
        return one->incident < other->incident ? -1 : 1;
    return (one->event > other->event) - (one->event < other->event);
}

static bool is_counted(const tdm_run *run, const tdm__event *event)
{
    return tdm__event_is_concern(run, event) && !tdm__event_is_undated(event) &&
           !tdm__event_is_later(run, event) && !tdm__event_is_replaced(run, event);
}

static concern concern_of(const tdm_run *run, const tdm__event *event)
{
    tdm_day to = event->occurred.to;
    if (event->recorded != TDM_DAY_NONE && event->recorded < to && event->recorded >= event->occurred.from)
        to = event->recorded;
    return (concern){event->incident, event->index, event->occurred.from, to < run->as_of ? to : run->as_of};
}

/* The rows of one incident as one concern: what their dates share, else their whole span. */
static concern joined(const concern *rows, size_t count)
{
    concern shared = rows[0], whole = rows[0];
    for (size_t i = 1; i < count; i++) {
        shared.from = rows[i].from > shared.from ? rows[i].from : shared.from;
        shared.to = rows[i].to < shared.to ? rows[i].to : shared.to;
        whole.from = rows[i].from < whole.from ? rows[i].from : whole.from;
        whole.to = rows[i].to > whole.to ? rows[i].to : whole.to;
    }
    return shared.from <= shared.to ? shared : whole;
}

static void add_to_load(tdm__picture *picture, const concern *one)
{
    if (one->from == TDM_DAY_BEFORE_ALL || one->to - one->from > WIDE_DAYS) {
        picture->load_unplaced++;
        return;
    }
    tdm_day start = tdm__quarter_start(picture->axis.first);
    for (size_t quarter = 0; quarter < picture->quarter_count; quarter++) {
        tdm_day next = tdm__quarter_next(start);
        if (one->from >= start && one->to < next)
            picture->load[quarter].certain++;
        else if (one->from < next && one->to >= start)
            picture->load[quarter].possible++;
        start = next;
    }
}

tdm_status tdm__picture_load(tdm__picture *picture)
{
    const tdm_run *run = picture->run;
    concern *concerns = tdm__arena_array(picture->arena, picture->mark_count + 1, sizeof *concerns);
    picture->quarter_count = tdm__axis_quarters(&picture->axis);
    picture->load = tdm__arena_array(picture->arena, picture->quarter_count + 1, sizeof *picture->load);
    if (!concerns || !picture->load)
        return TDM_NO_MEMORY;
    size_t count = 0;
    for (size_t i = 0; i < picture->mark_count; i++) {
        tdm__event event = tdm__chronology_event(run->chronology, picture->marks[i].event);
        if (is_counted(run, &event))
            concerns[count++] = concern_of(run, &event);
    }
    qsort(concerns, count, sizeof *concerns, by_incident);
    for (size_t at = 0, next; at < count; at = next) {
        next = at + 1;
        while (concerns[at].incident != 0 && next < count && concerns[next].incident == concerns[at].incident)
            next++;
        concern one = joined(concerns + at, next - at);
        add_to_load(picture, &one);
    }
    for (size_t i = 0; i < picture->quarter_count; i++) {
        int all = picture->load[i].certain + picture->load[i].possible;
        picture->load_max = all > picture->load_max ? all : picture->load_max;
    }
    return TDM_OK;
}

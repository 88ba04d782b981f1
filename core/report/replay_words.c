/*
 * The words and cells of a replay. No writing here.
 */
#include "report/replay_words.h"

#include <stdio.h>

const char *const tdm__replay_headings[TDM__REPLAY_CELLS + 1] = {
    "indicator", "possible from", "met from", "by days of events", "lag", "step-up after it", NULL};

const char *const tdm__replay_explained[] = {
    "Each day was asked with what had been recorded by then: a row counts from the day on which it was "
    "recorded; one without such a day, from the day on which it occurred, or first may have.",
    "By days of events is the day on which the definition was first met as things happened, by all that is "
    "on record now; the lag is the time from then until it could have been known.",
    "A step-up is the first later day by which the level of response had risen for certain. It says nothing "
    "of why it rose, nor what should have been done.",
    NULL};

bool tdm__replay_fired(const tdm__replayed *item)
{
    return item->possible_on != TDM_DAY_NONE;
}

tdm_day tdm__replay_since(const tdm__replayed *item)
{
    return item->met_on != TDM_DAY_NONE ? item->met_on : item->possible_on;
}

int tdm__replay_days_before(const tdm__replayed *item)
{
    return item->step_up.day == TDM_DAY_NONE ? 0 : (int)(item->step_up.day - tdm__replay_since(item));
}

bool tdm__replay_lag(int *out, const tdm__replayed *item)
{
    bool both = item->met_on != TDM_DAY_NONE && item->first_met != TDM_DAY_NONE && !item->met_before;
    *out = both ? (int)(item->met_on - item->first_met) : 0;
    return both;
}

static void put_day(char room[TDM__WORDS_SIZE], tdm_day day, bool perhaps_before)
{
    char iso[TDM_DATE_TEXT_SIZE];
    tdm__day_iso(iso, day);
    snprintf(room, TDM__WORDS_SIZE, "%s%s", iso[0] ? iso : "-", perhaps_before ? " or before" : "");
}

static void put_days(char room[TDM__WORDS_SIZE], int days)
{
    snprintf(room, TDM__WORDS_SIZE, "%d day%s", days, days == 1 ? "" : "s");
}

static void put_step_up(char room[TDM__WORDS_SIZE], const tdm__replayed *item)
{
    char iso[TDM_DATE_TEXT_SIZE], days[TDM__WORDS_SIZE];
    tdm__day_iso(iso, item->step_up.day);
    put_days(days, tdm__replay_days_before(item));
    if (item->step_up.day == TDM_DAY_NONE)
        snprintf(room, TDM__WORDS_SIZE, "%s", tdm__replay_fired(item) ? "none came" : "-");
    else
        snprintf(room, TDM__WORDS_SIZE, "%s, after %.20s: to %d %s", iso, days, (int)item->step_up.to,
                 tdm__level_words[item->step_up.to]);
}

void tdm__replay_cells_of(tdm__replay_cells *out, const tdm__replay *replay, const tdm__replayed *item)
{
    int lag;
    char(*rooms)[TDM__WORDS_SIZE] = out->rooms;
    put_day(rooms[TDM__REPLAY_POSSIBLE], item->possible_on, item->possible_before);
    put_day(rooms[TDM__REPLAY_MET], item->met_on, item->met_before);
    put_day(rooms[TDM__REPLAY_OCCURRED], item->first_met, false);
    if (item->first_met == TDM_DAY_NONE && item->met_on != TDM_DAY_NONE)
        snprintf(rooms[TDM__REPLAY_OCCURRED], TDM__WORDS_SIZE, "not met any more");
    snprintf(rooms[TDM__REPLAY_LAG], TDM__WORDS_SIZE, "-");
    if (tdm__replay_lag(&lag, item))
        put_days(rooms[TDM__REPLAY_LAG], lag);
    put_step_up(rooms[TDM__REPLAY_STEP_UP], item);
    for (int i = 0; i < TDM__REPLAY_CELLS; i++)
        out->cells[i] = tdm__str(rooms[i]);
    out->cells[TDM__REPLAY_ID] = replay->run->indicators[item->indicator].indicator->id;
}

void tdm__replay_child_words(char out[TDM__REPLAY_WORDS_SIZE], const tdm__replay *replay,
                             const tdm__replayed_child *child)
{
    char first[TDM__WORDS_SIZE], last[TDM__WORDS_SIZE];
    tdm__day_words(first, child->from);
    tdm__day_words(last, replay->to);
    if (child->from == TDM_DAY_NONE)
        snprintf(out, TDM__REPLAY_WORDS_SIZE, "Nothing of this child was recorded by %s: no day was asked.",
                 last);
    else
        snprintf(
            out, TDM__REPLAY_WORDS_SIZE,
            "Asked for each day from %s%s to %s. Of %u rows, %u have no day on which they were recorded.",
            first, child->starts_late ? " (there are earlier rows)" : "", last, (unsigned)child->rows,
            (unsigned)child->without_recorded);
}

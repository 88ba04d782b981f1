/*
 * The inside of a holiday table, for the reading of its file and the counting of working days.
 */
#ifndef TDM_CALENDAR_HOLIDAYS_H
#define TDM_CALENDAR_HOLIDAYS_H

#include "calendar/calendar.h"

struct tdm_holidays {
    tdm_allocator allocator;
    tdm_day known_from;
    tdm_day known_until;
    tdm_day *days; /* ascending, Monday to Friday only: the others change no count */
    size_t count;
    size_t capacity;
    struct tdm_holidays *school; /* days on which schools are closed; NULL: no terms are known */
};

#endif

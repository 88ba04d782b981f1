/*
 * How old somebody is on a day, as a calendar counts it.
 */
#ifndef TDM_CALENDAR_AGE_H
#define TDM_CALENDAR_AGE_H

#include <tidemark/calendar.h>

/* Completed years, completed months beyond them (0 to 11), days beyond those (0 to 30). */
typedef struct tdm__age {
    int32_t years, months, days;
} tdm__age;

/* A month or year is complete on the day of the month of the birth; where a month has no such day, on the
 * first of the next. False before birth and when either is a sentinel; *out is zero then. */
bool tdm__age_at(tdm__age *out, tdm_day born, tdm_day day);

#endif

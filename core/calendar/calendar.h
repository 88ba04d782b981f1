/*
 * What the files of this layer share: months, the limits of the calendar, and the reading of one
 * date in the making. Nothing above this layer includes it.
 */
#ifndef TDM_CALENDAR_CALENDAR_H
#define TDM_CALENDAR_CALENDAR_H

#include "base/text.h"

#include <tidemark/calendar.h>

#define TDM__FIRST_DAY ((tdm_day)-719162) /* 0001-01-01 */
#define TDM__LAST_DAY  ((tdm_day)2932896) /* 9999-12-31 */

bool tdm__day_is_real(int64_t day); /* within years 1 to 9999, so no sentinel */
tdm_day tdm__day_clamped(int64_t day);
int32_t tdm__month_length(int32_t year, int32_t month);
int32_t tdm__weekday(tdm_day day); /* 0 Monday to 6 Sunday */

/* 1 to 12; 0 when the word (lower case) names no month. Full names and the usual short ones. */
int32_t tdm__month_named(tdm_str word);
const char *tdm__month_name(int32_t month); /* "March" */

/* In what the ends of a date are told; "~" widens by it. */
enum tdm__date_unit { TDM__UNIT_DAY, TDM__UNIT_MONTH, TDM__UNIT_YEAR };

typedef struct tdm__reading {
    tdm_day from;
    tdm_day to;
    uint32_t flags;
    int32_t unit;
} tdm__reading;

/* All days from the first of one month to the last of another. False outside years 1 to 9999. */
bool tdm__months_reading(tdm__reading *out, int32_t year, int32_t month, int32_t last_year,
                         int32_t last_month, int32_t unit);

/*
 * A way of writing a date: reads it at *at and moves *at behind it; false when it is not written
 * this way or there is no such day. The text is lower-case ASCII with single spaces, ended by zero.
 */
typedef bool (*tdm__date_reader)(tdm__reading *out, const char **at, const tdm_date_rules *rules);
extern const tdm__date_reader tdm__uk_readers[]; /* in the order in which they are tried; ended by NULL */

/* Up to `limit` decimal digits as a number; gives how many there were. */
int tdm__digits(int32_t *out, const char **at, int limit);

/* Day, month and year as numbers, in the order of the rules. */
bool tdm__numeric_reading(tdm__reading *out, int32_t first, int32_t second, int32_t year,
                          const tdm_date_rules *rules);
/* A year of two digits by the pivot, of four as it stands; false for another number of digits. */
bool tdm__year_of(int32_t *out, int32_t number, int digits, const tdm_date_rules *rules);

/* "14:30", "2.30 pm", "14:30:05z", "1430hrs": the whole of the text. */
bool tdm__time_read(int32_t *minute, const char *text);

#endif

/*
 * Civil dates as people write them, exact or doubtful, and the arithmetic that practice counts in:
 * days, calendar months, working days, ages.
 *
 * All functions read only their arguments: any number of threads.
 */
#ifndef TIDEMARK_CALENDAR_H
#define TIDEMARK_CALENDAR_H

#include <tidemark/base.h>

#ifdef __cplusplus
extern "C" {
#endif

/* A civil day: days since 1970-01-01 in the Gregorian calendar, years 1 to 9999. */
typedef int32_t tdm_day;
#define TDM_DAY_NONE INT32_MIN /* not recorded */
#define TDM_DAY_BEFORE_ALL                                                                                   \
    (INT32_MIN + 1)                 /* start of a date that nothing is known of, or open at its start */
#define TDM_DAY_AFTER_ALL INT32_MAX /* its end */

enum {
    TDM_DATE_UNCERTAIN = 1,   /* written with "?": the interval stands, the answer is capped at possible */
    TDM_DATE_APPROXIMATE = 2, /* written with "~": the interval has been widened by the rules */
    TDM_DATE_BOTH_ORDERS = 4  /* day and month could not be told apart: from one reading to the other */
};

/*
 * Some day within [from, to], both included; equal when the day is known. An undated row has
 * from == TDM_DAY_BEFORE_ALL and to == TDM_DAY_AFTER_ALL.
 */
typedef struct tdm_date {
    tdm_day from;
    tdm_day to;
    uint32_t flags;
} tdm_date;

enum tdm_date_order { TDM_DAY_FIRST = 0, TDM_MONTH_FIRST = 1, TDM_ORDER_UNKNOWN = 2 };

/* How dates are read. Set struct_size; NULL in place of the rules gives the defaults below. */
typedef struct tdm_date_rules {
    size_t struct_size;
    int32_t order;              /* enum tdm_date_order; default day first. TDM_ORDER_UNKNOWN: a value that
                                   can be read both ways becomes [earlier..later] with TDM_DATE_BOTH_ORDERS */
    int32_t pivot;              /* two-digit years up to this are 2000s; 0 to 99, default 69 */
    int32_t approximate_days;   /* "~" widens an exact day by so many each side; to 36600, default 7 */
    int32_t approximate_months; /* ... a month or season by so many months; to 1200, default 1 */
    int32_t approximate_years;  /* ... a year by so many years; to 100, default 1 */
} tdm_date_rules;

/* The defaults, struct_size filled in. */
TDM_API tdm_date_rules tdm_date_rules_default(void);

/*
 * Reads a date as written: ISO 8601 days, the EDTF forms `2024-03`, `2024`, `2024-XX`, `?`, `~`, `%`,
 * `[a..b]`, `[..b]`, `[a..]`, `a/b` (read as "some day within"), and the UK ways (5/3/24,
 * 05.03.2024, 5 March 2024, Mar 2024, ?22 May 2016, early 2023, late March 2024, spring 2022).
 *
 * out      set to an undated value first
 * minute   minute of the day, 0 to 1439, when a time stands behind the date, else -1; may be NULL
 * text     UTF-8; white space around it is ignored. Empty: TDM_OK and undated
 * rules    NULL: the defaults
 *
 * Winter 2022 is December 2022 to February 2023. The zone of a time is read and left aside. A weekday
 * that is not the day's own makes the date uncertain. Allocates nothing.
 *
 * TDM_OK; TDM_INVALID_INPUT when it is no date or no such day exists (31 February); TDM_INVALID_ARG
 * when a rule is out of its range.
 */
TDM_API tdm_status tdm_date_parse(tdm_date *out, int32_t *minute, tdm_str text, const tdm_date_rules *rules);

#define TDM_DATE_TEXT_SIZE 64

/* The canonical EDTF text: "2024-03-05", "2024-03", "2024", "[2024-03-05..2024-03-09]", "[..2024-03-05]",
 * with "?" behind an uncertain one, "" for an undated one. Read back it gives the same interval: "~" is not
 * written, because the interval is already widened. Always ended by zero. */
TDM_API void tdm_date_format(char out[TDM_DATE_TEXT_SIZE], tdm_date date);

/* The same in words for a sentence: "5 March 2024", "March 2024", "2024", "between 5 and 9 March 2024",
 * "on or before 5 March 2024", "perhaps 5 March 2024", "no date". Never a day that was only assumed. */
TDM_API void tdm_date_words(char out[TDM_DATE_TEXT_SIZE], tdm_date date);

/* False when no such day exists; *out is TDM_DAY_NONE then. month 1 to 12, day 1 to 31. */
TDM_API bool tdm_day_from_civil(tdm_day *out, int32_t year, int32_t month, int32_t day);
/* All three are 0 for a sentinel. */
TDM_API void tdm_day_to_civil(tdm_day day, int32_t *year, int32_t *month, int32_t *day_of_month);

/* An exact ISO day "2024-03-05" and nothing else. False: not one. */
TDM_API bool tdm_day_parse_iso(tdm_day *out, tdm_str text);

/* `months` calendar months later (earlier when negative), same day of the month, clamped to the
 * month's end: 31 January + 1 = 28 or 29 February; 29 February 2020 - 12 = 28 February 2019.
 * Sentinels come back unchanged; the result is clamped to years 1 to 9999. */
TDM_API tdm_day tdm_day_add_months(tdm_day day, int32_t months);

/* Completed years between birth and `day`; -1 before birth and when either is a sentinel. Born on 29
 * February: in other years the birthday is taken as 1 March. */
TDM_API int32_t tdm_age_years(tdm_day born, tdm_day day);

enum tdm_span_unit { TDM_SPAN_DAYS = 0, TDM_SPAN_MONTHS = 1, TDM_SPAN_WORKING_DAYS = 2 };

/* A length of time; `count` 0 to 36600 days, 1200 months or 26000 working days. */
typedef struct tdm_span {
    int32_t unit; /* enum tdm_span_unit */
    int32_t count;
} tdm_span;

/* Bank holidays of a nation, known from a day until a day. Frozen; any number of threads. */
typedef struct tdm_holidays tdm_holidays;

/*
 * Reads a bank-holiday file: CSV with the heading `date,name` and, before it, comment lines
 * `# nation: england`, `# known-from: 2010-01-01`, `# known-until: 2027-12-31`.
 *
 * out        set to NULL first; freed with tdm_holidays_free
 * allocator  kept by value
 * error      may be NULL
 *
 * TDM_OK, TDM_INVALID_INPUT with the line, TDM_NO_MEMORY.
 */
TDM_API tdm_status tdm_holidays_parse(tdm_holidays **out, const tdm_allocator *allocator, tdm_str text,
                                      tdm_str file, tdm_error *error);
TDM_API void tdm_holidays_free(tdm_holidays *holidays);

/*
 * Adds an area's school terms to its bank holidays: CSV with the heading `from,to,name`, one row for each
 * stretch of days on which schools are open (both days included, in order), and, before it, comment lines `#
 * area: NAME`,
 * `# known-from: 2023-09-01`, `# known-until: 2025-08-31`. Within these days a Monday to Friday outside every
 * stretch, and a bank holiday, is no school day. Terms are each area's and school's own: standing *local*.
 *
 * holidays   not yet shared; keeps what it had when this fails, and takes the place of terms given before
 * error      may be NULL
 *
 * TDM_OK, TDM_INVALID_INPUT with the line, TDM_NO_MEMORY.
 */
TDM_API tdm_status tdm_holidays_add_terms(tdm_holidays *holidays, tdm_str text, tdm_str file,
                                          tdm_error *error);
/* The same table for school days: what the functions below count with it are school days. NULL: no terms are
 * known. Lives as long as `holidays`, which may be NULL. */
TDM_API const tdm_holidays *tdm_school_days(const tdm_holidays *holidays);

/* Neither a weekend nor a bank holiday. TDM_OK; TDM_UNKNOWN_PERIOD outside the known period. */
TDM_API tdm_status tdm_is_working_day(bool *out, tdm_day day, const tdm_holidays *holidays);

/*
 * Working days after `from` up to and including `to`; `from` is day 0. Saturday to Sunday is 0.
 * Negative when `to` lies before `from` (the same count, sign turned).
 * TDM_OK; TDM_UNKNOWN_PERIOD when a day between is outside the known period.
 */
TDM_API tdm_status tdm_working_days_between(int32_t *out, tdm_day from, tdm_day to,
                                            const tdm_holidays *holidays);

/* The `count`-th working day after `from` (day 0); `from` itself when count is 0. count may be negative. */
TDM_API tdm_status tdm_add_working_days(tdm_day *out, tdm_day from, int32_t count,
                                        const tdm_holidays *holidays);

/*
 * The last day that lies "within `span` of X" when X is day 0: the D-th day, the anniversary, the
 * W-th working day. holidays may be NULL unless the unit is working days (TDM_INVALID_ARG then).
 */
TDM_API tdm_status tdm_span_end(tdm_day *out, tdm_day from, tdm_span span, const tdm_holidays *holidays);

#ifdef __cplusplus
}
#endif

#endif

/*
 * Dates as text: the canonical EDTF form and words for a sentence. Words tell an end in the unit in
 * which it is known: a whole month as a month, so that no day is named that nobody stated.
 */
#include "calendar/calendar.h"

#include <stdio.h>
#include <string.h>

/* "28 September 2023" is the longest end of an interval; two and their joints fit in a text. */
#define PIECE_SIZE 20

typedef struct civil {
    int32_t year;
    int32_t month;
    int32_t day;
} civil;

static civil civil_of(tdm_day day)
{
    civil parts;
    tdm_day_to_civil(day, &parts.year, &parts.month, &parts.day);
    return parts;
}

static bool starts_month(civil at)
{
    return at.day == 1;
}

static bool ends_month(civil at)
{
    return at.day == tdm__month_length(at.year, at.month);
}

static bool starts_year(civil at)
{
    return at.day == 1 && at.month == 1;
}

static bool ends_year(civil at)
{
    return at.day == 31 && at.month == 12;
}

/* Neither undated nor damaged; an end that is not open is a real day. */
static bool has_date(tdm_date date)
{
    bool open_start = date.from == TDM_DAY_BEFORE_ALL, open_end = date.to == TDM_DAY_AFTER_ALL;
    return (open_start || tdm__day_is_real(date.from)) && (open_end || tdm__day_is_real(date.to)) &&
           !(open_start && open_end) && date.from <= date.to;
}

static bool is_open(tdm_date date)
{
    return date.from == TDM_DAY_BEFORE_ALL || date.to == TDM_DAY_AFTER_ALL;
}

/* The largest unit that the interval fills exactly, -1 for none. */
static int whole_unit(civil from, civil to)
{
    if (from.year != to.year)
        return -1;
    if (starts_year(from) && ends_year(to))
        return TDM__UNIT_YEAR;
    if (from.month != to.month)
        return -1;
    if (starts_month(from) && ends_month(to))
        return TDM__UNIT_MONTH;
    return from.day == to.day ? TDM__UNIT_DAY : -1;
}

/* Every row of a report has dates: digits by hand take a tenth of the time of snprintf. */
static char *put_digits(char *at, int32_t number, int digits)
{
    for (int i = digits; i-- > 0; number /= 10)
        at[i] = (char)('0' + number % 10);
    return at + digits;
}

/* Years are 1 to 9999: tdm__day_is_real. */
static void put_edtf(char out[PIECE_SIZE], civil at, int unit)
{
    char *end = put_digits(out, at.year, 4);
    if (unit != TDM__UNIT_YEAR) {
        *end++ = '-';
        end = put_digits(end, at.month, 2);
    }
    if (unit != TDM__UNIT_YEAR && unit != TDM__UNIT_MONTH) {
        *end++ = '-';
        end = put_digits(end, at.day, 2);
    }
    *end = '\0';
}

void tdm_date_format(char out[TDM_DATE_TEXT_SIZE], tdm_date date)
{
    char first[PIECE_SIZE] = "", last[PIECE_SIZE] = "";
    const char *doubt = date.flags & TDM_DATE_UNCERTAIN ? "?" : "";
    out[0] = '\0';
    if (!has_date(date))
        return;
    civil from = civil_of(date.from), to = civil_of(date.to);
    int unit = is_open(date) ? -1 : whole_unit(from, to);
    if (date.from != TDM_DAY_BEFORE_ALL)
        put_edtf(first, from, unit);
    if (date.to != TDM_DAY_AFTER_ALL)
        put_edtf(last, to, unit);
    if (unit >= 0)
        strcat(strcpy(out, first), doubt);
    else
        snprintf(out, TDM_DATE_TEXT_SIZE, "[%s..%s]%s", first, last, doubt);
}

static void put_words(char out[PIECE_SIZE], civil at, int unit)
{
    if (unit == TDM__UNIT_YEAR)
        snprintf(out, PIECE_SIZE, "%d", at.year);
    else if (unit == TDM__UNIT_MONTH)
        snprintf(out, PIECE_SIZE, "%s %d", tdm__month_name(at.month), at.year);
    else
        snprintf(out, PIECE_SIZE, "%d %s %d", at.day, tdm__month_name(at.month), at.year);
}

/* The first end of an interval, without the month and year that the last one repeats. */
static void put_first_words(char out[PIECE_SIZE], civil from, civil to, int unit)
{
    if (unit == TDM__UNIT_YEAR || from.year != to.year)
        put_words(out, from, unit);
    else if (unit == TDM__UNIT_MONTH)
        snprintf(out, PIECE_SIZE, "%s", tdm__month_name(from.month));
    else if (from.month == to.month)
        snprintf(out, PIECE_SIZE, "%d", from.day);
    else
        snprintf(out, PIECE_SIZE, "%d %s", from.day, tdm__month_name(from.month));
}

/* The unit in which both ends of an interval can be told. */
static int shared_unit(civil from, civil to)
{
    if (starts_year(from) && ends_year(to))
        return TDM__UNIT_YEAR;
    return starts_month(from) && ends_month(to) ? TDM__UNIT_MONTH : TDM__UNIT_DAY;
}

static void put_open_words(char out[TDM_DATE_TEXT_SIZE], const char *perhaps, tdm_date date)
{
    char words[PIECE_SIZE];
    bool before = date.from == TDM_DAY_BEFORE_ALL;
    civil at = civil_of(before ? date.to : date.from);
    int unit = TDM__UNIT_DAY;
    if (before ? ends_year(at) : starts_year(at))
        unit = TDM__UNIT_YEAR;
    else if (before ? ends_month(at) : starts_month(at))
        unit = TDM__UNIT_MONTH;
    put_words(words, at, unit);
    snprintf(out, TDM_DATE_TEXT_SIZE, "%s%s %s %s", perhaps, unit == TDM__UNIT_DAY ? "on" : "in",
             before ? "or before" : "or after", words);
}

void tdm_date_words(char out[TDM_DATE_TEXT_SIZE], tdm_date date)
{
    char first[PIECE_SIZE], last[PIECE_SIZE];
    const char *perhaps = date.flags & TDM_DATE_UNCERTAIN ? "perhaps " : "";
    if (!has_date(date)) {
        snprintf(out, TDM_DATE_TEXT_SIZE, "no date");
        return;
    }
    if (is_open(date)) {
        put_open_words(out, perhaps, date);
        return;
    }
    civil from = civil_of(date.from), to = civil_of(date.to);
    int unit = whole_unit(from, to);
    put_words(last, to, unit >= 0 ? unit : shared_unit(from, to));
    if (unit >= 0) {
        snprintf(out, TDM_DATE_TEXT_SIZE, "%s%s", perhaps, last);
        return;
    }
    put_first_words(first, from, to, shared_unit(from, to));
    snprintf(out, TDM_DATE_TEXT_SIZE, "%sbetween %s and %s", perhaps, first, last);
}

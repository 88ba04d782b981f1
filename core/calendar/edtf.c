/*
 * A single date of ISO 8601 and EDTF: a year, a month, a day, digits that are not known written "x".
 * EDTF's numbered seasons are not read: "2023-24" is a school or financial year to whoever wrote it.
 * Marks of doubt, sets and intervals are in read.c.
 */
#include "calendar/edtf.h"

#include <string.h>

/* A date whose digits may be unknown: "2024xxxx" is the year 2024, "202403xx" its March. */
typedef struct pattern {
    char year[4];
    char month[2];
    char day[2];
} pattern;

static bool is_known(char c)
{
    return c >= '0' && c <= '9';
}

/* Exactly `count` digits or "x"; no further digit may follow. */
static bool take(char *out, const char **at, size_t count)
{
    if (strspn(*at, "0123456789x") != count)
        return false;
    memcpy(out, *at, count);
    *at += count;
    return true;
}

static bool take_part(char out[2], const char **at)
{
    const char *behind = *at + 1;
    if (**at != '-' || !take(out, &behind, 2))
        return false;
    *at = behind;
    return true;
}

static bool matches(const char digits[2], int32_t number)
{
    return (digits[0] == 'x' || digits[0] - '0' == number / 10) &&
           (digits[1] == 'x' || digits[1] - '0' == number % 10);
}

static int32_t year_with(const char year[4], int32_t unknown)
{
    int32_t number = 0;
    for (size_t i = 0; i < 4; i++)
        number = number * 10 + (is_known(year[i]) ? year[i] - '0' : unknown);
    return number;
}

/* Decade or century at most, and no digit behind an unknown one. */
static bool year_allowed(const char year[4])
{
    return is_known(year[0]) && is_known(year[1]) && (is_known(year[2]) || !is_known(year[3]));
}

/* The first real day of the pattern within a year, the last one when `step` is -1. */
static bool day_in_year(tdm_day *out, const pattern *written, int32_t year, int32_t step)
{
    for (int32_t month = step > 0 ? 1 : 12; month >= 1 && month <= 12; month += step) {
        if (!matches(written->month, month))
            continue;
        for (int32_t day = step > 0 ? 1 : 31; day >= 1 && day <= 31; day += step)
            if (matches(written->day, day) && tdm_day_from_civil(out, year, month, day))
                return true;
    }
    return false;
}

static bool days_of(tdm__reading *out, const pattern *written)
{
    int32_t first = year_with(written->year, 0), last = year_with(written->year, 9);
    int32_t year = first;
    while (year <= last && !day_in_year(&out->from, written, year, 1))
        year++;
    if (year > last)
        return false;
    for (year = last; !day_in_year(&out->to, written, year, -1);)
        year--;
    return true;
}

bool tdm__edtf_reading(tdm__reading *out, const char **at, const tdm_date_rules *rules)
{
    pattern written = {{0}, {'x', 'x'}, {'x', 'x'}};
    (void)rules;
    *out = (tdm__reading){TDM_DAY_NONE, TDM_DAY_NONE, 0, TDM__UNIT_YEAR};
    if (!take(written.year, at, 4) || !year_allowed(written.year))
        return false;
    bool has_month = take_part(written.month, at);
    if (has_month)
        take_part(written.day, at);
    if (memcmp(written.day, "xx", 2) != 0)
        out->unit = TDM__UNIT_DAY;
    else if (memcmp(written.month, "xx", 2) != 0)
        out->unit = TDM__UNIT_MONTH;
    return days_of(out, &written);
}

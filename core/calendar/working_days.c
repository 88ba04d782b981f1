/*
 * Working days and spans. Counts come from whole weeks less the holidays among them, so that no
 * count walks from day to day.
 */
#include "calendar/holidays.h"

#define SPAN_DAYS_MAX         36600
#define SPAN_MONTHS_MAX       1200
#define SPAN_WORKING_DAYS_MAX 26000

/* How many holidays lie on or before `day`. */
static size_t holidays_until(const tdm_holidays *holidays, tdm_day day)
{
    size_t low = 0, high = holidays->count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (holidays->days[middle] <= day)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

/* Mondays to Fridays from Monday 0001-01-01 to `day`. */
static int32_t weekdays_until(tdm_day day)
{
    int32_t days = day - TDM__FIRST_DAY + 1;
    int32_t rest = days % 7;
    return days / 7 * 5 + (rest < 5 ? rest : 5);
}

/* Working days behind `from` up to `to`; both real days, from <= to. */
static int32_t counted(const tdm_holidays *holidays, tdm_day from, tdm_day to)
{
    return weekdays_until(to) - weekdays_until(from) -
           (int32_t)(holidays_until(holidays, to) - holidays_until(holidays, from));
}

static bool is_known(const tdm_holidays *holidays, tdm_day first, tdm_day last)
{
    return first >= holidays->known_from && last <= holidays->known_until;
}

tdm_status tdm_is_working_day(bool *out, tdm_day day, const tdm_holidays *holidays)
{
    *out = false;
    if (!holidays)
        return TDM_INVALID_ARG;
    if (!is_known(holidays, day, day))
        return TDM_UNKNOWN_PERIOD;
    size_t until = holidays_until(holidays, day);
    *out = tdm__weekday(day) < 5 && (until == 0 || holidays->days[until - 1] != day);
    return TDM_OK;
}

tdm_status tdm_working_days_between(int32_t *out, tdm_day from, tdm_day to, const tdm_holidays *holidays)
{
    tdm_day first = from < to ? from : to, last = from < to ? to : from;
    *out = 0;
    if (!holidays)
        return TDM_INVALID_ARG;
    /* Day 0 is not counted, so it may be the day before the known period. */
    if (!tdm__day_is_real(first) || !tdm__day_is_real(last))
        return TDM_UNKNOWN_PERIOD;
    if (first < last && !is_known(holidays, first + 1, last))
        return TDM_UNKNOWN_PERIOD;
    int32_t count = counted(holidays, first, last);
    *out = from <= to ? count : -count;
    return TDM_OK;
}

/* The first day behind `from` up to which `count` working days lie. */
static tdm_status add_forward(tdm_day *out, tdm_day from, int32_t count, const tdm_holidays *holidays)
{
    tdm_day low = from, high = holidays->known_until;
    if (from + 1 < holidays->known_from || from >= high || counted(holidays, from, high) < count)
        return TDM_UNKNOWN_PERIOD;
    while (high - low > 1) {
        tdm_day middle = low + (high - low) / 2;
        if (counted(holidays, from, middle) >= count)
            high = middle;
        else
            low = middle;
    }
    *out = high;
    return TDM_OK;
}

/* The last day before `from` from which on `count` working days lie before it. */
static tdm_status add_backward(tdm_day *out, tdm_day from, int32_t count, const tdm_holidays *holidays)
{
    tdm_day low = holidays->known_from, high = from;
    if (from - 1 > holidays->known_until || from <= low || counted(holidays, low - 1, from - 1) < count)
        return TDM_UNKNOWN_PERIOD;
    while (high - low > 1) {
        tdm_day middle = low + (high - low) / 2;
        if (counted(holidays, middle - 1, from - 1) >= count)
            low = middle;
        else
            high = middle;
    }
    *out = low;
    return TDM_OK;
}

tdm_status tdm_add_working_days(tdm_day *out, tdm_day from, int32_t count, const tdm_holidays *holidays)
{
    *out = TDM_DAY_NONE;
    if (!holidays || count < -SPAN_WORKING_DAYS_MAX || count > SPAN_WORKING_DAYS_MAX)
        return TDM_INVALID_ARG;
    if (!tdm__day_is_real(from))
        return TDM_UNKNOWN_PERIOD;
    if (count == 0) {
        *out = from;
        return TDM_OK;
    }
    return count > 0 ? add_forward(out, from, count, holidays) : add_backward(out, from, -count, holidays);
}

tdm_status tdm_span_end(tdm_day *out, tdm_day from, tdm_span span, const tdm_holidays *holidays)
{
    static const int32_t most[] = {SPAN_DAYS_MAX, SPAN_MONTHS_MAX, SPAN_WORKING_DAYS_MAX};
    *out = TDM_DAY_NONE;
    if (span.unit < TDM_SPAN_DAYS || span.unit > TDM_SPAN_WORKING_DAYS || span.count < 0 ||
        span.count > most[span.unit])
        return TDM_INVALID_ARG;
    if (span.unit == TDM_SPAN_WORKING_DAYS)
        return tdm_add_working_days(out, from, span.count, holidays);
    if (!tdm__day_is_real(from))
        *out = from;
    else if (span.unit == TDM_SPAN_MONTHS)
        *out = tdm_day_add_months(from, span.count);
    else
        *out = tdm__day_clamped((int64_t)from + span.count);
    return TDM_OK;
}

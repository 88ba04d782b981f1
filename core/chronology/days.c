/*
 * Days on which an answer may change.
 */
#include "chronology/days.h"

#include <stdlib.h>

void tdm__days_add(tdm__days *days, tdm_day day)
{
    days->items[days->count++] = day;
}

static int compare_days(const void *a, const void *b)
{
    tdm_day x = *(const tdm_day *)a, y = *(const tdm_day *)b;
    return (x > y) - (x < y);
}

void tdm__days_sort(tdm__days *days, tdm_day first, tdm_day last)
{
    size_t kept = 0;
    if (days->count > 1)
        qsort(days->items, days->count, sizeof *days->items, compare_days);
    for (size_t i = 0; i < days->count; i++) {
        tdm_day day = days->items[i];
        if (day >= first && day <= last && (kept == 0 || days->items[kept - 1] != day))
            days->items[kept++] = day;
    }
    days->count = kept;
}

tdm_day tdm__days_next(const tdm__days *days, tdm_day day)
{
    tdm_day next = TDM_DAY_AFTER_ALL;
    for (size_t i = 0; i < days->count; i++)
        if (days->items[i] > day && days->items[i] < next)
            next = days->items[i];
    return next;
}

tdm_day tdm__days_before(tdm_day day, tdm_span span)
{
    return span.unit == TDM_SPAN_MONTHS ? tdm_day_add_months(day, -span.count) : day - span.count;
}

void tdm__days_add_after(tdm__days *days, tdm_day day, tdm_span span)
{
    if (span.unit != TDM_SPAN_MONTHS) {
        tdm__days_add(days, day + span.count);
        return;
    }
    tdm_day base = tdm_day_add_months(day, span.count);
    for (int32_t i = 0; i < TDM__DAYS_ADDED_AFTER; i++)
        tdm__days_add(days, base + i);
}

/* The first day that lies within the span of `day`, counted back from it. */
static tdm_status counted_back(tdm_day *out, tdm_day day, tdm_span span, const tdm_holidays *holidays)
{
    *out = TDM_DAY_BEFORE_ALL;
    if (span.count == 0)
        return TDM_OK;
    if (span.unit == TDM_SPAN_WORKING_DAYS)
        return holidays ? tdm_add_working_days(out, day, -span.count, holidays) : TDM_INVALID_ARG;
    *out = tdm__days_before(day, span);
    return TDM_OK;
}

tdm_status tdm__relate_days(tdm__relation *out, tdm__period earlier, tdm__period later, tdm_span within,
                            const tdm_holidays *holidays)
{
    tdm_day first, latest = earlier.to < later.to ? earlier.to : later.to - 1;
    *out = TDM__NEVER;
    if (latest < earlier.from)
        return TDM_OK;
    /* The day after is within every span: only what lies apart has to be counted. */
    if (later.from > latest + 1) {
        tdm_status status = counted_back(&first, later.from, within, holidays);
        if (status != TDM_OK || latest < first)
            return status;
    }
    *out = TDM__PERHAPS;
    if (later.from <= earlier.to)
        return TDM_OK;
    tdm_status status = counted_back(&first, later.to, within, holidays);
    if (status == TDM_OK && earlier.from >= first)
        *out = TDM__SURELY;
    return status;
}

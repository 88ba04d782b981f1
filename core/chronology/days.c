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

/*
 * Lists of days on which an answer may change, and stretches of days with an answer. Internal.
 */
#ifndef TDM_CHRONOLOGY_DAYS_H
#define TDM_CHRONOLOGY_DAYS_H

#include "chronology/selection.h"

/* Days in any order; sorted and without repeats after tdm__days_sort. Room is set by the caller. */
typedef struct tdm__days {
    tdm_day *items;
    size_t count;
} tdm__days;

void tdm__days_add(tdm__days *days, tdm_day day);
/* Keeps those in [first, last]. */
void tdm__days_sort(tdm__days *days, tdm_day first, tdm_day last);
/* The first of them after `day`; TDM_DAY_AFTER_ALL: there is none. */
tdm_day tdm__days_next(const tdm__days *days, tdm_day day);

/* `day` less a span of days or months (working days: TDM_INVALID_ARG before this is called). */
tdm_day tdm__days_before(tdm_day day, tdm_span span);
/* Adds the days around `day` plus the span on which a window of that length may lose `day`: with months that
 * are clamped at their end there are up to four. */
void tdm__days_add_after(tdm__days *days, tdm_day day, tdm_span span);
#define TDM__DAYS_ADDED_AFTER 4

/*
 * Whether one date lies on a later day than another and within a span of it, counted back from the
 * later one: M months before 29 February is 28 February, so a referral on 28 February 2023 lies
 * within 12 months of one on 29 February 2024, as the national definition has it. count 0: any time.
 */
typedef enum tdm__relation { TDM__NEVER, TDM__PERHAPS, TDM__SURELY } tdm__relation;
tdm_status tdm__relate_days(tdm__relation *out, tdm__period earlier, tdm__period later, tdm_span within,
                            const tdm_holidays *holidays);

#endif

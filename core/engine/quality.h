/*
 * How a record is kept, in numbers: what the quality report shows. Each is a numerator and what it is
 * taken of, over the rows that the run looked at. Nothing here says how a child fares.
 */
#ifndef TDM_ENGINE_QUALITY_H
#define TDM_ENGINE_QUALITY_H

#include "base/memory.h"

struct tdm_run;

/* Entries in a calendar year; only those that lie in one for certain. */
typedef struct tdm__quality_year {
    int32_t year;
    int64_t rows;
} tdm__quality_year;

/* Whole calendar months that an agency's returns cover, less those in which it says that it was not involved,
 * and those of them without any entry. */
typedef struct tdm__quality_silence {
    tdm_str agency; /* title */
    int64_t covered, silent;
} tdm__quality_silence;

typedef struct tdm__quality {
    int64_t children, rows;
    /* Children by when their first dated entry lies; they add up to `children`. */
    int64_t starts_before_birth, starts_first_year, starts_later, starts_unknown;
    int32_t start_months; /* of one child with a known birth: age in completed months then, below 0 before the
                             birth; else INT32_MIN */
    int64_t concerns, concerns_with_action;
    int64_t seen_yes, seen_no, heard_yes, heard_no; /* of `rows`; the rest is not recorded */
    int64_t with_source;
    int64_t lag_rows;            /* rows with an exact day and a day of recording that is not before it */
    int32_t lag_median, lag_p90; /* days, by nearest rank; -1: no such row */
    bool lag_over;               /* lag_p90 lies above what is told apart (TDM__QUALITY_LAG_MAX) */
    int64_t concern, neutral, strength, not_stated; /* polarity as it is stated; they add up to `rows` */
    int64_t undated;
    tdm__quality_year *years; /* rising */
    size_t year_count;
    tdm__quality_silence *silences; /* in the order of the agencies' first entry into the table */
    size_t silence_count;
} tdm__quality;

#define TDM__QUALITY_LAG_MAX 3660

/* Of `count` children of the run from `first` on. Everything lives in the arena. TDM_OK or TDM_NO_MEMORY. */
tdm_status tdm__quality_of(tdm__quality *out, tdm__arena *arena, const struct tdm_run *run, size_t first,
                           size_t count);

#endif

/*
 * Helpers of the calendar tests: days from literals, England's holidays, small random numbers.
 */
#ifndef TDM_TESTS_CALENDAR_DAYS_H
#define TDM_TESTS_CALENDAR_DAYS_H

#include <stdio.h>
#include <string.h>

#include "base/file.h"
#include "support.h"

#include <tidemark/calendar.h>

/* The day of "2024-03-05"; a literal that is none fails the test. */
static inline tdm_day day_of(const char *iso)
{
    int year, month, day;
    tdm_day out;
    ck_assert_msg(sscanf(iso, "%d-%d-%d", &year, &month, &day) == 3, "%s", iso);
    ck_assert_msg(tdm_day_from_civil(&out, year, month, day), "%s", iso);
    return out;
}

/* One file of the project, to be freed with free(). */
static inline char *file_text(const char *path, size_t *length)
{
    tdm__buffer buffer;
    tdm_error error;
    tdm_status status = tdm__file_read(&buffer, &tdm__malloc_allocator, TDM_SOURCE_DIR, path, 1 << 20,
                                       &error);
    ck_assert_msg(status == TDM_OK, "%s: %s", path, error.message);
    *length = buffer.length;
    return buffer.data;
}

static inline tdm_holidays *england(void)
{
    tdm_holidays *holidays;
    tdm_error error;
    size_t length;
    char *text = file_text("scripts/calendar/england.csv", &length);
    tdm_status status = tdm_holidays_parse(&holidays, &tdm__malloc_allocator, (tdm_str){text, length},
                                           TDM_LIT("calendar/england.csv"), &error);
    ck_assert_msg(status == TDM_OK, "line %d: %s", (int)error.line, error.message);
    free(text);
    return holidays;
}

/* 0 to below - 1, the same on every run. */
static inline int32_t random_below(uint64_t *state, int32_t below)
{
    *state = *state * 6364136223846793005u + 1442695040888963407u;
    return (int32_t)((*state >> 33) % (uint64_t)below);
}

#endif

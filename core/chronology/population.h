/*
 * What a scorecard counts from: the visible rows and paired episodes of all children as of a day, in flat
 * columns by child. Made once, by one pass over the children's histories, and only read afterwards, by any
 * number of threads.
 */
#ifndef TDM_CHRONOLOGY_POPULATION_H
#define TDM_CHRONOLOGY_POPULATION_H

#include "base/context.h"
#include "chronology/history.h"

/* Why a unit is counted nowhere. The codes stand in JSON and in examples of measures; the words in reports,
 * after a number ("3 with a date in doubt"). */
#define TDM__UNCOUNTED_MAP(X)                                                                                \
    X(DATE_IN_DOUBT, "date-in-doubt", "with a date in doubt")                                                \
    X(NO_DATE, "no-date", "without a date")                                                                  \
    X(NO_START, "no-start", "ended, without a start")                                                        \
    X(END_BEFORE_START, "end-before-start", "with an end before the start")                                  \
    X(OVERLAPPING, "overlapping", "begun while another was open")                                            \
    X(NO_CALENDAR, "no-calendar", "outside the days whose bank holidays are known")                          \
    X(AREA_NOT_IN_LIST, "area-not-in-list", "of an area that is not in the list")                            \
    X(NOT_IN_DENOMINATOR, "not-in-denominator", "not among those counted below the line")
#define TDM__UNCOUNTED_ENUM(name, code, words) TDM__UNCOUNTED_##name,
typedef enum tdm__uncounted { TDM__UNCOUNTED_MAP(TDM__UNCOUNTED_ENUM) TDM__UNCOUNTED_COUNT } tdm__uncounted;
#undef TDM__UNCOUNTED_ENUM
#define TDM__COUNTED UINT8_MAX /* no reason: it is counted */

const char *tdm__uncounted_code(tdm__uncounted reason);
const char *tdm__uncounted_words(tdm__uncounted reason);

/* By what the units of a measure are parted. */
typedef enum tdm__group_by { TDM__BY_NOTHING, TDM__BY_AGENCY, TDM__BY_AREA, TDM__BY_TEAM } tdm__group_by;

typedef struct tdm__population tdm__population;

/*
 * context       allocator; told of progress, and asked whether to go on
 * chronology    borrowed
 * as_of         what had been recorded by then, and had occurred by then, is visible
 * jobs          threads, 1 or more; the result does not depend on it
 *
 * TDM_OK; TDM_NO_MEMORY; TDM_STOPPED and TDM_CANCELLED from the context's interrupt.
 */
tdm_status tdm__population_new(tdm__population **out, const tdm_context *context,
                               const tdm_chronology *chronology, tdm_day as_of, int32_t jobs,
                               tdm_error *error);
void tdm__population_free(tdm__population *population); /* accepts NULL */
const tdm_chronology *tdm__population_chronology(const tdm__population *population);
tdm_day tdm__population_as_of(const tdm__population *population);

/* The names of the groups, sorted by bytes and owned by the population; the empty name, where a unit has
 * none (no area, no team), stands last. TDM__BY_NOTHING: one, which is empty. */
typedef struct tdm__groups {
    const tdm_str *names;
    size_t count;
} tdm__groups;
tdm__groups tdm__population_groups(const tdm__population *population, tdm__group_by by);

/* What a store's worklist knows of prompts: units of their own for a measure about them. */
typedef struct tdm__prompt_record {
    tdm_str child, indicator, state; /* "new", "seen", "acted-on", "dismissed" */
    tdm_day since;                   /* the prompt came */
    tdm_day decided;                 /* its latest state was given; TDM_DAY_NONE: never */
} tdm__prompt_record;
/* Before any measure is asked; the records are copied. Those of children who are not in the chronology, or
 * that came after the as-of day, are left out. TDM_OK, TDM_NO_MEMORY. */
tdm_status tdm__population_prompts(tdm__population *population, const tdm__prompt_record *records,
                                   size_t count);
/* Whether there is a worklist, be it empty. */
bool tdm__population_has_prompts(const tdm__population *population);

#endif

/*
 * Who knew what when: for each incident, and each concern that stands alone, the first day on which each
 * agency of the child recorded it, and which never did. By what counts as of the run's day.
 *
 * An agency that did not have to know is no agency that did not know: whether its returns cover the day
 * decides between "never recorded it", "not covered" and "no entry".
 */
#ifndef TDM_ENGINE_KNEW_H
#define TDM_ENGINE_KNEW_H

#include "engine/run.h"

typedef enum tdm__knowing {
    TDM__KNEW_RECORDED,    /* it has a row of it */
    TDM__KNEW_NEVER,       /* none, and its returns cover all days on which it may have been */
    TDM__KNEW_PART,        /* none, and they cover some of them */
    TDM__KNEW_NOT_COVERED, /* none, and they cover none */
    TDM__KNEW_NO_ENTRY     /* none, and nobody says what they cover, or on which day it was */
} tdm__knowing;

/* "recorded", "never-recorded", "covered-in-part", "not-covered", "no-entry". */
const char *tdm__knowing_code(tdm__knowing knowing);

/* What one agency knew of one matter. */
typedef struct tdm__known_by {
    tdm__knowing knowing;
    tdm_day recorded;     /* first day noted on its rows; TDM_DAY_NONE: none is */
    bool perhaps_earlier; /* another row of it has no such day */
    tdm_bounds lag_days;  /* from the days that its rows give to `recorded` */
    bool has_lag;
    uint32_t row_count; /* its rows of the matter */
} tdm__known_by;

/* What is asked about: an incident with a concern among its rows, or a found group of such. */
typedef struct tdm__matter {
    tdm_day from, to;       /* some day within; both TDM_DAY_NONE: no date */
    bool contradicts;       /* rows of one stated incident give days that exclude each other */
    bool perhaps;           /* found, not stated: perhaps the same */
    bool uncertain;         /* a date with "?" */
    bool is_concern;        /* a row of it is one */
    const uint32_t *events; /* of the chronology, ascending */
    size_t event_count;
    const tdm__known_by *by; /* one for each agency of the child */
} tdm__matter;

typedef struct tdm__known_agency {
    tdm_str code, title;
} tdm__known_agency;

typedef struct tdm__child_knew {
    uint32_t child;
    tdm__known_agency *agencies; /* with a row of the child, or a declared coverage of it; by code */
    size_t agency_count;
    tdm__matter *matters; /* by first day, those without a date last */
    size_t count;
} tdm__child_knew;

typedef struct tdm__knew {
    tdm_allocator allocator;
    tdm__arena arena;
    const tdm_run *run;        /* borrowed: outlives this */
    tdm__child_knew *children; /* one for each of the run, in its order */
    size_t child_count;
} tdm__knew;

/* *out is set to NULL first and freed with tdm__knew_free before the run. TDM_OK or TDM_NO_MEMORY. */
tdm_status tdm__engine_knew(tdm__knew **out, const tdm_run *run, tdm_error *error);
void tdm__knew_free(tdm__knew *knew); /* accepts NULL */

#endif

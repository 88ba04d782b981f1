/*
 * Two files of the school census: school_census_codes.c says what its codes mean in which year,
 * school_census.c reads the files.
 */
#ifndef TDM_INGEST_SCHOOL_CENSUS_H
#define TDM_INGEST_SCHOOL_CENSUS_H

#include "ingest/national.h"

typedef enum tdm__attendance {
    TDM__ATTENDANCE_UNKNOWN, /* no code of the register */
    TDM__ATTENDANCE_ABSENT,
    TDM__ATTENDANCE_NOT_ABSENT /* there, elsewhere by arrangement, or not expected to be there */
} tdm__attendance;

#define TDM__NO_SCHOOL_YEAR (-1)

/*
 * What a code of the register means in the school year that starts in `school_year`
 * (TDM__NO_SCHOOL_YEAR: not known). *of_other_years: it was a code of other years alone, and is read as
 * it was meant then.
 */
tdm__attendance tdm__attendance_of(bool *of_other_years, tdm_str code, int32_t school_year);

extern const tdm__word tdm__exclusion_reasons[], tdm__exclusion_permanent[];

#endif

/*
 * Children of different agencies' returns that share what a person would look at to say that they are one:
 * the day of birth and the sex with the household or the area, or the same number with both. Names are never
 * looked at, and nothing is put together: a person confirms it in the crosswalk.
 */
#ifndef TDM_CHRONOLOGY_ALIKE_H
#define TDM_CHRONOLOGY_ALIKE_H

#include "chronology/chronology.h"

#define TDM__ALIKE_MAX 200 /* pairs that are listed; the rest is counted */

typedef enum tdm__alike_by {
    TDM__ALIKE_HOUSEHOLD, /* born, sex and household */
    TDM__ALIKE_AREA,      /* born, sex and area */
    TDM__ALIKE_NUMBER     /* the same number with two agencies */
} tdm__alike_by;

/* `child` came first in the order of ids. Both have a first row. */
typedef struct tdm__alike {
    uint32_t child, other;
    tdm__alike_by by;
    uint32_t row, other_row; /* the first of each child */
} tdm__alike;

/* By their first sign, then children. *out lives in the arena; *more: those beyond TDM__ALIKE_MAX.
 * TDM_NO_MEMORY. */
tdm_status tdm__chronology_alike(tdm__alike **out, size_t *count, size_t *more, tdm__arena *arena,
                                 const tdm_chronology *chronology);
/* A child's number with its agency: what stands behind "agency:" in the id that a crosswalk leaves, else the
 * id. */
tdm_str tdm__child_number(tdm_str id, tdm_str agency);

#endif

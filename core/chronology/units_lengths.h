/*
 * Lengths: counted in days, working days or calendar months. For the files of this layer.
 */
#ifndef TDM_CHRONOLOGY_UNITS_LENGTHS_H
#define TDM_CHRONOLOGY_UNITS_LENGTHS_H

#include "chronology/units_make.h"

/* The days of stretches in the making, one a unit. */
typedef struct tdm__stretch_columns {
    tdm_day *from, *to, *far_from, *far_to;
    uint8_t *censored;
} tdm__stretch_columns;
tdm_status tdm__stretch_columns_new(tdm__stretch_columns *out, tdm__arena *arena, size_t count);
/* The stretches that are not out, with the reasons of the verdicts. */
tdm_status tdm__stretches_judged(tdm__stretches *out, tdm__units_ground *ground, const tdm__units *units,
                                 const uint8_t *verdicts, const tdm__stretch_columns *columns);

static inline bool tdm__is_censored(const tdm__stretches *stretches, size_t at)
{
    return stretches->censored && stretches->censored[at];
}

/* How long it is; of months: in days. False: outside the days whose bank holidays are known. */
bool tdm__length_of(int32_t *out, tdm_day from, tdm_day to, tdm__counting counting,
                    const tdm_holidays *holidays);
/* Whether it is no longer than so many days, working days or months (to the same day of the month, or its
 * last). False too where tdm__length_of is. */
bool tdm__length_within(tdm_day from, tdm_day to, int32_t limit, tdm__counting counting,
                        const tdm_holidays *holidays);
/* Whether a length, counted so, lies below an edge. */
bool tdm__length_fits(tdm_day from, tdm_day to, int32_t length, const tdm__edge *edge);

#endif

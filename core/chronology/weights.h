/*
 * What a unit weighs, and how that fades. Internal.
 */
#ifndef TDM_CHRONOLOGY_WEIGHTS_H
#define TDM_CHRONOLOGY_WEIGHTS_H

#include "chronology/worlds.h"

#define TDM__HALF_LIFE_MAX 36600

/* 1 each, or the fact `weight`: of an incident the heaviest of all rows that tell it, those left out of the
 * selection too; 0 without, at most a million. By unit, in the history's arena. */
tdm_status tdm__unit_weights(const int64_t **out, const tdm__world_units *units, bool weighted,
                             tdm_budget *budget);

/* The same of a plain selection, by member. */
tdm_status tdm__plain_weights(const int64_t **out, const tdm_selection *selection, bool weighted,
                              tdm_budget *budget);

/* 0.5^(days / half life) by whole days, each factor rounded half up to a 2^40th; 1 with a half life of 0. */
double tdm__fading_factor(int32_t half_life_days, int64_t days);

#endif

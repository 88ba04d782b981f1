/*
 * Spells of a rule that is asked day by day. Internal.
 */
#ifndef TDM_CHRONOLOGY_DAY_SPELLS_H
#define TDM_CHRONOLOGY_DAY_SPELLS_H

#include "chronology/days.h"
#include "chronology/worlds.h"

/* What a measure knows of the days that it looks at, numbered [0, day_count). */
typedef struct tdm__day_spells {
    size_t day_count;
    const tdm_answer *answers; /* of each day */
    /* The end of the days that are one spell with those from `first` on. */
    size_t (*end)(const void *question, const tdm_answer *answers, size_t first);
    /* Answer of the worlds for days [first, end). */
    tdm_status (*decide)(tdm_answer *out, void *question, size_t first, size_t end);
    /* Adds the spell of days [first, end), unless it is not met. */
    tdm_status (*add)(tdm__spell_list *list, void *question, size_t first, size_t end,
                      const tdm_answer *answers);
    void *question;
} tdm__day_spells;

/* One spell for each run of days on which the rule may hold. Where none holds surely they may do so together:
 * what undoes one makes the other. Then they are one. */
tdm_status tdm__day_spells_make(tdm__spell_list *list, const tdm__day_spells *days);

/* The first of the days [first, end) on which it is met; TDM_DAY_NONE: on none. */
tdm_day tdm__first_day_met(const tdm__days *days, const tdm_answer *answers, size_t first, size_t end);

#endif

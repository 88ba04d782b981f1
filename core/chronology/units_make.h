/*
 * Columns of units in the making, for the files of this layer that make them.
 */
#ifndef TDM_CHRONOLOGY_UNITS_MAKE_H
#define TDM_CHRONOLOGY_UNITS_MAKE_H

#include "chronology/units.h"

/* A verdict on a unit: TDM__COUNTED, a reason, or this. */
#define TDM__OUT (TDM__COUNTED - 1)

/* Columns with room; `units` shows them. */
typedef struct tdm__unit_columns {
    uint32_t *child, *event, *number, *end_event;
    tdm_day *start_from, *start_to, *end_from, *end_to;
    uint8_t *reason;
    size_t count;
} tdm__unit_columns;

/* One unit, put together from its columns or to be put into them. */
typedef struct tdm__unit_parts {
    uint32_t child, event, number, end_event;
    tdm_day start_from, start_to, end_from, end_to;
    uint8_t reason;
} tdm__unit_parts;

/* with_ends: also the columns of ends. TDM_NO_MEMORY. */
tdm_status tdm__unit_columns_new(tdm__unit_columns *out, tdm__arena *arena, size_t room, bool with_ends);
void tdm__unit_columns_add(tdm__unit_columns *columns, const tdm__unit_parts *parts);
tdm__units tdm__unit_columns_shown(const tdm__unit_columns *columns, const tdm__population *population);
tdm__unit_parts tdm__unit_at(const tdm__units *units, size_t at);

/* The reason of a unit; TDM__COUNTED: none. */
static inline uint8_t tdm__unit_reason(const tdm__units *units, size_t at)
{
    return units->reason ? units->reason[at] : TDM__COUNTED;
}

/* A verdict for each unit, TDM__OUT at first. NULL: no memory. */
uint8_t *tdm__verdicts_new(tdm__units_ground *ground, const tdm__units *units);
/* The same, with *out empty: TDM_NO_MEMORY; TDM_INVALID_ARG where the units are of another population. */
tdm_status tdm__judging_new(uint8_t **verdicts, tdm__units *out, tdm__units_ground *ground,
                            const tdm__units *units);
/* The units that are not out. A reason that one has already stays. */
tdm_status tdm__units_judged(tdm__units *out, tdm__units_ground *ground, const tdm__units *units,
                             const uint8_t *verdicts);
/* TDM_INVALID_ARG where they are of another population. */
tdm_status tdm__units_are_of(const tdm__units_ground *ground, const tdm__units *units);

/* Order of units of one population: by child, earliest start, number. */
int tdm__units_order(const tdm__units *a, size_t at_a, const tdm__units *b, size_t at_b);

/* Whether an interval lies in [from, to]: TDM__COUNTED, TDM__OUT, or DATE_IN_DOUBT. */
static inline uint8_t tdm__days_in(tdm_day first, tdm_day last, tdm_day from, tdm_day to)
{
    if (last < from || first > to)
        return TDM__OUT;
    return first >= from && last <= to ? TDM__COUNTED : TDM__UNCOUNTED_DATE_IN_DOUBT;
}

/* Whether tdm__event_has_codes has anything to look at beside kinds. */
bool tdm__asks_beside_kinds(const tdm__filter *filter);

#endif

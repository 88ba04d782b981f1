/*
 * A measure's numbers in the making: group by group, with what is left out and why. For the files of this
 * layer that give results.
 */
#ifndef TDM_CHRONOLOGY_UNITS_TALLY_H
#define TDM_CHRONOLOGY_UNITS_TALLY_H

#include "chronology/units_make.h"

typedef struct tdm__unit_tally {
    const tdm__population *population;
    const tdm__measuring *measuring;
    tdm__measured measured;
    tdm__measured_group *groups; /* those of `measured`, to be written */
    int64_t *lines;              /* line_count of each group */
    tdm__measured_unit *units;   /* NULL: not listed */
    const uint8_t *listed;       /* by group of areas, whether it is in the list; NULL: all are */
} tdm__unit_tally;

/* unit_room: how many units there can be. Denominators and numerators begin at 0. */
tdm_status tdm__unit_tally_new(tdm__unit_tally *out, tdm__units_ground *ground,
                               const tdm__measuring *measuring, tdm__measured_form form, const tdm_str *lines,
                               size_t line_count, size_t unit_room);
/* Its group. *reason: the given one, or another that the list of areas gives. */
uint32_t tdm__unit_tally_group(uint8_t *reason, const tdm__unit_tally *tally, const tdm__units *units,
                               size_t at, uint8_t given);
/* Lists a unit where that is asked for; one with a reason is left out. */
void tdm__unit_tally_add(tdm__unit_tally *tally, const tdm__units *units, size_t at, tdm__measured_unit unit);
int64_t *tdm__unit_tally_line(tdm__unit_tally *tally, uint32_t group, uint32_t line);

#endif

/*
 * Whether doubtful dates can be placed so that no window holds too many of them. Internal.
 */
#ifndef TDM_CHRONOLOGY_WINDOWS_H
#define TDM_CHRONOLOGY_WINDOWS_H

#include "chronology/worlds.h"

/*
 * Whether some placement of the units for which `use` holds (all when NULL) leaves at most `most` of
 * them in every window of the span; optional units are left out, as a world may. Exact.
 *
 * Sorted days x must satisfy x[i + most] > last day of the window that starts at x[i]: the schedule of
 * equal jobs on `most` machines, with release days and deadlines. The barriers are
 * those of B. Simons (SIAM Journal on Computing 12, 1983): earliest deadline first; where a unit
 * comes too late, no unit may take the place of the last one with a later deadline before those in between
 * are released. Each barrier holds in every placement, so the answer is exact.
 */
tdm_status tdm__windows_can_hold_at_most(bool *out, const tdm__world_units *units, const bool *use,
                                         uint32_t most, tdm_span span, const tdm_holidays *holidays,
                                         tdm_budget *budget);

#endif

/*
 * A single date of ISO 8601 and EDTF.
 */
#ifndef TDM_CALENDAR_EDTF_H
#define TDM_CALENDAR_EDTF_H

#include "calendar/calendar.h"

/* A tdm__date_reader: "2024-03-05", "2024-03", "2024", and digits left out as "x". */
bool tdm__edtf_reading(tdm__reading *out, const char **at, const tdm_date_rules *rules);

#endif

/*
 * Rows that a later return replaced: which they are as of the day of the run, and how that reads.
 */
#ifndef TDM_REPORT_REPLACED_H
#define TDM_REPORT_REPLACED_H

#include "report/view.h"

/* Another version stands in its place, or its return was replaced by one that does not repeat it: fed
 * nothing. */
bool tdm__event_is_replaced(const tdm_run *run, const tdm__event *event);
/* The one version of its entry that stands, or that stood by then: the one that links lead to. */
bool tdm__event_stands(const tdm_run *run, const tdm__event *event);
/* "replaced by the return received 2024-05-01: police.csv, row 4"; nothing for a row that is not. */
void tdm__put_replaced(tdm__text *out, const tdm_run *run, const tdm__event *event);

/* What one return did to earlier ones. */
typedef struct tdm__corrections {
    int64_t corrected, withdrawn;
} tdm__corrections;
/* One a source. *out lives in the arena; *any: whether there is one. TDM_OK or TDM_NO_MEMORY. */
tdm_status tdm__count_corrections(tdm__corrections **out, bool *any, const tdm_chronology *chronology,
                                  tdm__arena *arena);

#endif

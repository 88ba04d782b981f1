/*
 * The parts of a completed record: form_record.c is the page, its facts, targets and the remarks that
 * belong to nothing else; form_summary.c what was found; form_parts.c every area, sub-area and item.
 */
#ifndef TDM_REPORT_FORM_RECORD_H
#define TDM_REPORT_FORM_RECORD_H

#include "report/form_page.h"

/* Evidence, or the child's words, by code; each is written where its part stands, once. */
typedef struct tdm__remarks {
    const char *label;
    const tdm__remark *remarks;
    size_t count;
    const tdm__remark **by_code; /* ascending; no code stands twice in a form */
    bool *written;               /* of each in `remarks` */
} tdm__remarks;

#define TDM__REMARK_KINDS 2

typedef struct tdm__record {
    tdm__form form;
    tdm__arena arena;
    tdm__remarks remarks[TDM__REMARK_KINDS]; /* evidence, the child's words */
} tdm__record;

/* All remarks on that code. */
void tdm__record_remarks(tdm__record *record, tdm_str code);
/* "not seen", "not applicable", "not recorded". */
const char *tdm__record_state_words(tdm__entry_state state);

/* A grade with its label, a number of its most, or why there is none, with the bounds where it adds up. */
void tdm__record_result(tdm__record *record, const tdm__part_result *result, const tdm__aggregation *policy,
                        const tdm__scale *scale);
/* The areas in a table, strengths, concerns, what is missing, flags. */
void tdm__record_summary(tdm__record *record);
void tdm__record_areas(tdm__record *record);

#endif

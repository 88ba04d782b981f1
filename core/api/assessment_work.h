/*
 * Assessments as people work on them: one by its id or all of a child, drafts and those of the record alike;
 * read leniently and scored, with all that does not fit. Internal to the layer.
 */
#ifndef TDM_API_ASSESSMENT_WORK_H
#define TDM_API_ASSESSMENT_WORK_H

#include "api/serving.h"
#include "store/drafts.h"
#include "json/json.h"

/* One of a child. That a return brought has version 0; its author is the one whom the form names. */
typedef struct tdm__assessment_row {
    tdm__stored_draft draft; /* strings in the call's arena */
    tdm_day date;            /* TDM_DAY_NONE: none that can be read */
} tdm__assessment_row;

typedef struct tdm__assessment_rows {
    tdm__assessment_row *items; /* the latest first */
    size_t count;
} tdm__assessment_rows;

/* The one that the option `id` (or `assessment`) names; of the record only where the call is about its child.
 * TDM_NOT_FOUND. */
tdm_status tdm__assessment_find(tdm__assessment_row *out, const tdm_request *request, tdm_error *error);
/* All of the call's child. */
tdm_status tdm__assessments_of(tdm__assessment_rows *out, tdm__serving *serving, tdm_error *error);

/* One that has been read. */
typedef struct tdm__assessment_reading {
    tdm_assessment *assessment; /* NULL: not even leniently */
    tdm_score *score;           /* NULL: none can be made */
    tdm__text problems;         /* a JSON array of {"item", "message"} */
    size_t problem_count;
} tdm__assessment_reading;

/* Reads and scores; what does not fit is in the reading, and in the context's problems too where it
 * `tells`. Freed with tdm__assessment_reading_free whatever happens. TDM_OK also where nothing can be read.
 */
tdm_status tdm__assessment_reading_make(tdm__assessment_reading *out, const tdm__serving *serving,
                                        const tdm__stored_draft *draft, bool tells, tdm_error *error);
void tdm__assessment_reading_free(tdm__assessment_reading *reading);

/* ASSESSMENT_ROW, and ASSESSMENT_WORK with its score. */
void tdm__put_assessment_row(tdm__json_writer *json, const tdm__serving *serving,
                             const tdm__assessment_row *row);
tdm_status tdm__put_assessment_work(tdm__json_writer *json, const tdm__serving *serving,
                                    const tdm__assessment_row *row, tdm_error *error);

#endif

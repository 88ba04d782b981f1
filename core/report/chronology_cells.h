/*
 * A row of the merged chronology as cells of plain text, for every writer of a table: CSV, Word, Excel,
 * a terminal. Which columns there are stands here once; how a cell is escaped is the writer's business.
 */
#ifndef TDM_REPORT_CHRONOLOGY_CELLS_H
#define TDM_REPORT_CHRONOLOGY_CELLS_H

#include "report/view.h"

#define TDM__NOT_PRINTED 0  /* only in files for machines, or part of the cell of another column */
#define TDM__IN_THE_TEXT -1 /* printed as a line of its own under the text, where there is something */

/* What a writer with colours and heavy letters marks. */
typedef enum tdm__cell_role {
    TDM__CELL_PLAIN,
    TDM__CELL_DATE,
    TDM__CELL_AGENCY,
    TDM__CELL_CONCERN
} tdm__cell_role;

typedef struct tdm__cell_column {
    const char *heading;
    void (*put)(tdm__text *out, const tdm_run *run,
                const tdm__event *event); /* appends; "" is not recorded */
    int32_t share;                        /* of the width of a printed table, or one of the two above */
    tdm__cell_role role;
} tdm__cell_column;

/* In order; `heading` NULL behind the last. */
extern const tdm__cell_column tdm__chronology_columns[];

/* Calls `row` for each row of a child, in the order of the table: undated rows last. The first status that is
 * not TDM_OK ends it. */
tdm_status tdm__each_row(const tdm_run *run, size_t position,
                         tdm_status (*row)(const tdm_run *run, const tdm__event *event, void *payload),
                         void *payload);

#endif

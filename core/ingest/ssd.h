/*
 * Tables of the Standard Safeguarding Dataset: ssd_tables.c says which there are, ssd.c reads one.
 */
#ifndef TDM_INGEST_SSD_H
#define TDM_INGEST_SSD_H

#include "ingest/national.h"

typedef enum tdm__ssd_rows {
    TDM__SSD_EVENTS,
    TDM__SSD_PERSON, /* births, deaths and sex of children */
    TDM__SSD_FAMILY, /* who is of one family */
    TDM__SSD_MOTHER, /* mothers of children */
    TDM__SSD_NOT_READ
} tdm__ssd_rows;

typedef struct tdm__ssd_table {
    tdm__ssd_rows rows;
    tdm__national_form form; /* of a table that is not read: its name alone */
    const char *key;         /* a column that no other table has; of one that is not read */
} tdm__ssd_table;

const tdm__ssd_table *tdm__ssd_tables(size_t *count);
/* The table whose heading stands in the first line; NULL: none. */
const tdm__ssd_table *tdm__ssd_table_of(tdm_str content);

#endif

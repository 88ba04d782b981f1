/*
 * The tables of a Word document, each as a grid named "Table 1", "Table 2"... in their order.
 */
#ifndef TDM_INGEST_WORD_TABLE_H
#define TDM_INGEST_WORD_TABLE_H

#include "ingest/grid.h"
#include "ingest/zip_markup.h"

/* Takes a table, which is freed when it returns; what it gives but TDM_OK ends the reading. */
typedef tdm_status (*tdm__table_taker)(const tdm__grid *grid, void *payload, tdm_error *error);

/* Hands the tables of a document part over one by one. */
tdm_status tdm__word_tables(tdm__package *package, const char *part, tdm__table_taker take, void *payload,
                            tdm_error *error);

#endif

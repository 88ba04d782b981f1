/*
 * An Excel workbook while it is read, shared by the files that read it: workbook.c (the whole),
 * workbook_parts.c (what all sheets share), workbook_sheet.c (one sheet to a grid).
 */
#ifndef TDM_INGEST_WORKBOOK_H
#define TDM_INGEST_WORKBOOK_H

#include "ingest/grid.h"
#include "ingest/word_table.h"
#include "ingest/workbook_cell.h"

#define TDM__SHEETS_MAX           1024
#define TDM__SHEET_NAME_BYTES_MAX 1024 /* Excel takes 31 characters */

typedef struct tdm__sheet {
    tdm_str name;
    tdm_str relation;
} tdm__sheet;

typedef struct tdm__workbook {
    tdm__return *file;
    tdm__package *package;
    tdm__relations relations; /* of the workbook part */
    tdm__arena arena;
    bool from_1904;
    tdm__sheet *sheets; /* in their order */
    size_t sheet_count, sheet_capacity;
    tdm_str *shared; /* strings by number */
    size_t shared_count, shared_capacity;
    uint8_t *forms; /* tdm__cell_form of each style */
    size_t form_count, form_capacity;
    tdm__text text; /* of the cell or string at hand */
} tdm__workbook;

/* Sheets and the date system; the strings that cells share; the forms of the styles. */
tdm_status tdm__workbook_sheets(tdm__workbook *book, const char *part, tdm_error *error);
tdm_status tdm__workbook_strings(tdm__workbook *book, const char *part, tdm_error *error);
tdm_status tdm__workbook_styles(tdm__workbook *book, const char *part, tdm_error *error);
/* Reads a sheet into a grid that has been initialised. */
tdm_status tdm__workbook_sheet(tdm__grid *grid, tdm__workbook *book, const char *part, tdm_error *error);
/* Hands the sheets over one by one, each as a grid of its name, under no map. */
tdm_status tdm__workbook_grids(tdm__return *file, tdm__table_taker take, void *payload, tdm_error *error);

#endif

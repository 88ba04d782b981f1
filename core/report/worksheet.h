/*
 * A sheet of an Excel file, as it is written: rows of cells of text, in which nothing is worked out, and of
 * numbers. What a workbook is made of besides stands in package.h.
 */
#ifndef TDM_REPORT_WORKSHEET_H
#define TDM_REPORT_WORKSHEET_H

#include "report/package.h"

#define TDM__WORKSHEET_ROWS_MAX 1048576

typedef struct tdm__worksheet {
    tdm__output out; /* of the sheet being written */
    tdm__text lines; /* of the cell being written */
    int32_t row;     /* the last one begun, from 1 */
    int32_t column;
    int32_t cut; /* cells that were too long */
} tdm__worksheet;

/* Lines that a text takes in a cell `width` characters wide: an estimate, for the height of its row. */
int tdm__worksheet_lines(tdm_str text, int width);
/* Programs that do not find the height of a row by themselves are told it. */
void tdm__worksheet_open_row(tdm__worksheet *sheet, int lines);
void tdm__worksheet_close_row(tdm__worksheet *sheet);
/* A cell of text, and how it looks: a number of cellXfs in the styles. */
void tdm__worksheet_text(tdm__worksheet *sheet, int style, tdm_str text);
void tdm__worksheet_number(tdm__worksheet *sheet, int64_t number);
/* A number as it is to be read, with a point: "12.5". */
void tdm__worksheet_decimal(tdm__worksheet *sheet, tdm_str number);
/* "Y", "AB": up to 702 columns, from 1. */
void tdm__worksheet_column(char out[3], int column);

#define TDM__WORKSHEET                                                                                       \
    TDM__XML "<worksheet xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\">"               \
             "<sheetPr><pageSetUpPr fitToPage=\"1\"/></sheetPr>"
#define TDM__WORKSHEET_END                                                                                   \
    "<pageMargins left=\"0.4\" right=\"0.4\" top=\"0.5\" bottom=\"0.5\" header=\"0.3\" footer=\"0.3\"/>"     \
    "<pageSetup paperSize=\"9\" orientation=\"landscape\" fitToHeight=\"0\"/>"                               \
    "<headerFooter><oddFooter>&amp;RPage &amp;P of &amp;N</oddFooter></headerFooter></worksheet>\n"

#endif

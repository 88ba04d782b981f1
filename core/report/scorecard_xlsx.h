/*
 * The Excel file of a scorecard: scorecard_xlsx.c writes its cells, scorecard_xlsx_parts.c what names its
 * sheets.
 */
#ifndef TDM_REPORT_SCORECARD_XLSX_H
#define TDM_REPORT_SCORECARD_XLSX_H

#include "report/package.h"
#include "report/scorecard_view.h"

#define TDM__CARD_SHEETS_MAX 9 /* eight groups and the definitions; a file has 16 parts */

/* Names of sheets, and those of their parts. */
typedef struct tdm__card_sheets {
    char names[TDM__CARD_SHEETS_MAX][32]; /* "Front door"; letters, digits and blanks */
    size_t first[TDM__CARD_SHEETS_MAX];   /* measure */
    size_t end[TDM__CARD_SHEETS_MAX];     /* behind the last measure */
    size_t count;                         /* of all sheets, the definitions among them */
} tdm__card_sheets;
void tdm__card_sheets_of(tdm__card_sheets *out, const tdm_scorecard *card);

/* Everything but the sheets themselves. */
void tdm__card_xlsx_parts(tdm__zip *zip, const tdm__card_sheets *sheets);
/* "xl/worksheets/sheet1.xml" */
extern const char *const tdm__card_sheet_parts[TDM__CARD_SHEETS_MAX];

#endif

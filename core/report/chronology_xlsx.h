/*
 * The Excel file of a chronology: chronology_xlsx.c writes its cells, chronology_xlsx_parts.c holds the parts
 * that are the same in every one.
 */
#ifndef TDM_REPORT_CHRONOLOGY_XLSX_H
#define TDM_REPORT_CHRONOLOGY_XLSX_H

#include "report/package.h"

extern const tdm__fixed_part tdm__xlsx_parts[];

/* How a cell looks: numbers of cellXfs in the styles. A tint of printed.h is TDM__XLSX_TINT and its number.
 */
enum { TDM__XLSX_PLAIN, TDM__XLSX_HEADING, TDM__XLSX_TEXT, TDM__XLSX_STRONG, TDM__XLSX_TINT };

/* The part with the styles, which holds the tints. */
void tdm__xlsx_styles(tdm__zip *zip);

#endif

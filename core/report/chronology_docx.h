/*
 * The Word file of a chronology: chronology_docx.c writes its text, chronology_docx_parts.c holds the parts
 * that are the same in every one.
 */
#ifndef TDM_REPORT_CHRONOLOGY_DOCX_H
#define TDM_REPORT_CHRONOLOGY_DOCX_H

#include "report/package.h"

extern const tdm__fixed_part tdm__docx_parts[];

#define TDM__WORD_NAMESPACE "xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\""
#define TDM__WORD_RELATION  "xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\""

/* Widths in twentieths of a point: A4 across, margins of 11 mm. */
enum { TDM__PAGE_WIDTH = 16838, TDM__PAGE_HEIGHT = 11906, TDM__PAGE_MARGIN = 624, TDM__PAGE_ROOM = 15590 };

#endif

/*
 * A cell of CSV from text of strangers: nothing in it acts on a terminal, turns a line or is a formula.
 */
#ifndef TDM_REPORT_CSV_CELL_H
#define TDM_REPORT_CSV_CELL_H

#include "base/text.h"

/* Appends the cell, quoted where it must be, and `behind` (",", or a line end). Control characters are shown
 * as \x1b, direction overrides as <U+202E>, every line end is \n; what a spreadsheet could take for a formula
 * gets an apostrophe before it. */
void tdm__put_csv_cell(tdm__text *out, tdm_str text, const char *behind);

#endif

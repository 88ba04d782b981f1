/*
 * An assessment as a sheet for Excel or Calc: a few rows that say whose it is, then one row an item. A
 * blank one is filled in and read back; what a spreadsheet does to a file on the way (other
 * delimiter, local dates, a byte order mark, empty columns behind) is read all the same.
 *
 * Rows and columns are found by their names, in whatever order. The day in the first row is there to show
 * which way round a program writes days; without it they are read day first.
 */
#ifndef TDM_INSTRUMENT_SHEET_H
#define TDM_INSTRUMENT_SHEET_H

#include "instrument/assessment.h"
#include "instrument/texts.h"

/* Whether a text looks like such a sheet, by its first cell. */
bool tdm__sheet_recognised(tdm_str content);

/*
 * Writes a sheet, of `assessment` or, where that is NULL, one to fill in. `texts` may be NULL. A cell that a
 * spreadsheet could take for a formula, a number or a day has an apostrophe before it and is read back as it
 * was. UTF-8 with a byte order mark and CRLF; items in the instrument's order, codes it lacks behind them.
 */
void tdm__sheet_put(tdm__text *out, const tdm_instrument *instrument, const tdm_assessment *assessment,
                    const tdm__texts *texts);

/* Definitions by whose labels a grade may be written: "yes" for the 1 of a scale that calls only it so. */
typedef struct tdm__sheet_known {
    tdm_instrument *const *instruments;
    size_t count;
} tdm__sheet_known;

/*
 * Reads a sheet; `known` may be NULL, and is only read during the call. Lines of the assessment's entries and
 * of problems are rows as a spreadsheet counts them, columns likewise. An item that two rows grade is left
 * out by a lenient reading, since neither is known to be right. As tdm_assessment_read.
 */
tdm_status tdm__sheet_read(tdm_assessment **out, const tdm_allocator *allocator, tdm_str content,
                           tdm_str file, const tdm__sheet_known *known, const tdm_assessment_options *options,
                           tdm_error *error);

#endif

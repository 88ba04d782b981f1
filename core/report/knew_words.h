/*
 * What is said of a matter, and of what an agency knew of it, for every writer.
 */
#ifndef TDM_REPORT_KNEW_WORDS_H
#define TDM_REPORT_KNEW_WORDS_H

#include "report/knew.h"
#include "report/output.h"
#include "report/view.h"

/* What a reader must know first: in sentences; ends with NULL. */
extern const char *const tdm__knew_explained[];

/* "recorded on 13 March 2021, 1 day later", "never recorded it". */
void tdm__known_by_words(char out[2 * TDM__WORDS_SIZE], const tdm__known_by *known);
/* "5 March 2024", "no date". */
void tdm__matter_day_words(char out[TDM_DATE_TEXT_SIZE], const tdm__matter *matter);
/* The same as it is written for machines: "2024-03-05", "[..]", "". */
void tdm__matter_day_iso(char out[TDM_DATE_TEXT_SIZE], const tdm__matter *matter);
/* What may not be taken for granted of it: "perhaps the same"; "" when nothing. */
const char *tdm__matter_doubt(const tdm__matter *matter);
/* Titles of its kinds, each once, in the order of its rows. */
void tdm__put_matter_kinds(tdm__text *out, const tdm_run *run, const tdm__matter *matter);

#endif

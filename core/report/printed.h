/*
 * The merged chronology as a person reads it on paper, whatever the paper: which columns a table has, what
 * stands in a cell, what an agency's colour is, which rows the significant-only layer leaves out and how that
 * is said.
 */
#ifndef TDM_REPORT_PRINTED_H
#define TDM_REPORT_PRINTED_H

#include "report/chronology_cells.h"

#define TDM__PRINTED_COLUMNS 24

typedef struct tdm__printed {
    const tdm__cell_column *columns[TDM__PRINTED_COLUMNS];
    size_t count;
    size_t text; /* the widest: what has no column of its own stands here, a line each */
    int32_t shares;
} tdm__printed;

void tdm__printed_columns(tdm__printed *out);

/* What stands in a cell, lines apart by \n alone. */
void tdm__printed_cell(tdm__text *out, const tdm_run *run, const tdm__event *event,
                       const tdm__printed *printed, size_t column);
/* Line ends of every kind as \n. */
void tdm__put_own_lines(tdm__text *out, tdm_str text);

/* Ground of an agency's cell as six hexadecimal digits, light enough for black letters: in the order of the
 * vocabulary over the agencies of the chronology, so that no two look alike while there are no more than
 * tints. White for one that the vocabulary does not know. Never the only sign: its name stands on it. */
#define TDM__TINTS 12
extern const char *const tdm__tints[TDM__TINTS];
#define TDM__NO_TINT TDM__TINTS
size_t tdm__agency_tint(const tdm_run *run, uint32_t agency);

/* Rated high or medium, or a concern whatever its rating: many small ones are what builds up. */
bool tdm__event_is_significant(const tdm_run *run, const tdm__event *event);
bool tdm__event_shown(const tdm_run *run, const tdm__event *event, const tdm__report_options *options);

typedef struct tdm__row_counts {
    size_t all, dated, undated, later, doubtful, replaced; /* of those shown */
    size_t left_out;
} tdm__row_counts;
tdm__row_counts tdm__count_rows(const tdm_run *run, size_t position, const tdm__report_options *options);

/* "61 rows: 59 with a date, 5 of them doubtful; 2 without any date; 3 after the as-of day." */
void tdm__put_row_counts(tdm__text *out, const tdm__row_counts *counts);
/* What the layer holds and how many rows of which agency it leaves out; nothing where all rows are shown. */
void tdm__put_left_out(tdm__text *out, const tdm_run *run, size_t position,
                       const tdm__report_options *options);

/* "Case X, as of 30 September 2024". */
void tdm__put_case(tdm__text *out, const tdm_run *run);
/* The stance, in the words of every such document: what it is, and what it is not. NULL behind the last. */
extern const char *const tdm__chronology_stance[];

#endif

/*
 * The tables of a measure, in words, for every writer that shows tables: text, HTML and Excel mark them up
 * and add nothing.
 */
#ifndef TDM_REPORT_SCORECARD_TABLES_H
#define TDM_REPORT_SCORECARD_TABLES_H

#include "report/scorecard_view.h"

typedef struct tdm__card_cell {
    tdm_str words;  /* "1,234", "12.3 %", "c" */
    tdm_str number; /* "1234", "12.3"; "" where it is none */
} tdm__card_cell;

#define TDM__CARD_COLUMNS_MAX 12

typedef struct tdm__card_table {
    const char *code; /* "figures", "lengths", "survival", "lines", "trend", "peers" */
    const char *title;
    tdm_str headings[TDM__CARD_COLUMNS_MAX];
    bool numbers[TDM__CARD_COLUMNS_MAX]; /* columns of numbers */
    size_t column_count;
    size_t heads; /* the first so many columns say what a row is of */
    const tdm__card_cell *cells;
    size_t row_count;
} tdm__card_table;

#define TDM__CARD_TABLES_MAX 6
typedef struct tdm__card_tables {
    tdm__card_table items[TDM__CARD_TABLES_MAX];
    size_t count;
} tdm__card_tables;

/* The tables of a measure that could be assessed; everything lives in the arena. TDM_OK or TDM_NO_MEMORY.
 * wide: lines of several groups stand side by side where there are not too many. */
tdm_status tdm__card_tables_of(tdm__card_tables *out, tdm__arena *arena, const tdm_scorecard *card,
                               const tdm__card_measure *measure, bool wide);

/* Sentences beneath the tables: what was left out, why a part is not assessed, the notes of the engine. */
tdm_status tdm__card_footnotes(const tdm_str **out, size_t *count, tdm__arena *arena,
                               const tdm_scorecard *card, const tdm__card_measure *measure);

#endif

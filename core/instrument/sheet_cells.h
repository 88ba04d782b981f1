/*
 * What the writer and the reader of the sheet agree on: its marker, its rows and columns by name, and
 * what one cell says.
 */
#ifndef TDM_INSTRUMENT_SHEET_CELLS_H
#define TDM_INSTRUMENT_SHEET_CELLS_H

#include "instrument/assessment.h"

#define TDM__SHEET_MARKER "tidemark assessment"
#define TDM__SHEET_FORM   "1"
/* Stands in the first row: how it comes back tells which way round a program writes days. */
#define TDM__SHEET_DAY "2001-02-03"

typedef enum tdm__sheet_kind {
    TDM__SHEET_TEXT,
    TDM__SHEET_DATE,
    TDM__SHEET_CONDITION, /* may stand several times */
    TDM__SHEET_TOLD       /* there to be read by people alone */
} tdm__sheet_kind;

/* A row above the table: its name, what is filled in, and a word about that. */
typedef struct tdm__sheet_row {
    const char *name;
    tdm__sheet_kind kind;
    bool required;
    int which;           /* tdm__assessment_text, tdm__sheet_day or tdm__sheet_told_row */
    const char *choices; /* words of which it is one, separated by spaces; NULL: free */
    const char *expected;
} tdm__sheet_row;

typedef enum tdm__sheet_day {
    TDM__SHEET_DATED,
    TDM__SHEET_RECORDED,
    TDM__SHEET_WINDOW_FROM,
    TDM__SHEET_WINDOW_TO,
    TDM__SHEET_DAY_COUNT
} tdm__sheet_day;

typedef enum tdm__sheet_told_row { TDM__TOLD_TITLE, TDM__TOLD_LICENCE, TDM__TOLD_GRADES } tdm__sheet_told_row;

extern const tdm__sheet_row tdm__sheet_rows[];
extern const size_t tdm__sheet_row_count;
#define TDM__SHEET_ROWS_MAX 32

/* What stands in a column, in the order in which they are written. */
typedef enum tdm__sheet_column {
    TDM__COLUMN_AREA,
    TDM__COLUMN_SUB_AREA,
    TDM__COLUMN_ITEM,
    TDM__COLUMN_LABEL,
    TDM__COLUMN_WORDING, /* this and the next only where there are texts */
    TDM__COLUMN_MEANING,
    TDM__COLUMN_GRADE,
    TDM__COLUMN_EVIDENCE,
    TDM__COLUMN_CHILD_WORDS,
    TDM__COLUMN_CURRENT,
    TDM__COLUMN_TARGET,
    TDM__COLUMN_BY,
    TDM__COLUMN_ACTUAL,
    TDM__COLUMN_COUNT
} tdm__sheet_column;

extern const char *const tdm__sheet_headings[TDM__COLUMN_COUNT];

/* The row, or column, that a cell names in whatever case and with '_' or '-' in place of a space; NULL, or
 * TDM__COLUMN_COUNT, where it names none. */
const tdm__sheet_row *tdm__sheet_row_named(tdm_str cell);
tdm__sheet_column tdm__sheet_column_named(tdm_str cell);
bool tdm__sheet_is_marker(tdm_str cell);

/* A text as a cell: one that a spreadsheet would make something else of has an apostrophe before it. */
void tdm__sheet_put_text(tdm__text *out, tdm_str text);
/* The text of a cell; false where it is empty. *out is a slice of the cell. */
bool tdm__sheet_text(tdm_str *out, tdm_str cell);

/* That one of the choices, separated by spaces, which a cell names; a slice of them. False: none. */
bool tdm__sheet_choice(tdm_str *out, tdm_str cell, const char *choices);

/* "3", "3.0", "3,00": a whole number within those that a scale may have. */
bool tdm__sheet_number(int32_t *out, tdm_str cell);
/* A number, "not seen", "not applicable" or nothing, and the other ways in which these are written. */
bool tdm__sheet_grade(tdm__entry_state *state, int32_t *value, tdm_str cell);
/* The value that the scale calls so, in whatever case; false where it has none of that label, or several. */
bool tdm__sheet_label(int32_t *out, tdm_str cell, const tdm__scale *scale);
/* An exact day, in any way that the calendar knows. */
bool tdm__sheet_day_read(tdm_day *out, tdm_str cell, const tdm_date_rules *rules);

#endif

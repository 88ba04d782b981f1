/*
 * A sheet on its way to an assessment: what the rows above the table and the rows of it share.
 */
#ifndef TDM_INSTRUMENT_SHEET_READER_H
#define TDM_INSTRUMENT_SHEET_READER_H

#include "base/csv.h"
#include "base/hash.h"
#include "instrument/problems.h"
#include "instrument/sheet.h"
#include "instrument/sheet_cells.h"

/* What an item may say once. */
enum { TDM__ONCE_GRADE, TDM__ONCE_EVIDENCE, TDM__ONCE_CHILD_WORDS, TDM__ONCE_COUNT };

typedef struct tdm__sheet_reader {
    tdm__csv csv;
    const tdm__sheet_known *known;    /* may be NULL */
    const tdm_instrument *instrument; /* found at the head of the table; NULL: not known */
    tdm_assessment *assessment;
    tdm__problems problems;
    bool has_no_memory;
    tdm_date_rules dates;                /* days first, unless the first row came back the other way round */
    int32_t row;                         /* as the spreadsheet counts: a cell over several lines is one row */
    int32_t inner_lines;                 /* line ends inside cells so far */
    int32_t row_of[TDM__SHEET_ROWS_MAX]; /* of each row above the table; 0: has not come, or is empty */
    bool in_table;
    tdm__sheet_column *columns; /* of each field of the table; see sheet_items.c for those of no column */
    size_t column_count;
    tdm_str item;                          /* of the row at hand; "": none */
    tdm__dictionary once[TDM__ONCE_COUNT]; /* items, numbered as the entries or remarks are */
    bool *is_twice;                        /* of each entry: another row grades the item too */
} tdm__sheet_reader;

/*
 * Tells that something is wrong in a field (from 0; -1: of no field) of the row at hand, and where the
 * reading is lenient remembers it as left out. `ends`: the rest cannot stand without it, lenient or not.
 */
void tdm__sheet_problem(tdm__sheet_reader *reader, int64_t field, bool ends, const char *format, ...)
    TDM_PRINTF(4, 5);
/* The reading stops: no memory. */
void tdm__sheet_no_memory(tdm__sheet_reader *reader);
/* A copy that lives as long as the assessment. False: no memory. */
bool tdm__sheet_keep(tdm_str *out, tdm__sheet_reader *reader, tdm_str text);
/* `items`, or a copy with room for one more; NULL: no memory. */
void *tdm__sheet_room(tdm__sheet_reader *reader, void *items, size_t count, size_t item_size);
/* A field of the row at hand; "" where the row is shorter. */
tdm_str tdm__sheet_field(const tdm__sheet_reader *reader, size_t field);

/* Whether the row at hand is the headings of the table. */
bool tdm__sheet_is_headings(const tdm__sheet_reader *reader);
void tdm__sheet_read_headings(tdm__sheet_reader *reader);
void tdm__sheet_read_item(tdm__sheet_reader *reader);
/* Once all rows are read: takes out what was graded twice. */
void tdm__sheet_end_table(tdm__sheet_reader *reader);

#endif

/*
 * A column map guessed from a file: what each column could be, by its heading and its cells, how sure that
 * is and why. Nothing is guessed without being told: which child a number names and what a word of a kind
 * means are for a person to confirm.
 */
#ifndef TDM_INGEST_MAP_SUGGEST_H
#define TDM_INGEST_MAP_SUGGEST_H

#include "ingest/map_tables.h"
#include "ingest/map_words.h"

#define TDM__SUGGEST_COLUMNS 1024 /* of a table; those behind are not looked at */
#define TDM__SUGGEST_ROWS    10   /* shown as they would be read */
#define TDM__SUGGEST_VALUES  60   /* distinct ones of a column that may be codes */
#define TDM__SUGGEST_DAYS    200  /* rows of which two columns of dates are compared */

/* A word that stands in a column of codes. */
typedef struct tdm__suggested_value {
    tdm_str theirs; /* as it stands first */
    int64_t rows;
    tdm_str ours; /* "": for a person to fill in */
    tdm__nearness nearness;
} tdm__suggested_value;

/* What the cells of a column are, counted over the whole table. */
typedef struct tdm__column_look {
    int64_t filled, dates, times, answers, numbers, digits, spaced, bytes;
    int64_t parted;                            /* by a mark that stands between several numbers */
    int64_t day_first, month_first, both_ways; /* dates that only one order, or either, can read */
    size_t longest;                            /* bytes */
    tdm__dictionary distinct;                  /* short cells, folded */
    bool repeats;                              /* a cell stands there twice */
    bool many;                                 /* more distinct ones than are kept, or a long one */
    tdm__suggested_value *values;              /* of the distinct ones, the first few */
    size_t value_count, value_capacity;
    tdm_day days[TDM__SUGGEST_DAYS]; /* TDM_DAY_NONE: none in that row */
} tdm__column_look;

typedef enum tdm__sureness { TDM__SURE, TDM__LIKELY, TDM__DOUBTFUL } tdm__sureness;

/* Why a column is what it is taken for, or is not read. The words stand in map_suggest_text.c. */
typedef enum tdm__suggest_reason {
    TDM__BY_HEADING,
    TDM__BY_CLOSE_HEADING,
    TDM__BY_PART_OF_HEADING,
    TDM__BY_DATES,
    TDM__BY_LATER_DATES,
    TDM__BY_TEXT,
    TDM__BY_AGENCIES,
    TDM__BY_KINDS,
    TDM__BY_NUMBERING,
    TDM__NOT_OF_AN_EVENT,
    TDM__NOT_AS_HEADING,
    TDM__NOT_A_SECOND,
    TDM__NOT_DATES,
    TDM__NOT_ANSWERS,
    TDM__NOT_CODES,
    TDM__NOT_KNOWN,
    TDM__NOT_FILLED,
    TDM__NO_HEADING,
    TDM__HEADING_TWICE,
    TDM__SUGGEST_REASONS
} tdm__suggest_reason;

typedef struct tdm__suggested_column {
    tdm_str heading; /* trimmed */
    tdm__column_look look;
    const tdm__heading_word *word; /* NULL: the heading says nothing */
    tdm__nearness nearness;
    tdm_str to; /* as a map writes the field; "": it is not read */
    tdm__field field;
    uint32_t fact;
    bool joins; /* behind another column's text */
    tdm__sureness sureness;
    tdm__suggest_reason reason;
} tdm__suggested_column;

typedef struct tdm__suggested_sheet {
    tdm_str name;
    uint64_t headings; /* their hash; 0: no row looks like a heading */
    bool has_rows;
} tdm__suggested_sheet;

/* Order of day and month: shown by a number above 12, or open. */
typedef enum tdm__suggested_order {
    TDM__ORDER_NOT_NEEDED,
    TDM__ORDER_DAY_FIRST,
    TDM__ORDER_MONTH_FIRST,
    TDM__ORDER_OPEN,
    TDM__ORDER_MIXED
} tdm__suggested_order;

/* The columns of one table. */
typedef struct tdm__suggested_table {
    tdm__arena arena;
    const tdm_allocator *allocator;
    size_t sheet; /* in the list of them */
    int32_t heading_row;
    int32_t score; /* of the heading */
    tdm__suggested_column *columns;
    size_t column_count;
    bool columns_passed; /* there are more than are looked at */
    int64_t rows;
    tdm_str *cells; /* of the first rows, a row after the other */
    int32_t cell_rows[TDM__SUGGEST_ROWS];
    size_t cell_row_count;
    size_t date_columns;
    tdm__suggested_order order;
} tdm__suggested_table;

typedef struct tdm__suggestion {
    const tdm_allocator *allocator;
    tdm__arena arena; /* names of sheets */
    tdm__mapped_file file;
    tdm_str agency;
    tdm__suggested_table table; /* of the one with the best heading */
    tdm__suggested_sheet *sheets;
    size_t sheet_count, sheet_capacity;
} tdm__suggestion;

/*
 * Looks at a file and guesses.
 *
 * agency  code for the map; "": none
 * out     freed with tdm__suggestion_free whatever happens; strings of `file` and `words` are borrowed
 *
 * TDM_OK; TDM_INVALID_INPUT: no row among the first 20 looks like a heading; TDM_INVALID_ARG: no such agency;
 * what tdm__mapped_tables gives.
 */
tdm_status tdm__map_suggest(tdm__suggestion *out, tdm__collection *collection, const tdm__map_words *words,
                            const tdm__mapped_file *file, tdm_str agency, tdm_error *error);
void tdm__suggestion_free(tdm__suggestion *suggestion);

/* The map, as JSON without a line end. */
tdm_status tdm__suggestion_map(tdm__text *out, const tdm__suggestion *suggestion);
/* The guesses, one a line, and the first rows as the map would have them read. */
tdm_status tdm__suggestion_text(tdm__text *out, const tdm__suggestion *suggestion,
                                const tdm_vocabulary *vocabulary, tdm_error *error);

/* How sure a guess is, and why a column is what it is taken for or is not read: words, static. */
const char *tdm__sureness_words(tdm__sureness sureness);
const char *tdm__suggest_reason_words(tdm__suggest_reason reason);

/* --- between the files of map_suggest_*.c --- */

/* Counts a cell, trimmed and not empty; `row` from 0. TDM_NO_MEMORY. */
tdm_status tdm__look_at_cell(tdm__column_look *look, tdm__arena *arena, tdm__text *folded, tdm_str cell,
                             int64_t row);
void tdm__look_init(tdm__column_look *look, const tdm_allocator *allocator);
void tdm__look_free(tdm__column_look *look, const tdm_allocator *allocator);
/* Whether a cell alone is a date; TDM_DAY_NONE for one that is no exact day. */
bool tdm__cell_is_date(tdm_day *day, tdm_str cell);
/* Takes each column for a field, or for none. TDM_NO_MEMORY. */
tdm_status tdm__suggest_fields(tdm__suggested_table *table, const tdm__map_words *words,
                               const tdm_vocabulary *vocabulary);
bool tdm__takes_values(tdm__field field); /* codes, whose words a map may turn into ours */

#endif

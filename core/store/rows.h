/*
 * Rows of a live store to and from the structs of its subjects: a shape says which column fills which member,
 * so that each subject is a struct, a shape and its statements.
 */
#ifndef TDM_STORE_ROWS_H
#define TDM_STORE_ROWS_H

#include "store/paging.h"
#include "store/work.h"

typedef enum tdm__row_type {
    TDM__ROW_TEXT,          /* tdm_str, NOT NULL */
    TDM__ROW_OPTIONAL_TEXT, /* tdm_str, "" is NULL */
    TDM__ROW_BYTES,         /* tdm_str */
    TDM__ROW_NUMBER,        /* int64_t */
    TDM__ROW_DAY,           /* tdm_day */
    TDM__ROW_FLAG,          /* bool, as 0 or 1 */
    TDM__ROW_CODE,          /* uint32_t, as one of the codes */
    TDM__ROW_RANK           /* uint32_t, below the number of codes, as a number */
} tdm__row_type;

typedef struct tdm__row_column {
    tdm__row_type type;
    size_t offset;
    const tdm__codes *codes;
} tdm__row_column;

typedef struct tdm__row_shape {
    const tdm__row_column *columns; /* in the order of the statement */
    size_t count;
    size_t size; /* of the struct */
} tdm__row_shape;

#define TDM__ROW_COLUMNS_MOST 24
#define TDM__ROW_SHAPE(columns, type)                                                                        \
    {                                                                                                        \
        columns, sizeof(columns) / sizeof *(columns), sizeof(type)                                           \
    }

/* The members as cells, in the order of the columns; texts are borrowed from the struct. */
void tdm__rows_cells(tdm__cell *out, const tdm__row_shape *shape, const void *item);

/*
 * Runs a statement that changes rows. changed: how many; may be NULL.
 *
 * TDM_CONFLICT where a key is taken, TDM_NOT_FOUND where a row that is named is not there, TDM_INVALID_ARG
 * where a rule of the table is broken; `what` is what the message speaks of ("an account").
 */
tdm_status tdm__rows_change(int64_t *changed, tdm__work *work, const char *sql, const tdm__cell *cells,
                            size_t count, const char *what, tdm_error *error);
/* The first number of the first row; 0 where there is none. */
tdm_status tdm__rows_number(int64_t *out, tdm__work *work, const char *sql, const tdm__cell *cells,
                            size_t count, tdm_error *error);
/* All rows of a query as an array in the arena; *items is never NULL after TDM_OK. */
tdm_status tdm__rows_list(void **items, size_t *item_count, tdm__work *work, tdm__arena *arena,
                          const tdm__row_shape *shape, const char *sql, const tdm__cell *cells, size_t count,
                          tdm_error *error);
/* The first row; TDM_NOT_FOUND naming `what`. */
tdm_status tdm__rows_one(void *item, tdm__work *work, tdm__arena *arena, const tdm__row_shape *shape,
                         const char *sql, const tdm__cell *cells, size_t count, const char *what,
                         tdm_error *error);

/* After an update with the version in its condition that changed `changed` rows: TDM_OK, else TDM_STALE or
 * TDM_NOT_FOUND by whether `sql` (asked with the first cell) gives a number that is not 0. */
tdm_status tdm__rows_came_first(tdm__work *work, int64_t changed, const char *sql, const tdm__cell *key,
                                const char *what, tdm_error *error);

/* A page is asked for with one row more than its limit, so that it is known whether another follows. */
size_t tdm__page_limit(size_t limit);
/* Whether another page follows; takes off the row too many. */
bool tdm__page_cut(size_t *count, size_t limit);

/* A failure about the store. */
tdm_status tdm__work_fail(const tdm__work *work, tdm_status status, const char *message, tdm_error *error);

#endif

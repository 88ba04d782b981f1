/*
 * A table of a return while it is read under its column map, shared by the two files that read it:
 * table_return.c (its heading, its rows) and table_row.c (one row to events).
 */
#ifndef TDM_INGEST_TABLE_RETURN_H
#define TDM_INGEST_TABLE_RETURN_H

#include "ingest/map.h"
#include "ingest/table.h"

#define TDM__NO_COLUMN  SIZE_MAX
#define TDM__NO_HEADING (TDM_NO_INDEX - 1) /* the heading of the column is blank */

/* Where a heading of the map stands in the file, and how the dates below it are read. */
typedef struct tdm__column {
    size_t at; /* TDM__NO_COLUMN: not in the file */
    tdm_date_rules rules;
} tdm__column;

/* What the map makes of a value; `ours` has NULL data when it does not name it. */
typedef struct tdm__meaning {
    tdm_str ours;
    uint32_t kind; /* that it names, of a binding to the kind; TDM_NO_INDEX: none */
} tdm__meaning;

/* A binding with what its values gave so far, so that a value is folded once. */
typedef struct tdm__bound {
    const tdm__binding *binding;
    const tdm__column *column;
    tdm__how how; /* with the rules of the column */
    tdm__dictionary seen;
    tdm__meaning *meaning; /* of each value seen */
    size_t meaning_capacity;
    bool holds_dates;
} tdm__bound;

typedef struct tdm__table_return {
    tdm__return *file;
    const tdm__map *map; /* owned by whoever reads the file */
    tdm_str map_name;
    tdm_str agency; /* of rows that name none */
    tdm_str sheet;  /* "": the file has none */
    tdm__table table;
    int32_t heading_row;        /* 0: not found yet */
    size_t heading_width;       /* cells of the heading up to the last that is not blank */
    tdm__column *columns;       /* one a heading of the map */
    uint32_t *heading_over;     /* of each column of a grid; TDM_NO_INDEX: not mapped; TDM__NO_HEADING */
    bool has_author_notes;      /* rows may start with a mark that makes them an author's note */
    const tdm_str *cells;       /* of the record at hand, trimmed, one a heading of the map */
    const uint32_t *hash_order; /* mapped headings by their folded text */
    size_t hash_order_count;
    tdm__bound *bounds;         /* one a binding */
    uint32_t reference_heading; /* TDM_NO_INDEX: none */
    uint32_t child_heading;
    tdm__arena scratch; /* of one event */
    tdm__text folded;
    tdm__draft draft;
    uint32_t source;
    uint64_t *kinds_seen; /* bit per kind */
    bool orders_open;     /* no date was read yet that hangs on the order of day and month */
    tdm_error *error;     /* of the reading; may be NULL */
} tdm__table_return;

/*
 * A table under a map, which both live longer. Freed with tdm__table_return_free, the table with it.
 * TDM_INVALID_INPUT when neither the return nor the map gives an agency.
 */
tdm_status tdm__table_return_init(tdm__table_return *reading, tdm__return *file, const tdm__map *map,
                                  tdm_str map_name, tdm_error *error);
void tdm__table_return_free(tdm__table_return *reading);
/*
 * Finds the heading of a grid: where the map says, else the row among the first 20 that holds most of
 * the map's headings. *matched is how many those are.
 */
tdm_status tdm__table_find_heading(size_t *matched, tdm__table_return *reading);
/* Reads heading and rows. A grid's heading must have been found. TDM_INVALID_INPUT: no heading. */
tdm_status tdm__table_return_read(tdm__table_return *reading, tdm_error *error);

/* Tells what cells of a row of a grid could not hold; *taken is false for a row that is none of the
 * return: a tracked deletion, the heading again, an author's note. */
tdm_status tdm__table_look_at_row(bool *taken, tdm__table_return *reading);

/* Whether the values of a binding are dates. */
bool tdm__table_holds_dates(const tdm__table_return *reading, const tdm__binding *binding);
/* Finds out in which columns the order of day and month is in doubt, before the first date is read that hangs
 * on it. Statuses of tdm__table_next. */
tdm_status tdm__table_settle_orders(tdm__table_return *reading);

/* Sets up what rows need, once the heading has been read. Memory in the file's arena. */
tdm_status tdm__table_rows_prepare(tdm__table_return *reading);
void tdm__table_rows_free(tdm__table_return *reading);
/* The cell of a heading in the record at hand, trimmed; empty when there is none. */
tdm_str tdm__table_cell(const tdm__table_return *reading, uint32_t heading);
/* Cells of a record, trimmed, one a heading of the map; those of headings that the map does not use are left
 * as they are. */
void tdm__table_cells(tdm_str *cells, const tdm__table_return *reading, const tdm__table *record);
/* What the row of these cells is known by, whose hash is that of those in `hash_order`. */
tdm__row_identity tdm__table_identity(const tdm__table_return *reading, const tdm_str *cells, uint64_t hash);
/* What the map makes of a whole value. `folded`: room. TDM_NO_MEMORY. */
tdm_status tdm__table_look_up(tdm__meaning *out, tdm__text *folded, const tdm__bound *bound,
                              const tdm_vocabulary *vocabulary, tdm_str value);
/* Makes the events of the record at hand, whose cells and key these are. */
tdm_status tdm__table_row(bool *landed, tdm__table_return *reading, const tdm_str *cells, uint64_t key);

#endif

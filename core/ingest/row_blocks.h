/*
 * Rows of a CSV table made ready ahead of their reading, in blocks: split into fields, the cells that the map
 * uses trimmed and hashed. With two jobs a thread does that while the rows before get their keys and become
 * events, which takes about as long; the blocks are the same whoever makes them.
 */
#ifndef TDM_INGEST_ROW_BLOCKS_H
#define TDM_INGEST_ROW_BLOCKS_H

#include "ingest/plain_rows.h"

#include <pthread.h>

#define TDM__BLOCKS_AHEAD 4

typedef struct tdm__ready_row {
    int32_t line;
    size_t filled; /* cells up to the last that is not blank; blank rows are left out */
    tdm__row_identity identity;
    uint64_t key;
} tdm__ready_row;

typedef struct tdm__row_block {
    tdm__ready_row rows[TDM__BLOCK_ROWS];
    size_t count;
    tdm_str *cells;     /* of each row one a heading of the map */
    tdm__arena strings; /* cells that do not stand in the file as they are */
    tdm_str text; /* that the other cells stand in: the file, or a stretch of it from the byte `text_at` on */
    uint64_t text_at;
    uint64_t read_until; /* bytes of the file */
    bool is_last;
    /* Behind the rows: TDM_OK; a record that could not be read (tdm__table_record_failed), and why;
     * TDM_NO_MEMORY, TDM_IO. */
    tdm_status status;
    tdm_error why;
} tdm__row_block;

typedef struct tdm__row_blocks {
    const tdm__table_return *reading;
    tdm__table table;      /* a walk of its own over the rows */
    tdm__plain_rows plain; /* of the block that the caller has */
    size_t width;          /* cells of a row */
    tdm__row_block *blocks;
    size_t block_count;
    bool has_thread;
    pthread_t thread;
    pthread_mutex_t lock; /* of the rest */
    pthread_cond_t changed;
    size_t made, taken; /* blocks so far, handed back again */
    bool holds_one;     /* the caller has a block */
    bool stop;
} tdm__row_blocks;

/* From where the table of `reading` stands, which is prepared for rows. Closed also where it did not open. */
tdm_status tdm__row_blocks_open(tdm__row_blocks *blocks, const tdm__table_return *reading, int32_t jobs);
void tdm__row_blocks_close(tdm__row_blocks *blocks);
/* The next block, good until the one after it is asked for; NULL behind the last. */
const tdm__row_block *tdm__row_blocks_next(tdm__row_blocks *blocks);

#endif

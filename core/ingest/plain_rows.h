/*
 * Rows of CSV of which nothing is to be told: a child, an ISO day, a kind and an agency that are known, facts
 * in their form, texts. They are found while blocks are made ready, and become events many at once. Every
 * other row is for table_row.c, which gives the same of these too.
 */
#ifndef TDM_INGEST_PLAIN_ROWS_H
#define TDM_INGEST_PLAIN_ROWS_H

#include "chronology/plain_events.h"
#include "ingest/plain_codes.h"

#define TDM__BLOCK_ROWS TDM__PLAIN_EVENTS_MAX

struct tdm__row_block;

typedef struct tdm__plain_rows {
    const tdm__table_return *reading;
    bool possible; /* no row is plain else */
    uint32_t child_heading, day_heading;
    tdm__codes *codes; /* agency, kind, facts */
    size_t codes_count;
    size_t kind_codes, agency_codes; /* of these; SIZE_MAX: none */
    uint32_t *string_headings;
    uint32_t *empty_headings; /* a row is plain only where these are empty */
    size_t empty_count;
    tdm__arena arena;
    tdm__code_reader reader;
    /* Of each row of the block at hand: */
    bool is_plain[TDM__BLOCK_ROWS];
    uint64_t facts_there[TDM__BLOCK_ROWS]; /* bits */
    tdm__plain_event events[TDM__BLOCK_ROWS];
    uint16_t *row_codes; /* one column after the other */
    uint32_t *values;    /* of facts in the chronology, likewise */
    /* For the chronology: */
    uint32_t *numbers; /* of each code; TDM_NO_INDEX: not asked for yet, as for the next */
    uint32_t agency;   /* of rows that name none */
    tdm__plain_facts *facts;
    size_t fact_count;
    tdm__plain_strings *strings;
    size_t string_count;
} tdm__plain_rows;

/* For the rows of a table that is prepared for them. Freed also where it failed. TDM_NO_MEMORY. */
tdm_status tdm__plain_rows_open(tdm__plain_rows *plain, const tdm__table_return *reading);
void tdm__plain_rows_close(tdm__plain_rows *plain);
/* Says which rows of a block, which have their keys, are plain, and what they hold. TDM_NO_MEMORY. */
tdm_status tdm__plain_rows_mark(tdm__plain_rows *plain, const struct tdm__row_block *block);
/* How many rows of that block are plain from `first` on, one behind the other. */
size_t tdm__plain_rows_run(const tdm__plain_rows *plain, const struct tdm__row_block *block, size_t first);
/* Adds so many plain rows. Statuses of tdm__builder_event. */
tdm_status tdm__plain_rows_add(tdm__plain_rows *plain, const struct tdm__row_block *block, size_t first,
                               size_t count);

#endif

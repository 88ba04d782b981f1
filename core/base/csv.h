/*
 * Records of a delimited file (RFC 4180, with the habits of Excel): quoted fields with doubled
 * quotes and line breaks inside, LF, CRLF or CR line ends, a last record without a line end.
 * Splits text into fields and counts lines; what a field means is not its business.
 */
#ifndef TDM_BASE_CSV_H
#define TDM_BASE_CSV_H

#include "base/text.h"

/* The next place of a byte, searched once and kept until the reading has passed it. */
typedef struct tdm__csv_mark {
    size_t at; /* the length of the text: none is left */
    bool known;
} tdm__csv_mark;

typedef struct tdm__csv {
    const tdm_allocator *allocator;
    tdm_str text; /* valid UTF-8, without BOM; borrowed */
    char delimiter;
    size_t at;           /* offset of the next record */
    int32_t line;        /* line on which the current record starts, from 1 */
    int32_t next_line;   /* line on which the next one starts */
    size_t record_start; /* bytes of the current record in `text`, its line end left out */
    size_t record_end;
    tdm_str
        *fields; /* of the current record; point into `text`, or into `unquoted` where a quote was doubled */
    size_t field_count;
    size_t field_capacity;
    tdm__csv_mark line_feed, carriage_return, quote;
    tdm__text unquoted;
    uint32_t field_limit_bytes; /* default 1 MiB */
    size_t fields_wanted;       /* of a line without quotes those behind need not be given; default: all */
} tdm__csv;

void tdm__csv_init(tdm__csv *csv, const tdm_allocator *allocator, tdm_str text, char delimiter);
void tdm__csv_free(tdm__csv *csv);
/* Goes on in another text, from `at` on, in the line of this number; the fields at hand are gone. */
void tdm__csv_move(tdm__csv *csv, tdm_str text, size_t at, int32_t next_line);
/*
 * Moves to the next record. *more is false at the end. Empty lines are skipped.
 *
 * Errors carry the line and, as column, the number of the field, from 1; no file.
 *
 * TDM_OK; TDM_INVALID_INPUT (a quote never closed, text behind a closing quote; `message` of the
 * error says which; the reader then stands behind that line so that reading can go on);
 * TDM_TOO_LARGE (a field over the limit, more than 16,384 fields); TDM_NO_MEMORY.
 */
tdm_status tdm__csv_next(tdm__csv *csv, bool *more, tdm_error *error);
/* The most likely of , ; tab and | in the first records; ',' when nothing speaks for another. */
char tdm__csv_guess_delimiter(tdm_str text);
/* Appends a field, quoted when it must be. */
void tdm__csv_put_field(tdm__text *out, tdm_str field, char delimiter);
/* The same for text of strangers: what a spreadsheet could take for a formula gets an apostrophe before it.
 */
void tdm__csv_put_text(tdm__text *out, tdm_str field, char delimiter);

#endif

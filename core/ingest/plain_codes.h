/*
 * What the cells of a column mean of which there are few different ones: agencies, kinds, most facts. Each is
 * read once, by the reader of its field, and has a number from then on.
 */
#ifndef TDM_INGEST_PLAIN_CODES_H
#define TDM_INGEST_PLAIN_CODES_H

#include "ingest/table_return.h"

#define TDM__CODES_MAX 256
#define TDM__NO_CODE   UINT16_MAX /* an empty cell; one more than can be remembered */

typedef struct tdm__code {
    tdm_str written; /* the cell */
    tdm_str value;   /* of an agency its code, of a fact its canonical text */
    uint32_t kind;
    bool is_plain; /* nothing is to be told of it */
} tdm__code;

typedef struct tdm__code_slot {
    uint64_t ends[2]; /* tdm__str_ends of the cell */
    size_t length;    /* 0: empty */
    uint16_t code;
} tdm__code_slot;

/* The codes stay where they are: what has been handed over may be read while others come. */
typedef struct tdm__codes {
    const tdm__bound *bound; /* NULL: only a constant */
    tdm__how how;
    uint16_t usual; /* where the cell is empty; TDM__NO_CODE: none */
    tdm__code *codes;
    size_t count;
    tdm__code_slot *slots;
} tdm__codes;

/* What codes are read with. */
typedef struct tdm__code_reader {
    tdm__draft draft;
    tdm__arena scratch;
    tdm__arena texts; /* of codes */
    tdm__text folded;
} tdm__code_reader;

void tdm__code_reader_init(tdm__code_reader *reader, const tdm__table_return *reading);
void tdm__code_reader_free(tdm__code_reader *reader);

/* Room in the arena. TDM_NO_MEMORY. */
tdm_status tdm__codes_init(tdm__codes *codes, tdm__arena *arena, const tdm__how *how,
                           const tdm__bound *bound);
/* Reads the value of a constant, which needs no map; *is_plain is false where something is to be told of it.
 */
tdm_status tdm__codes_constant(bool *is_plain, tdm__codes *codes, tdm__code_reader *reader, tdm_str value);
/* The code of a cell that is not empty. TDM_NO_MEMORY. */
tdm_status tdm__codes_number(uint16_t *out, tdm__codes *codes, tdm__code_reader *reader, tdm_str cell);

#endif

/*
 * A whole export, line by line, to one with codes, and back to the same bytes.
 *
 * It works on the NDJSON and not on the table in memory: the export is all that leaves, so nothing can be
 * forgotten that is not in it; a member that no rule names is free text; both ways are one walk with the
 * same writer. What is written to disk, and where keys come from, is not said here.
 */
#ifndef TDM_GUARD_PSEUDONYMS_H
#define TDM_GUARD_PSEUDONYMS_H

#include "chronology/vocabulary.h"
#include "guard/key.h"
#include "guard/leaks.h"

typedef enum tdm__birth { TDM__BIRTH_KEEP, TDM__BIRTH_MONTH, TDM__BIRTH_YEAR } tdm__birth;

/* An id that somebody else uses for a child of the records: an agency's own number. */
typedef struct tdm__local_id {
    tdm_str number, child;
} tdm__local_id;

typedef struct tdm__pseudonym_options {
    const tdm_vocabulary *vocabulary; /* its agencies and facts stay as they are; NULL: none is known */
    tdm__birth birth;
    tdm_str names; /* CSV of names; "" none */
    tdm_str names_file;
    tdm_str case_id; /* "" none: the case gets a code, and is looked for in text */
    const tdm__local_id *local_ids;
    size_t local_id_count;
} tdm__pseudonym_options;

/*
 * out     appended to
 * leaks   what is left in it, in the order of the lines
 * key     gets what it does not have yet; after a failure it is only to be freed
 * ndjson  an export of ours: each line an object
 *
 * TDM_OK, leaks or not; TDM_INVALID_INPUT with the line; TDM_CONFLICT, TDM_ENCODING from the names;
 * TDM_NO_MEMORY.
 */
tdm_status tdm__pseudonymise(tdm__text *out, tdm__leaks *leaks, tdm__key *key, tdm_str ndjson,
                             const tdm__pseudonym_options *options, tdm_error *error);

/* Back. *unknown: codes and brackets that the key does not have, which stay as they are. */
tdm_status tdm__pseudonyms_back(tdm__text *out, size_t *unknown, tdm__key *key, tdm_str ndjson, tdm_str file,
                                tdm_error *error);

#endif

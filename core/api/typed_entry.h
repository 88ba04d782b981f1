/*
 * An entry that a person types: read by the reader of our own NDJSON, so that every rule of dates, kinds and
 * facts is the one that returns are read by, and kept as a source of its own. Internal to the layer.
 */
#ifndef TDM_API_TYPED_ENTRY_H
#define TDM_API_TYPED_ENTRY_H

#include "api/serving.h"

typedef struct tdm__typed_entry {
    tdm_str id;       /* 16 hex digits of the entry that is corrected; "": a new one */
    tdm_str episode;  /* that the one corrected belongs to */
    tdm_day recorded; /* where the body names none; TDM_DAY_NONE: not known */
    tdm_day received; /* the day on which it was typed */
    /* Of the version that is corrected: whose it is, and for whom. */
    tdm_str agency, limited_to, sharing_basis;
    bool is_limited; /* also to nobody beside the agency that wrote it */
} tdm__typed_entry;

/* What a version of an entry that was typed has in the audit trail, beside the child's code: its id and the
 * hash of its source. */
#define TDM__TYPED_DETAILS_SIZE (TDM_HEX64_SIZE + TDM_SHA256_HEX_SIZE)
void tdm__typed_details(char out[TDM__TYPED_DETAILS_SIZE], const char *event, tdm_str source_hash);

/*
 * Reads the body of the call as an entry about its child and writes it into the call's work; the audit note
 * names it.
 *
 * id      filled with the entry's id
 * reason  of a correction, from the body; NULL: the body may have none
 *
 * TDM_OK, also where it says what stands already; TDM_INVALID_INPUT with a problem in the context for each
 * member that does not fit, and then nothing was written; what writing gives.
 */
tdm_status tdm__typed_entry_keep(char id[TDM_HEX64_SIZE], tdm__serving *serving,
                                 const tdm__typed_entry *entry, tdm_str *reason, tdm_error *error);

#endif

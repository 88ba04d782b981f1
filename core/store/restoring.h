/*
 * A copy of a store put in the place of a store, or where there is none: held, copied, looked at by whoever
 * asks for it, and then renamed. What stood at the place is kept under a name that is given.
 */
#ifndef TDM_STORE_RESTORING_H
#define TDM_STORE_RESTORING_H

#include "guard/chain.h"
#include "store/held.h"

typedef struct tdm__restoring {
    tdm__held_store held; /* held.made: the copy, a store by itself until it takes its place */
    const char *kept;     /* the name that what stood there has from then on */
    bool was_there;
    bool was_held;       /* by SQLite: else it takes it for damaged */
    bool was_read;       /* as a store of ours */
    bool had_trail;      /* and of a version that has a trail and a log of deletions */
    bool was_closed;     /* encrypted */
    bool is_closed;      /* what comes in its place */
    tdm__chain_head end; /* where the trail of what was there ends; count 0: nowhere, or it was not read */
} tdm__restoring;

/*
 * Takes hold of the place. Ended with tdm__restoring_end whatever it gives.
 *
 * context   must outlive it, with the vault of the keys that either store may be closed with
 * place     a store that nobody else has open, or nothing
 * kept      a name that nothing has
 * replaces  whether something may stand at the place
 *
 * TDM_CONFLICT: something stands there, or has the name `kept`, or what an earlier one that was stopped put
 * aside still waits for its name; TDM_STORE: in use; TDM_IO; TDM_NO_MEMORY.
 */
tdm_status tdm__restoring_begin(tdm__restoring *r, const tdm_context *context, const char *place,
                                const char *kept, bool replaces, tdm_error *error);
/*
 * Looks through the copy, its pages, tables, indexes and references, and writes it anew beside the place:
 * encrypted with the newest key where it is encrypted. The copy itself is left as it is.
 *
 * TDM_STORE: damaged, no store of ours; TDM_NEWER; TDM_NOT_FOUND; TDM_CONFLICT: it is the store itself;
 * TDM_IO; TDM_NO_MEMORY; what the interrupt said.
 */
tdm_status tdm__restoring_copy(tdm__restoring *r, const char *copy, tdm_error *error);
/* Whether what was there has a line of a deletion of this code behind the line `after`; false where it was
 * not read. */
tdm_status tdm__restoring_has_deleted(bool *out, tdm__restoring *r, tdm_str code, int64_t after,
                                      tdm_error *error);
/*
 * Lets what was made take the place. Nobody may have it open any more. Stopped at any moment the one store or
 * the other stands there; killed between two names, what was there goes by TDM__STORE_REPLACED_SUFFIX.
 *
 * TDM_IO; TDM_CONFLICT: something has come up meanwhile.
 */
tdm_status tdm__restoring_finish(tdm__restoring *r, tdm_error *error);
/* What was made and has not taken the place goes. */
void tdm__restoring_end(tdm__restoring *r);

#endif

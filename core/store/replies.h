/*
 * Answers kept for requests that may be sent twice (idempotency keys).
 */
#ifndef TDM_STORE_REPLIES_H
#define TDM_STORE_REPLIES_H

#include "store/live.h"

typedef struct tdm__stored_reply {
    tdm_str account, key; /* together the key of a row */
    tdm_str operation;
    tdm_str request_hash;
    int64_t status; /* of the answer, as the caller numbers them */
    tdm_str body;
    int64_t at; /* seconds */
} tdm__stored_reply;

/* *found false: not answered yet. Whether operation and hash are the same is the caller's to look at. */
tdm_status tdm__work_reply(bool *found, tdm__stored_reply *out, tdm__work *work, tdm__arena *arena,
                           tdm_str account, tdm_str key, tdm_error *error);
/* In the transaction of the change it answers. TDM_CONFLICT: answered meanwhile; TDM_NOT_FOUND: no such
 * account. */
tdm_status tdm__work_keep_reply(tdm__work *work, const tdm__stored_reply *reply, tdm_error *error);
/* Takes out those from before a time. */
tdm_status tdm__work_prune_replies(tdm__work *work, int64_t before, tdm_error *error);

#endif

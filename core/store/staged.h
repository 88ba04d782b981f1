/*
 * Returns that were sent in and wait for somebody to look at them. The bytes are kept no longer than that.
 */
#ifndef TDM_STORE_STAGED_H
#define TDM_STORE_STAGED_H

#include "store/live.h"
#include "store/paging.h"

enum { TDM__STAGED_WAITING, TDM__STAGED_CONFIRMED, TDM__STAGED_DISCARDED };
extern const tdm__codes tdm__staged_states; /* waiting, confirmed, discarded */

typedef struct tdm__stored_import {
    int64_t number; /* given by the store */
    uint32_t state;
    int64_t version;  /* 1, then one more with each change */
    tdm_day received; /* TDM_DAY_NONE: not known */
    tdm_str by;
    tdm_str agency;
    tdm_str map; /* JSON, "" none yet */
    tdm_str format;
    tdm_str content; /* the bytes; empty in lists, and once confirmed or discarded */
    int64_t content_bytes;
    tdm_str preview; /* JSON; "" none yet; emptied when discarded */
    int64_t at;      /* seconds: of the latest change */
} tdm__stored_import;

typedef struct tdm__stored_imports {
    tdm__stored_import *items;
    size_t count;
    int64_t next;
} tdm__stored_imports;

/* import->number comes out; state, version and content_bytes are the store's. TDM_TOO_LARGE at 256 MiB. */
tdm_status tdm__work_stage(tdm__work *work, tdm__stored_import *import, tdm_error *error);
/* With its content. TDM_NOT_FOUND. */
tdm_status tdm__work_staged(tdm__stored_import *out, tdm__work *work, tdm__arena *arena, int64_t number,
                            tdm_error *error);
/* Without content. by "", state TDM_ANY: any. */
tdm_status tdm__work_staged_list(tdm__stored_imports *out, tdm__work *work, tdm__arena *arena, tdm_str by,
                                 uint32_t state, int64_t after, size_t limit, tdm_error *error);
/* Whether one was confirmed at that time or later. */
tdm_status tdm__work_confirmed_since(bool *out, tdm__work *work, int64_t at, tdm_error *error);
/* Received, agency, map, format, preview and `at` of one that waits. import->version is the one that was
 * read: TDM_STALE; TDM_NOT_FOUND; TDM_CONFLICT: it waits no more. */
tdm_status tdm__work_change_staged(tdm__work *work, const tdm__stored_import *import, tdm_error *error);
/* Confirmed or discarded: its content is dropped. As above. */
tdm_status tdm__work_end_staged(tdm__work *work, int64_t number, int64_t version, uint32_t state, int64_t at,
                                tdm_error *error);

#endif

/*
 * Assessments in work. While one is open each save takes the place of the one before; from its completion on
 * all versions are kept, and the latest stands among the assessments of the record.
 */
#ifndef TDM_STORE_DRAFTS_H
#define TDM_STORE_DRAFTS_H

#include "store/live.h"
#include "store/paging.h"

enum { TDM__DRAFT_OPEN, TDM__DRAFT_COMPLETE, TDM__DRAFT_COUNTERSIGNED, TDM__DRAFT_WITHDRAWN };
extern const tdm__codes tdm__draft_states; /* draft, complete, countersigned, withdrawn */

typedef struct tdm__stored_draft {
    tdm_str id; /* the assessment's */
    tdm_str child;
    tdm_str instrument;
    int64_t version; /* 1, then one more with each change */
    uint32_t state;
    tdm_str json; /* one object, as it would be exported */
    tdm_str author;
    int64_t created, changed; /* seconds */
    tdm_str changed_by;
    tdm_str countersigned_by; /* "" not yet */
} tdm__stored_draft;

typedef struct tdm__stored_drafts {
    tdm__stored_draft *items;
    size_t count;
    tdm_str next;
} tdm__stored_drafts;

/*
 * Version 1, state "draft"; `changed` and `changed_by` are `created` and the author. TDM_CONFLICT: the id is
 * taken; TDM_NOT_FOUND: no such child; TDM_INVALID_INPUT: no JSON object.
 */
tdm_status tdm__work_add_draft(tdm__work *work, const tdm__stored_draft *draft, tdm_error *error);
/*
 * A new version: state, json, changed, changed_by, countersigned_by. draft->version is the one that was
 * read; child, instrument and author stay as they were.
 *
 * From "draft" to any state but "countersigned", from "complete" to "countersigned" or "withdrawn", from
 * "countersigned" to "withdrawn". What is complete or countersigned stands among the assessments of the
 * record, what is withdrawn no more.
 *
 * TDM_STALE: another version came first; TDM_NOT_FOUND; TDM_CONFLICT: not that way round; TDM_INVALID_INPUT.
 */
tdm_status tdm__work_change_draft(tdm__work *work, const tdm__stored_draft *draft, tdm_error *error);
/* The latest version. TDM_NOT_FOUND. */
tdm_status tdm__work_draft(tdm__stored_draft *out, tdm__work *work, tdm__arena *arena, tdm_str id,
                           tdm_error *error);
/* One version. TDM_NOT_FOUND: also a save of an open one that was followed by another. */
tdm_status tdm__work_draft_version(tdm__stored_draft *out, tdm__work *work, tdm__arena *arena, tdm_str id,
                                   int64_t version, tdm_error *error);

typedef struct tdm__draft_filter {
    tdm_str child;  /* "" any */
    tdm_str author; /* "" any */
    uint32_t state; /* TDM_ANY */
} tdm__draft_filter;
/* Latest versions, in the order of the ids. */
tdm_status tdm__work_drafts(tdm__stored_drafts *out, tdm__work *work, tdm__arena *arena,
                            const tdm__draft_filter *filter, tdm__paging page, tdm_error *error);

#endif

/*
 * Taking a child out of a store when its time is over, and the lines that say so. Whether the time is over
 * is not decided here.
 */
#ifndef TDM_STORE_DELETION_H
#define TDM_STORE_DELETION_H

#include "store/live.h"
#include "store/paging.h"

typedef struct tdm__deletion_counts {
    int64_t events; /* other versions of an entry included */
    int64_t facts;
    int64_t assessments;
    int64_t drafts; /* all versions of each */
    int64_t prompts;
    int64_t allocations; /* and openings */
    int64_t people;      /* of a household without other children */
    int64_t sources;     /* that were about nobody else, with what was said of their files */
} tdm__deletion_counts;

/* What a line keeps. Nothing in it is from the child's record. */
typedef struct tdm__stored_deletion {
    int64_t number;    /* given by the store */
    tdm_str pseudonym; /* of the child, or its page */
    tdm_day day;
    tdm_str reason;
    tdm_str by;
    tdm_str ground; /* of the date that had come (retention.h); "": it was deleted without one */
    tdm_day due;    /* TDM_DAY_NONE without a ground */
    tdm__deletion_counts counts;
} tdm__stored_deletion;

/*
 * Takes out all that the store holds of a child: its events in all versions, facts, assessments, drafts,
 * prompts, allocations and openings, its date of deletion, sources that were about nobody else. The freed
 * places of the file are overwritten; the log beside it keeps the old pages until tdm__live_settle. Staged
 * imports are looked at by nobody: one that still waits keeps its bytes. Answers kept for repeated requests
 * (replies.h) go, all of them, because any may quote the child.
 *
 * line  pseudonym, day, reason, by, ground and due are kept; counts and number are filled in
 *
 * TDM_NOT_FOUND: no such child.
 */
tdm_status tdm__work_delete_child(tdm__work *work, tdm_str child, tdm__stored_deletion *line,
                                  tdm_error *error);

/* The number of the last line; 0: there is none. */
tdm_status tdm__work_last_deletion(int64_t *out, tdm__work *work, tdm_error *error);

typedef struct tdm__stored_deletions {
    tdm__stored_deletion *items;
    size_t count;
    int64_t next; /* to go on behind; 0: that was all */
} tdm__stored_deletions;
tdm_status tdm__work_deletions(tdm__stored_deletions *out, tdm__work *work, tdm__arena *arena, int64_t after,
                               size_t limit, tdm_error *error);

#endif

/*
 * Until when a child is kept, on what ground, and who asks for longer. Which period is right for whom is not
 * known here: the day comes from people.
 */
#ifndef TDM_STORE_RETENTION_H
#define TDM_STORE_RETENTION_H

#include "store/live.h"
#include "store/paging.h"

typedef struct tdm__stored_retention {
    tdm_str child;
    tdm_day until;  /* from this day on it is due; TDM_DAY_NONE: no date */
    tdm_str reason; /* why this day; "" without a date */
    tdm_str ground; /* the rule that says so; "" without a date */
    tdm_str hold;   /* who asks to keep it whatever the date says, and why; "": nobody */
    tdm_str by;
    int64_t at; /* seconds: of the latest change */
} tdm__stored_retention;

/* In the place of what was there. TDM_NOT_FOUND: no such child. */
tdm_status tdm__work_retain(tdm__work *work, const tdm__stored_retention *retention, tdm_error *error);
/* TDM_NOT_FOUND: neither a date nor a hold. */
tdm_status tdm__work_retention(tdm__stored_retention *out, tdm__work *work, tdm__arena *arena, tdm_str child,
                               tdm_error *error);
tdm_status tdm__work_has_child(bool *out, tdm__work *work, tdm_str child, tdm_error *error);

/* A child whose day has come, with what stands in the store about it. */
typedef struct tdm__stored_due {
    tdm__stored_retention retention;
    int64_t entries, assessments;
    int64_t open_drafts;  /* neither complete nor withdrawn */
    int64_t open_prompts; /* that stand, and of which nobody has said what was done */
    int64_t allocations;  /* of the day */
    int64_t openings;     /* of the time */
    int64_t siblings;     /* of its household, that stay */
    int64_t returns;      /* that wait, and have its id as bytes */
} tdm__stored_due;

typedef struct tdm__stored_dues {
    tdm__stored_due *items; /* by day, then by child; in the arena */
    size_t count;
    int64_t children; /* of the store */
    int64_t undated;  /* of these, without a date */
    int64_t held;     /* with a date or not */
    int64_t waiting;  /* returns that wait, whomever they are about */
} tdm__stored_dues;
/* day: by which it is due; now: seconds. */
tdm_status tdm__work_dues(tdm__stored_dues *out, tdm__work *work, tdm__arena *arena, tdm_day day, int64_t now,
                          tdm_error *error);

#endif

/*
 * Who works with which child: allocations to an account or a team, and cases opened to one account for a
 * time. What a role may do with them is not decided here.
 */
#ifndef TDM_STORE_ALLOCATIONS_H
#define TDM_STORE_ALLOCATIONS_H

#include "store/live.h"
#include "store/paging.h"

typedef struct tdm__stored_allocation {
    int64_t number; /* given by the store */
    tdm_str child;
    tdm_str account; /* "": to a team */
    tdm_str team;    /* "": to an account */
    tdm_day since;
    tdm_day until; /* the last day; TDM_DAY_AFTER_ALL: goes on */
    tdm_str by;
} tdm__stored_allocation;

typedef struct tdm__stored_allocations {
    tdm__stored_allocation *items;
    size_t count;
    int64_t next;
} tdm__stored_allocations;

/* out->number is filled in. TDM_NOT_FOUND: no such child or account; TDM_INVALID_ARG: not one of account
 * and team, or days the wrong way round. */
tdm_status tdm__work_allocate(tdm__work *work, tdm__stored_allocation *allocation, tdm_error *error);
/* Ends it with a day, which must not lie before its first. TDM_STALE: it has ended otherwise meanwhile;
 * TDM_NOT_FOUND. */
tdm_status tdm__work_end_allocation(tdm__work *work, int64_t number, tdm_day until, tdm_str by,
                                    tdm_error *error);
/* Filters: "" any. In the order of their numbers. */
tdm_status tdm__work_allocations(tdm__stored_allocations *out, tdm__work *work, tdm__arena *arena,
                                 tdm_str child, tdm_str account, tdm_str team, int64_t after, size_t limit,
                                 tdm_error *error);

enum { TDM__OPENING_REVIEW, TDM__OPENING_CHALLENGED };
extern const tdm__codes tdm__opening_kinds; /* review, challenged */

/* A case opened to an account that it is not allocated to. */
typedef struct tdm__stored_opening {
    int64_t number; /* given by the store */
    tdm_str child;
    tdm_str account;
    uint32_t kind;
    int64_t from, until; /* seconds; from included, until not */
    tdm_str reason;
    tdm_str by;
    tdm_str
        limited_as; /* agency with whose eyes limited rows are seen too; "": those of the account's alone */
} tdm__stored_opening;

typedef struct tdm__stored_openings {
    tdm__stored_opening *items;
    size_t count;
    int64_t next;
} tdm__stored_openings;

/* As tdm__work_allocate. TDM_INVALID_ARG also without a reason. */
tdm_status tdm__work_open_case(tdm__work *work, tdm__stored_opening *opening, tdm_error *error);
/* Ends it at a time, if it would last longer. TDM_NOT_FOUND. */
tdm_status tdm__work_close_case(tdm__work *work, int64_t number, int64_t at, tdm_error *error);
/* Filters: "" or TDM_ANY any. `team`: of children allocated to that team on `day` (what its manager is
 * shown). In the order of their numbers. */
tdm_status tdm__work_openings(tdm__stored_openings *out, tdm__work *work, tdm__arena *arena, tdm_str child,
                              tdm_str account, tdm_str team, tdm_day day, uint32_t kind, int64_t after,
                              size_t limit, tdm_error *error);

/*
 * Whose eyes: the children that are allocated to the account or to the team on `day`, or opened to the
 * account at `now`. "" is nobody: all empty is no child at all, unless `all` says every one.
 */
typedef struct tdm__allowed {
    bool all;
    tdm_str account, team;
    tdm_day day;
    int64_t now;
} tdm__allowed;

/* How a child may be seen; `all` is not looked at. (guard/rights.h has the name tdm__access.) */
typedef struct tdm__child_access {
    bool exists;
    bool to_account;
    bool to_team;
    bool opened;          /* to the account, now */
    uint32_t opened_kind; /* of the opening that lasts longest */
    int64_t opened_until;
} tdm__child_access;
tdm_status tdm__work_access(tdm__child_access *out, tdm__work *work, tdm_str child,
                            const tdm__allowed *allowed, tdm_error *error);

/* A child as a list shows it. */
typedef struct tdm__stored_child {
    tdm_str id;
    tdm_str household, area;
    int64_t events;
    tdm_day born_from, born_to; /* TDM_DAY_NONE: not recorded */
    int64_t born_flags;
    tdm_day latest_event;              /* the latest sort day; TDM_DAY_NONE: no event that is dated */
    int64_t new_prompts, seen_prompts; /* that stand and are current, by what was done about them */
    tdm_str accounts;                  /* that it is allocated to on the day, by name, a space between */
    tdm_str teams;
    /* Entries limited to other agencies and prompts that rest on some: in no number above. */
    int64_t withheld, withheld_prompts;
} tdm__stored_child;

typedef struct tdm__stored_children {
    tdm__stored_child *items;
    size_t count;
    tdm_str next;
} tdm__stored_children;

/* Children that are allowed, in the order of their ids. begins: of their ids; "" any. */
tdm_status tdm__work_children(tdm__stored_children *out, tdm__work *work, tdm__arena *arena,
                              const tdm__allowed *allowed, tdm_str begins, tdm__paging page,
                              tdm_error *error);

#endif

/*
 * Runs, the prompts they gave, and what people did with each. The latest state counts, the earlier ones are
 * kept; a prompt that a later run does not give is gone, not deleted.
 */
#ifndef TDM_STORE_WORKLIST_H
#define TDM_STORE_WORKLIST_H

#include "store/allocations.h"

typedef struct tdm__stored_run {
    int64_t number; /* given by the store */
    tdm_day as_of;
    tdm_str policy_hash;
    int64_t started, finished; /* seconds; finished 0: not yet, or never */
    int64_t children, indicators;
} tdm__stored_run;

typedef struct tdm__stored_runs {
    tdm__stored_run *items;
    size_t count;
    int64_t next;
} tdm__stored_runs;

/* as_of, policy_hash, started and indicators go in; run->number comes out. */
tdm_status tdm__work_start_run(tdm__work *work, tdm__stored_run *run, tdm_error *error);
/* TDM_NOT_FOUND; TDM_STALE: it has finished already. */
tdm_status tdm__work_finish_run(tdm__work *work, int64_t number, int64_t finished, int64_t children,
                                tdm_error *error);
/* The latest that finished. TDM_NOT_FOUND: none has. */
tdm_status tdm__work_latest_run(tdm__stored_run *out, tdm__work *work, tdm__arena *arena, tdm_error *error);
tdm_status tdm__work_run(tdm__stored_run *out, tdm__work *work, tdm__arena *arena, int64_t number,
                         tdm_error *error);
tdm_status tdm__work_runs(tdm__stored_runs *out, tdm__work *work, tdm__arena *arena, int64_t after,
                          size_t limit, tdm_error *error);

enum { TDM__PROMPT_MET, TDM__PROMPT_POSSIBLE };
enum { TDM__PROMPT_NEW, TDM__PROMPT_SEEN, TDM__PROMPT_ACTED_ON, TDM__PROMPT_DISMISSED };
extern const tdm__codes tdm__prompt_answers;    /* met, possible */
extern const tdm__codes tdm__prompt_severities; /* information, review, soon */
extern const tdm__codes tdm__prompt_states;     /* new, seen, acted-on, dismissed */

/* One spell of an indicator of a child. */
typedef struct tdm__stored_prompt {
    tdm_str key; /* 16 hex digits, of the spell */
    tdm_str child;
    tdm_str indicator;
    uint32_t answer;
    uint32_t severity; /* 0 to 2, as engine/run.h numbers them */
    bool current;
    tdm_day first_met; /* TDM_DAY_NONE: only possible */
    tdm_str group;
    tdm_str sentence;
    tdm_str evidence; /* JSON */
    /* From here on out only. */
    int64_t run_first, run_last; /* numbers of runs that gave it */
    int64_t first_seen;          /* seconds: when the first of them was put in */
    int64_t gone;                /* the run that gave it no more; 0: it stands */
    uint32_t state;
    int64_t state_version; /* 1: new */
    tdm_str state_reason;
    tdm_str state_by;
    int64_t state_at;
} tdm__stored_prompt;

typedef struct tdm__stored_prompts {
    tdm__stored_prompt *items;
    size_t count;
    tdm_str next;
} tdm__stored_prompts;

/* What a run changed for a child. */
typedef struct tdm__prompt_changes {
    int64_t added, kept, gone;
    int64_t returned; /* of those kept: had been gone */
} tdm__prompt_changes;

/*
 * The prompts of a child as a run gave them, in the place of those of the run before. A key that is there
 * keeps first_seen, run_first and its states; a new one begins as "new"; one that is given no more is gone.
 * The prompts' own `child` is not looked at.
 *
 * changes  may be NULL
 *
 * TDM_OK; TDM_NOT_FOUND: no such run or child; TDM_CONFLICT: a key twice, or of another child;
 * TDM_INVALID_ARG: a key that is no 16 hex digits.
 */
tdm_status tdm__work_put_prompts(tdm__work *work, int64_t run, tdm_str child,
                                 const tdm__stored_prompt *prompts, size_t count, int64_t at,
                                 tdm__prompt_changes *changes, tdm_error *error);
/* TDM_NOT_FOUND. */
tdm_status tdm__work_prompt(tdm__stored_prompt *out, tdm__work *work, tdm__arena *arena, tdm_str key,
                            tdm_error *error);

typedef struct tdm__prompt_filter {
    uint32_t state;     /* TDM_ANY */
    uint32_t severity;  /* at least; 0: any */
    uint32_t answer;    /* TDM_ANY */
    tdm_str indicator;  /* "" any */
    tdm_str child;      /* "" any */
    int64_t seen_since; /* first_seen at this time or later; 0: any */
    bool current_only;
    bool with_gone; /* those that are gone too */
    tdm__allowed allowed;
} tdm__prompt_filter;

/* Prompts in the order of their keys. */
tdm_status tdm__work_prompts(tdm__stored_prompts *out, tdm__work *work, tdm__arena *arena,
                             const tdm__prompt_filter *filter, tdm__paging page, tdm_error *error);

/* How many more the filter would give, but for what they rest on (limits.h). 0 for a work that sees all. */
tdm_status tdm__work_prompts_withheld(int64_t *out, tdm__work *work, const tdm__prompt_filter *filter,
                                      tdm_error *error);

/* A new state over the version that was read (prompt.state_version). TDM_STALE: another came first;
 * TDM_NOT_FOUND; TDM_INVALID_ARG: dismissed or acted on without a reason. */
tdm_status tdm__work_set_prompt_state(tdm__work *work, tdm_str key, int64_t version, uint32_t state,
                                      tdm_str reason, tdm_str by, int64_t at, tdm_error *error);

typedef struct tdm__prompt_step {
    int64_t version;
    uint32_t state;
    tdm_str reason, by;
    int64_t at;
} tdm__prompt_step;
/* All states of a prompt, the first first. */
tdm_status tdm__work_prompt_history(tdm__prompt_step **out, size_t *count, tdm__work *work, tdm__arena *arena,
                                    tdm_str key, tdm_error *error);

/* Of an indicator: children with a prompt that stands and is current. */
typedef struct tdm__indicator_count {
    tdm_str indicator;
    int64_t met, possible;
    int64_t added; /* of both: a prompt first seen at `since` or later */
} tdm__indicator_count;
/* By indicator, in the order of their ids; one without such a child is not in the list. */
tdm_status tdm__work_count_prompts(tdm__indicator_count **out, size_t *count, tdm__work *work,
                                   tdm__arena *arena, int64_t since, const tdm__allowed *allowed,
                                   tdm_error *error);

typedef struct tdm__month_count {
    int32_t year, month; /* of first_met; 0, 0: not known */
    int64_t met, possible;
} tdm__month_count;
/* Prompts that stand, current or not, by the month in which they were first met; the earliest first.
 * indicator "": all. */
tdm_status tdm__work_prompt_months(tdm__month_count **out, size_t *count, tdm__work *work, tdm__arena *arena,
                                   tdm_str indicator, const tdm__allowed *allowed, tdm_error *error);

#endif

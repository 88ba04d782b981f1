/*
 * A child's history as of a day: which rows count, where their dates may lie, which rows are one
 * incident, episodes paired from starts and ends, the level of response, coverage.
 *
 * Built once a child and as-of day into an arena that outlives it; only read afterwards.
 */
#ifndef TDM_CHRONOLOGY_HISTORY_H
#define TDM_CHRONOLOGY_HISTORY_H

#include "chronology/chronology.h"

/* A row of the history. Its dates are cut: open ends, and day_to to the earlier of recorded and as-of; then
 * those of one incident share its date. */
typedef struct tdm__row {
    uint32_t event;
    tdm_day from, to;
    bool dated;        /* false: takes part in no measure */
    bool uncertain;    /* "?": caps an answer at possible */
    uint32_t incident; /* index in incidents */
    int32_t own_level; /* level of response on its own day: a kind with a ladder that opened no episode; else
                          TDM_NO_LADDER */
} tdm__row;

/* Rows that tell one incident; a row that shares with none is an incident of its own. */
typedef struct tdm__incident {
    tdm_day from, to; /* intersection of its rows; their whole span where that is empty */
    bool contradicts; /* the intersection was empty */
    uint32_t row_count;
    uint32_t found; /* in the found groups; TDM_NO_INDEX: in none */
} tdm__incident;

/* Incidents told by different agencies that may be one: found by kind and date, stated by nobody. A guess: it
 * makes a count uncertain and moves no date. */
typedef struct tdm__found_group {
    const uint32_t *rows; /* dated ones of the history, ascending */
    uint32_t row_count;
    bool dates_differ; /* no day fits all of them */
} tdm__found_group;

/* What pairing found amiss with an episode; the same is told as a diagnostic. */
enum {
    TDM__EPISODE_STARTED_TWICE = 1,     /* it starts while one of its name and agency is open */
    TDM__EPISODE_ENDS_BEFORE_START = 2, /* by the days of its end, whatever day that was */
    TDM__EPISODE_END_AMBIGUOUS = 4      /* an end that may be its own or that of another open one */
};

/* An episode from its start to its end. Dates are some day within. An open end is TDM_DAY_NONE in both. */
typedef struct tdm__episode {
    uint32_t name; /* in the vocabulary's episode names */
    int32_t ladder;
    tdm_day start_from, start_to;
    tdm_day end_from, end_to;
    bool uncertain;
    uint32_t start_row; /* rows of the history; TDM_NO_INDEX: an end without a start is no episode */
    uint32_t end_row;   /* TDM_NO_INDEX: open */
    uint32_t faults;
    tdm_day ambiguous_from; /* first day of the earliest such end */
} tdm__episode;

typedef enum tdm__covered {
    TDM__COVERED_NO,
    TDM__COVERED_PART,
    TDM__COVERED_YES,
    TDM__COVERED_NOT_DECLARED
} tdm__covered;

/* The level of response over time, steps without gaps from the first dated row to as-of. */
typedef struct tdm__level_step {
    tdm_day from, to; /* both included */
    tdm_bounds level;
} tdm__level_step;

typedef struct tdm__kin tdm__kin;       /* kin.h */
typedef struct tdm__looked tdm__looked; /* looked.h */

struct tdm_history {
    const tdm_chronology *chronology;
    tdm__arena *arena;
    uint32_t child;
    tdm_day as_of;
    tdm__row *rows; /* visible ones in table order: sort day, then order of coming; then those of kin */
    uint32_t row_count;
    tdm__incident *incidents;
    uint32_t incident_count;
    const tdm__found_group *found_groups; /* by their first row */
    uint32_t found_group_count;
    tdm__episode *episodes; /* by start_from, then row */
    uint32_t episode_count;
    uint32_t *loose_ends; /* rows that end an episode which nothing starts, ascending */
    uint32_t loose_end_count;
    uint32_t later_rows;   /* hidden: occurred, recorded or received as a correction after as-of */
    uint32_t undated_rows; /* visible, in no measure */
    uint64_t dated_kinds[TDM_KINDS_MAX / 64]; /* of the other rows */
    tdm__level_step *levels;                  /* once tdm__history_know_levels was called; else NULL */
    size_t level_count;
    tdm__kin *kin;       /* the siblings, as far as they were asked for; never NULL */
    tdm__looked *looked; /* what was looked at since that was last forgotten; NULL: it is not noted */
};

/* A history of a child as of a day; freed with its arena.
 * diagnostics: gets what pairing and linking found; NULL: not wanted. */
tdm_status tdm__history_new(tdm_history **out, tdm__arena *arena, const tdm_chronology *chronology,
                            uint32_t child, tdm_day as_of, tdm__diagnostics *diagnostics);

/* The same, but of rows, stated incidents and episodes alone: no found groups, no siblings and nothing that
 * is asked of them, and nothing noted of what is looked at. For who counts over all children. */
tdm_status tdm__history_of_episodes(tdm_history **out, tdm__arena *arena, const tdm_chronology *chronology,
                                    uint32_t child, tdm_day as_of);

/* Whether a row with a date is of that kind. */
static inline bool tdm__history_has_kind(const tdm_history *history, uint32_t kind)
{
    return history->dated_kinds[kind / 64] >> (kind % 64) & 1;
}

/* The event of a row, of the child's own or of its kin. */
tdm__event tdm__history_event(const tdm_history *history, uint32_t row);

/* The found groups; owned by the history. */
const tdm__found_group *tdm__history_found_groups(const tdm_history *history, uint32_t *count);

/* Two rows that cannot both be right if they tell one incident. */
typedef struct tdm__contradiction {
    uint32_t row, other; /* of the history; `other` came first */
    uint32_t key;        /* the fact of which they give different values; TDM_NO_INDEX: days that exclude each
                            other, as written */
} tdm__contradiction;

/* Contradictions among rows (ascending) of one incident or found group: dates first, then facts by key; each
 * row once a key, against the first row that it contradicts. *out lives in the history's arena. */
tdm_status tdm__history_contradictions(tdm__contradiction **out, size_t *count, const tdm_history *history,
                                       const uint32_t *rows, uint32_t row_count);

/*
 * Level of response on a day: the highest ladder of the episodes open that day and of kinds with a
 * ladder that open nothing, on their own day. An episode is open from its start day to the day
 * before its end; on its start day always. `without`: episode names left out (bits), 0: none. May be
 * wider where one doubtful row ends an episode and has a ladder of its own.
 */
tdm_bounds tdm__history_level(const tdm_history *history, tdm_day day, uint64_t without_episodes);

/* Whether an agency's returns cover [from, to]; a declared no-contact period is not covered. */
tdm__covered tdm__history_covered(const tdm_history *history, uint32_t agency, tdm_day from, tdm_day to);
/* The same for an agency by its code, which may have no row at all. */
tdm__covered tdm__history_covered_by(const tdm_history *history, tdm_str agency, tdm_day from, tdm_day to);

/* The level of response over time. *out lives in the history's arena and is only read. */
tdm_status tdm__history_levels(tdm__level_step **out, size_t *count, const tdm_history *history);
/* Reckons it once for all who ask. It is for who makes the history, before anything is asked: what an answer
 * takes of the arena must not hang on who asked before. */
tdm_status tdm__history_know_levels(tdm_history *history);

#endif

/*
 * Selections of a history's rows, and measures over them.
 *
 * A selection counts incidents (rows of one incident once, at the date they share) or rows. A row
 * is in it for certain or doubtfully (an unrated row in a selection by significance); a doubtful
 * row never makes an answer met. Selections live in the history's arena.
 *
 * Every measure gives bounds over the possible worlds: placements of each doubtful date in its
 * interval, doubtful rows in or out. Unless its doc says "may be wider", the bounds are exact. Rows
 * counted one by one are placed one by one: where several tell one incident, all bounds may be wider.
 *
 * Incidents of a found group (history.h) are one incident, several, or all different: each is a world.
 * None of them moves: a stretch of time holds the group once, for certain, where it holds any of it,
 * and for each of its incidents at most. So a guess makes no answer met and none not met, and one more
 * entry never lowers a count. Where rows are counted, groups play no part.
 */
#ifndef TDM_CHRONOLOGY_SELECTION_H
#define TDM_CHRONOLOGY_SELECTION_H

#include "chronology/history.h"

typedef struct tdm__member {
    uint32_t row; /* in the history */
    bool doubtful;
} tdm__member;

struct tdm_selection {
    const tdm_history *history;
    tdm__member *members; /* by row */
    uint32_t count;
    bool count_rows; /* rows rather than incidents */
};

#define TDM__FILTER_VALUES 64

/* A fact that a row must carry: one of the values, or a number in [min, max]. */
typedef struct tdm__fact_filter {
    uint32_t key;
    const tdm_str *values;
    size_t value_count; /* 0: by number */
    int64_t min, max;
} tdm__fact_filter;

/*
 * Which rows. An unset part (count 0, TDM__ANY) admits all. Not recorded is no value: a row whose
 * `child_seen` was not recorded is neither in "yes" nor in "no". Only significance differs: a row
 * that was not rated is in as doubtful, because a missing rating must neither raise nor lower.
 */
#define TDM__ANY UINT32_MAX
typedef struct tdm__filter {
    const uint32_t *kinds;
    size_t kind_count;
    const uint32_t *agencies;
    size_t agency_count;
    uint32_t themes;                        /* bits; any of them; 0: all */
    uint32_t polarities;                    /* bits 1 << TDM__CONCERN...; 0: all */
    uint32_t significances;                 /* bits; 0: all */
    uint32_t child_seen, seen_alone, voice; /* TDM__YES, TDM__NO, TDM__NOT_RECORDED or TDM__ANY */
    bool rated_only;                        /* rows that were not rated are out, not doubtful */
    bool concern_only;                      /* polarity says concern; without polarity, the kind does */
    const tdm__fact_filter *facts;          /* all of them */
    size_t fact_count;
    tdm_day from, to; /* TDM_DAY_NONE: no bound; a row that may lie outside is in as doubtful */
    bool count_rows;
} tdm__filter;

/* A filter that admits all rows. */
tdm__filter tdm__filter_all(void);
tdm_status tdm__selection_new(tdm_selection **out, const tdm_history *history, const tdm__filter *filter,
                              tdm_budget *budget);
tdm_status tdm__selection_union(tdm_selection **out, const tdm_selection *a, const tdm_selection *b);
/* Rows of `a` that are not in `b`; one that is doubtful in `b` stays, as doubtful. */
tdm_status tdm__selection_minus(tdm_selection **out, const tdm_selection *a, const tdm_selection *b);
/* Whether a row is a concern: its polarity says so; without polarity, its kind. */
bool tdm__row_is_concern(const tdm_history *history, uint32_t row);

/* Whether an event fits a filter by its codes: one that was not rated has no significance. Its days, facts
 * and count_rows are not looked at. And whether it carries all of the facts. */
bool tdm__event_has_codes(const tdm_chronology *chronology, uint32_t event, const tdm__filter *filter);
bool tdm__event_has_facts(const tdm_chronology *chronology, uint32_t event, const tdm__fact_filter *facts,
                          size_t count);
/* Whether a value of the fact that the filter asks for is one that it takes. */
bool tdm__fact_cell_fits(const tdm_chronology *chronology, uint32_t cell, const tdm__fact_filter *filter);

/* Charges `steps`; false when the budget is spent. NULL: no limit. */
bool tdm__charge(tdm_budget *budget, int64_t steps);

/* --- episodes --- */
typedef struct tdm__episodes {
    const tdm_history *history;
    const tdm__episode **items;
    uint32_t count;
} tdm__episodes;

/* Episodes of a name (TDM_NO_INDEX: all) whose start row carries the facts. */
tdm_status tdm__episodes_new(tdm__episodes **out, const tdm_history *history, uint32_t name,
                             const tdm__fact_filter *facts, size_t fact_count, tdm_budget *budget);
/* Rows of the selection on days on which such an episode is open; doubtful where that depends on a doubtful
 * date. May be wider: a row that lies in one or the other of two episodes is doubtful. */
tdm_status tdm__selection_during(tdm_selection **out, const tdm_selection *selection,
                                 const tdm__episodes *episodes, tdm_budget *budget);
/* Rows on a later day than a row of `earlier`, within `within` of it (count 0 and days: any time later). May
 * be wider. */
tdm_status tdm__selection_after(tdm_selection **out, const tdm_selection *selection,
                                const tdm_selection *earlier, tdm_span within, const tdm_holidays *holidays,
                                tdm_budget *budget);
/* Rows of one agency. */
tdm_status tdm__selection_of_agency(tdm_selection **out, const tdm_selection *selection, uint32_t agency);

/* --- numbers --- */

/* Most incidents in any window of the span ("N in D days": difference at most D - 1; "N in M months": up to
 * and with the anniversary). Exact; `certain` may be wider where doubtful dates lie in found groups. */
tdm_status tdm__selection_max_in(tdm_bounds *out, const tdm_selection *selection, tdm_span span,
                                 const tdm_holidays *holidays, tdm_budget *budget);
/* Day of the first and last incident: some day within. False when there is none for certain. */
bool tdm__selection_first(tdm_date *out, const tdm_selection *selection);
bool tdm__selection_last(tdm_date *out, const tdm_selection *selection);
/* Longest time between one incident and the next, in days; 0 with fewer than two. Of a found group that is
 * one incident, from the last of its days to the next incident. May be wider when many dates are doubtful. */
tdm_status tdm__selection_longest_gap(tdm_bounds *out, const tdm_selection *selection, tdm_budget *budget);
/* Days from the first to the last incident. */
tdm_status tdm__selection_span_days(tdm_bounds *out, const tdm_selection *selection, tdm_budget *budget);
/*
 * Load on `day`: each incident up to then counts weight * 0.5^(days since / half_life_days), weight 1
 * or the fact `weight`; half_life_days 0: no fading. Micro-units (1,000,000 = one incident today). Of a
 * found group that is one incident, the heaviest on that day counts.
 */
tdm_status tdm__selection_decayed(tdm_bounds *out, const tdm_selection *selection, tdm_day day,
                                  int32_t half_life_days, bool weighted, tdm_budget *budget);
/* The same on each of `count` days. */
tdm_status tdm__selection_decayed_on(tdm_bounds *out, const tdm_selection *selection, const tdm_day *days,
                                     size_t count, int32_t half_life_days, bool weighted, tdm_budget *budget);

/* --- whole answers --- */

/* How much later than its last day something came, or has not come as of the day. */
typedef struct tdm__late {
    bool known;
    int32_t unit; /* days or working days */
    tdm_bounds by;
} tdm__late;

/* A stretch of time in which a rule holds, with the rows that show it. */
typedef struct tdm__spell {
    tdm_answer answer;
    tdm_day from, to; /* earliest day_from to latest day_to of its rows */
    tdm_day
        first_met;    /* day by which it held, by the days things occurred; TDM_DAY_NONE when only possible */
    tdm_bounds count; /* what was counted, by the measure */
    tdm_date first, last;    /* dates of the first and last incident counted, for the sentence */
    uint32_t agency;         /* silent: the agency; else TDM_NO_INDEX */
    uint32_t agencies;       /* distinct ones among the rows */
    uint32_t outcome;        /* index given by the caller */
    tdm__late late;          /* of what is absent (absence.h) */
    tdm_bounds share_tenths; /* share: the rate in tenths of a per cent */
    bool open;               /* goes on at as-of */
    bool
        may_be_fewer; /* some of its rows may tell one incident, by a found group: nobody says that they do */
    const uint32_t *rows; /* of the history, ascending */
    uint32_t row_count;
} tdm__spell;

typedef struct tdm__verdict {
    tdm_answer answer;
    tdm__spell *spells; /* by from, then key row; those that are possible at least */
    uint32_t spell_count;
} tdm__verdict;

/* What rows may carry different values of. */
typedef struct tdm__trait {
    enum { TDM__TRAIT_NONE, TDM__TRAIT_FACT, TDM__TRAIT_THEME, TDM__TRAIT_KIND } what;
    uint32_t key; /* of a fact; each code of a list is a value */
} tdm__trait;

/* "n or more within a span", with conditions that a plain count does not have. */
typedef struct tdm__at_least {
    int32_t n;                    /* 1 to 10000 */
    tdm_span within;              /* count 0: any time */
    int32_t agencies;             /* distinct agencies among them; 1: any */
    const tdm_selection *without; /* none of these from the first to the last of them; NULL: no condition */
    int32_t level_at_most;        /* level of response on every day from the first to the last;
                                     TDM_LADDER_MAX: any */
    tdm__trait different; /* n different values of it rather than n incidents; rows without are left out */
} tdm__at_least;

/* Found groups bear on the number alone: how many agencies there are, and what must not lie between, is by
 * the rows. Exact without conditions, but for doubtful dates in found groups: met may come out as possible.
 * With conditions: met may come out as possible when more dates are doubtful than the world limit (4,096
 * worlds) admits, or when the level of response is doubtful. Different values go by rows: found groups play
 * no part then, and a spell's count is that of the values. */
tdm_status tdm__selection_at_least(tdm__verdict *out, const tdm_selection *selection,
                                   const tdm__at_least *rule, const tdm_holidays *holidays,
                                   tdm_budget *budget);

/* A row of the selection on a later day than a row of `earlier` and within the span of it (count 0: any
 * time). Two of one found group: possible only. */
typedef struct tdm__follows {
    const tdm_selection *earlier;
    tdm_span within;
} tdm__follows;
tdm_status tdm__selection_follows(tdm__verdict *out, const tdm_selection *selection, const tdm__follows *rule,
                                  const tdm_holidays *holidays, tdm_budget *budget);

/* Rising concern: on some day D, incidents in (D - over, D] are at least `n` and at least ratio times those
 * in the period of the same length before, at least `agencies` agencies each rise, and, where
 * `level_not_above`, the level of response on D is not above that on D - over. Agencies whose declared
 * coverage misses a window are left out. May be wider where the level is doubtful, found groups lie in the
 * periods, or there are too many worlds. */
typedef struct tdm__rise {
    tdm_span over; /* days or months */
    int32_t ratio_numerator, ratio_denominator;
    int32_t n;
    int32_t agencies;
    bool level_not_above;
} tdm__rise;
tdm_status tdm__selection_rise(tdm__verdict *out, const tdm_selection *selection, const tdm__rise *rule,
                               const tdm_holidays *holidays, tdm_budget *budget);

/* An agency with rows in the `active_days` before, covered and without declared no-contact, has no row of any
 * kind for `over` while the other agencies record `others` rows of the selection. May be wider: each day is
 * asked by itself. */
typedef struct tdm__silent {
    uint32_t agency; /* TDM_NO_INDEX: any */
    tdm_span over;
    int32_t others;
    int32_t active_days; /* default 365 */
} tdm__silent;
tdm_status tdm__selection_silent(tdm__verdict *out, const tdm_selection *selection, const tdm__silent *rule,
                                 const tdm_holidays *holidays, tdm_budget *budget);

/* Episodes still open at the end of the day that lies a span after their start; the highest span reached is
 * the spell's count. */
tdm_status tdm__episodes_open_past(tdm__verdict *out, const tdm__episodes *episodes, const tdm_span *spans,
                                   size_t span_count, const tdm_holidays *holidays, tdm_budget *budget);

/* Starting again: n starts within a span, each after a trigger that is new since the start before it, the
 * level of response at each not above that at the one before; `without_episodes` (bits) are left out of the
 * level. By days: a trigger of the day of the start counts for it, one of the day of the start before does
 * not. Starts on one day are one start. Of starts in one found group that are one start, the first day
 * counts. May be wider: possible beyond the world limit, and where the level, or what an incident counts as,
 * is doubtful. */
typedef struct tdm__restarts {
    int32_t n;
    tdm_span within;
    const tdm_selection *triggers;
    uint64_t without_episodes;
} tdm__restarts;
tdm_status tdm__selection_restarts(tdm__verdict *out, const tdm_selection *selection,
                                   const tdm__restarts *rule, const tdm_holidays *holidays,
                                   tdm_budget *budget);

#endif

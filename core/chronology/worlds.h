/*
 * Possible worlds: what a selection counts (units), and answers found by going through every
 * placement of the doubtful ones. Internal to the layer.
 */
#ifndef TDM_CHRONOLOGY_WORLDS_H
#define TDM_CHRONOLOGY_WORLDS_H

#include "chronology/groups.h"
#include "chronology/selection.h"

#define TDM__UNIT_SELECTIONS 2

/* What is counted once: an incident, or a row where rows are counted. */
typedef struct tdm__unit {
    tdm_day from, to;
    bool optional; /* only doubtful or uncertain rows tell it: it may not count at all */
    bool in[TDM__UNIT_SELECTIONS];
    bool sure[TDM__UNIT_SELECTIONS]; /* in it in every world in which the unit counts */
    uint64_t agencies;         /* bits: agencies of its rows in selection 0, numbered within the units */
    uint64_t certain_agencies; /* of those rows that are in for certain */
    uint64_t sure_agencies;    /* of those that are in whenever the unit counts */
    uint32_t incident;         /* of the history; with row != TDM_NO_INDEX that row alone */
    uint32_t row;
    uint32_t member; /* its selected row; the first where `several` are */
    bool several;
    bool given[TDM__UNIT_SELECTIONS]; /* some row is a member of it without doubt, but for its date's "?" */
    uint32_t found; /* its found group, numbered within the units; TDM_NO_INDEX: no other unit may be the same
                       incident */
} tdm__unit;

/* Which found groups have been counted since the last start. */
typedef struct tdm__once {
    uint32_t *seen; /* by group: the round */
    uint32_t round;
} tdm__once;

typedef struct tdm__world_units {
    const tdm_history *history;
    tdm__unit *items; /* by from, to, incident, row */
    uint32_t count;
    uint32_t doubtful;  /* with an interval, or optional */
    uint16_t *agencies; /* of the chronology, by their bit */
    uint32_t agency_count;
    uint32_t found_count; /* found groups with two of these units or more */
    tdm__once *once;      /* TDM__ONCE_COUNTS of them; NULL without groups */
} tdm__world_units;

#define TDM__ONCE_COUNTS 2

/* Units of one or two selections of the same history (the second may be NULL). Whether rows or incidents are
 * counted, the first says. */
tdm_status tdm__world_units_new(tdm__world_units **out, const tdm_selection *first,
                                const tdm_selection *second, tdm_budget *budget);
/* False: each day is known, and no n of them lie within the span of each other; so in no world. */
bool tdm__world_units_may_gather(const tdm__world_units *units, int32_t n, tdm_span within);
/* The same units with one placement only for those that play no part, so that there are fewer worlds. */
tdm_status tdm__world_units_fixed(tdm__world_units *out, const tdm__world_units *units, const bool *keep);

/*
 * Units of one found group may be one incident or several: both are worlds. A unit stays on its day
 * in all of them, so what a stretch of time holds is, at least, its groups once each and, at most, its
 * units. All groups of all stretches can be one incident in the same world, and all several in another.
 *
 * Counting at least: start, then ask of each unit whether it counts. Two countings may go on at a time
 * (`which`, 0 or 1).
 */
tdm_status tdm__world_units_find_groups(tdm__world_units *units); /* once, by tdm__world_units_new */
void tdm__once_start(const tdm__world_units *units, int which);
bool tdm__once_counts(const tdm__world_units *units, int which, const tdm__unit *unit);
/* Whether two units may be one incident. */
bool tdm__same_found(const tdm__unit *a, const tdm__unit *b);
/* One unit of each group among those of `use` (NULL: all), the one whose date is known best, and all that are
 * in none. What holds for them holds in every world. `use` itself where there are no groups. */
tdm_status tdm__world_units_one_each(const bool **out, const tdm__world_units *units, const bool *use);

/*
 * Goes through every world of dates and doubtful rows. `holds` is told the day of each unit (TDM_DAY_NONE: it
 * does not count in this world) and answers for that world; it may say possible where other things than these
 * dates are doubtful.
 *
 * answer    met when all worlds say so, not met when none does even possibly, else possible
 * complete  false when there are more worlds than `limit`; the answer is possible then, and `holds` was not
 * asked
 */
typedef tdm_status (*tdm__world_fn)(tdm_answer *answer, const tdm_day *days, void *payload);
tdm_status tdm__worlds_decide(tdm_answer *answer, bool *complete, const tdm__world_units *units,
                              tdm__world_fn holds, void *payload, int64_t limit, tdm_budget *budget);

/* Whether there are no more worlds than `limit`. */
bool tdm__worlds_fit(const tdm__world_units *units, int64_t limit);

/* Worlds that a measure goes through at most, and steps it may spend on them. */
#define TDM__WORLDS_MAX      4096
#define TDM__WORLD_STEPS_MAX 4000000
/* The limit for a test that costs `steps` a world. */
int64_t tdm__worlds_limit(int64_t steps_a_world);

/* Smallest and largest value of a number over all worlds, within the bounds already known (kept when there
 * are too many worlds). */
typedef int32_t (*tdm__world_number_fn)(const tdm_day *days, uint32_t count, void *payload);
tdm_status tdm__worlds_range(int32_t *low, int32_t *high, const tdm__world_units *units,
                             tdm__world_number_fn number, void *payload, int64_t limit, tdm_budget *budget);

/* The last day of a window of the span that starts on `day`: "N in D days" holds D days, "N in M months" runs
 * up to and with the anniversary. count 0: no end. */
tdm_status tdm__window_last(tdm_day *out, tdm_day day, tdm_span span, const tdm_holidays *holidays);

/* Rows of all units for which `use` holds, ascending, in the history's arena. */
tdm_status tdm__rows_of_units(const uint32_t **rows, uint32_t *count, const tdm__world_units *units,
                              const bool *use);

/* How many incidents are the units for which `use` holds: for certain, and at most. */
tdm_bounds tdm__world_units_count(const tdm__world_units *units, const bool *use);

/* The date of a unit; uncertain where the unit may not count at all. */
tdm_date tdm__unit_date(const tdm__unit *unit);

/* A verdict being put together. */
typedef struct tdm__spell_list {
    const tdm_history *history;
    tdm__spell *items;
    uint32_t count;
    size_t capacity;
} tdm__spell_list;

/* Room for one more spell, zeroed; NULL: no memory. */
tdm__spell *tdm__spell_add(tdm__spell_list *list);
/* Fills a spell's rows from units, and from them its days, its first and last date and its agencies. */
tdm_status tdm__spell_fill(tdm__spell *spell, const tdm__world_units *units, const bool *use);
/* Sorts the spells, gives the verdict the highest answer among `overall` and them. */
void tdm__verdict_finish(tdm__verdict *out, tdm__spell_list *list, tdm_answer overall);

#endif

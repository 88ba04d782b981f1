/*
 * The cumulative picture of one child: how much was recorded, by theme, period after period, with and
 * without fading, and whether that rose against the child's own baseline. It counts entries of concern, once
 * an incident; a referral is none, as it passes on what was noticed already (scripts/lib/concerns.lua). It
 * says how much was written down, not how bad it was: more entries may mean more looking. Counted when a
 * report asks.
 */
#ifndef TDM_ENGINE_CUMULATIVE_H
#define TDM_ENGINE_CUMULATIVE_H

#include "chronology/load.h"
#include "engine/run.h"

/*
 * The lines, in this order. A concern may state several themes and is in the line of each, so lines do not
 * add up to the first one. Kinds imply no theme: a concern without one is in the last line, and may have
 * been about any.
 */
enum {
    TDM__CUMULATIVE_ALL,
    TDM__CUMULATIVE_FIRST_THEME, /* the six of neglect, in the order of the vocabulary's themes */
    TDM__CUMULATIVE_OTHER = TDM__CUMULATIVE_FIRST_THEME + 6, /* one of the vocabulary's other themes */
    TDM__CUMULATIVE_NOT_STATED,                              /* none of the incident's rows states one */
    TDM__CUMULATIVE_LINES
};
/* "all", "physical", ..., "other", "not-stated". */
const char *tdm__cumulative_code(size_t line);

/* The numbers in force, and where each comes from: the indicator cumulative-load or the policy, or this
 * product where that indicator has no such number. */
enum {
    TDM__CUMULATIVE_HALF_LIFE,
    TDM__CUMULATIVE_RISE_PERIOD,
    TDM__CUMULATIVE_RISE_BASELINE,
    TDM__CUMULATIVE_RISE_ALLOWANCE,
    TDM__CUMULATIVE_RISE_THRESHOLD,
    TDM__CUMULATIVE_NUMBERS
};
typedef struct tdm__cumulative_number {
    const char *name; /* "half_life" */
    tdm_str from;
} tdm__cumulative_number;
typedef struct tdm__cumulative_settings {
    int32_t half_life_days;
    tdm__cusum rise;
    tdm__cumulative_number numbers[TDM__CUMULATIVE_NUMBERS];
} tdm__cumulative_settings;
tdm__cumulative_settings tdm__cumulative_settings_of(const tdm_run *run);

/* Loads are as at the end of a period, in thousandths of an incident; over 2,147 incidents are not told
 * apart. */
typedef struct tdm__cumulative_period {
    tdm_day from, to; /* both included; the last one is cut at the as-of day */
    tdm_bounds incidents;
    tdm_bounds load_milli;  /* without fading: incidents so far */
    tdm_bounds faded_milli; /* each halved with every half life since */
} tdm__cumulative_period;

typedef struct tdm__cumulative_line {
    tdm_bounds total; /* incidents with a date */
    tdm__cumulative_period *periods;
    tdm_bounds *quarters, *years; /* incidents in calendar quarters and years */
    tdm__cusum_series rise;       /* has its own periods: those of the rule */
} tdm__cumulative_line;

/*
 * Periods are calendar months, or calendar quarters where the record is longer than ten years. They run from
 * the one that holds the first day on record (a hundred years before the as-of day at the earliest) to the
 * as-of day.
 */
typedef struct tdm__cumulative {
    tdm__cumulative_settings settings;
    int32_t period_months;                            /* 1 or 3 */
    uint32_t period_count, quarter_count, year_count; /* all 0: no dated row */
    const tdm_day *quarter_starts, *year_starts;      /* one more each: the day after the last */
    bool has_year_ago; /* the record had begun on the same day of the year before the as-of day */
    tdm_bounds year_ago_load_milli, year_ago_faded_milli; /* of all concerns */
    tdm__verdict rises; /* of all concerns: tdm__selection_cusum; not assessed: too short a record */
    uint32_t undated;   /* concerns without a date: in no number above */
    tdm__cumulative_line lines[TDM__CUMULATIVE_LINES];
} tdm__cumulative;

/* Of a child of the run's chronology; everything lives in the arena. TDM_OK or TDM_NO_MEMORY. */
tdm_status tdm__cumulative_of(tdm__cumulative *out, tdm__arena *arena, const tdm_run *run, uint32_t child);

#endif

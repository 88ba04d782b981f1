/*
 * Units: rows, episodes or children of a population as things to be counted, and what can be asked of many
 * of them at once. Each operation goes once through its columns and gives new columns in the arena; nothing
 * is asked child by child from a script.
 *
 * A unit whose belonging hangs on a doubtful date is in the result with a reason (tdm__uncounted): it is
 * counted nowhere and told in the footnote. A reason, once given, stays.
 */
#ifndef TDM_CHRONOLOGY_UNITS_H
#define TDM_CHRONOLOGY_UNITS_H

#include "chronology/population.h"
#include "chronology/selection.h"

/* Columns of `count` units by child, then earliest start, then number. All live in the arena of who asked.
 *
 * A date is some day within its interval. What ended without a start began some day up to its end
 * (TDM_DAY_BEFORE_ALL to the end's last day); an undated row has TDM_DAY_BEFORE_ALL to TDM_DAY_AFTER_ALL. */
typedef struct tdm__units {
    const tdm__population *population;
    size_t count;
    const uint32_t *child;     /* of the chronology */
    const uint32_t *event;     /* row or start row (closing row where there is no start); TDM_NO_INDEX: a
                                  child or prompt */
    const uint32_t *number;    /* what tells units of one child apart: the event, the prompt's number, or 0 */
    const uint32_t *end_event; /* NULL: none has one; TDM_NO_INDEX: open, or no episode */
    const tdm_day *start_from, *start_to; /* some day within */
    const tdm_day *end_from, *end_to;     /* NULL: none has one; TDM_DAY_NONE: still open, or no end */
    const uint8_t *reason;                /* TDM__COUNTED or tdm__uncounted; NULL: all are counted */
} tdm__units;

/* A length a unit: from a day to a day, both exact. A unit without exact days has its reason, and
 * TDM_DAY_NONE in both. */
typedef struct tdm__stretches {
    tdm__units units; /* with the reasons that measuring added */
    const tdm_day *from, *to;
    const uint8_t *censored;          /* 1: not ended by `to`; NULL: all have ended */
    const tdm_day *far_from, *far_to; /* where the far end lies, some day within: also of one in doubt */
} tdm__stretches;

/* How a length is counted. Months: whole calendar months and days, by tdm__months_between and the edges. */
typedef enum tdm__counting { TDM__IN_DAYS, TDM__IN_WORKING_DAYS, TDM__IN_MONTHS } tdm__counting;

/* The upper edge of a bin: a number of days or working days, or a span for calendar edges. The last bin has
 * none. */
typedef struct tdm__edge {
    tdm_str name;
    bool open;     /* no upper edge */
    bool below;    /* the edge itself belongs to the next bin */
    bool same_day; /* the two days are one calendar day; then to is 0 */
    tdm_span to;   /* days, working days or months */
} tdm__edge;

/* What a measure came to, group by group; statistics are made of it by the engine. In the arena. */
typedef enum tdm__measured_form {
    TDM__MEASURED_COUNT,     /* numerator */
    TDM__MEASURED_SHARE,     /* numerator of denominator */
    TDM__MEASURED_BREAKDOWN, /* lines of denominator */
    TDM__MEASURED_TIMES,     /* lengths, lines by edges, numerator: within the limit */
    TDM__MEASURED_SURVIVAL   /* lengths with those still waiting */
} tdm__measured_form;

typedef struct tdm__length {
    int32_t length;   /* in the counting of the measure; of months: days */
    uint8_t censored; /* 1: still waiting after so long */
} tdm__length;

typedef struct tdm__measured_group {
    int64_t numerator;          /* count: the count; times: within the limit, -1 where no limit was asked */
    int64_t denominator;        /* -1: there is none (a count) */
    const int64_t *lines;       /* one a line */
    const tdm__length *lengths; /* ascending; of one length the ended ones first */
    size_t length_count;
    int64_t left_out[TDM__UNCOUNTED_COUNT];
} tdm__measured_group;

/* One unit behind a number, for those who may see it. */
typedef struct tdm__measured_unit {
    uint32_t child, event; /* of the chronology; event TDM_NO_INDEX: the child itself */
    uint32_t group;
    uint32_t line; /* TDM_NO_INDEX: no lines, or left out */
    uint8_t in_numerator;
    uint8_t reason; /* TDM__COUNTED: in the denominator */
    int32_t length; /* of times and survival */
} tdm__measured_unit;

typedef struct tdm__measured {
    tdm__measured_form form;
    tdm__counting counting;
    int64_t within;     /* times: the limit; -1: none */
    const tdm_span *at; /* survival: shares after these */
    size_t at_count;
    const tdm_str *lines; /* names of bins or codes */
    size_t line_count;
    const tdm__measured_group *groups; /* one for each of the population's groups, in their order */
    size_t group_count;
    const tdm__measured_unit *units; /* only where they were asked for */
    size_t unit_count;
    bool of_time; /* numbers are days, and the denominator is that of all groups: coverage */
} tdm__measured;

/* --- asking --- */

/* What every operation needs. `looked_at` grows by the elements that an operation went through: what it costs
 * does not hang on the time it took. */
typedef struct tdm__units_ground {
    const tdm__population *population;
    const tdm_holidays *holidays; /* NULL: no working days are known; what counts in them has NO_CALENDAR */
    tdm__arena *arena;            /* gets the results */
    tdm_day from, to;             /* the period */
    int64_t looked_at;
} tdm__units_ground;

/* A span that is not told: any time. */
#define TDM__ANY_TIME ((tdm_span){TDM_SPAN_DAYS, -1})

/* All operations: TDM_OK or TDM_NO_MEMORY; *out, which is none of what is given, is empty unless TDM_OK;
 * units are in their order. TDM_INVALID_ARG where units of another population are given. */

/* One a visible row of any day. filter->count_rows: every row; else the first row of each stated incident
 * among those that fit, and rows that tell none. Significance as the other codes: a row that was not rated
 * has none. A fact that need only be there: value_count 0, min INT64_MIN, max INT64_MAX. filter->from and to
 * are not looked at. Reasons: NO_DATE; DATE_IN_DOUBT of a date with "?". */
tdm_status tdm__units_rows(tdm__units *out, tdm__units_ground *ground, const tdm__filter *filter);
/* One an episode of that name (TDM_NO_INDEX: of all) whose start row carries the facts; and one an end of
 * that name that no start belongs to, by the facts of that end. An end that may be of several open ones ends
 * each on that day, or later, or not (end_to TDM_DAY_AFTER_ALL, no end_event).
 *
 * Reasons: NO_START; END_BEFORE_START; OVERLAPPING, of those that begin while another of their name, child
 * and agency is open: where the agency does not tell them apart, and of plans, care, pre-proceedings and
 * missing, of which a child has one at a time, always; DATE_IN_DOUBT of a start or end with "?". */
tdm_status tdm__units_episodes(tdm__units *out, tdm__units_ground *ground, uint32_t name,
                               const tdm__fact_filter *facts, size_t fact_count);
/* One a child with a visible row in the period; it starts on the period's first day and has no end. */
tdm_status tdm__units_children(tdm__units *out, tdm__units_ground *ground);
/* One a prompt of the worklist: it starts when it came, and ends when its latest state was given. indicator,
 * state: empty for any. TDM_INVALID_ARG where the population has no worklist (tdm__population_has_prompts).
 */
tdm_status tdm__units_prompts(tdm__units *out, tdm__units_ground *ground, tdm_str indicator, tdm_str state);

/* --- which of them --- */

/* Started, ended in [from, to]. Those without an end are out of the second. */
tdm_status tdm__units_starting(tdm__units *out, tdm__units_ground *ground, const tdm__units *units,
                               tdm_day from, tdm_day to);
tdm_status tdm__units_ending(tdm__units *out, tdm__units_ground *ground, const tdm__units *units,
                             tdm_day from, tdm_day to);
/* Started by the day, and open or ended after it. What is no episode has no end and stays open. */
tdm_status tdm__units_open_on(tdm__units *out, tdm__units_ground *ground, const tdm__units *units,
                              tdm_day day);

/* ended: TDM__ANY, TDM__YES or TDM__NO. end_facts, end_kinds: of the closing row; a unit without one is out.
 */
typedef struct tdm__units_where {
    tdm__filter filter; /* of the start row, as tdm__units_rows; a child or prompt has none and fits no code
                           and no fact; count_rows is not looked at */
    uint32_t ended;
    const tdm__fact_filter *end_facts;
    size_t end_fact_count;
    const uint32_t *end_kinds; /* one of these; count 0: any, and none */
    size_t end_kind_count;
} tdm__units_where;
tdm_status tdm__units_such(tdm__units *out, tdm__units_ground *ground, const tdm__units *units,
                           const tdm__units_where *where);

/* Of `others`, here and below, only those of the same child; and a unit is never held against itself (the
 * same start row) but in `during` and `containing`. What is wrong with an end, or with how many there are at
 * a time, puts no start in doubt.
 *
 * Those with one of `others` whose start (by_end: whose end) lies before their start, and within the span of
 * it, counted back from the later date with months clamped. TDM__ANY_TIME: any time before. */
tdm_status tdm__units_after(tdm__units *out, tdm__units_ground *ground, const tdm__units *units,
                            const tdm__units *others, tdm_span within, bool by_end);
/* The same by the end of one of them alone: the last that starts before their start. One that is still open
 * then has not ended before. */
tdm_status tdm__units_after_latest(tdm__units *out, tdm__units_ground *ground, const tdm__units *units,
                                   const tdm__units *others, tdm_span within);
/* Those with one of `others` that starts in [start, start + span]; same_day false: on a later day.
 * TDM__ANY_TIME: any time from then on. */
tdm_status tdm__units_followed(tdm__units *out, tdm__units_ground *ground, const tdm__units *units,
                               const tdm__units *others, tdm_span within, bool same_day);
/* Those that start inside one of `episodes`: from its start to the day before its end. */
tdm_status tdm__units_during(tdm__units *out, tdm__units_ground *ground, const tdm__units *units,
                             const tdm__units *episodes);
/* Those inside which, from their start to the day before their end, one of `others` starts. */
tdm_status tdm__units_containing(tdm__units *out, tdm__units_ground *ground, const tdm__units *units,
                                 const tdm__units *others);
/* The same two, but the day of the end belongs to the episode. */
tdm_status tdm__units_during_to_last(tdm__units *out, tdm__units_ground *ground, const tdm__units *units,
                                     const tdm__units *episodes);
tdm_status tdm__units_containing_to_last(tdm__units *out, tdm__units_ground *ground, const tdm__units *units,
                                         const tdm__units *others);

/* How often something has to come. */
typedef struct tdm__keeping {
    tdm_span first, every; /* after the start; after the one before */
    tdm_day on;            /* looked at up to then, or to the end where that is earlier */
    bool same_day;         /* one on the day of the start counts; else it has to lie behind */
} tdm__keeping;
/* Episodes in which `others` came so: the first within `first` of the start, each further one within `every`
 * of the one before, and no longer time since then. What starts after the day is out. */
tdm_status tdm__units_kept_up(tdm__units *out, tdm__units_ground *ground, const tdm__units *units,
                              const tdm__units *others, const tdm__keeping *keeping);
/* One a child: the first (last) that is counted, in the order of the units; of a child of whom none is
 * counted, the first (last) with its reason. */
tdm_status tdm__units_first_of_child(tdm__units *out, tdm__units_ground *ground, const tdm__units *units);
tdm_status tdm__units_last_of_child(tdm__units *out, tdm__units_ground *ground, const tdm__units *units);
/* By identity: the same start row (prompt, child). Minus: one that is in doubt among `others` is in doubt.
 * Union: counted where either is counted. Both: a reason of either. The ends and dates are those of `units`.
 */
tdm_status tdm__units_minus(tdm__units *out, tdm__units_ground *ground, const tdm__units *units,
                            const tdm__units *others);
tdm_status tdm__units_union(tdm__units *out, tdm__units_ground *ground, const tdm__units *units,
                            const tdm__units *others);
tdm_status tdm__units_both(tdm__units *out, tdm__units_ground *ground, const tdm__units *units,
                           const tdm__units *others);

/* --- how long --- */

/* Start to end; open at the period's end: censored there. What starts after it is out. */
tdm_status tdm__units_lasting(tdm__stretches *out, tdm__units_ground *ground, const tdm__units *units);
/* Which others are looked for. */
typedef struct tdm__looking {
    bool same_day;            /* one on the unit's own day counts */
    const tdm__units *before; /* until: censored at the first of these; NULL: none */
    tdm_span within;          /* since: only in [start - span, start]; TDM__ANY_TIME */
    const tdm__units
        *not_before; /* since: only from the last of these on or before the start, less margin; NULL */
    tdm_span margin; /* in days or months */
} tdm__looking;
/* Start to the first of `others` on or after it, by their starts; censored at the first of `before` (their
 * own day counts always) where that comes on an earlier day, or at the period's end. What starts after it is
 * out. */
tdm_status tdm__units_until(tdm__stretches *out, tdm__units_ground *ground, const tdm__units *units,
                            const tdm__units *others, const tdm__looking *looking);
/* From the last (first) of `others` on or before their start to their start; those without one, or without
 * one of `not_before`, are out. */
tdm_status tdm__units_since(tdm__stretches *out, tdm__units_ground *ground, const tdm__units *units,
                            const tdm__units *others, bool first, const tdm__looking *looking);
/* Start to that day, whether ended or not; what starts after it is out. Never censored. */
tdm_status tdm__units_open_for(tdm__stretches *out, tdm__units_ground *ground, const tdm__units *units,
                               tdm_day day);
/* Start to the day on which the start row was recorded; NO_DATE where that was not noted, END_BEFORE_START
 * where it lies before the start. */
tdm_status tdm__units_recorded(tdm__stretches *out, tdm__units_ground *ground, const tdm__units *units);

/* Those that have ended, as stretches; stretches->units are the units. */
tdm_status tdm__stretches_done(tdm__stretches *out, tdm__units_ground *ground,
                               const tdm__stretches *stretches);
/* Those that have ended, on a day in [from, to]. */
tdm_status tdm__stretches_ending(tdm__stretches *out, tdm__units_ground *ground,
                                 const tdm__stretches *stretches, tdm_day from, tdm_day to);
/* Units that ended after `limit` or less, as counted. What is still waiting is out. */
tdm_status tdm__stretches_within(tdm__units *out, tdm__units_ground *ground, const tdm__stretches *stretches,
                                 int32_t limit, tdm__counting counting);
/* Units that lasted longer than the span, or wait for longer already. */
tdm_status tdm__stretches_longer_than(tdm__units *out, tdm__units_ground *ground,
                                      const tdm__stretches *stretches, tdm_span span);

/* --- what it comes to --- */

/* How units are parted, and what is told of them. */
typedef struct tdm__measuring {
    tdm__group_by by;
    const tdm_str *areas; /* codes that there are, sorted; NULL: every code is one */
    size_t area_count;
    bool list_units; /* fill measured->units */
} tdm__measuring;

/* denominator -1 */
tdm_status tdm__measured_count(tdm__measured *out, tdm__units_ground *ground, const tdm__measuring *measuring,
                               const tdm__units *units);
/* numerator: those of `units` that are among `among`; one that is not is left out as NOT_IN_DENOMINATOR. One
 * with a reason in either is left out of both. */
tdm_status tdm__measured_share(tdm__measured *out, tdm__units_ground *ground, const tdm__measuring *measuring,
                               const tdm__units *units, const tdm__units *among);

/* By what a breakdown parts units. */
typedef enum tdm__broken_by {
    TDM__BROKEN_BY_FACT,
    TDM__BROKEN_BY_AGENCY,
    TDM__BROKEN_BY_KIND,
    TDM__BROKEN_BY_THEME,
    TDM__BROKEN_BY_INDICATOR /* of prompts */
} tdm__broken_by;
#define TDM__LINE_NOT_RECORDED "not-recorded"
typedef struct tdm__breaking {
    tdm__broken_by by;
    uint32_t key;         /* of the fact */
    bool at_end;          /* of the closing row rather than the start row */
    const tdm_str *codes; /* lines in this order, also those that nothing has; then further values by bytes */
    size_t code_count;
} tdm__breaking;
/* Lines: the codes, further values that occur among the units, and last, always, "not-recorded" of those
 * without a value. A unit of several values (a list, themes) is in a line for each; denominator: the units.
 * numerator: those with a value. */
tdm_status tdm__measured_breakdown(tdm__measured *out, tdm__units_ground *ground,
                                   const tdm__measuring *measuring, const tdm__units *units,
                                   const tdm__breaking *breaking);

/* edges: ascending; a length is in the first line that it fits; one that fits none is in no line. An edge in
 * months goes by the calendar; in days, by the measure's counting. */
typedef struct tdm__timing {
    tdm__counting counting;
    const tdm__edge *edges;
    size_t edge_count;
    int32_t within; /* -1: no limit */
} tdm__timing;
/* Lines, numerator and denominator are of those that have ended; lengths are of those still waiting too. */
tdm_status tdm__measured_times(tdm__measured *out, tdm__units_ground *ground, const tdm__measuring *measuring,
                               const tdm__stretches *stretches, const tdm__timing *timing);
/* Lengths in days. denominator: all of them; numerator: those that have ended. */
tdm_status tdm__measured_survival(tdm__measured *out, tdm__units_ground *ground,
                                  const tdm__measuring *measuring, const tdm__stretches *stretches,
                                  const tdm_span *at, size_t at_count);
/*
 * Days of the period that declared returns cover, of the days in it: a breakdown with a line for each agency
 * that declares coverage (of `agencies`; none: of all), whose denominator is the days of the period.
 * numerator: days on which all of them are covered. Parted by agency, a group has its own line alone and that
 * as numerator; parted by area or team, the last group has all. No group's denominator may be added to
 * another's. Nothing is listed.
 */
tdm_status tdm__measured_coverage(tdm__measured *out, tdm__units_ground *ground,
                                  const tdm__measuring *measuring, const tdm_str *agencies,
                                  size_t agency_count);

#endif

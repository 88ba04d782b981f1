/*
 * The Lua sandbox: loading indicator and instrument files under a strict contract, and asking an
 * indicator about one child's history. Nothing outside this layer sees Lua.
 *
 * A catalogue is read once and then only read; each worker thread has a Lua state of its own, made
 * from it. A failing script costs one answer (not assessed, with file and line), never a run.
 */
#ifndef TDM_SCRIPT_SCRIPT_H
#define TDM_SCRIPT_SCRIPT_H

#include "chronology/selection.h"
#include "instrument/assessment.h"
#include "instrument/compare.h"

/* A file that the caller has read: `name` relative to its scripts folder
 * ("indicators/repeat/repeat-plan.lua"). */
typedef struct tdm__script_file {
    tdm_str name;
    tdm_str text;
} tdm__script_file;

typedef enum tdm__param_type {
    TDM__PARAM_COUNT,   /* whole number */
    TDM__PARAM_SPAN,    /* {days = 90}, {months = 12}, {working_days = 5} */
    TDM__PARAM_RATIO,   /* decimal with at most three places, kept in thousandths */
    TDM__PARAM_PERCENT, /* 0 to 100, at most one decimal place, kept in tenths */
    TDM__PARAM_CHOICE,  /* one of `choices` */
    TDM__PARAM_FLAG,    /* true or false */
    TDM__PARAM_LIST     /* of codes, or of spans where the default is one */
} tdm__param_type;

typedef struct tdm__param_value {
    tdm__param_type type;
    int64_t number; /* count, ratio (thousandths), percent (tenths), flag (0, 1) */
    tdm_span span;
    tdm_str choice;
    const tdm_str *codes;  /* list of codes */
    const tdm_span *spans; /* list of spans */
    size_t item_count;
} tdm__param_value;

typedef struct tdm__param {
    tdm_str name;
    tdm__param_type type;
    tdm__param_value fallback; /* the default */
    bool has_min, has_max;
    tdm__param_value min, max;
    const tdm_str *choices;
    size_t choice_count;
    tdm_str doc;
    tdm_str standing; /* of this number where it differs from the indicator's; else "" */
} tdm__param;

typedef struct tdm__standing {
    tdm_str code;        /* statutory, national-definition, research, practice, local, product */
    tdm_day from, until; /* TDM_DAY_NONE: always */
} tdm__standing;

/* A kind, or a fact of it. */
typedef struct tdm__need_part {
    uint32_t kind;
    uint32_t fact; /* TDM_NO_INDEX: the kind itself */
} tdm__need_part;

/* One of these parts must be held in full before "not met" may be said. */
typedef struct tdm__need {
    const tdm__need_part *any;
    size_t any_count;
    uint32_t when;          /* parameter that decides whether it matters; TDM_NO_INDEX: it always does */
    const tdm_str *choices; /* of that parameter; of a flag "yes" or "no" */
    size_t choice_count;
} tdm__need;

/* What the rows of a kind tell of, where different things are counted. */
typedef struct tdm__held_thing {
    uint32_t fact;   /* those that carry it tell of any; TDM_NO_INDEX: all of one */
    uint32_t number; /* of that one */
} tdm__held_thing;

typedef struct tdm__needs {
    const uint32_t *any; /* kinds: at least one must be held by some source */
    size_t any_count;
    const uint32_t *all; /* kinds: each must be */
    size_t all_count;
    const tdm__need *deny; /* each must be held, else what is not met is not assessed */
    size_t deny_count;
    /* Kinds: without a row of one of these it is not met, and the script is not asked. */
    const uint32_t *held;
    size_t held_count;
    bool held_concern;      /* a row that is a concern, whatever its kind, will do too */
    bool held_high;         /* where it is rated high */
    const uint32_t *held_n; /* parameters: fewer such rows than the least of them says are not enough */
    size_t held_n_count;    /* 0: one row is enough */
    const tdm__held_thing *things; /* of each of `held`: different things are counted; NULL: rows are */
    uint32_t held_within;    /* parameter: the span in which so many must lie; TDM_NO_INDEX: at any time */
    const uint32_t *held_of; /* parameters that list themes or kinds: only concerns that are of one of them */
    size_t held_of_count;    /* 0: any concern */
    const uint32_t *also;    /* kinds: a row of one of these must be there as well */
    size_t also_count;
    int32_t coverage_days; /* 0: no coverage asked */
    int32_t coverage_agencies;
} tdm__needs;

/* What a script file says of its indicator. Owned by the catalogue. */
typedef struct tdm__indicator {
    tdm_str id, version, title, question, definition, group, source;
    const tdm__standing *standings;
    size_t standing_count;
    tdm__needs needs;
    const tdm__param *params; /* in order of name */
    size_t param_count;
    const tdm_str *outcomes; /* names, sorted */
    size_t outcome_count;
    size_t example_count;
    tdm_str file;                   /* as named by the caller */
    char hash[TDM_SHA256_HEX_SIZE]; /* of the file's bytes */
} tdm__indicator;

/* Limits of one call; part of the run's definition, so the same for every worker. */
typedef struct tdm__script_limits {
    int64_t steps;       /* an indicator and child; default 20 million */
    size_t memory_bytes; /* of one Lua state; default 64 MiB */
} tdm__script_limits;

/* What scripts stand on. Borrowed; must outlive the catalogue. */
typedef struct tdm__script_ground {
    const tdm_vocabulary *vocabulary;
    const tdm_holidays *holidays;       /* may be NULL */
    tdm_instrument *const *instruments; /* those that the assessments of examples may name */
    size_t instrument_count;
} tdm__script_ground;

typedef struct tdm__catalogue tdm__catalogue;

/*
 * Reads indicator files and the shared code under lib/.
 *
 * TDM_OK; TDM_SCRIPT with file and line when a file does not parse, loops while loading, or breaks
 * the contract (missing, unknown or wrongly typed field, duplicate id); TDM_NO_MEMORY.
 */
tdm_status tdm__catalogue_new(tdm__catalogue **out, const tdm_allocator *allocator,
                              const tdm__script_file *indicators, size_t indicator_count,
                              const tdm__script_file *lib, size_t lib_count, const tdm__script_ground *ground,
                              const tdm__script_limits *limits, tdm_error *error);
void tdm__catalogue_free(tdm__catalogue *catalogue);
size_t tdm__catalogue_count(const tdm__catalogue *catalogue);
/* Of each call of a worker, defaults filled in. */
const tdm__script_limits *tdm__catalogue_limits(const tdm__catalogue *catalogue);
/* In order of group as indicators.md has them, then id. */
const tdm__indicator *tdm__catalogue_at(const tdm__catalogue *catalogue, size_t index);
uint32_t tdm__catalogue_find(const tdm__catalogue *catalogue, tdm_str id); /* TDM_NO_INDEX */

/* Text of a definition with the parameters filled in ("3 or more ... within 12 months"). In the arena. */
tdm_status tdm__indicator_definition(tdm_str *out, tdm__arena *arena, const tdm__indicator *indicator,
                                     const tdm__param_value *params);
/* A value as words for sentences and lists: "12 months", "1.5", "10 %", "ever", "yes". In the arena. */
tdm_status tdm__param_words(tdm_str *out, tdm__arena *arena, const tdm__param_value *value);
/* A value within type, min, max and choices of its parameter; the error says what was expected. */
tdm_status tdm__param_check(const tdm__param *param, const tdm__param_value *value, tdm_error *error);

/* What an indicator said about one child. Everything lives in the history's arena. */
typedef struct tdm__result {
    tdm_answer answer;
    uint32_t outcome;         /* index in the indicator's outcomes, TDM_NO_INDEX when there is none */
    tdm_str sentence;         /* filled; "" when not met */
    const tdm__spell *spells; /* rows are rows of the history */
    size_t spell_count;
    const char *reason; /* of not assessed: static code "script-error", "budget", "memory", "unknown-period"
                           (outside the known bank holidays), or the script's own: "no-data", "not-covered",
                           "unknown-period", "siblings-not-in-stream", "no-calendar", "not-comparable",
                           "too-short" */
    tdm_str file;       /* of a failure */
    int32_t line;
    tdm_str message; /* the script's own words: shown by `indicators run` and `test` only */
    int64_t steps;   /* used */
} tdm__result;

/* --- assessments --- */

/* Scores of all children as scripts may see them, and what is known of how exactly they measure. */
typedef struct tdm__known_scores {
    const tdm_score *const *items; /* in the order of tdm__scores_compare */
    size_t count;
    /* Of an instrument's total. NULL: nothing is known. */
    tdm__reliability (*reliability)(tdm_str instrument, const void *payload);
    const void *payload;
} tdm__known_scores;

/* By child, day, instrument, assessment: below, at or above zero. */
int tdm__scores_compare(const tdm_score *a, const tdm_score *b);
/* Places [*first, *end) of one child's scores. */
void tdm__scores_of_child(size_t *first, size_t *end, const tdm_score *const *scores, size_t count,
                          tdm_str child);
/* Whether a score can be known on that day: neither made nor recorded later. */
bool tdm__score_visible(const tdm_score *score, tdm_day as_of);

/*
 * The row that a completed assessment is in the chronology, so that prompts can show it: child, day,
 * recorded, agency, kind, the fact `instrument`. Source and place are the caller's to fill in.
 *
 * out, fact   filled; `out` points to `fact` and into the assessment
 *
 * False when it is none: a draft, or of an instrument that names no kind that there is.
 */
bool tdm__completed_row(tdm__event_input *out, tdm__fact_input *fact, const tdm_assessment *assessment,
                        const tdm_instrument *instrument, const tdm_vocabulary *vocabulary);
/* Whether an event is the row of that very assessment. */
bool tdm__completed_row_is(const tdm_chronology *chronology, uint32_t event, const tdm_score *score);

typedef struct tdm__worker tdm__worker;
/* A Lua state with every indicator of the catalogue loaded. One thread at a time. */
tdm_status tdm__worker_new(tdm__worker **out, const tdm__catalogue *catalogue, tdm_error *error);
void tdm__worker_free(tdm__worker *worker);
/* scores: may be NULL. params: one value for each parameter of the indicator, in its order. TDM_OK also when
 * the script failed (the result says so); TDM_NO_MEMORY when our own memory ran out. */
tdm_status tdm__worker_evaluate(tdm__result *out, tdm__worker *worker, size_t indicator,
                                const tdm_history *history, const tdm__known_scores *scores,
                                const tdm__param_value *params);

/* The most memory that the scripts of the worker held at once since it was made. */
size_t tdm__worker_peak_bytes(const tdm__worker *worker);

/* One example of an indicator's file, run against it. */
typedef struct tdm__example_outcome {
    tdm_str name;
    bool passed;
    tdm_answer expected, got;
    uint32_t outcome; /* it came to; TDM_NO_INDEX: none */
    tdm_str detail;   /* what differed: answer, rows of evidence, failure; "" when passed */
} tdm__example_outcome;
/* What an example tells, for a page that shows it. Everything is borrowed from the catalogue. */
typedef struct tdm__example_told {
    tdm_str name;
    tdm_date born, expected;
    tdm_day as_of;
    tdm_answer expect;
    tdm_str outcome, reason;        /* "" when it does not say */
    const tdm__event_input *events; /* the child's, then the siblings' */
    size_t event_count;
    size_t assessment_count;
    const uint32_t *evidence; /* positions from 1: events, then assessments */
    size_t evidence_count;
    const tdm__param_value *params; /* one for each of the indicator's */
} tdm__example_told;
tdm__example_told tdm__catalogue_example(const tdm__catalogue *catalogue, size_t indicator, size_t example);
/* The sentence of an outcome, with its names in braces. */
tdm_str tdm__catalogue_sentence(const tdm__catalogue *catalogue, size_t indicator, size_t outcome);

tdm_status tdm__worker_example(tdm__example_outcome *out, tdm__worker *worker, tdm__arena *arena,
                               size_t indicator, size_t example);

/* Reads one instrument file into a definition (instrument/instrument.h). TDM_SCRIPT with file and line. */
tdm_status tdm__instrument_load(tdm_instrument **out, const tdm_allocator *allocator, tdm__script_file file,
                                tdm_error *error);

#endif

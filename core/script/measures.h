/*
 * Measure files: definitions of a scorecard's figures. Each is read once into plain structs; a worker asks
 * its function once a period, and vector operations in C (chronology/units.h) do the counting.
 */
#ifndef TDM_SCRIPT_MEASURES_H
#define TDM_SCRIPT_MEASURES_H

#include "chronology/units.h"
#include "script/script.h"

typedef struct tdm__measure_break {
    tdm_day from; /* the first day of the new definition */
    tdm_str note;
} tdm__measure_break;

typedef enum tdm__chart_kind { TDM__CHART_NONE, TDM__CHART_XMR, TDM__CHART_G } tdm__chart_kind;

/* What a file says of its measure. Owned by the catalogue. */
typedef struct tdm__measure {
    tdm_str id, version, title, group, definition, numerator, denominator, unit, source, national;
    const tdm_str *exclusions, *pitfalls;
    size_t exclusion_count, pitfall_count;
    const tdm__standing *standings;
    size_t standing_count;
    const uint32_t *any, *all; /* kinds: one of, each of these must be held by some source */
    size_t any_count, all_count;
    const tdm__need *parts; /* facts, and kinds that matter by a parameter alone: each must be held */
    size_t part_count;
    bool needs_prompts;  /* asks m:prompts: a store's worklist */
    tdm_span looks_back; /* count 0: not needed */
    int32_t per;         /* rate of a population: 10000; 0: none */
    tdm__chart_kind chart;
    const tdm__measure_break *breaks; /* by day */
    size_t break_count;
    const tdm__param *params; /* in order of name */
    size_t param_count;
    size_t example_count;
    tdm_str file;
    char hash[TDM_SHA256_HEX_SIZE];
} tdm__measure;

typedef struct tdm__measures tdm__measures;

/* Statuses as tdm__catalogue_new. Order: group as issue F names them (front-door, assessments,
 * child-protection, neglect, partnership, drift), then id. */
tdm_status tdm__measures_new(tdm__measures **out, const tdm_allocator *allocator,
                             const tdm__script_file *files, size_t file_count, const tdm__script_file *lib,
                             size_t lib_count, const tdm__script_ground *ground,
                             const tdm__script_limits *limits, tdm_error *error);
void tdm__measures_free(tdm__measures *measures); /* accepts NULL */
size_t tdm__measures_count(const tdm__measures *measures);
const tdm__measure *tdm__measures_at(const tdm__measures *measures, size_t index);
uint32_t tdm__measures_find(const tdm__measures *measures, tdm_str id); /* TDM_NO_INDEX */
/* Text of a measure's definition, numerator or denominator with the parameters filled in. In the arena. */
tdm_status tdm__measure_text(tdm_str *out, tdm__arena *arena, const tdm__measure *measure, tdm_str text,
                             const tdm__param_value *params);

/* One question: a measure over a period. */
typedef struct tdm__measure_question {
    const tdm__population *population;
    tdm_day from, to, as_of;
    tdm__group_by by;
    const tdm_str *areas; /* codes that there are, sorted; NULL: every code is one */
    size_t area_count;
    bool list_units;
    const tdm__param_value *params; /* one for each of the measure's */
} tdm__measure_question;

typedef struct tdm__measure_answer {
    tdm__measured measured; /* in the caller's arena */
    const char *reason;     /* NULL: answered. Else of not assessed: "script-error", "budget", "memory",
                               "unknown-period", "no-prompts" */
    tdm_str file;
    int32_t line;
    tdm_str message; /* the script's own words: for `test` only */
    int64_t steps;
} tdm__measure_answer;

typedef struct tdm__measure_worker tdm__measure_worker;
/* A Lua state with every measure of the catalogue. One thread at a time. */
tdm_status tdm__measure_worker_new(tdm__measure_worker **out, const tdm__measures *measures,
                                   tdm_error *error);
void tdm__measure_worker_free(tdm__measure_worker *worker); /* accepts NULL */
/* Before a population that the worker was asked about is freed, where the worker lives on: base selections of
 * it are kept. */
void tdm__measure_worker_forget(tdm__measure_worker *worker);
/* arena: gets the answer; what is needed on the way lives in the worker and is reset at the next call (base
 * selections of the same population are kept from call to call). TDM_OK also when the script failed. */
tdm_status tdm__measure_worker_ask(tdm__measure_answer *out, tdm__measure_worker *worker, tdm__arena *arena,
                                   size_t measure, const tdm__measure_question *question);
/* A number that an example expects: "numerator", "denominator", "n", the name of a line, a reason for leaving
 * out; of lengths each, as "lengths" or "waiting". */
typedef struct tdm__measure_told_number {
    tdm_str name;
    int64_t number;
} tdm__measure_told_number;

/* An example of the file, run against it; expected numbers are compared member by member. */
typedef struct tdm__measure_example {
    tdm_str name;
    bool passed;
    tdm_str detail; /* what differed; "" when passed */
} tdm__measure_example;

/* What an example tells, for a page that shows it. Everything is borrowed from the catalogue. */
typedef struct tdm__measure_told {
    tdm_str name;
    tdm_day from, to, as_of;
    tdm__group_by by;
    const tdm__event_input *events; /* each with its child */
    size_t event_count;
    const tdm__param_value *params;          /* one for each of the measure's */
    tdm_str reason;                          /* of not assessed; "": it is answered, with */
    const tdm__measure_told_number *numbers; /* what is expected of everything together */
    size_t number_count;
} tdm__measure_told;
tdm__measure_told tdm__measures_example(const tdm__measures *measures, size_t measure, size_t example);
tdm_status tdm__measure_worker_example(tdm__measure_example *out, tdm__measure_worker *worker,
                                       tdm__arena *arena, size_t measure, size_t example);

#endif

/*
 * The policy: which indicators are on, their numbers, how prompts are ordered. Read from one or more
 * JSON files in order, later ones over earlier ones; the place of every value is kept, so that each
 * number can name the file and line that set it.
 */
#ifndef TDM_ENGINE_POLICY_H
#define TDM_ENGINE_POLICY_H

#include "engine/run.h"
#include "instrument/compare.h"
#include "json/json.h"

#define TDM_CURRENT_DAYS_DEFAULT 180

/* A policy file that the caller has read; included ones, and its terms, stand before the file that names
 * them. */
typedef struct tdm__policy_text {
    tdm_str name; /* as output shows it: "policy/default.json" */
    tdm_str text;
    bool is_terms; /* days on which schools are open, for tdm_holidays_add_terms: listed and hashed, not read
                    */
} tdm__policy_text;

/* script/measures.h */
struct tdm__measure;
typedef struct tdm__measures tdm__measures;

typedef struct tdm__review_policy tdm__review_policy;

/*
 * Names in the `include` of one policy file, in its order, so that the caller can read those first.
 * TDM_OK, TDM_INVALID_INPUT with line, TDM_NO_MEMORY. Strings live in the arena.
 */
tdm_status tdm__policy_includes(tdm_str **out, size_t *count, tdm__arena *arena, tdm__policy_text file,
                                tdm_error *error);

/* The line of the include of that number, for errors; 0 when it cannot be had. */
int32_t tdm__policy_include_line(const tdm_allocator *allocator, tdm__policy_text file, size_t index);

/* The file of terms that one policy file names, and the line of that; "" and 0: none. As above. */
tdm_status tdm__policy_terms(tdm_str *out, int32_t *line, tdm__arena *arena, tdm__policy_text file,
                             tdm_error *error);

/* Ids that one policy file says a local script replaces ("replace": ID), in its order. As above. */
tdm_status tdm__policy_replaced(tdm_str **out, size_t *count, tdm__arena *arena, tdm__policy_text file,
                                tdm_error *error);

/*
 * Reads policy files and puts them over the indicators' defaults. Measures are not known to it: an entry of
 * one is a mistake.
 *
 * catalogue  borrowed; must outlive the policy
 *
 * TDM_OK; TDM_INVALID_INPUT with file and line for an unknown key, an indicator without a script, an
 * unknown parameter, a value of the wrong type or outside its range; TDM_NO_MEMORY.
 */
tdm_status tdm__policy_new(tdm__review_policy **out, const tdm_allocator *allocator,
                           const tdm__policy_text *files, size_t file_count, const tdm__catalogue *catalogue,
                           tdm_error *error);
/*
 * The same with the measures of a scorecard, with every problem told, not only the first, and the policy's
 * word on instruments checked as tdm__policy_check_instruments does.
 *
 * measures     borrowed, must outlive the policy; NULL: there are none
 * instruments  NULL: not checked
 * tell         told of each problem; NULL: only the error, which is the first
 */
typedef struct tdm__policy_asked {
    const tdm__policy_text *files;
    size_t file_count;
    const tdm__catalogue *catalogue;
    const tdm__measures *measures;
    tdm_instrument *const *instruments;
    size_t instrument_count;
    tdm_problem_fn tell;
    void *payload;
} tdm__policy_asked;
tdm_status tdm__policy_read(tdm__review_policy **out, const tdm_allocator *allocator,
                            const tdm__policy_asked *asked, tdm_error *error);
void tdm__policy_free(tdm__review_policy *policy);

#define TDM__COMPOSITE_GROUP  "composite"
#define TDM__COMPOSITE_OF_MIN 2
#define TDM__COMPOSITE_OF_MAX 8
#define TDM__COMPOSITE_NEEDS  3

/*
 * This and that within a period: a conjunction of indicators, never a sum of anything. To every writer it is
 * an indicator like the others (`shown`), with the id "composite/ID"; composites.h says when it is met.
 */
typedef struct tdm__composite {
    tdm__indicator shown;
    tdm__effective_indicator effective;
    tdm_str sentence;                   /* of the policy; "": none */
    uint32_t of[TDM__COMPOSITE_OF_MAX]; /* in the catalogue */
    size_t of_count;
    int32_t at_least; /* of them; 0: not given */
    tdm_span within;  /* days or months; count 0: not given */
    tdm_str title_from, sentence_from, of_from, at_least_from, within_from;
    /* What the last file said of it, and its last list: where errors about the whole stand. */
    const tdm__json *document, *of_document;
    const tdm__json_value *entry, *of_value;
    bool unsound;                     /* something in it was wrong, which has been told */
    bool named[TDM__COMPOSITE_NEEDS]; /* members without which it is none, in the order of policy_composites.c
                                       */
} tdm__composite;

/* Members of `dates`. */
enum { TDM__DATES_DAYS, TDM__DATES_MONTHS, TDM__DATES_YEARS, TDM__DATES_PIVOT, TDM__DATES_COUNT };

/* A measure of the scorecard as the policy has it. */
typedef struct tdm__effective_measure {
    const struct tdm__measure *measure;
    bool on;
    tdm_str on_from;              /* where it was switched, "" by default */
    tdm__effective_param *params; /* one for each of the measure's */
    tdm__param_value *values;     /* of the parameters, as the script takes them */
} tdm__effective_measure;

struct tdm__review_policy {
    tdm_allocator allocator;
    tdm__arena arena;
    const tdm__catalogue *catalogue;
    const tdm__measures *measures_of; /* NULL: there are none */
    tdm__effective_measure *measures; /* one for each of them, in their order */
    size_t measure_count;
    tdm_str title, title_from;
    tdm_str nation, nation_from;
    tdm_str terms, terms_from; /* the file as the policy names it; "": none */
    int32_t current_days;
    tdm_str current_from; /* "" where no file says it; so the others */
    tdm_date_rules dates;
    tdm_str dates_from[TDM__DATES_COUNT];
    tdm__effective_indicator *indicators; /* one for each of the catalogue, then the composites */
    size_t indicator_count;
    tdm__composite *composites; /* in order of id; indicators[catalogue + i] shows composites[i] */
    size_t composite_count;
    tdm__group_cap *caps; /* in order of group */
    size_t cap_count;
    tdm__param_value **values; /* by indicator: the parameters in force, as the script takes them */
    tdm__policy_file *files;
    size_t file_count;
    tdm__effective_check *checks; /* in the order of the table of checks */
    char hash[TDM_SHA256_HEX_SIZE];
    tdm__json **documents; /* values point into them */
};

/*
 * Checks the policy's `instruments` against those that were read.
 * TDM_OK; TDM_INVALID_INPUT with file and line for an instrument that is not there, an aggregation
 * of no known name, or a reliability where there is no total that it could be of.
 */
tdm_status tdm__policy_check_instruments(tdm__review_policy *policy, tdm_instrument *const *instruments,
                                         size_t count, tdm_error *error);

/* A member of an instrument's entry, from the last file that has it, and the document it stands in; NULL
 * where none has. */
const tdm__json_value *tdm__policy_instrument_member(const tdm__json **document,
                                                     const tdm__review_policy *policy, tdm_str instrument,
                                                     const char *name);
/* Policy for scoring an instrument; "" where the policy does not choose one. */
tdm_str tdm__policy_aggregation(const tdm__review_policy *policy, tdm_str instrument);
/* What the policy says of how exactly the instrument's total measures; it lives as long as the policy. */
tdm__reliability tdm__policy_reliability(const tdm__review_policy *policy, tdm_str instrument);

#endif

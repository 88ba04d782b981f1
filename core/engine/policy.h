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

/* A policy file that the caller has read; included ones stand before the file that includes them. */
typedef struct tdm__policy_text {
    tdm_str name; /* as output shows it: "policy/default.json" */
    tdm_str text;
} tdm__policy_text;

typedef struct tdm__review_policy tdm__review_policy;

/*
 * Names in the `include` of one policy file, in its order, so that the caller can read those first.
 * TDM_OK, TDM_INVALID_INPUT with line, TDM_NO_MEMORY. Strings live in the arena.
 */
tdm_status tdm__policy_includes(tdm_str **out, size_t *count, tdm__arena *arena, tdm__policy_text file,
                                tdm_error *error);

/* Ids that one policy file says a local script replaces ("replace": ID), in its order. As above. */
tdm_status tdm__policy_replaced(tdm_str **out, size_t *count, tdm__arena *arena, tdm__policy_text file,
                                tdm_error *error);

/*
 * Reads policy files and puts them over the indicators' defaults.
 *
 * catalogue  borrowed; must outlive the policy
 *
 * TDM_OK; TDM_INVALID_INPUT with file and line for an unknown key, an indicator without a script, an
 * unknown parameter, a value of the wrong type or outside its range; TDM_NO_MEMORY.
 */
tdm_status tdm__policy_new(tdm__review_policy **out, const tdm_allocator *allocator,
                           const tdm__policy_text *files, size_t file_count, const tdm__catalogue *catalogue,
                           tdm_error *error);
void tdm__policy_free(tdm__review_policy *policy);

struct tdm__review_policy {
    tdm_allocator allocator;
    tdm__arena arena;
    const tdm__catalogue *catalogue;
    tdm_str title;
    tdm_str nation;
    int32_t current_days;
    tdm_date_rules dates;
    tdm__effective_indicator *indicators; /* one for each of the catalogue */
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

/* Policy for scoring an instrument; "" where the policy does not choose one. */
tdm_str tdm__policy_aggregation(const tdm__review_policy *policy, tdm_str instrument);
/* What the policy says of how exactly the instrument's total measures; it lives as long as the policy. */
tdm__reliability tdm__policy_reliability(const tdm__review_policy *policy, tdm_str instrument);

#endif

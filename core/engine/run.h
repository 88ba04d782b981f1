/*
 * A run: everything that a review found, for the writers. Report and store read it and nothing else.
 * All of it is owned by the run and valid until tdm_run_free.
 */
#ifndef TDM_ENGINE_RUN_H
#define TDM_ENGINE_RUN_H

#include "base/account.h"
#include "engine/checks.h"
#include "engine/quality.h"
#include "instrument/instrument.h"
#include "script/script.h"

/* A parameter in force and where it came from: "indicators/repeat/repeat-plan.lua" or
 * "policy/default.json:12". */
typedef struct tdm__effective_param {
    const tdm__param *param;
    tdm__param_value value;
    tdm_str words; /* "12 months" */
    tdm_str from;
} tdm__effective_param;

typedef enum tdm__prompt_severity {
    TDM__PROMPT_INFORMATION,
    TDM__PROMPT_REVIEW,
    TDM__PROMPT_SOON
} tdm__prompt_severity;
/* "information", "review", "soon": an order for a worklist, never a risk. */
const char *tdm__prompt_severity_code(tdm__prompt_severity severity);

typedef struct tdm__effective_indicator {
    const tdm__indicator *indicator;
    bool on;
    tdm_str on_from; /* where it was switched, "" by default */
    tdm__prompt_severity severity;
    tdm_str severity_from;        /* "" by default */
    tdm__effective_param *params; /* one for each of the indicator's */
    tdm_str definition;           /* with the values filled in */
} tdm__effective_indicator;

/* So many prompts of a group, at most, in what is shown of a child at a glance; the others are counted. */
typedef struct tdm__group_cap {
    tdm_str group;
    int32_t prompts_shown;
    tdm_str from;
} tdm__group_cap;

typedef struct tdm__run_spell {
    char key[TDM_HEX64_SIZE]; /* hash(child, indicator, major version, id of the earliest row) */
    tdm_answer answer;
    tdm_day from, to;
    tdm_day first_met; /* TDM_DAY_NONE: only possible */
    bool current;
    const uint32_t *events; /* of the chronology, ascending */
    size_t event_count;
} tdm__run_spell;

typedef struct tdm__prompt {
    uint32_t indicator; /* in the run's indicators */
    tdm_answer answer;  /* met or possible */
    bool current;
    tdm_day first_met; /* TDM_DAY_NONE when only possible */
    tdm_str sentence;
    tdm__run_spell *spells;
    size_t spell_count;
} tdm__prompt;

/* An indicator that gave no prompt: not assessed with its reason, or not met with why (--explain-all). */
typedef struct tdm__no_prompt {
    uint32_t indicator;
    tdm_answer answer; /* TDM_NOT_ASSESSED or TDM_NOT_MET */
    const char
        *reason; /* static code: "no-data", "not-covered", "script-error", "budget", "memory", "none-found" */
    tdm_str words; /* the reason as a sentence */
    tdm_str file;  /* of a failed script */
    int32_t line;
} tdm__no_prompt;

/* Two rows of one incident that cannot both be right. */
typedef struct tdm__run_contradiction {
    uint32_t event, other; /* of the chronology; `other` came first */
    uint32_t key;          /* of the fact; TDM_NO_INDEX: days that exclude each other */
} tdm__run_contradiction;

/* Rows that tell one incident because the returns say so, or that perhaps do, by kind and date: a guess, for
 * a person to look at. */
typedef struct tdm__one_incident {
    bool stated;
    const uint32_t *events; /* of the chronology, ascending; two at least */
    size_t event_count;
    const tdm__run_contradiction *contradictions;
    size_t contradiction_count; /* among the first 200 rows */
} tdm__one_incident;

typedef struct tdm__child_result {
    uint32_t child;       /* of the chronology */
    tdm__prompt *prompts; /* in the order of the indicators */
    size_t prompt_count;
    tdm__no_prompt *no_prompts; /* not assessed, then not met */
    size_t no_prompt_count;
    tdm__level_step *levels;
    size_t level_count;
    tdm__episode *episodes; /* their start_row and end_row are events of the chronology here */
    size_t episode_count;
    const tdm_score **scores; /* by date, then assessment id */
    size_t score_count;
    tdm__one_incident *incidents; /* stated ones, then perhaps, each by their first row */
    size_t incident_count;
    uint32_t *undated; /* events without any date */
    size_t undated_count;
    uint32_t later_rows; /* rows after as-of */
    tdm__child_checks checks;
} tdm__child_result;

typedef struct tdm__policy_file {
    tdm_str name;
    char hash[TDM_SHA256_HEX_SIZE];
} tdm__policy_file;

typedef struct tdm_run {
    tdm_allocator allocator;
    tdm__arena arena;
    tdm_day as_of;
    tdm_str as_of_from; /* "option", "case folder", "today" as the caller said */
    tdm_str case_id;    /* "" without a case folder */
    tdm_str policy_title;
    char policy_hash[TDM_SHA256_HEX_SIZE]; /* over all policy files */
    tdm__policy_file *policy_files;
    size_t policy_file_count;
    int32_t current_days;
    tdm__effective_indicator *indicators; /* those on and off, in catalogue order, then composites */
    size_t indicator_count;
    const tdm__group_cap *caps; /* of the policy */
    size_t cap_count;
    const tdm__effective_check *checks; /* in the order of their table, those on and off */
    size_t check_count;                 /* 0: none was made */
    tdm__child_result *children;        /* in order of id */
    size_t child_count;
    bool explain_all;
    bool in_parts; /* one of several over parts of the children: what was not assessed is counted over all */
    /* Of an instrument's total, as the policy has it, with that policy as payload; NULL: nothing is known. */
    tdm__reliability (*reliability)(tdm_str instrument, const void *payload);
    const void *reliability_payload;
    const tdm_chronology *chronology;    /* borrowed: outlives the run */
    const tdm__diagnostics *diagnostics; /* borrowed */
    const tdm__account *accounts;        /* borrowed */
    size_t account_count;
    const tdm__glossary *glossary; /* borrowed; NULL: none */
} tdm_run;

#endif

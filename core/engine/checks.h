/*
 * Checks on a chronology: what stands in the record that a reviewer would look at twice, whoever the
 * child is. What a check is, what it found about a child, and what the policy says of it. The checks
 * themselves are in checks.c and check_*.c; writers read what is here.
 */
#ifndef TDM_ENGINE_CHECKS_H
#define TDM_ENGINE_CHECKS_H

#include "base/diagnostic.h"
#include "chronology/glossary.h"
#include "chronology/history.h"

#define TDM__CHECK_PARAMS       2
#define TDM__CHECK_FINDINGS_MAX 20      /* of one check and child; the rest is counted */
#define TDM__CHECK_EVENTS_MAX   20      /* of one finding; the rest is counted */
#define TDM__CHECK_PAIR_STEPS   1000000 /* comparisons of one row with another, of one check and child */

/* A number that a policy may set. The unit is in the name. */
typedef struct tdm__check_param {
    const char *name; /* NULL: none */
    int32_t fallback, min, max;
    const char *doc;
} tdm__check_param;

struct tdm__checking;

/* A row of the table of checks. */
typedef struct tdm__check {
    const char *id;
    const char *title;
    const char *definition; /* what is looked for, {name} for a parameter */
    const char *sentence;   /* of a finding, {} for each of its values */
    const char *rules;      /* numbers of the national validation rules with the same logic; "" */
    const char *standing;   /* "national-definition", "practice", "product" */
    tdm__severity severity;
    tdm__check_param params[TDM__CHECK_PARAMS];
    void (*look)(struct tdm__checking *checking);
} tdm__check;

size_t tdm__check_count(void);
const tdm__check *tdm__check_at(size_t index);
uint32_t tdm__check_find(tdm_str id); /* TDM_NO_INDEX */

/* A check as the policy has it. A place is "" where the policy says nothing. */
typedef struct tdm__effective_check {
    const tdm__check *check;
    bool on;
    tdm_str on_from;
    tdm__severity severity;
    tdm_str severity_from;
    int32_t values[TDM__CHECK_PARAMS];
    tdm_str from[TDM__CHECK_PARAMS];
    tdm_str definition; /* with the values filled in */
} tdm__effective_check;

typedef struct tdm__check_finding {
    uint32_t check;
    tdm_answer answer; /* met, or possible */
    const char *rule;  /* national rule that it breaks; "" */
    const char *doubt; /* why only possible; "" when met */
    tdm_str sentence;  /* may hold an abbreviation of the record: for reports, never for messages */
    const uint32_t *events;
    uint32_t event_count;
    uint32_t more_events; /* beyond those */
} tdm__check_finding;

/* A check that could not be made, for the child or for some of its rows. Never passed. */
typedef struct tdm__check_gap {
    uint32_t check;
    uint32_t reason; /* see tdm__check_reason_code */
} tdm__check_gap;

/* Findings of a check beyond those that are kept. */
typedef struct tdm__check_rest {
    uint32_t check;
    uint32_t count;
} tdm__check_rest;

/* All in the order of the checks. */
typedef struct tdm__child_checks {
    tdm__check_finding *findings;
    size_t finding_count;
    tdm__check_rest *rests;
    size_t rest_count;
    tdm__check_gap *gaps;
    size_t gap_count;
} tdm__child_checks;

size_t tdm__check_reason_count(void);
const char *tdm__check_reason_code(uint32_t reason);  /* "no-birth-date" */
const char *tdm__check_reason_words(uint32_t reason); /* "no date of birth, nor an expected one" */

/* What all children's checks stand on: the part that each kind plays, and the bank holidays. */
typedef struct tdm__check_ground {
    const tdm__effective_check *checks;
    const tdm_holidays *holidays;  /* NULL: working days are not known */
    const uint32_t *parts;         /* by kind; see check_parts.h */
    const tdm__glossary *glossary; /* NULL: none */
} tdm__check_ground;
/* In the arena. TDM_OK or TDM_NO_MEMORY. */
tdm_status tdm__check_ground_new(tdm__check_ground *out, tdm__arena *arena, const tdm_chronology *chronology,
                                 const tdm__effective_check *checks, const tdm_holidays *holidays,
                                 const tdm__glossary *glossary);

/* Makes all checks that are on. `levels`: of the history, as tdm__history_levels gives them. Results live in
 * `arena`. TDM_OK or TDM_NO_MEMORY. */
tdm_status tdm__check_child(tdm__child_checks *out, const tdm__check_ground *ground,
                            const tdm_history *history, const tdm__level_step *levels, size_t level_count,
                            tdm__arena *arena);

#endif

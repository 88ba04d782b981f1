/*
 * What the tests of the engine share: scripts put together from a few lines, children told as short
 * tables, and a run over them.
 */
#ifndef TDM_TESTS_ENGINE_WORLD_H
#define TDM_TESTS_ENGINE_WORLD_H

#include "base/file.h"
#include "engine/engine.h"
#include "support.h"

#define ROWS(table) (sizeof(table) / sizeof *(table))

Suite *policy_suite(void);
Suite *policy_whole_suite(void);
Suite *composites_suite(void);
Suite *needs_suite(void);
Suite *held_suite(void);
Suite *prompts_suite(void);
Suite *run_suite(void);
Suite *checks_suite(void);
Suite *quality_suite(void);
Suite *cumulative_suite(void);
Suite *replay_suite(void);
Suite *kept_suite(void);
Suite *knew_suite(void);
Suite *incidents_suite(void);
Suite *statistics_suite(void);
Suite *statistics_curves_suite(void);
Suite *suppress_suite(void);

/* An indicator file. NULL: group drift, version 1.0.0, no needs, the parameters `number` (3, 1 to 9) and
 * `within` (12 months, up to 24), an evaluate that finds nothing. */
typedef struct world_script {
    const char *id, *group, *version, *needs, *params, *body;
} world_script;

/* Body of an evaluate: `number` referrals `within`. */
#define REFERRALS_AGAIN                                                                                      \
    "return child:select { kind = 'referral' }:at_least { n = p.number, within = p.within, outcome = 'yes' " \
    "}"

/* A return: what it can carry (NULL: everything) and covers (NULL: declares nothing). */
typedef struct world_source {
    const char *agency, *carries, *covers_from, *covers_to;
} world_source;

/* One entry. NULL: child C1, a referral; `key` 0: its place in the table from 1. */
typedef struct world_row {
    const char *occurred, *child, *kind, *recorded;
    uint64_t key;
} world_row;

typedef struct world_case {
    const world_script *scripts;
    size_t script_count;
    const char *policy; /* text of one file "policy/test.json"; NULL: none */
    const world_source *sources;
    size_t source_count; /* 0: one that carries everything */
    /* For each source instead of `carries` up to three of "KIND", "KIND.FACT", "~KIND" (some of them alone);
     * the first NULL: as it was. */
    const char *const (*carried)[3];
    bool replaced; /* the last source stands in place of the first */
    const world_row *rows;
    size_t row_count;
    const char *as_of; /* NULL: 2024-09-30 */
    int32_t jobs;      /* 0: 1 */
    bool explain_all;
    int64_t steps; /* of one call; 0: the default */
    const tdm_score *const *scores;
    size_t score_count;
    tdm_interrupt_fn interrupt;
    void *interrupt_payload;
} world_case;

typedef struct world {
    tdm_context *context;
    tdm__catalogue *catalogue;
    tdm__review_policy *policy;
    tdm_chronology *chronology;
    tdm__diagnostics diagnostics;
    tdm_error error;
    tdm_run *run;
} world;

/* Everything from `allocator`, vocabulary and bank holidays left out. Closed whatever happens. */
tdm_status world_try(world *w, const tdm_allocator *allocator, const world_case *what);
/* The same, which must succeed. */
void world_open(world *w, const world_case *what);
void world_close(world *w);

const tdm_vocabulary *world_vocabulary(void); /* read once, lives as long as the process */
const tdm_holidays *world_holidays(void);     /* of England, likewise */
tdm_day world_day(const char *iso);
uint32_t world_kind(const char *code);
tdm_status world_catalogue(tdm__catalogue **out, const tdm_allocator *allocator, const world_script *scripts,
                           size_t count, int64_t steps, tdm_error *error);
/* The instrument home-conditions, and a score of one item on it. `recorded` may be NULL. */
tdm_instrument *world_instrument(void);
tdm_score *world_score(const tdm_instrument *instrument, const char *id, const char *child, const char *date,
                       const char *recorded);

tdm_score *world_score_of(const tdm_instrument *instrument, const char *json);

/* All that a run found, a line each, for comparing runs. Freed with tdm__text_free. */
tdm__text world_told(const tdm_run *run);

#endif

/*
 * What the tests of the script layer share: the shipped vocabulary and bank holidays, indicators put
 * together from a few lines, one question to one indicator.
 */
#ifndef TDM_TESTS_SCRIPT_WORLD_H
#define TDM_TESTS_SCRIPT_WORLD_H

#include "base/file.h"
#include "script/script.h"
#include "support.h"

/* Read once from scripts/; live as long as the process. */
const tdm_vocabulary *world_vocabulary(void);
const tdm_holidays *world_holidays(void);
/* The same with the shipped instruments graded-care, gcp2-style and neglect-screening. */
const tdm__script_ground *world_ground(void);

/* A file below the project's folder; ends the test when it cannot be read. Freed with tdm__free. */
tdm__buffer world_read(const char *path);

/*
 * The text of an indicator "probe" of group drift: `top` stands before its table, `body` in its
 * evaluate, whose first line is line 1 when `top` is empty; `events` are those of its one example.
 */
tdm__text world_probe(const char *top, const char *body, const char *events);

/* A catalogue of one file named "indicators/drift/probe.lua" and one of shared code, lib/shared.lua. */
tdm_status world_catalogue(tdm__catalogue **out, const tdm_allocator *allocator, tdm_str text,
                           const tdm__script_limits *limits, tdm_error *error);

/* The answer of the catalogue's first indicator to the chronology of its first example. */
typedef struct world_answer {
    tdm_answer answer;
    char reason[32], sentence[512], message[320], file[128];
    int32_t line;
    int64_t steps;
    size_t spells;
} world_answer;
world_answer world_ask(tdm__worker *worker, const tdm__catalogue *catalogue);
/* All in one: `body` as evaluate over `events`. */
world_answer world_evaluate(const char *body, const char *events);
world_answer world_evaluate_within(const char *body, const char *events, const tdm__script_limits *limits);

#endif

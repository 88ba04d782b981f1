/*
 * What the tests of measures share: a file put together from a few lines, and one question to it.
 */
#ifndef TDM_TESTS_SCRIPT_MEASURE_WORLD_H
#define TDM_TESTS_SCRIPT_MEASURE_WORLD_H

#include "script/measures.h"
#include "script/world.h"

/*
 * The text of a measure "probe" of group drift: `top` stands before its table, `body` in its function, whose
 * first line is line 1 when `top` is empty; `examples` is a list without its braces.
 */
tdm__text measure_probe(const char *top, const char *body, const char *examples);

/* A catalogue of one file named "measures/drift/probe.lua" and of some shared code. */
tdm_status measure_catalogue(tdm__measures **out, const tdm_allocator *allocator, tdm_str text,
                             const tdm__script_limits *limits, tdm_error *error);

/* The small world that examples are of, as `from`, `to` and `events`; its period is 2024. */
extern const char measure_events[];

/* An example of that world which expects `expect`, a table without its braces. */
tdm__text measure_example(const char *more, const char *expect);

/* Runs the only example of a measure with that body: "" when it came out, else what differed. */
typedef struct measure_told {
    char text[512];
} measure_told;
measure_told measure_run(const char *body, const char *more, const char *expect);

#endif

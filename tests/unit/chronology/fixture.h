/*
 * What the tests of this layer share: the vocabulary, and a story of one child told as a short table.
 */
#ifndef TDM_TESTS_CHRONOLOGY_FIXTURE_H
#define TDM_TESTS_CHRONOLOGY_FIXTURE_H

#include "calendar/days.h"

#include "chronology/selection.h"
#include "chronology/table.h"

/* One entry. 0 and NULL: not given; `to` 0: the day is known. */
typedef struct story_row {
    tdm_day from, to;
    const char *kind, *agency;
    bool uncertain;
    uint32_t significance;
    const char *incident, *reference, *episode;
    tdm_day recorded;
    const char *fact, *value;
    const char *second_fact, *second_value;
    tdm_day ended; /* 0: no period */
} story_row;

/* What an agency declares; NULL agency ends a list. */
typedef struct story_coverage {
    const char *agency;
    tdm__period covers, no_contact; /* {0, 0}: none */
} story_coverage;

typedef struct story {
    const tdm_allocator *allocator;
    tdm_chronology *chronology;
    tdm__arena arena;
    tdm__diagnostics diagnostics;
    tdm_history *history;
} story;

const tdm_vocabulary *vocabulary(void); /* read once */
uint32_t kind_index(const char *code);

/* One entry of a child's story. */
tdm_status story_tell(tdm__builder *builder, const char *child, const story_row *row, uint32_t source,
                      uint32_t number);
/* Builds, freezes and makes the history of the only child, "C1". Rows are in one source; row i has the
 * source row i + 1. */
tdm_status story_try(story *s, const tdm_allocator *allocator, const story_row *rows, size_t count,
                     const story_coverage *coverage, tdm_day as_of);
/* The same, which must succeed. */
void story_open(story *s, const story_row *rows, size_t count, tdm_day as_of);
void story_open_covered(story *s, const story_row *rows, size_t count, const story_coverage *coverage,
                        tdm_day as_of);
void story_close(story *s);
/* The row of the story that a row of the history is. */
size_t story_row_of(const story *s, uint32_t history_row);
uint32_t story_agency(const story *s, const char *code);

/* Rows of the kinds ("concern referral"; NULL: all), with significance bits (0: all). */
tdm_status story_try_select(tdm_selection **out, const story *s, const char *kinds, uint32_t significances,
                            bool count_rows);
tdm_selection *story_select(const story *s, const char *kinds);

/* How many diagnostics have the code. */
size_t diagnosed(const tdm__diagnostics *list, const char *code);

#endif

/*
 * What the tests of the scorecard share: a card over a small chronology, one measure made by hand, and
 * answers put in place of those of a script.
 */
#ifndef TDM_TESTS_ENGINE_CARD_H
#define TDM_TESTS_ENGINE_CARD_H

#include "engine/scorecard_parts.h"
#include "engine/world.h"

Suite *scorecard_suite(void);
Suite *scorecard_needs_suite(void);
Suite *scorecard_hide_suite(void);
Suite *scorecard_trend_suite(void);
Suite *scorecard_whole_suite(void);
Suite *policy_measures_suite(void);

#define CARD_GROUPS 4

typedef struct card {
    world w;
    tdm__measure
        measure; /* "probe", a count without needs and without a chart, until a test says otherwise */
    const tdm__param_value *values; /* of the measure; NULL: it has no parameters */
    tdm__scorecard_options options; /* 2023-04-01 to 2024-03-31, everything shown, no trend */
    tdm__carding making;
    tdm__card_work work;
    tdm__card_measure out;
    tdm_str names[CARD_GROUPS];
    tdm__groups groups; /* of what is measured: one without a name */
} card;

/* One group: up to eight lines, lengths by place. A length below 0 still waits after so long. */
typedef struct card_group {
    int64_t numerator, denominator;
    int64_t lines[8];
    int32_t lengths[32];
    size_t length_count;
    int64_t in_doubt;
} card_group;

/* Sets the defaults above; `what` gives sources and rows (NULL: one that carries everything, and no row). */
void card_prepare(card *c, const world_case *what);
/* Periods, groups and needs of the prepared card. */
tdm_status card_begin(card *c, const tdm_allocator *allocator);
/* An answer to the question of that number: the periods, then the quarters, then the events. */
void card_answer(card *c, size_t question, tdm__measured_form form, const card_group *groups,
                 size_t group_count, const char *const *lines, size_t line_count);
/* Counts of up to CARD_GROUPS groups; a share of one. */
void card_answer_counts(card *c, size_t question, const int64_t *counts, size_t group_count);
void card_answer_share(card *c, size_t question, int64_t numerator, int64_t denominator);
/* From the answers to the figures. */
tdm_status card_finish(card *c);
void card_close(card *c);

/* The figure of that period, group and line (-1: itself). */
const tdm__card_figure *card_figure(const card *c, size_t period, size_t group, int line);
void card_same(tdm_str got, const char *expected);
/* Whether a note says it. */
bool card_notes(const card *c, const char *words);

#endif

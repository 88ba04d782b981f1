/*
 * Definitions built by hand for the tests of this layer, and short ways to score with them.
 */
#ifndef TDM_TESTS_INSTRUMENT_FIXTURE_H
#define TDM_TESTS_INSTRUMENT_FIXTURE_H

#include "instrument/score.h"
#include "support.h"

#define ROWS(table) (int)(sizeof(table) / sizeof *(table))

Suite *policy_suite(void);
Suite *builder_suite(void);
Suite *assessment_suite(void);
Suite *score_suite(void);
Suite *compare_suite(void);
Suite *series_suite(void);
Suite *agreement_suite(void);
Suite *fhir_suite(void);
Suite *fhir_other_suite(void);
Suite *properties_suite(void);
Suite *parts_suite(void);
Suite *problems_suite(void);
Suite *sheet_suite(void);
Suite *texts_suite(void);
Suite *words_suite(void);

/* Scale 1 to 5 (1, 2 strengths; 4, 5 concerns), majority-with-override; areas X (X1: X1a X1b X1c; X2) and
 * Y (Y1: Y1a Y1b); half of what applies must be graded; X1c from 3 on is flagged; "calm" gives X2 to X1. */
tdm_status fixture_grades(tdm_instrument **out, const tdm_allocator *allocator, const char *policy,
                          const char *areas_policy);
/* Scale 0 and 1 (1 is a concern), one area N of four items N1 to N4, `policy` at each level. */
tdm_status fixture_ticks(tdm_instrument **out, const tdm_allocator *allocator, const char *policy);

/* What differs between definitions of `fixture_mixed`. */
typedef struct mixed {
    const char *areas;     /* policy of the total */
    const char *direction; /* of the scale "ticks"; its concern is 1, or 0 where higher is better */
} mixed;

/* Two scales, two age bands, an area with its own scoring. A, on "grades" (as above, majority-with-override,
 * half of what applies): A1 of A1a, A1b and, over 5, A1c; under 5 also A2. T, on "ticks" 0 and 1, counts its
 * concerns: T1, T2 and, over 5, T3. */
tdm_status fixture_mixed(tdm_instrument **out, const tdm_allocator *allocator, mixed with, tdm_error *error);

/* Text of an assessment of the fixture "grades" with these items and further members (", ..."). */
void fixture_form(tdm__text *out, const char *instrument, const char *items, const char *more);

/* Scores a form; the caller frees the score. */
tdm_score *fixture_score(const tdm_instrument *instrument, const char *items, const char *more);

tdm_status fixture_append(const char *bytes, size_t length, void *payload);

#endif

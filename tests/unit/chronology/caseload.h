/*
 * What the tests of units share: a caseload told as a table, its population, and units as text.
 */
#ifndef TDM_TESTS_CHRONOLOGY_CASELOAD_H
#define TDM_TESTS_CHRONOLOGY_CASELOAD_H

#include "chronology/fixture.h"
#include "chronology/units.h"

/* An entry of a child; the table's entry i is row i + 1. */
typedef struct case_row {
    const char *child;
    story_row row;
} case_row;

typedef struct case_area {
    const char *child, *area;
} case_area;

typedef struct caseload {
    tdm_chronology *chronology;
    tdm__population *population;
    tdm__arena arena;
    tdm__units_ground ground;
} caseload;

/* areas: ended by a NULL child; NULL: none. The ground's period is [from, to], with the bank holidays of
 * England.
 */
tdm_status caseload_try(caseload *c, const tdm_allocator *allocator, const case_row *rows, size_t count,
                        const case_area *areas, const story_coverage *coverage, tdm_day as_of, int32_t jobs);
/* The same, which must succeed, of one thread; as of the period's last day. */
void caseload_open(caseload *c, const case_row *rows, size_t count, tdm_day from, tdm_day to);
void caseload_close(caseload *c);

/* Rows of a kind (NULL: all), every one; episodes of a name. They must come. */
tdm__units units_of_kind(caseload *c, const char *kind);
tdm__units units_of_episode(caseload *c, const char *name);

/* Row numbers in order, with the reason of what is not counted: "1 4 7(no-date)". A child: its id. */
const char *units_text(char out[512], const caseload *c, const tdm__units *units);
/* The same with lengths: "1:14 4:3+ 7(no-date)", "+" where it is censored. */
const char *stretches_text(char out[512], const caseload *c, const tdm__stretches *stretches);
void ck_units(const caseload *c, const tdm__units *units, const char *expected, const char *name);
void ck_stretches(const caseload *c, const tdm__stretches *stretches, const char *expected, const char *name);

#endif

/*
 * The measures a second time, from their definitions: every world is written out day by day, and a
 * rule is asked of it in the plainest way there is. Slow, for a handful of rows.
 */
#ifndef TDM_TESTS_CHRONOLOGY_BRUTE_H
#define TDM_TESTS_CHRONOLOGY_BRUTE_H

#include "chronology/fixture.h"

#define BRUTE_ROWS 8
#define BRUTE_BASE ((tdm_day)19004) /* 2022-01-12 */

/* One world: where each row of the story lies and which rows count. Indices are rows of the history. */
typedef struct world {
    const story *story;
    const story_row *rows; /* of the story, by history row */
    uint32_t count;
    tdm_day day[BRUTE_ROWS];
    bool present[BRUTE_ROWS];   /* an uncertain row may not be there at all */
    bool in[2][BRUTE_ROWS];     /* counts in the selection */
    uint32_t unit[BRUTE_ROWS];  /* rows of one stated incident share it, and their day */
    uint32_t group[BRUTE_ROWS]; /* rows that are one incident in this world share it: found groups as well */
    bool by_rows;
    bool part[BRUTE_ROWS]; /* set by a judge: plays a part */
} world;

/* Whether the rule holds in the world. */
typedef bool (*judge)(world *w, const void *rule);
typedef int32_t (*measure)(world *w, const void *rule);

typedef struct brute_result {
    bool all, some;
    int32_t low, high;
    bool part[BRUTE_ROWS]; /* in some world */
    long worlds;           /* 0: too many to go through */
} brute_result;

/* Goes through every world of one or two selections (NULL: none). Either of holds and number may be NULL. */
brute_result brute(const story *s, const story_row *rows, const tdm_selection *first,
                   const tdm_selection *second, judge holds, measure number, const void *rule);

/* A random story of 1 to `most` rows; kinds separated by spaces, `doubt` percent of rows have an interval. */
typedef struct random_story {
    story_row rows[BRUTE_ROWS];
    size_t count;
    char kinds[BRUTE_ROWS][32];
} random_story;
void random_rows(random_story *out, uint64_t *seed, int32_t most, const char *kinds, int32_t doubt,
                 int32_t incidents);

/* Days on which anything can happen in a random story. */
#define BRUTE_FIRST (BRUTE_BASE - 40)
#define BRUTE_AS_OF (BRUTE_BASE + 30)

tdm_day brute_window_last(tdm_day first, tdm_span span);
int32_t brute_count(const world *w, int which, tdm_day first, tdm_day last);
bool brute_open(const world *w, const tdm__episode *episode, tdm_day day);
int32_t brute_level(const world *w, tdm_day day, uint64_t without);
/* Days of what is counted (incidents once), ascending. */
int32_t brute_days(tdm_day *out, const world *w, int which);

/* Answer against all / some: equal where `exact`, else never the wrong side. */
void ck_answer(tdm_answer answer, const brute_result *expected, bool exact, uint64_t seed);
void ck_bounds(tdm_bounds bounds, const brute_result *expected, bool exact, uint64_t seed);
/* Whether two rows of the story tell one incident. */
bool shares_incident(const random_story *r);
bool has_uncertain(const random_story *r);
/* Whether some rows of different agencies may tell one incident. */
bool may_share_incident(const story *s);
/* Whether rows of the selection may: then there is more than one world even where all dates are known. */
bool may_count_once(const story *s, const tdm_selection *selection);

#endif

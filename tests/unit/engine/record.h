/*
 * One child's record told as a short table, for the tests of the checks and of the quality report.
 */
#ifndef TDM_TESTS_ENGINE_RECORD_H
#define TDM_TESTS_ENGINE_RECORD_H

#include "engine/world.h"

/* `more`: "agency=school; recorded=2024-05-06; episode=P1; ended=..; action=..; text=..; analysis=..;
 * polarity=concern; themes=physical medical; seen=yes; heard=no; facts.KEY=VALUE; source=2"; NULL: social
 * care, nothing else. */
typedef struct record_row {
    const char *occurred, *kind, *more;
} record_row;

typedef struct record {
    const char *child;      /* "born=2020-01-01; expected=..; died=.."; NULL: nothing known */
    const char *as_of;      /* NULL: 2024-09-30 */
    const char *carries;    /* the only kind that the sources can hold; NULL: any */
    const char *covers;     /* "2023-01-01..2024-09-30", of every source; NULL: none declared */
    const char *no_contact; /* likewise */
    const char *received;   /* likewise a day */
    const char *policy;     /* JSON; NULL: none */
    const char *told;       /* "2024-02-02 cp-plan-start episode=A | - note": as rows; "-" is no date */
    const record_row *rows; /* ended by one without `occurred`; NULL: none */
    bool without_holidays;
} record;

/* A run over it: source 1 is of social care, 2 of the school. Closed with world_close whatever happens. */
tdm_status record_try(world *w, const tdm_allocator *allocator, const record *what);
void record_open(world *w, const record *what);

#endif

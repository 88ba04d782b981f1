/*
 * The table of cases of the checks.
 */
#ifndef TDM_TESTS_ENGINE_CHECK_CASES_H
#define TDM_TESTS_ENGINE_CHECK_CASES_H

#include "engine/record.h"

enum { NOTHING = TDM_NOT_MET, POSSIBLE = TDM_POSSIBLE, MET = TDM_MET, GAP = TDM_NOT_ASSESSED };

typedef struct check_case {
    const char *check;
    int answer;
    const char *tell; /* GAP: the reason; else national rule and rows of the only finding: "8841:1,2" */
    const char *rows; /* as `told` of a record */
    record what;      /* the rest of it */
} check_case;

extern const check_case check_cases[];
extern const size_t check_case_count;

#endif

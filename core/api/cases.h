/*
 * Case fixtures of an indicator, NAME.case.json: a small record with the answer each child must get
 * (scripts/README.md has the shape). Internal to the layer.
 */
#ifndef TDM_API_CASES_H
#define TDM_API_CASES_H

#include "api/data.h"

/* One child of a case. */
typedef struct tdm__case_child {
    tdm_str child;
    bool passed;
    tdm_answer expected, got;
    tdm_str detail; /* what differs; "" when passed */
} tdm__case_child;

typedef struct tdm__case {
    tdm_str file, name;
    uint32_t indicator; /* in the catalogue */
    tdm__case_child *children;
    size_t child_count;
} tdm__case;

/*
 * Reads a case and asks its indicator.
 *
 * out     in the data's arena
 * data    with a catalogue and a policy; which indicators are on is changed
 * root    of `path`, as tdm__file_read has it
 * stem    id that is meant where the case names no indicator; "": it must, unless there is only one
 *
 * TDM_OK also where answers differ; TDM_INVALID_INPUT with file and line; what reading its record gives.
 */
tdm_status tdm__case_run(tdm__case *out, tdm__data *data, const char *root, tdm_str path, tdm_str stem,
                         tdm_error *error);

#endif

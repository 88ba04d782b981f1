/*
 * An assessment as it is kept and handed on: JSON of one object, with its place. Scored later.
 */
#ifndef TDM_INSTRUMENT_KEPT_H
#define TDM_INSTRUMENT_KEPT_H

#include "base/text.h"

typedef struct tdm__kept_assessment {
    tdm_str file;
    int32_t line; /* in the file on which `json` starts */
    tdm_str json;
} tdm__kept_assessment;

#endif

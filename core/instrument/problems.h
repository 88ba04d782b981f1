/*
 * What is wrong with one form: each thing is told as it is found, and the first is the error. A lenient
 * reading fails only for what is fatal. It keeps nothing but the first: a listener keeps what it needs.
 */
#ifndef TDM_INSTRUMENT_PROBLEMS_H
#define TDM_INSTRUMENT_PROBLEMS_H

#include "base/status.h"

#include <tidemark/instrument.h>

typedef struct tdm__problems {
    tdm_problem_fn tell; /* may be NULL */
    void *payload;
    bool lenient;
    bool failed;
    tdm_error first; /* of those that count; set when `failed` is */
} tdm__problems;

void tdm__problems_init(tdm__problems *problems, bool lenient, tdm_problem_fn tell, void *payload);
/* fatal: it ends a lenient reading too. */
void tdm__problems_add(tdm__problems *problems, bool fatal, const tdm_error *problem);
/* The same from a message; TDM_INVALID_INPUT is its status. */
void tdm__problem(tdm__problems *problems, bool fatal, tdm_place place, const char *format, ...)
    TDM_PRINTF(4, 5);
/* TDM_OK; or the status of the first, with `error` (which may be NULL) set to it. */
tdm_status tdm__problems_end(const tdm__problems *problems, tdm_error *error);

#endif

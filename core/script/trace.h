/*
 * What a script asked on its way to an answer: each selection with how much it held, each measure with what
 * it said and, where it counts to a number, how far the record reached. For whoever asks why; a traced
 * answer is the plain one, its steps are not.
 */
#ifndef TDM_SCRIPT_TRACE_H
#define TDM_SCRIPT_TRACE_H

#include "script/script.h"

typedef enum tdm__trace_what { TDM__TRACE_ROWS, TDM__TRACE_EPISODES, TDM__TRACE_MEASURE } tdm__trace_what;

typedef struct tdm__trace_step {
    tdm__trace_what what;
    tdm_str called; /* "select", "at_least" */
    tdm_str file;
    int32_t line;
    tdm_bounds count;   /* incidents (or rows, where it counts those); episodes */
    tdm_answer answer;  /* of a measure; the rest likewise */
    int32_t needed;     /* its `n`; 0: it has none, or was met */
    tdm_bounds reached; /* the highest n with which it would be met, and possible */
} tdm__trace_step;

#define TDM__TRACE_STEPS_MAX 200

typedef struct tdm__trace {
    tdm__trace_step *steps; /* in the history's arena, as the result is */
    size_t count;
    bool more;  /* there were more than are kept */
    bool *rows; /* of the history: whether some selection held it */
    uint32_t row_count;
    bool asking; /* a measure is being asked again with a lower number */
} tdm__trace;

/* As tdm__worker_evaluate; the memory cap is not tried a second time. */
tdm_status tdm__worker_trace(tdm__trace *trace, tdm__result *out, tdm__worker *worker, size_t indicator,
                             const tdm_history *history, const tdm__known_scores *scores,
                             const tdm__param_value *params);

#endif

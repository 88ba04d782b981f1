/*
 * What is probably a slip in an indicator or measure file that keeps the contract: names, parameters and
 * outcomes that lead nowhere. Found in the text, without running anything; what the examples reached is the
 * caller's to say.
 */
#ifndef TDM_SCRIPT_LINT_H
#define TDM_SCRIPT_LINT_H

#include "script/measures.h"

typedef struct tdm__lint {
    const char *code; /* "undeclared-name", "unused-parameter", "unknown-parameter", "parameter-not-told",
                         "unreachable-outcome", "outcome-without-example", "answer-without-example" */
    int32_t line;
    tdm_str message;
} tdm__lint;

/* What the examples of an indicator came to. */
typedef struct tdm__reached {
    bool *outcomes; /* one for each of the indicator's */
    bool answers[TDM_MET + 1];
} tdm__reached;

/*
 * Findings in order of line, then code.
 *
 * out      in the arena
 * reached  NULL: nothing is said of what the examples reach
 *
 * TDM_OK; TDM_NO_MEMORY.
 */
tdm_status tdm__catalogue_lint(tdm__lint **out, size_t *count, tdm__arena *arena,
                               const tdm__catalogue *catalogue, size_t indicator,
                               const tdm__reached *reached);
/* The same of a measure file; it has no outcomes to look at. */
tdm_status tdm__measures_lint(tdm__lint **out, size_t *count, tdm__arena *arena,
                              const tdm__measures *measures, size_t measure);

#endif

/*
 * How far two assessors of the same visits agree: the share of equal grades, and weighted kappa with
 * its large-sample standard error (Fleiss, Cohen and Everitt 1969).
 */
#ifndef TDM_INSTRUMENT_AGREEMENT_H
#define TDM_INSTRUMENT_AGREEMENT_H

#include "instrument/compare.h"

/* Steps from the lowest to the highest that kappa is worked out for. */
#define TDM_AGREEMENT_STEPS_MAX 1000

typedef struct tdm__grade_pair {
    int32_t one, other; /* grades as places on the scale, or points */
} tdm__grade_pair;

typedef enum tdm__agreement_reason {
    TDM__AGREED,           /* kappa and its error are there */
    TDM__TOO_FEW_PAIRS,    /* below two: no kappa */
    TDM__ONE_GRADE,        /* all grades of both are one: no kappa */
    TDM__TOO_WIDE,         /* over TDM_AGREEMENT_STEPS_MAX: no kappa */
    TDM__ONE_ASSESSOR_FLAT /* one always gave the same: kappa is 0 whatever the other gave, without an error
                            */
} tdm__agreement_reason;

const char *tdm__agreement_reason_code(tdm__agreement_reason reason);

typedef struct tdm__kappa {
    double value;
    double standard_error;
    double low, high; /* 95% confidence interval, cut off at -1 and 1 */
} tdm__kappa;

typedef struct tdm__agreement {
    size_t pairs;
    size_t equal;
    tdm__agreement_reason reason;
    bool has_kappa, has_error;
    tdm__kappa linear, quadratic; /* the disagreement weighs as its steps, or as their square */
} tdm__agreement;

/* `out` zeroed first. TDM_OK or TDM_NO_MEMORY; what is undefined is said in the result. */
tdm_status tdm__agreement_of(tdm__agreement *out, const tdm_allocator *allocator,
                             const tdm__grade_pair *pairs, size_t count);

typedef struct tdm__agreed_part {
    const tdm__part *part; /* NULL for the total */
    size_t left_out;       /* visits in which one of the two did not assess it */
    tdm__agreement agreement;
    tdm_str sentence;
} tdm__agreed_part;

typedef struct tdm__agreement_report {
    tdm_allocator allocator;
    tdm__arena arena;
    const tdm_instrument *instrument;
    size_t visits;
    size_t further; /* assessments of these visits beyond the first two, which are left out */
    tdm_str sentence;
    tdm__agreed_part *areas; /* in the instrument's order */
    tdm__agreed_part total;
    bool has_total;
} tdm__agreement_report;

/*
 * *out set to NULL first. All pairs are of one instrument, one of each visit, and there is at least one.
 * further: assessments of these visits that are in no pair. TDM_OK or TDM_NO_MEMORY.
 */
tdm_status tdm__agreement_report_make(tdm__agreement_report **out, const tdm_allocator *allocator,
                                      const tdm__visit_pair *pairs, size_t count, size_t further);
void tdm__agreement_report_free(tdm__agreement_report *report); /* accepts NULL */

/* Fills the sentences. TDM_OK or TDM_NO_MEMORY. */
tdm_status tdm__agreement_explain(tdm__agreement_report *report);
/* One object (agreement.schema.json). */
void tdm__agreement_put(tdm__json_writer *writer, const tdm__agreement_report *report);
void tdm__agreement_text(tdm__text *text, const tdm__agreement_report *report);

#endif

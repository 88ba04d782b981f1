/*
 * Pages on the measures of a scorecard, made from their files and the policy, for whoever has to know what a
 * figure means: what is divided by what, what is left out, how it is rounded, what it rests on and needs.
 */
#ifndef TDM_REPORT_MEASURES_DOC_H
#define TDM_REPORT_MEASURES_DOC_H

#include "chronology/vocabulary.h"
#include "engine/scorecard.h"
#include "report/report.h"

/* A measure as the policy has it. */
typedef struct tdm__measure_doc {
    const tdm__measure *measure;
    tdm_str definition, numerator, denominator; /* with the numbers in force */
    const tdm__effective_param *params;         /* one for each of the measure's */
    bool on;
    tdm_str on_from;
} tdm__measure_doc;

typedef struct tdm__measures_doc {
    const tdm__measure_doc *measures; /* several have an index */
    size_t count;
    const tdm_vocabulary *vocabulary;
    tdm_str policy_title;
    const char *policy_hash;
} tdm__measures_doc;

/* Markdown, which is also plain text. */
tdm_status tdm__report_measures_text(const tdm__measures_doc *doc, const tdm_allocator *allocator,
                                     tdm_sink sink, tdm_error *error);
tdm_status tdm__report_measures_html(const tdm__measures_doc *doc, const tdm_allocator *allocator,
                                     tdm_sink sink, tdm_error *error);
/* One measure (the first) as an object. */
tdm_status tdm__report_measure_json(const tdm__measures_doc *doc, const tdm_allocator *allocator,
                                    tdm_sink sink, tdm_error *error);

/* How every share and rate is rounded. */
extern const char *const tdm__measures_rounding;

#endif

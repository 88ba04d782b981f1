/*
 * What both forms of the page on an indicator say, as texts; they only mark it up. Internal to the layer.
 */
#ifndef TDM_REPORT_DOC_PARTS_H
#define TDM_REPORT_DOC_PARTS_H

#include "report/doc.h"

/* A term and what it is. */
typedef struct tdm__doc_fact {
    const char *term;
    tdm_str words;
} tdm__doc_fact;

#define TDM__DOC_FACTS_MAX 16

/* A row of an example: what happened, and whether the prompt must show it. */
typedef struct tdm__doc_row {
    char day[TDM_DATE_TEXT_SIZE];
    tdm_str agency, kind, more;
    bool shown;
} tdm__doc_row;

typedef struct tdm__doc_example {
    tdm_str name;
    const char *answer; /* "met" */
    tdm_str about;      /* "as of 31 December 2024", with what differs from the parameters in force */
    const tdm__doc_row *rows;
    size_t row_count;
    size_t assessment_count;
    bool named_rows; /* some are to be shown */
} tdm__doc_example;

/* One indicator; texts live in the arena. */
typedef struct tdm__doc_page {
    const tdm__effective_indicator *effective;
    bool composite;
    size_t place;
    tdm__doc_fact facts[TDM__DOC_FACTS_MAX];
    size_t fact_count;
    const tdm_str *sentences; /* of the outcomes */
    size_t sentence_count;
    const tdm__doc_example *examples;
    size_t example_count;
} tdm__doc_page;

tdm_status tdm__doc_page_of(tdm__doc_page *out, const tdm__doc *doc, size_t place, tdm__arena *arena);

extern const char *const tdm__doc_stance; /* what a prompt is and is not, for the head of each page */

#endif

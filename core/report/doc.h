/*
 * A page on an indicator, made from its file and the policy, for whoever has to know what a prompt means:
 * what it asks, what exactly is counted with the numbers in force, what it rests on and needs, and its
 * examples.
 */
#ifndef TDM_REPORT_DOC_H
#define TDM_REPORT_DOC_H

#include "chronology/vocabulary.h"
#include "report/report.h"

typedef struct tdm__doc {
    const tdm__effective_indicator *indicators; /* of a policy: those of the catalogue, then composites */
    size_t first, count;                        /* that are told; several have an index */
    const tdm__catalogue *catalogue;
    const tdm_vocabulary *vocabulary;
    tdm_str policy_title;
    const char *policy_hash;
} tdm__doc;

/* Markdown. */
tdm_status tdm__report_doc_text(const tdm__doc *doc, const tdm_allocator *allocator, tdm_sink sink,
                                tdm_error *error);
tdm_status tdm__report_doc_html(const tdm__doc *doc, const tdm_allocator *allocator, tdm_sink sink,
                                tdm_error *error);

#endif

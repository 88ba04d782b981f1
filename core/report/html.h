/*
 * The parts of the HTML report: html.c is the page and its order, html_child.c what was found about
 * one child, html_rows.c the tables of rows, html_run.c what holds for the whole run.
 */
#ifndef TDM_REPORT_HTML_H
#define TDM_REPORT_HTML_H

#include "report/output.h"
#include "report/view.h"

typedef struct tdm__page {
    tdm__output out;
    const tdm_run *run;
    tdm__report_options options;
} tdm__page;

extern const char *const tdm__html_style[]; /* in pieces; NULL behind the last */

/* A page up to its title, which is written in between; then its styles, those of charts and
 * `own_style` (NULL: none) behind them, and <body>. */
void tdm__html_open(tdm__output *out);
void tdm__html_opened(tdm__output *out, const char *const *own_style);

/* Over so many children, one without a prompt is listed by its id only. */
#define TDM__HTML_CHILDREN_WHOLE 200
bool tdm__html_child_whole(const tdm__page *page, size_t position);

/* What was found about a child, in short, with links to it. */
void tdm__html_glance(tdm__page *page, size_t position);
/* Picture, prompts with evidence, what was not assessed, levels, assessments. */
tdm_status tdm__html_child(tdm__page *page, size_t position);
/* Rows that tell one incident, and what they contradict each other in; nothing where each stands alone. */
tdm_status tdm__html_incidents(tdm__page *page, size_t position);

/* A part of it: the charts of each series, the grades of each assessment. */
tdm_status tdm__html_assessments(tdm__page *page, size_t position);

/* The merged chronology of a child, every row of it, the undated ones in a table of their own. */
void tdm__html_chronology(tdm__page *page, size_t position);
/* A row as evidence of a prompt. */
void tdm__html_evidence(tdm__page *page, const uint32_t *events, size_t count);

void tdm__html_definitions(tdm__page *page);
void tdm__html_reason_counts(tdm__page *page);
void tdm__html_diagnostics(tdm__page *page);
void tdm__html_accounting(tdm__page *page);

/* Opens a table that scrolls inside its own box; `headings` ends with NULL. */
void tdm__html_table(tdm__page *page, const char *css_class, tdm_str label, const char *const *headings);
void tdm__html_table_end(tdm__page *page);
void tdm__html_age(tdm__page *page, const tdm__child *child);

#endif

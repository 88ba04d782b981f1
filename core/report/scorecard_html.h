/*
 * The parts of a scorecard's page: scorecard_html.c is the page and its order, scorecard_html_measure.c one
 * measure, scorecard_style.c what is styled besides the style of all pages.
 */
#ifndef TDM_REPORT_SCORECARD_HTML_H
#define TDM_REPORT_SCORECARD_HTML_H

#include "report/html.h"
#include "report/scorecard_tables.h"

typedef struct tdm__card_page {
    tdm__page page; /* its run holds the sources only */
    tdm_run sources;
    const tdm_scorecard *card;
    tdm__arena arena; /* of the measure that is being written */
    tdm__text text;
} tdm__card_page;

extern const char *const tdm__scorecard_style[]; /* NULL behind the last */

void tdm__card_html_measure(tdm__card_page *page, const tdm__card_measure *measure);
/* A number that leads to its definition. */
void tdm__card_html_headline(tdm__card_page *page, const tdm__card_measure *measure, uint32_t group);

#endif

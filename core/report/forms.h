/*
 * Instruments and assessments on paper and on the page: a blank form, a completed record, a comparison
 * with its charts. Each is one self-contained HTML file, made to be printed on A4.
 */
#ifndef TDM_REPORT_FORMS_H
#define TDM_REPORT_FORMS_H

#include "instrument/series.h"
#include "instrument/texts.h"
#include "report/output.h"

/* A form to be filled in by hand: two pages for graded care. texts may be NULL. */
tdm_status tdm__report_blank_form(const tdm_instrument *instrument, const tdm__texts *texts,
                                  const tdm_allocator *allocator, tdm_sink sink, tdm_error *error);

/* What was found, with what decided it, evidence, the child's words and targets. */
tdm_status tdm__report_record(const tdm_assessment *assessment, const tdm_score *score,
                              const tdm__texts *texts, const tdm_allocator *allocator, tdm_sink sink,
                              tdm_error *error);

/* One page for all series, each of two visits at least and compared: sentences, charts, targets. */
tdm_status tdm__report_comparisons(const tdm__series *series, size_t count, const tdm_allocator *allocator,
                                   tdm_sink sink, tdm_error *error);

/*
 * The charts alone, each as a figure of a page that has their style; what has nothing to draw is a sentence.
 * Legible in grey, with a title and a description in words.
 *
 * change  from the assessment before to `now`, which draws both; NULL: `now` alone
 * id      letters, digits and '-', of ours; unique among the charts of a page
 */
void tdm__profile_chart(tdm__output *out, const tdm_score *now, const tdm__comparison *change,
                        const char *id);
/* A panel an area and one for the total; joins only what the series' comparisons say can be compared. */
void tdm__small_multiples(tdm__output *out, const tdm__series *series, const char *id);
extern const char *const tdm__profile_style[]; /* CSS in pieces; NULL behind the last */

#endif

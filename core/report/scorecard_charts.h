/*
 * The charts of a measure, with the key beneath each, inside a page: what may be shown comes from
 * scorecard_view, how it is drawn from chart.h.
 */
#ifndef TDM_REPORT_SCORECARD_CHARTS_H
#define TDM_REPORT_SCORECARD_CHARTS_H

#include "report/output.h"
#include "report/scorecard_view.h"

/* Trend, bars of lines or groups, curve, funnel: as far as there is something to draw. `arena` is for what is
 * needed on the way. TDM_OK or TDM_NO_MEMORY. */
tdm_status tdm__card_charts(tdm__output *out, tdm__arena *arena, const tdm_scorecard *card,
                            const tdm__card_measure *measure);

#endif

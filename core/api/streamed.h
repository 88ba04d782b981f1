/*
 * Reviews of streams: caseloads longer than memory, and what processes that shared one found, added up.
 * Internal to the layer.
 */
#ifndef TDM_API_STREAMED_H
#define TDM_API_STREAMED_H

#include "api/session.h"

/*
 * The inputs batch by batch, findings as they come. Unlike every other operation it writes before it knows
 * how it ends: what has no line of totals at the end is not whole.
 */
tdm_status tdm__review_grouped(const tdm_request *request, tdm_outcome *outcome, tdm_sink sink,
                               tdm_error *error);

/* Files of totals to one line of totals. */
tdm_status tdm__merge_totals(const tdm_request *request, tdm_sink sink, tdm_error *error);

#endif

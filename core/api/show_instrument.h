/*
 * One instrument for people and as JSON: its parts, scale and scoring, and whose it is. Internal to
 * the layer.
 */
#ifndef TDM_API_SHOW_INSTRUMENT_H
#define TDM_API_SHOW_INSTRUMENT_H

#include "instrument/instrument.h"
#include "json/json.h"

/* chosen: the aggregation that the policy file puts in place of the instrument's; "": its own. */
void tdm__show_instrument_json(tdm__json_writer *json, const tdm_instrument *instrument, tdm_str chosen);
void tdm__show_instrument_text(tdm__text *text, const tdm_instrument *instrument, tdm_str chosen);

#endif

/*
 * What an indicator needs, for `indicators explain`: in words and as JSON.
 */
#ifndef TDM_API_EXPLAIN_NEEDS_H
#define TDM_API_EXPLAIN_NEEDS_H

#include "script/script.h"
#include "json/json.h"

/* Lines, each with its end; none where it needs nothing. */
void tdm__explain_needs_text(tdm__text *text, const tdm__indicator *indicator,
                             const tdm_vocabulary *vocabulary);
/* The object behind a name that has been put. */
void tdm__explain_needs_json(tdm__json_writer *json, const tdm__indicator *indicator,
                             const tdm_vocabulary *vocabulary);

#endif

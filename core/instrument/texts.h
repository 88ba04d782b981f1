/*
 * The words of an instrument that a partnership holds a licence for: an overlay file with the text of
 * each item and of each of its grades. Nothing of it is ever shipped; without it a form shows codes
 * and short labels.
 */
#ifndef TDM_INSTRUMENT_TEXTS_H
#define TDM_INSTRUMENT_TEXTS_H

#include "instrument/instrument.h"

typedef struct tdm__texts tdm__texts;

/*
 * Reads an overlay (texts.schema.json):
 *   {"texts": 1, "instrument": ID, "version": VERSION, "licence": WHO ALLOWS WHAT,
 *    "parts": {CODE: {"text": ..., "grades": {"1": ..., "not-seen": ...}}}}
 * Codes are those of areas, sub-areas and items.
 *
 * out         set to NULL first; freed with tdm__texts_free
 * instrument  only read during the call
 *
 * TDM_OK; TDM_INVALID_INPUT with file and line (another instrument or version, an unknown code, a grade that
 * is not on the scale); what tdm__json_parse gives; TDM_NO_MEMORY.
 */
tdm_status tdm__texts_read(tdm__texts **out, const tdm_allocator *allocator, tdm_str json, tdm_str file,
                           const tdm_instrument *instrument, tdm_error *error);
void tdm__texts_free(tdm__texts *texts); /* accepts NULL */

/* What stands there for a part, or for a grade of it; "" when nothing does, or when `texts` is NULL. */
tdm_str tdm__texts_part(const tdm__texts *texts, tdm_str code);
tdm_str tdm__texts_grade(const tdm__texts *texts, tdm_str code, int32_t grade);
/* The same for "not seen" and "not applicable". */
tdm_str tdm__texts_state(const tdm__texts *texts, tdm_str code, tdm__entry_state state);
/* Whose words they are; "" when `texts` is NULL. */
tdm_str tdm__texts_licence(const tdm__texts *texts);

#endif

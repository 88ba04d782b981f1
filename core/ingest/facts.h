/*
 * Facts in their canonical text, by their type, and the tolerant small words that people write.
 */
#ifndef TDM_INGEST_FACTS_H
#define TDM_INGEST_FACTS_H

#include "ingest/draft.h"

/* A field reader: adds the fact to the draft in canonical text. */
tdm__problem tdm__read_fact(tdm__draft *draft, const tdm__how *how, tdm_str value);
/* TDM__YES for yes, y, true, 1...; TDM__NO; TDM__NOT_RECORDED for anything else. */
uint32_t tdm__yes_no_of(tdm_str value);
/* "14:30", "2.30pm", "1430". */
bool tdm__time_of(int32_t *minute, tdm_str value);
/* Whether `value` is one of "a|b|c"; true where the table describes the codes in words. */
bool tdm__code_is_listed(tdm_str codes, tdm_str value);

#endif

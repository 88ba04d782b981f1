/*
 * What the tests of FHIR share: resources written to a text, forms read and scored, all as bytes.
 */
#ifndef TDM_TESTS_INSTRUMENT_FHIR_FIXTURE_H
#define TDM_TESTS_INSTRUMENT_FHIR_FIXTURE_H

#include "instrument/fhir.h"
#include "instrument/fixture.h"

/* Each initialises `out`, which the caller frees. */
tdm_status fhir_questionnaire_text(tdm__text *out, const tdm_allocator *allocator,
                                   const tdm_instrument *instrument, const char *base);
tdm_status fhir_response_text(tdm__text *out, const tdm_allocator *allocator,
                              const tdm_instrument *instrument, const tdm_assessment *assessment,
                              const char *base);
tdm_status fhir_form_text(tdm__text *out, const tdm_assessment *assessment);
tdm_status fhir_score_text(tdm__text *out, const tdm_allocator *allocator, const tdm_assessment *assessment,
                           const tdm_instrument *instrument);

/* A file below tests/data/fhir; the caller frees the text. */
void fhir_file(tdm__text *out, const char *name);

#endif

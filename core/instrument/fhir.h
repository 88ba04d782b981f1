/*
 * HL7 FHIR R4: an instrument as a Questionnaire, an assessment as a QuestionnaireResponse, and both read
 * back. How grades are put together is not carried in FHIR: a response is scored by the definition that
 * its canonical url and version name; only a Questionnaire that nobody here knows is added up.
 */
#ifndef TDM_INSTRUMENT_FHIR_H
#define TDM_INSTRUMENT_FHIR_H

#include "instrument/assessment.h"
#include "instrument/texts.h"
#include "json/json.h"

/* Before "/Questionnaire/ID" where the caller gives no base. */
#define TDM__FHIR_BASE "urn:tidemark:fhir"

/* One Questionnaire. base: "" gives TDM__FHIR_BASE; texts may be NULL. */
void tdm__fhir_put_questionnaire(tdm__json_writer *writer, const tdm_instrument *instrument,
                                 const tdm__texts *texts, tdm_str base);
/* One QuestionnaireResponse. */
void tdm__fhir_put_response(tdm__json_writer *writer, const tdm_instrument *instrument,
                            const tdm_assessment *assessment, tdm_str base);

typedef enum tdm__fhir_kind {
    TDM__FHIR_NONE,
    TDM__FHIR_QUESTIONNAIRE,
    TDM__FHIR_RESPONSE,
    TDM__FHIR_OTHER /* a Bundle or another resource, which both readers refuse and say so */
} tdm__fhir_kind;
/* What a text is, by the "resourceType" of its one object. */
tdm__fhir_kind tdm__fhir_recognised(tdm_str content);

/* A Questionnaire that was read, with what its link ids and answers are called in the definition. */
typedef struct tdm__fhir_questionnaire tdm__fhir_questionnaire;
/*
 * Reads a Questionnaire. Its scored choices (ordinalValue, itemWeight, on the option or its Coding) become a
 * definition that adds up.
 *
 * TDM_OK; TDM_INVALID_INPUT (no url, no scored choice, a link id twice); TDM_UNSUPPORTED for another version
 * of FHIR; what tdm__json_parse gives; TDM_NO_MEMORY.
 */
tdm_status tdm__fhir_questionnaire_read(tdm__fhir_questionnaire **out, const tdm_allocator *allocator,
                                        tdm_str json, tdm_str file, tdm_error *error);
void tdm__fhir_questionnaire_free(tdm__fhir_questionnaire *questionnaire); /* accepts NULL */
tdm_str tdm__fhir_questionnaire_url(const tdm__fhir_questionnaire *questionnaire);
tdm_str tdm__fhir_questionnaire_version(const tdm__fhir_questionnaire *questionnaire);
/* The definition that adds up; owned by the questionnaire. */
const tdm_instrument *tdm__fhir_questionnaire_instrument(const tdm__fhir_questionnaire *questionnaire);

/* What responses may be answers to. */
typedef struct tdm__fhir_known {
    tdm_instrument *const *instruments; /* by "BASE/Questionnaire/ID|VERSION", whatever the base */
    size_t instrument_count;
    tdm__fhir_questionnaire *const *questionnaires; /* by url and version */
    size_t questionnaire_count;
} tdm__fhir_known;

/*
 * Reads a QuestionnaireResponse. *instrument is set to the definition that it is scored with, which belongs
 * to `known`. As tdm_assessment_read; TDM_NOT_FOUND when nothing known has that url and version.
 */
tdm_status tdm__fhir_response_read(tdm_assessment **out, const tdm_instrument **instrument,
                                   const tdm_allocator *allocator, tdm_str json, tdm_str file,
                                   const tdm__fhir_known *known, const tdm_assessment_options *options,
                                   tdm_error *error);

#endif

/*
 * A QuestionnaireResponse on its way to an assessment: what the reading of its head and that of its items
 * share.
 */
#ifndef TDM_INSTRUMENT_FHIR_RESPONSE_H
#define TDM_INSTRUMENT_FHIR_RESPONSE_H

#include "instrument/fhir_parts.h"
#include "instrument/problems.h"

typedef struct tdm__fhir_reader {
    const tdm__json *document;
    tdm_assessment *assessment;
    const tdm_instrument *instrument;
    const tdm__fhir_questionnaire *questionnaire; /* NULL: none was given for it */
    bool adds_up;                                 /* the definition is the questionnaire's, not one of ours */
    bool no_memory;
    tdm__problems problems;
    bool *said;                    /* by part and tdm__fhir_said, or by item where it adds up */
    tdm__entry **entry_of;         /* by item */
    tdm_str status_word;           /* what "about.status" says; "": nothing */
    const tdm__json_value *status; /* the member of that name */
} tdm__fhir_reader;

/* Something of the form that cannot be read: told, and left out where that is allowed. item: "" of none. */
void tdm__fhir_problem(tdm__fhir_reader *reader, const tdm__json_value *at, tdm_str item,
                       const char *expected);
/* What every form must have. */
void tdm__fhir_fatal(tdm__fhir_reader *reader, const tdm__json_value *at, const char *expected);
/* A copy in the assessment's arena; "" when there is no memory, which is remembered. */
tdm_str tdm__fhir_keep(tdm__fhir_reader *reader, tdm_str text);
/* A day, or a point in time, whose day as written counts. */
bool tdm__fhir_day_read(tdm_day *out, tdm_str text);

/* fhir_response_items.c: all items. */
void tdm__fhir_read_items(tdm__fhir_reader *reader);

#endif

/*
 * Any bytes as a resource of FHIR: a Questionnaire gives a definition or says why not; a response to a
 * shipped instrument, written and read again, stays the same bytes and scores or says why not.
 */
#include "data_target.h"
#include "instrument/fhir.h"

static tdm_str questionnaire_text(void)
{
    static const char text[] =
        "{\"resourceType\":\"Questionnaire\",\"url\":\"u\",\"version\":\"1\",\"item\":[{\"linkId\":\"/1\","
        "\"type\":\"choice\",\"answerOption\":[{\"extension\":[{\"url\":"
        "\"http://hl7.org/fhir/StructureDefinition/ordinalValue\",\"valueDecimal\":0}],\"valueCoding\":"
        "{\"system\":\"s\",\"code\":\"no\"}},{\"extension\":[{\"url\":"
        "\"http://hl7.org/fhir/StructureDefinition/itemWeight\",\"valueDecimal\":3}],\"valueCoding\":"
        "{\"system\":\"s\",\"code\":\"yes\"}},{\"valueCoding\":{\"code\":\"unknown\"}}]}]}";
    return tdm__str(text);
}

static const tdm__fhir_known *known_forms(void)
{
    static tdm__fhir_questionnaire *questionnaire;
    static tdm__fhir_known known;
    tdm_error error;
    if (!questionnaire && tdm__fhir_questionnaire_read(&questionnaire, &tdm__malloc_allocator,
                                                       questionnaire_text(), TDM_LIT("q"), &error) != TDM_OK)
        abort();
    known = (tdm__fhir_known){target_data()->instruments, target_data()->instrument_count, &questionnaire, 1};
    return &known;
}

static tdm_assessment *read_response(const tdm_instrument **instrument, tdm_str json, bool lenient)
{
    tdm_assessment *form;
    tdm_error error = {0};
    const tdm_assessment_options options = {sizeof options, lenient, NULL, NULL};
    tdm_status status = tdm__fhir_response_read(&form, instrument, &tdm__malloc_allocator, json,
                                                TDM_LIT("input"), known_forms(), &options, &error);
    check_error(status, &error);
    return form;
}

static void write_response(tdm__text *out, const tdm_instrument *instrument, const tdm_assessment *form)
{
    tdm__json_writer writer;
    tdm__text_init(out, &tdm__malloc_allocator);
    tdm__json_writer_init(&writer, &tdm__malloc_allocator, tdm__text_sink(out), 0);
    tdm__fhir_put_response(&writer, instrument, form, TDM_LIT(""));
    if (tdm__json_writer_end(&writer) != TDM_OK)
        abort();
}

/* Once in the order of the definition, a form stays as it is. */
static void check_round(const tdm_instrument *instrument, const tdm_assessment *form)
{
    const tdm_instrument *found;
    tdm__text once, twice;
    write_response(&once, instrument, form);
    tdm_assessment *again = read_response(&found, tdm__text_str(&once), false);
    if (!again || found != instrument)
        abort();
    write_response(&twice, instrument, again);
    if (!tdm__str_equal(tdm__text_str(&once), tdm__text_str(&twice)))
        abort();
    tdm_assessment_free(again);
    tdm__text_free(&once);
    tdm__text_free(&twice);
}

static void check_response(tdm_str json, bool lenient)
{
    const tdm_instrument *instrument;
    tdm_score *score;
    tdm_error error = {0};
    tdm_assessment *form = read_response(&instrument, json, lenient);
    if (!form)
        return;
    if (!tdm__str_equal(tdm_instrument_id(instrument), TDM_LIT("u")))
        check_round(instrument, form);
    const tdm_score_options options = {.struct_size = sizeof options, .lenient = lenient};
    check_error(tdm_score_make(&score, &tdm__malloc_allocator, form, instrument, &options, &error), &error);
    tdm_score_free(score);
    tdm_assessment_free(form);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    tdm__fhir_questionnaire *questionnaire;
    tdm_error error = {0};
    tdm_str json = bytes_of(data, size);
    tdm__fhir_recognised(json);
    check_error(
        tdm__fhir_questionnaire_read(&questionnaire, &tdm__malloc_allocator, json, TDM_LIT("input"), &error),
        &error);
    if (questionnaire && tdm_instrument_item_count(tdm__fhir_questionnaire_instrument(questionnaire)) == 0)
        abort();
    tdm__fhir_questionnaire_free(questionnaire);
    check_response(json, false);
    check_response(json, true);
    return 0;
}

/*
 * A lone assessment: our JSON, a sheet, or a resource of FHIR. It goes on as it came, or as UTF-8; reading
 * and scoring happen where its instrument is known.
 */
#include "ingest/reader.h"

#include "instrument/fhir.h"
#include "instrument/sheet.h"
#include "json/json.h"

/* The file is one row, whatever it holds. */
static tdm_status keep(tdm__return *file, tdm__written form, tdm_error *error)
{
    const tdm__raw_assessment assessment = {form, file->name, 1, file->content};
    file->rows = file->read = 1;
    return tdm__collection_form(file->collection, &assessment) == TDM_OK ? TDM_OK : tdm__no_memory(error);
}

static tdm_status read_json(tdm__return *file, tdm_error *error)
{
    tdm__json *document;
    tdm_status status = tdm__json_parse(&document, file->allocator, file->content, file->name, error);
    if (status != TDM_OK)
        return status;
    const tdm__json_value *root = tdm__json_root(document);
    if (tdm__json_type_of(tdm__json_member(root, "instrument")) != TDM__JSON_STRING ||
        tdm__json_type_of(tdm__json_member(root, "items")) != TDM__JSON_OBJECT)
        status =
            tdm__json_fail(document, root, error,
                           "JSON that is neither an assessment (\"instrument\", \"items\") nor events, one "
                           "object a line");
    tdm__json_free(document);
    return status == TDM_OK ? keep(file, TDM__WRITTEN_JSON, error) : status;
}

tdm_status tdm__read_sheet(tdm__return *file, tdm_error *error)
{
    if (!tdm__sheet_recognised(file->content))
        return tdm__fail_at(error, TDM_INVALID_INPUT, (tdm_place){file->name, 1, 0},
                            "expected \"tidemark assessment\" in the first cell of a sheet");
    tdm_status status = tdm__decode(file, TDM_LIT(""), error);
    return status == TDM_OK ? keep(file, TDM__WRITTEN_SHEET, error) : status;
}

tdm_status tdm__read_fhir(tdm__return *file, tdm_error *error)
{
    tdm__fhir_kind kind = tdm__fhir_recognised(file->content);
    if (kind == TDM__FHIR_RESPONSE)
        return keep(file, TDM__WRITTEN_FHIR, error);
    if (kind == TDM__FHIR_QUESTIONNAIRE)
        return keep(file, TDM__WRITTEN_FHIR_QUESTIONNAIRE, error);
    return tdm__fail_at(error, TDM_UNSUPPORTED, (tdm_place){file->name, 1, 0},
                        "of FHIR only a Questionnaire and a QuestionnaireResponse are read");
}

tdm_status tdm__read_assessment(tdm__return *file, tdm_error *error)
{
    if (tdm__sheet_recognised(file->content))
        return tdm__read_sheet(file, error);
    if (tdm__fhir_recognised(file->content) != TDM__FHIR_NONE)
        return tdm__read_fhir(file, error);
    return read_json(file, error);
}

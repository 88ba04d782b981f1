/*
 * A QuestionnaireResponse read as an assessment: which definition it answers, whose it is and of when. Its
 * items are read in fhir_response_items.c. Errors say where and what was expected, never what was answered.
 */
#include "instrument/fhir_response.h"

#include <string.h>

#define COUNT_OF(table) (sizeof(table) / sizeof *(table))

static tdm_place place_of(const tdm__fhir_reader *r, const tdm__json_value *at)
{
    return (tdm_place){tdm__json_file(r->document), tdm__json_line(at), 0};
}

void tdm__fhir_problem(tdm__fhir_reader *r, const tdm__json_value *at, tdm_str item, const char *expected)
{
    if (tdm__instrument_code_valid(item))
        tdm__problem(&r->problems, false, place_of(r, at), "item %.*s: %s", TDM_STR_ARGS(item), expected);
    else
        tdm__problem(&r->problems, false, place_of(r, at), "%s", expected);
    tdm_str kept = tdm__instrument_code_valid(item) ? tdm__fhir_keep(r, item) : TDM_LIT("");
    if (tdm__assessment_leave_out(r->assessment, kept, tdm__json_line(at)) != TDM_OK)
        r->no_memory = true;
}

void tdm__fhir_fatal(tdm__fhir_reader *r, const tdm__json_value *at, const char *expected)
{
    tdm__problem(&r->problems, true, place_of(r, at), "%s", expected);
}

tdm_str tdm__fhir_keep(tdm__fhir_reader *r, tdm_str text)
{
    tdm_str kept = tdm__arena_copy(&r->assessment->arena, text);
    if (kept.data)
        return kept;
    r->no_memory = true;
    return TDM_LIT("");
}

bool tdm__fhir_day_read(tdm_day *out, tdm_str text)
{
    if (text.length > 10 && text.data[10] == 'T')
        text.length = 10;
    bool fine = tdm_day_parse_iso(out, text);
    if (!fine)
        *out = TDM_DAY_NONE;
    return fine;
}

static bool is_canonical_of_questionnaire(const tdm__fhir_questionnaire *questionnaire, tdm_str canonical)
{
    tdm_str url = questionnaire->url, version = questionnaire->version;
    if (!tdm__str_starts(canonical, url))
        return false;
    tdm_str rest = {canonical.data + url.length, canonical.length - url.length};
    if (version.length == 0)
        return rest.length == 0;
    return rest.length == version.length + 1 && rest.data[0] == '|' &&
           memcmp(rest.data + 1, version.data, version.length) == 0;
}

/* By url and version; by url alone where the response names no version and one only has that url. */
static const tdm__fhir_questionnaire *find_questionnaire(const tdm__fhir_known *known, tdm_str canonical)
{
    const tdm__fhir_questionnaire *found = NULL;
    size_t count = 0;
    for (size_t i = 0; i < known->questionnaire_count; i++) {
        if (is_canonical_of_questionnaire(known->questionnaires[i], canonical))
            return known->questionnaires[i];
        if (tdm__str_equal(known->questionnaires[i]->url, canonical)) {
            found = known->questionnaires[i];
            count++;
        }
    }
    return count == 1 ? found : NULL;
}

static tdm_status find_definition(tdm__fhir_reader *r, const tdm__fhir_known *known, tdm_error *error)
{
    const tdm__json_value *root = tdm__json_root(r->document);
    const tdm__json_value *member = tdm__json_member(root, "questionnaire");
    tdm_str canonical = tdm__json_string(member);
    if (canonical.length == 0)
        return tdm__json_fail(r->document, member ? member : root, error,
                              "expected \"questionnaire\", URL|VERSION of what is answered");
    for (size_t i = 0; i < known->instrument_count && !r->instrument; i++)
        if (tdm__fhir_is_canonical_of(known->instruments[i], canonical))
            r->instrument = known->instruments[i];
    r->questionnaire = find_questionnaire(known, canonical);
    r->adds_up = !r->instrument;
    if (r->adds_up && r->questionnaire)
        r->instrument = r->questionnaire->instrument;
    if (r->instrument)
        return TDM_OK;
    return tdm__fail_at(error, TDM_NOT_FOUND, place_of(r, member),
                        "\"questionnaire\": nothing known has that url and version; expected "
                        "\".../Questionnaire/ID|VERSION\" of an instrument, or the Questionnaire beside it");
}

/* A business number, else where the resource lies. */
static tdm_str of_reference(const tdm__json_value *reference)
{
    tdm_str number = tdm__fhir_text(tdm__json_member(reference, "identifier"), "value");
    return number.length > 0 ? number : tdm__fhir_text(reference, "reference");
}

static void read_identity(tdm__fhir_reader *r)
{
    const tdm__json_value *root = tdm__json_root(r->document);
    const tdm__json_value *identifier = tdm__json_member(root, "identifier");
    const tdm__json_value *subject = tdm__json_member(root, "subject");
    const tdm__json_value *author = tdm__json_member(root, "author");
    tdm_str *texts = r->assessment->texts;
    tdm_str id = tdm__fhir_text(identifier, "value"), child = of_reference(subject);
    tdm_str assessor = of_reference(author);
    if (id.length == 0)
        id = tdm__fhir_text(root, "id");
    if (assessor.length == 0)
        assessor = tdm__fhir_text(author, "display");
    if (id.length == 0)
        tdm__fhir_fatal(r, identifier ? identifier : root,
                        "expected an \"identifier\" with a value, or an \"id\"");
    if (child.length == 0)
        tdm__fhir_fatal(r, subject ? subject : root,
                        "\"subject\": expected the child, by an identifier with a value or a reference");
    texts[TDM__FORM_ID] = tdm__fhir_keep(r, id);
    texts[TDM__FORM_CHILD] = tdm__fhir_keep(r, child);
    if (assessor.length > 0)
        texts[TDM__FORM_ASSESSOR] = tdm__fhir_keep(r, assessor);
    texts[TDM__FORM_INSTRUMENT] = tdm__fhir_keep(r, tdm_instrument_id(r->instrument));
    texts[TDM__FORM_VERSION] = tdm__fhir_keep(r, tdm_instrument_version(r->instrument));
}

/* What FHIR's status is in our form; what was stopped half-way is no more than a draft. */
typedef struct status_row {
    const char *fhir;
    const char *ours;
} status_row;

static const status_row statuses[] = {
    {"in-progress", "draft"}, {"stopped", "draft"}, {"completed", "complete"}, {"amended", "complete"}};

static const char *status_named(tdm_str fhir)
{
    for (size_t i = 0; i < COUNT_OF(statuses); i++)
        if (tdm__str_equal(tdm__str(statuses[i].fhir), fhir))
            return statuses[i].ours;
    return NULL;
}

static void read_status(tdm__fhir_reader *r)
{
    const tdm__json_value *root = tdm__json_root(r->document), *member = tdm__json_member(root, "status");
    tdm_str fhir = tdm__json_string(member);
    const char *ours = status_named(fhir);
    r->status = member ? member : root;
    if (tdm__str_equal(fhir, TDM_LIT("entered-in-error")))
        tdm__fhir_fatal(r, r->status, "\"status\": the response was entered in error and is not read");
    else if (!ours)
        tdm__fhir_fatal(r, r->status, "\"status\": expected in-progress, completed, amended or stopped");
    else
        r->assessment->texts[TDM__FORM_STATUS] = tdm__fhir_keep(r, tdm__str(ours));
}

/* The word of our form says more than FHIR's status, and may not say another thing. */
static void take_status_word(tdm__fhir_reader *r)
{
    tdm_str *status = &r->assessment->texts[TDM__FORM_STATUS];
    bool draft = tdm__str_equal(*status, TDM_LIT("draft"));
    if (r->status_word.length == 0 || !status->data)
        return;
    if (draft != tdm__str_equal(r->status_word, TDM_LIT("draft")))
        tdm__fhir_problem(r, r->status, TDM_LIT(""),
                          "\"status\": expected what \"about.status\" says too, draft or not");
    else if (tdm__str_equal(r->status_word, TDM_LIT(TDM__FHIR_NO_STATUS)))
        *status = (tdm_str){NULL, 0};
    else
        *status = r->status_word;
}

static void read_head(tdm__fhir_reader *r)
{
    const tdm__json_value *root = tdm__json_root(r->document);
    const tdm__json_value *authored = tdm__json_member(root, "authored");
    tdm_assessment *assessment = r->assessment;
    assessment->line = tdm__json_line(root);
    assessment->instrument_line = assessment->version_line =
        tdm__json_line(tdm__json_member(root, "questionnaire"));
    read_identity(r);
    read_status(r);
    if (!tdm__fhir_day_read(&assessment->date, tdm__json_string(authored)))
        tdm__fhir_fatal(r, authored ? authored : root,
                        "\"authored\": expected a day that exists, as 2024-03-05");
    if (!tdm__fhir_items_are_array(root))
        tdm__fhir_fatal(r, tdm__json_member(root, "item"), "\"item\": expected an array");
}

/* What only makes sense together. */
static void check_pairs(tdm__fhir_reader *r)
{
    tdm_assessment *assessment = r->assessment;
    tdm_str *type = &assessment->texts[TDM__FORM_SUBJECT_TYPE],
            *id = &assessment->texts[TDM__FORM_SUBJECT_ID];
    const tdm__json_value *root = tdm__json_root(r->document);
    tdm_day from = assessment->window_from, to = assessment->window_to;
    if ((type->data == NULL) != (id->data == NULL)) {
        tdm__fhir_problem(r, root, TDM_LIT(""),
                          "expected both about.subject-type and about.subject-id, or neither");
        *type = *id = (tdm_str){NULL, 0};
    }
    if ((from == TDM_DAY_NONE) != (to == TDM_DAY_NONE) || to < from) {
        tdm__fhir_problem(r, root, TDM_LIT(""),
                          "expected both about.window-from and about.window-to, the last day not before the "
                          "first, or neither");
        assessment->window_from = assessment->window_to = TDM_DAY_NONE;
    }
}

static tdm_status read_response(tdm__fhir_reader *r, const tdm__fhir_known *known, tdm_error *error)
{
    tdm_status status = tdm__fhir_check_root(r->document, "QuestionnaireResponse", error);
    if (status == TDM_OK)
        status = find_definition(r, known, error);
    if (status != TDM_OK)
        return status;
    read_head(r);
    tdm__fhir_read_items(r);
    take_status_word(r);
    check_pairs(r);
    return r->no_memory ? tdm__no_memory(error) : tdm__problems_end(&r->problems, error);
}

tdm_status tdm__fhir_response_read(tdm_assessment **out, const tdm_instrument **instrument,
                                   const tdm_allocator *allocator, tdm_str json, tdm_str file,
                                   const tdm__fhir_known *known, const tdm_assessment_options *options,
                                   tdm_error *error)
{
    tdm__json *document;
    *out = NULL;
    *instrument = NULL;
    if (options && options->struct_size != sizeof *options)
        return tdm__fail(error, TDM_INVALID_ARG, "tdm_assessment_options: struct_size of no known version");
    tdm_status status = tdm__json_parse(&document, allocator, json, file, error);
    if (status != TDM_OK)
        return status;
    tdm__fhir_reader r = {.document = document};
    tdm__problems_init(&r.problems, options && options->lenient, options ? options->problem : NULL,
                       options ? options->payload : NULL);
    status = tdm__assessment_new(&r.assessment, allocator, file, error);
    if (status == TDM_OK)
        status = read_response(&r, known, error);
    tdm__json_free(document);
    if (status == TDM_OK) {
        *out = r.assessment;
        *instrument = r.instrument;
        return TDM_OK;
    }
    tdm_assessment_free(r.assessment);
    return status;
}

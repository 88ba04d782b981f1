/*
 * A Questionnaire of somebody else: its link ids and the grades of its options, kept sorted by link id. The
 * definition that adds them up is built in fhir_definition.c.
 */
#include "instrument/fhir_parts.h"

#include <stdlib.h>

#define COUNT_OF(table) (sizeof(table) / sizeof *(table))
#define OPTIONS_MAX     (2u * TDM_INSTRUMENT_VALUES_MAX) /* of one question */

typedef struct reader {
    const tdm__json *document;
    tdm__fhir_questionnaire *questionnaire;
    tdm_error *error;
} reader;

static tdm_status keep(tdm_str *out, const reader *r, tdm_str text)
{
    *out = tdm__arena_copy(&r->questionnaire->arena, text);
    return out->data ? TDM_OK : tdm__no_memory(r->error);
}

/* Names of other versions of FHIR, in which the rest would be read wrongly. */
static tdm_status check_version(const reader *r, const tdm__json_value *element)
{
    static const char *const names[] = {"option",
                                        "options",
                                        "answerConstraint",
                                        "disabledDisplay",
                                        "versionAlgorithmString",
                                        "versionAlgorithmCoding",
                                        "copyrightLabel",
                                        "modifierExtension"};
    for (size_t i = 0; i < COUNT_OF(names); i++) {
        const tdm__json_value *found = tdm__json_member(element, names[i]);
        if (found)
            return tdm__fhir_unsupported(r->document, found, r->error,
                                         "a member that FHIR R4 does not have here, or that changes what it "
                                         "means; expected a Questionnaire of R4");
    }
    return TDM_OK;
}

static tdm_status check_type(const reader *r, const tdm__json_value *item, tdm_str type)
{
    static const char *const types[] = {"group",     "display",  "boolean",  "decimal",     "integer",
                                        "date",      "dateTime", "time",     "string",      "text",
                                        "url",       "choice",   "question", "open-choice", "attachment",
                                        "reference", "quantity"};
    for (size_t i = 0; i < COUNT_OF(types); i++)
        if (tdm__str_equal(type, tdm__str(types[i])))
            return TDM_OK;
    if (tdm__str_equal(type, TDM_LIT("coding")))
        return tdm__fhir_unsupported(r->document, item, r->error,
                                     "an item of type \"coding\", as R5 has it; expected \"choice\" of R4");
    return tdm__json_fail(r->document, item, r->error, "an item: expected a \"type\" of FHIR R4");
}

static tdm_status read_option(tdm__fhir_option *option, const reader *r, const tdm__json_value *value)
{
    const tdm__json_value *coding = tdm__json_member(value, "valueCoding");
    int64_t number;
    const char *wrong = tdm__fhir_ordinal(&option->graded, &option->grade, value);
    if (!wrong)
        wrong = tdm__fhir_ordinal(&option->graded, &option->grade, coding);
    if (wrong)
        return tdm__json_fail(r->document, value, r->error, "%s", wrong);
    bool is_number = tdm__json_int64(&number, tdm__json_member(value, "valueInteger"));
    bool matches = tdm__fhir_text(coding, "code").length > 0 || (is_number && number == option->grade);
    if (option->graded && !matches)
        return tdm__fhir_unsupported(r->document, value, r->error,
                                     "an answer with a grade; expected a Coding with a code, or that number");
    tdm_str label = tdm__fhir_text(coding, "display");
    tdm_status status = keep(&option->system, r, tdm__fhir_text(coding, "system"));
    if (status == TDM_OK)
        status = keep(&option->code, r, tdm__fhir_text(coding, "code"));
    return status != TDM_OK ? status : keep(&option->label, r, label.length > 0 ? label : option->code);
}

static bool same_option(const tdm__fhir_option *a, const tdm__fhir_option *b)
{
    return a->code.length > 0 && tdm__str_equal(a->code, b->code) && tdm__str_equal(a->system, b->system);
}

/* Options are kept only where one has a grade. */
static tdm_status read_options(tdm__fhir_link *link, const reader *r, const tdm__json_value *item)
{
    const tdm__json_value *array = tdm__json_member(item, "answerOption");
    size_t count = tdm__json_count(array);
    if (count == 0)
        return TDM_OK;
    if (tdm__json_type_of(array) != TDM__JSON_ARRAY || count > OPTIONS_MAX)
        return tdm__json_fail(r->document, array, r->error,
                              "\"answerOption\": expected an array of at most %u answers", OPTIONS_MAX);
    tdm__fhir_option *options = tdm__arena_array(&r->questionnaire->arena, count, sizeof *options);
    if (!options)
        return tdm__no_memory(r->error);
    link->options = options;
    for (const tdm__json_value *v = tdm__json_first(array); v; v = tdm__json_next(v)) {
        tdm__fhir_option *option = &options[link->option_count];
        tdm_status status = read_option(option, r, v);
        if (status != TDM_OK)
            return status;
        for (size_t i = 0; i < link->option_count; i++)
            if (same_option(&options[i], option))
                return tdm__json_fail(r->document, v, r->error,
                                      "\"answerOption\": expected each code once in a question");
        link->option_count++;
        link->scored = link->scored || option->graded;
    }
    return TDM_OK;
}

/* A scored question that may be answered twice, or below an answer, would not add up to one number. */
static tdm_status check_scored(const reader *r, const tdm__json_value *item, tdm_str type,
                               const tdm__fhir_level *at)
{
    bool choice = tdm__str_equal(type, TDM_LIT("choice")) || tdm__str_equal(type, TDM_LIT("open-choice"));
    if (!choice)
        return tdm__json_fail(r->document, item, r->error,
                              "a question with grades: expected \"type\": \"choice\"");
    if (at->repeats || tdm__json_bool(tdm__json_member(item, "repeats")))
        return tdm__fhir_unsupported(
            r->document, item, r->error,
            "a question with grades that may be answered several times; expected one "
            "answer to each");
    if (at->question)
        return tdm__fhir_unsupported(r->document, item, r->error,
                                     "a question with grades below another question; expected it in a group");
    return TDM_OK;
}

static tdm_status read_link(tdm__fhir_link *link, const reader *r, const tdm__json_value *item,
                            const tdm__fhir_level *at)
{
    tdm_str id = tdm__fhir_text(item, "linkId"), type = tdm__fhir_text(item, "type");
    if (tdm__json_type_of(item) != TDM__JSON_OBJECT || id.length == 0)
        return tdm__json_fail(r->document, item, r->error, "an item: expected an object with a \"linkId\"");
    if (!tdm__fhir_items_are_array(item))
        return tdm__json_fail(r->document, item, r->error, "an item: expected \"item\" to be an array");
    link->line = tdm__json_line(item);
    link->is_group = tdm__str_equal(type, TDM_LIT("group"));
    tdm_status status = check_version(r, item);
    if (status == TDM_OK)
        status = check_type(r, item, type);
    if (status == TDM_OK)
        status = keep(&link->link_id, r, id);
    if (status == TDM_OK)
        status = keep(&link->title, r, tdm__fhir_text(item, "text"));
    if (status == TDM_OK)
        status = read_options(link, r, item);
    return status == TDM_OK && link->scored ? check_scored(r, item, type, at) : status;
}

static tdm_status read_links(const reader *r)
{
    tdm__fhir_questionnaire *questionnaire = r->questionnaire;
    tdm__fhir_walk w;
    tdm__fhir_level at;
    const tdm__json_value *item;
    uint32_t root = TDM__NO_PART;
    questionnaire->links = tdm__arena_array(
        &questionnaire->arena, tdm__fhir_count_items(tdm__json_root(r->document)), sizeof(tdm__fhir_link));
    if (!questionnaire->links)
        return tdm__no_memory(r->error);
    tdm__fhir_walk_from(&w, tdm__json_root(r->document));
    while ((item = tdm__fhir_step(&w, &at)) != NULL) {
        tdm__fhir_link *link = &questionnaire->links[questionnaire->link_count++];
        tdm_status status = read_link(link, r, item, &at);
        if (status != TDM_OK)
            return status;
        if (w.depth == 1)
            root = link->is_group ? (uint32_t)(questionnaire->link_count - 1) : TDM__NO_PART;
        link->root = root;
        tdm__fhir_descend(&w, item, at.repeats || tdm__json_bool(tdm__json_member(item, "repeats")),
                          at.question || !link->is_group);
    }
    return TDM_OK;
}

static int compare_links(const void *a, const void *b)
{
    const tdm__fhir_link *const *left = a, *const *right = b;
    int order = tdm__str_compare((*left)->link_id, (*right)->link_id);
    return order != 0 ? order : (*left > *right) - (*left < *right);
}

static tdm_status index_links(const reader *r)
{
    tdm__fhir_questionnaire *questionnaire = r->questionnaire;
    size_t count = questionnaire->link_count;
    const tdm__fhir_link **by_id = tdm__arena_array(&questionnaire->arena, count, sizeof *by_id);
    if (!by_id)
        return tdm__no_memory(r->error);
    questionnaire->by_id = by_id;
    for (size_t i = 0; i < count; i++)
        by_id[i] = &questionnaire->links[i];
    qsort(by_id, count, sizeof *by_id, compare_links);
    for (size_t i = 1; i < count; i++)
        if (tdm__str_equal(by_id[i - 1]->link_id, by_id[i]->link_id))
            return tdm__fail_at(r->error, TDM_INVALID_INPUT,
                                (tdm_place){tdm__json_file(r->document), by_id[i]->line, 0},
                                "an item: a \"linkId\" that another one has already");
    return TDM_OK;
}

static tdm_status read_questionnaire(const reader *r)
{
    const tdm__json_value *root = tdm__json_root(r->document);
    tdm__fhir_questionnaire *questionnaire = r->questionnaire;
    tdm_status status = tdm__fhir_check_root(r->document, "Questionnaire", r->error);
    if (status == TDM_OK)
        status = check_version(r, root);
    if (status == TDM_OK && !tdm__fhir_items_are_array(root))
        status = tdm__json_fail(r->document, root, r->error, "expected \"item\" to be an array");
    if (status == TDM_OK && tdm__fhir_text(root, "url").length == 0)
        status = tdm__json_fail(r->document, root, r->error,
                                "expected a \"url\", by which responses name the Questionnaire");
    if (status == TDM_OK)
        status = keep(&questionnaire->url, r, tdm__fhir_text(root, "url"));
    if (status == TDM_OK)
        status = keep(&questionnaire->version, r, tdm__fhir_text(root, "version"));
    if (status == TDM_OK)
        status = read_links(r);
    if (status == TDM_OK)
        status = index_links(r);
    return status != TDM_OK ? status : tdm__fhir_define(questionnaire, r->document, r->error);
}

tdm_status tdm__fhir_questionnaire_read(tdm__fhir_questionnaire **out, const tdm_allocator *allocator,
                                        tdm_str json, tdm_str file, tdm_error *error)
{
    tdm__json *document;
    *out = NULL;
    tdm_status status = tdm__json_parse(&document, allocator, json, file, error);
    if (status != TDM_OK)
        return status;
    tdm__fhir_questionnaire *questionnaire = tdm__alloc_zeroed(allocator, 1, sizeof *questionnaire);
    if (questionnaire) {
        questionnaire->allocator = *allocator;
        tdm__arena_init(&questionnaire->arena, &questionnaire->allocator);
        status = read_questionnaire(&(reader){document, questionnaire, error});
    } else {
        status = tdm__no_memory(error);
    }
    tdm__json_free(document);
    if (status == TDM_OK)
        *out = questionnaire;
    else
        tdm__fhir_questionnaire_free(questionnaire);
    return status;
}

void tdm__fhir_questionnaire_free(tdm__fhir_questionnaire *questionnaire)
{
    if (!questionnaire)
        return;
    tdm_allocator allocator = questionnaire->allocator;
    tdm_instrument_free(questionnaire->instrument);
    tdm__arena_free(&questionnaire->arena);
    tdm__free(&allocator, questionnaire);
}

tdm_str tdm__fhir_questionnaire_url(const tdm__fhir_questionnaire *questionnaire)
{
    return questionnaire->url;
}

tdm_str tdm__fhir_questionnaire_version(const tdm__fhir_questionnaire *questionnaire)
{
    return questionnaire->version;
}

const tdm_instrument *tdm__fhir_questionnaire_instrument(const tdm__fhir_questionnaire *questionnaire)
{
    return questionnaire->instrument;
}

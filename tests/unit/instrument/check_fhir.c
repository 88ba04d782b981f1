/*
 * Our own forms to FHIR and back: the same assessment and the same score, byte for byte, and what stands in
 * the Questionnaire. Forms of others, and bad ones, are in check_fhir_other.c.
 */
#include <stdio.h>
#include <string.h>

#include "instrument/fhir_fixture.h"

#define FORM_OF(id, child, members)                                                                          \
    "{\"instrument\":\"grades\",\"version\":\"1.0.0\",\"id\":\"" id "\",\"child\":\"" child "\"," members "}"
#define FORM(members) FORM_OF("as-1", "c-1", members)

#define EVERY_ITEM                                                                                           \
    "\"items\":{\"X1a\":3,\"X1b\":\"not-seen\",\"X1c\":5,\"X2\":\"not-applicable\",\"Y1a\":1,\"Y1b\":2}"

/* Items in the order of the definition, as FHIR wants them; a form keeps no other meaning in their order. */
static const char *const forms[] = {
    FORM("\"date\":\"2024-03-05\"," EVERY_ITEM),
    FORM("\"status\":\"draft\",\"date\":\"2024-03-05\",\"items\":{\"X1a\":1}"),
    FORM("\"status\":\"complete\",\"date\":\"2024-03-05\",\"items\":{}"),
    FORM("\"status\":\"countersigned\",\"date\":\"2024-03-05\",\"items\":{\"Y1b\":4}"),
    FORM("\"subject\":{\"type\":\"carer\",\"id\":\"p-1\"},\"carer\":\"p-1\",\"assessor\":\"w-1\","
         "\"assessor_role\":\"health visitor\",\"purpose\":\"baseline\",\"status\":\"complete\","
         "\"date\":\"2024-03-05\",\"recorded\":\"2024-03-06\",\"window\":[\"2024-02-01\",\"2024-03-05\"],"
         "\"conditions\":[\"calm\"]," EVERY_ITEM ","
         "\"evidence\":{\"X1a\":\"seen\",\"X1\":\"of a sub-area\",\"X2\":\"of one that is its own item\","
         "\"X\":\"of an area\"},\"child_words\":{\"X1c\":\"said\",\"Y\":\"said too\"},"
         "\"targets\":[{\"item\":\"X1a\",\"current\":3,\"by\":\"2024-06-01\",\"target\":2},"
         "{\"item\":\"Y\",\"actual\":1},{\"item\":\"X2\"}]"),
    FORM("\"agency\":\"health-visiting\",\"purpose\":\"review\",\"date\":\"0001-01-01\","
         "\"recorded\":\"9999-12-31\",\"items\":{\"X1a\":1}"),
    /* Quotes, markup, formulas, control characters, bidirectional marks, four-byte characters. */
    FORM(
        "\"carer\":\"<b>\\\"&amp;</b>\",\"assessor\":\" =1+1 \\t\",\"date\":\"2024-03-05\","
        "\"items\":{\"X1a\":1},\"evidence\":{\"X1a\":\"a\\u0001\\u001b[31m\\n\\u202e \\ud83d\\ude00 \\\\ /\","
        "\"Y1b\":\"{\\\"linkId\\\":\\\"about\\\"}\"},\"child_words\":{\"X1a\":\"\\u00e9\\u0301 null\"}"),
    /* Ids that are no ids of FHIR. */
    FORM_OF("a|b c/d#e", "Patient/1?x=y", "\"date\":\"2024-03-05\",\"items\":{\"X1a\":1}"),
};

static const char *const bases[] = {"", "https://example.org/fhir", "urn:oid:2.16"};

static tdm_status read_form(tdm_assessment **out, const tdm_allocator *allocator, const char *json)
{
    tdm_error error = {0};
    tdm_status status = tdm_assessment_read(out, allocator, tdm__str(json), TDM_LIT("f.json"), 1, NULL,
                                            &error);
    ck_assert_msg(status == TDM_OK || status == TDM_NO_MEMORY, "%s", error.message);
    return status;
}

static tdm_status read_back(tdm_assessment **out, const tdm_allocator *allocator, const tdm__text *response,
                            tdm_instrument *instrument)
{
    tdm_error error = {0};
    const tdm_instrument *found;
    const tdm__fhir_known known = {&instrument, 1, NULL, 0};
    tdm_status status = tdm__fhir_response_read(out, &found, allocator, tdm__text_str(response),
                                                TDM_LIT("r.json"), &known, NULL, &error);
    ck_assert_msg(status == TDM_OK || status == TDM_NO_MEMORY, "line %d: %s", (int)error.line, error.message);
    ck_assert(status != TDM_OK || found == instrument);
    return status;
}

static void same_texts(tdm__text *left, tdm__text *right)
{
    ck_assert_str_eq(left->data, right->data);
    tdm__text_free(left);
    tdm__text_free(right);
}

START_TEST(comes_back_as_it_was)
{
    tdm_instrument *instrument;
    tdm_assessment *form, *again;
    tdm__text response, left, right;
    const char *base = bases[_i % ROWS(bases)];
    ck_assert_int_eq(fixture_grades(&instrument, &tdm__malloc_allocator, "majority-with-override", "none"),
                     TDM_OK);
    read_form(&form, &tdm__malloc_allocator, forms[_i]);
    ck_assert_int_eq(fhir_response_text(&response, &tdm__malloc_allocator, instrument, form, base), TDM_OK);
    read_back(&again, &tdm__malloc_allocator, &response, instrument);
    ck_assert_int_eq(fhir_form_text(&left, form), TDM_OK);
    ck_assert_int_eq(fhir_form_text(&right, again), TDM_OK);
    same_texts(&left, &right);
    ck_assert_int_eq(fhir_score_text(&left, &tdm__malloc_allocator, form, instrument), TDM_OK);
    ck_assert_int_eq(fhir_score_text(&right, &tdm__malloc_allocator, again, instrument), TDM_OK);
    same_texts(&left, &right);
    tdm__text_free(&response);
    tdm_assessment_free(form);
    tdm_assessment_free(again);
    tdm_instrument_free(instrument);
}
END_TEST

/* What FHIR's own fields say, by hand. */
START_TEST(status_is_told_by_fhir_too)
{
    static const char *const fhir[] = {"\"completed\"", "\"in-progress\"", "\"completed\"", "\"completed\""};
    static const char *const ours[] = {"\"not-given\"", "", "", "\"countersigned\""};
    tdm_instrument *instrument;
    tdm_assessment *form;
    tdm__text response;
    ck_assert_int_eq(fixture_grades(&instrument, &tdm__malloc_allocator, "worst", "none"), TDM_OK);
    read_form(&form, &tdm__malloc_allocator, forms[_i]);
    fhir_response_text(&response, &tdm__malloc_allocator, instrument, form, "");
    const char *status = strstr(response.data, "\"status\": ");
    ck_assert_ptr_nonnull(status);
    ck_assert(strncmp(status + 10, fhir[_i], strlen(fhir[_i])) == 0);
    ck_assert_ptr_nonnull(strstr(response.data, "\"urn:tidemark:fhir/Questionnaire/grades|1.0.0\""));
    ck_assert_int_eq(strstr(response.data, "about.status") != NULL, ours[_i][0] != '\0');
    ck_assert_ptr_nonnull(strstr(response.data, ours[_i]));
    tdm__text_free(&response);
    tdm_assessment_free(form);
    tdm_instrument_free(instrument);
}
END_TEST

/* What does not fit the definition is not lost unseen: it is written, and a problem when it is read. */
START_TEST(misfits_are_written_and_told)
{
    static const char *const misfits[] = {
        FORM("\"date\":\"2024-03-05\",\"items\":{\"Z9\":3}"),
        FORM("\"date\":\"2024-03-05\",\"items\":{\"Z9\":\"not-seen\"}"),
        FORM("\"date\":\"2024-03-05\",\"items\":{},\"evidence\":{\"Z9\":\"seen\"}"),
        FORM("\"date\":\"2024-03-05\",\"items\":{},\"conditions\":[\"stormy\"]"),
    };
    tdm_instrument *instrument;
    tdm_assessment *form, *again;
    const tdm_instrument *found;
    tdm__text response;
    tdm_error error = {0};
    ck_assert_int_eq(fixture_grades(&instrument, &tdm__malloc_allocator, "worst", "none"), TDM_OK);
    read_form(&form, &tdm__malloc_allocator, misfits[_i]);
    fhir_response_text(&response, &tdm__malloc_allocator, instrument, form, "");
    const tdm__fhir_known known = {&instrument, 1, NULL, 0};
    ck_assert_int_eq(tdm__fhir_response_read(&again, &found, &tdm__malloc_allocator, tdm__text_str(&response),
                                             TDM_LIT("r.json"), &known, NULL, &error),
                     TDM_INVALID_INPUT);
    ck_assert_ptr_null(again);
    ck_assert_ptr_null(found);
    ck_assert_int_gt(error.line, 1);
    ck_assert_ptr_null(strstr(error.message, "stormy"));
    tdm__text_free(&response);
    tdm_assessment_free(form);
    tdm_instrument_free(instrument);
}
END_TEST

/* A grade that is not on the scale comes back as it is, for the scoring to refuse. */
START_TEST(grade_off_the_scale_comes_back)
{
    tdm_instrument *instrument;
    tdm_assessment *form, *again;
    tdm__text response, left, right;
    ck_assert_int_eq(fixture_grades(&instrument, &tdm__malloc_allocator, "worst", "none"), TDM_OK);
    read_form(&form, &tdm__malloc_allocator,
              FORM("\"date\":\"2024-03-05\",\"items\":{\"X1a\":99,\"X2\":-10000}"));
    fhir_response_text(&response, &tdm__malloc_allocator, instrument, form, "");
    ck_assert_ptr_nonnull(strstr(response.data, "\"valueInteger\": 99"));
    read_back(&again, &tdm__malloc_allocator, &response, instrument);
    fhir_form_text(&left, form);
    fhir_form_text(&right, again);
    same_texts(&left, &right);
    tdm__text_free(&response);
    tdm_assessment_free(form);
    tdm_assessment_free(again);
    tdm_instrument_free(instrument);
}
END_TEST

static const tdm__json_value *item_named(const tdm__json_value *above, const char *link_id)
{
    const tdm__json_value *item = tdm__json_first(tdm__json_member(above, "item"));
    while (item && !tdm__str_equal(tdm__json_string(tdm__json_member(item, "linkId")), tdm__str(link_id)))
        item = tdm__json_next(item);
    ck_assert_msg(item != NULL, "%s", link_id);
    return item;
}

static void has_text(const tdm__json_value *object, const char *name, const char *text)
{
    tdm_str found = tdm__json_string(tdm__json_member(object, name));
    ck_assert_msg(tdm__str_equal(found, tdm__str(text)), "%s: %.*s", name, TDM_STR_ARGS(found));
}

/* Five grades with their numbers, then two answers without one. */
static void check_options(const tdm__json_value *item)
{
    int count = 0;
    for (const tdm__json_value *o = tdm__json_first(tdm__json_member(item, "answerOption")); o;
         o = tdm__json_next(o), count++) {
        const tdm__json_value *coding = tdm__json_member(o, "valueCoding");
        const tdm__json_value *ordinal = tdm__json_first(tdm__json_member(o, "extension"));
        char code[16];
        snprintf(code, sizeof code, "%d", count + 1);
        has_text(coding, "system", "https://example.org/CodeSystem/grades");
        if (count < 5) {
            has_text(coding, "code", code);
            has_text(ordinal, "url", "http://hl7.org/fhir/StructureDefinition/ordinalValue");
            ck_assert_double_eq(tdm__json_number(tdm__json_member(ordinal, "valueDecimal")), count + 1);
        } else {
            has_text(coding, "code", count == 5 ? "not-seen" : "not-applicable");
            ck_assert_ptr_null(ordinal);
        }
    }
    ck_assert_int_eq(count, 7);
}

START_TEST(questionnaire_holds_the_definition)
{
    tdm_instrument *instrument;
    tdm__text text;
    tdm__json *document;
    ck_assert_int_eq(fixture_grades(&instrument, &tdm__malloc_allocator, "worst", "none"), TDM_OK);
    fhir_questionnaire_text(&text, &tdm__malloc_allocator, instrument, "https://example.org");
    ck_assert_int_eq(
        tdm__json_parse(&document, &tdm__malloc_allocator, tdm__text_str(&text), TDM_LIT("q"), NULL), TDM_OK);
    const tdm__json_value *root = tdm__json_root(document);
    has_text(root, "url", "https://example.org/Questionnaire/grades");
    has_text(root, "version", "1.0.0");
    has_text(root, "name", "Form_grades");
    has_text(root, "title", "A title");
    has_text(root, "copyright", "none");
    has_text(root, "description", "made for the tests");
    has_text(item_named(item_named(root, "about"), "about.condition.calm"), "type", "boolean");
    const tdm__json_value *area = item_named(root, "X");
    has_text(area, "type", "group");
    has_text(area, "text", "First");
    check_options(item_named(item_named(area, "X1"), "X1b"));
    check_options(item_named(area, "X2")); /* a sub-area that is its own item is no group */
    has_text(item_named(area, "X2.evidence"), "type", "text");
    has_text(item_named(item_named(area, "X1"), "X1.child-words"), "type", "text");
    ck_assert(tdm__json_bool(tdm__json_member(item_named(root, "targets"), "repeats")));
    tdm__json_free(document);
    tdm__text_free(&text);
    tdm_instrument_free(instrument);
}
END_TEST

/* One item for all ages, one for the younger of two bands. */
static tdm_instrument *aged_instrument(void)
{
    static const char *const texts[][2] = {{"id", "aged"},
                                           {"version", "1"},
                                           {"title", "t"},
                                           {"source", "s"},
                                           {"licence", "l"},
                                           {"respondent", "child"},
                                           {"direction", "higher-is-worse"},
                                           {"items", "worst"},
                                           {"sub_areas", "worst"},
                                           {"areas", "none"}};
    tdm__instrument_builder *b;
    tdm_instrument *instrument;
    tdm_error error = {0};
    ck_assert_int_eq(tdm__instrument_builder_new(&b, &tdm__malloc_allocator, TDM_LIT("f"), NULL), TDM_OK);
    for (int i = 0; i < ROWS(texts); i++)
        (i < 7 ? tdm__instrument_set_text : tdm__instrument_set_policy)(b, tdm__str(texts[i][0]),
                                                                        tdm__str(texts[i][1]));
    tdm__instrument_add_range(b, 0, 3);
    tdm__instrument_add_age_band(b, TDM_LIT("young"), TDM_LIT("under two"), 0, 24);
    tdm__instrument_add_age_band(b, TDM_LIT("old"), TDM_LIT("two and over"), 24, 216);
    tdm__instrument_add_area(b, TDM_LIT("A"), TDM_LIT("Area"));
    tdm__instrument_add_sub_area(b, TDM_LIT("A1"), TDM_LIT("always"));
    tdm__instrument_add_sub_area(b, TDM_LIT("A2"), TDM_LIT("weaning"));
    tdm__instrument_sub_area_age(b, TDM_LIT("young"));
    tdm_status status = tdm__instrument_finish(&instrument, b, &error);
    ck_assert_msg(status == TDM_OK, "%s", error.message);
    return instrument;
}

START_TEST(age_decides_what_is_asked)
{
    tdm_instrument *instrument = aged_instrument();
    tdm__text text;
    tdm__json *document;
    fhir_questionnaire_text(&text, &tdm__malloc_allocator, instrument, "https://example.org");
    ck_assert_int_eq(
        tdm__json_parse(&document, &tdm__malloc_allocator, tdm__text_str(&text), TDM_LIT("q"), NULL), TDM_OK);
    const tdm__json_value *root = tdm__json_root(document), *area = item_named(root, "A");
    const tdm__json_value *when = tdm__json_member(item_named(area, "A2"), "enableWhen");
    const tdm__json_value *band = item_named(item_named(root, "about"), "about.age-band");
    ck_assert_ptr_null(tdm__json_member(item_named(area, "A1"), "enableWhen"));
    ck_assert_uint_eq(tdm__json_count(when), 1);
    has_text(tdm__json_first(when), "question", "about.age-band");
    has_text(tdm__json_member(tdm__json_first(when), "answerCoding"), "code", "young");
    has_text(item_named(area, "A2"), "enableBehavior", "any");
    has_text(band, "type", "choice");
    ck_assert_uint_eq(tdm__json_count(tdm__json_member(band, "answerOption")), 2);
    tdm__json_free(document);
    tdm__text_free(&text);
    tdm_instrument_free(instrument);
}
END_TEST

typedef struct recognised_row {
    const char *text;
    tdm__fhir_kind kind;
} recognised_row;

static const recognised_row recognised[] = {
    {"{\"resourceType\":\"Questionnaire\"}", TDM__FHIR_QUESTIONNAIRE},
    {"\xEF\xBB\xBF {\n \"id\": \"a,}\\\"\", \"item\": [{\"resourceType\": \"Bundle\"}], \"resourceType\" : "
     "\"QuestionnaireResponse\", \"x\": 1}",
     TDM__FHIR_RESPONSE},
    {"{\"resourceType\":\"Bundle\"}", TDM__FHIR_OTHER},
    {"{\"resourceType\":3}", TDM__FHIR_NONE},
    {"{\"instrument\":\"x\",\"items\":{\"resourceType\":\"Questionnaire\"}}", TDM__FHIR_NONE},
    {"[{\"resourceType\":\"Questionnaire\"}]", TDM__FHIR_NONE},
    {"{\"a\":\"\\", TDM__FHIR_NONE},
    {"{\"a\":[[[", TDM__FHIR_NONE},
    {"{\"a\"", TDM__FHIR_NONE},
    {"", TDM__FHIR_NONE},
};

START_TEST(recognises_resources)
{
    ck_assert_int_eq(tdm__fhir_recognised(tdm__str(recognised[_i].text)), recognised[_i].kind);
}
END_TEST

static tdm_status there_and_back(const tdm_allocator *allocator)
{
    tdm_instrument *instrument;
    tdm_assessment *form = NULL, *again = NULL;
    tdm__text questionnaire, response;
    tdm__text_init(&questionnaire, &tdm__malloc_allocator);
    tdm__text_init(&response, &tdm__malloc_allocator);
    tdm_status status = fixture_grades(&instrument, &tdm__malloc_allocator, "worst", "none");
    if (status == TDM_OK)
        status = read_form(&form, &tdm__malloc_allocator, forms[4]);
    if (status == TDM_OK)
        status = fhir_questionnaire_text(&questionnaire, allocator, instrument, "");
    if (status == TDM_OK)
        status = fhir_response_text(&response, allocator, instrument, form, "");
    if (status == TDM_OK)
        status = read_back(&again, allocator, &response, instrument);
    tdm_assessment_free(form);
    tdm_assessment_free(again);
    tdm_instrument_free(instrument);
    tdm__text_free(&questionnaire);
    tdm__text_free(&response);
    return status;
}

START_TEST(survives_every_failed_allocation)
{
    TEST_EVERY_ALLOCATION(there_and_back);
}
END_TEST

Suite *fhir_suite(void)
{
    Suite *suite = suite_create("FHIR, forms of ours");
    TCase *all = tcase_create("FHIR");
    tcase_add_loop_test(all, comes_back_as_it_was, 0, ROWS(forms));
    tcase_add_loop_test(all, status_is_told_by_fhir_too, 0, 4);
    tcase_add_loop_test(all, misfits_are_written_and_told, 0, 4);
    tcase_add_test(all, grade_off_the_scale_comes_back);
    tcase_add_test(all, questionnaire_holds_the_definition);
    tcase_add_test(all, age_decides_what_is_asked);
    tcase_add_loop_test(all, recognises_resources, 0, ROWS(recognised));
    tcase_add_test(all, survives_every_failed_allocation);
    suite_add_tcase(suite, all);
    return suite;
}

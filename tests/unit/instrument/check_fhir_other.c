/*
 * FHIR of others: Questionnaires that are added up, grades by extension or by code, and what each mistake is
 * told as. Totals are worked out by hand from tests/data/fhir (see its README).
 */
#include <stdio.h>
#include <string.h>

#include "instrument/fhir_fixture.h"

typedef struct third_party {
    const char *questionnaire, *response;
    bool assessed;
    int total, low, high;
} third_party;

static const third_party third_parties[] = {
    /* 1+2+0+3+1+0+2+1+0 */
    {"nine-ordinal.questionnaire.json", "nine-codes-only.response.json", true, 10, 10, 10},
    /* 3+3+2+2+1+1+0+0+1 */
    {"nine-ordinal.questionnaire.json", "nine-ordinals-only.response.json", true, 13, 13, 13},
    {"nine-ordinal.questionnaire.json", "nine-unversioned.response.json", true, 27, 27, 27},
    /* 0+1+2+3 twice, and 0 */
    {"nine-weight.questionnaire.json", "nine-weight.response.json", true, 12, 12, 12},
    /* seven ones and a two; the fifth, from 0 to 3, is not answered */
    {"nine-ordinal.questionnaire.json", "nine-gap.response.json", false, 0, 9, 12},
};

static tdm_status read_questionnaire(tdm__fhir_questionnaire **out, const tdm_allocator *allocator,
                                     const char *file)
{
    tdm__text text;
    tdm_error error = {0};
    fhir_file(&text, file);
    tdm_status status = tdm__fhir_questionnaire_read(out, allocator, tdm__text_str(&text), tdm__str(file),
                                                     &error);
    ck_assert_msg(status == TDM_OK || status == TDM_NO_MEMORY, "line %d: %s", (int)error.line, error.message);
    tdm__text_free(&text);
    return status;
}

static tdm_status score_third_party(tdm_score_view *total, const tdm_allocator *allocator,
                                    const third_party *row)
{
    tdm__fhir_questionnaire *questionnaire;
    const tdm_instrument *instrument;
    tdm_assessment *form = NULL;
    tdm_score *score = NULL;
    tdm__text text;
    tdm_error error = {0};
    tdm_status status = read_questionnaire(&questionnaire, allocator, row->questionnaire);
    if (status != TDM_OK)
        return status;
    const tdm__fhir_known known = {NULL, 0, &questionnaire, 1};
    fhir_file(&text, row->response);
    status = tdm__fhir_response_read(&form, &instrument, allocator, tdm__text_str(&text), TDM_LIT("r.json"),
                                     &known, NULL, &error);
    ck_assert_msg(status == TDM_OK || status == TDM_NO_MEMORY, "line %d: %s", (int)error.line, error.message);
    if (status == TDM_OK) {
        ck_assert_ptr_eq(instrument, tdm__fhir_questionnaire_instrument(questionnaire));
        status = tdm_score_make(&score, allocator, form, instrument, NULL, NULL);
    }
    if (status == TDM_OK)
        ck_assert(tdm_score_total(total, score));
    tdm_score_free(score);
    tdm_assessment_free(form);
    tdm__fhir_questionnaire_free(questionnaire);
    tdm__text_free(&text);
    return status;
}

START_TEST(adds_up_what_others_filled_in)
{
    const third_party *row = &third_parties[_i];
    tdm_score_view total;
    ck_assert_int_eq(score_third_party(&total, &tdm__malloc_allocator, row), TDM_OK);
    ck_assert_int_eq(total.assessed, row->assessed);
    ck_assert_int_eq(total.grade, row->total);
    ck_assert_int_eq(total.low, row->low);
    ck_assert_int_eq(total.high, row->high);
    ck_assert_int_eq(total.max, 27); /* nine times three */
    ck_assert_int_eq(total.scored + total.not_recorded, 9);
}
END_TEST

static tdm_status third_party_with(const tdm_allocator *allocator)
{
    tdm_score_view total;
    return score_third_party(&total, allocator, &third_parties[3]);
}

START_TEST(survives_every_failed_allocation)
{
    TEST_EVERY_ALLOCATION(third_party_with);
}
END_TEST

START_TEST(keeps_who_and_when)
{
    tdm__fhir_questionnaire *questionnaire;
    const tdm_instrument *instrument;
    tdm_assessment *form;
    tdm__text text;
    read_questionnaire(&questionnaire, &tdm__malloc_allocator, "nine-ordinal.questionnaire.json");
    const tdm__fhir_known known = {NULL, 0, &questionnaire, 1};
    fhir_file(&text, "nine-codes-only.response.json");
    ck_assert_int_eq(tdm__fhir_response_read(&form, &instrument, &tdm__malloc_allocator, tdm__text_str(&text),
                                             TDM_LIT("r.json"), &known, NULL, NULL),
                     TDM_OK);
    ck_assert_str_eq(tdm_assessment_id(form).data, "nine-a");
    ck_assert_str_eq(tdm_assessment_child(form).data, "Patient/synthetic-7");
    ck_assert_int_eq(tdm_assessment_date(form), 19787); /* 2024-03-05: 54 years and 64 days */
    ck_assert_str_eq(form->texts[TDM__FORM_ASSESSOR].data, "Synthetic Practice");
    ck_assert_str_eq(form->texts[TDM__FORM_STATUS].data, "complete");
    ck_assert_str_eq(form->entries[3].item.data, "q4"); /* "/44254-1" can be no code */
    ck_assert_int_eq(form->entries[3].value, 3);
    ck_assert_str_eq(tdm_instrument_id(instrument).data,
                     "http://example.org/fhir/Questionnaire/nine-ordinal");
    ck_assert_str_eq(tdm_instrument_version(instrument).data, "1.0");
    ck_assert_ptr_nonnull(strstr(tdm_instrument_source(instrument).data, "they are added up"));
    ck_assert_ptr_nonnull(strstr(tdm_instrument_licence(instrument).data, "Made for the tests"));
    ck_assert_str_eq(instrument->areas.items[0].title.data, "In the last two weeks");
    ck_assert_str_eq(instrument->items.items[8].title.data, "dark thoughts");
    tdm_assessment_free(form);
    tdm__fhir_questionnaire_free(questionnaire);
    tdm__text_free(&text);
}
END_TEST

#define ORDINAL(number)                                                                                      \
    "\"extension\":[{\"url\":\"http://hl7.org/fhir/StructureDefinition/"                                     \
    "ordinalValue\",\"valueDecimal\":" number "}]"
#define WEIGHT(number)                                                                                       \
    "\"extension\":[{\"url\":\"http://hl7.org/fhir/StructureDefinition/"                                     \
    "itemWeight\",\"valueDecimal\":" number "}]"
#define OPTION(code, number) "{" ORDINAL(number) ",\"valueCoding\":{\"system\":\"s\",\"code\":\"" code "\"}}"
#define QUESTIONS(items)     "{\"resourceType\":\"Questionnaire\",\n\"url\":\"u\",\n\"item\":[" items "]}"
#define CHOICE(id, options)  "{\"linkId\":\"" id "\",\"type\":\"choice\",\"answerOption\":[" options "]}"
#define YES_NO(id)           CHOICE(id, OPTION("y", "1") "," OPTION("n", "0"))

/* Different grades and groups: each its own area; link ids that can be codes are. */
START_TEST(areas_are_groups_with_one_scale)
{
    static const char json[] = QUESTIONS(
        YES_NO("free") ",{\"linkId\":\"one\",\"type\":\"group\",\"text\":\"First\",\"item\":[" YES_NO(
            "a") "," CHOICE("b",
                            OPTION("low", "-2") "," OPTION(
                                "high", "10")) "," YES_NO("c") "]},"
                                                               "{\"linkId\":\"two\",\"type\":\"group\","
                                                               "\"item\":[{\"linkId\":\"in\",\"type\":"
                                                               "\"group\",\"item\":[" YES_NO("d") "]}]}");
    static const char *const areas[] = {"Questions", "First", "First", "two"};
    static const char *const codes[] = {"free", "a", "c", "b", "d"};
    tdm__fhir_questionnaire *questionnaire;
    tdm_error error = {0};
    tdm_status status = tdm__fhir_questionnaire_read(&questionnaire, &tdm__malloc_allocator, tdm__str(json),
                                                     TDM_LIT("q.json"), &error);
    ck_assert_msg(status == TDM_OK, "%s", error.message);
    const tdm_instrument *instrument = tdm__fhir_questionnaire_instrument(questionnaire);
    ck_assert_uint_eq(tdm_instrument_area_count(instrument), 4);
    for (int i = 0; i < 4; i++)
        ck_assert_str_eq(instrument->areas.items[i].title.data, areas[i]);
    for (int i = 0; i < 5; i++)
        ck_assert_str_eq(instrument->items.items[i].code.data, codes[i]);
    ck_assert_int_eq(tdm__scale_lowest(tdm__instrument_area_scale(instrument, 2)), -2);
    ck_assert_int_eq(tdm__scale_highest(tdm__instrument_area_scale(instrument, 3)), 1);
    ck_assert_str_eq(tdm_instrument_version(instrument).data, "unversioned");
    tdm__fhir_questionnaire_free(questionnaire);
}
END_TEST

typedef struct bad_text {
    const char *text;
    tdm_status status;
    int line;
    const char *mentioned;
} bad_text;

static const bad_text bad_questionnaires[] = {
    {"{\"resourceType\":\"Bundle\"}", TDM_UNSUPPORTED, 1, "a Bundle"},
    {"{\"resourceType\":\"Patient\"}", TDM_INVALID_INPUT, 1, "\"resourceType\": \"Questionnaire\""},
    {"[]", TDM_INVALID_INPUT, 1, "resourceType"},
    {"{\"resourceType\"", TDM_INVALID_INPUT, 1, "':'"},
    {"{\"resourceType\":\"Questionnaire\",\n\"implicitRules\":\"x\"}", TDM_UNSUPPORTED, 2, "implicitRules"},
    {"{\"resourceType\":\"Questionnaire\",\n\"modifierExtension\":[]}", TDM_UNSUPPORTED, 2,
     "modifierExtension"},
    {"{\"resourceType\":\"Questionnaire\",\n\"copyrightLabel\":\"x\"}", TDM_UNSUPPORTED, 2, "of R4"},
    {"{\"resourceType\":\"Questionnaire\",\"item\":[" YES_NO("a") "]}", TDM_INVALID_INPUT, 1, "a \"url\""},
    {"{\"resourceType\":\"Questionnaire\",\"url\":\"u\",\"item\":{}}", TDM_INVALID_INPUT, 1, "an array"},
    {QUESTIONS(""), TDM_INVALID_INPUT, 1, "no question has one"},
    {QUESTIONS(
         "{\"linkId\":\"a\",\"type\":\"choice\",\"answerOption\":[{\"valueCoding\":{\"code\":\"y\"}}]}"),
     TDM_INVALID_INPUT, 1, "no question has one"},
    {QUESTIONS(YES_NO("a") ",\n" YES_NO("a")), TDM_INVALID_INPUT, 4, "another one has already"},
    {QUESTIONS("\n{\"type\":\"group\"}"), TDM_INVALID_INPUT, 4, "a \"linkId\""},
    {QUESTIONS("7"), TDM_INVALID_INPUT, 3, "a \"linkId\""},
    {QUESTIONS("{\"linkId\":\"a\"}"), TDM_INVALID_INPUT, 3, "a \"type\" of FHIR R4"},
    {QUESTIONS("{\"linkId\":\"a\",\"type\":\"coding\"}"), TDM_UNSUPPORTED, 3, "R5"},
    {QUESTIONS("{\"linkId\":\"a\",\"type\":\"choice\",\n\"option\":[]}"), TDM_UNSUPPORTED, 4, "of R4"},
    {QUESTIONS("{\"linkId\":\"a\",\"type\":\"group\",\"item\":{}}"), TDM_INVALID_INPUT, 3, "to be an array"},
    {QUESTIONS(CHOICE("a", OPTION("y", "1.5"))), TDM_INVALID_INPUT, 3, "a whole number"},
    {QUESTIONS(CHOICE("a", OPTION("y", "10001"))), TDM_INVALID_INPUT, 3, "a whole number"},
    {QUESTIONS(CHOICE("a", OPTION("y", "\"1\""))), TDM_INVALID_INPUT, 3, "a whole number"},
    {QUESTIONS(CHOICE("a", OPTION("y", "1"))), TDM_INVALID_INPUT, 3, "from 2 to 101 different ones"},
    {QUESTIONS(CHOICE("a", OPTION("y", "1") ",\n" OPTION("y", "2"))), TDM_INVALID_INPUT, 4, "each code once"},
    {QUESTIONS(CHOICE("a", "{" ORDINAL("1") ",\"valueCoding\":{" WEIGHT("2") ",\"code\":\"y\"}}")),
     TDM_INVALID_INPUT, 3, "two grades"},
    {QUESTIONS(CHOICE("a", "{" ORDINAL("1") ",\"valueString\":\"y\"}")), TDM_UNSUPPORTED, 3,
     "expected a Coding"},
    {QUESTIONS("{\"linkId\":\"a\",\"type\":\"string\",\"answerOption\":[" OPTION("y", "1") "]}"),
     TDM_INVALID_INPUT, 3, "\"type\": \"choice\""},
    {QUESTIONS(
         "{\"linkId\":\"a\",\"type\":\"choice\",\"repeats\":true,\"answerOption\":[" OPTION("y", "1") "]}"),
     TDM_UNSUPPORTED, 3, "several times"},
    {QUESTIONS("{\"linkId\":\"g\",\"type\":\"group\",\"repeats\":true,\"item\":[" YES_NO("a") "]}"),
     TDM_UNSUPPORTED, 3, "several times"},
    {QUESTIONS("{\"linkId\":\"g\",\"type\":\"boolean\",\"item\":[" YES_NO("a") "]}"), TDM_UNSUPPORTED, 3,
     "below another question"},
};

START_TEST(tells_what_a_questionnaire_lacks)
{
    const bad_text *row = &bad_questionnaires[_i];
    tdm__fhir_questionnaire *questionnaire = (tdm__fhir_questionnaire *)&row;
    tdm_error error = {0};
    tdm_status status = tdm__fhir_questionnaire_read(&questionnaire, &tdm__malloc_allocator,
                                                     tdm__str(row->text), TDM_LIT("q.json"), &error);
    ck_assert_msg(status == row->status, "%s: %s", tdm_status_name(status), error.message);
    ck_assert_ptr_null(questionnaire);
    ck_assert_str_eq(error.file, "q.json");
    ck_assert_msg(strstr(error.message, row->mentioned) != NULL, "%s", error.message);
    ck_assert_int_eq(error.line, row->line);
}
END_TEST

/* An answer to item X1a of the fixture "grades", whose scale is 1 to 5. */
typedef struct answer_row {
    const char *answer;
    const char *value; /* as the form has it; "": not recorded; NULL: a problem, */
    const char *mentioned;
} answer_row;

#define OURS "\"system\":\"http://anyone/CodeSystem/grades\""

static const answer_row answer_rows[] = {
    {"{\"valueCoding\":{" ORDINAL("4") "}}", "4", ""},
    {"{\"valueCoding\":{" WEIGHT("4") ",\"system\":\"theirs\",\"code\":\"1\"}}", "4", ""},
    {"{" WEIGHT("4") ",\"valueCoding\":{\"code\":\"4\"}}", "4", ""},
    {"{\"valueCoding\":{" OURS ",\"code\":\"4\"}}", "4", ""},
    {"{\"valueCoding\":{\"code\":\"4\"}}", "4", ""},
    {"{\"valueCoding\":{" OURS ",\"code\":\"not-seen\"}}", "\"not-seen\"", ""},
    {"{\"valueCoding\":{\"code\":\"not-applicable\"}}", "\"not-applicable\"", ""},
    {"{\"valueInteger\":2}", "2", ""},
    {"{\"valueDecimal\":2.0}", "2", ""},
    {"{\"extension\":[{\"url\":\"http://hl7.org/fhir/StructureDefinition/data-absent-reason\","
     "\"valueCode\":\"asked-declined\"}]}",
     "", ""},
    {"{\"valueDecimal\":2.5}", NULL, "a whole number"},
    {"{\"valueInteger\":20000}", NULL, "a whole number"},
    {"{\"valueInteger\":2," ORDINAL("3") "}", NULL, "two grades"},
    {"{\"valueString\":\"2\"}", NULL, "a Coding or a whole number"},
    {"{\"valueBoolean\":true}", NULL, "a Coding or a whole number"},
    {"{\"valueCoding\":{\"system\":\"theirs\",\"code\":\"4\"}}", NULL, "a code that the form knows"},
    {"{\"valueCoding\":{\"system\":\"x/CodeSystem/other-grades\",\"code\":\"4\"}}", NULL,
     "that the form knows"},
    {"{\"valueCoding\":{" OURS ",\"code\":\"6\"}}", NULL, "that the form knows"},
    {"{\"valueCoding\":{\"display\":\"4\"}}", NULL, "that the form knows"},
    {"{\"valueCoding\":{" OURS "," ORDINAL("3") ",\"code\":\"4\"}}", NULL, "expected the two to agree"},
    {"{\"valueCoding\":{" OURS "," ORDINAL("3") ",\"code\":\"not-seen\"}}", NULL,
     "expected the two to agree"},
    {"{\"valueCoding\":{" ORDINAL("3.5") "}}", NULL, "a whole number"},
    {"{\"valueCoding\":4}", NULL, "a Coding or a whole number"},
    {"{\"valueInteger\":1,\"valueDecimal\":1}", NULL, "several values"},
    {"{\"valueInteger\":1},{\"valueInteger\":2}", NULL, "several answers"},
    {"{\"valueInteger\":1,\"item\":[{\"linkId\":\"X1b\"}]}", NULL, "below an answer"},
    {"7", NULL, "an answer: expected an object"},
};

#define RESPONSE(items)                                                                                      \
    "{\"resourceType\":\"QuestionnaireResponse\",\"questionnaire\":\"x/Questionnaire/grades|1.0.0\",\n"      \
    "\"id\":\"r-1\",\"status\":\"completed\",\"subject\":{\"identifier\":{\"value\":\"c-1\"}},\"authored\":" \
    "\"2024-03-05\",\n"                                                                                      \
    "\"item\":[" items "]}"

typedef struct told {
    int count;
    char messages[8][320];
    int lines[8];
} told;

static void listen(const tdm_error *problem, void *payload)
{
    told *all = payload;
    ck_assert_int_lt(all->count, 8);
    snprintf(all->messages[all->count], sizeof all->messages[0], "%s", problem->message);
    all->lines[all->count++] = problem->line;
}

static tdm_status read_own(tdm_assessment **out, const char *json, bool lenient, told *all, tdm_error *error)
{
    tdm_instrument *instrument;
    const tdm_instrument *found;
    const tdm_assessment_options options = {sizeof options, lenient, listen, all};
    ck_assert_int_eq(fixture_grades(&instrument, &tdm__malloc_allocator, "worst", "none"), TDM_OK);
    const tdm__fhir_known known = {&instrument, 1, NULL, 0};
    *all = (told){0};
    tdm_status status = tdm__fhir_response_read(out, &found, &tdm__malloc_allocator, tdm__str(json),
                                                TDM_LIT("r.json"), &known, &options, error);
    tdm_instrument_free(instrument);
    return status;
}

START_TEST(grade_of_an_answer)
{
    const answer_row *row = &answer_rows[_i];
    tdm__text json, out, expected;
    tdm_assessment *form;
    tdm_error error = {0};
    told all;
    tdm__text_init(&json, &tdm__malloc_allocator);
    tdm__text_printf(&json, RESPONSE("{\"linkId\":\"X1a\",\n\"answer\":[%s]}"), row->answer);
    tdm_status status = read_own(&form, json.data, false, &all, &error);
    if (row->value) {
        ck_assert_msg(status == TDM_OK, "%s", error.message);
        tdm__text_init(&out, &tdm__malloc_allocator);
        tdm__text_init(&expected, &tdm__malloc_allocator);
        tdm__text_printf(&expected, "\"items\":{%s%s}", row->value[0] ? "\"X1a\":" : "", row->value);
        tdm_assessment_write(form, tdm__text_sink(&out), 0);
        ck_assert_msg(strstr(out.data, expected.data) != NULL, "%s", out.data);
        tdm__text_free(&out);
        tdm__text_free(&expected);
    } else {
        ck_assert_int_eq(status, TDM_INVALID_INPUT);
        ck_assert_msg(strstr(error.message, row->mentioned) != NULL, "%s", error.message);
        ck_assert_msg(strncmp(error.message, "item X1a: ", 10) == 0, "%s", error.message);
        ck_assert_int_eq(error.line, 4);
        ck_assert_int_eq(all.count, 1);
    }
    tdm_assessment_free(form);
    tdm__text_free(&json);
}
END_TEST

#define HEAD(more)                                                                                           \
    "{\"resourceType\":\"QuestionnaireResponse\",\"questionnaire\":\"x/Questionnaire/grades|1.0.0\"" more "}"
#define REST                                                                                                 \
    ",\"id\":\"r\",\"status\":\"completed\",\"subject\":{\"reference\":\"Patient/"                           \
    "1\"},\"authored\":\"2024-03-05\""
#define SECRET "his-words"

static const bad_text bad_responses[] = {
    {"{\"resourceType\":\"Bundle\"}", TDM_UNSUPPORTED, 1, "a Bundle"},
    {"{\"resourceType\":\"Questionnaire\"}", TDM_INVALID_INPUT, 1, "QuestionnaireResponse"},
    {"{\"resourceType\":\"QuestionnaireResponse\"}", TDM_INVALID_INPUT, 1, "URL|VERSION"},
    {"{\"resourceType\":\"QuestionnaireResponse\",\n\"questionnaire\":\"" SECRET "\"}", TDM_NOT_FOUND, 2,
     "/ID|VERSION"},
    {"{\"resourceType\":\"QuestionnaireResponse\",\"questionnaire\":\"x/Questionnaire/grades\"}",
     TDM_NOT_FOUND, 1, "VERSION"},
    {"{\"resourceType\":\"QuestionnaireResponse\",\"questionnaire\":\"x/Questionnaire/grades|1.0.1\"}",
     TDM_NOT_FOUND, 1, "VERSION"},
    {"{\"resourceType\":\"QuestionnaireResponse\",\"questionnaire\":\"x/Questionnaire/upgrades|1.0.0\"}",
     TDM_NOT_FOUND, 1, "VERSION"},
    {HEAD(REST ",\n\"modifierExtension\":[]"), TDM_UNSUPPORTED, 2, "modifierExtension"},
    {HEAD(",\"status\":\"completed\",\"subject\":{\"reference\":\"1\"},\"authored\":\"2024-03-05\""),
     TDM_INVALID_INPUT, 1, "\"identifier\""},
    {HEAD(",\"id\":\"r\",\"status\":\"completed\",\"authored\":\"2024-03-05\""), TDM_INVALID_INPUT, 1,
     "the child"},
    {HEAD(",\"id\":\"r\",\"status\":\"completed\",\"subject\":{\"display\":\"" SECRET
          "\"},\"authored\":\"2024-03-05\""),
     TDM_INVALID_INPUT, 1, "the child"},
    {HEAD(",\"id\":\"r\",\"status\":\"completed\",\"subject\":{\"reference\":\"1\"}"), TDM_INVALID_INPUT, 1,
     "\"authored\""},
    {HEAD(",\"id\":\"r\",\"status\":\"completed\",\"subject\":{\"reference\":\"1\"},\n\"authored\":\"2024-"
          "03\""),
     TDM_INVALID_INPUT, 2, "\"authored\""},
    {HEAD(",\"id\":\"r\",\"status\":\"completed\",\"subject\":{\"reference\":\"1\"},\n\"authored\":\"2024-02-"
          "30\""),
     TDM_INVALID_INPUT, 2, "\"authored\""},
    {HEAD(",\"id\":\"r\",\"subject\":{\"reference\":\"1\"},\"authored\":\"2024-03-05\""), TDM_INVALID_INPUT,
     1, "\"status\""},
    {HEAD(",\"id\":\"r\",\"status\":\"entered-in-error\",\"subject\":{\"reference\":\"1\"},\"authored\":"
          "\"2024-03-05\""),
     TDM_INVALID_INPUT, 1, "entered in error"},
    {HEAD(REST ",\n\"item\":{}"), TDM_INVALID_INPUT, 2, "an array"},
    {RESPONSE("{\"linkId\":\"" SECRET "\"}"), TDM_INVALID_INPUT, 3, "nothing in it has this one"},
    {RESPONSE("{\"linkId\":\"about\",\"item\":[\n{\"linkId\":\"about.shoe-size\"}]}"), TDM_INVALID_INPUT, 4,
     "nothing in it has this one"},
    {RESPONSE("{\"linkId\":\"Z9.evidence\"}"), TDM_INVALID_INPUT, 3, "nothing in it has this one"},
    {RESPONSE("\n{\"answer\":[]}"), TDM_INVALID_INPUT, 4, "a \"linkId\""},
    {RESPONSE("7"), TDM_INVALID_INPUT, 3, "a \"linkId\""},
    {RESPONSE("{\"linkId\":\"X\",\"item\":{}}"), TDM_INVALID_INPUT, 3, "to be an array"},
    {RESPONSE("{\"linkId\":\"X\",\"modifierExtension\":[]}"), TDM_INVALID_INPUT, 3, "modifierExtension"},
    {RESPONSE("{\"linkId\":\"X\",\n\"answer\":[{\"valueInteger\":5}]}"), TDM_INVALID_INPUT, 4,
     "a group with an answer"},
    {RESPONSE("{\"linkId\":\"X1a\",\"item\":[{\"linkId\":\"X1b\"}]}"), TDM_INVALID_INPUT, 3,
     "below a question"},
    {RESPONSE("{\"linkId\":\"X1a\",\n\"answer\":{}}"), TDM_INVALID_INPUT, 4, "\"answer\": expected an array"},
    {RESPONSE("{\"linkId\":\"X1a.evidence\",\n\"answer\":[{\"valueInteger\":5}]}"), TDM_INVALID_INPUT, 4,
     "a text"},
    {RESPONSE("{\"linkId\":\"X1a.evidence\"},\n{\"linkId\":\"X1a.evidence\"}"), TDM_INVALID_INPUT, 4,
     "answered already"},
    {RESPONSE("{\"linkId\":\"about.purpose\",\"answer\":[{\"valueString\":\"" SECRET "\"}]}"),
     TDM_INVALID_INPUT, 3, "one of the words"},
    {RESPONSE("{\"linkId\":\"about.recorded\",\"answer\":[{\"valueDate\":\"2024\"}]}"), TDM_INVALID_INPUT, 3,
     "a day that exists"},
    {RESPONSE("{\"linkId\":\"about.window-from\",\"answer\":[{\"valueDate\":\"2024-01-01\"}]}"),
     TDM_INVALID_INPUT, 1, "or neither"},
    {RESPONSE("{\"linkId\":\"about.window-from\",\"answer\":[{\"valueDate\":\"2024-01-02\"}]},"
              "{\"linkId\":\"about.window-to\",\"answer\":[{\"valueDate\":\"2024-01-01\"}]}"),
     TDM_INVALID_INPUT, 1, "not before the first"},
    {RESPONSE("{\"linkId\":\"about.subject-id\",\"answer\":[{\"valueString\":\"p\"}]}"), TDM_INVALID_INPUT, 1,
     "or neither"},
    {RESPONSE("{\"linkId\":\"about.carer\",\"answer\":[{\"valueString\":\"p\"}]},\n"
              "{\"linkId\":\"about.carer\",\"answer\":[{\"valueString\":\"q\"}]}"),
     TDM_INVALID_INPUT, 4, "answered already"},
    {RESPONSE("{\"linkId\":\"about.status\",\"answer\":[{\"valueString\":\"draft\"}]}"), TDM_INVALID_INPUT, 2,
     "about.status"},
    {RESPONSE("{\"linkId\":\"about.condition.calm\",\"answer\":[{\"valueInteger\":1}]}"), TDM_INVALID_INPUT,
     3, "true or false"},
    {RESPONSE("{\"linkId\":\"about.condition." SECRET "\",\"answer\":[{\"valueBoolean\":true}]}"),
     TDM_INVALID_INPUT, 3, "no rule for"},
    {RESPONSE("{\"linkId\":\"targets\",\"item\":[]}"), TDM_INVALID_INPUT, 3, "targets.item"},
    {RESPONSE("{\"linkId\":\"targets\",\"item\":[\n{\"linkId\":\"targets.shoe\"}]}"), TDM_INVALID_INPUT, 4,
     "each once"},
};

START_TEST(tells_what_a_response_lacks)
{
    const bad_text *row = &bad_responses[_i];
    tdm_assessment *form = (tdm_assessment *)&row;
    tdm_error error = {0};
    told all;
    tdm_status status = read_own(&form, row->text, false, &all, &error);
    ck_assert_msg(status == row->status, "%s: %s", tdm_status_name(status), error.message);
    ck_assert_ptr_null(form);
    ck_assert_str_eq(error.file, "r.json");
    ck_assert_msg(strstr(error.message, row->mentioned) != NULL, "%s", error.message);
    ck_assert_int_eq(error.line, row->line);
    ck_assert_ptr_null(strstr(error.message, SECRET));
}
END_TEST

static const char several[] = RESPONSE("\n{\"linkId\":\"X\",\"item\":[{\"linkId\":\"X1\",\"item\":[\n"
                                       "{\"linkId\":\"X1a\",\"answer\":[{\"valueString\":\"" SECRET "\"}]},\n"
                                       "{\"linkId\":\"X1b\",\"answer\":[{\"valueInteger\":2}]},\n"
                                       "{\"linkId\":\"X1b\",\"answer\":[{\"valueInteger\":5}]}]},\n"
                                       "{\"linkId\":\"" SECRET "\"},\n"
                                       "{\"linkId\":\"X2\",\"answer\":[{\"valueInteger\":4}]}]}");

/* Lines 6, 8 and 9; of two answers that differ neither stands; what is good is kept. */
START_TEST(all_problems_are_told)
{
    static const int lines[] = {5, 7, 8};
    tdm_assessment *form;
    tdm_error error = {0};
    told all;
    bool lenient = _i == 1;
    tdm_status status = read_own(&form, several, lenient, &all, &error);
    ck_assert_int_eq(all.count, 3);
    for (int i = 0; i < 3; i++) {
        ck_assert_int_eq(all.lines[i], lines[i]);
        ck_assert_ptr_null(strstr(all.messages[i], SECRET));
    }
    if (!lenient) {
        ck_assert_int_eq(status, TDM_INVALID_INPUT);
        ck_assert_int_eq(error.line, lines[0]);
        return;
    }
    ck_assert_int_eq(status, TDM_OK);
    ck_assert_uint_eq(form->entry_count, 1);
    ck_assert_str_eq(form->entries[0].item.data, "X2");
    ck_assert_int_eq(form->entries[0].value, 4);
    ck_assert_uint_eq(form->left_out_count, 3);
    tdm_assessment_free(form);
}
END_TEST

/* Link ids that areas are called by: the questions are numbered instead, and all others with them. */
START_TEST(link_ids_never_clash_with_areas)
{
    static const char json[] = QUESTIONS(YES_NO("g1") "," YES_NO("fine"));
    tdm__fhir_questionnaire *questionnaire;
    ck_assert_int_eq(tdm__fhir_questionnaire_read(&questionnaire, &tdm__malloc_allocator, tdm__str(json),
                                                  TDM_LIT("q.json"), NULL),
                     TDM_OK);
    const tdm_instrument *instrument = tdm__fhir_questionnaire_instrument(questionnaire);
    ck_assert_str_eq(instrument->items.items[0].code.data, "q1");
    ck_assert_str_eq(instrument->items.items[1].code.data, "q2");
    tdm__fhir_questionnaire_free(questionnaire);
}
END_TEST

/* "Would rather not say" has no grade: what it would add is not known, so there is no total. */
START_TEST(option_without_a_grade_is_missing)
{
    static const char questions[] = QUESTIONS(YES_NO("a") "," CHOICE(
        "b", OPTION("y", "1") "," OPTION("n", "0") ",{\"valueCoding\":{\"code\":\"none\"}}"));
    static const char answers[] = "{\"resourceType\":\"QuestionnaireResponse\",\"questionnaire\":\"u\"" REST
                                  ",\"item\":["
                                  "{\"linkId\":\"a\",\"answer\":[{\"valueCoding\":{\"code\":\"y\"}}]},"
                                  "{\"linkId\":\"b\",\"answer\":[{\"valueCoding\":{\"code\":\"none\"}}]}]}";
    tdm__fhir_questionnaire *questionnaire;
    const tdm_instrument *instrument;
    tdm_assessment *form;
    tdm_score *score;
    tdm_score_view total;
    ck_assert_int_eq(tdm__fhir_questionnaire_read(&questionnaire, &tdm__malloc_allocator, tdm__str(questions),
                                                  TDM_LIT("q"), NULL),
                     TDM_OK);
    const tdm__fhir_known known = {NULL, 0, &questionnaire, 1};
    ck_assert_int_eq(tdm__fhir_response_read(&form, &instrument, &tdm__malloc_allocator, tdm__str(answers),
                                             TDM_LIT("r"), &known, NULL, NULL),
                     TDM_OK);
    ck_assert_int_eq(tdm_score_make(&score, &tdm__malloc_allocator, form, instrument, NULL, NULL), TDM_OK);
    ck_assert(tdm_score_total(&total, score));
    ck_assert(!total.assessed);
    ck_assert_int_eq(total.low, 1);
    ck_assert_int_eq(total.high, 2);
    ck_assert_int_eq(total.not_recorded, 1);
    tdm_score_free(score);
    tdm_assessment_free(form);
    tdm__fhir_questionnaire_free(questionnaire);
}
END_TEST

/* A given Questionnaire of a form of ours, filled in with codes of others: scored by the definition. */
START_TEST(codes_are_looked_up_in_the_questionnaire)
{
    static const char questions[] = "{\"resourceType\":\"Questionnaire\",\"url\":\"x/Questionnaire/"
                                    "grades\",\"version\":\"1.0.0\",\"item\":[" CHOICE(
                                        "X1a", OPTION("fine", "1") "," OPTION("bad", "5")) "]}";
    static const char answers[] =
        RESPONSE("{\"linkId\":\"X1a\",\"answer\":[{\"valueCoding\":{\"system\":\"s\",\"code\":\"bad\"}}]}");
    tdm_instrument *instrument;
    tdm__fhir_questionnaire *questionnaire;
    const tdm_instrument *found;
    tdm_assessment *form;
    ck_assert_int_eq(fixture_grades(&instrument, &tdm__malloc_allocator, "worst", "none"), TDM_OK);
    ck_assert_int_eq(tdm__fhir_questionnaire_read(&questionnaire, &tdm__malloc_allocator, tdm__str(questions),
                                                  TDM_LIT("q"), NULL),
                     TDM_OK);
    const tdm__fhir_known known = {&instrument, 1, &questionnaire, 1};
    ck_assert_int_eq(tdm__fhir_response_read(&form, &found, &tdm__malloc_allocator, tdm__str(answers),
                                             TDM_LIT("r"), &known, NULL, NULL),
                     TDM_OK);
    ck_assert_ptr_eq(found, instrument);
    ck_assert_int_eq(form->entries[0].value, 5);
    tdm_assessment_free(form);
    tdm__fhir_questionnaire_free(questionnaire);
    tdm_instrument_free(instrument);
}
END_TEST

Suite *fhir_other_suite(void)
{
    Suite *suite = suite_create("FHIR of others");
    TCase *all = tcase_create("FHIR");
    tcase_add_loop_test(all, adds_up_what_others_filled_in, 0, ROWS(third_parties));
    tcase_add_test(all, survives_every_failed_allocation);
    tcase_add_test(all, keeps_who_and_when);
    tcase_add_test(all, areas_are_groups_with_one_scale);
    tcase_add_loop_test(all, tells_what_a_questionnaire_lacks, 0, ROWS(bad_questionnaires));
    tcase_add_loop_test(all, grade_of_an_answer, 0, ROWS(answer_rows));
    tcase_add_loop_test(all, tells_what_a_response_lacks, 0, ROWS(bad_responses));
    tcase_add_loop_test(all, all_problems_are_told, 0, 2);
    tcase_add_test(all, link_ids_never_clash_with_areas);
    tcase_add_test(all, option_without_a_grade_is_missing);
    tcase_add_test(all, codes_are_looked_up_in_the_questionnaire);
    suite_add_tcase(suite, all);
    return suite;
}

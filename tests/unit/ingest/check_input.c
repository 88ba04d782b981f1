/*
 * Inputs: which reader takes what, and what is refused with which words.
 */
#include "ingest/gathered.h"
#include "ingest/suites.h"
#include "support.h"

#include <string.h>

typedef struct look {
    const char *content;
    const char *reader; /* NULL: none */
} look;

static const look looks[] = {
    {"{\"type\":\"event\"}\n", "ndjson"},
    {"  {\"type\" : \"child\"}", "ndjson"},
    {"{\"child\":\"A\",\"type\":\"event\"}\n{\"type\":\"event\"}\n", "ndjson"},
    {"\xef\xbb\xbf{\"type\":\"event\"}\n", "ndjson"},
    {"{\"instrument\":\"x\",\"subject\":{\"type\":\"child\"},\"items\":{}}\n", "assessment"},
    {"{\n  \"instrument\": \"x\",\n  \"items\": {}\n}\n", "assessment"},
    {"{\"type\": \"assessment\",\n  \"instrument\": \"x\",\n  \"items\": {}\n}\n", "assessment"},
    {"[[[", "assessment"},
    {"<?xml version=\"1.0\"?>\n<Message>", "cin-census"},
    {"<!DOCTYPE x><Message>", "cin-census"},
    {"tidemark assessment,1\ninstrument,x\n", "sheet"},
    {"\xef\xbb\xbf\"Tidemark assessment\";1;\r\n", "sheet"},
    {"date,tidemark assessment\n", "csv"},
    {"{\"resourceType\": \"QuestionnaireResponse\", \"type\": 1, \"kind\": 2}\n", "fhir"},
    {"{\n  \"item\": [{\"type\": \"group\"}],\n  \"resourceType\": \"Questionnaire\"\n}\n", "fhir"},
    {"{\"resourceType\":\"Patient\"}\n", "fhir"},
    {"{\"type\":\"event\",\"facts\":{\"resourceType\":\"Questionnaire\"}}\n", "ndjson"},
    {"{\"instrument\":\"x\",\"items\":{\"resourceType\":1}}\n", "assessment"},
    {"cont_contact_id,cont_person_id,cont_contact_date\n", "ssd"},
    {"[{\"la_child_id\": \"A\"}]", "dfe-api"},
    {"pupilonrolltableid,sessions,attendancereason\n", "school-census"},
    {"<html></html>", NULL},
    {"Child,Date\n", "csv"},
};

START_TEST(readers_know_their_own)
{
    size_t count;
    const tdm__reader *readers = tdm__readers(&count);
    const char *found = NULL;
    for (size_t i = 0; i < count; i++)
        if (readers[i].recognises(tdm__str(looks[_i].content))) {
            ck_assert_msg(found == NULL, "%s and %s", found, readers[i].name);
            found = readers[i].name;
        }
    if (!looks[_i].reader)
        ck_assert_ptr_null(found);
    else
        ck_assert_str_eq(found, looks[_i].reader);
}
END_TEST

typedef struct refusal {
    const char *content;
    size_t length; /* 0: up to the zero byte */
    tdm_status status;
    const char *says;
} refusal;

static const refusal refusals[] = {
    {"", 0, TDM_INVALID_INPUT, "empty"},
    {"\xef\xbb\xbf", 0, TDM_INVALID_INPUT, "empty"},
    {"a\0b", 3, TDM_ENCODING, "not text"},
    {"\xff\xfe"
     "a\0",
     4, TDM_ENCODING, "UTF-16"},
    {"SQLite format 3\0....", 20, TDM_UNSUPPORTED, "store"},
    {"<html></html>", 0, TDM_UNSUPPORTED, "no reader"},
    {"Child,Date\nA,2024-03-05\n", 0, TDM_INVALID_INPUT, "--map"},
    {"{\"a\": 1}", 0, TDM_INVALID_INPUT, "neither an assessment"},
    {"{\"resourceType\": \"Patient\"}", 0, TDM_UNSUPPORTED,
     "only a Questionnaire and a QuestionnaireResponse"},
    {"tidemark assessment,1\nchild,\x81\n", 0, TDM_ENCODING, "neither UTF-8 nor Windows-1252"},
};

START_TEST(what_cannot_be_read_is_refused)
{
    const refusal *r = &refusals[_i];
    gathered g;
    ck_assert_int_eq(gathered_init(&g, NULL), TDM_OK);
    tdm__input input = {.name = TDM_LIT("in"),
                        .content = {r->content, r->length ? r->length : strlen(r->content)}};
    ck_assert_int_eq(tdm__ingest(&g.collection, &input, &g.error), r->status);
    ck_assert_str_eq(g.error.file, "in");
    ck_assert_msg(strstr(g.error.message, r->says) != NULL, "%s", g.error.message);
    gathered_free(&g);
}
END_TEST

START_TEST(deep_json_is_refused_by_its_place)
{
    gathered g;
    char deep[10001];
    memset(deep, '[', 10000);
    deep[10000] = '\0';
    ck_assert_int_eq(gathered_init(&g, NULL), TDM_OK);
    ck_assert_int_eq(gathered_content(&g, "deep.json", deep, ""), TDM_TOO_LARGE);
    ck_assert_str_eq(g.error.file, "deep.json");
    ck_assert_int_eq(g.error.line, 1);
    gathered_free(&g);
}
END_TEST

START_TEST(no_file_is_opened_where_none_may_be)
{
    gathered g;
    ck_assert_int_eq(gathered_init(&g, NULL), TDM_OK);
    ck_assert_int_eq(gathered_path(&g, "no/such/file.csv", ""), TDM_NOT_FOUND);
    g.context->files_allowed = false;
    ck_assert_int_eq(gathered_path(&g, "fixtures/census-2019/census.xml", ""), TDM_UNSUPPORTED);
    tdm__input input = {.name = TDM_LIT("in"), .content = TDM_LIT("a,b\n"), .map = TDM_LIT("x/map.json")};
    ck_assert_int_eq(tdm__ingest(&g.collection, &input, &g.error), TDM_UNSUPPORTED);
    /* A bare name is looked for in the data folder, which is always allowed. */
    input.map = TDM_LIT("no-such-map");
    ck_assert_int_eq(tdm__ingest(&g.collection, &input, &g.error), TDM_NOT_FOUND);
    gathered_free(&g);
}
END_TEST

START_TEST(a_format_may_be_named)
{
    gathered g;
    ck_assert_int_eq(gathered_init(&g, NULL), TDM_OK);
    tdm__input input = {.name = TDM_LIT("in"), .content = TDM_LIT("Child\n"), .format = TDM_LIT("ndjson")};
    ck_assert_int_eq(tdm__ingest(&g.collection, &input, &g.error), TDM_OK);
    ck_assert_str_eq(gathered_account(&g, 0), "1 0 1");
    input.format = TDM_LIT("parchment");
    ck_assert_int_eq(tdm__ingest(&g.collection, &input, &g.error), TDM_INVALID_ARG);
    gathered_free(&g);
}
END_TEST

typedef struct written {
    const char *content;
    const char *format; /* "": look */
    tdm_status status;
    tdm__written form;
    const char *kept;
} written;

#define SHEET    "tidemark assessment;1\ncarer;"
#define RESPONSE "{\"resourceType\": \"QuestionnaireResponse\"}"
#define JSON     "{\"instrument\": \"x\",\n\"items\": {}}"
static const written forms[] = {
    {JSON, "", TDM_OK, TDM__WRITTEN_JSON, JSON},
    {JSON, "assessment", TDM_OK, TDM__WRITTEN_JSON, JSON},
    {SHEET "p-1", "", TDM_OK, TDM__WRITTEN_SHEET, SHEET "p-1"},
    {"\xef\xbb\xbf" SHEET "p-1", "sheet", TDM_OK, TDM__WRITTEN_SHEET, SHEET "p-1"},
    {SHEET "d\xe9"
           "cor",
     "", TDM_OK, TDM__WRITTEN_SHEET,
     SHEET "d\xc3\xa9"
           "cor"},
    {SHEET "p-1", "assessment", TDM_OK, TDM__WRITTEN_SHEET, SHEET "p-1"},
    {RESPONSE, "", TDM_OK, TDM__WRITTEN_FHIR, RESPONSE},
    {RESPONSE, "assessment", TDM_OK, TDM__WRITTEN_FHIR, RESPONSE},
    {"{\"id\": 1, \"resourceType\": \"Questionnaire\"}", "fhir", TDM_OK, TDM__WRITTEN_FHIR_QUESTIONNAIRE,
     "{\"id\": 1, \"resourceType\": \"Questionnaire\"}"},
    {JSON, "sheet", TDM_INVALID_INPUT, TDM__WRITTEN_JSON, NULL},
    {JSON, "fhir", TDM_UNSUPPORTED, TDM__WRITTEN_JSON, NULL},
};

/* An assessment is one row, in whatever form it comes, and goes on as text. */
START_TEST(an_assessment_is_kept_in_its_form)
{
    const written *row = &forms[_i];
    gathered g;
    ck_assert_int_eq(gathered_init(&g, NULL), TDM_OK);
    tdm__input input = {
        .name = TDM_LIT("in"), .content = tdm__str(row->content), .format = tdm__str(row->format)};
    ck_assert_int_eq(tdm__ingest(&g.collection, &input, &g.error), row->status);
    ck_assert_uint_eq(g.collection.assessment_count, row->kept ? 1 : 0);
    if (row->kept) {
        const tdm__raw_assessment *raw = &g.collection.assessments[0];
        ck_assert_int_eq(raw->form, row->form);
        ck_assert_str_eq(raw->content.data, row->kept);
        ck_assert_str_eq(raw->file.data, "in");
        ck_assert_int_eq(raw->line, 1);
        ck_assert_str_eq(gathered_account(&g, 0), "1 1 0");
        ck_assert_str_eq(gathered_diagnostics(&g, NULL),
                         strchr(row->content, '\xe9') ? "2 encoding-assumed \n" : "");
    }
    gathered_free(&g);
}
END_TEST

static tdm_status keep_three_forms(const tdm_allocator *allocator)
{
    static const char *const contents[] = {JSON,
                                           SHEET "d\xe9"
                                                 "cor",
                                           RESPONSE};
    gathered g;
    tdm_status status = gathered_init(&g, allocator);
    for (size_t i = 0; i < 3 && status == TDM_OK; i++)
        status = gathered_content(&g, "in", contents[i], "");
    gathered_free(&g);
    return status;
}

START_TEST(keeping_forms_survives_every_failed_allocation)
{
    TEST_EVERY_ALLOCATION(keep_three_forms);
}
END_TEST

Suite *input_suite(void)
{
    Suite *suite = suite_create("ingest input");
    TCase *tests = tcase_create("input");
    tcase_add_loop_test(tests, readers_know_their_own, 0, sizeof looks / sizeof looks[0]);
    tcase_add_loop_test(tests, what_cannot_be_read_is_refused, 0, sizeof refusals / sizeof refusals[0]);
    tcase_add_test(tests, deep_json_is_refused_by_its_place);
    tcase_add_test(tests, no_file_is_opened_where_none_may_be);
    tcase_add_test(tests, a_format_may_be_named);
    tcase_add_loop_test(tests, an_assessment_is_kept_in_its_form, 0, sizeof forms / sizeof forms[0]);
    tcase_add_test(tests, keeping_forms_survives_every_failed_allocation);
    suite_add_tcase(suite, tests);
    return suite;
}

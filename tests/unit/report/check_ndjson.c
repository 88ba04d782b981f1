/*
 * The export: one object a line, in the agreed order, nothing that was not recorded.
 */
#include "ingest/ingest.h"
#include "report/fixture.h"
#include "report/suites.h"
#include "json/json.h"

static report_fixture *fixture;

static void set_up(void)
{
    fixture = report_fixture_new();
}

static void tear_down(void)
{
    report_fixture_free(fixture);
}

static tdm__text exported(const char *assessment, tdm_status expected)
{
    tdm__text text;
    tdm_error error = {0};
    tdm__kept_assessment one = {TDM_LIT("a.json"), 1, tdm__str(assessment)};
    tdm__text_init(&text, &tdm__malloc_allocator);
    tdm_status status = tdm__report_ndjson(fixture->chronology, &one, assessment ? 1 : 0,
                                           &tdm__malloc_allocator, report_text_sink(&text), &error);
    ck_assert_int_eq(status, expected);
    return text;
}

static tdm__json *line_of(tdm_str *rest)
{
    tdm__json *document;
    tdm_error error = {0};
    tdm_str line = tdm__str_split(rest, '\n');
    tdm_status status = tdm__json_parse(&document, &tdm__malloc_allocator, line, TDM_LIT("export"), &error);
    ck_assert_msg(status == TDM_OK, "%s: %.*s", error.message, TDM_STR_ARGS(line));
    return document;
}

START_TEST(each_line_is_an_object_in_order)
{
    static const char *const types[] = {"source",   "source", "child", "child",     "coverage",
                                        "coverage", "event",  "event", "event",     "event",
                                        "event",    "event",  "event", "assessment"};
    tdm__text text = exported("{\n \"instrument\": \"graded-care\",\n \"items\": {\"A1\": 3}\n}", TDM_OK);
    tdm_str rest = tdm__text_str(&text);
    for (size_t i = 0; i < sizeof types / sizeof types[0]; i++) {
        tdm__json *document = line_of(&rest);
        const tdm__json_value *type = tdm__json_first(tdm__json_root(document));
        ck_assert(tdm__str_equal(tdm__json_name(type), TDM_LIT("type")));
        ck_assert_msg(tdm__str_equal(tdm__json_string(type), tdm__str(types[i])), "line %zu", i + 1);
        tdm__json_free(document);
    }
    ck_assert_uint_eq(rest.length, 0);
    tdm__text_free(&text);
}
END_TEST

START_TEST(an_event_has_what_was_recorded_and_no_more)
{
    static const char *const members[] = {"type",     "id",      "child",  "occurred", "occurred_as_written",
                                          "recorded", "agency",  "source", "kind",     "significance",
                                          "text",     "incident"};
    tdm__text text = exported(NULL, TDM_OK);
    tdm_str rest = tdm__text_str(&text);
    for (int i = 0; i < 6; i++)
        tdm__json_free(line_of(&rest));
    tdm__json *document = line_of(&rest);
    const tdm__json_value *member = tdm__json_first(tdm__json_root(document));
    for (size_t i = 0; i < sizeof members / sizeof members[0]; i++, member = tdm__json_next(member))
        ck_assert_msg(tdm__str_equal(tdm__json_name(member), tdm__str(members[i])), "%s", members[i]);
    ck_assert_ptr_null(member);
    tdm_str hostile = tdm__json_string(tdm__json_member(tdm__json_root(document), "text"));
    ck_assert(tdm__str_equal(hostile, TDM_LIT(HOSTILE)));
    tdm__json_free(document);
    tdm__text_free(&text);
}
END_TEST

START_TEST(coverage_and_no_contact_are_told_apart)
{
    tdm__text text = exported(NULL, TDM_OK);
    tdm_str rest = tdm__text_str(&text);
    for (int i = 0; i < 4; i++)
        tdm__json_free(line_of(&rest));
    tdm__json *covers = line_of(&rest), *no_contact = line_of(&rest);
    ck_assert_ptr_null(tdm__json_member(tdm__json_root(covers), "no_contact"));
    ck_assert(tdm__json_bool(tdm__json_member(tdm__json_root(no_contact), "no_contact")));
    tdm_str to = tdm__json_string(tdm__json_member(tdm__json_root(covers), "to"));
    ck_assert(tdm__str_equal(to, TDM_LIT("2024-03-31")));
    tdm__json_free(covers);
    tdm__json_free(no_contact);
    tdm__text_free(&text);
}
END_TEST

/* Reads a text as our own NDJSON and exports it. */
static tdm__text written_again(tdm_str text)
{
    tdm_context *context;
    tdm__collection collection;
    tdm_chronology *again;
    tdm_error error = {0};
    tdm__text second;
    tdm_context_options options = {.struct_size = sizeof options};
    ck_assert_int_eq(tdm_context_new(&context, &options), TDM_OK);
    ck_assert_int_eq(tdm__collection_init(&collection, context, fixture->vocabulary), TDM_OK);
    tdm__input input = {.name = TDM_LIT("export.ndjson"), .content = text, .format = TDM_LIT("ndjson")};
    tdm_status status = tdm__ingest(&collection, &input, &error);
    ck_assert_msg(status == TDM_OK, "%s", error.message);
    ck_assert_uint_eq(collection.diagnostics.count, 0);
    ck_assert_int_eq(tdm__builder_freeze(&again, collection.builder, &collection.diagnostics), TDM_OK);
    tdm__text_init(&second, &tdm__malloc_allocator);
    ck_assert_int_eq(
        tdm__report_ndjson(again, NULL, 0, &tdm__malloc_allocator, report_text_sink(&second), &error),
        TDM_OK);
    tdm_chronology_free(again);
    tdm__collection_free(&collection);
    tdm_context_free(context);
    return second;
}

/* Export, read it, export again: the same bytes. */
START_TEST(what_is_read_again_is_written_the_same)
{
    tdm__text first = exported(NULL, TDM_OK), second = written_again(tdm__text_str(&first));
    ck_assert_str_eq(second.data, first.data);
    tdm__text_free(&first);
    tdm__text_free(&second);
}
END_TEST

/* Some facts, all in full; none at all; one kind in part. As the export writes it, so it stays. */
START_TEST(what_a_source_could_tell_is_written_the_same)
{
    static const char first[] =
        "{\"type\":\"source\",\"id\":\"one\",\"name\":\"a.csv\",\"agency\":\"school\",\"carries\":["
        "\"referral\","
        "\"allocation\"],\"facts\":[\"referral.no_further_action\",\"allocation.worker\"]}\n"
        "{\"type\":\"source\",\"id\":\"two\",\"name\":\"b.csv\",\"agency\":\"school\",\"carries\":["
        "\"allocation\"],"
        "\"facts\":[],\"in_part\":[\"allocation\"]}\n";
    tdm__text second = written_again(tdm__str(first));
    tdm_str rest = tdm__text_str(&second), wanted = tdm__str(first);
    for (int line = 0; line < 2; line++) {
        tdm__json *got = line_of(&rest), *expected = line_of(&wanted);
        static const char *const members[] = {"carries", "facts", "in_part"};
        for (size_t i = 0; i < sizeof members / sizeof *members; i++) {
            const tdm__json_value *a = tdm__json_member(tdm__json_root(got), members[i]);
            const tdm__json_value *b = tdm__json_member(tdm__json_root(expected), members[i]);
            ck_assert_int_eq(a != NULL, b != NULL);
            if (!a)
                continue;
            ck_assert_uint_eq(tdm__json_count(a), tdm__json_count(b));
            for (a = tdm__json_first(a), b = tdm__json_first(b); a;
                 a = tdm__json_next(a), b = tdm__json_next(b))
                ck_assert(tdm__str_equal(tdm__json_string(a), tdm__json_string(b)));
        }
        tdm__json_free(got);
        tdm__json_free(expected);
    }
    tdm__text third = written_again(tdm__text_str(&second));
    ck_assert_str_eq(third.data, second.data);
    tdm__text_free(&second);
    tdm__text_free(&third);
}
END_TEST

START_TEST(an_assessment_that_is_no_object_is_refused)
{
    tdm__text text = exported("[1]", TDM_INVALID_INPUT);
    tdm__text_free(&text);
}
END_TEST

Suite *ndjson_suite(void)
{
    Suite *suite = suite_create("ndjson");
    TCase *tests = tcase_create("export");
    tcase_add_checked_fixture(tests, set_up, tear_down);
    tcase_add_test(tests, each_line_is_an_object_in_order);
    tcase_add_test(tests, an_event_has_what_was_recorded_and_no_more);
    tcase_add_test(tests, coverage_and_no_contact_are_told_apart);
    tcase_add_test(tests, what_is_read_again_is_written_the_same);
    tcase_add_test(tests, what_a_source_could_tell_is_written_the_same);
    tcase_add_test(tests, an_assessment_that_is_no_object_is_refused);
    suite_add_tcase(suite, tests);
    return suite;
}

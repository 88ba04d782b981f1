/*
 * Review JSON, read again by our strict reader.
 */
#include "report/fixture.h"
#include "report/suites.h"
#include "json/json.h"

static report_fixture *fixture;
static tdm__json *document;

static void set_up(void)
{
    fixture = report_fixture_new();
    document = NULL;
}

static void tear_down(void)
{
    tdm__json_free(document);
    report_fixture_free(fixture);
}

static const tdm__json_value *written(const tdm__report_options *options)
{
    tdm_error error = {0};
    tdm__text text = report_written(tdm__report_json, &fixture->run, options);
    tdm_status status = tdm__json_parse(&document, &tdm__malloc_allocator, tdm__text_str(&text),
                                        TDM_LIT("review"), &error);
    ck_assert_msg(status == TDM_OK, "line %d: %s", (int)error.line, error.message);
    ck_assert_int_eq(text.data[text.length - 1], '\n');
    tdm__text_free(&text);
    return tdm__json_root(document);
}

static const tdm__json_value *item(const tdm__json_value *list, int index)
{
    const tdm__json_value *at = tdm__json_first(list);
    for (; index > 0; index--)
        at = tdm__json_next(at);
    return at;
}

static void check_text(const tdm__json_value *object, const char *name, const char *expected)
{
    tdm_str text = tdm__json_string(tdm__json_member(object, name));
    ck_assert_msg(tdm__str_equal(text, tdm__str(expected)), "%s: %.*s", name, TDM_STR_ARGS(text));
}

static void check_members(const tdm__json_value *object, const char *const *names, size_t count)
{
    const tdm__json_value *member = tdm__json_first(object);
    for (size_t i = 0; i < count; i++) {
        ck_assert_msg(member != NULL, "no %s", names[i]);
        ck_assert_msg(tdm__str_equal(tdm__json_name(member), tdm__str(names[i])), "%s", names[i]);
        member = tdm__json_next(member);
    }
    ck_assert_ptr_null(member);
}

#define CHECK_MEMBERS(object, ...)                                                                           \
    do {                                                                                                     \
        static const char *const names_[] = {__VA_ARGS__};                                                   \
        check_members(object, names_, sizeof names_ / sizeof names_[0]);                                     \
    } while (0)

START_TEST(the_members_are_those_agreed)
{
    const tdm__json_value *root = written(NULL);
    const tdm__json_value *child = item(tdm__json_member(root, "children"), 0);
    const tdm__json_value *prompt = item(tdm__json_member(child, "prompts"), 0);
    const tdm__json_value *spell = item(tdm__json_member(prompt, "spells"), 0);
    const tdm__json_value *evidence = item(tdm__json_member(spell, "evidence"), 0);
    CHECK_MEMBERS(root, "schema", "tidemark", "as_of", "policy", "indicators", "checks", "children",
                  "diagnostics", "accounting");
    CHECK_MEMBERS(child, "child", "born", "assessments", "incidents", "checks", "checks_not_assessed",
                  "timeline", "prompts", "not_assessed");
    CHECK_MEMBERS(prompt, "indicator", "answer", "severity", "current", "first_met", "sentence", "spells");
    CHECK_MEMBERS(spell, "key", "answer", "from", "to", "evidence");
    CHECK_MEMBERS(evidence, "event", "occurred", "from", "to", "agency", "kind", "source", "incident_number");
    check_text(root, "as_of", "2024-09-30");
    check_text(child, "born", "2016-03-14");
    check_text(prompt, "answer", "met");
    check_text(prompt, "first_met", "2024-02-29");
    check_text(evidence, "occurred", "4/11/23");
    check_text(evidence, "from", "2023-11-04");
    ck_assert_uint_eq(tdm__json_count(tdm__json_member(spell, "evidence")), 3);
    ck_assert_uint_eq(tdm__json_count(tdm__json_member(child, "assessments")), 1);
}
END_TEST

START_TEST(the_level_of_response_has_both_bounds)
{
    const tdm__json_value *child = item(tdm__json_member(written(NULL), "children"), 0);
    const tdm__json_value *step = item(tdm__json_member(child, "timeline"), 1);
    int64_t certain, possible;
    check_text(step, "from", "2024-02-01");
    check_text(step, "to", "2024-02-29");
    ck_assert(tdm__json_int64(&certain, tdm__json_member(tdm__json_member(step, "level"), "certain")));
    ck_assert(tdm__json_int64(&possible, tdm__json_member(tdm__json_member(step, "level"), "possible")));
    ck_assert_int_eq(certain, 0);
    ck_assert_int_eq(possible, 3);
}
END_TEST

START_TEST(only_possible_has_no_first_day)
{
    const tdm__json_value *child = item(tdm__json_member(written(NULL), "children"), 0);
    const tdm__json_value *prompt = item(tdm__json_member(child, "prompts"), 1);
    check_text(prompt, "answer", "possible");
    ck_assert_int_eq(tdm__json_type_of(tdm__json_member(prompt, "first_met")), TDM__JSON_NULL);
}
END_TEST

START_TEST(parameters_have_their_own_form)
{
    const tdm__json_value *indicators = tdm__json_member(written(NULL), "indicators");
    const tdm__json_value *first = item(indicators, 0);
    const tdm__json_value *params = tdm__json_member(first, "params");
    int64_t months;
    ck_assert(tdm__json_number(tdm__json_member(tdm__json_member(params, "ratio"), "value")) == 1.5);
    const tdm__json_value *span = tdm__json_member(tdm__json_member(params, "within"), "value");
    ck_assert(tdm__json_int64(&months, tdm__json_member(span, "months")));
    ck_assert_int_eq(months, 12);
    check_text(tdm__json_member(params, "within"), "from", "policy/default.json:12");
    /* The statutory standing begins after the as-of day. */
    ck_assert_uint_eq(tdm__json_count(tdm__json_member(first, "standing")), 1);
    ck_assert(!tdm__json_bool(tdm__json_member(item(indicators, 2), "on")));
}
END_TEST

START_TEST(not_assessed_names_the_script_that_failed)
{
    const tdm__json_value *child = item(tdm__json_member(written(NULL), "children"), 1);
    const tdm__json_value *list = tdm__json_member(child, "not_assessed");
    int64_t line;
    ck_assert_uint_eq(tdm__json_count(list), 2);
    CHECK_MEMBERS(item(list, 0), "indicator", "reason");
    check_text(item(list, 1), "reason", "script-error");
    check_text(item(list, 1), "file", "indicators/x.lua");
    ck_assert(tdm__json_int64(&line, tdm__json_member(item(list, 1), "line")));
    ck_assert_int_eq(line, 17);
    ck_assert_int_eq(tdm__json_type_of(tdm__json_member(child, "born")), TDM__JSON_NULL);
}
END_TEST

START_TEST(explain_all_adds_what_was_not_met)
{
    fixture->run.explain_all = true;
    fixture->no_prompts[0].answer = TDM_NOT_MET;
    fixture->no_prompts[0].reason = "none-found";
    const tdm__json_value *child = item(tdm__json_member(written(NULL), "children"), 1);
    ck_assert_uint_eq(tdm__json_count(tdm__json_member(child, "not_assessed")), 1);
    check_text(item(tdm__json_member(child, "not_met"), 0), "reason", "none-found");
}
END_TEST

START_TEST(events_come_whole_on_request)
{
    tdm__report_options options = {.with_events = true};
    const tdm__json_value *child = item(tdm__json_member(written(&options), "children"), 0);
    const tdm__json_value *events = tdm__json_member(child, "events");
    ck_assert_uint_eq(tdm__json_count(events), 6);
    check_text(item(events, 0), "text", HOSTILE);
    check_text(item(events, 0), "incident", "INC");
    check_text(item(events, 2), "occurred", "2024-02");
    ck_assert_ptr_null(tdm__json_member(item(events, 2), "significance"));
    ck_assert_ptr_null(tdm__json_member(item(events, 5), "occurred"));
    ck_assert(tdm__json_bool(tdm__json_member(item(events, 4), "after")));
}
END_TEST

START_TEST(past_prompts_can_be_left_out)
{
    tdm__report_options options = {.current_only = true};
    const tdm__json_value *child = item(tdm__json_member(written(&options), "children"), 0);
    ck_assert_uint_eq(tdm__json_count(tdm__json_member(child, "prompts")), 1);
}
END_TEST

START_TEST(many_children_give_counts_of_what_was_not_assessed)
{
    static tdm__child_result many[TDM__NOT_ASSESSED_CHILDREN + 1];
    for (size_t i = 0; i < TDM__NOT_ASSESSED_CHILDREN + 1; i++)
        many[i] = fixture->children[1];
    many[7].no_prompt_count = 1; /* lacks the second */
    fixture->run.children = many;
    fixture->run.child_count = TDM__NOT_ASSESSED_CHILDREN + 1;
    const tdm__json_value *root = written(NULL);
    const tdm__json_value *counts = tdm__json_member(root, "not_assessed");
    int64_t first, second;
    ck_assert_uint_eq(tdm__json_count(counts), 2);
    ck_assert(tdm__json_int64(&first, tdm__json_member(item(counts, 0), "children")));
    ck_assert(tdm__json_int64(&second, tdm__json_member(item(counts, 1), "children")));
    ck_assert_int_eq(first, 1001);
    ck_assert_int_eq(second, 1000);
    ck_assert_ptr_null(tdm__json_member(item(tdm__json_member(root, "children"), 0), "not_assessed"));
}
END_TEST

START_TEST(the_same_run_gives_the_same_bytes)
{
    tdm__text one = report_written(tdm__report_json, &fixture->run, NULL);
    tdm__text other = report_written(tdm__report_json, &fixture->run, NULL);
    ck_assert(tdm__str_equal(tdm__text_str(&one), tdm__text_str(&other)));
    tdm__text_free(&one);
    tdm__text_free(&other);
}
END_TEST

Suite *json_suite(void)
{
    Suite *suite = suite_create("json");
    TCase *tests = tcase_create("review");
    tcase_add_checked_fixture(tests, set_up, tear_down);
    tcase_add_test(tests, the_members_are_those_agreed);
    tcase_add_test(tests, the_level_of_response_has_both_bounds);
    tcase_add_test(tests, only_possible_has_no_first_day);
    tcase_add_test(tests, parameters_have_their_own_form);
    tcase_add_test(tests, not_assessed_names_the_script_that_failed);
    tcase_add_test(tests, explain_all_adds_what_was_not_met);
    tcase_add_test(tests, events_come_whole_on_request);
    tcase_add_test(tests, past_prompts_can_be_left_out);
    tcase_add_test(tests, many_children_give_counts_of_what_was_not_assessed);
    tcase_add_test(tests, the_same_run_gives_the_same_bytes);
    suite_add_tcase(suite, tests);
    return suite;
}

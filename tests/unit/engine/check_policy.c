/*
 * Policies: defaults, which file wins, where each value comes from, and every way to be wrong.
 */
#include "engine/world.h"

#include <stdio.h>
#include <string.h>

static const char many_types[] =
    "share = { type = 'percent', default = 10, max = 50, doc = 'D' },\n"
    "ratio = { type = 'ratio', default = 1.5, min = 1, max = 4, doc = 'D' },\n"
    "mode = { type = 'choice', default = 'a', choices = { 'a', 'b' }, doc = 'D' },\n"
    "flag = { type = 'flag', default = false, doc = 'D' },\n"
    "codes = { type = 'list', default = { 'gp' }, doc = 'D' },\n"
    "spans = { type = 'list', default = { { months = 9 } }, doc = 'D' },\n";
static const world_script scripts[] = {{.id = "one", .params = many_types}, {.id = "two"}};

typedef struct read_policy {
    tdm__catalogue *catalogue;
    tdm__review_policy *policy;
    tdm_error error;
    tdm_status status;
} read_policy;

/* Files "policy/a.json", "policy/b.json"; NULL: none. */
static read_policy read(const char *a, const char *b)
{
    read_policy r = {NULL, NULL, {0}, TDM_OK};
    tdm__policy_text files[] = {{TDM_LIT("policy/a.json"), tdm__str(a), false},
                                {TDM_LIT("policy/b.json"), tdm__str(b), false}};
    ck_assert_int_eq(world_catalogue(&r.catalogue, &tdm__malloc_allocator, scripts, 2, 0, &r.error), TDM_OK);
    r.status = tdm__policy_new(&r.policy, &tdm__malloc_allocator, files, (a != NULL) + (b != NULL),
                               r.catalogue, &r.error);
    return r;
}

static void done(read_policy *r)
{
    tdm__policy_free(r->policy);
    tdm__catalogue_free(r->catalogue);
}

static const tdm__effective_param *param(const read_policy *r, const char *name)
{
    const tdm__effective_indicator *one = &r->policy->indicators[0];
    for (size_t i = 0; i < one->indicator->param_count; i++)
        if (tdm__str_equal(one->params[i].param->name, tdm__str(name)))
            return &one->params[i];
    ck_abort_msg("no parameter %s", name);
    return NULL;
}

static void same(tdm_str got, const char *expected)
{
    ck_assert_msg(tdm__str_equal(got, tdm__str(expected)), "'%.*s', expected '%s'", TDM_STR_ARGS(got),
                  expected);
}

START_TEST(without_files_the_scripts_decide)
{
    read_policy r = read(NULL, NULL);
    ck_assert_int_eq(r.status, TDM_OK);
    same(r.policy->nation, "england");
    ck_assert_int_eq(r.policy->current_days, 180);
    ck_assert(r.policy->indicators[0].on && r.policy->indicators[1].on);
    same(r.policy->indicators[0].on_from, "");
    ck_assert_int_eq(r.policy->indicators[0].severity, TDM__PROMPT_REVIEW);
    same(param(&r, "number")->words, "3");
    same(param(&r, "number")->from, "indicators/drift/one.lua");
    same(r.policy->indicators[0].definition, "D 3");
    done(&r);
}
END_TEST

START_TEST(the_later_file_wins_and_each_value_names_its_line)
{
    read_policy r = read("{\"policy\": 1, \"title\": \"A\", \"current_days\": 30,\n"
                         " \"indicators\": {\"one\": {\"severity\": \"soon\",\n"
                         "   \"params\": {\"number\": 4,\n"
                         "     \"flag\": true}},\n"
                         "  \"two\": {\"on\": false}}}",
                         "{\"policy\": 1, \"title\": \"B\",\n\n"
                         " \"indicators\": {\"one\": {\"params\": {\n"
                         "     \"number\": 5}},\n"
                         "  \"two\": {\n \"on\": true}}}");
    ck_assert_msg(r.status == TDM_OK, "%s", r.error.message);
    same(r.policy->title, "B");
    ck_assert_int_eq(r.policy->current_days, 30);
    ck_assert_int_eq(r.policy->indicators[0].severity, TDM__PROMPT_SOON);
    same(param(&r, "number")->words, "5");
    same(param(&r, "number")->from, "policy/b.json:4");
    same(param(&r, "flag")->words, "yes");
    same(param(&r, "flag")->from, "policy/a.json:4");
    same(param(&r, "within")->from, "indicators/drift/one.lua");
    same(r.policy->indicators[0].definition, "D 5");
    ck_assert(r.policy->indicators[1].on);
    same(r.policy->indicators[1].on_from, "policy/b.json:6");
    /* What the script is given is what is shown. */
    ck_assert_int_eq(r.policy->values[0][param(&r, "number") - r.policy->indicators[0].params].number, 5);
    ck_assert_uint_eq(r.policy->file_count, 2);
    same(r.policy->files[1].name, "policy/b.json");
    done(&r);
}
END_TEST

static const struct {
    const char *name, *json, *words;
} values[] = {
    {"number", "9", "9"},
    {"number", "1.0", "1"},
    {"within", "{\"days\": 90}", "90 days"},
    {"within", "{\"months\": 24}", "24 months"},
    {"within", "{\"working_days\": 5}", "5 working days"},
    {"share", "12.5", "12.5 %"},
    {"share", "50", "50 %"},
    {"ratio", "1.005", "1.005"},
    {"ratio", "4", "4"},
    {"mode", "\"b\"", "b"},
    {"flag", "true", "yes"},
    {"codes", "[\"gp\", \"police\"]", "gp and police"},
    {"spans", "[{\"months\": 9}, {\"months\": 12}]", "9 and 12 months"},
};

START_TEST(values_of_each_type)
{
    char text[256];
    snprintf(text, sizeof text, "{\"policy\": 1, \"indicators\": {\"one\": {\"params\": {\"%s\": %s}}}}",
             values[_i].name, values[_i].json);
    read_policy r = read(text, NULL);
    ck_assert_msg(r.status == TDM_OK, "%s: %s", text, r.error.message);
    same(param(&r, values[_i].name)->words, values[_i].words);
    same(param(&r, values[_i].name)->from, "policy/a.json:1");
    done(&r);
}
END_TEST

#define RELIABILITY(value)                                                                                   \
    "{\"policy\": 1,\n\"instruments\": {\"home-conditions\": {\n\"reliability\": " value "}}}"
#define PARAM(name, value)                                                                                   \
    "{\"policy\": 1,\n\"indicators\": {\"one\": {\"params\": {\n\"" name "\": " value "}}}}"

static const struct {
    const char *text;
    int line;
    const char *message;
} wrong[] = {
    {"{\"policy\": 2}", 1, "\"policy\": 1"},
    {"{\"policy\": \"1\"}", 1, "policy"},
    {"{\n\"title\": \"T\"}", 1, "policy"},
    {"[]", 1, "a policy"},
    {"{\"policy\": 1,\n\"indicator\": {}}", 2, "indicator"},
    {"{\"policy\": 1,\n\"clocks\": {}}", 2, "unknown member"},
    {"{\"policy\": 1,\n\"clocks\": {}}", 2, "unknown member"},
    {"{\"policy\": 1,\n\"terms\": {}}", 2, "must be a string"},
    {"{\"policy\": 1,\n\"title\": 7}", 2, "title"},
    {"{\"policy\": 1,\n\"nation\": \"wales\"}", 2, "england"},
    {"{\"policy\": 1,\n\"include\": \"a.json\"}", 2, "include"},
    {"{\"policy\": 1,\n\"current_days\": 0}", 2, "from 1 to 36600"},
    {"{\"policy\": 1,\n\"current_days\": 1.5}", 2, "whole number"},
    {"{\"policy\": 1,\n\"dates\": {\"approximate_days\": 367}}", 2, "from 0 to 366"},
    {"{\"policy\": 1,\n\"dates\": {\n\"days\": 3}}", 3, "days"},
    {"{\"policy\": 1,\n\"dates\": {\"pivot\": -1}}", 2, "from 0 to 99"},
    {"{\"policy\": 1,\n\"indicators\": {\n\"three\": {\"on\": true}}}", 3, "no script has"},
    {"{\"policy\": 1,\n\"indicators\": {\"one\": true}}", 2, "entry"},
    {"{\"policy\": 1,\n\"indicators\": {\"one\": {\n\"off\": true}}}", 3, "unknown member"},
    {"{\"policy\": 1,\n\"indicators\": {\"one\": {\n\"on\": \"yes\"}}}", 3, "on"},
    {"{\"policy\": 1,\n\"indicators\": {\"one\": {\n\"severity\": \"high\"}}}", 3,
     "information, review or soon"},
    {"{\"policy\": 1,\n\"indicators\": {\"one\": {\n\"params\": []}}}", 3, "params"},
    {"{\"policy\": 1,\n\"instruments\": {\"graded-care\": {\n\"policy\": \"sum\"}}}", 3, "unknown member"},
    {RELIABILITY("{\"reliability\": 0.9, \"standard_deviation\": 2}"), 3, "source"},
    {RELIABILITY("{\"reliability\": 0.9, \"source\": \"s\"}"), 3, "standard_deviation"},
    {RELIABILITY("{\"standard_deviation\": 2, \"source\": \"s\"}"), 3, "reliability"},
    {RELIABILITY("{\"reliability\": 1, \"standard_deviation\": 2, \"source\": \"s\"}"), 3, "below 1"},
    {RELIABILITY("{\"reliability\": 0.9, \"standard_deviation\": 0, \"source\": \"s\"}"), 3, "above 0"},
    {RELIABILITY("{\"reliability\": 0.9, \"standard_deviation\": 2, \"source\": \" \"}"), 3, "come from"},
    {RELIABILITY("0.9"), 3, "reliability"},
    {PARAM("numbers", "4"), 3, "no such parameter"},
    {PARAM("number", "\"4\""), 3, "whole number"},
    {PARAM("number", "4.5"), 3, "whole number"},
    {PARAM("number", "0"), 3, "number of one"},
    {PARAM("number", "10"), 3, "number of one"},
    {PARAM("number", "9e15"), 3, "number of one"},
    {PARAM("number", "-1e300"), 3, "2^53"},
    {PARAM("number", "null"), 3, "whole number"},
    {PARAM("within", "12"), 3, "a span"},
    {PARAM("within", "{\"weeks\": 3}"), 3, "a span"},
    {PARAM("within", "{\"months\": 3, \"days\": 1}"), 3, "a span"},
    {PARAM("within", "{\"months\": 1.5}"), 3, "a span"},
    {PARAM("within", "{\"months\": -1}"), 3, "a span"},
    {PARAM("within", "{\"months\": 25}"), 3, "within of one"},
    {PARAM("share", "12.55"), 3, "one decimal place"},
    {PARAM("share", "51"), 3, "share of one"},
    {PARAM("ratio", "1.0005"), 3, "three decimal places"},
    {PARAM("ratio", "0.9"), 3, "ratio of one"},
    {PARAM("ratio", "9e15"), 3, "three decimal places"},
    {PARAM("mode", "1"), 3, "choices"},
    {PARAM("mode", "\"c\""), 3, "mode of one"},
    {PARAM("flag", "1"), 3, "true or false"},
    {PARAM("codes", "\"gp\""), 3, "a list"},
    {PARAM("codes", "[1]"), 3, "a list"},
    {PARAM("spans", "[\"gp\"]"), 3, "a list"},
    {"{\"policy\": 1,\n\"title\": \"T\",}", 2, ""},
    {"{\"policy\": 1,\n\"policy\": 1}", 2, ""},
};

START_TEST(each_mistake_names_file_and_line)
{
    read_policy r = read("{\"policy\": 1}", wrong[_i].text);
    ck_assert_msg(r.status == TDM_INVALID_INPUT, "%s gives %s", wrong[_i].text, tdm_status_name(r.status));
    ck_assert_ptr_null(r.policy);
    ck_assert_str_eq(r.error.file, "policy/b.json");
    ck_assert_msg(r.error.line == wrong[_i].line, "%s: line %d", wrong[_i].text, (int)r.error.line);
    ck_assert_msg(strstr(r.error.message, wrong[_i].message) != NULL, "%s: %s", wrong[_i].text,
                  r.error.message);
    done(&r);
}
END_TEST

START_TEST(the_hash_is_that_of_names_contents_and_order)
{
    const char *a = "{\"policy\": 1}", *b = "{\"policy\": 1} ";
    read_policy first = read(a, b), again = read(a, b), turned = read(b, a), single = read(a, NULL);
    ck_assert_str_eq(first.policy->hash, again.policy->hash);
    ck_assert_str_ne(first.policy->hash, turned.policy->hash);
    ck_assert_str_ne(first.policy->hash, single.policy->hash);
    ck_assert_uint_eq(strlen(first.policy->hash), 64);
    /* printf '{"policy": 1}' | sha256sum */
    ck_assert_str_eq(first.policy->files[0].hash,
                     "f4ee1b16a2b11ab1c9831e13ba08ecb79ef415c6e4dd0f25edca8ac64a82d651");
    done(&first);
    done(&again);
    done(&turned);
    done(&single);
}
END_TEST

START_TEST(the_last_file_that_chooses_an_aggregation_wins)
{
    read_policy r =
        read("{\"policy\": 1, \"instruments\": {\"x\": {\"aggregation\": \"sum\"},\n"
             "\"y\": {\"aggregation\": \"worst\"}}}",
             "{\"policy\": 1, \"instruments\": {\"x\": {\"aggregation\": \"worst\"}, \"y\": {}}}");
    ck_assert_msg(r.status == TDM_OK, "%s", r.error.message);
    same(tdm__policy_aggregation(r.policy, TDM_LIT("x")), "worst");
    same(tdm__policy_aggregation(r.policy, TDM_LIT("y")), "worst");
    same(tdm__policy_aggregation(r.policy, TDM_LIT("z")), "");
    ck_assert(!tdm__policy_reliability(r.policy, TDM_LIT("x")).given);
    done(&r);
}
END_TEST

static const struct {
    const char *text, *message;
} instruments_wrong[] = {
    {"{\"policy\": 1,\n\"instruments\": {\"home-condition\": {}}}", "no file has"},
    {"{\"policy\": 1,\n\"instruments\": {\"home-conditions\": {\"aggregation\": \"average\"}}}", "majority"},
    {"{\"policy\": 1,\n\"instruments\": {\"home-conditions\": {\"aggregation\": \"sum\"}}}", NULL},
};

#define FIGURES "{\"reliability\": 0.75, \"standard_deviation\": 2, \"source\": \"a study\"}"

START_TEST(a_reliability_comes_whole)
{
    read_policy r = read("{\"policy\": 1, \"instruments\": {\"x\": {\"aggregation\": \"sum\"}}}",
                         "{\"policy\": 1, \"instruments\": {\"x\": {\"reliability\": " FIGURES "}}}");
    ck_assert_int_eq(r.status, TDM_OK);
    tdm__reliability given = tdm__policy_reliability(r.policy, TDM_LIT("x"));
    ck_assert(given.given);
    ck_assert_double_eq(given.reliability, 0.75);
    ck_assert_double_eq(given.standard_deviation, 2);
    same(given.source, "a study");
    same(tdm__policy_aggregation(r.policy, TDM_LIT("x")), "sum");
    done(&r);
}
END_TEST

START_TEST(instruments_of_a_policy_must_be_there)
{
    tdm_error error = {0};
    tdm_instrument *instrument = world_instrument();
    read_policy r = read("{\"policy\": 1}", instruments_wrong[_i].text);
    ck_assert_int_eq(r.status, TDM_OK);
    tdm_status status = tdm__policy_check_instruments(r.policy, &instrument, 1, &error);
    const char *expected = instruments_wrong[_i].message;
    ck_assert_int_eq(status, expected ? TDM_INVALID_INPUT : TDM_OK);
    if (expected) {
        ck_assert_msg(strstr(error.message, expected) != NULL, "%s", error.message);
        ck_assert_str_eq(error.file, "policy/b.json");
        ck_assert_int_eq(error.line, 2);
    }
    done(&r);
    tdm_instrument_free(instrument);
}
END_TEST

START_TEST(included_and_replaced_names_come_in_their_order)
{
    tdm__arena arena;
    tdm_error error = {0};
    tdm_str *names;
    size_t count;
    tdm__policy_text file = {TDM_LIT("p.json"),
                             TDM_LIT("{\"include\": [\"b.json\", \"a.json\"],\n\"indicators\": "
                                     "{\"x\": {\"replace\": \"y\"}, \"z\": {}}}"),
                             false};
    tdm__policy_text wrong_file = {TDM_LIT("p.json"), TDM_LIT("{\"include\": [\n7]}"), false};
    tdm__arena_init(&arena, &tdm__malloc_allocator);
    ck_assert_int_eq(tdm__policy_includes(&names, &count, &arena, file, &error), TDM_OK);
    ck_assert_uint_eq(count, 2);
    same(names[0], "b.json");
    same(names[1], "a.json");
    ck_assert_int_eq(tdm__policy_replaced(&names, &count, &arena, file, &error), TDM_OK);
    ck_assert_uint_eq(count, 1);
    same(names[0], "y");
    ck_assert_int_eq(tdm__policy_includes(&names, &count, &arena, wrong_file, &error), TDM_INVALID_INPUT);
    ck_assert_str_eq(error.file, "p.json");
    ck_assert_int_eq(error.line, 2);
    tdm__arena_free(&arena);
}
END_TEST

static tdm__catalogue *held;

static tdm_status read_with(const tdm_allocator *allocator)
{
    tdm_error error;
    tdm__review_policy *policy;
    tdm__policy_text file = {
        TDM_LIT("policy/a.json"),
        TDM_LIT("{\"policy\": 1, \"title\": \"T\", \"indicators\": {\"one\": {\"on\": true, "
                "\"params\": {\"number\": 4, \"codes\": [\"gp\"], \"spans\": [{\"days\": "
                "3}], \"mode\": \"b\"}}}}"),
        false};
    tdm_status status = tdm__policy_new(&policy, allocator, &file, 1, held, &error);
    ck_assert((status == TDM_OK) == (policy != NULL));
    tdm__policy_free(policy);
    return status;
}

START_TEST(memory_may_run_out_anywhere)
{
    tdm_error error;
    ck_assert_int_eq(world_catalogue(&held, &tdm__malloc_allocator, scripts, 2, 0, &error), TDM_OK);
    TEST_EVERY_ALLOCATION(read_with);
    tdm__catalogue_free(held);
}
END_TEST

Suite *policy_suite(void)
{
    Suite *suite = suite_create("policy");
    TCase *tests = tcase_create("policy");
    tcase_add_test(tests, without_files_the_scripts_decide);
    tcase_add_test(tests, the_later_file_wins_and_each_value_names_its_line);
    tcase_add_loop_test(tests, values_of_each_type, 0, (int)ROWS(values));
    tcase_add_loop_test(tests, each_mistake_names_file_and_line, 0, (int)ROWS(wrong));
    tcase_add_test(tests, the_hash_is_that_of_names_contents_and_order);
    tcase_add_test(tests, the_last_file_that_chooses_an_aggregation_wins);
    tcase_add_test(tests, a_reliability_comes_whole);
    tcase_add_loop_test(tests, instruments_of_a_policy_must_be_there, 0, (int)ROWS(instruments_wrong));
    tcase_add_test(tests, included_and_replaced_names_come_in_their_order);
    tcase_add_test(tests, memory_may_run_out_anywhere);
    suite_add_tcase(suite, tests);
    return suite;
}

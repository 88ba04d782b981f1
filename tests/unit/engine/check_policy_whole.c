/*
 * Policies as a whole: every mistake told together, composites and caps as they are read, the list of values
 * and what differs between two.
 */
#include "engine/policy_values.h"
#include "engine/world.h"

#include <stdio.h>
#include <string.h>

static const world_script scripts[] = {
    {.id = "one",
     .group = "drift",
     .params = "mode = { type = 'choice', default = 'a', choices = { 'a', 'b' }, "
               "doc = 'D', standing = 'research' },\n"},
    {.id = "two", .group = "drift"},
    {.id = "three", .group = "repeat"},
};

typedef struct whole {
    tdm__catalogue *catalogue;
    tdm__review_policy *policy;
    tdm_error error;
    tdm_status status;
    tdm_error told[16];
    size_t told_count;
} whole;

static void tell(const tdm_error *problem, void *payload)
{
    whole *w = payload;
    ck_assert_uint_lt(w->told_count, ROWS(w->told));
    w->told[w->told_count++] = *problem;
}

/* Files "a.json", "b.json"; NULL: none. */
static void read_all(whole *w, const char *a, const char *b)
{
    *w = (whole){.catalogue = NULL};
    tdm__policy_text files[] = {{TDM_LIT("a.json"), tdm__str(a), false},
                                {TDM_LIT("b.json"), tdm__str(b), false}};
    ck_assert_int_eq(
        world_catalogue(&w->catalogue, &tdm__malloc_allocator, scripts, ROWS(scripts), 0, &w->error), TDM_OK);
    tdm__policy_asked asked = {.files = files,
                               .file_count = (a != NULL) + (b != NULL),
                               .catalogue = w->catalogue,
                               .tell = tell,
                               .payload = w};
    w->status = tdm__policy_read(&w->policy, &tdm__malloc_allocator, &asked, &w->error);
}

static void done(whole *w)
{
    tdm__policy_free(w->policy);
    tdm__catalogue_free(w->catalogue);
}

static void same(tdm_str got, const char *expected)
{
    ck_assert_msg(tdm__str_equal(got, tdm__str(expected)), "'%.*s', expected '%s'", TDM_STR_ARGS(got),
                  expected);
}

START_TEST(every_mistake_is_told)
{
    static const struct {
        const char *file;
        int line;
        const char *part;
    } expected[] = {
        {"a.json", 2, "unknown member"}, {"a.json", 3, "from 1 to 36600"},   {"a.json", 4, "england"},
        {"b.json", 2, "no script has"},  {"b.json", 3, "review or soon"},    {"b.json", 4, "number of one"},
        {"b.json", 5, "no such param"},  {"b.json", 6, "there is no check"},
    };
    whole w;
    read_all(
        &w, "{\"policy\": 1,\n\"surprise\": 1,\n\"current_days\": 0,\n\"nation\": \"wales\"}",
        "{\"policy\": 1, \"indicators\": {\n\"four\": {},\n\"one\": {\"severity\": \"high\",\n\"params\": "
        "{\"number\": 10,\n\"numbers\": 1}}},\n\"checks\": {\"x\": {}}}");
    ck_assert_int_eq(w.status, TDM_INVALID_INPUT);
    ck_assert_ptr_null(w.policy);
    ck_assert_uint_eq(w.told_count, ROWS(expected));
    ck_assert_str_eq(w.error.message, w.told[0].message);
    for (size_t i = 0; i < ROWS(expected); i++) {
        size_t found = 0;
        for (size_t k = 0; k < w.told_count; k++)
            found += strcmp(w.told[k].file, expected[i].file) == 0 && w.told[k].line == expected[i].line &&
                     strstr(w.told[k].message, expected[i].part) != NULL;
        ck_assert_msg(found == 1, "%s:%d %s: %zu", expected[i].file, expected[i].line, expected[i].part,
                      found);
    }
    done(&w);
}
END_TEST

START_TEST(a_file_that_is_no_json_does_not_hide_the_other)
{
    whole w;
    read_all(&w, "{\"policy\": 1,\n", "{\"policy\": 1,\n\"caps\": {\n\"none\": 1}}");
    ck_assert_int_eq(w.status, TDM_INVALID_INPUT);
    ck_assert_uint_eq(w.told_count, 2);
    ck_assert_str_eq(w.told[0].file, "a.json");
    ck_assert_str_eq(w.told[1].file, "b.json");
    ck_assert_int_eq(w.told[1].line, 3);
    done(&w);
}
END_TEST

/* --- composites --- */

#define COMPOSITE(entry) "{\"policy\": 1,\n\"composites\": {" entry "}}"
#define GOOD(rest)                                                                                           \
    "\"x\": {\"title\": \"T\", \"of\": [\"one\", \"two\"], \"within\": {\"months\": 6}" rest "}"

static const struct {
    const char *text;
    int line;
    const char *part;
} wrong[] = {
    {COMPOSITE("\n\"X\": {}"), 3, "small letters"},
    {COMPOSITE("\n\"\": {}"), 3, "small letters"},
    {COMPOSITE("\n\"x\": true"), 3, "expected an object"},
    {COMPOSITE(GOOD(",\n\"weight\": 3")), 3, "unknown member"},
    {COMPOSITE("\"x\": {\"of\": [\"one\", \"two\"], \"within\": {\"days\": 3}}"), 2, "\"title\" is missing"},
    {COMPOSITE("\"x\": {\"title\": \"T\", \"within\": {\"days\": 3}}"), 2, "\"of\" is missing"},
    {COMPOSITE("\"x\": {\"title\": \"T\", \"of\": [\"one\", \"two\"]}"), 2, "\"within\" is missing"},
    {COMPOSITE("\"x\": {\"title\": \" \", \"of\": [\"one\", \"two\"], \"within\": {\"days\": 3}}"), 2,
     "words"},
    {COMPOSITE(GOOD(",\n\"sentence\": \"\"")), 3, "words"},
    {COMPOSITE(GOOD(",\n\"at_least\": 1")), 3, "from 2 to 8"},
    {COMPOSITE(GOOD(",\n\"at_least\": 3")), 2, "more indicators than it names"},
    {COMPOSITE(GOOD(",\n\"severity\": \"high\"")), 3, "review or soon"},
    {COMPOSITE(GOOD(",\n\"on\": 1")), 3, "true or false"},
    {COMPOSITE("\"x\": {\"title\": \"T\", \"of\": [\"one\"], \"within\": {\"days\": 3}}"), 2, "2 to 8"},
    {COMPOSITE("\"x\": {\"title\": \"T\", \"of\": [\"one\", \"four\"], \"within\": {\"days\": 3}}"), 2,
     "id of an indicator"},
    {COMPOSITE("\"x\": {\"title\": \"T\", \"of\": [\"one\", 7], \"within\": {\"days\": 3}}"), 2,
     "id of an indicator"},
    {COMPOSITE("\"x\": {\"title\": \"T\", \"of\": [\"one\", \"one\"], \"within\": {\"days\": 3}}"), 2,
     "twice"},
    {COMPOSITE("\"x\": {\"title\": \"T\", \"of\": [\"one\", \"composite/x\"], \"within\": {\"days\": 3}}"), 2,
     "id of an indicator"},
    {COMPOSITE("\"x\": {\"title\": \"T\", \"of\": [\"one\", \"two\"], \"within\": {\"days\": 0}}"), 2,
     "a span"},
    {COMPOSITE("\"x\": {\"title\": \"T\", \"of\": [\"one\", \"two\"], \"within\": {\"working_days\": 3}}"), 2,
     "a span"},
    {COMPOSITE("\"x\": {\"title\": \"T\", \"of\": [\"one\", \"two\"], \"within\": {\"months\": 1201}}"), 2,
     "a span"},
    {"{\"policy\": 1, \"indicators\": {\"two\": {\"on\": false}},\n\"composites\": {" GOOD("") "}}", 2,
     "switched off, by b.json:1"},
    {"{\"policy\": 1,\n\"caps\": {\"none\": 1}}", 2, "no group"},
    {"{\"policy\": 1,\n\"caps\": {\"drift\": -1}}", 2, "from 0 to 999"},
    {"{\"policy\": 1,\n\"caps\": {\"drift\": \"1\"}}", 2, "from 0 to 999"},
    {"{\"policy\": 1,\n\"caps\": {\"drift\": {}}}", 2, "prompts_shown"},
    {"{\"policy\": 1,\n\"caps\": {\"drift\": {\"shown\": 1}}}", 2, "unknown member"},
};

START_TEST(a_mistake_in_a_composite_or_cap_is_told_once)
{
    whole w;
    read_all(&w, "{\"policy\": 1}", wrong[_i].text);
    ck_assert_msg(w.status == TDM_INVALID_INPUT, "%s", wrong[_i].text);
    ck_assert_msg(w.told_count == 1, "%s: %zu, %s", wrong[_i].text, w.told_count, w.told[1].message);
    ck_assert_str_eq(w.error.file, "b.json");
    ck_assert_msg(strstr(w.error.message, wrong[_i].part) != NULL, "%s: %s", wrong[_i].text, w.error.message);
    ck_assert_msg(w.error.line == wrong[_i].line, "%s: line %d", wrong[_i].text, (int)w.error.line);
    done(&w);
}
END_TEST

START_TEST(a_later_file_sets_members_of_a_composite)
{
    whole w;
    read_all(&w,
             "{\"policy\": 1, \"composites\": {\n" GOOD(",\n\"on\": false") "}, \"caps\": {\"drift\": 2}}",
             "{\"policy\": 1, \"composites\": {\"x\": {\n\"within\": {\"days\": 90}, \"on\": true},\n"
             "\"w\": {\"title\": \"W\", \"of\": [\"three\", \"one\", \"two\"], \"at_least\": 2, \"within\": "
             "{\"days\": "
             "1}}},\n\"caps\": {\"drift\": {\"prompts_shown\": 3}, \"composite\": 0}}");
    ck_assert_msg(w.status == TDM_OK, "%s", w.error.message);
    ck_assert_uint_eq(w.policy->composite_count, 2);
    ck_assert_uint_eq(w.policy->indicator_count, 5);
    const tdm__effective_indicator *first = &w.policy->indicators[3], *second = &w.policy->indicators[4];
    same(first->indicator->id, "composite/w");
    same(second->indicator->id, "composite/x");
    same(second->indicator->file, "a.json");
    same(second->params[1].words, "90 days");
    same(second->params[1].from, "b.json:2");
    same(second->params[0].words, "2");
    same(second->params[0].from, "a.json:2");
    ck_assert(second->on);
    same(second->on_from, "b.json:2");
    same(first->definition,
         "at least 2 of three, one and two are met within 1 day of each other: one window of that "
         "length is touched by a spell of each");
    ck_assert_uint_eq(w.policy->cap_count, 2);
    same(w.policy->caps[0].group, "composite");
    ck_assert_int_eq(w.policy->caps[0].prompts_shown, 0);
    ck_assert_int_eq(w.policy->caps[1].prompts_shown, 3);
    same(w.policy->caps[1].from, "b.json:4");
    done(&w);
}
END_TEST

/* --- values --- */

static const tdm__policy_value *value_of(const tdm__policy_values *values, const char *section,
                                         const char *id, const char *name)
{
    tdm__policy_value like = {.section = section, .id = tdm__str(id), .name = tdm__str(name)};
    const tdm__policy_value *found = tdm__policy_value_find(values, &like);
    ck_assert_msg(found != NULL, "%s %s %s", section, id, name);
    return found;
}

static const struct {
    const char *section, *id, *name, *value, *from, *standing, *offered;
} rows[] = {
    {"policy", "", "title", "Ours", "a.json:1", "", ""},
    {"policy", "", "current_days", "30", "a.json:2", "", "1 to 36600"},
    {"dates", "", "pivot", "40", "a.json:3", "", "0 to 99"},
    {"dates", "", "approximate_days", "7", "default", "", "0 to 366"},
    {"indicators", "one", "on", "on", "default", "", ""},
    {"indicators", "two", "on", "off", "a.json:4", "", ""},
    {"indicators", "one", "severity", "review", "default", "", "information, review, soon"},
    {"indicators", "one", "params.mode", "b", "a.json:5", "research", "a, b"},
    {"indicators", "one", "params.number", "3", "indicators/drift/one.lua", "local", "1 to 9"},
    {"indicators", "one", "params.within", "12 months", "indicators/drift/one.lua", "local",
     "at most 24 months"},
    {"caps", "drift", "prompts_shown", "4", "a.json:6", "", ""},
    {"composites", "composite/x", "of", "one, three", "a.json:7", "local", ""},
    {"composites", "composite/x", "at_least", "2", "a.json:7", "local", ""},
    {"instruments", "home-conditions", "aggregation", "worst", "a.json:8", "", ""},
    {"instruments", "home-conditions", "reliability", "not known", "default", "", ""},
};
static const char values_file[] =
    "{\"policy\": 1, \"title\": \"Ours\",\n\"current_days\": 30,\n\"dates\": {\"pivot\": "
    "40},\n\"indicators\": "
    "{\"two\": {\"on\": false},\n\"one\": {\"params\": {\"mode\": \"b\"}}},\n\"caps\": {\"drift\": "
    "4},\n\"composites\": {\"x\": {\"title\": \"T\", \"of\": [\"one\", \"three\"], \"within\": {\"days\": "
    "9}}},\n\"instruments\": {\"home-conditions\": {\"aggregation\": \"worst\"}}}";

START_TEST(each_value_has_words_and_a_place)
{
    whole w;
    tdm__arena arena;
    tdm__policy_values values;
    tdm_instrument *instrument = world_instrument();
    tdm__arena_init(&arena, &tdm__malloc_allocator);
    read_all(&w, values_file, NULL);
    ck_assert_msg(w.status == TDM_OK, "%s", w.error.message);
    ck_assert_int_eq(tdm__policy_values_of(&values, &arena, w.policy, &instrument, 1), TDM_OK);
    ck_assert_uint_le(values.count, values.capacity);
    for (size_t i = 0; i < ROWS(rows); i++) {
        const tdm__policy_value *value = value_of(&values, rows[i].section, rows[i].id, rows[i].name);
        same(value->value, rows[i].value);
        same(value->from, rows[i].from);
        same(value->standing, rows[i].standing);
        same(value->offered, rows[i].offered);
    }
    tdm__arena_free(&arena);
    tdm_instrument_free(instrument);
    done(&w);
}
END_TEST

START_TEST(what_differs_is_by_value_and_not_by_place)
{
    whole a, b;
    tdm__arena arena;
    tdm__policy_values values_a, values_b;
    tdm__policy_difference *items;
    size_t count;
    tdm__arena_init(&arena, &tdm__malloc_allocator);
    /* The same 30 days from another line, another choice, a cap on one side each. */
    read_all(&a, "{\"policy\": 1, \"current_days\": 30, \"caps\": {\"drift\": 1}}", NULL);
    read_all(&b,
             "{\"policy\": 1,\n\"current_days\": 30, \"caps\": {\"repeat\": 1}, \"indicators\": {\"one\": "
             "{\"params\": "
             "{\"mode\": \"b\"}}}}",
             NULL);
    ck_assert_int_eq(tdm__policy_values_of(&values_a, &arena, a.policy, NULL, 0), TDM_OK);
    ck_assert_int_eq(tdm__policy_values_of(&values_b, &arena, b.policy, NULL, 0), TDM_OK);
    ck_assert_int_eq(tdm__policy_values_compare(&items, &count, &arena, &values_a, &values_b), TDM_OK);
    ck_assert_uint_eq(count, 3);
    same(items[0].a->name, "params.mode");
    same(items[0].a->value, "a");
    same(items[0].b->value, "b");
    same(items[1].a->id, "drift");
    ck_assert_ptr_null(items[1].b);
    ck_assert_ptr_null(items[2].a);
    same(items[2].b->id, "repeat");
    tdm__arena_free(&arena);
    done(&a);
    done(&b);
}
END_TEST

static tdm__catalogue *held;

static tdm_status list_with(const tdm_allocator *allocator)
{
    tdm_error error;
    tdm__arena arena;
    tdm__policy_values values;
    tdm__review_policy *policy;
    tdm__policy_text file = {TDM_LIT("a.json"), tdm__str(values_file), false};
    tdm_status status = tdm__policy_new(&policy, allocator, &file, 1, held, &error);
    tdm__arena_init(&arena, allocator);
    if (status == TDM_OK)
        status = tdm__policy_values_of(&values, &arena, policy, NULL, 0);
    tdm__arena_free(&arena);
    tdm__policy_free(policy);
    return status;
}

START_TEST(memory_may_run_out_anywhere)
{
    tdm_error error;
    ck_assert_int_eq(world_catalogue(&held, &tdm__malloc_allocator, scripts, ROWS(scripts), 0, &error),
                     TDM_OK);
    TEST_EVERY_ALLOCATION(list_with);
    tdm__catalogue_free(held);
}
END_TEST

Suite *policy_whole_suite(void)
{
    Suite *suite = suite_create("policy as a whole");
    TCase *tests = tcase_create("policy as a whole");
    tcase_add_test(tests, every_mistake_is_told);
    tcase_add_test(tests, a_file_that_is_no_json_does_not_hide_the_other);
    tcase_add_loop_test(tests, a_mistake_in_a_composite_or_cap_is_told_once, 0, (int)ROWS(wrong));
    tcase_add_test(tests, a_later_file_sets_members_of_a_composite);
    tcase_add_test(tests, each_value_has_words_and_a_place);
    tcase_add_test(tests, what_differs_is_by_value_and_not_by_place);
    tcase_add_test(tests, memory_may_run_out_anywhere);
    suite_add_tcase(suite, tests);
    return suite;
}

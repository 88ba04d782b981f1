/*
 * The policy's word on measures of the scorecard: switched, their numbers, where each value comes from, and
 * every way to be wrong.
 */
#include "engine/card.h"
#include "engine/policy_values.h"

#include <string.h>

static const char probe[] =
    "return { id = 'probe', version = '1.0.0', group = 'drift', title = 'T', definition = 'Within "
    "{limit}.',\n"
    "numerator = 'those in {limit}', denominator = '', exclusions = {}, pitfalls = {},\n"
    "evidence = { source = 'S', standing = { 'local' } }, needs = {}, unit = 'rows', chart = 'none',\n"
    "params = { limit = { type = 'count', default = 15, min = 1, max = 90, doc = 'D', standing = 'statutory' "
    "},\n"
    "flag = { type = 'flag', default = false, doc = 'D' } },\n"
    "measure = function(m, p) return m:count { of = m:rows({ kind = 'referral' }):starting() } end,\n"
    "examples = { { name = 'none', from = '2024-01-01', to = '2024-12-31', expect = { numerator = 0 },\n"
    "events = { { 'A', '2023-01-01', 'referral', 'school' } } } } }\n";

typedef struct read_policy {
    tdm__measures *measures;
    tdm__catalogue *catalogue;
    tdm__review_policy *policy;
    tdm_error error;
    tdm_status status;
} read_policy;

static void read_measures(read_policy *r)
{
    tdm__script_file file = {TDM_LIT("measures/drift/probe.lua"), tdm__str(probe)};
    tdm__script_ground ground = {world_vocabulary(), world_holidays(), NULL, 0};
    *r = (read_policy){.status = TDM_OK};
    tdm_status status = tdm__measures_new(&r->measures, &tdm__malloc_allocator, &file, 1, NULL, 0, &ground,
                                          NULL, &r->error);
    ck_assert_msg(status == TDM_OK, "%d: %s", (int)r->error.line, r->error.message);
    ck_assert_int_eq(world_catalogue(&r->catalogue, &tdm__malloc_allocator, NULL, 0, 0, &r->error), TDM_OK);
}

static void read(read_policy *r, const tdm_allocator *allocator, const char *a, const char *b)
{
    tdm__policy_text files[] = {{TDM_LIT("a.json"), tdm__str(a), false},
                                {TDM_LIT("b.json"), tdm__str(b), false}};
    tdm__policy_asked asked = {.files = files,
                               .file_count = (a != NULL) + (b != NULL),
                               .catalogue = r->catalogue,
                               .measures = r->measures};
    r->status = tdm__policy_read(&r->policy, allocator, &asked, &r->error);
}

static void done(read_policy *r)
{
    tdm__policy_free(r->policy);
    tdm__measures_free(r->measures);
    tdm__catalogue_free(r->catalogue);
}

/* Parameters are in order of name: flag, limit. */
START_TEST(without_a_word_the_file_decides)
{
    read_policy r;
    read_measures(&r);
    read(&r, &tdm__malloc_allocator, NULL, NULL);
    ck_assert_int_eq(r.status, TDM_OK);
    ck_assert_uint_eq(r.policy->measure_count, 1);
    const tdm__effective_measure *measure = &r.policy->measures[0];
    ck_assert(measure->on);
    card_same(measure->on_from, "");
    card_same(measure->params[1].words, "15");
    card_same(measure->params[1].from, "measures/drift/probe.lua");
    ck_assert_int_eq(measure->values[1].number, 15);
    done(&r);
}
END_TEST

START_TEST(the_later_file_wins)
{
    read_policy r;
    read_measures(&r);
    read(&r, &tdm__malloc_allocator,
         "{\"policy\": 1, \"measures\": {\"probe\": {\"on\": false,\n \"params\": {\"limit\": 20,\n "
         "\"flag\": true}}}}",
         "{\"policy\": 1, \"measures\": {\"probe\": {\n\"params\": {\n\"limit\": 30}}}}");
    ck_assert_msg(r.status == TDM_OK, "%s", r.error.message);
    const tdm__effective_measure *measure = &r.policy->measures[0];
    ck_assert(!measure->on);
    card_same(measure->on_from, "a.json:1");
    ck_assert_int_eq(measure->values[1].number, 30);
    card_same(measure->params[1].from, "b.json:3");
    card_same(measure->params[0].words, "yes");
    card_same(measure->params[0].from, "a.json:3");
    done(&r);
}
END_TEST

static const struct {
    const char *text;
    int32_t line;
    const char *part;
} wrongs[] = {
    {"{\"policy\": 1,\n \"measures\": {\n\"other\": {}}}", 3, "no script has"},
    {"{\"policy\": 1,\n \"measures\": {\"probe\": {\n\"severity\": \"soon\"}}}", 3, "unknown member"},
    {"{\"policy\": 1,\n \"measures\": {\"probe\": {\"params\": {\n\"span\": 1}}}}", 3,
     "the measure probe has no such parameter"},
    {"{\"policy\": 1,\n \"measures\": {\"probe\": {\"params\": {\n\"limit\": 91}}}}", 3, "limit of probe"},
    {"{\"policy\": 1,\n \"measures\": {\"probe\": {\"params\": {\n\"limit\": \"long\"}}}}", 3,
     "a whole number for limit of probe"},
    {"{\"policy\": 1,\n \"measures\": {\"probe\": {\n\"on\": 1}}}", 3, "on"},
    {"{\"policy\": 1,\n \"measures\": []}", 2, "measures"},
};

START_TEST(a_mistake_has_its_line)
{
    read_policy r;
    read_measures(&r);
    read(&r, &tdm__malloc_allocator, wrongs[_i].text, NULL);
    ck_assert_int_eq(r.status, TDM_INVALID_INPUT);
    ck_assert_msg(r.error.line == wrongs[_i].line, "line %d", (int)r.error.line);
    ck_assert_msg(strstr(r.error.message, wrongs[_i].part) != NULL, "%s", r.error.message);
    ck_assert_ptr_null(r.policy);
    done(&r);
}
END_TEST

/* Read without measures, a policy that names one is wrong; one that names none is not. */
START_TEST(without_measures_there_is_none_to_name)
{
    read_policy r;
    read_measures(&r);
    tdm__measures *measures = r.measures;
    r.measures = NULL;
    read(&r, &tdm__malloc_allocator, "{\"policy\": 1, \"measures\": {\"probe\": {}}}", NULL);
    ck_assert_int_eq(r.status, TDM_INVALID_INPUT);
    read(&r, &tdm__malloc_allocator, "{\"policy\": 1, \"measures\": {}}", NULL);
    ck_assert_int_eq(r.status, TDM_OK);
    ck_assert_uint_eq(r.policy->measure_count, 0);
    r.measures = measures;
    done(&r);
}
END_TEST

START_TEST(measures_are_in_the_list_of_values)
{
    static const struct {
        const char *name, *value, *from, *standing, *offered;
    } rows[] = {
        {"on", "on", "default", "", ""},
        {"params.flag", "no", "measures/drift/probe.lua", "local", ""},
        {"params.limit", "20", "a.json:1", "statutory", "1 to 90"},
    };
    read_policy r;
    tdm__policy_values values;
    tdm__arena arena;
    read_measures(&r);
    tdm__arena_init(&arena, &tdm__malloc_allocator);
    read(&r, &tdm__malloc_allocator,
         "{\"policy\": 1, \"measures\": {\"probe\": {\"params\": {\"limit\": 20}}}}", NULL);
    ck_assert_int_eq(r.status, TDM_OK);
    ck_assert_int_eq(tdm__policy_values_of(&values, &arena, r.policy, NULL, 0), TDM_OK);
    ck_assert_uint_le(values.count, values.capacity);
    for (size_t i = 0; i < ROWS(rows); i++) {
        const tdm__policy_value *value = &values.items[values.count - ROWS(rows) + i];
        ck_assert_str_eq(value->section, "measures");
        card_same(value->id, "probe");
        card_same(value->name, rows[i].name);
        card_same(value->value, rows[i].value);
        card_same(value->from, rows[i].from);
        card_same(value->standing, rows[i].standing);
        card_same(value->offered, rows[i].offered);
    }
    tdm__arena_free(&arena);
    done(&r);
}
END_TEST

static read_policy held;
static tdm_status read_anew(const tdm_allocator *allocator)
{
    read(&held, allocator, "{\"policy\": 1, \"measures\": {\"probe\": {\"params\": {\"limit\": 20}}}}", NULL);
    tdm__policy_free(held.policy);
    held.policy = NULL;
    return held.status;
}

START_TEST(every_failed_allocation_is_survived)
{
    read_measures(&held);
    TEST_EVERY_ALLOCATION(read_anew);
    done(&held);
}
END_TEST

Suite *policy_measures_suite(void)
{
    Suite *suite = suite_create("policy_measures");
    TCase *tests = tcase_create("measures");
    tcase_add_test(tests, without_a_word_the_file_decides);
    tcase_add_test(tests, the_later_file_wins);
    tcase_add_loop_test(tests, a_mistake_has_its_line, 0, (int)ROWS(wrongs));
    tcase_add_test(tests, without_measures_there_is_none_to_name);
    tcase_add_test(tests, measures_are_in_the_list_of_values);
    tcase_add_test(tests, every_failed_allocation_is_survived);
    suite_add_tcase(suite, tests);
    return suite;
}

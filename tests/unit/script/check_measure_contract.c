/*
 * The contract of measure files: what is read of a good one, and each breach with file, line, field and what
 * was expected.
 */
#include <string.h>

#include "script/measure_world.h"
#include "script/suites.h"

/* A good file, one field a line; a case replaces one line. */
static const char *const lines[] = {
    "return {",
    "  id = \"probe\", version = \"1.0.0\",",
    "  title = \"T\", unit = \"referrals\",",
    "  definition = \"{number} things\",",
    "  numerator = \"over {number}\",",
    "  denominator = \"\",",
    "  group = \"drift\",",
    "  exclusions = { \"E\" }, pitfalls = { \"P\", \"Q\" },",
    "  evidence = { source = \"S\", standing = { \"local\" } },",
    "  needs = { any = { \"referral\" },",
    "            facts = { \"referral.referral_source\",",
    "                      { \"referral.primary_need\", \"contact.referral_source\" } } },",
    "  looks_back = { months = 12 }, per = 10000,",
    "  national = \"re-referral\",",
    "  chart = \"xmr\",",
    "  breaks = { { from = \"2022-04-01\", note = \"N\" }, { from = \"2023-04-01\", note = \"M\" } },",
    "  params = { number = { type = \"count\", default = 3, min = 1, max = 9, doc = \"D\" } },",
    "  measure = function(m) return m:count { of = m:rows {} } end,",
    "  examples = { { name = \"E\", from = \"2024-01-01\", to = \"2024-12-31\",",
    "                 events = { { \"A\", \"2024-01-01\", \"referral\", \"school\", area = \"N\" },",
    "                            { \"A\", \"2024-02-01\", \"referral\", \"school\" } },",
    "                 prompts = { { \"A\", \"repeat-plan\", \"new\", \"2024-02-01\" } },",
    "                 expect = { numerator = 2, lines = {}, left_out = { [\"no-date\"] = 1 } } } },",
    "}",
};
#define LINES (sizeof lines / sizeof *lines)

static tdm__text file_with(int replaced, const char *by)
{
    tdm__text text;
    tdm__text_init(&text, &tdm__malloc_allocator);
    for (size_t i = 0; i < LINES; i++) {
        tdm__text_puts(&text, (int)i + 1 == replaced ? by : lines[i]);
        tdm__text_char(&text, '\n');
    }
    return text;
}

START_TEST(good_file_is_read)
{
    tdm__measures *measures;
    tdm_error error;
    tdm__arena arena;
    tdm_str told;
    const tdm_vocabulary *vocabulary = world_vocabulary();
    tdm__text text = file_with(0, "");
    tdm__arena_init(&arena, &tdm__malloc_allocator);
    tdm_status status = measure_catalogue(&measures, &tdm__malloc_allocator, tdm__text_str(&text), NULL,
                                          &error);
    ck_assert_msg(status == TDM_OK, "%d: %s", (int)error.line, error.message);
    ck_assert_uint_eq(tdm__measures_count(measures), 1);
    ck_assert_uint_eq(tdm__measures_find(measures, TDM_LIT("probe")), 0);
    ck_assert_uint_eq(tdm__measures_find(measures, TDM_LIT("prob")), TDM_NO_INDEX);
    const tdm__measure *measure = tdm__measures_at(measures, 0);
    ck_assert_uint_eq(measure->exclusion_count, 1);
    ck_assert_uint_eq(measure->pitfall_count, 2);
    ck_assert(tdm__str_equal(measure->pitfalls[1], TDM_LIT("Q")));
    ck_assert_uint_eq(measure->any_count, 1);
    ck_assert_uint_eq(measure->any[0], tdm__vocabulary_kind(vocabulary, TDM_LIT("referral")));
    ck_assert_uint_eq(measure->part_count, 2);
    ck_assert_uint_eq(measure->parts[0].when, TDM_NO_INDEX);
    ck_assert_uint_eq(measure->parts[0].any_count, 1);
    ck_assert_uint_eq(measure->parts[1].any_count, 2);
    ck_assert_uint_eq(measure->parts[1].any[1].kind, tdm__vocabulary_kind(vocabulary, TDM_LIT("contact")));
    ck_assert_uint_eq(measure->parts[1].any[1].fact,
                      tdm__vocabulary_fact(vocabulary, TDM_LIT("referral_source")));
    ck_assert(measure->looks_back.unit == TDM_SPAN_MONTHS && measure->looks_back.count == 12);
    ck_assert_int_eq(measure->per, 10000);
    ck_assert_int_eq(measure->chart, TDM__CHART_XMR);
    ck_assert_uint_eq(measure->break_count, 2);
    ck_assert(tdm__str_equal(measure->breaks[1].note, TDM_LIT("M")));
    ck_assert(tdm__str_equal(measure->national, TDM_LIT("re-referral")));
    ck_assert(!measure->needs_prompts);
    ck_assert_uint_eq(strlen(measure->hash), 64);
    tdm__param_value four = {.type = TDM__PARAM_COUNT, .number = 4};
    ck_assert_int_eq(tdm__measure_text(&told, &arena, measure, measure->numerator, &four), TDM_OK);
    ck_assert(tdm__str_equal(told, TDM_LIT("over 4")));
    tdm__arena_free(&arena);
    tdm__measures_free(measures);
    tdm__text_free(&text);
}
END_TEST

START_TEST(an_example_is_told)
{
    tdm__measures *measures;
    tdm__text text = file_with(0, "");
    ck_assert_int_eq(measure_catalogue(&measures, &tdm__malloc_allocator, tdm__text_str(&text), NULL, NULL),
                     TDM_OK);
    tdm__measure_told told = tdm__measures_example(measures, 0, 0);
    ck_assert(tdm__str_equal(told.name, TDM_LIT("E")));
    ck_assert_int_eq(told.to - told.from, 365);
    ck_assert_int_eq(told.as_of, told.to);
    ck_assert_uint_eq(told.event_count, 2);
    ck_assert(tdm__str_equal(told.events[1].child, TDM_LIT("A")));
    ck_assert_int_eq(told.params[0].number, 3);
    ck_assert_uint_eq(told.number_count, 2);
    ck_assert(tdm__str_equal(told.numbers[0].name, TDM_LIT("numerator")));
    ck_assert_int_eq(told.numbers[0].number, 2);
    ck_assert(tdm__str_equal(told.numbers[1].name, TDM_LIT("no-date")));
    ck_assert_int_eq(told.numbers[1].number, 1);
    tdm__measures_free(measures);
    tdm__text_free(&text);
}
END_TEST

typedef struct breach {
    int replaced; /* line, from 1 */
    const char *by;
    int line; /* where the error must point */
    const char *message;
} breach;

static const breach breaches[] = {
    {2, "  version = \"1.0.0\",", 1, "field 'id': missing, string expected"},
    {2, "  id = \"probe\", version = \"1\",", 2, "field 'version': three numbers"},
    {3, "  title = \"T\",", 1, "field 'unit': missing, string expected"},
    {3, "  title = \"T\", unit = \"\",", 3, "field 'unit': must not be empty"},
    {3, "  title = \"T\", unit = \"u\", question = \"Q\",", 3, "field 'question': there is no such field"},
    {4, "  definition = \"{numbers} things\",", 4, "field 'definition': {numbers} is no parameter"},
    {5, "  numerator = \"{number\",", 5, "field 'numerator': text with {names}"},
    {5, "  numerator = \"\",", 5, "field 'numerator': must not be empty"},
    {6, "", 1, "field 'denominator': missing, string expected"},
    {6, "  denominator = \"of {it}\",", 6, "field 'denominator': {it} is no parameter"},
    {7, "  group = \"repeat\",", 7,
     "field 'group': front-door, assessments, child-protection, neglect, partnership or drift expected"},
    {7, "  group = \"neglect\",", 7, "field 'group': the name of the file's folder expected"},
    {8, "  exclusions = { \"E\" },", 1, "field 'pitfalls': missing, table expected"},
    {8, "  exclusions = { 7 }, pitfalls = {},", 8, "field 'exclusions': string expected, got number"},
    {8, "  exclusions = { \"\" }, pitfalls = {},", 8, "field 'exclusions': a text must not be empty"},
    {9, "  evidence = { source = \"S\", standing = { \"said\" } },", 9,
     "field 'evidence.standing': statutory"},
    {10, "  needs = { any = { \"referal\" },", 10, "field 'needs.any': there is no kind 'referal'"},
    {10, "  needs = { deny = { \"referral\" },", 10, "field 'needs.deny': there is no such field"},
    {11, "            facts = { \"referral\",", 11, "field 'needs.facts': \"KIND.FACT\" expected"},
    {11, "            facts = { \"referral.lateness\",", 11, "field 'needs.facts': 'referral' has no fact"},
    {10, "  needs = { when = { \"referral\" },", 10, "field 'needs.when': { any = {PARTS}, when ="},
    {10, "  needs = { when = { { any = { \"referral\" } } },", 10,
     "field 'needs.when': { any = {PARTS}, when ="},
    {10, "  needs = { when = { { any = { \"referral\" }, when = { number = { \"a\" } } } },", 10,
     "field 'needs.when.when.number': a parameter of type choice"},
    {10, "  needs = { when = { { any = { \"referral\" }, when = { other = { \"a\" } } } },", 10,
     "field 'needs.when.when': there is no parameter 'other'"},
    {12, "                      {} } },", 11, "field 'needs.facts': one or more expected"},
    {13, "  looks_back = { years = 1 }, per = 10000,", 13,
     "field 'looks_back.years': there is no such field"},
    {13, "  looks_back = { months = 0 }, per = 10000,", 13, "field 'looks_back': a span of one day or more"},
    {13, "  per = 0,", 13, "field 'per': a whole number from 1 to 1000000 expected"},
    {13, "  per = 0.5,", 13, "field 'per': a whole number"},
    {15, "", 1, "field 'chart': missing, string expected"},
    {15, "  chart = \"p\",", 15, "field 'chart': \"xmr\", \"g\" or \"none\" expected"},
    {16, "  breaks = { { from = \"2023-04-01\", note = \"N\" }, { from = \"2022-04-01\", note = \"M\" } },",
     16, "field 'breaks': in order of day"},
    {16, "  breaks = { { from = \"April\", note = \"N\" } },", 16, "field 'breaks.from': a day such as"},
    {16, "  breaks = { { from = \"2023-04-01\" } },", 16, "field 'breaks.note': missing, string expected"},
    {17, "  params = { number = { type = \"count\", doc = \"D\" } },", 17, "field 'params.number.default'"},
    {18, "  evaluate = function() end,", 18, "field 'evaluate': there is no such field"},
    {18, "", 1, "field 'measure': missing, function expected"},
    {18, "  measure = 7,", 18, "field 'measure': function expected, got number"},
    {19, "  examples = { { name = \"E\", from = \"2024-01-01\",", 19, "field 'examples.to': missing"},
    {19, "  examples = { { name = \"E\", from = \"2024-12-31\", to = \"2024-01-01\",", 19,
     "field 'examples': a period that ends before it starts"},
    {19, "  examples = { { name = \"E\", from = \"2024-01-01\", to = \"2024-01-01\", by = \"year\",", 19,
     "field 'examples': by: agency, area or team expected"},
    {19, "  examples = { { name = \"E\", from = \"2024-01-01\", to = \"2024-01-01\", params = { n = 1 },", 19,
     "field 'examples': params: a parameter of that name does not exist"},
    {19,
     "  examples = { { name = \"E\", from = \"2024-01-01\", to = \"2024-01-01\", areas = { \"S\", \"N\" },",
     19, "field 'examples': areas: codes in order"},
    {20, "                 events = { { \"2024-01-01\", \"referral\", \"school\" },", 19,
     "field 'examples': 'referral' is no date"},
    {20, "                 events = { { \"A\", \"2024-01-01\", \"referral\" },", 19,
     "field 'examples': an event is {child, date, kind, agency, facts}: agency missing"},
    {20, "                 events = { { \"A\", \"2024-01-01\", \"referral\", \"school\", when = 1 },", 19,
     "field 'examples': an event has a field that is not known"},
    {20, "                 events = { { \"A\", \"2024-01-01\", \"referral\", \"school\", ended = \"soon\" },",
     19, "field 'examples': 'soon' is no date"},
    {21, "                            { \"A\", \"2024-02-01\", \"referral\", \"school\", area = \"S\" } },",
     19, "field 'examples': a child has one area"},
    {22, "                 prompts = { { \"A\", \"repeat-plan\", \"new\" } },", 19,
     "field 'examples': a prompt is"},
    {22, "                 prompts = { { \"A\", \"x\", \"new\", \"soon\" } },", 19, "a day such as"},
    {23, "                 expect = {} } },", 19, "field 'examples': expect: a number expected"},
    {23, "                 expect = { numerator = -1 } } },", 19, "expect.numerator: a whole number from 0"},
    {23, "                 expect = { median = 4 } } },", 19,
     "field 'examples.expect.median': there is no such field"},
    {23, "                 expect = { lengths = { 2, 1 } } } },", 19, "expect.lengths: in ascending order"},
    {23, "                 expect = { n = 1, waiting = {} } } },", 19,
     "expect.waiting: lengths are to be told too"},
    {23, "                 expect = { n = 1, left_out = { lost = 1 } } } },", 19,
     "there is no reason 'lost'"},
    {23, "                 expect = { n = 1, group = { A = { n = 1 } } } } },", 19,
     "the example has no 'by'"},
    {23, "                 expect = { n = 1, reason = \"no-data\" } } },", 19,
     "field 'examples.expect.n': there is no such field"},
    {24, "} -- {", 0, ""},
};

START_TEST(breach_is_named)
{
    const breach *row = &breaches[_i];
    tdm__measures *measures;
    tdm_error error = {0};
    tdm__text text = file_with(row->replaced, row->by);
    tdm_status status = measure_catalogue(&measures, &tdm__malloc_allocator, tdm__text_str(&text), NULL,
                                          &error);
    if (row->line == 0) {
        ck_assert_int_eq(status, TDM_OK);
        tdm__measures_free(measures);
    } else {
        ck_assert_msg(status == TDM_SCRIPT, "%s: %s", row->by, tdm_status_name(status));
        ck_assert_ptr_null(measures);
        ck_assert_str_eq(error.file, "measures/drift/probe.lua");
        ck_assert_msg(strstr(error.message, row->message) != NULL, "%s\nexpected %s\ngot      %s", row->by,
                      row->message, error.message);
        ck_assert_msg(error.line == row->line, "%s (%s): line %d, expected %d", row->by, error.message,
                      (int)error.line, row->line);
    }
    tdm__text_free(&text);
}
END_TEST

START_TEST(one_id_twice)
{
    tdm__measures *measures;
    tdm_error error;
    tdm__text text = file_with(0, "");
    tdm__script_file files[] = {{TDM_LIT("measures/drift/a.lua"), tdm__text_str(&text)},
                                {TDM_LIT("measures/drift/b.lua"), tdm__text_str(&text)}};
    ck_assert_int_eq(
        tdm__measures_new(&measures, &tdm__malloc_allocator, files, 2, NULL, 0, world_ground(), NULL, &error),
        TDM_SCRIPT);
    ck_assert_str_eq(error.file, "measures/drift/b.lua");
    ck_assert_int_eq(error.line, 2);
    ck_assert_str_eq(error.message, "the id 'probe' is also that of measures/drift/a.lua");
    tdm__text_free(&text);
}
END_TEST

START_TEST(a_file_that_asks_for_prompts)
{
    tdm__measures *measures;
    tdm__text text = file_with(18, "  measure = function(m) return m:count { of = m:prompts {} } end,");
    ck_assert_int_eq(measure_catalogue(&measures, &tdm__malloc_allocator, tdm__text_str(&text), NULL, NULL),
                     TDM_OK);
    ck_assert(tdm__measures_at(measures, 0)->needs_prompts);
    tdm__measures_free(measures);
    tdm__text_free(&text);
}
END_TEST

Suite *measure_contract_suite(void)
{
    Suite *suite = suite_create("contract of measures");
    TCase *tcase = tcase_create("files");
    tcase_add_test(tcase, good_file_is_read);
    tcase_add_test(tcase, an_example_is_told);
    tcase_add_loop_test(tcase, breach_is_named, 0, (int)(sizeof breaches / sizeof *breaches));
    tcase_add_test(tcase, one_id_twice);
    tcase_add_test(tcase, a_file_that_asks_for_prompts);
    suite_add_tcase(suite, tcase);
    return suite;
}

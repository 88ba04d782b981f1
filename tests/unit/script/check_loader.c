/*
 * The contract of indicator and instrument files: each breach is an error with file, line, field and
 * what was expected.
 */
#include <stdio.h>
#include <string.h>

#include "script/contract.h"
#include "script/suites.h"
#include "script/world.h"

/* A good file, one field a line; a case replaces one line. */
static const char *const lines[] = {
    "-- an indicator with id = 1 in a comment",
    "return {",
    "  id = \"probe\",",
    "  version = \"1.0.0\",",
    "  title = \"T: id = 2\",",
    "  question = \"Q?\",",
    "  definition = \"{number} within {within}\",",
    "  group = \"drift\",",
    "  evidence = { source = \"S\", standing = { \"local\" } },",
    "  needs = { any = { \"referral\" } },",
    "  params = {",
    "    number = { type = \"count\", default = 3, min = 1, max = 9, doc = \"D\" },",
    "    within = { type = \"span\",",
    "               default = { months = 12 }, max = { months = 24 }, doc = \"D\" },",
    "  },",
    "  outcomes = { yes = \"{count} of {number}\" },",
    "  evaluate = function() end,",
    "  examples = { { name = \"E\", as_of = \"2024-12-31\", expect = \"not-met\",",
    "                 events = { { \"2024-01-01\", \"referral\", \"school\" } } } },",
    "}",
};
#define LINES (sizeof lines / sizeof *lines)

static tdm__text file_with_two(int replaced, const char *by, int replaced_too, const char *by_too)
{
    tdm__text text;
    tdm__text_init(&text, &tdm__malloc_allocator);
    for (size_t i = 0; i < LINES; i++) {
        const char *other = (int)i + 1 == replaced_too ? by_too : lines[i];
        tdm__text_puts(&text, (int)i + 1 == replaced ? by : other);
        tdm__text_char(&text, '\n');
    }
    return text;
}

static tdm__text file_with(int replaced, const char *by)
{
    return file_with_two(replaced, by, 0, "");
}

typedef struct breach {
    int replaced; /* line, from 1 */
    const char *by;
    int line; /* where the error must point */
    const char *message;
} breach;

static const breach breaches[] = {
    {3, "", 1, "field 'id': missing, string expected"},
    {3, "  id = 7,", 3, "field 'id': string expected, got number"},
    {3, "  id = \"\",", 3, "field 'id': must not be empty"},
    {3, "  id = \"Probe one\",", 3, "field 'id': at most 60 letters a-z, digits and '-' expected"},
    {4, "  version = \"1.0\",", 4, "field 'version': three numbers such as \"1.0.0\" expected"},
    {4, "  version = \"1.0.x\",", 4, "field 'version': three numbers"},
    {5, "", 1, "field 'title': missing, string expected"},
    {5, "  title = \"\\xff\",", 5, "field 'title': UTF-8 text expected"},
    {6, "", 1, "field 'question': missing, string expected"},
    {7, "", 1, "field 'definition': missing, string expected"},
    {7, "  definition = \"{number} within {days}\",", 7, "field 'definition': {days} is no parameter"},
    {7, "  definition = \"{number within\",", 7, "field 'definition': text with {names}"},
    {8, "  group = \"driftwood\",", 8,
     "field 'group': repeat, drift, accumulation, response or seen-and-heard"},
    {8, "  group = \"repeat\",", 8, "field 'group': the name of the file's folder expected"},
    {9, "", 1, "field 'evidence': missing, table expected"},
    {9, "  evidence = { standing = { \"local\" } },", 9, "field 'evidence.source': missing, string expected"},
    {9, "  evidence = { source = \"S\", standing = \"local\" },", 9,
     "field 'evidence.standing': table expected"},
    {9, "  evidence = { source = \"S\", standing = {} },", 9,
     "field 'evidence.standing': one or more expected"},
    {9, "  evidence = { source = \"S\", standing = { \"hearsay\" } },", 9,
     "field 'evidence.standing': statutory,"},
    {9, "  evidence = { source = \"S\", standing = { \"local\" }, year = 1 },", 9,
     "field 'evidence.year': there is no such field"},
    {10, "  needs = { any = { \"telegram\" } },", 10, "field 'needs.any': there is no kind 'telegram'"},
    {10, "  needs = { some = {} },", 10, "field 'needs.some': there is no such field"},
    {10, "  needs = { deny = \"referral\" },", 10, "field 'needs.deny': table expected, got string"},
    {10, "  needs = { deny = { \"telegram\" } },", 10, "field 'needs.deny': there is no kind 'telegram'"},
    {10, "  needs = { deny = { 3 } },", 10, "field 'needs.deny': string expected"},
    {10, "  needs = { deny = { \"referral.category\" } },", 10,
     "field 'needs.deny': 'referral' has no fact 'category'"},
    {10, "  needs = { deny = { \"referral.\" } },", 10, "field 'needs.deny': 'referral' has no fact ''"},
    {10, "  needs = { deny = { kind = \"referral\" } },", 10,
     "field 'needs.deny': a list without gaps and names expected"},
    {10, "  needs = { deny = { { when = {} } } },", 10, "field 'needs.deny.any': missing, table expected"},
    {10, "  needs = { deny = { { any = {} } } },", 10, "field 'needs.deny.any': one or more expected"},
    {10, "  needs = { deny = { { any = { \"referral\" }, of = 1 } } },", 10,
     "field 'needs.deny.of': there is no such field"},
    {10, "  needs = { deny = { { any = { \"referral\" }, when = {} } } },", 10,
     "field 'needs.deny.when': one parameter expected"},
    {10, "  needs = { deny = { { any = { \"referral\" }, when = { days = { \"a\" } } } } },", 10,
     "field 'needs.deny.when': there is no parameter 'days'"},
    {10, "  needs = { deny = { { any = { \"referral\" }, when = { number = { \"3\" } } } } },", 10,
     "field 'needs.deny.when.number': a parameter of type choice, list or flag expected"},
    {10, "  needs = { held = \"referral\" },", 10, "field 'needs.held': table expected, got string"},
    {10, "  needs = { held = {} },", 10, "field 'needs.held': one or more expected"},
    {10, "  needs = { held = { \"telegram\" } },", 10, "field 'needs.held': there is no kind 'telegram'"},
    {10, "  needs = { held = { concern = false } },", 10,
     "field 'needs.held.concern': true or \"high\" expected"},
    {10, "  needs = { held = { concern = \"low\" } },", 10,
     "field 'needs.held.concern': true or \"high\" expected"},
    {10, "  needs = { held = { \"referral\", n = \"number\" } },", 10,
     "field 'needs.held.n': table expected, got string"},
    {10, "  needs = { held = { \"referral\", n = {} } },", 10, "field 'needs.held.n': one or more expected"},
    {10, "  needs = { held = { \"referral\", n = { \"number\", \"within\" } } },", 10,
     "field 'needs.held.n': names of parameters of type count expected"},
    {10, "  needs = { held = { n = { \"number\" } } },", 10, "field 'needs.held': one or more expected"},
    {10, "  needs = { held = { \"referral\", within = \"number\" } },", 10,
     "field 'needs.held.within': the name of a parameter of type span expected"},
    {10, "  needs = { held = { \"referral\", of = { \"number\" } } },", 10,
     "field 'needs.held.of': names of parameters of type list expected"},
    {10, "  needs = { held = { \"referral\", also = { \"telegram\" } } },", 10,
     "field 'needs.held.also': there is no kind 'telegram'"},
    {10, "  needs = { held = { \"referral\", different = true } },", 10,
     "field 'needs.held.different': 'n' is needed with it"},
    {10, "  needs = { held = { \"referral.weather\", n = { \"number\" }, different = true } },", 10,
     "field 'needs.held': 'referral' has no fact 'weather'"},
    {10, "  needs = { held = { { \"referral\" } } },", 10, "field 'needs.held': string expected, got table"},
    {10, "  needs = { held = { \"referral\", strength = true } },", 10,
     "field 'needs.held': a list without gaps and names expected"},
    {10, "  needs = { coverage = { days = 0, agencies = 1 } },", 10,
     "field 'needs.coverage.days': a whole number from 1"},
    {12, "    number = { type = \"integer\", default = 3, doc = \"D\" },", 12,
     "field 'params.number.type': count, span, ratio, percent, choice, flag or list expected"},
    {12, "    number = { type = \"count\", doc = \"D\" },", 12,
     "field 'params.number.default': missing, a count expected"},
    {12, "    number = { type = \"count\", default = 1.5, doc = \"D\" },", 12,
     "field 'params.number.default': a whole number expected"},
    {12, "    number = { type = \"count\", default = 10, min = 1, max = 9, doc = \"D\" },", 12,
     "field 'params.number.default': count from 1 up to 9 expected"},
    {12, "    number = { type = \"count\", default = 3 },", 12,
     "field 'params.number.doc': missing, string expected"},
    {12, "    number = { type = \"count\", default = 3, doc = \"D\", unit = \"x\" },", 12,
     "field 'params.number.unit': there is no such field"},
    {12, "    number = { type = \"flag\", default = true, min = 1, doc = \"D\" },", 12,
     "field 'params.number.min': a flag has no such bound"},
    {12, "    number = { type = \"choice\", default = \"c\", choices = { \"a\", \"b\" }, doc = \"D\" },", 12,
     "field 'params.number.default': choice of a, b expected"},
    {12, "    number = { type = \"percent\", default = 10.25, doc = \"D\" },", 12,
     "field 'params.number.default': 0 to 100 with at most one decimal expected"},
    {12, "    number = { type = \"ratio\", default = 1.0005, doc = \"D\" },", 12,
     "field 'params.number.default': a number from 0 with at most three decimals expected"},
    {12, "    number = { type = \"count\", default = 3, doc = \"D\", standing = \"rumour\" },", 12,
     "field 'params.number.standing': a standing such as \"local\" expected"},
    {14, "               default = 12, doc = \"D\" },", 14,
     "field 'params.within.default': a span such as {days = 90}"},
    {14, "               default = { months = 1, days = 2 }, doc = \"D\" },", 14,
     "field 'params.within.default': a span has one unit"},
    {14, "               default = { weeks = 1 }, doc = \"D\" },", 14,
     "field 'params.within.default.weeks': there is no such field"},
    {14, "               default = { months = 25 }, max = { months = 24 }, doc = \"D\" },", 14,
     "field 'params.within.default': span up to 24 months expected"},
    {16, "  outcomes = {},", 16, "field 'outcomes': one or more expected"},
    {16, "  outcomes = { yes = \"{Count}\" },", 16,
     "field 'outcomes.yes': text with {names} of a-z and '_' expected"},
    {16, "  outcomes = { yes = \"count}\" },", 16, "field 'outcomes.yes': text with {names}"},
    {17, "", 1, "field 'evaluate': missing, function expected"},
    {17, "  evaluate = 3,", 17, "field 'evaluate': function expected, got number"},
    {18, "  examples = { { name = \"E\", as_of = \"2024-13-45\", expect = \"not-met\",", 18,
     "field 'examples.as_of': a day such as"},
    {18, "  examples = { { name = \"E\", as_of = \"2024-12-31\", expect = \"maybe\",", 18,
     "field 'examples': expect: met, possible"},
    {18, "  examples = { { name = \"E\", as_of = \"2024-12-31\", expect = \"met\",", 18,
     "field 'examples.evidence': missing, table expected"},
    {19, "                 events = { { \"2024-01-01\", \"telegram\", \"school\" } } } },", 18,
     "field 'examples': there is no kind 'telegram'"},
    {19, "                 events = { { \"no day\", \"referral\", \"school\" } } } },", 18,
     "field 'examples': 'no day' is no date"},
    {19, "                 events = { { \"2024-01-01\", \"referral\" } } } },", 18,
     "field 'examples': an event is"},
    {19, "                 params = { nothing = 1 }, events = {} } },", 18, "field 'examples': params:"},
    {20, "  colour = 1 }", 20, "field 'colour': there is no such field"},
    {2, "return 3, {", 1, "the file must return one table"},
    {17, "  evaluate = function( end,", 17, "expected near 'end'"},
    {17, "  evaluate = nothing.at_all,", 17, "attempt to index a nil value (global 'nothing')"},
};

START_TEST(good_file_is_read)
{
    tdm__catalogue *catalogue;
    tdm_error error;
    tdm__text text = file_with(0, "");
    tdm_status status = world_catalogue(&catalogue, &tdm__malloc_allocator, tdm__text_str(&text), NULL,
                                        &error);
    ck_assert_msg(status == TDM_OK, "%d: %s", (int)error.line, error.message);
    const tdm__indicator *indicator = tdm__catalogue_at(catalogue, 0);
    ck_assert_uint_eq(indicator->param_count, 2);
    ck_assert(tdm__str_equal(indicator->params[0].name, TDM_LIT("number")));
    ck_assert_int_eq(indicator->params[0].fallback.number, 3);
    ck_assert_int_eq(indicator->params[1].fallback.span.count, 12);
    ck_assert_int_eq(indicator->params[1].fallback.span.unit, TDM_SPAN_MONTHS);
    ck_assert(!indicator->params[1].has_min && indicator->params[1].has_max);
    ck_assert_uint_eq(indicator->needs.any_count, 1);
    ck_assert_uint_eq(indicator->needs.any[0], tdm__vocabulary_kind(world_vocabulary(), TDM_LIT("referral")));
    ck_assert_uint_eq(indicator->standing_count, 1);
    ck_assert_uint_eq(indicator->outcome_count, 1);
    ck_assert_uint_eq(indicator->example_count, 1);
    tdm__catalogue_free(catalogue);
    tdm__text_free(&text);
}
END_TEST

START_TEST(breach_is_named)
{
    const breach *row = &breaches[_i];
    tdm__catalogue *catalogue;
    tdm_error error;
    tdm__text text = file_with(row->replaced, row->by);
    tdm_status status = world_catalogue(&catalogue, &tdm__malloc_allocator, tdm__text_str(&text), NULL,
                                        &error);
    ck_assert_msg(status == TDM_SCRIPT, "%s: %s", row->by, tdm_status_name(status));
    ck_assert_ptr_null(catalogue);
    ck_assert_str_eq(error.file, "indicators/drift/probe.lua");
    ck_assert_msg(strstr(error.message, row->message) != NULL, "%s\nexpected %s\ngot      %s", row->by,
                  row->message, error.message);
    ck_assert_msg(error.line == row->line, "%s (%s): line %d, expected %d", row->by, error.message,
                  (int)error.line, row->line);
    tdm__text_free(&text);
}
END_TEST

#define OF_CHOICES "type = \"choice\", default = \"a\", choices = { \"a\", \"b\" }"
#define OF_A_LIST  "type = \"list\", default = { \"a\" }, choices = { \"a\", \"b\" }"
#define A_FLAG     "type = \"flag\", default = false"

/* A need that hangs on the parameter on line 12. */
static const struct {
    const char *param, *when;
    const char *message; /* NULL: it is read */
    const char *choices[2];
} conditions[] = {
    {OF_CHOICES, "{ \"b\" }", NULL, {"b", NULL}},
    {OF_CHOICES, "{ \"b\", \"a\" }", NULL, {"b", "a"}},
    {OF_A_LIST, "{ \"b\" }", NULL, {"b", NULL}},
    {OF_A_LIST, "{ \"c\" }", "choices of the parameter expected", {NULL, NULL}},
    {A_FLAG, "true", NULL, {"yes", NULL}},
    {A_FLAG, "false", NULL, {"no", NULL}},
    {OF_CHOICES, "{ \"c\" }", "choices of the parameter expected", {NULL, NULL}},
    {OF_CHOICES, "{}", "one or more expected", {NULL, NULL}},
    {OF_CHOICES, "\"a\"", "a list expected", {NULL, NULL}},
    {A_FLAG, "{ \"yes\" }", "true or false expected", {NULL, NULL}},
};

static void check_condition(const tdm__needs *read, const char *const choices[2])
{
    const tdm_vocabulary *vocabulary = world_vocabulary();
    ck_assert_uint_eq(read->deny_count, 2);
    ck_assert_uint_eq(read->deny[0].any[0].kind, tdm__vocabulary_kind(vocabulary, TDM_LIT("contact")));
    ck_assert_uint_eq(read->deny[0].any[0].fact, TDM_NO_INDEX);
    ck_assert_uint_eq(read->deny[0].when, TDM_NO_INDEX);
    ck_assert_uint_eq(read->deny[1].any_count, 2);
    ck_assert_uint_eq(read->deny[1].any[1].fact, tdm__vocabulary_fact(vocabulary, TDM_LIT("outcome")));
    ck_assert_uint_eq(read->deny[1].when, 0);
    ck_assert_uint_eq(read->deny[1].choice_count, choices[1] ? 2 : 1);
    for (size_t i = 0; i < read->deny[1].choice_count; i++)
        ck_assert(tdm__str_equal(read->deny[1].choices[i], tdm__str(choices[i])));
    ck_assert_uint_eq(read->held_count, 1);
    ck_assert_uint_eq(read->held[0], tdm__vocabulary_kind(vocabulary, TDM_LIT("referral")));
    ck_assert(read->held_concern);
}

START_TEST(a_need_may_hang_on_a_parameter)
{
    char needs[240], param[200];
    tdm__catalogue *catalogue;
    tdm_error error;
    snprintf(needs, sizeof needs,
             "  needs = { deny = { \"contact\", { any = { \"mash-check\", \"mash-outcome.outcome\" },"
             " when = { number = %s } } }, held = { \"referral\", concern = true } },",
             conditions[_i].when);
    snprintf(param, sizeof param, "    number = { %s, doc = \"D\" },", conditions[_i].param);
    tdm__text text = file_with_two(10, needs, 12, param);
    tdm_status status = world_catalogue(&catalogue, &tdm__malloc_allocator, tdm__text_str(&text), NULL,
                                        &error);
    tdm__text_free(&text);
    if (conditions[_i].message) {
        ck_assert_int_eq(status, TDM_SCRIPT);
        ck_assert_msg(strstr(error.message, conditions[_i].message) != NULL, "%s", error.message);
        ck_assert_msg(strstr(error.message, "'needs.deny.when.number'") != NULL, "%s", error.message);
        ck_assert_int_eq(error.line, 10);
        return;
    }
    ck_assert_msg(status == TDM_OK, "%s", error.message);
    check_condition(&tdm__catalogue_at(catalogue, 0)->needs, conditions[_i].choices);
    tdm__catalogue_free(catalogue);
}
END_TEST

typedef struct line_row {
    const char *path;
    int line;
} line_row;

static const line_row line_rows[] = {
    {"id", 3},
    {"version", 4},
    {"params", 11},
    {"params.number", 12},
    {"params.number.max", 12},
    {"params.within", 13},
    {"params.within.max", 14},
    {"params.within.min", 13},
    {"outcomes.yes", 16},
    {"nothing", 1},
    {"params.nothing.at", 11},
    {"evidence.standing", 9},
};

START_TEST(lines_of_fields_are_found)
{
    tdm__text text = file_with(0, "");
    ck_assert_msg(tdm__field_line(tdm__text_str(&text), line_rows[_i].path) == line_rows[_i].line, "%s: %d",
                  line_rows[_i].path, (int)tdm__field_line(tdm__text_str(&text), line_rows[_i].path));
    tdm__text_free(&text);
}
END_TEST

START_TEST(one_id_twice_is_refused)
{
    tdm__catalogue *catalogue;
    tdm_error error;
    tdm__text text = file_with(0, "");
    tdm__script_file files[] = {{TDM_LIT("a.lua"), tdm__text_str(&text)},
                                {TDM_LIT("b.lua"), tdm__text_str(&text)}};
    tdm_status status = tdm__catalogue_new(&catalogue, &tdm__malloc_allocator, files, 2, NULL, 0,
                                           world_ground(), NULL, &error);
    ck_assert_int_eq(status, TDM_SCRIPT);
    ck_assert_str_eq(error.file, "b.lua");
    ck_assert_int_eq(error.line, 3);
    ck_assert_str_eq(error.message, "the id 'probe' is also that of a.lua");
    tdm__text_free(&text);
}
END_TEST

START_TEST(shared_code_that_does_not_parse_is_refused)
{
    tdm__catalogue *catalogue;
    tdm_error error;
    tdm__script_file lib = {TDM_LIT("lib/broken.lua"), TDM_LIT("local a =\n= 1")};
    tdm_status status = tdm__catalogue_new(&catalogue, &tdm__malloc_allocator, NULL, 0, &lib, 1,
                                           world_ground(), NULL, &error);
    ck_assert_int_eq(status, TDM_SCRIPT);
    ck_assert_str_eq(error.file, "lib/broken.lua");
    ck_assert_int_eq(error.line, 2);
}
END_TEST

/* --- instruments --- */

static tdm_status load_instrument(tdm_instrument **out, const char *path, tdm_error *error)
{
    tdm__buffer buffer = world_read(path);
    tdm__script_file file = {tdm__str(path), {buffer.data, buffer.length}};
    tdm_status status = tdm__instrument_load(out, &tdm__malloc_allocator, file, error);
    tdm__free(&tdm__malloc_allocator, buffer.data);
    return status;
}

START_TEST(shipped_instruments_are_read)
{
    static const char *const paths[] = {"scripts/instruments/graded-care.lua",
                                        "scripts/instruments/home-conditions.lua"};
    static const size_t areas[] = {4, 1};
    tdm_instrument *instrument;
    tdm_error error;
    tdm_status status = load_instrument(&instrument, paths[_i], &error);
    ck_assert_msg(status == TDM_OK, "%s:%d %s", error.file, (int)error.line, error.message);
    ck_assert_uint_eq(instrument->areas.count, areas[_i]);
    status = tdm__instrument_check_examples(instrument, &error);
    ck_assert_msg(status == TDM_OK, "%s", error.message);
    tdm_instrument_free(instrument);
}
END_TEST

typedef struct instrument_breach {
    const char *text;
    int line;
    const char *message;
} instrument_breach;

static const instrument_breach instrument_breaches[] = {
    {"return 3", 1, "the file must return one table"},
    {"return {\n  id = \"x\",\n  colour = 1 }", 3, "field 'colour': there is no such field"},
    {"return {\n  id = 3 }", 2, "field 'id': string expected, got number"},
    {"return { id = \"x\" }", 1, "field 'version': missing, string expected"},
    {"while true do end", 1, "still running"},
    {"return {", 1, "near <eof>"},
    {"return use \"shared\"", 1, "there is no shared code of that name"},
};

START_TEST(instrument_breach_is_named)
{
    const instrument_breach *row = &instrument_breaches[_i];
    tdm_instrument *instrument;
    tdm_error error;
    tdm__script_file file = {TDM_LIT("instruments/x.lua"), tdm__str(row->text)};
    ck_assert_int_eq(tdm__instrument_load(&instrument, &tdm__malloc_allocator, file, &error), TDM_SCRIPT);
    ck_assert_ptr_null(instrument);
    ck_assert_str_eq(error.file, "instruments/x.lua");
    ck_assert_msg(strstr(error.message, row->message) != NULL, "%s", error.message);
    ck_assert_int_eq(error.line, row->line);
}
END_TEST

Suite *loader_suite(void)
{
    Suite *suite = suite_create("loader");
    TCase *tcase = tcase_create("contract");
    tcase_add_test(tcase, good_file_is_read);
    tcase_add_loop_test(tcase, breach_is_named, 0, sizeof breaches / sizeof *breaches);
    tcase_add_loop_test(tcase, a_need_may_hang_on_a_parameter, 0,
                        (int)(sizeof conditions / sizeof *conditions));
    tcase_add_loop_test(tcase, lines_of_fields_are_found, 0, sizeof line_rows / sizeof *line_rows);
    tcase_add_test(tcase, one_id_twice_is_refused);
    tcase_add_test(tcase, shared_code_that_does_not_parse_is_refused);
    tcase_add_loop_test(tcase, shipped_instruments_are_read, 0, 2);
    tcase_add_loop_test(tcase, instrument_breach_is_named, 0,
                        sizeof instrument_breaches / sizeof *instrument_breaches);
    suite_add_tcase(suite, tcase);
    return suite;
}

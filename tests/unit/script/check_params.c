/*
 * Parameter values as words and within their bounds; definitions filled with them.
 */
#include <string.h>

#include "script/params.h"
#include "script/suites.h"
#include "script/world.h"

static const tdm_str codes[] = {{"dental", 6}, {"speech-language", 15}, {"gp", 2}};
static const tdm_span months[] = {{TDM_SPAN_MONTHS, 9}, {TDM_SPAN_MONTHS, 12}, {TDM_SPAN_MONTHS, 15}};
static const tdm_span mixed[] = {{TDM_SPAN_DAYS, 1}, {TDM_SPAN_MONTHS, 1}};

typedef struct words_row {
    tdm__param_value value;
    const char *words;
} words_row;

#define SPAN(unit_, count_)                                                                                  \
    {                                                                                                        \
        .type = TDM__PARAM_SPAN, .span = { unit_, count_ }                                                   \
    }

static const words_row words_rows[] = {
    {{.type = TDM__PARAM_COUNT, .number = 3}, "3"},
    {{.type = TDM__PARAM_COUNT, .number = -2}, "-2"},
    {SPAN(TDM_SPAN_MONTHS, 12), "12 months"},
    {SPAN(TDM_SPAN_MONTHS, 1), "1 month"},
    {SPAN(TDM_SPAN_DAYS, 90), "90 days"},
    {SPAN(TDM_SPAN_DAYS, 1), "1 day"},
    {SPAN(TDM_SPAN_WORKING_DAYS, 5), "5 working days"},
    {SPAN(TDM_SPAN_DAYS, 0), "any time"},
    {{.type = TDM__PARAM_RATIO, .number = 1500}, "1.5"},
    {{.type = TDM__PARAM_RATIO, .number = 2000}, "2"},
    {{.type = TDM__PARAM_RATIO, .number = 1005}, "1.005"},
    {{.type = TDM__PARAM_RATIO, .number = 50}, "0.05"},
    {{.type = TDM__PARAM_PERCENT, .number = 100}, "10 %"},
    {{.type = TDM__PARAM_PERCENT, .number = 125}, "12.5 %"},
    {{.type = TDM__PARAM_CHOICE, .choice = {"ever", 4}}, "ever"},
    {{.type = TDM__PARAM_CHOICE, .choice = {"closure-183-days", 16}}, "closure 183 days"},
    {{.type = TDM__PARAM_FLAG, .number = 1}, "yes"},
    {{.type = TDM__PARAM_FLAG, .number = 0}, "no"},
    {{.type = TDM__PARAM_LIST, .codes = codes, .item_count = 1}, "dental"},
    {{.type = TDM__PARAM_LIST, .codes = codes, .item_count = 3}, "dental, speech language and gp"},
    {{.type = TDM__PARAM_LIST, .spans = months, .item_count = 3}, "9, 12 and 15 months"},
    {{.type = TDM__PARAM_LIST, .spans = months, .item_count = 1}, "9 months"},
    {{.type = TDM__PARAM_LIST, .spans = mixed, .item_count = 2}, "1 day and 1 month"},
    {{.type = TDM__PARAM_LIST}, "none"},
};

START_TEST(values_are_told_in_words)
{
    tdm__arena arena;
    tdm_str words;
    tdm__arena_init(&arena, &tdm__malloc_allocator);
    ck_assert_int_eq(tdm__param_words(&words, &arena, &words_rows[_i].value), TDM_OK);
    ck_assert_str_eq(words.data, words_rows[_i].words);
    tdm__arena_free(&arena);
}
END_TEST

static const tdm__param count = {.name = {"number", 6},
                                 .type = TDM__PARAM_COUNT,
                                 .has_min = true,
                                 .has_max = true,
                                 .min = {.type = TDM__PARAM_COUNT, .number = 2},
                                 .max = {.type = TDM__PARAM_COUNT, .number = 9}};
static const tdm__param span = {.name = {"within", 6},
                                .type = TDM__PARAM_SPAN,
                                .has_min = true,
                                .has_max = true,
                                .min = SPAN(TDM_SPAN_DAYS, 30),
                                .max = SPAN(TDM_SPAN_MONTHS, 24)};
static const tdm__param choice = {
    .name = {"service", 7}, .type = TDM__PARAM_CHOICE, .choices = codes, .choice_count = 2};
static const tdm__param list = {.name = {"services", 8},
                                .type = TDM__PARAM_LIST,
                                .choices = codes,
                                .choice_count = 2,
                                .fallback = {.type = TDM__PARAM_LIST, .codes = codes, .item_count = 1}};
static const tdm__param span_list = {.name = {"spans", 5},
                                     .type = TDM__PARAM_LIST,
                                     .fallback = {.type = TDM__PARAM_LIST, .spans = months, .item_count = 3}};

typedef struct check_row {
    const tdm__param *param;
    tdm__param_value value;
    const char *message; /* NULL: fine */
} check_row;

static const check_row check_rows[] = {
    {&count, {.type = TDM__PARAM_COUNT, .number = 2}, NULL},
    {&count, {.type = TDM__PARAM_COUNT, .number = 9}, NULL},
    {&count, {.type = TDM__PARAM_COUNT, .number = 1}, "parameter 'number': count from 2 up to 9 expected"},
    {&count, {.type = TDM__PARAM_COUNT, .number = 10}, "parameter 'number': count from 2 up to 9 expected"},
    {&count, {.type = TDM__PARAM_FLAG, .number = 3}, "parameter 'number': count from 2 up to 9 expected"},
    {&span, SPAN(TDM_SPAN_DAYS, 30), NULL},
    {&span, SPAN(TDM_SPAN_DAYS, 29), "parameter 'within': span from 30 days up to 24 months expected"},
    {&span, SPAN(TDM_SPAN_MONTHS, 1), NULL},
    {&span, SPAN(TDM_SPAN_MONTHS, 24), NULL},
    {&span, SPAN(TDM_SPAN_MONTHS, 25), "parameter 'within': span from 30 days up to 24 months expected"},
    {&span, SPAN(TDM_SPAN_WORKING_DAYS, 10),
     "parameter 'within': span from 30 days up to 24 months expected"},
    {&choice, {.type = TDM__PARAM_CHOICE, .choice = {"dental", 6}}, NULL},
    {&choice,
     {.type = TDM__PARAM_CHOICE, .choice = {"gp", 2}},
     "parameter 'service': choice of dental, speech-language expected"},
    {&list, {.type = TDM__PARAM_LIST, .codes = codes, .item_count = 2}, NULL},
    {&list,
     {.type = TDM__PARAM_LIST, .codes = codes, .item_count = 3},
     "parameter 'services': list of dental, speech-language expected"},
    {&list, {.type = TDM__PARAM_LIST}, NULL},
    {&span_list, {.type = TDM__PARAM_LIST}, "parameter 'spans': list expected"},
    {&span_list,
     {.type = TDM__PARAM_LIST, .codes = codes, .item_count = 1},
     "parameter 'spans': list expected"},
};

START_TEST(values_are_held_to_their_bounds)
{
    const check_row *row = &check_rows[_i];
    tdm_error error;
    tdm_status status = tdm__param_check(row->param, &row->value, &error);
    ck_assert_int_eq(status, row->message ? TDM_INVALID_INPUT : TDM_OK);
    if (row->message)
        ck_assert_str_eq(error.message, row->message);
}
END_TEST

START_TEST(definitions_are_filled)
{
    tdm__arena arena;
    tdm_str text;
    tdm__param params[] = {count, span};
    tdm__param_value values[] = {{.type = TDM__PARAM_COUNT, .number = 3}, SPAN(TDM_SPAN_MONTHS, 12)};
    tdm__indicator indicator = {.definition = TDM_LIT("{number} or more within {within}; {number} at least"),
                                .params = params,
                                .param_count = 2};
    tdm__arena_init(&arena, &tdm__malloc_allocator);
    ck_assert_int_eq(tdm__indicator_definition(&text, &arena, &indicator, values), TDM_OK);
    ck_assert_str_eq(text.data, "3 or more within 12 months; 3 at least");
    tdm__arena_free(&arena);
}
END_TEST

/* --- the table that a script gets --- */

static const tdm__param given[] = {{.name = {"count", 5}},  {.name = {"span", 4}},   {.name = {"ratio", 5}},
                                   {.name = {"choice", 6}}, {.name = {"flag", 4}},   {.name = {"codes", 5}},
                                   {.name = {"months", 6}}, {.name = {"percent", 7}}};
enum { GIVEN = sizeof given / sizeof *given };
static const tdm__param_value given_values[GIVEN] = {
    {.type = TDM__PARAM_COUNT, .number = 3},
    SPAN(TDM_SPAN_MONTHS, 12),
    {.type = TDM__PARAM_RATIO, .number = 2000},
    {.type = TDM__PARAM_CHOICE, .choice = {"ever", 4}},
    {.type = TDM__PARAM_FLAG, .number = 1},
    {.type = TDM__PARAM_LIST, .codes = codes, .item_count = 3},
    {.type = TDM__PARAM_LIST, .spans = months, .item_count = 3},
    {.type = TDM__PARAM_PERCENT, .number = 125},
};

typedef struct write_row {
    const char *lua; /* what a script does to its parameters */
    bool same;
} write_row;

static const write_row write_rows[] = {
    {"", true},
    {"p.count = 3", true},
    {"local n = p.codes[1]; p.codes[1] = 'x'; p.codes[1] = n", true},
    {"p.count = 4", false},
    {"p.count = 3.0", false},
    {"p.count = '3'", false},
    {"p.count = nil", false},
    {"p.count, p.counts = nil, 3", false},
    {"p.more = 1", false},
    {"p[1] = 1", false},
    {"p.span.months = 11", false},
    {"p.span.months = 12.0", false},
    {"p.span.days = 12", false},
    {"p.span.months, p.span.days = nil, 12", false},
    {"p.span = 12", false},
    {"p.ratio = 2", false},
    {"p.ratio = 2.5", false},
    {"p.percent = 12", false},
    {"p.choice = 'never'", false},
    {"p.choice = true", false},
    {"p.flag = false", false},
    {"p.flag = 1", false},
    {"p.codes[2] = 'gp'", false},
    {"p.codes[4] = 'gp'", false},
    {"p.codes[3] = nil", false},
    {"p.codes.name = 'gp'", false},
    {"p.codes = 'dental'", false},
    {"p.months[2].months = 13", false},
    {"p.months[2] = 12", false},
    {"p.months[3] = nil", false},
};

START_TEST(a_table_that_was_written_into_is_told)
{
    tdm__param_value others[GIVEN];
    lua_State *lua = luaL_newstate();
    const tdm__indicator indicator = {.params = given, .param_count = GIVEN};
    const write_row *row = &write_rows[_i];
    memcpy(others, given_values, sizeof others);
    others[0].number = 4;
    tdm__params_push(lua, indicator.params, indicator.param_count, given_values);
    ck_assert(tdm__params_are(lua, -1, indicator.params, indicator.param_count, given_values));
    ck_assert_msg(!tdm__params_are(lua, -1, indicator.params, indicator.param_count, others),
                  "other values are not these");
    lua_setglobal(lua, "p");
    ck_assert_int_eq(luaL_loadstring(lua, row->lua), LUA_OK);
    ck_assert_int_eq(lua_pcall(lua, 0, 0, 0), LUA_OK);
    lua_getglobal(lua, "p");
    ck_assert_msg(tdm__params_are(lua, -1, indicator.params, indicator.param_count, given_values) ==
                      row->same,
                  "%s", row->lua);
    ck_assert_int_eq(lua_gettop(lua), 1);
    lua_pushnil(lua);
    ck_assert(!tdm__params_are(lua, -1, indicator.params, indicator.param_count, given_values));
    lua_close(lua);
}
END_TEST

Suite *params_suite(void)
{
    Suite *suite = suite_create("params");
    TCase *tcase = tcase_create("values");
    tcase_add_loop_test(tcase, values_are_told_in_words, 0, sizeof words_rows / sizeof *words_rows);
    tcase_add_loop_test(tcase, values_are_held_to_their_bounds, 0, sizeof check_rows / sizeof *check_rows);
    tcase_add_test(tcase, definitions_are_filled);
    tcase_add_loop_test(tcase, a_table_that_was_written_into_is_told, 0,
                        sizeof write_rows / sizeof *write_rows);
    suite_add_tcase(suite, tcase);
    return suite;
}

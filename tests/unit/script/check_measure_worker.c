/*
 * A worker for measures from call to call: what it keeps, what ends with a call, budget, memory, and every
 * allocation that may fail.
 */
#include <string.h>

#include "script/measure.h"
#include "script/measure_world.h"
#include "script/suites.h"

/* A worker over a population of its own. */
typedef struct asking {
    tdm__measures *measures;
    tdm__measure_worker *worker;
    tdm_chronology *chronology;
    tdm__population *population;
    tdm__arena arena;
} asking;

static tdm_chronology *chronology_of(size_t referrals)
{
    tdm__builder *builder;
    tdm_chronology *chronology;
    uint32_t source;
    tdm__source_input from = {
        .name = TDM_LIT("s"), .format = TDM_LIT("x"), .received = TDM_DAY_NONE, .carries_all = true};
    tdm__child_input child = {.id = TDM_LIT("Anna")};
    ck_assert_int_eq(tdm__builder_new(&builder, &tdm__malloc_allocator, world_vocabulary()), TDM_OK);
    ck_assert_int_eq(tdm__builder_child(builder, &child), TDM_OK);
    ck_assert_int_eq(tdm__builder_source(&source, builder, &from), TDM_OK);
    for (size_t i = 0; i < referrals; i++) {
        tdm_day day = 19723 + (tdm_day)i % 300; /* from 1 January 2024 */
        tdm__event_input event = {.child = child.id,
                                  .occurred = {day, day, 0},
                                  .ended = {TDM_DAY_BEFORE_ALL, TDM_DAY_AFTER_ALL, 0},
                                  .recorded = TDM_DAY_NONE,
                                  .minute = -1,
                                  .agency = TDM_LIT("police"),
                                  .source = source,
                                  .row = (uint32_t)i + 1,
                                  .row_key = i + 1,
                                  .kind = tdm__vocabulary_kind(world_vocabulary(), TDM_LIT("contact"))};
        ck_assert_int_eq(tdm__builder_event(builder, &event), TDM_OK);
    }
    ck_assert_int_eq(tdm__builder_freeze(&chronology, builder, NULL), TDM_OK);
    tdm__builder_free(builder);
    return chronology;
}

static void begin(asking *a, const char *top, const char *body, size_t contacts,
                  const tdm__script_limits *limits)
{
    tdm_error error;
    tdm_context context = {.allocator = tdm__malloc_allocator};
    tdm__text examples = measure_example("", "numerator = 0"), text = measure_probe(top, body, examples.data);
    tdm_status status = measure_catalogue(&a->measures, &tdm__malloc_allocator, tdm__text_str(&text), limits,
                                          &error);
    ck_assert_msg(status == TDM_OK, "%s", error.message);
    ck_assert_int_eq(tdm__measure_worker_new(&a->worker, a->measures, &error), TDM_OK);
    a->chronology = chronology_of(contacts);
    ck_assert_int_eq(tdm__population_new(&a->population, &context, a->chronology, 20100, 1, NULL), TDM_OK);
    tdm__arena_init(&a->arena, &tdm__malloc_allocator);
    tdm__text_free(&text);
    tdm__text_free(&examples);
}

static void end(asking *a)
{
    tdm__arena_free(&a->arena);
    tdm__measure_worker_free(a->worker);
    tdm__population_free(a->population);
    tdm_chronology_free(a->chronology);
    tdm__measures_free(a->measures);
}

/* Over the `days` days from 1 January 2024, with the parameter `number`. */
static tdm__measure_answer ask(asking *a, tdm__measure_worker *worker, tdm_day days, int64_t number)
{
    tdm__measure_answer answer;
    tdm__param_value param = {.type = TDM__PARAM_COUNT, .number = number};
    tdm__measure_question question = {
        .population = a->population, .from = 19723, .to = 19723 + days - 1, .as_of = 20100, .params = &param};
    ck_assert_int_eq(tdm__measure_worker_ask(&answer, worker, &a->arena, 0, &question), TDM_OK);
    return answer;
}

static int64_t numerator_of(const tdm__measure_answer *answer)
{
    ck_assert_msg(!answer->reason, "%s: %.*s", answer->reason, TDM_STR_ARGS(answer->message));
    ck_assert_uint_eq(answer->measured.group_count, 1);
    return answer->measured.groups[0].numerator;
}

/* One contact a day. The same selection, however its options are written, is made once. */
START_TEST(a_base_selection_is_kept)
{
    asking a;
    begin(&a, "",
          "local facts = { referral_source = { 'school', 'police' }, outcome = true }\n"
          "local u = m:rows { kind = { 'contact', 'referral' } }\n"
          "local v = m:rows { kind = { 'referral', 'contact' } }\n"
          "assert(m:rows { facts = facts } and m:rows { facts = { outcome = true,\n"
          "  referral_source = { 'police', 'school' } } })\n"
          "return m:count { of = u:both(v):starting() }",
          20, NULL);
    tdm__measure_answer first = ask(&a, a.worker, 10, 3);
    ck_assert_int_eq(numerator_of(&first), 10);
    ck_assert_uint_eq(a.worker->kept.count, 2);
    size_t bytes = a.worker->kept.arena.used_bytes;
    tdm__measure_answer again = ask(&a, a.worker, 10, 3), longer = ask(&a, a.worker, 15, 3);
    ck_assert_int_eq(numerator_of(&longer), 15);
    ck_assert_int_eq(again.steps, first.steps);
    ck_assert_uint_eq(a.worker->kept.arena.used_bytes, bytes);
    tdm__measure_worker_forget(a.worker);
    ck_assert_uint_eq(a.worker->kept.count, 0);
    again = ask(&a, a.worker, 10, 3);
    ck_assert_int_eq(numerator_of(&again), 10);
    ck_assert_int_eq(again.steps, first.steps);
    end(&a);
}
END_TEST

/* Selections that differ in one option are different ones. */
START_TEST(different_selections_are_told_apart)
{
    asking a;
    begin(
        &a, "",
        "local all = { {}, { kind = 'contact' }, { kind = 'referral' }, { agency = 'police' },\n"
        "  { facts = { outcome = true } }, { facts = { outcome = 'a' } }, { facts = { outcome = 'b' } },\n"
        "  { facts = { outcome = { 'a', 'b' } } }, { facts = { outcome = 'a 1:b' } },\n"
        "  { facts = { stage = { min = 1 } } }, { facts = { stage = { max = 1 } } }, { theme = 'physical' "
        "},\n"
        "  { polarity = 'concern' }, { significance = 'high' }, { concern = true }, { child_seen = true },\n"
        "  { seen_alone = true }, { voice = true }, { voice = 'not-recorded' }, { once = 'incident' } }\n"
        "for _, options in ipairs(all) do assert(m:rows(options)) end\n"
        "assert(m:episodes {} and m:episodes { name = 'cp-plan' } and m:episodes { facts = { outcome = true "
        "} })\n"
        "return m:count { of = m:rows() }",
        20, NULL);
    tdm__measure_answer answer = ask(&a, a.worker, 10, 3);
    ck_assert_int_eq(numerator_of(&answer), 20);
    ck_assert_uint_eq(a.worker->kept.count, 23);
    end(&a);
}
END_TEST

/* As many as one call may ask for are kept beside those of the call before. */
START_TEST(as_many_selections_as_a_call_may_ask_for)
{
    asking a;
    begin(&a, "",
          "local n = p.number == 9 and 257 or 256\n"
          "for i = 1, n do\n"
          "  m:rows { facts = { outcome = 'x' .. (m.to * 1000 + i) } }\n"
          "end\n"
          "return m:count { of = m:rows { facts = { outcome = 'x' .. (m.to * 1000 + 1) } } }",
          4, NULL);
    for (int i = 1; i <= 5; i++) {
        tdm__measure_answer answer = ask(&a, a.worker, i, 3);
        ck_assert_int_eq(numerator_of(&answer), 0);
        ck_assert_uint_le(a.worker->kept.count, 512);
    }
    tdm__measure_answer answer = ask(&a, a.worker, 9, 9);
    ck_assert_str_eq(answer.reason, "script-error");
    ck_assert(tdm__str_equal(answer.message, TDM_LIT("rows: at most 256 different selections")));
    ck_assert_int_eq(answer.line, 3);
    end(&a);
}
END_TEST

/* What a call leaves behind shows in no other: locals of the file, the table of parameters, _ENV. */
START_TEST(an_answer_depends_on_its_question_alone)
{
    asking a;
    tdm__measure_worker *fresh;
    begin(&a, "local calls, kept = 0, {} ",
          "calls = calls + 1\n"
          "assert(calls == 1 and #kept == 0 and p.kept == nil and p.number == 3)\n"
          "kept[1], p.kept, p.number = m, m, 7\n"
          "local _ENV = { kept = kept }\n"
          "return m:count { of = m:rows {} }",
          30, NULL);
    ck_assert_int_eq(tdm__measure_worker_new(&fresh, a.measures, NULL), TDM_OK);
    tdm__measure_answer first = ask(&a, a.worker, 10, 3), again = ask(&a, a.worker, 10, 3);
    tdm__measure_answer other = ask(&a, fresh, 10, 3);
    ck_assert_int_eq(numerator_of(&first), 30);
    ck_assert_int_eq(numerator_of(&again), 30);
    ck_assert_int_eq(numerator_of(&other), 30);
    ck_assert_int_eq(first.steps, again.steps);
    ck_assert_int_eq(first.steps, other.steps);
    tdm__measure_worker_free(fresh);
    end(&a);
}
END_TEST

static int keep_views(lua_State *lua)
{
    tdm__measure_call *call = tdm__sandbox_of(lua)->measure;
    tdm__units *units = tdm__room(lua, 1, sizeof *units);
    tdm__view_push(lua, TDM__VIEW_MEASURE, call);
    lua_setfield(lua, LUA_REGISTRYINDEX, "kept m");
    tdm__view_push(lua, TDM__VIEW_UNITS, units);
    lua_setfield(lua, LUA_REGISTRYINDEX, "kept units");
    return 0;
}

static int use_measure(lua_State *lua)
{
    lua_getfield(lua, LUA_REGISTRYINDEX, "kept m");
    lua_getfield(lua, -1, "from");
    return 0;
}

static int use_units(lua_State *lua)
{
    lua_getfield(lua, LUA_REGISTRYINDEX, "kept units");
    lua_getfield(lua, -1, "first_of_child");
    lua_insert(lua, -2);
    lua_call(lua, 1, 1);
    return 0;
}

/* Told by its generation in a later call, and by there being none outside of any. */
START_TEST(a_view_ends_with_its_call)
{
    static const lua_CFunction uses[] = {use_measure, use_units};
    asking a;
    begin(&a, "", "return m:count { of = m:rows {} }", 2, NULL);
    tdm__sandbox *sandbox = &a.worker->sandbox;
    tdm__measure_question question = {.population = a.population};
    tdm__measure_call call = {.question = &question,
                              .ground = {.population = a.population, .arena = &a.arena},
                              .answer = &a.arena,
                              .room_bytes = 1 << 20};
    for (size_t i = 0; i < sizeof uses / sizeof *uses; i++) {
        sandbox->measure = &call;
        sandbox->generation = 7;
        ck_assert_int_eq(tdm__sandbox_run(sandbox, keep_views, NULL, 1000), TDM_OK);
        ck_assert_int_eq(tdm__sandbox_run(sandbox, use_measure, NULL, 1000), TDM_OK);
        sandbox->generation = 8;
        ck_assert_int_eq(tdm__sandbox_run(sandbox, uses[i], NULL, 1000), TDM_SCRIPT);
        ck_assert_str_eq(sandbox->message, "a view was kept after its call");
        sandbox->generation = 7;
        sandbox->measure = NULL;
        ck_assert_int_eq(tdm__sandbox_run(sandbox, uses[i], NULL, 1000), TDM_SCRIPT);
        ck_assert_str_eq(sandbox->message, "a view was kept after its call");
    }
    end(&a);
}
END_TEST

static const struct {
    const char *body, *reason;
    int32_t line;
} spendings[] = {
    {"if p.number == 9 then while true do end end\n", "budget", 1},
    {"while p.number == 9 do m:rows {} end\n", "budget", 1},
    {"local u = m:rows {}\nwhile p.number == 9 do u:starting() end\n", "memory", 2},
    {"local u = m:rows {}\nwhile p.number == 9 do m:count { of = u } end\n", "budget", 2},
    {"local t = {}\nwhile p.number == 9 do\nt[#t + 1] = { #t }\nend\n", "memory", 3},
    {"if p.number == 9 then calendar.working_days(m.from + 40000, m.to) end\n", "unknown-period", 1},
    {"if p.number == 9 then error('no') end\n", "script-error", 1},
};

/* Each says its reason and place, twice alike, and the next call is answered as if it had not been. */
START_TEST(a_worker_goes_on_after_failures)
{
    asking a;
    tdm__text body;
    tdm__script_limits limits = {3 * 1000 * 1000, 1024 * 1024};
    tdm__text_init(&body, &tdm__malloc_allocator);
    tdm__text_puts(&body, spendings[_i].body);
    tdm__text_puts(&body, "return m:count { of = m:rows({}):starting() }");
    begin(&a, "", body.data, 3000, &limits);
    tdm__measure_answer good = ask(&a, a.worker, 20, 3), bad[2];
    for (int i = 0; i < 2; i++) {
        bad[i] = ask(&a, a.worker, 20, 9);
        ck_assert_msg(bad[i].reason && strcmp(bad[i].reason, spendings[_i].reason) == 0, "%s: %s %.*s",
                      spendings[_i].body, bad[i].reason, TDM_STR_ARGS(bad[i].message));
        ck_assert_int_eq(bad[i].line, spendings[_i].line);
        ck_assert(tdm__str_equal(bad[i].file, TDM_LIT("measures/drift/probe.lua")));
        ck_assert_uint_eq(bad[i].measured.group_count, 0);
    }
    ck_assert_int_eq(bad[0].steps, bad[1].steps);
    tdm__measure_answer after = ask(&a, a.worker, 20, 3);
    ck_assert_int_eq(numerator_of(&good), 200); /* ten a day */
    ck_assert_int_eq(numerator_of(&after), 200);
    ck_assert_int_eq(good.steps, after.steps);
    tdm__text_free(&body);
    end(&a);
}
END_TEST

static tdm_status all_of_it(const tdm_allocator *allocator)
{
    static const char body[] =
        "local R = m:rows { kind = { 'referral', 'contact' }, facts = { referral_source = { 'school', "
        "'police' } } }\n"
        "local P, edges = m:episodes { name = 'cp-plan' }, { { name = 'same', same_day = true }, { name = "
        "'more' } }\n"
        "local s = R:starting():until_first(P, { before = R:ending() })\n"
        "assert(s:done():units() and s:within(20, 'working-days') and m:children():followed(P:open_on()))\n"
        "assert(m:survival { of = s, at = { { months = 3 } } } and m:coverage {})\n"
        "assert(m:breakdown { of = R, by = 'referral_source', codes = { 'x' } } and m:prompts {})\n"
        "assert(m:share { of = R:after(R):minus(P):union(R), among = R:where { ended = false } })\n"
        "return m:times { of = s, count = 'days', edges = edges, within = 25 }";
    tdm__measures *measures = NULL;
    tdm__measure_worker *worker = NULL;
    tdm__measure_example example;
    tdm__arena arena;
    tdm__text examples =
        measure_example("prompts = { { 'Anna', 'clocks', 'new', '2024-03-01' } }, by = 'agency', "
                        "params = { number = 5 },",
                        "numerator = 1, lengths = { 22, 27 }, waiting = { 213 }, group = { "
                        "['childrens-social-care'] = { numerator = 1 } }");
    tdm__text text = measure_probe("", body, examples.data);
    tdm__arena_init(&arena, allocator);
    tdm_status status = measure_catalogue(&measures, allocator, tdm__text_str(&text), NULL, NULL);
    if (status == TDM_OK)
        status = tdm__measure_worker_new(&worker, measures, NULL);
    if (status == TDM_OK)
        status = tdm__measure_worker_example(&example, worker, &arena, 0, 0);
    if (status == TDM_OK)
        ck_assert_msg(example.passed, "%.*s", TDM_STR_ARGS(example.detail));
    tdm__measure_worker_free(worker);
    tdm__arena_free(&arena);
    tdm__measures_free(measures);
    tdm__text_free(&text);
    tdm__text_free(&examples);
    return status;
}

START_TEST(survives_every_allocation)
{
    world_ground();
    TEST_EVERY_ALLOCATION(all_of_it);
}
END_TEST

Suite *measure_worker_suite(void)
{
    Suite *suite = suite_create("workers of measures");
    TCase *tcase = tcase_create("calls");
    tcase_set_timeout(tcase, 300);
    tcase_add_test(tcase, a_base_selection_is_kept);
    tcase_add_test(tcase, different_selections_are_told_apart);
    tcase_add_test(tcase, as_many_selections_as_a_call_may_ask_for);
    tcase_add_test(tcase, an_answer_depends_on_its_question_alone);
    tcase_add_test(tcase, a_view_ends_with_its_call);
    tcase_add_loop_test(tcase, a_worker_goes_on_after_failures, 0,
                        (int)(sizeof spendings / sizeof *spendings));
    tcase_add_test(tcase, survives_every_allocation);
    suite_add_tcase(suite, tcase);
    return suite;
}

/*
 * Every file of tests/sandbox, with the status that its first line expects: twice in one worker and
 * once in a fresh one, so that anything a call leaves behind would show. And bytecode, which no text
 * file can hold.
 */
#include <lauxlib.h>
#include <stdio.h>
#include <string.h>

#include "script/measure_world.h"
#include "script/suites.h"
#include "script/world.h"

static const char events[] =
    "{ '2024-01-01', 'concern', 'school' }, { '2024-02-01', 'concern', 'police' },\n";

typedef struct attempt {
    char expected[32];
    bool whole_file;
    bool measure;
} attempt;

static attempt first_line(tdm_str text, const char *name)
{
    attempt found = {"", false, false};
    char mode[16] = "";
    tdm_str line = tdm__str_split(&text, '\n');
    char copy[128];
    snprintf(copy, sizeof copy, "%.*s", TDM_STR_ARGS(line));
    int read = sscanf(copy, "-- expect: %31s (%15[a-z])", found.expected, mode);
    ck_assert_msg(read == 2, "%s: the first line names no status", name);
    found.whole_file = strcmp(mode, "file") == 0;
    found.measure = strcmp(mode, "measure") == 0;
    ck_assert_msg(found.whole_file || found.measure || strcmp(mode, "evaluate") == 0, "%s: (%s)", name, mode);
    return found;
}

static const char *status_of(const world_answer *answer)
{
    return answer->answer == TDM_NOT_ASSESSED ? answer->reason : tdm_answer_code(answer->answer);
}

/* A failure names its place; an answer has none. */
static void check_answer(const char *name, const char *expected, const world_answer *answer)
{
    ck_assert_msg(strcmp(status_of(answer), expected) == 0, "%s: expected %s, got %s (line %d: %s)", name,
                  expected, status_of(answer), (int)answer->line, answer->message);
    if (answer->answer != TDM_NOT_ASSESSED)
        return;
    ck_assert_msg(strcmp(answer->file, "indicators/drift/probe.lua") == 0 ||
                      strncmp(answer->file, "lib/", 4) == 0,
                  "%s: %s", name, answer->file);
    ck_assert_msg(answer->line > 0, "%s", name);
}

static void ask_thrice(const char *name, const char *expected, const tdm__catalogue *catalogue)
{
    world_answer answers[3];
    tdm__worker *worker, *fresh;
    tdm_error error;
    ck_assert_int_eq(tdm__worker_new(&worker, catalogue, &error), TDM_OK);
    ck_assert_int_eq(tdm__worker_new(&fresh, catalogue, &error), TDM_OK);
    answers[0] = world_ask(worker, catalogue);
    answers[1] = world_ask(worker, catalogue);
    answers[2] = world_ask(fresh, catalogue);
    tdm__worker_free(worker);
    tdm__worker_free(fresh);
    for (int i = 0; i < 3; i++) {
        check_answer(name, expected, &answers[i]);
        ck_assert_msg(answers[i].steps == answers[0].steps && answers[i].line == answers[0].line,
                      "%s: %lld steps, then %lld", name, (long long)answers[0].steps,
                      (long long)answers[i].steps);
    }
}

/* An answer is "answered"; what it says of a failure ends with its place and words. */
static void ask_measure(const char *name, const char *expected, tdm__measure_worker *worker)
{
    char wanted[64], got[64];
    tdm__arena arena;
    tdm__measure_example example;
    bool answered = strcmp(expected, "answered") == 0;
    tdm__arena_init(&arena, &tdm__malloc_allocator);
    ck_assert_int_eq(tdm__measure_worker_example(&example, worker, &arena, 0, 0), TDM_OK);
    snprintf(wanted, sizeof wanted, "not assessed: %s", expected);
    snprintf(got, sizeof got, "%.*s", (int)strlen(wanted),
             example.detail.length > 0 ? example.detail.data : "");
    ck_assert_msg(answered ? example.passed : strcmp(got, wanted) == 0, "%s: expected %s, got %.*s", name,
                  expected, TDM_STR_ARGS(example.detail));
    tdm__arena_free(&arena);
}

static void run_measure_attempt(const char *name, const attempt *attempted, tdm_str text,
                                const tdm__script_limits *limits)
{
    tdm__measures *measures;
    tdm__measure_worker *worker, *fresh;
    tdm_error error = {0};
    tdm__text examples = measure_example("", "numerator = 11"),
              probe = measure_probe("", text.data, examples.data);
    tdm_status status = measure_catalogue(&measures, &tdm__malloc_allocator, tdm__text_str(&probe), limits,
                                          &error);
    ck_assert_msg(status == TDM_OK, "%s:%d %s", name, (int)error.line, error.message);
    ck_assert_int_eq(tdm__measure_worker_new(&worker, measures, &error), TDM_OK);
    ck_assert_int_eq(tdm__measure_worker_new(&fresh, measures, &error), TDM_OK);
    ask_measure(name, attempted->expected, worker);
    ask_measure(name, attempted->expected, worker);
    ask_measure(name, attempted->expected, fresh);
    tdm__measure_worker_free(worker);
    tdm__measure_worker_free(fresh);
    tdm__measures_free(measures);
    tdm__text_free(&probe);
    tdm__text_free(&examples);
}

static void run_attempt(const char *name, tdm_str text)
{
    tdm__catalogue *catalogue;
    tdm_error error;
    attempt attempted = first_line(text, name);
    /* Small limits: what an endless script does takes no longer to see. */
    tdm__script_limits limits = {3 * 1000 * 1000, 8 * 1024 * 1024};
    if (attempted.measure) {
        run_measure_attempt(name, &attempted, text, &limits);
        return;
    }
    tdm__text probe = attempted.whole_file ? world_probe(text.data, "return evaluate(child, p)", events)
                                           : world_probe("", text.data, events);
    tdm_status status = world_catalogue(&catalogue, &tdm__malloc_allocator, tdm__text_str(&probe), &limits,
                                        &error);
    if (strcmp(attempted.expected, "load-error") == 0) {
        ck_assert_msg(status == TDM_SCRIPT, "%s: %s", name, tdm_status_name(status));
        ck_assert_str_eq(error.file, "indicators/drift/probe.lua");
        ck_assert_int_gt(error.line, 0);
    } else {
        ck_assert_msg(status == TDM_OK, "%s:%d %s", name, (int)error.line, error.message);
        ask_thrice(name, attempted.expected, catalogue);
    }
    tdm__catalogue_free(catalogue);
    tdm__text_free(&probe);
}

START_TEST(every_attempt_ends_as_expected)
{
    tdm__arena arena;
    tdm_str *names;
    size_t count, run = 0;
    tdm__arena_init(&arena, &tdm__malloc_allocator);
    ck_assert_int_eq(tdm__folder_list(&names, &count, &arena, TDM_SOURCE_DIR, "tests/sandbox", NULL), TDM_OK);
    for (size_t i = 0; i < count; i++) {
        tdm_str path = tdm__path_join(&arena, TDM_LIT("tests/sandbox"), names[i]);
        if (path.length < 4 || strcmp(path.data + path.length - 4, ".lua") != 0)
            continue;
        tdm__buffer buffer = world_read(path.data);
        run_attempt(path.data, (tdm_str){buffer.data, buffer.length});
        tdm__free(&tdm__malloc_allocator, buffer.data);
        run++;
    }
    tdm__arena_free(&arena);
    ck_assert_uint_gt(run, 50);
}
END_TEST

static int write_bytes(lua_State *lua, const void *bytes, size_t size, void *payload)
{
    (void)lua;
    tdm__text_bytes(payload, bytes, size);
    return 0;
}

/* Redis CVE-2025-49844: bytecode reaches what text cannot. */
START_TEST(bytecode_is_refused)
{
    tdm__text bytecode, probe = world_probe("", "return nil", "");
    tdm__catalogue *catalogue;
    tdm_error error;
    lua_State *lua = luaL_newstate();
    tdm__text_init(&bytecode, &tdm__malloc_allocator);
    ck_assert_int_eq(luaL_loadstring(lua, probe.data), LUA_OK);
    lua_dump(lua, write_bytes, &bytecode, 0);
    lua_close(lua);
    ck_assert_int_eq(bytecode.data[0], '\x1b');
    tdm_status status = world_catalogue(&catalogue, &tdm__malloc_allocator, tdm__text_str(&bytecode), NULL,
                                        &error);
    ck_assert_int_eq(status, TDM_SCRIPT);
    ck_assert_ptr_null(catalogue);
    tdm__text_free(&bytecode);
    tdm__text_free(&probe);
}
END_TEST

/* A script that was stopped leaves the worker fit for the next question. */
START_TEST(a_worker_goes_on_after_failures)
{
    static const char body[] = "local n = child:select({}):count().certain\n"
                               "if n == 2 then while true do end end\n"
                               "return child:select({}):at_least { n = 1, outcome = 'yes' }";
    tdm__script_limits limits = {100 * 1000, 8 * 1024 * 1024};
    tdm__text two = world_probe("", body, events),
              one = world_probe("", body, "{ '2024-01-01', 'concern', 'school' }");
    tdm__catalogue *asks_two, *asks_one;
    tdm__worker *worker;
    tdm_error error;
    ck_assert_int_eq(world_catalogue(&asks_two, &tdm__malloc_allocator, tdm__text_str(&two), &limits, &error),
                     TDM_OK);
    ck_assert_int_eq(world_catalogue(&asks_one, &tdm__malloc_allocator, tdm__text_str(&one), &limits, &error),
                     TDM_OK);
    ck_assert_int_eq(tdm__worker_new(&worker, asks_two, &error), TDM_OK);
    for (int i = 0; i < 3; i++) {
        world_answer stopped = world_ask(worker, asks_two), answered = world_ask(worker, asks_one);
        ck_assert_str_eq(stopped.reason, "budget");
        ck_assert_int_eq(stopped.line, 2);
        ck_assert_int_eq(answered.answer, TDM_MET);
        ck_assert_str_eq(answered.sentence, "1 of 3 from 1 January 2024 to 1 January 2024.");
    }
    tdm__worker_free(worker);
    tdm__catalogue_free(asks_two);
    tdm__catalogue_free(asks_one);
    tdm__text_free(&two);
    tdm__text_free(&one);
}
END_TEST

Suite *sandbox_suite(void)
{
    Suite *suite = suite_create("sandbox");
    TCase *tcase = tcase_create("attempts");
    tcase_set_timeout(tcase, 120);
    tcase_add_test(tcase, every_attempt_ends_as_expected);
    tcase_add_test(tcase, bytecode_is_refused);
    tcase_add_test(tcase, a_worker_goes_on_after_failures);
    suite_add_tcase(suite, tcase);
    return suite;
}

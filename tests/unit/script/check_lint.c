/*
 * What the text of a file shows without running it.
 */
#include <string.h>

#include "script/lint.h"
#include "script/measure_world.h"
#include "script/suites.h"
#include "script/tokens.h"
#include "script/world.h"

/* A source and its free names with their lines: "name:line", "name=line" where it is set. */
typedef struct scope_row {
    const char *source, *names;
} scope_row;

static const scope_row scope_rows[] = {
    {"", ""},
    {"local a = b", "b:1"},
    {"local a\na = 1", ""},
    {"a = 1", "a=1"},
    {"-- b\n--[[ c\nd ]] x()", "x:3"},
    {"--[==[ ]] a ]==] x()", "x:1"},
    {"local a = 'b c' .. \"d\\\"e\" .. [[f\ng]] .. [=[ ]] h ]=]", ""},
    {"do local a = 1 end\nreturn a", "a:2"},
    {"local function f(a, ...) return a, ... end return a", "a:1"},
    {"local f = function(a) local b = a return b end\nreturn f, b", "b:2"},
    {"function g(x) return x end", "g:1"},
    {"local t = {} function t.f(a) return a end function t:m() return self end return self", "self:1"},
    {"for i = 1, n do print(i) end return i", "n:1 print:1 i:1"},
    {"for k, v in pairs(t) do return k, v end", "pairs:1 t:1"},
    {"while c do local d = 1 end return d", "c:1 d:1"},
    {"if a then local b = 1 elseif b then return b else return b end", "a:1 b:1"},
    {"repeat local a = f() until a", "f:1"},
    {"return { key = value, ['x'] = y, nested = { key = key } }", "value:1 y:1 key:1"},
    {"local a return a.b.c, a:d(), a.b(e)", "e:1"},
    {"goto done ::done::", ""},
    {"local x <const> = 1 return x", ""},
    {"local a, b = 1, 2 return a == b, a ~= c", "c:1"},
    {"return { f = function(p) if p then return { p = p } end end, g = p }", "p:1"},
};

static void names_of(tdm__text *out, const char *source)
{
    tdm__arena arena;
    tdm__token *tokens;
    tdm__free_name *names;
    size_t token_count, count;
    tdm__arena_init(&arena, &tdm__malloc_allocator);
    ck_assert_int_eq(tdm__tokens_of(&tokens, &token_count, &arena, tdm__str(source)), TDM_OK);
    ck_assert_int_eq(tdm__free_names(&names, &count, &arena, tokens, token_count), TDM_OK);
    for (size_t i = 0; i < count; i++)
        tdm__text_printf(out, "%s%.*s%c%d", i > 0 ? " " : "", TDM_STR_ARGS(names[i].name),
                         names[i].written ? '=' : ':', (int)names[i].line);
    tdm__arena_free(&arena);
}

START_TEST(free_names_are_found)
{
    tdm__text text;
    tdm__text_init(&text, &tdm__malloc_allocator);
    names_of(&text, scope_rows[_i].source);
    ck_assert_msg(tdm__str_equal(tdm__text_str(&text), tdm__str(scope_rows[_i].names)), "%s: %.*s",
                  scope_rows[_i].source, TDM_STR_ARGS(tdm__text_str(&text)));
    tdm__text_free(&text);
}
END_TEST

/* Nothing that is cut off, unbalanced or deep may lead out of the text. */
START_TEST(any_text_is_survived)
{
    static const char *const texts[] = {"'",        "\"\\",  "[==[", "--[[",           "end end }",
                                        "function", "local", "for",  "local function", "function a.b:",
                                        "[",        "::",    "x <",  "local a <",      "goto"};
    tdm__text text, deep;
    tdm__text_init(&text, &tdm__malloc_allocator);
    tdm__text_init(&deep, &tdm__malloc_allocator);
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        names_of(&text, texts[i]);
    for (int i = 0; i < 3000; i++)
        tdm__text_puts(&deep, i < 1500 ? "do local a = { " : " } end ");
    names_of(&text, deep.data);
    tdm__text_free(&deep);
    tdm__text_free(&text);
}
END_TEST

static const char events[] = "{ '2024-01-01', 'concern', 'school' }, { '2024-03-01', 'concern', 'police' }";

static tdm_status lint(const tdm_allocator *allocator)
{
    size_t count;
    tdm__lint *found;
    tdm__arena arena;
    tdm__catalogue *catalogue = NULL;
    tdm__text text = world_probe("", "if chidl then return nil end\nreturn nil", events);
    tdm__arena_init(&arena, allocator);
    tdm_status status = world_catalogue(&catalogue, allocator, tdm__text_str(&text), NULL, NULL);
    if (status == TDM_OK)
        status = tdm__catalogue_lint(&found, &count, &arena, catalogue, 0, NULL);
    if (status == TDM_OK) {
        bool seen = false;
        for (size_t i = 0; i < count; i++)
            seen = seen || (strcmp(found[i].code, "undeclared-name") == 0 && found[i].line == 1 &&
                            strncmp(found[i].message.data, "'chidl'", 7) == 0);
        ck_assert(seen);
    }
    tdm__catalogue_free(catalogue);
    tdm__arena_free(&arena);
    tdm__text_free(&text);
    return status;
}

START_TEST(lint_survives_every_allocation)
{
    world_ground();
    TEST_EVERY_ALLOCATION(lint);
}
END_TEST

/* "code:line" of each finding. */
static const struct {
    const char *body, *found;
} measure_rows[] = {
    {"return m:count { of = m:rows { facts = { stage = p.number } } }", ""},
    {"return m:count { of = m:rows {} }", "unused-parameter:7 "},
    {"local n = p.number\nreturn m:count { of = m:rows { facts = { stage = p.numbers or n } } }",
     "unknown-parameter:2 "},
    {"local n = p.number\nrows = m:rows {}\nreturn m:count { of = rowz }",
     "undeclared-name:2 undeclared-name:3 "},
    {"local key = 'number'\nreturn m:count { of = m:rows { facts = { stage = p[key] } } }", ""},
};

START_TEST(slips_in_a_measure_are_found)
{
    size_t count;
    tdm__lint *found;
    tdm__arena arena;
    tdm__measures *measures;
    tdm__text examples = measure_example("", "numerator = 0"), told;
    tdm__text text = measure_probe("", measure_rows[_i].body, examples.data);
    tdm__arena_init(&arena, &tdm__malloc_allocator);
    tdm__text_init(&told, &tdm__malloc_allocator);
    ck_assert_int_eq(measure_catalogue(&measures, &tdm__malloc_allocator, tdm__text_str(&text), NULL, NULL),
                     TDM_OK);
    ck_assert_int_eq(tdm__measures_lint(&found, &count, &arena, measures, 0), TDM_OK);
    for (size_t i = 0; i < count; i++)
        tdm__text_printf(&told, "%s:%d ", found[i].code, (int)found[i].line);
    ck_assert_msg(tdm__str_equal(tdm__text_str(&told), tdm__str(measure_rows[_i].found)), "%s: %.*s",
                  measure_rows[_i].body, TDM_STR_ARGS(tdm__text_str(&told)));
    tdm__measures_free(measures);
    tdm__arena_free(&arena);
    tdm__text_free(&told);
    tdm__text_free(&text);
    tdm__text_free(&examples);
}
END_TEST

Suite *lint_suite(void)
{
    Suite *suite = suite_create("lint");
    TCase *tests = tcase_create("lint");
    tcase_set_timeout(tests, 120);
    tcase_add_loop_test(tests, free_names_are_found, 0, sizeof scope_rows / sizeof *scope_rows);
    tcase_add_test(tests, any_text_is_survived);
    tcase_add_test(tests, lint_survives_every_allocation);
    tcase_add_loop_test(tests, slips_in_a_measure_are_found, 0, sizeof measure_rows / sizeof *measure_rows);
    suite_add_tcase(suite, tests);
    return suite;
}

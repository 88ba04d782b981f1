/*
 * Everything that a script can reach, walked from the environment through tables, metatables and
 * upvalues: no name outside the list, no table that could be written, no function of the stock
 * libraries that is not meant.
 */
#include <stdio.h>
#include <string.h>

#include "script/sandbox.h"
#include "script/suites.h"
#include "script/views.h"
#include "script/world.h"

/* As the design lists them, sorted. "TYPE:" is where the walk comes from. */
static const char *const allowed[] = {
    "all_of",
    "any_of",
    "assert",
    "calendar",
    "calendar.add",
    "calendar.text",
    "calendar.working_days",
    "error",
    "ipairs",
    "math",
    "math.abs",
    "math.ceil",
    "math.exp",
    "math.floor",
    "math.fmod",
    "math.huge",
    "math.log",
    "math.max",
    "math.maxinteger",
    "math.min",
    "math.mininteger",
    "math.modf",
    "math.pi",
    "math.sqrt",
    "math.tointeger",
    "math.type",
    "math.ult",
    "pairs",
    "select",
    "string",
    "string.byte",
    "string.char",
    "string.format",
    "string.len",
    "string.lower",
    "string.reverse",
    "string.sub",
    "string.upper",
    "table",
    "table.concat",
    "table.insert",
    "table.remove",
    "table.sort",
    "tonumber",
    "tostring",
    "type",
    "use",
    "utf8",
    "utf8.codepoint",
    "utf8.codes",
    "utf8.len",
};
static const char *const string_methods[] = {"byte",  "char",    "format", "len",
                                             "lower", "reverse", "sub",    "upper"};
#define COUNT(list) (sizeof list / sizeof *list)

static bool listed(const char *const *names, size_t count, const char *name)
{
    for (size_t i = 0; i < count; i++)
        if (strcmp(names[i], name) == 0)
            return true;
    return false;
}

static int found_count;

/* The table on top is a shadow: itself empty, its contents behind __index, writing refused. Leaves the
 * contents on top in its place. */
static void open_shadow(lua_State *lua, const char *path)
{
    lua_pushnil(lua);
    ck_assert_msg(lua_next(lua, -2) == 0, "%s: the shadow itself holds something", path);
    ck_assert_msg(lua_getmetatable(lua, -1), "%s can be written", path);
    ck_assert_msg(lua_getfield(lua, -1, "__newindex") == LUA_TFUNCTION, "%s can be written", path);
    lua_pop(lua, 1);
    ck_assert_msg(lua_getfield(lua, -1, "__metatable") == LUA_TBOOLEAN, "%s: metatable can be read", path);
    lua_pop(lua, 1);
    ck_assert_int_eq(lua_getfield(lua, -1, "__index"), LUA_TTABLE);
    lua_remove(lua, -2);
    lua_remove(lua, -2);
}

static void walk(lua_State *lua, const char *prefix)
{
    luaL_checkstack(lua, 10, NULL);
    lua_pushnil(lua);
    while (lua_next(lua, -2)) {
        char name[128];
        snprintf(name, sizeof name, "%s%s%s", prefix, *prefix ? "." : "", lua_tostring(lua, -2));
        ck_assert_msg(listed(allowed, COUNT(allowed), name), "%s can be reached", name);
        found_count++;
        if (lua_istable(lua, -1)) {
            open_shadow(lua, name);
            walk(lua, name);
        } else {
            ck_assert(lua_isfunction(lua, -1) || lua_isnumber(lua, -1));
        }
        lua_pop(lua, 1);
    }
}

static int walk_environment(lua_State *lua)
{
    found_count = 0;
    tdm__environment_push(lua);
    open_shadow(lua, "_ENV");
    walk(lua, "");
    ck_assert_int_eq(found_count, (int)COUNT(allowed));
    return 0;
}

static int walk_strings(lua_State *lua)
{
    size_t count = 0;
    lua_pushliteral(lua, "");
    ck_assert(lua_getmetatable(lua, -1));
    ck_assert_int_eq(lua_getfield(lua, -1, "__index"), LUA_TTABLE);
    lua_pushnil(lua);
    while (lua_next(lua, -2)) {
        ck_assert_msg(listed(string_methods, COUNT(string_methods), lua_tostring(lua, -2)), "method %s",
                      lua_tostring(lua, -2));
        count++;
        lua_pop(lua, 1);
    }
    ck_assert_uint_eq(count, COUNT(string_methods));
    /* no other type has a metatable */
    lua_pushnil(lua);
    ck_assert(!lua_getmetatable(lua, -1));
    lua_pushinteger(lua, 1);
    ck_assert(!lua_getmetatable(lua, -1));
    lua_pushboolean(lua, 1);
    ck_assert(!lua_getmetatable(lua, -1));
    tdm__environment_push(lua);
    lua_getfield(lua, -1, "assert");
    ck_assert(!lua_getmetatable(lua, -1));
    return 0;
}

/* The stock table of globals, which a chunk would get by default, is empty. */
static int look_at_globals(lua_State *lua)
{
    lua_pushglobaltable(lua);
    lua_pushnil(lua);
    ck_assert(!lua_next(lua, -2));
    ck_assert(luaL_getsubtable(lua, LUA_REGISTRYINDEX, LUA_LOADED_TABLE) == 0);
    return 0;
}

static void in_sandbox(lua_CFunction body)
{
    tdm__sandbox sandbox = {.vocabulary = world_vocabulary()};
    ck_assert_int_eq(tdm__sandbox_open(&sandbox, &tdm__malloc_allocator, 1 << 22), TDM_OK);
    tdm_status status = tdm__sandbox_run(&sandbox, body, NULL, 1000000);
    ck_assert_msg(status == TDM_OK, "%s", sandbox.message);
    tdm__sandbox_close(&sandbox);
}

START_TEST(only_listed_names_can_be_reached)
{
    in_sandbox(walk_environment);
}
END_TEST

START_TEST(only_listed_methods_of_strings)
{
    in_sandbox(walk_strings);
}
END_TEST

START_TEST(the_stock_globals_are_empty)
{
    in_sandbox(look_at_globals);
}
END_TEST

/* What a measure reaches beyond the environment: the methods of its views, told apart by commas. */
static const struct {
    tdm__view_kind kind;
    const char *methods;
} measure_views[] = {
    {TDM__VIEW_MEASURE, ",breakdown,children,count,coverage,episodes,prompts,rows,share,survival,times,"},
    {TDM__VIEW_UNITS,
     ",after,both,containing,during,ending,first_of_child,followed,kept_up,last_of_child,lasting,minus,"
     "open_for,open_on,recorded,since_first,since_last,starting,union,until_first,where,"},
    {TDM__VIEW_STRETCHES, ",done,ending,longer_than,units,within,"},
    {TDM__VIEW_MEASURED, ","},
};

/* Leaves the table of methods: behind __index, or, where a view has fields too, the upvalue of its function.
 */
static void push_methods(lua_State *lua)
{
    if (lua_getfield(lua, -1, "__index") == LUA_TTABLE)
        return;
    ck_assert(lua_iscfunction(lua, -1));
    ck_assert_ptr_nonnull(lua_getupvalue(lua, -1, 1));
    ck_assert_ptr_null(lua_getupvalue(lua, -2, 2));
}

static size_t commas(const char *text)
{
    size_t count = 0;
    for (; *text; text++)
        count += *text == ',';
    return count;
}

static int walk_measure_views(lua_State *lua)
{
    for (size_t i = 0; i < COUNT(measure_views); i++) {
        size_t count = 0;
        tdm__view_push(lua, measure_views[i].kind, NULL);
        ck_assert(lua_getmetatable(lua, -1));
        ck_assert_int_eq(lua_getfield(lua, -1, "__newindex"), LUA_TFUNCTION);
        ck_assert_int_eq(lua_getfield(lua, -2, "__metatable"), LUA_TBOOLEAN);
        ck_assert_int_eq(lua_getfield(lua, -3, "__gc"), LUA_TNIL);
        lua_pop(lua, 3);
        push_methods(lua);
        for (lua_pushnil(lua); lua_next(lua, -2); count++) {
            char name[64];
            snprintf(name, sizeof name, ",%s,", lua_tostring(lua, -2));
            ck_assert_msg(strstr(measure_views[i].methods, name), "method %s", name);
            ck_assert(lua_iscfunction(lua, -1));
            lua_pop(lua, 1);
        }
        ck_assert_uint_eq(count + 1, commas(measure_views[i].methods));
        lua_settop(lua, 0);
    }
    return 0;
}

START_TEST(only_listed_methods_of_what_a_measure_sees)
{
    in_sandbox(walk_measure_views);
}
END_TEST

static int keep_view(lua_State *lua)
{
    tdm__view_push(lua, TDM__VIEW_CHILD, lua_touserdata(lua, 1));
    lua_setfield(lua, LUA_REGISTRYINDEX, "kept");
    return 0;
}

static int use_view(lua_State *lua)
{
    lua_getfield(lua, LUA_REGISTRYINDEX, "kept");
    lua_getfield(lua, -1, "as_of");
    ck_assert(lua_isinteger(lua, -1));
    return 0;
}

/* A view of an earlier call is refused; so is one outside any call. */
START_TEST(a_view_ends_with_its_call)
{
    tdm__builder *builder;
    tdm_chronology *chronology;
    tdm_history *history;
    tdm__arena arena;
    tdm__child_input child = {.id = TDM_LIT("c")};
    tdm__sandbox sandbox = {.vocabulary = world_vocabulary()};
    tdm__arena_init(&arena, &tdm__malloc_allocator);
    ck_assert_int_eq(tdm__builder_new(&builder, &tdm__malloc_allocator, world_vocabulary()), TDM_OK);
    ck_assert_int_eq(tdm__builder_child(builder, &child), TDM_OK);
    ck_assert_int_eq(tdm__builder_freeze(&chronology, builder, NULL), TDM_OK);
    tdm__builder_free(builder);
    ck_assert_int_eq(tdm__history_new(&history, &arena, chronology, 0, 20000, NULL), TDM_OK);
    ck_assert_int_eq(tdm__sandbox_open(&sandbox, &tdm__malloc_allocator, 1 << 22), TDM_OK);
    sandbox.history = history;
    sandbox.generation = 7;
    ck_assert_int_eq(tdm__sandbox_run(&sandbox, keep_view, history, 1000), TDM_OK);
    ck_assert_int_eq(tdm__sandbox_run(&sandbox, use_view, NULL, 1000), TDM_OK);
    sandbox.generation = 8;
    ck_assert_int_eq(tdm__sandbox_run(&sandbox, use_view, NULL, 1000), TDM_SCRIPT);
    ck_assert_str_eq(sandbox.message, "a view was kept after its call");
    sandbox.generation = 7;
    sandbox.history = NULL;
    ck_assert_int_eq(tdm__sandbox_run(&sandbox, use_view, NULL, 1000), TDM_SCRIPT);
    tdm__sandbox_close(&sandbox);
    tdm_chronology_free(chronology);
    tdm__arena_free(&arena);
}
END_TEST

static int many_small(lua_State *lua)
{
    for (int i = 1; i < 1000000; i++)
        lua_newtable(lua), lua_pop(lua, 1);
    return 0;
}

static int held(lua_State *lua)
{
    lua_newtable(lua);
    for (int i = 1; i < 60000; i++) {
        lua_newtable(lua);
        lua_rawseti(lua, -2, i);
    }
    return 0;
}

/* Suricata CVE-2026-45763: what is held counts from the first allocation of each block. */
START_TEST(first_allocations_are_counted)
{
    test_memory memory = {.fail_from = 0};
    tdm_allocator allocator = test_allocator(&memory);
    tdm__sandbox sandbox = {.vocabulary = world_vocabulary()};
    ck_assert_int_eq(tdm__sandbox_open(&sandbox, &allocator, 1 << 20), TDM_OK);
    size_t before = sandbox.used_bytes;
    ck_assert_uint_gt(before, 10000);
    ck_assert_int_eq(tdm__sandbox_run(&sandbox, many_small, NULL, 1000), TDM_OK);
    ck_assert_uint_le(sandbox.used_bytes, 1 << 20);
    ck_assert_int_eq(tdm__sandbox_run(&sandbox, held, NULL, 1000), TDM_TOO_LARGE);
    ck_assert_uint_le(sandbox.used_bytes, 1 << 20);
    tdm__sandbox_close(&sandbox);
    ck_assert_uint_eq(sandbox.used_bytes, 0);
    ck_assert_int_eq(memory.blocks, 0);
}
END_TEST

Suite *environment_suite(void)
{
    Suite *suite = suite_create("environment");
    TCase *tcase = tcase_create("reach");
    tcase_add_test(tcase, only_listed_names_can_be_reached);
    tcase_add_test(tcase, only_listed_methods_of_strings);
    tcase_add_test(tcase, the_stock_globals_are_empty);
    tcase_add_test(tcase, only_listed_methods_of_what_a_measure_sees);
    tcase_add_test(tcase, a_view_ends_with_its_call);
    tcase_add_test(tcase, first_allocations_are_counted);
    suite_add_tcase(suite, tcase);
    return suite;
}

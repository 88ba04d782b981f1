/*
 * What a script can reach: an environment built name by name. Nothing is inherited, and every table
 * that scripts share is read-only, so that one script leaves no trace for the next.
 */
#include "script/sandbox.h"

#include <lualib.h>

#include "script/views.h"

static const char environment_key; /* its address names the environment in the registry */

static const char *const base_names[] = {"assert", "error", "ipairs", "select", "type", NULL};
static const char *const math_names[] = {"abs", "ceil", "exp",        "floor", "fmod",       "huge",
                                         "log", "max",  "maxinteger", "min",   "mininteger", "modf",
                                         "pi",  "sqrt", "tointeger",  "type",  "ult",        NULL};

/* Runs a stock library's opener and copies the named fields to the table on top of the stack. */
static void copy_from(lua_State *lua, lua_CFunction opener, const char *const *names)
{
    lua_pushcfunction(lua, opener);
    lua_call(lua, 0, 1);
    for (; *names; names++) {
        lua_getfield(lua, -1, *names);
        lua_setfield(lua, -3, *names);
    }
    lua_pop(lua, 1);
}

/* The base library writes into the table of globals; scripts do not see it, and it is emptied at once. */
static void forget_globals(lua_State *lua)
{
    lua_pushglobaltable(lua);
    lua_pushnil(lua);
    while (lua_next(lua, -2)) {
        lua_pop(lua, 1);
        lua_pushvalue(lua, -1);
        lua_pushnil(lua);
        lua_rawset(lua, -4); /* clearing a field during a traversal is allowed */
    }
    lua_pop(lua, 1);
}

static int refuse_write(lua_State *lua)
{
    const char *name = lua_type(lua, 2) == LUA_TSTRING ? lua_tostring(lua, 2) : "?";
    return luaL_error(lua, "'%s' cannot be set: use a local", name);
}

void tdm__readonly(lua_State *lua)
{
    lua_newtable(lua);
    lua_createtable(lua, 0, 3);
    lua_rotate(lua, -3, -1); /* shadow, metatable, contents */
    lua_setfield(lua, -2, "__index");
    lua_pushcfunction(lua, refuse_write);
    lua_setfield(lua, -2, "__newindex");
    lua_pushboolean(lua, false);
    lua_setfield(lua, -2, "__metatable");
    lua_setmetatable(lua, -2);
}

void tdm__check_table(lua_State *lua, int index)
{
    luaL_checktype(lua, index, LUA_TTABLE);
    if (lua_getmetatable(lua, index))
        luaL_error(lua, "this table is read-only");
}

static int read_number(lua_State *lua)
{
    size_t length = 0;
    luaL_checkany(lua, 1);
    if (lua_type(lua, 1) == LUA_TNUMBER) {
        tdm__sandbox_charge(lua, 1);
        lua_settop(lua, 1);
        return 1;
    }
    const char *text = lua_type(lua, 1) == LUA_TSTRING ? lua_tolstring(lua, 1, &length) : NULL;
    tdm__charge_bytes(lua, length);
    if (!text || lua_stringtonumber(lua, text) != length + 1)
        lua_pushnil(lua);
    return 1;
}

static void add_library(lua_State *lua, const char *name, void (*add)(lua_State *))
{
    lua_newtable(lua);
    add(lua);
    tdm__readonly(lua);
    lua_setfield(lua, -2, name);
}

static void add_math(lua_State *lua)
{
    copy_from(lua, luaopen_math, math_names);
}

/* Methods of strings ("x"):upper() come from the filtered table, never from the stock library, which
 * is not opened at all: ("a"):rep(2e9) must not be found. */
static void set_string_methods(lua_State *lua)
{
    lua_pushliteral(lua, "");
    lua_createtable(lua, 0, 2);
    lua_newtable(lua);
    tdm__strings_add(lua);
    lua_setfield(lua, -2, "__index");
    lua_pushboolean(lua, false);
    lua_setfield(lua, -2, "__metatable");
    lua_setmetatable(lua, -2);
    lua_pop(lua, 1);
}

static const luaL_Reg own_functions[] = {
    {"tonumber", read_number},
    {"tostring", tdm__lua_tostring},
    {"pairs", tdm__lua_pairs},
    {"use", tdm__lua_use},
    {"any_of", tdm__lua_any_of},
    {"all_of", tdm__lua_all_of},
    {NULL, NULL},
};

void tdm__environment_build(lua_State *lua)
{
    lua_newtable(lua);
    copy_from(lua, luaopen_base, base_names);
    forget_globals(lua);
    luaL_setfuncs(lua, own_functions, 0);
    add_library(lua, "math", add_math);
    add_library(lua, "string", tdm__strings_add);
    add_library(lua, "table", tdm__tables_add);
    add_library(lua, "utf8", tdm__utf8_add);
    add_library(lua, "calendar", tdm__calendar_add);
    set_string_methods(lua);
    tdm__views_define(lua);
    tdm__readonly(lua);
    lua_rawsetp(lua, LUA_REGISTRYINDEX, &environment_key);
}

void tdm__environment_push(lua_State *lua)
{
    lua_rawgetp(lua, LUA_REGISTRYINDEX, &environment_key);
}

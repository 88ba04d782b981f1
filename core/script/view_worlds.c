/*
 * A rule of the script's own, asked of every possible world: what no measure tells is written as a plain
 * function of one world.
 */
#include <string.h>

#include "script/views.h"

#include "chronology/load.h"

typedef struct asked {
    lua_State *lua;
    int rule; /* place of the function on the stack */
    const char *names[TDM__NAMED_MAX];
    const tdm_selection *selections[TDM__NAMED_MAX];
    size_t count;
} asked;

static void push_days(lua_State *lua, const tdm__named_days *days)
{
    lua_createtable(lua, (int)days->count, 0);
    for (uint32_t i = 0; i < days->count; i++) {
        lua_pushinteger(lua, days->items[i]);
        lua_rawseti(lua, -2, (lua_Integer)i + 1);
    }
}

/* Calls the rule with world.NAME = days; an error of the rule leaves by a jump, and nothing here is owned. */
static tdm_status ask_rule(bool *holds, const tdm__named_days *days, void *payload)
{
    const asked *a = payload;
    lua_State *lua = a->lua;
    luaL_checkstack(lua, 6, NULL);
    lua_pushvalue(lua, a->rule);
    lua_createtable(lua, 0, (int)a->count);
    for (size_t i = 0; i < a->count; i++) {
        push_days(lua, &days[i]);
        lua_setfield(lua, -2, a->names[i]);
    }
    lua_call(lua, 1, 1);
    if (!lua_isboolean(lua, -1))
        luaL_error(lua, "in_worlds: the rule must return true or false");
    *holds = lua_toboolean(lua, -1);
    lua_pop(lua, 1);
    return TDM_OK;
}

/* By name, so that the order in which a table gives its keys does not show. */
static void add_selection(lua_State *lua, asked *a, const char *name, const tdm_selection *selection)
{
    size_t at = a->count;
    if (a->count == TDM__NAMED_MAX)
        luaL_error(lua, "in_worlds: at most %d selections", TDM__NAMED_MAX);
    for (; at > 0 && strcmp(a->names[at - 1], name) > 0; at--) {
        a->names[at] = a->names[at - 1];
        a->selections[at] = a->selections[at - 1];
    }
    a->names[at] = name;
    a->selections[at] = selection;
    a->count++;
}

static const char *name_at(lua_State *lua, int index)
{
    const char *name = lua_type(lua, index) == LUA_TSTRING ? lua_tostring(lua, index) : NULL;
    if (!name || strlen(name) != lua_rawlen(lua, index))
        luaL_error(lua, "in_worlds: rows = { NAME = SELECTION } expected");
    return name;
}

static const tdm_selection *selection_of(lua_State *lua, int index, const tdm_history *history)
{
    const tdm_selection *selection = tdm__selection_check(lua, index);
    if (selection->history != history)
        luaL_error(lua, "in_worlds: the rows must be of the child itself");
    return selection;
}

/* The names are kept below the rule on the stack: the rule may empty the table that holds them. */
static void read_rows(lua_State *lua, asked *a, const tdm_history *history)
{
    if (!tdm__option(lua, 2, "rows") || !lua_istable(lua, -1))
        luaL_error(lua, "in_worlds: rows = { NAME = SELECTION } expected");
    int rows = lua_gettop(lua);
    lua_pushnil(lua);
    while (lua_next(lua, rows)) {
        add_selection(lua, a, name_at(lua, -2), selection_of(lua, -1, history));
        lua_pop(lua, 1);
        lua_pushvalue(lua, -1);
        lua_insert(lua, rows++);
    }
    if (a->count == 0)
        luaL_error(lua, "in_worlds: rows = { NAME = SELECTION } expected");
}

static int child_in_worlds(lua_State *lua)
{
    static const char *const names[] = {"rows", "rule", "outcome", NULL};
    tdm__verdict verdict;
    asked a = {.lua = lua};
    const tdm_history *history = tdm__view_check(lua, 1, TDM__VIEW_CHILD);
    lua_settop(lua, 2);
    tdm__options_open(lua, 2, names);
    read_rows(lua, &a, history);
    if (!tdm__option(lua, 2, "rule") || !lua_isfunction(lua, -1))
        return luaL_error(lua, "in_worlds: rule = function(world) expected");
    a.rule = lua_gettop(lua);
    tdm_status status = tdm__selections_in_worlds(&verdict, a.selections, a.count, ask_rule, &a,
                                                  &tdm__sandbox_of(lua)->budget);
    return tdm__verdict_push(lua, status, &verdict, "in_worlds");
}

const luaL_Reg tdm__child_worlds[] = {{"in_worlds", child_in_worlds}, {NULL, NULL}};

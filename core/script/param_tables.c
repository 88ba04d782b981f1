/*
 * The table of parameters that a script gets, and whether one that was given to a script before is still as
 * it was: making it anew for each call costs more than looking it through.
 */
#include "script/params.h"

void tdm__params_push(lua_State *lua, const tdm__param *params, size_t count, const tdm__param_value *values)
{
    lua_createtable(lua, 0, (int)count);
    for (size_t i = 0; i < count; i++) {
        tdm__param_push(lua, &values[i]);
        lua_setfield(lua, -2, params[i].name.data);
    }
}

/* Whether the value at `index` is the one on top, an integer where that is one. */
static bool is_top(lua_State *lua, int index)
{
    return lua_rawequal(lua, index, -1) && lua_isinteger(lua, index) == lua_isinteger(lua, -1);
}

static bool text_is(lua_State *lua, int index, tdm_str wanted)
{
    tdm_str text = {"", 0};
    if (lua_type(lua, index) != LUA_TSTRING)
        return false;
    text.data = lua_tolstring(lua, index, &text.length);
    return tdm__str_equal(text, wanted);
}

static bool item_is(lua_State *lua, int index, const tdm__param_value *list, size_t at)
{
    if (list->spans)
        return tdm__span_is(lua, index, list->spans[at]);
    return text_is(lua, index, list->codes[at]);
}

/* The walk goes by places, in the order in which the items were set: any other order is not as it was. */
static bool list_is(lua_State *lua, int index, const tdm__param_value *list)
{
    int top = lua_gettop(lua);
    size_t at = 0;
    if (!lua_istable(lua, index))
        return false;
    for (lua_pushnil(lua); lua_next(lua, index); at++) {
        if (at == list->item_count || lua_tointeger(lua, top + 1) != (lua_Integer)at + 1 ||
            !item_is(lua, top + 2, list, at))
            return false;
        lua_settop(lua, top + 1);
    }
    return at == list->item_count;
}

static bool value_is(lua_State *lua, int index, const tdm__param_value *value)
{
    if (value->type == TDM__PARAM_SPAN)
        return tdm__span_is(lua, index, value->span);
    if (value->type == TDM__PARAM_LIST)
        return list_is(lua, index, value);
    tdm__param_push(lua, value);
    return is_top(lua, index);
}

static const tdm__param_value *value_named(lua_State *lua, int index, const tdm__param *params,
                                           size_t param_count, const tdm__param_value *values)
{
    tdm_str name = {"", 0};
    if (lua_type(lua, index) == LUA_TSTRING)
        name.data = lua_tolstring(lua, index, &name.length);
    for (size_t i = 0; i < param_count; i++)
        if (tdm__str_equal(params[i].name, name))
            return &values[i];
    return NULL;
}

/* Keys are different, so that as many as there are parameters, each a parameter's name, are all of them. */
static bool are(lua_State *lua, int index, const tdm__param *params, size_t param_count,
                const tdm__param_value *values)
{
    int key = lua_gettop(lua) + 1;
    size_t count = 0;
    if (!lua_istable(lua, index))
        return false;
    for (lua_pushnil(lua); lua_next(lua, index); count++) {
        const tdm__param_value *value = value_named(lua, key, params, param_count, values);
        if (!value || !value_is(lua, key + 1, value))
            return false;
        lua_settop(lua, key);
    }
    return count == param_count;
}

bool tdm__params_are(lua_State *lua, int index, const tdm__param *params, size_t count,
                     const tdm__param_value *values)
{
    int top = lua_gettop(lua);
    luaL_checkstack(lua, 12, NULL);
    bool same = are(lua, lua_absindex(lua, index), params, count, values);
    lua_settop(lua, top);
    return same;
}

/*
 * The fields of script files, read raw and checked. What the fields of an indicator are: contract.c.
 */
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "script/contract.h"

#define KEYS_MAX 1024

int tdm__contract_fail(const tdm__contract *contract, const char *path, const char *format, ...)
{
    char expected[200];
    va_list values;
    va_start(values, format);
    vsnprintf(expected, sizeof expected, format, values);
    va_end(values);
    return tdm__sandbox_raise_at(contract->lua, contract->file.name,
                                 tdm__field_line(contract->file.text, path), "field '%s': %s", path,
                                 expected);
}

void tdm__path_of(char out[TDM__PATH_SIZE], const char *parent, const char *name)
{
    snprintf(out, TDM__PATH_SIZE, "%s%s%s", parent, *parent ? "." : "", name);
}

static bool listed(const char *const *names, const char *name)
{
    for (; *names; names++)
        if (strcmp(*names, name) == 0)
            return true;
    return false;
}

/* Of several unknown names the first by bytes: the walk's own order differs from run to run. */
void tdm__contract_names(const tdm__contract *contract, int index, const char *path, const char *const *names)
{
    lua_State *lua = contract->lua;
    const char *unknown = NULL;
    char at[TDM__PATH_SIZE];
    luaL_checkstack(lua, 8, NULL);
    lua_pushnil(lua);
    while (lua_next(lua, index)) {
        lua_pop(lua, 1);
        if (lua_type(lua, -1) != LUA_TSTRING)
            tdm__contract_fail(contract, path, "only named fields expected");
        const char *name = lua_tostring(lua, -1);
        if (!listed(names, name) && (!unknown || strcmp(name, unknown) < 0))
            unknown = name;
    }
    if (!unknown)
        return;
    tdm__path_of(at, path, unknown);
    tdm__contract_fail(contract, at, "there is no such field");
}

bool tdm__contract_field(const tdm__contract *contract, int index, const char *path, const char *name,
                         int type, bool required)
{
    lua_State *lua = contract->lua;
    char at[TDM__PATH_SIZE];
    tdm__path_of(at, path, name);
    luaL_checkstack(lua, 8, NULL);
    lua_pushstring(lua, name);
    int found = lua_rawget(lua, index);
    if (found == LUA_TNIL && !required) {
        lua_pop(lua, 1);
        return false;
    }
    if (found == LUA_TNIL)
        tdm__contract_fail(contract, at, "missing, %s expected", lua_typename(lua, type));
    if (found != type)
        tdm__contract_fail(contract, at, "%s expected, got %s", lua_typename(lua, type),
                           lua_typename(lua, found));
    return true;
}

tdm_str tdm__contract_pop_string(const tdm__contract *contract, const char *path)
{
    tdm_str text;
    lua_State *lua = contract->lua;
    size_t bad_at;
    if (lua_type(lua, -1) != LUA_TSTRING)
        tdm__contract_fail(contract, path, "string expected, got %s", luaL_typename(lua, -1));
    text.data = lua_tolstring(lua, -1, &text.length);
    if (!tdm__utf8_valid(text, &bad_at) || memchr(text.data, '\0', text.length))
        tdm__contract_fail(contract, path, "UTF-8 text expected");
    tdm_str copy = tdm__arena_copy(contract->arena, text);
    if (!copy.data)
        tdm__sandbox_stop(lua, TDM_NO_MEMORY);
    lua_pop(lua, 1);
    return copy;
}

tdm_str tdm__contract_string(const tdm__contract *contract, int index, const char *path, const char *name,
                             bool required)
{
    char at[TDM__PATH_SIZE];
    tdm__path_of(at, path, name);
    if (!tdm__contract_field(contract, index, path, name, LUA_TSTRING, required))
        return (tdm_str){"", 0};
    tdm_str text = tdm__contract_pop_string(contract, at);
    if (required && text.length == 0)
        tdm__contract_fail(contract, at, "must not be empty");
    return text;
}

size_t tdm__contract_list(const tdm__contract *contract, int index, const char *path)
{
    lua_State *lua = contract->lua;
    size_t count = 0;
    if (!lua_istable(lua, index))
        tdm__contract_fail(contract, path, "a list expected, got %s", luaL_typename(lua, index));
    luaL_checkstack(lua, 8, NULL);
    lua_pushnil(lua);
    while (lua_next(lua, index)) {
        lua_pop(lua, 1);
        count++;
    }
    if (count != lua_rawlen(lua, index))
        tdm__contract_fail(contract, path, "a list without gaps and names expected");
    return count;
}

static bool plain_name(tdm_str name)
{
    for (size_t i = 0; i < name.length; i++) {
        char c = name.data[i];
        if (!((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_' || c == '-'))
            return false;
    }
    return name.length > 0 && name.length <= 60;
}

static size_t count_keys(lua_State *lua, int index)
{
    size_t count = 0;
    lua_pushnil(lua);
    while (lua_next(lua, index)) {
        lua_pop(lua, 1);
        count++;
    }
    return count;
}

const tdm_str *tdm__contract_any_keys(const tdm__contract *contract, int index, const char *path,
                                      size_t *count)
{
    lua_State *lua = contract->lua;
    luaL_checkstack(lua, 8, NULL);
    size_t most = count_keys(lua, index);
    if (most > KEYS_MAX)
        tdm__contract_fail(contract, path, "at most %d names expected", KEYS_MAX);
    tdm_str *keys = tdm__contract_room(contract, most, sizeof *keys);
    *count = 0;
    lua_pushnil(lua);
    while (lua_next(lua, index)) {
        lua_pop(lua, 1);
        lua_pushvalue(lua, -1);
        tdm_str key = tdm__contract_pop_string(contract, path);
        size_t at = (*count)++;
        for (; at > 0 && tdm__str_compare(keys[at - 1], key) > 0; at--)
            keys[at] = keys[at - 1];
        keys[at] = key;
    }
    return keys;
}

const tdm_str *tdm__contract_keys(const tdm__contract *contract, int index, const char *path, size_t *count)
{
    const tdm_str *keys = tdm__contract_any_keys(contract, index, path, count);
    for (size_t i = 0; i < *count; i++)
        if (!plain_name(keys[i]))
            tdm__contract_fail(contract, path, "names of a-z, 0-9, '_' and '-' expected");
    return keys;
}

tdm_day tdm__contract_day(const tdm__contract *contract, int index, const char *path, const char *name,
                          bool required)
{
    tdm_day day = TDM_DAY_NONE;
    char at[TDM__PATH_SIZE];
    tdm__path_of(at, path, name);
    if (!tdm__contract_field(contract, index, path, name, LUA_TSTRING, required))
        return day;
    if (!tdm_day_parse_iso(&day, tdm__contract_pop_string(contract, at)))
        tdm__contract_fail(contract, at, "a day such as \"2024-03-05\" expected");
    return day;
}

void *tdm__contract_room(const tdm__contract *contract, size_t count, size_t size)
{
    void *room = tdm__arena_array(contract->arena, count, size);
    if (!room)
        tdm__sandbox_stop(contract->lua, TDM_NO_MEMORY);
    return room;
}

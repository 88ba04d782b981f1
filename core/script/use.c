/*
 * Shared code: `use "name"` runs scripts/lib/name.lua and gives what it returns. Each call runs the
 * file anew, so that what one script does to the table is never seen by another; it is compiled once a
 * state.
 */
#include "script/sandbox.h"

#include <string.h>

#define USE_DEPTH_MAX 8

static bool names(tdm__script_file file, const char *name)
{
    tdm_str folder = TDM_LIT("lib/"), suffix = TDM_LIT(".lua");
    size_t length = strlen(name);
    return file.name.length == folder.length + length + suffix.length && tdm__str_starts(file.name, folder) &&
           memcmp(file.name.data + folder.length, name, length) == 0 &&
           memcmp(file.name.data + folder.length + length, suffix.data, suffix.length) == 0;
}

/* Pushes the compiled file. It costs the same steps whether it was compiled before or not. */
static void push_chunk(lua_State *lua, const tdm__script_file *file)
{
    if (lua_rawgetp(lua, LUA_REGISTRYINDEX, file) != LUA_TFUNCTION) {
        lua_pop(lua, 1);
        tdm__sandbox_compile(lua, *file);
        lua_pushvalue(lua, -1);
        lua_rawsetp(lua, LUA_REGISTRYINDEX, file);
        return;
    }
    tdm__charge_bytes(lua, file->text.length);
    /* A run before may have assigned to its _ENV. */
    tdm__environment_push(lua);
    lua_setupvalue(lua, -2, 1);
}

void tdm__use_prepare(lua_State *lua)
{
    const tdm__sandbox *sandbox = tdm__sandbox_of(lua);
    for (size_t i = 0; i < sandbox->lib_count; i++) {
        push_chunk(lua, &sandbox->lib[i]);
        lua_pop(lua, 1);
    }
}

int tdm__lua_use(lua_State *lua)
{
    tdm__sandbox *sandbox = tdm__sandbox_of(lua);
    const char *name = luaL_checkstring(lua, 1);
    lua_settop(lua, 1);
    tdm__charge_elements(lua, sandbox->lib_count);
    for (size_t i = 0; i < sandbox->lib_count; i++) {
        if (!names(sandbox->lib[i], name))
            continue;
        if (++sandbox->use_depth > USE_DEPTH_MAX)
            return luaL_error(lua, "shared code uses itself");
        push_chunk(lua, &sandbox->lib[i]);
        lua_call(lua, 0, 1);
        sandbox->use_depth--;
        luaL_argcheck(lua, lua_istable(lua, -1), 1, "shared code must return a table");
        return 1;
    }
    return luaL_error(lua, "there is no shared code of that name");
}

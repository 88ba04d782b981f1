/*
 * Strings for scripts: byte, char, format, len, lower, reverse, sub, upper, tostring, and three of
 * utf8. No patterns, no locale, no addresses; each function charges for the bytes it handles.
 */
#include "script/sandbox.h"

#include <lualib.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

static const char *text_argument(lua_State *lua, int index, size_t *length)
{
    const char *text = luaL_checklstring(lua, index, length);
    tdm__charge_bytes(lua, *length);
    return text;
}

/* A position as scripts give it (1 the first, -1 the last) within 0 to length + 1. */
static size_t position(lua_Integer at, size_t length)
{
    if (at < 0)
        at = (lua_Integer)length + at + 1;
    if (at < 0)
        return 0;
    return at > (lua_Integer)length ? length + 1 : (size_t)at;
}

static int string_len(lua_State *lua)
{
    size_t length;
    text_argument(lua, 1, &length);
    lua_pushinteger(lua, (lua_Integer)length);
    return 1;
}

static int string_sub(lua_State *lua)
{
    size_t length;
    const char *text = text_argument(lua, 1, &length);
    size_t first = position(luaL_checkinteger(lua, 2), length);
    size_t last = position(luaL_optinteger(lua, 3, -1), length);
    first = first < 1 ? 1 : first;
    last = last > length ? length : last;
    lua_pushlstring(lua, text + (first <= last ? first - 1 : 0), first <= last ? last - first + 1 : 0);
    return 1;
}

#define BYTES_A_CALL 250 /* values on the stack of one call */

static int string_byte(lua_State *lua)
{
    size_t length;
    const char *text = text_argument(lua, 1, &length);
    lua_Integer at = luaL_optinteger(lua, 2, 1);
    size_t first = position(at, length);
    size_t last = position(luaL_optinteger(lua, 3, at), length);
    first = first < 1 ? 1 : first;
    last = last > length ? length : last;
    if (first > last)
        return 0;
    if (last - first >= BYTES_A_CALL)
        return luaL_error(lua, "string.byte gives at most %d values", BYTES_A_CALL);
    luaL_checkstack(lua, BYTES_A_CALL, NULL);
    for (size_t i = first; i <= last; i++)
        lua_pushinteger(lua, (unsigned char)text[i - 1]);
    return (int)(last - first + 1);
}

static int string_char(lua_State *lua)
{
    char bytes[BYTES_A_CALL];
    int count = lua_gettop(lua);
    if (count > BYTES_A_CALL)
        return luaL_error(lua, "string.char takes at most %d values", BYTES_A_CALL);
    for (int i = 0; i < count; i++) {
        lua_Integer byte = luaL_checkinteger(lua, i + 1);
        luaL_argcheck(lua, byte >= 0 && byte <= 255, i + 1, "not a byte");
        bytes[i] = (char)byte;
    }
    tdm__charge_bytes(lua, (size_t)count);
    lua_pushlstring(lua, bytes, (size_t)count);
    return 1;
}

static char lowered(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c + ('a' - 'A')) : c;
}

static char raised(char c)
{
    return c >= 'a' && c <= 'z' ? (char)(c - ('a' - 'A')) : c;
}

static int each_byte(lua_State *lua, char (*change)(char))
{
    luaL_Buffer buffer;
    size_t length;
    const char *text = text_argument(lua, 1, &length);
    char *out = luaL_buffinitsize(lua, &buffer, length);
    for (size_t i = 0; i < length; i++)
        out[i] = change(text[i]);
    luaL_pushresultsize(&buffer, length);
    return 1;
}

static int string_lower(lua_State *lua)
{
    return each_byte(lua, lowered);
}

static int string_upper(lua_State *lua)
{
    return each_byte(lua, raised);
}

static int string_reverse(lua_State *lua)
{
    luaL_Buffer buffer;
    size_t length;
    const char *text = text_argument(lua, 1, &length);
    char *out = luaL_buffinitsize(lua, &buffer, length);
    for (size_t i = 0; i < length; i++)
        out[i] = text[length - 1 - i];
    luaL_pushresultsize(&buffer, length);
    return 1;
}

/* --- format --- */

static void add_quoted(lua_State *lua, luaL_Buffer *out, int index)
{
    size_t length;
    const char *text = text_argument(lua, index, &length);
    luaL_addchar(out, '"');
    for (size_t i = 0; i < length; i++) {
        char escaped[8];
        if (text[i] == '"' || text[i] == '\\')
            snprintf(escaped, sizeof escaped, "\\%c", text[i]);
        else if ((unsigned char)text[i] < 0x20 || text[i] == 0x7F)
            snprintf(escaped, sizeof escaped, "\\%03d", (unsigned char)text[i]);
        else
            snprintf(escaped, sizeof escaped, "%c", text[i]);
        luaL_addlstring(out, escaped, text[i] == '\0' ? 4 : strlen(escaped));
    }
    luaL_addchar(out, '"');
}

static void add_fixed(lua_State *lua, luaL_Buffer *out, int index, int decimals)
{
    char digits[400]; /* 309 digits, a point, 15 decimals */
    lua_Number number = luaL_checknumber(lua, index);
    tdm__sandbox_charge(lua, 1);
    if (number != number)
        snprintf(digits, sizeof digits, "nan");
    else
        snprintf(digits, sizeof digits, "%.*f", decimals, number);
    luaL_addstring(out, digits);
}

static void add_integer(lua_State *lua, luaL_Buffer *out, int index)
{
    char digits[32];
    snprintf(digits, sizeof digits, LUA_INTEGER_FMT, luaL_checkinteger(lua, index));
    luaL_addstring(out, digits);
}

static void add_text(lua_State *lua, luaL_Buffer *out, int index)
{
    size_t length;
    int type = lua_type(lua, index);
    if (type != LUA_TSTRING && type != LUA_TNUMBER)
        luaL_argerror(lua, index, "string or number expected");
    lua_pushvalue(lua, index); /* the conversion must not change the argument */
    const char *text = lua_tolstring(lua, -1, &length);
    tdm__charge_bytes(lua, length);
    lua_pushlstring(lua, text, length);
    lua_remove(lua, -2);
    luaL_addvalue(out);
}

/* Reads one directive behind "%"; gives where it ends. */
static const char *add_directive(lua_State *lua, luaL_Buffer *out, const char *at, int *index)
{
    if (*at == '%') {
        luaL_addchar(out, '%');
        return at + 1;
    }
    ++*index;
    if (at[0] == '.' && at[1] >= '0' && at[1] <= '9' && at[2] == 'f') {
        add_fixed(lua, out, *index, at[1] - '0');
        return at + 3;
    }
    if (*at == 'd')
        add_integer(lua, out, *index);
    else if (*at == 's')
        add_text(lua, out, *index);
    else if (*at == 'q')
        add_quoted(lua, out, *index);
    else
        luaL_error(lua, "string.format knows %%d, %%s, %%q, %%.Nf and %%%% only");
    return at + 1;
}

static int string_format(lua_State *lua)
{
    luaL_Buffer out;
    size_t length;
    int index = 1;
    const char *format = text_argument(lua, 1, &length);
    const char *end = format + length;
    luaL_buffinit(lua, &out);
    for (const char *at = format; at < end;) {
        if (*at == '%') {
            at = add_directive(lua, &out, at + 1, &index);
        } else {
            luaL_addchar(&out, *at);
            at++;
        }
        if (luaL_bufflen(&out) > TDM__STRING_LIMIT_BYTES)
            return luaL_error(lua, "a string has at most %d bytes", (int)TDM__STRING_LIMIT_BYTES);
    }
    luaL_pushresult(&out);
    return 1;
}

/* As the stock one, but a table, function or view is only its type: an address would differ each run. */
int tdm__lua_tostring(lua_State *lua)
{
    luaL_checkany(lua, 1);
    tdm__sandbox_charge(lua, 1);
    lua_settop(lua, 1);
    switch (lua_type(lua, 1)) {
    case LUA_TSTRING:
    case LUA_TNUMBER:
        lua_tolstring(lua, 1, NULL);
        break;
    case LUA_TBOOLEAN:
        lua_pushstring(lua, lua_toboolean(lua, 1) ? "true" : "false");
        break;
    default:
        lua_pushstring(lua, luaL_typename(lua, 1));
    }
    return 1;
}

static const luaL_Reg string_functions[] = {
    {"byte", string_byte}, {"char", string_char},   {"format", string_format},
    {"len", string_len},   {"lower", string_lower}, {"reverse", string_reverse},
    {"sub", string_sub},   {"upper", string_upper}, {NULL, NULL},
};

void tdm__strings_add(lua_State *lua)
{
    luaL_setfuncs(lua, string_functions, 0);
}

/* --- utf8: the stock functions behind a charge --- */

static int charged_call(lua_State *lua)
{
    size_t length;
    text_argument(lua, 1, &length);
    if (length > TDM__STRING_LIMIT_BYTES)
        return luaL_error(lua, "a string has at most %d bytes", (int)TDM__STRING_LIMIT_BYTES);
    lua_pushvalue(lua, lua_upvalueindex(1));
    lua_insert(lua, 1);
    lua_call(lua, lua_gettop(lua) - 1, LUA_MULTRET);
    return lua_gettop(lua);
}

void tdm__utf8_add(lua_State *lua)
{
    static const char *const names[] = {"codepoint", "codes", "len", NULL};
    lua_pushcfunction(lua, luaopen_utf8);
    lua_call(lua, 0, 1);
    for (const char *const *name = names; *name; name++) {
        lua_getfield(lua, -1, *name);
        lua_pushcclosure(lua, charged_call, 1);
        lua_setfield(lua, -3, *name);
    }
    lua_pop(lua, 1);
}

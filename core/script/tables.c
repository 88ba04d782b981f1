/*
 * Tables for scripts: pairs in a fixed order, concat, insert, remove, and a stable sort. The stock
 * pairs walks by hash and the stock sort takes a random pivot: both would differ from run to run.
 */
#include "script/sandbox.h"

#include <string.h>

/* --- a stable merge sort of positions; `less` may raise, so the room belongs to Lua --- */

typedef bool (*less_function)(void *payload, uint32_t a, uint32_t b);

static void merge(uint32_t *to, const uint32_t *from, size_t first, size_t middle, size_t end,
                  less_function less, void *payload)
{
    size_t left = first, right = middle;
    for (size_t i = first; i < end; i++) {
        bool take_right = left >= middle || (right < end && less(payload, from[right], from[left]));
        to[i] = take_right ? from[right++] : from[left++];
    }
}

/* Pushes the room; gives positions 0 to count - 1 in order. */
static const uint32_t *sorted_positions(lua_State *lua, size_t count, less_function less, void *payload)
{
    uint32_t *from = lua_newuserdatauv(lua, 2 * (count + 1) * sizeof *from, 0);
    uint32_t *to = from + count;
    for (size_t i = 0; i < count; i++)
        from[i] = (uint32_t)i;
    for (size_t width = 1; width < count; width *= 2) {
        tdm__charge_elements(lua, count);
        for (size_t first = 0; first < count; first += 2 * width) {
            size_t middle = first + width < count ? first + width : count;
            size_t end = first + 2 * width < count ? first + 2 * width : count;
            merge(to, from, first, middle, end, less, payload);
        }
        uint32_t *other = from;
        from = to;
        to = other;
    }
    return from;
}

/* --- pairs: numbers by value, then strings by bytes, then false and true --- */

/* Small, so that the keys of the longest table fit into one block. */
typedef struct sort_key {
    union {
        lua_Integer integer;
        lua_Number number;
        const char *text;
    } value;
    uint32_t text_length; /* a string has at most 64 KiB */
    uint8_t rank;         /* 0 number, 1 string, 2 boolean */
    bool whole;
} sort_key;

static lua_Number number_of(const sort_key *key)
{
    return key->whole ? (lua_Number)key->value.integer : key->value.number;
}

static bool key_less(void *payload, uint32_t a, uint32_t b)
{
    const sort_key *x = (const sort_key *)payload + a, *y = (const sort_key *)payload + b;
    if (x->rank != y->rank)
        return x->rank < y->rank;
    if (x->rank == 1)
        return tdm__str_compare((tdm_str){x->value.text, x->text_length},
                                (tdm_str){y->value.text, y->text_length}) < 0;
    if (x->whole && y->whole)
        return x->value.integer < y->value.integer;
    return number_of(x) < number_of(y);
}

/* The key on top of the stack, which stays anchored by its table. */
static sort_key key_at_top(lua_State *lua)
{
    sort_key key = {.rank = 0};
    size_t length;
    switch (lua_type(lua, -1)) {
    case LUA_TNUMBER:
        key.whole = lua_isinteger(lua, -1);
        if (key.whole)
            key.value.integer = lua_tointeger(lua, -1);
        else
            key.value.number = lua_tonumber(lua, -1);
        break;
    case LUA_TSTRING:
        key.rank = 1;
        key.value.text = lua_tolstring(lua, -1, &length);
        key.text_length = (uint32_t)length;
        break;
    case LUA_TBOOLEAN:
        key.rank = 2;
        key.whole = true;
        key.value.integer = lua_toboolean(lua, -1);
        break;
    default:
        luaL_error(lua, "pairs: a key must be a number, a string or a boolean");
    }
    return key;
}

static size_t count_items(lua_State *lua, int index)
{
    size_t count = 0;
    lua_pushnil(lua);
    while (lua_next(lua, index)) {
        lua_pop(lua, 1);
        count++;
    }
    return count;
}

/* Pushes a list of the keys of the table at 1, in order. */
static void push_sorted_keys(lua_State *lua, size_t count)
{
    sort_key *keys = lua_newuserdatauv(lua, (count + 1) * sizeof *keys, 0);
    int unsorted = lua_gettop(lua) + 1;
    size_t at = 0;
    lua_createtable(lua, (int)count, 0);
    lua_pushnil(lua);
    while (lua_next(lua, 1)) {
        lua_pop(lua, 1);
        keys[at++] = key_at_top(lua);
        lua_pushvalue(lua, -1);
        lua_rawseti(lua, unsorted, (lua_Integer)at);
    }
    const uint32_t *order = sorted_positions(lua, count, key_less, keys);
    lua_createtable(lua, (int)count, 0);
    for (size_t i = 0; i < count; i++) {
        lua_rawgeti(lua, unsorted, (lua_Integer)order[i] + 1);
        lua_rawseti(lua, -2, (lua_Integer)i + 1);
    }
}

static int next_pair(lua_State *lua)
{
    lua_Integer at = lua_tointeger(lua, lua_upvalueindex(3));
    tdm__sandbox_charge(lua, 1);
    for (;;) {
        at++;
        if (lua_rawgeti(lua, lua_upvalueindex(2), at) == LUA_TNIL)
            return 1;
        lua_pushvalue(lua, -1);
        if (lua_rawget(lua, lua_upvalueindex(1)) != LUA_TNIL)
            break;
        tdm__sandbox_charge(lua, 1);
        lua_pop(lua, 2); /* taken out since the walk began */
    }
    lua_pushinteger(lua, at);
    lua_replace(lua, lua_upvalueindex(3));
    return 2;
}

int tdm__lua_pairs(lua_State *lua)
{
    luaL_checktype(lua, 1, LUA_TTABLE);
    lua_settop(lua, 1);
    size_t count = count_items(lua, 1);
    tdm__sandbox_charge(lua, 1 + (int64_t)count);
    lua_pushvalue(lua, 1);
    push_sorted_keys(lua, count);
    lua_replace(lua, 3);
    lua_settop(lua, 3);
    lua_pushinteger(lua, 0);
    lua_pushcclosure(lua, next_pair, 3);
    return 1;
}

/* --- list functions --- */

static lua_Integer list_length(lua_State *lua, int index)
{
    tdm__check_table(lua, index);
    return (lua_Integer)lua_rawlen(lua, index);
}

static int table_insert(lua_State *lua)
{
    lua_Integer end = list_length(lua, 1) + 1;
    int count = lua_gettop(lua);
    luaL_argcheck(lua, count == 2 || count == 3, count, "insert takes a table, perhaps a position, a value");
    lua_Integer at = count == 3 ? luaL_checkinteger(lua, 2) : end;
    luaL_argcheck(lua, at >= 1 && at <= end, 2, "position outside the list");
    if (end > TDM__TABLE_LIMIT_ITEMS)
        return luaL_error(lua, "a table has at most %d items", TDM__TABLE_LIMIT_ITEMS);
    tdm__charge_elements(lua, (size_t)(end - at));
    for (lua_Integer i = end; i > at; i--) {
        lua_rawgeti(lua, 1, i - 1);
        lua_rawseti(lua, 1, i);
    }
    lua_pushvalue(lua, count);
    lua_rawseti(lua, 1, at);
    return 0;
}

static int table_remove(lua_State *lua)
{
    lua_Integer length = list_length(lua, 1);
    lua_Integer at = luaL_optinteger(lua, 2, length);
    if (length == 0) {
        tdm__sandbox_charge(lua, 1);
        lua_pushnil(lua);
        return 1;
    }
    luaL_argcheck(lua, at >= 1 && at <= length, 2, "position outside the list");
    tdm__charge_elements(lua, (size_t)(length - at));
    lua_rawgeti(lua, 1, at);
    for (lua_Integer i = at; i < length; i++) {
        lua_rawgeti(lua, 1, i + 1);
        lua_rawseti(lua, 1, i);
    }
    lua_pushnil(lua);
    lua_rawseti(lua, 1, length);
    return 1;
}

static void add_item(lua_State *lua, luaL_Buffer *out, lua_Integer at)
{
    size_t length;
    int type = lua_rawgeti(lua, 1, at);
    if (type != LUA_TSTRING && type != LUA_TNUMBER)
        luaL_error(lua, "table.concat: item %d is no string or number", (int)at);
    lua_tolstring(lua, -1, &length);
    tdm__charge_bytes(lua, length);
    luaL_addvalue(out);
    if (luaL_bufflen(out) > TDM__STRING_LIMIT_BYTES)
        luaL_error(lua, "a string has at most %d bytes", (int)TDM__STRING_LIMIT_BYTES);
}

static int table_concat(lua_State *lua)
{
    luaL_Buffer out;
    size_t length;
    lua_Integer count = list_length(lua, 1);
    const char *separator = luaL_optlstring(lua, 2, "", &length);
    lua_Integer first = luaL_optinteger(lua, 3, 1), last = luaL_optinteger(lua, 4, count);
    luaL_argcheck(lua, first >= 1, 3, "position outside the list");
    luaL_argcheck(lua, last <= count, 4, "position outside the list");
    tdm__sandbox_charge(lua, 1);
    luaL_buffinit(lua, &out);
    for (lua_Integer i = first; i <= last; i++) {
        add_item(lua, &out, i);
        if (i < last) {
            tdm__charge_bytes(lua, length);
            luaL_addlstring(&out, separator, length);
        }
    }
    luaL_pushresult(&out);
    return 1;
}

static bool item_less(void *payload, uint32_t a, uint32_t b)
{
    lua_State *lua = payload;
    bool less;
    if (lua_isnil(lua, 2)) {
        lua_rawgeti(lua, 1, (lua_Integer)a + 1);
        lua_rawgeti(lua, 1, (lua_Integer)b + 1);
        tdm__sandbox_charge(lua, 1);
        less = lua_compare(lua, -2, -1, LUA_OPLT);
        lua_pop(lua, 2);
        return less;
    }
    lua_pushvalue(lua, 2);
    lua_rawgeti(lua, 1, (lua_Integer)a + 1);
    lua_rawgeti(lua, 1, (lua_Integer)b + 1);
    lua_call(lua, 2, 1);
    less = lua_toboolean(lua, -1);
    lua_pop(lua, 1);
    return less;
}

static int table_sort(lua_State *lua)
{
    lua_Integer count = list_length(lua, 1);
    if (!lua_isnoneornil(lua, 2))
        luaL_checktype(lua, 2, LUA_TFUNCTION);
    lua_settop(lua, 2);
    tdm__sandbox_charge(lua, 1 + count);
    luaL_checkstack(lua, 8, NULL);
    const uint32_t *order = sorted_positions(lua, (size_t)count, item_less, lua);
    lua_createtable(lua, (int)count, 0);
    for (lua_Integer i = 0; i < count; i++) {
        lua_rawgeti(lua, 1, (lua_Integer)order[i] + 1);
        lua_rawseti(lua, -2, i + 1);
    }
    for (lua_Integer i = 1; i <= count; i++) {
        lua_rawgeti(lua, -1, i);
        lua_rawseti(lua, 1, i);
    }
    return 0;
}

static const luaL_Reg table_functions[] = {
    {"concat", table_concat},
    {"insert", table_insert},
    {"remove", table_remove},
    {"sort", table_sort},
    {NULL, NULL},
};

void tdm__tables_add(lua_State *lua)
{
    luaL_setfuncs(lua, table_functions, 0);
}

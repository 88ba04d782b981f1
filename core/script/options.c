/*
 * Option tables, read raw and strictly. Not here: what the options mean.
 */
#include "script/options.h"

#include <math.h>
#include <string.h>

#define LIST_MAX   256
#define NOT_LISTED UINT32_MAX

/* The place of a name; NOT_LISTED. */
static uint32_t place_of(const char *const *names, const char *name)
{
    for (uint32_t i = 0; names[i]; i++)
        if (names[i][0] == name[0] && strcmp(names[i], name) == 0)
            return i;
    return NOT_LISTED;
}

/* Of several unknown names the first by bytes is reported: the walk's own order differs from run to run. */
uint32_t tdm__options_open(lua_State *lua, int index, const char *const *names)
{
    const char *unknown = NULL;
    uint32_t given = 0, count = 0;
    luaL_checktype(lua, index, LUA_TTABLE);
    lua_pushnil(lua);
    while (lua_next(lua, index)) {
        lua_pop(lua, 1);
        count++;
        if (lua_type(lua, -1) != LUA_TSTRING)
            luaL_error(lua, "options are named");
        const char *name = lua_tostring(lua, -1);
        uint32_t place = place_of(names, name);
        if (place != NOT_LISTED)
            given |= UINT32_C(1) << (place & 31u);
        else if (!unknown || strcmp(name, unknown) < 0)
            unknown = name;
    }
    tdm__charge_elements(lua, count);
    if (unknown)
        luaL_error(lua, "there is no option '%s'", unknown);
    return given;
}

bool tdm__option(lua_State *lua, int index, const char *name)
{
    luaL_checkstack(lua, 4, NULL);
    lua_pushstring(lua, name);
    if (lua_rawget(lua, index) != LUA_TNIL)
        return true;
    lua_pop(lua, 1);
    return false;
}

static int32_t integer_at_top(lua_State *lua, const char *name, int32_t min, int32_t max)
{
    int whole = 0;
    lua_Integer number = lua_type(lua, -1) == LUA_TNUMBER ? lua_tointegerx(lua, -1, &whole) : 0;
    if (!whole || number < min || number > max)
        luaL_error(lua, "option '%s': a whole number from %d to %d expected", name, (int)min, (int)max);
    lua_pop(lua, 1);
    return (int32_t)number;
}

int32_t tdm__option_integer(lua_State *lua, int index, const char *name, int32_t min, int32_t max,
                            int32_t fallback)
{
    return tdm__option(lua, index, name) ? integer_at_top(lua, name, min, max) : fallback;
}

int32_t tdm__option_needed(lua_State *lua, int index, const char *name, int32_t min, int32_t max)
{
    if (!tdm__option(lua, index, name))
        luaL_error(lua, "option '%s' is missing", name);
    return integer_at_top(lua, name, min, max);
}

bool tdm__option_flag(lua_State *lua, int index, const char *name)
{
    if (!tdm__option(lua, index, name))
        return false;
    if (!lua_isboolean(lua, -1))
        luaL_error(lua, "option '%s': true or false expected", name);
    bool flag = lua_toboolean(lua, -1);
    lua_pop(lua, 1);
    return flag;
}

typedef struct unit_row {
    const char *name;
    int32_t unit, max;
} unit_row;

static const unit_row unit_rows[] = {
    {"days", TDM_SPAN_DAYS, 36600},
    {"months", TDM_SPAN_MONTHS, 1200},
    {"working_days", TDM_SPAN_WORKING_DAYS, 26000},
};

tdm_span tdm__span_at(lua_State *lua, int index, const char *name)
{
    static const char *const names[] = {"days", "months", "working_days", NULL};
    tdm_span span = {TDM_SPAN_DAYS, 0};
    int given = 0;
    index = lua_absindex(lua, index);
    if (!lua_istable(lua, index))
        luaL_error(lua, "'%s': a span such as {days = 90} expected", name);
    tdm__options_open(lua, index, names);
    for (size_t i = 0; i < sizeof unit_rows / sizeof *unit_rows; i++) {
        if (!tdm__option(lua, index, unit_rows[i].name))
            continue;
        span.unit = unit_rows[i].unit;
        span.count = integer_at_top(lua, unit_rows[i].name, 0, unit_rows[i].max);
        given++;
    }
    if (given != 1)
        luaL_error(lua, "'%s': a span has one of days, months, working_days", name);
    return span;
}

bool tdm__school_at(lua_State *lua, int index, const char *name)
{
    if (lua_isnoneornil(lua, index))
        return false;
    if (!tdm__str_equal(tdm__string_at(lua, index, name), TDM_LIT("school")))
        luaL_error(lua, "'%s': nothing or \"school\" expected for the days that are counted", name);
    return true;
}

const tdm_holidays *tdm__option_calendar(lua_State *lua, int index)
{
    const tdm_holidays *holidays = tdm__sandbox_of(lua)->holidays;
    if (!tdm__option(lua, index, "days"))
        return holidays;
    bool of_school = tdm__school_at(lua, -1, "days");
    lua_pop(lua, 1);
    if (of_school && !tdm_school_days(holidays))
        tdm__sandbox_stop(lua, TDM_UNKNOWN_PERIOD);
    return of_school ? tdm_school_days(holidays) : holidays;
}

void tdm__span_push(lua_State *lua, tdm_span span)
{
    lua_createtable(lua, 0, 1);
    lua_pushinteger(lua, span.count);
    lua_setfield(lua, -2, unit_rows[span.unit].name);
}

bool tdm__span_is(lua_State *lua, int index, tdm_span span)
{
    const char *name = unit_rows[span.unit].name;
    index = lua_absindex(lua, index);
    lua_pushnil(lua);
    if (!lua_istable(lua, index) || !lua_next(lua, index))
        return false;
    bool same = lua_type(lua, -2) == LUA_TSTRING && strcmp(lua_tostring(lua, -2), name) == 0 &&
                lua_isinteger(lua, -1) && lua_tointeger(lua, -1) == span.count;
    lua_pop(lua, 1);
    return lua_next(lua, index) == 0 && same;
}

tdm_span tdm__option_span(lua_State *lua, int index, const char *name)
{
    tdm_span span = {TDM_SPAN_DAYS, 0};
    if (tdm__option(lua, index, name)) {
        span = tdm__span_at(lua, -1, name);
        lua_pop(lua, 1);
    }
    return span;
}

tdm_str tdm__string_at(lua_State *lua, int index, const char *name)
{
    tdm_str text;
    if (lua_type(lua, index) != LUA_TSTRING)
        luaL_error(lua, "'%s': a string expected", name);
    text.data = lua_tolstring(lua, index, &text.length);
    tdm__charge_bytes(lua, text.length);
    return text;
}

int32_t tdm__thousandths_at(lua_State *lua, int index, const char *name)
{
    if (lua_type(lua, index) == LUA_TNUMBER) {
        double thousandths = lua_tonumber(lua, index) * 1000.0;
        double whole = floor(thousandths + 0.5);
        if (thousandths >= 0 && thousandths <= 1e9 && fabs(thousandths - whole) < 1e-6)
            return (int32_t)whole;
    }
    return luaL_error(lua, "'%s': a number from 0 with at most three decimals expected", name);
}

size_t tdm__list_length(lua_State *lua, const char *name)
{
    size_t count = lua_rawlen(lua, -1);
    if (count < 1 || count > LIST_MAX)
        luaL_error(lua, "option '%s': a value or a list of 1 to %d values expected", name, LIST_MAX);
    tdm__charge_elements(lua, count);
    return count;
}

size_t tdm__option_list(lua_State *lua, int index, const char *name)
{
    if (!tdm__option(lua, index, name))
        return 0;
    if (lua_istable(lua, -1))
        return tdm__list_length(lua, name);
    lua_createtable(lua, 1, 0);
    lua_insert(lua, -2);
    lua_rawseti(lua, -2, 1);
    return 1;
}

void *tdm__room(lua_State *lua, size_t count, size_t size)
{
    void *room = tdm__arena_array(tdm__call_arena(tdm__sandbox_of(lua)), count, size);
    tdm__sandbox_check(lua, room ? TDM_OK : TDM_NO_MEMORY, "memory");
    return room;
}

void tdm__bounds_push(lua_State *lua, tdm_bounds bounds)
{
    lua_createtable(lua, 0, 2);
    lua_pushinteger(lua, bounds.certain);
    lua_setfield(lua, -2, "certain");
    lua_pushinteger(lua, bounds.possible);
    lua_setfield(lua, -2, "possible");
}

void tdm__str_push(lua_State *lua, tdm_str text)
{
    lua_pushlstring(lua, text.data ? text.data : "", text.length);
}

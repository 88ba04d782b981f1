/*
 * The field `params` of an indicator file: types, defaults, bounds, choices. One table of readers by
 * type serves defaults, bounds and the overrides of examples alike.
 */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "script/contract.h"
#include "script/params.h"

typedef void (*value_reader)(const tdm__contract *contract, const tdm__param *param, tdm__param_value *out,
                             const char *path);

static void read_count(const tdm__contract *contract, const tdm__param *param, tdm__param_value *out,
                       const char *path)
{
    int whole = 0;
    (void)param;
    if (lua_type(contract->lua, -1) == LUA_TNUMBER)
        out->number = lua_tointegerx(contract->lua, -1, &whole);
    if (!whole || out->number < -1000000000 || out->number > 1000000000)
        tdm__contract_fail(contract, path, "a whole number expected");
}

/* A decimal in parts of `one`, which is how exactly it may be written. */
static int64_t read_decimal(const tdm__contract *contract, double one, double max, const char *path,
                            const char *expected)
{
    lua_State *lua = contract->lua;
    double parts = lua_type(lua, -1) == LUA_TNUMBER ? lua_tonumber(lua, -1) * one : -1;
    double whole = floor(parts + 0.5);
    if (!(parts >= 0 && parts <= max * one && fabs(parts - whole) < 1e-6))
        tdm__contract_fail(contract, path, "%s expected", expected);
    return (int64_t)whole;
}

static void read_ratio(const tdm__contract *contract, const tdm__param *param, tdm__param_value *out,
                       const char *path)
{
    (void)param;
    out->number = read_decimal(contract, 1000, 1e6, path, "a number from 0 with at most three decimals");
}

static void read_percent(const tdm__contract *contract, const tdm__param *param, tdm__param_value *out,
                         const char *path)
{
    (void)param;
    out->number = read_decimal(contract, 10, 100, path, "0 to 100 with at most one decimal");
}

static tdm_span read_span_at_top(const tdm__contract *contract, const char *path)
{
    static const char *const units[] = {"days", "months", "working_days", NULL};
    static const int32_t limits[] = {36600, 1200, 26000};
    lua_State *lua = contract->lua;
    tdm_span span = {0, -1};
    if (!lua_istable(lua, -1))
        tdm__contract_fail(contract, path, "a span such as {days = 90} expected");
    int index = lua_gettop(lua);
    tdm__contract_names(contract, index, path, units);
    for (int32_t unit = 0; units[unit]; unit++) {
        int whole = 0;
        if (!tdm__option(lua, index, units[unit]))
            continue;
        lua_Integer count = lua_type(lua, -1) == LUA_TNUMBER ? lua_tointegerx(lua, -1, &whole) : 0;
        lua_pop(lua, 1);
        if (!whole || count < 0 || count > limits[unit] || span.count >= 0)
            tdm__contract_fail(contract, path, "a span has one unit and a whole number of it");
        span = (tdm_span){unit, (int32_t)count};
    }
    if (span.count < 0)
        tdm__contract_fail(contract, path, "a span such as {days = 90} expected");
    return span;
}

static void read_span(const tdm__contract *contract, const tdm__param *param, tdm__param_value *out,
                      const char *path)
{
    (void)param;
    out->span = read_span_at_top(contract, path);
}

static void read_choice(const tdm__contract *contract, const tdm__param *param, tdm__param_value *out,
                        const char *path)
{
    (void)param;
    lua_pushvalue(contract->lua, -1);
    out->choice = tdm__contract_pop_string(contract, path);
}

static void read_flag(const tdm__contract *contract, const tdm__param *param, tdm__param_value *out,
                      const char *path)
{
    (void)param;
    if (!lua_isboolean(contract->lua, -1))
        tdm__contract_fail(contract, path, "true or false expected");
    out->number = lua_toboolean(contract->lua, -1);
}

/* Spans where the first item is a table, else codes. */
static void read_list(const tdm__contract *contract, const tdm__param *param, tdm__param_value *out,
                      const char *path)
{
    lua_State *lua = contract->lua;
    int list = lua_gettop(lua);
    (void)param;
    out->item_count = tdm__contract_list(contract, list, path);
    tdm_span *spans = tdm__contract_room(contract, out->item_count, sizeof *spans);
    tdm_str *codes = tdm__contract_room(contract, out->item_count, sizeof *codes);
    for (size_t i = 0; i < out->item_count; i++) {
        bool is_span = lua_rawgeti(lua, list, (lua_Integer)i + 1) == LUA_TTABLE;
        if (i > 0 && is_span != (out->spans != NULL))
            tdm__contract_fail(contract, path, "a list of codes or a list of spans expected");
        if (is_span) {
            spans[i] = read_span_at_top(contract, path);
            lua_pop(lua, 1);
            out->spans = spans;
        } else {
            codes[i] = tdm__contract_pop_string(contract, path);
            out->codes = codes;
        }
    }
}

static const value_reader readers[] = {
    [TDM__PARAM_COUNT] = read_count,     [TDM__PARAM_SPAN] = read_span,     [TDM__PARAM_RATIO] = read_ratio,
    [TDM__PARAM_PERCENT] = read_percent, [TDM__PARAM_CHOICE] = read_choice, [TDM__PARAM_FLAG] = read_flag,
    [TDM__PARAM_LIST] = read_list,
};

tdm__param_value tdm__contract_value(const tdm__contract *contract, const tdm__param *param, const char *path)
{
    tdm__param_value value = {.type = param->type};
    readers[param->type](contract, param, &value, path);
    lua_pop(contract->lua, 1);
    return value;
}

/* --- the definition of one parameter --- */

static bool has_bounds(tdm__param_type type)
{
    return type == TDM__PARAM_COUNT || type == TDM__PARAM_SPAN || type == TDM__PARAM_RATIO ||
           type == TDM__PARAM_PERCENT;
}

static bool read_bound(const tdm__contract *contract, int index, const tdm__param *param, const char *path,
                       const char *name, tdm__param_value *out)
{
    char at[TDM__PATH_SIZE];
    tdm__path_of(at, path, name);
    if (!tdm__option(contract->lua, index, name))
        return false;
    if (!has_bounds(param->type))
        tdm__contract_fail(contract, at, "a %s has no such bound", tdm__param_type_code(param->type));
    *out = tdm__contract_value(contract, param, at);
    return true;
}

static void read_choices(const tdm__contract *contract, int index, tdm__param *param, const char *path)
{
    char at[TDM__PATH_SIZE];
    lua_State *lua = contract->lua;
    bool required = param->type == TDM__PARAM_CHOICE;
    tdm__path_of(at, path, "choices");
    if (!tdm__contract_field(contract, index, path, "choices", LUA_TTABLE, required))
        return;
    if (!required && param->type != TDM__PARAM_LIST)
        tdm__contract_fail(contract, at, "only a choice or a list has choices");
    int list = lua_gettop(lua);
    param->choice_count = tdm__contract_list(contract, list, at);
    tdm_str *choices = tdm__contract_room(contract, param->choice_count, sizeof *choices);
    for (size_t i = 0; i < param->choice_count; i++) {
        lua_rawgeti(lua, list, (lua_Integer)i + 1);
        choices[i] = tdm__contract_pop_string(contract, at);
    }
    param->choices = choices;
    lua_pop(lua, 1);
}

static void read_type(const tdm__contract *contract, int index, tdm__param *param, const char *path)
{
    char at[TDM__PATH_SIZE];
    tdm__path_of(at, path, "type");
    if (!tdm__param_type_read(&param->type, tdm__contract_string(contract, index, path, "type", true)))
        tdm__contract_fail(contract, at, "count, span, ratio, percent, choice, flag or list expected");
}

static void read_default(const tdm__contract *contract, int index, tdm__param *param, const char *path)
{
    char at[TDM__PATH_SIZE], expected[256];
    tdm__path_of(at, path, "default");
    if (!tdm__option(contract->lua, index, "default"))
        tdm__contract_fail(contract, at, "missing, a %s expected", tdm__param_type_code(param->type));
    param->fallback = tdm__contract_value(contract, param, at);
    if (tdm__param_check(param, &param->fallback, NULL) != TDM_OK) {
        tdm__param_expected(expected, param);
        tdm__contract_fail(contract, at, "%s expected", expected);
    }
}

static void read_param(const tdm__contract *contract, int index, tdm__param *param)
{
    static const char *const names[] = {"type", "default", "min", "max", "choices", "doc", "standing", NULL};
    char path[TDM__PATH_SIZE], at[TDM__PATH_SIZE];
    tdm__path_of(path, "params", param->name.data);
    tdm__contract_names(contract, index, path, names);
    read_type(contract, index, param, path);
    read_choices(contract, index, param, path);
    param->has_min = read_bound(contract, index, param, path, "min", &param->min);
    param->has_max = read_bound(contract, index, param, path, "max", &param->max);
    read_default(contract, index, param, path);
    param->doc = tdm__contract_string(contract, index, path, "doc", true);
    param->standing = tdm__contract_string(contract, index, path, "standing", false);
    tdm__path_of(at, path, "standing");
    if (param->standing.length > 0 && !tdm__standing_known(param->standing))
        tdm__contract_fail(contract, at, "a standing such as \"local\" expected");
}

const tdm__param *tdm__contract_params(const tdm__contract *contract, int index, bool required, size_t *count)
{
    lua_State *lua = contract->lua;
    char path[TDM__PATH_SIZE];
    *count = 0;
    if (!tdm__contract_field(contract, index, "", "params", LUA_TTABLE, required))
        return NULL;
    int table = lua_gettop(lua);
    const tdm_str *names = tdm__contract_keys(contract, table, "params", count);
    tdm__param *params = tdm__contract_room(contract, *count, sizeof *params);
    for (size_t i = 0; i < *count; i++) {
        params[i].name = names[i];
        tdm__path_of(path, "params", names[i].data);
        if (memchr(names[i].data, '-', names[i].length))
            tdm__contract_fail(contract, path, "a name of a-z and '_' expected");
        tdm__contract_field(contract, table, "params", names[i].data, LUA_TTABLE, true);
        read_param(contract, lua_gettop(lua), &params[i]);
        lua_pop(lua, 1);
    }
    lua_pop(lua, 1);
    return params;
}

/* --- of an example --- */

const tdm__param_value *tdm__contract_overrides(const tdm__contract *contract, int index,
                                                const tdm__param *params, size_t param_count)
{
    static const char *const path = "examples";
    lua_State *lua = contract->lua;
    char at[TDM__PATH_SIZE];
    size_t used = 0, count = 0;
    tdm__param_value *values = tdm__contract_room(contract, param_count, sizeof *values);
    bool given = tdm__contract_field(contract, index, path, "params", LUA_TTABLE, false);
    int table = lua_gettop(lua);
    if (given)
        tdm__contract_keys(contract, table, path, &count);
    for (size_t i = 0; i < param_count; i++) {
        values[i] = params[i].fallback;
        if (!given || !tdm__option(lua, table, params[i].name.data))
            continue;
        tdm__path_of(at, path, params[i].name.data);
        values[i] = tdm__contract_value(contract, &params[i], at);
        if (tdm__param_check(&params[i], &values[i], NULL) != TDM_OK)
            tdm__contract_fail(contract, at, "a value within the bounds of the parameter expected");
        used++;
    }
    if (used != count)
        tdm__contract_fail(contract, path, "params: a parameter of that name does not exist");
    lua_settop(lua, given ? table - 1 : table);
    return values;
}

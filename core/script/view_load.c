/*
 * Measures that weigh, as scripts call them: the highest load, a sustained rise, a share of two facts.
 */
#include "script/views.h"

#include "chronology/load.h"

static tdm_budget *budget_of(lua_State *lua)
{
    return &tdm__sandbox_of(lua)->budget;
}

static int needed(lua_State *lua, const char *name)
{
    if (!tdm__option(lua, 2, name))
        luaL_error(lua, "option '%s' is missing", name);
    return lua_gettop(lua);
}

/* --- load --- */

#define HALF_LIFE_MAX 36600

/* Days, or false for none. */
static int32_t option_half_life(lua_State *lua)
{
    int at = needed(lua, "half_life");
    bool none = lua_isboolean(lua, at) && !lua_toboolean(lua, at);
    lua_pop(lua, 1);
    return none ? 0 : tdm__option_needed(lua, 2, "half_life", 1, HALF_LIFE_MAX);
}

/* {certain, possible} in millionths of an incident, and when it was reached: some day from `from` to `to`. */
static int selection_load(lua_State *lua)
{
    static const char *const names[] = {"half_life", "weight", NULL};
    tdm__peak peak;
    const tdm_selection *selection = tdm__selection_check(lua, 1);
    tdm__options_open(lua, 2, names);
    tdm__fading fading = {.half_life_days = option_half_life(lua)};
    tdm_status status = tdm__selection_load(&peak, selection, &fading, tdm__option_flag(lua, 2, "weight"),
                                            budget_of(lua));
    tdm__sandbox_check(lua, status, "load");
    tdm__bounds_push(lua, peak.highest);
    if (peak.highest.possible == 0)
        return 1;
    lua_createtable(lua, 0, 2);
    lua_pushinteger(lua, peak.reached.from);
    lua_setfield(lua, -2, "from");
    lua_pushinteger(lua, peak.reached.to);
    lua_setfield(lua, -2, "to");
    return 2;
}

/* --- cusum --- */

#define BASELINE_MAX 1000

/* How many periods: a number, or a span of the same unit that holds a whole number of them. */
static int32_t option_baseline(lua_State *lua, tdm_span of)
{
    int at = needed(lua, "baseline");
    if (lua_type(lua, at) == LUA_TNUMBER) {
        lua_pop(lua, 1);
        return tdm__option_needed(lua, 2, "baseline", 1, BASELINE_MAX);
    }
    tdm_span span = tdm__span_at(lua, at, "baseline");
    lua_pop(lua, 1);
    if (span.unit != of.unit || span.count < of.count || span.count % of.count != 0)
        luaL_error(lua,
                   "baseline: a number of periods, or a span that holds a whole number of them, expected");
    return span.count / of.count;
}

static int32_t needed_thousandths(lua_State *lua, const char *name)
{
    int32_t thousandths = tdm__thousandths_at(lua, needed(lua, name), name);
    lua_pop(lua, 1);
    return thousandths;
}

static tdm_span needed_span(lua_State *lua, const char *name)
{
    tdm_span span = tdm__span_at(lua, needed(lua, name), name);
    lua_pop(lua, 1);
    if (span.count < 1)
        luaL_error(lua, "option '%s': a span of at least 1 expected", name);
    return span;
}

static int push_or_not_assessed(lua_State *lua, tdm_status status, const tdm__verdict *verdict,
                                const char *reason, const char *what)
{
    if (status == TDM_OK && verdict->answer == TDM_NOT_ASSESSED)
        return tdm__not_assessed_push(lua, reason);
    return tdm__verdict_push(lua, status, verdict, what);
}

static int selection_cusum(lua_State *lua)
{
    static const char *const names[] = {"baseline", "of", "allowance", "threshold", "outcome", NULL};
    tdm__verdict verdict;
    const tdm_selection *selection = tdm__selection_check(lua, 1);
    tdm__options_open(lua, 2, names);
    tdm__cusum rule = {.of = needed_span(lua, "of"),
                       .allowance_milli = needed_thousandths(lua, "allowance"),
                       .threshold_milli = needed_thousandths(lua, "threshold")};
    rule.baseline = option_baseline(lua, rule.of);
    tdm_status status = tdm__selection_cusum(&verdict, selection, &rule, budget_of(lua));
    return push_or_not_assessed(lua, status, &verdict, "too-short", "cusum");
}

/* --- share --- */

static uint32_t needed_fact(lua_State *lua, const char *name)
{
    uint32_t key = tdm__fact_key_of(lua, tdm__string_at(lua, needed(lua, name), name));
    lua_pop(lua, 1);
    return key;
}

/* year = "school", or over = SPAN. */
static tdm_span option_stretch(lua_State *lua)
{
    bool year = tdm__option(lua, 2, "year");
    if (year && !tdm__str_equal(tdm__string_at(lua, -1, "year"), TDM_LIT("school")))
        luaL_error(lua, "year: \"school\" expected");
    tdm_span over = tdm__option_span(lua, 2, "over");
    if (year == (over.count > 0))
        luaL_error(lua, "share: either year = \"school\" or over = SPAN expected");
    lua_settop(lua, 2);
    return over;
}

static int selection_share(lua_State *lua)
{
    static const char *const names[] = {"of", "by", "year", "over", "percent", "outcome", NULL};
    tdm__verdict verdict;
    const tdm_selection *selection = tdm__selection_check(lua, 1);
    tdm__options_open(lua, 2, names);
    tdm__share rule = {.of = needed_fact(lua, "of"),
                       .by = needed_fact(lua, "by"),
                       .over = option_stretch(lua),
                       .percent_milli = needed_thousandths(lua, "percent")};
    tdm_status status = tdm__selection_share(&verdict, selection, &rule, budget_of(lua));
    return push_or_not_assessed(lua, status, &verdict, "no-data", "share");
}

const luaL_Reg tdm__selection_loads[] = {
    {"cusum", selection_cusum}, {"load", selection_load}, {"share", selection_share}, {NULL, NULL}};

/*
 * Shapes in time, as scripts call them: alternation, successive periods, gaps that close, different values.
 */
#include "chronology/patterns.h"

#include "script/views.h"

static const tdm_holidays *holidays_of(lua_State *lua)
{
    return tdm__sandbox_of(lua)->holidays;
}

static tdm_budget *budget_of(lua_State *lua)
{
    return &tdm__sandbox_of(lua)->budget;
}

static int selection_turns(lua_State *lua)
{
    static const char *const names[] = {"back", "n", "within", "outcome", NULL};
    tdm__verdict verdict;
    const tdm_selection *selection = tdm__selection_check(lua, 1);
    tdm__options_open(lua, 2, names);
    tdm__turns rule = {
        .back = tdm__option_beside(lua, "back"),
        .n = tdm__option_needed(lua, 2, "n", 1, 1000),
        .within = tdm__option_span(lua, 2, "within"),
    };
    if (!rule.back)
        return luaL_error(lua, "option 'back' is missing");
    tdm_status status = tdm__selection_turns(&verdict, selection, &rule, holidays_of(lua), budget_of(lua));
    return tdm__verdict_push(lua, status, &verdict, "turns");
}

static int selection_closing(lua_State *lua)
{
    static const char *const names[] = {"gaps", "to", "outcome", NULL};
    tdm__verdict verdict;
    const tdm_selection *selection = tdm__selection_check(lua, 1);
    tdm__options_open(lua, 2, names);
    tdm__closing rule = {
        .gaps = tdm__option_needed(lua, 2, "gaps", 2, 1000),
        .to_percent = tdm__option_integer(lua, 2, "to", 1, 100, 0),
    };
    tdm_status status = tdm__selection_closing(&verdict, selection, &rule, holidays_of(lua), budget_of(lua));
    return tdm__verdict_push(lua, status, &verdict, "closing");
}

static int selection_in_periods(lua_State *lua)
{
    static const char *const names[] = {"of", "periods", "n", "level", "without", "outcome", NULL};
    tdm__verdict verdict;
    const tdm_selection *selection = tdm__selection_check(lua, 1);
    tdm__options_open(lua, 2, names);
    tdm__in_periods rule = {
        .of = tdm__option_span(lua, 2, "of"),
        .periods = tdm__option_needed(lua, 2, "periods", 1, TDM__PERIODS_MAX),
        .level_not_above = tdm__option_level_not_above(lua),
        .without = tdm__option_beside(lua, "without"),
    };
    rule.n = tdm__option_needed(lua, 2, "n", 1, rule.periods);
    if (rule.of.count < 1 || rule.of.unit == TDM_SPAN_WORKING_DAYS)
        return luaL_error(lua, "option 'of': a span of days or months expected");
    tdm_status status = tdm__selection_in_periods(&verdict, selection, &rule, holidays_of(lua),
                                                  budget_of(lua));
    return tdm__verdict_push(lua, status, &verdict, "in_periods");
}

tdm__trait tdm__trait_at(lua_State *lua, int index, const char *name)
{
    tdm_str text = tdm__string_at(lua, index, name);
    if (tdm__str_equal(text, TDM_LIT("theme")))
        return (tdm__trait){TDM__TRAIT_THEME, 0};
    if (tdm__str_equal(text, TDM_LIT("kind")))
        return (tdm__trait){TDM__TRAIT_KIND, 0};
    return (tdm__trait){TDM__TRAIT_FACT, tdm__fact_key_of(lua, text)};
}

/* {certain, possible, evidence}: how many values, and one row of each. */
static int selection_different(lua_State *lua)
{
    tdm_bounds values;
    tdm_selection *rows;
    const tdm_selection *selection = tdm__selection_check(lua, 1);
    tdm__trait trait = tdm__trait_at(lua, 2, "different");
    tdm_status status = tdm__selection_different(&values, &rows, selection, trait, budget_of(lua));
    tdm__sandbox_check(lua, status, "different");
    lua_createtable(lua, 0, 3);
    lua_pushinteger(lua, values.certain);
    lua_setfield(lua, -2, "certain");
    lua_pushinteger(lua, values.possible);
    lua_setfield(lua, -2, "possible");
    tdm__view_push(lua, TDM__VIEW_SELECTION, rows);
    lua_setfield(lua, -2, "evidence");
    return 1;
}

const luaL_Reg tdm__selection_patterns[] = {
    {"closing", selection_closing},
    {"different", selection_different},
    {"in_periods", selection_in_periods},
    {"turns", selection_turns},
    {NULL, NULL},
};

/*
 * Measures of what did not come, as scripts call them: incidents that nothing answered, stretches without
 * what should have been there.
 */
#include "chronology/absence.h"
#include "script/views.h"

/* A span that must be given; `least` as its number. */
static tdm_span needed_span(lua_State *lua, const char *name, int32_t least)
{
    if (!tdm__option(lua, 2, name))
        luaL_error(lua, "option '%s' is missing", name);
    tdm_span span = tdm__span_at(lua, -1, name);
    lua_pop(lua, 1);
    if (span.count < least)
        luaL_error(lua, "option '%s': a span of at least %d expected", name, (int)least);
    return span;
}

static int selection_unanswered(lua_State *lua)
{
    static const char *const names[] = {"by", "within", "before", "n", "days", "outcome", NULL};
    tdm__verdict verdict;
    const tdm_selection *selection = tdm__selection_check(lua, 1);
    tdm__options_open(lua, 2, names);
    tdm__unanswered rule = {
        .by = tdm__option_beside(lua, "by"),
        .within = needed_span(lua, "within", 0),
        .before = tdm__option_span(lua, 2, "before"),
        .n = tdm__option_integer(lua, 2, "n", 1, 10000, 1),
    };
    if (!rule.by)
        return luaL_error(lua, "option 'by' is missing");
    tdm_status status = tdm__selection_unanswered(&verdict, selection, &rule, tdm__option_calendar(lua, 2),
                                                  &tdm__sandbox_of(lua)->budget);
    return tdm__verdict_push(lua, status, &verdict, "unanswered");
}

static const tdm__episodes *option_during(lua_State *lua)
{
    if (!tdm__option(lua, 2, "during"))
        return NULL;
    const tdm__episodes *episodes = tdm__episodes_check(lua, lua_gettop(lua));
    lua_pop(lua, 1);
    if (episodes->history != tdm__selection_check(lua, 1)->history)
        luaL_error(lua, "option 'during': episodes of the same child expected");
    return episodes;
}

static int selection_absent(lua_State *lua)
{
    static const char *const names[] = {"over",          "during",  "others", "n",       "level_at_least",
                                        "level_at_most", "covered", "from",   "outcome", NULL};
    tdm__verdict verdict;
    const tdm__sandbox *sandbox = tdm__sandbox_of(lua);
    const tdm_selection *selection = tdm__selection_check(lua, 1);
    tdm__options_open(lua, 2, names);
    tdm__absent rule = {
        .over = needed_span(lua, "over", 1),
        .during = option_during(lua),
        .others = tdm__option_beside(lua, "others"),
        .n = tdm__option_integer(lua, 2, "n", 1, 10000, 1),
        .level_at_least = tdm__option_integer(lua, 2, "level_at_least", 0, TDM_LADDER_MAX, 0),
        .level_at_most = tdm__option_integer(lua, 2, "level_at_most", 0, TDM_LADDER_MAX, TDM_LADDER_MAX),
        .covered = tdm__option_flag(lua, 2, "covered"),
    };
    tdm_day from = tdm__option_integer(lua, 2, "from", -800000, 3000000, TDM_DAY_NONE);
    rule.from = from == TDM_DAY_NONE ? NULL : &from;
    tdm_status status = tdm__selection_absent(&verdict, selection, &rule, sandbox->holidays,
                                              &tdm__sandbox_of(lua)->budget);
    return tdm__verdict_push(lua, status, &verdict, "absent");
}

const luaL_Reg tdm__selection_absences[] = {
    {"absent", selection_absent},
    {"unanswered", selection_unanswered},
    {NULL, NULL},
};

/*
 * Keeping what trace.h tells, called where views and answers are handed to a script. How far the record
 * reached is found by asking the very measure again with lower numbers, so that each of its conditions
 * counts.
 */
#include "script/views.h"

#include <string.h>

#define LOWER_TRIED_MAX 50

/* Where the script stands that called the C function which runs now, and what it called. */
static void place(lua_State *lua, tdm__trace_step *step)
{
    lua_Debug called = {0}, caller = {0};
    if (lua_getstack(lua, 0, &called) && lua_getinfo(lua, "n", &called) && called.name)
        step->called = tdm__arena_copy(tdm__sandbox_of(lua)->history->arena, tdm__str(called.name));
    if (!lua_getstack(lua, 1, &caller) || !lua_getinfo(lua, "Sl", &caller))
        return;
    step->line = caller.currentline;
    if (caller.source[0] == '@')
        step->file = tdm__arena_copy(tdm__sandbox_of(lua)->history->arena, tdm__str(caller.source + 1));
}

static tdm__trace_step *add(lua_State *lua, tdm__trace_what what)
{
    tdm__trace *trace = tdm__sandbox_of(lua)->trace;
    if (!trace || trace->asking)
        return NULL;
    trace->more = trace->more || trace->count == TDM__TRACE_STEPS_MAX;
    if (trace->more)
        return NULL;
    tdm__trace_step *step = &trace->steps[trace->count++];
    *step = (tdm__trace_step){.what = what, .called = {"", 0}, .file = {"", 0}};
    place(lua, step);
    return step;
}

void tdm__trace_selection(lua_State *lua, const tdm_selection *selection)
{
    tdm__trace_step *step = add(lua, TDM__TRACE_ROWS);
    if (!step)
        return;
    tdm__trace *trace = tdm__sandbox_of(lua)->trace;
    step->count = tdm_selection_count(selection);
    for (uint32_t i = 0; i < selection->count; i++)
        if (selection->members[i].row < trace->row_count)
            trace->rows[selection->members[i].row] = true;
}

void tdm__trace_episodes(lua_State *lua, const tdm__episodes *episodes)
{
    tdm__trace_step *step = add(lua, TDM__TRACE_EPISODES);
    if (!step)
        return;
    for (uint32_t i = 0; i < episodes->count; i++) {
        step->count.possible++;
        step->count.certain += !episodes->items[i]->uncertain;
    }
}

/* --- how far it reached --- */

/* A copy of the table at 2 with another `n`. */
static void push_options(lua_State *lua, int32_t n)
{
    lua_newtable(lua);
    lua_pushnil(lua);
    while (lua_next(lua, 2)) {
        lua_pushvalue(lua, -2);
        lua_insert(lua, -2);
        lua_rawset(lua, -4);
    }
    lua_pushinteger(lua, n);
    lua_setfield(lua, -2, "n");
}

/* The answer of the C function that runs now, asked with another `n`. */
static tdm_answer ask_again(lua_State *lua, int32_t n)
{
    lua_Debug running;
    tdm_answer answer = TDM_NOT_ASSESSED;
    int before = lua_gettop(lua);
    luaL_checkstack(lua, 8, NULL);
    if (!lua_getstack(lua, 0, &running) || !lua_getinfo(lua, "f", &running))
        return answer;
    lua_pushvalue(lua, 1);
    push_options(lua, n);
    if (lua_pcall(lua, 2, 1, 0) == LUA_OK && lua_istable(lua, -1) && tdm__option(lua, before + 1, "answer"))
        for (tdm_answer a = TDM_NOT_MET; a <= TDM_MET; a++)
            if (tdm__str_equal(tdm__string_at(lua, -1, "answer"), tdm__str(tdm_answer_code(a))))
                answer = a;
    lua_settop(lua, before);
    return answer;
}

static int32_t needed(lua_State *lua)
{
    int32_t n = 0;
    if (lua_istable(lua, 2) && tdm__option(lua, 2, "n")) {
        n = lua_isinteger(lua, -1) && lua_tointeger(lua, -1) <= 10000 ? (int32_t)lua_tointeger(lua, -1) : 0;
        lua_pop(lua, 1);
    }
    return n;
}

/* Asking again costs the script nothing. */
static void find_reached(lua_State *lua, tdm__trace_step *step)
{
    tdm__sandbox *sandbox = tdm__sandbox_of(lua);
    int64_t left = sandbox->budget.steps_left;
    if (step->answer == TDM_POSSIBLE)
        step->reached.possible = step->needed;
    sandbox->trace->asking = true;
    for (int32_t n = step->needed - 1; n > 0 && n >= step->needed - LOWER_TRIED_MAX; n--) {
        sandbox->budget.steps_left = sandbox->granted_steps;
        tdm_answer answer = ask_again(lua, n);
        if (answer >= TDM_POSSIBLE && step->reached.possible == 0)
            step->reached.possible = n;
        if (answer == TDM_MET) {
            step->reached.certain = n;
            break;
        }
    }
    sandbox->trace->asking = false;
    sandbox->budget.steps_left = left;
}

void tdm__trace_answer(lua_State *lua, tdm_answer answer)
{
    tdm__trace_step *step = add(lua, TDM__TRACE_MEASURE);
    if (!step)
        return;
    step->answer = answer;
    step->needed = answer == TDM_NOT_MET || answer == TDM_POSSIBLE ? needed(lua) : 0;
    if (step->needed > 0)
        find_reached(lua, step);
}

/*
 * Siblings as a script sees them: views of their records as of the same day, and their rows beside the
 * child's own, so that a rule can hold one against the other and a prompt shows both.
 */
#include "script/views.h"

#include "chronology/kin.h"

#define KIN_STEPS 16 /* a sibling, on top of its rows */

/*
 * The kin of a child. They are made once a history, by whoever asks first: every caller is charged the
 * same, and what they take is nobody's memory, or the order of the indicators would show.
 */
static const tdm__kin *kin_of(lua_State *lua, const tdm_history *history)
{
    const tdm__kin *kin;
    tdm__sandbox *sandbox = tdm__sandbox_of(lua);
    if (tdm__chronology_by_child(history->chronology))
        tdm__sandbox_give_up(lua, "siblings-not-in-stream");
    size_t before = history->arena->used_bytes;
    tdm_status status = tdm__history_kin(&kin, history);
    sandbox->arena_start_bytes += history->arena->used_bytes - before;
    tdm__sandbox_check(lua, status, "siblings");
    tdm__sandbox_charge(lua, 1 + (int64_t)kin->sibling_count * KIN_STEPS + kin->row_count);
    return kin;
}

/* Views of the other children of the household. */
static int child_siblings(lua_State *lua)
{
    const tdm__kin *kin = kin_of(lua, tdm__view_check(lua, 1, TDM__VIEW_CHILD));
    lua_createtable(lua, (int)kin->sibling_count, 0);
    for (uint32_t i = 0; i < kin->sibling_count; i++) {
        tdm__view_push(lua, TDM__VIEW_CHILD, kin->siblings[i]);
        lua_rawseti(lua, -2, (lua_Integer)i + 1);
    }
    return 1;
}

static tdm_selection *one_beside(lua_State *lua, const tdm_history *history, int index)
{
    tdm_selection *out;
    const tdm_selection *selection = tdm__selection_check(lua, index);
    tdm__charge_elements(lua, selection->count);
    tdm_status status = tdm__selection_beside(&out, history, selection);
    if (status == TDM_INVALID_ARG)
        luaL_error(lua, "beside: a selection of a sibling expected");
    tdm__sandbox_check(lua, status, "beside");
    return out;
}

/* One selection of a sibling, or a list of them (which may be empty), as one of the child's own record. */
static int child_beside(lua_State *lua)
{
    const tdm_history *history = tdm__view_check(lua, 1, TDM__VIEW_CHILD);
    tdm_selection *all = tdm__room(lua, 1, sizeof *all);
    kin_of(lua, history);
    if (!lua_istable(lua, 2))
        return tdm__selection_push(lua, TDM_OK, one_beside(lua, history, 2), "beside");
    size_t count = lua_rawlen(lua, 2);
    *all = (tdm_selection){.history = history};
    for (size_t i = 0; i < count; i++) {
        tdm_selection *joined;
        lua_rawgeti(lua, 2, (lua_Integer)i + 1);
        const tdm_selection *next = one_beside(lua, history, lua_gettop(lua));
        tdm__charge_elements(lua, (size_t)all->count + next->count);
        all->count_rows = i == 0 ? next->count_rows : all->count_rows;
        tdm__sandbox_check(lua, tdm__selection_union(&joined, all, next), "beside");
        all = joined;
        lua_pop(lua, 1);
    }
    return tdm__selection_push(lua, TDM_OK, all, "beside");
}

const luaL_Reg tdm__child_kin[] = {{"beside", child_beside}, {"siblings", child_siblings}, {NULL, NULL}};

/*
 * What selections and episodes are made of: a fact of every row, the rows of some incidents, episodes one by
 * one, the rows that open and close them.
 */
#include "chronology/looked.h"
#include "script/views.h"

static bool by_number(const tdm_vocabulary *vocabulary, uint32_t key)
{
    if (key >= vocabulary->fact_count)
        return false;
    tdm__fact_type type = vocabulary->facts[key].type;
    return type == TDM__FACT_COUNT || type == TDM__FACT_DATE || type == TDM__FACT_TIME;
}

/* Parallel to columns(): a number for a count, a day or a time of day, else the text; false for a row that
 * does not carry the fact. */
static int selection_facts(lua_State *lua)
{
    tdm__fact_value value;
    const tdm_selection *selection = tdm__selection_check(lua, 1);
    const tdm_history *h = selection->history;
    uint32_t key = tdm__fact_key_of(lua, tdm__string_at(lua, 2, "fact"));
    bool number = by_number(tdm__chronology_vocabulary(h->chronology), key);
    if (selection->count > TDM__TABLE_LIMIT_ITEMS)
        return luaL_error(lua, "facts: too many rows for one call");
    tdm__sandbox_charge(lua, 1 + (int64_t)selection->count);
    lua_createtable(lua, (int)selection->count, 0);
    for (uint32_t i = 0; i < selection->count; i++) {
        if (!tdm__chronology_fact(&value, h->chronology, h->rows[selection->members[i].row].event, key))
            lua_pushboolean(lua, false);
        else if (number)
            lua_pushinteger(lua, value.number);
        else
            tdm__str_push(lua, value.text);
        lua_rawseti(lua, -2, (lua_Integer)i + 1);
    }
    return 1;
}

/* The rows of some of the incidents, by their numbers as columns() gives them. */
static int selection_incidents(lua_State *lua)
{
    const tdm_selection *from = tdm__selection_check(lua, 1);
    const tdm__row *rows = from->history->rows;
    luaL_checktype(lua, 2, LUA_TTABLE);
    size_t count = lua_rawlen(lua, 2), known = 0;
    for (uint32_t i = 0; i < from->count; i++)
        known = rows[from->members[i].row].incident >= known ? rows[from->members[i].row].incident + 1
                                                             : known;
    tdm__charge_elements(lua, count + from->count + known);
    bool *wanted = tdm__room(lua, known + 1, sizeof *wanted);
    tdm__look_at_all(from->history); /* any row may move the numbers */
    for (size_t i = 0; i < count; i++) {
        int whole = 0;
        lua_rawgeti(lua, 2, (lua_Integer)i + 1);
        lua_Integer number = lua_tointegerx(lua, -1, &whole);
        if (!whole || number < 0)
            return luaL_error(lua, "incidents: a list of numbers of incidents expected");
        if ((uint64_t)number < known)
            wanted[number] = true;
        lua_pop(lua, 1);
    }
    tdm_selection *some = tdm__room(lua, 1, sizeof *some);
    *some = *from;
    some->count = 0;
    some->members = tdm__room(lua, from->count, sizeof *some->members);
    for (uint32_t i = 0; i < from->count; i++)
        if (wanted[rows[from->members[i].row].incident])
            some->members[some->count++] = from->members[i];
    return tdm__selection_push(lua, TDM_OK, some, "incidents");
}

static int episodes_each(lua_State *lua)
{
    const tdm__episodes *episodes = tdm__episodes_check(lua, 1);
    if (episodes->count > TDM__TABLE_LIMIT_ITEMS)
        return luaL_error(lua, "each: too many episodes for one call");
    tdm__sandbox_charge(lua, 1 + (int64_t)episodes->count);
    tdm__episodes *single = tdm__room(lua, episodes->count, sizeof *single);
    lua_createtable(lua, (int)episodes->count, 0);
    for (uint32_t i = 0; i < episodes->count; i++) {
        single[i] = (tdm__episodes){episodes->history, &episodes->items[i], 1};
        tdm__view_push(lua, TDM__VIEW_EPISODES, &single[i]);
        lua_rawseti(lua, -2, (lua_Integer)i + 1);
    }
    return 1;
}

/* The rows that open and close them. */
static int episodes_rows(lua_State *lua)
{
    const tdm__episodes *episodes = tdm__episodes_check(lua, 1);
    const tdm_history *h = episodes->history;
    bool *theirs = tdm__room(lua, (size_t)h->row_count + 1, sizeof *theirs);
    tdm_selection *rows = tdm__room(lua, 1, sizeof *rows);
    tdm__charge_elements(lua, (size_t)h->row_count + episodes->count);
    *rows = (tdm_selection){h, tdm__room(lua, h->row_count, sizeof *rows->members), 0, false};
    for (uint32_t i = 0; i < episodes->count; i++) {
        theirs[episodes->items[i]->start_row] = true;
        if (episodes->items[i]->end_row != TDM_NO_INDEX)
            theirs[episodes->items[i]->end_row] = true;
    }
    for (uint32_t row = 0; row < h->row_count; row++)
        if (theirs[row] && h->rows[row].dated)
            rows->members[rows->count++] = (tdm__member){row, false};
    return tdm__selection_push(lua, TDM_OK, rows, "rows");
}

const luaL_Reg tdm__selection_parts[] = {
    {"facts", selection_facts}, {"incidents", selection_incidents}, {NULL, NULL}};

const luaL_Reg tdm__episodes_parts[] = {{"each", episodes_each}, {"rows", episodes_rows}, {NULL, NULL}};

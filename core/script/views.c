/*
 * View userdata: their metatables, generations, and what the bindings share. Not here: the methods
 * (view_child.c, view_assessment.c, view_selection.c, view_answers.c; of measures measure_*.c).
 */
#include "script/views.h"

#include <string.h>

typedef struct view {
    uint32_t generation;
    const void *object;
} view;

static const char *const kind_names[] = {"child",   "selection", "episodes",  "spells",  "assessment",
                                         "measure", "units",     "stretches", "measured"};

/* The methods in the table that is the upvalue, then the fields: no name is both. */
static int index_of(lua_State *lua, tdm__view_kind kind, int (*field)(lua_State *))
{
    tdm__view_check(lua, 1, kind);
    tdm__sandbox_charge(lua, 1);
    lua_settop(lua, 2);
    lua_pushvalue(lua, 2);
    if (lua_rawget(lua, lua_upvalueindex(1)) != LUA_TNIL)
        return 1;
    if (lua_type(lua, 2) != LUA_TSTRING || field(lua) == 0)
        lua_pushnil(lua);
    return 1;
}

static int child_index(lua_State *lua)
{
    return index_of(lua, TDM__VIEW_CHILD, tdm__child_field);
}

static int assessment_index(lua_State *lua)
{
    return index_of(lua, TDM__VIEW_ASSESSMENT, tdm__assessment_field);
}

static int measure_index(lua_State *lua)
{
    return index_of(lua, TDM__VIEW_MEASURE, tdm__measure_field);
}

static int refuse_write(lua_State *lua)
{
    return luaL_error(lua, "a view is read-only");
}

/* Every list of methods, by the view that has them. */
static const struct {
    tdm__view_kind kind;
    const luaL_Reg *methods;
} method_lists[] = {
    {TDM__VIEW_CHILD, tdm__child_methods},
    {TDM__VIEW_CHILD, tdm__child_scores},
    {TDM__VIEW_CHILD, tdm__child_kin},
    {TDM__VIEW_CHILD, tdm__child_worlds},
    {TDM__VIEW_SELECTION, tdm__selection_methods},
    {TDM__VIEW_SELECTION, tdm__selection_answers},
    {TDM__VIEW_SELECTION, tdm__selection_loads},
    {TDM__VIEW_SELECTION, tdm__selection_parts},
    {TDM__VIEW_EPISODES, tdm__episodes_methods},
    {TDM__VIEW_EPISODES, tdm__episodes_parts},
    {TDM__VIEW_SELECTION, tdm__selection_absences},
    {TDM__VIEW_SELECTION, tdm__selection_patterns},
    {TDM__VIEW_ASSESSMENT, tdm__assessment_methods},
    {TDM__VIEW_MEASURE, tdm__measure_bases},
    {TDM__VIEW_MEASURE, tdm__measure_results},
    {TDM__VIEW_UNITS, tdm__units_methods},
    {TDM__VIEW_UNITS, tdm__units_lengths},
    {TDM__VIEW_STRETCHES, tdm__stretches_methods},
};

static void define(lua_State *lua, tdm__view_kind kind)
{
    luaL_newmetatable(lua, kind_names[kind]);
    lua_newtable(lua);
    for (size_t i = 0; i < sizeof method_lists / sizeof *method_lists; i++)
        if (method_lists[i].kind == kind)
            luaL_setfuncs(lua, method_lists[i].methods, 0);
    if (kind == TDM__VIEW_CHILD)
        lua_pushcclosure(lua, child_index, 1);
    if (kind == TDM__VIEW_ASSESSMENT)
        lua_pushcclosure(lua, assessment_index, 1);
    if (kind == TDM__VIEW_MEASURE)
        lua_pushcclosure(lua, measure_index, 1);
    lua_setfield(lua, -2, "__index");
    lua_pushcfunction(lua, refuse_write);
    lua_setfield(lua, -2, "__newindex");
    lua_pushboolean(lua, false);
    lua_setfield(lua, -2, "__metatable");
    tdm__sandbox_of(lua)->view_tables[kind] = lua_topointer(lua, -1);
    lua_rawsetp(lua, LUA_REGISTRYINDEX, kind_names[kind]);
}

void tdm__views_define(lua_State *lua)
{
    for (tdm__view_kind kind = TDM__VIEW_CHILD; kind <= TDM__VIEW_MEASURED; kind++)
        define(lua, kind);
}

void tdm__view_push(lua_State *lua, tdm__view_kind kind, const void *object)
{
    luaL_checkstack(lua, 4, NULL);
    view *made = lua_newuserdatauv(lua, sizeof *made, 0);
    *made = (view){tdm__sandbox_of(lua)->generation, object};
    lua_rawgetp(lua, LUA_REGISTRYINDEX, kind_names[kind]);
    lua_setmetatable(lua, -2);
}

/* Told by its metatable, which lives as long as the state. */
static bool is_view(lua_State *lua, int index, tdm__view_kind kind)
{
    if (lua_type(lua, index) != LUA_TUSERDATA || !lua_getmetatable(lua, index))
        return false;
    bool same = lua_topointer(lua, -1) == tdm__sandbox_of(lua)->view_tables[kind];
    lua_pop(lua, 1);
    return same;
}

const void *tdm__view_check(lua_State *lua, int index, tdm__view_kind kind)
{
    const tdm__sandbox *sandbox = tdm__sandbox_of(lua);
    if (!is_view(lua, index, kind))
        luaL_checkudata(lua, index, kind_names[kind]); /* raises, naming both */
    const view *given = lua_touserdata(lua, index);
    if (given->generation != sandbox->generation || !tdm__call_arena(sandbox))
        luaL_error(lua, "a view was kept after its call");
    return given->object;
}

const tdm_selection *tdm__selection_check(lua_State *lua, int index)
{
    return tdm__view_check(lua, index, TDM__VIEW_SELECTION);
}

const tdm__episodes *tdm__episodes_check(lua_State *lua, int index)
{
    return tdm__view_check(lua, index, TDM__VIEW_EPISODES);
}

const tdm_selection *tdm__option_selection(lua_State *lua, int index, const char *name)
{
    if (!tdm__option(lua, index, name))
        return NULL;
    const tdm_selection *selection = tdm__selection_check(lua, lua_gettop(lua));
    lua_pop(lua, 1);
    return selection;
}

const tdm_selection *tdm__option_beside(lua_State *lua, const char *name)
{
    const tdm_selection *selection = tdm__option_selection(lua, 2, name);
    if (selection && selection->history != tdm__selection_check(lua, 1)->history)
        luaL_error(lua, "option '%s': rows of the same child expected", name);
    return selection;
}

int tdm__selection_push(lua_State *lua, tdm_status status, const tdm_selection *selection, const char *what)
{
    tdm__sandbox_check(lua, status, what);
    tdm__trace_selection(lua, selection);
    tdm__view_push(lua, TDM__VIEW_SELECTION, selection);
    return 1;
}

uint32_t tdm__kind_at(lua_State *lua, int index)
{
    tdm_str code = tdm__string_at(lua, index, "kind");
    uint32_t kind = tdm__vocabulary_kind(tdm__sandbox_of(lua)->vocabulary, code);
    if (kind == TDM_NO_INDEX)
        luaL_error(lua, "there is no kind '%s'", code.data);
    return kind;
}

uint32_t tdm__agency_at(lua_State *lua, int index)
{
    const tdm__sandbox *sandbox = tdm__sandbox_of(lua);
    const tdm_chronology *chronology = tdm__call_chronology(sandbox);
    tdm_str code = tdm__string_at(lua, index, "agency");
    size_t count = tdm__chronology_agency_count(chronology);
    for (uint32_t i = 0; i < count; i++)
        if (tdm__str_equal(tdm__chronology_agency(chronology, i), code))
            return i;
    if (tdm__vocabulary_agency(sandbox->vocabulary, code) == TDM_NO_INDEX)
        luaL_error(lua, "there is no agency '%s'", code.data);
    return TDM_NO_INDEX;
}

uint32_t tdm__episode_at(lua_State *lua, int index)
{
    tdm_str name = tdm__string_at(lua, index, "name");
    uint32_t episode = tdm__vocabulary_episode(tdm__sandbox_of(lua)->vocabulary, name);
    if (episode == TDM_NO_INDEX)
        luaL_error(lua, "there is no episode '%s'", name.data);
    return episode;
}

uint32_t tdm__fact_key_of(lua_State *lua, tdm_str key)
{
    const tdm__sandbox *sandbox = tdm__sandbox_of(lua);
    const tdm_chronology *chronology = tdm__call_chronology(sandbox);
    size_t count = tdm__chronology_fact_key_count(chronology);
    /* Those that are registered come first, in the order of the vocabulary. */
    uint32_t registered = tdm__vocabulary_fact(sandbox->vocabulary, key);
    if (registered < count && tdm__str_equal(tdm__chronology_fact_key(chronology, registered), key))
        return registered;
    for (uint32_t i = 0; i < count; i++)
        if (tdm__str_equal(tdm__chronology_fact_key(chronology, i), key))
            return i;
    luaL_error(lua, "there is no fact '%s'", key.data);
    return TDM_NO_INDEX;
}

/* One value of a fact as its canonical text, in the arena. */
static tdm_str fact_text(lua_State *lua, int index)
{
    if (lua_isboolean(lua, index))
        return lua_toboolean(lua, index) ? TDM_LIT("yes") : TDM_LIT("no");
    if (lua_type(lua, index) == LUA_TNUMBER && !lua_isinteger(lua, index))
        luaL_error(lua, "a fact's value is a code, a whole number, true or false");
    lua_pushvalue(lua, index);
    if (lua_type(lua, -1) == LUA_TNUMBER)
        lua_tolstring(lua, -1, NULL);
    tdm_str copy = tdm__arena_copy(tdm__call_arena(tdm__sandbox_of(lua)), tdm__string_at(lua, -1, "fact"));
    tdm__sandbox_check(lua, copy.data ? TDM_OK : TDM_NO_MEMORY, "fact");
    lua_pop(lua, 1);
    return copy;
}

static void fact_values(lua_State *lua, tdm__fact_filter *filter, int list)
{
    size_t count = lua_rawlen(lua, list);
    tdm_str *values = tdm__room(lua, count, sizeof *values);
    for (size_t i = 0; i < count; i++) {
        lua_rawgeti(lua, list, (lua_Integer)i + 1);
        values[i] = fact_text(lua, lua_gettop(lua));
        lua_pop(lua, 1);
    }
    filter->values = values;
    filter->value_count = count;
}

static bool is_yes_no(lua_State *lua, uint32_t key)
{
    const tdm_vocabulary *vocabulary = tdm__sandbox_of(lua)->vocabulary;
    return key < vocabulary->fact_count && vocabulary->facts[key].type == TDM__FACT_YES_NO;
}

/* A measure may ask whether a fact is there; of one that is yes or no, true is a value. */
static bool asks_presence(lua_State *lua, const tdm__fact_filter *filter, int index)
{
    if (!tdm__sandbox_of(lua)->measure || !lua_isboolean(lua, index) || is_yes_no(lua, filter->key))
        return false;
    if (!lua_toboolean(lua, index))
        luaL_error(lua, "a fact's value: true (it is there), or a code, expected");
    return true;
}

/* The value at `index`: one value, a list of them, or {min =, max =}. */
static void fact_filter(lua_State *lua, tdm__fact_filter *filter, int index)
{
    static const char *const bounds[] = {"min", "max", NULL};
    if (asks_presence(lua, filter, index)) {
        filter->min = INT64_MIN;
        filter->max = INT64_MAX;
    } else if (!lua_istable(lua, index)) {
        tdm_str *value = tdm__room(lua, 1, sizeof *value);
        *value = fact_text(lua, index);
        filter->values = value;
        filter->value_count = 1;
    } else if (lua_rawlen(lua, index) > 0) {
        fact_values(lua, filter, index);
    } else {
        tdm__options_open(lua, index, bounds);
        filter->min = tdm__option_integer(lua, index, "min", INT32_MIN, INT32_MAX, INT32_MIN);
        filter->max = tdm__option_integer(lua, index, "max", INT32_MIN, INT32_MAX, INT32_MAX);
    }
}

/* How many fields the table has, as far as there are facts. */
static size_t fields_of(lua_State *lua, int table)
{
    size_t count = 0;
    lua_pushnil(lua);
    while (count < TDM_FACTS_MAX && lua_next(lua, table)) {
        lua_pop(lua, 1);
        count++;
    }
    lua_settop(lua, table);
    return count;
}

/* Filters are ands, so the order in which the table gives its keys does not show. */
size_t tdm__option_facts(lua_State *lua, int index, const char *name, const tdm__fact_filter **out)
{
    size_t count = 0;
    *out = NULL;
    if (!tdm__option(lua, index, name))
        return 0;
    if (!lua_istable(lua, -1))
        luaL_error(lua, "%s: a table expected", name);
    int facts = lua_gettop(lua);
    size_t room = fields_of(lua, facts);
    tdm__fact_filter *filters = tdm__room(lua, room, sizeof *filters);
    lua_pushnil(lua);
    while (lua_next(lua, facts)) {
        if (count == room || lua_type(lua, -2) != LUA_TSTRING)
            luaL_error(lua, "%s: a table of fact = value expected", name);
        filters[count].key = tdm__fact_key_of(lua, tdm__string_at(lua, -2, name));
        fact_filter(lua, &filters[count++], lua_gettop(lua));
        lua_pop(lua, 1);
    }
    lua_pop(lua, 1);
    *out = filters;
    return count;
}

uint32_t tdm__outcome_named(lua_State *lua, tdm_str name)
{
    const tdm__indicator *indicator = tdm__sandbox_of(lua)->indicator;
    for (uint32_t i = 0; i < indicator->outcome_count; i++)
        if (tdm__str_equal(indicator->outcomes[i], name))
            return i;
    luaL_error(lua, "there is no outcome '%s'", name.data);
    return TDM_NO_INDEX;
}

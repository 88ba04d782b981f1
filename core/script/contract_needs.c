/*
 * The field `needs` of an indicator file: what the sources of a child must be able to hold before the
 * script is asked, and before what it did not find is "not met". Who holds what is the engine's business.
 */
#include <string.h>

#include "script/contract.h"

static uint32_t kind_of(const tdm__contract *contract, const char *path, tdm_str code)
{
    uint32_t kind = tdm__vocabulary_kind(contract->ground->vocabulary, code);
    if (kind == TDM_NO_INDEX)
        tdm__contract_fail(contract, path, "there is no kind '%.*s'", TDM_STR_ARGS(code));
    return kind;
}

/* The list on top of the stack; pops it. */
static const uint32_t *pop_kinds(const tdm__contract *contract, const char *path, size_t *count)
{
    lua_State *lua = contract->lua;
    int list = lua_gettop(lua);
    *count = tdm__contract_list(contract, list, path);
    uint32_t *kinds = tdm__contract_room(contract, *count, sizeof *kinds);
    for (size_t i = 0; i < *count; i++) {
        lua_rawgeti(lua, list, (lua_Integer)i + 1);
        kinds[i] = kind_of(contract, path, tdm__contract_pop_string(contract, path));
    }
    lua_pop(lua, 1);
    return kinds;
}

const uint32_t *tdm__contract_kinds(const tdm__contract *contract, int index, const char *name, size_t *count)
{
    char path[TDM__PATH_SIZE];
    *count = 0;
    tdm__path_of(path, "needs", name);
    if (!tdm__contract_field(contract, index, "needs", name, LUA_TTABLE, false))
        return NULL;
    return pop_kinds(contract, path, count);
}

/* --- deny --- */

tdm__need_part tdm__contract_pop_part(const tdm__contract *contract, const char *path)
{
    const tdm_vocabulary *vocabulary = contract->ground->vocabulary;
    tdm_str rest = tdm__contract_pop_string(contract, path);
    bool has_fact = memchr(rest.data, '.', rest.length) != NULL;
    tdm_str code = tdm__str_split(&rest, '.');
    tdm__need_part part = {kind_of(contract, path, code), TDM_NO_INDEX};
    if (!has_fact)
        return part;
    part.fact = tdm__vocabulary_fact(vocabulary, rest);
    if (part.fact == TDM_NO_INDEX || !(vocabulary->kinds[part.kind].facts >> part.fact & 1))
        tdm__contract_fail(contract, path, "'%.*s' has no fact '%.*s'", TDM_STR_ARGS(code),
                           TDM_STR_ARGS(rest));
    return part;
}

const tdm__need_part *tdm__contract_pop_parts(const tdm__contract *contract, const char *path, size_t *count)
{
    lua_State *lua = contract->lua;
    int list = lua_gettop(lua);
    *count = tdm__contract_list(contract, list, path);
    if (*count == 0)
        tdm__contract_fail(contract, path, "one or more expected");
    tdm__need_part *parts = tdm__contract_room(contract, *count, sizeof *parts);
    for (size_t i = 0; i < *count; i++) {
        lua_rawgeti(lua, list, (lua_Integer)i + 1);
        parts[i] = tdm__contract_pop_part(contract, path);
    }
    lua_pop(lua, 1);
    return parts;
}

static bool is_choice(const tdm__param *param, tdm_str value)
{
    for (size_t i = 0; i < param->choice_count; i++)
        if (tdm__str_equal(param->choices[i], value))
            return true;
    return false;
}

/* The values on top of the stack: true or false of a flag, else some of the choices (of a list: one of them
 * is in it); pops them. */
static void pop_choices(const tdm__contract *contract, const tdm__param *param, const char *path,
                        tdm__need *out)
{
    lua_State *lua = contract->lua;
    bool is_flag = param->type == TDM__PARAM_FLAG;
    if (!is_flag && param->type != TDM__PARAM_CHOICE && param->type != TDM__PARAM_LIST)
        tdm__contract_fail(contract, path, "a parameter of type choice, list or flag expected");
    if (is_flag && !lua_isboolean(lua, -1))
        tdm__contract_fail(contract, path, "true or false expected");
    int values = lua_gettop(lua);
    out->choice_count = is_flag ? 1 : tdm__contract_list(contract, values, path);
    if (out->choice_count == 0)
        tdm__contract_fail(contract, path, "one or more expected");
    tdm_str *choices = tdm__contract_room(contract, out->choice_count, sizeof *choices);
    if (is_flag)
        choices[0] = lua_toboolean(lua, values) ? TDM_LIT("yes") : TDM_LIT("no");
    for (size_t i = 0; !is_flag && i < out->choice_count; i++) {
        lua_rawgeti(lua, values, (lua_Integer)i + 1);
        choices[i] = tdm__contract_pop_string(contract, path);
        if (!is_choice(param, choices[i]))
            tdm__contract_fail(contract, path, "choices of the parameter expected");
    }
    out->choices = choices;
    lua_pop(lua, 1);
}

/* `when` of the table at `entry`: one parameter and the values with which the part matters. */
static void read_when(const tdm__contract *contract, int entry, const char *where, const tdm__param *params,
                      size_t param_count, tdm__need *out)
{
    char path[TDM__PATH_SIZE], chosen[TDM__PATH_SIZE];
    size_t count;
    lua_State *lua = contract->lua;
    if (!tdm__contract_field(contract, entry, where, "when", LUA_TTABLE, false))
        return;
    int when = lua_gettop(lua);
    tdm__path_of(path, where, "when");
    const tdm_str *names = tdm__contract_keys(contract, when, path, &count);
    if (count != 1)
        tdm__contract_fail(contract, path, "one parameter expected");
    for (uint32_t i = 0; i < param_count; i++)
        if (tdm__str_equal(params[i].name, names[0]))
            out->when = i;
    if (out->when == TDM_NO_INDEX)
        tdm__contract_fail(contract, path, "there is no parameter '%.*s'", TDM_STR_ARGS(names[0]));
    tdm__path_of(chosen, path, names[0].data);
    lua_pushstring(lua, names[0].data);
    lua_rawget(lua, when);
    pop_choices(contract, &params[out->when], chosen, out);
    lua_pop(lua, 1);
}

tdm__need tdm__contract_pop_need(const tdm__contract *contract, const char *where, const tdm__param *params,
                                 size_t param_count)
{
    static const char *const names[] = {"any", "when", NULL};
    char path[TDM__PATH_SIZE];
    lua_State *lua = contract->lua;
    tdm__need need = {.when = TDM_NO_INDEX};
    if (!lua_istable(lua, -1)) {
        tdm__need_part *part = tdm__contract_room(contract, 1, sizeof *part);
        *part = tdm__contract_pop_part(contract, where);
        need.any = part;
        need.any_count = 1;
        return need;
    }
    int entry = lua_gettop(lua);
    tdm__contract_names(contract, entry, where, names);
    tdm__contract_field(contract, entry, where, "any", LUA_TTABLE, true);
    tdm__path_of(path, where, "any");
    need.any = tdm__contract_pop_parts(contract, path, &need.any_count);
    read_when(contract, entry, where, params, param_count, &need);
    lua_pop(lua, 1);
    return need;
}

static void read_deny(const tdm__contract *contract, int needs, const tdm__indicator *indicator,
                      tdm__needs *out)
{
    lua_State *lua = contract->lua;
    if (!tdm__contract_field(contract, needs, "needs", "deny", LUA_TTABLE, false))
        return;
    int list = lua_gettop(lua);
    out->deny_count = tdm__contract_list(contract, list, "needs.deny");
    tdm__need *deny = tdm__contract_room(contract, out->deny_count, sizeof *deny);
    for (size_t i = 0; i < out->deny_count; i++) {
        lua_rawgeti(lua, list, (lua_Integer)i + 1);
        deny[i] = tdm__contract_pop_need(contract, "needs.deny", indicator->params, indicator->param_count);
    }
    out->deny = deny;
    lua_pop(lua, 1);
}

/* --- held --- */

/* What is left is a list. */
static void take_out(lua_State *lua, int list, const char *name)
{
    lua_pushstring(lua, name);
    lua_pushnil(lua);
    lua_rawset(lua, list);
}

/* `concern`: true for any, "high" for those that are rated high. */
static void read_held_concern(const tdm__contract *contract, int list, tdm__needs *out)
{
    lua_State *lua = contract->lua;
    lua_pushstring(lua, "concern");
    int type = lua_rawget(lua, list);
    out->held_high = type == LUA_TSTRING && strcmp(lua_tostring(lua, -1), "high") == 0;
    out->held_concern = out->held_high || (type == LUA_TBOOLEAN && lua_toboolean(lua, -1));
    if (type != LUA_TNIL && !out->held_concern)
        tdm__contract_fail(contract, "needs.held.concern", "true or \"high\" expected");
    lua_pop(lua, 1);
    take_out(lua, list, "concern");
}

/* What an option of `held` names parameters by. */
typedef struct held_option {
    const char *name, *path;
    tdm__param_type type;
    const char *expected;
} held_option;

static const held_option held_n = {"n", "needs.held.n", TDM__PARAM_COUNT,
                                   "names of parameters of type count expected"};
static const held_option held_of = {"of", "needs.held.of", TDM__PARAM_LIST,
                                    "names of parameters of type list expected"};
static const held_option held_within = {"within", "needs.held.within", TDM__PARAM_SPAN,
                                        "the name of a parameter of type span expected"};

/* The parameter whose name is on top of the stack; pops it. */
static uint32_t pop_param(const tdm__contract *contract, const tdm__indicator *indicator,
                          const held_option *option)
{
    tdm_str name = tdm__contract_pop_string(contract, option->path);
    for (uint32_t i = 0; i < indicator->param_count; i++)
        if (tdm__str_equal(indicator->params[i].name, name) && indicator->params[i].type == option->type)
            return i;
    tdm__contract_fail(contract, option->path, "%s", option->expected);
    return TDM_NO_INDEX;
}

/* A list of names of parameters. */
static const uint32_t *read_held_params(const tdm__contract *contract, int list,
                                        const tdm__indicator *indicator, const held_option *option,
                                        size_t *count)
{
    lua_State *lua = contract->lua;
    if (!tdm__contract_field(contract, list, "needs.held", option->name, LUA_TTABLE, false))
        return NULL;
    int names = lua_gettop(lua);
    *count = tdm__contract_list(contract, names, option->path);
    if (*count == 0)
        tdm__contract_fail(contract, option->path, "one or more expected");
    uint32_t *params = tdm__contract_room(contract, *count, sizeof *params);
    for (size_t i = 0; i < *count; i++) {
        lua_rawgeti(lua, names, (lua_Integer)i + 1);
        params[i] = pop_param(contract, indicator, option);
    }
    lua_pop(lua, 1);
    take_out(lua, list, option->name);
    return params;
}

static void read_held_within(const tdm__contract *contract, int list, const tdm__indicator *indicator,
                             tdm__needs *out)
{
    if (!tdm__contract_field(contract, list, "needs.held", held_within.name, LUA_TSTRING, false))
        return;
    out->held_within = pop_param(contract, indicator, &held_within);
    take_out(contract->lua, list, held_within.name);
}

/* `different`: true, n counts different things. */
static bool read_held_different(const tdm__contract *contract, int list, const tdm__needs *out)
{
    if (!tdm__contract_field(contract, list, "needs.held", "different", LUA_TBOOLEAN, false))
        return false;
    bool different = lua_toboolean(contract->lua, -1);
    lua_pop(contract->lua, 1);
    take_out(contract->lua, list, "different");
    if (different && out->held_n_count == 0)
        tdm__contract_fail(contract, "needs.held.different", "'n' is needed with it");
    return different;
}

/* Kinds and what they tell of, in the making. */
typedef struct held_list {
    uint32_t *kinds;
    tdm__held_thing *things;
    size_t count;
} held_list;

/* The value on top of the stack, "KIND" or "KIND.FACT"; pops it. */
static void pop_thing(const tdm__contract *contract, held_list *out, uint32_t number)
{
    tdm__need_part part = tdm__contract_pop_part(contract, "needs.held");
    if (out->kinds) {
        out->kinds[out->count] = part.kind;
        out->things[out->count] = (tdm__held_thing){part.fact, number};
    }
    out->count++;
}

/* The list at `index`, of which an item may be a list: that is one thing. Counted alone where nothing is to
 * be filled. */
static void read_things(const tdm__contract *contract, int index, held_list *out)
{
    lua_State *lua = contract->lua;
    size_t length = tdm__contract_list(contract, index, "needs.held");
    out->count = 0;
    for (size_t i = 0; i < length; i++) {
        lua_rawgeti(lua, index, (lua_Integer)i + 1);
        if (!lua_istable(lua, -1)) {
            pop_thing(contract, out, (uint32_t)i);
            continue;
        }
        int together = lua_gettop(lua);
        size_t kinds = tdm__contract_list(contract, together, "needs.held");
        for (size_t k = 0; k < kinds; k++) {
            lua_rawgeti(lua, together, (lua_Integer)k + 1);
            pop_thing(contract, out, (uint32_t)i);
        }
        lua_pop(lua, 1);
    }
}

/* The list on top of the stack; pops it. */
static void pop_things(const tdm__contract *contract, tdm__needs *out)
{
    held_list list = {NULL, NULL, 0};
    int index = lua_gettop(contract->lua);
    read_things(contract, index, &list);
    list.kinds = tdm__contract_room(contract, list.count, sizeof *list.kinds);
    list.things = tdm__contract_room(contract, list.count, sizeof *list.things);
    read_things(contract, index, &list);
    out->held = list.kinds;
    out->things = list.things;
    out->held_count = list.count;
    lua_pop(contract->lua, 1);
}

static void read_held_also(const tdm__contract *contract, int list, tdm__needs *out)
{
    if (!tdm__contract_field(contract, list, "needs.held", "also", LUA_TTABLE, false))
        return;
    out->also = pop_kinds(contract, "needs.held.also", &out->also_count);
    take_out(contract->lua, list, "also");
}

/* Kinds, and by name `concern`, `n`, `different`, `within`, `of` and `also`. */
static void read_held(const tdm__contract *contract, int needs, const tdm__indicator *indicator,
                      tdm__needs *out)
{
    lua_State *lua = contract->lua;
    out->held_within = TDM_NO_INDEX;
    if (!tdm__contract_field(contract, needs, "needs", "held", LUA_TTABLE, false))
        return;
    int list = lua_gettop(lua);
    read_held_concern(contract, list, out);
    out->held_n = read_held_params(contract, list, indicator, &held_n, &out->held_n_count);
    out->held_of = read_held_params(contract, list, indicator, &held_of, &out->held_of_count);
    read_held_within(contract, list, indicator, out);
    read_held_also(contract, list, out);
    if (read_held_different(contract, list, out))
        pop_things(contract, out);
    else
        out->held = pop_kinds(contract, "needs.held", &out->held_count);
    if (out->held_count == 0 && !out->held_concern)
        tdm__contract_fail(contract, "needs.held", "one or more expected");
}

/* --- coverage --- */

static int32_t read_amount(const tdm__contract *contract, int index, const char *name, int32_t max)
{
    char path[TDM__PATH_SIZE];
    int whole = 0;
    tdm__path_of(path, "needs.coverage", name);
    tdm__contract_field(contract, index, "needs.coverage", name, LUA_TNUMBER, true);
    lua_Integer number = lua_tointegerx(contract->lua, -1, &whole);
    if (!whole || number < 1 || number > max)
        tdm__contract_fail(contract, path, "a whole number from 1 to %d expected", (int)max);
    lua_pop(contract->lua, 1);
    return (int32_t)number;
}

static void read_coverage(const tdm__contract *contract, int needs, tdm__needs *out)
{
    static const char *const names[] = {"days", "agencies", NULL};
    if (!tdm__contract_field(contract, needs, "needs", "coverage", LUA_TTABLE, false))
        return;
    int coverage = lua_gettop(contract->lua);
    tdm__contract_names(contract, coverage, "needs.coverage", names);
    out->coverage_days = read_amount(contract, coverage, "days", 36600);
    out->coverage_agencies = read_amount(contract, coverage, "agencies", 1000);
    lua_pop(contract->lua, 1);
}

void tdm__contract_needs(const tdm__contract *contract, int index, tdm__indicator *indicator)
{
    static const char *const names[] = {"any", "all", "deny", "held", "coverage", NULL};
    tdm__needs *out = &indicator->needs;
    tdm__contract_field(contract, index, "", "needs", LUA_TTABLE, true);
    int needs = lua_gettop(contract->lua);
    tdm__contract_names(contract, needs, "needs", names);
    out->any = tdm__contract_kinds(contract, needs, "any", &out->any_count);
    out->all = tdm__contract_kinds(contract, needs, "all", &out->all_count);
    read_deny(contract, needs, indicator, out);
    read_held(contract, needs, indicator, out);
    read_coverage(contract, needs, out);
    lua_pop(contract->lua, 1);
}

/*
 * The contract of an indicator file: its fields, one reader each. Parameters are in contract_params.c,
 * what it needs in contract_needs.c, examples in examples.c.
 */
#include <stdio.h>
#include <string.h>

#include "script/catalogue.h"
#include "script/template.h"

static const char *const groups[] = {"repeat", "drift", "accumulation", "response", "seen-and-heard"};
static const char *const standings[] = {"statutory", "national-definition", "research", "practice", "local",
                                        "product"};

int tdm__group_order(tdm_str group)
{
    for (int i = 0; i < (int)(sizeof groups / sizeof *groups); i++)
        if (tdm__str_equal(group, tdm__str(groups[i])))
            return i;
    return -1;
}

bool tdm__standing_known(tdm_str code)
{
    for (size_t i = 0; i < sizeof standings / sizeof *standings; i++)
        if (tdm__str_equal(code, tdm__str(standings[i])))
            return true;
    return false;
}

static void read_id(const tdm__contract *contract, int index, tdm__indicator *out)
{
    out->id = tdm__contract_string(contract, index, "", "id", true);
    for (size_t i = 0; i < out->id.length; i++) {
        char c = out->id.data[i];
        if (!((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-') || out->id.length > 60)
            tdm__contract_fail(contract, "id", "at most 60 letters a-z, digits and '-' expected");
    }
}

static void read_version(const tdm__contract *contract, int index, tdm__indicator *out)
{
    int64_t number;
    int parts = 0;
    out->version = tdm__contract_string(contract, index, "", "version", true);
    tdm_str rest = out->version;
    while (rest.length > 0 && parts < 4) {
        tdm_str part = tdm__str_split(&rest, '.');
        if (part.length == 0 || part.length > 6 || !tdm__str_to_int64(&number, part) || part.data[0] < '0')
            parts = 4;
        parts++;
    }
    if (parts != 3)
        tdm__contract_fail(contract, "version", "three numbers such as \"1.0.0\" expected");
}

/* A file in a folder named after a group belongs to that group. */
static void read_group(const tdm__contract *contract, int index, tdm__indicator *out)
{
    tdm_str rest = contract->file.name, folder = {"", 0};
    out->group = tdm__contract_string(contract, index, "", "group", true);
    if (tdm__group_order(out->group) < 0)
        tdm__contract_fail(contract, "group",
                           "repeat, drift, accumulation, response or seen-and-heard expected");
    while (memchr(rest.data, '/', rest.length))
        folder = tdm__str_split(&rest, '/');
    if (tdm__group_order(folder) >= 0 && !tdm__str_equal(folder, out->group))
        tdm__contract_fail(contract, "group", "the name of the file's folder expected");
}

static bool is_param(const tdm__indicator *indicator, tdm_str name)
{
    for (size_t i = 0; i < indicator->param_count; i++)
        if (tdm__str_equal(indicator->params[i].name, name))
            return true;
    return false;
}

/* Unlike a sentence a definition knows parameters only. */
static void read_definition(const tdm__contract *contract, int index, tdm__indicator *out)
{
    tdm_str piece;
    tdm__piece kind;
    out->definition = tdm__contract_string(contract, index, "", "definition", true);
    tdm_str rest = out->definition;
    while ((kind = tdm__template_next(&rest, &piece)) != TDM__PIECE_END) {
        if (kind == TDM__PIECE_BAD)
            tdm__contract_fail(contract, "definition", "text with {names} of a-z and '_' expected");
        if (kind == TDM__PIECE_NAME && !is_param(out, piece))
            tdm__contract_fail(contract, "definition", "{%.*s} is no parameter", TDM_STR_ARGS(piece));
    }
}

/* --- evidence --- */

static tdm__standing read_standing(const tdm__contract *contract)
{
    static const char *const names[] = {"code", "from", "until", NULL};
    lua_State *lua = contract->lua;
    tdm__standing standing = {{"", 0}, TDM_DAY_NONE, TDM_DAY_NONE};
    int index = lua_gettop(lua);
    if (lua_istable(lua, index)) {
        tdm__contract_names(contract, index, "evidence.standing", names);
        standing.code = tdm__contract_string(contract, index, "evidence.standing", "code", true);
        standing.from = tdm__contract_day(contract, index, "evidence.standing", "from", false);
        standing.until = tdm__contract_day(contract, index, "evidence.standing", "until", false);
        lua_pop(lua, 1);
    } else {
        standing.code = tdm__contract_pop_string(contract, "evidence.standing");
    }
    if (!tdm__standing_known(standing.code))
        tdm__contract_fail(contract, "evidence.standing",
                           "statutory, national-definition, research, practice, local or product expected");
    return standing;
}

static void read_evidence(const tdm__contract *contract, int index, tdm__indicator *out)
{
    static const char *const names[] = {"source", "standing", NULL};
    lua_State *lua = contract->lua;
    tdm__contract_field(contract, index, "", "evidence", LUA_TTABLE, true);
    int evidence = lua_gettop(lua);
    tdm__contract_names(contract, evidence, "evidence", names);
    out->source = tdm__contract_string(contract, evidence, "evidence", "source", true);
    tdm__contract_field(contract, evidence, "evidence", "standing", LUA_TTABLE, true);
    int list = lua_gettop(lua);
    out->standing_count = tdm__contract_list(contract, list, "evidence.standing");
    if (out->standing_count == 0)
        tdm__contract_fail(contract, "evidence.standing", "one or more expected");
    tdm__standing *read = tdm__contract_room(contract, out->standing_count, sizeof *read);
    for (size_t i = 0; i < out->standing_count; i++) {
        lua_rawgeti(lua, list, (lua_Integer)i + 1);
        read[i] = read_standing(contract);
    }
    out->standings = read;
    lua_pop(lua, 2);
}

/* --- outcomes --- */

static void read_outcomes(const tdm__contract *contract, int index, tdm__loaded *loaded)
{
    char path[TDM__PATH_SIZE];
    lua_State *lua = contract->lua;
    tdm__indicator *out = &loaded->shown;
    tdm__contract_field(contract, index, "", "outcomes", LUA_TTABLE, true);
    int table = lua_gettop(lua);
    out->outcomes = tdm__contract_keys(contract, table, "outcomes", &out->outcome_count);
    if (out->outcome_count == 0)
        tdm__contract_fail(contract, "outcomes", "one or more expected");
    tdm_str *templates = tdm__contract_room(contract, out->outcome_count, sizeof *templates);
    for (size_t i = 0; i < out->outcome_count; i++) {
        templates[i] = tdm__contract_string(contract, table, "outcomes", out->outcomes[i].data, true);
        tdm__path_of(path, "outcomes", out->outcomes[i].data);
        if (!tdm__template_valid(templates[i]))
            tdm__contract_fail(contract, path, "text with {names} of a-z and '_' expected");
    }
    loaded->templates = templates;
    lua_pop(lua, 1);
}

void tdm__contract_read(const tdm__contract *contract, tdm__loaded *loaded)
{
    static const char *const names[] = {"id",       "version",  "title", "question", "definition",
                                        "group",    "evidence", "needs", "params",   "outcomes",
                                        "examples", "evaluate", NULL};
    lua_State *lua = contract->lua;
    tdm__indicator *out = &loaded->shown;
    int index = lua_gettop(lua);
    if (!lua_istable(lua, index))
        tdm__sandbox_raise_at(lua, contract->file.name, 1, "the file must return one table");
    tdm__contract_names(contract, index, "", names);
    read_id(contract, index, out);
    read_version(contract, index, out);
    out->title = tdm__contract_string(contract, index, "", "title", true);
    out->question = tdm__contract_string(contract, index, "", "question", true);
    read_group(contract, index, out);
    read_evidence(contract, index, out);
    tdm__contract_params(contract, index, out);
    tdm__contract_needs(contract, index, out);
    read_definition(contract, index, out);
    read_outcomes(contract, index, loaded);
    tdm__contract_field(contract, index, "", "evaluate", LUA_TFUNCTION, true);
    lua_pop(lua, 1);
    tdm__contract_examples(contract, index, loaded);
}

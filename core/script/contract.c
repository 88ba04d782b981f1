/*
 * The contract of an indicator file: its fields, one reader each. Parameters are in contract_params.c,
 * what it needs in contract_needs.c, examples in examples.c.
 */
#include <stdio.h>
#include <string.h>

#include "script/catalogue.h"
#include "script/template.h"

static const char *const groups[] = {"repeat", "drift", "accumulation", "response", "seen-and-heard", NULL};
static const char *const standings[] = {"statutory", "national-definition", "research", "practice", "local",
                                        "product"};

int tdm__contract_group_place(const char *const *names, tdm_str group)
{
    for (int i = 0; names[i]; i++)
        if (tdm__str_equal(group, tdm__str(names[i])))
            return i;
    return -1;
}

int tdm__group_order(tdm_str group)
{
    return tdm__contract_group_place(groups, group);
}

bool tdm__standing_known(tdm_str code)
{
    for (size_t i = 0; i < sizeof standings / sizeof *standings; i++)
        if (tdm__str_equal(code, tdm__str(standings[i])))
            return true;
    return false;
}

tdm_str tdm__contract_id(const tdm__contract *contract, int index)
{
    tdm_str id = tdm__contract_string(contract, index, "", "id", true);
    for (size_t i = 0; i < id.length; i++) {
        char c = id.data[i];
        if (!((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-') || id.length > 60)
            tdm__contract_fail(contract, "id", "at most 60 letters a-z, digits and '-' expected");
    }
    return id;
}

tdm_str tdm__contract_version(const tdm__contract *contract, int index)
{
    int64_t number;
    int parts = 0;
    tdm_str version = tdm__contract_string(contract, index, "", "version", true), rest = version;
    while (rest.length > 0 && parts < 4) {
        tdm_str part = tdm__str_split(&rest, '.');
        if (part.length == 0 || part.length > 6 || !tdm__str_to_int64(&number, part) || part.data[0] < '0')
            parts = 4;
        parts++;
    }
    if (parts != 3)
        tdm__contract_fail(contract, "version", "three numbers such as \"1.0.0\" expected");
    return version;
}

/* "a, b or c expected". */
static void fail_group(const tdm__contract *contract, const char *const *names)
{
    char words[160];
    size_t length = 0;
    for (size_t i = 0; names[i] && length < sizeof words; i++) {
        const char *before = i == 0 ? "" : names[i + 1] ? ", " : " or ";
        length += (size_t)snprintf(words + length, sizeof words - length, "%s%s", before, names[i]);
    }
    tdm__contract_fail(contract, "group", "%s expected", words);
}

tdm_str tdm__contract_group(const tdm__contract *contract, int index, const char *const *names)
{
    tdm_str rest = contract->file.name, folder = {"", 0};
    tdm_str group = tdm__contract_string(contract, index, "", "group", true);
    if (tdm__contract_group_place(names, group) < 0)
        fail_group(contract, names);
    while (memchr(rest.data, '/', rest.length))
        folder = tdm__str_split(&rest, '/');
    if (tdm__contract_group_place(names, folder) >= 0 && !tdm__str_equal(folder, group))
        tdm__contract_fail(contract, "group", "the name of the file's folder expected");
    return group;
}

static bool is_param(const tdm__param *params, size_t count, tdm_str name)
{
    for (size_t i = 0; i < count; i++)
        if (tdm__str_equal(params[i].name, name))
            return true;
    return false;
}

/* Unlike a sentence a definition knows parameters only. */
tdm_str tdm__contract_told(const tdm__contract *contract, int index, const char *name, bool required,
                           const tdm__param *params, size_t count)
{
    tdm_str piece;
    tdm__piece kind;
    tdm_str text = tdm__contract_string(contract, index, "", name, required), rest = text;
    while ((kind = tdm__template_next(&rest, &piece)) != TDM__PIECE_END) {
        if (kind == TDM__PIECE_BAD)
            tdm__contract_fail(contract, name, "text with {names} of a-z and '_' expected");
        if (kind == TDM__PIECE_NAME && !is_param(params, count, piece))
            tdm__contract_fail(contract, name, "{%.*s} is no parameter", TDM_STR_ARGS(piece));
    }
    return text;
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

tdm__contract_evidence tdm__contract_read_evidence(const tdm__contract *contract, int index)
{
    static const char *const names[] = {"source", "standing", NULL};
    tdm__contract_evidence out;
    lua_State *lua = contract->lua;
    tdm__contract_field(contract, index, "", "evidence", LUA_TTABLE, true);
    int evidence = lua_gettop(lua);
    tdm__contract_names(contract, evidence, "evidence", names);
    out.source = tdm__contract_string(contract, evidence, "evidence", "source", true);
    tdm__contract_field(contract, evidence, "evidence", "standing", LUA_TTABLE, true);
    int list = lua_gettop(lua);
    out.standing_count = tdm__contract_list(contract, list, "evidence.standing");
    if (out.standing_count == 0)
        tdm__contract_fail(contract, "evidence.standing", "one or more expected");
    tdm__standing *read = tdm__contract_room(contract, out.standing_count, sizeof *read);
    for (size_t i = 0; i < out.standing_count; i++) {
        lua_rawgeti(lua, list, (lua_Integer)i + 1);
        read[i] = read_standing(contract);
    }
    out.standings = read;
    lua_pop(lua, 2);
    return out;
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
    tdm__contract_names(contract, index, "", names);
    out->id = tdm__contract_id(contract, index);
    out->version = tdm__contract_version(contract, index);
    out->title = tdm__contract_string(contract, index, "", "title", true);
    out->question = tdm__contract_string(contract, index, "", "question", true);
    out->group = tdm__contract_group(contract, index, groups);
    tdm__contract_evidence evidence = tdm__contract_read_evidence(contract, index);
    out->source = evidence.source;
    out->standings = evidence.standings;
    out->standing_count = evidence.standing_count;
    out->params = tdm__contract_params(contract, index, true, &out->param_count);
    tdm__contract_needs(contract, index, out);
    out->definition = tdm__contract_told(contract, index, "definition", true, out->params, out->param_count);
    read_outcomes(contract, index, loaded);
    tdm__contract_field(contract, index, "", "evaluate", LUA_TFUNCTION, true);
    lua_pop(lua, 1);
    tdm__contract_examples(contract, index, loaded);
}

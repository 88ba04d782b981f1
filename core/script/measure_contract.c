/*
 * The contract of a measure file: its fields, one reader each. What measures have in common with indicators
 * is in contract.c and contract_params.c; examples are in measure_samples.c.
 */
#include "script/measure.h"

#include "script/tokens.h"

static const char *const groups[] = {
    "front-door", "assessments", "child-protection", "neglect", "partnership", "drift", NULL};

#define PER_MAX 1000000

int tdm__measure_group_place(tdm_str group)
{
    return tdm__contract_group_place(groups, group);
}

/* --- texts --- */

/* A list of texts, which may be empty. */
static const tdm_str *read_texts(const tdm__contract *contract, int index, const char *name, size_t *count)
{
    lua_State *lua = contract->lua;
    tdm__contract_field(contract, index, "", name, LUA_TTABLE, true);
    int list = lua_gettop(lua);
    *count = tdm__contract_list(contract, list, name);
    tdm_str *texts = tdm__contract_room(contract, *count, sizeof *texts);
    for (size_t i = 0; i < *count; i++) {
        lua_rawgeti(lua, list, (lua_Integer)i + 1);
        texts[i] = tdm__contract_pop_string(contract, name);
        if (texts[i].length == 0)
            tdm__contract_fail(contract, name, "a text must not be empty");
    }
    lua_pop(lua, 1);
    return texts;
}

/* A count says that it has no denominator by an empty text. */
static void read_told(const tdm__contract *contract, int index, tdm__measure *out)
{
    out->definition = tdm__contract_told(contract, index, "definition", true, out->params, out->param_count);
    out->numerator = tdm__contract_told(contract, index, "numerator", true, out->params, out->param_count);
    tdm__contract_field(contract, index, "", "denominator", LUA_TSTRING, true);
    lua_pop(contract->lua, 1);
    out->denominator = tdm__contract_told(contract, index, "denominator", false, out->params,
                                          out->param_count);
}

/* --- needs --- */

/* One entry on top of the stack: "KIND.FACT", or a list of which one suffices; pops it. */
static tdm__need pop_fact_need(const tdm__contract *contract)
{
    static const char *const path = "needs.facts";
    tdm__need need = {.any_count = 1, .when = TDM_NO_INDEX};
    if (lua_istable(contract->lua, -1)) {
        need.any = tdm__contract_pop_parts(contract, path, &need.any_count);
    } else {
        tdm__need_part *part = tdm__contract_room(contract, 1, sizeof *part);
        *part = tdm__contract_pop_part(contract, path);
        need.any = part;
    }
    for (size_t i = 0; i < need.any_count; i++)
        if (need.any[i].fact == TDM_NO_INDEX)
            tdm__contract_fail(contract, path, "\"KIND.FACT\" expected; a kind alone stands in any or all");
    return need;
}

/* One entry on top of the stack that matters by a parameter; pops it. */
static tdm__need pop_need_by_param(const tdm__contract *contract, const tdm__measure *measure)
{
    static const char *const path = "needs.when";
    tdm__need need = tdm__contract_pop_need(contract, path, measure->params, measure->param_count);
    if (need.when == TDM_NO_INDEX)
        tdm__contract_fail(contract, path, "{ any = {PARTS}, when = { PARAM = VALUES } } expected");
    return need;
}

/* How many entries the list `name` has; 0 where it is not there. */
static size_t count_of(const tdm__contract *contract, int needs, const char *name, const char *path)
{
    size_t count = 0;
    if (tdm__contract_field(contract, needs, "needs", name, LUA_TTABLE, false)) {
        count = tdm__contract_list(contract, lua_gettop(contract->lua), path);
        lua_pop(contract->lua, 1);
    }
    return count;
}

/* `facts`, then `when`. */
static void read_parts(const tdm__contract *contract, int needs, tdm__measure *out)
{
    lua_State *lua = contract->lua;
    size_t facts = count_of(contract, needs, "facts", "needs.facts");
    size_t by_param = count_of(contract, needs, "when", "needs.when");
    tdm__need *parts = tdm__contract_room(contract, facts + by_param, sizeof *parts);
    for (size_t i = 0; i < facts + by_param; i++) {
        bool fact = i < facts;
        lua_getfield(lua, needs, fact ? "facts" : "when");
        lua_rawgeti(lua, -1, (lua_Integer)(fact ? i : i - facts) + 1);
        parts[i] = fact ? pop_fact_need(contract) : pop_need_by_param(contract, out);
        lua_pop(lua, 1);
    }
    out->parts = parts;
    out->part_count = facts + by_param;
}

static void read_needs(const tdm__contract *contract, int index, tdm__measure *out)
{
    static const char *const names[] = {"any", "all", "facts", "when", NULL};
    lua_State *lua = contract->lua;
    tdm__contract_field(contract, index, "", "needs", LUA_TTABLE, true);
    int needs = lua_gettop(lua);
    tdm__contract_names(contract, needs, "needs", names);
    out->any = tdm__contract_kinds(contract, needs, "any", &out->any_count);
    out->all = tdm__contract_kinds(contract, needs, "all", &out->all_count);
    read_parts(contract, needs, out);
    lua_settop(lua, needs - 1);
}

/* A script that writes ":prompts" asks for a worklist. */
static void find_prompts(const tdm__contract *contract, tdm__measure *out)
{
    tdm__arena arena;
    tdm__token *tokens;
    size_t count;
    tdm__arena_init(&arena, contract->arena->allocator);
    tdm_status status = tdm__tokens_of(&tokens, &count, &arena, contract->file.text);
    for (size_t i = 1; status == TDM_OK && i < count; i++)
        out->needs_prompts = out->needs_prompts ||
                             (tdm__token_is(&tokens[i - 1], ":") && tdm__token_is(&tokens[i], "prompts"));
    tdm__arena_free(&arena);
    if (status != TDM_OK)
        tdm__sandbox_stop(contract->lua, status);
}

/* --- what a chart and a rate go by --- */

static void read_chart(const tdm__contract *contract, int index, tdm__measure *out)
{
    static const char *const codes[] = {
        [TDM__CHART_NONE] = "none", [TDM__CHART_XMR] = "xmr", [TDM__CHART_G] = "g"};
    tdm_str code = tdm__contract_string(contract, index, "", "chart", true);
    for (size_t i = 0; i < sizeof codes / sizeof *codes; i++) {
        if (tdm__str_equal(code, tdm__str(codes[i]))) {
            out->chart = (tdm__chart_kind)i;
            return;
        }
    }
    tdm__contract_fail(contract, "chart", "\"xmr\", \"g\" or \"none\" expected");
}

static void read_per(const tdm__contract *contract, int index, tdm__measure *out)
{
    int whole = 0;
    if (!tdm__contract_field(contract, index, "", "per", LUA_TNUMBER, false))
        return;
    lua_Integer number = lua_tointegerx(contract->lua, -1, &whole);
    lua_pop(contract->lua, 1);
    if (!whole || number < 1 || number > PER_MAX)
        tdm__contract_fail(contract, "per", "a whole number from 1 to %d expected", PER_MAX);
    out->per = (int32_t)number;
}

static void read_looks_back(const tdm__contract *contract, int index, tdm__measure *out)
{
    static const tdm__param span = {.type = TDM__PARAM_SPAN};
    if (!tdm__contract_field(contract, index, "", "looks_back", LUA_TTABLE, false))
        return;
    out->looks_back = tdm__contract_value(contract, &span, "looks_back").span;
    if (out->looks_back.count == 0)
        tdm__contract_fail(contract, "looks_back", "a span of one day or more expected");
}

static void read_breaks(const tdm__contract *contract, int index, tdm__measure *out)
{
    static const char *const names[] = {"from", "note", NULL};
    lua_State *lua = contract->lua;
    if (!tdm__contract_field(contract, index, "", "breaks", LUA_TTABLE, false))
        return;
    int list = lua_gettop(lua);
    out->break_count = tdm__contract_list(contract, list, "breaks");
    tdm__measure_break *breaks = tdm__contract_room(contract, out->break_count, sizeof *breaks);
    for (size_t i = 0; i < out->break_count; i++) {
        if (lua_rawgeti(lua, list, (lua_Integer)i + 1) != LUA_TTABLE)
            tdm__contract_fail(contract, "breaks", "each is { from = DAY, note = TEXT }");
        int one = lua_gettop(lua);
        tdm__contract_names(contract, one, "breaks", names);
        breaks[i].from = tdm__contract_day(contract, one, "breaks", "from", true);
        breaks[i].note = tdm__contract_string(contract, one, "breaks", "note", true);
        if (i > 0 && breaks[i].from <= breaks[i - 1].from)
            tdm__contract_fail(contract, "breaks", "in order of day, each day once");
        lua_pop(lua, 1);
    }
    out->breaks = breaks;
    lua_pop(lua, 1);
}

void tdm__measure_read(const tdm__contract *contract, tdm__measure_loaded *loaded)
{
    static const char *const names[] = {
        "id",         "version",  "title",  "group",    "definition", "numerator", "denominator",
        "exclusions", "pitfalls", "unit",   "needs",    "looks_back", "national",  "per",
        "chart",      "breaks",   "params", "evidence", "measure",    "examples",  NULL};
    lua_State *lua = contract->lua;
    tdm__measure *out = &loaded->shown;
    int index = lua_gettop(lua);
    tdm__contract_names(contract, index, "", names);
    out->id = tdm__contract_id(contract, index);
    out->version = tdm__contract_version(contract, index);
    out->title = tdm__contract_string(contract, index, "", "title", true);
    out->group = tdm__contract_group(contract, index, groups);
    tdm__contract_evidence evidence = tdm__contract_read_evidence(contract, index);
    out->source = evidence.source;
    out->standings = evidence.standings;
    out->standing_count = evidence.standing_count;
    out->params = tdm__contract_params(contract, index, false, &out->param_count);
    read_told(contract, index, out);
    out->exclusions = read_texts(contract, index, "exclusions", &out->exclusion_count);
    out->pitfalls = read_texts(contract, index, "pitfalls", &out->pitfall_count);
    out->unit = tdm__contract_string(contract, index, "", "unit", true);
    out->national = tdm__contract_string(contract, index, "", "national", false);
    read_needs(contract, index, out);
    read_looks_back(contract, index, out);
    read_per(contract, index, out);
    read_chart(contract, index, out);
    read_breaks(contract, index, out);
    tdm__contract_field(contract, index, "", "measure", LUA_TFUNCTION, true);
    lua_pop(lua, 1);
    find_prompts(contract, out);
    tdm__measure_read_samples(contract, index, loaded);
}

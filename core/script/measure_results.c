/*
 * What a measure comes to: the finals of `m`, each of which gives the figure that the script returns. All
 * that they keep goes to the answer's arena, which outlives the call.
 */
#include "script/measure.h"

#define EDGES_MAX 32

/* The ground of a final: as that of the call, but into the answer. */
static tdm__units_ground answer_ground(const tdm__measure_call *call)
{
    tdm__units_ground ground = call->ground;
    ground.arena = call->answer;
    return ground;
}

static tdm__measuring measuring_of(const tdm__measure_call *call)
{
    const tdm__measure_question *question = call->question;
    return (tdm__measuring){question->by, question->areas, question->area_count, question->list_units};
}

static int push_measured(lua_State *lua, tdm_status status, const tdm__units_ground *ground,
                         const tdm__measured *measured, const char *what)
{
    tdm__sandbox_of(lua)->measure->ground.looked_at = ground->looked_at;
    tdm__measure_settle(lua, status, what);
    tdm__view_push(lua, TDM__VIEW_MEASURED, measured);
    return 1;
}

/* Zeroed room that outlives the call. */
static void *answer_room(lua_State *lua, size_t count, size_t size)
{
    void *room = tdm__arena_array(tdm__sandbox_of(lua)->measure->answer, count, size);
    tdm__sandbox_check(lua, room ? TDM_OK : TDM_NO_MEMORY, "memory");
    return room;
}

/* The text at `index`, so that it outlives the call. */
static tdm_str answer_text(lua_State *lua, int index, const char *name)
{
    tdm_str text = tdm__arena_copy(tdm__sandbox_of(lua)->measure->answer, tdm__string_at(lua, index, name));
    tdm__sandbox_check(lua, text.data ? TDM_OK : TDM_NO_MEMORY, name);
    return text;
}

/* An option that is a text or a list of texts. */
static const tdm_str *option_texts(lua_State *lua, const char *name, size_t *count)
{
    *count = tdm__option_list(lua, 2, name);
    if (*count == 0)
        return NULL;
    tdm_str *texts = answer_room(lua, *count, sizeof *texts);
    for (size_t i = 0; i < *count; i++) {
        lua_rawgeti(lua, -1, (lua_Integer)i + 1);
        texts[i] = answer_text(lua, lua_gettop(lua), name);
        lua_pop(lua, 1);
    }
    lua_pop(lua, 1);
    return texts;
}

static const void *option_view(lua_State *lua, const char *name, tdm__view_kind kind)
{
    if (!tdm__option(lua, 2, name))
        luaL_error(lua, "option '%s' is missing", name);
    const void *object = tdm__view_check(lua, lua_gettop(lua), kind);
    lua_pop(lua, 1); /* it lives as long as the call */
    return object;
}

static tdm__measure_call *begin(lua_State *lua, const char *const *names)
{
    tdm__measure_call *call = tdm__measure_call_at(lua);
    lua_settop(lua, 2);
    tdm__options_open(lua, 2, names);
    return call;
}

/* --- counts and shares --- */

static int measure_count(lua_State *lua)
{
    static const char *const names[] = {"of", NULL};
    const tdm__measure_call *call = begin(lua, names);
    const tdm__units *units = option_view(lua, "of", TDM__VIEW_UNITS);
    tdm__measuring measuring = measuring_of(call);
    tdm__units_ground ground = answer_ground(call);
    tdm__measured *out = tdm__room(lua, 1, sizeof *out);
    return push_measured(lua, tdm__measured_count(out, &ground, &measuring, units), &ground, out, "count");
}

static int measure_share(lua_State *lua)
{
    static const char *const names[] = {"of", "among", NULL};
    const tdm__measure_call *call = begin(lua, names);
    const tdm__units *units = option_view(lua, "of", TDM__VIEW_UNITS);
    const tdm__units *among = option_view(lua, "among", TDM__VIEW_UNITS);
    tdm__measuring measuring = measuring_of(call);
    tdm__units_ground ground = answer_ground(call);
    tdm__measured *out = tdm__room(lua, 1, sizeof *out);
    tdm_status status = tdm__measured_share(out, &ground, &measuring, units, among);
    return push_measured(lua, status, &ground, out, "share");
}

/* --- breakdown --- */

/* "agency", "kind", "theme", "indicator" of prompts, or the key of a fact. */
static void read_by(lua_State *lua, tdm__breaking *breaking)
{
    static const struct {
        const char *name;
        tdm__broken_by by;
    } rows[] = {
        {"agency", TDM__BROKEN_BY_AGENCY},
        {"kind", TDM__BROKEN_BY_KIND},
        {"indicator", TDM__BROKEN_BY_INDICATOR},
        {"theme", TDM__BROKEN_BY_THEME},
    };
    if (!tdm__option(lua, 2, "by"))
        luaL_error(lua, "option 'by' is missing");
    tdm_str by = tdm__string_at(lua, -1, "by");
    breaking->by = TDM__BROKEN_BY_FACT;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        if (tdm__str_equal(by, tdm__str(rows[i].name)))
            breaking->by = rows[i].by;
    if (breaking->by == TDM__BROKEN_BY_FACT)
        breaking->key = tdm__fact_key_of(lua, by);
    lua_pop(lua, 1);
}

static bool option_at_end(lua_State *lua)
{
    if (!tdm__option(lua, 2, "at"))
        return false;
    tdm_str at = tdm__string_at(lua, -1, "at");
    bool end = tdm__str_equal(at, TDM_LIT("end"));
    if (!end && !tdm__str_equal(at, TDM_LIT("start")))
        luaL_error(lua, "at: \"start\" or \"end\" expected");
    lua_pop(lua, 1);
    return end;
}

static int measure_breakdown(lua_State *lua)
{
    static const char *const names[] = {"of", "by", "codes", "at", NULL};
    const tdm__measure_call *call = begin(lua, names);
    const tdm__units *units = option_view(lua, "of", TDM__VIEW_UNITS);
    tdm__breaking breaking = {.key = TDM_NO_INDEX};
    read_by(lua, &breaking);
    breaking.at_end = option_at_end(lua);
    breaking.codes = option_texts(lua, "codes", &breaking.code_count);
    tdm__measuring measuring = measuring_of(call);
    tdm__units_ground ground = answer_ground(call);
    tdm__measured *out = tdm__room(lua, 1, sizeof *out);
    tdm_status status = tdm__measured_breakdown(out, &ground, &measuring, units, &breaking);
    return push_measured(lua, status, &ground, out, "breakdown");
}

/* --- times --- */

static tdm__counting option_counting(lua_State *lua)
{
    static const char *const countings[] = {
        [TDM__IN_DAYS] = "days", [TDM__IN_WORKING_DAYS] = "working-days", [TDM__IN_MONTHS] = "months"};
    if (!tdm__option(lua, 2, "count"))
        luaL_error(lua, "option 'count' is missing");
    tdm_str name = tdm__string_at(lua, -1, "count");
    for (size_t i = 0; i < sizeof countings / sizeof *countings; i++) {
        if (tdm__str_equal(name, tdm__str(countings[i]))) {
            lua_pop(lua, 1);
            return (tdm__counting)i;
        }
    }
    luaL_error(lua, "count: \"days\", \"working-days\" or \"months\" expected");
    return TDM__IN_DAYS;
}

/* A number, in the counting of the measure, or a span. */
static bool option_limit(lua_State *lua, int edge, const char *name, tdm_span *out)
{
    if (!tdm__option(lua, edge, name))
        return false;
    bool is_span = lua_istable(lua, -1);
    lua_pop(lua, 1);
    if (is_span)
        *out = tdm__option_span(lua, edge, name);
    else
        *out = (tdm_span){TDM_SPAN_DAYS, tdm__option_needed(lua, edge, name, 0, 36600)};
    return true;
}

/* The edge on top of the stack; pops it. */
static tdm__edge pop_edge(lua_State *lua, bool last)
{
    static const char *const names[] = {"name", "to", "below", "same_day", NULL};
    int index = lua_gettop(lua);
    tdm__edge edge = {.to = {TDM_SPAN_DAYS, 0}};
    tdm__options_open(lua, index, names);
    if (!tdm__option(lua, index, "name"))
        luaL_error(lua, "edges: each has a name");
    edge.name = answer_text(lua, lua_gettop(lua), "name");
    lua_pop(lua, 1);
    bool to = option_limit(lua, index, "to", &edge.to);
    edge.below = option_limit(lua, index, "below", &edge.to);
    edge.same_day = tdm__option_flag(lua, index, "same_day");
    edge.open = !to && !edge.below && !edge.same_day;
    if (to + edge.below + edge.same_day > 1)
        luaL_error(lua, "edges: one of 'to', 'below' and 'same_day' expected");
    if (edge.open && !last)
        luaL_error(lua, "edges: only the last has no limit");
    lua_pop(lua, 1);
    return edge;
}

static void read_edges(lua_State *lua, tdm__timing *timing)
{
    if (!tdm__option(lua, 2, "edges"))
        return;
    if (!lua_istable(lua, -1))
        luaL_error(lua, "edges: a list expected");
    int list = lua_gettop(lua);
    timing->edge_count = tdm__list_length(lua, "edges");
    if (timing->edge_count > EDGES_MAX)
        luaL_error(lua, "edges: at most %d expected", EDGES_MAX);
    tdm__edge *edges = answer_room(lua, timing->edge_count, sizeof *edges);
    for (size_t i = 0; i < timing->edge_count; i++) {
        lua_rawgeti(lua, list, (lua_Integer)i + 1);
        edges[i] = pop_edge(lua, i + 1 == timing->edge_count);
    }
    timing->edges = edges;
    lua_pop(lua, 1);
}

static int measure_times(lua_State *lua)
{
    static const char *const names[] = {"of", "count", "edges", "within", NULL};
    const tdm__measure_call *call = begin(lua, names);
    const tdm__stretches *stretches = option_view(lua, "of", TDM__VIEW_STRETCHES);
    tdm__timing timing = {.counting = option_counting(lua)};
    read_edges(lua, &timing);
    timing.within = tdm__option_integer(lua, 2, "within", 0, 36600, -1);
    tdm__measuring measuring = measuring_of(call);
    tdm__units_ground ground = answer_ground(call);
    tdm__measured *out = tdm__room(lua, 1, sizeof *out);
    tdm_status status = tdm__measured_times(out, &ground, &measuring, stretches, &timing);
    return push_measured(lua, status, &ground, out, "times");
}

/* --- survival, coverage --- */

static int measure_survival(lua_State *lua)
{
    static const char *const names[] = {"of", "at", NULL};
    const tdm__measure_call *call = begin(lua, names);
    const tdm__stretches *stretches = option_view(lua, "of", TDM__VIEW_STRETCHES);
    tdm_span *at = NULL;
    size_t count = 0;
    if (tdm__option(lua, 2, "at")) {
        if (!lua_istable(lua, -1))
            return luaL_error(lua, "at: a list of spans expected");
        count = tdm__list_length(lua, "at");
        at = answer_room(lua, count, sizeof *at);
        for (size_t i = 0; i < count; i++) {
            lua_rawgeti(lua, -1, (lua_Integer)i + 1);
            at[i] = tdm__span_at(lua, -1, "at");
            lua_pop(lua, 1);
        }
        lua_pop(lua, 1);
    }
    tdm__measuring measuring = measuring_of(call);
    tdm__units_ground ground = answer_ground(call);
    tdm__measured *out = tdm__room(lua, 1, sizeof *out);
    tdm_status status = tdm__measured_survival(out, &ground, &measuring, stretches, at, count);
    return push_measured(lua, status, &ground, out, "survival");
}

static int measure_coverage(lua_State *lua)
{
    static const char *const names[] = {"agency", NULL};
    size_t count = 0;
    tdm__measure_call_at(lua);
    if (lua_isnoneornil(lua, 2)) {
        lua_settop(lua, 1);
        lua_newtable(lua);
    }
    const tdm__measure_call *call = begin(lua, names);
    const tdm_str *agencies = option_texts(lua, "agency", &count);
    for (size_t i = 0; i < count; i++) { /* raises for one that there is not */
        tdm__str_push(lua, agencies[i]);
        tdm__agency_at(lua, -1);
        lua_pop(lua, 1);
    }
    tdm__measuring measuring = measuring_of(call);
    tdm__units_ground ground = answer_ground(call);
    tdm__measured *out = tdm__room(lua, 1, sizeof *out);
    tdm_status status = tdm__measured_coverage(out, &ground, &measuring, agencies, count);
    return push_measured(lua, status, &ground, out, "coverage");
}

const luaL_Reg tdm__measure_results[] = {
    {"breakdown", measure_breakdown},
    {"count", measure_count},
    {"coverage", measure_coverage},
    {"share", measure_share},
    {"survival", measure_survival},
    {"times", measure_times},
    {NULL, NULL},
};

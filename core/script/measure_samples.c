/*
 * The field `examples` of a measure file: small populations and a period, read into plain structs. What is
 * expected of them: measure_expected.c; they are run by measure_run.c.
 */
#include "script/measure.h"

#define EVENTS_MAX  1000
#define PROMPTS_MAX 1000
#define AREAS_MAX   100

static const char *const path = "examples";

/* --- events and children --- */

static void add_child(const tdm__contract *contract, tdm__sample *sample, tdm__sample_child *children,
                      tdm_str id, tdm_str area)
{
    for (size_t i = 0; i < sample->child_count; i++) {
        if (!tdm__str_equal(children[i].id, id))
            continue;
        if (area.length > 0 && children[i].area.length > 0 && !tdm__str_equal(area, children[i].area))
            tdm__contract_fail(contract, path, "a child has one area");
        if (area.length > 0)
            children[i].area = area;
        return;
    }
    children[sample->child_count++] = (tdm__sample_child){id, area};
}

/* The kind that closes what a kind opens: each episode of the vocabulary has one. TDM_NO_INDEX: none does. */
static uint32_t closer_of(const tdm_vocabulary *vocabulary, uint32_t kind)
{
    int32_t opens = vocabulary->kinds[kind].opens;
    for (uint32_t i = 0; opens != TDM_NO_EPISODE && i < vocabulary->kind_count; i++)
        if (vocabulary->kinds[i].closes == opens)
            return i;
    return TDM_NO_INDEX;
}

/* `ended` of a row that opens an episode is a row that closes it, as in a return with two dated columns. */
static size_t add_end(const tdm__contract *contract, tdm__event_input *events, size_t count)
{
    tdm__event_input *start = &events[count - 1];
    uint32_t closer = closer_of(contract->ground->vocabulary, start->kind);
    if (closer == TDM_NO_INDEX ||
        (start->ended.from == TDM_DAY_BEFORE_ALL && start->ended.to == TDM_DAY_AFTER_ALL))
        return count;
    tdm__event_input *end = &events[count];
    *end = (tdm__event_input){.child = start->child,
                              .agency = start->agency,
                              .kind = closer,
                              .occurred = start->ended,
                              .ended = {TDM_DAY_BEFORE_ALL, TDM_DAY_AFTER_ALL, 0},
                              .recorded = TDM_DAY_NONE,
                              .minute = -1};
    end->strings[TDM__EPISODE] = start->strings[TDM__EPISODE];
    start->ended = end->ended;
    return count + 1;
}

static void read_events(const tdm__contract *contract, int index, tdm__sample *sample)
{
    lua_State *lua = contract->lua;
    tdm__contract_field(contract, index, path, "events", LUA_TTABLE, true);
    int list = lua_gettop(lua);
    size_t count = tdm__contract_list(contract, list, path);
    if (count > EVENTS_MAX)
        tdm__contract_fail(contract, path, "at most %d events expected", EVENTS_MAX);
    tdm__event_input *events = tdm__contract_room(contract, 2 * count, sizeof *events);
    tdm__sample_child *children = tdm__contract_room(contract, count, sizeof *children);
    for (size_t i = 0; i < count; i++) {
        lua_rawgeti(lua, list, (lua_Integer)i + 1);
        tdm__event_input *event = &events[sample->event_count];
        tdm__contract_event(contract, event, true);
        tdm_str area = tdm__contract_string(contract, list + 1, path, "area", false);
        add_child(contract, sample, children, event->child, area);
        sample->event_count = add_end(contract, events, sample->event_count + 1);
        lua_settop(lua, list);
    }
    sample->events = events;
    sample->children = children;
    lua_pop(lua, 1);
}

/* --- the list of areas, the worklist --- */

static void read_areas(const tdm__contract *contract, int index, tdm__sample *sample)
{
    lua_State *lua = contract->lua;
    if (!tdm__contract_field(contract, index, path, "areas", LUA_TTABLE, false))
        return;
    int list = lua_gettop(lua);
    size_t count = tdm__contract_list(contract, list, path);
    if (count > AREAS_MAX)
        tdm__contract_fail(contract, path, "at most %d areas expected", AREAS_MAX);
    tdm_str *areas = tdm__contract_room(contract, count, sizeof *areas);
    for (size_t i = 0; i < count; i++) {
        lua_rawgeti(lua, list, (lua_Integer)i + 1);
        areas[i] = tdm__contract_pop_string(contract, path);
        if (i > 0 && tdm__str_compare(areas[i - 1], areas[i]) >= 0)
            tdm__contract_fail(contract, path, "areas: codes in order, each once");
    }
    sample->areas = areas;
    sample->area_count = count;
    lua_pop(lua, 1);
}

/* Position `at` of the prompt at `index`; "" for the fifth, which may be missing. */
static tdm_str prompt_part(const tdm__contract *contract, int index, lua_Integer at)
{
    static const char *const shape = "a prompt is {child, indicator, state, day, day of that state}";
    int type = lua_rawgeti(contract->lua, index, at);
    if (type == LUA_TNIL && at == 5) {
        lua_pop(contract->lua, 1);
        return (tdm_str){"", 0};
    }
    if (type != LUA_TSTRING)
        tdm__contract_fail(contract, path, "%s", shape);
    return tdm__contract_pop_string(contract, path);
}

static tdm_day prompt_day(const tdm__contract *contract, int index, lua_Integer at)
{
    tdm_day day = TDM_DAY_NONE;
    tdm_str text = prompt_part(contract, index, at);
    if (text.length > 0 && !tdm_day_parse_iso(&day, text))
        tdm__contract_fail(contract, path, "a day such as \"2024-03-05\" expected in a prompt");
    return day;
}

static void read_prompts(const tdm__contract *contract, int index, tdm__sample *sample)
{
    lua_State *lua = contract->lua;
    if (!tdm__contract_field(contract, index, path, "prompts", LUA_TTABLE, false))
        return;
    int list = lua_gettop(lua);
    size_t count = tdm__contract_list(contract, list, path);
    if (count > PROMPTS_MAX)
        tdm__contract_fail(contract, path, "at most %d prompts expected", PROMPTS_MAX);
    tdm__prompt_record *prompts = tdm__contract_room(contract, count, sizeof *prompts);
    for (size_t i = 0; i < count; i++) {
        if (lua_rawgeti(lua, list, (lua_Integer)i + 1) != LUA_TTABLE)
            tdm__contract_fail(contract, path, "prompts: each a table");
        int one = lua_gettop(lua);
        prompts[i].child = prompt_part(contract, one, 1);
        prompts[i].indicator = prompt_part(contract, one, 2);
        prompts[i].state = prompt_part(contract, one, 3);
        prompts[i].since = prompt_day(contract, one, 4);
        prompts[i].decided = prompt_day(contract, one, 5);
        lua_settop(lua, list);
    }
    sample->prompts = prompts;
    sample->prompt_count = count;
    lua_pop(lua, 1);
}

/* --- an example --- */

static void read_by(const tdm__contract *contract, int index, tdm__sample *sample)
{
    static const char *const codes[] = {[TDM__BY_NOTHING] = "",
                                        [TDM__BY_AGENCY] = "agency",
                                        [TDM__BY_AREA] = "area",
                                        [TDM__BY_TEAM] = "team"};
    tdm_str by = tdm__contract_string(contract, index, path, "by", false);
    for (size_t i = 0; i < sizeof codes / sizeof *codes; i++) {
        if (tdm__str_equal(by, tdm__str(codes[i]))) {
            sample->by = (tdm__group_by)i;
            return;
        }
    }
    tdm__contract_fail(contract, path, "by: agency, area or team expected");
}

static void read_period(const tdm__contract *contract, int index, tdm__sample *sample)
{
    sample->from = tdm__contract_day(contract, index, path, "from", true);
    sample->to = tdm__contract_day(contract, index, path, "to", true);
    sample->as_of = tdm__contract_day(contract, index, path, "as_of", false);
    if (sample->as_of == TDM_DAY_NONE)
        sample->as_of = sample->to;
    if (sample->to < sample->from)
        tdm__contract_fail(contract, path, "a period that ends before it starts");
}

static void read_sample(const tdm__contract *contract, int index, const void *of, void *out)
{
    const tdm__measure *measure = of;
    tdm__sample *sample = out;
    static const char *const names[] = {"name",   "from",       "to",     "as_of",  "by",
                                        "events", "areas",      "params", "covers", "prompts",
                                        "expect", "no_contact", NULL};
    tdm__contract_names(contract, index, path, names);
    sample->name = tdm__contract_string(contract, index, path, "name", true);
    read_period(contract, index, sample);
    read_by(contract, index, sample);
    read_events(contract, index, sample);
    read_areas(contract, index, sample);
    read_prompts(contract, index, sample);
    sample->covers = tdm__contract_covers(contract, index, sample->events, sample->event_count,
                                          &sample->cover_count);
    sample->params = tdm__contract_overrides(contract, index, measure->params, measure->param_count);
    tdm__measure_read_expected(contract, index, sample);
}

void tdm__measure_read_samples(const tdm__contract *contract, int index, tdm__measure_loaded *loaded)
{
    tdm__example_reader reader = {sizeof *loaded->samples, read_sample, &loaded->shown};
    loaded->samples = tdm__contract_example_list(contract, index, &reader, &loaded->shown.example_count);
}

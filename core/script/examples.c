/*
 * The field `examples` of an indicator file: small chronologies with the expected answer, read into
 * plain structs. Their assessments: example_forms.c; they are run by example_run.c.
 */
#include <stdio.h>
#include <string.h>

#include "script/catalogue.h"

#define EVENTS_MAX   1000
#define SIBLINGS_MAX 20

static const char *const path = "examples";

/* --- events --- */

/* A position of an event. */
static tdm_str positional(const tdm__contract *contract, int index, lua_Integer at, const char *shape,
                          const char *what)
{
    if (lua_rawgeti(contract->lua, index, at) != LUA_TSTRING)
        tdm__contract_fail(contract, path, "%s: %s missing", shape, what);
    return tdm__contract_pop_string(contract, path);
}

static tdm_date read_date(const tdm__contract *contract, tdm_str text)
{
    tdm_date date;
    if (tdm_date_parse(&date, NULL, text, NULL) != TDM_OK)
        tdm__contract_fail(contract, path, "'%.*s' is no date", TDM_STR_ARGS(text));
    return date;
}

static tdm_str fact_value(const tdm__contract *contract)
{
    lua_State *lua = contract->lua;
    if (lua_isboolean(lua, -1)) {
        bool yes = lua_toboolean(lua, -1);
        lua_pop(lua, 1);
        return yes ? TDM_LIT("yes") : TDM_LIT("no");
    }
    if (lua_isinteger(lua, -1))
        lua_tolstring(lua, -1, NULL);
    return tdm__contract_pop_string(contract, path);
}

static void read_facts(const tdm__contract *contract, int index, tdm__event_input *event)
{
    lua_State *lua = contract->lua;
    const tdm_str *keys = tdm__contract_keys(contract, index, path, &event->fact_count);
    tdm__fact_input *facts = tdm__contract_room(contract, event->fact_count, sizeof *facts);
    for (size_t i = 0; i < event->fact_count; i++) {
        lua_pushstring(lua, keys[i].data);
        lua_rawget(lua, index);
        facts[i] = (tdm__fact_input){keys[i], fact_value(contract)};
    }
    event->facts = facts;
}

typedef struct string_option {
    const char *name;
    tdm__string_field field;
} string_option;

static const string_option string_options[] = {{"incident", TDM__INCIDENT},
                                               {"episode", TDM__EPISODE},
                                               {"reference", TDM__REFERENCE},
                                               {"action", TDM__ACTION}};

typedef struct code_option {
    const char *name;
    bool (*read)(uint32_t *out, tdm_str code);
    size_t at; /* in tdm__event_input */
} code_option;

static const code_option code_options[] = {
    {"polarity", tdm__polarity_read, offsetof(tdm__event_input, polarity)},
    {"significance", tdm__significance_read, offsetof(tdm__event_input, significance)},
    {"child_seen", tdm__yes_no_read, offsetof(tdm__event_input, child_seen)},
    {"seen_alone", tdm__yes_no_read, offsetof(tdm__event_input, seen_alone)},
    {"voice", tdm__yes_no_read, offsetof(tdm__event_input, voice)},
};

static void read_code_option(const tdm__contract *contract, int index, const code_option *option,
                             tdm__event_input *event)
{
    uint32_t value;
    tdm_str code = {"", 0};
    bool given = tdm__option(contract->lua, index, option->name);
    if (given && lua_isboolean(contract->lua, -1) && option->read == tdm__yes_no_read)
        code = lua_toboolean(contract->lua, -1) ? TDM_LIT("yes") : TDM_LIT("no");
    else if (given)
        code = tdm__contract_string(contract, index, path, option->name, false);
    lua_settop(contract->lua, index);
    if (!option->read(&value, code))
        tdm__contract_fail(contract, path, "%s of an event: no such code", option->name);
    memcpy((char *)event + option->at, &value, sizeof value);
}

static void read_event_options(const tdm__contract *contract, int index, tdm__event_input *event)
{
    for (size_t i = 0; i < sizeof string_options / sizeof *string_options; i++)
        event->strings[string_options[i].field] = tdm__contract_string(contract, index, path,
                                                                       string_options[i].name, false);
    for (size_t i = 0; i < sizeof code_options / sizeof *code_options; i++)
        read_code_option(contract, index, &code_options[i], event);
    event->recorded = tdm__contract_day(contract, index, path, "recorded", false);
    tdm_str theme = tdm__contract_string(contract, index, path, "theme", false);
    int32_t bit = theme.length > 0 ? tdm__theme_find(theme) : -1;
    if (theme.length > 0 && bit < 0)
        tdm__contract_fail(contract, path, "theme of an event: no such theme");
    event->themes = bit >= 0 ? (uint32_t)1 << bit : 0;
}

/* The form of an event: of an indicator's example, where the child is known, and of a measure's. The first
 * two names are for the latter alone. */
static const struct {
    const char *shape;
    lua_Integer positions;
    size_t first_name;
} event_forms[] = {
    {"an event is {date, kind, agency, facts}", 4, 2},
    {"an event is {child, date, kind, agency, facts}", 5, 0},
};
static const char *const event_names[] = {"area",         "ended",    "action",   "child_seen", "episode",
                                          "incident",     "polarity", "recorded", "reference",  "seen_alone",
                                          "significance", "theme",    "voice",    NULL};

/* The positions, and the options by name. */
static void check_event_keys(const tdm__contract *contract, int index, bool names_child)
{
    lua_State *lua = contract->lua;
    lua_Integer positions = event_forms[names_child].positions;
    lua_pushnil(lua);
    while (lua_next(lua, index)) {
        const char *const *name = event_names + event_forms[names_child].first_name;
        lua_pop(lua, 1);
        if (lua_isinteger(lua, -1) && lua_tointeger(lua, -1) >= 1 && lua_tointeger(lua, -1) <= positions)
            continue;
        while (*name && !(lua_type(lua, -1) == LUA_TSTRING && strcmp(*name, lua_tostring(lua, -1)) == 0))
            name++;
        if (!*name)
            tdm__contract_fail(contract, path, "an event has a field that is not known");
    }
}

void tdm__contract_event(const tdm__contract *contract, tdm__event_input *event, bool names_child)
{
    lua_State *lua = contract->lua;
    int index = lua_gettop(lua);
    const char *shape = event_forms[names_child].shape;
    lua_Integer at = 1;
    if (!lua_istable(lua, index))
        tdm__contract_fail(contract, path, "%s", shape);
    check_event_keys(contract, index, names_child);
    event->minute = -1;
    if (names_child)
        event->child = positional(contract, index, at++, shape, "child");
    event->occurred = read_date(contract, positional(contract, index, at++, shape, "date"));
    event->ended = read_date(contract, tdm__contract_string(contract, index, path, "ended", false));
    tdm_str kind = positional(contract, index, at++, shape, "kind");
    event->kind = tdm__vocabulary_kind(contract->ground->vocabulary, kind);
    if (event->kind == TDM_NO_INDEX)
        tdm__contract_fail(contract, path, "there is no kind '%.*s'", TDM_STR_ARGS(kind));
    event->agency = positional(contract, index, at++, shape, "agency");
    if (lua_rawgeti(lua, index, at) == LUA_TTABLE)
        read_facts(contract, lua_gettop(lua), event);
    else if (!lua_isnil(lua, -1))
        tdm__contract_fail(contract, path, "facts of an event: a table expected");
    lua_settop(lua, index);
    read_event_options(contract, index, event);
}

/* Adds the field `events` of the table at `index`, events of `child`, to those that are there. */
static void read_events(const tdm__contract *contract, int index, tdm_str child, tdm__example *example)
{
    lua_State *lua = contract->lua;
    tdm__contract_field(contract, index, path, "events", LUA_TTABLE, true);
    int list = lua_gettop(lua);
    size_t before = example->event_count, count = tdm__contract_list(contract, list, path);
    if (before + count > EVENTS_MAX)
        tdm__contract_fail(contract, path, "at most %d events expected", EVENTS_MAX);
    tdm__event_input *events = tdm__contract_room(contract, before + count, sizeof *events);
    if (before > 0)
        memcpy(events, example->events, before * sizeof *events);
    for (size_t i = 0; i < count; i++) {
        lua_rawgeti(lua, list, (lua_Integer)i + 1);
        tdm__contract_event(contract, &events[before + i], false);
        events[before + i].child = child;
        lua_settop(lua, list);
    }
    example->events = events;
    example->event_count = before + count;
    lua_pop(lua, 1);
}

/* Ids by place; letters would sort as places do, numbers would not. */
static void read_sibling(const tdm__contract *contract, size_t place, tdm__example_sibling *sibling,
                         tdm__example *example)
{
    static const char *const names[] = {"born", "events", NULL};
    char id[] = "sibling-a";
    int index = lua_gettop(contract->lua);
    id[sizeof id - 2] = (char)('a' + place);
    tdm__contract_names(contract, index, path, names);
    lua_pushstring(contract->lua, id);
    sibling->id = tdm__contract_pop_string(contract, path);
    sibling->born = read_date(contract, tdm__contract_string(contract, index, path, "born", false));
    read_events(contract, index, sibling->id, example);
}

static void read_siblings(const tdm__contract *contract, int index, tdm__example *example)
{
    lua_State *lua = contract->lua;
    example->has_household = tdm__contract_field(contract, index, path, "siblings", LUA_TTABLE, false);
    if (!example->has_household)
        return;
    int list = lua_gettop(lua);
    size_t count = tdm__contract_list(contract, list, path);
    if (count > SIBLINGS_MAX)
        tdm__contract_fail(contract, path, "at most %d siblings expected", SIBLINGS_MAX);
    tdm__example_sibling *siblings = tdm__contract_room(contract, count, sizeof *siblings);
    for (size_t i = 0; i < count; i++) {
        if (lua_rawgeti(lua, list, (lua_Integer)i + 1) != LUA_TTABLE)
            tdm__contract_fail(contract, path, "a sibling is {born, events}");
        read_sibling(contract, i, &siblings[i], example);
        lua_settop(lua, list);
    }
    example->siblings = siblings;
    example->sibling_count = count;
    lua_pop(lua, 1);
}

/* --- what is expected --- */

static void read_evidence(const tdm__contract *contract, int index, tdm__example *example)
{
    lua_State *lua = contract->lua;
    if (!tdm__contract_field(contract, index, path, "evidence", LUA_TTABLE, example->expect >= TDM_POSSIBLE))
        return;
    int list = lua_gettop(lua);
    example->evidence_count = tdm__contract_list(contract, list, path);
    uint32_t *evidence = tdm__contract_room(contract, example->evidence_count, sizeof *evidence);
    for (size_t i = 0; i < example->evidence_count; i++) {
        lua_rawgeti(lua, list, (lua_Integer)i + 1);
        lua_Integer row = lua_isinteger(lua, -1) ? lua_tointeger(lua, -1) : 0;
        if (row < 1 || row > (lua_Integer)(example->event_count + example->assessment_count) ||
            (i > 0 && row <= (lua_Integer)evidence[i - 1]))
            tdm__contract_fail(
                contract, path,
                "evidence: numbers of events, then of siblings' events, then of assessments, ascending");
        evidence[i] = (uint32_t)row;
        lua_pop(lua, 1);
    }
    example->evidence = evidence;
    lua_pop(lua, 1);
}

static void read_expect(const tdm__contract *contract, int index, tdm__example *example)
{
    tdm_str code = tdm__contract_string(contract, index, path, "expect", true);
    for (tdm_answer answer = TDM_NOT_ASSESSED; answer <= TDM_MET; answer++) {
        if (tdm__str_equal(code, tdm__str(tdm_answer_code(answer)))) {
            example->expect = answer;
            return;
        }
    }
    tdm__contract_fail(contract, path, "expect: met, possible, not-met or not-assessed expected");
}

/* --- coverage of an example --- */

static const char *const period_shape = "covers: lists of {day, day} by agency expected";

static const tdm__period *read_periods(const tdm__contract *contract, int table, tdm_str agency,
                                       size_t *count)
{
    lua_State *lua = contract->lua;
    *count = 0;
    if (table == 0 || !tdm__option(lua, table, agency.data))
        return NULL;
    int list = lua_gettop(lua);
    *count = tdm__contract_list(contract, list, path);
    tdm__period *periods = tdm__contract_room(contract, *count, sizeof *periods);
    for (size_t i = 0; i < *count; i++) {
        if (lua_rawgeti(lua, list, (lua_Integer)i + 1) != LUA_TTABLE)
            tdm__contract_fail(contract, path, "%s", period_shape);
        int pair = lua_gettop(lua);
        bool read =
            tdm_day_parse_iso(&periods[i].from, positional(contract, pair, 1, period_shape, "first day")) &&
            tdm_day_parse_iso(&periods[i].to, positional(contract, pair, 2, period_shape, "last day"));
        if (!read || periods[i].to < periods[i].from)
            tdm__contract_fail(contract, path, "%s", period_shape);
        lua_settop(lua, list);
    }
    lua_pop(lua, 1);
    return periods;
}

static bool has_agency(const tdm__example_cover *covers, size_t count, tdm_str agency)
{
    for (size_t i = 0; i < count; i++)
        if (tdm__str_equal(covers[i].agency, agency))
            return true;
    return false;
}

const tdm__example_cover *tdm__contract_covers(const tdm__contract *contract, int index,
                                               const tdm__event_input *events, size_t event_count,
                                               size_t *count)
{
    lua_State *lua = contract->lua;
    const tdm_str *keys = NULL;
    size_t key_count = 0;
    int top = lua_gettop(lua);
    int covers = tdm__contract_field(contract, index, path, "covers", LUA_TTABLE, false) ? lua_gettop(lua)
                                                                                         : 0;
    int no_contact = tdm__contract_field(contract, index, path, "no_contact", LUA_TTABLE, false)
                         ? lua_gettop(lua)
                         : 0;
    if (covers)
        keys = tdm__contract_keys(contract, covers, path, &key_count);
    *count = 0;
    size_t most = event_count + key_count;
    tdm__example_cover *read = tdm__contract_room(contract, most, sizeof *read);
    for (size_t i = 0; i < most; i++) {
        tdm_str agency = i < event_count ? events[i].agency : keys[i - event_count];
        if (has_agency(read, *count, agency))
            continue;
        tdm__example_cover *one = &read[(*count)++];
        one->agency = agency;
        one->covers = read_periods(contract, covers, agency, &one->cover_count);
        one->no_contact = read_periods(contract, no_contact, agency, &one->no_contact_count);
    }
    lua_settop(lua, top);
    return read;
}

static void read_example(const tdm__contract *contract, int index, const void *of, void *out)
{
    const tdm__indicator *indicator = of;
    tdm__example *example = out;
    static const char *const names[] = {"name",        "born",   "expected",   "as_of",    "events",
                                        "assessments", "expect", "outcome",    "reason",   "params",
                                        "siblings",    "covers", "no_contact", "evidence", NULL};
    tdm__contract_names(contract, index, path, names);
    example->name = tdm__contract_string(contract, index, path, "name", true);
    example->born = read_date(contract, tdm__contract_string(contract, index, path, "born", false));
    example->expected = read_date(contract, tdm__contract_string(contract, index, path, "expected", false));
    example->as_of = tdm__contract_day(contract, index, path, "as_of", true);
    example->outcome = tdm__contract_string(contract, index, path, "outcome", false);
    example->reason = tdm__contract_string(contract, index, path, "reason", false);
    read_expect(contract, index, example);
    read_events(contract, index, TDM_LIT("example"), example);
    read_siblings(contract, index, example);
    tdm__contract_assessments(contract, index, example);
    read_evidence(contract, index, example);
    example->params = tdm__contract_overrides(contract, index, indicator->params, indicator->param_count);
    example->covers = tdm__contract_covers(contract, index, example->events, example->event_count,
                                           &example->cover_count);
}

void *tdm__contract_example_list(const tdm__contract *contract, int index, const tdm__example_reader *reader,
                                 size_t *count)
{
    lua_State *lua = contract->lua;
    tdm__contract_field(contract, index, "", path, LUA_TTABLE, true);
    int list = lua_gettop(lua);
    *count = tdm__contract_list(contract, list, path);
    if (*count == 0)
        tdm__contract_fail(contract, path, "one or more expected");
    char *examples = tdm__contract_room(contract, *count, reader->size);
    for (size_t i = 0; i < *count; i++) {
        if (lua_rawgeti(lua, list, (lua_Integer)i + 1) != LUA_TTABLE)
            tdm__contract_fail(contract, path, "each a table");
        reader->read(contract, lua_gettop(lua), reader->of, examples + i * reader->size);
        lua_settop(lua, list);
    }
    lua_pop(lua, 1);
    return examples;
}

void tdm__contract_examples(const tdm__contract *contract, int index, tdm__loaded *loaded)
{
    tdm__example_reader reader = {sizeof *loaded->examples, read_example, &loaded->shown};
    loaded->examples = tdm__contract_example_list(contract, index, &reader, &loaded->shown.example_count);
}

/*
 * The child as a script sees it: its days, agencies, level of response, coverage, selections and
 * episodes. Its assessments: view_assessment.c.
 */
#include <string.h>

#include "chronology/looked.h"
#include "script/views.h"

static const tdm_history *history_at(lua_State *lua, int index)
{
    return tdm__view_check(lua, index, TDM__VIEW_CHILD);
}

/* A doubtful day is no day: nil. */
static void push_day(lua_State *lua, tdm_date date)
{
    if (date.from == date.to)
        lua_pushinteger(lua, date.from);
    else
        lua_pushnil(lua);
}

static void push_as_of(lua_State *lua, const tdm_history *history)
{
    tdm__look_at_day(history);
    lua_pushinteger(lua, history->as_of);
}

int tdm__child_field(lua_State *lua)
{
    const tdm_history *history = history_at(lua, 1);
    const tdm__child *child = tdm__chronology_child(history->chronology, history->child);
    const char *name = lua_tostring(lua, 2);
    if (strcmp(name, "id") == 0)
        tdm__str_push(lua, child->id);
    else if (strcmp(name, "born") == 0)
        push_day(lua, child->born);
    else if (strcmp(name, "expected") == 0)
        push_day(lua, child->expected);
    else if (strcmp(name, "died") == 0)
        push_day(lua, child->died);
    else if (strcmp(name, "as_of") == 0)
        push_as_of(lua, history);
    else if (strcmp(name, "household_known") == 0)
        lua_pushboolean(lua, child->household.length > 0);
    else
        return 0;
    return 1;
}

static tdm_day day_argument(lua_State *lua, int index)
{
    lua_Integer day = luaL_checkinteger(lua, index);
    luaL_argcheck(lua, day > -800000 && day < 3000000, index, "not a day");
    return (tdm_day)day;
}

/* Codes of the agencies with a row, sorted by bytes: an insertion into a short list. */
static int child_agencies(lua_State *lua)
{
    const tdm_history *history = history_at(lua, 1);
    size_t known = tdm__chronology_agency_count(history->chronology);
    bool *seen = tdm__room(lua, known + 1, sizeof *seen);
    tdm_str *codes = tdm__room(lua, known + 1, sizeof *codes);
    size_t count = 0;
    tdm__charge_elements(lua, history->row_count + known * known);
    tdm__look_at_all(history);
    for (uint32_t i = 0; i < history->row_count; i++) {
        uint32_t agency = tdm__history_event(history, i).agency;
        if (agency >= known || seen[agency])
            continue;
        seen[agency] = true;
        tdm_str code = tdm__chronology_agency(history->chronology, agency);
        size_t at = count++;
        for (; at > 0 && tdm__str_compare(codes[at - 1], code) > 0; at--)
            codes[at] = codes[at - 1];
        codes[at] = code;
    }
    lua_createtable(lua, (int)count, 0);
    for (size_t i = 0; i < count; i++) {
        tdm__str_push(lua, codes[i]);
        lua_rawseti(lua, -2, (lua_Integer)i + 1);
    }
    return 1;
}

static int child_level_at(lua_State *lua)
{
    const tdm_history *history = history_at(lua, 1);
    tdm_day day = day_argument(lua, 2);
    tdm__charge_elements(lua, history->row_count + history->episode_count);
    tdm__bounds_push(lua, tdm__history_level(history, day, 0));
    return 1;
}

/* --- select --- */

typedef uint32_t (*code_reader)(lua_State *lua, int index);

/* A code or a list of codes. */
static const uint32_t *option_indices(lua_State *lua, const char *name, size_t *count, code_reader index_of)
{
    *count = 0;
    if (!tdm__option(lua, 2, name))
        return NULL;
    if (!lua_istable(lua, -1)) {
        uint32_t *index = tdm__room(lua, 1, sizeof *index);
        *index = index_of(lua, lua_gettop(lua));
        *count = 1;
        lua_pop(lua, 1);
        return index;
    }
    *count = tdm__list_length(lua, name);
    uint32_t *indices = tdm__room(lua, *count, sizeof *indices);
    for (size_t i = 0; i < *count; i++) {
        lua_rawgeti(lua, -1, (lua_Integer)i + 1);
        indices[i] = index_of(lua, lua_gettop(lua));
        lua_pop(lua, 1);
    }
    lua_pop(lua, 1);
    return indices;
}

static uint32_t theme_at(lua_State *lua, int index)
{
    int32_t theme = tdm__theme_find(tdm__string_at(lua, index, "theme"));
    if (theme < 0)
        luaL_error(lua, "there is no theme '%s'", lua_tostring(lua, index));
    return (uint32_t)theme;
}

static uint32_t polarity_at(lua_State *lua, int index)
{
    uint32_t value;
    if (!tdm__polarity_read(&value, tdm__string_at(lua, index, "polarity")) || value == 0)
        luaL_error(lua, "polarity: concern, neutral or strength expected");
    return value;
}

static uint32_t significance_at(lua_State *lua, int index)
{
    uint32_t value;
    if (!tdm__significance_read(&value, tdm__string_at(lua, index, "significance")) || value == 0)
        luaL_error(lua, "significance: low, medium or high expected");
    return value;
}

static uint32_t option_bits(lua_State *lua, const char *name, code_reader index_of)
{
    size_t count;
    uint32_t bits = 0;
    const uint32_t *indices = option_indices(lua, name, &count, index_of);
    for (size_t i = 0; i < count; i++)
        bits |= (uint32_t)1 << indices[i];
    return bits;
}

/* A measure may ask whether there is any. */
static uint32_t option_themes(lua_State *lua)
{
    bool any = false;
    if (tdm__sandbox_of(lua)->measure && tdm__option(lua, 2, "theme")) {
        any = lua_isboolean(lua, -1) && lua_toboolean(lua, -1);
        lua_pop(lua, 1);
    }
    return any ? ((uint32_t)1 << tdm__theme_count()) - 1 : option_bits(lua, "theme", theme_at);
}

static uint32_t option_seen(lua_State *lua, const char *name)
{
    uint32_t value = TDM__ANY;
    if (!tdm__option(lua, 2, name))
        return value;
    if (lua_isboolean(lua, -1))
        value = lua_toboolean(lua, -1) ? TDM__YES : TDM__NO;
    else if (tdm__str_equal(tdm__string_at(lua, -1, name), TDM_LIT("not-recorded")))
        value = TDM__NOT_RECORDED;
    else if (!tdm__yes_no_read(&value, tdm__string_at(lua, -1, name)) || value == 0)
        luaL_error(lua, "%s: yes, no or not-recorded expected", name);
    lua_pop(lua, 1);
    return value;
}

static bool option_count_rows(lua_State *lua)
{
    if (!tdm__option(lua, 2, "count"))
        return false;
    tdm_str count = tdm__string_at(lua, -1, "count");
    bool rows = tdm__str_equal(count, TDM_LIT("rows"));
    if (!rows && !tdm__str_equal(count, TDM_LIT("incidents")))
        luaL_error(lua, "count: rows or incidents expected");
    lua_pop(lua, 1);
    return rows;
}

static tdm_day option_day(lua_State *lua, const char *name)
{
    return tdm__option_integer(lua, 2, name, -800000, 3000000, TDM_DAY_NONE);
}

const uint32_t *tdm__option_kinds(lua_State *lua, const char *name, size_t *count)
{
    return option_indices(lua, name, count, tdm__kind_at);
}

static void read_kinds(lua_State *lua, tdm__filter *filter)
{
    filter->kinds = tdm__option_kinds(lua, "kind", &filter->kind_count);
}

static void read_agencies(lua_State *lua, tdm__filter *filter)
{
    filter->agencies = option_indices(lua, "agency", &filter->agency_count, tdm__agency_at);
}

static void read_words(lua_State *lua, tdm__filter *filter)
{
    filter->themes = option_themes(lua);
    filter->polarities = option_bits(lua, "polarity", polarity_at);
    filter->significances = option_bits(lua, "significance", significance_at);
}

static void read_flags(lua_State *lua, tdm__filter *filter)
{
    filter->concern_only = tdm__option_flag(lua, 2, "concern");
    filter->rated_only = tdm__option_flag(lua, 2, "rated");
}

static void read_seen(lua_State *lua, tdm__filter *filter)
{
    filter->child_seen = option_seen(lua, "child_seen");
    filter->seen_alone = option_seen(lua, "seen_alone");
    filter->voice = option_seen(lua, "voice");
}

void tdm__option_codes(lua_State *lua, tdm__filter *filter)
{
    read_kinds(lua, filter);
    read_agencies(lua, filter);
    read_words(lua, filter);
    read_flags(lua, filter);
    read_seen(lua, filter);
}

static void read_facts(lua_State *lua, tdm__filter *filter)
{
    filter->fact_count = tdm__option_facts(lua, 2, "facts", &filter->facts);
}

static void read_days(lua_State *lua, tdm__filter *filter)
{
    filter->from = option_day(lua, "from");
    filter->to = option_day(lua, "to");
}

static void read_count(lua_State *lua, tdm__filter *filter)
{
    filter->count_rows = option_count_rows(lua);
}

/* Which of the names of child:select, by their places, need which reader. */
static const struct {
    uint32_t names;
    void (*read)(lua_State *lua, tdm__filter *filter);
} select_readers[] = {
    {0x0001, read_kinds}, {0x0002, read_agencies}, {0x001c, read_words}, {0x0060, read_flags},
    {0x0380, read_seen},  {0x0400, read_facts},    {0x1800, read_days},  {0x2000, read_count},
};

static int child_select(lua_State *lua)
{
    static const char *const names[] = {"kind",    "agency", "theme",      "polarity",   "significance",
                                        "concern", "rated",  "child_seen", "seen_alone", "voice",
                                        "facts",   "from",   "to",         "count",      NULL};
    tdm_selection *selection = NULL;
    const tdm_history *history = history_at(lua, 1);
    lua_settop(lua, 2);
    if (lua_isnil(lua, 2)) {
        lua_newtable(lua);
        lua_replace(lua, 2);
    }
    uint32_t given = tdm__options_open(lua, 2, names);
    tdm__filter filter = tdm__filter_all();
    for (size_t i = 0; i < sizeof select_readers / sizeof *select_readers; i++)
        if (given & select_readers[i].names)
            select_readers[i].read(lua, &filter);
    tdm_status status = tdm__selection_new(&selection, history, &filter, &tdm__sandbox_of(lua)->budget);
    return tdm__selection_push(lua, status, selection, "select");
}

static int child_episodes(lua_State *lua)
{
    static const char *const names[] = {"name", "facts", NULL};
    const tdm__fact_filter *facts;
    uint32_t name = TDM_NO_INDEX;
    const tdm_history *history = history_at(lua, 1);
    tdm__episodes *episodes = NULL;
    tdm__options_open(lua, 2, names);
    if (tdm__option(lua, 2, "name")) {
        name = tdm__episode_at(lua, -1);
        lua_pop(lua, 1);
    }
    size_t fact_count = tdm__option_facts(lua, 2, "facts", &facts);
    tdm_status status = tdm__episodes_new(&episodes, history, name, facts, fact_count,
                                          &tdm__sandbox_of(lua)->budget);
    tdm__sandbox_check(lua, status, "episodes");
    tdm__trace_episodes(lua, episodes);
    tdm__view_push(lua, TDM__VIEW_EPISODES, episodes);
    return 1;
}

static int child_covered(lua_State *lua)
{
    static const char *const words[] = {[TDM__COVERED_NO] = "no",
                                        [TDM__COVERED_PART] = "part",
                                        [TDM__COVERED_YES] = "yes",
                                        [TDM__COVERED_NOT_DECLARED] = "not-declared"};
    const tdm_history *history = history_at(lua, 1);
    uint32_t agency = tdm__agency_at(lua, 2);
    tdm_day from = day_argument(lua, 3), to = day_argument(lua, 4);
    tdm__charge_elements(lua, tdm__chronology_source_count(history->chronology));
    tdm__covered covered = TDM__COVERED_NOT_DECLARED;
    if (agency != TDM_NO_INDEX)
        covered = tdm__history_covered(history, agency, from, to);
    lua_pushstring(lua, words[covered]);
    return 1;
}

/* "KIND" or "KIND.FACT", as in needs.deny; *fact is TDM_NO_INDEX for the kind alone. */
static uint32_t kind_and_fact(lua_State *lua, const tdm_vocabulary *vocabulary, uint32_t *fact)
{
    tdm_str rest = tdm__string_at(lua, 2, "kind");
    bool has_fact = memchr(rest.data, '.', rest.length) != NULL;
    uint32_t kind = tdm__vocabulary_kind(vocabulary, tdm__str_split(&rest, '.'));
    luaL_argcheck(lua, kind != TDM_NO_INDEX, 2, "there is no such kind");
    *fact = has_fact ? tdm__fact_key_of(lua, rest) : TDM_NO_INDEX;
    luaL_argcheck(lua, !has_fact || (vocabulary->kinds[kind].facts >> *fact & 1), 2,
                  "this kind has no such fact");
    return kind;
}

/* Whether a missing entry says anything: "yes" where some source of the child could hold all of the kind,
 * "part" where one holds some alone, or without the fact. */
static int child_could_hold(lua_State *lua)
{
    uint32_t fact;
    tdm__sandbox *sandbox = tdm__sandbox_of(lua);
    const tdm_history *history = history_at(lua, 1);
    const tdm_chronology *chronology = history->chronology;
    const tdm_vocabulary *vocabulary = tdm__chronology_vocabulary(chronology);
    uint32_t kind = kind_and_fact(lua, vocabulary, &fact);
    tdm__charge_elements(lua, (tdm__chronology_source_count(chronology) + 1) * vocabulary->kind_count);
    tdm__look_at_sources(history);
    if (sandbox->carried_of != sandbox->generation || sandbox->carried_child != history) {
        tdm_status status = tdm__chronology_carried(&sandbox->carried, history->arena, chronology,
                                                    history->child, history->as_of);
        tdm__sandbox_check(lua, status, "could_hold");
        sandbox->carried_of = sandbox->generation;
        sandbox->carried_child = history;
    }
    lua_pushstring(lua, tdm__carried_in_full(&sandbox->carried, kind, fact) ? "yes"
                        : tdm__carried_kind(&sandbox->carried, kind)        ? "part"
                                                                            : "no");
    return 1;
}

/* Whether an entry of one of the kinds is on record, one with a date: what selections could hold. */
static int child_has(lua_State *lua)
{
    const tdm_history *history = history_at(lua, 1);
    int last = lua_gettop(lua);
    bool found = false;
    luaL_argcheck(lua, last > 1, 2, "a kind expected");
    tdm__sandbox_charge(lua, last);
    for (int index = 2; index <= last; index++) {
        uint32_t kind = tdm__kind_at(lua, index);
        tdm__filter filter = {.kinds = &kind, .kind_count = 1};
        tdm__look_at_filter(history, &filter);
        found = found || tdm__history_has_kind(history, kind);
    }
    lua_pushboolean(lua, found);
    return 1;
}

const luaL_Reg tdm__child_methods[] = {
    {"agencies", child_agencies}, {"could_hold", child_could_hold},
    {"covered", child_covered},   {"episodes", child_episodes},
    {"has", child_has},           {"level_at", child_level_at},
    {"select", child_select},     {NULL, NULL},
};

/*
 * What a measure is given, `m`: its period, and the base selections that everything is counted from. Those
 * are kept from call to call, because a measure is asked for many periods. What is done with them:
 * measure_units.c; what they come to: measure_results.c.
 */
#include "script/measure.h"

/* Asking for a selection costs this much beside what it holds, found again or not. */
#define ASKING_STEPS 64

size_t tdm__measure_call_bytes(const tdm__measure_call *call)
{
    return call->ground.arena->used_bytes + call->kept_bytes +
           (call->answer->used_bytes - call->answer_start_bytes);
}

tdm__measure_call *tdm__measure_call_at(lua_State *lua)
{
    tdm__view_check(lua, 1, TDM__VIEW_MEASURE);
    return tdm__sandbox_of(lua)->measure;
}

int tdm__measure_field(lua_State *lua)
{
    const tdm__measure_question *question = tdm__measure_call_at(lua)->question;
    const char *name = lua_tostring(lua, 2);
    if (strcmp(name, "from") == 0)
        lua_pushinteger(lua, question->from);
    else if (strcmp(name, "to") == 0)
        lua_pushinteger(lua, question->to);
    else if (strcmp(name, "as_of") == 0)
        lua_pushinteger(lua, question->as_of);
    else
        return 0;
    return 1;
}

void tdm__measure_settle(lua_State *lua, tdm_status status, const char *what)
{
    tdm__measure_call *call = tdm__sandbox_of(lua)->measure;
    int64_t looked_at = call->ground.looked_at - call->charged;
    call->charged = call->ground.looked_at;
    tdm__charge_elements(lua, (size_t)looked_at);
    tdm__sandbox_check(lua, status, what);
}

const tdm__units *tdm__units_check(lua_State *lua, int index)
{
    return tdm__view_check(lua, index, TDM__VIEW_UNITS);
}

int tdm__units_push(lua_State *lua, tdm_status status, const tdm__units *units, const char *what)
{
    tdm__measure_settle(lua, status, what);
    tdm__view_push(lua, TDM__VIEW_UNITS, units);
    return 1;
}

int tdm__stretches_push(lua_State *lua, tdm_status status, const tdm__stretches *stretches, const char *what)
{
    tdm__measure_settle(lua, status, what);
    tdm__view_push(lua, TDM__VIEW_STRETCHES, stretches);
    return 1;
}

/* --- keeping --- */

/* What makes a base selection; everything that it goes by is in its key. */
typedef struct base {
    tdm_status (*make)(tdm__units *out, tdm__units_ground *ground, const struct base *base);
    tdm__filter filter; /* rows */
    uint32_t episode;   /* episodes, by the filter's facts */
} base;

static tdm__kept_units *find_kept(tdm__kept *kept, tdm_str key)
{
    for (size_t i = 0; i < kept->count; i++)
        if (tdm__str_equal(kept->items[i].key, key))
            return &kept->items[i];
    return NULL;
}

static tdm_status make_kept(tdm__kept_units **out, tdm__measure_call *call, tdm_str key, const base *wanted)
{
    tdm__kept *kept = call->kept;
    tdm__kept_units *made = &kept->items[kept->count];
    tdm__units_ground ground = call->ground;
    size_t before = kept->arena.used_bytes;
    ground.arena = &kept->arena;
    ground.looked_at = 0;
    *made = (tdm__kept_units){.key = tdm__arena_copy(&kept->arena, key)};
    tdm_status status = made->key.data ? wanted->make(&made->units, &ground, wanted) : TDM_NO_MEMORY;
    made->looked_at = ground.looked_at;
    made->bytes = kept->arena.used_bytes - before;
    if (status == TDM_OK)
        kept->count++;
    *out = made;
    return status;
}

/* The key is the sandbox's scratch text. */
static int push_base(lua_State *lua, const base *wanted, const char *what)
{
    tdm__sandbox *sandbox = tdm__sandbox_of(lua);
    tdm__measure_call *call = sandbox->measure;
    tdm_status status = sandbox->scratch.failed ? TDM_NO_MEMORY : TDM_OK;
    tdm_str key = tdm__text_str(&sandbox->scratch);
    tdm__sandbox_charge(lua, ASKING_STEPS + (int64_t)(key.length / 64));
    tdm__kept_units *kept = status == TDM_OK ? find_kept(call->kept, key) : NULL;
    bool asked_before = kept && kept->asked_in == sandbox->generation;
    if (!asked_before && call->kept_count == TDM__KEPT_IN_CALL)
        return luaL_error(lua, "%s: at most %d different selections", what, TDM__KEPT_IN_CALL);
    if (status == TDM_OK && !kept)
        status = make_kept(&kept, call, key, wanted);
    tdm__sandbox_check(lua, status, what);
    if (!asked_before) {
        kept->asked_in = sandbox->generation;
        call->kept_bytes += kept->bytes;
        call->kept_count++;
    }
    call->ground.looked_at += kept->looked_at;
    return tdm__units_push(lua, TDM_OK, &kept->units, what);
}

/* --- keys: the options in one order, lists sorted --- */

static void sort_indices(uint32_t *indices, size_t count)
{
    for (size_t i = 1; i < count; i++) {
        uint32_t moved = indices[i];
        size_t at = i;
        for (; at > 0 && indices[at - 1] > moved; at--)
            indices[at] = indices[at - 1];
        indices[at] = moved;
    }
}

static void key_indices(lua_State *lua, tdm__text *key, const uint32_t *indices, size_t count)
{
    uint32_t *sorted = tdm__room(lua, count, sizeof *sorted);
    if (count > 0)
        memcpy(sorted, indices, count * sizeof *sorted);
    sort_indices(sorted, count);
    tdm__charge_elements(lua, count * count);
    tdm__text_char(key, ';');
    for (size_t i = 0; i < count; i++)
        tdm__text_printf(key, " %u", (unsigned)sorted[i]);
}

/* Each value with its length before it, so that no two lists give one key. */
static void key_values(lua_State *lua, tdm__text *key, const tdm__fact_filter *fact)
{
    tdm_str *sorted = tdm__room(lua, fact->value_count, sizeof *sorted);
    tdm__charge_elements(lua, fact->value_count * fact->value_count);
    for (size_t i = 0; i < fact->value_count; i++) {
        size_t at = i;
        for (; at > 0 && tdm__str_compare(sorted[at - 1], fact->values[i]) > 0; at--)
            sorted[at] = sorted[at - 1];
        sorted[at] = fact->values[i];
    }
    for (size_t i = 0; i < fact->value_count; i++) {
        tdm__text_printf(key, " %lu:", (unsigned long)sorted[i].length);
        tdm__text_add(key, sorted[i]);
    }
    tdm__text_printf(key, " %lld %lld", (long long)fact->min, (long long)fact->max);
}

/* A table has each fact once, in an order that differs from run to run. */
static void key_facts(lua_State *lua, tdm__text *key, const tdm__filter *filter)
{
    tdm__charge_elements(lua, filter->fact_count * filter->fact_count);
    uint32_t last = 0;
    for (size_t i = 0; i < filter->fact_count; i++) {
        const tdm__fact_filter *next = NULL;
        for (size_t j = 0; j < filter->fact_count; j++) {
            const tdm__fact_filter *fact = &filter->facts[j];
            if ((i == 0 || fact->key > last) && (!next || fact->key < next->key))
                next = fact;
        }
        if (!next)
            return;
        last = next->key;
        tdm__text_printf(key, "; %u", (unsigned)next->key);
        key_values(lua, key, next);
    }
}

/* --- the methods --- */

static tdm_status make_rows(tdm__units *out, tdm__units_ground *ground, const base *wanted)
{
    return tdm__units_rows(out, ground, &wanted->filter);
}

static bool once_an_incident(lua_State *lua)
{
    if (!tdm__option(lua, 2, "once"))
        return false;
    if (!tdm__str_equal(tdm__string_at(lua, -1, "once"), TDM_LIT("incident")))
        luaL_error(lua, "once: \"incident\" expected");
    lua_pop(lua, 1);
    return true;
}

/* `m:rows()` is `m:rows {}`. */
static void settle_options(lua_State *lua)
{
    lua_settop(lua, 2);
    if (!lua_isnil(lua, 2))
        return;
    lua_newtable(lua);
    lua_replace(lua, 2);
}

static int measure_rows(lua_State *lua)
{
    static const char *const names[] = {"kind",         "agency",  "theme",      "polarity",
                                        "significance", "concern", "child_seen", "seen_alone",
                                        "voice",        "facts",   "once",       NULL};
    base wanted = {.make = make_rows, .filter = tdm__filter_all()};
    tdm__filter *filter = &wanted.filter;
    tdm__measure_call_at(lua);
    settle_options(lua);
    tdm__options_open(lua, 2, names);
    tdm__option_codes(lua, filter);
    filter->fact_count = tdm__option_facts(lua, 2, "facts", &filter->facts);
    filter->count_rows = !once_an_incident(lua);
    tdm__text *key = tdm__sandbox_scratch(lua);
    tdm__text_puts(key, "rows");
    key_indices(lua, key, filter->kinds, filter->kind_count);
    key_indices(lua, key, filter->agencies, filter->agency_count);
    tdm__text_printf(key, "; %u %u %u %u %u %u %d %d", (unsigned)filter->themes, (unsigned)filter->polarities,
                     (unsigned)filter->significances, (unsigned)filter->child_seen,
                     (unsigned)filter->seen_alone, (unsigned)filter->voice, filter->concern_only,
                     filter->count_rows);
    key_facts(lua, key, filter);
    return push_base(lua, &wanted, "rows");
}

static tdm_status make_episodes(tdm__units *out, tdm__units_ground *ground, const base *wanted)
{
    return tdm__units_episodes(out, ground, wanted->episode, wanted->filter.facts, wanted->filter.fact_count);
}

static int measure_episodes(lua_State *lua)
{
    static const char *const names[] = {"name", "facts", NULL};
    base wanted = {.make = make_episodes, .filter = tdm__filter_all(), .episode = TDM_NO_INDEX};
    tdm__measure_call_at(lua);
    settle_options(lua);
    tdm__options_open(lua, 2, names);
    if (tdm__option(lua, 2, "name")) {
        wanted.episode = tdm__episode_at(lua, -1);
        lua_pop(lua, 1);
    }
    wanted.filter.fact_count = tdm__option_facts(lua, 2, "facts", &wanted.filter.facts);
    tdm__text *key = tdm__sandbox_scratch(lua);
    tdm__text_printf(key, "episodes %u", (unsigned)wanted.episode);
    key_facts(lua, key, &wanted.filter);
    return push_base(lua, &wanted, "episodes");
}

/* By the period, so that it is not kept. */
static int measure_children(lua_State *lua)
{
    tdm__measure_call *call = tdm__measure_call_at(lua);
    tdm__units *units = tdm__room(lua, 1, sizeof *units);
    return tdm__units_push(lua, tdm__units_children(units, &call->ground), units, "children");
}

static tdm_str option_text(lua_State *lua, const char *name)
{
    tdm_str text = {"", 0};
    if (tdm__option(lua, 2, name)) {
        text = tdm__string_at(lua, -1, name);
        lua_pop(lua, 1); /* the options hold it */
    }
    return text;
}

static int measure_prompts(lua_State *lua)
{
    static const char *const names[] = {"indicator", "state", NULL};
    static const char *const states[] = {"", "new", "seen", "acted-on", "dismissed"};
    bool known = false;
    tdm__measure_call *call = tdm__measure_call_at(lua);
    settle_options(lua);
    tdm__options_open(lua, 2, names);
    tdm_str indicator = option_text(lua, "indicator"), state = option_text(lua, "state");
    for (size_t i = 0; i < sizeof states / sizeof *states; i++)
        known = known || tdm__str_equal(state, tdm__str(states[i]));
    if (!known)
        return luaL_error(lua, "state: new, seen, acted-on or dismissed expected");
    if (!tdm__population_has_prompts(call->ground.population))
        return tdm__sandbox_give_up(lua, "no-prompts");
    tdm__units *units = tdm__room(lua, 1, sizeof *units);
    return tdm__units_push(lua, tdm__units_prompts(units, &call->ground, indicator, state), units, "prompts");
}

const luaL_Reg tdm__measure_bases[] = {
    {"children", measure_children},
    {"episodes", measure_episodes},
    {"prompts", measure_prompts},
    {"rows", measure_rows},
    {NULL, NULL},
};

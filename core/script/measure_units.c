/*
 * Units and stretches as a measure sees them: what is chosen among them, and how long they last. Where they
 * come from: measure_bases.c; what they come to: measure_results.c.
 */
#include "script/measure.h"

static tdm__units_ground *ground_of(lua_State *lua)
{
    return &tdm__sandbox_of(lua)->measure->ground;
}

static tdm__units *room_for_units(lua_State *lua)
{
    return tdm__room(lua, 1, sizeof(tdm__units));
}

static tdm__stretches *room_for_stretches(lua_State *lua)
{
    return tdm__room(lua, 1, sizeof(tdm__stretches));
}

/* The day at `index`; `otherwise` where it is left out. */
static tdm_day day_argument(lua_State *lua, int index, tdm_day otherwise)
{
    lua_Integer day = luaL_optinteger(lua, index, otherwise);
    luaL_argcheck(lua, day > -800000 && day < 3000000, index, "not a day");
    return (tdm_day)day;
}

/* --- which of them --- */

typedef tdm_status (*period_op)(tdm__units *out, tdm__units_ground *ground, const tdm__units *units,
                                tdm_day from, tdm_day to);

/* In the period unless other days are given. */
static int in_period(lua_State *lua, period_op op, const char *what)
{
    const tdm__units *units = tdm__units_check(lua, 1);
    tdm__units_ground *ground = ground_of(lua);
    tdm_day from = day_argument(lua, 2, ground->from), to = day_argument(lua, 3, ground->to);
    tdm__units *out = room_for_units(lua);
    return tdm__units_push(lua, op(out, ground, units, from, to), out, what);
}

static int units_starting(lua_State *lua)
{
    return in_period(lua, tdm__units_starting, "starting");
}

static int units_ending(lua_State *lua)
{
    return in_period(lua, tdm__units_ending, "ending");
}

static int units_open_on(lua_State *lua)
{
    const tdm__units *units = tdm__units_check(lua, 1);
    tdm__units_ground *ground = ground_of(lua);
    tdm_day day = day_argument(lua, 2, ground->to);
    tdm__units *out = room_for_units(lua);
    return tdm__units_push(lua, tdm__units_open_on(out, ground, units, day), out, "open_on");
}

static int units_where(lua_State *lua)
{
    static const char *const names[] = {"kind",    "agency",     "theme",      "polarity", "significance",
                                        "concern", "child_seen", "seen_alone", "voice",    "facts",
                                        "ended",   "end_facts",  "end_kind",   NULL};
    tdm__units_where where = {.filter = tdm__filter_all(), .ended = TDM__ANY};
    const tdm__units *units = tdm__units_check(lua, 1);
    lua_settop(lua, 2);
    tdm__options_open(lua, 2, names);
    tdm__option_codes(lua, &where.filter);
    where.filter.fact_count = tdm__option_facts(lua, 2, "facts", &where.filter.facts);
    where.end_fact_count = tdm__option_facts(lua, 2, "end_facts", &where.end_facts);
    where.end_kinds = tdm__option_kinds(lua, "end_kind", &where.end_kind_count);
    if (tdm__option(lua, 2, "ended")) {
        lua_pop(lua, 1);
        where.ended = tdm__option_flag(lua, 2, "ended") ? TDM__YES : TDM__NO;
    }
    tdm__units *out = room_for_units(lua);
    return tdm__units_push(lua, tdm__units_such(out, ground_of(lua), units, &where), out, "where");
}

/* The table at 3, if any, opened. */
static bool open_third(lua_State *lua, const char *const *names)
{
    lua_settop(lua, 3);
    if (lua_isnil(lua, 3))
        return false;
    tdm__options_open(lua, 3, names);
    return true;
}

static tdm_span option_within(lua_State *lua, bool given)
{
    if (!given || !tdm__option(lua, 3, "within"))
        return TDM__ANY_TIME;
    lua_pop(lua, 1);
    return tdm__option_span(lua, 3, "within");
}

static bool option_flag(lua_State *lua, bool given, const char *name, bool otherwise)
{
    if (!given || !tdm__option(lua, 3, name))
        return otherwise;
    lua_pop(lua, 1);
    return tdm__option_flag(lua, 3, name);
}

/* NULL: it is not given. */
static const tdm__units *option_units(lua_State *lua, bool given, const char *name)
{
    if (!given || !tdm__option(lua, 3, name))
        return NULL;
    const tdm__units *units = tdm__units_check(lua, lua_gettop(lua));
    lua_pop(lua, 1); /* it lives as long as the call */
    return units;
}

static bool option_of_end(lua_State *lua, bool given)
{
    if (!given || !tdm__option(lua, 3, "of"))
        return false;
    tdm_str of = tdm__string_at(lua, -1, "of");
    bool end = tdm__str_equal(of, TDM_LIT("end"));
    if (!end && !tdm__str_equal(of, TDM_LIT("start")))
        luaL_error(lua, "of: \"start\" or \"end\" expected");
    lua_pop(lua, 1);
    return end;
}

static int units_after(lua_State *lua)
{
    static const char *const names[] = {"within", "of", "latest", NULL};
    const tdm__units *units = tdm__units_check(lua, 1), *others = tdm__units_check(lua, 2);
    bool given = open_third(lua, names);
    tdm_span within = option_within(lua, given);
    bool by_end = option_of_end(lua, given), latest = option_flag(lua, given, "latest", false);
    if (latest && !by_end)
        return luaL_error(lua, "latest: with of = \"end\" only");
    tdm__units *out = room_for_units(lua);
    tdm_status status = latest ? tdm__units_after_latest(out, ground_of(lua), units, others, within)
                               : tdm__units_after(out, ground_of(lua), units, others, within, by_end);
    return tdm__units_push(lua, status, out, "after");
}

static int units_followed(lua_State *lua)
{
    static const char *const names[] = {"within", "same_day", NULL};
    const tdm__units *units = tdm__units_check(lua, 1), *others = tdm__units_check(lua, 2);
    bool given = open_third(lua, names);
    tdm_span within = option_within(lua, given);
    bool same_day = option_flag(lua, given, "same_day", true);
    tdm__units *out = room_for_units(lua);
    tdm_status status = tdm__units_followed(out, ground_of(lua), units, others, within, same_day);
    return tdm__units_push(lua, status, out, "followed");
}

typedef tdm_status (*one_op)(tdm__units *out, tdm__units_ground *ground, const tdm__units *units);
typedef tdm_status (*two_op)(tdm__units *out, tdm__units_ground *ground, const tdm__units *units,
                             const tdm__units *others);

static int by_one(lua_State *lua, one_op op, const char *what)
{
    const tdm__units *units = tdm__units_check(lua, 1);
    tdm__units *out = room_for_units(lua);
    return tdm__units_push(lua, op(out, ground_of(lua), units), out, what);
}

static int by_two(lua_State *lua, two_op op, const char *what)
{
    const tdm__units *units = tdm__units_check(lua, 1), *others = tdm__units_check(lua, 2);
    tdm__units *out = room_for_units(lua);
    return tdm__units_push(lua, op(out, ground_of(lua), units, others), out, what);
}

static int units_first_of_child(lua_State *lua)
{
    return by_one(lua, tdm__units_first_of_child, "first_of_child");
}

static int units_last_of_child(lua_State *lua)
{
    return by_one(lua, tdm__units_last_of_child, "last_of_child");
}

/* Whether the day of the end belongs to an episode. */
static bool to_last_day(lua_State *lua)
{
    static const char *const names[] = {"last_day", NULL};
    return option_flag(lua, open_third(lua, names), "last_day", false);
}

static int units_during(lua_State *lua)
{
    return by_two(lua, to_last_day(lua) ? tdm__units_during_to_last : tdm__units_during, "during");
}

static int units_containing(lua_State *lua)
{
    return by_two(lua, to_last_day(lua) ? tdm__units_containing_to_last : tdm__units_containing,
                  "containing");
}

static tdm_span needed_span(lua_State *lua, const char *name)
{
    tdm_span span = tdm__option_span(lua, 3, name);
    if (span.count == 0)
        luaL_error(lua, "option '%s': a span of one day or more expected", name);
    return span;
}

static int units_kept_up(lua_State *lua)
{
    static const char *const names[] = {"first", "every", "on", "same_day", NULL};
    const tdm__units *units = tdm__units_check(lua, 1), *others = tdm__units_check(lua, 2);
    lua_settop(lua, 3);
    tdm__options_open(lua, 3, names);
    tdm__keeping keeping = {
        .first = needed_span(lua, "first"),
        .every = needed_span(lua, "every"),
        .on = tdm__option_integer(lua, 3, "on", -800000, 3000000, ground_of(lua)->to),
        .same_day = option_flag(lua, true, "same_day", false),
    };
    tdm__units *out = room_for_units(lua);
    return tdm__units_push(lua, tdm__units_kept_up(out, ground_of(lua), units, others, &keeping), out,
                           "kept_up");
}

static int units_minus(lua_State *lua)
{
    return by_two(lua, tdm__units_minus, "minus");
}

static int units_union(lua_State *lua)
{
    return by_two(lua, tdm__units_union, "union");
}

static int units_both(lua_State *lua)
{
    return by_two(lua, tdm__units_both, "both");
}

const luaL_Reg tdm__units_methods[] = {
    {"after", units_after},       {"both", units_both},       {"containing", units_containing},
    {"during", units_during},     {"ending", units_ending},   {"first_of_child", units_first_of_child},
    {"followed", units_followed}, {"kept_up", units_kept_up}, {"last_of_child", units_last_of_child},
    {"minus", units_minus},       {"open_on", units_open_on}, {"starting", units_starting},
    {"union", units_union},       {"where", units_where},     {NULL, NULL},
};

/* --- how long --- */

static int units_lasting(lua_State *lua)
{
    const tdm__units *units = tdm__units_check(lua, 1);
    tdm__stretches *out = room_for_stretches(lua);
    return tdm__stretches_push(lua, tdm__units_lasting(out, ground_of(lua), units), out, "lasting");
}

static int units_until_first(lua_State *lua)
{
    static const char *const names[] = {"before", "same_day", NULL};
    const tdm__units *units = tdm__units_check(lua, 1), *others = tdm__units_check(lua, 2);
    bool given = open_third(lua, names);
    tdm__looking looking = {.same_day = option_flag(lua, given, "same_day", true),
                            .before = option_units(lua, given, "before"),
                            .within = TDM__ANY_TIME};
    tdm__stretches *out = room_for_stretches(lua);
    tdm_status status = tdm__units_until(out, ground_of(lua), units, others, &looking);
    return tdm__stretches_push(lua, status, out, "until_first");
}

static int since(lua_State *lua, bool first, const char *what)
{
    static const char *const names[] = {"within", "same_day", "not_before", "margin", NULL};
    const tdm__units *units = tdm__units_check(lua, 1), *others = tdm__units_check(lua, 2);
    bool given = open_third(lua, names);
    tdm__looking looking = {.same_day = option_flag(lua, given, "same_day", true),
                            .within = option_within(lua, given),
                            .not_before = option_units(lua, given, "not_before")};
    if (given)
        looking.margin = tdm__option_span(lua, 3, "margin");
    if (looking.margin.unit == TDM_SPAN_WORKING_DAYS)
        return luaL_error(lua, "margin: a span of days or months expected");
    tdm__stretches *out = room_for_stretches(lua);
    tdm_status status = tdm__units_since(out, ground_of(lua), units, others, first, &looking);
    return tdm__stretches_push(lua, status, out, what);
}

static int units_since_last(lua_State *lua)
{
    return since(lua, false, "since_last");
}

static int units_since_first(lua_State *lua)
{
    return since(lua, true, "since_first");
}

static int units_open_for(lua_State *lua)
{
    const tdm__units *units = tdm__units_check(lua, 1);
    tdm__units_ground *ground = ground_of(lua);
    tdm_day day = day_argument(lua, 2, ground->to);
    tdm__stretches *out = room_for_stretches(lua);
    return tdm__stretches_push(lua, tdm__units_open_for(out, ground, units, day), out, "open_for");
}

static int units_recorded(lua_State *lua)
{
    const tdm__units *units = tdm__units_check(lua, 1);
    tdm__stretches *out = room_for_stretches(lua);
    return tdm__stretches_push(lua, tdm__units_recorded(out, ground_of(lua), units), out, "recorded");
}

const luaL_Reg tdm__units_lengths[] = {
    {"lasting", units_lasting},
    {"open_for", units_open_for},
    {"recorded", units_recorded},
    {"since_first", units_since_first},
    {"since_last", units_since_last},
    {"until_first", units_until_first},
    {NULL, NULL},
};

/* --- stretches --- */

static const tdm__stretches *stretches_at(lua_State *lua)
{
    return tdm__view_check(lua, 1, TDM__VIEW_STRETCHES);
}

static int stretches_units(lua_State *lua)
{
    const tdm__stretches *stretches = stretches_at(lua);
    return tdm__units_push(lua, TDM_OK, &stretches->units, "units");
}

static int stretches_done(lua_State *lua)
{
    const tdm__stretches *stretches = stretches_at(lua);
    tdm__stretches *out = room_for_stretches(lua);
    return tdm__stretches_push(lua, tdm__stretches_done(out, ground_of(lua), stretches), out, "done");
}

/* In the period unless other days are given. */
static int stretches_ending(lua_State *lua)
{
    const tdm__stretches *stretches = stretches_at(lua);
    tdm__units_ground *ground = ground_of(lua);
    tdm_day from = day_argument(lua, 2, ground->from), to = day_argument(lua, 3, ground->to);
    tdm__stretches *out = room_for_stretches(lua);
    return tdm__stretches_push(lua, tdm__stretches_ending(out, ground, stretches, from, to), out, "ending");
}

static int stretches_within(lua_State *lua)
{
    static const char *const countings[] = {"days", "working-days", NULL};
    const tdm__stretches *stretches = stretches_at(lua);
    lua_Integer limit = luaL_checkinteger(lua, 2);
    luaL_argcheck(lua, limit >= 0 && limit <= 36600, 2, "0 to 36600 expected");
    tdm__counting counting = luaL_checkoption(lua, 3, NULL, countings) == 0 ? TDM__IN_DAYS
                                                                            : TDM__IN_WORKING_DAYS;
    tdm__units *out = room_for_units(lua);
    tdm_status status = tdm__stretches_within(out, ground_of(lua), stretches, (int32_t)limit, counting);
    return tdm__units_push(lua, status, out, "within");
}

static int stretches_longer_than(lua_State *lua)
{
    const tdm__stretches *stretches = stretches_at(lua);
    tdm_span span = tdm__span_at(lua, 2, "span");
    tdm__units *out = room_for_units(lua);
    tdm_status status = tdm__stretches_longer_than(out, ground_of(lua), stretches, span);
    return tdm__units_push(lua, status, out, "longer_than");
}

const luaL_Reg tdm__stretches_methods[] = {
    {"done", stretches_done},   {"ending", stretches_ending}, {"longer_than", stretches_longer_than},
    {"units", stretches_units}, {"within", stretches_within}, {NULL, NULL},
};

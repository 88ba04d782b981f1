/*
 * Selections as a script sees them: numbers over them, and selections made from them. Whole answers
 * are in view_answers.c.
 */
#include <string.h>

#include "chronology/looked.h"
#include "script/views.h"

static tdm_budget *budget_of(lua_State *lua)
{
    return &tdm__sandbox_of(lua)->budget;
}

static int push_bounds(lua_State *lua, tdm_status status, tdm_bounds bounds, const char *what)
{
    tdm__sandbox_check(lua, status, what);
    tdm__bounds_push(lua, bounds);
    return 1;
}

static int selection_count(lua_State *lua)
{
    const tdm_selection *selection = tdm__selection_check(lua, 1);
    tdm__charge_elements(lua, selection->count);
    return push_bounds(lua, TDM_OK, tdm_selection_count(selection), "count");
}

static int selection_max_in(lua_State *lua)
{
    tdm_bounds bounds;
    const tdm__sandbox *sandbox = tdm__sandbox_of(lua);
    const tdm_selection *selection = tdm__selection_check(lua, 1);
    tdm_span span = tdm__span_at(lua, 2, "span");
    tdm_status status = tdm__selection_max_in(&bounds, selection, span, sandbox->holidays, budget_of(lua));
    return push_bounds(lua, status, bounds, "max_in");
}

static int selection_gaps(lua_State *lua)
{
    tdm_bounds bounds;
    tdm_status status = tdm__selection_longest_gap(&bounds, tdm__selection_check(lua, 1), budget_of(lua));
    return push_bounds(lua, status, bounds, "gaps");
}

static int selection_spans(lua_State *lua)
{
    tdm_bounds bounds;
    tdm_status status = tdm__selection_span_days(&bounds, tdm__selection_check(lua, 1), budget_of(lua));
    return push_bounds(lua, status, bounds, "spans");
}

static int push_date(lua_State *lua, bool found, tdm_date date)
{
    if (!found) {
        lua_pushnil(lua);
        return 1;
    }
    lua_createtable(lua, 0, 2);
    lua_pushinteger(lua, date.from);
    lua_setfield(lua, -2, "from");
    lua_pushinteger(lua, date.to);
    lua_setfield(lua, -2, "to");
    return 1;
}

static int selection_first(lua_State *lua)
{
    tdm_date date;
    const tdm_selection *selection = tdm__selection_check(lua, 1);
    tdm__charge_elements(lua, selection->count);
    bool found = tdm__selection_first(&date, selection);
    return push_date(lua, found, date);
}

static int selection_last(lua_State *lua)
{
    tdm_date date;
    const tdm_selection *selection = tdm__selection_check(lua, 1);
    tdm__charge_elements(lua, selection->count);
    bool found = tdm__selection_last(&date, selection);
    return push_date(lua, found, date);
}

static int selection_decayed(lua_State *lua)
{
    tdm_bounds bounds;
    const tdm_selection *selection = tdm__selection_check(lua, 1);
    lua_Integer half_life_days = luaL_checkinteger(lua, 2);
    bool weighted = !lua_isnoneornil(lua, 3);
    luaL_argcheck(lua, half_life_days >= 0 && half_life_days <= 36600, 2, "0 to 36600 days");
    luaL_argcheck(lua, !weighted || strcmp(luaL_checkstring(lua, 3), "weight") == 0, 3,
                  "\"weight\" expected");
    tdm__look_at_day(selection->history);
    tdm_status status = tdm__selection_decayed(&bounds, selection, selection->history->as_of,
                                               (int32_t)half_life_days, weighted, budget_of(lua));
    return push_bounds(lua, status, bounds, "decayed");
}

/* --- columns --- */

typedef void (*push_cell)(lua_State *lua, const tdm_history *history, tdm__member member,
                          const tdm__event *event);

static void push_day_or_false(lua_State *lua, bool dated, tdm_day day)
{
    if (dated)
        lua_pushinteger(lua, day);
    else
        lua_pushboolean(lua, false);
}

static void push_from(lua_State *lua, const tdm_history *history, tdm__member member, const tdm__event *event)
{
    (void)event;
    push_day_or_false(lua, history->rows[member.row].dated, history->rows[member.row].from);
}

static void push_to(lua_State *lua, const tdm_history *history, tdm__member member, const tdm__event *event)
{
    (void)event;
    push_day_or_false(lua, history->rows[member.row].dated, history->rows[member.row].to);
}

static void push_kind(lua_State *lua, const tdm_history *history, tdm__member member, const tdm__event *event)
{
    (void)member;
    /* Ended by a zero and the same for ever: Lua knows it by its address. */
    lua_pushstring(lua, tdm__chronology_vocabulary(history->chronology)->kinds[event->kind].code.data);
}

static void push_agency(lua_State *lua, const tdm_history *history, tdm__member member,
                        const tdm__event *event)
{
    (void)member;
    tdm__str_push(lua, tdm__chronology_agency(history->chronology, event->agency));
}

static void push_polarity(lua_State *lua, const tdm_history *history, tdm__member member,
                          const tdm__event *event)
{
    (void)history;
    (void)member;
    lua_pushstring(lua, tdm__polarity_code(event->polarity));
}

static void push_significance(lua_State *lua, const tdm_history *history, tdm__member member,
                              const tdm__event *event)
{
    (void)history;
    (void)member;
    lua_pushstring(lua, tdm__significance_code(event->significance));
}

static void push_incident(lua_State *lua, const tdm_history *history, tdm__member member,
                          const tdm__event *event)
{
    (void)event;
    lua_pushinteger(lua, history->rows[member.row].incident);
}

static void push_doubtful(lua_State *lua, const tdm_history *history, tdm__member member,
                          const tdm__event *event)
{
    (void)history;
    (void)event;
    lua_pushboolean(lua, member.doubtful);
}

static void push_uncertain(lua_State *lua, const tdm_history *history, tdm__member member,
                           const tdm__event *event)
{
    (void)event;
    lua_pushboolean(lua, history->rows[member.row].uncertain);
}

/* A number for incidents that may be one, told by different agencies; false: in no such group. */
static void push_found(lua_State *lua, const tdm_history *history, tdm__member member,
                       const tdm__event *event)
{
    uint32_t found = history->incidents[history->rows[member.row].incident].found;
    (void)event;
    if (found == TDM_NO_INDEX)
        lua_pushboolean(lua, false);
    else
        lua_pushinteger(lua, found);
}

/* The day on which it was typed or received; false where that is not known. */
static void push_recorded(lua_State *lua, const tdm_history *history, tdm__member member,
                          const tdm__event *event)
{
    (void)history;
    (void)member;
    push_day_or_false(lua, event->recorded != TDM_DAY_NONE, event->recorded);
}

typedef struct column {
    const char *name;
    push_cell push;
    bool fixed; /* it stays as it is whatever other rows come; numbers and shared dates do not */
} column;

static const column columns[] = {
    {"from", push_from, false},
    {"to", push_to, false},
    {"kind", push_kind, true},
    {"agency", push_agency, true},
    {"polarity", push_polarity, true},
    {"significance", push_significance, true},
    {"incident", push_incident, false},
    {"doubtful", push_doubtful, false},
    {"uncertain", push_uncertain, false},
    {"found", push_found, false},
    {"recorded", push_recorded, true},
};
#define COLUMNS        (sizeof columns / sizeof *columns)
#define CELL_BYTES_MAX 16

static const column *column_named(lua_State *lua, int index)
{
    const char *name = luaL_checkstring(lua, index);
    for (size_t c = 0; c < COLUMNS; c++)
        if (strcmp(columns[c].name, name) == 0)
            return &columns[c];
    luaL_error(lua, "columns: there is no column '%s'", name);
    return NULL;
}

/* All columns, or those that are named. */
static int selection_columns(lua_State *lua)
{
    const column *wanted[COLUMNS];
    const tdm_selection *selection = tdm__selection_check(lua, 1);
    size_t count = lua_gettop(lua) > 1 ? (size_t)lua_gettop(lua) - 1 : COLUMNS;
    if (count > COLUMNS)
        return luaL_error(lua, "columns: each is named once");
    if (selection->count > TDM__CALL_LIMIT_BYTES / (COLUMNS * CELL_BYTES_MAX))
        return luaL_error(lua, "columns: too many rows for one call");
    bool fixed = true;
    for (size_t c = 0; c < count; c++) {
        wanted[c] = lua_gettop(lua) > 1 ? column_named(lua, (int)c + 2) : &columns[c];
        fixed = fixed && wanted[c]->fixed;
    }
    tdm__sandbox_charge(lua, 1 + (int64_t)selection->count * (int64_t)count);
    if (!fixed)
        tdm__look_at_all(selection->history);
    luaL_checkstack(lua, (int)COLUMNS + 4, NULL);
    lua_createtable(lua, 0, (int)count);
    int first = lua_gettop(lua) + 1;
    for (size_t c = 0; c < count; c++)
        lua_createtable(lua, (int)selection->count, 0);
    for (uint32_t i = 0; i < selection->count; i++) {
        const tdm_history *history = selection->history;
        tdm__event event = tdm__history_event(history, selection->members[i].row);
        for (size_t c = 0; c < count; c++) {
            wanted[c]->push(lua, history, selection->members[i], &event);
            lua_rawseti(lua, first + (int)c, (lua_Integer)i + 1);
        }
    }
    for (size_t c = count; c-- > 0;)
        lua_setfield(lua, first - 1, wanted[c]->name);
    return 1;
}

/* --- selections from selections --- */

static void check_same_history(lua_State *lua, const tdm_history *a, const tdm_history *b)
{
    if (a != b)
        luaL_error(lua, "both must be of the same child");
}

static int selection_union(lua_State *lua)
{
    tdm_selection *out = NULL;
    const tdm_selection *a = tdm__selection_check(lua, 1), *b = tdm__selection_check(lua, 2);
    check_same_history(lua, a->history, b->history);
    tdm__charge_elements(lua, (size_t)a->count + b->count);
    tdm_status status = tdm__selection_union(&out, a, b);
    return tdm__selection_push(lua, status, out, "union");
}

static int selection_minus(lua_State *lua)
{
    tdm_selection *out = NULL;
    const tdm_selection *a = tdm__selection_check(lua, 1), *b = tdm__selection_check(lua, 2);
    check_same_history(lua, a->history, b->history);
    tdm__charge_elements(lua, (size_t)a->count + b->count);
    tdm_status status = tdm__selection_minus(&out, a, b);
    return tdm__selection_push(lua, status, out, "minus");
}

static int selection_during(lua_State *lua)
{
    tdm_selection *out = NULL;
    const tdm_selection *selection = tdm__selection_check(lua, 1);
    const tdm__episodes *episodes = tdm__episodes_check(lua, 2);
    check_same_history(lua, selection->history, episodes->history);
    tdm_status status = tdm__selection_during(&out, selection, episodes, budget_of(lua));
    return tdm__selection_push(lua, status, out, "during");
}

static int selection_after(lua_State *lua)
{
    tdm_selection *out = NULL;
    tdm_span within = {TDM_SPAN_DAYS, 0};
    const tdm_selection *selection = tdm__selection_check(lua, 1), *earlier = tdm__selection_check(lua, 2);
    check_same_history(lua, selection->history, earlier->history);
    if (!lua_isnoneornil(lua, 3))
        within = tdm__span_at(lua, 3, "span");
    tdm_status status = tdm__selection_after(&out, selection, earlier, within, tdm__sandbox_of(lua)->holidays,
                                             budget_of(lua));
    return tdm__selection_push(lua, status, out, "after");
}

/* --- by --- */

typedef struct part_key {
    const char *name;
    bool agency;
    uint32_t fact;
} part_key;

/* What a row is parted by; empty when the row does not carry the fact. */
static tdm_str part_of(const tdm_selection *selection, const part_key *key, uint32_t row)
{
    tdm__fact_value value;
    const tdm_chronology *chronology = selection->history->chronology;
    uint32_t event = selection->history->rows[row].event;
    if (key->agency)
        return tdm__chronology_agency(chronology, tdm__history_event(selection->history, row).agency);
    return tdm__chronology_fact(&value, chronology, event, key->fact) ? value.text : (tdm_str){"", 0};
}

/* Adds a value to the sorted ones unless it is there. */
static size_t add_part(tdm_str *parts, size_t count, tdm_str part)
{
    size_t at = count;
    while (at > 0 && tdm__str_compare(parts[at - 1], part) > 0)
        at--;
    if (at > 0 && tdm__str_equal(parts[at - 1], part))
        return count;
    memmove(parts + at + 1, parts + at, (count - at) * sizeof *parts);
    parts[at] = part;
    return count + 1;
}

static void push_part(lua_State *lua, const tdm_selection *selection, const part_key *key, tdm_str part)
{
    tdm_selection *some = tdm__room(lua, 1, sizeof *some);
    *some = *selection;
    some->count = 0;
    some->members = tdm__room(lua, selection->count, sizeof *some->members);
    for (uint32_t i = 0; i < selection->count; i++)
        if (tdm__str_equal(part_of(selection, key, selection->members[i].row), part))
            some->members[some->count++] = selection->members[i];
    lua_createtable(lua, 0, 2);
    tdm__str_push(lua, part);
    lua_setfield(lua, -2, key->name);
    tdm__view_push(lua, TDM__VIEW_SELECTION, some);
    lua_setfield(lua, -2, "selection");
}

#define PARTS_MAX 256

/* A list in the order of the values; rows that do not carry the fact are in no part. */
static int selection_by(lua_State *lua)
{
    const tdm_selection *selection = tdm__selection_check(lua, 1);
    part_key key = {luaL_checkstring(lua, 2), false, TDM_NO_INDEX};
    key.agency = strcmp(key.name, "agency") == 0;
    if (!key.agency)
        key.fact = tdm__fact_key_of(lua, tdm__str(key.name));
    tdm_str *parts = tdm__room(lua, PARTS_MAX + 1, sizeof *parts);
    size_t count = 0;
    tdm__sandbox_charge(lua, 1 + selection->count);
    for (uint32_t i = 0; i < selection->count; i++) {
        tdm_str part = part_of(selection, &key, selection->members[i].row);
        if (part.length > 0)
            count = add_part(parts, count, part);
        if (count > PARTS_MAX)
            return luaL_error(lua, "by: more than %d different values", PARTS_MAX);
    }
    lua_createtable(lua, (int)count, 0);
    for (size_t i = 0; i < count; i++) {
        tdm__sandbox_charge(lua, 1 + selection->count);
        push_part(lua, selection, &key, parts[i]);
        lua_rawseti(lua, -2, (lua_Integer)i + 1);
    }
    return 1;
}

const luaL_Reg tdm__selection_methods[] = {
    {"after", selection_after},     {"by", selection_by},
    {"columns", selection_columns}, {"count", selection_count},
    {"decayed", selection_decayed}, {"during", selection_during},
    {"first", selection_first},     {"gaps", selection_gaps},
    {"last", selection_last},       {"max_in", selection_max_in},
    {"minus", selection_minus},     {"spans", selection_spans},
    {"union", selection_union},     {NULL, NULL},
};

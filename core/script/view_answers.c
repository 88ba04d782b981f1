/*
 * Whole answers: the measures that say met, possible or not met with their spells, and the two ways
 * of joining them. An answer is a plain table whose spells are an opaque view.
 */
#include <string.h>

#include "script/views.h"

static const tdm_holidays *holidays_of(lua_State *lua)
{
    return tdm__sandbox_of(lua)->holidays;
}

static tdm_budget *budget_of(lua_State *lua)
{
    return &tdm__sandbox_of(lua)->budget;
}

static void set_outcome(lua_State *lua, uint32_t outcome)
{
    if (outcome == TDM_NO_INDEX)
        return;
    tdm__str_push(lua, tdm__sandbox_of(lua)->indicator->outcomes[outcome]);
    lua_setfield(lua, -2, "outcome");
}

static int push_answer(lua_State *lua, tdm_answer answer, uint32_t outcome, const tdm__told_list *spells)
{
    lua_createtable(lua, 0, 4);
    lua_pushstring(lua, tdm_answer_code(answer));
    lua_setfield(lua, -2, "answer");
    set_outcome(lua, outcome);
    tdm__view_push(lua, TDM__VIEW_SPELLS, spells);
    lua_setfield(lua, -2, "spells");
    return 1;
}

/* The option `outcome` of the table at 2. */
static uint32_t option_outcome(lua_State *lua)
{
    if (!tdm__option(lua, 2, "outcome"))
        return TDM_NO_INDEX;
    uint32_t outcome = tdm__outcome_named(lua, tdm__string_at(lua, -1, "outcome"));
    lua_pop(lua, 1);
    return outcome;
}

/* spans: those that the counts of open_past are places in, from 1; NULL for other measures. The span
 * that surely was reached is told; where none surely was, the one that may have been. */
static tdm__told_spell told_spell(const tdm__spell *spell, uint32_t outcome, const tdm_span *spans)
{
    tdm__told_spell told = {*spell, {TDM_SPAN_DAYS, 0}};
    told.spell.outcome = outcome;
    if (spans)
        told.reached = spans[(spell->count.certain > 0 ? spell->count.certain : spell->count.possible) - 1];
    return told;
}

static int push_verdict(lua_State *lua, tdm_status status, const tdm__verdict *verdict, const tdm_span *spans,
                        const char *what)
{
    tdm__sandbox_check(lua, status, what);
    uint32_t outcome = option_outcome(lua);
    tdm__told_list *spells = tdm__room(lua, 1, sizeof *spells);
    spells->count = verdict->spell_count;
    spells->items = tdm__room(lua, verdict->spell_count, sizeof *spells->items);
    tdm__charge_elements(lua, verdict->spell_count);
    for (uint32_t i = 0; i < verdict->spell_count; i++)
        spells->items[i] = told_spell(&verdict->spells[i], outcome, spans);
    tdm__trace_answer(lua, verdict->answer);
    return push_answer(lua, verdict->answer, outcome, spells);
}

int tdm__verdict_push(lua_State *lua, tdm_status status, const tdm__verdict *verdict, const char *what)
{
    return push_verdict(lua, status, verdict, NULL, what);
}

int tdm__not_assessed_push(lua_State *lua, const char *reason)
{
    static const tdm__verdict nothing = {TDM_NOT_ASSESSED, NULL, 0};
    push_verdict(lua, TDM_OK, &nothing, NULL, reason);
    lua_pushstring(lua, reason);
    lua_setfield(lua, -2, "reason");
    return 1;
}

static int selection_at_least(lua_State *lua)
{
    static const char *const names[] = {"n",         "within",  "agencies", "without", "level_at_most",
                                        "different", "outcome", NULL};
    tdm__verdict verdict;
    const tdm_selection *selection = tdm__selection_check(lua, 1);
    tdm__options_open(lua, 2, names);
    tdm__at_least rule = {
        .n = tdm__option_needed(lua, 2, "n", 1, 10000),
        .within = tdm__option_span(lua, 2, "within"),
        .agencies = tdm__option_integer(lua, 2, "agencies", 1, 1000, 1),
        .without = tdm__option_beside(lua, "without"),
        .level_at_most = tdm__option_integer(lua, 2, "level_at_most", 0, TDM_LADDER_MAX, TDM_LADDER_MAX),
    };
    if (tdm__option(lua, 2, "different")) {
        rule.different = tdm__trait_at(lua, lua_gettop(lua), "different");
        lua_pop(lua, 1);
    }
    tdm_status status = tdm__selection_at_least(&verdict, selection, &rule, holidays_of(lua), budget_of(lua));
    return push_verdict(lua, status, &verdict, NULL, "at_least");
}

static const tdm_selection *needed_selection(lua_State *lua, const char *name)
{
    const tdm_selection *selection = tdm__option_beside(lua, name);
    if (!selection)
        luaL_error(lua, "option '%s' is missing", name);
    return selection;
}

static int selection_follows(lua_State *lua)
{
    static const char *const names[] = {"after", "within", "outcome", NULL};
    tdm__verdict verdict;
    const tdm_selection *selection = tdm__selection_check(lua, 1);
    tdm__options_open(lua, 2, names);
    tdm__follows rule = {
        .earlier = needed_selection(lua, "after"),
        .within = tdm__option_span(lua, 2, "within"),
    };
    tdm_status status = tdm__selection_follows(&verdict, selection, &rule, holidays_of(lua), budget_of(lua));
    return push_verdict(lua, status, &verdict, NULL, "follows");
}

bool tdm__option_level_not_above(lua_State *lua)
{
    if (!tdm__option(lua, 2, "level"))
        return false;
    if (!tdm__str_equal(tdm__string_at(lua, -1, "level"), TDM_LIT("not-above")))
        luaL_error(lua, "level: \"not-above\" expected");
    lua_pop(lua, 1);
    return true;
}

static tdm_span needed_span(lua_State *lua, const char *name)
{
    tdm_span span = tdm__option_span(lua, 2, name);
    if (span.count < 1)
        luaL_error(lua, "option '%s': a span of at least 1 expected", name);
    return span;
}

static int selection_rise(lua_State *lua)
{
    static const char *const names[] = {"over", "ratio", "n", "agencies", "level", "outcome", NULL};
    tdm__verdict verdict;
    const tdm_selection *selection = tdm__selection_check(lua, 1);
    tdm__options_open(lua, 2, names);
    if (!tdm__option(lua, 2, "ratio"))
        luaL_error(lua, "option 'ratio' is missing");
    tdm__rise rule = {
        .over = needed_span(lua, "over"),
        .ratio_numerator = tdm__thousandths_at(lua, -1, "ratio"),
        .ratio_denominator = 1000,
        .n = tdm__option_needed(lua, 2, "n", 1, 10000),
        .agencies = tdm__option_integer(lua, 2, "agencies", 0, 1000, 1),
        .level_not_above = tdm__option_level_not_above(lua),
    };
    tdm_status status = tdm__selection_rise(&verdict, selection, &rule, holidays_of(lua), budget_of(lua));
    return push_verdict(lua, status, &verdict, NULL, "rise");
}

#define ACTIVE_DAYS 365

/* `active` is a span of days, or their number. */
static int32_t option_active_days(lua_State *lua)
{
    if (!tdm__option(lua, 2, "active"))
        return ACTIVE_DAYS;
    bool number = lua_type(lua, -1) == LUA_TNUMBER;
    tdm_span span = number ? (tdm_span){0, 0} : tdm__span_at(lua, -1, "active");
    lua_pop(lua, 1);
    if (number)
        return tdm__option_needed(lua, 2, "active", 1, 36600);
    if (span.unit != TDM_SPAN_DAYS || span.count < 1)
        luaL_error(lua, "active: days expected");
    return span.count;
}

static int selection_silent(lua_State *lua)
{
    static const char *const names[] = {"agency", "over", "others", "active", "outcome", NULL};
    tdm__verdict verdict = {TDM_NOT_MET, NULL, 0};
    const tdm_selection *selection = tdm__selection_check(lua, 1);
    tdm__options_open(lua, 2, names);
    tdm__silent rule = {
        .agency = TDM_NO_INDEX,
        .over = needed_span(lua, "over"),
        .others = tdm__option_needed(lua, 2, "others", 1, 10000),
        .active_days = option_active_days(lua),
    };
    if (tdm__option(lua, 2, "agency")) {
        rule.agency = tdm__agency_at(lua, lua_gettop(lua));
        lua_pop(lua, 1);
        /* An agency without a row was never involved: no silence. */
        if (rule.agency == TDM_NO_INDEX)
            return push_verdict(lua, TDM_OK, &verdict, NULL, "silent");
    }
    tdm_status status = tdm__selection_silent(&verdict, selection, &rule, holidays_of(lua), budget_of(lua));
    return push_verdict(lua, status, &verdict, NULL, "silent");
}

static uint64_t option_episode_bits(lua_State *lua, const char *name)
{
    uint64_t bits = 0;
    size_t count = tdm__option_list(lua, 2, name);
    for (size_t i = 0; i < count; i++) {
        lua_rawgeti(lua, -1, (lua_Integer)i + 1);
        bits |= (uint64_t)1 << (tdm__episode_at(lua, lua_gettop(lua)) & 63u);
        lua_pop(lua, 1);
    }
    if (count > 0)
        lua_pop(lua, 1);
    return bits;
}

static int selection_restarts(lua_State *lua)
{
    static const char *const names[] = {"n", "within", "triggers", "ignore", "outcome", NULL};
    tdm__verdict verdict;
    const tdm_selection *selection = tdm__selection_check(lua, 1);
    tdm__options_open(lua, 2, names);
    tdm__restarts rule = {
        .n = tdm__option_needed(lua, 2, "n", 2, 10000),
        .within = tdm__option_span(lua, 2, "within"),
        .triggers = needed_selection(lua, "triggers"),
        .without_episodes = option_episode_bits(lua, "ignore"),
    };
    tdm_status status = tdm__selection_restarts(&verdict, selection, &rule, holidays_of(lua), budget_of(lua));
    return push_verdict(lua, status, &verdict, NULL, "restarts");
}

static int episodes_open_past(lua_State *lua)
{
    static const char *const names[] = {"spans", "outcome", NULL};
    tdm__verdict verdict;
    const tdm__episodes *episodes = tdm__episodes_check(lua, 1);
    tdm__options_open(lua, 2, names);
    size_t count = tdm__option(lua, 2, "spans") && lua_istable(lua, -1) ? lua_rawlen(lua, -1) : 0;
    if (count < 1 || count > 64)
        return luaL_error(lua, "option 'spans': a list of 1 to 64 spans expected");
    int list = lua_gettop(lua);
    tdm_span *spans = tdm__room(lua, count, sizeof *spans);
    for (size_t i = 0; i < count; i++) {
        lua_rawgeti(lua, list, (lua_Integer)i + 1);
        spans[i] = tdm__span_at(lua, -1, "spans");
        lua_pop(lua, 1);
        if (spans[i].count < 1 ||
            (i > 0 && (spans[i].unit != spans[0].unit || spans[i].count <= spans[i - 1].count)))
            return luaL_error(lua, "option 'spans': spans of one unit, each longer than the last, expected");
    }
    tdm_status status = tdm__episodes_open_past(&verdict, episodes, spans, count, holidays_of(lua),
                                                budget_of(lua));
    return push_verdict(lua, status, &verdict, spans, "open_past");
}

static int episodes_count(lua_State *lua)
{
    const tdm__episodes *episodes = tdm__episodes_check(lua, 1);
    tdm__charge_elements(lua, episodes->count);
    lua_pushinteger(lua, episodes->count);
    return 1;
}

/* How many are open on a day: from the start day, and at its end not yet ended. */
static int episodes_open_on(lua_State *lua)
{
    tdm_bounds open = {0, 0};
    const tdm__episodes *episodes = tdm__episodes_check(lua, 1);
    lua_Integer day = luaL_checkinteger(lua, 2);
    tdm__charge_elements(lua, episodes->count);
    for (uint32_t i = 0; i < episodes->count; i++) {
        const tdm__episode *e = episodes->items[i];
        bool closed = e->end_row != TDM_NO_INDEX;
        bool surely = e->start_to <= day && (!closed || e->end_from > day) && !e->uncertain;
        open.certain += surely;
        open.possible += e->start_from <= day && (!closed || e->end_to > day);
    }
    tdm__bounds_push(lua, open);
    return 1;
}

/* --- joining --- */

/* What is not assessed stands above "no": missing is never fine. */
static int rank_of(tdm_answer answer)
{
    static const int ranks[] = {[TDM_NOT_ASSESSED] = 1, [TDM_NOT_MET] = 0, [TDM_POSSIBLE] = 2, [TDM_MET] = 3};
    return ranks[answer];
}

typedef struct joined {
    tdm_answer answer;
    uint32_t outcome;
    uint32_t spell_count;
    lua_Integer chosen; /* place of the answer that the joined one is */
} joined;

static tdm_answer answer_field(lua_State *lua, int index)
{
    static const tdm_answer answers[] = {TDM_NOT_ASSESSED, TDM_NOT_MET, TDM_POSSIBLE, TDM_MET};
    tdm_str code = {"", 0};
    if (lua_istable(lua, index) && tdm__option(lua, index, "answer"))
        code = tdm__string_at(lua, -1, "answer");
    for (size_t i = 0; i < sizeof answers / sizeof *answers; i++) {
        if (tdm__str_equal(code, tdm__str(tdm_answer_code(answers[i])))) {
            lua_pop(lua, 1);
            return answers[i];
        }
    }
    luaL_error(lua, "a list of answers of measures expected");
    return TDM_NOT_ASSESSED;
}

static const tdm__told_list *spells_field(lua_State *lua, int index)
{
    if (!tdm__option(lua, index, "spells"))
        luaL_error(lua, "an answer of a measure expected");
    const tdm__told_list *spells = tdm__view_check(lua, lua_gettop(lua), TDM__VIEW_SPELLS);
    lua_pop(lua, 1);
    return spells;
}

static void look_at(lua_State *lua, joined *out, bool highest, lua_Integer place)
{
    int index = lua_gettop(lua);
    tdm_answer answer = answer_field(lua, index);
    bool better = highest ? rank_of(answer) > rank_of(out->answer) : rank_of(answer) < rank_of(out->answer);
    out->spell_count += spells_field(lua, index)->count;
    if (place > 1 && !better)
        return;
    out->answer = answer;
    out->chosen = place;
    out->outcome = TDM_NO_INDEX;
    if (tdm__option(lua, index, "outcome")) {
        out->outcome = tdm__outcome_named(lua, tdm__string_at(lua, -1, "outcome"));
        lua_pop(lua, 1);
    }
}

/* Sets the reason of the answer that the joined one is, where it has one, in the answer on top. */
static void set_reason(lua_State *lua, lua_Integer chosen)
{
    int answer = lua_gettop(lua);
    lua_rawgeti(lua, 1, chosen);
    if (tdm__option(lua, answer + 1, "reason"))
        lua_setfield(lua, answer, "reason");
    lua_settop(lua, answer);
}

/* A spell of a joined answer claims no more than the answer, nor than the one it came with. */
static tdm__told_spell capped(tdm__told_spell told, tdm_answer answer)
{
    if (told.spell.answer > answer) {
        told.spell.answer = answer;
        told.spell.first_met = TDM_DAY_NONE;
    }
    return told;
}

static bool spell_before(const tdm__spell *a, const tdm__spell *b)
{
    if (a->from != b->from)
        return a->from < b->from;
    return a->row_count > 0 && b->row_count > 0 && a->rows[0] < b->rows[0];
}

/* Both row lists ascend. */
static void unite_rows(lua_State *lua, tdm__spell *into, const tdm__spell *other)
{
    uint32_t a = 0, b = 0, count = 0;
    uint32_t *rows = tdm__room(lua, (size_t)into->row_count + other->row_count, sizeof *rows);
    tdm__charge_elements(lua, (size_t)into->row_count + other->row_count);
    while (a < into->row_count || b < other->row_count) {
        bool take_a = b == other->row_count || (a < into->row_count && into->rows[a] <= other->rows[b]);
        uint32_t row = take_a ? into->rows[a++] : other->rows[b++];
        if (count == 0 || rows[count - 1] != row)
            rows[count++] = row;
    }
    into->rows = rows;
    into->row_count = count;
}

/* Two spells that begin with the same row are one: the stronger one tells it, with the rows of both. */
static void unite(lua_State *lua, tdm__told_spell *into, tdm__told_spell other)
{
    if (other.spell.answer > into->spell.answer) {
        tdm__told_spell stronger = other;
        other = *into;
        *into = stronger;
    }
    tdm__spell *spell = &into->spell;
    unite_rows(lua, spell, &other.spell);
    spell->from = other.spell.from < spell->from ? other.spell.from : spell->from;
    spell->to = other.spell.to > spell->to ? other.spell.to : spell->to;
    spell->open = spell->open || other.spell.open;
    if (other.spell.first_met != TDM_DAY_NONE && other.spell.first_met < spell->first_met)
        spell->first_met = other.spell.first_met;
}

/* By from, then by the first row; the lists are short and mostly in order. */
static void insert_spell(lua_State *lua, tdm__told_list *list, tdm__told_spell told)
{
    for (uint32_t i = 0; i < list->count; i++) {
        tdm__spell *there = &list->items[i].spell;
        if (there->row_count > 0 && told.spell.row_count > 0 && there->rows[0] == told.spell.rows[0]) {
            unite(lua, &list->items[i], told);
            return;
        }
    }
    uint32_t at = list->count++;
    for (; at > 0 && spell_before(&told.spell, &list->items[at - 1].spell); at--)
        list->items[at] = list->items[at - 1];
    list->items[at] = told;
}

static int join(lua_State *lua, bool highest)
{
    joined all = {TDM_NOT_MET, TDM_NO_INDEX, 0, 1};
    luaL_checktype(lua, 1, LUA_TTABLE);
    lua_settop(lua, 1);
    lua_Integer count = (lua_Integer)lua_rawlen(lua, 1);
    luaL_argcheck(lua, count >= 1 && count <= 64, 1, "1 to 64 answers expected");
    for (lua_Integer i = 1; i <= count; i++) {
        lua_rawgeti(lua, 1, i);
        look_at(lua, &all, highest, i);
        lua_settop(lua, 1);
    }
    tdm__told_list *spells = tdm__room(lua, 1, sizeof *spells);
    spells->items = tdm__room(lua, all.spell_count, sizeof *spells->items);
    tdm__sandbox_charge(lua, 1 + (int64_t)all.spell_count * (1 + (int64_t)all.spell_count / 16));
    for (lua_Integer i = 1; i <= count && all.answer >= TDM_POSSIBLE; i++) {
        lua_rawgeti(lua, 1, i);
        const tdm__told_list *part = spells_field(lua, 2);
        tdm_answer own = answer_field(lua, 2);
        for (uint32_t s = 0; s < part->count; s++)
            insert_spell(lua, spells, capped(part->items[s], own < all.answer ? own : all.answer));
        lua_settop(lua, 1);
    }
    push_answer(lua, all.answer, all.outcome, spells);
    if (all.answer == TDM_NOT_ASSESSED)
        set_reason(lua, all.chosen);
    return 1;
}

int tdm__lua_any_of(lua_State *lua)
{
    return join(lua, true);
}

int tdm__lua_all_of(lua_State *lua)
{
    return join(lua, false);
}

const luaL_Reg tdm__selection_answers[] = {
    {"at_least", selection_at_least}, {"follows", selection_follows}, {"restarts", selection_restarts},
    {"rise", selection_rise},         {"silent", selection_silent},   {NULL, NULL},
};

const luaL_Reg tdm__episodes_methods[] = {
    {"count", episodes_count},
    {"open_on", episodes_open_on},
    {"open_past", episodes_open_past},
    {NULL, NULL},
};

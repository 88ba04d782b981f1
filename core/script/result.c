/*
 * What evaluate returned, read raw and strictly: unknown keys are errors, a met answer needs its
 * evidence, and the sentence is filled from the spell that is told.
 */
#include <string.h>

#include "chronology/looked.h"
#include "script/catalogue.h"
#include "script/template.h"
#include "script/views.h"

#define SPELLS_MAX 4096

typedef struct reading {
    lua_State *lua;
    int index; /* of the returned table */
    const tdm_history *history;
    const tdm__loaded *loaded;
    tdm_answer answer;
    uint32_t outcome;
    tdm__told_spell *spells;
    uint32_t spell_count;
} reading;

static const char *const reasons[] = {
    "no-data",     "not-covered",    "unknown-period", "siblings-not-in-stream",
    "no-calendar", "not-comparable", "too-short"};

static const char *reason_field(lua_State *lua, int index)
{
    if (!tdm__option(lua, index, "reason"))
        luaL_error(lua, "a 'reason' is needed for not-assessed");
    tdm_str code = tdm__string_at(lua, -1, "reason");
    lua_pop(lua, 1);
    for (size_t i = 0; i < sizeof reasons / sizeof *reasons; i++)
        if (tdm__str_equal(code, tdm__str(reasons[i])))
            return reasons[i];
    luaL_error(lua, "there is no reason of that name");
    return NULL;
}

static tdm_answer answer_field(lua_State *lua, int index)
{
    tdm_str code = {"", 0};
    if (tdm__option(lua, index, "answer"))
        code = tdm__string_at(lua, -1, "answer");
    for (tdm_answer answer = TDM_NOT_ASSESSED; answer <= TDM_MET; answer++) {
        if (tdm__str_equal(code, tdm__str(tdm_answer_code(answer)))) {
            lua_pop(lua, 1);
            return answer;
        }
    }
    luaL_error(lua, "'answer': met, possible, not-met or not-assessed expected");
    return TDM_NOT_ASSESSED;
}

/* --- spells that the script puts together itself --- */

/* The rows of a selection, ascending as its members are, and what they say of the spell. */
static void rows_of(reading *r, const tdm_selection *selection, tdm__spell *spell)
{
    if (selection->history != r->history)
        luaL_error(r->lua, "evidence must be of the child itself");
    uint32_t *rows = tdm__room(r->lua, selection->count, sizeof *rows);
    const tdm__row *first = NULL, *last = NULL;
    tdm__charge_elements(r->lua, selection->count);
    for (uint32_t i = 0; i < selection->count; i++) {
        const tdm__row *row = &r->history->rows[selection->members[i].row];
        rows[i] = selection->members[i].row;
        if (!row->dated)
            continue;
        if (!first || row->from < first->from)
            first = row;
        if (!last || row->to > last->to)
            last = row;
    }
    if (!first)
        luaL_error(r->lua, "the evidence has no dated row");
    spell->rows = rows;
    spell->row_count = selection->count;
    spell->count = tdm_selection_count(selection);
    spell->first = (tdm_date){first->from, first->to, first->uncertain ? TDM_DATE_UNCERTAIN : 0};
    spell->last = (tdm_date){last->from, last->to, last->uncertain ? TDM_DATE_UNCERTAIN : 0};
    spell->from = first->from;
    spell->to = last->to;
}

static uint32_t agencies_of(const reading *r, const tdm__spell *spell)
{
    size_t known = tdm__chronology_agency_count(r->history->chronology);
    bool *seen = tdm__room(r->lua, known + 1, sizeof *seen);
    uint32_t count = 0;
    for (uint32_t i = 0; i < spell->row_count; i++) {
        uint32_t agency = tdm__history_event(r->history, spell->rows[i]).agency;
        if (agency < known && !seen[agency]) {
            seen[agency] = true;
            count++;
        }
    }
    return count;
}

static tdm__told_spell own_spell(reading *r, const tdm_selection *evidence)
{
    tdm__told_spell told = {.reached = {0, 0}};
    rows_of(r, evidence, &told.spell);
    told.spell.answer = r->answer;
    told.spell.first_met = r->answer == TDM_MET ? told.spell.to : TDM_DAY_NONE;
    told.spell.agency = told.spell.outcome = TDM_NO_INDEX;
    told.spell.agencies = agencies_of(r, &told.spell);
    return told;
}

static void read_own_spells(reading *r, int list)
{
    static const char *const names[] = {"from", "to", "evidence", "first_met", NULL};
    lua_State *lua = r->lua;
    size_t count = lua_rawlen(lua, list);
    if (count < 1 || count > SPELLS_MAX)
        luaL_error(lua, "'spells': a list of {from, to, evidence} expected");
    r->spells = tdm__room(lua, count, sizeof *r->spells);
    r->spell_count = (uint32_t)count;
    for (size_t i = 0; i < count; i++) {
        lua_rawgeti(lua, list, (lua_Integer)i + 1);
        int index = lua_gettop(lua);
        tdm__options_open(lua, index, names);
        const tdm_selection *evidence = tdm__option_selection(lua, index, "evidence");
        if (!evidence)
            luaL_error(lua, "a spell needs 'evidence'");
        r->spells[i] = own_spell(r, evidence);
        tdm__spell *spell = &r->spells[i].spell;
        spell->from = tdm__option_integer(lua, index, "from", -719162, 2932896, spell->from);
        spell->to = tdm__option_integer(lua, index, "to", spell->from, 2932896, spell->to);
        tdm__look_at_day(r->history);
        /* Where something has not been done, the day on which that held comes after the rows that show it. */
        if (r->answer == TDM_MET)
            spell->first_met = tdm__option_integer(lua, index, "first_met", spell->from, r->history->as_of,
                                                   spell->first_met);
        lua_pop(lua, 1);
    }
}

static void read_spells(reading *r)
{
    lua_State *lua = r->lua;
    const tdm_selection *evidence = tdm__option_selection(lua, r->index, "evidence");
    bool given = tdm__option(lua, r->index, "spells");
    if (given && lua_istable(lua, -1)) {
        read_own_spells(r, lua_gettop(lua));
    } else if (given) {
        const tdm__told_list *list = tdm__view_check(lua, lua_gettop(lua), TDM__VIEW_SPELLS);
        r->spells = tdm__room(lua, list->count, sizeof *r->spells);
        r->spell_count = list->count;
        for (uint32_t i = 0; i < list->count; i++)
            r->spells[i] = list->items[i];
    } else if (evidence) {
        r->spells = tdm__room(lua, 1, sizeof *r->spells);
        r->spells[0] = own_spell(r, evidence);
        r->spell_count = 1;
    }
    if (given)
        lua_pop(lua, 1);
}

/* --- the whole answer --- */

/* No spell claims more than the answer, one claims as much, and each has an outcome. */
static void settle_spells(reading *r)
{
    tdm_answer highest = TDM_NOT_ASSESSED;
    for (uint32_t i = 0; i < r->spell_count; i++) {
        tdm__spell *spell = &r->spells[i].spell;
        if (spell->answer > r->answer) {
            spell->answer = r->answer;
            spell->first_met = TDM_DAY_NONE;
        }
        if (spell->answer > highest)
            highest = spell->answer;
        if (spell->outcome == TDM_NO_INDEX)
            spell->outcome = r->outcome;
        if (spell->outcome == TDM_NO_INDEX)
            luaL_error(r->lua, "an 'outcome' is needed");
    }
    if (highest != r->answer)
        luaL_error(r->lua, "the answer '%s' has no evidence", tdm_answer_code(r->answer));
}

static bool told_before(const tdm__spell *a, const tdm__spell *b)
{
    if (a->answer != b->answer)
        return a->answer < b->answer;
    if (a->open != b->open)
        return b->open;
    return a->to != b->to ? a->to < b->to : a->from <= b->from;
}

/* The spell that the sentence tells: of those with the highest answer the one that goes on, else the last. */
static const tdm__told_spell *chosen(const reading *r)
{
    const tdm__told_spell *best = &r->spells[0];
    for (uint32_t i = 1; i < r->spell_count; i++)
        if (told_before(&best->spell, &r->spells[i].spell))
            best = &r->spells[i];
    return best;
}

/* A value that no sentence of the indicator asks for is a slip of the pen. */
static int values_field(const reading *r)
{
    lua_State *lua = r->lua;
    if (!tdm__option(lua, r->index, "values"))
        return 0;
    int values = lua_gettop(lua);
    luaL_argcheck(lua, lua_istable(lua, values), 1, "'values': a table expected");
    lua_pushnil(lua);
    while (lua_next(lua, values)) {
        bool used = false;
        lua_pop(lua, 1);
        tdm_str name = tdm__string_at(lua, -1, "values");
        for (size_t i = 0; i < r->loaded->shown.outcome_count; i++)
            used = used || tdm__template_uses(r->loaded->templates[i], name);
        if (!used)
            luaL_error(lua, "'values': a name that no outcome uses");
    }
    return values;
}

static void read_outcome(reading *r)
{
    r->outcome = TDM_NO_INDEX;
    if (!tdm__option(r->lua, r->index, "outcome"))
        return;
    r->outcome = tdm__outcome_named(r->lua, tdm__string_at(r->lua, -1, "outcome"));
    lua_pop(r->lua, 1);
}

static void keep_spells(const reading *r, tdm__result *out)
{
    tdm__spell *kept = tdm__room(r->lua, r->spell_count, sizeof *kept);
    for (uint32_t i = 0; i < r->spell_count; i++)
        kept[i] = r->spells[i].spell;
    out->spells = kept;
    out->spell_count = r->spell_count;
}

static void read_evidenced(reading *r, tdm__result *out, const tdm__param_value *params)
{
    read_spells(r);
    settle_spells(r);
    const tdm__told_spell *told_spell = chosen(r);
    tdm__told told = {
        .history = r->history,
        .indicator = &r->loaded->shown,
        .params = params,
        .spell = &told_spell->spell,
        .reached = told_spell->reached,
        .values = values_field(r),
    };
    tdm_str sentence = tdm__sentence(r->lua, r->loaded->templates[told_spell->spell.outcome], &told);
    keep_spells(r, out);
    out->outcome = told_spell->spell.outcome;
    out->sentence = sentence;
    out->answer = r->answer;
}

void tdm__result_read(lua_State *lua, tdm__result *out, const tdm__loaded *loaded,
                      const tdm__param_value *params)
{
    static const char *const names[] = {"answer", "outcome", "values", "evidence", "spells", "reason", NULL};
    if (lua_isnil(lua, -1)) {
        out->answer = TDM_NOT_MET;
        return;
    }
    reading r = {
        .lua = lua, .index = lua_gettop(lua), .history = tdm__sandbox_of(lua)->history, .loaded = loaded};
    if (!lua_istable(lua, r.index))
        luaL_error(lua, "evaluate must return an answer or nothing");
    tdm__options_open(lua, r.index, names);
    r.answer = answer_field(lua, r.index);
    read_outcome(&r);
    if (r.answer == TDM_NOT_ASSESSED)
        out->reason = reason_field(lua, r.index);
    out->answer = r.answer == TDM_NOT_ASSESSED ? TDM_NOT_ASSESSED : TDM_NOT_MET;
    if (r.answer >= TDM_POSSIBLE)
        read_evidenced(&r, out, params);
}

/*
 * A breakdown: units by the value of a fact, by agency, kind or theme. A unit without a value is in a line of
 * its own, never in none.
 */
#include "chronology/population_columns.h"
#include "chronology/table.h"
#include "chronology/units_tally.h"

#include <stdlib.h>

/* The names of lines: the codes given come first, what else occurs behind them. */
typedef struct line_names {
    const tdm__breaking *breaking;
    const tdm_chronology *chronology;
    tdm__dictionary values;
    size_t given;      /* values, of the codes */
    uint32_t *line_of; /* by value */
    uint32_t not_recorded;
} line_names;

/* Values of one unit, one after another. */
typedef struct value_walk {
    tdm_str rest; /* of a list */
    uint32_t themes;
    bool list;
} value_walk;

static uint32_t event_of(const line_names *names, const tdm__units *units, size_t at)
{
    if (!names->breaking->at_end)
        return units->event[at];
    return units->end_event ? units->end_event[at] : TDM_NO_INDEX;
}

static bool is_list(const tdm_vocabulary *vocabulary, uint32_t key)
{
    return key < vocabulary->fact_count && vocabulary->facts[key].type == TDM__FACT_LIST;
}

/* The indicator of a prompt; empty of what is none. */
static tdm_str indicator_of(const tdm__units *units, size_t at)
{
    const tdm__population *p = units->population;
    uint32_t number = units->number[at];
    bool may_be = units->event[at] == TDM_NO_INDEX && units->end_event && number < p->prompt_room;
    return may_be ? p->prompts[p->prompt_at[number]].indicator : (tdm_str){"", 0};
}

static value_walk values_of(const line_names *names, const tdm__units *units, size_t at)
{
    const tdm_chronology *c = names->chronology;
    value_walk walk = {.rest = {"", 0}};
    tdm__fact_value value;
    uint32_t event = event_of(names, units, at);
    if (names->breaking->by == TDM__BROKEN_BY_INDICATOR)
        walk.rest = indicator_of(units, at);
    if (event == TDM_NO_INDEX)
        return walk;
    switch (names->breaking->by) {
    case TDM__BROKEN_BY_FACT:
        if (tdm__chronology_fact(&value, c, event, names->breaking->key))
            walk.rest = value.text;
        walk.list = is_list(c->vocabulary, names->breaking->key);
        break;
    case TDM__BROKEN_BY_AGENCY:
        walk.rest = tdm__dictionary_at(&c->agencies, c->columns.agency[event]);
        break;
    case TDM__BROKEN_BY_KIND:
        walk.rest = c->vocabulary->kinds[c->columns.kind[event]].code;
        break;
    case TDM__BROKEN_BY_THEME:
        walk.themes = tdm__column_packed(&c->columns, event) & ((1U << TDM__PACK_THEMES_BITS) - 1);
        break;
    case TDM__BROKEN_BY_INDICATOR:
        break;
    }
    return walk;
}

static bool next_value(tdm_str *out, value_walk *walk)
{
    for (uint32_t theme = 0; walk->themes != 0 && theme < tdm__theme_count(); theme++)
        if (walk->themes >> theme & 1) {
            walk->themes &= ~(1U << theme);
            *out = tdm__str(tdm__theme_code(theme));
            return true;
        }
    if (walk->rest.length == 0)
        return false;
    *out = walk->list ? tdm__str_split(&walk->rest, ' ') : walk->rest;
    if (!walk->list)
        walk->rest = (tdm_str){"", 0};
    return true;
}

typedef struct named_value {
    tdm_str name;
    uint32_t value;
} named_value;

static int compare_values(const void *a, const void *b)
{
    const named_value *x = a, *y = b;
    return tdm__str_compare(x->name, y->name);
}

static tdm_status gather_values(line_names *names, const tdm__units *units)
{
    tdm_status status = TDM_OK;
    uint32_t number;
    for (size_t i = 0; status == TDM_OK && i < names->breaking->code_count; i++)
        status = tdm__dictionary_add(&number, &names->values, names->breaking->codes[i]);
    names->given = names->values.count;
    for (size_t i = 0; status == TDM_OK && i < units->count; i++) {
        value_walk walk = values_of(names, units, i);
        tdm_str value;
        if (tdm__unit_reason(units, i) != TDM__COUNTED)
            continue;
        while (status == TDM_OK && next_value(&value, &walk))
            status = tdm__dictionary_add(&number, &names->values, value);
    }
    return status;
}

/* The lines' names, copied, with the one of those without a value last. */
static tdm_status order_values(tdm_str **out, line_names *names, tdm__arena *arena)
{
    size_t count = names->values.count, given = names->given;
    named_value *sorted = tdm__arena_array(arena, count + 1, sizeof *sorted);
    *out = tdm__arena_array(arena, count + 1, sizeof **out);
    names->line_of = tdm__arena_array(arena, count, sizeof *names->line_of);
    if (!sorted || !*out || !names->line_of)
        return TDM_NO_MEMORY;
    for (uint32_t i = 0; i < count; i++)
        sorted[i] = (named_value){tdm__dictionary_at(&names->values, i), i};
    if (count > given + 1)
        qsort(sorted + given, count - given, sizeof *sorted, compare_values);
    for (uint32_t i = 0; i < count; i++) {
        names->line_of[sorted[i].value] = i;
        (*out)[i] = tdm__arena_copy(arena, sorted[i].name);
        if (!(*out)[i].data)
            return TDM_NO_MEMORY;
    }
    names->not_recorded = (uint32_t)count;
    (*out)[count] = TDM_LIT(TDM__LINE_NOT_RECORDED);
    return TDM_OK;
}

/* Puts a unit in each of its lines, once: `seen` is the unit that was in a line last, plus one. */
static uint32_t fill_lines(tdm__unit_tally *tally, const line_names *names, const tdm__units *units,
                           size_t at, uint32_t group, size_t *seen)
{
    value_walk walk = values_of(names, units, at);
    uint32_t first = TDM_NO_INDEX;
    tdm_str value;
    while (next_value(&value, &walk)) {
        uint32_t line = names->line_of[tdm__dictionary_find(&names->values, value)];
        *tdm__unit_tally_line(tally, group, line) += seen[line] != at + 1;
        seen[line] = at + 1;
        first = first == TDM_NO_INDEX ? line : first;
    }
    if (first != TDM_NO_INDEX)
        return first;
    ++*tdm__unit_tally_line(tally, group, names->not_recorded);
    return names->not_recorded;
}

static tdm_status break_down(tdm__measured *out, tdm__units_ground *ground, const tdm__measuring *measuring,
                             const tdm__units *units, line_names *names)
{
    tdm__unit_tally tally;
    tdm_str *lines;
    tdm_status status = gather_values(names, units);
    if (status == TDM_OK)
        status = order_values(&lines, names, ground->arena);
    size_t *seen = status == TDM_OK ? tdm__arena_array(ground->arena, names->values.count + 1, sizeof *seen)
                                    : NULL;
    if (status == TDM_OK)
        status = seen ? tdm__unit_tally_new(&tally, ground, measuring, TDM__MEASURED_BREAKDOWN, lines,
                                            names->values.count + 1, units->count)
                      : TDM_NO_MEMORY;
    for (size_t i = 0; status == TDM_OK && i < units->count; i++) {
        tdm__measured_unit unit = {.line = TDM_NO_INDEX};
        unit.group = tdm__unit_tally_group(&unit.reason, &tally, units, i, tdm__unit_reason(units, i));
        if (unit.reason == TDM__COUNTED) {
            unit.line = fill_lines(&tally, names, units, i, unit.group, seen);
            unit.in_numerator = unit.line != names->not_recorded;
            tally.groups[unit.group].denominator++;
            tally.groups[unit.group].numerator += unit.in_numerator;
        }
        tdm__unit_tally_add(&tally, units, i, unit);
    }
    if (status == TDM_OK)
        *out = tally.measured;
    return status;
}

tdm_status tdm__measured_breakdown(tdm__measured *out, tdm__units_ground *ground,
                                   const tdm__measuring *measuring, const tdm__units *units,
                                   const tdm__breaking *breaking)
{
    line_names names = {.breaking = breaking, .chronology = ground->population->chronology};
    *out = (tdm__measured){0};
    if (tdm__units_are_of(ground, units) != TDM_OK)
        return TDM_INVALID_ARG;
    ground->looked_at += 2 * (int64_t)units->count;
    tdm__dictionary_init(&names.values, ground->arena->allocator);
    tdm_status status = break_down(out, ground, measuring, units, &names);
    tdm__dictionary_free(&names.values);
    return status;
}

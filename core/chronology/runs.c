/*
 * From candidates and the runs of each world to answers and spells. What a run is, the measures say.
 */
#include "chronology/runs.h"

#include <stdlib.h>
#include <string.h>

tdm_status tdm__runs_new(tdm__runs *runs)
{
    tdm__arena *arena = runs->units->history->arena;
    size_t room = (size_t)runs->units->count + 1;
    runs->candidate_group = tdm__arena_array(arena, room, sizeof *runs->candidate_group);
    runs->group = tdm__arena_array(arena, room, sizeof *runs->group);
    runs->candidate = tdm__arena_array(arena, room, sizeof *runs->candidate);
    runs->marked = tdm__arena_array(arena, room, sizeof *runs->marked);
    runs->use = tdm__arena_array(arena, room, sizeof *runs->use);
    runs->keep = tdm__arena_array(arena, room, sizeof *runs->keep);
    runs->places = tdm__arena_array(arena, room, sizeof *runs->places);
    runs->part = tdm__arena_array(arena, room, sizeof *runs->part);
    runs->kept = tdm__arena_array(arena, room, sizeof *runs->kept);
    runs->days = tdm__arena_array(arena, room, sizeof *runs->days);
    if (!runs->candidate_group || !runs->group || !runs->candidate || !runs->marked || !runs->use ||
        !runs->keep || !runs->places || !runs->part || !runs->kept || !runs->days)
        return TDM_NO_MEMORY;
    for (uint32_t i = 0; i < runs->units->count; i++)
        runs->candidate_group[i] = runs->group[i] = i;
    return TDM_OK;
}

void tdm__runs_candidates(tdm__runs *runs, const uint32_t *members, uint32_t count)
{
    for (uint32_t i = 0; i < count; i++) {
        runs->candidate[members[i]] = true;
        tdm__group_join(runs->candidate_group, members[0], members[i]);
    }
}

void tdm__runs_mark(tdm__runs *runs, uint32_t first, uint32_t end)
{
    uint32_t head = TDM_NO_INDEX;
    for (uint32_t i = first; i < end; i++) {
        uint32_t unit = runs->places[i].unit;
        if (!runs->use[unit])
            continue;
        head = head == TDM_NO_INDEX ? unit : head;
        runs->marked[unit] = true;
        tdm__group_join(runs->group, head, unit);
    }
}

static int compare_places(const void *a, const void *b)
{
    const tdm__place *x = a, *y = b;
    if (x->day != y->day)
        return x->day < y->day ? -1 : 1;
    return (x->unit > y->unit) - (x->unit < y->unit);
}

static uint32_t sort_places(tdm__runs *runs, const tdm_day *days)
{
    uint32_t count = 0;
    bool sorted = true;
    for (uint32_t i = 0; i < runs->kept_count; i++) {
        if (days[i] == TDM_DAY_NONE)
            continue;
        sorted = sorted && (count == 0 || runs->places[count - 1].day <= days[i]);
        runs->places[count++] = (tdm__place){days[i], runs->kept[i]};
    }
    if (!sorted)
        qsort(runs->places, count, sizeof *runs->places, compare_places);
    return count;
}

static tdm_status look_at_world(tdm_answer *answer, const tdm_day *days, void *payload)
{
    tdm__runs *runs = payload;
    tdm__world_runs found = {TDM_NOT_MET, {0, 0}, TDM_DAY_NONE};
    tdm_status status = runs->world(&found, runs, sort_places(runs, days));
    *answer = found.answer;
    runs->met = found.met;
    if (found.count.certain < runs->count.certain)
        runs->count.certain = found.count.certain;
    if (found.count.possible > runs->count.possible)
        runs->count.possible = found.count.possible;
    return status;
}

/* The units that are kept, and their first world. */
static void take_part(tdm__runs *runs)
{
    runs->kept_count = 0;
    runs->known = true;
    for (uint32_t i = 0; i < runs->units->count; i++) {
        const tdm__unit *unit = &runs->units->items[i];
        if (!runs->keep[i])
            continue;
        runs->days[runs->kept_count] = unit->from;
        runs->part[runs->kept_count] = *unit;
        runs->kept[runs->kept_count++] = i;
        runs->known = runs->known && unit->from == unit->to && !unit->optional;
    }
}

tdm_status tdm__runs_decide(tdm_answer *answer, bool *complete, tdm__runs *runs)
{
    tdm__world_units part = *runs->units;
    *answer = TDM_POSSIBLE;
    *complete = false;
    runs->count = (tdm_bounds){INT32_MAX, 0};
    runs->met = TDM_DAY_NONE;
    take_part(runs);
    if (!tdm__charge(runs->budget, 1 + runs->units->count / 16 + runs->kept_count))
        return TDM_BUDGET;
    if (runs->known) {
        *complete = true;
        return look_at_world(answer, runs->days, runs);
    }
    part.items = runs->part;
    part.count = runs->kept_count;
    tdm_status status = tdm__worlds_decide(answer, complete, &part, look_at_world, runs,
                                           tdm__worlds_limit(16 * (int64_t)runs->kept_count), runs->budget);
    if (status == TDM_OK && !*complete)
        runs->count = (tdm_bounds){0, (int32_t)runs->kept_count};
    return status;
}

static tdm_status add_spell(tdm__spell_list *list, const tdm__runs *runs, const bool *rows, tdm_answer answer,
                            tdm_day met)
{
    tdm__spell *spell = tdm__spell_add(list);
    tdm_status status = spell ? tdm__spell_fill(spell, runs->units, rows) : TDM_NO_MEMORY;
    if (status != TDM_OK)
        return status;
    spell->answer = answer;
    spell->first_met = answer != TDM_MET ? TDM_DAY_NONE : met != TDM_DAY_NONE ? met : spell->to;
    spell->count = runs->count;
    if (answer == TDM_MET && spell->count.certain < runs->wanted)
        spell->count.certain = runs->wanted;
    if (spell->count.possible < spell->count.certain)
        spell->count.possible = spell->count.certain;
    return TDM_OK;
}

/* The day by which it held, where that is known: all dates are, or a run is sure of itself. */
static tdm_status day_met(tdm_day *out, tdm__runs *runs)
{
    *out = runs->known ? runs->met : TDM_DAY_NONE;
    return runs->known || !runs->sure ? TDM_OK : runs->sure(out, runs);
}

/* How many sets of marked units there are among those kept; the first unit of each, in `heads`. */
static uint32_t marked_groups(uint32_t *heads, const tdm__runs *runs)
{
    uint32_t count = 0;
    for (uint32_t i = 0; i < runs->units->count; i++)
        if (runs->keep[i] && runs->marked[i] && tdm__group_of(runs->group, i) == i)
            heads[count++] = i;
    return count;
}

/* `use` is the marked units of one set; TDM_NO_INDEX: all that are kept. */
static void use_group(tdm__runs *runs, uint32_t head)
{
    for (uint32_t i = 0; i < runs->units->count; i++)
        runs->use[i] = runs->keep[i] &&
                       (head == TDM_NO_INDEX || (runs->marked[i] && tdm__group_of(runs->group, i) == head));
}

/* What was marked among the kept ones, as one spell; all that are kept where the worlds were too many. */
static tdm_status one_spell(tdm__spell_list *list, tdm__runs *runs, bool complete, tdm_answer answer,
                            tdm_bounds count)
{
    tdm_day met;
    use_group(runs, TDM_NO_INDEX);
    tdm_status status = day_met(&met, runs);
    if (status != TDM_OK)
        return status;
    if (complete)
        for (uint32_t i = 0; i < runs->units->count; i++)
            runs->use[i] = runs->keep[i] && runs->marked[i];
    runs->count = count;
    return add_spell(list, runs, runs->use, answer, met);
}

static tdm_status spell_each(tdm__spell_list *list, tdm__runs *runs, const uint32_t *heads, uint32_t count,
                             bool *any_met)
{
    *any_met = false;
    for (uint32_t i = 0; i < count; i++) {
        tdm_answer answer;
        tdm_day met;
        bool complete;
        use_group(runs, heads[i]);
        tdm_status status = tdm__runs_decide(&answer, &complete, runs);
        if (status == TDM_OK && answer != TDM_NOT_MET)
            status = day_met(&met, runs);
        if (status == TDM_OK && answer != TDM_NOT_MET)
            status = add_spell(list, runs, runs->use, answer, met);
        if (status != TDM_OK)
            return status;
        *any_met = *any_met || answer == TDM_MET;
    }
    return TDM_OK;
}

/* The spells of the candidates kept: one for each set of runs that share units. */
static tdm_status spells_of(tdm__spell_list *list, tdm__runs *runs, uint32_t *heads)
{
    tdm_answer answer;
    bool complete, any_met;
    tdm_day sure = TDM_DAY_NONE;
    uint32_t before = list->count;
    use_group(runs, TDM_NO_INDEX);
    runs->marking = true;
    tdm_status status = tdm__runs_decide(&answer, &complete, runs);
    runs->marking = false;
    if (status != TDM_OK || answer == TDM_NOT_MET)
        return status;
    tdm_bounds count = runs->count;
    tdm_day met = runs->met;
    if (!complete) {
        status = runs->sure ? runs->sure(&sure, runs) : TDM_OK;
        answer = sure != TDM_DAY_NONE ? TDM_MET : TDM_POSSIBLE;
        return status == TDM_OK ? one_spell(list, runs, false, answer, count) : status;
    }
    uint32_t sets = marked_groups(heads, runs);
    if (sets > 1) {
        status = spell_each(list, runs, heads, sets, &any_met);
        if (status != TDM_OK || any_met || answer != TDM_MET)
            return status;
        list->count = before;
    }
    runs->met = met;
    return one_spell(list, runs, true, answer, count);
}

/* Spells that may be, none surely, may hold together in every world: then they are one. */
static tdm_status join_spells(tdm__spell_list *list, tdm__runs *runs)
{
    tdm_answer answer;
    bool complete;
    for (uint32_t i = 0; i < list->count; i++)
        if (list->items[i].answer == TDM_MET)
            return TDM_OK;
    if (list->count < 2)
        return TDM_OK;
    for (uint32_t i = 0; i < runs->units->count; i++)
        runs->keep[i] = runs->candidate[i];
    runs->joint = true;
    use_group(runs, TDM_NO_INDEX);
    tdm_status status = tdm__runs_decide(&answer, &complete, runs);
    if (status != TDM_OK || answer != TDM_MET)
        return status;
    list->count = 0;
    return one_spell(list, runs, true, answer, runs->count);
}

tdm_status tdm__runs_verdict(tdm__verdict *out, tdm__runs *runs)
{
    const tdm__world_units *units = runs->units;
    tdm__spell_list list = {.history = units->history};
    uint32_t *heads = tdm__arena_array(units->history->arena, (size_t)units->count + 1, sizeof *heads);
    tdm_status status = heads ? TDM_OK : TDM_NO_MEMORY;
    for (uint32_t head = 0; status == TDM_OK && head < units->count; head++) {
        if (!runs->candidate[head] || tdm__group_of(runs->candidate_group, head) != head)
            continue;
        if (!tdm__charge(runs->budget, 1 + units->count / 16))
            return TDM_BUDGET;
        for (uint32_t i = 0; i < units->count; i++)
            runs->keep[i] = runs->candidate[i] && tdm__group_of(runs->candidate_group, i) == head;
        status = spells_of(&list, runs, heads);
    }
    if (status == TDM_OK)
        status = join_spells(&list, runs);
    if (status == TDM_OK)
        tdm__verdict_finish(out, &list, TDM_NOT_MET);
    return status;
}

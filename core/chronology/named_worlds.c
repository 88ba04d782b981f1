/*
 * A rule of the caller's own, asked of every world of several selections.
 *
 * What can be this way or that is told apart thing by thing, as dials: the day of an incident, whether a row
 * with a question mark counts, whether a doubtful member of a selection is in it, and how a found group is
 * told. That is more than units know of two selections, so units only carry the dials through the worlds.
 */
#include "chronology/kin.h"
#include "chronology/load.h"
#include "chronology/worlds.h"

#include <stdlib.h>

/* A row as a member of one selection; dials are places in the world, TDM_NO_INDEX: nothing is doubtful. */
typedef struct told {
    uint32_t unit; /* of q->units: gives its day */
    uint32_t present, member;
    uint32_t group; /* dial of its found group */
    int32_t place;  /* of its unit among those of the group, from 1 */
} told;

typedef struct list {
    told *items;
    uint32_t count;
    tdm_day *days; /* room */
    bool *listed;  /* by unit: a row of it has been listed in this world */
    bool count_rows;
} list;

typedef struct question {
    const tdm__world_units *units; /* of all the selections together */
    tdm__world_units dials;        /* the units, then what else is doubtful: only their placements matter */
    list lists[TDM__NAMED_MAX];
    size_t list_count;
    int64_t told; /* in all of them */
    tdm__named_world_fn holds;
    void *payload;
    tdm_budget *budget;
} question;

/* --- what can be this way or that --- */

static uint32_t add_dial(question *q, int32_t choices)
{
    tdm__unit *dial = &q->dials.items[q->dials.count];
    *dial = (tdm__unit){.from = 0, .to = choices - 1};
    return q->dials.count++;
}

static void add_dates(question *q)
{
    for (uint32_t i = 0; i < q->units->count; i++) {
        q->dials.items[i] = (tdm__unit){.from = q->units->items[i].from, .to = q->units->items[i].to};
        q->dials.count++;
    }
}

/* By row: the unit + 1 that gives its day. */
static tdm_status units_of_rows(uint32_t **out, const question *q)
{
    const tdm_history *h = q->units->history;
    uint32_t rows = tdm__rows_with_kin(h);
    uint32_t *of_row = tdm__arena_array(h->arena, rows, sizeof *of_row);
    uint32_t *of_incident = tdm__arena_array(h->arena, rows, sizeof *of_incident);
    *out = of_row;
    if (!of_row || !of_incident)
        return TDM_NO_MEMORY;
    for (uint32_t i = 0; i < q->units->count; i++) {
        const tdm__unit *unit = &q->units->items[i];
        *(unit->row != TDM_NO_INDEX ? &of_row[unit->row] : &of_incident[unit->incident]) = i + 1;
    }
    for (uint32_t row = 0; row < rows; row++)
        of_row[row] = of_row[row] ? of_row[row] : of_incident[h->rows[row].incident];
    return TDM_OK;
}

/* The dial and the place + 1 in it of each unit that is in a found group: choice 0 tells all of them, choice
 * n the nth alone. */
typedef struct group_dials {
    uint32_t *dial; /* by found group */
    int32_t *place; /* by unit, from 1 */
} group_dials;

static tdm_status add_groups(group_dials *out, question *q)
{
    tdm__arena *arena = q->units->history->arena;
    int32_t *members = tdm__arena_array(arena, q->units->found_count, sizeof *members);
    out->dial = tdm__arena_array(arena, q->units->found_count, sizeof *out->dial);
    out->place = tdm__arena_array(arena, q->units->count, sizeof *out->place);
    if (!members || !out->dial || !out->place)
        return TDM_NO_MEMORY;
    for (uint32_t i = 0; i < q->units->count; i++)
        if (q->units->items[i].found != TDM_NO_INDEX)
            out->place[i] = ++members[q->units->items[i].found];
    for (uint32_t i = 0; i < q->units->found_count; i++)
        out->dial[i] = add_dial(q, members[i] + 1);
    return TDM_OK;
}

/* --- the lists --- */

typedef struct placing {
    const uint32_t *unit_of_row;
    uint32_t *present; /* by row: dial + 1 */
    group_dials groups;
} placing;

static told tell(question *q, const placing *p, const tdm__member *member, bool by_rows)
{
    const tdm_history *h = q->units->history;
    uint32_t row = member->row, unit = p->unit_of_row[row] - 1,
             found = by_rows ? TDM_NO_INDEX : q->units->items[unit].found;
    if (h->rows[row].uncertain && p->present[row] == 0)
        p->present[row] = add_dial(q, 2) + 1;
    return (told){.unit = unit,
                  .present = p->present[row] == 0 ? TDM_NO_INDEX : p->present[row] - 1,
                  .member = member->doubtful ? add_dial(q, 2) : TDM_NO_INDEX,
                  .group = found == TDM_NO_INDEX ? TDM_NO_INDEX : p->groups.dial[found],
                  .place = p->groups.place[unit]};
}

static tdm_status fill_list(list *out, question *q, const placing *p, const tdm_selection *selection)
{
    tdm__arena *arena = q->units->history->arena;
    *out = (list){.items = tdm__arena_array(arena, selection->count, sizeof *out->items),
                  .days = tdm__arena_array(arena, selection->count, sizeof *out->days),
                  .listed = tdm__arena_array(arena, q->units->count, sizeof *out->listed),
                  .count_rows = selection->count_rows};
    if (!out->items || !out->days || !out->listed)
        return TDM_NO_MEMORY;
    for (uint32_t i = 0; i < selection->count; i++)
        out->items[out->count++] = tell(q, p, &selection->members[i], selection->count_rows);
    q->told += out->count;
    return TDM_OK;
}

static tdm_status fill(question *q, const tdm_selection *const *selections)
{
    const tdm_history *h = q->units->history;
    placing p = {.present = tdm__arena_array(h->arena, tdm__rows_with_kin(h), sizeof *p.present)};
    uint32_t *unit_of_row;
    size_t room = (size_t)q->units->count + q->units->found_count;
    for (size_t i = 0; i < q->list_count; i++)
        room += 2 * (size_t)selections[i]->count;
    q->dials = (tdm__world_units){.history = h,
                                  .items = tdm__arena_array(h->arena, room, sizeof *q->dials.items)};
    if (!p.present || !q->dials.items)
        return TDM_NO_MEMORY;
    if (!tdm__charge(q->budget, 1 + (int64_t)room + tdm__rows_with_kin(h) / 8))
        return TDM_BUDGET;
    add_dates(q);
    tdm_status status = units_of_rows(&unit_of_row, q);
    p.unit_of_row = unit_of_row;
    if (status == TDM_OK)
        status = add_groups(&p.groups, q);
    for (size_t i = 0; status == TDM_OK && i < q->list_count; i++)
        status = fill_list(&q->lists[i], q, &p, selections[i]);
    return status;
}

/* --- one world --- */

static int compare_days(const void *a, const void *b)
{
    tdm_day x = *(const tdm_day *)a, y = *(const tdm_day *)b;
    return (x > y) - (x < y);
}

static bool counts(const told *item, const tdm_day *dials)
{
    if ((item->present != TDM_NO_INDEX && dials[item->present] == 0) ||
        (item->member != TDM_NO_INDEX && dials[item->member] == 0))
        return false;
    return item->group == TDM_NO_INDEX || dials[item->group] == 0 || dials[item->group] == item->place;
}

static tdm__named_days days_of(const list *l, const tdm_day *dials)
{
    uint32_t count = 0;
    for (uint32_t i = 0; i < l->count; i++)
        l->listed[l->items[i].unit] = false;
    for (uint32_t i = 0; i < l->count; i++) {
        const told *item = &l->items[i];
        if (!counts(item, dials) || (!l->count_rows && l->listed[item->unit]))
            continue;
        l->listed[item->unit] = true;
        l->days[count++] = dials[item->unit];
    }
    if (count > 1)
        qsort(l->days, count, sizeof *l->days, compare_days);
    return (tdm__named_days){l->days, count};
}

static tdm_status holds_in_world(tdm_answer *answer, const tdm_day *dials, void *payload)
{
    const question *q = payload;
    tdm__named_days days[TDM__NAMED_MAX];
    bool holds = false;
    if (!tdm__charge(q->budget, 1 + q->told))
        return TDM_BUDGET;
    for (size_t i = 0; i < q->list_count; i++)
        days[i] = days_of(&q->lists[i], dials);
    tdm_status status = q->holds(&holds, days, q->payload);
    *answer = holds ? TDM_MET : TDM_NOT_MET;
    return status;
}

/* --- the answer --- */

/* Rows one by one where every selection counts rows, else incidents. */
static tdm_status unite(tdm_selection **out, const tdm_selection *const *selections, size_t count)
{
    tdm_status status = TDM_OK;
    tdm_selection all = *selections[0];
    *out = NULL;
    for (size_t i = 1; status == TDM_OK && i < count; i++) {
        tdm_selection *joined;
        status = tdm__selection_union(&joined, &all, selections[i]);
        if (status == TDM_OK)
            all = *joined;
    }
    tdm_selection *kept = tdm__arena_array(all.history->arena, 1, sizeof *kept);
    if (!kept)
        return TDM_NO_MEMORY;
    *kept = all;
    *out = kept;
    return status;
}

static tdm_status make_spell(tdm__spell_list *spells, const question *q, tdm_answer answer)
{
    bool *use = tdm__arena_array(q->units->history->arena, (size_t)q->units->count + 1, sizeof *use);
    tdm__spell *spell = tdm__spell_add(spells);
    if (!use || !spell)
        return TDM_NO_MEMORY;
    for (uint32_t i = 0; i < q->units->count; i++)
        use[i] = true;
    tdm_status status = tdm__spell_fill(spell, q->units, use);
    spell->answer = answer;
    spell->count = tdm__world_units_count(q->units, use);
    spell->first_met = answer == TDM_MET ? spell->to : TDM_DAY_NONE;
    return status;
}

tdm_status tdm__selections_in_worlds(tdm__verdict *out, const tdm_selection *const *selections, size_t count,
                                     tdm__named_world_fn holds, void *payload, tdm_budget *budget)
{
    question q = {.list_count = count, .holds = holds, .payload = payload, .budget = budget};
    tdm_selection *all;
    tdm__world_units *units;
    tdm_answer answer;
    bool complete;
    *out = (tdm__verdict){TDM_NOT_MET, NULL, 0};
    if (count < 1 || count > TDM__NAMED_MAX)
        return TDM_INVALID_ARG;
    tdm__spell_list spells = {.history = selections[0]->history};
    tdm_status status = unite(&all, selections, count);
    if (status == TDM_OK)
        status = tdm__world_units_new(&units, all, NULL, budget);
    if (status != TDM_OK || units->count == 0)
        return status;
    q.units = units;
    status = fill(&q, selections);
    if (status == TDM_OK)
        status = tdm__worlds_decide(&answer, &complete, &q.dials, holds_in_world, &q,
                                    tdm__worlds_limit(1 + q.told), budget);
    if (status == TDM_OK && answer != TDM_NOT_MET)
        status = make_spell(&spells, &q, answer);
    if (status == TDM_OK)
        tdm__verdict_finish(out, &spells, TDM_NOT_MET);
    return status;
}

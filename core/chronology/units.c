/*
 * Making units: from the rows, episodes, children and prompts of a population; and their columns. What is
 * asked of them is in the files units_*.c.
 */
#include "chronology/population_columns.h"
#include "chronology/table.h"
#include "chronology/units_facts.h"
#include "chronology/units_make.h"

#include <string.h>

/* --- columns --- */

tdm_status tdm__unit_columns_new(tdm__unit_columns *out, tdm__arena *arena, size_t room, bool with_ends)
{
    *out = (tdm__unit_columns){0};
    bool made = (out->child = tdm__arena_alloc(arena, room * sizeof *out->child)) != NULL &&
                (out->event = tdm__arena_alloc(arena, room * sizeof *out->event)) != NULL &&
                (out->number = tdm__arena_alloc(arena, room * sizeof *out->number)) != NULL &&
                (out->start_from = tdm__arena_alloc(arena, room * sizeof *out->start_from)) != NULL &&
                (out->start_to = tdm__arena_alloc(arena, room * sizeof *out->start_to)) != NULL &&
                (out->reason = tdm__arena_alloc(arena, room * sizeof *out->reason)) != NULL;
    if (made && with_ends)
        made = (out->end_event = tdm__arena_alloc(arena, room * sizeof *out->end_event)) != NULL &&
               (out->end_from = tdm__arena_alloc(arena, room * sizeof *out->end_from)) != NULL &&
               (out->end_to = tdm__arena_alloc(arena, room * sizeof *out->end_to)) != NULL;
    return made ? TDM_OK : TDM_NO_MEMORY;
}

void tdm__unit_columns_add(tdm__unit_columns *columns, const tdm__unit_parts *parts)
{
    size_t at = columns->count++;
    columns->child[at] = parts->child;
    columns->event[at] = parts->event;
    columns->number[at] = parts->number;
    columns->start_from[at] = parts->start_from;
    columns->start_to[at] = parts->start_to;
    columns->reason[at] = parts->reason;
    if (!columns->end_event)
        return;
    columns->end_event[at] = parts->end_event;
    columns->end_from[at] = parts->end_from;
    columns->end_to[at] = parts->end_to;
}

tdm__units tdm__unit_columns_shown(const tdm__unit_columns *columns, const tdm__population *population)
{
    return (tdm__units){.population = population,
                        .count = columns->count,
                        .child = columns->child,
                        .event = columns->event,
                        .number = columns->number,
                        .end_event = columns->end_event,
                        .start_from = columns->start_from,
                        .start_to = columns->start_to,
                        .end_from = columns->end_from,
                        .end_to = columns->end_to,
                        .reason = columns->reason};
}

tdm__unit_parts tdm__unit_at(const tdm__units *units, size_t at)
{
    return (tdm__unit_parts){.child = units->child[at],
                             .event = units->event[at],
                             .number = units->number[at],
                             .end_event = units->end_event ? units->end_event[at] : TDM_NO_INDEX,
                             .start_from = units->start_from[at],
                             .start_to = units->start_to[at],
                             .end_from = units->end_from ? units->end_from[at] : TDM_DAY_NONE,
                             .end_to = units->end_to ? units->end_to[at] : TDM_DAY_NONE,
                             .reason = tdm__unit_reason(units, at)};
}

uint8_t *tdm__verdicts_new(tdm__units_ground *ground, const tdm__units *units)
{
    uint8_t *verdicts = tdm__arena_alloc(ground->arena, units->count);
    ground->looked_at += (int64_t)units->count;
    if (verdicts)
        memset(verdicts, TDM__OUT, units->count);
    return verdicts;
}

tdm_status tdm__judging_new(uint8_t **verdicts, tdm__units *out, tdm__units_ground *ground,
                            const tdm__units *units)
{
    *out = (tdm__units){.population = ground->population};
    *verdicts = NULL;
    if (tdm__units_are_of(ground, units) != TDM_OK)
        return TDM_INVALID_ARG;
    *verdicts = tdm__verdicts_new(ground, units);
    return *verdicts ? TDM_OK : TDM_NO_MEMORY;
}

/* Where the units that are not out stand, and how many they are. */
static size_t places_kept(uint32_t *places, const uint8_t *verdicts, size_t count)
{
    size_t kept = 0;
    for (size_t i = 0; i < count; i++) {
        places[kept] = (uint32_t)i;
        kept += verdicts[i] != TDM__OUT;
    }
    return kept;
}

static void take_numbers(uint32_t *to, const uint32_t *from, const uint32_t *places, size_t count)
{
    for (size_t i = 0; i < count; i++)
        to[i] = from[places[i]];
}

static void take_days(tdm_day *to, const tdm_day *from, const uint32_t *places, size_t count)
{
    for (size_t i = 0; i < count; i++)
        to[i] = from[places[i]];
}

static void take_units(tdm__unit_columns *to, const tdm__units *units, const uint32_t *places, size_t count)
{
    take_numbers(to->child, units->child, places, count);
    take_numbers(to->event, units->event, places, count);
    take_numbers(to->number, units->number, places, count);
    take_days(to->start_from, units->start_from, places, count);
    take_days(to->start_to, units->start_to, places, count);
    to->count = count;
    if (!units->end_event)
        return;
    take_numbers(to->end_event, units->end_event, places, count);
    take_days(to->end_from, units->end_from, places, count);
    take_days(to->end_to, units->end_to, places, count);
}

tdm_status tdm__units_judged(tdm__units *out, tdm__units_ground *ground, const tdm__units *units,
                             const uint8_t *verdicts)
{
    tdm__unit_columns columns;
    uint32_t *places = tdm__arena_alloc(ground->arena, units->count * sizeof *places);
    if (!places)
        return TDM_NO_MEMORY;
    size_t kept = places_kept(places, verdicts, units->count);
    tdm_status status = tdm__unit_columns_new(&columns, ground->arena, kept, units->end_event != NULL);
    if (status != TDM_OK)
        return status;
    take_units(&columns, units, places, kept);
    for (size_t i = 0; i < kept; i++) {
        uint8_t reason = tdm__unit_reason(units, places[i]);
        columns.reason[i] = reason == TDM__COUNTED ? verdicts[places[i]] : reason;
    }
    *out = tdm__unit_columns_shown(&columns, units->population);
    return TDM_OK;
}

tdm_status tdm__units_are_of(const tdm__units_ground *ground, const tdm__units *units)
{
    return units->population == ground->population ? TDM_OK : TDM_INVALID_ARG;
}

int tdm__units_order(const tdm__units *a, size_t at_a, const tdm__units *b, size_t at_b)
{
    if (a->child[at_a] != b->child[at_b])
        return a->child[at_a] < b->child[at_b] ? -1 : 1;
    if (a->start_from[at_a] != b->start_from[at_b])
        return a->start_from[at_a] < b->start_from[at_b] ? -1 : 1;
    return (a->number[at_a] > b->number[at_b]) - (a->number[at_a] < b->number[at_b]);
}

/* --- rows --- */

/* The rows that can be meant: those of one kind lie together. */
typedef struct row_walk {
    const tdm__population *population;
    const uint32_t *places; /* NULL: all rows */
    size_t count;
} row_walk;

static row_walk walk_of(const tdm__population *p, const tdm__filter *filter)
{
    if (filter->kind_count != 1)
        return (row_walk){p, NULL, p->row_count};
    uint32_t kind = filter->kinds[0];
    if (kind >= p->chronology->vocabulary->kind_count)
        return (row_walk){p, NULL, 0};
    return (row_walk){p, p->kind_rows + p->kind_first[kind], p->kind_first[kind + 1] - p->kind_first[kind]};
}

static const tdm__population_row *walked(const row_walk *walk, size_t at)
{
    return &walk->population->rows[walk->places ? walk->places[at] : at];
}

/* Which incidents have been told already: they are numbered within a child. */
typedef struct told_incidents {
    uint32_t *by; /* of an incident: the child that told it last, plus one; NULL: there are none */
} told_incidents;

static bool told_before(told_incidents *told, const tdm__population *p, const tdm__population_row *row)
{
    uint32_t incident = told->by ? tdm__column_incident(&p->chronology->columns, row->event) : 0;
    if (incident == 0)
        return false;
    bool before = told->by[incident] == row->child + 1;
    told->by[incident] = row->child + 1;
    return before;
}

static tdm_status told_new(told_incidents *out, const tdm__units_ground *ground, const row_walk *walk)
{
    uint32_t most = 0;
    out->by = NULL;
    if (!walk->population->chronology->columns.incident)
        return TDM_OK;
    for (size_t i = 0; i < walk->count; i++) {
        uint32_t incident = tdm__column_incident(&walk->population->chronology->columns,
                                                 walked(walk, i)->event);
        most = incident > most ? incident : most;
    }
    out->by = tdm__arena_array(ground->arena, (size_t)most + 1, sizeof *out->by);
    return out->by ? TDM_OK : TDM_NO_MEMORY;
}

static tdm__unit_parts parts_of_row(const tdm__population_row *row)
{
    return (tdm__unit_parts){.child = row->child,
                             .event = row->event,
                             .number = row->event,
                             .end_event = TDM_NO_INDEX,
                             .start_from = row->from,
                             .start_to = row->to,
                             .end_from = TDM_DAY_NONE,
                             .end_to = TDM_DAY_NONE,
                             .reason = row->reason};
}

tdm_status tdm__units_rows(tdm__units *out, tdm__units_ground *ground, const tdm__filter *filter)
{
    const tdm__population *p = ground->population;
    row_walk walk = walk_of(p, filter);
    bool by_codes = (filter->kind_count > 0 && !walk.places) || tdm__asks_beside_kinds(filter);
    tdm__unit_columns columns;
    tdm__fact_walks facts;
    told_incidents told = {0};
    *out = (tdm__units){.population = p};
    ground->looked_at += (int64_t)walk.count;
    tdm_status status = tdm__unit_columns_new(&columns, ground->arena, walk.count, false);
    if (status == TDM_OK && !filter->count_rows)
        status = told_new(&told, ground, &walk);
    if (status == TDM_OK)
        status = tdm__fact_walks_new(&facts, ground, filter->facts, filter->fact_count);
    for (size_t i = 0; status == TDM_OK && i < walk.count; i++) {
        const tdm__population_row *row = walked(&walk, i);
        if ((by_codes && !tdm__event_has_codes(p->chronology, row->event, filter)) ||
            !tdm__fact_walks_fit(&facts, row->event) || (!filter->count_rows && told_before(&told, p, row)))
            continue;
        tdm__unit_parts parts = parts_of_row(row);
        tdm__unit_columns_add(&columns, &parts);
    }
    if (status == TDM_OK)
        *out = tdm__unit_columns_shown(&columns, p);
    return status;
}

/* --- episodes --- */

tdm_status tdm__units_episodes(tdm__units *out, tdm__units_ground *ground, uint32_t name,
                               const tdm__fact_filter *facts, size_t fact_count)
{
    const tdm__population *p = ground->population;
    tdm__unit_columns columns;
    tdm__fact_walks walks;
    size_t count = 0;
    *out = (tdm__units){.population = p};
    ground->looked_at += (int64_t)p->episode_count;
    for (size_t i = 0; i < p->episode_count; i++)
        count += name == TDM_NO_INDEX || p->episodes[i].name == name;
    tdm_status status = tdm__unit_columns_new(&columns, ground->arena, count, true);
    if (status == TDM_OK)
        status = tdm__fact_walks_new(&walks, ground, facts, fact_count);
    for (size_t i = 0; status == TDM_OK && i < p->episode_count; i++) {
        const tdm__population_episode *e = &p->episodes[i];
        if ((name != TDM_NO_INDEX && e->name != name) || !tdm__fact_walks_fit(&walks, e->event))
            continue;
        tdm__unit_columns_add(&columns,
                              &(tdm__unit_parts){e->child, e->event, e->event, e->end_event, e->start_from,
                                                 e->start_to, e->end_from, e->end_to, e->reason});
    }
    if (status == TDM_OK)
        *out = tdm__unit_columns_shown(&columns, p);
    return status;
}

/* --- children --- */

/* The surest of what a child's rows say. */
static uint8_t surer(uint8_t a, uint8_t b)
{
    static const uint8_t order[] = {TDM__COUNTED, TDM__UNCOUNTED_DATE_IN_DOUBT, TDM__UNCOUNTED_NO_DATE};
    for (size_t i = 0; i < sizeof order; i++)
        if (a == order[i] || b == order[i])
            return order[i];
    return TDM__OUT;
}

/* Whether the child [*at, ...) has a row in the period; moves *at behind it. */
static uint8_t seen_in_period(size_t *at, const tdm__population *p, tdm_day from, tdm_day to)
{
    uint8_t best = TDM__OUT;
    for (uint32_t child = p->rows[*at].child; *at < p->row_count && p->rows[*at].child == child; ++*at) {
        const tdm__population_row *row = &p->rows[*at];
        uint8_t lies = tdm__days_in(row->from, row->to, from, to);
        if (lies != TDM__OUT)
            best = surer(best, row->reason == TDM__COUNTED ? lies : row->reason);
    }
    return best;
}

tdm_status tdm__units_children(tdm__units *out, tdm__units_ground *ground)
{
    const tdm__population *p = ground->population;
    tdm__unit_columns columns;
    size_t count = 0;
    *out = (tdm__units){.population = p};
    ground->looked_at += (int64_t)p->row_count;
    for (size_t i = 0; i < p->row_count; i++)
        count += i == 0 || p->rows[i].child != p->rows[i - 1].child;
    tdm_status status = tdm__unit_columns_new(&columns, ground->arena, count, false);
    for (size_t i = 0; status == TDM_OK && i < p->row_count;) {
        tdm__unit_parts parts = {.child = p->rows[i].child,
                                 .event = TDM_NO_INDEX,
                                 .end_event = TDM_NO_INDEX,
                                 .start_from = ground->from,
                                 .start_to = ground->from};
        parts.reason = seen_in_period(&i, p, ground->from, ground->to);
        if (parts.reason != TDM__OUT)
            tdm__unit_columns_add(&columns, &parts);
    }
    if (status == TDM_OK)
        *out = tdm__unit_columns_shown(&columns, p);
    return status;
}

/* --- prompts --- */

static bool is_or_any(tdm_str value, tdm_str wanted)
{
    return wanted.length == 0 || tdm__str_equal(value, wanted);
}

tdm_status tdm__units_prompts(tdm__units *out, tdm__units_ground *ground, tdm_str indicator, tdm_str state)
{
    const tdm__population *p = ground->population;
    tdm__unit_columns columns;
    *out = (tdm__units){.population = p};
    if (!p->has_prompts)
        return TDM_INVALID_ARG;
    ground->looked_at += (int64_t)p->prompt_count;
    tdm_status status = tdm__unit_columns_new(&columns, ground->arena, p->prompt_count, true);
    for (size_t i = 0; status == TDM_OK && i < p->prompt_count; i++) {
        const tdm__population_prompt *prompt = &p->prompts[i];
        if (!is_or_any(prompt->indicator, indicator) || !is_or_any(prompt->state, state))
            continue;
        tdm__unit_columns_add(&columns, &(tdm__unit_parts){prompt->child, TDM_NO_INDEX, prompt->number,
                                                           TDM_NO_INDEX, prompt->since, prompt->since,
                                                           prompt->decided, prompt->decided, TDM__COUNTED});
    }
    if (status == TDM_OK)
        *out = tdm__unit_columns_shown(&columns, p);
    return status;
}

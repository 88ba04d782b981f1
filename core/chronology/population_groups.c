/*
 * A population's rows by kind, and the groups by which its units are parted: agencies, areas and teams, of
 * what is visible. And the prompts of a worklist.
 */
#include "chronology/population_columns.h"

#include "chronology/table.h"

#include <stdlib.h>

tdm_status tdm__population_by_kind(tdm__population *p)
{
    size_t kinds = p->chronology->vocabulary->kind_count;
    const uint16_t *kind = p->chronology->columns.kind;
    uint32_t *first = tdm__arena_array(&p->arena, kinds + 2, sizeof *first);
    p->kind_rows = tdm__arena_alloc(&p->arena, p->row_count * sizeof *p->kind_rows);
    if (!first || !p->kind_rows)
        return TDM_NO_MEMORY;
    /* Counted two places on, summed one on: what is left when they are dealt out begins where it should. */
    for (size_t i = 0; i < p->row_count; i++)
        first[kind[p->rows[i].event] + 2]++;
    for (size_t i = 2; i <= kinds; i++)
        first[i] += first[i - 1];
    for (size_t i = 0; i < p->row_count; i++)
        p->kind_rows[first[kind[p->rows[i].event] + 1]++] = (uint32_t)i;
    p->kind_first = first;
    return TDM_OK;
}

static int compare_names(const void *a, const void *b)
{
    return tdm__str_compare(*(const tdm_str *)a, *(const tdm_str *)b);
}

/* Sorts names, drops repeats and empty ones, puts the empty one last. */
static tdm__groups settle_names(tdm_str *names, size_t count)
{
    size_t kept = 0;
    if (count > 1)
        qsort(names, count, sizeof *names, compare_names);
    for (size_t i = 0; i < count; i++)
        if (names[i].length > 0 && (kept == 0 || !tdm__str_equal(names[kept - 1], names[i])))
            names[kept++] = names[i];
    names[kept++] = (tdm_str){"", 0};
    return (tdm__groups){names, kept};
}

/* The last, of the empty name, where there is none of it. */
static uint32_t find_name(const tdm__groups *groups, tdm_str name)
{
    size_t low = 0, high = groups->count - 1;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (tdm__str_compare(groups->names[middle], name) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return low + 1 < groups->count && tdm__str_equal(groups->names[low], name) ? (uint32_t)low
                                                                               : (uint32_t)groups->count - 1;
}

/* Arrays of the arena with room for one more name than there can be. */
static tdm_str *new_names(tdm__population *p, size_t count)
{
    return tdm__arena_array(&p->arena, count + 1, sizeof(tdm_str));
}

static tdm_status find_agencies(tdm__population *p)
{
    const tdm__dictionary *agencies = &p->chronology->agencies;
    tdm_str *names = new_names(p, agencies->count);
    p->agency_group = tdm__arena_array(&p->arena, agencies->count, sizeof *p->agency_group);
    if (!names || !p->agency_group)
        return TDM_NO_MEMORY;
    for (size_t i = 0; i < p->row_count; i++)
        p->agency_group[p->chronology->columns.agency[p->rows[i].event]] = 1;
    size_t count = 0;
    for (uint32_t i = 0; i < agencies->count; i++)
        if (p->agency_group[i] == 1)
            names[count++] = tdm__dictionary_at(agencies, i);
    tdm__groups *groups = &p->groups[TDM__BY_AGENCY];
    *groups = settle_names(names, count);
    for (uint32_t i = 0; i < agencies->count; i++)
        p->agency_group[i] = find_name(groups, tdm__dictionary_at(agencies, i));
    return TDM_OK;
}

/* Distinct areas are few: they are gathered before they are sorted. */
static tdm_status gather_areas(tdm_str **out, size_t *count, tdm__population *p, tdm__dictionary *areas,
                               uint32_t *area_of)
{
    tdm_status status = TDM_OK;
    for (size_t i = 0; status == TDM_OK && i < p->row_count; i++) {
        uint32_t child = p->rows[i].child;
        if (i == 0 || child != p->rows[i - 1].child)
            status = tdm__dictionary_add(&area_of[child], areas, p->chronology->children[child].area);
    }
    *count = areas->count;
    *out = new_names(p, areas->count);
    if (status != TDM_OK || !*out)
        return TDM_NO_MEMORY;
    for (uint32_t i = 0; i < areas->count; i++) {
        (*out)[i] = tdm__arena_copy(&p->arena, tdm__dictionary_at(areas, i));
        if (!(*out)[i].data)
            return TDM_NO_MEMORY;
    }
    return TDM_OK;
}

static tdm_status find_areas(tdm__population *p)
{
    tdm__dictionary areas;
    tdm_str *names = NULL;
    size_t count = 0, children = p->chronology->child_count;
    p->area_group = tdm__arena_alloc(&p->arena, children * sizeof *p->area_group);
    if (!p->area_group)
        return TDM_NO_MEMORY;
    tdm__dictionary_init(&areas, &p->allocator);
    for (size_t i = 0; i < children; i++)
        p->area_group[i] = TDM_NO_INDEX;
    tdm_status status = gather_areas(&names, &count, p, &areas, p->area_group);
    uint32_t *group_of = status == TDM_OK ? tdm__arena_array(&p->arena, areas.count, sizeof *group_of) : NULL;
    if (group_of) {
        tdm__groups *groups = &p->groups[TDM__BY_AREA];
        *groups = settle_names(names, count);
        for (uint32_t i = 0; i < areas.count; i++)
            group_of[i] = find_name(groups, tdm__dictionary_at(&areas, i));
        for (size_t i = 0; i < children; i++)
            p->area_group[i] = p->area_group[i] == TDM_NO_INDEX ? (uint32_t)groups->count - 1
                                                                : group_of[p->area_group[i]];
    }
    tdm__dictionary_free(&areas);
    return group_of ? TDM_OK : TDM_NO_MEMORY;
}

/* Marks the values of the fact that a visible row has. */
static tdm_status mark_teams(tdm__population *p, const tdm__sparse *column)
{
    const tdm__fact_cell *cells = column->values;
    uint8_t *visible = tdm__alloc_zeroed(&p->allocator, p->chronology->event_count + 1, sizeof *visible);
    if (!visible)
        return TDM_NO_MEMORY;
    for (size_t i = 0; i < p->row_count; i++)
        visible[p->rows[i].event] = 1;
    for (size_t i = 0; i < column->count; i++)
        if (visible[tdm__sparse_event(column, i)])
            p->team_group[cells[i]] = 0;
    tdm__free(&p->allocator, visible);
    return TDM_OK;
}

/* From which days on children are with a team: of the allocations that name one. */
static tdm_status list_teams(tdm__population *p, const tdm__sparse *column)
{
    uint32_t kind = tdm__vocabulary_kind(p->chronology->vocabulary, TDM_LIT("allocation"));
    if (kind == TDM_NO_INDEX)
        return TDM_OK;
    uint32_t first = p->kind_first[kind], end = p->kind_first[kind + 1];
    p->teams = tdm__arena_alloc(&p->arena, (end - first) * sizeof *p->teams);
    if (!p->teams)
        return TDM_NO_MEMORY;
    for (uint32_t i = first; i < end; i++) {
        const tdm__population_row *row = &p->rows[p->kind_rows[i]];
        const tdm__fact_cell *cell = tdm__sparse_value(column, row->event, sizeof *cell);
        if (cell && row->reason != TDM__UNCOUNTED_NO_DATE)
            p->teams[p->team_count++] = (tdm__population_team){row->child, row->from, p->team_group[*cell]};
    }
    return TDM_OK;
}

static tdm_status find_teams(tdm__population *p)
{
    const tdm_chronology *c = p->chronology;
    uint32_t key = tdm__vocabulary_fact(c->vocabulary, TDM_LIT("team"));
    bool any = key < c->fact_column_count && c->facts[key].count > 0;
    const tdm__dictionary *texts = any ? &c->fact_values[tdm__fact_numbered(c, key)].texts : NULL;
    size_t text_count = any ? texts->count : 0, count = 0;
    p->team_key = any ? key : TDM_NO_INDEX;
    p->team_group = tdm__arena_alloc(&p->arena, text_count * sizeof *p->team_group);
    if (!p->team_group)
        return TDM_NO_MEMORY;
    for (size_t i = 0; i < text_count; i++)
        p->team_group[i] = TDM_NO_INDEX;
    if (any && mark_teams(p, &c->facts[key]) != TDM_OK)
        return TDM_NO_MEMORY;
    for (size_t i = 0; i < text_count; i++)
        count += p->team_group[i] == 0;
    tdm_str *names = new_names(p, count);
    if (!names)
        return TDM_NO_MEMORY;
    count = 0;
    for (uint32_t i = 0; i < text_count; i++)
        if (p->team_group[i] == 0)
            names[count++] = tdm__dictionary_at(texts, i);
    p->groups[TDM__BY_TEAM] = settle_names(names, count);
    for (uint32_t i = 0; i < text_count; i++)
        if (p->team_group[i] == 0)
            p->team_group[i] = find_name(&p->groups[TDM__BY_TEAM], tdm__dictionary_at(texts, i));
    return any ? list_teams(p, &c->facts[key]) : TDM_OK;
}

tdm_status tdm__population_find_groups(tdm__population *p)
{
    tdm_str *nothing = new_names(p, 0);
    if (!nothing)
        return TDM_NO_MEMORY;
    p->groups[TDM__BY_NOTHING] = settle_names(nothing, 0);
    tdm_status status = find_agencies(p);
    if (status == TDM_OK)
        status = find_areas(p);
    return status == TDM_OK ? find_teams(p) : status;
}

tdm__groups tdm__population_groups(const tdm__population *population, tdm__group_by by)
{
    return population->groups[by];
}

/* The team of the latest allocation on or before the day; none: that of the event itself. */
static uint32_t team_of(const tdm__population *p, uint32_t child, uint32_t event, tdm_day day)
{
    size_t low = 0, high = p->team_count;
    uint32_t none = (uint32_t)p->groups[TDM__BY_TEAM].count - 1;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        const tdm__population_team *team = &p->teams[middle];
        if (team->child < child || (team->child == child && team->from <= day))
            low = middle + 1;
        else
            high = middle;
    }
    if (low > 0 && p->teams[low - 1].child == child)
        return p->teams[low - 1].group;
    if (p->team_key == TDM_NO_INDEX || event == TDM_NO_INDEX)
        return none;
    const tdm__fact_cell *cell = tdm__sparse_value(&p->chronology->facts[p->team_key], event, sizeof *cell);
    return cell ? p->team_group[*cell] : none;
}

uint32_t tdm__population_group(const tdm__population *p, tdm__group_by by, uint32_t child, uint32_t event,
                               tdm_day start)
{
    switch (by) {
    case TDM__BY_AGENCY:
        return event == TDM_NO_INDEX ? (uint32_t)p->groups[by].count - 1
                                     : p->agency_group[p->chronology->columns.agency[event]];
    case TDM__BY_AREA:
        return p->area_group[child];
    case TDM__BY_TEAM:
        return team_of(p, child, event, start);
    case TDM__BY_NOTHING:
        break;
    }
    return 0;
}

/* --- prompts --- */

static int compare_prompts(const void *a, const void *b)
{
    const tdm__population_prompt *x = a, *y = b;
    if (x->child != y->child)
        return x->child < y->child ? -1 : 1;
    if (x->since != y->since)
        return x->since < y->since ? -1 : 1;
    return (x->number > y->number) - (x->number < y->number);
}

tdm_status tdm__population_prompts(tdm__population *p, const tdm__prompt_record *records, size_t count)
{
    p->prompt_count = 0;
    p->prompts = tdm__arena_array(&p->arena, count, sizeof *p->prompts);
    p->prompt_at = tdm__arena_array(&p->arena, count, sizeof *p->prompt_at);
    if (!p->prompts || !p->prompt_at)
        return TDM_NO_MEMORY;
    for (size_t i = 0; i < count; i++) {
        uint32_t child = tdm__chronology_find_child(p->chronology, records[i].child);
        if (child == TDM_NO_INDEX || records[i].since > p->as_of)
            continue;
        tdm__population_prompt *prompt = &p->prompts[p->prompt_count++];
        *prompt = (tdm__population_prompt){.child = child,
                                           .number = (uint32_t)i,
                                           .indicator = tdm__arena_copy(&p->arena, records[i].indicator),
                                           .state = tdm__arena_copy(&p->arena, records[i].state),
                                           .since = records[i].since,
                                           .decided = records[i].decided};
        if (!prompt->indicator.data || !prompt->state.data)
            return TDM_NO_MEMORY;
    }
    if (p->prompt_count > 1)
        qsort(p->prompts, p->prompt_count, sizeof *p->prompts, compare_prompts);
    for (size_t i = 0; i < p->prompt_count; i++)
        p->prompt_at[p->prompts[i].number] = (uint32_t)i;
    p->prompt_room = count;
    p->has_prompts = true;
    return TDM_OK;
}

bool tdm__population_has_prompts(const tdm__population *population)
{
    return population->has_prompts;
}

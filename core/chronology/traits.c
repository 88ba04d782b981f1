/*
 * The values that rows carry, numbered, by unit; how many different ones a selection holds. In which
 * stretch of time they lie is the measures' business.
 *
 * Values go by rows: which rows of a unit count is decided row by row, and a found group, which tells
 * incidents apart, changes no row.
 */
#include "chronology/traits.h"

#include "chronology/kin.h"
#include "chronology/patterns.h"
#include "chronology/table.h"

#include <stdlib.h>

/* One value of one row. */
typedef struct entry {
    tdm_str text; /* of a fact; else the value is numbered already */
    uint32_t value, place;
    uint32_t row;
    bool certain;
} entry;

typedef struct entries {
    entry *items;
    uint32_t count;
} entries;

typedef void (*entry_fn)(entries *to, entry found);

static void count_entry(entries *to, entry found)
{
    (void)found;
    to->count++;
}

static void keep_entry(entries *to, entry found)
{
    to->items[to->count++] = found;
}

static bool is_list(const tdm_chronology *c, uint32_t key)
{
    return key < c->vocabulary->fact_count && c->vocabulary->facts[key].type == TDM__FACT_LIST;
}

static void each_code(entries *to, const tdm_chronology *c, tdm__trait trait, entry found, entry_fn give)
{
    tdm__fact_value value;
    if (!tdm__chronology_fact(&value, c, found.value, trait.key))
        return;
    if (!is_list(c, trait.key)) {
        found.text = value.text;
        give(to, found);
        return;
    }
    for (tdm_str rest = value.text; rest.length > 0;) {
        found.text = tdm__str_split(&rest, ' ');
        if (found.text.length > 0)
            give(to, found);
    }
}

/* Gives every value that a member carries. */
static void each_value(entries *to, const tdm_selection *selection, tdm__member member, tdm__trait trait,
                       entry_fn give)
{
    const tdm_history *h = selection->history;
    const tdm__columns *k = &h->chronology->columns;
    uint32_t event = h->rows[member.row].event;
    entry found = {{"", 0}, event, 0, member.row, !member.doubtful && !h->rows[member.row].uncertain};
    if (trait.what == TDM__TRAIT_FACT) {
        each_code(to, h->chronology, trait, found, give);
    } else if (trait.what == TDM__TRAIT_KIND) {
        found.value = k->kind[event];
        give(to, found);
    } else {
        for (uint32_t theme = 0; theme < tdm__theme_count(); theme++)
            if (tdm__column_packed(k, event) >> theme & 1) {
                found.value = theme;
                give(to, found);
            }
    }
}

static int compare_texts(const void *a, const void *b)
{
    const entry *x = a, *y = b;
    int texts = tdm__str_compare(x->text, y->text);
    return texts != 0 ? texts : (x->row > y->row) - (x->row < y->row);
}

/* By place, then value, then row; what is certain first. */
static int compare_places(const void *a, const void *b)
{
    const entry *x = a, *y = b;
    if (x->place != y->place)
        return x->place < y->place ? -1 : 1;
    if (x->value != y->value)
        return x->value < y->value ? -1 : 1;
    if (x->certain != y->certain)
        return x->certain ? -1 : 1;
    return (x->row > y->row) - (x->row < y->row);
}

/* All values of the selection's rows, numbered; equal ones have equal numbers. */
static tdm_status find_entries(entries *out, const tdm_selection *selection, tdm__trait trait,
                               tdm_budget *budget)
{
    *out = (entries){0};
    for (uint32_t i = 0; i < selection->count; i++)
        each_value(out, selection, selection->members[i], trait, count_entry);
    if (!tdm__charge(budget, 1 + selection->count + 2 * (int64_t)out->count))
        return TDM_BUDGET;
    out->items = tdm__arena_array(selection->history->arena, (size_t)out->count + 1, sizeof *out->items);
    if (!out->items)
        return TDM_NO_MEMORY;
    out->count = 0;
    for (uint32_t i = 0; i < selection->count; i++)
        each_value(out, selection, selection->members[i], trait, keep_entry);
    if (trait.what != TDM__TRAIT_FACT || out->count == 0)
        return TDM_OK;
    qsort(out->items, out->count, sizeof *out->items, compare_texts);
    uint32_t value = 0;
    for (uint32_t i = 0; i < out->count; i++) {
        value += i > 0 && !tdm__str_equal(out->items[i].text, out->items[i - 1].text);
        out->items[i].value = value;
    }
    return TDM_OK;
}

tdm_status tdm__selection_with_trait(tdm_selection **out, const tdm_selection *selection, tdm__trait trait,
                                     tdm_budget *budget)
{
    tdm__arena *arena = selection->history->arena;
    *out = NULL;
    if (!tdm__charge(budget, 1 + selection->count))
        return TDM_BUDGET;
    tdm_selection *some = tdm__arena_array(arena, 1, sizeof *some);
    tdm__member *members = tdm__arena_array(arena, selection->count, sizeof *members);
    if (!some || !members)
        return TDM_NO_MEMORY;
    *some = (tdm_selection){selection->history, members, 0, selection->count_rows};
    for (uint32_t i = 0; i < selection->count; i++) {
        entries carried = {0};
        each_value(&carried, selection, selection->members[i], trait, count_entry);
        if (carried.count > 0)
            members[some->count++] = selection->members[i];
    }
    *out = some;
    return TDM_OK;
}

/* The unit of each incident (or row) + 1. */
static uint32_t *unit_places(const tdm__world_units *units)
{
    const tdm_history *h = units->history;
    uint32_t *places = tdm__arena_array(h->arena, tdm__rows_with_kin(h), sizeof *places);
    for (uint32_t i = 0; places && i < units->count; i++) {
        const tdm__unit *unit = &units->items[i];
        places[unit->row != TDM_NO_INDEX ? unit->row : unit->incident] = i + 1;
    }
    return places;
}

/* How surely entries [first, end), all of one value and unit, are there: a value that all of its unit's rows
 * carry comes with whichever of them counts. */
static tdm__presence presence_of(const entries *found, uint32_t first, uint32_t end, uint32_t rows)
{
    uint32_t carrying = 1;
    for (uint32_t i = first + 1; i < end; i++)
        carrying += found->items[i].row != found->items[i - 1].row;
    return found->items[first].certain ? TDM__FOR_CERTAIN : carrying >= rows ? TDM__WITH_UNIT : TDM__IN_SOME;
}

/* Cells by unit from entries by unit; `rows`: how many rows of the selection tell each unit. */
static void fill_cells(tdm__trait_cell *cells, uint32_t *first, const entries *found, const uint32_t *rows,
                       uint32_t unit_count, uint32_t *value_count)
{
    uint32_t cell = 0, at = 0;
    for (uint32_t unit = 0; unit < unit_count; unit++) {
        first[unit] = cell;
        while (at < found->count && found->items[at].place == unit) {
            uint32_t end = at + 1, value = found->items[at].value;
            while (end < found->count && found->items[end].place == unit && found->items[end].value == value)
                end++;
            cells[cell++] = (tdm__trait_cell){value, presence_of(found, at, end, rows[unit])};
            *value_count = value + 1 > *value_count ? value + 1 : *value_count;
            at = end;
        }
    }
    first[unit_count] = cell;
}

tdm_status tdm__unit_traits_new(tdm__unit_traits **out, const tdm__world_units *units,
                                const tdm_selection *selection, tdm__trait trait, tdm_budget *budget)
{
    entries found;
    tdm__arena *arena = units->history->arena;
    *out = NULL;
    tdm_status status = find_entries(&found, selection, trait, budget);
    if (status != TDM_OK)
        return status;
    tdm__unit_traits *traits = tdm__arena_array(arena, 1, sizeof *traits);
    uint32_t *first = tdm__arena_array(arena, (size_t)units->count + 1, sizeof *first);
    uint32_t *rows = tdm__arena_array(arena, (size_t)units->count + 1, sizeof *rows);
    tdm__trait_cell *cells = tdm__arena_array(arena, (size_t)found.count + 1, sizeof *cells);
    uint32_t *places = unit_places(units);
    if (!traits || !first || !rows || !cells || !places)
        return TDM_NO_MEMORY;
    const tdm__row *all = units->history->rows;
    for (uint32_t i = 0; i < selection->count; i++) {
        uint32_t row = selection->members[i].row;
        rows[places[selection->count_rows ? row : all[row].incident] - 1]++;
    }
    for (uint32_t i = 0; i < found.count; i++) {
        uint32_t row = found.items[i].row;
        found.items[i].place = places[selection->count_rows ? row : all[row].incident] - 1;
    }
    if (found.count > 1)
        qsort(found.items, found.count, sizeof *found.items, compare_places);
    fill_cells(cells, first, &found, rows, units->count, &traits->value_count);
    traits->first = first;
    traits->cells = cells;
    traits->seen = tdm__arena_array(arena, (size_t)traits->value_count + 1, sizeof *traits->seen);
    *out = traits;
    return traits->seen ? TDM_OK : TDM_NO_MEMORY;
}

void tdm__unit_traits_start(tdm__unit_traits *traits)
{
    traits->round++;
}

int32_t tdm__unit_traits_add(tdm__unit_traits *traits, uint32_t unit, tdm__presence least)
{
    int32_t fresh = 0;
    for (uint32_t i = traits->first[unit]; i < traits->first[unit + 1]; i++) {
        const tdm__trait_cell *cell = &traits->cells[i];
        if (cell->presence < least || traits->seen[cell->value] == traits->round)
            continue;
        traits->seen[cell->value] = traits->round;
        fresh++;
    }
    return fresh;
}

/* One row of each value: the earliest that carries it for certain; where none does, the earliest. */
static tdm_status earliest_rows(tdm_selection **out, const tdm_selection *selection, const entries *found)
{
    const tdm_history *h = selection->history;
    tdm_selection *some = tdm__arena_array(h->arena, 1, sizeof *some);
    tdm__member *members = tdm__arena_array(h->arena, selection->count, sizeof *members);
    bool *use = tdm__arena_array(h->arena, tdm__rows_with_kin(h), sizeof *use);
    if (!some || !members || !use)
        return TDM_NO_MEMORY;
    for (uint32_t i = 0; i < found->count; i++)
        if (i == 0 || found->items[i].value != found->items[i - 1].value)
            use[found->items[i].row] = true;
    *some = (tdm_selection){h, members, 0, selection->count_rows};
    for (uint32_t i = 0; i < selection->count; i++)
        if (use[selection->members[i].row])
            members[some->count++] = selection->members[i];
    *out = some;
    return TDM_OK;
}

tdm_status tdm__selection_different(tdm_bounds *out, tdm_selection **rows, const tdm_selection *selection,
                                    tdm__trait trait, tdm_budget *budget)
{
    entries found;
    *out = (tdm_bounds){0, 0};
    *rows = NULL;
    if (trait.what == TDM__TRAIT_NONE)
        return TDM_INVALID_ARG;
    tdm_status status = find_entries(&found, selection, trait, budget);
    if (status != TDM_OK)
        return status;
    /* All places are 0 here: by value, what is certain first. */
    if (found.count > 1)
        qsort(found.items, found.count, sizeof *found.items, compare_places);
    for (uint32_t i = 0; i < found.count; i++)
        if (i == 0 || found.items[i].value != found.items[i - 1].value) {
            out->certain += found.items[i].certain;
            out->possible++;
        }
    return earliest_rows(rows, selection, &found);
}

/*
 * Units and worlds. What is asked of a world is the measures' business.
 */
#include "chronology/worlds.h"

#include "chronology/kin.h"
#include "chronology/table.h"

#include <stdlib.h>
#include <string.h>

#define AGENCY_BITS   64
#define LONGEST_MONTH 31

static int compare_units(const void *a, const void *b)
{
    const tdm__unit *x = a, *y = b;
    if (x->from != y->from)
        return x->from < y->from ? -1 : 1;
    if (x->to != y->to)
        return x->to < y->to ? -1 : 1;
    if (x->incident != y->incident)
        return x->incident < y->incident ? -1 : 1;
    return (x->row > y->row) - (x->row < y->row);
}

/* The bit of an agency; beyond 64 agencies of one child the last bit is shared, which can only make fewer. */
static uint64_t agency_bit(tdm__world_units *units, uint16_t agency)
{
    for (uint32_t i = 0; i < units->agency_count; i++)
        if (units->agencies[i] == agency)
            return (uint64_t)1 << i;
    if (units->agency_count == AGENCY_BITS)
        return (uint64_t)1 << (AGENCY_BITS - 1);
    units->agencies[units->agency_count] = agency;
    return (uint64_t)1 << units->agency_count++;
}

static void add_member(tdm__world_units *units, tdm__unit *unit, const tdm__member *member, int which)
{
    const tdm_history *h = units->history;
    /* Of an incident's rows, one that is in without doubt is enough. */
    bool certain = !member->doubtful && !h->rows[member->row].uncertain;
    unit->in[which] = true;
    if (which == 0) {
        uint64_t bit = agency_bit(units, h->chronology->columns.agency[h->rows[member->row].event]);
        unit->agencies |= bit;
        unit->certain_agencies |= certain ? bit : 0;
    }
    unit->optional = unit->optional && !certain;
    unit->sure[which] = unit->sure[which] || certain;
    unit->given[which] = unit->given[which] || !member->doubtful;
    unit->several = unit->several || member->row != unit->member;
}

/* What is certain once the unit counts. An optional unit counts because at least one of its rows does: with
 * one agency, in one selection only, or with a single row, that says which. */
static void set_sure(tdm__unit *unit)
{
    bool one_agency = (unit->agencies & (unit->agencies - 1)) == 0;
    unit->sure_agencies = unit->optional && one_agency ? unit->agencies : unit->certain_agencies;
    for (int which = 0; which < TDM__UNIT_SELECTIONS; which++)
        if (unit->optional)
            unit->sure[which] = unit->in[which] &&
                                (!unit->in[1 - which] || (!unit->several && unit->given[which]));
}

static tdm__unit new_unit(const tdm_history *h, uint32_t row, bool rows)
{
    const tdm__row *r = &h->rows[row];
    const tdm__incident *incident = &h->incidents[r->incident];
    return (tdm__unit){.from = rows ? r->from : incident->from,
                       .to = rows ? r->to : incident->to,
                       .optional = true,
                       .incident = r->incident,
                       .found = TDM_NO_INDEX,
                       .member = row,
                       .row = rows ? row : TDM_NO_INDEX};
}

/* `place` gives the unit + 1 of an incident (or row), 0 when it has none yet. */
static void add_selection(tdm__world_units *units, const tdm_selection *selection, int which, bool rows,
                          uint32_t *place)
{
    const tdm_history *h = units->history;
    for (uint32_t i = 0; i < selection->count; i++) {
        uint32_t row = selection->members[i].row;
        uint32_t key = rows ? row : h->rows[row].incident;
        if (place[key] == 0) {
            units->items[units->count] = new_unit(h, row, rows);
            place[key] = ++units->count;
        }
        add_member(units, &units->items[place[key] - 1], &selection->members[i], which);
    }
}

tdm_status tdm__world_units_new(tdm__world_units **out, const tdm_selection *first,
                                const tdm_selection *second, tdm_budget *budget)
{
    const tdm_history *h = first->history;
    size_t room = (size_t)first->count + (second ? second->count : 0);
    bool rows = first->count_rows;
    *out = NULL;
    if (!tdm__charge(budget, 1 + (int64_t)room + h->row_count / 16))
        return TDM_BUDGET;
    tdm__world_units *units = tdm__arena_array(h->arena, 1, sizeof *units);
    uint32_t *place = tdm__arena_array(h->arena, tdm__rows_with_kin(h), sizeof *place);
    if (!units || !place)
        return TDM_NO_MEMORY;
    *units = (tdm__world_units){.history = h,
                                .items = tdm__arena_array(h->arena, room, sizeof *units->items),
                                .agencies = tdm__arena_array(h->arena, AGENCY_BITS, sizeof *units->agencies)};
    if (!units->items || !units->agencies)
        return TDM_NO_MEMORY;
    add_selection(units, first, 0, rows, place);
    if (second)
        add_selection(units, second, 1, rows, place);
    if (units->count > 1)
        qsort(units->items, units->count, sizeof *units->items, compare_units);
    for (uint32_t i = 0; i < units->count; i++) {
        set_sure(&units->items[i]);
        units->doubtful += units->items[i].from < units->items[i].to || units->items[i].optional;
    }
    *out = units;
    bool groups = h->found_group_count + h->kin->found_count > 0;
    return rows || !groups ? TDM_OK : tdm__world_units_find_groups(units);
}

bool tdm__world_units_may_gather(const tdm__world_units *units, int32_t n, tdm_span within)
{
    const tdm__unit *items = units->items;
    uint32_t others = n > 1 ? (uint32_t)n - 1 : 0;
    int64_t most_days = (int64_t)within.count * (within.unit == TDM_SPAN_MONTHS ? LONGEST_MONTH : 1);
    bool may = within.count == 0 || within.unit == TDM_SPAN_WORKING_DAYS;
    for (uint32_t i = 0; i < units->count && !may; i++) {
        bool gathered = i >= others && (int64_t)items[i].from - items[i - others].from <= most_days;
        may = gathered || items[i].from != items[i].to;
    }
    return may;
}

tdm_status tdm__world_units_fixed(tdm__world_units *out, const tdm__world_units *units, const bool *keep)
{
    *out = *units;
    out->items = tdm__arena_array(units->history->arena, units->count, sizeof *out->items);
    if (!out->items)
        return TDM_NO_MEMORY;
    for (uint32_t i = 0; i < units->count; i++) {
        out->items[i] = units->items[i];
        if (!keep[i]) {
            out->items[i].to = out->items[i].from;
            out->items[i].optional = false;
        }
    }
    return TDM_OK;
}

static int64_t placements(const tdm__unit *unit)
{
    return (int64_t)unit->to - unit->from + 1 + unit->optional;
}

/* Number of worlds, or limit + 1 when there are more. */
static int64_t world_count(const tdm__world_units *units, int64_t limit)
{
    int64_t worlds = 1;
    for (uint32_t i = 0; i < units->count; i++) {
        int64_t choices = placements(&units->items[i]);
        if (choices > limit / worlds)
            return limit + 1;
        worlds *= choices;
    }
    return worlds;
}

bool tdm__worlds_fit(const tdm__world_units *units, int64_t limit)
{
    return world_count(units, limit) <= limit;
}

static void first_world(const tdm__world_units *units, tdm_day *days)
{
    for (uint32_t i = 0; i < units->count; i++)
        days[i] = units->items[i].optional ? TDM_DAY_NONE : units->items[i].from;
}

/* The next world, counting the placements up like an odometer; false after the last. */
static bool next_world(const tdm__world_units *units, tdm_day *days)
{
    for (uint32_t i = 0; i < units->count; i++) {
        const tdm__unit *unit = &units->items[i];
        if (days[i] == TDM_DAY_NONE) {
            days[i] = unit->from;
            return true;
        }
        if (days[i] < unit->to) {
            days[i]++;
            return true;
        }
        days[i] = unit->optional ? TDM_DAY_NONE : unit->from;
    }
    return false;
}

int64_t tdm__worlds_limit(int64_t steps_a_world)
{
    int64_t limit = TDM__WORLD_STEPS_MAX / (steps_a_world > 0 ? steps_a_world : 1);
    return limit > TDM__WORLDS_MAX ? TDM__WORLDS_MAX : limit < 1 ? 1 : limit;
}

tdm_status tdm__worlds_decide(tdm_answer *answer, bool *complete, const tdm__world_units *units,
                              tdm__world_fn holds, void *payload, int64_t limit, tdm_budget *budget)
{
    bool all = true, some = false;
    int64_t worlds = world_count(units, limit);
    *answer = TDM_POSSIBLE;
    *complete = worlds <= limit;
    if (!*complete)
        return TDM_OK;
    tdm_day *days = tdm__arena_array(units->history->arena, (size_t)units->count + 1, sizeof *days);
    if (!days)
        return TDM_NO_MEMORY;
    first_world(units, days);
    do {
        tdm_answer here = TDM_NOT_MET;
        if (!tdm__charge(budget, 1 + units->count))
            return TDM_BUDGET;
        tdm_status status = holds(&here, days, payload);
        if (status != TDM_OK)
            return status;
        all = all && here == TDM_MET;
        some = some || here != TDM_NOT_MET;
    } while (next_world(units, days));
    *answer = all ? TDM_MET : some ? TDM_POSSIBLE : TDM_NOT_MET;
    return TDM_OK;
}

tdm_status tdm__worlds_range(int32_t *low, int32_t *high, const tdm__world_units *units,
                             tdm__world_number_fn number, void *payload, int64_t limit, tdm_budget *budget)
{
    if (world_count(units, limit) > limit)
        return TDM_OK;
    tdm_day *days = tdm__arena_array(units->history->arena, (size_t)units->count + 1, sizeof *days);
    if (!days)
        return TDM_NO_MEMORY;
    int32_t smallest = INT32_MAX, largest = INT32_MIN;
    first_world(units, days);
    do {
        if (!tdm__charge(budget, 1 + units->count))
            return TDM_BUDGET;
        int32_t here = number(days, units->count, payload);
        smallest = here < smallest ? here : smallest;
        largest = here > largest ? here : largest;
    } while (next_world(units, days));
    *low = smallest;
    *high = largest;
    return TDM_OK;
}

tdm_status tdm__window_last(tdm_day *out, tdm_day day, tdm_span span, const tdm_holidays *holidays)
{
    *out = TDM_DAY_AFTER_ALL;
    if (span.count == 0)
        return TDM_OK;
    if (span.unit == TDM_SPAN_DAYS) {
        *out = day + span.count - 1;
        return TDM_OK;
    }
    return tdm_span_end(out, day, span, holidays);
}

tdm_status tdm__rows_of_units(const uint32_t **rows, uint32_t *count, const tdm__world_units *units,
                              const bool *use)
{
    const tdm_history *h = units->history;
    uint32_t row_count = tdm__rows_with_kin(h);
    bool *incident_used = tdm__arena_array(h->arena, (size_t)row_count + 1, sizeof *incident_used);
    bool *row_used = tdm__arena_array(h->arena, (size_t)row_count + 1, sizeof *row_used);
    uint32_t *list = tdm__arena_array(h->arena, row_count, sizeof *list);
    *rows = list;
    *count = 0;
    if (!incident_used || !row_used || !list)
        return TDM_NO_MEMORY;
    for (uint32_t i = 0; i < units->count; i++) {
        if (!use[i])
            continue;
        if (units->items[i].row != TDM_NO_INDEX)
            row_used[units->items[i].row] = true;
        else
            incident_used[units->items[i].incident] = true;
    }
    for (uint32_t row = 0; row < row_count; row++)
        if (h->rows[row].dated && (row_used[row] || incident_used[h->rows[row].incident]))
            list[(*count)++] = row;
    return TDM_OK;
}

tdm__spell *tdm__spell_add(tdm__spell_list *list)
{
    if (list->count == list->capacity) {
        size_t capacity = list->capacity ? list->capacity * 2 : 8;
        tdm__spell *grown = tdm__arena_array(list->history->arena, capacity, sizeof *grown);
        if (!grown)
            return NULL;
        if (list->count > 0)
            memcpy(grown, list->items, list->count * sizeof *grown);
        list->items = grown;
        list->capacity = capacity;
    }
    tdm__spell *spell = &list->items[list->count++];
    *spell = (tdm__spell){.answer = TDM_POSSIBLE, .first_met = TDM_DAY_NONE, .agency = TDM_NO_INDEX};
    return spell;
}

tdm_bounds tdm__world_units_count(const tdm__world_units *units, const bool *use)
{
    tdm_bounds count = {0, 0};
    tdm__once_start(units, 0);
    for (uint32_t i = 0; i < units->count; i++) {
        const tdm__unit *unit = &units->items[i];
        count.certain += use[i] && !unit->optional && tdm__once_counts(units, 0, unit);
        count.possible += use[i];
    }
    return count;
}

tdm_date tdm__unit_date(const tdm__unit *unit)
{
    return (tdm_date){unit->from, unit->to, unit->optional ? TDM_DATE_UNCERTAIN : 0};
}

static uint32_t bits_set(uint64_t bits)
{
    uint32_t count = 0;
    for (; bits != 0; bits &= bits - 1)
        count++;
    return count;
}

tdm_status tdm__spell_fill(tdm__spell *spell, const tdm__world_units *units, const bool *use)
{
    const tdm_history *h = units->history;
    tdm_status status = tdm__rows_of_units(&spell->rows, &spell->row_count, units, use);
    if (status != TDM_OK)
        return status;
    spell->from = TDM_DAY_AFTER_ALL;
    spell->to = TDM_DAY_BEFORE_ALL;
    for (uint32_t i = 0; i < spell->row_count; i++) {
        const tdm__row *row = &h->rows[spell->rows[i]];
        spell->from = row->from < spell->from ? row->from : spell->from;
        spell->to = row->to > spell->to ? row->to : spell->to;
    }
    uint64_t agencies = 0;
    bool any = false;
    tdm__once_start(units, 0);
    for (uint32_t i = 0; i < units->count; i++) {
        const tdm__unit *unit = &units->items[i];
        if (!use[i])
            continue;
        agencies |= unit->agencies;
        spell->may_be_fewer = !tdm__once_counts(units, 0, unit) || spell->may_be_fewer;
        if (!unit->in[0]) /* the dates of a sentence are those of what was counted, not of what it is held
                             against */
            continue;
        if (!any)
            spell->first = tdm__unit_date(unit);
        if (!any || unit->to > spell->last.to)
            spell->last = tdm__unit_date(unit);
        any = true;
    }
    spell->agencies = bits_set(agencies);
    return TDM_OK;
}

static int compare_spells(const void *a, const void *b)
{
    const tdm__spell *x = a, *y = b;
    if (x->from != y->from)
        return x->from < y->from ? -1 : 1;
    uint32_t first_x = x->row_count > 0 ? x->rows[0] : 0, first_y = y->row_count > 0 ? y->rows[0] : 0;
    if (first_x != first_y)
        return first_x < first_y ? -1 : 1;
    return (x->agency > y->agency) - (x->agency < y->agency);
}

void tdm__verdict_finish(tdm__verdict *out, tdm__spell_list *list, tdm_answer overall)
{
    if (list->count > 1)
        qsort(list->items, list->count, sizeof *list->items, compare_spells);
    for (uint32_t i = 0; i < list->count; i++)
        if (list->items[i].answer > overall)
            overall = list->items[i].answer;
    *out = (tdm__verdict){overall, overall > TDM_NOT_MET ? list->items : NULL,
                          overall > TDM_NOT_MET ? list->count : 0};
}

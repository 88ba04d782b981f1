/*
 * Making selections: which rows of a history are meant, for certain or doubtfully. Measures over
 * them are in files of their own.
 */
#include "chronology/selection.h"

#include "chronology/days.h"
#include "chronology/looked.h"
#include "chronology/table.h"

#include <string.h>

bool tdm__charge(tdm_budget *budget, int64_t steps)
{
    if (!budget)
        return true;
    budget->steps_left -= steps;
    return budget->steps_left >= 0;
}

tdm__filter tdm__filter_all(void)
{
    return (tdm__filter){.child_seen = TDM__ANY,
                         .seen_alone = TDM__ANY,
                         .voice = TDM__ANY,
                         .from = TDM_DAY_NONE,
                         .to = TDM_DAY_NONE};
}

static bool event_is_concern(const tdm_chronology *c, uint32_t event)
{
    uint32_t polarity = tdm__column_packed(&c->columns, event) >> TDM__PACK_POLARITY & 3;
    if (polarity != TDM__POLARITY_NOT_STATED)
        return polarity == TDM__CONCERN;
    return c->vocabulary->kinds[c->columns.kind[event]].concern;
}

bool tdm__row_is_concern(const tdm_history *h, uint32_t row)
{
    return event_is_concern(h->chronology, h->rows[row].event);
}

static bool one_of(uint32_t value, const uint32_t *values, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (values[i] == value)
            return true;
    return count == 0;
}

/* Lists of codes are kept with one space between: a filter on one of them looks inside. */
static bool list_has(tdm_str list, tdm_str code)
{
    while (list.length > 0)
        if (tdm__str_equal(tdm__str_split(&list, ' '), code))
            return true;
    return false;
}

bool tdm__fact_cell_fits(const tdm_chronology *c, tdm__fact_cell cell, const tdm__fact_filter *filter)
{
    const tdm__fact_values *values = &c->fact_values[tdm__fact_numbered(c, filter->key)];
    int64_t number = tdm__fact_number(values, cell);
    if (filter->value_count == 0)
        return number >= filter->min && number <= filter->max;
    tdm_str text = tdm__dictionary_at(&values->texts, cell);
    for (size_t i = 0; i < filter->value_count; i++)
        if (tdm__str_equal(text, filter->values[i]) || list_has(text, filter->values[i]))
            return true;
    return false;
}

/* Where in the column of a fact the events of a child begin. */
static size_t fact_start(const tdm_chronology *c, uint32_t key, uint32_t event)
{
    return key < c->fact_column_count ? tdm__sparse_lower_bound(&c->facts[key], event) : 0;
}

/* *at: where the event asked for before stands or would stand; events are asked for in ascending order. */
static bool fact_fits(const tdm_chronology *c, size_t *at, uint32_t event, const tdm__fact_filter *filter)
{
    if (filter->key >= c->fact_column_count)
        return false;
    const tdm__sparse *column = &c->facts[filter->key];
    const tdm__fact_cell *cells = column->values;
    while (*at < column->count && tdm__sparse_event(column, *at) < event)
        ++*at;
    return *at < column->count && tdm__sparse_event(column, *at) == event &&
           tdm__fact_cell_fits(c, cells[*at], filter);
}

static bool codes_fit(const tdm_chronology *c, uint32_t event, const tdm__filter *filter)
{
    const tdm__columns *k = &c->columns;
    uint32_t packed = tdm__column_packed(k, event);
    if (!one_of(k->kind[event], filter->kinds, filter->kind_count) ||
        !one_of(k->agency[event], filter->agencies, filter->agency_count))
        return false;
    if (filter->themes != 0 && (packed & filter->themes) == 0)
        return false;
    if (filter->polarities != 0 && !(filter->polarities >> (packed >> TDM__PACK_POLARITY & 3) & 1))
        return false;
    if (filter->child_seen != TDM__ANY && (packed >> TDM__PACK_SEEN & 3) != filter->child_seen)
        return false;
    if (filter->seen_alone != TDM__ANY && (packed >> TDM__PACK_ALONE & 3) != filter->seen_alone)
        return false;
    if (filter->voice != TDM__ANY && (packed >> TDM__PACK_VOICE & 3) != filter->voice)
        return false;
    return !filter->concern_only || event_is_concern(c, event);
}

bool tdm__event_has_codes(const tdm_chronology *c, uint32_t event, const tdm__filter *filter)
{
    uint32_t rated = tdm__column_packed(&c->columns, event) >> TDM__PACK_SIGNIFICANCE & 3;
    return codes_fit(c, event, filter) &&
           (filter->significances == 0 || (filter->significances >> rated & 1) != 0);
}

/* Whether codes_fit has anything to look at. */
static bool asks_beyond_kinds(const tdm__filter *filter)
{
    return filter->agency_count > 0 || filter->themes != 0 || filter->polarities != 0 ||
           filter->child_seen != TDM__ANY || filter->seen_alone != TDM__ANY || filter->voice != TDM__ANY ||
           filter->concern_only;
}

static bool asks_for_codes(const tdm__filter *filter)
{
    return filter->kind_count > 0 || asks_beyond_kinds(filter);
}

/* The same of doubtful_parts_fit. */
static bool has_doubtful_parts(const tdm__filter *filter)
{
    return filter->significances != 0 || filter->from != TDM_DAY_NONE || filter->to != TDM_DAY_NONE;
}

static bool facts_fit(const tdm_history *h, size_t *at, uint32_t row, const tdm__fact_filter *facts,
                      size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (!fact_fits(h->chronology, &at[i], h->rows[row].event, &facts[i]))
            return false;
    return true;
}

/* Where each fact of a filter begins for the events from `event` on. */
static tdm_status fact_starts(size_t **out, const tdm_history *h, const tdm__fact_filter *facts, size_t count,
                              uint32_t event)
{
    *out = tdm__arena_array(h->arena, count, sizeof **out);
    for (size_t i = 0; *out && i < count; i++)
        (*out)[i] = fact_start(h->chronology, facts[i].key, event);
    return *out ? TDM_OK : TDM_NO_MEMORY;
}

bool tdm__event_has_facts(const tdm_chronology *c, uint32_t event, const tdm__fact_filter *facts,
                          size_t count)
{
    for (size_t i = 0; i < count; i++) {
        size_t at = fact_start(c, facts[i].key, event);
        if (!fact_fits(c, &at, event, &facts[i]))
            return false;
    }
    return true;
}

/* In, out or doubtful by the two parts of a filter that can be doubtful: significance and days. */
static bool doubtful_parts_fit(bool *doubtful, const tdm_history *h, uint32_t row, const tdm__filter *filter)
{
    const tdm__row *r = &h->rows[row];
    uint32_t rated = tdm__column_packed(&h->chronology->columns, r->event) >> TDM__PACK_SIGNIFICANCE & 3;
    tdm_day from = filter->from == TDM_DAY_NONE ? TDM_DAY_BEFORE_ALL : filter->from;
    tdm_day to = filter->to == TDM_DAY_NONE ? TDM_DAY_AFTER_ALL : filter->to;
    *doubtful = false;
    if (filter->significances != 0 && !(filter->significances >> rated & 1)) {
        if (rated != TDM__SIGNIFICANCE_NOT_RATED || filter->rated_only)
            return false;
        *doubtful = true;
    }
    if (r->to < from || r->from > to)
        return false;
    *doubtful = *doubtful || r->from < from || r->to > to;
    return true;
}

static tdm_status new_selection(tdm_selection **out, const tdm_history *history, uint32_t room,
                                bool count_rows)
{
    tdm_selection *selection = tdm__arena_array(history->arena, 1, sizeof *selection);
    *out = NULL;
    if (!selection)
        return TDM_NO_MEMORY;
    *selection = (tdm_selection){
        history, tdm__arena_alloc(history->arena, ((size_t)room + 1) * sizeof(tdm__member)), 0, count_rows};
    if (!selection->members)
        return TDM_NO_MEMORY;
    *out = selection;
    return TDM_OK;
}

/* Whether a row with a date is of one of the kinds; of any where none is asked for. */
static bool has_one_of(const tdm_history *h, const uint32_t *kinds, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (tdm__history_has_kind(h, kinds[i]))
            return true;
    return count == 0;
}

/* Rows that are of one of several kinds. */
static void admit_by_kinds(tdm_selection *selection, const tdm__filter *filter)
{
    const tdm_history *h = selection->history;
    const uint16_t *kinds = h->chronology->columns.kind;
    uint64_t wanted[TDM_KINDS_MAX / 64] = {0};
    uint32_t count = 0;
    for (size_t i = 0; i < filter->kind_count; i++)
        wanted[filter->kinds[i] / 64] |= UINT64_C(1) << (filter->kinds[i] % 64);
    for (uint32_t row = 0; row < h->row_count; row++) {
        uint32_t kind = kinds[h->rows[row].event];
        selection->members[count] = (tdm__member){row, false};
        count += h->rows[row].dated && (wanted[kind / 64] >> (kind % 64) & 1);
    }
    selection->count = count;
}

/* Rows that fit by their codes; those with a date where none are asked for. */
static void admit_by_codes(tdm_selection *selection, const tdm__filter *filter)
{
    const tdm_history *h = selection->history;
    tdm__member *members = selection->members;
    uint32_t count = 0;
    bool by_codes = asks_for_codes(filter);
    if (filter->kind_count > 0 && !asks_beyond_kinds(filter)) {
        admit_by_kinds(selection, filter);
        return;
    }
    for (uint32_t row = 0; row < h->row_count; row++) {
        members[count] = (tdm__member){row, false};
        count += h->rows[row].dated && (!by_codes || codes_fit(h->chronology, h->rows[row].event, filter));
    }
    selection->count = count;
}

/* Of those, the ones whose number lies where the filter has it. */
static void admit_by_number(tdm_selection *selection, const tdm__fact_filter *filter)
{
    const tdm_history *h = selection->history;
    uint32_t among = selection->count, count = 0;
    selection->count = 0;
    if (filter->key >= h->chronology->fact_column_count || among == 0)
        return;
    const tdm__sparse *column = &h->chronology->facts[filter->key];
    const tdm__fact_cell *cells = column->values;
    const tdm__fact_values *values =
        &h->chronology->fact_values[tdm__fact_numbered(h->chronology, filter->key)];
    size_t at = tdm__sparse_lower_bound(column, h->rows[selection->members[0].row].event);
    for (uint32_t i = 0; i < among; i++) {
        tdm__member member = selection->members[i];
        uint32_t event = h->rows[member.row].event;
        while (at < column->count && tdm__sparse_event(column, at) < event)
            at++;
        if (at == column->count)
            break;
        int64_t number = tdm__fact_number(values, cells[at]);
        selection->members[count] = member;
        count += tdm__sparse_event(column, at) == event && number >= filter->min && number <= filter->max;
    }
    selection->count = count;
}

/* Of those, the ones that fit by their facts and days too. */
static tdm_status admit_by_values(tdm_selection *selection, const tdm__filter *filter)
{
    const tdm_history *h = selection->history;
    size_t *fact_at;
    uint32_t among = selection->count;
    bool doubted = has_doubtful_parts(filter);
    if (filter->fact_count == 0 && !doubted)
        return TDM_OK;
    if (filter->fact_count == 1 && filter->facts->value_count == 0 && !doubted) {
        admit_by_number(selection, filter->facts);
        return TDM_OK;
    }
    tdm_status status = fact_starts(&fact_at, h, filter->facts, filter->fact_count,
                                    h->row_count > 0 ? h->rows[0].event : 0);
    if (status != TDM_OK)
        return status;
    selection->count = 0;
    for (uint32_t i = 0; i < among; i++) {
        uint32_t row = selection->members[i].row;
        bool doubtful = false;
        if ((!doubted || doubtful_parts_fit(&doubtful, h, row, filter)) &&
            facts_fit(h, fact_at, row, filter->facts, filter->fact_count))
            selection->members[selection->count++] = (tdm__member){row, doubtful};
    }
    return TDM_OK;
}

tdm_status tdm__selection_new(tdm_selection **out, const tdm_history *h, const tdm__filter *filter,
                              tdm_budget *budget)
{
    *out = NULL;
    if (!tdm__charge(budget, 1 + h->row_count))
        return TDM_BUDGET;
    tdm__look_at_filter(h, filter);
    tdm_selection *selection;
    bool any = has_one_of(h, filter->kinds, filter->kind_count);
    tdm_status status = new_selection(&selection, h, any ? h->row_count : 0, filter->count_rows);
    if (status != TDM_OK)
        return status;
    if (!any) {
        *out = selection;
        return TDM_OK;
    }
    admit_by_codes(selection, filter);
    status = admit_by_values(selection, filter);
    if (status == TDM_OK)
        *out = selection;
    return status;
}

tdm_status tdm__selection_union(tdm_selection **out, const tdm_selection *a, const tdm_selection *b)
{
    tdm_selection *selection;
    uint32_t i = 0, k = 0;
    tdm_status status = new_selection(&selection, a->history, a->count + b->count,
                                      a->count_rows && b->count_rows);
    *out = NULL;
    if (status != TDM_OK)
        return status;
    while (i < a->count || k < b->count) {
        tdm__member next;
        if (k == b->count || (i < a->count && a->members[i].row < b->members[k].row)) {
            next = a->members[i++];
        } else if (i == a->count || b->members[k].row < a->members[i].row) {
            next = b->members[k++];
        } else {
            next = a->members[i++];
            next.doubtful = next.doubtful && b->members[k].doubtful;
            k++;
        }
        selection->members[selection->count++] = next;
    }
    *out = selection;
    return TDM_OK;
}

tdm_status tdm__selection_minus(tdm_selection **out, const tdm_selection *a, const tdm_selection *b)
{
    tdm_selection *selection;
    tdm_status status = new_selection(&selection, a->history, a->count, a->count_rows);
    *out = NULL;
    if (status != TDM_OK)
        return status;
    for (uint32_t i = 0, k = 0; i < a->count; i++) {
        tdm__member member = a->members[i];
        while (k < b->count && b->members[k].row < member.row)
            k++;
        bool taken = k < b->count && b->members[k].row == member.row;
        if (taken && !b->members[k].doubtful)
            continue;
        member.doubtful = member.doubtful || taken;
        selection->members[selection->count++] = member;
    }
    *out = selection;
    return TDM_OK;
}

tdm_status tdm__selection_of_agency(tdm_selection **out, const tdm_selection *from, uint32_t agency)
{
    const tdm_history *h = from->history;
    tdm_selection *selection;
    tdm_status status = new_selection(&selection, h, from->count, from->count_rows);
    *out = NULL;
    if (status != TDM_OK)
        return status;
    for (uint32_t i = 0; i < from->count; i++)
        if (h->chronology->columns.agency[h->rows[from->members[i].row].event] == agency)
            selection->members[selection->count++] = from->members[i];
    *out = selection;
    return TDM_OK;
}

tdm_status tdm__episodes_new(tdm__episodes **out, const tdm_history *h, uint32_t name,
                             const tdm__fact_filter *facts, size_t fact_count, tdm_budget *budget)
{
    *out = NULL;
    if (!tdm__charge(budget, 1 + h->episode_count))
        return TDM_BUDGET;
    tdm__look_at_episodes(h);
    tdm__episodes *episodes = tdm__arena_array(h->arena, 1, sizeof *episodes);
    if (!episodes)
        return TDM_NO_MEMORY;
    *episodes = (tdm__episodes){h, tdm__arena_array(h->arena, h->episode_count, sizeof *episodes->items), 0};
    if (!episodes->items)
        return TDM_NO_MEMORY;
    for (uint32_t i = 0; i < h->episode_count; i++)
        if ((name == TDM_NO_INDEX || h->episodes[i].name == name) &&
            tdm__event_has_facts(h->chronology, h->rows[h->episodes[i].start_row].event, facts, fact_count))
            episodes->items[episodes->count++] = &h->episodes[i];
    *out = episodes;
    return TDM_OK;
}

/* An episode is open from its start to the day before its end, and on its start day always. */
static tdm__relation row_during(const tdm_history *h, const tdm__row *row, const tdm__episode *episode)
{
    bool closed = episode->end_row != TDM_NO_INDEX;
    bool may_start = row->from <= episode->start_to && row->to >= episode->start_from;
    bool starts = row->incident == h->rows[episode->start_row].incident ||
                  (may_start && row->from == row->to && episode->start_from == episode->start_to);
    if (row->to < episode->start_from || (closed && row->from >= episode->end_to && !may_start))
        return TDM__NEVER;
    if (episode->uncertain || row->uncertain)
        return TDM__PERHAPS;
    return starts || (row->from >= episode->start_to && (!closed || row->to < episode->end_from))
               ? TDM__SURELY
               : TDM__PERHAPS;
}

/* `once`: two rows that may tell one incident follow each other only perhaps. */
static tdm_status row_after(tdm__relation *out, const tdm_history *h, const tdm__row *row,
                            const tdm__row *other, bool once, tdm_span within, const tdm_holidays *holidays)
{
    uint32_t found = h->incidents[row->incident].found;
    bool perhaps_one = once && found != TDM_NO_INDEX && found == h->incidents[other->incident].found;
    tdm_status status = tdm__relate_days(out, (tdm__period){other->from, other->to},
                                         (tdm__period){row->from, row->to}, within, holidays);
    if (*out == TDM__SURELY && (row->uncertain || other->uncertain || perhaps_one))
        *out = TDM__PERHAPS;
    return status;
}

/* Keeps the members that relate to something at all; those that do so only perhaps become doubtful. */
static void keep(tdm_selection *selection, tdm__member member, tdm__relation how)
{
    if (how == TDM__NEVER)
        return;
    member.doubtful = member.doubtful || how == TDM__PERHAPS;
    selection->members[selection->count++] = member;
}

tdm_status tdm__selection_during(tdm_selection **out, const tdm_selection *from,
                                 const tdm__episodes *episodes, tdm_budget *budget)
{
    *out = NULL;
    if (!tdm__charge(budget, 1 + (int64_t)from->count * (1 + episodes->count)))
        return TDM_BUDGET;
    tdm_selection *selection;
    tdm_status status = new_selection(&selection, from->history, from->count, from->count_rows);
    if (status != TDM_OK)
        return status;
    for (uint32_t i = 0; i < from->count; i++) {
        tdm__relation best = TDM__NEVER;
        for (uint32_t k = 0; k < episodes->count && best != TDM__SURELY; k++) {
            tdm__relation how = row_during(from->history, &from->history->rows[from->members[i].row],
                                           episodes->items[k]);
            best = how > best ? how : best;
        }
        keep(selection, from->members[i], best);
    }
    *out = selection;
    return TDM_OK;
}

tdm_status tdm__selection_after(tdm_selection **out, const tdm_selection *from, const tdm_selection *earlier,
                                tdm_span within, const tdm_holidays *holidays, tdm_budget *budget)
{
    *out = NULL;
    if (!tdm__charge(budget, 1 + (int64_t)from->count * (1 + earlier->count)))
        return TDM_BUDGET;
    const tdm__row *rows = from->history->rows;
    tdm_selection *selection;
    tdm_status status = new_selection(&selection, from->history, from->count, from->count_rows);
    for (uint32_t i = 0; status == TDM_OK && i < from->count; i++) {
        tdm__relation best = TDM__NEVER, how = TDM__NEVER;
        for (uint32_t k = 0; status == TDM_OK && k < earlier->count && best != TDM__SURELY; k++) {
            status = row_after(&how, from->history, &rows[from->members[i].row],
                               &rows[earlier->members[k].row], !from->count_rows, within, holidays);
            if (how == TDM__SURELY && earlier->members[k].doubtful)
                how = TDM__PERHAPS;
            best = how > best ? how : best;
        }
        keep(selection, from->members[i], best);
    }
    if (status == TDM_OK)
        *out = selection;
    return status;
}

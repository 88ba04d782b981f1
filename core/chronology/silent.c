/*
 * Silence: an agency that was there, whose returns cover the time, writes nothing for a period while
 * the others record concerns. Each agency is asked by itself, on every day on which its answer can
 * change. A doubtful row of the agency makes its silence doubtful, never certain. What the others record
 * counts once, for certain, where several may have told one incident.
 */
#include "calendar/calendar.h"
#include "chronology/days.h"
#include "chronology/looked.h"
#include "chronology/table.h"
#include "chronology/worlds.h"

typedef struct question {
    const tdm_history *history;
    const tdm__silent *rule;
    tdm_budget *budget;
    uint32_t agency;
    tdm__world_units *own;    /* rows of the agency, of any kind */
    tdm__world_units *others; /* units of the selection told by another agency */
    tdm__days days;
} question;

/* Silence ends on `day`: its first day is the day after `day` less the period. */
static tdm_day first_of(const question *q, tdm_day day)
{
    return tdm__days_before(day, q->rule->over) + 1;
}

static tdm_bounds inside(const tdm__world_units *units, tdm_day first, tdm_day last)
{
    tdm_bounds count = {0, 0};
    tdm__once_start(units, 0);
    for (uint32_t i = 0; i < units->count; i++) {
        const tdm__unit *unit = &units->items[i];
        count.certain += !unit->optional && unit->from >= first && unit->to <= last &&
                         tdm__once_counts(units, 0, unit);
        count.possible += unit->from <= last && unit->to >= first;
    }
    return count;
}

static tdm_answer day_answer(const question *q, tdm_day day)
{
    tdm_day first = first_of(q, day);
    tdm_bounds written = inside(q->own, first, day);
    tdm_bounds active = inside(q->own, first - q->rule->active_days, first - 1);
    tdm_bounds concerns = inside(q->others, first, day);
    if (written.certain > 0 || active.possible == 0 || concerns.possible < q->rule->others ||
        tdm__history_covered(q->history, q->agency, first, day) != TDM__COVERED_YES)
        return TDM_NOT_MET;
    return written.possible == 0 && active.certain > 0 && concerns.certain >= q->rule->others ? TDM_MET
                                                                                              : TDM_POSSIBLE;
}

static void add_unit_days(question *q, const tdm__world_units *units)
{
    for (uint32_t i = 0; i < units->count; i++) {
        const tdm_day ends[] = {units->items[i].from, units->items[i].to};
        for (int k = 0; k < 2; k++) {
            tdm__days_add(&q->days, ends[k] - 1);
            tdm__days_add(&q->days, ends[k]);
            tdm__days_add_after(&q->days, ends[k], q->rule->over);
            tdm__days_add_after(&q->days, ends[k] + q->rule->active_days, q->rule->over);
        }
    }
}

static void add_period_days(question *q, const tdm__period *periods, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        const tdm_day ends[] = {periods[i].from - 1, periods[i].to};
        for (int k = 0; k < 2; k++) {
            if (!tdm__day_is_real(ends[k]))
                continue;
            tdm__days_add(&q->days, ends[k]);
            tdm__days_add_after(&q->days, ends[k], q->rule->over);
        }
    }
}

static tdm_status find_days(question *q)
{
    const tdm_chronology *c = q->history->chronology;
    size_t room = 1 + ((size_t)q->own->count + q->others->count) * 2 * (2 + 2 * TDM__DAYS_ADDED_AFTER);
    for (size_t i = 0; i < c->source_count; i++)
        room += (c->sources[i].cover_count + c->sources[i].no_contact_count) * 2 *
                (1 + TDM__DAYS_ADDED_AFTER);
    q->days = (tdm__days){tdm__arena_array(q->history->arena, room, sizeof(tdm_day)), 0};
    if (!q->days.items)
        return TDM_NO_MEMORY;
    add_unit_days(q, q->own);
    add_unit_days(q, q->others);
    for (size_t i = 0; i < c->source_count; i++) {
        add_period_days(q, c->sources[i].covers, c->sources[i].cover_count);
        add_period_days(q, c->sources[i].no_contact, c->sources[i].no_contact_count);
    }
    tdm__look_at_day(q->history);
    tdm__days_add(&q->days, q->history->as_of);
    tdm__days_sort(&q->days, TDM_DAY_BEFORE_ALL, q->history->as_of);
    return TDM_OK;
}

/* The agency's last entries before the silence and what the others recorded during it. */
static tdm_status fill_spell(tdm__spell *spell, const question *q, size_t first, size_t end)
{
    const tdm_history *h = q->history;
    tdm_day silent_from = first_of(q, q->days.items[first]), silent_to = q->days.items[end - 1];
    tdm_day last_sign = TDM_DAY_BEFORE_ALL;
    bool *use_own = tdm__arena_array(h->arena, (size_t)q->own->count + 1, sizeof *use_own);
    bool *use_others = tdm__arena_array(h->arena, (size_t)q->others->count + 1, sizeof *use_others);
    if (!use_own || !use_others)
        return TDM_NO_MEMORY;
    for (uint32_t i = 0; i < q->own->count; i++)
        if (q->own->items[i].from < silent_from && q->own->items[i].to > last_sign)
            last_sign = q->own->items[i].to;
    for (uint32_t i = 0; i < q->own->count; i++)
        use_own[i] = (q->own->items[i].from < silent_from && q->own->items[i].to == last_sign) ||
                     (q->own->items[i].from <= silent_to && q->own->items[i].to >= silent_from &&
                      q->own->items[i].from < q->own->items[i].to);
    for (uint32_t i = 0; i < q->others->count; i++)
        use_others[i] = q->others->items[i].from <= silent_to && q->others->items[i].to >= silent_from;
    tdm__spell own = {0};
    tdm_status status = tdm__spell_fill(&own, q->own, use_own);
    if (status == TDM_OK)
        status = tdm__spell_fill(spell, q->others, use_others);
    if (status != TDM_OK)
        return status;
    uint32_t *rows = tdm__arena_array(h->arena, (size_t)own.row_count + spell->row_count, sizeof *rows);
    if (!rows)
        return TDM_NO_MEMORY;
    uint32_t count = 0, a = 0, b = 0;
    while (a < own.row_count || b < spell->row_count) {
        bool take_own = b == spell->row_count || (a < own.row_count && own.rows[a] <= spell->rows[b]);
        uint32_t row = take_own ? own.rows[a++] : spell->rows[b++];
        if (count == 0 || rows[count - 1] != row)
            rows[count++] = row;
    }
    spell->rows = rows;
    spell->row_count = count;
    spell->from = own.from < spell->from ? own.from : spell->from;
    spell->to = silent_to;
    spell->first = own.last;
    spell->last = (tdm_date){silent_to, silent_to, 0};
    spell->count = inside(q->others, silent_from, silent_to);
    return TDM_OK;
}

static tdm_status make_spell(tdm__spell_list *list, const question *q, size_t first, size_t end,
                             const tdm_answer *answers)
{
    tdm__spell *spell = tdm__spell_add(list);
    tdm_status status = spell ? fill_spell(spell, q, first, end) : TDM_NO_MEMORY;
    if (status != TDM_OK)
        return status;
    for (size_t at = end; at-- > first;)
        if (answers[at] == TDM_MET) {
            spell->answer = TDM_MET;
            spell->first_met = q->days.items[at];
        }
    spell->agency = q->agency;
    spell->open = end == q->days.count;
    return TDM_OK;
}

static tdm_status ask_agency(tdm__spell_list *list, question *q)
{
    tdm_status status = find_days(q);
    if (status != TDM_OK)
        return status;
    tdm_answer *answers = tdm__arena_array(q->history->arena, q->days.count + 1, sizeof *answers);
    if (!answers)
        return TDM_NO_MEMORY;
    for (size_t at = 0; at < q->days.count; at++) {
        if (!tdm__charge(q->budget, 2 + ((int64_t)q->own->count * 2 + q->others->count) / 8))
            return TDM_BUDGET;
        answers[at] = day_answer(q, q->days.items[at]);
    }
    for (size_t first = 0, end; status == TDM_OK && first < q->days.count; first = end) {
        for (end = first + 1;
             end < q->days.count && (answers[end] != TDM_NOT_MET) == (answers[first] != TDM_NOT_MET);)
            end++;
        if (answers[first] != TDM_NOT_MET)
            status = make_spell(list, q, first, end, answers);
    }
    return status;
}

/* Units of the selection that an agency other than this one tells. */
static tdm_status units_of_others(tdm__world_units **out, const tdm_selection *selection, uint32_t agency,
                                  tdm_budget *budget)
{
    uint32_t kept = 0;
    tdm_status status = tdm__world_units_new(out, selection, NULL, budget);
    for (uint32_t i = 0; status == TDM_OK && i < (*out)->count; i++) {
        uint64_t own = 0;
        for (uint32_t k = 0; k < (*out)->agency_count; k++)
            if ((*out)->agencies[k] == agency)
                own = (uint64_t)1 << k;
        tdm__unit unit = (*out)->items[i];
        unit.optional = unit.optional || (unit.certain_agencies & ~own) == 0;
        if (unit.agencies & ~own)
            (*out)->items[kept++] = unit;
    }
    if (status == TDM_OK)
        (*out)->count = kept;
    return status;
}

static tdm_status units_of_agency(tdm__world_units **out, const tdm_history *h, uint32_t agency,
                                  tdm_budget *budget)
{
    tdm_selection *selection;
    tdm__filter filter = tdm__filter_all();
    filter.agencies = &agency;
    filter.agency_count = 1;
    filter.count_rows = true;
    *out = NULL;
    tdm_status status = tdm__selection_new(&selection, h, &filter, budget);
    return status == TDM_OK ? tdm__world_units_new(out, selection, NULL, budget) : status;
}

tdm_status tdm__selection_silent(tdm__verdict *out, const tdm_selection *selection, const tdm__silent *rule,
                                 const tdm_holidays *holidays, tdm_budget *budget)
{
    const tdm_history *h = selection->history;
    tdm__spell_list list = {.history = h};
    (void)holidays;
    *out = (tdm__verdict){TDM_NOT_MET, NULL, 0};
    if (rule->over.unit == TDM_SPAN_WORKING_DAYS || rule->over.count < 1 || rule->others < 0 ||
        rule->active_days < 1)
        return TDM_INVALID_ARG;
    for (uint32_t agency = 0; agency < tdm__chronology_agency_count(h->chronology); agency++) {
        question q = {.history = h, .rule = rule, .budget = budget, .agency = agency};
        if (rule->agency != TDM_NO_INDEX && rule->agency != agency)
            continue;
        tdm_status status = units_of_agency(&q.own, h, agency, budget);
        if (status == TDM_OK && q.own->count == 0)
            continue;
        if (status == TDM_OK)
            status = units_of_others(&q.others, selection, agency, budget);
        if (status == TDM_OK)
            status = ask_agency(&list, &q);
        if (status != TDM_OK)
            return status;
    }
    tdm__verdict_finish(out, &list, TDM_NOT_MET);
    return TDM_OK;
}

/*
 * Which of some units: by their own dates, by what their rows carry, one a child, and sets of them by
 * identity. What units of the same child have to do with each other is in units_relate.c.
 */
#include "chronology/population_columns.h"
#include "chronology/table.h"
#include "chronology/units_facts.h"
#include "chronology/units_make.h"

/* --- by their dates --- */

/* Those whose date, some day within, lies in [from, to]; without a date (TDM_DAY_NONE; no column) they are
 * out. */
static tdm_status dated_in(tdm__units *out, tdm__units_ground *ground, const tdm__units *units,
                           const tdm_day *first, const tdm_day *last, tdm__period period)
{
    uint8_t *verdicts;
    tdm_status status = tdm__judging_new(&verdicts, out, ground, units);
    for (size_t i = 0; status == TDM_OK && first && i < units->count; i++)
        if (first[i] != TDM_DAY_NONE)
            verdicts[i] = tdm__days_in(first[i], last[i], period.from, period.to);
    return status == TDM_OK ? tdm__units_judged(out, ground, units, verdicts) : status;
}

tdm_status tdm__units_starting(tdm__units *out, tdm__units_ground *ground, const tdm__units *units,
                               tdm_day from, tdm_day to)
{
    return dated_in(out, ground, units, units->start_from, units->start_to, (tdm__period){from, to});
}

tdm_status tdm__units_ending(tdm__units *out, tdm__units_ground *ground, const tdm__units *units,
                             tdm_day from, tdm_day to)
{
    return dated_in(out, ground, units, units->end_from, units->end_to, (tdm__period){from, to});
}

static bool has_end(const tdm__units *units, size_t at)
{
    return units->end_from && units->end_from[at] != TDM_DAY_NONE;
}

/* Some end that is not its own for certain: it may be open. */
static bool may_be_open(const tdm__units *units, size_t at)
{
    return !has_end(units, at) || units->end_to[at] == TDM_DAY_AFTER_ALL;
}

/* An end before the start says nothing of when it was open. */
static uint8_t open_on(const tdm__units *units, size_t at, tdm_day day)
{
    bool told = has_end(units, at) && tdm__unit_reason(units, at) != TDM__UNCOUNTED_END_BEFORE_START;
    if (units->start_from[at] > day || (told && units->end_to[at] <= day))
        return TDM__OUT;
    return units->start_to[at] <= day && (!told || units->end_from[at] > day) ? TDM__COUNTED
                                                                              : TDM__UNCOUNTED_DATE_IN_DOUBT;
}

tdm_status tdm__units_open_on(tdm__units *out, tdm__units_ground *ground, const tdm__units *units,
                              tdm_day day)
{
    uint8_t *verdicts;
    tdm_status status = tdm__judging_new(&verdicts, out, ground, units);
    if (status != TDM_OK)
        return status;
    for (size_t i = 0; i < units->count; i++)
        verdicts[i] = open_on(units, i, day);
    return tdm__units_judged(out, ground, units, verdicts);
}

/* --- by what their rows carry --- */

bool tdm__asks_beside_kinds(const tdm__filter *f)
{
    return f->agency_count > 0 || f->themes != 0 || f->polarities != 0 || f->significances != 0 ||
           f->child_seen != TDM__ANY || f->seen_alone != TDM__ANY || f->voice != TDM__ANY || f->concern_only;
}

/* What is asked of the rows of many units. */
typedef struct such_units {
    const tdm__units_where *where;
    bool of_start, by_codes;
    tdm__fact_walks start, end;
} such_units;

static tdm_status such_new(such_units *out, const tdm__units_ground *ground, const tdm__units_where *where)
{
    const tdm__filter *filter = &where->filter;
    bool by_codes = filter->kind_count > 0 || tdm__asks_beside_kinds(filter);
    *out = (such_units){.where = where, .by_codes = by_codes, .of_start = by_codes || filter->fact_count > 0};
    tdm_status status = tdm__fact_walks_new(&out->start, ground, filter->facts, filter->fact_count);
    if (status == TDM_OK)
        status = tdm__fact_walks_new(&out->end, ground, where->end_facts, where->end_fact_count);
    return status;
}

static bool start_fits(such_units *such, const tdm_chronology *c, uint32_t event)
{
    return !such->of_start || (event != TDM_NO_INDEX &&
                               (!such->by_codes || tdm__event_has_codes(c, event, &such->where->filter)) &&
                               tdm__fact_walks_fit(&such->start, event));
}

static bool of_kind(const tdm_chronology *c, uint32_t event, const uint32_t *kinds, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (c->columns.kind[event] == kinds[i])
            return true;
    return count == 0;
}

/* An end that may be another one's leaves it in doubt whether the unit has ended. */
static uint8_t end_fits(such_units *such, const tdm__units *units, size_t at)
{
    const tdm__units_where *where = such->where;
    uint32_t end = units->end_event ? units->end_event[at] : TDM_NO_INDEX;
    if (where->ended != TDM__ANY && has_end(units, at) && may_be_open(units, at))
        return TDM__UNCOUNTED_DATE_IN_DOUBT;
    if (where->ended != TDM__ANY && has_end(units, at) != (where->ended == TDM__YES))
        return TDM__OUT;
    if (where->end_fact_count == 0 && where->end_kind_count == 0)
        return TDM__COUNTED;
    const tdm_chronology *c = units->population->chronology;
    return end != TDM_NO_INDEX && of_kind(c, end, where->end_kinds, where->end_kind_count) &&
                   tdm__fact_walks_fit(&such->end, end)
               ? TDM__COUNTED
               : TDM__OUT;
}

tdm_status tdm__units_such(tdm__units *out, tdm__units_ground *ground, const tdm__units *units,
                           const tdm__units_where *where)
{
    such_units such;
    uint8_t *verdicts;
    tdm_status status = tdm__judging_new(&verdicts, out, ground, units);
    if (status == TDM_OK)
        status = such_new(&such, ground, where);
    if (status != TDM_OK)
        return status;
    for (size_t i = 0; i < units->count; i++)
        if (start_fits(&such, units->population->chronology, units->event[i]))
            verdicts[i] = end_fits(&such, units, i);
    return tdm__units_judged(out, ground, units, verdicts);
}

/* --- one a child --- */

static tdm_status one_of_child(tdm__units *out, tdm__units_ground *ground, const tdm__units *units, bool last)
{
    uint8_t *verdicts;
    tdm_status status = tdm__judging_new(&verdicts, out, ground, units);
    if (status != TDM_OK)
        return status;
    for (size_t first = 0, end; first < units->count; first = end) {
        size_t chosen = first;
        for (end = first; end < units->count && units->child[end] == units->child[first]; end++) {
            bool counted = tdm__unit_reason(units, end) == TDM__COUNTED;
            bool better = counted && tdm__unit_reason(units, chosen) != TDM__COUNTED;
            bool later = counted == (tdm__unit_reason(units, chosen) == TDM__COUNTED);
            if (better || (last && later))
                chosen = end;
        }
        verdicts[chosen] = TDM__COUNTED;
    }
    return tdm__units_judged(out, ground, units, verdicts);
}

tdm_status tdm__units_first_of_child(tdm__units *out, tdm__units_ground *ground, const tdm__units *units)
{
    return one_of_child(out, ground, units, false);
}

tdm_status tdm__units_last_of_child(tdm__units *out, tdm__units_ground *ground, const tdm__units *units)
{
    return one_of_child(out, ground, units, true);
}

/* --- sets --- */

/* Of what stands at *at among `others` or later, whether it is unit i; moves *at up to it. */
static bool stands_among(size_t *at, const tdm__units *units, size_t i, const tdm__units *others)
{
    while (*at < others->count && tdm__units_order(others, *at, units, i) < 0)
        ++*at;
    return *at < others->count && tdm__units_order(others, *at, units, i) == 0;
}

/* Those among the others, or those that are not. */
static tdm_status compare_with(tdm__units *out, tdm__units_ground *ground, const tdm__units *units,
                               const tdm__units *others, bool keep_common)
{
    uint8_t *verdicts;
    tdm_status status = tdm__judging_new(&verdicts, out, ground, units);
    if (status == TDM_OK)
        status = tdm__units_are_of(ground, others);
    if (status != TDM_OK)
        return status;
    ground->looked_at += (int64_t)others->count;
    for (size_t i = 0, k = 0; i < units->count; i++) {
        bool common = stands_among(&k, units, i, others);
        uint8_t theirs = common ? tdm__unit_reason(others, k) : TDM__COUNTED;
        if (common == keep_common || theirs != TDM__COUNTED)
            verdicts[i] = theirs;
    }
    return tdm__units_judged(out, ground, units, verdicts);
}

tdm_status tdm__units_minus(tdm__units *out, tdm__units_ground *ground, const tdm__units *units,
                            const tdm__units *others)
{
    return compare_with(out, ground, units, others, false);
}

tdm_status tdm__units_both(tdm__units *out, tdm__units_ground *ground, const tdm__units *units,
                           const tdm__units *others)
{
    return compare_with(out, ground, units, others, true);
}

tdm_status tdm__units_union(tdm__units *out, tdm__units_ground *ground, const tdm__units *units,
                            const tdm__units *others)
{
    tdm__unit_columns columns;
    *out = (tdm__units){.population = ground->population};
    tdm_status status = tdm__units_are_of(ground, units);
    if (status == TDM_OK)
        status = tdm__units_are_of(ground, others);
    if (status == TDM_OK)
        status = tdm__unit_columns_new(&columns, ground->arena, units->count + others->count,
                                       units->end_event || others->end_event);
    if (status != TDM_OK)
        return status;
    ground->looked_at += (int64_t)units->count + (int64_t)others->count;
    for (size_t i = 0, k = 0; i < units->count || k < others->count;) {
        int order = i == units->count ? 1 : k == others->count ? -1 : tdm__units_order(units, i, others, k);
        tdm__unit_parts parts = order <= 0 ? tdm__unit_at(units, i) : tdm__unit_at(others, k);
        if (order == 0 && tdm__unit_reason(others, k) == TDM__COUNTED)
            parts.reason = TDM__COUNTED;
        i += order <= 0;
        k += order >= 0;
        tdm__unit_columns_add(&columns, &parts);
    }
    *out = tdm__unit_columns_shown(&columns, ground->population);
    return TDM_OK;
}

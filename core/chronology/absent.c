/*
 * Stretches without what should have been there.
 *
 * A stretch is told by its day 0: its last day rises with it, so each condition holds on ranges of days 0
 * and it is enough to ask on the days at which such a range begins or ends. Each is asked by itself with
 * bounds; where that leaves it open, doubtful rows are placed in their worlds, and each world is asked the
 * same. Dates of episodes and the level of response stay bounds in all of them.
 */
#include "calendar/calendar.h"
#include "chronology/absent_spells.h"
#include "chronology/looked.h"
#include "chronology/table.h"

/* Days of change that one point in time makes. */
#define DAYS_A_POINT 4

static tdm_answer lower(tdm_answer a, tdm_answer b)
{
    return a < b ? a : b;
}

static tdm_answer answer_of(bool surely, bool perhaps)
{
    return surely ? TDM_MET : perhaps ? TDM_POSSIBLE : TDM_NOT_MET;
}

tdm_status tdm__absent_last(tdm_day *out, const tdm__absent_question *q, tdm_day day)
{
    return tdm_span_end(out, day, q->rule->over, q->holidays);
}

/* The latest day 0 of a stretch that is over before `day`; one before `earliest` may come out as any such. */
static tdm_status latest_before(tdm_day *out, const tdm__absent_question *q, tdm_day day)
{
    tdm_span over = q->rule->over;
    tdm_status status = TDM_OK;
    *out = day - 1 - over.count; /* no span is shorter than its number in days */
    if (over.unit == TDM_SPAN_DAYS || *out < q->earliest)
        return TDM_OK;
    if (over.unit == TDM_SPAN_WORKING_DAYS) {
        status = tdm_add_working_days(out, day, -over.count, q->holidays);
        *out -= status == TDM_OK;
        return status;
    }
    tdm_day found = tdm__days_before(day, over);
    while (tdm_day_add_months(found, over.count) >= day)
        found--;
    while (tdm_day_add_months(found + 1, over.count) < day)
        found++;
    *out = found;
    return TDM_OK;
}

/* --- one day 0 --- */

const tdm__episode *tdm__absent_episode(tdm_answer *answer, const tdm__absent_question *q, tdm_day day,
                                        tdm_day last)
{
    const tdm__episode *found = NULL;
    const tdm__episodes *during = q->rule->during;
    *answer = TDM_NOT_MET;
    for (uint32_t i = 0; i < during->count && *answer != TDM_MET; i++) {
        const tdm__episode *e = during->items[i];
        bool closed = e->end_row != TDM_NO_INDEX;
        bool surely = e->start_to <= day && (!closed || e->end_from > last) && !e->uncertain;
        bool perhaps = e->start_from <= day && (!closed || e->end_to > last);
        if (!perhaps || (found && !surely))
            continue;
        found = e;
        *answer = answer_of(surely, perhaps);
    }
    return found;
}

/* Whether the child was known before the stretch, nothing of the selection lies in it, and enough of the
 * others do. */
static tdm_answer ask_units(const tdm__absent_question *q, tdm_day day, tdm_day last)
{
    tdm_answer known = q->rule->during ? TDM_MET : TDM_NOT_MET, absent = TDM_MET;
    tdm_bounds count = {0, 0};
    tdm__once_start(q->units, 0);
    for (uint32_t i = 0; i < q->units->count && absent != TDM_NOT_MET; i++) {
        const tdm__unit *unit = &q->units->items[i];
        const tdm__absent_place *at = &q->places[i];
        bool inside = at->from > day && at->to <= last && !at->maybe;
        if (at->gone || at->from > last)
            continue;
        if (at->from <= day + 1 && known != TDM_MET)
            known = answer_of(at->to <= day + 1 && !at->maybe, true);
        if (at->to <= day)
            continue;
        if (unit->in[q->own])
            absent = inside && unit->sure[q->own] ? TDM_NOT_MET : TDM_POSSIBLE;
        if (q->others < 0 || !unit->in[q->others])
            continue;
        count.certain += inside && unit->sure[q->others] && tdm__once_counts(q->units, 0, unit);
        count.possible++;
    }
    if (q->others >= 0)
        absent = lower(absent, answer_of(count.certain >= q->rule->n, count.possible >= q->rule->n));
    return lower(absent, known);
}

static tdm_answer ask_level(const tdm__absent_question *q, tdm_day day, tdm_day last)
{
    tdm_answer answer = TDM_MET;
    const tdm__absent *rule = q->rule;
    for (size_t i = 0; i < q->step_count && q->steps[i].from <= last && answer != TDM_NOT_MET; i++) {
        tdm_bounds level = q->steps[i].level;
        if (q->steps[i].to <= day)
            continue;
        answer = lower(
            answer, answer_of(level.certain >= rule->level_at_least, level.possible >= rule->level_at_least));
        answer = lower(
            answer, answer_of(level.possible <= rule->level_at_most, level.certain <= rule->level_at_most));
    }
    return answer;
}

static bool is_covered(const tdm__absent_question *q, tdm_day first, tdm_day last)
{
    for (size_t i = 0; i < q->agency_count; i++)
        if (tdm__history_covered_by(q->history, q->agencies[i], first, last) == TDM__COVERED_YES)
            return true;
    return false;
}

static tdm_status ask(tdm_answer *answer, const tdm__absent_question *q, tdm_day day)
{
    tdm_day last;
    *answer = TDM_NOT_MET;
    uint32_t episodes = q->rule->during ? q->rule->during->count : 0;
    if (!tdm__charge(q->budget, 1 + (q->units->count + episodes + (int64_t)q->step_count) / 8))
        return TDM_BUDGET;
    tdm_status status = tdm__absent_last(&last, q, day);
    if (status != TDM_OK)
        return status;
    *answer = TDM_MET;
    if (q->rule->during)
        tdm__absent_episode(answer, q, day, last);
    if (*answer != TDM_NOT_MET)
        *answer = lower(*answer, ask_units(q, day, last));
    if (*answer != TDM_NOT_MET && q->step_count > 0)
        *answer = lower(*answer, ask_level(q, day, last));
    if (*answer != TDM_NOT_MET && q->agencies) {
        const tdm_chronology *c = q->history->chronology;
        if (!tdm__charge(q->budget, 1 + (int64_t)(c->source_count * q->agency_count)))
            return TDM_BUDGET;
        *answer = is_covered(q, day + 1, last) ? *answer : TDM_NOT_MET;
    }
    return TDM_OK;
}

/* --- days to ask on --- */

/* The days 0 at which it begins or ends to matter that something happens from `day` on. */
static tdm_status add_point(tdm__absent_question *q, tdm_day day)
{
    tdm_day before;
    if (day < q->earliest)
        return TDM_OK;
    tdm__days_add(&q->days, day - 1);
    tdm__days_add(&q->days, day);
    if (day > q->history->as_of) /* its stretches are beyond */
        return TDM_OK;
    tdm_status status = latest_before(&before, q, day);
    tdm__days_add(&q->days, before);
    tdm__days_add(&q->days, before + 1);
    return status;
}

static tdm_status add_points(tdm__absent_question *q, tdm_day from, tdm_day to)
{
    tdm_status status = add_point(q, from);
    return status == TDM_OK && to != from ? add_point(q, to) : status;
}

static tdm_status add_episode_points(tdm__absent_question *q)
{
    const tdm__episodes *during = q->rule->during;
    tdm_status status = TDM_OK;
    for (uint32_t i = 0; during && status == TDM_OK && i < during->count; i++) {
        const tdm__episode *e = during->items[i];
        status = add_points(q, e->start_from, e->start_to);
        if (status == TDM_OK && e->end_row != TDM_NO_INDEX)
            status = add_points(q, e->end_from, e->end_to);
    }
    return status;
}

static tdm_status add_period_points(tdm__absent_question *q, const tdm__period *periods, size_t count)
{
    tdm_status status = TDM_OK;
    for (size_t i = 0; status == TDM_OK && i < count; i++) {
        if (tdm__day_is_real(periods[i].from))
            status = add_point(q, periods[i].from);
        if (status == TDM_OK && tdm__day_is_real(periods[i].to))
            status = add_point(q, periods[i].to + 1);
    }
    return status;
}

static tdm_status add_coverage_points(tdm__absent_question *q)
{
    const tdm_chronology *c = q->history->chronology;
    tdm_status status = TDM_OK;
    for (size_t i = 0; q->agencies && status == TDM_OK && i < c->source_count; i++) {
        status = add_period_points(q, c->sources[i].covers, c->sources[i].cover_count);
        if (status == TDM_OK)
            status = add_period_points(q, c->sources[i].no_contact, c->sources[i].no_contact_count);
    }
    return status;
}

static tdm_status find_days(tdm__absent_question *q)
{
    tdm_status status = TDM_OK;
    q->days.count = 0;
    for (uint32_t i = 0; status == TDM_OK && i < q->units->count; i++)
        if (!q->places[i].gone)
            status = add_points(q, q->places[i].from, q->places[i].to);
    if (status == TDM_OK)
        status = add_episode_points(q);
    for (size_t i = 0; status == TDM_OK && i < q->step_count; i++)
        status = add_point(q, q->steps[i].from);
    if (status == TDM_OK)
        status = add_coverage_points(q);
    tdm__days_add(&q->days, q->earliest);
    tdm__days_add(&q->days, q->latest);
    tdm__days_sort(&q->days, q->earliest, q->latest);
    return status;
}

static tdm_status make_room(tdm__absent_question *q)
{
    const tdm_chronology *c = q->history->chronology;
    tdm__arena *arena = q->history->arena;
    size_t points = (size_t)q->units->count * 2 + q->step_count;
    points += q->rule->during ? (size_t)q->rule->during->count * 4 : 0;
    for (size_t i = 0; q->agencies && i < c->source_count; i++)
        points += (c->sources[i].cover_count + c->sources[i].no_contact_count) * 2;
    q->days.items = tdm__arena_array(arena, points * DAYS_A_POINT + 2, sizeof(tdm_day));
    q->places = tdm__arena_array(arena, (size_t)q->units->count + 1, sizeof *q->places);
    return q->days.items && q->places ? TDM_OK : TDM_NO_MEMORY;
}

static void place_units(tdm__absent_question *q)
{
    for (uint32_t i = 0; i < q->units->count; i++) {
        const tdm__unit *unit = &q->units->items[i];
        q->places[i] = (tdm__absent_place){unit->from, unit->to, unit->optional, false};
    }
}

/* --- worlds --- */

static tdm_status holds_in_world(tdm_answer *answer, const tdm_day *days, void *payload)
{
    tdm__absent_question *q = payload;
    *answer = TDM_NOT_MET;
    for (uint32_t i = 0; i < q->units->count; i++)
        if (q->keep[i])
            q->places[i] = (tdm__absent_place){days[i], days[i], false, days[i] == TDM_DAY_NONE};
    tdm_status status = find_days(q);
    for (size_t i = 0; status == TDM_OK && i < q->days.count && *answer != TDM_MET; i++) {
        tdm_answer here;
        status = ask(&here, q, q->days.items[i]);
        *answer = here > *answer ? here : *answer;
    }
    return status;
}

/* Marks the doubtful units, or those of the selection alone, and fixes the others. */
static tdm_status choose_placed(tdm__world_units *part, tdm__absent_question *q, bool own_only)
{
    for (uint32_t i = 0; i < q->units->count; i++) {
        const tdm__unit *unit = &q->units->items[i];
        q->keep[i] = (unit->from < unit->to || unit->optional) && (!own_only || unit->in[q->own]);
    }
    return tdm__world_units_fixed(part, q->units, q->keep);
}

/* Called where the bounds leave it open. */
static tdm_status decide(tdm_answer *answer, tdm__absent_question *q)
{
    bool complete;
    tdm__world_units part;
    int64_t parts = (int64_t)q->units->count + (q->rule->during ? q->rule->during->count : 0);
    int64_t limit = tdm__worlds_limit((int64_t)(q->days.count + 1) * (parts + (int64_t)q->step_count));
    *answer = TDM_POSSIBLE;
    if (q->units->doubtful == 0)
        return TDM_OK;
    q->keep = tdm__arena_array(q->history->arena, q->units->count, sizeof *q->keep);
    if (!q->keep)
        return TDM_NO_MEMORY;
    tdm_status status = choose_placed(&part, q, false);
    if (status == TDM_OK && !tdm__worlds_fit(&part, limit))
        status = choose_placed(&part, q, true);
    if (status != TDM_OK)
        return status;
    status = tdm__worlds_decide(answer, &complete, &part, holds_in_world, q, limit, q->budget);
    place_units(q);
    return status == TDM_OK ? find_days(q) : status;
}

/* --- the whole --- */

static bool tells(const tdm_selection *selection, tdm_str agency)
{
    const tdm_history *h = selection->history;
    for (uint32_t i = 0; i < selection->count; i++) {
        uint16_t of = h->chronology->columns.agency[h->rows[selection->members[i].row].event];
        if (tdm__str_equal(tdm__chronology_agency(h->chronology, of), agency))
            return true;
    }
    return selection->count == 0;
}

/* Agencies that declare coverage and have rows in the selection; all where it has none. */
static tdm_status find_agencies(tdm__absent_question *q, const tdm_selection *selection)
{
    const tdm_history *h = q->history;
    const tdm_chronology *c = h->chronology;
    if (!q->rule->covered)
        return TDM_OK;
    tdm__look_at_sources(h);
    if (!tdm__charge(q->budget, 1 + (int64_t)c->source_count * (1 + selection->count / 4)))
        return TDM_BUDGET;
    q->agencies = tdm__arena_array(h->arena, c->source_count + 1, sizeof *q->agencies);
    if (!q->agencies)
        return TDM_NO_MEMORY;
    for (size_t i = 0; i < c->source_count; i++) {
        const tdm__source *source = &c->sources[i];
        bool known = source->cover_count == 0 || !tdm__source_concerns(source, h->child) ||
                     tdm__chronology_source_replaced(c, (uint32_t)i, h->as_of);
        for (size_t k = 0; k < q->agency_count && !known; k++)
            known = tdm__str_equal(q->agencies[k], source->agency);
        if (!known && tells(selection, source->agency))
            q->agencies[q->agency_count++] = source->agency;
    }
    return TDM_OK;
}

static tdm_status find_levels(tdm__absent_question *q)
{
    const tdm_history *h = q->history;
    if (q->rule->level_at_least <= 0 && q->rule->level_at_most >= TDM_LADDER_MAX)
        return TDM_OK;
    if (!tdm__charge(q->budget, 1 + (int64_t)h->row_count * (1 + h->row_count / 8)))
        return TDM_BUDGET;
    return tdm__history_levels(&q->steps, &q->step_count, h);
}

/* Days 0 that can be; false when there are none, which the episodes alone may tell. */
static tdm_status find_range(bool *any, tdm__absent_question *q)
{
    const tdm__episodes *during = q->rule->during;
    tdm_day as_of = q->history->as_of, over = q->rule->over.count;
    *any = false;
    if (during) {
        for (uint32_t i = 0; i < during->count; i++) {
            const tdm__episode *e = during->items[i];
            tdm_day end = e->end_row == TDM_NO_INDEX || e->end_to > as_of ? as_of : e->end_to;
            if (e->end_row == TDM_NO_INDEX)
                tdm__look_until(q->history, e->start_from + over);
            if (end - 1 - over < e->start_from)
                continue;
            q->earliest = *any && q->earliest < e->start_from ? q->earliest : e->start_from;
            *any = true;
        }
    } else if (q->units->count > 0) {
        q->earliest = q->units->items[0].from - 1;
        *any = true;
    }
    if (*any)
        tdm__look_at_day(q->history);
    if (*any && q->rule->from && q->earliest < *q->rule->from)
        q->earliest = *q->rule->from;
    tdm_status status = *any ? latest_before(&q->latest, q, as_of) : TDM_OK;
    *any = *any && status == TDM_OK && q->latest >= q->earliest;
    return status;
}

static tdm_status new_units(tdm__world_units **out, tdm__absent_question *q, const tdm_selection *selection)
{
    q->own = q->rule->others ? 1 : 0;
    q->others = q->rule->others ? 0 : -1;
    return q->rule->others ? tdm__world_units_new(out, q->rule->others, selection, q->budget)
                           : tdm__world_units_new(out, selection, NULL, q->budget);
}

/* Of each day to ask on; the highest of them. */
static tdm_status ask_days(tdm_answer **answers, tdm_answer *highest, tdm__absent_question *q)
{
    *highest = TDM_NOT_MET;
    *answers = NULL;
    tdm_status status = find_days(q);
    if (status == TDM_OK) {
        *answers = tdm__arena_array(q->history->arena, q->days.count + 1, sizeof **answers);
        status = *answers ? TDM_OK : TDM_NO_MEMORY;
    }
    for (size_t i = 0; status == TDM_OK && i < q->days.count; i++) {
        tdm_answer *here = &(*answers)[i];
        status = ask(here, q, q->days.items[i]);
        *highest = *here > *highest ? *here : *highest;
    }
    return status;
}

static tdm_status ask_all(tdm__verdict *out, tdm__absent_question *q)
{
    tdm__spell_list list = {.history = q->history};
    tdm_answer overall, *answers;
    tdm_status status = ask_days(&answers, &overall, q);
    bool open = overall == TDM_POSSIBLE;
    if (status == TDM_OK && open)
        status = decide(&overall, q);
    if (status != TDM_OK || overall == TDM_NOT_MET)
        return status;
    status = tdm__absent_spells(&list, q, answers, open && overall == TDM_MET);
    if (status == TDM_OK)
        tdm__verdict_finish(out, &list, overall);
    return status;
}

tdm_status tdm__selection_absent(tdm__verdict *out, const tdm_selection *selection, const tdm__absent *rule,
                                 const tdm_holidays *holidays, tdm_budget *budget)
{
    tdm__absent_question q = {
        .history = selection->history, .rule = rule, .holidays = holidays, .budget = budget};
    tdm__world_units *units;
    bool any;
    *out = (tdm__verdict){TDM_NOT_MET, NULL, 0};
    if (rule->over.count < 1 || (rule->others && rule->n < 1))
        return TDM_INVALID_ARG;
    if (!tdm__charge(budget, 1 + (rule->during ? rule->during->count : 0)))
        return TDM_BUDGET;
    if (rule->others && rule->others->count < (uint32_t)rule->n)
        return TDM_OK;
    tdm_status status = rule->during ? find_range(&any, &q) : TDM_OK;
    if (status != TDM_OK || (rule->during && !any))
        return status;
    status = new_units(&units, &q, selection);
    if (status != TDM_OK)
        return status;
    q.units = units;
    if (!rule->during)
        status = find_range(&any, &q);
    if (status != TDM_OK || !any)
        return status;
    status = find_levels(&q);
    if (status == TDM_OK)
        status = find_agencies(&q, selection);
    if (status == TDM_OK)
        status = make_room(&q);
    if (status != TDM_OK)
        return status;
    place_units(&q);
    return ask_all(out, &q);
}

/*
 * Incidents that nothing answered in time.
 *
 * The first and the last day on which an incident can be answered both rise with its own day, so each
 * incident is judged from its interval, without its worlds: surely unanswered when nothing may lie in any of
 * those times, never when what surely answers covers every day that it may have. Several incidents may share
 * a doubtful answer; only then the worlds are gone through.
 */
#include "chronology/absent_spells.h"
#include "chronology/looked.h"

#include <stdlib.h>
#include <string.h>

typedef enum fate { ANSWERED, PERHAPS_LEFT, SURELY_LEFT } fate;

/* Of an incident, from its first and to its last possible day. */
typedef struct reach {
    fate fate;
    tdm_day opens;           /* first day on which an answer of its first day counts */
    tdm_day due, due_latest; /* last day to answer; after all days where that time is not over */
} reach;

typedef struct question {
    const tdm__world_units *units; /* in[0]: what asks for an answer; in[1]: what answers */
    const tdm__unanswered *rule;
    const tdm_holidays *holidays;
    tdm_budget *budget;
    reach *reaches; /* by unit */
} question;

static bool asks(const question *q, uint32_t unit)
{
    return q->reaches[unit].fate != ANSWERED;
}

/* No span is shorter than its number in days, so what is surely not over needs no calendar. */
static tdm_status last_day_to_answer(tdm_day *out, const question *q, tdm_day day)
{
    tdm_day as_of = q->units->history->as_of;
    *out = TDM_DAY_AFTER_ALL;
    if (day + q->rule->within.count >= as_of) {
        tdm__look_until(q->units->history, day + q->rule->within.count);
        return TDM_OK;
    }
    tdm_status status = tdm_span_end(out, day, q->rule->within, q->holidays);
    if (*out >= as_of) {
        tdm__look_until(q->units->history, *out);
        *out = TDM_DAY_AFTER_ALL;
    }
    return status;
}

static tdm_status first_day_to_answer(tdm_day *out, const question *q, tdm_day day)
{
    tdm_span before = q->rule->before;
    *out = day;
    if (before.count == 0)
        return TDM_OK;
    if (before.unit == TDM_SPAN_WORKING_DAYS)
        return tdm_add_working_days(out, day, -before.count, q->holidays);
    *out = tdm__days_before(day, before);
    return TDM_OK;
}

/* --- one incident --- */

static bool may_be_answered(const question *q, uint32_t asking)
{
    const tdm__world_units *units = q->units;
    const reach *r = &q->reaches[asking];
    bool found = units->items[asking].in[1];
    for (uint32_t i = 0; i < units->count && !found && units->items[i].from <= r->due_latest; i++)
        found = i != asking && units->items[i].in[1] && units->items[i].to >= r->opens;
    return found;
}

/* The last day from `day` on, and not after `last`, on which an answer of `answered` is not too early. */
static tdm_status last_day_answered_by(tdm_day *out, const question *q, tdm_day day, tdm_day last,
                                       tdm_day answered)
{
    tdm_status status = TDM_OK;
    tdm_day beyond = last + 1;
    while (status == TDM_OK && beyond - day > 1) {
        tdm_day middle = day + (beyond - day) / 2, opens;
        status = first_day_to_answer(&opens, q, middle);
        if (opens <= answered)
            day = middle;
        else
            beyond = middle;
    }
    *out = day;
    return status;
}

/* Whether some day of the incident is left on which nothing surely answers it in time. Answers stand in the
 * order of their first days, so each may only move the day that is looked at further. */
static tdm_status some_day_is_left(bool *out, const question *q, uint32_t asking)
{
    const tdm__world_units *units = q->units;
    const tdm__unit *unit = &units->items[asking];
    tdm_day day = unit->from, opens = q->reaches[asking].opens, due = q->reaches[asking].due;
    tdm_status status = TDM_OK;
    for (uint32_t i = 0; status == TDM_OK && i < units->count && day <= unit->to; i++) {
        const tdm__unit *answer = &units->items[i];
        if (i == asking || answer->optional || !answer->sure[1] || answer->from < opens || answer->to > due)
            continue;
        status = last_day_answered_by(&day, q, day, unit->to, answer->from);
        day++;
        if (status == TDM_OK && day <= unit->to)
            status = first_day_to_answer(&opens, q, day);
        if (status == TDM_OK && day <= unit->to)
            status = last_day_to_answer(&due, q, day);
    }
    *out = day <= unit->to && due != TDM_DAY_AFTER_ALL;
    return status;
}

static tdm_status judge(question *q, uint32_t asking)
{
    const tdm__unit *unit = &q->units->items[asking];
    reach *r = &q->reaches[asking];
    bool left = false;
    if (!unit->in[0] || unit->sure[1])
        return TDM_OK;
    tdm_status status = last_day_to_answer(&r->due, q, unit->from);
    if (status != TDM_OK || r->due == TDM_DAY_AFTER_ALL)
        return status;
    r->due_latest = r->due;
    if (unit->to != unit->from)
        status = last_day_to_answer(&r->due_latest, q, unit->to);
    if (status == TDM_OK)
        status = first_day_to_answer(&r->opens, q, unit->from);
    if (status != TDM_OK)
        return status;
    if (!tdm__charge(q->budget, 1 + q->units->count / 8))
        return TDM_BUDGET;
    if (!unit->optional && unit->sure[0] && r->due_latest != TDM_DAY_AFTER_ALL &&
        !may_be_answered(q, asking)) {
        r->fate = SURELY_LEFT;
        return TDM_OK;
    }
    status = some_day_is_left(&left, q, asking);
    r->fate = left ? PERHAPS_LEFT : ANSWERED;
    return status;
}

/* --- several --- */

/* How many incidents of a fate, or a surer one, there are: found groups once, for certain. */
static tdm_bounds count_left(const question *q, fate least)
{
    tdm_bounds count = {0, 0};
    tdm__once_start(q->units, 0);
    for (uint32_t i = 0; i < q->units->count; i++) {
        if (q->reaches[i].fate < least)
            continue;
        count.certain += tdm__once_counts(q->units, 0, &q->units->items[i]);
        count.possible++;
    }
    return count;
}

/* Whether something of this world lies in the time of the incident: for certain, or perhaps. */
static tdm__relation answered_in_world(const question *q, const tdm_day *days, uint32_t asking, tdm_day opens,
                                       tdm_day due)
{
    tdm__relation best = q->units->items[asking].in[1] ? TDM__PERHAPS : TDM__NEVER;
    for (uint32_t i = 0; i < q->units->count && best != TDM__SURELY; i++) {
        const tdm__unit *unit = &q->units->items[i];
        if (i != asking && unit->in[1] && days[i] != TDM_DAY_NONE && days[i] >= opens && days[i] <= due)
            best = unit->sure[1] ? TDM__SURELY : TDM__PERHAPS;
    }
    return best;
}

static tdm_status holds_in_world(tdm_answer *answer, const tdm_day *days, void *payload)
{
    const question *q = payload;
    tdm_bounds count = {0, 0};
    tdm_status status = TDM_OK;
    tdm__once_start(q->units, 0);
    for (uint32_t i = 0; status == TDM_OK && i < q->units->count; i++) {
        const tdm__unit *unit = &q->units->items[i];
        tdm_day opens = 0, due = TDM_DAY_AFTER_ALL;
        tdm__relation answered = TDM__NEVER;
        if (!asks(q, i) || days[i] == TDM_DAY_NONE)
            continue;
        if (q->reaches[i].fate == PERHAPS_LEFT) {
            status = last_day_to_answer(&due, q, days[i]);
            if (status == TDM_OK && due != TDM_DAY_AFTER_ALL)
                status = first_day_to_answer(&opens, q, days[i]);
            answered = due == TDM_DAY_AFTER_ALL ? TDM__SURELY : answered_in_world(q, days, i, opens, due);
        }
        count.certain += answered == TDM__NEVER && unit->sure[0] && tdm__once_counts(q->units, 0, unit);
        count.possible += answered != TDM__SURELY;
    }
    *answer = count.certain >= q->rule->n    ? TDM_MET
              : count.possible >= q->rule->n ? TDM_POSSIBLE
                                             : TDM_NOT_MET;
    return status;
}

/* Units whose dates bear on those that are perhaps unanswered. */
static void mark_doubtful(bool *keep, const question *q)
{
    for (uint32_t a = 0; a < q->units->count; a++) {
        const reach *r = &q->reaches[a];
        if (r->fate != PERHAPS_LEFT)
            continue;
        keep[a] = true;
        for (uint32_t b = 0; b < q->units->count; b++) {
            const tdm__unit *unit = &q->units->items[b];
            keep[b] = keep[b] || (unit->in[1] && unit->from <= r->due_latest && unit->to >= r->opens);
        }
    }
}

/* Between the two bounds the worlds decide. One incident alone needs none: it is possible. */
static tdm_status decide(tdm_answer *answer, question *q)
{
    bool complete;
    tdm__world_units part;
    const tdm__world_units *all = q->units;
    int32_t sure = count_left(q, SURELY_LEFT).certain, most = count_left(q, PERHAPS_LEFT).possible;
    *answer = sure >= q->rule->n ? TDM_MET : most < q->rule->n ? TDM_NOT_MET : TDM_POSSIBLE;
    if (*answer != TDM_POSSIBLE || most == 1)
        return TDM_OK;
    bool *keep = tdm__arena_array(all->history->arena, (size_t)all->count + 1, sizeof *keep);
    if (!keep)
        return TDM_NO_MEMORY;
    if (!tdm__charge(q->budget, 1 + (int64_t)most * all->count / 8))
        return TDM_BUDGET;
    mark_doubtful(keep, q);
    tdm_status status = tdm__world_units_fixed(&part, all, keep);
    if (status != TDM_OK)
        return status;
    q->units = &part;
    int64_t limit = tdm__worlds_limit((int64_t)most * part.count);
    status = tdm__worlds_decide(answer, &complete, &part, holds_in_world, q, limit, q->budget);
    q->units = all;
    return status;
}

/* --- spells --- */

/* In the unit in which the time to answer is told; in days where its working days are not known. */
static void set_late(tdm__late *late, const question *q, tdm_day due, tdm_day due_latest, tdm__period came)
{
    int32_t least = 0, most = 0;
    bool working = q->rule->within.unit == TDM_SPAN_WORKING_DAYS;
    if (working)
        working = (came.from <= due_latest ||
                   tdm_working_days_between(&least, due_latest, came.from, q->holidays) == TDM_OK) &&
                  (came.to <= due || tdm_working_days_between(&most, due, came.to, q->holidays) == TDM_OK);
    if (!working) {
        least = came.from > due_latest ? came.from - due_latest : 0;
        most = came.to > due ? came.to - due : 0;
    }
    *late = (tdm__late){true, working ? TDM_SPAN_WORKING_DAYS : TDM_SPAN_DAYS, {least, most}};
}

/* When an answer came too late. */
typedef struct ending {
    tdm__period came; /* from the first that may be late to the first that is, if it was not in time */
    bool surely;      /* else it has perhaps not come as of the day, on which `came` ends */
} ending;

/* Marks an answer, and those of the very same days: which of them came first, nobody knows. */
static void use_answer(bool *use, const tdm__world_units *units, uint32_t answer)
{
    for (uint32_t i = 0; i < units->count; i++)
        use[i] = use[i] || (units->items[i].in[1] && units->items[i].from == units->items[answer].from &&
                            units->items[i].to == units->items[answer].to);
}

/* Marks the answers that came too late, and what may have come in time. */
static ending find_ending(bool *use, const question *q, uint32_t asking)
{
    const tdm__world_units *units = q->units;
    const reach *r = &q->reaches[asking];
    tdm_day as_of = units->history->as_of;
    ending end = {{as_of, as_of}, false};
    uint32_t first = TDM_NO_INDEX, sure = TDM_NO_INDEX;
    for (uint32_t i = 0; i < units->count; i++) {
        const tdm__unit *unit = &units->items[i];
        if (!unit->in[1] || i == asking)
            continue;
        use[i] = use[i] || (unit->from <= r->due_latest && unit->to >= r->opens);
        if (unit->to > r->due && first == TDM_NO_INDEX)
            first = i;
        /* in time or late, but never too early */
        if (unit->to > r->due && unit->from >= units->items[asking].to && !unit->optional && unit->sure[1] &&
            (sure == TDM_NO_INDEX || unit->to < units->items[sure].to))
            sure = i;
    }
    if (first != TDM_NO_INDEX) {
        use_answer(use, units, first);
        end.came.from = units->items[first].from;
    }
    if (sure != TDM_NO_INDEX) {
        use_answer(use, units, sure);
        end = (ending){{end.came.from, units->items[sure].to}, true};
    }
    return end;
}

/* Takes one incident into the spell. */
static void add_incident(tdm__spell *spell, bool *use, const question *q, uint32_t asking)
{
    const reach *r = &q->reaches[asking];
    ending end = find_ending(use, q, asking);
    tdm__late before = spell->late;
    set_late(&spell->late, q, r->due, r->due_latest, end.came);
    if (before.known && before.by.certain < spell->late.by.certain)
        spell->late.by.certain = before.by.certain;
    if (before.known && before.by.possible > spell->late.by.possible)
        spell->late.by.possible = before.by.possible;
    if (!before.known || end.came.to > spell->last.to)
        spell->last = end.surely ? (tdm_date){end.came.from, end.came.to, 0}
                                 : (tdm_date){end.came.to, end.came.to, 0};
    spell->open = spell->open || !end.surely;
    use[asking] = true;
}

static int compare_days(const void *a, const void *b)
{
    tdm_day x = *(const tdm_day *)a, y = *(const tdm_day *)b;
    return (x > y) - (x < y);
}

/* The day after the last day of the n-th incident that is surely unanswered: by then the rule held. */
static tdm_status find_first_met(tdm_day *out, const question *q)
{
    const tdm__world_units *units = q->units;
    tdm_day *dues = tdm__arena_array(units->history->arena, (size_t)units->count + 1, sizeof *dues);
    uint32_t count = 0, n = (uint32_t)q->rule->n;
    *out = TDM_DAY_NONE;
    if (!dues)
        return TDM_NO_MEMORY;
    tdm__once_start(units, 0);
    for (uint32_t i = 0; i < units->count; i++)
        if (q->reaches[i].fate == SURELY_LEFT && tdm__once_counts(units, 0, &units->items[i]))
            dues[count++] = q->reaches[i].due_latest;
    if (count > 1)
        qsort(dues, count, sizeof *dues, compare_days);
    if (count >= n)
        *out = dues[n - 1] + 1;
    return TDM_OK;
}

/* By what is sure of its incidents, where the rule held by `since`; else possible. */
static void set_answer(tdm__spell *spell, const question *q, tdm_day since, uint32_t incident)
{
    if (since == TDM_DAY_NONE || q->reaches[incident].fate != SURELY_LEFT)
        return;
    tdm_day met = q->reaches[incident].due_latest + 1;
    met = met > since ? met : since;
    if (spell->first_met == TDM_DAY_NONE || met < spell->first_met)
        spell->first_met = met;
    spell->answer = TDM_MET;
}

/* One spell of the incidents of a group. */
static tdm_status make_spell(tdm__spell *spell, const question *q, uint32_t *group, uint32_t head, bool *use,
                             tdm_day since)
{
    const tdm__world_units *units = q->units;
    if (!tdm__charge(q->budget, 1 + (2 * units->count + units->history->row_count) / 8))
        return TDM_BUDGET;
    memset(use, 0, units->count * sizeof *use);
    for (uint32_t i = head; i < units->count; i++) {
        if (!asks(q, i) || tdm__group_of(group, i) != head)
            continue;
        add_incident(spell, use, q, i);
        set_answer(spell, q, since, i);
    }
    tdm_date last = spell->last;
    tdm_status status = tdm__spell_fill(spell, units, use);
    spell->first = tdm__unit_date(&units->items[head]);
    spell->last = last;
    spell->to = last.to > spell->to ? last.to : spell->to;
    spell->count = (tdm_bounds){count_left(q, SURELY_LEFT).certain, count_left(q, PERHAPS_LEFT).possible};
    return status == TDM_OK ? tdm__spell_agencies(spell, units->history) : status;
}

/* Met in every world, by some incidents or others: one spell, which held when all of them were due. */
static void settle_joint(tdm__spell *spell, const question *q)
{
    tdm_day as_of = q->units->history->as_of;
    spell->answer = TDM_MET;
    for (uint32_t i = 0; i < q->units->count; i++) {
        tdm_day met = q->reaches[i].due_latest < as_of ? q->reaches[i].due_latest + 1 : as_of;
        if (asks(q, i) && (spell->first_met == TDM_DAY_NONE || met > spell->first_met))
            spell->first_met = met;
    }
    if (spell->count.certain < q->rule->n)
        spell->count.certain = q->rule->n;
}

/* Which incidents share a spell: those of one found group; all of them where only the worlds are met. */
static uint32_t *group_units(const question *q, bool joint)
{
    const tdm__world_units *units = q->units;
    uint32_t *group = tdm__arena_array(units->history->arena, units->count, sizeof *group);
    uint32_t *heads = tdm__arena_array(units->history->arena, (size_t)units->found_count + 1, sizeof *heads);
    if (!group || !heads)
        return NULL;
    for (uint32_t i = 0; i < units->count; i++) {
        uint32_t found = joint ? 0 : units->items[i].found;
        group[i] = i;
        if (!asks(q, i) || found == TDM_NO_INDEX)
            continue;
        if (heads[found] == 0)
            heads[found] = i + 1;
        tdm__group_join(group, heads[found] - 1, i);
    }
    return group;
}

static tdm_status make_spells(tdm__verdict *out, const question *q, tdm_answer overall)
{
    const tdm__world_units *units = q->units;
    tdm__spell_list list = {.history = units->history};
    tdm_day since = TDM_DAY_NONE;
    bool *use = tdm__arena_array(units->history->arena, (size_t)units->count + 1, sizeof *use);
    tdm_status status = use ? TDM_OK : TDM_NO_MEMORY;
    if (status == TDM_OK && overall == TDM_MET)
        status = find_first_met(&since, q);
    bool joint = overall == TDM_MET && since == TDM_DAY_NONE;
    uint32_t *group = status == TDM_OK ? group_units(q, joint) : NULL;
    if (status == TDM_OK && !group)
        status = TDM_NO_MEMORY;
    for (uint32_t i = 0; status == TDM_OK && i < units->count; i++) {
        if (!asks(q, i) || tdm__group_of(group, i) != i)
            continue;
        tdm__spell *spell = tdm__spell_add(&list);
        status = spell ? make_spell(spell, q, group, i, use, since) : TDM_NO_MEMORY;
        if (status == TDM_OK && joint)
            settle_joint(spell, q);
    }
    if (status == TDM_OK)
        tdm__verdict_finish(out, &list, overall);
    return status;
}

tdm_status tdm__selection_unanswered(tdm__verdict *out, const tdm_selection *selection,
                                     const tdm__unanswered *rule, const tdm_holidays *holidays,
                                     tdm_budget *budget)
{
    question q = {.rule = rule, .holidays = holidays, .budget = budget};
    tdm__world_units *units;
    tdm_answer overall;
    *out = (tdm__verdict){TDM_NOT_MET, NULL, 0};
    if (rule->n < 1 || rule->n > 10000 || rule->within.count < 0 || rule->before.count < 0)
        return TDM_INVALID_ARG;
    if (selection->count < (uint32_t)rule->n)
        return tdm__charge(budget, 1) ? TDM_OK : TDM_BUDGET;
    tdm_status status = tdm__world_units_new(&units, selection, rule->by, budget);
    if (status != TDM_OK)
        return status;
    q.units = units;
    q.reaches = tdm__arena_array(selection->history->arena, (size_t)units->count + 1, sizeof *q.reaches);
    if (!q.reaches)
        return TDM_NO_MEMORY;
    for (uint32_t i = 0; status == TDM_OK && i < units->count; i++)
        status = judge(&q, i);
    if (status == TDM_OK)
        status = decide(&overall, &q);
    if (status != TDM_OK || overall == TDM_NOT_MET)
        return status;
    return make_spells(out, &q, overall);
}

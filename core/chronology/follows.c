/*
 * "This again within a span of that": pairs of an earlier and a later row on different days.
 *
 * A pair that holds wherever both dates fall makes the answer met. Several doubtful pairs may
 * together hold in every world without any of them doing so alone, so those worlds are gone through.
 * Two units of one found group may be one incident, which does not follow itself: possible, never met.
 */
#include "chronology/days.h"
#include "chronology/plain.h"
#include "chronology/table.h"
#include "chronology/worlds.h"

typedef struct question {
    const tdm__world_units *units; /* in[0]: what follows; in[1]: what it follows */
    const tdm__follows *rule;
    const tdm_holidays *holidays;
    tdm_budget *budget;
    bool *in_pair;
    uint32_t *nearest; /* by later unit: the nearest one that it may follow */
} question;

/* In a world in which both count. */
static bool sure_pair(const tdm__unit *earlier, const tdm__unit *later)
{
    return later->sure[0] && earlier->sure[1] && !tdm__same_found(earlier, later);
}

/* Whether `later` follows `earlier`: by their dates, and surely only where both count for certain. */
static tdm_status relate(tdm__relation *out, const question *q, const tdm__unit *earlier,
                         const tdm__unit *later)
{
    *out = TDM__NEVER;
    if (earlier == later)
        return TDM_OK;
    tdm_status status = tdm__relate_days(out, (tdm__period){earlier->from, earlier->to},
                                         (tdm__period){later->from, later->to}, q->rule->within, q->holidays);
    bool certain = !later->optional && !earlier->optional && sure_pair(earlier, later);
    if (*out == TDM__SURELY && !certain)
        *out = TDM__PERHAPS;
    return status;
}

static tdm_status holds_in_world(tdm_answer *answer, const tdm_day *days, void *payload)
{
    const question *q = payload;
    *answer = TDM_NOT_MET;
    for (uint32_t b = 0; b < q->units->count && *answer != TDM_MET; b++) {
        if (!q->units->items[b].in[0] || !q->in_pair[b] || days[b] == TDM_DAY_NONE)
            continue;
        for (uint32_t a = 0; a < q->units->count && *answer != TDM_MET; a++) {
            tdm__relation how;
            if (!q->units->items[a].in[1] || !q->in_pair[a] || days[a] == TDM_DAY_NONE)
                continue;
            tdm_status status = tdm__relate_days(&how, (tdm__period){days[a], days[a]},
                                                 (tdm__period){days[b], days[b]}, q->rule->within,
                                                 q->holidays);
            if (status != TDM_OK)
                return status;
            if (how == TDM__SURELY)
                *answer = sure_pair(&q->units->items[a], &q->units->items[b]) ? TDM_MET : TDM_POSSIBLE;
        }
    }
    return TDM_OK;
}

/* Joins each later unit with the units it may follow, from the nearest back to the first that it surely
 * follows. */
static tdm_status join_pairs(uint32_t *group, bool *sure, tdm_day *met, const question *q)
{
    const tdm__world_units *units = q->units;
    for (uint32_t b = 0; b < units->count; b++) {
        bool found = false;
        met[b] = TDM_DAY_NONE;
        q->nearest[b] = TDM_NO_INDEX;
        if (!units->items[b].in[0])
            continue;
        if (!tdm__charge(q->budget, 1 + units->count / 4))
            return TDM_BUDGET;
        for (uint32_t a = units->count; a-- > 0 && !found;) {
            tdm__relation how;
            if (!units->items[a].in[1])
                continue;
            tdm_status status = relate(&how, q, &units->items[a], &units->items[b]);
            if (status != TDM_OK)
                return status;
            if (how == TDM__NEVER)
                continue;
            if (q->nearest[b] == TDM_NO_INDEX)
                q->nearest[b] = a;
            q->in_pair[a] = q->in_pair[b] = true;
            tdm__group_join(group, a, b);
            found = how == TDM__SURELY;
        }
        sure[b] = found;
        met[b] = found ? units->items[b].to : TDM_DAY_NONE;
    }
    return TDM_OK;
}

/* The worlds of one spell's units. */
static tdm_status decide(tdm_answer *answer, question *q, const bool *use)
{
    bool complete, *all = q->in_pair;
    bool *these = tdm__arena_array(q->units->history->arena, (size_t)q->units->count + 1, sizeof *these);
    tdm__world_units part;
    if (!these)
        return TDM_NO_MEMORY;
    for (uint32_t i = 0; i < q->units->count; i++)
        these[i] = use[i];
    tdm_status fixed = tdm__world_units_fixed(&part, q->units, use);
    if (fixed != TDM_OK)
        return fixed;
    q->in_pair = these;
    int64_t steps = (int64_t)part.count * part.count;
    tdm_status status = tdm__worlds_decide(answer, &complete, &part, holds_in_world, q,
                                           tdm__worlds_limit(steps), q->budget);
    q->in_pair = all;
    return status;
}

/* For the sentence: the last one that follows, and the one that it follows. */
static void name_last_pair(tdm__spell *spell, const question *q, const bool *use)
{
    const tdm__unit *items = q->units->items;
    uint32_t last = TDM_NO_INDEX;
    for (uint32_t i = 0; i < q->units->count; i++)
        if (use[i] && q->nearest[i] != TDM_NO_INDEX &&
            (last == TDM_NO_INDEX || items[i].to >= items[last].to))
            last = i;
    if (last != TDM_NO_INDEX) {
        spell->first = tdm__unit_date(&items[q->nearest[last]]);
        spell->last = tdm__unit_date(&items[last]);
    }
}

static tdm_status make_spell(tdm__spell_list *list, question *q, const bool *use, const bool *sure,
                             const tdm_day *met)
{
    tdm_answer answer = TDM_POSSIBLE;
    tdm_day first_met = TDM_DAY_NONE;
    tdm_bounds count = {0, 0};
    for (uint32_t i = 0; i < q->units->count; i++) {
        if (!use[i] || !q->units->items[i].in[0])
            continue;
        count.certain += sure[i];
        count.possible++;
        if (sure[i] && (first_met == TDM_DAY_NONE || met[i] < first_met))
            first_met = met[i];
    }
    if (first_met == TDM_DAY_NONE) {
        tdm_status status = decide(&answer, q, use);
        if (status != TDM_OK || answer == TDM_NOT_MET)
            return status;
    } else {
        answer = TDM_MET;
    }
    tdm__spell *spell = tdm__spell_add(list);
    tdm_status status = spell ? tdm__spell_fill(spell, q->units, use) : TDM_NO_MEMORY;
    if (status != TDM_OK)
        return status;
    name_last_pair(spell, q, use);
    spell->answer = answer;
    spell->count = count;
    spell->first_met = answer == TDM_MET && first_met == TDM_DAY_NONE ? spell->to : first_met;
    return TDM_OK;
}

/* --- a plain selection held against itself --- */

/* One world, and the members stand in its order: each may follow the last one of the day before it alone. */
typedef struct plain_question {
    const tdm_selection *selection;
    const tdm__follows *rule;
    const tdm_holidays *holidays;
    const tdm_day *days;
    uint32_t *rows; /* room for those of all spells, one behind the other */
    uint32_t row_count;
    tdm__spell_list list;
    tdm__spell *spell; /* that goes on; NULL: none */
    uint64_t agencies; /* of it, a bit each */
} plain_question;

#define AGENCIES_TOLD_APART 64

/* Whether the units of the general way would stand in the order of the members. */
static bool stand_in_order(const tdm_selection *selection)
{
    const tdm_history *h = selection->history;
    for (uint32_t i = 1; i < selection->count; i++) {
        uint32_t row = selection->members[i].row, before = selection->members[i - 1].row;
        if (row <= before || h->rows[row].incident < h->rows[before].incident)
            return false;
    }
    return h->chronology->agencies.count <= AGENCIES_TOLD_APART;
}

static tdm_status plain_pair(bool *out, const plain_question *q, tdm_day earlier, tdm_day later)
{
    tdm__relation how;
    tdm_span within = q->rule->within;
    if (within.unit == TDM_SPAN_DAYS) {
        *out = within.count == 0 || later - earlier <= within.count;
        return TDM_OK;
    }
    tdm_status status = tdm__relate_days(&how, (tdm__period){earlier, earlier}, (tdm__period){later, later},
                                         within, q->holidays);
    *out = status == TDM_OK && how == TDM__SURELY;
    return status;
}

static void add_plain_row(plain_question *q, uint32_t member)
{
    const tdm_history *h = q->selection->history;
    uint32_t row = q->selection->members[member].row;
    q->rows[q->row_count++] = row;
    q->agencies |= UINT64_C(1) << h->chronology->columns.agency[h->rows[row].event];
    q->spell->row_count++;
    q->spell->count.possible++;
}

static tdm_status open_plain_spell(plain_question *q, uint32_t member)
{
    if (!q->rows)
        q->rows = tdm__arena_alloc(q->selection->history->arena, q->selection->count * sizeof *q->rows);
    q->spell = q->rows ? tdm__spell_add(&q->list) : NULL;
    if (!q->spell)
        return TDM_NO_MEMORY;
    q->spell->answer = TDM_MET;
    q->spell->from = q->days[member];
    q->spell->rows = q->rows + q->row_count;
    q->agencies = 0;
    add_plain_row(q, member);
    return TDM_OK;
}

/* The members [first, end), of one day, each follow the one before them. */
static tdm_status add_plain_day(plain_question *q, uint32_t first, uint32_t end)
{
    tdm_day day = q->days[first], before = q->days[first - 1];
    tdm_status status = q->spell ? TDM_OK : open_plain_spell(q, first - 1);
    if (status != TDM_OK)
        return status;
    for (uint32_t i = first; i < end; i++)
        add_plain_row(q, i);
    q->spell->count.certain += (int32_t)(end - first);
    q->spell->first_met = q->spell->first_met == TDM_DAY_NONE ? day : q->spell->first_met;
    q->spell->to = day;
    q->spell->first = (tdm_date){before, before, 0};
    q->spell->last = (tdm_date){day, day, 0};
    q->spell->agencies = 0;
    for (uint64_t bits = q->agencies; bits != 0; bits &= bits - 1)
        q->spell->agencies++;
    return TDM_OK;
}

static tdm_status follow_plain(tdm__verdict *out, plain_question *q)
{
    tdm_status status = TDM_OK;
    uint32_t end, count = q->selection->count;
    for (uint32_t first = 0; first < count && status == TDM_OK; first = end) {
        bool follows = false;
        for (end = first + 1; end < count && q->days[end] == q->days[first];)
            end++;
        if (first > 0)
            status = plain_pair(&follows, q, q->days[first - 1], q->days[first]);
        if (status == TDM_OK && follows)
            status = add_plain_day(q, first, end);
        else
            q->spell = NULL;
    }
    if (status == TDM_OK)
        tdm__verdict_finish(out, &q->list, TDM_NOT_MET);
    return status;
}

/* *done: the selection is plain and held against itself, and that is the answer. */
static tdm_status follow_itself(tdm__verdict *out, bool *done, const tdm_selection *selection,
                                const tdm__follows *rule, const tdm_holidays *holidays, tdm_budget *budget)
{
    plain_question q = {
        .selection = selection, .rule = rule, .holidays = holidays, .list = {.history = selection->history}};
    *done = false;
    if (rule->earlier != selection || !stand_in_order(selection))
        return TDM_OK;
    tdm_status status = tdm__plain_days(&q.days, selection, budget);
    if (status != TDM_OK || !q.days)
        return status;
    *done = true;
    return tdm__charge(budget, 1 + selection->count) ? follow_plain(out, &q) : TDM_BUDGET;
}

tdm_status tdm__selection_follows(tdm__verdict *out, const tdm_selection *selection, const tdm__follows *rule,
                                  const tdm_holidays *holidays, tdm_budget *budget)
{
    bool done;
    tdm__world_units *units;
    tdm__spell_list list = {.history = selection->history};
    *out = (tdm__verdict){TDM_NOT_MET, NULL, 0};
    tdm_status status = follow_itself(out, &done, selection, rule, holidays, budget);
    if (status != TDM_OK || done)
        return status;
    status = tdm__world_units_new(&units, selection, rule->earlier, budget);
    if (status != TDM_OK)
        return status;
    tdm__arena *arena = selection->history->arena;
    uint32_t *group = tdm__arena_array(arena, units->count, sizeof *group);
    bool *in_pair = tdm__arena_array(arena, (size_t)units->count + 1, sizeof *in_pair);
    bool *sure = tdm__arena_array(arena, (size_t)units->count + 1, sizeof *sure);
    bool *use = tdm__arena_array(arena, (size_t)units->count + 1, sizeof *use);
    tdm_day *met = tdm__arena_array(arena, units->count, sizeof *met);
    uint32_t *nearest = tdm__arena_array(arena, units->count, sizeof *nearest);
    if (!group || !in_pair || !sure || !use || !met || !nearest)
        return TDM_NO_MEMORY;
    for (uint32_t i = 0; i < units->count; i++)
        group[i] = i;
    question q = {units, rule, holidays, budget, in_pair, nearest};
    status = join_pairs(group, sure, met, &q);
    for (uint32_t head = 0; status == TDM_OK && head < units->count; head++) {
        if (!in_pair[head] || tdm__group_of(group, head) != head)
            continue;
        for (uint32_t i = 0; i < units->count; i++)
            use[i] = in_pair[i] && tdm__group_of(group, i) == head;
        status = make_spell(&list, &q, use, sure, met);
    }
    if (status == TDM_OK)
        tdm__verdict_finish(out, &list, TDM_NOT_MET);
    return status;
}

/*
 * Alternation: S, B, S, B, S within a span.
 *
 * In one world, letters are taken greedily. On a day that holds both S and B the order is open: one order for
 * all windows together. Count letters from the first S on; then such a day adds one or two of them, any other
 * day what it must, and a window forbids too many. Those conditions have a largest solution, found from
 * above, or none: then the rule holds in every order.
 *
 * An incident in both selections is a pair: the letters S and B, which nothing parts. A day with pairs ends
 * on a B, and its order does not matter: an S before them and a B after them add no letter.
 */
#include "chronology/patterns.h"

#include "chronology/runs.h"

#include <stdlib.h>

/* What a day holds, for certain and at most. A pair of which only one half is certain is certain as that. */
typedef struct moment {
    tdm_day day, last; /* end of the window that starts here */
    uint32_t sure_s, sure_b, sure_pairs;
    uint32_t s, b, pairs;
    uint32_t first, end; /* places [first, end) */
    int64_t letters;     /* up to and with this day, in the order that keeps them fewest */
} moment;

typedef struct question {
    const tdm__turns *rule;
    const tdm_holidays *holidays;
    const bool *one_each; /* one unit of each found group */
    uint32_t *by_end;     /* units in the order of their last day */
    moment *moments;
    uint32_t *inside;
} question;

static const tdm__unit *unit_at(const tdm__runs *runs, uint32_t i)
{
    return &runs->units->items[i];
}

static bool surely(const question *q, const tdm__unit *unit, int which, uint32_t i)
{
    return unit->in[which] && unit->sure[which] && q->one_each[i];
}

static bool surely_pair(const question *q, const tdm__unit *unit, uint32_t i)
{
    return surely(q, unit, 0, i) && surely(q, unit, 1, i);
}

/* --- what may be and what must, before any world --- */

/* The units of one selection that may lie in a window, taken one after the other as early as they may be. */
typedef struct queue {
    uint32_t next;
    tdm_day latest; /* to which those that have begun reach */
} queue;

/* The earliest day from `day` on for a unit in the selection `which`; TDM_DAY_AFTER_ALL: none. */
static tdm_day earliest(queue *from, const tdm__runs *runs, const uint32_t *inside, uint32_t count, int which,
                        tdm_day day)
{
    for (; from->next < count; from->next++) {
        const tdm__unit *unit = unit_at(runs, inside[from->next]);
        if (!unit->in[which])
            continue;
        if (unit->from > day && from->latest < day)
            day = unit->from;
        if (unit->from > day)
            break;
        from->latest = unit->to > from->latest ? unit->to : from->latest;
    }
    return from->latest >= day ? day : TDM_DAY_AFTER_ALL;
}

/* Whether the units could alternate often enough if each could stand more than once. */
static bool may_alternate(const tdm__runs *runs, const uint32_t *inside, uint32_t count, tdm_day first)
{
    queue queues[2] = {{0, TDM_DAY_BEFORE_ALL}, {0, TDM_DAY_BEFORE_ALL}};
    int64_t in[2] = {0, 0}, wanted = 2 * (int64_t)runs->wanted + 1;
    for (uint32_t i = 0; i < count; i++)
        for (int which = 0; which < 2; which++)
            in[which] += unit_at(runs, inside[i])->in[which];
    if (in[0] <= runs->wanted || in[1] < runs->wanted)
        return false;
    for (int64_t letter = 0; letter < wanted && first != TDM_DAY_AFTER_ALL; letter++)
        first = earliest(&queues[letter % 2], runs, inside, count, (int)(letter % 2), first);
    return first != TDM_DAY_AFTER_ALL;
}

/* A window that holds a run begins, at the latest, on the last day that one of its units may have. */
static tdm_status find_candidates(tdm__runs *runs, const question *q)
{
    const tdm__world_units *units = runs->units;
    for (uint32_t i = 0; i < units->count; i++) {
        uint32_t count = 0;
        tdm_day first = units->items[i].to, last;
        tdm_status status = tdm__window_last(&last, first, q->rule->within, q->holidays);
        if (status != TDM_OK)
            return status;
        if (!tdm__charge(runs->budget, 1 + units->count / 4))
            return TDM_BUDGET;
        for (uint32_t k = 0; k < units->count && units->items[k].from <= last; k++)
            if (units->items[k].to >= first)
                q->inside[count++] = k;
        if (may_alternate(runs, q->inside, count, first))
            tdm__runs_candidates(runs, q->inside, count);
        if (last == TDM_DAY_AFTER_ALL && i == 0 && count == units->count && runs->candidate[0])
            return TDM_OK; /* all in one group already */
    }
    return TDM_OK;
}

/* The day by which the run that starts with unit `start` is there whatever the dates: each unit ends before
 * the next may begin. */
static tdm_status sure_from(tdm_day *out, const tdm__runs *runs, const question *q, uint32_t start)
{
    const tdm__unit *unit = unit_at(runs, start);
    tdm_day last, reached = unit->to;
    int64_t letters = surely_pair(q, unit, start) ? 2 : 1, wanted = 2 * (int64_t)runs->wanted + 1;
    *out = TDM_DAY_NONE;
    tdm_status status = tdm__window_last(&last, unit->from, q->rule->within, q->holidays);
    for (uint32_t i = 0; status == TDM_OK && i < runs->units->count && letters < wanted; i++) {
        uint32_t at = q->by_end[i];
        unit = unit_at(runs, at);
        int which = (int)(letters % 2);
        if (!runs->use[at] || unit->optional || !surely(q, unit, which, at) || unit->from <= reached)
            continue;
        letters += which == 0 && surely_pair(q, unit, at) ? 2 : 1;
        reached = unit->to;
    }
    if (status == TDM_OK && letters >= wanted && reached <= last)
        *out = reached;
    return status;
}

static tdm_status surely_there(tdm_day *out, tdm__runs *runs)
{
    const question *q = runs->question;
    tdm_status status = TDM_OK;
    *out = TDM_DAY_NONE;
    for (uint32_t i = 0; status == TDM_OK && i < runs->units->count; i++) {
        tdm_day here;
        const tdm__unit *unit = unit_at(runs, i);
        if (!runs->use[i] || unit->optional || !surely(q, unit, 0, i))
            continue;
        if (!tdm__charge(runs->budget, 1 + runs->units->count / 4))
            return TDM_BUDGET;
        status = sure_from(&here, runs, q, i);
        if (here != TDM_DAY_NONE && (*out == TDM_DAY_NONE || here < *out))
            *out = here;
    }
    return status;
}

/* --- one world --- */

static void add_unit(moment *here, const question *q, const tdm__unit *unit, uint32_t i)
{
    bool pair = surely_pair(q, unit, i);
    here->sure_pairs += pair;
    here->sure_s += !pair && surely(q, unit, 0, i);
    here->sure_b += !pair && surely(q, unit, 1, i);
    here->pairs += unit->in[0] && unit->in[1];
    here->s += unit->in[0] && !unit->in[1];
    here->b += unit->in[1] && !unit->in[0];
}

static tdm_status find_moments(uint32_t *count, tdm__runs *runs, uint32_t place_count)
{
    const question *q = runs->question;
    tdm_status status = TDM_OK;
    *count = 0;
    for (uint32_t i = 0; status == TDM_OK && i < place_count; i++) {
        tdm__place place = runs->places[i];
        if (!runs->use[place.unit])
            continue;
        moment *here = &q->moments[*count];
        if (*count > 0 && here[-1].day == place.day) {
            here--;
        } else {
            *here = (moment){.day = place.day, .first = i};
            status = tdm__window_last(&here->last, place.day, q->rule->within, q->holidays);
            ++*count;
        }
        here->end = i + 1;
        add_unit(here, q, unit_at(runs, place.unit), place.unit);
    }
    return status;
}

/* Letters of S and B that alternate, from the one that is wanted on. */
static int64_t alternating(int64_t s, int64_t b, bool wants_b)
{
    int64_t first = wants_b ? b : s, second = wants_b ? s : b;
    return first <= second ? 2 * first : 2 * second + 1;
}

/* Most letters that a day can add in the best order; `letters` have been taken. A pair adds two where an S is
 * wanted, and no more than its B where that is all there is. */
static int64_t most_letters(const moment *m, int64_t letters)
{
    int64_t pairs = 2 * (int64_t)m->pairs;
    bool wants_b = letters % 2 != 0;
    if (wants_b && m->b == 0 && pairs > 0)
        return pairs - 1 + (m->s > 0);
    return pairs + alternating(m->s, m->b, wants_b);
}

/* What a day with pairs makes of the letters before it, in every order that adds the fewest. */
static int64_t after_pairs(const moment *m, int64_t before)
{
    return before - (before & 1) + 2 * (int64_t)m->sure_pairs;
}

/* Fewest, in the worst order for this window. */
static int64_t fewest_letters(const moment *m, int64_t letters)
{
    if (m->sure_pairs > 0)
        return after_pairs(m, letters) - letters;
    return (letters % 2 ? m->sure_b : m->sure_s) > 0;
}

/* Turns in the window that starts on a moment; *end: after the moment of its last S. */
static int32_t turns_from(uint32_t *end, const question *q, uint32_t start, uint32_t count, bool hopeful)
{
    int64_t letters = 0;
    *end = start;
    for (uint32_t i = start; i < count && q->moments[i].day <= q->moments[start].last; i++) {
        int64_t added = hopeful ? most_letters(&q->moments[i], letters)
                                : fewest_letters(&q->moments[i], letters);
        letters += added;
        if (letters % 2 ? added > 0 : added > 1)
            *end = i + 1;
    }
    return (int32_t)((letters - 1) / 2);
}

/* The largest odd (even) number up to `number`. */
static int64_t floor_to(int64_t number, int64_t odd)
{
    return (number & 1) == odd ? number : number - 1;
}

/* The most letters after a day, by those before it. */
static int64_t highest_after(const moment *m, int64_t before)
{
    if (m->sure_pairs)
        return after_pairs(m, before);
    if (m->sure_s && m->sure_b)
        return before + 2;
    if (m->sure_s)
        return floor_to(before + 1, 1);
    return m->sure_b ? floor_to(before + 1, 0) : before;
}

/* The most letters before a day that leave no more than `after` of them after it. */
static int64_t highest_before(const moment *m, int64_t after)
{
    if (m->sure_pairs)
        return after - 2 * (int64_t)m->sure_pairs + 1;
    return m->sure_s && m->sure_b ? after - 1 : after;
}

/* The most letters by the end of a window that starts with the first S of a day and may not hold n turns;
 * `letters` are those by the end of that day. */
static int64_t highest_in_window(const moment *m, int64_t letters, int32_t n)
{
    if (m->sure_pairs)
        return letters - 2 * (int64_t)m->sure_pairs + 2 * (int64_t)n;
    return floor_to(letters, 1) + 2 * (int64_t)n - 1;
}

/* Lowers the letters of each day to what the days around it and the windows allow; false: none is left. */
static bool lower_letters(bool *changed, const question *q, uint32_t count, int32_t n)
{
    uint32_t end = 0;
    int64_t before = 0;
    *changed = false;
    for (uint32_t i = 0; i < count; i++) {
        moment *m = &q->moments[i];
        int64_t most = highest_after(m, before);
        most = m->letters < most ? m->letters : most;
        if (m->sure_pairs)
            most = floor_to(most, 0);
        else if (m->sure_s != 0 || m->sure_b != 0)
            most = m->sure_s && m->sure_b ? most : floor_to(most, m->sure_s > 0);
        *changed = *changed || most != m->letters;
        before = m->letters = most;
    }
    for (uint32_t i = 0; i < count; i++) {
        while (end < count && q->moments[end].day <= q->moments[i].last)
            end++;
        int64_t most = highest_in_window(&q->moments[i], q->moments[i].letters, n);
        if ((q->moments[i].sure_s || q->moments[i].sure_pairs) && q->moments[end - 1].letters > most) {
            q->moments[end - 1].letters = most;
            *changed = true;
        }
    }
    int64_t after = INT64_MAX;
    for (uint32_t i = count; i-- > 0;) {
        moment *m = &q->moments[i];
        *changed = *changed || m->letters > after;
        m->letters = m->letters > after ? after : m->letters;
        after = highest_before(m, m->letters);
    }
    return after >= 0;
}

/* Whether there are n turns within a window in every order of the days of the first `count` moments. */
static tdm_status in_every_order(bool *out, tdm__runs *runs, uint32_t count)
{
    const question *q = runs->question;
    bool changed = true, some_order = true;
    for (uint32_t i = 0; i < count; i++)
        q->moments[i].letters = INT64_MAX / 2;
    while (changed && some_order) {
        if (!tdm__charge(runs->budget, 1 + count / 4))
            return TDM_BUDGET;
        some_order = lower_letters(&changed, q, count, runs->wanted);
    }
    *out = !some_order;
    return TDM_OK;
}

/* The first moment by which it holds in every order; it does by the last. */
static tdm_status first_met(tdm_day *out, tdm__runs *runs, uint32_t count)
{
    const question *q = runs->question;
    uint32_t low = 1, high = count;
    tdm_status status = TDM_OK;
    while (status == TDM_OK && low < high) {
        bool holds;
        uint32_t middle = low + (high - low) / 2;
        status = in_every_order(&holds, runs, middle);
        if (status == TDM_OK && holds)
            high = middle;
        else
            low = middle + 1;
    }
    *out = q->moments[high - 1].day;
    return status;
}

static tdm_status turns_in_world(tdm__world_runs *out, tdm__runs *runs, uint32_t place_count)
{
    const question *q = runs->question;
    uint32_t count, end;
    bool always;
    tdm_status status = find_moments(&count, runs, place_count);
    for (uint32_t i = 0; status == TDM_OK && i < count; i++) {
        if (q->moments[i].s + q->moments[i].pairs == 0)
            continue;
        if (!tdm__charge(runs->budget, 1 + (count - i) / 8))
            return TDM_BUDGET;
        int32_t most = turns_from(&end, q, i, count, true);
        out->count.possible = most > out->count.possible ? most : out->count.possible;
        if (most >= runs->wanted && runs->marking)
            tdm__runs_mark(runs, q->moments[i].first, q->moments[end - 1].end);
        bool starts = q->moments[i].sure_s + q->moments[i].sure_pairs > 0;
        int32_t fewest = starts ? turns_from(&end, q, i, count, false) : 0;
        out->count.certain = fewest > out->count.certain ? fewest : out->count.certain;
    }
    if (status != TDM_OK || out->count.possible < runs->wanted)
        return status;
    out->answer = TDM_POSSIBLE;
    status = in_every_order(&always, runs, count);
    if (status != TDM_OK || !always)
        return status;
    out->answer = TDM_MET;
    return runs->known ? first_met(&out->met, runs, count) : TDM_OK;
}

/* --- the whole --- */

typedef struct ending {
    tdm_day to;
    uint32_t unit;
} ending;

static int compare_endings(const void *a, const void *b)
{
    const ending *x = a, *y = b;
    if (x->to != y->to)
        return x->to < y->to ? -1 : 1;
    return (x->unit > y->unit) - (x->unit < y->unit);
}

static tdm_status prepare(question *q, const tdm__world_units *units)
{
    tdm__arena *arena = units->history->arena;
    size_t room = (size_t)units->count + 1;
    bool *all = tdm__arena_array(arena, room, sizeof *all);
    ending *endings = tdm__arena_array(arena, room, sizeof *endings);
    q->by_end = tdm__arena_array(arena, room, sizeof *q->by_end);
    q->inside = tdm__arena_array(arena, room, sizeof *q->inside);
    q->moments = tdm__arena_array(arena, room, sizeof *q->moments);
    if (!all || !endings || !q->by_end || !q->inside || !q->moments)
        return TDM_NO_MEMORY;
    for (uint32_t i = 0; i < units->count; i++) {
        all[i] = true;
        endings[i] = (ending){units->items[i].to, i};
    }
    qsort(endings, units->count, sizeof *endings, compare_endings);
    for (uint32_t i = 0; i < units->count; i++)
        q->by_end[i] = endings[i].unit;
    return tdm__world_units_one_each(&q->one_each, units, all);
}

tdm_status tdm__selection_turns(tdm__verdict *out, const tdm_selection *selection, const tdm__turns *rule,
                                const tdm_holidays *holidays, tdm_budget *budget)
{
    question q = {.rule = rule, .holidays = holidays};
    tdm__runs runs = {
        .world = turns_in_world, .sure = surely_there, .question = &q, .budget = budget, .wanted = rule->n};
    tdm__world_units *units;
    *out = (tdm__verdict){TDM_NOT_MET, NULL, 0};
    if (rule->n < 1 || rule->n > 1000)
        return TDM_INVALID_ARG;
    if (selection->count <= (uint32_t)rule->n || rule->back->count < (uint32_t)rule->n)
        return TDM_OK;
    tdm_status status = tdm__world_units_new(&units, selection, rule->back, budget);
    if (status != TDM_OK || units->count <= (uint32_t)rule->n)
        return status;
    runs.units = units;
    status = prepare(&q, units);
    if (status == TDM_OK)
        status = tdm__runs_new(&runs);
    if (status == TDM_OK)
        status = find_candidates(&runs, &q);
    return status == TDM_OK ? tdm__runs_verdict(out, &runs) : status;
}

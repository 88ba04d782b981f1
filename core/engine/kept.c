/*
 * What changed in a child's history from one day to the next, and which answers that leaves standing.
 *
 * A row changes with what it is by itself (there, its dates as cut and shared) and with each row of its
 * incident or found group. An answer that came close to a limit of its call is not kept: one more row of
 * whatever kind makes the next call dearer.
 */
#include "engine/kept.h"

#include "engine/policy.h"

#include <string.h>

/* How far below its limits a call must stay: while an answer is kept the rows of the history may double, and
 * no charge grows faster than their square. */
#define ROOM_TO_GROW 8

/* --- groups --- */

static uint32_t highest_incident(const tdm__kept *k)
{
    uint32_t highest = 0;
    for (uint32_t i = 0; i < k->count; i++) {
        uint32_t incident = tdm__chronology_event(k->chronology, k->first + i).incident;
        highest = incident > highest ? incident : highest;
    }
    return highest;
}

static tdm_status find_stated(tdm__kept *k, tdm__arena *arena)
{
    uint32_t *stated = tdm__arena_array(arena, k->count, sizeof *stated);
    uint32_t *head = tdm__arena_array(arena, (size_t)highest_incident(k) + 1, sizeof *head);
    if (!stated || !head)
        return TDM_NO_MEMORY;
    for (uint32_t i = 0; i < k->count; i++) {
        uint32_t incident = tdm__chronology_event(k->chronology, k->first + i).incident;
        if (incident > 0 && head[incident] == 0)
            head[incident] = i + 1;
        stated[i] = incident > 0 ? head[incident] - 1 : TDM_NO_INDEX;
    }
    k->stated = stated;
    return TDM_OK;
}

tdm_status tdm__kept_new(tdm__kept **out, tdm__arena *arena, const tdm__asker *asker, uint32_t child)
{
    uint32_t end;
    tdm__kept *k = tdm__arena_array(arena, 1, sizeof *k);
    *out = NULL;
    if (!k)
        return TDM_NO_MEMORY;
    k->chronology = asker->chronology;
    k->limits = tdm__catalogue_limits(asker->policy->catalogue);
    k->answer_count = tdm__catalogue_count(asker->policy->catalogue);
    tdm__chronology_child_events(asker->chronology, child, &k->first, &end);
    k->count = end - k->first;
    k->answers = tdm__arena_array(arena, k->answer_count, sizeof *k->answers);
    k->before = tdm__arena_array(arena, k->count, sizeof *k->before);
    k->now = tdm__arena_array(arena, k->count, sizeof *k->now);
    k->changed = tdm__arena_array(arena, k->count, sizeof *k->changed);
    k->touched = tdm__arena_array(arena, k->count, sizeof *k->touched);
    k->touched_stated = tdm__arena_array(arena, k->count, sizeof *k->touched_stated);
    if (!k->answers || !k->before || !k->now || !k->changed || !k->touched || !k->touched_stated)
        return TDM_NO_MEMORY;
    tdm_status status = find_stated(k, arena);
    if (status == TDM_OK)
        *out = k;
    return status;
}

/* --- what changed --- */

static void read_history(tdm__kept *k, const tdm_history *h)
{
    tdm__stand *before = k->before;
    k->before = k->now;
    k->now = before;
    memset(k->now, 0, k->count * sizeof *k->now);
    for (uint32_t row = 0; row < h->row_count; row++) {
        const tdm__row *r = &h->rows[row];
        const tdm__incident *incident = &h->incidents[r->incident];
        uint32_t found = incident->found;
        k->now[r->event - k->first] = (tdm__stand){
            .from = r->from,
            .to = r->to,
            .found = found == TDM_NO_INDEX ? found : h->rows[h->found_groups[found].rows[0]].event - k->first,
            .visible = true,
            .dated = r->dated,
            .contradicts = incident->contradicts,
        };
    }
}

static bool stands_alike(const tdm__stand *a, const tdm__stand *b)
{
    if (!a->visible || !b->visible)
        return a->visible == b->visible;
    return a->from == b->from && a->to == b->to && a->found == b->found && a->dated == b->dated &&
           a->contradicts == b->contradicts;
}

static void touch_group(bool *touched, uint32_t head)
{
    if (head != TDM_NO_INDEX)
        touched[head] = true;
}

/* Whether any row has changed by itself; marks the groups that it changes with it. */
static bool touch_groups(tdm__kept *k)
{
    bool any = false;
    memset(k->touched, 0, k->count);
    memset(k->touched_stated, 0, k->count);
    for (uint32_t i = 0; i < k->count; i++) {
        const tdm__stand *before = &k->before[i], *now = &k->now[i];
        if (stands_alike(before, now))
            continue;
        any = true;
        touch_group(k->touched_stated, k->stated[i]);
        touch_group(k->touched, before->visible ? before->found : TDM_NO_INDEX);
        touch_group(k->touched, now->visible ? now->found : TDM_NO_INDEX);
    }
    return any;
}

static bool group_touched(const bool *touched, uint32_t head)
{
    return head != TDM_NO_INDEX && touched[head];
}

static void find_changes(tdm__kept *k)
{
    bool any = touch_groups(k);
    k->changed_count = 0;
    for (uint32_t i = 0; any && i < k->count; i++) {
        const tdm__stand *now = &k->now[i];
        if (!stands_alike(&k->before[i], now) || group_touched(k->touched_stated, k->stated[i]) ||
            (now->visible && group_touched(k->touched, now->found)))
            k->changed[k->changed_count++] = k->first + i;
    }
}

static bool is_touched(const tdm__kept *k, const tdm__looked *looked)
{
    for (uint32_t i = 0; i < k->changed_count; i++)
        if (tdm__looked_at(looked, k->chronology, k->changed[i]))
            return true;
    return false;
}

void tdm__kept_next_day(tdm__kept *k, const tdm_history *h)
{
    read_history(k, h);
    find_changes(k);
    for (size_t i = 0; i < k->answer_count; i++) {
        tdm__kept_answer *kept = &k->answers[i];
        kept->known = kept->known && h->as_of <= kept->looked.until && h->row_count <= kept->rows_most &&
                      !is_touched(k, &kept->looked);
    }
}

/* --- answers --- */

bool tdm__kept_find(tdm__result *out, const tdm__kept *k, uint32_t indicator)
{
    const tdm__kept_answer *kept = &k->answers[indicator];
    if (!kept->known)
        return false;
    *out = (tdm__result){.answer = kept->answer,
                         .outcome = TDM_NO_INDEX,
                         .reason = kept->reason,
                         .sentence = {"", 0},
                         .file = {"", 0}};
    return true;
}

void tdm__kept_put(tdm__kept *k, uint32_t indicator, const tdm__result *result, const tdm_history *h,
                   size_t bytes)
{
    bool failed = result->line > 0;
    bool near_limit = result->steps > k->limits->steps / ROOM_TO_GROW ||
                      bytes > k->limits->memory_bytes / ROOM_TO_GROW;
    k->answers[indicator] = (tdm__kept_answer){.known = !failed && !near_limit && h->looked->until > h->as_of,
                                               .answer = result->answer,
                                               .reason = result->reason,
                                               .rows_most = 2 * h->row_count + 1,
                                               .looked = *h->looked};
}

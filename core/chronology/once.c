/*
 * Counting units of a found group once. Which incidents are in one group is found by the history; what is
 * counted, and where, is the measures' business.
 */
#include "chronology/kin.h"
#include "chronology/worlds.h"

static tdm_status make_room(tdm__world_units *units)
{
    tdm__arena *arena = units->history->arena;
    units->once = tdm__arena_array(arena, TDM__ONCE_COUNTS, sizeof *units->once);
    if (!units->once)
        return TDM_NO_MEMORY;
    for (int which = 0; which < TDM__ONCE_COUNTS; which++) {
        units->once[which].seen = tdm__arena_array(arena, units->found_count, sizeof(uint32_t));
        if (!units->once[which].seen)
            return TDM_NO_MEMORY;
    }
    return TDM_OK;
}

tdm_status tdm__world_units_find_groups(tdm__world_units *units)
{
    const tdm_history *h = units->history;
    uint32_t groups = h->found_group_count + h->kin->found_count;
    uint32_t *members = tdm__arena_array(h->arena, groups, sizeof *members);
    uint32_t *number = tdm__arena_array(h->arena, groups, sizeof *number);
    if (!members || !number)
        return TDM_NO_MEMORY;
    for (uint32_t i = 0; i < units->count; i++)
        if (h->incidents[units->items[i].incident].found != TDM_NO_INDEX)
            members[h->incidents[units->items[i].incident].found]++;
    for (uint32_t i = 0; i < units->count; i++) {
        uint32_t found = h->incidents[units->items[i].incident].found;
        if (found == TDM_NO_INDEX || members[found] < 2)
            continue;
        if (number[found] == 0)
            number[found] = ++units->found_count;
        units->items[i].found = number[found] - 1;
    }
    return units->found_count > 0 ? make_room(units) : TDM_OK;
}

void tdm__once_start(const tdm__world_units *units, int which)
{
    if (units->once)
        units->once[which].round++;
}

bool tdm__once_counts(const tdm__world_units *units, int which, const tdm__unit *unit)
{
    if (unit->found == TDM_NO_INDEX)
        return true;
    tdm__once *once = &units->once[which];
    bool first = once->seen[unit->found] != once->round;
    once->seen[unit->found] = once->round;
    return first;
}

bool tdm__same_found(const tdm__unit *a, const tdm__unit *b)
{
    return a->found != TDM_NO_INDEX && a->found == b->found;
}

/* A unit that counts for certain before one that may not; then the one with the shorter interval. */
static bool known_better(const tdm__unit *a, const tdm__unit *b)
{
    return a->optional != b->optional ? b->optional : a->to - a->from < b->to - b->from;
}

tdm_status tdm__world_units_one_each(const bool **out, const tdm__world_units *units, const bool *use)
{
    *out = use;
    if (units->found_count == 0)
        return TDM_OK;
    bool *kept = tdm__arena_array(units->history->arena, (size_t)units->count + 1, sizeof *kept);
    uint32_t *best = tdm__arena_array(units->history->arena, units->found_count, sizeof *best);
    if (!kept || !best)
        return TDM_NO_MEMORY;
    for (uint32_t i = 0; i < units->count; i++) {
        const tdm__unit *unit = &units->items[i];
        kept[i] = !use || use[i];
        if (!kept[i] || unit->found == TDM_NO_INDEX)
            continue;
        uint32_t *place = &best[unit->found]; /* its unit + 1 */
        if (*place == 0 || known_better(unit, &units->items[*place - 1])) {
            if (*place != 0)
                kept[*place - 1] = false;
            *place = i + 1;
        } else {
            kept[i] = false;
        }
    }
    *out = kept;
    return TDM_OK;
}

/*
 * The children of a case (see roster.h).
 */
#include "ingest/roster.h"

#include <string.h>

#define DAYS_BEFORE_BIRTH 280 /* forty weeks */
#define NUMBER_LENGTH_MAX 240

void tdm__roster_init(tdm__roster *roster, const tdm_allocator *allocator)
{
    *roster = (tdm__roster){.allocator = allocator};
    tdm__dictionary_init(&roster->numbers, allocator);
}

void tdm__roster_free(tdm__roster *roster)
{
    if (!roster->allocator)
        return;
    tdm__free(roster->allocator, roster->children);
    tdm__free(roster->allocator, roster->ids);
    tdm__free(roster->allocator, roster->number_child);
    tdm__dictionary_free(&roster->numbers);
}

/* "agency\nnumber" in `room`; empty when it would be too long, which no number is. */
static tdm_str number_key(char room[NUMBER_LENGTH_MAX + 1], tdm_str agency, tdm_str number)
{
    if (agency.length + 1 + number.length > NUMBER_LENGTH_MAX)
        return (tdm_str){NULL, 0};
    if (agency.length > 0)
        memcpy(room, agency.data, agency.length);
    room[agency.length] = '\n';
    if (number.length > 0)
        memcpy(room + agency.length + 1, number.data, number.length);
    return (tdm_str){room, agency.length + 1 + number.length};
}

tdm_status tdm__roster_number(tdm__roster *roster, uint32_t child, tdm_str agency, tdm_str number)
{
    char room[NUMBER_LENGTH_MAX + 1];
    tdm_str key = number_key(room, agency, number);
    uint32_t at;
    if (key.length == 0)
        return TDM_TOO_LARGE;
    uint32_t known = tdm__dictionary_find(&roster->numbers, key);
    if (known != TDM_NO_INDEX)
        return roster->number_child[known] == child && agency.length > 0 ? TDM_OK : TDM_CONFLICT;
    uint32_t *grown = tdm__grown(roster->allocator, roster->number_child, &roster->number_capacity,
                                 roster->numbers.count + 1, sizeof *grown);
    if (!grown)
        return TDM_NO_MEMORY;
    roster->number_child = grown;
    tdm_status status = tdm__dictionary_add(&at, &roster->numbers, key);
    if (status == TDM_OK)
        roster->number_child[at] = child;
    return status;
}

tdm_status tdm__roster_add(tdm__roster *roster, const tdm__child_input *child)
{
    size_t id_capacity = roster->capacity;
    tdm_str *ids = tdm__grown(roster->allocator, roster->ids, &id_capacity, roster->count + 1, sizeof *ids);
    if (!ids)
        return TDM_NO_MEMORY;
    roster->ids = ids;
    tdm__child_input *children = tdm__grown(roster->allocator, roster->children, &roster->capacity,
                                            roster->count + 1, sizeof *children);
    if (!children)
        return TDM_NO_MEMORY;
    roster->children = children;
    tdm_status status = tdm__roster_number(roster, (uint32_t)roster->count, (tdm_str){NULL, 0}, child->id);
    if (status != TDM_OK)
        return status;
    roster->children[roster->count] = *child;
    roster->ids[roster->count++] = child->id;
    return TDM_OK;
}

uint32_t tdm__roster_find(const tdm__roster *roster, tdm_str agency, tdm_str number)
{
    char room[NUMBER_LENGTH_MAX + 1];
    tdm_str key = number_key(room, agency, number);
    uint32_t at = key.length ? tdm__dictionary_find(&roster->numbers, key) : TDM_NO_INDEX;
    if (at == TDM_NO_INDEX) {
        key = number_key(room, (tdm_str){NULL, 0}, number);
        at = key.length ? tdm__dictionary_find(&roster->numbers, key) : TDM_NO_INDEX;
    }
    return at == TDM_NO_INDEX ? TDM_NO_INDEX : roster->number_child[at];
}

static bool is_known(tdm_date date)
{
    return date.from > TDM_DAY_BEFORE_ALL;
}

bool tdm__roster_lived_on(const tdm__child_input *child, tdm_date date)
{
    /* A doubtful date reaches the child when any of its days does: a row is never lost by doubt. */
    tdm_day first = TDM_DAY_BEFORE_ALL;
    if (is_known(child->born))
        first = child->born.from - DAYS_BEFORE_BIRTH;
    else if (is_known(child->expected))
        first = child->expected.from - DAYS_BEFORE_BIRTH;
    if (date.to < first)
        return false;
    return child->died.to == TDM_DAY_AFTER_ALL || child->died.to <= TDM_DAY_BEFORE_ALL ||
           date.from <= child->died.to;
}

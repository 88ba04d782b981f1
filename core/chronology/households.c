/*
 * Which children are of one household. What is made of a sibling's record: kin.c.
 */
#include "chronology/households.h"

#include "chronology/builder.h"

#include <stdlib.h>

typedef struct member {
    tdm_str household;
    uint32_t child;
} member;

static int compare_members(const void *a, const void *b)
{
    const member *x = a, *y = b;
    int order = tdm__str_compare(x->household, y->household);
    return order != 0 ? order : (x->child > y->child) - (x->child < y->child);
}

tdm_status tdm__index_households(tdm_chronology *c)
{
    size_t count = 0;
    for (size_t i = 0; i < c->child_count; i++)
        count += c->children[i].household.length > 0;
    c->households = tdm__arena_array(&c->arena, count, sizeof *c->households);
    if (!c->households)
        return TDM_NO_MEMORY;
    if (count == 0)
        return TDM_OK;
    member *members = tdm__alloc_zeroed(&c->allocator, count, sizeof *members);
    if (!members)
        return TDM_NO_MEMORY;
    for (uint32_t i = 0; i < c->child_count; i++)
        if (c->children[i].household.length > 0)
            members[c->household_count++] = (member){c->children[i].household, i};
    qsort(members, count, sizeof *members, compare_members);
    for (size_t i = 0; i < count; i++)
        c->households[i] = members[i].child;
    tdm__free(&c->allocator, members);
    return TDM_OK;
}

/* The first place whose household is not below. */
static size_t first_of(const tdm_chronology *c, tdm_str household)
{
    size_t low = 0, high = c->household_count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (tdm__str_compare(c->children[c->households[middle]].household, household) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

tdm_status tdm__chronology_siblings(uint32_t **out, size_t *count, tdm__arena *arena, const tdm_chronology *c,
                                    size_t child)
{
    tdm_str household = c->children[child].household;
    size_t first = household.length > 0 ? first_of(c, household) : c->household_count, end = first;
    *count = 0;
    while (end < c->household_count && tdm__str_equal(c->children[c->households[end]].household, household))
        end++;
    *out = tdm__arena_array(arena, end - first, sizeof **out);
    if (!*out)
        return TDM_NO_MEMORY;
    for (size_t i = first; i < end; i++)
        if (c->households[i] != child)
            (*out)[(*count)++] = c->households[i];
    return TDM_OK;
}

void tdm__builder_by_child(tdm__builder *builder)
{
    builder->chronology->by_child = true;
}

bool tdm__chronology_by_child(const tdm_chronology *chronology)
{
    return chronology->by_child;
}

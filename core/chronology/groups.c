/*
 * Union and find over small numbered sets.
 */
#include "chronology/groups.h"

uint32_t tdm__group_of(uint32_t *parent, uint32_t item)
{
    while (parent[item] != item) {
        parent[item] = parent[parent[item]];
        item = parent[item];
    }
    return item;
}

void tdm__group_join(uint32_t *parent, uint32_t a, uint32_t b)
{
    a = tdm__group_of(parent, a);
    b = tdm__group_of(parent, b);
    if (a < b)
        parent[b] = a;
    else
        parent[a] = b;
}

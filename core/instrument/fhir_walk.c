/*
 * Nested items of a Questionnaire or a response in document order. What an item says is the readers'
 * business.
 */
#include "instrument/fhir_parts.h"

bool tdm__fhir_items_are_array(const tdm__json_value *element)
{
    const tdm__json_value *items = tdm__json_member(element, "item");
    return !items || tdm__json_type_of(items) == TDM__JSON_ARRAY;
}

void tdm__fhir_descend(tdm__fhir_walk *walk, const tdm__json_value *item, bool repeats, bool question)
{
    const tdm__json_value *items = tdm__json_member(item, "item");
    if (tdm__json_type_of(items) == TDM__JSON_ARRAY && tdm__json_count(items) > 0 &&
        walk->depth < TDM_JSON_DEPTH_MAX)
        walk->levels[walk->depth++] = (tdm__fhir_level){tdm__json_first(items), repeats, question};
}

void tdm__fhir_walk_from(tdm__fhir_walk *walk, const tdm__json_value *resource)
{
    walk->depth = 0;
    tdm__fhir_descend(walk, resource, false, false);
}

const tdm__json_value *tdm__fhir_step(tdm__fhir_walk *walk, tdm__fhir_level *at)
{
    while (walk->depth > 0 && !walk->levels[walk->depth - 1].next)
        walk->depth--;
    if (walk->depth == 0)
        return NULL;
    tdm__fhir_level *top = &walk->levels[walk->depth - 1];
    const tdm__json_value *item = top->next;
    *at = *top;
    top->next = tdm__json_next(item);
    return item;
}

size_t tdm__fhir_count_items(const tdm__json_value *resource)
{
    tdm__fhir_walk walk;
    tdm__fhir_level at;
    const tdm__json_value *item;
    size_t count = 0;
    tdm__fhir_walk_from(&walk, resource);
    for (; (item = tdm__fhir_step(&walk, &at)) != NULL; count++)
        tdm__fhir_descend(&walk, item, false, false);
    return count;
}

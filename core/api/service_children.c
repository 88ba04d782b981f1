/*
 * Whose records a call reads, and which of them it shows.
 */
#include "api/serving.h"

#include <stdlib.h>
#include <string.h>

static int compare_ids(const void *a, const void *b)
{
    return tdm__str_compare(*(const tdm_str *)a, *(const tdm_str *)b);
}

static bool holds(const tdm_str *ids, size_t count, tdm_str id)
{
    return count > 0 && bsearch(&id, ids, count, sizeof *ids, compare_ids) != NULL;
}

typedef struct id_list {
    const tdm_allocator *allocator;
    tdm_str *items;
    size_t count, capacity;
} id_list;

static tdm_status add(id_list *list, tdm_str id, tdm_error *error)
{
    tdm_str *grown = tdm__grown(list->allocator, list->items, &list->capacity, list->count + 1, sizeof id);
    if (!grown)
        return tdm__no_memory(error);
    list->items = grown;
    list->items[list->count++] = id;
    return TDM_OK;
}

/* Sorted, each once, in the arena; the list is freed. */
static tdm_status settle(tdm_str **out, size_t *count, id_list *list, tdm__arena *arena, tdm_error *error)
{
    size_t kept = 0;
    *count = 0;
    *out = tdm__arena_array(arena, list->count, sizeof **out);
    if (*out && list->count > 0) {
        qsort(list->items, list->count, sizeof *list->items, compare_ids);
        for (size_t i = 0; i < list->count; i++)
            if (kept == 0 || !tdm__str_equal((*out)[kept - 1], list->items[i]))
                (*out)[kept++] = list->items[i];
    }
    *count = kept;
    tdm__free(list->allocator, list->items);
    return *out ? TDM_OK : tdm__no_memory(error);
}

/* All pages of the children that the caller may see. */
static tdm_status list_allowed(tdm__serving *serving, const tdm__allowed *allowed, tdm__arena *arena,
                               tdm_error *error)
{
    id_list list = {.allocator = &serving->context->allocator};
    tdm__stored_children page = {.next = {"", 0}};
    tdm_status status;
    do {
        tdm__paging paging = {.after = page.next, .limit = TDM_PAGE_MOST};
        status = tdm__work_children(&page, serving->work, arena, allowed, TDM_LIT(""), paging, error);
        for (size_t i = 0; status == TDM_OK && i < page.count; i++)
            status = add(&list, page.items[i].id, error);
    } while (status == TDM_OK && page.next.length > 0);
    tdm_status settled = settle(&serving->allowed, &serving->allowed_count, &list, arena, error);
    return status == TDM_OK ? settled : status;
}

static tdm_status with_households(tdm__serving_children *out, const tdm__serving *serving, tdm__arena *arena,
                                  tdm_error *error)
{
    id_list list = {.allocator = &serving->context->allocator};
    tdm_status status = TDM_OK;
    for (size_t i = 0; status == TDM_OK && i < serving->allowed_count; i++) {
        tdm_str *ids;
        size_t count;
        status = tdm__work_household(serving->work, serving->allowed[i], arena, &ids, &count, error);
        for (size_t k = 0; status == TDM_OK && k < count; k++)
            status = add(&list, ids[k], error);
    }
    tdm_status settled = settle(&out->ids, &out->count, &list, arena, error);
    return status == TDM_OK ? settled : status;
}

tdm_status tdm__serving_children_of(tdm__serving_children *out, tdm__serving *serving, tdm__arena *arena,
                                    tdm_error *error)
{
    static tdm_str nobody[1];
    tdm__allowed allowed;
    *out = (tdm__serving_children){.ids = nobody};
    if (serving->child.length > 0)
        return tdm__work_household(serving->work, serving->child, arena, &out->ids, &out->count, error);
    if (!serving->shows_all && !tdm__actor_allowed(&allowed, serving, TDM__SCOPE_CASELOAD))
        return TDM_OK;
    if (serving->shows_all || allowed.all) {
        serving->shows_all = out->all = true;
        return TDM_OK;
    }
    tdm_status status = list_allowed(serving, &allowed, arena, error);
    if (status == TDM_OK && serving->alone) {
        out->ids = serving->allowed;
        out->count = serving->allowed_count;
        return TDM_OK;
    }
    return status == TDM_OK ? with_households(out, serving, arena, error) : status;
}

bool tdm__serving_shows(tdm_str child, const void *payload)
{
    const tdm__serving *serving = payload;
    if (serving->shows_all || serving->shows_household)
        return true;
    if (serving->child.length > 0)
        return tdm__str_equal(child, serving->child);
    return holds(serving->allowed, serving->allowed_count, child);
}

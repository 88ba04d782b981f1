/*
 * The list of leaks.
 */
#include "guard/leaks.h"

#define LEAK_CODE(name, code, words)  code,
#define LEAK_WORDS(name, code, words) words,
static const char *const codes[] = {TDM__LEAK_MAP(LEAK_CODE)};
static const char *const sayings[] = {TDM__LEAK_MAP(LEAK_WORDS)};
#undef LEAK_CODE
#undef LEAK_WORDS

const char *tdm__leak_code(tdm__leak_kind kind)
{
    return codes[kind];
}

const char *tdm__leak_words(tdm__leak_kind kind)
{
    return sayings[kind];
}

void tdm__leaks_init(tdm__leaks *leaks, const tdm_allocator *allocator)
{
    *leaks = (tdm__leaks){0};
    tdm__arena_init(&leaks->arena, allocator);
}

void tdm__leaks_free(tdm__leaks *leaks)
{
    tdm__free(leaks->arena.allocator, leaks->items);
    tdm__arena_free(&leaks->arena);
    leaks->items = NULL;
    leaks->count = leaks->capacity = 0;
}

tdm_status tdm__leaks_add(tdm__leaks *leaks, const tdm__leak *leak)
{
    tdm__leak *grown = tdm__grown(leaks->arena.allocator, leaks->items, &leaks->capacity, leaks->count + 1,
                                  sizeof *grown);
    if (!grown)
        return TDM_NO_MEMORY;
    leaks->items = grown;
    tdm__leak copy = *leak;
    copy.file = tdm__arena_copy(&leaks->arena, leak->file);
    copy.sheet = tdm__arena_copy(&leaks->arena, leak->sheet);
    copy.column = tdm__arena_copy(&leaks->arena, leak->column);
    if (!copy.file.data || !copy.sheet.data || !copy.column.data)
        return TDM_NO_MEMORY;
    leaks->items[leaks->count++] = copy;
    return TDM_OK;
}

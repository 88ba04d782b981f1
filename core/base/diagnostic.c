/*
 * The list of diagnostics. What is worth one is decided where it is found.
 */
#include "base/diagnostic.h"

#include <stdarg.h>
#include <stdio.h>

const char *tdm__severity_code(tdm__severity severity)
{
    static const char *const codes[] = {"information", "warning", "error"};
    return codes[severity];
}

void tdm__diagnostics_init(tdm__diagnostics *list, const tdm_allocator *allocator)
{
    *list = (tdm__diagnostics){0};
    tdm__arena_init(&list->arena, allocator);
}

void tdm__diagnostics_free(tdm__diagnostics *list)
{
    if (!list->arena.allocator)
        return;
    tdm__free(list->arena.allocator, list->items);
    tdm__arena_free(&list->arena);
    tdm__diagnostics_init(list, list->arena.allocator);
}

tdm_status tdm__diagnose(tdm__diagnostics *list, tdm__severity severity, const char *code, tdm_str file,
                         int32_t row, tdm_str column, const char *format, ...)
{
    char message[512];
    va_list values;
    va_start(values, format);
    vsnprintf(message, sizeof message, format, values);
    va_end(values);
    tdm__diagnostic *grown = tdm__grown(list->arena.allocator, list->items, &list->capacity, list->count + 1,
                                        sizeof *grown);
    if (!grown)
        return TDM_NO_MEMORY;
    list->items = grown;
    tdm__diagnostic item = {.file = tdm__arena_copy(&list->arena, file),
                            .row = row,
                            .column = tdm__arena_copy(&list->arena, column),
                            .code = tdm__arena_copy(&list->arena, tdm__str(code)).data,
                            .severity = severity,
                            .message = tdm__arena_copy(&list->arena, tdm__str(message)),
                            .times = 1};
    if (!item.file.data || !item.column.data || !item.code || !item.message.data)
        return TDM_NO_MEMORY;
    list->items[list->count++] = item;
    return TDM_OK;
}

void tdm__diagnosed_times(tdm__diagnostics *list, int64_t times)
{
    list->items[list->count - 1].times = times;
}

/*
 * Opening and freeing a context. Nothing here reads a clock or the environment.
 */
#include "base/context.h"

#include <string.h>

#ifndef TDM_DATA_FOLDER
#define TDM_DATA_FOLDER ""
#endif

#define INPUT_LIMIT_BYTES ((uint64_t)2 << 30)

static tdm_status copy_folder(tdm_context *context, const char *folder)
{
    size_t size = strlen(folder) + 1;
    context->data_folder = tdm__alloc(&context->allocator, size);
    if (!context->data_folder)
        return TDM_NO_MEMORY;
    memcpy(context->data_folder, folder, size);
    return TDM_OK;
}

tdm_status tdm_context_new(tdm_context **out, const tdm_context_options *options)
{
    static const tdm_context_options defaults = {.struct_size = sizeof(tdm_context_options)};
    *out = NULL;
    if (!options)
        options = &defaults;
    if (options->struct_size != sizeof(tdm_context_options))
        return TDM_INVALID_ARG;
    tdm_allocator allocator = options->allocator.reallocate ? options->allocator : tdm__malloc_allocator;
    tdm_context *context = tdm__alloc_zeroed(&allocator, 1, sizeof *context);
    if (!context)
        return TDM_NO_MEMORY;
    context->allocator = allocator;
    context->files_allowed = options->files_allowed;
    context->interrupt = options->interrupt;
    context->interrupt_payload = options->interrupt_payload;
    context->input_limit_bytes = options->input_limit_bytes ? options->input_limit_bytes : INPUT_LIMIT_BYTES;
    if (copy_folder(context, options->data_folder ? options->data_folder : TDM_DATA_FOLDER) != TDM_OK) {
        tdm_context_free(context);
        return TDM_NO_MEMORY;
    }
    *out = context;
    return TDM_OK;
}

void tdm_context_free(tdm_context *context)
{
    if (!context)
        return;
    tdm_allocator allocator = context->allocator;
    tdm__free(&allocator, context->data_folder);
    tdm__free(&allocator, context);
}

const tdm_error *tdm_context_error(const tdm_context *context)
{
    return &context->error;
}

tdm_status tdm__context_poll(const tdm_context *context, tdm_error *error)
{
    if (!context->interrupt)
        return TDM_OK;
    tdm_status status = context->interrupt(context->interrupt_payload);
    if (status != TDM_OK)
        tdm__fail(error, status, "%s", tdm_status_text(status));
    return status;
}

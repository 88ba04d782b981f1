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
    context->progress = options->progress;
    context->progress_payload = options->progress_payload;
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
    tdm__free(&allocator, context->problems);
    tdm__free(&allocator, context);
}

const tdm_error *tdm_context_error(const tdm_context *context)
{
    return &context->error;
}

size_t tdm_context_problem_count(const tdm_context *context)
{
    return context->problem_count;
}

const tdm_error *tdm_context_problem(const tdm_context *context, size_t index)
{
    return index < context->problem_count ? &context->problems[index] : NULL;
}

void tdm__context_clear(tdm_context *context)
{
    tdm__error_clear(&context->error);
    context->problem_count = 0;
}

void tdm__context_add_problem(const tdm_error *problem, void *payload)
{
    tdm_context *context = payload;
    if (context->problem_count == TDM_PROBLEMS_MAX)
        return;
    tdm_error *grown = tdm__grown(&context->allocator, context->problems, &context->problem_capacity,
                                  context->problem_count + 1, sizeof *grown);
    if (!grown)
        return;
    context->problems = grown;
    context->problems[context->problem_count++] = *problem;
    if (context->problem_count == TDM_PROBLEMS_MAX)
        tdm__fail(&context->problems[TDM_PROBLEMS_MAX - 1], problem->status,
                  "and more of this kind, which are not listed");
}

/* An insertion into a short list: problems of one file stand together, with few out of order. */
void tdm__context_order_problems(tdm_context *context)
{
    tdm_error *problems = context->problems;
    for (size_t i = 1; i < context->problem_count; i++) {
        tdm_error one = problems[i];
        size_t at = i;
        for (size_t k = i; k > 0; k--)
            if (strcmp(problems[k - 1].file, one.file) == 0 && problems[k - 1].line > one.line)
                at = k - 1;
        memmove(&problems[at + 1], &problems[at], (i - at) * sizeof one);
        problems[at] = one;
    }
}

void tdm__context_progress(const tdm_context *context, const char *stage, const char *unit, uint64_t done,
                           uint64_t total)
{
    if (context->progress)
        context->progress(&(tdm_progress){stage, unit, done, total}, context->progress_payload);
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

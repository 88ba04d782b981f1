/*
 * Files for callers of the public API: what is read and written whole.
 */
#include "base/context.h"
#include "base/file.h"

#include <string.h>

#include <tidemark/api.h>

struct tdm_output_file {
    tdm_context *context;
    tdm__file_writer *writer;
};

tdm_status tdm_output_file_open(tdm_output_file **out, tdm_context *context, const char *path)
{
    *out = NULL;
    tdm__error_clear(&context->error);
    /* Renamed over its place, so a device or a folder would be replaced by a file, not written to. */
    tdm__file_kind kind = tdm__file_look(NULL, path);
    if (kind != TDM__FILE_NONE && kind != TDM__FILE_REGULAR)
        return tdm__fail_at(&context->error, TDM_INVALID_ARG, (tdm_place){tdm__str(path), 0, 0},
                            "only a plain file can be written whole: this is something else");
    tdm_output_file *file = tdm__alloc_zeroed(&context->allocator, 1, sizeof *file);
    if (!file)
        return tdm__no_memory(&context->error);
    file->context = context;
    tdm_status status = tdm__file_writer_open(&file->writer, &context->allocator, path, &context->error);
    if (status != TDM_OK) {
        tdm__free(&context->allocator, file);
        return status;
    }
    *out = file;
    return TDM_OK;
}

tdm_sink tdm_output_file_sink(tdm_output_file *file)
{
    return tdm__file_writer_sink(file->writer);
}

tdm_status tdm_output_file_commit(tdm_output_file *file)
{
    tdm_context *context = file->context;
    tdm_status status = tdm__file_writer_commit(file->writer, &context->error);
    tdm__free(&context->allocator, file);
    return status;
}

void tdm_output_file_abandon(tdm_output_file *file)
{
    if (!file)
        return;
    tdm__file_writer_abandon(file->writer);
    tdm__free(&file->context->allocator, file);
}

tdm_status tdm_file_read(tdm_str *out, tdm_context *context, const char *path)
{
    tdm__buffer buffer;
    *out = (tdm_str){NULL, 0};
    tdm__error_clear(&context->error);
    if (!context->files_allowed)
        return tdm__fail(&context->error, TDM_INVALID_ARG, "files may not be named here");
    tdm_status status = tdm__file_read(&buffer, &context->allocator, NULL, path, context->input_limit_bytes,
                                       &context->error);
    *out = (tdm_str){buffer.data, buffer.length};
    return status;
}

void tdm_buffer_free(tdm_context *context, tdm_str buffer)
{
    char *data;
    /* The block is ours and was handed out as const only so that nobody writes to it. */
    memcpy(&data, &buffer.data, sizeof data);
    tdm__free(&context->allocator, data);
}

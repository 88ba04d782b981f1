/*
 * Moving a window along a file (see text_window.h). Where records end is the table's business.
 */
#include "ingest/text_window.h"

#include <string.h>

void tdm__text_window_init(tdm__text_window *window, const tdm_allocator *allocator,
                           const tdm__held_file *file, uint64_t at, size_t buffer_count)
{
    *window = (tdm__text_window){
        .allocator = allocator, .file = file, .buffer_count = buffer_count, .at = at, .length = 0};
}

void tdm__text_window_free(tdm__text_window *window)
{
    for (size_t i = 0; i < TDM__WINDOW_BUFFERS; i++)
        tdm__free(window->allocator, window->buffers[i].bytes);
    *window = (tdm__text_window){.allocator = window->allocator};
}

tdm_str tdm__text_window_text(const tdm__text_window *window)
{
    const char *bytes = window->buffers[window->buffer].bytes;
    return (tdm_str){bytes ? bytes : "", window->length};
}

bool tdm__text_window_ends_file(const tdm__text_window *window)
{
    return window->at + window->length == window->file->size;
}

/* What is kept goes to the front of the buffer that comes next. */
static tdm_status keep(tdm__text_window *window, size_t skipped, size_t kept, size_t capacity)
{
    tdm__window_buffer *from = &window->buffers[window->buffer], *to = from;
    if (window->in_use && window->buffer_count > 1) {
        window->buffer = (window->buffer + 1) % window->buffer_count;
        to = &window->buffers[window->buffer];
    }
    if (to == from && kept > 0)
        memmove(to->bytes, from->bytes + skipped, kept);
    char *grown = tdm__grown(window->allocator, to->bytes, &to->capacity, capacity, 1);
    if (!grown)
        return TDM_NO_MEMORY;
    to->bytes = grown;
    if (to != from && kept > 0)
        memcpy(to->bytes, from->bytes + skipped, kept);
    window->in_use = false;
    return TDM_OK;
}

tdm_status tdm__text_window_move(tdm__text_window *window, size_t skipped, size_t least, tdm_error *error)
{
    uint64_t at = window->at + skipped, left = window->file->size - at;
    size_t kept = window->length - skipped, wanted = least > TDM__WINDOW_BYTES ? least : TDM__WINDOW_BYTES;
    if (wanted > left)
        wanted = (size_t)left;
    if (wanted < kept)
        wanted = kept;
    if (keep(window, skipped, kept, wanted + 1) != TDM_OK)
        return tdm__no_memory(error);
    window->at = at;
    window->length = kept;
    tdm_status status = tdm__held_file_read(window->file, window->buffers[window->buffer].bytes + kept,
                                            wanted - kept, at + kept, error);
    if (status == TDM_OK)
        window->length = wanted;
    return status;
}

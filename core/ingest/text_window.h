/*
 * A stretch of a file in memory, moved along while its records are read. The stretches lie in several
 * buffers in turn, so that rows of one that is in use stay where they are while the next one is read.
 */
#ifndef TDM_INGEST_TEXT_WINDOW_H
#define TDM_INGEST_TEXT_WINDOW_H

#include "base/file.h"

/* As much as the cache of a core holds beside the rest. */
#define TDM__WINDOW_BYTES   ((size_t)256 << 10)
#define TDM__WINDOW_BUFFERS 6

typedef struct tdm__window_buffer {
    char *bytes;
    size_t capacity;
} tdm__window_buffer;

typedef struct tdm__text_window {
    const tdm_allocator *allocator;
    const tdm__held_file *file;
    tdm__window_buffer buffers[TDM__WINDOW_BUFFERS];
    size_t buffer_count; /* taken in turn: as many as stretches may be in use at once, and one more */
    size_t buffer;       /* the one at hand */
    bool in_use;         /* rows of it have been given away: the next stretch goes to another buffer */
    uint64_t at;         /* where in the file it begins */
    size_t length;
} tdm__text_window;

/* Empty, before the byte `at` of the file. buffer_count: 1 to TDM__WINDOW_BUFFERS. */
void tdm__text_window_init(tdm__text_window *window, const tdm_allocator *allocator,
                           const tdm__held_file *file, uint64_t at, size_t buffer_count);
void tdm__text_window_free(tdm__text_window *window);
tdm_str tdm__text_window_text(const tdm__text_window *window);
bool tdm__text_window_ends_file(const tdm__text_window *window);
/* Moves it to begin `skipped` bytes further on and to hold at least `least` bytes, or up to the end of the
 * file. TDM_IO, TDM_NO_MEMORY. */
tdm_status tdm__text_window_move(tdm__text_window *window, size_t skipped, size_t least, tdm_error *error);

#endif

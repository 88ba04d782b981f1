/*
 * The one place that opens files: whole files under a cap, the names in a folder, and files written
 * beside their place and renamed. `root` confines: a path that leaves it, by ".." or by a link, is
 * refused. Errors name the path as it was given, never the machine's absolute one.
 */
#ifndef TDM_BASE_FILE_H
#define TDM_BASE_FILE_H

#include "base/text.h"

typedef struct tdm__buffer {
    char *data; /* ended by a zero byte that is not counted */
    size_t length;
} tdm__buffer;

/*
 * Reads a whole file.
 *
 * out          emptied first; data owned by the caller (tdm__free)
 * root         folder that `path` is relative to and must stay in; NULL: `path` is taken as it is
 * path         "-" without root: standard input
 * limit_bytes  a longer file is TDM_TOO_LARGE
 *
 * TDM_OK, TDM_NOT_FOUND, TDM_IO (a folder, a device, no permission), TDM_INVALID_INPUT (leaves the
 * root), TDM_TOO_LARGE, TDM_NO_MEMORY.
 */
tdm_status tdm__file_read(tdm__buffer *out, const tdm_allocator *allocator, const char *root,
                          const char *path, uint64_t limit_bytes, tdm_error *error);

/*
 * A file read in blocks, for what is longer than memory. `path` as above, without a root, and borrowed
 * while it is open; `size` is 0 where it is not known before the end, as of a pipe.
 */
typedef struct tdm__file_reader {
    const tdm_context *context; /* asked whether to go on when a signal comes in */
    const char *path;
    int file; /* -1: closed */
    uint64_t size;
} tdm__file_reader;
/* TDM_NOT_FOUND, TDM_IO. */
tdm_status tdm__file_reader_open(tdm__file_reader *reader, const tdm_context *context, const char *path,
                                 tdm_error *error);
/* Up to `room` bytes, fewer only at the end of the file. TDM_IO; what the context says. */
tdm_status tdm__file_reader_next(tdm__file_reader *reader, char *into, size_t room, size_t *got,
                                 tdm_error *error);
void tdm__file_reader_close(tdm__file_reader *reader); /* also one that did not open */

/*
 * A file left where it is and held open, so that parts of it can be read for as long as it stays what it was:
 * its size and the time of its last change are compared.
 */
typedef struct tdm__held_file {
    tdm_allocator allocator;
    char *path; /* as it was given, for errors */
    int file;
    uint64_t size;
    int64_t changed, changed_nanoseconds;
} tdm__held_file;
/*
 * *out is NULL, and that is TDM_OK, for what is no regular file, cannot be opened or is shorter than
 * `least_bytes`: it is read as a whole, and that says what is wrong with it. `root`, `path` and `limit_bytes`
 * as above. TDM_TOO_LARGE, TDM_NO_MEMORY.
 */
tdm_status tdm__file_hold(tdm__held_file **out, const tdm_allocator *allocator, const char *root,
                          const char *path, uint64_t least_bytes, uint64_t limit_bytes, tdm_error *error);
/* Exactly `length` bytes from `offset` on; by several threads at once if need be. TDM_IO: also where they are
 * no longer there. */
tdm_status tdm__held_file_read(const tdm__held_file *held, char *into, size_t length, uint64_t offset,
                               tdm_error *error);
/* TDM_IO where the file has changed since it was opened. */
tdm_status tdm__held_file_check(const tdm__held_file *held, tdm_error *error);
void tdm__held_file_close(tdm__held_file *held); /* accepts NULL */

typedef enum tdm__file_kind {
    TDM__FILE_NONE,
    TDM__FILE_REGULAR,
    TDM__FILE_FOLDER,
    TDM__FILE_LINK, /* only where links are not followed */
    TDM__FILE_OTHER
} tdm__file_kind;
tdm__file_kind tdm__file_look(const char *root, const char *path);
/* What stands at a path itself, a link not followed; OTHER also where nobody may look. */
tdm__file_kind tdm__file_look_itself(const char *path);

/* Names in a folder in byte order, those that start with a dot left out. Strings live in the arena. */
tdm_status tdm__folder_list(tdm_str **out, size_t *count, tdm__arena *arena, const char *root,
                            const char *path, tdm_error *error);

/* An empty folder of mode 0700, or one that is there and empty already. TDM_CONFLICT: there is something in
 * it, or it is no folder. */
tdm_status tdm__folder_make(const tdm_allocator *allocator, const char *path, tdm_error *error);

/* "folder/name"; "" as folder gives the name. NULL data: no memory. */
tdm_str tdm__path_join(tdm__arena *arena, tdm_str folder, tdm_str name);
/* The part behind the last slash. */
tdm_str tdm__path_name(tdm_str path);

/*
 * For a library that opens files by name: an empty one beside `path`, mode 0600, whose name is the
 * caller's to free; taking its final name unless something has come up there meanwhile
 * (TDM_CONFLICT); and removing it. Errors name `path`.
 */
tdm_status tdm__file_make_beside(char **out, const tdm_allocator *allocator, const char *path,
                                 tdm_error *error);
tdm_status tdm__file_take_name(const char *temporary, const char *path, tdm_error *error);
void tdm__file_remove(const char *path);
/* An empty file of that name, mode 0600, where nothing has it yet. TDM_NOT_FOUND: no such folder; TDM_IO. */
tdm_status tdm__file_make_empty(const char *path, tdm_error *error);
/* `temporary` takes the place of `path`, and what stood there goes by the name `aside`, which nothing may
 * have yet: at each moment one of the two stands at `path`. Kept when it returns TDM_OK, a power cut or not.
 */
tdm_status tdm__file_swap(const char *temporary, const char *path, const char *aside, tdm_error *error);
/* Whether both names are of one file that is there; links are not followed. */
bool tdm__file_is_one(const char *path, const char *other);
/* Gives a file another name, which nothing may have yet (TDM_CONFLICT). TDM_OK where there is none. */
tdm_status tdm__file_move(const char *path, const char *to, tdm_error *error);
/* Removes a file; its bytes are overwritten first unless it has another name too. A medium may keep what was
 * overwritten. TDM_OK where there is none. */
tdm_status tdm__file_shred(const char *path, tdm_error *error);

/*
 * A file that appears whole or not at all: written under a temporary name in the same folder with
 * mode 0600, then synced and renamed. Abandon removes what was written.
 */
typedef struct tdm__file_writer tdm__file_writer;
tdm_status tdm__file_writer_open(tdm__file_writer **out, const tdm_allocator *allocator, const char *path,
                                 tdm_error *error);
tdm_sink tdm__file_writer_sink(tdm__file_writer *writer);
tdm_status tdm__file_writer_commit(tdm__file_writer *writer, tdm_error *error); /* frees the writer */
void tdm__file_writer_abandon(tdm__file_writer *writer);                        /* frees it; accepts NULL */

/* What errno says of a path; never its text where that could name another. For files of this layer. */
tdm_status tdm__file_fail(tdm_error *error, const char *path, int number);

#endif

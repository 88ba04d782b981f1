/*
 * Reading and writing files. Nothing else in the library opens one (SQLite opens stores).
 */
#include "base/file.h"

#include "base/context.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static tdm_status fail_path(tdm_error *error, tdm_status status, const char *path, const char *message)
{
    return tdm__fail_at(error, status, (tdm_place){tdm__str(path), 0, 0}, "%s", message);
}

tdm_status tdm__file_fail(tdm_error *error, const char *path, int number)
{
    if (number == ENOENT || number == ENOTDIR)
        return fail_path(error, TDM_NOT_FOUND, path, "no such file or folder");
    if (number == ENOMEM)
        return tdm__no_memory(error);
    if (number == ELOOP || number == EXDEV)
        return fail_path(error, TDM_INVALID_INPUT, path,
                         "the path leads outside its folder, or through a link");
    if (number == EACCES || number == EPERM)
        return fail_path(error, TDM_IO, path, "no permission");
    return fail_path(error, TDM_IO, path, strerror(number));
}

static bool is_link(int folder, const char *name)
{
    struct stat about;
    return fstatat(folder, name, &about, AT_SYMLINK_NOFOLLOW) == 0 && S_ISLNK(about.st_mode);
}

/*
 * Opens `path` below `root` one folder at a time without following links, so that nothing can swap
 * a folder for a link between a check and its use. -1 with errno.
 */
static int open_below(const char *root, const char *path, int flags)
{
    tdm_str rest = tdm__str(path);
    int folder = open(root[0] ? root : ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (folder < 0)
        return -1;
    if (rest.length == 0 || path[0] == '/')
        goto outside;
    while (rest.length > 0) {
        char name[NAME_MAX + 1];
        tdm_str part = tdm__str_split(&rest, '/');
        if (part.length == 0 || tdm__str_equal(part, TDM_LIT(".")))
            continue;
        if (part.length > NAME_MAX || tdm__str_equal(part, TDM_LIT("..")))
            goto outside;
        memcpy(name, part.data, part.length);
        name[part.length] = '\0';
        int next = openat(folder, name,
                          O_CLOEXEC | O_NOFOLLOW | (rest.length > 0 ? O_RDONLY | O_DIRECTORY : flags));
        int number = errno;
        /* A link where a folder is asked for is reported as no folder. */
        if (next < 0 && number == ENOTDIR && is_link(folder, name))
            number = ELOOP;
        close(folder);
        errno = number;
        if (next < 0)
            return -1;
        folder = next;
    }
    return folder;
outside:
    close(folder);
    errno = EXDEV;
    return -1;
}

static int open_any(const char *root, const char *path, int flags)
{
    return root ? open_below(root, path, flags) : open(path, flags | O_CLOEXEC);
}

/* Reads to the end of a descriptor; the size is only a hint, so that pipes work too. */
static tdm_status read_all(tdm__buffer *out, const tdm_allocator *allocator, int file, size_t hint,
                           const char *path, uint64_t limit_bytes, tdm_error *error)
{
    size_t capacity = 0, length = 0;
    char *data = NULL;
    tdm_status status = TDM_OK;
    for (;;) {
        /* One byte to see the end by and one for the zero byte: a file of known size grows only once. */
        size_t wanted = capacity;
        if (capacity - length < 2)
            wanted = hint > length ? hint + 2 : length + 65536;
        char *grown = tdm__grown(allocator, data, &capacity, wanted, 1);
        if (!grown) {
            status = tdm__no_memory(error);
            break;
        }
        data = grown;
        ssize_t got = read(file, data + length, capacity - length - 1);
        if (got < 0 && errno == EINTR)
            continue;
        if (got < 0) {
            status = tdm__file_fail(error, path, errno);
            break;
        }
        if (got == 0)
            break;
        length += (size_t)got;
        if (length > limit_bytes) {
            status = fail_path(error, TDM_TOO_LARGE, path, "the file is larger than the limit for one input");
            break;
        }
    }
    if (status != TDM_OK) {
        tdm__free(allocator, data);
        return status;
    }
    data[length] = '\0';
    *out = (tdm__buffer){data, length};
    return TDM_OK;
}

tdm_status tdm__file_read(tdm__buffer *out, const tdm_allocator *allocator, const char *root,
                          const char *path, uint64_t limit_bytes, tdm_error *error)
{
    struct stat about;
    *out = (tdm__buffer){NULL, 0};
    if (!root && strcmp(path, "-") == 0)
        return read_all(out, allocator, STDIN_FILENO, 0, "standard input", limit_bytes, error);
    int file = open_any(root, path, O_RDONLY | O_NONBLOCK);
    if (file < 0)
        return tdm__file_fail(error, path, errno);
    tdm_status status = TDM_OK;
    if (fstat(file, &about) != 0)
        status = tdm__file_fail(error, path, errno);
    else if (S_ISDIR(about.st_mode))
        status = fail_path(error, TDM_IO, path, "a folder where a file was expected");
    else if (!S_ISREG(about.st_mode) && !S_ISFIFO(about.st_mode) && !S_ISCHR(about.st_mode))
        status = fail_path(error, TDM_IO, path, "not a file that can be read");
    else if (S_ISREG(about.st_mode) && (uint64_t)about.st_size > limit_bytes)
        status = fail_path(error, TDM_TOO_LARGE, path, "the file is larger than the limit for one input");
    if (status == TDM_OK) {
        /* O_NONBLOCK was for the opening: a pipe is then read as it comes. */
        fcntl(file, F_SETFL, 0);
        status = read_all(out, allocator, file, S_ISREG(about.st_mode) ? (size_t)about.st_size : 0, path,
                          limit_bytes, error);
    }
    close(file);
    return status;
}

tdm_status tdm__file_reader_open(tdm__file_reader *reader, const tdm_context *context, const char *path,
                                 tdm_error *error)
{
    struct stat about;
    bool standard = strcmp(path, "-") == 0;
    *reader = (tdm__file_reader){context, standard ? "standard input" : path, STDIN_FILENO, 0};
    if (!standard)
        reader->file = open_any(NULL, path, O_RDONLY | O_NONBLOCK);
    if (reader->file < 0)
        return tdm__file_fail(error, path, errno);
    if (fstat(reader->file, &about) != 0)
        return tdm__file_fail(error, reader->path, errno);
    if (S_ISDIR(about.st_mode))
        return fail_path(error, TDM_IO, reader->path, "a folder where a file was expected");
    if (S_ISREG(about.st_mode))
        reader->size = (uint64_t)about.st_size;
    /* O_NONBLOCK was for the opening: a pipe is then read as it comes. */
    if (!standard)
        fcntl(reader->file, F_SETFL, 0);
    return TDM_OK;
}

tdm_status tdm__file_reader_next(tdm__file_reader *reader, char *into, size_t room, size_t *got,
                                 tdm_error *error)
{
    *got = 0;
    while (*got < room) {
        ssize_t some = read(reader->file, into + *got, room - *got);
        if (some == 0)
            return TDM_OK;
        if (some < 0 && errno != EINTR)
            return tdm__file_fail(error, reader->path, errno);
        /* A pipe that nobody writes to must not outlive Ctrl-C. */
        tdm_status status = some < 0 ? tdm__context_poll(reader->context, error) : TDM_OK;
        if (status != TDM_OK)
            return status;
        *got += some > 0 ? (size_t)some : 0;
    }
    return TDM_OK;
}

void tdm__file_reader_close(tdm__file_reader *reader)
{
    if (reader->file > STDIN_FILENO)
        close(reader->file);
    reader->file = -1;
}

/* --- files left where they are --- */

static tdm_status fail_changed(tdm_error *error, const tdm__held_file *held)
{
    return fail_path(error, TDM_IO, held->path, "the file was changed while it was in use");
}

static tdm_status hold(tdm__held_file **out, const tdm_allocator *allocator, int file,
                       const struct stat *about, const char *path)
{
    size_t length = strlen(path);
    tdm__held_file *held = tdm__alloc_zeroed(allocator, 1, sizeof *held);
    char *name = tdm__alloc(allocator, length + 1);
    if (!held || !name) {
        tdm__free(allocator, held);
        tdm__free(allocator, name);
        return TDM_NO_MEMORY;
    }
    memcpy(name, path, length + 1);
    *held = (tdm__held_file){.allocator = *allocator,
                             .path = name,
                             .file = file,
                             .size = (uint64_t)about->st_size,
                             .changed = (int64_t)about->st_mtim.tv_sec,
                             .changed_nanoseconds = (int64_t)about->st_mtim.tv_nsec};
    *out = held;
    return TDM_OK;
}

tdm_status tdm__file_hold(tdm__held_file **out, const tdm_allocator *allocator, const char *root,
                          const char *path, uint64_t least_bytes, uint64_t limit_bytes, tdm_error *error)
{
    struct stat about;
    *out = NULL;
    if (!root && strcmp(path, "-") == 0)
        return TDM_OK;
    int file = open_any(root, path, O_RDONLY | O_NONBLOCK);
    if (file < 0)
        return TDM_OK;
    tdm_status status = TDM_OK;
    bool fits = fstat(file, &about) == 0 && S_ISREG(about.st_mode) && (uint64_t)about.st_size >= least_bytes;
    if (fits && (uint64_t)about.st_size > limit_bytes)
        status = fail_path(error, TDM_TOO_LARGE, path, "the file is larger than the limit for one input");
    else if (fits && hold(out, allocator, file, &about, path) != TDM_OK)
        status = tdm__no_memory(error);
    if (!*out)
        close(file);
    return status;
}

tdm_status tdm__held_file_read(const tdm__held_file *held, char *into, size_t length, uint64_t offset,
                               tdm_error *error)
{
    size_t had = 0;
    if (offset > held->size || length > held->size - offset)
        return fail_changed(error, held);
    while (had < length) {
        ssize_t got = pread(held->file, into + had, length - had, (off_t)(offset + had));
        if (got < 0 && errno == EINTR)
            continue;
        if (got < 0)
            return tdm__file_fail(error, held->path, errno);
        if (got == 0)
            return fail_changed(error, held);
        had += (size_t)got;
    }
    return TDM_OK;
}

tdm_status tdm__held_file_check(const tdm__held_file *held, tdm_error *error)
{
    struct stat about;
    if (fstat(held->file, &about) != 0)
        return tdm__file_fail(error, held->path, errno);
    bool same = (uint64_t)about.st_size == held->size && (int64_t)about.st_mtim.tv_sec == held->changed &&
                (int64_t)about.st_mtim.tv_nsec == held->changed_nanoseconds;
    return same ? TDM_OK : fail_changed(error, held);
}

void tdm__held_file_close(tdm__held_file *held)
{
    if (!held)
        return;
    tdm_allocator allocator = held->allocator;
    close(held->file);
    tdm__free(&allocator, held->path);
    tdm__free(&allocator, held);
}

tdm__file_kind tdm__file_look(const char *root, const char *path)
{
    struct stat about;
    int file = open_any(root, path, O_RDONLY | O_NONBLOCK);
    if (file < 0)
        return errno == ENOENT || errno == ENOTDIR ? TDM__FILE_NONE : TDM__FILE_OTHER;
    int failed = fstat(file, &about);
    close(file);
    if (failed != 0)
        return TDM__FILE_OTHER;
    if (S_ISDIR(about.st_mode))
        return TDM__FILE_FOLDER;
    return S_ISREG(about.st_mode) ? TDM__FILE_REGULAR : TDM__FILE_OTHER;
}

tdm__file_kind tdm__file_look_itself(const char *path)
{
    struct stat about;
    if (lstat(path, &about) != 0)
        return errno == ENOENT || errno == ENOTDIR ? TDM__FILE_NONE : TDM__FILE_OTHER;
    if (S_ISLNK(about.st_mode))
        return TDM__FILE_LINK;
    if (S_ISDIR(about.st_mode))
        return TDM__FILE_FOLDER;
    return S_ISREG(about.st_mode) ? TDM__FILE_REGULAR : TDM__FILE_OTHER;
}

static int compare_names(const void *a, const void *b)
{
    return tdm__str_compare(*(const tdm_str *)a, *(const tdm_str *)b);
}

tdm_status tdm__folder_list(tdm_str **out, size_t *count, tdm__arena *arena, const char *root,
                            const char *path, tdm_error *error)
{
    size_t capacity = 0, found = 0;
    tdm_str *names = NULL;
    tdm_status status = TDM_OK;
    *out = NULL;
    *count = 0;
    int file = open_any(root, path, O_RDONLY | O_DIRECTORY);
    if (file < 0)
        return tdm__file_fail(error, path, errno);
    DIR *folder = fdopendir(file);
    if (!folder) {
        close(file);
        return tdm__file_fail(error, path, errno);
    }
    for (struct dirent *entry; status == TDM_OK && (entry = readdir(folder));) {
        if (entry->d_name[0] == '.')
            continue;
        tdm_str *grown = tdm__grown(arena->allocator, names, &capacity, found + 1, sizeof *names);
        tdm_str copy = tdm__arena_copy(arena, tdm__str(entry->d_name));
        names = grown ? grown : names;
        if (!grown || !copy.data)
            status = tdm__no_memory(error);
        else
            names[found++] = copy;
    }
    closedir(folder);
    if (found > 0)
        qsort(names, found, sizeof *names, compare_names);
    if (status == TDM_OK) {
        *out = tdm__arena_array(arena, found + 1, sizeof **out);
        if (!*out)
            status = tdm__no_memory(error);
        else if (found > 0)
            memcpy(*out, names, found * sizeof **out);
        *count = *out ? found : 0;
    }
    tdm__free(arena->allocator, names);
    return status;
}

tdm_status tdm__folder_make(const tdm_allocator *allocator, const char *path, tdm_error *error)
{
    tdm__arena arena;
    tdm_str *names;
    size_t count = 0;
    if (mkdir(path, S_IRWXU) == 0)
        return TDM_OK;
    if (errno != EEXIST)
        return tdm__file_fail(error, path, errno);
    tdm__arena_init(&arena, allocator);
    tdm_status status = tdm__file_look_itself(path) == TDM__FILE_FOLDER
                            ? tdm__folder_list(&names, &count, &arena, NULL, path, error)
                            : TDM_CONFLICT;
    tdm__arena_free(&arena);
    if (status != TDM_CONFLICT && (status != TDM_OK || count == 0))
        return status;
    return fail_path(error, TDM_CONFLICT, path, "expected a new folder, or an empty one");
}

tdm_str tdm__path_join(tdm__arena *arena, tdm_str folder, tdm_str name)
{
    size_t size;
    if (folder.length == 0)
        return tdm__arena_copy(arena, name);
    if (!tdm__add_size(&size, folder.length, name.length) || !tdm__add_size(&size, size, 2))
        return (tdm_str){NULL, 0};
    char *path = tdm__arena_alloc(arena, size);
    if (!path)
        return (tdm_str){NULL, 0};
    bool slash = folder.data[folder.length - 1] != '/';
    int length = snprintf(path, size, "%.*s%s%.*s", (int)folder.length, folder.data, slash ? "/" : "",
                          (int)name.length, name.data ? name.data : "");
    return (tdm_str){path, (size_t)length};
}

tdm_str tdm__path_name(tdm_str path)
{
    for (size_t i = path.length; i > 0; i--)
        if (path.data[i - 1] == '/')
            return (tdm_str){path.data + i, path.length - i};
    return path;
}

struct tdm__file_writer {
    tdm_allocator allocator;
    FILE *file;
    char *path;
    char *temporary;
};

static void free_writer(tdm__file_writer *writer)
{
    tdm_allocator allocator = writer->allocator;
    tdm__free(&allocator, writer->path);
    tdm__free(&allocator, writer->temporary);
    tdm__free(&allocator, writer);
}

static char *joined(const tdm_allocator *allocator, const char *a, const char *b)
{
    size_t size = strlen(a) + strlen(b) + 1;
    char *text = tdm__alloc(allocator, size);
    if (text)
        snprintf(text, size, "%s%s", a, b);
    return text;
}

/* An empty file beside `path`, mode 0600, still open. */
static tdm_status open_beside(int *file, char **name, const tdm_allocator *allocator, const char *path,
                              tdm_error *error)
{
    *file = -1;
    *name = joined(allocator, path, ".XXXXXX");
    if (!*name)
        return tdm__no_memory(error);
    *file = mkstemp(*name);
    if (*file >= 0)
        return TDM_OK;
    int number = errno;
    tdm__free(allocator, *name);
    *name = NULL;
    return tdm__file_fail(error, path, number);
}

tdm_status tdm__file_make_beside(char **out, const tdm_allocator *allocator, const char *path,
                                 tdm_error *error)
{
    int file;
    tdm_status status = open_beside(&file, out, allocator, path, error);
    if (status == TDM_OK)
        close(file);
    return status;
}

tdm_status tdm__file_take_name(const char *temporary, const char *path, tdm_error *error)
{
    if (link(temporary, path) == 0) {
        unlink(temporary);
        return TDM_OK;
    }
    if (errno == EEXIST)
        return fail_path(error, TDM_CONFLICT, path,
                         "a file of this name has come up meanwhile; nothing was written");
    /* A file system without links. */
    return rename(temporary, path) == 0 ? TDM_OK : tdm__file_fail(error, path, errno);
}

void tdm__file_remove(const char *path)
{
    unlink(path);
}

tdm_status tdm__file_writer_open(tdm__file_writer **out, const tdm_allocator *allocator, const char *path,
                                 tdm_error *error)
{
    int file = -1;
    *out = NULL;
    tdm__file_writer *writer = tdm__alloc_zeroed(allocator, 1, sizeof *writer);
    if (!writer)
        return tdm__no_memory(error);
    writer->allocator = *allocator;
    writer->path = joined(allocator, path, "");
    tdm_status status = writer->path ? open_beside(&file, &writer->temporary, allocator, path, error)
                                     : tdm__no_memory(error);
    if (status == TDM_OK && !(writer->file = fdopen(file, "wb"))) {
        status = tdm__file_fail(error, path, errno);
        close(file);
        unlink(writer->temporary);
    }
    if (status != TDM_OK) {
        free_writer(writer);
        return status;
    }
    *out = writer;
    return TDM_OK;
}

static tdm_status write_to_file(const char *bytes, size_t length, void *payload)
{
    tdm__file_writer *writer = payload;
    return fwrite(bytes, 1, length, writer->file) == length ? TDM_OK : TDM_IO;
}

tdm_sink tdm__file_writer_sink(tdm__file_writer *writer)
{
    return (tdm_sink){write_to_file, writer};
}

tdm_status tdm__file_writer_commit(tdm__file_writer *writer, tdm_error *error)
{
    tdm_status status = TDM_OK;
    bool failed = fflush(writer->file) != 0 || fsync(fileno(writer->file)) != 0;
    int number = errno;
    if (fclose(writer->file) != 0 && !failed) {
        failed = true;
        number = errno;
    }
    if (!failed && rename(writer->temporary, writer->path) != 0) {
        failed = true;
        number = errno;
    }
    if (failed) {
        unlink(writer->temporary);
        status = tdm__file_fail(error, writer->path, number);
    }
    free_writer(writer);
    return status;
}

void tdm__file_writer_abandon(tdm__file_writer *writer)
{
    if (!writer)
        return;
    fclose(writer->file);
    unlink(writer->temporary);
    free_writer(writer);
}

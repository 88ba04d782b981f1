/*
 * One file in the place of another, and a file overwritten before it goes. How files are read and written is
 * file.c's business.
 */
#include "base/file.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* Names are kept once their folder is. Where a folder cannot be, as on some file systems, its names are kept
 * in the system's time. */
static void keep_names(const char *path)
{
    char folder[4096] = ".";
    const char *slash = strrchr(path, '/');
    size_t length = slash ? (size_t)(slash - path) + 1 : 0;
    if (length >= sizeof folder)
        return;
    if (length > 0) {
        memcpy(folder, path, length);
        folder[length] = '\0';
    }
    int file = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (file < 0)
        return;
    (void)fsync(file);
    close(file);
}

tdm_status tdm__file_make_empty(const char *path, tdm_error *error)
{
    int file = open(path, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, S_IRUSR | S_IWUSR);
    if (file < 0)
        return tdm__file_fail(error, path, errno);
    close(file);
    return TDM_OK;
}

tdm_status tdm__file_swap(const char *temporary, const char *path, const char *aside, tdm_error *error)
{
    if (link(path, aside) != 0)
        return tdm__file_fail(error, path, errno);
    if (rename(temporary, path) != 0) {
        int number = errno;
        unlink(aside);
        return tdm__file_fail(error, path, number);
    }
    keep_names(path);
    return TDM_OK;
}

bool tdm__file_is_one(const char *path, const char *other)
{
    struct stat one, two;
    return lstat(path, &one) == 0 && lstat(other, &two) == 0 && one.st_dev == two.st_dev &&
           one.st_ino == two.st_ino;
}

/* By a second name first: renaming would take the place of what has the name already. */
tdm_status tdm__file_move(const char *path, const char *to, tdm_error *error)
{
    int number = link(path, to) == 0 ? 0 : errno;
    if (number == ENOENT && tdm__file_look_itself(path) == TDM__FILE_NONE)
        return TDM_OK;
    bool is_taken = number == EEXIST && !tdm__file_is_one(path, to);
    if (is_taken)
        return tdm__fail_at(error, TDM_CONFLICT, (tdm_place){tdm__str(to), 0, 0},
                            "something of that name is there already");
    if (number != 0 && number != EEXIST)
        return tdm__file_fail(error, path, number);
    unlink(path);
    keep_names(path);
    return TDM_OK;
}

static bool overwrite(int file, int64_t size)
{
    static const char zeros[65536];
    for (int64_t left = size; left > 0;) {
        ssize_t written = write(file, zeros, left < (int64_t)sizeof zeros ? (size_t)left : sizeof zeros);
        if (written < 0 && errno == EINTR)
            continue;
        if (written <= 0)
            return false;
        left -= written;
    }
    return fsync(file) == 0;
}

tdm_status tdm__file_shred(const char *path, tdm_error *error)
{
    struct stat about;
    int file = open(path, O_WRONLY | O_NOFOLLOW | O_CLOEXEC);
    if (file < 0)
        return errno == ENOENT ? TDM_OK : tdm__file_fail(error, path, errno);
    bool fine = fstat(file, &about) == 0 && S_ISREG(about.st_mode) &&
                (about.st_nlink > 1 || overwrite(file, about.st_size));
    int number = errno;
    close(file);
    if (!fine)
        return tdm__file_fail(error, path, number);
    unlink(path);
    keep_names(path);
    return TDM_OK;
}

/*
 * What the command takes from its surroundings: the data folder, the clock, signals.
 */
#include "command.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

static char folder_room[4096];

static bool is_folder(const char *path)
{
    struct stat about;
    return stat(path, &about) == 0 && S_ISDIR(about.st_mode);
}

bool is_same_file(const char *path, const char *other)
{
    struct stat a, b;
    return stat(path, &a) == 0 && stat(other, &b) == 0 && a.st_dev == b.st_dev && a.st_ino == b.st_ino;
}

bool is_map_beside(const char *path, const char *input)
{
    char map[4096];
    int written = snprintf(map, sizeof map, "%s.map.json", input);
    return written > 0 && (size_t)written < sizeof map && is_same_file(path, map);
}

bool is_in_folder(const char *path, const char *folder)
{
    struct stat about, above;
    char at[4096];
    const char *slash = strrchr(path, '/');
    size_t length = slash ? (size_t)(slash - path) + 1 : 0;
    if (!is_folder(folder) || stat(path, &about) != 0 || length + 3 > sizeof at)
        return false;
    memcpy(at, path, length);
    memcpy(at + length, ".", 2);
    length++;
    /* Upwards until the root, which is its own parent, or no room is left. */
    while (!is_same_file(at, folder)) {
        if (stat(at, &about) != 0 || length + 4 > sizeof at)
            return false;
        memcpy(at + length, "/..", 4);
        length += 3;
        if (stat(at, &above) != 0 || (above.st_dev == about.st_dev && above.st_ino == about.st_ino))
            return false;
    }
    return true;
}

/* Folder of the running binary with `behind` added; false when it does not fit or is not there. */
static bool beside_binary(const char *behind)
{
    ssize_t length = readlink("/proc/self/exe", folder_room, sizeof folder_room - 1);
    if (length <= 0)
        return false;
    folder_room[length] = '\0';
    char *slash = strrchr(folder_room, '/');
    size_t room = slash ? sizeof folder_room - (size_t)(slash + 1 - folder_room) : 0;
    return slash && (size_t)snprintf(slash + 1, room, "%s", behind) < room && is_folder(folder_room);
}

const char *data_folder(const common_options *options)
{
    const char *named = options->data ? options->data : getenv("TIDEMARK_DATA");
    if (named && named[0])
        return named;
    /* In a build tree a link beside the binary leads to the source tree. */
    return beside_binary("tidemark-data") || beside_binary(TDM_SHARE_FROM_BIN) ? folder_room : "";
}

void today_text(char out[11])
{
    struct tm day;
    time_t now = time(NULL);
    if (!localtime_r(&now, &day) || strftime(out, 11, "%Y-%m-%d", &day) != 10)
        out[0] = '\0';
}

int64_t clock_seconds(void)
{
    return (int64_t)time(NULL);
}

static volatile sig_atomic_t interrupted;
static struct timespec started;
static int64_t limit_seconds;

static void on_interrupt(int signal_number)
{
    (void)signal_number;
    interrupted = 1;
}

void guard_start(int64_t seconds)
{
    struct sigaction action;
    memset(&action, 0, sizeof action);
    action.sa_handler = on_interrupt;
    sigaction(SIGINT, &action, NULL);
    sigaction(SIGTERM, &action, NULL);
    limit_seconds = seconds;
    clock_gettime(CLOCK_MONOTONIC, &started);
}

int64_t monotonic_ms(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

tdm_status guard_ask(void *payload)
{
    struct timespec now;
    (void)payload;
    if (interrupted)
        return TDM_CANCELLED;
    if (limit_seconds <= 0)
        return TDM_OK;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return now.tv_sec - started.tv_sec >= limit_seconds ? TDM_STOPPED : TDM_OK;
}

/*
 * The log: one JSON object a line, in one write, so that lines of several threads stay whole.
 */
#include "log.h"

#include "serve.h"

#include "buffer.h"

#include <fcntl.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

struct log_book {
    pthread_mutex_t lock; /* of the descriptor, against opening it anew */
    char *path;
    int fd;
};

static int open_file(const char *path)
{
    return open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
}

log_book *log_open(const char *path)
{
    log_book *log = calloc(1, sizeof *log);
    if (!log)
        return NULL;
    log->fd = STDERR_FILENO;
    pthread_mutex_init(&log->lock, NULL);
    if (!path)
        return log;
    log->path = strdup(path);
    log->fd = log->path ? open_file(path) : -1;
    if (log->fd >= 0)
        return log;
    log->fd = STDERR_FILENO;
    log_close(log);
    return NULL;
}

void log_close(log_book *log)
{
    if (!log)
        return;
    if (log->fd != STDERR_FILENO)
        close(log->fd);
    pthread_mutex_destroy(&log->lock);
    free(log->path);
    free(log);
}

void log_reopen(log_book *log)
{
    if (!log->path)
        return;
    pthread_mutex_lock(&log->lock);
    int fd = open_file(log->path);
    if (fd >= 0) {
        close(log->fd);
        log->fd = fd;
    }
    pthread_mutex_unlock(&log->lock);
}

static void begin_line(buffer *line)
{
    char time[32];
    now_text(time);
    buffer_text(line, "{\"time\":");
    buffer_json(line, time, strlen(time));
}

/* A log that cannot be written keeps nobody from being answered. */
static void end_line(log_book *log, buffer *line)
{
    buffer_text(line, "}\n");
    pthread_mutex_lock(&log->lock);
    if (!line->failed && write(log->fd, line->bytes, line->used) < 0)
        line->failed = true;
    pthread_mutex_unlock(&log->lock);
    buffer_free(line);
}

void log_request(log_book *log, const log_entry *entry)
{
    buffer line = {0};
    begin_line(&line);
    buffer_member(&line, "request", entry->request);
    buffer_member(&line, "method", entry->method);
    buffer_member(&line, "route", entry->route);
    buffer_text(&line, ",\"status\":");
    buffer_number(&line, entry->status);
    buffer_text(&line, ",\"bytes\":");
    buffer_number(&line, (int64_t)entry->bytes);
    buffer_text(&line, ",\"ms\":");
    buffer_number(&line, entry->milliseconds);
    buffer_member(&line, "operation", entry->operation);
    buffer_member_number(&line, "audit", (int64_t)entry->audit_number);
    if (entry->cut)
        buffer_text(&line, ",\"cut\":true");
    end_line(log, &line);
}

void log_event(log_book *log, const char *name, const char *detail)
{
    buffer line = {0};
    begin_line(&line);
    buffer_member(&line, "event", name);
    buffer_member(&line, "detail", detail);
    end_line(log, &line);
}

/*
 * The log: one JSON object a line. Templates of paths, never a path or a query, so that no id, name or
 * text of a child can stand in it.
 */
#ifndef TIDEMARK_SERVE_LOG_H
#define TIDEMARK_SERVE_LOG_H

#include <stdbool.h>
#include <stdint.h>

typedef struct log_book log_book;

/* What is written about one request. Strings are static, but for `request`. */
typedef struct log_entry {
    const char *request;
    const char *method;
    const char *route;     /* template, "page" or "none" */
    const char *operation; /* "": none */
    unsigned status;       /* 0: none was given */
    uint64_t bytes;
    int64_t milliseconds;
    uint64_t audit_number;
    bool cut; /* the other side did not wait for all of it */
} log_entry;

/* path NULL: standard error. NULL: no memory, or the file cannot be opened. */
log_book *log_open(const char *path);
/* Accepts NULL. */
void log_close(log_book *log);
/* Opens the file anew, after it has been moved away. Any thread, as the rest. */
void log_reopen(log_book *log);
void log_request(log_book *log, const log_entry *entry);
/* `name` says what happened; detail may be "". */
void log_event(log_book *log, const char *name, const char *detail);

#endif

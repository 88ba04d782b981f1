/*
 * Ground that every public header stands on: statuses, errors, strings, sinks, the context.
 *
 * Ownership: an opaque handle is freed by its own `_free`, which accepts NULL. A `tdm_str` is
 * borrowed; its doc says from whom. Threads: a context is used by one thread at a time.
 */
#ifndef TIDEMARK_BASE_H
#define TIDEMARK_BASE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <tidemark/version.h>

#if defined(TDM_BUILDING) && defined(__GNUC__)
#define TDM_API __attribute__((visibility("default")))
#else
#define TDM_API
#endif

#if defined(__GNUC__)
#define TDM_PRINTF(format_at, values_at) __attribute__((format(printf, format_at, values_at)))
#else
#define TDM_PRINTF(format_at, values_at)
#endif

#ifdef __cplusplus
extern "C" {
#endif

/* Outcome of every fallible function. 0 is fine; the numbers never change. X(NAME, number, code, text) */
typedef int32_t tdm_status;
#define TDM_STATUS_MAP(X)                                                                                    \
    X(OK, 0, "ok", "fine")                                                                                   \
    X(NO_MEMORY, 1, "no-memory", "out of memory")                                                            \
    X(INVALID_ARG, 2, "invalid-argument", "an argument is outside its range")                                \
    X(NOT_FOUND, 3, "not-found", "not found")                                                                \
    X(IO, 4, "io", "a file could not be read or written")                                                    \
    X(TOO_LARGE, 5, "too-large", "larger than the limit allows")                                             \
    X(INVALID_INPUT, 6, "invalid-input", "the input does not have the expected form")                        \
    X(ENCODING, 7, "encoding", "the input is not text in the expected encoding")                             \
    X(UNSUPPORTED, 8, "unsupported", "a form that is not supported")                                         \
    X(SCRIPT, 9, "script", "a script failed")                                                                \
    X(BUDGET, 10, "budget", "the step budget is spent")                                                      \
    X(STOPPED, 11, "stopped", "stopped by the wall-clock guard")                                             \
    X(CANCELLED, 12, "cancelled", "cancelled")                                                               \
    X(CONFLICT, 13, "conflict", "two things that exclude each other")                                        \
    X(STORE, 14, "store", "the store could not be used")                                                     \
    X(NEWER, 15, "newer", "made by a newer version")                                                         \
    X(UNKNOWN_PERIOD, 16, "unknown-period", "outside the period that the data is known for")                 \
    X(INTERNAL, 17, "internal", "internal error")                                                            \
    X(STALE, 18, "stale", "somebody else has changed it meanwhile")                                          \
    X(UNAUTHENTICATED, 19, "unauthenticated", "signing in is needed")                                        \
    X(FORBIDDEN, 20, "forbidden", "this account may not do that")                                            \
    X(BUSY, 21, "busy", "too many requests at once")

#define TDM_STATUS_ENUM(name, number, code, text) TDM_##name = number,
enum { TDM_STATUS_MAP(TDM_STATUS_ENUM) TDM_STATUS_COUNT };
#undef TDM_STATUS_ENUM

/* Code of a status as it stands in JSON ("no-memory"), or "unknown". Static. Any thread. */
TDM_API const char *tdm_status_name(tdm_status status);

/* One line on what a status means. Static, never NULL. Any thread. */
TDM_API const char *tdm_status_text(tdm_status status);

/* Version of the library in use, as "1.2.3". Static. Any thread. */
TDM_API const char *tdm_version(void);

/* Bytes borrowed from their owner; not ended by a zero byte. `data` is never NULL when length > 0. */
typedef struct tdm_str {
    const char *data;
    size_t length;
} tdm_str;

/*
 * Details of a failure. Never allocated, never holds a child's name or text.
 * `file` is relative to the case or data folder; `line` and `column` are 0 when they do not apply.
 */
typedef struct tdm_error {
    tdm_status status;
    int32_t line;
    int32_t column;
    char message[320];
    char file[256];
} tdm_error;

/*
 * Memory for everything the library itself allocates, Lua's included. One function: `block` NULL
 * allocates, `size` 0 frees and returns NULL, otherwise the block is resized. NULL: no memory.
 * Called from several threads at once when a run uses more than one job.
 */
typedef void *(*tdm_reallocate_fn)(void *block, size_t size, void *payload);
typedef struct tdm_allocator {
    tdm_reallocate_fn reallocate;
    void *payload;
} tdm_allocator;

/* Where a writer sends its bytes. A status other than TDM_OK ends the writing and is handed back. */
typedef tdm_status (*tdm_write_fn)(const char *bytes, size_t length, void *payload);
typedef struct tdm_sink {
    tdm_write_fn write;
    void *payload;
} tdm_sink;

/*
 * Asked now and then during long work: TDM_OK goes on, TDM_STOPPED and TDM_CANCELLED end the whole
 * call with that status. The only way in which time reaches the library. Any thread may call it.
 */
typedef tdm_status (*tdm_interrupt_fn)(void *payload);

/* How far long work has come. Strings static. */
typedef struct tdm_progress {
    const char *stage;    /* "read", "review", "replay" */
    const char *unit;     /* of the numbers: "bytes", "children", "days" */
    uint64_t done, total; /* total 0: not known before the end */
} tdm_progress;

/*
 * Told now and then during long work, far more often than anybody can read: who shows it chooses when. Any
 * thread of a call may tell it, one at a time; it must not use the context. Stages follow one another.
 */
typedef void (*tdm_progress_fn)(const tdm_progress *progress, void *payload);

/* Options of a context. Set struct_size to sizeof; zero means the default for each other field. */
typedef struct tdm_context_options {
    size_t struct_size;
    tdm_allocator allocator;    /* default: malloc */
    const char *data_folder;    /* scripts, vocabulary, calendar; default: the compiled folder; copied */
    bool files_allowed;         /* inputs may be named by path (never set for requests from a network) */
    tdm_interrupt_fn interrupt; /* may be NULL */
    void *interrupt_payload;
    uint64_t input_limit_bytes; /* of one input; default 2 GiB */
    tdm_progress_fn progress;   /* may be NULL */
    void *progress_payload;
} tdm_context_options;

/* What the calls of one user of the library share: allocator, data folder, limits, last error. */
typedef struct tdm_context tdm_context;

/*
 * Opens a context.
 *
 * out      set to NULL first; owned by the caller, freed with tdm_context_free
 * options  NULL for the defaults; copied
 *
 * TDM_OK; TDM_NO_MEMORY; TDM_INVALID_ARG for a struct_size of no known version.
 */
TDM_API tdm_status tdm_context_new(tdm_context **out, const tdm_context_options *options);

/* Frees a context and nothing that was made with it. Accepts NULL. */
TDM_API void tdm_context_free(tdm_context *context);

/* Details of the last failed call on this context; valid until the next call on it. Never NULL. */
TDM_API const tdm_error *tdm_context_error(const tdm_context *context);

/*
 * All that was wrong, in order, where the last failed call could tell several things at once (a form with
 * three entries that do not fit). None where the error says all there is. Valid as the error is; NULL behind
 * the last. At most TDM_PROBLEMS_MAX are kept; the last of so many says that there are more.
 */
#define TDM_PROBLEMS_MAX 200
TDM_API size_t tdm_context_problem_count(const tdm_context *context);
TDM_API const tdm_error *tdm_context_problem(const tdm_context *context, size_t index);

#ifdef __cplusplus
}
#endif

#endif

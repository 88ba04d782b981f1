/*
 * The parts of the command: where the data folder is, reading arguments against the library's table
 * of operations, help, and the clock, which nothing else in Tidemark reads.
 */
#ifndef TIDEMARK_COMMAND_H
#define TIDEMARK_COMMAND_H

#include <tidemark/tidemark.h>

/* Exit codes; interfaces of scripts depend on them. */
enum {
    EXIT_FINE = 0,
    EXIT_FAIL_ON = 1,
    EXIT_USAGE = 2,
    EXIT_INPUT = 3,
    EXIT_INTERNAL = 4,
    EXIT_STOPPED = 5,
    EXIT_INTERRUPTED = 130
};

/* Options that every subcommand has. */
typedef struct common_options {
    const char *data;     /* --data */
    const char *output;   /* -o */
    bool strict;          /* --strict */
    int64_t seconds;      /* --time-limit; 0: none */
    const char *progress; /* --progress: line, json or none; NULL: a line where there is a terminal */
} common_options;

/* The folder with scripts/: --data, TIDEMARK_DATA, beside the binary, the source tree; "" when there is none.
 */
const char *data_folder(const common_options *options);

/* Whether both paths lead to one file that is there, by whatever names. */
bool is_same_file(const char *path, const char *other);
/* Whether `path` is the map that is taken with the return `input`, NAME.map.json beside it. */
bool is_map_beside(const char *path, const char *input);
/* Whether `path` is there already and stands in `folder` or deeper. */
bool is_in_folder(const char *path, const char *folder);
/* Today by the local clock as "2024-09-30". */
void today_text(char out[11]);
/* Seconds since 1970-01-01 UTC. */
int64_t clock_seconds(void);
/* Asked by the library: the wall-clock guard and Ctrl-C. */
void guard_start(int64_t seconds);
tdm_status guard_ask(void *payload);

/* Milliseconds of a clock that only goes forward. */
int64_t monotonic_ms(void);

/*
 * How far the work has come, on stderr: one line that is written over at most once a second, or JSON lines.
 * progress_clear takes the line away before something else is written; progress_end does so for good, and
 * gives the last JSON line. Nothing is shown before progress_start.
 */
void progress_start(const common_options *options);
void progress_tell(const tdm_progress *progress, void *payload);
void progress_clear(void);
void progress_end(void);

/* To stderr, what would act on a terminal as codes; an argument is cut off where it is long. */
void print_plain(const char *text);
void print_argument(const char *argument);
/* One line on stderr: "tidemark: FILE:ROW: message". */
void print_error(const tdm_error *error);
/* One line on stderr about what was typed, cut off where it is long; gives EXIT_USAGE. */
int usage(const char *message, const char *argument);
int exit_code(tdm_status status);

void print_help(void);
void print_operation_help(size_t operation);
/* Whether the operation's first argument is an id: its first option is called so. Inputs come behind it. */
bool takes_id(size_t operation);

/* Arguments behind the subcommand. Returns an exit code. */
int run_operation(size_t operation, int count, char **arguments);
/* `tidemark api`: a JSON request on standard input or from a file. */
int run_api(int count, char **arguments);

/* `tidemark serve`, which is in tools/serve. */
int run_serve(int count, char **arguments);

/* Whether `argument` is the common option; *at moves over its value. -1: it is, but its value is missing or
 * wrong. */
int take_common_option(common_options *options, int *at, int count, char **arguments);

#endif

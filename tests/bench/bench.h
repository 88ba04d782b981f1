/*
 * What the bench programs share: the clock, a context on the source tree's scripts, and the line in
 * which a result is printed: name, phase, seconds, answer, parted by tabs.
 */
#ifndef TDM_TESTS_BENCH_H
#define TDM_TESTS_BENCH_H

#include "api/data.h"

#include <stdio.h>
#include <time.h>

static inline double seconds_now(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + (double)now.tv_nsec * 1e-9;
}

/* Of this process: what one core does, whoever else is on the machine. */
static inline double processor_seconds_now(void)
{
    struct timespec now;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
    return (double)now.tv_sec + (double)now.tv_nsec * 1e-9;
}

static inline tdm_status open_context(tdm_context **out)
{
    tdm_context_options options = {.struct_size = sizeof options,
                                   .data_folder = TDM_SOURCE_DIR,
                                   .files_allowed = true,
                                   .input_limit_bytes = UINT64_C(16) << 30};
    return tdm_context_new(out, &options);
}

/* Says on stderr why a program could not measure; gives its exit status. */
static inline int tell_failure(tdm_status status, const tdm_error *error)
{
    if (status != TDM_OK)
        fprintf(stderr, "bench: %s: %s\n", error->file,
                error->message[0] ? error->message : tdm_status_text(status));
    return status == TDM_OK ? 0 : 1;
}

#endif

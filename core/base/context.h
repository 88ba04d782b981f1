/*
 * The inside of a context, for the layers that are given one.
 */
#ifndef TDM_BASE_CONTEXT_H
#define TDM_BASE_CONTEXT_H

#include "base/memory.h"
#include "base/status.h"

struct tdm__vault; /* store/vault.h */

struct tdm_context {
    tdm_allocator allocator;
    char *data_folder; /* "" when none was given and none compiled in */
    bool files_allowed;
    tdm_interrupt_fn interrupt;
    void *interrupt_payload;
    uint64_t input_limit_bytes;
    /* By which stores that are encrypted are opened, and new ones are closed; borrowed. NULL: neither. */
    struct tdm__vault *vault;
    tdm_progress_fn progress;
    void *progress_payload;
    tdm_error error;
    tdm_error *problems;
    size_t problem_count, problem_capacity;
};

/* Forgets what the last call failed of. */
void tdm__context_clear(tdm_context *context);
/* Adds to what the context tells; `context` is one. Where there is no memory, or no room, the error alone
 * says what it can. */
void tdm__context_add_problem(const tdm_error *problem, void *context);
/* By file as they came, then line. */
void tdm__context_order_problems(tdm_context *context);

/* Tells how far work has come, where anybody listens. Of several threads one at a time. */
void tdm__context_progress(const tdm_context *context, const char *stage, const char *unit, uint64_t done,
                           uint64_t total);

/* Asks the interrupt; fills `error` when it says stop. */
tdm_status tdm__context_poll(const tdm_context *context, tdm_error *error);

#endif

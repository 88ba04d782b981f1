/*
 * The inside of a context, for the layers that are given one.
 */
#ifndef TDM_BASE_CONTEXT_H
#define TDM_BASE_CONTEXT_H

#include "base/memory.h"

struct tdm_context {
    tdm_allocator allocator;
    char *data_folder; /* "" when none was given and none compiled in */
    bool files_allowed;
    tdm_interrupt_fn interrupt;
    void *interrupt_payload;
    uint64_t input_limit_bytes;
    tdm_error error;
};

/* Asks the interrupt; fills `error` when it says stop. */
tdm_status tdm__context_poll(const tdm_context *context, tdm_error *error);

#endif

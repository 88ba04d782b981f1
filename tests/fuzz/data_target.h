/*
 * What the harnesses over rules share: the shipped scripts and instruments, read once.
 */
#ifndef TDM_TESTS_FUZZ_DATA_TARGET_H
#define TDM_TESTS_FUZZ_DATA_TARGET_H

#include <stdio.h>
#include <stdlib.h>

#include "api/data.h"
#include "base/context.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static inline tdm_context *target_context(void)
{
    static tdm_context *context;
    tdm_context_options options = {.struct_size = sizeof options, .data_folder = TDM_SOURCE_DIR};
    if (!context && tdm_context_new(&context, &options) != TDM_OK)
        abort();
    return context;
}

static inline const tdm__data *target_data(void)
{
    static tdm__data data;
    tdm__data_request nothing = {0};
    tdm_error error;
    if (data.context)
        return &data;
    if (tdm__data_open(&data, target_context(), &error) != TDM_OK ||
        tdm__data_read_rules(&data, &nothing, &error) != TDM_OK ||
        tdm__data_read_instruments(&data, &nothing, &error) != TDM_OK) {
        fprintf(stderr, "%s\n", error.message);
        abort();
    }
    return &data;
}

static inline tdm_str bytes_of(const uint8_t *data, size_t size)
{
    return (tdm_str){(const char *)data, size};
}

/* A failure says what it is. */
static inline void check_error(tdm_status status, const tdm_error *error)
{
    if (status != TDM_OK && error->message[0] == '\0')
        abort();
}

#endif

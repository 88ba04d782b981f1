/*
 * Any bytes as a key file: sealed (the checksum keeps most from costing anything), as the table inside it,
 * and as a list of names. A table that is read is written so that it reads again, to the same bytes.
 */
#include <stdint.h>
#include <stdlib.h>

#include "guard/key.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void write_again(const tdm__key *key)
{
    tdm__text first, second;
    tdm__key *again;
    tdm__text_init(&first, &tdm__malloc_allocator);
    tdm__text_init(&second, &tdm__malloc_allocator);
    if (tdm__key_write(key, &tdm__malloc_allocator, tdm__text_sink(&first)) != TDM_OK ||
        tdm__key_read(&again, &tdm__malloc_allocator, tdm__text_str(&first), TDM_LIT("again"), NULL) !=
            TDM_OK ||
        tdm__key_write(again, &tdm__malloc_allocator, tdm__text_sink(&second)) != TDM_OK ||
        !tdm__str_equal(tdm__text_str(&first), tdm__text_str(&second)))
        abort();
    tdm__key_free(again);
    tdm__text_free(&first);
    tdm__text_free(&second);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    tdm__key *key;
    tdm_error error = {0};
    tdm_str bytes = {(const char *)data, size};
    if (tdm__key_unseal(&key, &tdm__malloc_allocator, bytes, TDM_LIT("correct horse"), TDM_LIT("input"),
                        &error) == TDM_OK)
        write_again(key);
    tdm__key_free(key);
    if (tdm__key_read(&key, &tdm__malloc_allocator, bytes, TDM_LIT("input"), &error) == TDM_OK)
        write_again(key);
    tdm__key_free(key);
    if (tdm__key_new(&key, &tdm__malloc_allocator) != TDM_OK)
        abort();
    if (tdm__key_read_names(key, bytes, TDM_LIT("input"), &error) == TDM_OK)
        write_again(key);
    tdm__key_free(key);
    return 0;
}

/*
 * Any bytes as the free text of an entry, and as an export of their own: with codes and back again every
 * export that can be read is the same to the byte.
 */
#include <stdint.h>
#include <stdlib.h>

#include "guard/pseudonyms.h"
#include "json/json.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static tdm_status go(tdm__text *there, tdm__key *key, tdm_str ndjson)
{
    tdm__leaks leaks;
    tdm_error error = {0};
    tdm__pseudonym_options options = {
        .birth = TDM__BIRTH_MONTH,
        .names = TDM_LIT("original,code\nJane,Child 1\nMary-Jane Roe,Mother\n07700 900123,Phone 1\n"),
        .names_file = TDM_LIT("names")};
    tdm__text_clear(there);
    tdm__leaks_init(&leaks, &tdm__malloc_allocator);
    tdm_status status = tdm__pseudonymise(there, &leaks, key, ndjson, &options, &error);
    tdm__leaks_free(&leaks);
    return status;
}

/* The first way there and back makes one form of it: numbers, escapes, line ends. From then on nothing
 * changes. */
static void try_export(tdm_str ndjson)
{
    tdm__key *key;
    tdm__text there, back, again;
    size_t unknown;
    tdm_error error = {0};
    tdm__text_init(&there, &tdm__malloc_allocator);
    tdm__text_init(&back, &tdm__malloc_allocator);
    tdm__text_init(&again, &tdm__malloc_allocator);
    if (tdm__key_new(&key, &tdm__malloc_allocator) != TDM_OK)
        abort();
    if (go(&there, key, ndjson) == TDM_OK) {
        if (tdm__pseudonyms_back(&back, &unknown, key, tdm__text_str(&there), TDM_LIT("x"), &error) !=
                TDM_OK ||
            go(&there, key, tdm__text_str(&back)) != TDM_OK ||
            tdm__pseudonyms_back(&again, &unknown, key, tdm__text_str(&there), TDM_LIT("x"), &error) !=
                TDM_OK ||
            !tdm__str_equal(tdm__text_str(&back), tdm__text_str(&again)))
            abort();
    }
    tdm__key_free(key);
    tdm__text_free(&there);
    tdm__text_free(&back);
    tdm__text_free(&again);
}

static void try_text(tdm_str text)
{
    tdm__text line, back, there;
    tdm__json_writer json;
    tdm__key *key;
    size_t unknown;
    tdm_error error = {0};
    tdm__text_init(&line, &tdm__malloc_allocator);
    tdm__text_init(&there, &tdm__malloc_allocator);
    tdm__text_init(&back, &tdm__malloc_allocator);
    tdm__json_writer_init(&json, &tdm__malloc_allocator, tdm__text_sink(&line), 0);
    tdm__json_open_object(&json);
    tdm__json_put_name(&json, "type");
    tdm__json_put_text(&json, "event");
    tdm__json_put_name(&json, "text");
    tdm__json_put_string(&json, text);
    tdm__json_close_object(&json);
    if (tdm__json_writer_end(&json) != TDM_OK || tdm__key_new(&key, &tdm__malloc_allocator) != TDM_OK)
        abort();
    tdm__text_char(&line, '\n');
    if (go(&there, key, tdm__text_str(&line)) == TDM_OK &&
        (tdm__pseudonyms_back(&back, &unknown, key, tdm__text_str(&there), TDM_LIT("x"), &error) != TDM_OK ||
         !tdm__str_equal(tdm__text_str(&line), tdm__text_str(&back))))
        abort();
    tdm__key_free(key);
    tdm__text_free(&line);
    tdm__text_free(&there);
    tdm__text_free(&back);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    tdm_str bytes = {(const char *)data, size};
    try_text(bytes);
    try_export(bytes);
    return 0;
}

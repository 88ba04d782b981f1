/*
 * What the harnesses of ingest share: one input read into a collection, frozen when that went well.
 */
#ifndef TDM_TESTS_FUZZ_INGEST_TARGET_H
#define TDM_TESTS_FUZZ_INGEST_TARGET_H

#include <stdint.h>
#include <stdlib.h>

#include "base/context.h"
#include "ingest/ingest.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* Read once for all inputs; without it nothing can be tried. */
static inline const tdm_vocabulary *target_vocabulary(void)
{
    static tdm_vocabulary *vocabulary;
    static const char *const names[] = {"kinds.csv", "facts.csv", "agencies.csv"};
    tdm__buffer tables[3];
    if (vocabulary)
        return vocabulary;
    for (int i = 0; i < 3; i++)
        if (tdm__file_read(&tables[i], &tdm__malloc_allocator, TDM_SOURCE_DIR "/scripts/vocabulary", names[i],
                           1 << 20, NULL) != TDM_OK)
            abort();
    if (tdm_vocabulary_parse(&vocabulary, &tdm__malloc_allocator, (tdm_str){tables[0].data, tables[0].length},
                             (tdm_str){tables[1].data, tables[1].length},
                             (tdm_str){tables[2].data, tables[2].length}, NULL) != TDM_OK)
        abort();
    for (int i = 0; i < 3; i++)
        tdm__free(&tdm__malloc_allocator, tables[i].data);
    return vocabulary;
}

/* Whatever came in, rows are accounted for and every diagnostic has its words. */
static inline void check_collection(const tdm__collection *collection)
{
    for (size_t i = 0; i < collection->account_count; i++)
        if (collection->accounts[i].rows != collection->accounts[i].read + collection->accounts[i].set_aside)
            abort();
    for (size_t i = 0; i < collection->diagnostics.count; i++)
        if (collection->diagnostics.items[i].message.length == 0)
            abort();
}

static inline void read_input(const char *format, tdm_str content, tdm_str map)
{
    tdm_context *context;
    tdm__collection collection;
    tdm_chronology *chronology = NULL;
    tdm_error error;
    tdm__input input = {.name = TDM_LIT("input"),
                        .content = content,
                        .format = tdm__str(format),
                        .map = map,
                        .map_is_json = map.length > 0};
    if (tdm_context_new(&context, NULL) != TDM_OK)
        abort();
    if (tdm__collection_init(&collection, context, target_vocabulary()) != TDM_OK)
        abort();
    if (tdm__ingest(&collection, &input, &error) == TDM_OK) {
        check_collection(&collection);
        if (tdm__builder_freeze(&chronology, collection.builder, &collection.diagnostics) != TDM_OK)
            abort();
    }
    tdm_chronology_free(chronology);
    tdm__collection_free(&collection);
    tdm_context_free(context);
}

static inline tdm_str bytes_of(const uint8_t *data, size_t size)
{
    return (tdm_str){(const char *)data, size};
}

#endif

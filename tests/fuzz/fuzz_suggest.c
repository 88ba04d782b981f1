/*
 * Any bytes as a CSV of which a map is to be guessed. Whatever comes out is JSON, and the reader of maps
 * takes it or says why not.
 */
#include "ingest_target.h"

#include "ingest/map_suggest.h"
#include "json/json.h"

/* Read once for all inputs. */
static const tdm__map_words *target_words(void)
{
    static tdm__map_words words;
    static const char *const names[] = {"headings.csv", "values.csv"};
    tdm__buffer tables[2];
    if (words.heading_count > 0)
        return &words;
    for (int i = 0; i < 2; i++)
        if (tdm__file_read(&tables[i], &tdm__malloc_allocator, TDM_SOURCE_DIR "/scripts/maps", names[i],
                           1 << 20, NULL) != TDM_OK)
            abort();
    if (tdm__map_words_parse(&words, &tdm__malloc_allocator, target_vocabulary(),
                             (tdm_str){tables[0].data, tables[0].length},
                             (tdm_str){tables[1].data, tables[1].length}, NULL) != TDM_OK)
        abort();
    for (int i = 0; i < 2; i++)
        tdm__free(&tdm__malloc_allocator, tables[i].data);
    return &words;
}

/* Both ways of telling what was guessed. */
static void tell(const tdm__suggestion *suggestion, tdm_str csv)
{
    tdm__text map, text;
    tdm__json *json;
    tdm_error error = {0};
    tdm__text_init(&map, &tdm__malloc_allocator);
    tdm__text_init(&text, &tdm__malloc_allocator);
    if (tdm__suggestion_map(&map, suggestion) != TDM_OK ||
        tdm__json_parse(&json, &tdm__malloc_allocator, tdm__text_str(&map), TDM_LIT("map"), &error) != TDM_OK)
        abort();
    tdm__json_free(json);
    if (tdm__suggestion_text(&text, suggestion, target_vocabulary(), &error) != TDM_OK || text.length == 0)
        abort();
    read_input("csv", csv, tdm__text_str(&map));
    tdm__text_free(&map);
    tdm__text_free(&text);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    tdm_context *context;
    tdm__collection collection;
    tdm__suggestion suggestion;
    tdm_error error = {0};
    tdm__mapped_file file = {.name = TDM_LIT("input.csv"), .content = bytes_of(data, size)};
    if (tdm_context_new(&context, NULL) != TDM_OK ||
        tdm__collection_init(&collection, context, target_vocabulary()) != TDM_OK)
        abort();
    tdm_status status = tdm__map_suggest(&suggestion, &collection, target_words(), &file, TDM_LIT("school"),
                                         &error);
    if (status == TDM_OK)
        tell(&suggestion, file.content);
    else if (error.message[0] == '\0')
        abort();
    tdm__suggestion_free(&suggestion);
    tdm__collection_free(&collection);
    tdm_context_free(context);
    return 0;
}

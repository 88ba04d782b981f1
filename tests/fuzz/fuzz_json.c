/*
 * Any bytes as a JSON document: what is read and written again reads back to the same bytes.
 */
#include "ingest_target.h"

#include "json/json.h"

static void write_again(tdm__text *out, const tdm__json *document)
{
    tdm__json_writer writer;
    tdm__text_init(out, &tdm__malloc_allocator);
    tdm__json_writer_init(&writer, &tdm__malloc_allocator, tdm__text_sink(out), 0);
    tdm__json_put_value(&writer, tdm__json_root(document));
    if (tdm__json_writer_end(&writer) != TDM_OK)
        abort();
}

static tdm__json *parsed(tdm_str text)
{
    tdm__json *document;
    tdm_error error;
    tdm_status status = tdm__json_parse(&document, &tdm__malloc_allocator, text, TDM_LIT("input"), &error);
    if ((status == TDM_OK) != (document != NULL) || (status != TDM_OK && error.message[0] == '\0'))
        abort();
    return document;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    tdm__text once, twice;
    tdm__json *document = parsed(bytes_of(data, size));
    if (!document)
        return 0;
    write_again(&once, document);
    tdm__json_free(document);
    document = parsed(tdm__text_str(&once));
    if (!document)
        abort();
    write_again(&twice, document);
    if (!tdm__str_equal(tdm__text_str(&once), tdm__text_str(&twice)))
        abort();
    tdm__json_free(document);
    tdm__text_free(&once);
    tdm__text_free(&twice);
    return 0;
}

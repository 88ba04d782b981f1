/*
 * Any bytes as a JSON request in a context that allows no files: one JSON object comes back, "ok" says
 * how it went.
 */
#include "data_target.h"

#include <tidemark/api.h>

#include "json/json.h"

static void check_response(tdm_str text, tdm_status status)
{
    tdm__json *document;
    tdm_error error;
    if (tdm__json_parse(&document, &tdm__malloc_allocator, text, TDM_LIT("response"), &error) != TDM_OK)
        abort();
    const tdm__json_value *root = tdm__json_root(document);
    if (tdm__json_bool(tdm__json_member(root, "ok")) != (status == TDM_OK))
        abort();
    if (!tdm__json_member(root, status == TDM_OK ? "result" : "error"))
        abort();
    tdm__json_free(document);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    tdm_outcome outcome;
    tdm__text response;
    tdm__text_init(&response, &tdm__malloc_allocator);
    tdm_status status = tdm_api_call(target_context(), bytes_of(data, size), &outcome,
                                     tdm__text_sink(&response));
    check_response(tdm__text_str(&response), status);
    tdm__text_free(&response);
    return 0;
}

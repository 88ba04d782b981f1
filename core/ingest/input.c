/*
 * One INPUT of a request: a case folder, a file, or content that came with the request.
 */
#include "ingest/left.h"

#include <string.h>

/* Names in reports are relative: of an absolute path only its last part is shown. */
static tdm_str given_name(const tdm__input *input)
{
    tdm_str path = tdm__str(input->path);
    if (input->name.length > 0)
        return input->name;
    if (tdm__str_equal(path, TDM_LIT("-")))
        return TDM_LIT("standard input");
    return path.length > 0 && path.data[0] == '/' ? tdm__path_name(path) : path;
}

/* A file's name need not be UTF-8, and everything that shows or keeps it does: other bytes become \xNN. */
tdm_status tdm__input_name(tdm_str *out, tdm__collection *collection, const tdm__input *input)
{
    size_t bad;
    tdm__text text;
    tdm_str rest = given_name(input);
    *out = rest;
    if (tdm__utf8_valid(rest, &bad))
        return TDM_OK;
    tdm__text_init(&text, &collection->context->allocator);
    for (; !tdm__utf8_valid(rest, &bad); rest = (tdm_str){rest.data + bad + 1, rest.length - bad - 1}) {
        tdm__text_bytes(&text, rest.data, bad);
        tdm__text_printf(&text, "\\x%02x", (unsigned)(unsigned char)rest.data[bad]);
    }
    tdm__text_add(&text, rest);
    *out = tdm__arena_copy(&collection->arena, tdm__text_str(&text));
    bool failed = text.failed || !out->data;
    tdm__text_free(&text);
    return failed ? TDM_NO_MEMORY : TDM_OK;
}

static tdm_status read_file(tdm__return *file, const tdm__input *input, tdm_error *error)
{
    tdm_status status = tdm__return_open(file, NULL, input->path, error);
    return status == TDM_OK ? tdm__return_read(file, input->format, error) : status;
}

tdm_status tdm__ingest(tdm__collection *collection, const tdm__input *input, tdm_error *error)
{
    tdm__return file = {.collection = collection,
                        .map = input->map,
                        .map_is_json = input->map_is_json,
                        .declared = {.received = TDM_DAY_NONE}};
    if (tdm__input_name(&file.name, collection, input) != TDM_OK)
        return tdm__no_memory(error);
    if (input->sent) {
        file.agency = input->sent->agency;
        file.declared.received = input->sent->received;
    }
    if (!input->path) {
        file.content = input->content;
        return tdm__return_read(&file, input->format, error);
    }
    if (!collection->context->files_allowed)
        return tdm__fail_at(error, TDM_UNSUPPORTED, (tdm_place){file.name, 0, 0},
                            "an input cannot be named by its path here; give its content");
    if (strcmp(input->path, "-") != 0 && tdm__file_look(NULL, input->path) == TDM__FILE_FOLDER)
        return tdm__read_case_folder(collection, input->path, error);
    return read_file(&file, input, error);
}

/*
 * The numbers of local_ids.h.
 */
#include "api/local_ids.h"

#include "base/file.h"
#include "json/json.h"

#define CASE_BYTES_MAX (16u * 1024u * 1024u)

/* The numbers that agencies have for the children of a case folder: reading it keeps none of them. */
static tdm_status read_case(tdm__json **document, const tdm__input *input, const tdm_allocator *allocator,
                            tdm_error *error)
{
    tdm__buffer buffer;
    *document = NULL;
    if (!input->path || tdm__file_look(NULL, input->path) != TDM__FILE_FOLDER ||
        tdm__file_look(input->path, "case.json") != TDM__FILE_REGULAR)
        return TDM_OK;
    tdm_status status = tdm__file_read(&buffer, allocator, input->path, "case.json", CASE_BYTES_MAX, error);
    if (status == TDM_OK)
        status = tdm__json_parse(document, allocator, (tdm_str){buffer.data, buffer.length},
                                 TDM_LIT("case.json"), error);
    tdm__free(allocator, buffer.data);
    return status;
}

static tdm_status keep_local_id(tdm__local_ids *ids, tdm__arena *arena, tdm_str number, tdm_str child)
{
    tdm__local_id *grown = tdm__grown(arena->allocator, ids->items, &ids->capacity, ids->count + 1,
                                      sizeof *grown);
    tdm__local_id copy = {tdm__arena_copy(arena, number), tdm__arena_copy(arena, child)};
    ids->items = grown ? grown : ids->items;
    if (!grown || !copy.number.data || !copy.child.data)
        return TDM_NO_MEMORY;
    ids->items[ids->count++] = copy;
    return TDM_OK;
}

tdm_status tdm__local_ids_read(tdm__local_ids *ids, const tdm_request *request, tdm__arena *arena,
                               tdm_error *error)
{
    tdm_status status = TDM_OK;
    for (size_t i = 0; i < request->input_count && status == TDM_OK; i++) {
        tdm__json *document;
        status = read_case(&document, &request->inputs[i], arena->allocator, error);
        const tdm__json_value *root = document ? tdm__json_root(document) : NULL;
        const tdm__json_value *child = tdm__json_first(tdm__json_member(root, "children"));
        for (; child && status == TDM_OK; child = tdm__json_next(child)) {
            tdm_str name = tdm__json_string(tdm__json_member(child, "id"));
            const tdm__json_value *id = tdm__json_first(tdm__json_member(child, "ids"));
            for (; id && status == TDM_OK && name.length > 0; id = tdm__json_next(id))
                if (tdm__json_string(id).length > 0)
                    status = keep_local_id(ids, arena, tdm__json_string(id), name);
        }
        tdm__json_free(document);
    }
    return status == TDM_NO_MEMORY ? tdm__no_memory(error) : status;
}

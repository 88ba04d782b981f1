/*
 * A lone assessment: one JSON object with an instrument and items. It goes on as it came; scoring
 * happens where its instrument is known.
 */
#include "ingest/reader.h"

#include "json/json.h"

tdm_status tdm__read_assessment(tdm__return *file, tdm_error *error)
{
    tdm__json *document;
    tdm_status status = tdm__json_parse(&document, file->allocator, file->content, file->name, error);
    if (status != TDM_OK)
        return status;
    const tdm__json_value *root = tdm__json_root(document);
    if (tdm__json_type_of(tdm__json_member(root, "instrument")) != TDM__JSON_STRING ||
        tdm__json_type_of(tdm__json_member(root, "items")) != TDM__JSON_OBJECT)
        status =
            tdm__json_fail(document, root, error,
                           "JSON that is neither an assessment (\"instrument\", \"items\") nor events, one "
                           "object a line");
    if (status == TDM_OK)
        status = tdm__collection_assessment(file->collection, file->name, 1, file->content);
    tdm__json_free(document);
    file->rows = file->read = 1;
    return status;
}

/*
 * The record within a piece of work: some children out of it, rows into it. How is read.c's and
 * write_rows.c's business.
 */
#include "store/limits.h"
#include "store/reader.h"
#include "store/rows.h"
#include "store/writer.h"

#include "json/json.h"

#include <stddef.h>

/* The ids as the JSON array that statements take. */
static tdm_status ids_as_json(tdm__text *out, const tdm_str *ids, size_t count)
{
    tdm__json_writer json;
    tdm__json_writer_init(&json, out->allocator, tdm__text_sink(out), 0);
    tdm__json_open_array(&json);
    for (size_t i = 0; i < count; i++)
        tdm__json_put_string(&json, ids[i]);
    tdm__json_close_array(&json);
    return tdm__json_writer_end(&json);
}

tdm_status tdm__work_read(tdm__work *work, tdm__builder *builder, const tdm_vocabulary *vocabulary,
                          tdm__diagnostics *diagnostics, tdm__arena *arena, const tdm_str *ids,
                          size_t id_count, tdm__store_content *out, tdm_error *error)
{
    tdm__text text;
    tdm__cell given;
    tdm__store_reader reader = {.store = &work->store,
                                .builder = builder,
                                .vocabulary = vocabulary,
                                .diagnostics = diagnostics,
                                .arena = arena};
    *out = (tdm__store_content){.case_id = {"", 0}, .as_of = TDM_DAY_NONE};
    tdm__text_init(&text, &work->store.context->allocator);
    tdm_status status = ids ? ids_as_json(&text, ids, id_count) : TDM_OK;
    given = tdm__cell_text(tdm__text_str(&text));
    reader.given = ids ? &given : NULL;
    status = status == TDM_OK ? tdm__store_read_content(&reader, out, error) : tdm__no_memory(error);
    tdm__text_free(&text);
    return status;
}

static const tdm__row_column text_columns[] = {{TDM__ROW_TEXT, 0, NULL}};
static const tdm__row_shape text_shape = {text_columns, 1, sizeof(tdm_str)};

tdm_status tdm__work_household(tdm__work *work, tdm_str child, tdm__arena *arena, tdm_str **ids,
                               size_t *count, tdm_error *error)
{
    const tdm__cell key = tdm__cell_text(child);
    void *items;
    tdm_status status = tdm__rows_list(&items, count, work, arena, &text_shape,
                                       "SELECT id FROM child WHERE id = ?1 UNION SELECT id FROM child"
                                       " WHERE household = (SELECT household FROM child WHERE id = ?1)"
                                       " ORDER BY 1",
                                       &key, 1, error);
    *ids = items;
    if (status == TDM_OK && *count == 0)
        status = tdm__fail(error, TDM_NOT_FOUND, "that child is not in the store");
    return status;
}

tdm_status tdm__work_withheld(tdm_str **out, size_t *count, tdm__work *work, tdm__arena *arena,
                              tdm_error *error)
{
    void *items;
    tdm_status status = tdm__rows_list(&items, count, work, arena, &text_shape,
                                       "SELECT DISTINCT printf('%016x', entry) FROM " TDM__WITHHELD_ROWS("1"),
                                       NULL, 0, error);
    *out = items;
    return status;
}

tdm_status tdm__work_assessments(tdm_str **out, size_t *count, tdm__work *work, tdm_str child,
                                 tdm__arena *arena, tdm_error *error)
{
    const tdm__cell key = tdm__cell_text(child);
    void *items;
    tdm_status status = tdm__rows_list(&items, count, work, arena, &text_shape,
                                       "SELECT json FROM assessment WHERE assessment_no IN"
                                       " (SELECT assessment_no FROM assessment_child WHERE child_id = ?1)"
                                       " ORDER BY assessment_no",
                                       &key, 1, error);
    *out = items;
    return status;
}

tdm_status tdm__work_write(tdm__work *work, const tdm__store_content *content, tdm__store_counts *counts,
                           tdm_error *error)
{
    static const tdm__store_counts none = {.events = {0, 0, 0, 0}};
    tdm__store_writer writer = {.store = &work->store, .content = content};
    if (counts)
        *counts = none;
    tdm_status status = tdm__store_write_rows(&writer, error);
    tdm__store_writer_free(&writer);
    work->is_spoiled = work->is_spoiled || status != TDM_OK;
    if (counts && status == TDM_OK)
        *counts = writer.counts;
    return status;
}

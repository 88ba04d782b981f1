/*
 * imports: a return is received, shown with what was guessed and what could not be used, its column map
 * mended, then confirmed or discarded. It is its sender's until then; its cells are kept no longer than that.
 */
#include "api/answer.h"
#include "api/import_preview.h"
#include "api/service_operations.h"
#include "api/stored.h"
#include "chronology/vocabulary.h"
#include "report/json_members.h"

#include <stdio.h>
#include <string.h>

#define MAP_LIMIT (4u * 1024u * 1024u)

/* --- what the operations share --- */

static tdm_status note_it(tdm__serving *serving, const tdm__stored_import *import, tdm_error *error)
{
    char name[32];
    snprintf(name, sizeof name, "import-%lld", (long long)import->number);
    serving->note.object = tdm__arena_copy(serving->arena, tdm__str(name));
    return serving->note.object.data ? TDM_OK : tdm__no_memory(error);
}

static tdm_status no_import(tdm_error *error)
{
    return tdm__fail(error, TDM_NOT_FOUND, "there is no such import");
}

/* The one that the option `id` names; only who sent it has it. */
static tdm_status find_import(tdm__stored_import *out, const tdm_request *request, tdm_error *error)
{
    int64_t number;
    tdm__serving *serving = request->serving;
    if (!tdm__str_to_int64(&number, tdm__str(tdm__request_value(request, "id"))))
        return no_import(error);
    tdm_status status = tdm__work_staged(out, serving->work, serving->arena, number, error);
    if (status == TDM_OK && !tdm__str_equal(out->by, serving->actor.name))
        return no_import(error);
    return status == TDM_NOT_FOUND ? no_import(error) : status;
}

static tdm_status find_waiting(tdm__stored_import *out, const tdm_request *request, tdm_error *error)
{
    int64_t seen;
    tdm_status status = find_import(out, request, error);
    if (status == TDM_OK && out->state != TDM__STAGED_WAITING)
        return tdm__fail(error, TDM_CONFLICT, "the import was confirmed or discarded");
    if (status == TDM_OK && tdm__serving_version(&seen, request->serving))
        out->version = seen;
    return status == TDM_OK ? note_it(request->serving, out, error) : status;
}

/* --- shown --- */

static void put_summary(tdm__json_writer *json, const tdm__stored_import *import)
{
    char id[32];
    snprintf(id, sizeof id, "%lld", (long long)import->number);
    tdm__json_code_member(json, "id", id);
    tdm__json_code_member(json, "state", tdm__code_of(&tdm__staged_states, import->state));
    tdm__answer_time(json, "at", import->at);
    tdm__answer_member(json, "by", import->by);
    tdm__answer_member(json, "agency", import->agency);
    tdm__put_day(json, "received", import->received);
    tdm__answer_member(json, "format", import->format);
    tdm__json_int_member(json, "version", import->version);
    tdm__json_int_member(json, "bytes", import->content_bytes);
}

/* The members of an object that is kept as text. */
static tdm_status put_members(tdm__json_writer *json, const tdm__serving *serving, tdm_str object,
                              tdm_error *error)
{
    tdm__json *document;
    if (object.length == 0)
        return TDM_OK;
    tdm_status status = tdm__json_parse(&document, &serving->context->allocator, object, TDM_LIT("preview"),
                                        error);
    const tdm__json_value *member = status == TDM_OK ? tdm__json_first(tdm__json_root(document)) : NULL;
    for (; member; member = tdm__json_next(member)) {
        tdm__json_put_name_str(json, tdm__json_name(member));
        tdm__json_put_value(json, member);
    }
    tdm__json_free(document);
    return status;
}

static tdm_status answer_import(const tdm_request *request, const tdm__stored_import *import, tdm_sink sink,
                                tdm_error *error)
{
    tdm__answer answer;
    tdm__serving *serving = request->serving;
    tdm__serving_etag(serving, import->version);
    tdm__answer_begin(&answer, request, sink);
    tdm__json_open_object(&answer.json);
    put_summary(&answer.json, import);
    tdm__json_put_name(&answer.json, "map");
    if (import->map.length > 0)
        tdm__json_put_raw(&answer.json, import->map);
    else
        tdm__json_put_null(&answer.json);
    tdm_status status = put_members(&answer.json, serving, import->preview, error);
    tdm__json_close_object(&answer.json);
    return tdm__answer_end(&answer, status);
}

tdm_status tdm__op_imports_show(const tdm_request *request, tdm_outcome *outcome, tdm_sink sink,
                                tdm_error *error)
{
    tdm__stored_import import;
    (void)outcome;
    tdm_status status = find_import(&import, request, error);
    return status == TDM_OK ? answer_import(request, &import, sink, error) : status;
}

static void put_list(tdm__json_writer *json, const tdm__stored_imports *list)
{
    char next[32] = "";
    if (list->next > 0)
        snprintf(next, sizeof next, "%lld", (long long)list->next);
    tdm__open_items(json);
    for (size_t i = 0; i < list->count; i++) {
        tdm__json_open_object(json);
        put_summary(json, &list->items[i]);
        tdm__json_close_object(json);
    }
    tdm__close_items(json, tdm__str(next));
}

tdm_status tdm__op_imports_list(const tdm_request *request, tdm_outcome *outcome, tdm_sink sink,
                                tdm_error *error)
{
    int64_t after = 0;
    tdm__paging page;
    tdm__answer answer;
    tdm__stored_imports list;
    tdm__serving *serving = request->serving;
    (void)outcome;
    tdm_status status = tdm__page_of(&page, request, error);
    if (status == TDM_OK && page.after.length > 0 && !tdm__str_to_int64(&after, page.after))
        status = tdm__fail(error, TDM_INVALID_ARG, "cursor: expected the `next` of a list");
    if (status == TDM_OK)
        status = tdm__work_staged_list(&list, serving->work, serving->arena, serving->actor.name, TDM_ANY,
                                       after, page.limit, error);
    if (status != TDM_OK)
        return status;
    tdm__answer_begin(&answer, request, sink);
    put_list(&answer.json, &list);
    return tdm__answer_end(&answer, TDM_OK);
}

/* --- receive --- */

static tdm_status read_received(tdm__stored_import *import, const tdm_request *request, tdm_error *error)
{
    const tdm__serving *serving = request->serving;
    const char *received = tdm__request_value(request, "received");
    *import = (tdm__stored_import){.received = serving->call->today,
                                   .by = serving->actor.name,
                                   .agency = tdm__str(tdm__request_value(request, "agency")),
                                   .format = tdm__str(tdm__request_value(request, "input_format")),
                                   .at = serving->call->now};
    if (request->input_count != 1)
        return tdm__fail(error, TDM_INVALID_ARG, "expected one return");
    import->content = request->inputs[0].content;
    import->content_bytes = (int64_t)import->content.length;
    if (import->agency.length > 0 &&
        tdm__vocabulary_agency(serving->rules->vocabulary, import->agency) == TDM_NO_INDEX)
        return tdm__fail(error, TDM_INVALID_INPUT, "agency: there is none of that code");
    if (received)
        tdm_day_parse_iso(&import->received, tdm__str(received));
    if (import->received > serving->call->today)
        return tdm__fail(error, TDM_INVALID_INPUT, "received: this day lies ahead");
    return TDM_OK;
}

/* Reads it as its map has it, and keeps what came of that over the version at hand. */
static tdm_status look_again(tdm__serving *serving, tdm__stored_import *import, tdm_error *error)
{
    tdm_status status = tdm__import_preview(import, serving, error);
    import->at = serving->call->now;
    if (status == TDM_OK)
        status = tdm__work_change_staged(serving->work, import, error);
    import->version += status == TDM_OK;
    return status;
}

tdm_status tdm__op_imports_receive(const tdm_request *request, tdm_outcome *outcome, tdm_sink sink,
                                   tdm_error *error)
{
    tdm__stored_import import;
    tdm__serving *serving = request->serving;
    (void)outcome;
    tdm_status status = read_received(&import, request, error);
    if (status == TDM_OK)
        status = tdm__work_stage(serving->work, &import, error);
    import.version = 1;
    if (status == TDM_OK)
        status = look_again(serving, &import, error);
    if (status == TDM_OK)
        status = note_it(serving, &import, error);
    if (status != TDM_OK)
        return status;
    serving->reply->created = true;
    snprintf(serving->reply->location, sizeof serving->reply->location, "/v1/imports/%lld",
             (long long)import.number);
    return answer_import(request, &import, sink, error);
}

/* --- another map --- */

static tdm_status read_map(tdm_str *out, const tdm__serving *serving, tdm_error *error)
{
    tdm__text text;
    tdm__json_writer json;
    if (tdm__json_type_of(serving->body) != TDM__JSON_OBJECT)
        return tdm__fail(error, TDM_INVALID_INPUT, "expected a column map as an object");
    tdm__text_init(&text, &serving->context->allocator);
    tdm__json_writer_init(&json, &serving->context->allocator, tdm__text_sink(&text), 0);
    tdm__json_put_value(&json, serving->body);
    tdm_status status = tdm__json_writer_end(&json);
    bool is_long = text.length > MAP_LIMIT;
    *out = tdm__arena_copy(serving->arena, tdm__text_str(&text));
    tdm__text_free(&text);
    if (is_long)
        return tdm__fail(error, TDM_TOO_LARGE, "a column map is at most 4 MiB long");
    return status == TDM_OK && out->data ? TDM_OK : tdm__no_memory(error);
}

/* A form that is read with a map: text of another form is then taken as a table. */
static tdm_str mapped_format(tdm_str format)
{
    bool is_grid = tdm__str_equal(format, TDM_LIT("xlsx")) || tdm__str_equal(format, TDM_LIT("docx"));
    return is_grid ? format : TDM_LIT("csv");
}

tdm_status tdm__op_imports_map(const tdm_request *request, tdm_outcome *outcome, tdm_sink sink,
                               tdm_error *error)
{
    tdm__stored_import import;
    tdm__serving *serving = request->serving;
    (void)outcome;
    tdm_status status = find_waiting(&import, request, error);
    if (status == TDM_OK)
        status = read_map(&import.map, serving, error);
    if (status == TDM_OK) {
        import.format = mapped_format(import.format);
        status = look_again(serving, &import, error);
    }
    return status == TDM_OK ? answer_import(request, &import, sink, error) : status;
}

/* --- confirm and discard --- */

static tdm_status keep_rows(tdm__store_counts *counts, tdm__serving *serving,
                            const tdm__stored_import *import, tdm_error *error)
{
    tdm__diagnostics read;
    tdm__store_content content;
    tdm__import_reading reading;
    tdm_status status = tdm__import_read(&reading, serving, import, error);
    if (status == TDM_OK)
        status = tdm__session_content(&content, &read, &reading.session, error);
    if (status == TDM_OK)
        status = tdm__work_write(serving->work, &content, counts, error);
    tdm__import_reading_free(&reading);
    return status;
}

static void put_kept_member(tdm__json_writer *json, const tdm__json_value *member,
                            const tdm__store_counts *counts)
{
    tdm_str name = tdm__json_name(member);
    tdm__json_put_name_str(json, name);
    if (tdm__str_equal(name, TDM_LIT("counts")))
        tdm__put_store_counts(json, counts);
    else if (tdm__str_equal(name, TDM_LIT("sample")))
        tdm__json_put_null(json);
    else
        tdm__json_put_value(json, member);
}

/* What stays of a preview: the counts in it, and no cell of the return. */
static tdm_status kept_preview(tdm_str *out, const tdm__serving *serving, tdm_str preview,
                               const tdm__store_counts *counts, tdm_error *error)
{
    tdm__text text;
    tdm__json *document;
    tdm__json_writer json;
    tdm_status status = tdm__json_parse(&document, &serving->context->allocator, preview, TDM_LIT("preview"),
                                        error);
    if (status != TDM_OK)
        return status;
    const tdm__json_value *member = tdm__json_first(tdm__json_root(document));
    tdm__text_init(&text, &serving->context->allocator);
    tdm__json_writer_init(&json, &serving->context->allocator, tdm__text_sink(&text), 0);
    tdm__json_open_object(&json);
    for (; member; member = tdm__json_next(member))
        put_kept_member(&json, member, counts);
    tdm__json_close_object(&json);
    status = tdm__json_writer_end(&json);
    *out = tdm__arena_copy(serving->arena, tdm__text_str(&text));
    tdm__text_free(&text);
    tdm__json_free(document);
    return status == TDM_OK && out->data ? TDM_OK : tdm__no_memory(error);
}

/* Ends it over the version at hand. */
static tdm_status end_import(tdm__serving *serving, tdm__stored_import *import, uint32_t state,
                             tdm_error *error)
{
    tdm_status status = tdm__work_end_staged(serving->work, import->number, import->version, state,
                                             serving->call->now, error);
    import->version += status == TDM_OK;
    import->state = status == TDM_OK ? state : import->state;
    return status;
}

/* The prompts of the children that it is about are found anew when the service next tends itself. */
tdm_status tdm__op_imports_confirm(const tdm_request *request, tdm_outcome *outcome, tdm_sink sink,
                                   tdm_error *error)
{
    tdm__store_counts counts;
    tdm__stored_import import;
    tdm__serving *serving = request->serving;
    (void)outcome;
    tdm_status status = find_waiting(&import, request, error);
    if (status == TDM_OK)
        status = keep_rows(&counts, serving, &import, error);
    if (status == TDM_OK)
        status = kept_preview(&import.preview, serving, import.preview, &counts, error);
    if (status == TDM_OK) {
        import.at = serving->call->now;
        status = tdm__work_change_staged(serving->work, &import, error);
        import.version += status == TDM_OK;
    }
    if (status == TDM_OK)
        status = end_import(serving, &import, TDM__STAGED_CONFIRMED, error);
    return status == TDM_OK ? answer_import(request, &import, sink, error) : status;
}

tdm_status tdm__op_imports_discard(const tdm_request *request, tdm_outcome *outcome, tdm_sink sink,
                                   tdm_error *error)
{
    tdm__stored_import import;
    (void)outcome;
    (void)sink;
    request->serving->reply->media_type[0] = '\0';
    tdm_status status = find_waiting(&import, request, error);
    return status == TDM_OK ? end_import(request->serving, &import, TDM__STAGED_DISCARDED, error) : status;
}

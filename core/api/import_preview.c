/*
 * See import_preview.h. What a column may be is guessed by ingest/map_suggest.h.
 */
#include "api/import_preview.h"

#include "api/answer.h"
#include "api/told.h"
#include "ingest/map_suggest.h"
#include "report/json_members.h"

#include <stdio.h>
#include <string.h>

#define DIAGNOSTICS_SHOWN 200
#define NAME_SIZE         32

/* --- reading --- */

/* Its number is its name: those of files name children. */
static void name_of(char out[NAME_SIZE], const tdm__stored_import *import)
{
    snprintf(out, NAME_SIZE, "import-%lld", (long long)import->number);
}

static tdm_status add_content(tdm__import_reading *reading, const tdm__stored_import *import)
{
    char name[NAME_SIZE];
    name_of(name, import);
    tdm_str map = import->map, format = import->format;
    tdm_request_input input = {.struct_size = sizeof input,
                               .name = name,
                               .content = import->content,
                               .format = format.length > 0 ? format.data : NULL,
                               .map = map.length > 0 ? map.data : NULL};
    return tdm_request_add_input(reading->request, &input);
}

static tdm_status read_session(tdm__import_reading *reading, tdm_error *error)
{
    tdm__session *session = &reading->session;
    tdm_status status = tdm__session_open(session, reading->request, error);
    if (status != TDM_OK)
        return status;
    session->collection.dates = session->data.policy->dates;
    return tdm__session_read(session, TDM__TELL_NOTHING, error);
}

tdm_status tdm__import_read(tdm__import_reading *out, tdm__serving *serving, const tdm__stored_import *import,
                            tdm_error *error)
{
    *out = (tdm__import_reading){.sent = {import->agency, import->received}};
    tdm_status status = tdm_request_new(&out->request, serving->context, "import");
    if (status == TDM_OK)
        status = add_content(out, import);
    if (status != TDM_OK)
        return status;
    out->request->serving = serving;
    out->request->inputs[0].sent = &out->sent;
    return read_session(out, error);
}

void tdm__import_reading_free(tdm__import_reading *reading)
{
    tdm__session_free(&reading->session);
    tdm_request_free(reading->request);
}

/* --- guessing --- */

/* What is guessed of the columns; `is_there` is false for a form that has none. */
typedef struct guessing {
    tdm__session session; /* what is told meanwhile is told when it is read */
    tdm__map_words words;
    tdm__suggestion suggestion;
    char name[NAME_SIZE];
    bool is_there;
} guessing;

static tdm_status suggest(guessing *g, const tdm__stored_import *import, tdm_error *error)
{
    tdm_error unfit;
    const tdm__mapped_file file = {
        .name = tdm__str(g->name), .content = import->content, .format = import->format};
    tdm_status status = tdm__data_map_words(&g->words, &g->session.data, error);
    if (status != TDM_OK)
        return status;
    status = tdm__map_suggest(&g->suggestion, &g->session.collection, &g->words, &file, import->agency,
                              &unfit);
    g->is_there = status == TDM_OK;
    return status == TDM_NO_MEMORY ? tdm__no_memory(error) : TDM_OK;
}

static tdm_status guess(guessing *g, const tdm_request *request, const tdm__stored_import *import,
                        tdm_error *error)
{
    *g = (guessing){.is_there = false};
    name_of(g->name, import);
    tdm_status status = tdm__session_open(&g->session, request, error);
    return status == TDM_OK ? suggest(g, import, error) : status;
}

static void guessing_free(guessing *g)
{
    tdm__suggestion_free(&g->suggestion);
    tdm__map_words_free(&g->words);
    tdm__session_free(&g->session);
}

static tdm_status take_map(tdm__stored_import *import, const tdm__serving *serving, const guessing *g,
                           tdm_error *error)
{
    tdm__text text;
    tdm__text_init(&text, &serving->context->allocator);
    tdm_status status = tdm__suggestion_map(&text, &g->suggestion);
    import->map = tdm__arena_copy(serving->arena, tdm__text_str(&text));
    tdm__text_free(&text);
    return status == TDM_OK && import->map.data ? TDM_OK : tdm__no_memory(error);
}

/* --- whom it is about --- */

static tdm_status count_children(int64_t *known, const tdm_chronology *c, tdm__serving *serving,
                                 tdm_error *error)
{
    tdm__child_access access;
    tdm_status status = TDM_OK;
    const tdm__allowed allowed = {
        .account = serving->actor.name, .day = serving->call->today, .now = serving->call->now};
    *known = 0;
    for (size_t i = 0; status == TDM_OK && i < tdm_chronology_child_count(c); i++) {
        status = tdm__work_access(&access, serving->work, tdm_chronology_child_id(c, i), &allowed, error);
        *known += status == TDM_OK && access.exists;
    }
    return status;
}

/* --- the preview --- */

static void put_guesses(tdm__json_writer *json, const guessing *g)
{
    char why[160];
    const tdm__suggested_table *table = &g->suggestion.table;
    tdm__json_open_list(json, "guesses");
    for (size_t i = 0; g->is_there && i < table->column_count; i++) {
        const tdm__suggested_column *column = &table->columns[i];
        bool is_read = column->to.length > 0;
        snprintf(why, sizeof why, "%s%s%s", is_read ? tdm__sureness_words(column->sureness) : "",
                 is_read ? ": " : "", tdm__suggest_reason_words(column->reason));
        tdm__json_open_object(json);
        tdm__answer_member(json, "heading", column->heading);
        tdm__answer_member(json, "to", column->to);
        tdm__json_code_member(json, "why", why);
        tdm__json_close_object(json);
    }
    tdm__json_close_array(json);
}

static void put_headings(tdm__json_writer *json, const guessing *g)
{
    const tdm__suggested_table *table = &g->suggestion.table;
    tdm__json_open_list(json, "headings");
    for (size_t i = 0; g->is_there && i < table->column_count; i++)
        tdm__json_put_string(json, table->columns[i].heading);
    tdm__json_close_array(json);
}

static void put_sample(tdm__json_writer *json, const guessing *g)
{
    const tdm__suggested_table *table = &g->suggestion.table;
    tdm__json_put_name(json, "sample");
    tdm__json_open_object(json);
    put_headings(json, g);
    tdm__json_open_list(json, "rows");
    for (size_t row = 0; g->is_there && row < table->cell_row_count; row++) {
        tdm__json_open_array(json);
        for (size_t i = 0; i < table->column_count; i++)
            tdm__json_put_string(json, table->cells[row * table->column_count + i]);
        tdm__json_close_array(json);
    }
    tdm__json_close_array(json);
    tdm__json_close_object(json);
}

static void put_told(tdm__json_writer *json, const tdm__collection *c)
{
    tdm__json_open_list(json, "accounts");
    for (size_t i = 0; i < c->account_count; i++)
        tdm__put_account(json, &c->accounts[i]);
    tdm__json_close_array(json);
    tdm__json_open_list(json, "diagnostics");
    for (size_t i = 0; i < c->diagnostics.count && i < DIAGNOSTICS_SHOWN; i++)
        tdm__put_diagnostic(json, &c->diagnostics.items[i]);
    tdm__json_close_array(json);
    tdm__json_int_member(json, "diagnostic_count", (int64_t)c->diagnostics.count);
}

static void put_preview(tdm__json_writer *json, const guessing *g, const tdm__session *session, int64_t known)
{
    int64_t children = (int64_t)tdm_chronology_child_count(session->chronology);
    tdm__json_open_object(json);
    put_guesses(json, g);
    put_headings(json, g);
    put_sample(json, g);
    put_told(json, &session->collection);
    tdm__json_put_name(json, "children");
    tdm__json_open_object(json);
    tdm__json_int_member(json, "known", known);
    tdm__json_int_member(json, "new", children - known);
    tdm__json_close_object(json);
    tdm__json_put_name(json, "counts");
    tdm__json_put_null(json);
    tdm__json_close_object(json);
}

static tdm_status write_preview(tdm__stored_import *import, tdm__serving *serving, const guessing *g,
                                const tdm__session *session, tdm_error *error)
{
    int64_t known;
    tdm__text text;
    tdm__json_writer json;
    tdm_status status = count_children(&known, session->chronology, serving, error);
    if (status != TDM_OK)
        return status;
    tdm__text_init(&text, &serving->context->allocator);
    tdm__json_writer_init(&json, &serving->context->allocator, tdm__text_sink(&text), 0);
    put_preview(&json, g, session, known);
    status = tdm__json_writer_end(&json);
    import->preview = tdm__arena_copy(serving->arena, tdm__text_str(&text));
    tdm__text_free(&text);
    return status == TDM_OK && import->preview.data ? TDM_OK : tdm__no_memory(error);
}

/* Again with the map that was guessed, where it was read without one and cannot be. */
static tdm_status read_with_guess(tdm__import_reading *reading, tdm__stored_import *import,
                                  tdm__serving *serving, const guessing *g, tdm_error *error)
{
    tdm__import_reading_free(reading);
    *reading = (tdm__import_reading){.request = NULL};
    tdm__error_clear(error);
    tdm_status status = take_map(import, serving, g, error);
    return status == TDM_OK ? tdm__import_read(reading, serving, import, error) : status;
}

/* The name of the reader that knows the form, where the sender named none. */
static void find_format(tdm__stored_import *import)
{
    size_t count;
    const tdm__reader *readers = tdm__readers(&count);
    for (size_t i = 0; i < count && import->format.length == 0; i++)
        if (readers[i].recognises(import->content))
            import->format = tdm__str(readers[i].name);
}

tdm_status tdm__import_preview(tdm__stored_import *import, tdm__serving *serving, tdm_error *error)
{
    guessing g = {.is_there = false};
    tdm__import_reading reading;
    tdm_status status = tdm__import_read(&reading, serving, import, error);
    bool may_guess = status == TDM_INVALID_INPUT && import->map.length == 0;
    if (status == TDM_OK || may_guess) {
        tdm_error why = *error;
        tdm_status guessed = guess(&g, reading.request, import, error);
        status = guessed != TDM_OK ? guessed : status;
        *error = guessed != TDM_OK ? *error : why;
    }
    if (may_guess && g.is_there)
        status = read_with_guess(&reading, import, serving, &g, error);
    find_format(import);
    if (status == TDM_OK)
        status = write_preview(import, serving, &g, &reading.session, error);
    guessing_free(&g);
    tdm__import_reading_free(&reading);
    return status;
}

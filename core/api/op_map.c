/*
 * map suggest and map check: a column map guessed from a file, and a map held against one.
 */
#include "api/answer.h"
#include "api/session.h"
#include "api/told.h"
#include "ingest/map_check.h"
#include "ingest/map_suggest.h"

#include <string.h>

#define MAP_BYTES_MAX (4u * 1024u * 1024u)
#define ROWS_LISTED   10 /* of values that have no meaning in the map */

/* A file of the request while it is looked at. */
typedef struct opened_file {
    tdm__mapped_file mapped;
    const tdm_allocator *allocator;
    tdm__buffer buffer;
    tdm__text name;
} opened_file;

/* Of an absolute path only its last part is shown; bytes that are no UTF-8 as question marks. */
static tdm_status show_name(opened_file *file, tdm_str name)
{
    size_t bad;
    if (name.length > 0 && name.data[0] == '/')
        name = tdm__path_name(name);
    for (; !tdm__utf8_valid(name, &bad); name = (tdm_str){name.data + bad + 1, name.length - bad - 1}) {
        tdm__text_bytes(&file->name, name.data, bad);
        tdm__text_char(&file->name, '?');
    }
    tdm__text_add(&file->name, name);
    file->mapped.name = tdm__text_str(&file->name);
    return file->name.failed ? TDM_NO_MEMORY : TDM_OK;
}

static tdm_status open_file(opened_file *file, const tdm_request *request, size_t at, uint64_t limit,
                            tdm_error *error)
{
    const tdm__input *input = &request->inputs[at];
    *file = (opened_file){.allocator = &request->context->allocator};
    tdm__text_init(&file->name, file->allocator);
    file->mapped.format = input->format;
    file->mapped.content = input->content;
    if (show_name(file, input->name.length > 0 || !input->path ? input->name : tdm__str(input->path)) !=
        TDM_OK)
        return tdm__no_memory(error);
    if (!input->path)
        return TDM_OK;
    if (!request->context->files_allowed)
        return tdm__fail_at(error, TDM_UNSUPPORTED, (tdm_place){file->mapped.name, 0, 0},
                            "an input cannot be named by its path here; give its content");
    tdm_status status = tdm__file_read(&file->buffer, file->allocator, NULL, input->path, limit, error);
    file->mapped.content = (tdm_str){file->buffer.data, file->buffer.length};
    return status;
}

static void close_file(opened_file *file)
{
    if (!file->allocator)
        return;
    tdm__free(file->allocator, file->buffer.data);
    tdm__text_free(&file->name);
}

/* --- suggest --- */

static tdm_status say_suggestion(tdm__answer *answer, tdm__session *session, const tdm__map_words *words,
                                 const opened_file *file, tdm_error *error)
{
    tdm__suggestion suggestion;
    tdm_str agency = tdm__str(tdm__request_value(session->request, "agency"));
    tdm_status status = tdm__map_suggest(&suggestion, &session->collection, words, &file->mapped, agency,
                                         error);
    if (status == TDM_OK && answer->as_json)
        status = tdm__suggestion_map(&answer->text, &suggestion);
    else if (status == TDM_OK)
        status = tdm__suggestion_text(&answer->text, &suggestion, session->data.vocabulary, error);
    tdm__suggestion_free(&suggestion);
    return status == TDM_NO_MEMORY ? tdm__no_memory(error) : status;
}

static tdm_status suggest(tdm__session *session, tdm_sink sink, tdm_error *error)
{
    opened_file file = {.allocator = NULL};
    tdm__map_words words;
    tdm__answer answer;
    const tdm_request *request = session->request;
    tdm_status status = tdm__data_map_words(&words, &session->data, error);
    if (status == TDM_OK)
        status = open_file(&file, request, 0, request->context->input_limit_bytes, error);
    if (status == TDM_OK) {
        tdm__answer_begin(&answer, request, sink);
        status = tdm__answer_end(&answer, say_suggestion(&answer, session, &words, &file, error));
    }
    close_file(&file);
    tdm__map_words_free(&words);
    return status;
}

tdm_status tdm__op_map_suggest(const tdm_request *request, tdm_outcome *outcome, tdm_sink sink,
                               tdm_error *error)
{
    tdm__session session;
    (void)outcome;
    if (request->input_count != 1)
        return tdm__fail(error, TDM_INVALID_ARG, "name the one file that the map is to be for");
    tdm_status status = tdm__session_open(&session, request, error);
    if (status == TDM_OK)
        status = suggest(&session, sink, error);
    tdm__session_free(&session);
    return status;
}

/* --- check --- */

/* What is shown of a map, and of the file where there is one. */
typedef struct map_findings {
    tdm_str map_name;
    const tdm__map *map;
    tdm_str file_name; /* "": none */
    const tdm__map_check *check;
    const tdm__collection *collection;
} map_findings;

static void list_json(tdm__json_writer *json, const tdm__check_column *column)
{
    tdm__json_put_name(json, "values");
    tdm__json_open_array(json);
    for (size_t i = 0; i < column->value_count; i++) {
        tdm__json_open_object(json);
        tdm__json_put_name(json, "first_row");
        tdm__json_put_int(json, column->values[i].first_row);
        tdm__json_put_name(json, "rows");
        tdm__json_put_int(json, column->values[i].rows);
        tdm__json_close_object(json);
    }
    tdm__json_close_array(json);
}

static void column_json(tdm__json_writer *json, const tdm__check_column *column)
{
    const struct {
        const char *name;
        int64_t count;
    } counts[] = {{"filled", column->filled},
                  {"not_read", column->not_read},
                  {"first_not_read", column->first_not_read},
                  {"not_mapped", column->not_mapped}};
    tdm__json_open_object(json);
    tdm__answer_member(json, "heading", column->heading);
    tdm__answer_member(json, "field", column->field);
    tdm__json_put_name(json, "found");
    tdm__json_put_bool(json, column->found);
    for (size_t i = 0; i < sizeof counts / sizeof *counts; i++) {
        tdm__json_put_name(json, counts[i].name);
        tdm__json_put_int(json, counts[i].count);
    }
    list_json(json, column);
    tdm__json_close_object(json);
}

static void file_json(tdm__json_writer *json, const map_findings *f)
{
    tdm__answer_member(json, "file", f->file_name);
    tdm__json_put_name(json, "columns");
    tdm__json_open_array(json);
    for (size_t i = 0; i < f->check->column_count; i++)
        column_json(json, &f->check->columns[i]);
    tdm__json_close_array(json);
    tdm__json_put_name(json, "headings_left");
    tdm__json_open_array(json);
    for (size_t i = 0; i < f->check->left_count; i++)
        tdm__json_put_string(json, f->check->left[i]);
    tdm__json_close_array(json);
    tdm__json_put_name(json, "accounting");
    tdm__json_open_array(json);
    for (size_t i = 0; i < f->collection->account_count; i++)
        tdm__put_account(json, &f->collection->accounts[i]);
    tdm__json_close_array(json);
    tdm__json_put_name(json, "diagnostics");
    tdm__json_open_array(json);
    for (size_t i = 0; i < f->collection->diagnostics.count; i++)
        tdm__put_diagnostic(json, &f->collection->diagnostics.items[i]);
    tdm__json_close_array(json);
}

static void findings_json(tdm__json_writer *json, const map_findings *f)
{
    tdm__json_open_object(json);
    tdm__answer_member(json, "map", f->map_name);
    tdm__answer_member(json, "agency", f->map->agency);
    tdm__json_put_name(json, "mapped");
    tdm__json_put_int(json, (int64_t)f->map->binding_count);
    if (f->check)
        file_json(json, f);
    tdm__json_close_object(json);
}

static void values_text(tdm__text *text, const tdm__check_column *column)
{
    tdm__text_printf(text, "; %lld without a meaning in the map, of %s%llu %s (first in row",
                     (long long)column->not_mapped, column->values_passed ? "more than " : "",
                     (unsigned long long)column->value_count, column->value_count == 1 ? "word" : "words");
    for (size_t i = 0; i < column->value_count && i < ROWS_LISTED; i++)
        tdm__text_printf(text, "%s %d", i > 0 ? "," : "", (int)column->values[i].first_row);
    tdm__text_puts(text, column->value_count > ROWS_LISTED ? ", ...)" : ")");
}

static void column_text(tdm__text *text, const tdm__check_column *column)
{
    tdm__text_printf(text, "  %.*s -> %.*s: ", TDM_STR_ARGS(column->heading), TDM_STR_ARGS(column->field));
    if (!column->found) {
        tdm__text_puts(text, "THE FILE HAS NO SUCH HEADING\n");
        return;
    }
    tdm__text_printf(text, "%lld %s", (long long)column->filled, column->filled == 1 ? "cell" : "cells");
    if (column->not_read > 0)
        tdm__text_printf(text, "; %lld cannot be read (first in row %d)", (long long)column->not_read,
                         (int)column->first_not_read);
    if (column->not_mapped > 0)
        values_text(text, column);
    tdm__text_char(text, '\n');
}

/* One line a code: how often, where first, what it says. */
static void diagnostics_text(tdm__text *text, const tdm__diagnostics *list)
{
    for (size_t i = 0; i < list->count; i++) {
        const tdm__diagnostic *d = &list->items[i];
        int64_t count = 0;
        size_t before = 0;
        while (before < i && strcmp(list->items[before].code, d->code) != 0)
            before++;
        if (before < i)
            continue; /* counted with the first of its code */
        for (size_t k = i; k < list->count; k++)
            count += strcmp(list->items[k].code, d->code) == 0;
        tdm__text_printf(text, "  %s %s, %lld: %.*s:%d: %.*s\n", tdm__severity_code(d->severity), d->code,
                         (long long)count, TDM_STR_ARGS(d->file), (int)d->row, TDM_STR_ARGS(d->message));
    }
}

static void file_text(tdm__text *text, const map_findings *f)
{
    tdm__text_printf(text, "\nColumns in %.*s:\n", TDM_STR_ARGS(f->file_name));
    for (size_t i = 0; i < f->check->column_count; i++)
        column_text(text, &f->check->columns[i]);
    if (f->check->left_count > 0)
        tdm__text_puts(text, "\nHeadings that the map neither uses nor ignores:\n");
    for (size_t i = 0; i < f->check->left_count; i++)
        tdm__text_printf(text, "  %.*s\n", TDM_STR_ARGS(f->check->left[i]));
    tdm__text_puts(text, "\nRows:\n");
    for (size_t i = 0; i < f->collection->account_count; i++) {
        const tdm__account *a = &f->collection->accounts[i];
        tdm__text_printf(text, "  %.*s%s%.*s: %lld = %lld read + %lld set aside\n", TDM_STR_ARGS(a->file),
                         a->sheet.length > 0 ? " " : "", TDM_STR_ARGS(a->sheet), (long long)a->rows,
                         (long long)a->read, (long long)a->set_aside);
    }
    if (f->collection->diagnostics.count > 0)
        tdm__text_puts(text, "\nTold while reading, the first of each code and how many:\n");
    diagnostics_text(text, &f->collection->diagnostics);
}

static void findings_text(tdm__text *text, const map_findings *f)
{
    tdm__text_printf(text, "%.*s: a column map that can be used, of %llu %s\n", TDM_STR_ARGS(f->map_name),
                     (unsigned long long)f->map->binding_count,
                     f->map->binding_count == 1 ? "column" : "columns");
    if (f->map->agency.length == 0 && !tdm__map_fills(f->map, TDM__FIELD_AGENCY))
        tdm__text_puts(text, "It names no agency: the case folder must.\n");
    if (!tdm__map_fills(f->map, TDM__FIELD_CHILD))
        tdm__text_puts(text, "It names no child: every row will be set aside.\n");
    if (f->check)
        file_text(text, f);
}

static bool is_trouble(const map_findings *f, const tdm__session *session)
{
    bool trouble = tdm__session_trouble(session) || (f->check && f->check->left_count > 0);
    for (size_t i = 0; f->check && i < f->check->column_count; i++) {
        const tdm__check_column *column = &f->check->columns[i];
        trouble = trouble || !column->found || column->not_read > 0 || column->not_mapped > 0;
    }
    return trouble;
}

static tdm_status say_findings(tdm__session *session, const map_findings *findings, tdm_outcome *outcome,
                               tdm_sink sink)
{
    tdm__answer answer;
    outcome->trouble = is_trouble(findings, session);
    tdm__answer_begin(&answer, session->request, sink);
    if (answer.as_json)
        findings_json(&answer.json, findings);
    else
        findings_text(&answer.text, findings);
    return tdm__answer_end(&answer, TDM_OK);
}

static tdm_status check_file(tdm__session *session, const map_findings *without, tdm_str map_json,
                             tdm_outcome *outcome, tdm_sink sink, tdm_error *error)
{
    opened_file file;
    tdm__map_check check = {.allocator = NULL};
    map_findings findings = *without;
    const tdm_request *request = session->request;
    tdm_status status = open_file(&file, request, 1, request->context->input_limit_bytes, error);
    if (status == TDM_OK)
        status = tdm__map_check_file(&check, &session->collection, findings.map, map_json, &file.mapped,
                                     error);
    findings.file_name = file.mapped.name;
    findings.check = &check;
    if (status == TDM_OK)
        status = say_findings(session, &findings, outcome, sink);
    tdm__map_check_free(&check);
    close_file(&file);
    return status;
}

static tdm_status check(tdm__session *session, tdm_outcome *outcome, tdm_sink sink, tdm_error *error)
{
    opened_file file;
    tdm__map *map = NULL;
    tdm_status status = open_file(&file, session->request, 0, MAP_BYTES_MAX, error);
    if (status == TDM_OK)
        status = tdm__map_parse(&map, file.allocator, session->data.vocabulary, NULL, file.mapped.content,
                                file.mapped.name, error);
    map_findings findings = {.map_name = file.mapped.name, .map = map, .collection = &session->collection};
    if (status == TDM_OK && session->request->input_count == 1)
        status = say_findings(session, &findings, outcome, sink);
    else if (status == TDM_OK)
        status = check_file(session, &findings, file.mapped.content, outcome, sink, error);
    tdm__map_free(map);
    close_file(&file);
    return status;
}

tdm_status tdm__op_map_check(const tdm_request *request, tdm_outcome *outcome, tdm_sink sink,
                             tdm_error *error)
{
    tdm__session session;
    if (request->input_count < 1 || request->input_count > 2)
        return tdm__fail(error, TDM_INVALID_ARG,
                         "name a column map, and the file that it is for if there is one");
    tdm_status status = tdm__session_open(&session, request, error);
    if (status == TDM_OK)
        status = check(&session, outcome, sink, error);
    tdm__session_free(&session);
    return status == TDM_NO_MEMORY ? tdm__no_memory(error) : status;
}

/*
 * pseudonymise: records out of the house with codes for people, and back again. Where the key, the names
 * and the folder are, and in which order they are written; what is replaced is the business of guard.
 */
#include "api/answer.h"
#include "api/assessed.h"
#include "api/local_ids.h"
#include "base/file.h"
#include "report/escape.h"
#include "report/report.h"

#include <string.h>

#define KEY_BYTES_MAX   (64u * 1024u * 1024u)
#define NAMES_BYTES_MAX (4u * 1024u * 1024u)
#define EXPORT_NAME     "chronology.ndjson"

typedef struct pseudonymising {
    const tdm_request *request;
    const tdm_allocator *allocator;
    tdm__arena arena;
    tdm_error *error;
    const char *key_path, *folder;
    tdm__secret passphrase;
    tdm__key *key;
    tdm__text before, after; /* the export */
    tdm__text case_json;     /* "" for the way back */
    tdm__leaks leaks;
    size_t lines, unknown;
} pseudonymising;

static tdm_status fail_option(const pseudonymising *p, const char *option, const char *expected)
{
    return tdm__fail(p->error, TDM_INVALID_ARG, "%s: %s", option, expected);
}

/* --- what is needed before anything is read --- */

static bool is_inside(const char *path, const char *folder)
{
    size_t length = strlen(folder);
    while (length > 0 && folder[length - 1] == '/')
        length--;
    return strncmp(path, folder, length) == 0 && path[length] == '/';
}

static tdm_status read_paths(pseudonymising *p)
{
    p->key_path = tdm__request_value(p->request, "key");
    p->folder = tdm__request_value(p->request, "output");
    if (!p->key_path)
        return fail_option(p, "key", "name the key file");
    if (!p->folder)
        return fail_option(p, "output", "name the folder to write (-o DIR)");
    if (is_inside(p->key_path, p->folder))
        return fail_option(p, "key", "expected a file outside the folder that is written");
    tdm__file_kind kind = tdm__file_look_itself(p->key_path);
    if (kind != TDM__FILE_REGULAR && kind != TDM__FILE_NONE)
        return fail_option(p, "key", "expected a plain file");
    return TDM_OK;
}

/* Both ends of the first line stay as they are: blanks may belong to it. */
static tdm_status read_passphrase(pseudonymising *p)
{
    tdm__buffer buffer = {NULL, 0};
    const char *path = tdm__request_value(p->request, "passphrase_file");
    tdm_str passphrase = tdm__secret_str(&p->request->passphrase);
    tdm_status status = TDM_OK;
    if (path) {
        status = tdm__file_read(&buffer, p->allocator, NULL, path, 2 * TDM__PASSPHRASE_MAX, p->error);
        tdm_str rest = {buffer.data, buffer.length};
        passphrase = tdm__str_split(&rest, '\n');
        if (passphrase.length > 0 && passphrase.data[passphrase.length - 1] == '\r')
            passphrase.length--;
    }
    if (status == TDM_OK &&
        (passphrase.length < TDM__PASSPHRASE_MIN || passphrase.length > TDM__PASSPHRASE_MAX))
        status =
            fail_option(p, "passphrase_file",
                        "expected a passphrase of 8 to 1024 bytes, in that file or in TIDEMARK_PASSPHRASE");
    if (status == TDM_OK && tdm__secret_copy(&p->passphrase, p->allocator, passphrase) != TDM_OK)
        status = tdm__no_memory(p->error);
    tdm__wipe(buffer.data, buffer.length);
    tdm__free(p->allocator, buffer.data);
    return status;
}

static tdm_status open_key(pseudonymising *p, bool must_be_there)
{
    tdm__buffer buffer;
    if (!must_be_there && tdm__file_look(NULL, p->key_path) == TDM__FILE_NONE)
        return tdm__key_new(&p->key, p->allocator) == TDM_OK ? TDM_OK : tdm__no_memory(p->error);
    tdm_status status = tdm__file_read(&buffer, p->allocator, NULL, p->key_path, KEY_BYTES_MAX, p->error);
    if (status == TDM_OK)
        status = tdm__key_unseal(&p->key, p->allocator, (tdm_str){buffer.data, buffer.length},
                                 tdm__secret_str(&p->passphrase), tdm__str(p->key_path), p->error);
    tdm__free(p->allocator, buffer.data);
    return status;
}

/* --- writing --- */

static tdm_status write_whole(const pseudonymising *p, const char *path, tdm_str bytes)
{
    tdm__file_writer *writer;
    tdm_status status = tdm__file_writer_open(&writer, p->allocator, path, p->error);
    if (status != TDM_OK)
        return status;
    if (tdm__sink_write(tdm__file_writer_sink(writer), bytes) == TDM_OK)
        return tdm__file_writer_commit(writer, p->error);
    tdm__file_writer_abandon(writer);
    return tdm__fail_at(p->error, TDM_IO, (tdm_place){tdm__str(path), 0, 0}, "could not be written");
}

static tdm_status write_below(pseudonymising *p, const char *name, const tdm__text *text)
{
    if (text->length == 0)
        return TDM_OK;
    tdm_str path = tdm__path_join(&p->arena, tdm__str(p->folder), tdm__str(name));
    return path.data ? write_whole(p, path.data, tdm__text_str(text)) : tdm__no_memory(p->error);
}

static tdm_status write_key(pseudonymising *p)
{
    tdm__text sealed;
    tdm__text_init(&sealed, p->allocator);
    tdm_status status = tdm__key_seal(&sealed, p->key, tdm__secret_str(&p->passphrase),
                                      tdm__seal_cost_default(), p->error);
    if (status == TDM_OK)
        status = write_whole(p, p->key_path, tdm__text_str(&sealed));
    tdm__text_free(&sealed);
    return status;
}

/* The key first: codes without their key are lost, a key without its codes is not. */
static tdm_status write_all(pseudonymising *p, bool with_key)
{
    tdm_status status = tdm__folder_make(p->allocator, p->folder, p->error);
    if (status == TDM_OK && with_key)
        status = write_key(p);
    if (status == TDM_OK)
        status = write_below(p, EXPORT_NAME, &p->after);
    if (status == TDM_OK)
        status = write_below(p, "case.json", &p->case_json);
    return status;
}

/* --- what the answer says --- */

static void put_leaks_json(tdm__json_writer *json, const tdm__leaks *leaks)
{
    tdm__json_put_name(json, "leaks");
    tdm__json_open_array(json);
    for (size_t i = 0; i < leaks->count; i++) {
        const tdm__leak *leak = &leaks->items[i];
        tdm__json_open_object(json);
        tdm__answer_member(json, "kind", tdm__str(tdm__leak_code(leak->kind)));
        tdm__answer_member(json, "file", leak->file);
        tdm__answer_member(json, "sheet", leak->sheet);
        tdm__json_put_name(json, "row");
        tdm__json_put_int(json, leak->row);
        tdm__answer_member(json, "column", leak->column);
        tdm__json_close_object(json);
    }
    tdm__json_close_array(json);
}

static void put_count(tdm__json_writer *json, const char *name, size_t count)
{
    tdm__json_put_name(json, name);
    tdm__json_put_int(json, (int64_t)count);
}

static void put_leaks_text(tdm__text *text, const tdm__leaks *leaks)
{
    tdm__text_printf(text, "%zu leak%s\n", leaks->count, leaks->count == 1 ? "" : "s");
    for (size_t i = 0; i < leaks->count; i++) {
        const tdm__leak *leak = &leaks->items[i];
        bool outside = leak->file.length == 0;
        tdm__text_printf(text, "%-14s ", tdm__leak_code(leak->kind));
        tdm__escape(text, outside ? TDM_LIT("export") : leak->file, TDM__ESCAPE_TERMINAL);
        tdm__text_printf(text, "%s", leak->sheet.length > 0 ? ", sheet " : "");
        tdm__escape(text, leak->sheet, TDM__ESCAPE_TERMINAL);
        tdm__text_printf(text, ", row %lld, %.*s: %s\n", (long long)leak->row, TDM_STR_ARGS(leak->column),
                         tdm__leak_words(leak->kind));
    }
}

static tdm_status answer_of(const pseudonymising *p, bool back, tdm_sink sink)
{
    tdm__answer answer;
    tdm__answer_begin(&answer, p->request, sink);
    if (answer.as_json) {
        tdm__json_open_object(&answer.json);
        put_count(&answer.json, "lines", p->lines);
        if (back)
            put_count(&answer.json, "unknown_codes", p->unknown);
        else
            put_leaks_json(&answer.json, &p->leaks);
        tdm__json_close_object(&answer.json);
    } else {
        tdm__text_printf(&answer.text, "%zu lines written\n", p->lines);
        if (back)
            tdm__text_printf(&answer.text, "%zu codes or brackets that the key does not have\n", p->unknown);
        else
            put_leaks_text(&answer.text, &p->leaks);
    }
    return tdm__answer_end(&answer, TDM_OK);
}

/* The refusal lists what the answer would have listed. */
static tdm_status refuse_leaks(const pseudonymising *p)
{
    tdm_context *context = p->request->context;
    tdm_error one = {0};
    tdm_status status = tdm__fail(p->error, TDM_CONFLICT,
                                  "the leak check found %zu: nothing was written; put names into --names, "
                                  "mend the rows, or say --accept-leaks",
                                  p->leaks.count);
    tdm__context_add_problem(p->error, context);
    for (size_t i = 0; i < p->leaks.count; i++) {
        const tdm__leak *leak = &p->leaks.items[i];
        tdm_str file = leak->file.length > 0 ? leak->file : TDM_LIT("export");
        tdm__fail_at(&one, TDM_CONFLICT, (tdm_place){file, (int32_t)leak->row, 0}, "%s in %.*s: %s",
                     tdm__leak_code(leak->kind), TDM_STR_ARGS(leak->column), tdm__leak_words(leak->kind));
        tdm__context_add_problem(&one, context);
    }
    return status;
}

/* --- there --- */

static tdm_status export_inputs(pseudonymising *p, tdm__session *session)
{
    tdm__kept_assessment *texts;
    size_t count;
    tdm__data_request rules = {0};
    tdm_status status = tdm__data_read_instruments(&session->data, &rules, p->error);
    if (status == TDM_OK)
        status = tdm__session_read(session, TDM__TELL_NOTHING, p->error);
    if (status == TDM_OK)
        status = tdm__assessed_texts(&texts, &count, session, p->error);
    if (status == TDM_OK)
        status = tdm__report_ndjson(session->chronology, texts, count, p->allocator,
                                    tdm__text_sink(&p->before), p->error);
    return status;
}

static tdm__birth asked_birth(const tdm_request *request)
{
    const char *birth = tdm__request_value(request, "birth");
    return !birth || birth[0] == 'k' ? TDM__BIRTH_KEEP : birth[0] == 'm' ? TDM__BIRTH_MONTH : TDM__BIRTH_YEAR;
}

static tdm_status put_codes(pseudonymising *p, tdm__session *session)
{
    tdm__buffer names = {NULL, 0};
    tdm__local_ids ids = {NULL, 0, 0};
    const char *path = tdm__request_value(p->request, "names");
    tdm_status status = path ? tdm__file_read(&names, p->allocator, NULL, path, NAMES_BYTES_MAX, p->error)
                             : TDM_OK;
    if (status == TDM_OK)
        status = tdm__local_ids_read(&ids, p->request, &p->arena, p->error);
    tdm__pseudonym_options options = {.vocabulary = session->data.vocabulary,
                                      .birth = asked_birth(p->request),
                                      .names = {names.data, names.length},
                                      .names_file = tdm__str(path),
                                      .case_id = session->collection.case_id,
                                      .local_ids = ids.items,
                                      .local_id_count = ids.count};
    if (status == TDM_OK)
        status = tdm__pseudonymise(&p->after, &p->leaks, p->key, tdm__text_str(&p->before), &options,
                                   p->error);
    tdm__free(p->allocator, ids.items);
    tdm__free(p->allocator, names.data);
    return status;
}

/* So that the folder is a case with its day, which the export does not have. */
static tdm_status write_case(pseudonymising *p, const tdm__session *session)
{
    tdm__json_writer json;
    char day[TDM_DATE_TEXT_SIZE];
    const tdm_chronology *chronology = session->chronology;
    const tdm__key_entry *code = tdm__key_by_original(p->key, TDM__GROUP_CASE, session->collection.case_id);
    tdm_day as_of = session->collection.as_of;
    tdm__json_writer_init(&json, p->allocator, tdm__text_sink(&p->case_json), 2);
    tdm__json_open_object(&json);
    tdm__answer_member(&json, "case", code ? code->code : TDM_LIT("Case"));
    if (as_of != TDM_DAY_NONE) {
        tdm_date_format(day, (tdm_date){as_of, as_of, 0});
        tdm__answer_member(&json, "as_of", tdm__str(day));
    }
    tdm__json_put_name(&json, "children");
    tdm__json_open_array(&json);
    for (size_t i = 0; i < tdm_chronology_child_count(chronology); i++) {
        const tdm__key_entry *child = tdm__key_by_original(p->key, TDM__GROUP_CHILD,
                                                           tdm__chronology_child(chronology, i)->id);
        tdm__json_open_object(&json);
        tdm__answer_member(&json, "id", child ? child->code : TDM_LIT(""));
        tdm__json_close_object(&json);
    }
    tdm__json_close_array(&json);
    tdm__json_put_name(&json, "returns");
    tdm__json_open_array(&json);
    tdm__json_open_object(&json);
    tdm__answer_member(&json, "file", TDM_LIT(EXPORT_NAME));
    tdm__json_close_object(&json);
    tdm__json_close_array(&json);
    tdm__json_close_object(&json);
    tdm_status status = tdm__json_writer_end(&json);
    tdm__text_char(&p->case_json, '\n');
    return status != TDM_OK || p->case_json.failed || tdm__key_failed(p->key) ? tdm__no_memory(p->error)
                                                                              : TDM_OK;
}

static tdm_status go_there(pseudonymising *p, tdm__session *session)
{
    tdm_status status = export_inputs(p, session);
    if (status == TDM_OK)
        status = open_key(p, false);
    if (status == TDM_OK)
        status = put_codes(p, session);
    if (status == TDM_OK)
        status = write_case(p, session);
    if (status == TDM_OK && p->leaks.count > 0 && !tdm__request_flag(p->request, "accept_leaks"))
        status = refuse_leaks(p);
    return status == TDM_OK ? write_all(p, true) : status;
}

/* --- and back --- */

static tdm_status go_back(pseudonymising *p)
{
    tdm__buffer buffer = {NULL, 0};
    if (p->request->input_count != 1)
        return tdm__fail(p->error, TDM_INVALID_ARG, "back: one folder, or one export, at a time");
    const tdm__input *input = &p->request->inputs[0];
    bool is_folder = input->path && tdm__file_look(NULL, input->path) == TDM__FILE_FOLDER;
    uint64_t limit = p->request->context->input_limit_bytes;
    tdm_str bytes = input->content;
    tdm_status status = TDM_OK;
    if (input->path) {
        status = is_folder ? tdm__file_read(&buffer, p->allocator, input->path, EXPORT_NAME, limit, p->error)
                           : tdm__file_read(&buffer, p->allocator, NULL, input->path, limit, p->error);
        bytes = (tdm_str){buffer.data, buffer.length};
    }
    if (status == TDM_OK)
        status = open_key(p, true);
    if (status == TDM_OK)
        status = tdm__pseudonyms_back(&p->after, &p->unknown, p->key, bytes, TDM_LIT(EXPORT_NAME), p->error);
    tdm__free(p->allocator, buffer.data);
    return status == TDM_OK ? write_all(p, false) : status;
}

/* --- both --- */

static void open_all(pseudonymising *p, const tdm_request *request, tdm_error *error)
{
    *p = (pseudonymising){.request = request, .allocator = &request->context->allocator, .error = error};
    tdm__arena_init(&p->arena, p->allocator);
    tdm__text_init(&p->before, p->allocator);
    tdm__text_init(&p->after, p->allocator);
    tdm__text_init(&p->case_json, p->allocator);
    tdm__leaks_init(&p->leaks, p->allocator);
}

static void close_all(pseudonymising *p)
{
    tdm__secret_free(&p->passphrase);
    tdm__key_free(p->key);
    tdm__text_free(&p->before);
    tdm__text_free(&p->after);
    tdm__text_free(&p->case_json);
    tdm__leaks_free(&p->leaks);
    tdm__arena_free(&p->arena);
}

static size_t count_lines(const tdm__text *text)
{
    size_t lines = 0;
    for (size_t i = 0; i < text->length; i++)
        lines += text->data[i] == '\n';
    return lines;
}

tdm_status tdm__op_pseudonymise(const tdm_request *request, tdm_outcome *outcome, tdm_sink sink,
                                tdm_error *error)
{
    pseudonymising p;
    tdm__session session = {0};
    bool back = tdm__request_flag(request, "back");
    open_all(&p, request, error);
    tdm_status status = read_paths(&p);
    if (status == TDM_OK)
        status = read_passphrase(&p);
    if (status == TDM_OK && back)
        status = go_back(&p);
    if (status == TDM_OK && !back) {
        status = tdm__session_open(&session, request, error);
        if (status == TDM_OK)
            status = go_there(&p, &session);
        outcome->trouble = status == TDM_OK && tdm__session_trouble(&session);
        status = tdm__session_end(&session, status, error);
    }
    p.lines = count_lines(&p.after);
    if (status == TDM_OK)
        status = answer_of(&p, back, sink);
    close_all(&p);
    return status;
}

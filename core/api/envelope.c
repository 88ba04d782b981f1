/*
 * JSON in, JSON out: a request's envelope to a tdm_request, its output or error to the response.
 * What an operation does is the same as for the command.
 */
#include "api/base64.h"
#include "api/operations.h"
#include "json/json.h"

#include <string.h>

/* What an envelope needs while it is read. */
typedef struct envelope {
    tdm_context *context;
    tdm__json *document;
    tdm_request *request;
    tdm__arena arena; /* decoded contents */
} envelope;

static tdm_status fail(const envelope *e, const tdm__json_value *value, const char *message)
{
    return tdm__json_fail(e->document, value, &e->context->error, "%s", message);
}

/* The error that a request gave, with the place of the value that it is about. */
static tdm_status placed(const envelope *e, const tdm__json_value *value)
{
    tdm_error *error = &e->context->error, inner = *error;
    fail(e, value, inner.message);
    error->status = inner.status;
    return inner.status;
}

/* NULL for a value that is not there. */
static tdm_status zero_ended(const char **out, envelope *e, const tdm__json_value *value)
{
    *out = value ? tdm__arena_copy(&e->arena, tdm__json_string(value)).data : NULL;
    return *out || !value ? TDM_OK : tdm__no_memory(&e->context->error);
}

/* A JSON value as the text that the same option of the command would have. */
static tdm_status option_text(const char **out, envelope *e, const tdm__json_value *value)
{
    int64_t number;
    tdm__text text;
    *out = NULL;
    tdm__text_init(&text, &e->context->allocator);
    switch (tdm__json_type_of(value)) {
    case TDM__JSON_BOOL:
        tdm__text_puts(&text, tdm__json_bool(value) ? "true" : "false");
        break;
    case TDM__JSON_STRING:
        tdm__text_add(&text, tdm__json_string(value));
        break;
    case TDM__JSON_NUMBER:
        if (!tdm__json_int64(&number, value))
            return fail(e, value, "expected a whole number");
        tdm__text_int(&text, number);
        break;
    default:
        return fail(e, value, "expected text, a whole number, true or false");
    }
    *out = tdm__arena_copy(&e->arena, tdm__text_str(&text)).data;
    bool failed = text.failed || !*out;
    tdm__text_free(&text);
    return failed ? tdm__no_memory(&e->context->error) : TDM_OK;
}

static tdm_status set_option(envelope *e, const char *name, const tdm__json_value *value)
{
    const char *text;
    if (!value)
        return TDM_OK;
    tdm_status status = option_text(&text, e, value);
    if (status != TDM_OK)
        return status;
    status = tdm_request_option(e->request, name, text);
    return status == TDM_INVALID_ARG ? placed(e, value) : status;
}

static tdm_status set_options(envelope *e, const tdm__json_value *options)
{
    tdm_status status = TDM_OK;
    for (const tdm__json_value *o = tdm__json_first(options); status == TDM_OK && o; o = tdm__json_next(o)) {
        tdm_str name = tdm__arena_copy(&e->arena, tdm__json_name(o));
        status = name.data ? set_option(e, name.data, o) : tdm__no_memory(&e->context->error);
    }
    return status;
}

/* A value as JSON text again, in the request's arena. */
static tdm_status rewritten(tdm_str *out, envelope *e, const tdm__json_value *value)
{
    tdm__text text;
    tdm__json_writer writer;
    tdm__text_init(&text, &e->context->allocator);
    tdm__json_writer_init(&writer, &e->context->allocator, tdm__text_sink(&text), 2);
    tdm__json_put_value(&writer, value);
    tdm_status status = tdm__json_writer_end(&writer);
    *out = tdm__arena_copy(&e->request->arena, tdm__text_str(&text));
    tdm__text_free(&text);
    return status == TDM_OK && out->data ? TDM_OK : tdm__no_memory(&e->context->error);
}

static bool has_option(const tdm_request *request, const char *name)
{
    tdm_option_view option;
    for (size_t i = 0; tdm_operation_option(&option, request->operation, i); i++)
        if (strcmp(option.name, name) == 0)
            return true;
    return false;
}

/* A policy given in the request itself, or the name of one where files are allowed. */
static tdm_status set_policy(envelope *e, const tdm__json_value *policy)
{
    if (!policy || tdm__json_type_of(policy) == TDM__JSON_STRING)
        return set_option(e, "policy", policy);
    if (tdm__json_type_of(policy) != TDM__JSON_OBJECT)
        return fail(e, policy, "expected a policy as an object");
    if (!has_option(e->request, "policy"))
        return fail(e, policy, "this operation takes no policy");
    return rewritten(&e->request->policy_json, e, policy);
}

/* A map by name or path, or given in the request itself. */
static tdm_status input_map(const char **out, envelope *e, const tdm__json_value *map)
{
    tdm_str text;
    *out = NULL;
    if (!map || tdm__json_type_of(map) == TDM__JSON_STRING)
        return zero_ended(out, e, map);
    if (tdm__json_type_of(map) != TDM__JSON_OBJECT)
        return fail(e, map, "expected the name of a column map, or one as an object");
    tdm_status status = rewritten(&text, e, map);
    *out = text.data;
    return status;
}

static tdm_status input_content(tdm_str *out, envelope *e, const tdm__json_value *plain,
                                const tdm__json_value *coded)
{
    *out = tdm__json_string(plain);
    if (!coded)
        return TDM_OK;
    tdm_status status = tdm__base64_decode(out, &e->arena, tdm__json_string(coded));
    if (status == TDM_INVALID_INPUT)
        return fail(e, coded, "expected base64");
    return status == TDM_OK ? TDM_OK : tdm__no_memory(&e->context->error);
}

static tdm_status add_input(envelope *e, const tdm__json_value *value)
{
    const tdm__json_value *name, *format, *map, *content, *coded, *path;
    const tdm__json_field fields[] = {
        {"name", TDM__JSON_STRING, false, false, &name},
        {"format", TDM__JSON_STRING, false, false, &format},
        {"map", TDM__JSON_ANY, false, false, &map},
        {"content", TDM__JSON_STRING, false, false, &content},
        {"content_base64", TDM__JSON_STRING, false, false, &coded},
        {"path", TDM__JSON_STRING, false, false, &path},
    };
    tdm_status status = tdm__json_read(e->document, value, "an input", fields, 6, &e->context->error);
    if (status != TDM_OK)
        return status;
    if ((content != NULL) + (coded != NULL) + (path != NULL) != 1)
        return fail(e, value, "an input has exactly one of content, content_base64 and path");
    if (!path && !name)
        return fail(e, value, "an input with content needs a name");
    tdm_request_input input = {.struct_size = sizeof input};
    status = zero_ended(&input.path, e, path);
    if (status == TDM_OK)
        status = zero_ended(&input.name, e, name);
    if (status == TDM_OK)
        status = zero_ended(&input.format, e, format);
    if (status == TDM_OK)
        status = input_map(&input.map, e, map);
    if (status == TDM_OK && !path)
        status = input_content(&input.content, e, content, coded);
    if (status != TDM_OK)
        return status;
    status = tdm_request_add_input(e->request, &input);
    return status == TDM_INVALID_ARG ? placed(e, value) : status;
}

static tdm_status read_envelope(envelope *e)
{
    const char *name;
    const tdm__json_value *operation, *inputs, *as_of, *policy, *options;
    const tdm__json_field fields[] = {
        {"operation", TDM__JSON_STRING, true, false, &operation},
        {"inputs", TDM__JSON_ARRAY, false, false, &inputs},
        {"as_of", TDM__JSON_STRING, false, false, &as_of},
        {"policy", TDM__JSON_ANY, false, false, &policy},
        {"options", TDM__JSON_OBJECT, false, false, &options},
    };
    tdm_status status = tdm__json_read(e->document, tdm__json_root(e->document), "a request", fields, 5,
                                       &e->context->error);
    if (status == TDM_OK)
        status = zero_ended(&name, e, operation);
    if (status == TDM_OK)
        status = tdm_request_new(&e->request, e->context, name);
    if (status == TDM_OK)
        status = set_option(e, "as_of", as_of);
    if (status == TDM_OK)
        status = set_policy(e, policy);
    if (status == TDM_OK)
        status = set_options(e, options);
    for (const tdm__json_value *i = tdm__json_first(inputs); status == TDM_OK && i; i = tdm__json_next(i))
        status = add_input(e, i);
    return status;
}

/* The sink of the operation: its output becomes the value of "result" as it comes, so nothing is kept twice.
 */
typedef enum result_form {
    RESULT_STRING, /* the output is one JSON string */
    RESULT_JSON,   /* one JSON value */
    RESULT_BYTES,  /* no text: base64 */
} result_form;

typedef struct result_sink {
    tdm_sink sink;
    result_form form;
    bool started;
    bool line_end; /* held back: the command's last line end is not part of the value */
    char held[3];  /* bytes that do not yet make four letters */
    size_t held_length;
    const tdm_allocator *allocator;
} result_sink;

static tdm_status start_result(result_sink *r)
{
    if (r->started)
        return TDM_OK;
    r->started = true;
    static const char *const heads[] = {[RESULT_STRING] = "{\"ok\": true, \"result\": \"",
                                        [RESULT_JSON] = "{\"ok\": true, \"result\": ",
                                        [RESULT_BYTES] = "{\"ok\": true, \"result_base64\": \""};
    return tdm__sink_write(r->sink, tdm__str(heads[r->form]));
}

/* The inside of a JSON string, by the JSON layer's own writer. */
static tdm_status write_escaped(result_sink *r, tdm_str bytes)
{
    tdm__text text;
    tdm__json_writer writer;
    tdm__text_init(&text, r->allocator);
    tdm__json_writer_init(&writer, r->allocator, tdm__text_sink(&text), 0);
    tdm__json_put_string(&writer, bytes);
    tdm_status status = tdm__json_writer_end(&writer);
    if (status == TDM_OK)
        status = tdm__sink_write(r->sink, (tdm_str){text.data + 1, text.length - 2});
    tdm__text_free(&text);
    return status;
}

static tdm_status write_coded(result_sink *r, tdm_str bytes)
{
    tdm__text text;
    tdm__text_init(&text, r->allocator);
    tdm__base64_put(&text, bytes);
    tdm_status status = text.failed ? TDM_NO_MEMORY : tdm__sink_write(r->sink, tdm__text_str(&text));
    tdm__text_free(&text);
    return status;
}

/* Whole groups of three at once; the bytes before and behind them are held. */
static tdm_status write_bytes(result_sink *r, tdm_str bytes)
{
    tdm_status status = TDM_OK;
    while (r->held_length > 0 && r->held_length < 3 && bytes.length > 0) {
        r->held[r->held_length++] = *bytes.data;
        bytes = (tdm_str){bytes.data + 1, bytes.length - 1};
    }
    if (r->held_length == 3) {
        status = write_coded(r, (tdm_str){r->held, 3});
        r->held_length = 0;
    }
    size_t whole = bytes.length / 3 * 3;
    if (status == TDM_OK && whole > 0)
        status = write_coded(r, (tdm_str){bytes.data, whole});
    for (size_t at = whole; at < bytes.length; at++)
        r->held[r->held_length++] = bytes.data[at];
    return status;
}

static tdm_status write_result(const char *bytes, size_t length, void *payload)
{
    result_sink *r = payload;
    tdm_status status = start_result(r);
    if (status == TDM_OK && r->form == RESULT_BYTES)
        return write_bytes(r, (tdm_str){bytes, length});
    if (status == TDM_OK && r->form == RESULT_STRING)
        return write_escaped(r, (tdm_str){bytes, length});
    if (status == TDM_OK && r->line_end)
        status = tdm__sink_write(r->sink, TDM_LIT("\n"));
    r->line_end = length > 0 && bytes[length - 1] == '\n';
    return status == TDM_OK ? tdm__sink_write(r->sink, (tdm_str){bytes, length - r->line_end}) : status;
}

static tdm_status end_result(result_sink *r)
{
    tdm_status status = start_result(r);
    if (status == TDM_OK && r->held_length > 0)
        status = write_coded(r, (tdm_str){r->held, r->held_length});
    if (status == TDM_OK)
        status = tdm__sink_write(r->sink, r->form == RESULT_JSON ? TDM_LIT("}\n") : TDM_LIT("\"}\n"));
    return status;
}

static void put_error_members(tdm__json_writer *json, const tdm_error *error)
{
    tdm__json_put_name(json, "code");
    tdm__json_put_text(json, tdm_status_name(error->status));
    tdm__json_put_name(json, "message");
    tdm__json_put_text(json, error->message);
    tdm__json_put_name(json, "file");
    tdm__json_put_text(json, error->file);
    tdm__json_put_name(json, "row");
    tdm__json_put_int(json, error->line);
    tdm__json_put_name(json, "column");
    tdm__json_put_int(json, error->column);
}

/* "problems" stands only where there is more to say than the error does. */
static void put_problems(tdm__json_writer *json, const tdm_context *context)
{
    if (context->problem_count < 2)
        return;
    tdm__json_put_name(json, "problems");
    tdm__json_open_array(json);
    for (size_t i = 0; i < context->problem_count; i++) {
        tdm__json_open_object(json);
        put_error_members(json, &context->problems[i]);
        tdm__json_close_object(json);
    }
    tdm__json_close_array(json);
}

static void put_failure(tdm__json_writer *json, const tdm_context *context)
{
    tdm__json_open_object(json);
    tdm__json_put_name(json, "ok");
    tdm__json_put_bool(json, false);
    tdm__json_put_name(json, "error");
    tdm__json_open_object(json);
    put_error_members(json, &context->error);
    put_problems(json, context);
    tdm__json_close_object(json);
    tdm__json_close_object(json);
}

static tdm_status write_error(const tdm_context *context, tdm_sink sink)
{
    tdm__json_writer json;
    tdm__json_writer_init(&json, &context->allocator, sink, 0);
    put_failure(&json, context);
    tdm_status status = tdm__json_writer_end(&json);
    return status == TDM_OK ? tdm__sink_write(sink, TDM_LIT("\n")) : status;
}

static result_form form_of(const char *format)
{
    static const struct {
        const char *format;
        result_form form;
    } forms[] = {
        {"json", RESULT_JSON}, {"fhir", RESULT_JSON}, {"docx", RESULT_BYTES}, {"xlsx", RESULT_BYTES}};
    for (size_t i = 0; format && i < sizeof forms / sizeof *forms; i++)
        if (strcmp(format, forms[i].format) == 0)
            return forms[i].form;
    return RESULT_STRING;
}

/* JSON where the operation can give it and the request asked for nothing else. */
static tdm_status run_request(bool *started, envelope *e, tdm_outcome *outcome, tdm_sink sink)
{
    const char *format = tdm__request_value(e->request, "format");
    result_sink result = {.sink = sink, .allocator = &e->context->allocator};
    tdm_status status = TDM_OK;
    if (!format) {
        status = tdm_request_option(e->request, "format", "json");
        if (status == TDM_NO_MEMORY)
            return status;
        format = status == TDM_OK ? "json" : NULL; /* an operation whose only form is another */
    }
    result.form = form_of(format);
    status = tdm_request_run(e->request, outcome, (tdm_sink){write_result, &result});
    *started = result.started;
    return status == TDM_OK ? end_result(&result) : status;
}

tdm_status tdm_api_call(tdm_context *context, tdm_str request, tdm_outcome *outcome, tdm_sink sink)
{
    tdm_outcome unused;
    bool started = false;
    envelope e = {.context = context};
    tdm__context_clear(context);
    tdm__arena_init(&e.arena, &context->allocator);
    if (!outcome)
        outcome = &unused;
    *outcome = (tdm_outcome){false, false};
    tdm_status status = tdm__json_parse(&e.document, &context->allocator, request, TDM_LIT("request"),
                                        &context->error);
    if (status == TDM_OK)
        status = read_envelope(&e);
    if (status == TDM_OK)
        status = run_request(&started, &e, outcome, sink);
    if (status != TDM_OK && context->error.status == TDM_OK)
        tdm__fail(&context->error, status, "%s", tdm_status_text(status));
    /* Behind half a result an error would only make it look like a whole response. */
    if (status != TDM_OK && !started)
        write_error(context, sink);
    tdm_request_free(e.request);
    tdm__json_free(e.document);
    tdm__arena_free(&e.arena);
    return status;
}

/*
 * JSON out: the output of an operation, or its error, to the response. What an operation does is the same as
 * for the command.
 */
#include "api/envelope.h"
#include "api/base64.h"

#include <string.h>

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
static tdm_status run_request(bool *started, tdm__envelope *e, tdm_outcome *outcome, tdm_sink sink)
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
    tdm__envelope e;
    tdm__context_clear(context);
    if (!outcome)
        outcome = &unused;
    *outcome = (tdm_outcome){false, false};
    tdm_status status = tdm__envelope_read(&e, context, request, false);
    if (status == TDM_OK)
        status = run_request(&started, &e, outcome, sink);
    if (status != TDM_OK && context->error.status == TDM_OK)
        tdm__fail(&context->error, status, "%s", tdm_status_text(status));
    /* Behind half a result an error would only make it look like a whole response. */
    if (status != TDM_OK && !started)
        write_error(context, sink);
    tdm__envelope_free(&e);
    return status;
}

/*
 * JSON in: a request's envelope to a tdm_request.
 */
#include "api/base64.h"
#include "api/envelope.h"

#include <string.h>

static tdm_status fail(const tdm__envelope *e, const tdm__json_value *value, const char *message)
{
    return tdm__json_fail(e->document, value, &e->context->error, "%s", message);
}

/* The error that a request gave, with the place of the value that it is about. */
static tdm_status placed(const tdm__envelope *e, const tdm__json_value *value)
{
    tdm_error *error = &e->context->error, inner = *error;
    fail(e, value, inner.message);
    error->status = inner.status;
    return inner.status;
}

/* NULL for a value that is not there. */
static tdm_status zero_ended(const char **out, tdm__envelope *e, const tdm__json_value *value)
{
    *out = value ? tdm__arena_copy(&e->arena, tdm__json_string(value)).data : NULL;
    return *out || !value ? TDM_OK : tdm__no_memory(&e->context->error);
}

/* A JSON value as the text that the same option of the command would have. */
static tdm_status option_text(const char **out, tdm__envelope *e, const tdm__json_value *value)
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

static tdm_status set_option(tdm__envelope *e, const char *name, const tdm__json_value *value)
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

static tdm_status set_options(tdm__envelope *e, const tdm__json_value *options)
{
    tdm_status status = TDM_OK;
    for (const tdm__json_value *o = tdm__json_first(options); status == TDM_OK && o; o = tdm__json_next(o)) {
        tdm_str name = tdm__arena_copy(&e->arena, tdm__json_name(o));
        status = name.data ? set_option(e, name.data, o) : tdm__no_memory(&e->context->error);
    }
    return status;
}

/* A value as JSON text again, in the request's arena. */
static tdm_status rewritten(tdm_str *out, tdm__envelope *e, const tdm__json_value *value)
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

/* A policy given in the request itself, or the name of one where files are allowed. */
static tdm_status set_policy(tdm__envelope *e, const tdm__json_value *policy)
{
    if (!policy || tdm__json_type_of(policy) == TDM__JSON_STRING)
        return set_option(e, "policy", policy);
    if (tdm__json_type_of(policy) != TDM__JSON_OBJECT)
        return fail(e, policy, "expected a policy as an object");
    if (!tdm__request_has(e->request, "policy"))
        return fail(e, policy, "this operation takes no policy");
    return rewritten(&e->request->policy_json, e, policy);
}

/* A map by name or path, or given in the request itself. */
static tdm_status input_map(const char **out, tdm__envelope *e, const tdm__json_value *map)
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

static tdm_status input_content(tdm_str *out, tdm__envelope *e, const tdm__json_value *plain,
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

static tdm_status add_input(tdm__envelope *e, const tdm__json_value *value)
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

static tdm_status read_members(tdm__envelope *e, bool of_service)
{
    const char *name;
    const tdm__json_value *operation, *inputs, *as_of, *policy, *options, *child;
    const tdm__json_field fields[] = {
        {"operation", TDM__JSON_STRING, true, false, &operation},
        {"inputs", TDM__JSON_ARRAY, false, false, &inputs},
        {"as_of", TDM__JSON_STRING, false, false, &as_of},
        {"policy", TDM__JSON_ANY, false, false, &policy},
        {"options", TDM__JSON_OBJECT, false, false, &options},
        {"child", TDM__JSON_STRING, false, false, &child},
        {"body", TDM__JSON_ANY, false, true, &e->body},
    };
    size_t known = sizeof fields / sizeof *fields - (of_service ? 0 : 2);
    child = NULL;
    tdm_status status = tdm__json_read(e->document, tdm__json_root(e->document), "a request", fields, known,
                                       &e->context->error);
    e->child = tdm__json_string(child);
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

tdm_status tdm__envelope_read(tdm__envelope *e, tdm_context *context, tdm_str request, bool of_service)
{
    *e = (tdm__envelope){.context = context};
    tdm__arena_init(&e->arena, &context->allocator);
    tdm_status status = tdm__json_parse(&e->document, &context->allocator, request, TDM_LIT("request"),
                                        &context->error);
    return status == TDM_OK ? read_members(e, of_service) : status;
}

void tdm__envelope_free(tdm__envelope *e)
{
    tdm_request_free(e->request);
    tdm__json_free(e->document);
    tdm__arena_free(&e->arena);
}

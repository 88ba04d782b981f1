/*
 * Requests: which operation, with which options and inputs. Values are checked against the table of
 * operations here, once for the command and for JSON.
 */
#include "api/operations.h"

#include <string.h>

tdm_status tdm_request_new(tdm_request **out, tdm_context *context, const char *operation)
{
    size_t index;
    tdm_operation_view view;
    *out = NULL;
    tdm__error_clear(&context->error);
    if (!tdm_operation_find(&view, &index, operation))
        return tdm__fail(&context->error, TDM_NOT_FOUND, "there is no such operation");
    tdm_request *request = tdm__alloc_zeroed(&context->allocator, 1, sizeof *request);
    if (!request)
        return tdm__no_memory(&context->error);
    request->context = context;
    request->operation = index;

    tdm__arena_init(&request->arena, &context->allocator);
    *out = request;
    return TDM_OK;
}

void tdm_request_free(tdm_request *request)
{
    if (!request)
        return;
    const tdm_allocator *allocator = &request->context->allocator;
    tdm__secret_free(&request->passphrase);
    tdm__free(allocator, request->inputs);
    tdm__arena_free(&request->arena);
    tdm__free(allocator, request);
}

/* Whether `value` is one of "a|b|c". */
static bool is_choice(const char *choices, tdm_str value)
{
    tdm_str rest = tdm__str(choices);
    while (rest.length > 0)
        if (tdm__str_equal(tdm__str_split(&rest, '|'), value))
            return true;
    return false;
}

/* "ID,...": an option of several values, which may also be given several times. */
static bool has_several(const tdm_option_view *option)
{
    size_t length = strlen(option->value);
    return length > 3 && strcmp(option->value + length - 3, "...") == 0;
}

static bool are_choices(const tdm_option_view *option, tdm_str value)
{
    bool all = true, several = has_several(option);
    do {
        tdm_str one = several ? tdm__str_split(&value, ',') : value;
        all = all && is_choice(option->choices, one);
    } while (several && value.length > 0);
    return all;
}

/* What the value should have been, NULL when it is right. */
static const char *wrong_value(const tdm_option_view *option, tdm_str value)
{
    int64_t number;
    tdm_day day;
    switch (option->type) {
    case TDM_OPTION_FLAG:
        return is_choice("true|false", value) ? NULL : "expected true or false";
    case TDM_OPTION_NUMBER:
        return tdm__str_to_int64(&number, value) ? NULL : "expected a whole number";
    case TDM_OPTION_DATE:
        return tdm_day_parse_iso(&day, value) ? NULL : "expected a day such as 2024-09-30";
    default:
        return option->choices[0] == '\0' || are_choices(option, value) ? NULL : "expected one of";
    }
}

/* One value, or what was given before with this one behind it. */
static const char *kept_value(tdm_request *request, size_t place, const char *value)
{
    const char *before = request->values[place];
    tdm__text text;
    if (!before || !has_several(&tdm__operation_row(request->operation)->options[place]))
        return tdm__arena_copy(&request->arena, tdm__str(value)).data;
    tdm__text_init(&text, &request->context->allocator);
    tdm__text_printf(&text, "%s,%s", before, value);
    const char *kept = text.failed ? NULL : tdm__arena_copy(&request->arena, tdm__text_str(&text)).data;
    tdm__text_free(&text);
    return kept;
}

tdm_status tdm_request_option(tdm_request *request, const char *name, const char *value)
{
    const tdm__operation *operation = tdm__operation_row(request->operation);
    tdm_error *error = &request->context->error;
    tdm__error_clear(error);
    for (size_t i = 0; i < operation->view.option_count; i++) {
        const tdm_option_view *option = &operation->options[i];
        if (strcmp(option->name, name) != 0)
            continue;
        if (option->is_path && !request->context->files_allowed)
            return tdm__fail(error, TDM_INVALID_ARG, "%s: files may not be named here", option->name);
        const char *wrong = wrong_value(option, tdm__str(value));
        if (wrong)
            return tdm__fail(error, TDM_INVALID_ARG, "%s: %s%s%s", option->name, wrong,
                             option->choices[0] && option->type == TDM_OPTION_TEXT ? " " : "",
                             option->type == TDM_OPTION_TEXT ? option->choices : "");
        request->values[i] = kept_value(request, i, value);
        return request->values[i] ? TDM_OK : tdm__no_memory(error);
    }
    return tdm__fail(error, TDM_INVALID_ARG, "%s has no such option", operation->view.name);
}

tdm_status tdm_request_passphrase(tdm_request *request, tdm_str passphrase)
{
    tdm_error *error = &request->context->error;
    tdm__error_clear(error);
    tdm__secret_free(&request->passphrase);
    return tdm__secret_copy(&request->passphrase, &request->context->allocator, passphrase) == TDM_OK
               ? TDM_OK
               : tdm__no_memory(error);
}

const char *tdm__request_value(const tdm_request *request, const char *name)
{
    const tdm__operation *operation = tdm__operation_row(request->operation);
    for (size_t i = 0; i < operation->view.option_count; i++)
        if (strcmp(operation->options[i].name, name) == 0)
            return request->values[i];
    return NULL;
}

bool tdm__request_has(const tdm_request *request, const char *name)
{
    const tdm__operation *operation = tdm__operation_row(request->operation);
    for (size_t i = 0; i < operation->view.option_count; i++)
        if (strcmp(operation->options[i].name, name) == 0)
            return true;
    return false;
}

bool tdm__request_flag(const tdm_request *request, const char *name)
{
    const char *value = tdm__request_value(request, name);
    return value && strcmp(value, "true") == 0;
}

int64_t tdm__request_number(const tdm_request *request, const char *name, int64_t fallback)
{
    int64_t number;
    const char *value = tdm__request_value(request, name);
    return value && tdm__str_to_int64(&number, tdm__str(value)) ? number : fallback;
}

tdm_status tdm__request_instrument(const tdm_instrument **out, const tdm_request *request,
                                   const tdm__data *data, tdm_error *error)
{
    const char *id = tdm__request_value(request, "id");
    *out = id ? tdm__data_instrument(data, tdm__str(id)) : NULL;
    if (!id)
        return tdm__fail(error, TDM_INVALID_ARG, "id: name the instrument");
    return *out ? TDM_OK
                : tdm__fail(error, TDM_NOT_FOUND,
                            "there is no instrument of that id; tidemark instruments list shows all");
}

static bool copy_text(tdm_str *out, tdm__arena *arena, const char *text)
{
    *out = tdm__arena_copy(arena, tdm__str(text));
    return out->data != NULL;
}

tdm_status tdm_request_add_input(tdm_request *request, const tdm_request_input *input)
{
    tdm_error *error = &request->context->error;
    tdm__input copy = {0};
    tdm__error_clear(error);
    if (input->struct_size != sizeof *input || (!input->path && !input->content.data))
        return tdm__fail(error, TDM_INVALID_ARG, "an input needs a path or content");
    if (input->path && !request->context->files_allowed)
        return tdm__fail(error, TDM_INVALID_ARG, "inputs may not be named by path here");
    if (tdm__operation_row(request->operation)->view.inputs[0] == '\0')
        return tdm__fail(error, TDM_INVALID_ARG, "this operation takes no input");
    tdm__input *grown = tdm__grown(&request->context->allocator, request->inputs, &request->input_capacity,
                                   request->input_count + 1, sizeof *grown);
    if (!grown)
        return tdm__no_memory(error);
    request->inputs = grown;
    tdm_str path;
    if (!copy_text(&path, &request->arena, input->path) ||
        !copy_text(&copy.name, &request->arena, input->name) ||
        !copy_text(&copy.format, &request->arena, input->format) ||
        !copy_text(&copy.map, &request->arena, input->map))
        return tdm__no_memory(error);
    copy.path = input->path ? path.data : NULL;
    copy.content = input->content;
    copy.map_is_json = copy.map.length > 0 && copy.map.data[0] == '{';
    request->inputs[request->input_count++] = copy;
    return TDM_OK;
}

tdm_status tdm_request_run(tdm_request *request, tdm_outcome *outcome, tdm_sink sink)
{
    tdm_outcome unused;
    if (!outcome)
        outcome = &unused;
    *outcome = (tdm_outcome){false, false};
    tdm__context_clear(request->context);
    if (tdm__operation_row(request->operation)->view.of_service)
        return tdm__fail(&request->context->error, TDM_UNSUPPORTED, "only a service answers this");
    tdm_status status =
        tdm__operation_row(request->operation)->run(request, outcome, sink, &request->context->error);
    if (status != TDM_OK && request->context->error.status == TDM_OK)
        tdm__fail(&request->context->error, status, "%s", tdm_status_text(status));
    return status;
}

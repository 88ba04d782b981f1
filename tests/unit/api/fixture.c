/*
 * Asking and listening. Nothing here says what should come back.
 */
#include "api/fixture.h"

#include <string.h>

tdm_context *open_context_with(const tdm_allocator *allocator, bool files_allowed)
{
    tdm_context *context;
    tdm_context_options options = {.struct_size = sizeof options,
                                   .allocator = *allocator,
                                   .data_folder = TDM_SOURCE_DIR,
                                   .files_allowed = files_allowed};
    return tdm_context_new(&context, &options) == TDM_OK ? context : NULL;
}

tdm_context *open_context(bool files_allowed)
{
    tdm_context *context = open_context_with(&tdm__malloc_allocator, files_allowed);
    ck_assert_ptr_nonnull(context);
    return context;
}

void answer_open(answer *a)
{
    *a = (answer){.status = TDM_OK};
    tdm__text_init(&a->text, &tdm__malloc_allocator);
}

static tdm_status take(const char *bytes, size_t length, void *payload)
{
    answer *a = payload;
    bool failed_before = a->fail_at > 0 && a->writes >= a->fail_at;
    a->writes++;
    a->writes_after_failure += failed_before;
    if (a->fail_at > 0 && a->writes >= a->fail_at)
        return TDM_IO;
    tdm__text_bytes(&a->text, bytes, length);
    return TDM_OK;
}

tdm_sink answer_sink(answer *a)
{
    return (tdm_sink){take, a};
}

void answer_close(answer *a)
{
    tdm__text_free(&a->text);
}

void ask(answer *a, tdm_context *context, const char *request)
{
    a->status = tdm_api_call(context, tdm__str(request), &a->outcome, answer_sink(a));
}

bool answer_holds(const answer *a, const char *part)
{
    return a->text.data && strstr(a->text.data, part) != NULL;
}

tdm__json *answer_json(const answer *a)
{
    tdm__json *json;
    tdm_error error = {0};
    tdm_status status = tdm__json_parse(&json, &tdm__malloc_allocator, tdm__text_str(&a->text),
                                        TDM_LIT("response"), &error);
    ck_assert_msg(status == TDM_OK, "line %d: %s: %.*s", (int)error.line, error.message, 300, a->text.data);
    return json;
}

static const tdm__json_value *error_member(const tdm__json *response, const char *member)
{
    const tdm__json_value *value = tdm__json_member(tdm__json_member(tdm__json_root(response), "error"),
                                                    member);
    ck_assert_msg(value != NULL, "no error.%s", member);
    return value;
}

tdm_str error_text(const tdm__json *response, const char *member)
{
    return tdm__json_string(error_member(response, member));
}

int64_t error_number(const tdm__json *response, const char *member)
{
    int64_t number;
    ck_assert(tdm__json_int64(&number, error_member(response, member)));
    return number;
}

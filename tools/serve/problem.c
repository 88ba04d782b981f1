/*
 * Refusals as application/problem+json (RFC 9457), and which status of the library is which of HTTP.
 */
#include "exchange.h"

#include <stdio.h>
#include <string.h>

static const struct {
    tdm_status status;
    unsigned http;
} http_statuses[] = {
    {TDM_INVALID_ARG, 400}, {TDM_ENCODING, 400},    {TDM_UNKNOWN_PERIOD, 400}, {TDM_UNAUTHENTICATED, 401},
    {TDM_FORBIDDEN, 403},   {TDM_NOT_FOUND, 404},   {TDM_CONFLICT, 409},       {TDM_STALE, 412},
    {TDM_TOO_LARGE, 413},   {TDM_UNSUPPORTED, 415}, {TDM_INVALID_INPUT, 422},  {TDM_BUSY, 429},
    {TDM_STOPPED, 503},     {TDM_CANCELLED, 503},
};

/* A store that another process holds says when to come again. */
static unsigned http_status(tdm_status status, int32_t retry_after)
{
    if (status == TDM_STORE && retry_after > 0)
        return 503;
    for (size_t i = 0; i < sizeof http_statuses / sizeof *http_statuses; i++)
        if (http_statuses[i].status == status)
            return http_statuses[i].http;
    return 500;
}

static const struct {
    unsigned http;
    const char *title;
} titles[] = {
    {400, "The request is not as it should be"},
    {401, "Signing in is needed"},
    {403, "This account may not do that"},
    {404, "Not found"},
    {405, "Not with this method"},
    {409, "Two things that exclude each other"},
    {411, "The length is missing"},
    {412, "Somebody else has changed it meanwhile"},
    {413, "Larger than the limit allows"},
    {415, "A form that is not supported"},
    {421, "Another server's name"},
    {422, "The content does not fit"},
    {428, "The version is missing"},
    {429, "Too many requests at once"},
    {503, "Not at the moment"},
};

static const char *title_of(unsigned http)
{
    for (size_t i = 0; i < sizeof titles / sizeof *titles; i++)
        if (titles[i].http == http)
            return titles[i].title;
    return "Something went wrong here";
}

static void put_problem(buffer *text, unsigned http, const char *code, const char *problem,
                        const char *detail)
{
    char type[64];
    snprintf(type, sizeof type, "urn:tidemark:problem:%s", code);
    buffer_text(text, "{\"type\":");
    buffer_json(text, type, strlen(type));
    buffer_member(text, "title", title_of(http));
    buffer_text(text, ",\"status\":");
    buffer_number(text, http);
    buffer_member(text, "detail", detail);
    buffer_member(text, "code", code);
    buffer_member(text, "problem", problem);
}

static void finish(exchange *x, unsigned http, buffer *text)
{
    buffer_text(text, "}\n");
    spool_free(&x->answer.body);
    x->answer.status = text->failed || spool_add(&x->answer.body, text->bytes, text->used) != TDM_OK ? 500
                                                                                                     : http;
    buffer_free(text);
    snprintf(x->answer.media_type, sizeof x->answer.media_type, "application/problem+json");
}

void refuse_at(exchange *x, unsigned status, const char *code, const char *detail, int32_t row,
               int32_t column)
{
    buffer text = {0};
    if (x->answer.status)
        return;
    snprintf(x->answer.detail, sizeof x->answer.detail, "%s", detail);
    put_problem(&text, status, code, "", detail);
    buffer_member_number(&text, "row", row);
    buffer_member_number(&text, "column", column);
    finish(x, status, &text);
}

void refuse(exchange *x, unsigned status, const char *code, const char *detail)
{
    refuse_at(x, status, code, detail, 0, 0);
}

static void put_place(buffer *text, const tdm_error *error)
{
    buffer_member(text, "file", error->file);
    buffer_member_number(text, "row", error->line);
    buffer_member_number(text, "column", error->column);
}

static void put_problems(buffer *text, const tdm_context *context)
{
    size_t count = tdm_context_problem_count(context);
    for (size_t i = 0; i < count; i++) {
        const tdm_error *problem = tdm_context_problem(context, i);
        buffer_text(text, i ? ",{\"code\":" : ",\"problems\":[{\"code\":");
        buffer_json(text, tdm_status_name(problem->status), strlen(tdm_status_name(problem->status)));
        buffer_member(text, "message", problem->message);
        put_place(text, problem);
        buffer_text(text, "}");
    }
    if (count > 0)
        buffer_text(text, "]");
}

void refuse_call(exchange *x, tdm_status status, const tdm_context *context)
{
    const tdm_error *error = tdm_context_error(context);
    /* A sink that failed is no error of the context's. */
    bool told = error->status == status && error->message[0];
    unsigned http = http_status(status, x->reply.retry_after);
    buffer text = {0};
    const char *detail = told ? error->message : tdm_status_text(status);
    snprintf(x->answer.detail, sizeof x->answer.detail, "%s", detail);
    put_problem(&text, http, tdm_status_name(status), x->reply.problem, detail);
    /* Where something went wrong here is for the log and for who keeps the store. */
    if (told && http < 500)
        put_place(&text, error);
    if (told)
        put_problems(&text, context);
    x->answer.retry_after = x->reply.retry_after;
    if (x->answer.retry_after == 0 && (http == 429 || http == 503))
        x->answer.retry_after = 1;
    finish(x, http, &text);
}

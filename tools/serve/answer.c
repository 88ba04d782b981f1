/*
 * The answer as it goes out: status, headers, bytes. Every header that keeps a browser from doing more
 * than it should is here.
 */
#include "exchange.h"

#include "gzip.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char page_policy[] =
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "font-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'; manifest-src 'self'; "
    "worker-src 'self'";

/* A report carries its style in itself and needs nothing else: no script, no form, no request, and an
 * origin of its own, so that it can reach nothing of the page's. */
static const char document_policy[] =
    "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src data:; "
    "form-action 'none'; frame-ancestors 'none'; base-uri 'none'";

static const struct {
    const char *name;
    const char *value;
} common_headers[] = {
    {"X-Content-Type-Options", "nosniff"},
    {"X-Frame-Options", "DENY"},
    {"Referrer-Policy", "no-referrer"},
    {"Cross-Origin-Opener-Policy", "same-origin"},
    {"Cross-Origin-Resource-Policy", "same-origin"},
    {"Cross-Origin-Embedder-Policy", "require-corp"},
    {"Permissions-Policy", "camera=(), geolocation=(), microphone=()"},
    {"Vary", "Accept-Encoding"},
};

static void add(struct MHD_Response *response, const char *name, const char *value)
{
    if (value && value[0])
        (void)MHD_add_response_header(response, name, value);
}

static void add_security(struct MHD_Response *response, const exchange *x)
{
    for (size_t i = 0; i < sizeof common_headers / sizeof *common_headers; i++)
        add(response, common_headers[i].name, common_headers[i].value);
    add(response, "Content-Security-Policy", x->answer.is_document ? document_policy : page_policy);
    add(response, "Cache-Control", x->target == TARGET_PAGE ? "no-cache" : "no-store");
    if (x->server->secure)
        add(response, "Strict-Transport-Security", "max-age=31536000");
    if (atomic_load(&x->server->stopping))
        add(response, "Connection", "close");
    add(response, "X-Request-Id", x->id);
}

static void add_cookie(struct MHD_Response *response, const exchange *x)
{
    char cookie[256];
    if (!x->reply.session[0] && !x->reply.session_ended)
        return;
    snprintf(cookie, sizeof cookie, "tidemark_session=%s; HttpOnly; SameSite=Strict; Path=/%s%s",
             x->reply.session_ended ? "" : x->reply.session, x->reply.session_ended ? "; Max-Age=0" : "",
             x->server->secure ? "; Secure" : "");
    add(response, "Set-Cookie", cookie);
}

static const struct {
    const char *media_type;
    const char *ending;
} saved[] = {
    {"text/csv", "csv"},
    {"application/x-ndjson", "ndjson"},
    {"application/vnd.openxmlformats-officedocument.wordprocessingml.document", "docx"},
    {"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "xlsx"},
};

/* What a browser can only save gets the operation's name: a child's id has no place in a folder of files. */
static void add_file_name(struct MHD_Response *response, const exchange *x)
{
    char name[160];
    for (size_t i = 0; x->match.route && i < sizeof saved / sizeof *saved; i++)
        if (strncmp(x->answer.media_type, saved[i].media_type, strlen(saved[i].media_type)) == 0) {
            snprintf(name, sizeof name, "attachment; filename=\"%s.%s\"", x->match.route->operation,
                     saved[i].ending);
            add(response, "Content-Disposition", name);
        }
}

static void add_reply(struct MHD_Response *response, const exchange *x)
{
    char text[80];
    const tdm_reply *reply = &x->reply;
    bool fine = x->answer.status < 400;
    add_cookie(response, x);
    if (fine && reply->etag[0]) {
        snprintf(text, sizeof text, reply->etag[0] == '"' ? "%s" : "\"%s\"", reply->etag);
        add(response, "ETag", text);
    }
    if (fine)
        add(response, "Location", reply->location);
    if (reply->replayed)
        add(response, "Idempotent-Replayed", "true");
    if (x->answer.retry_after > 0) {
        snprintf(text, sizeof text, "%d", (int)x->answer.retry_after);
        add(response, "Retry-After", text);
    }
    if (x->answer.status == 401)
        add(response, "WWW-Authenticate", "Bearer realm=\"tidemark\"");
    add(response, "Allow", x->answer.allow);
}

/* Takes the spool's bytes or file over. */
static struct MHD_Response *response_of(answer *a)
{
    struct MHD_Response *response;
    spool *body = &a->body;
    if (body->fd >= 0) {
        response = MHD_create_response_from_fd64(body->length, body->fd);
        if (response)
            body->fd = -1;
        return response;
    }
    response = MHD_create_response_from_buffer((size_t)body->length, body->memory.bytes,
                                               MHD_RESPMEM_MUST_FREE);
    if (response)
        body->memory = (buffer){0};
    return response;
}

/* Files of the page stay until the last connection is closed. */
static struct MHD_Response *response_of_page(exchange *x)
{
    const page_file *file = x->file;
    const char *known = exchange_header(x, "If-None-Match");
    char tag[40];
    bool packed = file->packed && gzip_is_accepted(exchange_header(x, "Accept-Encoding"));
    tdm_str bytes = packed ? (tdm_str){file->packed, file->packed_length} : file->plain;
    x->answer.status = known && strstr(known, file->tag) ? 304 : 200;
    if (x->answer.status == 304)
        bytes.length = 0;
    x->answer_bytes = bytes.length;
    /* libmicrohttpd only reads from a buffer that stays. */
    struct MHD_Response *response =
        MHD_create_response_from_buffer(bytes.length, (void *)(uintptr_t)bytes.data, MHD_RESPMEM_PERSISTENT);
    if (!response)
        return NULL;
    snprintf(tag, sizeof tag, "W/%s", file->tag);
    add(response, "ETag", tag);
    add(response, "Content-Type", file->media_type);
    if (packed && bytes.length > 0)
        add(response, "Content-Encoding", "gzip");
    return response;
}

static void say_health(exchange *x)
{
    char text[80];
    int length = snprintf(text, sizeof text, "{\"ok\":true,\"version\":\"%s\"}\n", tdm_version());
    x->answer.status = spool_add(&x->answer.body, text, (size_t)length) == TDM_OK ? 200 : 503;
    snprintf(x->answer.media_type, sizeof x->answer.media_type, "application/json");
}

enum MHD_Result answer_queue(exchange *x)
{
    struct MHD_Response *response;
    connection_is_served(x->entry);
    if (x->plain)
        plain_dress(x);
    if (x->answer.status == 0 && x->target == TARGET_PAGE) {
        response = response_of_page(x);
    } else {
        if (x->answer.status == 0)
            say_health(x);
        x->answer_bytes = x->answer.body.length;
        response = response_of(&x->answer);
        if (response && x->answer.media_type[0])
            add(response, "Content-Type", x->answer.media_type);
        if (response && x->answer.packed)
            add(response, "Content-Encoding", "gzip");
        if (response)
            add_file_name(response, x);
    }
    if (!response)
        return MHD_NO;
    if (strcmp(x->method, "HEAD") == 0)
        x->answer_bytes = 0;
    add_security(response, x);
    add_reply(response, x);
    enum MHD_Result queued = MHD_queue_response(x->connection, x->answer.status, response);
    MHD_destroy_response(response);
    return queued;
}

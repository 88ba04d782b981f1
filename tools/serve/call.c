/*
 * From a request to a call of the library and back: the envelope, the credentials, the bytes. In a
 * worker's thread, while the connection waits.
 */
#include "exchange.h"

#include "gzip.h"
#include "json_check.h"

#include <stdio.h>
#include <string.h>

static void put_child(buffer *envelope, const exchange *x)
{
    for (size_t i = 0; i < x->match.value_count; i++)
        if (strncmp(x->match.names[i], "child}", 6) == 0) {
            buffer_text(envelope, ",\"child\":");
            buffer_json(envelope, x->match.values[i], strlen(x->match.values[i]));
        }
}

/* The body first, so that the row of a mistake in it is the sender's row. */
static tdm_status put_body(buffer *envelope, exchange *x)
{
    size_t got;
    int32_t row, column;
    if (x->body.length == 0)
        return TDM_OK;
    buffer_text(envelope, "\"body\":");
    size_t from = envelope->used;
    if (!buffer_reserve(envelope, (size_t)x->body.length))
        return TDM_NO_MEMORY;
    tdm_status status = spool_read(&got, &x->body, 0, envelope->bytes + from, (size_t)x->body.length);
    envelope->used += got;
    if (status == TDM_OK && !json_is_one_value(envelope->bytes + from, got, &row, &column))
        refuse_at(x, 400, tdm_status_name(TDM_INVALID_INPUT), "the body is no JSON from this place on", row,
                  column);
    buffer_text(envelope, ",");
    return status;
}

/* The return itself, under a name of ours: the sender's could hold a child's. */
static tdm_status put_input(buffer *envelope, const exchange *x)
{
    unsigned char block[48 * 1024];
    size_t got;
    tdm_status status = TDM_OK;
    buffer_text(envelope, ",\"inputs\":[{\"name\":\"import\",\"content_base64\":\"");
    if (!buffer_reserve(envelope, (size_t)(x->body.length / 3 + 2) * 4))
        return TDM_NO_MEMORY;
    for (uint64_t at = 0; status == TDM_OK && at < x->body.length; at += got) {
        status = spool_read(&got, &x->body, at, (char *)block, sizeof block);
        if (status == TDM_OK)
            buffer_base64(envelope, block, got);
    }
    buffer_text(envelope, "\"}]");
    return status;
}

static tdm_status put_envelope(buffer *envelope, exchange *x)
{
    const route *on = x->match.route;
    tdm_status status = TDM_OK;
    buffer_text(envelope, "{");
    if (on->body == BODY_JSON)
        status = put_body(envelope, x);
    else if (on->body == BODY_FORM)
        status = plain_put_body(envelope, x);
    buffer_text(envelope, "\"operation\":");
    buffer_json(envelope, on->operation, strlen(on->operation));
    put_child(envelope, x);
    buffer_text(envelope, ",\"options\":{");
    buffer_add(envelope, x->options.bytes, x->options.used);
    buffer_text(envelope, "}");
    if (on->body == BODY_RAW && status == TDM_OK)
        status = put_input(envelope, x);
    buffer_text(envelope, "}");
    return status == TDM_OK && envelope->failed ? TDM_NO_MEMORY : status;
}

static tdm_str text_of(const char *text)
{
    return (tdm_str){text, strlen(text)};
}

static tdm_status call(exchange *x, tdm_context *context, tdm_str request, tdm_sink sink)
{
    tdm_call asked = {.struct_size = sizeof asked,
                      .now = now_seconds(),
                      .today = now_day(),
                      .request = request,
                      .token = x->token,
                      .by_cookie = x->by_cookie,
                      .csrf = text_of(x->csrf),
                      .peer = text_of(x->peer),
                      .if_match = text_of(x->version),
                      .idempotency_key = text_of(x->idempotency_key)};
    x->reply = (tdm_reply){.struct_size = sizeof x->reply};
    return tdm_service_call(x->server->service, context, &asked, &x->reply, sink);
}

/* "text/html" says its encoding; everything that the library writes is UTF-8. */
static void take_media_type(exchange *x)
{
    const char *type = x->reply.media_type[0] ? x->reply.media_type : "application/json";
    bool bare = strncmp(type, "text/", 5) == 0 && !strchr(type, ';');
    snprintf(x->answer.media_type, sizeof x->answer.media_type, "%s%s", type, bare ? "; charset=utf-8" : "");
    x->answer.is_document = strncmp(type, "text/html", 9) == 0 || strncmp(type, "image/svg+xml", 13) == 0;
}

/* An answer that holds a secret is not packed: its length would say something about it. */
static void pack(exchange *x)
{
    bool secret = strncmp(x->match.route->operation, "sessions.", 9) == 0 ||
                  strncmp(x->match.route->operation, "tokens.", 7) == 0;
    if (secret || !gzip_is_worth(x->answer.media_type, x->answer.body.length) ||
        !gzip_is_accepted(exchange_header(x, "Accept-Encoding")))
        return;
    x->answer.packed = gzip_spool(&x->answer.body) == TDM_OK;
}

static void take_answer(exchange *x, tdm_status status, const tdm_context *context)
{
    if (status != TDM_OK) {
        refuse_call(x, status, context);
        return;
    }
    bool empty = x->answer.body.length == 0;
    x->answer.status = x->reply.created ? 201 : empty ? 204 : 200;
    if (!empty)
        take_media_type(x);
}

void exchange_call(exchange *x, tdm_context *context)
{
    buffer envelope = {0};
    tdm_status status = put_envelope(&envelope, x);
    spool_free(&x->body);
    if (x->answer.status == 0 && status == TDM_OK)
        status = call(x, context, (tdm_str){envelope.bytes, envelope.used},
                      (tdm_sink){spool_sink, &x->answer.body});
    if (x->answer.status == 0)
        take_answer(x, status, context);
    buffer_free(&envelope);
    pack(x);
}

static tdm_status throw_away(const char *bytes, size_t length, void *payload)
{
    (void)bytes;
    (void)length;
    (void)payload;
    return TDM_OK;
}

void exchange_ask(exchange *x, tdm_context *context)
{
    static const char request[] = "{\"operation\":\"sessions.show\"}";
    tdm_status status = call(x, context, (tdm_str){request, sizeof request - 1},
                             (tdm_sink){throw_away, NULL});
    if (status == TDM_UNAUTHENTICATED)
        refuse_call(x, status, context);
    x->reply = (tdm_reply){.struct_size = sizeof x->reply};
}

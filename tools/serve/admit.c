/*
 * What can be told of a request from its first lines: where it leads, whether its form is right.
 * Nothing here depends on who asks.
 */
#include "exchange.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

static const char *const methods[] = {"GET", "HEAD", "POST", "PUT", "DELETE", "PATCH", "OPTIONS"};

const char *exchange_header(const exchange *x, const char *name)
{
    return MHD_lookup_connection_value(x->connection, MHD_HEADER_KIND, name);
}

static bool is_reading(const exchange *x)
{
    return strcmp(x->method, "GET") == 0 || strcmp(x->method, "HEAD") == 0;
}

static void find_method(exchange *x, const char *method)
{
    x->method = "other";
    for (size_t i = 0; i < sizeof methods / sizeof *methods; i++)
        if (strcmp(methods[i], method) == 0)
            x->method = methods[i];
}

static void refuse_method(exchange *x, const char *allowed)
{
    refuse(x, 405, "method-not-allowed", "this address does not answer to that method");
    x->answer.allow = allowed;
}

/* What is read only: health and the files of the page. */
static void find_page(exchange *x)
{
    if (strcmp(x->url, "/healthz") == 0)
        x->target = TARGET_HEALTH;
    else if (!plain_is_file(x->url) && (x->file = pages_find(x->server->pages, x->url)) != NULL)
        x->target = TARGET_PAGE;
    if (x->target == TARGET_NONE)
        refuse(x, 404, "not-found", "there is nothing at this address");
    else if (!is_reading(x))
        refuse_method(x, "GET, HEAD");
}

static void find_target(exchange *x)
{
    route_find(&x->match, x->method, x->url);
    if (!x->match.is_path)
        plain_find(x);
    if (!x->match.is_path) {
        find_page(x);
        return;
    }
    x->target = TARGET_OPERATION;
    if (!x->match.route)
        refuse_method(x, x->match.allowed);
    else if (x->match.bad_path)
        refuse(x, 400, "invalid-argument", "the address is not encoded as it must be");
}

static uint64_t bytes_allowed(const exchange *x)
{
    static const uint64_t most[] = {JSON_BYTES_MOST, JSON_BYTES_MOST, IMPORT_BYTES_MOST, FORM_BYTES_MOST};
    return x->match.route ? most[x->match.route->body] : JSON_BYTES_MOST;
}

/* libmicrohttpd has refused lengths that are no numbers. */
static void find_length(exchange *x)
{
    const char *length = exchange_header(x, "Content-Length");
    x->expected = length ? strtoull(length, NULL, 10) : 0;
    if (!exchange_header(x, "Transfer-Encoding"))
        return;
    /* As if it were too long: it is not waited for. */
    x->expected = UINT64_MAX;
    refuse(x, 411, "length-required", "a body needs its length said before it");
}

static void check_length(exchange *x)
{
    if (x->expected > bytes_allowed(x))
        refuse(x, 413, "too-large", "the body is larger than this address takes");
}

/* "application/json; charset=utf-8" is "application/json". */
static bool is_media_type(const char *header, const char *wanted)
{
    size_t length = strlen(wanted);
    return strncasecmp(header, wanted, length) == 0 &&
           (header[length] == '\0' || header[length] == ';' || header[length] == ' ');
}

/* Forms are what a page of others can send without asking. */
static bool is_form(const char *type)
{
    return strncasecmp(type, "multipart/", 10) == 0 ||
           is_media_type(type, "application/x-www-form-urlencoded");
}

static void check_body(exchange *x)
{
    const route *on = x->match.route;
    const char *type = exchange_header(x, "Content-Type");
    if (on->body == BODY_RAW && x->expected == 0)
        refuse(x, 400, "invalid-argument", "the return itself is missing");
    else if (on->body == BODY_NONE && x->expected > 0)
        refuse(x, 400, "invalid-argument", "this address takes no body");
    else if (x->expected == 0)
        return;
    else if (on->body == BODY_JSON && (!type || !is_media_type(type, "application/json")))
        refuse(x, 415, "unsupported", "expected a body of application/json");
    else if (on->body == BODY_FORM && (!type || !is_media_type(type, "application/x-www-form-urlencoded")))
        refuse(x, 415, "unsupported", "expected the fields of a form");
    else if (on->body == BODY_RAW && (!type || !type[0] || is_form(type)))
        refuse(x, 415, "unsupported",
               "expected the file itself as the body, with its type, and no form around it");
}

/* "5" or W/"5" (a proxy that packs says so); the version is the same in any coding. */
static bool read_version(char out[64], const char *header)
{
    if (strncmp(header, "W/", 2) == 0)
        header += 2;
    size_t length = strlen(header);
    if (length < 3 || length > 60 || header[0] != '"' || header[length - 1] != '"' ||
        memchr(header + 1, '"', length - 2))
        return false;
    memcpy(out, header + 1, length - 2);
    out[length - 2] = '\0';
    return true;
}

static void check_conditions(exchange *x)
{
    const char *match = exchange_header(x, "If-Match"), *key = exchange_header(x, "Idempotency-Key");
    if (match && !read_version(x->version, match))
        refuse(x, 400, "invalid-argument", "If-Match: expected one version in quotes");
    else if (!match && x->match.route->needs_match)
        refuse(x, 428, "version-needed", "If-Match must say which version is to be changed");
    else if (key && strcmp(x->method, "POST") == 0 && (key[0] == '\0' || strlen(key) > 100))
        refuse(x, 400, "invalid-argument", "Idempotency-Key: expected 1 to 100 characters");
    else if (key && strcmp(x->method, "POST") == 0)
        x->idempotency_key = key;
}

static void put_path_options(exchange *x)
{
    for (size_t i = 0; i < x->match.value_count; i++) {
        size_t length = strcspn(x->match.names[i], "}");
        if (strncmp(x->match.names[i], "child}", 6) == 0)
            continue;
        if (x->options.used > 0)
            buffer_text(&x->options, ",");
        buffer_json(&x->options, x->match.names[i], length);
        buffer_text(&x->options, ":");
        buffer_json(&x->options, x->match.values[i], strlen(x->match.values[i]));
    }
}

typedef struct query_reading {
    exchange *x;
    uint64_t seen_hashes[16]; /* of names: each may stand once */
    size_t seen;
} query_reading;

static uint64_t hash_of(const char *text)
{
    uint64_t hash = 14695981039346656037u;
    for (; *text; text++)
        hash = (hash ^ (unsigned char)*text) * 1099511628211u;
    return hash;
}

static const char *take_parameter(query_reading *r, const char *name, const char *value)
{
    char room[ROUTE_PATH_MOST];
    uint64_t hash = hash_of(name);
    for (size_t i = 0; i < r->seen; i++)
        if (r->seen_hashes[i] == hash)
            return "a query parameter stands there twice";
    if (r->seen == sizeof r->seen_hashes / sizeof *r->seen_hashes || !value || strlen(value) >= sizeof room)
        return "a query parameter is without a value, or too long";
    r->seen_hashes[r->seen++] = hash;
    memcpy(room, value, strlen(value) + 1);
    if (r->x->plain)
        return plain_take_parameter(r->x, name, room);
    return route_query_option(&r->x->options, r->x->match.route, name, room);
}

static enum MHD_Result each_parameter(void *payload, enum MHD_ValueKind kind, const char *name,
                                      const char *value)
{
    query_reading *r = payload;
    (void)kind;
    const char *wrong = take_parameter(r, name, value);
    if (wrong)
        refuse(r->x, 400, "invalid-argument", wrong);
    return wrong ? MHD_NO : MHD_YES;
}

static void put_query_options(exchange *x)
{
    query_reading r = {.x = x};
    MHD_get_connection_values(x->connection, MHD_GET_ARGUMENT_KIND, each_parameter, &r);
    if (x->options.failed)
        refuse(x, 500, "no-memory", tdm_status_text(TDM_NO_MEMORY));
}

static void count_upload(exchange *x)
{
    if (x->expected <= JSON_BYTES_MOST)
        return;
    x->is_upload = true;
    if (atomic_fetch_add(&x->server->uploads, 1) < UPLOADS_MOST)
        return;
    refuse(x, 503, "busy", "several large files are on their way already");
    x->answer.retry_after = 10;
}

static void check_running(exchange *x)
{
    if (!atomic_load(&x->server->stopping))
        return;
    refuse(x, 503, "busy", "the server is stopping");
    x->answer.retry_after = 5;
}

/* In this order; the first that refuses ends it. */
static void (*const steps[])(exchange *) = {find_length, check_running, check_sender, find_target,
                                            check_length};
static void (*const steps_of_operations[])(exchange *) = {
    check_body, check_conditions, put_path_options, put_query_options, count_upload,
};

void exchange_admit(exchange *x, const char *url, const char *method)
{
    x->url = url;
    find_method(x, method);
    for (size_t i = 0; i < sizeof steps / sizeof *steps && !x->answer.status; i++)
        steps[i](x);
    if (x->target != TARGET_OPERATION)
        return;
    for (size_t i = 0; i < sizeof steps_of_operations / sizeof *steps_of_operations && !x->answer.status; i++)
        steps_of_operations[i](x);
}

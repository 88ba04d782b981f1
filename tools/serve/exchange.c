/*
 * One request and its answer: the steps that libmicrohttpd and the workers take it through.
 */
#include "exchange.h"

#include "command.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static exchange *exchange_new(server *s, struct MHD_Connection *connection)
{
    exchange *x = calloc(1, sizeof *x);
    if (!x)
        return NULL;
    const union MHD_ConnectionInfo *about = MHD_get_connection_info(connection,
                                                                    MHD_CONNECTION_INFO_SOCKET_CONTEXT);
    x->server = s;
    x->connection = connection;
    x->entry = about ? about->socket_context : NULL;
    x->began_ms = monotonic_ms();
    x->csrf = x->idempotency_key = "";
    snprintf(x->id, sizeof x->id, "%08lx-%08lx", (unsigned long)s->run_id,
             (unsigned long)atomic_fetch_add(&s->requests, 1));
    spool_init(&x->body);
    spool_init(&x->answer.body);
    atomic_fetch_add(&s->exchanges, 1);
    return x;
}

static void exchange_free(exchange *x)
{
    if (x->is_upload)
        atomic_fetch_sub(&x->server->uploads, 1);
    spool_free(&x->body);
    spool_free(&x->answer.body);
    buffer_free(&x->options);
    atomic_fetch_sub(&x->server->exchanges, 1);
    free(x);
}

/* In a worker. Behind the last line the exchange may be gone. */
static void run_call(void *payload, tdm_context *context)
{
    exchange *x = payload;
    struct MHD_Connection *connection = x->connection;
    exchange_call(x, context);
    x->phase = PHASE_ANSWERED;
    MHD_resume_connection(connection);
}

static void run_ask(void *payload, tdm_context *context)
{
    exchange *x = payload;
    struct MHD_Connection *connection = x->connection;
    exchange_ask(x, context);
    x->phase = x->answer.status && x->expected > UNREAD_BYTES_MOST ? PHASE_ANSWERED : PHASE_RECEIVING;
    MHD_resume_connection(connection);
}

static enum MHD_Result hand_over(exchange *x, void (*run)(void *, tdm_context *), bool heavy)
{
    x->job = (job){.run = run, .payload = x, .heavy = heavy};
    connection_is_served(x->entry);
    MHD_suspend_connection(x->connection);
    jobs_add(x->server->jobs, &x->job);
    return MHD_YES;
}

static enum MHD_Result begin(exchange *x, const char *url, const char *method)
{
    exchange_admit(x, url, method);
    connection_sends(x->server->connections, x->entry, x->expected);
    /* A refused body is thrown away while it is short: who is still sending when the connection is closed
     * does not see the answer. A long one is not waited for. */
    if (x->answer.status && (x->expected > UNREAD_BYTES_MOST || exchange_header(x, "Expect")))
        return answer_queue(x);
    x->phase = PHASE_RECEIVING;
    if (!x->is_upload || x->answer.status)
        return MHD_YES;
    x->phase = PHASE_ASKING;
    return hand_over(x, run_ask, false);
}

static void keep(exchange *x, const char *bytes, size_t length)
{
    x->received += length;
    if (!x->answer.status && spool_add(&x->body, bytes, length) != TDM_OK) {
        spool_free(&x->body);
        refuse(x, 503, "io", "there is no room for the body at the moment");
        x->answer.retry_after = 60;
    }
}

/* Everything has come. */
static enum MHD_Result complete(exchange *x)
{
    connection_is_served(x->entry);
    if (x->answer.status || x->target != TARGET_OPERATION)
        return answer_queue(x);
    x->phase = PHASE_WORKING;
    return hand_over(x, run_call, x->is_upload);
}

enum MHD_Result exchange_step(void *payload, struct MHD_Connection *connection, const char *url,
                              const char *method, const char *version, const char *bytes, size_t *length,
                              void **state)
{
    exchange *x = *state;
    (void)version;
    if (!x) {
        *state = x = exchange_new(payload, connection);
        return x ? begin(x, url, method) : MHD_NO;
    }
    if (x->phase == PHASE_ANSWERED)
        return answer_queue(x);
    if (*length > 0) {
        keep(x, bytes, *length);
        *length = 0;
        return MHD_YES;
    }
    /* Called without bytes also when a suspended connection goes on. */
    if (x->received < x->expected) {
        connection_sends(x->server->connections, x->entry, x->expected);
        return MHD_YES;
    }
    return complete(x);
}

void exchange_end(void *payload, struct MHD_Connection *connection, void **state,
                  enum MHD_RequestTerminationCode how)
{
    exchange *x = *state;
    (void)connection;
    if (!x)
        return;
    server *s = payload;
    static const char *const places[] = {"none", "healthz", "page", "none"};
    log_entry entry = {.request = x->id,
                       .method = x->method,
                       .route = x->match.route ? x->match.route->path : places[x->target],
                       .operation = x->match.route ? x->match.route->operation : "",
                       .status = x->answer.status,
                       .bytes = x->answer_bytes,
                       .milliseconds = monotonic_ms() - x->began_ms,
                       .audit_number = x->reply.audit_number,
                       .cut = how != MHD_REQUEST_TERMINATED_COMPLETED_OK};
    log_request(s->log, &entry);
    connection_waits(s->connections, x->entry);
    exchange_free(x);
    *state = NULL;
}

/*
 * One request and its answer, from the headers to the last byte, and the steps that it goes through.
 */
#ifndef TIDEMARK_SERVE_EXCHANGE_H
#define TIDEMARK_SERVE_EXCHANGE_H

#include "serve.h"

#include <sys/socket.h>
#include <sys/types.h>

#include <microhttpd.h>

#include "plain.h"
#include "routes.h"
#include "spool.h"

enum {
    JSON_BYTES_MOST = 1024 * 1024,
    UNREAD_BYTES_MOST = 4 * 1024 * 1024, /* of a refused body that is thrown away before the answer */
    IMPORT_BYTES_MOST = 256 * 1024 * 1024,
    FORM_BYTES_MOST = 16 * 1024,
    SESSION_BYTES_MOST = 16 * 1024, /* of what a session is told about itself */
    UPLOADS_MOST = 4                /* bodies over 1 MiB at a time */
};

enum exchange_phase {
    PHASE_ASKING,    /* whether this sender may send much */
    PHASE_RECEIVING, /* the body comes, or is thrown away when the answer is clear already */
    PHASE_WORKING,   /* a worker has it, and the connection is suspended */
    PHASE_ANSWERED   /* the answer is there */
};

enum exchange_target { TARGET_NONE, TARGET_HEALTH, TARGET_PAGE, TARGET_OPERATION };

typedef struct answer {
    unsigned status; /* 0: none yet */
    char media_type[128];
    spool body;
    bool packed;      /* the body is gzip */
    bool is_document; /* HTML or SVG that an operation wrote */
    int32_t retry_after;
    const char *allow; /* of 405; NULL */
    char detail[320];  /* of a refusal, in words */
} answer;

/* Header values stay with the connection, which keeps them until the exchange ends. */
typedef struct exchange {
    server *server;
    struct MHD_Connection *connection;
    connection_entry *entry;
    job job;
    char id[24];
    int64_t began_ms;
    const char *method; /* static; "other" for one that is not known */
    const char *url;    /* as it was sent; of the first step only */
    int target;         /* enum exchange_target */
    int phase;          /* enum exchange_phase */
    const page_file *file;
    const plain_route *plain; /* asked for by a page without script; NULL */
    route_match match;
    buffer options; /* members of "options", from path and query */
    uint64_t expected, received;
    spool body;
    bool is_upload; /* counted in the server's `uploads` */
    char peer[64];
    char version[64]; /* of If-Match, without its quotes */
    tdm_str token;
    bool by_cookie;
    const char *csrf, *idempotency_key; /* "" when there is none */
    char form_csrf[64];                 /* where a form had it */
    tdm_reply reply;
    answer answer;
    uint64_t answer_bytes;
} exchange;

/* libmicrohttpd's callbacks; the payload is the server. */
enum MHD_Result exchange_step(void *payload, struct MHD_Connection *connection, const char *url,
                              const char *method, const char *version, const char *bytes, size_t *length,
                              void **state);
void exchange_end(void *payload, struct MHD_Connection *connection, void **state,
                  enum MHD_RequestTerminationCode how);

/* Looks at method, path and headers: fills what the call needs, or refuses. (admit.c) */
void exchange_admit(exchange *x, const char *url, const char *method);
/* A request header; NULL: there is none. */
const char *exchange_header(const exchange *x, const char *name);

/* Who sends it, from where, and whether a page of our own did; refuses if not. (sender.c) */
void check_sender(exchange *x);

/* The call, in a worker: fills the answer. (call.c) */
void exchange_call(exchange *x, tdm_context *context);
/* Whether the token is one of somebody; refuses if not. */
void exchange_ask(exchange *x, tdm_context *context);

/* Makes a refusal the answer, unless there is one already. Texts are copied. (problem.c) */
void refuse(exchange *x, unsigned status, const char *code, const char *detail);
void refuse_at(exchange *x, unsigned status, const char *code, const char *detail, int32_t row,
               int32_t column);
/* The error of a call that failed, with its problems. */
void refuse_call(exchange *x, tdm_status status, const tdm_context *context);

/* Hands the answer to libmicrohttpd. (answer.c) */
enum MHD_Result answer_queue(exchange *x);

#endif

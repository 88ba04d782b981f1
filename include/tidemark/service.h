/*
 * A store that answers many people at a time: who asks is found out here, what they may do is decided
 * here by the table of operations, and what they did is written down here. No sockets and no clock:
 * a server (tools/serve) carries bytes to tdm_service_call and back.
 *
 * Threads: a service may be called from any number of threads at once, each with a context of its own.
 */
#ifndef TIDEMARK_SERVICE_H
#define TIDEMARK_SERVICE_H

#include <tidemark/api.h>
#include <tidemark/calendar.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef struct tdm_service tdm_service;

/* Set struct_size; zero means the default for each other field. Strings are copied. */
typedef struct tdm_service_options {
    size_t struct_size;
    const char *policy;  /* file; NULL: the policy that is shipped */
    const char *scripts; /* folder whose indicators/, lib/ and instruments/ are added; NULL: none */
    const char *key;     /* key file; NULL: STORE.keys. An encrypted store opens with it alone */
    tdm_str passphrase;  /* of that key file; "" when it needs none */
    int32_t readers;     /* connections for reading, 1 to 64; default 4 */
} tdm_service_options;

/*
 * Opens a store for a service and reads the rules. A store of an older version is brought up to date.
 *
 * out      set to NULL first; owned by the caller, freed with tdm_service_free before the context
 * context  borrowed; its allocator must serve several threads; files must be allowed
 * store    file that exists
 *
 * TDM_OK; TDM_NOT_FOUND; TDM_STORE; TDM_NEWER; TDM_CONFLICT (wrong passphrase); what reading the rules gives.
 */
TDM_API tdm_status tdm_service_open(tdm_service **out, tdm_context *context, const char *store,
                                    const tdm_service_options *options);
/* Every call must have returned. Accepts NULL. */
TDM_API void tdm_service_free(tdm_service *service);

/* Reads policy and scripts anew, and swaps them whole; where that fails the old ones stay in force. Calls
 * that have begun end with the rules they began with. error: may be NULL. Any thread. */
TDM_API tdm_status tdm_service_reload(tdm_service *service, tdm_error *error);

/* Whether anybody could sign in: a service without accounts answers nothing but its health. Any thread. */
TDM_API tdm_status tdm_service_has_accounts(bool *out, tdm_service *service, tdm_context *context);

/* One thing that is asked. Zero-initialise; set struct_size. Everything is borrowed for the call. */
typedef struct tdm_call {
    size_t struct_size;
    int64_t now;   /* seconds since 1970-01-01 UTC */
    tdm_day today; /* where the call names no as-of day */
    /*
     * {"operation", "child", "options": {}, "body": {}, "inputs": [...]}: as for tdm_api_call, with the child
     * that it is about and the body of a resource. No paths, no script texts.
     */
    tdm_str request;
    tdm_str token;           /* bearer, session or one-time token as it was sent; "": nobody */
    bool by_cookie;          /* the token came in a cookie: what changes anything needs `csrf` too */
    tdm_str csrf;            /* what the page sent beside the cookie */
    tdm_str peer;            /* where it came from, for the limit on log-ins; never stored with a name */
    tdm_str if_match;        /* version that the caller last saw; "": none */
    tdm_str idempotency_key; /* the same key again gives the same answer; "": none */
} tdm_call;

/* What a server has to know beside the bytes. */
typedef struct tdm_reply {
    size_t struct_size;
    char media_type[96];   /* of the bytes; "" when there are none */
    char etag[48];         /* version of what was shown or made; "" when it has none */
    char location[160];    /* path of what was made; "" */
    char session[96];      /* token to keep in a cookie; "" */
    bool session_ended;    /* the cookie is to be forgotten */
    bool created;          /* something new has been made */
    bool replayed;         /* the answer to an earlier call with the same key */
    int32_t retry_after;   /* seconds, with TDM_BUSY, and where another program holds the store; else 0 */
    char problem[48];      /* code of a refusal beside its status: "reason-needed", "csrf", "locked"; "" */
    uint64_t audit_number; /* entry in the audit trail; 0: none was needed */
} tdm_reply;

/*
 * Answers one call. Nothing goes to the sink before the caller is known and allowed, and what was changed
 * is kept; an error leaves the sink untouched unless it comes in the middle of a long answer.
 *
 * context  of the calling thread, without files; holds the error afterwards
 * reply    zeroed but for struct_size first
 *
 * TDM_OK; TDM_UNAUTHENTICATED (nobody, or a token that is unknown, expired or revoked: never which);
 * TDM_FORBIDDEN; TDM_NOT_FOUND (also for what the caller may not know to exist); TDM_STALE (`if_match` is not
 * the version at hand); TDM_BUSY; what the operation gives.
 */
TDM_API tdm_status tdm_service_call(tdm_service *service, tdm_context *context, const tdm_call *call,
                                    tdm_reply *reply, tdm_sink sink);

/* Keeps what a service does regularly: old answers and sessions go, prompts are found anew when the day or
 * the rules have changed. Any thread; waits for nobody. */
TDM_API tdm_status tdm_service_tend(tdm_service *service, tdm_context *context, int64_t now, tdm_day today);

#ifdef __cplusplus
}
#endif

#endif

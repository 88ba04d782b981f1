/*
 * What an operation of a service works with beside its request: who asks, about which child, in which piece
 * of work on the store, and what comes back beside the bytes. Internal to the layer.
 */
#ifndef TDM_API_SERVING_H
#define TDM_API_SERVING_H

#include "api/envelope.h"
#include "api/rules.h"
#include "guard/chain.h"
#include "guard/password.h"
#include "guard/rights.h"
#include "guard/ring.h"
#include "guard/throttle.h"
#include "guard/token.h"
#include "store/accounts.h"
#include "store/allocations.h"
#include "store/live.h"
#include "store/replies.h"
#include "store/trail.h"
#include "store/vault.h"

#include <tidemark/service.h>

#include <pthread.h>

#define TDM__PEERS_MAX 1024
/* A session ends when it was not used for so long: the page is covered after 15 minutes, and a little later
 * signing in is needed. Product default. */
#define TDM__SESSION_IDLE_SECONDS (20 * 60)
#define TDM__IDLE_MINUTES         15
/* And after a working day whatever happens. */
#define TDM__SESSION_SECONDS (12 * 3600)

/* Failed log-ins of one address, as a hash of it. */
typedef struct tdm__peer {
    uint64_t hash;
    tdm__throttle throttle;
} tdm__peer;

struct tdm_service {
    tdm_context *context;
    tdm__live *live;
    tdm__rules *rules;
    tdm__ring *ring;
    tdm__vault *vault;     /* of that ring; NULL: the store was opened without keys */
    tdm__digest audit_key; /* of the chain */
    tdm__digest index_key; /* of analysts' pseudonyms */
    pthread_mutex_t peers_lock;
    tdm__peer peers[TDM__PEERS_MAX];
    size_t peer_count;
    char *head_path; /* where the end of the trail is written down beside the store */
    pthread_mutex_t head_lock;
    int64_t head_at; /* second in which it was written last */
    bool head_due;   /* the trail has grown since */
};

/* Who asks. All empty: nobody. */
typedef struct tdm__actor {
    tdm__rights_actor rights;
    tdm_str name, title, team, agency;
    const char *role;           /* its word; "" for nobody */
    tdm__role_set account_role; /* of the account behind a program; else as rights.role */
    tdm__token token;           /* what was shown; wiped at the end of the call */
    tdm__digest token_digest;
    int64_t expires, last_used;
    bool by_session;
} tdm__actor;

/* What stands in the audit trail of a call, set by the operation. Names and texts of children stand in none.
 */
typedef struct tdm__audit_note {
    tdm_str object; /* "": the code of the child that the call is about */
    tdm_str reason, details;
} tdm__audit_note;

typedef struct tdm__serving {
    tdm_service *service;
    tdm_context *context; /* of the calling thread */
    const tdm_call *call;
    tdm_reply *reply;
    const tdm__data *rules;
    uint64_t rules_number;
    const tdm__json *document; /* of the body, for errors */
    const tdm__json_value *body;
    tdm__actor actor;
    tdm__right right; /* by which the call was let through */
    tdm_str child;    /* that it is about; "": none */
    tdm_str *allowed; /* of no child: those that the caller may see, in the order of their bytes */
    size_t allowed_count;
    bool shows_household; /* a run shows the others of its household too */
    bool alone;           /* of no child: without those of the households who are not to be seen */
    bool shows_all;       /* of no child: of every one, whoever asks; never for what leaves the service */
    bool is_secret;       /* the answer is shown once: none is kept for a second request with its key */
    tdm__eyes eyes;       /* of the actor: what every work of the call reads through */
    tdm__work *work;      /* NULL where the row says that the operation makes its own */
    tdm__arena *arena;
    tdm__audit_note note;
} tdm__serving;

/* How a served operation touches the store. */
typedef enum tdm__serving_work {
    TDM__WORK_NONE, /* rules alone */
    TDM__WORK_READ,
    TDM__WORK_WRITE, /* answer, audit entry and change are kept together or not at all */
    TDM__WORK_OWN    /* the operation begins and ends its own; its audit entry is written before it begins */
} tdm__serving_work;

/* The child that the object of a call is about, where the path names the object alone. */
typedef tdm_status (*tdm__child_of_fn)(tdm_str *out, const tdm_request *request, tdm__serving *serving,
                                       tdm__work *work, tdm_error *error);

/* An operation that a service offers, of the table of operations. */
typedef struct tdm__served {
    const char *operation;
    tdm__role_set roles; /* 0: anybody, signed in or not */
    tdm__scope scope;
    tdm__serving_work work;
    const char *audit;         /* "read", "write" or "none" */
    const char *object_kind;   /* in the audit trail: "child", "assessment" */
    bool of_one_child;         /* the envelope must name one */
    bool needs_version;        /* `if_match` must be given */
    bool opens_case;           /* also of a case that needs a reason: this is where it is given */
    tdm__child_of_fn child_of; /* NULL: the envelope's child */
} tdm__served;

size_t tdm__served_count(void);
const tdm__served *tdm__served_at(size_t index);            /* NULL: none */
const tdm__served *tdm__served_find(const char *operation); /* NULL: a service does not offer it */

/* The operations that only a service has, behind those of the command in the table. */
size_t tdm__service_row_count(void);
const tdm__operation *tdm__service_row(size_t index);

/*
 * Who the credentials are of. TDM_OK with nobody where there are none; TDM_UNAUTHENTICATED for a token that
 * is unknown, over or taken back, and for an account that is locked or closed; TDM_FORBIDDEN with the problem
 * "csrf".
 */
tdm_status tdm__actor_find(tdm__serving *serving, tdm__work *work, bool is_write, tdm_error *error);
/* The actor's eyes, for a work of the call that reads what is shown. */
void tdm__serving_look(tdm__serving *serving, tdm__work *work);
/* The rights' number of an account or a team; never 0 for a name. */
int64_t tdm__rights_number(tdm_str name);
/* Whose children lists may hold for the actor; false: none at all. */
bool tdm__actor_allowed(tdm__allowed *out, const tdm__serving *serving, tdm__scope scope);
/* What a call of the row asks for. */
tdm__wish tdm__served_wish(const tdm__served *row);
/* Whether the actor may do what the row says to the serving's child, which is found here where an option
 * names the object alone: after the role, so that who has no part in it is not told what there is. Sets
 * serving->right. */
tdm_status tdm__serving_decide(tdm__serving *serving, const tdm__served *row, const tdm_request *request,
                               tdm__work *work, tdm_error *error);
/* Whether the actor may read the record of another child than the call's, without giving a reason first. */
tdm_status tdm__serving_may_see(bool *out, const tdm__serving *serving, tdm_str child, tdm_error *error);
/* Writes the call's entry into the work's transaction. */
tdm_status tdm__serving_audit(tdm__serving *serving, const tdm__served *row, tdm__work *work,
                              tdm_error *error);
/* What happens where a store has no keys yet. */
typedef enum tdm__keys_wish {
    TDM__KEYS_AS_THEY_ARE,  /* left away: nothing may be added to the trail then */
    TDM__KEYS_MADE_BESIDE,  /* made, where no file is named for them */
    TDM__KEYS_MADE_AS_NAMED /* made, in a named file too, sealed where there is a passphrase */
} tdm__keys_wish;
/* A service for those who keep the store: without rules. TDM_NOT_FOUND also for a store that has a trail and
 * whose keys are not there. */
tdm_status tdm__service_open_store(tdm_service **out, tdm_context *context, const char *store,
                                   const char *key, tdm_str passphrase, tdm__keys_wish wish);
/* The trail's end as it was written down beside the store. count 0: nothing is there. TDM_INVALID_INPUT: no
 * head stands in the file. */
tdm_status tdm__head_read(tdm__chain_head *out, const tdm_service *service, tdm_error *error);
/* The same of a file that is named, and the other way: whole, in the place of what stands there. */
#define TDM__HEAD_SUFFIX ".head"
tdm_status tdm__head_read_at(tdm__chain_head *out, const tdm_allocator *allocator, const char *path,
                             tdm_error *error);
tdm_status tdm__head_write_at(const tdm__chain_head *head, const tdm_allocator *allocator, const char *path,
                              tdm_error *error);
/* Writes it down, at most once a second; what is due is written when the service is freed. A failure is
 * nobody's: the trail itself is kept, and the older head is right too. Any thread. */
void tdm__head_keep(tdm_service *service, tdm_context *context, int64_t now);
void tdm__head_settle(tdm_service *service, tdm_context *context);
/* The code by which an analyst sees a child, "C-" and 16 letters: the same as long as the key is the same. */
#define TDM__CODE_SIZE 19
void tdm__child_code(char out[TDM__CODE_SIZE], const tdm_service *service, tdm_str child);

/* Whose records a call reads: the child that it is about with its household; where it is about none, those
 * whom the caller may see, with theirs. */
typedef struct tdm__serving_children {
    bool all;     /* of the store; no ids then */
    tdm_str *ids; /* in the order of their bytes */
    size_t count;
} tdm__serving_children;
tdm_status tdm__serving_children_of(tdm__serving_children *out, tdm__serving *serving, tdm__arena *arena,
                                    tdm_error *error);
/* Whether a child is shown; the others were read to be siblings. A tdm__keeps_child_fn over the serving. */
bool tdm__serving_shows(tdm_str child, const void *serving);

/* The version that the caller last saw; TDM_STALE's message is the store's. False: none was given, or no
 * number. */
bool tdm__serving_version(int64_t *out, const tdm__serving *serving);
/* The reply's ETag. */
void tdm__serving_etag(tdm__serving *serving, int64_t version);
/* Members of the call's body: as tdm__json_read. A missing body is an empty object. */
tdm_status tdm__serving_body(tdm__serving *serving, const char *what, const tdm__json_field *fields,
                             size_t count, tdm_error *error);

#endif

/*
 * Accounts of people and programs, and the tokens they sign in with. Passwords and tokens come as hashes;
 * what they mean is the guard's. Times are seconds since 1970, UTC; 0: never.
 */
#ifndef TDM_STORE_ACCOUNTS_H
#define TDM_STORE_ACCOUNTS_H

#include "store/live.h"
#include "store/paging.h"

enum { TDM__USER_ACTIVE, TDM__USER_LOCKED, TDM__USER_CLOSED };
extern const tdm__codes tdm__user_states; /* active, locked, closed */

/* Of whom somebody is of whom nothing else was said: the council that keeps the store. */
#define TDM__AGENCY_OF_THE_STORE "childrens-social-care"

typedef struct tdm__stored_user {
    tdm_str name; /* what is typed to sign in; folded by the caller */
    tdm_str title;
    tdm_str role;
    tdm_str team;     /* "" none */
    tdm_str agency;   /* its code: rows limited to agencies are seen by it */
    tdm_str password; /* its hash as text; "" none */
    uint32_t state;
    int64_t created, changed;
    int64_t failures;     /* wrong passwords since the last right one */
    int64_t last_failure; /* 0: none */
    int64_t version;      /* 1, then one more with each change */
} tdm__stored_user;

typedef struct tdm__stored_users {
    tdm__stored_user *items;
    size_t count;
    tdm_str next;
} tdm__stored_users;

/* TDM_CONFLICT: there is one of that name. Without an agency it is the store's; its version is 1, its
 * failures none, `changed` is `created`. */
tdm_status tdm__work_add_user(tdm__work *work, const tdm__stored_user *user, tdm_error *error);
/* TDM_NOT_FOUND. */
tdm_status tdm__work_user(tdm__stored_user *out, tdm__work *work, tdm__arena *arena, tdm_str name,
                          tdm_error *error);
tdm_status tdm__work_users(tdm__stored_users *out, tdm__work *work, tdm__arena *arena, tdm__paging page,
                           tdm_error *error);
/* Title, role, team, agency, password, state and `changed`. user->version is the one that was read: TDM_STALE
 * when it is another by now; TDM_NOT_FOUND. */
tdm_status tdm__work_change_user(tdm__work *work, const tdm__stored_user *user, tdm_error *error);
/* The state of the throttle: no new version. TDM_NOT_FOUND. */
tdm_status tdm__work_set_failures(tdm__work *work, tdm_str name, int64_t failures, int64_t last_failure,
                                  tdm_error *error);

/* Numbered as tdm__token_kind of guard/token.h. */
enum { TDM__STORED_BEARER, TDM__STORED_SESSION, TDM__STORED_LINK };
extern const tdm__codes tdm__token_kinds; /* bearer, session, link */

#define TDM_TOKEN_HASH_BYTES 32

typedef struct tdm__stored_token {
    tdm_str hash; /* TDM_TOKEN_HASH_BYTES: what tdm__token_digest gives */
    uint32_t kind;
    tdm_str account;
    tdm_str label;
    tdm_str scopes;
    int64_t created;
    int64_t expires; /* 0: never */
    int64_t last_used;
    int64_t revoked;
} tdm__stored_token;

typedef struct tdm__stored_tokens {
    tdm__stored_token *items;
    size_t count;
    tdm_str next;
} tdm__stored_tokens;

/* TDM_CONFLICT: that hash is there; TDM_NOT_FOUND: no such account; TDM_INVALID_ARG: no 32 bytes. */
tdm_status tdm__work_add_token(tdm__work *work, const tdm__stored_token *token, tdm_error *error);
/* Also one that is revoked or expired: the caller looks. TDM_NOT_FOUND. */
tdm_status tdm__work_token(tdm__stored_token *out, tdm__work *work, tdm__arena *arena, tdm_str hash,
                           tdm_error *error);
/* Those of an account, in the order of their hashes. */
tdm_status tdm__work_tokens(tdm__stored_tokens *out, tdm__work *work, tdm__arena *arena, tdm_str account,
                            tdm__paging page, tdm_error *error);
/* TDM_NOT_FOUND. */
tdm_status tdm__work_token_used(tdm__work *work, tdm_str hash, int64_t at, tdm_error *error);
/* Revoked once: an earlier time stays. TDM_NOT_FOUND. */
tdm_status tdm__work_revoke_token(tdm__work *work, tdm_str hash, int64_t at, tdm_error *error);
/* All of an account of a kind (TDM_ANY: of each) but `except` ("": none). */
tdm_status tdm__work_revoke_tokens(tdm__work *work, tdm_str account, uint32_t kind, tdm_str except,
                                   int64_t at, tdm_error *error);
/* Takes out those that expired or were revoked before a time. */
tdm_status tdm__work_prune_tokens(tdm__work *work, int64_t before, tdm_error *error);

#endif

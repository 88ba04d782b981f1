/*
 * Tokens: what programs show, what a browser's session is known by, links to log in once, and the token
 * against forged forms that follows from a session. Only a digest of a token is stored; where, and for
 * whom, is the store's.
 *
 * A token is its kind's prefix and 43 letters of base64url, 32 random bytes. Scanners for secrets find it by
 *     tdm[tsl]_[A-Za-z0-9_-]{43}
 */
#ifndef TDM_GUARD_TOKEN_H
#define TDM_GUARD_TOKEN_H

#include "guard/digest.h"

/* X(NAME, prefix). The prefixes never change: they are part of what is stored as a digest. */
#define TDM__TOKEN_KIND_MAP(X)                                                                               \
    X(BEARER, "tdmt_")  /* a program's, shown once when it is made */                                        \
    X(SESSION, "tdms_") /* a browser's, in an HttpOnly cookie */                                             \
    X(LOGIN, "tdml_")   /* a link that logs in once */

#define TDM__TOKEN_KIND_ENUM(name, prefix) TDM__TOKEN_##name,
typedef enum tdm__token_kind { TDM__TOKEN_KIND_MAP(TDM__TOKEN_KIND_ENUM) TDM__TOKEN_KINDS } tdm__token_kind;
#undef TDM__TOKEN_KIND_ENUM

#define TDM__TOKEN_PREFIX_LENGTH 5
#define TDM__TOKEN_LENGTH        (TDM__TOKEN_PREFIX_LENGTH + TDM__BASE64_LETTERS)
#define TDM__TOKEN_SIZE          (TDM__TOKEN_LENGTH + 1)

/* The secret itself: tdm__wipe it when it has been shown or looked up. */
typedef struct tdm__token {
    tdm__token_kind kind;
    unsigned char secret[TDM__DIGEST_BYTES];
} tdm__token;

/* A new one. TDM_OK; TDM_INVALID_ARG; TDM_INTERNAL where libsodium cannot start. */
tdm_status tdm__token_new(tdm__token *out, tdm__token_kind kind);
/* 48 letters and a zero byte. */
void tdm__token_write(char out[TDM__TOKEN_SIZE], const tdm__token *token);
/* Exactly what tdm__token_write writes; else false, and out is zeroed. */
bool tdm__token_read(tdm__token *out, tdm_str text);

/* What is stored of a token and what it is looked up by: BLAKE2b-256 of its kind and secret. No key is
 * needed: nobody guesses 32 random bytes. */
void tdm__token_digest(tdm__digest *out, const tdm__token *token);
/* Whether the token is the one that the digest was made of, in constant time. */
bool tdm__token_fits(const tdm__token *token, const tdm__digest *stored);

/* The token that forms of a session carry: follows from the session's secret by keyed BLAKE2b, tells nothing
 * of it, and need not be stored. 43 letters and a zero byte. */
void tdm__token_form(char out[TDM__BASE64_LETTERS + 1], const tdm__token *session);
/* In constant time for a text of the right length. */
bool tdm__token_form_is(const tdm__token *session, tdm_str text);

/* What is kept beside the digest. Times are seconds since 1970 UTC. */
typedef struct tdm__token_life {
    int64_t made_at;
    int64_t expires_at;   /* from this second on it is over; 0: never live, so that a forgotten field shuts */
    int64_t used_at;      /* when it was shown last; 0: not yet */
    int64_t idle_seconds; /* over when it was not shown for so long; 0: no such limit */
    int64_t ended_at;     /* when it was taken back, logged out or, a link, used; 0: it was not */
} tdm__token_life;

/* A clock may stand so far behind the one that made the token. */
#define TDM__TOKEN_SLACK_SECONDS 60

typedef enum tdm__token_state {
    TDM__TOKEN_LIVE,
    TDM__TOKEN_ENDED,
    TDM__TOKEN_EXPIRED,
    TDM__TOKEN_IDLE,
    TDM__TOKEN_EARLY /* made later than now: the clock was put back */
} tdm__token_state;

/* The first that holds, in the order ended, expired, idle, early; else live. */
tdm__token_state tdm__token_state_at(const tdm__token_life *life, int64_t now);
/* "live", "ended", "expired", "idle", "early": for a log. Static. */
const char *tdm__token_state_name(tdm__token_state state);

#endif

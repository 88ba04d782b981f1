/*
 * Passwords of accounts: what a new one must be, its Argon2id hash, and whether one is right. Who may try how
 * often is throttle's; where hashes are kept is the store's.
 */
#ifndef TDM_GUARD_PASSWORD_H
#define TDM_GUARD_PASSWORD_H

#include "base/text.h"

/* A new password has so many characters (code points) at least, and so many bytes at most. */
#define TDM__PASSWORD_MIN_CHARACTERS 12
#define TDM__PASSWORD_MAX_BYTES      1024
/* An encoded hash ("$argon2id$v=19$m=...") with its zero byte. */
#define TDM__PASSWORD_HASH_SIZE 128

/* What one guess costs. The number stands in no file: a hash says itself what it costs. */
typedef enum tdm__password_cost {
    TDM__PASSWORD_MODERATE,    /* 3 passes over 256 MiB, about half a second: programs, the command */
    TDM__PASSWORD_INTERACTIVE, /* 2 passes over 64 MiB, about a tenth: where people log in to a server */
    TDM__PASSWORD_LEAST        /* 1 pass over 8 KiB: tests only */
} tdm__password_cost;

/*
 * Whether a new password will do: 12 characters or more, at most 1024 bytes, UTF-8, and not the account's
 * name (capitals or not).
 *
 * Nothing is asked of which characters it holds, and it does not expire: the NCSC's guidance "Password
 * policy: updating your approach" and NIST SP 800-63B, 5.1.1.2, advise against both.
 *
 * TDM_OK; TDM_ENCODING; TDM_INVALID_INPUT. The error says what was expected and nothing of what was given.
 */
tdm_status tdm__password_may_be(tdm_str password, tdm_str account, tdm_error *error);

/*
 * Hashes with a new salt. The memory of a guess is libsodium's own, not an allocator's; it is freed before
 * the call ends.
 *
 * out  zeroed first; a zero-ended text to be stored as it is
 *
 * TDM_OK; TDM_INVALID_ARG (longer than 1024 bytes, a cost that there is not); TDM_NO_MEMORY; TDM_INTERNAL
 * where libsodium cannot start. Any thread; each call needs the memory of its cost.
 */
tdm_status tdm__password_hash(char out[TDM__PASSWORD_HASH_SIZE], tdm_str password, tdm__password_cost cost,
                              tdm_error *error);

typedef struct tdm__password_answer {
    bool is_right;
    bool needs_rehash; /* right, but kept at another cost: hash it anew and store that */
} tdm__password_answer;

/*
 * Whether the password is that of the stored hash.
 *
 * out     zeroed first
 * stored  what tdm__password_hash gave; empty: there is no such account. The answer is no then, after the
 *         work of a hash of this cost, so that the time does not tell which accounts there are.
 * cost    what new hashes of this store cost
 *
 * TDM_OK whatever the answer; TDM_INVALID_INPUT (what is stored is no hash, or dearer than MODERATE);
 * TDM_INVALID_ARG; TDM_NO_MEMORY (say "try again", count no failure); TDM_INTERNAL. Any thread.
 */
tdm_status tdm__password_verify(tdm__password_answer *out, tdm_str stored, tdm_str password,
                                tdm__password_cost cost, tdm_error *error);

#endif

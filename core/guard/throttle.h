/*
 * How often somebody may try to log in: a rule, a small state that the store keeps, and what follows from
 * both at a given second. No clock, no memory.
 *
 * Use: in one transaction ask, and when the answer is open count a failure *before* the password is looked
 * at; forget when it was right. So a hundred guesses at once are a hundred failures. A try that is not let
 * through is not counted: else nobody could ever come back while somebody else keeps trying. Names that no
 * account has are to be counted too: else the waiting tells which accounts there are.
 */
#ifndef TDM_GUARD_THROTTLE_H
#define TDM_GUARD_THROTTLE_H

#include <stdbool.h>
#include <stdint.h>

/* All zero: nothing has failed. */
typedef struct tdm__throttle {
    int32_t failures;
    int64_t failed_at; /* the last; seconds since 1970 UTC */
} tdm__throttle;

typedef struct tdm__throttle_rule {
    int32_t free_failures; /* fewer cost no waiting */
    int64_t first_delay_seconds;
    int64_t longest_delay_seconds; /* each further failure doubles the delay, up to this */
    int32_t lock_at_failures;      /* 0: never locks */
    int64_t forget_seconds;        /* so long after the last failure all is forgotten, a lock too */
} tdm__throttle_rule;

/* An account: from the 5th failure 1, 2, 4 ... 512 seconds, then 15 minutes; locked at the 20th for 24 hours
 * or until an administrator opens it. */
extern const tdm__throttle_rule tdm__throttle_account;
/* A network address, behind which a whole office may sit: from the 50th failure, up to 15 minutes, never
 * locked. Ask both; what shuts longer counts. */
extern const tdm__throttle_rule tdm__throttle_address;

typedef enum tdm__throttle_state {
    TDM__THROTTLE_OPEN,
    TDM__THROTTLE_WAIT,
    TDM__THROTTLE_LOCKED
} tdm__throttle_state;

typedef struct tdm__throttle_answer {
    tdm__throttle_state state;
    int64_t seconds; /* until a try is let through: at least 1 unless open (Retry-After) */
} tdm__throttle_answer;

/* Where the clock stands before the last failure, as if that were now. */
tdm__throttle_answer tdm__throttle_ask(const tdm__throttle_rule *rule, tdm__throttle state, int64_t now);
/* Counts a failure; what was to be forgotten by now is forgotten first. */
void tdm__throttle_fail(const tdm__throttle_rule *rule, tdm__throttle *state, int64_t now);
/* After a right password, and when an administrator opens an account. */
void tdm__throttle_forget(tdm__throttle *state);

#endif

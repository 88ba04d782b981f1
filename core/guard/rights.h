/*
 * Who may do what: roles, what an operation is about, what is known of a case, and the answer that follows
 * from them. Pure: no store, no clock, no memory. Finding the facts, writing the audit entry and showing
 * challenged access to the manager is the caller's.
 *
 * How the words of the table of operations (role, scope, audit kind) become a set of roles: tdm__wish_of.
 *
 *   role word      scope     audit       roles
 *   reader         rules     any         all
 *   reader         case      none, read  practitioner, manager, reviewer, program
 *   practitioner   rules     any         practitioner, manager
 *   practitioner   case      none, read  practitioner, manager, reviewer, program
 *   practitioner   case      write       practitioner, manager, program
 *   manager        case      any         manager
 *   manager        audit     none, read  manager, administrator, program
 *   analyst        rules     any         analyst
 *   analyst        caseload  any         manager, analyst, program
 *   analyst        case      any         none (see below)
 *   analyst        store     any         administrator, program
 *   administrator  rules     any         administrator; the same with store, accounts, audit
 *   any            self      any         all but program
 *
 * An analyst has no named case: the scope of such a row is to become caseload where its answer holds
 * pseudonyms and no text, and else its role another one. Returns hold names: who brings them in is no
 * analyst.
 *
 * Any other combination is for nobody. A row that means something else gives its set of roles itself.
 */
#ifndef TDM_GUARD_RIGHTS_H
#define TDM_GUARD_RIGHTS_H

#include "base/text.h"

/* X(NAME, bit, word). The words stand in accounts and audit entries. */
#define TDM__ROLE_MAP(X)                                                                                     \
    X(PRACTITIONER, 1u, "practitioner")                                                                      \
    X(MANAGER, 2u, "manager")                                                                                \
    X(ANALYST, 4u, "analyst")                                                                                \
    X(REVIEWER, 8u, "reviewer")                                                                              \
    X(ADMINISTRATOR, 16u, "administrator")                                                                   \
    X(PROGRAM, 32u, "program")

#define TDM__ROLE_ENUM(name, bit, word) TDM__ROLE_##name = bit,
enum { TDM__ROLE_MAP(TDM__ROLE_ENUM) TDM__ROLES_ALL = 63u };
#undef TDM__ROLE_ENUM
#define TDM__ROLE_COUNT 6
/* One role is one bit. */
typedef uint32_t tdm__role_set;

/* What an operation is about. X(NAME, word) */
#define TDM__SCOPE_MAP(X)                                                                                    \
    X(RULES, "rules")       /* indicators, instruments, policies */                                          \
    X(CASE, "case")         /* named children, what was written of them */                                   \
    X(CASELOAD, "caseload") /* counts and pseudonyms, no text */                                             \
    X(STORE, "store")       /* imports, backup, keys, retention */                                           \
    X(ACCOUNTS, "accounts") /* other people's */                                                             \
    X(AUDIT, "audit")       /* the trail: a manager's team in it, an administrator's all */                  \
    X(SELF, "self")         /* one's own account: password, sessions */

#define TDM__SCOPE_ENUM(name, word) TDM__SCOPE_##name,
typedef enum tdm__scope { TDM__SCOPE_MAP(TDM__SCOPE_ENUM) TDM__SCOPES } tdm__scope;
#undef TDM__SCOPE_ENUM

/* What a program's token lets it do; never accounts. X(NAME, bit, word, scope, is_write) */
#define TDM__GRANT_MAP(X)                                                                                    \
    X(RULES_READ, 1u, "rules:read", TDM__SCOPE_RULES, false)                                                 \
    X(CASE_READ, 2u, "case:read", TDM__SCOPE_CASE, false)                                                    \
    X(CASE_WRITE, 4u, "case:write", TDM__SCOPE_CASE, true)                                                   \
    X(CASELOAD_READ, 8u, "caseload:read", TDM__SCOPE_CASELOAD, false)                                        \
    X(STORE_READ, 16u, "store:read", TDM__SCOPE_STORE, false)                                                \
    X(STORE_WRITE, 32u, "store:write", TDM__SCOPE_STORE, true)                                               \
    X(AUDIT_READ, 64u, "audit:read", TDM__SCOPE_AUDIT, false)

#define TDM__GRANT_ENUM(name, bit, word, scope, is_write) TDM__GRANT_##name = bit,
enum { TDM__GRANT_MAP(TDM__GRANT_ENUM) TDM__GRANTS_ALL = 127u };
#undef TDM__GRANT_ENUM
typedef uint32_t tdm__grant_set;

/* Who asks. Set by the calling code from the account, never from a request. */
typedef struct tdm__rights_actor {
    tdm__role_set role;    /* exactly one */
    int64_t account;       /* 0: nobody, and nothing is allowed */
    int64_t team;          /* 0: in no team */
    tdm__grant_set grants; /* a program's */
} tdm__rights_actor;

/* What is asked for. */
typedef struct tdm__wish {
    tdm__role_set roles; /* the operation is for these */
    tdm__scope scope;
    bool is_write;
    bool is_list; /* of cases: the answer is on lists as such, which hold what tdm__rights_reach says */
} tdm__wish;

/* What is known of the one case that is asked for. */
typedef struct tdm__case_facts {
    bool is_own;          /* it stands on the actor's case list now */
    int64_t team;         /* that has the case; 0: none */
    int64_t opened_until; /* a reviewer: it is open to this account before that second; 0: it never was */
    tdm_str reason;       /* as typed; "" when none was given. Borrowed */
} tdm__case_facts;

typedef enum tdm__access {
    TDM__ACCESS_ALLOW,
    TDM__ACCESS_CHALLENGED, /* allowed; logged with the reason and shown to the manager */
    TDM__ACCESS_NEEDS_REASON,
    TDM__ACCESS_REFUSE
} tdm__access;

/* What comes of it. X(NAME, code, access, sentence): the sentence is for the person who asked. */
#define TDM__RIGHT_MAP(X)                                                                                    \
    X(ALLOWED, "allowed", ALLOW, "You may do this.")                                                         \
    X(OWN_CASE, "own-case", ALLOW, "This case is on your list.")                                             \
    X(TEAM_CASE, "team-case", ALLOW, "This case is your team's.")                                            \
    X(OPENED_CASE, "opened-case", ALLOW, "This case is open to you for review.")                             \
    X(CHALLENGED, "challenged", CHALLENGED,                                                                  \
      "This case is not yours. Your reason is kept and shown to the manager.")                               \
    X(REASON_NEEDED, "reason-needed", NEEDS_REASON,                                                          \
      "This case is not yours. Say why you need it: your reason is kept and shown to the manager.")          \
    X(NO_CASE, "no-case", REFUSE, "Say which case.")                                                         \
    X(NOBODY, "not-logged-in", REFUSE, "Log in first.")                                                      \
    X(NOT_FOR_ROLE, "not-for-role", REFUSE, "Your role does not include this.")                              \
    X(READ_ONLY, "read-only", REFUSE, "Your role may look at this but not change it.")                       \
    X(PSEUDONYMS_ONLY, "pseudonyms-only", REFUSE,                                                            \
      "An analyst sees the caseload by pseudonym, never a named case.")                                      \
    X(NO_CASES, "no-cases", REFUSE, "An administrator sees no cases.")                                       \
    X(NOT_OPENED, "not-opened", REFUSE, "This case was not opened to you for review.")                       \
    X(REVIEW_OVER, "review-over", REFUSE, "The time for which this case was open to you is over.")           \
    X(NOT_GRANTED, "not-granted", REFUSE, "This token does not include this.")                               \
    X(OTHER_TEAM, "other-team", REFUSE, "This token is for another team's cases.")

#define TDM__RIGHT_ENUM(name, code, access, sentence) TDM__RIGHT_##name,
typedef enum tdm__right_code { TDM__RIGHT_MAP(TDM__RIGHT_ENUM) TDM__RIGHTS } tdm__right_code;
#undef TDM__RIGHT_ENUM

typedef struct tdm__right {
    tdm__right_code outcome;
    tdm__access access;
    const char *code;     /* "own-case"; static */
    const char *sentence; /* static */
} tdm__right;

/*
 * Whether the actor may do it.
 *
 *   practitioner   cases on the own list; others need a reason
 *   manager        cases of the team and on the own list; others need a reason
 *   analyst        the caseload by pseudonym; never a named case
 *   reviewer       reads cases opened for review, before the second given; a reason opens nothing
 *   administrator  accounts, audit, stores; no cases, no caseload
 *   program        what its token grants; cases of its team, of all teams when it is in none; gives no
 * reasons
 *
 * A reason counts when it has 10 to 1000 bytes of valid UTF-8 with a letter (tdm__reason_counts).
 *
 * facts  NULL where the wish is not about one case; a wish about cases that is no list is refused without
 * now    seconds since 1970 UTC
 */
tdm__right tdm__rights_decide(const tdm__rights_actor *actor, const tdm__wish *wish,
                              const tdm__case_facts *facts, int64_t now);
bool tdm__reason_counts(tdm_str reason);

/* Which cases a list may hold for the actor, without a reason. */
typedef enum tdm__reach {
    TDM__REACH_NONE,
    TDM__REACH_OWN,         /* on the own list */
    TDM__REACH_OWN_OR_TEAM, /* and those of the actor's team */
    TDM__REACH_TEAM,        /* of the actor's team alone */
    TDM__REACH_OPENED,      /* opened for review to this account, before now */
    TDM__REACH_ALL
} tdm__reach;
/* For TDM__SCOPE_CASE, TDM__SCOPE_CASELOAD and TDM__SCOPE_AUDIT; none for other scopes and where the role has
 * no part in it. */
tdm__reach tdm__rights_reach(const tdm__rights_actor *actor, tdm__scope scope);

/* The wish of a row of the table of operations; see the top. False when a word is unknown; roles is 0 then.
 */
bool tdm__wish_of(tdm__wish *out, tdm_str role, tdm_str scope, tdm_str audit_kind);

/* Words. role: one bit; NULL where it is none. Static. */
const char *tdm__rights_role_word(tdm__role_set role);
bool tdm__rights_role_of(tdm__role_set *out, tdm_str word);
const char *tdm__rights_scope_word(tdm__scope scope);
/* "case:read store:write": in the order of the map, single spaces, "" for none. */
void tdm__grants_write(tdm__text *out, tdm__grant_set grants);
/* Words with single spaces, in any order, none twice; "" is none. Else false, and out is 0. */
bool tdm__grants_read(tdm__grant_set *out, tdm_str text);

#endif

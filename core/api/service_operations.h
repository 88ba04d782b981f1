/*
 * The table of the operations that only a service has, each a function in the op_*.c of its resource. They
 * find what a service adds in request->serving. Adding one is a line here, a route in tools/serve, a
 * function. Internal to the layer.
 */
#ifndef TDM_API_SERVICE_OPERATIONS_H
#define TDM_API_SERVICE_OPERATIONS_H

#include "api/answer.h"
#include "api/serving.h"
#include "store/worklist.h"

/*
 * X(function, name, roles, scope, work, audit kind, object in the audit trail, needs, child of, options,
 * title) roles, scope, work: enumerators without their prefix; see TDM__ROLES_* below for sets. needs:
 * NOTHING, CHILD (the envelope names one), VERSION (`if_match`), BOTH, REASON (a child, also one whose case
 * is not the caller's: the reason is given here). child of: which child the object is about that an option
 * names (tdm__child_of_*), or NULL.
 */
#define TDM__SERVICE_OPERATION_MAP(X)                                                                        \
    X(sessions_open, "sessions.open", ANYBODY, SELF, OWN, "none", "session", NOTHING, NULL, none, "Sign in") \
    X(sessions_show, "sessions.show", PEOPLE, SELF, NONE, "none", "session", NOTHING, NULL, none,            \
      "Say who is signed in, and what they may do")                                                          \
    X(sessions_close, "sessions.close", PEOPLE, SELF, WRITE, "write", "session", NOTHING, NULL, none,        \
      "Sign out")                                                                                            \
    X(sessions_password, "sessions.password", PEOPLE, SELF, WRITE, "write", "session", NOTHING, NULL, none,  \
      "Change one's own password")                                                                           \
    X(children_list, "children.list", CASE_READERS, CASE, READ, "read", "children", NOTHING, NULL, children, \
      "List the children that one may see")                                                                  \
    X(children_show, "children.show", CASE_READERS, CASE, READ, "read", "child", CHILD, NULL, none,          \
      "Show one child: household, agencies, who works with it")                                              \
    X(events_show, "events.show", CASE_READERS, CASE, READ, "read", "child", CHILD, NULL, event,             \
      "Show an entry: its versions, the rows of the same incident, who knew of it when")                     \
    X(events_add, "events.add", CASE_WRITERS, CASE, WRITE, "write", "child", CHILD, NULL, none,              \
      "Add an entry that a person types")                                                                    \
    X(events_correct, "events.correct", CASE_WRITERS, CASE, WRITE, "write", "child", BOTH, NULL, event,      \
      "Correct an entry; the earlier version stays")                                                         \
    X(assessments_list, "assessments.list", CASE_READERS, CASE, READ, "read", "child", CHILD, NULL, none,    \
      "List the assessments of a child, the latest first")                                                   \
    X(assessments_begin, "assessments.begin", CASE_WRITERS, CASE, WRITE, "write", "child", CHILD, NULL,      \
      none, "Begin an assessment")                                                                           \
    X(assessments_show, "assessments.show", CASE_READERS, CASE, READ, "read", "child", NOTHING,              \
      tdm__child_of_assessment, assessment, "Show an assessment with its score and what does not fit")       \
    X(assessments_save, "assessments.save", CASE_WRITERS, CASE, WRITE, "write", "child", VERSION,            \
      tdm__child_of_assessment, assessment, "Save a draft, sound or not")                                    \
    X(assessments_complete, "assessments.complete", CASE_WRITERS, CASE, WRITE, "write", "child", VERSION,    \
      tdm__child_of_assessment, assessment, "Complete an assessment: it becomes part of the record")         \
    X(assessments_countersign, "assessments.countersign", MANAGERS, CASE, WRITE, "write", "child", NOTHING,  \
      tdm__child_of_assessment, assessment, "Countersign an assessment of somebody else")                    \
    X(assessments_withdraw, "assessments.withdraw", CASE_WRITERS, CASE, WRITE, "write", "child", VERSION,    \
      tdm__child_of_assessment, assessment, "Withdraw a draft, with a reason")                               \
    X(assessments_previous, "assessments.previous", CASE_READERS, CASE, READ, "read", "child", NOTHING,      \
      tdm__child_of_assessment, assessment, "Show the grades of the assessment before")                      \
    X(children_access, "children.access", PRACTICE, CASE, WRITE, "write", "child", REASON, NULL, none,       \
      "Open a case outside one's own for a working day, with a reason")                                      \
    X(children_allocate, "children.allocate", MANAGERS, CASE, WRITE, "write", "child", CHILD, NULL, none,    \
      "Say who works with a child from now on")                                                              \
    X(children_open, "children.open", MANAGERS, CASE, WRITE, "write", "child", CHILD, NULL, none,            \
      "Open a case to a reviewer until a day")                                                               \
    X(openings_list, "openings.list", MANAGERS, CASE, READ, "read", "child", CHILD, NULL, list,              \
      "List to whom a case was opened, until when and why")                                                  \
    X(children_close, "children.close", MANAGERS, CASE, WRITE, "write", "child", CHILD, NULL, opening,       \
      "End the opening of a case before its time, with a reason")                                            \
    X(children_trail, "children.trail", MANAGERS, CASE, READ, "read", "child", CHILD, NULL, trail,           \
      "List who saw or changed a child's record, when and why")                                              \
    X(accesses_list, "accesses.list", MANAGERS, AUDIT, READ, "read", "accesses", NOTHING, NULL, accesses,    \
      "List the accesses with a reason to the team's cases")                                                 \
    X(accounts_list, "accounts.list", ADMINISTRATORS, ACCOUNTS, READ, "read", "accounts", NOTHING, NULL,     \
      accounts, "List the accounts")                                                                         \
    X(accounts_add, "accounts.add", ADMINISTRATORS, ACCOUNTS, WRITE, "write", "account", NOTHING, NULL,      \
      none, "Make an account, and a link that signs in once")                                                \
    X(accounts_show, "accounts.show", ADMINISTRATORS, ACCOUNTS, READ, "read", "account", NOTHING, NULL,      \
      account, "Show an account")                                                                            \
    X(accounts_change, "accounts.change", ADMINISTRATORS, ACCOUNTS, WRITE, "write", "account", NOTHING,      \
      NULL, account, "Change an account, or make it a new link")                                             \
    X(tokens_list, "tokens.list", ADMINISTRATORS, ACCOUNTS, READ, "read", "account", NOTHING, NULL, account, \
      "List the tokens of an account's programs")                                                            \
    X(tokens_make, "tokens.make", ADMINISTRATORS, ACCOUNTS, WRITE, "write", "account", NOTHING, NULL,        \
      account, "Make a token for a program; it is shown once")                                               \
    X(tokens_revoke, "tokens.revoke", ADMINISTRATORS, ACCOUNTS, WRITE, "write", "account", NOTHING, NULL,    \
      token, "Take a token back")                                                                            \
    X(imports_receive, "imports.receive", IMPORTERS, STORE, WRITE, "write", "import", INPUT, NULL, receive,  \
      "Receive a return, to be looked at before it is kept")                                                 \
    X(imports_list, "imports.list", IMPORTERS, STORE, READ, "read", "import", NOTHING, NULL, list,           \
      "List the returns that one has sent")                                                                  \
    X(imports_show, "imports.show", IMPORTERS, STORE, READ, "read", "import", NOTHING, NULL, import,         \
      "Show a return: what was guessed, what was set aside and why")                                         \
    X(imports_map, "imports.map", IMPORTERS, STORE, WRITE, "write", "import", NOTHING, NULL, import,         \
      "Read a return with another column map")                                                               \
    X(imports_confirm, "imports.confirm", IMPORTERS, STORE, WRITE, "write", "import", NOTHING, NULL, import, \
      "Keep what a return says")                                                                             \
    X(imports_discard, "imports.discard", IMPORTERS, STORE, WRITE, "write", "import", NOTHING, NULL, import, \
      "Discard a return")                                                                                    \
    X(agencies_list, "agencies.list", ALL_OF_THEM, RULES, NONE, "none", "rules", NOTHING, NULL, none,        \
      "List the agencies, code first")                                                                       \
    X(kinds_list, "kinds.list", ALL_OF_THEM, RULES, NONE, "none", "rules", NOTHING, NULL, none,              \
      "List the kinds of entry, code first")                                                                 \
    X(prompts_list, "prompts.list", CASE_READERS, CASE, READ, "read", "prompts", NOTHING, NULL, prompts,     \
      "List the prompts of the children that one may see")                                                   \
    X(prompts_show, "prompts.show", CASE_READERS, CASE, READ, "read", "prompt", NOTHING,                     \
      tdm__child_of_prompt, key, "Show one prompt: its definition, its rows, what was done about it")        \
    X(prompts_act, "prompts.act", CASE_WRITERS, CASE, WRITE, "write", "prompt", VERSION,                     \
      tdm__child_of_prompt, key, "Say what was done about a prompt, or why nothing")                         \
    X(caseload_show, "caseload.show", CASELOAD, CASELOAD, READ, "read", "caseload", NOTHING, NULL, none,     \
      "Count children by indicator, each count with its definition")                                         \
    X(caseload_prompts, "caseload.prompts", CASELOAD, CASELOAD, READ, "read", "caseload", NOTHING, NULL,     \
      caseload_prompts, "List prompts by pseudonym")                                                         \
    X(quality_show, "quality.show", CASELOAD, CASELOAD, READ, "read", "caseload", NOTHING, NULL, as_of,      \
      "Say how the records are kept, as counts with their definitions")                                      \
    X(scorecard_show, "scorecard.show", CASELOAD, CASELOAD, READ, "read", "caseload", NOTHING, NULL, card,   \
      "Show the figures of a period, each with its definition; small ones are not shown")                    \
    X(scorecard_list, "scorecard.list", CASELOAD, CASELOAD, READ, "read", "measure", NOTHING,                \
      tdm__child_of_measure, units, "List the children and entries behind a figure")                         \
    X(reviews_list, "reviews.list", CASELOAD, CASELOAD, READ, "none", "reviews", NOTHING, NULL, list,        \
      "List the runs over all children")                                                                     \
    X(reviews_show, "reviews.show", CASELOAD, CASELOAD, READ, "none", "reviews", NOTHING, NULL, run,         \
      "Show one run over all children")                                                                      \
    X(reviews_findings, "reviews.findings", CASELOAD, CASELOAD, READ, "read", "caseload", NOTHING, NULL,     \
      findings, "Write what a run found by pseudonym, a line a prompt")                                      \
    X(reviews_run, "reviews.run", MANAGERS, STORE, OWN, "write", "reviews", NOTHING, NULL, none,             \
      "Find the prompts of all children anew")

/* Who, as sets of the roles of guard/rights.h. */
#define TDM__ROLES_ANYBODY 0u
#define TDM__ROLES_PEOPLE                                                                                    \
    (TDM__ROLE_PRACTITIONER | TDM__ROLE_MANAGER | TDM__ROLE_ANALYST | TDM__ROLE_REVIEWER |                   \
     TDM__ROLE_ADMINISTRATOR)
#define TDM__ROLES_ALL_OF_THEM (TDM__ROLES_PEOPLE | TDM__ROLE_PROGRAM)
#define TDM__ROLES_CASE_READERS                                                                              \
    (TDM__ROLE_PRACTITIONER | TDM__ROLE_MANAGER | TDM__ROLE_REVIEWER | TDM__ROLE_PROGRAM)
#define TDM__ROLES_CASE_WRITERS   (TDM__ROLE_PRACTITIONER | TDM__ROLE_MANAGER | TDM__ROLE_PROGRAM)
#define TDM__ROLES_CASELOAD       (TDM__ROLE_MANAGER | TDM__ROLE_ANALYST | TDM__ROLE_PROGRAM)
#define TDM__ROLES_PRACTICE       (TDM__ROLE_PRACTITIONER | TDM__ROLE_MANAGER)
#define TDM__ROLES_IMPORTERS      (TDM__ROLE_MANAGER | TDM__ROLE_PROGRAM)
#define TDM__ROLES_MANAGERS       TDM__ROLE_MANAGER
#define TDM__ROLES_ADMINISTRATORS TDM__ROLE_ADMINISTRATOR

#define TDM__SERVICE_OPERATION_DECLARE(function, ...)                                                        \
    tdm_status tdm__op_##function(const tdm_request *request, tdm_outcome *outcome, tdm_sink sink,           \
                                  tdm_error *error);
TDM__SERVICE_OPERATION_MAP(TDM__SERVICE_OPERATION_DECLARE)
#undef TDM__SERVICE_OPERATION_DECLARE

/* Whose child a prompt is, by the option `key`. */
tdm_status tdm__child_of_prompt(tdm_str *out, const tdm_request *request, tdm__serving *serving,
                                tdm__work *work, tdm_error *error);
/* Which prompts, by the options of a list of them; whose is not set. */
tdm_status tdm__prompt_filter_of(tdm__prompt_filter *out, const tdm_request *request, tdm_error *error);
/* The members of a prompt that do not say who did what; `child` is its id or its code. */
void tdm__put_prompt(tdm__json_writer *json, const tdm__serving *serving, const tdm__stored_prompt *prompt,
                     tdm_str child);

/* Of no child: the measure of the option `measure` is the call's object. TDM_NOT_FOUND. */
tdm_status tdm__child_of_measure(tdm_str *out, const tdm_request *request, tdm__serving *serving,
                                 tdm__work *work, tdm_error *error);
/* Members of a run of an open object. */
void tdm__put_run_members(tdm__json_writer *json, const tdm__stored_run *run);

/* Of the assessment that the option `id` (or `assessment`) names. */
tdm_status tdm__child_of_assessment(tdm_str *out, const tdm_request *request, tdm__serving *serving,
                                    tdm__work *work, tdm_error *error);

/* Whether the call's child is the caller's to give away: one of another team that a manager opened with a
 * reason is not. TDM_FORBIDDEN. */
tdm_status tdm__serving_holds_case(const tdm__serving *serving, tdm_error *error);

/* A list's page, of its options `limit` and `cursor`. TDM_INVALID_ARG for a limit outside 1 to 200. */
tdm_status tdm__page_of(tdm__paging *out, const tdm_request *request, tdm_error *error);
/* A list: {"items": [, and ], "next": } with null behind the last page. */
void tdm__open_items(tdm__json_writer *json);
void tdm__close_items(tdm__json_writer *json, tdm_str next);
/* Its end but for the object: other members may follow. */
void tdm__put_next(tdm__json_writer *json, tdm_str next);
/* The same where prompts are withheld from the caller: a member says how many. */
void tdm__close_prompts(tdm__json_writer *json, tdm_str next, int64_t withheld);
/* How many more prompts a list would hold for eyes that see all; by the state that the request names. */
tdm_status tdm__prompts_withheld(int64_t *out, const tdm_request *request, const tdm__prompt_filter *filter,
                                 tdm_error *error);
/* The answer that is one list and nothing else. */
void tdm__list_begin(tdm__answer *answer, const tdm_request *request, tdm_sink sink);
tdm_status tdm__list_end(tdm__answer *answer, tdm_str next, tdm_status status);
/* A member that is a day, null for TDM_DAY_NONE. */
void tdm__put_day(tdm__json_writer *json, const char *name, tdm_day day);

#endif

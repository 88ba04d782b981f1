/*
 * What operations on a store as a whole begin with: the command's, which open it for the one call and stand
 * in its audit trail as "command", and those that a service answers too. Internal to the layer.
 */
#ifndef TDM_API_CARE_H
#define TDM_API_CARE_H

#include "api/answer.h"
#include "api/serving.h"

typedef struct tdm__care {
    const tdm_request *request;
    tdm_service *service;
    tdm_context *context;
    tdm__work *work; /* of tdm__care_read or tdm__care_write */
    tdm__arena arena;
    int64_t now;
    tdm_day today;
    bool is_own;      /* the service was opened here */
    bool has_written; /* and its trail has grown */
} tdm__care;

/*
 * Opens the store that the request's one input names, or takes the service's.
 *
 * changes  keys are made beside the store where it has none, and `now` must be known
 *
 * Ended with tdm__care_end whatever happens. TDM_INVALID_ARG; what tdm__service_open_store gives.
 */
tdm_status tdm__care_open(tdm__care *care, const tdm_request *request, bool changes, tdm_error *error);
/* The same to change it; and keys are made where the request names them. Not of a service. */
tdm_status tdm__care_open_making_keys(tdm__care *care, const tdm_request *request, tdm_error *error);
/* The one store that a request names. TDM_INVALID_ARG. */
tdm_status tdm__care_store(const char **out, const tdm_request *request, tdm_error *error);
tdm_status tdm__care_read(tdm__care *care, tdm_error *error);
tdm_status tdm__care_write(tdm__care *care, tdm_error *error);
/* An entry of what the request does, in the work's transaction. */
tdm_status tdm__care_note(tdm__care *care, const char *object_kind, tdm_str object, tdm_str reason,
                          tdm_str details, tdm_error *error);
/* Keeps what was written and ends the work. */
tdm_status tdm__care_commit(tdm__care *care, tdm_error *error);
/* Gives back `status`. */
tdm_status tdm__care_end(tdm__care *care, tdm_status status);

/* The whole of an operation that reads: opens, begins the work, lets `read` answer, ends. */
typedef tdm_status (*tdm__care_read_fn)(tdm__care *care, tdm_sink sink, tdm_error *error);
tdm_status tdm__care_reading(const tdm_request *request, tdm__care_read_fn read, tdm_sink sink,
                             tdm_error *error);

/* In the entry of a restore, before the end of the trail that it gave up, as audit head writes one. */
#define TDM__GIVEN_UP "given up: "

#define TDM__BY_MAX_BYTES 100 /* who decided something */

/* A text option; data NULL where it was not given. */
tdm_str tdm__care_said(const tdm__care *care, const char *name);

/* The operations, each in an op_*.c. X(function, name, audit kind, title, example, options of care_rows.c) */
#define TDM__CARE_OPERATION_MAP(X)                                                                           \
    X(user_add, "user.add", "write", "Make an account, and a link that signs in once",                       \
      "tidemark user add ann cases.db --role practitioner --team north", add)                                \
    X(user_list, "user.list", "read", "List the accounts of a store", "tidemark user list cases.db", list)   \
    X(user_change, "user.change", "write", "Change an account's role, team, title or state",                 \
      "tidemark user change ann cases.db --state locked", change)                                            \
    X(user_link, "user.link", "write", "Make a new link that signs in once",                                 \
      "tidemark user link ann cases.db", link)                                                               \
    X(audit_list, "audit.list", "read", "List who saw, added or changed what, when and why",                 \
      "tidemark audit list cases.db --account ann --since 2024-09-01", trail)                                \
    X(audit_verify, "audit.verify", "read", "Say whether entries of the trail were changed or taken away",   \
      "tidemark audit verify cases.db", verify)                                                              \
    X(audit_export, "audit.export", "read", "Write the whole trail as NDJSON, to be kept elsewhere",         \
      "tidemark audit export cases.db -o trail.ndjson", export)                                              \
    X(audit_head, "audit.head", "read", "Say where the trail ends, to be kept elsewhere",                    \
      "tidemark audit head cases.db", list)                                                                  \
    X(store_check, "store.check", "read", "Walk through a store: pages, indexes, references",                \
      "tidemark store check cases.db", list)                                                                 \
    X(store_backup, "store.backup", "write", "Copy a store while others use it",                             \
      "tidemark store backup cases.db -o cases-2024-09-30.db", backup)                                       \
    X(store_encrypt, "store.encrypt", "write", "Encrypt a store that lies open, all of it, with a key file", \
      "tidemark store encrypt cases.db --key /media/keys/cases.keys", encrypt)                               \
    X(store_rotate, "store.rotate", "write", "Add a new key to the key file and encrypt the store with it",  \
      "tidemark store rotate cases.db --key /media/keys/cases.keys", encrypt)                                \
    X(store_decrypt, "store.decrypt", "write", "Let an encrypted store lie open again, all of it",           \
      "tidemark store decrypt cases.db --key /media/keys/cases.keys --yes", sure)                            \
    X(store_drop_keys, "store.drop-keys", "write", "Take keys that no page needs out of the key file",       \
      "tidemark store drop-keys cases.db --key /media/keys/cases.keys --yes", sure)                          \
    X(store_verify, "store.verify", "read", "Open every page of an encrypted store, and count them by key",  \
      "tidemark store verify cases.db --key /media/keys/cases.keys", list)                                   \
    X(store_allocate, "store.allocate", "write", "Allocate children that nobody has to a team or account",   \
      "tidemark store allocate cases.db --team north", allocate)                                             \
    X(store_retain, "store.retain", "write", "Say until when a child is kept, and who asks for longer",      \
      "tidemark store retain cases.db --child LN-3 --until 2049-09-30 --by 'records manager' "               \
      "--ground 'local schedule 4.2' --reason '25 years after closure'",                                     \
      retain)                                                                                                \
    X(store_due, "store.due", "read", "List the children whose day of deletion has come",                    \
      "tidemark store due cases.db --by 2025-03-31", due)                                                    \
    X(store_delete, "store.delete", "write", "Take a child out of a store for good, and keep a line of it",  \
      "tidemark store delete cases.db --child LN-3 --reason 'kept for 25 years' --by 'records manager'",     \
      delete)                                                                                                \
    X(store_deletions, "store.deletions", "read", "List what was taken out, when and why",                   \
      "tidemark store deletions cases.db", list)
/* Those that take a copy too. */
#define TDM__CARE_COPY_OPERATION_MAP(X)                                                                      \
    X(store_restore, "store.restore", "write", "Put a copy in the place of a store, or where there is none", \
      "tidemark store restore cases-2024-09-30.db cases.db --replace", restore)
#define TDM__CARE_OPERATION_DECLARE(function, ...)                                                           \
    tdm_status tdm__op_##function(const tdm_request *request, tdm_outcome *outcome, tdm_sink sink,           \
                                  tdm_error *error);
TDM__CARE_OPERATION_MAP(TDM__CARE_OPERATION_DECLARE)
TDM__CARE_COPY_OPERATION_MAP(TDM__CARE_OPERATION_DECLARE)
#undef TDM__CARE_OPERATION_DECLARE

#endif

/*
 * The ring of keys of a store: its file, and what opens stores that are encrypted with it. Internal to the
 * layer.
 */
#ifndef TDM_API_KEYS_H
#define TDM_API_KEYS_H

#include "api/operations.h"
#include "guard/ring.h"
#include "store/vault.h"

#define TDM__KEYS_SUFFIX ".keys" /* behind the store's name, where no other file is named */

/* The key file that a request names with `key`, or the one beside a store. In the arena. TDM_NO_MEMORY. */
tdm_status tdm__keys_path(const char **out, const tdm_request *request, const char *store, tdm__arena *arena,
                          tdm_error *error);

/*
 * out         set to NULL first; tdm__ring_free
 * passphrase  of a sealed one
 *
 * TDM_OK; TDM_NOT_FOUND; TDM_IO; TDM_TOO_LARGE; what tdm__ring_read gives.
 */
tdm_status tdm__keys_read(tdm__ring **out, const tdm_context *context, const char *path, tdm_str passphrase,
                          tdm_error *error);
/* Whether the file is one under a passphrase; false too where it cannot be read. */
bool tdm__keys_are_sealed(const tdm_context *context, const char *path);
/* The whole file in the place of what stands there, mode 0600. passphrase: "" leaves it bare. */
tdm_status tdm__keys_write(const tdm__ring *ring, const tdm_context *context, const char *path,
                           tdm_str passphrase, tdm_error *error);
/* A ring of one new key, kept in its file. As above; made_at: seconds since 1970 UTC. */
tdm_status tdm__keys_make(tdm__ring **out, const tdm_context *context, const char *path, tdm_str passphrase,
                          int64_t made_at, tdm_error *error);

/*
 * While the command works on stores that its request's option `key` is of: they are opened through the
 * context. Within a service, and without the option, nothing happens.
 */
typedef struct tdm__keys_held {
    tdm_context *context;
    tdm__ring *ring; /* NULL: nothing is held here */
    tdm__vault *vault;
} tdm__keys_held;
tdm_status tdm__keys_hold(tdm__keys_held *held, const tdm_request *request, tdm_error *error);
void tdm__keys_release(tdm__keys_held *held); /* whatever holding said */

#endif

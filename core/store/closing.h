/*
 * A store written anew as a whole: closed, where it lay open or its keys are to be others, or open again.
 */
#ifndef TDM_STORE_CLOSING_H
#define TDM_STORE_CLOSING_H

#include "store/vault.h"

/*
 * Writes the store with the newest key of the context's vault into a new file beside it, opens every page of
 * that, lets it take the store's place, and overwrites and removes what stood there. Stopped at any moment,
 * the store is as it was or closed anew; what is left of it beside the store is cleared away the next time.
 *
 * path  nobody else may have it open
 *
 * TDM_OK; TDM_INVALID_ARG: the context has no vault; TDM_STORE: in use, damaged, of a version that is not
 * this one's; TDM_IO: no room; TDM_NO_MEMORY; what the interrupt said.
 */
tdm_status tdm__store_close_anew(const tdm_context *context, const char *path, int64_t *pages,
                                 tdm_error *error);

/* The other way: it lies open from then on, and so does what is written to it. What it was closed with must
 * be in the context's vault. As above. */
tdm_status tdm__store_lay_open(const tdm_context *context, const char *path, int64_t *pages,
                               tdm_error *error);

/* Whether something of an earlier closing lies beside the store: it may be open to read. */
bool tdm__store_has_aside(const tdm_context *context, const char *path);
/* Overwrites and removes it. */
tdm_status tdm__store_clear_aside(const tdm_context *context, const char *path, tdm_error *error);

#endif

/*
 * From a session that was read to what a store takes, and what came of it. Internal to the layer.
 */
#ifndef TDM_API_STORED_H
#define TDM_API_STORED_H

#include "api/session.h"
#include "store/store.h"
#include "json/json.h"

/*
 * What was read, borrowed from the session.
 *
 * read  what the inputs said: what freezing adds, it adds again when the store is read; borrowed by *out
 */
tdm_status tdm__session_content(tdm__store_content *out, tdm__diagnostics *read, tdm__session *session,
                                tdm_error *error);
/* As an object. */
void tdm__put_store_counts(tdm__json_writer *json, const tdm__store_counts *counts);

#endif

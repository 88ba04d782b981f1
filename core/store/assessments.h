/*
 * Assessments of the record: one row each, known by its content, and which child it is about.
 */
#ifndef TDM_STORE_ASSESSMENTS_H
#define TDM_STORE_ASSESSMENTS_H

#include "store/connection.h"

#include "base/hash.h"
#include "instrument/kept.h"

/* Adds it unless one of the same content is there. `hash` is filled with what makes it the same.
 * TDM_INVALID_INPUT: no JSON object. */
tdm_status tdm__store_put_assessment(bool *added, char hash[TDM_SHA256_HEX_SIZE], tdm__store *store,
                                     const tdm__kept_assessment *assessment, tdm_error *error);
/* Takes out the one of that content, if it is there. */
tdm_status tdm__store_drop_assessment(tdm__store *store, tdm_str hash, tdm_error *error);

#endif

/*
 * From a key to what is looked for in text: which originals are words that tell, and under which label.
 */
#ifndef TDM_GUARD_IDENTITIES_H
#define TDM_GUARD_IDENTITIES_H

#include "guard/key.h"
#include "guard/known.h"

/* Adds what the key knows; names of a list come first. */
tdm_status tdm__identities_add(tdm__known *known, const tdm__key *key);
/* A child's birth date as it stands in an export; one that is no single day adds nothing. */
tdm_status tdm__identities_add_birth(tdm__known *known, tdm_str child_code, tdm_str date);

#endif

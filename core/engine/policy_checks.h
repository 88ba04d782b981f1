/*
 * Checks in a policy. Internal to the layer.
 */
#ifndef TDM_ENGINE_POLICY_CHECKS_H
#define TDM_ENGINE_POLICY_CHECKS_H

#include "engine/policy.h"

/* Every check on, each number at its default. TDM_OK or TDM_NO_MEMORY. */
tdm_status tdm__policy_checks_default(tdm__review_policy *policy);
/* TDM_OK; TDM_INVALID_INPUT with file and line; TDM_NO_MEMORY. `checks` may be NULL. */
tdm_status tdm__policy_checks_read(tdm__review_policy *policy, const tdm__json *document,
                                   const tdm__json_value *checks, tdm_error *error);
/* The definitions with their numbers, once all files are read. TDM_OK or TDM_NO_MEMORY. */
tdm_status tdm__policy_checks_words(tdm__review_policy *policy);

#endif

/*
 * Parameters of one indicator as they are typed, "NAME=VALUE, NAME=VALUE", over those of the policy. Internal
 * to the layer.
 */
#ifndef TDM_API_RUN_PARAMS_H
#define TDM_API_RUN_PARAMS_H

#include "engine/policy.h"

/*
 * Sets the parameters of the indicator at `place` of the policy. Values are written as they are shown: "4",
 * "1.5", "10 %", "yes", "6 months", "5 working days", a choice; lists belong into a policy.
 *
 * TDM_OK; TDM_INVALID_ARG with the parameter and what was expected; TDM_NO_MEMORY.
 */
tdm_status tdm__run_params_set(tdm__review_policy *policy, size_t place, tdm_str typed, tdm_error *error);

#endif

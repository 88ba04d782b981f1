/*
 * The rules of a process that lives long: vocabulary, scripts, instruments and policy, read once, used by
 * many runs at a time, and read anew without a restart. A reload makes a fresh state and puts it in place of
 * the old one, which stays until the last run that uses it has ended. Internal to the library.
 */
#ifndef TDM_API_RULES_H
#define TDM_API_RULES_H

#include "api/data.h"

typedef struct tdm__rules tdm__rules;
typedef struct tdm__rules_state tdm__rules_state;

/*
 * Reads the rules.
 *
 * out      set to NULL first; freed with tdm__rules_free before the context
 * context  borrowed; its allocator must serve several threads
 * request  copied
 *
 * TDM_OK; what reading the data folder gives.
 */
tdm_status tdm__rules_open(tdm__rules **out, const tdm_context *context, const tdm__data_request *request,
                           tdm_error *error);
/* Every state must have been given back. Accepts NULL. */
void tdm__rules_free(tdm__rules *rules);

/* What the rules are read from. */
const tdm__data_request *tdm__rules_read_from(const tdm__rules *rules);

/* Reads all anew and swaps; where that fails the old rules stay in force. Any thread, at any time. */
tdm_status tdm__rules_reload(tdm__rules *rules, tdm_error *error);

/* The state in force now, held until it is given back. Any thread. */
tdm__rules_state *tdm__rules_acquire(tdm__rules *rules);
void tdm__rules_release(tdm__rules *rules, tdm__rules_state *state);
/* What it holds; only read. */
const tdm__data *tdm__rules_data(const tdm__rules_state *state);
/* 1 for the first, and one more for each reload. */
uint64_t tdm__rules_number(const tdm__rules_state *state);

#endif

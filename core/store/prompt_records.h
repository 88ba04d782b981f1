/*
 * What the worklists of stores know of prompts, read out for figures: which there were and what became of
 * each. The whole record is read elsewhere (store.h).
 */
#ifndef TDM_STORE_PROMPT_RECORDS_H
#define TDM_STORE_PROMPT_RECORDS_H

#include "chronology/population.h"
#include "store/live.h"

/* Records and their texts live in the arena. */
typedef struct tdm__store_prompts {
    tdm__arena *arena;
    tdm__prompt_record *items; /* by store, child, day and key */
    size_t count;
    bool has_worklist; /* a run was finished in one of the stores */
} tdm__store_prompts;

void tdm__store_prompts_begin(tdm__store_prompts *prompts, tdm__arena *arena);
/* Adds those of a store, the prompts that are gone too. Days are those of UTC. Statuses as tdm__store_read.
 */
tdm_status tdm__store_prompts_add(tdm__store_prompts *prompts, const tdm_context *context, const char *path,
                                  tdm_error *error);
/* The same of a piece of work that reads. */
tdm_status tdm__store_prompts_add_work(tdm__store_prompts *prompts, tdm__work *work, tdm_error *error);

#endif

/*
 * The prompts of a store: found by a review of a child, or of all, and put in the place of those found
 * before, so that what people did with each is kept. Internal to the layer.
 */
#ifndef TDM_API_WORKLIST_H
#define TDM_API_WORKLIST_H

#include "api/serving.h"

/*
 * Finds the prompts of the call's child anew, with those of its household, whose evidence may lie in its
 * record; in the call's work, which must write.
 *
 * TDM_OK; what a review gives. A script that fails gives no prompt and no error: the review says so.
 */
tdm_status tdm__worklist_renew_child(tdm__serving *serving, tdm_error *error);

/*
 * Finds the prompts of every child anew as one run. The review reads one state of the store and holds no
 * writer; what was changed meanwhile is found by the renewal of the child changed.
 *
 * run  number of the run; may be NULL
 */
tdm_status tdm__worklist_renew_all(tdm__serving *serving, int64_t *run, tdm_error *error);

/* Whether the last run is of another day or of other rules than the call's, or began before the last import
 * was confirmed: then all are to be found anew. */
tdm_status tdm__worklist_is_old(bool *out, tdm__serving *serving, tdm_error *error);

#endif

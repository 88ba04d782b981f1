/*
 * The inside of a piece of work and of the pool that its connection comes from.
 */
#ifndef TDM_STORE_WORK_H
#define TDM_STORE_WORK_H

#include "store/live.h"
#include "store/statements.h"

#include <pthread.h>

typedef struct tdm__pool tdm__pool;

struct tdm__work {
    tdm__store store;
    tdm__kept_statements kept;
    tdm__pool *pool;
    const tdm_context *idle; /* of the store, between two pieces of work */
    bool is_taken;
    bool is_writing;
    bool is_spoiled; /* a change of several rows failed half-way: not to be committed */
};

/* Connections given out in the order of asking. */
struct tdm__pool {
    pthread_mutex_t lock; /* of what stands below, and of is_taken */
    pthread_cond_t turn;
    tdm__work *slots;
    size_t slot_count, free_count;
    uint64_t next, serving; /* tickets */
    uint64_t waiting_most;
};

/* false: no such thing could be made. */
bool tdm__pool_init(tdm__pool *pool, tdm__work *slots, size_t slot_count, size_t waiting_most);
void tdm__pool_free(tdm__pool *pool);
/* Waits. NULL: too many wait already. */
tdm__work *tdm__pool_take(tdm__pool *pool);
void tdm__pool_give(tdm__work *work);

/* A connection without a transaction. TDM_BUSY. Ended with tdm__work_end. */
tdm_status tdm__live_take(tdm__work **out, tdm__live *live, const tdm_context *context, bool writes,
                          tdm_error *error);

#endif

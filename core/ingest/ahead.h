/*
 * Blocks made one after another ahead of who takes them: by a thread, or each by the caller itself when it
 * asks for it. What a block holds is the business of who makes and takes them; they are the same either way.
 */
#ifndef TDM_INGEST_AHEAD_H
#define TDM_INGEST_AHEAD_H

#include "base/status.h"

#include <pthread.h>

/* Makes the next block in place `slot`; whether another one follows. */
typedef bool (*tdm__ahead_make)(size_t slot, void *payload);

typedef struct tdm__ahead {
    tdm__ahead_make make;
    void *payload;
    size_t slot_count;
    pthread_t thread;
    bool has_thread;
    bool holds_one; /* the caller has a block */
    /* Under the lock: */
    pthread_cond_t changed;
    pthread_mutex_t lock;
    bool is_made; /* no block follows those made */
    bool stop;
    size_t made, taken; /* blocks so far, handed back again */
} tdm__ahead;

/* slots: 2 or more, for a thread; 1: none. `ahead` stays where it is until it is closed. TDM_NO_MEMORY, and
 * then there is nothing to close. */
tdm_status tdm__ahead_open(tdm__ahead *ahead, tdm__ahead_make make, void *payload, size_t slots);
/* The next block, which stays until the one after it is asked for. False behind the last. */
bool tdm__ahead_next(size_t *slot, tdm__ahead *ahead);
void tdm__ahead_close(tdm__ahead *ahead);

#endif

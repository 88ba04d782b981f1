/*
 * Blocks handed from the thread that makes them to the caller (see ahead.h).
 */
#include "ingest/ahead.h"

/* Whether a place is free to make a block in; waits for one. */
static bool wait_for_place(tdm__ahead *a)
{
    pthread_mutex_lock(&a->lock);
    while (!a->stop && a->made == a->taken + a->slot_count)
        pthread_cond_wait(&a->changed, &a->lock);
    bool free_place = !a->stop;
    pthread_mutex_unlock(&a->lock);
    return free_place;
}

static void *make_all(void *argument)
{
    tdm__ahead *a = argument;
    for (bool more = true; more && wait_for_place(a);) {
        more = a->make(a->made % a->slot_count, a->payload);
        pthread_mutex_lock(&a->lock);
        a->made++;
        a->is_made = !more;
        pthread_cond_signal(&a->changed);
        pthread_mutex_unlock(&a->lock);
    }
    return NULL;
}

/* Gives the caller's block back, and waits until there is another one or the last was made. */
static bool wait_for_block(tdm__ahead *a)
{
    pthread_mutex_lock(&a->lock);
    if (a->holds_one)
        a->taken++;
    pthread_cond_signal(&a->changed);
    while (a->made == a->taken && !a->is_made)
        pthread_cond_wait(&a->changed, &a->lock);
    bool is_there = a->made > a->taken;
    pthread_mutex_unlock(&a->lock);
    return is_there;
}

bool tdm__ahead_next(size_t *slot, tdm__ahead *a)
{
    *slot = 0;
    if (a->has_thread) {
        a->holds_one = wait_for_block(a);
        *slot = a->taken % a->slot_count;
        return a->holds_one;
    }
    if (a->is_made)
        return false;
    a->is_made = !a->make(0, a->payload);
    return true;
}

tdm_status tdm__ahead_open(tdm__ahead *a, tdm__ahead_make make, void *payload, size_t slots)
{
    *a = (tdm__ahead){.make = make, .payload = payload, .slot_count = slots};
    if (slots < 2)
        return TDM_OK;
    if (pthread_mutex_init(&a->lock, NULL) != 0)
        return TDM_NO_MEMORY;
    bool has_condition = pthread_cond_init(&a->changed, NULL) == 0;
    a->has_thread = has_condition && pthread_create(&a->thread, NULL, make_all, a) == 0;
    if (a->has_thread)
        return TDM_OK;
    /* Where there is no thread to be had the caller makes each block itself. */
    if (has_condition)
        pthread_cond_destroy(&a->changed);
    pthread_mutex_destroy(&a->lock);
    return has_condition ? TDM_OK : TDM_NO_MEMORY;
}

void tdm__ahead_close(tdm__ahead *a)
{
    if (!a->has_thread)
        return;
    pthread_mutex_lock(&a->lock);
    a->stop = true;
    pthread_cond_signal(&a->changed);
    pthread_mutex_unlock(&a->lock);
    pthread_join(a->thread, NULL);
    pthread_cond_destroy(&a->changed);
    pthread_mutex_destroy(&a->lock);
    a->has_thread = false;
}

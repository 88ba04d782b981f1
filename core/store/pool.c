/*
 * See work.h. A ticket is drawn by each who asks and called in turn, so that nobody is overtaken.
 */
#include "store/work.h"

bool tdm__pool_init(tdm__pool *pool, tdm__work *slots, size_t slot_count, size_t waiting_most)
{
    *pool = (tdm__pool){
        .slots = slots, .slot_count = slot_count, .free_count = slot_count, .waiting_most = waiting_most};
    if (pthread_mutex_init(&pool->lock, NULL) != 0)
        return false;
    if (pthread_cond_init(&pool->turn, NULL) == 0)
        return true;
    pthread_mutex_destroy(&pool->lock);
    return false;
}

void tdm__pool_free(tdm__pool *pool)
{
    pthread_cond_destroy(&pool->turn);
    pthread_mutex_destroy(&pool->lock);
}

static tdm__work *free_slot(tdm__pool *pool)
{
    size_t at = 0;
    while (pool->slots[at].is_taken)
        at++;
    pool->slots[at].is_taken = true;
    pool->free_count--;
    return &pool->slots[at];
}

tdm__work *tdm__pool_take(tdm__pool *pool)
{
    tdm__work *work = NULL;
    pthread_mutex_lock(&pool->lock);
    if (pool->next - pool->serving < pool->waiting_most) {
        uint64_t ticket = pool->next++;
        while (ticket != pool->serving || pool->free_count == 0)
            pthread_cond_wait(&pool->turn, &pool->lock);
        pool->serving++;
        work = free_slot(pool);
        pthread_cond_broadcast(&pool->turn);
    }
    pthread_mutex_unlock(&pool->lock);
    return work;
}

void tdm__pool_give(tdm__work *work)
{
    tdm__pool *pool = work->pool;
    pthread_mutex_lock(&pool->lock);
    work->is_taken = false;
    pool->free_count++;
    pthread_cond_broadcast(&pool->turn);
    pthread_mutex_unlock(&pool->lock);
}

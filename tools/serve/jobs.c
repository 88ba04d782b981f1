/*
 * Threads that do the work: a queue, and workers with a context each.
 */
#include "jobs.h"

#include <pthread.h>
#include <stdlib.h>

enum { WORKERS_MOST = 80 };

struct job_queue {
    pthread_mutex_t lock;
    pthread_cond_t changed;
    job *first, *last;
    bool heavy_runs, ending;
    int32_t started; /* threads */
    int32_t handed;  /* contexts */
    pthread_t threads[WORKERS_MOST];
    tdm_context *contexts[WORKERS_MOST];
};

/* The first that may run now, taken out; NULL: none. */
static job *take(job_queue *queue)
{
    job *before = NULL, *at = queue->first;
    while (at && at->heavy && queue->heavy_runs) {
        before = at;
        at = at->next;
    }
    if (!at)
        return NULL;
    if (before)
        before->next = at->next;
    else
        queue->first = at->next;
    if (queue->last == at)
        queue->last = before;
    queue->heavy_runs = queue->heavy_runs || at->heavy;
    return at;
}

static void *work(void *payload)
{
    job_queue *queue = payload;
    pthread_mutex_lock(&queue->lock);
    tdm_context *context = queue->contexts[queue->handed++];
    for (;;) {
        job *next = take(queue);
        if (!next) {
            if (queue->ending && !queue->first)
                break;
            pthread_cond_wait(&queue->changed, &queue->lock);
            continue;
        }
        /* Once it runs, its owner may end and free it. */
        job taken = *next;
        pthread_mutex_unlock(&queue->lock);
        taken.run(taken.payload, context);
        pthread_mutex_lock(&queue->lock);
        if (taken.heavy) {
            queue->heavy_runs = false;
            pthread_cond_broadcast(&queue->changed);
        }
    }
    pthread_mutex_unlock(&queue->lock);
    return NULL;
}

job_queue *jobs_start(int32_t workers, const tdm_context_options *options)
{
    job_queue *queue = calloc(1, sizeof *queue);
    if (!queue)
        return NULL;
    pthread_mutex_init(&queue->lock, NULL);
    pthread_cond_init(&queue->changed, NULL);
    if (workers > WORKERS_MOST)
        workers = WORKERS_MOST;
    for (int32_t i = 0; i < workers; i++) {
        if (tdm_context_new(&queue->contexts[i], options) != TDM_OK ||
            pthread_create(&queue->threads[i], NULL, work, queue) != 0) {
            jobs_stop(queue);
            return NULL;
        }
        queue->started++;
    }
    return queue;
}

void jobs_stop(job_queue *queue)
{
    if (!queue)
        return;
    pthread_mutex_lock(&queue->lock);
    queue->ending = true;
    pthread_cond_broadcast(&queue->changed);
    pthread_mutex_unlock(&queue->lock);
    for (int32_t i = 0; i < queue->started; i++)
        pthread_join(queue->threads[i], NULL);
    for (int32_t i = 0; i < WORKERS_MOST; i++)
        tdm_context_free(queue->contexts[i]);
    pthread_cond_destroy(&queue->changed);
    pthread_mutex_destroy(&queue->lock);
    free(queue);
}

void jobs_add(job_queue *queue, job *added)
{
    pthread_mutex_lock(&queue->lock);
    added->next = NULL;
    if (queue->last)
        queue->last->next = added;
    else
        queue->first = added;
    queue->last = added;
    pthread_cond_signal(&queue->changed);
    pthread_mutex_unlock(&queue->lock);
}

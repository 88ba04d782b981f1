/*
 * Threads that do the work, so that those which carry bytes never wait for a review: a queue, and
 * workers with a context each that opens no files.
 */
#ifndef TIDEMARK_SERVE_JOBS_H
#define TIDEMARK_SERVE_JOBS_H

#include <tidemark/base.h>

typedef struct job {
    void (*run)(void *payload, tdm_context *context);
    void *payload;
    bool heavy; /* takes much memory: one such at a time */
    struct job *next;
} job;

typedef struct job_queue job_queue;

/* Starts the workers; options are those of each one's context. NULL: no memory or no threads. */
job_queue *jobs_start(int32_t workers, const tdm_context_options *options);
/* Does all that is waiting, then ends the workers. Accepts NULL. */
void jobs_stop(job_queue *queue);
/* The job is the caller's, and must stay until it has begun; its payload until it has run. Any thread. */
void jobs_add(job_queue *queue, job *added);

#endif

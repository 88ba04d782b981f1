/*
 * The hash that names a file as a whole, found while the file is looked at: with two jobs by a thread.
 */
#ifndef TDM_INGEST_HASHING_H
#define TDM_INGEST_HASHING_H

#include "base/hash.h"

#include <pthread.h>

/* Zero-initialised: nothing begun. */
typedef struct tdm__hashing {
    tdm_str content;
    char *out;
    pthread_t thread;
    bool has_thread;
} tdm__hashing;

/* `content` must stay where it is, and `out` is not to be read, until tdm__hashing_end. */
void tdm__hashing_begin(tdm__hashing *hashing, char out[TDM_SHA256_HEX_SIZE], tdm_str content, int32_t jobs);
/* Waits for the hash; nothing to do where nothing was begun, or where it has been waited for. */
void tdm__hashing_end(tdm__hashing *hashing);

#endif

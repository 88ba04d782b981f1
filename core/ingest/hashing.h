/*
 * The hash that names a file as a whole, found while the file is looked at: with two jobs by a thread.
 */
#ifndef TDM_INGEST_HASHING_H
#define TDM_INGEST_HASHING_H

#include "base/file.h"
#include "base/hash.h"

#include <pthread.h>

/* Zero-initialised: nothing begun. */
typedef struct tdm__hashing {
    tdm_str content;
    const tdm__held_file *file; /* NULL: the content is all there is */
    char *out;
    pthread_t thread;
    bool has_thread;
    tdm_status status; /* of reading the file */
    tdm_error error;
} tdm__hashing;

/* `content`, or the file that it is left in (NULL: none), must stay where it is, and `out` is not to be read,
 * until tdm__hashing_end. */
void tdm__hashing_begin(tdm__hashing *hashing, char out[TDM_SHA256_HEX_SIZE], tdm_str content,
                        const tdm__held_file *file, int32_t jobs);
/* Waits for the hash; nothing to do where nothing was begun, or where it has been waited for. */
void tdm__hashing_end(tdm__hashing *hashing);
/* Whether the file could be read to its end: TDM_OK, TDM_IO, TDM_NO_MEMORY. */
tdm_status tdm__hashing_check(const tdm__hashing *hashing, tdm_error *error);

#endif

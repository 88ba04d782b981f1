/*
 * Hashing a file beside whatever else is done with it (see hashing.h).
 */
#include "ingest/hashing.h"

static void *hash_content(void *argument)
{
    tdm__hashing *hashing = argument;
    tdm__sha256_hex(hashing->out, hashing->content);
    return NULL;
}

void tdm__hashing_begin(tdm__hashing *hashing, char out[TDM_SHA256_HEX_SIZE], tdm_str content, int32_t jobs)
{
    *hashing = (tdm__hashing){.content = content, .out = out};
    hashing->has_thread = jobs > 1 && pthread_create(&hashing->thread, NULL, hash_content, hashing) == 0;
    if (!hashing->has_thread)
        hash_content(hashing);
}

void tdm__hashing_end(tdm__hashing *hashing)
{
    if (hashing->has_thread)
        pthread_join(hashing->thread, NULL);
    hashing->has_thread = false;
}

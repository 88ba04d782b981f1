/*
 * Hashing a file beside whatever else is done with it (see hashing.h).
 */
#include "ingest/hashing.h"

#define STRETCH_BYTES ((size_t)256 << 10)

static tdm_status hash_stretches(tdm__hashing *hashing, tdm__sha256 *hash, char *room)
{
    tdm_status status = TDM_OK;
    const tdm__held_file *file = hashing->file;
    for (uint64_t at = 0; at < file->size && status == TDM_OK;) {
        size_t length = file->size - at < STRETCH_BYTES ? (size_t)(file->size - at) : STRETCH_BYTES;
        status = tdm__held_file_read(file, room, length, at, &hashing->error);
        if (status == TDM_OK)
            tdm__sha256_add(hash, (tdm_str){room, length});
        at += length;
    }
    return status;
}

static void hash_file(tdm__hashing *hashing)
{
    const tdm_allocator *allocator = &hashing->file->allocator;
    tdm__sha256 *hash = tdm__sha256_new(allocator);
    char *room = tdm__alloc(allocator, STRETCH_BYTES);
    hashing->status = hash && room ? hash_stretches(hashing, hash, room) : tdm__no_memory(&hashing->error);
    tdm__sha256_end(hashing->status == TDM_OK ? hashing->out : NULL, hash);
    tdm__free(allocator, room);
}

static void *hash_content(void *argument)
{
    tdm__hashing *hashing = argument;
    if (hashing->file)
        hash_file(hashing);
    else
        tdm__sha256_hex(hashing->out, hashing->content);
    return NULL;
}

void tdm__hashing_begin(tdm__hashing *hashing, char out[TDM_SHA256_HEX_SIZE], tdm_str content,
                        const tdm__held_file *file, int32_t jobs)
{
    *hashing = (tdm__hashing){.content = content, .file = file, .out = out};
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

tdm_status tdm__hashing_check(const tdm__hashing *hashing, tdm_error *error)
{
    if (hashing->status != TDM_OK && error)
        *error = hashing->error;
    return hashing->status;
}

/*
 * Opening files of returns, and leaving those where they are that need not be held (see left.h).
 */
#include "ingest/left.h"

#include "base/context.h"

#include <string.h>

#define HEAD_BYTES ((size_t)1 << 20) /* of a file: what its reader is chosen by, and its heading */
#define LOOK_BYTES ((size_t)256 << 10)

static tdm_status read_head(tdm__return *file, tdm_error *error)
{
    file->owned = tdm__alloc(file->allocator, HEAD_BYTES);
    if (!file->owned)
        return tdm__no_memory(error);
    file->content = (tdm_str){file->owned, HEAD_BYTES};
    return tdm__held_file_read(file->left, file->owned, HEAD_BYTES, 0, error);
}

tdm_status tdm__return_open(tdm__return *file, const char *root, const char *path, tdm_error *error)
{
    tdm__buffer buffer;
    const tdm_context *context = file->collection->context;
    file->allocator = &context->allocator;
    file->path = path;
    tdm_status status = tdm__file_hold(&file->left, file->allocator, root, path, TDM__LEFT_FROM,
                                       context->input_limit_bytes, error);
    if (status == TDM_OK && file->left) {
        status = read_head(file, error);
        if (status != TDM_OK) {
            tdm__free(file->allocator, file->owned);
            tdm__held_file_close(file->left);
            file->owned = NULL;
            file->left = NULL;
        }
        return status;
    }
    if (status == TDM_OK)
        status = tdm__file_read(&buffer, file->allocator, root, path, context->input_limit_bytes, error);
    if (status != TDM_OK)
        return status;
    file->content = (tdm_str){buffer.data, buffer.length};
    file->owned = buffer.data;
    return TDM_OK;
}

/* How many of the bytes are whole characters: one at the end may be cut. */
static size_t whole_characters(tdm_str text)
{
    size_t at = text.length, back = 0;
    while (back < 3 && at > 0 && ((unsigned char)text.data[at - 1] & 0xC0) == 0x80) {
        at--;
        back++;
    }
    return at > 0 && (unsigned char)text.data[at - 1] >= 0xC0 ? at - 1 : text.length;
}

/* Stretch by stretch; what a stretch cuts off goes before the next one. hash NULL: it is found elsewhere. */
static tdm_status look(bool *zero_bytes, bool *is_utf8, tdm__sha256 *hash, const tdm__held_file *held,
                       char *room, tdm_error *error)
{
    size_t kept = 0, bad_at;
    for (uint64_t at = 0; at < held->size && !*zero_bytes;) {
        size_t length = held->size - at < LOOK_BYTES - kept ? (size_t)(held->size - at) : LOOK_BYTES - kept;
        tdm_status status = tdm__held_file_read(held, room + kept, length, at, error);
        if (status != TDM_OK)
            return status;
        *zero_bytes = memchr(room + kept, '\0', length) != NULL;
        if (hash)
            tdm__sha256_add(hash, (tdm_str){room + kept, length});
        at += length;
        tdm_str text = {room, kept + length};
        text.length = at < held->size ? whole_characters(text) : text.length;
        *is_utf8 = *is_utf8 && tdm__utf8_valid(text, &bad_at);
        kept += length - text.length;
        memmove(room, room + text.length, kept);
    }
    return TDM_OK;
}

tdm_status tdm__left_look(tdm__return *file, tdm_error *error)
{
    bool zero_bytes = false, is_utf8 = true;
    bool alone = file->collection->jobs < 2; /* else a thread hashes the file beside what comes next */
    char *room = tdm__alloc(file->allocator, LOOK_BYTES);
    tdm__sha256 *hash = alone ? tdm__sha256_new(file->allocator) : NULL;
    tdm_status status = room && (hash || !alone) ? look(&zero_bytes, &is_utf8, hash, file->left, room, error)
                                                 : tdm__no_memory(error);
    file->is_hashed = alone && status == TDM_OK && !zero_bytes;
    tdm__sha256_end(file->is_hashed ? file->hash : NULL, hash);
    tdm__free(file->allocator, room);
    if (status != TDM_OK)
        return status;
    if (zero_bytes)
        return tdm__fail_at(error, TDM_ENCODING, (tdm_place){file->name, 0, 0},
                            "not text: it holds zero bytes");
    return is_utf8 ? TDM_OK : tdm__left_load(file, error);
}

tdm_status tdm__left_load(tdm__return *file, tdm_error *error)
{
    if (!file->left)
        return TDM_OK;
    tdm__hashing_end(&file->hashing);
    size_t length = (size_t)file->left->size;
    char *bytes = tdm__alloc(file->allocator, length + 1);
    tdm_status status = bytes ? tdm__held_file_read(file->left, bytes, length, 0, error)
                              : tdm__no_memory(error);
    if (status == TDM_OK)
        status = tdm__held_file_check(file->left, error);
    if (status != TDM_OK) {
        tdm__free(file->allocator, bytes);
        return status;
    }
    bytes[length] = '\0';
    tdm__free(file->allocator, file->owned);
    tdm__held_file_close(file->left);
    file->left = NULL;
    file->owned = bytes;
    file->content = (tdm_str){bytes, length};
    return TDM_OK;
}
